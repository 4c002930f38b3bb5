"""Monte Carlo: what the nets may come to, and how likely it pays, of one group and of both together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from velferdslab_model.base.ord import BRUKERGRUPPER
from velferdslab_model.model.aarsserier import NETTO
from velferdslab_model.model.array import Array
from velferdslab_model.model.flyt import utsnitt
from velferdslab_model.model.inndata import inndata
from velferdslab_model.model.totaler import ALDRI, totaler
from velferdslab_model.parameters.fordeling import Fordeling
from velferdslab_model.parameters.typer import UTGANGSSITUASJONER, Brukergruppe
from velferdslab_model.parameters.usikkerhet import fordelinger
from velferdslab_model.uncertainty.bevegelse import Bevegelsesspredning, bevegelsesspredning, trukket_bevegelse
from velferdslab_model.uncertainty.deltakere import forventet_folk, trekk_folk
from velferdslab_model.uncertainty.foelsomhet import HOVED
from velferdslab_model.uncertainty.informasjon import Informasjonsverdi, informasjonsverdier
from velferdslab_model.uncertainty.parametre import inndata_med
from velferdslab_model.uncertainty.trekking import koblet, stroem, trekk_med_egne
from velferdslab_model.uncertainty.utfall import Aarsutfall, aarsutfall, lagt_sammen, tilbakebetalt

PERSENTILER = (2.5, 5.0, 25.0, 50.0, 75.0, 95.0, 97.5)
STOLPER = 30
#: Values of a QALY on the curve, kr.
QALYVERDIER = tuple(k * 100_000.0 for k in range(21))
#: The two groups together.
SAMLET = "samlet"
#: Draws worked on at a time: their persons, year by year, fit the cache, and memory does not grow with the inputs.
_DEL = 1 << 12


@dataclass(frozen=True)
class Nettofordeling:
    """One net over the draws, kr. feil: Monte Carlo standard error of the mean. prosentiler: by PERSENTILER.

    p_positiv: share of draws with a net above 0, and p_feil its standard error. p_tilbake: share paid back by the end of
    each year of the analysis. under_basis: share of draws below the scenario's own net.
    """

    snitt: float
    sd: float
    feil: float
    persentiler: tuple[float, ...]
    p_positiv: float
    p_feil: float
    p_tilbake: tuple[float, ...]
    under_basis: float


@dataclass(frozen=True)
class UtenTilfeldighet:
    """A headline net when every participant counts as its expectation. p_positiv: share of draws above 0.

    av_tilfeldighet: share of the variance with chance that chance among the participants makes, and that of the numbers is
    the rest.
    """

    sd: float
    p_positiv: float
    av_tilfeldighet: float


@dataclass(frozen=True)
class MonteCarlo:
    """The answer of one group, or of both. histogram: by headline net, the borders, kr at round amounts, and the draws between
    them. uten: by headline net, without chance. kurve: share of draws in which society gains, at each of QALYVERDIER.
    informasjon: empty for both groups together.
    utfall: by headline net, every draw (n,) kr. bevegelse: by headline net, against a null alternative that moves; empty without.
    """

    trekninger: int
    froe: int
    tilfeldighet: bool
    fordelinger: Mapping[str, Fordeling]
    netto: Mapping[str, Nettofordeling]
    histogram: Mapping[str, tuple[Array, NDArray[np.int64]]]
    uten: Mapping[str, UtenTilfeldighet]
    kurve: tuple[float, ...]
    informasjon: Mapping[str, Informasjonsverdi]
    utfall: Mapping[str, Array] = field(repr=False, compare=False)
    bevegelse: Mapping[str, Bevegelsesspredning] = field(default_factory=dict)


@dataclass(frozen=True)
class Opplegg:
    """How it is drawn. tilfeldighet: chance among the participants, too. rater_sammen: the success rates of a group are high
    in the same draws, as if one cause lay behind them all.
    """

    trekninger: int
    froe: int
    tilfeldighet: bool = True
    rater_sammen: bool = False


def montecarlo(
    g: Brukergruppe, trekninger: int, froe: int, tilfeldighet: bool = True, rater_sammen: bool = False
) -> MonteCarlo:
    """Draw every uncertain number of one group and compute each draw. The same seed gives the same answer, bit for bit."""
    opplegg = Opplegg(trekninger, froe, tilfeldighet, rater_sammen)
    return montecarlo_grupper({"": (g, fordelinger(g))}, opplegg)[""]


def montecarlo_grupper(
    grupper: Mapping[str, tuple[Brukergruppe, Mapping[str, Fordeling]]],
    opplegg: Opplegg,
) -> dict[str, MonteCarlo]:
    """The same for several groups at once, each with its distributions; and, under SAMLET, for two that can be added.

    What is common to the groups (prices, null alternative, the value of a QALY) is high in the same draws in both; rates,
    intake and the participants are each group's own.
    """
    alle = {navn: _Trekker(navn, g, trekkes, opplegg) for navn, (g, trekkes) in grupper.items()}
    utfall = {navn: t.utfall for navn, t in alle.items()}
    legges_sammen = len({(g.analysetidspunkt, g.neddiskontering) for g, _ in grupper.values()}) == 1 < len(grupper)
    if legges_sammen:
        utfall[SAMLET] = _Utfall.tomt(max(t.g.analyseperiode for t in alle.values()), opplegg.trekninger)
    for fra in range(0, opplegg.trekninger, _DEL):
        del_ = slice(fra, min(fra + _DEL, opplegg.trekninger))
        aarene = {navn: t.del_(del_) for navn, t in alle.items()}
        if legges_sammen:
            utfall[SAMLET].ta_imot(del_, lagt_sammen(aarene))
    ut = {}
    if legges_sammen:
        samlet = utfall.pop(SAMLET)
        samlet.legg_sammen(list(utfall.values()))
        summer = _lagt_sammen([t.basis for t in alle.values()])
        ut[SAMLET] = _ferdig(samlet, opplegg, summer, {}, None)
        del samlet
    for navn in grupper:  # one at a time, so that what only one needs does not stay in memory
        t, u = alle.pop(navn), utfall.pop(navn)
        ut[navn] = _ferdig(u, opplegg, t.basis, t.trekkes, t.verdier)
        del t, u
    return {navn: ut[navn] for navn in (*grupper, SAMLET) if navn in ut}


@dataclass
class _Utfall:
    """What is kept of each draw. netto, aar: by net, (n,). forventet: by headline net, without chance. lonnsomme: how many
    draws society gains in, at each of QALYVERDIER."""

    analyseperiode: int
    netto: dict[str, Array]
    aar: dict[str, NDArray[np.int8]]
    forventet: dict[str, Array]
    lonnsomme: NDArray[np.int64]
    bevegelse: dict[str, Array] = field(default_factory=dict)

    @classmethod
    def tomt(cls, analyseperiode: int, n: int) -> _Utfall:
        return cls(
            analyseperiode,
            {x: np.empty(n) for x in NETTO},
            {x: np.empty(n, dtype=np.int8) for x in NETTO},
            {x: np.empty(n) for x in HOVED},
            np.zeros(len(QALYVERDIER), dtype=np.int64),
        )

    def ta_imot(self, del_: slice, a: Aarsutfall) -> None:
        for x in NETTO:
            self.netto[x][del_], self.aar[x][del_] = tilbakebetalt(a.netto[x], a.har_del(x))
        uten_helse = self.netto["samfunn"][del_] - a.helsegevinst
        for k, verdi in enumerate(QALYVERDIER):
            self.lonnsomme[k] += np.count_nonzero(uten_helse + verdi * a.qaly > 0)

    def legg_sammen(self, deler: Sequence[_Utfall]) -> None:
        for x in HOVED:
            self.forventet[x] = np.sum([del_.forventet[x] for del_ in deler], axis=0)


class _Trekker:
    """Draws one group, some draws at a time: the streams of its participants go on from one part to the next."""

    def __init__(self, navn: str, g: Brukergruppe, trekkes: Mapping[str, Fordeling], opplegg: Opplegg) -> None:
        self.g, self.trekkes, self.opplegg = g, trekkes, opplegg
        hvem = "" if navn == next(iter(BRUKERGRUPPER)) else navn
        self.verdier = trekk_med_egne(trekkes, opplegg.trekninger, opplegg.froe, hvem)
        if opplegg.rater_sammen:
            self.verdier |= koblet({n: v for n, v in self.verdier.items() if n.startswith("suksessrate.")})
        self.utfall = _Utfall.tomt(g.analyseperiode, opplegg.trekninger)
        x = inndata(g)
        self.basis = {n.removeprefix("netto_"): float(v[0]) for n, v in totaler(x, NETTO, ()).sum.items()}
        inntak = [self.verdier.get(f"inntak.{s}", np.array([g.verdi(f"inntak.{s}")])) for s in UTGANGSSITUASJONER]
        self._inntak = (float(inntak[0].mean()), float(inntak[1].mean()), float(inntak[2].mean()))
        self._rng = stroem(opplegg.froe, "deltakere", hvem)
        self._overganger = stroem(opplegg.froe, "overganger", hvem)
        if g.bevegelse:
            self.utfall.bevegelse = {x: np.empty(opplegg.trekninger) for x in HOVED}

    def del_(self, del_: slice) -> Aarsutfall:
        """Compute some draws, and return them year by year."""
        n = del_.stop - del_.start
        x = inndata_med(self.g, {navn: v[del_] for navn, v in self.verdier.items()})
        u = utsnitt(x, 0, n)
        aar, inntaksaar = self.g.analyseperiode, min(self.g.inntaksaar, self.g.analyseperiode)
        if self.opplegg.tilfeldighet:
            folk = trekk_folk(self._rng, u, self._inntak, aar, inntaksaar, n)
        else:
            folk = forventet_folk(u, aar, inntaksaar, n)
        svar = aarsutfall(u, folk, inntaksaar)
        self.utfall.ta_imot(del_, svar)
        t = totaler(x, HOVED, ())
        for navn in HOVED:  # without anything uncertain there is one answer for every draw
            self.utfall.forventet[navn][del_] = t.sum[f"netto_{navn}"]
        if self.g.bevegelse:
            flyttet = totaler(trukket_bevegelse(x, self.g, self.g.bevegelse, self._overganger, n), HOVED, ())
            for navn, netto in self.utfall.bevegelse.items():
                netto[del_] = flyttet.sum[f"netto_{navn}"]
        return svar


def _lagt_sammen(alle: Sequence[Mapping[str, float]]) -> dict[str, float]:
    return {x: sum(en[x] for en in alle) for x in alle[0]}


def _ferdig(
    u: _Utfall,
    opplegg: Opplegg,
    basis: Mapping[str, float],
    trekkes: Mapping[str, Fordeling],
    verdier: Mapping[str, Array] | None,
) -> MonteCarlo:
    rng = stroem(opplegg.froe, "observasjoner")
    return MonteCarlo(
        opplegg.trekninger,
        opplegg.froe,
        opplegg.tilfeldighet,
        trekkes,
        {x: _nettofordeling(u.netto[x], u.aar[x], u.analyseperiode, basis[x]) for x in NETTO},
        {x: _histogram(u.netto[x]) for x in HOVED},
        {x: _uten(u.netto[x], u.forventet[x], opplegg.tilfeldighet) for x in HOVED},
        tuple((u.lonnsomme / opplegg.trekninger).tolist()),
        {} if verdier is None else informasjonsverdier(u.forventet, verdier, rng),
        {x: u.netto[x] for x in HOVED},
        bevegelsesspredning(u.bevegelse, u.forventet),
    )


def _nettofordeling(netto: Array, aar: NDArray[np.int8], analyseperiode: int, basis: float) -> Nettofordeling:
    n = len(netto)
    # The mean of equal numbers is that number; summing them first would round.
    snitt = float(netto[0] + (netto - netto[0]).mean())
    sd = float((netto - netto[0]).std(ddof=1))
    p = float((netto > 0).mean())
    antall = np.bincount(aar[aar != ALDRI], minlength=analyseperiode)
    naer = 1e-9 * max(1.0, abs(basis))
    # Draws that are equal to it but for rounding count half.
    under = float((netto < basis - naer).mean() + (np.abs(netto - basis) <= naer).mean() / 2)
    return Nettofordeling(
        snitt,
        sd,
        sd / n**0.5,
        tuple(float(v) for v in np.percentile(netto, PERSENTILER)),
        p,
        (p * (1 - p) / n) ** 0.5,
        tuple(float(v) for v in np.cumsum(antall) / n),
        under,
    )


def _uten(netto: Array, forventet: Array, tilfeldighet: bool) -> UtenTilfeldighet:
    """The mean of a net with chance, the numbers given, is the net without: the variances add."""
    alt, av_tall = float(netto.var()), float(forventet.var())
    andel = min(1.0, max(0.0, 1 - av_tall / alt)) if tilfeldighet and alt > 1e-6 else 0.0
    return UtenTilfeldighet(float((forventet - forventet[0]).std(ddof=1)), float((forventet > 0).mean()), andel)


def _histogram(netto: Array) -> tuple[Array, NDArray[np.int64]]:
    grenser, (antall,) = felles_stolper([netto])
    return grenser, antall


def felles_stolper(alle: Sequence[Array]) -> tuple[Array, list[NDArray[np.int64]]]:
    """The same bars for several sets of draws: borders kr, at round amounts, and for each set the draws between them.

    0 is a border wherever it is among the draws, and there are at most STOLPER bars and two.
    """
    lav, hoey = min(float(n.min()) for n in alle), max(float(n.max()) for n in alle)
    if hoey - lav <= 1e-9 * max(abs(lav), abs(hoey), 1.0):  # one answer: a bar of its own, a krone wide
        lav, hoey = lav - STOLPER / 2, lav + STOLPER / 2
        grenser = np.linspace(lav, hoey, STOLPER + 1)
    else:
        steg = _rundt_steg((hoey - lav) / STOLPER)
        grenser = steg * np.arange(np.floor(lav / steg), np.floor(hoey / steg) + 2)
    return grenser, [np.histogram(n, bins=grenser)[0].astype(np.int64) for n in alle]


def _rundt_steg(minst: float) -> float:
    """The least of 1, 2, 5, 10, 20 and so on that is not below an amount."""
    tier = 10.0 ** np.floor(np.log10(minst))
    return next(float(k * tier) for k in (1, 2, 5, 10) if k * tier >= minst)
