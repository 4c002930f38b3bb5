"""The nouns of an outcome contract, and the one table of its inputs: key, label, unit, legal range and help.

Amounts are in the contract's own currency and price year, not discounted. Years are contract years, 1 to kontraktaar.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from velferdslab_model.base.felt import FOERSTE_AAR, MAKS_BELOEP, SISTE_AAR, Felt, Slag

Kohorter = Literal["alle", "innen kontrakten", "i betalingsår"]
Prisgrunnlag = Literal["før fradrag", "etter fradrag"]
Avrunding = Literal["eksakt", "hele personer"]

#: Which cohorts are settled, and what that means; the source can be read in all three ways.
KOHORTER: dict[Kohorter, str] = {
    "alle": "Alle kohorter gjøres opp i betalingsårene, også de som bedømmes etter det siste (slik tabellen i kilden teller)",
    "innen kontrakten": "Bare kohorter som er bedømt innen kontrakten er slutt",
    "i betalingsår": "Bare kohorter som bedømmes i et av betalingsårene",
}
PRISGRUNNLAG: dict[Prisgrunnlag, str] = {
    "før fradrag": "prisen betales for alle som lykkes, også dem som ville lyktes uansett",
    "etter fradrag": "fra prisen trekkes andelen som ville lyktes uansett",
}
AVRUNDING: tuple[Avrunding, ...] = ("eksakt", "hele personer")
VALUTAER = ("NOK", "DKK", "SEK", "EUR", "GBP", "USD")
MAKS_KONTRAKTAAR, MAKS_LINJER, MAKS_INNTAK = 10, 8, 500


@dataclass(frozen=True)
class Prislinje:
    """One follow-up date of the rate card.

    maaned: months after entry. pris: amount for each person who holds. holder: share of those who succeed that still hold
    at this date; it never rises, and nobody comes back (antakelse).
    """

    maaned: int
    pris: float
    holder: float
    tekst: str


@dataclass(frozen=True)
class FastBetaling:
    """A payment in a contract year that is no price per person. krav_lykkede: settled successes it takes by then; 0 none."""

    aar: int
    beloep: float
    krav_lykkede: int
    tekst: str


@dataclass(frozen=True)
class Inntak:
    """Entrants per year. minst: what the municipality has bound itself to refer. mest: nobody is taken in above it."""

    lav: int
    forventet: int
    hoey: int
    minst: int | None
    mest: int | None


@dataclass(frozen=True)
class Tak:
    """Caps in the order they are applied; None is no cap. overfoering: what a year's cap cuts is paid in a later year."""

    per_person: float | None
    per_aar: float | None
    kontrakt: float | None
    overfoering: bool


UTEN_TAK = Tak(None, None, None, False)


@dataclass(frozen=True)
class Nullalternativ:
    """What a person costs in the ordinary services, per year.

    foer: as long as the goal is not met. etter: from the first follow-up date on. etter_videre: from the year after, for
    the share andel_videre that goes on. varighet: years the saving lasts. tilbakefall: share lost each year.
    kommunal_andel: share that falls on the municipality; realiserbar_andel: share of that which frees budget money.
    """

    foer: float
    etter: float
    etter_videre: float
    andel_videre: float
    varighet: int
    tilbakefall: float
    kommunal_andel: float
    realiserbar_andel: float


@dataclass(frozen=True)
class Kommunevilkaar:
    """andel_av_betaling: share of the payments that the municipality bears, the state the rest. evaluering: per contract year."""

    andel_av_betaling: float
    evaluering: float


@dataclass(frozen=True)
class Investor:
    """finansiering: outlay in each contract year. andel_av_betaling: share of each payment that goes to the investor until
    the outlay and honorar (a share of it) are covered. avkastningskrav: yearly return asked for."""

    finansiering: tuple[float, ...]
    andel_av_betaling: float
    honorar: float
    avkastningskrav: float


@dataclass(frozen=True)
class Leverandoer:
    """Running cost of each contract year: fast, per entrant of that year, and to an intermediary."""

    fast_aarskostnad: float
    kostnad_per_deltaker: float
    mellomledd: float


@dataclass(frozen=True)
class Avvikling:
    """Early termination: the contract ends after a year, against a compensation paid in that year, outside the caps."""

    etter_aar: int
    kompensasjon: float


@dataclass(frozen=True)
class Erstatning:
    """A term that a scenario put in the place of the contract's own.

    noekkel: dotted key of the term. foer: what the contract said, in words when it was no single number, None when it said
    nothing. kilde: where the scenario has the new one from.
    """

    noekkel: str
    tekst: str
    enhet: str
    foer: float | str | None
    etter: float
    kilde: str


