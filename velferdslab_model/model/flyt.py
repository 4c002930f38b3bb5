"""Money as a few numbers per draw, from which every year follows: what the fast paths share.

A person who entered in s is in the programme at ages 0, 1, 2 at most, and leaves it in a better situation at age 1, 2
or 3. Who is back in s is worth nothing compared with staying there. So every yearly amount is

    amount[t] = sum_a inne[a] 1[0 <= t - a < A]  +  sum_l ute[l] R[t - l],      R[t] = (1 - rho) R[t-1] + 1[t < A]

with a = 0..2, l = 1..3 and R the number of intake years whose leavers still keep the situation reached (docs/modell.md
sections 2, 3 and 6). Draws are the only axis here, contiguous; a number all draws share is a plain float.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from velferdslab_model.model.array import Array
from velferdslab_model.model.bevegelse import Situasjonsavvik, avvik_etter_alder
from velferdslab_model.model.inndata import Modellinndata
from velferdslab_model.parameters.typer import BETALERE

#: One number per draw (n,), or a float that all draws share.
Tall = Any
#: In the programme (0,1), (1,2), (0,2); out of it (0,1), (1,2), (0,2), (1,3), (2,3), (0,3): entered in s, now in j.
Personer = tuple[tuple[Tall, ...], tuple[Tall, ...]]


@dataclass(frozen=True)
class Bidrag:
    """One kind of money. inne: kr per intake year at ages 0, 1, 2. ute: kr per unit of R at lags 1, 2, 3. alder: kr per
    intake year at every age besides, where persons move without the programme (bevegelse.py)."""

    inne: tuple[Tall, Tall, Tall]
    ute: tuple[Tall, Tall, Tall] = (0.0, 0.0, 0.0)
    alder: tuple[Tall, ...] = ()

    def __add__(self, andre: Bidrag) -> Bidrag:
        return Bidrag(_sum(self.inne, andre.inne), _sum(self.ute, andre.ute), _alle_aldre(self.alder, andre.alder))

    def __sub__(self, andre: Bidrag) -> Bidrag:
        return Bidrag(
            (self.inne[0] - andre.inne[0], self.inne[1] - andre.inne[1], self.inne[2] - andre.inne[2]),
            (_minus(self.ute[0], andre.ute[0]), _minus(self.ute[1], andre.ute[1]), _minus(self.ute[2], andre.ute[2])),
            _alle_aldre(self.alder, tuple(-verdi for verdi in andre.alder)),
        )

    def ganger(self, faktor: Tall) -> Bidrag:
        """Every number times a factor."""
        alder = tuple(_ganger_delt(verdi, faktor) for verdi in self.alder)
        return Bidrag(_ganger(self.inne, faktor), _ganger(self.ute, faktor), alder)


@dataclass(frozen=True)
class Flyt:
    """The money of one group, undiscounted and without real growth in the gains. avvik: by age, persons in each situation
    less those who would have been there without the programme; empty when they would have stayed where they entered."""

    kostnad_kommune: Bidrag
    kostnad_fylkeskommune: Bidrag
    kostnad_stat: Bidrag
    besparelse: Bidrag
    personer: Personer
    x: Utsnitt
    avvik: Situasjonsavvik = ()

    def erstattet(self) -> Bidrag:
        """The part of the saving that the programme replaces while it lasts."""
        return Bidrag(_erstattet(self.x, self.personer))

    def bedret(self) -> Bidrag:
        """The rest of the saving: what the steps taken are worth."""
        if self.avvik:
            return _etter_avvik(self.avvik, self.x.kostnad, self.x.skjedd_uansett - 1)
        inne, ute = _trinn(self.personer, self.x.nullalternativ, self.x.skjedd_uansett - 1)
        return Bidrag((0.0, *inne), ute)

    def helse(self) -> Bidrag:
        """The health gain."""
        return self._gevinst(self.x.livskvalitet, self.x.verdi_qaly)

    def produksjon(self) -> Bidrag:
        """The production gain."""
        return self._gevinst(self.x.stillingsandel, self.x.loennskostnad)

    def inntekt(self) -> Bidrag | None:
        """The public's share of the production gain; None when it has no share in any draw."""
        andel = self.x.offentlig_andel_produksjonsgevinst
        return None if er_null(andel) else self.produksjon().ganger(andel)

    def gevinst(self) -> Bidrag:
        """Both gains together, priced per situation first, with the tax that the public's share of them saves."""
        x = self.x
        arbeid, sats, andel = x.loennskostnad, x.skattefinansieringssats, x.offentlig_andel_produksjonsgevinst
        if not (er_null(sats) or er_null(andel)):
            arbeid = arbeid * (1 + sats * andel)
        verdi = tuple(x.livskvalitet[j] * x.verdi_qaly + x.stillingsandel[j] * arbeid for j in range(4))
        return self._gevinst(verdi, 1.0)

    def _gevinst(self, nivaa: tuple[Tall, ...], verdi: Tall) -> Bidrag:
        if self.avvik:
            return _etter_avvik(self.avvik, nivaa, verdi * (1 - self.x.skjedd_uansett))
        return _gevinst(self.personer, nivaa, verdi, self.x.skjedd_uansett)


