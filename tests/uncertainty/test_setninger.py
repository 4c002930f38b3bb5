"""Sentences about what turns the answer: grammatical without a year, and no illegal rate passed off as a legal one."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from tests.model.naiv import naive_summer
from velferdslab_model.parameters.loading import fra_toml
from velferdslab_model.parameters.typer import Brukergruppe
from velferdslab_model.uncertainty.analyse import analyser
from velferdslab_model.uncertainty.bytteverdi_tab import INGEN
from velferdslab_model.uncertainty.foelsomhet import Flytting, rente_utenfor
from velferdslab_model.uncertainty.setninger import flyttetekst
from velferdslab_model.uncertainty.writing import usikkerhetsplan
from velferdslab_model.workbook.plan import Bok


def _unge(**utvidet: float) -> Brukergruppe:
    return fra_toml({"unge_voksne": {"utvidet": utvidet}}, "konstruert", "Konstruert").unge_voksne


def test_setningen_om_aaret_er_riktig_norsk_ogsaa_uten_aar() -> None:
    for fra, endring, til in product((2025, None), (-0.02, 0.5, None), (2024, None)):
        if endring is not None and fra == til:
            continue  # nothing has moved
        tekst = flyttetekst(Flytting("budsjett", fra, endring, til), "offentlige budsjetter")
        assert "ikke ikke" not in tekst
        assert "None" not in tekst
        assert "–" not in tekst
    nye = flyttetekst(Flytting("budsjett", None, -0.02, 2029), "offentlige budsjetter")
    assert nye == (
        "2,00\u00a0% lavere priser gir tilbakebetaling fra 2029 for offentlige budsjetter; "
        "nå er det ingen innen analyseperioden."
    )


@pytest.mark.parametrize("netto", ["budsjett", "samfunn"])
def test_renten_utenfor_det_lovlige_gjoer_netto_lik_null_i_livsloepene(netto: str) -> None:
    g = _unge()
    rente = rente_utenfor(g, netto)
    assert rente is not None
    assert rente > 0.2
    stoerst = naive_summer(g)["besparelse"]
    assert naive_summer(replace(g, neddiskontering=rente))[f"netto_{netto}"] == pytest.approx(0, abs=1e-9 * stoerst)


def test_renten_utenfor_er_ingen_naar_netto_aldri_snur() -> None:
    assert rente_utenfor(replace(_unge(), suksessrate=(0.0, 0.0, 0.0)), "budsjett") is None


def _rader(bok: Bok) -> dict[str, list[object]]:
    ark = next(a for a in bok.ark if a.navn == "Bytteverdier")
    celler = {(c.rad, c.kol): c.verdi for c in ark.celler()}
    return {str(v): [celler.get((rad, k)) for k in (3, 5)] for (rad, kol), v in celler.items() if kol == 0 and v}


def test_figuren_av_det_som_snur_svaret_har_ogsaa_det_som_er_null() -> None:
    """From 0 there is no change in per cent: the points to go stand in its place."""
    plan = usikkerhetsplan(analyser(fra_toml({}, "konstruert", "Konstruert"), 50, 1))
    ark = next(a for a in plan.ark if a.navn == "Bytteverdier")
    celler = {(c.rad, c.kol): c.verdi for c in ark.celler()}
    funnet = {
        str(v): celler[rad, kol + 1] for (rad, kol), v in celler.items() if str(v).endswith(" (poeng)") and kol == 14
    }
    assert round(float(str(funnet["Ville skjedd uansett (poeng)"])), 2) in (0.77, 0.93)


def test_en_rente_over_den_lovlige_kalles_det_i_tabellen() -> None:
    analyse = analyser(fra_toml({}, "konstruert", "Konstruert"), 50, 1)
    verdier = _rader(usikkerhetsplan(analyse))["Neddiskontering"]
    assert len(verdier) == 2
    for celle in verdier:
        assert str(celle).endswith(", over lovlige 20\u00a0%"), celle
    assert INGEN in np.array(list(_rader(usikkerhetsplan(analyse)).values()), dtype=object)
