"""From last year's file to this year's: nothing is lost, and what has changed since is told with its effect."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from tests.conftest import DATO
from tests.parameters.test_indekser import PUBLISERT
from tests.regneark import regn_ut_formualizer
from velferdslab_model.check.kontroll import kontroller
from velferdslab_model.cli import cli
from velferdslab_model.effektbok.assembly import planlegg
from velferdslab_model.effektbok.endringer_tab import endringsfane
from velferdslab_model.effektbok.writing import arbeidsbok
from velferdslab_model.parameters.avledet import AVLEDEDE
from velferdslab_model.parameters.felt import FELT
from velferdslab_model.parameters.loading import fra_toml
from velferdslab_model.parameters.prisaar import BELOEP
from velferdslab_model.parameters.typer import Forutsetninger, Tiltak
from velferdslab_model.parameters.writing import som_toml
from velferdslab_model.results import beregn
from velferdslab_model.scenarios.loading import load_forutsetninger
from velferdslab_model.scenarios.mot import siden

FJOR: dict[str, Any] = {
    "navn": "Konstruert kommune",
    "vis_i_prisaar": 2024,
    "prisaar": 2024,
    "indekser": {"kommunal_deflator": {"2026": "3,2 %"}},
    "ikke_prissatt": [{"virkning": "Trygghet", "hvem": "Naboer", "betydning": "", "omfang": "", "begrunnelse": "x"}],
    "unge_voksne": {
        "loennskostnad": 800_000,
        "suksessrate": {"utsatt": 0.7},
        "utvidet": {"fast_aarskostnad": 250_000, "reell_vekst": 0.01},
        "kilder": {"loennskostnad": "Budsjett 2024, kap. 3", "suksessrate.utsatt": "Konstruert måling"},
        "usikkerhet": {"loennskostnad": {"fordeling": "uniform", "minst": 700_000, "mest": 900_000}},
        "tiltak": [
            {
                "navn": "Egen miljøvert", "beskrivelse": "Konstruert", "type_kostnad": "Bolig", "kategori": "drift",
                "kostnadsdriver": "timer", "enhetskostnad": 615.5, "betaler": "kommune",
                "volum": {"uholdbar": 3, "utsatt": 2, "stabil": 1}, "ganger_per_aar": 12, "kilde": "Avtale 2024",
            }
        ],
    },
}  # fmt: skip
#: From 2024 to 2025, as published.
FAKTOR = {"kommunal_deflator": 1.04, "loennsvekst": 1.05, "kpi": 137.7 / 133.6}


def kjoer(*argumenter: str | Path) -> str:
    svar = CliRunner().invoke(cli, [str(a) for a in argumenter])
    assert svar.exit_code == 0, svar.output
    return svar.stdout


@pytest.fixture
def fjor(tmp_path: Path) -> Path:
    fil = tmp_path / "fjor.xlsx"
    fil.write_bytes(arbeidsbok(beregn(fra_toml(FJOR, "test", "test")), DATO))
    return fil


def faktor(noekkel: str) -> float:
    if noekkel not in BELOEP:
        return 1.0
    hode = noekkel.partition(".")[0]
    return FAKTOR[{"nullalternativ": "kommunal_deflator", "loennskostnad": "loennsvekst"}.get(hode, "kpi")]


@pytest.mark.parametrize("form", ["xlsx", "toml"])
def test_fra_fjoraarets_fil_er_hvert_tall_og_hver_kilde_med(form: str, fjor: Path, tmp_path: Path) -> None:
    assert PUBLISERT[2025][1][0] == 4.0
    ny = tmp_path / f"ny.{form}"
    kommando = ("generate", fjor) if form == "xlsx" else ("new", "--fra", fjor)
    kjoer(*kommando, "--prisaar", "2025", "-o", ny)
    foer, naa = load_forutsetninger(fjor), load_forutsetninger(ny)
    assert (naa.prisaar, naa.navn, naa.ikke_prissatt) == (2025, foer.navn, foer.ikke_prissatt)
    assert naa.indekser["kommunal_deflator"] == pytest.approx(foer.indekser["kommunal_deflator"], rel=1e-14)
    for gruppe, g in foer.grupper.items():
        ny_gruppe = naa.grupper[gruppe]
        for noekkel in FELT:
            ventet = g.verdi(noekkel) * faktor(noekkel)
            if noekkel in g.avledet:  # worked out again from what was converted, in whole kroner
                av, ganger = AVLEDEDE[noekkel]
                ventet = math.floor(g.verdi(av) * faktor(av) * g.verdi(ganger) + 0.5)
            assert ny_gruppe.verdi(noekkel) == pytest.approx(ventet, rel=1e-13), noekkel
        assert ny_gruppe.avledet == g.avledet
        for noekkel in FELT:
            assert ny_gruppe.kilder[noekkel].startswith(g.kilder[noekkel].partition(". Regnet om")[0]), noekkel
        assert [t.navn for t in ny_gruppe.tiltak] == [t.navn for t in g.tiltak]
        for gammelt, nytt in zip(g.tiltak, ny_gruppe.tiltak, strict=True):
            assert nytt.enhetskostnad == pytest.approx(gammelt.enhetskostnad * 1.04, rel=1e-13)
            assert nytt.kilde.startswith(gammelt.kilde.partition(". Regnet om")[0])
            like = ("beskrivelse", "type_kostnad", "kategori", "kostnadsdriver", "betaler", "volum", "ganger_per_aar")
            assert [getattr(nytt, n) for n in like] == [getattr(gammelt, n) for n in like]
        assert ny_gruppe.usikkerhet.keys() == g.usikkerhet.keys()
    tall = naa.unge_voksne.usikkerhet["loennskostnad"].tall
    assert tall == pytest.approx({"minst": 735_000, "mest": 945_000}, rel=1e-13)
    # Amounts that were only converted are no changes.
    assert json.loads(kjoer("run", ny, "--mot", fjor, "--format", "json"))["endringer_siden"]["endringer"] == []


def _med_egen_pris(f: Forutsetninger) -> Tiltak:
    """The first tiltak whose price follows no common hourly rate."""
    return next(t for t in f.unge_voksne.tiltak if not t.timesats)


@pytest.fixture
def iaar(fjor: Path, tmp_path: Path) -> Path:
    """This year's file, with a new price, another success rate and a tiltak gone."""
    fil = tmp_path / "iaar.toml"
    kjoer("new", "--fra", fjor, "--prisaar", "2025", "-o", fil)
    tekst = fil.read_text(encoding="utf-8")
    f = load_forutsetninger(fil)
    t = _med_egen_pris(f)
    tekst = tekst.replace(f"enhetskostnad = {t.enhetskostnad!r}", "enhetskostnad = 999.5", 1)
    tekst = tekst.replace("utsatt = 0.7,", "utsatt = 0.65,", 1)
    fil.write_text(tekst, encoding="utf-8")
    assert som_toml(load_forutsetninger(fil), "x") != som_toml(f, "x")
    return fil


