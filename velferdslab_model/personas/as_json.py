"""All figures of personas, unrounded, for a program."""

from __future__ import annotations

from velferdslab_model.parameters.typer import LIVSSITUASJONER
from velferdslab_model.personas.analysis import Gruppetall, Historietall, Personaanalyse
from velferdslab_model.personas.block import nullblokk
from velferdslab_model.personas.terms import HISTORIEBETALERE


def personas_json(a: Personaanalyse) -> dict[str, object]:
    """Yearly lists have ten numbers, in kr."""
    return {
        "prisaar": a.sett.prisaar,
        "med_overfoeringer": a.sett.med_overfoeringer,
        "konstruert": a.sett.konstruert,
        "grupper": {navn: _gruppe(g) for navn, g in a.grupper.items()},
        "blokk": nullblokk(a),
    }


def _gruppe(g: Gruppetall) -> dict[str, object]:
    return {
        "nullalternativ": {s: g.situasjoner[s].nullkostnad for s in LIVSSITUASJONER},
        "situasjoner": {s: dict(vars(t)) for s, t in g.situasjoner.items()},
        "kommunal_andel": g.kommunal_andel,
        "frigjort_andel": g.frigjort_andel,
        "overganger": {s: list(rad) for s, rad in zip(LIVSSITUASJONER, g.overganger, strict=True)},
        "situasjonsaar": dict(zip(LIVSSITUASJONER, g.situasjonsaar, strict=True)),
        "situasjonskostnad": dict(zip(LIVSSITUASJONER, g.situasjonskostnad, strict=True)),
        "historier": [_historie(t) | {"snitt_uten_denne": uten} for t, uten in zip(g.historier, g.uten, strict=True)],
    }


def _historie(t: Historietall) -> dict[str, object]:
    return {
        "persona": t.persona.navn,
        "utfall": t.historie.utfall,
        "snitt": t.snitt,
        "livssituasjon": [a.livssituasjon for a in t.historie.aar],
        "kostnad": t.telles.tolist(),
        "betaler": {b: t.betalt_av(b).tolist() for b in HISTORIEBETALERE},
        "overfoeringer": t.overfoeringer.tolist(),
        "frigjoer_budsjett": t.frigjoer.tolist(),
        "tjenester": {x.navn: x.beloep.tolist() for x in t.historie.tjenester if not x.tom},
    }
