"""From registrations to years: where each person stood, and where a year later.

A year runs from a registration to the one nearest twelve months after it, 9 to 15 months away (antakelse). A closing
registration is a follow-up in those months only: before them the first year is missing its follow-up, and a later year, in which
the person was followed up at its beginning, is not begun. A year whose follow-up did not come in 15 months has a missing
follow-up. One without follow-up whose 15 months are not over is not due: it is counted by itself, and is in no rate.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from velferdslab_model.assess.criteria import situasjonstekst
from velferdslab_model.assess.dates import etter_maaneder, maaneder
from velferdslab_model.assess.placement import Plassering, Plasseringsregel, plasser_svar
from velferdslab_model.assess.registrering import Registrering

#: Months between two registrations that are a year apart (antakelse).
TIDLIGST, ETT_AAR, SENEST = 9.0, 12.0, 15.0
Oppfoelging = Literal["fulgt opp", "mangler", "ikke forfalt"]


@dataclass(frozen=True)
class Plassert:
    """A registration with its placement, and the one situation that is used: the rule's, or, in a tie, the one of the tied
    that the investeringsleder gave. merknad: what was done about a tie."""

    registrering: Registrering
    plassering: Plassering
    situasjon: int | None
    merknad: str = ""

    @property
    def forklaring(self) -> str:
        """Everything to say about it, in sentences."""
        deler = [*self.plassering.forklaring, *([self.merknad] if self.merknad else [])]
        return ". ".join(deler) + ("." if deler else "")


@dataclass(frozen=True)
class Overgang:
    """One person's year. fra, til: situations by place; til is None without a usable follow-up. aar: calendar year it began.

    blandet: the two dates were scored in different ways, or by different forms. frafall: the person left before time.
    merknader: what a reader of the row must know.
    """

    id: str
    gruppe: str
    aar: int
    nummer: int
    fra: int
    til: int | None
    oppfoelging: Oppfoelging
    fra_dato: date
    til_dato: date | None
    blandet: bool = False
    frafall: bool = False
    merknader: tuple[str, ...] = field(default=())

    @property
    def foerste_dag(self) -> date:
        """The first day a follow-up counts."""
        return foerste_dag(self.fra_dato)

    @property
    def frist(self) -> date:
        """The last day a follow-up counts; after it, it is missing."""
        return frist(self.fra_dato)

    @property
    def lyktes(self) -> bool:
        """At least one step up."""
        return self.til is not None and self.til > self.fra


def foerste_dag(fra: date, maaned: int = int(ETT_AAR)) -> date:
    """The first day a follow-up of a registration counts. maaned: how many months after it the follow-up is meant to be."""
    return etter_maaneder(fra, maaned - int(ETT_AAR - TIDLIGST))


def frist(fra: date, maaned: int = int(ETT_AAR)) -> date:
    """The last day a follow-up of a registration counts. maaned: as for foerste_dag."""
    return etter_maaneder(fra, maaned + int(SENEST - ETT_AAR))


def uten_oppfoelging(alle: Sequence[Overgang], hva: Oppfoelging) -> list[Overgang]:
    """The years that wait for a follow-up, or are missing it, by their deadlines."""
    return sorted((o for o in alle if o.oppfoelging == hva), key=lambda o: (o.frist, o.id))


def siste_frist(aar: int, per: date) -> date:
    """A day by which the follow-ups of all years that began in a calendar year, and not after per, are due; it tells of nobody."""
    return frist(min(date(aar, 12, 31), per))


def plasser_alle(registreringer: Sequence[Registrering], regel: Plasseringsregel) -> tuple[Plassert, ...]:
    """Place every registration by the rule."""
    return tuple(_plasser(r, regel) for r in registreringer)


def _plasser(r: Registrering, regel: Plasseringsregel) -> Plassert:
    p = plasser_svar(r.svar, r.skjema, r.sentrale, r.alder, regel)
    if p.situasjon is not None or not p.samlet:
        return Plassert(r, p, p.situasjon)
    if r.gitt in p.samlet:
        assert r.gitt is not None
        valgt = situasjonstekst(frozenset({r.gitt}))
        return Plassert(r, p, r.gitt, f"Investeringslederen plasserte i {valgt}, som er brukt")
    return Plassert(r, p, None, "Investeringslederen har ikke valgt mellom dem, så registreringen er ikke brukt")


def overganger(plasserte: Sequence[Plassert], per: date) -> tuple[Overgang, ...]:
    """Every year of every person. per: the day it is counted; years that end after it are not due."""
    personer: dict[str, list[Plassert]] = defaultdict(list)
    for en in plasserte:
        if en.registrering.vurderer == "første":
            personer[en.registrering.id].append(en)
    ut: list[Overgang] = []
    for alle in personer.values():
        ut += _personens_aar(sorted(alle, key=lambda p: p.registrering.dato), per)
    return tuple(ut)


def _personens_aar(alle: list[Plassert], per: date) -> Iterator[Overgang]:
    nummer, her = 1, 0
    while True:
        anker = alle[her].registrering
        if anker.tidspunkt == "avslutning":
            return
        neste = _neste(alle, her)
        slutt = None if neste is not None else _tidlig_slutt(alle, her)
        if slutt is not None:
            # The end comes with the follow-up that has just been counted, and says nothing of another year.
            if nummer == 1:
                yield from _avsluttet(alle[her], slutt)
            return
        if neste is None:
            ny = next((i for i in range(her + 1, len(alle)) if alle[i].registrering.dato > frist(anker.dato)), None)
            yield from _uten(alle[her], nummer, ny is not None or per > frist(anker.dato))
            if ny is None:
                return
            her = ny
        else:
            yield from _aar(alle[her], alle[neste], nummer, per)
            her = neste
        nummer += 1


def _neste(alle: list[Plassert], her: int) -> int | None:
    """The registration that ends the year: nearest twelve months away."""
    anker = alle[her].registrering.dato
    datoer = {i: alle[i].registrering.dato for i in range(her + 1, len(alle))}
    avstand = {i: maaneder(anker, dato) for i, dato in datoer.items() if foerste_dag(anker) <= dato <= frist(anker)}
    return min(avstand, key=lambda i: (abs(avstand[i] - ETT_AAR), avstand[i]), default=None)


def _tidlig_slutt(alle: list[Plassert], her: int) -> Registrering | None:
    """The closing registration that comes before a follow-up could."""
    tidligst = foerste_dag(alle[her].registrering.dato)
    senere = (p.registrering for p in alle[her + 1 :])
    return next((r for r in senere if r.tidspunkt == "avslutning" and r.dato < tidligst), None)


def _avsluttet(fra: Plassert, slutt: Registrering) -> Iterator[Overgang]:
    if fra.situasjon is None:
        return
    r, frafall = fra.registrering, slutt.grunn == "frafall"
    merknader = (
        # Whole months: a closing before the first day is never said to be at it.
        f"Avsluttet etter {int(maaneder(r.dato, slutt.dato))} måneder, før oppfølgingen",
        *(["Frafall"] if frafall else []),
    )
    yield Overgang(
        r.id,
        r.gruppe,
        r.dato.year,
        nummer=1,
        fra=fra.situasjon,
        til=None,
        oppfoelging="mangler",
        fra_dato=r.dato,
        til_dato=None,
        frafall=frafall,
        merknader=merknader,
    )


def _uten(fra: Plassert, nummer: int, forfalt: bool) -> Iterator[Overgang]:
    if fra.situasjon is None:
        return
    r = fra.registrering
    hva: Oppfoelging = "mangler" if forfalt else "ikke forfalt"
    merknad = (
        f"Ingen oppfølging {TIDLIGST:.0f} til {SENEST:.0f} måneder etter"
        if forfalt
        else f"Ikke forfalt: oppfølgingen kan gjøres fra {foerste_dag(r.dato):%d.%m.%Y} til {frist(r.dato):%d.%m.%Y}"
    )
    yield Overgang(r.id, r.gruppe, r.dato.year, nummer, fra.situasjon, None, hva, r.dato, None, merknader=(merknad,))


def _aar(fra: Plassert, til: Plassert, nummer: int, per: date) -> Iterator[Overgang]:
    if fra.situasjon is None:
        return
    a, b = fra.registrering, til.registrering
    merknader = []
    if a.maate != b.maate:
        merknader.append(f"Vurdert på ulik måte: {a.maate} og {b.maate}")
    if a.skjema != b.skjema:
        merknader.append("Vurdert med ulikt skjema")
    frafall = b.grunn == "frafall"
    if frafall:
        merknader.append("Frafall")
    hva: Oppfoelging = "fulgt opp"
    if til.situasjon is None:
        merknader.append("Oppfølgingen kan ikke plasseres")
        # Another may still come, unless the person has left.
        hva = "ikke forfalt" if b.tidspunkt != "avslutning" and per <= frist(a.dato) else "mangler"
    yield Overgang(
        a.id,
        a.gruppe,
        a.dato.year,
        nummer,
        fra.situasjon,
        til.situasjon,
        hva,
        a.dato,
        b.dato,
        a.maate != b.maate or a.skjema != b.skjema,
        frafall,
        tuple(merknader),
    )
