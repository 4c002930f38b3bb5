"""The one reader of CSV files that people save from spreadsheets: price lists, and lists of scenarios.

UTF-8 with or without its mark, UTF-16 (Excel's «Unicode-tekst»), or Windows' Western encoding; semicolon, tabulator or comma,
which the file may name on its first line («sep=;») and nowhere else.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from dataclasses import dataclass
from io import StringIO

#: Separators in the order they are tried, with their names.
SKILLETEGN = {";": "semikolon", "\t": "tabulator", ",": "komma"}
_SEP_LINJE = re.compile(r'"?sep=(.|\t)"?[;,\t]*\r?(?:\n|$)', re.IGNORECASE)
_ARBEIDSBOK = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")

Rader = list[list[str]]


@dataclass(frozen=True)
class Skilt:
    """The fields of a text with one separator. feil: what stopped the reading, as a sentence, if anything.

    Rows are counted as Excel shows them, which hides the line «sep=;».
    """

    rader: Rader
    feil: str | None


class IkkeTekst(ValueError):
    """The bytes are no text file; the text of the error is the end of a sentence that says what they are."""


def dekodet(innhold: bytes) -> str:
    """The text of a CSV file. Raises IkkeTekst."""
    if innhold.startswith(_ARBEIDSBOK):
        raise IkkeTekst("er en arbeidsbok, ikke en CSV-fil. Gi filen endelsen .xlsx.")
    for kode in _koder(innhold):
        try:
            tekst = innhold.decode(kode)
        except UnicodeDecodeError:
            continue
        if "\0" not in tekst:
            return tekst.removeprefix("\ufeff")
    raise IkkeTekst("er ikke en tekstfil som kan leses. Lagre den som «CSV UTF-8» eller .xlsx fra Excel.")


def _koder(innhold: bytes) -> list[str]:
    if innhold.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ["utf-16"]
    # UTF-16 without its mark has a NUL in every other byte of a heading.
    if innhold[1:2] == innhold[3:4] == b"\0":
        return ["utf-16-le"]
    if innhold[0:1] == innhold[2:3] == b"\0" and innhold:
        return ["utf-16-be"]
    return ["utf-8-sig", "cp1252"]


def delt(tekst: str, skille: str, maks_rader: int, maks_kolonner: int) -> Skilt:
    """The rows with one separator. A first line «sep=;» is no row."""
    oppgitt = _SEP_LINJE.match(tekst)
    innhold = tekst[oppgitt.end() :] if oppgitt else tekst
    rader: Rader = []
    try:
        for rad in csv.reader(StringIO(innhold, newline=""), delimiter=skille, strict=True):
            if len(rader) == maks_rader or len(rad) > maks_kolonner:
                grense = f"ventet høyst {maks_rader} rader og {maks_kolonner} kolonner."
                return Skilt(rader, f"rad {len(rader) + 1}: {grense}")
            rader.append([felt.strip() for felt in rad])
    except csv.Error:
        return Skilt(
            rader,
            f"rad {len(rader) + 1}: anførselstegnene går ikke opp, eller en tekst er altfor lang. "
            "Lagre filen på nytt fra Excel.",
        )
    return Skilt(rader, None)


def alle_delt(tekst: str, maks_rader: int, maks_kolonner: int) -> dict[str, Skilt]:
    """The rows by separator: of the one the first line names, else of each that may be meant."""
    oppgitt = _SEP_LINJE.match(tekst)
    mulige = [oppgitt[1]] if oppgitt and oppgitt[1] in SKILLETEGN else list(SKILLETEGN)
    return {skille: delt(tekst, skille, maks_rader, maks_kolonner) for skille in mulige}


def velg_skilletegn(alle: dict[str, Skilt], passer: Callable[[Rader], float]) -> Skilt:
    """Of the ways to part a text, the one whose rows fit best; the first of several that fit alike."""
    return max(alle.values(), key=lambda skilt: passer(skilt.rader))
