"""Every kind of workbook the program writes, small and constructed, for the tests that hold for all of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

from tests.conftest import DATO, TILLEGG
from tests.scenarier import KONSTRUERTE
from velferdslab_model.compare.sammenligning import sammenlign
from velferdslab_model.compare.writing import sammenligningsbok
from velferdslab_model.effektbok.writing import arbeidsbok
from velferdslab_model.parameters.loading import fra_toml
from velferdslab_model.prisliste.writing import prisliste_xlsx
from velferdslab_model.results import beregn
from velferdslab_model.scenarios.loading import les_oppgitt
from velferdslab_model.uncertainty.analyse import Usikkerhet, analyser
from velferdslab_model.uncertainty.tabs import faner
from velferdslab_model.uncertainty.writing import usikkerhetsbok

ROT = Path(__file__).parents[1]


@cache
def _analyse() -> Usikkerhet:
    return analyser(fra_toml(KONSTRUERTE["utvidet"], "utvidet", "Konstruert kommune"), 200, 1)


def _effektbok() -> bytes:
    return arbeidsbok(_analyse().resultat, DATO, [*TILLEGG, *faner(_analyse())])


def _standardbok() -> bytes:
    return arbeidsbok(beregn(fra_toml({}, "standard", "Asker 2019")), DATO)


def _prisliste() -> bytes:
    return prisliste_xlsx(les_oppgitt(None), "priser.xlsx", DATO)


def _sammenligning() -> bytes:
    return sammenligningsbok(sammenlign([ROT / "templates" / "kommuner"], trekninger=500), DATO)


#: Kind -> what writes one. A new kind inherits the proof by one line.
BOEKER: dict[str, Callable[[], bytes]] = {
    "effektmodell": _standardbok,
    "effektmodell med alle faner": _effektbok,
    "prisliste": _prisliste,
    "usikkerhet": lambda: usikkerhetsbok(_analyse(), DATO),
    "sammenligning": _sammenligning,
}
