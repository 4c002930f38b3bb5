from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given

from tests.conftest import DATO
from tests.scenarier import KONSTRUERTE
from tests.strategier import eksempler, forutsetninger
from velferdslab_model.cli import cli
from velferdslab_model.effektbok.writing import arbeidsbok
from velferdslab_model.parameters.loading import fra_toml
from velferdslab_model.parameters.typer import Forutsetninger
from velferdslab_model.parameters.validation import SkrevetTall
from velferdslab_model.parameters.writing import som_toml
from velferdslab_model.results import beregn
from velferdslab_model.scenarios.loading import load_forutsetninger


def lest_igjen(f: Forutsetninger) -> Forutsetninger:
    data = tomllib.loads(som_toml(f, "test"), parse_float=SkrevetTall)
    return fra_toml(data, "skrevet", "ikke brukt")


@eksempler(200)
@given(forutsetninger())
def test_et_scenario_skrevet_ut_leses_som_det_samme(f: Forutsetninger) -> None:
    assert lest_igjen(f) == f


@pytest.mark.treg(unntatt=4)
@pytest.mark.parametrize("prisaar", [2019, 2023])
@pytest.mark.parametrize("navn", ["standard", *KONSTRUERTE])
def test_toml_til_arbeidsbok_til_toml_beholder_hver_verdi(navn: str, prisaar: int, tmp_path: Path) -> None:
    f = fra_toml({"navn": 'Sør-"Fron" \\ æøå', "prisaar": prisaar, **KONSTRUERTE.get(navn, {})}, "test", "test")
    (tmp_path / "bok.xlsx").write_bytes(arbeidsbok(beregn(f), DATO))
    ut = tmp_path / "tilbake.toml"
    svar = CliRunner().invoke(cli, ["new", "--from", str(tmp_path / "bok.xlsx"), "-o", str(ut)])
    assert svar.exit_code == 0, svar.output
    assert load_forutsetninger(ut) == f


def test_et_beloep_med_tre_desimaler_kan_leses_igjen() -> None:
    f = fra_toml({"familier": {"loennskostnad": 612.125}}, "test", "test")
    assert "loennskostnad = 612.1250" in som_toml(f, "test")
    assert lest_igjen(f) == f


def test_avvik_fra_standard_er_merket() -> None:
    f = fra_toml({"familier": {"loennskostnad": 400_000, "inntak": {"utsatt": 3}}}, "test", "test")
    linjer = som_toml(f, "test").splitlines()
    assert "loennskostnad = 400000    # standard: 300000" in linjer
    assert "inntak = { uholdbar = 2, utsatt = 3, stabil = 2 }    # standard: 2 / 2 / 2" in linjer
    assert sum("# standard:" in linje for linje in linjer) == 2


def test_navnet_kan_byttes_og_en_endret_fil_blir_staaende(tmp_path: Path) -> None:
    ut = tmp_path / "ny.toml"
    fra = tmp_path / "fra.toml"
    fra.write_text('navn = "Gammelt"\n')
    assert CliRunner().invoke(cli, ["new", "Nytt", "--from", str(fra), "-o", str(ut)]).exit_code == 0
    assert load_forutsetninger(ut).navn == "Nytt"
    ut.write_text(ut.read_text() + "# mitt\n")
    assert CliRunner().invoke(cli, ["new", "Nytt", "--from", str(fra), "-o", str(ut)]).exit_code != 0
    assert ut.read_text().endswith("# mitt\n")
