"""Counts what the parts of an archive hold while they are unpacked, and stops at the first thing beyond its limit.

By a parser, for no search for bytes knows every way to spell an element. Everything is linear in what has been read, and
what may be read is bounded by the guard.
"""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Callable
from functools import lru_cache
from typing import IO
from urllib.parse import unquote
from xml.parsers import expat

from velferdslab_model.workbook.parts import LAGRE, leses

MAKS_RAD, MAKS_KOLONNE = 5_000, 256
MAKS_ARK = 30
#: What is read at a time. Expat begins an unfinished element again with each piece, so small ones cost much.
_BIT = 1 << 20
_MAKS_ELEMENTER, _MAKS_ATTRIBUTTER = 300_000, 400_000
_MAKS_DYBDE = 100
#: Characters of one attribute, of one text, and of all comments and processing instructions of a part.
_MAKS_ATTRIBUTT, _MAKS_LENGDE, _MAKS_KOMMENTARER = 40_000, 200_000, 100_000
_MAKS_FORMEL, _MAKS_TALLFORMAT = 8_192, 1_000
#: Characters of shared texts and shared formulas, counted once for each cell that has them.
_MAKS_DELT_TEKST, _MAKS_DELT_FORMEL = 20_000_000, 1_000_000
_MAKS_SAMMENSLAATT = 100_000
#: How often an element may stand in all parts together: element, limit, what it is called.
_MAKS_ANTALL = {
    "c": (80_000, "celler"),
    "row": (80_000, "rader"),
    "mergeCell": (5_000, "sammenslåtte celler"),
    "dataValidation": (5_000, "valideringer"),
    "conditionalFormatting": (5_000, "betingede formater"),
    "xf": (50_000, "stiler"),
    "font": (5_000, "skrifter"),
    "fill": (5_000, "fyll"),
    "border": (5_000, "kantlinjer"),
    "definedName": (5_000, "navn"),
    "si": (50_000, "tekster"),
}
_MAKS_ADRESSE = 12


class ForMye(Exception):
    """A part may not be read; the text is the end of a sentence about the file."""


class _Element:
    """What is known of the elements of a name: how many there are, of those whose number is limited, and what to do."""

    __slots__ = ("antall", "hva", "lokalt", "mest", "ved_slutt", "ved_start")

    def __init__(self, lokalt: str) -> None:
        self.lokalt, self.antall = lokalt, 0
        self.mest, self.hva = _MAKS_ANTALL.get(lokalt, (_MAKS_ELEMENTER, ""))
        self.ved_start, self.ved_slutt = _VED_START.get(lokalt), _VED_SLUTT.get(lokalt)


class Telling:
    """What the parts read so far hold together. Raises ForMye, and expat.ExpatError where a part is no XML."""

    def __init__(self) -> None:
        self.elementer = self.attributter = 0
        self._slag: dict[str, _Element] = {}
        self._areal = self._delt_formel = 0
        #: Length of the shared texts by number, and how many cells have each.
        self._tekster: list[int] = []
        self._brukt: Counter[str] = Counter()

    def les(self, navn: str, stroem: IO[bytes]) -> None:
        """Read one part to its end. navn: its name in the archive. One that is never read need only be whole."""
        if leses(navn):
            _Del(self, navn).les(stroem)
        while stroem.read(_BIT):
            pass

    def ferdig(self) -> None:
        """After the last part: what could only be counted when all were read."""
        lengder = self._tekster
        sum_ = sum(n * lengder[int(v)] for v, n in self._brukt.items() if v.isdecimal() and int(v) < len(lengder))
        if sum_ > _MAKS_DELT_TEKST:
            raise ForMye("har altfor mye tekst i cellene.")

    def slag(self, lokalt: str) -> _Element:
        """What is counted of the elements of a name, in all parts together."""
        return self._slag.setdefault(lokalt, _Element(lokalt))

    def sammenslaatt(self, omraade: str) -> None:
        """Count the cells that are merged."""
        foerste, _, siste = omraade.partition(":")
        (k0, r0), (k1, r1) = rad_og_kolonne(foerste), rad_og_kolonne(siste or foerste)
        self._areal += max(0, k1 - k0 + 1) * max(0, r1 - r0 + 1)
        if self._areal > _MAKS_SAMMENSLAATT:
            raise ForMye("har sammenslåtte celler over et altfor stort område.")

    def tekst(self, lengde: int) -> None:
        """Note the length of the next shared text."""
        self._tekster.append(lengde)

    def celletekst(self, nummer: str) -> None:
        """Note that a cell has a shared text."""
        self._brukt[nummer[:12].strip()] += 1

    def delt_formel(self, lengde: int) -> None:
        """Count a formula that is written for another cell."""
        self._delt_formel += lengde
        if self._delt_formel > _MAKS_DELT_FORMEL:
            raise ForMye("har altfor mange delte formler.")


