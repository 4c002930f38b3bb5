"""The list as it is written: every price in its own year, text as text, locked but for what is to be edited."""

from __future__ import annotations

import csv
from datetime import date, datetime
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from tests.cli.test_kommandolinje import avvist
from tests.conftest import DATO
from tests.ladet import kjoer
from tests.prisliste.lister import FIENDTLIGE_NAVN, HODE, fiendtlig_scenario, skriv_liste, xlsx_fil
from tests.workbook.test_ooxml import feil, validator
from velferdslab_model.cli import cli
from velferdslab_model.prisliste.writing import prisliste_csv, prisliste_xlsx
from velferdslab_model.scenarios.loading import les_oppgitt

__all__ = ["validator"]  # a fixture, found by its name


def test_lister_som_ikke_kan_skrives_avvises(tmp_path: Path) -> None:
    (tmp_path / "tom.toml").write_text(
        "unge_voksne.behold_standardtiltak = false\nfamilier.behold_standardtiltak = false"
    )
    assert "har ingen tiltak" in avvist(kjoer("prices", "tom.toml", "-o", "p.xlsx", mappe=tmp_path))
    assert "slutter på .xlsx eller .csv" in avvist(kjoer("prices", "-o", "p.txt", mappe=tmp_path))
    assert "Mangler valget '-o'" in avvist(kjoer("prices", mappe=tmp_path))
    assert [p.name for p in tmp_path.iterdir()] == ["tom.toml"]


@pytest.mark.parametrize("endelse", ["xlsx", "csv"])
def test_uroert_liste_erstattes_og_redigert_blir_staaende(endelse: str, tmp_path: Path) -> None:
    fil = tmp_path / f"priser.{endelse}"
    for _ in range(2):
        svar = kjoer("prices", "-o", fil, mappe=tmp_path)
        assert svar.returncode == 0, svar.stderr
    assert f"Skrev {fil} med 48 priser" in svar.stderr.decode()
    redigert = xlsx_fil({"D8": 520}) if endelse == "xlsx" else fil.read_bytes().replace(b";475;", b";520;")
    fil.write_bytes(redigert)
    assert "finnes og er endret" in avvist(kjoer("prices", "-o", fil, mappe=tmp_path))
    assert fil.read_bytes() == redigert
    assert kjoer("prices", "-o", fil, "--force", mappe=tmp_path).returncode == 0
    assert fil.read_bytes() != redigert


def test_en_uroert_arbeidsbok_erstattes_ikke_av_en_prisliste(standardfil: Path, tmp_path: Path) -> None:
    fil = tmp_path / "bok.xlsx"
    fil.write_bytes(standardfil.read_bytes())
    assert "er en arbeidsbok med effektmodellen, ikke en prisliste" in avvist(
        kjoer("prices", "-o", fil, mappe=tmp_path)
    )


def test_samme_scenario_og_dato_gir_samme_bytes() -> None:
    oppgitt = les_oppgitt()
    assert prisliste_xlsx(oppgitt, "p.xlsx", DATO) == prisliste_xlsx(oppgitt, "p.xlsx", DATO)
    assert prisliste_csv(oppgitt) == prisliste_csv(oppgitt)


