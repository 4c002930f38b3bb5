"""Write a comparison as a workbook, a tab for each question a reviewer asks: values, and what one may choose looked up."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date

from velferdslab_model.base.files import skriv_fil
from velferdslab_model.compare.sammenligning import Sammenligning
from velferdslab_model.compare.tabs.forskjell_tab import forskjellsark
from velferdslab_model.compare.tabs.forutsetning_tab import forutsetningsark
from velferdslab_model.compare.tabs.oversikt_tab import oversiktsark
from velferdslab_model.compare.tabs.parvis_tab import PARVIS, parvisark
from velferdslab_model.compare.tabs.svar_tab import svaretark
from velferdslab_model.compare.tabs.usikkerhet_tab import usikkerhetsark
from velferdslab_model.compare.tabs.utvikling_tab import utviklingsark
from velferdslab_model.compare.tabs.valg import Valg, standardvalg
from velferdslab_model.workbook.kind import SAMMENLIGNING
from velferdslab_model.workbook.plan import Ark, Bok
from velferdslab_model.workbook.writing import bytes_av

#: Tab -> what plans it, in order.
FANER: dict[str, Callable[[Ark, Sammenligning, Valg], None]] = {
    "Svaret": svaretark,
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
    return bytes_av(sammenligningsplan(s), dato)


def sammenligningsplan(s: Sammenligning, valg: Valg | None = None) -> Bok:
    """The planned workbook. valg: what stands in its yellow cells; as standardvalg when left out."""
    bok = Bok(SAMMENLIGNING, f"{len(s.medlemmer)} kommuner")
    valgt = valg or standardvalg(s)
    for navn, planlegg_ark in FANER.items():
        planlegg_ark(bok.nytt_ark(navn), s, valgt)
    return bok
