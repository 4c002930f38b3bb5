"""What kind of document a file is that somebody takes for a Word document."""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO

#: How files that are no archives begin.
_BEGYNNELSER = (
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "et eldre eller passordbeskyttet Office-dokument (for eksempel .doc eller .dot)",
    ),
    (b"{\\rtf", "et RTF-dokument (.rtf)"),
    (b"%PDF-", "en PDF-fil (.pdf)"),
)
#: What an archive says that it is: in its list of parts, or in the first part of an OpenDocument.
_SLAG = (
    (b"wordprocessingml.template.main", "en Word-mal (.dotx)"),
    (b"ms-word.template.macroEnabledTemplate.main", "en Word-mal med makroer (.dotm)"),
    (b"ms-word.document.macroEnabled.main", "et Word-dokument med makroer (.docm)"),
    (b"spreadsheetml", "en Excel-arbeidsbok"),
    (b"presentationml", "en PowerPoint-presentasjon"),
    (b"opendocument.text", "et OpenDocument-dokument (.odt eller .ott)"),
)
_WORD = b"wordprocessingml.document.main"
_MAKS_DEL = 1_000_000


def dokumentslag(innhold: bytes) -> str | None:
    """What these bytes are, with its article, when they are another kind of document; None for a Word document, and for
    what is not known."""
    for begynnelse, kalles in _BEGYNNELSER:
        if innhold.startswith(begynnelse):
            return kalles
    try:
        with zipfile.ZipFile(BytesIO(innhold)) as arkiv:
            sagt = b"".join(_del(arkiv, navn) for navn in ("[Content_Types].xml", "mimetype"))
    except (OSError, ValueError, EOFError, RuntimeError, NotImplementedError, zipfile.BadZipFile, zlib.error):
        return None
    return None if _WORD in sagt else next((kalles for merke, kalles in _SLAG if merke in sagt), None)


def _del(arkiv: zipfile.ZipFile, navn: str) -> bytes:
    """The beginning of a part; nothing where there is none."""
    if navn not in arkiv.namelist():
        return b""
    with arkiv.open(navn) as stroem:
        return stroem.read(_MAKS_DEL)
