"""Signs that a workbook was changed outside its inputs are told by every command that reads one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.conftest import DATO
from tests.effektbok.tuklet import TUKLET, endre, uroert
from tests.scenarier import KONSTRUERTE
from tests.workbook.fiendtlige import deler, pakk
from tests.workbook.varianter import uten_egenskaper
from velferdslab_model.cli import cli
from velferdslab_model.effektbok.assembly import planlegg
from velferdslab_model.effektbok.formelsammenligning import endrede_formler
from velferdslab_model.effektbok.tabs import TILVALG, Fanevalg, tilleggsfaner
from velferdslab_model.effektbok.writing import arbeidsbok
from velferdslab_model.errors import UgyldigInndata, VelferdslabError
from velferdslab_model.parameters.loading import fra_toml
from velferdslab_model.results import beregn
from velferdslab_model.scenarios.loading import les_oppgitt, load_forutsetninger
from velferdslab_model.workbook.kind import EFFEKTMODELL
from velferdslab_model.workbook.opening import aapne
from velferdslab_model.workbook.plan import Bok


def kjoer(*argumenter: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(a) for a in argumenter])


def test_en_uroert_arbeidsbok_gir_ingen_tegn(tmp_path: Path) -> None:
    fil = uroert(tmp_path / "uroert.xlsx")
    assert les_oppgitt(fil).kontroll == ()
    svar = kjoer("run", fil, "--krev-kontroll")
    assert (svar.exit_code, svar.stderr) == (0, "")


def test_tapte_dokumentegenskaper_varsles_for_noe_kan_vaere_tapt_med_dem(tmp_path: Path) -> None:
    fil = uroert(tmp_path / "uten.xlsx")
    fil.write_bytes(pakk(uten_egenskaper(deler(fil.read_bytes()))))
    (funnet,) = les_oppgitt(fil).kontroll
    assert funnet.startswith("har mistet dokumentegenskapene, og med dem egne indekser, fordelinger og kilder")


@pytest.mark.parametrize("hva", TUKLET)
def test_tukling_varsles_og_avvises_naar_kontroll_kreves(hva: str, tmp_path: Path) -> None:
    fil = endre(uroert(tmp_path / "tuklet.xlsx"), hva)
    (funnet,) = les_oppgitt(fil).kontroll
    assert TUKLET[hva].ventet in funnet
    svar = kjoer("run", fil)
    assert svar.exit_code == 0
    assert svar.stderr.startswith(f"Kontroll: tuklet.xlsx {funnet}")
    # What is shown is computed from the inputs, whatever was stored.
    assert svar.stdout == kjoer("run", uroert(tmp_path / "uroert.xlsx")).stdout
    nei = kjoer("run", fil, "--krev-kontroll")
    assert isinstance(nei.exception, UgyldigInndata)  # status 2 and its message alone, as for all of them
    assert funnet in str(nei.exception)


@pytest.mark.parametrize(
    "kommando",
    [
        lambda fil, ut: ("generate", fil, "-o", ut / "ny.xlsx"),
        lambda fil, ut: ("generate", fil, fil.parent / "uroert.xlsx", "-o", ut / "mappe"),
        lambda fil, ut: ("uncertainty", fil, "--draws", "100"),
        lambda fil, ut: ("compare", fil, fil.parent / "annen.toml", "--draws", "100"),
    ],
    ids=["generate", "generate mange", "uncertainty", "compare"],
)
def test_alle_kommandoer_som_leser_en_arbeidsbok_sier_det(
    kommando: Callable[[Path, Path], tuple[str | Path, ...]], tmp_path: Path
) -> None:
    fil = endre(uroert(tmp_path / "tuklet.xlsx"), "lagret sum")
    uroert(tmp_path / "uroert.xlsx")
    (tmp_path / "annen.toml").write_text('navn = "Annen"\n', encoding="utf-8")
    argumenter = kommando(fil, tmp_path)
    svar = kjoer(*argumenter)
    assert svar.exit_code == 0, svar.output
    sagt = " ".join(svar.output.split())
    assert "Kontroll: tuklet.xlsx" in sagt
    assert "besparelse lagret som 74 700 000" in sagt.replace("\u00a0", " ")
    nei = kjoer(*argumenter, "--krev-kontroll", *(["--force"] if argumenter[0] == "generate" else []))
    assert isinstance(nei.exception, VelferdslabError)
    assert "--krev-kontroll" in str(nei.exception)


def test_en_bok_uten_lagrede_tall_sier_at_den_ikke_kan_kontrolleres(tmp_path: Path) -> None:
    fil = endre(uroert(tmp_path / "tuklet.xlsx"), "ingen lagrede tall")
    assert les_oppgitt(fil).kontroll == ("har ingen lagrede tall å kontrollere",)


def test_kontrollen_gjelder_kronene_filen_staar_i(tmp_path: Path) -> None:
    """A workbook in kroner of another year than the defaults is as whole as any."""
    fil = tmp_path / "i_2024.xlsx"
    fil.write_bytes(arbeidsbok(beregn(load_forutsetninger(None, 2024)), DATO))
    assert les_oppgitt(fil).kontroll == ()


def _formler(bok: Bok) -> dict[tuple[str, str], str]:
    return {
        (ark.navn, c.adresse): c.formel
        for ark in bok.ark
        for c in ark.celler()
        if c.formel is not None and not c.er_inndata
    }


def test_formlene_i_de_sju_fanene_er_de_samme_uansett_inndata() -> None:
    """They are planned once for the defaults, and every workbook is held to those."""
    standard = _formler(planlegg(beregn(load_forutsetninger()), DATO))
    assert len(standard) > 9_000
    for navn, data in KONSTRUERTE.items():
        assert _formler(planlegg(beregn(fra_toml(data, "t", "T")), DATO)) == standard, navn


def test_formlene_i_fanene_man_kan_be_om_sammenlignes_ogsaa(tmp_path: Path) -> None:
    alle = tilleggsfaner({en.noekkel for en in TILVALG}, Fanevalg(2027, True))
    fil = tmp_path / "alle_faner.xlsx"
    fil.write_bytes(arbeidsbok(beregn(load_forutsetninger()), DATO, alle))
    assert les_oppgitt(fil).kontroll == ()
    innhold = aapne(fil, EFFEKTMODELL)
    adresse = next(iter(innhold.formler.formler["Økonomiplan"]))
    formler = {**innhold.formler.formler, "Økonomiplan": {**innhold.formler.formler["Økonomiplan"], adresse: "=1+1"}}
    endret = replace(innhold, formler=replace(innhold.formler, formler=formler))
    assert list(endrede_formler(endret, beregn(load_forutsetninger()))) == [("Økonomiplan", adresse)]
