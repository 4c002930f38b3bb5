"""What if: both headline nets at low, expected and high success rates and prices."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from velferdslab_model.model.aarsserier import Pengeserier, aarsserier
from velferdslab_model.model.array import Array
from velferdslab_model.model.kohort import Kohort
from velferdslab_model.results import Grupperesultat


@dataclass(frozen=True)
class HvaOm:
    """Low and high, as shares of what is assumed. suksess: of every success rate. pris: of every price of a tiltak."""

    suksess: tuple[float, float] = (0.8, 1.2)
    pris: tuple[float, float] = (0.8, 1.2)


@dataclass(frozen=True)
class HvaOmSvar:
    """Sums over the period at the chosen rate, kr, success down and price across: low, expected, high.

    netto_budsjett, netto_samfunn: (3, 3). serier: discounted series (3, T) by success at expected prices. suksessrate:
    (3, 3) by success and situation. kohort: persons (3, ...) by success. fast: the discounted fixed yearly cost, which no price moves.
    """

    netto_budsjett: Array
    netto_samfunn: Array
    serier: Pengeserier
    kohort: Kohort
    suksessrate: Array
    fast: Array


def hva_om(g: Grupperesultat, valg: HvaOm) -> HvaOmSvar:
    """The nine nets of a group. Success rates stay within 0 and 1."""
    x = g.inndata
    andel = np.array([valg.suksess[0], 1.0, valg.suksess[1]])
    suksess = np.clip(andel[:, None] * x.suksessrate, 0.0, 1.0)
    alle = aarsserier(replace(x, suksessrate=suksess))
    penger = alle.neddiskontert
    fast = alle.fast * alle.diskonteringsfaktor
    tiltak = (penger.kostnad - fast).sum(-1)[:, None]
    pris = np.array([valg.pris[0], 1.0, valg.pris[1]])
    inntekt = penger.offentlig_inntekt.sum(-1)[:, None]
    budsjett = penger.besparelse.sum(-1)[:, None] - pris * tiltak - fast.sum() + inntekt
    gevinst = (penger.helsegevinst + penger.produksjonsgevinst).sum(-1)[:, None]
    samfunn = (1 + x.skattefinansieringssats) * budsjett - inntekt + gevinst
    return HvaOmSvar(budsjett, samfunn, penger, alle.kohort, suksess, fast)
