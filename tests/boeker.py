"""Every kind of workbook the program writes, small and constructed, for the tests that hold for all of them."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from tests.assess.konstruert import REGISTRERT, REGISTRERT_SAA, tilfeldige
from tests.conftest import DATO, TILLEGG
from tests.contract.vilkaar import ETTER, FOER
from tests.personas.konstruert import ANNET_SETT, LITE_SETT
from tests.scenarier import KONSTRUERTE
from tests.utenfor.konstruert import ENDRET, LITE
from tests.workbook import proevebok
from velferdslab_model.assess.analysis import analyser_registreringer
from velferdslab_model.assess.published import publiser
from velferdslab_model.assess.report import rapportplan
from velferdslab_model.assess.template import registerplan
from velferdslab_model.compare.sammenligning import Sammenligning, sammenlign
from velferdslab_model.compare.tabs.valg import Fossvalg, Parvalg, Valg
from velferdslab_model.compare.writing import sammenligningsplan
from velferdslab_model.contract.analysis import Kontraktsanalyse, analyser_kontrakt
from velferdslab_model.contract.writing import kontraktplan
from velferdslab_model.effektbok.assembly import planlegg
from velferdslab_model.effektbok.bevegelse_tab import BEVEGELSESFANE
from velferdslab_model.katalog.soek import soek
from velferdslab_model.katalog.table import treffrader
from velferdslab_model.katalog.writing import katalogplan
from velferdslab_model.parameters.loading import fra_toml
from velferdslab_model.parameters.priskatalog import innebygd_katalog
from velferdslab_model.parameters.typer import LIVSSITUASJONER
from velferdslab_model.personas.writing import personasplan
from velferdslab_model.prisliste.writing import prislisteplan
from velferdslab_model.results import Resultat, beregn
from velferdslab_model.scenarios.loading import les_oppgitt, load_forutsetninger
from velferdslab_model.uncertainty.analyse import Usikkerhet, analyser
from velferdslab_model.uncertainty.tabs import faner
from velferdslab_model.uncertainty.writing import usikkerhetsplan
from velferdslab_model.utenfor.writing import utenforplan
from velferdslab_model.workbook.plan import Bok
from velferdslab_model.workbook.writing import bytes_av

ROT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Proeve:
    """One workbook of a kind. plan: its cells. endret: the same with other numbers in the cells a user may set."""

    plan: Callable[[], Bok]
    endret: Callable[[], Bok] | None = None

    def __call__(self) -> bytes:
        """The file."""
        return bytes_av(self.plan(), DATO)


@cache
def _standard() -> Resultat:
    return beregn(load_forutsetninger())


@cache
def _annet() -> Resultat:
    return beregn(fra_toml(KONSTRUERTE["ulike_grupper"], "ulike grupper", "Konstruert kommune"))


@cache
def _i_bevegelse(froe: int) -> Resultat:
    """Both groups with a null alternative that moves, and the extended assumptions that enter it away from neutral."""
    rng = random.Random(froe)
    grupper = {
        g: {
            "bevegelse": {
                "overganger": {
                    s: [float(rng.randint(0, 9)) for _ in range(4)] for s in LIVSSITUASJONER[: 3 + froe % 2]
                },
                "kostnad": {s: float(rng.randint(0, 400_000)) for s in LIVSSITUASJONER[froe % 3 :]},
                "kilde": "konstruert",
            },
            "utvidet": {
                "aarlig_tilbakefall": 0.05 * froe,
                "beholder_steget": 0.7,
                "erstatningsgrad": 0.6,
                "reell_vekst": 0.01,
            },
            "analyseperiode": 9 + froe,
            "neddiskontering": 0.04,
        }
        for g in ("unge_voksne", "familier")
    }
    return beregn(fra_toml(grupper, "bevegelse", "Konstruert kommune"))


@cache
def _analyse() -> Usikkerhet:
    return analyser(fra_toml(KONSTRUERTE["utvidet"], "utvidet", "Konstruert kommune"), 200, 1)


@cache
def sammenligningen() -> Sammenligning:
    return sammenlign([ROT / "templates" / "kommuner"], trekninger=500, dato=DATO)


def _priskatalog() -> Bok:
    alle = innebygd_katalog()
    return katalogplan(treffrader(soek(alle), alle, 2025), "", 2025)


@cache
def _kontrakt() -> Kontraktsanalyse:
    return analyser_kontrakt(FOER)


def _registersvar() -> Bok:
    a = analyser_registreringer(
        tilfeldige(60, 1), "konstruert.csv", fra_toml({}, "standard", "Konstruert"), date(2026, 11, 22), kontrakt=FOER
    )
    return rapportplan(a, publiser(a, internt=False))


_VILKAAR = proevebok.Vilkaar(
    "Konstruert to", 250_000.0, 1_234.5, 17, 0.075, 20_000.0, "Aldri", (("Hjelm", 75.25, 3), ("Bil", 200_000.0, 1))
)
_VALG = Valg(
    Fossvalg("Konstruert C-kommune", "familier", "netto_budsjett", "per_deltaker"),
    Parvalg("Konstruert E-kommune", "Konstruert B-kommune", "familier", "netto_budsjett"),
)

#: Every kind, under its own name, and variants. A new one inherits the proof by one line, and every command is tried on it.
BOEKER = {
    "effektmodell": Proeve(lambda: planlegg(_standard(), DATO), lambda: planlegg(_annet(), DATO)),
    "effektmodell med alle faner": Proeve(
        lambda: planlegg(_analyse().resultat, DATO, [*TILLEGG, *faner(_analyse())]),
    ),
    "effektmodell i bevegelse": Proeve(
        lambda: planlegg(_i_bevegelse(1), DATO, [BEVEGELSESFANE]),
        lambda: planlegg(_i_bevegelse(2), DATO, [BEVEGELSESFANE]),
    ),
    "prisliste": Proeve(lambda: prislisteplan(les_oppgitt(None), "priser.xlsx")),
    "usikkerhet": Proeve(lambda: usikkerhetsplan(_analyse())),
    "sammenligning": Proeve(
        lambda: sammenligningsplan(sammenligningen()), lambda: sammenligningsplan(sammenligningen(), _VALG)
    ),
    "priskatalog": Proeve(_priskatalog),
    "effektkontrakt": Proeve(lambda: kontraktplan(_kontrakt()), lambda: kontraktplan(_kontrakt(), ETTER)),
    "registreringer": Proeve(lambda: registerplan(REGISTRERT, 12), lambda: registerplan(REGISTRERT_SAA, 12)),
    "registersvar": Proeve(_registersvar),
    "utenfor": Proeve(lambda: utenforplan(LITE), lambda: utenforplan(LITE, ENDRET)),
    "personas": Proeve(lambda: personasplan(LITE_SETT), lambda: personasplan(LITE_SETT, ANNET_SETT)),
    "prøvebok": Proeve(proevebok.planlegg, lambda: proevebok.planlegg(_VILKAAR)),
}
