"""Where all three gain: what each party is left with at other prices and rates, and where each breaks even."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

import numpy as np

from velferdslab_model.contract.distribution import Betalingsfordeling, Heltall, betalingsfordeling
from velferdslab_model.contract.flows import (
    andeler,
    besparelse_per_lykket,
    driftskostnad,
    kompensasjon,
    til_investor_av_sum,
    utlegg,
)
from velferdslab_model.contract.oppgjoer import betalingsplan, holder_ved_forventning, lykkede_ved_forventning
from velferdslab_model.contract.terms import Vilkaar
from velferdslab_model.model.array import Array

#: The grid: shares of the agreed price, and rates.
FAKTORER = np.round(np.linspace(0.2, 2.0, 10), 10)
RATER = np.round(np.linspace(0.1, 0.9, 17), 10)


@dataclass(frozen=True)
class Balansepunkt:
    """Where a party breaks even: a share of the agreed price, or a rate. None when nowhere; ord_ then says why."""

    verdi: float | None
    ord_: str


@dataclass(frozen=True)
class Forhandlingsrom:
    """Expected gain of each party by price and rate, (prices, rates), and where each breaks even at the agreed other one.

    grunnlag: «eksakt», over the whole distribution; with several follow-up dates «ved forventning», when exactly the
    expected number succeeds. priser: kroner per person who holds at every date, (P,). rater: (R,). avtalt: gain at the agreed point.
    Without a null alternative the municipality is left out.
    """

    grunnlag: Literal["eksakt", "ved forventning"]
    priser: Array
    rater: Array
    gevinst: Mapping[str, Array]
    avtalt: Mapping[str, float]
    pris: Mapping[str, Balansepunkt]
    rate: Mapping[str, Balansepunkt]

    @property
    def alle_tjener(self) -> Array:
        """1 where no party that is counted loses, else 0, (P, R)."""
        ut: Array = np.all([g >= -0.5 for g in self.gevinst.values()], axis=0).astype(float)
        return ut


def forventet_gevinst(v: Vilkaar, f: Betalingsfordeling) -> dict[str, float]:
    """What each party can expect to be left with; the investor after the return asked for."""
    return gevinst(v, f.lykkede, f.betalt, f.sannsynlighet)


def gevinst(v: Vilkaar, lykkede: Array | Heltall, betalt: Array, sannsynlighet: Array) -> dict[str, float]:
    """The same from outcomes with their chances, each (M,)."""
    lagt_ut = utlegg(v)
    ekstra = float(kompensasjon(v).sum())
    forventet = float(betalt @ sannsynlighet)
    til_investor = float(til_investor_av_sum(v, betalt) @ sannsynlighet)
    ut = {}
    if v.nullalternativ is not None:
        spart = float(lykkede @ sannsynlighet) * float(besparelse_per_lykket(v).sum()) * andeler(v)["kommune"]
        ut["kommune"] = spart - v.kommune.andel_av_betaling * forventet - v.kommune.evaluering * v.driftsaar - ekstra
    ut["leverandoer"] = float(lagt_ut.sum()) + forventet + ekstra - til_investor - float(driftskostnad(v).sum())
    if lagt_ut.any():
        aar_ute = v.kontraktaar - 1 - np.arange(v.kontraktaar)
        ut["investor"] = til_investor - float(lagt_ut @ (1 + v.investor.avkastningskrav) ** aar_ute)
    return ut


def forhandlingsrom(v: Vilkaar) -> Forhandlingsrom | None:
    """The grid and the break-even points, at certain rates; None without a price per person.

    Rates that differ between cohorts stay as they are when the price is moved, and become one when the rate is.
    """
    if v.pris <= 0:
        return None
    v = replace(v, telling=None)
    eksakt = len(v.priskort) == 1
    hver = [[_gevinst(v.med_prisfaktor(faktor).med_rate(rate), eksakt) for rate in RATER] for faktor in FAKTORER]
    avtalt = _gevinst(v, eksakt)
    return Forhandlingsrom(
        "eksakt" if eksakt else "ved forventning",
        FAKTORER * v.pris,
        RATER,
        {p: np.array([[g[p] for g in rad] for rad in hver]) for p in avtalt},
        avtalt,
        {p: _balanse(partial(_ved_pris, v, eksakt, p), 1e-9, 10.0) for p in avtalt},
        {p: _balanse(partial(_ved_rate, v, eksakt, p), 0.0, 1.0) for p in avtalt},
    )


def _gevinst(v: Vilkaar, eksakt: bool) -> dict[str, float]:
    if eksakt:
        return forventet_gevinst(v, betalingsfordeling(v))
    lykkede = lykkede_ved_forventning(v)
    betalt = betalingsplan(v, holder_ved_forventning(v, lykkede)).betalt
    return gevinst(v, np.array([lykkede.sum()]), np.array([betalt.sum()]), np.ones(1))


def _ved_pris(v: Vilkaar, eksakt: bool, part: str, faktor: float) -> float:
    return _gevinst(v.med_prisfaktor(faktor), eksakt)[part]


def _ved_rate(v: Vilkaar, eksakt: bool, part: str, rate: float) -> float:
    return _gevinst(v.med_rate(rate), eksakt)[part]


def _balanse(gevinst: Callable[[float], float], lav: float, hoey: float) -> Balansepunkt:
    """Where a gain that changes sign once does so; words when it does not."""
    i_lav, i_hoey = gevinst(lav), gevinst(hoey)
    if min(i_lav, i_hoey) >= 0:
        return Balansepunkt(None, "tjener uansett")
    if max(i_lav, i_hoey) < 0:
        return Balansepunkt(None, "taper uansett")
    for _ in range(40):
        midt = (lav + hoey) / 2
        if (gevinst(midt) >= 0) == (i_lav >= 0):
            lav = midt
        else:
            hoey = midt
    return Balansepunkt((lav + hoey) / 2, "")
