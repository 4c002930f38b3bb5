"""Round marks for the axis of a chart."""

from __future__ import annotations

import math


def rund_akse(lav: float, hoey: float) -> tuple[float, float, float]:
    """First mark, last mark and the step between marks, such that they are round and hold both numbers."""
    spenn = max(hoey - lav, 1.0)
    steg: float = 10.0 ** math.floor(math.log10(spenn / 4))
    steg *= next(f for f in (1, 2, 5, 10) if spenn / (steg * f) <= 6)
    foerste = math.floor(lav / steg)
    return foerste * steg, max(math.ceil(hoey / steg), foerste + 1) * steg, steg
