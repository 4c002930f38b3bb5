"""What one group of one municipality may come to: its nets per participant in many draws.

Three things are uncertain. What is common to all (prices, null alternative, the value of a QALY and the other inputs) is
drawn alike in every municipality, because an error in it hits all of them. What is the municipality's own (EGNE) is
drawn for each alone. And of those who try a step, chance decides how many take it: with few participants the outcome may
lie far from the rate. The last says nothing of how good the rate is, so it is told beside the ranking and is no part of it;
it is drawn as one binomial share for each situation.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property, lru_cache
from typing import Any

import numpy as np

from velferdslab_model.compare.faktorer import HOVEDNETTO
from velferdslab_model.model.array import Array
from velferdslab_model.model.inndata import Modellinndata, inndata
from velferdslab_model.model.totaler import totaler
from velferdslab_model.parameters.fordeling import Fordeling, Fordelingsslag
from velferdslab_model.parameters.typer import Brukergruppe
from velferdslab_model.parameters.usikkerhet import fordelinger, tiltaksnoekkel
from velferdslab_model.uncertainty.parametre import inndata_med
from velferdslab_model.uncertainty.trekking import EGNE, stroem, trekk_hver_for_seg, trekk_likt

#: Draws worked on at a time, so that memory does not grow with the inputs; the usual ten thousand in one piece.
_BLOKK = 1 << 14
#: Priced at a time: the arrays of so many fit the cache of one core.
_BIT = 2_500
#: Of a krone. More than an øre has, because at an øre two of many municipalities would now and then be equal by chance.
DESIMALER = 5
_NETTO = tuple(n.removeprefix("netto_") for n in HOVEDNETTO)
#: Draws that are enough to tell a share of a variance to a few per cent.
_FOR_VARIANS = 2_000
#: kr squared; below it a net does not vary, it is rounded.
_INGEN_VARIANS = 1e-6


@dataclass(frozen=True)
class Oppgave:
    """What is drawn for. hvem: names the streams that are its own. gruppe: on the assumptions all have in common; egne: on
    its own, where they differ. forsoek: tries at a step from each situation among its participants (3,)."""

    hvem: str
    gruppe: Brukergruppe
    egne: Brukergruppe
    forsoek: tuple[float, ...]
    trekninger: int
    froe: int

    @cached_property
    def innhold(self) -> tuple[Any, ...]:
        """Equal for two that have the same numbers to be ranked by, whatever they are called: they then have the same
        distribution."""
        return _innhold(self.gruppe)

    @cached_property
    def innhold_egne(self) -> tuple[Any, ...]:
        """The same with its own assumptions."""
        return _innhold(self.egne)


def _innhold(g: Brukergruppe) -> tuple[Any, ...]:
    x = inndata(g)
    tall = tuple(np.asarray(getattr(x, felt.name), dtype=float).tobytes() for felt in fields(x))
    usikre = tuple((n, f.slag, tuple(f.tall.items())) for n, f in fordelinger(g).items())
    # A price that is drawn matters by what it is multiplied with; the sum of all is in the numbers already.
    tiltak = [t for t in g.tiltak if tiltaksnoekkel(t) in {n for n, _, _ in usikre}]
    return tall, usikre, tuple((t.navn, t.volum, t.ganger_per_aar, t.kategori, t.betaler) for t in tiltak)


@dataclass(frozen=True)
class Trekning:
    """The draws.

    netto: by the order of HOVEDNETTO, (2, trekninger) kr per person taken in, on common assumptions, without its last digits,
    so that what is equal but for the order of adding is equal. egne: the same on its own assumptions. av_smaa_tall: share
    of the variance of each that chance among the participants would have, if it were counted (2,).
    """

    netto: Array
    egne: Array
    av_smaa_tall: Array


def trekk_oppgave(o: Oppgave) -> Trekning:
    """Draw one group of one municipality. It must take in somebody."""
    netto, verdier = _trekk(o.gruppe, o)
    egne = netto if o.innhold_egne == o.innhold else _trekk(o.egne, o, verdier)[0]
    noen = min(o.trekninger, _FOR_VARIANS)
    x = inndata_med(o.gruppe, {n: v[:noen] for n, v in verdier.items()})
    # With the rate given, each share that succeeds has the rate as its mean and the net is linear in each of them, so
    # the net without chance is the expectation of the net, and the variances add.
    varians, uten = _med_tilfeldigheter(o, x, noen).var(axis=1), netto[:, :noen].var(axis=1)
    varierer = varians > _INGEN_VARIANS
    andel = np.where(varierer, np.clip(1 - uten / np.where(varierer, varians, 1.0), 0.0, 1.0), 0.0)
    return Trekning(np.round(netto, DESIMALER) + 0.0, np.round(egne, DESIMALER) + 0.0, andel)


def _trekk(g: Brukergruppe, o: Oppgave, gruppens: Mapping[str, Array] | None = None) -> tuple[Array, dict[str, Array]]:
    """The nets (2, trekninger) of a group, unrounded, and the numbers that were drawn. gruppens: those of the task's own
    group, which are the same for a number with the same distribution."""
    felles, egne = felles_og_egne(g)
    verdier = {n: _trekk_felles(n, f, o.trekninger, o.froe) for n, f in felles.items()}
    kjente = felles_og_egne(o.gruppe)[1] if gruppens is not None else {}
    like = {n: gruppens[n] for n, f in egne.items() if kjente.get(n) == f} if gruppens is not None else {}
    nye = {n: f for n, f in egne.items() if n not in like}
    verdier |= like | trekk_hver_for_seg(nye, o.trekninger, o.froe, o.hvem)
    netto = np.empty((len(HOVEDNETTO), o.trekninger))
    for fra in range(0, o.trekninger, _BLOKK):
        del_ = slice(fra, min(fra + _BLOKK, o.trekninger))
        netto[:, del_] = _per_deltaker(inndata_med(g, {n: v[del_] for n, v in verdier.items()}))
    return netto, verdier


def _trekk_felles(noekkel: str, f: Fordeling, trekninger: int, froe: int) -> Array:
    """What is drawn alike for all, which most municipalities have the same distribution of."""
    if trekninger > _BLOKK:  # too much to keep
        return trekk_likt({noekkel: f}, trekninger, froe)[noekkel]
    return _husket_felles(noekkel, f.slag, tuple(sorted(f.tall.items())), f.minst, f.mest, trekninger, froe)


@lru_cache(maxsize=64)
def _husket_felles(
    noekkel: str,
    slag: Fordelingsslag,
    tall: tuple[tuple[str, float], ...],
    minst: float,
    mest: float,
    trekninger: int,
    froe: int,
) -> Array:
    ut = trekk_likt({noekkel: Fordeling(slag, dict(tall), minst, mest)}, trekninger, froe)[noekkel]
    ut.setflags(write=False)
    return ut


def _med_tilfeldigheter(o: Oppgave, x: Modellinndata, antall: int) -> Array:
    """The nets (2, antall) when chance decides how many of the participants take each step."""
    lykkes = _andel_som_lykkes(stroem(o.froe, "andel som lykkes", o.hvem), o.forsoek, x.suksessrate, antall)
    return _per_deltaker(replace(x, suksessrate=lykkes))


def med_tilfeldigheter(o: Oppgave) -> Array:
    """What a municipality's own participants may come to, (2, trekninger) kr per person taken in, chance among them too."""
    x = inndata_med(o.gruppe, _trekk(o.gruppe, o)[1])
    return _med_tilfeldigheter(o, x, o.trekninger)


