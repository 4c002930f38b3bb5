"""The default numbers (Asker 2019), read from the package's data files and checked on the way in."""

from __future__ import annotations

import csv
import tomllib
from functools import cache
from importlib.resources import files
from io import StringIO
from typing import Any

from velferdslab_model.base.ord import BRUKERGRUPPER
from velferdslab_model.base.tall import fra_csv
from velferdslab_model.parameters.felt import FELT
from velferdslab_model.parameters.typer import Tiltak, Timesats

STANDARD_NAVN = "Asker"
STANDARD_PRISAAR = 2019

_DATA = files("velferdslab_model.parameters") / "data"


@cache
def standardverdier(gruppe: str) -> dict[str, float]:
    """Default number of every field of a group, by dotted key, in the unit of the input table."""
    return {noekkel: post["verdi"] for noekkel, post in _poster(gruppe).items()}


@cache
def standardkilder(gruppe: str) -> dict[str, str]:
    """Source of every default number: «kilde: ...» or «antakelse: ...», by dotted key."""
    return {
        noekkel: f"kilde: {post['kilde']}" if "kilde" in post else f"antakelse: {post['antakelse']}"
        for noekkel, post in _poster(gruppe).items()
    }


@cache
def standardtiltak(gruppe: str) -> tuple[Tiltak, ...]:
    """Default list of tiltak of a group."""
    return tuple(_tiltak(rad) for rad in _rader(f"tiltak_{gruppe}.csv"))


@cache
def standard_timesatser() -> tuple[Timesats, ...]:
    """Default common hourly rates."""
    return tuple(Timesats(rad["navn"], fra_csv(rad["kr"]), rad["kilde"]) for rad in _rader("timesatser.csv"))


def _rader(fil: str) -> list[dict[str, str]]:
    tekst = (_DATA / fil).read_text(encoding="utf-8")
    rader = list(csv.DictReader(StringIO(tekst), delimiter=";"))
    kilder = ("kilde", "volumkilde")
    if uten := [r for r in rader if not all(r[k].startswith(("kilde:", "antakelse:")) for k in kilder if k in r)]:
        raise ValueError(f"{fil}: {uten}")
    return rader


@cache
def _poster(gruppe: str) -> dict[str, dict[str, Any]]:
    if gruppe not in BRUKERGRUPPER:
        raise KeyError(gruppe)
    data = tomllib.loads((_DATA / f"{gruppe}.toml").read_text(encoding="utf-8"))
    poster: dict[str, dict[str, Any]] = {}
    for felt in FELT.values():
        post = data
        for del_ in felt.noekkel.split("."):
            post = post[del_]
        # A default without unit, source or a legal value is a mistake in the package, not in anybody's file.
        if post["enhet"] != felt.enhet or not felt.er_lovlig(post["verdi"]) or not _har_opphav(post):
            raise ValueError(f"{gruppe}.toml: {felt.noekkel}: {post}")
        poster[felt.noekkel] = post
    return poster


def _har_opphav(post: dict[str, Any]) -> bool:
    return bool(post.get("kilde")) != bool(post.get("antakelse"))


def _tiltak(rad: dict[str, str]) -> Tiltak:
    def tall(felt: str) -> float:
        return fra_csv(rad[felt])

    return Tiltak(
        navn=rad["navn"],
        beskrivelse=rad["beskrivelse"],
        type_kostnad=rad["type_kostnad"],
        kategori=rad["kategori"],  # type: ignore[arg-type]  # the data files are tested against the fixed words
        kostnadsdriver=rad["kostnadsdriver"],  # type: ignore[arg-type]  # as above
        enhetskostnad=tall("enhetskostnad"),
        betaler=rad["betaler"],  # type: ignore[arg-type]  # as above
        volum=(tall("volum_uholdbar"), tall("volum_utsatt"), tall("volum_stabil")),
        ganger_per_aar=int(rad["ganger_per_aar"]),
        kilde=rad["kilde"],
        volumkilde=rad["volumkilde"],
        timesats=rad["timesats"],
    )
