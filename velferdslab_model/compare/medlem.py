"""One municipality in a comparison: its key figures, and its differences from the reference by calendar year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from velferdslab_model.base.ord import BRUKERGRUPPER
from velferdslab_model.compare.dekomponering import INGEN_FORSKJELL, Forskjell, forskjeller, fra_snittet, nav
from velferdslab_model.compare.faktorer import HOVEDNETTO
from velferdslab_model.compare.flagg import Flagg, flagg
from velferdslab_model.compare.harmonisering import Kommune
from velferdslab_model.compare.ytelse import Ytelser, Ytelsesrad, tar_inn
from velferdslab_model.parameters.typer import BETALERE
from velferdslab_model.results import Grupperesultat, Resultat


@dataclass(frozen=True)
class Rad:
    """The key figures of one group in one municipality, kr over the period; None where there is no such figure, and of
    everything but deltakere where nobody is taken in.

    deltakere: people taken in. steg: steps taken within the period, relapse not subtracted. andel_kommune: share of the
    cost. tilbakebetalt: calendar year by net.
    erstattede_tjenester, bedret_situasjon: the saving in two parts.
    budsjett_per_inntatt, samfunn_per_inntatt: what is ranked; samfunn_egen_blanding: with its own assumptions and mix.
    """

    kommune: str
    gruppe: str
    deltakere: float
    kostnad: float | None
    besparelse: float | None
    helsegevinst: float | None
    produksjonsgevinst: float | None
    netto_budsjett: float | None
    netto_samfunn: float | None
    kostnad_per_deltaker: float | None
    budsjett_per_deltaker: float | None
    samfunn_per_deltaker: float | None
    samfunn_per_krone: float | None
    steg: float | None
    kostnad_per_steg: float | None
    andel_kommune: float | None
    andel_fylkeskommune: float | None
    andel_stat: float | None
    tilbakebetalt_budsjett: int | None
    tilbakebetalt_samfunn: int | None
    budsjett_per_inntatt: float | None = None
    samfunn_per_inntatt: float | None = None
    samfunn_egen_blanding: float | None = None
    erstattede_tjenester: float | None = None
    bedret_situasjon: float | None = None
    offentlig_inntekt: float | None = None
    skattefinansieringskostnad: float | None = None


@dataclass(frozen=True)
class Medlem:
    """One municipality with its result. rader, forskjeller: by group; forskjeller from the reference, empty where one of the
    two takes in nobody. flagg: what to know before its numbers are held against others."""

    kommune: Kommune
    resultat: Resultat
    rader: Mapping[str, Rad]
    forskjeller: Mapping[str, Forskjell]
    flagg: tuple[Flagg, ...]

    @property
    def navn(self) -> str:
        """The municipality's name."""
        return self.kommune.navn


def medlemmer(
    kommuner: Sequence[Kommune],
    resultater: Sequence[Resultat],
    rader: Sequence[Mapping[str, Rad]],
    referanse: str | None,
    maalt: Ytelser,
) -> tuple[Medlem, ...]:
    """Every municipality in the order given. rader: by group. referanse: None for the mean."""
    forskjell = {g: _forskjeller(g, kommuner, resultater, referanse) for g in BRUKERGRUPPER}
    return tuple(
        Medlem(
            k,
            r,
            {g: _med_ytelse(rad, maalt.rader[g].get(k.navn)) for g, rad in deres.items()},
            {g: forskjell[g].get(k.navn, INGEN_FORSKJELL) for g in BRUKERGRUPPER},
            tuple(flagg(k, {g: rad for g, alle in maalt.rader.items() if (rad := alle.get(k.navn))}, maalt.blanding)),
        )
        for k, r, deres in zip(kommuner, resultater, rader, strict=True)
    )


def _med_ytelse(rad: Rad, ytelse: Ytelsesrad | None) -> Rad:
    if ytelse is None:
        return rad
    budsjett, samfunn = (ytelse.stiger[n] for n in HOVEDNETTO)
    return replace(
        rad,
        budsjett_per_inntatt=budsjett.ytelse,
        samfunn_per_inntatt=samfunn.ytelse,
        samfunn_egen_blanding=samfunn.egen_blanding,
    )


def _forskjeller(
    gruppe: str, kommuner: Sequence[Kommune], resultater: Sequence[Resultat], referanse: str | None
) -> dict[str, Forskjell]:
    """By municipality that takes in somebody: the difference in the sums by calendar year from the reference, or the mean.
    None of them when the reference takes in nobody, or when kroner are of different years."""
    med = {
        k.navn: (k.forutsetninger.grupper[gruppe], r.grupper[gruppe])
        for k, r in zip(kommuner, resultater, strict=True)
        if tar_inn(k.forutsetninger.grupper[gruppe])
    }
    if len({k.forutsetninger.prisaar for k in kommuner}) > 1 or not (referanse is None or referanse in med):
        return {}
    grupper = [g for g, _ in med.values()]
    if referanse is None:
        if not med:
            return {}
        fra = nav(grupper, [(r.tatt_inn, r.sum["netto_samfunn"]) for _, r in med.values()])
        alle = fra_snittet(forskjeller([(fra, g) for g in grupper]))
    else:
        alle = forskjeller([(med[referanse][0], g) for g in grupper])
    return dict(zip(med, alle, strict=True))


def rad_for(kommune: str, gruppe: str, g: Grupperesultat) -> Rad:
    """The key figures of a group."""
    if not g.tatt_inn:
        tomme: dict[str, Any] = dict.fromkeys(f.name for f in fields(Rad))
        return Rad(**tomme | {"kommune": kommune, "gruppe": gruppe, "deltakere": 0.0})
    kostnad = g.sum["kostnad"]
    forsoek = g.serier.deltakere[:, :-1]  # a step is taken at the end of a year: those of the last fall outside
    steg = float((g.inndata.suksessrate * forsoek.sum(-1)).sum())
    betalt = {b: float(getattr(g.penger, f"kostnad_{b}").sum()) for b in BETALERE}
    return Rad(
        kommune=kommune,
        gruppe=gruppe,
        deltakere=g.tatt_inn,
        kostnad=kostnad,
        besparelse=g.sum["besparelse"],
        **{
            navn: g.sum[navn]
            for navn in ("erstattede_tjenester", "bedret_situasjon", "offentlig_inntekt", "skattefinansieringskostnad")
        },
        helsegevinst=g.sum["helsegevinst"],
        produksjonsgevinst=g.sum["produksjonsgevinst"],
        netto_budsjett=g.sum["netto_budsjett"],
        netto_samfunn=g.sum["netto_samfunn"],
        kostnad_per_deltaker=g.per_deltaker("kostnad"),
        budsjett_per_deltaker=g.per_deltaker("netto_budsjett"),
        samfunn_per_deltaker=g.per_deltaker("netto_samfunn"),
        samfunn_per_krone=g.netto_per_budsjettkrone,
        steg=steg,
        kostnad_per_steg=kostnad / steg if steg else None,
        **{f"andel_{b}": beloep / kostnad if kostnad else None for b, beloep in betalt.items()},
        tilbakebetalt_budsjett=g.tilbakebetalingsaar["budsjett"],
        tilbakebetalt_samfunn=g.tilbakebetalingsaar["samfunn"],
    )
