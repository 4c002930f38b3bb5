"""The made-up book: built on the kit alone, read back, and its derived input told from a typed one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from openpyxl import load_workbook

from tests.conftest import DATO
from tests.regneark import Celleverdier, innskrivinger, regn_ut_formualizer
from tests.test_lag import importer
from tests.workbook import proevebok
from tests.workbook.proevebok import PROEVE, Vilkaar, les, planlegg, regn
from velferdslab_model.errors import UgyldigInndata
from velferdslab_model.workbook.audit import cellefunn, verdifunn
from velferdslab_model.workbook.comparing import arknavn, formelceller
from velferdslab_model.workbook.opening import aapne
from velferdslab_model.workbook.plan import Bok
from velferdslab_model.workbook.reading import avledede, les_inndata
from velferdslab_model.workbook.writing import bytes_av


@pytest.fixture
def fil(tmp_path: Path) -> Path:
    fil = tmp_path / "proeve.xlsx"
    fil.write_bytes(bytes_av(planlegg(), DATO))
    return fil


def skriv(fil: Path, **celler: object) -> Path:
    """Type into cells by their names, as openpyxl saves it; formulas lose their stored values."""
    bok = load_workbook(fil)
    for navn, verdi in celler.items():
        ((ark, adresse),) = bok.defined_names[navn].destinations
        bok[ark][adresse.replace("$", "").split(":")[0]] = verdi
    bok.save(fil)
    return fil


def test_proeveboken_er_bygget_uten_noen_annen_bok() -> None:
    """What a new workbook needs is in the kit."""
    rom = {navn.split(".")[1] for navn in importer(Path(proevebok.__file__))}
    assert rom == {"base", "workbook"}


def test_motoren_regner_riktig() -> None:
    """By hand: 10 000 less 5 201, then 3 per cent a year by the month and 500 in."""
    svar = regn(Vilkaar())
    assert svar.start == 4_799
    assert svar.saldo[:2] == pytest.approx([4_799 * 1.0025 + 500, (4_799 * 1.0025 + 500) * 1.0025 + 500])
    assert svar.per_aar.tolist() == [6_000, 6_000, 6_000, 2_000]
    assert regn(replace(Vilkaar(), rente=0.0)).saldo[-1] == 4_799 + 40 * 500
    assert np.all(regn(replace(Vilkaar(), kapitalisering="Aldri")).renter == 0)
    assert np.all(regn(replace(Vilkaar(), maaneder=0)).innskudd == 0)


@pytest.mark.parametrize(
    "v",
    [Vilkaar(), replace(Vilkaar(), maal=7_000.0), replace(Vilkaar(), maal=6_000.0, kapitalisering="Aldri", varer=())],
)
def test_boken_leses_tilbake_som_det_den_ble_laget_av(v: Vilkaar, tmp_path: Path) -> None:
    fil = tmp_path / "p.xlsx"
    fil.write_bytes(bytes_av(planlegg(v), DATO))
    assert les(fil) == v


def test_et_avledet_felt_foelger_de_andre_til_noen_skriver_i_det(fil: Path) -> None:
    assert les(skriv(fil, sparing_1=700)) == replace(Vilkaar(), sparing=700)
    assert les(skriv(fil, maal=9_000)) == replace(Vilkaar(), sparing=700, maal=9_000)
    # The number that the formula gave, typed, is a typed number: it no longer follows.
    assert les(skriv(fil, maal=8_400)).maal == 8_400


def test_en_annen_formel_i_et_avledet_felt_er_skrevet_av_brukeren(fil: Path, tmp_path: Path) -> None:
    assert les(skriv(fil, maal="=Sparing_1 * maaneder_i_aar")).maal is None  # as another program may write it
    bok = skriv(fil, maal="=sparing_1*10")
    with pytest.raises(UgyldigInndata, match=r"Forutsetninger!C10 \(Mål for et år\) har en formel uten lagret verdi"):
        les(bok)  # openpyxl stored no number with it


def test_et_avledet_felt_regnes_ut_av_et_regneark(fil: Path) -> None:
    def maal(celler: Celleverdier) -> object:
        sted = planlegg().steder["maal"]
        return celler[sted.ark, "C10"]

    til = replace(Vilkaar(), sparing=700.0)
    innskrevet = innskrivinger(planlegg(), planlegg(til))
    assert [adresse for _, adresse, _ in innskrevet] == ["C7"]
    assert maal(regn_ut_formualizer(fil, innskrevet, [("Forutsetninger", "C10")])) == 8_400
    skrevet = innskrivinger(planlegg(), planlegg(replace(til, maal=1.0)))
    assert [adresse for _, adresse, _ in skrevet] == ["C7", "C10"]


def revisjon(fil: Path, bok: Bok) -> list[str]:
    innhold = aapne(fil, PROEVE)
    formler = innhold.formler
    titler = arknavn(bok, innhold)
    funn = [*cellefunn(bok.ark, innhold, formler, titler), *verdifunn(bok, innhold, titler, set())]
    return [f"{f.slag} {f.sted}" for f in funn]


def test_et_innskrevet_tall_i_et_avledet_felt_er_ikke_tukling(fil: Path, tmp_path: Path) -> None:
    assert revisjon(fil, planlegg()) == []
    v = replace(Vilkaar(), maal=7_000.0)
    skrevet = tmp_path / "skrevet.xlsx"
    skrevet.write_bytes(bytes_av(planlegg(v), DATO))
    assert les(skrevet) == v
    assert revisjon(skrevet, planlegg(les(skrevet))) == []
    # A locked formula typed over is.
    assert "formel Forutsetninger!D15" in revisjon(skriv(fil, vare_kostnad=1.0), planlegg())


def test_hver_gal_celle_gir_en_melding_med_ark_celle_verdi_og_hva_som_ventes(fil: Path) -> None:
    skriv(fil, start=-1, rente="mye", maaneder=7.5, maal=None, kapitalisering="Hver uke")
    with pytest.raises(UgyldigInndata) as feil:
        les(fil)
    assert feil.value.feil == (
        "Forutsetninger!C6 (Beløp ved start) er -1, ventet et beløp i kroner fra 0 til 1 000 milliarder.",
        "Forutsetninger!C8 (Måneder med sparing) er 7,5, ventet et helt tall fra 0 til 48.",
        "Forutsetninger!C9 (Rente) er «mye», ventet en andel mellom 0 og 0,2.",
        "Forutsetninger!C10 (Mål for et år) er tom, ventet et beløp i kroner fra 0 til 1 000 milliarder.",
        "Forutsetninger!C11 (Renter) er «Hver uke», ventet «Hver måned» eller «Aldri».",
    )


def test_et_ord_leses_som_det_staar_i_listen(fil: Path) -> None:
    assert les(skriv(fil, kapitalisering="ALDRI")).kapitalisering == "Aldri"


def test_et_navn_som_er_borte_gir_en_melding(fil: Path) -> None:
    bok = load_workbook(fil)
    del bok.defined_names["rente"]
    bok.save(fil)
    with pytest.raises(UgyldigInndata, match="navnet rente mangler"):
        les(fil)


def test_kilden_leses_med_tallet(fil: Path) -> None:
    lest = les_inndata(aapne(skriv(fil, start_kilde="regnskapet"), PROEVE), proevebok.FELT, bok=planlegg())
    assert (lest["start"].kilde, lest["start"].celle) == ("regnskapet", "Forutsetninger!C6")
    assert lest["rente"].kilde == "antakelse: konstruert"
    assert not lest["maal"].skrevet


def test_uten_en_plan_er_et_avledet_felt_et_tall_som_andre(fil: Path) -> None:
    lest = les_inndata(aapne(fil, PROEVE), proevebok.FELT)
    assert (lest["maal"].verdi, lest["maal"].skrevet) == (6_000, True)
    assert avledede(planlegg(replace(Vilkaar(), maal=1.0))) == {}


@pytest.mark.parametrize(("navn", "verdi", "ok"), [("rente", 0.19, True), ("rente", 0.21, False), ("start", "x", False), ("maaneder", 1.5, False), ("vare_antall", None, False), ("kapitalisering", "aldri", True), ("kapitalisering", "Al*", False)])  # fmt: skip
def test_kontrollen_slaar_ut_paa_det_som_er_galt(fil: Path, navn: str, verdi: float | str, ok: bool) -> None:
    sted, kontroll = planlegg().steder[navn], planlegg().steder["kontroll"]
    adresse = sted.adresse.replace("$", "").split(":")[0]
    celler = [(a, c.adresse) for a, c in formelceller(planlegg())]
    funnet = regn_ut_formualizer(fil, [(sted.ark, adresse, verdi)], celler)
    assert funnet[kontroll.ark, "B2"] == ("OK" if ok else "FEIL")
