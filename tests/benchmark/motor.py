"""Speed of the engine: python -m tests.benchmark.motor [--heormodel]

Parameters are drawn beforehand; each figure is the best of five runs, on as many processes as it says. Every number of
the model differs between draws: 35 neutral ones, and the extended assumptions and the rate where it says so.
"""

from __future__ import annotations

import math
import sys
import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from velferdslab_model.model.array import Array
from velferdslab_model.model.blokkserier import pengeserier_i_blokker
from velferdslab_model.model.fordelt import totaler_fordelt
from velferdslab_model.model.inndata import Modellinndata, inndata
from velferdslab_model.model.totaler import totaler
from velferdslab_model.parameters.loading import les_toml
from velferdslab_model.uncertainty.montecarlo import montecarlo

HOVED = ("budsjett", "samfunn")
RUNDER = 5
VARIERES = (
    "inntak", "suksessrate", "oppstart", "drift", "nullalternativ", "livskvalitet", "stillingsandel", "verdi_qaly",
    "loennskostnad",
)  # fmt: skip
UTVIDET = {
    "erstatningsgrad": (0.5, 1.0),
    "beholder_steget": (0.5, 1.0),
    "aarlig_tilbakefall": (0.0, 0.2),
    "skjedd_uansett": (0.0, 0.3),
    "reell_vekst": (-0.02, 0.03),
    "skattefinansieringssats": (0.0, 0.2),
    "fast_aarskostnad": (0.0, 1e6),
    "kommunal_andel_nullalternativ": (0.3, 1.0),
    "realiserbar_andel": (0.2, 1.0),
    "offentlig_andel_produksjonsgevinst": (0.0, 0.5),
    "fylkeskommunal_andel_av_resten": (0.0, 0.5),
    "kommunal_andel_offentlig_inntekt": (0.0, 0.5),
    "neddiskontering": (0.0, 0.05),
}


def trukket(n: int, utvidet: bool = False) -> Modellinndata:
    """The default of unge voksne with every number drawn, each column contiguous."""
    x, rng = inndata(les_toml().grupper["unge_voksne"]), np.random.default_rng(20190101)

    def rundt(verdi: Array) -> Array:
        ut = rng.random((*np.shape(verdi), n))
        ut *= 0.4
        ut += 0.8
        ut *= np.asarray(verdi)[..., None]
        return np.moveaxis(ut, -1, 0)

    ny = {navn: rundt(getattr(x, navn)) for navn in VARIERES}
    if utvidet:
        ny |= {navn: rng.uniform(*grenser, n) for navn, grenser in UTVIDET.items()}
    return replace(x, **ny)  # type: ignore[arg-type]  # array fields


def best(kjoer: Callable[[], object]) -> float:
    """Seconds of the quickest of some runs."""
    tider = []
    for _ in range(RUNDER):
        start = time.perf_counter()
        kjoer()
        tider.append(time.perf_counter() - start)
    return min(tider)


def aarlig(x: Modellinndata) -> None:
    """Every yearly series of every draw, each chunk dropped when the next is made."""
    for _ in pengeserier_i_blokker(x):
        pass


def hastigheter() -> None:
    """Evaluations a second beside the limits of the project."""
    print(f"{'engine':46}{'processes':>10}{'million/s':>11}{'limit':>7}")
    for utvidet, n, grense in ((False, 4_000_000, 10.0), (True, 2_000_000, 1.5)):
        x = trukket(n, utvidet)
        navn = "totals, " + ("extended" if utvidet else "neutral")
        for prosesser in (1, 2):
            sekunder = best(lambda x=x, p=prosesser: totaler_fordelt(x, p, HOVED, ()))  # type: ignore[misc]
            krav = f"{grense:g}" if prosesser == 2 else "-"
            print(f"{navn + ', both nets and payback years':46}{prosesser:10}{n / sekunder / 1e6:11.1f}{krav:>7}")
        x = trukket(200_000, utvidet)
        sekunder = best(lambda x=x: aarlig(x))  # type: ignore[misc]
        print(f"{'yearly series, ' + ('extended' if utvidet else 'neutral'):46}{1:10}{0.2 / sekunder:11.1f}{'1':>7}")


def vekst() -> None:
    """Seconds from 10^4 to 10^7 draws; the exponent is that of the line through them in logarithms."""
    antall = [10**k for k in range(4, 8)]
    x = trukket(antall[-1])
    start = {navn: getattr(x, navn) for navn in VARIERES}
    tider = []
    for n in antall:
        del_ = replace(x, **{navn: a[:n] for navn, a in start.items()})
        tider.append(best(lambda d=del_: totaler(d, HOVED, ())))  # type: ignore[misc]
        print(f"{n:12,} draws, one process: {tider[-1]:8.4f} s")
    eksponent = np.polyfit([math.log(n) for n in antall], [math.log(t) for t in tider], 1)[0]
    print(f"exponent {eksponent:.3f}, limit 1.05")


def monte_carlo() -> None:
    """Seconds of a million draws of the Monte Carlo part: drawing, computing, sorting, value of information."""
    f = les_toml()
    sekunder = best(lambda: [montecarlo(g, 1_000_000, 1) for g in f.grupper.values()])
    print(f"Monte Carlo, 1,000,000 draws, both groups: {sekunder:.2f} s, limit 5")


def main() -> None:
    """Print every table."""
    hastigheter()
    vekst()
    monte_carlo()
    if "--heormodel" in sys.argv:
        from tests.benchmark.mot_heormodel import sammenlign

        sammenlign(trukket(20_000))


if __name__ == "__main__":
    main()