class _Del:
    """One part while it is read."""

    def __init__(self, telling: Telling, navn: str) -> None:
        self._telling, self._navn = telling, navn
        self._rot = ""
        self._dybde = self._kommentarer = 0
        self._rad = self._kol = 0
        self._fra_delte = False
        self._formel: tuple[str, str] = ("", "")
        self._delte: dict[str, int] = {}
        self._lengde = self._si = 0
        self._verdi = ""
        self._navnene: set[str] = set()
        self._ark: set[str] = set()
        #: By name with its namespace.
        self._slag: dict[str, _Element] = {}

    def les(self, stroem: IO[bytes]) -> None:
        """Read to the end, also past where it stops being XML: then the checksum of the archive is still tried."""
        leser = expat.ParserCreate(namespace_separator="\n")
        leser.buffer_text = True
        leser.StartElementHandler, leser.EndElementHandler = self._start, self._slutt
        leser.CharacterDataHandler = self._tekst
        leser.StartDoctypeDeclHandler = self._doctype
        leser.CommentHandler = self._kommentar
        leser.ProcessingInstructionHandler = lambda maal, data: self._kommentar(maal + data)
        feil: expat.ExpatError | None = None
        while bit := stroem.read(_BIT):
            feil = feil or self._forsoek(leser, bit, False)
        feil = feil or self._forsoek(leser, b"", True)
        if feil:
            raise feil

    def _forsoek(self, leser: expat.XMLParserType, bit: bytes, siste: bool) -> expat.ExpatError | None:
        try:
            leser.Parse(bit, siste)
        except expat.ExpatError as feil:
            return feil
        except (LookupError, ValueError):  # what the parser says of an encoding that it does not know
            raise ForMye(f"har en del ({self._navn}) i en tegnkoding som ikke kan leses. {LAGRE}") from None
        return None

    def _doctype(self, *_: object) -> None:
        raise ForMye(f"har en del ({self._navn}) med DOCTYPE, som ikke godtas.")

    def _kommentar(self, tekst: str) -> None:
        self._kommentarer += len(tekst)
        if self._kommentarer > _MAKS_KOMMENTARER:
            raise ForMye(f"har altfor lange kommentarer i en del ({self._navn}).")

    def _start(self, navn: str, a: dict[str, str]) -> None:
        # Called for every element there is, so nothing is looked up twice.
        slag, telling = self._slag.get(navn) or self._nytt_slag(navn), self._telling
        telling.elementer += 1
        slag.antall += 1
        self._dybde += 1
        if slag.antall > slag.mest or telling.elementer > _MAKS_ELEMENTER or self._dybde > _MAKS_DYBDE:
            self._for_mange(slag)
        if a:
            telling.attributter += len(a)
            if telling.attributter > _MAKS_ATTRIBUTTER:
                self._for_mange(slag)
            for verdi in a.values():
                if len(verdi) > _MAKS_ATTRIBUTT:
                    raise ForMye(f"har en altfor lang verdi i {slag.lokalt[:40]} ({self._navn}).")
        self._lengde = 0
        if slag.ved_start is not None:
            slag.ved_start(self, a)

    def _nytt_slag(self, navn: str) -> _Element:
        """The first element of a name in this part."""
        slag = self._slag[navn] = self._telling.slag(navn.rpartition("\n")[2])
        self._rot = self._rot or slag.lokalt
        return slag

    def _for_mange(self, slag: _Element) -> None:
        if self._telling.elementer > _MAKS_ELEMENTER or self._telling.attributter > _MAKS_ATTRIBUTTER:
            raise ForMye("har mye mer innhold enn en arbeidsbok fra velferdslab.")
        if slag.antall > slag.mest:
            raise ForMye(f"har flere enn {slag.mest} {slag.hva} ({self._navn}), ventet en arbeidsbok fra velferdslab.")
        raise ForMye(f"har elementer i mer enn {_MAKS_DYBDE} nivåer ({self._navn}).")

    def _slutt(self, navn: str) -> None:
        self._dybde -= 1
        gjoer = self._slag[navn].ved_slutt
        if gjoer is not None:
            gjoer(self)

    def _tekst(self, bit: str) -> None:
        self._lengde += len(bit)
        self._si += len(bit)
        if self._lengde > _MAKS_LENGDE:
            raise ForMye(f"har en altfor lang tekst ({self._navn}).")
        if self._fra_delte:
            self._verdi = (self._verdi + bit)[:20]

    def _ny_rad(self, a: dict[str, str]) -> None:
        self._rad = _heltall(a["r"], "rad") if "r" in a else self._rad + 1
        self._kol = 0

    def _ny_celle(self, a: dict[str, str]) -> None:
        if "r" in a:
            self._kol, rad = rad_og_kolonne(a["r"])
            self._rad = rad or self._rad
        else:
            self._kol += 1
        self._fra_delte = a.get("t") == "s"
        self._verdi = ""

    def _innhold(self, _a: dict[str, str]) -> None:
        """A cell holds something. Empty ones, formatted to the end of the sheet, are nothing to read."""
        if self._rad > MAKS_RAD:
            raise ForMye(f"har innhold i rad {self._rad}, ventet høyst {MAKS_RAD} ({self._navn}).")
        if self._kol > MAKS_KOLONNE:
            raise ForMye(f"har innhold i kolonne {self._kol}, langt utenfor arket ({self._navn}).")

    def _ny_formel(self, a: dict[str, str]) -> None:
        self._innhold(a)
        self._formel = (a.get("t", ""), a.get("si", ""))

    def _formel_slutt(self) -> None:
        if self._lengde > _MAKS_FORMEL:
            raise ForMye(f"har en altfor lang formel ({self._navn}).")
        slag, nummer = self._formel
        if slag == "shared" and self._lengde:
            self._delte[nummer] = self._lengde
        elif slag == "shared":
            self._telling.delt_formel(self._delte.get(nummer, 0))

    def _celle_slutt(self) -> None:
        if self._fra_delte and self._verdi:
            self._telling.celletekst(self._verdi)
        self._fra_delte = False

    def _ny_si(self, _a: dict[str, str]) -> None:
        self._si = 0

    def _si_slutt(self) -> None:
        self._telling.tekst(self._si)

    def _sammenslaatt(self, a: dict[str, str]) -> None:
        self._telling.sammenslaatt(a.get("ref", ""))

    def _nytt_navn(self, a: dict[str, str]) -> None:
        navn = a.get("name", "")
        if "localSheetId" not in a and self._rot == "workbook":
            if navn in self._navnene:
                raise ForMye("har det samme navnet på celler to ganger.")
            self._navnene.add(navn)

    def _navn_slutt(self) -> None:
        if self._lengde > _MAKS_FORMEL:
            raise ForMye("har et navn med en altfor lang formel.")

    def _nytt_tallformat(self, a: dict[str, str]) -> None:
        if len(a.get("formatCode", "")) > _MAKS_TALLFORMAT:
            raise ForMye("har et altfor langt tallformat.")

    def _nytt_ark(self, a: dict[str, str]) -> None:
        self._nytt_mot_ark(next((v for n, v in a.items() if n.rpartition("\n")[2] == "id"), ""))

    def _ny_relasjon(self, a: dict[str, str]) -> None:
        if a.get("Type", "").endswith("/worksheet"):
            maal = unquote(a.get("Target", "")).lower().replace("\\", "/")
            self._nytt_mot_ark(posixpath.normpath(posixpath.join("/xl", maal)))

    def _nytt_mot_ark(self, hva: str) -> None:
        """Many sheets that are one part would be read many times."""
        if hva in self._ark:
            raise ForMye("har to ark med det samme innholdet.")
        self._ark.add(hva)
        if len(self._ark) > MAKS_ARK:
            raise ForMye(f"har flere enn {MAKS_ARK} ark.")

    def _lenke(self, _a: dict[str, str]) -> None:
        raise ForMye("inneholder lenker til andre programmer (DDE), som ikke godtas.")


