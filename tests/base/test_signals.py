"""Signals at random moments to runs with workers: nobody is left behind, no file is half, and it is told once."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests import protokoll
from tests.base.prosesser import Kjoering, vent_til
from tests.compare.kommuner import skriv
from tests.ladet import ROT
from velferdslab_model.workbook.stamp import er_uroert

pytestmark = [
    pytest.mark.treg,
    pytest.mark.skipif(sys.platform != "linux", reason="prosessene finnes igjen i /proc, som bare er på Linux"),
]
#: Signals sent to each of the two commands; more on demand.
ANTALL = int(os.environ.get("VELFERDSLAB_SIGNALER", "40")) // 2
SIGNALER = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL) if os.name == "posix" else ()
GENERATE = ("generate", "inn", "-o", "ut", "--force")
COMPARE = ("compare", "inn", "-o", "ut/sammenligning.xlsx", "--draws", "100000", "--force")

Start = Callable[..., Kjoering]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    for i in range(12):
        skriv(tmp_path / "inn", f"Kommune {i}", f"[unge_voksne]\nloennskostnad = {310 + i}000\n", fil=f"{i}.toml")
    startet: list[Kjoering] = []

    def ny(*argumenter: str) -> Kjoering:
        startet.append(Kjoering(tmp_path, *argumenter))
        return startet[-1]

    yield ny
    for kjoering in startet:
        kjoering.rydd()


@pytest.mark.parametrize("kommando", [GENERATE, COMPARE], ids=["generate", "compare"])
def test_signaler_i_tilfeldige_oyeblikk_etterlater_ingen_prosess_og_ingen_halv_fil(
    kommando: tuple[str, ...], start: Start, tmp_path: Path
) -> None:
    tilfeldig = random.Random(23)
    rester = False
    for runde in range(ANTALL):
        nummer = SIGNALER[runde % len(SIGNALER)]
        kjoering = start(*kommando)
        if runde % 8 < 6:  # most of them while the workers work; the others while the program loads, too
            kjoering.vent_til_arbeidere()
        time.sleep(tilfeldig.uniform(0, 0.8))
        kjoering.send(nummer, alle=nummer == signal.SIGINT)
        status, sagt = kjoering.slutt()
        vent_til(lambda k=kjoering: not k.levende())  # type: ignore[misc]  # bound in the round it is used
        assert "Traceback" not in sagt
        assert sagt.count("Avbrutt.") <= 1
        assert status in (0, 130, -nummer)
        protokoll.tell("signaler")
        filer = [fil for fil in (tmp_path / "ut").glob("*") if not fil.name.startswith(".")]
        assert all(er_uroert(fil.read_bytes()) for fil in filer)
        rester = rester or nummer == signal.SIGKILL
        if not rester:
            assert not list((tmp_path / "ut").glob(".*"))
    assert start(*kommando).slutt()[0] == 0
    assert not list((tmp_path / "ut").glob(".*"))


@pytest.mark.parametrize(
    ("nummer", "status"), [(signal.SIGINT, 130), *((n, -n) for n in SIGNALER[1:])], ids=lambda verdi: str(int(verdi))
)
@pytest.mark.parametrize("kommando", [GENERATE, COMPARE], ids=["generate", "compare"])
def test_et_signal_ender_alle_og_sies_en_gang(
    kommando: tuple[str, ...], nummer: int, status: int, start: Start, tmp_path: Path
) -> None:
    """The signal comes while workers live; they are stopped first, so that the run cannot end before it."""
    kjoering = next(k for _ in range(20) if (k := start(*kommando)).stans_med_arbeidere())
    foer = list((tmp_path / "ut").glob("*"))
    kjoering.send(nummer, alle=nummer == signal.SIGINT)
    kjoering.send(signal.SIGCONT)
    fikk, sagt = kjoering.slutt()
    assert fikk == status
    assert "Traceback" not in sagt
    assert sagt.endswith("Avbrutt.\n") == (nummer != signal.SIGKILL)
    assert sagt.count("Avbrutt.") == (nummer != signal.SIGKILL)
    vent_til(lambda: not kjoering.levende())
    assert list((tmp_path / "ut").glob("*")) == foer


_TAPT = """
import os, signal, sys
from velferdslab_model.base import files, signals, workers

class Tar:
    def __del__(self):
        os.kill(os.getpid(), signal.SIGTERM)
        for _ in range(1000):
            pass

def evig():
    while True:
        pass

signals.avbryt_ved_signal()
Tar()
try:
    {arbeid}
except KeyboardInterrupt:
    signals.avslutt_avbrutt()
"""


@pytest.mark.parametrize(
    "arbeid",
    [
        "list(workers.for_hver(abs, range(4)))",
        "list(workers.for_hver(abs, [1]))",
        "files.skriv_fil('x', b'', str, True)",
        "evig()",
    ],
)
def test_et_signal_som_blir_borte_i_python_stanser_det_som_gjoeres(arbeid: str, tmp_path: Path) -> None:
    """What is raised where exceptions have nowhere to go, such as in __del__, is dropped by Python."""
    svar = subprocess.run(
        [sys.executable, "-c", _TAPT.format(arbeid=arbeid)],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROT)},
        capture_output=True,
        check=False,
    )
    assert (svar.returncode, svar.stderr) == (-signal.SIGTERM, b"Avbrutt.\n")
    assert not list(tmp_path.iterdir())


def test_to_ganger_ctrl_c_gir_ingen_feilutskrift(start: Start) -> None:
    kjoering = start(*GENERATE)
    assert kjoering.vent_til_arbeidere()
    for _ in range(2):
        kjoering.send(signal.SIGINT, alle=True)
    status, sagt = kjoering.slutt()
    assert status in (130, -signal.SIGINT)
    assert "Traceback" not in sagt
    assert sagt.count("Avbrutt.") <= 1
    vent_til(lambda: not kjoering.levende())


def test_det_en_drept_arbeider_hadde_gjoeres_av_de_andre(start: Start, tmp_path: Path) -> None:
    kjoering = start(*GENERATE)
    assert kjoering.vent_til_arbeidere()
    for pid in kjoering.arbeidere():
        os.kill(pid, signal.SIGKILL)
    status, sagt = kjoering.slutt()
    assert status == 0, sagt
    assert sagt.splitlines()[-1] == "12 arbeidsbøker i ut"
    filer = list((tmp_path / "ut").iterdir())
    assert len(filer) == 12
    assert all(er_uroert(fil.read_bytes()) for fil in filer)
