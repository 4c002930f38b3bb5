"""The price indices as fifteen years of points side by side: what is shown, and what a changed point makes of the series.

Consumer prices are levels as far as they are built in as such, and growth from there on; the other two are growth all the way.
A point that was typed over is the user's own; the growth of the years after it stays as it was.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from velferdslab_model.base.felt import Felt
from velferdslab_model.base.tall import femten_siffer
from velferdslab_model.parameters.felt import INDEKSNIVAA, INDEKSVEKST
from velferdslab_model.parameters.indekser import (
    GRUNNAAR,
    INDEKSER,
    INDEKSNAVN,
    Indeks,
    innebygde_punkter,
    med_vekst,
    nivaaer,
)
from velferdslab_model.parameters.prisvekst import brudd

Serier = Mapping[str, Mapping[int, float]]
#: One number for each year of the block; None where there is none.
Punktrekke = tuple[float | None, ...]

BLOKKAAR = tuple(range(GRUNNAAR, GRUNNAAR + 15))
#: The level of every series of growth in the first year.
GRUNNIVAA = 100.0
#: What a point is called that is nobody's but the user's.
EGET_TALL = "eget tall"
#: Growth is published with a decimal or two; what is taken from levels is rounded where no index can tell.
_DESIMALER = 12


@dataclass(frozen=True)
class Indeksrad:
    """One row of points. noekkel: its key. enhet: what is shown beside it."""

    noekkel: str
    indeks: Indeks
    maal: Literal["nivå", "vekst"]
    tekst: str
    enhet: str

    @property
    def felt(self) -> Felt:
        """What is legal in a cell."""
        return INDEKSNIVAA if self.maal == "nivå" else INDEKSVEKST

    @property
    def aapne(self) -> range:
        """Places, from 0, of the years a user may give this way."""
        if self.indeks != "kpi":
            return range(len(BLOKKAAR))
        siste = max(a for a, p in innebygde_punkter()["kpi"].items() if p.maal == "nivå") - GRUNNAAR
        return range(siste + 1) if self.maal == "nivå" else range(siste + 1, len(BLOKKAAR))


RADER = (
    Indeksrad("kpi", "kpi", "nivå", "KPI, nivå", f"{GRUNNAAR} = 100"),
    Indeksrad("kpi_vekst", "kpi", "vekst", "KPI, vekst fra året før", "per år"),
    *(
        Indeksrad(indeks, indeks, "vekst", f"{navn[0].upper()}{navn[1:]}, vekst fra året før", "per år")
        for indeks, navn in INDEKSNAVN.items()
        if indeks != "kpi"
    ),
)


def punkter(egne: Serier) -> dict[str, Punktrekke]:
    """The points of every row, by its key, of the built-in series with a user's own levels over them.

    A series ends where the first year is missing; own points after that, or before or after the years of the block, are not shown.
    """
    return {rad.noekkel: tuple(_punkt(rad, nivaa, i) for i in range(len(BLOKKAAR))) for rad, nivaa in _med_nivaa(egne)}


def _med_nivaa(egne: Serier) -> Iterator[tuple[Indeksrad, Mapping[int, float]]]:
    for rad in RADER:
        nivaa = nivaaer(rad.indeks, egne.get(rad.indeks, {}))
        siste = next((a for a in BLOKKAAR if a not in nivaa), BLOKKAAR[-1] + 1)
        yield rad, {a: n for a, n in nivaa.items() if a < siste}


def _punkt(rad: Indeksrad, nivaa: Mapping[int, float], plass: int) -> float | None:
    aar = BLOKKAAR[plass]
    if plass not in rad.aapne or aar not in nivaa:
        return None
    if rad.maal == "nivå":
        return nivaa[aar]
    return round(nivaa[aar] / nivaa[aar - 1] - 1, _DESIMALER) if aar - 1 in nivaa else None


def kjedet(gitt: Mapping[str, Punktrekke]) -> dict[Indeks, Punktrekke]:
    """The level of every index in every year, from its points: what the rows of the block add up to."""
    ut: dict[Indeks, Punktrekke] = {}
    for indeks in INDEKSER:
        forrige: float | None = None
        rekke: list[float | None] = []
        for i, vekst in enumerate(gitt["kpi_vekst" if indeks == "kpi" else indeks]):
            nivaa = gitt["kpi"][i] if indeks == "kpi" else GRUNNIVAA if i == 0 and vekst is not None else None
            if nivaa is None and forrige is not None and vekst is not None:
                nivaa = forrige * (1 + vekst)
            rekke.append(nivaa)
            forrige = nivaa
        ut[indeks] = tuple(rekke)
    return ut


def merker(egne: Serier) -> dict[str, tuple[str, ...]]:
    """What each point is, by the key of its row: its status when it is the built-in one, else the user's own; empty for none."""
    innebygd, ut = punkter({}), {}
    for noekkel, rekke in punkter(egne).items():
        rad = next(r for r in RADER if r.noekkel == noekkel)
        ut[noekkel] = tuple(_merke(rad, i, verdi, innebygd[noekkel][i]) for i, verdi in enumerate(rekke))
    return ut


