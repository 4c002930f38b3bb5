"""Chance among the participants: against the engine's expectation, an independent simulation of persons, and the issue."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tests.uncertainty.enkeltpersoner import simuler
from tests.uncertainty.test_uncertainty import SIKRE, gruppe
from velferdslab_model.model.aarsserier import NETTO
from velferdslab_model.model.flyt import utsnitt
from velferdslab_model.model.inndata import inndata
from velferdslab_model.model.totaler import totaler
from velferdslab_model.parameters.fordeling import Fordeling
from velferdslab_model.parameters.loading import fra_toml
from velferdslab_model.parameters.typer import Brukergruppe
from velferdslab_model.parameters.usikkerhet import fordelinger
from velferdslab_model.uncertainty.deltakere import forventet_folk, opptak
from velferdslab_model.uncertainty.montecarlo import SAMLET, MonteCarlo, Opplegg, montecarlo, montecarlo_grupper
from velferdslab_model.uncertainty.utfall import aarsutfall, tilbakebetalt

Oppsett = dict[str, tuple[Brukergruppe, dict[str, Fordeling]]]

UTVIDET: dict[str, Any] = {
    "neddiskontering": 0.03,
    "utvidet": {
        "erstatningsgrad": 0.6, "beholder_steget": 0.7, "aarlig_tilbakefall": 0.08, "skjedd_uansett": 0.2,
        "reell_vekst": 0.01, "skattefinansieringssats": 0.2, "fast_aarskostnad": 100_000,
        "kommunal_andel_nullalternativ": 0.6, "fylkeskommunal_andel_av_resten": 0.3, "realiserbar_andel": 0.5, "offentlig_andel_produksjonsgevinst": 0.3,
        "kommunal_andel_offentlig_inntekt": 0.4,
    },
}  # fmt: skip
INNTAK = {
    "hele": (2, 2, 2),
    "ikke hele": (2.5, 0.4, 0.03),
    "mange": (20, 13.5, 100),
    "ingen i noen": (0, 3, 0),
}


def med_inntak(inntak: tuple[float, float, float], **tabell: Any) -> Brukergruppe:
    return gruppe(**tabell, inntak=dict(zip(("uholdbar", "utsatt", "stabil"), inntak, strict=True)))


def uten_tall(g: Brukergruppe, n: int, froe: int = 1) -> MonteCarlo:
    """Only chance is drawn."""
    sikker = gruppe(usikkerhet=SIKRE).usikkerhet
    return montecarlo(replace(g, usikkerhet=sikker), n, froe)


@pytest.mark.parametrize("navn", INNTAK)
@pytest.mark.parametrize("tabell", [{}, UTVIDET], ids=["nøytralt", "utvidet"])
def test_snittet_over_trekningene_er_motorens_eget_svar(navn: str, tabell: dict[str, Any]) -> None:
    g = med_inntak(INNTAK[navn], **tabell)
    mc, ventet = uten_tall(g, 20_000), totaler(inndata(g), NETTO, ())
    for x in NETTO:
        n = mc.netto[x]
        assert abs(n.snitt - ventet.sum[f"netto_{x}"][0]) <= 4.5 * n.feil, x
        assert (n.sd > 0) == (x != "fylkeskommune" or bool(tabell))


@pytest.mark.parametrize("tabell", [{}, UTVIDET], ids=["nøytralt", "utvidet"])
def test_forventede_personer_gir_motorens_summer_og_aar(tabell: dict[str, Any]) -> None:
    g = med_inntak((2, 0.4, 1), **tabell)
    x = inndata(g)
    folk = forventet_folk(utsnitt(x, 0, 1), g.analyseperiode, g.inntaksaar, 1)
    svar, ventet = aarsutfall(utsnitt(x, 0, 1), folk, g.inntaksaar), totaler(x)
    for navn in NETTO:
        sum_, aar = tilbakebetalt(svar.netto[navn], svar.har_del(navn))
        assert sum_ == pytest.approx(ventet.sum[f"netto_{navn}"], rel=1e-11, abs=1e-3)
        assert aar == ventet.aar[navn]
    assert svar.helsegevinst == pytest.approx(ventet.sum["helsegevinst"], rel=1e-11)


@pytest.mark.parametrize("tabell", [{}, UTVIDET], ids=["nøytralt", "utvidet"])
def test_fordelingen_er_den_samme_som_i_en_uavhengig_simulering_av_hver_person(tabell: dict[str, Any]) -> None:
    from scipy.stats import ks_2samp

    g = med_inntak((2, 1, 2), **tabell)
    n = 20_000
    naiv, mc = simuler(g, n, 8), uten_tall(g, n)
    for x in NETTO:
        # The standard error of a standard deviation is about 1 / sqrt(2 n) of it: half a per cent, here for both.
        assert mc.netto[x].sd == pytest.approx(naiv[x].std(), rel=0.035), x
        assert mc.netto[x].p_positiv == pytest.approx((naiv[x] > 0).mean(), abs=0.02), x
    for x in ("budsjett", "samfunn"):
        assert ks_2samp(mc.utfall[x], naiv[x]).pvalue > 1e-4, x


def test_standardgruppen_har_sakens_standardavvik() -> None:
    mc = uten_tall(gruppe(), 40_000)
    assert mc.netto["budsjett"].sd == pytest.approx(2.2e6, rel=0.02)
    assert mc.netto["samfunn"].sd == pytest.approx(6.5e6, rel=0.02)
    assert mc.uten["budsjett"].sd == 0
    assert mc.uten["budsjett"].av_tilfeldighet == pytest.approx(1.0)


def test_to_deltakere_er_lonnsomt_i_73_prosent_og_ikke_i_91() -> None:
    g = replace(med_inntak((2, 0, 0)), inntaksaar=1)
    med, uten = montecarlo(g, 40_000, 1), montecarlo(g, 40_000, 1, tilfeldighet=False)
    assert med.netto["budsjett"].p_positiv == pytest.approx(0.735, abs=0.01)
    assert uten.netto["budsjett"].p_positiv == pytest.approx(0.908, abs=0.006)
    assert med.uten["budsjett"].p_positiv == uten.netto["budsjett"].p_positiv
    assert (simuler(g, 40_000, 2, ledige_rater=True)["budsjett"] > 0).mean() > 0.7
    assert uten.uten["budsjett"].av_tilfeldighet == 0


def test_andelen_av_variansen_er_det_som_blir_borte_uten_tilfeldighet() -> None:
    med, uten = (montecarlo(gruppe(), 40_000, 3, tilfeldighet=t) for t in (True, False))
    for x in ("budsjett", "samfunn"):
        ventet = 1 - uten.netto[x].sd ** 2 / med.netto[x].sd ** 2
        assert med.uten[x].av_tilfeldighet == pytest.approx(ventet, abs=1e-6)
        assert 0.1 < ventet < 0.5


def test_fire_ganger_saa_mange_halverer_tilfeldighetens_del_av_spredningen() -> None:
    faa, mange = (uten_tall(med_inntak(n), 20_000) for n in ((2, 2, 2), (8, 8, 8)))
    for x in ("budsjett", "samfunn"):
        assert mange.netto[x].sd / faa.netto[x].sd == pytest.approx(2, rel=0.03)


def test_et_inntak_som_ikke_er_helt_blir_hele_personer_som_deles_mellom_aar() -> None:
    assert opptak(2, 2).aar == (((0, 1.0),), ((0, 1.0),), ((1, 1.0),), ((1, 1.0),))
    to = opptak(0.4, 5).aar
    assert [[aar for aar, _ in person] for person in to] == [[0, 1, 2], [2, 3, 4]]
    assert [sum(del_ for _, del_ in person) for person in to] == pytest.approx([1.0, 1.0])
    for inntak in (0.01, 0.3, 2.5, 11.99):
        for aar in range(5):
            i_aaret = sum(del_ for person in opptak(inntak, 5).aar for a, del_ in person if a == aar)
            assert i_aaret == pytest.approx(inntak)


def test_en_og_en_og_i_antall_gir_samme_fordeling() -> None:
    """Twelve are drawn one by one, a few more as a number: the spread per person is the same."""
    en, flere = (uten_tall(med_inntak((n, n, n), **UTVIDET), 20_000).netto for n in (12.0, 12.01))
    for x in NETTO:
        assert flere[x].sd == pytest.approx(en[x].sd, rel=0.03)


def test_et_inntak_som_trekkes_gir_saa_mange_flere() -> None:
    usikkerhet = {**SIKRE, "inntak.utsatt": {"fordeling": "uniform", "minst": 1, "mest": 3}}
    g = med_inntak((0, 2, 0), usikkerhet=usikkerhet)
    mc, ventet = montecarlo(g, 20_000, 1), totaler(inndata(g), ("budsjett",), ())
    n = mc.netto["budsjett"]
    assert abs(n.snitt - ventet.sum["netto_budsjett"][0]) < 4.5 * n.feil
    assert 0 < mc.uten["budsjett"].av_tilfeldighet < 1


def test_samlet_er_summen_trekning_for_trekning() -> None:
    f = fra_toml({}, "t", "T")
    svar = montecarlo_grupper({n: (g, fordelinger(g)) for n, g in f.grupper.items()}, Opplegg(3_000, 5))
    for x in ("budsjett", "samfunn"):
        ventet = svar["unge_voksne"].utfall[x] + svar["familier"].utfall[x]
        assert svar[SAMLET].utfall[x] == pytest.approx(ventet, rel=1e-9, abs=1e-3)
    kurve = svar[SAMLET].kurve
    assert list(kurve) == sorted(kurve)


def test_gruppenes_rater_og_deltakere_trekkes_hver_for_seg_og_priser_likt() -> None:
    f = fra_toml({}, "t", "T")
    like = {"unge_voksne": f.unge_voksne, "familier": f.unge_voksne}  # the same numbers twice
    svar = montecarlo_grupper({n: (g, fordelinger(g)) for n, g in like.items()}, Opplegg(5_000, 5))
    a, b = (svar[n].utfall["budsjett"] for n in like)
    assert 0.3 < np.corrcoef(a, b)[0, 1] < 0.8
    bare: Oppsett = {n: (replace(g, usikkerhet=gruppe(usikkerhet=SIKRE).usikkerhet), {}) for n, g in like.items()}
    a, b = (montecarlo_grupper(bare, Opplegg(5_000, 5))[n].utfall["budsjett"] for n in like)
    assert abs(np.corrcoef(a, b)[0, 1]) < 0.06


def test_grupper_med_ulik_start_har_ikke_noe_samlet() -> None:
    g = gruppe()
    ulike: Oppsett = {"unge_voksne": (g, {}), "familier": (replace(g, analysetidspunkt=2021), {})}
    assert list(montecarlo_grupper(ulike, Opplegg(100, 1))) == list(ulike)


def test_kurven_er_andelen_der_samfunnet_gaar_i_pluss_ved_hver_verdi_av_en_qaly() -> None:
    usikkerhet = {**SIKRE, "priser": {"fordeling": "uniform", "minst": 2.0, "mest": 5.0}}
    g = gruppe(usikkerhet=usikkerhet, inntak={"uholdbar": 2, "utsatt": 0, "stabil": 0})
    mc = montecarlo(g, 4_000, 2)
    for verdi in (0, 500_000, 2_000_000):
        direkte = montecarlo(replace(g, verdi_qaly=float(verdi)), 4_000, 2)
        assert mc.kurve[verdi // 100_000] == pytest.approx(direkte.netto["samfunn"].p_positiv, abs=1e-9)
    assert mc.kurve[0] < 0.5 < mc.kurve[20]
