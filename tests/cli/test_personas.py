"""velferdslab personas: templates out, histories in, screen, JSON, page and workbook; and the block into a scenario."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from velferdslab_model.cli import cli
from velferdslab_model.errors import VelferdslabError


def kjoer(*argumenter: str) -> tuple[str, str]:
    svar = CliRunner().invoke(cli, [*argumenter])
    if svar.exception is not None and not isinstance(svar.exception, SystemExit | VelferdslabError):
        raise svar.exception
    return svar.stdout, f"{svar.stderr}{svar.exception or ''}"


def test_fra_malene_gjennom_kommandoen_til_en_arbeidsbok_paa_kronen(tmp_path: Path) -> None:
    for mal in ("tone", "anders", "peder", "barnerik_familie", "enslig_mor", "familie_utviklingshemming"):
        kjoer("personas", "--mal", mal, "-o", str(tmp_path / f"{mal}.toml"))
    filer = [str(p) for p in sorted(tmp_path.glob("*.toml"))]
    assert len(filer) == 6
    scenario, bok = tmp_path / "scenario.toml", str(tmp_path / "bok.xlsx")
    scenario.write_text(json.loads(kjoer("personas", *filer, "--format", "json")[0])["blokk"], encoding="utf-8")
    kjoer("generate", str(scenario), "-o", bok)
    aapnet = load_workbook(bok, data_only=True)

    def celle(navn: str) -> object:
        ark, adresse = next(iter(aapnet.defined_names[navn].destinations))
        return aapnet[ark][adresse].value

    situasjoner = ("uholdbar", "utsatt", "stabil", "baerekraftig")
    assert [celle(f"UV_nullalternativ_{s}") for s in situasjoner] == [166_443, 151_312, 121_050, 0]
    assert [celle(f"FAM_nullalternativ_{s}") for s in situasjoner] == [409_966, 372_696, 298_157, 0]


def test_skjermen_sier_at_tallene_er_konstruerte_og_hva_en_historie_betyr() -> None:
    ut, _ = kjoer("personas")
    assert "(konstruerte tall)" in ut.splitlines()[0]
    assert "151 312" in ut.replace("\u00a0", " ")
    assert "snitt uten" in ut
    blokk = ut.index("Til scenariofilen:")
    assert max(map(len, ut[:blokk].splitlines())) <= 100


def test_siden_staar_alene_og_har_en_figur_for_hver_historie(tmp_path: Path) -> None:
    bok, side = tmp_path / "p.xlsx", tmp_path / "p.html"
    assert "Skrev" in kjoer("personas", "-o", str(bok), "--html", str(side))[1]
    tekst = side.read_text(encoding="utf-8")
    assert tekst.count('<figure class="ferd">') == 8
    assert not re.findall(r"(?:src|href)=[\"'](?!#)", tekst)
    for ord_ in ("Foran scenen", "Bak scenen", "Livssituasjon", "Møter og dialog", "Hva notatet forteller"):
        assert ord_ in tekst


def test_det_noen_har_skrevet_inn_er_tekst_paa_siden(tmp_path: Path) -> None:
    toml, side = tmp_path / "t.toml", tmp_path / "p.html"
    kjoer("personas", "--mal", "tone", "-o", str(toml))
    tekst = (
        toml.read_text(encoding="utf-8")
        .replace("Deltidsjobb i butikk", "<script>alert(1)</script>")
        .replace("Booppfølging", "<b>&")
    )
    toml.write_text(tekst, encoding="utf-8")
    kjoer("personas", str(toml), "--html", str(side))
    assert "<script>alert" not in side.read_text(encoding="utf-8")
    assert "<b>&" not in side.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("argumenter", "ventet"),
    [
        (("x.toml", "--mal", "tone"), "--mal skriver en ny persona"),
        (("--mal", "tona"), "tona er ikke en mal"),
        (("-o", "p.csv"), "ventet et filnavn som slutter på .xlsx"),
        (("--html", "p.txt"), "ventet et filnavn som slutter på .html"),
        (("finnes_ikke.toml",), "finnes_ikke.toml"),
    ],
)
def test_gale_valg_gir_en_melding(argumenter: tuple[str, ...], ventet: str) -> None:
    assert ventet in kjoer("personas", *argumenter)[1]


def test_et_scenario_er_ingen_persona_og_det_skrevne_blir_ikke_borte(tmp_path: Path) -> None:
    (tmp_path / "s.toml").write_text("[unge_voksne]\nanalyseperiode = 10\n")
    assert "er et scenario, ikke en fil med en persona" in kjoer("personas", str(tmp_path / "s.toml"))[1]
    bok = tmp_path / "p.xlsx"
    kjoer("personas", "-o", str(bok))
    aapnet = load_workbook(bok)
    ark, adresse = next(iter(aapnet.defined_names["faktor_stabil"].destinations))
    aapnet[ark][adresse] = 0.5
    aapnet.save(bok)
    foer = bok.read_bytes()
    assert "er filen det leses fra" in kjoer("personas", str(bok), "-o", str(bok), "--force")[1]
    assert bok.read_bytes() == foer
