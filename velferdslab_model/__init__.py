"""Effektmodell for velferdslab: what it costs and gives to invest in people.

The public names are loaded when first used, so that the command line starts without numpy and XlsxWriter:

    from velferdslab_model import load_forutsetninger, beregn, write_arbeidsbok

    resultat = beregn(load_forutsetninger("kommune.toml"))
    write_arbeidsbok(resultat, "effektmodell.xlsx")

What the commands do, Python does: prices (les_oppgitt, write_prisliste, load_med_priser), check (kontroller), compare
(sammenlign, write_sammenligning, write_rapport) and uncertainty (analyser, write_usikkerhet).
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from velferdslab_model.version import __version__

if TYPE_CHECKING:
    from velferdslab_model.check.kontroll import kontroller
    from velferdslab_model.check.kontrollsvar import Kontrollsvar
    from velferdslab_model.compare.report.writing import write_rapport
    from velferdslab_model.compare.sammenligning import Sammenligning, sammenlign
    from velferdslab_model.compare.writing import write_sammenligning
    from velferdslab_model.effektbok.writing import write_arbeidsbok
    from velferdslab_model.errors import VelferdslabError
    from velferdslab_model.parameters.typer import Forutsetninger
    from velferdslab_model.prisliste.writing import write_prisliste
    from velferdslab_model.results import Resultat, beregn
    from velferdslab_model.scenarios.loading import les_oppgitt, load_forutsetninger, load_med_priser
    from velferdslab_model.uncertainty.analyse import Usikkerhet, analyser
    from velferdslab_model.uncertainty.writing import write_usikkerhet

__all__ = [
    "Forutsetninger",
    "Kontrollsvar",
    "Resultat",
    "Sammenligning",
    "Usikkerhet",
    "VelferdslabError",
    "__version__",
    "analyser",
    "beregn",
    "kontroller",
    "les_oppgitt",
    "load_forutsetninger",
    "load_med_priser",
    "sammenlign",
    "write_arbeidsbok",
    "write_prisliste",
    "write_rapport",
    "write_sammenligning",
    "write_usikkerhet",
]

_HJEM = {
    "Forutsetninger": "parameters.typer",
    "Kontrollsvar": "check.kontrollsvar",
    "Resultat": "results",
    "Sammenligning": "compare.sammenligning",
    "Usikkerhet": "uncertainty.analyse",
    "VelferdslabError": "errors",
    "analyser": "uncertainty.analyse",
    "beregn": "results",
    "kontroller": "check.kontroll",
    "les_oppgitt": "scenarios.loading",
    "load_forutsetninger": "scenarios.loading",
    "load_med_priser": "scenarios.loading",
    "sammenlign": "compare.sammenligning",
    "write_arbeidsbok": "effektbok.writing",
    "write_prisliste": "prisliste.writing",
    "write_rapport": "compare.report.writing",
    "write_sammenligning": "compare.writing",
    "write_usikkerhet": "uncertainty.writing",
}


def __getattr__(navn: str) -> Any:
    if navn not in _HJEM:
        raise AttributeError(f"module {__name__!r} has no attribute {navn!r}")
    return getattr(import_module(f"{__name__}.{_HJEM[navn]}"), navn)
