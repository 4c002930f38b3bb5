"""Constructed scenarios that reach the corners of the workbook. None of them describes a real municipality."""

from __future__ import annotations

from typing import Any

_EGET_TILTAK = {
    "navn": "Konstruert tiltak",
    "beskrivelse": "Egen rad",
    "type_kostnad": "Annet",
    "kategori": "drift",
    "kostnadsdriver": "timer",
    "enhetskostnad": 612.5,
    "betaler": "stat",
    "volum": {"uholdbar": 2.5, "utsatt": 1, "stabil": 0},
    "ganger_per_aar": 52,
}
_UTVIDET = {
    "erstatningsgrad": 0.85,
    "beholder_steget": 0.6,
    "aarlig_tilbakefall": 0.07,
    "skjedd_uansett": 0.15,
    "reell_vekst": 0.013,
    "skattefinansieringssats": 0.2,
    "fast_aarskostnad": 425_000,
    "kommunal_andel_nullalternativ": 0.7,
    "fylkeskommunal_andel_av_resten": 0.35,
    "realiserbar_andel": 0.4,
    "offentlig_andel_produksjonsgevinst": 0.35,
    "kommunal_andel_offentlig_inntekt": 0.45,
}


def begge(**endring: Any) -> dict[str, Any]:
    """The same change in both groups."""
    return {"unge_voksne": endring, "familier": endring}


KONSTRUERTE: dict[str, dict[str, Any]] = {
    "korteste_periode": begge(analyseperiode=4),
    "lengste_periode": begge(analyseperiode=15, analysetidspunkt=2031),
    "flere_inntaksaar_enn_aar": begge(analyseperiode=6, inntaksaar=10),
    "fire_prosent": begge(neddiskontering=0.04),
    "egen_rente": begge(neddiskontering=0.025),
    "ingen_lykkes": begge(suksessrate={"uholdbar": 0, "utsatt": 0, "stabil": 0}),
    "bare_stabil_ingen_lykkes": {
        "unge_voksne": {
            "inntak": {"uholdbar": 0, "utsatt": 0, "stabil": 2},
            "suksessrate": {"uholdbar": 0, "utsatt": 0, "stabil": 0},
        },
        "familier": {"utvidet": {"erstatningsgrad": 0}},
    },
    "alle_lykkes": begge(suksessrate={"uholdbar": 1, "utsatt": 1, "stabil": 1}),
    "eget_tiltak": begge(tiltak=[_EGET_TILTAK, {"navn": "Booppfølging", "enhetskostnad": 505.25, "betaler": "stat"}]),
    "ujevnt_og_null_inntak": {
        "unge_voksne": {"inntak": {"uholdbar": 0, "utsatt": 7.5, "stabil": 0.01}},
        "familier": {"inntak": {"uholdbar": 0, "utsatt": 0, "stabil": 0}},
    },
    "fylkeskommunen_betaler": begge(
        tiltak=[_EGET_TILTAK | {"betaler": "fylkeskommune"}, {"navn": "Booppfølging", "betaler": "fylkeskommune"}],
        utvidet={"kommunal_andel_nullalternativ": 0.6, "fylkeskommunal_andel_av_resten": 0.25},
    ),
    "uten_tiltak": begge(behold_standardtiltak=False),
    "utvidet": begge(utvidet=_UTVIDET),
    "ulike_grupper": {
        "unge_voksne": {"analysetidspunkt": 2024, "neddiskontering": 0.04, "analyseperiode": 8},
        "familier": {"analyseperiode": 15, "inntaksaar": 9, "utvidet": _UTVIDET},
    },
    "ulik_lengde": {"unge_voksne": {"analyseperiode": 5}, "familier": {"analyseperiode": 12}},
    "fast_kostnad_uten_nytte": begge(
        nullalternativ={"uholdbar": 0, "utsatt": 0, "stabil": 0}, utvidet={"fast_aarskostnad": 1e6}
    ),
    "synkende_nivaaer": begge(
        livskvalitet={"uholdbar": 0.9, "utsatt": 0.5, "stabil": 0.7, "baerekraftig": 0.6},
        stillingsandel={"uholdbar": 1, "utsatt": 0.2, "stabil": 0, "baerekraftig": 0.3},
        utvidet={"reell_vekst": -0.05, "aarlig_tilbakefall": 1, "beholder_steget": 0},
    ),
}
