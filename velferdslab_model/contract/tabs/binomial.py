"""The binomial that a contract's sheet computes itself: when it may, and the engine's value of every cell of its table."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from velferdslab_model.contract.outcomes import binomisk
from velferdslab_model.contract.tabs.grunnlag import Grunnlag
from velferdslab_model.contract.terms import MAKS_KONTRAKTAAR
from velferdslab_model.model.array import Array

#: Persons the table of chances has room for.
MAKS_PERSONER = 240


@dataclass(frozen=True)
class Levende:
    """What the formulas give: persons settled in each year (10,), chance, price, and which way can be used.

    alle_gjort_opp: nobody is left who may succeed without being settled.
    """

    personer: Array
    sjanse: float
    pris: float
    vilkaar: tuple[bool, ...]
    uten_aarstak: bool
    med_aarstak: bool
    alle_gjort_opp: bool


def levende(g: Grunnlag) -> Levende:
    """What the terms in the cells allow the sheet to compute itself."""
    v = g.v
    linjer = [(k, x) for k, _, x, _, _ in g.linjer if x and x.betalt_i]
    personer = np.zeros(MAKS_KONTRAKTAAR)
    for k, x in linjer:
        if x.linje == 0 and x.betalt_i:
            personer[x.betalt_i - 1] += v.deltakere[k - 1]
    sjanser = [v.suksessrate[k - 1] * x.holder for k, x in linjer]
    priser = [x.pris for _, x in linjer]
    sjanse, pris = max(sjanser, default=0.0), max(priser, default=0.0)
    vilkaar = (
        v.telling is None,
        len(v.priskort) == 1,
        all(s == sjanse for s in sjanser),
        all(p == pris for p in priser) and pris == int(pris),
        sum(f.beloep for f in v.fast_betaling) == 0,
        bool(personer.sum() <= MAKS_PERSONER),
    )
    felles = all(vilkaar)
    har, tak = v.tak.per_aar is not None, v.tak.per_aar or 0.0
    rommer = v.tak.kontrakt is None or len(v.betalingsaar) * tak <= v.tak.kontrakt
    return Levende(
        personer,
        sjanse,
        pris,
        vilkaar,
        felles and not har,
        felles and har and not v.tak.overfoering and rommer,
        bool(personer.sum() == sum(v.deltakere)),
    )


def tabellverdier(x: Levende) -> tuple[Array, list[Array], Array]:
    """Chances by successes of all, (241,), and of each year; and the successes, (241,)."""
    s = np.arange(MAKS_PERSONER + 1)
    return _pmf(int(x.personer.sum()), x.sjanse), [_pmf(int(n), x.sjanse) for n in x.personer], s.astype(float)


def _pmf(n: int, p: float) -> Array:
    ut = np.zeros(MAKS_PERSONER + 1)
    k = np.arange(min(n, MAKS_PERSONER) + 1)
    ut[k] = binomisk(n, np.array([p]))[0][k]
    return ut
