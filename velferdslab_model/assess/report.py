"""The report workbook: planned and written. It holds values only, for formulas would bring the persons with them."""

from __future__ import annotations

import os
from datetime import date

from velferdslab_model.assess.analysis import Registeranalyse
from velferdslab_model.assess.published import Publisert, publiser
from velferdslab_model.assess.tabs.oppgjoer_tab import OPPGJOERET, oppgjoersrapport
from velferdslab_model.assess.tabs.overgang_tab import OVERGANGER, overgangsark
from velferdslab_model.assess.tabs.person_tab import FRISTER, PERSONER, REGELENDRING, endringsark, fristark, personark
from velferdslab_model.assess.tabs.rate_tab import RATEFANE, rateark
from velferdslab_model.assess.tabs.svar_tab import MAALING, SVAR, maalingsark, rapportsvar
from velferdslab_model.base.dato import dagens_dato
from velferdslab_model.base.farger import FARGER
from velferdslab_model.base.files import skriv_fil
from velferdslab_model.workbook.kind import REGISTERSVAR
from velferdslab_model.workbook.plan import Bok
from velferdslab_model.workbook.writing import bytes_av


def rapportplan(a: Registeranalyse, p: Publisert) -> Bok:
    """Plan every cell. p: what of it may be shown."""
    bok = Bok(REGISTERSVAR, a.fil)
    rapportsvar(bok.nytt_ark(SVAR, fanefarge=FARGER["besparelse"]), a, p)
    rateark(bok.nytt_ark(RATEFANE), a, p)
    overgangsark(bok.nytt_ark(OVERGANGER), a, p)
    if a.oppgjoer is not None:
        oppgjoersrapport(bok.nytt_ark(OPPGJOERET), a, a.oppgjoer, p)
    maalingsark(bok.nytt_ark(MAALING), a, p)
    if p.internt:
        fristark(bok.nytt_ark(FRISTER, fanefarge=FARGER["kostnad"]), a, p)
        personark(bok.nytt_ark(PERSONER, fanefarge=FARGER["kostnad"]), a, p)
        if a.endret is not None:
            endringsark(bok.nytt_ark(REGELENDRING, fanefarge=FARGER["kostnad"]), a, p)
    return bok


def write_registerrapport(
    a: Registeranalyse, sti: str | os.PathLike[str], internt: bool, dato: date | None = None, overskriv: bool = False
) -> None:
    """Write the report. internt: with the persons, and every page marked. dato: kept in the file's properties; today when left out.

    An existing file is replaced only when nobody has changed it, or with overskriv. Raises KanIkkeSkrive otherwise.
    """
    innhold = registerrapport(a, publiser(a, internt), dato or dagens_dato())
    skriv_fil(sti, innhold, REGISTERSVAR.hindring, overskriv)


def registerrapport(a: Registeranalyse, p: Publisert, dato: date) -> bytes:
    """The report as bytes: the same analysis and date give the same bytes. p: what of it may be shown."""
    return bytes_av(rapportplan(a, p), dato)
