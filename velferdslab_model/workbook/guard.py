"""The guard before any reader: refuses files that could hang or exhaust a reader, in bounded time and memory.

Ordinary workbooks, ours or saved again by Excel or LibreOffice, are far below every limit.
"""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO
from pathlib import Path
from xml.parsers.expat import ExpatError

from velferdslab_model.base.files import hvorfor, til_lesing
from velferdslab_model.errors import KanIkkeLese
from velferdslab_model.workbook.counting import MAKS_ARK, MAKS_KOLONNE, MAKS_RAD, ForMye, Telling
from velferdslab_model.workbook.parts import annet_format

__all__ = ["MAKS_KOLONNE", "MAKS_RAD", "hva_er_galt", "les_trygt"]

MAKS_FIL = 10_000_000
MAKS_DELER = 400
MAKS_UTPAKKET = 60_000_000
#: Of one part: our largest is 340 kB, a megabyte when LibreOffice has saved it. All that is XML together may be twice it.
MAKS_DEL = 8_000_000
MAKS_FORHOLD = 100
_FORBUDTE = (
    ("vbaproject", "makroer", "Lagre den som Excel-arbeidsbok (.xlsx)"),
    ("externallinks/", "lenker til andre filer", "Bryt dem under Data → Rediger koblinger, og lagre den"),
    ("embeddings/", "innebygde filer", "Slett dem, og lagre den"),
    ("connections.xml", "datatilkoblinger", "Slett dem under Data → Spørringer og tilkoblinger, og lagre den"),
    ("activex", "ActiveX-kontroller", "Slett dem, og lagre den"),
)
_NOEDVENDIGE = {"[content_types].xml"}


def les_trygt(fil: Path) -> bytes:
    """Return the bytes of a workbook that is safe to open. Raises KanIkkeLese with one sentence otherwise."""
    try:
        with til_lesing(fil) as stroem:
            innhold = stroem.read(MAKS_FIL + 1)
    except OSError as feil:
        raise KanIkkeLese(f"{fil}: filen kan ikke leses ({hvorfor(feil)}).") from None
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
    navn = [del_.filename.replace("\\", "/").lower() for del_ in deler]
    if len(deler) > MAKS_DELER:
        return f"har {len(deler)} deler, ventet høyst {MAKS_DELER}."
    if len(set(navn)) < len(navn):
        return "har to deler med samme navn."
    if any(".." in n or n.startswith("/") for n in navn):
        return "har deler med ulovlige navn."
    utpakket = sum(del_.file_size for del_ in deler)
    xml = sum(del_.file_size for del_ in deler if del_.filename.lower().endswith((".xml", ".rels", ".vml")))
    if (
        utpakket > MAKS_UTPAKKET
        or xml > 2 * MAKS_DEL
        or utpakket > MAKS_FORHOLD * stoerrelse
        or any(d.file_size > MAKS_DEL for d in deler)
    ):
        return "pakkes ut til mye mer enn en arbeidsbok rommer."
    if any(del_.flag_bits & 1 for del_ in deler):
        return "er passordbeskyttet. Lagre den uten passord."
    for ord_, hva, raad in _FORBUDTE:
        if any(ord_ in n for n in navn):
            return f"inneholder {hva}, som ikke godtas. {raad}."
    if sum(n.startswith("xl/worksheets/sheet") for n in navn) > MAKS_ARK:
        return f"har flere enn {MAKS_ARK} ark."
    if not set(navn) >= _NOEDVENDIGE:
        return "er ikke en arbeidsbok (.xlsx): det mangler deler."
    return None


def _delfeil(arkiv: zipfile.ZipFile) -> str | None:
    telling = Telling()
    for del_ in arkiv.infolist():
        try:
            with arkiv.open(del_) as stroem:
                telling.les(del_.filename, stroem)
        except ForMye as grunn:
            return str(grunn)
        except ExpatError:
            return f"er ødelagt: delen {del_.filename[:80]} kan ikke leses."
    try:
        telling.ferdig()
    except ForMye as grunn:
        return str(grunn)
    return None
