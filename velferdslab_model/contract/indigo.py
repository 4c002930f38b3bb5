"""A contract as JSON: all figures, unrounded, and the terms under the field names of the INDIGO impact bond data standard.

The names are those of the standard's project schema (INDIGO Initiative, Government Outcomes Lab; schema as of April 2024).
What the standard has no field for stands under «velferdslab», in Norwegian.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import numpy as np

from velferdslab_model.contract.analysis import Kontraktsanalyse, Tilfelle
from velferdslab_model.contract.flows import Stroemmer
from velferdslab_model.contract.oppgjoer import betalingsplan, oppgjoerslinjer
from velferdslab_model.contract.tabellen import UENIGHET, gjelder, tabellen
from velferdslab_model.contract.terms import Kontrakt
from velferdslab_model.contract.words import horisonter, kontraktsmerknader, minst_ord, pluss_fra, pluss_ord
from velferdslab_model.version import __version__


def til_json(a: Kontraktsanalyse) -> dict[str, Any]:
    """The whole analysis. Yearly lists begin with contract year 1."""
    v = a.avtalt.vilkaar
    return {
        "navn": v.navn,
        "valuta": v.valuta,
        "prisaar": v.prisaar,
        "versjon": __version__,
        "indigo": indigo(a.avtalt),
        "velferdslab": {
            "vilkaar": {navn: verdi for navn, verdi in asdict(v).items() if navn != "erstattet"},
            "avtalt": _tilfelle(a.avtalt),
            "scenarier": {navn: _tilfelle(t) for navn, t in a.scenarier.items()},
            "forhandlingsrom": _rom(a),
            "publisert_tabell": _publisert(v),
            "erstattet_av_scenario": [asdict(e) for e in v.erstattet],
        },
    }


def indigo(t: Tilfelle) -> dict[str, Any]:
    """The part that the standard has fields for."""
    v = t.vilkaar
    maks = _mest(v)
    metrikk = {
        "id": "metric-1",
        "definition": v.maal,
        "target_population": v.maalgruppe,
        "targeted_number_of_service_users_or_beneficiaries_total": sum(v.deltakere),
        "unit_type_of_targeted_service_users_or_beneficiaries": {"value": "individual"},
        "outcome_metric_target": float(t.lykkede.sum()),
        "outcome_validation_method": v.validering,
    }
    priser = [
        {
            "outcome_metric_id": {"value": "metric-1"},
            "currency": v.valuta,
            "price_per_unit": {"amount": linje.pris},
            "maximum_price_if_all_targets_achieved": {"amount": maks},
            "contracted_increases_to_outcome_pricing": v.indeksering,
            "price_description": f"{linje.maaned} måneder etter inntak",
        }
        for linje in v.priskort
    ]
    ut: dict[str, Any] = {
        "name": v.navn,
        "dates": {
            "start_date_of_service_provision": str(v.startaar),
            "anticipated_end_date_of_service_provision": str(v.startaar + v.kontraktaar - 1),
        },
        "overall_project_finance": {
            "maximum_potential_outcome_payment_v2": {"currency": v.valuta, "amount": maks},
            "total_investment_commitment": {"currency": v.valuta, "amount": {"exact": t.investor.utlegg}},
            "maximum_potential_loss": t.investor.mest_tap,
        },
        "outcome_metrics": [metrikk],
        "outcome_pricings": priser,
    }
    if t.investor.utlegg:
        andel = f"{v.investor.andel_av_betaling:.15g} av hver betaling til utlegget og {v.investor.honorar:.15g} av det er dekket"
        ut["investments"] = [
            {
                "id": "investment-1",
                "investment_commitment": {"currency": v.valuta, "amount": {"exact": t.investor.utlegg}},
                "maximum_potential_loss": t.investor.mest_tap,
                "maximum_potential_return": t.investor.utlegg * v.investor.honorar,
                "investor_repayment": {"value": andel},
            }
        ]
        if isinstance(t.investor.internrente, float):
            ut["investment_details"] = {"internal_rate_of_return": {"target": t.investor.internrente}}
    return ut


def _mest(v: Kontrakt) -> float:
    """The most that can be paid: everybody succeeds and holds at every date, under the caps."""
    alle = np.array([v.deltakere[linje.kohort - 1] for linje in oppgjoerslinjer(v)], dtype=float)
    return float(betalingsplan(v, alle).betalt.sum())


def _tilfelle(t: Tilfelle) -> dict[str, Any]:
    f, s, e = t.fordeling, t.stroemmer, t.forventet
    beloep, p = f.fordelt_paa_betaling()
    simulert = f.metode == "simulert"
    oppgjoer, besparelse = horisonter(t)
    return {
        "lykkede_ved_forventning": t.lykkede.tolist(),
        "betaling": {
            "brutto": t.plan.brutto.tolist(),
            "ved_forventning": t.plan.betalt.tolist(),
            "forventet": f.per_aar.tolist(),
            "sum_forventet": f.forventet,
            "forventet_per_lykket": t.betalt_per_lykket,
            "p_tak_naadd": f.p_tak,
            "p_kuttet": f.p_kuttet,
            "metode": f.metode,
            "standardfeil": f.feil,
            "persentiler": {str(q): f.kvantil(q / 100) for q in (5, 25, 50, 75, 95)},
            "fordeling": None if simulert else [[float(b), float(c)] for b, c in zip(beloep, p, strict=True)],
        },
        "oppgjoerslinjer": [
            {**asdict(linje), "beloep": float(sum_)}
            for linje, sum_ in zip(oppgjoerslinjer(t.vilkaar), t.plan.linjer, strict=True)
        ],
        "aar": list(s.aar),
        "stroemmer": _stroemmer(e),
        "stroemmer_ved_forventning": _stroemmer(s),
        "netto": {
            part: {"forventet": e.parter()[part].sum, "ved_forventning": x.sum} for part, x in s.parter().items()
        },
        "likviditetsbunn": {
            part: {"beloep": strom.bunn, "aar": e.aar[strom.bunnaar - 1] if strom.bunnaar else None}
            for part, strom in e.parter().items()
        },
        "i_pluss_fra": {part: _i_pluss(t, part) for part in t.betalere},
        "oppgjoershorisont": oppgjoer,
        "besparelseshorisont": besparelse,
        "investor": {**asdict(t.investor), "mest_ute": e.investor.bunn},
        "leverandoer": {**asdict(t.leverandoer), "faerrest_tekst": minst_ord(t)},
        "betalere": {part: {**asdict(b), "metode": b.metode} for part, b in t.betalere.items()},
        "merknader": list(kontraktsmerknader(t)),
    }


def _stroemmer(s: Stroemmer) -> dict[str, Any]:
    return {
        part: {**{n: rekke.tolist() for n, rekke in strom.poster.items()}, "netto": strom.netto.tolist()}
        for part, strom in s.parter().items()
    }


def _i_pluss(t: Tilfelle, part: str) -> dict[str, Any]:
    """The budget year a payer is back in plus for good, and the same in words, also when there is none."""
    fra = pluss_fra(t.vilkaar, t.forventet.parter()[part])
    return {"aar": None if isinstance(fra, str) else int(fra), "tekst": pluss_ord(t, part)}


def _rom(a: Kontraktsanalyse) -> dict[str, Any] | None:
    if a.rom is None:
        return None
    return {
        "grunnlag": a.rom.grunnlag,
        "froe": a.rom.froe,
        "priser": a.rom.priser.tolist(),
        "rater": a.rom.rater.tolist(),
        "gevinst": {part: rekke.tolist() for part, rekke in a.rom.gevinst.items()},
        "betalt_per_lykket": a.rom.betalt.tolist(),
        "takene_tar": a.rom.takene_tar.tolist(),
        "avtalt": dict(a.rom.avtalt),
        "avtalt_paa_rutenes_maal": dict(a.rom.avtalt_i_rutene),
        "balansepris": {
            p: (b.verdi * a.avtalt.vilkaar.pris if b.verdi is not None else b.ord_) for p, b in a.rom.pris.items()
        },
        "balansepris_betalt_per_lykket": {p: b.betalt for p, b in a.rom.pris.items()},
        "balanserate": {p: (b.verdi if b.verdi is not None else b.ord_) for p, b in a.rom.rate.items()},
    }


def _publisert(v: Kontrakt) -> dict[str, Any] | None:
    if not gjelder(v):
        return None
    return {"rader": [{**asdict(rad), "er_lik": rad.er_lik} for rad in tabellen(v)], "merknad": UENIGHET}
