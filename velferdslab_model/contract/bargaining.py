"""Where all three gain: what each party is left with at other prices and rates, and where each breaks even."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from typing import Literal

import numpy as np

from velferdslab_model.contract.distribution import Betalingsfordeling, betalingsfordeling
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
    lykkede_ved_forventning,
    oppgjoerslinjer,
)
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
_TAPER, _TAPER_IKKE, _TAPER_IKKE_DA = "taper uansett", "taper ikke i snitt", "taper ikke"
UNDER_TAKET = {_TAPER: "taper under taket", _TAPER_IKKE: "taper ikke under taket"}
#: Fewer expected successes than this are none.
_INGEN = 1e-9


#: Caps that take a larger share of the payment than this, in expectation, are noticed: less is paid than the rate card says.
MERKES = 0.01


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

    grunnlag: «eksakt», over the whole distribution; with several follow-up dates «ved forventning», when exactly the
    expected number succeeds. priser: kroner per person who holds at every date, before the caps, (P,). rater: (R,).
    betalt: what is paid in expectation for each that succeeds, after them, (P, R). takene_tar: the share of the payment
    that they take, (P, R). avtalt: gain under the terms as
    they are, the rate uncertain when it is, over the whole distribution. avtalt_i_rutene: the same at a certain rate and by grunnlag, as the grid. Without a null alternative the municipality is left out.
    """

    grunnlag: Literal["eksakt", "ved forventning"]
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


def forhandlingsrom(v: Kontrakt, f: Betalingsfordeling) -> Forhandlingsrom | None:
    """The grid and the break-even points, at certain rates; None without a price per person.

    f: the distribution of the contract as agreed, which its own gain is the expectation over.
    Rates that differ between cohorts stay as they are when the price is moved, and become one when the rate is.
    """
    if v.pris <= 0:
        return None
    avtalt = forventet_gevinst(v, f)
    sikker, v = v.telling is None, replace(v, telling=None)
    eksakt = len(v.priskort) == 1
    hver = [[_punkt(v.med_prisfaktor(faktor).med_rate(rate), eksakt) for rate in RATER] for faktor in PRISFAKTORER]
    uten = replace(v, tak=UTEN_TAK)
    # Without caps the payment is one price for each success, unless a payment asks for a number of them.
    rett_fram = not any(fast.krav_lykkede for fast in v.fast_betaling)
    # The distribution knows no rounded persons, and what the caps take of it is measured against the same.
    hel = replace(uten, avrunding="eksakt") if eksakt else uten
    brutto = [
        [_betalt(hel.med_prisfaktor(faktor).med_rate(rate), eksakt and not rett_fram) for rate in RATER]
        for faktor in PRISFAKTORER
    ]
    betalt = np.array([[b for _, b in rad] for rad in hver])
    prisene = {p: _balanse(partial(_ved_pris, v, eksakt, p), _PROEVDE_FAKTORER) for p in avtalt}
    ratene = {p: _balanse(partial(_ved_rate, v, eksakt, p), _PROEVDE_RATER) for p in avtalt}
    dyrest, flest = _gevinst(uten.med_prisfaktor(MEST_PRIS), eksakt), _gevinst(uten.med_rate(1.0), eksakt)
    return Forhandlingsrom(
        "eksakt" if eksakt else "ved forventning",
        PRISFAKTORER * v.pris,
        RATER,
        {p: np.array([[g[p] for g, _ in rad] for rad in hver]) for p in avtalt},
        betalt,
        np.maximum(0.0, 1 - betalt / np.maximum(np.array(brutto), betalt + _INGEN)),
        avtalt,
        avtalt if eksakt and sikker else _gevinst(v, eksakt),
        {p: _fortalt(punkt, v.med_prisfaktor, eksakt, dyrest[p]) for p, punkt in prisene.items()},
        {p: _fortalt(punkt, v.med_rate, eksakt, flest[p]) for p, punkt in ratene.items()},
    )


