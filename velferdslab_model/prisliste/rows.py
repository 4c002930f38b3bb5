"""The rows of a price list as prices of a scenario. Every fault of the list is reported in one go."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from velferdslab_model.base.celleverdi import Datotall, Feilverdi, celletekst, raad_om_dato, vis_celle
from velferdslab_model.base.felt import FOERSTE_AAR, MAKS_NAVN, MAKS_TEKST, SISTE_AAR, Felt
from velferdslab_model.base.ord import BRUKERGRUPPER
from velferdslab_model.base.tall import Tallfeil, antall, femten_siffer, les_beloep
from velferdslab_model.base.tekst import mente_du, normalisert, sammenligningsnavn, tekstfeil
from velferdslab_model.errors import UgyldigInndata
from velferdslab_model.katalog.avstand import ganger_for
from velferdslab_model.parameters.felt import PRISAAR, TILTAKSFELT
from velferdslab_model.parameters.katalogvalg import GANGER, velg_pris
from velferdslab_model.parameters.prisaar import Oppgitt, beloepsindeks
from velferdslab_model.parameters.priskatalog import Katalog, finn_rad, katalogen
from velferdslab_model.parameters.typer import Betaler
from velferdslab_model.parameters.validation import vis
from velferdslab_model.prisliste.priser import (
    BLOKKER,
    FELLESGRUPPE,
    GRUPPER_I_LISTEN,
    Listepris,
    er_samme_beloep,
    listepriser,
)
from velferdslab_model.prisliste.reading import uten_apostrof
from velferdslab_model.prisliste.table import KATALOGKOLONNE, Listerad, Priscelle, Pristabell
from velferdslab_model.workbook.cells import datoen
from velferdslab_model.workbook.numberformat import er_prosent, fremmed_valuta

#: No reader mends more than this in one go.
_MAKS_FEIL = 100
_GRUPPENAVN = {
    sammenligningsnavn(navn): noekkel
    for noekkel, vist in GRUPPER_I_LISTEN.items()
    for navn in (noekkel, vist, noekkel.replace("_", " "))
}
_TITLER = {sammenligningsnavn(tekst): blokk for blokk, tekst in BLOKKER.items()}


@dataclass(frozen=True)
class Prisrad:
    """One row of the list: what it says of a price. enhetskostnad: kr per unit, in the money of prisaar.

    pris: the price as the scenario has it. kilde: as written, empty when nothing is. betaler: who pays by the catalogue,
    where the price was taken from it.
    """

    nummer: int
    pris: Listepris
    enhetskostnad: float
    prisaar: int
    kilde: str
    sist_endret: date | None
    betaler: Betaler | None = None


def uten_merknader(tabell: Pristabell, oppgitt: Oppgitt) -> Pristabell:
    """The list without its headings of blocks, and without the notes and sums that stand under the last price of one.

    merknader tells which rows those are.
    """
    priser, forbigaatt = listepriser(oppgitt), []
    blokker: list[list[Listerad]] = [[]]
    titler: dict[int, str] = {}
    for rad in tabell.rader:
        if tittel := _tittel(rad):
            titler[rad.nummer] = tittel
            blokker.append([])
        else:
            blokker[-1].append(rad)
    # The first row of a list is a price, whatever it looks like.
    igjen = sum(map(len, blokker))
    for blokk in blokker:
        while blokk and igjen > 1 and _er_merknad(blokk[-1], priser):
            forbigaatt.append(blokk.pop())
            igjen -= 1
    merknader = tuple(f"rad {rad.nummer} ({_begynnelse(rad)})" for rad in sorted(forbigaatt, key=lambda r: r.nummer))
    return replace(tabell, rader=tuple(rad for blokk in blokker for rad in blokk), merknader=merknader, titler=titler)


def _tittel(rad: Listerad) -> str | None:
    """The block a row is the heading of."""
    return _TITLER.get(sammenligningsnavn(str(rad["gruppe"].verdi or ""))) if len(rad.celler) == 1 else None


def _er_merknad(rad: Listerad, priser: Sequence[Listepris]) -> bool:
    """Whether a row is about no price: it has no group, or no tiltak, and nothing like the name of one."""
    gruppe, tiltak = rad["gruppe"], rad["tiltak"]
    if not (gruppe.tom or tiltak.tom) or any(isinstance(c.verdi, Feilverdi) for c in rad.celler.values()):
        return False
    if sammenligningsnavn(str(gruppe.verdi or "")) in _GRUPPENAVN:
        return False
    navn = normalisert(str(tiltak.verdi or ""))[:MAKS_NAVN]
    kjente = [pris.navn for pris in priser]
    lik = any(sammenligningsnavn(navn) == sammenligningsnavn(k) for k in kjente)
    return not (navn and (lik or mente_du(navn, kjente)))


def _begynnelse(rad: Listerad) -> str:
    """The first cell of a row, for a message."""
    return vis_celle(next(c.verdi for c in rad.celler.values()))


def les_prisrader(tabell: Pristabell, oppgitt: Oppgitt, i_prisaar: int) -> tuple[Prisrad, ...]:
    """Read the rows as prices of a scenario. i_prisaar: the year they will be converted to.

    Raises UgyldigInndata with every fault of the list.
    """
    leser = _Leser(oppgitt, listepriser(oppgitt), i_prisaar, katalogen({**oppgitt.egne_priser, **tabell.egne_priser}))
    rader = [rad for raa in tabell.rader if (rad := leser.rad(raa))]
    if leser.feil:
        resten = len(leser.feil) - _MAKS_FEIL
        flere = [f"og {resten} feil til."] if resten > 0 else []
        raise UgyldigInndata(tabell.fil, leser.feil[:_MAKS_FEIL] + flere)
    return tuple(rader)


def finn_pris(rad: Listerad, priser: Sequence[Listepris]) -> Listepris | None:
    """The price that a row is about; None when it is none of the scenario's."""
    gruppe = _gruppe(rad["gruppe"])
    return None if gruppe is None else _prisen(rad, priser, gruppe)


