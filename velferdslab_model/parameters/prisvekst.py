"""Price and wage growth from a price year to the years of a plan, with what is forecast or assumed told apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from velferdslab_model.errors import UgyldigInndata
from velferdslab_model.parameters.indekser import (
    INDEKSER,
    INDEKSNAVN,
    Indeks,
    Punkt,
    brukte_punkter,
    merknad_om_status,
    nivaaer,
)

#: From this year the deflator holds pension cost beyond wage growth (Meld. St. 1 (2025-2026), table 3.12).
BRUDDAAR = 2026
_INGEN: Mapping[int, float] = {}


@dataclass(frozen=True)
class Prisvekst:
    """What an amount of a price year is multiplied by in each year of a plan.

    faktorer: by index, one for each year. siste: by index, the last year that is known or forecast; from there on the last
    growth is assumed to go on. vekst_videre: by index, that growth as a share. punkter: the built-in points used.
    """

    fra: int
    aar: tuple[int, ...]
    faktorer: Mapping[Indeks, tuple[float, ...]]
    siste: Mapping[Indeks, int]
    vekst_videre: Mapping[Indeks, float]
    punkter: tuple[Punkt, ...]

    @property
    def videre(self) -> tuple[int, ...]:
        """The years whose growth is assumed to be that of the last known or forecast year, for some index."""
        return tuple(aar for aar in self.aar if any(aar > siste for siste in self.siste.values()))

    @property
    def usikre(self) -> str:
        """Which of the built-in points are not final; empty when all are."""
        return merknad_om_status(list(self.punkter))

    @property
    def brudd(self) -> str:
        """A break in a built-in series that the growth goes over, as a sentence; empty when there is none."""
        brukt = {p.aar for p in self.punkter if p.serie == "kommunal_deflator"}
        return brudd() if BRUDDAAR in brukt and brukt - {BRUDDAAR} else ""

    def usikkert_aar(self, aar: int) -> bool:
        """Whether the factor of a year rests on a forecast, a first estimate or an assumption."""
        return aar in self.videre or any(
            p.status in ("anslag", "foreløpig") and min(self.fra, aar) < p.aar <= max(self.fra, aar)
            for p in self.punkter
        )

    def to_dict(self) -> dict[str, Any]:
        """The JSON form: factors unrounded."""
        return {
            "fra_prisaar": self.fra,
            "faktorer": {indeks: list(faktorer) for indeks, faktorer in self.faktorer.items()},
            "usikre_aar": [aar for aar in self.aar if self.usikkert_aar(aar)],
            "antatt_fra": {indeks: siste + 1 for indeks, siste in self.siste.items() if max(self.aar) > siste},
            "antatt_vekst": {i: v for i, v in self.vekst_videre.items() if max(self.aar) > self.siste[i]},
            "ikke_endelige": self.usikre,
            "brudd": self.brudd,
        }


def brudd() -> str:
    """The break in the municipal deflator, as a sentence."""
    return f"Brudd: kommunal deflator tar fra {BRUDDAAR} med pensjonskostnad utover lønnsveksten; til og med {BRUDDAAR - 1} gjør den det ikke."


def prisvekst(egne: Mapping[str, Mapping[int, float]], fra: int, aarene: Sequence[int]) -> Prisvekst:
    """Growth from a price year to each year, by the user's own points first.

    Raises UgyldigInndata with every year that lies before a series, or a price year outside it.
    """
    faktorer: dict[Indeks, tuple[float, ...]] = {}
    siste: dict[Indeks, int] = {}
    videre: dict[Indeks, float] = {}
    punkter: dict[tuple[str, int], Punkt] = {}
    feil = []
    for indeks in INDEKSER:
        serie = nivaaer(indeks, egne.get(indeks, _INGEN))
        siste[indeks] = max(serie)
        if mangler := [aar for aar in (fra, *aarene) if aar not in serie and (aar <= siste[indeks] or aar == fra)]:
            feil.append(
                f"indeksen {INDEKSNAVN[indeks]} dekker {min(serie)}-{max(serie)}, ikke {mangler[0]}. "
                f"Oppgi tallet under [indekser.{indeks}] eller i en fil til --indekser."
            )
            continue
        videre[indeks] = serie[siste[indeks]] / serie[siste[indeks] - 1] - 1 if siste[indeks] - 1 in serie else 0.0
        faktorer[indeks] = tuple(
            (serie[min(aar, siste[indeks])] / serie[fra]) * (1 + videre[indeks]) ** max(0, aar - siste[indeks])
            for aar in aarene
        )
        for aar in aarene:
            brukt = brukte_punkter(indeks, egne.get(indeks, _INGEN), fra, min(aar, siste[indeks]))
            punkter |= {(p.serie, p.aar): p for p in brukt}
    if feil:
        raise UgyldigInndata("løpende kroner", feil)
    return Prisvekst(fra, tuple(aarene), faktorer, siste, videre, tuple(punkter[n] for n in sorted(punkter)))
