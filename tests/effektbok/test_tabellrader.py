"""A row put into the table of tiltak, or taken out of it, after somebody lifted the protection."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.regneark import Innskriving, LibreOffice
from velferdslab_model.check.kontroll import kontroller
from velferdslab_model.cli import cli
from velferdslab_model.effektbok.tabellrader import radfeil
from velferdslab_model.errors import UgyldigInndata
from velferdslab_model.scenarios.loading import load_forutsetninger
from velferdslab_model.workbook.kind import EFFEKTMODELL
from velferdslab_model.workbook.opening import aapne
from velferdslab_model.workbook.plan import Verdi

DATA = Path(__file__).parent / "data"
ARK = "Unge voksne | Kostnader"


def _tiltak(rad: int) -> Innskriving:
    verdier: tuple[Verdi, ...] = ("Konstruert i ny rad", "Drift", "Timer", 600, "Kommune", 20, 10, 5, 12)
    return [(ARK, f"{kol}{rad}", verdi) for kol, verdi in zip("ADEFGHIJK", verdier, strict=True)]


@pytest.mark.libreoffice
@pytest.mark.parametrize(
    ("rader", "skriv", "sagt"),
    [
        ([(ARK, 12, 1)], _tiltak(12), "rad 12 er satt inn"),
        ([(ARK, 12, 1)], [], "rad 12 er satt inn"),
        ([(ARK, 12, 2)], _tiltak(13), "radene 12, 13 er satt inn"),
        ([(ARK, 6, 1)], _tiltak(6), "rad 6 er satt inn øverst"),
        ([(ARK, 36, 1)], _tiltak(36), "rad 36 er satt inn nederst"),
        # A row further down in its place, for LibreOffice otherwise writes an empty last row.
        ([(ARK, 9, -1), (ARK, 200, 1)], [], "Borte er «Booppfølging»"),
        ([(ARK, 30, -1), (ARK, 12, 1)], _tiltak(12), "rad 12 i tabellen over tiltak mangler"),
        ([("Familie | Kostnader", 20, 3)], [], "Familie | Kostnader: radene 20, 21, 22 er satt inn"),
    ],
)
def test_en_rad_som_er_satt_inn_eller_slettet_sies_i_en_setning_og_kontrollen_blir_roed(
    rader: list[tuple[str, int, int]],
    skriv: Innskriving,
    sagt: str,
    standardfil: Path,
    tmp_path: Path,
    libreoffice: LibreOffice,
) -> None:
    fil = tmp_path / "redigert.xlsx"
    libreoffice.lagre(standardfil, fil, skriv, rader=rader)
    innhold = aapne(fil, EFFEKTMODELL)
    assert innhold.verdi("kontroll") == "FEIL"
    assert innhold.verdi(f"{'FAM' if rader[0][0].startswith('Fam') else 'UV'}_kontroll_feil") >= 1
    (funn,) = kontroller(fil).funn
    assert funn.slag == "rader"
    assert sagt in f"{funn.sted}: {funn.funnet}"
    svar = CliRunner().invoke(cli, ["check", str(fil)])
    assert (svar.exit_code, svar.output.count("Rader satt inn eller slettet (1)")) == (1, 1)
    assert "..." not in svar.output
    with pytest.raises(UgyldigInndata) as feil:
        load_forutsetninger(fil)
    assert sagt in str(feil.value)
    assert len(str(feil.value).splitlines()) == 1


@pytest.mark.libreoffice
def test_rader_satt_inn_eller_slettet_utenfor_tabellen_sies_i_en_setning_hver(
    standardfil: Path, tmp_path: Path, libreoffice: LibreOffice
) -> None:
    """Everything below has moved: the audit told of two thousand cells and formulas, and not of the row."""
    fil = tmp_path / "redigert.xlsx"
    libreoffice.lagre(standardfil, fil, [], rader=[("Introduksjonsark", 60, -1), ("Familie | Gevinster", 25, 2)])
    svar = kontroller(fil)
    rader = [f"{f.sted}: {f.funnet}" for f in svar.funn if f.slag == "rader"]
    assert {f.slag for f in svar.funn} <= {"rader", "beskyttelse"}
    assert [re.sub(r" etter rad \d+ \(«.*?»\)\. .*", "", r) for r in rader] == [
        "Introduksjonsark: 1 rad er slettet",
        "Familie | Gevinster: 2 rader er satt inn",
    ]
    assert int(re.search(r"etter rad (\d+)", rader[0])[1]) < 60  # type: ignore[index]  # all say so
    assert int(re.search(r"etter rad (\d+)", rader[1])[1]) == 24  # type: ignore[index]  # as above
    # The inputs are read by their names wherever they stand.
    assert svar.endringer == []


@pytest.mark.parametrize("fil", sorted(DATA.glob("*.xlsx")), ids=lambda p: p.stem)
def test_hele_tabeller_er_i_orden_i_alle_utgaver(fil: Path, standardfil: Path) -> None:
    for en in (fil, standardfil):
        assert radfeil(aapne(en, EFFEKTMODELL)) == []
