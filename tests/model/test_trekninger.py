"""Draws first, year last: the same code serves one scenario and many, and any one parameter may vary alone."""

from __future__ import annotations

from dataclasses import MISSING, fields, replace

import numpy as np
import pytest

from tests.scenarier import KONSTRUERTE
from velferdslab_model.model.aarsserier import NETTO, aarsserier
from velferdslab_model.model.array import Array
from velferdslab_model.model.diskontering import tilbakebetalt_etter
from velferdslab_model.model.inndata import Modellinndata, inndata
from velferdslab_model.parameters.loading import fra_toml

_TREKKES = [
    f.name for f in fields(Modellinndata) if f.default is MISSING and f.name not in ("analyseperiode", "inntaksaar")
]


def utvidet() -> Modellinndata:
    """Every extended assumption away from its neutral value, so that each has something to do."""
    return inndata(fra_toml(KONSTRUERTE["utvidet"], "test", "test").unge_voksne)


@pytest.mark.parametrize("navn", _TREKKES)
def test_en_parameter_alene_kan_ha_mange_trekninger(navn: str) -> None:
    x = utvidet()
    en: Array = getattr(x, navn)
    to = np.stack([en, en * 0.75, en * 0.5])
    alle = aarsserier(replace(x, **{navn: to}))  # type: ignore[arg-type]  # an array field
    for k in range(3):
        hver = aarsserier(replace(x, **{navn: to[k]}))
        for felt in fields(hver.ikke_neddiskontert):
            serie, ventet = getattr(alle.neddiskontert, felt.name), getattr(hver.neddiskontert, felt.name)
            rad = serie[k] if serie.ndim == 2 else serie
            assert np.allclose(rad, ventet, rtol=1e-12, atol=1e-6), felt.name
        folk, ventet = alle.kohort.utenfor, hver.kohort.utenfor
        assert np.allclose(folk[k] if folk.ndim == 4 else folk, ventet, rtol=1e-12)
        for netto in NETTO:
            akkumulert, ventet = alle.neddiskontert.akkumulert(netto), hver.neddiskontert.akkumulert(netto)
            rad = akkumulert[k] if akkumulert.ndim == 2 else akkumulert
            assert np.allclose(rad, ventet, rtol=1e-12, atol=1e-6), netto
            aar = np.broadcast_to(tilbakebetalt_etter(akkumulert, alle.neddiskontert.kostnad), (3,))[k]
            assert np.array_equal(aar, tilbakebetalt_etter(ventet, hver.neddiskontert.kostnad), equal_nan=True)


def test_mellomregningene_er_de_seriene_er_laget_av() -> None:
    """The rows of the sheets between inputs and answer, each from its definition (docs/modell.md sections 3 and 6)."""
    x = utvidet()
    s = aarsserier(x)
    aar = np.arange(x.analyseperiode)
    a, e, n = float(x.skjedd_uansett), float(x.erstatningsgrad), x.nullalternativ
    assert np.allclose(s.realvekst, (1 + float(x.reell_vekst)) ** aar)
    assert np.array_equal(s.fast, np.where(aar < x.inntaksaar, float(x.fast_aarskostnad), 0.0))
    assert s.drift.shape == s.oppstart.shape == (3, x.analyseperiode)
    assert np.allclose(s.oppstart.sum(0) + s.drift.sum(0) + s.fast, s.ikke_neddiskontert.kostnad)
    for fra in range(3):
        for naa in range(3):
            ventet = n[fra] - a * (n[fra] - n[naa]) - (1 - e) * n[naa]
            assert s.sats_i_programmet[fra, naa] == pytest.approx(ventet, rel=1e-12)
        for naa in range(4):
            andel = (1 - a) * np.array([n[fra] - n[naa], x.livskvalitet[naa] - x.livskvalitet[fra]])
            assert s.sats_etter[fra, naa] == pytest.approx(andel[0], rel=1e-12, abs=1e-9)
            assert s.sats_helse[fra, naa] == pytest.approx(float(x.verdi_qaly) * andel[1], rel=1e-12, abs=1e-9)
            arbeid = (1 - a) * (x.stillingsandel[naa] - x.stillingsandel[fra])
            assert s.sats_produksjon[fra, naa] == pytest.approx(float(x.loennskostnad) * arbeid, rel=1e-12, abs=1e-9)
    spart = (s.besparelse_i_programmet + s.besparelse_etter).sum(0)
    assert np.allclose(spart, s.ikke_neddiskontert.besparelse)
    assert np.allclose(s.besparelse_etter, np.einsum("sjt,sj->st", s.kohort.utenfor, s.sats_etter))


@pytest.mark.parametrize("scenario", ["utvidet", "ingen_lykkes", "uten_tiltak", "synkende_nivaaer"])
def test_ingen_sum_er_minus_null(scenario: str) -> None:
    """A -0.0 is shown as «-0» in CSV and JSON."""
    for gruppe in fra_toml(KONSTRUERTE[scenario], "test", "test").grupper.values():
        penger = aarsserier(inndata(gruppe)).neddiskontert
        for felt in ("helsegevinst", "produksjonsgevinst", "skattefinansieringskostnad"):
            serie = getattr(penger, felt)
            assert not np.signbit(serie[serie == 0]).any(), felt