@dataclass(frozen=True)
class Kontrakt:
    """The terms of a contract.

    suksessrate: one for each cohort. telling: successes and trials the rate comes from, which makes it uncertain; None is
    a rate taken for certain. stanses_etter: the contract year after which it ends early; None in the contract as agreed.
    erstattet: what a scenario put in the place of the contract's own terms. kilder: dotted key -> «kilde: ...», «antakelse: ...» or «konstruert: ...».
    """

    navn: str
    valuta: str
    prisaar: int
    startaar: int
    kontraktaar: int
    inntaksaar: int
    betalingsaar: tuple[int, ...]
    kohorter: Kohorter
    avrunding: Avrunding
    pris_grunnlag: Prisgrunnlag
    indeksering: float
    skjedd_uansett: float
    inntak: Inntak
    suksessrate: tuple[float, ...]
    telling: tuple[float, float] | None
    priskort: tuple[Prislinje, ...]
    fast_betaling: tuple[FastBetaling, ...]
    tak: Tak
    nullalternativ: Nullalternativ | None
    kommune: Kommunevilkaar
    investor: Investor
    leverandoer: Leverandoer
    avvikling: Avvikling | None
    maalgruppe: str
    maal: str
    validering: str
    kilder: Mapping[str, str] = field(repr=False, compare=False)
    stanses_etter: int | None = None
    erstattet: tuple[Erstatning, ...] = field(default=(), compare=False)

    @property
    def deltakere(self) -> tuple[int, ...]:
        """Entrants of each cohort; none after an early end, and none above the largest number referred."""
        antall = self.inntak.forventet if self.inntak.mest is None else min(self.inntak.forventet, self.inntak.mest)
        slutt = self.stanses_etter or self.kontraktaar
        return tuple(antall if aar <= slutt else 0 for aar in range(1, self.inntaksaar + 1))

    @property
    def driftsaar(self) -> int:
        """Contract years that are run."""
        return min(self.kontraktaar, self.stanses_etter or self.kontraktaar)

    @property
    def pris(self) -> float:
        """What one person brings who holds at every date, before index, deduction and caps."""
        return sum(linje.pris for linje in self.priskort)

    def med_inntak(self, antall: int) -> Kontrakt:
        """The same contract with another number of entrants per year."""
        return replace(self, inntak=replace(self.inntak, forventet=antall))

    def med_rate(self, rate: float) -> Kontrakt:
        """The same contract with one certain rate for every cohort."""
        return replace(self, suksessrate=(rate,) * self.inntaksaar, telling=None)

    def med_prisfaktor(self, faktor: float) -> Kontrakt:
        """The same contract with every price of the rate card multiplied."""
        return replace(self, priskort=tuple(replace(p, pris=p.pris * faktor) for p in self.priskort))


#: The terms that stand in a table of their own, and those that are lists of lines, by the key in a file.
DELER: dict[str, type[Any]] = {
    "inntak": Inntak, "tak": Tak, "nullalternativ": Nullalternativ, "kommune": Kommunevilkaar, "investor": Investor,
    "leverandoer": Leverandoer, "avvikling": Avvikling,
}  # fmt: skip
LINJER: dict[str, type[Any]] = {"priskort": Prislinje, "fast_betaling": FastBetaling}


def _f(noekkel: str, tekst: str, enhet: str, slag: Slag, minst: float, mest: float, hjelp: str) -> Felt:
    return Felt(noekkel, tekst, enhet, slag, minst, mest, "hoved", hjelp)


def _andel(noekkel: str, tekst: str, hjelp: str, minst: float = 0.0, mest: float = 1.0) -> Felt:
    return _f(noekkel, tekst, "andel", "andel", minst, mest, hjelp)


def _beloep(noekkel: str, tekst: str, enhet: str, hjelp: str) -> Felt:
    return _f(noekkel, tekst, enhet, "beloep", 0, MAKS_BELOEP, hjelp)


def _antall(noekkel: str, tekst: str, hjelp: str, minst: int = 1, mest: int = MAKS_INNTAK) -> Felt:
    return _f(noekkel, tekst, "personer", "heltall", minst, mest, hjelp)


