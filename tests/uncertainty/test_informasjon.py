"""Sobol indices and values of knowing, against another library and against direct computation."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.conftest import hopp_over
from tests.uncertainty.test_uncertainty import SIKRE, gruppe
from velferdslab_model.model.totaler import totaler
from velferdslab_model.parameters.strukturell import strukturelle
from velferdslab_model.parameters.usikkerhet import fordelinger
from velferdslab_model.uncertainty.foelsomhet import HOVED
from velferdslab_model.uncertainty.informasjon import OBSERVASJONER, _utvalg, informasjonsverdier, sobol
from velferdslab_model.uncertainty.montecarlo import Opplegg, montecarlo, montecarlo_grupper
from velferdslab_model.uncertainty.parametre import inndata_med
from velferdslab_model.uncertainty.trekking import koblet, kvantil

OPPLEGG = Opplegg(20_000, 1)
NAER_NULL: dict[str, Any] = {
    **SIKRE,
    "priser": {"fordeling": "uniform", "minst": 1.7, "mest": 2.7},
    "nullalternativ": {"fordeling": "triangulaer", "minst": 0.7, "typisk": 1.0, "mest": 1.3},
    "suksessrate": {s: {"fordeling": "beta", "suksess": 8, "forsoek": 10} for s in ("uholdbar", "utsatt", "stabil")},
}


@pytest.mark.parametrize("strukturell", [False, True], ids=["egen", "strukturell"])
def test_sobol_er_lik_salib(strukturell: bool) -> None:
    """SALib's own draws, model runs by ours, SALib's estimators; within its confidence interval and ours."""
    try:
        salib_sample, salib_analyze = (import_module(f"SALib.{del_}.sobol") for del_ in ("sample", "analyze"))
    except ImportError:
        hopp_over("SALib er ikke installert (pip install -e .[test])")
    g = gruppe()
    g, trekkes = strukturelle(g) if strukturell else (g, fordelinger(g))
    noekler = list(trekkes)
    problem = {"num_vars": len(noekler), "names": noekler, "bounds": [[0.0, 1.0]] * len(noekler)}
    u = np.clip(salib_sample.sample(problem, 2048, calc_second_order=False, seed=1), 1e-9, 1 - 1e-9)
    t = totaler(inndata_med(g, {n: kvantil(trekkes[n], u[:, i]) for i, n in enumerate(noekler)}), HOVED, ())
    vaare = sobol(g, trekkes, 2019)
    for x in HOVED:
        deres = salib_analyze.analyze(problem, t.sum[f"netto_{x}"], calc_second_order=False, seed=1)
        for i, n in enumerate(noekler):
            assert vaare[x].foerste[n] == pytest.approx(deres["S1"][i], abs=deres["S1_conf"][i] + 0.015), (x, n)
            assert vaare[x].total[n] == pytest.approx(deres["ST"][i], abs=deres["ST_conf"][i] + 0.015), (x, n)


def test_sobol_er_den_samme_hva_som_enn_er_regnet_foer() -> None:
    """What is kept from one analysis to the next belongs to the distribution, the seed and the place, and to nothing else."""
    prisen = {"fordeling": "triangulaer", "minst": 0.8, "typisk": 1.0, "mest": 1.2}
    g, bredere = gruppe(usikkerhet={"priser": prisen}), gruppe(usikkerhet={"priser": {**prisen, "mest": 1.6}})
    alle = [(g, fordelinger(g)), (bredere, fordelinger(bredere)), strukturelle(g)]
    runder = [(froe, antall, k) for froe in (4, 5) for antall in (128, 256) for k in range(len(alle))]
    foerst = [sobol(*alle[k], froe, antall) for froe, antall, k in runder]
    for (froe, antall, k), ventet in reversed(list(zip(runder, foerst, strict=True))):
        _utvalg.cache_clear()
        assert sobol(*alle[k], froe, antall) == ventet
    assert len({repr(svar) for svar in foerst}) == len(runder)


def test_sobol_er_lik_variansen_av_betingede_snitt() -> None:
    """By the definition: the variance of the mean, one number given, over that of the net."""
    g = gruppe()
    trekkes, rng = fordelinger(g), np.random.default_rng(3)
    ytre, indre = 300, 300
    svar = sobol(g, trekkes, 1)
    for noekkel in ("nullalternativ", "suksessrate.stabil"):
        verdier = {n: kvantil(f, rng.random(ytre * indre)) for n, f in trekkes.items()}
        verdier[noekkel] = np.repeat(kvantil(trekkes[noekkel], (np.arange(ytre) + 0.5) / ytre), indre)
        netto = totaler(inndata_med(g, verdier), ("budsjett",), ()).sum["netto_budsjett"].reshape(ytre, indre)
        ledd = netto.var(axis=1, ddof=1).mean()
        foerste = (netto.mean(axis=1).var(ddof=1) - ledd / indre) / netto.var(ddof=1)
        assert svar["budsjett"].foerste[noekkel] == pytest.approx(foerste, abs=0.02)


def test_evpi_og_evppi_er_lik_direkte_utregning() -> None:
    """Nested: the best choice for each value of one number, from many draws of the others."""
    g = gruppe(usikkerhet=NAER_NULL)
    mc = montecarlo(g, 100_000, 5)
    trekkes, rng = fordelinger(g), np.random.default_rng(11)

    def netto(verdier: dict[str, NDArray[np.float64]]) -> NDArray[np.float64]:
        return totaler(inndata_med(g, verdier), ("budsjett",), ()).sum["netto_budsjett"]

    alle = netto({n: kvantil(f, rng.random(400_000)) for n, f in trekkes.items()})
    uten = max(alle.mean(), 0.0)
    i = mc.informasjon["budsjett"]
    assert i.evpi == pytest.approx(np.maximum(alle, 0).mean() - uten, rel=0.02)
    ytre, indre = 400, 500
    for noekkel in ("priser", "nullalternativ", "suksessrate.stabil"):
        verdier = {n: kvantil(f, rng.random(ytre * indre)) for n, f in trekkes.items()}
        verdier[noekkel] = np.repeat(kvantil(trekkes[noekkel], (np.arange(ytre) + 0.5) / ytre), indre)
        betinget = netto(verdier).reshape(ytre, indre).mean(axis=1)
        direkte = np.maximum(betinget, 0).mean() - max(betinget.mean(), 0.0)
        assert i.evppi[noekkel] == pytest.approx(direkte, abs=0.03 * i.evpi), noekkel


def test_en_observasjon_til_er_verdt_det_bayes_sier() -> None:
    """Net a + b p, p from a beta: what is seen of m more moves its mean to (8 + y) / (10 + m)."""
    from scipy.stats import betabinom

    rng = np.random.default_rng(2)
    p = rng.beta(8, 2, 400_000)
    a, b = -0.79e6, 1.0e6
    svar = informasjonsverdier({"budsjett": a + b * p}, {"suksessrate.utsatt": p}, rng)["budsjett"]
    for k, m in enumerate(OBSERVASJONER):
        y = np.arange(m + 1)
        ventet = float(betabinom(m, 8, 2).pmf(y) @ np.maximum(a + b * (8 + y) / (10 + m), 0)) - (a + b * 0.8)
        # 100 000 draws are used: the standard error of the mean is 0.12 m / 316 = 380 kr.
        assert svar.observasjon["suksessrate.utsatt"][k] == pytest.approx(ventet, abs=1_500)
    en, ti = svar.observasjon["suksessrate.utsatt"]
    assert 5_000 < en < ti < svar.evppi["suksessrate.utsatt"]


def test_tilfeldighet_blant_deltakerne_kan_ingen_vite_paa_forhaand() -> None:
    g = gruppe(usikkerhet=NAER_NULL)
    med, uten = (montecarlo(g, 20_000, 5, tilfeldighet=t) for t in (True, False))
    assert med.informasjon == uten.informasjon
    bare_flaks = montecarlo(gruppe(usikkerhet=SIKRE, inntak={"uholdbar": 1, "utsatt": 0, "stabil": 0}), 2_000, 1)
    assert 0.1 < bare_flaks.netto["budsjett"].p_positiv < 0.9
    assert bare_flaks.informasjon["budsjett"].evpi == 0


def test_rater_som_foelger_hverandre_har_de_samme_trekningene_hver_for_seg() -> None:
    rng = np.random.default_rng(1)
    verdier = {n: rng.beta(8, 2, 1_000) for n in "abc"}
    svar = koblet(verdier)
    for n, v in verdier.items():
        assert np.array_equal(np.sort(v), np.sort(svar[n]))
    assert np.array_equal(svar["a"], verdier["a"])
    assert all(np.array_equal(np.argsort(svar["a"]), np.argsort(svar[n])) for n in "bc")
    assert koblet({}) == {}


def test_rater_som_foelger_hverandre_gir_mer_spredning_og_samme_snitt_for_hver() -> None:
    g = gruppe()
    uavhengig, sammen = (montecarlo(g, 20_000, 1, rater_sammen=s).netto["samfunn"] for s in (False, True))
    assert sammen.sd > 1.2 * uavhengig.sd
    assert sammen.p_positiv <= uavhengig.p_positiv


def test_verdien_av_aa_vite_er_i_den_strukturelle_stoerre_enn_null_og_foelger_inntaket() -> None:
    en, to = (
        montecarlo_grupper(
            {"": strukturelle(gruppe(inntak=dict.fromkeys(("uholdbar", "utsatt", "stabil"), n)))}, OPPLEGG
        )[""]
        for n in (2, 4)
    )
    i, dobbelt = en.informasjon["budsjett"], to.informasjon["budsjett"]
    assert i.evpi > 300_000
    assert dobbelt.evpi == pytest.approx(2 * i.evpi, rel=1e-6)  # twice the persons, twice the value
    assert i.evppi["utvidet.erstatningsgrad"] > i.evppi["priser"]
