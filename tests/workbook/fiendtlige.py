"""Constructed bad workbooks: each a way in which a file from outside can be broken or meant to harm."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Callable, Iterator
from functools import lru_cache

ARK = "xl/worksheets/sheet2.xml"
BOK = "xl/workbook.xml"
STILER = "xl/styles.xml"
TEKSTER = "xl/sharedStrings.xml"
Deler = dict[str, bytes]


def deler(innhold: bytes) -> Deler:
    return dict(_deler(innhold))


@lru_cache(maxsize=4)
def _deler(innhold: bytes) -> Deler:
    with zipfile.ZipFile(io.BytesIO(innhold)) as arkiv:
        return {navn: arkiv.read(navn) for navn in arkiv.namelist()}


def pakk(deler_: Deler, ekstra: list[tuple[str, bytes]] | None = None) -> bytes:
    ut = io.BytesIO()
    # Packed lightly: most files are read once, and how small they are matters to none.
    with warnings.catch_warnings(), zipfile.ZipFile(ut, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as arkiv:
        warnings.simplefilter("ignore")  # the same name twice is what is wanted
        for navn, innhold in [*deler_.items(), *(ekstra or [])]:
            arkiv.writestr(zipfile.ZipInfo(navn), innhold, zipfile.ZIP_DEFLATED, compresslevel=1)
    return ut.getvalue()


def endret(innhold: bytes, navn: str, endring: Callable[[bytes], bytes]) -> bytes:
    alle = deler(innhold)
    foer = alle[navn]
    alle[navn] = endring(foer)
    assert alle[navn] != foer, navn
    return pakk(alle)


def byttet(innhold: bytes, navn: str, gammel: bytes, ny: bytes) -> bytes:
    return endret(innhold, navn, lambda xml: xml.replace(gammel, ny, 1))


def uten(innhold: bytes, navn: str) -> bytes:
    alle = deler(innhold)
    del alle[navn]
    return pakk(alle)


def med(innhold: bytes, navn: str, tillegg: bytes) -> bytes:
    return pakk(deler(innhold), [(navn, tillegg)])


def celleverdi(innhold: bytes, adresse: str, ny: bytes) -> bytes:
    """Replace a cell of «Unge voksne», keeping its style."""
    moenster = rf'<c r="{adresse}"( s="\d+")?[^>]*>.*?</c>'.encode()
    return endret(innhold, ARK, lambda xml: re.sub(moenster, ny.replace(b"ADR", adresse.encode()), xml, count=1))


_BOMBE = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + k, b"&%c;" % (97 + k) * 10) for k in range(8))
    + b"]>"
)
_XXE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def _med_hode(hode: bytes) -> Callable[[bytes], bytes]:
    return lambda xml: hode + xml[xml.index(b"?>") + 2 :]


def fiendtlige(ok: bytes) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of every bad file, made from a good one."""
    yield "tom", b""
    yield "en byte", b"P"
    for andel in (1, 5, 20, 50, 80, 95, 99):
        yield f"avkortet til {andel} prosent", ok[: len(ok) * andel // 100]
    yield "uten de siste 30 bytes", ok[:-130]
    for andel in (10, 30, 50, 70, 90):
        sted = len(ok) * andel // 100
        yield (
            f"vendte bytes ved {andel} prosent",
            ok[:sted] + bytes(b ^ 0xFF for b in ok[sted : sted + 64]) + ok[sted + 64 :],
        )
    yield "csv", "gruppe;serie;aar;verdi\r\nunge_voksne;kostnad;2020;1\r\n".encode("utf-8-sig")
    yield "gammelt xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096)
    yield "pdf", b"%PDF-1.7\n" + bytes(2000)
    yield "html", b"<html><table><tr><td>1</td></tr></table></html>"
    yield "tilfeldige bytes bak zip-merke", b"PK\x03\x04" + bytes(range(256)) * 40
    yield "for stor fil", b"PK\x03\x04" + bytes(10_000_001)
    for navn in ("[Content_Types].xml", BOK, "xl/_rels/workbook.xml.rels", ARK, TEKSTER):
        yield f"uten {navn}", uten(ok, navn)
    for navn in (ARK, BOK, STILER, TEKSTER, "[Content_Types].xml", "docProps/custom.xml"):
        yield f"entitetsbombe i {navn}", endret(ok, navn, _med_hode(_BOMBE))
        yield f"ekstern entitet i {navn}", endret(ok, navn, _med_hode(_XXE))
    yield "utf-16", endret(ok, ARK, lambda xml: xml.decode().encode("utf-16"))
    yield "avbrutt xml", endret(ok, ARK, lambda xml: xml[: len(xml) // 2])
    yield "tomt ark", endret(ok, ARK, lambda _: b"")
    yield "ark uten rot", endret(ok, ARK, lambda _: b"<a/>")
    yield "zip-bombe", med(ok, "xl/media/bombe.bin", bytes(50_000_000))
    yield "zip-bombe i ark", endret(ok, ARK, lambda xml: xml + b" " * 80_000_000)
    yield "mange deler", pakk(deler(ok), [(f"xl/media/{k}.bin", b"") for k in range(500)])
    yield "samme del to ganger", pakk(deler(ok), [(ARK, b"<worksheet/>")])
    yield "samme del med stor bokstav", pakk(deler(ok), [(ARK.upper(), b"<worksheet/>")])
    yield "del utenfor arkivet", med(ok, "../../etc/cron.d/x", b"x")
    yield "del med absolutt sti", med(ok, "/etc/x", b"x")
    yield "kryptert del", _kryptert(ok)
    yield "feil lengde oppgitt", _feil_lengde(ok)
    yield "makroer", med(ok, "xl/vbaProject.bin", b"x")
    yield "lenke til annen fil", med(ok, "xl/externalLinks/externalLink1.xml", b"<x/>")
    yield "innebygd fil", med(ok, "xl/embeddings/oleObject1.bin", b"x")
    yield "datatilkobling", med(ok, "xl/connections.xml", b"<x/>")
    yield "dde", med(ok, "xl/links/dde.xml", b'<ddeLink ddeService="cmd"/>')
    fjern = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    yield "fjern celle", byttet(ok, ARK, b"</sheetData>", fjern)
    yield (
        "fjern kolonne",
        byttet(ok, ARK, b"</sheetData>", b'<row r="900"><c r="XFD900"><v>1</v></c></row></sheetData>'),
    )
    yield "kjempestort radnummer", byttet(ok, ARK, b"</sheetData>", b'<row r="99999999999999"/></sheetData>')
    yield (
        "kjempestor sammenslaaing",
        byttet(
            ok, ARK, b"<mergeCells", b'<mergeCells count="1"><mergeCell ref="A1:XFD20000"/></mergeCells><mergeCells'
        ),
    )
    yield (
        "en million stiler",
        byttet(ok, STILER, b"<cellXfs", b"<cellXfs>" + b"<xf />" * 1_000_000 + b"</cellXfs><cellXfs"),
    )
    validering = b'<dataValidation type="whole" sqref="A1"/>' * 300_000
    yield (
        "300 000 valideringer",
        byttet(ok, ARK, b"<dataValidations", b"<dataValidations>" + validering + b"</dataValidations><dataValidations"),
    )
    yield "5 000 ark", pakk(deler(ok), [(f"xl/worksheets/sheet{k}.xml", b"<worksheet/>") for k in range(100, 340)])
    yield (
        "400 000 celler",
        byttet(ok, ARK, b"</sheetData>", b'<row r="900">' + b'<c r="A900"/>' * 400_000 + b"</row></sheetData>"),
    )
    yield (
        "100 000 navn",
        byttet(ok, BOK, b"<definedNames>", b"<definedNames>" + b'<definedName name="x">1</definedName>' * 100_000),
    )
    yield "tekst i tallcelle", celleverdi(ok, "C6", b'<c r="ADR" t="inlineStr"><is><t>ti</t></is></c>')
    yield "tom tallcelle", celleverdi(ok, "C6", b'<c r="ADR"/>')
    yield "feilverdi i tallcelle", celleverdi(ok, "C6", b'<c r="ADR" t="e"><v>#REF!</v></c>')
    yield "sann i tallcelle", celleverdi(ok, "C6", b'<c r="ADR" t="b"><v>1</v></c>')
    yield "nan", celleverdi(ok, "C11", b'<c r="ADR"><v>NaN</v></c>')
    yield "1e999", celleverdi(ok, "C11", b'<c r="ADR"><v>1e999</v></c>')
    yield "ikke et tall", celleverdi(ok, "C11", b'<c r="ADR"><v>12abc</v></c>')
    yield "negativt", celleverdi(ok, "B11", b'<c r="ADR"><v>-3</v></c>')
    yield "fremmed tekstnummer", celleverdi(ok, "C11", b'<c r="ADR" t="s"><v>99999999</v></c>')
    yield (
        "slettet navn",
        endret(ok, BOK, lambda x: re.sub(rb'<definedName name="UV_suksessrate_utsatt">[^<]*</definedName>', b"", x)),
    )
    yield "navn uten celle", endret(ok, BOK, lambda x: re.sub(rb'(name="UV_analyseperiode">)[^<]*', rb"\g<1>#REF!", x))
    yield (
        "navn til annet ark",
        endret(ok, BOK, lambda x: re.sub(rb"(name=\"UV_verdi_qaly\">)[^<]*", rb"\g<1>'Borte'!$A$1", x)),
    )
    dobbelt = b"<definedNames><definedName name=\"UV_inntaksaar\">'Unge voksne'!$C$5</definedName>"
    yield "samme navn to ganger", byttet(ok, BOK, b"<definedNames>", dobbelt)
    yield "omdoept ark", byttet(ok, BOK, b'name="Familie"', b'name="Noe annet"')
    yield (
        "nyere format",
        endret(ok, "docProps/custom.xml", lambda x: re.sub(rb"<vt:i4>\d+</vt:i4>", b"<vt:i4>99</vt:i4>", x)),
    )
    yield "en annens arbeidsbok", _fremmed()


def _feil_lengde(ok: bytes) -> bytes:
    """State in the directory that a sheet unpacks to ten bytes."""
    ut = bytearray(ok)
    sted = ut.rindex(ARK.encode()) - 46
    assert ut[sted : sted + 4] == b"PK\x01\x02"
    ut[sted + 24 : sted + 28] = (10).to_bytes(4, "little")
    return bytes(ut)


def _kryptert(ok: bytes) -> bytes:
    """Set the encryption bit of every part, in local headers and the directory."""
    ut = bytearray(ok)
    for merke, plass in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        sted = ut.find(merke)
        while sted >= 0:
            ut[sted + plass] |= 1
            sted = ut.find(merke, sted + 4)
    return bytes(ut)


def _fremmed() -> bytes:
    from openpyxl import Workbook

    bok = Workbook()
    bok.active["A1"] = "Noens budsjett"
    ut = io.BytesIO()
    bok.save(ut)
    return ut.getvalue()
