"""The assumption register as a user meets it."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path

from openpyxl import load_workbook

from tests.ladet import kjoer
from velferdslab_model.register import registerposter
from velferdslab_model.results import Resultat


def lest(csv_: bytes) -> list[dict[str, str]]:
    assert csv_.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(StringIO(csv_.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_generate_legger_til_fanen_forutsetninger(tmp_path: Path) -> None:
    assert kjoer("generate", "-o", "bok.xlsx", "--register", mappe=tmp_path).returncode == 0
    assert load_workbook(tmp_path / "bok.xlsx").sheetnames[7:] == ["Forutsetninger"]


def test_registeret_skrives_som_csv_ogsaa_uten_format(tmp_path: Path, standard: Resultat) -> None:
    ut = kjoer("run", "--register", mappe=tmp_path).stdout
    assert ut == kjoer("run", "--register", "--format", "csv", mappe=tmp_path).stdout
    rader = lest(ut)
    poster = registerposter(standard.forutsetninger)
    assert [r["noekkel"] for r in rader] == [post.noekkel for post in poster]
    assert [float(r["verdi"].replace(",", ".")) for r in rader] == [post.verdi for post in poster]
    assert [r["kilde"] for r in rader] == [post.kilde for post in poster]
    en = next(r for r in rader if r["noekkel"] == "familier.verdi_qaly")
    assert (en["verdi"], en["prisaar"], en["opphav"]) == ("1120000", "2019", "antakelse")
    assert (en["kan_endres_av"], en["hvor"]) == ("kommunen", "Familie | Gevinster!C10")


def test_registeret_som_json_har_de_samme_tallene(tmp_path: Path, standard: Resultat) -> None:
    svar = json.loads(kjoer("run", "--register", "--format", "json", mappe=tmp_path).stdout)
    assert [(p["noekkel"], p["verdi"], p["opphav"]) for p in svar["register"]] == [
        (post.noekkel, post.verdi, post.opphav) for post in registerposter(standard.forutsetninger)
    ]
