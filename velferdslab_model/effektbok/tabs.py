"""A tab that is added after the seven when somebody asks for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from velferdslab_model.results import Resultat
from velferdslab_model.workbook.plan import Ark

#: Name and explanation of the uncertainty tabs, which hold values computed by the program and no formulas.
USIKKERHETSFANER = (
    ("Usikkerhet", "Hva netto kan bli, og hvor sikkert det lønner seg"),
    ("Tornado", "Hvor mye hvert tall betyr"),
    ("Bytteverdier", "Hvor galt hvert tall må være for at svaret snur"),
    ("Toveistabell", "Suksessrate og pris sammen"),
    ("Informasjonsverdi", "Hva det er verdt å vite mer"),
)


@dataclass(frozen=True)
class Tilleggsfane:
    """What to call the tab, a few words for the list on Introduksjonsark, and what plans its cells."""

    navn: str
    forklaring: str
    skriv: Callable[[Ark, Resultat], None]
