"""The same work on many things, side by side on all cores.

The workers are processes of their own, started afresh (no fork: threads and locks of this one are not copied, and it
works the same on every system). All they share with this process is one pipe each way, and they hold no other: when it
ends, by whatever signal, the pipe does, and they end. This process works along with them, so starting them delays
nothing, and what a dead worker had in hand is done here.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import BinaryIO, Generic, TypeVar, cast

from velferdslab_model.base.signals import stopp_hvis_avbrutt
from velferdslab_model.base.worker_loop import behold_minne, motta, send

T = TypeVar("T")
R = TypeVar("R")
#: Called with how many are done, and how many there are.
Fremdrift = Callable[[int, int], None]
#: Deliveries to each worker.
_OMGANGER = 20
#: Seconds between looks for Ctrl-C, which does not interrupt a wait on Windows.
_BLUNK = 0.5
_START = "import sys; sys.path[:] = sys.argv[1:]; from velferdslab_model.base.worker_loop import hoved; hoved()"


def for_hver(arbeid: Callable[[T], R], alle: Sequence[T], i_en_prosess: bool = False) -> Iterator[R]:
    """Do the work for each; yields the answers in the same order, as they come.

    arbeid: a function at the top of a module, for it is sent to other processes. i_en_prosess: for work so small that
    starting processes would cost more than it saves. Raises what the work raises.
    """
    arbeidere = min(kjerner(), len(alle))
    if i_en_prosess or arbeidere < 2:  # one worker is no help
        for en in alle:
            stopp_hvis_avbrutt()
            yield arbeid(en)
        return
    # Several at a time, for sending each costs; many times over, so that no worker is left waiting.
    antall = max(1, len(alle) // (arbeidere * _OMGANGER))
    deling = _Deling(arbeid, [alle[i : i + antall] for i in range(0, len(alle), antall)])
    behold_minne()
    try:
        deling.start(arbeidere - 1)  # this process is one of them
        for nummer in range(len(deling.deler)):
            yield from deling.svar(nummer)
    finally:
        deling.avslutt()


def start_arbeider(miljoe: Mapping[str, str] | None = None) -> subprocess.Popen[bytes]:
    """A process that waits for work (worker_loop). miljoe: variables it has besides. Raises OSError when there is no room."""
    return subprocess.Popen(
        # -P: the folder the user stands in may hold a file with the name of a module.
        [sys.executable, "-P", "-c", _START, *sys.path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, **miljoe} if miljoe else None,
    )


def uten_fremdrift(_ferdig: int, _alle: int) -> None:
    """Tells nobody."""


def kjerner() -> int:
    """Cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class _Deling(Generic[T, R]):
    """Work shared out: which parts are not taken, and the answers that have come. All fields are held by `_endring`."""

    def __init__(self, arbeid: Callable[[T], R], deler: list[Sequence[T]]) -> None:
        self.deler = deler
        self._arbeid = arbeid
        self._ledige = list(range(len(deler)))[::-1]
        self._ferdige: dict[int, list[R] | Exception] = {}
        self._prosesser: list[subprocess.Popen[bytes]] = []
        self._traader: list[threading.Thread] = []
        self._endring = threading.Condition()

    def start(self, antall: int) -> None:
        """Start workers, each with a thread that serves it. Where none can be started, this process does all of it."""
        if not sys.executable or getattr(sys, "frozen", False):  # there is no Python to start
            return
        for _ in range(antall):
            try:
                prosess = start_arbeider()
            except OSError:  # no room for one more process
                return
            self._prosesser.append(prosess)
            self._traader.append(threading.Thread(target=self._betjen, args=(prosess,), daemon=True))
            self._traader[-1].start()

    def svar(self, nummer: int) -> list[R]:
        """The answers of a part. Until they come, this process does what nobody has taken."""
        while True:
            stopp_hvis_avbrutt()
            with self._endring:
                if nummer in self._ferdige:
                    funnet = self._ferdige.pop(nummer)
                    break
                if not self._ledige:
                    self._endring.wait(_BLUNK)
                    continue
                mitt = self._ledige.pop()
            resultat = self._gjoer(mitt)
            with self._endring:
                self._ferdige[mitt] = resultat
        if isinstance(funnet, Exception):
            raise funnet
        return funnet

    def avslutt(self) -> None:
        """End the workers, done or not."""
        with self._endring:
            self._ledige.clear()
        for prosess in self._prosesser:
            prosess.kill()
        for traad in self._traader:
            if traad.is_alive():  # one whose start was interrupted cannot be waited for, and has closed nothing
                traad.join()
        for prosess in self._prosesser:
            prosess.wait()
            _lukk(prosess)

    def _gjoer(self, nummer: int) -> list[R] | Exception:
        try:
            return [self._arbeid(en) for en in self.deler[nummer]]
        except Exception as feil:  # raised when its turn comes, as from a worker
            return feil

    def _betjen(self, prosess: subprocess.Popen[bytes]) -> None:
        """Give a worker parts for as long as there are any and it answers."""
        inn, ut = cast(BinaryIO, prosess.stdin), cast(BinaryIO, prosess.stdout)
        nummer = None
        try:
            send(inn, pickle.dumps(self._arbeid))
            while True:
                with self._endring:
                    if not self._ledige:
                        return
                    nummer = self._ledige.pop()
                send(inn, pickle.dumps(self.deler[nummer]))
                svar = motta(ut)
                if svar is None:
                    return
                innhold = pickle.loads(svar)
                with self._endring:
                    self._ferdige[nummer] = innhold
                    nummer = None
                    self._endring.notify_all()
        except Exception:  # the worker has died, or this work cannot be sent: then it is done here
            return
        finally:
            with self._endring:
                if nummer is not None:
                    self._ledige.append(nummer)  # it is next, for the parts are taken from the end
                    self._endring.notify_all()
            _lukk(prosess)


def _lukk(prosess: subprocess.Popen[bytes]) -> None:
    for stroem in (prosess.stdin, prosess.stdout):
        with contextlib.suppress(OSError):  # what was not sent has nobody to go to
            cast(BinaryIO, stroem).close()
