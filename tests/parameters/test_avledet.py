"""Numbers that follow others until somebody gives them: the null alternatives, and prices by a common hourly rate."""

from __future__ import annotations

import csv
import tomllib
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from velferdslab_model.endringer.finne import endringer
from velferdslab_model.endringer.virkning import virkning
from velferdslab_model.errors import UgyldigInndata
from velferdslab_model.model.aarsserier import NETTO
from velferdslab_model.parameters import standard
from velferdslab_model.parameters.avledet import hele_kroner
from velferdslab_model.parameters.kilder import UTEN_KILDE
from velferdslab_model.parameters.loading import fra_toml, les_toml
from velferdslab_model.parameters.prisaar import regn_om
from velferdslab_model.parameters.standard import standardkilder, standardtiltak, standardverdier
from velferdslab_model.parameters.tidligere import er_tidligere_tekst
from velferdslab_model.parameters.typer import Forutsetninger
from velferdslab_model.parameters.writing import som_toml
from velferdslab_model.results import beregn
from velferdslab_model.uncertainty.parametre import en_og_en, inndata_med, parametre

NULL = ("nullalternativ.uholdbar", "nullalternativ.stabil")
SATS = "Kommunal timesats"


def f(data: dict[str, Any] | None = None) -> Forutsetninger:
    return fra_toml(data or {}, "test", "Konstruert")


def test_notatets_nullalternativer_kommer_ut_paa_kronen() -> None:
    """Appendix 2: 151 312 with 10 % added, and 80 % of it; the families' 372 696 likewise."""
    grupper = f().grupper
    assert grupper["unge_voksne"].nullalternativ == (166_443, 151_312, 121_050, 0)
    assert grupper["familier"].nullalternativ == (409_966, 372_696, 298_157, 0)
    for navn, g in grupper.items():
        assert g.avledet == set(NULL)
        assert all(g.verdi(n) == standardverdier(navn)[n] for n in NULL)


@pytest.mark.parametrize(
    ("null", "faktor", "ventet", "avledet"),
    [
        ({"utsatt": 100_001}, {}, (110_001, 100_001, 80_001), {*NULL}),
        ({"utsatt": 100_001}, {"uholdbar": 2}, (200_002, 100_001, 80_001), {*NULL}),
        ({"uholdbar": 5}, {}, (5, 151_312, 121_050), {"nullalternativ.stabil"}),
        ({"uholdbar": 166_443}, {"uholdbar": 1.1}, (166_443, 151_312, 121_050), {"nullalternativ.stabil"}),
        # As an earlier version wrote every number out, without the factors.
        ({"uholdbar": 166_443, "utsatt": 151_312, "stabil": 121_050}, {}, (166_443, 151_312, 121_050), {*NULL}),
        ({"uholdbar": 166_443, "utsatt": 160_000}, {}, (166_443, 160_000, 128_000), {"nullalternativ.stabil"}),
        ({"utsatt": 5}, {"uholdbar": 1.1}, (6, 5, 4), {*NULL}),
    ],
)
def test_det_som_ikke_er_oppgitt_foelger_utsatt(
    null: dict[str, float], faktor: dict[str, float], ventet: tuple[float, ...], avledet: set[str]
) -> None:
    g = f({"unge_voksne": {"nullalternativ": null, "nullalternativ_faktor": faktor}}).unge_voksne
    assert g.nullalternativ[:3] == ventet
    assert g.avledet == avledet


def test_en_felles_timesats_gjelder_hvert_tiltak_som_viser_til_den() -> None:
    foer, etter = f(), f({"timesatser": {SATS: {"kr": 600, "kilde": "Budsjett 2025"}}})
    for navn, g in etter.grupper.items():
        gamle = foer.grupper[navn].tiltak
        med = [t for t in g.tiltak if t.timesats]
        assert len(med) == {"unge_voksne": 5, "familier": 6}[navn]
        assert {t.enhetskostnad for t in med} == {600}
        assert [t for t in g.tiltak if not t.timesats] == [t for t in gamle if not t.timesats]
    assert etter.timesatser[0].kilde == "kilde: Budsjett 2025"


