"""The account itself: what each level of government gains, when, and how sure it is that the measure pays.

A person whom the measure reaches is like the comparison group from aar_til_effekt years after it and for the rest of the
horizon; everybody else is as before. The cost falls in the year of the measure and is not discounted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from velferdslab_model.base.ord import HVEM_KORT
from velferdslab_model.model.array import Array
from velferdslab_model.model.diskontering import tilbakebetalt_etter
from velferdslab_model.utenfor.terms import (
    BUDSJETTSLAG,
    FORVALTNINGSNIVAAER,
    SAMFUNNSSLAG,
    SLAGENE,
    Post,
    Utenforvilkaar,
)

#: Views an account is summed in, and what they are called.
SYN: dict[str, str] = {"budsjett": HVEM_KORT["budsjett"], "samfunn": "Samfunnet, uten overføringer"}


#: A quotient so near a whole number from below is that number.
SLINGRING = 1e-12


@dataclass(frozen=True)
class Utenforregnskap:
    """An account worked through. Everything per year has length T, the horizon within the profile's ages."""

    vilkaar: Utenforvilkaar

    @cached_property
    def aldre(self) -> Array:
        """(T,): the age in each year that counts."""
        v = self.vilkaar
        til = min(v.til_alder, v.alder_ved_tiltak + v.horisont - 1)
        return np.arange(float(v.alder_ved_tiltak), til + 1.0)

    @cached_property
    def vekt(self) -> Array:
        """(T,): what a krone of one person who succeeds counts for in each year: still there, discounted, and not so
        without the measure too; 0 before it has an effect."""
        v = self.vilkaar
        t = self.aldre - v.alder_ved_tiltak
        igjen = ((1 - v.avgang) / (1 + v.neddiskontering)) ** t
        return np.where(t >= v.aar_til_effekt, (1 - v.skjedd_uansett) * igjen, 0.0)

    def per_person(self, poster: Iterable[Post]) -> Array:
        """(T,) kr: worth of one person who is reached, over some posts."""
        fra = int(self.aldre[0]) - self.vilkaar.fra_alder
        sum_ = np.zeros(len(self.aldre))
        for post in poster:
            sum_ = sum_ + post.gevinst[fra : fra + len(sum_)]
        return np.asarray(sum_ * self.vekt)

    def for_nivaa(self, nivaa: str) -> Array:
        """(T,) kr per person reached: what a level of government gains."""
        return self.per_person(p for p in self.vilkaar.poster if p.nivaa == nivaa and p.slag in BUDSJETTSLAG)

    def for_slag(self, slag: str) -> Array:
        """(T,) kr per person reached, of one kind of post."""
        return self.per_person(p for p in self.vilkaar.poster if p.slag == slag)

    def for_syn(self, syn: str) -> Array:
        """(T,) kr per person reached: for the public budgets, or for society with transfers taken out."""
        slag = BUDSJETTSLAG if syn == "budsjett" else SAMFUNNSSLAG
        return self.per_person(p for p in self.vilkaar.poster if p.slag in slag)

    @property
    def lykkede(self) -> float:
        """People reached, expected."""
        return self.vilkaar.antall * self.vilkaar.suksessfaktor

    @property
    def kostnad(self) -> float:
        """Kr in all."""
        return sum(self.vilkaar.kostnad.values())

    def netto_per_aar(self, hvem: str) -> Array:
        """(T,) kr in all for a level of government or a view: gain less cost."""
        nivaa = hvem in FORVALTNINGSNIVAAER
        netto = self.lykkede * (self.for_nivaa(hvem) if nivaa else self.for_syn(hvem))
        netto[0] -= self.vilkaar.kostnad[hvem] if nivaa else self.kostnad
        return netto

    @cached_property
    def utfall(self) -> Mapping[str, Livsutfall]:
        """For each level of government and each view."""
        return {hvem: self._utfall(hvem) for hvem in (*FORVALTNINGSNIVAAER, *SYN)}

    def _utfall(self, hvem: str) -> Livsutfall:
        nivaa = hvem in FORVALTNINGSNIVAAER
        gevinst = float((self.for_nivaa(hvem) if nivaa else self.for_syn(hvem)).sum())
        kostnad = self.vilkaar.kostnad[hvem] if nivaa else self.kostnad
        netto = self.netto_per_aar(hvem)
        etter = float(tilbakebetalt_etter(netto.cumsum(), np.array([kostnad])))
        alle = self.vilkaar.antall * gevinst
        return Livsutfall(
            gevinst,
            kostnad,
            float(netto.sum()),
            None if np.isnan(etter) else int(self.aldre[int(etter)]),
            kostnad / alle if alle > 0 else None,
            self.lykkede * gevinst,
            self._p_loennsom(gevinst, kostnad, None),
            self._p_loennsom(gevinst, kostnad, self.vilkaar.telling),
        )

    def _p_loennsom(self, gevinst: float, kostnad: float, telling: tuple[float, float] | None) -> float:
        """Exact chance that what is gained by those who are reached is more than the cost.

        The number reached is binomial; with a rate from counts, beta-binomial with the counts as they are, as in a contract.
        """
        from scipy import stats  # noqa: PLC0415

        v = self.vilkaar
        if gevinst <= 0:
            # Each one reached costs; only nobody at no cost would be no loss, which is no gain either.
            return 0.0
        # More than so many must be reached for the gain to be above the cost.
        flere_enn = int(min(np.floor(kostnad / gevinst * (1 + SLINGRING)), v.antall))
        if telling is None:
            return float(stats.binom.sf(flere_enn, v.antall, v.suksessfaktor))
        suksess, forsoek = telling
        return float(stats.betabinom.sf(flere_enn, v.antall, suksess, forsoek - suksess))

    def livsloep(self, gruppe: str) -> dict[str, Array]:
        """Figure 5 of the note: kr per person at every age of the profile, what the public pays and what it gets."""
        ut = {"kostnad": np.zeros(len(self.vilkaar.aldre)), "inntekt": np.zeros(len(self.vilkaar.aldre))}
        for post in self.vilkaar.poster:
            if post.slag in BUDSJETTSLAG:
                del_ = "inntekt" if post.slag == "skatt" else "kostnad"
                ut[del_] = ut[del_] + getattr(post, gruppe)
        return ut


