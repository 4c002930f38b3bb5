"""One number at a time: switching values, how near the payback year is to moving; and two at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np

from velferdslab_model.model.array import Array
from velferdslab_model.model.inndata import inndata
from velferdslab_model.model.totaler import ALDRI, totaler
from velferdslab_model.parameters.felt import FELT
from velferdslab_model.parameters.typer import UTGANGSSITUASJONER, Brukergruppe
from velferdslab_model.uncertainty.parametre import Parameter, en_og_en, inndata_med, parametre

HOVED = ("budsjett", "samfunn")
_HALVERINGER = 200
#: Where signs are looked for before a root is found between two of them.
_ANDELER, _BELOEP = 65, 80


@dataclass(frozen=True)
class Bytteverdi:
    """The value of one number at which each net is 0, the nearest to the scenario's; None when no legal value does."""

    parameter: Parameter
    verdi: Mapping[str, float | None]

    def endring(self, netto: str) -> float | None:
        """Change from the scenario's value, as a share of it; None without a value or from 0."""
        verdi = self.verdi[netto]
        return None if verdi is None or self.parameter.basis == 0 else verdi / self.parameter.basis - 1


def bytteverdier(g: Brukergruppe) -> list[Bytteverdi]:
    """Switching values of every number and both nets.

    Nets need not be monotone, so signs are compared along the whole legal range before each root is closed in on by
    halving. Every sum is a polynomial of low degree in each number (first, but for relapse, growth and the rate).
    """
    alle = parametre(g)
    funn: dict[tuple[str, str], float | None] = {}
    klemmer: list[tuple[Parameter, str, float, float, float]] = []
    punkter = {p.noekkel: _punkter(p) for p in alle}
    t = en_og_en(g, [(p.noekkel, float(v)) for p in alle for v in punkter[p.noekkel]], HOVED)
    start = 0
    for p in alle:
        her = punkter[p.noekkel]
        for x in HOVED:
            netto = t.sum[f"netto_{x}"][start : start + len(her)]
            funn[p.noekkel, x] = None
            if np.ptp(netto) <= 1e-9 * np.abs(netto).max(initial=0.0):
                continue  # the net does not depend on it
            if klemme := _naermeste(her, netto, p.basis):
                klemmer.append((p, x, *klemme))
        start += len(her)
    for (p, x, *_), rot in zip(klemmer, _roetter(g, klemmer), strict=True):
        funn[p.noekkel, x] = float(rot)
    return [Bytteverdi(p, {x: funn[p.noekkel, x] for x in HOVED}) for p in alle]


def _punkter(p: Parameter) -> Array:
    """Values along the legal range, the scenario's own among them."""
    if p.mest <= 1:
        rekke = np.linspace(p.minst, p.mest, _ANDELER)
    else:
        rekke = np.concatenate([[p.minst], np.geomspace(max(abs(p.basis), 1.0) / 1e4, p.mest, _BELOEP)])
    lovlige = rekke[(rekke >= p.minst) & (rekke <= p.mest)]
    return np.unique(np.append(lovlige, p.basis))


def _naermeste(verdier: Array, netto: Array, basis: float) -> tuple[float, float, float] | None:
    """The neighbours between which the net changes sign nearest to the scenario, and its sign at the first."""
    skifter = np.flatnonzero((netto[:-1] < 0) != (netto[1:] < 0))
    if not len(skifter):
        return None
    avstand = np.minimum(np.abs(verdier[skifter] - basis), np.abs(verdier[skifter + 1] - basis))
    k = int(skifter[np.argmin(avstand)])
    return float(verdier[k]), float(verdier[k + 1]), float(np.sign(netto[k]) or 1.0)


def _roetter(g: Brukergruppe, klemmer: Sequence[tuple[Parameter, str, float, float, float]]) -> Array:
    """All roots at once, each by halving its own bracket until no number lies between the ends."""
    lav, hoey = (np.array([k[i] for k in klemmer]) for i in (2, 3))
    under = np.array([k[4] < 0 for k in klemmer])
    rad = np.arange(len(klemmer))
    hvilken = np.array([HOVED.index(k[1]) for k in klemmer], dtype=np.intp)
    noekler = [k[0].noekkel for k in klemmer]

    def netto(verdier: Array) -> Array:
        t = en_og_en(g, list(zip(noekler, verdier.tolist(), strict=True)), HOVED)
        return np.stack([t.sum[f"netto_{x}"] for x in HOVED])[hvilken, rad]

    for _ in range(_HALVERINGER if klemmer else 0):
        midt = lav + (hoey - lav) / 2
        if np.all((midt == lav) | (midt == hoey)):
            break
        samme = (netto(midt) < 0) == under
        lav, hoey = np.where(samme, midt, lav), np.where(samme, hoey, midt)
    if not klemmer:
        return lav
    return np.where(np.abs(netto(lav)) <= np.abs(netto(hoey)), lav, hoey)


_HOEY_RENTE = 10.0


