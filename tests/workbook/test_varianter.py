"""A corpus made here: our files as other programs write them give the same numbers, and no accusation, in every command."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests import protokoll
from tests.conftest import DATO
from tests.kommandoer_som_leser import FIL, KOMMANDOER, svaret, tallene
from tests.scenarier import KONSTRUERTE
from tests.workbook.fiendtlige import BOK, deler, pakk
from tests.workbook.varianter import LIKE, kalender_1904, uten_stiler, variant
from velferdslab_model.check.kontroll import kontroller
from velferdslab_model.cli import cli
from velferdslab_model.contract.analysis import analyser_kontrakt
from velferdslab_model.contract.loading import les_kontrakt
from velferdslab_model.contract.reading import les_kontraktfil
from velferdslab_model.contract.writing import kontraktplan
from velferdslab_model.effektbok.writing import arbeidsbok
from velferdslab_model.errors import KanIkkeLese
from velferdslab_model.parameters.loading import fra_toml
from velferdslab_model.prisliste.applying import legg_over
from velferdslab_model.prisliste.reading import les_tabell
from velferdslab_model.prisliste.writing import prisliste_xlsx
from velferdslab_model.results import beregn
from velferdslab_model.scenarios.loading import les_oppgitt, load_forutsetninger
from velferdslab_model.workbook.cells import Arkleser, Stil, uten_escape
from velferdslab_model.workbook.numberformat import er_dato, er_prosent, fremmed_valuta
from velferdslab_model.workbook.writing import bytes_av

#: Every variant through every command takes minutes; by default each goes through one of them in turn.
_ALLE_PAR = "VELFERDSLAB_ALLE_PAR" in os.environ
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


@pytest.fixture(scope="module")
def originaler(bok: bytes) -> dict[str, bytes]:
    return {
        "effektmodell": bok,
        "prisliste": prisliste_xlsx(les_oppgitt(None), FIL, DATO),
        "effektkontrakt": bytes_av(kontraktplan(analyser_kontrakt(les_kontrakt())), DATO),
    }


@pytest.fixture(scope="module")
def svarene(originaler: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], Any]:
    """What a command answers of the file as the program wrote it, run when it is asked for."""
    mappe, funnet = tmp_path_factory.mktemp("originaler"), {}

    def svar(slag: str, kommando: str) -> Any:
        if (slag, kommando) not in funnet:
            (mappe / FIL).write_bytes(originaler[slag])
            funnet[slag, kommando] = svaret(slag, kommando, mappe / FIL)
        return funnet[slag, kommando]

    return svar


@pytest.mark.treg(unntatt=10)
@pytest.mark.parametrize("slag", KOMMANDOER)
@pytest.mark.parametrize("navn", [*LIKE, "uten_stiler"])
def test_hver_kommando_svarer_det_samme_av_en_variant(
    navn: str, slag: str, originaler: dict[str, bytes], svarene: Callable[[str, str], Any], tmp_path: Path
) -> None:
    """Each variant through one command in turn by default, through all of them with VELFERDSLAB_ALLE_PAR=1."""
    if slag != "effektmodell" and navn in _IKKE_I_PRISLISTEN:
        return
    fil = tmp_path / FIL
    fil.write_bytes(
        pakk(uten_stiler(deler(originaler[slag]))) if navn == "uten_stiler" else variant(originaler[slag], navn)
    )
    kommandoer = list(KOMMANDOER[slag])
    nummer = [*LIKE, "uten_stiler"].index(navn)
    if slag == "effektkontrakt":
        # Its analysis takes seconds, so every third variant goes through a command; all are read.
        (tmp_path / "original.xlsx").write_bytes(originaler[slag])
        lest, ventet = (tallene(asdict(les_kontraktfil(f))) for f in (fil, tmp_path / "original.xlsx"))
        assert lest == ventet
        if not _ALLE_PAR and nummer % 3:
            return
    for kommando in kommandoer if _ALLE_PAR else [kommandoer[nummer % len(kommandoer)]]:
        assert svaret(slag, kommando, fil) == svarene(slag, kommando)
        protokoll.tell(f"variant: {kommando}")
    if slag == "effektkontrakt":
        kontroll = kontroller(fil)
        assert list(kontroll.funn) == []
        assert list(kontroll.endringer) == []


@pytest.mark.parametrize(
    ("calcpr", "stale", "ventet"),
    [
        (b'calcMode="manual"', False, None),
        (b'calcMode="manual"', True, "satt til manuell beregning"),
        (b'fullPrecision="0"', False, "lag en ny fil med «velferdslab generate»"),
        (b'fullPrecision="0"', True, "presisjon som vist"),
    ],
)
def test_hvordan_boken_regner_sies_i_en_setning_foran_det_som_foelger_av_det(
    calcpr: bytes, stale: bool, ventet: str | None, bok: bytes, tmp_path: Path
) -> None:
    """An input typed without F9 leaves every number that follows from it stale; that is one finding, not thousands."""
    alle = deler(bok)
    alle[BOK] = re.sub(rb"<calcPr ", b"<calcPr " + calcpr + b" ", alle[BOK])
    assert calcpr in alle[BOK]
    if stale:
        navn = next(n for n, x in alle.items() if n.startswith("xl/worksheets/sheet") and b"<v>612.5</v>" in x)
        alle[navn] = alle[navn].replace(b"<v>612.5</v>", b"<v>700</v>", 1)
    fil = tmp_path / "bok.xlsx"
    fil.write_bytes(pakk(alle))
    funn = list(kontroller(fil).funn)
    if ventet is None:
        assert funn == []
    else:
        assert [f.slag for f in funn] == ["beregning"]
        assert ventet in funn[0].funnet


def test_en_bok_med_bare_verdier_er_ett_funn_med_aarsaken(bok: bytes, tmp_path: Path) -> None:
    alle = {n: re.sub(rb"<f[^>]*>[^<]*</f>|<f/>", b"", x) for n, x in deler(bok).items()}
    fil = tmp_path / "bok.xlsx"
    fil.write_bytes(pakk(alle))
    (funn,) = kontroller(fil).funn
    assert funn.slag == "beregning"
    assert "limt inn som verdier" in funn.funnet
    assert "av dem er ikke" not in funn.funnet
    assert les_oppgitt(fil).kontroll == ("har bare tall der programmet skrev formler",)
    navn = next(n for n, x in alle.items() if n.startswith("xl/worksheets/sheet") and b"<v>612.5</v>" in x)
    fil.write_bytes(pakk({**alle, navn: alle[navn].replace(b"<v>612.5</v>", b"<v>700</v>", 1)}))
    (funn,) = kontroller(fil).funn
    assert re.search(r" \d{2,} av dem er ikke det inndata gir\.", funn.funnet)


def test_en_formel_som_gir_tom_tekst_er_lagret_som_en_tekst(bok: bytes) -> None:
    """SheetJS drops a formula whose stored number is nothing, and with it the formula."""
    arkene = [x for n, x in deler(bok).items() if n.startswith("xl/worksheets/sheet")]
    assert sum(x.count(b't="str"><f>') for x in arkene) > 100
    assert not [x for x in arkene if re.search(rb'<c r="[A-Z]+\d+"(?: s="\d+")?><f>[^<]*</f><v></v>', x)]


def test_uten_stiler_leses_tallene(bok: bytes, tmp_path: Path) -> None:
    fra, til = tmp_path / "fra.xlsx", tmp_path / "til.xlsx"
    fra.write_bytes(bok)
    til.write_bytes(pakk(uten_stiler(deler(bok))))
    assert load_forutsetninger(til) == load_forutsetninger(fra)


def test_datoer_leses_i_kalenderen_fra_1904(tmp_path: Path) -> None:
    oppgitt, liste = les_oppgitt(None), tmp_path / "priser.xlsx"
    innhold = prisliste_xlsx(oppgitt, "priser.xlsx", DATO, {("unge_voksne", "tiltak.Booppfølging"): date(2025, 1, 31)})
    liste.write_bytes(innhold)
    (vanlig,) = {rad["sist endret"].dato for rad in les_tabell(liste).rader} - {None}
    liste.write_bytes(pakk(kalender_1904(deler(innhold))))
    (senere,) = {rad["sist endret"].dato for rad in les_tabell(liste).rader} - {None}
    assert vanlig == date(2025, 1, 31)
    assert senere == date(2029, 2, 1)


@pytest.mark.parametrize(
    ("skrevet", "ventet"),
    [
        ("2025-01-31", date(2025, 1, 31)),
        ("2025-01-31T00:00:00", date(2025, 1, 31)),
        ("2025-01-31T00:00:00.000Z", date(2025, 1, 31)),
        ("2025-01-31T23:00:00+02:00", date(2025, 1, 31)),
        ("i fjor", None),
    ],
)
def test_en_dato_skrevet_som_dato_leses_som_den_staar(skrevet: str, ventet: date | None) -> None:
    """What SheetJS writes when asked for dates; whatever the zone, the day is the one that is written."""
    leser = Arkleser([Stil.av("General", True)], [], False)
    rom = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    celle = f'<c r="A1" t="d"><v>{skrevet}</v></c>'.encode()
    leser.les(b'<worksheet xmlns="%s"><sheetData><row>%s</row></sheetData></worksheet>' % (rom, celle))
    assert leser.celler["A1"].dato == ventet
    assert (leser.celler["A1"].verdi == skrevet) == (ventet is None)


def test_en_delt_formel_som_ville_lest_utenfor_arket_er_ingen_formel() -> None:
    leser = Arkleser([Stil.av("General", True)], [], False)
    rom = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    celler = b'<c r="C3"><f t="shared" ref="A1:C3" si="0">A1+1</f></c><c r="B5"><f t="shared" si="0"/></c>'
    leser.les(b'<worksheet xmlns="%s"><sheetData><row r="3">%s</row></sheetData></worksheet>' % (rom, celler))
    assert [c.formel for c in leser.celler.values()] == ["=A1+1", "="]


@pytest.mark.parametrize(
    ("navn", "innhold", "ventet"),
    [
        ("bok.ods", "ods", "OpenDocument-fil (.ods)"),
        ("bok.fods", b'<?xml version="1.0"?><o:document xmlns:o="urn:oasis:names:tc:opendocument:x"/>', "(.fods)"),
        ("bok.xlsx", b"\xd0\xcf\x11\xe0" + bytes(600), "det gamle formatet .xls"),
        ("bok.xlsx", b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "passordbeskyttet"),
        ("bok.xlsx", b"<html><table/></html>", "en nettside"),
        ("bok.xlsx", b"%PDF-1.7", "en PDF"),
        ("bok.xlsx", "gruppe;tiltak;enhetskostnad;prisår;kilde\n".encode(), "gi den endelsen .csv"),
        ("bok.xlsx", "tegn", "i en tegnkoding som ikke kan leses"),
        ("bok.xlsx", b'{"url": "https://docs.google.com/open?id=1", "doc_id": "1"}', "Last ned"),
    ],
)
def test_et_annet_format_blir_nevnt_med_hva_den_skal_lagres_som(
    navn: str, innhold: bytes | str, ventet: str, tmp_path: Path
) -> None:
    if innhold == "ods":
        innhold = pakk({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x/>"})
    if innhold == "tegn":
        innhold = pakk({"[Content_Types].xml": b"<x/>", BOK: b'<?xml version="1.0" encoding="gb2312"?><x/>'})
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
        ("[$$-en-US]#,##0.00", False, False, "$"),
        ("[$€-x-euro2]\\ #,##0.00", False, False, "€"),
        ("[$kr-sv-SE]#,##0", False, False, "svenske, danske eller islandske kroner"),
        ("[$kr-nb-NO]\\ #,##0", False, False, None),
        ("[$-x-sysdate]dddd", True, False, None),
        ("[$-1000414]dd.mm.yyyy", True, False, None),
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
