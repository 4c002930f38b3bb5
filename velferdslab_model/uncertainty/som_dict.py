"""The stable JSON form of an uncertainty analysis: numbers unrounded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from velferdslab_model.uncertainty.foelsomhet import GRAD_STEG, PRIS_STEG, RATE_STEG, UANSETT_STEG
from velferdslab_model.uncertainty.gruppeanalyse import Gruppeanalyse, Trekninger
from velferdslab_model.uncertainty.informasjon import OBSERVASJONER, Sobol
from velferdslab_model.uncertainty.montecarlo import PERSENTILER, QALYVERDIER, MonteCarlo
from velferdslab_model.uncertainty.tornado import ENDER


def gruppe_som_dict(a: Gruppeanalyse) -> dict[str, Any]:
    """One group."""
    t, aarene = a.trekninger, a.basis.aar
    mc = t.egen
    return {
        **_en_analyse(mc, t.basis, aarene),
        "histogram": {x: {"grenser": g.tolist(), "antall": n.tolist()} for x, (g, n) in mc.histogram.items()},
        "sobol": _sobol(a.sobol),
        "strukturell": {
            **_en_analyse(t.strukturell, t.basis_strukturell, aarene),
            "sobol": _sobol(a.sobol_strukturell),
        },
        "rater_sammen": None if t.sammen is None else _en_analyse(t.sammen, t.basis, aarene),
        "holdt_fast": {p.noekkel: p.basis for p in a.holdt_fast},
        "tornado": [
            {"parameter": u.parameter.noekkel, "basis": u.parameter.basis, "ender": list(u.ender)}
            | {"kvantiler": list(ENDER) if u.parameter.fordeling else None, "slag": u.slag, "begrunnelse": u.hvorfor}
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
        "toveistabell_forenklinger": {
            "skjedd_uansett": list(UANSETT_STEG),
            "erstatningsgrad": list(GRAD_STEG),
            **{f"netto_{x}": t.tolist() for x, t in a.toveis_forenklinger.items()},
        },
    }


def samlet_som_dict(t: Trekninger, aarene: list[int]) -> dict[str, Any]:
    """Both groups together."""
    return {
        **_en_analyse(t.egen, t.basis, aarene),
        "strukturell": _en_analyse(t.strukturell, t.basis_strukturell, aarene),
        "rater_sammen": None if t.sammen is None else _en_analyse(t.sammen, t.basis, aarene),
    }


def _en_analyse(mc: MonteCarlo, basis: Mapping[str, float], aarene: list[int]) -> dict[str, Any]:
    info = mc.informasjon.items()
    return {
        "trekninger": mc.trekninger,
        "tilfeldighet_blant_deltakere": mc.tilfeldighet,
        "fordelinger": {
            n: {"fordeling": f.slag, **f.tall, "begrunnelse": f.begrunnelse} for n, f in mc.fordelinger.items()
        },
        "netto": {
            x: {
                "basis": basis[x],
                "snitt": n.snitt,
                "sd": n.sd,
                "standardfeil": n.feil,
                "persentiler": {f"{p:g}": v for p, v in zip(PERSENTILER, n.persentiler, strict=True)},
                "p_lonnsom": n.p_positiv,
                "p_lonnsom_standardfeil": n.p_feil,
                "andel_under_basis": n.under_basis,
                "p_tilbakebetalt_innen": dict(zip(map(str, aarene), n.p_tilbake, strict=True)),
            }
            for x, n in mc.netto.items()
        },
        "uten_tilfeldighet": {
            x: {"sd": n.sd, "p_lonnsom": n.p_positiv, "andel_av_variansen": n.av_tilfeldighet}
            for x, n in mc.uten.items()
        },
        **({"bevegelse": {x: b.som_dict for x, b in mc.bevegelse.items()}} if mc.bevegelse else {}),
        "p_lonnsom_samfunn_etter_verdi_qaly": [
            {"verdi_qaly": verdi, "p_lonnsom": p} for verdi, p in zip(QALYVERDIER, mc.kurve, strict=True)
        ],
        "evpi": {x: i.evpi for x, i in info},
        "evppi": {x: dict(i.evppi) for x, i in info},
        "verdi_av_observasjoner": {
            x: {n: dict(zip(map(str, OBSERVASJONER), v, strict=True)) for n, v in i.observasjon.items()}
            for x, i in info
        },
    }


def _sobol(alle: Mapping[str, Sobol]) -> dict[str, Any]:
    return {x: {"foerste": dict(s.foerste), "total": dict(s.total)} for x, s in alle.items()}
