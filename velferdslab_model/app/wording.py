"""What the commands say, where it names a command or an option: a person at the page is told of the room instead."""

from __future__ import annotations

import re

from velferdslab_model.app.rooms.files import FILROM
from velferdslab_model.app.rooms.start import START

#: Command -> the room that does the same.
KOMMANDOROM = {
    "app": "start",
    "assess": "registreringer",
    "check": "kontroller",
    "compare": "sammenlign",
    "contract": "kontrakt",
    "generate": "start",
    "personas": "personas",
    "prices": "priser",
    "uncertainty": "usikkerhet",
    "utenfor": "utenfor",
}
#: Commands that have no room.
UTEN_ROM = ("katalog", "new", "run", "saksframlegg")
_TITLER = {rom.noekkel: rom.tittel for rom in (START, *FILROM)}
#: What is said of an option, and what is said of it here.
_VALG = (
    ("SCENARIO, foran --prices", "scenario, under «En fil jeg har»"),
    ("Bruk den som SCENARIO, for eksempel «velferdslab run FIL»", "Bruk den under «En fil jeg har» i et av rommene"),
    ("Oppgi det til «velferdslab run FIL» eller «velferdslab generate FIL»", "Send det inn under «En fil jeg har»"),
    ("Oppgi den til «velferdslab generate» eller «velferdslab compare»", "Den brukes bare på kommandolinjen"),
    ("med --prices", f"i rommet «{_TITLER['priser']}»"),
    ("velg en annen med --reference", "velg en annen i feltet Referanse"),
    ("Oppgi scenarioet med --against", "Velg under «Hva skal den sammenlignes med?»"),
    (": utelat --against", ": velg standardtallene under «Hva skal den sammenlignes med?»"),
    (", eller gå videre uten dem med --hopp-over-feil", ", eller la være å sende dem"),
    (" eller i en fil til --indekser", ""),
    ("Oppgi den med --indekser", "Den brukes bare på kommandolinjen"),
    (" med --prisaar", " i feltet Prisår"),
    (" med --usikkerhet", " fra kommandolinjen, med sannsynligheten"),
)
_KOMMANDO = re.compile(r"(med |til )?«velferdslab ([a-z]+)([^»<]*)»")
#: Options of a command that the page has something for.
_HAR_SIDEN = re.compile(r"--mal\b|-o\b")


def paa_siden(tekst: str) -> str:
    """The same, said to somebody at the page."""
    for sagt, her in _VALG:
        tekst = tekst.replace(sagt, her)
    return _KOMMANDO.sub(_rommet, tekst)


def _rommet(funn: re.Match[str]) -> str:
    rom = KOMMANDOROM.get(funn[2])
    if rom is None and funn[2] not in UTEN_ROM:  # a name that somebody has given
        return funn[0]
    if rom is None or " -" in _HAR_SIDEN.sub("", funn[3]):
        return f"{'på ' if funn[1] else ''}kommandolinjen"
    return f"{'i ' if funn[1] else ''}rommet «{_TITLER[rom]}»"