def _tekst(celle: Priscelle) -> str:
    """The text of a cell, read as the cells of a workbook are; a number as a Norwegian writes it."""
    return normalisert(str(celletekst(celle.verdi)))


def _gruppe(celle: Priscelle) -> str | None:
    return _GRUPPENAVN.get(sammenligningsnavn(celle.verdi)) if isinstance(celle.verdi, str) else None


def _prisen(rad: Listerad, priser: Sequence[Listepris], gruppe: str) -> Listepris | None:
    navn = _tekst(rad["tiltak"])
    # A CSV file saved as .xlsx has kept the apostrophe that made a text of a formula.
    navnene = {sammenligningsnavn(navn), sammenligningsnavn(uten_apostrof(navn))}
    like = [pris for pris in priser if pris.gruppe == gruppe and sammenligningsnavn(pris.navn) in navnene]
    # A tiltak may have the name of another amount; then «kategori» tells which is meant, if anything does.
    kategori = sammenligningsnavn(str(rad["kategori"].verdi or ""))
    return next((pris for pris in like if pris.kategori == kategori), like[0] if like else None)


@dataclass
class _Leser:
    """Reads row by row and collects what is wrong."""

    oppgitt: Oppgitt
    priser: Sequence[Listepris]
    i_prisaar: int
    katalog: Katalog
    feil: list[str] = field(default_factory=list)
    sett: dict[tuple[str, str], int] = field(default_factory=dict)

    def rad(self, rad: Listerad) -> Prisrad | None:
        gruppe = self.gruppe(rad)
        pris = self.pris(rad, gruppe)
        foer = len(self.feil)
        self.feilverdier(rad)
        hvor = f"rad {rad.nummer}" + (f" («{pris.navn}»)" if pris else "")
        beloep = self.beloep(hvor, rad["enhetskostnad"], pris.felt if pris else TILTAKSFELT["enhetskostnad"])
        aar = self.aar(hvor, rad["prisår"])
        kilde = self.kilde(hvor, rad["kilde"])
        endret = self.dato(hvor, rad["sist endret"])
        if pris is None:
            return None
        self.faste(hvor, rad, pris)
        if beloep is None or aar is None or kilde is None or len(self.feil) > foer:
            return None
        if not rad[KATALOGKOLONNE].tom:
            return self.fra_katalogen(hvor, rad, pris, beloep, endret)
        self.indeks(hvor, pris, beloep, aar or pris.prisaar)
        return Prisrad(rad.nummer, pris, beloep, aar or pris.prisaar, kilde, endret)

    def fra_katalogen(
        self, hvor: str, rad: Listerad, pris: Listepris, beloep: float, endret: date | None
    ) -> Prisrad | None:
        """The price of the row of the catalogue that was chosen."""
        hva = f"{hvor}: {KATALOGKOLONNE}"
        if pris.tiltak is None:
            self.feil.append(f"{hva} er {_vis(rad[KATALOGKOLONNE])}, men gjelder bare tiltak. Tøm cellen.")
            return None
        funnet = finn_rad(self.katalog, _tekst(rad[KATALOGKOLONNE]))
        if isinstance(funnet, str):
            self.feil.append(f"{hva} {funnet}")
            return None
        ganger = ganger_for(pris.gruppe, pris.tiltak, funnet.id, self.katalog)
        valgt = velg_pris(funnet, ganger, pris.tiltak.kostnadsdriver)
        if isinstance(valgt, str):
            raad = " Det gjøres i scenariofilen." if GANGER in valgt else ""
            self.feil.append(f"{hva} er {valgt}{raad}")
            return None
        if not er_samme_beloep(beloep, pris.beloep) and beloep != valgt.enhetskostnad:
            self.feil.append(
                f"{hva} er «{funnet.id}», men enhetskostnad er også endret, fra {antall(pris.beloep, 15)} til "
                f"{antall(beloep, 15)}. Behold det ene: la prisen stå som den var, eller tøm {KATALOGKOLONNE}."
            )
            return None
        self.indeks(hvor, pris, valgt.enhetskostnad, valgt.prisaar)
        return Prisrad(rad.nummer, pris, valgt.enhetskostnad, valgt.prisaar, valgt.kilde, endret, valgt.betaler)

    def feilverdier(self, rad: Listerad) -> None:
        """An error is no word, no name and no source, whatever letters it has; those of other columns are told there."""
        for kolonne in ("tiltak", "kilde", "kategori", "enhet", "betaler", KATALOGKOLONNE):
            if isinstance(rad[kolonne].verdi, Feilverdi):
                self.feil.append(f"rad {rad.nummer}: {kolonne} er {_vis(rad[kolonne])}. Rett formelen i cellen.")

    def gruppe(self, rad: Listerad) -> str | None:
        celle = rad["gruppe"]
        if funnet := _gruppe(celle):
            return funnet
        grupper = GRUPPER_I_LISTEN.values()
        ventet = " eller ".join(f"«{navn}»" for navn in BRUKERGRUPPER.values())
        forslag = mente_du(celle.verdi[:MAKS_NAVN], grupper) if isinstance(celle.verdi, str) else ""
        sats = f" («{GRUPPER_I_LISTEN[FELLESGRUPPE]}» for en felles timesats)"
        self.feil.append(f"rad {rad.nummer}: gruppe er {_vis(celle)}, ventet {ventet}{sats}.{forslag}")
        return None

    def pris(self, rad: Listerad, gruppe: str | None) -> Listepris | None:
        """The price of the scenario that the row is about."""
        celle = rad["tiltak"]
        if celle.tom:
            self.feil.append(f"rad {rad.nummer}: tiltak er tom, ventet navnet på et tiltak.")
            return None
        if gruppe is None:
            return None
        funnet = _prisen(rad, self.priser, gruppe)
        if funnet is None:
            self.feil.append(f"rad {rad.nummer}: {self._ukjent(_tekst(celle), gruppe)}")
            return None
        foerste = self.sett.setdefault(funnet.sted, rad.nummer)
        if foerste != rad.nummer:
            hva = "tiltaket " if funnet.tiltak else ""
            self.feil.append(
                f"rad {rad.nummer}: {hva}«{funnet.navn}» i {funnet.gruppenavn} står også i rad {foerste}. "
                "Behold én av radene."
            )
        return funnet

    def _ukjent(self, navn: str, gruppe: str) -> str:
        forslag = ""
        if len(self.feil) < _MAKS_FEIL and len(navn) <= MAKS_NAVN:
            forslag = mente_du(navn, [pris.navn for pris in self.priser if pris.gruppe == gruppe])
        andre = [
            pris.gruppenavn
            for pris in self.priser
            if pris.gruppe != gruppe and sammenligningsnavn(navn) == sammenligningsnavn(pris.navn)
        ]
        if andre:
            forslag = f" Det finnes i {andre[0]}."
        vist = vis(navn).removeprefix("teksten ")
        if gruppe == FELLESGRUPPE:
            forslag = forslag or (
                " En ny sats føres i en tom rad under Felles timesatser på Introduksjonsark i arbeidsboken, eller i scenariofilen "
                "under [timesatser]."
            )
            return f"{vist} er ikke en felles timesats i dette scenariet.{forslag}"
        # A price alone does not make a tiltak: how much of it, how often and who pays stand elsewhere.
        forslag = forslag or (
            f" Et nytt tiltak føres i en tom rad på fanen {BRUKERGRUPPER[gruppe]} | Kostnader i arbeidsboken, eller i scenariofilen under "
            f"[[{gruppe}.tiltak]]."
        )
        return f"{vist} er ikke et tiltak i {BRUKERGRUPPER[gruppe]} i dette scenariet.{forslag}"

    def beloep(self, hvor: str, celle: Priscelle, felt: Felt) -> float | None:
        hva = f"{hvor}: enhetskostnad"
        if celle.tom:
            self.feil.append(
                f"{hva} er tom, ventet {felt.ventet_i_celle}. Skriv den gamle prisen hvis den ikke skal endres."
            )
            return None
        verdi = celle.verdi
        if isinstance(verdi, str) and not isinstance(verdi, Feilverdi):
            try:
                verdi = les_beloep(verdi)
            except Tallfeil as feil:
                self.feil.append(f"{hva} er {vis(celle.verdi).replace('teksten ', '')}, {feil}")
                return None
        elif feil_ := _ikke_kroner(celle):
            self.feil.append(f"{hva} {feil_}")
            return None
        return self._lovlig(hva, celle, verdi, felt)

    def aar(self, hvor: str, celle: Priscelle) -> int | None:
        """The price year; 0 when the cell is empty, which means the scenario's own year for the tiltak."""
        if celle.tom:
            return 0
        verdi = celle.verdi
        if isinstance(verdi, str):
            verdi = int(verdi) if re.fullmatch(r"\s*[0-9]{4}\s*", verdi) else verdi
        aar = self._lovlig(f"{hvor}: prisår", celle, verdi, PRISAAR)
        return None if aar is None else int(aar)

    def _lovlig(self, hva: str, celle: Priscelle, verdi: Any, felt: Felt) -> float | None:
        er_tall = isinstance(verdi, int | float) and not isinstance(verdi, bool)
        avrundet = femten_siffer(float(verdi)) + 0.0 if er_tall else -1.0
        if not er_tall or not felt.er_lovlig(avrundet):
            raad = raad_om_dato(verdi) if felt is PRISAAR and not celle.dato else ""
            self.feil.append(f"{hva} er {_vis(celle)}, ventet {felt.ventet_i_celle}.{raad}")
            return None
        return avrundet

    def kilde(self, hvor: str, celle: Priscelle) -> str | None:
        tekst = _tekst(celle)
        if feil := tekstfeil(tekst, MAKS_TEKST, tom_er_lovlig=True):
            self.feil.append(f"{hvor}: kilde {feil}.")
            return None
        return tekst

    def dato(self, hvor: str, celle: Priscelle) -> date | None:
        if celle.tom:
            return None
        if (dato := _dato(celle)) and FOERSTE_AAR <= dato.year <= SISTE_AAR:
            return dato
        self.feil.append(f"{hvor}: sist endret er {_vis(celle)}, ventet en dato, for eksempel 31.01.2025.")
        return None

    def faste(self, hvor: str, rad: Listerad, pris: Listepris) -> None:
        """Columns that only tell what the price is for: a change there would be lost, so it is refused."""
        for kolonne, ventet in (("kategori", pris.kategori), ("enhet", pris.enhet), ("betaler", pris.betaler)):
            celle = rad[kolonne]
            if not celle.tom and sammenligningsnavn(_tekst(celle)) != sammenligningsnavn(ventet):
                var = f"er «{ventet}»" if ventet else "står tom"
                self.feil.append(
                    f"{hvor}: {kolonne} er {_vis(celle)}, men {var} i scenariet. "
                    "En prisliste endrer bare enhetskostnad, prisår og kilde; resten endres i scenariet."
                )

    def indeks(self, hvor: str, pris: Listepris, beloep: float, aar: int) -> None:
        navn, serie = beloepsindeks(pris.noekkel, self.oppgitt.indekser)
        if aar != self.i_prisaar and beloep and aar not in serie and self.i_prisaar in serie:
            self.feil.append(
                f"{hvor}: prisår er {aar}, men indeksen {navn} dekker bare {min(serie)}-{max(serie)}, så prisen kan ikke "
                f"regnes om til {self.i_prisaar}. Oppgi tallet for {aar} under [indekser.{navn}] i scenariofilen."
            )


