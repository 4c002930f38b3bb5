"""What a workbook of the effect model was made with, kept in the file.

So a reader knows which numbers were changed since, which source belongs to which number, and the user's price indices.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import replace

from velferdslab_model.errors import VelferdslabError
from velferdslab_model.parameters.loading import fra_toml
from velferdslab_model.parameters.typer import Forutsetninger
from velferdslab_model.parameters.writing import som_toml
from velferdslab_model.workbook.origin import pakk_tekst, pakk_ut_tekst


def pakk(f: Forutsetninger) -> dict[str, str]:
    """The assumptions as document properties."""
    return pakk_tekst(json.dumps([som_toml(f, "arbeidsboken"), f.omregning], ensure_ascii=False))


def pakk_ut(egenskaper: Mapping[str, object]) -> Forutsetninger | None:
    """The assumptions a file was made with; None for an earlier format, or when the properties are gone or broken."""
    tekst = pakk_ut_tekst(egenskaper)
    if tekst is None:
        return None
    try:
        toml, omregning = json.loads(tekst)
        return replace(fra_toml(tomllib.loads(toml), "arbeidsboken", "arbeidsboken"), omregning=str(omregning))
    except (ValueError, TypeError, RecursionError, VelferdslabError):
        return None
