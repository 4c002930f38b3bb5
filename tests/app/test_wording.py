"""What the page shows names rooms and fields, never a command that a person at the page cannot give."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import velferdslab_model
from velferdslab_model.app.site import ROM
from velferdslab_model.app.wording import KOMMANDOROM, UTEN_ROM, paa_siden
from velferdslab_model.cli import cli

_ROT = Path(velferdslab_model.__file__).parent
#: Where no text goes to the page: commands, what starts it, workbooks, and templates to fill in.
_IKKE_HIT = (
    "cli/",
    "app/running.py",
    "app/door.py",
    "app/wording.py",
    "app/rooms",
    "effektbok/",
    "saksframlegg/",
    "base/files.py",
)


def _tekster() -> Iterator[tuple[str, str]]:
    """Every sentence in the code that names a command, with where it stands."""
    for fil in sorted(_ROT.rglob("*.py")):
        sted = fil.relative_to(_ROT).as_posix()
        if sted.startswith(_IKKE_HIT) or "/tabs" in sted or sted.endswith(("writing.py", "template.py", "bunke.py")):
            continue
        tre = ast.parse(fil.read_text(encoding="utf-8"))
        beskrivelser = {id(n.body[0].value) for n in ast.walk(tre) if _har_beskrivelse(n)}  # type: ignore[attr-defined]
        for node in ast.walk(tre):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in beskrivelser:
                tekst = node.value
                if "«velferdslab " in tekst:
                    yield sted, tekst


def _har_beskrivelse(node: ast.AST) -> bool:
    deler = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    return isinstance(node, deler) and bool(node.body) and isinstance(node.body[0], ast.Expr)


def test_ingen_tekst_paa_siden_nevner_en_kommando() -> None:
    alle = list(_tekster())
    assert len(alle) > 10
    kjente = re.compile(rf"«velferdslab (?:{'|'.join((*KOMMANDOROM, *UTEN_ROM))})\b")
    assert [(sted, tekst) for sted, tekst in alle if kjente.search(paa_siden(tekst))] == []


@pytest.mark.parametrize(
    ("sagt", "her"),
    [
        (
            "x er effektmodell. Oppgi den til «velferdslab contract FIL».",
            "x er effektmodell. Oppgi den i rommet «Effektkontrakt».",
        ),
        ("Rett dem, eller gå videre uten dem med --hopp-over-feil.", "Rett dem, eller la være å sende dem."),
        (
            "<p>Se alt som er endret med «velferdslab check».</p>",
            "<p>Se alt som er endret i rommet «Kontroller».</p>",
        ),
        ("Oppgi den med --prices.", "Oppgi den i rommet «Ny prisliste»."),
        ("Oppgi den med «velferdslab assess FIL --regel».", "Oppgi den på kommandolinjen."),
        ("Lag en med «velferdslab contract --mal asker -o kontrakt.toml».", "Lag en i rommet «Effektkontrakt»."),
        ("eller velg et annet prisår med --prisaar.", "eller velg et annet prisår i feltet Prisår."),
        ("navn er «velferdslab i Asker»", "navn er «velferdslab i Asker»"),
        ("navn er «Velferdslab Asker» -- --prisaar", "navn er «Velferdslab Asker» -- --prisaar"),
    ],
)
def test_en_kommando_blir_til_rommet_som_gjoer_det_samme(sagt: str, her: str) -> None:
    assert paa_siden(sagt) == her


def test_rommene_er_sidens_og_kommandoene_programmets() -> None:
    assert {*KOMMANDOROM, *UTEN_ROM} <= set(cli.commands)
    assert set(KOMMANDOROM.values()) == {rom.noekkel for rom in ROM}
