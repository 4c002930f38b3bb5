"""The memo as a page in HTML that prints on A4."""

from __future__ import annotations

from markupsafe import Markup

from velferdslab_model.base.ord import BRUKERGRUPPER
from velferdslab_model.figur8 import figur8
from velferdslab_model.page.aarsfigur import aarsfigur
from velferdslab_model.page.rendering import Seksjon, bit, side
from velferdslab_model.page.table import tabell, tekstcelle
from velferdslab_model.results import Grupperesultat
from velferdslab_model.saksframlegg.content import Del, Saksframlegg
from velferdslab_model.workbook.kind import SAKSFRAMLEGGSSIDE

_PAKKE = "velferdslab_model.saksframlegg"


def saksframleggsside(s: Saksframlegg) -> str:
    """The page as text."""
    seksjoner = [Seksjon(f"del{i}", del_.tittel, _del(s, del_)) for i, del_ in enumerate(s.deler)]
    return side(
        _PAKKE, "saksframlegg.html", tittel=s.tittel, seksjoner=seksjoner, slag=SAKSFRAMLEGGSSIDE, ingress=s.ingress
    )


def _del(s: Saksframlegg, del_: Del) -> Markup:
    t = del_.tabell
    rader = None if t is None else [[tekstcelle(c) for c in rad] for rad in t.rader]
    figurer = [_figur(BRUKERGRUPPER[navn], s.resultat.grupper[navn]) for navn in del_.figurer]
    tabellen = None if t is None or rader is None else tabell(t.tittel, ["Tall", *t.hode[1:]], rader)
    return bit(_PAKKE, "del.html", avsnitt=del_.avsnitt, punkter=del_.punkter, tabell=tabellen, figurer=figurer)


def _figur(tittel: str, g: Grupperesultat) -> Markup:
    f = figur8(tittel, g)
    return aarsfigur(f.tittel, f.beskrivelse, f.aar, f.soeyler, f.linje)
