"""The one table of inputs: key, label, unit, legal range and tab of every number a user may set.

Scenario files, defined names, validation in cells, reading back and the source register all follow it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from velferdslab_model.base.felt import FOERSTE_AAR, MAKS_BELOEP, SISTE_AAR, Felt
from velferdslab_model.base.ord import SITUASJONSNAVN
from velferdslab_model.parameters.typer import LIVSSITUASJONER, MAKS_ANALYSEPERIODE, UTGANGSSITUASJONER

Fane = Literal["hoved", "kostnader", "gevinster"]


#: The null alternative of a situation is at most this many times that of utsatt when it follows it.
_MAKS_NULLFAKTOR = 10.0


def _andel(noekkel: str, tekst: str, fane: Fane, hjelp: str, minst: float = 0.0, mest: float = 1.0) -> Felt:
    return Felt(noekkel, tekst, "andel", "andel", minst, mest, fane, hjelp)


def _beloep(noekkel: str, tekst: str, enhet: str, fane: Fane, hjelp: str) -> Felt:
    return Felt(noekkel, tekst, enhet, "beloep", 0.0, MAKS_BELOEP, fane, hjelp)


def _felt() -> list[Felt]:
    navn = SITUASJONSNAVN
    return [
        Felt(
            "analyseperiode",
            "Analyseperiode",
            "år",
            "heltall",
            4,
            MAKS_ANALYSEPERIODE,
            "hoved",
            "Antall år som regnes med, fra og med analysetidspunktet.",
        ),
        Felt(
            "inntaksaar",
            "Antall år med velferdslab",
            "år",
            "heltall",
            1,
            10,
            "hoved",
            "Antall år det tas inn nye deltakere. År etter analyseperioden teller ikke.",
        ),
        Felt(
            "analysetidspunkt",
            "Analysetidspunkt",
            "årstall",
            "aarstall",
            FOERSTE_AAR,
            SISTE_AAR,
            "hoved",
            "Det første året i analysen.",
        ),
        _andel(
            "neddiskontering",
            "Neddiskontering",
            "hoved",
            "Årlig rente som gjør senere år mindre verd. Det første året neddiskonteres ikke.",
            mest=0.2,
        ),
        *(
            Felt(
                f"inntak.{s}",
                f"Nye per år, {navn[s].lower()}",
                "deltakere per år",
                "antall",
                0,
                MAKS_BELOEP,
                "hoved",
                f"Nye personer eller familier per år som kommer inn i situasjonen {navn[s].lower()}.",
            )
            for s in UTGANGSSITUASJONER
        ),
        *(
            _andel(
                f"suksessrate.{s}",
                f"Suksessrate, fra {navn[s].lower()}",
                "hoved",
                "Andelen som flytter seg ett steg til høyre i løpet av et år i velferdslab.",
            )
            for s in UTGANGSSITUASJONER
        ),
        *(
            _beloep(
                f"nullalternativ.{s}",
                f"Nullalternativ, {navn[s].lower()}",
                "kr per deltaker og år",
                "kostnader",
                "Gjennomsnittlig årlig kostnad i de ordinære tjenestene for en som blir i situasjonen.",
            )
            for s in LIVSSITUASJONER
        ),
        *(
            Felt(
                f"nullalternativ_faktor.{s}",
                f"Nullalternativ, faktor for {navn[s].lower()}",
                "ganger utsatt",
                "mengde",
                0.0,
                _MAKS_NULLFAKTOR,
                "kostnader",
                f"Nullalternativet for {navn[s].lower()} er utsatt ganger dette, avrundet til hele kroner, til du skriver et eget tall.",
            )
            for s in ("uholdbar", "stabil")
        ),
        *(
            _andel(
                f"livskvalitet.{s}",
                f"Livskvalitet, {navn[s].lower()}",
                "gevinster",
                "Andel av et kvalitetsjustert leveår (QALY) per år i situasjonen.",
            )
            for s in LIVSSITUASJONER
        ),
        _beloep(
            "verdi_qaly",
            "Verdi av en QALY",
            "kr",
            "gevinster",
            "Verdien av ett godt leveår. Prøv også 0,6 og 1,4 millioner kroner.",
        ),
        *(
            _andel(
                f"stillingsandel.{s}",
                f"Stillingsandel, {navn[s].lower()}",
                "gevinster",
                "Gjennomsnittlig andel av full stilling i situasjonen.",
            )
            for s in LIVSSITUASJONER
        ),
        _beloep(
            "loennskostnad",
            "Lønnskostnad",
            "kr per årsverk",
            "gevinster",
            "Verdien av ett års arbeid i full stilling.",
        ),
        _andel(
            "utvidet.erstatningsgrad",
            "Erstatningsgrad",
            "gevinster",
            "Hvor stor del av de ordinære tjenestene velferdslab erstatter mens deltakeren er med. 100 % er nøytralt.",
        ),
        _andel(
            "utvidet.beholder_steget",
            "Beholder steget",
            "gevinster",
            "Andelen av dem som slutter etter minst ett steg, som beholder situasjonen de nådde. 100 % er nøytralt.",
        ),
        _andel(
            "utvidet.aarlig_tilbakefall",
            "Årlig tilbakefall",
            "gevinster",
            "Andelen som hvert år faller tilbake til utgangssituasjonen, fra det andre året utenfor. 0 er nøytralt.",
        ),
        _andel(
            "utvidet.skjedd_uansett",
            "Ville skjedd uansett",
            "gevinster",
            "Andelen av bedringen som ville kommet uten velferdslab. 0 er nøytralt.",
        ),
        _andel(
            "utvidet.reell_vekst",
            "Reell vekst i QALY og lønn",
            "gevinster",
            "Årlig vekst ut over prisstigningen. 0 er nøytralt.",
            minst=-0.05,
            mest=0.1,
        ),
        _andel(
            "utvidet.skattefinansieringssats",
            "Skattefinansieringssats",
            "gevinster",
            "Samfunnets kostnad ved å kreve inn skatt, per krone. DFØ anbefaler 20 %. 0 er nøytralt.",
        ),
        _beloep(
            "utvidet.fast_aarskostnad",
            "Fast årskostnad",
            "kr per inntaksår",
            "gevinster",
            "Fast programkostnad i hvert inntaksår, betalt av kommunen, i tillegg til tiltakene. 0 er nøytralt.",
        ),
        _andel(
            "utvidet.kommunal_andel_nullalternativ",
            "Kommunens andel av besparelsen",
            "gevinster",
            "Hvor stor del av nullalternativet kommunen betaler, og dermed sparer. Ikke kjent: 100 % er en antakelse.",
        ),
        _andel(
            "utvidet.fylkeskommunal_andel_av_resten",
            "Fylkeskommunens andel av resten",
            "gevinster",
            "Fylkeskommunens del av den besparelsen kommunen ikke har; det som er igjen, er statens. 0 er nøytralt.",
        ),
        _andel(
            "utvidet.realiserbar_andel",
            "Realiserbar andel",
            "gevinster",
            "Andelen av kommunens besparelse som frigjør budsjettmidler; resten er frigjort kapasitet. 100 % er nøytralt.",
        ),
        _andel(
            "utvidet.offentlig_andel_produksjonsgevinst",
            "Offentlig andel av produksjonsgevinsten",
            "gevinster",
            "Andelen av produksjonsgevinsten som kommer tilbake til offentlige budsjetter som skatt og lavere ytelser. 0 er nøytralt.",
        ),
        _andel(
            "utvidet.kommunal_andel_offentlig_inntekt",
            "Kommunens andel av offentlig inntekt",
            "gevinster",
            "Kommunens del av det som kommer tilbake av produksjonsgevinsten; resten er statens. 0 er nøytralt.",
        ),
    ]


#: Every scalar input of a brukergruppe, by dotted key, in the order shown to a reader.
FELT: dict[str, Felt] = {
    felt.noekkel: replace(felt, celle=felt.noekkel.removeprefix("utvidet.").replace(".", "_")) for felt in _felt()
}

PRISAAR = Felt(
    "prisaar",
    "Prisår",
    "årstall",
    "aarstall",
    FOERSTE_AAR,
    SISTE_AAR,
    "hoved",
    "Prisåret for alle beløp. Å endre det regner ikke om beløpene.",
)

INDEKSNIVAA = Felt("indeks", "Indeks", "nivå", "indeks", 0.01, 1e6, "hoved", "Indeksens nivå i et år.")
INDEKSVEKST = Felt("indeksvekst", "Vekst", "andel", "andel", -0.5, 1.0, "hoved", "Veksten fra året før.")

#: A common hourly rate, by the key of its file.
TIMESATSFELT = Felt("timesats", "Timesats", "kr per time", "beloep", 0, MAKS_BELOEP, "hoved", "Pris per time.")

#: The numbers of a tiltak: they check a file and make the rules of the cells.
TILTAKSFELT: dict[str, Felt] = {
    felt.noekkel: felt
    for felt in (
        Felt(
            "enhetskostnad", "Enhetskostnad", "kr per enhet", "beloep", 0, MAKS_BELOEP, "kostnader", "Pris per enhet."
        ),
        Felt("volum", "Volum", "enheter per gang", "mengde", 0, MAKS_BELOEP, "kostnader", "Enheter per gang."),
        Felt("ganger_per_aar", "Ganger per år", "ganger", "heltall", 1, 366, "kostnader", "1 årlig, 12 månedlig."),
    )
}
