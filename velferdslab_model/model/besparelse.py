"""What the ordinary services no longer cost (docs/modell.md sections 3 and 6)."""

from __future__ import annotations

import numpy as np

from velferdslab_model.model.array import Array, einsum


def besparelsessatser(nullalternativ: Array, erstatningsgrad: Array, skjedd_uansett: Array) -> tuple[Array, Array]:
    """Saving per person-year by utgangssituasjon s and present situation j.

    nullalternativ: (..., 4) kr. erstatningsgrad, skjedd_uansett: (...) shares.
    Returns (..., 3, 3) kr while in the programme and (..., 3, 4) kr after it.
    """
    n = np.asarray(nullalternativ, dtype=np.float64)
    e, a = np.asarray(erstatningsgrad)[..., None, None], np.asarray(skjedd_uansett)[..., None, None]
    n_s, n_j = n[..., :3, None], n[..., None, :]
    # While in the programme its tiltak replace the ordinary services, in the first year too (decided here, docs/modell.md section 3).
    # n_s - a (n_s - n_j) - (1 - e) n_j, summed from its two parts, so that nothing large cancels.
    bedring = (1 - a) * (n_s - n_j)
    return bedring[..., :3] + e * n_j[..., :3], bedring


def besparelse(personer: Array, sats: Array) -> Array:
    """Saving per utgangssituasjon. personer: (..., 3, J, T); sats: (..., 3, J) kr. Returns (..., 3, T) kr."""
    return einsum("...sjt,...sj->...st", personer, sats)


def erstattede_tjenester(deltakere: Array, nullalternativ: Array, erstatningsgrad: Array) -> Array:
    """The part of the saving that the programme replaces while it lasts; it is there even if nobody succeeds.

    deltakere: (..., 3, T) persons in the programme by present situation. nullalternativ: (..., 4) kr.
    erstatningsgrad: (...) share. Returns (..., T) kr.
    """
    return np.asarray(erstatningsgrad)[..., None] * einsum("...jt,...j->...t", deltakere, nullalternativ[..., :3])


def bedret_situasjon(personer: Array, sats_etter: Array) -> Array:
    """The rest of the saving: what the step taken is worth, in the programme and after it.

    personer: (..., 3, 4, T) in or out of the programme. sats_etter: (..., 3, 4) kr. Returns (..., T) kr.
    """
    # + 0.0 turns a -0.0 into 0.0, which would show as «-0» in CSV and JSON.
    return einsum("...sjt,...sj->...t", personer, sats_etter) + 0.0


def spart_mot_bevegelse(avvik: Array, situasjonskostnad: Array, skjedd_uansett: Array) -> Array:
    """The same when the persons would have moved without the programme.

    avvik: (..., 4, T) persons in each situation, in or out of the programme, less those who would have been there without it.
    situasjonskostnad: (..., 4) kr per person-year. skjedd_uansett: (...) share. Returns (..., T) kr.
    """
    return -(1 - np.asarray(skjedd_uansett))[..., None] * einsum("...jt,...j->...t", avvik, situasjonskostnad) + 0.0
