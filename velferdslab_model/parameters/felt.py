"""The one table of inputs: key, label, unit, legal range and tab of every number a user may set.

Scenario files, defined names, validation in cells, reading back and the source register all follow it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from velferdslab_model.parameters.typer import (
    LIVSSITUASJONER,
    MAKS_ANALYSEPERIODE,
    SITUASJONSNAVN,
    UTGANGSSITUASJONER,
)

Fane = Literal["hoved", "kostnader", "gevinster"]
Slag = Literal["heltall", "aarstall", "andel", "antall", "beloep", "mengde", "indeks"]

MAKS_BELOEP = 1e12
FOERSTE_AAR, SISTE_AAR = 1990, 2100
#: A smaller intake is taken for a typing error; 0 is allowed.
MINSTE_INNTAK = 0.01


@dataclass(frozen=True)
class Felt:
    """One input number.

    noekkel: dotted key in the group's table of a scenario file. minst, mest: legal range, both ends included.
    fane: the tab of the group that holds the cell. hjelp: what it means, for the message beside the cell.
    """

    noekkel: str
    tekst: str
    enhet: str
    slag: Slag
    minst: float
    mest: float
    fane: Fane
    hjelp: str

    @property
    def navn(self) -> str:
        """Name of the cell in a workbook, without the group's prefix."""
        return self.noekkel.removeprefix("utvidet.").replace(".", "_")

    @property
    def heltall(self) -> bool:
        """Whether only whole numbers are legal."""
        return self.slag in ("heltall", "aarstall")

    @property
    def ventet(self) -> str:
        """What is expected, as the end of the sentence «ventet ...»."""
        if self.slag == "andel":
            return f"en andel mellom {tall(self.minst)} og {tall(self.mest)}"
        if self.slag == "antall":
            return f"0, eller minst {tall(MINSTE_INNTAK)}"
        if self.slag == "beloep":
            return "et beløp i kroner fra 0 til 1 000 milliarder"
        if self.slag == "mengde":
            return "et tall fra 0 til 1 000 milliarder"
        if self.slag == "indeks":
            return f"et tall fra {tall(self.minst)} til {tall(self.mest)}"
        return f"et helt tall fra {tall(self.minst)} til {tall(self.mest)}"

    def er_lovlig(self, verdi: float) -> bool:
        """Whether a number is finite and inside the legal range."""
        if not (math.isfinite(verdi) and self.minst <= verdi <= self.mest):
            return False
        if self.heltall and verdi != int(verdi):
            return False
        return self.slag != "antall" or verdi == 0 or verdi >= MINSTE_INNTAK


def tall(verdi: float) -> str:
    """A number as it is written in a scenario file: 0.8, 10, 1120000."""
    return f"{verdi:.15g}"


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
            "utvidet.realiserbar_andel",
            "Realiserbar andel",
            "gevinster",
            "Andelen av kommunens besparelse som frigjør budsjettmidler; resten er frigjort kapasitet. 100 % er nøytralt.",
        ),
    ]


#: Every scalar input of a brukergruppe, by dotted key, in the order shown to a reader.
FELT: dict[str, Felt] = {felt.noekkel: felt for felt in _felt()}

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
