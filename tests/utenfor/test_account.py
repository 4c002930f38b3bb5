"""The life-course account against sums by hand and against one person at a time."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.utenfor.konstruert import LITE, post
from velferdslab_model.utenfor.account import SYN, regn_utenfor
from velferdslab_model.utenfor.terms import FORVALTNINGSNIVAAER, SLAGENE, Utenforvilkaar

TRE = replace(
    LITE,
    poster=(
        post("Sosialhjelp", "kommune", "ytelse", [100.0, 100.0, 100.0], [10.0, 20.0, 30.0]),
        post("Sykehus", "stat", "tjeneste", [50.0, 50.0, 50.0], [50.0, 0.0, 0.0]),
        post("Skatt", "stat", "skatt", [5.0, 5.0, 5.0], [15.0, 25.0, 35.0]),
        post("Arbeid", "", "produksjon", [0.0, 0.0, 0.0], [1.0, 2.0, 3.0]),
    ),
    alder_ved_tiltak=18, horisont=3, aar_til_effekt=1, antall=2, suksessfaktor=0.5, skjedd_uansett=0.0, neddiskontering=0.0, avgang=0.0,
    kostnad={"kommune": 60.0, "fylkeskommune": 0.0, "stat": 40.0},
)  # fmt: skip


def test_tre_aldre_regnet_for_haand() -> None:
    # From 19 on: municipality 80 + 70; state 50 + 50 of hospital and 20 + 30 of tax. One person is reached.
    r = regn_utenfor(TRE)
    assert r.for_nivaa("kommune").tolist() == [0, 80, 70]
    assert r.for_nivaa("stat").tolist() == [0, 70, 80]
    assert r.for_syn("budsjett").tolist() == [0, 150, 150]
    # Society: hospital and work; sosialhjelp and tax only move money.
    assert r.for_syn("samfunn").tolist() == [0, 52, 53]
    u = r.utfall
    assert (u["kommune"].netto, u["stat"].netto, u["budsjett"].netto, u["samfunn"].netto) == (90, 110, 200, 5)
    assert (u["budsjett"].tilbakebetalt_alder, u["samfunn"].tilbakebetalt_alder) == (19, 20)
    assert (u["budsjett"].nullpunkt, u["budsjett"].taaler_kostnad) == (100 / 600, 300)
    # At least one of two reached: 300 is above 100.
    assert u["budsjett"].p_loennsom == pytest.approx(0.75)
    # One reached gives society 105, above 100 as well.
    assert u["samfunn"].p_loennsom == pytest.approx(0.75)


def test_gevinst_lik_kostnad_er_ikke_loennsomt() -> None:
    v = replace(TRE, kostnad={"kommune": 300.0, "fylkeskommune": 0.0, "stat": 0.0})
    assert regn_utenfor(v).utfall["budsjett"].p_loennsom == pytest.approx(0.25)  # only both


def _en_om_gangen(v: Utenforvilkaar, nivaaer: tuple[str, ...], slag: tuple[str, ...]) -> float:
    """The net of a view, person by person and age by age, with the share still there."""
    sum_ = 0.0
    for _ in range(v.antall):
        for t in range(v.horisont):
            alder = v.alder_ved_tiltak + t
            if t < v.aar_til_effekt or alder > v.til_alder:
                continue
            for p in v.poster:
                if p.slag not in slag or p.nivaa not in nivaaer:
                    continue
                foer, etter = p.maalgruppe[alder - v.fra_alder], p.sammenligning[alder - v.fra_alder]
                forskjell = etter - foer if p.slag in ("skatt", "produksjon") else foer - etter
                sum_ += (
                    v.suksessfaktor
                    * (1 - v.skjedd_uansett)
                    * forskjell
                    * (1 - v.avgang) ** t
                    / (1 + v.neddiskontering) ** t
                )
    return sum_ - sum(v.kostnad.values())


@st.composite
def vilkaar(trekk: st.DrawFn) -> Utenforvilkaar:
    aldre = trekk(st.integers(1, 8))
    beloep = st.lists(st.floats(0, 1e6).map(lambda x: round(x, 2)), min_size=aldre, max_size=aldre)
    poster: list[Any] = []
    for i in range(trekk(st.integers(1, 5))):
        slag = trekk(st.sampled_from(list(SLAGENE)))
        nivaa = "" if slag == "produksjon" else trekk(st.sampled_from(list(FORVALTNINGSNIVAAER)))
        poster.append(post(f"post {i}", nivaa, slag, trekk(beloep), trekk(beloep)))
    return replace(
        LITE,
        poster=tuple(poster),
        alder_ved_tiltak=18 + trekk(st.integers(0, aldre - 1)),
        horisont=trekk(st.integers(1, 10)),
        aar_til_effekt=trekk(st.integers(0, 4)),
        antall=trekk(st.integers(1, 6)),
        suksessfaktor=trekk(st.floats(0, 1)),
        skjedd_uansett=trekk(st.floats(0, 0.9)),
        neddiskontering=trekk(st.floats(0, 0.1)),
        avgang=trekk(st.floats(0, 0.3)),
    )


@given(vilkaar())
def test_netto_er_det_en_opptelling_person_for_person_gir(v: Utenforvilkaar) -> None:
    r = regn_utenfor(v)
    assert r.utfall["budsjett"].netto == pytest.approx(
        _en_om_gangen(v, tuple(FORVALTNINGSNIVAAER), ("tjeneste", "ytelse", "skatt")), abs=1e-3
    )
    assert r.utfall["samfunn"].netto == pytest.approx(
        _en_om_gangen(v, (*FORVALTNINGSNIVAAER, ""), ("tjeneste", "produksjon")), abs=1e-3
    )
    assert sum(r.utfall[n].netto for n in FORVALTNINGSNIVAAER) == pytest.approx(r.utfall["budsjett"].netto, abs=1e-3)
    for hvem in (*FORVALTNINGSNIVAAER, *SYN):
        u = r.utfall[hvem]
        assert u.taaler_kostnad - u.kostnad == pytest.approx(u.netto, abs=1e-3)
        assert 0 <= u.p_loennsom <= 1


@given(vilkaar())
def test_uten_suksess_er_netto_minus_kostnaden(v: Utenforvilkaar) -> None:
    r = regn_utenfor(replace(v, suksessfaktor=0.0))
    assert [r.utfall[s].netto for s in SYN] == [-r.kostnad] * 2
    assert [r.utfall[s].p_loennsom for s in SYN] == [0, 0]


@given(vilkaar())
def test_like_profiler_gir_ingen_gevinst(v: Utenforvilkaar) -> None:
    like = tuple(replace(p, sammenligning=p.maalgruppe) for p in v.poster)
    r = regn_utenfor(replace(v, poster=like))
    assert all(r.utfall[h].per_person == 0 and r.utfall[h].nullpunkt is None for h in (*FORVALTNINGSNIVAAER, *SYN))


@given(vilkaar())
def test_ved_nullpunktet_gaar_det_opp(v: Utenforvilkaar) -> None:
    u = regn_utenfor(v).utfall["budsjett"]
    if u.nullpunkt is not None and u.nullpunkt <= 1:
        ved = regn_utenfor(replace(v, suksessfaktor=u.nullpunkt)).utfall["budsjett"]
        assert ved.netto == pytest.approx(0, abs=1e-6 * max(1.0, u.kostnad))


@pytest.mark.parametrize("telling", [None, (12.0, 40.0)])
def test_sjansen_er_den_simuleringen_gir(telling: tuple[float, float] | None) -> None:
    v = replace(LITE, antall=30, suksessfaktor=0.3, telling=telling)
    v = replace(
        v, kostnad={"kommune": 9 * regn_utenfor(v).utfall["budsjett"].per_person, "fylkeskommune": 0.0, "stat": 0.0}
    )
    rng = np.random.default_rng(1)
    n = 200_000
    rate = rng.beta(telling[0], telling[1] - telling[0], n) if telling else np.full(n, v.suksessfaktor)
    lykkede = rng.binomial(v.antall, rate)
    u = regn_utenfor(v).utfall["budsjett"]
    simulert = (lykkede * u.per_person > u.kostnad * (1 + 1e-9)).mean()
    assert u.p_loennsom == pytest.approx(simulert, abs=5 * np.sqrt(0.25 / n))
    assert (u.p_sikker_rate == u.p_loennsom) == (telling is None)


def test_figur_5_er_det_offentliges_kostnad_og_inntekt_for_hver_gruppe() -> None:
    liv = regn_utenfor(TRE).livsloep("maalgruppe")
    assert (liv["kostnad"].tolist(), liv["inntekt"].tolist()) == ([150, 150, 150], [5, 5, 5])
    liv = regn_utenfor(TRE).livsloep("sammenligning")
    assert (liv["kostnad"].tolist(), liv["inntekt"].tolist()) == ([60, 20, 30], [15, 25, 35])
