"""Personas: the null alternative from histories."""

from __future__ import annotations

from dataclasses import replace

from velferdslab_model.app.answers import avsnittene
from velferdslab_model.app.cases import Arbeidsordre, Nedlasting, Saksvar
from velferdslab_model.app.lines import linjeblokk
from velferdslab_model.base.dato import dagens_dato
from velferdslab_model.personas.analysis import Personaanalyse, analyser_personas
from velferdslab_model.personas.loading import personamal
from velferdslab_model.personas.reading import les_personas
from velferdslab_model.personas.report.page import personaside
from velferdslab_model.personas.screen import personatabell
from velferdslab_model.personas.terms import Personasett
from velferdslab_model.personas.writing import personasplan
from velferdslab_model.workbook.stamp import stemple_side
from velferdslab_model.workbook.writing import bytes_av


def regn_personas(ordre: Arbeidsordre) -> Saksvar:
    """The null alternative, its page with a figure of each history, and its workbook."""
    sett = les_personas(ordre.alle("filer"))
    if ordre.felt.get("uten"):
        sett = replace(sett, med_overfoeringer=False)
    a = analyser_personas(sett)
    bok, side = ordre.senere("personas.xlsx", _bok, a.sett), ordre.senere("personas.html", _side, a)
    om = ["Mengder og beløp i malene er konstruert. Figuren av hver historie står på siden."]
    html = avsnittene(om) + linjeblokk("Nullalternativet", personatabell(a).split("\n"))
    filer = [
        Nedlasting(side, "personas.html", "Åpne siden med figurene", vises=True),
        Nedlasting(side, "personas.html", "Last ned siden"),
        Nedlasting(bok, "personas.xlsx", "Last ned arbeidsboken"),
    ]
    return Saksvar(str(html), "Nullalternativet er regnet ut av personas.", filer)


def _bok(sett: Personasett) -> bytes:
    return bytes_av(personasplan(sett), dagens_dato())


def _side(a: Personaanalyse) -> bytes:
    return stemple_side(personaside(a).encode())


def personafil(navn: str) -> bytes:
    """A persona to fill in."""
    return personamal(navn).encode()
