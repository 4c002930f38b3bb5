"""The record of a test run: outcomes, and what was counted and measured on the way, for the validation dossier."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

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


def skriv(fil: Path) -> None:
    """Write the record as JSON."""
    innhold = {"utfall": UTFALL, "antall": ANTALL, "stoerst": STOERST, "versjoner": VERSJONER}
    fil.write_text(json.dumps(innhold, ensure_ascii=False, indent=1, sort_keys=True), encoding="utf-8")
