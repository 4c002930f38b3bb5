"""Everything that is worked out from a file of registrations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from velferdslab_model.assess.agreement import Enighet, enighet, med_investeringsleder, mellom_vurderere
from velferdslab_model.assess.measuring import Maalesvar, verdien_av_flere
from velferdslab_model.assess.payments import Oppgjoer, gjoer_opp
from velferdslab_model.assess.placement import STANDARDREGEL, Plasseringsregel
from velferdslab_model.assess.rates import PRIOR, Andel, Spenn, delvis_felles, jeffreys, manski
from velferdslab_model.assess.registrering import Registrering
from velferdslab_model.assess.transitions import Overgang, Plassert, overganger, plasser_alle
from velferdslab_model.base.ord import BRUKERGRUPPER
from velferdslab_model.contract.terms import Kontrakt
from velferdslab_model.errors import UgyldigInndata
from velferdslab_model.parameters.typer import UTGANGSSITUASJONER, Brukergruppe, Forutsetninger
from velferdslab_model.parameters.usikkerhet import fordelinger

Felles = Literal["nei", "steg", "aar"]
#: The nets of the scenario's decision.
NETTOER = ("budsjett", "samfunn")
#: A rate without registrations weighs as so many observed (antakelse, as in the uncertainty analysis).
_ANSLAG = 10.0


@dataclass(frozen=True)
class Antallet:
    """Counts of years that began in one situation. mangler: due, without a usable follow-up. ikke_forfalt: without, and
    the time for it is not over. frafall: left before time, with
    or without follow-up. blandet: of those followed up, scored in different ways on the two dates."""

    lyktes: int
    fulgt_opp: int
    mangler: int
    ikke_forfalt: int
    frafall: int
    blandet: int
    blandet_lyktes: int


@dataclass(frozen=True)
class Stegrate:
    """The rate of one step. andel: None without follow-ups. spenn: if all that are missing failed, and succeeded; spenn_aapne:
    if all that are not due do so, too; None when all are due. uten_blandet: among those scored in the same way on both dates;
    felles: partially pooled, when asked. per_aar: calendar year the year began -> its counts and its share."""

    gruppe: str
    steg: int
    antallet: Antallet
    andel: Andel | None
    felles: Andel | None
    spenn: Spenn | None
    spenn_aapne: Spenn | None
    uten_blandet: Andel | None
    per_aar: Mapping[int, tuple[Antallet, Andel | None]]

    @property
    def situasjon(self) -> str:
        """Key of the situation it starts from."""
        return UTGANGSSITUASJONER[self.steg]

    @property
    def brukt(self) -> Andel | None:
        """What the scenario gets."""
        return self.felles or self.andel


@dataclass(frozen=True)
class Registeranalyse:
    """fil: name of the file. per: the day it is counted. felles: what was pooled. oppgjoer: None without a contract.
    maaling: group -> net -> what to measure next. endret: ids and dates of registrations that another rule places
    differently, with both placements as texts; None when no other rule was given."""

    fil: str
    per: date
    regel: Plasseringsregel
    felles: Felles
    plasserte: tuple[Plassert, ...]
    overganger: tuple[Overgang, ...]
    rater: Mapping[tuple[str, str], Stegrate]
    med_leder: Enighet
    mellom: Enighet
    par_med_leder: tuple[tuple[str, int | None, int | None], ...]
    par_mellom: tuple[tuple[str, int | None, int | None], ...]
    oppgjoer: Oppgjoer | None
    maaling: Mapping[str, Mapping[str, Maalesvar]]
    endret: tuple[tuple[Plassert, Plassert], ...] | None
    scenario: str

    @property
    def grupper(self) -> tuple[str, ...]:
        """The groups that have registrations, in the fixed order."""
        har = {p.registrering.gruppe for p in self.plasserte}
        return tuple(g for g in BRUKERGRUPPER if g in har)


def analyser_registreringer(
    registreringer: Sequence[Registrering],
    fil: str,
    scenario: Forutsetninger,
    per: date | None = None,
    regel: Plasseringsregel = STANDARDREGEL,
    felles: Felles = "nei",
    kontrakt: Kontrakt | None = None,
) -> Registeranalyse:
    """Work everything out. scenario: whose decision is measured. per: the day it is counted; the latest date of the file when
    left out, and what came after it does not count. felles: whether rates lean on those of the other steps or years. regel: when it is not the standard rule, both are
    compared. Raises UgyldigInndata when there is no registration by that day."""
    per = per or max(r.dato for r in registreringer)
    registreringer = [r for r in registreringer if r.dato <= per]
    if not registreringer:
        raise UgyldigInndata(fil, [f"har ingen registreringer til og med {per:%d.%m.%Y}."])
    plasserte = plasser_alle(registreringer, regel)
    alle = overganger(plasserte, per)
    rater = _rater(alle, felles)
    par_leder, par_mellom = med_investeringsleder(plasserte), mellom_vurderere(plasserte)
    endret = None
    if regel != STANDARDREGEL:
        standard = plasser_alle(registreringer, STANDARDREGEL)
        endret = tuple((a, b) for a, b in zip(standard, plasserte, strict=True) if _utfall(a) != _utfall(b))
    return Registeranalyse(
        fil,
        per,
        regel,
        felles,
        plasserte,
        alle,
        rater,
        enighet([par[1:] for par in par_leder]),
        enighet([par[1:] for par in par_mellom]),
        par_leder,
        par_mellom,
        None if kontrakt is None else gjoer_opp(plasserte, kontrakt, per),
        {g: _maaling(scenario.grupper[g], rater, g) for g in dict.fromkeys(r.gruppe for r in registreringer)},
        endret,
        scenario.navn,
    )


def _utfall(p: Plassert) -> tuple[object, ...]:
    return p.situasjon, p.plassering.samlet, p.plassering.maalgruppe.utfall, p.plassering.maal.utfall


def _rater(alle: Sequence[Overgang], felles: Felles) -> dict[tuple[str, str], Stegrate]:
    ut: dict[tuple[str, str], Stegrate] = {}
    for gruppe in BRUKERGRUPPER:
        steg = [[o for o in alle if o.gruppe == gruppe and o.fra == s] for s in range(len(UTGANGSSITUASJONER))]
        tall = [tell_overganger(overgangene) for overgangene in steg]
        samlet = delvis_felles([(n.lyktes, n.fulgt_opp) for n in tall]) if felles == "steg" else [None] * len(tall)
        for s, n in enumerate(tall):
            if not steg[s]:
                continue
            aarene = sorted({o.aar for o in steg[s]})
            i_aar = [tell_overganger([o for o in steg[s] if o.aar == aar]) for aar in aarene]
            andeler = (
                delvis_felles([(x.lyktes, x.fulgt_opp) for x in i_aar])
                if felles == "aar"
                else [jeffreys(x.lyktes, x.fulgt_opp) for x in i_aar]
            )
            ut[gruppe, UTGANGSSITUASJONER[s]] = Stegrate(
                gruppe,
                s,
                n,
                jeffreys(n.lyktes, n.fulgt_opp),
                samlet[s],
                manski(n.lyktes, n.fulgt_opp, n.mangler),
                manski(n.lyktes, n.fulgt_opp, n.mangler + n.ikke_forfalt) if n.ikke_forfalt else None,
                jeffreys(n.lyktes - n.blandet_lyktes, n.fulgt_opp - n.blandet),
                {aar: (x, andel) for aar, x, andel in zip(aarene, i_aar, andeler, strict=True)},
            )
    return ut


def tell_overganger(alle: Sequence[Overgang]) -> Antallet:
    """Count some years."""
    fulgt = [o for o in alle if o.oppfoelging == "fulgt opp"]
    return Antallet(
        sum(o.lyktes for o in fulgt),
        len(fulgt),
        sum(o.oppfoelging == "mangler" for o in alle),
        sum(o.oppfoelging == "ikke forfalt" for o in alle),
        sum(o.frafall for o in alle),
        sum(o.blandet for o in fulgt),
        sum(o.blandet and o.lyktes for o in fulgt),
    )


def _maaling(g: Brukergruppe, rater: Mapping[tuple[str, str], Stegrate], gruppe: str) -> dict[str, Maalesvar]:
    """What each net's decision would gain by more observations."""
    kjent = fordelinger(g)
    fordelt = []
    for s, p in zip(UTGANGSSITUASJONER, g.suksessrate, strict=True):
        rate = rater.get((gruppe, s))
        f = kjent.get(f"suksessrate.{s}")
        if rate is not None and rate.brukt is not None:
            fordelt.append((rate.brukt.suksess, rate.brukt.forsoek))
        elif f is not None and "forsoek" in f.tall:
            fordelt.append((f.tall["suksess"], f.tall["forsoek"]))
        else:
            fordelt.append((_ANSLAG * p + PRIOR, _ANSLAG + 2 * PRIOR))
    return {x: verdien_av_flere(g, fordelt, x) for x in NETTOER}
