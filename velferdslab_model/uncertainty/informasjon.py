"""What it would be worth to know more, and which number the uncertainty comes from.

Chance among the participants is left out of all of it: it cannot be known before the choice is made. So these are of the
net expected of the numbers drawn.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from velferdslab_model.model.array import Array
from velferdslab_model.model.totaler import BLOKK, totaler
from velferdslab_model.parameters.fordeling import Fordeling
from velferdslab_model.parameters.typer import Brukergruppe
from velferdslab_model.uncertainty.foelsomhet import HOVED
from velferdslab_model.uncertainty.parametre import inndata_med
from velferdslab_model.uncertainty.trekking import kvantil

#: Draws of each of Saltelli's two samples.
SOBOL = 1 << 15
#: So many more participants are observed.
OBSERVASJONER = (1, 10)
#: Draws that are enough for it.
_FOR_OBSERVASJON = 100_000


@dataclass(frozen=True)
class Informasjonsverdi:
    """Value of knowing, kr, against not doing it. evpi: everything; evppi: one number, by key.

    observasjon: by success rate, of seeing what becomes of so many more participants (OBSERVASJONER) before the choice.
    """

    evpi: float
    evppi: Mapping[str, float]
    observasjon: Mapping[str, tuple[float, ...]]


@dataclass(frozen=True)
class Sobol:
    """Share of the variance of a net that a number explains alone, and with its interplay, by key."""

    foerste: Mapping[str, float]
    total: Mapping[str, float]


def informasjonsverdier(
    netto: Mapping[str, Array], verdier: Mapping[str, Array], rng: np.random.Generator
) -> dict[str, Informasjonsverdi]:
    """EVPI from the draws; EVPPI from the mean net in groups of draws that are alike in one number.

    netto: by net, (n,) kr, without chance. rng: draws what would be observed. Which choice is best in a group is decided by
    half of its draws, and what it is worth by the other half, both ways: deciding and counting by the same draws would
    find a value in chance. Kept within 0 <= EVPPI <= EVPI, and an observation within its rate's EVPPI.
    """
    rekkefoelger = {n: np.argsort(v, kind="stable") for n, v in verdier.items() if v[0] != v[-1] or np.ptp(v)}
    sett = {
        n: _observert(v[:_FOR_OBSERVASJON], rng)
        for n, v in verdier.items()
        if n.startswith("suksessrate.") and n in rekkefoelger
    }
    ut = {}
    for x, n in netto.items():
        uten = max(float(n.mean()), 0.0)
        avrunding = 1e-12 * float(np.abs(n).max())

        def verdt(sum_: float, uten: float = uten, n: Array = n, avrunding: float = avrunding) -> float:
            verdi = sum_ / len(n) - uten
            return verdi if verdi > avrunding else 0.0

        evpi = verdt(float(np.maximum(n, 0.0).sum()))
        grenser = np.linspace(0, len(n) // 2, _grupper(len(n)) + 1).astype(np.intp)[:-1]
        evppi = dict.fromkeys(verdier, 0.0)
        for noekkel, orden in rekkefoelger.items():
            en, annen = (np.add.reduceat(n[orden[k : len(n) // 2 * 2 : 2]], grenser) for k in range(2))
            evppi[noekkel] = min(evpi, verdt(float(annen[en > 0].sum() + en[annen > 0].sum())))
        observasjon = {
            noekkel: tuple(min(evppi[noekkel], _verdi_av_observasjon(n, y, avrunding)) for y in alle)
            for noekkel, alle in sett.items()
        }
        ut[x] = Informasjonsverdi(evpi, evppi, observasjon)
    return ut


def _observert(rate: Array, rng: np.random.Generator) -> list[NDArray[np.int64]]:
    """How many of so many more participants take the step, one number for each draw of the rate."""
    return [rng.binomial(antall, rate) for antall in OBSERVASJONER]


def _verdi_av_observasjon(netto: Array, sett: NDArray[np.int64], avrunding: float) -> float:
    """What choosing by what was seen is worth, kr. Each number seen is a group: half of its draws choose, the others count."""
    n = netto[: len(sett)]
    en, annen = (np.bincount(sett[k::2], n[k::2], int(sett.max()) + 1) for k in range(2))
    verdi = float(annen[en > 0].sum() + en[annen > 0].sum()) / len(n) - max(float(n.mean()), 0.0)
    return verdi if verdi > avrunding else 0.0


def _grupper(antall: int) -> int:
    """Groups of draws: enough to follow the number, few enough that chance in a group does not look like knowledge."""
    return max(2, min(200, int(antall ** (1 / 3))))


def sobol(g: Brukergruppe, trekkes: Mapping[str, Fordeling], froe: int, antall: int = SOBOL) -> dict[str, Sobol]:
    """Sobol indices of both nets, by Saltelli's and Jansen's estimators on quantiles.

    trekkes: what is uncertain, by key. antall: draws of each of the two samples; antall x (numbers + 2) evaluations. A net
    that does not vary has 0.
    """
    noekler = list(trekkes)
    if not noekler:
        return {x: Sobol({}, {}) for x in HOVED}
    a, b = (
        {n: _utvalg(trekkes[n], froe, k * len(noekler) + i, antall) for i, n in enumerate(noekler)} for k in range(2)
    )
    blandet = [a, b, *({**a, n: b[n]} for n in noekler)]
    netto = {x: np.empty((len(blandet), antall)) for x in HOVED}
    for rad, utvalg in enumerate(blandet):
        for fra in range(0, antall, BLOKK):  # what the prices come to is large, and fits the cache so
            del_ = slice(fra, fra + BLOKK)
            t = totaler(inndata_med(g, {n: v[del_] for n, v in utvalg.items()}), HOVED, ())
            for x in HOVED:
                netto[x][rad, del_] = t.sum[f"netto_{x}"]
    return {x: _indekser(netto[x], noekler) for x in HOVED}


@lru_cache(maxsize=32)
def _utvalg(f: Fordeling, froe: int, plass: int, antall: int) -> Array:
    """Quantiles of one number at the shares that have this place in the stream.

    Kept, for both groups and both analyses mostly draw the same numbers from the same shares, and a quantile is dear.
    """
    bits = np.random.PCG64([froe, 1]).advance(plass * antall)
    ut = kvantil(f, np.random.Generator(bits).random(antall))
    ut.setflags(write=False)
    return ut


def _indekser(netto: Array, noekler: list[str]) -> Sobol:
    midt = netto[:2].mean()
    fa, fb, fab = netto[0] - midt, netto[1] - midt, netto[2:] - midt
    varians = float(np.concatenate([fa, fb]).var())
    if varians <= (1e-9 * max(1.0, float(np.abs(netto).max()))) ** 2:
        return Sobol(dict.fromkeys(noekler, 0.0), dict.fromkeys(noekler, 0.0))
    foerste = np.clip((fb * (fab - fa)).mean(axis=1) / varians, 0.0, 1.0)
    total = np.clip(((fa - fab) ** 2).mean(axis=1) / (2 * varians), 0.0, None)
    foerste = np.minimum(foerste, total)  # as they are; by chance the estimates may not be
    return Sobol(dict(zip(noekler, foerste.tolist(), strict=True)), dict(zip(noekler, total.tolist(), strict=True)))
