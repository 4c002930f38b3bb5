"""Price indices: built in, each point with source, vintage and status, and overridden point by point by a user's own.

A point is a level, or the growth from the year before. Growth is chained to levels (2015 = 100) and rounded only when
shown. A user's own points are levels: of KPI in the built-in base, of the other two in any base, since only their
ratio counts. Where the user has no point, the built-in growth continues from the one before it.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from io import StringIO
from typing import Literal, get_args

from velferdslab_model.base.tall import fra_csv

Indeks = Literal["kommunal_deflator", "loennsvekst", "kpi"]
Status = Literal["endelig", "foreløpig", "anslag", "ikke kontrollert"]

#: Key under [indekser] -> what it is used for.
INDEKSER: dict[Indeks, str] = {
    "kommunal_deflator": "kommunale tjenester",
    "loennsvekst": "lønn",
    "kpi": "andre beløp",
}
#: How an index is called in a sentence.
INDEKSNAVN: dict[Indeks, str] = {"kommunal_deflator": "kommunal deflator", "loennsvekst": "årslønn", "kpi": "KPI"}
#: The year whose level is 100, in every built-in series.
GRUNNAAR = 2015

_INGEN: Mapping[int, float] = {}


@dataclass(frozen=True)
class Punkt:
    """One published number. maal: a level (2015 = 100), or growth from the year before as a share.

    utgave: which publication; first estimates move, so the same year may differ in the next one.
    """

    serie: Indeks
    aar: int
    maal: Literal["nivå", "vekst"]
    verdi: float
    kilde: str
    utgave: str
    status: Status


@dataclass(frozen=True)
class Indeksfil:
    """Own points by series and year, as levels, shared by all who name the file. fil: its name. kilder: source by series."""

    fil: str
    serier: Mapping[str, Mapping[int, float]]
    kilder: Mapping[str, str] = field(default_factory=dict)


@cache
def innebygde_punkter() -> dict[Indeks, dict[int, Punkt]]:
    """Every built-in point by series and year, without gaps. Raises ValueError for a broken data file."""
    tekst = (files("velferdslab_model.parameters") / "data" / "indekser.csv").read_text(encoding="utf-8")
    ut: dict[Indeks, dict[int, Punkt]] = {indeks: {} for indeks in INDEKSER}
    for rad in csv.DictReader(StringIO(tekst), delimiter=";"):
        punkt = _punkt(rad)
        if punkt.aar in ut[punkt.serie]:
            raise ValueError(f"indekser.csv: {punkt.serie} {punkt.aar} står to ganger")
        ut[punkt.serie][punkt.aar] = punkt
    for indeks, serie in ut.items():
        if sorted(serie) != list(range(GRUNNAAR, max(serie) + 1)):
            raise ValueError(f"indekser.csv: {indeks} har hull")
    return ut


def _punkt(rad: Mapping[str, str]) -> Punkt:
    verdi = fra_csv(rad["verdi"])
    lovlig = (
        rad["serie"] in INDEKSER
        and rad["maal"] in ("nivå", "vekst")
        and rad["status"] in get_args(Status)
        and rad["kilde"].startswith("kilde:")
        and rad["utgave"]
    )
    if not lovlig:
        raise ValueError(f"indekser.csv: {dict(rad)}")
    return Punkt(
        serie=rad["serie"],  # type: ignore[arg-type]  # checked above
        aar=int(rad["aar"]),
        maal=rad["maal"],  # type: ignore[arg-type]  # as above
        verdi=verdi / 100 if rad["maal"] == "vekst" else verdi,
        kilde=rad["kilde"],
        utgave=rad["utgave"],
        status=rad["status"],  # type: ignore[arg-type]  # as above
    )


@cache
def _innebygde_nivaaer(indeks: Indeks) -> dict[int, float]:
    """Built-in levels, 2015 = 100, unrounded. A series of growth also reaches the year before its first point."""
    ut: dict[int, float] = {}
    for aar, punkt in innebygde_punkter()[indeks].items():
        if punkt.maal == "nivå":
            ut[aar] = punkt.verdi
        elif aar == GRUNNAAR:
            ut |= {aar - 1: 100 / (1 + punkt.verdi), aar: 100.0}
        else:
            ut[aar] = ut[aar - 1] * (1 + punkt.verdi)
    return ut


def nivaaer(indeks: Indeks, egne: Mapping[int, float] = _INGEN) -> dict[int, float]:
    """Level by year: a user's own points as they stand, the built-in growth chained between and around them.

    egne: own levels by year; see the module for their base. Own points that share no year with the built-in series
    cannot be joined to it, and are then all there is.
    """
    innebygd = _innebygde_nivaaer(indeks)
    if not egne:
        return dict(innebygd)
    felles = _foerste_felles(indeks, egne)
    if felles is None:
        return dict(sorted(egne.items())) if indeks != "kpi" else dict(sorted({**innebygd, **egne}.items()))
    skala = 1.0 if indeks == "kpi" else egne[felles] / innebygd[felles]
    punkter = innebygde_punkter()[indeks]
    ut: dict[int, float] = {}
    for aar in sorted({*innebygd, *egne}):
        if aar in egne:
            ut[aar] = egne[aar]
        elif aar < felles or aar not in punkter or punkter[aar].maal == "nivå":
            ut[aar] = innebygd[aar] * skala
        else:
            ut[aar] = ut[aar - 1] * (1 + punkter[aar].verdi)
    return ut


def _foerste_felles(indeks: Indeks, egne: Mapping[int, float]) -> int | None:
    return min((aar for aar in egne if aar in _innebygde_nivaaer(indeks)), default=None)


def med_vekst(indeks: Indeks, egne: Mapping[int, float], vekst: Mapping[int, float]) -> dict[int, float]:
    """Own levels with own growth laid to them: a growth becomes the level of its year and of the one before.

    vekst: share from the year before, by year. Raises KeyError with a year whose year before nothing reaches.
    """
    ut = dict(egne)
    for aar, andel in sorted(vekst.items()):
        foer = nivaaer(indeks, ut)
        if aar - 1 not in foer:
            raise KeyError(aar)
        ut[aar - 1] = foer[aar - 1]
        ut[aar] = foer[aar - 1] * (1 + andel)
    return dict(sorted(ut.items()))


def lagt_over(indeks: Indeks, under: Mapping[int, float], over: Mapping[int, float]) -> dict[int, float]:
    """Own points laid over other own points, in the base of the lower ones where the two can be joined."""
    if not under or not over:
        return dict(over or under)
    if indeks == "kpi":
        return dict(sorted({**under, **over}.items()))
    grunn = nivaaer(indeks, under)
    felles = min((aar for aar in over if aar in grunn), default=None)
    if felles is None:
        return dict(sorted(over.items()))
    skala = grunn[felles] / over[felles]
    return dict(sorted({**under, **{aar: nivaa * skala for aar, nivaa in over.items()}}.items()))


def _staar_paa(indeks: Indeks, egne: Mapping[int, float], aar: int) -> frozenset[int]:
    """The built-in points that the level of a year is made of."""
    punkter, felles = innebygde_punkter()[indeks], _foerste_felles(indeks, egne)
    ut: set[int] = set()
    while True:
        if aar in egne:
            if indeks == "kpi" or felles is None:
                return frozenset(ut)
            egne, aar = _INGEN, felles  # the own series hangs on the built-in level of this year
            continue
        if aar not in punkter:
            return frozenset(ut)
        ut.add(aar)
        if punkter[aar].maal == "nivå":
            return frozenset(ut)
        if felles is not None and aar <= felles:
            egne = _INGEN
        aar -= 1


def brukte_punkter(indeks: Indeks, egne: Mapping[int, float], fra: int, til: int) -> list[Punkt]:
    """The built-in points that a conversion between two years stands on, in order; those that cancel are left out."""
    aarene = _staar_paa(indeks, egne, fra) ^ _staar_paa(indeks, egne, til)
    return [innebygde_punkter()[indeks][aar] for aar in sorted(aarene)]


def bruker_egne(indeks: Indeks, egne: Mapping[int, float], fra: int, til: int) -> bool:
    """Whether a conversion between two years would be another one without the user's own points."""
    innebygd = _innebygde_nivaaer(indeks)
    if not egne:
        return False
    if fra not in innebygd or til not in innebygd:
        return True
    med = nivaaer(indeks, egne)
    return abs(med[til] / med[fra] * innebygd[fra] / innebygd[til] - 1) > 1e-12


