from __future__ import annotations

import tomllib
from dataclasses import replace
from typing import Any

import pytest

from tests.scenarier import begge
from velferdslab_model.base.ord import ANTAKELSE
from velferdslab_model.parameters.felt import FELT
from velferdslab_model.parameters.katalogvalg import FRA_EGEN_KATALOG
from velferdslab_model.parameters.kilder import UTEN_KILDE
from velferdslab_model.parameters.loading import fra_toml, les_toml
from velferdslab_model.register import ANSLAG, ENDRET, PRISCELLE, PUBLISERT, Registerpost, registerposter
from velferdslab_model.results import Resultat
from velferdslab_model.workbook.plan import Bok

#: Numbers of the block of constants that only the workbook's own checks and digest use.
BARE_KONTROLL = {"maks_tiltak", "prisaar_da_laget", "prosent", "kontroll_toleranse", "kontroll_skala", "kontroll_skala_andel", "kontroll_modulus",
                 "tiltak_antall_tall", "maks_navn", "maks_tekst", "minste_stoerrelse"}  # fmt: skip
EGET = {
    "navn": "=Eget; tiltak",
    "beskrivelse": "",
    "type_kostnad": "",
    "kategori": "drift",
    "kostnadsdriver": "timer",
    "enhetskostnad": 0,
    "betaler": "stat",
    "volum": {"uholdbar": 1, "utsatt": 1, "stabil": 1},
    "ganger_per_aar": 12,
}


def poster(data: dict[str, Any]) -> dict[str, Registerpost]:
    return {post.noekkel: post for post in registerposter(fra_toml(data, "test", "test"))}


def test_hvert_tall_i_begge_grupper_staar_en_gang(standard: Resultat) -> None:
    f = standard.forutsetninger
    liste = registerposter(f)
    noekler = [post.noekkel for post in liste]
    assert len(set(noekler)) == len(noekler)
    ventet: dict[str, float] = {"prisaar": f.prisaar, "timesatser.Kommunal timesats": 550}
    for navn, gruppe in f.grupper.items():
        ventet |= {f"{navn}.{noekkel}": gruppe.verdi(noekkel) for noekkel in FELT}
        for t in gruppe.tiltak:
            foran = f"{navn}.tiltak «{t.navn}»: "
            ventet |= {f"{foran}enhetskostnad": t.enhetskostnad, f"{foran}ganger_per_aar": t.ganger_per_aar}
            ventet |= {f"{foran}volum.{s}": v for s, v in zip(("uholdbar", "utsatt", "stabil"), t.volum, strict=True)}
    assert {post.noekkel: post.verdi for post in liste if post.gruppe != "modellen"} == ventet
    assert all(post.aapen == (post.gruppe != "modellen") for post in liste)


def test_konstantene_er_de_i_blokken_faste_verdier(standard: Resultat, standardbok: Bok) -> None:
    """Every number of the block decides a result or a legal range and is listed, or serves the checks alone."""
    intro = standardbok.ark[0]
    tekster = {c.rad: c.verdi for c in intro.faste if c.kol == 0}
    foerste = next(rad for rad, tekst in tekster.items() if tekst == "Faste verdier og ord (låst)")
    siste = standardbok.steder["tekst_ikke_samlet"].rad
    blokk = {
        noekkel: (tekster[sted.rad], sted.verdier[0])
        for noekkel, sted in standardbok.steder.items()
        if sted.ark == intro.navn and foerste < sted.rad <= siste and isinstance(sted.verdier[0], int | float)
    }
    liste = {p.noekkel: (p.tekst, p.verdi) for p in registerposter(standard.forutsetninger) if p.gruppe == "modellen"}
    assert liste == {noekkel: verdi for noekkel, verdi in blokk.items() if noekkel not in BARE_KONTROLL}
    assert blokk.keys() >= BARE_KONTROLL


def test_standardscenarioet_er_publisert_eller_antakelse_som_kilden_sier(standard: Resultat) -> None:
    for post in registerposter(standard.forutsetninger):
        assert post.verdi == post.standardverdi
        ventet = ANSLAG if "Bostøtte" in post.noekkel else PUBLISERT  # by hand: an estimate in the revised budget
        assert post.opphav == (ventet if post.kilde.startswith("kilde:") else ANTAKELSE), post.noekkel


