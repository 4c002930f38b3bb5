"""The pages say what the program does: every command and option, each with an example; and no link leads nowhere."""

from __future__ import annotations

import re
import shlex
import webbrowser
from collections.abc import Callable
from datetime import date
from pathlib import Path

import click
import openpyxl
import pytest
from click.testing import CliRunner

from tests.app.test_rooms import ny_pris
from tests.assess.konstruert import SVAR
from tests.kommandoer import FIL, alle, siden
from velferdslab_model.assess.template import registerplan
from velferdslab_model.cli import cli
from velferdslab_model.workbook.plan import Verdi
from velferdslab_model.workbook.writing import bytes_av

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


#: Thirty constructed people, of whom every other has taken a step a year later.
_REGISTRERT: list[dict[str, Verdi]] = [
    {"id": f"P{nr}", "dato": 45_000 + 365 * senere, "tidspunkt": tid, "maate": "sammen", **SVAR[1 + senere * (nr % 2)]}
    for nr in range(30)
    for senere, tid in enumerate(("oppstart", "avslutning"))
]
#: What somebody does between the commands of the guide, by the file that is there then.
_MELLOM: dict[str, Callable[[bytes], bytes]] = {
    "priser.xlsx": lambda innhold: ny_pris(innhold, "Booppfølging", 640, 2024),
    "registrering.xlsx": lambda _: bytes_av(
        registerplan({"kriterier": _REGISTRERT}, len(_REGISTRERT)), date(2026, 1, 1)
    ),
}


@pytest.mark.treg
def test_hver_kommando_i_veiledningen_kan_kjoeres_i_rekkefoelge(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From nothing to the memo, in one folder, as somebody who follows it does."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    monkeypatch.setattr(webbrowser, "get", lambda: webbrowser.GenericBrowser("ingen"))
    guide = (ROT / "docs" / "brukerveiledning.md").read_text(encoding="utf-8")
    sagt: dict[str, str] = {}
    for slag, kode in re.findall(r"^ *```(sh|toml)\n(.*?)^ *```$", guide, re.S | re.M):
        if slag == "toml":
            with Path("bergen.toml").open("a", encoding="utf-8") as fil:
                fil.write(kode)
            continue
        for linje in filter(None, (en.partition("#")[0].strip() for en in kode.splitlines())):
            navn, *ordene = shlex.split(linje)[1:]
            if navn == "app":  # it goes on until it is stopped
                alle()[navn].make_context(navn, ordene)
                continue
            if any("--draws" in valg.opts for valg in alle()[navn].params):  # as it is said, but quicker
                ordene += ["--draws", "100"]
            svar = CliRunner().invoke(cli, [navn, *ordene])
            assert svar.exit_code == 0, f"{linje}: {svar.output} {svar.exception}"
            sagt[linje] = svar.output
            for fil_, rediger in _MELLOM.items():
                if linje.endswith(f"-o {fil_}"):
                    Path(fil_).write_bytes(rediger(Path(fil_).read_bytes()))
    assert len(sagt) > 20
    assert any("1 pris endret" in tekst for linje, tekst in sagt.items() if "--prices priser.xlsx" in linje)
    mot = next(tekst for linje, tekst in sagt.items() if "--against bergen.xlsx" in linje)
    assert "Booppfølging" in mot
    assert "Ellers er faner, navn, beskyttelse" in mot.replace("\n", " ")
    assert openpyxl.load_workbook("bergen_2025.xlsx", read_only=True)["Endringer siden"]


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
