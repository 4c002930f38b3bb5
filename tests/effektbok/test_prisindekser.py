"""The block «Prisindekser»: the built-in points as inputs, next year's in one cell, read back and used by every command."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from tests.conftest import DATO
from tests.parameters.test_indekser import ENDELIG, PUBLISERT, SERIER
from tests.regneark import LibreOffice
from velferdslab_model.check.kontroll import kontroller
from velferdslab_model.cli import cli
from velferdslab_model.effektbok.assembly import planlegg
from velferdslab_model.effektbok.prisindekser import KILDENAVN, NAVN
from velferdslab_model.effektbok.writing import arbeidsbok
from velferdslab_model.errors import UgyldigInndata
from velferdslab_model.parameters.indeksblokk import BLOKKAAR, EGET_TALL, RADER, kjedet, med_punkter, merker, punkter
from velferdslab_model.parameters.indekser import nivaaer
from velferdslab_model.parameters.indeksfil import les_indeksfil
from velferdslab_model.parameters.kilder import UTEN_KILDE
from velferdslab_model.parameters.loading import fra_toml
from velferdslab_model.parameters.writing import som_toml
from velferdslab_model.results import beregn
from velferdslab_model.scenarios.loading import load_forutsetninger
from velferdslab_model.workbook.adresse import kolonnenavn
from velferdslab_model.workbook.kind import EFFEKTMODELL
from velferdslab_model.workbook.opening import aapne

ARK = "Introduksjonsark"
#: Next year's growth, by row of the block.
NESTE_AAR = {"kpi_vekst": 0.022, "kommunal_deflator": 0.031, "loennsvekst": 0.036}


def celle(noekkel: str, aar: int) -> str:
    sted = planlegg(beregn(load_forutsetninger()), DATO).steder[NAVN[noekkel]]
    return f"{kolonnenavn(sted.kol + aar - BLOKKAAR[0])}{sted.rad + 1}"


def skriv(fil: Path, verdier: dict[tuple[str, int], object], til: Path | None = None) -> Path:
    """Type into the block, without the numbers that follow from it."""
    bok = load_workbook(fil)
    for (noekkel, aar), verdi in verdier.items():
        bok[ARK][celle(noekkel, aar)] = verdi
    bok.save(til or fil)
    return til or fil


@pytest.fixture
def fil(tmp_path: Path) -> Path:
    ut = tmp_path / "bok.xlsx"
    ut.write_bytes(arbeidsbok(beregn(load_forutsetninger()), DATO))
    return ut


@pytest.mark.parametrize("plass", range(3))
def test_blokken_viser_hvert_innebygd_punkt_med_status_og_kjedet_nivaa(plass: int) -> None:
    steder, indeks = planlegg(beregn(load_forutsetninger()), DATO).steder, SERIER[plass]
    nivaa = 100.0
    for i, aar in enumerate(BLOKKAAR):
        rad = "kpi_vekst" if plass == 0 and aar > 2025 else indeks
        vist, merke = (steder[f"{NAVN[rad]}{del_}"].verdier[i] for del_ in ("", ".merke"))
        regnet = steder[f"prisindeks_nivaa_{indeks}"].verdier[i]
        if aar not in PUBLISERT:
            assert (vist, merke, regnet) == (None, "", ""), aar
            continue
        verdi, status = PUBLISERT[aar][plass]
        er_nivaa = plass == 0 and aar < 2026
        assert vist == pytest.approx(verdi if er_nivaa else verdi / 100, abs=1e-12), aar
        assert merke == status, aar
        nivaa = verdi if er_nivaa else 100.0 if aar == 2015 else nivaa * (1 + verdi / 100)
        assert regnet == pytest.approx(nivaa, rel=1e-12), aar
        assert regnet == pytest.approx(nivaaer(indeks)[aar], rel=1e-12), aar
    assert ENDELIG in steder[f"{NAVN[indeks]}.merke"].verdier


def test_neste_aars_indeks_er_en_celle_og_gjelder_alle_beloep_med_den(fil: Path) -> None:
    with pytest.raises(UgyldigInndata, match="2027"):
        load_forutsetninger(fil, 2027)
    skriv(fil, {(noekkel, 2027): vekst for noekkel, vekst in NESTE_AAR.items()})
    f, foer = load_forutsetninger(fil, 2027), load_forutsetninger()
    deflator = math.prod(1 + PUBLISERT[aar][1][0] / 100 for aar in range(2020, 2027)) * 1.031
    loenn = math.prod(1 + PUBLISERT[aar][2][0] / 100 for aar in range(2020, 2027)) * 1.036
    kpi = 137.7 * 1.03 * 1.022 / 110.8
    assert f.unge_voksne.nullalternativ[1] == pytest.approx(151_312 * deflator, rel=1e-12)
    assert f.unge_voksne.tiltak[0].enhetskostnad == pytest.approx(
        foer.unge_voksne.tiltak[0].enhetskostnad * deflator, rel=1e-12
    )
    assert f.familier.loennskostnad == pytest.approx(foer.familier.loennskostnad * loenn, rel=1e-12)
    assert f.unge_voksne.verdi_qaly == pytest.approx(foer.unge_voksne.verdi_qaly * kpi, rel=1e-12)
    # Whose the points are, and the forecast they hang on, follow the amounts.
    assert "egne tall" in f.omregning
    assert "kommunal deflator" in f.omregning
    assert "2026 anslag" in f.omregning
    # Nothing in this year's file moved.
    assert beregn(load_forutsetninger(fil)).to_dict() == beregn(foer).to_dict()


def test_et_eget_punkt_flytter_aarene_etter_og_ingen_foer(fil: Path) -> None:
    skriv(fil, {("kommunal_deflator", 2022): 0.06, ("kpi", 2021): 116.2})
    serier = load_forutsetninger(fil).indekser
    deflator, innebygd = nivaaer("kommunal_deflator", serier["kommunal_deflator"]), nivaaer("kommunal_deflator")
    for aar in range(2015, 2022):
        assert deflator[aar] / deflator[2015] == pytest.approx(innebygd[aar] / 100, rel=1e-12)
    for aar in range(2022, 2027):
        assert deflator[aar] / deflator[2015] == pytest.approx(innebygd[aar] / 100 * 1.06 / 1.067, rel=1e-12)
    kpi = nivaaer("kpi", serier["kpi"])
    assert {aar: n for aar, n in kpi.items() if n != nivaaer("kpi")[aar]} == {2021: 116.2}


def test_scenariets_egne_punkter_staar_i_blokken_og_et_nytt_legges_til(tmp_path: Path) -> None:
    egne = {"kommunal_deflator": {"2024": 100.0, "2025": 103.0, "2026": 106.0, "2027": 110.0}, "kpi": {"2026": "2,5 %"}}
    f = fra_toml({"indekser": egne}, "test", "test")
    vist, merket = punkter(f.indekser), merker(f.indekser)
    plass = BLOKKAAR.index(2025)
    assert vist["kommunal_deflator"][plass : plass + 3] == pytest.approx((0.03, 106 / 103 - 1, 110 / 106 - 1), rel=1e-9)
    assert merket["kommunal_deflator"][plass : plass + 3] == (EGET_TALL,) * 3
    # Up to the first own level the built-in growth is shown as it is.
    assert merket["kommunal_deflator"][plass - 1] == ENDELIG
    assert vist["kpi_vekst"][plass + 1] == 0.025
    fil = tmp_path / "bok.xlsx"
    fil.write_bytes(arbeidsbok(beregn(f), DATO))
    assert load_forutsetninger(fil).indekser == f.indekser
    skriv(fil, {("kommunal_deflator", 2026): 0.05})
    nivaa = nivaaer("kommunal_deflator", load_forutsetninger(fil).indekser["kommunal_deflator"])
    assert nivaa[2026] / nivaa[2024] == pytest.approx(1.03 * 1.05, rel=1e-12)
    assert nivaa[2027] / nivaa[2026] == pytest.approx(110 / 106, rel=1e-9)


def test_kjeden_i_blokken_er_motorens_egen_ogsaa_etter_endringer() -> None:
    """The rows' own formulas and the engine give the same levels, whatever point is changed."""
    egne = fra_toml({"indekser": {"loennsvekst": {"2023": 50.0, "2025": 56.0}}}, "test", "test").indekser
    foer = punkter(egne)
    for rad in RADER:
        for plass in rad.aapne:
            if foer[rad.noekkel][plass] is None:
                continue
            naa = {n: list(rekke) for n, rekke in foer.items()}
            naa[rad.noekkel][plass] = 0.077 if rad.maal == "vekst" else (foer[rad.noekkel][plass] or 0) + 0.4
            nivaa = nivaaer(rad.indeks, med_punkter(egne, foer, naa)[rad.indeks])
            vist = kjedet({n: tuple(rekke) for n, rekke in naa.items()})[rad.indeks]
            for i, n in enumerate(vist):
                if n is not None:
                    assert n / (vist[0] or 0) == pytest.approx(nivaa[BLOKKAAR[i]] / nivaa[2015], rel=1e-10), (
                        rad,
                        plass,
                    )


