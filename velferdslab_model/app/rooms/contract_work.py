"""An outcome contract."""

from __future__ import annotations

from velferdslab_model.app.answers import avsnittene
from velferdslab_model.app.cases import Arbeidsordre, Nedlasting, Saksvar
from velferdslab_model.app.grounds import grunnlaget
from velferdslab_model.app.lines import linjeblokk
from velferdslab_model.base.dato import dagens_dato
from velferdslab_model.base.tekst import filnavn
from velferdslab_model.contract.analysis import Kontraktsanalyse, analyser_kontrakt
from velferdslab_model.contract.loading import kontraktsmal
from velferdslab_model.contract.reading import les_kontraktfil
from velferdslab_model.contract.scenario import med_scenario
from velferdslab_model.contract.screen import kontraktstabell
from velferdslab_model.contract.writing import kontraktplan
from velferdslab_model.scenarios.loading import load_forutsetninger
from velferdslab_model.workbook.writing import bytes_av


def regn_kontrakt(ordre: Arbeidsordre) -> Saksvar:
    """What a negotiator needs, and the workbook."""
    v = les_kontraktfil(ordre.fil("fil"))
    setninger = []
    scenario, navn = grunnlaget(ordre)
    if scenario is not None:
        f = load_forutsetninger(scenario, v.prisaar if v.valuta == "NOK" else None)
        v = med_scenario(v, f)
        setninger = [f.prisaarvarsel, f"Nullalternativ, horisont, rate og kostnad per deltaker er hentet fra {navn}."]
    a = analyser_kontrakt(v)
    bok = ordre.senere("kontrakt.xlsx", _bok, a)
    setninger.append(
        "Rater som er «tatt for sikker», og alt annet uten kilde, er antakelser; de er merket under og i arbeidsboken."
    )
    html = avsnittene(setninger) + linjeblokk("Kontrakten", kontraktstabell(a).split("\n"))
    filer = [Nedlasting(bok, f"kontrakt_{filnavn(v.navn)}.xlsx", "Last ned arbeidsboken")]
    return Saksvar(str(html), f"Kontrakten «{v.navn}» er regnet ut.", filer)


def _bok(a: Kontraktsanalyse) -> bytes:
    return bytes_av(kontraktplan(a), dagens_dato())


def kontraktfil(navn: str) -> bytes:
    """A contract to fill in."""
    return kontraktsmal(navn).encode()
