"""The same work on many things, side by side on all cores."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from typing import TypeVar

import numpy as np

T = TypeVar("T")
R = TypeVar("R")


def for_hver(arbeid: Callable[[T], R], alle: Sequence[T], i_en_prosess: bool = False) -> Iterator[tuple[int, R]]:
    """Do the work for each; yields place and answer as they are done, in any order.

    arbeid: a function at the top of a module, for it is sent to other processes. i_en_prosess: for work so small that
    starting processes would cost more than it saves.
    """
    arbeidere = min(kjerner(), len(alle))
    if i_en_prosess or arbeidere < 2:  # one worker is no help
        yield from ((i, arbeid(en)) for i, en in enumerate(alle))
        return
    with ProcessPoolExecutor(arbeidere, initializer=_forbered) as prosesser:
        venter: dict[Future[R], int] = {prosesser.submit(arbeid, en): i for i, en in enumerate(alle)}
        try:
            for ferdig in as_completed(venter):
                yield venter.pop(ferdig), ferdig.result()
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
