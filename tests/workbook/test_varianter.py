"""A corpus made here: our files as other programs write them give the same numbers, and no accusation, in every command."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.conftest import DATO
from tests.scenarier import KONSTRUERTE
from tests.workbook.fiendtlige import deler, pakk
from tests.workbook.varianter import LIKE, kalender_1904, uten_stiler, variant
from velferdslab_model.check.kontroll import kontroller
from velferdslab_model.cli import cli
from velferdslab_model.effektbok.writing import arbeidsbok
from velferdslab_model.errors import KanIkkeLese
from velferdslab_model.parameters.loading import fra_toml
from velferdslab_model.prisliste.applying import legg_over
from velferdslab_model.prisliste.reading import les_tabell
from velferdslab_model.prisliste.writing import prisliste_xlsx
from velferdslab_model.results import beregn
from velferdslab_model.scenarios.loading import les_oppgitt, load_forutsetninger
from velferdslab_model.workbook.cells import uten_escape
from velferdslab_model.workbook.numberformat import er_dato, er_prosent, fremmed_valuta

#: A price list has no shared formulas, local names or line breaks that these could change.
_IKKE_I_PRISLISTEN = {"delte_formler", "visninger_og_solver", "excels_linjeskift"}


@pytest.fixture(scope="module")
def bok() -> bytes:
    f = fra_toml({"navn": "Konstruert", "prisaar": 2021, **KONSTRUERTE["eget_tiltak"]}, "t", "t")
    return arbeidsbok(beregn(f), DATO)


@pytest.mark.parametrize("navn", LIKE)
def test_en_arbeidsbok_slik_et_annet_program_skriver_den_gir_samme_tall_og_ingen_funn(
    navn: str, bok: bytes, tmp_path: Path
) -> None:
    fra, til = tmp_path / "fra.xlsx", tmp_path / "til.xlsx"
    fra.write_bytes(bok)
    til.write_bytes(variant(bok, navn))
    ventet, lest = load_forutsetninger(fra), load_forutsetninger(til)
    assert lest == ventet
    kontroll = kontroller(til, fra)
    assert kontroll.funn == []
    assert list(kontroll.endringer) == []
    assert ("Dokumentegenskapene" in str(kontroll.merknader)) == (navn == "uten_egenskaper")


@pytest.mark.parametrize("navn", sorted(set(LIKE) - _IKKE_I_PRISLISTEN))
def test_en_prisliste_slik_et_annet_program_skriver_den_endrer_ingenting(navn: str, tmp_path: Path) -> None:
    oppgitt, liste = les_oppgitt(None), tmp_path / "priser.xlsx"
    liste.write_bytes(variant(prisliste_xlsx(oppgitt, "priser.xlsx", DATO), navn))
    endring = legg_over(oppgitt, liste)
    assert (endring.endret, endring.utenfor, endring.nye_kilder) == (0, 0, 0)
    assert endring.oppgitt == oppgitt


def test_uten_stiler_leses_tallene(bok: bytes, tmp_path: Path) -> None:
    fra, til = tmp_path / "fra.xlsx", tmp_path / "til.xlsx"
    fra.write_bytes(bok)
    til.write_bytes(pakk(uten_stiler(deler(bok))))
    assert load_forutsetninger(til) == load_forutsetninger(fra)


def test_datoer_leses_i_kalenderen_fra_1904(tmp_path: Path) -> None:
    oppgitt, liste = les_oppgitt(None), tmp_path / "priser.xlsx"
    innhold = prisliste_xlsx(oppgitt, "priser.xlsx", DATO, {("unge_voksne", "Booppfølging"): date(2025, 1, 31)})
    liste.write_bytes(innhold)
    (vanlig,) = {rad["sist endret"].dato for rad in les_tabell(liste).rader} - {None}
    liste.write_bytes(pakk(kalender_1904(deler(innhold))))
    (senere,) = {rad["sist endret"].dato for rad in les_tabell(liste).rader} - {None}
    assert vanlig == date(2025, 1, 31)
    assert senere == date(2029, 2, 1)


@pytest.mark.parametrize(
    ("navn", "innhold", "ventet"),
    [
        ("bok.ods", "ods", "OpenDocument-fil (.ods)"),
        ("bok.fods", b'<?xml version="1.0"?><o:document xmlns:o="urn:oasis:names:tc:opendocument:x"/>', "(.fods)"),
        ("bok.xlsx", b"\xd0\xcf\x11\xe0" + bytes(600), "det gamle formatet .xls"),
        ("bok.xlsx", b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "passordbeskyttet"),
        ("bok.xlsx", b"<html><table/></html>", "en nettside"),
        ("bok.xlsx", b"%PDF-1.7", "en PDF"),
    ],
)
def test_et_annet_format_blir_nevnt_med_hva_den_skal_lagres_som(
    navn: str, innhold: bytes | str, ventet: str, tmp_path: Path
) -> None:
    if innhold == "ods":
        innhold = pakk({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x/>"})
    (tmp_path / navn).write_bytes(innhold if isinstance(innhold, bytes) else b"")
    for kommando in ("run", "check"):
        svar = CliRunner().invoke(cli, [kommando, str(tmp_path / navn)])
        assert isinstance(svar.exception, KanIkkeLese)
        assert ventet in str(svar.exception)
        assert "ødelagt" not in str(svar.exception)
        assert "mangler deler" not in str(svar.exception)


@pytest.mark.parametrize(
    ("form", "dato", "prosent", "valuta"),
    [
        ('_-* #,##0.00_-;\\-* #,##0.00_-;_-* "-"??_-;_-@_-', False, False, None),
        ('_-"kr"\\ * #,##0.00_-', False, False, None),
        ('#,##0",-"', False, False, None),
        ("[$kr-414]\\ #,##0", False, False, None),
        ("[Red]#,##0", False, False, None),
        ("General", False, False, None),
        ("0.0\\ %", False, True, None),
        ('0.0"%"', False, False, None),
        ('"$"#,##0.00', False, False, "$"),
        ("[$$-409]#,##0.00", False, False, "$"),
        ("$#,##0", False, False, "$"),
        ("\\$#,##0", False, False, "$"),
        ("[$€-2]\\ #,##0", False, False, "€"),
        ("#,##0\\ [$kr-41D]", False, False, "svenske, danske eller islandske kroner"),
        ("#,##0\\ [$USD]", False, False, "USD"),
        ("dd.mm.yyyy", True, False, None),
        ("[$-414]d. mmmm yyyy;@", True, False, None),
        ("[h]:mm:ss", True, False, None),
        ('0 "dager"', False, False, None),
    ],
)
def test_et_tallformat_leses_tegn_for_tegn(form: str, dato: bool, prosent: bool, valuta: str | None) -> None:
    assert (er_dato(form), er_prosent(form), fremmed_valuta(form)) == (dato, prosent, valuta)


def test_excels_skrivemaate_for_styretegn_leses_som_tegnet() -> None:
    assert uten_escape("a_x000D_b") == "a\rb"
    assert uten_escape("_x005F_x000D_") == "_x000D_"
