"""How long somebody at the page waits for an answer: python -m tests.benchmark.siden

Medians of ten clicks in each room that answers at once, and of ten first pages, beside making the workbook that is handed
over, on the same machine; each also as a part of that.
"""

from __future__ import annotations

import json
import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tests.app.tjener import Tjener
from velferdslab_model.base.dato import dagens_dato
from velferdslab_model.effektbok.writing import arbeidsbok
from velferdslab_model.results import beregn
from velferdslab_model.scenarios.loading import load_forutsetninger

KLIKK = {"start": {"navn": "Bergen"}, "priser": {"handling": "hent"}, "personas": {}, "utenfor": {}, "kontrakt": {}}
RUNDER = 10


def median(gjoer: Callable[[], object]) -> float:
    """Seconds."""
    tider = []
    for _ in range(RUNDER):
        start = time.perf_counter()
        gjoer()
        tider.append(time.perf_counter() - start)
    return statistics.median(tider)


def klikk(tjener: Tjener, rom: str) -> None:
    """Send the form and read the page with the answer."""
    sted = tjener.send(f"/{rom}", KLIKK[rom]).hoder["location"]
    while not json.loads(tjener.be("GET", f"{sted}/status").kropp)["ferdig"]:
        time.sleep(0.01)
    assert tjener.be("GET", sted).status == 200


def main() -> None:
    """Measure and print a table."""
    f = load_forutsetninger()
    bok = median(lambda: arbeidsbok(beregn(f), dagens_dato()))
    print(f"{'':16}{'seconds':>9}{'x workbook':>12}\n{'the workbook':16}{bok:9.3f}{1:12.2f}")
    with tempfile.TemporaryDirectory() as mappe, Tjener(Path(mappe)) as tjener:
        time.sleep(8)  # until the processes are warm
        alle: dict[str, Callable[[], object]] = {
            "first page": partial(tjener.be, "GET", "/start"),
            **{rom: partial(klikk, tjener, rom) for rom in KLIKK},
        }
        for navn, gjoer in alle.items():
            tid = median(gjoer)
            print(f"{navn:16}{tid:9.3f}{tid / bok:12.2f}")


if __name__ == "__main__":
    main()
