"""Effektmodell for velferdslab: what it costs and gives to invest in people.

The public names are loaded when first used, so that the command line starts without numpy and XlsxWriter:

    from velferdslab_model import load_forutsetninger, beregn, write_arbeidsbok

    resultat = beregn(load_forutsetninger("kommune.toml"))
    write_arbeidsbok(resultat, "effektmodell.xlsx")

What the commands do, Python does: prices (les_oppgitt, write_prisliste, load_med_priser), check (kontroller), compare
(sammenlign, write_sammenligning, write_rapport), uncertainty (analyser, write_usikkerhet) and assess (les_registreringer,
plasser_svar, analyser_registreringer, write_registerrapport, write_registermal).
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from velferdslab_model.version import __version__

if TYPE_CHECKING:
    from velferdslab_model.assess.analysis import Registeranalyse, analyser_registreringer
    from velferdslab_model.assess.placement import Plasseringsregel, plasser_svar
    from velferdslab_model.assess.reading import les_registreringer
    from velferdslab_model.assess.report import write_registerrapport
    from velferdslab_model.assess.template import write_registermal
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
    "Plasseringsregel",
    "Registeranalyse",
    "Resultat",
    "Sammenligning",
    "Usikkerhet",
    "VelferdslabError",
    "__version__",
    "analyser",
    "analyser_registreringer",
    "beregn",
    "kontroller",
    "les_oppgitt",
    "les_registreringer",
    "load_forutsetninger",
    "load_med_priser",
    "plasser_svar",
    "sammenlign",
    "write_arbeidsbok",
    "write_prisliste",
    "write_rapport",
    "write_registermal",
    "write_registerrapport",
    "write_sammenligning",
    "write_usikkerhet",
]

_HJEM = {
    "Forutsetninger": "parameters.typer",
    "Kontrollsvar": "check.kontrollsvar",
    "Plasseringsregel": "assess.placement",
    "Registeranalyse": "assess.analysis",
    "Resultat": "results",
    "Sammenligning": "compare.sammenligning",
    "Usikkerhet": "uncertainty.analyse",
    "VelferdslabError": "errors",
    "analyser": "uncertainty.analyse",
    "analyser_registreringer": "assess.analysis",
    "beregn": "results",
    "kontroller": "check.kontroll",
    "les_oppgitt": "scenarios.loading",
    "les_registreringer": "assess.reading",
    "load_forutsetninger": "scenarios.loading",
    "load_med_priser": "scenarios.loading",
    "plasser_svar": "assess.placement",
    "sammenlign": "compare.sammenligning",
    "write_arbeidsbok": "effektbok.writing",
    "write_prisliste": "prisliste.writing",
    "write_rapport": "compare.report.writing",
    "write_registermal": "assess.template",
    "write_registerrapport": "assess.report",
    "write_sammenligning": "compare.writing",
    "write_usikkerhet": "uncertainty.writing",
}


def __getattr__(navn: str) -> Any:
    if navn not in _HJEM:
        raise AttributeError(f"module {__name__!r} has no attribute {navn!r}")
    return getattr(import_module(f"{__name__}.{_HJEM[navn]}"), navn)
