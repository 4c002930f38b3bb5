"""Persons who move without the programme, for many draws at once: what the fast paths need of a null alternative that moves.

The same dynamics as kohort.py with overganger (docs/modell.md section 9), a number at a time, so that the draws are the only axis.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

#: By age: persons of one intake year in each situation, less those who would have been there without the programme.
Situasjonsavvik = tuple[tuple[Any, ...], ...]


def avvik_etter_alder(
    inntak: Sequence[Any],
    suksessrate: Sequence[Any],
    beholder_steget: Any,
    aarlig_tilbakefall: Any,
    overganger: Sequence[Sequence[Any]],
    aar: int,
) -> Situasjonsavvik:
    """inntak, suksessrate: three numbers or (n,) each. overganger: four rows of four shares. aar: ages to follow."""
    p, k, rho = suksessrate, beholder_steget, aarlig_tilbakefall
    summer: list[list[Any]] = [[0.0] * 4 for _ in range(aar)]
    for s in range(3):
        inne: list[Any] = [0.0] * 3
        inne[s] = inntak[s] * 1.0
        ute: list[Any] = [0.0] * 4
        uten: list[Any] = [*inne, 0.0]
        for alder in range(aar):
            for j in range(4):
                summer[alder][j] = summer[alder][j] + ((inne[j] + ute[j]) if j < 3 else ute[j]) - uten[j]
            ute = _ett_aar_ute(s, inne, ute, p, k, rho, overganger)
            inne = [0.0 if j == 0 else inne[j - 1] * p[j - 1] for j in range(3)]
            uten = _flytt(uten, overganger)
    return tuple(tuple(rad) for rad in summer)


def _ett_aar_ute(
    s: int, inne: list[Any], ute: list[Any], p: Sequence[Any], k: Any, rho: Any, overganger: Sequence[Sequence[Any]]
) -> list[Any]:
    """Some relapse to where they entered, all of them move, and those who leave the programme come to them."""
    falt = [ute[j] * (1 - rho) if j > s else ute[j] for j in range(4)]
    falt[s] = falt[s] + rho * sum(ute[s + 1 :])
    ny = _flytt(falt, overganger)
    for j in range(s, 3):
        slutter = inne[j] * (1 - p[j])
        if j == s:
            ny[s] = ny[s] + slutter
        else:
            ny[j], ny[s] = ny[j] + k * slutter, ny[s] + (1 - k) * slutter
    ny[3] = ny[3] + inne[2] * p[2]
    return ny


def _flytt(folk: Sequence[Any], overganger: Sequence[Sequence[Any]]) -> list[Any]:
    return [sum(folk[i] * overganger[i][j] for i in range(4)) for j in range(4)]
