"""Where all three gain: what each party is left with at other prices and rates, and where each breaks even."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import Literal

import numpy as np

from velferdslab_model.contract.distribution import FROE, Betalingsfordeling, betalingsfordeling, fordelinger_ved
from velferdslab_model.contract.flows import (
    besparelse_per_lykket,
    betalerandeler,
    driftskostnad,
    kompensasjon,
    til_investor,
    utlegg,
)
from velferdslab_model.contract.irr import naaverdi
from velferdslab_model.contract.oppgjoer import (
    betalingsplan,
    forventet_lykkede,
    holder_ved_forventning,
)
from velferdslab_model.contract.stratified import lagdelte_trekninger, trukne_personer
from velferdslab_model.contract.terms import UTEN_TAK, Kontrakt
from velferdslab_model.model.array import Array

#: The grid: shares of the agreed price, and rates.
PRISFAKTORER = np.round(np.linspace(0.2, 2.0, 10), 10)
RATER = np.round(np.linspace(0.1, 0.9, 17), 10)
#: Where break-even is looked for; a party that never loses does not lose up to MEST_PRIS times the price.
MEST_PRIS = 10.0
_PROEVDE_FAKTORER = np.concatenate((np.linspace(0.0, 2.0, 21), np.linspace(2.5, MEST_PRIS, 16)))
_PROEVDE_RATER = np.linspace(0.0, 1.0, 26)
_KRONE_HALV = 0.5
#: What is said where a party breaks even nowhere, and when that is because of the caps.
_TAPER, _TAPER_IKKE = "taper uansett", "taper ikke i snitt"
UNDER_TAKET = {_TAPER: "taper under taket", _TAPER_IKKE: "taper ikke under taket"}
#: Fewer expected successes than this are none.
_INGEN = 1e-9
#: Contracts drawn for every point where the outcomes are too many to count at each.
ROMTREKNINGER = 4096

#: Caps that take a larger share of the payment than this, in expectation, are noticed: less is paid than the rate card says.
MERKES = 0.01


#: Gain of each party, and what is paid in expectation for each that succeeds.
_Punkt = tuple[dict[str, float], float]


@dataclass(frozen=True)
class Balansepunkt:
    """Where a party breaks even: a share of the agreed price, or a rate. None when nowhere; ord_ then says why.

    betalt: what is then paid in expectation for each that succeeds, after the caps; None when nowhere.
    """

    verdi: float | None
    ord_: str
    betalt: float | None = None


@dataclass(frozen=True)
class Forhandlingsrom:
    """Expected gain of each party by price and rate, (prices, rates), and where each breaks even at the agreed other one.

    froe: None where each point is over the whole distribution; with several follow-up dates the seed of the ROMTREKNINGER
    contracts that every point is the mean of. priser: kroner per person who holds at every date, before the caps, (P,). rater: (R,).
    betalt: what is paid in expectation for each that succeeds, after them, (P, R). takene_tar: the share of the payment
    that they take, (P, R). avtalt: gain under the terms as
    they are, the rate uncertain when it is, over
    the whole distribution. avtalt_i_rutene: the same at a certain rate and in the same way, as the
    grid. Without a null alternative the municipality is left out.
    """

    froe: int | None
    priser: Array
    rater: Array
    gevinst: Mapping[str, Array]
    betalt: Array
    takene_tar: Array
    avtalt: Mapping[str, float]
    avtalt_i_rutene: Mapping[str, float]
    pris: Mapping[str, Balansepunkt]
    rate: Mapping[str, Balansepunkt]

    @property
    def grunnlag(self) -> Literal["eksakt", "simulert"]:
        """How a point is found."""
        return "eksakt" if self.froe is None else "simulert"

    @property
    def alle_tjener(self) -> Array:
        """1 where no party that is counted loses, else 0, (P, R)."""
        ut: Array = np.all([g > -_KRONE_HALV for g in self.gevinst.values()], axis=0).astype(float)
        return ut

    @property
    def takene_merkes(self) -> Array:
        """1 where all gain, and the caps take so much that less is paid per person than the rate card says, (P, R)."""
        ut: Array = self.alle_tjener * (self.takene_tar > MERKES)
        return ut


def forventet_gevinst(v: Kontrakt, f: Betalingsfordeling) -> dict[str, float]:
    """What each party can expect to be left with; of the investor the net present value at the return asked for."""
    return gevinst(v, float(f.lykkede @ f.sannsynlighet), f.forventet, f.til_investor)


def gevinst(v: Kontrakt, lykkede: float, betalt: float, tilbake: Array) -> dict[str, float]:
    """The same from expected successes and payment in all, and what the investor gets in each contract year, (K,).

    The investor's is worth more than nothing exactly when the internal rate of the same flow is above avkastningskrav.
    """
    lagt_ut = utlegg(v)
    ekstra = float(kompensasjon(v).sum())
    ut = {}
    if v.nullalternativ is not None:
        spart = lykkede * float(besparelse_per_lykket(v).sum()) * betalerandeler(v)["kommune"]
        ut["kommune"] = spart - v.kommune.andel_av_betaling * betalt - v.kommune.evaluering * v.driftsaar - ekstra
    netto = float(lagt_ut.sum()) + betalt + ekstra - float(tilbake.sum())
    ut["leverandoer"] = netto - float(driftskostnad(v).sum())
    if lagt_ut.any():
        ut["investor"] = naaverdi(tilbake - lagt_ut, v.investor.avkastningskrav)
    return ut


def forhandlingsrom(v: Kontrakt, f: Betalingsfordeling, froe: int = FROE) -> Forhandlingsrom | None:
    """The grid and the break-even points, at certain rates; None without a price per person.

    f: the distribution of the contract as agreed, which its own gain is the expectation over. froe: of what is drawn.
    Rates that differ between cohorts stay as they are when the price is moved, and become one when the rate is.
    """
    if v.pris <= 0:
        return None
    avtalt = forventet_gevinst(v, f)
    sikker, v = v.telling is None, replace(v, telling=None)
    eksakt = len(v.priskort) == 1
    punkt = _eksakt_punkt if eksakt else _trukket_punkt(v, froe)
    uten = replace(v, tak=UTEN_TAK)
    paa_rad = _eksakte_punkter if eksakt else lambda w, rater: [punkt(w.med_rate(rate)) for rate in rater]
    hver = [paa_rad(v.med_prisfaktor(faktor), RATER.tolist()) for faktor in PRISFAKTORER]
    brutto_ved = _etter_prislisten if _rett_fram(v) else lambda w: punkt(w)[1]
    brutto = [[brutto_ved(uten.med_prisfaktor(faktor).med_rate(rate)) for rate in RATER] for faktor in PRISFAKTORER]
    betalt = np.array([[b for _, b in rad] for rad in hver])
    # Each point is looked up once, whichever party asks.
    ved_pris = cache(lambda faktor: punkt(v.med_prisfaktor(faktor)))
    proevde = dict(zip(_PROEVDE_RATER.tolist(), paa_rad(v, _PROEVDE_RATER.tolist()), strict=True))
    ved_rate = cache(lambda rate: proevde[rate] if rate in proevde else punkt(v.med_rate(rate)))
    dyrest, flest = punkt(uten.med_prisfaktor(MEST_PRIS))[0], punkt(uten.med_rate(1.0))[0]
    return Forhandlingsrom(
        None if eksakt else froe,
        PRISFAKTORER * v.pris,
        RATER,
        {p: np.array([[g[p] for g, _ in rad] for rad in hver]) for p in avtalt},
        betalt,
        np.maximum(0.0, 1 - betalt / np.maximum(np.array(brutto), betalt + _INGEN)),
        avtalt,
        avtalt if eksakt and sikker else punkt(v)[0],
        {p: _balanse(ved_pris, p, _PROEVDE_FAKTORER, dyrest[p]) for p in avtalt},
        {p: _balanse(ved_rate, p, _PROEVDE_RATER, flest[p]) for p in avtalt},
    )


def _rett_fram(v: Kontrakt) -> bool:
    """Whether payment without caps is one price for each success: no payment asks for a number of them."""
    return not any(fast.krav_lykkede for fast in v.fast_betaling)


def _etter_prislisten(v: Kontrakt) -> float:
    """What such a contract pays in expectation for each that succeeds, before any cap."""
    ventet = forventet_lykkede(v)
    return float(betalingsplan(v, holder_ved_forventning(v, ventet)).brutto.sum()) / max(float(ventet.sum()), _INGEN)


def _eksakte_punkter(v: Kontrakt, rater: Sequence[float]) -> list[_Punkt]:
    return [_av_fordeling(v.med_rate(rate), f) for rate, f in zip(rater, fordelinger_ved(v, rater), strict=True)]


def _eksakt_punkt(v: Kontrakt) -> _Punkt:
    return _av_fordeling(v, betalingsfordeling(v))


def _av_fordeling(v: Kontrakt, f: Betalingsfordeling) -> _Punkt:
    return forventet_gevinst(v, f), f.forventet / max(float(forventet_lykkede(v).sum()), _INGEN)


def _trukket_punkt(v: Kontrakt, froe: int) -> Callable[[Kontrakt], _Punkt]:
    """The mean of the same draws at every price and rate."""
    trukket = lagdelte_trekninger(v, ROMTREKNINGER, froe)
    personer = cache(lambda rater: trukne_personer(replace(v, suksessrate=rater), trukket))

    def punkt(w: Kontrakt) -> _Punkt:
        ventet = max(float(forventet_lykkede(w).sum()), _INGEN)
        her = personer(w.suksessrate)
        betalt = betalingsplan(w, her).betalt
        snitt = float(betalt.sum()) / len(betalt)
        if _rett_fram(w):  # what it pays without caps is known, and only what they take is drawn
            uten = replace(w, tak=UTEN_TAK)
            snitt += _etter_prislisten(uten) * ventet - float(betalingsplan(uten, her).brutto.sum()) / len(betalt)
        tilbake = til_investor(w, betalt + kompensasjon(w)).mean(axis=0)
        return gevinst(w, ventet, snitt, tilbake), snitt / ventet

    return punkt


def _balanse(ved: Callable[[float], _Punkt], part: str, proeves: Array, uten_tak: float) -> Balansepunkt:
    """Where a party's gain changes sign; words when it never does, or more than once.

    Under a cap a party may gain at both ends and lose between them, so the whole range is looked through, not its ends.
    proeves: ascending, (N,). A gain within half a krone of nought is even, and has no sign. uten_tak: the gain at the end
    of the range without caps, which are named when it is they that stop it.
    """
    verdier = np.array([ved(float(x))[0][part] for x in proeves])
    paa = np.flatnonzero(np.abs(verdier) >= _KRONE_HALV)
    bytter = [(a, b) for a, b in pairwise(paa) if (verdier[a] > 0) != (verdier[b] > 0)]
    if not bytter:
        taper = len(paa) and verdier[paa[0]] < 0
        ord_ = _TAPER if taper else _TAPER_IKKE
        return Balansepunkt(None, UNDER_TAKET[ord_] if (uten_tak if taper else -uten_tak) > _KRONE_HALV else ord_)
    if len(bytter) > 1:
        return Balansepunkt(None, f"{len(bytter)} punkter")
    lav, hoey = (float(proeves[i]) for i in bytter[0])
    stiger = verdier[bytter[0][0]] < 0
    for _ in range(28):
        midt = (lav + hoey) / 2
        if (ved(midt)[0][part] < 0) == stiger:
            lav = midt
        else:
            hoey = midt
    return Balansepunkt((lav + hoey) / 2, "", ved((lav + hoey) / 2)[1])
