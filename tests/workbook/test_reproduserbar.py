"""Same input, same bytes, whatever the machine is set to."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROT = Path(__file__).parents[2]
MILJOER = [
    {},
    {"TZ": "Pacific/Kiritimati"},
    {"TZ": "America/Adak"},
    {"PYTHONHASHSEED": "1"},
    {"PYTHONHASHSEED": "4242"},
    {"LC_ALL": "C"},
    {"LC_ALL": "nb_NO.UTF-8", "LANG": "nb_NO.UTF-8"},
    {"LC_ALL": "tr_TR.UTF-8"},
    {"PYTHONUTF8": "0", "LC_ALL": "C"},
    {"PYTHONOPTIMIZE": "2"},
]


def avtrykk(mappe: Path, miljoe: dict[str, str], *argumenter: str) -> str:
    svar = subprocess.run(
        [sys.executable, "-m", "velferdslab_model", "generate", "-o", "bok.xlsx", "--force", *argumenter],
        cwd=mappe,
        env={**os.environ, "PYTHONPATH": str(ROT), **miljoe},
        capture_output=True,
        check=False,
    )
    assert svar.returncode == 0, svar.stderr
    return hashlib.sha256((mappe / "bok.xlsx").read_bytes()).hexdigest()


@pytest.fixture(scope="module")
def ventet(tmp_path_factory: pytest.TempPathFactory) -> str:
    return avtrykk(tmp_path_factory.mktemp("a"), {}, "--dato", "2026-11-22")


@pytest.mark.parametrize("miljoe", MILJOER, ids=lambda m: "-".join(f"{k}={v}" for k, v in m.items()) or "uendret")
def test_samme_bytes_i_alle_miljoer(miljoe: dict[str, str], ventet: str, tmp_path: Path) -> None:
    assert avtrykk(tmp_path, miljoe, "--dato", "2026-11-22") == ventet


def test_source_date_epoch_gir_datoen(ventet: str, tmp_path: Path) -> None:
    assert avtrykk(tmp_path, {"SOURCE_DATE_EPOCH": "1795348800", "TZ": "America/Adak"}) == ventet
    assert avtrykk(tmp_path, {"SOURCE_DATE_EPOCH": "1795348800"}, "--dato", "2026-11-21") != ventet


def test_ugyldig_source_date_epoch_gir_melding(tmp_path: Path) -> None:
    svar = subprocess.run(
        [sys.executable, "-m", "velferdslab_model", "generate", "-o", "bok.xlsx"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROT), "SOURCE_DATE_EPOCH": "i dag"},
        capture_output=True,
        check=False,
    )
    assert svar.returncode == 2
    assert "SOURCE_DATE_EPOCH er «i dag»" in svar.stderr.decode()
