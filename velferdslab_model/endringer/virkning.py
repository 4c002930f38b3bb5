"""What a set of changes did to the result, and how much of it each change explains."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from velferdslab_model.alternativ import SUMMER, summer
from velferdslab_model.base.ord import BRUKERGRUPPER
from velferdslab_model.endringer.finne import Endring, endringer
from velferdslab_model.model.aarsserier import aarsserier
from velferdslab_model.model.inndata import inndata
from velferdslab_model.parameters.typer import Brukergruppe, Forutsetninger
from velferdslab_model.results import Noekkeltall, beregn


@dataclass(frozen=True)
class Endringsbidrag:
    """What one change does alone, kr by the names of SUMMER, in its own group."""

    endring: Endring
    summer: Mapping[str, float]


@dataclass(frozen=True)
class Gruppevirkning:
    """The answer of one group, or of the two together, before and after. summer: kr; tilbakebetalingsaar: by net."""

    foer: Mapping[str, float]
    etter: Mapping[str, float]
    tilbake_foer: Mapping[str, int | None]
    tilbake_etter: Mapping[str, int | None]

    def differanse(self, navn: str) -> float:
        """After minus before, kr."""
        return self.etter[navn] - self.foer[navn]


@dataclass(frozen=True)
class Virkning:
    """The effect of all changes.

    grupper: by key; samlet: None where the groups cannot be added, before or after. bidrag: each change alone, laid
    on the scenario before; samspill: per group, what is left when the parts are taken from the whole, because changes
    reinforce or weaken each other. So bidrag and samspill of a group sum to its difference.
    """

    grupper: Mapping[str, Gruppevirkning]
    samlet: Gruppevirkning | None
    bidrag: Sequence[Endringsbidrag]
    samspill: Mapping[str, Mapping[str, float]]


def virkning(fra: Forutsetninger, til: Forutsetninger) -> Virkning:
    """The effect of going from one scenario to another in the same price year, one change at a time and a remainder."""
    foer, etter = beregn(fra), beregn(til)
    grupper = {navn: _gruppevirkning(foer.grupper[navn], etter.grupper[navn]) for navn in BRUKERGRUPPER}
    samlet = _gruppevirkning(foer.samlet, etter.samlet) if foer.samlet and etter.samlet else None
    bidrag = [
        Endringsbidrag(e, _differanse(_summer(e.sett(fra.grupper[e.gruppe])), grupper[e.gruppe].foer))
        for e in endringer(fra, til)
        if e.sett
    ]
    samspill = {
        navn: {s: g.differanse(s) - sum(b.summer[s] for b in bidrag if b.endring.gruppe == navn) for s in SUMMER}
        for navn, g in grupper.items()
    }
    return Virkning(grupper, samlet, bidrag, samspill)


def _gruppevirkning(foer: Noekkeltall, etter: Noekkeltall) -> Gruppevirkning:
    return Gruppevirkning(foer.sum, etter.sum, foer.tilbakebetalingsaar, etter.tilbakebetalingsaar)


def _summer(gruppe: Brukergruppe) -> dict[str, float]:
    return summer(aarsserier(inndata(gruppe)).neddiskontert)


def _differanse(etter: Mapping[str, float], foer: Mapping[str, float]) -> dict[str, float]:
    return {navn: etter[navn] - foer[navn] for navn in SUMMER}
