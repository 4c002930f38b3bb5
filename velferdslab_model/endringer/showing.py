"""How a change and its effect are shown, on the screen and on a page."""

from __future__ import annotations

from velferdslab_model.alternativ import SUMMER
from velferdslab_model.base.tall import aar, antall, kr, prosent, tall
from velferdslab_model.base.tekst import synlig
from velferdslab_model.endringer.finne import Inndataverdi
from velferdslab_model.endringer.virkning import Gruppevirkning
from velferdslab_model.model.aarsserier import NETTO

#: What is shown before and after.
_LINJER = (
    "kostnad",
    "besparelse",
    "helsegevinst",
    "produksjonsgevinst",
    "netto_budsjett",
    "netto_samfunn",
    "netto_kommune",
    "netto_fylkeskommune",
    "netto_stat",
)


def virkningsrader(g: Gruppevirkning) -> list[str]:
    """The sums shown before and after; none of a fylkeskommune that has no part in either."""
    fylket = any(n["netto_fylkeskommune"] for n in (g.foer, g.etter))
    return [navn for navn in _LINJER if fylket or navn != "netto_fylkeskommune"]


def virkningsaar(g: Gruppevirkning) -> list[str]:
    """The nets whose payback year is shown, likewise."""
    return [x for x in NETTO if x != "fylkeskommune" or "netto_fylkeskommune" in virkningsrader(g)]


def er_endret(g: Gruppevirkning) -> bool:
    """Whether anything of the result differs."""
    return any(g.differanse(navn) for navn in SUMMER) or g.tilbake_foer != g.tilbake_etter


def verdi(v: Inndataverdi, enhet: str) -> str:
    """A value as it is shown: shares as per cent, numbers with decimal comma."""
    if v is None:
        return "(ingen)"
    if isinstance(v, str):
        return f"«{kort(v)}»" if v else "(tom)"
    if enhet == "andel":
        return prosent(v)
    if enhet == "årstall":
        return aar(v)
    if enhet.startswith("kr") and v != round(v):
        return tall(v, 2)
    return kr(v) if v == round(v) else antall(v, 10)


def kort(tekst: str, maks: int = 160) -> str:
    """A text from a user, cut to what fits, without characters that cannot be seen."""
    vist = synlig(tekst)
    return vist if len(vist) <= maks else vist[: maks - 3] + "..."
