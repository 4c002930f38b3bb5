"""Draws and quantiles of a distribution."""

from __future__ import annotations

import math
import zlib
from collections.abc import Mapping

import numpy as np

from velferdslab_model.model.array import Array
from velferdslab_model.parameters.fordeling import Fordeling

#: Whose draws are a group's or a municipality's own: the rates it reaches, and how many it takes in.
EGNE = ("suksessrate", "inntak")
#: Standard deviation as a share of the mean (of a share: of the nearer end).
_MINSTE_SPREDNING = 1e-6


def trekk(fordelinger: Mapping[str, Fordeling], antall: int, froe: int) -> dict[str, Array]:
    """Draws of every number: by key, each (antall,).

    A number has a stream of its own, made from the seed and its key: another distribution beside it moves no draw, and
    the same number has the same draws in both groups and in every scenario (common random numbers).
    """
    return {n: _trekk(f, stroem(froe, n), antall) for n, f in fordelinger.items()}


def trekk_likt(fordelinger: Mapping[str, Fordeling], antall: int, froe: int) -> dict[str, Array]:
    """The same, such that scenarios with different distributions of a number are high in the same draws: each draw is
    the quantile of a share that all have in common.

    The null alternatives of all situations have one share, whether a scenario gives them one factor or each its own.
    """
    ut = {}
    for n, f in fordelinger.items():
        felles = "nullalternativ" if n.startswith("nullalternativ.") else n
        ut[n] = kvantil(f, stroem(froe, felles).random(antall))
    return ut


def trekk_hver_for_seg(fordelinger: Mapping[str, Fordeling], antall: int, froe: int, hvem: str) -> dict[str, Array]:
    """The same, with streams that are this one's own: the draws of one say nothing of those of another."""
    return {n: _trekk(f, stroem(froe, n, hvem), antall) for n, f in fordelinger.items()}


def trekk_med_egne(fordelinger: Mapping[str, Fordeling], antall: int, froe: int, hvem: str) -> dict[str, Array]:
    """Draws of what is common (trekk), and of EGNE with streams that are this one's own."""
    return {
        n: _trekk(f, stroem(froe, n, hvem if n.partition(".")[0] in EGNE else ""), antall)
        for n, f in fordelinger.items()
    }


def koblet(verdier: Mapping[str, Array]) -> dict[str, Array]:
    """The same draws of each number, put in the order that makes all of them high in the same draws.

    Each keeps its distribution, draw for draw; only what they have in common is new.
    """
    if not verdier:
        return {}
    plass = np.argsort(np.argsort(next(iter(verdier.values())), kind="stable"), kind="stable")
    return {n: np.sort(v)[plass] for n, v in verdier.items()}


def stroem(froe: int, noekkel: str, hvem: str = "") -> np.random.Generator:
    """The stream of one number; of one whom it belongs to, when it is not common."""
    return np.random.default_rng([froe, zlib.crc32(noekkel.encode()), *hvem.encode()])


def _trekk(f: Fordeling, rng: np.random.Generator, antall: int) -> Array:
    if (sikker := konstant(f)) is not None:
        return np.full(antall, sikker)
    t = f.tall
    if f.slag == "beta":
        return rng.beta(*beta(f), size=antall)
    if f.slag == "triangulaer":
        return rng.triangular(t["minst"], t["typisk"], t["mest"], size=antall)
    if f.slag == "gamma":
        form, skala = _gamma(f)
        return np.clip(rng.gamma(form, skala, size=antall), f.minst, f.mest)
    return kvantil(f, rng.random(antall))


def kvantil(f: Fordeling, u: Array) -> Array:
    """The value below which the share u of the distribution lies; u: (...) from 0 to 1. Returns (...)."""
    from scipy import special  # noqa: PLC0415  # a quarter of a second that only this should cost

    if (sikker := konstant(f)) is not None:
        return np.full(np.shape(u), sikker)
    t = f.tall
    ut: Array
    if f.slag == "beta":
        ut = np.asarray(special.betaincinv(*beta(f), u))
    elif f.slag == "uniform":
        ut = np.asarray(t["minst"] + u * (t["mest"] - t["minst"]))
    elif f.slag == "triangulaer":
        a, c, b = t["minst"], t["typisk"], t["mest"]
        venstre = np.sqrt(u * (b - a) * (c - a))
        ut = np.where(u * (b - a) < c - a, a + venstre, b - np.sqrt((1 - u) * (b - a) * (b - c)))
    elif f.slag == "normal":
        lav, hoey = (special.ndtr((grense - t["snitt"]) / t["sd"]) for grense in (f.minst, f.mest))
        ut = t["snitt"] + t["sd"] * special.ndtri(lav + u * (hoey - lav))
    elif f.slag == "lognormal":
        my, sigma = _lognormal(f)
        ut = np.exp(my + sigma * special.ndtri(u))
    else:
        form, skala = _gamma(f)
        ut = np.asarray(special.gammaincinv(form, u) * skala)
    return np.clip(ut, f.minst, f.mest)


def konstant(f: Fordeling) -> float | None:
    """The one value of a distribution without spread, else None.

    A spread that is nothing beside the mean counts as none: the draws would differ in digits that the samplers do not
    reach, and where they look for them they find no number, or no end.
    """
    t = f.tall
    if "sd" in t:
        midt = min(t["snitt"], 1 - t["snitt"]) if f.slag == "beta" else t["snitt"]
        return t["snitt"] if t["sd"] <= _MINSTE_SPREDNING * abs(midt) else None
    return t["minst"] if "minst" in t and t["minst"] == t["mest"] else None


def beta(f: Fordeling) -> tuple[float, float]:
    """Its two shapes: successes and failures, or those with the mean and spread."""
    t = f.tall
    if "suksess" in t:
        return t["suksess"], t["forsoek"] - t["suksess"]
    vekt = t["snitt"] * (1 - t["snitt"]) / t["sd"] ** 2 - 1
    return t["snitt"] * vekt, (1 - t["snitt"]) * vekt


def _gamma(f: Fordeling) -> tuple[float, float]:
    snitt, sd = f.tall["snitt"], f.tall["sd"]
    return (snitt / sd) ** 2, sd * (sd / snitt)


def _lognormal(f: Fordeling) -> tuple[float, float]:
    """Mean and spread of the logarithm; snitt and sd are those of the number itself."""
    varians = math.log1p((f.tall["sd"] / f.tall["snitt"]) ** 2)
    return math.log(f.tall["snitt"]) - varians / 2, math.sqrt(varians)
