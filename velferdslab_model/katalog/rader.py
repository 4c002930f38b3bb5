"""Each price of a scenario beside the published figures nearest to it, as rows for a tab of a workbook or a price list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from velferdslab_model.base.ord import BRUKERGRUPPER
from velferdslab_model.base.tall import csv_tall, prosent
from velferdslab_model.katalog.avstand import Avstand, avstander, opphav
from velferdslab_model.parameters.katalogvalg import OVERFOERING, er_overfoering
from velferdslab_model.parameters.priskatalog import Katalog
from velferdslab_model.parameters.typer import Tiltak

#: A price that lies further than this from every published figure is told of.
LANGT_FRA = 0.25
#: How the reason says that the figure is made with the model's own formula.
SOM_I_MODELLEN = "regnet som i modellen"
#: Heading of what a figure is as a price of the model, which are all converted by one index.
OM_DEN_VELGES = "Pris om den velges (kommunal deflator)"
IKKE_KOBLET = "ikke holdt mot publiserte tall: eget tiltak"


@dataclass(frozen=True)
class Kataloglinje:
    """One price beside one published figure. plass: row of the tiltak in its table, from 0. avstand: None for a tiltak of the user's own.

    overfoering: whether the price is a transfer.
    """

    gruppe: str
    plass: int
    tiltak: Tiltak
    prisaar: int
    avstand: Avstand | None
    overfoering: bool = False

    @property
    def gruppenavn(self) -> str:
        """The group as shown."""
        return BRUKERGRUPPER[self.gruppe]

    @property
    def opphav(self) -> str:
        """Whether the price is assumed, has a source, or was chosen from the catalogue."""
        return opphav(self.tiltak)

    @property
    def opphav_med_overfoering(self) -> str:
        """The same, and that it is a transfer where it is one."""
        return f"{self.opphav}; {OVERFOERING}" if self.overfoering else self.opphav

    @property
    def publisert(self) -> str:
        """The published figure in words: name, amount and year as published, and the index that brings it to the price's year."""
        rad = self.avstand.rad if self.avstand else None
        if rad is None:
            return ""
        ganger = self.avstand.treff.ganger if self.avstand else 1
        regnet = f"; regnet ut av det: x {csv_tall(float(f'{ganger:.6g}'))}" if ganger != 1 else ""
        hvordan = self.avstand.hvordan if self.avstand else ""
        omregnet = f"; omregnet {hvordan}" if hvordan.startswith("med") else ""
        return f"{rad.navn}: {rad.kroner} kr per {rad.enhet} ({rad.aarstekst}){regnet}{omregnet}"

    @property
    def begrunnelse(self) -> str:
        """Why this figure, why it cannot be brought to the year where it cannot, and what to mind."""
        if self.avstand is None:
            return IKKE_KOBLET
        deler = [self.avstand.treff.begrunnelse]
        if SOM_I_MODELLEN in deler[0]:
            deler.append("påslag og timetall er modellens egne, så avstanden måler bare lønnen")
        if not self.avstand.hvordan.startswith("med"):
            deler.append(self.avstand.hvordan)
        if self.avstand.rad and self.avstand.rad.overfoering:
            deler.append(OVERFOERING)
        return "; ".join(del_ for del_ in deler if del_)


def oppsummert(linjer: Sequence[Kataloglinje]) -> str:
    """How many prices are assumed, have a source or were chosen, and how far they lie from what is published, in a sentence or two."""
    priser: dict[tuple[str, int], list[Kataloglinje]] = {}
    for linje in linjer:
        priser.setdefault((linje.gruppe, linje.plass), []).append(linje)
    opphav_ = Counter(alle[0].opphav.partition(":")[0] for alle in priser.values())
    avvik = [
        [abs(x.avstand.avvik) for x in alle if x.avstand and x.avstand.avvik is not None] for alle in priser.values()
    ]
    maalt = [alle for alle in avvik if alle]
    noen, alle_tall = (sum(hvor(alle) > LANGT_FRA for alle in maalt) for hvor in (max, min))
    return (
        f"{len(priser)} priser: {opphav_['antakelse']} antatt, {opphav_['oppgitt kilde']} med oppgitt kilde, "
        f"{opphav_['valgt fra katalogen']} fra katalogen. {len(maalt)} er holdt mot publiserte tall. {noen} har minst ett "
        f"tall mer enn {prosent(LANGT_FRA)} unna, og {alle_tall} ligger så langt fra alle sine."
    )


def kataloglinjer(
    tiltak: Mapping[str, Sequence[tuple[Tiltak, int]]], katalog: Katalog, egne: Mapping[str, Mapping[int, float]]
) -> list[Kataloglinje]:
    """The lines of every tiltak in order, at least one for each. tiltak: by group, each with the year its price is in."""
    ut = []
    for gruppe, alle in tiltak.items():
        for plass, (t, aar) in enumerate(alle):
            funnet: list[Avstand | None] = list(avstander(gruppe, t, aar, katalog, egne)) or [None]
            overfoering = er_overfoering(gruppe, t, katalog)
            ut += [Kataloglinje(gruppe, plass, t, aar, en, overfoering) for en in funnet]
    return ut
