"""The exact distribution when a cohort is paid over several years and what happens in one year bears on the next.

What must be remembered from one year to the next is, for each cohort still followed up, how many hold; and of the whole
contract how many have succeeded, what is paid and what is owed. One run serves every rate: given how many succeeded in
all, the way they fell on the cohorts does not depend on the rate, so an uncertain rate only weighs the outcomes anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from velferdslab_model.contract.flows import investor_hittil, kompensasjon
from velferdslab_model.contract.oppgjoer import Oppgjoerslinje, linjebeloep
from velferdslab_model.contract.outcomes import (
    ForMangeUtfall,
    Heltall,
    Sky,
    binomisk,
    kohortsky,
    like_rader,
    noekler,
    sjanser_for_aa_holde,
)
from velferdslab_model.contract.terms import Kontrakt
from velferdslab_model.model.array import Array

#: States carried from one year to the next, and numbers in one table; more than this is simulated instead.
MAKS_TILSTANDER, MAKS_TABELL = 3_500_000, 16_000_000
#: When the states are more than the first, the least likely of them are left out, at each step no more in all than the second.
_MANGE, _UTELATT = 20_000, 1e-11
#: More people than this and a chance is no number a computer holds.
_MAKS_PERSONER = 900
#: Columns of a state; those after are how many hold in each cohort that is followed up.
_LYKKEDE, _GJORT_OPP, _BETALT, _KRAV, _NAADD, _KUTTET, _FOERSTE = range(7)


_Smaa = NDArray[np.int32]


@dataclass(frozen=True)
class _Tilstander:
    """States, (M, 6 + cohorts), no two alike, and a weight for each, (M,)."""

    rader: _Smaa
    p: Array

    def samlet(self) -> _Tilstander:
        """Equal states become one."""
        rekke, starter = like_rader(self.rader)
        return _Tilstander(self.rader[rekke[starter]], np.add.reduceat(self.p[rekke], starter))


def aar_for_aar_med_oppfoelging(
    v: Kontrakt, per_kohort: list[list[Oppgjoerslinje]], rater: Array
) -> tuple[Heltall, Array, Array, Array]:
    """Outcomes: successes, paid, a cap reached and something cut, (M, 4); their chances, (M,); expected by year, and
    what the investor has by the end of each, (K,).

    per_kohort: the lines of each cohort that are paid. rater: of each cohort, (A,), not used when the terms have counts.
    Raises ForMangeUtfall when the states are too many.
    """
    mest = sum(f.beloep for f in v.fast_betaling)
    mest += sum(float(linjebeloep(v.deltakere[k], x.pris)) for k, kohort in enumerate(per_kohort) for x in kohort)
    if sum(v.deltakere) > _MAKS_PERSONER or mest > np.iinfo(np.int32).max:
        raise ForMangeUtfall
    return _Gang(v, per_kohort, rater).regn()


class _Gang:
    """One run through the years."""

    def __init__(self, v: Kontrakt, per_kohort: list[list[Oppgjoerslinje]], rater: Array) -> None:
        self.v, self.per_kohort = v, per_kohort
        # An even chance makes every weight 2^-n times a count; the beta distribution is put on afterwards.
        self.rater = rater if v.telling is None else np.full(len(v.deltakere), 0.5)
        self.med, self.plass = 0, _plasser(per_kohort)
        bredde = _FOERSTE + max(self.plass.values(), default=-1) + 1
        self.t = _Tilstander(np.zeros((1, bredde), dtype=np.int32), np.ones(1))
        self.forventet, self.hittil = np.zeros(v.kontraktaar), np.zeros(v.kontraktaar)

    def vekt(self, lykkede: NDArray[Any]) -> Array:
        """What turns a weight into a chance, by successes among those counted in so far."""
        if self.v.telling is None:
            return np.ones(lykkede.shape)
        a, b = self.v.telling[0], self.v.telling[1] - self.v.telling[0]
        n = np.arange(self.med)
        s, f, alle = (np.concatenate(([0.0], np.log(x + n).cumsum())) for x in (a, b, a + b))
        k = np.arange(self.med + 1)
        ut: Array = np.exp(s[k] + f[self.med - k] - alle[self.med] + self.med * np.log(2.0))[lykkede]
        return ut

    def regn(self) -> tuple[Heltall, Array, Array, Array]:
        ekstra = kompensasjon(self.v).cumsum()
        for aar in range(1, self.v.driftsaar + 1):
            her = {k: [x for x in kohort if x.betalt_i == aar] for k, kohort in enumerate(self.per_kohort)}
            igjen = sum(fast.beloep for fast in self.v.fast_betaling if fast.aar == aar)
            igjen += sum(float(linjebeloep(self.v.deltakere[k], x.pris)) for k, linjer in her.items() for x in linjer)
            # Those who are in come first: fewer states meet the new cohort.
            for k in sorted(her, key=lambda k: self.per_kohort[k][:1] == her[k][:1]):
                if not her[k]:
                    continue
                (self.begynn if her[k][0] is self.per_kohort[k][0] else self.foelg_opp)(k, her[k])
                igjen -= sum(float(linjebeloep(self.v.deltakere[k], x.pris)) for x in her[k])
                self.betal_det_sikre(aar, igjen)
            self.gjoer_opp(aar)
            hittil = self.t.rader[:, _BETALT] + ekstra[aar - 1]
            self.hittil[aar - 1 :] = float(self.sjanser() @ investor_hittil(self.v, hittil))
        for k, kohort in enumerate(self.per_kohort):
            if not kohort and self.v.deltakere[k]:  # never settled, but they succeed all the same
                self.begynn(k, [])
        rader = self.t.rader
        rader[:, _KUTTET] |= rader[:, _KRAV] > 0
        rader[:, [_GJORT_OPP, _KRAV]] = 0
        self.t = self.t.samlet()
        p = self.sjanser()
        hele = p.sum()
        valgt = [_LYKKEDE, _BETALT, _NAADD, _KUTTET]
        return self.t.rader[:, valgt].astype(np.int64), p / hele, self.forventet / hele, self.hittil / hele

    def betal_det_sikre(self, aar: int, igjen: float) -> None:
        """Pay what no cap can bear on any more this year, so that fewer states differ. igjen: the most that is to come."""
        tak, rader = self.v.tak, self.t.rader
        krav, betalt = rader[:, _KRAV], rader[:, _BETALT]
        sikkert = krav > 0
        if tak.per_aar is not None:
            sikkert &= krav + igjen < tak.per_aar
        if tak.kontrakt is not None:
            sikkert &= betalt + krav + igjen < tak.kontrakt
        if sikkert.any():
            self.forventet[aar - 1] += float(self.sjanser()[sikkert] @ krav[sikkert])
            rader[sikkert, _BETALT] += krav[sikkert]
            rader[sikkert, _KRAV] = 0
            self.t = self.t.samlet()

    def sjanser(self) -> Array:
        """The chance of each state, (M,)."""
        ut: Array = self.t.p * self.vekt(self.t.rader[:, _LYKKEDE])
        return ut

    def begynn(self, k: int, linjer: list[Oppgjoerslinje]) -> None:
        """Take in a cohort that is settled for the first time."""
        n = self.v.deltakere[k]
        sky = kohortsky(Sky.av_antall(binomisk(n, self.rater[k : k + 1])), n, linjer)
        rader = np.zeros((len(sky.rader), self.t.rader.shape[1]), dtype=np.int32)
        rader[:, _LYKKEDE], rader[:, _KRAV] = sky.rader[:, 1], sky.rader[:, 2]
        if linjer and linjer[0].linje == 0 and self.teller:
            rader[:, _GJORT_OPP] = sky.rader[:, 1]
        if linjer and linjer[-1] is not self.per_kohort[k][-1]:
            rader[:, _FOERSTE + self.plass[k]] = sky.rader[:, 0]
        egen = _Tilstander(rader, sky.p[0]).samlet()
        self.med += n
        if len(self.t.p) * len(egen.p) > MAKS_TABELL:
            raise ForMangeUtfall
        p = sjanse = self.t.p[:, None] * egen.p[None, :]
        if self.v.telling is not None:
            sjanse = p * self.vekt(self.t.rader[:, None, _LYKKEDE] + egen.rader[None, :, _LYKKEDE])
        i, j = _beholdt(sjanse)
        self.t = _Tilstander(self.t.rader[i] + egen.rader[j], p[i, j])
        if not rader[:, _FOERSTE:].any():  # else no two are alike: the new cohort tells them apart
            self.t = self.t.samlet()

    @property
    def teller(self) -> bool:
        """Whether a payment asks how many are settled."""
        return any(fast.krav_lykkede for fast in self.v.fast_betaling)

    def foelg_opp(self, k: int, linjer: list[Oppgjoerslinje]) -> None:
        """Settle the later lines of a cohort that is already in."""
        kohort, plass, n = self.per_kohort[k], _FOERSTE + self.plass[k], self.v.deltakere[k]
        for linje in linjer:
            foer = kohort[kohort.index(linje) - 1].holder
            if linje.holder < foer:
                self.t = self._faerre_holder(plass, n, linje.holder / foer)
            holder = self.t.rader[:, plass]
            self.t.rader[:, _KRAV] += linjebeloep(holder.astype(float), linje.pris).astype(np.int32)
        if linjer and linjer[-1] is kohort[-1]:
            self.t.rader[:, plass] = 0
            self.t = self.t.samlet()

    def _faerre_holder(self, plass: int, n: int, andel: float) -> _Tilstander:
        andre = self.t.rader.copy()
        andre[:, plass] = 0
        _, foerste, hvor = np.unique(noekler(andre), return_index=True, return_inverse=True)
        if len(foerste) * (n + 1) > MAKS_TABELL:
            raise ForMangeUtfall
        tabell = np.zeros((len(foerste), n + 1))
        tabell[hvor, self.t.rader[:, plass]] = self.t.p
        tabell = tabell @ sjanser_for_aa_holde(n, andel)
        i, j = _beholdt(tabell * self.vekt(andre[foerste, _LYKKEDE])[:, None])
        rader = andre[foerste[i]]
        rader[:, plass] = j
        return _Tilstander(rader, tabell[i, j])

    def gjoer_opp(self, aar: int) -> None:
        """Put the caps on what is left of a year."""
        tak, rader = self.v.tak, self.t.rader
        krav, betalt = rader[:, _KRAV].astype(float), rader[:, _BETALT]
        for fast in self.v.fast_betaling:
            if fast.aar == aar:
                krav += np.where(rader[:, _GJORT_OPP] >= fast.krav_lykkede, fast.beloep, 0.0)
        her = krav if tak.per_aar is None else np.minimum(krav, tak.per_aar)
        if tak.per_aar is not None:
            rader[:, _NAADD] |= her == tak.per_aar
        if tak.kontrakt is not None:
            her = np.minimum(her, np.maximum(0.0, tak.kontrakt - betalt))
            rader[:, _NAADD] |= betalt + her >= tak.kontrakt
        self.forventet[aar - 1] += float(self.sjanser() @ her)
        rader[:, _BETALT] += her.astype(np.int32)
        rest = krav - her
        rader[:, _KRAV] = rest.astype(np.int32) if tak.overfoering else 0
        rader[:, _KUTTET] |= 0 if tak.overfoering else rest > 0.5
        if tak.kontrakt is not None:
            # Nothing more can be paid and something is cut for good: who holds from now on makes no difference.
            ferdig = (rader[:, _BETALT] >= tak.kontrakt) & ((rader[:, _KUTTET] == 1) | (rader[:, _KRAV] > 0))
            rader[ferdig, _KUTTET] = 1
            rader[ferdig, _KRAV] = 0
            rader[ferdig, _FOERSTE:] = 0
        self.t = self.t.samlet()


def _plasser(per_kohort: list[list[Oppgjoerslinje]]) -> dict[int, int]:
    """A column for each cohort, used again when the one before it is through with its follow-up."""
    ut: dict[int, int] = {}
    opptatt_til: list[int] = []
    for k, kohort in enumerate(per_kohort):
        fra, til = ((kohort[0].betalt_i or 0), (kohort[-1].betalt_i or 0)) if kohort else (0, 0)
        if fra == til:
            continue
        ledig = next((i for i, aar in enumerate(opptatt_til) if aar < fra), len(opptatt_til))
        opptatt_til[ledig : ledig + 1] = [til]
        ut[k] = ledig
    return ut


def _beholdt(p: Array) -> tuple[Heltall, Heltall]:
    """Row and column of the outcomes that are kept: all that can happen, or, when they are many, the likeliest of them.

    p: chances, (M, N). Raises ForMangeUtfall when still too many are left.
    """
    grense = 0.0
    if np.count_nonzero(p) > _MANGE:
        # Bounds that fall: what is below the bound is counted without sorting.
        under = p
        for kandidat in 10.0 ** -np.arange(12, 40, 0.5):
            under = under[under <= kandidat]
            if under.sum() <= _UTELATT:
                grense = float(kandidat)
                break
    plasser = np.flatnonzero(p > grense)  # in one dimension several times as fast as in two
    if len(plasser) > MAKS_TILSTANDER:
        raise ForMangeUtfall
    i, j = np.divmod(plasser, p.shape[1])
    return i, j
