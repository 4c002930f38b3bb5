"""The exact distribution against counting, closed forms, integrals and draws."""

from __future__ import annotations

import itertools
from dataclasses import replace
from math import comb

import numpy as np
import pytest
from scipy import integrate, stats

from tests.contract.vilkaar import TABELLEN, kort, med
from velferdslab_model.contract import distribution, yearly
from velferdslab_model.contract.distribution import (
    Betalingsfordeling,
    beta_punkter,
    betalingsfordeling,
    fordelinger_ved,
    simuler,
)
from velferdslab_model.contract.oppgjoer import betalingsplan
from velferdslab_model.contract.outcomes import binomisk
from velferdslab_model.contract.terms import FastBetaling, Kontrakt, Tak

DANSK = med(
    priskort=kort((6, 20_000, 1.0), (12, 20_000, 0.9), (18, 20_000, 0.8), (24, 20_000, 0.75), (36, 40_000, 0.7)),
    betalingsaar=(1, 2, 3, 4),
    kohorter="i betalingsår",
    tak=Tak(None, None, 2_000_000, False),
    inntak=replace(TABELLEN.inntak, lav=10, forventet=10, hoey=10),
)  # fmt: skip


def test_tjue_i_aaret_med_50_prosent_under_taket_paa_seks_millioner() -> None:
    f = betalingsfordeling(TABELLEN)
    n = np.arange(81)
    p = np.array([comb(80, int(k)) / 2**80 for k in n])
    assert f.forventet == pytest.approx(float(np.minimum(150_000 * n, 6e6) @ p), rel=1e-13)
    assert round(f.forventet / 1e6, 3) == 5.733
    assert (round(f.p_tak, 3), round(f.p_kuttet, 3)) == (0.544, 0.456)
    assert f.metode == "eksakt"
    assert f.p(f.lykkede == 40) == pytest.approx(p[40], rel=1e-12)


def test_tre_millioner_i_aaret_og_to_kohorter_i_hvert_aar() -> None:
    f = betalingsfordeling(med(tak=Tak(None, 3e6, 6e6, False)))
    assert round(f.forventet / 1e6, 3) == 5.624
    n = np.arange(41)
    ett_aar = float(np.minimum(150_000 * n, 3e6) @ stats.binom.pmf(n, 40, 0.5))
    assert f.forventet == pytest.approx(2 * ett_aar, rel=1e-12)
    assert f.per_aar.tolist() == pytest.approx([0, 0, ett_aar, ett_aar])


def _opptelling(v: Kontrakt) -> tuple[float, float, float]:
    """Expected payment, P(cut), expected successes, by every outcome of every cohort. One price, small cohorts."""
    antall = [range(d + 1) for d in v.deltakere]
    forventet = kuttet = lykkede = 0.0
    for utfall in itertools.product(*antall):
        p = np.prod(
            [comb(d, n) * r**n * (1 - r) ** (d - n) for d, n, r in zip(v.deltakere, utfall, v.suksessrate, strict=True)]
        )
        plan = betalingsplan(v, np.array(utfall, dtype=float))
        forventet += float(p * plan.betalt.sum())
        kuttet += float(p * (plan.kuttet > 0.5))
        lykkede += float(p * sum(utfall))
    return forventet, kuttet, lykkede


@pytest.mark.parametrize("kohorter", ["alle", "innen kontrakten", "i betalingsår"])
@pytest.mark.parametrize(
    "tak",
    [Tak(None, None, None, False), Tak(None, 450_000, 750_000, False), Tak(None, 450_000, 750_000, True), Tak(None, 300_000, None, True)],
)  # fmt: skip
def test_fordelingen_er_lik_opptelling_av_alle_utfall(kohorter: str, tak: Tak) -> None:
    v = med(kohorter=kohorter, tak=tak, antall=3, suksessrate=(0.3, 0.6, 0.5, 0.9), indeksering=0.03,
            fast_betaling=(FastBetaling(3, 100_000, 2, ""),))  # fmt: skip
    forventet, kuttet, lykkede = _opptelling(v)
    f = betalingsfordeling(v)
    assert f.metode == "eksakt"
    assert f.forventet == pytest.approx(forventet, rel=1e-12)
    assert f.p_kuttet == pytest.approx(kuttet, abs=1e-12)
    assert float(f.lykkede @ f.sannsynlighet) == pytest.approx(lykkede, rel=1e-12)
    assert f.sannsynlighet.sum() == pytest.approx(1, rel=1e-12)
    assert f.per_aar.sum() == pytest.approx(f.forventet, rel=1e-12)


