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
from velferdslab_model.prisliste.table import PRISKOLONNER
from velferdslab_model.prisliste.writing import ARK, FOERSTE_RAD, prisliste_xlsx, prislisteplan
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


def _antall() -> int:
    return sum(len(g.tiltak) for g in les_oppgitt().grupper.values())


def _maal(nummer: int) -> dict[str, tuple[int, str]]:
    """One cell in each row of the list, another column in the next: address -> row and column."""
    ut = {}
    for rad in range(FOERSTE_RAD, FOERSTE_RAD + _antall()):
        kolonne = list(GODTATT)[(rad + nummer) % len(GODTATT)]
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
    foer, endring = les_oppgitt(), legg_over(les_oppgitt(), fil)
    rader = [(gruppe, t) for gruppe, g in foer.grupper.items() for t in g.tiltak]
    endret = dict(godtatt.values())
    for rad, (gruppe, gammel) in enumerate(rader, start=FOERSTE_RAD):
        ny = next(t for t in endring.oppgitt.grupper[gruppe].tiltak if t.navn == gammel.navn)
        kolonne = endret.get(rad)
        ventet = GODTATT[kolonne][navn] if kolonne else None
        if kolonne == "enhetskostnad":
            assert ny.enhetskostnad == ventet
        elif kolonne == "kilde" and ventet is not None:
            assert ny.kilde.removeprefix("kilde: ") == ventet
        else:
            # A year that is left empty or typed as text is the year it was; a date is for the reader alone.
            assert ny == gammel
            assert endring.oppgitt.prisaar[gruppe] == foer.prisaar[gruppe]
        if kolonne == "sist endret" and ventet:
            assert f"{endring.datoer[gruppe, ny.navn]:%d.%m.%Y}" == ventet
    svar = kontroller(fil)
    assert svar.funn == []
    assert {celle for celle, _ in svar.endringer} <= {f"{ARK}!{celle}" for celle in godtatt}


@pytest.mark.libreoffice
@pytest.mark.parametrize("navn", ENDRET)
def test_endrede_ord_i_en_laast_kolonne_er_den_samme_raden(navn: str, norsk: LibreOffice, tmp_path: Path) -> None:
    """A space, a hard space or capitals in a source make another source; the price is as it was."""
    fra, til = tmp_path / "fra.xlsx", tmp_path / "priser.xlsx"
    fra.write_bytes(prisliste_xlsx(les_oppgitt(), "priser.xlsx", DATO))
    kilder = [t.kilde for g in les_oppgitt().grupper.values() for t in g.tiltak]
    norsk.lagre(fra, til, [(ARK, f"H{rad}", ENDRET[navn](k)) for rad, k in enumerate(kilder, start=FOERSTE_RAD)])
    endring = legg_over(les_oppgitt(), til)
    assert endring.endret == 0
    assert (endring.nye_kilder == 0) == (navn != "store bokstaver")
    assert kontroller(til).funn == []


def test_hver_inndatacelle_i_prislisten_er_med() -> None:
    (ark, *_) = prislisteplan(les_oppgitt(), "priser.xlsx").ark
    alle = {c.adresse for c in ark.celler() if c.er_inndata}
    assert len(alle) == _antall() * len(GODTATT)
    assert alle == {celle for nummer in range(len(RARE)) for celle in _maal(nummer)}
    assert {n for godtatt in GODTATT.values() for n in godtatt} <= set(RARE)
