"""Write the workbook of the effect model: the seven tabs and those asked for."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date

from velferdslab_model.base.dato import dagens_dato
from velferdslab_model.base.files import skriv_fil
from velferdslab_model.effektbok.assembly import planlegg
from velferdslab_model.effektbok.tilleggsfane import Tilleggsfane
from velferdslab_model.results import Resultat
from velferdslab_model.workbook.kind import EFFEKTMODELL
from velferdslab_model.workbook.writing import bytes_av


def write_arbeidsbok(
    resultat: Resultat,
    sti: str | os.PathLike[str],
    dato: date | None = None,
    overskriv: bool = False,
    ekstra: Sequence[Tilleggsfane] = (),
) -> None:
    """Write the workbook of a result. ekstra: tabs to add after the seven.

    dato: shown as Sist brukt until the file is opened; today, or SOURCE_DATE_EPOCH, when left out. An existing file is replaced only when
    the program wrote it and nobody has changed it, or with overskriv. Raises KanIkkeSkrive otherwise.
    """
    skriv_fil(sti, arbeidsbok(resultat, dato or dagens_dato(), ekstra), EFFEKTMODELL.hindring, overskriv)


def arbeidsbok(resultat: Resultat, dato: date, ekstra: Sequence[Tilleggsfane] = ()) -> bytes:
    """The workbook as bytes: the same result, date and tabs give the same bytes."""
    return bytes_av(planlegg(resultat, dato, ekstra), dato)