def _alle_forloep(v: Kontrakt) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Persons on every line, (M, lines), successes, (M,), and chance of every course every cohort can take, (M,)."""
    kort_, per_kohort = v.priskort, []
    for n, rate in zip(v.deltakere, v.suksessrate, strict=True):
        forloep: list[tuple[tuple[int, ...], int, float]] = [
            ((), s, comb(n, s) * rate**s * (1 - rate) ** (n - s)) for s in range(n + 1)
        ]
        igjen, holdt = [s for _, s, _ in forloep], 1.0
        for linje in kort_:
            q = linje.holder / holdt
            nye: list[tuple[tuple[int, ...], int, float]] = []
            nye_igjen: list[int] = []
            for (rad, s, p), m in zip(forloep, igjen, strict=True):
                for j in range(m + 1):
                    if (dp := comb(m, j) * q**j * (1 - q) ** (m - j)) > 0:
                        nye.append(((*rad, j), s, p * dp))
                        nye_igjen.append(j)
            forloep, igjen, holdt = nye, nye_igjen, linje.holder
        per_kohort.append(forloep)
    alle = list(itertools.product(*per_kohort))
    return (
        np.array([[j for rad, _, _ in valg for j in rad] for valg in alle], dtype=float),
        np.array([sum(s for _, s, _ in valg) for valg in alle]),
        np.array([np.prod([p for _, _, p in valg]) for valg in alle]),
    )


@pytest.mark.parametrize(("kohorter", "betalingsaar"), [("alle", (2, 3, 4)), ("i betalingsår", (2, 3, 4)), ("i betalingsår", (3, 4))])  # fmt: skip
@pytest.mark.parametrize("tak", [Tak(None, 120_000, 250_000, False), Tak(130_000, 90_000, None, True), Tak(None, 70_000, 260_000, True), Tak(None, None, 150_000, False)])  # fmt: skip
@pytest.mark.parametrize("telling", [None, (2.5, 6.0)])
def test_kohorter_betalt_over_flere_aar_er_lik_opptelling_av_alle_forloep(
    kohorter: str, betalingsaar: tuple[int, ...], tak: Tak, telling: tuple[float, float] | None
) -> None:
    v = med(
        kohorter=kohorter, tak=tak, antall=2, telling=telling, suksessrate=(0.3, 0.6, 0.5), inntaksaar=3, betalingsaar=betalingsaar,
        priskort=kort((12, 40_000, 1.0), (18, 20_000, 0.7), (24, 50_000.5, 0.7), (36, 30_000, 0.4)),
        fast_betaling=(FastBetaling(3, 15_000, 2, ""), FastBetaling(4, 5_000, 0, "")),
    )  # fmt: skip
    ventet = np.zeros(8)
    for rate, vekt in zip(*(beta_punkter(2.5, 3.5, 4) if telling else ((None,), (1.0,))), strict=True):
        personer, lykkede, p = _alle_forloep(v if rate is None else v.med_rate(float(rate)))
        plan = betalingsplan(v, personer)
        sum_ = plan.betalt.sum(axis=1)
        ventet += vekt * np.array([p @ plan.kuttet.__gt__(0.5), p @ (sum_ > 150_000), p @ lykkede, p @ (lykkede * sum_), *(p @ plan.betalt)])  # fmt: skip
    f = betalingsfordeling(v)
    assert f.metode == "eksakt"
    q = f.sannsynlighet
    fant = [f.p_kuttet, f.p(f.betalt > 150_000), f.lykkede @ q, (f.lykkede * f.betalt) @ q, *f.per_aar]
    assert fant == pytest.approx(ventet.tolist(), rel=1e-11, abs=1e-12)
    assert q.sum() == pytest.approx(1, rel=1e-12)


def test_de_minst_sannsynlige_utfallene_kan_utelates_uten_at_det_synes(monkeypatch: pytest.MonkeyPatch) -> None:
    v = replace(DANSK, tak=Tak(None, 320_000, 1_200_000, True), telling=(6.0, 12.0)).med_inntak(8)
    uten = betalingsfordeling(v)
    monkeypatch.setattr(yearly, "_MANGE", 10**9)
    alle = betalingsfordeling(v)
    assert len(uten.betalt) < len(alle.betalt)
    assert uten.forventet == pytest.approx(alle.forventet, abs=0.005)
    assert uten.per_aar.tolist() == pytest.approx(alle.per_aar.tolist(), abs=0.005)
    assert (uten.p_tak, uten.p_kuttet) == pytest.approx((alle.p_tak, alle.p_kuttet), abs=1e-9)


def test_en_rate_fra_telling_gir_beta_binomisk_fordeling() -> None:
    f = betalingsfordeling(med(telling=(12.0, 20.0), suksessrate=(0.6,) * 4))
    n = np.arange(81)
    p = stats.betabinom.pmf(n, 80, 12, 8)
    for k in n:
        assert f.p(f.lykkede == k) == pytest.approx(p[k], rel=1e-8, abs=1e-15)
    assert f.forventet == pytest.approx(float(np.minimum(150_000 * n, 6e6) @ p), rel=1e-10)


def test_en_usikker_rate_sprer_betalingen_mer_enn_en_sikker() -> None:
    sikker, usikker = (
        betalingsfordeling(med(tak=Tak(None, None, None, False))),
        betalingsfordeling(med(telling=(10.0, 20.0), tak=Tak(None, None, None, False))),
    )
    assert usikker.forventet == pytest.approx(sikker.forventet, rel=1e-10)
    spenn = [f.kvantil(0.95) - f.kvantil(0.05) for f in (sikker, usikker)]
    assert spenn[1] > 1.5 * spenn[0]


@pytest.mark.parametrize(("a", "b"), [(0.5, 0.5), (1, 1), (3, 7), (12, 8), (800, 400)])
def test_punktene_integrerer_polynomer_over_betafordelingen_eksakt(a: float, b: float) -> None:
    x, w = beta_punkter(a, b, 6)
    assert w.sum() == pytest.approx(1, rel=1e-12)
    for grad in range(12):
        moment = np.prod([(a + i) / (a + b + i) for i in range(grad)])
        assert w @ x**grad == pytest.approx(moment, rel=1e-10)
    if a > 1 and b > 1:
        tall, _ = integrate.quad(lambda p: np.sqrt(p) * stats.beta.pdf(p, a, b), 0, 1, limit=200)
        assert beta_punkter(a, b, 60)[1] @ np.sqrt(beta_punkter(a, b, 60)[0]) == pytest.approx(tall, rel=1e-6)


@pytest.mark.parametrize(("n", "p"), [(0, 0.3), (20, 0.0), (20, 1.0), (80, 0.5), (500, 0.01)])
def test_binomisk_er_scipys(n: int, p: float) -> None:
    np.testing.assert_allclose(
        binomisk(n, np.array([p]))[0], stats.binom.pmf(np.arange(n + 1), n, p), rtol=1e-10, atol=1e-150
    )


def test_et_priskort_over_flere_aar_er_lik_summen_av_personenes_forventning_uten_tak() -> None:
    v = replace(DANSK, tak=Tak(None, None, None, False))
    f = betalingsfordeling(v)
    # Months 6, 12, 18, 24 and 36 of cohort 1 fall in years 1, 2, 2, 3 and 4; later cohorts lose the last ones.
    per_person = [20 + 18 + 16 + 15 + 28, 20 + 18 + 16 + 15, 20 + 18 + 16, 20]
    assert f.metode == "eksakt"
    assert f.forventet == pytest.approx(10 * 0.5 * 1000 * sum(per_person), rel=1e-10)


@pytest.mark.parametrize("v", [DANSK, replace(DANSK, telling=(6.0, 12.0)), med(telling=(10.0, 20.0), tak=Tak(None, 3e6, 6e6, True)), med(tak=Tak(None, 3e6, 6e6, False), indeksering=0.02)])  # fmt: skip
def test_eksakt_og_simulert_er_like_innen_simuleringens_feil(v: Kontrakt) -> None:
    f = betalingsfordeling(v)
    antall = 400_000
    lykkede, brutto, betalt = simuler(v, antall, np.random.default_rng(7))
    sum_ = betalt.sum(axis=1)
    assert f.metode == "eksakt"
    assert abs(f.forventet - sum_.mean()) < 5 * sum_.std() / antall**0.5
    assert abs(f.p_kuttet - (brutto.sum(axis=1) - sum_ > 0.5).mean()) < 5 * 0.5 / antall**0.5
    assert abs(float(f.lykkede @ f.sannsynlighet) - lykkede.mean()) < 5 * lykkede.std() / antall**0.5
    for grense in np.quantile(sum_, [0.1, 0.5, 0.9]):
        assert abs(f.p(f.betalt <= grense) - (sum_ <= grense).mean()) < 5 * 0.5 / antall**0.5
    np.testing.assert_allclose(f.per_aar, betalt.mean(axis=0), atol=5 * betalt.std() / antall**0.5)


def test_der_utfallene_ikke_kan_telles_simuleres_det_med_oppgitt_feil() -> None:
    v = replace(DANSK, tak=Tak(None, 9_600_000, None, False)).med_inntak(240)
    f = betalingsfordeling(v, froe=3, trekninger=50_000)
    assert f.metode == "simulert"
    assert 0 < f.feil < 1e-3 * f.forventet
    assert betalingsfordeling(v, froe=3, trekninger=50_000).forventet == f.forventet
    annet = betalingsfordeling(v, froe=4, trekninger=50_000)
    assert annet.forventet != f.forventet
    assert abs(annet.forventet - f.forventet) < 6 * f.feil


def test_lykkede_som_aldri_gjoeres_opp_teller_med_blant_de_lykkede() -> None:
    f = betalingsfordeling(med(kohorter="i betalingsår"))
    assert float(f.lykkede @ f.sannsynlighet) == pytest.approx(40)
    assert f.forventet == pytest.approx(20 * 150_000)


def test_kvantilen_er_den_minste_betalingen_som_ikke_passeres() -> None:
    f = betalingsfordeling(med(tak=Tak(None, None, None, False)))
    for andel in (0.05, 0.5, 0.95):
        assert f.kvantil(andel) == 150_000 * stats.binom.ppf(andel, 80, 0.5)


@pytest.mark.parametrize(
    ("v", "for_mange"),
    [
        (med(), False),
        (med(indeksering=0.02, tak=Tak(None, 3e6, 6e6, True)), False),
        (med(fast_betaling=(FastBetaling(4, 500_000, 10, ""),), kohorter="i betalingsår"), False),
        (med(antall=60, indeksering=0.013, tak=Tak(None, None, None, False)), True),
    ],
)
def test_fordelingene_ved_flere_rater_er_de_en_for_en(
    v: Kontrakt, for_mange: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the outcomes at all rates at once are too many, and each is counted by itself."""
    rater = [0.0, 0.1, 0.35, 1.0]
    regnet: list[Kontrakt] = []
    ventet = [betalingsfordeling(v.med_rate(rate)) for rate in rater]

    def en_for_en(w: Kontrakt) -> Betalingsfordeling:
        regnet.append(w)
        return betalingsfordeling(w)

    monkeypatch.setattr(distribution, "betalingsfordeling", en_for_en)
    for f, en in zip(fordelinger_ved(v, rater), ventet, strict=True):
        assert (f.metode, f.lykkede.tolist(), f.betalt.tolist()) == (en.metode, en.lykkede.tolist(), en.betalt.tolist())
        for navn in ("sannsynlighet", "per_aar", "til_investor", "p_tak", "p_kuttet"):
            assert getattr(f, navn) == pytest.approx(getattr(en, navn), rel=1e-12, abs=1e-300)
    assert bool(regnet) is for_mange
