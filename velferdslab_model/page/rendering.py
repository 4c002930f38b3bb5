"""Pages from templates: one base, with what every page has; a question's own templates stand beside its code.

Every value is escaped; only what is already HTML (Markup) stands as it is. A template that names something that is not
given stops the writing.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from jinja2 import BaseLoader, ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from velferdslab_model.page.svg import SKRAVERT
from velferdslab_model.version import __version__
from velferdslab_model.workbook.kind import Bokslag

_PAKKE, _MAPPE = "velferdslab_model.page", "data"


@dataclass(frozen=True)
class Seksjon:
    """One part of a page. noekkel: what links point to. innhold: its HTML below the heading."""

    noekkel: str
    tittel: str
    innhold: Markup


def side(pakke: str, mal: str, tittel: str, seksjoner: list[Seksjon], slag: Bokslag | None, **verdier: object) -> str:
    """A whole page. pakke: the package whose data/ holds the template, which extends base.html. slag: the kind of file,
    where the program must know it again."""
    faste = {"tittel": tittel, "seksjoner": seksjoner, "slag": slag, "versjon": __version__, "skravert": SKRAVERT}
    return _miljoe(pakke).get_template(mal).render(**faste, **verdier)


def bit(pakke: str, mal: str, **verdier: object) -> Markup:
    """A piece of a page."""
    return Markup(_miljoe(pakke).get_template(mal).render(**verdier))


@cache
def _miljoe(pakke: str) -> Environment:
    kilder: list[BaseLoader] = [PackageLoader(navn, _MAPPE) for navn in (pakke, _PAKKE)]
    miljoe = Environment(
        loader=ChoiceLoader(kilder), autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True
    )

    def som_den_er(navn: str) -> Markup:
        """A style sheet or a script, as its file is."""
        return Markup(ChoiceLoader(kilder).get_source(miljoe, navn)[0])

    miljoe.globals["som_den_er"] = som_den_er
    return miljoe
