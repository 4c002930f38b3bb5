"""What to measure next: what so many more observed participants of a step are worth for the scenario's decision.

The decision is whether to do it: yes when the expected net is above 0. The net is of first degree in each success rate, so
its expectation is the net at the expected rates, which are independent. Of m more participants, the number who succeed is
beta-binomial; each outcome moves the expected rate, and what that is worth is how much better the decision becomes.
Everything else is as in the scenario (antakelse).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from velferdslab_model.model.array import Array
from velferdslab_model.model.inndata import inndata
from velferdslab_model.model.totaler import totaler
from velferdslab_model.parameters.typer import UTGANGSSITUASJONER, Brukergruppe

#: How many more are tried.
FLERE = (1, 5, 10, 20, 50)
MAKS_FLERE = 200


@dataclass(frozen=True)
class Maaleverdi:
    """rate: the expected one. verdt: kroner, by number of more participants. snur_ved: the fewest more that may turn the decision; None when no
    number up to MAKS_FLERE does."""

    situasjon: str
    rate: float
    verdt: Mapping[int, float]
    snur_ved: int | None


@dataclass(frozen=True)
class Maalesvar:
    """netto: which net. scenariets: that of the scenario's own rates, as `run` shows it, kr. forventet: the expected net the
    decision rests on, kr. verdier: each step's."""

    netto: str
    scenariets: float
    forventet: float
    verdier: tuple[Maaleverdi, ...]


def verdien_av_flere(g: Brukergruppe, fordelt: Sequence[tuple[float, float]], netto: str) -> Maalesvar:
    """fordelt: successes and trials of the beta distribution of each of the three rates. netto: which net decides."""
    snitt = np.array([suksess / forsoek for suksess, forsoek in fordelt])
    scenariets, forventet = (float(x) for x in _netto(g, np.array([g.suksessrate, snitt]), netto))
    verdier = []
    for s, (suksess, forsoek) in enumerate(fordelt):
        # The net is a line in one rate: two points give all of it.
        ender = np.repeat(snitt[None, :], 2, axis=0)
        ender[:, s] = (0.0, 1.0)
        ved_0, ved_1 = (float(x) for x in _netto(g, ender, netto))
        verdt = {m: evsi(suksess, forsoek, m, ved_0, ved_1 - ved_0) for m in FLERE}
        verdier.append(
            Maaleverdi(UTGANGSSITUASJONER[s], float(snitt[s]), verdt, _snur_ved(suksess, forsoek, ved_0, ved_1 - ved_0))
        )
    return Maalesvar(netto, scenariets, forventet, tuple(verdier))


def evsi(suksess: float, forsoek: float, flere: int, ved_0: float, stigning: float) -> float:
    """Value of seeing so many more when the net is ved_0 + stigning x rate, and the rate is beta(suksess, forsoek - suksess)."""
    from scipy import special  # noqa: PLC0415  # a quarter of a second that only this should cost

    k = np.arange(flere + 1)
    a, b = suksess, forsoek - suksess
    sjanse = np.exp(
        special.gammaln(flere + 1)
        - special.gammaln(k + 1)
        - special.gammaln(flere - k + 1)
        + special.betaln(a + k, b + flere - k)
        - special.betaln(a, b)
    )
    netto = ved_0 + stigning * (a + k) / (forsoek + flere)
    uten = max(0.0, ved_0 + stigning * a / forsoek)
    # What the chances miss of 1 by rounding must not look like a value.
    verdi = float((sjanse * np.maximum(netto, 0.0)).sum() / sjanse.sum()) - uten
    return verdi if verdi > 1e-9 * float(np.abs(netto).max()) else 0.0


def _snur_ved(suksess: float, forsoek: float, ved_0: float, stigning: float) -> int | None:
    """The decision turns as soon as one outcome, all or none succeeding, gives a net of the other sign."""
    foer = ved_0 + stigning * suksess / forsoek > 0
    for m in range(1, MAKS_FLERE + 1):
        verst, best = (ved_0 + stigning * (suksess + k) / (forsoek + m) for k in (0, m))
        if (verst > 0) != foer or (best > 0) != foer:
            return m
    return None


def _netto(g: Brukergruppe, rater: Array, netto: str) -> Array:
    """The net at rates (n, 3), kr, (n,)."""
    x = replace(inndata(g), suksessrate=rater)
    return totaler(x, (netto,), ()).sum[f"netto_{netto}"]