def rente_utenfor(g: Brukergruppe, netto: str) -> float | None:
    """The rate above the legal ones at which a net is 0, the lowest below 1 000 %; None when there is none."""
    mest = FELT["neddiskontering"].mest
    rekke = np.geomspace(mest, _HOEY_RENTE, _BELOEP)
    x = inndata(g)

    def ved(renter: Array) -> Array:
        return totaler(replace(x, neddiskontering=renter), (netto,), ()).sum[f"netto_{netto}"]

    verdier = ved(rekke)
    skifter = np.flatnonzero((verdier[:-1] < 0) != (verdier[1:] < 0))
    if not len(skifter):
        return None
    k = int(skifter[0])
    lav, hoey, under = float(rekke[k]), float(rekke[k + 1]), bool(verdier[k] < 0)
    for _ in range(60):
        midt = (lav + hoey) / 2
        if midt in (lav, hoey):
            break
        lav, hoey = (midt, hoey) if bool(ved(np.array([midt]))[0] < 0) == under else (lav, midt)
    return hoey


@dataclass(frozen=True)
class Flytting:
    """How little the prices must change before a payback year moves. endring: share; None when nothing moves it."""

    netto: str
    aar: int | None
    endring: float | None
    nytt_aar: int | None


#: Price levels shown with their payback years.
PRISNIVAAER = (-0.10, -0.05, -0.02, -0.01, 0.0, 0.01, 0.02, 0.05, 0.10)
_LENGST = 0.9


def prisnivaaer(g: Brukergruppe, netto: str = "budsjett") -> list[tuple[float, int | None]]:
    """Payback year at each of PRISNIVAAER."""
    aar = _aar_ved(g, netto, 1 + np.array(PRISNIVAAER))
    return [(nivaa, _kalenderaar(g, a)) for nivaa, a in zip(PRISNIVAAER, aar.tolist(), strict=True)]


def flyttinger(g: Brukergruppe, netto: str = "budsjett") -> list[Flytting]:
    """The smallest fall and the smallest rise of all prices that move the payback year (figure 8)."""
    ut = []
    naa = int(_aar_ved(g, netto, np.ones(1))[0])
    for retning in (-1.0, 1.0):
        steg = retning * np.linspace(0, _LENGST, 901)
        annet = np.flatnonzero(_aar_ved(g, netto, 1 + steg) != naa)
        if not len(annet):
            ut.append(Flytting(netto, _kalenderaar(g, naa), None, None))
            continue
        lav, hoey = float(steg[annet[0] - 1]), float(steg[annet[0]])
        for _ in range(60):
            midt = (lav + hoey) / 2
            if midt in (lav, hoey):
                break
            if _aar_ved(g, netto, np.array([1 + midt]))[0] == naa:
                lav = midt
            else:
                hoey = midt
        nytt = int(_aar_ved(g, netto, np.array([1 + hoey]))[0])
        ut.append(Flytting(netto, _kalenderaar(g, naa), hoey, _kalenderaar(g, nytt)))
    return ut


def _aar_ved(g: Brukergruppe, netto: str, faktor: Array) -> Array:
    return np.asarray(totaler(inndata_med(g, {"priser": faktor}), (netto,), ()).aar[netto], dtype=np.float64)


def _kalenderaar(g: Brukergruppe, etter: float) -> int | None:
    return None if etter == ALDRI else g.analysetidspunkt + int(etter)


#: The two-way table: change in every success rate (percentage points) down, price level across.
RATE_STEG = (-0.30, -0.20, -0.10, -0.05, 0.0, 0.05, 0.10, 0.20)
PRIS_STEG = (0.80, 0.90, 0.95, 1.0, 1.05, 1.10, 1.20)


def toveistabell(g: Brukergruppe) -> dict[str, Array]:
    """Both nets, (len(RATE_STEG), len(PRIS_STEG)) kr. Rates stay between 0 and 1."""
    par = np.array(list(product(RATE_STEG, PRIS_STEG)))
    verdier = {"priser": par[:, 1]}
    for s, p in zip(UTGANGSSITUASJONER, g.suksessrate, strict=True):
        verdier[f"suksessrate.{s}"] = np.clip(p + par[:, 0], 0.0, 1.0)
    t = totaler(inndata_med(g, verdier), HOVED, ())
    return {x: t.sum[f"netto_{x}"].reshape(len(RATE_STEG), len(PRIS_STEG)) for x in HOVED}


#: The second two-way table: share that would have come anyway down, degree of replacement across.
UANSETT_STEG = (0.0, 0.1, 0.25, 0.5, 0.75, 0.9)
GRAD_STEG = (1.0, 0.75, 0.5, 0.25, 0.0)


def toveis_forenklinger(g: Brukergruppe) -> dict[str, Array]:
    """Both nets, (len(UANSETT_STEG), len(GRAD_STEG)) kr, at the scenario's rate."""
    par = np.array(list(product(UANSETT_STEG, GRAD_STEG)))
    verdier = {"utvidet.skjedd_uansett": par[:, 0], "utvidet.erstatningsgrad": par[:, 1]}
    t = totaler(inndata_med(g, verdier), HOVED, ())
    return {x: t.sum[f"netto_{x}"].reshape(len(UANSETT_STEG), len(GRAD_STEG)) for x in HOVED}
