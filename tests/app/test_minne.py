"""The page's processes live on: what somebody has sent in must not live on in them."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.test_ett_sted import FILER

#: How the annotations of a function say that it is given a file, or what stood in one.
_AV_EN_FIL = {"bytes", "Path", "Innhold", "Raabok", "Raaark", "Registrering", "Registeranalyse"}


def _husker(uttrykk: ast.expr) -> bool:
    """Whether a decorator, or what a function is given to, remembers its answers."""
    return any(isinstance(del_, ast.Name) and del_.id in ("cache", "lru_cache") for del_ in ast.walk(uttrykk))


def _som_husker(kilde: str) -> Iterator[tuple[str, set[str]]]:
    """Every function of a module that remembers its answers, and the words of what it is given."""
    tre = list(ast.walk(ast.parse(kilde)))
    kalt = {
        arg.id
        for n in tre
        if isinstance(n, ast.Call) and _husker(n.func)
        for arg in n.args
        if isinstance(arg, ast.Name)
    }
    for f in tre:
        if isinstance(f, ast.FunctionDef) and (f.name in kalt or any(map(_husker, f.decorator_list))):
            gitt = [a.annotation for a in (*f.args.posonlyargs, *f.args.args, *f.args.kwonlyargs) if a.annotation]
            yield f.name, {del_.id for en in gitt for del_ in ast.walk(en) if isinstance(del_, ast.Name)}


def test_ingen_funksjon_husker_en_fil_eller_det_som_sto_i_den() -> None:
    husker = {(modul, navn): gitt for modul, kilde in FILER.items() for navn, gitt in _som_husker(kilde)}
    assert husker["workbook/cells.py", "_lest_adresse"] == {"str"}
    assert husker["workbook/counting.py", "_rad_og_kolonne"] == {"str"}
    assert {sted: gitt for sted, gitt in husker.items() if gitt & _AV_EN_FIL} == {}
