"""The money of each party by budget year: municipality, state, provider and investor. No reading, no printing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from velferdslab_model.contract.oppgjoer import lykkede_ved_forventning
from velferdslab_model.contract.terms import Kontrakt, Nullalternativ
from velferdslab_model.model.array import Array

#: A sum within this is even.
OERE = 0.005


@dataclass(frozen=True)
class Strom:
    """One party's money, year by year from contract year 1; income positive.

    poster: what it consists of, each (Y,). netto: their sum, (Y,).
    """

    poster: Mapping[str, Array]

    @property
    def netto(self) -> Array:
        """What is left each year, (Y,)."""
        ut: Array = np.sum(list(self.poster.values()), axis=0)
        return ut

    @property
    def akkumulert(self) -> Array:
        """Running sum, (Y,)."""
        ut: Array = self.netto.cumsum()
        return ut

    @property
    def sum(self) -> float:
        """Over all years."""
        return float(self.netto.sum())

    @property
    def bunn(self) -> float:
        """The most that is out at the end of a year; 0 when it never falls below."""
        return float(max(0.0, -self.akkumulert.min()))

    @property
    def bunnaar(self) -> int | None:
        """The year, from 1, at whose end the most is out; None when nothing ever is."""
        return int(self.akkumulert.argmin()) + 1 if self.bunn > OERE else None

    @property
    def i_pluss_fra(self) -> int | None:
        """The first year, from 1, from which the running sum stays at or above 0; None when there is none."""
        under = np.flatnonzero(self.akkumulert < -OERE)
        foerste = int(under[-1]) + 2 if len(under) else 1
        return foerste if foerste <= len(self.netto) else None


@dataclass(frozen=True)
class Stroemmer:
    """The four parties; aar: calendar years, (Y,). besparelse: saving by year, net of what would have happened anyway, (Y,)."""

    aar: tuple[int, ...]
    kommune: Strom
    stat: Strom
    leverandoer: Strom
    investor: Strom
    besparelse: Array

    def parter(self) -> dict[str, Strom]:
        """By key, in the order they are shown."""
        return {"kommune": self.kommune, "stat": self.stat, "leverandoer": self.leverandoer, "investor": self.investor}


def besparelse_per_lykket(v: Kontrakt) -> Array:
    """What one success saves all payers, year by year from the first follow-up on, net of what would have come anyway.

    (varighet,), or (0,) when the null alternative is not given. A person who no longer holds saves no more.
    """
    n = v.nullalternativ
    if n is None:
        return np.zeros(0)
    holder = np.array([linje.holder for linje in v.priskort])
    ut: Array = _besparelse_per_som_holder(v, n) * holder[_siste_oppfoelging(v, n.varighet)]
    return ut


def besparelse_per_linje(v: Kontrakt) -> Array:
    """What one person who holds at a date saves all payers until the next, (L,): the same saving, counted where it depends on who holds."""
    n = v.nullalternativ
    if n is None:
        return np.zeros(len(v.priskort))
    ut: Array = np.bincount(
        _siste_oppfoelging(v, n.varighet), _besparelse_per_som_holder(v, n), len(v.priskort)
    ).astype(float)
    return ut


def _siste_oppfoelging(v: Kontrakt, varighet: int) -> NDArray[np.intp]:
    """The follow-up each year of the saving comes after, from 0, (varighet,)."""
    maaneder = np.array([linje.maaned - v.priskort[0].maaned for linje in v.priskort])
    return np.searchsorted(maaneder, 12 * np.arange(varighet), side="right") - 1


def _besparelse_per_som_holder(v: Kontrakt, n: Nullalternativ) -> Array:
    """What a person saves in each year if still holding, (varighet,)."""
    k = np.arange(n.varighet)
    videre = np.where(k >= 1, n.andel_videre, 0.0)
    brutto = n.foer - (1 - videre) * n.etter - videre * n.etter_videre
    ut: Array = brutto * (1 - n.tilbakefall) ** k * (1 - v.skjedd_uansett)
    return ut


def betalerandeler(v: Kontrakt) -> dict[str, float]:
    """Share of a saving that each payer can use: the municipality's realisable one, and the state's."""
    n = v.nullalternativ
    if n is None:
        return {"kommune": 0.0, "stat": 0.0}
    return {"kommune": n.kommunal_andel * n.realiserbar_andel, "stat": 1 - n.kommunal_andel}


def foerste_bedoemming(v: Kontrakt) -> int:
    """Years from entry to the first follow-up."""
    return v.priskort[0].maaned // 12


def antall_aar(v: Kontrakt) -> int:
    """Years until the contract is over and the last saving has come."""
    siste = v.kontraktaar
    if v.nullalternativ is not None:
        siste = max(siste, v.inntaksaar + foerste_bedoemming(v) + v.nullalternativ.varighet - 1)
    return siste


def besparelse(v: Kontrakt, lykkede: Array) -> Array:
    """Saving by year when so many of each cohort succeed. lykkede: (A,). Returns (Y,)."""
    per_lykket = besparelse_per_lykket(v)
    ut = np.zeros(antall_aar(v))
    for k, antall in enumerate(lykkede):
        fra = k + foerste_bedoemming(v)
        ut[fra : fra + len(per_lykket)] += antall * per_lykket
    return ut


def utlegg(v: Kontrakt) -> Array:
    """What the investor puts in, (K,)."""
    ut = np.array(v.investor.finansiering, dtype=float)
    ut[v.driftsaar :] = 0.0
    return ut


def utlegget_tilbake(investor: Strom, lagt_ut: Array) -> int | None:
    """The contract year, from 1, from which all outlays are back for good, not before the last is made; None when there is none."""
    fra, ute = investor.i_pluss_fra, np.flatnonzero(lagt_ut)
    return None if fra is None or not len(ute) else max(fra, int(ute[-1]) + 1)


def driftskostnad(v: Kontrakt) -> Array:
    """What it costs the provider to run, (K,)."""
    lev = v.leverandoer
    ut = np.zeros(v.kontraktaar)
    ut[: v.driftsaar] = lev.fast_aarskostnad + lev.mellomledd
    for k, antall in enumerate(v.deltakere):
        ut[k] += antall * lev.kostnad_per_deltaker
    return ut


def kompensasjon(v: Kontrakt) -> Array:
    """Paid when the contract ends early, (K,)."""
    ut = np.zeros(v.kontraktaar)
    if v.stanses_etter is not None and v.avvikling is not None:
        ut[v.driftsaar - 1] = v.avvikling.kompensasjon
    return ut


def betalingsandeler(v: Kontrakt) -> dict[str, float]:
    """Each payer's share of what is paid for success."""
    return {"kommune": v.kommune.andel_av_betaling, "stat": 1 - v.kommune.andel_av_betaling}


