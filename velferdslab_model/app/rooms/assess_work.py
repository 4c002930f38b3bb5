"""Registrations."""

from __future__ import annotations

import tempfile
from pathlib import Path

from velferdslab_model.app.answers import antakelsesliste, avsnittene
from velferdslab_model.app.cases import Arbeidsordre, Nedlasting, Saksvar
from velferdslab_model.app.grounds import grunnlaget, kreves
from velferdslab_model.app.lines import linjeblokk
from velferdslab_model.app.rooms.start_work import skriv_filer
from velferdslab_model.assess.analysis import analyser_registreringer
from velferdslab_model.assess.block import med_rater
from velferdslab_model.assess.published import publiser
from velferdslab_model.assess.reading import les_registreringer
from velferdslab_model.assess.report import registerrapport
from velferdslab_model.assess.screen import registertabell
from velferdslab_model.assess.sentences import ingen_rater, om_ubesvarte, rater_som_staar, synlige_rater
from velferdslab_model.assess.template import write_registermal
from velferdslab_model.base.dato import dagens_dato
from velferdslab_model.contract.reading import les_kontraktfil
from velferdslab_model.results import beregn
from velferdslab_model.scenarios.loading import load_forutsetninger


def regn_registreringer(ordre: Arbeidsordre) -> Saksvar:
    """Rates with intervals, small counts hidden, the report, and a scenario with the rates in it."""
    fil = kreves(ordre, "fil", "registreringene (.xlsx eller .csv)")
    kontrakt = ordre.fil("kontrakt")
    scenario, navn = grunnlaget(ordre)
    f = load_forutsetninger(scenario)
    registreringer = les_registreringer(fil)
    a = analyser_registreringer(registreringer, fil.name, f, kontrakt=les_kontraktfil(kontrakt) if kontrakt else None)
    p = publiser(a, False)
    bok = ordre.ny("rapport.xlsx")
    bok.write_bytes(registerrapport(a, p, dagens_dato()))
    filer = [Nedlasting(str(bok), "rapport.xlsx", "Last ned rapporten")]
    videre: tuple[str, str] | None = None
    setninger = om_ubesvarte(registreringer)
    if scenario is None:
        setninger.append(
            "Verdien av å måle mer er regnet for standardtallene (Asker 2019), der mange tall er antakelser."
        )
    elif rater := synlige_rater(a, p):
        setninger += rater_som_staar(a, rater, f)
        f = med_rater(f, rater)
        nye = skriv_filer(ordre, beregn(f), " registrert")
        filer += nye
        videre = (nye[-1].sti, f"{f.navn}, registrerte rater")
        setninger.append(f"{len(rater)} rater er satt inn i {navn}; arbeidsboken og scenariofilen har dem.")
    else:
        setninger.append(f"Ingen rate er satt inn i scenariet: {ingen_rater(a)}.")
    html = avsnittene(setninger) + linjeblokk("Svaret", registertabell(a, p).split("\n")) + antakelsesliste(f)
    return Saksvar(str(html), "Registreringene er regnet ut.", filer, scenario=videre)


def registreringsbok(_: str) -> bytes:
    """A workbook to register in."""
    with tempfile.TemporaryDirectory() as mappe:
        fil = Path(mappe) / "registrering.xlsx"
        write_registermal(fil)
        return fil.read_bytes()
