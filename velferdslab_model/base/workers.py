"""The same work on many things, side by side on all cores."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import TypeVar

import numpy as np

T = TypeVar("T")
R = TypeVar("R")
#: Deliveries to each worker.
_OMGANGER = 20


def for_hver(arbeid: Callable[[T], R], alle: Sequence[T], i_en_prosess: bool = False) -> Iterator[R]:
    """Do the work for each; yields the answers in the same order, as they come.

    arbeid: a function at the top of a module, for it is sent to other processes. i_en_prosess: for work so small that
    starting processes would cost more than it saves.
    """
    arbeidere = min(kjerner(), len(alle))
    if i_en_prosess or arbeidere < 2:  # one worker is no help
        yield from map(arbeid, alle)
        return
    with ProcessPoolExecutor(arbeidere, initializer=_forbered) as prosesser:
        try:
            # Several at a time, for sending each costs; many times over, so that no worker is left waiting.
            yield from prosesser.map(arbeid, alle, chunksize=max(1, len(alle) // (arbeidere * _OMGANGER)))
        finally:
            prosesser.shutdown(cancel_futures=True)


def kjerner() -> int:
    """Cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _forbered() -> None:
    """Set up a worker: leave Ctrl-C to the process that started it, which says so once; and keep freed memory.

    The allocator of Linux gives memory back as soon as the top of it is free, and takes it again at once, which is a
    third of the time of such work. It stops doing so for sizes it has seen come and go.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    np.empty(16 << 20, dtype=np.uint8)
