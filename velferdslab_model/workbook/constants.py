"""Constants that formulas read from cells: tolerances, limits, words and those of the digest, placed by the book that uses them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from velferdslab_model.base.celleverdi import HARDT_MELLOMROM
from velferdslab_model.base.felt import MAKS_BELOEP, MAKS_NAVN, MAKS_TEKST, MINSTE_INNTAK, MINSTE_STOERRELSE
from velferdslab_model.base.ord import ANTAKELSE
from velferdslab_model.workbook.digest import KONTROLL_MODULUS, KONTROLL_SKALA, KONTROLL_SKALA_ANDEL
from velferdslab_model.workbook.plan import Ark, Verdi

#: The word of a status in order.
OK = "OK"
#: How one begins that is in order and has something to be told.
OK_MEN = f"{OK}, men "
#: Relative tolerance of the checks; floats of the same sum in another order differ by about 1e-16.
_TOLERANSE = 1e-9


@dataclass(frozen=True)
class Konstant:
    """A locked number or word. noekkel: its key, and the defined name of its cell."""

    noekkel: str
    tekst: str
    enhet: str
    verdi: Verdi
    stil: str


def i_orden(status: object) -> bool:
    """Whether a status says that its row is in order; an empty one says nothing."""
    return status in (None, "", OK) or str(status).startswith(OK_MEN)


#: What registers, checks and the digest ask for, by key.
FASTE = {
    konstant.noekkel: konstant
    for konstant in (
        Konstant("prosent", "Hundredeler i et hele", "antall", 100.0, "desimal"),
        Konstant("kontroll_toleranse", "Toleranse i kontrollene", "andel", _TOLERANSE, "desimal"),
        Konstant("kontroll_skala", "Kontrolltall: skala", "tall", KONTROLL_SKALA, "desimal"),
        Konstant("kontroll_skala_andel", "Kontrolltall: skala for andeler", "tall", KONTROLL_SKALA_ANDEL, "desimal"),
        Konstant("kontroll_modulus", "Kontrolltall: modulus", "tall", KONTROLL_MODULUS, "desimal"),
        Konstant("maks_beloep", "Største beløp", "kr", MAKS_BELOEP, "desimal"),
        Konstant("minste_inntak", "Minste inntak over null", "per år", MINSTE_INNTAK, "desimal"),
        Konstant("minste_stoerrelse", "Minste tall over null", "tall", MINSTE_STOERRELSE, "desimal"),
        Konstant("maks_navn", "Flest tegn i et navn", "tegn", MAKS_NAVN, "desimal"),
        Konstant("maks_tekst", "Flest tegn i en tekst", "tegn", MAKS_TEKST, "desimal"),
        Konstant("hardt_mellomrom", "Hardt mellomrom, som regnes som et vanlig", "tegn", HARDT_MELLOMROM, "tekst"),
        Konstant("ord_ok", "Ord for en rad i orden", "tekst", OK, "tekst"),
        Konstant("ord_antakelse", "Ordet en antakelse begynner med", "tekst", ANTAKELSE, "tekst"),
    )
}


def plasser_konstanter(
    ark: Ark, rad: int, konstanter: Iterable[Konstant], kolonner: tuple[int, int, int] = (0, 1, 2)
) -> int:
    """Place a row for each constant: label, unit, value. Returns the next free row."""
    tekst, enhet, verdi = kolonner
    for konstant in konstanter:
        ark.tekst(rad, tekst, konstant.tekst, "etikett")
        ark.tekst(rad, enhet, konstant.enhet, "enhet")
        ark.verdi(konstant.noekkel, rad, verdi, konstant.verdi, konstant.stil, navn=konstant.noekkel)
        rad += 1
    return rad


def plasser_ordliste(
    ark: Ark, rad: int, noekkel: str, tekst: str, ordene: Sequence[str], kolonner: tuple[int, int, int] = (0, 1, 2)
) -> int:
    """Place a list of words that cells choose from, under a key and a defined name. Returns the next free row."""
    ark.tekst(rad, kolonner[0], tekst, "etikett")
    ark.tekst(rad, kolonner[1], "ord", "enhet")
    ark.kolonne(noekkel, rad, kolonner[2], ordene, "tekst", navn=noekkel)
    return rad + len(ordene)
