"""What a workbook was made with, kept in the file's document properties, which Excel and LibreOffice save again.

So a reader knows which numbers were changed since, which source belongs to which number, and the user's price indices.
"""

from __future__ import annotations

import base64
import binascii
import json
import tomllib
import zlib
from collections.abc import Mapping
from dataclasses import replace

from velferdslab_model.errors import VelferdslabError
from velferdslab_model.parameters.loading import fra_toml
from velferdslab_model.parameters.typer import Forutsetninger
from velferdslab_model.parameters.writing import som_toml

_NAVN = "velferdslab_laget_"
#: Excel's limit for the text of a document property is 255.
_BITER = 250
_MAKS_BITER, _MAKS_TEKST = 999, 1_000_000


def pakk(f: Forutsetninger) -> dict[str, str]:
    """The assumptions as document properties: compressed, in pieces."""
    tekst = json.dumps([som_toml(f, "arbeidsboken"), f.omregning], ensure_ascii=False)
    pakket = base64.b64encode(zlib.compress(tekst.encode(), 9)).decode()
    biter = [pakket[i : i + _BITER] for i in range(0, len(pakket), _BITER)]
    return {f"{_NAVN}{i:03}": bit for i, bit in enumerate(biter, start=1)}


def pakk_ut(egenskaper: Mapping[str, object]) -> Forutsetninger | None:
    """The assumptions a file was made with; None for an earlier format, or when the properties are gone or broken."""
    biter = [str(egenskaper[navn]) for i in range(1, _MAKS_BITER) if (navn := f"{_NAVN}{i:03}") in egenskaper]
    if not biter:
        return None
    try:
        utpakker = zlib.decompressobj()
        innhold = utpakker.decompress(base64.b64decode("".join(biter), validate=True), _MAKS_TEKST)
        toml, omregning = json.loads(innhold)
        return replace(fra_toml(tomllib.loads(toml), "arbeidsboken", "arbeidsboken"), omregning=str(omregning))
    except (binascii.Error, zlib.error, ValueError, TypeError, RecursionError, VelferdslabError):
        return None