def test_endrede_tall_er_kommunens() -> None:
    p = poster({
        "prisaar": 2023,
        "unge_voksne": {
            "suksessrate": {"utsatt": 0.7},
            "kilder": {"suksessrate.utsatt": "Registreringer", "verdi_qaly": "Prisliste", "loennskostnad": "antakelse: x"},
            "tiltak": [{"navn": "booppfølging", "enhetskostnad": 520}],
        },
    })  # fmt: skip
    assert (p["prisaar"].opphav, p["prisaar"].kilde) == (ENDRET, UTEN_KILDE)
    assert p["unge_voksne.suksessrate.utsatt"].opphav == ENDRET
    assert p["unge_voksne.suksessrate.utsatt"].kilde == "kilde: Registreringer"
    assert p["unge_voksne.suksessrate.utsatt"].standardverdi == 0.8
    assert p["familier.suksessrate.utsatt"].opphav == ANTAKELSE
    # The default's number under another source: an assumption somebody has confirmed, or a figure somebody doubts.
    assert p["unge_voksne.verdi_qaly"].opphav == ENDRET
    assert p["unge_voksne.loennskostnad"].opphav == ANTAKELSE
    assert p["unge_voksne.tiltak «booppfølging»: enhetskostnad"].opphav == ENDRET
    assert p["unge_voksne.tiltak «booppfølging»: volum.stabil"].opphav == ANTAKELSE


def test_eget_tiltak_har_ingen_standard_og_er_kommunens() -> None:
    egne = [post for n, post in poster(begge(tiltak=[EGET])).items() if "Eget" in n]
    assert len(egne) == 10
    assert {(post.standardverdi, post.opphav) for post in egne} == {(None, ENDRET)}


def test_prisaar_staar_bare_ved_beloep() -> None:
    for post in poster({"prisaar": 2024}).values():
        beloep = post.aapen and post.enhet.startswith("kr")
        assert post.prisaar == (2024 if beloep else None), post.noekkel


@pytest.mark.parametrize("navn", ["=1+1", "@SUM(1)", "-2", "+3"])
def test_ingen_tekst_i_listen_begynner_som_en_formel(navn: str) -> None:
    data = {"tiltak": [{**EGET, "navn": navn, "kilde": navn}], "kilder": {"verdi_qaly": navn}}
    for post in poster(begge(**data)).values():
        for tekst in (post.gruppe, post.noekkel, post.tekst, post.enhet, post.kilde):
            assert tekst[0] not in "=+-@", tekst


def test_omregnede_standardtall_er_fortsatt_standardens() -> None:
    p = poster({"prisaar": 2023, "unge_voksne": {"loennskostnad": 400_000}})
    published = p["unge_voksne.nullalternativ.utsatt"]
    assert (published.opphav, published.prisaar) == (PUBLISERT, 2023)
    assert (
        published.verdi == published.standardverdi == pytest.approx(151_312 * 1.010 * 1.044 * 1.067 * 1.043, rel=1e-14)
    )
    assert "Regnet om fra 2019- til 2023-kroner" in published.kilde
    assert p["unge_voksne.loennskostnad"].opphav == ENDRET


def test_uten_indeks_for_prisaaret_er_alle_beloep_kommunens() -> None:
    grupper = fra_toml({}, "t", "t").grupper
    data = {
        navn: {
            "nullalternativ": {"uholdbar": 1, "utsatt": 1, "stabil": 1, "baerekraftig": 1},
            "verdi_qaly": 1,
            "loennskostnad": 1,
            "behold_standardtiltak": False,
            "tiltak": [],
        }
        for navn in grupper
    }
    p = poster({"prisaar": 2040, **data})
    assert p["unge_voksne.loennskostnad"].opphav == ENDRET
    assert p["unge_voksne.loennskostnad"].standardverdi is None
    assert p["unge_voksne.suksessrate.utsatt"].opphav == PUBLISERT


