"""One file of every kind the program writes, for tests that run over all kinds: a new kind adds one line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.contract.vilkaar import KORT
from velferdslab_model.compare.report.writing import rapport
from velferdslab_model.compare.sammenligning import Sammenligning, sammenlign
from velferdslab_model.compare.writing import sammenligningsbok
from velferdslab_model.contract.analysis import analyser_kontrakt
from velferdslab_model.contract.writing import kontraktplan
from velferdslab_model.effektbok.writing import arbeidsbok
from velferdslab_model.katalog.soek import soek
from velferdslab_model.katalog.table import treffrader
from velferdslab_model.katalog.writing import katalogplan
from velferdslab_model.parameters.priskatalog import innebygd_katalog
from velferdslab_model.prisliste.writing import prisliste_xlsx
from velferdslab_model.results import beregn
from velferdslab_model.scenarios.loading import les_oppgitt, load_forutsetninger
from velferdslab_model.uncertainty.analyse import analyser
from velferdslab_model.uncertainty.writing import usikkerhetsbok
from velferdslab_model.workbook.kind import (
    EFFEKTKONTRAKT,
    EFFEKTMODELL,
    PRISKATALOG,
    PRISLISTE,
    SAMMENLIGNING,
    SAMMENLIGNINGSSIDE,
    USIKKERHET,
    Bokslag,
)
from velferdslab_model.workbook.plan import Bok
from velferdslab_model.workbook.stamp import stemple_side
from velferdslab_model.workbook.writing import bytes_av

_DATO = date(2026, 11, 22)
_TREKNINGER = 100


@cache
def _sammenligning() -> Sammenligning:
    with TemporaryDirectory() as mappe:
        filer = []
        for navn in ("Aas", "Bø"):
            filer.append(Path(mappe) / f"{navn}.toml")
            filer[-1].write_text(f'navn = "{navn}"\n', encoding="utf-8")
        return sammenlign(filer, trekninger=_TREKNINGER)


def _katalogplan() -> Bok:
    alle = innebygd_katalog()
    return katalogplan(treffrader(soek(alle), alle, 2025), "", 2025)


#: What makes one of each kind.
_LAG: dict[Bokslag, Callable[[], bytes]] = {
    EFFEKTMODELL: lambda: arbeidsbok(beregn(load_forutsetninger()), _DATO),
    PRISLISTE: lambda: prisliste_xlsx(les_oppgitt(None), "priser.xlsx", _DATO),
    USIKKERHET: lambda: usikkerhetsbok(analyser(load_forutsetninger(), _TREKNINGER, 1), _DATO),
    SAMMENLIGNING: lambda: sammenligningsbok(_sammenligning(), _DATO),
    PRISKATALOG: lambda: bytes_av(_katalogplan(), _DATO),
    EFFEKTKONTRAKT: lambda: bytes_av(kontraktplan(analyser_kontrakt(KORT)), _DATO),
    SAMMENLIGNINGSSIDE: lambda: stemple_side(rapport(_sammenligning()).encode()),
}
ALLE = tuple(_LAG)


@cache
def eksempel(slag: Bokslag) -> bytes:
    """An untouched file of a kind."""
    return _LAG[slag]()


def endelse(slag: Bokslag) -> str:
    """The ending of a file of this kind."""
    return ".xlsx" if eksempel(slag).startswith(b"PK") else ".html"
