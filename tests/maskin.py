"""How slow this machine is, so that bounds on processor time mean the same on every machine."""

from __future__ import annotations

import time
from functools import cache

#: Processor seconds of the loop below on the machine the bounds were set on (measured there: 0.07 every time).
_GRUNNLAG = 0.07


def _loekke() -> float:
    start = time.process_time()
    antall: dict[int, int] = {}
    for i in range(1_000_000):
        antall[i % 1000] = antall.get(i % 1000, 0) + i
    return time.process_time() - start


@cache
def langsomhet() -> float:
    """How many times as long as there the same work takes here; never below 1, so that no bound is made tighter."""
    return max(1.0, min(_loekke() for _ in range(3)) / _GRUNNLAG)