def test_volum_og_hyppighet_er_antakelser_ogsaa_der_prisen_er_publisert(standard: Resultat) -> None:
    """Bostøtte and Økonomisk verge have a price that was published, and volumes that were not."""
    tiltak = [p for p in registerposter(standard.forutsetninger) if p.tiltak]
    publisert = {(p.gruppe, p.tiltak[0], p.celle) for p in tiltak if p.tiltak and p.opphav in (PUBLISERT, ANSLAG)}
    assert publisert == {
        (g, navn, "tiltak_enhetskostnad")
        for g in ("unge_voksne", "familier")
        for navn in ("Bostøtte", "Økonomisk verge")
    }
    assert all(p.kilde.startswith("antakelse:") for p in tiltak if p.celle != "tiltak_enhetskostnad")


@pytest.mark.parametrize(
    ("rad", "ventet"),
    [
        # One changed price, and the volumes are as they were.
        ({"enhetskostnad": 600, "kilde": "Budsjett"}, {"enhetskostnad": (ENDRET, "kilde: Budsjett")}),
        ({"enhetskostnad": 600}, {"enhetskostnad": (ENDRET, UTEN_KILDE)}),
        # One changed volume, and its three siblings are as they were.
        ({"volum": {"utsatt": 2}}, {"volum.utsatt": (ENDRET, UTEN_KILDE)}),
        ({"volum": {"utsatt": 2}, "kilde": "Timelister"}, {"volum.utsatt": (ENDRET, "kilde: Timelister")}),
        # The default's numbers, from a source of the municipality's own.
        ({"enhetskostnad": 31_800, "kilde": "Husbanken"}, {"enhetskostnad": (ENDRET, "kilde: Husbanken")}),
        ({"enhetskostnad": 31_800, "kilde": "antakelse: x"}, {"enhetskostnad": (ANTAKELSE, "antakelse: x")}),
        (
            {"volumkilde": "Timelister"},
            dict.fromkeys(("volum.uholdbar", "volum.utsatt", "volum.stabil", "ganger_per_aar"), (ENDRET, "kilde: Timelister")),
        ),
    ],
)  # fmt: skip
def test_opphav_og_kilde_hoerer_til_hvert_tall(rad: dict[str, Any], ventet: dict[str, tuple[str, str]]) -> None:
    foran = "unge_voksne.tiltak «Bostøtte»: "
    foer = {n: (p.opphav, p.kilde) for n, p in poster({}).items() if n.startswith(foran)}
    etter = poster({"unge_voksne": {"tiltak": [{"navn": "Bostøtte", **rad}]}})
    assert {n: (etter[n].opphav, etter[n].kilde) for n in foer} == foer | {f"{foran}{n}": v for n, v in ventet.items()}


def test_en_felles_timesats_er_ett_tall_med_sin_egen_kilde() -> None:
    p = poster({"timesatser": {"Kommunal timesats": {"kr": 600, "kilde": "Budsjett"}, "Psykolog": 950}})
    assert (p["timesatser.Kommunal timesats"].opphav, p["timesatser.Kommunal timesats"].kilde) == (
        ENDRET,
        "kilde: Budsjett",
    )
    assert (p["timesatser.Psykolog"].standardverdi, p["timesatser.Psykolog"].kilde) == (None, UTEN_KILDE)


def test_regnet_om_i_to_trinn_er_fortsatt_standardens() -> None:
    from velferdslab_model.parameters.prisaar import regn_om
    from velferdslab_model.parameters.writing import som_toml

    foerst = regn_om(les_toml(), 2023)
    saa = fra_toml(tomllib.loads(som_toml(foerst, "x")) | {"vis_i_prisaar": 2025}, "x", "x")
    assert {p.opphav for p in registerposter(saa) if p.noekkel != "prisaar"} == {PUBLISERT, ANSLAG, ANTAKELSE}
    assert saa.unge_voksne.tiltak[3].kilde.count("Regnet om fra") == 1
    assert "Regnet om fra 2019- til 2025-kroner" in saa.unge_voksne.tiltak[3].kilde


def test_en_pris_fra_katalogen_er_ikke_standardens_egen(standard: Resultat) -> None:
    post = next(p for p in registerposter(standard.forutsetninger) if p.celle == PRISCELLE)
    valgt = replace(post, kilde="kilde: priskatalogen, egen_pris i egne.csv (grad A: egen vurdering): Bystyret")
    assert not post.egen
    assert valgt.egen
    assert replace(valgt, verdi=post.verdi + 1).egen
    assert valgt.opphav == FRA_EGEN_KATALOG
