"""What an account's workbook was made with, kept in the file, so that an audit can compute again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict

import numpy as np

from velferdslab_model.utenfor.terms import GRUPPENE, Post, Utenforvilkaar
from velferdslab_model.workbook.origin import pakk_tekst, pakk_ut_tekst


def pakk_utenfor(v: Utenforvilkaar) -> dict[str, str]:
    """The terms as document properties."""
    data = asdict(v)
    for post in data["poster"]:
        post |= {g: post[g].tolist() for g in GRUPPENE}
    return pakk_tekst(json.dumps(data, ensure_ascii=False))


def pakk_ut_utenfor(egenskaper: Mapping[str, object]) -> Utenforvilkaar | None:
    """The terms again; None when the properties are gone or broken."""
    tekst = pakk_ut_tekst(egenskaper)
    if tekst is None:
        return None
    try:
        data = json.loads(tekst)
        poster = [Post(**{**p, **{g: np.array(p[g], dtype=float) for g in GRUPPENE}}) for p in data["poster"]]
        telling = None if data["telling"] is None else (float(data["telling"][0]), float(data["telling"][1]))
        return Utenforvilkaar(**{**data, "poster": tuple(poster), "telling": telling})
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
