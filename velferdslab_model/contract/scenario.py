"""A contract beside a scenario of the effect model: null alternative, horizon, rate and prices are taken from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import isclose

import numpy as np

from velferdslab_model.base.felt import MAKS_TEKST
from velferdslab_model.base.tall import femten_siffer
from velferdslab_model.contract.flows import OERE, besparelse_per_lykket, betalerandeler, betalingsandeler
from velferdslab_model.contract.terms import KONTRAKTFELT, Erstatning, Kontrakt, Nullalternativ
from velferdslab_model.contract.words import rateord
from velferdslab_model.errors import UgyldigInndata
from velferdslab_model.model.array import Array
from velferdslab_model.parameters.standard import standardkilder
from velferdslab_model.parameters.typer import LIVSSITUASJONER, UTGANGSSITUASJONER, Brukergruppe, Forutsetninger

FRA = "utsatt"
#: The terms a scenario gives -> where it keeps the source of the number.
_HENTET = {
    "nullalternativ.foer": "nullalternativ.utsatt",
    "nullalternativ.etter": "nullalternativ.stabil",
    "nullalternativ.etter_videre": "nullalternativ.baerekraftig",
    "nullalternativ.andel_videre": "suksessrate.stabil",
    "nullalternativ.varighet": "analyseperiode",
    "nullalternativ.tilbakefall": "utvidet.aarlig_tilbakefall",
    "nullalternativ.kommunal_andel": "utvidet.kommunal_andel_nullalternativ",
    "nullalternativ.realiserbar_andel": "utvidet.realiserbar_andel",
    "suksessrate": "suksessrate.utsatt",
    "skjedd_uansett": "utvidet.skjedd_uansett",
    "leverandoer.fast_aarskostnad": "utvidet.fast_aarskostnad",
    "leverandoer.kostnad_per_deltaker": "tiltak",
}


@dataclass(frozen=True)
class Modellpris:
    """The price of a contract against what a success saves a payer, year by year.

    akkumulert: usable saving per success so far, by payer, (varighet,). pris: the payer's share of the price. betalt: of
    what is paid in expectation for each that succeeds, after the caps. fra_aar, betalt_fra_aar: the year after success,
    from 1, from which the saving has reached either; None when it never does.
    """

    pris: Mapping[str, float]
    betalt: Mapping[str, float]
    akkumulert: Mapping[str, Array]
    fra_aar: Mapping[str, int | None]
    betalt_fra_aar: Mapping[str, int | None]


def med_scenario(v: Kontrakt, f: Forutsetninger, gruppe: str = "unge_voksne") -> Kontrakt:
    """The contract with what the scenario says of a person who enters at utsatt and takes one step.

    f must be in the contract's price year. Success is stabil; the year after, the scenario's rate of the next step go on to
    bærekraftig. The saving lasts as long as the analysis has years left. Its erstattet tells what each new term replaced. A
    neutral default that the scenario does not state leaves the contract's own number as it is, but for the provider's cost,
    which is taken whole.
    Raises UgyldigInndata when currencies differ.
    """
    if v.valuta != "NOK":
        raise UgyldigInndata(v.navn, [f"valuta er {v.valuta}, men scenarioet er i NOK. Regn om kontrakten først."])
    g: Brukergruppe = f.grupper[gruppe]
    s = UTGANGSSITUASJONER.index(FRA)
    foer, etter, videre = (g.nullalternativ[s + i] for i in range(3))
    egne = {n: tall for n in _HENTET if _er_noeytral(g, gruppe, n) and isinstance(tall := term(v, n), int | float)}
    null = Nullalternativ(
        foer,
        etter,
        videre,
        g.suksessrate[s + 1],
        max(1, g.analyseperiode - 1),
        egne.get("nullalternativ.tilbakefall", g.utvidet.aarlig_tilbakefall),
        egne.get("nullalternativ.kommunal_andel", g.utvidet.kommunal_andel_nullalternativ),
        egne.get("nullalternativ.realiserbar_andel", g.utvidet.realiserbar_andel),
    )
    # As many digits as a cell keeps: a sum with more would read as another number.
    per_deltaker = femten_siffer(sum(t.enhetskostnad * t.volum[s] * t.ganger_per_aar for t in g.tiltak))
    ny = replace(
        v,
        nullalternativ=null,
        suksessrate=(g.suksessrate[s],) * v.inntaksaar,
        telling=None,
        skjedd_uansett=egne.get("skjedd_uansett", g.utvidet.skjedd_uansett),
        leverandoer=replace(
            v.leverandoer,
            fast_aarskostnad=g.utvidet.fast_aarskostnad,
            kostnad_per_deltaker=per_deltaker,
        ),
    )
    i_gruppen = {**g.kilder, "tiltak": "antakelse: summen av tiltakene, enhetskostnad ganger volum"}
    if not g.utvidet.fast_aarskostnad:
        i_gruppen["utvidet.fast_aarskostnad"] = "antakelse: scenarioet har ingen fast kostnad; den er i tiltakene"
    kilder = {noekkel: _kilde(f.navn, i_gruppen.get(i_scenarioet, "")) for noekkel, i_scenarioet in _HENTET.items()}
    # What stands as the contract has it was not taken from the scenario, also where the two are the same number.
    kilder = {n: kilde for n, kilde in kilder.items() if n not in egne}
    erstattet = tuple(
        Erstatning(n, KONTRAKTFELT[n].tekst, KONTRAKTFELT[n].enhet, term(v, n), float(term(ny, n) or 0), kilde)
        for n, kilde in kilder.items()
    )
    return replace(ny, kilder={**v.kilder, **kilder}, erstattet=erstattet)


def _er_noeytral(g: Brukergruppe, gruppe: str, noekkel: str) -> bool:
    """Whether a scenario says nothing of a term: the program's neutral default stands there.

    Not of the provider's fixed cost: it is taken with the tiltak, which beside the contract's own would count it twice.
    """
    i_scenarioet = _HENTET[noekkel]
    return (
        noekkel != "leverandoer.fast_aarskostnad"
        and i_scenarioet.startswith("utvidet.")
        and g.kilder.get(i_scenarioet) == standardkilder(gruppe)[i_scenarioet]
    )


def _kilde(scenario: str, kilde: str) -> str:
    """The scenario's own source of a number, with the scenario named; an assumption where it has none."""
    opphav, _, resten = kilde.partition(": ")
    hvorfra = f"fra scenarioet {scenario}, {LIVSSITUASJONER[UTGANGSSITUASJONER.index(FRA)]}"
    return f"{opphav}: {hvorfra}: {resten}"[:MAKS_TEKST] if resten else f"antakelse: {hvorfra}"


