"""The cells of an .xlsx file as they stand in it, whoever wrote it: values, formulas, number formats and protection.

Rows may stand in any order and say no number, texts may stand in the cells, elements may have a prefix, a formula may be
shared or an array; a number is a number whatever it is shown as.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from xml.etree.ElementTree import Element, fromstring

from velferdslab_model.base.celleverdi import Feilverdi
from velferdslab_model.workbook.adresse import kolonnenavn
from velferdslab_model.workbook.numberformat import er_dato
from velferdslab_model.workbook.parts import ARKSPRAAK

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ADRESSE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_OMRAADE = re.compile(r"[A-Z]{1,3}[1-9][0-9]{0,6}(?::[A-Z]{1,3}[1-9][0-9]{0,6})?")
#: Excel counts days from here: day 60 was 29 February 1900, which never was. The other calendar is that of old Macs.
_DAG_NULL, _DAG_NULL_1904 = date(1899, 12, 30), date(1904, 1, 1)
_MAKS_DAG = 2_958_465
#: A larger whole number is not exact as a float, and stays one.
_SIKRE_SIFFER = 15
_MAKS_HELTALL = 10**_SIKRE_SIFFER
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


class _Navn(NamedTuple):
    """What the elements of a sheet are called, with their namespace."""

    data: str
    rad: str
    celle: str
    verdi: str
    formel: str
    tekst: str
    bit: str
    uttale: str
    beskyttelse: str
    slaatt: str

    @classmethod
    def i(cls, rom: str) -> _Navn:
        """In a namespace."""
        navn = ("sheetData", "row", "c", "v", "f", "is", "t", "rPh", "sheetProtection", "mergeCell")
        return cls(*(f"{{{rom}}}{en}" for en in navn))


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
    if tekst.isdecimal() and len(tekst) <= _SIKRE_SIFFER:
        return int(tekst)
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
        self._rad = 0
        self._delte: dict[str, tuple[str, str]] = {}

    def les(self, xml: bytes) -> None:
        """Read the part, which has passed the guard: it is no larger than it may be and has no document type."""
        rot = fromstring(xml)
        rom = rot.tag.rpartition("}")[0].removeprefix("{")
        if rom not in ARKSPRAAK:
            return
        navn = _Navn.i(rom)
        for del_ in rot:
            if del_.tag == navn.data:
                for rad in del_:
                    if rad.tag == navn.rad:
                        self._les_rad(rad, navn)
                continue
            for en in del_.iter():
                if en.tag == navn.beskyttelse:
                    self.beskyttet = er_sant(en.get("sheet"))
                omraade = en.get("ref", "") if en.tag == navn.slaatt else ""
                if funn := _OMRAADE.fullmatch(omraade.upper().replace("$", "")):
                    self.sammenslaatt.append(funn[0])

    def _les_rad(self, rad: Element, navn: _Navn) -> None:
        nummer = rad.get("r")
        self._rad = self._rad + 1 if nummer is None else int(nummer)
        kol = 0
        for celle in rad:
            if celle.tag != navn.celle:
                continue
            adresse = celle.get("r")
            if adresse is None:
                kol += 1
                adresse = f"{kolonnenavn(kol - 1)}{self._rad}"
            elif len(adresse) > _MAKS_ADRESSE:
                raise ValueError("an address")
            else:
                kol, adresse = _lest_adresse(adresse)
            if adresse in self.celler:
                raise ValueError("the same cell twice")
            # An empty cell with a style holds nothing; whether it is locked matters only for what does.
            if (lest := self._les_celle(celle, adresse, navn)) is not None:
                self.celler[adresse] = lest

    def _les_celle(self, celle: Element, adresse: str, navn: _Navn) -> Raacelle | None:
        raa = tekst = formel = None
        for del_ in celle:
            if del_.tag == navn.verdi:
                raa = del_.text or ""
            elif del_.tag == navn.formel:
                formel = self._les_formel(del_, adresse)
            elif del_.tag == navn.tekst:
                tekst = "".join(t.text or "" for t in _uten_uttale(del_, navn))
        nummer = int(celle.get("s") or 0)
        stil = self._stiler[nummer] if nummer < len(self._stiler) else self._stiler[0]
        verdi, dato = self._les_verdi(celle.get("t", "n"), raa, tekst), None
        if verdi is None and formel is None:
            return None
        if isinstance(verdi, datetime):
            dato = verdi.date()
            verdi = dag(dato) + (verdi - datetime.combine(dato, datetime.min.time())).seconds / 86400
        elif stil.er_dato and isinstance(verdi, int | float) and not isinstance(verdi, bool):
            dato = datoen(verdi, self._1904)
        return Raacelle(verdi, formel, stil.format, stil.laast, dato)

    def _les_verdi(self, slag: str, raa: str | None, tekst: str | None) -> float | int | str | bool | datetime | None:
        if slag == "inlineStr" or (tekst is not None and raa is None):
            return uten_escape(tekst or "")
        if raa is None:
            return "" if slag == "str" else None
        if slag == "s":
            return self._tekster[int(raa)] if raa.strip() else None
        if slag == "str":
            return uten_escape(raa)
        if slag == "b":
            return er_sant(raa)
        if slag == "e":
            return Feilverdi(raa.strip() or "#N/A")
        if slag == "d":
            return _tidspunkt(raa.strip())
        return tall_av(raa)

    def _les_formel(self, formel: Element, adresse: str) -> str | None:
        tekst, slag, si = (formel.text or "").strip(), formel.get("t", "normal"), formel.get("si", "")
        if slag == "shared":
            if tekst:
                self._delte[si] = (tekst, adresse)
            elif si in self._delte:
                return _flyttet(*self._delte[si], adresse)
            else:
                return "="  # what it shared is gone
        if slag == "array":
            return f"{{={tekst}}}"
        if slag == "dataTable":
            return "={TABLE}"
        return f"={tekst}" if tekst else None


def _uten_uttale(tekst: Element, navn: _Navn) -> Iterator[Element]:
    """The pieces of a text in a cell; what stands beside them to tell their pronunciation is left out."""
    for del_ in tekst:
        if del_.tag == navn.bit:
            yield del_
        elif del_.tag != navn.uttale:
            yield from _uten_uttale(del_, navn)


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
