"""What every tab of a contract's workbook is planned from: the terms in the cells, and what was computed when it was made."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from velferdslab_model.contract.analysis import Kontraktsanalyse, Tilfelle
from velferdslab_model.contract.inputs import Rom
from velferdslab_model.contract.oppgjoer import Oppgjoerslinje, oppgjoerslinjer
from velferdslab_model.contract.terms import MAKS_KONTRAKTAAR, Kontrakt
from velferdslab_model.model.array import Array
from velferdslab_model.workbook.checks import GAMMEL
from velferdslab_model.workbook.plan import Akse, Ark

#: Steps of the chart of payment, below the most that can be paid.
SOEYLER = 20
#: Said beside figures that no formula computes.
OPPDATERT = "Regnet av de vilkårene som står i boken nå."
UTDATERT = (
    f"{GAMMEL}: vilkårene er endret siden disse tallene ble regnet. Lag boken på nytt med «velferdslab contract»."
)
#: Said in its place where the terms cannot be worked with.
ULOVLIG = "Vilkårene kan ikke brukes slik de står: se øverst i fanen Svar."


@dataclass(frozen=True)
class Grunnlag:
    """naa: the terms in the cells worked through. laget: the analysis the file was made with, whose figures are values."""

    naa: Tilfelle
    laget: Kontraktsanalyse
    rom: Rom
    froe: int

    @property
    def v(self) -> Kontrakt:
        """The terms in the cells."""
        return self.naa.vilkaar

    @property
    def akse(self) -> Akse:
        """Budget years from contract year 1."""
        return Akse(4, self.rom.aar, "år")

    def aar(self, rekke: Array) -> Array:
        """A yearly row as long as the axis; what lies beyond it is cut, and the book's own check then fails."""
        return np.pad(rekke, (0, max(0, self.rom.aar - len(rekke))))[: self.rom.aar]

    @cached_property
    def linjer(self) -> list[tuple[int, int, Oppgjoerslinje | None, float, float]]:
        """Every settlement line there is room for: cohort, line, the engine's, persons and amount."""
        v, plan = self.v, self.naa.plan
        finnes = {
            (x.kohort, x.linje + 1): (x, float(self.naa.lykkede[x.kohort - 1] * x.holder), float(sum_))
            for x, sum_ in zip(oppgjoerslinjer(v), plan.linjer, strict=True)
        }
        tom: tuple[Oppgjoerslinje | None, float, float] = (None, 0.0, 0.0)
        return [
            (k, i, *finnes.get((k, i), tom))
            for k in range(1, MAKS_KONTRAKTAAR + 1)
            for i in range(1, self.rom.linjer + 1)
        ]


def ferskhetslinje(ark: Ark, rad: int, til_kol: int, levende: tuple[str, bool] | None = None) -> None:
    """A live line, red when the digest of the terms is no longer the one the values were computed with.

    levende: a condition under which the sheet computes all figures itself, and whether it holds.
    """
    naa, da = (ark.bok.steder[noekkel].verdier for noekkel in ("kontrolltall", "regnet_med"))
    vilkaar, holder = levende or ("", False)
    sagt = OPPDATERT if naa == da or holder else UTDATERT
    fersk = f"OR({{kontrolltall}}={{regnet_med}},{vilkaar})" if vilkaar else "{kontrolltall}={regnet_med}"
    mal = f'=IF({{kontroll_feil}}=0,IF({fersk},"{OPPDATERT}","{UTDATERT}"),"{ULOVLIG}")'
    ark.formel(rad, 0, mal, sagt, "dempet", til_kol=til_kol)
    for begynner in (GAMMEL, ULOVLIG.partition(" ")[0]):
        regel = {"type": "text", "criteria": "begins with", "value": begynner}
        ark.betingede.append((rad, 0, rad, til_kol, regel, "cf_feil"))
