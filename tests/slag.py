"""One file of every kind the program writes, for the tests of what commands do with each: made by tests/boeker.py."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from tests.boeker import BOEKER, sammenligningen
from tests.personas.konstruert import LITE_SETT
from velferdslab_model.compare.report.writing import rapport
from velferdslab_model.personas.analysis import analyser_personas
from velferdslab_model.personas.report.page import personaside
from velferdslab_model.results import beregn
from velferdslab_model.saksframlegg.content import sett_sammen
from velferdslab_model.saksframlegg.page import saksframleggsside
from velferdslab_model.scenarios.loading import load_forutsetninger
from velferdslab_model.uncertainty.analyse import analyser
from velferdslab_model.utenfor.reading import les_utenforfil
from velferdslab_model.utenfor.sammen import sammenstill
from velferdslab_model.utenfor.sammen_page import sammenstillingsside
from velferdslab_model.veiledning.page import veiledningsside
from velferdslab_model.workbook.kind import (
    PERSONASIDE,
    SAKSFRAMLEGGSSIDE,
    SAMMENLIGNINGSSIDE,
    SLAG,
    UTENFORSIDE,
    VEILEDNINGSSIDE,
    Bokslag,
)
from velferdslab_model.workbook.stamp import stemple_side

ALLE = tuple(SLAG.values())


def _begge_modeller() -> str:
    return sammenstillingsside(sammenstill(les_utenforfil(None), beregn(load_forutsetninger(None))))


#: The kinds that are a page and no book, and how each is made.
SIDER: dict[Bokslag, Callable[[], str]] = {
    SAMMENLIGNINGSSIDE: lambda: rapport(sammenligningen()),
    UTENFORSIDE: _begge_modeller,
    SAKSFRAMLEGGSSIDE: lambda: saksframleggsside(sett_sammen(analyser(load_forutsetninger(None), 100, 1))),
    PERSONASIDE: lambda: personaside(analyser_personas(LITE_SETT)),
    VEILEDNINGSSIDE: veiledningsside,
}


@cache
def eksempel(slag: Bokslag) -> bytes:
    """An untouched file of a kind."""
    if slag in SIDER:
        return stemple_side(SIDER[slag]().encode())
    return BOEKER[slag.noekkel]()


def endelse(slag: Bokslag) -> str:
    """The ending of a file of this kind."""
    return ".html" if slag in SIDER else ".xlsx"
