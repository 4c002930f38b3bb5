"""The price of a row for a service of a history or a life course: in whole kroner of a year, by the row's own index."""

from __future__ import annotations

from dataclasses import dataclass

from velferdslab_model.base.tall import kr
from velferdslab_model.katalog.omregning import i_prisaar
from velferdslab_model.parameters.katalogvalg import grunnbeloepet, katalogkilde
from velferdslab_model.parameters.priskatalog import GRADER, GRUNNBELOEP, Katalograd, finn_rad, innebygd_katalog


@dataclass(frozen=True)
class Hentet:
    """pris: whole kr per unit of the row in the year. kilde: as the source of a price chosen for a tiltak begins."""

    rad: Katalograd
    pris: float
    kilde: str


def hent_pris(id_: str, prisaar: int) -> Hentet | str:
    """The price of a row in the money of a year, or why there is none, as the end of a sentence."""
    katalog = innebygd_katalog()
    rad = finn_rad(katalog, id_)
    if isinstance(rad, str):
        return rad
    if rad.serie == GRUNNBELOEP:
        return f"er {grunnbeloepet(rad)}"
    omregnet = i_prisaar(rad, prisaar, katalog)
    if omregnet.beloep is None:
        return f"er «{id_}», {omregnet.hvordan}. Oppgi kroner i stedet."
    deler = [f"grad {rad.grad}: {GRADER[rad.grad]}", rad.slag, rad.aarstekst]
    if omregnet.hvordan:
        deler.append(f"{rad.kroner} kr, regnet om {omregnet.hvordan}")
    return Hentet(rad, float(round(omregnet.beloep)), katalogkilde(rad, deler))


def per_enhet(hentet: Hentet) -> str:
    """The price in words."""
    return f"{kr(hentet.pris)} kr per {hentet.rad.enhet}"
