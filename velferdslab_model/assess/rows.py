"""What one row may hold, and what contradicts itself between the rows of one person: the reader and the Status say the same.

A row counts with what of it can be read: one whose date is wrong is still an oppstart, so one fault does not become several.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from velferdslab_model.assess.dates import les_dato
from velferdslab_model.base.celleverdi import celletekst
from velferdslab_model.workbook.cells import datoen
from velferdslab_model.workbook.constants import OK, OK_MEN

#: A code: letters, digits, hyphens, and at least one digit; and so few digits that none is an identity number, an account or
#: a telephone.
MAKS_TEGN, MAKS_SIFFER, MAKS_PAA_RAD = 20, 10, 7
TEGN_I_KODE = "ABCDEFGHIJKLMNOPQRSTUVWXYZÆØÅ0123456789-_"
_ID = re.compile(r"[A-Za-zÆØÅæøå0-9][A-Za-zÆØÅæøå0-9_-]*")
#: A name with a digit behind it is no code: three letters in a row are one in capitals only, and four are a word (antakelse).
TRE_BOKSTAVER, ORDET = "AAA", "AAAA"
_TIL_TEGN = str.maketrans(dict.fromkeys((t for t in TEGN_I_KODE if t.isalpha()), "A") | dict.fromkeys("123456789", "0"))
FOERSTE_DATO, MAKS_ALDER = date(2000, 1, 1), 120
UBESVART_ALT, UBESVART_ETT, UBESVARTE = "ingenting er besvart", "1 tema er ubesvart", "temaer er ubesvart"

Mellomfeil = Literal[
    "ingen oppstart", "to oppstarter", "to avslutninger", "to ganger", "før oppstart", "etter avslutning",
    "andre alene", "to andre", "begge grupper",
]  # fmt: skip


@dataclass(frozen=True)
class Radlesning:
    """What can be read of a row, None where it cannot. ark, nummer: where it stands. vurderer: an empty one is the first, an
    empty gruppe unge voksne."""

    ark: str
    nummer: int
    id: str | None
    dato: date | None
    tidspunkt: str | None
    vurderer: str | None
    gruppe: str | None


@dataclass(frozen=True)
class Funnet:
    """One fault of one person. rader: the rows at fault, all of one id. andre: the row they are held against."""

    hva: Mellomfeil
    rader: tuple[Radlesning, ...]
    andre: Radlesning | None = None


def skrevet_tekst(verdi: object) -> str:
    """What is typed as it is compared: in lower case, spaces, hard spaces and new lines as single spaces, none at the ends. Any
    other sign that nobody sees makes another word."""
    return re.sub("[ \u00a0\n]+", " ", _som_tekst(verdi)).strip(" ").lower()


def kode_av(verdi: object) -> str | None:
    """An id as it is compared, of what a cell holds; None when it is no code."""
    tekst = skrevet_tekst(verdi)
    siffer = sum(tegn.isdigit() for tegn in tekst)
    lovlig = _ID.fullmatch(tekst) and len(tekst) <= MAKS_TEGN and 0 < siffer <= MAKS_SIFFER
    if not lovlig or ligner_navn(verdi) or re.search(rf"[0-9]{{{MAKS_PAA_RAD + 1}}}", tekst):
        return None
    return tekst.upper()


def ligner_navn(verdi: object) -> bool:
    """Whether an id has letters as a name has them."""
    moenster, tekst = tegnmoenster(verdi), _som_tekst(verdi)
    return ORDET in moenster or (TRE_BOKSTAVER in moenster and tekst != tekst.upper())


def tegnmoenster(verdi: object) -> str:
    """What a cell holds with A for every letter of a code and 0 for every digit: «Kari2» is «AAAA0»."""
    return skrevet_tekst(verdi).upper().translate(_TIL_TEGN)


def _som_tekst(verdi: object) -> str:
    return unicodedata.normalize("NFC", verdi) if isinstance(verdi, str) else str(celletekst(verdi))


def status_av(feil: str, ubesvarte: int, noe: bool) -> str:
    """The Status of a row. ubesvarte: themes without an answer; noe: whether anything is answered."""
    return feil.strip() or (f"{OK_MEN}{om_ubesvart(ubesvarte, noe)}" if ubesvarte else OK)


def om_ubesvart(ubesvarte: int, noe: bool) -> str:
    """What is told of a row that can be read and has themes without an answer."""
    if not noe:
        return UBESVART_ALT
    return UBESVART_ETT if ubesvarte == 1 else f"{ubesvarte} {UBESVARTE}"


def dato_av(verdi: object, kalender_1904: bool = False) -> date | None:
    """A date, the number of one, or a text that is one; None for anything else. Programs that keep no number formats leave the
    number of the day."""
    if isinstance(verdi, date):
        return verdi
    if isinstance(verdi, int | float) and not isinstance(verdi, bool):
        return datoen(verdi, kalender_1904)
    return les_dato(skrevet_tekst(verdi))


def alder_av(tekst: str) -> int | None:
    """A whole age; None for anything else."""
    return int(tekst) if re.fullmatch(r"[0-9]{1,3}", tekst) and int(tekst) <= MAKS_ALDER else None


def mellom_radene(rader: Sequence[Radlesning]) -> Iterator[Funnet]:
    """Every fault between the rows of one person, person by person in the order of their first rows."""
    personer: dict[str, list[Radlesning]] = defaultdict(list)
    for rad in rader:
        if rad.id is not None:
            personer[rad.id].append(rad)
    for alle in personer.values():
        yield from _personens(alle)


def kan_vaere_start(rad: Radlesning) -> bool:
    """Whether a row is a start, or may be one by what can be read of it."""
    return rad.tidspunkt in ("oppstart", None) and rad.vurderer != "andre"


def _personens(alle: list[Radlesning]) -> Iterator[Funnet]:
    foerste = [r for r in alle if r.vurderer == "første"]
    andre = [r for r in alle if r.vurderer == "andre"]
    starter, slutter = ([r for r in foerste if r.tidspunkt == hva] for hva in ("oppstart", "avslutning"))
    if not any(map(kan_vaere_start, alle)):
        yield Funnet("ingen oppstart", tuple(alle))
    else:
        yield from _alene(andre, alle)
    for flere, hva in ((starter, "to oppstarter"), (slutter, "to avslutninger")):
        if len({r.dato for r in flere}) > 1:
            yield Funnet(hva, tuple(flere))  # type: ignore[arg-type]  # one of its words
    start = min((r for r in starter if r.dato), key=_dagen, default=None)
    slutt = min((r for r in slutter if r.dato), key=_dagen, default=None)
    if start and (foer := [r for r in foerste if _er(r, "underveis", "avslutning") and _dagen(r) < _dagen(start)]):
        yield Funnet("før oppstart", tuple(foer), start)
    if slutt and (etter := [r for r in foerste if _er(r, "underveis") and _dagen(r) > _dagen(slutt)]):
        yield Funnet("etter avslutning", tuple(etter), slutt)
    for flere, hva in ((foerste, "to ganger"), (andre, "to andre")):
        for dagens in _etter_dag(flere):
            if len(dagens) > 1:
                yield Funnet(hva, tuple(dagens))  # type: ignore[arg-type]  # as above
    if len({r.gruppe for r in alle} - {None}) > 1:
        yield Funnet("begge grupper", tuple(alle))


def _alene(andre: Sequence[Radlesning], alle: Sequence[Radlesning]) -> Iterator[Funnet]:
    """Second scorings without a first of the same day, unless one whose day or scorer cannot be read may be it."""
    andre_dager = {r.dato for r in alle if r.vurderer == "første"}
    if None in andre_dager or any(r.vurderer is None for r in alle):
        return
    if alene := [r for r in andre if r.dato and r.dato not in andre_dager]:
        yield Funnet("andre alene", tuple(alene))


def _er(rad: Radlesning, *tidspunkt: str) -> bool:
    return rad.dato is not None and rad.tidspunkt in tidspunkt


def _dagen(rad: Radlesning) -> date:
    assert rad.dato is not None
    return rad.dato


def _etter_dag(rader: Sequence[Radlesning]) -> list[list[Radlesning]]:
    dager: dict[date, list[Radlesning]] = defaultdict(list)
    for rad in rader:
        if rad.dato is not None:
            dager[rad.dato].append(rad)
    return list(dager.values())
