"""The rules for formulas find what breaks them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.regler import formelfeil, lengdefeil, omskiftelige
from tests.workbook.test_plan import SLAG
from velferdslab_model.workbook.plan import Bok


@pytest.mark.parametrize(
    ("formel", "regel"),
    [
        ("=A1*12", "tall"),
        ("=A1*1.5", "tall"),
        ("=OFFSET(A1,0,1)", "funksjon"),
        ("=XLOOKUP(A1,B1:B2,C1:C2)", "funksjon"),
        ("=IF(A1,IF(A1,IF(A1,IF(A1,1,0),0),0),0)", "dybde"),
        (f'=A1&"{"x" * 256}"', "lengde"),
        ("=#REF!+1", "henvisning"),
        ("=[1]Ark!A1", "henvisning"),
    ],
)
def test_en_formel_som_bryter_en_regel_blir_nevnt_med_celle(formel: str, regel: str) -> None:
    ark = Bok(SLAG, "x").nytt_ark("Ark")
    ark.formel(1, 1, formel, 0, "heltall")
    assert [f for f in formelfeil(ark.bok) if f.startswith(f"{regel}: Ark!B2: {formel}")]


def test_en_formel_som_holder_reglene_nevnes_ikke() -> None:
    ark = Bok(SLAG, "x").nytt_ark("Ark")
    ark.formel(0, 0, "=IF('Ark 2'!$B$12=1,SUM(UV_aar2)*(1-C13),\"12 [x]\")", 0, "heltall")
    assert formelfeil(ark.bok) == omskiftelige(ark.bok) == []


def test_det_excel_ikke_tar_blir_nevnt() -> None:
    bok = Bok(SLAG, "x")
    ark = bok.nytt_ark("A/B")
    ark.tekst(0, 0, "x" * 32_768)
    # The plan refuses two names that differ in case only; a book of another origin may still hold them.
    ark.verdi("a", 1, 0, 1.0, "desimal", navn="navnet")
    ark.verdi("b", 2, 0, 1.0, "desimal", navn="annet")
    bok.steder["b"] = replace(bok.steder["b"], navn="Navnet")
    meldinger = {"input_title": "t", "error_title": "t" * 33, "input_message": "", "error_message": ""}
    ark.valideringer.append((0, 0, 0, 0, meldinger))
    ark.formel(3, 0, "=TODAY()", 1, "dato")
    assert len(lengdefeil(bok)) == 4
    assert len(omskiftelige(bok)) == 1
