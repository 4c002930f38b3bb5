"""The comparison: a row per municipality and group, and what makes each differ from the reference."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from velferdslab_model.base.ord import BRUKERGRUPPER
from velferdslab_model.base.tall import kr
from velferdslab_model.base.tekst import mente_du, oppramset, sammenligningsnavn
from velferdslab_model.base.workers import Fremdrift, uten_fremdrift
from velferdslab_model.compare.dekomponering import Forskjell, Oppdeling, forskjeller, fra_snittet, nav
from velferdslab_model.compare.harmonisering import Harmonisering, Kommune, Vilkaar, harmoniser, vilkaar
from velferdslab_model.compare.rangering import Rangering, Rangeringer, ranger
from velferdslab_model.compare.trekning import Oppgave
from velferdslab_model.errors import KanIkkeLese, UgyldigInndata
from velferdslab_model.model.array import Array
from velferdslab_model.results import Grupperesultat, Resultat, beregn
from velferdslab_model.scenarios.loading import kontrollvarsel
from velferdslab_model.scenarios.many import Innlest, les_scenarier
from velferdslab_model.uncertainty.standard import STANDARD_FROE, STANDARD_TREKNINGER
from velferdslab_model.version import __version__

#: The reference that is nobody: the mean of all.
GJENNOMSNITT = "gjennomsnitt"
#: Municipalities times draws; each takes some two hundred bytes, most of them while it is drawn.
MAKS_TREKNINGER = 5_000_000
_INGEN_FORSOEK = 1e-12


@dataclass(frozen=True)
class Rad:
    """The key figures of one group in one municipality, kr over the period; None where there is no such figure.

    deltakere: people taken in. steg: steps taken within the period, relapse not subtracted. andel_kommune: share of the
    cost. tilbakebetalt: calendar year by net.
    """

    kommune: str
    gruppe: str
    deltakere: float
    kostnad: float
    besparelse: float
    helsegevinst: float
    produksjonsgevinst: float
    netto_budsjett: float
    netto_samfunn: float
    kostnad_per_deltaker: float | None
    budsjett_per_deltaker: float | None
    samfunn_per_deltaker: float | None
    samfunn_per_krone: float | None
    steg: float
    kostnad_per_steg: float | None
    andel_kommune: float | None
    andel_stat: float | None
    tilbakebetalt_budsjett: int | None
    tilbakebetalt_samfunn: int | None


@dataclass(frozen=True)
class Medlem:
    """One municipality with its result. rader, forskjeller: by group; forskjeller from the reference."""

    kommune: Kommune
    resultat: Resultat
    rader: Mapping[str, Rad]
    forskjeller: Mapping[str, Forskjell]

    @property
    def navn(self) -> str:
        """The municipality's name."""
        return self.kommune.navn


