"""The built-in price indices point by point, the user's own over them, and which points are not final."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from velferdslab_model.cli import cli
from velferdslab_model.errors import UgyldigInndata
from velferdslab_model.parameters import indekser
from velferdslab_model.parameters.indekser import (
    Indeks,
    Indeksfil,
    brukte_punkter,
    innebygde_punkter,
    lagt_over,
    nivaaer,
)
from velferdslab_model.parameters.indeksfil import les_indeksfil
from velferdslab_model.parameters.loading import fra_toml, oppgitt
from velferdslab_model.parameters.prisaar import med_indekser, regn_om
from velferdslab_model.results import beregn
from velferdslab_model.scenarios.loading import load_forutsetninger

ENDELIG, FORELOEPIG, ANSLAG, UKONTROLLERT = "endelig", "foreløpig", "anslag", "ikke kontrollert"
#: As published: year -> KPI (2015 = 100; growth in per cent for 2026), deflator and wage growth in per cent, each with status.
PUBLISERT: dict[int, tuple[tuple[float, str], tuple[float, str], tuple[float, str]]] = {
    2015: ((100, ENDELIG), (2.4, UKONTROLLERT), (2.8, ENDELIG)),
    2016: ((103.6, ENDELIG), (2.6, UKONTROLLERT), (1.7, ENDELIG)),
    2017: ((105.5, ENDELIG), (2.4, UKONTROLLERT), (2.3, ENDELIG)),
    2018: ((108.4, ENDELIG), (3.1, UKONTROLLERT), (2.8, ENDELIG)),
    2019: ((110.8, ENDELIG), (3.2, ENDELIG), (3.5, ENDELIG)),
    2020: ((112.2, ENDELIG), (1.0, ENDELIG), (3.1, ENDELIG)),
    2021: ((116.1, ENDELIG), (4.4, ENDELIG), (3.5, ENDELIG)),
    2022: ((122.8, ENDELIG), (6.7, ENDELIG), (4.4, FORELOEPIG)),
    2023: ((129.6, ENDELIG), (4.3, ENDELIG), (5.2, UKONTROLLERT)),
    2024: ((133.6, ENDELIG), (5.0, ENDELIG), (5.6, ENDELIG)),
    2025: ((137.7, ENDELIG), (4.0, FORELOEPIG), (5.0, FORELOEPIG)),
    2026: ((3.0, ANSLAG), (3.5, ANSLAG), (4.0, ANSLAG)),
}
SERIER: tuple[Indeks, ...] = ("kpi", "kommunal_deflator", "loennsvekst")


@pytest.mark.parametrize("plass", range(3))
def test_hvert_innebygd_punkt_er_det_publiserte_med_status(plass: int) -> None:
    punkter = innebygde_punkter()[SERIER[plass]]
    assert punkter.keys() == PUBLISERT.keys()
    for aar, alle in PUBLISERT.items():
        verdi, status = alle[plass]
        er_nivaa = plass == 0 and aar < 2026
        assert punkter[aar].verdi == (verdi if er_nivaa else verdi / 100), aar
        assert (punkter[aar].maal, punkter[aar].status) == ("nivå" if er_nivaa else "vekst", status), aar
        assert punkter[aar].kilde.startswith("kilde: ")
        assert punkter[aar].utgave


@pytest.mark.parametrize("plass", range(3))
def test_vekst_er_kjedet_til_nivaaer_uten_avrunding(plass: int) -> None:
    nivaa = nivaaer(SERIER[plass])
    assert nivaa[2015] == 100
    for aar in range(2016, 2027):
        verdi = PUBLISERT[aar][plass][0]
        if plass == 0 and aar < 2026:
            assert nivaa[aar] == verdi
        else:
            assert nivaa[aar] / nivaa[aar - 1] == pytest.approx(1 + verdi / 100, rel=1e-15)
    if plass:
        assert nivaa[2015] / nivaa[2014] == pytest.approx(1 + PUBLISERT[2015][plass][0] / 100, rel=1e-15)


def test_avledet_kpi_er_den_publiserte_veksten_paa_siste_publiserte_nivaa() -> None:
    assert [round(v, 1) for v in (122.8 * 1.055, 129.6 * 1.031, 133.6 * 1.031)] == [129.6, 133.6, 137.7]


def test_merknadene_i_spesifikasjonen_staar_i_kilden() -> None:
    deflator = innebygde_punkter()["kommunal_deflator"]
    assert "4,7 %" in deflator[2025].kilde
    assert "brudd" in deflator[2026].kilde
    assert "14700" in innebygde_punkter()["kpi"][2015].kilde


def test_en_datafil_med_hull_eller_uten_kilde_avvises(monkeypatch: pytest.MonkeyPatch) -> None:
    rad = {"serie": "kpi", "aar": "2015", "maal": "nivå", "verdi": "100", "kilde": "kilde: x", "utgave": "x", "status": "endelig"}  # fmt: skip
    assert indekser._punkt(rad).verdi == 100
    for felt in ("serie", "maal", "kilde", "utgave", "status"):
        with pytest.raises(ValueError, match=r"indekser\.csv"):
            indekser._punkt({**rad, felt: ""})


def test_egne_nivaaer_gjelder_i_hvilket_som_helst_grunnlag_og_innebygd_vekst_fyller_rundt() -> None:
    med = nivaaer("kommunal_deflator", {2019: 80.0, 2024: 100.0})
    innebygd = nivaaer("kommunal_deflator")
    assert (med[2019], med[2024]) == (80, 100)
    assert med[2025] == pytest.approx(100 * 1.04, rel=1e-15)  # after the own points: the built-in growth
    assert med[2022] == pytest.approx(
        80 * innebygd[2022] / innebygd[2019], rel=1e-14
    )  # between them: from the one before
    assert med[2017] / med[2019] == pytest.approx(innebygd[2017] / innebygd[2019], rel=1e-14)


def test_et_eget_kpi_punkt_staar_i_den_innebygde_seriens_grunnlag() -> None:
    med = nivaaer("kpi", {2025: 138.5})
    assert (med[2024], med[2025]) == (133.6, 138.5)
    assert med[2026] == pytest.approx(138.5 * 1.03, rel=1e-15)


def test_egen_vekst_i_prosent_gjelder_sitt_aar_og_flytter_aarene_etter() -> None:
    f = oppgitt({"indekser": {"kommunal_deflator": {"2025": "4,7 %"}, "kpi": {"2027": "2.5%"}, "loennsvekst": {"2027": "−1 %"}}}, "s", "s")  # fmt: skip
    deflator, kpi = (nivaaer(navn, f.indekser[navn]) for navn in ("kommunal_deflator", "kpi"))
    innebygd = nivaaer("kommunal_deflator")
    assert deflator[2025] / deflator[2024] == pytest.approx(1.047, rel=1e-14)
    assert deflator[2026] / deflator[2025] == pytest.approx(1.035, rel=1e-14)
    assert deflator[2024] == pytest.approx(innebygd[2024], rel=1e-14)
    assert kpi[2027] == pytest.approx(137.7 * 1.03 * 1.025, rel=1e-14)
    loenn = nivaaer("loennsvekst", f.indekser["loennsvekst"])
    assert loenn[2027] / loenn[2026] == pytest.approx(0.99, rel=1e-14)


def test_ett_nivaa_alene_sier_ingenting_om_vekst_og_avvises() -> None:
    data = {"indekser": {"loennsvekst": {"2024": 131.0}}}
    assert fra_toml(data, "s.toml", "s").prisaar == 2019  # nothing is converted
    with pytest.raises(UgyldigInndata, match="har bare ett nivå, for 2024"):
        regn_om(oppgitt(data, "s.toml", "s"), 2024)


def test_kpi_paa_ssbs_nye_grunnlag_avvises_i_stedet_for_aa_gi_en_fjerdedel_for_lite() -> None:
    ny_serie = {"indekser": {"kpi": {"2026": 103.0}}}
    with pytest.raises(UgyldigInndata, match=r"indekser\.kpi\.2026 er 103 og er ikke på samme grunnlag"):
        regn_om(oppgitt(ny_serie, "s.toml", "s"), 2026)
    # Both years from the same own series: the base does not matter.
    begge = {"indekser": {"kpi": {"2019": 80.5, "2026": 103.0}}}
    assert regn_om(oppgitt(begge, "s", "s"), 2026).unge_voksne.verdi_qaly == pytest.approx(1_120_000 * 103 / 80.5)


@pytest.mark.parametrize(
    ("indeks", "egne", "fra", "til", "ventet"),
    [
        ("kommunal_deflator", {}, 2019, 2025, [2020, 2021, 2022, 2023, 2024, 2025]),
        ("kommunal_deflator", {}, 2025, 2019, [2020, 2021, 2022, 2023, 2024, 2025]),
        ("kpi", {}, 2019, 2025, [2019, 2025]),
        ("kpi", {}, 2019, 2026, [2019, 2025, 2026]),
        ("kpi", {2026: 141.0}, 2019, 2026, [2019]),
        ("kommunal_deflator", {2019: 1.0, 2025: 1.3}, 2019, 2025, []),
        ("kommunal_deflator", {2019: 1.0, 2025: 1.3}, 2019, 2026, [2026]),
        ("kommunal_deflator", {2024: 1.0, 2025: 1.047}, 2019, 2025, [2020, 2021, 2022, 2023, 2024]),
        ("kommunal_deflator", {2020: 1.0, 2022: 1.1}, 2019, 2021, [2020, 2021]),
        ("loennsvekst", {2030: 1.0, 2031: 1.1}, 2030, 2031, []),
    ],
)
def test_hvilke_punkter_en_omregning_staar_paa(
    indeks: Indeks, egne: dict[int, float], fra: int, til: int, ventet: list[int]
) -> None:
    assert [p.aar for p in brukte_punkter(indeks, egne, fra, til)] == ventet


def test_uferdige_punkter_nevnes_bare_naar_de_er_brukt() -> None:
    def omregning(aar: int, egne: dict[str, Any]) -> str:
        return regn_om(oppgitt({"indekser": egne}, "s", "s"), aar).omregning

    assert "ikke endelige" not in omregning(2021, {})
    assert "kommunal deflator 2025 foreløpig" in omregning(2025, {})
    assert "kommunal deflator 2025" not in omregning(2025, {"kommunal_deflator": {"2025": "4,7 %"}})
    assert "kommunal deflator (egne tall)" in omregning(2025, {"kommunal_deflator": {"2025": "4,7 %"}})
    assert "(egne tall)" not in omregning(2025, {"kommunal_deflator": {"2026": "4,7 %"}})
    assert "KPI 2026 anslag" in omregning(2026, {})


def test_en_fil_gaar_foran_scenariets_egne_punkter_og_resten_blir_staaende() -> None:
    scenariets = {"kommunal_deflator": {"2019": 100, "2023": 120, "2024": 125}, "kpi": {"2024": 134.0, "2025": 138.0}}
    f = med_indekser(oppgitt({"indekser": scenariets}, "s", "s"), Indeksfil("felles.csv", {"kommunal_deflator": {2019: 10.0, 2024: 12.7}, "kpi": {2025: 139.0}}))  # fmt: skip
    deflator = f.indekser["kommunal_deflator"]
    assert deflator[2024] / deflator[2019] == pytest.approx(1.27, rel=1e-14)
    assert deflator[2023] / deflator[2019] == pytest.approx(1.20, rel=1e-14)
    assert f.indekser["kpi"] == {2024: 134.0, 2025: 139.0}
    assert "kommunal deflator (egne tall fra felles.csv)" in regn_om(f, 2024).omregning
    assert lagt_over("loennsvekst", {2015: 3.0}, {2030: 1.0, 2031: 1.1}) == {2030: 1.0, 2031: 1.1}


TOML = '[indekser.kommunal_deflator]\n2025 = "4,7 %"\n[indekser.kpi]\n2025 = 138.0\n'
CSV = "år;serie;verdi\n2025;kommunal deflator;4,7 %\n2025;KPI;138,0\n"


@pytest.mark.parametrize(
    ("navn", "innhold"), [("i.toml", TOML.encode()), ("i.csv", CSV.encode()), ("v.csv", CSV.encode("cp1252"))]
)
def test_samme_indekser_i_toml_og_csv(navn: str, innhold: bytes, tmp_path: Path) -> None:
    (tmp_path / navn).write_bytes(innhold)
    serier = les_indeksfil(tmp_path / navn).serier
    assert serier["kpi"] == {2025: 138.0}
    assert serier["kommunal_deflator"][2025] / serier["kommunal_deflator"][2024] == pytest.approx(1.047, rel=1e-14)


@pytest.mark.parametrize(
    ("navn", "innhold", "ventet"),
    [
        ("i.csv", "aar;serie\n2025;kpi\n", "linje 1 mangler kolonnen verdi"),
        (
            "i.csv",
            "aar;serie;verdi\n2025;boligpris;3\n",
            "linje 2 har serien «boligpris», ventet en av kommunal_deflator",
        ),
        ("i.csv", "aar;serie;verdi\n2025;kpi;138\n2025;kpi;139\n", "linje 3 gir kpi for 2025 én gang til"),
        ("i.csv", "aar;serie;verdi\n2025;kpi;mye\n", "indekser.kpi.2025 er teksten «mye»"),
        ("i.csv", "aar;serie;verdi\n25;kpi;138\n", "er ikke et årstall"),
        ("i.csv", "", "mangler kolonnen aar, serie, verdi"),
        ("i.csv", "aar;serie;verdi\n", "filen har ingen indekser"),
        ("i.toml", "navn = 'x'\n", "filen har ingen indekser"),
        ("i.toml", "indekser = 3\n", "indekser er 3, ventet en tabell"),
        ("i.toml", "indekser = [\n", "linje 1 er ikke riktig skrevet"),
        ("i.xlsx", "", "er ikke en indeksfil"),
    ],
)
def test_en_gal_indeksfil_avvises_med_sted(navn: str, innhold: str, ventet: str, tmp_path: Path) -> None:
    fil = tmp_path / navn
    fil.write_text(innhold, encoding="utf-8")
    svar = CliRunner().invoke(cli, ["run", "--indekser", str(fil)])
    assert svar.exit_code != 0
    assert ventet in str(svar.exception)
    assert navn in str(svar.exception)


@pytest.mark.treg
def test_valget_indekser_virker_likt_i_alle_kommandoer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("i.toml").write_text('[indekser.kommunal_deflator]\n2024 = "25 %"\n[indekser.kpi]\n2027 = "2 %"\n', encoding="utf-8")  # fmt: skip
    for navn in "ab":
        Path(f"{navn}.toml").write_text(f'navn = "{navn}"\nvis_i_prisaar = 2024\n', encoding="utf-8")
    med = ["--indekser", "i.toml"]

    def kjoer(*argumenter: str) -> str:
        svar = CliRunner().invoke(cli, [*argumenter, *med])
        assert svar.exit_code == 0, (argumenter, svar.output, svar.exception)
        return svar.stdout

    ventet = 550 * 1.010 * 1.044 * 1.067 * 1.043 * 1.25
    assert load_forutsetninger("a.toml", indekser="i.toml").unge_voksne.tiltak[0].enhetskostnad == pytest.approx(ventet)
    sum_ = json.loads(kjoer("run", "a.toml", "--format", "json"))["brukergrupper"]["familier"]["sum"]["kostnad"]
    kjoer("generate", "a.toml", "-o", "a.xlsx")
    kjoer("generate", "a.toml", "b.toml", "-o", "mappe")
    for bok in ("a.xlsx", "mappe/effektmodell_b.xlsx"):
        lest = load_forutsetninger(bok)
        assert lest.unge_voksne.tiltak[0].enhetskostnad == pytest.approx(ventet, rel=1e-14)
        assert lest.omregning.startswith(", regnet om fra 2019 med kommunal deflator (egne tall fra i.toml)")
        assert beregn(lest).grupper["familier"].sum["kostnad"] == pytest.approx(sum_, rel=1e-14)
    assert json.loads(kjoer("check", "a.xlsx", "--format", "json"))["endringer"][1:] == []  # but for its name
    kjoer("uncertainty", "a.toml", "--draws", "100")
    s = json.loads(kjoer("compare", "a.toml", "b.toml", "--draws", "100", "--format", "json"))
    assert s["kommuner"][0]["brukergrupper"]["familier"]["kostnad"] == pytest.approx(sum_, rel=1e-14)
    kjoer("new", "--from", "a.toml", "-o", "fra.toml")
    assert load_forutsetninger("fra.toml").indekser == load_forutsetninger("a.toml", indekser="i.toml").indekser
    kjoer("new", "Ny", "-o", "ny.toml")
    assert load_forutsetninger("ny.toml", 2024).unge_voksne.tiltak[0].enhetskostnad == pytest.approx(ventet, rel=1e-14)
    kjoer("prices", "a.toml", "-o", "p.csv")


def test_en_bok_fra_foer_seriene_var_innebygd_sammenlignes_med_det_den_ble_laget_med() -> None:
    """Version 0.2 converted services and wages by KPI, and said so; this file is one that it wrote in 2024 kroner."""
    fil = Path(__file__).parents[1] / "effektbok" / "data" / "format3_2024.xlsx"
    svar = json.loads(CliRunner().invoke(cli, ["check", str(fil), "--format", "json"]).stdout)
    assert svar["endringer"] == []
    assert "Sammenlignet i 2024-kroner, regnet om fra 2019 med KPI. Antakelse: KPI står inn for" in svar["merknader"][1]
