"""velferdslab contract as a user meets it."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.test_kommandolinje import avvist
from tests.ladet import kjoer


def test_uten_fil_vises_askers_kontrakt(tmp_path: Path) -> None:
    svar = kjoer("contract", mappe=tmp_path)
    assert svar.returncode == 0, svar.stderr
    assert "5 733 216 kr (eksakt regnet)" in svar.stdout.decode().replace("\u00a0", " ")
    assert list(tmp_path.iterdir()) == []


def test_fra_mal_til_svar_i_egen_valuta(tmp_path: Path) -> None:
    assert kjoer("contract", "--mal", "dansk_priskort", mappe=tmp_path).returncode == 0
    data = json.loads(kjoer("contract", "dansk_priskort.toml", "--format", "json", mappe=tmp_path).stdout)
    assert data["valuta"] == "DKK"
    assert data["indigo"]["outcome_pricings"][4]["price_per_unit"]["amount"] == 40_000


def test_en_utfylt_kontrakt_skrives_ikke_over(tmp_path: Path) -> None:
    kjoer("contract", "--mal", "asker", "-o", "min.toml", mappe=tmp_path)
    (tmp_path / "min.toml").write_text("navn = 'Min'\n", encoding="utf-8")
    assert "--force" in avvist(kjoer("contract", "--mal", "asker", "-o", "min.toml", mappe=tmp_path))
    assert (tmp_path / "min.toml").read_text(encoding="utf-8") == "navn = 'Min'\n"


def test_kontrakten_ved_siden_av_modellen(tmp_path: Path) -> None:
    (tmp_path / "asker.toml").write_text('navn = "Asker"\n', encoding="utf-8")
    svar = kjoer("contract", "--scenario", "asker.toml", mappe=tmp_path)
    assert (
        "8 vilkår er tatt fra asker.toml i stedet for kontrakten: årlig kostnad uten måloppnåelse, årlig kostnad etter "
        "måloppnåelse, årlig kostnad for dem som går videre, andel som går videre, besparelsen varer, suksessrate, "
        "driftskostnad, kostnad per deltaker. "
    ) in svar.stderr.decode()
    assert "under de" in svar.stdout.decode().replace("\u00a0", " ")
    assert "dekket fra år 2" in " ".join(svar.stdout.decode().split())


def test_daarlige_vilkaar_gir_en_melding_og_ingen_spor(tmp_path: Path) -> None:
    kjoer("contract", "--mal", "asker", mappe=tmp_path)
    fil = tmp_path / "asker.toml"
    fil.write_text(fil.read_text(encoding="utf-8").replace("suksessrate = 0.5", "suksessrate = 1.2"), encoding="utf-8")
    assert "asker.toml: suksessrate er 1.2, ventet en andel mellom 0 og 1" in avvist(
        kjoer("contract", "asker.toml", mappe=tmp_path)
    )
    avvist(kjoer("contract", "finnes_ikke.toml", mappe=tmp_path))
    avvist(kjoer("contract", "--mal", "ukjent", mappe=tmp_path))


def test_en_redigert_arbeidsbok_blir_en_ny(tmp_path: Path) -> None:
    kjoer("contract", "--mal", "nav_innovasjonspris", "-o", "nav.toml", mappe=tmp_path)
    assert kjoer("contract", "nav.toml", "-o", "nav.xlsx", mappe=tmp_path).returncode == 0
    svar = kjoer("contract", "nav.xlsx", "-o", "ny.xlsx", mappe=tmp_path)
    assert svar.returncode == 0, svar.stderr
    assert kjoer("check", "ny.xlsx", mappe=tmp_path).returncode == 0
    fra_bok, fra_fil = (
        kjoer("contract", f, "--format", "json", mappe=tmp_path).stdout for f in ("ny.xlsx", "nav.toml")
    )
    assert json.loads(fra_bok)["indigo"] == json.loads(fra_fil)["indigo"]
    avvist(kjoer("contract", "nav.toml", "-o", "nav.csv", mappe=tmp_path))
