"""The yearly path for many draws: the same series as aarsserier, a chunk at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from velferdslab_model.model.aarsserier import Pengeserier, pengeserier
from velferdslab_model.model.array import Array
from velferdslab_model.model.flyt import Bidrag, Tall, antall_trekninger, flyt, utsnitt
from velferdslab_model.model.inndata import Modellinndata
from velferdslab_model.model.totaler import Dynamikk
from velferdslab_model.parameters.typer import BETALERE

#: Draws worked on at a time; twenty-two series of fifteen years are kept for each.
_BLOKK = 1024
#: The shares that pengeserier splits by.
_ANDELER = (
    "kommunal_andel_nullalternativ",
    "fylkeskommunal_andel_av_resten",
    "realiserbar_andel",
    "skattefinansieringssats",
    "offentlig_andel_produksjonsgevinst",
    "kommunal_andel_offentlig_inntekt",
)


def pengeserier_i_blokker(x: Modellinndata, blokk: int = _BLOKK) -> Iterator[tuple[slice, Pengeserier]]:
    """Yearly money of every draw at the scenario's rate, chunk by chunk: which draws, and series (chunk, T) kr.

    x: arrays with one axis of draws, or none (then one draw). Each chunk is new memory and may be kept.
    """
    n = antall_trekninger(x) or 1
    for fra in range(0, n, blokk):
        hvilke = slice(fra, min(fra + blokk, n))
        yield hvilke, _en_blokk(x, hvilke)


def _en_blokk(x: Modellinndata, hvilke: slice) -> Pengeserier:
    f = flyt(utsnitt(x, hvilke.start, hvilke.stop), x.analyseperiode)
    n, aar = hvilke.stop - hvilke.start, x.analyseperiode
    d = Dynamikk(f, aar, x.inntaksaar)

    def serie(b: Bidrag, vekst: bool = False) -> Array:
        """Years first in memory, so that a year of all draws lies together; draws first to the reader."""
        ut = np.empty((aar, n))
        for t in range(aar):
            faktor = d.faktor[t] * d.vekst[t] if vekst else d.faktor[t]
            np.multiply(d.aarlig(b, t), faktor, out=ut[t])
        return ut.T

    kostnad = np.stack([serie(getattr(f, f"kostnad_{b}")).T for b in BETALERE])
    felles: dict[str, Tall] = {navn: np.asarray(getattr(f.x, navn)) for navn in _ANDELER}
    return pengeserier(
        kostnad.transpose(2, 0, 1),
        serie(f.erstattet()),
        serie(f.bedret()),
        serie(f.helse(), vekst=True),
        serie(f.produksjon(), vekst=True),
        replace(x, **felles),
    )
