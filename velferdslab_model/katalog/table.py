"""The rows of a search as every form of output shows them: the same columns on the screen, in CSV, JSON and workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from velferdslab_model.katalog.omregning import i_prisaar
from velferdslab_model.katalog.soek import nyere
from velferdslab_model.parameters.priskatalog import GRADER, SETT, Katalog, Katalograd

_INGEN: Mapping[str, Mapping[int, float]] = {}


@dataclass(frozen=True)
class Treffrad:
    """One row of an answer. i_aaret: kr per unit in the year asked for; None when not asked, or not to be converted."""

    rad: Katalograd
    i_aaret: float | None
    hvordan: str
    avloest_av: str

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
        ut.append(
            Treffrad(
                rad, omregnet.beloep if omregnet else None, omregnet.hvordan if omregnet else "", ny.id if ny else ""
            )
        )
    return ut
