"""The audit of a price list: what was typed, what it does to the result, and what else was touched."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.conftest import DATO
from tests.workbook.fiendtlige import deler, pakk
from tests.workbook.varianter import uten_egenskaper
from velferdslab_model.check.kontroll import kontroller
from velferdslab_model.cli.output_check import kontrollrapport
from velferdslab_model.prisliste.applying import legg_over
from velferdslab_model.prisliste.origin import pakk_opphav, pakk_ut_opphav
from velferdslab_model.prisliste.writing import write_prisliste
from velferdslab_model.results import beregn
from velferdslab_model.scenarios.loading import les_oppgitt, load_forutsetninger, load_med_priser

Celler = Mapping[str, float | str | None]


def liste(mappe: Path, skriv: Celler, scenario: str | None = None) -> Path:
    """A list made of a scenario in which somebody has typed and saved."""
    fil = mappe / "priser.xlsx"
    kilde = None
    if scenario is not None:
        kilde = mappe / "s.toml"
        kilde.write_text(scenario, encoding="utf-8")
    write_prisliste(les_oppgitt(kilde), fil, DATO, overskriv=True)
    bok = load_workbook(fil)
    for celle, verdi in skriv.items():
        bok["Priser"][celle] = verdi
    bok.save(fil)
    return fil


def test_lagret_paa_nytt_uten_endringer_har_listen_ingen_funn(tmp_path: Path) -> None:
    svar = kontroller(liste(tmp_path, {}))
    assert (list(svar.funn), list(svar.endringer), svar.mot) == ([], [], "prisene listen ble laget med")


def test_endret_pris_aar_og_kilde_vises_med_celle_og_virkning(tmp_path: Path) -> None:
    fil = liste(tmp_path, {"D8": 500, "G8": 2024, "H8": "Budsjett 2024", "D9": 600})
    svar = kontroller(fil)
    assert svar.funn == []
    assert [(celle, e.felt, e.gammel, e.ny) for celle, e in svar.endringer][:3] == [
        ("Priser!D8", "enhetskostnad", 475, 500),
        ("Priser!G8", "prisår", 2019, 2024),
        ("Priser!H8", "kilde", "antakelse: 450–500 kr per time", "Budsjett 2024"),
    ]
    assert [e.kilde for _, e in svar.endringer if e.felt == "enhetskostnad"] == [
        "Budsjett 2024",
        "uten ny kilde, regnes som antakelse",
    ]
    assert svar.virkning is not None
    foer = beregn(load_forutsetninger()).grupper["unge_voksne"].sum["kostnad"]
    etter = beregn(load_med_priser(None, fil)[0]).grupper["unge_voksne"].sum["kostnad"]
    assert svar.virkning.grupper["unge_voksne"].differanse("kostnad") == pytest.approx(etter - foer, rel=1e-12)
    assert "Booppfølging: enhetskostnad: 475 -> 500 kr" in kontrollrapport(svar)


@pytest.mark.parametrize(
    ("skriv", "slag", "sted"),
    [
        ({"B8": "Noe annet"}, {"låst celle", "inndata"}, "Priser!B8"),
        ({"F8": "stat"}, {"låst celle", "inndata"}, "Priser!F8"),
        ({"A1": "Prisliste: Oslo"}, {"låst celle"}, "Priser!A1"),
        ({"K8": "et notat"}, {"ekstra celle"}, "Priser!K8"),
        ({"D8": "dyrt"}, {"inndata"}, "Priser!D8"),
        ({"D8": None}, {"inndata"}, "Priser!D8"),
        ({"G8": 1800}, {"inndata"}, "Priser!G8"),
        ({"B8": "=A1"}, {"låst celle", "inndata"}, "Priser!B8"),
    ],
)  # fmt: skip
def test_annet_enn_lovlige_inndata_er_funn(skriv: Celler, slag: set[str], sted: str, tmp_path: Path) -> None:
    svar = kontroller(liste(tmp_path, skriv))
    assert {f.slag for f in svar.funn} == slag
    assert sted in {f.sted for f in svar.funn}


def test_opphevet_beskyttelse_skjult_og_ny_fane_blir_funnet(tmp_path: Path) -> None:
    fil = liste(tmp_path, {})
    bok = load_workbook(fil)
    bok["Priser"].protection.sheet = False
    bok.create_sheet("Notater")["A1"] = "mitt"
    bok.save(fil)
    assert {(f.slag, f.sted) for f in kontroller(fil).funn} == {("beskyttelse", "Priser"), ("fane", "Notater")}


def test_en_kolonne_som_er_satt_inn_sies_en_gang_og_prisene_leses(tmp_path: Path) -> None:
    fil = liste(tmp_path, {})
    bok = load_workbook(fil)
    bok["Priser"].insert_cols(4)
    bok["Priser"]["D4"], bok["Priser"]["E8"] = "Notat", 500
    bok.save(fil)
    svar = kontroller(fil)
    assert svar.funn == []
    assert [(celle, e.gammel, e.ny) for celle, e in svar.endringer] == [("Priser!E8", 475, 500)]
    assert any("annen form enn den programmet lager" in m for m in svar.merknader)


SCENARIO = """
navn = "Konstruert"
vis_i_prisaar = 2024
[indekser.kommunal_deflator]
2019 = 100
2024 = 125
[[unge_voksne.tiltak]]
navn = "Booppfølging"
enhetskostnad = 480
kilde = "Regnskap"
"""


def test_en_liste_av_et_annet_scenario_kontrolleres_mot_sitt_eget_opphav(tmp_path: Path) -> None:
    fil = liste(tmp_path, {"D8": 500}, SCENARIO)
    svar = kontroller(fil)
    assert svar.funn == []
    assert [(celle, e.gammel, e.ny) for celle, e in svar.endringer] == [("Priser!D8", 480, 500)]
    assert svar.virkning is None
    assert "--against" in " ".join(svar.merknader)
    mot = kontroller(fil, tmp_path / "s.toml")
    assert mot.funn == []
    assert mot.virkning is not None
    etter = beregn(load_med_priser(tmp_path / "s.toml", fil)[0]).grupper["unge_voksne"].sum["kostnad"]
    foer = beregn(load_forutsetninger(tmp_path / "s.toml")).grupper["unge_voksne"].sum["kostnad"]
    assert mot.virkning.grupper["unge_voksne"].differanse("kostnad") == pytest.approx(etter - foer, rel=1e-12)


def test_opphavet_er_det_listen_ble_laget_av_og_kan_vaere_oedelagt(tmp_path: Path) -> None:
    (tmp_path / "s.toml").write_text(SCENARIO, encoding="utf-8")
    oppgitt = les_oppgitt(tmp_path / "s.toml")
    pakket = pakk_opphav(oppgitt, "p.xlsx")
    opphav = pakk_ut_opphav(pakket)
    assert opphav is not None
    assert opphav.filnavn == "p.xlsx"
    assert (opphav.oppgitt.navn, opphav.oppgitt.kilde, opphav.oppgitt.indekser) == (
        oppgitt.navn,
        oppgitt.kilde,
        oppgitt.indekser,
    )
    for gruppe, g in oppgitt.grupper.items():
        assert opphav.oppgitt.grupper[gruppe].tiltak == g.tiltak
        for t in g.tiltak:
            assert opphav.oppgitt.prisaar[gruppe][f"tiltak.{t.navn}"] == oppgitt.prisaar[gruppe][f"tiltak.{t.navn}"]
    assert pakk_ut_opphav({}) is None
    assert pakk_ut_opphav({next(iter(pakket)): "x"}) is None


def test_en_liste_uten_opphav_kontrolleres_mot_standardverdiene(tmp_path: Path) -> None:
    fil = liste(tmp_path, {"D8": 500})
    bok = load_workbook(fil)
    for navn in [e.name for e in bok.custom_doc_props.props if e.name.startswith("velferdslab_laget")]:
        del bok.custom_doc_props[navn]
    bok.save(fil)
    svar = kontroller(fil)
    assert svar.mot == "standardverdiene"
    assert "sier ikke hvilke priser den ble laget med" in svar.merknader[0]
    assert [celle for celle, _ in svar.endringer] == ["Priser!D8"]


def test_en_sortert_liste_er_den_samme_listen(tmp_path: Path) -> None:
    """As with the filter in Excel: rows by price, the two groups mixed."""
    fil = liste(tmp_path, {})
    bok = load_workbook(fil)
    ark = bok["Priser"]
    rader = [[c.value for c in rad] for rad in ark.iter_rows(min_row=5, max_row=39)]
    for nummer, rad in enumerate(sorted(rader, key=lambda r: (r[3], r[1])), start=5):
        for kol, verdi in enumerate(rad, start=1):
            ark.cell(nummer, kol).value = verdi
    bok.save(fil)
    svar = kontroller(fil)
    assert (list(svar.funn), list(svar.endringer)) == ([], [])


def test_slettede_rader_sies_paa_en_linje_hver(tmp_path: Path) -> None:
    fil = liste(tmp_path, {"D8": 500})
    bok = load_workbook(fil)
    navn = [bok["Priser"]["B6"].value, bok["Priser"]["B20"].value]
    bok["Priser"].delete_rows(20)
    bok["Priser"].delete_rows(6)
    bok.save(fil)
    svar = kontroller(fil)
    assert [(f.slag, n in f.funnet) for f, n in zip(svar.funn, navn, strict=True)] == [("rader", True)] * 2
    assert [(celle, e.gammel, e.ny) for celle, e in svar.endringer] == [("Priser!D7", 475, 500)]


def test_et_ark_med_nytt_navn_er_det_samme_arket(tmp_path: Path) -> None:
    fil = liste(tmp_path, {"D8": 500})
    bok = load_workbook(fil)
    bok["Priser"].title = "Priser (2)"
    bok.save(fil)
    svar = kontroller(fil)
    assert [(f.slag, f.funnet) for f in svar.funn] == [("fane", "navnet «Priser (2)»")]
    assert [celle for celle, _ in svar.endringer] == ["Priser (2)!D8"]


@pytest.mark.parametrize(
    "hode", ["Pris", "ENHETSKOSTNAD *", "Enhets\u00adkostnad:", "Enhetskostnad (kr)", " Enhetspris\u00a0"]
)
def test_overskriften_kan_skrives_paa_flere_maater(hode: str, tmp_path: Path) -> None:
    endringer = kontroller(liste(tmp_path, {"D4": hode, "D8": 500})).endringer
    assert [(celle, e.ny) for celle, e in endringer] == [("Priser!D8", 500)]


def test_uten_egenskaper_kjennes_listen_paa_overskriftene(tmp_path: Path) -> None:
    fil = liste(tmp_path, {"D8": 500})
    fil.write_bytes(pakk(uten_egenskaper(deler(fil.read_bytes()))))
    svar = kontroller(fil)
    assert svar.funn == []
    assert [(celle, e.gammel, e.ny) for celle, e in svar.endringer] == [("Priser!D8", 475, 500)]
    assert any("Dokumentegenskapene er borte" in m for m in svar.merknader)


def test_en_liste_laget_for_haand_og_en_csv_blir_kontrollert_paa_prisene(tmp_path: Path) -> None:
    bok = Workbook()
    bok.active.append(["Tiltak", "Gruppe", "Kilde", "Prisår", "Enhetskostnad"])
    bok.active.append(["Booppfølging", "Unge voksne", "Budsjett", 2019, 500])
    bok.save(tmp_path / "egen.xlsx")
    csv = "gruppe;tiltak;enhetskostnad;prisår;kilde\nUnge voksne;Booppfølging;500;2019;Budsjett\n"
    (tmp_path / "egen.csv").write_text(csv, encoding="utf-8")
    for navn, celle in (("egen.xlsx", "Sheet!E2"), ("egen.csv", "egen.csv!C2")):
        svar = kontroller(tmp_path / navn)
        assert svar.funn == []
        assert [(c, e.gammel, e.ny) for c, e in svar.endringer if e.felt == "enhetskostnad"] == [(celle, 475, 500)]
        assert "Ingenting annet er kontrollert" in kontrollrapport(svar)


ELDRE = Path(__file__).parents[1] / "prisliste" / "data" / "eldre.csv"


def test_en_prisliste_fra_en_tidligere_versjon_har_de_endringene_noen_har_gjort(tmp_path: Path) -> None:
    """Eleven sources in it say what the common hourly rate says today, and two of Bostøtte not that it is a transfer."""
    sagt = "Fra en tidligere versjon, og ingen endring: 13 kilder med annen ordlyd."
    svar = kontroller(ELDRE)
    assert (list(svar.endringer), sagt in svar.merknader) == ([], True)
    uroert = legg_over(les_oppgitt(), ELDRE)
    assert uroert.melding() == f"Prisliste eldre.csv: 0 priser endret, 35 uendret. {sagt}"
    assert uroert.oppgitt == les_oppgitt()
    fil = tmp_path / "eldre.csv"
    tekst = ELDRE.read_text(encoding="utf-8-sig")
    gammel = (
        "antakelse: kommunal timekostnad 550 kr\r\n" if "\r\n" in tekst else "antakelse: kommunal timekostnad 550 kr"
    )
    linjer = tekst.splitlines()
    endret = [linje for linje in linjer if "(oppfølging)" in linje or "Booppfølging" in linje][:2]
    assert gammel.strip() in endret[0]
    tekst = tekst.replace(endret[0], endret[0].replace("antakelse: kommunal timekostnad 550 kr", "Lønnsmelding"), 1)
    fil.write_text(tekst.replace(endret[1], endret[1].replace(";475;", ";500;"), 1), encoding="utf-8-sig")
    funnet = [(e.felt, e.tiltak, e.ny) for _, e in kontroller(fil).endringer]
    assert funnet == [
        ("kilde", "Investeringsleder / koordineringsleder (oppfølging)", "Lønnsmelding"),
        ("enhetskostnad", "Booppfølging", 500.0),
    ]
    (en,) = [t for t in legg_over(les_oppgitt(), fil).oppgitt.grupper["unge_voksne"].tiltak if t.navn == "Booppfølging"]
    assert en.kilde == "antakelse: prisliste eldre.csv, uten oppgitt kilde"
