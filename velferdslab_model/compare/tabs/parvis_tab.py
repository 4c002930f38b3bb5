"""The tab «Parvis»: for each pair of municipalities, the probability that one is better than the other."""

from __future__ import annotations

from velferdslab_model.base.ord import BRUKERGRUPPER, NETTONAVN
from velferdslab_model.compare.kolonner import prisaarlinje
from velferdslab_model.compare.rangering import Rangering
from velferdslab_model.compare.sammenligning import Sammenligning
from velferdslab_model.compare.tabs.valg import Valg
from velferdslab_model.workbook import listing
from velferdslab_model.workbook.plan import Ark

PARVIS = "Parvis"
#: Of more municipalities than this each pair stands once and for netto samfunn only; all would be half a million cells.
ALT = 60
_NOEKLER = {"gruppe": "Gruppe", "netto": "Netto per inntatt", "kommune": "Kommune"}
_KOL0 = len(_NOEKLER)
#: More municipalities than this are printed on several pages beside each other.
_PAA_EN_BREDDE = 20
_FARGER = {
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


def parblokker(s: Sammenligning) -> list[tuple[str, str, Rangering]]:
    """Group, net and ranking of each block of the tab, one below the other."""
    nettoer = NETTONAVN if len(s.medlemmer) <= ALT else ("netto_samfunn",)
    return [
        (gruppe, netto, r)
        for gruppe in BRUKERGRUPPER
        for netto in nettoer
        if (r := s.rangeringer.grupper[gruppe].get(netto))
    ]


def parvisark(ark: Ark, s: Sammenligning, _valgt: Valg) -> None:
    """Plan the tab."""
    alt = len(s.medlemmer) <= ALT
    hode = 1 + listing.topp(
        ark,
        "Sannsynligheten for at kommunen i raden er bedre enn kommunen i kolonnen",
        [
            f"{prisaarlinje(s)}. Netto per inntatt, på rater og priser. 50 %: ingen forskjell å se. Grunnlaget står i fanen Usikkerhet. Velg to der for å slå opp her.",
            ""
            if alt
            else "Hvert par står én gang og for netto samfunn; motsatt vei er resten opp til 100 %. Nettsiden og JSON har også netto offentlige budsjetter.",
        ],
    )
    ark.gjentatte_rader, ark.sider_bredt = None, 1
    blokker = parblokker(s)
    if not blokker:
        ark.tekst(hode, 0, s.rangeringer.hvorfor_ikke, "dempet")
        return
    med = {navn for _, _, r in blokker for navn in r.navn}
    navn = [m.navn for m in s.medlemmer if m.navn in med]
    siste, siste_kolonne = hode + sum(len(r.navn) for _, _, r in blokker), _KOL0 + len(navn) - 1
    listing.hode(ark, hode, [*_NOEKLER.values(), *navn], 58, _KOL0)
    ark.registrer("parvis.hode", hode, _KOL0, tuple(navn), bredde=len(navn))
    _noekler(ark, hode + 1, blokker)
    _matrise(ark, hode + 1, blokker, navn, alt)
    # Nothing in it is above 1, so it needs no values to be compared by.
    ark.registrer("parvis.matrise", hode + 1, _KOL0, (), bredde=len(navn), hoeyde=siste - hode)
    ark.skalaer.append((hode + 1, _KOL0, siste, siste_kolonne, _FARGER))
    # Each name once, out of sight, to choose from.
    navnekolonne = siste_kolonne + 2
    ark.kolonne("parvis.navn", hode + 1, navnekolonne, navn, "etikett")
    ark.skjulte_kolonner.append((navnekolonne, navnekolonne))
    ark.kolonnebredder += [(0, 0, 13), (1, 2, 26), (_KOL0, siste_kolonne, 11)]
    ark.laas_ruter, ark.gjentatte_rader = (hode + 1, _KOL0), (hode, hode)
    ark.siste_kolonne, ark.siste_utskriftsrad = siste_kolonne, siste
    if len(navn) > _PAA_EN_BREDDE:
        ark.sider_bredt, ark.gjentatte_kolonner = None, (0, _KOL0 - 1)


def _noekler(ark: Ark, rad: int, blokker: list[tuple[str, str, Rangering]]) -> None:
    """The three columns that say what a row is."""
    rader = [(BRUKERGRUPPER[g], NETTONAVN[netto], navn) for g, netto, r in blokker for navn in r.navn]
    for kol, (noekkel, tekster) in enumerate(zip(_NOEKLER, zip(*rader, strict=True), strict=True)):
        ark.kolonne(f"parvis.{noekkel}", rad, kol, tekster, "v_tekst")


def _matrise(ark: Ark, rad: int, blokker: list[tuple[str, str, Rangering]], navn: list[str], alt: bool) -> None:
    """The probabilities; of those that do not all have room, the half above the diagonal."""
    for _, _, r in blokker:
        kolonner = [_KOL0 + i for i, hvem in enumerate(navn) if hvem in r.plass]
        for i, sannsynlighet in enumerate(r.bedre.tolist()):
            for j, (kol, verdi) in enumerate(zip(kolonner, sannsynlighet, strict=True)):
                if j > i or (j < i and alt):
                    ark.fast(rad, kol, verdi, "v_andel")
            rad += 1
