"""What the page shows names rooms and fields, never a command that a person at the page cannot give."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import velferdslab_model
from velferdslab_model.app.site import ROM
from velferdslab_model.app.wording import KOMMANDOROM, paa_siden
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
#: What has no room, and is said of what only the command line can do.
_UTEN_ROM = ("«velferdslab katalog»", "uten --som-oppgitt", "og --indekser gjelder bare")
_VALG = re.compile(r"(?<![a-z-])--[a-z]{3,}")


def _tekster() -> Iterator[tuple[str, str]]:
    """Every sentence in the code that names a command or an option, with where it stands."""
    for fil in sorted(_ROT.rglob("*.py")):
        sted = fil.relative_to(_ROT).as_posix()
        if sted.startswith(_IKKE_HIT) or "/tabs" in sted or sted.endswith(("writing.py", "template.py", "bunke.py")):
            continue
        tre = ast.parse(fil.read_text(encoding="utf-8"))
        beskrivelser = {id(n.body[0].value) for n in ast.walk(tre) if _har_beskrivelse(n)}  # type: ignore[attr-defined]
        for node in ast.walk(tre):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in beskrivelser:
                tekst = node.value
                if " " in tekst and ("velferdslab " in tekst or _VALG.search(tekst)):
                    yield sted, tekst


def _har_beskrivelse(node: ast.AST) -> bool:
    deler = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    return isinstance(node, deler) and bool(node.body) and isinstance(node.body[0], ast.Expr)


def test_ingen_tekst_paa_siden_nevner_en_kommando_eller_et_valg() -> None:
    alle = list(_tekster())
    assert len(alle) > 20
    galt = []
    for sted, tekst in alle:
        if sted == "workbook/kind.py" and not tekst.endswith("."):  # the command that makes a page, printed on it
            continue
        her = paa_siden(tekst)
        for unntak in _UTEN_ROM:
            her = her.replace(unntak, "")
        if re.search("«velferdslab [a-z]", her) or _VALG.search(her):
            galt.append((sted, her))
    assert galt == []


@pytest.mark.parametrize(
    ("sagt", "her"),
    [
        (
            "x er effektmodell. Oppgi den til «velferdslab contract FIL».",
            "x er effektmodell. Oppgi den til rommet «Effektkontrakt».",
        ),
        ("Rett dem, eller gå videre uten dem med --hopp-over-feil.", "Rett dem, eller la være å sende dem."),
        (
            "<p>Se alt som er endret med «velferdslab check».</p>",
            "<p>Se alt som er endret i rommet «Kontroller».</p>",
        ),
        ("navn er «velferdslab i Asker»", "navn er «velferdslab i Asker»"),
    ],
)
def test_en_kommando_blir_til_rommet_som_gjoer_det_samme(sagt: str, her: str) -> None:
    assert paa_siden(sagt) == her


def test_rommene_er_sidens_og_kommandoene_programmets() -> None:
    assert set(KOMMANDOROM) <= set(cli.commands)
    assert set(KOMMANDOROM.values()) == {rom.noekkel for rom in ROM}
