"""Faults by their places: the same fault in several rows is one message with all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from velferdslab_model.base.tekst import ramset
from velferdslab_model.workbook.adresse import kolonnenavn


@dataclass(frozen=True)
class Radfeil:
    """A fault in a row of a sheet, in one column or in the row as a whole. tekst: what follows its place."""

    ark: str
    rad: int
    kol: int | None
    tekst: str


def samle_feil(feil: Sequence[str | Radfeil]) -> list[str]:
    """Every message once, in the order of its first row."""
    rader: dict[str | tuple[str, int | None, str], list[int]] = {}
    for en in feil:
        if isinstance(en, str):
            rader.setdefault(en, [])
        else:
            rader.setdefault((en.ark, en.kol, en.tekst), []).append(en.rad)
    ut = []
    for hva, numre in rader.items():
        if isinstance(hva, str):
            ut.append(hva)
        else:
            ark, kol, tekst = hva
            ut.append(
                f"{_hvor(ark)}rad {radliste(numre)}{'' if kol is None else f', kolonne {kolonnenavn(kol)}'}{tekst}"
            )
    return ut


def samlede_steder(steder: Sequence[tuple[str, int]]) -> str:
    """Rows of sheets as «Ark, rad 7 og 9»."""
    ark: dict[str, list[int]] = {}
    for navn, nummer in steder:
        ark.setdefault(navn, []).append(nummer)
    return " og ".join(f"{_hvor(navn)}rad {radliste(numre)}" for navn, numre in ark.items())


def radliste(numre: Sequence[int]) -> str:
    """«2, 4–7 og 9»: three or more in a row are put together."""
    grupper: list[list[int]] = []
    for nummer in sorted(set(numre)):
        if grupper and nummer == grupper[-1][-1] + 1:
            grupper[-1].append(nummer)
        else:
            grupper.append([nummer])
    return ramset(
        [tekst for g in grupper for tekst in ([f"{g[0]}–{g[-1]}"] if len(g) > 2 else [str(nummer) for nummer in g])]
    )


def _hvor(ark: str) -> str:
    return f"{ark}, " if ark else ""
