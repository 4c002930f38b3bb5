"""Monte Carlo: what the nets may come to, how likely it pays, and what it would be worth to know more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from velferdslab_model.model.aarsserier import NETTO
from velferdslab_model.model.array import Array
from velferdslab_model.model.totaler import ALDRI, totaler
from velferdslab_model.parameters.fordeling import Fordeling
from velferdslab_model.parameters.typer import Brukergruppe
from velferdslab_model.parameters.usikkerhet import fordelinger
from velferdslab_model.uncertainty.foelsomhet import HOVED
from velferdslab_model.uncertainty.parametre import inndata_med
from velferdslab_model.uncertainty.trekking import kvantil, trekk

PERSENTILER = (2.5, 5.0, 25.0, 50.0, 75.0, 95.0, 97.5)
STOLPER = 30
#: Draws whose inputs are laid out at a time: memory does not grow with the inputs.
_DEL = 1 << 16
#: Draws of each of Saltelli's two samples.
SOBOL = 1 << 15


@dataclass(frozen=True)
class Nettofordeling:
    """One net over the draws, kr. feil: Monte Carlo standard error of the mean. prosentiler: by PERSENTILER.

    p_positiv: share of draws with a net above 0, and p_feil its standard error. p_tilbake: share paid back by the end of
    each year of the analysis.
    """

    snitt: float
    sd: float
    feil: float
    persentiler: tuple[float, ...]
    p_positiv: float
    p_feil: float
    p_tilbake: tuple[float, ...]


@dataclass(frozen=True)
class Informasjonsverdi:
    """Value of knowing, kr, against not doing it. evpi: everything; evppi: one number, by key."""

    evpi: float
    evppi: Mapping[str, float]


@dataclass(frozen=True)
class Sobol:
    """Share of the variance of a net that a number explains alone, and with its interplay, by key."""

    foerste: Mapping[str, float]
    total: Mapping[str, float]


@dataclass(frozen=True)
class MonteCarlo:
    """The answer of one group. histogram: by headline net, the borders (STOLPER + 1,) kr and the draws between them."""

    trekninger: int
    froe: int
    fordelinger: Mapping[str, Fordeling]
    netto: Mapping[str, Nettofordeling]
    histogram: Mapping[str, tuple[Array, NDArray[np.int64]]]
    informasjon: Mapping[str, Informasjonsverdi]


def montecarlo(g: Brukergruppe, trekninger: int, froe: int) -> MonteCarlo:
    """Draw every uncertain number and compute each draw. The same seed gives the same answer, bit for bit."""
    trekkes = fordelinger(g)
    verdier = trekk(trekkes, trekninger, froe)
    summer = {x: np.empty(trekninger) for x in NETTO}
    aar = {x: np.empty(trekninger, dtype=np.int8) for x in NETTO}
    for fra in range(0, trekninger, _DEL):
        del_ = slice(fra, min(fra + _DEL, trekninger))
        t = totaler(inndata_med(g, {n: v[del_] for n, v in verdier.items()}), NETTO, ())
        for x in NETTO:  # without anything uncertain there is one answer for every draw
            summer[x][del_], aar[x][del_] = t.sum[f"netto_{x}"], t.aar[x]
    return MonteCarlo(
        trekninger,
        froe,
        trekkes,
        {x: _nettofordeling(summer[x], aar[x], g.analyseperiode) for x in NETTO},
        {x: _histogram(summer[x]) for x in HOVED},
        _informasjon({x: summer[x] for x in HOVED}, verdier),
    )


def _nettofordeling(netto: Array, aar: NDArray[np.int8], analyseperiode: int) -> Nettofordeling:
    n = len(netto)
    # The mean of equal numbers is that number; summing them first would round.
    snitt = float(netto[0] + (netto - netto[0]).mean())
    sd = float((netto - netto[0]).std(ddof=1))
    p = float((netto > 0).mean())
    antall = np.bincount(aar[aar != ALDRI], minlength=analyseperiode)
    return Nettofordeling(
        snitt,
        sd,
        sd / n**0.5,
        tuple(float(v) for v in np.percentile(netto, PERSENTILER)),
        p,
        (p * (1 - p) / n) ** 0.5,
        tuple(float(v) for v in np.cumsum(antall) / n),
    )


def _histogram(netto: Array) -> tuple[Array, NDArray[np.int64]]:
    lav, hoey = float(netto.min()), float(netto.max())
    if hoey - lav <= 1e-9 * max(abs(lav), abs(hoey), 1.0):  # one answer: a bar of its own, a krone wide
        lav, hoey = lav - STOLPER / 2, lav + STOLPER / 2
    antall, grenser = np.histogram(netto, bins=STOLPER, range=(lav, hoey))
    return grenser, antall.astype(np.int64)


def _informasjon(netto: Mapping[str, Array], verdier: Mapping[str, Array]) -> dict[str, Informasjonsverdi]:
    """EVPI from the draws; EVPPI from the mean net in groups of draws that are alike in one number.

    Which choice is best in a group is decided by half of its draws, and what it is worth by the other half, both ways:
    deciding and counting by the same draws would find a value in chance. Kept within 0 <= EVPPI <= EVPI.
    """
    rekkefoelger = {n: np.argsort(v, kind="stable") for n, v in verdier.items() if v[0] != v[-1] or np.ptp(v)}
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
        ut[x] = Informasjonsverdi(evpi, evppi)
    return ut


def _grupper(antall: int) -> int:
    """Groups of draws: enough to follow the number, few enough that chance in a group does not look like knowledge."""
    return max(2, min(200, int(antall ** (1 / 3))))


def sobol(g: Brukergruppe, froe: int, antall: int = SOBOL) -> dict[str, Sobol]:
    """Sobol indices of both nets, by Saltelli's and Jansen's estimators on quantiles.

    antall: draws of each of the two samples; antall x (numbers + 2) evaluations. A net that does not vary has 0.
    """
    trekkes = fordelinger(g)
    noekler = list(trekkes)
    if not noekler:
        return {x: Sobol({}, {}) for x in HOVED}
    u = np.random.default_rng([froe, 1]).random((2, len(noekler), antall))
    a, b = ({n: kvantil(trekkes[n], u[k, i]) for i, n in enumerate(noekler)} for k in range(2))
    blandet = [a, b, *({**a, n: b[n]} for n in noekler)]
    felles = {n: np.concatenate([utvalg[n] for utvalg in blandet]) for n in noekler}
    t = totaler(inndata_med(g, felles), HOVED, ())
    return {x: _indekser(t.sum[f"netto_{x}"].reshape(len(noekler) + 2, antall), noekler) for x in HOVED}


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
