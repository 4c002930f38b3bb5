"""Ten thousand constructed registrations: read from CSV, placed, counted, settled and published. Seconds of processor time.

.venv/bin/python -m tests.benchmark.registreringer
"""

from __future__ import annotations

import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from tests.assess.konstruert import rad, skriv_csv
from velferdslab_model.assess.analysis import analyser_registreringer
from velferdslab_model.assess.published import publiser
from velferdslab_model.assess.reading import les_registreringer
from velferdslab_model.contract.reading import les_kontraktfil
from velferdslab_model.scenarios.loading import load_forutsetninger

PERSONER = 5_000


def main() -> None:
    """Run it and print."""
    rng = np.random.default_rng(1)
    rader = []
    for i in range(PERSONER):
        start = date(2023, 1, 1) + timedelta(days=int(rng.integers(600)))
        for tidspunkt, dag in (("oppstart", start), ("underveis", start + timedelta(days=365))):
            situasjon = int(rng.integers(4))
            rader.append(
                rad(f"P{i}", dag.isoformat(), tidspunkt, situasjon, alder=str(rng.integers(15, 25)), bekreftet="ja")
            )
    scenario, kontrakt = load_forutsetninger(), les_kontraktfil(None)
    with tempfile.TemporaryDirectory() as mappe:
        fil = skriv_csv(Path(mappe) / "r.csv", rader)
        start_lest = time.process_time()
        lest = les_registreringer(fil)
        start_regnet = time.process_time()
        a = analyser_registreringer(lest, fil.name, scenario, kontrakt=kontrakt)
        start_vist = time.process_time()
        p = publiser(a, internt=False)
        slutt = time.process_time()
    print(
        f"{len(lest)} registreringer: lest {start_regnet - start_lest:.2f} s, regnet {start_vist - start_regnet:.2f} s, ",
        end="",
    )
    print(f"skjult {len(p.skjul)} antall på {slutt - start_vist:.2f} s; i alt {slutt - start_lest:.2f} s")


if __name__ == "__main__":
    main()
