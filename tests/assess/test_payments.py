"""The settlement: who is paid for, why not the others, and that the sums are the contract's own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from tests.assess.konstruert import par, reg
from tests.contract.vilkaar import TABELLEN, kort, med
from velferdslab_model.assess.payments import Oppgjoer, gjoer_opp
from velferdslab_model.assess.placement import STANDARDREGEL
from velferdslab_model.assess.registrering import Registrering
from velferdslab_model.assess.sentences import om_aapne_oppgjoer
from velferdslab_model.assess.transitions import plasser_alle
from velferdslab_model.contract.oppgjoer import betalingsplan
from velferdslab_model.contract.terms import FastBetaling, Kontrakt, Tak

PER = date(2026, 11, 26)


def opp(alle: list[Registrering], v: Kontrakt = TABELLEN, per: date = PER) -> Oppgjoer:
    return gjoer_opp(plasser_alle(alle, STANDARDREGEL), v, per)


def ett(maate_til: str = "sammen", **nytt: Any) -> list[Registrering]:
    return [
        reg("P1", "2024-03-01", "oppstart", nytt.pop("fra", 1)),
        reg("P1", "2025-03-01", "avslutning", nytt.pop("til", 2), maate=maate_til, **nytt),
    ]


@pytest.mark.parametrize(
    ("alle", "grunn"),
    [
        (ett(), "målet er nådd og bekreftet"),
        (ett(bekreftet=False), "ikke bekreftet av kommunen"),
        (ett("selv"), "vurdert på ulik måte ved oppstart og oppfølging"),
        (ett(skjema="eget", svar={"eget_fysisk": "nei", "eget_oekonomi": "nei", "eget_fritid": "ja", "eget_nettverk": "tre til fem"}), "om målet er nådd, er uavklart"),
        (ett(til=1), "målet er ikke nådd"),
        (ett(fra=2), "ikke i målgruppen ved oppstart"),
        (ett(til=None), "om målet er nådd, er uavklart"),
        (par("P1", 1, 2, 2023), "utenfor kontraktens inntaksår"),
        ([reg("P1", "2024-03-01", "oppstart", 1)], "oppfølging mangler"),
        ([reg("P1", "2026-03-01", "oppstart", 1)], "oppfølgingen er ikke forfalt"),
        ([reg("P1", "2025-08-26", "oppstart", 1)], "oppfølgingen er ikke forfalt"),
        ([reg("P1", "2025-08-25", "oppstart", 1)], "oppfølging mangler"),
        ([reg("P1", "2026-03-01", "oppstart", 1), reg("P1", "2026-05-01", "avslutning", 2)], "avsluttet før oppfølgingen"),
        ([reg("P1", "2024-03-01", "oppstart", None), reg("P1", "2025-03-01", "avslutning", 2)], "målgruppen ved oppstart er uavklart"),
        ([reg("P1", "2024-03-01", "oppstart", 1), reg("P1", "2025-10-01", "avslutning", 2)], "oppfølging mangler"),
        # The first day a follow-up counts is nine months after, and the last of a shorter month.
        ([reg("P1", "2024-05-29", "oppstart", 1), reg("P1", "2025-02-28", "avslutning", 2)], "målet er nådd og bekreftet"),
        ([reg("P1", "2024-05-29", "oppstart", 1), reg("P1", "2025-02-27", "avslutning", 2)], "avsluttet før oppfølgingen"),
    ],
)  # fmt: skip
def test_hver_person_har_en_grunn(alle: list[Registrering], grunn: str) -> None:
    (en,) = opp(alle).personer
    assert en.grunn == grunn
    assert en.beloep == (150_000 if grunn.startswith("målet er nådd") else 0)


def test_en_kohort_som_ikke_gjoeres_opp_gir_ingen_betaling() -> None:
    (en,) = opp(ett(), med(kohorter="i betalingsår", betalingsaar=(4,))).personer
    assert en.grunn == "kohorten gjøres ikke opp i noe betalingsår"


def test_familier_hoerer_ikke_til_kontrakten_for_unge() -> None:
    assert opp(par("F1", 1, 2, 2024, gruppe="familier")).personer == ()


@pytest.mark.parametrize(
    "v",
    [
        med(tak=Tak(None, 700_000, 2_000_000, True)),
        med(priskort=kort((12, 100_000, 1.0), (24, 80_000, 0.7)), indeksering=0.02, pris_grunnlag="etter fradrag", skjedd_uansett=0.1),
        med(fast_betaling=(FastBetaling(3, 50_000, 5, ""), FastBetaling(4, 70_000, 50, ""))),
    ],
)  # fmt: skip
def test_summen_er_den_kontraktens_egen_plan_gir_for_de_samme_antallene(v: Kontrakt) -> None:
    alle = []
    for i in range(30):
        start = 2024 + i % 3
        alle += [
            reg(f"P{i}", f"{start}-02-01", "oppstart", 1),
            reg(f"P{i}", f"{start + 1}-02-01", "underveis", 2 if i % 4 else 1),
        ]
        if i % 5:
            alle.append(reg(f"P{i}", f"{start + 2}-02-01", "avslutning", 3))
    per = date(2028, 12, 31)
    svar = opp(alle, v, per)
    antall = np.zeros((v.inntaksaar, len(v.priskort)))
    for p in svar.personer:
        if p.betales:
            antall[p.kohort - 1, p.linje] += 1
    plan = betalingsplan(v, antall.reshape(-1))
    assert antall.sum() > 15
    np.testing.assert_array_equal(svar.brutto, plan.brutto)
    np.testing.assert_array_equal(svar.betalt, plan.betalt)


def test_taket_per_person_brukes_paa_det_personen_faktisk_har_faatt() -> None:
    v = med(priskort=kort((12, 100_000, 1.0), (24, 80_000, 0.7)), tak=Tak(120_000, None, None, False))
    begge = [
        reg("P1", "2024-02-01", "oppstart", 1),
        reg("P1", "2025-02-01", "underveis", 2),
        reg("P1", "2026-02-01", "avslutning", 2),
    ]
    bare_siste = [replace(r, id="P2", bekreftet=r.tidspunkt != "underveis") for r in begge]
    assert [p.beloep for p in opp(begge, v).personer] == [100_000, 20_000]
    assert [p.beloep for p in opp(bare_siste, v).personer] == [0, 80_000]


@pytest.mark.parametrize(
    ("tak", "slutt"),
    [(Tak(None, None, 150_000, False), "; takene gjelder også dem."), (Tak(None, None, None, True), ".")],
)
def test_de_som_ikke_er_forfalt_loves_ikke_betaling(tak: Tak, slutt: str) -> None:
    """The cap of the contract is used up by the one who is paid."""
    svar = opp([*ett(), reg("P2", "2026-03-01", "oppstart", 1)], med(tak=tak))
    assert svar.betalt.sum() == 150_000
    assert om_aapne_oppgjoer(svar) == [f"Noen er ikke forfalt og er ikke regnet med{slutt}"]
    assert om_aapne_oppgjoer(opp(ett(), med(tak=tak))) == []


def test_flere_enn_kontrakten_tar_inn_blir_sagt() -> None:
    v = replace(TABELLEN, inntak=replace(TABELLEN.inntak, mest=1))
    alle = par("P1", 1, 2, 2024) + par("P2", 1, 2, 2024)
    assert opp(alle, v).merknader == (
        "I kontraktår 1 er 2 tatt inn, og kontrakten tar inn høyst 1; hvem som er over grensen, sier ikke filen.",
    )


def test_grunnene_staar_i_samme_rekkefoelge_uansett_hvem_som_har_hvilken_id() -> None:
    """The first in the file must not be the first reason."""
    rader = [opp(par(a, 1, 2, 2024) + par(b, 1, 1, 2024)).grunner(0) for a, b in (("P1", "P2"), ("P2", "P1"))]
    assert rader == [("målet er ikke nådd", "målet er nådd og bekreftet")] * 2
