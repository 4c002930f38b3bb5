"""The cursor every tab is written with: what it places stands below what was placed before."""

from __future__ import annotations

from velferdslab_model.workbook.plan import Ark, Verdi


class Skriver:
    """Places headings, sentences and tables on a sheet from the top down.

    rad: the next free row. siste_kolonne: how far headings run.
    """

    def __init__(self, ark: Ark, rad: int, siste_kolonne: int) -> None:
        self.ark = ark
        self.rad = rad
        self.siste_kolonne = siste_kolonne

    def overskrift(self, tekst: str, ny_side: bool = False) -> None:
        """A heading across the sheet, after an empty row; on a page of its own when asked."""
        self.rad += 1
        if ny_side:
            self.ark.sideskift.append(self.rad)
        self.ark.overskrifter.append(self.rad)
        self.ark.tekst(self.rad, 0, tekst, "overskrift", self.siste_kolonne)
        self.rad += 1

    def setning(self, tekst: str, stil: str = "tekst") -> None:
        """A line of text."""
        self.ark.tekst(self.rad, 0, tekst, stil)
        self.rad += 1

    def hode(self, *tekster: str, hoeyde: float = 28) -> int:
        """The headings of a table; returns their row."""
        for kol, tekst in enumerate(tekster):
            self.ark.tekst(self.rad, kol, tekst, "hode" if kol else "hode_v")
        self.ark.radhoeyder[self.rad] = hoeyde
        self.rad += 1
        return self.rad - 1

    def tabellrad(self, tekst: str, *celler: tuple[Verdi, str]) -> None:
        """One row: a label, and values with their styles. A text that stands for a number may take more room."""
        self.ark.tekst(self.rad, 0, tekst, "etikett")
        for kol, (verdi, stil) in enumerate(celler, start=1):
            self.ark.fast(self.rad, kol, verdi, "tilbake" if isinstance(verdi, str) else stil)
        self.rad += 1

    def figurrader(self, rader: int) -> int:
        """Leave rows free for charts; returns the first of them."""
        self.rad += rader
        return self.rad - rader
