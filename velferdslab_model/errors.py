"""What can go wrong for a user. Every message is Norwegian and says place, value and what was expected."""

from __future__ import annotations

from collections.abc import Sequence


class VelferdslabError(Exception):
    """A problem the user can mend; the command line prints it and ends with exit status 2."""


class UgyldigInndata(VelferdslabError):
    """One or more wrong values in an input file, all of them reported in one go."""

    def __init__(self, kilde: str, feil: Sequence[str]) -> None:
        self.kilde = kilde
        self.feil = tuple(feil)
        linjer = [f"{kilde}: {tekst}" for tekst in self.feil]
        hode = [f"{len(linjer)} feil i {kilde}:"] if len(linjer) > 1 else []
        super().__init__("\n".join(hode + linjer))


class KanIkkeLese(VelferdslabError):
    """An input file is missing, unreadable or not of the expected kind."""


class KanIkkeSkrive(VelferdslabError):
    """An output cannot be written, or something stands there that must not be replaced."""


class FeilIFiler(VelferdslabError):
    """Some of many input files cannot be used; every one of them is told."""

    def __init__(self, feil: Sequence[str], antall: int) -> None:
        self.feil = tuple(feil)
        hode = f"{len(self.feil)} av {antall} filer kan ikke brukes:"
        super().__init__("\n".join([hode, *self.feil, "Rett dem, eller gå videre uten dem med --hopp-over-feil."]))
