"""The workbook recalculated by two spreadsheet programs, cell by cell against the engine."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.conftest import DATO
from tests.publisert import PUBLISERT, Publisert, fra_celler
from tests.regneark import Celleverdier, Innskriving, LibreOffice, innskrivinger, regn_ut_formualizer
from tests.scenarier import KONSTRUERTE
from velferdslab_model.effektbok.assembly import planlegg
from velferdslab_model.parameters.loading import fra_toml
from velferdslab_model.results import beregn
from velferdslab_model.workbook.comparing import formelceller, sammenlign_celler
from velferdslab_model.workbook.plan import Bok

Regnemaskin = Callable[[Path, Innskriving], Celleverdier]


@pytest.fixture(scope="module", params=["formualizer", pytest.param("libreoffice", marks=pytest.mark.libreoffice)])
def regn_ut(request: pytest.FixtureRequest, standardbok: Bok) -> Regnemaskin:
    if request.param == "libreoffice":
        lo: LibreOffice = request.getfixturevalue("libreoffice")
        return lo.regn_ut
    celler = [(ark, celle.adresse) for ark, celle in formelceller(standardbok)]
    steder = [sted for sted in standardbok.steder.values() if sted.navn]
    celler += [(s.ark, f"{chr(ord('A') + s.kol + k)}{s.rad + 1}") for s in steder for k in range(s.bredde)]
    return lambda fil, skriv: regn_ut_formualizer(fil, skriv, celler)


@pytest.fixture(scope="module")
def omregnet(regn_ut: Regnemaskin, standardfil: Path) -> Celleverdier:
    """The default workbook, recalculated once in each program."""
    return regn_ut(standardfil, [])


def test_hver_formelcelle_er_lik_motorens_verdi(omregnet: Celleverdier, standardbok: Bok) -> None:
    celler = list(formelceller(standardbok))
    assert len(celler) > 5000
    assert sammenlign_celler(celler, omregnet) == []


@pytest.mark.treg(unntatt=6)
@pytest.mark.parametrize("scenario", KONSTRUERTE)
def test_innskrevne_forutsetninger_gir_motorens_tall(
    regn_ut: Regnemaskin, standardbok: Bok, standardfil: Path, scenario: str
) -> None:
    """What a user types into the unlocked cells of the default workbook gives what the engine computes afresh."""
    ny = planlegg(beregn(fra_toml(KONSTRUERTE[scenario], scenario, "Asker")), DATO)
    skriv = innskrivinger(standardbok, ny)
    assert skriv
    assert sammenlign_celler(formelceller(ny), regn_ut(standardfil, skriv)) == []


@pytest.mark.parametrize("publisert", PUBLISERT, ids=lambda p: p.id)
def test_den_omregnede_arbeidsboken_viser_de_publiserte_resultatene(
    omregnet: Celleverdier, standardbok: Bok, publisert: Publisert
) -> None:
    assert publisert.holder(fra_celler(standardbok, omregnet, "UV")), publisert.notatet


def plant_feil_verdier(fil: Path, ny: Path) -> None:
    """Copy a workbook with -999 as the stored value of every formula cell that holds a number."""
    with ZipFile(fil) as inn, ZipFile(ny, "w") as ut:
        for navn in inn.namelist():
            innhold = inn.read(navn)
            if navn.startswith("xl/worksheets/sheet"):
                innhold = re.sub(rb"(</f><v>)-?[0-9.eE+-]+(</v>)", rb"\g<1>-999\g<2>", innhold)
            ut.writestr(navn, innhold)


def test_plantede_feil_i_lagrede_verdier_blir_oppdaget(
    regn_ut: Regnemaskin, standardbok: Bok, standardfil: Path, tmp_path: Path
) -> None:
    """A recalculation that trusted stored values would compare the engine with itself."""
    plantet = tmp_path / "plantet.xlsx"
    plant_feil_verdier(standardfil, plantet)
    assert sammenlign_celler(formelceller(standardbok), regn_ut(plantet, [])) == []


@pytest.mark.libreoffice
def test_uten_tvungen_omregning_kommer_de_plantede_verdiene_tilbake(
    libreoffice: LibreOffice, standardbok: Bok, standardfil: Path, tmp_path: Path
) -> None:
    plantet = tmp_path / "plantet.xlsx"
    plant_feil_verdier(standardfil, plantet)
    avvik = sammenlign_celler(formelceller(standardbok), libreoffice.regn_ut(plantet, [], regn=False))
    # A few cells with an empty stored text are recalculated all the same.
    assert sum(a.funnet == -999 for a in avvik) > 1000


@pytest.mark.libreoffice
def test_laaste_celler_kan_ikke_skrives_i(libreoffice: LibreOffice, standardbok: Bok, standardfil: Path) -> None:
    sted = standardbok.steder["UV.sum_kostnad"]
    with pytest.raises(RuntimeError, match="is locked"):
        libreoffice.regn_ut(standardfil, [(sted.ark, f"C{sted.rad + 1}", 1.0)])


def test_en_formel_byttet_med_et_tall_blir_oppdaget(
    regn_ut: Regnemaskin, standardbok: Bok, standardfil: Path, tmp_path: Path
) -> None:
    """A literal slipped into one formula: other inputs give away that the cell no longer follows."""
    sted = standardbok.steder["UV.inne.uholdbar.utsatt"]
    ark, celle = next((a, c) for a, c in formelceller(standardbok) if a == sted.ark and c.adresse == f"G{sted.rad + 1}")
    endret = tmp_path / "endret.xlsx"
    with ZipFile(standardfil) as inn, ZipFile(endret, "w") as ut:
        for navn in inn.namelist():
            innhold = inn.read(navn)
            if navn == "xl/worksheets/sheet2.xml":
                moenster = rf'(<c r="{celle.adresse}"[^>]*>)<f>[^<]*</f>'.encode()
                innhold, antall = re.subn(moenster, rb"\g<1>", innhold)
                assert antall == 1
            ut.writestr(navn, innhold)
    ny = planlegg(beregn(fra_toml(KONSTRUERTE["alle_lykkes"], "alle", "Asker")), DATO)
    funnet = regn_ut(endret, innskrivinger(standardbok, ny))
    assert (ark, celle.adresse) in {(a.ark, a.adresse) for a in sammenlign_celler(formelceller(ny), funnet)}


ULOVLIGE_CELLER: list[tuple[str, float | str, int]] = [
    ("UV.suksessrate_utsatt", 1.2, 0),
    ("UV.analyseperiode", 3, 0),
    ("UV.analyseperiode", 7.5, 0),
    ("FAM.inntak_stabil", 0.001, 0),
    ("FAM.verdi_qaly", "mye", 0),
    ("UV.nullalternativ_stabil", -1, 0),
    ("UV.tiltak_navn", "Halvferdig", 20),
    ("UV.tiltak_kilde", "bare en kilde", 20),
    ("UV.tiltak_navn", " ", 0),
    ("UV.tiltak_navn", "Bostøtte", 0),
    ("UV.tiltak_navn", "Bostøtte ", 0),
    ("UV.tiltak_betaler", "Fylke", 0),
    ("UV.tiltak_betaler", "k*", 0),
    ("UV.tiltak_kategori", "Opp*", 0),
    ("UV.tiltak_driver", "Hours", 0),
    ("UV.tiltak_enhetskostnad", -5, 0),
    ("UV.tiltak_enhetskostnad", 1e13, 0),
    ("UV.tiltak_ganger", 0.5, 0),
    ("prisaar", 1889, 0),
    ("navn", " ", 0),
]


@pytest.mark.treg(unntatt=8)
@pytest.mark.parametrize(("navn", "verdi", "nedover"), [("UV.suksessrate_utsatt", 0.7, 0), *ULOVLIGE_CELLER])
def test_ulovlige_verdier_forbi_valideringen_slaar_ut_i_kontrollen(
    regn_ut: Regnemaskin, standardbok: Bok, standardfil: Path, navn: str, verdi: float | str, nedover: int
) -> None:
    """Pasting gets past validation; the model check does not let it through, and the headline says so."""

    def celle(noekkel: str, ned: int = 0) -> tuple[str, str]:
        sted = standardbok.steder[noekkel]
        return sted.ark, f"{chr(ord('A') + sted.kol)}{sted.rad + 1 + ned}"

    funnet = regn_ut(standardfil, [(*celle(navn, nedover), verdi)])
    lovlig = (navn, verdi) == ("UV.suksessrate_utsatt", 0.7)
    assert funnet[celle("kontroll")] == ("OK" if lovlig else "FEIL")
    for gruppe in ("UV", "FAM"):
        feiler = navn.startswith(gruppe) and not lovlig
        assert str(funnet[celle(f"{gruppe}.overskrift")]).startswith("Rett dette") == feiler
    if ".tiltak" in navn:
        status = str(funnet[celle("UV.tiltak_status", nedover)])
        assert status in ("Ufullstendig", "Ulovlig verdi", "Samme navn", "Ufullstendig Samme navn")
