"""What a number format written by any program says of the number: a date, a share, an amount in some currency.

A format is read sign by sign: what stands in quotes, after a backslash, or is only as wide as a sign (_) or repeated (*),
is no sign of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from velferdslab_model.base.tall import valuta_i

#: The formats that Excel keeps by number. 5-8, 42 and 44 are those of the user's own currency, here kroner.
INNEBYGDE = {
    0: "General",
    **dict.fromkeys((1, 3, 37, 38, 41), "#,##0"),
    **dict.fromkeys((2, 4, 39, 40, 43), "#,##0.00"),
    **dict.fromkeys((5, 6, 42), '#,##0\\ "kr"'),
    **dict.fromkeys((7, 8, 44), '#,##0.00\\ "kr"'),
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "dd/mm/yyyy",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "m/d/yy h:mm",
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    48: "##0.0E+0",
    49: "@",
}
_BIT = re.compile(r'"([^"]*)"?|\\(.)|[_*].|\[([^\]]*)\]?|(.)', re.DOTALL)
_VALUTA = re.compile(r"\$([^-]*)(?:-(.+))?")
#: The languages whose «kr» is not Norwegian, by number or, in newer Excel, by name: Swedish, Danish, Icelandic, Faroese.
_ANDRE_KRONER = {0x41D, 0x81D, 0x406, 0x40F, 0x438}
_ANDRE_SPRAAK = ("sv", "da", "is", "fo")
_MAKS_FORMAT = 500


@dataclass(frozen=True)
class _Format:
    """bart: the signs that say how the number is written. tekster: what stands around it. merker: currency, language."""

    bart: str
    tekster: tuple[str, ...]
    merker: tuple[tuple[str, str], ...]


def _lest(form: str) -> _Format:
    bart: list[str] = []
    tekster: list[str] = []
    merker: list[tuple[str, str]] = []
    loep = ""
    for funn in _BIT.finditer(form[:_MAKS_FORMAT]):
        sitat, tegn, klamme, ellers = funn.groups()
        if tegn is not None:  # k\r is «kr»
            loep += tegn
            continue
        if loep:
            tekster.append(loep)
            loep = ""
        if sitat is not None:
            tekster.append(sitat)
        elif klamme is not None:
            if valuta := _VALUTA.fullmatch(klamme):
                merker.append((valuta[1].strip(), valuta[2] or ""))
            elif re.fullmatch(r"h+|m+|s+", klamme, re.IGNORECASE):
                bart.append(klamme)
        elif ellers is not None:
            bart.append(ellers)
    return _Format("".join(bart), (*tekster, *((loep,) if loep else ())), tuple(merker))


def er_dato(form: str) -> bool:
    """Whether a number with this format is shown as a date or a time."""
    bart = re.sub(r"general|standard|am/pm|a/p", "", _lest(form).bart.partition(";")[0], flags=re.IGNORECASE)
    return re.search("[dmyhs]", bart, re.IGNORECASE) is not None


def er_prosent(form: str) -> bool:
    """Whether a number with this format is shown as per cent."""
    return "%" in _lest(form).bart


def _andres_kroner(spraak: str) -> bool:
    if re.fullmatch(r"[0-9A-Fa-f]+", spraak) and spraak.lower() not in _ANDRE_SPRAAK:
        return int(spraak[-4:], 16) in _ANDRE_KRONER
    return spraak.lower().partition("-")[0] in _ANDRE_SPRAAK


def fremmed_valuta(form: str) -> str | None:
    """The currency a format says that the number is in, when that is not Norwegian kroner."""
    lest = _lest(form)
    for symbol, spraak in lest.merker:
        if _andres_kroner(spraak) and symbol.casefold().startswith("kr"):
            return "svenske, danske eller islandske kroner"
    for tekst in (*lest.tekster, *(symbol for symbol, _ in lest.merker), lest.bart):
        if funnet := valuta_i(tekst):
            return funnet
    return None
