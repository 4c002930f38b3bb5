"""The tornado: ranges with reasons, one kind in each chart, and a factor apart from its parts."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.uncertainty.test_uncertainty import SIKRE, direkte, gruppe
from velferdslab_model.parameters.loading import fra_toml
from velferdslab_model.uncertainty.analyse import analyser
from velferdslab_model.uncertainty.foelsomhet import GRAD_STEG, HOVED, UANSETT_STEG
from velferdslab_model.uncertainty.gruppeanalyse import Gruppeanalyse
from velferdslab_model.uncertainty.montecarlo import STOLPER, felles_stolper
from velferdslab_model.uncertainty.setninger import (
    OM_EVALUERING,
    fastsetning,
    hva_betyr_mest,
    hva_mer_er_verdt,
    hva_snur,
    svarsetninger,
)
from velferdslab_model.uncertainty.tornado import FAKTORDELER, Utslag, tornado


def slag(alle: list[Utslag], hvilket: str) -> set[str]:
    return {u.parameter.noekkel for u in alle if u.slag == hvilket}


def test_fire_prosent_og_skjedd_uansett_staar_hoeyt_med_sakens_utslag() -> None:
    g = gruppe()
    alle = {u.parameter.noekkel: u for u in tornado(g)}
    basis = direkte(g, "priser", 1.0).sum["netto_budsjett"]
    rente, uansett = alle["neddiskontering"], alle["utvidet.skjedd_uansett"]
    assert rente.ender == (0.0, 0.04)
    assert rente.netto["budsjett"][1] - basis == pytest.approx(-3.58e6, abs=5e3)
    # The whole of the structural range; the net is linear in it, so that a quarter is half of the bar. Whole ranges of what
    # nobody has measured stand above the choice of rate.
    assert uansett.ender == (0.0, 0.5)
    assert (uansett.netto["budsjett"][1] - basis) / 2 == pytest.approx(-4.55e6, abs=1e4)
    assert alle["utvidet.erstatningsgrad"].ender == (0.0, 1.0)
    rekke = sorted((u for u in alle.values() if u.slag == "spenn"), key=lambda u: -u.spenn("samfunn"))
    assert {"neddiskontering", "utvidet.skjedd_uansett"} <= {u.parameter.noekkel for u in rekke[:7]}


def test_hvert_tall_som_er_null_i_modellen_har_et_spenn_med_begrunnelse() -> None:
    alle = tornado(gruppe())
    for noekkel in (
        "neddiskontering", "utvidet.aarlig_tilbakefall", "utvidet.skjedd_uansett", "utvidet.reell_vekst",
        "utvidet.skattefinansieringssats", "utvidet.fast_aarskostnad", "utvidet.erstatningsgrad",
    ):  # fmt: skip
        u = next(u for u in alle if u.parameter.noekkel == noekkel)
        assert u.slag == "spenn", noekkel
        assert u.ender[0] < u.ender[1], noekkel
        assert u.spenn("samfunn") > 1e5, noekkel
        assert len(u.hvorfor) > 15, noekkel
    assert not [u for u in alle if u.slag == "spenn" and not u.hvorfor]


def test_spennet_holder_scenariets_egen_verdi() -> None:
    g = gruppe(neddiskontering=0.06, utvidet={"erstatningsgrad": 0.3, "skjedd_uansett": 0.4})
    alle = {u.parameter.noekkel: u.ender for u in tornado(g)}
    assert alle["neddiskontering"] == (0.0, 0.06)
    assert alle["utvidet.erstatningsgrad"] == (0.0, 1.0)
    assert alle["utvidet.skjedd_uansett"] == (0.0, 0.5)
    over = {u.parameter.noekkel: u.ender for u in tornado(gruppe(utvidet={"skjedd_uansett": 0.6}))}
    assert over["utvidet.skjedd_uansett"] == (0.0, 0.6)


@pytest.mark.parametrize(
    ("usikkerhet", "spenn", "steg", "deler"),
    [
        ({}, {"priser", "nullalternativ", "suksessrate.utsatt"}, set(), {"suksessrate", "nullalternativ.utsatt"}),
        ({"suksessrate": {"fordeling": "uniform", "minst": 0.5, "mest": 1}}, {"suksessrate"}, set(), {"suksessrate.utsatt"}),
        (SIKRE, set(), {"priser", "nullalternativ", "suksessrate"}, {"suksessrate.utsatt", "nullalternativ.utsatt"}),
        (
            {"nullalternativ.utsatt": {"fordeling": "uniform", "minst": 1e5, "mest": 2e5}},
            {"nullalternativ.utsatt"},
            set(),
            {"nullalternativ", "nullalternativ.stabil"},
        ),
    ],
    ids=["standard", "felles rate", "alt sikkert", "ett null"],
)  # fmt: skip
def test_en_felles_faktor_og_delene_rangeres_aldri_mot_hverandre(
    usikkerhet: dict[str, Any], spenn: set[str], steg: set[str], deler: set[str]
) -> None:
    alle = tornado(gruppe(usikkerhet=usikkerhet))
    for hvilket, ventet in (("spenn", spenn), ("steg", steg), ("del", deler)):
        assert ventet <= slag(alle, hvilket), hvilket
    for hvilket in ("spenn", "steg"):
        noekler = slag(alle, hvilket)
        for faktor, foran in (
            ("priser", "tiltak."),
            ("nullalternativ", "nullalternativ."),
            ("suksessrate", "suksessrate."),
        ):
            assert not (faktor in noekler and any(n.startswith(foran) for n in noekler)), (hvilket, faktor)


@pytest.fixture(scope="module")
def analyse() -> Gruppeanalyse:
    return analyser(fra_toml({}, "t", "T"), 1_000, 1).grupper["unge_voksne"]


def test_svaret_sier_hva_som_snur_det_med_bytteverdien(analyse: Gruppeanalyse) -> None:
    g = gruppe()
    null = next(b.verdi["budsjett"] for b in analyse.bytteverdier if b.parameter.noekkel == "nullalternativ")
    uansett = next(b.verdi["budsjett"] for b in analyse.bytteverdier if b.parameter.noekkel == "utvidet.skjedd_uansett")
    assert null is not None
    assert uansett is not None
    assert abs(direkte(g, "utvidet.skjedd_uansett", uansett).sum["netto_budsjett"]) < 1
    assert f"er {null * 100:.0f}\u00a0% av det som står i scenariet" in hva_snur(analyse)
    assert f"{uansett * 100:.0f}\u00a0% av bedringen ville skjedd uansett" in hva_snur(analyse)
    assert len(svarsetninger(analyse)) == 4


def test_toveistabellen_har_det_ingen_har_maalt_og_er_lik_direkte_kjoringer(analyse: Gruppeanalyse) -> None:
    g = gruppe()
    tabell = analyse.toveis_forenklinger
    for x in HOVED:
        assert tabell[x][0, 0] == pytest.approx(analyse.basis.sum[f"netto_{x}"], rel=1e-9)
        for i, uansett in enumerate(UANSETT_STEG[1:4], start=1):
            for k, grad in enumerate(GRAD_STEG):
                ventet = direkte(direkte(g, "utvidet.skjedd_uansett", uansett).gruppe, "utvidet.erstatningsgrad", grad)
                assert tabell[x][i, k] == pytest.approx(ventet.sum[f"netto_{x}"], rel=1e-9, abs=1e-3), (
                    x,
                    uansett,
                    grad,
                )
    assert (tabell["budsjett"] < 0).sum() == 11


def test_verdien_av_aa_vite_sier_hva_den_ikke_sier_og_andelene_er_tabellens(analyse: Gruppeanalyse) -> None:
    sagt = " ".join(hva_mer_er_verdt(analyse))
    p = analyse.trekninger.strukturell.uten["budsjett"].p_positiv
    assert f"({(1 - p) * 100:.1f}".replace(".", ",") in sagt
    assert "betyr ikke at en evaluering er uten verdi" in OM_EVALUERING
    for noekkel, andel in sorted(analyse.sobol["budsjett"].total.items(), key=lambda par: -par[1])[:2]:
        navn = next(u.parameter.navn for u in analyse.tornado if u.parameter.noekkel == noekkel)
        assert f"«{navn}» ({andel * 100:.0f}\u00a0%)" in hva_betyr_mest(analyse)


def test_stolpene_staar_paa_runde_beloep_med_null_som_en_grense(analyse: Gruppeanalyse) -> None:
    grenser, antall = felles_stolper([np.array([-1.3e6, 0.0, 7.9e6]), np.array([12.1e6])])
    assert list(grenser) == [k * 5e5 for k in range(-3, 26)]
    assert [int(n.sum()) for n in antall] == [3, 1]
    for t in (analyse.trekninger.egen, analyse.trekninger.strukturell):
        grenser, n = t.histogram["budsjett"]
        assert n.sum() == t.trekninger
        assert len(n) <= STOLPER + 2


def test_det_som_er_holdt_fast_er_alt_som_ikke_trekkes(analyse: Gruppeanalyse) -> None:
    fast = {p.noekkel for p in analyse.holdt_fast}
    trukket = set(analyse.trekninger.egen.fordelinger) | set(analyse.trekninger.strukturell.fordelinger)
    assert not fast & trukket
    deler = (*FAKTORDELER, *(foran for alle in FAKTORDELER.values() for foran in alle))
    alle = {u.parameter.noekkel for u in analyse.tornado}
    rest = alle - fast - trukket
    assert all(n.startswith(deler) for n in rest), rest
    assert "livskvalitet.baerekraftig" in fast
    assert fastsetning(analyse).startswith("Holdt fast i begge analysene, de viktigste først: Livskvalitet (")
    sikker = analyser(fra_toml({"unge_voksne": {"usikkerhet": SIKRE}}, "t", "T"), 100, 1).grupper["unge_voksne"]
    assert {"suksessrate.utsatt", "nullalternativ.utsatt"} <= {p.noekkel for p in sikker.holdt_fast}
    assert "priser på tiltak" in fastsetning(sikker)
    assert all(len(s) > 20 for s in svarsetninger(sikker))


def test_tallene_i_hodet_er_de_i_nettoen(analyse: Gruppeanalyse) -> None:
    for x in HOVED:
        assert analyse.trekninger.basis[x] == analyse.basis.sum[f"netto_{x}"]
        assert 0.3 < analyse.trekninger.egen.netto[x].under_basis < 0.7
        assert analyse.trekninger.strukturell.netto[x].under_basis > 0.9
