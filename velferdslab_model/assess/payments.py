"""The contract's payments on what was registered: each person at each follow-up date, paid or not, with the reason.

Only what the municipality has confirmed counts; what is missing, undecided or scored in another way than at the start is
not paid on, and said so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, get_args

import numpy as np

from velferdslab_model.assess.dates import maaneder
from velferdslab_model.assess.transitions import ETT_AAR, SENEST, TIDLIGST, Plassert, foerste_dag, frist
from velferdslab_model.contract.oppgjoer import (
    Oppgjoerslinje,
    faste_betalinger,
    legg_tak,
    linjebeloep,
    oppgjoerslinjer,
)
from velferdslab_model.contract.terms import Kontrakt
from velferdslab_model.model.array import Array

#: A follow-up counts for a date of the rate card so many months around it (antakelse).
MAANEDER_RUNDT = SENEST - ETT_AAR
assert ETT_AAR - TIDLIGST == MAANEDER_RUNDT

Betalingsgrunn = Literal[
    "utenfor kontraktens inntaksår",
    "ikke i målgruppen ved oppstart",
    "målgruppen ved oppstart er uavklart",
    "oppfølgingen er ikke forfalt",
    "oppfølging mangler",
    "avsluttet før oppfølgingen",
    "målet er ikke nådd",
    "om målet er nådd, er uavklart",
    "vurdert på ulik måte ved oppstart og oppfølging",
    "ikke bekreftet av kommunen",
    "kohorten gjøres ikke opp i noe betalingsår",
    "målet er nådd og bekreftet",
]
BETALES: Betalingsgrunn = "målet er nådd og bekreftet"


@dataclass(frozen=True)
class Personbetaling:
    """One person at one follow-up date of the rate card. beloep: before the caps of year and contract, 0 when not paid.
    betalt_i: contract year. talte: kjennetegn at stabil or better at the follow-up, None without one. frist: the last day of the follow-up."""

    id: str
    kohort: int
    linje: int
    maaned: int
    grunn: Betalingsgrunn
    beloep: float
    betalt_i: int | None
    oppfulgt: date | None
    talte: int | None
    frist: date

    @property
    def betales(self) -> bool:
        """Whether it is paid."""
        return self.grunn == BETALES


@dataclass(frozen=True)
class Oppgjoer:
    """Every person's payments, and what the contract pays in each contract year before and after its caps, (K,)."""

    vilkaar: Kontrakt
    personer: tuple[Personbetaling, ...]
    brutto: Array
    betalt: Array
    merknader: tuple[str, ...]

    def grunner(self, linje: int) -> tuple[Betalingsgrunn, ...]:
        """The reasons anybody has at a date, in an order that tells of nobody."""
        har = {p.grunn for p in self.personer if p.linje == linje}
        return tuple(grunn for grunn in get_args(Betalingsgrunn) if grunn in har)


def gjoer_opp(plasserte: Sequence[Plassert], v: Kontrakt, per: date) -> Oppgjoer:
    """Settle a contract on the registrations of unge voksne. per: the day it is counted."""
    uten_personstak = replace(v, tak=replace(v.tak, per_person=None))
    linjer = {(x.kohort, x.linje): x for x in oppgjoerslinjer(uten_personstak)}
    personer: dict[str, list[Plassert]] = defaultdict(list)
    for en in plasserte:
        if en.registrering.vurderer == "første" and en.registrering.gruppe == "unge_voksne":
            personer[en.registrering.id].append(en)
    alle = [
        en
        for id_, rader in personer.items()
        for en in _person(id_, sorted(rader, key=lambda p: p.registrering.dato), v, linjer, per)
    ]
    brutto = _brutto(alle, v)
    i_kohort = defaultdict(set)
    for p in alle:
        i_kohort[p.kohort].add(p.id)
    merknader = [
        f"I kontraktår {k} er {len(ider)} tatt inn, og kontrakten tar inn høyst {v.inntak.mest}; hvem som er over grensen, sier ikke filen."
        for k, ider in sorted(i_kohort.items())
        if v.inntak.mest is not None and 1 <= k <= v.inntaksaar and len(ider) > v.inntak.mest
    ]
    return Oppgjoer(v, tuple(alle), brutto, legg_tak(brutto, v), tuple(merknader))


