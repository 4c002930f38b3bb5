"""Read a price list from .xlsx or .csv, as Excel and LibreOffice save them, into rows of cells."""

from __future__ import annotations

import csv
import re
import stat
from io import StringIO
from pathlib import Path
from typing import Any

from velferdslab_model.base.tekst import mente_du
from velferdslab_model.errors import KanIkkeLese, UgyldigInndata
from velferdslab_model.prisliste.table import Priscelle, Pristabell, antall_kjente, finn_tabell, har_hode
from velferdslab_model.workbook.guard import MAKS_KOLONNE, MAKS_RAD, les_trygt
from velferdslab_model.workbook.kind import PRISLISTE, SLAG
from velferdslab_model.workbook.opening import last_bok, lesing

MAKS_CSV = 1_000_000
#: What is read to see whether a file is a price list at all; its headings stand among the first rows.
_MAKS_BEGYNNELSE = 20_000
_SKILLETEGN = {";": "semikolon", "\t": "tabulator", ",": "komma"}
_SEP_LINJE = re.compile(r"sep=.\r?\n")
#: An apostrophe that only keeps Excel from taking the text for a formula.
_NOEYTRALISERT = re.compile("'+[=+\\-@＝＋－＠]")  # Excel takes the full-width ones for formulas, too

_Rader = list[list[Priscelle]]


def les_tabell(fil: Path) -> Pristabell:
    """Read the rows of a price list. Raises KanIkkeLese or UgyldigInndata with what is wrong with the file."""
    _proev(fil)
    return _les_xlsx(fil) if fil.suffix.lower() == ".xlsx" else _les_csv(fil)


def er_prisliste_csv(fil: Path) -> bool:
    """Whether one of the first lines of a text file holds the headings of a price list."""
    try:
        with fil.open("rb") as stroem:
            innhold = stroem.read(_MAKS_BEGYNNELSE)
        tekst = _dekodet(fil, innhold)
    except (OSError, ValueError, KanIkkeLese):
        return False
    linjer = _SEP_LINJE.sub("", tekst, count=1)
    return any(har_hode(_delt(linjer, skille)[0]) for skille in _SKILLETEGN)


def noeytralisert(tekst: str) -> str:
    """A text for a CSV cell: with an apostrophe in front where Excel would take it for a formula."""
    return f"'{tekst}" if tekst[:1] in tuple("=+-@＝＋－＠") or _NOEYTRALISERT.match(tekst) else tekst


def uten_apostrof(tekst: str) -> str:
    """Take away the apostrophe that noeytralisert put in front."""
    return tekst[1:] if _NOEYTRALISERT.match(tekst) else tekst


def _proev(fil: Path) -> None:
    """Raise KanIkkeLese unless this is a file of one of the two kinds."""
    try:
        slag = stat.S_IFMT(fil.stat().st_mode)
    except (FileNotFoundError, NotADirectoryError):
        mappe = fil.parent
        naboer = [p.name for p in mappe.iterdir() if p.suffix.lower() in (".xlsx", ".csv")] if mappe.is_dir() else []
        raise KanIkkeLese(f"{fil}: prislisten finnes ikke.{mente_du(fil.name, naboer)}") from None
    except (OSError, ValueError):  # a name that is too long, or holds a NUL; a folder that may not be entered
        raise KanIkkeLese(f"{str(fil)[:200]!r} kan ikke åpnes. Er filnavnet riktig, og har du tilgang?") from None
    if slag == stat.S_IFDIR:
        raise KanIkkeLese(f"{fil} er en mappe, ventet en prisliste (.xlsx eller .csv).")
    if slag != stat.S_IFREG:
        raise KanIkkeLese(f"{fil} er ingen vanlig fil, ventet en prisliste (.xlsx eller .csv).")
    if fil.suffix.lower() not in (".xlsx", ".csv"):
        raise KanIkkeLese(f"{fil} er ikke en prisliste: ventet .xlsx eller .csv.{_raad(fil.suffix.lower())}")


def _raad(endelse: str) -> str:
    if endelse == ".toml":
        return " En scenariofil oppgis som SCENARIO, foran --prices."
    if endelse in (".xls", ".xlsm", ".xlsb", ".ods", ".numbers"):
        return " Lagre den som .xlsx."
    if endelse in (".txt", ".tsv"):
        return " Lagre den som .csv eller .xlsx."
    return " Lag en med «velferdslab prices -o priser.xlsx»."


