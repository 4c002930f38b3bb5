"""Price years: every amount as given carries its own year, and all are converted to one before anything is computed.

Three indices, because municipal services, wages and consumer prices move differently. All are built in; the user's own
points under [indekser] go before them, and the conversion says whose it used and which points are not final.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from velferdslab_model.base.felt import MAKS_BELOEP, MINSTE_STOERRELSE
from velferdslab_model.base.tall import femten_siffer, maskintall
from velferdslab_model.errors import UgyldigInndata
from velferdslab_model.parameters.avledet import AVLEDEDE, foelg, med_satser
from velferdslab_model.parameters.bevegelse import BEVEGELSE
from velferdslab_model.parameters.felt import FELT
from velferdslab_model.parameters.fordeling import STRUKTURELL, Fordeling
from velferdslab_model.parameters.indekser import (
    GRUNNAAR,
    INDEKSER,
    INDEKSNAVN,
    Indeks,
    Indeksfil,
    Punkt,
    bruker_egne,
    brukte_punkter,
    er_paa_annet_grunnlag,
    lagt_over,
    merknad_om_status,
    nivaaer,
    opplisting,
)
from velferdslab_model.parameters.overskrevet import VALG, Overskrevet
from velferdslab_model.parameters.priskatalog import Katalograd
from velferdslab_model.parameters.standard import standard_timesatser
from velferdslab_model.parameters.typer import Bevegelse, Brukergruppe, Forutsetninger, IkkePrissatt, Tiltak, Timesats

#: Every amount among the inputs, by dotted key.
BELOEP = tuple(noekkel for noekkel, felt in FELT.items() if felt.slag == "beloep")
_INDEKS_FOR: dict[str, Indeks] = {
    **dict.fromkeys(("tiltak", "timesats", "nullalternativ"), "kommunal_deflator"),
    "loennskostnad": "loennsvekst",
}
MAKS_KILDE = 1000
#: Begins what is added to the source of an amount when it is converted.
_REGNET_OM = ". Regnet om fra"
_FOER_DET = ". Før det"
_OG = " og "
_INGEN: Mapping[str, str] = {}
_OMREGNING = re.compile(r" (\d{4})- til (\d{4})-kroner med (.+)")


@dataclass(frozen=True)
class Oppgitt:
    """A scenario as given, before conversion.

    kilde: name of the file, for messages. vis_i_prisaar: the year everything is to be shown in. prisaar: per group,
    the year of each amount by dotted key, of the price of each tiltak under «tiltak.» and its name, and of each distribution
    under «usikkerhet.» and its key. indekser: level by year, as the user gave them; indeksfil: the file that went before the
    scenario's own, if any. omregning: how its amounts came to be in vis_i_prisaar, when they were converted before. overskrevet: its price year was
    typed over in a workbook, and nobody has said which is meant. kontroll: signs that the file is not as the program made
    it, each as the rest of a sentence about the file; formler_sett: whether its formulas could be compared. timesatser: the common hourly rates; timesats_aar: the year of each,
    by name. indekskilder: where the own points of an index come from. egne_priser: the municipality's own rows of the price catalogue,
    by id; katalogfil: the file they were read from, if it was now.
    """

    kilde: str
    navn: str
    vis_i_prisaar: int
    grupper: Mapping[str, Brukergruppe]
    prisaar: Mapping[str, Mapping[str, int]]
    indekser: Mapping[str, Mapping[int, float]]
    omregning: str = ""
    ikke_prissatt: tuple[IkkePrissatt, ...] = ()
    indeksfil: str = ""
    overskrevet: Overskrevet | None = None
    kontroll: tuple[str, ...] = ()
    formler_sett: bool = True
    timesatser: tuple[Timesats, ...] = ()
    timesats_aar: Mapping[str, int] = field(default_factory=dict)
    indekskilder: Mapping[str, str] = field(default_factory=dict)
    egne_priser: Mapping[str, Katalograd] = field(default_factory=dict)
    katalogfil: Path | None = None

    @property
    def uavklart(self) -> Overskrevet | None:
        """The mark when amounts are shown under a year that was only typed over theirs."""
        o = self.overskrevet
        return o if o and not o.regnet_om and o.til == self.vis_i_prisaar else None

    @property
    def maalaar(self) -> int:
        """The year the amounts end in when no other is asked for."""
        return self.uavklart.fra if self.uavklart else self.vis_i_prisaar


def avklart(oppgitt: Oppgitt, er: int) -> Oppgitt:
    """A scenario whose price year was typed over, with the year its amounts are in said by the user.

    Raises UgyldigInndata when nothing was typed over, when it is neither of the two years, or when it comes too late.
    """
    o = oppgitt.overskrevet
    if o is None:
        raise UgyldigInndata(
            oppgitt.kilde, [f"{VALG} {er} trengs ikke: prisåret ({oppgitt.vis_i_prisaar}) er ikke skrevet over."]
        )
    if er not in (o.fra, o.til):
        raise UgyldigInndata(
            oppgitt.kilde,
            [f"{VALG} er {er}, ventet {o.fra} (da arbeidsboken ble laget) eller {o.til} (skrevet over)."],
        )
    if er == o.fra:
        vis_i = o.fra if oppgitt.uavklart else oppgitt.vis_i_prisaar
        return replace(oppgitt, vis_i_prisaar=vis_i, overskrevet=None)
    if o.regnet_om:
        raise UgyldigInndata(
            oppgitt.kilde,
            [
                f"beløpene er alt regnet om som {o.fra}-kroner. Gi {VALG} {er} sammen med arbeidsboken der året ble skrevet over."
            ],
        )
    prisaar = {
        gruppe: {n: o.til if aar == o.fra and not n.startswith("usikkerhet.") else aar for n, aar in aarene.items()}
        for gruppe, aarene in oppgitt.prisaar.items()
    }
    satser = {n: o.til if aar == o.fra else aar for n, aar in oppgitt.timesats_aar.items()}
    return replace(oppgitt, prisaar=prisaar, timesats_aar=satser, overskrevet=None, omregning="")


def med_indekser(oppgitt: Oppgitt, fra: Indeksfil) -> Oppgitt:
    """A scenario with the points of a file of indices laid over its own, point by point."""
    kilder = {**oppgitt.indekskilder, **fra.kilder}
    return replace(
        oppgitt, indekser=lagt_over_alle(oppgitt.indekser, fra.serier), indeksfil=fra.fil, indekskilder=kilder
    )


def lagt_over_alle(
    under: Mapping[str, Mapping[int, float]], over: Mapping[str, Mapping[int, float]]
) -> dict[str, Mapping[int, float]]:
    """Own points of every index laid over other own points, point by point."""
    ut = dict(under)
    for indeks in INDEKSER:
        if over.get(indeks):
            ut[indeks] = lagt_over(indeks, ut.get(indeks, {}), over[indeks])
    return ut


def beloepsindeks(noekkel: str, egne: Mapping[str, Mapping[int, float]]) -> tuple[Indeks, Mapping[int, float]]:
    """The index that converts an amount, and its level by year, the user's own points first.

    noekkel: dotted key; of a tiltak or a common hourly rate, what begins with «tiltak.» or «timesats.».
    """
    indeks = _INDEKS_FOR.get(noekkel.partition(".")[0], "kpi")
    return indeks, nivaaer(indeks, egne.get(indeks, {}))


def regn_om(oppgitt: Oppgitt, prisaar: int | None = None) -> Forutsetninger:
    """Convert every amount to one price year: the one given, else the scenario's own.

    Amounts whose price year was only typed over stay as they are until a year is asked for, and are then converted from the
    year they were made in. Raises UgyldigInndata with every year that no index covers.
    """
    uavklart, overskrevet = oppgitt.uavklart, oppgitt.overskrevet
    aar = vist = prisaar or oppgitt.vis_i_prisaar
    if uavklart and prisaar is None:
        aar = uavklart.fra  # as they stand, under the year that was typed
    elif overskrevet:
        overskrevet = replace(overskrevet, regnet_om=True)
    omregner = _Omregner(aar, oppgitt.indekser, oppgitt.indeksfil, oppgitt.indekskilder)
    satser = tuple(_satser(oppgitt, aar, omregner))
    grupper = {
        navn: foelg(med_satser(omregner.gruppe(g, oppgitt.prisaar[navn]), satser))
        for navn, g in oppgitt.grupper.items()
    }
    for navn, g in grupper.items():
        # What follows a legal amount may itself be too large to be written and read again.
        omregner.mangler += [
            f"{navn}.{noekkel} følger {AVLEDEDE[noekkel][0]} og blir {maskintall(g.verdi(noekkel))} kr, ventet høyst "
            "1 000 milliarder. Oppgi et mindre beløp der, en mindre faktor, eller tallet selv."
            for noekkel in sorted(g.avledet)
            if g.verdi(noekkel) > MAKS_BELOEP
        ]
    if omregner.mangler:
        raise UgyldigInndata(oppgitt.kilde, list(dict.fromkeys(omregner.mangler)))
    return Forutsetninger(
        navn=oppgitt.navn,
        prisaar=vist,
        omregning=omregner.merknad(oppgitt.omregning),
        indekser=oppgitt.indekser,
        ikke_prissatt=oppgitt.ikke_prissatt,
        overskrevet=overskrevet,
        timesatser=satser,
        indekskilder=oppgitt.indekskilder,
        egne_priser=oppgitt.egne_priser,
        **grupper,
    )


def tiltakspris_i_aaret(f: Forutsetninger, beloep: float, fra: int, kilde: str) -> tuple[float, str] | str:
    """A price of a tiltak in the money of a scenario, with the conversion told in its source; or why no index brings it there."""
    omregner = _Omregner(f.beloepsaar, f.indekser, "", f.indekskilder)
    svar = omregner.beloep("enhetskostnad", beloep, fra, "kommunal_deflator", kilde)
    return omregner.mangler[0] if omregner.mangler else svar


def _satser(oppgitt: Oppgitt, aar: int, omregner: _Omregner) -> Iterator[Timesats]:
    """The common hourly rates in the wanted year. A default that no tiltak follows is left out where no index covers it."""
    foelges = {t.timesats for g in oppgitt.grupper.values() for t in g.tiltak}
    for sats in oppgitt.timesatser:
        trengs = sats.navn in foelges or sats not in standard_timesatser()
        egen = omregner if trengs else _Omregner(aar, oppgitt.indekser, oppgitt.indeksfil)
        omregnet = egen.sats(sats, oppgitt.timesats_aar[sats.navn])
        if egen is omregner or not egen.mangler:
            yield omregnet


class _Omregner:
    """Converts amounts to one year, and remembers from which years and with which indices."""

    def __init__(
        self, aar: int, egne: Mapping[str, Mapping[int, float]], fil: str, kilder: Mapping[str, str] = _INGEN
    ) -> None:
        self.aar, self.kilder = aar, kilder
        self.egne = {indeks: egne.get(indeks, {}) for indeks in INDEKSER}
        self.hvem = f"egne tall fra {fil}" if fil else "egne tall"
        self.serier = {indeks: nivaaer(indeks, serie) for indeks, serie in self.egne.items()}
        self.mangler: list[str] = []
        self.fra: set[int] = set()
        self.brukt: set[Indeks] = set()
        self.punkter: list[Punkt] = []

    def gruppe(self, g: Brukergruppe, aar: Mapping[str, int]) -> Brukergruppe:
        """One group with every amount in the wanted year, and the conversion told in its source."""
        verdier: dict[str, float] = {}
        kilder = dict(g.kilder)
        for noekkel in BELOEP:
            if noekkel in g.avledet:  # follows what was converted
                verdier[noekkel] = g.verdi(noekkel)
                continue
            indeks = _INDEKS_FOR.get(noekkel.partition(".")[0], "kpi")
            verdier[noekkel], kilder[noekkel] = self.beloep(
                noekkel, g.verdi(noekkel), aar[noekkel], indeks, kilder[noekkel]
            )
        tiltak = []
        for t in g.tiltak:
            if t.timesats:  # the same
                tiltak.append(t)
                continue
            pris, kilde = self.beloep(
                f"tiltak «{t.navn}»: enhetskostnad",
                t.enhetskostnad,
                aar[f"tiltak.{t.navn}"],
                "kommunal_deflator",
                t.kilde,
            )
            # The conversion is told of the price, and of no volume.
            tiltak.append(replace(t, enhetskostnad=pris, kilde=kilde, volumkilde=t.volumkilde or _om_volum(t, kilde)))
        return replace(
            g,
            bevegelse=self.bevegelse(g.bevegelse, aar.get(BEVEGELSE, self.aar)),
            nullalternativ=(
                verdier["nullalternativ.uholdbar"],
                verdier["nullalternativ.utsatt"],
                verdier["nullalternativ.stabil"],
                verdier["nullalternativ.baerekraftig"],
            ),
            verdi_qaly=verdier["verdi_qaly"],
            loennskostnad=verdier["loennskostnad"],
            utvidet=replace(g.utvidet, fast_aarskostnad=verdier["utvidet.fast_aarskostnad"]),
            tiltak=tuple(tiltak),
            kilder=kilder,
            usikkerhet={n: self.fordeling(n, f, aar.get(f"usikkerhet.{n}", self.aar)) for n, f in g.usikkerhet.items()},
        )

    def bevegelse(self, b: Bevegelse | None, fra: int) -> Bevegelse | None:
        """What a year in each situation costs in the wanted year; counts are no amounts."""
        if b is None or all(kr is None for kr in b.kostnad):
            return b
        kroner: list[float | None] = []
        kilde = b.kilde
        for kr in b.kostnad:
            ny, kilde = (None, kilde) if kr is None else self.beloep(BEVEGELSE, kr, fra, "kommunal_deflator", b.kilde)
            kroner.append(ny)
        return replace(b, kostnad=tuple(kroner), kilde=kilde)

    def sats(self, sats: Timesats, fra: int) -> Timesats:
        """A common hourly rate in the wanted year, by the index of the tiltak that follow it."""
        kr, kilde = self.beloep(f"timesatser.{sats.navn}", sats.kr, fra, "kommunal_deflator", sats.kilde)
        return Timesats(sats.navn, kr, kilde)

    def fordeling(self, noekkel: str, fordeling: Fordeling, fra: int) -> Fordeling:
        """A distribution of an amount in the wanted year; any other as it is."""
        gjelder = noekkel.removeprefix(STRUKTURELL)
        hode = gjelder.partition(".")[0]
        if fra == self.aar or not (gjelder in BELOEP or hode in ("tiltak", "timesats")):
            return fordeling
        faktor, _ = self.beloep(noekkel, 1.0, fra, _INDEKS_FOR.get(hode, "kpi"), "")
        ut = fordeling.ganget(faktor)
        for navn, verdi in ut.tall.items():
            self._krev_lovlig(f"usikkerhet.{noekkel}.{navn}", fordeling.tall[navn], verdi, fra)
        return ut

    def beloep(self, noekkel: str, verdi: float, fra: int, indeks: Indeks, kilde: str) -> tuple[float, str]:
        """The amount in the wanted year, unrounded, and its source with the conversion told."""
        if fra == self.aar or verdi == 0:
            return verdi, kilde
        self.fra.add(fra)
        self.brukt.add(indeks)
        serie = self.serier[indeks]
        if feil := self._hindring(indeks, fra):
            self.mangler += feil
            return verdi, kilde
        # Excel keeps 15 digits; so do all numbers here.
        i_aaret = femten_siffer(verdi * (serie[self.aar] / serie[fra]))
        self._krev_lovlig(noekkel, verdi, i_aaret, fra)
        self.punkter += brukte_punkter(indeks, self.egne[indeks], fra, self.aar)
        return i_aaret, _med_omregning(kilde, fra, self.aar, self._hvilken(indeks, [fra]))

    def _krev_lovlig(self, noekkel: str, verdi: float, i_aaret: float, fra: int) -> None:
        """An amount outside the legal range in the wanted year could be written, but not read again."""
        if i_aaret > MAKS_BELOEP or 0 < i_aaret < MINSTE_STOERRELSE:
            self.mangler.append(
                f"{noekkel} er {maskintall(verdi)} i {fra}-kroner og blir {maskintall(i_aaret)} i {self.aar}-kroner, "
                f"ventet et beløp på 0, eller fra {MINSTE_STOERRELSE:g} til 1 000 milliarder, også etter omregningen."
            )

    def _hvilken(self, indeks: Indeks, fra: Iterable[int]) -> str:
        """The index by name, and whose it is when it is not the built-in one."""
        egne = any(bruker_egne(indeks, self.egne[indeks], aar, self.aar) for aar in fra)
        return f"{INDEKSNAVN[indeks]} ({self.hvem})" if egne else INDEKSNAVN[indeks]

    def _hindring(self, indeks: Indeks, fra: int) -> list[str]:
        """Why an amount cannot be converted from a year; empty when it can."""
        serie, egne = self.serier[indeks], self.egne[indeks]
        if mangler := [aar for aar in (fra, self.aar) if aar not in serie]:
            return [self._mangel(indeks, aar) for aar in mangler]
        if len(egne) == 1 and indeks != "kpi":
            return [
                f"indekser.{indeks} har bare ett nivå, for {next(iter(egne))}. Ett nivå sier ingenting om veksten: oppgi et år til, "
                f"eller veksten fra året før i prosent, for eksempel «3,5 %»."
            ]
        if indeks == "kpi" and (aar := er_paa_annet_grunnlag(egne, fra, self.aar)):
            return [
                f"indekser.kpi.{aar} er {egne[aar]:.15g} og er ikke på samme grunnlag som den innebygde serien ({GRUNNAAR} = 100). "
                "SSBs serie etter 2025 har 2025 = 100: gang den med 1,377, eller oppgi veksten i prosent, for eksempel «3,0 %»."
            ]
        return []

    def _mangel(self, indeks: Indeks, aar: int) -> str:
        serie = self.serier[indeks]
        grunnlag = f" ({GRUNNAAR} = 100)" if indeks == "kpi" else ""
        return (
            f"prisåret {aar} ligger utenfor indeksen {indeks}, som dekker {min(serie)}-{max(serie)}. "
            f"Oppgi tallet for {aar}{grunnlag} under [indekser.{indeks}] i scenariofilen eller i en fil til --indekser, "
            "eller velg et annet prisår med --prisaar."
        )

    def merknad(self, tidligere: str) -> str:
        """How amounts were converted, as the end of the sentence «Beløp i 2024-kroner»; empty when none was.

        tidligere: how they had come to be in the years they were given in, when that is known.
        """
        if not self.fra:
            return tidligere
        fra = opplisting(f"{aar}" for aar in sorted(self.fra))
        tekst = (
            f", regnet om fra {fra} med {opplisting(self._hvilken(i, self.fra) for i in INDEKSER if i in self.brukt)}"
        )
        if uferdige := merknad_om_status(self.punkter):
            tekst += f" (ikke endelige tall: {uferdige})"
        egne = [
            i for i in INDEKSER if i in self.brukt and self.hvem in self._hvilken(i, self.fra) and self.kilder.get(i)
        ]
        if egne:
            tekst += f". Kilde til egne tall: {'; '.join(f'{INDEKSNAVN[i]}: {self.kilder[i]}' for i in egne)}".rstrip(
                "."
            )
        # Of many conversions, the first and the last.
        foerste = tidligere.rpartition(_FOER_DET)[2].removeprefix(",")
        return f"{tekst}{_FOER_DET}{foerste}" if tidligere else tekst


def _med_omregning(kilde: str, fra: int, til: int, hvordan: str) -> str:
    """A source with a conversion told after it: of several, the first year and the last, and every way there was."""
    opprinnelig, *foer = kilde.split(_REGNET_OM)
    lest = [funn for tekst in foer if (funn := _OMREGNING.fullmatch(tekst))]
    if lest and len(lest) == len(foer):
        fra = int(lest[0][1])
        hvordan = opplisting(dict.fromkeys([*(maate for funn in lest for maate in funn[3].split(_OG)), hvordan]))
    else:
        opprinnelig = kilde
    tekst = f"{_REGNET_OM} {fra}- til {til}-kroner med {hvordan}"
    return opprinnelig[: MAKS_KILDE - len(tekst)] + tekst


def _om_volum(t: Tiltak, ny_kilde: str) -> str:
    """The source of the volumes once the price's has become another; empty while one covers both."""
    return "" if t.kilde == ny_kilde else t.kilde


def uten_omregning(kilde: str) -> str:
    """A source without what was added when its amount was converted."""
    return kilde.partition(_REGNET_OM)[0]
