"""Derived inputs: numbers that follow others until somebody gives them themselves.

The null alternative of uholdbar and stabil is that of utsatt times a factor, in whole kroner (the note, appendix 2); the
price of a tiltak is the common hourly rate it refers to. A number that is given stands still, and no longer follows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from velferdslab_model.parameters.typer import LIVSSITUASJONER, Brukergruppe, Timesats

#: Derived input -> what it follows, and the factor.
AVLEDEDE: Mapping[str, tuple[str, str]] = {
    f"nullalternativ.{s}": ("nullalternativ.utsatt", f"nullalternativ_faktor.{s}") for s in ("uholdbar", "stabil")
}
#: A product of two decimal numbers may end a hair below the half it is.
_HAAR = 4e-16


def hele_kroner(beloep: NDArray[np.float64] | float) -> NDArray[np.float64]:
    """An amount in whole kroner, halves up, as ROUND in a spreadsheet."""
    return np.floor(np.asarray(beloep, dtype=np.float64) * (1 + _HAAR) + 0.5)


def utregnet(g: Brukergruppe, noekkel: str) -> float:
    """What a derived input of a group is when nobody has given it, kr."""
    av, faktor = AVLEDEDE[noekkel]
    return float(hele_kroner(g.verdi(av) * g.verdi(faktor)))


def foelg(g: Brukergruppe) -> Brukergruppe:
    """The group with every derived input worked out again from what it follows."""
    nye = {noekkel: utregnet(g, noekkel) for noekkel in AVLEDEDE if noekkel in g.avledet}
    if not nye:
        return g
    null = list(g.nullalternativ)
    for noekkel, verdi in nye.items():
        null[LIVSSITUASJONER.index(noekkel.partition(".")[2])] = verdi
    return replace(g, nullalternativ=(null[0], null[1], null[2], null[3]))


def med_satser(g: Brukergruppe, satser: Sequence[Timesats]) -> Brukergruppe:
    """The group with the price of every tiltak that refers to a common hourly rate taken from it."""
    kr = {sats.navn: sats.kr for sats in satser}
    return replace(g, tiltak=tuple(replace(t, enhetskostnad=kr[t.timesats]) if t.timesats else t for t in g.tiltak))
