"""The commands as a user meets them: whole processes, exit status, messages, and what is left on disk."""

from __future__ import annotations

import json
import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.ladet import ROT, Svar, kjoer
from tests.parameters.test_loading import UGYLDIGE
from velferdslab_model.results import Resultat
from velferdslab_model.scenarios.loading import load_forutsetninger


def avvist(svar: Svar) -> str:
    """The message of a refusal: exit 2, one message on stderr, nothing on stdout, no traceback."""
    melding = svar.stderr.decode()
    assert svar.returncode == 2, melding
    assert svar.stdout == b""
    assert "Traceback" not in melding
    assert melding.count("Feil: ") == 1
    return melding


def test_generate_uten_argumenter_lager_asker_i_output(tmp_path: Path) -> None:
    svar = kjoer("generate", mappe=tmp_path)
    assert svar.returncode == 0, svar.stderr
    assert svar.stderr.decode() == f"Skrev {Path('output') / 'effektmodell_asker.xlsx'}\n"
    assert load_workbook(tmp_path / "output" / "effektmodell_asker.xlsx").sheetnames[1] == "Unge voksne"
    assert [p.name for p in (tmp_path / "output").iterdir()] == ["effektmodell_asker.xlsx"]


def test_generate_med_fast_dato_gir_samme_bytes(tmp_path: Path) -> None:
    for navn in ("a.xlsx", "b.xlsx"):
        assert kjoer("generate", "-o", navn, "--dato", "2026-01-15", mappe=tmp_path).returncode == 0
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_uroert_arbeidsbok_erstattes_og_endret_blir_staaende(tmp_path: Path) -> None:
    fil = tmp_path / "bok.xlsx"
    assert kjoer("generate", "-o", fil, "--dato", "2026-01-15", mappe=tmp_path).returncode == 0
    foerste = fil.read_bytes()
    assert kjoer("generate", "-o", fil, "--dato", "2026-02-15", mappe=tmp_path).returncode == 0
    assert fil.read_bytes() != foerste
    bok = load_workbook(fil)
    bok["Unge voksne"]["C6"] = 12
    bok.save(fil)
    endret = fil.read_bytes()
    melding = avvist(kjoer("generate", "-o", fil, mappe=tmp_path))
    assert "er endret" in melding
    assert "-o" in melding
    assert "--force" in melding
    assert fil.read_bytes() == endret
    assert kjoer("generate", "-o", fil, "--force", mappe=tmp_path).returncode == 0
    assert fil.read_bytes() != endret


@pytest.mark.parametrize("innhold", [b"", b"notater", b"PK\x03\x04"])
def test_andres_filer_blir_staaende(innhold: bytes, tmp_path: Path) -> None:
    fil = tmp_path / "bok.xlsx"
    fil.write_bytes(innhold)
    avvist(kjoer("generate", "-o", fil, mappe=tmp_path))
    assert fil.read_bytes() == innhold
    assert [p.name for p in tmp_path.iterdir()] == ["bok.xlsx"]


def test_utdata_som_er_en_mappe_avvises(tmp_path: Path) -> None:
    (tmp_path / "mappe").mkdir()
    assert "er en mappe, ventet et filnavn" in avvist(kjoer("generate", "-o", "mappe", mappe=tmp_path))