def takene_kan_kutte(v: Kontrakt) -> bool:
    """Whether the caps take anything at any price that is tried: when everybody succeeds and holds."""
    alle = np.array([v.deltakere[linje.kohort - 1] for linje in oppgjoerslinjer(v)], dtype=float)
    return bool(betalingsplan(v.med_prisfaktor(MEST_PRIS), alle).kuttet > 0)


def _punkt(v: Kontrakt, eksakt: bool) -> tuple[dict[str, float], float]:
    """Gain of each party, and what is paid in expectation for each that succeeds."""
    ventet = float(forventet_lykkede(v).sum())
    if eksakt:
        f = betalingsfordeling(v)
        return forventet_gevinst(v, f), f.forventet / max(ventet, _INGEN)
    lykkede = lykkede_ved_forventning(v)
    betalt = betalingsplan(v, holder_ved_forventning(v, lykkede)).betalt
    tilbake = til_investor(v, betalt + kompensasjon(v))
    antall = float(lykkede.sum()) or ventet  # rounded to nobody, there is only the expected number to share it on
    return gevinst(v, float(lykkede.sum()), float(betalt.sum()), tilbake), float(betalt.sum()) / max(antall, _INGEN)


def _betalt(v: Kontrakt, eksakt: bool) -> float:
    return _punkt(v, eksakt)[1]


def _gevinst(v: Kontrakt, eksakt: bool) -> dict[str, float]:
    return _punkt(v, eksakt)[0]


def _fortalt(p: Balansepunkt, ved: Callable[[float], Kontrakt], eksakt: bool, uten_tak: float) -> Balansepunkt:
    """With what is then paid; or with the caps named when it is they that stop it. uten_tak: the gain at the end, without."""
    if p.verdi is not None:
        return replace(p, betalt=_betalt(ved(p.verdi), eksakt))
    if (p.ord_ == _TAPER and uten_tak > _KRONE_HALV) or (p.ord_ == _TAPER_IKKE and uten_tak < -_KRONE_HALV):
        return replace(p, ord_=UNDER_TAKET[p.ord_])
    # At the expected number there is no average to speak of.
    return p if eksakt or p.ord_ != _TAPER_IKKE else replace(p, ord_=_TAPER_IKKE_DA)


def _ved_pris(v: Kontrakt, eksakt: bool, part: str, faktor: float) -> float:
    return _gevinst(v.med_prisfaktor(faktor), eksakt)[part]


def _ved_rate(v: Kontrakt, eksakt: bool, part: str, rate: float) -> float:
    return _gevinst(v.med_rate(rate), eksakt)[part]


def _balanse(gevinst: Callable[[float], float], proeves: Array) -> Balansepunkt:
    """Where a gain changes sign; words when it never does, or more than once.

    Under a cap a party may gain at both ends and lose between them, so the whole range is looked through, not its ends.
    proeves: ascending, (N,). A gain within half a krone of nought is even, and has no sign.
    """
    verdier = np.array([gevinst(float(x)) for x in proeves])
    paa = np.flatnonzero(np.abs(verdier) >= _KRONE_HALV)
    bytter = [(a, b) for a, b in pairwise(paa) if (verdier[a] > 0) != (verdier[b] > 0)]
    if not bytter:
        return Balansepunkt(None, _TAPER if len(paa) and verdier[paa[0]] < 0 else _TAPER_IKKE)
    if len(bytter) > 1:
        return Balansepunkt(None, f"{len(bytter)} punkter")
    lav, hoey = (float(proeves[i]) for i in bytter[0])
    stiger = verdier[bytter[0][0]] < 0
    for _ in range(40):
        midt = (lav + hoey) / 2
        if (gevinst(midt) < 0) == stiger:
            lav = midt
        else:
            hoey = midt
    return Balansepunkt((lav + hoey) / 2, "")