def test_endringer_siden_sier_gammelt_nytt_hvorfor_og_virkningen_paa_begge_nettoene(fjor: Path, iaar: Path) -> None:
    f = load_forutsetninger(iaar)
    s = siden(fjor, f)
    assert {e.noekkel for e in s.endringer} == {
        "suksessrate.utsatt",
        f"tiltak.{_med_egen_pris(f).navn}.enhetskostnad",
    }
    svar = json.loads(kjoer("run", iaar, "--mot", fjor, "--format", "json"))["endringer_siden"]
    for x in ("netto_budsjett", "netto_samfunn"):
        # In last year's kroner, in this year's, and now: each as its own computation says.
        assert (
            svar["foer"]["netto"]["unge_voksne"][x] == beregn(load_forutsetninger(fjor)).grupper["unge_voksne"].sum[x]
        )
        n = svar["netto"]["unge_voksne"][x]
        assert n["foer"] == pytest.approx(
            beregn(load_forutsetninger(fjor, 2025)).grupper["unge_voksne"].sum[x], rel=1e-12
        )
        assert n["naa"] == beregn(f).grupper["unge_voksne"].sum[x]
        alene = sum(e["virkning"][x] for e in svar["endringer"] if e["gruppe"] == "unge_voksne")
        assert n["foer"] + alene + n["samspill"] == pytest.approx(n["naa"], abs=0.01)
        assert all(e["virkning"][x] != 0 for e in svar["endringer"])
    tabell = kjoer("run", iaar, "--mot", fjor)
    assert "Endringer siden fjor.xlsx" in tabell
    assert "Suksessrate, fra utsatt: 70 % -> 65 %" in " ".join(tabell.replace("\u00a0", " ").split())


