"""Work in processes of their own, warm and with a time limit, so that a heavy file never freezes the page."""

from __future__ import annotations

import asyncio
import contextlib
import pickle
import subprocess
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TypeVar, cast

from velferdslab_model.base.worker_loop import motta, send
from velferdslab_model.base.workers import start_arbeider

_T = TypeVar("_T")
_R = TypeVar("_R")


class TidenErUte(Exception):
    """The work took longer than it may; the process is ended."""


class ArbeiderenDoede(Exception):
    """The process ended in the middle of the work."""


class ForMangeVenter(Exception):
    """More work waits than is sensible."""


@dataclass(frozen=True)
class Bestilling:
    """A function at the top of a module, and what to do it with."""

    funksjon: Callable[..., object]
    argument: object


def utfoer(bestilling: Bestilling) -> object:
    """Do it, in the worker."""
    return bestilling.funksjon(bestilling.argument)


class _Arbeider:
    """One process; the first message tells it what to do with all others."""

    def __init__(self, mappe: Path) -> None:
        self.prosess = start_arbeider({"TMPDIR": str(mappe), "TEMP": str(mappe), "TMP": str(mappe)})
        with contextlib.suppress(OSError):  # it is found dead when it is used
            send(cast(BinaryIO, self.prosess.stdin), pickle.dumps(utfoer))

    def gjoer(self, bestilling: Bestilling) -> Sequence[object] | Exception | None:
        """Blocks until it has answered, or is dead, which gives None."""
        try:
            send(cast(BinaryIO, self.prosess.stdin), pickle.dumps([bestilling]))
            svar = motta(cast(BinaryIO, self.prosess.stdout))
        except (OSError, ValueError):
            return None
        if svar is None:
            return None
        lest: Sequence[object] | Exception = pickle.loads(svar)
        return lest

    def avslutt(self) -> None:
        self.prosess.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.prosess.wait(5)
        for stroem in (self.prosess.stdin, self.prosess.stdout):
            with contextlib.suppress(OSError):
                cast(BinaryIO, stroem).close()


class Arbeidere:
    """So many processes, each with one thing at a time; the rest waits its turn, in order."""

    def __init__(self, antall: int, mappe: Path, maks_venter: int = 100) -> None:
        self._mappe, self._maks_venter = mappe, maks_venter
        self._ledige: asyncio.Queue[_Arbeider] = asyncio.Queue()
        self._alle: set[_Arbeider] = set()
        self._traader = ThreadPoolExecutor(antall, "arbeider")
        self._venter = 0
        self._stengt = False
        for _ in range(antall):
            self._start()

    def _start(self) -> None:
        if self._stengt:
            return
        arbeider = _Arbeider(self._mappe)
        self._alle.add(arbeider)
        self._ledige.put_nowait(arbeider)

    async def varm(self, funksjon: Callable[[str], object], argument: str) -> None:
        """Let every process that is free do something once, before anybody asks. Whether it went well is not told."""
        antall = max(1, self._ledige.qsize())
        await asyncio.gather(*(self.utfoer(funksjon, argument, 60.0) for _ in range(antall)), return_exceptions=True)

    async def utfoer(
        self, funksjon: Callable[[_T], _R], argument: _T, grense: float, begynner: Callable[[], None] = lambda: None
    ) -> _R:
        """Do it in a process. grense: seconds it may take. begynner: told when its turn has come.

        Raises what the work raises, TidenErUte, ArbeiderenDoede and ForMangeVenter. Cancelled, it ends the process.
        """
        if self._venter >= self._maks_venter:
            raise ForMangeVenter
        self._venter += 1
        try:
            arbeider = await self._ledige.get()
        finally:
            self._venter -= 1
        hel = False
        try:
            begynner()
            loop = asyncio.get_running_loop()
            fremtid = loop.run_in_executor(self._traader, arbeider.gjoer, Bestilling(funksjon, argument))
            try:
                svar = await asyncio.wait_for(asyncio.shield(fremtid), grense)
            except TimeoutError:
                raise TidenErUte from None
            hel = svar is not None
        finally:
            if hel:
                self._ledige.put_nowait(arbeider)
            else:
                self._alle.discard(arbeider)
                arbeider.avslutt()
                self._start()
        if svar is None:
            raise ArbeiderenDoede
        if isinstance(svar, Exception):
            raise svar
        return cast(_R, svar[0])

    def avslutt(self) -> None:
        """End all of them, done or not."""
        self._stengt = True
        for arbeider in self._alle:
            arbeider.avslutt()
        self._alle.clear()
        self._traader.shutdown(wait=False, cancel_futures=True)
