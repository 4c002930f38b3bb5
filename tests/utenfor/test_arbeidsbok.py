"""The live workbook of an account: typed in, read back, audited."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from openpyxl import load_workbook

from tests.conftest import DATO
from tests.regneark import regn_ut_formualizer
from tests.utenfor.konstruert import ENDRET, LITE
from velferdslab_model.check.kontroll import kontroller
from velferdslab_model.errors import UgyldigInndata
from velferdslab_model.utenfor.origin import pakk_utenfor
from velferdslab_model.utenfor.reading import les_utenforfil
from velferdslab_model.utenfor.terms import Utenforvilkaar
from velferdslab_model.utenfor.writing import write_utenfor
from velferdslab_model.workbook.adresse import celleadresse


@pytest.fixture
def fil(tmp_path: Path) -> Path:
    ut = tmp_path / "u.xlsx"
    write_utenfor(LITE, ut, DATO)
    return ut


def _skriv(fil: Path, celler: dict[str, object], plass: int = 0) -> None:
    bok = load_workbook(fil)
    for navn, verdi in celler.items():
        ark, omraade = next(iter(bok.defined_names[navn].destinations))
        celle = bok[ark][omraade.split(":")[0]]
        bok[ark].cell(celle.row, celle.column + plass).value = verdi
    bok.save(fil)


def like(a: Utenforvilkaar, b: Utenforvilkaar) -> bool:
    return pakk_utenfor(a) == pakk_utenfor(b)


@pytest.mark.parametrize("v", [LITE, ENDRET, replace(LITE, telling=(3.0, 10.0))], ids=["liten", "endret", "telling"])
def test_regnskapet_leses_tilbake_som_det_ble_skrevet(v: Utenforvilkaar, tmp_path: Path) -> None:
    write_utenfor(v, tmp_path / "u.xlsx", DATO)
    assert like(les_utenforfil(tmp_path / "u.xlsx"), v)


def test_det_noen_skriver_leses_med_kilden(fil: Path) -> None:
    _skriv(fil, {"suksessfaktor": 0.5, "suksessfaktor_kilde": "Møte 3. mai"})
    _skriv(fil, {"post_1_maalgruppe": 1_000}, plass=2)
    v = les_utenforfil(fil)
    assert (v.suksessfaktor, v.kilder["suksessfaktor"]) == (0.5, "kilde: Møte 3. mai")
    assert v.poster[0].maalgruppe.tolist() == [50_000, 40_000, 1_000, 30_000, 20_000]


def test_en_ny_suksessfaktor_hviler_ikke_paa_den_gamle_tellingen(tmp_path: Path) -> None:
    fil = tmp_path / "u.xlsx"
    write_utenfor(replace(LITE, telling=(3.0, 10.0)), fil, DATO)
    _skriv(fil, {"suksessfaktor": 0.6})
    assert les_utenforfil(fil).telling is None


@pytest.mark.parametrize(
    ("celler", "sagt"),
    [
        ({"suksessfaktor": 1.2}, "Vilkår!C"),
        ({"post_2_maalgruppe": "mye"}, "Oppfølging: målgruppen, 1. alder"),
        ({"post_2_sammenligning": -5}, "ventet et beløp"),
        ({"post_3_maalgruppe": None}, "er tom"),
        ({"alder_ved_tiltak": 30}, "ventet en alder i profilen (18–22)"),
        ({"navn": ""}, "er uten innhold"),
    ],
)
def test_gale_celler_sies_med_sted(celler: dict[str, object], sagt: str, fil: Path) -> None:
    _skriv(fil, celler)
    with pytest.raises(UgyldigInndata) as feil:
        les_utenforfil(fil)
    assert sagt in str(feil.value)


@pytest.mark.treg(unntatt=3)
@pytest.mark.parametrize(
    ("navn", "plass", "verdi", "lovlig"),
    [
        ("post_1_maalgruppe", 2, 0, True),
        ("post_1_maalgruppe", 2, 1e-12, False),
        ("post_1_maalgruppe", 2, True, False),
        ("post_1_maalgruppe", 2, "", False),
        ("post_1_kilde", 0, "x" * 1_001, False),
        ("post_1_kilde", 0, "  ", True),
        ("navn", 0, "\u00a0", False),
        ("maalgruppe", 0, "", False),
        ("sammenligning", 0, "x" * 201, False),
        ("sammenligning", 0, 7, True),
    ],
)
def test_boken_selv_og_programmet_sier_det_samme_om_en_celle(
    navn: str, plass: int, verdi: object, lovlig: bool, fil: Path
) -> None:
    def i_boken(celle: str) -> tuple[str, int, int]:
        ark, omraade = next(iter(bok.defined_names[celle].destinations))
        foerste = bok[ark][omraade.split(":")[0]]
        return ark, foerste.row, foerste.column

    bok = load_workbook(fil)
    (ark, rad, kol), (kontrollark, *kontroll) = i_boken(navn), i_boken("kontroll")
    celle = kontrollark, celleadresse(kontroll[0] - 1, kontroll[1] - 1)
    svar = regn_ut_formualizer(fil, [(ark, celleadresse(rad - 1, kol - 1 + plass), verdi)], [celle])  # type: ignore[list-item]
    assert (svar[celle] == "OK") == lovlig
    _skriv(fil, {navn: verdi}, plass)
    assert kontroller(fil).leselig == lovlig


def test_kontrollen_forteller_hva_som_er_endret_og_hva_det_gjoer(fil: Path) -> None:
    _skriv(fil, {"suksessfaktor": 0.5, "post_1_maalgruppe": 90_000})
    svar = kontroller(fil)
    assert [e.noekkel for _, e in svar.endringer] == ["suksessfaktor", "post_1_maalgruppe"]
    assert any("Netto, kommunen" in m for m in svar.merknader)


def test_en_uroert_bok_har_ingen_funn(fil: Path) -> None:
    svar = kontroller(fil)
    assert (list(svar.endringer), list(svar.funn)) == ([], [])


def test_en_overskrevet_formel_er_et_funn(fil: Path) -> None:
    bok = load_workbook(fil)
    bok["Svar"]["D5"].value = 1
    bok.save(fil)
    assert any("D5" in str(f) for f in kontroller(fil).funn)


def test_aldersaksen_er_saa_lang_som_profilen(tmp_path: Path) -> None:
    lang = replace(
        LITE, poster=tuple(replace(p, maalgruppe=np.zeros(41), sammenligning=np.zeros(41)) for p in LITE.poster)
    )
    write_utenfor(lang, tmp_path / "u.xlsx", DATO)
    assert les_utenforfil(tmp_path / "u.xlsx").til_alder == 58
