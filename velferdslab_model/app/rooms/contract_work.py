"""An outcome contract."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from velferdslab_model.app.answers import antakelsesliste, avsnittene, kildeliste
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
from velferdslab_model.contract.terms import FASTFELT, KONTRAKTFELT, LINJEFELT, Kontrakt
from velferdslab_model.contract.words import hentet_ord
from velferdslab_model.contract.writing import kontraktplan
from velferdslab_model.scenarios.loading import load_forutsetninger
from velferdslab_model.workbook.writing import bytes_av


def regn_kontrakt(ordre: Arbeidsordre) -> Saksvar:
    """What a negotiator needs, and the workbook."""
    v = les_kontraktfil(ordre.fil("fil"))
    setninger: list[str] = []
    antatt = Markup("")
    scenario, navn = grunnlaget(ordre)
    if scenario is not None:
        f = load_forutsetninger(scenario, v.prisaar if v.valuta == "NOK" else None)
        v = med_scenario(v, f)
        setninger = [f.prisaarvarsel, hentet_ord(v, navn)]
        antatt = antakelsesliste(f)
    a = analyser_kontrakt(v)
    bok = ordre.senere("kontrakt.xlsx", _bok, a)
    html = avsnittene(setninger) + linjeblokk("Kontrakten", kontraktstabell(a).split("\n"))
    html += kildeliste(_kilder(v)) + antatt
    filer = [Nedlasting(bok, f"kontrakt_{filnavn(v.navn)}.xlsx", "Last ned arbeidsboken")]
    return Saksvar(str(html), f"Kontrakten «{v.navn}» er regnet ut.", filer)


def _kilder(v: Kontrakt) -> Iterator[tuple[str, str, str]]:
    for noekkel, kilde in v.kilder.items():
        navn = noekkel.rpartition(".")[2]
        felt = KONTRAKTFELT.get(noekkel) or LINJEFELT.get(navn) or FASTFELT.get(navn)
        yield "Kontrakten", felt.tekst if felt else noekkel, kilde


def _bok(a: Kontraktsanalyse) -> bytes:
    return bytes_av(kontraktplan(a), dagens_dato())


def kontraktfil(navn: str) -> bytes:
    """A contract to fill in."""
    return kontraktsmal(navn).encode()
