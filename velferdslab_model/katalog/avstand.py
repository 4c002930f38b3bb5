"""How far the price of a tiltak lies from the published figures nearest to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from velferdslab_model.base.tall import femten_siffer
from velferdslab_model.katalog.omregning import i_prisaar, som_pris
from velferdslab_model.katalog.soek import nyere
from velferdslab_model.parameters.katalogtreff import Treff, holdt_mot
from velferdslab_model.parameters.katalogvalg import valgt_ganger, valgt_id
from velferdslab_model.parameters.priskatalog import Katalog, Katalograd, grad_av
from velferdslab_model.parameters.typer import Tiltak

_INGEN: Mapping[str, Mapping[int, float]] = {}


@dataclass(frozen=True)
class Avstand:
    """The price of a tiltak beside a published figure, both in the money of one year.

    publisert: kr per unit of the tiltak; None where there is no figure, or none that an index brings to the year.
    hvordan: how it was brought there. som_pris: kr per unit of the tiltak if it is chosen, where that is another number.
    """

    tiltak: str
    pris: float
    treff: Treff
    rad: Katalograd | None
    publisert: float | None
    hvordan: str
    som_pris: float | None = None

    @property
    def grad(self) -> str:
        """The grade of the figure as it is held against the price; empty without one."""
        return grad_av(self.rad, self.treff.ganger) if self.rad else ""

    @property
    def avvik(self) -> float | None:
        """The price over the published figure, as a share: 0.1 is ten per cent above; None without a figure."""
        return self.pris / self.publisert - 1 if self.publisert else None


def _treff_for(gruppe: str, tiltak: Tiltak, katalog: Katalog) -> list[Treff]:
    """What the price of a tiltak is held against, and the row it was chosen from; one that has a newer row stands with that."""
    ut = holdt_mot(gruppe, tiltak.navn, katalog)
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
        omregnet, pris = i_prisaar(rad, prisaar, katalog, egne), som_pris(rad, prisaar, katalog, egne)
        publisert, valgt = (
            None if en is None or en.beloep is None else femten_siffer(en.beloep * ett.ganger)
            for en in (omregnet, pris)
        )
        ut.append(Avstand(tiltak.navn, tiltak.enhetskostnad, ett, rad, publisert, omregnet.hvordan, valgt))
    return ut


def ganger_for(gruppe: str, tiltak: Tiltak, id_: str, katalog: Katalog) -> float | None:
    """How many units of a row make one of a tiltak's; None where nobody has said so."""
    return next((ett.ganger for ett in _treff_for(gruppe, tiltak, katalog) if ett.id == id_), None)


def opphav(tiltak: Tiltak) -> str:
    """Whether the price is published, assumed, or chosen from the catalogue, in a word for a reader."""
    if (id_ := valgt_id(tiltak.kilde)) is not None:
        return f"valgt fra katalogen: {id_}"
    return "antakelse" if tiltak.kilde.lower().startswith("antakelse") else "oppgitt kilde"
