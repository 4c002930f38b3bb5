"""What has one home in the project: a second chart theme, page set-up, cursor or style table is not written unseen."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

TESTER = Path(__file__).parent
PAKKE = TESTER.parent / "velferdslab_model"
FILER = {str(p.relative_to(PAKKE).as_posix()): p.read_text(encoding="utf-8") for p in PAKKE.rglob("*.py")}


@pytest.mark.parametrize(
    ("hva", "moenster", "sted"),
    [
        ("figurtema", r"\.add_chart\(|\.insert_chart\(|\.set_legend\(", "workbook/charts.py"),
        ("sideoppsett", r"\.(set_landscape|set_paper|set_margins|fit_to_pages|repeat_rows|set_footer)\(", "workbook/page.py"),
        ("stiltabell", r"font_name", "workbook/style.py"),
        ("skriving av arbeidsbøker", r"^from xlsxwriter import|\.add_format\(|\.add_worksheet\(", "workbook/writing.py"),
        ("valget av målfil", r'"--output"|"--force"', "cli/valg.py"),
        ("stopp når noe faller ut", r"def _?maa\(", "workbook/page.py"),
    ],
)  # fmt: skip
def test_hver_ting_har_ett_sted(hva: str, moenster: str, sted: str) -> None:
    assert {navn for navn, tekst in FILER.items() if re.search(moenster, tekst, re.M)} == {sted}, hva


def test_alle_som_skriver_nedover_et_ark_arver_den_ene_skriveren() -> None:
    """A cursor is a class that keeps its next free row."""
    egne = set()
    for navn, tekst in FILER.items():
        for klasse in ast.walk(ast.parse(tekst)):
            if isinstance(klasse, ast.ClassDef) and re.search(r"\bself\.rad \+=", ast.unparse(klasse)):
                egne.add((navn, klasse.name, tuple(ast.unparse(b) for b in klasse.bases)))
    assert {(navn, klasse) for navn, klasse, baser in egne if "Skriver" not in baser} == {
        ("workbook/cursor.py", "Skriver")
    }


def test_det_som_hoppes_over_kan_kreves_av_hele_kjoeringen() -> None:
    """A test is skipped through hopp_over, which fails where everything is required. The one who is root has no choice."""
    egne = {
        fil.relative_to(TESTER).as_posix()
        for fil in TESTER.rglob("*.py")
        if re.search(r"pytest\.(skip|importorskip)\(", fil.read_text(encoding="utf-8"))
    }
    assert egne == {"conftest.py", "cli/test_kommandolinje.py"}
