"""A number all draws share is a plain float in the fast paths, and the neutral ones are left out of the work.

None of it may change an answer: here every number is shared, drawn alone, or zero, and held against the yearly path.
"""

from __future__ import annotations

from dataclasses import MISSING, fields, replace
from itertools import product

import numpy as np
import pytest

from tests.model.test_totaler import blokkene_maa_stemme, maa_stemme, trukket, utvidet_scenario
from velferdslab_model.model.array import Array
from velferdslab_model.model.flyt import Bidrag
from velferdslab_model.model.inndata import Modellinndata, inndata
from velferdslab_model.model.totaler import totaler
from velferdslab_model.parameters.loading import fra_toml

#: The hours are of the yearly path alone.
TREKKES = [
    felt.name
    for felt in fields(Modellinndata)
    if felt.default is MISSING  # what a null alternative that moves adds has its own test
    and felt.name not in ("analyseperiode", "inntaksaar")
    and not felt.name.startswith("timer")
]
ETT_TALL = [navn for navn in TREKKES if np.ndim(getattr(utvidet_scenario(), navn)) == 0]


def standard() -> Modellinndata:
    return inndata(fra_toml({}, "test", "test").unge_voksne)


def begge_veier_maa_stemme(x: Modellinndata, blokk: int = 2) -> None:
    maa_stemme(totaler(x, blokk=blokk), x)
    blokkene_maa_stemme(x, blokk)


@pytest.mark.parametrize("navn", TREKKES)
@pytest.mark.parametrize("n", [2, 3])
def test_ett_tall_alene_kan_ha_mange_trekninger(navn: str, n: int) -> None:
    for x in (standard(), utvidet_scenario()):
        trekninger = np.stack([getattr(x, navn) * faktor for faktor in (1.0, 0.75, 0.5)[:n]])
        begge_veier_maa_stemme(replace(x, **{navn: trekninger}))  # type: ignore[arg-type]  # an array field


@pytest.mark.parametrize("navn", TREKKES)
def test_en_akse_med_lengde_en_deles_av_alle_trekninger(navn: str) -> None:
    """Also by the draws of the later chunks."""
    x = trukket(fra_toml({}, "test", "test").unge_voksne, 5, 1, utvidet=True)
    begge_veier_maa_stemme(replace(x, **{navn: getattr(x, navn)[:1]}))


@pytest.mark.parametrize("navn", ETT_TALL)
@pytest.mark.parametrize("verdi", [0.0, 1.0, 2.0])
def test_et_tall_som_deles_gir_det_samme_som_like_trekninger(navn: str, verdi: float) -> None:
    """Zero and one are left out of the work where they change nothing; two never is."""
    for x in (standard(), utvidet_scenario(), trukket(fra_toml({}, "test", "test").unge_voksne, 3, 2, utvidet=True)):
        for tall in (np.array(verdi), np.full(3, verdi)):
            begge_veier_maa_stemme(replace(x, **{navn: tall}))  # type: ignore[arg-type]  # an array field


@pytest.mark.parametrize("inntaksaar", [1, 3, 12])
def test_snarveiene_kan_kombineres_fritt(inntaksaar: int) -> None:
    """No relapse, no growth and no rate each have a shortcut, alone and together."""
    x = replace(utvidet_scenario(), inntaksaar=inntaksaar)
    for tilbakefall, vekst, rente in product(*[[np.array(0.0), np.array(0.07), np.array([0.0, 0.03, 0.1])]] * 3):
        begge_veier_maa_stemme(replace(x, aarlig_tilbakefall=tilbakefall, reell_vekst=vekst, neddiskontering=rente))


@pytest.mark.parametrize("inntak", np.eye(3))
def test_hver_utgangssituasjon_for_seg_med_steg_som_ingen_tar(inntak: Array) -> None:
    """Steps nobody takes make zeros, which the shortcuts leave out; what is not zero must still be counted."""
    for p0, p1, p2, tilbakefall in product((0.0, 0.6), (0.0, 0.5), (0.0, 1.0), (0.0, 0.2)):
        suksessrate, faller = np.array([p0, p1, p2]), np.array(tilbakefall)
        x = replace(utvidet_scenario(), inntak=10 * inntak, suksessrate=suksessrate, aarlig_tilbakefall=faller)
        begge_veier_maa_stemme(x)


def test_aa_trekke_fra_det_en_la_til_gir_det_en_hadde() -> None:
    """Whether a part is one number per draw, shared by all, or a zero that is left out."""
    en, to = np.array([1.0, 2.0]), np.array([40.0, 70.0])
    a = Bidrag((en, 3.0, 2 * en), (3 * en, 4 * en, 5.0))
    b = Bidrag((to, 6.0, 3.0), (2.0, 0.0, to))
    tilbake = (a + b) - b
    for her, der in zip((*tilbake.inne, *tilbake.ute), (*a.inne, *a.ute), strict=True):
        assert np.all(her == der)
    assert np.array_equal((a + b).ute[2], 5.0 + to)
