"""Microsoft's OpenXML SDK validator over every kind of workbook the program writes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.conftest import DATO, TILLEGG, hopp_over
from tests.scenarier import KONSTRUERTE
from velferdslab_model.effektbok.writing import arbeidsbok
from velferdslab_model.parameters.loading import fra_toml
from velferdslab_model.results import beregn
from velferdslab_model.uncertainty.analyse import analyser
from velferdslab_model.uncertainty.tabs import faner
from velferdslab_model.uncertainty.writing import usikkerhetsbok

ROT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def validator() -> str:
    funnet = shutil.which("ooxml-validator", path=f"{ROT / 'node_modules' / '.bin'}") or shutil.which("ooxml-validator")
    if funnet is None:
        hopp_over("ooxml-validator mangler")
    return funnet


def feil(validator: str, fil: Path) -> list[object]:
    # .NET compiles the validator as it runs, and does not live long enough to gain from measuring what to compile better.
    miljoe = {**os.environ, "DOTNET_TieredPGO": "0"}
    svar = subprocess.run([validator, str(fil)], capture_output=True, check=False, env=miljoe)
    return json.loads(svar.stdout)["errors"]  # type: ignore[no-any-return]  # the tool's own list


@pytest.mark.treg
@pytest.mark.parametrize("scenario", ["standard", *KONSTRUERTE])
def test_arbeidsboken_er_gyldig(validator: str, scenario: str, tmp_path: Path) -> None:
    fil = tmp_path / "bok.xlsx"
    fil.write_bytes(arbeidsbok(beregn(fra_toml(KONSTRUERTE.get(scenario, {}), scenario, "Navn & <tegn> æøå")), DATO))
    assert feil(validator, fil) == []


@pytest.mark.treg(unntatt=1)
@pytest.mark.parametrize("scenario", ["standard", "eget_tiltak", "uten_tiltak", "ulike_grupper"])
def test_arbeidsboken_er_gyldig_med_tilleggsfaner(validator: str, scenario: str, tmp_path: Path) -> None:
    fil = tmp_path / "bok.xlsx"
    resultat = beregn(fra_toml(KONSTRUERTE.get(scenario, {}), scenario, "Navn & <tegn> æøå"))
    fil.write_bytes(arbeidsbok(resultat, DATO, TILLEGG))
    assert feil(validator, fil) == []


@pytest.mark.treg
@pytest.mark.parametrize("scenario", ["standard", "uten_tiltak", "ingen_lykkes"])
def test_usikkerhetsboken_er_gyldig(validator: str, scenario: str, tmp_path: Path) -> None:
    analyse = analyser(fra_toml(KONSTRUERTE.get(scenario, {}), scenario, "Navn & <tegn> æøå"), 200, 1)
    (tmp_path / "u.xlsx").write_bytes(usikkerhetsbok(analyse, DATO))
    (tmp_path / "bok.xlsx").write_bytes(arbeidsbok(analyse.resultat, DATO, [*TILLEGG, *faner(analyse)]))
    for fil in ("u.xlsx", "bok.xlsx"):
        assert feil(validator, tmp_path / fil) == []


def test_validatoren_finner_en_plantet_feil(validator: str, standardfil: Path, tmp_path: Path) -> None:
    fil = tmp_path / "feil.xlsx"
    with ZipFile(standardfil) as inn, ZipFile(fil, "w") as ut:
        for navn in inn.namelist():
            ut.writestr(navn, inn.read(navn).replace(b"<sheetProtection ", b'<sheetProtection ukjent="1" '))
    assert feil(validator, fil)
