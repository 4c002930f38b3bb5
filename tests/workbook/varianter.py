"""Our own files as other programs write them: the same content in another form, made in code."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from itertools import pairwise

from openpyxl.formula.translate import Translator, TranslatorError

from tests.workbook.fiendtlige import BOK, STILER, TEKSTER, Deler, deler, pakk

Variant = Callable[[Deler], Deler]
_CELLE = re.compile(rb"<c (?P<a>[^>]*?)(?:/>|>(?P<i>.*?)</c>)", re.DOTALL)
_RAD = re.compile(rb"<row (?P<a>[^>]*?)(?:/>|>(?P<i>.*?)</row>)", re.DOTALL)


def _ark(alle: Deler, endring: Callable[[bytes], bytes], rammer_alle: bool = True) -> Deler:
    ut = dict(alle)
    for navn in alle:
        if navn.startswith("xl/worksheets/sheet"):
            ut[navn] = endring(alle[navn])
    antall = sum(ut[n] != alle[n] for n in alle)
    assert antall if not rammer_alle else antall == sum(n.startswith("xl/worksheets/sheet") for n in alle)
    return ut


def _byttet(alle: Deler, navn: str, gammel: bytes, ny: bytes) -> Deler:
    ut = {**alle, navn: alle[navn].replace(gammel, ny)}
    assert ut[navn] != alle[navn], (navn, gammel)
    return ut


def tekst_i_cellene(alle: Deler) -> Deler:
    """What many programs do that write row by row: no shared texts."""
    tekster = re.findall(rb"<si>(.*?)</si>", alle[TEKSTER], re.DOTALL)

    def en(funn: re.Match[bytes]) -> bytes:
        if b't="s"' not in funn["a"]:
            return funn[0]
        nummer = int(re.search(rb"<v>(\d+)</v>", funn["i"])[1])  # type: ignore[index]  # it is there
        return b"<c %s><is>%s</is></c>" % (funn["a"].replace(b't="s"', b't="inlineStr"'), tekster[nummer])

    return _ark(alle, lambda xml: _CELLE.sub(en, xml), rammer_alle=False)


def _nummer(bokstaver: str) -> int:
    n = 0
    for b in bokstaver:
        n = n * 26 + ord(b) - 64
    return n


def uten_adresser(alle: Deler) -> Deler:
    """Rows and cells that are told by their place alone."""

    def rad(funn: re.Match[bytes]) -> bytes:
        ut, kol = b"", 0
        for c in _CELLE.finditer(funn["i"] or b""):
            bokstaver = re.search(rb'r="([A-Z]+)', c["a"])[1].decode()  # type: ignore[index]  # as above
            ut += b"<c/>" * (_nummer(bokstaver) - kol - 1)
            kol = _nummer(bokstaver)
            ut += c[0].replace(re.search(rb'r="[A-Z]+\d+" ?', c[0])[0], b"", 1)  # type: ignore[index]  # as above
        return b"<row>%s</row>" % ut

    def ark(xml: bytes) -> bytes:
        ut, nummer = b"", 0
        start, slutt = xml.index(b"<sheetData>") + 11, xml.index(b"</sheetData>")
        for r in _RAD.finditer(xml[start:slutt]):
            denne = int(re.search(rb'r="(\d+)"', r["a"])[1])  # type: ignore[index]  # as above
            ut += b"<row/>" * (denne - nummer - 1) + rad(r)
            nummer = denne
        return xml[:start] + ut + xml[slutt:]

    return _ark(alle, ark)


def med_prefiks(alle: Deler) -> Deler:
    """Every element of the main parts as x:row, x:c, x:v, as Microsoft's own library for programmers writes them."""

    def en(xml: bytes) -> bytes:
        xml = re.sub(rb"<(/?)(?=[A-Za-z])(?![A-Za-z0-9]+:)", rb"<\1x:", xml)
        return xml.replace(b"xmlns=", b"xmlns:x=", 1)

    deler_ = [BOK, TEKSTER, STILER, *(n for n in alle if n.startswith("xl/worksheets/sheet"))]
    return {**alle, **{navn: en(alle[navn]) for navn in deler_}}


