"""The same draws at every price and rate: who succeeds and who holds, each drawn by the inverse of its chances.

A draw with more successes at one rate has as many or more at a higher one, so the mean of a gain has no noise between two
points that lie close. Each number that is drawn is spread evenly over its range (a Latin hypercube, McKay and others 1979).
"""

from __future__ import annotations

from functools import cache

import numpy as np

from velferdslab_model.contract.oppgjoer import oppgjoerslinjer
from velferdslab_model.contract.outcomes import binomisk, sjanser_for_aa_holde
from velferdslab_model.contract.terms import Kontrakt
from velferdslab_model.model.array import Array


def lagdelte_trekninger(v: Kontrakt, antall: int, froe: int) -> Array:
    """A number from 0 to 1 for each settlement line of each contract drawn, (lines, N)."""
    rng = np.random.default_rng(froe)
    lag = np.tile(np.arange(antall), (len(oppgjoerslinjer(v)), 1))
    ut: Array = (rng.permuted(lag, axis=1) + rng.random(lag.shape)) / antall
    return ut


def trukne_personer(v: Kontrakt, trukket: Array) -> Array:
    """Persons on each settlement line, (N, lines). trukket: of lagdelte_trekninger, for terms with the same lines."""
    linjer = oppgjoerslinjer(v)
    ut = np.zeros((trukket.shape[1], len(linjer)))
    igjen, holdt = np.zeros(trukket.shape[1], dtype=np.int64), 1.0
    for i, linje in enumerate(linjer):
        n = v.deltakere[linje.kohort - 1]
        if linje.linje == 0:
            hittil = binomisk(n, np.array([v.suksessrate[linje.kohort - 1]]))[0].cumsum()
            igjen, holdt = np.minimum(n, np.searchsorted(hittil, trukket[i])), 1.0
        if linje.holder < holdt:
            # One row of chances for each number that held before, laid end to end: row m runs from m to m + 1.
            plass = np.searchsorted(_hittil(n, linje.holder / holdt), igjen + trukket[i])
            igjen, holdt = np.minimum(igjen, plass - igjen * (n + 1)), linje.holder
        ut[:, i] = igjen
    return ut


@cache
def _hittil(n: int, andel: float) -> Array:
    rader = np.minimum(1.0, sjanser_for_aa_holde(n, andel).cumsum(axis=1))
    rader[:, -1] = 1.0
    ut: Array = (rader + np.arange(n + 1)[:, None]).ravel()
    return ut
