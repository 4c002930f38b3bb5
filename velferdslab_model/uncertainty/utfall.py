"""The money of drawn persons: every net, year by year, and the years to payback."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from velferdslab_model.model.aarsserier import NETTO
from velferdslab_model.model.array import Array
from velferdslab_model.model.diskontering import TOLERANSE_KR
from velferdslab_model.model.flyt import Tall, Utsnitt, er_null
from velferdslab_model.model.totaler import ALDRI
from velferdslab_model.uncertainty.deltakere import INNE, UTE, Folk


@dataclass(frozen=True)
class Aarsutfall:
    """Discounted money of many draws. netto: by net, (T, n) kr. har_kostnad: (n,) whether the programme costs anything;
    fylket_er_med: whether the fylkeskommune pays or saves any of it.

    qaly: (n,) discounted QALYs gained, times real growth: the health gain per krone of the value of a QALY.
    helsegevinst: (n,) kr.
    """

    netto: dict[str, Array]
    har_kostnad: NDArray[np.bool_]
    fylket_er_med: NDArray[np.bool_]
    qaly: Array
    helsegevinst: Array

    def har_del(self, netto: str) -> NDArray[np.bool_]:
        """(n,) whether there is anything for a net to pay back."""
        return self.har_kostnad & self.fylket_er_med if netto == "fylkeskommune" else self.har_kostnad


def aarsutfall(x: Utsnitt, folk: Folk, inntaksaar: int) -> Aarsutfall:
    """Price the persons of each year (docs/modell.md sections 3 and 6). x: the numbers of these draws."""
    aar, n = folk.inne[0, 1].shape
    virker, null, e = 1 - x.skjedd_uansett, x.nullalternativ, x.erstatningsgrad
    m, y, u = x.kommunal_andel_nullalternativ, x.kommunal_andel_offentlig_inntekt, x.realiserbar_andel
    z, skatt = x.offentlig_andel_produksjonsgevinst, x.skattefinansieringssats
    spart_inne = [virker * (null[s] - null[j]) + e * null[j] for s, j in INNE]
    spart_ute = [virker * (null[s] - null[j]) for s, j in UTE]
    q_inne, q_ute = ([virker * (x.livskvalitet[j] - x.livskvalitet[s]) for s, j in par] for par in (INNE, UTE))
    w_inne, w_ute = (
        [virker * x.loennskostnad * (x.stillingsandel[j] - x.stillingsandel[s]) for s, j in par] for par in (INNE, UTE)
    )
    drift = [[x.drift[j][b] for _, j in INNE] for b in range(3)]
    inn = [
        sum(x.inntak[s] * verdi for s, verdi in enumerate(verdier))
        for verdier in (
            [e * null[s] for s in range(3)],
            *([x.oppstart[s][b] + x.drift[s][b] for s in range(3)] for b in range(3)),
        )
    ]
    inn[1] = inn[1] + x.fast_aarskostnad
    fylkets = (1 - m) * x.fylkeskommunal_andel_av_resten
    netto = {navn: np.empty((aar, n)) for navn in NETTO}
    kostnad, qaly, fylket_er_med = np.zeros(n), np.zeros(n), np.zeros(n, dtype=np.bool_)
    faktor: Tall = 1.0
    vekst: Tall = 1.0
    for t in range(aar):
        inne = [folk.inne[par][t] for par in INNE]
        ute = [folk.ute[par][t] for par in UTE]
        tar_inn = [verdi if t < inntaksaar else 0.0 for verdi in inn]
        spart = _sum([*zip(inne, spart_inne, strict=True), *zip(ute, spart_ute, strict=True)], tar_inn[0], n)
        betalt = [_sum(zip(inne, drift[b], strict=True), tar_inn[1 + b], n) * faktor for b in range(3)]
        hos_kommune, hos_fylket, hos_stat = betalt
        helse = _sum([*zip(inne, q_inne, strict=True), *zip(ute, q_ute, strict=True)], 0.0, n)
        arbeid = _sum([*zip(inne, w_inne, strict=True), *zip(ute, w_ute, strict=True)], 0.0, n)
        arbeid *= faktor * vekst
        helse *= faktor * vekst
        spart *= faktor
        inntekt = 0.0 if er_null(z) else z * arbeid
        samlet = hos_kommune + hos_fylket + hos_stat
        kostnad += samlet
        qaly += helse
        uten_inntekt = spart - samlet
        netto["budsjett"][t] = budsjett = uten_inntekt + inntekt
        netto["samfunn"][t] = (
            uten_inntekt + x.verdi_qaly * helse + arbeid + (0.0 if er_null(skatt) else skatt * budsjett)
        )
        netto["kommune"][t] = m * spart - hos_kommune + y * inntekt
        netto["fylkeskommune"][t] = fylkets * spart - hos_fylket
        fylket_er_med |= (fylkets * spart != 0) | (hos_fylket != 0)
        netto["stat"][t] = (1 - m - fylkets) * spart - hos_stat + (1 - y) * inntekt
        netto["kommune_realiserbar"][t] = u * m * spart - hos_kommune
        faktor = faktor / (1 + x.neddiskontering)
        vekst = vekst * (1 + x.reell_vekst)
    return Aarsutfall(netto, kostnad > 0, fylket_er_med, qaly, qaly * x.verdi_qaly)


def _sum(ledd: Iterable[tuple[Array, Tall]], start: Tall, n: int) -> Array:
    ut = np.full(n, start) if isinstance(start, float) else np.array(start, dtype=np.float64)
    for antall, sats in ledd:
        if not er_null(sats):
            ut += antall * sats
    return ut


def tilbakebetalt(netto: Array, har_kostnad: NDArray[np.bool_]) -> tuple[Array, NDArray[np.int8]]:
    """The sum over the years (n,) kr, and the years after which it is never again below zero (n,), ALDRI if none."""
    sum_, etter = np.zeros(netto.shape[1]), np.zeros(netto.shape[1], dtype=np.int8)
    for t, aarets in enumerate(netto):
        sum_ += aarets
        etter[sum_ < -TOLERANSE_KR] = t + 1
    etter[(etter >= len(netto)) | ~har_kostnad] = ALDRI
    return sum_, etter


def lagt_sammen(deler: Mapping[str, Aarsutfall]) -> Aarsutfall:
    """The groups together, year by year; a shorter one counts 0 after its end. They start in the same year."""
    alle = list(deler.values())
    aar = max(len(del_.netto["budsjett"]) for del_ in alle)
    netto = {}
    for navn in alle[0].netto:
        rader = np.zeros((aar, alle[0].netto[navn].shape[1]))
        for del_ in alle:
            rader[: len(del_.netto[navn])] += del_.netto[navn]
        netto[navn] = rader
    return Aarsutfall(
        netto,
        np.logical_or.reduce([del_.har_kostnad for del_ in alle]),
        np.logical_or.reduce([del_.fylket_er_med for del_ in alle]),
        np.sum([del_.qaly for del_ in alle], axis=0),
        np.sum([del_.helsegevinst for del_ in alle], axis=0),
    )
