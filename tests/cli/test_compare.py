"""compare as a user meets it: the table, the messages, and what is left on disk."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.cli.test_kommandolinje import avvist
from tests.compare.kommuner import skriv
from tests.ladet import kjoer


def uten_fremdrift(stderr: bytes) -> list[str]:
    """The lines, without those that tell how far it has come, which only a slow machine writes."""
    return [linje for linje in stderr.decode().splitlines() if not re.fullmatch(r"\d+ av \d+ grupper trukket", linje)]


def test_tabellen_faar_plass_og_viser_forskjellen_paa_to(tmp_path: Path) -> None:
    skriv(tmp_path, "Aas")
    skriv(
        tmp_path,
        "Bø",
        "prisaar = 2024\n[unge_voksne]\nsuksessrate = { utsatt = 0.6 }\nverdi_qaly = 1300000\n",
        fil="bo.toml",
    )
    svar = kjoer("compare", "aas.toml", "bo.toml", "--reference", "Aas", mappe=tmp_path)
    assert svar.returncode == 0, svar.stderr
    tabell = svar.stdout.decode()
    assert max(map(len, tabell.splitlines())) <= 100
    for tekst in (
        "Sammenligning av 2 scenarier. Referanse: Aas",
        "Bø: prisår 2024 -> 2019",
        "Suksessrate, fra utsatt: 80\u00a0% -> 60\u00a0%",
        "Hva hver endring forklarer alene, unge voksne",
        "Samspill mellom endringene",
        "Tilbakebetalt, offentlige budsjetter",
        "Horisont",
    ):
        assert tekst in tabell
    assert [p.name for p in sorted(tmp_path.iterdir())] == ["aas.toml", "bo.toml"]


def test_to_like_sies_aa_vaere_like(tmp_path: Path) -> None:
    skriv(tmp_path, "A")
    skriv(tmp_path, "B")
    tabell = kjoer("compare", "a.toml", "b.toml", mappe=tmp_path).stdout.decode()
    assert "Ingen inndata skiller B fra A." in tabell


def test_arbeidsboken_skrives_og_json_har_delene(tmp_path: Path) -> None:
    for navn in "ABC":
        skriv(tmp_path, navn, f"[unge_voksne]\nloennskostnad = {300 + ord(navn)}000\n")
    svar = kjoer("compare", ".", "-o", "ut.xlsx", "--reference", "b", "--format", "json", mappe=tmp_path)
    assert svar.returncode == 0, svar.stderr
    assert uten_fremdrift(svar.stderr) == ["Skrev ut.xlsx med 3 kommuner"]
    data = json.loads(svar.stdout)
    assert data["referanse"] == "B"
    forskjell = data["kommuner"][2]["brukergrupper"]["unge_voksne"]["forskjell"]["totalt"]["netto_samfunn"]
    assert sum(forskjell["deler"].values()) == pytest.approx(forskjell["differanse"], abs=0.005)
    # The workbook in the folder is passed over the next time, and replaced when nobody has touched it.
    assert kjoer("compare", ".", "-o", "ut.xlsx", mappe=tmp_path).returncode == 0
    (tmp_path / "ut.xlsx").write_bytes(b"mitt")
    assert "--force" in avvist(kjoer("compare", "a.toml", "b.toml", "-o", "ut.xlsx", mappe=tmp_path))


def test_html_og_arbeidsbok_skrives_av_samme_kjoering(tmp_path: Path) -> None:
    for navn in "AB":
        skriv(tmp_path, navn)
    svar = kjoer("compare", ".", "--html", "ut.html", "-o", "ut.xlsx", mappe=tmp_path)
    assert (svar.returncode, svar.stdout) == (0, b"")
    assert uten_fremdrift(svar.stderr) == ["Skrev ut.xlsx med 2 kommuner", "Skrev ut.html"]
    assert (tmp_path / "ut.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_prisliste_legges_over_alle(tmp_path: Path) -> None:
    for navn in "AB":
        skriv(tmp_path, navn)
    assert kjoer("prices", "-o", "priser.csv", mappe=tmp_path).returncode == 0
    fil = tmp_path / "priser.csv"
    fil.write_text(
        fil.read_text(encoding="utf-8-sig").replace(";475;", ";600;").replace(";550;", ";600;"), encoding="utf-8-sig"
    )
    svar = kjoer("compare", "a.toml", "b.toml", "--prices", "priser.csv", mappe=tmp_path)
    assert svar.returncode == 0, svar.stderr
    assert svar.stderr.decode().count("Prisliste priser.csv") == 2
    assert svar.stdout != kjoer("compare", "a.toml", "b.toml", mappe=tmp_path).stdout


def test_oedelagte_filer_meldes_samlet_og_kan_hoppes_over(tmp_path: Path) -> None:
    for navn in "AB":
        skriv(tmp_path, navn)
    skriv(tmp_path, "Feil1", 'verdi = "100 EUR"\n')
    skriv(tmp_path, "Feil2", "[unge_voksne]\nverdi_qaly = $100\n")
    melding = avvist(kjoer("compare", ".", "-o", "ut.xlsx", mappe=tmp_path))
    assert "2 av 4 filer kan ikke brukes" in melding
    assert "feil1.toml" in melding
    assert "feil2.toml" in melding
    assert not (tmp_path / "ut.xlsx").exists()
    svar = kjoer("compare", ".", "-o", "ut.xlsx", "--hopp-over-feil", mappe=tmp_path)
    assert svar.returncode == 0
    assert svar.stderr.decode().count("Hoppet over: ") == 2
    assert "med 2 kommuner" in svar.stderr.decode()


@pytest.mark.parametrize(
    ("argumenter", "ventet"),
    [
        (["a.toml"], "Fant 1 scenario som kan brukes, ventet minst to"),
        (["tom"], "er en mappe uten scenarier"),
        (["a.toml", "kopi.toml"], "heter begge «A»"),
        (["a.toml", "b.toml", "--reference", "Oslo"], "«Oslo» er ikke blant scenariene (A, B)"),
        (["a.toml", "b.toml", "--som-oppgitt", "--prisaar", "2020"], "kan ikke brukes sammen med --prisaar"),
        (["a.toml", "b.toml", "-o", "ut.csv"], "ventet et filnavn som slutter på .xlsx"),
        (["a.toml", "b.toml", "--html", "ut.xlsx"], "ventet et filnavn som slutter på .html"),
        (["a.toml", "finnes_ikke.toml"], "finnes_ikke.toml: filen finnes ikke"),
        ([], "Mangler argumentet 'SCENARIO...'"),
    ],
)
def test_feil_bruk_gir_melding_og_ingen_fil(argumenter: list[str], ventet: str, tmp_path: Path) -> None:
    for navn in "AB":
        skriv(tmp_path, navn)
    skriv(tmp_path, "A", fil="kopi.toml")
    (tmp_path / "tom").mkdir()
    foer = sorted(tmp_path.iterdir())
    assert ventet in " ".join(avvist(kjoer("compare", *argumenter, mappe=tmp_path)).split())
    assert sorted(tmp_path.iterdir()) == foer
