"""velferdslab assess as a user meets it."""

from __future__ import annotations

import json
import zipfile
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.assess.konstruert import rad, skriv_csv
from tests.cli.test_kommandolinje import avvist
from tests.ladet import Svar, kjoer
from tests.regneark import Innskriving, LibreOffice
from velferdslab_model.assess.reading import les_registreringer
from velferdslab_model.assess.template import registerplan
from velferdslab_model.scenarios.loading import load_forutsetninger
from velferdslab_model.workbook.adresse import celleadresse
from velferdslab_model.workbook.plan import Verdi
from velferdslab_model.workbook.writing import bytes_av


def personer(antall: int = 40) -> list[dict[str, str]]:
    """Constructed: from utsatt 14 of 22 succeed, from stabil 10 of 18."""
    ut = []
    for i in range(antall):
        fra = 1 if i < 22 else 2
        til = fra + 1 if (i < 14 or 22 <= i < 32) else fra
        ut.append(rad(f"P{i:02d}", "2024-03-01", "oppstart", fra, gitt="utsatt" if fra == 1 else "stabil", alder="18"))
        ut.append(rad(f"P{i:02d}", "2025-03-01", "avslutning", til, bekreftet="ja", alder="19", grunn="fullført"))
    return ut


@pytest.fixture
def register(tmp_path: Path) -> Path:
    return skriv_csv(tmp_path / "register.csv", personer())


def tekst(svar: Svar) -> str:
    return " ".join(svar.stdout.decode().replace("\u00a0", " ").split())


def test_svaret_paa_skjermen_og_i_json(register: Path, tmp_path: Path) -> None:
    svar = kjoer("assess", "register.csv", mappe=tmp_path)
    assert svar.returncode == 0, svar.stderr
    assert "Fra utsatt: 14 av 22 lyktes, 64 % (95 % intervall 43 % til 81 %)." in tekst(svar)
    assert max(map(len, svar.stdout.decode().split("Til scenariofilen")[0].splitlines())) <= 100
    data = json.loads(kjoer("assess", "register.csv", "--format", "json", mappe=tmp_path).stdout)
    steg = data["grupper"]["unge_voksne"]["steg"]
    assert (steg["utsatt"]["lyktes"], steg["utsatt"]["fulgt_opp"], steg["stabil"]["lyktes"]) == (14, 22, 10)
    assert steg["utsatt"]["til"] == {"0": 0, "1": 8, "2": 14, "3": 0}
    assert "navn" not in register.read_text(encoding="utf-8")
    # Two decimals of agreement: more would tell how many are compared.
    assert data["enighet"]["leder"]["andel"] == round(data["enighet"]["leder"]["andel"], 2)
    assert "uavrundet, unntatt enighet (to desimaler uten --internt)" in tekst(
        kjoer("assess", "--help", mappe=tmp_path)
    )
    # Nobody's deadline has passed since the last date of this file.
    assert "da kan også oppfølging med frist i mellomtiden mangle." in svar.stderr.decode()


def test_rapporten_er_delbar_og_den_interne_er_merket_paa_hver_side(register: Path, tmp_path: Path) -> None:
    for navn, *valg in (("r.xlsx",), ("i.xlsx", "--internt")):
        svar = kjoer("assess", "register.csv", "-o", navn, "--kontrakt", "k.toml", *valg, mappe=_med_kontrakt(tmp_path))
        assert svar.returncode == 0, svar.stderr
    delt, intern = (load_workbook(tmp_path / n) for n in ("r.xlsx", "i.xlsx"))
    celler = [str(c.value) for ark in delt for r in ark.iter_rows() for c in r if c.value is not None]
    assert not [c for c in celler if c.startswith("P0")]
    for ark in intern:
        assert ark.oddHeader.center.text is not None
        assert "INTERNT" in ark.oddHeader.center.text
        assert str(ark["A2"].value).startswith("INTERNT")
    assert not any(ark.oddHeader.center.text for ark in delt)
    assert "P00" in [c.value for c in intern["Registreringene"]["B"]]


def _med_kontrakt(mappe: Path) -> Path:
    kjoer("contract", "--mal", "asker", "-o", "k.toml", mappe=mappe)
    return mappe


