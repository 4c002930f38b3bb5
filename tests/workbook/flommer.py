"""Constructed floods: small files that unpack to more than a reader can bear, in spellings that no pattern knows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from tests.workbook.fiendtlige import ARK, BOK, STILER, TEKSTER, byttet, deler, endret, med, pakk

RELASJONER: Final = "xl/_rels/workbook.xml.rels"
_NAVNEROM: Final = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def flommer(ok: bytes) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of every flood, made from a good workbook. Filled so that the archive's ratio does not tell."""
    fyll = [("xl/media/fyll.bin", bytes(_uordnet(400_000)))]

    def fylt(innhold: bytes) -> bytes:
        return pakk(deler(innhold), fyll)

    def rader(xml: bytes) -> bytes:
        return fylt(byttet(ok, ARK, b"</sheetData>", xml + b"</sheetData>"))

    def i_stiler(xml: bytes) -> bytes:
        return fylt(byttet(ok, STILER, b"<cellXfs", xml + b"<cellXfs"))

    yield "celler uten attributter", rader(b'<row r="900">' + b"<c/>" * 900_000 + b"</row>")
    yield "celler med enkle anførselstegn", rader(b"<row r='900'>" + b"<c r = 'A1' />" * 600_000 + b"</row>")
    yield "celler med linjeskift", rader(b"<row\n>" + b"<c\n></c\t>" * 700_000 + b"</row>")
    yield "celler med prefiks", rader(b'<x:row xmlns:x="%s">' % _NAVNEROM + b"<x:c/>" * 800_000 + b"</x:row>")
    yield "rader uten attributter", rader(b"<row/>" * 1_500_000)
    yield "innhold langt nede", rader(b"<row r = '1048576'><c r='A1048576'><v>1</v></c></row>")
    yield "radnummer 1e9", rader(b"<row r = '1000000000'><c><v>1</v></c></row>")
    yield "radnummer med mange siffer", rader(b'<row r="' + b"9" * 5000 + b'"/>')
    yield "skrifter uten innhold", i_stiler(b"<fonts>" + b"<font/>" * 900_000 + b"</fonts>")
    yield "stiler uten attributter", i_stiler(b"<cellStyleXfs>" + b"<xf/>" * 900_000 + b"</cellStyleXfs>")
    yield "kantlinjer", i_stiler(b"<borders>" + b"<border />" * 900_000 + b"</borders>")
    yield "ukjente elementer", i_stiler(b"<a/>" * 1_500_000)
    yield (
        "langt tallformat",
        i_stiler(b'<numFmts><numFmt numFmtId="9999" formatCode="' + b"0" * 30_000 + b'"/></numFmts>'),
    )
    yield (
        "delte tekster",
        fylt(byttet(ok, TEKSTER, b"<si>", b"<si >" * 1 + b"<t>x</t></si>" + b"<si ></si>" * 700_000 + b"<si>")),
    )
    lang = b"x" * 32_000
    yield (
        "mange celler med en lang tekst",
        pakk(
            deler(
                byttet(
                    byttet(ok, TEKSTER, b"</sst>", b"<si><t>%s</t></si></sst>" % lang),
                    ARK,
                    b"</sheetData>",
                    b"".join(
                        b'<row r="%d">' % rad + b'<c t="s"><v>%d</v></c>' % _antall_tekster(ok) * 100 + b"</row>"
                        for rad in range(3000, 3500)
                    )
                    + b"</sheetData>",
                )
            ),
            fyll,
        ),
    )
    yield "dype elementer", rader(b"<row>" * 400_000)
    yield "lang kommentar", fylt(endret(ok, ARK, lambda x: x + b"<!--" + b"a" * 7_500_000 + b"-->"))
    yield "kommentar paa 25 MB", fylt(endret(ok, ARK, lambda x: x + b"<!--" + b"-a" * 12_500_000 + b"-->"))
    yield "mange kommentarer", rader(b"<!-- a -->" * 500_000)
    yield "kommentarer som ikke slutter", rader(b"<!--" * 1_000_000)
    yield "mange instruksjoner", rader(b"<?a b?>" * 500_000)
    yield "lang attributt", rader(b"<row a='" + b"a" * 7_500_000 + b"'/>")
    yield "mange attributter", rader(b"<row " + b" ".join(b"a%d=''" % k for k in range(500_000)) + b"/>")
    yield "lang tekst", rader(b"<row><c t='str'><v>" + b"a" * 7_500_000 + b"</v></c></row>")
    yield "lang formel", rader(b"<row r='901'><c><f>" + b"1+" * 500_000 + b"1</f></c></row>")
    formel = b"<f t='shared' ref='A901:IV950' si='7'>" + b"A1+" * 2_500 + b"1</f>"
    yield (
        "delt formel",
        rader(
            b"<row r='901'><c r='A901'>"
            + formel
            + b"</c></row>"
            + b"".join(
                b"<row r='%d'>" % r + b"<c><f t='shared' si='7'/></c>" * 200 + b"</row>" for r in range(902, 950)
            )
        ),
    )
    yield "mange navn", fylt(byttet(ok, BOK, b"<definedNames>", b"<definedNames>" + b"<definedName/>" * 500_000))
    yield (
        "langt navn",
        fylt(
            byttet(
                ok,
                BOK,
                b"<definedNames>",
                b"<definedNames><definedName name='q'>" + b"'!$A$1" * 60_000 + b"</definedName>",
            )
        ),
    )
    yield (
        "ark uten ende i navnene",
        fylt(byttet(ok, BOK, b"<definedNames>", b"<definedNames>" + b"<definedName " * 60_000)),
    )
    yield "to ark paa samme del", fylt(endret(ok, RELASJONER, lambda x: x.replace(b"sheet3.xml", b"sheet2.xml")))
    yield (
        "to ark paa samme del, skrevet ulikt",
        fylt(
            endret(
                ok,
                RELASJONER,
                lambda x: x.replace(b"worksheets/sheet3.xml", b"./worksheets/../worksheets/%73heet2.xml"),
            )
        ),
    )
    yield (
        "mange ark paa en del",
        fylt(
            endret(
                ok,
                BOK,
                lambda x: x.replace(
                    b"</sheets>",
                    b"".join(b"<sheet name='a%d' sheetId='%d' r:id='rId1'/>" % (k, k + 50) for k in range(200))
                    + b"</sheets>",
                ),
            )
        ),
    )
    # A part that is read as a sheet, under a name that is none.
    yield (
        "ark under et annet navn",
        fylt(
            med(
                endret(ok, RELASJONER, lambda x: x.replace(b"worksheets/sheet2.xml", b"media/ark.png")),
                "xl/media/ark.png",
                re.sub(b"</sheetData>", b"<row/>" * 1_500_000 + b"</sheetData>", deler(ok)[ARK]),
            )
        ),
    )


def _antall_tekster(ok: bytes) -> int:
    return deler(ok)[TEKSTER].count(b"<si>")


def _uordnet(antall: int) -> Iterator[int]:
    """Bytes that do not compress, the same each time."""
    tall = 1
    for _ in range(antall):
        tall = tall * 6364136223846793005 + 1442695040888963407 & (1 << 64) - 1
        yield tall >> 56
