"""A date as people write it in a register."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

#: Month by its name, whole or short.
MAANEDSNAVN = {
    navn: nummer
    for nummer, alle in enumerate(
        ("januar jan", "februar feb", "mars mar", "april apr", "mai", "juni jun", "juli jul", "august aug",
         "september sep sept", "oktober okt", "november nov", "desember des"), start=1
    )
    for navn in alle.split()
}  # fmt: skip
#: The clock that some programs write after a date.
KLOKKEN = ("t00:00:00", "t00:00", " 00:00:00", " 00:00")
#: What is expected, as the end of a sentence.
VENTET_DATO = "en dato som 01.03.2024, 2024-03-01 eller 1. mars 2024"


def les_dato(tekst: str) -> date | None:
    """A date written in three parts, the year of four digits first or last, with points, hyphens or spaces between; None for
    anything else, two digits of a year and 3/4/2024 among them, which can be read in two ways."""
    uten_klokke = " ".join(tekst.lower().split())
    for klokken in KLOKKEN:
        uten_klokke = uten_klokke.replace(klokken, "")
    deler = re.sub(r"[.-]", " ", uten_klokke).split()
    if len(deler) != 3:
        return None
    aar, maaned, dag = deler if len(deler[0]) == 4 else reversed(deler)
    nummer = maaned if re.fullmatch("[0-9]{1,2}", maaned) else str(MAANEDSNAVN.get(maaned, ""))
    if not (re.fullmatch("[0-9]{4}", aar) and re.fullmatch("[0-9]{1,2}", dag) and nummer):
        return None
    try:
        return date(int(aar), int(nummer), int(dag))
    except ValueError:
        return None


def etter_maaneder(fra: date, antall: int) -> date:
    """The day so many months later; the last of its month where that has fewer days."""
    aar, maaned = divmod(fra.year * 12 + fra.month - 1 + antall, 12)
    return date(aar, maaned + 1, min(fra.day, monthrange(aar, maaned + 1)[1]))


def maaneder(fra: date, til: date) -> float:
    """Months between two days, parts of a month counted by its days / 30.4."""
    return (til.year - fra.year) * 12 + til.month - fra.month + (til.day - fra.day) / 30.4
