"""Plan and write the live workbook of a life-course account."""

from __future__ import annotations

import os
from datetime import date

from velferdslab_model.base.dato import dagens_dato
from velferdslab_model.base.farger import FARGER, GRAA
from velferdslab_model.base.files import skriv_fil
from velferdslab_model.utenfor.account import regn_utenfor
from velferdslab_model.utenfor.origin import pakk_utenfor
from velferdslab_model.utenfor.tabs.regnskap_tab import REGNSKAP, regnskapsark
from velferdslab_model.utenfor.tabs.svar_tab import UTENFORSVAR, utenforsvarark
from velferdslab_model.utenfor.tabs.vilkaar_tab import PROFIL, UTENFORVILKAAR, profilark, utenforvilkaarsark
from velferdslab_model.utenfor.terms import Utenforvilkaar
from velferdslab_model.workbook.kind import UTENFORREGNSKAP
from velferdslab_model.workbook.plan import Akse, Bok
from velferdslab_model.workbook.writing import bytes_av

#: The first age stands in column E.
_FOERSTE = 4


def utenforplan(laget: Utenforvilkaar, naa: Utenforvilkaar | None = None) -> Bok:
    """Plan every cell. laget: what the file is made with. naa: other numbers typed into it since."""
    r = regn_utenfor(laget if naa is None else naa)
    akse = Akse(_FOERSTE, len(laget.aldre), "alder")
    bok = Bok(UTENFORREGNSKAP, laget.navn, pakk_utenfor(laget))
    svar = bok.nytt_ark(UTENFORSVAR, fanefarge=FARGER["besparelse"])
    utenforvilkaarsark(bok.nytt_ark(UTENFORVILKAAR, fanefarge=FARGER["helsegevinst"]), r)
    feil = profilark(bok.nytt_ark(PROFIL, fanefarge=FARGER["helsegevinst"]), r, akse)
    regnskapsark(bok.nytt_ark(REGNSKAP, fanefarge=GRAA), r, akse, feil)
    utenforsvarark(svar, r, akse)
    return bok


def write_utenfor(
    v: Utenforvilkaar, sti: str | os.PathLike[str], dato: date | None = None, overskriv: bool = False
) -> None:
    """Write the workbook. dato: kept in the file's properties; today when left out.

    An existing file is replaced only when nobody has changed it, or with overskriv. Raises KanIkkeSkrive otherwise.
    """
    skriv_fil(sti, bytes_av(utenforplan(v), dato or dagens_dato()), UTENFORREGNSKAP.hindring, overskriv)
