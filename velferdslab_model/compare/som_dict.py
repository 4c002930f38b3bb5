"""The JSON form of a comparison: numbers unrounded, null where there is no figure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from velferdslab_model.base.ord import BRUKERGRUPPER
from velferdslab_model.compare.dekomponering import Oppdeling
from velferdslab_model.compare.foelsomhet import Foelsomhet
from velferdslab_model.compare.medlem import Medlem
from velferdslab_model.compare.rangering import Rangering, Rangeringer
from velferdslab_model.compare.ytelse import Ytelser, Ytelsesrad


def rangeringer_som_dict(r: Rangeringer) -> dict[str, Any]:
    """The rankings, by group and net."""
    return {
        "trekninger": r.trekninger,
        "froe": r.froe,
        "hvorfor_ikke": r.hvorfor_ikke or None,
        "brukergrupper": {
            g: {netto: _rangering(en) for netto, en in nettoer.items()} for g, nettoer in r.grupper.items()
        },
    }


def foelsomhet_som_dict(alle: Mapping[str, Mapping[str, Foelsomhet]]) -> dict[str, Any]:
    """How the ranking holds, by group and net."""
    return {
        g: {
            netto: {
                "foerst": list(f.foerst),
                "varianter": [asdict(v) | {"foerst": list(v.foerst)} for v in f.varianter],
            }
            for netto, f in nettoer.items()
        }
        for g, nettoer in alle.items()
    }


def medlem_som_dict(m: Medlem, ytelser: Ytelser) -> dict[str, Any]:
    """One municipality, with what is ranked."""
    grupper = {}
    for g in BRUKERGRUPPER:
        ytelse = ytelser.rader[g].get(m.navn)
        grupper[g] = {
            **{k: v for k, v in vars(m.rader[g]).items() if k not in ("kommune", "gruppe")},
            **({"bevegelse": b.som_dict} if (b := m.resultat.grupper[g].bevegelse) else {}),
            "per_inntatt": None if ytelse is None else _ytelse(ytelse),
            "forskjell": {
                "totalt": _oppdelinger(m.forskjeller[g].totalt) or None,
                "per_deltaker": _oppdelinger(m.forskjeller[g].per_deltaker) or None,
            },
        }
    return {
        "navn": m.navn,
        "fil": str(m.kommune.fil),
        "prisaar": m.kommune.forutsetninger.prisaar,
        "kontroll": list(m.kommune.kontroll),
        "flagg": [{"slag": f.slag, "gruppe": f.gruppe, "tekst": f.tekst} for f in m.flagg],
        "brukergrupper": grupper,
    }


def _ytelse(rad: Ytelsesrad) -> dict[str, Any]:
    return {
        "blanding": list(rad.blanding),
        "kostnad": rad.kostnad,
        "netto": {
            n: {
                "ytelse": stige.ytelse,
                "egne_antakelser": stige.egne,
                "egen_blanding": stige.egen_blanding,
                "per_deltaker": stige.per_deltaker,
                "utenfor": stige.utenfor,
            }
            for n, stige in rad.stiger.items()
        },
        "forskjell": _oppdelinger(rad.forskjell) if rad.forskjell else None,
    }


def _oppdelinger(alle: Mapping[str, Oppdeling]) -> dict[str, Any]:
    return {
        navn: {"referanse": o.fra, "kommunen": o.til, "differanse": o.differanse, "deler": dict(o.deler)}
        for navn, o in alle.items()
    }


def _rangering(r: Rangering) -> dict[str, Any]:
    return {
        "kommuner": list(r.navn),
        "rang": r.rang.tolist(),
        "bedre_enn": r.bedre.tolist(),
        "over_snittet": r.over_snittet.tolist(),
        "bedre_med_egne_antakelser": None if r.med_antakelser is None else r.med_antakelser.tolist(),
        "per_inntatt": [dict(zip(("p5", "p50", "p95"), p, strict=True)) for p in r.persentiler.tolist()],
        "andel_av_smaa_tall": r.av_smaa_tall.tolist(),
    }
