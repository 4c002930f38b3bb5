"""A date as people write it in a register."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

_MAANEDER = {
    navn: nummer
    for nummer, alle in enumerate(
        ("januar jan", "februar feb", "mars mar", "april apr", "mai", "juni jun", "juli jul", "august aug",
         "september sep sept", "oktober okt", "november nov", "desember des"), start=1
    )
    for navn in alle.split()
}  # fmt: skip
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?")
_NORSK = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")
_ORD = re.compile(r"(\d{1,2})\.?\s+([a-zæøå]+)\.?\s+(\d{4})", re.IGNORECASE)
#: What is expected, as the end of a sentence.
VENTET_DATO = "en dato som 01.03.2024, 2024-03-01 eller 1. mars 2024"


def les_dato(tekst: str) -> date | None:
    """A date written in one of three ways; None for anything else, two digits of a year and 3/4/2024 among them, which
    can be read in two ways."""
    tekst = tekst.strip()
    try:
        if funn := _ISO.fullmatch(tekst):
            return date(int(funn[1]), int(funn[2]), int(funn[3]))
        if funn := _NORSK.fullmatch(tekst):
            return date(int(funn[3]), int(funn[2]), int(funn[1]))
        if (funn := _ORD.fullmatch(tekst)) and (maaned := _MAANEDER.get(funn[2].lower())):
            return date(int(funn[3]), maaned, int(funn[1]))
    except ValueError:
        return None
    return None


def etter_maaneder(fra: date, antall: int) -> date:
    """The day so many months later; the last of its month where that has fewer days."""
    aar, maaned = divmod(fra.year * 12 + fra.month - 1 + antall, 12)
    return date(aar, maaned + 1, min(fra.day, monthrange(aar, maaned + 1)[1]))


def maaneder(fra: date, til: date) -> float:
    """Months between two days, parts of a month counted by its days / 30.4."""
    return (til.year - fra.year) * 12 + til.month - fra.month + (til.day - fra.day) / 30.4