@pytest.mark.treg(unntatt=1)
@pytest.mark.parametrize(
    ("noekkel", "aar", "verdi", "ventet"),
    [
        ("kommunal_deflator", 2024, None, r"deflator, vekst fra året før 2024\) er tom, ventet .*det stod 5"),
        ("kommunal_deflator", 2028, 0.03, r"2028\) er en vekst fra 2027, men for 2027 står det ikke noe tall"),
        ("loennsvekst", 2027, "3,5 %", r"er «3,5 %», ventet en vekst fra .*50"),
        ("loennsvekst", 2027, 3.5, r"er 3,5, ventet en vekst .* for eksempel «3,5 %»"),
        ("kpi", 2025, 0, r"KPI, nivå 2025\) er 0, ventet et tall fra 0,01 .*det stod 137,7"),
        ("kpi", 2020, True, r"KPI, nivå 2020\) er SANN"),
    ],
)  # fmt: skip
def test_en_celle_som_ikke_kan_leses_avvises_med_adressen(
    noekkel: str, aar: int, verdi: object, ventet: str, fil: Path
) -> None:
    skriv(fil, {(noekkel, aar): verdi})
    with pytest.raises(UgyldigInndata, match=f"{ARK}!{celle(noekkel, aar)} .*{ventet}") as feil:
        load_forutsetninger(fil)
    assert len(feil.value.feil) == 1
    svar = kontroller(fil)
    assert [(f.slag, f.sted) for f in svar.funn if f.slag == "inndata"] == [("inndata", f"{ARK}!{celle(noekkel, aar)}")]


