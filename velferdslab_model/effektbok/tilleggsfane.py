"""A tab that is added after the seven when somebody asks for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from velferdslab_model.results import Resultat
    from velferdslab_model.workbook.plan import Ark


@dataclass(frozen=True)
class Tilleggsfane:
    """What to call the tab, a few words for the list on Introduksjonsark, and what plans its cells."""

    navn: str
    forklaring: str
    skriv: Callable[[Ark, Resultat], None]


def tom_fane(navn: str, forklaring: str) -> Tilleggsfane:
    """The same tab with nothing on it: in an audit, one whose cells the plan does not hold."""

    def tom(ark: Ark, _: Resultat) -> None:
        ark.tekst(0, 0, "")

    return Tilleggsfane(navn, forklaring, tom)
