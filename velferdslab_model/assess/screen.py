"""The answer on the screen, and as JSON; what is hidden in the report is hidden here."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import wrap
from typing import Any

from velferdslab_model.assess.analysis import Registeranalyse
from velferdslab_model.assess.block import scenarioblokk
from velferdslab_model.assess.published import ALLE_AAR, UTFALL, Publisert, oppgjoersnoekler, ratenoekler
from velferdslab_model.assess.sentences import (
    enighetssetninger,
    ingen_rater,
    maalesetning,
    maalingen_vises,
    om_aapne_oppgjoer,
    om_skjulte_rater,
    ratesetninger,
    synlige_rater,
)
from velferdslab_model.assess.suppression import SKJUL_TIL
from velferdslab_model.assess.transitions import Oppfoelging, Overgang, uten_oppfoelging
from velferdslab_model.base.ord import BRUKERGRUPPER
from velferdslab_model.base.tall import antall, kr
from velferdslab_model.version import __version__

_BREDDE = 100
#: Deadlines on the screen.
_MAKS_FRISTER = 20
_UTEN: tuple[Oppfoelging, ...] = ("ikke forfalt", "mangler")
_TALT = ("lyktes", "fulgt opp", "mangler", "ikke forfalt", "frafall", "blandet")


def registertabell(a: Registeranalyse, p: Publisert) -> str:
    """Sentences of at most 100 characters a line, and the block for the scenario."""
    linjer = [f"Registreringer i {a.fil}, regnet per {a.per:%d.%m.%Y}. Regel {a.regel.versjon}."]
    linjer.append(
        "INTERNT: tall for enkeltpersoner. Skal ikke deles."
        if p.internt
        else f"Antall fra 1 til {SKJUL_TIL} personer er skjult, og det de kunne vært regnet ut av."
    )
    for gruppe in a.grupper:
        linjer += ["", BRUKERGRUPPER[gruppe]]
        for setning in (*ratesetninger(a, p, gruppe), f"Mål videre: {maalesetning(a, p, gruppe)}"):
            linjer += wrap(setning, _BREDDE - 2, initial_indent="  ", subsequent_indent="    ")
    for setning in om_skjulte_rater(a, p):
        linjer += ["", *wrap(setning, _BREDDE)]
    linjer += ["", "Enighet"]
    for setning in enighetssetninger(a, p):
        linjer += wrap(setning, _BREDDE - 2, initial_indent="  ", subsequent_indent="    ")
    if p.internt:
        linjer += ["", "Skal følges opp", *_frister(a)]
    if a.oppgjoer is not None:
        linjer += ["", f"Oppgjør, {a.oppgjoer.vilkaar.navn}"]
        if p.vises(*oppgjoersnoekler(a)):
            betalt = float(a.oppgjoer.betalt.sum())
            linjer.append(f"  Betales i alt: {kr(betalt)} {a.oppgjoer.vilkaar.valuta}, bare for bekreftede.")
            linjer += [f"  {setning}" for setning in om_aapne_oppgjoer(a.oppgjoer)]
        else:
            linjer.append("  Skjult, for få personer.")
    if a.endret is not None:
        endret = p.tall("endret")
        linjer += ["", f"Plasseres annerledes enn med standardregelen: {'skjult' if endret is None else endret}."]
    blokk = scenarioblokk(synlige_rater(a, p))
    linjer += ["", "Til scenariofilen:", "", blokk or f"({ingen_rater(a)})"]
    return "\n".join(linjer).rstrip() + "\n"


def _frister(a: Registeranalyse) -> list[str]:
    """Who waits for a follow-up, those whose deadline comes first; the tab of the report has all."""
    venter = uten_oppfoelging(a.overganger, "ikke forfalt")
    linjer = [f"  {o.id}: fra {o.foerste_dag:%d.%m.%Y}, senest {o.frist:%d.%m.%Y}" for o in venter[:_MAKS_FRISTER]]
    if flere := len(venter) - len(linjer):
        linjer.append(f"  og {antall(flere)} til: se fanen «Frister» i rapporten (-o)")
    return linjer or ["  Ingen."]


def register_json(a: Registeranalyse, p: Publisert) -> dict[str, Any]:
    """Every figure of the report, unrounded but for agreement; null is hidden, or none."""
    return {
        "fil": a.fil,
        "per": a.per.isoformat(),
        "regel": a.regel.versjon,
        "versjon": __version__,
        "internt": p.internt,
        "grupper": {gruppe: _gruppe(a, p, gruppe) for gruppe in a.grupper},
        "enighet": {navn: _enighet(a, p, navn) for navn in ("leder", "vurderere")},
        "oppgjoer": _oppgjoer(a, p),
        "scenarioblokk": scenarioblokk(synlige_rater(a, p)),
        **({"frister": [_frist(o) for hva in _UTEN for o in uten_oppfoelging(a.overganger, hva)]} if p.internt else {}),
    }


def _frist(o: Overgang) -> Mapping[str, Any]:
    return {
        "id": o.id,
        "gruppe": o.gruppe,
        "oppfoelging": o.oppfoelging,
        "fra": o.foerste_dag.isoformat(),
        "frist": o.frist.isoformat(),
    }


def _gruppe(a: Registeranalyse, p: Publisert, gruppe: str) -> Mapping[str, Any]:
    ut: dict[str, Any] = {"personer": p.tall(gruppe, "personer"), "steg": {}}
    for (g, situasjon), r in a.rater.items():
        if g != gruppe:
            continue
        her = (gruppe, ALLE_AAR, r.steg)
        vises = p.vises(*ratenoekler(*her))
        spenn = r.spenn if vises and p.vises((*her, "mangler")) else None
        aapne = r.spenn_aapne if spenn and p.vises((*her, "ikke forfalt")) else None
        ut["steg"][situasjon] = {
            **{n.replace(" ", "_"): p.tall(*her, n) for n in _TALT},
            "til": {str(u): p.tall(*her, u) for u in UTFALL[:4]},
            "rate": r.andel.snitt if vises and r.andel else None,
            "intervall": [r.andel.lav, r.andel.hoey] if vises and r.andel else None,
            "spenn": [spenn.lav, spenn.hoey] if spenn else None,
            "spenn_med_ikke_forfalte": [aapne.lav, aapne.hoey] if aapne else None,
        }
    vises = maalingen_vises(a, p, gruppe)
    ut["maal_videre"] = {
        netto: {v.situasjon: {str(n): x for n, x in v.verdt.items()} for v in m.verdier} if vises else None
        for netto, m in a.maaling[gruppe].items()
    }
    ut["maal_videre_netto"] = {
        netto: {"scenariets_rater": m.scenariets, "registrerte_rater": m.forventet} if vises else None
        for netto, m in a.maaling[gruppe].items()
    }
    return ut


def _enighet(a: Registeranalyse, p: Publisert, navn: str) -> Mapping[str, Any]:
    e = a.med_leder if navn == "leder" else a.mellom
    vises = p.vises(*((navn, hva) for hva in ("enige", "uenige", "sammenlignet")))

    def vist(x: float | None) -> float | None:
        # All its digits would tell how many are compared, and so how few are not.
        return None if x is None or not vises else x if p.internt else round(x, 2)

    return {
        "sammenlignet": p.tall(navn, "sammenlignet") if p.internt else None,
        "andel": vist(e.andel),
        "vektet_kappa": vist(e.kappa),
    }


def _oppgjoer(a: Registeranalyse, p: Publisert) -> Mapping[str, Any] | None:
    o = a.oppgjoer
    if o is None:
        return None
    ut: dict[str, Any] = {
        "betalt": o.betalt.tolist() if p.vises(*oppgjoersnoekler(a)) else None,
        "grunner": {
            str(o.vilkaar.priskort[linje].maaned): {
                grunn: p.tall("oppgjør", linje, grunn) for grunn in o.grunner(linje)
            }
            for linje in sorted({x.linje for x in o.personer})
        },
    }
    if p.internt:
        ut["personer"] = [
            {
                "id": x.id,
                "maaned": x.maaned,
                "betales": x.betales,
                "grunn": x.grunn,
                "beloep": x.beloep,
                "frist": x.frist.isoformat(),
            }
            for x in o.personer
        ]
    return ut
