"""One file of every kind the program writes, for the tests of what commands do with each: made by tests/boeker.py."""

from __future__ import annotations

from functools import cache

from tests.boeker import BOEKER, sammenligningen
from velferdslab_model.compare.report.writing import rapport
from velferdslab_model.workbook.kind import SAMMENLIGNINGSSIDE, SLAG, Bokslag
from velferdslab_model.workbook.stamp import stemple_side

ALLE = tuple(SLAG.values())


@cache
def eksempel(slag: Bokslag) -> bytes:
    """An untouched file of a kind."""
    if slag is SAMMENLIGNINGSSIDE:  # a page, and no book
        return stemple_side(rapport(sammenligningen()).encode())
    return BOEKER[slag.noekkel]()


def endelse(slag: Bokslag) -> str:
    """The ending of a file of this kind."""
    return ".html" if slag is SAMMENLIGNINGSSIDE else ".xlsx"
