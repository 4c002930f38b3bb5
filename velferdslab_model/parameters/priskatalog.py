"""The price catalogue: published Norwegian rates, averages and estimates, each with unit, year, payer, source and grade.

Nothing in it becomes a default by itself: somebody must choose a row. A municipality's own file of the same form is laid over it.
"""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from io import StringIO
from pathlib import Path
from typing import Any, Literal, get_args

from velferdslab_model.base.felt import FOERSTE_AAR, MAKS_BELOEP, SISTE_AAR
from velferdslab_model.base.file_reading import les_csv_fil
from velferdslab_model.base.tall import Tallfeil, fra_skrevet, kr, les_beloep, skriv_beloep, tall
from velferdslab_model.base.tekst import mente_du, normalisert, tekstfeil
from velferdslab_model.errors import KanIkkeLese, UgyldigInndata

Prisslag = Literal["sats", "regnskapstall", "anslag"]
Grad = Literal["A", "B", "C"]
Sett = Literal["hel", "utdrag", "sekundær", "beregnet", "egen"]
#: What converts a row between years: an index of the model, or G, which the catalogue itself holds.
Katalogindeks = Literal["kommunal_deflator", "loennsvekst", "kpi", "g"]
Katalogbetaler = Literal["kommune", "stat", "fylkeskommune", "borger", "arbeidsgiver", "delt", "ikke oppgitt"]

#: What a grade means to a reader.
GRADER: dict[Grad, str] = {
    "A": "offentlig kilde",
    "B": "annenhånds kilde, eller regnet ut av offentlige tall",
    "C": "gammelt eller grovt",
}
#: The serie of the base amount of the national insurance, which converts benefits and is itself no price.
GRUNNBELOEP = "g"
#: How a row was seen.
SETT: dict[Sett, str] = {
    "hel": "kilden er lest",
    "utdrag": "et utdrag av kilden er lest",
    "sekundær": "lest hos en annen enn kilden",
    "beregnet": "regnet ut av tall som er lest",
    "egen": "kommunens egen rad",
}
KATALOGKOLONNER = (
    "id", "serie", "navn", "enhet", "beloep", "prisaar", "prisaar_merknad", "betaler", "betaler_merknad", "slag",
    "overfoering", "indeks", "grad", "kilde", "dato", "sett", "forbehold",
)  # fmt: skip
#: Columns that an own file may leave out or empty.
_VALGFRIE = ("serie", "prisaar_merknad", "betaler_merknad", "sett")
#: Columns that only an own file may have: the tiltak whose price the row is held against, and how many of its units make one of the tiltak's.
_BARE_EGNE = ("tiltak", "ganger")
_ID = re.compile(r"[a-z0-9][a-z0-9_]{0,79}")
_MAKS_FIL, _MAKS_RADER, _MAKS_TEKST, _MAKS_FEIL = 1_000_000, 2000, 500, 50


@dataclass(frozen=True)
class Katalograd:
    """One published price.

    id: what a scenario chooses it by. serie: rows of the same serie are the same price in different years. beloep: kr per
    enhet, in the money of prisaar; None where the source has no year. overfoering: money that is moved and not used, no cost to society. indeks: what converts it to another
    year. forbehold: what a user must know. fil: the municipality's own file; empty for the built-in catalogue. tiltak, ganger: in an own
    file, the tiltak it is held against, and how many of its units make one of the tiltak's.
    """

    id: str
    serie: str
    navn: str
    enhet: str
    beloep: float
    prisaar: int | None
    prisaar_merknad: str
    betaler: Katalogbetaler
    betaler_merknad: str
    slag: Prisslag
    overfoering: bool
    indeks: Katalogindeks
    grad: Grad
    kilde: str
    dato: str
    sett: Sett
    forbehold: str
    fil: str = field(default="", compare=False)
    tiltak: str = ""
    ganger: float = 1.0

    @property
    def per(self) -> str:
        """The first word of the unit: time, døgn, måned, år."""
        return self.enhet.split()[0]

    @property
    def kroner(self) -> str:
        """The amount as shown: whole kroner, or with its øre."""
        return kr(self.beloep) if self.beloep == round(self.beloep) else tall(self.beloep, 2)

    @property
    def aarstekst(self) -> str:
        """The price year as shown, with what the source says more closely."""
        return self.prisaar_merknad or str(self.prisaar)


Katalog = Mapping[str, Katalograd]


def grad_av(rad: Katalograd, ganger: float) -> Grad:
    """The grade of a price made of a row: what is multiplied is computed from published figures, and no better than B."""
    return "B" if ganger != 1 and rad.grad == "A" else rad.grad


@cache
def innebygd_katalog() -> dict[str, Katalograd]:
    """The built-in rows by id. Raises UgyldigInndata when the data file breaks its own rules."""
    data = files("velferdslab_model.parameters") / "data" / "priskatalog.csv"
    return les_rader(data.read_text(encoding="utf-8"), "priskatalog.csv")


