"""Where people are: the one home of the dynamics (docs/modell.md sections 2 and 6).

An age profile follows one entrant from the year of entry; its calendar sum adds up the intake years.
Money is linear in both, so a totals-only path may price the profile first and sum it afterwards.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from velferdslab_model.model.array import Array


@dataclass(frozen=True)
class Kohort:
    """Persons by utgangssituasjon s (axis -3) and livssituasjon j (axis -2), years last.

    i_programmet: (..., 3, 3, years) in the programme, now in j. utenfor: (..., 3, 4, years) left it, now in j.
    sluttet: (..., 3, 3, years) left it without success at the end of the year before, from j. uten: (..., 3, 4, years) where the
    same persons would have been without the programme; None when they would have stayed where they entered.
    """

    i_programmet: Array
    utenfor: Array
    sluttet: Array
    uten: Array | None = None


def aldersprofil(
    suksessrate: Array, beholder_steget: Array, aarlig_tilbakefall: Array, aar: int, overganger: Array | None = None
) -> Kohort:
    """Follow one entrant per utgangssituasjon through the years since entry.

    suksessrate: (..., 3) shares. beholder_steget, aarlig_tilbakefall: (...) shares. aar: years to follow.
    overganger: (..., 4, 4) shares, how everybody outside the programme moves in a year; None when nobody does.
    Returns shares of a person; axis -1 is the age in the programme, 0 in the year of entry.
    """
    p = np.asarray(suksessrate, dtype=np.float64)
    k = np.asarray(beholder_steget, dtype=np.float64)
    rho = np.asarray(aarlig_tilbakefall, dtype=np.float64)
    b = None if overganger is None else np.asarray(overganger, dtype=np.float64)
    form = np.broadcast_shapes(p.shape[:-1], k.shape, rho.shape, () if b is None else b.shape[:-2])
    i = np.zeros((*form, 3, 3, aar))
    x = np.zeros((*form, 3, 4, aar))
    sluttet = np.zeros((*form, 3, 3, aar))
    for s in range(3):
        i[..., s, s, 0] = 1.0
    # Three steps are all there are, so from the fourth year on nobody is in the programme, and without relapse nobody moves.
    i_ro = aar if b is not None or rho.any() else min(aar, 4)
    for alder in range(1, i_ro):
        i_fjor, x_fjor = i[..., alder - 1], x[..., alder - 1]
        # Without success a person leaves after one year; with success she stays one more (note, Grunnforutsetninger).
        i[..., :, 1:, alder] = p[..., None, :2] * i_fjor[..., :, :2]
        ute = (1 - p)[..., None, :] * i_fjor
        sluttet[..., alder] = ute
        ny = x[..., alder]
        if b is not None:
            _flyttet(ny, x_fjor, ute, p[..., None, 2] * i_fjor[..., :, 2], k, rho, b)
            continue
        ny[..., :3] = (1 - rho)[..., None, None] * x_fjor[..., :3] + k[..., None, None] * ute
        ny[..., 3] = (1 - rho)[..., None] * x_fjor[..., 3] + p[..., None, 2] * i_fjor[..., :, 2]
        for s in range(3):
            tilbake = (1 - k) * ute[..., s, s + 1 :].sum(-1) + rho * x_fjor[..., s, s + 1 :].sum(-1)
            ny[..., s, s] = x_fjor[..., s, s] + ute[..., s, s] + tilbake
    x[..., i_ro:] = x[..., i_ro - 1 : i_ro]
    return Kohort(i, x, sluttet, None if b is None else _uten(b, form, aar))


def _flyttet(ny: Array, x_fjor: Array, ute: Array, fremme: Array, k: Array, rho: Array, b: Array) -> None:
    """Those outside a year later: some relapse to where they entered, all of them move, and those who left come to them.

    ny: filled here, (..., 3, 4), as x_fjor. ute: (..., 3, 3) left without success. fremme: (..., 3) reached bærekraftig.
    """
    falt = x_fjor.copy()
    for s in range(3):
        falt[..., s, s + 1 :] *= (1 - rho)[..., None]
        falt[..., s, s] += rho * x_fjor[..., s, s + 1 :].sum(-1)
    ny[...] = falt @ b
    for s in range(3):
        ny[..., s, s + 1 : 3] += k[..., None] * ute[..., s, s + 1 :]
        ny[..., s, s] += ute[..., s, s] + (1 - k) * ute[..., s, s + 1 :].sum(-1)
    ny[..., 3] += fremme


def _uten(b: Array, form: tuple[int, ...], aar: int) -> Array:
    """Where one entrant per utgangssituasjon would have been without the programme: (..., 3, 4, years)."""
    uten = np.zeros((*form, 3, 4, aar))
    uten[..., 0] = np.eye(3, 4)
    for alder in range(1, aar):
        uten[..., alder] = uten[..., alder - 1] @ b
    return uten


def kalendersum(profil: Array, inntaksaar: int) -> Array:
    """Add up an age profile over the intake years.

    profil: (..., years) by age. inntaksaar: years with intake, from the first.
    Returns (..., years) by calendar year for an intake of one per year: in year t the ages
    max(0, t - inntaksaar + 1) .. t are present.
    """
    sum_ = np.cumsum(profil, axis=-1)
    if inntaksaar < profil.shape[-1]:
        sum_[..., inntaksaar:] = sum_[..., inntaksaar:] - sum_[..., :-inntaksaar].copy()
    return sum_


def kohort(
    inntak: Array,
    suksessrate: Array,
    beholder_steget: Array,
    aarlig_tilbakefall: Array,
    inntaksaar: int,
    analyseperiode: int,
    overganger: Array | None = None,
) -> Kohort:
    """Persons per calendar year of the analysis.

    inntak: (..., 3) persons per year. The rest as in aldersprofil. Returns (..., 3, 3 or 4, analyseperiode) persons.
    """
    profil = aldersprofil(suksessrate, beholder_steget, aarlig_tilbakefall, analyseperiode, overganger)
    n = np.asarray(inntak, dtype=np.float64)[..., None, None]
    deler = (profil.i_programmet, profil.utenfor, profil.sluttet, profil.uten)
    i, x, sluttet, uten = (None if del_ is None else n * kalendersum(del_, inntaksaar) for del_ in deler)
    assert i is not None and x is not None and sluttet is not None  # noqa: PT018  # only uten may be missing
    return Kohort(i, x, sluttet, uten)
