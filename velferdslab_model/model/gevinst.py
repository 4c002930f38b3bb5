"""Health and production gains (docs/modell.md sections 3 and 6)."""

from __future__ import annotations

import numpy as np

from velferdslab_model.model.array import Array, einsum


def gevinstsats(verdi: Array, nivaa: Array, skjedd_uansett: Array) -> Array:
    """Gain per person-year for one who entered in s and is now in j, in prices of the first year.

    verdi: (...) kr per QALY or per full-time year. nivaa: (..., 4) share per situation.
    skjedd_uansett: (...) share. Returns (..., 3, 4) kr.
    """
    trinn = nivaa[..., None, :] - nivaa[..., :3, None]
    return ((1 - np.asarray(skjedd_uansett)) * np.asarray(verdi))[..., None, None] * trinn


def gevinst(personer: Array, sats: Array, vekst: Array) -> Array:
    """Gain per year. personer: (..., 3, 4, T); sats: (..., 3, 4) kr; vekst: (..., T). Returns (..., T) kr."""
    # + 0.0 turns a -0.0 into 0.0, which would show as «-0» in CSV and JSON.
    return vekst * einsum("...sjt,...sj->...t", personer, sats) + 0.0


def gevinst_mot_bevegelse(avvik: Array, verdi: Array, nivaa: Array, skjedd_uansett: Array, vekst: Array) -> Array:
    """The same when the persons would have moved without the programme. avvik: (..., 4, T); the rest as above."""
    sats = ((1 - np.asarray(skjedd_uansett)) * np.asarray(verdi))[..., None] * nivaa
    return vekst * einsum("...jt,...j->...t", avvik, sats) + 0.0
