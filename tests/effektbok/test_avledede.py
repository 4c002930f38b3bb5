"""Derived inputs in the workbook: typed over and restored, read back, audited, and the same in three programs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests.conftest import DATO, hopp_over
from tests.regneark import (
    Innskriving,
    LibreOffice,
    avvik,
    hvorfor_ikke_gnumeric,
    innskrivinger,
    regn_ut_formualizer,
    regn_ut_gnumeric,
)
from velferdslab_model.check.kontroll import kontroller
from velferdslab_model.cli import cli
from velferdslab_model.effektbok.assembly import planlegg
from velferdslab_model.effektbok.reading import med_cellenes_kilder
from velferdslab_model.effektbok.writing import arbeidsbok
from velferdslab_model.errors import UgyldigInndata
from velferdslab_model.parameters.kilder import UTEN_KILDE
from velferdslab_model.parameters.loading import fra_toml
from velferdslab_model.parameters.typer import Forutsetninger
from velferdslab_model.results import beregn
from velferdslab_model.scenarios.loading import load_forutsetninger
from velferdslab_model.workbook.comparing import formelceller
from velferdslab_model.workbook.kind import EFFEKTMODELL
from velferdslab_model.workbook.opening import aapne
from velferdslab_model.workbook.plan import Bok, Sted
from velferdslab_model.workbook.reading import avledede

SATS = "Kommunal timesats"
KOSTNADER = "Unge voksne | Kostnader"
#: Bases and factors are other numbers, one derived input of each kind is typed over, and a rate is the municipality's own.
ENDRET: dict[str, Any] = {
    "timesatser": {SATS: {"kr": 612.75, "kilde": "Konstruert"}, "Psykolog": {"kr": 950, "kilde": "Konstruert"}},
    "unge_voksne": {
        "nullalternativ": {"utsatt": 160_001.5, "stabil": 99_999},
        "nullalternativ_faktor": {"uholdbar": 1.25},
        "tiltak": [{"navn": "Økonomisk rådgivning", "enhetskostnad": 501}],
    },
    "familier": {"nullalternativ": {"uholdbar": 1}, "nullalternativ_faktor": {"stabil": 0.333}},
}


def _f(data: dict[str, Any]) -> Forutsetninger:
    return fra_toml({"navn": "Konstruert", **data}, "test", "test")


def _sted(bok: Bok, noekkel: str) -> Sted:
    return bok.steder[noekkel]


def _formler(bok: Bok) -> list[Any]:
    """The formula of every derived input of a plan, as a user types it in LibreOffice."""
    ut = [
        (ark.navn, celle.adresse, {"formel": celle.formel.replace(",", ";")})
        for ark in bok.ark
        for celle in ark.celler()
        if celle.formel is not None and celle.er_inndata
    ]
    assert len(ut) == 4 + 11
    return ut


@pytest.fixture(scope="module")
def typet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook in which every derived input of the default is a number of somebody's own."""
    egne = {
        gruppe: {
            "nullalternativ": {"uholdbar": 7, "stabil": 5},
            "nullalternativ_faktor": {"uholdbar": 1.1, "stabil": 0.8},
            "tiltak": [{"navn": t.navn, "enhetskostnad": 123} for t in g.tiltak if t.timesats],
        }
        for gruppe, g in _f({}).grupper.items()
    }
    fil = tmp_path_factory.mktemp("typet") / "typet.xlsx"
    fil.write_bytes(arbeidsbok(beregn(_f(egne)), DATO))
    return fil


def test_skrevet_over_i_formualizer_gir_motorens_tall(standardbok: Bok, standardfil: Path) -> None:
    ny = planlegg(beregn(_f(ENDRET)), DATO)
    celler = [(ark, celle.adresse) for ark, celle in formelceller(ny)]
    assert avvik("formualizer", ny, regn_ut_formualizer(standardfil, innskrivinger(standardbok, ny), celler)) == []


