"""Rows put into a locked sheet, or taken out of it, told by its labels: one sentence instead of all that has moved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from velferdslab_model.workbook.opening import Innhold
from velferdslab_model.workbook.plan import Ark, Bok

#: Nobody puts in more rows than this in one place, and fewer labels than this below it prove nothing.
_MAKS_RADER, _MINST_ETIKETTER = 30, 5
_RAAD = "Angre det, eller lag en ny fil. Resten er ikke kontrollert, for alt under har flyttet seg."


def radforskyvninger(bok: Bok, innhold: Innhold, titler: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Sheet and sentence for each sheet in which every label below some row stands the same number of rows off its place."""
    for ark in bok.ark:
        if tittel := titler.get(ark.navn):
            etiketter = _etiketter(ark)
            funnet = {rad: verdi for rad in _rader(etiketter) if (verdi := innhold.verdier[tittel].get(f"A{rad}"))}
            if hva := _forskyvning(etiketter, funnet):
                yield tittel, f"{hva} {_RAAD}"


def _etiketter(ark: Ark) -> dict[int, str]:
    """The texts of the first column that no input and no formula makes, by row."""
    celler = (c for c in ark.celler() if c.kol == 0 and not c.formel and not c.er_inndata)
    return {c.rad + 1: c.verdi for c in celler if isinstance(c.verdi, str) and c.verdi}


def _rader(etiketter: Mapping[int, str]) -> range:
    return range(1, max(etiketter, default=0) + _MAKS_RADER + 1)


def _forskyvning(etiketter: Mapping[int, str], funnet: Mapping[int, object]) -> str | None:
    avvik = next((rad for rad, tekst in sorted(etiketter.items()) if funnet.get(rad) != tekst), None)
    if avvik is None:
        return None
    siste = max((rad for rad in etiketter if rad < avvik), default=None)
    etter = "øverst" if siste is None else f"etter rad {siste} («{etiketter[siste]}»)"
    for antall in range(1, _MAKS_RADER + 1):
        for d in (antall, -antall):
            # The labels of rows that were taken out are nowhere; those below them have moved.
            under = {rad: tekst for rad, tekst in etiketter.items() if rad >= avvik + max(-d, 0)}
            if len(under) >= _MINST_ETIKETTER and all(funnet.get(rad + d) == tekst for rad, tekst in under.items()):
                hvor_mange = "1 rad" if antall == 1 else f"{antall} rader"
                return f"{hvor_mange} er {'satt inn' if d > 0 else 'slettet'} {etter}."
    return None
