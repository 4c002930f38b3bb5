"""What stands in a cell that somebody typed in: how it is read as text, and how a message shows it.

workbook/rules.py has the same rules as formulas, for the Status of a row.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from typing import Self

from velferdslab_model.base.felt import FOERSTE_AAR, SISTE_AAR
from velferdslab_model.base.tall import csv_tall

HARDT_MELLOMROM = "\u00a0"
#: What nobody sees: marks that turn the reading direction, spaces of no width, control characters.
_USYNLIG = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\x00-\x08\x0e-\x1f\x7f-\x9f]")
_LINJESKIFT = re.compile("[^\\S\u00a0]*[\t\n\v\f\r\x85\u2028\u2029]+[^\\S\u00a0]*")
_MAKS_VIST = 60
#: The days a spreadsheet counts from, and the last one that a year cell may have been meant for.
_DAG_NULL = date(1899, 12, 30)
_SISTE_DAG = (date(SISTE_AAR, 12, 31) - _DAG_NULL).days


class Feilverdi(str):
    """An error that a formula gave, such as #N/A; a text of the same letters is no error."""

    __slots__ = ()


class Datotall(float):
    """A number that the cell shows as a date: it counts as the number it is, and a message names the date."""

    dato: date

    def __new__(cls, tall: float, dato: date) -> Self:
        """Make it."""
        ny = super().__new__(cls, tall)
        ny.dato = dato
        return ny


def celletekst(verdi: object) -> object:
    """What a text cell holds, as a text on one line (Alt+Enter is read as a space), with no space at the ends; a number as
    written. Nothing is an empty text. An error stays an error.
    """
    if verdi is None:
        return ""
    if isinstance(verdi, Feilverdi):
        return verdi
    if isinstance(verdi, bool):
        return "SANN" if verdi else "USANN"
    if isinstance(verdi, int | float):
        return csv_tall(verdi)
    return _USYNLIG.sub("", _LINJESKIFT.sub(" ", unicodedata.normalize("NFC", str(verdi)))).strip()


#: Said of a cell whose formula nobody has computed: what it holds is not known, and it is not empty.
ULAGRET = "har en formel uten lagret verdi: åpne og lagre boken i Excel eller LibreOffice først."


def vis_celle(verdi: object) -> str:
    """A cell as a message names it."""
    if verdi is None or verdi == "":
        return "tom"
    if isinstance(verdi, Feilverdi):
        return f"feilverdien {verdi}"
    if isinstance(verdi, bool):
        return "SANN" if verdi else "USANN"
    if isinstance(verdi, Datotall):
        return f"datoen {verdi.dato:%d.%m.%Y}"
    if isinstance(verdi, int | float):
        return csv_tall(verdi)
    tekst = str(verdi)
    synlig = "".join(tegn if tegn.isprintable() or tegn == HARDT_MELLOMROM else "?" for tegn in tekst[:_MAKS_VIST])
    return f"«{synlig}{'...' if len(tekst) > _MAKS_VIST else ''}»{_om_mellomrom(tekst)}"


def raad_om_dato(verdi: object) -> str:
    """What to say of a year cell that holds the number of a day: a cell of whole numbers shows 01.05.2026 as 46143."""
    if isinstance(verdi, Datotall) or not isinstance(verdi, int | float) or not abs(verdi) <= _SISTE_DAG:
        return ""
    dato = _DAG_NULL + timedelta(days=int(verdi))
    return f" Er det en dato ({dato:%d.%m.%Y})? Skriv bare årstallet." if dato.year >= FOERSTE_AAR else ""


def _om_mellomrom(tekst: str) -> str:
    """What no reader can see of a text: the spaces at its ends, those that are no ordinary space, and letters in two parts."""
    if tekst != unicodedata.normalize("NFC", tekst):
        return " (med bokstaver satt sammen av to tegn, som a og ring)"
    if HARDT_MELLOMROM in tekst:
        return " (med hardt mellomrom)"
    return " (med mellomrom foran eller bak)" if tekst != tekst.strip() else ""
