"""The tabs that are added on request: live, recalculated in both programs, and without moving anything else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.conftest import DATO, TILLEGG
from tests.regneark import Celleverdier, Innskriving, LibreOffice, innskrivinger, regn_ut_formualizer
from tests.scenarier import KONSTRUERTE
from velferdslab_model.effektbok.assembly import planlegg
from velferdslab_model.effektbok.oekonomiplan_tab import oekonomiplanfane
from velferdslab_model.effektbok.prisvekst import KRONER
from velferdslab_model.effektbok.register_tab import REGISTERFANE, hvor
from velferdslab_model.effektbok.tabs import TILVALG, Fanevalg, tilleggsfaner
from velferdslab_model.effektbok.writing import arbeidsbok
from velferdslab_model.errors import UgyldigInndata
from velferdslab_model.oekonomiplan import oekonomiplan
from velferdslab_model.parameters.kilder import UTEN_KILDE
from velferdslab_model.parameters.loading import fra_toml
from velferdslab_model.register import registerposter
from velferdslab_model.results import Resultat, beregn
from velferdslab_model.scenarios.loading import load_forutsetninger
from velferdslab_model.workbook.comparing import formelceller, sammenlign_celler
from velferdslab_model.workbook.plan import Bok, Celle

Regnemaskin = Callable[[Path, Innskriving], Celleverdier]
PLAN, REGISTER = "Økonomiplan", "Forutsetninger"
AARSKOLONNER = "CDEF"


@pytest.fixture(scope="module", params=["formualizer", pytest.param("libreoffice", marks=pytest.mark.libreoffice)])
def regn_ut(request: pytest.FixtureRequest, tilleggsbok: Bok) -> Regnemaskin:
    if request.param == "libreoffice":
        lo: LibreOffice = request.getfixturevalue("libreoffice")
        return lo.regn_ut
    celler = [(ark, celle.adresse) for ark, celle in formelceller(tilleggsbok)]
    return lambda fil, skriv: regn_ut_formualizer(fil, skriv, celler)


def planlagt(scenario: str, fra_aar: int | None, loepende: bool = False, indekser: Any = None) -> Bok:
    data = KONSTRUERTE.get(scenario, {}) | ({"indekser": indekser} if indekser else {})
    resultat = beregn(fra_toml(data, scenario, "Asker"))
    return planlegg(resultat, DATO, tilleggsfaner({en.noekkel for en in TILVALG}, Fanevalg(fra_aar, loepende)))


def _uten_formel(celle: Celle) -> Celle:
    return replace(celle, formel=None, skala=1.0, stil=celle.stil.removesuffix("_fulgt"))


def test_ingen_celle_flytter_seg_naar_faner_legges_til(standardbok: Bok, tilleggsbok: Bok) -> None:
    for uten, med in zip(standardbok.ark, tilleggsbok.ark, strict=False):
        celler = list(med.celler())
        if uten.navn == "Introduksjonsark":  # the added tabs are listed beside the others
            nye = [c.verdi for c in celler if c not in set(uten.celler())]
            assert nye == [fane.forklaring for fane in TILLEGG]
            celler = [c for c in celler if c.verdi not in nye]
            assert [lenke[3] for lenke in med.lenker if lenke not in uten.lenker] == [fane.navn for fane in TILLEGG]
        # Prices, payers and sources may follow a choice on the tab «Priskatalog», and say the same where they stand.
        like = {c: _uten_formel(c) for c in celler if c.er_inndata and "Priskatalog" in (c.formel or "")}
        assert bool(like) == uten.navn.endswith("Kostnader")
        foer = {c.adresse: c for c in uten.celler()}
        assert {c.adresse: like.get(c, c) for c in celler} == {
            a: _uten_formel(c) if a in {x.adresse for x in like} else c for a, c in foer.items()
        }
        assert med.sideskift == uten.sideskift


def test_fanene_kan_velges_hver_for_seg(standard: Resultat, tmp_path: Path) -> None:
    for navn, fane in ((REGISTER, REGISTERFANE), (PLAN, oekonomiplanfane(2025))):
        fil = tmp_path / "bok.xlsx"
        innhold = arbeidsbok(standard, DATO, (fane,))
        assert innhold == arbeidsbok(standard, DATO, (fane,))
        fil.write_bytes(innhold)
        assert load_workbook(fil).sheetnames[7:] == [navn]


def test_en_arbeidsbok_med_tilleggsfaner_leses_tilbake(tmp_path: Path) -> None:
    f = fra_toml(KONSTRUERTE["eget_tiltak"], "test", "Asker")
    fil = tmp_path / "bok.xlsx"
    fil.write_bytes(arbeidsbok(beregn(f), DATO, TILLEGG))
    assert load_forutsetninger(fil) == f


def test_hver_formelcelle_er_lik_motorens_verdi(regn_ut: Regnemaskin, tilleggsbok: Bok, tilleggsfil: Path) -> None:
    celler = [(ark, celle) for ark, celle in formelceller(tilleggsbok) if ark in (PLAN, REGISTER)]
    assert len(celler) > 1000
    assert sammenlign_celler(celler, regn_ut(tilleggsfil, [])) == []


@pytest.mark.parametrize(
    ("scenario", "fra_aar"),
    [("standard", 2018), ("standard", 2029), ("utvidet", 2023), ("lengste_periode", 2043), ("ulike_grupper", 2032),
     ("ulike_grupper", 2022), ("ulik_lengde", 2024), ("ujevnt_og_null_inntak", None), ("egen_rente", 2021)],
)  # fmt: skip
def test_et_annet_foerste_aar_og_andre_forutsetninger_gir_motorens_tall(
    regn_ut: Regnemaskin, tilleggsbok: Bok, tilleggsfil: Path, scenario: str, fra_aar: int | None
) -> None:
    """What a user types, the first year of the plan included, gives what the engine computes afresh."""
    ny = planlagt(scenario, fra_aar)
    skriv = innskrivinger(tilleggsbok, ny)
    assert skriv
    assert sammenlign_celler(formelceller(ny), regn_ut(tilleggsfil, skriv)) == []


@pytest.mark.parametrize(
    ("scenario", "fra_aar", "indekser"),
    [
        # All in the known years; over the last of them; after it; and with own points for next year and an earlier one.
        ("standard", 2020, None),
        ("utvidet", 2025, None),
        ("lengste_periode", 2031, None),
        ("utvidet", 2024, {"kommunal_deflator": {"2027": "3,1 %", "2022": "6,0 %"}, "kpi": {"2027": "2,2 %"}}),
    ],
)
def test_loepende_kroner_er_levende_formler_paa_blokkens_serier(
    regn_ut: Regnemaskin, tilleggsbok: Bok, tilleggsfil: Path, scenario: str, fra_aar: int, indekser: Any
) -> None:
    ny = planlagt(scenario, fra_aar, loepende=True, indekser=indekser)
    skriv = innskrivinger(tilleggsbok, ny)
    assert (PLAN, "C5", KRONER[1]) in skriv
    regnet = regn_ut(tilleggsfil, skriv)
    celler = [(ark, celle) for ark, celle in formelceller(ny) if ark == PLAN or (not indekser and ark != REGISTER)]
    avvik = sammenlign_celler(celler, regnet)
    assert avvik == []
    plan = oekonomiplan(beregn(fra_toml(KONSTRUERTE.get(scenario, {}), scenario, "Asker")), fra_aar)
    vist = regnet[PLAN, f"F{ny.steder['plan.samlet.kostnad_kommune'].rad + 1}"]
    faste = plan.samlet.serier["kostnad_kommune"][3]
    assert isinstance(vist, float)
    assert faste is not None
    assert vist > 1.05 * faste or faste == 0


def test_tiltak_som_foeres_opp_senere_slaar_ut_i_planen(
    regn_ut: Regnemaskin, tilleggsbok: Bok, tilleggsfil: Path
) -> None:
    ny = planlagt("eget_tiltak", 2021)
    celler = [(ark, celle) for ark, celle in formelceller(ny) if ark == PLAN]
    assert sammenlign_celler(celler, regn_ut(tilleggsfil, innskrivinger(tilleggsbok, ny))) == []


def plan_uten_aar(funnet: Celleverdier, tilleggsbok: Bok) -> str:
    """Check that no cell of a plan without years looks like a result; returns what it tells the reader."""
    ark = next(a for a in tilleggsbok.ark if a.navn == PLAN)
    flagg = {tilleggsbok.steder[f"plan.{hvem}.med"].rad for hvem in ("UV", "FAM", "samlet")}
    for celle in ark.celler():
        if celle.formel and celle.rad > min(flagg) and celle.stil in ("kr", "kr_fet", "antall"):
            assert funnet[PLAN, celle.adresse] in ("utenfor", "#N/A"), celle.adresse
    assert {funnet.get((PLAN, f"{kol}{rad + 1}")) for rad in flagg for kol in AARSKOLONNER} == {0}
    return str(funnet[PLAN, "A3"])


@pytest.mark.parametrize(
    "fra_aar", [2050, 2016, pytest.param("neste år", id="tekst"), pytest.param(None, id="tomt"), 2024.5]
)
def test_et_foerste_aar_uten_analyse_viser_utenfor_og_sier_hva_analysen_dekker(
    regn_ut: Regnemaskin, tilleggsbok: Bok, tilleggsfil: Path, fra_aar: float | str | None
) -> None:
    funnet = regn_ut(tilleggsfil, [(PLAN, "C4", fra_aar)])
    melding = plan_uten_aar(funnet, tilleggsbok)
    assert melding == "Ingen av årene er med i analysen, som dekker 2020–2029 for unge voksne og 2020–2029 for familie."


def test_planen_sier_fra_naar_kontrollen_finner_feil(regn_ut: Regnemaskin, tilleggsfil: Path) -> None:
    funnet = regn_ut(tilleggsfil, [("Unge voksne", "C12", 1.2)])
    assert str(funnet[PLAN, "A3"]).startswith("Rett det kontrollen")


def test_en_plan_uten_aar_i_analysen_skrives_ikke(standard: Resultat) -> None:
    with pytest.raises(UgyldigInndata, match="2020–2029 for unge voksne"):
        arbeidsbok(standard, DATO, (oekonomiplanfane(2030),))


def opphav(funnet: Celleverdier, bok: Bok, noekkel: str, resultat: Resultat) -> object:
    noekler = [post.noekkel for post in registerposter(resultat.forutsetninger, tom_bevegelse=True)]
    return funnet[REGISTER, f"F{6 + noekler.index(noekkel)}"]


def test_opphavet_foelger_verdien_navnet_og_kilden(
    regn_ut: Regnemaskin, tilleggsbok: Bok, tilleggsfil: Path, standard: Resultat
) -> None:
    """The live column says what reading the file back says."""

    def celle(noekkel: str, ned: int = 0) -> tuple[str, str]:
        sted = tilleggsbok.steder[noekkel]
        return sted.ark, f"{chr(ord('A') + sted.kol)}{sted.rad + 1 + ned}"

    funnet = regn_ut(
        tilleggsfil,
        [
            ("Introduksjonsark", "B16", 2024),
            (*celle("UV.suksessrate_utsatt"), 0.7),
            (*celle("UV.verdi_qaly_kilde"), "kilde: vår egen"),
            (*celle("UV.loennskostnad_kilde"), "Antakelse: vi tror"),
            (*celle("UV.erstatningsgrad_kilde"), None),
            (*celle("UV.tiltak_volum_stabil", 3), 2),
            (*celle("UV.tiltak_navn", 4), "Et annet tiltak"),
        ],
    )
    navn = [t.navn for t in standard.forutsetninger.unge_voksne.tiltak]
    for noekkel, ventet in (
        ("suksessrate.utsatt", "endret av kommunen"),
        ("suksessrate.stabil", "publisert"),
        ("verdi_qaly", "endret av kommunen"),
        ("loennskostnad", "antakelse"),
        ("utvidet.erstatningsgrad", "antakelse"),
        (f"tiltak «{navn[3]}»: volum.stabil", "endret av kommunen"),
        (f"tiltak «{navn[3]}»: volum.utsatt", "antakelse"),
        (f"tiltak «{navn[4]}»: enhetskostnad", "endret av kommunen"),
    ):
        assert opphav(funnet, tilleggsbok, f"unge_voksne.{noekkel}", standard) == ventet, noekkel
    assert str(funnet[REGISTER, "A3"]).endswith("endret av kommunen: 9")
    assert funnet[REGISTER, "H6"] == UTEN_KILDE
    assert {funnet[REGISTER, f"E{rad}"] for rad in range(6, 400) if (REGISTER, f"E{rad}") in funnet} <= {2024, ""}


def test_registeret_sier_fra_om_tiltak_som_er_lagt_til_og_taaler_at_en_rad_toemmes(
    regn_ut: Regnemaskin, tilleggsbok: Bok, tilleggsfil: Path
) -> None:
    sted = tilleggsbok.steder["UV.tiltak_navn"]
    urort = str(regn_ut(tilleggsfil, [])[REGISTER, "A4"])
    assert urort.startswith("Tiltak som føres opp i tomme rader")
    lagt_til = regn_ut(tilleggsfil, [(sted.ark, f"A{sted.rad + 25}", "Nytt")])
    assert str(lagt_til[REGISTER, "A4"]).startswith("Tiltak er lagt til eller tatt bort")
    toemt = regn_ut(tilleggsfil, [(sted.ark, f"{kol}{sted.rad + 1}", None) for kol in "ABCDEFGHIJKL"])
    assert str(toemt[REGISTER, "A4"]).startswith("Tiltak er lagt til eller tatt bort")
    assert not [verdi for (ark, _), verdi in toemt.items() if ark == REGISTER and str(verdi).startswith("#")]


def test_hver_lenke_i_registeret_gaar_til_cellen_som_tallet_staar_i(
    tilleggsbok: Bok, tilleggsfil: Path, standard: Resultat
) -> None:
    bok = load_workbook(tilleggsfil, data_only=True)
    register = bok[REGISTER]
    poster = registerposter(standard.forutsetninger, tom_bevegelse=True)
    for rad, post in enumerate(poster, start=6):
        lenke = register.cell(rad, 10)
        assert lenke.value == hvor(tilleggsbok, post)
        arknavn, _, adresse = str(lenke.hyperlink.location).rpartition("!")
        celle = bok[arknavn.strip("'")][adresse]
        assert register.cell(rad, 3).value == post.verdi, post.noekkel
        assert celle.value == (None if post.nedover is not None else post.verdi), post.noekkel  # nobody is counted
        assert celle.protection.locked == (post.hvem == "modellen (låst)"), post.noekkel
        if post.slag == "andel":  # the register shows a number as its own tab does
            assert register.cell(rad, 3).number_format == celle.number_format
    assert register.auto_filter.ref == f"A5:J{5 + len(poster)}"
    assert not register.protection.autoFilter  # False means: allowed
    assert bok["Unge voksne"].protection.autoFilter
