"""The whole analysis of a scenario, group by group and both together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from velferdslab_model.base.ord import BRUKERGRUPPER
from velferdslab_model.base.tall import kr
from velferdslab_model.model.aarsserier import NETTO
from velferdslab_model.model.inndata import inndata
from velferdslab_model.model.totaler import totaler
from velferdslab_model.parameters.fordeling import Fordeling
from velferdslab_model.parameters.strukturell import strukturelle
from velferdslab_model.parameters.typer import Brukergruppe, Forutsetninger
from velferdslab_model.parameters.usikkerhet import fordelinger
from velferdslab_model.results import Grupperesultat, Resultat, beregn
from velferdslab_model.uncertainty.foelsomhet import (
    bytteverdier,
    flyttinger,
    prisnivaaer,
    toveis_forenklinger,
    toveistabell,
)
from velferdslab_model.uncertainty.forbehold import avvik_fra_svaret, forbehold, holdt_fast
from velferdslab_model.uncertainty.gruppeanalyse import Gruppeanalyse, Trekninger
from velferdslab_model.uncertainty.informasjon import sobol
from velferdslab_model.uncertainty.montecarlo import SAMLET, Opplegg, montecarlo_grupper
from velferdslab_model.uncertainty.som_dict import gruppe_som_dict, samlet_som_dict
from velferdslab_model.uncertainty.tornado import tornado
from velferdslab_model.version import __version__

#: Told what is being computed, before it is.
Fremdriftsmelding = Callable[[str], None]
#: Draws that are enough for the analyses beside the first: standard error of a probability below 0.12 percentage points.
MEST_VED_SIDEN = 200_000


@dataclass(frozen=True)
class Usikkerhet:
    """What is said of a scenario, by group key. samlet: None where the groups cannot be added."""

    resultat: Resultat
    trekninger: int
    froe: int
    grupper: Mapping[str, Gruppeanalyse]
    samlet: Trekninger | None

    def to_dict(self) -> dict[str, Any]:
        """The form of `uncertainty --format json`: numbers unrounded."""
        f = self.resultat.forutsetninger
        return {
            "navn": f.navn,
            "prisaar": f.prisaar,
            "omregning": f.omregning,
            "prisaarvarsel": f.prisaarvarsel,
            "versjon": __version__,
            "trekninger": self.trekninger,
            "froe": self.froe,
            "brukergrupper": {navn: gruppe_som_dict(g) for navn, g in self.grupper.items()},
            "samlet": None if self.samlet is None else samlet_som_dict(self.samlet, self.aarene),
        }

    @property
    def aarene(self) -> list[int]:
        """The calendar years of both groups together."""
        return max((g.basis.aar for g in self.grupper.values()), key=len)


def analyser(
    f: Forutsetninger,
    trekninger: int,
    froe: int,
    fremdrift: Fremdriftsmelding = lambda _: None,
    tilfeldighet: bool = True,
) -> Usikkerhet:
    """Every question asked of a scenario.

    trekninger: draws of the Monte Carlo part, at most MEST_VED_SIDEN of them for the analyses beside the first. froe: seed of
    everything drawn. tilfeldighet: whether chance among the participants is drawn, too.
    """
    resultat = beregn(f)
    fremdrift(f"Trekker {kr(trekninger)} ganger ...")
    egne = {navn: (g, fordelinger(g)) for navn, g in f.grupper.items()}
    egen = montecarlo_grupper(egne, Opplegg(trekninger, froe, tilfeldighet))
    ved_siden = min(trekninger, MEST_VED_SIDEN)
    fremdrift(f"Trekker {kr(ved_siden)} ganger med strukturell usikkerhet ...")
    basis = {navn: {x: g.sum[f"netto_{x}"] for x in egen[navn].netto} for navn, g in resultat.grupper.items()}
    if SAMLET in egen:
        basis[SAMLET] = {x: sum(basis[navn][x] for navn in f.grupper) for x in egen[SAMLET].netto}
    strukturell = {navn: strukturelle(g) for navn, g in f.grupper.items()}
    annen = montecarlo_grupper(strukturell, Opplegg(ved_siden, froe, tilfeldighet))
    basis_strukturell = {navn: _netto(g) for navn, (g, _) in strukturell.items()}
    if SAMLET in annen:
        basis_strukturell[SAMLET] = {x: sum(basis_strukturell[navn][x] for navn in f.grupper) for x in NETTO}
    sammen = montecarlo_grupper(egne, Opplegg(ved_siden, froe, tilfeldighet, rater_sammen=True))
    flere = {navn: _flere_rater(trekkes) for navn, (_, trekkes) in egne.items()}
    alle = {
        navn: Trekninger(
            basis[navn],
            basis_strukturell[navn],
            mc,
            annen[navn],
            sammen[navn] if flere.get(navn, any(flere.values())) else None,
        )
        for navn, mc in egen.items()
        if navn in annen
    }
    grupper = {}
    for navn, g in f.grupper.items():
        fremdrift(f"Regner følsomhet og bytteverdier for {BRUKERGRUPPER[navn].lower()} ...")
        grupper[navn] = _analyse(navn, resultat.grupper[navn], g, alle[navn], strukturell[navn], froe)
    return Usikkerhet(resultat, trekninger, froe, grupper, alle.get(SAMLET))


def _netto(g: Brukergruppe) -> dict[str, float]:
    """Every net of a group as it stands, kr."""
    return {x: float(totaler(inndata(g), NETTO, ()).sum[f"netto_{x}"][0]) for x in NETTO}


def _flere_rater(trekkes: Mapping[str, Fordeling]) -> bool:
    return sum(n.startswith("suksessrate.") for n in trekkes) > 1


def _analyse(
    navn: str,
    basis: Grupperesultat,
    g: Brukergruppe,
    t: Trekninger,
    strukturell: tuple[Brukergruppe, Mapping[str, Fordeling]],
    froe: int,
) -> Gruppeanalyse:
    utslag = tornado(g)
    return Gruppeanalyse(
        navn,
        basis,
        t,
        sobol(g, fordelinger(g), froe),
        sobol(*strukturell, froe),
        utslag,
        bytteverdier(g),
        flyttinger(g),
        prisnivaaer(g),
        toveistabell(g),
        toveis_forenklinger(g),
        strukturell[0].neddiskontering,
        holdt_fast(utslag, strukturell[1]),
        [*forbehold(g), *avvik_fra_svaret(t, strukturell[0].neddiskontering)],
    )
