"""The guard before openpyxl: refuses files that could hang or exhaust a reader, in bounded time and memory.

Ordinary workbooks, ours or saved again by Excel or LibreOffice, are far below every limit.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from io import BytesIO
from pathlib import Path

from velferdslab_model.errors import KanIkkeLese
from velferdslab_model.workbook.parts import annet_format

MAKS_FIL = 10_000_000
MAKS_DELER = 400
MAKS_UTPAKKET = 100_000_000
MAKS_DEL = 30_000_000
MAKS_FORHOLD = 100
MAKS_ARK = 30
MAKS_RAD, MAKS_KOLONNE = 5_000, 256
#: How often an element may stand in one part: element, limit, what it is called.
_MAKS_ANTALL = (
    (b"<c ", 300_000, "celler"),
    (b"<row ", MAKS_RAD, "rader"),
    (b"<mergeCell ", 5_000, "sammenslåtte celler"),
    (b"<dataValidation ", 5_000, "valideringer"),
    (b"<conditionalFormatting ", 5_000, "betingede formater"),
    (b"<xf ", 60_000, "stiler"),
    (b"<font>", 5_000, "skrifter"),
    (b"<definedName ", 5_000, "navn"),
    (b"<si>", 200_000, "tekster"),
)
_FORBUDTE = (
    ("vbaproject", "makroer"),
    ("externallinks/", "lenker til andre filer"),
    ("embeddings/", "innebygde filer"),
    ("connections.xml", "datatilkoblinger"),
    ("activex", "ActiveX-kontroller"),
)
_NOEDVENDIGE = {"[content_types].xml"}
_ADRESSE = re.compile(rb'\br(?:ef)?="(?:[A-Z]{1,3}\d+:)?([A-Z]{1,3})(\d+)"')
_SAMMENSLAATT = re.compile(rb'<mergeCell ref="([A-Z]{1,3})(\d+):([A-Z]{1,3})(\d+)"')
_NAVN = re.compile(rb'<definedName [^>]*?\bname="([^"]+)"[^>]*>')
_RAD = re.compile(rb'<row [^>]*?\br="(\d+)"')


def les_trygt(fil: Path) -> bytes:
    """Return the bytes of a workbook that is safe to open. Raises KanIkkeLese with one sentence otherwise."""
    try:
        with fil.open("rb") as stroem:
            innhold = stroem.read(MAKS_FIL + 1)
    except OSError as feil:
        raise KanIkkeLese(f"{fil}: filen kan ikke leses (feil {feil.errno}).") from None
    if feil_ := hva_er_galt(innhold):
        raise KanIkkeLese(f"{fil} {feil_}")
    return innhold


def hva_er_galt(innhold: bytes) -> str | None:
    """Why the bytes must not be opened, as the end of a sentence, or None."""
    if not innhold:
        return "er tom, ventet en arbeidsbok (.xlsx)."
    if len(innhold) > MAKS_FIL:
        return f"er større enn {MAKS_FIL // 1_000_000} MB, ventet en arbeidsbok laget av velferdslab."
    if feil := annet_format(innhold):
        return feil
    try:
        with zipfile.ZipFile(BytesIO(innhold)) as arkiv:
            return _arkivfeil(arkiv, len(innhold)) or _delfeil(arkiv)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError, KeyError):
        return "er ødelagt eller ikke fullstendig: arkivet kan ikke pakkes ut."


def _arkivfeil(arkiv: zipfile.ZipFile, stoerrelse: int) -> str | None:
    deler = arkiv.infolist()
    navn = [del_.filename.lower() for del_ in deler]
    if len(deler) > MAKS_DELER:
        return f"har {len(deler)} deler, ventet høyst {MAKS_DELER}."
    if len(set(navn)) < len(navn):
        return "har to deler med samme navn."
    if any(".." in n or n.startswith(("/", "\\")) or "\\" in n for n in navn):
        return "har deler med ulovlige navn."
    utpakket = sum(del_.file_size for del_ in deler)
    if utpakket > MAKS_UTPAKKET or utpakket > MAKS_FORHOLD * stoerrelse or any(d.file_size > MAKS_DEL for d in deler):
        return "pakkes ut til mye mer enn en arbeidsbok rommer."
    if any(del_.flag_bits & 1 for del_ in deler):
        return "er passordbeskyttet. Lagre den uten passord."
    for ord_, hva in _FORBUDTE:
        if any(ord_ in n for n in navn):
            return f"inneholder {hva}, som ikke godtas."
    if sum(n.startswith("xl/worksheets/sheet") for n in navn) > MAKS_ARK:
        return f"har flere enn {MAKS_ARK} ark."
    if not set(navn) >= _NOEDVENDIGE:
        return "er ikke en arbeidsbok (.xlsx): det mangler deler."
    return None


def _delfeil(arkiv: zipfile.ZipFile) -> str | None:
    for del_ in arkiv.infolist():
        innhold = arkiv.read(del_)
        if not del_.filename.lower().endswith((".xml", ".rels", ".vml")):
            continue
        # UTF-16 would hide what is looked for; no spreadsheet program writes it.
        if b"\0" in innhold or innhold.startswith((b"\xfe\xff", b"\xff\xfe")):
            return f"har en del ({del_.filename}) som ikke er UTF-8."
        if (
            b"<!DOCTYPE" in innhold
            or b"<!ENTITY" in innhold
            or re.search(rb'encoding=["\'](?!utf-8|us-ascii)', innhold[:200], re.I)
        ):
            return f"har en del ({del_.filename}) med DOCTYPE eller annen koding, som ikke godtas."
        for merke, mest, hva in _MAKS_ANTALL:
            antall = innhold.count(merke)
            if antall > mest:
                return f"har {antall} {hva} i {del_.filename}, ventet høyst {mest}."
        if b"ddeLink" in innhold or b"oleLink" in innhold:
            return "inneholder lenker til andre programmer (DDE), som ikke godtas."
        if del_.filename.lower() == "xl/workbook.xml":
            navn = [funn[1] for funn in _NAVN.finditer(innhold) if b"localSheetId" not in funn[0]]
            if len(set(navn)) < len(navn):
                return "har det samme navnet på celler to ganger."
        if del_.filename.lower().startswith("xl/worksheets/sheet") and (feil := _arkfeil(innhold)):
            return f"{feil} ({del_.filename})."
    return None


def _arkfeil(innhold: bytes) -> str | None:
    for funn in _RAD.finditer(innhold):
        if len(funn[1]) > 7 or int(funn[1]) > MAKS_RAD:
            return f"har en rad nummer {funn[1][:12].decode()}, ventet høyst {MAKS_RAD}"
    for funn in _ADRESSE.finditer(innhold):
        if _kolonne(funn[1]) > MAKS_KOLONNE or len(funn[2]) > 7:
            return f"har en celle i {(funn[1] + funn[2])[:12].decode()}, langt utenfor arket"
    areal = 0
    for funn in _SAMMENSLAATT.finditer(innhold):
        k0, r0, k1, r1 = _kolonne(funn[1]), int(funn[2][:8]), _kolonne(funn[3]), int(funn[4][:8])
        areal += max(0, k1 - k0 + 1) * max(0, r1 - r0 + 1)
    return "har sammenslåtte celler over et altfor stort område" if areal > 100_000 else None


def _kolonne(bokstaver: bytes) -> int:
    nummer = 0
    for bokstav in bokstaver:
        nummer = nummer * 26 + bokstav - 64
    return nummer
