"""The null alternative that moves, beside the one that does not: the same scenario, and why the answers differ."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from velferdslab_model.alternativ import tilbakebetalingsaar
from velferdslab_model.model.aarsserier import Aarsserier, Pengeserier, aarsserier
from velferdslab_model.model.inndata import Modellinndata, mot_bevegelse
from velferdslab_model.parameters.bevegelse import bevegelsesdata
from velferdslab_model.parameters.typer import LIVSSITUASJONER, Bevegelse

#: Why the two differ, wherever it is shown.
OM_FORSKJELLEN = (
    "Forskjellen er to ting: et år i hver situasjon koster noe annet, og folk flytter seg. Summer over perioden."
)
#: The nets that are told of.
BEVEGELSESNETTO = ("budsjett", "samfunn")


@dataclass(frozen=True)
class Bevegelsesvisning:
    """The scenario against a null alternative that moves. serier: (T,), undiscounted; med_kostnad: the nets of one that does
    not move, at the cost of a year in each situation. fast: those of the scenario itself, all discounted."""

    bevegelse: Bevegelse
    serier: Aarsserier
    med_kostnad: Pengeserier
    fast: Pengeserier
    foerste_aar: int

    @property
    def penger(self) -> Pengeserier:
        """Money series at the chosen rate."""
        return self.serier.neddiskontert

    @property
    def sum_netto(self) -> dict[str, float]:
        """Sums over the period, kr."""
        return {n: float(getattr(self.penger, f"netto_{n}").sum()) for n in BEVEGELSESNETTO}

    @property
    def tilbakebetalingsaar(self) -> dict[str, int | None]:
        """Payback year of both."""
        return tilbakebetalingsaar(self.penger, self.foerste_aar, BEVEGELSESNETTO)

    @property
    def forskjell(self) -> Mapping[str, Mapping[str, float]]:
        """By net, what makes it another, kr: a year in each situation costs another amount, and people move. They sum to it."""
        ut = {}
        for n in BEVEGELSESNETTO:
            fast, kostnad, flyttet = (
                float(getattr(p, f"netto_{n}").sum()) for p in (self.fast, self.med_kostnad, self.penger)
            )
            ut[n] = {"kostnad": _fra(fast, kostnad), "bevegelse": _fra(kostnad, flyttet)}
        return ut

    @property
    def uten(self) -> Mapping[str, list[float]]:
        """Where those taken in would have been without the programme, persons by year, by livssituasjon."""
        assert self.serier.kohort.uten is not None  # it moves
        folk = self.serier.kohort.uten.sum(0)
        return {s: folk[j].tolist() for j, s in enumerate(LIVSSITUASJONER)}

    @property
    def som_dict(self) -> dict[str, Any]:
        """As the JSON has it."""
        penger = self.penger
        return {
            "sum_netto": self.sum_netto,
            "tilbakebetalingsaar": self.tilbakebetalingsaar,
            "forskjell": {n: dict(deler) for n, deler in self.forskjell.items()},
            "besparelse": penger.besparelse.tolist(),
            "helsegevinst": penger.helsegevinst.tolist(),
            "produksjonsgevinst": penger.produksjonsgevinst.tolist(),
            "netto_budsjett": penger.netto_budsjett.tolist(),
            "netto_samfunn": penger.netto_samfunn.tolist(),
            "uten_velferdslab": dict(self.uten),
            **bevegelsesdata(self.bevegelse),
        }


def bevegelsesvisning(
    b: Bevegelse | None, x: Modellinndata, fast: Aarsserier, foerste_aar: int
) -> Bevegelsesvisning | None:
    """The view of one group; None without a null alternative that moves. fast: the group's own series."""
    if b is None:
        return None
    i_bevegelse = mot_bevegelse(x, b)
    staar = aarsserier(replace(i_bevegelse, overganger=np.eye(len(LIVSSITUASJONER))))
    return Bevegelsesvisning(b, aarsserier(i_bevegelse), staar.neddiskontert, fast.neddiskontert, foerste_aar)


def _fra(fra: float, til: float) -> float:
    """The difference of two sums; none, as in a spreadsheet, where it is in the last digits alone: that is shown as -0 kr."""
    return 0.0 if math.isclose(fra, til, rel_tol=1e-14) else til - fra