def _merke(rad: Indeksrad, plass: int, verdi: float | None, innebygd: float | None) -> str:
    if verdi is None:
        return ""
    er_innebygd = innebygd is not None and abs(verdi - innebygd) <= 1e-9 * max(1.0, abs(innebygd))
    return innebygde_punkter()[rad.indeks][BLOKKAAR[plass]].status if er_innebygd else EGET_TALL


def kildelinjer() -> list[str]:
    """Where the built-in points come from, a line for each index: the years of every publication."""
    ut = []
    for indeks, navn in INDEKSNAVN.items():
        utgaver: list[tuple[str, list[int]]] = []
        for aar, punkt in innebygde_punkter()[indeks].items():
            utgave = punkt.utgave if punkt.status != "ikke kontrollert" else "gjengitt av andre, ikke kontrollert"
            if not utgaver or utgaver[-1][0] != utgave:
                utgaver.append((utgave, []))
            utgaver[-1][1].append(aar)
        deler = (f"{aar[0]}{f'–{aar[-1]}' if len(aar) > 1 else ''} {utgave}" for utgave, aar in utgaver)
        slutt = f" {brudd()}" if indeks == "kommunal_deflator" else ""
        ut.append(f"{navn[0].upper()}{navn[1:]}: {'; '.join(deler)}.{slutt}")
    return ut


def med_punkter(egne: Serier, foer: Mapping[str, Punktrekke], naa: Mapping[str, Sequence[float | None]]) -> Serier:
    """Own levels of every index once the points of the block were changed from what they were (foer) to what they are (naa).

    egne: the own levels the block was made of. Raises KeyError with the key of a row and a year whose year before has no level.
    """
    ut = {indeks: dict(serie) for indeks, serie in egne.items()}
    for indeks in INDEKSER:
        rader = [rad for rad in RADER if rad.indeks == indeks]
        endret = {rad.noekkel: _endrede(foer[rad.noekkel], naa[rad.noekkel]) for rad in rader}
        if not any(endret.values()):
            continue
        foerste = min(i for plasser in endret.values() for i in plasser)
        serie = ut.get(indeks, {})
        vekst: dict[int, float] = {}
        for rad in rader:
            for i, verdi in enumerate(naa[rad.noekkel]):
                # An own level after the first change would undo it: the growth up to it is what the block shows.
                gjelder = i in endret[rad.noekkel] or (i > foerste and BLOKKAAR[i] in serie and rad.maal == "vekst")
                if verdi is None or not gjelder:
                    continue
                if rad.maal == "nivå":
                    serie[BLOKKAAR[i]] = verdi
                else:
                    vekst[BLOKKAAR[i]] = verdi
        for aar in vekst:
            serie.pop(aar, None)
        try:
            serie = med_vekst(indeks, serie, vekst)
        except KeyError as mangler:
            raise KeyError(rader[-1].noekkel, mangler.args[0]) from None
        ut[indeks] = {aar: femten_siffer(nivaa) for aar, nivaa in sorted(serie.items())}
    return ut


def _endrede(foer: Punktrekke, naa: Sequence[float | None]) -> set[int]:
    return {
        i for i, (a, b) in enumerate(zip(foer, naa, strict=True)) if b is not None and (a is None or abs(a - b) > 1e-12)
    }
