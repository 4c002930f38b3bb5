"""The fewest successes that cover the provider's cost, counted where the contract pays for them."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from velferdslab_model.contract.flows import OERE, leverandoernetto_av_sum
from velferdslab_model.contract.oppgjoer import betalingsplan, holder_ved_forventning, oppgjoerslinjer
from velferdslab_model.contract.terms import MAKS_KONTRAKTAAR, UTEN_TAK, Kontrakt
from velferdslab_model.model.array import Array

#: Successes are first placed in about so many portions, then one by one.
_PORSJONER = 300


@dataclass(frozen=True)
class Faerrest:
    """betalte: the fewest that do, each where it is paid: no cohort that is never settled, no year whose cap is reached.
    jevnt: how many it takes when they fall as evenly on the cohorts as can be, paid or not. None when no number does.
    dekkes_uten_tak: whether it is the caps that stop it, when no number does."""

    betalte: int | None
    jevnt: int | None
    dekkes_uten_tak: bool


def faerrest(v: Kontrakt) -> Faerrest:
    """Find both numbers."""
    deltakere = np.array(v.deltakere, dtype=float)
    alle = int(deltakere.sum())
    if not _dekker(v, deltakere):
        return Faerrest(None, None, _dekker(replace(v, tak=UTEN_TAK), deltakere))
    steg, naar = max(1, alle // _PORSJONER), _gjort_opp_i(v)
    foer, etter = np.zeros(len(deltakere)), np.zeros(len(deltakere))
    while not _dekker(v, etter):
        foer, etter = etter, _med_flere(v, etter, deltakere, steg, naar)
    while steg > 1 and not _dekker(v, foer):
        etter = foer = _med_flere(v, foer, deltakere, 1, naar)
    return Faerrest(round(etter.sum()), _jevnt(v, deltakere, alle), True)


def _dekker(v: Kontrakt, lykkede: Array) -> bool:
    return bool(leverandoernetto_av_sum(v, _betalt(v, lykkede[None, :]))[0] >= -OERE)


def _betalt(v: Kontrakt, lykkede: Array) -> Array:
    """Paid in all. lykkede: (M, A). Returns (M,)."""
    ut: Array = betalingsplan(v, holder_ved_forventning(v, lykkede)).betalt.sum(axis=-1)
    return ut


def _med_flere(v: Kontrakt, lykkede: Array, deltakere: Array, antall: int, gjort_opp_i: Array) -> Array:
    """So many more in the cohort where they bring most; among equals in the one settled first, as payments may ask for a number."""
    hver = lykkede + np.diag(np.minimum(antall, deltakere - lykkede))
    gir = np.where(lykkede < deltakere, np.round(_betalt(v, hver), 2), -np.inf)
    ut: Array = hver[np.where(gir == gir.max(), gjort_opp_i, np.inf).argmin()]
    return ut


def _gjort_opp_i(v: Kontrakt) -> Array:
    """The year each cohort is first settled in, (A,); past every year for one that never is."""
    ut = np.full(v.inntaksaar, float(MAKS_KONTRAKTAAR + 1))
    for linje in oppgjoerslinjer(v):
        if linje.betalt_i:
            ut[linje.kohort - 1] = min(ut[linje.kohort - 1], linje.betalt_i)
    return ut


def _jevnt(v: Kontrakt, deltakere: Array, alle: int) -> int | None:
    fordelt = np.zeros((alle + 1, len(deltakere)))
    for n in range(1, alle + 1):
        rom = np.where(fordelt[n - 1] < deltakere, fordelt[n - 1], np.inf)
        fordelt[n] = fordelt[n - 1]
        fordelt[n, int(rom.argmin())] += 1
    dekket = np.flatnonzero(leverandoernetto_av_sum(v, _betalt(v, fordelt)) >= -OERE)
    return int(dekket[0]) if len(dekket) else None
