"""Rates from counts: Jeffreys' equal-tailed interval, partial pooling, and the range when follow-ups are missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from velferdslab_model.base.tall import prosent
from velferdslab_model.model.array import Array

#: The prior of Jeffreys: half a success and half a failure (antakelse, shown wherever an interval is).
PRIOR = 0.5
#: What the interval holds.
DEKNING = 0.95
#: Points of the grid that pooling integrates over.
_MIDTER, _VEKTER = 59, 41
_HALVERINGER = 34


@dataclass(frozen=True)
class Andel:
    """A share: lyktes of antall. lav, hoey: the interval. snitt: what pooling makes of it, lyktes / antall without it.
    priorvekt: share of the estimate that comes from the others. suksess, forsoek: the beta distribution that says the same,
    by its two counts."""

    lyktes: int
    antall: int
    lav: float
    hoey: float
    snitt: float
    priorvekt: float
    suksess: float
    forsoek: float

    @property
    def ved_enden(self) -> str:
        """What the interval means when nobody or all succeeded; empty otherwise."""
        if 0 < self.lyktes < self.antall:
            return ""
        if self.lyktes == 0:
            ingen = "Den ene lyktes ikke" if self.antall == 1 else f"Ingen av {self.antall} lyktes"
            return f"{ingen}: det viser ikke at raten er 0, bare at den neppe er over {prosent(self.hoey, 0)}."
        alle = "Den ene lyktes" if self.antall == 1 else f"Alle {self.antall} lyktes"
        return f"{alle}: det viser ikke at raten er 100 %, bare at den neppe er under {prosent(self.lav, 0)}."


@dataclass(frozen=True)
class Spenn:
    """The share if everybody whose follow-up is missing failed, and if all of them succeeded."""

    lav: float
    hoey: float


def jeffreys(lyktes: int, antall: int) -> Andel | None:
    """A share with its equal-tailed interval; None of nobody. The interval reaches 0 when none succeeded and 1 when all did."""
    from scipy import special  # noqa: PLC0415  # a quarter of a second that only this should cost

    if antall == 0:
        return None
    a, b = lyktes + PRIOR, antall - lyktes + PRIOR
    hale = (1 - DEKNING) / 2
    lav = 0.0 if lyktes == 0 else float(special.betaincinv(a, b, hale))
    hoey = 1.0 if lyktes == antall else float(special.betaincinv(a, b, 1 - hale))
    return Andel(lyktes, antall, lav, hoey, lyktes / antall, 0.0, a, a + b)


def manski(lyktes: int, antall: int, mangler: int) -> Spenn | None:
    """The bounds of the share among all that were due; None of nobody. They hold whatever became of the missing."""
    if antall + mangler == 0:
        return None
    return Spenn(lyktes / (antall + mangler), (lyktes + mangler) / (antall + mangler))


def delvis_felles(tellinger: Sequence[tuple[int, int]]) -> list[Andel | None]:
    """Shares that lean on each other: successes and trials of each step or year.

    Each rate is drawn from one beta distribution whose mean is uniform and whose weight, in observed persons, has the
    prior density 1 / (1 + weight)^2 (antakelse). Both are integrated out on a grid. The weight of the prior is shown for each: what
    the others count for, as a share.
    """
    from scipy import special  # noqa: PLC0415  # as above

    med = [(k, n) for k, n in tellinger if n]
    if len(med) < 2:
        return [jeffreys(k, n) for k, n in tellinger]
    u = (np.arange(_VEKTER) + 0.5) / _VEKTER
    vekt = (u / (1 - u))[:, None]  # the density above is uniform in u
    midt = ((np.arange(_MIDTER) + 0.5) / _MIDTER)[None, :]
    a, b = midt * vekt, (1 - midt) * vekt
    log_sannsynlighet: Array = np.zeros_like(a)
    for k, n in med:
        log_sannsynlighet += special.betaln(a + k, b + n - k) - special.betaln(a, b)
    w: Array = np.exp(log_sannsynlighet - log_sannsynlighet.max())
    w /= w.sum()
    ut: list[Andel | None] = []
    for k, n in tellinger:
        if n == 0:
            ut.append(None)
            continue
        ak, bk = a + k, b + n - k
        snitt_her = ak / (ak + bk)
        snitt = float((w * snitt_her).sum())
        varians = float((w * (ak * bk / ((ak + bk) ** 2 * (ak + bk + 1)) + (snitt_her - snitt) ** 2)).sum())
        forsoek = snitt * (1 - snitt) / varians - 1
        lav, hoey = (_kvantil_av_blanding(w, ak, bk, q) for q in ((1 - DEKNING) / 2, (1 + DEKNING) / 2))
        ut.append(Andel(k, n, lav, hoey, snitt, float((w * vekt / (vekt + n)).sum()), snitt * forsoek, forsoek))
    return ut


def _kvantil_av_blanding(w: Array, a: Array, b: Array, q: float) -> float:
    """The quantile of a mixture of betas, by halving."""
    from scipy import special  # noqa: PLC0415  # as above

    lav, hoey = 0.0, 1.0
    for _ in range(_HALVERINGER):
        midt = (lav + hoey) / 2
        if float((w * special.betainc(a, b, midt)).sum()) < q:
            lav = midt
        else:
            hoey = midt
    return (lav + hoey) / 2
