"""An earlier scenario or workbook to hold a newer one against: its amounts in the newer one's price year."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from velferdslab_model.effektbok.origin import KPI_STOD_INN
from velferdslab_model.endringer.finne import endringer
from velferdslab_model.endringer.siden import TO_NETTOER, Siden
from velferdslab_model.endringer.tidligere import uten_versjonsforskjeller
from velferdslab_model.endringer.virkning import virkning
from velferdslab_model.errors import UgyldigInndata
from velferdslab_model.parameters.indeksfil import les_indeksfil
from velferdslab_model.parameters.prisaar import lagt_over_alle, med_indekser, regn_om
from velferdslab_model.parameters.typer import Forutsetninger
from velferdslab_model.results import beregn
from velferdslab_model.scenarios.loading import les_oppgitt


def sammenlignes_med(
    mot: str | os.PathLike[str] | None, f: Forutsetninger, indekser: str | os.PathLike[str] | None
) -> tuple[Forutsetninger, list[str], bool]:
    """The scenario compared with, in the price year of the newer one's amounts, by the indices that either knows.

    mot: None for the defaults. Also what to say of it, and whether its amounts could be brought to that year.
    """
    gitt, aar = les_oppgitt(mot), f.beloepsaar
    egne_indekser = gitt.indekser
    # The defaults are converted as they were when the file was made; else the one with the later prices knows best.
    f_foerst = mot is None or aar >= gitt.maalaar
    foerst, saa = (f.indekser, gitt.indekser) if f_foerst else (gitt.indekser, f.indekser)
    gitt = replace(gitt, indekser=lagt_over_alle(saa if mot is not None else {}, foerst))
    if indekser is not None:
        gitt = med_indekser(gitt, les_indeksfil(indekser))
    try:
        omregnet = regn_om(gitt, aar)
    except UgyldigInndata as feil:
        egne = replace(regn_om(gitt), indekser=egne_indekser)
        return (
            egne,
            [
                f"Beløpene er ikke sammenlignet: arbeidsboken er i {aar}-kroner og det den sammenlignes med i "
                f"{egne.beloepsaar}-kroner, og ingen av dem har indeksen som trengs. {feil.feil[0]}"
            ],
            False,
        )
    # Points of the indices are inputs too, and are compared as each of the two has them.
    omregnet = replace(omregnet, indekser=egne_indekser)
    # The defaults follow the file there, and what it was made with is not its user's own index.
    om_prisaar = f.om_prisaar if mot is None and KPI_STOD_INN in f.om_prisaar else omregnet.om_prisaar
    return omregnet, [f"Sammenlignet i {aar}-kroner{om_prisaar}."] if om_prisaar else [], True


def siden(mot: str | os.PathLike[str], f: Forutsetninger, indekser: str | os.PathLike[str] | None = None) -> Siden:
    """What has changed from an earlier scenario or workbook to this one. Raises whatever reading the earlier one raises."""
    fra, merknader, i_samme_aar = sammenlignes_med(mot, f, indekser)
    gitt = les_oppgitt(mot)
    som_det_stod = regn_om(gitt)
    fra, til, utgave = uten_versjonsforskjeller(replace(fra, prisaar=f.prisaar), f)
    merknader = [*merknader, *utgave]
    alle = [e for e in endringer(fra, til) if i_samme_aar or not e.er_beloep]
    if gitt.overskrevet:
        merknader = [*merknader, f"{Path(mot).name}: {gitt.overskrevet.varsel}"]
    netto = {navn: {x: g.sum[x] for x in TO_NETTOER} for navn, g in beregn(som_det_stod).grupper.items()}
    return Siden(
        Path(mot).name,
        f,
        tuple(merknader),
        tuple(alle),
        virkning(fra, til) if i_samme_aar else None,
        som_det_stod.beloepsaar,
        netto,
    )


def siden_prislisten(foer: Forutsetninger, etter: Forutsetninger, liste: str) -> Siden:
    """What a price list changed. foer, etter: the scenario without and with it, in the same price year."""
    netto = {navn: {x: g.sum[x] for x in TO_NETTOER} for navn, g in beregn(foer).grupper.items()}
    alle = tuple(endringer(foer, etter))
    return Siden(liste, etter, (), alle, virkning(foer, etter), foer.beloepsaar, netto)
