"""The split of a difference: exact, fair, and the same as a plain loop over every coalition."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from math import factorial

import numpy as np
import pytest
from hypothesis import given

from tests.compare.kommuner import ETT_AVVIK, alle_avvik, scenario
from tests.model.naiv import naive_summer
from tests.strategier import eksempler, en_gruppe
from velferdslab_model.base.ord import BRUKERGRUPPER
from velferdslab_model.base.tekst import sammenligningsnavn
from velferdslab_model.compare.dekomponering import Forskjell, forskjell, forskjeller, fra_snittet, nav
from velferdslab_model.compare.faktorer import FAKTORER, HOVEDNETTO
from velferdslab_model.model.aarsserier import aarsserier
from velferdslab_model.model.inndata import inndata
from velferdslab_model.parameters.felt import FELT
from velferdslab_model.parameters.typer import Brukergruppe

ASKER = scenario("A")
ULIK = scenario("B", **alle_avvik())
OERE = 0.005


def mot_snittet(grupper: list[Brukergruppe], nettoene: list[tuple[float, float]]) -> list[Forskjell]:
    midt = nav(grupper, nettoene)
    return fra_snittet(forskjeller([(midt, g) for g in grupper]))


def blandet(fra: Brukergruppe, til: Brukergruppe, valgt: set[str]) -> Brukergruppe:
    """A group with some factors of til and the others of fra, made field by field."""

    def av(faktor: str) -> Brukergruppe:
        return til if faktor in valgt else fra

    priser = {sammenligningsnavn(t.navn): t.enhetskostnad for t in av("enhetspriser").tiltak}
    horisont, gevinst = av("horisont"), av("gevinst")
    return replace(
        fra,
        inntak=av("inntak").inntak,
        suksessrate=av("suksessrater").suksessrate,
        tiltak=tuple(
            replace(t, enhetskostnad=priser.get(sammenligningsnavn(t.navn), t.enhetskostnad))
            for t in av("volum").tiltak
        ),
        nullalternativ=av("nullalternativ").nullalternativ,
        livskvalitet=gevinst.livskvalitet,
        stillingsandel=gevinst.stillingsandel,
        verdi_qaly=gevinst.verdi_qaly,
        loennskostnad=gevinst.loennskostnad,
        utvidet=av("utvidet").utvidet,
        analyseperiode=horisont.analyseperiode,
        inntaksaar=horisont.inntaksaar,
        analysetidspunkt=horisont.analysetidspunkt,
        neddiskontering=horisont.neddiskontering,
    )


def netto(g: Brukergruppe, navn: str) -> tuple[float, float]:
    serier = aarsserier(inndata(g))
    return float(getattr(serier.neddiskontert, navn).sum()), float(serier.nye.sum())


@pytest.mark.parametrize("gruppe", BRUKERGRUPPER)
def test_oppdelingen_er_den_samme_som_en_naiv_loekke_over_alle_utvalg(gruppe: str) -> None:
    fra, til = ASKER.grupper[gruppe], ULIK.grupper[gruppe]
    svar = forskjell(fra, til)
    for navn in HOVEDNETTO:
        verdi = {
            utvalg: netto(blandet(fra, til, set(utvalg)), navn)
            for k in range(len(FAKTORER) + 1)
            for utvalg in combinations(FAKTORER, k)
        }
        n = len(FAKTORER)
        for faktor in FAKTORER:
            ventet = np.zeros(2)
            for utvalg, (sum_, antall) in verdi.items():
                if faktor in utvalg:
                    continue
                med = tuple(f for f in FAKTORER if f in utvalg or f == faktor)
                vekt = factorial(len(utvalg)) * factorial(n - 1 - len(utvalg)) / factorial(n)
                ny, ny_antall = verdi[med]
                ventet += vekt * np.array([ny - sum_, ny / ny_antall - sum_ / antall])
            assert svar.totalt[navn].deler[faktor] == pytest.approx(ventet[0], abs=OERE), (navn, faktor)
            assert svar.per_deltaker[navn].deler[faktor] == pytest.approx(ventet[1], abs=OERE), (navn, faktor)


@pytest.mark.parametrize("gruppe", BRUKERGRUPPER)
def test_delene_summerer_til_differansen_paa_oeret(gruppe: str) -> None:
    svar = forskjell(ASKER.grupper[gruppe], ULIK.grupper[gruppe])
    for deler in (svar.totalt, svar.per_deltaker):
        for navn in HOVEDNETTO:
            assert sum(deler[navn].deler.values()) == pytest.approx(deler[navn].differanse, abs=OERE)
            assert all(deler[navn].deler.values()) or navn == "netto_budsjett"
    assert svar.totalt["netto_budsjett"].til == pytest.approx(
        netto(ULIK.grupper[gruppe], "netto_budsjett")[0], abs=OERE
    )


@pytest.mark.parametrize("faktor", FAKTORER)
def test_ett_avvik_forklares_av_sin_egen_faktor_alene(faktor: str) -> None:
    til = scenario("B", **ETT_AVVIK[faktor])
    for gruppe in BRUKERGRUPPER:
        svar = forskjell(ASKER.grupper[gruppe], til.grupper[gruppe])
        for navn in HOVEDNETTO:
            delt = svar.totalt[navn]
            assert delt.deler[faktor] == pytest.approx(delt.differanse, abs=OERE)
            assert [f for f, kr in delt.deler.items() if kr and f != faktor] == []
        assert svar.totalt["netto_samfunn"].differanse != 0


def test_like_kommuner_gir_bare_nuller() -> None:
    for gruppe in BRUKERGRUPPER:
        svar = forskjell(ASKER.grupper[gruppe], scenario("Kopi").grupper[gruppe])
        for delt in (*svar.totalt.values(), *svar.per_deltaker.values()):
            assert delt.differanse == 0
            assert set(delt.deler.values()) == {0.0}


def test_bytter_man_om_referansen_skifter_alle_deler_fortegn() -> None:
    en, to = ASKER.unge_voksne, ULIK.unge_voksne
    frem, tilbake = forskjell(en, to), forskjell(to, en)
    for navn in HOVEDNETTO:
        for faktor in FAKTORER:
            assert frem.totalt[navn].deler[faktor] == pytest.approx(-tilbake.totalt[navn].deler[faktor], abs=OERE)


def test_hvert_felt_hoerer_til_en_faktor() -> None:
    """A change in any input of the model is explained in full, so no field is forgotten."""
    til = ULIK.unge_voksne
    for noekkel in FELT:
        hode = noekkel.partition(".")[0]
        verdi = getattr(til, hode)
        svar = forskjell(ASKER.unge_voksne, replace(ASKER.unge_voksne, **{hode: verdi}))
        for delt in svar.totalt.values():
            assert sum(delt.deler.values()) == pytest.approx(delt.differanse, abs=OERE), noekkel


def test_avvik_fra_snittet_summerer_per_kommune_og_til_null_over_alle() -> None:
    grupper = [ASKER.unge_voksne, ULIK.unge_voksne, scenario("C", **ETT_AVVIK["inntak"]).unge_voksne]
    tall = [netto(g, "netto_samfunn") for g in grupper]
    alle = mot_snittet(grupper, [(antall, kr) for kr, antall in tall])
    for navn in HOVEDNETTO:
        snitt = np.mean([netto(g, navn)[0] for g in grupper])
        for f, g in zip(alle, grupper, strict=True):
            assert f.totalt[navn].fra == pytest.approx(snitt, abs=OERE)
            assert sum(f.totalt[navn].deler.values()) == pytest.approx(netto(g, navn)[0] - snitt, abs=OERE)
        for faktor in FAKTORER:
            assert sum(f.totalt[navn].deler[faktor] for f in alle) == pytest.approx(0, abs=OERE)


def test_avvik_fra_snittet_av_to_som_bare_skiller_seg_i_en_faktor_faller_paa_den() -> None:
    grupper = [ASKER.familier, scenario("B", **ETT_AVVIK["suksessrater"]).familier]
    alle = mot_snittet(grupper, [(n, kr) for kr, n in (netto(g, "netto_samfunn") for g in grupper)])
    for f in alle:
        delt = f.totalt["netto_samfunn"]
        assert delt.deler["suksessrater"] == pytest.approx(delt.differanse, abs=OERE)
        assert sum(kr != 0 for kr in delt.deler.values()) == 1


def test_uten_inntak_finnes_ingen_tall_per_deltaker_men_totalen_deles_opp() -> None:
    ingen = replace(ULIK.familier, inntak=(0.0, 0.0, 0.0))
    svar = forskjell(ASKER.familier, ingen)
    assert svar.per_deltaker == {}
    delt = svar.totalt["netto_samfunn"]
    assert sum(delt.deler.values()) == pytest.approx(delt.differanse, abs=OERE)
    alle = mot_snittet([ASKER.familier, ingen, ULIK.familier], [(30.0, 1.0), (0.0, 0.0), (27.0, 2.0)])
    assert [bool(f.per_deltaker) for f in alle] == [True, False, True]


@eksempler(100)
@given(en_gruppe(), en_gruppe())
def test_delene_summerer_til_forskjellen_mellom_livsloepene_ogsaa_med_skatt_og_offentlig_inntekt(
    fra: Brukergruppe, til: Brukergruppe
) -> None:
    """Against the plain enumeration of every life path, with z, y and the cost of taxes among what differs."""
    f = forskjell(fra, til)
    naive = [naive_summer(g) for g in (fra, til)]
    stoerst = max(abs(v) for summer in naive for v in summer.values())
    for navn in HOVEDNETTO:
        ventet = naive[1].get(navn, 0.0) - naive[0].get(navn, 0.0)
        mellomledd = max(map(abs, f.totalt[navn].deler.values()), default=0.0)
        assert sum(f.totalt[navn].deler.values()) == pytest.approx(ventet, abs=1e-8 * max(stoerst, mellomledd, 1.0))


def test_offentlig_inntekt_er_en_utvidet_forutsetning_og_flytter_bare_penger() -> None:
    """A third of the gain returns to public budgets: they win by it, and society does not."""
    til = replace(
        ASKER.unge_voksne, utvidet=replace(ASKER.unge_voksne.utvidet, offentlig_andel_produksjonsgevinst=1 / 3)
    )
    f = forskjell(ASKER.unge_voksne, til)
    ventet = naive_summer(til)["produksjonsgevinst"] / 3
    assert f.totalt["netto_budsjett"].deler["utvidet"] == pytest.approx(ventet)
    assert f.totalt["netto_budsjett"].differanse == pytest.approx(ventet)
    assert f.totalt["netto_samfunn"].differanse == pytest.approx(0, abs=OERE)
