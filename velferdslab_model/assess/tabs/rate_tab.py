"""The suksessrate of each step, with its counts, its interval, and what it rests on."""

from __future__ import annotations

from datetime import date

from velferdslab_model.assess.analysis import Registeranalyse, Stegrate
from velferdslab_model.assess.published import ALLE_AAR, Publisert, ratenoekler
from velferdslab_model.assess.rates import DEKNING
from velferdslab_model.assess.sentences import maalingen_vises, om_ikke_forfalte
from velferdslab_model.assess.tabs.rapport import andelcelle, antallcelle, begynn, om_perioden, rad
from velferdslab_model.assess.transitions import SENEST, TIDLIGST, siste_frist
from velferdslab_model.base.ord import BRUKERGRUPPER, SITUASJONSNAVN, liten
from velferdslab_model.base.tall import prosent
from velferdslab_model.workbook.cursor import Skriver
from velferdslab_model.workbook.plan import Ark

RATEFANE = "Suksessrater"


def rateark(ark: Ark, a: Registeranalyse, p: Publisert) -> None:
    """Plan the tab."""
    s = begynn(ark, "Suksessrater", p, 11.0)
    om_perioden(a, s)
    for linje in (
        "Å lykkes er å stå minst ett steg høyere ved årets slutt (modellens suksessrate).",
        f"Intervallet er Jeffreys' med like haler, {prosent(DEKNING)}: beta med ½ lykket og ½ mislykket i tillegg til dem som er talt (antakelse). Ved 0 og ved alle går det til enden.",
        "Ved små antall dekker det oftere eller sjeldnere enn 95 %: 98 til 99 % ved 8 personer og rate 0,8 eller 20 og 0,95, 92 til 93 % ved 60 og 0,95 eller 8 og 0,5.",
        f"«Mangler» er år uten brukbar oppfølging da fristen på {SENEST:.0f} måneder var ute, eller der personen ble avsluttet før {TIDLIGST:.0f} måneder. Spennet er raten hvis alle disse mislyktes, og hvis alle lyktes; det holder uansett hva som skjedde.",
        "«Ikke forfalt» er år uten oppfølging der fristen ikke er ute. De er verken i raten eller i spennet, og kan ennå endre begge.",
    ):
        s.setning(linje, "dempet")
    for gruppe in a.grupper:
        rater = [r for (g, _), r in a.rater.items() if g == gruppe]
        s.overskrift(f"{BRUKERGRUPPER[gruppe]}: alle år")
        s.hode(
            "Steg fra",
            "Lyktes",
            "Fulgt opp",
            "Rate",
            "Lavt",
            "Høyt",
            "Mangler",
            "Alle mislyktes",
            "Alle lyktes",
            "Ikke forfalt",
            "Frafall",
            hoeyde=30,
        )
        for r in rater:
            _samlet(s, r, p)
        for r in rater:
            for linje in _merknader(r, p, a.per):
                s.setning(f"{SITUASJONSNAVN[r.situasjon]}: {linje}", "tekst")
        if a.felles == "steg":
            _felles(s, rater, maalingen_vises(a, p, gruppe))
        _aar(s, a, rater, p)


def _samlet(s: Skriver, r: Stegrate, p: Publisert) -> None:
    noekler = ratenoekler(r.gruppe, ALLE_AAR, r.steg)
    vises, mangler = p.vises(*noekler), p.tall(r.gruppe, ALLE_AAR, r.steg, "mangler")
    spenn = vises and mangler is not None
    rad(
        s,
        SITUASJONSNAVN[r.situasjon],
        antallcelle(p.tall(r.gruppe, ALLE_AAR, r.steg, "lyktes")),
        antallcelle(p.tall(r.gruppe, ALLE_AAR, r.steg, "fulgt opp")),
        *(andelcelle(x, vises) for x in ((r.andel.snitt, r.andel.lav, r.andel.hoey) if r.andel else (None,) * 3)),
        antallcelle(mangler),
        *(andelcelle(x, spenn) for x in ((r.spenn.lav, r.spenn.hoey) if r.spenn else (None,) * 2)),
        antallcelle(p.tall(r.gruppe, ALLE_AAR, r.steg, "ikke forfalt")),
        antallcelle(p.tall(r.gruppe, ALLE_AAR, r.steg, "frafall")),
    )


