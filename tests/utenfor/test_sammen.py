"""One measure in both models: the parts sum, and each is what a loop over every person and year gives."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from tests.strategier import forutsetninger, saa_mange
from tests.utenfor.konstruert import LITE, post
from velferdslab_model.errors import UgyldigInndata
from velferdslab_model.parameters.loading import fra_toml
from velferdslab_model.parameters.typer import Forutsetninger
from velferdslab_model.results import beregn
from velferdslab_model.utenfor.sammen import SVARPARTER, Sammenstilling, sammenstill
from velferdslab_model.utenfor.sammen_screen import sammenstillingstabell
from velferdslab_model.utenfor.terms import Utenforvilkaar

#: Services at every level, so that no step is empty.
V = replace(
    LITE,
    poster=(
        *LITE.poster,
        post("Barnevern", "kommune", "tjeneste", [90_000, 80_000, 70_000, 60_000, 50_000], [9_000, 8_000, 7_000, 6_000, 5_000]),
        post("Sykehus", "stat", "tjeneste", [10_000, 11_000, 12_000, 13_000, 14_000], [1_000, 1_000, 1_000, 1_000, 1_000]),
    ),
)  # fmt: skip
EGET = {
    "navn": "Konstruert",
    "unge_voksne": {
        "analyseperiode": 5,
        "inntaksaar": 2,
        "neddiskontering": 0.03,
        "inntak": {"uholdbar": 2, "utsatt": 1.5, "stabil": 3},
        "suksessrate": {"uholdbar": 0.6, "utsatt": 0.7, "stabil": 0.9},
        "utvidet": {
            "aarlig_tilbakefall": 0.05,
            "skjedd_uansett": 0.1,
            "erstatningsgrad": 0.8,
            "kommunal_andel_nullalternativ": 0.7,
            "offentlig_andel_produksjonsgevinst": 0.3,
            "kommunal_andel_offentlig_inntekt": 0.4,
            "skattefinansieringssats": 0.2,
        },
    },
}


def _svar(v: Utenforvilkaar = V) -> Sammenstilling:
    return sammenstill(v, beregn(fra_toml(EGET, "test", "test")))


@settings(max_examples=saa_mange(100), deadline=None)
@given(forutsetninger())
def test_delene_summerer_til_forskjellen_for_hver_part(f: Forutsetninger) -> None:
    r = beregn(f)
    for gruppe, g in r.grupper.items():
        if not sum(g.gruppe.inntak):
            continue
        s = sammenstill(V, r, gruppe)
        for hvem in SVARPARTER:
            stoerst = max(1.0, *map(abs, s.deler[hvem].values()), abs(s.egen_horisont[hvem]), abs(s.effektmodell[hvem]))
            rest = s.egen_horisont[hvem] + sum(s.deler[hvem].values()) - s.effektmodell[hvem]
            assert abs(rest) <= max(0.005, 1e-12 * stoerst)
        for felles in (s.egen_horisont, s.samme_horisont, s.effektmodell):
            assert felles["budsjett"] == pytest.approx(sum(felles[h] for h in SVARPARTER[:3]), rel=1e-12, abs=0.005)


def test_hvert_steg_er_det_en_opptelling_av_aar_og_personer_gir() -> None:
    s, g = _svar(), _svar().effekt.gruppe
    p, lykkes = g.suksessrate, 0.0
    verdi = dict.fromkeys(("egen", "felles", "effekt", "nullalternativ"), 0.0)
    for start in range(2):
        for inn in range(3):
            i, ute, aar = [0.0, 0.0, 0.0], [0.0, 0.0, 0.0, 0.0], 0
            i[inn] = g.inntak[inn]
            naar_til_slutt = g.inntak[inn] * float(np.prod(p[inn:]))
            lykkes += naar_til_slutt
            while aar < 6:
                d = 1.03 ** -(start + aar)
                alder = V.alder_ved_tiltak + aar - V.fra_alder
                forskjell = (
                    sum(x.gevinst[alder] for x in V.poster if x.slag == "tjeneste" and x.nivaa == "kommune")
                    if alder < 5
                    else 0.0
                )
                alt = sum(x.gevinst[alder] for x in V.poster if x.nivaa == "kommune") if alder < 5 else 0.0
                regnskapets = naar_til_slutt * 0.9 * 0.99**aar * (aar >= 1) * d
                verdi["egen"] += regnskapets * alt * (aar < V.horisont)
                if start + aar < 5:
                    verdi["felles"] += regnskapets * alt * (aar < V.horisont)
                    verdi["effekt"] += ute[3] * 0.9 * d * forskjell
                    verdi["nullalternativ"] += ute[3] * 0.9 * d * g.nullalternativ[inn]
                ute[3] = 0.95 * ute[3] + p[2] * i[2]
                i = [0.0, p[0] * i[0], p[1] * i[1]]
                aar += 1
    tjenester = verdi["felles"] - s.deler["kommune"]["tid"]
    assert s.suksessfaktor == pytest.approx(lykkes / 13)
    assert s.egen_horisont["kommune"] == pytest.approx(verdi["egen"] - float(s.effekt.penger.kostnad_kommune.sum()))
    assert s.deler["kommune"]["horisont"] == pytest.approx(verdi["felles"] - verdi["egen"])
    assert s.deler["kommune"]["nullalternativ"] == pytest.approx(0.7 * verdi["nullalternativ"] - verdi["effekt"])
    assert tjenester > 0


def test_en_profil_lik_sammenligningsgruppen_gir_bare_kostnaden() -> None:
    s = _svar(replace(V, poster=tuple(replace(p, maalgruppe=p.sammenligning) for p in V.poster)))
    assert s.egen_horisont["samfunn"] == -s.effekt.sum["kostnad"]
    assert [s.deler["samfunn"][k] for k in ("horisont", "fylkeskommune", "tid")] == [0, 0, 0]


def test_overfoeringer_er_aldri_med_for_samfunnet() -> None:
    assert _svar().deler["samfunn"]["ytelser_og_skatt"] == 0
    assert _svar().deler["budsjett"]["ytelser_og_skatt"] != 0


def test_et_scenario_uten_inntak_i_gruppen_sies_fra_om() -> None:
    with pytest.raises(UgyldigInndata, match="tar ikke inn noen familie"):
        sammenstill(
            V,
            beregn(
                fra_toml({"navn": "Ingen", "familier": {"inntak": {"uholdbar": 0, "utsatt": 0, "stabil": 0}}}, "t", "t")
            ),
            "familier",
        )


def test_skjermen_sier_at_profilen_er_konstruert_og_har_plass() -> None:
    tekst = sammenstillingstabell(_svar())
    assert "(konstruert)" in tekst
    assert max(map(len, tekst.splitlines())) <= 100
