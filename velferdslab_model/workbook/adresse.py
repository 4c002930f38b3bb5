"""Cell addresses as Excel writes them.

XlsxWriter has the same, but costs a tenth of a second to import, which reading a scenario need not wait for.
"""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=1024)
def kolonnenavn(kol: int) -> str:
    """The letters of a column counted from 0: A, Z, AA."""
    navn = ""
    kol += 1
    while kol:
        kol, rest = divmod(kol - 1, 26)
        navn = chr(ord("A") + rest) + navn
    return navn


def celleadresse(rad: int, kol: int) -> str:
    """A1 address of a cell whose row and column are counted from 0."""
    return f"{kolonnenavn(kol)}{rad + 1}"


def fast_omraade(rad: int, kol: int, siste_rad: int, siste_kol: int) -> str:
    """Absolute address of an area, $C$5 or $E$61:$S$61, whose rows and columns are counted from 0."""
    foerste, siste = (f"${kolonnenavn(k)}${r + 1}" for r, k in ((rad, kol), (siste_rad, siste_kol)))
    return foerste if foerste == siste else f"{foerste}:{siste}"


def i_anfoersel(ark: str) -> str:
    """A sheet name as formulas write it."""
    return "'" + ark.replace("'", "''") + "'"
