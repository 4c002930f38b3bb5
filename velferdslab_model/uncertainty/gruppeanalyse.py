"""What is said of one group, and of both together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from velferdslab_model.model.aarsserier import NETTO
from velferdslab_model.model.array import Array
from velferdslab_model.results import Grupperesultat
from velferdslab_model.uncertainty.foelsomhet import Bytteverdi, Flytting
from velferdslab_model.uncertainty.informasjon import Sobol
from velferdslab_model.uncertainty.montecarlo import MonteCarlo
from velferdslab_model.uncertainty.parametre import Parameter
from velferdslab_model.uncertainty.tornado import Utslag


@dataclass(frozen=True)
class Trekninger:
    """The same question asked in three ways, of one group or of both together.

    egen: the spread of the numbers themselves. strukturell: the model's own simplifications drawn, too. sammen: egen, with
    the success rates of a group high in the same draws; None where fewer than two rates are drawn. basis: by net, the
    scenario's own sums, kr; basis_strukturell: the same at the rate of the second analysis.
    """

    basis: Mapping[str, float]
    basis_strukturell: Mapping[str, float]
    egen: MonteCarlo
    strukturell: MonteCarlo
    sammen: MonteCarlo | None

    @property
    def netto(self) -> list[str]:
        """The nets to show: that of a fylkeskommune only where it pays or saves something."""
        med = bool(self.basis["fylkeskommune"] or self.egen.netto["fylkeskommune"].sd)
        return [x for x in NETTO if x != "fylkeskommune" or med]


@dataclass(frozen=True)
class Gruppeanalyse:
    """What is said of one group. navn: its key. nivaaer: price level change and payback year for public budgets.

    strukturell_rente: the rate of the second analysis. holdt_fast: numbers that neither analysis draws, those that would
    mean most first. forbehold: sentences.
    """

    navn: str
    basis: Grupperesultat
    trekninger: Trekninger
    sobol: Mapping[str, Sobol]
    sobol_strukturell: Mapping[str, Sobol]
    tornado: list[Utslag]
    bytteverdier: list[Bytteverdi]
    flyttinger: list[Flytting]
    nivaaer: list[tuple[float, int | None]]
    toveis: Mapping[str, Array]
    toveis_forenklinger: Mapping[str, Array]
    strukturell_rente: float
    holdt_fast: list[Parameter]
    forbehold: list[str]

    @property
    def montecarlo(self) -> MonteCarlo:
        """The first of the standard analyses."""
        return self.trekninger.egen
