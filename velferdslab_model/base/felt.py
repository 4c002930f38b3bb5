"""An input number of any kind of file: what it is called, its unit and its legal range."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

Slag = Literal["heltall", "aarstall", "andel", "antall", "beloep", "mengde", "indeks"]

MAKS_BELOEP = 1e12
FOERSTE_AAR, SISTE_AAR = 1990, 2100
#: A smaller intake is taken for a typing error; 0 is allowed.
MINSTE_INNTAK = 0.01
#: Characters of a name, and of any other text.
MAKS_NAVN, MAKS_TEKST = 200, 1000


@dataclass(frozen=True)
class Felt:
    """One input number.

    noekkel: dotted key in a file of inputs. minst, mest: legal range, both ends included. fane: the tab or block that
    holds the cell. hjelp: what it means, for the message beside the cell. celle: name of the cell in a workbook, where
    it is not the key.
    """

    noekkel: str
    tekst: str
    enhet: str
    slag: Slag
    minst: float
    mest: float
    fane: str
    hjelp: str
    celle: str = ""

    @property
    def navn(self) -> str:
        """Name of the cell in a workbook, without a group's prefix."""
        return self.celle or self.noekkel.replace(".", "_")

    @property
    def heltall(self) -> bool:
        """Whether only whole numbers are legal."""
        return self.slag in ("heltall", "aarstall")

    @property
    def ventet(self) -> str:
        """What is expected, as the end of the sentence «ventet ...»."""
        if self.slag == "andel":
            return f"en andel mellom {tall(self.minst)} og {tall(self.mest)}"
        if self.slag == "antall":
            return f"0, eller minst {tall(MINSTE_INNTAK)}"
        if self.slag == "beloep":
            return "et beløp i kroner fra 0 til 1 000 milliarder"
        if self.slag == "mengde":
            return "et tall fra 0 til 1 000 milliarder"
        if self.slag == "indeks":
            return f"et tall fra {tall(self.minst)} til {tall(self.mest)}"
        return f"et helt tall fra {tall(self.minst)} til {tall(self.mest)}"

    def er_lovlig(self, verdi: float) -> bool:
        """Whether a number is finite and inside the legal range."""
        if not (math.isfinite(verdi) and self.minst <= verdi <= self.mest):
            return False
        if self.heltall and verdi != int(verdi):
            return False
        return self.slag != "antall" or verdi == 0 or verdi >= MINSTE_INNTAK


def tall(verdi: float) -> str:
    """A number as it is written in a scenario file: 0.8, 10, 1120000."""
    return f"{verdi:.15g}"
