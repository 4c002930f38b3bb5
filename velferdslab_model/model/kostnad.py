"""What the programme costs, by betaler, and the årsverk it takes (docs/modell.md sections 1 and 3)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from velferdslab_model.model.array import Array, einsum
from velferdslab_model.parameters.typer import BETALERE, Tiltak

#: Hours in one årsverk (docs/modell.md section 1).
TIMER_PER_AARSVERK = 1700.0


def tiltakskostnad(tiltak: Tiltak) -> Array:
    """Cost of one tiltak per person-year in each utgangssituasjon: (3,) kr."""
    return np.array(_kostnad(tiltak), dtype=np.float64)


def _kostnad(tiltak: Tiltak) -> list[float]:
    return [tiltak.enhetskostnad * volum * tiltak.ganger_per_aar for volum in tiltak.volum]


def satser(tiltak: Sequence[Tiltak]) -> tuple[Array, Array, Array, Array]:
    """Add up a list of tiltak per person-year.

    Returns oppstart (3, 3) kr and drift (3, 3) kr by situation and betaler, then hours of the tiltak with
    kostnadsdriver timer, oppstart (3,) and drift (3,).
    """
    # Three numbers at a time are added faster one by one than as an array.
    kroner = {kategori: [[0.0] * len(BETALERE) for _ in range(3)] for kategori in ("oppstart", "drift")}
    timer = {kategori: [0.0] * 3 for kategori in ("oppstart", "drift")}
    for ett in tiltak:
        betaler = BETALERE.index(ett.betaler)
        for s, kr in enumerate(_kostnad(ett)):
            kroner[ett.kategori][s][betaler] += kr
        if ett.kostnadsdriver == "timer":
            for s, volum in enumerate(ett.volum):
                timer[ett.kategori][s] += volum * ett.ganger_per_aar
    oppstart, drift = (np.array(kroner[kategori]) for kategori in ("oppstart", "drift"))
    return oppstart, drift, np.array(timer["oppstart"]), np.array(timer["drift"])


def etter_situasjon(sats: Array, personer: Array) -> Array:
    """Price persons by the situation they are in.

    sats: (..., 3, 3) kr per person-year. personer: (..., 3, T). Returns (..., 3, T) kr by betaler.
    """
    return einsum("...jb,...jt->...bt", sats, personer)


def aarsverk(timer_oppstart: Array, timer_drift: Array, nye: Array, deltakere: Array) -> Array:
    """Full-time years used. timer: (..., 3) hours. nye, deltakere: (..., 3, T) persons. Returns (..., T)."""
    timer: Array = (timer_oppstart[..., None] * nye + timer_drift[..., None] * deltakere).sum(-2)
    return timer / TIMER_PER_AARSVERK
