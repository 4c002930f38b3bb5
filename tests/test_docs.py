"""The pages say what the program does: every command and option, each with an example; and no link leads nowhere."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from tests.kommandoer import FIL, alle, siden

ROT = Path(__file__).parents[1]
SIDER = [ROT / "README.md", ROT / "CONTRIBUTING.md", *sorted((ROT / "docs").glob("*.md"))]


def eksempler() -> list[list[str]]:
    """Every line of a page, or of a help text, that runs a command, as words."""
    ut = []
    for side in SIDER:
        for linje in re.findall(r"velferdslab ([a-z]+\b[^`»#|>\n]*)", side.read_text(encoding="utf-8")):
            try:
                ut.append(shlex.split(linje))
            except ValueError:  # a sentence that names a command and goes on
                continue
    return ut


def test_siden_med_kommandoene_er_den_programmet_skriver() -> None:
    assert FIL.read_text(encoding="utf-8") == siden(), "run: python -m tests.kommandoer"


@pytest.mark.parametrize("navn", alle())
def test_hver_kommando_og_hvert_valg_har_et_eksempel(navn: str) -> None:
    kommando = alle()[navn]
    brukt = {ord_.partition("=")[0] for linje in eksempler() if linje[0] == navn for ord_ in linje[1:]}
    for valg in kommando.params:
        if isinstance(valg, click.Option) and "--help" not in valg.opts:
            assert brukt & set(valg.opts), f"{navn} {valg.opts[-1]} has no example in README or docs/"


def test_hver_kommando_staar_i_readme() -> None:
    tekst = (ROT / "README.md").read_text(encoding="utf-8")
    assert [navn for navn in alle() if f"velferdslab {navn}" not in tekst] == []


def test_readme_er_paa_to_skjermer() -> None:
    assert len((ROT / "README.md").read_text(encoding="utf-8").splitlines()) <= 120


@pytest.mark.parametrize("side", SIDER, ids=lambda side: str(side.name))
def test_ingen_lenke_foerer_ingensteds(side: Path) -> None:
    for maal in re.findall(r"\]\(([^)#\s]+)", side.read_text(encoding="utf-8")):
        if "://" not in maal:
            assert (side.parent / maal).exists(), f"{side.name}: {maal}"
