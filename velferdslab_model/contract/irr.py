"""The internal rate of return of a row of yearly amounts, or why it has none."""

from __future__ import annotations

import numpy as np

from velferdslab_model.model.array import Array

#: Rates looked through, per year: from nearly all lost to a hundredfold.
_LAVEST, _HOEYEST = -0.9999, 100.0
_OERE = 0.005
#: Why there is no rate.
UTEN_NETTO_UTLEGG = "ingen netto utlegg i noe år, så avkastningen kan ikke regnes som en rente"
INGEN_RENTE = "ingen rente passer"
INGEN_UTLEGG, INGENTING_TILBAKE = "ingen netto utlegg", "ingen år med mer inn enn ut"


def internrente(belop: Array) -> float | str:
    """The yearly rate at which the amounts are worth nothing today; words when no single rate is.

    belop: (Y,), outlays negative, one a year.
    """
    inn, ut = bool((belop > _OERE).any()), bool((belop < -_OERE).any())
    if not ut:
        return UTEN_NETTO_UTLEGG if inn else INGEN_UTLEGG
    if not inn:
        return INGENTING_TILBAKE
    # Discount factors are tried rather than rates: the value is a polynomial in them.
    proevd = np.concatenate((np.geomspace(1 / (1 + _HOEYEST), 1, 4001), np.geomspace(1, 1 / (1 + _LAVEST), 4001)[1:]))
    verdier = np.polynomial.polynomial.polyval(proevd, belop)
    bytter = np.flatnonzero(np.sign(verdier[:-1]) * np.sign(verdier[1:]) < 0)
    treff = np.flatnonzero(verdier == 0)
    if len(bytter) + len(treff) > 1:
        return f"{len(bytter) + len(treff)} ulike renter passer, så ingen av dem kan brukes"
    if len(treff):
        return float(1 / proevd[treff[0]] - 1)
    if not len(bytter):
        return INGEN_RENTE
    return _halver(belop, float(proevd[bytter[0]]), float(proevd[bytter[0] + 1]))


def naaverdi(belop: Array, rente: float) -> float:
    """What the amounts are worth in the first year, at this yearly rate. belop: (Y,), one a year."""
    return float(np.polynomial.polynomial.polyval(1 / (1 + rente), belop))


def _halver(belop: Array, lav: float, hoey: float) -> float:
    def verdi(faktor: float) -> float:
        return float(np.polynomial.polynomial.polyval(faktor, belop))

    i_lav = verdi(lav)
    for _ in range(200):
        midt = (lav + hoey) / 2
        if (verdi(midt) > 0) == (i_lav > 0):
            lav = midt
        else:
            hoey = midt
    return 1 / ((lav + hoey) / 2) - 1
