"""Every command that reads a file of ours, run on two files that should say the same: the answers are the same numbers."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from velferdslab_model.cli import cli
from velferdslab_model.contract.reading import les_kontraktfil
from velferdslab_model.prisliste.applying import legg_over
from velferdslab_model.scenarios.loading import les_oppgitt, load_forutsetninger

#: The file has this name wherever it is, so that no answer differs by it.
FIL = "fil.xlsx"
_ANNET = "annet.toml"


@contextmanager
def i_mappe(mappe: Path) -> Iterator[None]:
    """Work in another folder."""
    foer = Path.cwd()
    os.chdir(mappe)
    try:
        yield
    finally:
        os.chdir(foer)


def kjoer(*argumenter: str) -> str:
    """Run a command in this process. Returns what it wrote; raises what it raised."""
    svar = CliRunner().invoke(cli, argumenter)
    if svar.exception is not None:
        raise svar.exception
    return svar.stdout


#: What an answer says of the file beside its numbers: that no number is stored in it, or that its protection is gone.
_OM_FILEN = ("kontroll", "flagg")


def tallene(data: Any) -> Any:
    """A JSON answer with its numbers, truths and the keys they stand under; texts name files and sources, which differ."""
    if isinstance(data, dict):
        return {
            n: tallene(v) for n, v in data.items() if isinstance(v, dict | list | int | float) and n not in _OM_FILEN
        }
    if isinstance(data, list):
        return [tallene(v) for v in data if isinstance(v, dict | list | int | float)]
    return data


def _json(*argumenter: str) -> Callable[[Path], Any]:
    return lambda _: tallene(json.loads(kjoer(*argumenter, "--format", "json")))


def _compare(mappe: Path) -> Any:
    (mappe / _ANNET).write_text('navn = "Et annet sted, konstruert"\nprisaar = 2021\n', encoding="utf-8")
    return tallene(json.loads(kjoer("compare", FIL, _ANNET, "--format", "json")))


def _generate(mappe: Path) -> Any:
    kjoer("generate", FIL, "-o", "ut.xlsx", "--force")
    return load_forutsetninger(mappe / "ut.xlsx").grupper


def _new(mappe: Path) -> Any:
    kjoer("new", "Ny", "--from", FIL, "-o", "ut.toml", "--force")
    return load_forutsetninger(mappe / "ut.toml").grupper


def _prices(mappe: Path) -> Any:
    kjoer("prices", FIL, "-o", "ut_priser.xlsx", "--force")
    endring = legg_over(les_oppgitt(mappe / FIL), mappe / "ut_priser.xlsx")
    return (endring.endret, endring.uendret, endring.oppgitt.grupper)


def _med_prisliste(mappe: Path) -> Any:
    kjoer("generate", "--prices", FIL, "-o", "ut.xlsx", "--force")
    return load_forutsetninger(mappe / "ut.xlsx").grupper


def _prices_av_liste(mappe: Path) -> Any:
    kjoer("prices", "--prices", FIL, "-o", "ut_priser.xlsx", "--force")
    return legg_over(les_oppgitt(), mappe / "ut_priser.xlsx").oppgitt.grupper


def _ny_kontrakt(mappe: Path) -> Any:
    kjoer("contract", FIL, "-o", "ut.xlsx", "--force")
    # The line of text in the price card stands in the document properties alone.
    return tallene(asdict(les_kontraktfil(mappe / "ut.xlsx")))


#: By kind of file: what reads it, and the answer. `check` has its own test, for what it must not say.
KOMMANDOER: Mapping[str, Mapping[str, Callable[[Path], Any]]] = {
    "effektmodell": {
        "run": _json("run", FIL),
        "new --from": _new,
        "prices": _prices,
        "generate": _generate,
        "compare": _compare,
        "uncertainty": _json("uncertainty", FIL, "--draws", "100"),
        "contract --scenario": _json("contract", "--scenario", FIL),
    },
    "prisliste": {
        "run --prices": _json("run", "--prices", FIL),
        "generate --prices": _med_prisliste,
        "prices --prices": _prices_av_liste,
    },
    "effektkontrakt": {"contract": _json("contract", FIL), "contract -o": _ny_kontrakt},
}


def svaret(slag: str, kommando: str, fil: Path) -> Any:
    """The answer of one command on one file, which must be called fil.xlsx."""
    assert fil.name == FIL
    with i_mappe(fil.parent):
        return KOMMANDOER[slag][kommando](fil.parent)
