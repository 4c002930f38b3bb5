"""Personas: the null alternative from histories."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from velferdslab_model.app.answers import avsnittene, kildeliste
from velferdslab_model.app.cases import Arbeidsordre, Nedlasting, Saksvar
from velferdslab_model.app.lines import linjeblokk
from velferdslab_model.base.dato import dagens_dato
from velferdslab_model.personas.analysis import Personaanalyse, analyser_personas
from velferdslab_model.personas.inputs import settregister
from velferdslab_model.personas.loading import personamal
from velferdslab_model.personas.reading import les_personas
from velferdslab_model.personas.report.page import personaside
from velferdslab_model.personas.screen import personatabell
from velferdslab_model.personas.terms import Personasett
from velferdslab_model.personas.writing import personasplan
from velferdslab_model.workbook.inputs import Inndata
from velferdslab_model.workbook.stamp import stemple_side
from velferdslab_model.workbook.writing import bytes_av

#: Where the amounts of a service come from, when that is a source.
_MENGDE = {"notatet": "kilde: følgenotatet"}


def regn_personas(ordre: Arbeidsordre) -> Saksvar:
    """The null alternative, its page with a figure of each history, and its workbook."""
    sett = les_personas(ordre.alle("filer"))
    if ordre.felt.get("uten"):
        sett = replace(sett, med_overfoeringer=False)
    a = analyser_personas(sett)
    bok, side = ordre.senere("personas.xlsx", _bok, a.sett), ordre.senere("personas.html", _side, a)
    html = avsnittene(["Figuren av hver historie står på siden."])
    html += linjeblokk("Nullalternativet", personatabell(a).split("\n")) + kildeliste(_kilder(a))
    filer = [
        Nedlasting(side, "personas.html", "Åpne siden med figurene", vises=True),
        Nedlasting(side, "personas.html", "Last ned siden"),
        Nedlasting(bok, "personas.xlsx", "Last ned arbeidsboken"),
    ]
    return Saksvar(str(html), "Nullalternativet er regnet ut av personas.", filer)


def _kilder(a: Personaanalyse) -> Iterator[tuple[str, str, str]]:
    regnes_ut = [en for en in settregister(a) if isinstance(en, Inndata) and en.formel]
    yield from (("Nullalternativet", en.felt.tekst, en.kilde) for en in settregister(a) if en not in regnes_ut)
    for p, h in a.sett.historier():
        for t in h.tjenester:
            hvem = f"{p.navn} {h.utfall}".strip()
            yield hvem, f"{t.navn}, pris per {t.enhet}", t.kilde
            yield hvem, f"{t.navn}, mengde", _MENGDE.get(t.opphav, t.opphav)


def _bok(sett: Personasett) -> bytes:
    return bytes_av(personasplan(sett), dagens_dato())


def _side(a: Personaanalyse) -> bytes:
    return stemple_side(personaside(a).encode())


def personafil(navn: str) -> bytes:
    """A persona to fill in."""
    return personamal(navn).encode()
