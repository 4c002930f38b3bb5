"""Split the difference in net between two municipalities over factors by Shapley values, which sum to it exactly.

The Shapley value of a factor is what it adds when it is changed, averaged over every order in which the factors can be
changed. To the mean of all: the difference from one municipality of the list, minus the mean of everybody's difference
from it. Any would do, and the sums would be the same; the one whose net is nearest the mean is taken, because the parts
then mix numbers as near as possible to both. It needs one decomposition for each municipality, not one for each pair.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import factorial

import numpy as np

from velferdslab_model.base.workers import for_hver
from velferdslab_model.compare.faktorer import FAKTORER, HOVEDNETTO, nettoverdier
from velferdslab_model.model.array import Array
from velferdslab_model.parameters.typer import Brukergruppe

#: So many decompositions are worth a process.
_FLERE_PROSESSER = 200


@dataclass(frozen=True)
class Oppdeling:
    """A difference taken apart, kr. deler: by the keys of FAKTORER; they sum to til - fra."""

    fra: float
    til: float
    deler: Mapping[str, float]

    @property
    def differanse(self) -> float:
        """Til minus fra, kr."""
        return self.til - self.fra


@dataclass(frozen=True)
class Forskjell:
    """One group of one municipality against the reference. totalt, per_deltaker: by the names of HOVEDNETTO.

    per_deltaker: per person or family taken in; empty when one of the two takes in nobody.
    """

    totalt: Mapping[str, Oppdeling]
    per_deltaker: Mapping[str, Oppdeling]


#: Where there is nothing to hold against each other.
INGEN_FORSKJELL = Forskjell({}, {})


def forskjell(fra: Brukergruppe, til: Brukergruppe) -> Forskjell:
    """The difference in both nets from one group to another, split over the factors."""
    verdier, antall = nettoverdier(fra, til)
    per = {}
    if (antall > 0).all():
        per = {navn: _oppdeling(v / antall) for navn, v in zip(HOVEDNETTO, verdier, strict=True)}
    return Forskjell({navn: _oppdeling(v) for navn, v in zip(HOVEDNETTO, verdier, strict=True)}, per)


def forskjeller(par: Sequence[tuple[Brukergruppe, Brukergruppe]]) -> list[Forskjell]:
    """The difference from the first to the second of each pair, in their order."""
    return list(for_hver(_av_par, par, i_en_prosess=len(par) < _FLERE_PROSESSER))


def _av_par(par: tuple[Brukergruppe, Brukergruppe]) -> Forskjell:
    return forskjell(*par)


def nav(grupper: Sequence[Brukergruppe], nettoene: Sequence[tuple[float, float]]) -> Brukergruppe:
    """The group by way of which differences from the mean go. nettoene: people taken in, and netto_samfunn, of each."""
    med = [i for i, (antall, _) in enumerate(nettoene) if antall] or list(range(len(grupper)))
    snitt = float(np.mean([netto for _, netto in nettoene]))
    return grupper[min(med, key=lambda i: abs(nettoene[i][1] - snitt))]


def fra_snittet(alle: Sequence[Forskjell]) -> list[Forskjell]:
    """Each group's difference from the mean of all, given the difference of each from the same group (nav)."""
    totalt = _fra_snittet([f.totalt for f in alle])
    per = _fra_snittet([f.per_deltaker for f in alle])
    return [Forskjell(t, p) for t, p in zip(totalt, per, strict=True)]


def _fra_snittet(alle: Sequence[Mapping[str, Oppdeling]]) -> list[dict[str, Oppdeling]]:
    """Move the reference of each from one municipality to the mean of those that have a figure."""
    med = [f for f in alle if f]
    if not med:
        return [{} for _ in alle]
    snitt = {
        navn: (
            float(np.mean([f[navn].til for f in med])),
            {faktor: float(np.mean([f[navn].deler[faktor] for f in med])) for faktor in FAKTORER},
        )
        for navn in HOVEDNETTO
    }
    return [
        {
            navn: Oppdeling(fra, f[navn].til, {faktor: f[navn].deler[faktor] - deler[faktor] for faktor in FAKTORER})
            for navn, (fra, deler) in snitt.items()
        }
        if f
        else {}
        for f in alle
    ]


def _oppdeling(verdier: Array) -> Oppdeling:
    """Shapley values of a game. verdier: (1 or 2, ...), an axis for each factor; 0 is the reference."""
    ulike = [i for i, lengde in enumerate(verdier.shape) if lengde == 2]
    v = verdier.reshape((2,) * len(ulike))
    deler = dict.fromkeys(FAKTORER, 0.0)
    for plass, i in enumerate(ulike):
        bidrag = np.take(v, 1, axis=plass) - np.take(v, 0, axis=plass)
        deler[tuple(FAKTORER)[i]] = float((_vekter(len(ulike)) * bidrag).sum())
    flat = v.reshape(-1)
    return Oppdeling(float(flat[0]), float(flat[-1]), deler)


@cache
def _vekter(antall: int) -> Array:
    """Share of all orders of so many factors in which exactly these come before one: (2,) * (antall - 1)."""
    foer = np.asarray(np.indices((2,) * (antall - 1)).sum(0), dtype=int)  # of no axes, NumPy makes the sum a float
    etter_antall = np.array([factorial(k) * factorial(antall - 1 - k) / factorial(antall) for k in range(antall)])
    ut: Array = etter_antall[foer]
    return ut
