"""An input of any kind of file, a number or a word: what it is called, its unit, and what is legal."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from velferdslab_model.base.tall import csv_tall, maskintall

Slag = Literal["heltall", "aarstall", "andel", "antall", "beloep", "mengde", "indeks"]

MAKS_BELOEP = 1e12
FOERSTE_AAR, SISTE_AAR = 1990, 2100
#: A smaller intake is taken for a typing error; 0 is allowed.
MINSTE_INNTAK = 0.01
#: A number nearer to 0 is no quantity of anything, and what is divided by it no number.
MINSTE_STOERRELSE = 1e-9
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
        """What is expected in a file of inputs, as the end of the sentence «ventet ...»."""
        return self._ventet(maskintall)

    @property
    def ventet_i_celle(self) -> str:
        """What is expected in a cell, where a decimal is a comma."""
        return self._ventet(csv_tall)

    def for_naer_null(self, verdi: float) -> bool:
        """Whether a number would be legal if it were not as good as 0."""
        return 0 < abs(verdi) < MINSTE_STOERRELSE and self.minst <= verdi <= self.mest

    def _ventet(self, vist: Callable[[float], str]) -> str:
        if self.slag == "andel":
            return f"en andel mellom {vist(self.minst)} og {vist(self.mest)}"
        if self.slag == "antall":
            return f"0, eller minst {vist(MINSTE_INNTAK)}"
        fra_til = f"fra {vist(self.minst)} til {'1 000 milliarder' if self.mest == MAKS_BELOEP else vist(self.mest)}"
        if self.slag == "beloep":
            return f"et beløp i kroner {fra_til}"
        return f"et {'helt tall' if self.heltall else 'tall'} {fra_til}"

    def er_lovlig(self, verdi: float) -> bool:
        """Whether a number is finite and inside the legal range."""
        if not (math.isfinite(verdi) and self.minst <= verdi <= self.mest):
            return False
        if 0 < abs(verdi) < MINSTE_STOERRELSE:
            return False
        if self.heltall and verdi != int(verdi):
            return False
        return self.slag != "antall" or verdi == 0 or verdi >= MINSTE_INNTAK


@dataclass(frozen=True)
class Ordfelt:
    """One input word, chosen from a list; upper and lower case are alike, as in a spreadsheet.

    ordene: the legal words as they are written. The rest as for a number.
    """

    noekkel: str
    tekst: str
    ordene: tuple[str, ...]
    hjelp: str
    celle: str = ""

    @property
    def navn(self) -> str:
        """Name of the cell in a workbook, without a group's prefix."""
        return self.celle or self.noekkel.replace(".", "_")

    @property
    def liste(self) -> str:
        """Key and name of the cells that hold the legal words."""
        return f"liste_{self.navn}"

    @property
    def ventet_i_celle(self) -> str:
        """What is expected in a cell, as the end of the sentence «ventet ...»."""
        return " eller ".join(f"«{ord_}»" for ord_ in self.ordene)

    def ordet(self, skrevet: object) -> str | None:
        """The legal word that somebody wrote; None when it is none of them."""
        return next((ord_ for ord_ in self.ordene if ord_.casefold() == str(skrevet).casefold()), None)
