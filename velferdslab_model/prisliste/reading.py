"""Read a price list from .xlsx or .csv, as Excel and LibreOffice save them, into rows of cells."""

from __future__ import annotations

import re
import stat
from dataclasses import replace
from pathlib import Path

from velferdslab_model.base.csv_reading import SKILLETEGN, Rader, alle_delt, velg_skilletegn
from velferdslab_model.base.file_reading import begynnelse_av_csv, les_csv_fil
from velferdslab_model.base.tekst import mente_du
from velferdslab_model.errors import KanIkkeLese, UgyldigInndata
from velferdslab_model.prisliste.origin import egne_priser_i
from velferdslab_model.prisliste.table import (
    KATALOGKOLONNE,
    NOEDVENDIGE,
    Priscelle,
    Pristabell,
    antall_kjente,
    finn_tabell,
    har_hode,
)
from velferdslab_model.workbook.book import Raabok
from velferdslab_model.workbook.cells import Raaark, kolonnenummer
from velferdslab_model.workbook.guard import MAKS_KOLONNE, MAKS_RAD
from velferdslab_model.workbook.kind import PRISLISTE, SLAG
from velferdslab_model.workbook.opening import les_raabok

#: Endings of workbooks that are read; a file with macros in it is refused by the guard.
_ARBEIDSBOK = (".xlsx", ".xlsm", ".xltx")
MAKS_CSV = 1_000_000
#: An apostrophe that only keeps Excel from taking the text for a formula.
_NOEYTRALISERT = re.compile("'+[=+\\-@＝＋－＠]")  # Excel takes the full-width ones for formulas, too

_Celler = list[list[Priscelle]]


def les_tabell(fil: Path) -> Pristabell:
    """Read the rows of a price list. Raises KanIkkeLese or UgyldigInndata with what is wrong with the file."""
    _proev(fil)
    return _les_xlsx(fil) if fil.suffix.lower() in _ARBEIDSBOK else _les_csv(fil)


def er_prisliste_csv(fil: Path) -> bool:
    """Whether one of the first lines of a text file holds the headings of a price list."""
    return any(har_hode(_celler_av(rader)) for rader in begynnelse_av_csv(fil))


def prisliste_i(bok: Raabok) -> int | None:
    """The format of a price list, by the headings of one of its sheets; None when no sheet has them."""
    for rader in map(_celler_i, bok.ark):
        if har_hode(rader):
            return PRISLISTE.format if har_hode(rader, (*NOEDVENDIGE, KATALOGKOLONNE)) else 1
    return None


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
    if fil.suffix.lower() not in (*_ARBEIDSBOK, ".csv"):
        raise KanIkkeLese(f"{fil} er ikke en prisliste: ventet .xlsx eller .csv.{_raad(fil.suffix.lower())}")


def _raad(endelse: str) -> str:
    if endelse == ".toml":
        return " En scenariofil oppgis som SCENARIO, foran --prices."
    if endelse in (".xls", ".xlsb", ".ods", ".fods", ".numbers"):
        return " Lagre den som .xlsx."
    if endelse in (".txt", ".tsv"):
        return " Lagre den som .csv eller .xlsx."
    return " Lag en med «velferdslab prices -o priser.xlsx»."


def _les_csv(fil: Path) -> Pristabell:
    tekst = les_csv_fil(fil, "en prisliste", MAKS_CSV)
    if not tekst.strip():
        raise KanIkkeLese(f"{fil} er tom, ventet en prisliste.")
    alle = alle_delt(tekst, MAKS_RAD, MAKS_KOLONNE)
    passer = [skille for skille, skilt in alle.items() if har_hode(_celler_av(skilt.rader))]
    if len(passer) > 1:
        navn = " og ".join(SKILLETEGN[s] for s in passer)
        raise UgyldigInndata(fil.name, [f"kan leses med både {navn} mellom kolonnene. Lagre med semikolon."])
    # Where no separator gives every heading, the one that gives most of them tells what is missing.
    valgt = alle[passer[0]] if passer else velg_skilletegn(alle, lambda rader: antall_kjente(_celler_av(rader)))
    if valgt.feil:
        raise UgyldigInndata(fil.name, [valgt.feil])
    # The line «sep=;» is a row to whoever opens the file in a text editor only.
    return finn_tabell(fil.name, _celler_av(valgt.rader), like_lange=True)


def _celler_av(rader: Rader) -> _Celler:
    return [[Priscelle(uten_apostrof(felt)) for felt in rad] for rad in rader]


def _les_xlsx(fil: Path) -> Pristabell:
    bok = les_raabok(fil)
    # A list that somebody made by hand carries no mark, and is read by its headings.
    if any(slag.egenskap in bok.egenskaper for slag in SLAG.values()):
        PRISLISTE.krev(fil, bok.egenskaper, bok.tittel)
    ark = {a.navn: _celler_i(a) for a in bok.ark}
    passer = [navn for navn, rader in ark.items() if har_hode(rader)]
    if len(passer) > 1:
        navn = ", ".join(f"«{n}»" for n in passer)
        raise UgyldigInndata(fil.name, [f"har en prisliste på flere ark: {navn}. Behold ett av dem."])
    valgt = passer[0] if passer else max(ark, key=lambda navn: antall_kjente(ark[navn]), default=None)
    tabell = finn_tabell(fil.name, ark[valgt] if valgt else [], like_lange=False, ark=valgt or "")
    return replace(tabell, egne_priser=egne_priser_i(bok.egenskaper))


def _celler_i(ark: Raaark) -> _Celler:
    """Every row of a sheet from the first, empty ones included, so that a row's place is its number."""
    rader: dict[int, dict[int, Priscelle]] = {}
    for adresse, raa in ark.celler.items():
        bokstaver = adresse.rstrip("0123456789")
        kolonner = rader.setdefault(int(adresse[len(bokstaver) :]), {})
        kolonner[kolonnenummer(bokstaver)] = Priscelle(raa.verdi, raa.format, raa.dato)
    tom = Priscelle(None)
    return [
        [kolonner.get(kol, tom) for kol in range(1, max(kolonner, default=0) + 1)]
        for kolonner in (rader.get(nummer, {}) for nummer in range(1, min(max(rader, default=0), MAKS_RAD) + 1))
    ]