def _merknader(r: Stegrate, p: Publisert, per: date) -> list[str]:
    """What a reader of the rate must know, as far as it may be told."""
    ut = []
    if not p.vises(*ratenoekler(r.gruppe, ALLE_AAR, r.steg)):
        return ["raten er skjult, fordi antallene bak den er det."]
    if r.andel is None:
        return [f"ingen er fulgt opp, så det finnes ingen rate. {om_ikke_forfalte(r, p, per)}".rstrip()]
    if r.andel.ved_enden:
        ut.append(liten(r.andel.ved_enden))
    if r.antallet.mangler:
        ut.append("raten hviler på at de uten oppfølging er som de andre. Se spennet.")
    if r.antallet.ikke_forfalt:
        ut.append(liten(om_ikke_forfalte(r, p, per)))
    if r.antallet.blandet:
        uten = ""
        her = (r.gruppe, ALLE_AAR, r.steg, "lik måte")
        if r.uten_blandet is not None and p.vises(her, (*her, "lyktes"), (*her, "lyktes ikke")):
            uten = f" Uten dem er raten {prosent(r.uten_blandet.snitt, 0)} ({r.uten_blandet.lyktes} av {r.uten_blandet.antall})."
        ut.append(f"noen er vurdert på ulik måte eller med ulikt skjema på de to datoene.{uten}")
    return ut


def _felles(s: Skriver, rater: list[Stegrate], vises: bool) -> None:
    s.overskrift("Delvis felles mellom stegene")
    s.setning(
        "Hver rate trekkes mot de andre: vekten er hvor mye de andre teller (antakelse: felles betafordeling, vekten i personer har tetthet 1 / (1 + vekt)²).",
        "dempet",
    )
    s.hode("Steg fra", "Rate", "Lavt", "Høyt", "De andre teller")
    for r in rater:
        f = r.felles
        tall = (f.snitt, f.lav, f.hoey, f.priorvekt) if f else (None,) * 4
        rad(s, SITUASJONSNAVN[r.situasjon], *(andelcelle(x, vises) for x in tall))


def _aar(s: Skriver, a: Registeranalyse, rater: list[Stegrate], p: Publisert) -> None:
    delvis = a.felles == "aar"
    s.overskrift("År for år" + (", delvis felles mellom årene" if delvis else ""))
    s.hode(
        "Steg fra, år som begynte",
        "Lyktes",
        "Fulgt opp",
        "Rate",
        "Lavt",
        "Høyt",
        "Mangler",
        "Ikke forfalt",
        "Frist senest",
        *(["De andre teller"] if delvis else []),
        hoeyde=30,
    )
    for r in rater:
        alle = all(p.vises(*ratenoekler(r.gruppe, aar, r.steg)) for aar in r.per_aar)
        for aar, (_, andel) in r.per_aar.items():
            vises = alle if delvis else p.vises(*ratenoekler(r.gruppe, aar, r.steg))
            tall = (andel.snitt, andel.lav, andel.hoey) if andel else (None,) * 3
            rad(
                s,
                f"{SITUASJONSNAVN[r.situasjon]}, {aar}",
                antallcelle(p.tall(r.gruppe, aar, r.steg, "lyktes")),
                antallcelle(p.tall(r.gruppe, aar, r.steg, "fulgt opp")),
                *(andelcelle(x, vises) for x in tall),
                antallcelle(p.tall(r.gruppe, aar, r.steg, "mangler")),
                antallcelle(p.tall(r.gruppe, aar, r.steg, "ikke forfalt")),
                (siste_frist(aar, a.per), "dato"),
                *([andelcelle(andel.priorvekt if andel else None, vises)] if delvis else []),
            )
