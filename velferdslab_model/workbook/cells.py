"""The cells of an .xlsx file as they stand in it, whoever wrote it: values, formulas, number formats and protection.

Rows may stand in any order and say no number, texts may stand in the cells, elements may have a prefix, a formula may be
shared or an array; a number is a number whatever it is shown as.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from velferdslab_model.base.celleverdi import Feilverdi
from velferdslab_model.workbook.adresse import kolonnenavn
from velferdslab_model.workbook.numberformat import er_dato
from velferdslab_model.workbook.parts import ARKSPRAAK, Attributter, les_xml

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ADRESSE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_OMRAADE = re.compile(r"[A-Z]{1,3}[1-9][0-9]{0,6}(?::[A-Z]{1,3}[1-9][0-9]{0,6})?")
#: Excel counts days from here: day 60 was 29 February 1900, which never was. The other calendar is that of old Macs.
_DAG_NULL, _DAG_NULL_1904 = date(1899, 12, 30), date(1904, 1, 1)
_MAKS_DAG = 2_958_465
#: A larger whole number is not exact as a float, and stays one.
_MAKS_HELTALL = 10**15
#: Characters of an address, with a sign to make it stay before either part.
_MAKS_ADRESSE = 12


class Raacelle(NamedTuple):
    """One cell.

    verdi: number, text, truth, Feilverdi or None. formel: with its «=», an array formula in braces. format: Excel's
    notation. laast: what the protection of the sheet makes of it. dato: the date it shows, where it shows one.
    """

    verdi: float | int | str | bool | None
    formel: str | None
    format: str
    laast: bool
    dato: date | None = None


@dataclass(frozen=True)
class Raaark:
    """One sheet. celler: by address, in the order of the file. sammenslaatt: areas of merged cells, A5:C5."""

    navn: str
    celler: Mapping[str, Raacelle]
    beskyttet: bool
    skjult: bool
    sammenslaatt: tuple[str, ...] = ()


@dataclass(frozen=True)
class Stil:
    """What a style says of its cells. er_dato: whether it shows numbers as dates."""

    format: str
    laast: bool
    er_dato: bool

    @classmethod
    def av(cls, form: str, laast: bool) -> Stil:
        """The style of a number format."""
        return cls(form, laast, er_dato(form))


def dag(dato: date) -> int:
    """The number of a day, as a cell holds it."""
    return (dato - _DAG_NULL).days


def datoen(tall: float, kalender_1904: bool = False) -> date | None:
    """The day a number stands for; None outside the calendar."""
    if not 0 < tall <= _MAKS_DAG:
        return None
    return (_DAG_NULL_1904 if kalender_1904 else _DAG_NULL) + timedelta(days=int(tall))


def uten_escape(tekst: str) -> str:
    """A text with the characters that Excel writes as _x000D_; a line ends in one way, whatever the program."""
    tekst = _ESCAPE.sub(lambda m: chr(int(m[1], 16)), tekst) if "_x" in tekst else tekst
    return tekst.replace("\r\n", "\n")


def er_sant(verdi: str | None) -> bool:
    """A truth as a file spells it."""
    return (verdi or "").strip().lower() in ("1", "true", "on")


def tall_av(tekst: str) -> float | int | Feilverdi | None:
    """A number as the file writes it; a whole one is whole however it was written: 2020.0, 2.02E3."""
    if not tekst.strip():
        return None
    tall = float(tekst)
    if not math.isfinite(tall):
        return Feilverdi("#NUM!")
    return int(tall) if tall == int(tall) and abs(tall) < _MAKS_HELTALL else tall


class Arkleser:
    """Reads one sheet."""

    def __init__(self, stiler: list[Stil], tekster: list[str], kalender_1904: bool) -> None:
        self.celler: dict[str, Raacelle] = {}
        self.beskyttet = False
        self.sammenslaatt: list[str] = []
        self._stiler, self._tekster, self._1904 = stiler, tekster, kalender_1904
        self._data = False
        self._rad = self._kol = 0
        self._adresse, self._slag, self._stil = "", "n", 0
        self._formel: tuple[Attributter, list[str]] | None = None
        self._verdi: list[str] | None = None
        self._tekst: list[str] | None = None
        self._samler: list[str] | None = None
        self._uttale = False
        self._delte: dict[str, tuple[str, str]] = {}

    def les(self, xml: bytes) -> None:
        """Read the part."""
        if not xml:
            raise ValueError("an empty sheet")
        les_xml(xml, self._start, self._slutt, self._bit)

    def _start(self, rom: str, navn: str, a: Attributter) -> None:
        if rom not in ARKSPRAAK:
            return
        if not self._data:
            if navn == "sheetData":
                self._data = True
            elif navn == "sheetProtection":
                self.beskyttet = er_sant(a.get("sheet"))
            elif navn == "mergeCell" and (funn := _OMRAADE.fullmatch(a.get("ref", "").upper().replace("$", ""))):
                self.sammenslaatt.append(funn[0])
            return
        if navn == "c":
            self._ny_celle(a)
        elif navn == "v":
            self._verdi = self._samler = []
        elif navn == "f":
            self._formel = (a, [])
            self._samler = self._formel[1]
        elif navn == "rPh":
            self._uttale = True
        elif navn == "is":
            self._tekst = []
        elif navn == "t" and self._tekst is not None and not self._uttale:
            self._samler = self._tekst
        elif navn == "row":
            self._rad = int(a["r"]) if "r" in a else self._rad + 1
            self._kol = 0

    def _slutt(self, rom: str, navn: str) -> None:
        if rom not in ARKSPRAAK or not self._data:
            return
        if navn == "c":
            self._ferdig()
        elif navn in ("v", "f", "t"):
            self._samler = None
        elif navn == "rPh":
            self._uttale = False
        elif navn == "sheetData":
            self._data = False

    def _bit(self, tekst: str) -> None:
        if self._samler is not None:
            self._samler.append(tekst)

    def _ny_celle(self, a: Attributter) -> None:
        if "r" in a:
            if len(a["r"]) > _MAKS_ADRESSE:
                raise ValueError("an address")
            self._kol, self._adresse = _lest_adresse(a["r"])
        else:
            self._kol += 1
            self._adresse = f"{kolonnenavn(self._kol - 1)}{self._rad}"
        self._slag, self._stil = a.get("t", "n"), int(a.get("s", "0") or 0)
        self._formel = self._verdi = self._tekst = None

    def _ferdig(self) -> None:
        verdi = self._les_verdi()
        formel = self._les_formel()
        stil = self._stiler[self._stil] if self._stil < len(self._stiler) else self._stiler[0]
        if self._adresse in self.celler:
            raise ValueError("the same cell twice")
        dato = None
        if isinstance(verdi, datetime):
            dato, verdi = (
                verdi.date(),
                dag(verdi.date()) + (verdi - datetime.combine(verdi.date(), datetime.min.time())).seconds / 86400,
            )
        elif isinstance(verdi, int | float) and not isinstance(verdi, bool) and stil.er_dato:
            dato = datoen(verdi, self._1904)
        # An empty cell with a style holds nothing; whether it is locked matters only for what does.
        if verdi is not None or formel is not None:
            self.celler[self._adresse] = Raacelle(verdi, formel, stil.format, stil.laast, dato)

    def _les_verdi(self) -> float | int | str | bool | datetime | None:
        if self._slag == "inlineStr" or (self._tekst is not None and self._verdi is None):
            return uten_escape("".join(self._tekst or ()))
        if self._verdi is None:
            return "" if self._slag == "str" else None
        raa = "".join(self._verdi)
        if self._slag == "s":
            return self._tekster[int(raa)] if raa.strip() else None
        if self._slag == "str":
            return uten_escape(raa)
        if self._slag == "b":
            return er_sant(raa)
        if self._slag == "e":
            return Feilverdi(raa.strip() or "#N/A")
        if self._slag == "d":
            return _tidspunkt(raa.strip())
        return tall_av(raa)

    def _les_formel(self) -> str | None:
        if self._formel is None:
            return None
        a, biter = self._formel
        tekst, slag, si = "".join(biter).strip(), a.get("t", "normal"), a.get("si", "")
        if slag == "shared":
            if tekst:
                self._delte[si] = (tekst, self._adresse)
            elif si in self._delte:
                return _flyttet(*self._delte[si], self._adresse)
            else:
                return "="  # what it shared is gone
        if slag == "array":
            return f"{{={tekst}}}"
        if slag == "dataTable":
            return "={TABLE}"
        return f"={tekst}" if tekst else None


def _tidspunkt(tekst: str) -> datetime | str:
    """A date as it is written, in whatever zone, as Excel reads it; a text where it is none."""
    try:
        return datetime.fromisoformat(tekst).replace(tzinfo=None)
    except ValueError:
        return tekst


@lru_cache(maxsize=50_000)
def _lest_adresse(tekst: str) -> tuple[int, str]:
    """Column and address of a cell. Every sheet of every workbook has the same ones."""
    funn = _ADRESSE.fullmatch(tekst.upper().replace("$", ""))
    if funn is None:
        raise ValueError("an address")
    return kolonnenummer(funn[1]), funn[0]


def _flyttet(formel: str, fra: str, til: str) -> str:
    """A shared formula as it reads in another of its cells; nothing where it would read outside the sheet."""
    from openpyxl.formula.translate import Translator, TranslatorError  # noqa: PLC0415  # a third of a second that few files need

    try:
        return str(Translator(f"={formel}", fra).translate_formula(til))
    except TranslatorError:
        return "="


def kolonnenummer(bokstaver: str) -> int:
    """A is 1."""
    nummer = 0
    for bokstav in bokstaver:
        nummer = nummer * 26 + ord(bokstav) - 64
    return nummer