def delte_formler(alle: Deler) -> Deler:
    """A formula that stands in a row of cells is written once, as Excel does."""

    def ark(xml: bytes) -> bytes:
        celler = [
            (m, re.search(r'r="([A-Z]+\d+)"', m["a"].decode())[1], f[1].decode())  # type: ignore[index]  # it is there
            for m in _CELLE.finditer(xml)
            if m["i"] and (f := re.search(rb"<f>([^<]*)</f>", m["i"]))
        ]
        ut, sist, nummer = b"", 0, 0
        for (a, fra, formel), (b, til, neste) in pairwise(celler):
            if a.start() < sist or "&quot;" in formel or "'" in formel or '"' in formel:
                continue
            try:
                if Translator(f"={formel}", fra).translate_formula(til) != f"={neste}":
                    continue
            except (ValueError, TranslatorError):  # what stands before column A
                continue
            master = a[0].replace(
                b"<f>", b'<f t="shared" ref="%s:%s" si="%d">' % (fra.encode(), til.encode(), nummer), 1
            )
            barn = re.sub(rb"<f>[^<]*</f>", b'<f t="shared" si="%d"/>' % nummer, b[0])
            ut += xml[sist : a.start()] + master + xml[a.end() : b.start()] + barn
            sist, nummer = b.end(), nummer + 1
        return ut + xml[sist:]

    return _ark(alle, ark, rammer_alle=False)


def andre_delnavn(alle: Deler) -> Deler:
    """Main part and sheets with other names, and relations from the root, as some Office versions write them."""
    ut = {n: x for n, x in alle.items() if n not in (BOK, "xl/_rels/workbook.xml.rels")}
    ut["xl/workbook22.xml"] = alle[BOK]
    ut["xl/_rels/workbook22.xml.rels"] = alle["xl/_rels/workbook.xml.rels"].replace(b'Target="', b'Target="/xl/')
    for navn in ("_rels/.rels", "[Content_Types].xml"):
        ut = _byttet(ut, navn, b"xl/workbook.xml", b"xl/workbook22.xml")
    return ut


def delnavn_med_store_bokstaver(alle: Deler) -> Deler:
    return {
        navn.replace("xl/worksheets/sheet", "xl/Worksheets/Sheet").replace("sharedS", "SharedS"): x
        for navn, x in alle.items()
    }


def uten_egenskaper(alle: Deler) -> Deler:
    """Document inspection, Google Sheets."""
    ut = {n: x for n, x in alle.items() if n != "docProps/custom.xml"}
    ut["_rels/.rels"] = re.sub(rb"<Relationship [^>]*custom-properties[^>]*/>", b"", ut["_rels/.rels"])
    ut["[Content_Types].xml"] = re.sub(rb"<Override [^>]*custom.xml[^>]*/>", b"", ut["[Content_Types].xml"])
    return ut


def utvidelser(alle: Deler) -> Deler:
    """What newer Excel keeps in extensions, with elements that look like cells and formulas."""
    tillegg = (
        b'<extLst><ext xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" uri="{78C0D931}">'
        b'<x14:sheetProtection sheet="0"/><x14:c r="A1"><x14:v>7</x14:v></x14:c>'
        b'<xm:f xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">A1:A2</xm:f></ext></extLst></worksheet>'
    )
    return _ark(alle, lambda xml: xml.replace(b"</worksheet>", tillegg))


def heltall_med_desimal(alle: Deler) -> Deler:
    """2020.0, as programs write that keep every number as a float."""
    tall = re.compile(rb'(<c r="[A-Z]+\d+"(?: s="\d+")?>(?:<f>[^<]*</f>)?<v>-?\d+)(</v>)')
    return _ark(alle, lambda xml: tall.sub(rb"\1.0\2", xml), rammer_alle=False)


def visninger_og_solver(alle: Deler) -> Deler:
    lokale = b"".join(
        b'<definedName name="%s" localSheetId="0" hidden="1">%s</definedName>' % par
        for par in (
            (b"solver_adj", b"'Introduksjonsark'!$B$7"),
            (b"solver_typ", b"1"),
            (b"_FilterDatabase", b"'Introduksjonsark'!$A$1:$B$2"),
            (b"Z_12345678_1234_1234_1234_123456789ABC_.wvu.PrintArea", b"'Introduksjonsark'!$A$1:$B$2"),
            (b"_xlnm_Print_Area", b"'Introduksjonsark'!$A$1:$B$2"),
        )
    )
    if b"<definedNames>" in alle[BOK]:
        return _byttet(alle, BOK, b"<definedNames>", b"<definedNames>" + lokale)
    return _byttet(alle, BOK, b"</sheets>", b"</sheets><definedNames>" + lokale + b"</definedNames>")


def kalender_1904(alle: Deler) -> Deler:
    """The calendar of old Macs: a number that is shown as a date is four years later."""
    ut = {**alle, BOK: re.sub(rb"<workbookPr ", rb'<workbookPr date1904="1" ', alle[BOK])}
    assert ut[BOK] != alle[BOK]
    return ut


