from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.maskin import langsomhet
from tests.scenarier import KONSTRUERTE
from velferdslab_model.errors import KanIkkeLese
from velferdslab_model.parameters.loading import fra_toml, les_toml_fil
from velferdslab_model.parameters.template import scenariomal
from velferdslab_model.parameters.toml_limits import for_mye
from velferdslab_model.parameters.writing import som_toml

FLOMMER = {
    "lang kommentar": "# " + "a" * 900_000,
    "lange linjer": ("# " + "a" * 19_000 + "\n") * 50,
    "nøkler i anførselstegn": '"a".' * 200_000 + "a = 1",
    "nøkler med mellomrom": "a . " * 200_000 + "a = 1",
    "nøkler i enkle anførselstegn": "[" + "'a'\t." * 100_000 + "a]",
    "korte linjer med dype nøkler": ("a." * 2_000 + "a = 1\n") * 200,
    "åpne anførselstegn": '"""' + '\\"""' * 200_000,
    "åpne enkle": ("'" * 5 + "\n") * 150_000,
    "dype lister": "a = " + "[" * 900_000,
    "langt tall": "a = " + "9" * 900_000,
    "lang desimal": "a = 0." + "9" * 900_000,
    "likhetstegn": "=" * 900_000,
    "mange bokstaver": "æ" * 900_000,
}


@pytest.mark.parametrize("flom", FLOMMER)
def test_en_flom_av_toml_gir_en_melding(flom: str, tmp_path: Path) -> None:
    fil = tmp_path / "flom.toml"
    fil.write_text(FLOMMER[flom], encoding="utf-8")
    foer = time.process_time()
    with pytest.raises(KanIkkeLese, match=r"flom\.toml"):
        les_toml_fil(fil)
    assert time.process_time() - foer <= 2 * langsomhet()  # minutes before, a third of a second now


@pytest.mark.parametrize("navn", KONSTRUERTE)
def test_det_programmet_skriver_er_under_grensene(navn: str) -> None:
    assert for_mye(som_toml(fra_toml(KONSTRUERTE[navn], "t", "T"), "x")) is None
    assert for_mye(scenariomal(navn)) is None


@given(st.text(alphabet="a.\"'#\\\n =[]æ", max_size=60))
def test_grensene_godtar_alt_som_er_lite(tekst: str) -> None:
    assert for_mye(tekst[:19]) is None
    assert for_mye(f"# {'.a' * 30}\nb = '{'.a' * 30}'\n" + tekst.replace(".", "")) is None


def test_prikkene_i_en_tekst_teller_ikke() -> None:
    assert for_mye('kilde = """\n' + "a." * 100 + '\n"""\n') is None
    assert for_mye("kilde = '" + "a." * 100 + "'") is None
    assert for_mye("a." * 100 + "a = 1") is not None


@pytest.mark.parametrize("innhold", ["", " \n\n", "# bare en kommentar\n", "\ufeff"])
def test_et_tomt_scenario_sies_aa_vaere_tomt(innhold: str, tmp_path: Path) -> None:
    fil = tmp_path / "tom.toml"
    fil.write_text(innhold, encoding="utf-8")
    with pytest.raises(KanIkkeLese, match=r"tom\.toml er tom: filen har ingen verdier"):
        les_toml_fil(fil)