@dataclass(frozen=True)
class Utsnitt:
    """Some draws of Modellinndata, each number for itself: the situations are tuples, the draws (n,) or a shared float."""

    neddiskontering: Tall
    inntak: tuple[Tall, ...]
    suksessrate: tuple[Tall, ...]
    oppstart: tuple[tuple[Tall, ...], ...]
    drift: tuple[tuple[Tall, ...], ...]
    nullalternativ: tuple[Tall, ...]
    livskvalitet: tuple[Tall, ...]
    stillingsandel: tuple[Tall, ...]
    verdi_qaly: Tall
    loennskostnad: Tall
    erstatningsgrad: Tall
    beholder_steget: Tall
    aarlig_tilbakefall: Tall
    skjedd_uansett: Tall
    reell_vekst: Tall
    skattefinansieringssats: Tall
    fast_aarskostnad: Tall
    kommunal_andel_nullalternativ: Tall
    fylkeskommunal_andel_av_resten: Tall
    realiserbar_andel: Tall
    offentlig_andel_produksjonsgevinst: Tall
    kommunal_andel_offentlig_inntekt: Tall
    overganger: tuple[tuple[Tall, ...], ...] | None = None
    situasjonskostnad: tuple[Tall, ...] | None = None

    @property
    def kostnad(self) -> tuple[Tall, ...]:
        """What the ordinary services cost in each situation: of a null alternative that moves, where it does."""
        return self.nullalternativ if self.situasjonskostnad is None else self.situasjonskostnad


#: Every field, and its axes beside that of draws.
_AKSER = (
    {felt.name: 0 for felt in fields(Utsnitt)}
    | {"inntak": 1, "suksessrate": 1, "nullalternativ": 1, "livskvalitet": 1, "stillingsandel": 1}
    | {"oppstart": 2, "drift": 2, "overganger": 2, "situasjonskostnad": 1}
)


def antall_trekninger(x: Modellinndata) -> int | None:
    """Number of draws; None for Modellinndata without an axis of draws. More than one such axis is a ValueError."""
    former = set()
    for navn, akser in _AKSER.items():
        if getattr(x, navn) is None:
            continue
        form = np.shape(getattr(x, navn))
        former.add(form[: len(form) - akser])
    form = np.broadcast_shapes(*former)
    if len(form) > 1:
        raise ValueError(f"one axis of draws, not {form}")
    return form[0] if form else None


def utsnitt(x: Modellinndata, fra: int, til: int) -> Utsnitt:
    """Draws fra to til (not included), without copying."""
    felt: dict[str, Any] = {navn: getattr(x, navn) for navn in _AKSER}
    deler: dict[str, Any] = {n: v if v is None else _del(np.asarray(v), _AKSER[n], fra, til) for n, v in felt.items()}
    return Utsnitt(**deler)


def _del(a: Array, akser: int, fra: int, til: int) -> Tall:
    if akser:
        return tuple(_del(del_, akser - 1, fra, til) for del_ in a.swapaxes(0, -akser))
    if a.ndim == 0:
        return float(a)
    return a[fra:til] if a.shape[0] > 1 else float(a[0])


def flyt(x: Utsnitt, aar: int) -> Flyt:
    """Price the persons of one intake year by age and by the way they left. aar: years of the analysis."""
    p0, p1, p2 = x.suksessrate
    n0, n1, n2 = x.inntak
    k = x.beholder_steget
    # In the programme: one step at age 1, two at age 2.
    i01, i12 = n0 * p0, n1 * p1
    i02 = i01 * p1
    # Out of it, in a situation better than that of entry. k: of those who did not step, who keep what they reached.
    x13, x23, x03 = i12 * p2, n2 * p2, i02 * p2
    x01, x12, x02 = (_ganger_delt(i - videre, k) for i, videre in ((i01, i02), (i12, x13), (i02, x03)))
    personer = ((i01, i12, i02), (x01, x12, x02, x13, x23, x03))
    if x.overganger is not None:
        return _flyt_mot_bevegelse(x, personer, aar)
    # While in the programme: n_s - a (n_s - n_j) - (1 - e) n_j, that is (1 - a) (n_s - n_j) + e n_j.
    i_verdi, ute = _trinn(personer, x.nullalternativ, x.skjedd_uansett - 1)
    erstattet = _erstattet(x, personer)
    return Flyt(
        **_kostnader(x, personer[0]),
        besparelse=Bidrag((erstattet[0], i_verdi[0] + erstattet[1], i_verdi[1] + erstattet[2]), ute),
        personer=personer,
        x=x,
    )


