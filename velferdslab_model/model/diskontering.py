"""Discounting, running sums and payback years (docs/modell.md section 3)."""

from __future__ import annotations

import numpy as np

from velferdslab_model.model.array import Array

#: An accumulated net within half an øre of zero counts as paid back.
TOLERANSE_KR = 0.005
#: The rate shown beside a scenario without discounting (note: 0 or 4 %).
STANDARD_ALTERNATIV_RENTE = 0.04


def diskonteringsfaktor(rente: Array, analyseperiode: int) -> Array:
    """(1 + rente)^-t; the first year is not discounted (decided here, docs/modell.md section 3). rente: (...). Returns (..., T)."""
    return (1 + np.asarray(rente, dtype=np.float64))[..., None] ** -np.arange(float(analyseperiode))


def realvekst(vekst: Array, analyseperiode: int) -> Array:
    """(1 + vekst)^t. vekst: (...) share per year. Returns (..., T)."""
    return (1 + np.asarray(vekst, dtype=np.float64))[..., None] ** np.arange(float(analyseperiode))


def alternativ_rente(rente: float) -> float:
    """The rate shown beside the chosen one: 4 % when nothing is discounted, else 0 %."""
    return STANDARD_ALTERNATIV_RENTE if rente == 0 else 0.0


def tilbakebetalt_etter(akkumulert: Array, kostnad: Array) -> Array:
    """Years until the accumulated net stays at or above zero.

    akkumulert, kostnad: (..., T) kr. Returns (...): 0 for the first year, nan when it does not happen
    within the period or when no programme cost has been incurred.
    """
    aar = akkumulert.shape[-1]
    under = akkumulert < -TOLERANSE_KR
    siste_under = np.where(under.any(-1), aar - 1 - np.argmax(under[..., ::-1], axis=-1), -1)
    etter = siste_under + 1.0
    return np.where((etter < aar) & (kostnad.sum(-1) > 0), etter, np.nan)