def term(v: Kontrakt, noekkel: str) -> float | str | None:
    """What the contract says under a key of those a scenario gives; None when it says nothing."""
    if noekkel == "suksessrate":
        if v.telling is not None:
            return rateord(v)
        return v.suksessrate[0] if len(set(v.suksessrate)) == 1 else rateord(v)
    del_, _, navn = noekkel.rpartition(".")
    eier = getattr(v, del_) if del_ else v
    return None if eier is None else getattr(eier, navn)


def som_staar(v: Kontrakt) -> tuple[Erstatning, ...]:
    """Of what a scenario once put into the contract, what still stands in it."""
    return tuple(e for e in v.erstattet if isinstance(naa := term(v, e.noekkel), int | float) and isclose(naa, e.etter))


def modellpris(v: Kontrakt, betalt_per_lykket: float | None) -> Modellpris:
    """Whether the price is above or below what a success saves each payer, and from which year it is covered.

    betalt_per_lykket: what is paid in expectation for each that succeeds, after the caps; None when nobody does.
    """
    holder = float(sum(linje.pris * linje.holder for linje in v.priskort))
    if v.pris_grunnlag == "etter fradrag":
        holder *= 1 - v.skjedd_uansett
    bidrag = betalingsandeler(v)
    per_lykket = besparelse_per_lykket(v)
    akkumulert = {part: (per_lykket * andel).cumsum() for part, andel in betalerandeler(v).items()}
    pris = {p: holder * b for p, b in bidrag.items()}
    betalt = {p: (betalt_per_lykket or 0.0) * b for p, b in bidrag.items()}
    fra_aar, betalt_fra_aar = (
        {part: _naadd(rekke, beloep[part]) for part, rekke in akkumulert.items()} for beloep in (pris, betalt)
    )
    return Modellpris(pris, betalt, akkumulert, fra_aar, betalt_fra_aar)


def _naadd(rekke: Array, beloep: float) -> int | None:
    naadd = np.flatnonzero(rekke >= beloep - OERE)
    return int(naadd[0]) + 1 if len(naadd) else None