#: Every scalar input by dotted key, in the order shown to a reader. «kr» stands for the contract's currency.
KONTRAKTFELT: dict[str, Felt] = {
    felt.noekkel: felt
    for felt in (
        _f("prisaar", "Prisår", "årstall", "aarstall", FOERSTE_AAR, SISTE_AAR, "Prisåret for alle beløp i kontrakten."),
        _f("startaar", "Første kontraktår", "årstall", "aarstall", FOERSTE_AAR, SISTE_AAR, "Kalenderåret for kontraktår 1."),
        _f("kontraktaar", "Kontraktår", "år", "heltall", 1, MAKS_KONTRAKTAAR, "Så mange år varer kontrakten."),
        _f("inntaksaar", "Inntaksår", "år", "heltall", 1, MAKS_KONTRAKTAAR, "Så mange av kontraktårene tar inn en ny kohort."),
        _andel("indeksering", "Indeksering av prisen", "Årlig endring i prisene ut over prisstigningen, fra kontraktår 1. 0 følger prisstigningen.", -0.1, 0.1),
        _andel("skjedd_uansett", "Ville skjedd uansett", "Andelen av dem som lykkes, som ville lyktes uten tilbudet."),
        _antall("inntak.lav", "Inntak per år, lavt", "Så få kan rekrutteringen gi."),
        _antall("inntak.forventet", "Inntak per år, forventet", "Nye deltakere i hvert inntaksår. Regnes fra årets begynnelse."),
        _antall("inntak.hoey", "Inntak per år, høyt", "Så mange kan rekrutteringen gi."),
        _antall("inntak.minst", "Henvisninger, minst", "Så mange har kommunen bundet seg til å henvise i året.", 0),
        _antall("inntak.mest", "Henvisninger, mest", "Flere enn dette tas ikke inn i året."),
        _andel("suksessrate", "Suksessrate", "Andelen av en kohort som når målet ved den første oppfølgingen."),
        _beloep("tak.per_person", "Tak per person", "kr", "Mest som betales for én person. Det første taket som brukes."),
        _beloep("tak.per_aar", "Tak per år", "kr per år", "Mest som betales i ett kontraktår. Brukes etter taket per person."),
        _beloep("tak.kontrakt", "Tak for kontrakten", "kr", "Mest som betales i alt. Brukes til sist."),
        _beloep("nullalternativ.foer", "Årlig kostnad uten måloppnåelse", "kr per person og år", "Det en person i målgruppen koster i de ordinære tjenestene."),
        _beloep("nullalternativ.etter", "Årlig kostnad etter måloppnåelse", "kr per person og år", "Det en som har lyktes, koster i de ordinære tjenestene."),
        _beloep("nullalternativ.etter_videre", "Årlig kostnad for dem som går videre", "kr per person og år", "Fra året etter, for dem som kommer enda et steg."),
        _andel("nullalternativ.andel_videre", "Andel som går videre", "Andelen av dem som lykkes, som året etter kommer enda et steg."),
        _f("nullalternativ.varighet", "Besparelsen varer", "år", "heltall", 1, 40, "År fra og med det året målet er nådd."),
        _andel("nullalternativ.tilbakefall", "Årlig tilbakefall", "Andelen av besparelsen som faller bort hvert år."),
        _andel("nullalternativ.kommunal_andel", "Kommunens andel av besparelsen", "Resten er statens."),
        _andel("nullalternativ.realiserbar_andel", "Realiserbar andel", "Andelen av kommunens besparelse som frigjør budsjettmidler."),
        _andel("kommune.andel_av_betaling", "Kommunens andel av betalingen", "Resten betaler staten."),
        _beloep("kommune.evaluering", "Evaluering", "kr per kontraktår", "Kommunens kostnad til måling og evaluering."),
        _beloep("investor.finansiering", "Investorens utlegg", "kr per kontraktår", "Det investoren legger ut i året."),
        _andel("investor.andel_av_betaling", "Investorens andel av betalingene", "Av hver betaling, til utlegg og honorar er dekket."),
        _andel("investor.honorar", "Honorar til investoren", "Mest ut over utlegget, som andel av det."),
        _andel("investor.avkastningskrav", "Avkastningskrav", "Årlig avkastning investoren vil ha. Gevinsten er nåverdien ved denne renten."),
        _beloep("leverandoer.fast_aarskostnad", "Driftskostnad", "kr per kontraktår", "Leverandørens faste kostnad i året."),
        _beloep("leverandoer.kostnad_per_deltaker", "Kostnad per deltaker", "kr per ny deltaker", "Kommer i tillegg til den faste."),
        _beloep("leverandoer.mellomledd", "Mellomledd", "kr per kontraktår", "Administrasjon og mellommenn."),
        _f("avvikling.etter_aar", "Avvikles etter", "kontraktår", "heltall", 1, MAKS_KONTRAKTAAR, "Det siste året kontrakten virker, hvis den sies opp."),
        _beloep("avvikling.kompensasjon", "Kompensasjon", "kr", "Betales ved avvikling, utenom takene."),
        _f("stanses_etter", "Avsluttes etter", "kontraktår", "heltall", 1, MAKS_KONTRAKTAAR, "Det siste året som kjøres når kontrakten avsluttes før tiden."),
    )
}  # fmt: skip

#: The numbers of a line of the rate card, and of a payment that is no price per person.
LINJEFELT: dict[str, Felt] = {
    felt.noekkel: felt
    for felt in (
        _f("maaned", "Oppfølging", "måneder etter inntak", "heltall", 1, 120, "Måneder fra inntak til oppfølgingen."),
        _beloep("pris", "Pris", "kr per person", "Betales for hver som holder målet på denne datoen."),
        _andel("holder", "Holder målet", "Andelen av dem som lyktes, som fortsatt holder målet på denne datoen."),
    )
}
FASTFELT: dict[str, Felt] = {
    felt.noekkel: felt
    for felt in (
        _f("aar", "Kontraktår", "år", "heltall", 1, MAKS_KONTRAKTAAR, "Kontraktåret beløpet betales i."),
        _beloep("beloep", "Beløp", "kr", "Betales uavhengig av hvor mange som lykkes, hvis det ikke står et krav."),
        _f(
            "krav_lykkede",
            "Krav",
            "personer",
            "heltall",
            0,
            10_000,
            "Så mange må ha lyktes og være gjort opp innen året.",
        ),
    )
}