def test_skrevet_over_i_gnumeric_gir_motorens_tall(standardbok: Bok, standardfil: Path) -> None:
    if grunn := hvorfor_ikke_gnumeric():
        hopp_over(grunn)
    ny = planlegg(beregn(_f(ENDRET)), DATO)
    assert avvik("Gnumeric", ny, regn_ut_gnumeric(standardfil, innskrivinger(standardbok, ny))) == []


@pytest.mark.treg
@pytest.mark.libreoffice
def test_skrevet_over_i_libreoffice_leses_tilbake_og_er_ingen_funn(
    standardbok: Bok, standardfil: Path, libreoffice: LibreOffice, tmp_path: Path
) -> None:
    f = _f(ENDRET)
    ny, fil = planlegg(beregn(f), DATO), tmp_path / "endret.xlsx"
    skriv = innskrivinger(standardbok, ny)
    assert avvik("LibreOffice", ny, libreoffice.regn_ut(standardfil, skriv)) == []
    libreoffice.lagre(standardfil, fil, skriv)
    assert load_forutsetninger(fil) == f
    k = kontroller(fil)
    assert (k.funn, k.merknader) == ([], [])
    celler = {celle for celle, _ in k.endringer}
    assert f"{KOSTNADER}!{_sted(standardbok, 'UV.nullalternativ_uholdbar').adresse.replace('$', '')}" not in celler
    assert f"{KOSTNADER}!{_sted(standardbok, 'UV.nullalternativ_stabil').adresse.replace('$', '')}" in celler
    sats = _sted(standardbok, "timesats_kr")
    assert f"Introduksjonsark!C{sats.rad + 1}" in celler


@pytest.mark.treg
@pytest.mark.libreoffice
def test_formelen_skrevet_igjen_i_libreoffice_gir_standarden_i_tre_programmer(
    typet: Path, standardbok: Bok, libreoffice: LibreOffice, tmp_path: Path
) -> None:
    fil = tmp_path / "tilbake.xlsx"
    libreoffice.lagre(typet, fil, _formler(standardbok))
    standard = _f({})
    lest = load_forutsetninger(fil)
    for navn, g in standard.grupper.items():
        assert lest.grupper[navn].avledet == g.avledet
        assert lest.grupper[navn].nullalternativ == g.nullalternativ
        assert [(t.enhetskostnad, t.timesats) for t in lest.grupper[navn].tiltak] == [
            (t.enhetskostnad, t.timesats) for t in g.tiltak
        ]
    k = kontroller(fil)
    assert (k.funn, k.merknader) == ([], [])
    # The sources in the cells are still those of the numbers that were there, and the workbook's sentences tell them.
    ny = planlegg(beregn(med_cellenes_kilder(aapne(fil, EFFEKTMODELL), lest)), DATO)
    celler = [(ark, celle.adresse) for ark, celle in formelceller(ny)]
    assert avvik("LibreOffice", ny, libreoffice.regn_ut(fil)) == []
    assert avvik("formualizer", ny, regn_ut_formualizer(fil, [], celler)) == []
    if not hvorfor_ikke_gnumeric():
        assert avvik("Gnumeric", ny, regn_ut_gnumeric(fil)) == []


@pytest.mark.treg(unntatt=1)
@pytest.mark.libreoffice
@pytest.mark.parametrize(
    "formel", ["=timesats_2", "=$Introduksjonsark.$E${rad}", "=Introduksjonsark.C{rad}", "=+TIMESATS_2"]
)
def test_en_egen_sats_kan_foelges_med_navn_eller_ved_aa_klikke_paa_cellen(
    formel: str, standardbok: Bok, standardfil: Path, libreoffice: LibreOffice, tmp_path: Path
) -> None:
    rad = _sted(standardbok, "timesats_kr").rad + 2
    fil = tmp_path / "egen.xlsx"
    skriv: list[Any] = [("Introduksjonsark", f"A{rad}", "Psykolog"), ("Introduksjonsark", f"C{rad}", 950)]
    skriv.append((KOSTNADER, "F9", {"formel": formel.format(rad=rad)}))
    libreoffice.lagre(standardfil, fil, skriv)
    booppfoelging = load_forutsetninger(fil).unge_voksne.tiltak[3]
    assert (booppfoelging.navn, booppfoelging.timesats, booppfoelging.enhetskostnad) == (
        "Booppfølging",
        "Psykolog",
        950,
    )
    assert booppfoelging.kilde == UTEN_KILDE
    assert kontroller(fil).funn == []
    assert aapne(fil, EFFEKTMODELL).verdi("kontroll") == "OK"


