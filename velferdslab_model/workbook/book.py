"""A whole .xlsx file, whoever wrote it: its sheets, names, styles, texts and document properties, found by what they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from velferdslab_model.workbook.cells import Arkleser, Raaark, Stil, er_sant, tall_av, uten_escape
from velferdslab_model.workbook.numberformat import INNEBYGDE
from velferdslab_model.workbook.parts import ARKSPRAAK, Attributter, Pakke, les_xml, uten_rom


@dataclass(frozen=True)
class Raabok:
    """A whole file.

    navn: every name that holds for the workbook, and what it refers to. lokale: those that hold for one sheet.
    manuell: whether it waits to be told to compute. vist_presisjon: whether numbers are rounded as they are shown.
    egenskaper, tittel: document properties. kalender_1904: whether days are counted as on old Macs.
    """

    ark: tuple[Raaark, ...]
    navn: Mapping[str, str]
    lokale: tuple[str, ...]
    manuell: bool
    vist_presisjon: bool
    egenskaper: Mapping[str, object]
    tittel: str
    kalender_1904: bool


@dataclass
class _Hode:
    """What the main part says."""

    ark: list[tuple[str, str, bool]] = field(default_factory=list)
    navn: dict[str, str] = field(default_factory=dict)
    lokale: list[str] = field(default_factory=list)
    kalender_1904: bool = False
    manuell: bool = False
    vist_presisjon: bool = False


class IkkeArbeidsbok(ValueError):
    """The archive holds no main part with sheets."""


def les_bok(innhold: bytes) -> Raabok:
    """Read bytes that have passed the guard. Raises ValueError or expat.ExpatError over a broken file."""
    pakke = Pakke(innhold)
    hoveddel = pakke.hoveddel
    if hoveddel is None:
        raise IkkeArbeidsbok("no main part")
    hode = _hode(pakke.les(hoveddel))
    relasjoner = {r.id: r for r in pakke.relasjoner(hoveddel)}
    stiler = _stiler(pakke.les(pakke.maal(hoveddel, "styles") or ""))
    tekster = _tekster(pakke.les(pakke.maal(hoveddel, "sharedStrings") or ""))
    ark = []
    for navn, id_, skjult in hode.ark:
        relasjon = relasjoner.get(id_)
        if relasjon is None or not pakke.finnes(relasjon.maal):
            raise ValueError(f"no part for the sheet {navn}")
        if relasjon.slag == "worksheet":
            leser = Arkleser(stiler, tekster, hode.kalender_1904)
            leser.les(pakke.les(relasjon.maal))
            ark.append(Raaark(navn, leser.celler, leser.beskyttet, skjult, tuple(leser.sammenslaatt)))
    if not ark:
        raise IkkeArbeidsbok("no sheet")
    egenskaper = _egenskaper(pakke.les(pakke.maal("", "custom-properties") or "docProps/custom.xml"))
    tittel = _tittel(pakke.les(pakke.maal("", "core-properties") or "docProps/core.xml"))
    return Raabok(
        tuple(ark),
        hode.navn,
        tuple(hode.lokale),
        hode.manuell,
        hode.vist_presisjon,
        egenskaper,
        tittel,
        hode.kalender_1904,
    )


def _hode(xml: bytes) -> _Hode:
    hode = _Hode()
    navnet: list[str] | None = None
    attributter: Attributter = {}

    def start(rom: str, navn: str, a: Attributter) -> None:
        nonlocal navnet, attributter
        if rom not in ARKSPRAAK:
            return
        if navn == "sheet":
            hode.ark.append((a.get("name", ""), uten_rom(a, "id"), a.get("state", "visible") != "visible"))
        elif navn == "workbookPr":
            hode.kalender_1904 = er_sant(a.get("date1904"))
        elif navn == "calcPr":
            hode.manuell = a.get("calcMode") == "manual"
            hode.vist_presisjon = "fullPrecision" in a and not er_sant(a["fullPrecision"])
        elif navn == "definedName":
            navnet, attributter = [], a

    def slutt(rom: str, navn: str) -> None:
        nonlocal navnet
        if navn == "definedName" and navnet is not None and rom in ARKSPRAAK:
            if "localSheetId" in attributter:
                hode.lokale.append(attributter.get("name", ""))
            else:
                hode.navn[attributter.get("name", "")] = "".join(navnet).strip().removeprefix("=")
            navnet = None

    def tekst(bit: str) -> None:
        if navnet is not None:
            navnet.append(bit)

    les_xml(xml, start, slutt, tekst)
    return hode


def _stiler(xml: bytes) -> list[Stil]:
    """The styles of cells by number; a file without any has none."""
    formater = dict(INNEBYGDE)
    ut: list[Stil] = []
    inne = False
    laast, form = True, 0

    def start(_: str, navn: str, a: Attributter) -> None:
        nonlocal inne, laast, form
        if navn == "numFmt":
            formater[int(a.get("numFmtId", "0"))] = a.get("formatCode", "General")
        elif navn == "cellXfs":
            inne = True
        elif navn == "xf" and inne:
            laast, form = True, int(a.get("numFmtId", "0"))
        elif navn == "protection" and inne:
            laast = er_sant(a.get("locked", "1"))

    def slutt(_: str, navn: str) -> None:
        nonlocal inne
        if navn == "cellXfs":
            inne = False
        elif navn == "xf" and inne:
            ut.append(Stil.av(formater.get(form, "General"), laast))

    les_xml(xml, start, slutt)
    return ut or [Stil.av("General", True)]


def _tekster(xml: bytes) -> list[str]:
    """The shared texts; what stands beside them to tell their pronunciation is left out."""
    ut: list[str] = []
    biter: list[str] = []
    i_tekst = 0
    uttale = False

    def start(_: str, navn: str, _a: Attributter) -> None:
        nonlocal i_tekst, uttale
        if navn == "si":
            biter.clear()
        elif navn == "rPh":
            uttale = True
        elif navn == "t" and not uttale:
            i_tekst = 1

    def slutt(_: str, navn: str) -> None:
        nonlocal i_tekst, uttale
        if navn == "si":
            ut.append(uten_escape("".join(biter)))
        elif navn == "rPh":
            uttale = False
        elif navn == "t":
            i_tekst = 0

    def tekst(bit: str) -> None:
        if i_tekst:
            biter.append(bit)

    les_xml(xml, start, slutt, tekst)
    return ut


def _egenskaper(xml: bytes) -> dict[str, object]:
    ut: dict[str, object] = {}
    navnet, slag = "", ""
    biter: list[str] = []

    def start(_: str, navn: str, a: Attributter) -> None:
        nonlocal navnet, slag
        if navn == "property":
            navnet, slag = a.get("name", ""), ""
            biter.clear()
        else:
            slag = navn

    def slutt(_: str, navn: str) -> None:
        if navn == "property":
            ut[navnet] = _egenskap("".join(biter).strip(), slag)

    les_xml(xml, start, slutt, biter.append)
    return ut


def _egenskap(tekst: str, slag: str) -> object:
    if slag in ("i1", "i2", "i4", "i8", "int", "r4", "r8", "decimal"):
        return tall_av(tekst)
    return er_sant(tekst) if slag == "bool" else tekst


def _tittel(xml: bytes) -> str:
    biter: list[str] = []
    inne = False

    def start(_: str, navn: str, _a: Attributter) -> None:
        nonlocal inne
        inne = navn == "title"

    def slutt(_: str, _navn: str) -> None:
        nonlocal inne
        inne = False

    les_xml(xml, start, slutt, lambda bit: biter.append(bit) if inne else None)
    return "".join(biter)
