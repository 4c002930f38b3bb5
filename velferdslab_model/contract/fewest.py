"""The fewest successes that cover the provider's cost, counted where the contract pays for them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain, combinations

import numpy as np

from velferdslab_model.contract.flows import OERE, leverandoernetto_av_sum
from velferdslab_model.contract.oppgjoer import betalingsplan, holder_ved_forventning, oppgjoerslinjer
from velferdslab_model.contract.terms import MAKS_KONTRAKTAAR, UTEN_TAK, Kontrakt
from velferdslab_model.model.array import Array

#: Successes are first placed in about so many portions, then one by one.
_PORSJONER = 300
#: So many payments that ask for a number are tried in every combination; of more, one at a time.
_KRAV_SAMMEN = 4
#: Ways of placing one fewer that are all tried; where there are more, the number found is not known to be the fewest.
_MAKS_MAATER = 60_000


@dataclass(frozen=True)
class Faerrest:
    """betalte: the fewest found, each where it is paid: no cohort that is never settled, no year whose cap is reached.
    jevnt: how many it takes when they fall as evenly on the cohorts as can be, paid or not. None when no number does.
    dekkes_uten_tak: whether it is the caps that stop it, when no number does.

    betalte is found by adding where most is paid, from every set of demanded numbers that can be met, and then by trying
    every way of placing one fewer, while they are not too many to try: then it may in rare cases be more than the fewest.
    """

    betalte: int | None
    jevnt: int | None
    dekkes_uten_tak: bool


def faerrest(v: Kontrakt) -> Faerrest:
    """Find both numbers."""
    deltakere = np.array(v.deltakere, dtype=float)
    alle = int(deltakere.sum())
    if not _dekker(v, deltakere):
        return Faerrest(None, None, _dekker(replace(v, tak=UTEN_TAK), deltakere))
    jevnt = _jevnt(v, deltakere, alle)
    steg, naar = max(1, alle // _PORSJONER), _gjort_opp_i(v)
    betalte = alle if jevnt is None else jevnt
    for start in _starter(v, deltakere, steg, naar):
        foer = etter = start
        while etter.sum() < betalte and not _dekker(v, etter):
            foer, etter = etter, _med_flere(v, etter, deltakere, steg, naar)
        while steg > 1 and foer.sum() < betalte and not _dekker(v, foer):
            etter = foer = _med_flere(v, foer, deltakere, 1, naar)
        if _dekker(v, etter):
            betalte = min(betalte, round(etter.sum()))
    # One more never pays less in all, so when no way of placing one fewer covers, none of placing two fewer does.
    while betalte and (maater := _maater(v.deltakere, betalte - 1)) is not None and _noen_dekker(v, maater):
        betalte -= 1
    return Faerrest(betalte, jevnt, True)


def _maater(deltakere: tuple[int, ...], antall: int) -> Array | None:
    """Every way so many can fall on the cohorts, (M, A); None when they are too many to try."""
    ut = np.zeros((1, 0), dtype=np.int64)
    for k, n in enumerate(deltakere):
        if len(ut) * (n + 1) > _MAKS_MAATER * (max(deltakere) + 1):
            return None
        her = np.arange(n + 1)
        ut = np.column_stack((np.repeat(ut, n + 1, axis=0), np.tile(her, len(ut))))
        mangler = antall - ut.sum(axis=1)
        ut = ut[(mangler >= 0) & (mangler <= sum(deltakere[k + 1 :]))]
    return ut.astype(float) if len(ut) <= _MAKS_MAATER else None


def _noen_dekker(v: Kontrakt, lykkede: Array) -> bool:
    return bool((leverandoernetto_av_sum(v, _betalt(v, lykkede)) >= -OERE).any())


def _starter(v: Kontrakt, deltakere: Array, steg: int, naar: Array) -> Iterator[Array]:
    """Nobody; then, for payments that ask for a number, just so many where they are settled in time, each (A,)."""
    med_krav = sorted((f for f in v.fast_betaling if f.krav_lykkede and f.aar <= v.driftsaar), key=lambda f: f.aar)
    sammen = len(med_krav) if len(med_krav) <= _KRAV_SAMMEN else 1
    for valgt in chain.from_iterable(combinations(med_krav, n) for n in range(sammen + 1)):
        start = np.zeros(len(deltakere))
        # As if they were met already: what they bring may fill the cap of a year, and then no more is worth settling in it.
        oppfylt = replace(
            v, fast_betaling=tuple(replace(f, krav_lykkede=0) if f in valgt else f for f in v.fast_betaling)
        )
        for fast in valgt:
            i_tide = np.where(naar <= fast.aar, deltakere, start)
            krav = min(deltakere[naar <= fast.aar].sum(), fast.krav_lykkede)
            while (mangler := int(krav - start[naar <= fast.aar].sum())) > 0:
                start = _med_flere(oppfylt, start, i_tide, min(steg, mangler), naar)
        yield start


def _dekker(v: Kontrakt, lykkede: Array) -> bool:
    return _noen_dekker(v, lykkede[None, :])


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
    """The year each cohort is settled at its first follow-up, which a demanded number counts, (A,); past every year for none."""
    ut = np.full(v.inntaksaar, float(MAKS_KONTRAKTAAR + 1))
    for linje in oppgjoerslinjer(v):
        if linje.betalt_i and linje.linje == 0:
            ut[linje.kohort - 1] = linje.betalt_i
    return ut


def _jevnt(v: Kontrakt, deltakere: Array, alle: int) -> int | None:
    fordelt = np.zeros((alle + 1, len(deltakere)))
    for n in range(1, alle + 1):
        rom = np.where(fordelt[n - 1] < deltakere, fordelt[n - 1], np.inf)
        fordelt[n] = fordelt[n - 1]
        fordelt[n, int(rom.argmin())] += 1
    dekket = np.flatnonzero(leverandoernetto_av_sum(v, _betalt(v, fordelt)) >= -OERE)
    return int(dekket[0]) if len(dekket) else None
