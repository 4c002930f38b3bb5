"""Odd values typed into every input cell of the price list in LibreOffice: reading, commands and `check` say the same of each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests import protokoll
from tests.conftest import DATO, hopp_over, i_rask
from tests.effektbok.test_rare_verdier import ENDRET, RARE
from tests.regneark import LibreOffice, hvorfor_ikke_libreoffice
from velferdslab_model.check.kontroll import kontroller
from velferdslab_model.cli import cli
from velferdslab_model.errors import UgyldigInndata
from velferdslab_model.prisliste.applying import legg_over
from velferdslab_model.prisliste.priser import Listepris, listepriser
from velferdslab_model.prisliste.table import KATALOGKOLONNE, PRISKOLONNER
from velferdslab_model.prisliste.writing import ARK, FOERSTE_RAD, prisliste_xlsx, prislisteplan, rekkefoelge_i
from velferdslab_model.scenarios.loading import les_oppgitt
from velferdslab_model.workbook.adresse import kolonnenavn

_TOMME = ("tom", "hardt mellomrom", "mellomrom", "tom tekst av en formel")
#: Column -> the odd values that are legal there, and what they are read as; every other one is refused.
GODTATT: dict[str, dict[str, float | str | None]] = {
    "enhetskostnad": {
        "tall med komma som tekst": 0.65,
        "tall med punktum som tekst": 0.65,
        "heltall som tekst": 2019.0,
        "heltall": 3.0,
        "desimaltall": 0.65,
        # LibreOffice keeps the cell's own number format, and shows 46 143,00 and 0,65.
        "dato": 46143.0,
        "tastet med komma": 0.65,
        "tastet med punktum": 0.65,
        "tastet prosent": 0.65,
        "minus null": 0.0,
    },
    "prisår": {**dict.fromkeys(_TOMME), "heltall som tekst": 2019.0},
    "kilde": {
        **dict.fromkeys(_TOMME),
        "tall med komma som tekst": "0,65",
        "tall med punktum som tekst": "0.65",
        "heltall som tekst": "2019",
        "heltall": "3",
        "desimaltall": "0,65",
        "sann": "SANN",
        "tastet sann": "SANN",
        "dato": "01.05.2026",
        "tastet med komma": "0,65",
        "tastet med punktum": "0.65",
        "tastet prosent": "65 %",
        "svært stort": "1e+308",
        "nesten null": "1e-12",
        "minus null": "0",
        "under null": "-1",
        "ordet fra listen": "Drift",
        "linjeskift": "en to",
    },
    "sist endret": {**dict.fromkeys(_TOMME), "dato": "01.05.2026"},
    "fra katalogen": dict.fromkeys(_TOMME),
}
#: How a scenario file writes what a cell has otherwise.
_TOML = re.compile(r"anførselstegn|\btrue\b|\bfalse\b|\bTrue\b|\bNone\b|(?<![\d.])\d+\.\d+(?![\d.])|\[\[|TOML")


@pytest.fixture(scope="module")
def norsk() -> Iterator[LibreOffice]:
    if grunn := hvorfor_ikke_libreoffice():
        hopp_over(grunn)
    with LibreOffice("nb-NO") as lo:
        yield lo


def _rader() -> dict[int, Listepris]:
    """Every row of the list with a price on it, as Excel numbers them."""
    priser = {pris.sted: pris for pris in listepriser(les_oppgitt())}
    linjer = enumerate(rekkefoelge_i(les_oppgitt()), start=FOERSTE_RAD)
    return {rad: priser[linje] for rad, linje in linjer if isinstance(linje, tuple)}


def _kolonner(pris: Listepris) -> list[str]:
    return [kolonne for kolonne in GODTATT if pris.tiltak or kolonne != KATALOGKOLONNE]


def _maal(nummer: int) -> dict[str, tuple[int, str]]:
    """One cell in each row of the list, another column in the next: address -> row and column."""
    ut = {}
    for rad, pris in _rader().items():
        kolonner = _kolonner(pris)
        kolonne = kolonner[(rad + nummer) % len(kolonner)]
        ut[f"{kolonnenavn(PRISKOLONNER.index(kolonne))}{rad}"] = (rad, kolonne)
    return ut


def _feil(fil: Path) -> list[str]:
    try:
        legg_over(les_oppgitt(), fil)
    except UgyldigInndata as feil:
        return list(feil.feil)
    return []


@pytest.mark.libreoffice
@pytest.mark.parametrize("navn", i_rask(RARE, "tastet prosent"))
def test_hver_kommando_sier_det_samme_om_hver_celle(navn: str, norsk: LibreOffice, tmp_path: Path) -> None:
    fra, til = tmp_path / "fra.xlsx", tmp_path / "priser.xlsx"
    fra.write_bytes(prisliste_xlsx(les_oppgitt(), "priser.xlsx", DATO))
    maal = _maal([*RARE].index(navn))
    norsk.lagre(fra, til, [(ARK, celle, RARE[navn]) for celle in maal])
    avvist = {celle for celle, (_, kolonne) in maal.items() if navn not in GODTATT[kolonne]}
    feil = _feil(til)
    # Each fault names its row and its column, and nobody is told of a scenario file's terms.
    for tekst in feil:
        rad, kolonne = re.match(r"rad (\d+)(?: \(«.*?»\))?: ([a-zå ]+?) (?:er|har) ", tekst).groups()  # type: ignore[union-attr]  # all are so
        assert maal[f"{kolonnenavn(PRISKOLONNER.index(kolonne))}{rad}"] == (int(rad), kolonne)
    assert [t for t in feil if _TOML.search(re.sub("«[^»]*»", "", t))] == []
    svar = kontroller(til)
    assert svar.leselig == (not avvist)
    assert {f.slag for f in svar.funn} <= {"inndata"}
    assert {f.sted for f in svar.funn} == {f"{ARK}!{celle}" for celle in avvist}
    assert [f.funnet for f in svar.funn] == feil
    kjoert = CliRunner().invoke(cli, ["run", "--prices", str(til), "--format", "json"])
    assert list(getattr(kjoert.exception, "feil", [])) == feil, kjoert.output
    protokoll.tell("rare verdier skrevet i prislisten", len(maal))
    godtatt = {celle: sted for celle, sted in maal.items() if celle not in avvist}
    if not godtatt:
        return
    norsk.lagre(fra, til, [(ARK, celle, RARE[navn]) for celle in godtatt])
    _er_lest_som_vist(til, navn, godtatt)


def _er_lest_som_vist(fil: Path, navn: str, godtatt: dict[str, tuple[int, str]]) -> None:
    endring = legg_over(les_oppgitt(), fil)
    etter = {pris.sted: pris for pris in listepriser(endring.oppgitt)}
    endret = dict(godtatt.values())
    for rad, gammel in _rader().items():
        ny = etter[gammel.sted]
        kolonne = endret.get(rad)
        ventet = GODTATT[kolonne][navn] if kolonne else None
        if kolonne == "enhetskostnad":
            assert ny.beloep == ventet
        elif kolonne == "kilde" and ventet is not None:
            assert ny.kilde.removeprefix("kilde: ") == ventet
        elif not gammel.foelger:
            # A year that is left empty or typed as text is the year it was; a date is for the reader alone.
            assert ny == gammel
        if kolonne == "sist endret" and ventet:
            assert f"{endring.datoer[gammel.sted]:%d.%m.%Y}" == ventet
    svar = kontroller(fil)
    assert svar.funn == []
    assert {celle for celle, _ in svar.endringer} <= {f"{ARK}!{celle}" for celle in godtatt}


@pytest.mark.libreoffice
@pytest.mark.parametrize("navn", ENDRET)
def test_endrede_ord_i_en_laast_kolonne_er_den_samme_raden(navn: str, norsk: LibreOffice, tmp_path: Path) -> None:
    """A space, a hard space or capitals in a source make another source; the price is as it was."""
    fra, til = tmp_path / "fra.xlsx", tmp_path / "priser.xlsx"
    fra.write_bytes(prisliste_xlsx(les_oppgitt(), "priser.xlsx", DATO))
    norsk.lagre(fra, til, [(ARK, f"H{rad}", ENDRET[navn](pris.kilde)) for rad, pris in _rader().items()])
    endring = legg_over(les_oppgitt(), til)
    assert endring.endret == 0
    assert (endring.nye_kilder == 0) == (navn != "store bokstaver")
    assert kontroller(til).funn == []


def test_hver_inndatacelle_i_prislisten_er_med() -> None:
    (ark, *_) = prislisteplan(les_oppgitt(), "priser.xlsx").ark
    alle = {c.adresse for c in ark.celler() if c.er_inndata}
    assert len(alle) == sum(len(_kolonner(pris)) for pris in _rader().values())
    assert alle == {celle for nummer in range(len(RARE)) for celle in _maal(nummer)}
    assert {n for godtatt in GODTATT.values() for n in godtatt} <= set(RARE)
