"""What is said of the registrations, the same on the screen and in the report; nothing that is hidden is in a sentence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable
from datetime import date

from velferdslab_model.assess.agreement import Enighet
from velferdslab_model.assess.analysis import Registeranalyse, Stegrate
from velferdslab_model.assess.block import Registrertrate, ratekilde
from velferdslab_model.assess.payments import Oppgjoer
from velferdslab_model.assess.placement import ubesvarte_temaer
from velferdslab_model.assess.places import samlede_steder
from velferdslab_model.assess.published import ALLE_AAR, Publisert, ratenoekler
from velferdslab_model.assess.rates import DEKNING
from velferdslab_model.assess.registrering import Registrering
from velferdslab_model.assess.rows import UBESVART_ALT, om_ubesvart
from velferdslab_model.assess.suppression import SKJUL_TIL
from velferdslab_model.assess.transitions import siste_frist
from velferdslab_model.base.ord import BRUKERGRUPPER, HVEM, SITUASJONSNAVN
from velferdslab_model.base.tall import antall, kr, prosent, tall
from velferdslab_model.parameters.typer import UTGANGSSITUASJONER, Forutsetninger
from velferdslab_model.workbook.constants import OK_MEN

#: Rows that are named one by one; more are counted.
_MAKS_STEDER = 40
_UTEN_SVAR = ", så den kan ikke plasseres og er ingen oppfølging"


def om_ubesvarte(registreringer: Iterable[Registrering]) -> list[str]:
    """Which rows can be read and have themes without an answer, as their Status says; for those who have the file."""
    rader: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for r in registreringer:
        if ubesvarte := ubesvarte_temaer(r.svar, r.skjema, r.alder):
            rader[om_ubesvart(ubesvarte, bool(r.svar))].append((r.ark, r.nummer))
    ut = []
    for tekst, steder in sorted(rader.items()):
        hvor = samlede_steder(steder) if len(steder) <= _MAKS_STEDER else f"{antall(len(steder))} rader"
        ut.append(f"{hvor}: {OK_MEN}{tekst}{_UTEN_SVAR if tekst == UBESVART_ALT else ''}.")
    return ut


def ratesetninger(a: Registeranalyse, p: Publisert, gruppe: str) -> list[str]:
    """One sentence for each step that anybody began at."""
    felles = maalingen_vises(a, p, gruppe)
    return [_rate(r, p, felles, a.per) for (g, _), r in a.rater.items() if g == gruppe]


def _rate(r: Stegrate, p: Publisert, felles_vises: bool, per: date) -> str:
    navn = f"Fra {SITUASJONSNAVN[r.situasjon].lower()}"
    if not p.vises(*ratenoekler(r.gruppe, ALLE_AAR, r.steg)):
        return f"{navn}: skjult."
    if r.andel is None:
        return f"{navn}: ingen er fulgt opp. {om_ikke_forfalte(r, p, per)}".rstrip()
    a = r.andel
    ut = f"{navn}: {a.lyktes} av {a.antall} lyktes, {prosent(a.snitt, 0)} ({prosent(DEKNING)} intervall {prosent(a.lav, 0)} til {prosent(a.hoey, 0)})."
    mangler = p.tall(r.gruppe, ALLE_AAR, r.steg, "mangler")
    if mangler and r.spenn:
        ut += f" {mangler} mangler oppfølging: fra {prosent(r.spenn.lav, 0)} hvis alle mislyktes, til {prosent(r.spenn.hoey, 0)} hvis alle lyktes."
    elif r.antallet.mangler:
        ut += " Noen mangler oppfølging; raten hviler på at de er som de andre."
    if r.antallet.ikke_forfalt:
        ut += f" {om_ikke_forfalte(r, p, per)}"
    if r.antallet.blandet:
        ut += " Noen er vurdert på ulik måte eller med ulikt skjema på de to datoene."
    if r.felles is not None and not felles_vises:
        ut += " Den delvis felles raten er skjult, fordi antallene bak de andre er det."
    elif r.felles is not None:
        ut += f" Delvis felles: {prosent(r.felles.snitt, 0)}, der de andre teller {prosent(r.felles.priorvekt, 0)}."
    return f"{ut} {a.ved_enden}".rstrip()


def om_skjulte_rater(a: Registeranalyse, p: Publisert) -> list[str]:
    """When a hidden rate would be shown, to stand once below them all; nothing when none is hidden."""
    if all(maalingen_vises(a, p, gruppe) for gruppe in a.grupper):
        return []
    return [
        f"En rate vises når de som lyktes, er minst {SKJUL_TIL + 1} eller ingen, de andre også, og ingen av dem kan regnes ut."
    ]


def om_ikke_forfalte(r: Stegrate, p: Publisert, per: date) -> str:
    """How many are not due, by when they are, and the range with them; empty when all are due. per: the day it is counted."""
    if not r.antallet.ikke_forfalt:
        return ""
    her = (r.gruppe, ALLE_AAR, r.steg)
    antallet, mangler = p.tall(*her, "ikke forfalt"), p.tall(*her, "mangler")
    # Of all years there are: in which of them some are not due, is a count that may be hidden.
    frist = siste_frist(max(r.per_aar), per)
    ut = f"{'Noen' if antallet is None else antallet} er ikke forfalt ennå og er ikke i raten (siste frist er senest {frist:%d.%m.%Y})"
    if antallet is None or mangler is None or r.spenn_aapne is None or not p.vises(*ratenoekler(*her)):
        return f"{ut}."
    return f"{ut}; med dem kan den bli fra {prosent(r.spenn_aapne.lav, 0)} til {prosent(r.spenn_aapne.hoey, 0)}."


def enighetssetninger(a: Registeranalyse, p: Publisert) -> list[str]:
    """The rule against the investeringsleder, and two scorers against each other."""
    return [
        f"{navn}: {_enighet(e, p, noekkel)}"
        for navn, noekkel, e in (
            ("Regelen og investeringslederen", "leder", a.med_leder),
            ("To vurderere", "vurderere", a.mellom),
        )
    ]


def _enighet(e: Enighet, p: Publisert, noekkel: str) -> str:
    if not e.antall and not e.ikke_sammenlignet:
        return "ingen registreringer har begge."
    if not p.vises(*((noekkel, hva) for hva in ("enige", "uenige", "sammenlignet"))):
        return "skjult, for få personer."
    kappa = "uten kappa, fordi alle er i samme situasjon" if e.kappa is None else f"vektet kappa {tall(e.kappa, 2)}"
    # How many are compared, held against those followed up, could tell how few were not.
    like = f"{e.enige} av {e.antall} like, {prosent(e.andel, 0)}" if p.internt else f"{prosent(e.andel, 0)} like"
    ut = f"{like}, {kappa}."
    flere = p.tall(noekkel, "ikke sammenlignet") if p.internt else None
    return f"{ut} {flere} kunne ikke sammenlignes." if flere else ut


def maalingen_vises(a: Registeranalyse, p: Publisert, gruppe: str) -> bool:
    """The value of measuring, and what is pooled between steps, tell of the counts of every step."""
    return all(p.vises(*ratenoekler(gruppe, ALLE_AAR, r.steg)) for (g, _), r in a.rater.items() if g == gruppe)


def maalesetning(a: Registeranalyse, p: Publisert, gruppe: str) -> str:
    """Where to follow up first."""
    if not maalingen_vises(a, p, gruppe):
        return "skjult, fordi antallene bak ratene er det."
    setninger = []
    for netto, m in a.maaling[gruppe].items():
        best = max(m.verdier, key=lambda v: max(verdt / n for n, verdt in v.verdt.items()))
        per = max((verdt / n, n) for n, verdt in best.verdt.items())
        if per[0] > 0:
            setninger.append(
                f"for {HVEM[netto].lower()} er det mest verdt å følge opp flere fra {SITUASJONSNAVN[best.situasjon].lower()}: "
                f"{kr(per[0])} kr per deltaker når {antall(per[1])} til følges opp{_om_den_neste(best.verdt[1])}"
            )
        else:
            setninger.append(f"for {HVEM[netto].lower()} kan ingen av antallene som er prøvd, snu beslutningen")
    return "; ".join(setninger) + "."


def _om_den_neste(verdt: float) -> str:
    """What one more is worth by itself: often nothing, for one alone seldom turns a decision."""
    return f", {kr(verdt)} kr for én alene" if verdt > 0 else "; én alene kan ikke snu beslutningen"


def om_aapne_oppgjoer(o: Oppgjoer) -> list[str]:
    """That some are not in the amount yet; nothing when all are due. Whether they bring more is for the caps to say."""
    if any(x.grunn == "oppfølgingen er ikke forfalt" for x in o.personer):
        tak = o.vilkaar.tak
        har_tak = any(grense is not None for grense in (tak.per_person, tak.per_aar, tak.kontrakt))
        return [f"Noen er ikke forfalt og er ikke regnet med{'; takene gjelder også dem' if har_tak else ''}."]
    return []


def synlige_rater(a: Registeranalyse, p: Publisert) -> dict[tuple[str, str], Registrertrate]:
    """The rates a scenario may have: those whose counts are shown. A pooled rate tells of the counts of all steps."""
    ut = {}
    for (gruppe, situasjon), r in a.rater.items():
        her = (gruppe, ALLE_AAR, r.steg)
        vises = maalingen_vises(a, p, gruppe) if a.felles == "steg" else p.vises(*ratenoekler(*her))
        if r.brukt is None or not vises:
            continue
        # Marked unless every count it tells is shown in what may be shared.
        fortalt = [*ratenoekler(*her), *((*her, hva) for hva in ("mangler", "blandet", "ikke forfalt"))]
        internt = p.internt and not (
            p.delbar.vises(*fortalt) and (a.felles != "steg" or maalingen_vises(a, p.delbar, gruppe))
        )
        aar = [aar for aar, (n, _) in r.per_aar.items() if n.fulgt_opp]
        kilde = ratekilde(
            r.brukt,
            a.fil,
            p.tall(*her, "mangler"),
            p.tall(*her, "blandet"),
            min(aar),
            max(aar),
            r.felles is not None,
            internt,
        )
        if r.antallet.ikke_forfalt:
            aapne = p.tall(*her, "ikke forfalt")
            kilde += f"; {'noen' if aapne is None else antall(aapne)} er ikke forfalt per {a.per:%d.%m.%Y} og ikke regnet med"
        ut[gruppe, situasjon] = Registrertrate(gruppe, situasjon, r.brukt, kilde, internt)
    return ut


def ingen_rater(a: Registeranalyse) -> str:
    """Why no rate can be shown."""
    return (
        "den felles raten røper tall som er skjult"
        if a.felles == "steg"
        else "ingen av ratene har nok personer til å vises"
    )


def rater_som_staar(a: Registeranalyse, rater: Container[tuple[str, str]], f: Forutsetninger) -> list[str]:
    """Of each rate that is not among those shown: that it stands as it was in a scenario, and why."""
    ut = []
    for gruppe in a.grupper:
        for situasjon, staar in zip(UTGANGSSITUASJONER, f.grupper[gruppe].suksessrate, strict=True):
            if (gruppe, situasjon) in rater:
                continue
            # Whether nobody was followed up would tell a count that may be hidden.
            felles = a.felles == "steg" and (gruppe, situasjon) in a.rater
            grunn = ingen_rater(a) if felles else "ikke målt, eller skjult for få personer"
            ut.append(
                f"Raten fra {situasjon} ({BRUKERGRUPPER[gruppe].lower()}) står som den var, {prosent(staar, 1)}: {grunn}."
            )
    return ut