def mest_til_investor(v: Kontrakt) -> float:
    """All the investor is to have: outlay and honorar."""
    return float(utlegg(v).sum()) * (1 + v.investor.honorar)


def investor_hittil(v: Kontrakt, hittil: Array) -> Array:
    """What the investor has got when so much is paid so far, compensation with it, (...): its share, the same in every year."""
    ut: Array = np.minimum(mest_til_investor(v), hittil * v.investor.andel_av_betaling)
    return ut


def til_investor(v: Kontrakt, betalt: Array) -> Array:
    """What of the payments goes to the investor, until outlay and honorar are covered. betalt: (..., K). Returns the same."""
    return np.diff(investor_hittil(v, np.cumsum(betalt, axis=-1)), axis=-1, prepend=0.0)


def til_investor_av_sum(v: Kontrakt, sum_betalt: Array) -> Array:
    """What the investor gets of payments that come to this in all, (M,)."""
    return investor_hittil(v, sum_betalt + kompensasjon(v).sum())


def leverandoernetto_av_sum(v: Kontrakt, sum_betalt: Array) -> Array:
    """What is left for the provider of payments that come to this in all, (M,)."""
    ut: Array = (
        utlegg(v).sum()
        + sum_betalt
        + kompensasjon(v).sum()
        - til_investor_av_sum(v, sum_betalt)
        - driftskostnad(v).sum()
    )
    return ut


def stroemmer(v: Kontrakt, betalt: Array, lykkede: Array | None = None, tilbake: Array | None = None) -> Stroemmer:
    """The flows when this is paid in each contract year, (K,). lykkede: successes of each cohort, the expected when None.

    tilbake: what of it goes to the investor, (K,), where the payments are expectations: it stops at the honorar, so the
    expectation of it is not what it is of the expectation.
    """
    lykkede = lykkede_ved_forventning(v) if lykkede is None else lykkede
    y = antall_aar(v)

    def forlenget(rekke: Array) -> Array:
        return np.pad(rekke, (0, y - len(rekke)))

    ekstra = kompensasjon(v)
    ut = forlenget(betalt)
    spart = besparelse(v, lykkede)
    andel = betalerandeler(v)
    evaluering = np.where(np.arange(v.kontraktaar) < v.driftsaar, v.kommune.evaluering, 0.0)
    investor = forlenget(til_investor(v, betalt + ekstra) if tilbake is None else tilbake)
    lagt_ut = forlenget(utlegg(v))
    bidrag = betalingsandeler(v)
    return Stroemmer(
        aar=tuple(range(v.startaar, v.startaar + y)),
        kommune=Strom(
            {
                "betaling": -bidrag["kommune"] * ut,
                "kompensasjon": -forlenget(ekstra),
                "evaluering": -forlenget(evaluering),
                "besparelse": andel["kommune"] * spart,
            }
        ),
        stat=Strom({"betaling": -bidrag["stat"] * ut, "besparelse": andel["stat"] * spart}),
        leverandoer=Strom(
            {
                "finansiering": lagt_ut,
                "betaling": ut + forlenget(ekstra) - investor,
                "drift": -forlenget(driftskostnad(v)),
            }
        ),
        investor=Strom({"utlegg": -lagt_ut, "tilbakebetaling": investor}),
        besparelse=spart,
    )