def test_navn_fra_brukere_blir_aldri_formler(tmp_path: Path) -> None:
    scenario = fiendtlig_scenario(tmp_path)
    ark = load_workbook(skriv_liste(tmp_path / "priser.xlsx", scenario))["Priser"]
    celler = [celle for rad in ark.iter_rows() for celle in rad if isinstance(celle.value, str)]
    assert all(celle.data_type == "s" and celle.hyperlink is None for celle in celler)
    assert ark["B5"].value == FIENDTLIGE_NAVN[0]
    tekst = skriv_liste(tmp_path / "priser.csv", scenario).read_bytes().decode("utf-8-sig")
    for rad in csv.reader(StringIO(tekst), delimiter=";"):
        assert not [felt for felt in rad if felt.startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＠"))]
    navn = [rad[1] for rad in csv.reader(StringIO(tekst), delimiter=";")]
    assert navn[1:4] == ["'=HYPERLINK(0)", "'@SUM(1)", "'+cmd|' /C calc'!A0"]
    assert "'s-Gravenhage" in navn


def test_laas_utskrift_og_regler_i_arket(tmp_path: Path) -> None:
    ark = load_workbook(skriv_liste(tmp_path / "priser.xlsx"))["Priser"]
    assert ark.protection.sheet
    assert not ark.protection.autoFilter  # False: not locked
    assert {c.column_letter for rad in ark.iter_rows() for c in rad if not c.protection.locked} == set("DGHIJ")
    assert ark.freeze_panes == "C5"
    assert ark.auto_filter.ref == "A4:J39"
    assert (ark.page_setup.orientation, ark.page_setup.paperSize, ark.page_setup.fitToHeight) == ("landscape", 9, 0)
    assert ark.sheet_properties.pageSetUpPr.fitToPage
    regler = {str(r.sqref): r for r in ark.data_validations.dataValidation}
    assert set(regler) == {f"{kolonne}5:{kolonne}{39 if kolonne == 'J' else 58}" for kolonne in "DGHIJ"}
    assert all(r.error and r.errorTitle == "Verdien er ikke lovlig" and r.prompt for r in regler.values())
    assert "velferdslab generate --prices priser.xlsx" in ark["A3"].value


def test_datoer_er_datoer_i_arket_og_egne_ark_kan_legges_til(tmp_path: Path) -> None:
    fil = tmp_path / "priser.xlsx"
    fil.write_bytes(
        prisliste_xlsx(les_oppgitt(), fil.name, DATO, {("familier", "tiltak.Avlastning"): date(2024, 2, 29)})
    )
    bok = load_workbook(fil)
    endret = {rad[1].value: rad[8] for rad in bok["Priser"].iter_rows(min_row=5) if rad[0].value == "Familie"}
    assert endret["Avlastning"].value == datetime(2024, 2, 29)
    assert endret["Avlastning"].number_format == "dd.mm.yyyy"
    assert bok.security is None or not bok.security.lockStructure


def test_datoer_skrives_som_i_norge() -> None:
    datoer = {("familier", "tiltak.Avlastning"): date(2024, 2, 29)}
    assert "\r\nFamilie;Avlastning;drift;400;kr per time;kommune;2019;;antakelse: anslag uten kilde;29.02.2024\r\n" in (
        prisliste_csv(les_oppgitt(), datoer).decode("utf-8-sig")
    )


def test_listen_viser_hver_pris_i_sitt_eget_prisaar(tmp_path: Path) -> None:
    scenario = tmp_path / "s.toml"
    scenario.write_text('prisaar = 2022\n[[unge_voksne.tiltak]]\nnavn = "Booppfølging"\nenhetskostnad = 520.5', "utf-8")
    rader = list(csv.reader(StringIO(prisliste_csv(les_oppgitt(scenario)).decode("utf-8-sig")), delimiter=";"))
    assert rader[0] == HODE
    aar = {(r[0], r[1]): (r[3], r[6]) for r in rader[1:]}
    assert aar["Unge voksne", "Booppfølging"] == ("520,5", "2022")
    assert aar["Familie", "Booppfølging"] == ("475", "2019")


@pytest.mark.parametrize("hvilket", ["standard", "fiendtlige navn"])
def test_prislisten_er_gyldig_ooxml(hvilket: str, validator: str, tmp_path: Path) -> None:  # the fixture
    scenario = fiendtlig_scenario(tmp_path) if hvilket != "standard" else None
    assert feil(validator, skriv_liste(tmp_path / "priser.xlsx", scenario)) == []


def test_kommandoen_som_foreslaas_har_anfoersel_rundt_navn_med_mellomrom(tmp_path: Path) -> None:
    svar = CliRunner().invoke(cli, ["prices", "-o", str(tmp_path / "nye priser.xlsx")])
    assert f'--prices "{tmp_path / "nye priser.xlsx"}"' in svar.stderr
