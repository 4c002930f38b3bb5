"""The parts of an .xlsx file by what they are, not by what they are called: other programs name and spell them otherwise.

Also what a file is when it is no .xlsx: the format is named, and what to save it as.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from urllib.parse import unquote
from xml.parsers import expat

#: Transitional and Strict Open XML, which Excel offers as «Strict Open XML-regneark», differ in little else than these.
ARKSPRAAK = frozenset(
    ("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main")
)
LAGRE = "Åpne den i Excel eller LibreOffice og lagre den som Excel-arbeidsbok (.xlsx)."
_LAST_NED = "Åpne det i nettleseren og velg Fil → Last ned → Microsoft Excel (.xlsx)."
_OLE, _ZIP = b"\xd0\xcf\x11\xe0", b"PK\x03\x04"
#: What a part inside the archive tells about its format.
_ANDRE_ARKIV = (
    (
        "xl/workbook.bin",
        "er en binær arbeidsbok (.xlsb), som ikke kan leses her. Lagre den som Excel-arbeidsbok (.xlsx).",
    ),
    ("word/document.xml", "er et Word-dokument, ventet en arbeidsbok (.xlsx)."),
    ("ppt/presentation.xml", "er en presentasjon, ventet en arbeidsbok (.xlsx)."),
    ("index/document.iwa", "er laget i Numbers og kan ikke leses her. Eksporter den som Excel (.xlsx)."),
)
_ODF = "application/vnd.oasis.opendocument."
_MAKS_MERKE = 200

#: What SharePoint, Power Query and archive systems keep in a file, in any encoding; no cell stands there.
_ANDRES_MAPPER = ("customxml/", "docmetadata/")

Attributter = Mapping[str, str]


def delnavn(navn: str) -> str:
    """The name of a part as it is compared: whatever its case, and with the slashes of other systems turned."""
    return navn.replace("\\", "/").lstrip("/").lower()


def leses(navn: str) -> bool:
    """Whether a part may be read at all: pictures, settings of printers and the like never are, so they need be nothing."""
    return delnavn(navn).endswith((".xml", ".rels")) and not delnavn(navn).startswith(_ANDRES_MAPPER)


@dataclass(frozen=True)
class Relasjon:
    """Another part that a part refers to. slag: the last word of its type. maal: its name in the archive."""

    id: str
    slag: str
    maal: str


class Pakke:
    """An archive of parts. Names are found whatever their case. Raises what zipfile raises over a broken one."""

    def __init__(self, innhold: bytes) -> None:
        self._arkiv = zipfile.ZipFile(BytesIO(innhold))
        self._navn = {delnavn(navn): navn for navn in self._arkiv.namelist() if leses(navn)}

    def finnes(self, del_: str) -> bool:
        """Whether there is such a part."""
        return delnavn(del_) in self._navn

    def les(self, del_: str) -> bytes:
        """The bytes of a part; none when it is missing."""
        navn = self._navn.get(delnavn(del_))
        return b"" if navn is None else self._arkiv.read(navn)

    def relasjoner(self, del_: str) -> list[Relasjon]:
        """What a part refers to inside the archive; of the archive itself for an empty name."""
        mappe, navn = posixpath.split(del_)
        ut: list[Relasjon] = []

        def start(_: str, lokalt: str, a: Attributter) -> None:
            if lokalt == "Relationship" and a.get("TargetMode") != "External" and "Target" in a:
                maal = unquote(a["Target"]).replace("\\", "/")
                sti = maal.lstrip("/") if maal.startswith("/") else posixpath.normpath(posixpath.join(mappe, maal))
                ut.append(Relasjon(a.get("Id", ""), a.get("Type", "").rpartition("/")[2], sti))

        les_xml(self.les(posixpath.join(mappe, "_rels", f"{navn}.rels")), start)
        return ut

    def maal(self, del_: str, slag: str) -> str | None:
        """The first part of a kind that a part refers to."""
        return next((r.maal for r in self.relasjoner(del_) if r.slag == slag and self.finnes(r.maal)), None)

    @cached_property
    def hoveddel(self) -> str | None:
        """The part that lists the sheets: xl/workbook.xml, or what this program called it."""
        vanlig = "xl/workbook.xml"
        return self.maal("", "officeDocument") or (vanlig if self.finnes(vanlig) else None)


def les_xml(
    xml: bytes,
    start: Callable[[str, str, Attributter], None],
    slutt: Callable[[str, str], None] = lambda _rom, _navn: None,
    tekst: Callable[[str], None] | None = None,
) -> None:
    """Read a part: each element by its namespace and its local name, whatever prefix the program gave it.

    Raises expat.ExpatError when it is no XML, and for a document type, which no spreadsheet program writes.
    """
    if not xml:
        return
    leser = expat.ParserCreate(namespace_separator="\n")
    leser.buffer_text = True

    # A part has many elements of few names.
    delt: dict[str, tuple[str, str]] = {}

    def aapner(navn: str, attributter: dict[str, str]) -> None:
        par = delt.get(navn)
        if par is None:
            rom, _, lokalt = navn.rpartition("\n")
            par = delt[navn] = (rom, lokalt)
        start(par[0], par[1], attributter)

    def lukker(navn: str) -> None:
        par = delt[navn]
        slutt(par[0], par[1])

    def doctype(*_: object) -> None:
        raise expat.ExpatError("document type")

    leser.StartElementHandler, leser.EndElementHandler = aapner, lukker
    leser.StartDoctypeDeclHandler = doctype
    if tekst:
        leser.CharacterDataHandler = tekst
    leser.Parse(xml, True)


def uten_rom(attributter: Attributter, navn: str) -> str:
    """An attribute by its local name, such as r:id."""
    return next((verdi for n, verdi in attributter.items() if n.rpartition("\n")[2] == navn), "")


def annet_format(innhold: bytes) -> str | None:
    """What the bytes are when they are no .xlsx, and what to do, as the end of a sentence; None for an archive like one."""
    if innhold.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in innhold:
            return "er passordbeskyttet. Åpne den i Excel, fjern passordet og lagre den på nytt."
        return f"er i det gamle formatet .xls, som ikke kan leses her. {LAGRE}"
    if not innhold.startswith(_ZIP):
        return _uten_arkiv(innhold)
    try:
        with zipfile.ZipFile(BytesIO(innhold)) as arkiv:
            navn = {delnavn(n): n for n in arkiv.namelist()}
            if "mimetype" in navn and arkiv.getinfo(navn["mimetype"]).file_size <= _MAKS_MERKE:
                merke = arkiv.read(navn["mimetype"]).decode("ascii", "replace")
                if merke.startswith(_ODF):
                    return f"er en OpenDocument-fil (.ods) fra LibreOffice, som ikke kan leses her. {LAGRE}"
    except (zipfile.BadZipFile, ValueError, OSError, RuntimeError, NotImplementedError, EOFError, KeyError):
        return None  # the guard says what is wrong with the archive
    return next((hva for del_, hva in _ANDRE_ARKIV if del_ in navn), None)


def _uten_arkiv(innhold: bytes) -> str:
    begynnelse = innhold[:2000].lstrip(b"\xef\xbb\xbf \r\n\t")
    if begynnelse.startswith(b"<?xml") or begynnelse.startswith(b"<"):
        if b"urn:oasis:names:tc:opendocument" in begynnelse:
            return f"er en OpenDocument-fil (.fods) fra LibreOffice, som ikke kan leses her. {LAGRE}"
        if b"urn:schemas-microsoft-com:office:spreadsheet" in begynnelse or b"Excel.Sheet" in begynnelse:
            return f"er et XML-regneark (2003), som ikke kan leses her. {LAGRE}"
        if b"<html" in begynnelse.lower() or b"<!doctype html" in begynnelse.lower() or b"<table" in begynnelse.lower():
            return f"er en nettside, ikke en arbeidsbok. {LAGRE}"
    if begynnelse.startswith(b"%PDF"):
        return "er en PDF, ventet en arbeidsbok (.xlsx)."
    if begynnelse.startswith(b"{") and b"doc_id" in begynnelse:
        return f"er bare en snarvei til Google Regneark. {_LAST_NED}"
    if begynnelse and b"\0" not in begynnelse and any(tegn in begynnelse for tegn in (b";", b",", b"\t")):
        return "er en tekstfil, ikke en arbeidsbok (.xlsx). Er det en prisliste eller en liste i CSV, gi den endelsen .csv."
    return "er ikke en arbeidsbok (.xlsx)."
