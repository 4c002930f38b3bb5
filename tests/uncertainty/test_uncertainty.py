"""The analysis against direct runs, hand computation and its own identities."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.scenarier import KONSTRUERTE
from tests.strategier import eksempler
from velferdslab_model.model.aarsserier import NETTO
from velferdslab_model.parameters.avledet import AVLEDEDE, foelg
from velferdslab_model.parameters.fordeling import Fordeling
from velferdslab_model.parameters.loading import fra_toml
from velferdslab_model.parameters.typer import UTGANGSSITUASJONER, Brukergruppe
from velferdslab_model.parameters.usikkerhet import OM_STANDARD, fordelinger
from velferdslab_model.results import Grupperesultat, beregn
from velferdslab_model.uncertainty.analyse import analyser
from velferdslab_model.uncertainty.foelsomhet import (
    HOVED,
    PRIS_STEG,
    RATE_STEG,
    bytteverdier,
    flyttinger,
    prisnivaaer,
    toveistabell,
)
from velferdslab_model.uncertainty.forbehold import forbehold
from velferdslab_model.uncertainty.informasjon import sobol
from velferdslab_model.uncertainty.montecarlo import MonteCarlo, montecarlo
from velferdslab_model.uncertainty.parametre import parametre
from velferdslab_model.uncertainty.tornado import tornado
from velferdslab_model.uncertainty.trekking import kvantil, trekk

SIKRE = {n: {"fordeling": "fast"} for n in ("priser", "nullalternativ", "verdi_qaly")} | {
    "suksessrate": {s: {"fordeling": "fast"} for s in UTGANGSSITUASJONER}
}


def gruppe(**tabell: Any) -> Brukergruppe:
    return fra_toml({"unge_voksne": tabell}, "test", "Prøve").unge_voksne


def direkte(g: Brukergruppe, noekkel: str, verdi: float) -> Grupperesultat:
    """The model with one number changed, the long way round: through a group of its own, in which others follow it."""
    hode, _, del_ = noekkel.partition(".")
    g = replace(g, avledet=g.avledet - {noekkel})
    if hode == "priser":
        g = replace(g, tiltak=tuple(replace(t, enhetskostnad=t.enhetskostnad * verdi) for t in g.tiltak))
    elif noekkel == "nullalternativ":
        a, b, c, d = g.nullalternativ
        g = replace(g, nullalternativ=(a * verdi, b * verdi, c * verdi, d * verdi))
    elif noekkel == "suksessrate":
        g = replace(g, suksessrate=tuple(min(1.0, p * verdi) for p in g.suksessrate))  # type: ignore[arg-type]  # three shares
    elif hode == "timesats":
        g = replace(g, tiltak=tuple(replace(t, enhetskostnad=verdi) if t.timesats == del_ else t for t in g.tiltak))
    elif hode == "tiltak":
        navn = noekkel.removeprefix("tiltak.").removesuffix(".enhetskostnad")
        g = replace(g, tiltak=tuple(replace(t, enhetskostnad=verdi) if t.navn == navn else t for t in g.tiltak))
    elif hode == "utvidet":
        g = replace(g, utvidet=replace(g.utvidet, **{del_: verdi}))
    elif del_:
        rekke = list(getattr(g, hode))
        rekke[["uholdbar", "utsatt", "stabil", "baerekraftig"].index(del_)] = verdi
        g = foelg(replace(g, **{hode: tuple(rekke)}))  # type: ignore[arg-type]  # a row of numbers
    else:
        g = replace(g, **{hode: verdi})  # type: ignore[arg-type]  # a number
    f = fra_toml({}, "test", "test")
    return beregn(replace(f, unge_voksne=g)).grupper["unge_voksne"]


@pytest.mark.parametrize("scenario", ["standard", "utvidet", "synkende_nivaaer"])
def test_endene_i_tornadoen_er_lik_direkte_kjoringer(scenario: str) -> None:
    g = gruppe(**KONSTRUERTE.get(scenario, {}).get("unge_voksne", {}))
    alle = tornado(g)
    assert len(alle) == len(parametre(g)) > 40
    for u in alle:
        for k, ende in enumerate(u.ender):
            svar = direkte(g, u.parameter.noekkel, ende)
            skala = max(np.abs(svar.sum[s]) for s in ("kostnad", "besparelse", "helsegevinst", "produksjonsgevinst"))
            for x in HOVED:
                ventet = svar.sum[f"netto_{x}"]
                assert u.netto[x][k] == pytest.approx(ventet, abs=1e-9 * max(1.0, skala)), u.parameter.noekkel


@pytest.mark.parametrize("scenario", ["standard", "utvidet", "fire_prosent"])
def test_en_bytteverdi_satt_inn_igjen_gir_netto_null(scenario: str) -> None:
    g = gruppe(**KONSTRUERTE.get(scenario, {}).get("unge_voksne", {}))
    funnet = 0
    for b in bytteverdier(g):
        for x, verdi in b.verdi.items():
            if verdi is not None:
                funnet += 1
                assert b.parameter.minst <= verdi <= b.parameter.mest
                assert _er_null_ved(g, b.parameter.noekkel, verdi, x), b.parameter.noekkel
    assert funnet > 10


def _er_null_ved(g: Brukergruppe, noekkel: str, verdi: float, netto: str) -> bool:
    """Whether a net is 0 at a value; of a number that others follow in whole kroner, whether it changes sign there."""

    def svar(ved: float) -> float:
        return direkte(g, noekkel, ved).sum[f"netto_{netto}"]

    if abs(svar(verdi)) <= 1:
        return True
    foelges = noekkel in {n for avledet in g.avledet for n in AVLEDEDE[avledet]}
    under, over = (svar(float(np.nextafter(verdi, mot))) for mot in (-np.inf, np.inf))
    return foelges and min(under * svar(verdi), over * svar(verdi)) < 0


def test_bytteverdien_for_felles_pris_er_besparelse_delt_paa_kostnad() -> None:
    """By hand: the budget net is besparelse - faktor x kostnad."""
    g = gruppe()
    sum_ = direkte(g, "priser", 1.0).sum
    funnet = {b.parameter.noekkel: b for b in bytteverdier(g)}
    assert funnet["priser"].verdi["budsjett"] == pytest.approx(sum_["besparelse"] / sum_["kostnad"], rel=1e-12)
    assert funnet["priser"].endring("budsjett") == pytest.approx(sum_["besparelse"] / sum_["kostnad"] - 1)
    assert 0.1 < (funnet["suksessrate"].verdi["budsjett"] or 0) < 0.9  # how much every rate may fail
    assert funnet["verdi_qaly"].verdi["budsjett"] is None  # it does not enter
    assert funnet["inntak.stabil"].verdi["samfunn"] is None  # no legal value turns it


def test_netto_som_ikke_er_monoton_gir_likevel_en_bytteverdi() -> None:
    """Without intake elsewhere and with dear bærekraftig, a higher rate first helps and then hurts, or the reverse."""
    g = gruppe(
        inntak={"uholdbar": 5, "utsatt": 0, "stabil": 0},
        nullalternativ={"uholdbar": 200_000, "utsatt": 900_000, "stabil": 0, "baerekraftig": 0},
        utvidet={"aarlig_tilbakefall": 0.1},
    )
    for b in bytteverdier(g):
        for x, verdi in b.verdi.items():
            if verdi is not None:
                assert _er_null_ved(g, b.parameter.noekkel, verdi, x), b.parameter.noekkel


def test_to_prosent_lavere_priser_flytter_tilbakebetalingen_til_2024() -> None:
    g = gruppe()
    ned, opp = flyttinger(g)
    assert (ned.aar, ned.nytt_aar) == (2025, 2024)
    assert ned.endring is not None
    assert -0.02 < ned.endring < -0.01
    assert dict(prisnivaaer(g))[-0.02] == 2024
    assert direkte(g, "priser", 1 + ned.endring).tilbakebetalingsaar["budsjett"] == 2024
    assert direkte(g, "priser", 1 + ned.endring + 1e-9).tilbakebetalingsaar["budsjett"] == 2025
    assert opp.endring is not None
    assert direkte(g, "priser", 1 + opp.endring).tilbakebetalingsaar["budsjett"] == opp.nytt_aar == 2026


def test_toveistabellen_er_lik_direkte_kjoringer_og_har_basis_i_midten() -> None:
    g = gruppe(suksessrate={"utsatt": 0.9})
    tabell = toveistabell(g)
    for i, steg in enumerate(RATE_STEG):
        rater = tuple(min(1.0, max(0.0, p + steg)) for p in g.suksessrate)
        for j, pris in enumerate(PRIS_STEG):
            svar = direkte(replace(g, suksessrate=rater), "priser", pris)  # type: ignore[arg-type]  # three shares
            for x in HOVED:
                assert tabell[x][i, j] == pytest.approx(svar.sum[f"netto_{x}"], rel=1e-9)


@pytest.mark.parametrize("scenario", ["standard", "utvidet"])
def test_uten_spredning_er_monte_carlo_lik_grunnberegningen(scenario: str) -> None:
    tabell = KONSTRUERTE.get(scenario, {}).get("unge_voksne", {})
    for usikkerhet in (SIKRE, {**SIKRE, "verdi_qaly": {"fordeling": "normal", "snitt": 1_120_000, "sd": 0}}):
        g = gruppe(**tabell, usikkerhet=usikkerhet)
        mc, basis = montecarlo(g, 1000, 5, tilfeldighet=False), direkte(g, "priser", 1.0)
        for x in NETTO:
            n = mc.netto[x]
            assert n.snitt == pytest.approx(basis.sum[f"netto_{x}"], rel=1e-9)
            assert n.sd == n.feil == 0
            assert n.p_positiv == (basis.sum[f"netto_{x}"] > 0)
            aar = basis.tilbakebetalingsaar[x]
            assert n.p_tilbake == tuple(float(aar is not None and aar <= y) for y in basis.aar)
        assert all(i.evpi == 0 and set(i.evppi.values()) <= {0.0} for i in mc.informasjon.values())
        for s in sobol(g, fordelinger(g), 5, 64).values():
            assert set(s.foerste.values()) | set(s.total.values()) <= {0.0}


def test_samme_froe_gir_samme_svar_og_et_annet_gir_et_annet() -> None:
    g = gruppe()
    a, b, c = (montecarlo(g, 70_000, froe) for froe in (1, 1, 2))
    assert a.netto == b.netto
    assert a.netto != c.netto
    assert sobol(g, fordelinger(g), 1, 128) == sobol(g, fordelinger(g), 1, 128)


def test_trekninger_flytter_seg_ikke_av_at_et_annet_tall_blir_usikkert() -> None:
    uten = trekk({"verdi_qaly": Fordeling("gamma", {"snitt": 1e6, "sd": 1e5}, 0, 1e12)}, 50, 7)
    med = trekk(
        {
            "loennskostnad": Fordeling("uniform", {"minst": 1, "mest": 2}, 0, 1e12),
            "verdi_qaly": Fordeling("gamma", {"snitt": 1e6, "sd": 1e5}, 0, 1e12),
        },
        50,
        7,
    )
    assert np.array_equal(uten["verdi_qaly"], med["verdi_qaly"])


FORDELINGER = {
    "beta": (Fordeling("beta", {"suksess": 8, "forsoek": 10}, 0, 1), 0.8, (0.8 * 0.2 / 11) ** 0.5),
    "beta snitt": (Fordeling("beta", {"snitt": 0.3, "sd": 0.1}, 0, 1), 0.3, 0.1),
    "triangulaer": (Fordeling("triangulaer", {"minst": 0, "typisk": 3, "mest": 6}, 0, 9), 3.0, (36 / 24) ** 0.5),
    "skjev": (Fordeling("triangulaer", {"minst": 1, "typisk": 1, "mest": 4}, 0, 9), 2.0, 0.5**0.5),
    "uniform": (Fordeling("uniform", {"minst": 2, "mest": 5}, 0, 9), 3.5, 3 / 12**0.5),
    "normal": (Fordeling("normal", {"snitt": 5, "sd": 0.5}, 0, 9), 5.0, 0.5),
    "lognormal": (Fordeling("lognormal", {"snitt": 100, "sd": 30}, 0, 1e12), 100.0, 30.0),
    "gamma": (Fordeling("gamma", {"snitt": 100, "sd": 30}, 0, 1e12), 100.0, 30.0),
}


@pytest.mark.parametrize("navn", FORDELINGER)
def test_trekninger_og_kvantiler_har_snittet_og_spredningen_som_er_oppgitt(navn: str) -> None:
    f, snitt, sd = FORDELINGER[navn]
    trukket = trekk({"x": f}, 200_000, 3)["x"]
    u = (np.arange(200_000) + 0.5) / 200_000
    for verdier in (trukket, kvantil(f, u)):
        assert verdier.mean() == pytest.approx(snitt, abs=5 * sd / 200_000**0.5)
        assert verdier.std() == pytest.approx(sd, rel=0.02)
    for andel in (0.05, 0.5, 0.95):
        assert (trukket <= kvantil(f, np.array(andel))).mean() == pytest.approx(andel, abs=0.004)


def test_normalfordelingen_er_kuttet_til_det_lovlige() -> None:
    f = Fordeling("normal", {"snitt": 0.9, "sd": 0.3}, 0, 1)
    trukket = trekk({"x": f}, 20_000, 3)["x"]
    assert trukket.min() >= 0
    assert trukket.max() <= 1
    assert (trukket == 1).mean() < 0.001  # cut, not heaped up at the end


@eksempler(40)
@given(st.integers(0, 2**31), st.floats(0.1, 0.9), st.floats(0.05, 0.5))
def test_informasjonsverdien_er_ordnet_evpi_evppi_null(froe: int, rate: float, spredning: float) -> None:
    # Near the switching value of the prices, so that what is not known matters.
    rater = dict.fromkeys(UTGANGSSITUASJONER, rate)
    priser = {"fordeling": "lognormal", "snitt": 2 * rate + 0.4, "sd": spredning}
    mc = montecarlo(gruppe(suksessrate=rater, usikkerhet={"priser": priser}), 500, froe)
    for x in HOVED:
        i = mc.informasjon[x]
        assert all(i.evpi >= verdi >= 0 for verdi in i.evppi.values())


def test_er_bare_ett_tall_usikkert_er_det_verdt_like_mye_som_alt() -> None:
    usikkerhet = {**SIKRE, "priser": {"fordeling": "uniform", "minst": 1.2, "mest": 3.2}}
    mc = montecarlo(gruppe(usikkerhet=usikkerhet), 20_000, 4)
    i, basis = mc.informasjon["budsjett"], direkte(gruppe(), "priser", 1.0).sum
    # By hand: the net is B - f K, f uniform from 1.2 to 3.2; the mean of its positive part less that of its mean.
    b, k = basis["besparelse"], basis["kostnad"]
    null = b / k
    ventet = k * (null - 1.2) ** 2 / (2 * 2.0) - max(0.0, b - 2.2 * k)
    assert i.evpi == pytest.approx(ventet, rel=0.05)
    assert i.evppi["priser"] == pytest.approx(i.evpi, rel=0.02)
    assert mc.netto["budsjett"].p_positiv == pytest.approx((null - 1.2) / 2.0, abs=0.02)


def test_sobol_av_en_sum_er_delene_av_variansen() -> None:
    """Prices and null costs enter as -f K and n B: the variances are known, and nothing interacts."""
    tabell: dict[str, Any] = {
        **SIKRE,
        "priser": {"fordeling": "uniform", "minst": 0.8, "mest": 1.2},
        "nullalternativ": {"fordeling": "uniform", "minst": 0.7, "mest": 1.3},
    }
    g = gruppe(usikkerhet=tabell)
    sum_ = direkte(g, "priser", 1.0).sum
    av_pris, av_null = (0.2 * sum_["kostnad"]) ** 2, (0.3 * sum_["besparelse"]) ** 2
    s = sobol(g, fordelinger(g), 11)["budsjett"]
    for noekkel, del_ in (("priser", av_pris), ("nullalternativ", av_null)):
        assert s.foerste[noekkel] == pytest.approx(del_ / (av_pris + av_null), abs=0.02)
        assert s.total[noekkel] == pytest.approx(s.foerste[noekkel], abs=0.02)


def test_tall_som_ikke_virker_har_indeks_null() -> None:
    s = sobol(gruppe(), fordelinger(gruppe()), 1, 256)
    assert s["budsjett"].foerste["verdi_qaly"] == s["budsjett"].total["verdi_qaly"] == 0
    ingen = gruppe(inntak=dict.fromkeys(UTGANGSSITUASJONER, 0))
    for indekser in sobol(ingen, fordelinger(ingen), 1, 64).values():
        assert set(indekser.foerste.values()) | set(indekser.total.values()) == {0.0}


def test_persentiler_er_stigende_og_sannsynligheter_gaar_mot_en() -> None:
    mc: MonteCarlo = montecarlo(gruppe(), 2000, 3)
    for n in mc.netto.values():
        assert list(n.persentiler) == sorted(n.persentiler)
        assert list(n.p_tilbake) == sorted(n.p_tilbake)
        assert 0 <= n.p_tilbake[-1] <= 1
        assert n.feil == pytest.approx(n.sd / 2000**0.5)
    for grenser, antall in mc.histogram.values():
        assert antall.sum() == 2000
        assert len(grenser) == len(antall) + 1


def test_analysen_dekker_begge_grupper_og_kan_skrives_som_json() -> None:
    import json

    meldinger: list[str] = []
    a = analyser(fra_toml(KONSTRUERTE["ulike_grupper"], "test", "test"), 500, 1, meldinger.append)
    data = json.loads(json.dumps(a.to_dict(), allow_nan=False))
    assert list(data["brukergrupper"]) == ["unge_voksne", "familier"]
    assert len(meldinger) == 4
    assert meldinger[0] == "Trekker 500 ganger ..."


def test_et_tall_som_ikke_inngaar_er_ikke_verdt_aa_vite() -> None:
    """The value of a QALY does not enter the budgets; with a mean near zero the same draws would find a value in chance."""
    basis = direkte(gruppe(), "priser", 1.0).sum
    null = basis["besparelse"] / basis["kostnad"]
    tabell: dict[str, Any] = {
        **SIKRE,
        "priser": {"fordeling": "uniform", "minst": null - 0.5, "mest": null + 0.5},
        "verdi_qaly": {"fordeling": "uniform", "minst": 600_000, "mest": 1_400_000},
    }
    for froe in range(5):
        mc = montecarlo(gruppe(usikkerhet=tabell), 10_000, froe)
        i = mc.informasjon["budsjett"]
        assert i.evppi["priser"] == pytest.approx(i.evpi, rel=0.03)
        # Less than three standard errors of the mean, where the same draws gave a tenth of everything.
        assert i.evppi["verdi_qaly"] < 3 * mc.netto["budsjett"].feil < i.evpi / 10


def test_forbeholdene_sier_hva_som_er_sikkert_og_hva_som_ikke_henger_sammen() -> None:
    vanlig = forbehold(gruppe())
    assert vanlig[0].startswith("Antakelse: de usikre tallene trekkes uavhengig")
    assert "fordelingen av besparelsen mellom betalerne er ikke kjent" in vanlig[1]
    assert len(vanlig) == 2
    en_pris = {"tiltak.Booppfølging.enhetskostnad": {"fordeling": "uniform", "minst": 700, "mest": 800}}
    ett_null = {"nullalternativ.stabil": {"fordeling": "uniform", "minst": 1, "mest": 1e6}}
    sagt = forbehold(gruppe(usikkerhet={**en_pris, **ett_null}))[2:]
    assert [s.split(",")[0] for s in sagt[:2]] == [
        "Prisene uten egen fordeling regnes som sikre",
        "Nullalternativet i de andre situasjonene regnes som sikkert",
    ]
    assert sagt[2].startswith(
        "OBS: Pris: Booppfølging er 475 i scenariet, utenfor 5–95\u00a0% av fordelingen (705 til 795)"
    )
    assert len(sagt) == 3


def test_setningen_om_standardfordelingene_sier_det_de_er() -> None:
    f = fordelinger(gruppe())
    pris, null, qaly = (
        [f[n].tall[k] for k in ("minst", "typisk", "mest")] for n in ("priser", "nullalternativ", "verdi_qaly")
    )
    assert (pris, null) == ([0.8, 1.0, 1.2], [0.7, 1.0, 1.3])
    assert qaly == pytest.approx([600_000, 1_120_000, 1_400_000])
    assert {f[n].tall["forsoek"] for n in f if n.startswith("suksessrate.")} == {10.0}
    for sagt in ("hos ti deltakere", "priser ± 20 %", "nullalternativ ± 30 %", "0,6 til 1,4 millioner 2019-kroner"):
        assert sagt in OM_STANDARD
