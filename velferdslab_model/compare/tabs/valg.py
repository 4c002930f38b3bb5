"""What is chosen in the yellow cells: what the waterfall shows, and which two municipalities are held against each other."""

from __future__ import annotations

from dataclasses import dataclass

from velferdslab_model.compare.sammenligning import Sammenligning


@dataclass(frozen=True)
class Fossvalg:
    """The waterfall of one municipality. gruppe, netto, maal: keys of BRUKERGRUPPER, NETTONAVN and MAALNAVN."""

    kommune: str
    gruppe: str = "unge_voksne"
    netto: str = "netto_samfunn"
    maal: str = "per_inntatt"


@dataclass(frozen=True)
class Parvalg:
    """Whether one municipality is better than another, by group and net per participant."""

    en: str
    annen: str
    gruppe: str
    netto: str = "netto_samfunn"


@dataclass(frozen=True)
class Valg:
    """Every choice. par is None where nobody takes in anybody."""

    foss: Fossvalg
    par: Parvalg | None


def standardvalg(s: Sammenligning) -> Valg:
    """What stands in a workbook as it is written: the first other municipality, and the first two that are ranked."""
    andre = next(m for m in s.medlemmer if m is not s.referansemedlem)
    for gruppe, nettoer in s.rangeringer.grupper.items():
        if r := nettoer.get("netto_samfunn"):
            return Valg(Fossvalg(andre.navn), Parvalg(r.navn[0], r.navn[min(1, len(r.navn) - 1)], gruppe))
    return Valg(Fossvalg(andre.navn), None)
