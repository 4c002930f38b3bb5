"""One public name stands in one module: whoever looks for it finds one thing."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

PAKKE = Path(__file__).parents[1] / "velferdslab_model"
#: Names that two modules need, each with the reason.
GRUNNER = {
    "main": "what Python runs, in __main__ and as the command",
    "antall": "a count, in two sentences of different shape",
    "besparelse": "the saving, by situation in the model and by budget year in a contract",
    "gevinst": "the gain, by situation in the model and of a party in a contract",
}


def offentlige_navn(fil: Path) -> Iterator[str]:
    """Functions, classes and constants at the top of a module that do not begin with an underscore."""
    for node in ast.parse(fil.read_text(encoding="utf-8")).body:
        navn: list[str] = []
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            navn = [node.name]
        elif isinstance(node, ast.Assign):
            navn = [maal.id for maal in node.targets if isinstance(maal, ast.Name)]
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            navn = [node.target.id]
        yield from (n for n in navn if not n.startswith("_"))


def i_flere() -> dict[str, list[str]]:
    """Every name that two or more modules define, and which."""
    hvor: dict[str, list[str]] = defaultdict(list)
    for fil in sorted(PAKKE.rglob("*.py")):
        for navn in dict.fromkeys(offentlige_navn(fil)):
            hvor[navn].append(str(fil.relative_to(PAKKE)))
    return {navn: filer for navn, filer in hvor.items() if len(filer) > 1}


def test_ett_offentlig_navn_staar_i_en_modul() -> None:
    nye = {navn: filer for navn, filer in i_flere().items() if navn not in GRUNNER}
    assert not nye


def test_unntakene_trengs_fortsatt() -> None:
    assert not set(GRUNNER) - set(i_flere())


def test_navnene_blir_funnet(tmp_path: Path) -> None:
    fil = tmp_path / "m.py"
    fil.write_text("A = 1\n_B = 2\nC: int = 3\ndef d(): pass\nclass E: pass\nif A:\n    F = 4\n", encoding="utf-8")
    assert list(offentlige_navn(fil)) == ["A", "C", "d", "E"]
