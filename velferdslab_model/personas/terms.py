"""The nouns of personas: who they are, what happens in ten years, and what they receive; with the one table of inputs.

Amounts are kroner in the set's own price year. Source of the form: the note's appendix 2.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from velferdslab_model.base.felt import FOERSTE_AAR, MAKS_BELOEP, SISTE_AAR, Felt, Ordfelt
from velferdslab_model.base.ord import BETALERNAVN, BRUKERGRUPPER, SITUASJONSNAVN
from velferdslab_model.model.array import Array
from velferdslab_model.parameters.typer import LIVSSITUASJONER, Betaler

#: Years of a history.
HISTORIEAAR = 10
#: How a history ends where its persona is told twice, and what it is called.
UTFALLENE: dict[str, str] = {"eneste": "", "best": "beste utfall", "verst": "verste utfall"}
#: Where a line comes from.
OPPHAV: tuple[str, ...] = ("notatet", "konstruert", "eget")
#: What the note tells of a persona's first situation, and what it is called.
NOTATFELT: dict[str, str] = {
    "hvem": "Hvem",
    "bosituasjon": "Bosituasjon",
    "helse": "Helse",
    "nettverk": "Nettverk",
    "oekonomi": "Arbeid og økonomi",
    "annet": "Annet",
}
#: Contact in a year, and what it is counted in.
DIALOG: dict[str, str] = {"moeter": "Møter", "telefoner": "Telefoner", "eposter": "E-poster"}
JA_ELLER_NEI: tuple[str, ...] = ("ja", "nei")
MAKS_PERSONAS, MAKS_TJENESTER, MAKS_HENDELSE = 12, 30, 300


def _f(noekkel: str, tekst: str, enhet: str, slag: str, minst: float, mest: float, hjelp: str) -> Felt:
    return Felt(noekkel, tekst, enhet, slag, minst, mest, "hoved", hjelp)  # type: ignore[arg-type]


ENHETSPRIS = _f("enhetspris", "Enhetspris", "kr per enhet", "beloep", 0, MAKS_BELOEP, "Faste priser.")
MENGDE = _f(
    "mengde", "Mengde", "enheter", "mengde", 0, MAKS_BELOEP, "Så mange enheter i året; 0 når tjenesten ikke gis."
)
KONTAKT = _f("kontakt", "Kontakt", "antall", "mengde", 0, 10_000, "Antall i året.")
PERSONAPRISAAR = _f("prisaar", "Prisår", "årstall", "aarstall", FOERSTE_AAR, SISTE_AAR, "Prisåret for alle beløp.")
TELLES = Ordfelt(
    "med_overfoeringer", "Overføringer regnes med", JA_ELLER_NEI,
    "ja: alt det offentlige betaler. nei: bare tjenester, som en samfunnsøkonomisk beregning trenger.",
)  # fmt: skip
#: Situation that follows utsatt -> factor (the note, appendix 2).
FAKTORFELT: dict[str, Felt] = {
    s: _f(f"faktor.{s}", f"{SITUASJONSNAVN[s]}, ganger utsatt", "faktor", "mengde", 0, 100,
          "Brukes når ingen historie startet i situasjonen.")
    for s in ("uholdbar", "stabil")
}  # fmt: skip
STANDARDFAKTORER: Mapping[str, float] = {"uholdbar": 1.1, "stabil": 0.8}


def nullfelt(gruppe: str, situasjon: str) -> Felt:
    """The null cost of a situation as an input that follows the histories until somebody types it."""
    return _f(
        f"{gruppe}.null.{situasjon}",
        f"{BRUKERGRUPPER[gruppe]}: nullkostnad, {SITUASJONSNAVN[situasjon].lower()}",
        "kr per år",
        "beloep",
        0,
        MAKS_BELOEP,
        "Snittet av historiene som startet her, eller avledet av utsatt.",
    )


#: Who pays in a history: the note tells of no others.
HISTORIEBETALERE: tuple[Betaler, ...] = ("kommune", "stat")


@dataclass(frozen=True)
class Tjeneste:
    """One service or benefit through a history. mengde: (10,) units in each year. An empty row has no name and no amount.

    overfoering: money that is moved, no cost to society. frigjoer: whether money is free in a budget when it is not given.
    opphav: whether the note names the service; its amounts are never the note's.
    """

    navn: str
    betaler: str
    overfoering: bool
    frigjoer: bool
    enhet: str
    enhetspris: float
    mengde: Array
    kilde: str
    opphav: str = "konstruert"

    @property
    def beloep(self) -> Array:
        """(10,) kr."""
        return self.enhetspris * self.mengde

    @property
    def tom(self) -> bool:
        """Whether it is a row that nobody has filled."""
        return not self.navn


TOM_TJENESTE = Tjeneste("", "kommune", False, False, "", 0.0, np.zeros(HISTORIEAAR), "", "eget")


@dataclass(frozen=True)
class Historieaar:
    """One year as the person meets it. dialog: counts by the keys of DIALOG."""

    livssituasjon: str
    hendelse: str
    opphav: str
    dialog: Mapping[str, float]


@dataclass(frozen=True)
class Historie:
    """Ten years of a persona in the ordinary services. aar: ten of them, the first first."""

    utfall: str
    aar: tuple[Historieaar, ...]
    tjenester: tuple[Tjeneste, ...]
    kilde: str = ""

    @property
    def situasjoner(self) -> tuple[int, ...]:
        """(10,): the livssituasjon of each year, 0 to 3."""
        return tuple(LIVSSITUASJONER.index(a.livssituasjon) for a in self.aar)

    @property
    def start(self) -> str:
        """The livssituasjon it begins in."""
        return self.aar[0].livssituasjon


@dataclass(frozen=True)
class Persona:
    """A constructed person or family. notatet: what the note says, by the keys of NOTATFELT."""

    navn: str
    beskrivelse: str
    brukergruppe: str
    historier: tuple[Historie, ...]
    konstruert: bool = True
    notatet: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Personasett:
    """Personas that a null alternative is made of. faktorer: situation -> of utsatt. skrevet: null costs that somebody has
    given, by the keys of nullfelt. kilder: of the inputs of the set, by key."""

    personas: tuple[Persona, ...]
    prisaar: int
    med_overfoeringer: bool = True
    faktorer: Mapping[str, float] = field(default_factory=lambda: dict(STANDARDFAKTORER))
    skrevet: Mapping[str, float] = field(default_factory=dict)
    kilder: Mapping[str, str] = field(default_factory=dict)

    @property
    def grupper(self) -> tuple[str, ...]:
        """The brukergrupper that are told of, in order."""
        return tuple(g for g in BRUKERGRUPPER if any(p.brukergruppe == g for p in self.personas))

    def historier(self, gruppe: str | None = None) -> list[tuple[Persona, Historie]]:
        """Every history with its persona, of a group or of all."""
        return [(p, h) for p in self.personas for h in p.historier if gruppe in (None, p.brukergruppe)]

    @property
    def konstruert(self) -> bool:
        """Whether some of it is made up."""
        return any(p.konstruert for p in self.personas)


def historienavn(p: Persona, h: Historie) -> str:
    """What a history is called: Peder, verste utfall."""
    return f"{p.navn}, {UTFALLENE[h.utfall]}" if UTFALLENE[h.utfall] else p.navn


def betalernavn(betaler: str) -> str:
    """Who pays, in a cell: kommune, stat."""
    return BETALERNAVN[betaler].lower().removesuffix("en") if betaler == "stat" else "kommune"
