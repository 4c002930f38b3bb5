"""velferdslab utenfor: a template out, an account in, screen, JSON and workbook."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner
from openpyxl import load_workbook

from velferdslab_model.cli import cli
from velferdslab_model.errors import VelferdslabError


def kjoer(*argumenter: str) -> tuple[str, str]:
    svar = CliRunner().invoke(cli, ["utenfor", *argumenter])
    if svar.exception is not None and not isinstance(svar.exception, SystemExit | VelferdslabError):
        raise svar.exception
    return svar.stdout, f"{svar.stderr}{svar.exception or ''}"


def test_runden_mal_inn_arbeidsbok_ut_og_inn_igjen(tmp_path: Path) -> None:
    toml, bok = str(tmp_path / "b.toml"), str(tmp_path / "b.xlsx")
    kjoer("--mal", "barnevern", "-o", toml)
    kjoer(toml, "-o", bok)
    fra_toml, fra_bok = (json.loads(kjoer(fil, "--format", "json")[0]) for fil in (toml, bok))
    assert fra_toml == fra_bok
    assert fra_toml["utfall"]["budsjett"]["netto"] > 0


def test_skjermen_sier_at_tallene_er_konstruerte_og_at_eksemplene_ikke_brukes() -> None:
    ut, _ = kjoer()
    assert "(konstruert)" in ut.splitlines()[0]
    assert "aldri brukt i regnskapet" in ut
    assert "ikke kontrollert mot originalene" in " ".join(ut.split())
    assert max(map(len, ut.splitlines())) <= 100


def test_et_scenario_er_ikke_et_utenforregnskap(tmp_path: Path) -> None:
    (tmp_path / "s.toml").write_text("[unge_voksne]\nanalyseperiode = 10\n")
    assert "s.toml er et scenario, ikke en fil til utenforregnskapet" in kjoer(str(tmp_path / "s.toml"))[1]


def test_mal_og_fil_sammen_avvises() -> None:
    assert "--mal skriver et nytt regnskap" in kjoer("x.toml", "--mal", "barnevern")[1]


def test_det_noen_har_skrevet_i_boken_blir_ikke_borte(tmp_path: Path) -> None:
    bok = tmp_path / "b.xlsx"
    kjoer("-o", str(bok))
    aapnet = load_workbook(bok)
    ark, adresse = next(iter(aapnet.defined_names["antall"].destinations))
    aapnet[ark][adresse] = 50
    aapnet.save(bok)
    foer = bok.read_bytes()
    assert "er filen det leses fra" in kjoer(str(bok), "-o", str(bok), "--force")[1]
    assert bok.read_bytes() == foer


def test_en_kilde_paa_grensen_skrives_og_leses_igjen(tmp_path: Path) -> None:
    toml, bok, ny = (str(tmp_path / navn) for navn in ("b.toml", "b.xlsx", "ny.xlsx"))
    kjoer("--mal", "barnevern", "-o", toml)
    lang = "x" * 1000
    Path(toml).write_text(Path(toml).read_text().replace('"antall" = "konstruert"', f'"antall" = "{lang}"'))
    kjoer(toml, "-o", bok)
    kjoer(bok, "-o", ny)
    assert json.loads(kjoer(ny, "--format", "json")[0])["kilder"]["antall"] == lang


def test_samme_tiltak_i_begge_modeller_paa_skjerm_json_og_side(tmp_path: Path) -> None:
    scenario, side = tmp_path / "s.toml", tmp_path / "begge.html"
    scenario.write_text('navn = "<b>Asker</b>"\n')
    tall = json.loads(kjoer("--sammen-med", str(scenario), "--format", "json")[0])
    for hvem, deler in tall["forskjell"].items():
        differanse = tall["effektmodell"]["netto"][hvem] - tall["utenforregnskap"]["netto"][hvem]
        assert abs(sum(deler.values()) - differanse) < 0.005
    kjoer("--sammen-med", str(scenario), "--html", str(side))
    html = side.read_text()
    assert "konstruert" in html
    assert "<b>Asker" not in html
    side.write_text(html + "<!-- mitt -->")
    assert "endret" in kjoer("--sammen-med", str(scenario), "--html", str(side))[1]


def test_valg_som_ikke_hoerer_sammen_avvises(tmp_path: Path) -> None:
    assert "--html brukes bare" in kjoer("--html", str(tmp_path / "x.html"))[1]
    assert "Bruk --html" in kjoer("--sammen-med", "s.toml", "-o", str(tmp_path / "x.xlsx"))[1]
    assert "slutter på .html" in kjoer("--sammen-med", "s.toml", "--html", str(tmp_path / "x.pdf"))[1]
    assert "uten --sammen-med" in kjoer("--mal", "barnevern", "--sammen-med", "s.toml")[1]