@dataclass(frozen=True)
class Livsutfall:
    """For one level of government or view. per_person: kr gained for each one reached. kostnad, netto: kr in all.

    tilbakebetalt_alder: the age from which the accumulated net stays at or above zero. nullpunkt: the suksessfaktor at
    which gain equals cost, None when no number does; above 1 it cannot be reached. taaler_kostnad: the cost at which the
    net is zero. p_sikker_rate: chance that gain is above cost when the suksessfaktor is certain; p_loennsom: the same when
    it is only as sure as the counts it comes from.
    """

    per_person: float
    kostnad: float
    netto: float
    tilbakebetalt_alder: int | None
    nullpunkt: float | None
    taaler_kostnad: float
    p_sikker_rate: float
    p_loennsom: float


def regn_utenfor(v: Utenforvilkaar) -> Utenforregnskap:
    """Work an account through."""
    return Utenforregnskap(v)


def utenfor_json(r: Utenforregnskap) -> dict[str, object]:
    """All figures, unrounded. Yearly lists begin at alder_ved_tiltak."""
    v = r.vilkaar
    return {
        "navn": v.navn,
        "maalgruppe": v.maalgruppe,
        "sammenligning": v.sammenligning,
        "konstruert": v.konstruert,
        "prisaar": v.prisaar,
        "neddiskontering": v.neddiskontering,
        "antall": v.antall,
        "suksessfaktor": v.suksessfaktor,
        "skjedd_uansett": v.skjedd_uansett,
        "alder": r.aldre.astype(int).tolist(),
        "kostnad": dict(v.kostnad),
        "gevinst_per_person": {
            "nivaa": {n: r.for_nivaa(n).tolist() for n in FORVALTNINGSNIVAAER},
            "slag": {s: r.for_slag(s).tolist() for s in SLAGENE},
            "syn": {s: r.for_syn(s).tolist() for s in SYN},
        },
        "akkumulert": {hvem: r.netto_per_aar(hvem).cumsum().tolist() for hvem in (*FORVALTNINGSNIVAAER, *SYN)},
        "utfall": {hvem: vars(utfall) for hvem, utfall in r.utfall.items()},
        "livsloep": {
            "alder": v.aldre.astype(int).tolist(),
            **{
                g: {del_: rekke.tolist() for del_, rekke in r.livsloep(g).items()}
                for g in ("maalgruppe", "sammenligning")
            },
        },
        "poster": [{"navn": p.navn, "nivaa": p.nivaa, "slag": p.slag, "kilde": p.kilde} for p in v.poster],
        "kilder": dict(v.kilder),
    }
