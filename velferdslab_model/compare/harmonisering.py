"""Bring scenarios to the same terms: one price year, one analysis period and one discount rate per group."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from velferdslab_model.base.ord import BRUKERGRUPPER
from velferdslab_model.parameters.prisaar import Oppgitt, regn_om
from velferdslab_model.parameters.typer import Brukergruppe, Forutsetninger
from velferdslab_model.scenarios.many import Scenariofil, proev_hver

#: What is made equal in each group, besides the price year: key of the input -> how it is named.
LIKT = {"analyseperiode": "analyseperiode", "neddiskontering": "neddiskontering"}


@dataclass(frozen=True)
class Kommune:
    """One scenario in a comparison, on the common terms. kontroll: signs that its workbook was changed outside its inputs."""

    navn: str
    fil: Path
    forutsetninger: Forutsetninger
    kontroll: tuple[str, ...] = ()


@dataclass(frozen=True)
class Harmonisering:
    """One thing that was changed. gruppe: key, empty for the price year. hva: as named to a reader. fra, til: values.

    merknad: how amounts were converted, as the end of the sentence «Beløp i 2024-kroner».
    """

    kommune: str
    gruppe: str
    hva: str
    fra: float
    til: float
    merknad: str = ""


@dataclass(frozen=True)
class Vilkaar:
    """The common terms. prisaar: None when each keeps its own. grupper: by key, the values of LIKT; empty likewise."""

    prisaar: int | None
    grupper: dict[str, dict[str, float]]


def vilkaar(referanse: Oppgitt | None, alle: Sequence[Oppgitt], prisaar: int | None) -> Vilkaar:
    """The terms of the reference; without one, what most of them have (of equally many, the later year, the longer
    period, the lower rate), so that the order of the files decides nothing."""
    if referanse:
        like = {g: {felt: referanse.grupper[g].verdi(felt) for felt in LIKT} for g in BRUKERGRUPPER}
        return Vilkaar(prisaar or referanse.maalaar, like)
    like = {
        g: {
            "analyseperiode": _vanligst(o.grupper[g].analyseperiode for o in alle),
            "neddiskontering": -_vanligst(-o.grupper[g].neddiskontering for o in alle),
        }
        for g in BRUKERGRUPPER
    }
    return Vilkaar(prisaar or int(_vanligst(o.maalaar for o in alle)), like)


def _vanligst(verdier: Iterable[float]) -> float:
    antall = Counter(verdier)
    return max(antall, key=lambda v: (antall[v], v))


def harmoniser(
    lest: Sequence[Scenariofil], felles: Vilkaar, hopp_over_feil: bool = False
) -> tuple[list[Kommune], list[Harmonisering], list[str]]:
    """Bring every scenario to the common terms.

    Returns the municipalities, what was changed, and the message of each that an index could not convert. Raises
    FeilIFiler with all of those, unless hopp_over_feil.
    """
    etter_fil = {en.fil: en for en in lest}
    kommuner: list[Kommune] = []
    endret: list[Harmonisering] = []

    def en(fil: Path) -> None:
        oppgitt = etter_fil[fil].oppgitt
        f = regn_om(oppgitt, felles.prisaar)
        if felles.prisaar not in (None, oppgitt.maalaar):
            endret.append(Harmonisering(oppgitt.navn, "", "prisår", oppgitt.maalaar, f.prisaar, f.omregning))
        grupper = {}
        for noekkel, g in f.grupper.items():
            like = felles.grupper.get(noekkel, {})
            endret.extend(
                Harmonisering(f.navn, noekkel, LIKT[felt], g.verdi(felt), verdi)
                for felt, verdi in like.items()
                if g.verdi(felt) != verdi
            )
            grupper[noekkel] = _med(g, like)
        kommuner.append(Kommune(f.navn, fil, replace(f, **grupper), oppgitt.kontroll))  # type: ignore[arg-type]  # groups by their keys

    feil = proev_hver(list(etter_fil), en, hopp_over_feil)
    return kommuner, endret, feil


def _med(g: Brukergruppe, verdier: dict[str, float]) -> Brukergruppe:
    nye = {felt: verdi for felt, verdi in verdier.items() if g.verdi(felt) != verdi}
    if not nye:
        return g
    if "analyseperiode" in nye:
        g = replace(g, analyseperiode=int(nye["analyseperiode"]))
    if "neddiskontering" in nye:
        g = replace(g, neddiskontering=nye["neddiskontering"])
    return replace(g, kilder={**g.kilder, **dict.fromkeys(nye, "antakelse: felles for alle i sammenligningen")})