def test_uten_dokumentegenskaper_er_tallene_i_blokken_likevel_lest(fil: Path) -> None:
    skriv(fil, {(noekkel, 2027): vekst for noekkel, vekst in NESTE_AAR.items()})
    med = load_forutsetninger(fil, 2027)
    bok = load_workbook(fil)
    for navn in list(bok.custom_doc_props.names):
        del bok.custom_doc_props[navn]
    bok.save(fil)
    assert load_forutsetninger(fil, 2027).unge_voksne.nullalternativ == med.unge_voksne.nullalternativ


KILDE = "Kommunens økonomiavdeling; brev 3.11"


def skriv_kilde(fil: Path, indeks: str, tekst: str) -> Path:
    bok, sted = load_workbook(fil), aapne(fil, EFFEKTMODELL).omraade(KILDENAVN[indeks])
    assert sted is not None
    bok[sted.ark][sted.adresse] = tekst
    bok.save(fil)
    return fil


@pytest.mark.treg
def test_kilden_til_egne_punkter_er_en_celle_og_foelger_punktene(fil: Path, tmp_path: Path) -> None:
    skriv_kilde(
        skriv(fil, {("kommunal_deflator", 2027): 0.031, ("kpi_vekst", 2027): 0.022}), "kommunal_deflator", KILDE
    )
    f = load_forutsetninger(fil)
    assert f.indekskilder == {"kommunal_deflator": KILDE}
    svar = kontroller(fil)
    assert svar.funn == []
    assert {e.noekkel: e.kilde for _, e in svar.endringer} == {
        "indekser.kommunal_deflator.2027": KILDE,
        "indekser.kpi_vekst.2027": UTEN_KILDE,
    }
    med_loenn = skriv(fil, {("loennsvekst", 2027): 0.036})
    i_2027 = load_forutsetninger(med_loenn, 2027)
    assert i_2027.omregning.endswith(f". Kilde til egne tall: kommunal deflator: {KILDE}")
    # Kept in a scenario file and in the next workbook, where it says nothing of another point.
    neste = tmp_path / "neste.xlsx"
    assert CliRunner().invoke(cli, ["generate", str(fil), "-o", str(neste)]).exit_code == 0
    (tmp_path / "s.toml").write_text(som_toml(i_2027, "bok.xlsx"), encoding="utf-8")
    assert (
        load_forutsetninger(tmp_path / "s.toml").indekskilder
        == load_forutsetninger(neste).indekskilder
        == f.indekskilder
    )
    assert kontroller(neste, fil).endringer == []
    skriv(neste, {("kommunal_deflator", 2026): 0.04})
    assert {e.kilde for _, e in kontroller(neste, fil).endringer} == {UTEN_KILDE}
    ny = kontroller(skriv_kilde(neste, "loennsvekst", "Tarifforhandlingene")).endringer
    assert [
        (sted == str(aapne(neste, EFFEKTMODELL).omraade(KILDENAVN["loennsvekst"])), e.ny)
        for sted, e in ny
        if e.enhet == "tekst"
    ] == [(True, "Tarifforhandlingene")]


