"""Hypothesis strategies for scenarios, corners included."""

from __future__ import annotations

import os
from functools import cache
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from velferdslab_model.base.felt import Felt
from velferdslab_model.parameters.felt import FELT
from velferdslab_model.parameters.loading import fra_toml
from velferdslab_model.parameters.typer import BETALERE, Brukergruppe, Forutsetninger

#: A tenth for mutation testing, which runs each test once a mutant, and in the fast run (`--rask`).
_TIDEL = os.environ.get("VELFERDSLAB_HYPOTHESIS") in ("mutasjon", "rask")
_KORT = ("uholdbar", "utsatt", "stabil")


def saa_mange(antall: int) -> int:
    """This many generated inputs in a full run, a tenth in one that is to be quick."""
    return max(1, antall // 10) if _TIDEL else antall


def eksempler(antall: int) -> settings:
    """Settings for this many generated inputs, fewer in a run that is to be quick."""
    return settings(max_examples=saa_mange(antall))


@cache
def tall(felt: Felt) -> st.SearchStrategy[float]:
    """A legal number of a field: its ends, and anything between. Made once, for a strategy is dearer to make than to draw from."""
    if felt.heltall:
        return st.integers(int(felt.minst), int(felt.mest))
    mest = min(felt.mest, 2_000_000.0 if felt.slag == "beloep" else 40.0)
    if felt.slag == "antall":
        return st.sampled_from([0.0, 0.01, 1.0]) | st.floats(0.01, mest)
    ender = st.sampled_from([felt.minst, mest, max(felt.minst, 0.0)])
    return ender | st.floats(felt.minst, mest, allow_subnormal=False).map(lambda x: round(x, 9))


_KATEGORI = st.sampled_from(["oppstart", "drift"])
_KOSTNADSDRIVER = st.sampled_from(["timer", "fast sum", "årskostnad", "annet"])
_ENHETSKOSTNAD = st.sampled_from([0.0, 550.0]) | st.floats(0, 100_000).map(lambda x: round(x, 2))
_BETALER = st.sampled_from(BETALERE)
_VOLUM = st.sampled_from([0.0, 1.0]) | st.floats(0, 60).map(lambda x: round(x, 3))
_GANGER_PER_AAR = st.sampled_from([1, 12, 366])
_ANTALL_TILTAK = st.integers(0, 3)


@st.composite
def tiltak(draw: st.DrawFn, navn: str) -> dict[str, Any]:
    return {
        "navn": navn,
        "beskrivelse": "",
        "type_kostnad": "",
        "kategori": draw(_KATEGORI),
        "kostnadsdriver": draw(_KOSTNADSDRIVER),
        "enhetskostnad": draw(_ENHETSKOSTNAD),
        "betaler": draw(_BETALER),
        "volum": {s: draw(_VOLUM) for s in _KORT},
        "ganger_per_aar": draw(_GANGER_PER_AAR),
    }


@st.composite
def grupper(draw: st.DrawFn, utvidet: bool = True) -> dict[str, Any]:
    """The table of one group in a scenario file."""
    ut: dict[str, Any] = {}
    for felt in FELT.values():
        hode, _, del_ = felt.noekkel.partition(".")
        if hode == "utvidet" and not utvidet:
            continue
        if del_:
            ut.setdefault(hode, {})[del_] = draw(tall(felt))
        else:
            ut[hode] = draw(tall(felt))
    ut["behold_standardtiltak"] = draw(st.booleans())
    ut["tiltak"] = [draw(tiltak(f"Konstruert {i}")) for i in range(draw(_ANTALL_TILTAK))]
    return ut


@st.composite
def forutsetninger(draw: st.DrawFn, utvidet: bool = True) -> Forutsetninger:
    data = {"unge_voksne": draw(grupper(utvidet)), "familier": draw(grupper(utvidet))}
    if draw(st.booleans()):  # so that the two can be added together now and then
        for noekkel in ("analysetidspunkt", "neddiskontering"):
            data["familier"][noekkel] = data["unge_voksne"][noekkel]
    return fra_toml(data, "konstruert", "Konstruert")


def en_gruppe(utvidet: bool = True) -> st.SearchStrategy[Brukergruppe]:
    return grupper(utvidet).map(lambda g: fra_toml({"unge_voksne": g}, "konstruert", "Konstruert").unge_voksne)
