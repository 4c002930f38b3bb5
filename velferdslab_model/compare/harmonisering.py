"""Bring scenarios to the same terms: one price year by one index, one period, rate and intake, and what is held equal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from velferdslab_model.base.ord import BRUKERGRUPPER
from velferdslab_model.compare.felles import FELLES_KILDE, FellesAntakelser, felles_indekser, i_midten, med_antakelser
from velferdslab_model.errors import UgyldigInndata, VelferdslabError
from velferdslab_model.parameters.felt import FELT
from velferdslab_model.parameters.prisaar import Oppgitt, regn_om
from velferdslab_model.parameters.typer import Brukergruppe, Forutsetninger
from velferdslab_model.scenarios.many import Scenariofil

#: What is made equal in each group, besides the price year: key of the input -> how it is named.
LIKT = {"analyseperiode": "analyseperiode", "neddiskontering": "neddiskontering", "inntaksaar": "inntaksår"}
#: Those that everybody gets whether or not it was asked for.
_ALLTID = ("analyseperiode", "neddiskontering")


@dataclass(frozen=True)
class Kommune:
    """One scenario in a comparison, on the common terms.

    kontroll: signs that its workbook was changed outside its inputs. egen_indeks: what its own price indices were used
    for, or that they were not, as the end of a sentence; empty when it has none. oppgitt: as it was given.
    """

    navn: str
    fil: Path
    forutsetninger: Forutsetninger
    kontroll: tuple[str, ...] = ()
    egen_indeks: str = ""
    oppgitt: Oppgitt | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Harmonisering:
    """One thing that was changed. gruppe: key, empty for the price year. hva: as named to a reader. fra, til: values.

    merknad: how amounts were converted, as the end of the sentence «Beløp i 2024-kroner».
    """

    kommune: str
    gruppe: str
    hva: str
    fra: float
    til: float
    merknad: str = ""


@dataclass(frozen=True)
class Oensket:
    """Terms that were asked for; None where nothing was. rente: share a year."""

    prisaar: int | None = None
    analyseperiode: int | None = None
    rente: float | None = None
    inntaksaar: int | None = None
    felles: FellesAntakelser | None = None

    @property
    def grupper(self) -> dict[str, float]:
        """Those that hold for each group, by the keys of LIKT."""
        alle = {
            "analyseperiode": self.analyseperiode,
            "neddiskontering": self.rente,
            "inntaksaar": self.inntaksaar,
        }
        return {n: float(v) for n, v in alle.items() if v is not None}


@dataclass(frozen=True)
class Vilkaar:
    """The common terms. prisaar: None when each keeps its own. grupper: by key, the values of LIKT; empty likewise.

    felles: what --felles holds equal. indekser: points of a file of price indices, for everybody.
    """

    prisaar: int | None
    grupper: dict[str, dict[str, float]]
    felles: FellesAntakelser | None = None
    indekser: Mapping[str, Mapping[int, float]] = field(default_factory=dict)


def vilkaar(
    referanse: Oppgitt | None,
    alle: Sequence[Oppgitt],
    oensket: Oensket,
    indekser: Mapping[str, Mapping[int, float]],
) -> Vilkaar:
    """The terms asked for, else those of the reference; without one, what most of them have (of equally many, the later
    year, the longer period, the lower rate), so that the order of the files decides nothing."""
    like: dict[str, dict[str, float]] = {}
    for g in BRUKERGRUPPER:
        if referanse:
            like[g] = {felt: referanse.grupper[g].verdi(felt) for felt in _ALLTID}
        else:
            like[g] = {
                "analyseperiode": _vanligst(o.grupper[g].analyseperiode for o in alle),
                "neddiskontering": -_vanligst(-o.grupper[g].neddiskontering for o in alle),
            }
        like[g] |= oensket.grupper
    aar = referanse.maalaar if referanse else int(_vanligst(o.maalaar for o in alle))
    return Vilkaar(oensket.prisaar or aar, like, oensket.felles, indekser)


def _vanligst(verdier: Iterable[float]) -> float:
    antall = Counter(verdier)
    return max(antall, key=lambda v: (antall[v], v))


def harmoniser(
    lest: Sequence[Scenariofil], felles: Vilkaar, referanse: str | None
) -> tuple[list[Kommune], list[Harmonisering], list[str]]:
    """Bring every scenario to the common terms. referanse: whose assumptions are held equal when words ask for it.

    Returns the municipalities, what was changed, and the message of each that an index could not convert.
    """
    kommuner: list[Kommune] = []
    endret: list[Harmonisering] = []
    feil: list[str] = []
    for en in lest:
        try:
            kommuner.append(_en(en, felles, endret))
        except VelferdslabError as grunn:
            tekst = str(grunn)
            feil.append(tekst if str(en.fil) in tekst else f"{en.fil}: {tekst}")
    if felles.felles and kommuner:
        kommuner = _med_felles(kommuner, felles.felles, felles.prisaar, referanse, endret)
    return kommuner, endret, feil


def _en(en: Scenariofil, felles: Vilkaar, endret: list[Harmonisering]) -> Kommune:
    """One scenario on the common price year, period and rate; what was changed goes to endret."""
    oppgitt, om_indeks = en.oppgitt, ""
    if felles.prisaar is not None:
        oppgitt, om_indeks = _med_felles_indeks(oppgitt, felles)
    f = regn_om(oppgitt, felles.prisaar)
    if felles.prisaar not in (None, oppgitt.maalaar):
        endret.append(Harmonisering(oppgitt.navn, "", "prisår", oppgitt.maalaar, f.prisaar, f.omregning))
    grupper = {}
    for noekkel, g in f.grupper.items():
        like = felles.grupper.get(noekkel, {})
        endret.extend(
            Harmonisering(f.navn, noekkel, LIKT[felt], g.verdi(felt), verdi)
            for felt, verdi in like.items()
            if g.verdi(felt) != verdi
        )
        grupper[noekkel] = _med(g, like)
    return Kommune(f.navn, en.fil, replace(f, **grupper), oppgitt.kontroll, om_indeks, en.oppgitt)  # type: ignore[arg-type]  # groups by their keys


def _med_felles_indeks(oppgitt: Oppgitt, felles: Vilkaar) -> tuple[Oppgitt, str]:
    """A scenario that is converted by the common indices, and what is said of its own."""
    egne = {
        n: {aar: v for aar, v in serie.items() if aar not in felles.indekser.get(n, {})}
        for n, serie in oppgitt.indekser.items()
    }
    indekser, brukt = felles_indekser(oppgitt.indekser, felles.indekser)
    if brukt:
        om = f"brukt for {', '.join(map(str, brukt))}, som den felles indeksen ikke dekker"
    elif any(egne.values()):
        om = "ikke brukt: alle er regnet om med den samme"
    elif "(egne tall" in oppgitt.omregning:
        om = "beløpene i filen var alt regnet om med egen indeks"
    else:
        om = ""
    return replace(oppgitt, indekser=indekser), om


def _med_felles(
    kommuner: Sequence[Kommune],
    felles: FellesAntakelser,
    prisaar: int | None,
    referanse: str | None,
    endret: list[Harmonisering],
) -> list[Kommune]:
    """All with the assumptions that --felles holds equal: those of a file, of the reference, or the median of each."""
    fra: Mapping[str, Brukergruppe]
    if felles.fra is not None:
        if prisaar is None and len({k.forutsetninger.prisaar for k in kommuner}) > 1:
            raise UgyldigInndata("--felles", ["trenger ett prisår for alle og kan ikke brukes med ulike prisår."])
        fra = regn_om(felles.fra, prisaar or kommuner[0].forutsetninger.prisaar).grupper
    elif (deres := next((k for k in kommuner if k.navn == referanse), None)) is not None:
        fra = deres.forutsetninger.grupper
    else:
        fra = {g: i_midten([k.forutsetninger.grupper[g] for k in kommuner]) for g in BRUKERGRUPPER}
    ut = []
    for k in kommuner:
        grupper = {}
        for noekkel, g in k.forutsetninger.grupper.items():
            ny = med_antakelser(g, fra[noekkel], felles.felt[noekkel])
            endret += [
                Harmonisering(k.navn, noekkel, FELT[n].tekst, g.verdi(n), ny.verdi(n))
                for n in FELT
                if n.partition(".")[0] in felles.felt[noekkel] and g.verdi(n) != ny.verdi(n)
            ]
            grupper[noekkel] = ny
        ut.append(replace(k, forutsetninger=replace(k.forutsetninger, **grupper)))  # type: ignore[arg-type]  # as above
    return ut


def _med(g: Brukergruppe, verdier: dict[str, float]) -> Brukergruppe:
    nye = {felt: verdi for felt, verdi in verdier.items() if g.verdi(felt) != verdi}
    if not nye:
        return g
    if "analyseperiode" in nye:
        g = replace(g, analyseperiode=int(nye["analyseperiode"]))
    if "inntaksaar" in nye:
        g = replace(g, inntaksaar=int(nye["inntaksaar"]))
    if "neddiskontering" in nye:
        g = replace(g, neddiskontering=nye["neddiskontering"])
    return replace(g, kilder={**g.kilder, **dict.fromkeys(nye, FELLES_KILDE)})