@dataclass(frozen=True)
class Sammenligning:
    """Several municipalities on the same terms, in the order of their names, so that the order of the files decides
    nothing.

    referanse: name, or GJENNOMSNITT. prisaar: None when each keeps its own. som_oppgitt: nothing was harmonised.
    utelatt: the message of each file that was left out. priser: what a price list did to each.
    """

    medlemmer: tuple[Medlem, ...]
    rangeringer: Rangeringer
    referanse: str
    prisaar: int | None
    som_oppgitt: bool
    harmonisert: tuple[Harmonisering, ...]
    utelatt: tuple[str, ...]
    priser: tuple[str, ...]

    @property
    def rader(self) -> list[Rad]:
        """Every row: by municipality, then group."""
        return [rad for m in self.medlemmer for rad in m.rader.values()]

    @cached_property
    def referansemedlem(self) -> Medlem | None:
        """The reference; None when it is the mean."""
        return next((m for m in self.medlemmer if m.navn == self.referanse), None)

    @property
    def varsler(self) -> list[str]:
        """What must be settled: price years, and workbooks changed outside their inputs, by municipality, in sentences."""
        aar = [f"{m.navn}: {varsel}" for m in self.medlemmer if (varsel := m.kommune.forutsetninger.prisaarvarsel)]
        return aar + [
            kontrollvarsel(m.kommune.fil.name, m.kommune.kontroll) for m in self.medlemmer if m.kommune.kontroll
        ]

    @property
    def uten_inntak(self) -> list[tuple[str, str]]:
        """Name and group of those that take in nobody."""
        return [(rad.kommune, rad.gruppe) for rad in self.rader if not rad.deltakere]

    def to_dict(self) -> dict[str, Any]:
        """The JSON form: numbers unrounded, null where there is no figure."""
        return {
            "referanse": self.referanse,
            "prisaar": self.prisaar,
            "som_oppgitt": self.som_oppgitt,
            "versjon": __version__,
            "harmonisert": [vars(h) for h in self.harmonisert],
            "utelatt": list(self.utelatt),
            "varsler": self.varsler,
            "kommuner": [
                {
                    "navn": m.navn,
                    "fil": str(m.kommune.fil),
                    "prisaar": m.kommune.forutsetninger.prisaar,
                    "brukergrupper": {
                        g: {
                            **{k: v for k, v in vars(m.rader[g]).items() if k not in ("kommune", "gruppe")},
                            "forskjell": {
                                "totalt": _oppdelinger(m.forskjeller[g].totalt),
                                "per_deltaker": _oppdelinger(m.forskjeller[g].per_deltaker) or None,
                            },
                        }
                        for g in BRUKERGRUPPER
                    },
                }
                for m in self.medlemmer
            ],
            "usikkerhet": {
                "trekninger": self.rangeringer.trekninger,
                "froe": self.rangeringer.froe,
                "hvorfor_ikke": self.rangeringer.hvorfor_ikke or None,
                "brukergrupper": {
                    g: {netto: _rangering(r) for netto, r in nettoer.items()}
                    for g, nettoer in self.rangeringer.grupper.items()
                },
            },
        }


def _oppdelinger(alle: Mapping[str, Oppdeling]) -> dict[str, Any]:
    return {
        navn: {"referanse": o.fra, "kommunen": o.til, "differanse": o.differanse, "deler": dict(o.deler)}
        for navn, o in alle.items()
    }


def _rangering(r: Rangering) -> dict[str, Any]:
    return {
        "kommuner": list(r.navn),
        "rang": r.rang.tolist(),
        "bedre_enn": r.bedre.tolist(),
        "over_snittet": r.over_snittet.tolist(),
        "per_deltaker": [dict(zip(("p5", "p50", "p95"), p, strict=True)) for p in r.persentiler.tolist()],
        "andel_av_smaa_tall": r.av_smaa_tall.tolist(),
    }


