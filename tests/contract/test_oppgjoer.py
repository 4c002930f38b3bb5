"""Settlement against the published table, and the caps."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.contract.vilkaar import TABELLEN, kort, med
from velferdslab_model.contract.oppgjoer import (
    betalingsplan,
    holder_ved_forventning,
    legg_tak,
    lykkede_ved_forventning,
    oppgjoerslinjer,
    plan_ved_forventning,
)
from velferdslab_model.contract.terms import Kontrakt, Tak

#: Asker's table: entrants per year, rate, successes over four years, payment before the cap.
PUBLISERT_TABELL = [
    (10, 0.5, 20, 3.0e6), (10, 0.6, 24, 3.6e6), (10, 0.7, 28, 4.2e6), (10, 0.8, 32, 4.8e6),
    (15, 0.5, 32, 4.8e6), (15, 0.6, 36, 5.4e6), (15, 0.7, 42, 6.3e6), (15, 0.8, 48, 7.2e6),
    (20, 0.5, 40, 6.0e6), (20, 0.6, 48, 7.2e6),
]  # fmt: skip
UENIG = (15, 0.5)


def _rad(antall: int, rate: float, avrunding: str) -> tuple[float, float, float]:
    v = med(antall=antall, suksessrate=(rate,) * 4, avrunding=avrunding)
    plan = plan_ved_forventning(v)
    return float(lykkede_ved_forventning(v).sum()), float(plan.brutto.sum()), float(plan.betalt.sum())


@pytest.mark.parametrize(("antall", "rate", "lykkede", "betaling"), [r for r in PUBLISERT_TABELL if r[:2] != UENIG])
def test_ni_rader_i_tabellen_er_eksakte(antall: int, rate: float, lykkede: int, betaling: float) -> None:
    assert _rad(antall, rate, "eksakt") == (lykkede, betaling, min(betaling, 6e6))


def test_den_tiende_raden_er_avrundet_i_kilden_og_eksakt_hos_oss() -> None:
    assert _rad(15, 0.5, "eksakt") == (30, 4.5e6, 4.5e6)
    assert _rad(15, 0.5, "hele personer") == (32, 4.8e6, 4.8e6)


def test_kilden_er_ikke_enig_med_seg_selv_for_hele_personer_gir_en_annen_rad_15_70() -> None:
    assert _rad(15, 0.7, "hele personer") == (44, 6.6e6, 6.0e6)
    assert next(r for r in PUBLISERT_TABELL if r[:2] == (15, 0.7))[2] == 42


def _aar(v: Kontrakt) -> list[int | None]:
    return [linje.betalt_i for linje in oppgjoerslinjer(v)]


def test_de_tre_lesningene_av_kohorter() -> None:
    assert _aar(med(kohorter="alle")) == [3, 3, 4, 4]
    assert _aar(med(kohorter="innen kontrakten")) == [3, 3, 4, None]
    assert _aar(med(kohorter="i betalingsår")) == [None, 3, 4, None]


def test_de_tre_lesningene_gir_hver_sin_sum() -> None:
    sum_ = {
        k: plan_ved_forventning(med(kohorter=k, antall=10)).betalt.sum()
        for k in ("alle", "innen kontrakten", "i betalingsår")
    }
    assert sum_ == {"alle": 3_000_000, "innen kontrakten": 2_250_000, "i betalingsår": 1_500_000}


def test_ingen_som_lykkes_gir_ingen_betaling() -> None:
    assert plan_ved_forventning(med(suksessrate=(0.0,) * 4)).betalt.tolist() == [0, 0, 0, 0]


def test_taket_per_aar_brukes_foer_taket_for_kontrakten() -> None:
    v = med(tak=Tak(None, 3e6, 4e6, False))
    # The contract's cap first would leave 4 and 0, and then 3 and 0.
    assert legg_tak(np.array([0.0, 0.0, 5e6, 1e6]), v).tolist() == [0, 0, 3e6, 1e6]


def test_taket_per_person_brukes_foer_taket_per_aar() -> None:
    v = med(
        priskort=kort((12, 100_000, 1.0), (18, 100_000, 1.0)),
        tak=Tak(150_000, 2_500_000, None, False),
        antall=10,
        suksessrate=(1.0,) * 4,
    )
    # 20 persons a pay year at 150 000, not 200 000 cut to 2.5 m and then to 150 000 each.
    plan = plan_ved_forventning(v)
    assert plan.brutto.tolist() == [0, 0, 3e6, 3e6]
    assert plan.betalt.tolist() == [0, 0, 2.5e6, 2.5e6]
    assert [linje.pris for linje in oppgjoerslinjer(v)[:2]] == [100_000, 50_000]


def test_det_et_aarstak_kutter_gaar_tapt_hvis_ikke_avtalen_sier_noe_annet() -> None:
    brutto = np.array([0.0, 0.0, 4e6, 1e6])
    assert legg_tak(brutto, med(tak=Tak(None, 3e6, None, False))).tolist() == [0, 0, 3e6, 1e6]
    assert legg_tak(brutto, med(tak=Tak(None, 3e6, None, True))).tolist() == [0, 0, 3e6, 2e6]


def test_en_oppgjoerslinje_rundes_av_en_gang() -> None:
    v = med(indeksering=0.025, tak=Tak(None, None, None, False))
    pris = 150_000 * 1.025**3
    plan = betalingsplan(v, np.array([0.0, 0.0, 3.0, 0.0]))
    assert plan.betalt.tolist() == [0, 0, 0, float(int(3 * pris + 0.5))]
    assert 3 * float(int(pris + 0.5)) != plan.betalt[3]


def test_pris_etter_fradrag_trekker_fra_dem_som_ville_lyktes_uansett() -> None:
    foer = med(skjedd_uansett=0.2, tak=Tak(None, None, None, False))
    etter = med(skjedd_uansett=0.2, pris_grunnlag="etter fradrag", tak=Tak(None, None, None, False))
    assert plan_ved_forventning(foer).betalt.sum() == 6_000_000
    assert plan_ved_forventning(etter).betalt.sum() == 4_800_000


def test_en_kontrakt_som_avsluttes_etter_aar_to_betaler_ingenting_i_aar_tre_og_fire() -> None:
    v = med(stanses_etter=2)
    assert v.deltakere == (20, 20, 0, 0)
    assert plan_ved_forventning(v).betalt.sum() == 0


def test_flere_enn_det_hoyeste_antallet_henvisninger_tas_ikke_inn() -> None:
    from dataclasses import replace

    v = replace(TABELLEN, inntak=replace(TABELLEN.inntak, mest=12))
    assert v.deltakere == (12,) * 4


_TAK = st.one_of(st.none(), st.integers(150_000, 8_000_000).map(float))


@given(
    per_aar=_TAK, kontrakt=_TAK, overfoering=st.booleans(), antall=st.lists(st.integers(0, 30), min_size=4, max_size=4)
)
def test_betalingen_er_aldri_over_et_tak_og_faller_aldri_med_flere_som_lykkes(
    per_aar: float | None, kontrakt: float | None, overfoering: bool, antall: list[int]
) -> None:
    v = med(tak=Tak(None, per_aar, kontrakt, overfoering and per_aar is not None), antall=31)
    plan = betalingsplan(v, holder_ved_forventning(v, np.array(antall, dtype=float)))
    assert per_aar is None or (plan.betalt <= per_aar).all()
    assert kontrakt is None or plan.betalt.sum() <= kontrakt
    assert (plan.betalt >= 0).all()
    assert plan.betalt.sum() <= plan.brutto.sum()
    for k in range(4):
        en_til = np.array(antall, dtype=float) + np.eye(4)[k]
        assert betalingsplan(v, holder_ved_forventning(v, en_til)).betalt.sum() >= plan.betalt.sum()


def test_takene_mot_en_enkel_regning_i_alle_rekkefoelger_av_beloep() -> None:
    v = med(tak=Tak(None, 3.0, 7.0, False))
    for brutto in itertools.product((0.0, 2.0, 5.0), repeat=4):
        ventet, brukt = [], 0.0
        for beloep in brutto:
            her = min(beloep, 3.0, 7.0 - brukt)
            brukt += her
            ventet.append(her)
        assert legg_tak(np.array(brutto), v).tolist() == ventet
