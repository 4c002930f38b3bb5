"""Registrations."""

from __future__ import annotations

import tempfile
from pathlib import Path

from velferdslab_model.app.answers import avsnittene, linjeblokk
from velferdslab_model.app.cases import Arbeidsordre, Nedlasting, Saksvar
from velferdslab_model.app.grounds import kreves
from velferdslab_model.assess.analysis import analyser_registreringer
from velferdslab_model.assess.published import publiser
from velferdslab_model.assess.reading import les_registreringer
from velferdslab_model.assess.report import registerrapport
from velferdslab_model.assess.screen import registertabell
from velferdslab_model.assess.template import write_registermal
from velferdslab_model.base.dato import dagens_dato
from velferdslab_model.scenarios.loading import load_forutsetninger


def regn_registreringer(ordre: Arbeidsordre) -> Saksvar:
    """Rates with intervals, small counts hidden, and the report."""
    fil = kreves(ordre, "fil", "registreringene (.xlsx eller .csv)")
    a = analyser_registreringer(les_registreringer(fil), fil.name, load_forutsetninger())
    bok = ordre.ny("rapport.xlsx")
    bok.write_bytes(registerrapport(a, False, dagens_dato()))
    setninger = ["Verdien av å måle mer er regnet for standardtallene (Asker 2019), der mange tall er antakelser."]
    html = avsnittene(setninger) + linjeblokk("Svaret", registertabell(a, publiser(a, False)).split("\n"))
    return Saksvar(
        str(html), "Registreringene er regnet ut.", [Nedlasting(str(bok), "rapport.xlsx", "Last ned rapporten")]
    )


def registreringsbok(_: str) -> bytes:
    """A workbook to register in."""
    with tempfile.TemporaryDirectory() as mappe:
        fil = Path(mappe) / "registrering.xlsx"
        write_registermal(fil)
        return fil.read_bytes()
