"""How far the price of a tiltak lies from the published figures nearest to it."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from io import StringIO
from typing import Literal, get_args

from velferdslab_model.base.tall import fra_csv
from velferdslab_model.base.tekst import sammenligningsnavn
from velferdslab_model.katalog.omregning import i_prisaar
from velferdslab_model.katalog.soek import nyere
from velferdslab_model.parameters.katalogvalg import valgt_ganger, valgt_id
from velferdslab_model.parameters.priskatalog import Katalog, Katalograd, innebygd_katalog
from velferdslab_model.parameters.typer import Tiltak

#: How good a measure the published figure is of the price.
Vurdering = Literal["samme størrelse", "nær", "grovt", "motsier", "ikke funnet", "egen rad", "valgt", "nyere"]
_INGEN: Mapping[str, Mapping[int, float]] = {}


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


@dataclass(frozen=True)
class Avstand:
    """The price of a tiltak beside a published figure, both in the money of one year.

    publisert: kr per unit of the tiltak; None where there is no figure, or none that an index brings to the year.
    hvordan: how it was brought there.
    """

    tiltak: str
    pris: float
    treff: Treff
    rad: Katalograd | None
    publisert: float | None
    hvordan: str

    @property
    def avvik(self) -> float | None:
        """The price over the published figure, as a share: 0.1 is ten per cent above; None without a figure."""
        return self.pris / self.publisert - 1 if self.publisert else None


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


def _treff_for(gruppe: str, tiltak: Tiltak, katalog: Katalog) -> list[Treff]:
    """What the price of a tiltak is held against: the municipality's own rows, the built-in figures, and the row it was chosen from.

    An own row of the same serie as a figure is one more year of it. A chosen row that has a newer one stands with that.
    """
    navn = sammenligningsnavn(tiltak.navn)
    innebygde = [ett for ett in treff().get(navn, ()) if ett.gruppe in ("", gruppe)]
    serier = {katalog[ett.id].serie: ett for ett in innebygde if ett.id}
    egne = []
    for rad in katalog.values():
        if not rad.fil or rad.id in {ett.id for ett in innebygde}:
            continue
        if rad.tiltak and sammenligningsnavn(rad.tiltak) == navn:
            egne.append(Treff("", tiltak.navn, rad.id, rad.ganger, "egen rad", f"kommunens egen rad i {rad.fil}"))
        elif not rad.tiltak and (lik := serier.get(rad.serie)):
            egne.append(replace(lik, id=rad.id, begrunnelse=f"kommunens egen rad i {rad.fil}; {lik.begrunnelse}"))
    ut = egne + ([ett for ett in innebygde if ett.id] if egne else innebygde)
    return ut + _valgt(tiltak, katalog, {ett.id: ett for ett in ut})


def _valgt(tiltak: Tiltak, katalog: Katalog, alt: Mapping[str, Treff]) -> list[Treff]:
    """The row a price was chosen from, and the newest of its serie, where they do not stand there already."""
    rad = katalog.get(valgt_id(tiltak.kilde) or "")
    if rad is None:
        return []
    ganger = alt[rad.id].ganger if rad.id in alt else valgt_ganger(tiltak.kilde)
    ut = [Treff("", tiltak.navn, rad.id, ganger, "valgt", "raden prisen er hentet fra")]
    if (ny := nyere(katalog, rad)) is not None:
        ut.append(Treff("", tiltak.navn, ny.id, ganger, "nyere", f"nyere enn {rad.id}, som prisen er hentet fra"))
    return [ett for ett in ut if ett.id not in alt]


def avstander(
    gruppe: str, tiltak: Tiltak, prisaar: int, katalog: Katalog, egne: Mapping[str, Mapping[int, float]] = _INGEN
) -> list[Avstand]:
    """The price of a tiltak beside every figure it is held against; a tiltak of the user's own has only own and chosen rows.

    gruppe: key. prisaar: the year the price is in, and the figures are brought to. egne: the user's own indices.
    """
    ut = []
    for ett in _treff_for(gruppe, tiltak, katalog):
        rad = katalog.get(ett.id)
        if rad is None:
            ut.append(Avstand(tiltak.navn, tiltak.enhetskostnad, ett, None, None, ""))
            continue
        omregnet = i_prisaar(rad, prisaar, katalog, egne)
        publisert = None if omregnet.beloep is None else float(f"{omregnet.beloep * ett.ganger:.15g}")
        ut.append(Avstand(tiltak.navn, tiltak.enhetskostnad, ett, rad, publisert, omregnet.hvordan))
    return ut


def ganger_for(gruppe: str, tiltak: Tiltak, id_: str, katalog: Katalog) -> float:
    """How many units of a row make one of a tiltak's, where the two are held against each other; else 1."""
    return next((ett.ganger for ett in _treff_for(gruppe, tiltak, katalog) if ett.id == id_), 1.0)


def opphav(tiltak: Tiltak) -> str:
    """Whether the price is published, assumed, or chosen from the catalogue, in a word for a reader."""
    if (id_ := valgt_id(tiltak.kilde)) is not None:
        return f"valgt fra katalogen: {id_}"
    return "antakelse" if tiltak.kilde.lower().startswith("antakelse") else "oppgitt kilde"
