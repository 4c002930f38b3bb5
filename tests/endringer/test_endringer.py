from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given

from tests.scenarier import KONSTRUERTE
from tests.strategier import eksempler, forutsetninger
from velferdslab_model.alternativ import SUMMER
from velferdslab_model.endringer.finne import endringer
from velferdslab_model.endringer.virkning import virkning
from velferdslab_model.parameters.loading import fra_toml
from velferdslab_model.parameters.typer import Forutsetninger
from velferdslab_model.results import beregn


def scenario(**unge: Any) -> Forutsetninger:
    return fra_toml({"unge_voksne": unge}, "test", "Konstruert")


def test_like_scenarier_har_ingen_endringer() -> None:
    assert endringer(scenario(), scenario()) == []


def test_en_endring_har_gammel_og_ny_verdi_enhet_og_kilde() -> None:
    (e,) = endringer(scenario(), scenario(loennskostnad=400_000, kilder={"loennskostnad": "Budsjett"}))
    assert (e.gruppe, e.noekkel, e.gammel, e.ny) == ("unge_voksne", "loennskostnad", 300_000, 400_000)
    assert (e.tekst, e.enhet, e.kilde) == ("Lønnskostnad", "kr per årsverk", "kilde: Budsjett")


def test_tiltak_sammenlignes_felt_for_felt() -> None:
    til = scenario(tiltak=[{"navn": "Booppfølging", "enhetskostnad": 500, "volum": {"stabil": 3}, "betaler": "stat"}])
    funnet = {e.noekkel: (e.gammel, e.ny) for e in endringer(scenario(), til)}
    assert funnet == {
        "tiltak.Booppfølging.enhetskostnad": (475.0, 500.0),
        "tiltak.Booppfølging.volum.stabil": (1.0, 3.0),
        "tiltak.Booppfølging.betaler": ("kommune", "stat"),
    }


def test_et_omdoept_tiltak_er_en_endring_av_navnet() -> None:
    fra = scenario()
    g = fra.unge_voksne
    til = replace(fra, unge_voksne=replace(g, tiltak=(replace(g.tiltak[0], navn="Nytt navn"), *g.tiltak[1:])))
    (e,) = endringer(fra, til)
    assert (e.gammel, e.ny, e.sett) == (g.tiltak[0].navn, "Nytt navn", None)


def test_ulikt_prisaar_kan_ikke_sammenlignes() -> None:
    with pytest.raises(ValueError, match="price years"):
        endringer(scenario(), replace(scenario(), prisaar=2020))


def test_virkningen_av_en_pris_er_pris_ganger_volum_ganger_deltakere() -> None:
    """By hand: 25 kr more an hour, 18, 4 and 1 hours a month, for those in each situation (p = 0.8, 2 a year, 5 years)."""
    svar = virkning(scenario(), scenario(tiltak=[{"navn": "Booppfølging", "enhetskostnad": 500}]))
    uholdbar, utsatt, stabil = 10, 10 + 10 * 0.8, 10 + 10 * 0.8 + 10 * 0.64
    kostnad = 25 * 12 * (18 * uholdbar + 4 * utsatt + 1 * stabil)
    (bidrag,) = svar.bidrag
    assert bidrag.summer["kostnad"] == pytest.approx(kostnad)
    assert bidrag.summer["netto_samfunn"] == pytest.approx(-kostnad)
    assert all(abs(rest) < 1e-6 for rest in svar.samspill["unge_voksne"].values())


@eksempler(100)
@given(forutsetninger(), forutsetninger())
def test_bidrag_og_samspill_summerer_til_hele_endringen(a: Forutsetninger, b: Forutsetninger) -> None:
    svar, foer, etter = virkning(a, b), beregn(a), beregn(b)
    for gruppe, g in svar.grupper.items():
        for navn in SUMMER:
            deler = [x.summer[navn] for x in svar.bidrag if x.endring.gruppe == gruppe]
            helheten = etter.grupper[gruppe].sum[navn] - foer.grupper[gruppe].sum[navn]
            stoerst = max([1.0, abs(etter.grupper[gruppe].sum[navn]), *map(abs, deler)])
            assert abs(sum(deler) + svar.samspill[gruppe][navn] - helheten) <= 1e-9 * stoerst * (1 + len(deler))
            assert g.differanse(navn) == helheten


@pytest.mark.parametrize("navn", KONSTRUERTE)
def test_alle_endringer_gjort_etter_hverandre_gir_det_andre_scenarioet(navn: str) -> None:
    """Every change can be made alone, and together they leave nothing out."""
    fra, til = scenario(), fra_toml(KONSTRUERTE[navn], "test", "Konstruert")
    grupper = dict(fra.grupper)
    for e in endringer(fra, til):
        assert e.sett is not None
        grupper[e.gruppe] = e.sett(grupper[e.gruppe])
    for gruppe, g in til.grupper.items():
        uten_kilder = replace(grupper[gruppe], kilder=g.kilder)
        sorterte = [tuple(sorted(x.tiltak, key=lambda t: t.navn)) for x in (uten_kilder, g)]
        like = [[replace(t, kilde="") for t in liste] for liste in sorterte]
        assert like[0] == like[1]
        assert replace(uten_kilder, tiltak=()) == replace(g, tiltak=())
