"""What the histories cost: per year, per payer, per starting situation; the null alternative, and how sure it is.

Every history counts once, as in the note, also where a persona is told twice. The mean m of n histories about K personas is
uncertain in two ways, added: which personas were chosen, and where between its best and its worst a persona would end (taken
as uniform, antakelse). With x_k the mean of persona k's n_k histories, and b_k, w_k the cheapest and dearest of them,

    sd² = K/(K-1) · Σ n_k² (x_k - m)² / n²  +  Σ n_k² (w_k - b_k)² / 12 / n²

It is not told of one persona alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from velferdslab_model.model.array import Array
from velferdslab_model.parameters.avledet import hele_kroner
from velferdslab_model.parameters.typer import LIVSSITUASJONER
from velferdslab_model.personas.terms import (
    HISTORIEAAR,
    HISTORIEBETALERE,
    Historie,
    Persona,
    Personasett,
    Tjeneste,
    nullfelt,
)

#: The variance of a uniform number is the square of its range over this.
JEVN_VARIANS = 12


@dataclass(frozen=True)
class Historietall:
    """One history in numbers; every row is (10,) kr."""

    persona: Persona
    historie: Historie
    med_overfoeringer: bool

    @property
    def situasjoner(self) -> tuple[int, ...]:
        """(10,): 0 to 3."""
        return self.historie.situasjoner

    def sum_av(self, hvilke: object) -> Array:
        """(10,) kr of the services for which a function is true."""
        return np.asarray(sum((t.beloep for t in self.historie.tjenester if hvilke(t)), np.zeros(HISTORIEAAR)))  # type: ignore[operator]

    def _teller(self, t: Tjeneste) -> bool:
        return self.med_overfoeringer or not t.overfoering

    @cached_property
    def alt(self) -> Array:
        """Everything the public pays, transfers too."""
        return self.sum_av(lambda t: True)

    @cached_property
    def overfoeringer(self) -> Array:
        """Of it, money that is moved."""
        return self.sum_av(lambda t: t.overfoering)

    @cached_property
    def telles(self) -> Array:
        """What the null cost is the mean of."""
        return self.sum_av(self._teller)

    def betalt_av(self, betaler: str) -> Array:
        """Of what counts, what one of them pays."""
        return self.sum_av(lambda t: self._teller(t) and t.betaler == betaler)

    @cached_property
    def frigjoer(self) -> Array:
        """Of what counts and the municipality pays, what frees money in its budget."""
        return self.sum_av(lambda t: self._teller(t) and t.betaler == "kommune" and t.frigjoer)

    @property
    def snitt(self) -> float:
        """Kr per year that count."""
        return float(self.telles.mean())


@dataclass(frozen=True)
class Situasjonstall:
    """A starting situation. antall: histories that began there, of so many personas. snitt: of their yearly cost, None when
    there are none. sd: of that mean, None when it cannot be told. nullkostnad: in whole kroner, what a scenario is given.
    opphav: «historier», «avledet» or «skrevet»."""

    antall: int
    personas: int
    snitt: float | None
    sd: float | None
    nullkostnad: float
    opphav: str


@dataclass(frozen=True)
class Gruppetall:
    """A brukergruppe. uten: name of a history -> the mean of its starting situation without it, None for the only one.
    kommunal_andel, frigjort_andel: the municipality's share of the cost, and the share of that which frees money. overganger:
    years of all histories by the situation of the year (row) and of the next (column). situasjonsaar, situasjonskostnad: the
    years in each situation, and their mean cost, kr, None where there are none."""

    gruppe: str
    historier: tuple[Historietall, ...]
    situasjoner: Mapping[str, Situasjonstall]
    uten: tuple[float | None, ...]
    kommunal_andel: float
    frigjort_andel: float
    overganger: tuple[tuple[int, ...], ...]
    situasjonsaar: tuple[int, ...]
    situasjonskostnad: tuple[float | None, ...]


@dataclass(frozen=True)
class Personaanalyse:
    """A set of personas worked through."""

    sett: Personasett
    grupper: Mapping[str, Gruppetall]

    @property
    def historier(self) -> list[Historietall]:
        """All, in the order of the personas."""
        return [Historietall(p, h, self.sett.med_overfoeringer) for p, h in self.sett.historier()]


def analyser_personas(sett: Personasett) -> Personaanalyse:
    """Work a set through."""
    return Personaanalyse(sett, {g: _gruppe(sett, g) for g in sett.grupper})


def _gruppe(sett: Personasett, gruppe: str) -> Gruppetall:
    tall = tuple(Historietall(p, h, sett.med_overfoeringer) for p, h in sett.historier(gruppe))
    starter: dict[str, list[Historietall]] = {s: [t for t in tall if t.historie.start == s] for s in LIVSSITUASJONER}
    utsatt = _nullkostnad(sett, gruppe, "utsatt", starter["utsatt"], 0.0)
    situasjoner: dict[str, Situasjonstall] = {
        s: utsatt if s == "utsatt" else _nullkostnad(sett, gruppe, s, starter[s], utsatt.nullkostnad)
        for s in LIVSSITUASJONER
    }
    kommune = sum(float(t.betalt_av("kommune").sum()) for t in tall)
    alt = sum(float(t.betalt_av(b).sum()) for t in tall for b in HISTORIEBETALERE)
    frigjort = sum(float(t.frigjoer.sum()) for t in tall)
    uten = tuple(_uten(t, starter[t.historie.start]) for t in tall)
    overganger, aar, kostnad = _bevegelse(tall)
    return Gruppetall(
        gruppe,
        tall,
        situasjoner,
        uten,
        kommune / alt if alt else 0.0,
        frigjort / kommune if kommune else 0.0,
        overganger,
        aar,
        kostnad,
    )


def _bevegelse(
    tall: tuple[Historietall, ...],
) -> tuple[tuple[tuple[int, ...], ...], tuple[int, ...], tuple[float | None, ...]]:
    """How the histories move from year to year, and what a year in each situation costs: from the same years, so that no movement
    is counted in both."""
    antall = np.zeros((4, 4), dtype=int)
    aar, kroner = np.zeros(4, dtype=int), np.zeros(4)
    for t in tall:
        for fra, til in pairwise(t.situasjoner):
            antall[fra, til] += 1
        for j, kr in zip(t.situasjoner, t.telles, strict=True):
            aar[j] += 1
            kroner[j] += kr
    kostnad = tuple(float(kr / n) if n else None for kr, n in zip(kroner, aar, strict=True))
    return tuple(tuple(map(int, rad)) for rad in antall), tuple(map(int, aar)), kostnad


def _nullkostnad(
    sett: Personasett, gruppe: str, situasjon: str, tall: list[Historietall], utsatt: float
) -> Situasjonstall:
    snitt = sum(t.snitt for t in tall) / len(tall) if tall else None
    personas = {t.persona.navn for t in tall}
    regnet = float(hele_kroner(utsatt * sett.faktorer.get(situasjon, 0.0) if snitt is None else snitt))
    null = sett.skrevet.get(nullfelt(gruppe, situasjon).noekkel, regnet)
    # By the number and not by who wrote it: a workbook's formulas know nothing else.
    opphav = "skrevet" if null != regnet else "historier" if tall else "avledet"
    sd = None if snitt is None or len(personas) < 2 else spredning_av_snitt(tall, snitt)
    return Situasjonstall(len(tall), len(personas), snitt, sd, null, opphav)


def spredning_av_snitt(tall: list[Historietall], snitt: float) -> float:
    """Standard deviation of the mean over histories: between personas, and between best and worst of one, kr."""
    per_persona: dict[str, list[float]] = {}
    for t in tall:
        per_persona.setdefault(t.persona.navn, []).append(t.snitt)
    k, n = len(per_persona), len(tall)
    mellom = sum((sum(x) - len(x) * snitt) ** 2 for x in per_persona.values()) * k / (k - 1)
    innenfor = sum((len(x) * (max(x) - min(x))) ** 2 for x in per_persona.values()) / JEVN_VARIANS
    return float((mellom + innenfor) ** 0.5 / n)


def _uten(t: Historietall, alle: list[Historietall]) -> float | None:
    andre = [en.snitt for en in alle if (en.persona.navn, en.historie.utfall) != (t.persona.navn, t.historie.utfall)]
    return sum(andre) / len(andre) if andre else None
