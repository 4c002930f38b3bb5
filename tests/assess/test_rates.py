"""Rates and intervals: what they cover, and what the range of the missing holds."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from velferdslab_model.assess.rates import DEKNING, delvis_felles, jeffreys, manski

REPETISJONER = 2000
#: Exact coverage of the equal-tailed Jeffreys interval. Only n + 1 intervals can come out, so it jumps with n and p; where it
#: is not 93 to 97 %, no number of repetitions makes it so.
EKSAKT = {
    (8, 0.5): 0.9297, (8, 0.8): 0.9896, (8, 0.95): 0.9428,
    (20, 0.5): 0.9586, (20, 0.8): 0.9563, (20, 0.95): 0.9841,
    (60, 0.5): 0.9481, (60, 0.8): 0.9471, (60, 0.95): 0.9242,
}  # fmt: skip
UTENFOR = {(8, 0.5), (8, 0.8), (20, 0.95), (60, 0.95)}


@pytest.mark.parametrize(("n", "p"), EKSAKT)
def test_intervallet_dekker_sannheten_saa_ofte_som_sagt(n: int, p: float) -> None:
    intervaller = [jeffreys(k, n) for k in range(n + 1)]
    dekker = np.array([a is not None and a.lav <= p <= a.hoey for a in intervaller])
    eksakt = float(stats.binom.pmf(np.arange(n + 1), n, p)[dekker].sum())
    assert eksakt == pytest.approx(EKSAKT[n, p], abs=5e-5)
    trukket = np.random.default_rng([n, round(100 * p)]).binomial(n, p, REPETISJONER)
    simulert = float(dekker[trukket].mean())
    assert simulert == pytest.approx(eksakt, abs=3.5 * (eksakt * (1 - eksakt) / REPETISJONER) ** 0.5)
    assert (0.93 <= eksakt <= 0.97) == ((n, p) not in UTENFOR)


def test_intervallet_er_betafordelingens_med_like_haler() -> None:
    a = jeffreys(12, 20)
    assert a is not None
    hale = (1 - DEKNING) / 2
    assert (a.lav, a.hoey) == pytest.approx(tuple(stats.beta(12.5, 8.5).ppf([hale, 1 - hale])))
    assert (a.suksess, a.forsoek, a.snitt) == (12.5, 21.0, 0.6)
    assert a.ved_enden == ""


def test_ved_ingen_og_alle_gaar_intervallet_til_enden_og_det_blir_sagt_hva_det_betyr() -> None:
    ingen, alle = jeffreys(0, 8), jeffreys(8, 8)
    assert ingen is not None
    assert alle is not None
    assert (ingen.lav, alle.hoey) == (0.0, 1.0)
    assert ingen.ved_enden == "Ingen av 8 lyktes: det viser ikke at raten er 0, bare at den neppe er over 26\u00a0%."
    assert alle.ved_enden == "Alle 8 lyktes: det viser ikke at raten er 100 %, bare at den neppe er under 74\u00a0%."
    en_av_en = jeffreys(1, 1)
    assert en_av_en is not None
    assert en_av_en.ved_enden.startswith("Den ene lyktes: det viser ikke at raten er 100 %")
    assert jeffreys(0, 0) is None


def test_spennet_holder_alltid_det_sanne_tallet_hva_som_enn_mangler() -> None:
    """Also when exactly those who failed are missing."""
    rng = np.random.default_rng(1)
    smale = 0
    for _ in range(REPETISJONER):
        n, p, q = int(rng.integers(1, 60)), rng.random(), rng.random()
        lyktes = rng.random(n) < p
        borte = rng.random(n) < np.where(lyktes, q * 0.2, q)
        spenn = manski(int((lyktes & ~borte).sum()), int((~borte).sum()), int(borte.sum()))
        assert spenn is not None
        assert spenn.lav <= lyktes.mean() <= spenn.hoey
        assert spenn.hoey - spenn.lav == pytest.approx(borte.mean())
        observert = (lyktes & ~borte).sum() / max(1, (~borte).sum())
        smale += observert > spenn.hoey or observert < spenn.lav
    assert smale == 0  # the observed rate is one of those the range holds
    assert manski(0, 0, 0) is None


def test_delvis_felles_er_det_samme_som_aa_trekke_seg_fram() -> None:
    """Against a simulation that knows no formula: draw mean, weight and rates, and keep the draws that give the counts."""
    tellinger = [(1, 3), (3, 4)]
    rng = np.random.default_rng(2)
    n = 1_000_000
    u, midt = rng.random(n), rng.random(n)
    vekt = u / (1 - u)
    rater = [rng.beta(np.maximum(midt * vekt, 1e-12), np.maximum((1 - midt) * vekt, 1e-12)) for _ in tellinger]
    treff = np.all([rng.binomial(t, r) == k for (k, t), r in zip(tellinger, rater, strict=True)], axis=0)
    assert treff.sum() > 15_000
    for (_, t), r, a in zip(tellinger, rater, delvis_felles(tellinger), strict=True):
        assert a is not None
        assert a.snitt == pytest.approx(r[treff].mean(), abs=0.006)
        assert (a.lav, a.hoey) == pytest.approx(tuple(np.quantile(r[treff], [0.025, 0.975])), abs=0.015)
        assert a.priorvekt == pytest.approx((vekt / (vekt + t))[treff].mean(), abs=0.008)
        assert a.suksess / a.forsoek == pytest.approx(a.snitt)


def test_det_som_er_likt_trekkes_mer_mot_hverandre_og_de_faa_mest() -> None:
    like, ulike = delvis_felles([(5, 10), (10, 20)]), delvis_felles([(1, 10), (19, 20)])
    assert all(a is not None for a in like + ulike)
    assert like[0].priorvekt > ulike[0].priorvekt  # type: ignore[union-attr]  # just asked
    assert like[0].priorvekt > like[1].priorvekt  # type: ignore[union-attr]
    assert delvis_felles([(3, 8), (0, 0)]) == [jeffreys(3, 8), None]
