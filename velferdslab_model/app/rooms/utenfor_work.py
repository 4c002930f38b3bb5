"""The life-course account, alone or beside the effect model."""

from __future__ import annotations

from collections.abc import Iterator

from velferdslab_model.app.answers import antakelsesliste, avsnittene, kildeliste
from velferdslab_model.app.cases import Arbeidsordre, Nedlasting, Saksvar
from velferdslab_model.app.grounds import grunnlaget
from velferdslab_model.app.lines import linjeblokk
from velferdslab_model.base.dato import dagens_dato
from velferdslab_model.base.ord import BRUKERGRUPPER
from velferdslab_model.base.tekst import filnavn
from velferdslab_model.results import beregn
from velferdslab_model.scenarios.loading import load_forutsetninger
from velferdslab_model.utenfor.account import regn_utenfor
from velferdslab_model.utenfor.loading import utenformal
from velferdslab_model.utenfor.reading import les_utenforfil
from velferdslab_model.utenfor.sammen import Sammenstilling, sammenstill
from velferdslab_model.utenfor.sammen_page import sammenstillingsside
from velferdslab_model.utenfor.sammen_screen import sammenstillingstabell
from velferdslab_model.utenfor.screen import utenfortabell
from velferdslab_model.utenfor.terms import FELTENE, Utenforvilkaar
from velferdslab_model.utenfor.writing import utenforplan
from velferdslab_model.workbook.stamp import stemple_side
from velferdslab_model.workbook.writing import bytes_av


def regn_utenforregnskap(ordre: Arbeidsordre) -> Saksvar:
    """What a measure gives through a life, and the workbook; or both models on one measure, and their page."""
    v = les_utenforfil(ordre.fil("fil"))
    if grunnlaget(ordre)[0] is not None:
        return _begge(ordre, v)
    bok = ordre.senere("utenfor.xlsx", _bok, v)
    html = linjeblokk("Regnskapet", utenfortabell(regn_utenfor(v)).split("\n")) + kildeliste(_kilder(v))
    filer = [Nedlasting(bok, f"utenfor_{filnavn(v.navn)}.xlsx", "Last ned arbeidsboken")]
    return Saksvar(str(html), f"Regnskapet «{v.navn}» er regnet ut.", filer)


def _begge(ordre: Arbeidsordre, v: Utenforvilkaar) -> Saksvar:
    f = load_forutsetninger(grunnlaget(ordre)[0], v.prisaar)
    gruppe = ordre.felt.get("gruppe", "")
    s = sammenstill(v, beregn(f), gruppe if gruppe in BRUKERGRUPPER else next(iter(BRUKERGRUPPER)))
    side = ordre.senere("begge.html", _side, s)
    html = avsnittene([f.prisaarvarsel]) + linjeblokk("Begge modeller", sammenstillingstabell(s).split("\n"))
    html += kildeliste(_kilder(v)) + antakelsesliste(f)
    filer = [
        Nedlasting(side, "begge.html", "Åpne siden med figurene", vises=True),
        Nedlasting(side, "begge.html", "Last ned siden"),
    ]
    return Saksvar(str(html), "Samme tiltak er regnet ut i begge modeller.", filer)


def _kilder(v: Utenforvilkaar) -> Iterator[tuple[str, str, str]]:
    yield from (("Regnskapet", FELTENE[n].tekst if n in FELTENE else n, kilde) for n, kilde in v.kilder.items())
    yield from (("Profilen", post.navn, post.kilde) for post in v.poster)


def _bok(v: Utenforvilkaar) -> bytes:
    return bytes_av(utenforplan(v), dagens_dato())


def _side(s: Sammenstilling) -> bytes:
    return stemple_side(sammenstillingsside(s).encode())


def regnskapsfil(navn: str) -> bytes:
    """An account to fill in."""
    return utenformal(navn).encode()
