"""Price years: every amount as given carries its own year, and all are converted to one before anything is computed.

Three indices, because municipal services, wages and consumer prices move differently. Only the consumer price index
is built in; it stands in for the others, and says so, until the user gives them under [indekser].
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from velferdslab_model.errors import UgyldigInndata
from velferdslab_model.parameters.felt import FELT
from velferdslab_model.parameters.fordeling import Fordeling
from velferdslab_model.parameters.standard import standard_kpi
from velferdslab_model.parameters.typer import Brukergruppe, Forutsetninger, IkkePrissatt

Indeks = Literal["kommunal_deflator", "loennsvekst", "kpi"]

#: Key under [indekser] -> what it is used for. The first two have no built-in series.
INDEKSER: dict[Indeks, str] = {
    "kommunal_deflator": "kommunale tjenester",
    "loennsvekst": "lønn",
    "kpi": "andre beløp",
}
#: Every amount among the inputs, by dotted key.
BELOEP = tuple(noekkel for noekkel, felt in FELT.items() if felt.slag == "beloep")
_INDEKS_FOR: dict[str, Indeks] = {"nullalternativ": "kommunal_deflator", "loennskostnad": "loennsvekst"}
MAKS_KILDE = 1000
#: Begins what is added to the source of an amount when it is converted.
_REGNET_OM = ". Regnet om fra"


@dataclass(frozen=True)
class Oppgitt:
    """A scenario as given, before conversion.

    kilde: name of the file, for messages. vis_i_prisaar: the year everything is to be shown in. prisaar: per group,
    the year of each amount by dotted key, of the price of each tiltak under «tiltak.» and its name, and of each distribution
    under «usikkerhet.» and its key. indekser: level by year, as the user gave them. omregning: how its amounts came to be in
    vis_i_prisaar, when they were converted before.
    """

    kilde: str
    navn: str
    vis_i_prisaar: int
    grupper: Mapping[str, Brukergruppe]
    prisaar: Mapping[str, Mapping[str, int]]
    indekser: Mapping[str, Mapping[int, float]]
    omregning: str = ""
    ikke_prissatt: tuple[IkkePrissatt, ...] = ()


def tiltaksindeks(egne: Mapping[str, Mapping[int, float]]) -> tuple[Indeks, Mapping[int, float]]:
    """The index that converts the price of a tiltak, and its level by year: the user's own, else consumer prices."""
    if "kommunal_deflator" in egne:
        return "kommunal_deflator", egne["kommunal_deflator"]
    return "kpi", {**standard_kpi(), **egne.get("kpi", {})}


def regn_om(oppgitt: Oppgitt, prisaar: int | None = None) -> Forutsetninger:
    """Convert every amount to one price year: the one given, else the scenario's own.

    Raises UgyldigInndata with every year that no index covers.
    """
    aar = prisaar or oppgitt.vis_i_prisaar
    omregner = _Omregner(aar, oppgitt.indekser)
    grupper = {navn: omregner.gruppe(g, oppgitt.prisaar[navn]) for navn, g in oppgitt.grupper.items()}
    if omregner.mangler:
        raise UgyldigInndata(oppgitt.kilde, list(dict.fromkeys(omregner.mangler)))
    return Forutsetninger(
        navn=oppgitt.navn,
        prisaar=aar,
        omregning=omregner.merknad(oppgitt.omregning),
        indekser=oppgitt.indekser,
        ikke_prissatt=oppgitt.ikke_prissatt,
        **grupper,
    )


