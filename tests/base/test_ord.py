"""One table of labels: nobody else writes them, and what is shown in a narrow column fits it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import velferdslab_model
from velferdslab_model.alternativ import SUMMER
from velferdslab_model.base import ord as tabell
from velferdslab_model.base.ord import (
    BRUKERGRUPPER,
    HERAV,
    HVEM,
    HVEM_KORT,
    IKKE_INNEN,
    IKKE_INNEN_KORT,
    NETTONAVN,
    SERIENAVN,
    SITUASJONSNAVN,
    er_antakelse,
    liten,
)
from velferdslab_model.model.aarsserier import NETTO
from velferdslab_model.parameters.typer import BETALERE, LIVSSITUASJONER

PAKKEN = Path(velferdslab_model.__file__).parent
#: Short words that mean other things, too: «Kommunen» is also the heading of a municipality's own column.
_OGSAA_ANNET = {*(ord_ for navn in HVEM.values() if " " not in navn for ord_ in (navn, liten(navn)))}
_FASTE = {
    *SERIENAVN.values(),
    *(tekst.strip() for tekst in HERAV.values()),
    *HVEM.values(),
    *HVEM_KORT.values(),
    *map(liten, HVEM.values()),
    *SITUASJONSNAVN.values(),
    *BRUKERGRUPPER.values(),
    IKKE_INNEN,
    IKKE_INNEN_KORT,
    "Netto offentlige budsjetter samlet",  # what some tabs said of the same sum
} - _OGSAA_ANNET


def tekster(fil: Path) -> list[tuple[int, str]]:
    """Line and text of every string that is shown or compared, docstrings and keys of types left out."""
    tre = ast.parse(fil.read_text(encoding="utf-8"))
    utenom = {
        id(barn)
        for node in ast.walk(tre)
        if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and node.value.id == "Literal"
        for barn in ast.walk(node)
    }
    return [
        (node.lineno, node.value.strip())
        for node in ast.walk(tre)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in utenom
    ]


def test_ingen_andre_skriver_det_som_staar_i_tabellen() -> None:
    andre = [fil for fil in sorted(PAKKEN.rglob("*.py")) if fil != Path(tabell.__file__)]
    assert len(andre) > 50
    funnet = [f"{fil.relative_to(PAKKEN)}:{nr}: {t}" for fil in andre for nr, t in tekster(fil) if t in _FASTE]
    assert funnet == []


def test_tabellen_har_et_navn_for_alt_som_vises() -> None:
    assert set(HVEM) == set(HVEM_KORT) == set(NETTO)
    assert set(NETTONAVN) <= set(SERIENAVN)
    assert set(SUMMER) <= set(SERIENAVN) | set(HERAV)
    assert tuple(SITUASJONSNAVN) == LIVSSITUASJONER
    assert set(tabell.BETALERNAVN) == set(BETALERE)
    assert set(tabell.DELTAKERORD) == set(BRUKERGRUPPER)
    assert len(IKKE_INNEN_KORT) < 20 < len(IKKE_INNEN)


@pytest.mark.parametrize(("kilde", "svar"), [("antakelse: x", True), ("Antakelse", True), ("kilde: antakelse", False), ("", False)])  # fmt: skip
def test_en_kilde_som_begynner_med_antakelse_er_ingen(kilde: str, svar: bool) -> None:
    assert er_antakelse(kilde) is svar


def test_ingen_tekst_kaller_beloep_uten_prisvekst_loepende() -> None:
    """In Norwegian budgets «løpende» means with price growth; «løpende oppfølging» is something else."""
    galt = re.compile(r"løpende (?:kroner|beløp|priser|kr\b)|, løpende|loepende", re.IGNORECASE)
    # The økonomiplan in true løpende kroner, with price growth: its computation, tab and option, and the indices it stands on.
    med_prisvekst = {
        "oekonomiplan.py", "prisvekst.py", "output_oekonomiplan.py", "run.py", "valg.py", "generate.py", "oekonomiplan_tab.py",
        "tabs.py", "prisindekser.py",
    }  # fmt: skip
    filer = [
        *(fil for fil in PAKKEN.rglob("*.py") if fil.name not in med_prisvekst),
        *PAKKEN.rglob("*.toml"),
        *PAKKEN.rglob("*.csv"),
    ]
    funnet = [str(fil.relative_to(PAKKEN)) for fil in filer if galt.search(fil.read_text(encoding="utf-8"))]
    assert funnet == []
