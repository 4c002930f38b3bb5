"""What a scenario answers in one view: sums, payback years, the headline nets on other terms, and one person taken in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from velferdslab_model.model.aarsserier import NETTO, Pengeserier
from velferdslab_model.model.array import Array
from velferdslab_model.model.diskontering import tilbakebetalt_etter
from velferdslab_model.model.totaler import TOTALSUMMER

#: The sums shown, in order; each is a field of Pengeserier.
SUMMER = (*TOTALSUMMER, "skattefinansieringskostnad", *(f"netto_{x}" for x in NETTO))


def summer(serier: Pengeserier) -> dict[str, float]:
    """Sums over the period, kr, by the names of SUMMER."""
    return {navn: float(getattr(serier, navn).sum()) for navn in SUMMER}


def tilbakebetalingsaar(serier: Pengeserier, foerste_aar: int, netto: tuple[str, ...] = NETTO) -> dict[str, int | None]:
    """Calendar year from which each net stays paid back; None when it does not happen within the period."""
    etter = {x: float(tilbakebetalt_etter(serier.akkumulert(x), serier.kostnad)) for x in netto}
    if not serier.fylket_er_med:
        # Nothing is laid out, and nothing is paid back.
        etter = {x: np.nan if x == "fylkeskommune" else aar for x, aar in etter.items()}
    return {x: None if np.isnan(aar) else foerste_aar + int(aar) for x, aar in etter.items()}


@dataclass(frozen=True)
class Alternativ:
    """Both headline nets on other terms than the scenario's. faktor: (T,); serier: discounted with it."""

    rente: float
    faktor: Array
    serier: Pengeserier
    foerste_aar: int

    @property
    def sum_netto(self) -> dict[str, float]:
        """Sums over the period, kr."""
        return {x: float(getattr(self.serier, f"netto_{x}").sum()) for x in ("budsjett", "samfunn")}

    @cached_property
    def tilbakebetalingsaar(self) -> dict[str, int | None]:
        """Payback year of both."""
        return tilbakebetalingsaar(self.serier, self.foerste_aar, ("budsjett", "samfunn"))

    @property
    def som_dict(self) -> dict[str, Any]:
        """As the JSON has it."""
        return {"rente": self.rente, "sum_netto": self.sum_netto, "tilbakebetalingsaar": self.tilbakebetalingsaar}


@dataclass(frozen=True)
class PerInntatt:
    """What one person means who is taken in the first year, without fixed cost; the intake does not matter.

    sum: kr over the period at the chosen rate, by the names of SUMMER, and the cost of each betaler.
    sjanse_baerekraftig: share that reaches bærekraftig.
    """

    sum: Mapping[str, float]
    sjanse_baerekraftig: float

    @property
    def netto_per_krone(self) -> float | None:
        """Netto samfunn per krone of programme cost; None without cost."""
        return self.sum["netto_samfunn"] / self.sum["kostnad"] if self.sum["kostnad"] else None
