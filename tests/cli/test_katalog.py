"""velferdslab katalog: the same search on the screen, in CSV, JSON and as a workbook."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from velferdslab_model.cli import cli

SOEK = ["katalog", "--soek", "barnevernsinstitusjon", "--prisaar", "2024"]


def kjoer(*argumenter: str) -> str:
    svar = CliRunner().invoke(cli, argumenter)
    assert svar.exit_code == 0, (svar.output, svar.exception)
    return svar.stdout


def test_samme_soek_i_tabell_csv_json_og_arbeidsbok(tmp_path: Path) -> None:
    priser = json.loads(kjoer(*SOEK, "--format", "json"))["priser"]
    ider = [p["id"] for p in priser]
    assert ider[:4] == [f"barnevernsinstitusjon_doegn_{aar}" for aar in (2022, 2019, 2017, 2013)]
    assert priser[0]["beloep"] == 15_562
    assert priser[0]["beloep_i_prisaaret"] == pytest.approx(15_562 * 1.043 * 1.05, rel=1e-13)
    assert priser[3]["beloep_i_prisaaret"] is None
    assert priser[1]["avloest_av"] == "barnevernsinstitusjon_doegn_2022"

    rader = list(csv.DictReader(StringIO(kjoer(*SOEK, "--format", "csv").removeprefix("\ufeff")), delimiter=";"))
    assert [rad["id"] for rad in rader] == ider
    assert list(rader[0]) == list(priser[0])
    assert float(rader[0]["beloep_i_prisaaret"].replace(",", ".")) == priser[0]["beloep_i_prisaaret"]
    assert rader[0]["overfoering"] == "nei"

    # What is printed can be given back, and then it is the municipality's own.
    (tmp_path / "egne.csv").write_text(kjoer(*SOEK, "--format", "csv"), "utf-8")
    igjen = json.loads(kjoer("katalog", "--katalog", str(tmp_path / "egne.csv"), *SOEK[1:], "--format", "json"))[
        "priser"
    ]
    assert [(p["id"], p["beloep"], p["fil"]) for p in igjen] == [(p["id"], p["beloep"], "egne.csv") for p in priser]
    assert {p["grad_betyr"] for p in igjen} == {"egen vurdering"}

    kjoer(*SOEK, "-o", str(tmp_path / "p.xlsx"))
    ark = openpyxl.load_workbook(tmp_path / "p.xlsx").active
    assert ark is not None
    celler = list(ark.iter_rows(min_row=5, values_only=True))
    assert [rad[-1] for rad in celler] == ider
    assert celler[0][1] == 15_562
    assert celler[0][4] == pytest.approx(15_562 * 1.043 * 1.05, rel=1e-13)

    tabell = kjoer(*SOEK)
    assert [tabell.index(f"{id_}:") for id_ in ider] == sorted(tabell.index(f"{id_}:") for id_ in ider)
    assert "15 562" in tabell.replace("\N{NO-BREAK SPACE}", " ")
    assert "17 043" in tabell.replace("\N{NO-BREAK SPACE}", " ")
    assert all(len(linje) <= 100 for linje in tabell.splitlines())


def test_hvert_tall_sier_hvilken_indeks_det_er_regnet_om_med_i_alle_formater(tmp_path: Path) -> None:
    """By hand, to 2019 kroner: 2841 by KPI (110.8 / 122.8), and as a price of the model by the deflator (1.01 x 1.044 x 1.067)."""
    soek = ["katalog", "--soek", "bostoette_husstand_2022_januar", "--prisaar", "2019"]
    (rad,) = json.loads(kjoer(*soek, "--format", "json"))["priser"]
    ventet = (2841 * 110.8 / 122.8, "med KPI", 2841 / (1.01 * 1.044 * 1.067), "med kommunal deflator")
    felt = ("beloep_i_prisaaret", "omregning", "beloep_valgt_som_pris", "omregning_valgt_som_pris")
    assert tuple(rad[n] for n in felt) == (pytest.approx(ventet[0]), ventet[1], pytest.approx(ventet[2]), ventet[3])
    (fra_csv,) = csv.DictReader(StringIO(kjoer(*soek, "--format", "csv").removeprefix("\ufeff")), delimiter=";")
    assert [fra_csv[n].replace(",", ".") for n in felt] == [str(rad[n]) for n in felt]
    sagt = "med KPI; valgt som pris: 2 525,14 kr med kommunal deflator"
    assert sagt in " ".join(kjoer(*soek).split())
    kjoer(*soek, "-o", str(tmp_path / "p.xlsx"))
    ark = openpyxl.load_workbook(tmp_path / "p.xlsx").active
    assert ark is not None
    assert (ark["E5"].value, str(ark["F5"].value).replace("\N{NO-BREAK SPACE}", " ")) == (
        pytest.approx(ventet[0]),
        sagt,
    )
    # A service has one index, and one number.
    (service,) = json.loads(
        kjoer("katalog", "--soek", "praktisk_bistand_rennebu_2018", "--prisaar", "2019", "--format", "json")
    )["priser"]
    assert (service["omregning"], service["beloep_valgt_som_pris"]) == ("med kommunal deflator", None)


def test_eldre_enn_viser_det_som_maa_fornyes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")  # September 2026
    ider = [p["id"] for p in json.loads(kjoer("katalog", "--eldre-enn", "3", "--format", "json"))["priser"]]
    assert "krisesenter_doegn_2018" in ider
    assert "fosterhjem_0_5_2024" not in ider
    assert "sosialhjelp_enslig_2019" not in ider


def test_xlsx_uten_fil_og_et_ukjent_soek_sies_fra_om(tmp_path: Path) -> None:
    svar = CliRunner().invoke(cli, ["katalog", "--format", "xlsx"])
    assert svar.exit_code == 2
    assert "oppgi hvor med -o" in svar.output
    assert "Ingen priser passer" in kjoer("katalog", "--soek", "romferge")
    (tmp_path / "p.xlsx").write_bytes(b"noe annet")
    svar = CliRunner().invoke(cli, ["katalog", "-o", str(tmp_path / "p.xlsx")])
    assert "p.xlsx" in str(svar.exception)
    assert (tmp_path / "p.xlsx").read_bytes() == b"noe annet"