def test_ratene_settes_inn_i_et_nytt_scenario_med_antallene_som_kilde(register: Path, tmp_path: Path) -> None:
    (tmp_path / "s.toml").write_text(
        'navn = "Konstruert"\n[unge_voksne.usikkerhet]\nsuksessrate = { fordeling = "uniform", minst = 0.9, mest = 1.1 }\n',
        encoding="utf-8",
    )
    svar = kjoer("assess", "register.csv", "--inn", "s.toml", mappe=tmp_path)
    assert svar.returncode == 0, svar.stderr
    f = load_forutsetninger(tmp_path / "s_registrert.toml")
    assert f.unge_voksne.suksessrate == pytest.approx((0.8, 14 / 22, 10 / 18))
    assert "14 av 22 lyktes" in f.unge_voksne.kilder["suksessrate.utsatt"]
    assert f.unge_voksne.usikkerhet["suksessrate.utsatt"].tall == {"suksess": 14.5, "forsoek": 23.0}
    assert "suksessrate" not in f.unge_voksne.usikkerhet
    assert kjoer("generate", "s_registrert.toml", "-o", "b.xlsx", mappe=tmp_path).returncode == 0
    # What somebody has written in the new file is not replaced.
    (tmp_path / "s_registrert.toml").write_text("navn = 'Min'\n", encoding="utf-8")
    assert "--force" in avvist(kjoer("assess", "register.csv", "--inn", "s.toml", mappe=tmp_path))


def test_blokken_kan_limes_inn(register: Path, tmp_path: Path) -> None:
    data = json.loads(kjoer("assess", "register.csv", "--format", "json", mappe=tmp_path).stdout)
    (tmp_path / "limt.toml").write_text(data["scenarioblokk"], encoding="utf-8")
    assert load_forutsetninger(tmp_path / "limt.toml").unge_voksne.suksessrate[1] == pytest.approx(14 / 22)


def test_faa_personer_gir_ingen_rate_aa_sette_inn_og_ingenting_skrives(tmp_path: Path) -> None:
    skriv_csv(tmp_path / "r.csv", personer(3))
    (tmp_path / "s.toml").write_text("navn = 'Konstruert'\n", encoding="utf-8")
    assert "ingen av ratene har nok personer" in avvist(kjoer("assess", "r.csv", "--inn", "s.toml", mappe=tmp_path))
    assert not (tmp_path / "s_registrert.toml").exists()
    assert "skjult" in tekst(kjoer("assess", "r.csv", mappe=tmp_path))
    felles = avvist(kjoer("assess", "r.csv", "--inn", "s.toml", "--felles", "steg", mappe=tmp_path))
    assert "den felles raten røper tall som er skjult, så ingenting er skrevet" in felles
    internt = kjoer("assess", "r.csv", "--inn", "s.toml", "--internt", mappe=tmp_path)
    assert internt.returncode == 0
    staar = "Raten fra uholdbar (unge voksne) står som den var, 80,0 %: ikke målt, eller skjult for få personer."
    assert staar in internt.stderr.decode().replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("valg", "melding"),
    [
        (("finnes_ikke.csv",), "finnes_ikke.csv"),
        ((), "Mangler FIL"),
        (("--mal", "register.csv"), "--mal"),
        (("register.csv", "--til", "x.toml"), "--inn"),
        (("register.csv", "--per", "i går"), "ÅÅÅÅ-MM-DD"),
        (("register.csv", "--per", "1999-01-01"), "ingen registreringer til og med 01.01.1999"),
        (("register.csv", "-o", "r.csv"), ".xlsx"),
        (("register.csv", "--kontrakt", "register.csv"), "register.csv"),
        (("register.csv", "--regel", "register.csv"), "er en fil med registreringer, ikke en plasseringsregel"),
        (("register.csv", "-o", "opptatt.xlsx"), "opptatt.xlsx"),
    ],
)
def test_gal_bruk_gir_en_melding_og_ingen_spor(
    valg: tuple[str, ...], melding: str, register: Path, tmp_path: Path
) -> None:
    (tmp_path / "opptatt.xlsx").write_bytes(b"mitt")
    foer = {fil.name: fil.read_bytes() for fil in tmp_path.iterdir()}
    assert melding in avvist(kjoer("assess", *valg, mappe=tmp_path))
    assert {fil.name: fil.read_bytes() for fil in tmp_path.iterdir()} == foer


def test_en_fil_med_et_identitetsnummer_avvises_uten_at_det_gjengis(tmp_path: Path) -> None:
    skriv_csv(tmp_path / "r.csv", [rad("19919526184", "2024-03-01", "oppstart")])
    melding = avvist(kjoer("assess", "r.csv", "-o", "ut.xlsx", mappe=tmp_path))
    assert "rad 2, kolonne A" in melding
    assert "19919526184" not in melding
    assert not (tmp_path / "ut.xlsx").exists()