def test_en_fil_midt_i_stien_avvises(tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("x")
    assert "en del av stien er en fil" in avvist(kjoer("generate", "-o", "fil/bok.xlsx", mappe=tmp_path))


def test_mappe_som_ikke_finnes_lages(tmp_path: Path) -> None:
    assert kjoer("generate", "-o", "ny/undermappe/bok.xlsx", mappe=tmp_path).returncode == 0
    assert (tmp_path / "ny" / "undermappe" / "bok.xlsx").exists()


@pytest.mark.skipif(os.name != "posix", reason="krever POSIX-rettigheter")
def test_skrivebeskyttet_mappe_og_fil_gir_melding(tmp_path: Path) -> None:
    """Run as an ordinary user, for root may write anywhere."""
    mappe = tmp_path / "laast"
    mappe.mkdir()
    fil = mappe / "bok.xlsx"
    assert kjoer("generate", "-o", fil, mappe=tmp_path).returncode == 0
    foer = fil.read_bytes()
    mappe.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        if os.geteuid() == 0:
            if not Path("/proc/version").exists():
                pytest.skip("root kan skrive overalt")
            melding = avvist(kjoer("generate", "-o", "/proc/bok.xlsx", mappe=tmp_path))
        else:
            melding = avvist(kjoer("generate", "-o", fil, mappe=tmp_path))
        assert "kan ikke skrives" in melding
    finally:
        mappe.chmod(stat.S_IRWXU)
    assert fil.read_bytes() == foer
    assert [p.name for p in mappe.iterdir()] == ["bok.xlsx"]


@pytest.mark.parametrize("kommando", ["generate", "run"])
@pytest.mark.parametrize(
    "scenario", ["prosent som andel", "ukjent noekkel", "to like tiltak", "nan", "for mange tiltak"]
)
def test_ugyldig_scenario_avvises_og_ingenting_skrives(kommando: str, scenario: str, tmp_path: Path) -> None:
    tekst, ventet = UGYLDIGE[scenario]
    (tmp_path / "scenario.toml").write_text(tekst)
    melding = avvist(kjoer(kommando, "scenario.toml", mappe=tmp_path))
    assert all(del_ in melding for del_ in ventet), melding
    assert [p.name for p in tmp_path.iterdir()] == ["scenario.toml"]


@pytest.mark.parametrize(
    ("argumenter", "ventet"),
    [
        (["genrate"], "Kommandoen 'genrate' finnes ikke. Mente du 'generate'?"),
        (["run", "--formt", "json"], "Valget '--formt' finnes ikke"),
        (["run", "--format", "xml"], "'xml' er ikke blant 'table', 'json', 'csv'"),
        (["run", "a.toml", "b.toml"], "Uventet ekstra argument (b.toml)"),
        (["run", "finnes_ikke.toml"], "finnes_ikke.toml: filen finnes ikke"),
        (["generate", "-o"], "Valget '-o' krever en verdi"),
        (["generate", "--dato", "i går"], "i går er ikke en dato"),
        (["generate", "--dato", "1889-01-01"], "1889-01-01 er ikke en dato"),
        (["new"], "Mangler NAVN, for eksempel: velferdslab new Bergen"),
        (["new", ""], "navnet er uten innhold"),
        (["generate", "."], "er en mappe"),
        (["generate", "--prisaar", "i fjor"], "i fjor er ikke et prisår, ventet et helt tall fra 1990 til 2100"),
        (["run", "--prisaar", "1889"], "1889 er ikke et prisår, ventet et helt tall fra 1990 til 2100"),
    ],
)
def test_feil_bruk_gir_norsk_melding(argumenter: list[str], ventet: str, tmp_path: Path) -> None:
    assert ventet in avvist(kjoer(*argumenter, mappe=tmp_path))


def test_hjelpen_er_norsk_og_har_eksempler_for_hver_kommando(tmp_path: Path) -> None:
    hjelp = kjoer("--help", mappe=tmp_path).stdout.decode()
    filer = {p.stem for p in (ROT / "velferdslab_model" / "cli").glob("*.py")}
    kommandoer = {fil for fil in filer - {"__init__", "norsk", "valg"} if not fil.startswith("output")}
    assert kommandoer >= {"generate", "run", "new", "prices", "check", "compare"}
    for kommando in kommandoer:
        assert f"\n  {kommando} " in hjelp
        egen = kjoer(kommando, "--help", mappe=tmp_path).stdout.decode()
        assert f"\n    velferdslab {kommando}" in egen
        for engelsk in ("Usage", "Options", "Show this", "OPTIONS", "default", "TEXT", "PATH"):
            assert engelsk not in hjelp + egen, (kommando, engelsk)


def test_run_som_json_er_hele_resultatet(tmp_path: Path, standard: Resultat) -> None:
    # Beside it: what Bostøtte, a transfer and no cost to society, takes from the net to society (31 800 kr for 21.44 person-years).
    overfoert = {"Bostøtte": dict.fromkeys(("unge_voksne", "familier"), 681_792.0)}
    assert json.loads(kjoer("run", "--format", "json", mappe=tmp_path).stdout) == json.loads(
        json.dumps(standard.to_dict() | {"overfoeringer_i_netto_samfunn": overfoert})
    )


def test_json_har_formen_som_er_avtalt(standard: Resultat) -> None:
    svar = standard.to_dict()
    assert svar.keys() == {"navn", "prisaar", "versjon", "brukergrupper", "samlet"}
    penger = {"kostnad", "besparelse", "besparelse_per_betaler", "erstattede_tjenester", "bedret_situasjon",
              "helsegevinst", "produksjonsgevinst", "offentlig_inntekt", "offentlig_inntekt_per_betaler",
              "skattefinansieringskostnad", "netto_budsjett", "netto_samfunn", "netto_per_betaler",
              "akkumulert_budsjett", "akkumulert_samfunn", "akkumulert_per_betaler"}  # fmt: skip
    for gruppe in svar["brukergrupper"].values():
        assert gruppe.keys() == penger | {"aar", "diskonteringsfaktor", "deltakere", "aarsverk", "alternativ", "sum",
                                          "tilbakebetalingsaar", "kostnadsfordeling", "per_inntatt", "dfoe", "uten_effekt",
                                          "svar", "hviler_paa", "forsiktig", "enkeltindivid", "ikke_neddiskontert"}  # fmt: skip
        assert gruppe["enkeltindivid"].keys() == gruppe["ikke_neddiskontert"].keys() == penger
        assert gruppe["dfoe"].keys() == {
            "rente",
            "skattefinansieringssats",
            "reell_vekst",
            "sum_netto",
            "tilbakebetalingsaar",
        }
        assert gruppe["per_inntatt"].keys() == {"uholdbar", "utsatt", "stabil"}
        assert gruppe["uten_effekt"].keys() == {"netto_budsjett", "netto_samfunn"}
        assert gruppe["deltakere"].keys() == gruppe["kostnadsfordeling"].keys() == {"uholdbar", "utsatt", "stabil"}
        assert gruppe["alternativ"].keys() == {"rente", "sum_netto", "tilbakebetalingsaar"}
        assert len(gruppe["aar"]) == len(gruppe["kostnad"]["stat"]) == 10
        assert gruppe["svar"].endswith("for samfunnet, gitt forutsetningene.")
        assert gruppe["hviler_paa"].startswith("Hviler på ")
    assert svar["samlet"].keys() == {
        "sum",
        "tilbakebetalingsaar",
        "svar",
        "hviler_paa",
        "forsiktig",
        "alternativ",
        "dfoe",
        "uten_effekt",
    }
    assert svar["samlet"]["dfoe"].keys() == svar["brukergrupper"]["familier"]["dfoe"].keys()
    assert svar["brukergrupper"]["unge_voksne"]["tilbakebetalingsaar"] == {
        "budsjett": 2025,
        "samfunn": 2022,
        "kommune": 2023,
        "fylkeskommune": None,
        "stat": None,
        "kommune_realiserbar": 2023,
    }


def test_samlet_er_null_naar_gruppene_ikke_kan_legges_sammen(tmp_path: Path) -> None:
    (tmp_path / "s.toml").write_text("[familier]\nanalysetidspunkt = 2021\n")
    assert json.loads(kjoer("run", "s.toml", "--format", "json", mappe=tmp_path).stdout)["samlet"] is None
    assert "Samlet er ikke beregnet" in kjoer("run", "s.toml", mappe=tmp_path).stdout.decode()


def test_run_som_csv_kan_leses_i_norsk_excel(tmp_path: Path, standard: Resultat) -> None:
    csv = kjoer("run", "--format", "csv", mappe=tmp_path).stdout
    assert csv.startswith(b"\xef\xbb\xbfgruppe;serie;aar;verdi\r\n")
    linjer = csv.decode("utf-8-sig").splitlines()
    assert "unge_voksne;kostnad_stat;2020;383010" in linjer
    assert [linje for linje in linjer if linje.startswith("unge_voksne;akkumulert_budsjett;2024;-153132,6")]
    assert len(linjer) == 1 + len(standard.to_frame())
    assert not [linje for linje in linjer if linje.endswith(";-0")]


def som_vist(tall: str) -> str:
    """A number with the hard spaces that are shown between thousands."""
    return tall.replace(" ", "\u00a0")


def test_tabellen_faar_plass_og_viser_det_en_beslutningstaker_vil_vite(tmp_path: Path) -> None:
    tabell = kjoer("run", mappe=tmp_path).stdout.decode()
    linjer = tabell.splitlines()
    assert max(map(len, linjer)) <= 100
    assert len(linjer) <= 50
    hele = " ".join(tabell.split())
    for navn, budsjett in (("Unge voksne", 2025), ("Familie", 2022), ("Samlet", 2023)):
        svar = f"{navn}: Tilbakebetalt fra {budsjett} for offentlige budsjetter og fra 2022 for samfunnet, gitt"
        assert f"{svar} forutsetningene. Hviler på " in hele
    assert "antakelser om suksessrater, priser og volum, helse og arbeid" in hele
    # The views stand above the parts they are made of.
    assert tabell.index("Budsjetter, DFØ-visning") < tabell.index("Kostnad og gevinst")
    for verdi in ("11 574 422", "13 997 313", "54 003 713", "−2 376 642", "135 579 711", "466 577", "4,67"):
        assert som_vist(verdi) in tabell
    # The note's own view, and the three that an economist asks for.
    for verdi in ("10 421 342  2025", "7 341 666", "18 230 069", "45 874 901  2022", "−4 607 500"):
        assert som_vist(verdi).replace("\u00a0\u00a0", "  ") in tabell
    assert "til offentlige budsjetter" not in tabell


def test_tabellen_viser_hvem_som_faar_den_offentlige_inntekten(tmp_path: Path) -> None:
    (tmp_path / "s.toml").write_text(
        "[unge_voksne.utvidet]\noffentlig_andel_produksjonsgevinst = 0.25\nkommunal_andel_offentlig_inntekt = 0.4\n"
    )
    tabell = kjoer("run", "s.toml", mappe=tmp_path).stdout.decode()
    # A quarter of 24 864 000, and two fifths of that; the family has no such share.
    funnet = dict(
        re.findall(r"^ +(til offentlige budsjetter|kommunen|staten) {2,}(\S[\d\u00a0]*) {2,}0 ", tabell, re.M)
    )
    assert funnet == {
        "til offentlige budsjetter": som_vist("6 216 000"),
        "kommunen": som_vist("2 486 400"),
        "staten": som_vist("3 729 600"),
    }
    assert som_vist("20 213 313") in tabell


def test_new_lager_en_fil_som_kan_brukes_og_skriver_ikke_over_arbeid(tmp_path: Path) -> None:
    assert kjoer("new", "Nordre Follo", mappe=tmp_path).returncode == 0
    fil = tmp_path / "nordre_follo.toml"
    assert load_forutsetninger(fil).navn == "Nordre Follo"
    assert kjoer("new", "Nordre Follo", mappe=tmp_path).returncode == 0  # untouched: the same again
    fil.write_text(fil.read_text() + "# mitt arbeid\n")
    assert "finnes og er endret" in avvist(kjoer("new", "Nordre Follo", mappe=tmp_path))
    assert fil.read_text().endswith("# mitt arbeid\n")


def test_navn_med_anfoerselstegn_overlever_malen(tmp_path: Path) -> None:
    assert kjoer("new", 'Den "nye" \\ byen', "-o", "by.toml", mappe=tmp_path).returncode == 0
    assert load_forutsetninger(tmp_path / "by.toml").navn == 'Den "nye" \\ byen'


def test_tunge_biblioteker_lastes_bare_der_de_brukes(tmp_path: Path) -> None:
    kode = (
        "import sys, velferdslab_model.cli as c\n"
        "sys.argv = ['velferdslab', *{argumenter!r}]\n"
        "try: c.main()\nexcept SystemExit: pass\n"
        "print([m for m in ('numpy', 'pandas', 'openpyxl', 'scipy', 'xlsxwriter') if m in sys.modules], file=sys.stderr)"
    )
    for argumenter, ventet in (
        (["--help"], "[]"),
        (["run"], "['numpy']"),
        (["generate", "-o", "bok.xlsx"], "['numpy', 'xlsxwriter']"),
        (["run", "bok.xlsx"], "['numpy']"),
    ):
        svar = subprocess.run(
            [sys.executable, "-c", kode.format(argumenter=argumenter)],
            cwd=tmp_path,
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONPATH": str(ROT)},
        )
        assert svar.stderr.decode().splitlines()[-1] == ventet, argumenter


def test_navn_som_gir_samme_filnavn_tar_ikke_hverandres_plass(tmp_path: Path) -> None:
    for fil, navn in (("a.toml", "Bø"), ("b.toml", "Boe")):
        (tmp_path / fil).write_text(f'navn = "{navn}"', encoding="utf-8")
    assert kjoer("generate", "a.toml", mappe=tmp_path).returncode == 0
    foerste = (tmp_path / "output" / "effektmodell_boe.xlsx").read_bytes()
    assert "er laget for «Bø», ikke for «Boe»" in avvist(kjoer("generate", "b.toml", mappe=tmp_path))
    assert (tmp_path / "output" / "effektmodell_boe.xlsx").read_bytes() == foerste
    assert kjoer("generate", "a.toml", mappe=tmp_path).returncode == 0
    assert kjoer("generate", "b.toml", "--force", mappe=tmp_path).returncode == 0


def test_arbeidsboken_maa_hete_xlsx(tmp_path: Path) -> None:
    assert "slutter på .xlsx" in avvist(kjoer("generate", "-o", "bok.csv", mappe=tmp_path))


@pytest.mark.skipif(os.name != "posix", reason="FIFO og /dev finnes bare på POSIX")
def test_utdata_til_noe_som_ikke_er_en_fil_avvises(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "roer.xlsx")
    assert "er ingen vanlig fil" in avvist(kjoer("generate", "-o", "roer.xlsx", mappe=tmp_path))


@pytest.mark.skipif(os.name != "posix", reason="lenker krever rettigheter på Windows")
def test_en_lenke_folges(tmp_path: Path) -> None:
    (tmp_path / "lenke.xlsx").symlink_to("maal.xlsx")
    assert kjoer("generate", "-o", "lenke.xlsx", mappe=tmp_path).returncode == 0
    assert (tmp_path / "lenke.xlsx").is_symlink()
    assert (tmp_path / "maal.xlsx").is_file()


def test_mapper_som_ble_laget_tas_bort_naar_det_ikke_gikk(tmp_path: Path) -> None:
    melding = avvist(kjoer("generate", "-o", f"ny/under/{'x' * 300}.xlsx", mappe=tmp_path))
    assert "navnet er for langt" in melding
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="/dev/full finnes bare på Linux")
@pytest.mark.parametrize("form", ["table", "json", "csv"])
def test_utskrift_som_ikke_gaar_gir_melding_og_ikke_sporing(form: str, tmp_path: Path) -> None:
    kommando = f"{sys.executable} -m velferdslab_model run --format {form}"
    miljoe = {**os.environ, "PYTHONPATH": str(ROT)}
    full = subprocess.run(
        f"{kommando} > /dev/full", shell=True, cwd=tmp_path, env=miljoe, capture_output=True, check=False
    )
    assert full.returncode == 2
    assert full.stderr.decode() == "Feil: Resultatet kan ikke skrives ut (disken er full).\n"
    lukket = subprocess.run(f"{kommando} >&-", shell=True, cwd=tmp_path, env=miljoe, capture_output=True, check=False)
    assert b"Traceback" not in lukket.stderr
    hode = subprocess.run(
        f"{kommando} | head -1", shell=True, cwd=tmp_path, env=miljoe, capture_output=True, check=False
    )
    assert hode.stderr == b""


