"""Outcomes of independent cohorts as rows of whole numbers with their chances: sums, thinning, and one cohort's own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import comb
from typing import Any

import numpy as np
from numpy.typing import NDArray

from velferdslab_model.contract.oppgjoer import Oppgjoerslinje, linjebeloep
from velferdslab_model.model.array import Array

Heltall = NDArray[np.int64]

#: More outcomes than this at once are too many.
MAKS_UTFALL, MAKS_PRODUKT = 400_000, 12_000_000
_PAR_FOER_RUTENETT = 2_000_000


class ForMangeUtfall(Exception):  # no fault; the caller simulates
    """The outcomes are too many to count one by one."""


def noekler(rader: NDArray[Any]) -> Heltall:
    """One whole number for each row, the same for equal rows only. rader: (M, d). Returns (M,)."""
    noekkel, antall = np.zeros(len(rader), dtype=np.int64), 1
    for kol in rader.T:
        lavest = kol.min()
        spenn = int(kol.max() - lavest) + 1
        if spenn == 1:
            continue
        if antall * spenn > 1 << 62:
            noekkel = np.unique(noekkel, return_inverse=True)[1].astype(np.int64)
            antall = len(rader)
        noekkel = noekkel * spenn + (kol - lavest)
        antall *= spenn
    return noekkel


def like_rader(rader: NDArray[Any]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The order that puts equal rows together, in the order they came, (M,), and where in it each lot begins."""
    noekkel = noekler(rader)
    rekke = np.argsort(noekkel, kind="stable")
    sortert = noekkel[rekke]
    return rekke, np.flatnonzero(np.concatenate(([True], sortert[1:] != sortert[:-1])))


@dataclass(frozen=True)
class Sky:
    """Outcomes as rows of whole numbers, (M, d), with their chances for each of R rates, (R, M)."""

    rader: Heltall
    p: Array

    @staticmethod
    def av_antall(p: Array) -> Sky:
        """A cohort before its first line: rows of those who hold, those who succeeded, and nothing yet. p: (R, n+1)."""
        antall = np.arange(p.shape[1], dtype=np.int64)
        return Sky(np.stack([antall, antall, np.zeros_like(antall)], axis=1), p)

    def samlet(self) -> Sky:
        """Equal rows become one."""
        if len(self.rader) < 2:
            return self
        rekke, starter = like_rader(self.rader)
        if len(starter) == len(self.rader):
            return self
        if len(starter) > MAKS_UTFALL:
            raise ForMangeUtfall
        return Sky(self.rader[rekke[starter]], np.add.reduceat(self.p[:, rekke], starter, axis=1))

    def pluss(self, annen: Sky, foldes: bool = True) -> Sky:
        """The sum of two independent ones. foldes: whether many may be summed over a grid, which leaves out the least likely."""
        par = len(self.rader) * len(annen.rader) * len(self.p)
        if foldes and par > _PAR_FOER_RUTENETT and (paa_rutenett := _foldet(self, annen)):
            return paa_rutenett
        if par > (MAKS_PRODUKT if foldes else _PAR_FOER_RUTENETT):
            raise ForMangeUtfall
        rader = (self.rader[:, None, :] + annen.rader[None, :, :]).reshape(-1, self.rader.shape[1])
        p = (self.p[:, :, None] * annen.p[:, None, :]).reshape(len(self.p), -1)
        return Sky(rader, p).samlet()


def _foldet(a: Sky, b: Sky) -> Sky | None:
    """The sum over a grid of whole steps, by Fourier transform; None when the grid is too large.

    A chance is right within 1e-15, absolute; those below 1e-17 are left out.
    """
    steg = np.array(
        [
            max(1, int(np.gcd.reduce(np.concatenate((x - x[0], y - y[0])))))
            for x, y in zip(a.rader.T, b.rader.T, strict=True)
        ]
    )
    start = [sky.rader.min(axis=0) for sky in (a, b)]
    plass = [(sky.rader - s) // steg for sky, s in zip((a, b), start, strict=True)]
    form = tuple(int(x) + 1 for x in plass[0].max(axis=0) + plass[1].max(axis=0))
    if len(a.p) * int(np.prod(form, dtype=float)) > MAKS_PRODUKT:
        return None
    akser = tuple(range(1, len(form) + 1))
    frekvenser = []
    for sky, sted in zip((a, b), plass, strict=True):
        nett = np.zeros((len(sky.p), *form))
        nett.reshape(len(sky.p), -1)[:, np.ravel_multi_index(tuple(sted.T), form)] = sky.p
        frekvenser.append(np.fft.rfftn(nett, axes=akser))
    flatt = np.fft.irfftn(frekvenser[0] * frekvenser[1], s=form, axes=akser).reshape(len(a.p), -1)
    mulig = np.flatnonzero((flatt > 1e-17).any(axis=0))
    if len(mulig) > MAKS_UTFALL:
        return None
    rader = np.stack(np.unravel_index(mulig, form), axis=1) * steg + start[0] + start[1]
    return Sky(rader.astype(np.int64), np.maximum(0.0, flatt[:, mulig]))


def binomisk(n: int, p: Array) -> Array:
    """Chances of 0..n successes for each rate. p: (R,). Returns (R, n+1)."""
    k = np.arange(n + 1)
    ut: Array = _koeffisienter(n) * p[:, None] ** k * (1 - p)[:, None] ** (n - k)
    return ut


@cache
def _koeffisienter(n: int) -> Array:
    return np.array([float(comb(n, k)) for k in range(n + 1)])


def kohortsky(sky: Sky, n: int, linjer: list[Oppgjoerslinje]) -> Sky:
    """One cohort of n: rows of those who hold, those who succeeded, and the amount on these lines.

    sky: rows of Sky.av_antall. Those who hold at a date are drawn among those who held before.
    """
    holdt = 1.0
    for linje in linjer:
        if linje.holder < holdt:
            sky = _faerre_holder(sky, n, linje.holder / holdt)
        holdt = linje.holder
        rader = sky.rader.copy()
        rader[:, 2] += linjebeloep(rader[:, 0].astype(float), linje.pris).astype(np.int64)
        sky = Sky(rader, sky.p).samlet()
    return sky


def _faerre_holder(sky: Sky, n: int, andel: float) -> Sky:
    if len(sky.rader) * (n + 1) * len(sky.p) > MAKS_PRODUKT:
        raise ForMangeUtfall
    tabell = sjanser_for_aa_holde(n, andel)
    rader = np.repeat(sky.rader[:, None, :], n + 1, axis=1)
    rader[:, :, 0] = np.arange(n + 1)
    p = sky.p[:, :, None] * tabell[sky.rader[:, 0]][None, :, :]
    mulig = tabell[sky.rader[:, 0]].ravel() > 0
    return Sky(rader.reshape(-1, 3)[mulig], p.reshape(len(sky.p), -1)[:, mulig]).samlet()


def sjanser_for_aa_holde(n: int, andel: float) -> Array:
    """Chances that j of m still hold when each does with this chance: (n+1, n+1), from m to j."""
    ut = np.zeros((n + 1, n + 1))
    for m in range(n + 1):
        ut[m, : m + 1] = binomisk(m, np.array([andel]))[0]
    return ut
