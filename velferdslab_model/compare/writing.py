"""Write a comparison as a workbook of values, a tab for each question a reviewer asks."""

from __future__ import annotations

import os
import warnings
from datetime import date
from io import BytesIO

from velferdslab_model.base.files import skriv_fil
from velferdslab_model.compare.sammenligning import Sammenligning
from velferdslab_model.compare.side import STILER, Side
from velferdslab_model.compare.tabs.forskjell_tab import forskjellsark
from velferdslab_model.compare.tabs.forutsetning_tab import forutsetningsark
from velferdslab_model.compare.tabs.oversikt_tab import oversiktsark
from velferdslab_model.compare.tabs.parvis_tab import NAVN as PARVIS
from velferdslab_model.compare.tabs.parvis_tab import parvisark
from velferdslab_model.compare.tabs.usikkerhet_tab import usikkerhetsark
from velferdslab_model.compare.tabs.utvikling_tab import utviklingsark
from velferdslab_model.workbook.kind import SAMMENLIGNING
from velferdslab_model.workbook.stamp import stemple
from velferdslab_model.workbook.style import stiler
from velferdslab_model.workbook.writing import LaastBok, ny_bok

#: Tab -> what fills it, in order.
FANER = {
    "Oversikt": oversiktsark,
    "Forutsetninger": forutsetningsark,
    "Forskjeller": forskjellsark,
    "Utvikling": utviklingsark,
    "Usikkerhet": usikkerhetsark,
    PARVIS: parvisark,
}


def write_sammenligning(s: Sammenligning, sti: str | os.PathLike[str], dato: date, overskriv: bool = False) -> None:
    """Write the workbook of a comparison. dato: when the file says it was made.

    An existing file is replaced only when the program wrote it and nobody has changed it, or with overskriv. Raises
    KanIkkeSkrive otherwise.
    """
    skriv_fil(sti, sammenligningsbok(s, dato), SAMMENLIGNING.hindring, overskriv)


def sammenligningsbok(s: Sammenligning, dato: date) -> bytes:
    """The workbook as bytes: the same comparison and date give the same bytes."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # XlsxWriter warns and drops what Excel would not take; that must not pass
        return stemple(_bok(s, dato))


def _bok(s: Sammenligning, dato: date) -> bytes:
    stroem = BytesIO()
    bok = ny_bok(LaastBok, stroem, f"{SAMMENLIGNING.tittel}{len(s.medlemmer)} kommuner", dato, SAMMENLIGNING)
    formater = {navn: bok.add_format(egenskaper) for navn, egenskaper in (stiler() | STILER).items()}
    arkene = [bok.add_worksheet(navn) for navn in FANER]
    for ark, (navn, fyll) in zip(arkene, FANER.items(), strict=True):
        fyll(Side(bok, ark, navn, formater), s)
    arkene[0].activate()
    bok.close()
    return stroem.getvalue()
