"""The objections of the dossier: each names tests that exist, what is left of it, and figures that are the model's."""

from __future__ import annotations

import re
from pathlib import Path

from tests.innvendinger import INNVENDINGER, som_tabell
from velferdslab_model.parameters.loading import fra_toml
from velferdslab_model.results import beregn

ROT = Path(__file__).parents[1]


def test_hver_proeve_som_nevnes_i_dossieret_finnes() -> None:
    finnes = {n for fil in (ROT / "tests").rglob("test_*.py") for n in re.findall(r"def (test_\w+)", fil.read_text())}
    nevnt = set(re.findall(r"`(test_\w+)`", (ROT / "VALIDERING.md").read_text(encoding="utf-8")))
    assert nevnt - finnes == set()
    assert {p for en in INNVENDINGER for p in en.proever} <= nevnt


def test_hver_innvending_sier_hvor_den_er_besvart_og_hva_som_staar_igjen() -> None:
    dossier = (ROT / "VALIDERING.md").read_text(encoding="utf-8")
    for en, rad in zip(INNVENDINGER, som_tabell()[2:], strict=True):
        assert en.svar
        assert en.proever
        assert en.gjenstaar
        assert rad in dossier
        assert rad.count("|") == 5


def test_tallet_om_hva_som_hadde_skjedd_uansett_er_motorens() -> None:
    def netto(uansett: float) -> float:
        f = fra_toml({"unge_voksne": {"utvidet": {"skjedd_uansett": uansett}}}, "t", "t")
        return beregn(f).grupper["unge_voksne"].sum["netto_budsjett"]

    assert round((netto(0) - netto(0.25)) / 1e6, 1) == 4.6
