"""The stamp that tells whether a file is byte for byte what the program wrote: it is gone after a save in Excel.

It is the comment of the zip archive, which every reader passes over: a mark and the SHA-256 of the bytes before it.
"""

from __future__ import annotations

import hashlib

_MERKE = b"velferdslab-sha256:"
_LENGDE = len(_MERKE) + 64
#: The two last bytes of an archive without a comment: the length of the comment.
_UTEN_KOMMENTAR = b"\0\0"


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