@pytest.mark.treg
def test_arbeidsboken_kontrolleres_og_feil_blir_funnet(tmp_path: Path) -> None:
    assert kjoer("assess", "--mal", mappe=tmp_path).returncode == 0
    tom = kjoer("check", "registrering.xlsx", mappe=tmp_path)
    assert (tom.returncode, "Det som er fylt ut, kan leses." in tekst(tom)) == (0, True)
    assert "ingen registreringer" in avvist(kjoer("assess", "registrering.xlsx", mappe=tmp_path))
    assert kjoer("assess", "--mal", "-o", "register.csv", mappe=tmp_path).returncode == 0
    assert "ingen registreringer" in avvist(kjoer("assess", "register.csv", mappe=tmp_path))
    bok = load_workbook(tmp_path / "registrering.xlsx")
    bok["Registreringer"]["A6"] = "19919526184"
    bok.save(tmp_path / "registrering.xlsx")
    svar = kjoer("check", "registrering.xlsx", mappe=tmp_path)
    assert svar.returncode == 1
    assert "identitetsnummer" in svar.stdout.decode()
    assert "19919526184" not in svar.stdout.decode()


def test_check_gjengir_ikke_et_navn_uansett_hvilken_celle_det_staar_i(tmp_path: Path) -> None:
    start: dict[str, Verdi] = {"dato": 45_000.0, "tidspunkt": "oppstart", "maate": "sammen"}
    innhold = bytes_av(
        registerplan({"kriterier": [{"id": "Kari Nordmann", **start}, {"id": "P7", "dato": 45_000.0}]}, 10),
        date(2026, 1, 1),
    )
    (tmp_path / "r.xlsx").write_bytes(innhold)
    svar = kjoer("check", "r.xlsx", mappe=tmp_path)
    assert svar.returncode == 1
    assert "rad 6, kolonne A (Id) ligner et navn, ventet en kode med minst ett siffer" in tekst(svar)
    assert "som P017, og aldri et navn (tre bokstaver på rad bare med store, aldri fire)." in tekst(svar)
    assert "3 funn må rettes" in tekst(svar)
    assert "Nordmann" not in tekst(svar)
    bok = load_workbook(tmp_path / "r.xlsx")
    ark = bok["Registreringer"]
    for adresse in ("A1", "A30", "V8", "AZ9"):
        ark[adresse] = "Ola Nordmann"
    bok.save(tmp_path / "r.xlsx")
    ut = kjoer("check", "r.xlsx", "--format", "json", mappe=tmp_path).stdout.decode()
    assert "som ikke gjengis" in ut
    assert "Nordmann" not in ut


@pytest.mark.treg
@pytest.mark.libreoffice
def test_runden_mal_ut_skrevet_i_libreoffice_rater_inn_i_scenariet_og_ut_i_arbeidsboken(
    libreoffice: LibreOffice, tmp_path: Path
) -> None:
    """Forty constructed people typed in LibreOffice; the rate stands in the workbook with its counts as source."""
    kjoer("assess", "--mal", mappe=tmp_path)
    bok = registerplan()
    skriv: Innskriving = []
    rader = personer()
    for n, en in enumerate(rader):
        for noekkel, verdi in en.items():
            sted = bok.steder[f"k_{noekkel}"]
            skrevet: str | float = verdi
            if noekkel == "dato":
                skrevet = 45_352 if verdi.startswith("2024") else 45_717
            elif noekkel == "alder":
                skrevet = float(verdi)
            skriv.append(("Registreringer", celleadresse(sted.rad + n, sted.kol), skrevet))
    libreoffice.lagre(tmp_path / "registrering.xlsx", tmp_path / "utfylt.xlsx", skriv)
    assert len(les_registreringer(tmp_path / "utfylt.xlsx")) == 80
    live = load_workbook(tmp_path / "utfylt.xlsx", data_only=True)["Registreringer"]
    kol = bok.steder["k_plass"].kol + 1
    assert [live.cell(6 + n, kol).value for n in range(4)] == ["utsatt", "stabil", "utsatt", "stabil"]
    assert [live.cell(6 + n, bok.steder["k_status"].kol + 1).value for n in range(81)] == ["OK"] * 80 + [None]
    svar = kjoer("check", "utfylt.xlsx", mappe=tmp_path)
    assert svar.returncode == 0, svar.stdout.decode()
    (tmp_path / "s.toml").write_text('navn = "Konstruert"\n', encoding="utf-8")
    assert kjoer("assess", "utfylt.xlsx", "--inn", "s.toml", "-o", "rapport.xlsx", mappe=tmp_path).returncode == 0
    assert kjoer("generate", "s_registrert.toml", "-o", "modell.xlsx", mappe=tmp_path).returncode == 0
    with zipfile.ZipFile(tmp_path / "modell.xlsx") as arkiv:
        tekster = arkiv.read("xl/sharedStrings.xml").decode()
    assert "registreringer i utfylt.xlsx: 14 av 22 lyktes" in tekster
    f = load_forutsetninger(tmp_path / "modell.xlsx")
    assert f.unge_voksne.suksessrate[1] == pytest.approx(14 / 22)
