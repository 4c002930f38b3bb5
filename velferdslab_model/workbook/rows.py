"""Titled blocks of yearly rows: label, unit, sum and fifteen years, one below the other."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from velferdslab_model.model.array import Array
from velferdslab_model.workbook.plan import ANTALL_AAR, FOERSTE_AARSKOLONNE, Ark, Verdi

TEKST, ENHET, SUM = 0, 1, 2
#: Rows of a printed page of such a tab, with room for the repeated title.
RADER_PER_SIDE = 50
SISTE_AARSKOLONNE = FOERSTE_AARSKOLONNE + ANTALL_AAR - 1
#: Column widths of every tab with year columns; fourteen years fit beside the labels on a small screen.
BREDDER = (
    (TEKST, TEKST, 33.0),
    (ENHET, ENHET, 9.0),
    (SUM, SUM, 11.0),
    (3, 3, 0.8),
    (FOERSTE_AARSKOLONNE, SISTE_AARSKOLONNE, 8.9),
)


class Radskriver:
    """Places rows on a sheet from the top down; rad is the next free row."""

    def __init__(self, ark: Ark, rad: int) -> None:
        self.ark = ark
        self.rad = rad

    def overskrift(self, tekst: str) -> None:
        """A heading across the sheet, after an empty row."""
        self.rad += 1
        self.ark.tekst(self.rad, TEKST, tekst, "overskrift", SISTE_AARSKOLONNE)
        self.rad += 1

    def blokk(self, tekst: str, aar: Sequence[int], sum_: str = "", merke: str = "{aar}") -> None:
        """The title of a block with the years above its columns. merke: template of what stands above a column."""
        self.rad += 1
        self.ark.tekst(self.rad, TEKST, tekst, "blokk")
        self.ark.tekst(self.rad, ENHET, "", "blokk")
        self.ark.tekst(self.rad, SUM, sum_, "blokk_aar")
        self.ark.tekst(self.rad, 3, "", "blokk")
        self.ark.blokkstarter.append(self.rad)
        self.ark.aarsmerker(self.rad, aar, merke)
        self.rad += 1

    def linje(
        self,
        noekkel: str,
        tekst: str,
        enhet: str,
        mal: str,
        verdier: Sequence[Verdi] | Array,
        stil: str = "kr_strek",
        navn: str | None = None,
        etter: Verdi = 0.0,
    ) -> None:
        """One yearly row: the formula and, beside it, the engine's array."""
        self.ark.tekst(self.rad, TEKST, tekst, "etikett")
        self.ark.tekst(self.rad, ENHET, enhet, "enhet")
        liste = verdier.tolist() if isinstance(verdier, np.ndarray) else verdier
        self.ark.aarsrad(noekkel, self.rad, mal, liste, stil, etter, navn)
        self.rad += 1

    def sum_av_forrige(self, noekkel: str, navn: str | None, mal: str, verdi: Verdi, stil: str = "kr_fet") -> None:
        """A single figure for the row just placed, in the column before the years."""
        self.ark.formel(self.rad - 1, SUM, mal, verdi, stil, noekkel, navn)
