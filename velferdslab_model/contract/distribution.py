"""The distribution of what is paid: exact where it can be counted, else simulated with its error.

Successes of a cohort are binomial; those who hold at the next date are binomial among them. Cohorts are independent given
the rate. A rate from counts is one beta-distributed number common to all cohorts. It is integrated out by Gauss-Jacobi
quadrature with as many points as makes it exact: every chance is a polynomial in the rate of degree <= people.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from velferdslab_model.contract.flows import (
    besparelse_per_linje,
    investor_hittil,
    kompensasjon,
    mest_til_investor,
    til_investor,
    utlegg,
)
from velferdslab_model.contract.oppgjoer import Oppgjoerslinje, betalingsplan, oppgjoerslinjer
from velferdslab_model.contract.outcomes import ForMangeUtfall, Heltall, Sky, binomisk, kohortsky
from velferdslab_model.contract.terms import Kontrakt
from velferdslab_model.contract.yearly import aar_for_aar_med_oppfoelging
from velferdslab_model.model.array import Array

TREKNINGER, FROE = 1_000_000, 1
_DEL = 1 << 17


@dataclass(frozen=True)
class Betalingsfordeling:
    """Outcomes of the whole contract with their chances.

    lykkede: successes of all cohorts, settled or not, (M,). betalt: paid in all, (M,). sannsynlighet: (M,), sum 1.
    per_aar, til_investor: expected payment of each contract year, and what of it and of a compensation goes to the investor, (K,). p_tak: chance that a cap is reached. p_kuttet: that one takes
    something. metode «simulert»: each outcome is a draw, and feil is the standard error of the expectation.
    """

    lykkede: Heltall
    betalt: Array
    sannsynlighet: Array
    per_aar: Array
    til_investor: Array
    p_tak: float
    p_kuttet: float
    metode: Literal["eksakt", "simulert"]
    feil: float

    @property
    def forventet(self) -> float:
        """Expected payment in all."""
        return float(self.betalt @ self.sannsynlighet)

    def p(self, treff: NDArray[np.bool_]) -> float:
        """Chance of the outcomes pointed out, (M,)."""
        return float(min(1.0, self.sannsynlighet[treff].sum()))

    def kvantil(self, andel: float) -> float:
        """The smallest payment that is not passed with at least this chance."""
        beloep, p = self.fordelt_paa_betaling()
        return float(beloep[min(int(np.searchsorted(np.cumsum(p), andel - 1e-12)), len(beloep) - 1)])

    def fordelt_paa_betaling(self) -> tuple[Array, Array]:
        """Every amount that can be paid, ascending, and its chance."""
        beloep, hvor = np.unique(self.betalt, return_inverse=True)
        return beloep, np.bincount(hvor, self.sannsynlighet, len(beloep)).astype(float)


def beta_punkter(a: float, b: float, punkter: int) -> tuple[Array, Array]:
    """Points and weights (sum 1) that integrate polynomials of degree < 2 x punkter over a beta(a, b) exactly.

    The eigenvalues of the Jacobi matrix (Golub and Welsch 1969); the weights need no gamma function, so counts may be large.
    """
    al, be = b - 1, a - 1
    k = np.arange(punkter, dtype=float)
    s = 2 * k + al + be
    with np.errstate(divide="ignore", invalid="ignore"):
        diagonal = np.where(s * (s + 2) == 0, (be - al) / (al + be + 2), (be**2 - al**2) / (s * (s + 2)))
    diagonal[0] = (be - al) / (al + be + 2)
    k, s = k[1:], s[1:]
    utenfor = 4 * k * (k + al) * (k + be) * (k + al + be) / (s**2 * (s + 1) * np.where(s == 1, 1, s - 1))
    if punkter > 1:  # the general form is 0/0 here when al + be = -1
        utenfor[0] = 4 * (1 + al) * (1 + be) / ((2 + al + be) ** 2 * (3 + al + be))
    verdier, vektorer = np.linalg.eigh(np.diag(diagonal) + np.diag(np.sqrt(utenfor), 1) + np.diag(np.sqrt(utenfor), -1))
    return (1 + verdier) / 2, vektorer[0] ** 2


def betalingsfordeling(v: Kontrakt, froe: int = FROE, trekninger: int = TREKNINGER) -> Betalingsfordeling:
    """The distribution under the terms, exact when the outcomes can be counted, else from draws."""
    try:
        return _eksakt(v, *_rater(v))
    except ForMangeUtfall:
        return _fra_trekninger(v, trekninger, froe)


def fordelinger_ved(v: Kontrakt, rater: Sequence[float]) -> list[Betalingsfordeling]:
    """The distribution at each of several rates, certain and the same for every cohort. v: with one follow-up date.

    What may be paid is the same at every rate, and worked out once where the outcomes at all of them are few enough.
    """
    hver = np.repeat(np.array(rater)[:, None], v.inntaksaar, axis=1)

    def snitt(p: Array, verdi: Array) -> Array:
        return np.concatenate([p[i : i + 1] @ verdi for i in range(len(p))])

    try:
        sky, per_aar, hittil = _aar_for_aar(v, _per_kohort(v), hver, snitt, foldes=False)
    except ForMangeUtfall:
        return [betalingsfordeling(v.med_rate(rate)) for rate in rater]
    en = np.ones(1)
    return [
        _ferdig(Sky(sky.rader, sky.p[i : i + 1]), en, per_aar[:, i].copy(), hittil[:, i]) for i in range(len(rater))
    ]


def _rater(v: Kontrakt) -> tuple[Array, Array]:
    """Rates of the cohorts at each point of the integral over the common rate, (R, A), and its weights, (R,)."""
    if v.telling is None:
        return np.array([v.suksessrate]), np.ones(1)
    punkter, vekter = beta_punkter(v.telling[0], v.telling[1] - v.telling[0], sum(v.deltakere) // 2 + 1)
    return np.repeat(punkter[:, None], v.inntaksaar, axis=1), vekter


def _per_kohort(v: Kontrakt) -> list[list[Oppgjoerslinje]]:
    """The settlement lines of each cohort that are paid."""
    linjer = oppgjoerslinjer(v)
    return [[linje for linje in linjer if linje.kohort == k + 1 and linje.betalt_i] for k in range(v.inntaksaar)]


def _eksakt(v: Kontrakt, rater: Array, vekter: Array) -> Betalingsfordeling:
    per_kohort = _per_kohort(v)
    med_krav = any(fast.krav_lykkede for fast in v.fast_betaling)
    i_ett_aar = all(len({linje.betalt_i for linje in kohort}) <= 1 for kohort in per_kohort)
    if i_ett_aar and not (med_krav and any(kohort and kohort[0].linje for kohort in per_kohort)):
        sky, per_aar, hittil = _aar_for_aar(v, per_kohort, rater, lambda p, x: vekter @ (p @ x))
        return _ferdig(sky, vekter, per_aar, hittil)
    if v.tak.per_aar is None and not med_krav:
        return _akkumulert(v, per_kohort, rater, vekter)
    rader, p, per_aar, hittil = aar_for_aar_med_oppfoelging(v, per_kohort, np.array(v.suksessrate))
    return _ferdig(Sky(rader, p[None, :]), np.ones(1), per_aar, hittil)


def _kohort(v: Kontrakt, k: int, linjer: list[Oppgjoerslinje], rater: Array) -> Sky:
    """One cohort: rows of successes and the amount on these lines."""
    n = v.deltakere[k]
    sky = kohortsky(Sky.av_antall(binomisk(n, rater[:, k])), n, linjer)
    return Sky(sky.rader[:, 1:], sky.p).samlet()


def _aar_for_aar(
    v: Kontrakt,
    per_kohort: list[list[Oppgjoerslinje]],
    rater: Array,
    snitt: Callable[[Array, Array], Any],
    foldes: bool = True,
) -> tuple[Sky, Array, Array]:
    """Every cohort is paid within one year, so the years are independent and the caps are applied year by year.

    snitt: from the chances of the outcomes at each rate, (R, M), and what each is worth, (M,), the mean: over the rates too, or
    one for each. Returns successes, paid, a cap reached and something cut, the mean paid in each year, and what the
    investor has by the end of it, (K,) or (K, R).
    """
    tak = v.tak
    # Columns: settled successes, paid, owed when carried over, a cap reached, something cut.
    sky = Sky(np.zeros((1, 5), dtype=np.int64), np.ones((len(rater), 1)))
    form = (v.kontraktaar, *np.shape(snitt(sky.p, np.zeros(1))))
    per_aar, hittil, ekstra = np.zeros(form), np.zeros(form), kompensasjon(v).cumsum()
    for aar in range(1, v.driftsaar + 1):
        for k, kohort in enumerate(per_kohort):
            if kohort and kohort[0].betalt_i == aar:
                egen = _kohort(v, k, kohort, rater)
                rader = np.zeros((len(egen.rader), 5), dtype=np.int64)
                rader[:, 0], rader[:, 2] = egen.rader[:, 0], egen.rader[:, 1]
                sky = sky.pluss(Sky(rader, egen.p), foldes)
        rader = sky.rader.copy()
        lykkede, betalt, krav = rader[:, 0], rader[:, 1], rader[:, 2].astype(float)
        for fast in v.fast_betaling:
            if fast.aar == aar and aar <= v.driftsaar:
                krav += np.where(lykkede >= fast.krav_lykkede, fast.beloep, 0.0)
        if not krav.any():
            hittil[aar - 1 :] = snitt(sky.p, investor_hittil(v, betalt + ekstra[aar - 1]))
            continue
        her = krav if tak.per_aar is None else np.minimum(krav, tak.per_aar)
        rader[:, 3] |= (her == tak.per_aar) if tak.per_aar is not None else False
        if tak.kontrakt is not None:
            her = np.minimum(her, np.maximum(0.0, tak.kontrakt - betalt))
            rader[:, 3] |= betalt + her >= tak.kontrakt
        per_aar[aar - 1] = snitt(sky.p, her)
        rader[:, 1] += her.astype(np.int64)
        rest = krav - her
        rader[:, 2] = rest.astype(np.int64) if tak.overfoering else 0
        rader[:, 4] |= 0 if tak.overfoering else rest > 0.5
        sky = Sky(rader, sky.p).samlet()
        hittil[aar - 1 :] = snitt(sky.p, investor_hittil(v, sky.rader[:, 1] + ekstra[aar - 1]))
    rader = sky.rader.copy()
    rader[:, 4] |= rader[:, 2] > 0
    sky = Sky(rader[:, [0, 1, 3, 4]], sky.p).samlet()
    for k, kohort in enumerate(per_kohort):
        if not kohort and v.deltakere[k]:  # never settled, but they succeed all the same
            egen = _kohort(v, k, [], rater)
            sky = sky.pluss(Sky(np.pad(egen.rader[:, :1], ((0, 0), (0, 3))), egen.p), foldes)
    return sky, per_aar, hittil


def _akkumulert(v: Kontrakt, per_kohort: list[list[Oppgjoerslinje]], rater: Array, vekter: Array) -> Betalingsfordeling:
    """A cohort may be paid over several years, and only the contract has a cap: what is paid by the end of a year is the
    smaller of what is settled by then and the cap."""
    fast = np.zeros(v.kontraktaar)
    for f in v.fast_betaling:
        fast[f.aar - 1] += f.beloep if f.aar <= v.driftsaar else 0.0
    tak = np.inf if v.tak.kontrakt is None else v.tak.kontrakt
    forventet, hittil, ekstra = np.zeros(v.kontraktaar), np.zeros(v.kontraktaar), kompensasjon(v).cumsum()
    # What is paid by then and brings the investor all it is to have.
    mett = np.inf if v.investor.andel_av_betaling == 0 else mest_til_investor(v) / v.investor.andel_av_betaling
    for aar in range(1, v.kontraktaar + 1):
        hver = [
            _kohort(v, k, [linje for linje in kohort if (linje.betalt_i or 0) <= aar], rater)
            for k, kohort in enumerate(per_kohort)
        ]
        mest = fast[:aar].sum() + sum(int(sky.rader[:, 1].max()) for sky in hver)
        metter = 0 < mett < mest + ekstra[aar - 1]
        if mest <= tak and not metter and aar < v.kontraktaar:  # no cap: the expectation of a sum is that of its parts
            forventet[aar - 1] = fast[:aar].sum() + sum(float(vekter @ (sky.p @ sky.rader[:, 1])) for sky in hver)
            hittil[aar - 1] = investor_hittil(v, forventet[aar - 1] + ekstra[aar - 1])
            continue
        sky = hver[0]
        for annen in hver[1:]:
            sky = sky.pluss(annen)
        naa = np.minimum(sky.rader[:, 1] + fast[:aar].sum(), tak)
        forventet[aar - 1] = float(vekter @ (sky.p @ naa))
        hittil[aar - 1] = float(vekter @ (sky.p @ investor_hittil(v, naa + ekstra[aar - 1])))
    brutto = sky.rader[:, 1] + fast.sum()
    betalt = np.minimum(brutto, tak)
    rader = np.stack([sky.rader[:, 0], betalt, brutto >= tak, brutto > tak], axis=1).astype(np.int64)
    return _ferdig(Sky(rader, sky.p).samlet(), vekter, np.diff(forventet, prepend=0.0), hittil)


def _ferdig(sky: Sky, vekter: Array, per_aar: Array, hittil: Array) -> Betalingsfordeling:
    p = vekter @ sky.p
    lykkede, betalt, naadd, kuttet = sky.rader.T
    return Betalingsfordeling(
        lykkede,
        betalt.astype(float),
        p,
        per_aar,
        np.diff(hittil, prepend=0.0),
        float(p[naadd == 1].sum()),
        float(p[kuttet == 1].sum()),
        "eksakt",
        0.0,
    )


def trekk_kontrakter(v: Kontrakt, antall: int, rng: np.random.Generator) -> tuple[Heltall, Array]:
    """Draw contracts. Returns successes of each, (N,), and persons on each settlement line, (N, lines)."""
    linjer = oppgjoerslinjer(v)
    rate = None if v.telling is None else rng.beta(v.telling[0], v.telling[1] - v.telling[0], antall)
    personer = np.zeros((antall, len(linjer)))
    lykkede = np.zeros(antall, dtype=np.int64)
    igjen, holdt = np.zeros(antall, dtype=np.int64), 1.0
    for i, linje in enumerate(linjer):
        if linje.linje == 0:
            igjen = rng.binomial(
                v.deltakere[linje.kohort - 1], v.suksessrate[linje.kohort - 1] if rate is None else rate, antall
            )
            lykkede += igjen
            holdt = 1.0
        if linje.holder < holdt:
            igjen = rng.binomial(igjen, linje.holder / holdt)
            holdt = linje.holder
        personer[:, i] = igjen
    return lykkede, personer


def simuler(v: Kontrakt, antall: int, rng: np.random.Generator) -> tuple[Heltall, Array, Array]:
    """Draw contracts. Returns successes (N,), gross (N, K) and paid (N, K) of each."""
    lykkede, personer = trekk_kontrakter(v, antall, rng)
    plan = betalingsplan(v, personer)
    return lykkede, plan.brutto, plan.betalt


def betalt_og_spart(v: Kontrakt, antall: int, froe: int) -> tuple[Array, Array]:
    """What is paid, and what is saved for all payers, in each of so many contracts, (N,): the same persons in both."""
    rng = np.random.default_rng(froe)
    hver = besparelse_per_linje(v)[[linje.linje for linje in oppgjoerslinjer(v)]]
    betalt, spart = [], []
    for fra in range(0, antall, _DEL):
        _, personer = trekk_kontrakter(v, min(_DEL, antall - fra), rng)
        betalt.append(betalingsplan(v, personer).betalt.sum(axis=1))
        spart.append(personer @ hver)
    return np.concatenate(betalt), np.concatenate(spart)


def investorverdier(v: Kontrakt, antall: int, froe: int) -> Array:
    """What the investor's flow is worth at the return asked for in each of so many contracts, (N,): it hangs on the year of each payment."""
    rng, ekstra = np.random.default_rng(froe), kompensasjon(v)
    faktor = (1 + v.investor.avkastningskrav) ** -np.arange(v.kontraktaar)
    ut = []
    for fra in range(0, antall, _DEL):
        *_, betalt = simuler(v, min(_DEL, antall - fra), rng)
        ut.append((til_investor(v, betalt + ekstra) - utlegg(v)) @ faktor)
    return np.concatenate(ut)


