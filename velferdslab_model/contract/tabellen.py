"""The table Asker published with its contract, and where it does not agree with itself."""

from __future__ import annotations

from dataclasses import dataclass, replace

from velferdslab_model.contract.oppgjoer import lykkede_ved_forventning, plan_ved_forventning
from velferdslab_model.contract.terms import Kontrakt

#: Entrants per year, rate, successes over four years and payment before the cap (Asker kommune 2023).
PUBLISERT_TABELL: tuple[tuple[int, float, int, float], ...] = (
    (10, 0.5, 20, 3.0e6),
    (10, 0.6, 24, 3.6e6),
    (10, 0.7, 28, 4.2e6),
    (10, 0.8, 32, 4.8e6),
    (15, 0.5, 32, 4.8e6),
    (15, 0.6, 36, 5.4e6),
    (15, 0.7, 42, 6.3e6),
    (15, 0.8, 48, 7.2e6),
    (20, 0.5, 40, 6.0e6),
    (20, 0.6, 48, 7.2e6),
)
UENIGHET = (
    "Raden 15 / 50 % er i kilden regnet med 8 i året (32 i alt, 4,8 mill.), men 15 x 50 % er 7,5 (30 i alt, 4,5 mill.). "
    "Raden 15 / 70 % er regnet med 10,5, altså uten avrunding. Med avrunding = «hele personer» kommer den første raden fram, "
    "men da blir den andre 44 i alt."
)


@dataclass(frozen=True)
class Tabellrad:
    """One row: ours under the terms, and the source's."""

    antall: int
    rate: float
    lykkede: float
    brutto: float
    betalt: float
    kildens_lykkede: int
    kildens_betaling: float

    @property
    def er_lik(self) -> bool:
        """Whether ours is the source's, before the cap."""
        return self.lykkede == self.kildens_lykkede and self.brutto == self.kildens_betaling


def gjelder(v: Kontrakt) -> bool:
    """Whether the published table is about this contract: its price, cap and four cohorts."""
    return (
        [linje.pris for linje in v.priskort] == [150_000]
        and v.tak.kontrakt == 6_000_000
        and v.inntaksaar == 4
        and v.kohorter == "alle"
        and v.indeksering == 0
        and v.stanses_etter is None
    )


def tabellen(v: Kontrakt) -> list[Tabellrad]:
    """The ten rows under the terms."""
    ut = []
    for antall, rate, lykkede, betaling in PUBLISERT_TABELL:
        w = replace(v.med_inntak(antall).med_rate(rate), fast_betaling=())
        plan = plan_ved_forventning(w)
        sum_lykkede = float(lykkede_ved_forventning(w).sum())
        ut.append(
            Tabellrad(antall, rate, sum_lykkede, float(plan.brutto.sum()), float(plan.betalt.sum()), lykkede, betaling)
        )
    return ut
