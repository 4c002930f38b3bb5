"""The first tab of the report: the rates in a sentence each, agreement, what to measure next, and the block for the scenario."""

from __future__ import annotations

from velferdslab_model.assess.analysis import NETTOER, Registeranalyse
from velferdslab_model.assess.block import scenarioblokk
from velferdslab_model.assess.measuring import FLERE, MAKS_FLERE, Maalesvar
from velferdslab_model.assess.published import Publisert
from velferdslab_model.assess.sentences import (
    enighetssetninger,
    ingen_rater,
    maalesetning,
    maalingen_vises,
    om_skjulte_rater,
    ratesetninger,
    synlige_rater,
)
from velferdslab_model.assess.tabs.rapport import andelcelle, antallcelle, begynn, kroner, om_perioden, rad
from velferdslab_model.base.ord import BRUKERGRUPPER, HVEM, SITUASJONSNAVN
from velferdslab_model.base.tall import INGEN_TALL, antall
from velferdslab_model.workbook.cursor import Skriver
from velferdslab_model.workbook.plan import Ark

SVAR, MAALING = "Svar", "Mål videre"


def rapportsvar(ark: Ark, a: Registeranalyse, p: Publisert) -> None:
    """Plan the tab."""
    s = begynn(ark, f"Suksessrater fra registreringer: {a.fil}", p)
    om_perioden(a, s)
    for gruppe in a.grupper:
        s.overskrift(BRUKERGRUPPER[gruppe])
        personer = p.tall(gruppe, "personer")
        rad(s, "Personer eller familier registrert", antallcelle(personer))
        for setning in ratesetninger(a, p, gruppe):
            s.setning(setning)
    for setning in om_skjulte_rater(a, p):
        s.setning(setning, "dempet")
    s.overskrift("Enighet om plasseringen")
    for setning in enighetssetninger(a, p):
        s.setning(setning)
    s.overskrift("Hva som bør måles videre")
    for gruppe in a.grupper:
        s.setning(f"{BRUKERGRUPPER[gruppe]}: {maalesetning(a, p, gruppe)}")
    if a.endret is not None:
        s.overskrift("Regelen er endret")
        rad(s, f"Registreringer som plasseres annerledes med regel {a.regel.versjon}", antallcelle(p.tall("endret")))
    s.overskrift("Til scenariofilen")
    s.setning(
        "Lim dette inn i scenariofilen, eller bruk «velferdslab assess FIL --inn SCENARIO.toml». Bare rater som kan vises, er med.",
        "dempet",
    )
    for linje in scenarioblokk(synlige_rater(a, p)).splitlines() or [f"({ingen_rater(a)})"]:
        s.setning(linje, "v_tekst")


def maalingsark(ark: Ark, a: Registeranalyse, p: Publisert) -> None:
    """Plan the tab with the value of more observations."""
    s = begynn(ark, "Mål videre: hva flere observerte deltakere er verdt", p, 13.0)
    s.setning(
        f"For beslutningen i scenarioet {a.scenario}: å gjøre det når forventet netto er over 0. Kroner, av betabinomisk fordeling av hvor mange av de nye som lykkes.",
        "dempet",
    )
    s.setning(
        "Alle andre tall er som i scenarioet (antakelse). En rate uten registreringer teller som ti observerte.",
        "dempet",
    )
    for gruppe in a.grupper:
        for netto in NETTOER:
            s.overskrift(f"{BRUKERGRUPPER[gruppe]}: {HVEM[netto].lower()}")
            if not maalingen_vises(a, p, gruppe):
                s.setning("Skjult, fordi antallene bak ratene er det.")
                continue
            _verdier(s, a.maaling[gruppe][netto], a)


def _verdier(s: Skriver, m: Maalesvar, a: Registeranalyse) -> None:
    registrerte = "delvis felles mellom stegene" if a.felles == "steg" else "med Jeffreys' prior lagt til (½ og ½)"
    rad(s, "Netto med scenariets egne rater, kr", kroner(m.scenariets))
    rad(s, "Netto beslutningen hviler på, kr", kroner(m.forventet))
    s.setning(
        f"Den første er den «run» viser for {a.scenario}. Den andre har ratene i tabellen: de registrerte, {registrerte}, og scenariets, som ti observerte, der ingen er registrert.",
        "dempet",
    )
    s.hode("Steg fra", "Rate", *(f"{n} til, kr" for n in FLERE), "Kan snu ved", hoeyde=16)
    for v in m.verdier:
        snur = (INGEN_TALL, "v_tekst_hoeyre") if v.snur_ved is None else (float(v.snur_ved), "heltall")
        rad(s, SITUASJONSNAVN[v.situasjon], andelcelle(v.rate), *(kroner(v.verdt[n]) for n in FLERE), snur)
    if all(v.snur_ved is None for v in m.verdier):
        s.setning(
            f"Ingen av stegene kan snu beslutningen med opptil {antall(MAKS_FLERE)} nye, så det er ikke verdt noe for den å måle mer."
        )