def _flyt_mot_bevegelse(x: Utsnitt, personer: Personer, aar: int) -> Flyt:
    """The same when everybody outside the programme moves, and would have moved without it."""
    avvik = avvik_etter_alder(x.inntak, x.suksessrate, x.beholder_steget, x.aarlig_tilbakefall, x.overganger or (), aar)
    bedret = _etter_avvik(avvik, x.kostnad, x.skjedd_uansett - 1)
    return Flyt(
        **_kostnader(x, personer[0]),
        besparelse=Bidrag(_erstattet(x, personer)) + bedret,
        personer=personer,
        x=x,
        avvik=avvik,
    )


def _etter_avvik(avvik: Situasjonsavvik, nivaa: tuple[Tall, ...], faktor: Tall) -> Bidrag:
    """Persons too many in each situation times its level, at every age."""
    alder = tuple(sum(antall * n for antall, n in zip(rad, nivaa, strict=True)) * faktor for rad in avvik)
    return Bidrag((0.0, 0.0, 0.0), alder=alder)


def _alle_aldre(a: tuple[Tall, ...], b: tuple[Tall, ...]) -> tuple[Tall, ...]:
    if not a or not b:
        return a or b
    return tuple(x + y for x, y in zip(a, b, strict=True))


def _erstattet(x: Utsnitt, personer: Personer) -> tuple[Tall, Tall, Tall]:
    """What those in the programme would cost in the situation they are in, times e, at ages 0, 1 and 2."""
    (i01, i12, i02), n, e = personer[0], x.kostnad, x.erstatningsgrad
    n0, n1, n2 = x.inntak
    return (
        _ganger_delt(n0 * n[0] + n1 * n[1] + n2 * n[2], e),
        _ganger_delt(i01 * n[1] + i12 * n[2], e),
        _ganger_delt(i02 * n[2], e),
    )


def _kostnader(x: Utsnitt, i: tuple[Tall, ...]) -> dict[str, Any]:
    """What each betaler pays, by its field of Flyt."""
    return {f"kostnad_{b}": _kostnad(x, k, x.inntak, i) for k, b in enumerate(BETALERE)}


def _kostnad(x: Utsnitt, b: int, n: tuple[Tall, ...], i: tuple[Tall, ...]) -> Bidrag:
    o, d = [rad[b] for rad in x.oppstart], [rad[b] for rad in x.drift]
    foerste = n[0] * (o[0] + d[0]) + n[1] * (o[1] + d[1]) + n[2] * (o[2] + d[2])
    if not b:  # the municipality pays the fixed cost
        foerste = foerste + x.fast_aarskostnad
    return Bidrag((foerste, i[0] * d[1] + i[1] * d[2], i[2] * d[2]))


def _trinn(
    personer: Personer, nivaa: tuple[Tall, ...], faktor: Tall
) -> tuple[tuple[Tall, Tall], tuple[Tall, Tall, Tall]]:
    """Persons times the difference in level to the situation of entry: at ages 1, 2 and at lags 1, 2, 3."""
    (i01, i12, i02), (x01, x12, x02, x13, x23, x03) = personer
    d01, d12, d23 = nivaa[1] - nivaa[0], nivaa[2] - nivaa[1], nivaa[3] - nivaa[2]
    d02, d13, d03 = nivaa[2] - nivaa[0], nivaa[3] - nivaa[1], nivaa[3] - nivaa[0]
    alle = (
        i01 * d01 + i12 * d12,
        i02 * d02,
        x23 * d23,
        x01 * d01 + x12 * d12 + x13 * d13,
        x02 * d02 + x03 * d03,
    )
    inne1, inne2, ute1, ute2, ute3 = (_ganger_delt(verdi, faktor) for verdi in alle)
    return (inne1, inne2), (ute1, ute2, ute3)


def _gevinst(personer: Personer, nivaa: tuple[Tall, ...], verdi: Tall, skjedd_uansett: Tall) -> Bidrag:
    inne, ute = _trinn(personer, nivaa, verdi * (1 - skjedd_uansett))
    return Bidrag((0.0, *inne), ute)


def er_null(tall: Tall) -> bool:
    """Whether a number is zero for all draws at once, so that there is nothing to add or multiply by."""
    return isinstance(tall, float) and tall == 0.0


def _minus(a: Tall, b: Tall) -> Tall:
    return a if er_null(b) else a - b


def _pluss(a: Tall, b: Tall) -> Tall:
    if er_null(a):
        return b
    return a if er_null(b) else a + b


def _ganger_delt(a: Tall, faktor: Tall) -> Tall:
    return a if isinstance(faktor, float) and faktor == 1.0 else a * faktor


def _sum(a: tuple[Tall, Tall, Tall], b: tuple[Tall, Tall, Tall]) -> tuple[Tall, Tall, Tall]:
    return _pluss(a[0], b[0]), _pluss(a[1], b[1]), _pluss(a[2], b[2])


def _ganger(a: tuple[Tall, Tall, Tall], faktor: Tall) -> tuple[Tall, Tall, Tall]:
    return _ganger_delt(a[0], faktor), _ganger_delt(a[1], faktor), _ganger_delt(a[2], faktor)