def test_fanen_endringer_siden_viser_det_samme_og_blir_roed_naar_noe_endres(
    fjor: Path, iaar: Path, tmp_path: Path
) -> None:
    fil = tmp_path / "bok.xlsx"
    kjoer("generate", iaar, "--mot", fjor, "-o", fil)
    assert kontroller(fil, iaar).funn == []
    assert load_forutsetninger(fil) == load_forutsetninger(iaar)
    ark = load_workbook(fil)["Endringer siden"]
    rader = [[c.value for c in rad] for rad in ark.iter_rows()]
    s = siden(fjor, load_forutsetninger(iaar))
    for e in s.endringer:
        (rad,) = [r for r in rader if r[1] == e.tekst]
        virkning = s.virkning_av(e)
        assert virkning is not None
        assert rad[3:5] == [e.gammel, e.ny]
        assert rad[5:7] == pytest.approx([virkning["netto_budsjett"], virkning["netto_samfunn"]], abs=0.005)
        assert rad[7] == e.kilde
    assert [r[1] for r in rader if r[0] == "Unge voksne"][:5] == [
        "Før, i 2024-kroner", "Før, regnet om til 2025-kroner", "Endringene hver for seg", "Samspill mellom endringene",
        "Nå, i 2025-kroner",
    ]  # fmt: skip
    resultat = beregn(load_forutsetninger(iaar))
    bok = planlegg(resultat, DATO, [endringsfane(s)])
    linje = next(c for c in bok.ark[-1].celler() if c.formel)
    rate = bok.steder["UV.suksessrate_utsatt"]
    endret = (rate.ark, rate.adresse.replace("$", ""), 0.5)
    sted = ("Endringer siden", linje.adresse)
    assert str(regn_ut_formualizer(fil, [], [sted])[sted]).startswith("Inndata er de samme")
    assert str(regn_ut_formualizer(fil, [endret], [sted])[sted]).startswith("Foreldet")


def test_prislisten_staar_som_kvittering_i_arbeidsboken(tmp_path: Path) -> None:
    liste, fil = tmp_path / "priser.csv", tmp_path / "bok.xlsx"
    f = load_forutsetninger()
    t = f.unge_voksne.tiltak[1]
    liste.write_text(f"gruppe;tiltak;enhetskostnad;prisår;kilde\nUnge voksne;{t.navn};{2 * t.enhetskostnad:.15g};2019;Avtale\n".replace(".", ","), encoding="utf-8")  # fmt: skip
    kjoer("generate", "--prices", liste, "--register", "-o", fil)
    assert kontroller(fil).funn == []
    rader = [[c.value for c in rad] for rad in load_workbook(fil)["Prisendringer"].iter_rows()]
    (rad,) = [r for r in rader if r[1] == f"{t.navn}: enhetskostnad"]
    assert rad[3:5] == [t.enhetskostnad, 2 * t.enhetskostnad]
    etter, foer = beregn(load_forutsetninger(fil)).grupper["unge_voksne"].sum, beregn(f).grupper["unge_voksne"].sum
    assert rad[5:7] == pytest.approx([etter[x] - foer[x] for x in ("netto_budsjett", "netto_samfunn")], abs=0.005)


@pytest.mark.parametrize(
    ("argumenter", "ventet"),
    [
        (["run", "--mot", "x.toml", "--oekonomiplan"], "--mot gjelder"),
        (["run", "--mot", "x.toml", "--format", "csv"], "--mot gjelder"),
        (["new", "Bergen", "--prisaar", "2025"], "brukes sammen med --fra"),
        (["generate", "--loepende"], "--loepende gjelder"),
    ],
)
def test_valg_som_ikke_hoerer_sammen_avvises(argumenter: list[str], ventet: str) -> None:
    svar = CliRunner().invoke(cli, argumenter)
    assert svar.exit_code == 2
    assert ventet in svar.output
