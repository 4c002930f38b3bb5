"""Open a workbook from outside, behind the guard: its names, values and, for an audit, formulas and protection."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from string import ascii_uppercase
from typing import Any
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import ExpatError

from velferdslab_model.base.files import til_lesing
from velferdslab_model.errors import KanIkkeLese
from velferdslab_model.workbook.adresse import kolonnenavn
from velferdslab_model.workbook.book import IkkeArbeidsbok, Raabok, les_bok
from velferdslab_model.workbook.guard import les_trygt
from velferdslab_model.workbook.kind import Bokslag

_OMRAADE = re.compile(r"^'?(.+?)'?!\$?([A-Z]{1,3})\$?(\d+)(?::\$?([A-Z]{1,3})\$?(\d+))?$")
#: What spreadsheets call their files; those of another format are told what to be saved as.
_ARBEIDSBOK = (".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb", ".xls", ".ods", ".fods", ".ots", ".numbers")
#: More rows of a column than any table has: a name that was made to point at a whole column is not read to its end.
_MAKS_KOLONNE = 101
#: What a broken file makes the reader raise; zlib.error is none of the others.
_LESEFEIL = (
    ArithmeticError,
    LookupError,
    ValueError,
    OSError,
    EOFError,
    RuntimeError,
    NotImplementedError,
    ExpatError,
    ParseError,
    zipfile.BadZipFile,
    zlib.error,
)
#: Said when the properties are gone that the program keeps beside the cells.
UTEN_EGENSKAPER = (
    "Dokumentegenskapene er borte, som etter dokumentkontroll i Excel eller lagring i Google Regneark: tallene og kildene "
    "i cellene er lest, men egne indekser, egne fordelinger og kilder som bare var lagret i egenskapene, er tapt."
)


@dataclass(frozen=True)
class Navneomraade:
    """Where a defined name points: sheet title, first and last column letters and row."""

    ark: str
    kol: str
    rad: int
    siste_kol: str
    siste_rad: int

    @property
    def adresse(self) -> str:
        """Address of the first cell."""
        return f"{self.kol}{self.rad}"

    @property
    def hele(self) -> str:
        """Sheet and cells, C5 or C5:C34, however the file spells it."""
        siste = f"{self.siste_kol}{self.siste_rad}"
        return str(self) if siste == self.adresse else f"{self}:{siste}"

    def celle(self, bort: int) -> str:
        """Sheet and address of a cell in the first row, so many columns after the first."""
        foerste = 0
        for bokstav in self.kol:
            foerste = foerste * len(ascii_uppercase) + ord(bokstav) - ord("A") + 1
        return f"{self.ark}!{kolonnenavn(foerste - 1 + bort)}{self.rad}"

    def __str__(self) -> str:
        return f"{self.ark}!{self.adresse}"


@dataclass(frozen=True)
class Formler:
    """What an audit also looks at: sheet -> address -> formula, unlocked cells, protected and hidden sheets, local names.

    manuell: whether the file waits to be told to compute. vist_presisjon: whether numbers are rounded as they are shown.
    ulagrede: cells with a formula that no value is stored with, not even an empty text.
    """

    formler: Mapping[str, Mapping[str, str]]
    ulaaste: frozenset[tuple[str, str]]
    beskyttede: frozenset[str]
    skjulte: frozenset[str]
    lokale_navn: tuple[str, ...]
    manuell: bool = False
    vist_presisjon: bool = False
    ulagrede: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True)
class Innhold:
    """A generated workbook as it stands in a file.

    format, versjon: what wrote it. egenskaper: document properties. navn: every defined name and what it refers to.
    verdier: sheet -> address -> stored value; sheets in the file's order, cells that hold nothing or an empty text left
    out. datoer: the date a number is shown as, by sheet and address. formler: what an audit also looks at. uten_egenskaper:
    whether the document properties are gone, so that the file was known by its names.
    """

    fil: Path
    format: int
    versjon: str
    egenskaper: Mapping[str, object]
    navn: Mapping[str, str]
    verdier: Mapping[str, Mapping[str, Any]]
    datoer: Mapping[tuple[str, str], date] = field(default_factory=dict)
    formler: Formler = field(default_factory=lambda: Formler({}, frozenset(), frozenset(), frozenset(), ()))
    uten_egenskaper: bool = False

    def omraade(self, navn: str) -> Navneomraade | None:
        """Where a name points; None when it is gone or no longer points at cells."""
        funn = _OMRAADE.match(self.navn.get(navn, ""))
        if funn is None or (ark := funn[1].replace("''", "'")) not in self.verdier:
            return None
        return Navneomraade(ark, funn[2], int(funn[3]), funn[4] or funn[2], int(funn[5] or funn[3]))

    def verdi(self, navn: str) -> Any:
        """What the first cell under a name holds; None when it is empty, or the name points nowhere."""
        sted = self.omraade(navn)
        return None if sted is None else self.verdier[sted.ark].get(sted.adresse)

    def ulagret(self, navn: str) -> bool:
        """Whether the first cell under a name holds a formula that no value is stored with."""
        sted = self.omraade(navn)
        return sted is not None and (sted.ark, sted.adresse) in self.formler.ulagrede

    def kolonne(self, navn: str) -> list[Any]:
        """What the cells of a column under a name hold, from the top; none when the name points nowhere."""
        sted = self.omraade(navn)
        if sted is None:
            return []
        celler, siste = self.verdier[sted.ark], min(sted.siste_rad, sted.rad + _MAKS_KOLONNE - 1)
        return [celler.get(f"{sted.kol}{rad}") for rad in range(sted.rad, siste + 1)]


def er_arbeidsbok(fil: Path) -> bool:
    """Whether a file is a workbook, of any spreadsheet program: by its ending, or by how it begins."""
    if fil.suffix.lower() in _ARBEIDSBOK:
        return fil.is_file()
    try:
        with til_lesing(fil) as stroem:
            return stroem.read(4) in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
    except (OSError, ValueError):
        return False


def aapne(fil: Path, slag: Bokslag, uten_merke: Callable[[Raabok], int | None] | None = None) -> Innhold:
    """Open a workbook of a kind that the program wrote, perhaps edited since. Raises KanIkkeLese with one sentence.

    uten_merke: tells the format of a file by its content, where its document properties are gone.
    """
    bok = les_raabok(fil)
    uten = not har_merke(bok)
    format_ = (slag.format_etter_navn(bok.navn) or (uten_merke and uten_merke(bok))) if uten else None
    uten = format_ is not None
    if format_ is None:
        format_ = slag.krev(fil, bok.egenskaper, bok.tittel)
    verdier = {
        ark.navn: {adresse: c.verdi for adresse, c in ark.celler.items() if c.verdi is not None and c.verdi != ""}
        for ark in bok.ark
    }
    datoer = {(ark.navn, adresse): c.dato for ark in bok.ark for adresse, c in ark.celler.items() if c.dato}
    versjon = str(bok.egenskaper.get("velferdslab_versjon", "ukjent"))
    return Innhold(fil, format_, versjon, bok.egenskaper, bok.navn, verdier, datoer, _formler(bok), uten)


def har_merke(bok: Raabok) -> bool:
    """Whether the document properties say that the program wrote the file."""
    return any(navn.startswith("velferdslab_") for navn in bok.egenskaper)


def les_raabok(fil: Path) -> Raabok:
    """Read any workbook behind the guard. Raises KanIkkeLese with one sentence."""
    innhold = les_trygt(fil)
    try:
        return les_bok(innhold)
    except IkkeArbeidsbok:
        raise KanIkkeLese(f"{fil} er ikke en arbeidsbok (.xlsx): den har ingen ark med celler.") from None
    except _LESEFEIL:
        raise KanIkkeLese(f"{fil} er ødelagt: innholdet kan ikke leses som en arbeidsbok.") from None


def _formler(bok: Raabok) -> Formler:
    return Formler(
        {ark.navn: {a: c.formel for a, c in ark.celler.items() if c.formel is not None} for ark in bok.ark},
        frozenset((ark.navn, a) for ark in bok.ark for a, c in ark.celler.items() if not c.laast),
        frozenset(ark.navn for ark in bok.ark if ark.beskyttet),
        frozenset(ark.navn for ark in bok.ark if ark.skjult),
        bok.lokale,
        bok.manuell,
        bok.vist_presisjon,
        frozenset(
            (ark.navn, a) for ark in bok.ark for a, c in ark.celler.items() if c.formel is not None and c.verdi is None
        ),
    )