@pytest.mark.parametrize(("tekst", "sagt"), [("x" * 1001, "har 1001 tegn"), ("#N/A", "Rett formelen i cellen")])
def test_en_kilde_som_ikke_kan_leses_avvises_med_cellen(tekst: str, sagt: str, fil: Path) -> None:
    sted = aapne(skriv_kilde(fil, "kpi", tekst), EFFEKTMODELL).omraade(KILDENAVN["kpi"])
    with pytest.raises(UgyldigInndata, match=f"{sted} .*{sagt}"):
        load_forutsetninger(fil)


def test_en_indeksfil_kan_si_hvor_punktene_kommer_fra(tmp_path: Path) -> None:
    toml, csv_fil = tmp_path / "i.toml", tmp_path / "i.csv"
    toml.write_text(
        '[indekser.kommunal_deflator]\n2027 = "3,1 %"\n[indekser.kilder]\nkommunal_deflator = "Meld. St. 1"\n', "utf-8"
    )
    csv_fil.write_text(
        "aar;serie;verdi;kilde\n2027;kommunal deflator;3,1 %;Meld. St. 1\n2028;kommunal deflator;3,0 %;Meld. St. 1\n",
        "utf-8",
    )
    for en in (toml, csv_fil):
        assert les_indeksfil(en).kilder == {"kommunal_deflator": "Meld. St. 1"}
        assert load_forutsetninger(indekser=en).indekskilder == {"kommunal_deflator": "Meld. St. 1"}
    toml.write_text('[indekser.kpi]\n2027 = "3,1 %"\n[indekser.kilder]\nkpii = "x"\nkpi = 3\n', "utf-8")
    with pytest.raises(UgyldigInndata) as feil:
        les_indeksfil(toml)
    assert [("kpii" in t, "indekser.kilder.kpi er 3" in t) for t in feil.value.feil] == [(True, False), (False, True)]


@pytest.fixture(scope="module")
def norsk() -> Iterator[LibreOffice]:
    from tests.conftest import hopp_over
    from tests.regneark import hvorfor_ikke_libreoffice

    if grunn := hvorfor_ikke_libreoffice():
        hopp_over(grunn)
    with LibreOffice("nb-NO") as lo:
        yield lo


@pytest.mark.treg
@pytest.mark.libreoffice
def test_tastet_i_libreoffice_foelger_alt_med_og_check_sier_hva_som_er_nytt(
    fil: Path, norsk: LibreOffice, tmp_path: Path
) -> None:
    til = tmp_path / "ny.xlsx"
    tastet = {("kpi_vekst", 2027): "2,2 %", ("kommunal_deflator", 2027): "3,1 %", ("kommunal_deflator", 2025): "4,2%"}
    skrevet: list[tuple[str, str, Any]] = [(ARK, celle(*sted), {"tastet": tekst}) for sted, tekst in tastet.items()]
    norsk.lagre(fil, til, skrevet)
    svar = kontroller(til)
    assert (svar.leselig, list(svar.funn)) == (True, [])
    assert {(sted, e.noekkel, e.ny) for sted, e in svar.endringer} == {
        (f"{ARK}!{celle('kpi_vekst', 2027)}", "indekser.kpi_vekst.2027", 0.022),
        (f"{ARK}!{celle('kommunal_deflator', 2027)}", "indekser.kommunal_deflator.2027", 0.031),
        (f"{ARK}!{celle('kommunal_deflator', 2025)}", "indekser.kommunal_deflator.2025", 0.042),
    }
    innhold, steder = aapne(til, EFFEKTMODELL), planlegg(beregn(load_forutsetninger(til)), DATO).steder
    assert innhold.verdi("kontroll") == "OK"
    # Other digest, and the mark of the point that is no longer the built-in one.
    assert innhold.verdi("kontrolltall") != aapne(fil, EFFEKTMODELL).verdi("kontrolltall")
    rad = steder[f"{NAVN['kommunal_deflator']}.merke"].rad + 1
    assert innhold.verdier[ARK][f"{celle('kommunal_deflator', 2025).rstrip('0123456789')}{rad}"] == EGET_TALL
    # The next file made of it shows the same points, and converts by them.
    neste = tmp_path / "neste.xlsx"
    assert CliRunner().invoke(cli, ["generate", str(til), "--prisaar", "2025", "-o", str(neste)]).exit_code == 0
    ventet = 151_312 * math.prod(1 + PUBLISERT[aar][1][0] / 100 for aar in range(2020, 2025)) * 1.042
    assert load_forutsetninger(neste).unge_voksne.nullalternativ[1] == pytest.approx(ventet, rel=1e-12)
    assert punkter(load_forutsetninger(neste).indekser)["kommunal_deflator"] == pytest.approx(
        punkter(load_forutsetninger(til).indekser)["kommunal_deflator"]
    )
    tekst = CliRunner().invoke(cli, ["check", str(neste), "--against", str(til), "--format", "json"])
    assert json.loads(tekst.stdout)["endringer"] == []