_VED_START: dict[str, Callable[[_Del, dict[str, str]], None]] = {
    "row": _Del._ny_rad,
    "c": _Del._ny_celle,
    "v": _Del._innhold,
    "is": _Del._innhold,
    "f": _Del._ny_formel,
    "si": _Del._ny_si,
    "mergeCell": _Del._sammenslaatt,
    "definedName": _Del._nytt_navn,
    "numFmt": _Del._nytt_tallformat,
    "sheet": _Del._nytt_ark,
    "Relationship": _Del._ny_relasjon,
    "ddeLink": _Del._lenke,
    "oleLink": _Del._lenke,
}
_VED_SLUTT: dict[str, Callable[[_Del], None]] = {
    "c": _Del._celle_slutt,
    "f": _Del._formel_slutt,
    "si": _Del._si_slutt,
    "definedName": _Del._navn_slutt,
}


def rad_og_kolonne(tekst: str) -> tuple[int, int]:
    """Column and row of an address such as $B$12; 0 for one that is not given. Raises ForMye for what is none."""
    # Every sheet of every workbook has the same addresses; what is longer than any is not kept.
    return _husket(tekst) if len(tekst) <= _MAKS_ADRESSE else _rad_og_kolonne(tekst)


def _rad_og_kolonne(tekst: str) -> tuple[int, int]:
    renset = tekst.replace("$", "")
    bokstaver = renset.rstrip("0123456789")
    if not bokstaver.isascii() or len(bokstaver) > 3 or (bokstaver and not bokstaver.isalpha()):
        raise ForMye(f"har en celle i «{tekst[:12]}», som ikke er en celle.")
    kolonne = 0
    for bokstav in bokstaver.upper():
        kolonne = kolonne * 26 + ord(bokstav) - 64
    siffer = renset[len(bokstaver) :]
    return kolonne, _heltall(siffer, "celle") if siffer else 0


_husket = lru_cache(maxsize=50_000)(_rad_og_kolonne)


def _heltall(tekst: str, hva: str) -> int:
    """The number of a row. Raises ForMye for one that no sheet has."""
    if not (tekst.isascii() and tekst.isdecimal() and len(tekst) <= 7):
        raise ForMye(
            f"har en {hva} med nummer «{''.join(t if t.isprintable() else '?' for t in tekst[:12])}», langt utenfor arket."
        )
    return int(tekst)
