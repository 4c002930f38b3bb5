"""Chance among the participants: who takes a step and who does not, person by person, for many draws at once.

The engine counts expected persons. With few participants the outcome may lie far from that, so here each person takes a
step with the drawn rate, or does not; keeps the situation reached with the drawn share; and falls back with the drawn
yearly share (docs/modell.md sections 2 and 6). The mean over many draws is the engine's own answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate, pairwise
from operator import mul

import numpy as np
from numpy.typing import NDArray

from velferdslab_model.model.array import Array
from velferdslab_model.model.flyt import Tall, Utsnitt, er_null

#: Entered in s, now in j, in a better situation than that of entry: in the programme, and out of it.
INNE = ((0, 1), (1, 2), (0, 2))
UTE = ((0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3))
#: Up to so many new persons a year are drawn one by one; more are drawn as numbers of persons.
_EN_OG_EN = 12.0


@dataclass(frozen=True)
class Opptak:
    """The persons of one utgangssituasjon. aar: for each person the intake years it counts in, with its weight in each."""

    aar: tuple[tuple[tuple[int, float], ...], ...]


def opptak(inntak: float, inntaksaar: int) -> Opptak:
    """Whole persons for an intake that need not be whole: one who falls between two years counts with its part in each.

    So 0.4 a year in five years is two persons, and 2.5 a year is a third person every second year.
    """
    ender = [inntak * aar for aar in range(inntaksaar + 1)]
    ut = []
    for person in range(int(np.ceil(ender[-1] - 1e-9))):
        deler = (
            (aar, min(til, person + 1.0) - max(fra, float(person))) for aar, (fra, til) in enumerate(pairwise(ender))
        )
        ut.append(tuple((aar, del_) for aar, del_ in deler if del_ > 1e-9))
    return Opptak(tuple(ut))


@dataclass(frozen=True)
class Folk:
    """Persons by year and draw, (T, n), by the pairs of INNE and UTE; those still where they entered are not counted."""

    inne: dict[tuple[int, int], Array]
    ute: dict[tuple[int, int], Array]


def trekk_folk(
    rng: np.random.Generator, x: Utsnitt, inntak: tuple[float, float, float], aar: int, inntaksaar: int, antall: int
) -> Folk:
    """Draw what becomes of everybody. x: the numbers of these draws. inntak: persons a year that are drawn one by one;
    where the intake itself is drawn, each counts for as many more or fewer. aar: T. antall: n.
    """
    folk = Folk(
        {par: np.zeros((aar, antall)) for par in INNE},
        {par: np.zeros((aar, antall)) for par in UTE},
    )
    inntaksaar = min(inntaksaar, aar)
    for s, per_aar in enumerate(inntak):
        if per_aar <= 0:
            continue
        if per_aar <= _EN_OG_EN:
            _en_og_en(rng, x, folk, s, opptak(per_aar, inntaksaar))
        else:
            _i_antall(rng, x, folk, s, per_aar, inntaksaar)
        skala = x.inntak[s] / per_aar
        if not (isinstance(skala, float) and skala == 1.0):
            for rader in (*_fra(folk.inne, s), *_fra(folk.ute, s)):
                np.multiply(rader, skala, out=rader)
    return folk


def forventet_folk(x: Utsnitt, aar: int, inntaksaar: int, antall: int) -> Folk:
    """The persons the engine expects, without chance."""
    p, k, blir = x.suksessrate, x.beholder_steget, 1 - x.aarlig_tilbakefall
    folk = Folk({par: np.zeros((aar, antall)) for par in INNE}, {par: np.zeros((aar, antall)) for par in UTE})
    inntaksaar = min(inntaksaar, aar)
    for t in range(1, aar):
        # Those who were in their situation of entry a year ago, and after them those a step or two on.
        nye = [n if t - 1 < inntaksaar else 0.0 for n in x.inntak]
        i, o = folk.inne, folk.ute
        i[0, 1][t], i[1, 2][t], i[0, 2][t] = p[0] * nye[0], p[1] * nye[1], p[1] * i[0, 1][t - 1]
        for s, j in UTE:
            i_fjor = nye[2] if s == 2 else i[s, min(j, 2)][t - 1]
            o[s, j][t] = blir * o[s, j][t - 1] + (k * (1 - p[j]) if j < 3 else p[2]) * i_fjor
    return folk


def _fra(rader: dict[tuple[int, int], Array], s: int) -> list[Array]:
    return [rad for (fra, _), rad in rader.items() if fra == s]


def _en_og_en(rng: np.random.Generator, x: Utsnitt, folk: Folk, s: int, hvem: Opptak) -> None:
    aar, antall = folk.inne[0, 1].shape
    # One number between 0 and 1 for each person says how many steps it takes: below p_s one, below p_s p_s+1 two.
    grenser: list[Tall] = list(accumulate(x.suksessrate[s:], mul))
    sikre = isinstance(x.beholder_steget, float) and x.beholder_steget == 1.0
    faller = not er_null(x.aarlig_tilbakefall)
    u, ledd = np.empty(antall), np.empty(antall)
    for ganger in hvem.aar:
        rng.random(out=u)
        minst = [u < grense for grense in grenser]
        for m, tok in enumerate(minst, start=1):
            if s + m <= 2:
                for start, vekt in ganger:
                    _legg_til(folk.inne[s, s + m], start + m, tok, vekt, ledd)
        beholder = None if sikre or s == 2 else rng.random(antall) < x.beholder_steget
        ute: Array | None = np.asarray(rng.random(antall)) if faller else None
        for m in range(1, len(minst) + 1):
            slutter = minst[m - 1]
            if s + m <= 2:
                slutter = slutter & ~minst[m]
                if beholder is not None:
                    slutter &= beholder
            for start, vekt in ganger:
                _ut(folk.ute[s, s + m], start + m + (s + m <= 2), slutter, vekt, ledd, ute, x.aarlig_tilbakefall)
    if not faller:  # nobody falls back: those who are out are those who have come out so far
        for rader in _fra(folk.ute, s):
            for t in range(1, aar):
                rader[t] += rader[t - 1]


def _legg_til(rader: Array, aar: int, hvem: NDArray[np.bool_], vekt: float, ledd: Array) -> None:
    if aar >= len(rader):
        return
    if vekt == 1.0:
        np.add(rader[aar], hvem, out=rader[aar])
    else:
        np.multiply(hvem, vekt, out=ledd)
        np.add(rader[aar], ledd, out=rader[aar])


def _ut(
    rader: Array, fra: int, hvem: NDArray[np.bool_], vekt: float, ledd: Array, ute: Array | None, tilbakefall: Tall
) -> None:
    """One who comes out in year fra; with relapse, the years until it falls back."""
    if ute is None:
        _legg_til(rader, fra, hvem, vekt, ledd)
        return
    igjen: Tall = 1.0
    for aar in range(fra, len(rader)):
        _legg_til(rader, aar, hvem & (ute < igjen), vekt, ledd)
        igjen = igjen * (1 - tilbakefall)


def _i_antall(rng: np.random.Generator, x: Utsnitt, folk: Folk, s: int, per_aar: float, inntaksaar: int) -> None:
    """Many persons: the number of those who take each step. A part of a person is spread over the others."""
    aar, antall = folk.inne[0, 1].shape
    hele = round(per_aar)
    vekt = per_aar / hele
    kommet = {j: np.zeros((aar, antall), dtype=np.int64) for j in range(s + 1, 4)}
    for start in range(inntaksaar):
        inne = np.full(antall, hele, dtype=np.int64)
        for m, rate in enumerate(x.suksessrate[s:], start=1):
            videre = rng.binomial(inne, rate)
            if m > 1 and start + m < aar:
                slutter = inne - videre
                beholder = slutter if _en(x.beholder_steget) else rng.binomial(slutter, x.beholder_steget)
                kommet[s + m - 1][start + m] += beholder
            inne = videre
            if s + m <= 2 and start + m < aar:
                folk.inne[s, s + m][start + m] += inne * vekt
            elif start + m < aar:
                kommet[3][start + m] += inne
    for j, nye in kommet.items():
        ute = np.zeros(antall, dtype=np.int64)
        for t in range(aar):
            if not er_null(x.aarlig_tilbakefall):
                ute = rng.binomial(ute, 1 - x.aarlig_tilbakefall)
            ute = ute + nye[t]
            folk.ute[s, j][t] = ute * vekt


def _en(tall: Tall) -> bool:
    return isinstance(tall, float) and tall == 1.0