def test_en_egen_pris_tar_timesatsens_plass_og_en_egen_sats_kan_brukes() -> None:
    data = {
        "timesatser": {"Psykolog": 950},
        "unge_voksne": {
            "tiltak": [{"navn": "Booppfølging", "timesats": "psykolog"}, {"navn": "Økonomisk rådgivning", "enhetskostnad": 550}]
        },
    }  # fmt: skip
    tiltak = {t.navn: t for t in f(data).unge_voksne.tiltak}
    assert (tiltak["Booppfølging"].timesats, tiltak["Booppfølging"].enhetskostnad) == ("Psykolog", 950)
    assert (tiltak["Økonomisk rådgivning"].timesats, tiltak["Økonomisk rådgivning"].enhetskostnad) == ("", 550)
    assert f(data).timesatser[1].kilde == UTEN_KILDE


@pytest.mark.parametrize(
    ("data", "sagt"),
    [
        ({"timesatser": 600}, "timesatser er 600, ventet en tabell"),
        ({"timesatser": {SATS: -1}}, f"timesatser.{SATS} er -1"),
        ({"timesatser": {SATS: {"kilde": "x"}}}, "mangler kr"),
        ({"timesatser": {f"Sats {i}": 1 for i in range(6)}}, "gir 7 satser i alt, ventet høyst 6"),
        ({"timesatser": [{"navn": "A", "kr": 1}, {"navn": "a", "kr": 2}]}, "som en annen"),
        ({"unge_voksne": {"tiltak": [{"navn": "Booppfølging", "timesats": "Komunal timesats"}]}}, f"Mente du {SATS}"),
        (
            {"unge_voksne": {"tiltak": [{"navn": "Booppfølging", "timesats": SATS, "enhetskostnad": 1}]}},
            "har også enhetskostnad. Behold den ene",
        ),
    ],
)
def test_feil_i_timesatser_sies_med_stedet(data: dict[str, Any], sagt: str) -> None:
    with pytest.raises(UgyldigInndata) as feil:
        f(data)
    assert sagt in str(feil.value)


KONSTRUERT: dict[str, Any] = {
    "timesatser": {SATS: 600.5, "Psykolog": {"kr": 950, "kilde": "Konstruert"}},
    "unge_voksne": {
        "nullalternativ": {"utsatt": 160_001},
        "nullalternativ_faktor": {"stabil": 0.75},
        "tiltak": [{"navn": "Booppfølging", "timesats": "Psykolog"}],
    },
    "familier": {
        "nullalternativ": {"uholdbar": 409_966, "utsatt": 372_696},
        "nullalternativ_faktor": {"uholdbar": 1.1},
    },
}


@pytest.mark.parametrize("data", [{}, KONSTRUERT, {"timesatser": []}], ids=["standard", "konstruert", "uten"])
def test_skrevet_ut_og_lest_igjen_er_det_samme(data: dict[str, Any]) -> None:
    if data == {"timesatser": []}:
        data = data | {g: {"behold_standardtiltak": False} for g in ("unge_voksne", "familier")}
    foer = f(data)
    assert fra_toml(tomllib.loads(som_toml(foer, "test")), "test", "x") == foer


def test_avledede_tall_regnes_ut_av_det_som_er_regnet_om() -> None:
    g = regn_om(les_toml(), 2024).unge_voksne
    assert g.nullalternativ[0] == float(hele_kroner(g.nullalternativ[1] * 1.1))
    assert {t.enhetskostnad for t in g.tiltak if t.timesats} == {regn_om(les_toml(), 2024).timesatser[0].kr}


def test_endringene_er_de_som_er_gjort_og_ikke_det_som_foelger() -> None:
    fra, til = f(), f(KONSTRUERT)
    alle = {(e.gruppe, e.noekkel): (e.gammel, e.ny) for e in endringer(fra, til)}
    assert alle[("unge_voksne", "nullalternativ.utsatt")] == (151_312, 160_001)
    assert ("unge_voksne", "nullalternativ.uholdbar") not in alle
    assert alle[("unge_voksne", f"timesats.{SATS}")] == alle[("familier", f"timesats.{SATS}")] == (550, 600.5)
    assert alle[("", "timesats.Psykolog")] == (None, 950)
    assert alle[("unge_voksne", "tiltak.Booppfølging.enhetskostnad")] == (475, 950)
    assert alle[("familier", "nullalternativ.uholdbar")] == ("regnes ut", "eget tall")
    assert len(alle) == 7
    # Each change alone, and what is left, is the whole of the difference; made one after the other they give the other scenario.
    v = virkning(fra, til)
    for navn in fra.grupper:
        ventet = beregn(til).grupper[navn].sum["netto_samfunn"] - beregn(fra).grupper[navn].sum["netto_samfunn"]
        deler = sum(b.summer["netto_samfunn"] for b in v.bidrag if b.endring.gruppe == navn)
        assert deler + v.samspill[navn]["netto_samfunn"] == pytest.approx(ventet)
        g = fra.grupper[navn]
        for e in endringer(fra, til):
            g = e.sett(g) if e.sett and e.gruppe == navn else g
        assert g.nullalternativ == til.grupper[navn].nullalternativ
        assert [t.enhetskostnad for t in g.tiltak] == [t.enhetskostnad for t in til.grupper[navn].tiltak]


