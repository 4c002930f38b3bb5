"""The rows of a search as every form of output shows them: the same columns on the screen, in CSV, JSON and workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from velferdslab_model.base.tall import tall
from velferdslab_model.katalog.omregning import i_prisaar, som_pris
from velferdslab_model.katalog.soek import nyere
from velferdslab_model.parameters.priskatalog import GRADER, SETT, Katalog, Katalograd

_INGEN: Mapping[str, Mapping[int, float]] = {}


@dataclass(frozen=True)
class Treffrad:
    """One row of an answer. i_aaret: kr per unit in the year asked for; None when not asked, or not to be converted.

    som_pris: kr per unit in that year as a price of the model, with som_pris_hvordan its index, where that is not i_aaret.
    """

    rad: Katalograd
    i_aaret: float | None
    hvordan: str
    avloest_av: str
    som_pris: float | None = None
    som_pris_hvordan: str = ""

    @property
    def omregning(self) -> str:
        """By which index, and by which another number comes if the row is chosen as a price."""
        valgt = f"; valgt som pris: {tall(self.som_pris, 2)} kr {self.som_pris_hvordan}" if self.som_pris else ""
        return f"{self.hvordan}{valgt}"

    def to_dict(self) -> dict[str, Any]:
        """The stable form, by the names of the data file."""
        r = self.rad
        return {
            "id": r.id,
            "serie": r.serie,
            "navn": r.navn,
            "enhet": r.enhet,
            "beloep": r.beloep,
            "prisaar": r.prisaar,
            "prisaar_merknad": r.prisaar_merknad,
            "beloep_i_prisaaret": self.i_aaret,
            "omregning": self.hvordan,
            "beloep_valgt_som_pris": self.som_pris,
            "omregning_valgt_som_pris": self.som_pris_hvordan,
            "betaler": r.betaler,
            "betaler_merknad": r.betaler_merknad,
            "slag": r.slag,
            "overfoering": r.overfoering,
            "indeks": r.indeks,
            "grad": r.grad,
            "grad_betyr": "egen vurdering" if r.fil else GRADER[r.grad],
            "kilde": r.kilde,
            "dato": r.dato,
            "sett": r.sett,
            "sett_betyr": SETT[r.sett],
            "forbehold": r.forbehold,
            "avloest_av": self.avloest_av,
            "fil": r.fil,
            "tiltak": r.tiltak,
            "ganger": r.ganger,
        }


def treffrader(
    rader: Sequence[Katalograd],
    katalog: Katalog,
    prisaar: int | None = None,
    egne: Mapping[str, Mapping[int, float]] = _INGEN,
) -> list[Treffrad]:
    """The rows with their amount in a price year beside them. egne: the user's own indices."""
    ut = []
    for rad in rader:
        ny = nyere(katalog, rad)
        omregnet = None if prisaar is None else i_prisaar(rad, prisaar, katalog, egne)
        pris = None if prisaar is None else som_pris(rad, prisaar, katalog, egne)
        (i_aaret, hvordan), (valgt, hvordan_valgt) = (
            (en.beloep, en.hvordan) if en else (None, "") for en in (omregnet, pris)
        )
        ut.append(Treffrad(rad, i_aaret, hvordan, ny.id if ny else "", valgt, hvordan_valgt))
    return ut
