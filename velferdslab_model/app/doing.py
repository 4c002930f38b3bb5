"""In a worker: the function of a room, by its name, and what it raises put in words."""

from __future__ import annotations

import os
import pickle
import tempfile
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from velferdslab_model.app.cases import Arbeidsordre, Saksvar, oppskrift
from velferdslab_model.app.room import PAKKE
from velferdslab_model.errors import VelferdslabError


def hent(navn: str) -> Callable[..., object]:
    """The function of a name. Only names written in this package are given here."""
    modul, _, funksjon = navn.partition(":")
    funnet: Callable[..., object] = getattr(import_module(f"{PAKKE}.rooms.{modul}"), funksjon)
    return funnet


def gjoer(arbeid: tuple[str, Arbeidsordre]) -> Saksvar:
    """In a worker: what a room answers; what the person can mend becomes messages, as the commands say them."""
    # With the rooms: the page itself needs none of it.
    from velferdslab_model.app.answers import feil_av  # noqa: PLC0415
    from velferdslab_model.app.wording import paa_siden  # noqa: PLC0415

    navn, ordre = arbeid
    try:
        svar = hent(navn)(ordre)
    except VelferdslabError as feil:
        return Saksvar(feil=feil_av(feil, ordre))
    assert isinstance(svar, Saksvar)
    return replace(svar, html=paa_siden(svar.html), kort=paa_siden(svar.kort))


def lag_fil(sti: str) -> None:
    """In a worker: a file of an answer, the first time somebody asks for it. Two who ask at once both find it whole."""
    lag, av = pickle.loads(oppskrift(sti).read_bytes())
    nummer, halv = tempfile.mkstemp(dir=Path(sti).parent)
    with os.fdopen(nummer, "wb") as ut:
        ut.write(lag(av))
    os.replace(halv, sti)


def lag_mal(mal: tuple[str, str]) -> bytes:
    """In a worker: a file to fill in. mal: the function that makes it, and the name of the template."""
    innhold = hent(mal[0])(mal[1])
    assert isinstance(innhold, bytes)
    return innhold


def last_inn(navn: str) -> None:
    """In a worker: load what a room needs. Nothing is sent back, for that would load it in the page's own process."""
    hent(navn)
