"""What is accepted can be written and read again, at the limits of lengths and amounts, before and after conversion."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategier import eksempler
from velferdslab_model.effektbok.origin import pakk, pakk_ut
from velferdslab_model.errors import UgyldigInndata
from velferdslab_model.parameters.loading import fra_toml
from velferdslab_model.parameters.typer import Forutsetninger
from velferdslab_model.parameters.validation import SkrevetTall
from velferdslab_model.parameters.writing import som_toml

_LENGDER = st.sampled_from([1, 7, 986, 992, 993, 994, 999, 1000, 1001])
_BELOEP = st.sampled_from([0.0, 5e-324, 1e-12, 1e-9, 1.3e-9, 0.1, 1e9, 7.5e11, 9.9e11, 1e12, 1.01e12])
_TEGN = st.sampled_from(["x", "\\", '"', "æ", "😀", "=", "'"])


@st.composite
def ved_grensene(draw: st.DrawFn) -> dict[str, Any]:
    def tekst() -> str:
        foran = draw(st.sampled_from(["", "kilde: ", "antakelse: ", "Kilde:"]))
        return (foran + draw(_TEGN) * 1100)[: draw(_LENGDER)]

    return {
        "vis_i_prisaar": draw(st.sampled_from([2015, 2019, 2024])),
        "unge_voksne": {
            "verdi_qaly": draw(_BELOEP),
            "kilder": {"verdi_qaly": tekst(), "neddiskontering": tekst()},
            "tiltak": [{"navn": "Booppfølging", "enhetskostnad": draw(_BELOEP), "kilde": tekst()}],
            "usikkerhet": {
                "verdi_qaly": {"fordeling": "uniform", "minst": 0.0, "mest": draw(_BELOEP), "begrunnelse": tekst()}
            },
        },
    }


@given(ved_grensene())
@eksempler(300)
def test_det_som_godtas_kan_skrives_og_leses_igjen(data: dict[str, Any]) -> None:
    try:
        f = fra_toml(data, "fil.toml", "Konstruert")
    except UgyldigInndata:
        return
    assert _lest(som_toml(f, "x")).grupper == f.grupper
    assert pakk_ut(pakk(f)) == f


def _lest(tekst: str) -> Forutsetninger:
    return fra_toml(tomllib.loads(tekst, parse_float=SkrevetTall), "fil.toml", "Konstruert")


@pytest.mark.parametrize(
    ("data", "ventet"),
    [
        ({"verdi_qaly": 1e12}, "verdi_qaly er 1000000000000 i 2019-kroner og blir"),
        (
            {"usikkerhet": {"verdi_qaly": {"fordeling": "uniform", "minst": 1, "mest": 1e12}}},
            "usikkerhet.verdi_qaly.mest er 1000000000000 i 2019-kroner og blir",
        ),
        ({"kilder": {"verdi_qaly": "x" * 994}}, "har 994 tegn, ventet høyst 993, for «kilde: » settes foran"),
        ({"utvidet": {"fast_aarskostnad": 5e-324}}, "ventet 0 eller et tall på minst 1e-09"),
    ],
)
def test_det_som_ikke_kunne_leses_igjen_godtas_ikke(data: dict[str, Any], ventet: str) -> None:
    with pytest.raises(UgyldigInndata, match=r"fil\.toml") as feil:
        fra_toml({"vis_i_prisaar": 2024, "unge_voksne": data}, "fil.toml", "T")
    assert ventet in str(feil.value)


def test_et_opphav_av_tekst_som_ikke_lar_seg_pakke_faar_plass() -> None:
    def tekst(fra: int, antall: int) -> str:
        return "".join(chr(0x4E00 + (k * 7919 + fra * 104729 + k * k) % 20_000) for k in range(antall))

    egne = [
        {"navn": tekst(n, 200), "beskrivelse": tekst(n + 50, 1000), "type_kostnad": tekst(n + 90, 1000), "kategori": "drift",
         "kostnadsdriver": "timer", "enhetskostnad": 1, "betaler": "stat", "volum": {"uholdbar": 1, "utsatt": 1, "stabil": 1},
         "ganger_per_aar": 1, "kilde": tekst(n + 170, 990)}
        for n in range(30)
    ]  # fmt: skip
    gruppe = {"behold_standardtiltak": False, "tiltak": egne}
    f = fra_toml({"unge_voksne": gruppe, "familier": gruppe}, "fil.toml", "T")
    egenskaper = pakk(f)
    assert len(egenskaper) > 998
    assert pakk_ut(egenskaper) == f
