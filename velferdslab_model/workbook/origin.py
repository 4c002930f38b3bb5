"""What a workbook was made with, kept in the file's document properties, which Excel and LibreOffice save again."""

from __future__ import annotations

import base64
import binascii
import zlib
from collections.abc import Mapping

_NAVN = "velferdslab_laget_"
#: Excel's limit for the text of a document property is 255.
_BITER = 250
#: Room for the largest scenario file, of a megabyte that cannot be compressed, and for what it leaves to the defaults.
_MAKS_BITER, _MAKS_TEKST = 8_000, 8_000_000


def pakk_tekst(tekst: str) -> dict[str, str]:
    """A text as document properties: compressed, in pieces."""
    pakket = base64.b64encode(zlib.compress(tekst.encode(), 9)).decode()
    biter = [pakket[i : i + _BITER] for i in range(0, len(pakket), _BITER)]
    return {f"{_NAVN}{i:03}": bit for i, bit in enumerate(biter, start=1)}


def pakk_ut_tekst(egenskaper: Mapping[str, object]) -> str | None:
    """The text again; None when the properties are gone or broken."""
    biter = [str(egenskaper[navn]) for i in range(1, _MAKS_BITER) if (navn := f"{_NAVN}{i:03}") in egenskaper]
    if not biter:
        return None
    try:
        utpakker = zlib.decompressobj()
        return utpakker.decompress(base64.b64decode("".join(biter), validate=True), _MAKS_TEKST).decode()
    except (binascii.Error, zlib.error, ValueError):
        return None


def uten_opphav(egenskaper: Mapping[str, object]) -> dict[str, object]:
    """The properties without what a workbook was made with."""
    return {navn: verdi for navn, verdi in egenskaper.items() if not navn.startswith(_NAVN)}
