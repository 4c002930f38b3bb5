"""A price year typed over in a workbook: the warning follows the file everywhere, and nothing is converted twice."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from tests.conftest import DATO
from tests.workbook.fiendtlige import deler, endret
from velferdslab_model.base.tall import kr
from velferdslab_model.cli import cli
from velferdslab_model.effektbok.assembly import planlegg
from velferdslab_model.effektbok.writing import arbeidsbok
from velferdslab_model.errors import UgyldigInndata
from velferdslab_model.parameters.loading import fra_toml
from velferdslab_model.parameters.typer import Forutsetninger
from velferdslab_model.results import beregn
from velferdslab_model.scenarios.loading import load_forutsetninger

#: Made in 2025 kroner; somebody types 2024 over it.
LAGET, SKREVET = 2025, 2024


def laget(aar: int = LAGET) -> Forutsetninger:
    return fra_toml({"navn": "Prøvekommune", "vis_i_prisaar": aar}, "test", "test")


@pytest.fixture
def skrevet_over(tmp_path: Path) -> Path:
    fil = tmp_path / "a.xlsx"
    fil.write_bytes(_skrevet_over())
    return fil


@cache
def _skrevet_over() -> bytes:
    return skriv_aar(arbeidsbok(beregn(laget()), DATO), SKREVET)


def skriv_aar(innhold: bytes, aar: int) -> bytes:
    """The workbook after somebody typed a price year."""
    sted = planlegg(beregn(laget()), DATO).steder["prisaar"].adresse.replace("$", "").encode()
    moenster = rb'(<c r="' + sted + rb'"[^>]*>)<v>\d+</v>'
    return endret(innhold, "xl/worksheets/sheet1.xml", lambda xml: re.sub(moenster, rb"\g<1><v>%d</v>" % aar, xml))


def kjoer(*argumenter: str | Path) -> Result:
    svar = CliRunner().invoke(cli, [str(a) for a in argumenter])
    assert svar.exit_code == 0, svar.output
    return svar


def netto(f: Forutsetninger) -> float:
    return beregn(f).grupper["unge_voksne"].sum["netto_samfunn"]


def test_ingenting_regnes_om_to_ganger(skrevet_over: Path) -> None:
    ventet = netto(laget())
    assert netto(load_forutsetninger(skrevet_over)) == ventet
    assert netto(load_forutsetninger(skrevet_over, LAGET)) == ventet
    # Converted from the year the amounts were made in, never from the one that was typed.
    assert netto(load_forutsetninger(skrevet_over, 2023)) == pytest.approx(netto(laget(2023)), rel=1e-13)
    assert netto(load_forutsetninger(skrevet_over, SKREVET)) == pytest.approx(netto(laget(SKREVET)), rel=1e-13)


def test_brukeren_sier_hva_som_var_ment(skrevet_over: Path) -> None:
    fortsatt = load_forutsetninger(skrevet_over, prisaar_er=LAGET)
    assert (fortsatt.prisaar, fortsatt.overskrevet) == (LAGET, None)
    assert fortsatt.omregning == laget().omregning
    assert netto(fortsatt) == netto(laget())
    nye = load_forutsetninger(skrevet_over, prisaar_er=SKREVET)
    assert (nye.prisaar, nye.overskrevet, nye.omregning) == (SKREVET, None, "")
    assert netto(nye) == netto(laget())
    om = load_forutsetninger(skrevet_over, LAGET, prisaar_er=SKREVET)
    faktor = laget().unge_voksne.tiltak[0].enhetskostnad / laget(SKREVET).unge_voksne.tiltak[0].enhetskostnad
    assert om.unge_voksne.tiltak[0].enhetskostnad == pytest.approx(
        laget().unge_voksne.tiltak[0].enhetskostnad * faktor, rel=1e-13
    )
    with pytest.raises(UgyldigInndata, match=r"--prisaar-er er 2023, ventet 2025 .* eller 2024"):
        load_forutsetninger(skrevet_over, prisaar_er=2023)
    with pytest.raises(UgyldigInndata, match="ikke skrevet over"):
        load_forutsetninger(prisaar_er=2019)


def test_aaret_skrevet_tilbake_er_avklart(skrevet_over: Path) -> None:
    skrevet_over.write_bytes(skriv_aar(skrevet_over.read_bytes(), LAGET))
    assert load_forutsetninger(skrevet_over) == laget()
    assert load_forutsetninger(skrevet_over).overskrevet is None


def test_fjoraarets_standard_kjennes_igjen_som_standard_under_et_annet_prisaar(skrevet_over: Path) -> None:
    rader = kjoer("run", skrevet_over, "--register", "--format", "json").stdout
    poster = {p["noekkel"]: p["opphav"] for p in json.loads(rader)["register"]}
    assert poster["unge_voksne.nullalternativ.utsatt"] == "publisert"


KOMMANDOER = [
    ["run", "{}"],
    ["run", "{}", "--prisaar", "2023"],
    ["run", "{}", "--format", "json"],
    ["run", "{}", "--oekonomiplan"],
    ["run", "{}", "--register"],
    ["uncertainty", "{}", "--draws", "100"],
    ["new", "--from", "{}", "-o", "{mappe}/ut.toml"],
    ["prices", "{}", "-o", "{mappe}/ut.xlsx"],
    ["generate", "{}", "-o", "{mappe}/ut.xlsx"],
]


@pytest.mark.treg(unntatt=2)
@pytest.mark.parametrize("kommando", KOMMANDOER, ids=" ".join)
def test_hver_kommando_sier_fra_til_det_er_avklart(kommando: list[str], skrevet_over: Path, tmp_path: Path) -> None:
    argumenter = [del_.format(skrevet_over, mappe=tmp_path) for del_ in kommando]
    svar = " ".join(kjoer(*argumenter).output.split())
    assert "--prisaar-er 2025" in svar
    assert "--prisaar-er 2024" in svar
    for fil in tmp_path.glob("ut.*"):
        fil.unlink()
    assert "skrevet over" not in kjoer(*argumenter, "--prisaar-er", "2024").output


def _tekster(fil: Path) -> str:
    """Every text of a workbook."""
    return deler(fil.read_bytes())["xl/sharedStrings.xml"].decode()


@pytest.mark.treg
@pytest.mark.parametrize("prisaar", [[], ["--prisaar", "2023"]], ids=["som den staar", "regnet om"])
def test_varselet_foelger_med_i_hver_fil_som_lages_av_den(
    prisaar: list[str], skrevet_over: Path, tmp_path: Path
) -> None:
    bok, plan = tmp_path / "b.xlsx", tmp_path / "c.toml"
    kjoer("generate", skrevet_over, "-o", bok, *prisaar)
    f = load_forutsetninger(bok)
    assert f.overskrevet
    assert (f.overskrevet.fra, f.overskrevet.til) == (LAGET, SKREVET)
    merke = "prisåret ble skrevet over" if prisaar else "beløpene er ikke regnet om fra 2025"
    for fane in ("Unge voksne", "Familie | Kostnader"):
        ark = load_workbook(bok, data_only=True)[fane]
        assert any(merke in str(c.value) for rad in ark.iter_rows(max_row=4) for c in rad)
    kjoer("new", "--from", bok, "-o", plan)
    assert load_forutsetninger(plan) == replace(f, indekser={})
    assert load_forutsetninger(plan).overskrevet == f.overskrevet
    assert "# OBS: prisåret" in plan.read_text(encoding="utf-8")
    igjen = tmp_path / "d.xlsx"
    kjoer("generate", plan, "-o", igjen)
    assert load_forutsetninger(igjen).overskrevet == f.overskrevet
    liste = tmp_path / "p.xlsx"
    kjoer("prices", bok, "-o", liste)
    assert "prisåret" in _tekster(liste)
    svar = CliRunner().invoke(cli, ["check", str(igjen)])
    assert (svar.exit_code, "--prisaar-er 2025" in " ".join(svar.output.split())) == (0, True), svar.output


def test_varselet_foelger_med_i_en_sammenligning(skrevet_over: Path, tmp_path: Path) -> None:
    (tmp_path / "annen.toml").write_text('navn = "Annen"\n')
    ut, side = tmp_path / "s.xlsx", tmp_path / "s.html"
    argumenter = ("compare", tmp_path / "annen.toml", skrevet_over, "--draws", "100")
    svar = kjoer(*argumenter, "-o", ut, "--html", side)
    assert "Prøvekommune: OBS: prisåret" in svar.output
    assert "Prøvekommune: OBS: prisåret" in _tekster(ut)
    assert "Prøvekommune: OBS: prisåret" in side.read_text(encoding="utf-8")
    assert "OBS: prisåret" in kjoer(*argumenter).output
    assert "OBS: prisåret" not in kjoer(*argumenter, "--prisaar-er", "2025").output


def test_en_arbeidsbok_uten_opphav_kjennes_paa_aaret_den_ble_laget_i(tmp_path: Path, skrevet_over: Path) -> None:
    bok = load_workbook(skrevet_over)
    for navn in [e.name for e in bok.custom_doc_props.props if "opphav" in e.name or "laget" in e.name]:
        del bok.custom_doc_props[navn]
    bok.save(tmp_path / "uten.xlsx")
    f = load_forutsetninger(tmp_path / "uten.xlsx")
    assert f.overskrevet
    assert f.overskrevet.fra == LAGET


def test_en_scenariofil_avklares_ved_aa_sette_prisaaret() -> None:
    merke = {"fra": 2025, "til": 2024}
    assert fra_toml({"prisaar": 2024, "prisaar_overskrevet": merke}, "t", "t").beloepsaar == 2025
    assert fra_toml({"prisaar": 2025, "prisaar_overskrevet": merke}, "t", "t").overskrevet is None
    with pytest.raises(UgyldigInndata, match="Slett linjen prisaar_overskrevet"):
        fra_toml({"prisaar": 2023, "prisaar_overskrevet": merke}, "t", "t")
    with pytest.raises(UgyldigInndata, match="regnet_om er teksten"):
        fra_toml({"prisaar": 2024, "prisaar_overskrevet": {**merke, "regnet_om": "ja"}}, "t", "t")


@pytest.mark.treg
def test_det_aaret_det_bes_om_gir_det_som_var_ment_og_aldri_beloep_regnet_om_to_ganger(
    skrevet_over: Path, tmp_path: Path
) -> None:
    """2025 typed over to 2024, then 2025 asked for: the amounts of the file, not those times a year's growth, in every command."""
    ment, dobbelt = (beregn(f).grupper["unge_voksne"].sum["netto_budsjett"] for f in (
        laget(), load_forutsetninger(skrevet_over, LAGET, prisaar_er=SKREVET)
    ))  # fmt: skip
    assert dobbelt > 1.03 * ment
    bok, plan = tmp_path / "b.xlsx", tmp_path / "c.toml"
    kjoer("generate", skrevet_over, "--prisaar", "2025", "-o", bok)
    kjoer("new", "--fra", skrevet_over, "--prisaar", "2025", "-o", plan)
    for fil, valg in ((skrevet_over, ["--prisaar", "2025"]), (bok, []), (plan, []), (plan, ["--prisaar", "2025"])):
        svar = kjoer("run", fil, "--format", "json", *valg)
        assert json.loads(svar.stdout)["brukergrupper"]["unge_voksne"]["sum"]["netto_budsjett"] == pytest.approx(ment)
        assert "skrevet over" in " ".join(svar.stderr.split())
    (tmp_path / "annen.toml").write_text('navn = "Annen"\n')
    for argumenter in (
        ("run", skrevet_over, "--prisaar", "2025"),
        ("compare", skrevet_over, tmp_path / "annen.toml", "--prisaar", "2025", "--draws", "100"),
        ("uncertainty", skrevet_over, "--prisaar", "2025", "--draws", "100"),
    ):
        svar = kjoer(*argumenter)
        assert kr(dobbelt) not in svar.output, argumenter
        assert "skrevet over" in " ".join(svar.output.split()), argumenter
    # A contract takes the null alternative of the file in its own price year.
    kjoer("contract", "--mal", "asker", "-o", tmp_path / "k.toml")
    tekst = (tmp_path / "k.toml").read_text(encoding="utf-8")
    (tmp_path / "k.toml").write_text(re.sub(r"(?m)^#? ?prisaar = \d+", "prisaar = 2025", tekst), encoding="utf-8")
    svar = kjoer("contract", tmp_path / "k.toml", "--scenario", skrevet_over)
    riktig = tmp_path / "riktig.xlsx"
    riktig.write_bytes(arbeidsbok(beregn(laget()), DATO))
    assert svar.stdout == kjoer("contract", tmp_path / "k.toml", "--scenario", riktig).stdout
    assert "skrevet over" in " ".join(svar.stderr.split())
