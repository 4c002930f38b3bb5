"""The null alternative from histories: the published means, what is derived, how sure it is, and the block."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.personas.konstruert import ANNET_SETT, FAST, LITE_SETT
from velferdslab_model.parameters.loading import fra_toml
from velferdslab_model.parameters.template import scenariomal
from velferdslab_model.parameters.typer import LIVSSITUASJONER
from velferdslab_model.parameters.usikkerhet import MAKS_FAKTOR
from velferdslab_model.personas.analysis import analyser_personas
from velferdslab_model.personas.block import UTEN_UTSATT, nullblokk
from velferdslab_model.personas.loading import notatets_personas
from velferdslab_model.personas.screen import personatabell
from velferdslab_model.personas.sentences import gruppesvar
from velferdslab_model.personas.terms import Persona, Personasett
from velferdslab_model.setning import hviler_paa


@pytest.mark.parametrize(
    ("gruppe", "ventet"),
    [("unge_voksne", (166_443, 151_312, 121_050, 0)), ("familier", (409_966, 372_696, 298_157, 0))],
)
def test_malene_gir_notatets_nullkostnader_paa_kronen(gruppe: str, ventet: tuple[int, ...]) -> None:
    g = analyser_personas(notatets_personas()).grupper[gruppe]
    assert tuple(t.nullkostnad for t in g.situasjoner.values()) == ventet
    assert g.situasjoner["utsatt"].snitt == ventet[1]  # not only rounded to it
    assert (g.situasjoner["utsatt"].antall, g.situasjoner["utsatt"].personas) == (4, 3)


def test_blokken_gir_et_scenario_med_de_samme_tallene_og_en_fordeling() -> None:
    f = fra_toml(tomllib.loads(nullblokk(analyser_personas(notatets_personas()))), "blokk", "Konstruert")
    unge = f.grupper["unge_voksne"]
    assert unge.nullalternativ == (166_443, 151_312, 121_050, 0)
    assert f.grupper["familier"].nullalternativ == (409_966, 372_696, 298_157, 0)
    assert "konstruerte historier" in unge.kilder["nullalternativ.utsatt"]
    # The first two follow a base that is no longer the note's.
    assert not any("følgenotatet" in unge.kilder[f"nullalternativ.{s}"] for s in LIVSSITUASJONER)
    assert "overføringer som netto samfunn regner som spart" in hviler_paa(unge, {"netto_budsjett": 0.0})
    fordeling = unge.usikkerhet["nullalternativ.utsatt"]
    assert (fordeling.slag, fordeling.tall["snitt"]) == ("gamma", 151_312)
    assert 0.05 < fordeling.tall["sd"] / 151_312 < 0.5 < MAKS_FAKTOR


def test_scenariomalen_har_hver_gruppes_egne_overganger_og_kostnader() -> None:
    def gruppens(tekst: str, gruppe: str) -> list[str]:
        linjer = tekst.partition(f"# [{gruppe}.bevegelse]\n")[2].splitlines()
        return linjer[:3]

    blokk, mal = nullblokk(analyser_personas(notatets_personas())), scenariomal("X")
    unge, familier = (gruppens(blokk, g) for g in ("unge_voksne", "familier"))
    assert unge != familier
    assert [gruppens(mal, g) for g in ("unge_voksne", "familier")] == [unge, familier]


def test_regnskapet_for_et_lite_sett_er_som_for_haand() -> None:
    g = analyser_personas(LITE_SETT).grupper["unge_voksne"]
    best, verst, fast = (18 * 9_718 + 14 * 3_000) / 10, 290 * 2_873 / 10, 1_000 * 475.5 / 10
    snitt = (best + verst + fast) / 3
    u = g.situasjoner["utsatt"]
    assert u.snitt == pytest.approx(snitt, rel=1e-12)
    assert g.uten == pytest.approx(((verst + fast) / 2, (best + fast) / 2, (best + verst) / 2))
    per = (best + verst) / 2
    mellom = 2 / 1 * ((2 * (per - snitt)) ** 2 + (fast - snitt) ** 2)
    innenfor = (2 * (verst - best)) ** 2 / 12
    assert u.sd == pytest.approx(((mellom + innenfor) ** 0.5) / 3, rel=1e-12)
    kommune = 18 * 9_718 + 1_000 * 475.5
    assert g.kommunal_andel == pytest.approx(kommune / (kommune + 14 * 3_000 + 290 * 2_873))
    assert g.frigjort_andel == 1


def test_spredningen_er_den_trekninger_gir() -> None:
    """Personas drawn from many, each somewhere between its best and its worst: the formula is right on average."""
    rng = np.random.default_rng(17)
    k, antall = 6, 4_000
    midt, halv = rng.normal(200_000, 40_000, (antall, k)), rng.uniform(20_000, 60_000, (antall, k))
    sann = (midt + rng.uniform(-1, 1, (antall, k)) * halv).mean(axis=1)
    m = midt.mean(axis=1, keepdims=True)
    mellom = k / (k - 1) * ((2 * (midt - m)) ** 2).sum(axis=1) / (2 * k) ** 2
    innenfor = ((2 * 2 * halv) ** 2).sum(axis=1) / 12 / (2 * k) ** 2
    assert (mellom + innenfor).mean() == pytest.approx(sann.var(), rel=0.08)


def test_uten_overfoeringer_teller_bare_tjenester() -> None:
    med, uten = (analyser_personas(replace(LITE_SETT, med_overfoeringer=m)) for m in (True, False))
    snitt = [a.grupper["unge_voksne"].historier[0].snitt for a in (med, uten)]
    assert snitt[0] - snitt[1] == pytest.approx(18 * 9_718 / 10)
    assert snitt[1] == pytest.approx(14 * 3_000 / 10)
    assert "uten overføringer" in nullblokk(uten)


def test_svaret_skiller_spredningen_av_snittet_fra_den_mellom_historiene_og_viser_situasjonsaarene() -> None:
    a = analyser_personas(notatets_personas())
    ord_ = " ".join(gruppesvar(a, a.grupper["unge_voksne"])).replace("\u00a0", " ")
    # By hand from the four yearly means, 133 689, 173 058, 77 767 and 220 734.
    assert "(standardavvik av snittet 22 380 kr, mellom historiene 60 585 kr)" in ord_
    assert "248 921 kr i uholdbar, 186 233 kr i utsatt, 37 382 kr i stabil" in ord_


def test_en_situasjon_med_egne_historier_foelger_ikke_utsatt() -> None:
    familie = analyser_personas(LITE_SETT).grupper["familier"]
    assert familie.situasjoner["uholdbar"].nullkostnad == pytest.approx(5 * 40_593 / 10, abs=0.5)
    assert familie.situasjoner["uholdbar"].opphav == "historier"
    # Nobody began in utsatt, so there is nothing to derive from, and no zero is passed on as a cost.
    assert UTEN_UTSATT in nullblokk(analyser_personas(LITE_SETT))
    skrevet = nullblokk(analyser_personas(ANNET_SETT))
    assert "utsatt = 250000.5" in skrevet
    assert "skrevet i arbeidsboken" in skrevet


def test_en_persona_alene_har_ingen_fordeling() -> None:
    a = analyser_personas(Personasett((Persona("Konstruert", "", "unge_voksne", (FAST,)),), 2019))
    assert a.grupper["unge_voksne"].situasjoner["utsatt"].sd is None
    assert "gamma" not in nullblokk(a)
    assert "hvor sikkert det er, kan ikke sies" in " ".join(personatabell(a).split())


def test_blokken_kan_limes_inn_i_kommunens_mal(tmp_path: Path) -> None:
    from velferdslab_model.scenarios.loading import load_forutsetninger

    fil = tmp_path / "s.toml"
    fil.write_text('navn = "Konstruert"\n' + nullblokk(analyser_personas(LITE_SETT)), encoding="utf-8")
    assert load_forutsetninger(fil).grupper["unge_voksne"].nullalternativ[1] == round(
        (18 * 9_718 + 14 * 3_000 + 290 * 2_873 + 475_500) / 30
    )
