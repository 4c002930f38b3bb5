"""The totals path: sums and payback years of many draws, without keeping a year.

Work goes in chunks that fit the cache, so memory does not grow with the draws. Every operation is done draw by draw,
so the size of a chunk changes no bit of the answer. Equal to aarsserier within rounding (tests/model/test_totaler.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from velferdslab_model.model.aarsserier import NETTO
from velferdslab_model.model.array import Array
from velferdslab_model.model.diskontering import TOLERANSE_KR
from velferdslab_model.model.flyt import Bidrag, Flyt, Tall, antall_trekninger, er_null, flyt, utsnitt
from velferdslab_model.model.inndata import Modellinndata

#: Draws worked on at a time: some fifty arrays of them fit a second-level cache, and NumPy's cost per call is small.
BLOKK = 8192
#: In Totaler.aar: not paid back within the period, or no programme cost.
ALDRI = -1

#: The sums beside those of the nets.
TOTALSUMMER = (
    "kostnad",
    "besparelse",
    "erstattede_tjenester",
    "bedret_situasjon",
    "helsegevinst",
    "produksjonsgevinst",
    "offentlig_inntekt",
)


@dataclass(frozen=True)
class Totaler:
    """Discounted sums over the period (n,) kr, and years to payback (n,) by net.

    sum: by the names of TOTALSUMMER asked for, and «netto_» and the net. aar: 0 for the first year; ALDRI when it does not
    happen.
    """

    sum: dict[str, Array]
    aar: dict[str, NDArray[np.int8]]


def totaler(
    x: Modellinndata,
    netto: Sequence[str] = NETTO,
    summer: Sequence[str] = TOTALSUMMER,
    blokk: int = BLOKK,
    med_aar: bool = True,
) -> Totaler:
    """Sums and payback years of every draw. netto: the nets wanted; summer: the other sums wanted.

    x: arrays with one axis of draws, or none (then n = 1). blokk: draws per chunk; changes nothing but the speed. med_aar:
    False leaves the payback years out, and then no year is gone through: half the work.
    """
    n = antall_trekninger(x) or 1
    ut = Totaler(
        {navn: np.empty(n) for navn in navn_paa_summer(netto, summer)},
        {navn: np.empty(n, dtype=np.int8) for navn in (netto if med_aar else ())},
    )
    fyll(ut, x, 0, n, blokk)
    return ut


def navn_paa_summer(netto: Sequence[str], summer: Sequence[str]) -> tuple[str, ...]:
    """Keys of Totaler.sum. Raises KeyError for a net or sum that is not known."""
    if ukjent := [*set(netto) - set(NETTO), *set(summer) - set(TOTALSUMMER)]:
        raise KeyError(ukjent[0])
    return (*summer, *(f"netto_{navn}" for navn in netto))


def fyll(ut: Totaler, x: Modellinndata, fra: int, til: int, blokk: int = BLOKK) -> None:
    """Compute draws fra to til (not included) into arrays that hold all of them."""
    for start in range(fra, til, blokk):
        _en_blokk(ut, x, start, min(start + blokk, til))


def _en_blokk(ut: Totaler, x: Modellinndata, fra: int, til: int) -> None:
    f = flyt(utsnitt(x, fra, til), x.analyseperiode)
    d = Dynamikk(f, x.analyseperiode, x.inntaksaar)
    kostnad = f.kostnad_kommune + f.kostnad_fylkeskommune + f.kostnad_stat
    summer = {"kostnad": d.sum(kostnad)}
    if "besparelse" in ut.sum:
        summer["besparelse"] = d.sum(f.besparelse)
    for navn, bidrag in (("erstattede_tjenester", f.erstattet), ("bedret_situasjon", f.bedret)):
        if navn in ut.sum:
            summer[navn] = d.sum(bidrag())
    for navn, gevinst in (("helsegevinst", f.helse), ("produksjonsgevinst", f.produksjon)):
        if navn in ut.sum:
            summer[navn] = d.sum(gevinst(), med_vekst=True)
    if "offentlig_inntekt" in ut.sum:
        inntekt = f.inntekt()
        summer["offentlig_inntekt"] = 0.0 if inntekt is None else d.sum(inntekt, med_vekst=True)
    for navn, sum_ in summer.items():
        if navn in ut.sum:
            ut.sum[navn][fra:til] = sum_
    har_kostnad = summer["kostnad"] > 0
    nettoer = tuple(navn.removeprefix("netto_") for navn in ut.sum if navn.startswith("netto_"))
    for navn, grunn, voksende in _netto(f, kostnad, nettoer):
        if navn not in ut.aar:
            ut.sum[f"netto_{navn}"][fra:til] = d.sum(grunn) + (0.0 if voksende is None else d.sum(voksende, True))
            continue
        har_del = har_kostnad & _fylket_er_med(f) if navn == "fylkeskommune" else har_kostnad
        akkumulert = ut.sum[f"netto_{navn}"][fra:til]
        _akkumuler(d, grunn, voksende, akkumulert, ut.aar[navn][fra:til])
        np.copyto(ut.aar[navn][fra:til], np.int8(ALDRI), where=~((ut.aar[navn][fra:til] < d.aar) & har_del))


def _netto(f: Flyt, kostnad: Bidrag, hvilke: tuple[str, ...]) -> Iterator[tuple[str, Bidrag, Bidrag | None]]:
    """Each net asked for: what does not grow, and what grows with the value of a QALY and of work."""
    m, y, skatt = f.x.kommunal_andel_nullalternativ, f.x.kommunal_andel_offentlig_inntekt, f.x.skattefinansieringssats
    fylkets = f.x.fylkeskommunal_andel_av_resten
    uten_inntekt, inntekt = f.besparelse - kostnad, f.inntekt()
    for navn in hvilke:
        if navn == "budsjett":
            yield navn, uten_inntekt, inntekt
        elif navn == "samfunn":
            yield navn, uten_inntekt.ganger(1 + skatt), f.gevinst()
        elif navn == "kommune":
            yield navn, f.besparelse.ganger(m) - f.kostnad_kommune, _andel(inntekt, y)
        elif navn == "kommune_realiserbar":
            yield navn, f.besparelse.ganger(f.x.realiserbar_andel * m) - f.kostnad_kommune, None
        elif navn == "fylkeskommune":
            yield navn, f.besparelse.ganger((1 - m) * fylkets) - f.kostnad_fylkeskommune, None
        else:
            yield navn, f.besparelse.ganger((1 - m) * (1 - fylkets)) - f.kostnad_stat, _andel(inntekt, 1 - y)


def _fylket_er_med(f: Flyt) -> NDArray[np.bool_]:
    """Whether the fylkeskommune pays or saves anything, by draw."""
    andel = (1 - f.x.kommunal_andel_nullalternativ) * f.x.fylkeskommunal_andel_av_resten
    spart = (np.not_equal(andel * del_, 0) for del_ in (*f.besparelse.inne, *f.besparelse.ute))
    betalt = (np.not_equal(del_, 0) for del_ in (*f.kostnad_fylkeskommune.inne, *f.kostnad_fylkeskommune.ute))
    return np.asarray(np.logical_or.reduce(np.broadcast_arrays(*spart, *betalt)))


def _andel(inntekt: Bidrag | None, andel: Tall) -> Bidrag | None:
    return None if inntekt is None or er_null(andel) else inntekt.ganger(andel)


class Dynamikk:
    """How years follow from Bidrag for one chunk: R, discounting and growth, shared by every kind of money."""

    def __init__(self, f: Flyt, aar: int, inntaksaar: int) -> None:
        self.aar, self.inntaksaar = aar, min(inntaksaar, aar)
        x = f.x
        self.r = _varige(x.aarlig_tilbakefall, aar, self.inntaksaar)
        self.faktor = _potenser(1 / (1 + x.neddiskontering), aar)
        self.vekst = _potenser(1 + x.reell_vekst, aar)
        #: Whether years follow from each other by adding what an intake year brings at each age.
        self.enkel = er_null(x.aarlig_tilbakefall)
        self.uten_vekst = er_null(x.reell_vekst)
        self.uten_rente = er_null(x.neddiskontering)

    @cached_property
    def _vekter(self) -> tuple[list[Tall], list[Tall]]:
        return self._vekt(self.faktor)

    @cached_property
    def _vekter_vekst(self) -> tuple[list[Tall], list[Tall]]:
        if self.uten_vekst:
            return self._vekter
        return self._vekt(self._voksende)

    @cached_property
    def _voksende(self) -> list[Tall]:
        return [d * v for d, v in zip(self.faktor, self.vekst, strict=True)]

    def _vekt(self, faktor: list[Tall]) -> tuple[list[Tall], list[Tall]]:
        """The sum over the years of each age's window and of each lag's R, times a yearly factor."""
        inne = [sum(faktor[alder : alder + self.inntaksaar]) for alder in range(3)]
        ute: list[Tall] = []
        for lag in (1, 2, 3):
            vekt: Tall = 0.0
            for t in range(lag, self.aar):
                vekt = vekt + faktor[t] * self.r[t - lag]
            ute.append(vekt)
        return inne, ute

    def sum(self, b: Bidrag, med_vekst: bool = False) -> Tall:
        """Discounted sum over the period, kr; never -0.0, which would show as «-0»."""
        inne, ute = self._vekter_vekst if med_vekst else self._vekter
        svar: Tall = 0.0
        for del_, vekt in zip((*b.inne, *b.ute), (*inne, *ute), strict=True):
            if not er_null(del_):
                svar = svar + del_ * vekt
        if b.alder:
            faktor = self.faktor if not med_vekst or self.uten_vekst else self._voksende
            for alder, del_ in enumerate(b.alder):
                svar = svar + del_ * sum(faktor[alder : alder + self.inntaksaar])
        return svar

    def aarlig(self, b: Bidrag, t: int) -> Tall:
        """Undiscounted kr in year t, before real growth."""
        svar: Tall = 0.0
        for alder in range(3):
            if 0 <= t - alder < self.inntaksaar:
                svar = svar + b.inne[alder]
        for lag in (1, 2, 3):
            if t >= lag and not er_null(b.ute[lag - 1]):
                svar = svar + b.ute[lag - 1] * self.r[t - lag]
        for alder, del_ in enumerate(b.alder[: t + 1]):
            if t - alder < self.inntaksaar:
                svar = svar + del_
        return svar


def _varige(tilbakefall: Tall, aar: int, inntaksaar: int) -> list[Tall]:
    beholder = 1 - tilbakefall
    r: list[Tall] = [1.0]
    for t in range(1, aar):
        r.append(r[-1] * beholder + (1.0 if t < inntaksaar else 0.0))
    return r


def _potenser(grunntall: Tall, antall: int) -> list[Tall]:
    """1, g, g^2, ...: by multiplying, which is the same for one draw and for many."""
    svar: list[Tall] = [1.0]
    for _ in range(antall - 1):
        svar.append(svar[-1] * grunntall)
    return svar


def _akkumuler(d: Dynamikk, grunn: Bidrag, gevinst: Bidrag | None, sum_: Array, etter: NDArray[np.int8]) -> None:
    """Accumulate one net year by year: the sum (n,) kr, and the years after which it is never again below zero (n,)."""
    n = len(sum_)
    aarets, ledd = np.zeros(n), np.empty(n)
    under, merke = np.empty(n, dtype=np.bool_), np.empty(n, dtype=np.int8)
    enkel = d.enkel and not grunn.alder and (gevinst is None or d.uten_vekst)
    alder = _etter_alder(grunn if gevinst is None else grunn + gevinst) if enkel else []
    sum_.fill(0.0)
    etter.fill(0)
    for t in range(d.aar):
        if enkel:
            # From the fourth year after the last intake on, each year is as the one before.
            if t < d.inntaksaar + 3:
                np.add(aarets, alder[min(t, 3)], out=aarets)
                if t >= d.inntaksaar:
                    np.subtract(aarets, alder[t - d.inntaksaar], out=aarets)
        else:
            aarets[:] = d.aarlig(grunn, t)
            if gevinst is not None:
                np.multiply(d.aarlig(gevinst, t), d.vekst[t], out=ledd)
                np.add(aarets, ledd, out=aarets)
        if d.uten_rente:
            np.add(sum_, aarets, out=sum_)
        else:
            np.multiply(aarets, d.faktor[t], out=ledd)
            np.add(sum_, ledd, out=sum_)
        np.less(sum_, -TOLERANSE_KR, out=under)
        np.multiply(under.view(np.int8), np.int8(t + 1), out=merke)
        np.maximum(etter, merke, out=etter)


def _etter_alder(b: Bidrag) -> list[Tall]:
    """What one intake year brings at ages 0, 1, 2 and 3; from 3 on it is the same every year when nobody relapses."""
    en = b.ute[0]
    to = en + b.ute[1]
    return [b.inne[0], b.inne[1] + en, b.inne[2] + to, to + b.ute[2]]
