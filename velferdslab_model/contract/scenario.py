"""A contract beside a scenario of the effect model: null alternative, horizon, rate and prices are taken from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from velferdslab_model.contract.flows import besparelse_per_lykket, betalerandeler
from velferdslab_model.contract.terms import Kontrakt, Nullalternativ
from velferdslab_model.errors import UgyldigInndata
from velferdslab_model.model.array import Array
from velferdslab_model.parameters.typer import LIVSSITUASJONER, UTGANGSSITUASJONER, Brukergruppe, Forutsetninger

FRA = "utsatt"


@dataclass(frozen=True)
class Modellpris:
    """The price of a contract against what a success saves a payer, year by year.

    akkumulert: usable saving per success so far, by payer, (varighet,). fra_aar: the year after success, from 1, from
    which it has reached the payer's share of the price; None when it never does.
    """

    pris: Mapping[str, float]
    akkumulert: Mapping[str, Array]
    fra_aar: Mapping[str, int | None]


def med_scenario(v: Kontrakt, f: Forutsetninger, gruppe: str = "unge_voksne") -> Kontrakt:
    """The contract with what the scenario says of a person who enters at utsatt and takes one step.

    f must be in the contract's price year. Success is stabil; the year after, the scenario's rate of the next step go on to
    bærekraftig. The saving lasts as long as the analysis has years left. Raises UgyldigInndata when currencies differ.
    """
    if v.valuta != "NOK":
        raise UgyldigInndata(v.navn, [f"valuta er {v.valuta}, men scenarioet er i NOK. Regn om kontrakten først."])
    g: Brukergruppe = f.grupper[gruppe]
    s = UTGANGSSITUASJONER.index(FRA)
    foer, etter, videre = (g.nullalternativ[s + i] for i in range(3))
    null = Nullalternativ(
        foer,
        etter,
        videre,
        g.suksessrate[s + 1],
        max(1, g.analyseperiode - 1),
        g.utvidet.aarlig_tilbakefall,
        g.utvidet.kommunal_andel_nullalternativ,
        g.utvidet.realiserbar_andel,
    )
    per_deltaker = sum(t.enhetskostnad * t.volum[s] * t.ganger_per_aar for t in g.tiltak)
    hvorfra = f"antakelse: fra scenarioet {f.navn}, {LIVSSITUASJONER[s]}"
    hentet = [f"nullalternativ.{n}" for n in Nullalternativ.__dataclass_fields__]
    hentet += ["suksessrate", "skjedd_uansett", "leverandoer.fast_aarskostnad", "leverandoer.kostnad_per_deltaker"]
    return replace(
        v,
        nullalternativ=null,
        suksessrate=(g.suksessrate[s],) * v.inntaksaar,
        telling=None,
        skjedd_uansett=g.utvidet.skjedd_uansett,
        leverandoer=replace(
            v.leverandoer, fast_aarskostnad=g.utvidet.fast_aarskostnad, kostnad_per_deltaker=per_deltaker
        ),
        kilder={**v.kilder, **dict.fromkeys(hentet, hvorfra)},
    )


def modellpris(v: Kontrakt) -> Modellpris:
    """Whether the price is above or below what a success saves each payer, and from which year it is covered."""
    holder = float(sum(linje.pris * linje.holder for linje in v.priskort))
    if v.pris_grunnlag == "etter fradrag":
        holder *= 1 - v.skjedd_uansett
    bidrag = {"kommune": v.kommune.andel_av_betaling, "stat": 1 - v.kommune.andel_av_betaling}
    per_lykket = besparelse_per_lykket(v)
    akkumulert = {part: (per_lykket * andel).cumsum() for part, andel in betalerandeler(v).items()}
    fra_aar = {}
    for part, rekke in akkumulert.items():
        naadd = np.flatnonzero(rekke >= holder * bidrag[part] - 0.005)
        fra_aar[part] = int(naadd[0]) + 1 if len(naadd) else None
    return Modellpris({p: holder * b for p, b in bidrag.items()}, akkumulert, fra_aar)
