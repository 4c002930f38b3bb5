"""Every distribution at the ends of what is legal gives numbers, or is refused with one message."""

from __future__ import annotations

import itertools
import warnings

import numpy as np
import pytest

from velferdslab_model.errors import VelferdslabError
from velferdslab_model.parameters.fordeling import FORDELINGER
from velferdslab_model.parameters.loading import fra_toml
from velferdslab_model.uncertainty.montecarlo import montecarlo
from velferdslab_model.uncertainty.trekking import kvantil, trekk

ENDER = (0.0, 5e-324, 1e-200, 1e-12, 1e-9, 1e-6, 1e-3, 0.128, 0.5, 0.4999999, 1 - 1e-9, 1 - 1e-15, 1.0, 1e3, 1e6, 1e12)
NOEKLER = ("suksessrate.utsatt", "verdi_qaly", "inntak.utsatt", "priser", "neddiskontering", "utvidet.reell_vekst")
ANDELER = np.array([0.0, 1e-15, 1e-6, 0.3, 0.5, 0.9, 1 - 1e-15])


@pytest.mark.parametrize("noekkel", NOEKLER)
def test_hver_fordeling_ved_sine_ytterpunkter_gir_tall_i_det_lovlige_omraadet(noekkel: str) -> None:
    godtatt = 0
    for slag, sett in FORDELINGER.items():
        for navn in sett:
            for verdier in itertools.product(ENDER, repeat=len(navn)):
                if len(navn) == 3 and len(set(verdier)) == 3 and sum(map(ENDER.index, verdier)) % 5:
                    continue  # a fifth of the triangles is enough
                tabell = {"fordeling": slag, **dict(zip(navn, verdier, strict=True))}
                try:
                    g = fra_toml({"unge_voksne": {"usikkerhet": {noekkel: tabell}}}, "t", "T").unge_voksne
                except VelferdslabError:
                    continue
                godtatt += 1
                f = g.usikkerhet[noekkel]
                with warnings.catch_warnings():
                    warnings.simplefilter("error")
                    for tall in (trekk({noekkel: f}, 20, 1)[noekkel], kvantil(f, ANDELER)) if slag != "fast" else ():
                        assert np.isfinite(tall).all(), tabell
                        lovlig = (tall >= f.minst - 1e-12 * abs(f.minst)) & (tall <= f.mest * (1 + 1e-12))
                        assert (lovlig | (tall == 0)).all(), tabell
    assert godtatt > 20


@pytest.mark.parametrize(
    ("noekkel", "fordeling"),
    [
        ("suksessrate.utsatt", {"fordeling": "beta", "snitt": 0.128, "sd": 1e-9}),
        ("suksessrate.utsatt", {"fordeling": "beta", "snitt": 0.5, "sd": 0.4999999}),
        ("verdi_qaly", {"fordeling": "gamma", "snitt": 1e10, "sd": 1e12}),
        ("verdi_qaly", {"fordeling": "lognormal", "snitt": 1e12, "sd": 1e12}),
        ("priser", {"fordeling": "uniform", "minst": 0, "mest": 1e-9}),
        ("inntak.utsatt", {"fordeling": "uniform", "minst": 0.01, "mest": 1e12}),
    ],
)
def test_hele_analysen_gir_endelige_tall_ved_ytterpunktene(noekkel: str, fordeling: dict[str, float]) -> None:
    g = fra_toml({"unge_voksne": {"usikkerhet": {noekkel: fordeling}}}, "t", "T").unge_voksne
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        m = montecarlo(g, 200, 1)
    for netto in m.netto.values():
        assert np.isfinite([netto.snitt, netto.sd, netto.feil, *netto.persentiler]).all()


def test_en_spredning_som_er_ingenting_mot_snittet_er_ingen() -> None:
    tabell = {"fordeling": "beta", "snitt": 0.128, "sd": 1e-9}
    f = fra_toml({"unge_voksne": {"usikkerhet": {"suksessrate.utsatt": tabell}}}, "t", "T").unge_voksne.usikkerhet
    assert set(trekk(dict(f), 10, 1)["suksessrate.utsatt"]) == {0.128}
