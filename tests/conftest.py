from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import Phase, settings

from tests import protokoll
from tests.regneark import LibreOffice, hvorfor_ikke_libreoffice
from velferdslab_model.effektbok.assembly import planlegg
from velferdslab_model.effektbok.tabs import TILVALG, tilleggsfaner
from velferdslab_model.effektbok.writing import arbeidsbok
from velferdslab_model.results import Resultat, beregn
from velferdslab_model.scenarios.loading import load_forutsetninger
from velferdslab_model.workbook.plan import Bok

# The same examples on every run, so that a failure can be repeated; no test depends on how fast the machine is.
settings.register_profile("velferdslab", derandomize=True, deadline=None, print_blob=True)
# For mutation testing, where the first failing example is enough.
settings.register_profile("mutasjon", parent=settings.get_profile("velferdslab"), phases=[Phase.generate])
settings.load_profile(os.environ.get("VELFERDSLAB_HYPOTHESIS", "velferdslab"))

DATO = date(2026, 11, 22)
#: Every tab that is added on request and planned from the result alone.
TILLEGG = tuple(tilleggsfaner({en.noekkel for en in TILVALG}))


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Note the outcome of every test for the validation dossier."""
    if report.when == "call" or report.outcome == "skipped":
        protokoll.UTFALL[report.nodeid] = report.outcome


def pytest_sessionfinish() -> None:
    """Write the record of the run where VELFERDSLAB_PROTOKOLL says."""
    if fil := os.environ.get("VELFERDSLAB_PROTOKOLL"):
        protokoll.skriv(Path(fil))


def hopp_over(grunn: str) -> NoReturn:
    """Skip with a reason, unless the run requires everything, as CI does."""
    if os.environ.get("VELFERDSLAB_KREV_ALT"):
        pytest.fail(grunn)
    pytest.skip(grunn)


@pytest.fixture(scope="session")
def standard() -> Resultat:
    return beregn(load_forutsetninger())


@pytest.fixture(scope="session")
def standardbok(standard: Resultat) -> Bok:
    return planlegg(standard, DATO)


@pytest.fixture(scope="session")
def standardfil(standard: Resultat, tmp_path_factory: pytest.TempPathFactory) -> Path:
    fil = tmp_path_factory.mktemp("bok") / "standard.xlsx"
    fil.write_bytes(arbeidsbok(standard, DATO))
    return fil


@pytest.fixture(scope="session")
def tilleggsbok(standard: Resultat) -> Bok:
    """The default workbook with every tab that can be asked for."""
    return planlegg(standard, DATO, TILLEGG)


@pytest.fixture(scope="session")
def tilleggsfil(standard: Resultat, tmp_path_factory: pytest.TempPathFactory) -> Path:
    fil = tmp_path_factory.mktemp("bok") / "tillegg.xlsx"
    fil.write_bytes(arbeidsbok(standard, DATO, TILLEGG))
    return fil


@pytest.fixture(scope="session")
def libreoffice() -> Iterator[LibreOffice]:
    """One running LibreOffice; a skip with a reason where it is missing, unless the run requires it."""
    if grunn := hvorfor_ikke_libreoffice():
        hopp_over(f"{grunn}; formualizer kontrollerer formlene i stedet")
    with LibreOffice() as lo:
        yield lo
