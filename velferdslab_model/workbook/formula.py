"""A formula as what it says, not as a program spells it: two spellings of the same formula have the same tree.

Programs put in and take out parentheses that change nothing (Gnumeric writes «--x» as «-(-x)»), write numbers their own way
(1E-09), and know some functions under two names. Read as Excel reads: a sign binds tighter than ^, and ^ from the left.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

#: Functions with two names and one meaning, argument by argument: the older name -> the newer.
_SAMME = {
    "BINOMDIST": "BINOM.DIST",
    "CRITBINOM": "BINOM.INV",
    "NORMDIST": "NORM.DIST",
    "NORMINV": "NORM.INV",
    "NORMSINV": "NORM.S.INV",
    "PERCENTILE": "PERCENTILE.INC",
    "POISSON": "POISSON.DIST",
    "QUARTILE": "QUARTILE.INC",
    "RANK": "RANK.EQ",
    "STDEV": "STDEV.S",
    "STDEVP": "STDEV.P",
    "VAR": "VAR.S",
    "VARP": "VAR.P",
}
#: What newer functions are called in a file, in front of their name.
_FORAN = re.compile(r"^(_XLFN\.|_XLWS\.|_XLL\.|COM\.SUN\.STAR\.SHEET\.ADDIN\.ANALYSIS\.GET)+")
_TEGN = re.compile(
    r"""\s*(?:
      (?P<tekst>"(?:[^"]|"")*")
    | (?P<ark>(?:'(?:[^']|'')*'|[^\W\d][\w.]*)!)
    | (?P<feil>\#[A-Z/0]+[!?A]?)
    | (?P<tall>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)(?![\w.!:])
    | (?P<ord>[\w$\\][\w$.\\]*)
    | (?P<op><=|>=|<>|[-+*/^&=<>%():,;{}])
    )""",
    re.VERBOSE,
)
#: Operators with two sides, those that bind least first.
_LAG = (("=", "<>", "<", ">", "<=", ">="), ("&",), ("+", "-"), ("*", "/"), ("^",))
_MAKS_TEGN, _MAKS_DYBDE = 8_192, 60

Tre = tuple[object, ...]


class _Ulesbar(ValueError):
    """No formula that is known here."""


def formeltre(formel: str, titler: Mapping[str, str]) -> Tre | None:
    """The tree of a formula, with or without its «=»; None for one that cannot be read here.

    titler: what sheets are called in the file, by what the formula calls them.
    """
    if len(formel) > _MAKS_TEGN:
        return None
    try:
        leser = _Leser(_tegn(formel.removeprefix("=")), titler)
        tre = leser.uttrykk(0)
    except (_Ulesbar, ValueError):
        return None
    return tre if leser.er_slutt else None


def _tegn(tekst: str) -> list[tuple[str, str]]:
    ut, sted, slutt = [], 0, len(tekst.rstrip())
    while sted < slutt:
        funn = _TEGN.match(tekst, sted)
        if funn is None:
            raise _Ulesbar(tekst[sted : sted + 20])
        ut.append((str(funn.lastgroup), funn[str(funn.lastgroup)]))
        sted = funn.end()
    return ut


class _Leser:
    """Reads the signs of a formula from the left."""

    def __init__(self, tegn: list[tuple[str, str]], titler: Mapping[str, str]) -> None:
        self._tegn, self._titler = tegn, titler
        self._sted = self._dybde = 0

    @property
    def er_slutt(self) -> bool:
        """Whether everything has been read."""
        return self._sted == len(self._tegn)

    def _neste(self) -> tuple[str, str]:
        return ("", "") if self.er_slutt else self._tegn[self._sted]

    def _er(self, *operatorer: str) -> str:
        slag, tekst = self._neste()
        if slag == "op" and tekst in operatorer:
            self._sted += 1
            return tekst
        return ""

    def _krev(self, operator: str) -> None:
        if not self._er(operator):
            raise _Ulesbar(operator)

    def uttrykk(self, lag: int) -> Tre:
        """What stands from here, of operators that bind at least as tight as those of a level."""
        if lag == len(_LAG):
            return self._fortegn()
        venstre = self.uttrykk(lag + 1)
        while op := self._er(*_LAG[lag]):
            venstre = (op, venstre, self.uttrykk(lag + 1))
        return venstre

    def _fortegn(self) -> Tre:
        self._dybde += 1
        if self._dybde > _MAKS_DYBDE:
            raise _Ulesbar("too deep")
        try:
            if self._er("-"):
                return ("-", self._fortegn())
            if self._er("+"):
                return ("+", self._fortegn())
            ut = self._omraade()
            while self._er("%"):
                ut = ("%", ut)
            return ut
        finally:
            self._dybde -= 1

    def _omraade(self) -> Tre:
        ut = self._ledd()
        while self._er(":"):
            ut = (":", ut, self._ledd())
        return ut

    def _ledd(self) -> Tre:
        slag, tekst = self._neste()
        self._sted += 1
        if slag == "op" and tekst == "(":
            return self._parentes()
        if slag == "op" and tekst == "{":
            return self._matrise()
        les: Callable[[str], Tre] | None = _ENKLE.get(slag)
        if les is not None:
            return les(tekst)
        if slag == "ark":
            navn = tekst[:-1]
            navn = navn[1:-1].replace("''", "'") if navn.startswith("'") else navn
            return ("ark", self._titler.get(navn, navn).casefold(), self._i_arket())
        if slag == "ord":
            return self._funksjon(tekst) if self._er("(") else ("navn", tekst.replace("$", "").upper())
        raise _Ulesbar(tekst)

    def _i_arket(self) -> Tre:
        slag, tekst = self._neste()
        if slag not in ("ord", "feil"):
            raise _Ulesbar(tekst)
        self._sted += 1
        return (slag, tekst.replace("$", "").upper())

    def _parentes(self) -> Tre:
        ut = [self.uttrykk(0)]
        while self._er(","):
            ut.append(self.uttrykk(0))
        self._krev(")")
        return ut[0] if len(ut) == 1 else ("union", *ut)

    def _funksjon(self, navn: str) -> Tre:
        navn = _FORAN.sub("", navn.upper())
        argumenter: list[Tre] = []
        if not self._er(")"):
            argumenter.append(self._argument())
            while self._er(",", ";"):
                argumenter.append(self._argument())
            self._krev(")")
        if not argumenter and navn in ("TRUE", "FALSE"):  # LibreOffice writes the truths as functions
            return ("navn", navn)
        return ("f", _SAMME.get(navn, navn), *argumenter)

    def _argument(self) -> Tre:
        slag, tekst = self._neste()
        return ("tomt",) if slag == "op" and tekst in (",", ";", ")") else self.uttrykk(0)

    def _matrise(self) -> Tre:
        ut: list[object] = [self.uttrykk(0)]
        while skille := self._er(",", ";"):
            ut += [skille, self.uttrykk(0)]
        self._krev("}")
        return ("{", *ut)


_ENKLE: dict[str, Callable[[str], Tre]] = {
    "tekst": lambda t: ("tekst", t),
    "feil": lambda t: ("feil", t),
    "tall": lambda t: ("tall", float(t)),
}
