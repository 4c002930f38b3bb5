"""Floods: refused by the guard early, whatever their spelling; what is only formatted, and holds nothing, is read."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import protokoll
from tests.ladet import ROT, kjoer
from tests.maskin import langsomhet
from tests.workbook.fiendtlige import ARK, byttet
from tests.workbook.flommer import flommer
from velferdslab_model.scenarios.loading import load_forutsetninger
from velferdslab_model.workbook.guard import hva_er_galt

MAKS_SEKUNDER, MAKS_MB = 2.0, 300
#: Starts a command and tells what it used. A process of its own: memory is counted from that of the one that forks.
_MAALER = """
import json, resource, subprocess, sys
kode = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode
bruk = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps({"kode": kode, "sekunder": bruk.ru_utime + bruk.ru_stime, "megabyte": bruk.ru_maxrss / 1024}))
"""
KOMMANDOER = {
    "run": ("run", "bok.xlsx"),
    "check": ("check", "bok.xlsx"),
    "prices": ("run", "--prices", "bok.xlsx"),
    "compare": ("compare", "annen.toml", "bok.xlsx"),
}


def oppstart(mappe: Path, *kommando: str) -> float:
    """Seconds of the processor that a command takes from nothing to a message about an empty bok.xlsx."""
    (mappe / "bok.xlsx").write_bytes(b"")
    svar = subprocess.run(
        [sys.executable, "-c", _MAALER, sys.executable, "-m", "velferdslab_model", *kommando],
        cwd=mappe,
        env={**os.environ, "PYTHONPATH": str(ROT)},
        capture_output=True,
        check=True,
    )
    bruk = json.loads(svar.stdout)
    assert bruk["kode"] == 2
    return float(bruk["sekunder"])


@pytest.fixture(scope="module")
def alle(standardfil: Path) -> list[tuple[str, bytes]]:
    return list(flommer(standardfil.read_bytes()))


@pytest.mark.treg
def test_hver_flom_stanses_av_vakten(alle: list[tuple[str, bytes]]) -> None:
    sluppet = [navn for navn, innhold in alle if hva_er_galt(innhold) is None]
    assert sluppet == []
    assert len(alle) >= 33


@pytest.mark.treg
@pytest.mark.skipif(os.name != "posix", reason="måler med getrusage")
@pytest.mark.parametrize("kommando", KOMMANDOER)
def test_hver_flom_gir_en_melding_i_begrenset_tid_og_minne(
    kommando: str, alle: list[tuple[str, bytes]], tmp_path: Path
) -> None:
    (tmp_path / "annen.toml").write_text('navn = "Annen"\n', encoding="utf-8")
    start = oppstart(tmp_path, *KOMMANDOER[kommando])
    lengst, stoerst = 0.0, 0.0
    for navn, innhold in alle:
        (tmp_path / "bok.xlsx").write_bytes(innhold)
        svar = kjoer(*KOMMANDOER[kommando], mappe=tmp_path)
        melding, sekunder = svar.stderr.decode(), start + svar.sekunder
        assert svar.returncode == 2, (navn, melding)
        assert "\nFeil: " in f"\n{melding}", (navn, melding)  # progress may stand before it on a slow machine
        assert "bok.xlsx" in melding, navn
        assert sekunder <= MAKS_SEKUNDER * langsomhet(), (navn, sekunder)
        assert svar.megabyte <= MAKS_MB, (navn, svar.megabyte)
        lengst, stoerst = max(lengst, sekunder), max(stoerst, svar.megabyte)
        protokoll.tell("flommer")
    protokoll.stoerst("flommer: sekunder", lengst)
    protokoll.stoerst("flommer: MB", stoerst)


@pytest.mark.parametrize(
    "tomme",
    [
        b"<row r='1048576' ht='15' customHeight='1'/>",
        b"<row r='1048576'><c r='XFD1048576' s='1'/></row>",
        b"".join(b"<row r='%d' s='1' customFormat='1'/>" % r for r in range(4000, 6000)),
        b"<row r='900'><c r='XFD900' s='1'/></row>",
    ],
    ids=["siste rad", "siste celle", "rader under arket", "celle langt til hoeyre"],
)
def test_det_som_bare_er_formatert_leses(tomme: bytes, standardfil: Path, tmp_path: Path) -> None:
    fil = tmp_path / "bok.xlsx"
    fil.write_bytes(byttet(standardfil.read_bytes(), ARK, b"</sheetData>", tomme + b"</sheetData>"))
    assert load_forutsetninger(fil) == load_forutsetninger(standardfil)
