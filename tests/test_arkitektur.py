"""The examples in docs/arkitektur.md are true."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from tests.conftest import DATO
from tests.regler import formelfeil, lengdefeil
from tests.regneark import regn_ut_formualizer
from velferdslab_model.workbook.comparing import formelceller, sammenlign_celler
from velferdslab_model.workbook.opening import aapne
from velferdslab_model.workbook.writing import bytes_av

DOK = Path(__file__).parents[1] / "docs" / "arkitektur.md"


def test_eksemplet_paa_en_ny_arbeidsbok_virker(tmp_path: Path) -> None:
    (kode,) = re.findall(r"```python\n(.*?)```", DOK.read_text(encoding="utf-8"), re.DOTALL)
    navn: dict[str, Any] = {}
    exec(compile(kode, str(DOK), "exec"), navn)
    bok, fil = navn["planlegg"](2_500.0), tmp_path / "avtale.xlsx"
    fil.write_bytes(bytes_av(bok, DATO))
    assert formelfeil(bok) == lengdefeil(bok) == []
    assert aapne(fil, navn["SLAG"]).verdi("kontroll") == "OK"
    celler = list(formelceller(bok))
    funnet = regn_ut_formualizer(fil, [], [(ark, celle.adresse) for ark, celle in celler])
    assert sammenlign_celler(celler, funnet) == []


def test_filene_og_navnene_som_nevnes_finnes() -> None:
    rot = DOK.parents[1]
    for navn in re.findall(r"`((?:tests|workbook)/[\w/]+\.py)`", DOK.read_text(encoding="utf-8")):
        assert (rot / navn).exists() or (rot / "velferdslab_model" / navn).exists(), navn


def test_kartet_over_huset_har_hvert_rom() -> None:
    tekst = (Path(__file__).parents[1] / "docs" / "arkitektur.md").read_text(encoding="utf-8")
    rom = [
        p.name
        for p in (Path(__file__).parents[1] / "velferdslab_model").iterdir()
        if p.is_dir() and p.name != "__pycache__"
    ]
    assert len(rom) > 10
    assert [navn for navn in rom if f"\n      {navn}/" not in tekst and f", {navn}/" not in tekst] == []
