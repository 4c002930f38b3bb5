"""Whole runs of the command line from a process that has the program loaded: each is a process of its own, and starts at once.

Starting Python anew for each took most of the time of the tests that run commands.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROT = Path(__file__).parents[1]
#: Begins a run for each line: its arguments, folder, environment and where to write. Answers with its pid, and when it has
#: ended with what it used. The heavy libraries that few commands use are left to those.
_TJENER = """
import gc, importlib, json, os, pkgutil, sys, warnings
import velferdslab_model
from velferdslab_model.__main__ import main
for modul in pkgutil.walk_packages(velferdslab_model.__path__, "velferdslab_model."):
    if not modul.name.endswith("__main__") and modul.name.split(".")[1] not in ("app", "saksframlegg"):
        importlib.import_module(modul.name)
import xlsxwriter
warnings.simplefilter("error")
# A run need not go through all that is loaded to find garbage, nor copy the pages it stands on.
gc.collect()
gc.freeze()
for linje in sys.stdin:
    oppdrag = json.loads(linje)
    pid = os.fork()
    if not pid:
        os.chdir(oppdrag["mappe"])
        os.environ.clear()
        os.environ.update(oppdrag["miljoe"])
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        for nummer, fil in (1, oppdrag["ut"]), (2, oppdrag["feil"]):
            os.dup2(os.open(fil, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), nummer)
        sys.argv = ["velferdslab", *(os.fsdecode(bytes.fromhex(en)) for en in oppdrag["argumenter"])]
        main()
    print(pid, flush=True)
    _, status, bruk = os.wait4(pid, 0)
    print(json.dumps([os.waitstatus_to_exitcode(status), bruk.ru_utime + bruk.ru_stime, bruk.ru_maxrss / 1024]), flush=True)
"""


@dataclass(frozen=True)
class Svar:
    """A run that has ended. sekunder: of the processor, beside loading the program. megabyte: the most it held, with all of the
    program loaded."""

    returncode: int
    stdout: bytes
    stderr: bytes
    sekunder: float
    megabyte: float


class Ladet:
    """The loaded process. POSIX: it forks."""

    def __init__(self) -> None:
        self._prosess = subprocess.Popen(
            [sys.executable, "-c", _TJENER],
            env={**os.environ, "PYTHONPATH": str(ROT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._mappe = tempfile.TemporaryDirectory(prefix="velferdslab-ladet-")
        self._ut, self._feil = (Path(self._mappe.name) / navn for navn in ("ut", "feil"))

    def start(self, *argumenter: str | bytes | Path, mappe: Path, miljoe: Mapping[str, str] | None = None) -> int:
        """Begin a run in a folder; returns its pid. The one before it must have ended."""
        oppdrag = {
            "argumenter": [os.fsencode(en).hex() for en in argumenter],
            "mappe": str(mappe),
            "miljoe": {**os.environ, "PYTHONPATH": str(ROT), **(miljoe or {})},
            "ut": str(self._ut),
            "feil": str(self._feil),
        }
        assert self._prosess.stdin is not None
        print(json.dumps(oppdrag), file=self._prosess.stdin, flush=True)
        return int(self._les())

    def slutt(self) -> Svar:
        """Wait for the run to end."""
        status, sekunder, megabyte = json.loads(self._les())
        return Svar(status, self._ut.read_bytes(), self._feil.read_bytes(), sekunder, megabyte)

    def _les(self) -> str:
        assert self._prosess.stdout is not None
        return self._prosess.stdout.readline()

    def lukk(self) -> None:
        """End it."""
        self._prosess.communicate()
        self._mappe.cleanup()


@cache
def ladet() -> Ladet:
    """The one of this test process."""
    ny = Ladet()
    atexit.register(ny.lukk)
    return ny


def kjoer(*argumenter: str | bytes | Path, mappe: Path) -> Svar:
    """One run of the command line in a folder; a warning is an error."""
    if os.name != "posix":
        svar = subprocess.run(
            [sys.executable, "-W", "error", "-m", "velferdslab_model", *map(os.fsdecode, argumenter)],
            cwd=mappe,
            capture_output=True,
            check=False,
            env={**os.environ, "PYTHONPATH": str(ROT)},
        )
        return Svar(svar.returncode, svar.stdout, svar.stderr, 0.0, 0.0)
    ladet().start(*argumenter, mappe=mappe)
    return ladet().slutt()
