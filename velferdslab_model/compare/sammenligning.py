"""The comparison: a row per municipality and group, and what makes each differ from the reference."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from velferdslab_model.base.dato import dagens_dato
from velferdslab_model.base.ord import BRUKERGRUPPER
from velferdslab_model.base.tall import kr
from velferdslab_model.base.tekst import mente_du, oppramset, sammenligningsnavn
from velferdslab_model.base.workers import Fremdrift, uten_fremdrift
from velferdslab_model.compare.faktorer import HOVEDNETTO
from velferdslab_model.compare.felles import les_felles
from velferdslab_model.compare.foelsomhet import Foelsomhet, foelsomhet
from velferdslab_model.compare.harmonisering import Harmonisering, Kommune, Oensket, Vilkaar, harmoniser, vilkaar
from velferdslab_model.compare.medlem import Medlem, Rad, medlemmer, rad_for
from velferdslab_model.compare.rangering import Rangeringer, ranger
from velferdslab_model.compare.som_dict import foelsomhet_som_dict, medlem_som_dict, rangeringer_som_dict
from velferdslab_model.compare.trekning import Oppgave
from velferdslab_model.compare.ytelse import Blanding, Ytelser, Ytelsesrad, netto_i_midten, tar_inn, ytelser
from velferdslab_model.errors import FeilIFiler, KanIkkeLese, UgyldigInndata
from velferdslab_model.parameters.indeksfil import les_indeksfil
from velferdslab_model.results import beregn
from velferdslab_model.scenarios.loading import kontrollvarsel
from velferdslab_model.scenarios.many import SAMME_NAVN, Innlest, les_scenarier
from velferdslab_model.uncertainty.standard import STANDARD_FROE, STANDARD_TREKNINGER
from velferdslab_model.version import __version__

#: The reference that is nobody: the mean of all.
GJENNOMSNITT = "gjennomsnitt"
#: What a reference is that nobody chose, by netto samfunn per person taken in.
I_MIDTEN, NEDERST_I_MIDTEN = "kommunen i midten", "den nederste av de to i midten"
LAVEST_AV_TO, FOERST_ETTER_NAVN = "den laveste av de to", "den første etter navn"
#: Municipalities times draws; each takes some two hundred bytes, most of them while it is drawn.
MAKS_TREKNINGER = 5_000_000


@dataclass(frozen=True)
class Sammenligning:
    """Several municipalities on the same terms, in the order of their names, so that the order of the files decides
    nothing.

    referanse: name, or GJENNOMSNITT. referansevalg: what it is among them when nobody chose it, else empty. vilkaar: the common
    terms. som_oppgitt: nothing was harmonised.
    utelatt: the message of each file that was left out. priser: what a price list did to each. ytelser: what is ranked, and
    what lies outside it. foelsomhet: how the ranking holds, by group and net. dato: when it was made.
    """

    medlemmer: tuple[Medlem, ...]
    rangeringer: Rangeringer
    referanse: str
    referansevalg: str
    vilkaar: Vilkaar
    som_oppgitt: bool
    harmonisert: tuple[Harmonisering, ...]
    utelatt: tuple[str, ...]
    priser: tuple[str, ...]
    ytelser: Ytelser
    foelsomhet: Mapping[str, Mapping[str, Foelsomhet]]
    dato: date

    @property
    def valgt(self) -> bool:
        """Whether somebody chose the reference."""
        return not self.referansevalg

    @property
    def prisaar(self) -> int | None:
        """The common price year; None when each keeps its own."""
        return self.vilkaar.prisaar

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
            "referansen_er_valgt": self.valgt,
            "prisaar": self.prisaar,
            "vilkaar": {g: dict(like) for g, like in self.vilkaar.grupper.items()},
            "dato": self.dato.isoformat(),
            "som_oppgitt": self.som_oppgitt,
            "versjon": __version__,
            "harmonisert": [vars(h) for h in self.harmonisert],
            "utelatt": list(self.utelatt),
            "varsler": self.varsler,
            "kommuner": [medlem_som_dict(m, self.ytelser) for m in self.medlemmer],
            "blanding": {g: list(andeler) for g, andeler in self.ytelser.blanding.items()},
            "usikkerhet": rangeringer_som_dict(self.rangeringer),
            "foelsomhet": foelsomhet_som_dict(self.foelsomhet),
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
    analyseperiode: int | None = None,
    rente: float | None = None,
    inntaksaar: int | None = None,
    felles: str | None = None,
    blanding: Blanding | None = None,
    som_oppgitt: bool = False,
    hopp_over_feil: bool = False,
    trekninger: int = STANDARD_TREKNINGER,
    froe: int = STANDARD_FROE,
    fremdrift: Fremdrift = uten_fremdrift,
    lesefremdrift: Fremdrift = uten_fremdrift,
    dato: date | None = None,
    skill: Callable[[Path, str], str] | None = None,
) -> Sammenligning:
    """Compare scenarios. steder: .toml files, workbooks, folders of them, or .csv lists of paths.

    referanse: the name of one of them, or GJENNOMSNITT; the median municipality when left out. prisaar, analyseperiode,
    rente, inntaksaar: the common ones, else the reference's (the intake years stay). indekser: a file of price indices for
    all of them. felles: assumptions held equal, as les_felles reads them. blanding: the common mix of situations, the pooled
    one when left out. prisaar_er: the year the amounts are in where
    the price year was typed over. krev_kontroll: refuse workbooks changed outside their inputs. som_oppgitt: harmonise
    nothing. hopp_over_feil: go on without files that cannot be used. trekninger,
    froe: draws of each, and their seed. fremdrift, lesefremdrift: told of groups drawn and files read. dato: when it is said
    to be made, today when left out. skill: as for les_scenarier. Raises VelferdslabError with everything that is wrong.
    """
    oensket = Oensket(prisaar, analyseperiode, rente, inntaksaar, None if felles is None else les_felles(felles))
    fra_fil = les_indeksfil(indekser).serier if indekser is not None else {}
    innlest = les_scenarier(
        steder, priser, prisaar, hopp_over_feil, lesefremdrift, indekser, prisaar_er, krev_kontroll, True, skill
    )
    krav = _Krav(oensket, fra_fil, som_oppgitt, hopp_over_feil)
    _krev_lesbare(innlest, krav)
    _krev_to(len(innlest.scenarier), innlest.feil)
    valgt, referansevalg = _referanse(referanse, innlest), ""
    if valgt is None:
        valgt, referansevalg = _median(innlest, krav)
    felles_vilkaar, kommuner, endret, feil = _paa_like_vilkaar(innlest, krav, valgt)
    utelatt = (*innlest.feil, *feil)
    _krev_to(len(kommuner), utelatt)
    if valgt != GJENNOMSNITT and all(k.navn != valgt for k in kommuner):
        raise KanIkkeLese("\n".join([f"Referansen «{valgt}» kan ikke brukes.", *feil]))
    kommuner.sort(key=lambda k: norsk_rekkefoelge(k.navn))
    endret.sort(key=lambda h: (norsk_rekkefoelge(h.kommune), h.gruppe, h.hva))
    _krev_plass(len(kommuner), trekninger)
    resultater = [beregn(k.forutsetninger) for k in kommuner]
    rader = [
        {gruppe: rad_for(k.navn, gruppe, g) for gruppe, g in r.grupper.items()}
        for k, r in zip(kommuner, resultater, strict=True)
    ]
    hvorfor_ikke = _hvorfor_ikke(kommuner)
    hvem = None if valgt == GJENNOMSNITT else valgt
    maalt = (
        Ytelser({}, {g: {} for g in BRUKERGRUPPER})
        if hvorfor_ikke
        else ytelser(kommuner, hvem, blanding, _per_deltaker(rader))
    )
    deres = medlemmer(kommuner, resultater, rader, hvem, maalt)
    return Sammenligning(
        medlemmer=deres,
        rangeringer=_ranger(maalt, hvem, hvorfor_ikke, trekninger, froe, fremdrift),
        referanse=valgt,
        referansevalg=referansevalg,
        vilkaar=felles_vilkaar,
        som_oppgitt=som_oppgitt,
        harmonisert=tuple(endret),
        utelatt=utelatt,
        priser=innlest.priser,
        ytelser=maalt,
        foelsomhet={g: foelsomhet(deres) for g, deres in maalt.rader.items()},
        dato=dato or dagens_dato(),
    )


@dataclass(frozen=True)
class _Krav:
    """What was asked for. indekser: points of a file, for everybody."""

    oensket: Oensket
    indekser: Mapping[str, Mapping[int, float]]
    som_oppgitt: bool
    hopp_over_feil: bool


def _vilkaar(innlest: Innlest, krav: _Krav, referanse: str | None) -> Vilkaar:
    if krav.som_oppgitt:
        return Vilkaar(None, {}, krav.oensket.felles)
    oppgitte = [en.oppgitt for en in innlest.scenarier]
    deres = next((o for o in oppgitte if o.navn == referanse), None)
    return vilkaar(deres, oppgitte, krav.oensket, krav.indekser)


def _paa_like_vilkaar(
    innlest: Innlest, krav: _Krav, referanse: str
) -> tuple[Vilkaar, list[Kommune], list[Harmonisering], list[str]]:
    """The common terms, the municipalities on them, what was changed, and who was left out. Raises FeilIFiler with everybody
    that cannot be brought to them, unless faults are to be passed over."""
    like = _vilkaar(innlest, krav, referanse)
    kommuner, endret, feil = harmoniser(innlest.scenarier, like, referanse)
    if feil and not krav.hopp_over_feil:
        raise FeilIFiler(feil, innlest.antall)
    return like, kommuner, endret, feil


def _krev_lesbare(innlest: Innlest, krav: _Krav) -> None:
    """Raise with everything that is wrong at once: broken files, names, and what cannot be brought to the same terms."""
    feil = [] if krav.hopp_over_feil else list(innlest.oedelagt)
    if not feil and not innlest.navnefeil:
        return
    if not feil:
        raise UgyldigInndata(SAMME_NAVN, innlest.navnefeil)
    if innlest.scenarier:
        feil += harmoniser(innlest.scenarier, _vilkaar(innlest, krav, None), None)[2]
    raise FeilIFiler([*feil, *innlest.navnefeil], innlest.antall)


def _median(innlest: Innlest, krav: _Krav) -> tuple[str, str]:
    """The name of the municipality in the middle by netto samfunn per person taken in, on the terms most of them have: of
    the first group that two or more take in, the lower of two in the middle. Where nobody takes in anybody, the first by name.
    And what it is among them, as told to a reader."""
    kommuner, _, _ = harmoniser(innlest.scenarier, _vilkaar(innlest, krav, None), None)
    if not kommuner:
        # The faults are told when it is brought to its own terms.
        return innlest.scenarier[0].oppgitt.navn, FOERST_ETTER_NAVN
    for gruppe in BRUKERGRUPPER:
        med = {k.navn: k.forutsetninger.grupper[gruppe] for k in kommuner if tar_inn(k.forutsetninger.grupper[gruppe])}
        if len(med) > 1:
            tall = netto_i_midten(med)
            ordnet = sorted(med, key=lambda navn: (tall[navn], norsk_rekkefoelge(navn)))
            hva = I_MIDTEN if len(ordnet) % 2 else LAVEST_AV_TO if len(ordnet) == 2 else NEDERST_I_MIDTEN
            return ordnet[(len(ordnet) - 1) // 2], hva
    return min((k.navn for k in kommuner), key=norsk_rekkefoelge), FOERST_ETTER_NAVN


def _hvorfor_ikke(kommuner: Sequence[Kommune]) -> str:
    """Why nothing can be ranked; empty when it can. Amounts in kroner of different years have no order, and nor have sums
    over different periods or at different rates."""
    if len({k.forutsetninger.prisaar for k in kommuner}) > 1:
        return "Kommunene har ulike prisår og kan ikke rangeres. Lag sammenligningen uten --som-oppgitt."
    for gruppe in BRUKERGRUPPER:
        med = [g for k in kommuner if tar_inn(g := k.forutsetninger.grupper[gruppe])]
        if len({(g.analyseperiode, g.neddiskontering) for g in med}) > 1:
            return "Kommunene har ulik analyseperiode eller rente og kan ikke rangeres. Lag sammenligningen uten --som-oppgitt."
    if not any(tar_inn(g) for k in kommuner for g in k.forutsetninger.grupper.values()):
        return "Ingen tall: ingen av kommunene tar inn noen."
    return ""


def _per_deltaker(rader: Sequence[Mapping[str, Rad]]) -> dict[tuple[str, str], dict[str, float]]:
    """Both nets per participant by calendar year, by group and municipality."""
    ut: dict[tuple[str, str], dict[str, float]] = {}
    for rad in (rad for hver in rader for rad in hver.values()):
        if rad.budsjett_per_deltaker is not None and rad.samfunn_per_deltaker is not None:
            par = zip(HOVEDNETTO, (rad.budsjett_per_deltaker, rad.samfunn_per_deltaker), strict=True)
            ut[rad.gruppe, rad.kommune] = dict(par)
    return ut


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


def _ranger(
    maalt: Ytelser, referanse: str | None, hvorfor_ikke: str, trekninger: int, froe: int, fremdrift: Fremdrift
) -> Rangeringer:
    oppgaver = {
        g: {navn: _oppgave(rad, trekninger, froe) for navn, rad in deres.items()} for g, deres in maalt.rader.items()
    }
    return Rangeringer(trekninger, froe, ranger(oppgaver, referanse, fremdrift), hvorfor_ikke)


def _oppgave(rad: Ytelsesrad, trekninger: int, froe: int) -> Oppgave:
    """What is drawn for one group."""
    p, n = rad.gruppe_egne.suksessrate, np.array(rad.blanding) * rad.deltakere
    utsatt = n[1] + p[0] * n[0]
    forsoek = (float(n[0]), float(utsatt), float(n[2] + p[1] * utsatt))
    return Oppgave(f"{rad.gruppe}/{rad.kommune}", rad.gruppe_ytelse, rad.gruppe_egne, forsoek, trekninger, froe)


def _referanse(oensket: str | None, innlest: Innlest) -> str | None:
    """The name of the one that was chosen, or GJENNOMSNITT; None when nobody chose."""
    navn = [en.oppgitt.navn for en in innlest.scenarier]
    if any(sammenligningsnavn(n) == GJENNOMSNITT for n in navn):
        raise UgyldigInndata(
            "scenarier", [f"et scenario heter «{GJENNOMSNITT}», som betyr snittet av alle. Gi det et annet navn."]
        )
    if oensket is None:
        return None
    etter = {sammenligningsnavn(n): n for n in navn}
    if funnet := etter.get(sammenligningsnavn(oensket)):
        return funnet
    if sammenligningsnavn(oensket) == GJENNOMSNITT:
        return GJENNOMSNITT
    raad = mente_du(oensket, [*navn, GJENNOMSNITT])
    raise UgyldigInndata(
        "--reference", [f"«{oensket}» er ikke blant scenariene ({oppramset(navn)}), og ikke «{GJENNOMSNITT}».{raad}"]
    )