def felles_og_egne(g: Brukergruppe) -> tuple[dict[str, Fordeling], dict[str, Fordeling]]:
    """The distributions that are common to all, and those that are a municipality's own."""
    alle = fordelinger(g)
    egne = {n: f for n, f in alle.items() if n.partition(".")[0] in EGNE}
    return {n: f for n, f in alle.items() if n not in egne}, egne


def _per_deltaker(x: Modellinndata) -> Array:
    """Both nets, (2, n) kr per participant; n is 1 when nothing is drawn."""
    t = totaler(x, _NETTO, (), blokk=_BIT, med_aar=False)
    deltakere = x.inntak.sum(-1) * min(x.inntaksaar, x.analyseperiode)
    return np.stack([t.sum[navn] / deltakere for navn in HOVEDNETTO])


def _andel_som_lykkes(rng: np.random.Generator, forsoek: Sequence[float], rater: Array, antall: int) -> Array:
    """The share that takes the step, for each draw and situation (antall, 3). rater: (3,) or (antall, 3).

    Tries that are no whole number are drawn as the number below or above, so often that the spread is that of forsoek.
    """
    ut = []
    for n, p in zip(forsoek, np.broadcast_to(rater, (antall, len(forsoek))).T, strict=True):
        if n <= 0:  # nobody of its own tries, so there is no chance among them
            ut.append(p)
            continue
        faerre = max(1, math.floor(n))
        flere = faerre if n <= 1 else math.ceil(n)
        # The variance of a share goes as one over the tries: this is how often it must be the smaller number.
        andel_faerre = 1.0 if flere == faerre else (1 / n - 1 / flere) / (1 / faerre - 1 / flere)
        hvor_mange = np.where(rng.random(antall) < andel_faerre, faerre, flere)
        ut.append(rng.binomial(hvor_mange, p) / hvor_mange)
    return np.stack(ut).T  # situation by situation, so that the draws of each lie together in memory
