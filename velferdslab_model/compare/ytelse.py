"""Performance apart from what is assumed, whom one takes in, and how years are counted.

What is ranked is the net per inntatt person: each followed for equally many years from entry (docs/modell.md section 6,
per_inntatt), at a mix of situations that is the same for all, on assumptions that are the same for all. So what is left is
rates, prices and volumes. Beside it stand the same with the municipality's own assumptions, and with its own mix too; what
lies between each and the next is told with its name and in kroner, and sums to the difference.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

import numpy as np

from velferdslab_model.base.ord import BRUKERGRUPPER
from velferdslab_model.base.tall import fra_csv
from velferdslab_model.compare.dekomponering import Forskjell, Oppdeling, forskjeller, fra_snittet, nav
from velferdslab_model.compare.faktorer import FAKTORER, HOVEDNETTO
from velferdslab_model.compare.felles import ANTAKELSER, i_midten, med_antakelser
from velferdslab_model.compare.harmonisering import Kommune
from velferdslab_model.model.aarsserier import aarsserier
from velferdslab_model.model.inndata import inndata
from velferdslab_model.parameters.typer import Brukergruppe

#: The factors of FAKTORER that are a municipality's own doing, and those that are assumed.
YTELSESFAKTORER = ("suksessrater", "enhetspriser", "volum")
ANTAKELSESFAKTORER = ("nullalternativ", "gevinst", "utvidet")
#: What lies between the ranked number and the net per participant by calendar year: key -> name shown.
UTENFOR_YTELSEN = {
    **{f: FAKTORER[f] for f in ANTAKELSESFAKTORER},
    "blanding": "Blanding av situasjoner",
    "telling": "Telling av år og faste kostnader",
}
Blanding = tuple[float, float, float]


@dataclass(frozen=True)
class Stige:
    """One net of one group, kr per person taken in, from what is ranked to what was counted before.

    ytelse: common mix, common assumptions; what is ranked. egne: the same with its own assumptions. egen_blanding: with
    its own mix too. per_deltaker: sum over the calendar years of the analysis by participant, fixed cost too. antakelser:
    egne minus ytelse, by ANTAKELSESFAKTORER.
    """

    ytelse: float
    egne: float
    egen_blanding: float
    per_deltaker: float
    antakelser: Mapping[str, float]

    @property
    def utenfor(self) -> dict[str, float]:
        """What lies outside the performance, by the keys of UTENFOR_YTELSEN; sums to per_deltaker minus ytelse."""
        return {
            **self.antakelser,
            "blanding": self.egen_blanding - self.egne,
            "telling": self.per_deltaker - self.egen_blanding,
        }


@dataclass(frozen=True)
class Ytelsesrad:
    """One group of one municipality that takes in somebody. stiger, forskjell: by HOVEDNETTO; forskjell: of the ranked number
    from the reference, None where the reference has none. blanding: its own, shares. gruppe_ytelse, gruppe_egne: what is
    computed and drawn for the ranked number, and with its own assumptions. kostnad: kr per person taken in, as the ranked number."""

    kommune: str
    gruppe: str
    deltakere: float
    blanding: Blanding
    stiger: Mapping[str, Stige]
    forskjell: Mapping[str, Oppdeling] | None
    gruppe_ytelse: Brukergruppe
    gruppe_egne: Brukergruppe
    kostnad: float


@dataclass(frozen=True)
class Ytelser:
    """Every row by group and municipality. blanding: the common mix by group; empty where nobody takes in anybody."""

    blanding: Mapping[str, Blanding]
    rader: Mapping[str, Mapping[str, Ytelsesrad]]


def pa_lik_fot(g: Brukergruppe, blanding: Sequence[float]) -> Brukergruppe:
    """One person spread over the situations by a mix, taken in the first year, without fixed cost: its nets are the
    standardised ones, because nets are linear in the intake."""
    utenfor = ("inntak", "utvidet.fast_aarskostnad")
    return replace(
        g,
        inntak=cast(Blanding, tuple(blanding)),
        inntaksaar=1,
        utvidet=replace(g.utvidet, fast_aarskostnad=0.0),
        usikkerhet={n: f for n, f in g.usikkerhet.items() if not n.startswith(utenfor)},
    )


def egen_blanding(g: Brukergruppe) -> Blanding:
    """The shares of the intake in each situation. It must take in somebody."""
    alle = sum(g.inntak)
    return cast(Blanding, tuple(n / alle for n in g.inntak))


def felles_blanding(grupper: Sequence[Brukergruppe]) -> Blanding:
    """The shares of everybody that is taken in within the period, by situation."""
    tatt_inn = np.sum([np.array(g.inntak) * min(g.inntaksaar, g.analyseperiode) for g in grupper], axis=0)
    return cast(Blanding, tuple((tatt_inn / tatt_inn.sum()).tolist()))


def tar_inn(g: Brukergruppe) -> bool:
    """Whether a group takes in anybody."""
    return sum(g.inntak) > 0


def ytelser(
    kommuner: Sequence[Kommune],
    referanse: str | None,
    blanding: Blanding | None,
    per_deltaker: Mapping[tuple[str, str], Mapping[str, float]],
) -> Ytelser:
    """The performance of every municipality that takes in somebody.

    referanse: whose assumptions are the common ones, and whom differences are from; None for the median of each
    assumption, and the mean. blanding: the common mix, the pooled one of each group when None. per_deltaker: nets by
    calendar year per participant, by group and municipality.
    """
    rader: dict[str, dict[str, Ytelsesrad]] = {}
    brukt: dict[str, Blanding] = {}
    for gruppe in BRUKERGRUPPER:
        med = {k.navn: g for k in kommuner if tar_inn(g := k.forutsetninger.grupper[gruppe])}
        rader[gruppe] = {}
        if not med:
            continue
        mix = brukt[gruppe] = blanding or felles_blanding(list(med.values()))
        rader[gruppe] = _gruppe(gruppe, med, _antakelser(kommuner, gruppe, referanse), referanse, mix, per_deltaker)
    return Ytelser(brukt, rader)


def _antakelser(kommuner: Sequence[Kommune], gruppe: str, referanse: str | None) -> Brukergruppe:
    """The group whose assumptions are common."""
    alle = {k.navn: k.forutsetninger.grupper[gruppe] for k in kommuner}
    return alle[referanse] if referanse is not None else i_midten(list(alle.values()))


def _gruppe(
    gruppe: str,
    med: Mapping[str, Brukergruppe],
    felles: Brukergruppe,
    referanse: str | None,
    mix: Blanding,
    per_deltaker: Mapping[tuple[str, str], Mapping[str, float]],
) -> dict[str, Ytelsesrad]:
    egne = {navn: pa_lik_fot(g, mix) for navn, g in med.items()}
    paa_felles = {navn: pa_lik_fot(med_antakelser(g, felles, tuple(ANTAKELSER)), mix) for navn, g in egne.items()}
    av_antakelser = dict(zip(med, forskjeller([(paa_felles[n], egne[n]) for n in med]), strict=True))
    fra_ref = _forskjeller(paa_felles, av_antakelser, referanse)
    ut = {}
    for navn, g in med.items():
        egen = netto_per_inntatt(pa_lik_fot(g, egen_blanding(g)))
        stiger = {}
        for netto in HOVEDNETTO:
            delt = av_antakelser[navn].totalt[netto]
            stiger[netto] = Stige(
                ytelse=delt.fra,
                egne=delt.til,
                egen_blanding=egen[netto],
                per_deltaker=per_deltaker[gruppe, navn][netto],
                antakelser={f: delt.deler[f] for f in ANTAKELSESFAKTORER},
            )
        ut[navn] = Ytelsesrad(
            navn,
            gruppe,
            sum(g.inntak) * min(g.inntaksaar, g.analyseperiode),
            egen_blanding(g),
            stiger,
            fra_ref[navn].totalt if fra_ref else None,
            paa_felles[navn],
            egne[navn],
            _sum(paa_felles[navn], ("kostnad",))["kostnad"],
        )
    return ut


def _forskjeller(
    paa_felles: Mapping[str, Brukergruppe], av_antakelser: Mapping[str, Forskjell], referanse: str | None
) -> dict[str, Forskjell] | None:
    """The difference in the ranked number from the reference, or from the mean; None where the reference has none."""
    grupper = list(paa_felles.values())
    if referanse is None:
        fra = nav(grupper, [(1.0, d.totalt["netto_samfunn"].fra) for d in av_antakelser.values()])
        alle = fra_snittet(forskjeller([(fra, g) for g in grupper]))
    elif referanse in paa_felles:
        alle = forskjeller([(paa_felles[referanse], g) for g in grupper])
    else:
        return None
    return dict(zip(paa_felles, alle, strict=True))


def netto_per_inntatt(g: Brukergruppe) -> dict[str, float]:
    """Both nets of a group as made by pa_lik_fot, kr."""
    return _sum(g, HOVEDNETTO)


def _sum(g: Brukergruppe, navn: Sequence[str]) -> dict[str, float]:
    """Series of a group by name, summed over the period, kr."""
    penger = aarsserier(inndata(g)).neddiskontert
    return {n: float(getattr(penger, n).sum()) for n in navn}


def netto_i_midten(med: Mapping[str, Brukergruppe]) -> dict[str, float]:
    """Netto samfunn per person taken in of each, at the pooled mix and the median of each assumption, kr."""
    mix, felles = felles_blanding(list(med.values())), i_midten(list(med.values()))
    paa_felles = {n: pa_lik_fot(med_antakelser(g, felles, tuple(ANTAKELSER)), mix) for n, g in med.items()}
    return {n: netto_per_inntatt(g)["netto_samfunn"] for n, g in paa_felles.items()}


def les_blanding(tekst: str) -> Blanding:
    """A mix of situations as a user gives it: three shares in per cent with a comma or semicolon between. Raises ValueError."""
    deler = tekst.replace("%", "").split(";" if ";" in tekst else ",")
    tall = [fra_csv(d.strip()) for d in deler]
    if len(tall) != 3 or any(not 0 <= n <= 100 for n in tall) or abs(sum(tall) - 100) > 0.5:  # three situations
        raise ValueError(tekst)
    return cast(Blanding, tuple(n / sum(tall) for n in tall))


def blandingsavstand(en: Sequence[float], annen: Sequence[float]) -> float:
    """The share that would have to be taken in in another situation for two mixes to be the same."""
    return sum(abs(a - b) for a, b in zip(en, annen, strict=True)) / 2
