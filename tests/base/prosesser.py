"""Whole processes and everything they start, for the tests that interrupt them. Linux: the children are found in /proc."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable
from pathlib import Path

from tests.ladet import ROT

#: Seconds no machine is too slow for; no test waits so long unless something is wrong.
TAALMODIG = 300
_MERKE = "VELFERDSLAB_PROEVEMERKE"


def som_i_en_terminal() -> None:
    """In a process to be: heed the signals that a run in the background, or made to outlive its terminal, ignores and hands on."""
    for nummer in (signal.SIGINT, signal.SIGHUP):
        signal.signal(nummer, signal.SIG_DFL)


class Kjoering:
    """One run of the command line, in a session of its own as in a terminal of its own."""

    def __init__(self, mappe: Path, *argumenter: str) -> None:
        self._merke = f"{_MERKE}={uuid.uuid4()}"
        navn, _, verdi = self._merke.partition("=")
        self.prosess = subprocess.Popen(
            [sys.executable, "-m", "velferdslab_model", *argumenter],
            cwd=mappe,
            env={**os.environ, "PYTHONPATH": str(ROT), navn: verdi},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,
            preexec_fn=som_i_en_terminal,  # noqa: PLW1509  # no thread here holds a lock
        )

    def levende(self) -> set[int]:
        """Process ids of the run and all it has started, whoever they belong to now."""
        ut = set()
        for mappe in Path("/proc").glob("[0-9]*"):
            try:
                miljoe = (mappe / "environ").read_bytes()
            except OSError:  # it has ended since
                continue
            if self._merke.encode() in miljoe.split(b"\0") and _tilstand(pid := int(mappe.name)) not in "ZX":
                ut.add(pid)
        return ut

    def arbeidere(self) -> set[int]:
        """The workers of the run."""
        return self.levende() - {self.prosess.pid}

    def vent_til_arbeidere(self) -> bool:
        """Wait until workers are there. False when the run ended first."""
        vent_til(lambda: bool(self.arbeidere()) or self.prosess.poll() is not None)
        return self.prosess.poll() is None

    def stans_med_arbeidere(self) -> bool:
        """Stop the run while workers live. False when it was too quick, and has ended."""
        if not self.vent_til_arbeidere():
            return False
        self.send(signal.SIGSTOP)
        vent_til(lambda: self.prosess.poll() is not None or _tilstand(self.prosess.pid) in "TZ")
        if self.arbeidere():
            return True
        self.send(signal.SIGCONT)
        self.prosess.communicate(timeout=TAALMODIG)
        return False

    def send(self, nummer: int, alle: bool = False) -> None:
        """Send a signal to the run; alle: to all it has started too, as a terminal does with Ctrl-C."""
        if self.prosess.poll() is None:
            (os.killpg if alle else os.kill)(self.prosess.pid, nummer)

    def slutt(self) -> tuple[int, str]:
        """Wait for the end; status and what was said. Nobody but the run may hold its end of the pipe open."""
        _, sagt = self.prosess.communicate(timeout=TAALMODIG)
        return self.prosess.returncode, sagt.decode()

    def rydd(self) -> None:
        """Leave nothing after a test that failed."""
        for pid in self.levende():
            os.kill(pid, signal.SIGKILL)
        self.prosess.communicate()


def _tilstand(pid: int) -> str:
    """One letter: T is stopped, Z has ended and waits for its parent; X has ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return "X"


def vent_til(sant: Callable[[], bool]) -> None:
    """Wait for something that must come."""
    frist = time.monotonic() + TAALMODIG
    while not sant():
        assert time.monotonic() < frist, "det som skulle komme, kom ikke"
        time.sleep(0.01)