def test_et_avledet_tall_foelger_grunnlaget_sitt_trekning_for_trekning() -> None:
    g = f().unge_voksne
    x = inndata_med(
        g, {"nullalternativ.utsatt": np.array([100_000.0, 200_000.0]), f"timesats.{SATS}": np.array([500.0, 600.0])}
    )
    assert x.nullalternativ[:, 0].tolist() == [110_000, 220_000]
    assert x.nullalternativ[:, 2].tolist() == [80_000, 160_000]
    for k, sats in enumerate((500.0, 600.0)):
        som = f(
            {"timesatser": {SATS: sats}, "unge_voksne": {"nullalternativ": {"utsatt": 100_000.0 * (k + 1)}}}
        ).unge_voksne
        ventet = inndata_med(som, {})
        assert np.allclose(x.drift[k], ventet.drift)
        assert np.allclose(x.oppstart[k], ventet.oppstart)
    egne = replace(g, avledet=frozenset[str]())
    x = inndata_med(egne, {"nullalternativ.utsatt": np.array([100_000.0])})
    assert x.nullalternativ[0].tolist() == [166_443, 100_000, 121_050, 0]


def test_endret_ett_om_gangen_er_som_scenarioet_regnet_paa_nytt() -> None:
    g = f().unge_voksne
    kjoeringer = [("nullalternativ.utsatt", 200_000.0), ("nullalternativ_faktor.stabil", 0.5), (f"timesats.{SATS}", 700.0),
                  ("nullalternativ.uholdbar", 1.0)]  # fmt: skip
    svar = en_og_en(g, kjoeringer, NETTO).sum["netto_samfunn"]
    scenarier: tuple[dict[str, Any], ...] = (
        {"nullalternativ": {"utsatt": 200_000}},
        {"nullalternativ_faktor": {"stabil": 0.5}},
        {},
        {"nullalternativ": {"uholdbar": 1}},
    )
    for netto, (noekkel, verdi), data in zip(svar, kjoeringer, scenarier, strict=True):
        satser = {SATS: verdi} if noekkel.startswith("timesats") else {}
        ventet = beregn(f({"unge_voksne": data, "timesatser": satser})).grupper["unge_voksne"].sum["netto_samfunn"]
        assert netto == pytest.approx(ventet, rel=1e-12), noekkel
    assert {f"timesats.{SATS}", *NULL, "nullalternativ_faktor.stabil"} <= {p.noekkel for p in parametre(g)}


def test_tabellen_over_tidligere_tekster_gjelder_tall_som_finnes_og_ord_som_er_skiftet_ut() -> None:
    fil = Path(standard.__file__).parent / "data" / "tidligere_tekster.csv"
    rader = list(csv.DictReader(StringIO(fil.read_text(encoding="utf-8")), delimiter=";"))
    assert len(rader) == 39
    for rad in rader:
        tiltak = {t.navn: t for t in standardtiltak(rad["gruppe"])}
        i_dag = (
            getattr(tiltak[rad["tiltak"]], rad["felt"]) if rad["tiltak"] else standardkilder(rad["gruppe"])[rad["felt"]]
        )
        assert rad["tekst"] != i_dag
        assert er_tidligere_tekst(
            rad["gruppe"], rad["tiltak"], rad["felt"], f"{rad['tekst']}. Regnet om fra 2019- til 2024-kroner"
        )
        assert not er_tidligere_tekst(rad["gruppe"], rad["tiltak"], rad["felt"], i_dag)


def test_et_tall_som_foelger_et_lovlig_beloep_kan_selv_vaere_for_stort() -> None:
    with pytest.raises(
        UgyldigInndata,
        match=r"unge_voksne\.nullalternativ\.uholdbar følger nullalternativ\.utsatt og blir 1100000000000 kr",
    ):
        fra_toml({"unge_voksne": {"nullalternativ": {"utsatt": 1e12}}}, "test", "test")
