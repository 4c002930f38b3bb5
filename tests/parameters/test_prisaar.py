"""Price years: by hand, from the index, in every place an amount stands."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests.conftest import DATO
from tests.scenarier import KONSTRUERTE
from velferdslab_model.cli import cli
from velferdslab_model.effektbok.assembly import planlegg
from velferdslab_model.effektbok.writing import arbeidsbok
from velferdslab_model.errors import UgyldigInndata
from velferdslab_model.parameters.loading import fra_toml, oppgitt, standard_for
from velferdslab_model.parameters.prisaar import regn_om
from velferdslab_model.parameters.standard import standardkilder
from velferdslab_model.parameters.typer import Forutsetninger
from velferdslab_model.results import beregn
from velferdslab_model.scenarios.loading import load_forutsetninger

KPI_2019_2024 = 133.6 / 110.8
#: Growth chained by hand from 2019: 2020, 2021, 2022, 2023, 2024.
DEFLATOR_2019_2024 = 1.010 * 1.044 * 1.067 * 1.043 * 1.050
LOENN_2019_2024 = 1.031 * 1.035 * 1.044 * 1.052 * 1.056
#: The same growth for all three, so that everything in kroner scales alike.
LIKE_INDEKSER = {navn: {"2019": 100, "2024": 125} for navn in ("kommunal_deflator", "loennsvekst", "kpi")}


def i_prisaar(aar: int, **data: Any) -> Forutsetninger:
    return regn_om(oppgitt(data, "s.toml", "Konstruert"), aar)


def test_alle_beloep_regnes_om_og_ingenting_annet() -> None:
    foer, etter = i_prisaar(2019), i_prisaar(2024)
    for gruppe, g in etter.grupper.items():
        gammel = foer.grupper[gruppe]
        assert g.verdi_qaly == pytest.approx(gammel.verdi_qaly * KPI_2019_2024, rel=1e-14)
        assert g.loennskostnad == pytest.approx(gammel.loennskostnad * LOENN_2019_2024, rel=1e-14)
        utsatt = gammel.nullalternativ[1] * DEFLATOR_2019_2024
        # What follows utsatt is worked out of it after the conversion, in whole kroner.
        assert g.nullalternativ == pytest.approx((round(utsatt * 1.1), utsatt, round(utsatt * 0.8), 0), rel=1e-14)
        for t, gml_t in zip(g.tiltak, gammel.tiltak, strict=True):
            assert t.enhetskostnad == pytest.approx(gml_t.enhetskostnad * DEFLATOR_2019_2024, rel=1e-14)
            assert (t.volum, t.ganger_per_aar) == (gml_t.volum, gml_t.ganger_per_aar)
        assert (g.inntak, g.suksessrate, g.livskvalitet) == (gammel.inntak, gammel.suksessrate, gammel.livskvalitet)


def test_samme_indeks_for_alt_skalerer_alle_kroner_og_flytter_ingen_tilbakebetaling() -> None:
    # Null alternatives of one's own; those that follow utsatt are rounded to whole kroner in the year shown.
    null = {
        "nullalternativ": {"uholdbar": 166_443, "stabil": 121_050},
        "nullalternativ_faktor": {"uholdbar": 1, "stabil": 1},
    }
    egne = {"unge_voksne": null, "familier": null}
    foer, etter = beregn(i_prisaar(2019, **egne)), beregn(i_prisaar(2024, indekser=LIKE_INDEKSER, **egne))
    for gruppe, g in etter.grupper.items():
        for navn, sum_ in g.sum.items():
            assert sum_ == pytest.approx(foer.grupper[gruppe].sum[navn] * 1.25, rel=1e-12)
        assert g.tilbakebetalingsaar == foer.grupper[gruppe].tilbakebetalingsaar


def test_tre_indekser_for_tjenester_loenn_og_resten() -> None:
    egne = {"kommunal_deflator": {"2019": 100, "2024": 125}, "loennsvekst": {"2019": 80, "2024": 100}}
    f = i_prisaar(2024, indekser=egne, familier={"utvidet": {"fast_aarskostnad": 1000}})
    g = f.unge_voksne
    assert g.nullalternativ[:2] == pytest.approx(
        (208_054, 151_312 * 1.25), rel=1e-14
    )  # 208 054 is 151 312 × 1.25 × 1.1
    assert g.tiltak[0].enhetskostnad == pytest.approx(550 * 1.25, rel=1e-14)
    assert g.loennskostnad == pytest.approx(300_000 * 1.25, rel=1e-14)
    assert g.verdi_qaly == pytest.approx(1_120_000 * KPI_2019_2024, rel=1e-14)
    assert f.familier.utvidet.fast_aarskostnad == pytest.approx(1000 * KPI_2019_2024, rel=1e-14)
    assert f.omregning == ", regnet om fra 2019 med kommunal deflator (egne tall), årslønn (egne tall) og KPI"


def test_uten_egne_indekser_brukes_de_innebygde_og_det_sies_hvilke_punkter_som_ikke_er_endelige() -> None:
    f = i_prisaar(2024)
    assert f.omregning == (
        ", regnet om fra 2019 med kommunal deflator, årslønn og KPI "
        "(ikke endelige tall: årslønn 2022 foreløpig, 2023 ikke kontrollert)"
    )
    assert f.unge_voksne.kilder["nullalternativ.utsatt"].endswith("2019- til 2024-kroner med kommunal deflator")
    assert f.unge_voksne.kilder["loennskostnad"].endswith("2019- til 2024-kroner med årslønn")
    assert f.unge_voksne.kilder["verdi_qaly"].endswith("Regnet om fra 2019- til 2024-kroner med KPI")
    assert f.unge_voksne.kilder["suksessrate.utsatt"] == standardkilder("unge_voksne")["suksessrate.utsatt"]


def test_hvert_beloep_har_sitt_eget_aar() -> None:
    """The file's amounts are in its year, the defaults in 2019, and both end in the year shown."""
    f = i_prisaar(2024, prisaar=2022, unge_voksne={"loennskostnad": 100, "tiltak": [{"navn": "Booppfølging", "enhetskostnad": 10}]})  # fmt: skip
    assert f.unge_voksne.loennskostnad == pytest.approx(100 * 1.052 * 1.056, rel=1e-14)
    priser = {t.navn: t.enhetskostnad for t in f.unge_voksne.tiltak}
    assert priser["Booppfølging"] == pytest.approx(10 * 1.043 * 1.050, rel=1e-14)
    assert f.unge_voksne.tiltak[0].enhetskostnad == pytest.approx(550 * DEFLATOR_2019_2024, rel=1e-14)
    assert f.omregning.startswith(", regnet om fra 2019 og 2022 med kommunal deflator, årslønn og KPI")


