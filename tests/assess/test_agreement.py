"""Agreement by hand, and kappa against its definition."""

from __future__ import annotations

import numpy as np
import pytest

from tests.assess.konstruert import reg
from velferdslab_model.assess.agreement import enighet, med_investeringsleder, mellom_vurderere, vektet_kappa
from velferdslab_model.assess.placement import STANDARDREGEL
from velferdslab_model.assess.transitions import plasser_alle


def test_prosent_og_kappa_regnet_for_haand() -> None:
    # Ten pairs: 4 + 3 agree, 2 one step apart, 1 three steps apart. Observed distance (2/3 + 1) / 10.
    e = enighet([(1, 1)] * 4 + [(2, 2)] * 3 + [(1, 2)] * 2 + [(0, 3)] + [(None, 1)] * 2)
    assert (e.antall, e.enige, e.ikke_sammenlignet, e.andel) == (10, 7, 2, 0.7)
    # Margins: first 1, 6, 3, 0; second 0, 4, 5, 1. Expected distance, over 100:
    ventet = (1 * 4 * 1 + 1 * 5 * 2 + 1 * 1 * 3 + 6 * 5 * 1 + 6 * 1 * 2 + 3 * 4 * 1 + 3 * 1 * 1) / 3 / 100
    assert e.kappa == pytest.approx(1 - (2 / 3 + 1) / 10 / ventet)


def test_kappa_er_en_ved_full_enighet_null_ved_tilfeldighet_og_intet_tall_uten_variasjon() -> None:
    assert vektet_kappa(np.diag([5.0, 2, 1, 0])) == 1
    assert vektet_kappa(np.outer([1.0, 2, 3, 4], [4.0, 3, 2, 1])) == pytest.approx(0)
    assert vektet_kappa(np.diag([0.0, 9, 0, 0])) is None
    assert vektet_kappa(np.zeros((4, 4))) is None


def test_parene_er_de_som_er_plassert_to_ganger() -> None:
    alle = plasser_alle(
        [
            reg("P1", "2023-03-01", "oppstart", 1, gitt=2),
            reg("P1", "2023-03-01", "oppstart", 2, vurderer="andre", gitt=0),
            reg("P2", "2023-03-01", "oppstart", 1),
        ],
        STANDARDREGEL,
    )
    assert med_investeringsleder(alle) == (("P1", 2, 1),)
    assert mellom_vurderere(alle) == (("P1", 1, 2),)
