"""The record of a test run: outcomes, and what was counted and measured on the way, for the validation dossier."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

#: Outcome of every test, by its name.
UTFALL: dict[str, str] = {}
#: What was counted, and the largest of what was measured, by name.
ANTALL: defaultdict[str, int] = defaultdict(int)
STOERST: defaultdict[str, float] = defaultdict(float)
#: What the run was made with, for example the version of a spreadsheet program.
VERSJONER: dict[str, str] = {}


def tell(navn: str, antall: int = 1) -> None:
    """Add to a count."""
    ANTALL[navn] += antall


def stoerst(navn: str, verdi: float) -> None:
    """Keep the largest of what is measured."""
    STOERST[navn] = max(STOERST[navn], verdi)


def maalt() -> dict[str, dict[str, int] | dict[str, float] | dict[str, str]]:
    """What one process has counted and measured, in plain types, to be sent to the one that writes the record."""
    return {"antall": dict(ANTALL), "stoerst": {navn: float(v) for navn, v in STOERST.items()}, "versjoner": VERSJONER}


def flett(fra: Mapping[str, Mapping[str, Any]]) -> None:
    """Take in what another process has measured: counts are added, the largest is kept, versions are put together."""
    for navn, antall in fra.get("antall", {}).items():
        tell(navn, antall)
    for navn, verdi in fra.get("stoerst", {}).items():
        stoerst(navn, verdi)
    VERSJONER.update(fra.get("versjoner", {}))


def skriv(fil: Path) -> None:
    """Write the record as JSON."""
    innhold = {"utfall": UTFALL, **maalt()}
    fil.write_text(json.dumps(innhold, ensure_ascii=False, indent=1, sort_keys=True), encoding="utf-8")