def test_et_tiltak_med_bare_nytt_volum_beholder_prisens_aar() -> None:
    f = i_prisaar(2022, prisaar=2022, unge_voksne={"tiltak": [{"navn": "Booppfølging", "volum": {"stabil": 2}}]})
    assert f.unge_voksne.tiltak[3].enhetskostnad == pytest.approx(475 * 1.010 * 1.044 * 1.067, rel=1e-14)


def test_filens_prisaar_er_aaret_alt_vises_i_naar_ikke_annet_er_sagt() -> None:
    assert fra_toml({"prisaar": 2022}, "t", "t").prisaar == 2022
    assert fra_toml({"prisaar": 2022, "vis_i_prisaar": 2024}, "t", "t").prisaar == 2024


def test_samme_tall_i_et_annet_aar_er_kommunens_eget() -> None:
    f = fra_toml({"prisaar": 2022, "unge_voksne": {"loennskostnad": 300_000}}, "t", "t")
    assert f.unge_voksne.loennskostnad == 300_000
    assert f.unge_voksne.kilder["loennskostnad"] == "antakelse: egen verdi, uten oppgitt kilde"


def test_null_kroner_er_null_i_alle_aar() -> None:
    f = i_prisaar(2024)
    assert f.unge_voksne.nullalternativ[3] == 0
    assert "Regnet om" not in f.unge_voksne.kilder["nullalternativ.baerekraftig"]


def test_omregning_er_ikke_avrundet_foer_den_vises() -> None:
    assert i_prisaar(2024).unge_voksne.verdi_qaly == float(f"{1_120_000 * KPI_2019_2024:.15g}")
    assert i_prisaar(2024).unge_voksne.nullalternativ[1] == pytest.approx(151_312 * DEFLATOR_2019_2024, rel=1e-14)


def test_en_lang_kilde_kortes_saa_den_kan_leses_igjen(tmp_path: Path) -> None:
    f = i_prisaar(2024, unge_voksne={"kilder": {"verdi_qaly": "x" * 993}})
    assert len(f.unge_voksne.kilder["verdi_qaly"]) == 1000
    (tmp_path / "bok.xlsx").write_bytes(arbeidsbok(beregn(f), DATO))
    assert load_forutsetninger(tmp_path / "bok.xlsx") == f


