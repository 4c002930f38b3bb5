"""Views of the same numbers (docs/modell.md section 6): the DFØ view, without effect, and one person taken in."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from velferdslab_model.model.aarsserier import Aarsserier, Pengeserier, aarsserier
from velferdslab_model.model.array import Array
from velferdslab_model.model.diskontering import diskonteringsfaktor
from velferdslab_model.model.inndata import Modellinndata

#: The DFØ view: rate per year, cost of taxes per krone, and real growth per year in the values of a QALY and of work.
DFOE_RENTE = 0.04
DFOE_SKATTEFINANSIERINGSSATS = 0.2
DFOE_REELL_VEKST = 0.009
#: The cautious terms: at least so much per year, and at least so much of the improvement would have come anyway.
FORSIKTIG_RENTE = DFOE_RENTE
FORSIKTIG_SKJEDD_UANSETT = 0.25


@dataclass(frozen=True)
class Visninger:
    """Undiscounted yearly money (T,) kr of the whole group. dfoe: at the tax cost and growth of the DFØ view.

    dfoe_faktor: (T,) its discount factors. uten_effekt: the scenario with every suksessrate 0. forsiktig: with the
    share that would have come anyway at least the cautious one.
    """

    dfoe: Pengeserier
    dfoe_faktor: Array
    uten_effekt: Pengeserier
    forsiktig: Pengeserier


def visninger(x: Modellinndata) -> Visninger:
    """The views of one scenario, as three draws of one evaluation. x: without an axis of draws."""
    vekst, skatt, uansett = float(x.reell_vekst), float(x.skattefinansieringssats), float(x.skjedd_uansett)
    alle = aarsserier(
        replace(
            x,
            suksessrate=np.stack([x.suksessrate, np.zeros(3), x.suksessrate]),
            reell_vekst=np.array([DFOE_REELL_VEKST, vekst, vekst]),
            skattefinansieringssats=np.array([DFOE_SKATTEFINANSIERINGSSATS, skatt, skatt]),
            skjedd_uansett=np.array([uansett, uansett, max(uansett, FORSIKTIG_SKJEDD_UANSETT)]),
        )
    ).ikke_neddiskontert
    faktor = diskonteringsfaktor(np.array(DFOE_RENTE), x.analyseperiode)
    return Visninger(alle.trekning(0), faktor, alle.trekning(1), alle.trekning(2))


def per_inntatt(x: Modellinndata) -> Aarsserier:
    """One person taken in the first year in each utgangssituasjon, as three draws: every series has an axis of them.

    x: without an axis of draws. Neither its intake, its intake years nor its fixed cost matters.
    """
    return aarsserier(replace(x, inntaksaar=1, inntak=np.eye(3), fast_aarskostnad=np.array(0.0)))


def sjanse_for_baerekraftig(suksessrate: Array) -> Array:
    """The chance that one who enters in each situation takes every step that is left. suksessrate: (..., 3), and out."""
    p = np.asarray(suksessrate)
    return np.stack([p[..., 0] * p[..., 1] * p[..., 2], p[..., 1] * p[..., 2], p[..., 2]], axis=-1)