def rader_baklengs(alle: Deler) -> Deler:
    def ark(xml: bytes) -> bytes:
        start, slutt = xml.index(b"<sheetData>") + 11, xml.index(b"</sheetData>")
        rader = [r[0] for r in _RAD.finditer(xml[start:slutt])]
        return xml[:start] + b"".join(reversed(rader)) + xml[slutt:]

    return _ark(alle, ark)


def tomt_fyll(alle: Deler) -> Deler:
    return _byttet(alle, STILER, b"<fills count=", b"<fills><fill/></fills><fills count=")


def uten_stiler(alle: Deler) -> Deler:
    return {n: x for n, x in alle.items() if n != STILER}


def strict(alle: Deler) -> Deler:
    """Excel's «Strict Open XML-regneark»: other namespaces for the same."""
    par = (
        (
            b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        ),
        (
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        ),
        (
            b"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties",
            b"http://purl.oclc.org/ooxml/officeDocument/customProperties",
        ),
        (
            b"http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes",
            b"http://purl.oclc.org/ooxml/officeDocument/docPropsVTypes",
        ),
    )
    ut = dict(alle)
    for navn in alle:
        if navn.endswith((".xml", ".rels")) and navn != "[Content_Types].xml":
            for gammel, ny in par:
                ut[navn] = ut[navn].replace(gammel, ny)
    ut["_rels/.rels"] = ut["_rels/.rels"].replace(b"/custom-properties", b"/customProperties")
    assert ut != alle
    return ut


def excels_linjeskift(alle: Deler) -> Deler:
    """A carriage return before each line break in a text, written as Excel writes it."""
    ut = {**alle, TEKSTER: re.sub(rb"(<t[^>]*>[^<]*)\n", rb"\1_x000D_\n", alle[TEKSTER])}
    assert ut != alle
    return ut


def excels_tallformater(alle: Deler) -> Deler:
    """Accounting formats as a Norwegian Excel writes them: no one of them is dollars."""
    former = (
        '_-* #,##0.00_-;\\-* #,##0.00_-;_-* "-"??_-;_-@_-',
        '_-"kr"\\ * #,##0.00_-;\\-"kr"\\ * #,##0.00_-;_-"kr"\\ * "-"??_-;_-@_-',
        '#,##0",-"',
        '_ [$kr-414]\\ * #,##0.00_ ;_ [$kr-414]\\ * \\-#,##0.00_ ;_ [$kr-414]\\ * "-"??_ ;_ @_ ',
    )
    nummer = iter(range(1000))

    def en(funn: re.Match[bytes]) -> bytes:
        form = former[next(nummer) % len(former)].replace("&", "&amp;").replace('"', "&quot;")
        return funn[1] + form.encode() + b'"'

    xml = re.sub(rb'(<numFmt numFmtId="\d+" formatCode=")(?![^"]*[dmy])[^"]*"', en, alle[STILER])
    # The formats that Excel knows by number alone: thousands with øre, and the user's own currency.
    xml = re.sub(rb'numFmtId="4"', b'numFmtId="44"', xml)
    assert xml != alle[STILER]
    return {**alle, STILER: xml}


def utf_16_og_bakvendte_skraastreker(alle: Deler) -> Deler:
    """Old reporting tools on Windows: names of parts with the slash of Windows, every part in UTF-16. Excel opens them."""
    return {
        navn.replace("/", "\\"): xml.decode().replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16")
        for navn, xml in alle.items()
    }


def andres_deler(alle: Deler) -> Deler:
    """What SharePoint, Power Query and archive systems keep in a file, and a picture with the head of a drawing program."""
    return {
        **alle,
        "customXml/item1.xml": '<?xml version="1.0" encoding="utf-16"?><DataMashup/>'.encode("utf-16"),
        "customXml/item2.xml": b"<?mso-contentType?><FormTemplates/>",
        "docMetadata/LabelInfo.xml": b"<labelList/>",
        "xl/media/image1.svg": b'<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x.dtd"><svg/>',
        "xl/drawings/vmlDrawing1.vml": b"<xml><br></xml>",
    }


#: What other programs write that means the same.
LIKE: Mapping[str, Variant] = {
    f.__name__: f
    for f in (
        tekst_i_cellene,
        uten_adresser,
        med_prefiks,
        delte_formler,
        andre_delnavn,
        delnavn_med_store_bokstaver,
        utvidelser,
        heltall_med_desimal,
        visninger_og_solver,
        rader_baklengs,
        tomt_fyll,
        strict,
        excels_tallformater,
        uten_egenskaper,
        excels_linjeskift,
        utf_16_og_bakvendte_skraastreker,
        andres_deler,
    )
}


def variant(innhold: bytes, navn: str) -> bytes:
    """A file in another form."""
    return pakk(LIKE[navn](deler(innhold)))
