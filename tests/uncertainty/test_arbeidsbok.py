"""The uncertainty workbook: protected values with their figures, the seed and the draws in it, the same bytes."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.conftest import DATO
from tests.regneark import Innskriving, regn_ut_formualizer
from tests.scenarier import KONSTRUERTE
from velferdslab_model.check.kontroll import kontroller
from velferdslab_model.effektbok.assembly import planlegg
from velferdslab_model.effektbok.sikkerhet import FORELDET_KORT, IKKE_TRUKKET
from velferdslab_model.effektbok.tabs import USIKKERHETSFANER
from velferdslab_model.effektbok.writing import arbeidsbok
from velferdslab_model.errors import KanIkkeSkrive
from velferdslab_model.parameters.loading import fra_toml
from velferdslab_model.results import beregn
from velferdslab_model.scenarios.loading import load_forutsetninger
from velferdslab_model.uncertainty.analyse import Usikkerhet, analyser
from velferdslab_model.uncertainty.foelsomhet import Flytting
from velferdslab_model.uncertainty.screen import som_linjer
from velferdslab_model.uncertainty.setninger import flyttetekst
from velferdslab_model.uncertainty.tabs import FERSK, FORELDET, IKKE_LEVENDE, faner
from velferdslab_model.uncertainty.writing import usikkerhetsbok, usikkerhetsplan, write_usikkerhet

NAVN = [navn for navn, _ in USIKKERHETSFANER]


@pytest.fixture(scope="module")
def analyse() -> Usikkerhet:
    return analyser(fra_toml({}, "test", "Prøve & <Ås>"), 1000, 42)


@pytest.fixture(scope="module")
def innhold(analyse: Usikkerhet) -> bytes:
    return usikkerhetsbok(analyse, DATO)


def test_hver_fane_er_beskyttet_og_sier_at_tallene_ikke_er_formler(innhold: bytes) -> None:
    bok = load_workbook(BytesIO(innhold))
    assert bok.sheetnames == NAVN
    for ark in bok:
        assert ark.protection.sheet
        tekster = [str(c.value) for rad in ark.iter_rows() for c in rad if c.value is not None]
        assert IKKE_LEVENDE in tekster
        assert any("Trekninger: 1\u00a0000. Frø: 42." in tekst for tekst in tekster)
        assert not any(tekst.startswith("=") for tekst in tekster)
        assert all(c.protection.locked for rad in ark.iter_rows() for c in rad)
    assert any("gir 2024 som tilbakebetalingsår" in str(c.value) for c in bok["Bytteverdier"]["A"])


def test_hver_figur_har_tittel_aksetitler_og_alternativ_tekst(innhold: bytes) -> None:
    with zipfile.ZipFile(BytesIO(innhold)) as arkiv:
        figurer = [arkiv.read(n).decode() for n in arkiv.namelist() if n.startswith("xl/charts/chart")]
        tegninger = "".join(arkiv.read(n).decode() for n in arkiv.namelist() if n.startswith("xl/drawings/drawing"))
    assert len(figurer) == 32
    assert all(xml.count("<c:title>") == 3 for xml in figurer)
    assert sum('<c:barDir val="bar"/>' in xml for xml in figurer) == 12
    beskrivelser = re.findall(r'descr="([^"]*)"', tegninger)
    assert len(beskrivelser) == 32
    assert all(len(tekst) > 60 for tekst in beskrivelser)


def test_hver_fane_aapner_med_svaret_i_klartekst_og_en_figur_foer_tabellene(
    innhold: bytes, analyse: Usikkerhet
) -> None:
    bok = load_workbook(BytesIO(innhold))
    plan = {ark.navn: ark for ark in usikkerhetsplan(analyse).ark}
    for ark in bok:
        rader = [[c.value for c in rad[:13]] for rad in ark.iter_rows()]
        overskrift = next(k for k, rad in enumerate(rader) if str(rad[0]).startswith("Unge voksne: "))
        setning = str(rader[overskrift + 1][0])
        assert len(setning) > 40, ark.title
        for fagord in ("EVPI", "EVPPI", "Sobol", "Shapley", "Jansen"):
            assert not any(fagord in str(v) for rad in rader[: overskrift + 6] for v in rad), (ark.title, fagord)
        foerste_figur = min(f.plass.rad for f in plan[ark.title].figurer)
        foerste_tabell = next(
            k for k, rad in enumerate(rader) if k > overskrift and sum(v is not None for v in rad) > 3
        )
        assert foerste_figur > overskrift, ark.title
        assert foerste_figur < foerste_tabell, ark.title


def test_tallene_bak_figurene_staar_utenfor_den_utskrevne_siden(innhold: bytes, analyse: Usikkerhet) -> None:
    for ark in usikkerhetsplan(analyse).ark:
        utenfor = [c for c in ark.faste if c.kol > (ark.siste_kolonne or 0)]
        assert all(any(fra <= c.kol <= til for fra, til in ark.skjulte_kolonner) for c in utenfor)
    bok = load_workbook(BytesIO(innhold))
    trykkes = bok["Usikkerhet"].print_area
    assert ":$M$" in trykkes
    synlig = [str(c.value) for rad in bok["Usikkerhet"].iter_rows(max_col=13) for c in rad if c.value is not None]
    assert not any("stolpe" in tekst.lower() for tekst in synlig)


def test_ingen_tekst_er_lengre_enn_siden(analyse: Usikkerhet) -> None:
    for ark in usikkerhetsplan(analyse).ark:
        for celle in ark.faste:
            if isinstance(celle.verdi, str) and celle.kol == 0 and celle.stil in ("tekst", "dempet", "setning"):
                assert len(celle.verdi) <= 225, celle.verdi


def test_fanen_sier_hvor_sannsynlig_i_begge_analysene_og_samlet(innhold: bytes) -> None:
    tekster = [
        str(c.value) for rad in load_workbook(BytesIO(innhold))["Usikkerhet"].iter_rows() for c in rad if c.value
    ]
    for sagt in (
        "Tallenes egen usikkerhet",
        "Strukturell usikkerhet",
        "Ratene følger hverandre",
        "Samlet: begge gruppene",
        "Kommunen, realiserbar del",
        "Ville skjedd uansett",
    ):
        assert sagt in tekster, sagt
    assert any(t.startswith("Holdt fast i begge analysene") for t in tekster)
    assert any("over 99,7" in t for t in tekster)  # of 1 000 draws no more can be told
    assert any(t.startswith("Antakelse: priser, nullalternativ") for t in tekster)


def test_samme_analyse_og_dato_gir_samme_bytes(analyse: Usikkerhet, innhold: bytes) -> None:
    assert usikkerhetsbok(analyse, DATO) == innhold
    igjen = analyser(analyse.resultat.forutsetninger, 1000, 42)
    assert usikkerhetsbok(igjen, DATO) == innhold


@pytest.mark.treg
@pytest.mark.parametrize("scenario", [*KONSTRUERTE, "alt sikkert"])
def test_ethvert_scenario_lar_seg_skrive(scenario: str) -> None:
    sikre = {n: {"fordeling": "fast"} for n in ("priser", "nullalternativ", "verdi_qaly")}
    rater = {s: {"fordeling": "fast"} for s in ("uholdbar", "utsatt", "stabil")}
    tabell = KONSTRUERTE.get(scenario, {"unge_voksne": {"usikkerhet": {**sikre, "suksessrate": rater}}})
    u = analyser(fra_toml(tabell, "test", "test"), 200, 1)
    assert len(load_workbook(BytesIO(usikkerhetsbok(u, DATO))).sheetnames) == len(NAVN)
    assert max(map(len, som_linjer(u))) <= 100


def test_fanene_kan_legges_til_arbeidsboken_som_ellers_er_den_samme(analyse: Usikkerhet, tmp_path: Path) -> None:
    f = fra_toml({}, "test", "Asker")
    fil = tmp_path / "bok.xlsx"
    fil.write_bytes(arbeidsbok(beregn(f), DATO, faner(analyse)))
    assert load_workbook(fil).sheetnames[7:] == NAVN
    svarene = load_workbook(fil, data_only=True)["Introduksjonsark"]
    struktur = analyse.grupper["unge_voksne"].trekninger.strukturell.netto["budsjett"]
    assert svarene["M10"].value == struktur.p_positiv
    uten = tmp_path / "uten.xlsx"
    uten.write_bytes(arbeidsbok(beregn(f), DATO))
    assert load_workbook(uten, data_only=True)["Introduksjonsark"]["M10"].value == IKKE_TRUKKET
    assert load_forutsetninger(fil) == f
    svar = kontroller(fil)
    assert list(svar.funn) == []
    assert any(
        "sannsynlighetene på Introduksjonsark" in m and m.endswith("er ikke kontrollert.") for m in svar.merknader
    )


def test_en_uroert_fil_erstattes_og_en_endret_blir_staaende(analyse: Usikkerhet, tmp_path: Path) -> None:
    fil = tmp_path / "u.xlsx"
    write_usikkerhet(analyse, fil, DATO)
    write_usikkerhet(analyse, fil, DATO)
    load_workbook(fil).save(fil)
    endret = fil.read_bytes()
    with pytest.raises(KanIkkeSkrive, match="er endret"):
        write_usikkerhet(analyse, fil, DATO)
    assert fil.read_bytes() == endret
    write_usikkerhet(analyse, fil, DATO, overskriv=True)


def test_setningen_om_aaret_er_sann_ogsaa_naar_prosenten_er_avrundet() -> None:
    tekst = flyttetekst(Flytting("budsjett", 2025, -0.013911, 2024), "kommunen")
    assert tekst == "1,40\u00a0% lavere priser gir 2024 som tilbakebetalingsår for kommunen, ikke 2025."
    assert "uten tilbakebetaling innen" in flyttetekst(Flytting("budsjett", 2025, 0.5, None), "kommunen")
    assert "flyttes ikke av inntil 90\u00a0% høyere priser" in flyttetekst(
        Flytting("budsjett", None, None, None), "kommunen", "høyere"
    )


def _oeverst(skriv: Innskriving, fil: Path) -> dict[str, object]:
    """The live line of each uncertainty tab, and the probability on the first, after somebody has typed."""
    celler = [*((navn, "A4") for navn in NAVN), ("Introduksjonsark", "M10")]
    funnet = regn_ut_formualizer(fil, skriv, celler)
    return {navn: funnet[navn, celle] for navn, celle in celler}


def test_hver_fane_blir_roed_naar_inndata_er_endret_etter_trekningen(analyse: Usikkerhet, tmp_path: Path) -> None:
    bok = planlegg(analyse.resultat, DATO, faner(analyse))
    fil = tmp_path / "a.xlsx"
    fil.write_bytes(arbeidsbok(analyse.resultat, DATO, faner(analyse)))
    oeverst = _oeverst([], fil)
    p = analyse.grupper["unge_voksne"].trekninger.strukturell.netto["budsjett"].p_positiv
    assert oeverst.pop("Introduksjonsark") == pytest.approx(p)
    assert set(oeverst.values()) == {FERSK}
    for navn in ("UV.suksessrate_utsatt", "FAM.loennskostnad", "prisaar"):
        sted = bok.steder[navn]
        verdi = sted.verdier[0]
        assert isinstance(verdi, float | int)
        ny = verdi + 1 if navn == "prisaar" else verdi * 0.9
        oeverst = _oeverst([(sted.ark, sted.adresse.replace("$", ""), ny)], fil)
        assert oeverst.pop("Introduksjonsark") == FORELDET_KORT, navn
        assert set(oeverst.values()) == {FORELDET}, navn
    for ark in (ark for ark in bok.ark if ark.navn in NAVN):
        assert [regel for *_, regel, stil in ark.betingede if stil == "cf_feil" and regel.get("value") == "Foreldet"]
