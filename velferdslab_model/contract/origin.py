"""What a contract's workbook was made with, kept in the file: its terms and the seed, so that an audit can compute again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict

from velferdslab_model.contract.distribution import FROE
from velferdslab_model.contract.terms import DELER, LINJER, Erstatning, Investor, Kontrakt
from velferdslab_model.workbook.origin import pakk_tekst, pakk_ut_tekst


def pakk_kontrakt(v: Kontrakt, froe: int) -> dict[str, str]:
    """The terms as document properties."""
    return pakk_tekst(json.dumps({"vilkaar": asdict(v), "froe": froe}, ensure_ascii=False))


def pakk_ut_kontrakt(egenskaper: Mapping[str, object]) -> tuple[Kontrakt, int] | None:
    """The terms and the seed; None when the properties are gone or broken."""
    tekst = pakk_ut_tekst(egenskaper)
    if tekst is None:
        return None
    try:
        data = json.loads(tekst)
        rader = dict(data["vilkaar"])
        for navn, slag in DELER.items():
            rader[navn] = None if rader[navn] is None else slag(**rader[navn])
        for navn, slag in LINJER.items():
            rader[navn] = tuple(slag(**rad) for rad in rader[navn])
        rader["investor"] = Investor(
            **{**asdict(rader["investor"]), "finansiering": tuple(rader["investor"].finansiering)}
        )
        for navn in ("betalingsaar", "suksessrate"):
            rader[navn] = tuple(rader[navn])
        rader["erstattet"] = tuple(Erstatning(**rad) for rad in rader.get("erstattet", ()))
        rader["telling"] = None if rader["telling"] is None else tuple(rader["telling"])
        return Kontrakt(**rader), int(data.get("froe", FROE))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
