"""Interrupted and concurrent writing: the target is always the old file or the complete new one."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.ladet import ROT, ladet
from velferdslab_model.workbook.stamp import er_uroert

pytestmark = pytest.mark.skipif(os.name != "posix", reason="SIGKILL finnes bare på POSIX")


def start(mappe: Path, *argumenter: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "velferdslab_model", "generate", "-o", "bok.xlsx", *argumenter],
        cwd=mappe,
        env={**os.environ, "PYTHONPATH": str(ROT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def avslutt(prosess: subprocess.Popen[bytes]) -> int:
    prosess.communicate()
    return prosess.returncode


@pytest.mark.treg
def test_drept_i_hundre_oyeblikk_er_filen_enten_gammel_eller_hel(tmp_path: Path) -> None:
    """From a loaded process, so that a random moment falls in the work and not in the imports."""
    fil, tilfeldig, drept, gren = tmp_path / "bok.xlsx", random.Random(8), 0, ladet()

    def start(dato: str) -> int:
        return gren.start("generate", "-o", "bok.xlsx", "--dato", dato, mappe=tmp_path)

    lovlige, varighet = set(), 0.0
    for dato in ("2026-01-01", "2026-01-02"):
        begynte = time.perf_counter()
        start(dato)
        assert gren.slutt().returncode == 0
        varighet = time.perf_counter() - begynte
        lovlige.add(fil.read_bytes())
    for runde in range(100):
        pid = start(("2026-01-01", "2026-01-02")[runde % 2])
        # Half of the moments anywhere in a run, half in its last part, where the file is written.
        time.sleep(tilfeldig.uniform(0 if runde % 4 < 2 else 0.7, 1.0) * varighet)
        with contextlib.suppress(ProcessLookupError):  # it was done already
            os.kill(pid, signal.SIGKILL)
        drept += gren.slutt().returncode == -signal.SIGKILL
        assert fil.read_bytes() in lovlige
    assert drept > 0
    start("2026-01-01")
    assert gren.slutt().returncode == 0
    assert [p.name for p in tmp_path.iterdir()] == ["bok.xlsx"]


def test_drept_mens_filen_skrives_ryddes_av_neste_kjoering(tmp_path: Path) -> None:
    """Killed with certainty between opening the temporary file and moving it."""
    kode = (
        "import os, sys, velferdslab_model.base.files as f\n"
        "os.fsync = lambda _: (print('naa', flush=True), sys.stdin.read())\n"
        "f.skriv_fil('bok.xlsx', b'halv', lambda _: True, False)"
    )
    prosess = subprocess.Popen(
        [sys.executable, "-c", kode],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert prosess.stdout is not None
    assert prosess.stdout.readline() == b"naa\n"
    assert avslutt(start(tmp_path)) == 0  # does not clear what a living run is writing
    assert len(list(tmp_path.iterdir())) == 2
    prosess.send_signal(signal.SIGKILL)
    prosess.communicate()
    assert len(list(tmp_path.iterdir())) == 2
    assert avslutt(start(tmp_path)) == 0
    assert [p.name for p in tmp_path.iterdir()] == ["bok.xlsx"]


@pytest.mark.treg
def test_samtidige_kjoeringer_etterlater_en_hel_fil(tmp_path: Path) -> None:
    for _ in range(5):
        prosesser = [start(tmp_path, "--dato", f"2026-01-0{k + 1}") for k in range(4)]
        assert [avslutt(p) for p in prosesser] == [0, 0, 0, 0]
        assert [p.name for p in tmp_path.iterdir()] == ["bok.xlsx"]
        assert er_uroert((tmp_path / "bok.xlsx").read_bytes())


def test_full_disk_gir_melding_og_beholder_den_gamle(tmp_path: Path) -> None:
    """A file size limit stops the writing half-way, as a full disk does."""
    import resource

    assert avslutt(start(tmp_path)) == 0
    fil = tmp_path / "bok.xlsx"
    gammel = fil.read_bytes()
    prosess = subprocess.run(
        [sys.executable, "-m", "velferdslab_model", "generate", "-o", "bok.xlsx", "--dato", "2026-01-01"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROT), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000)),
    )
    assert prosess.returncode == 2, prosess.stderr
    assert "kan ikke skrives" in prosess.stderr.decode()
    assert fil.read_bytes() == gammel
    assert [p.name for p in tmp_path.iterdir()] == ["bok.xlsx"]