def _person(
    id_: str,
    rader: list[Plassert],
    v: Kontrakt,
    linjer: dict[tuple[int, int], Oppgjoerslinje],
    per: date,
) -> list[Personbetaling]:
    start = rader[0]
    kohort = start.registrering.dato.year - v.startaar + 1
    brukt = 0.0
    ut = []
    for nummer, kort in enumerate(v.priskort):
        oppfoelging = _naermeste(start, rader[1:], kort.maaned)
        linje = linjer.get((kohort, nummer))
        siste_dag = frist(start.registrering.dato, kort.maaned)
        grunn = _grunn(start, oppfoelging, linje, rader[-1], kort.maaned, per <= siste_dag)
        beloep = 0.0
        if grunn == BETALES and linje is not None:
            beloep = linje.pris if v.tak.per_person is None else min(linje.pris, max(0.0, v.tak.per_person - brukt))
            brukt += beloep
        ut.append(
            Personbetaling(
                id_,
                kohort,
                nummer,
                kort.maaned,
                grunn,
                beloep,
                linje.betalt_i if linje and grunn == BETALES else None,
                oppfoelging.registrering.dato if oppfoelging else None,
                oppfoelging.plassering.maal.sikre if oppfoelging else None,
                siste_dag,
            )
        )
    return ut


def _naermeste(start: Plassert, rader: list[Plassert], maaned: int) -> Plassert | None:
    """The follow-up of a date of the rate card."""
    fra = start.registrering.dato
    naer = [p for p in rader if foerste_dag(fra, maaned) <= p.registrering.dato <= frist(fra, maaned)]
    return min(naer, key=lambda p: abs(maaneder(fra, p.registrering.dato) - maaned), default=None)


def _grunn(
    start: Plassert,
    oppfoelging: Plassert | None,
    linje: Oppgjoerslinje | None,
    siste: Plassert,
    maaned: int,
    aapent: bool,
) -> Betalingsgrunn:
    if linje is None:
        return "utenfor kontraktens inntaksår"
    maalgruppe = start.plassering.maalgruppe.utfall
    if maalgruppe != "ja":
        return "ikke i målgruppen ved oppstart" if maalgruppe == "nei" else "målgruppen ved oppstart er uavklart"
    if oppfoelging is None:
        if (
            siste.registrering.tidspunkt == "avslutning"
            and maaneder(start.registrering.dato, siste.registrering.dato) < maaned
        ):
            return "avsluttet før oppfølgingen"
        return "oppfølgingen er ikke forfalt" if aapent else "oppfølging mangler"
    maal = oppfoelging.plassering.maal.utfall
    if maal != "ja":
        return "målet er ikke nådd" if maal == "nei" else "om målet er nådd, er uavklart"
    a, b = start.registrering, oppfoelging.registrering
    if a.maate != b.maate or a.skjema != b.skjema:
        return "vurdert på ulik måte ved oppstart og oppfølging"
    if not b.bekreftet:
        return "ikke bekreftet av kommunen"
    return BETALES if linje.betalt_i is not None else "kohorten gjøres ikke opp i noe betalingsår"


def _brutto(alle: Sequence[Personbetaling], v: Kontrakt) -> Array:
    """What is due in each contract year, (K,): whole kroner, rounded once for each cohort, date and price, as in the contract's plan."""
    brutto, gjort_opp = np.zeros(v.kontraktaar), np.zeros(v.kontraktaar)
    linjer: dict[tuple[int, int, int, float], int] = defaultdict(int)
    for p in alle:
        if p.betales and p.betalt_i is not None:
            linjer[p.betalt_i, p.kohort, p.linje, p.beloep] += 1
    for (aar, _, nummer, pris), antall in linjer.items():
        brutto[aar - 1] += float(linjebeloep(antall, pris))
        if nummer == 0:
            gjort_opp[aar - 1] += antall
    ut: Array = brutto + faste_betalinger(v, gjort_opp.cumsum())
    return ut