def _les_csv(fil: Path) -> Pristabell:
    try:
        with fil.open("rb") as stroem:
            innhold = stroem.read(MAKS_CSV + 1)
    except OSError as feil:
        raise KanIkkeLese(f"{fil}: filen kan ikke leses (feil {feil.errno}).") from None
    if len(innhold) > MAKS_CSV:
        raise KanIkkeLese(f"{fil} er større enn {MAKS_CSV // 1_000_000} MB, ventet en prisliste.")
    if not innhold.strip():
        raise KanIkkeLese(f"{fil} er tom, ventet en prisliste.")
    if innhold.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise KanIkkeLese(f"{fil} er en arbeidsbok, ikke en CSV-fil. Gi filen endelsen .xlsx.")
    tekst = _SEP_LINJE.sub("", _dekodet(fil, innhold), count=1)
    lest = {skille: _delt(tekst, skille) for skille in _SKILLETEGN}
    passer = [skille for skille, (rader, _) in lest.items() if har_hode(rader)]
    if len(passer) > 1:
        navn = " og ".join(_SKILLETEGN[s] for s in passer)
        raise UgyldigInndata(fil.name, [f"kan leses med både {navn} mellom kolonnene. Lagre med semikolon."])
    # Where no separator gives every heading, the one that gives most of them tells what is missing.
    skille = passer[0] if passer else max(lest, key=lambda s: antall_kjente(lest[s][0]))
    rader, feil_ = lest[skille]
    if feil_:
        raise UgyldigInndata(fil.name, [feil_])
    return finn_tabell(fil.name, rader, like_lange=True)


def _dekodet(fil: Path, innhold: bytes) -> str:
    """The text of a CSV file: UTF-8, UTF-16 with its mark (Excel's Unicode text), or Windows' Western encoding."""
    koder = ["utf-16"] if innhold.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "cp1252"]
    for kode in koder:
        try:
            tekst = innhold.decode(kode)
        except UnicodeDecodeError:
            continue
        if "\0" not in tekst:
            return tekst
    raise KanIkkeLese(f"{fil} er ikke en tekstfil som kan leses. Lagre den som «CSV UTF-8» eller .xlsx fra Excel.")


def _delt(tekst: str, skille: str) -> tuple[_Rader, str | None]:
    """The rows with one separator, and what stopped the reading, if anything."""
    rader: _Rader = []
    try:
        for rad in csv.reader(StringIO(tekst, newline=""), delimiter=skille, strict=True):
            if len(rader) == MAKS_RAD or len(rad) > MAKS_KOLONNE:
                return rader, f"rad {len(rader) + 1}: ventet høyst {MAKS_RAD} rader og {MAKS_KOLONNE} kolonner."
            rader.append([Priscelle(uten_apostrof(felt.strip())) for felt in rad])
    except csv.Error:
        return (
            rader,
            f"rad {len(rader) + 1}: anførselstegnene går ikke opp, eller en tekst er altfor lang. Lagre filen på nytt fra Excel.",
        )
    return rader, None


def _les_xlsx(fil: Path) -> Pristabell:
    bok = last_bok(fil, les_trygt(fil), data_only=True)
    with lesing(fil):
        egenskaper = {e.name: e.value for e in bok.custom_doc_props.props}
        tittel = str(bok.properties.title or "")
    # A list that somebody made by hand carries no mark, and is read by its headings.
    if egenskaper and any(slag.egenskap in egenskaper for slag in SLAG.values()):
        PRISLISTE.krev(fil, egenskaper, tittel)
    with lesing(fil):
        ark = {a.title: _celler(a) for a in bok.worksheets}
    passer = [navn for navn, rader in ark.items() if har_hode(rader)]
    if len(passer) > 1:
        navn = ", ".join(f"«{n}»" for n in passer)
        raise UgyldigInndata(fil.name, [f"har en prisliste på flere ark: {navn}. Behold ett av dem."])
    valgt = passer[0] if passer else max(ark, key=lambda navn: antall_kjente(ark[navn]), default=None)
    return finn_tabell(fil.name, ark[valgt] if valgt else [], like_lange=False)


def _celler(ark: Any) -> _Rader:
    """Every row of a sheet from the first, empty ones included, so that a row's place is its number."""
    ark.reset_dimensions()  # some programs write a wrong extent
    rader: _Rader = []
    for rad in ark.iter_rows():
        nummer = next((celle.row for celle in rad if hasattr(celle, "row")), len(rader) + 1)
        rader += [[] for _ in range(nummer - 1 - len(rader))]
        rader.append([Priscelle(celle.value, celle.number_format or "General") for celle in rad])
    return rader
