"""What more observations are worth: against a brute force, and where the decision cannot turn."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest

from velferdslab_model.assess.measuring import FLERE, evsi, verdien_av_flere
from velferdslab_model.results import beregn
from velferdslab_model.scenarios.loading import load_forutsetninger

F = load_forutsetninger()


def netto(rater: tuple[float, float, float]) -> float:
    g = replace(F.unge_voksne, suksessrate=rater)
    return beregn(replace(F, unge_voksne=g)).grupper["unge_voksne"].sum["netto_budsjett"]


def test_forventet_netto_og_verdien_er_det_trekninger_gir() -> None:
    """Draw the three rates, then what m more show, and decide by the mean of the net among draws with the same outcome."""
    fordelt = [(3.5, 9.0), (4.2, 9.0), (2.5, 6.0)]
    svar = verdien_av_flere(F.unge_voksne, fordelt, "budsjett")
    assert svar.forventet == pytest.approx(netto(tuple(a / n for a, n in fordelt)), rel=1e-9)  # type: ignore[arg-type]  # three
    # The other net is that of the scenario as it is, which `run` shows.
    assert svar.scenariets == pytest.approx(netto(F.unge_voksne.suksessrate), rel=1e-12)
    assert [v.rate for v in svar.verdier] == [a / n for a, n in fordelt]
    rng = np.random.default_rng(1)
    n, m = 400_000, 5
    rater = np.stack([rng.beta(a, t - a, n) for a, t in fordelt], axis=1)
    from velferdslab_model.assess.measuring import _netto

    trukket = _netto(F.unge_voksne, rater, "budsjett")
    assert trukket.mean() == pytest.approx(svar.forventet, abs=5 * trukket.std() / n**0.5)
    skift = svar.forventet  # a cost that makes the decision close, so that knowing is worth something
    for s, verdi in enumerate(svar.verdier):
        sett = rng.binomial(m, rater[:, s])
        med = sum(max(0.0, (trukket[sett == k] - trukket.mean()).sum()) for k in range(m + 1)) / n
        a, t = fordelt[s]
        ender = np.array([[x / y for x, y in fordelt]] * 2)
        ender[:, s] = (0, 1)
        ved_0, ved_1 = _netto(F.unge_voksne, ender, "budsjett")
        eksakt = evsi(a, t, m, ved_0 - skift, ved_1 - ved_0)
        assert eksakt == pytest.approx(med, abs=1.5 * trukket.std() / n**0.5)
        assert verdi.verdt.keys() == set(FLERE)


def test_en_deltaker_til_regnet_for_haand() -> None:
    # Beta(1, 1), net = rate x 100 - 60: now no. One more: after a success the rate is 2/3 and the net 6.67, else no.
    assert evsi(1.0, 2.0, 1, -60.0, 100.0) == pytest.approx(0.5 * (200 / 3 - 60))
    # Net = rate x 100 - 40: now yes, 10. After a failure the rate is 1/3, the net -6.67, and one does not.
    assert evsi(1.0, 2.0, 1, -40.0, 100.0) == pytest.approx(0.5 * (200 / 3 - 40) - 10)
    assert evsi(1.0, 2.0, 1, 10.0, 100.0) == 0


def test_flere_er_aldri_mindre_verdt_og_det_som_ikke_kan_snu_er_verdt_null() -> None:
    verdier = [evsi(3.5, 9.0, m, -50.0, 100.0) for m in range(1, 60)]
    assert all(b >= a - 1e-9 for a, b in itertools.pairwise(verdier))
    svar = verdien_av_flere(F.unge_voksne, [(8.0, 10.0)] * 3, "samfunn")
    for v in svar.verdier:
        assert (v.snur_ved is None) or all((verdt > 0) == (m >= v.snur_ved) for m, verdt in v.verdt.items())