def _vis(celle: Priscelle) -> str:
    """A cell as it is named in a message."""
    verdi = celle.verdi
    if celle.dato and isinstance(verdi, int | float):
        return vis_celle(Datotall(verdi, celle.dato))
    return "tom" if celle.tom else vis_celle(verdi)


def _ikke_kroner(celle: Priscelle) -> str | None:
    """Why a cell that is no text is no amount in kroner, as the end of a sentence, or None."""
    if celle.dato:
        return f"er {_vis(celle)}. Excel har tolket det som en dato; formater cellen som tall og skriv prisen på nytt."
    if er_prosent(celle.format):
        return f"er formatert som prosent ({_vis(celle)}), ventet prisen i kroner. Formater cellen som tall."
    if fremmed := fremmed_valuta(celle.format):
        return f"er formatert i en annen valuta ({fremmed}), ventet norske kroner. Regn om beløpet."
    return None


def _dato(celle: Priscelle) -> date | None:
    """A date, as a cell or a text gives it."""
    verdi = celle.verdi
    if celle.dato:
        return celle.dato
    if isinstance(verdi, int | float) and not isinstance(verdi, bool) and 0 < verdi < 100_000:
        return datoen(verdi)
    if isinstance(verdi, str):
        for form in ("%d.%m.%Y", "%Y-%m-%d", "%d.%m.%y", "%d/%m/%Y"):
            try:
                return datetime.strptime(verdi.strip(), form).date()
            except ValueError:
                continue
    return None
