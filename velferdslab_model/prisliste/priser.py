"""What a price list shows of a scenario: the price of every tiltak, and the other amounts that are renewed each year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from velferdslab_model.base.felt import Felt
from velferdslab_model.base.ord import BRUKERGRUPPER
from velferdslab_model.parameters.avledet import AVLEDEDE
from velferdslab_model.parameters.felt import FELT, TILTAKSFELT, TIMESATSFELT
from velferdslab_model.parameters.prisaar import Oppgitt
from velferdslab_model.parameters.typer import LIVSSITUASJONER, Tiltak
from velferdslab_model.parameters.usikkerhet import TIMESATS

#: What one unit is, by kostnadsdriver.
ENHETER = {"timer": "kr per time", "fast sum": "kr", "årskostnad": "kr per år", "annet": "kr per enhet"}
#: The group of what both share, and every group as it is written in a list.
FELLESGRUPPE = "felles"
GRUPPER_I_LISTEN = {**BRUKERGRUPPER, FELLESGRUPPE: "Felles"}
#: The blocks under the prices of the tiltak: what stands in «kategori» -> the heading.
BLOKKER = {
    "nullalternativ": "Nullalternativet: hva de ordinære tjenestene koster. Uholdbar og stabil følger utsatt til noen skriver et annet tall i dem",
    "gevinst": "Lønnskostnad (verdien av ett års arbeid) og verdien av et godt leveår",
    "timesats": "Felles timesatser: tiltakene som følger en, får den nye prisen når raden deres står urørt",
}
#: What Excel rounds away; nobody types it.
_LIKE, _HALV_OERE = 1e-8, 0.005 * (1 + 1e-9)
#: Dotted key of every other amount of a group that is listed -> its block.
LISTET = {
    **{f"nullalternativ.{s}": "nullalternativ" for s in LIVSSITUASJONER},
    "loennskostnad": "gevinst",
    "verdi_qaly": "gevinst",
}


@dataclass(frozen=True)
class Listepris:
    """One price of a list, as the scenario has it.

    gruppe: a key of GRUPPER_I_LISTEN. noekkel: «tiltak.<navn>», a dotted key of FELT, or «timesats.<navn>». navn: how the row is
    known. beloep: kr per enhet in the money of prisaar. foelger: the key its number follows; empty for a number of its own.
    """

    gruppe: str
    noekkel: str
    navn: str
    kategori: str
    beloep: float
    enhet: str
    betaler: str
    prisaar: int
    kilde: str
    foelger: str = ""
    tiltak: Tiltak | None = None

    @property
    def sted(self) -> tuple[str, str]:
        """Group and key, by which it is found."""
        return self.gruppe, self.noekkel

    @property
    def gruppenavn(self) -> str:
        """The group as shown."""
        return GRUPPER_I_LISTEN[self.gruppe]

    @property
    def blokk(self) -> str:
        """The block it stands in, a key of BLOKKER; empty for a tiltak."""
        return "" if self.tiltak else self.kategori

    @property
    def felt(self) -> Felt:
        """What a legal amount is."""
        if self.tiltak:
            return TILTAKSFELT["enhetskostnad"]
        return FELT.get(self.noekkel, TIMESATSFELT)


def er_samme_beloep(skrevet: float, gammel: float) -> bool:
    """Whether an amount is the scenario's own, or that in whole øre, as a list shows it and Excel saves it in CSV."""
    i_oere = round(skrevet, 2) == skrevet and abs(skrevet - gammel) <= _HALV_OERE
    return i_oere or abs(skrevet - gammel) <= _LIKE * gammel


def listepriser(oppgitt: Oppgitt, bare_tiltak: bool = False) -> tuple[Listepris, ...]:
    """Every price of a scenario, in the order of a list. bare_tiltak: as lists of format 1 and 2 have them."""
    ut = list(_tiltak(oppgitt))
    if not bare_tiltak:
        ut += sorted(_verdier(oppgitt), key=lambda pris: list(BLOKKER).index(pris.kategori))
        ut += _satser(oppgitt)
    return tuple(ut)


def _tiltak(oppgitt: Oppgitt) -> Iterator[Listepris]:
    for gruppe, g in oppgitt.grupper.items():
        for t in g.tiltak:
            yield Listepris(
                gruppe,
                noekkel := f"tiltak.{t.navn}",
                t.navn,
                t.kategori,
                t.enhetskostnad,
                ENHETER.get(t.kostnadsdriver, ENHETER["annet"]),
                t.betaler,
                oppgitt.prisaar[gruppe][noekkel],
                t.kilde,
                f"{TIMESATS}{t.timesats}" if t.timesats else "",
                t,
            )


def _verdier(oppgitt: Oppgitt) -> Iterator[Listepris]:
    for gruppe, g in oppgitt.grupper.items():
        for noekkel, kategori in LISTET.items():
            yield Listepris(
                gruppe,
                noekkel,
                FELT[noekkel].tekst,
                kategori,
                g.verdi(noekkel),
                FELT[noekkel].enhet,
                "",
                oppgitt.prisaar[gruppe][noekkel],
                g.kilder[noekkel],
                AVLEDEDE[noekkel][0] if noekkel in g.avledet else "",
            )


def _satser(oppgitt: Oppgitt) -> Iterator[Listepris]:
    for sats in oppgitt.timesatser:
        aar = oppgitt.timesats_aar[sats.navn]
        noekkel = f"{TIMESATS}{sats.navn}"
        yield Listepris(FELLESGRUPPE, noekkel, sats.navn, "timesats", sats.kr, TIMESATSFELT.enhet, "", aar, sats.kilde)
