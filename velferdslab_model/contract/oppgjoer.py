"""Settlement: which cohort is settled when and at what price, and what the caps leave of it. Arrays in, arrays out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from velferdslab_model.contract.terms import Kontrakt
from velferdslab_model.model.array import Array


@dataclass(frozen=True)
class Oppgjoerslinje:
    """One cohort at one follow-up date.

    kohort: 1, 2, ... linje: the place in the rate card, from 0. bedoemt: contract year of the follow-up.
    betalt_i: contract year of the payment; None when this reading of the contract never settles it.
    pris: per person after index, deduction and the cap per person. holder: share of the successes.
    """

    kohort: int
    linje: int
    bedoemt: int
    betalt_i: int | None
    pris: float
    holder: float


@dataclass(frozen=True)
class Betalingsplan:
    """Payments by contract year, each (..., K). brutto: before the caps of year and contract. betalt: after.

    linjer: what each settlement line comes to, in whole kroner, (..., lines).
    """

    brutto: Array
    betalt: Array
    linjer: Array

    @property
    def kuttet(self) -> Array:
        """What the caps take in all, (...)."""
        ut: Array = self.brutto.sum(axis=-1) - self.betalt.sum(axis=-1)
        return ut


def oppgjoerslinjer(v: Kontrakt) -> tuple[Oppgjoerslinje, ...]:
    """Every settlement line, cohort by cohort. A person enters at the start of the cohort's year (antakelse)."""
    linjer = []
    for kohort, _ in enumerate(v.deltakere, start=1):
        brukt = 0.0
        for nummer, kort in enumerate(v.priskort):
            bedoemt = kohort + kort.maaned // 12
            betalt_i = _betalingsaar(v, bedoemt)
            pris = 0.0
            if betalt_i is not None:
                pris = kort.pris * (1 + v.indeksering) ** (betalt_i - 1)
                if v.pris_grunnlag == "etter fradrag":
                    pris *= 1 - v.skjedd_uansett
                if v.tak.per_person is not None:
                    pris = min(pris, max(0.0, v.tak.per_person - brukt))
                brukt += pris
            linjer.append(Oppgjoerslinje(kohort, nummer, bedoemt, betalt_i, pris, kort.holder))
    return tuple(linjer)


def _betalingsaar(v: Kontrakt, bedoemt: int) -> int | None:
    """The contract year in which a follow-up is paid: the first pay year that is not before it."""
    senere = [aar for aar in v.betalingsaar if aar >= bedoemt]
    if v.kohorter == "alle":
        aar = senere[0] if senere else (max(v.betalingsaar) if v.betalingsaar else None)
    elif v.kohorter == "innen kontrakten":
        aar = senere[0] if senere and bedoemt <= v.kontraktaar else None
    else:
        aar = bedoemt if bedoemt in v.betalingsaar else None
    return None if aar is None or aar > v.driftsaar else aar


def linjebeloep(antall: Array | float, pris: float) -> Array:
    """Persons times price in whole kroner, rounded once, half up. antall: (...). Returns (...)."""
    ut: Array = np.floor(np.asarray(antall, dtype=float) * pris + 0.5)
    return ut


def forventet_lykkede(v: Kontrakt) -> Array:
    """Expected successes of each cohort, (A,), whatever the terms say of whole persons."""
    antall = np.array(v.deltakere, dtype=float) * np.array(v.suksessrate)
    # 15 x 0.7 must be 10.5, and 15 x 0.5 = 7.5 go up, whatever binary fractions make of them.
    ut: Array = np.round(antall, 9)
    return ut


def lykkede_ved_forventning(v: Kontrakt) -> Array:
    """Expected successes of each cohort, (A,); in whole persons half up when the terms say so."""
    antall = forventet_lykkede(v)
    ut: Array = np.floor(antall + 0.5) if v.avrunding == "hele personer" else antall
    return ut


def holder_ved_forventning(v: Kontrakt, lykkede: Array) -> Array:
    """Persons on every settlement line when so many of each cohort succeed. lykkede: (..., A). Returns (..., lines)."""
    linjer = oppgjoerslinjer(v)
    return np.stack([lykkede[..., linje.kohort - 1] * linje.holder for linje in linjer], axis=-1)


def betalingsplan(v: Kontrakt, personer: Array) -> Betalingsplan:
    """What is paid when so many persons are on each line. personer: (..., lines), lines as in oppgjoerslinjer."""
    linjer = oppgjoerslinjer(v)
    beloep = np.stack([linjebeloep(personer[..., i], linje.pris) for i, linje in enumerate(linjer)], axis=-1)
    brutto = np.zeros((*personer.shape[:-1], v.kontraktaar))
    gjort_opp = np.zeros_like(brutto)
    for i, linje in enumerate(linjer):
        if linje.betalt_i is None:
            continue
        brutto[..., linje.betalt_i - 1] += beloep[..., i]
        if linje.linje == 0:
            gjort_opp[..., linje.betalt_i - 1] += personer[..., i]
    brutto += faste_betalinger(v, gjort_opp.cumsum(axis=-1))
    return Betalingsplan(brutto, legg_tak(brutto, v), beloep)


def faste_betalinger(v: Kontrakt, gjort_opp: Array) -> Array:
    """Payments that are no price per person, (..., K). gjort_opp: successes settled by the end of each year, (..., K)."""
    ut = np.zeros(gjort_opp.shape)
    for fast in v.fast_betaling:
        if fast.aar <= v.driftsaar:
            ut[..., fast.aar - 1] += np.where(gjort_opp[..., fast.aar - 1] >= fast.krav_lykkede, fast.beloep, 0.0)
    return ut


def legg_tak(brutto: Array, v: Kontrakt) -> Array:
    """What the caps of year and contract, in that order, leave of each year. brutto: (..., K). Returns (..., K)."""
    betalt = np.zeros_like(brutto)
    til_gode = np.zeros(brutto.shape[:-1])
    i_alt = np.zeros(brutto.shape[:-1])
    for aar in range(brutto.shape[-1]):
        krav = brutto[..., aar] + (til_gode if v.tak.overfoering and aar < v.driftsaar else 0.0)
        her = krav if v.tak.per_aar is None else np.minimum(krav, v.tak.per_aar)
        if v.tak.kontrakt is not None:
            her = np.minimum(her, np.maximum(0.0, v.tak.kontrakt - i_alt))
        betalt[..., aar] = her
        i_alt = i_alt + her
        if v.tak.overfoering:
            til_gode = til_gode + brutto[..., aar] - her
    return betalt


def plan_ved_forventning(v: Kontrakt) -> Betalingsplan:
    """The payments when exactly the expected number of each cohort succeeds."""
    return betalingsplan(v, holder_ved_forventning(v, lykkede_ved_forventning(v)))
