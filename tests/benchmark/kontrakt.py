"""The exact distribution of a contract against ten million simulated contracts: time, and the distance in standard errors.

.venv/bin/python -m tests.benchmark.kontrakt
"""

from __future__ import annotations

import os
import time

import numpy as np

from velferdslab_model.contract.distribution import betalingsfordeling, simuler
from velferdslab_model.contract.loading import les_kontrakt

ANTALL, DEL = 10_000_000, 100_000


def main() -> None:
    """Run it and print."""
    v = les_kontrakt()
    start = time.perf_counter()
    f = betalingsfordeling(v)
    eksakt = time.perf_counter() - start
    rng = np.random.default_rng(1)
    sum_ = kvadrat = naadd = 0.0
    start, arbeidet = time.perf_counter(), time.process_time()
    for _ in range(ANTALL // DEL):
        betalt = simuler(v, DEL, rng)[2].sum(axis=1)
        sum_ += float(betalt.sum())
        kvadrat += float((betalt**2).sum())
        naadd += float((betalt >= (v.tak.kontrakt or np.inf)).sum())
    simulert, arbeidet = time.perf_counter() - start, time.process_time() - arbeidet
    snitt = sum_ / ANTALL
    feil = float(np.sqrt((kvadrat / ANTALL - snitt**2) / ANTALL))
    p = naadd / ANTALL
    print(f"eksakt: {f.forventet:.2f} på {eksakt * 1000:.1f} ms; P(tak) {f.p_tak:.6f}")
    print(f"simulert {ANTALL}: {snitt:.2f} på {simulert:.1f} s ({arbeidet:.1f} s prosessortid); P(tak) {p:.6f}")
    print(f"maskinens belastning: {os.getloadavg()[0]:.1f} på {os.cpu_count()} kjerner")
    print(
        f"avvik {(snitt - f.forventet) / feil:.2f} og {(p - f.p_tak) / np.sqrt(p * (1 - p) / ANTALL):.2f} standardfeil"
    )


if __name__ == "__main__":
    main()
