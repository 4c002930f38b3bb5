"""A registration, and the columns it is read from; the template, the reader and the messages have them from here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from velferdslab_model.assess.criteria import SITUASJONSORD, Kriterier
from velferdslab_model.assess.places import samlede_steder
from velferdslab_model.base.ord import BRUKERGRUPPER

Tidspunkt = Literal["oppstart", "underveis", "avslutning"]
Maate = Literal["investeringsleder", "sammen", "selv"]

TIDSPUNKT: tuple[Tidspunkt, ...] = ("oppstart", "underveis", "avslutning")
MAATER: tuple[Maate, ...] = ("investeringsleder", "sammen", "selv")
VURDERERE = ("første", "andre")
GRUNNER = ("fullført", "frafall")
JA_NEI = ("ja", "nei")
#: Group key by the word in the cell.
GRUPPEORD = {navn.lower(): noekkel for noekkel, navn in BRUKERGRUPPER.items()}


@dataclass(frozen=True)
class Kolonnevalg:
    """One column of the register. ordene: the words to choose from, empty where there is no list. kreves: it must be
    filled in every row. noekkel: what it is called in a CSV file and in messages to programs."""

    noekkel: str
    tekst: str
    hjelp: str
    ordene: tuple[str, ...] = ()
    kreves: bool = False


#: The columns before those of a form.
FELLES: tuple[Kolonnevalg, ...] = (
    Kolonnevalg("id", "Id", "En kode med minst ett siffer, for eksempel P017 eller saksnummeret BL01. Aldri navn eller fødselsnummer.", kreves=True),
    Kolonnevalg("dato", "Dato", "Dagen situasjonen ble vurdert: 01.03.2024.", kreves=True),
    Kolonnevalg("tidspunkt", "Tidspunkt", "oppstart én gang, underveis hvert år, avslutning til slutt.", TIDSPUNKT, kreves=True),
    Kolonnevalg("gruppe", "Gruppe", "Gruppen i effektmodellen. Tomt: unge voksne.", tuple(GRUPPEORD)),
    Kolonnevalg("alder", "Alder", "Hele år da det ble vurdert. Brukes bare til kjennetegn som ikke gjelder alle."),
    Kolonnevalg("maate", "Vurdert av", "Hvordan svarene ble til: av investeringslederen, sammen med innbyggeren, eller av innbyggeren selv.", MAATER, kreves=True),
    Kolonnevalg("vurderer", "Vurderer", "andre: en uavhengig vurdering nummer to av samme id og dato, for et utvalg. Tomt: første.", VURDERERE),
    Kolonnevalg("gitt", "Plassering gitt", "Situasjonen investeringslederen plasserte i, før regelen.", SITUASJONSORD),
    Kolonnevalg("sentralt_1", "Sentralt tema 1", "Et tema personen selv finner sentralt; det teller dobbelt."),
    Kolonnevalg("sentralt_2", "Sentralt tema 2", "Enda et sentralt tema, eller tomt."),
    Kolonnevalg("grunn", "Grunn til avslutning", "Bare ved avslutning. frafall: sluttet før tiden.", GRUNNER),
    Kolonnevalg("bekreftet", "Bekreftet", "ja: kommunen har bekreftet vurderingen. Kreves for betaling i effektkontrakten.", JA_NEI),
)  # fmt: skip


@dataclass(frozen=True)
class Registrering:
    """One row. ark, nummer: where it stands, for messages. svar: question -> answer, as written in the form's list. skjema:
    which form it is. gitt: the situation the investeringsleder gave, by place. sentrale: keys of themes."""

    id: str
    dato: date
    tidspunkt: Tidspunkt
    gruppe: str
    alder: int | None
    maate: Maate
    vurderer: str
    gitt: int | None
    sentrale: frozenset[str]
    grunn: str
    bekreftet: bool
    skjema: str
    svar: Mapping[str, str]
    ark: str
    nummer: int

    @property
    def rad(self) -> str:
        """«Ark, rad 7»."""
        return samlede_steder([(self.ark, self.nummer)])


def skjemakolonner(skjema: str, k: Kriterier) -> tuple[Kolonnevalg, ...]:
    """The columns of a form."""
    return tuple(Kolonnevalg(s.noekkel, s.tekst, s.hjelp, s.ordene) for s in k.skjema[skjema])


def temanavn(k: Kriterier) -> dict[str, str]:
    """Themes that may be central: the word in the cell, and its key."""
    return {t.tekst.lower(): t.noekkel for t in k.ferdstemaer}


#: Columns that the template computes while somebody types; they are read past.
REGNEDE = ("Status", "Plassering etter regelen", "Målgruppe", "Mål nådd", "Besvarte temaer")
