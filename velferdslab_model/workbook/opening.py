"""Open a workbook from outside, behind the guard: its names, values and, for an audit, formulas and protection."""

from __future__ import annotations

import contextlib
import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from velferdslab_model.errors import KanIkkeLese
from velferdslab_model.workbook.guard import les_trygt
from velferdslab_model.workbook.kind import Bokslag

_OMRAADE = re.compile(r"^'?(.+?)'?!\$?([A-Z]{1,3})\$?(\d+)(?::\$?([A-Z]{1,3})\$?(\d+))?$")
_BESKYTTET = re.compile(rb"""<sheetProtection\b[^>]*\bsheet=["'](?:1|true)["']""")
_KOMMENTAR = re.compile(rb"<!--.*?-->", re.DOTALL)
_LOKALT_NAVN = re.compile(rb"<definedName\b[^>]*\blocalSheetId=[^>]*>")
#: More rows of a column than any table has: a name that was made to point at a whole column is not read to its end.
_MAKS_KOLONNE = 101
_NAVN = re.compile(rb"""\bname=["']([^"']+)["']""")


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

    def __str__(self) -> str:
        return f"{self.ark}!{self.adresse}"


@dataclass(frozen=True)
class Innhold:
    """A generated workbook as it stands in a file.

    format, versjon: what wrote it. egenskaper: document properties. navn: every defined name and what it refers to.
    verdier: sheet -> address -> stored value; sheets in the file's order.
    """

    fil: Path
    format: int
    versjon: str
    egenskaper: Mapping[str, object]
    navn: Mapping[str, str]
    verdier: Mapping[str, Mapping[str, Any]]

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

    def kolonne(self, navn: str) -> list[Any]:
        """What the cells of a column under a name hold, from the top; none when the name points nowhere."""
        sted = self.omraade(navn)
        if sted is None:
            return []
        celler, siste = self.verdier[sted.ark], min(sted.siste_rad, sted.rad + _MAKS_KOLONNE - 1)
        return [celler.get(f"{sted.kol}{rad}") for rad in range(sted.rad, siste + 1)]


@dataclass(frozen=True)
class Formler:
    """What an audit also looks at: sheet -> address -> formula, unlocked cells, protected and hidden sheets, local names."""

    formler: Mapping[str, Mapping[str, str]]
    ulaaste: frozenset[tuple[str, str]]
    beskyttede: frozenset[str]
    skjulte: frozenset[str]
    lokale_navn: tuple[str, ...]


def aapne(fil: Path, slag: Bokslag) -> Innhold:
    """Open a workbook of a kind that the program wrote, perhaps edited since. Raises KanIkkeLese with one sentence."""
    bok = last_bok(fil, les_trygt(fil), data_only=True)
    with lesing(fil):
        egenskaper = {e.name: e.value for e in bok.custom_doc_props.props}
        tittel = str(bok.properties.title or "")
    format_ = slag.krev(fil, egenskaper, tittel)
    with lesing(fil):
        navn = {navn: str(navnet.attr_text) for navn, navnet in bok.defined_names.items()}
        verdier = {
            ark.title: {c.coordinate: c.value for rad in _rader(ark) for c in rad if c.value is not None}
            for ark in bok.worksheets
        }
    return Innhold(fil, format_, str(egenskaper.get("velferdslab_versjon", "ukjent")), egenskaper, navn, verdier)


def les_formler(fil: Path) -> Formler:
    """Read the formulas and the protection of a workbook. Raises KanIkkeLese."""
    innhold = les_trygt(fil)
    bok = last_bok(fil, innhold, data_only=False)
    formler: dict[str, dict[str, str]] = {}
    ulaaste = set()
    beskyttede = set()
    with lesing(fil):
        with zipfile.ZipFile(BytesIO(innhold)) as arkiv:
            for ark in bok.worksheets:
                # openpyxl reads the protection of a sheet only together with everything else in it.
                if _BESKYTTET.search(_KOMMENTAR.sub(b"", arkiv.read(ark._worksheet_path))):
                    beskyttede.add(ark.title)
                formler[ark.title] = {}
                for celle in (c for rad in _rader(ark) for c in rad if c.value is not None):
                    if celle.data_type == "f":
                        formler[ark.title][celle.coordinate] = str(celle.value)
                    if not celle.protection.locked:
                        ulaaste.add((ark.title, celle.coordinate))
            lokale = [
                m[1].decode() for d in _LOKALT_NAVN.findall(arkiv.read("xl/workbook.xml")) if (m := _NAVN.search(d))
            ]
        skjulte = frozenset(ark.title for ark in bok.worksheets if ark.sheet_state != "visible")
    # Print areas and filters are local to their sheet.
    egne = tuple(navn for navn in lokale if not navn.startswith("_xlnm."))
    return Formler(formler, frozenset(ulaaste), frozenset(beskyttede), skjulte, egne)


def _rader(ark: Any) -> Any:
    """Every row of a sheet, whatever extent the file claims for it."""
    ark.reset_dimensions()
    return ark.iter_rows()


def last_bok(fil: Path, innhold: bytes, data_only: bool) -> Any:
    """Open bytes that have passed the guard with openpyxl, for reading. Raises KanIkkeLese."""
    from openpyxl import load_workbook  # noqa: PLC0415  # a third of a second that TOML files need not wait for

    with lesing(fil):
        return load_workbook(BytesIO(innhold), read_only=True, data_only=data_only)


#: What openpyxl raises over a broken file; ParseError is a SyntaxError.
_OPENPYXL_FEIL = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, OSError, EOFError, SyntaxError)


@contextlib.contextmanager
def lesing(fil: Path) -> Iterator[None]:
    """Around what reads a workbook with openpyxl: KanIkkeLese when it gives up, and no word of what it passes over.

    What is needed is asked for afterwards. Cells are read when they are asked for, so this stands around that, too.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except _OPENPYXL_FEIL:
        raise KanIkkeLese(f"{fil} er ødelagt: innholdet kan ikke leses som en arbeidsbok.") from None
