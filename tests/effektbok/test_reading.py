"""A generated workbook that someone edited is a scenario wherever a SCENARIO is accepted."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.conftest import DATO
from tests.regneark import LibreOffice
from tests.scenarier import KONSTRUERTE
from velferdslab_model.cli import cli
from velferdslab_model.effektbok.writing import arbeidsbok
from velferdslab_model.parameters.loading import fra_toml
from velferdslab_model.parameters.tidligere import som_i_dag
from velferdslab_model.results import beregn
from velferdslab_model.scenarios.loading import load_forutsetninger

DATA = Path(__file__).parent / "data"


@pytest.mark.parametrize("gammel", [DATA / f"format{n}.xlsx" for n in (1, 2, 3, 4)], ids=lambda p: p.stem)
def test_en_arbeidsbok_av_en_eldre_versjon_gir_en_ny_med_samme_inndata(gammel: Path, tmp_path: Path) -> None:
    """Written by versions 0.1.0 and 0.2.0, and by two between 0.2.0 and the next (formats 3 and 4), from format1.toml (constructed)."""
    ny = tmp_path / "ny.xlsx"
    svar = CliRunner().invoke(cli, ["generate", str(gammel), "-o", str(ny)])
    assert svar.exit_code == 0, svar.output
    # A text of today's defaults that was worded otherwise stays as it was written, and is told of as no more than that.
    ventet, standard = load_forutsetninger(DATA / "format1.toml"), load_forutsetninger()
    assert som_i_dag(load_forutsetninger(gammel), standard) == ventet
    assert som_i_dag(load_forutsetninger(ny), standard) == ventet


@pytest.mark.treg
@pytest.mark.libreoffice
@pytest.mark.parametrize("scenario", ["eget_tiltak", "utvidet", "ulike_grupper", "uten_tiltak"])
def test_lagret_i_libreoffice_med_faner_i_annen_rekkefoelge_er_det_samme_scenarioet(
    scenario: str, tmp_path: Path, libreoffice: LibreOffice
) -> None:
    f = fra_toml({"navn": "Konstruert", **KONSTRUERTE[scenario]}, "test", "test")
    fra, til, ny = (tmp_path / f"{navn}.xlsx" for navn in ("fra", "til", "ny"))
    fra.write_bytes(arbeidsbok(beregn(f), DATO))
    libreoffice.lagre(fra, til, [("Familie", "C13", 0.25)], ["Familie | Gevinster", "Unge voksne"])
    ventet = replace(f.familier, suksessrate=(*f.familier.suksessrate[:2], 0.25))
    lest = load_forutsetninger(til)
    assert lest.unge_voksne == f.unge_voksne
    assert replace(lest.familier, kilder=ventet.kilder) == ventet
    assert CliRunner().invoke(cli, ["generate", str(til), "-o", str(ny)]).exit_code == 0
    assert load_forutsetninger(ny) == lest
