"""The published results (docs/modell.md section 5) as claims on the named rows of a group, from engine or workbook."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from velferdslab_model.parameters.typer import BETALERE
from velferdslab_model.results import Grupperesultat
from velferdslab_model.workbook.plan import Bok

Rader = Mapping[str, Sequence[float]]

_RADER = ("aar", "kostnad", "besparelse", "helsegevinst", "produksjonsgevinst")
_INDIVID = ("ind_kostnad", "ind_besparelse", "ind_helsegevinst", "ind_produksjonsgevinst", "ind_akkumulert_samfunn")
_CELLER = ("tilbakebetalingsaar_budsjett", "tilbakebetalingsaar_samfunn", "sum_kostnad", "sum_besparelse",
           "sum_helsegevinst", "sum_produksjonsgevinst")  # fmt: skip
_FORDELING = tuple(
    f"{k}_{b}_{s}" for k in ("oppstart", "drift") for b in BETALERE for s in ("uholdbar", "utsatt", "stabil")
)
NAVN = (*_RADER, *_INDIVID, *_CELLER, *_FORDELING)


@dataclass(frozen=True)
class Publisert:
    """One published result: the figure, what the note says, and whether rows of a group show it."""

    id: str
    figur: str
    notatet: str
    holder: Callable[[Rader], bool]


def _gevinst(r: Rader) -> list[float]:
    return [h + p for h, p in zip(r["helsegevinst"], r["produksjonsgevinst"], strict=True)][:10]


def _stiger_saa_flat(serie: Sequence[float], til: int) -> bool:
    stiger = all(a < b for a, b in pairwise(serie[: til + 1]))
    return stiger and all(abs(verdi - serie[til]) < 1e-6 for verdi in serie[til:])


def _ind_gevinst(r: Rader) -> list[float]:
    return [h + p for h, p in zip(r["ind_helsegevinst"], r["ind_produksjonsgevinst"], strict=True)][:10]


def _kommunal_andel(r: Rader, situasjon: str, foerste_aar: bool) -> float:
    kroner = {
        b: r[f"drift_{b}_{situasjon}"][0] + (r[f"oppstart_{b}_{situasjon}"][0] if foerste_aar else 0) for b in BETALERE
    }
    return kroner["kommune"] / sum(kroner.values())


PUBLISERT = (
    Publisert("F8", "8", "lønnsomt i et kostnadsperspektiv fra omkring 2025",
              lambda r: r["tilbakebetalingsaar_budsjett"][0] == 2025),
    Publisert("F9", "9", "gevinsten per år stiger frem til 2027", lambda r: _stiger_saa_flat(_gevinst(r), 7)),
    Publisert("F10", "10", "lønnsomt omkring 2022 med gevinster, 2025 uten",
              lambda r: r["tilbakebetalingsaar_samfunn"][0] == 2022),
    Publisert("F11a", "11", "størst kostnad det første året",
              lambda r: r["ind_kostnad"][0] > max(r["ind_kostnad"][1:])),
    Publisert("F11b", "11", "år 2: kostnad og ordinære tjenester omtrent like (innen 5 %)",
              lambda r: abs(r["ind_kostnad"][1] / r["ind_besparelse"][1] - 1) < 0.05),
    Publisert("F11c", "11", "fra år 3 er besparelsen over kostnaden; fra år 4 bare besparelse, 166 443 i året",
              lambda r: r["ind_besparelse"][2] > r["ind_kostnad"][2] > 0
              and all(k == 0 for k in r["ind_kostnad"][3:10])
              and all(abs(b - 166_443) < 1e-6 for b in r["ind_besparelse"][:10])),
    Publisert("F12", "12", "gevinst fra år 2, stigende til år 4, deretter varig",
              lambda r: _ind_gevinst(r)[0] == 0 and _stiger_saa_flat(_ind_gevinst(r), 3)),
    Publisert("F13", "13", "år 2: gevinst og besparelse over kostnaden; lønnsomt mellom år 2 og 3",
              lambda r: _ind_gevinst(r)[1] + r["ind_besparelse"][1] > r["ind_kostnad"][1]
              and r["ind_akkumulert_samfunn"][1] < 0 < r["ind_akkumulert_samfunn"][2]),
    Publisert("F14", "14", "etter suksess faller en større andel på kommunen",
              lambda r: all(_kommunal_andel(r, etter, False) > _kommunal_andel(r, foer, True)
                            for foer, etter in (("uholdbar", "utsatt"), ("utsatt", "stabil")))),
    Publisert("F15", "15", "besparelse og gevinster er større enn kostnaden over perioden",
              lambda r: r["sum_besparelse"][0] + r["sum_helsegevinst"][0] + r["sum_produksjonsgevinst"][0]
              > r["sum_kostnad"][0] > 0),
)  # fmt: skip


def fra_motor(g: Grupperesultat) -> Rader:
    """The named rows as the engine computes them."""
    rader: dict[str, list[float]] = {"aar": [float(a) for a in g.aar]}
    rader |= {navn: getattr(g.penger, navn).tolist() for navn in _RADER[1:]}
    ind = g.enkeltindivid.neddiskontert
    rader |= {navn: getattr(ind, navn.removeprefix("ind_")).tolist() for navn in _INDIVID[:-1]}
    rader["ind_akkumulert_samfunn"] = ind.akkumulert("samfunn").tolist()
    rader |= {f"sum_{navn}": [verdi] for navn, verdi in g.sum.items()}
    rader |= {f"tilbakebetalingsaar_{x}": [float(aar or 0)] for x, aar in g.tilbakebetalingsaar.items()}
    for kategori, satser in (("oppstart", g.inndata.oppstart), ("drift", g.inndata.drift)):
        for i, s in enumerate(("uholdbar", "utsatt", "stabil")):
            rader |= {f"{kategori}_{b}_{s}": [float(satser[i, k])] for k, b in enumerate(BETALERE)}
    return rader


def fra_celler(bok: Bok, celler: Mapping[tuple[str, str], object], prefiks: str) -> Rader:
    """The same rows from a recalculated workbook, by their defined names; an empty cell counts 0."""
    steder = {sted.navn: sted for sted in bok.steder.values() if sted.navn}

    def rad(navn: str) -> list[float]:
        sted = steder[f"{prefiks}_{navn}"]
        kolonner = [chr(ord("A") + sted.kol + k) for k in range(sted.bredde)]
        return [float(str(celler.get((sted.ark, f"{kol}{sted.rad + 1}")) or 0)) for kol in kolonner]

    return {navn: rad(navn) for navn in NAVN}
