"""The økonomiplan as a user meets it, and the tabs asked for together."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.test_kommandolinje import avvist
from tests.cli.test_register import lest
from tests.ladet import kjoer
from velferdslab_model.oekonomiplan import SERIER, oekonomiplan
from velferdslab_model.results import Resultat


def test_oekonomiplanen_som_tabell_faar_plass_og_sier_hva_tallene_er(tmp_path: Path) -> None:
    (tmp_path / "s.toml").write_text(
        'navn = "Prøve"\n[familier]\nanalysetidspunkt = 2022\n'
        "[unge_voksne.utvidet]\nkommunal_andel_nullalternativ = 0.7\nrealiserbar_andel = 0.4\n",
        encoding="utf-8",
    )
    tabell = kjoer("run", "s.toml", "--oekonomiplan", mappe=tmp_path).stdout.decode()
    assert max(map(len, tabell.splitlines())) <= 100
    for tekst in (
        "Økonomiplan 2020–2023: Prøve",
        "Kroner i 2019-priser. Faste priser, ikke neddiskontert.",
        "Antakelse: fordelingen",
        "Unge voksne: kommunens andel av besparelsen 70\u00a0%, realiserbar andel 40\u00a0%.",
        "«utenfor»: året er ikke med",
    ):
        assert tekst in tabell
    rader = [linje.split() for linje in tabell.splitlines() if linje.startswith("Kostnad, stat")]
    assert [rad[2:4] for rad in rader] == [["383", "010"], ["utenfor", "utenfor"], ["383", "010"]]


def test_oekonomiplanen_som_json_og_csv_er_den_samme(tmp_path: Path, standard: Resultat) -> None:
    plan = oekonomiplan(standard, 2028)
    svar = json.loads(kjoer("run", "--oekonomiplan", "--fra-aar", "2028", "--format", "json", mappe=tmp_path).stdout)
    assert svar == json.loads(json.dumps(plan.to_dict()))
    assert svar["aar"] == [2028, 2029, 2030, 2031]
    unge = svar["brukergrupper"]["unge_voksne"]
    assert unge["i_analysen"] == [True, True, False, False]
    assert unge["netto_kommune"][2:] == [None, None]
    assert unge["sum"].keys() == SERIER.keys() - {"aarsverk"}
    csv_ = kjoer("run", "--oekonomiplan", "--fra-aar", "2028", "--format", "csv", mappe=tmp_path).stdout
    assert csv_.startswith(b"\xef\xbb\xbfgruppe;serie;aar;verdi\r\n")
    funnet = [
        (r["gruppe"], r["serie"], r["aar"], r["verdi"] if r["verdi"] == "utenfor" else float(r["verdi"].replace(",", ".")))
        for r in lest(csv_)
    ]  # fmt: skip
    assert funnet == [(gruppe, serie, str(aar), verdi) for gruppe, serie, aar, verdi in plan.rader()]


@pytest.mark.parametrize("kommando", ["run", "generate"])
@pytest.mark.parametrize(
    ("valg", "ventet"),
    [
        (["--fra-aar", "2027"], "brukes bare sammen med --oekonomiplan"),
        (["--oekonomiplan", "--fra-aar", "snart"], "snart er ikke et årstall"),
        (["--oekonomiplan", "--fra-aar", "2030"], "første år 2030 gir årene 2030–2033, men analysen dekker 2020–2029"),
    ],
)
def test_feil_foerste_aar_gir_melding_og_ingen_fil(kommando: str, valg: list[str], ventet: str, tmp_path: Path) -> None:
    assert ventet in " ".join(avvist(kjoer(kommando, *valg, mappe=tmp_path)).split())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kommando", [("run",), ("run", "--format", "json"), ("generate", "-o", "bok.xlsx")])
@pytest.mark.parametrize(
    ("fra", "ventet", "ikke"),
    [
        ("2020", "", "Økonomiplanen:"),
        ("2023", "", "Økonomiplanen:"),
        ("2024", "Ingen kostnad i 2027. Er", "er utenfor analysen"),
        ("2027", "Ingen kostnad i 2027, 2028, 2029. Er", "2029, 2030"),
        ("2027", "Er analysetidspunktet (nå 2020) året dere begynner?", "2021"),
        ("2027", "Økonomiplanen: Unge voksne: 2030 er utenfor analysen (2020–2029), og teller ikke i planen.", "2031"),
        ("2018", "Økonomiplanen: Familie: 2018, 2019 er utenfor analysen (2020–2029)", "Ingen kostnad"),
    ],
)
def test_aar_uten_kostnad_og_aar_utenfor_blir_sagt(
    kommando: tuple[str, ...], fra: str, ventet: str, ikke: str, tmp_path: Path
) -> None:
    svar = kjoer(*kommando, "--oekonomiplan", "--fra-aar", fra, mappe=tmp_path)
    sagt = " ".join(svar.stderr.decode().split())
    assert svar.returncode == 0
    assert ventet in sagt
    assert ikke not in sagt


def test_oekonomiplan_og_register_skrives_ut_hver_for_seg(tmp_path: Path) -> None:
    assert "enten --oekonomiplan eller --register" in avvist(
        kjoer("run", "--oekonomiplan", "--register", mappe=tmp_path)
    )


def test_generate_legger_fanene_til_i_fast_rekkefolge(tmp_path: Path) -> None:
    svar = kjoer("generate", "-o", "bok.xlsx", "--oekonomiplan", "--fra-aar", "2024", "--register", mappe=tmp_path)
    assert svar.returncode == 0, svar.stderr
    bok = load_workbook(tmp_path / "bok.xlsx", data_only=True)
    assert bok.sheetnames[7:] == ["Forutsetninger", "Økonomiplan"]
    assert bok["Økonomiplan"]["C4"].value == 2024
    # The edited workbook is a scenario like any other.
    tilbake = kjoer("run", "bok.xlsx", "--oekonomiplan", "--fra-aar", "2024", mappe=tmp_path)
    assert tilbake.stdout == kjoer("run", "--oekonomiplan", "--fra-aar", "2024", mappe=tmp_path).stdout
