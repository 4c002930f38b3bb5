"""Every number format the program writes, in Excel's own notation: point and comma as in the United States.

A format must survive being saved by LibreOffice with Norwegian settings, where a space parts thousands: a bare space
before % comes back as a comma, which divides by a thousand, and of two commas after the last digit one is lost, which
multiplies by a thousand. A point followed by optional digits only (0.##) shows a whole number as «5,» in Excel.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

KR = "#,##0;-#,##0;0"
ANDEL = r"0.0\ %"
#: On axes: whole percentages; thousands of kroner; whole numbers.
AKSE_ANDEL, AKSE_TUSEN_KR, AKSE_HELT = r"0\ %", "#,##0,", "0"

#: Style -> number format.
TALLFORMAT: Mapping[str, str] = {
    "kr": KR,
    "tusen": "#,##0,;-#,##0,;0",
    "andel_hel": r"0\ %",
    "kr_strek": '#,##0;-#,##0;"–"',
    "kroner_oere": "#,##0.00",
    "endring": "+#,##0;-#,##0;0",
    "andel": ANDEL,
    "antall": '0.00;-0.00;"–"',
    "desimal": "General",
    "faktor": '0.0000;-0.0000;"–"',
    "aar": "0;-0;;@",
    "heltall": "0",
    "flagg": '0;-0;"–"',
    "seks_siffer": "000000",
    "dato": "dd.mm.yyyy",
    # The labels of an axis that runs from date to date: years, and numbers of years as the days of January.
    "akse_aar": "yyyy",
    "akse_dag": "d",
}
#: In a comparison, where a dash would be taken for a missing figure.
SAMMENLIGNET: Mapping[str, str] = {
    "kr": KR,
    "antall": "#,##0.00",
    "desimal": "0.00;-0.00;0.00",
    "andel": ANDEL,
    "aar": "0",
    "tall": "#,##0.00##",
    "helt": "#,##0",
}
#: An amount whose limit nobody needs to read, and text.
STREK, TEKST = '"–"', "@"

_SITAT = re.compile(r'"[^"]*"|\\.')
_DOEDELIGE = (
    (re.compile(r"[ \u00a0\u202f]"), 'et mellomrom som ikke er skrevet som «\\ » eller «" "»'),
    (re.compile(r"[0#?],,"), "to komma etter siste siffer"),
    (re.compile(r"\.(?!0)"), "et punktum uten fast siffer etter"),
    (re.compile(r"[^\x20-\x7e]"), "et tegn som ikke står i anførselstegn"),
)


def ulik(form: str) -> str:
    """A format that says with a sign that the number differs, negative numbers too."""
    deler = form.split(";") if ";" in form else [form, f"-{form}"]
    return ";".join(f'"≠ "{del_}' for del_ in deler)


def doedelig(form: str) -> str | None:
    """Why a format does not survive, as the end of a sentence, or None. Dates are left out: their points are no decimals."""
    bar = _SITAT.sub("", form)
    if re.search("[dmy]", bar) and "%" not in bar:
        return None
    return next((f"har {hva}" for moenster, hva in _DOEDELIGE if moenster.search(bar)), None)
