"""Asker's contract beside Asker's model."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.contract.vilkaar import TABELLEN
from velferdslab_model.contract.flows import besparelse_per_lykket
from velferdslab_model.contract.scenario import med_scenario, modellpris
from velferdslab_model.errors import UgyldigInndata
from velferdslab_model.scenarios.loading import load_forutsetninger


def test_prisen_mot_besparelsen_i_askers_modell() -> None:
    v = med_scenario(TABELLEN, load_forutsetninger())
    # Year 1: 151 312 - 121 050. From year 2 four fifths are bærekraftig, who cost nothing.
    etter = [151_312 - 121_050, *[151_312 - 0.2 * 121_050] * 8]
    assert besparelse_per_lykket(v).tolist() == pytest.approx(etter)
    assert v.suksessrate == (0.8,) * 4
    assert v.leverandoer.kostnad_per_deltaker == pytest.approx(203_125)
    m = modellpris(v)
    assert m.pris == {"kommune": 150_000, "stat": 0}
    assert m.fra_aar == {"kommune": 2, "stat": 1}
    assert m.akkumulert["kommune"][1] == pytest.approx(sum(etter[:2]))


def test_et_scenario_i_norske_kroner_passer_ikke_til_en_dansk_kontrakt() -> None:
    with pytest.raises(UgyldigInndata, match="DKK, men scenarioet er i NOK"):
        med_scenario(replace(TABELLEN, valuta="DKK"), load_forutsetninger())
