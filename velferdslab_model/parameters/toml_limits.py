"""What a TOML file may hold before it is parsed: lines and keys that the parser needs minutes or gigabytes for are refused."""

from __future__ import annotations

import re

#: Characters of one line. The longest we write is a distribution with its reason, below 2 000.
MAKS_LINJE = 20_000
#: Parts of one key; no key here has more than three.
_MAKS_DELER = 20
#: Every text, comment, word and sign in turn. Nothing is tried twice: what is not closed goes on to the end. Groups are atomic
#: and not possessive, (?>...) and not (...)*+, which Python 3.11.2 takes for less than it is.
_BIT = re.compile(
    r'(?P<tekst>"""(?>(?:[^"\\]|\\.|"(?!""))*)(?:"""|\Z)|' + r"""'''(?>(?:[^']|'(?!''))*)(?:'''|\Z)"""
    r'|"(?>(?:[^"\\\n]|\\[^\n])*)"?|'
    + r"""'[^'\n]*+'?|[A-Za-z0-9_-]++)|(?P<rom>[ \t]++)|(?P<prikk>\.)|\#[^\n]*+|[^\"'#.\w \t-]++|.""",
    re.DOTALL,
)


def for_mye(tekst: str) -> str | None:
    """What there is too much of, as a sentence without its end; None for an ordinary file. Linear in the text."""
    for nummer, linje in enumerate(tekst.split("\n"), start=1):
        if len(linje) > MAKS_LINJE:
            return f"linje {nummer} har {len(linje)} tegn"
    prikker = 0
    for bit in _BIT.finditer(tekst):
        slag = bit.lastgroup
        if slag == "prikk":
            prikker += 1
            if prikker >= _MAKS_DELER:
                return f"linje {tekst.count(chr(10), 0, bit.start()) + 1} har en nøkkel med svært mange punktum"
        elif slag is None:
            prikker = 0
    return None
