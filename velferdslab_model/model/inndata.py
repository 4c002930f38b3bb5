"""The arrays the model works on, made from a brukergruppe or, with leading axes of draws, by a simulation."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from velferdslab_model.model.array import Array
from velferdslab_model.model.kostnad import satser
from velferdslab_model.parameters.typer import Bevegelse, Brukergruppe, Utvidet


@dataclass(frozen=True)
class Modellinndata:
    """Inputs of one model evaluation, or of many: every array may carry leading axes of draws.

    analyseperiode, inntaksaar: years, the same for all draws. inntak, suksessrate: (..., 3).
    oppstart, drift: (..., 3, 3) kr per person-year by situation and betaler. timer_oppstart, timer_drift:
    (..., 3) hours per person-year. nullalternativ, livskvalitet, stillingsandel: (..., 4).
    The rest: (...), with the units of parameters.felt. overganger: (..., 4, 4) shares from row to column in a year without the
    programme, and situasjonskostnad: (..., 4) kr per person-year, of a null alternative that moves; None for one that does not.
    """

    analyseperiode: int
    inntaksaar: int
    neddiskontering: Array
    inntak: Array
    suksessrate: Array
    oppstart: Array
    drift: Array
    timer_oppstart: Array
    timer_drift: Array
    nullalternativ: Array
    livskvalitet: Array
    stillingsandel: Array
    verdi_qaly: Array
    loennskostnad: Array
    erstatningsgrad: Array
    beholder_steget: Array
    aarlig_tilbakefall: Array
    skjedd_uansett: Array
    reell_vekst: Array
    skattefinansieringssats: Array
    fast_aarskostnad: Array
    kommunal_andel_nullalternativ: Array
    fylkeskommunal_andel_av_resten: Array
    realiserbar_andel: Array
    offentlig_andel_produksjonsgevinst: Array
    kommunal_andel_offentlig_inntekt: Array
    overganger: Array | None = None
    situasjonskostnad: Array | None = None


def inndata(gruppe: Brukergruppe) -> Modellinndata:
    """Turn the assumptions of one group into arrays without an axis of draws."""
    oppstart, drift, timer_oppstart, timer_drift = satser(gruppe.tiltak)
    return Modellinndata(
        analyseperiode=gruppe.analyseperiode,
        inntaksaar=gruppe.inntaksaar,
        neddiskontering=np.array(gruppe.neddiskontering),
        inntak=np.array(gruppe.inntak),
        suksessrate=np.array(gruppe.suksessrate),
        oppstart=oppstart,
        drift=drift,
        timer_oppstart=timer_oppstart,
        timer_drift=timer_drift,
        nullalternativ=np.array(gruppe.nullalternativ),
        livskvalitet=np.array(gruppe.livskvalitet),
        stillingsandel=np.array(gruppe.stillingsandel),
        verdi_qaly=np.array(gruppe.verdi_qaly),
        loennskostnad=np.array(gruppe.loennskostnad),
        **{navn: np.array(getattr(gruppe.utvidet, navn)) for navn in Utvidet.__dataclass_fields__},
    )


def mot_bevegelse(x: Modellinndata, b: Bevegelse) -> Modellinndata:
    """The same with a null alternative that moves; a cost that is not given is the null alternative's."""
    kroner = [x.nullalternativ[..., j] if kr is None else np.asarray(kr) for j, kr in enumerate(b.kostnad)]
    kostnad = np.stack(np.broadcast_arrays(*kroner), axis=-1)
    return replace(x, overganger=np.array(b.andeler), situasjonskostnad=kostnad)