def test_tegn_skjermen_ikke_kan_vise_stopper_ikke_utskriften(tmp_path: Path) -> None:
    (tmp_path / "s.toml").write_text('navn = "Łódź"', encoding="utf-8")
    svar = subprocess.run(
        [sys.executable, "-m", "velferdslab_model", "run", "s.toml"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROT), "PYTHONIOENCODING": "cp1252"},
        capture_output=True,
        check=False,
    )
    assert svar.returncode == 0, svar.stderr


def test_omregning_til_et_annet_prisaar_sies_fra_om(tmp_path: Path) -> None:
    (tmp_path / "s.toml").write_text("prisaar = 2024")
    svar = " ".join(kjoer("run", "s.toml", mappe=tmp_path).stdout.decode().split())
    assert "Beløp i 2024-kroner, regnet om fra 2019 med kommunal deflator, årslønn og KPI (ikke endelige tall:" in svar
    assert "årslønn 2022 foreløpig, 2023 ikke kontrollert)." in svar


@pytest.mark.parametrize("navn", [b"a\xffb", "høyre\u202evenstre".encode(), b"a\tb", b"x" * 40_000])
def test_navn_som_ikke_kan_vises_avvises(navn: bytes, tmp_path: Path) -> None:
    """A byte that is no text reaches Python as a lone surrogate."""
    assert "NAVN: navnet har" in avvist(kjoer("new", navn, mappe=tmp_path))
    assert list(tmp_path.iterdir()) == []
