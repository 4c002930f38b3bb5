"""Which rows of the price catalogue a tiltak is held against, and how many of their units make one of the tiltak's.

The one place for that multiplier: a row chosen in a scenario file, a price list or a workbook gives the same price.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from io import StringIO
from typing import Literal, get_args

from velferdslab_model.base.tall import fra_csv
from velferdslab_model.base.tekst import sammenligningsnavn
from velferdslab_model.parameters.priskatalog import Katalog, innebygd_katalog

#: How good a measure the published figure is of the price.
Vurdering = Literal["samme størrelse", "nær", "grovt", "motsier", "ikke funnet", "egen rad", "valgt", "nyere"]


@dataclass(frozen=True)
class Treff:
    """A published figure to hold the price of a default tiltak against.

    gruppe: key, empty for both. id: of the row; empty where no published figure was found. ganger: how many of the row's units make one of the tiltak's.
    """

    gruppe: str
    tiltak: str
    id: str
    ganger: float
    vurdering: Vurdering
    begrunnelse: str


@cache
def treff() -> dict[str, tuple[Treff, ...]]:
    """What each default tiltak is held against, by its name as compared. Raises ValueError for a broken data file."""
    tekst = (files("velferdslab_model.parameters") / "data" / "katalogtreff.csv").read_text(encoding="utf-8")
    ut: dict[str, tuple[Treff, ...]] = {}
    for rad in csv.DictReader(StringIO(tekst), delimiter=";"):
        funnet = bool(rad["id"])
        lovlig = rad["vurdering"] in get_args(Vurdering) and rad["begrunnelse"]
        if (
            not lovlig
            or funnet != (rad["vurdering"] != "ikke funnet")
            or (funnet and rad["id"] not in innebygd_katalog())
        ):
            raise ValueError(f"katalogtreff.csv: {rad}")
        ett = Treff(
            rad["gruppe"],
            rad["tiltak"],
            rad["id"],
            fra_csv(rad["ganger"]) if funnet else 1.0,
            rad["vurdering"],  # type: ignore[arg-type]  # checked above
            rad["begrunnelse"],
        )
        noekkel = sammenligningsnavn(ett.tiltak)
        ut[noekkel] = (*ut.get(noekkel, ()), ett)
    return ut


def holdt_mot(gruppe: str, tiltak: str, katalog: Katalog) -> list[Treff]:
    """What the price of a tiltak, by its name, is held against: the municipality's own rows, and the built-in figures.

    An own row of the same serie as a figure is one more year of it.
    """
    navn = sammenligningsnavn(tiltak)
    innebygde = [ett for ett in treff().get(navn, ()) if ett.gruppe in ("", gruppe)]
    serier = {katalog[ett.id].serie: ett for ett in innebygde if ett.id}
    egne = []
    for rad in katalog.values():
        if not rad.fil or rad.id in {ett.id for ett in innebygde}:
            continue
        if rad.tiltak and sammenligningsnavn(rad.tiltak) == navn:
            egne.append(Treff("", tiltak, rad.id, rad.ganger, "egen rad", f"kommunens egen rad i {rad.fil}"))
        elif not rad.tiltak and (lik := serier.get(rad.serie)):
            egne.append(replace(lik, id=rad.id, begrunnelse=f"kommunens egen rad i {rad.fil}; {lik.begrunnelse}"))
    return egne + ([ett for ett in innebygde if ett.id] if egne else innebygde)