def sammenlign(
    steder: Sequence[Path],
    *,
    referanse: str | None = None,
    priser: Path | None = None,
    prisaar: int | None = None,
    indekser: Path | None = None,
    prisaar_er: int | None = None,
    krev_kontroll: bool = False,
    som_oppgitt: bool = False,
    hopp_over_feil: bool = False,
    trekninger: int = STANDARD_TREKNINGER,
    froe: int = STANDARD_FROE,
    fremdrift: Fremdrift = uten_fremdrift,
    lesefremdrift: Fremdrift = uten_fremdrift,
) -> Sammenligning:
    """Compare scenarios. steder: .toml files, workbooks, folders of them, or .csv lists of paths.

    referanse: the name of one of them, or GJENNOMSNITT; the first when left out. prisaar: the common price year, else
    the reference's. indekser: a file of price indices for all of them. prisaar_er: the year the amounts are in where
    the price year was typed over. som_oppgitt: harmonise nothing. hopp_over_feil: go on without files that cannot be used. trekninger,
    froe: draws of each, and their seed. fremdrift, lesefremdrift: told of groups drawn and files read. Raises VelferdslabError with what is wrong.
    """
    innlest = les_scenarier(steder, priser, prisaar, hopp_over_feil, lesefremdrift, indekser, prisaar_er, krev_kontroll)
    _krev_to(len(innlest.scenarier), innlest.feil)
    valgt = _referanse(referanse, innlest)
    oppgitte = [en.oppgitt for en in innlest.scenarier]
    if som_oppgitt:
        felles = Vilkaar(None, {})
    else:
        felles = vilkaar(next((o for o in oppgitte if o.navn == valgt), None), oppgitte, prisaar)
    kommuner, endret, feil = harmoniser(innlest.scenarier, felles, hopp_over_feil)
    utelatt = (*innlest.feil, *feil)
    _krev_to(len(kommuner), utelatt)
    if valgt != GJENNOMSNITT and all(k.navn != valgt for k in kommuner):
        raise KanIkkeLese("\n".join([f"Referansen «{valgt}» kan ikke brukes.", *feil]))
    kommuner.sort(key=lambda k: norsk_rekkefoelge(k.navn))
    endret.sort(key=lambda h: (norsk_rekkefoelge(h.kommune), h.gruppe, h.hva))
    _krev_plass(len(kommuner), trekninger)
    medlemmer = _medlemmer(kommuner, valgt)
    rangeringer = _ranger(medlemmer, trekninger, froe, fremdrift)
    return Sammenligning(
        medlemmer, rangeringer, valgt, felles.prisaar, som_oppgitt, tuple(endret), utelatt, innlest.priser
    )


def norsk_rekkefoelge(navn: str) -> tuple[str, str]:
    """Sort key of a name: æ, ø and å last, accents passed over."""
    ut = []
    for tegn in sammenligningsnavn(navn):
        plass = "æøå".find(tegn)
        ut.append("{|}"[plass] if plass >= 0 else unicodedata.normalize("NFD", tegn)[0])
    return "".join(ut), navn


def _krev_to(antall: int, utelatt: Sequence[str]) -> None:
    if antall < 2:
        hvorfor = "".join(f"\n{feil}" for feil in utelatt)
        raise KanIkkeLese(
            f"Fant {antall} scenario{'er' * (antall != 1)} som kan brukes, ventet minst to å sammenligne.{hvorfor}"
        )