@pytest.mark.treg(unntatt=1)
@pytest.mark.libreoffice
@pytest.mark.parametrize(
    ("skriv", "sagt"),
    [
        ([("C", 1, None)], "og 10 til følger den"),
        ([("A", 1, None), ("C", 1, None)], "timesats nummer 1"),
        ([("A", 2, SATS.upper()), ("C", 2, 1)], "som en annen"),
        ([("C", 1, "gratis")], "er «gratis»"),
        ([("C", 1, -5)], "er -5"),
    ],
)
def test_en_sats_som_ikke_er_i_orden_gjoer_kontrollen_roed(
    skriv: list[tuple[str, int, Any]],
    sagt: str,
    standardbok: Bok,
    standardfil: Path,
    libreoffice: LibreOffice,
    tmp_path: Path,
) -> None:
    foerste = _sted(standardbok, "timesats_kr").rad + 1
    fil = tmp_path / "gal.xlsx"
    libreoffice.lagre(standardfil, fil, [("Introduksjonsark", f"{kol}{foerste + n - 1}", v) for kol, n, v in skriv])
    assert aapne(fil, EFFEKTMODELL).verdi("kontroll") == "FEIL"
    with pytest.raises(UgyldigInndata) as feil:
        load_forutsetninger(fil)
    assert len(feil.value.feil) == 1
    assert sagt in str(feil.value)
    assert "Introduksjonsark" in str(feil.value)


@pytest.mark.libreoffice
def test_et_eget_tall_likt_det_utregnede_er_fortsatt_eget(
    standardbok: Bok, standardfil: Path, libreoffice: LibreOffice, tmp_path: Path
) -> None:
    null = _sted(standardbok, "UV.nullalternativ_uholdbar")
    fil, ny = tmp_path / "lik.xlsx", tmp_path / "ny.xlsx"
    skriv: Innskriving = [(null.ark, null.adresse.replace("$", ""), 166_443), (KOSTNADER, "F6", 550)]
    libreoffice.lagre(standardfil, fil, skriv)
    lest = load_forutsetninger(fil)
    assert "nullalternativ.uholdbar" not in lest.unge_voksne.avledet
    assert (lest.unge_voksne.tiltak[0].timesats, lest.unge_voksne.tiltak[0].kilde) == ("", UTEN_KILDE)
    assert {e.noekkel: (e.gammel, e.ny) for _, e in kontroller(fil).endringer} == {
        "nullalternativ.uholdbar": ("regnes ut", "eget tall"),
        f"tiltak.{lest.unge_voksne.tiltak[0].navn}.enhetskostnad": (f"felles timesats: {SATS}", "eget tall"),
    }
    svar = CliRunner().invoke(cli, ["generate", str(fil), "-o", str(ny), "--regn-ut", "alle"])
    assert svar.exit_code == 0, svar.output
    assert load_forutsetninger(ny).grupper == _f({}).grupper


def test_standardboken_har_en_formel_for_hvert_avledet_tall(standardbok: Bok) -> None:
    navngitte = {navn: formel for navn, (_, _, formel) in avledede(standardbok).items()}
    assert navngitte == {
        f"{p}_nullalternativ_{s}": f"=ROUND({p}_nullalternativ_utsatt*{p}_nullalternativ_faktor_{s},0)"
        for p in ("UV", "FAM")
        for s in ("uholdbar", "stabil")
    }
