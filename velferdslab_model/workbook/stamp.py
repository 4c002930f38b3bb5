"""The stamp that tells whether a file is byte for byte what the program wrote: it is gone after a save in Excel.

In a workbook it is the comment of the zip archive, in a page a comment after its end, which every reader passes over: a
mark and the SHA-256 of the bytes before it.
"""

from __future__ import annotations

import hashlib

_MERKE = b"velferdslab-sha256:"
_LENGDE = len(_MERKE) + 64
#: The two last bytes of an archive without a comment: the length of the comment.
_UTEN_KOMMENTAR = b"\0\0"
#: Around the stamp of a page.
_FORAN, _BAK = b"<!--", b"-->\n"


def stemple(innhold: bytes) -> bytes:
    """Add the stamp to an archive that has no comment."""
    if not innhold.endswith(_UTEN_KOMMENTAR):
        raise ValueError("the archive has a comment already")
    kommentar = _MERKE + hashlib.sha256(innhold).hexdigest().encode()
    return innhold[:-2] + _LENGDE.to_bytes(2, "little") + kommentar


def stemple_side(innhold: bytes) -> bytes:
    """Add the stamp to an HTML page."""
    return innhold + _FORAN + _MERKE + hashlib.sha256(innhold).hexdigest().encode() + _BAK


def er_uroert(innhold: bytes) -> bool:
    """Whether the program wrote these bytes and nobody has changed them since."""
    if len(innhold) <= _LENGDE + 2:
        return False
    if innhold.endswith(_BAK):
        return stemple_side(innhold[: -_LENGDE - len(_FORAN + _BAK)]) == innhold
    return stemple(innhold[: -_LENGDE - 2] + _UTEN_KOMMENTAR) == innhold
