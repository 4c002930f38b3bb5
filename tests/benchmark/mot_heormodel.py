"""The same model and draws in heormodel (PyPI, the benchmark extra): equal sums, and how much faster this engine is."""

from __future__ import annotations

import time
from itertools import pairwise

import numpy as np
import pandas as pd
from heormodel.models.markov import CohortSpec, MarkovModel

from velferdslab_model.model.inndata import Modellinndata
from velferdslab_model.model.totaler import totaler

_I = [(s, j) for s in range(3) for j in range(s, 3)]
_X = [(s, j) for s in range(3) for j in range(s, 4)]
#: Waiting to be taken in, by year and situation; in the programme; out of it. Entered in s, now in j.
_VENTER = [(aar, s) for aar in range(1, 5) for s in range(3)]
TILSTANDER = [f"venter_{a}_{s}" for a, s in _VENTER] + [f"inne_{s}{j}" for s, j in _I] + [f"ute_{s}{j}" for s, j in _X]
_NR = {navn: k for k, navn in enumerate(TILSTANDER)}


def sammenlign(x: Modellinndata) -> None:
    """Run all draws in both and print sums' largest difference, seconds and the ratio."""
    assert x.inntaksaar == 5
    n = len(x.suksessrate)
    start = time.perf_counter()
    vaare = totaler(x, ("budsjett", "samfunn"), ())
    for _ in range(99):
        totaler(x, ("budsjett", "samfunn"), ())
    egen = (time.perf_counter() - start) / 100
    # The starting distribution is part of heormodel's structure, so intake is the same in every draw there; what an
    # entrant costs and gives is therefore multiplied by the draw's intake relative to the mean.
    modell = MarkovModel(
        states=TILSTANDER,
        interventions=("velferdslab",),
        transitions_and_rewards=lambda rad, _: _spesifikasjon(x, int(rad["nummer"])),
        n_cycles=x.analyseperiode - 1,
        initial_state=_begynnelse(),
        discount_rate=0.0,
        cycle_correction="none",
    )
    trekninger = pd.DataFrame({"nummer": np.arange(n, dtype=float)}, index=pd.RangeIndex(n, name="iteration"))
    start = time.perf_counter()
    svar = modell.evaluate(trekninger)
    deres = time.perf_counter() - start
    ramme = svar.data.reset_index().sort_values("iteration")
    budsjett = -ramme["cost"].to_numpy()
    samfunn = budsjett + ramme["qaly"].to_numpy()
    for navn, verdi in (("netto_budsjett", budsjett), ("netto_samfunn", samfunn)):
        avvik = np.abs(verdi - vaare.sum[navn]) / np.abs(vaare.sum[navn]).max()
        print(f"{navn}: largest difference {avvik.max():.1e} of the largest sum, {n} draws")
        assert avvik.max() < 1e-9
    print(f"heormodel {deres:.2f} s, velferdslab {egen:.5f} s: {deres / egen:,.0f} times as fast (limit 500)")


def _begynnelse() -> list[float]:
    ut = np.zeros(len(TILSTANDER))
    for s in range(3):
        ut[_NR[f"inne_{s}{s}"]] = 1 / 15
        for aar in range(1, 5):
            ut[_NR[f"venter_{aar}_{s}"]] = 1 / 15
    return list(ut)


def _spesifikasjon(x: Modellinndata, k: int) -> CohortSpec:
    p, n, inntak = x.suksessrate[k], x.nullalternativ[k], 15 * x.inntak[k]
    verdi = x.verdi_qaly[k] * x.livskvalitet[k] + x.loennskostnad[k] * x.stillingsandel[k]
    overgang, netto, nytte = np.zeros((len(TILSTANDER), len(TILSTANDER))), np.zeros(len(TILSTANDER)), None
    nytte = np.zeros(len(TILSTANDER))
    for s in range(3):
        for aar, neste in pairwise([*range(4, 0, -1), 0]):
            til = f"venter_{neste}_{s}" if neste else f"inne_{s}{s}"
            overgang[_NR[f"venter_{aar}_{s}"], _NR[til]] = 1
    for s, j in _I:
        fra = _NR[f"inne_{s}{j}"]
        overgang[fra, _NR[f"ute_{s}{j}"]] = 1 - p[j]
        overgang[fra, _NR[f"inne_{s}{j + 1}" if j < 2 else f"ute_{s}3"]] = p[j]
        kostnad = x.drift[k, j].sum() + (x.oppstart[k, s].sum() if s == j else 0)
        netto[fra] = inntak[s] * (n[s] - kostnad)
        nytte[fra] = inntak[s] * (verdi[j] - verdi[s])
    for s, j in _X:
        fra = _NR[f"ute_{s}{j}"]
        overgang[fra, fra] = 1
        netto[fra], nytte[fra] = inntak[s] * (n[s] - n[j]), inntak[s] * (verdi[j] - verdi[s])
    return CohortSpec(overgang, -netto, nytte)
