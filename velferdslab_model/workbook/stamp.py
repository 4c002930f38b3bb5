"""The stamp that tells whether a file is byte for byte what the program wrote: it is gone after a save in Excel.

It is the comment of the zip archive, which every reader passes over: a mark and the SHA-256 of the bytes before it.
"""

from __future__ import annotations

import hashlib
import html
import re
import zipfile
from pathlib import Path

#: Title of the file, before the scenario's name.
TITTEL = "Effektmodell for velferdslab: "
_MERKE = b"velferdslab-sha256:"
_LENGDE = len(_MERKE) + 64
#: The two last bytes of an archive without a comment: the length of the comment.
_UTEN_KOMMENTAR = b"\0\0"


def scenario_i(fil: Path) -> str | None:
    """The scenario's name in a workbook the program wrote; None for anything else, or no file."""
    try:
        with zipfile.ZipFile(fil) as arkiv:
            egenskaper = arkiv.read("docProps/core.xml").decode()
    except (OSError, KeyError, ValueError, zipfile.BadZipFile, NotImplementedError, RuntimeError):
        return None
    funn = re.search(f"<dc:title>{re.escape(TITTEL)}([^<]*)</dc:title>", egenskaper)
    return html.unescape(funn[1]) if funn else None


def stemple(innhold: bytes) -> bytes:
    """Add the stamp to an archive that has no comment."""
    if not innhold.endswith(_UTEN_KOMMENTAR):
        raise ValueError("the archive has a comment already")
    kommentar = _MERKE + hashlib.sha256(innhold).hexdigest().encode()
    return innhold[:-2] + _LENGDE.to_bytes(2, "little") + kommentar


def er_uroert(innhold: bytes) -> bool:
    """Whether the program wrote these bytes and nobody has changed them since."""
    uten = innhold[: -_LENGDE - 2] + _UTEN_KOMMENTAR
    return len(innhold) > _LENGDE + 2 and stemple(uten) == innhold
