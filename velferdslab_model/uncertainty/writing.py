"""Write the uncertainty tabs as a workbook of their own."""

from __future__ import annotations

import os
from datetime import date

from velferdslab_model.base.dato import dagens_dato
from velferdslab_model.base.farger import GRAA
from velferdslab_model.base.files import skriv_fil
from velferdslab_model.uncertainty.analyse import Usikkerhet
from velferdslab_model.uncertainty.tabs import faner
from velferdslab_model.workbook.kind import USIKKERHET
from velferdslab_model.workbook.plan import Bok
from velferdslab_model.workbook.writing import bytes_av


def usikkerhetsplan(u: Usikkerhet) -> Bok:
    """Plan every cell of the workbook."""
    bok = Bok(USIKKERHET, u.resultat.forutsetninger.navn)
    for fane in faner(u):
        fane.skriv(bok.nytt_ark(fane.navn, fanefarge=GRAA), u.resultat)
    return bok


def usikkerhetsbok(u: Usikkerhet, dato: date) -> bytes:
    """The workbook as bytes: the same analysis and date give the same bytes."""
    return bytes_av(usikkerhetsplan(u), dato)


def write_usikkerhet(
    u: Usikkerhet, sti: str | os.PathLike[str], dato: date | None = None, overskriv: bool = False
) -> None:
    """Write the workbook. dato: kept in the file's properties; today when left out.

    An existing file is replaced only when nobody has changed it, or with overskriv. Raises KanIkkeSkrive otherwise.
    """
    skriv_fil(sti, usikkerhetsbok(u, dato or dagens_dato()), USIKKERHET.hindring, overskriv)
