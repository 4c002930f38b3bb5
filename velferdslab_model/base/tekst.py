"""Text: how users' names are compared, what is refused, and suggestions for typing errors."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from functools import lru_cache

# Control characters and line separators, lone surrogates and non-characters (XML takes none of them), and marks that
# turn the reading direction.
_ULOVLIGE_TEGN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)
#: Control and format characters, lone surrogates, and what breaks a line.
_USYNLIGE = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))
#: Names up to so many characters are remembered: the same few are compared over and over.
_HUSKES = 200
#: Cyrillic and Greek letters and the Latin ones they look like.
_LIGNER = str.maketrans(
    "АВЕЅІЈКМНОРСТХУаеорсухіјѕΑΒΕΖΗΙΚΜΝΟΡΤΥΧοι\u0261ɑ",
    "ABESIJKMHOPCTXYaeopcyxijsABEZHIKMNOPTYXoiga",
)
_FILNAVN = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})
_RESERVERT = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)$")


def normalisert(tekst: str) -> str:
    """Trimmed and in NFC: two ways to write the same name become one."""
    return unicodedata.normalize("NFC", tekst).strip()


def sammenligningsnavn(tekst: str) -> str:
    """The form in which names are compared: regardless of case, and of how many spaces there are and of which kind."""
    return _husket_navn(tekst) if len(tekst) <= _HUSKES else _sammenligningsnavn(tekst)


def _sammenligningsnavn(tekst: str) -> str:
    return " ".join(normalisert(tekst).split()).casefold()


_husket_navn = lru_cache(maxsize=4096)(_sammenligningsnavn)


def forvekslingsnavn(tekst: str) -> str:
    """The form in which names are the same to a reader: without spaces and what is not seen, and with the Latin letter for
    each Cyrillic and Greek one that looks like it."""
    vist = unicodedata.normalize("NFKC", tekst).translate(_LIGNER).casefold()
    return "".join(tegn for tegn in vist if not tegn.isspace() and unicodedata.category(tegn) not in _USYNLIGE)


def ulike_korte(navn: Sequence[str], tegn: int) -> list[str]:
    """Names that fit a chart, and still are as many as they were: those that would become the same keep their ends, or
    else get a number."""
    ut = [kortet(en, tegn) for en in navn]
    like = {en for en in ut if ut.count(en) > 1} if len(set(ut)) < len(ut) else set()
    halv = (tegn - 1) // 2
    for i, (en, hel) in enumerate(zip(ut, navn, strict=True)):
        if en in like and len(hel) > tegn:
            ut[i] = f"{hel[: tegn - 1 - halv]}…{hel[-halv:]}"
    brukt: dict[str, int] = {}
    for i, en in enumerate(ut):
        brukt[en] = brukt.get(en, 0) + 1
        if brukt[en] > 1 and navn.count(navn[i]) == 1:
            nummer = f" {brukt[en]}"
            ut[i] = f"{en[: tegn - len(nummer)]}{nummer}"
    return ut


def tekstfeil(tekst: str, maks: int, tom_er_lovlig: bool) -> str | None:
    """What is wrong with a text, as the end of a sentence, or None."""
    if not tekst and not tom_er_lovlig:
        return "er uten innhold, ventet en tekst"
    if len(tekst) > maks:
        return f"har {len(tekst)} tegn, ventet høyst {maks}"
    if funn := _ULOVLIGE_TEGN.search(tekst):
        return f"har tegnet U+{ord(funn[0]):04X} i posisjon {funn.start() + 1}, ventet vanlig tekst på én linje"
    return None


def synlig(tekst: str) -> str:
    """A text on one line, with ? for every character that shows nothing or steers a terminal."""
    if tekst.isascii() and tekst.isprintable():
        return tekst
    return "".join("?" if unicodedata.category(tegn) in _USYNLIGE else tegn for tegn in tekst)


def mente_du(skrevet: str, mulige: Iterable[str]) -> str:
    """« Mente du X?», or nothing when no known name is near."""
    kjente = {sammenligningsnavn(navn): navn for navn in mulige}
    naere = get_close_matches(sammenligningsnavn(skrevet), kjente, n=1, cutoff=0.6)
    return f" Mente du {kjente[naere[0]]}?" if naere else ""


def filnavn(navn: str) -> str:
    """A scenario's name as a file name without ending: lower case, only a-z, 0-9 and _."""
    ascii_ = re.sub(r"[^a-z0-9]+", "_", normalisert(navn).lower().translate(_FILNAVN)).strip("_")
    if not ascii_:
        return "scenario"
    return f"{ascii_}_" if _RESERVERT.match(ascii_) else ascii_[:100]


def som_argument(navn: str) -> str:
    """A file's name as it is written after a command: in quotes when it has spaces."""
    return f'"{navn}"' if " " in navn else navn


def oppramset(navn: Sequence[str]) -> str:
    """At most ten names, and how many more there are."""
    return ", ".join(navn[:10]) + (f" og {len(navn) - 10} til" if len(navn) > 10 else "")


def ramset(deler: Sequence[str], mest: int | None = None) -> str:
    """«a, b og c»; with mest, «a, b og 3 til» when there are more."""
    vist = list(deler) if mest is None or len(deler) <= mest else [*deler[:mest], f"{len(deler) - mest} til"]
    return " og ".join([*([", ".join(vist[:-1])] if vist[:-1] else []), *vist[-1:]])


def kortet(tekst: str, tegn: int) -> str:
    """A name that fits a chart or a heading."""
    return tekst if len(tekst) <= tegn else f"{tekst[: tegn - 1]}…"
