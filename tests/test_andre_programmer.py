"""Files that real programs have opened and saved again: every command gives the same numbers, and `check` accuses nobody."""

from __future__ import annotations

import shutil
import subprocess
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests import protokoll
from tests.conftest import DATO, hopp_over
from tests.kommandoer_som_leser import FIL, KOMMANDOER, svaret
from tests.regneark import LibreOffice, hvorfor_ikke_gnumeric
from tests.scenarier import KONSTRUERTE
from velferdslab_model.check.kontroll import kontroller
from velferdslab_model.contract.loading import les_kontrakt
from velferdslab_model.contract.writing import write_kontrakt
from velferdslab_model.effektbok.writing import arbeidsbok
from velferdslab_model.parameters.loading import fra_toml
from velferdslab_model.prisliste.writing import prisliste_xlsx
from velferdslab_model.results import beregn
from velferdslab_model.scenarios.loading import les_oppgitt
from velferdslab_model.workbook.causes import UTEN_BESKYTTELSE, UTEN_LAGREDE_TALL
from velferdslab_model.workbook.opening import UTEN_EGENSKAPER

if TYPE_CHECKING:
    Lagrer = Callable[[Path, Path, LibreOffice], None]

ROT = Path(__file__).parents[1]


def _node(pakke: str, skript: str) -> Lagrer:
    def lagre(fra: Path, til: Path, _: LibreOffice) -> None:
        subprocess.run(["node", str(ROT / "tests" / "npm" / skript), str(fra), str(til)], check=True, timeout=300)

    def eller_hopp(fra: Path, til: Path, lo: LibreOffice) -> None:
        if shutil.which("node") is None or not (ROT / "node_modules" / pakke).is_dir():
            hopp_over(f"npm-pakken {pakke} er ikke installert")
        lagre(fra, til, lo)

    return eller_hopp


def _openpyxl(fra: Path, til: Path, _: LibreOffice) -> None:
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        load_workbook(fra).save(til)


def _gnumeric(fra: Path, til: Path, _: LibreOffice) -> None:
    if grunn := hvorfor_ikke_gnumeric():
        hopp_over(grunn)
    subprocess.run(["ssconvert", str(fra), str(til)], check=True, capture_output=True, timeout=300)


def _libreoffice(gjennom: str) -> Lagrer:
    def lagre(fra: Path, til: Path, lo: LibreOffice) -> None:
        if gjennom == ".xlsx":
            lo.lagre(fra, til)
            return
        mellom = til.with_suffix(gjennom)
        lo.lagre(fra, mellom)
        lo.lagre(mellom, til)

    return lagre


#: Program -> how it saves a file, and what `check` must say of what it left out.
PROGRAMMER: Mapping[str, tuple[Lagrer, frozenset[str]]] = {
    "LibreOffice .xlsx": (_libreoffice(".xlsx"), frozenset()),
    "LibreOffice .xls og tilbake": (_libreoffice(".xls"), frozenset()),
    "LibreOffice .ods og tilbake": (_libreoffice(".ods"), frozenset()),
    "Gnumeric": (_gnumeric, frozenset()),
    "openpyxl": (_openpyxl, frozenset({UTEN_LAGREDE_TALL})),
    "exceljs": (_node("exceljs", "exceljs.js"), frozenset({UTEN_EGENSKAPER})),
    "SheetJS": (_node("xlsx", "sheetjs.js"), frozenset({UTEN_BESKYTTELSE})),
}
_AARSAKER = frozenset({UTEN_LAGREDE_TALL, UTEN_EGENSKAPER, UTEN_BESKYTTELSE})


@pytest.fixture(scope="module")
def originaler(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    mappe = tmp_path_factory.mktemp("originaler")
    filer = {slag: mappe / slag / FIL for slag in KOMMANDOER}
    for fil in filer.values():
        fil.parent.mkdir()
    f = fra_toml({"navn": "Konstruert", "prisaar": 2021, **KONSTRUERTE["eget_tiltak"]}, "t", "t")
    filer["effektmodell"].write_bytes(arbeidsbok(beregn(f), DATO))
    filer["prisliste"].write_bytes(prisliste_xlsx(les_oppgitt(None), FIL, DATO))
    write_kontrakt(les_kontrakt(), filer["effektkontrakt"])
    return filer


@pytest.fixture(scope="module")
def ventet(originaler: dict[str, Path]) -> dict[tuple[str, str], Any]:
    return {
        (slag, kommando): svaret(slag, kommando, fil)
        for slag, fil in originaler.items()
        for kommando in KOMMANDOER[slag]
    }


@pytest.mark.treg
@pytest.mark.libreoffice
@pytest.mark.parametrize("program", PROGRAMMER)
def test_lagret_av_et_annet_program_gir_hver_kommando_det_samme(
    program: str,
    originaler: dict[str, Path],
    ventet: dict[tuple[str, str], Any],
    libreoffice: LibreOffice,
    tmp_path: Path,
) -> None:
    lagre, aarsaker = PROGRAMMER[program]
    for slag, fra in originaler.items():
        til = tmp_path / slag / FIL
        til.parent.mkdir()
        lagre(fra, til, libreoffice)
        kontroll = kontroller(til, fra if slag == "effektmodell" else None)
        assert list(kontroll.funn) == [], kontroll.funn[:5]
        assert [e for _, e in kontroll.endringer] == []
        # A price list has no formulas, and so no numbers that a program could leave out.
        utelatt = aarsaker - ({UTEN_LAGREDE_TALL} if slag == "prisliste" else set())
        assert _AARSAKER & set(kontroll.merknader) == utelatt
        protokoll.tell(f"{program}: check ({slag})")
        for kommando in KOMMANDOER[slag]:
            assert svaret(slag, kommando, til) == ventet[slag, kommando], kommando
            protokoll.tell(f"{program}: {kommando}")