def _krev_plass(antall: int, trekninger: int) -> None:
    if antall * trekninger > MAKS_TREKNINGER:
        hver, hoeyst = kr(trekninger), kr(MAKS_TREKNINGER // antall)
        raise UgyldigInndata(
            "--draws", [f"{hver} trekninger for hver av {antall} kommuner tar for stor plass, ventet høyst {hoeyst}."]
        )


def _ranger(medlemmer: Sequence[Medlem], trekninger: int, froe: int, fremdrift: Fremdrift) -> Rangeringer:
    """Amounts in kroner of different years have no order."""
    hvorfor_ikke = ""
    if len({m.kommune.forutsetninger.prisaar for m in medlemmer}) > 1:
        hvorfor_ikke = "Kommunene har ulike prisår og kan ikke rangeres. Lag sammenligningen uten --som-oppgitt."
    elif not any(rad.deltakere for m in medlemmer for rad in m.rader.values()):
        hvorfor_ikke = "Ingen tall: ingen av kommunene tar inn noen."
    if hvorfor_ikke:
        return Rangeringer(trekninger, froe, {g: {} for g in BRUKERGRUPPER}, hvorfor_ikke)
    oppgaver = {g: {m.navn: o for m in medlemmer if (o := _oppgave(m, g, trekninger, froe))} for g in BRUKERGRUPPER}
    return Rangeringer(trekninger, froe, ranger(oppgaver, fremdrift))


def _oppgave(m: Medlem, gruppe: str, trekninger: int, froe: int) -> Oppgave | None:
    """What is drawn for one group; None when nobody is taken in, for then there is nothing per participant."""
    if not m.rader[gruppe].deltakere:
        return None
    forsoek = _forsoek(m.resultat.grupper[gruppe])
    # Who steps early counts in more years. Tries of unequal weight spread as (sum)^2 / (sum of squares) equal ones do.
    vekt = np.arange(forsoek.shape[-1], 0, -1)
    like_mange = (forsoek @ vekt) ** 2 / np.maximum(forsoek @ vekt**2, _INGEN_FORSOEK)
    g = m.kommune.forutsetninger.grupper[gruppe]
    return Oppgave(f"{gruppe}/{m.navn}", g, tuple(like_mange.tolist()), trekninger, froe)


def _forsoek(g: Grupperesultat) -> Array:
    """Tries at a step from each situation that may be taken within the period (3, T - 1), by year: one is taken at the
    end of a programme year, so those of the last year fall outside."""
    ut: Array = g.serier.deltakere[:, :-1]
    return ut


def _referanse(oensket: str | None, innlest: Innlest) -> str:
    navn = [en.oppgitt.navn for en in innlest.scenarier]
    if any(sammenligningsnavn(n) == GJENNOMSNITT for n in navn):
        raise UgyldigInndata(
            "scenarier", [f"et scenario heter «{GJENNOMSNITT}», som betyr snittet av alle. Gi det et annet navn."]
        )
    if oensket is None:
        return navn[0]
    etter = {sammenligningsnavn(n): n for n in navn}
    if funnet := etter.get(sammenligningsnavn(oensket)):
        return funnet
    if sammenligningsnavn(oensket) == GJENNOMSNITT:
        return GJENNOMSNITT
    raad = mente_du(oensket, [*navn, GJENNOMSNITT])
    raise UgyldigInndata(
        "--reference", [f"«{oensket}» er ikke blant scenariene ({oppramset(navn)}), og ikke «{GJENNOMSNITT}».{raad}"]
    )


def _medlemmer(kommuner: Sequence[Kommune], referanse: str) -> tuple[Medlem, ...]:
    resultater = [beregn(k.forutsetninger) for k in kommuner]
    par = []
    for gruppe in BRUKERGRUPPER:
        grupper = [k.forutsetninger.grupper[gruppe] for k in kommuner]
        if referanse == GJENNOMSNITT:
            fra = nav(
                grupper, [(r.grupper[gruppe].tatt_inn, r.grupper[gruppe].sum["netto_samfunn"]) for r in resultater]
            )
        else:
            fra = next(g for k, g in zip(kommuner, grupper, strict=True) if k.navn == referanse)
        par += [(fra, g) for g in grupper]
    alle = forskjeller(par)
    etter_gruppe = {g: alle[i * len(kommuner) : (i + 1) * len(kommuner)] for i, g in enumerate(BRUKERGRUPPER)}
    if referanse == GJENNOMSNITT:
        etter_gruppe = {g: fra_snittet(deres) for g, deres in etter_gruppe.items()}
    return tuple(
        Medlem(
            k,
            r,
            {gruppe: _rad(k.navn, gruppe, g) for gruppe, g in r.grupper.items()},
            {gruppe: deres[i] for gruppe, deres in etter_gruppe.items()},
        )
        for i, (k, r) in enumerate(zip(kommuner, resultater, strict=True))
    )


def _rad(kommune: str, gruppe: str, g: Grupperesultat) -> Rad:
    kostnad = g.sum["kostnad"]
    steg = float((g.inndata.suksessrate * _forsoek(g).sum(-1)).sum())
    betalt = {b: float(getattr(g.penger, f"kostnad_{b}").sum()) for b in ("kommune", "stat")}
    return Rad(
        kommune=kommune,
        gruppe=gruppe,
        deltakere=g.tatt_inn,
        kostnad=kostnad,
        besparelse=g.sum["besparelse"],
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
        andel_kommune=betalt["kommune"] / kostnad if kostnad else None,
        andel_stat=betalt["stat"] / kostnad if kostnad else None,
        tilbakebetalt_budsjett=g.tilbakebetalingsaar["budsjett"],
        tilbakebetalt_samfunn=g.tilbakebetalingsaar["samfunn"],
    )
