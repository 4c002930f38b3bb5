"""Whether a difference is real: in how many draws one municipality is better than another, and which place each takes."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from velferdslab_model.base.workers import Fremdrift, for_hver, kjerner, uten_fremdrift
from velferdslab_model.compare.faktorer import HOVEDNETTO
from velferdslab_model.compare.trekning import DESIMALER, Oppgave, trekk_oppgave
from velferdslab_model.model.array import Array

#: Evaluations too few for it to pay to start processes.
_FAA = 1_000_000
#: Nets ranked at a time: memory for the places does not grow with the draws.
_SAMTIDIG = 1 << 19
_PERSENTILER = (5, 50, 95)
#: Below this a probability counts as none, when places are read off a sum that has been rounded.
_NULL = 1e-9
_MAKS_KLASSER, _FEMDELER = 12, 5


@dataclass(frozen=True)
class Rangering:
    """One net per person taken in, standardised, in one group, for the K municipalities that take in anybody.

    navn: K. rang: (K, K) probability of each place, the best first; ties share their places. bedre: (K, K) probability
    that the row is better than the column, a tie counting half. over_snittet: (K,) probability of being above the mean of
    all. persentiler: (K, 3) the net, kr per person, at 5, 50 and 95 per cent. av_smaa_tall: (K,) share of the
    variance that chance among the participants would have. med_antakelser: (K,) probability of being better than the
    reference, or than the mean, when each has its own assumptions; None when the reference is not among them.
    """

    navn: tuple[str, ...]
    rang: Array
    bedre: Array
    over_snittet: Array
    persentiler: Array
    av_smaa_tall: Array
    med_antakelser: Array | None

    @cached_property
    def plass(self) -> dict[str, int]:
        """Row of each municipality."""
        return {navn: i for i, navn in enumerate(self.navn)}

    @cached_property
    def rangspenn(self) -> NDArray[np.intp]:
        """Place, from 1, at 5, 50 and 95 per cent: (K, 3)."""
        samlet = self.rang.cumsum(axis=1)
        return np.stack([(samlet < p / 100 - _NULL).sum(axis=1) + 1 for p in _PERSENTILER], axis=1)

    @property
    def klasser(self) -> list[tuple[int, int]]:
        """Places in classes: first and last of each, from 1. One for each place, or fifths of them when there are many;
        more classes than that would hold one place here and two there."""
        k = len(self.navn)
        antall = k if k <= _MAKS_KLASSER else _FEMDELER
        grenser = [k * i // antall for i in range(antall + 1)]
        return [(fra + 1, til) for fra, til in pairwise(grenser)]

    def i_klassen(self, klasse: tuple[int, int]) -> Array:
        """Probability of a place within a class: (K,)."""
        summert: Array = self.rang[:, klasse[0] - 1 : klasse[1]].sum(axis=1)
        return np.minimum(summert, 1.0)


@dataclass(frozen=True)
class Rangeringer:
    """The rankings by group and net (HOVEDNETTO), and what they were drawn with. A group nobody takes in has none.

    hvorfor_ikke: why nothing was ranked, empty when it was.
    """

    trekninger: int
    froe: int
    grupper: Mapping[str, Mapping[str, Rangering]]
    hvorfor_ikke: str = ""


def ranger(
    oppgaver: Mapping[str, Mapping[str, Oppgave]], referanse: str | None, fremdrift: Fremdrift = uten_fremdrift
) -> dict[str, dict[str, Rangering]]:
    """Draw and rank. oppgaver: by group, then by name of the municipalities that take in anybody. referanse: None for
    the mean.

    The draws of a municipality are its own and depend on no other, so one more in the list moves no draw.
    """
    alle = [o for gruppe in oppgaver.values() for o in gruppe.values()]
    trukket = {}
    svar = for_hver(trekk_oppgave, alle, sum(o.trekninger for o in alle) < _FAA)
    for o, trekning in zip(alle, svar, strict=True):
        trukket[o.hvem] = trekning
        fremdrift(len(trukket), len(alle))
    grunnlag = []
    for gruppe, kommuner in oppgaver.items():
        like = _like([o.innhold for o in kommuner.values()])
        like_med = _like([(o.innhold, o.innhold_egne) for o in kommuner.values()])
        deres = [trukket[o.hvem] for o in kommuner.values()]
        for n, netto in enumerate(HOVEDNETTO if deres else ()):
            ytelse, egne = (np.array([getattr(t, hva)[n] for t in deres]) for hva in ("netto", "egne"))
            smaa = np.array([t.av_smaa_tall[n] for t in deres])
            grunnlag.append((gruppe, netto, _Grunnlag(tuple(kommuner), ytelse, egne, smaa, like, like_med, referanse)))
    ut: dict[str, dict[str, Rangering]] = {gruppe: {} for gruppe in oppgaver}
    # Threads, because NumPy leaves the interpreter while it sorts and compares, and nothing has to be sent.
    with ThreadPoolExecutor(kjerner()) as arbeidere:
        for (gruppe, netto, _), rangering in zip(
            grunnlag, arbeidere.map(_ranger, [g for _, _, g in grunnlag]), strict=True
        ):
            ut[gruppe][netto] = rangering
    return ut


def _like(innhold: Sequence[Hashable]) -> Array:
    """What takes the mean over those with the same numbers: (K, K), rows that sum to 1.

    They have the same distribution, so the mean is as right for each as its own draws, and with less chance in it: two
    identical files are each better than the other with probability one half, to the last digit.
    """
    nummer = {en: i for i, en in enumerate(dict.fromkeys(innhold))}
    hvilken = np.array([nummer[en] for en in innhold], dtype=np.intp)
    samme = hvilken[:, None] == hvilken[None, :]
    ut: Array = samme / samme.sum(axis=1, keepdims=True) if innhold else samme.astype(float)
    return ut


@dataclass(frozen=True)
class _Grunnlag:
    """What one ranking is made of. netto, egne: (K, n) kr; av_smaa_tall: (K,); like, like_med: as made by _like.
    referanse: None for the mean."""

    navn: tuple[str, ...]
    netto: Array
    egne: Array
    av_smaa_tall: Array
    like: Array
    like_med: Array
    referanse: str | None


def _ranger(g: _Grunnlag) -> Rangering:
    netto, like = g.netto, g.like
    k, n = netto.shape
    rang, bedre, over = np.zeros((k, k)), np.zeros((k, k)), np.zeros(k)
    blokk = max(1, _SAMTIDIG // k)
    for fra in range(0, n, blokk):
        del_ = netto[:, fra : fra + blokk]
        foerst, sist = plasser(del_)
        rang += antall_paa_plass(foerst, sist)
        bedre += antall_bedre(foerst, sist)
        over += _over_snittet(del_)
    persentiler = np.percentile(netto, _PERSENTILER, axis=1).T
    return Rangering(
        g.navn,
        like @ (rang / n),
        _parvis(bedre / n, like),
        like @ (over / n),
        like @ persentiler,
        g.like_med @ g.av_smaa_tall,
        _med_antakelser(g),
    )


def _over_snittet(netto: Array) -> Array:
    """In how many draws each is above the mean of all, a tie counting half. netto: (K, n). Returns (K,)."""
    snitt = np.round(netto.mean(axis=0), DESIMALER)
    ut: Array = (netto > snitt).sum(axis=1) + (netto == snitt).sum(axis=1) / 2
    return ut


def _med_antakelser(g: _Grunnlag) -> Array | None:
    k, n = g.egne.shape
    ut: Array
    if g.referanse is None:
        ut = g.like_med @ (_over_snittet(g.egne) / n)
        return ut
    if g.referanse not in g.navn:
        return None
    deres = g.like_med[g.navn.index(g.referanse)]
    mot = np.zeros(k)
    for r in np.flatnonzero(deres):
        mot += deres[r] * ((g.egne > g.egne[r]).sum(axis=1) + (g.egne == g.egne[r]).sum(axis=1) / 2) / n
    ut = g.like_med @ mot
    ut[deres > 0] = 0.5  # exactly; the sums above leave a last digit
    return ut


def _parvis(bedre: Array, like: Array) -> Array:
    ut: Array = like @ bedre @ like.T
    ut[like > 0] = 0.5  # exactly; the sums above leave a last digit
    return ut


def plasser(netto: Array) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """First and last of the places each shares in each draw, from 0, the highest net first: both (K, n)."""
    k = len(netto)
    orden = np.argsort(-netto, axis=0)  # ties need no order, and this is three times as fast as a stable one
    nummer = np.arange(k, dtype=np.int32)[:, None]
    ordnet = np.take_along_axis(netto, orden, axis=0)
    som_forrige = ordnet[1:] == ordnet[:-1]
    if not som_forrige.any():
        hver = _tilbake(orden, np.broadcast_to(nummer, netto.shape))
        return hver, hver
    ny = np.ones(netto.shape, dtype=np.bool_)
    ny[1:] = ~som_forrige
    slutt = np.ones(netto.shape, dtype=np.bool_)
    slutt[:-1] = ny[1:]
    foerst = np.maximum.accumulate(np.where(ny, nummer, 0), axis=0)
    sist = np.minimum.accumulate(np.where(slutt, nummer, k)[::-1], axis=0)[::-1]
    return _tilbake(orden, foerst), _tilbake(orden, sist)


def _tilbake(orden: NDArray[np.intp], verdier: NDArray[np.int32]) -> NDArray[np.int32]:
    """From the order of the nets to the order of the municipalities."""
    ut = np.empty(orden.shape, dtype=np.int32)
    np.put_along_axis(ut, orden, verdier, axis=0)
    return ut


def antall_paa_plass(foerst: NDArray[np.int32], sist: NDArray[np.int32]) -> Array:
    """In how many draws each takes each place, ties spread over the places they share: (K, K)."""
    k = len(foerst)
    del_ = 1.0 / np.arange(1, k + 1)
    ut = np.zeros((k, k + 1))
    for i in range(k):  # row by row, for a row fits the cache
        vekt = del_[sist[i] - foerst[i]]
        # What begins at the first place and ends after the last, summed along the places.
        ut[i] = np.bincount(foerst[i], vekt, k + 1) - np.bincount(sist[i] + 1, vekt, k + 1)
    antall: Array = ut[:, :k].cumsum(axis=1)
    return np.where(antall > _NULL, antall, 0.0)


def antall_bedre(foerst: NDArray[np.int32], sist: NDArray[np.int32]) -> Array:
    """In how many draws the row has a better place than the column, a tie counting half: (K, K)."""
    k, n = foerst.shape
    midt = (foerst + sist).astype(np.int16 if k < 2**14 else np.int32)  # small numbers are compared faster
    deler = (foerst != sist).any(axis=1)
    ut = np.full((k, k), n / 2)
    for i in range(k - 1):
        # The sum in 32 bits takes two thirds of the time of count_nonzero.
        foran = np.add.reduce(midt[i] < midt[i + 1 :], axis=1, dtype=np.int32)
        ikke_bak = np.add.reduce(midt[i] <= midt[i + 1 :], axis=1, dtype=np.int32) if deler[i] else foran
        ut[i, i + 1 :] = (foran + ikke_bak) / 2
        ut[i + 1 :, i] = n - ut[i, i + 1 :]
    return ut
