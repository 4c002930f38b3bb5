"""The tab «Parvis»: for each pair of municipalities, the probability that one is better than the other."""

from __future__ import annotations

from dataclasses import dataclass

from xlsxwriter.utility import xl_range_abs

from velferdslab_model.compare.kolonner import NETTONAVN, prisaartekst
from velferdslab_model.compare.rangering import Rangering
from velferdslab_model.compare.sammenligning import Sammenligning
from velferdslab_model.compare.side import Side, maa
from velferdslab_model.parameters.typer import BRUKERGRUPPER

NAVN = "Parvis"
_NOEKLER = ("Gruppe", "Netto per deltaker", "Kommune")
_HODE = 4
#: Of more municipalities than this each pair stands once and for netto samfunn only; all would be half a million cells.
_ALT = 60
#: More municipalities than this are printed on several pages beside each other.
_PAA_EN_BREDDE = 20


@dataclass(frozen=True)
class Parvis:
    """Where everything stands in the tab. blokker: group, net and ranking, one below the other; navn: the columns, all
    that take in anybody in some group."""

    blokker: tuple[tuple[str, str, Rangering], ...]
    navn: tuple[str, ...]

    @property
    def rader(self) -> int:
        """Rows of the list."""
        return sum(len(r.navn) for _, _, r in self.blokker)

    @property
    def navnekolonne(self) -> int:
        """A column that holds each name once, beside the list, to choose from."""
        return len(_NOEKLER) + len(self.navn) + 1

    @property
    def navneliste(self) -> str:
        """Those names, as a formula."""
        return self._celler(_HODE + 1, self.navnekolonne, _HODE + len(self.navn), self.navnekolonne)

    def liste(self, kol: int) -> str:
        """A column of the list, as a formula."""
        return self._celler(_HODE + 1, kol, _HODE + self.rader, kol)

    @property
    def hode(self) -> str:
        """The names along the top."""
        return self._celler(_HODE, len(_NOEKLER), _HODE, self.navnekolonne - 2)

    @property
    def matrise(self) -> str:
        """All probabilities."""
        return self._celler(_HODE + 1, len(_NOEKLER), _HODE + self.rader, self.navnekolonne - 2)

    def _celler(self, fra_rad: int, fra_kol: int, til_rad: int, til_kol: int) -> str:
        return f"{NAVN}!{xl_range_abs(fra_rad, fra_kol, til_rad, til_kol)}"


def parvis(s: Sammenligning) -> Parvis:
    """Where the probabilities of a comparison stand."""
    nettoer = NETTONAVN if len(s.medlemmer) <= _ALT else ("netto_samfunn",)
    blokker = tuple(
        (gruppe, netto, r)
        for gruppe in BRUKERGRUPPER
        for netto in nettoer
        if (r := s.rangeringer.grupper[gruppe].get(netto))
    )
    med = {navn for _, _, r in blokker for navn in r.navn}
    return Parvis(blokker, tuple(m.navn for m in s.medlemmer if m.navn in med))


def parvisark(side: Side, s: Sammenligning) -> None:
    """Write the tab."""
    p = parvis(s)
    alt = len(s.medlemmer) <= _ALT
    side.topp(
        "Sannsynligheten for at kommunen i raden er bedre enn kommunen i kolonnen",
        [
            f"{prisaartekst(s)}, her netto per deltaker. 50 %: ingen forskjell å se. Grunnlaget står i fanen Usikkerhet. Velg to der for å slå opp her.",
            ""
            if alt
            else "Hvert par står én gang og for netto samfunn; motsatt vei er resten opp til 100 %. Nettsiden og JSON har også netto offentlige budsjetter.",
        ],
    )
    if not p.blokker:
        side.skriv(_HODE, 0, s.rangeringer.hvorfor_ikke, "dempet")
        side.ferdig(None, (0, 0), None)
        return
    side.hode(_HODE, [*_NOEKLER, *p.navn], 58, len(_NOEKLER))
    andel = side.formater["v_andel"]
    rad = _HODE
    for gruppe, netto, r in p.blokker:
        kolonner = [len(_NOEKLER) + i for i, navn in enumerate(p.navn) if navn in r.plass]
        for i, (navn, sannsynlighet) in enumerate(zip(r.navn, r.bedre.tolist(), strict=True)):
            rad += 1
            for kol, tekst in enumerate((BRUKERGRUPPER[gruppe], NETTONAVN[netto], navn)):
                side.skriv(rad, kol, tekst, "v_tekst")
            for j, (kol, verdi) in enumerate(zip(kolonner, sannsynlighet, strict=True)):
                if j > i or (j < i and alt):
                    side.ark.write_number(rad, kol, verdi, andel)
    farger = {
        "type": "3_color_scale",
        "min_type": "num",
        "mid_type": "num",
        "max_type": "num",
        "min_value": 0,
        "mid_value": 0.5,
        "max_value": 1,
        "min_color": "#F3B27A",
        "mid_color": "#FFFFFF",
        "max_color": "#8CC3E3",
    }
    bredde = len(_NOEKLER) + len(p.navn) - 1
    maa(side.ark.conditional_format(_HODE + 1, len(_NOEKLER), rad, bredde, farger))
    side.bredde, side.rad = bredde, rad + 1
    with side.ved_siden():
        for i, navn in enumerate(p.navn, start=_HODE + 1):
            side.skriv(i, p.navnekolonne, navn, "etikett")
    side.ark.set_column(0, 0, 13)
    side.ark.set_column(1, 2, 26)
    side.ark.set_column(3, bredde, 11)
    side.ark.set_column(p.navnekolonne, p.navnekolonne, 26)
    side.ferdig(_HODE, (_HODE + 1, 3), (_HODE, 0, rad, bredde), sider_bredt=0 if len(p.navn) > _PAA_EN_BREDDE else 1)
