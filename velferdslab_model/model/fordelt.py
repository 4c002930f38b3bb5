"""The totals path on several processes, with the same bits as on one.

The processes are forked and see the draws where they lie, which base/workers would have to send them; each fills its
own part of results in shared memory, and ends when this one has. Where there is no fork (Windows) one process does the work.
"""

from __future__ import annotations

import mmap
import multiprocessing
import sys
import warnings
from collections.abc import Sequence
from itertools import pairwise
from multiprocessing import parent_process

import numpy as np

from velferdslab_model.model.aarsserier import NETTO
from velferdslab_model.model.flyt import antall_trekninger
from velferdslab_model.model.inndata import Modellinndata
from velferdslab_model.model.totaler import BLOKK, TOTALSUMMER, Totaler, fyll, navn_paa_summer, totaler

#: Fewer draws than this are not worth a process.
_MINST = 200_000
#: Draws that a process computes between looks for the one that started it.
_BIT = 16 * BLOKK


def totaler_fordelt(
    x: Modellinndata,
    prosesser: int,
    netto: Sequence[str] = NETTO,
    summer: Sequence[str] = TOTALSUMMER,
    minst: int = _MINST,
) -> Totaler:
    """The same as totaler(x, netto, summer), on so many processes. minst: draws from which more than one are used."""
    n = antall_trekninger(x) or 1
    if prosesser < 2 or n < minst or sys.platform in ("win32", "darwin"):
        return totaler(x, netto, summer)
    ut = Totaler(
        {navn: np.frombuffer(mmap.mmap(-1, 8 * n)) for navn in navn_paa_summer(netto, summer)},
        {navn: np.frombuffer(mmap.mmap(-1, n), dtype=np.int8) for navn in netto},
    )
    blokker = -(-n // BLOKK)
    grenser = [min(n, BLOKK * (blokker * k // prosesser)) for k in range(prosesser)] + [n]
    gren = multiprocessing.get_context("fork")
    deler = [gren.Process(target=_fyll_del, args=(ut, x, fra, til), daemon=True) for fra, til in pairwise(grenser[1:])]
    with warnings.catch_warnings():
        # NumPy's linear algebra has threads of its own; the children do not call it.
        warnings.simplefilter("ignore", DeprecationWarning)
        for del_ in deler:
            del_.start()
    try:
        fyll(ut, x, 0, grenser[1])
        for del_ in deler:
            del_.join()
    finally:
        for del_ in deler:
            del_.kill()
    if feilet := [del_.exitcode for del_ in deler if del_.exitcode]:
        raise RuntimeError(f"a process ended with {feilet[0]}")
    return ut


def _fyll_del(ut: Totaler, x: Modellinndata, fra: int, til: int) -> None:
    """Compute in a process of its own, and stop when the one that started it is gone: nobody will read the answers."""
    starter = parent_process()
    for start in range(fra, til, _BIT):
        if starter is not None and not starter.is_alive():
            return
        fyll(ut, x, start, min(start + _BIT, til))