def _fra_trekninger(v: Kontrakt, antall: int, froe: int) -> Betalingsfordeling:
    rng = np.random.default_rng(froe)
    lykkede, betalt, per_aar, tilbake, naadd, kuttet = [], [], np.zeros(v.kontraktaar), np.zeros(v.kontraktaar), 0, 0
    ekstra = kompensasjon(v)
    for fra in range(0, antall, _DEL):
        n = min(_DEL, antall - fra)
        antall_lykkede, brutto, her = simuler(v, n, rng)
        sum_ = her.sum(axis=1)
        paa_tak = np.zeros(n, dtype=bool)
        if v.tak.kontrakt is not None:
            paa_tak |= sum_ >= v.tak.kontrakt
        if v.tak.per_aar is not None:
            paa_tak |= (her >= v.tak.per_aar).any(axis=1)
        naadd += int(paa_tak.sum())
        kuttet += int((brutto.sum(axis=1) - sum_ > 0.5).sum())
        per_aar += her.sum(axis=0)
        tilbake += til_investor(v, her + ekstra).sum(axis=0)
        lykkede.append(antall_lykkede)
        betalt.append(sum_)
    alle = np.concatenate(betalt)
    return Betalingsfordeling(
        np.concatenate(lykkede), alle, np.full(antall, 1 / antall), per_aar / antall, tilbake / antall, naadd / antall, kuttet / antall,
        "simulert", float(alle.std(ddof=1) / np.sqrt(antall)),
    )  # fmt: skip