@pytest.mark.parametrize(
    ("data", "aar", "ventet"),
    [
        ({}, 2027, "prisåret 2027 ligger utenfor indeksen kpi, som dekker 2015-2026"),
        ({}, 2027, "prisåret 2027 ligger utenfor indeksen kommunal_deflator, som dekker 2014-2026"),
        ({}, 2014, "prisåret 2014 ligger utenfor indeksen kpi"),
        ({"indekser": {"loennsvekst": {"2030": 100, "2031": 104}}}, 2024, "2024 ligger utenfor indeksen loennsvekst, som dekker 2030-2031"),
        ({"prisaar": 2013, "familier": {"loennskostnad": 1}}, 2019, "prisåret 2013 ligger utenfor indeksen loennsvekst"),
    ],
)  # fmt: skip
def test_et_aar_utenfor_indeksen_sier_hva_som_maa_oppgis(data: dict[str, Any], aar: int, ventet: str) -> None:
    with pytest.raises(UgyldigInndata) as feil:
        i_prisaar(aar, **data)
    assert ventet in str(feil.value)
    assert "under [indekser." in str(feil.value)


def test_kpi_kan_forlenges_med_egne_tall() -> None:
    f = i_prisaar(2025, indekser={"kpi": {"2025": 138.0}})
    assert f.unge_voksne.verdi_qaly == pytest.approx(1_120_000 * 138.0 / 110.8, rel=1e-14)


@pytest.mark.parametrize(
    ("indekser", "ventet"),
    [
        ({"boligpris": {"2019": 1}}, "indekser.boligpris er en ukjent nøkkel"),
        ({"kpi": 3}, "indekser.kpi er 3, ventet en tabell"),
        ({"kpi": {"2025": 0}}, "indekser.kpi.2025 er 0, ventet et tall fra 0.01"),
        ({"kpi": {"2025": "138"}}, "indekser.kpi.2025 er teksten «138»"),
        ({"kpi": {"25": 138}}, "er ikke et årstall"),
        ({"kpi": {"3025": 138}}, "er ikke et årstall"),
        ([], "indekser er en liste, ventet en tabell"),
        ({"kpi": {"2025": "138 %"}}, "indekser.kpi.2025 er teksten «138 %», ventet en vekst fra -50 til 100 %"),
        ({"kpi": {"2030": "3 %"}}, "indekser.kpi.2030 er en vekst fra 2029, men serien har ikke noe tall for 2029"),
    ],
)
def test_gale_indekser_avvises(indekser: Any, ventet: str) -> None:
    with pytest.raises(UgyldigInndata) as feil:
        fra_toml({"indekser": indekser}, "s.toml", "t")
    assert ventet in str(feil.value)


def test_standarden_i_scenarioets_prisaar_bruker_dets_indekser() -> None:
    f = i_prisaar(2024, indekser={"loennsvekst": {"2019": 1, "2024": 2}})
    standard = standard_for(f)
    assert standard is not None
    assert standard.unge_voksne.loennskostnad == 600_000
    assert standard_for(fra_toml({**KONSTRUERTE["uten_tiltak"]}, "t", "t")) is not None


def test_prisaaret_staar_paa_hver_fane_med_omregningen() -> None:
    bok = planlegg(beregn(i_prisaar(2024)), DATO)
    for ark in bok.ark:
        tekster = " ".join(str(c.verdi) for c in ark.celler() if isinstance(c.verdi, str))
        assert "2024-kroner" in tekster, ark.navn
    intro = " ".join(str(c.verdi) for c in bok.ark[0].celler())
    assert "var alle beløp i 2024-kroner, regnet om fra 2019 med kommunal deflator, årslønn og KPI" in intro


def test_valget_prisaar_paa_kommandolinjen(tmp_path: Path) -> None:
    svar = CliRunner().invoke(cli, ["run", "--prisaar", "2024", "--format", "json"])
    data = json.loads(svar.stdout)
    assert data["prisaar"] == 2024
    ventet = beregn(i_prisaar(2024)).grupper["familier"].sum["kostnad"]
    assert data["brukergrupper"]["familier"]["sum"]["kostnad"] == pytest.approx(ventet, rel=1e-14)
    paa_skjermen = " ".join(CliRunner().invoke(cli, ["run", "--prisaar", "2024"]).stdout.split())
    assert paa_skjermen.count("ikke endelige tall: årslønn 2022 foreløpig, 2023 ikke kontrollert") == 1
