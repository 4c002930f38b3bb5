"""An independent simulation, person by person and year by year: shares nothing with the package but the assumptions."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from velferdslab_model.model.aarsserier import NETTO
from velferdslab_model.parameters.typer import BETALERE, Brukergruppe

Tallrekke = NDArray[np.float64]


def simuler(g: Brukergruppe, ganger: int, froe: int, ledige_rater: bool = False) -> dict[str, Tallrekke]:
    """The nets (ganger,) kr of a group whose intake is whole persons. ledige_rater: also draw each rate from the beta of
    ten observed participants.

    Each person has a situation and is inside or outside; every year a number decides what happens next.
    """
    rng = np.random.default_rng(froe)
    u = g.utvidet
    rater = np.tile(np.array(g.suksessrate), (ganger, 1))
    if ledige_rater:
        rater = np.stack([rng.beta(10 * p, 10 * (1 - p), ganger) for p in g.suksessrate], axis=1)
    pris = {(k, b): np.zeros(4) for k in ("oppstart", "drift") for b in BETALERE}
    for ett in g.tiltak:
        pris[ett.kategori, ett.betaler][:3] += ett.enhetskostnad * ett.ganger_per_aar * np.array(ett.volum)
    null, qaly, arbeid = (np.array(rad) for rad in (g.nullalternativ, g.livskvalitet, g.stillingsandel))
    netto = {x: np.zeros(ganger) for x in NETTO}
    kommet = [(s, aar) for aar in range(g.inntaksaar) for s in range(3) for _ in range(int(g.inntak[s]))]
    rad = np.arange(ganger)
    penger = np.zeros((g.analyseperiode, 6, ganger))  # saved, paid by each of BETALERE, QALYs, work
    for s, start in kommet:
        naa, inne = np.full(ganger, s), np.ones(ganger, dtype=bool)
        for t in range(start, g.analyseperiode):
            if t > start:
                tall = rng.random(ganger)
                lykkes = inne & (tall < rater[rad, np.minimum(naa, 2)])
                slutter = inne & ~lykkes
                # Whoever was outside a year ago may fall back; whoever leaves now is outside from now on.
                faller = ~inne & (naa > s) & (rng.random(ganger) < u.aarlig_tilbakefall)
                mister = slutter & (naa > s) & (rng.random(ganger) >= u.beholder_steget)
                naa = np.where(lykkes, naa + 1, np.where(faller | mister, s, naa))
                inne = lykkes & (naa < 3)
            bedret = (1 - u.skjedd_uansett) * (null[s] - null[naa])
            penger[t, 0] += bedret + np.where(inne, u.erstatningsgrad * null[naa], 0.0)
            for b, betaler in enumerate(BETALERE, start=1):
                kostnad = pris["drift", betaler][naa] + (pris["oppstart", betaler][s] if t == start else 0.0)
                penger[t, b] += np.where(inne, kostnad, 0.0)
            penger[t, 4] += (1 - u.skjedd_uansett) * (qaly[naa] - qaly[s])
            penger[t, 5] += (1 - u.skjedd_uansett) * (arbeid[naa] - arbeid[s])
    for t in range(g.analyseperiode):
        d, vekst = (1 + g.neddiskontering) ** -t, (1 + u.reell_vekst) ** t
        spart, kommune, fylket, stat = penger[t, 0], penger[t, 1].copy(), penger[t, 2], penger[t, 3]
        if t < g.inntaksaar:
            kommune += u.fast_aarskostnad
        helse, produksjon = g.verdi_qaly * vekst * penger[t, 4], g.loennskostnad * vekst * penger[t, 5]
        m, y = u.kommunal_andel_nullalternativ, u.kommunal_andel_offentlig_inntekt
        inntekt = u.offentlig_andel_produksjonsgevinst * produksjon
        budsjett = spart - kommune - fylket - stat + inntekt
        skatt = -u.skattefinansieringssats * budsjett
        netto["budsjett"] += d * budsjett
        netto["samfunn"] += d * (spart - kommune - fylket - stat + helse + produksjon - skatt)
        netto["kommune"] += d * (m * spart - kommune + y * inntekt)
        fylkets = (1 - m) * u.fylkeskommunal_andel_av_resten * spart
        netto["fylkeskommune"] += d * (fylkets - fylket)
        netto["stat"] += d * ((1 - m) * spart - fylkets - stat + (1 - y) * inntekt)
        netto["kommune_realiserbar"] += d * (u.realiserbar_andel * m * spart - kommune)
    return netto
