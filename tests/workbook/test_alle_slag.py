"""What every kind of workbook must hold: the proof that a new kind inherits by its line in tests/boeker.py."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.cell_range import MultiCellRange

from tests import protokoll
from tests.boeker import BOEKER
from tests.conftest import hopp_over
from tests.regler import formelfeil, lengdefeil
from tests.regneark import (
    Celleverdier,
    Innskriving,
    LibreOffice,
    avvik,
    hvorfor_ikke_gnumeric,
    innskrivinger,
    lagrede_verdier,
    regn_ut_formualizer,
    regn_ut_gnumeric,
)
from tests.slag import SIDER
from tests.workbook.test_omregning import plant_feil_verdier
from tests.workbook.test_ooxml import feil, validator
from velferdslab_model.errors import KanIkkeLese
from velferdslab_model.workbook.comparing import er_lik, formelceller
from velferdslab_model.workbook.guard import hva_er_galt
from velferdslab_model.workbook.kind import SLAG, slag_av
from velferdslab_model.workbook.opening import aapne
from velferdslab_model.workbook.plan import Bok
from velferdslab_model.workbook.stamp import er_uroert
from velferdslab_model.workbook.style import stiler

__all__ = ["validator"]  # the fixture
#: Kinds that hold values only, so that there is nothing to recalculate.
UTEN_FORMLER = {"prisliste", "priskatalog", "usikkerhet", "registersvar"}
#: Kinds that are no workbooks.
UTEN_BOK = {slag.noekkel for slag in SIDER}
_GUL = "FFFFF8D6"
Regnemaskin = Callable[[Bok, Path, Innskriving], Celleverdier]


def lest(fil: Path) -> Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of the bars in cells, which it passes over
        return load_workbook(fil)


@cache
def plan(slag: str) -> Bok:
    return BOEKER[slag].plan()


@pytest.fixture(scope="module")
def filer(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    mappe = tmp_path_factory.mktemp("slag")
    filer = {slag: mappe / f"{slag}.xlsx" for slag in BOEKER}
    for slag, fil in filer.items():
        fil.write_bytes(BOEKER[slag]())
    return filer


@pytest.fixture(params=["formualizer", "Gnumeric", pytest.param("LibreOffice", marks=pytest.mark.libreoffice)])
def program(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def regn_ut(program: str, request: pytest.FixtureRequest) -> Regnemaskin:
    if program == "LibreOffice":
        lo: LibreOffice = request.getfixturevalue("libreoffice")
        return lambda _, fil, skriv: lo.regn_ut(fil, skriv)
    if program == "Gnumeric":
        if grunn := hvorfor_ikke_gnumeric():
            hopp_over(grunn)
        return lambda _, fil, skriv: regn_ut_gnumeric(fil, skriv)
    return lambda bok, fil, skriv: regn_ut_formualizer(fil, skriv, [(a, c.adresse) for a, c in formelceller(bok)])


@pytest.mark.treg(unntatt=10)
@pytest.mark.parametrize("slag", BOEKER)
def test_hver_formelcelle_er_lik_motorens_verdi(
    slag: str, program: str, regn_ut: Regnemaskin, filer: dict[str, Path]
) -> None:
    antall = len(list(formelceller(plan(slag))))
    assert (antall == 0) == (slag in UTEN_FORMLER)
    if antall:
        assert avvik(program, plan(slag), regn_ut(plan(slag), filer[slag], [])) == []


@pytest.mark.treg(unntatt=6)
@pytest.mark.parametrize("slag", [slag for slag, proeve in BOEKER.items() if proeve.endret])
def test_innskrevne_inndata_gir_motorens_tall(
    slag: str, program: str, regn_ut: Regnemaskin, filer: dict[str, Path]
) -> None:
    til = BOEKER[slag].endret
    assert til is not None
    ny = til()
    skriv = innskrivinger(plan(slag), ny)
    assert len(skriv) > 5
    assert avvik(program, ny, regn_ut(ny, filer[slag], skriv)) == []


def test_plantede_feil_i_lagrede_verdier_blir_oppdaget(
    program: str, regn_ut: Regnemaskin, filer: dict[str, Path], tmp_path: Path
) -> None:
    """A program that trusted stored values would compare the engine with itself."""
    plantet, bok = tmp_path / "plantet.xlsx", plan("prøvebok")
    plant_feil_verdier(filer["prøvebok"], plantet)
    lagret = lagrede_verdier(plantet)
    assert sum(lagret.get((ark, c.adresse)) == -999 for ark, c in formelceller(bok)) > 300
    assert avvik(program, bok, regn_ut(bok, plantet, [])) == []


@pytest.mark.treg(unntatt=3)
@pytest.mark.parametrize("slag", BOEKER)
def test_filen_er_gyldig_ooxml(slag: str, validator: str, filer: dict[str, Path]) -> None:  # the fixture
    assert feil(validator, filer[slag]) == []


@pytest.mark.parametrize("slag", BOEKER)
def test_bare_inndata_er_aapne_og_alle_andre_formler_laast(slag: str, filer: dict[str, Path]) -> None:
    """And, on a sheet that may be sorted, the values of the list, where nothing that is typed is accepted."""
    bok, aapnet = plan(slag), lest(filer[slag])
    inndata = {(ark.navn, c.adresse) for ark in bok.ark for c in ark.celler() if c.er_inndata}
    ordnes = {
        ark.navn: {c.adresse for c in ark.faste if not c.er_inndata and not stiler()[c.stil].get("locked", True)}
        for ark in bok.ark
        if ark.kan_ordnes
    }
    egne = {(ark.navn, c.adresse) for ark in bok.ark for c in ark.celler() if c.er_inndata and c.formel is not None}
    for ark in aapnet:
        assert ark.protection.sheet
        assert not ark.protection.password
        regler = (r for r in ark.data_validations.dataValidation if (r.type, r.formula1) == ("custom", "FALSE"))
        avvist = MultiCellRange([omraade for r in regler for omraade in r.sqref.ranges])
        assert all(adresse in avvist for adresse in ordnes.get(ark.title, ()))
        for celle in (c for rad in ark.iter_rows() for c in rad if not isinstance(c, MergedCell) and c.has_style):
            sted = (ark.title, celle.coordinate)
            aapen = sted in inndata or celle.coordinate in ordnes.get(ark.title, ())
            assert celle.protection.locked != aapen, sted
            assert sted not in inndata or celle.fill.fgColor.rgb == _GUL, sted
            assert celle.data_type != "f" or celle.protection.locked or sted in egne, sted
    assert bool(aapnet.security and aapnet.security.lockStructure) == bok.slag.laast


@pytest.mark.parametrize("slag", BOEKER)
def test_formler_og_lengder_holder_reglene(slag: str) -> None:
    assert formelfeil(plan(slag)) == []
    assert lengdefeil(plan(slag)) == []


@pytest.mark.parametrize("slag", BOEKER)
def test_lagrede_verdier_er_motorens(slag: str, filer: dict[str, Path]) -> None:
    lagret = lagrede_verdier(filer[slag])
    for ark, celle in formelceller(plan(slag)):
        assert er_lik(celle.verdi, lagret.get((ark, celle.adresse))), (ark, celle.adresse)


@pytest.mark.parametrize("slag", BOEKER)
def test_samme_inndata_gir_samme_bytes(slag: str, filer: dict[str, Path]) -> None:
    assert BOEKER[slag]() == filer[slag].read_bytes()


@pytest.mark.parametrize("slag", BOEKER)
def test_vakten_slipper_filen_inn_og_stempelet_holder(slag: str, filer: dict[str, Path]) -> None:
    innhold = filer[slag].read_bytes()
    assert hva_er_galt(innhold) is None
    assert er_uroert(innhold)
    assert not er_uroert(innhold[:-1] + b"x")


@pytest.mark.treg(unntatt=4)
@pytest.mark.parametrize("slag", BOEKER)
def test_filen_aapnes_som_sitt_slag_og_ikke_som_et_annet(slag: str, filer: dict[str, Path]) -> None:
    eget = plan(slag).slag
    assert aapne(filer[slag], eget).format == eget.format
    assert eget.hindring(filer[slag].read_bytes()) is None
    assert slag_av(filer[slag].read_bytes()) is (eget if eget in SLAG.values() else None)
    for annet in SLAG.values():
        if annet is not eget:
            assert annet.hindring(filer[slag].read_bytes())
            with pytest.raises(KanIkkeLese):
                aapne(filer[slag], annet)


def test_alle_slag_er_med() -> None:
    """A kind that nobody listed here would have no proof."""
    skrevet = {slag_av(skriv()) for skriv in BOEKER.values()}
    assert {slag.noekkel for slag in SLAG.values() if slag not in skrevet} <= UTEN_BOK
    protokoll.tell("slag av arbeidsbøker", len(BOEKER))
