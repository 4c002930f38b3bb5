from __future__ import annotations

from typing import Any

import pytest

from tests.scenarier import begge
from velferdslab_model.base.ord import ANTAKELSE
from velferdslab_model.parameters.felt import FELT
from velferdslab_model.parameters.loading import UTEN_KILDE, fra_toml
from velferdslab_model.register import ENDRET, PUBLISERT, Registerpost, registerposter
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
    ventet: dict[str, float] = {"prisaar": f.prisaar}
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
        assert post.opphav == (PUBLISERT if post.kilde.startswith("kilde:") else ANTAKELSE), post.noekkel


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