def er_paa_annet_grunnlag(egne: Mapping[int, float], fra: int, til: int) -> int | None:
    """A year whose own KPI level meets a built-in one although it cannot be of the same base; None when all is well.

    Statistics Norway's series after 2025 has 2025 = 100: a quarter below the one built in here. No real revision of an annual
    mean is a tenth of that.
    """
    innebygd = _innebygde_nivaaer("kpi")
    if (fra in egne) == (til in egne):
        return None
    aar = fra if fra in egne else til
    naermest = innebygd[min(max(aar, min(innebygd)), max(innebygd))]
    return aar if egne[aar] < naermest * 0.8 or (aar in innebygd and egne[aar] > naermest * 1.2) else None


def merknad_om_status(punkter: list[Punkt]) -> str:
    """Which of the points are not final, «kommunal deflator 2025 foreløpig»; empty when all are."""
    ut = []
    for indeks, navn in INDEKSNAVN.items():
        aarene: dict[str, set[int]] = {}
        for punkt in (p for p in punkter if p.serie == indeks and p.status != "endelig"):
            aarene.setdefault(punkt.status, set()).add(punkt.aar)
        if aarene:
            ut.append(
                navn + ",".join(f" {opplisting(map(str, sorted(aar)))} {status}" for status, aar in aarene.items())
            )
    return "; ".join(ut)


def opplisting(deler: Iterable[str]) -> str:
    """«a, b og c»."""
    *foerste, siste = deler
    return f"{', '.join(foerste)} og {siste}" if foerste else siste
