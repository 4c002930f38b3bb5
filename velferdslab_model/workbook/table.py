"""Tables of rows and named columns: in a row's template `{pris}` is this row's cell, and `{pris:}` the whole column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from velferdslab_model.workbook.adresse import kolonnenavn
from velferdslab_model.workbook.plan import REFERANSE, Ark, Verdi


@dataclass(frozen=True)
class Kolonne:
    """One column. noekkel: what templates call it. hode: style of its heading."""

    noekkel: str
    tittel: str
    bredde: float
    hode: str = "hode"


def plassering(kolonner: Sequence[Kolonne], foerste: int = 0) -> dict[str, int]:
    """The number of each column, side by side from the first."""
    return {kolonne.noekkel: kol for kol, kolonne in enumerate(kolonner, start=foerste)}


class Tabell:
    """A table being planned: headings on one row, and a number of rows below it.

    foran: begins the keys and defined names of its columns outside the table. A column's own key comes before one of
    the same name in the workbook.
    """

    def __init__(
        self, ark: Ark, hode: int, kolonner: Sequence[Kolonne], antall: int, foran: str, foerste_kolonne: int = 0
    ) -> None:
        self.ark = ark
        self.rad = hode + 1
        self.antall = antall
        self.foran = foran
        self.kol = plassering(kolonner, foerste_kolonne)
        for kolonne in kolonner:
            kol = self.kol[kolonne.noekkel]
            ark.tekst(hode, kol, kolonne.tittel, kolonne.hode)
            ark.kolonnebredder.append((kol, kol, kolonne.bredde))

    @property
    def siste_rad(self) -> int:
        """The last row of the table."""
        return self.rad + self.antall - 1

    def gitt(
        self, noekkel: str, verdier: Sequence[Verdi], stil: str, maler: Sequence[str] = (), malstil: str = ""
    ) -> None:
        """A column of values, inputs or not; None leaves a cell empty.

        maler: for each row, the template of a derived input that nobody has typed, empty for one that is typed. malstil: the style of
        those with a template, when it is another.
        """
        kol, navn, foran = self.kol[noekkel], self._navn(noekkel), f"{self.foran}{noekkel}"
        if not any(maler):
            self.ark.kolonne(foran, self.rad, kol, verdier, stil, navn)
            return
        for rad, (mal, verdi) in enumerate(zip(maler, verdier, strict=True), start=self.rad):
            if mal:
                self.ark.formel(rad, kol, mal, verdi, malstil or stil)
            else:
                self.ark.fast(rad, kol, verdi, stil)
        self.ark.registrer(foran, self.rad, kol, tuple(verdier), hoeyde=len(verdier), navn=navn)

    def regnet(self, noekkel: str, mal: str, verdier: Sequence[Verdi], stil: str, navngitt: bool = False) -> None:
        """A column with the same template in every row, and the engine's value of each. navngitt: has a defined name."""
        kol = self.kol[noekkel]
        biter = self._mellom_radnumrene(mal)
        for rad, verdi in enumerate(verdier, start=self.rad):
            self.ark.formel(rad, kol, str(rad + 1).join(biter), verdi, stil)
        navn = self._navn(noekkel) if navngitt else None
        self.ark.registrer(f"{self.foran}{noekkel}", self.rad, kol, tuple(verdier), hoeyde=self.antall, navn=navn)

    def regel(self, fra: str, regel: dict[str, Any], til: str | None = None) -> None:
        """Excel's rule for the cells of a column, or of those from one to another."""
        self.ark.valideringer.append((self.rad, self.kol[fra], self.siste_rad, self.kol[til or fra], regel))

    def mal(self, rad: int, mal: str) -> str:
        """A template of the sheet, from that of a row."""
        return str(rad + 1).join(self._mellom_radnumrene(mal))

    def _mellom_radnumrene(self, mal: str) -> list[str]:
        """A template of a row, taken apart where the number of the row belongs."""
        biter, fra, bit = [], 0, ""
        for funn in REFERANSE.finditer(mal):
            tekst, forrige, noekkel, hele, klamme = funn.groups()
            if tekst or klamme or forrige or noekkel not in self.kol:
                continue
            bit += mal[fra : funn.start()]
            fra = funn.end()
            if hele:
                bit += f"{{{self.foran}{noekkel}:}}"
            else:
                biter.append(bit + kolonnenavn(self.kol[noekkel]))
                bit = ""
        return [*biter, bit + mal[fra:]]

    def _navn(self, noekkel: str) -> str:
        return f"{self.foran}{noekkel}".replace(".", "_")
