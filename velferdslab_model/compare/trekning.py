"""What one group of one municipality may come to: its nets per participant in many draws.

Three things are uncertain. What is common to all (prices, null alternative, the value of a QALY and the other inputs) is
drawn alike in every municipality, because an error in it hits all of them. What is the municipality's own (EGNE) is
drawn for each alone. And of those who try a step, chance decides how many take it: with few participants the outcome may
lie far from the rate. The last is drawn as one binomial share for each situation over the whole period.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np

from velferdslab_model.compare.faktorer import NETTO
from velferdslab_model.model.array import Array
from velferdslab_model.model.inndata import Inndata, inndata
from velferdslab_model.model.totaler import totaler
from velferdslab_model.parameters.typer import UTGANGSSITUASJONER, Brukergruppe
from velferdslab_model.parameters.usikkerhet import fordelinger
from velferdslab_model.uncertainty.parametre import inndata_med
from velferdslab_model.uncertainty.trekking import stroem, trekk_hver_for_seg, trekk_likt

#: Whose draws are a municipality's own: the rates it reaches, and how many it takes in.
EGNE = ("suksessrate", "inntak")
#: Draws worked on at a time: the usual ten thousand in one piece, which is faster than one and a quarter.
_BLOKK = 16384
#: Of a krone. More than an øre has, because at an øre two of many municipalities would now and then be equal by chance.
DESIMALER = 5
_NETTO = tuple(n.removeprefix("netto_") for n in NETTO)
#: Draws that are enough to tell a share of a variance to a few per cent.
_FOR_VARIANS = 2_000
#: kr squared; below it a net does not vary, it is rounded.
_INGEN_VARIANS = 1e-6


@dataclass(frozen=True)
class Oppgave:
    """What is drawn for. hvem: names the streams that are its own. forsoek: tries at a step from each situation within
    the period (3,), expected."""

    hvem: str
    gruppe: Brukergruppe
    forsoek: tuple[float, ...]
    trekninger: int
    froe: int

    @property
    def innhold(self) -> tuple[Any, ...]:
        """Equal for two that have the same numbers, whatever they are called: they then have the same distribution."""
        g, x = self.gruppe, inndata(self.gruppe)
        tall = tuple(np.asarray(getattr(x, felt.name), dtype=float).tobytes() for felt in fields(x))
        priser = tuple((t.navn, t.enhetskostnad, t.volum, t.ganger_per_aar, t.kategori, t.betaler) for t in g.tiltak)
        usikre = tuple((n, f.slag, tuple(f.tall.items())) for n, f in fordelinger(g).items())
        return tall, priser, usikre


@dataclass(frozen=True)
class Trekning:
    """The draws.

    netto: by the order of NETTO, (2, trekninger) kr per participant, without its last digits, so that what is equal but
    for the order of adding is equal. av_smaa_tall: share of the variance of each that comes from chance among the
    participants (2,).
    """

    netto: Array
    av_smaa_tall: Array


def trekk_oppgave(o: Oppgave) -> Trekning:
    """Draw one group of one municipality. It must take in somebody."""
    alle = fordelinger(o.gruppe)
    egne = {n: f for n, f in alle.items() if n.partition(".")[0] in EGNE}
    felles = {n: f for n, f in alle.items() if n not in egne}
    verdier = trekk_likt(felles, o.trekninger, o.froe)
    verdier |= trekk_hver_for_seg(egne, o.trekninger, o.froe, o.hvem)
    x = inndata_med(o.gruppe, verdier)
    lykkes = _andel_som_lykkes(o, x.suksessrate)
    netto = _per_deltaker(replace(x, suksessrate=lykkes), o.trekninger)
    # With the rate given, each share that succeeds has the rate as its mean and the net is linear in each of them, so
    # the net without chance is the expectation of the net, and the variances add.
    noen = min(o.trekninger, _FOR_VARIANS)
    x = inndata_med(o.gruppe, {n: v[:noen] for n, v in verdier.items()})
    varians, uten = netto[:, :noen].var(axis=1), _per_deltaker(x, noen).var(axis=1)
    varierer = varians > _INGEN_VARIANS
    andel = np.where(varierer, np.clip(1 - uten / np.where(varierer, varians, 1.0), 0.0, 1.0), 0.0)
    return Trekning(np.round(netto, DESIMALER) + 0.0, andel)


def _per_deltaker(x: Inndata, n: int) -> Array:
    """Both nets, (2, n) kr per participant."""
    t = totaler(x, _NETTO, (), blokk=_BLOKK)
    deltakere = x.inntak.sum(-1) * min(x.inntaksaar, x.analyseperiode)
    return np.stack([np.broadcast_to(t.sum[navn] / deltakere, n) for navn in NETTO])


def _andel_som_lykkes(o: Oppgave, rater: Array) -> Array:
    """The share that takes the step, for each draw and situation (trekninger, 3). rater: (3,) or (trekninger, 3)."""
    rng = stroem(o.froe, "andel som lykkes", o.hvem)
    forsoek = np.maximum(1, np.rint(o.forsoek)).astype(np.int64)
    form = (o.trekninger, len(UTGANGSSITUASJONER))
    # Situation by situation, so that the draws of each lie together in memory.
    trukket = [
        rng.binomial(n, p, o.trekninger) / n for n, p in zip(forsoek, np.broadcast_to(rater, form).T, strict=True)
    ]
    return np.stack(trukket).T
