"""Titled blocks of rows on an axis: label, unit, sum and one cell for each period, one below the other."""

from __future__ import annotations

from velferdslab_model.workbook.cursor import Skriver
from velferdslab_model.workbook.plan import Akse, Ark, Tallrekke, Verdi

TEKST, ENHET, SUM = 0, 1, 2
#: Rows of a printed page of such a tab, with room for the repeated title.
RADER_PER_SIDE = 50


def bredder(akse: Akse, periode: float = 8.9, foer: float = 0.8) -> tuple[tuple[int, int, float], ...]:
    """Column widths of a tab with label, unit, sum and a column before its axis, narrow where it is left empty."""
    return (
        (TEKST, TEKST, 33.0),
        (ENHET, ENHET, 9.0),
        (SUM, SUM, 11.0),
        (akse.foerste_kolonne - 1, akse.foerste_kolonne - 1, foer),
        (akse.foerste_kolonne, akse.siste_kolonne, periode),
    )


class Radskriver(Skriver):
    """Places rows on a sheet from the top down.

    merke: template of what stands above each period in the title of a block. sum_kolonne: where sums stand.
    """

    def __init__(self, ark: Ark, rad: int, akse: Akse, merke: str = "", sum_kolonne: int = SUM) -> None:
        super().__init__(ark, rad, max(akse.siste_kolonne, sum_kolonne))
        self.akse = akse
        self.merke = merke
        self.sum_kolonne = sum_kolonne

    def blokk(
        self,
        tekst: str,
        merker: Tallrekke,
        sum_: str = "",
        merke: str | None = None,
        noekkel: str | None = None,
        foerste: str | None = None,
    ) -> None:
        """The title of a block, with what stands above its columns, after an empty row.

        merker: the engine's values of those. merke: their template where it is another than the usual. noekkel,
        foerste: as for a row, where the heading is itself read by formulas.
        """
        self.rad += 1
        self.ark.tekst(self.rad, TEKST, tekst, "blokk")
        self.ark.tekst(self.rad, ENHET, "", "blokk")
        self.ark.tekst(self.rad, self.sum_kolonne, sum_, "blokk_aar")
        for kol in range(ENHET + 1, self.akse.foerste_kolonne):
            if kol != self.sum_kolonne:
                self.ark.tekst(self.rad, kol, "", "blokk")
        self.ark.blokkstarter.append(self.rad)
        mal = self.merke if merke is None else merke
        self.ark.akserad(noekkel, self.rad, self.akse, mal, merker, "blokk_aar", 0, foerste=foerste)
        self.rad += 1

    def linje(
        self,
        noekkel: str,
        tekst: str,
        enhet: str,
        mal: str,
        verdier: Tallrekke,
        stil: str = "kr_strek",
        navn: str | None = None,
        etter: Verdi = 0.0,
        skala: float = 1.0,
        etikett: str = "etikett_trang",
        foerste: str | None = None,
    ) -> None:
        """One row: the formula and, beside it, the engine's array. etikett: style of the label."""
        self.ark.tekst(self.rad, TEKST, tekst, etikett)
        self.ark.tekst(self.rad, ENHET, enhet, "enhet")
        self.ark.akserad(noekkel, self.rad, self.akse, mal, verdier, stil, etter, navn, skala, foerste)
        self.rad += 1

    def enkelt(
        self, noekkel: str | None, tekst: str, enhet: str, mal: str, verdi: Verdi, stil: str, navn: str | None = None
    ) -> None:
        """A single figure on a row of its own, in the column of the sums."""
        self.ark.tekst(self.rad, TEKST, tekst, "etikett_trang")
        self.ark.tekst(self.rad, ENHET, enhet, "enhet")
        self.ark.formel(self.rad, self.sum_kolonne, mal, verdi, stil, noekkel, navn)
        self.rad += 1

    def sum_av_forrige(
        self, noekkel: str | None, navn: str | None, mal: str, verdi: Verdi, stil: str = "kr_fet", skala: float = 1.0
    ) -> None:
        """A single figure for the row just placed, in the column of the sums."""
        self.ark.formel(self.rad - 1, self.sum_kolonne, mal, verdi, stil, noekkel, navn, skala=skala)
