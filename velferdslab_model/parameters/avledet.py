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
    for noekkel in AVLEDEDE:
        if noekkel in g.avledet:
            g = med_tall(g, noekkel, utregnet(g, noekkel))
    return g


def med_tall(g: Brukergruppe, noekkel: str, verdi: float) -> Brukergruppe:
    """The group with another number at a dotted key of the input table; what follows it is left as it was."""
    hode, _, del_ = noekkel.partition(".")
    if not del_:
        return replace(g, **{hode: verdi})  # type: ignore[arg-type]  # a number field, by the table of inputs
    if hode == "utvidet":
        return replace(g, utvidet=replace(g.utvidet, **{del_: verdi}))
    rekke = list(getattr(g, hode))
    rekke[LIVSSITUASJONER.index(del_)] = verdi
    return replace(g, **{hode: tuple(rekke)})  # type: ignore[arg-type]  # as above


def med_satser(g: Brukergruppe, satser: Sequence[Timesats]) -> Brukergruppe:
    """The group with the price of every tiltak that refers to a common hourly rate taken from it."""
    kr = {sats.navn: sats.kr for sats in satser}
    return replace(g, tiltak=tuple(replace(t, enhetskostnad=kr[t.timesats]) if t.timesats else t for t in g.tiltak))
