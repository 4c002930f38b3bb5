"""Effektmodell for velferdslab: what it costs and gives to invest in people.

The public names are loaded when first used, so that the command line starts without numpy and XlsxWriter:

    from velferdslab_model import load_forutsetninger, beregn, write_arbeidsbok

    resultat = beregn(load_forutsetninger("kommune.toml"))
    write_arbeidsbok(resultat, "effektmodell.xlsx")
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from velferdslab_model.version import __version__

if TYPE_CHECKING:
    from velferdslab_model.effektbok.writing import write_arbeidsbok
    from velferdslab_model.errors import VelferdslabError
    from velferdslab_model.parameters.typer import Forutsetninger
    from velferdslab_model.results import Resultat, beregn
    from velferdslab_model.scenarios.loading import load_forutsetninger, load_med_priser

__all__ = [
    "Forutsetninger",
    "Resultat",
    "VelferdslabError",
    "__version__",
    "beregn",
    "load_forutsetninger",
    "load_med_priser",
    "write_arbeidsbok",
]

_HJEM = {
    "Forutsetninger": "parameters.typer",
    "Resultat": "results",
    "VelferdslabError": "errors",
    "beregn": "results",
    "load_forutsetninger": "scenarios.loading",
    "load_med_priser": "scenarios.loading",
    "write_arbeidsbok": "effektbok.writing",
}


def __getattr__(navn: str) -> Any:
    if navn not in _HJEM:
        raise AttributeError(f"module {__name__!r} has no attribute {navn!r}")
    return getattr(import_module(f"{__name__}.{_HJEM[navn]}"), navn)
