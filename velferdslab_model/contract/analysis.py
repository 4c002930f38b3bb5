"""Everything that is computed for a contract: the plan, the distribution, the parties' figures, and the scenarios."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from velferdslab_model.contract.bargaining import Forhandlingsrom, forhandlingsrom
from velferdslab_model.contract.distribution import (
    FROE,
    TREKNINGER,
    Betalingsfordeling,
    betalingsfordeling,
    betalt_og_spart,
    investorverdier,
)
from velferdslab_model.contract.fewest import Faerrest, faerrest
from velferdslab_model.contract.flows import (
    OERE,
    Stroemmer,
    besparelse_per_linje,
    besparelse_per_lykket,
    betalerandeler,
    betalingsandeler,
    driftskostnad,
    kompensasjon,
    leverandoernetto_av_sum,
    stroemmer,
    til_investor,
    til_investor_av_sum,
    utlegg,
    utlegget_tilbake,
)
from velferdslab_model.contract.irr import internrente
from velferdslab_model.contract.oppgjoer import (
    Betalingsplan,
    betalingsplan,
    forventet_lykkede,
    holder_ved_forventning,
    lykkede_ved_forventning,
    plan_ved_forventning,
)
from velferdslab_model.contract.terms import Kontrakt
from velferdslab_model.model.array import Array

#: Contracts drawn for a chance that depends on who holds the goal: a standard error of at most 0.11 percentage points.
TAPSTREKNINGER = 200_000


@dataclass(frozen=True)
class Investortall:
    """utlegg: in all. internrente: a rate or words. multippel: money back per
    krone, None without outlay. tilbakebetalt: contract year. All of these of the expected payments under the caps;
    internrente_ved_forventning when exactly the expected number succeeds. mest_tap: when nobody succeeds. p_tap: chance
    of less back than put in. p_under_krav: chance of less than the return asked for; froe: the seed it is drawn with, None
    when nothing is asked for and the two are one."""

    utlegg: float
    internrente: float | str
    internrente_ved_forventning: float | str
    multippel: float | None
    tilbakebetalt: int | None
    mest_tap: float
    p_tap: float
    p_under_krav: float
    froe: int | None


@dataclass(frozen=True)
class Leverandoertall:
    """kostnad, inntekt: in all, expected under the caps. dekning: income per krone of cost, None without cost. faerrest: how
    few successes cover it."""

    kostnad: float
    inntekt: float
    dekning: float | None
    faerrest: Faerrest
    p_udekket: float


@dataclass(frozen=True)
class Betalertall:
    """betaler: with evaluation, in all, expected under the caps. sparer: usable saving in all, None without a null alternative.
    per_lykket: usable saving per success. p_taper: chance of paying more than is saved.
    froe: the seed it is drawn with, None when it is counted or certain."""

    betaler: float
    sparer: float | None
    per_lykket: float | None
    p_taper: float | None
    froe: int | None

    @property
    def metode(self) -> Literal["eksakt", "simulert"]:
        """How the chance of a loss is found."""
        return "eksakt" if self.froe is None else "simulert"


@dataclass(frozen=True)
class Tilfelle:
    """A contract worked through.

    plan, lykkede, stroemmer: when exactly the expected number of each cohort succeeds. fordeling: how that may vary.
    forventet: the money of each party in expectation under the caps, which is less where good outcomes are cut.
    """

    vilkaar: Kontrakt
    plan: Betalingsplan
    lykkede: Array
    fordeling: Betalingsfordeling
    stroemmer: Stroemmer
    forventet: Stroemmer
    investor: Investortall
    leverandoer: Leverandoertall
    betalere: Mapping[str, Betalertall]

    @property
    def betalt(self) -> float:
        """Paid in all when exactly the expected number succeeds."""
        return float(self.plan.betalt.sum())

    @property
    def betalt_per_lykket(self) -> float | None:
        """Expected payment under the caps for each that succeeds, settled or not; None when nobody does."""
        lykkede = float(forventet_lykkede(self.vilkaar).sum())
        return self.fordeling.forventet / lykkede if lykkede else None


@dataclass(frozen=True)
class Kontraktsanalyse:
    """The agreed contract, the scenarios beside it by name, and the room to bargain in; None when it cannot be counted."""

    avtalt: Tilfelle
    scenarier: Mapping[str, Tilfelle]
    rom: Forhandlingsrom | None


def analyser_kontrakt(v: Kontrakt, froe: int = FROE, trekninger: int = TREKNINGER) -> Kontraktsanalyse:
    """Work a contract through, with low uptake and early termination beside it."""
    scenarier = {}
    if v.inntak.lav != v.inntak.forventet:
        scenarier["Lavt inntak"] = tilfelle(v.med_inntak(v.inntak.lav), froe, trekninger)
    if v.inntak.hoey != v.inntak.forventet:
        scenarier["Høyt inntak"] = tilfelle(v.med_inntak(v.inntak.hoey), froe, trekninger)
    if v.stanses_etter is not None:
        scenarier["Uten avslutning før tiden"] = tilfelle(replace(v, stanses_etter=None), froe, trekninger)
    elif v.avvikling is not None:
        navn = f"Avviklet etter år {v.avvikling.etter_aar}"
        scenarier[navn] = tilfelle(replace(v, stanses_etter=v.avvikling.etter_aar), froe, trekninger)
    avtalt = tilfelle(v, froe, trekninger)
    return Kontraktsanalyse(avtalt, scenarier, forhandlingsrom(v, avtalt.fordeling, froe))


def tilfelle(v: Kontrakt, froe: int = FROE, trekninger: int = TREKNINGER) -> Tilfelle:
    """Work one set of terms through."""
    plan = plan_ved_forventning(v)
    lykkede = lykkede_ved_forventning(v)
    fordeling = betalingsfordeling(v, froe, trekninger)
    s = stroemmer(v, plan.betalt, lykkede)
    e = stroemmer(v, fordeling.per_aar, forventet_lykkede(v), fordeling.til_investor)
    return Tilfelle(
        v,
        plan,
        lykkede,
        fordeling,
        s,
        e,
        _investor(v, e, s, fordeling, froe, min(trekninger, TAPSTREKNINGER)),
        _leverandoer(v, e, fordeling),
        _betalere(v, e, fordeling, froe, trekninger),
    )


def _investor(
    v: Kontrakt, s: Stroemmer, ved_forventning: Stroemmer, f: Betalingsfordeling, froe: int, trekninger: int
) -> Investortall:
    lagt_ut = float(utlegg(v).sum())
    p_tap = f.p(til_investor_av_sum(v, f.betalt) < lagt_ut - OERE)
    trekkes = bool(lagt_ut and v.investor.avkastningskrav)
    tilbake = float(s.investor.poster["tilbakebetaling"].sum())
    uten = betalingsplan(v, holder_ved_forventning(v, np.zeros(v.inntaksaar))).betalt
    minst = float(til_investor(v, uten + kompensasjon(v)).sum())
    return Investortall(
        utlegg=lagt_ut,
        internrente=internrente(s.investor.netto),
        internrente_ved_forventning=internrente(ved_forventning.investor.netto),
        multippel=tilbake / lagt_ut if lagt_ut else None,
        tilbakebetalt=utlegget_tilbake(s.investor, utlegg(v)),
        mest_tap=max(0.0, lagt_ut - minst),
        p_tap=p_tap,
        p_under_krav=float((investorverdier(v, trekninger, froe) < -OERE).mean()) if trekkes else p_tap,
        froe=froe if trekkes else None,
    )


def _leverandoer(v: Kontrakt, s: Stroemmer, f: Betalingsfordeling) -> Leverandoertall:
    kostnad = float(driftskostnad(v).sum())
    inntekt = s.leverandoer.sum + kostnad
    return Leverandoertall(
        kostnad=kostnad,
        inntekt=inntekt,
        dekning=inntekt / kostnad if kostnad else None,
        faerrest=faerrest(v),
        p_udekket=f.p(leverandoernetto_av_sum(v, f.betalt) < -OERE),
    )


def _betalere(v: Kontrakt, s: Stroemmer, f: Betalingsfordeling, froe: int, trekninger: int) -> dict[str, Betalertall]:
    ut = {}
    # Those who no longer hold bring neither payment nor saving, and who they are is not in the distribution of payment.
    frafall = v.nullalternativ is not None and any(linje.holder < 1 for linje in v.priskort)
    trukket = frafall or f.metode == "simulert"
    betalt, spart_alle, sjanse = f.betalt, f.lykkede * float(besparelse_per_lykket(v).sum()), f.sannsynlighet
    if frafall:
        betalt, spart_alle = betalt_og_spart(v, min(trekninger, TAPSTREKNINGER), froe)
        sjanse = np.full(len(betalt), 1 / len(betalt))
    per_lykket = float(besparelse_per_lykket(v).sum())
    for part, strom in (("kommune", s.kommune), ("stat", s.stat)):
        spart = strom.poster["besparelse"]
        betaler = -float((strom.netto - spart).sum())
        bidrag = betalingsandeler(v)[part]
        fast = betaler + float(strom.poster["betaling"].sum())
        egen = per_lykket * betalerandeler(v)[part]
        tap = betalt * bidrag + fast > spart_alle * betalerandeler(v)[part] + OERE
        har_null = v.nullalternativ is not None
        # Who pays nothing and saves on everybody cannot lose: that is no share of draws.
        sikkert = bidrag == 0 and abs(fast) < OERE and bool((besparelse_per_linje(v) >= 0).all())
        ut[part] = Betalertall(
            betaler=betaler,
            sparer=float(spart.sum()) if har_null else None,
            per_lykket=egen if har_null else None,
            p_taper=(0.0 if sikkert else float(min(1.0, sjanse[tap].sum()))) if har_null else None,
            froe=froe if trukket and har_null and not sikkert else None,
        )
    return ut
