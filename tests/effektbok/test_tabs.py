"""The one list of tabs on request: an entry gives the option, the tab and its audit."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.conftest import DATO, TILLEGG
from tests.workbook.fiendtlige import deler, pakk
from velferdslab_model.check.kontroll import kontroller
from velferdslab_model.cli import cli
from velferdslab_model.effektbok.assembly import planlegg
from velferdslab_model.effektbok.endringer_tab import endringsfane, prisendringsfane
from velferdslab_model.effektbok.tabs import TILVALG, Fanevalg, tilleggsfaner
from velferdslab_model.effektbok.writing import arbeidsbok
from velferdslab_model.results import Resultat
from velferdslab_model.scenarios.mot import siden_prislisten
from velferdslab_model.uncertainty.analyse import analyser
from velferdslab_model.uncertainty.tabs import faner
from velferdslab_model.workbook.plan import Bok


def test_hvert_tilvalg_er_et_valg_i_generate_med_sin_tekst() -> None:
    hjelp = " ".join(CliRunner().invoke(cli, ["generate", "--help"]).output.split())
    for en in TILVALG:
        assert f"{en.valg} {f'{en.fil} ' if en.fil else ''}{en.hjelp}" in hjelp


def test_fanene_kommer_i_listens_rekkefolge_uansett_hvordan_det_bes_om_dem() -> None:
    noekler = [en.noekkel for en in TILVALG]
    ventet = [f.navn for en in TILVALG if en.revisjon != "navn" for f in en.faner(Fanevalg())]
    assert [f.navn for f in tilleggsfaner(noekler)] == ventet
    assert [f.navn for f in tilleggsfaner(noekler[::-1])] == ventet
    assert tilleggsfaner(()) == []


def test_det_som_er_for_ett_scenario_avvises_for_flere(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text('navn = "A"', encoding="utf-8")
    (tmp_path / "b.toml").write_text('navn = "B"', encoding="utf-8")
    assert [en.valg for en in TILVALG if en.en_om_gangen] == ["--mot", "--usikkerhet"]
    alene = ["--mot", str(tmp_path / "a.toml"), "--usikkerhet"]
    svar = CliRunner().invoke(cli, ["generate", str(tmp_path), "-o", str(tmp_path / "ut"), *alene])
    assert svar.exit_code == 2
    assert "--mot og --usikkerhet gjelder ett scenario om gangen." in svar.output


@pytest.mark.treg(unntatt=2)
@pytest.mark.parametrize("tilvalg", TILVALG, ids=lambda t: t.noekkel)
def test_en_endret_laast_celle_blir_funnet_der_listen_sier_at_det_ses_etter(
    tilvalg: object, standard: Resultat, tmp_path: Path
) -> None:
    en = next(t for t in TILVALG if t is tilvalg)
    analyse = analyser(standard.forutsetninger, 100, 1)
    f = standard.forutsetninger
    endringer = [
        endringsfane(siden_prislisten(f, f, "fjor.xlsx")),
        prisendringsfane(siden_prislisten(f, f, "priser.xlsx")),
    ]
    alle = [*TILLEGG, *endringer, *faner(analyse)]
    fil = tmp_path / "bok.xlsx"
    fil.write_bytes(arbeidsbok(standard, DATO, alle))
    assert kontroller(fil).funn == []
    bok = planlegg(standard, DATO, alle)
    for fane in en.faner(Fanevalg()):
        innhold = deler(fil.read_bytes())
        nummer, planlagt = next((i, ark) for i, ark in enumerate(bok.ark, start=1) if ark.navn == fane.navn)
        ark = f"xl/worksheets/sheet{nummer}.xml"
        laast = next(c.adresse for c in planlagt.faste if isinstance(c.verdi, str) and not c.er_inndata and c.rad)
        # The text of the cell becomes another one of the workbook.
        moenster = rf'(<c r="{laast}"[^>]* t="s"[^>]*><v>)\d+(</v>)'.encode()
        endret, antall = re.subn(moenster, rb"\g<1>0\2", innhold[ark])
        assert antall == 1
        ny = tmp_path / "ny.xlsx"
        ny.write_bytes(pakk({**innhold, ark: endret}))
        funn = [f for f in kontroller(ny).funn if f.sted.startswith(f"{fane.navn}!")]
        assert [f.slag for f in funn] == ([] if en.revisjon == "navn" else ["låst celle"]), fane.navn


def test_prisene_for_familier_sies_ikke_aa_vaere_valgt_mot_publiserte_figurer(standardbok: Bok) -> None:
    def tekster(fane: str) -> str:
        ark = next(ark for ark in standardbok.ark if ark.navn == fane)
        return "\n".join(str(c.verdi) for c in ark.faste if isinstance(c.verdi, str))

    assert "valgt slik at de publiserte resultatene (figur 8–15) kommer frem" in tekster("Unge voksne | Kostnader")
    familie = tekster("Familie | Kostnader")
    assert "Ingen resultater for familier er publisert" in familie
    assert "figur 8" not in familie
    for fane in ("Introduksjonsark", "Unge voksne | Kostnader", "Familie | Kostnader"):
        assert "fire oppdiktede historier" in tekster(fane)