def katalogen(egne: Katalog) -> Katalog:
    """The catalogue with a municipality's own rows laid over it: one with a known id takes its place, others are added."""
    return {**innebygd_katalog(), **egne} if egne else innebygd_katalog()


def les_egne_priser(egen: str | os.PathLike[str]) -> dict[str, Katalograd]:
    """The rows of a municipality's own file. Raises KanIkkeLese, or UgyldigInndata with every fault of the file."""
    fil = Path(egen)
    if fil.suffix.lower() != ".csv":
        raise KanIkkeLese(
            f"{fil} er ikke en katalogfil: ventet .csv med kolonnene {', '.join(KATALOGKOLONNER[:6])} og så videre."
        )
    return les_rader(les_csv_fil(fil, "en katalogfil", _MAKS_FIL), fil.name, egen=True)


def som_katalogfiler(egne: Katalog) -> dict[str, str]:
    """Own rows as the text of the files they came from, by name, so that another file can carry them."""
    ut: dict[str, StringIO] = {}
    for rad in egne.values():
        if rad.fil not in ut:
            ut[rad.fil] = StringIO()
            csv.writer(ut[rad.fil], delimiter=";").writerow((*KATALOGKOLONNER, *_BARE_EGNE))
        verdier = [_celle(getattr(rad, kolonne)) for kolonne in (*KATALOGKOLONNER, *_BARE_EGNE)]
        csv.writer(ut[rad.fil], delimiter=";").writerow(verdier)
    return {fil: tekst.getvalue() for fil, tekst in ut.items()}


def fra_katalogfiler(filer: Mapping[str, str]) -> dict[str, Katalograd]:
    """Own rows from what som_katalogfiler gave. Raises UgyldigInndata for rows that break the schema."""
    return {id_: rad for fil, tekst in filer.items() for id_, rad in les_rader(str(tekst), fil, egen=True).items()}


def _celle(verdi: Any) -> str:
    if isinstance(verdi, bool):
        return "ja" if verdi else "nei"
    return skriv_beloep(verdi) if isinstance(verdi, float) else str("" if verdi is None else verdi)


def les_rader(tekst: str, fil: str, egen: bool = False) -> dict[str, Katalograd]:
    """Read rows by the schema. egen: a municipality's own file, which may leave some columns out.

    Raises UgyldigInndata with every fault, by line and column.
    """
    leser = _Leser(egen)
    rader = list(csv.reader(StringIO(tekst, newline=""), delimiter=";"))
    hode = [normalisert(navn).lower() for navn in rader[0]] if rader else []
    mangler = [kol for kol in KATALOGKOLONNER if kol not in hode and not (egen and kol in _VALGFRIE)]
    if mangler:
        raise UgyldigInndata(
            fil,
            [
                f"linje 1: mangler kolonnen {', '.join(mangler)}. Ventet {';'.join(k for k in KATALOGKOLONNER if not (egen and k in _VALGFRIE))}."
            ],
        )
    if doble := [kol for kol in (*KATALOGKOLONNER, *_BARE_EGNE) if hode.count(kol) > 1]:
        raise UgyldigInndata(fil, [f"linje 1: kolonnen {doble[0]} står {hode.count(doble[0])} ganger, ventet én gang."])
    if len(rader) > _MAKS_RADER:
        raise UgyldigInndata(fil, [f"har {len(rader)} linjer, ventet høyst {_MAKS_RADER}."])
    ut: dict[str, Katalograd] = {}
    for nummer, felter in enumerate(rader[1:], start=2):
        if not any(celle.strip() for celle in felter):
            continue
        if len(felter) != len(hode):
            leser.feil.append(
                f"linje {nummer}: har {len(felter)} felt, ventet {len(hode)}. Er det et semikolon i en tekst?"
            )
            continue
        rad = leser.rad(nummer, dict(zip(hode, felter, strict=True)), fil if egen else "")
        if rad is None:
            continue
        if rad.id in ut:
            leser.feil.append(f"linje {nummer}: id «{rad.id}» står også på en linje over. Gi raden sin egen id.")
        ut[rad.id] = rad
    if leser.feil:
        resten = len(leser.feil) - _MAKS_FEIL
        raise UgyldigInndata(fil, leser.feil[:_MAKS_FEIL] + ([f"og {resten} feil til."] if resten > 0 else []))
    return ut


