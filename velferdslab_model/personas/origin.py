"""What a workbook of personas was made with, kept in the file, so that an audit can compute again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import numpy as np

from velferdslab_model.personas.terms import Historie, Historieaar, Persona, Personasett, Tjeneste
from velferdslab_model.workbook.origin import pakk_tekst, pakk_ut_tekst


def pakk_personas(sett: Personasett) -> dict[str, str]:
    """The set as document properties."""
    data = asdict(sett)
    for persona in data["personas"]:
        for historie in persona["historier"]:
            for tjeneste in historie["tjenester"]:
                tjeneste["mengde"] = tjeneste["mengde"].tolist()
    return pakk_tekst(json.dumps(data, ensure_ascii=False))


def pakk_ut_personas(egenskaper: Mapping[str, object]) -> Personasett | None:
    """The set again; None when the properties are gone or broken."""
    tekst = pakk_ut_tekst(egenskaper)
    if tekst is None:
        return None
    try:
        data = json.loads(tekst)
        return Personasett(**{**data, "personas": tuple(_persona(p) for p in data["personas"])})
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _persona(p: dict[str, Any]) -> Persona:
    return Persona(**{**p, "historier": tuple(_historie(h) for h in p["historier"])})


def _historie(h: dict[str, Any]) -> Historie:
    tjenester = tuple(Tjeneste(**{**t, "mengde": np.array(t["mengde"], dtype=float)}) for t in h["tjenester"])
    return Historie(h["utfall"], tuple(Historieaar(**a) for a in h["aar"]), tjenester, h["kilde"])
