"""The whole analysis of a scenario, group by group, and its stable JSON form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from velferdslab_model.base.ord import BRUKERGRUPPER
from velferdslab_model.base.tall import kr
from velferdslab_model.model.array import Array
from velferdslab_model.parameters.typer import Brukergruppe, Forutsetninger
from velferdslab_model.results import Grupperesultat, Resultat, beregn
from velferdslab_model.uncertainty.foelsomhet import (
    ENDER,
    PRIS_STEG,
    RATE_STEG,
    Bytteverdi,
    Flytting,
    Utslag,
    bytteverdier,
    flyttinger,
    prisnivaaer,
    tornado,
    toveistabell,
)
from velferdslab_model.uncertainty.forbehold import forbehold
from velferdslab_model.uncertainty.montecarlo import PERSENTILER, MonteCarlo, Sobol, montecarlo, sobol
from velferdslab_model.version import __version__

#: Told what is being computed, before it is.
Fremdriftsmelding = Callable[[str], None]


@dataclass(frozen=True)
class Gruppeanalyse:
    """What is said of one group. nivaaer: price level change and payback year for public budgets. forbehold: sentences."""

    basis: Grupperesultat
    montecarlo: MonteCarlo
    sobol: Mapping[str, Sobol]
    tornado: list[Utslag]
    bytteverdier: list[Bytteverdi]
    flyttinger: list[Flytting]
    nivaaer: list[tuple[float, int | None]]
    toveis: Mapping[str, Array]
    forbehold: list[str]


@dataclass(frozen=True)
class Usikkerhet:
    """What is said of a scenario, by group key."""

    resultat: Resultat
    trekninger: int
    froe: int
    grupper: Mapping[str, Gruppeanalyse]

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
            "brukergrupper": {navn: _gruppe(g) for navn, g in self.grupper.items()},
        }


def analyser(
    f: Forutsetninger, trekninger: int, froe: int, fremdrift: Fremdriftsmelding = lambda _: None
) -> Usikkerhet:
    """Every question asked of a scenario. trekninger: draws of the Monte Carlo part; froe: seed of everything drawn."""
    resultat = beregn(f)
    grupper = {}
    for navn, g in f.grupper.items():
        hvem = BRUKERGRUPPER[navn].lower()
        fremdrift(f"Trekker {kr(trekninger)} ganger for {hvem} ...")
        mc = montecarlo(g, trekninger, froe)
        fremdrift(f"Regner følsomhet og bytteverdier for {hvem} ...")
        grupper[navn] = _analyse(resultat.grupper[navn], g, mc, froe)
    return Usikkerhet(resultat, trekninger, froe, grupper)


def _analyse(basis: Grupperesultat, g: Brukergruppe, mc: MonteCarlo, froe: int) -> Gruppeanalyse:
    return Gruppeanalyse(
        basis,
        mc,
        sobol(g, froe),
        tornado(g),
        bytteverdier(g),
        flyttinger(g),
        prisnivaaer(g),
        toveistabell(g),
        forbehold(g),
    )


def _gruppe(a: Gruppeanalyse) -> dict[str, Any]:
    mc = a.montecarlo
    return {
        "fordelinger": {
            n: {"fordeling": f.slag, **f.tall, "begrunnelse": f.begrunnelse} for n, f in mc.fordelinger.items()
        },
        "netto": {
            x: {
                "basis": a.basis.sum[f"netto_{x}"],
                "snitt": n.snitt,
                "sd": n.sd,
                "standardfeil": n.feil,
                "persentiler": {f"{p:g}": v for p, v in zip(PERSENTILER, n.persentiler, strict=True)},
                "p_lonnsom": n.p_positiv,
                "p_lonnsom_standardfeil": n.p_feil,
                "p_tilbakebetalt_innen": dict(zip(map(str, a.basis.aar), n.p_tilbake, strict=True)),
            }
            for x, n in mc.netto.items()
        },
        "histogram": {x: {"grenser": g.tolist(), "antall": n.tolist()} for x, (g, n) in mc.histogram.items()},
        "evpi": {x: i.evpi for x, i in mc.informasjon.items()},
        "evppi": {x: dict(i.evppi) for x, i in mc.informasjon.items()},
        "sobol": {x: {"foerste": dict(s.foerste), "total": dict(s.total)} for x, s in a.sobol.items()},
        "tornado": [
            {"parameter": u.parameter.noekkel, "basis": u.parameter.basis, "ender": list(u.ender)}
            | {"kvantiler": list(ENDER) if u.parameter.fordeling else None}
            | {f"netto_{x}": list(n) for x, n in u.netto.items()}
            for u in a.tornado
        ],
        "bytteverdier": [
            {"parameter": b.parameter.noekkel, "basis": b.parameter.basis, **b.verdi} for b in a.bytteverdier
        ],
        "tilbakebetalingsaar_flyttes_av_priser": [
            {"aar": f.aar, "endring": f.endring, "nytt_aar": f.nytt_aar} for f in a.flyttinger
        ],
        "tilbakebetalingsaar_etter_prisnivaa": [{"endring": e, "aar": aar} for e, aar in a.nivaaer],
        "forbehold": a.forbehold,
        "toveistabell": {
            "suksessrate_endring": list(RATE_STEG),
            "prisnivaa": list(PRIS_STEG),
            **{f"netto_{x}": t.tolist() for x, t in a.toveis.items()},
        },
    }
