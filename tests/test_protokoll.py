"""The record of a run is the same whether one process ran the tests or several; what was skipped is told."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROT = Path(__file__).parents[1]
_PROEVER = """
import pytest
from tests import protokoll
from tests.conftest import hopp_over

@pytest.mark.parametrize("tall", range(9))
def test_teller(tall):
    protokoll.tell("prøver")
    protokoll.tell("sum", tall)
    protokoll.stoerst("størst", tall / 10)
    protokoll.VERSJONER["program"] = "1.2"

@pytest.mark.treg
def test_flom():
    protokoll.tell("flommer")

@pytest.mark.treg(unntatt=2)
@pytest.mark.parametrize("nummer", range(6))
def test_noen(nummer):
    protokoll.tell(f"nummer {nummer}")

@pytest.mark.parametrize("tall", range(3))
def test_mangler(tall):
    hopp_over("LibreOffice (soffice) er ikke installert")
"""


def kjoer(mappe: Path, *valg: str, **miljoe: str) -> tuple[dict[str, Any], str, int]:
    """The record, what was printed, and the status of a run of the tests above."""
    (mappe / "test_smaa.py").write_text(_PROEVER, encoding="utf-8")
    svar = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "tests.conftest", "-c", str(ROT / "pyproject.toml"), f"--rootdir={mappe}",
         "-p", "no:cacheprovider", str(mappe / "test_smaa.py"), *valg],
        cwd=mappe,
        env={**os.environ, "PYTHONPATH": str(ROT), "VELFERDSLAB_KREV_ALT": "", "VELFERDSLAB_PROTOKOLL": str(mappe / "p.json"), **miljoe},
        capture_output=True,
        check=False,
    )  # fmt: skip
    return json.loads((mappe / "p.json").read_text(encoding="utf-8")), svar.stdout.decode(), svar.returncode


@pytest.mark.treg
def test_flere_prosesser_gir_samme_protokoll_som_en(tmp_path: Path) -> None:
    (en, _, _), (flere, _, _) = kjoer(tmp_path, "-n", "0"), kjoer(tmp_path, "-n", "2", "--dist", "worksteal")
    assert flere == en
    assert en["antall"] == {"prøver": 9, "sum": 36, "flommer": 1, **{f"nummer {i}": 1 for i in range(6)}}
    assert en["stoerst"] == {"størst": 0.8}
    assert en["versjoner"] == {"program": "1.2"}
    assert sorted(en["utfall"].values()) == ["passed"] * 16 + ["skipped"] * 3


@pytest.mark.treg
@pytest.mark.parametrize("prosesser", ["0", "2"])
def test_det_som_hoppes_over_telles_og_sies_hvordan_skaffes(prosesser: str, tmp_path: Path) -> None:
    _, tekst, status = kjoer(tmp_path, "-n", prosesser)
    assert status == 0
    assert "3 LibreOffice (soffice) er ikke installert. Skaffes med: apt-get install libreoffice-calc" in tekst


def test_krever_kjoeringen_alt_er_det_feil_aa_hoppe_over(tmp_path: Path) -> None:
    protokoll, _, status = kjoer(tmp_path, "-n", "0", VELFERDSLAB_KREV_ALT="1")
    assert status == 1
    assert list(protokoll["utfall"].values()).count("failed") == 3


def test_den_raske_kjoeringen_lar_flommene_vaere_og_sier_det(tmp_path: Path) -> None:
    protokoll, tekst, _ = kjoer(tmp_path, "--rask")
    assert "flommer" not in protokoll["antall"]
    assert [i for i in range(6) if f"nummer {i}" in protokoll["antall"]] == [0, 3]
    assert "5 deselected" in tekst