@dataclass
class _Leser:
    """Reads row by row and collects what is wrong."""

    egen: bool
    feil: list[str] = field(default_factory=list)

    def rad(self, nummer: int, celler: Mapping[str, str], fil: str) -> Katalograd | None:
        foer = len(self.feil)
        verdi = {kol: normalisert(celler.get(kol, "")) for kol in (*KATALOGKOLONNER, *_BARE_EGNE)}

        def meld(kolonne: str, ventet: str) -> None:
            self.feil.append(f"linje {nummer}: {kolonne} er «{verdi[kolonne][:60]}», ventet {ventet}.")

        def ord_fra(kolonne: str, lovlige: tuple[str, ...]) -> None:
            if verdi[kolonne] not in lovlige:
                meld(kolonne, f"en av {', '.join(lovlige)}")

        if not _ID.fullmatch(verdi["id"]):
            meld("id", "små bokstaver a-z, tall og _, for eksempel stoettekontakt_asker_2025")
        for kolonne in ("navn", "enhet", "kilde", "dato", "forbehold"):
            if grunn := tekstfeil(verdi[kolonne], _MAKS_TEKST, tom_er_lovlig=False):
                self.feil.append(f"linje {nummer}: {kolonne} {grunn}.")
        for kolonne in ("prisaar_merknad", "betaler_merknad", "tiltak"):
            if grunn := tekstfeil(verdi[kolonne], _MAKS_TEKST, tom_er_lovlig=True):
                self.feil.append(f"linje {nummer}: {kolonne} {grunn}.")
        ord_fra("betaler", get_args(Katalogbetaler))
        ord_fra("slag", get_args(Prisslag))
        ord_fra("overfoering", ("ja", "nei"))
        ord_fra("indeks", get_args(Katalogindeks))
        ord_fra("grad", get_args(Grad))
        if self.egen and not verdi["sett"]:
            verdi["sett"] = "egen"
        ord_fra("sett", get_args(Sett))
        beloep = self._beloep(verdi["beloep"])
        if beloep is None:
            meld("beloep", "et beløp over 0 i kroner, for eksempel 529900 eller 144,62")
        ganger = self._ganger(verdi["ganger"])
        if ganger is None:
            meld("ganger", "et antall over 0, for eksempel 12, eller ingenting")
        elif ganger != 1 and not verdi["tiltak"]:
            meld("ganger", "også navnet på et tiltak i kolonnen tiltak")
        aar = self._aar(verdi["prisaar"])
        if aar == 0:
            meld("prisaar", f"et årstall fra {FOERSTE_AAR} til {SISTE_AAR}")
        elif aar is None and not verdi["prisaar_merknad"]:
            meld("prisaar", "et årstall, eller en prisaar_merknad som sier hvorfor det mangler")
        if len(self.feil) > foer:
            return None
        assert beloep is not None  # a None above has left a message
        assert ganger is not None  # the same
        return Katalograd(
            id=verdi["id"],
            serie=verdi["serie"] or re.sub(r"_\d{4}$", "", verdi["id"]),
            navn=verdi["navn"],
            enhet=verdi["enhet"],
            beloep=beloep,
            prisaar=aar,
            prisaar_merknad=verdi["prisaar_merknad"],
            betaler=verdi["betaler"],  # type: ignore[arg-type]  # checked above, as the words below
            betaler_merknad=verdi["betaler_merknad"],
            slag=verdi["slag"],  # type: ignore[arg-type]
            overfoering=verdi["overfoering"] == "ja",
            indeks=verdi["indeks"],  # type: ignore[arg-type]
            grad=verdi["grad"],  # type: ignore[arg-type]
            kilde=verdi["kilde"],
            dato=verdi["dato"],
            sett=verdi["sett"],  # type: ignore[arg-type]
            forbehold=verdi["forbehold"],
            fil=fil,
            tiltak=verdi["tiltak"],
            ganger=ganger,
        )

    @staticmethod
    def _beloep(tekst: str) -> float | None:
        try:
            beloep = les_beloep(tekst) if tekst else 0.0
        except Tallfeil:
            return None
        return beloep if 0 < beloep <= MAKS_BELOEP else None

    @staticmethod
    def _ganger(tekst: str) -> float | None:
        try:
            ganger = fra_skrevet(tekst) if tekst else 1.0
        except ValueError:
            return None
        return ganger if 0 < ganger <= MAKS_BELOEP else None

    @staticmethod
    def _aar(tekst: str) -> int | None:
        """The year; None when the cell is empty, 0 when it holds no year."""
        if not tekst:
            return None
        lovlig = re.fullmatch(r"[0-9]{4}", tekst) and FOERSTE_AAR <= int(tekst) <= SISTE_AAR
        return int(tekst) if lovlig else 0


def finn_rad(katalog: Katalog, id_: str) -> Katalograd | str:
    """The row of an id, or what is wrong with the id, as the end of a sentence."""
    if id_ in katalog:
        return katalog[id_]
    return (
        f"er «{id_[:80]}», som ikke finnes i priskatalogen.{mente_du(id_[:80], katalog)} Søk med «velferdslab katalog»."
    )