class _Omregner:
    """Converts amounts to one year, and remembers from which years and with which indices."""

    def __init__(self, aar: int, egne: Mapping[str, Mapping[int, float]]) -> None:
        self.aar = aar
        self.serier = {**egne, "kpi": {**standard_kpi(), **egne.get("kpi", {})}}
        self.mangler: list[str] = []
        self.fra: set[int] = set()
        self.brukt: set[Indeks] = set()

    def gruppe(self, g: Brukergruppe, aar: Mapping[str, int]) -> Brukergruppe:
        """One group with every amount in the wanted year, and the conversion told in its source."""
        verdier: dict[str, float] = {}
        kilder = dict(g.kilder)
        for noekkel in BELOEP:
            indeks = _INDEKS_FOR.get(noekkel.partition(".")[0], "kpi")
            verdier[noekkel], kilder[noekkel] = self.beloep(g.verdi(noekkel), aar[noekkel], indeks, kilder[noekkel])
        tiltak = []
        for t in g.tiltak:
            pris, kilde = self.beloep(t.enhetskostnad, aar[f"tiltak.{t.navn}"], "kommunal_deflator", t.kilde)
            tiltak.append(replace(t, enhetskostnad=pris, kilde=kilde))
        return replace(
            g,
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

    def fordeling(self, noekkel: str, fordeling: Fordeling, fra: int) -> Fordeling:
        """A distribution of an amount in the wanted year; any other as it is."""
        if fra == self.aar or not (noekkel in BELOEP or noekkel.startswith("tiltak.")):
            return fordeling
        hode = "nullalternativ" if noekkel.startswith("tiltak.") else noekkel.partition(".")[0]
        faktor, _ = self.beloep(1.0, fra, _INDEKS_FOR.get(hode, "kpi"), "")
        return fordeling.ganget(faktor)

    def beloep(self, verdi: float, fra: int, indeks: Indeks, kilde: str) -> tuple[float, str]:
        """The amount in the wanted year, unrounded, and its source with the conversion told."""
        if fra == self.aar or verdi == 0:
            return verdi, kilde
        self.fra.add(fra)
        self.brukt.add(indeks)
        navn: Indeks = indeks if indeks in self.serier else "kpi"
        serie = self.serier[navn]
        if mangler := [aar for aar in (fra, self.aar) if aar not in serie]:
            self.mangler += [self._mangel(navn, aar) for aar in mangler]
            return verdi, kilde
        # Excel keeps 15 digits; so do all numbers here.
        i_aaret = float(f"{verdi * (serie[self.aar] / serie[fra]):.15g}")
        hvordan: str = "KPI" if navn == "kpi" else navn
        if navn != indeks:
            hvordan += f" i stedet for {indeks} (antakelse)"
        til = f"{_REGNET_OM} {fra}- til {self.aar}-kroner med {hvordan}"
        return i_aaret, kilde[: MAKS_KILDE - len(til)] + til

    def _mangel(self, indeks: Indeks, aar: int) -> str:
        serie = self.serier[indeks]
        dekker = f"{min(serie)}-{max(serie)}" if serie else "ingen år"
        grunnlag = " (2015 = 100)" if indeks == "kpi" else ""
        return (
            f"prisåret {aar} ligger utenfor indeksen {indeks}, som dekker {dekker}. "
            f"Oppgi tallet for {aar}{grunnlag} under [indekser.{indeks}] i scenariofilen, eller velg et annet prisår med --prisaar."
        )

    def merknad(self, tidligere: str) -> str:
        """How amounts were converted, as the end of the sentence «Beløp i 2024-kroner»; empty when none was.

        tidligere: how they had come to be in the years they were given in, when that is known.
        """
        if not self.fra:
            return tidligere
        fra = _opplisting(f"{aar}" for aar in sorted(self.fra))
        egne = [indeks for indeks in INDEKSER if indeks in self.brukt and indeks in self.serier and indeks != "kpi"]
        erstattet = [indeks for indeks in INDEKSER if indeks in self.brukt and indeks not in self.serier]
        tekst = f", regnet om fra {fra} med {_opplisting([*egne, 'KPI'] if erstattet or 'kpi' in self.brukt else egne)}"
        if erstattet:
            hva, mangler = _opplisting(INDEKSER[i] for i in erstattet), _opplisting(erstattet)
            tekst += f". Antakelse: KPI står inn for {mangler} ({hva}), som ikke er oppgitt"
        return f"{tekst}. Før det{tidligere.removeprefix(',')}" if tidligere else tekst


def uten_omregning(kilde: str) -> str:
    """A source without what was added when its amount was converted."""
    return kilde.partition(_REGNET_OM)[0]


def _opplisting(deler: Iterable[str]) -> str:
    *foerste, siste = deler
    return f"{', '.join(foerste)} og {siste}" if foerste else siste
