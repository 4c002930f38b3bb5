"""Lay a price list over a scenario: what changes, what stays, and what a price without a new source is called."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from velferdslab_model.base.felt import MAKS_TEKST
from velferdslab_model.base.tekst import tekstfeil
from velferdslab_model.parameters.kilder import med_opphav
from velferdslab_model.parameters.prisaar import Oppgitt, tiltaksindeks
from velferdslab_model.parameters.tidligere import er_samme_kilde, er_standardkilde, er_tidligere_tekst
from velferdslab_model.parameters.typer import Tiltak
from velferdslab_model.parameters.validation import vis
from velferdslab_model.prisliste.reading import les_tabell
from velferdslab_model.prisliste.rows import Prisrad, les_prisrader, uten_merknader

#: A smaller difference, relative to the price, is what Excel rounds away in a CSV file; nobody types it.
_LIKE = 1e-8
_MAKS_FILNAVN = 100


#: So many notes under the prices are named.
_VISTE = 3


@dataclass(frozen=True)
class Prisendring:
    """A scenario with a price list laid over it.

    endret, uendret: how many prices. egne: how many of the changed ones have no new source. nye_kilder: how many
    sources changed under an unchanged price. utenfor: tiltak of the scenario that are not in the list and keep their
    price. aar: the years of the changed prices. ubrukte: columns of the list that mean nothing. merknader: rows under the prices that were passed by.
    eldre_ord: how many sources are the defaults' in the words of an earlier version. datoer: «sist endret»
    by group and name of the tiltak. foer: the scenario without the list.
    """

    oppgitt: Oppgitt
    fil: str
    endret: int
    uendret: int
    egne: int
    nye_kilder: int
    utenfor: int
    aar: tuple[int, ...]
    ubrukte: tuple[str, ...]
    merknader: tuple[str, ...]
    eldre_ord: int
    datoer: Mapping[tuple[str, str], date]
    foer: Oppgitt

    def melding(self) -> str:
        """What the list did, in one line for the user."""
        deler = [f"{_antall(self.endret, 'pris', 'priser')} endret{self._hvordan()}", f"{self.uendret} uendret"]
        if self.nye_kilder:
            deler.append(f"{_antall(self.nye_kilder, 'ny kilde', 'nye kilder')} til uendret pris")
        if self.utenfor:
            deler.append(f"{self.utenfor} tiltak er ikke i listen og beholder prisen")
        slutt = "".join(f" Kolonnen {vis(navn).removeprefix('teksten ')} brukes ikke." for navn in self.ubrukte[:5])
        if self.merknader:
            flere = f" og {len(self.merknader) - _VISTE} rader til" if len(self.merknader) > _VISTE else ""
            slutt += f" Under prisene er {', '.join(self.merknader[:_VISTE])}{flere} ikke lest som priser."
        if self.eldre_ord:
            slutt += f" {om_eldre_ord(self.eldre_ord)}"
        return f"Prisliste {self.fil}: {', '.join(deler)}.{slutt}"

    def _hvordan(self) -> str:
        deler = [f"i {'- og '.join(map(str, self.aar))}-kroner"] if self.aar else []
        if self.egne:
            deler.append(f"{self.egne} uten ny kilde, regnes som antakelse")
        return f" ({', '.join(deler)})" if deler else ""


def legg_over(oppgitt: Oppgitt, priser: str | os.PathLike[str], prisaar: int | None = None) -> Prisendring:
    """Lay the prices of a list over a scenario as given. prisaar: the year all will be converted to, if not its own."""
    tabell = uten_merknader(les_tabell(Path(priser)), oppgitt)
    rader = les_prisrader(tabell, oppgitt, prisaar or oppgitt.maalaar)
    uten_kilde = _uten_kilde(tabell.fil)
    nye: dict[tuple[str, str], Tiltak] = {}
    aar: dict[tuple[str, str], int] = {}
    egne = nye_kilder = 0
    for rad in rader:
        sted = rad.gruppe, rad.tiltak.navn
        kilde = _ny_kilde(rad)
        if _samme_pris(rad, oppgitt):
            if kilde is not None:
                nye[sted] = replace(_med_kilde(rad.tiltak, kilde), betaler=rad.betaler or rad.tiltak.betaler)
                nye_kilder += 1
            continue
        egne += kilde is None
        # A price of its own takes the place of the common hourly rate.
        nye[sted] = replace(
            _med_kilde(rad.tiltak, kilde or uten_kilde),
            enhetskostnad=rad.enhetskostnad,
            timesats="",
            betaler=rad.betaler or rad.tiltak.betaler,
        )
        aar[sted] = rad.prisaar
    grupper = {
        gruppe: replace(g, tiltak=tuple(nye.get((gruppe, t.navn), t) for t in g.tiltak))
        for gruppe, g in oppgitt.grupper.items()
    }
    prisaar_ = {
        gruppe: {**gamle, **{f"tiltak.{navn}": a for (g, navn), a in aar.items() if g == gruppe}}
        for gruppe, gamle in oppgitt.prisaar.items()
    }
    return Prisendring(
        oppgitt=replace(oppgitt, grupper=grupper, prisaar=prisaar_),
        fil=tabell.fil,
        endret=len(aar),
        uendret=len(rader) - len(aar),
        egne=egne,
        nye_kilder=nye_kilder,
        utenfor=sum(len(g.tiltak) for g in oppgitt.grupper.values()) - len(rader),
        aar=tuple(sorted(set(aar.values()))),
        ubrukte=tabell.ubrukte,
        merknader=tabell.merknader,
        eldre_ord=antall_eldre_ord(rader),
        datoer=_datoer(rader),
        foer=oppgitt,
    )


def _med_kilde(t: Tiltak, kilde: str) -> Tiltak:
    """A tiltak with another source of its price; what it said of the volumes, it still says of them."""
    return replace(t, kilde=kilde, volumkilde=t.kilde_til_volum)


def _samme_pris(rad: Prisrad, oppgitt: Oppgitt) -> bool:
    """Whether the price is the scenario's own, in its year or, by the index, in another (a list from before)."""
    gammel, pris = rad.tiltak.enhetskostnad, rad.enhetskostnad
    aar = oppgitt.prisaar[rad.gruppe][f"tiltak.{rad.tiltak.navn}"]
    if rad.prisaar != aar:
        _, serie = tiltaksindeks(oppgitt.indekser)
        if rad.prisaar not in serie or aar not in serie:
            return False
        pris *= serie[aar] / serie[rad.prisaar]
    return abs(pris - gammel) <= _LIKE * gammel


def _ny_kilde(rad: Prisrad) -> str | None:
    """The source the row gives for its price; None when it only repeats what stood there for another price."""
    if not rad.kilde:
        return None
    kilde = med_opphav(rad.kilde)
    navn = rad.tiltak.navn
    # A default's own source stands in a list made before the scenario changed, and says nothing of another number.
    gammel = er_standardkilde(rad.gruppe, navn, kilde) or er_samme_kilde(rad.gruppe, navn, kilde, rad.tiltak.kilde)
    return None if gammel else kilde


def antall_eldre_ord(rader: Sequence[Prisrad]) -> int:
    """How many sources an earlier version worded so, and nobody has changed."""
    return sum(
        er_tidligere_tekst(rad.gruppe, rad.tiltak.navn, "kilde", rad.kilde)
        and rad.kilde != rad.tiltak.kilde
        and er_samme_kilde(rad.gruppe, rad.tiltak.navn, rad.kilde, rad.tiltak.kilde)
        for rad in rader
    )


def om_eldre_ord(antall: int) -> str:
    """What is said of them, in a sentence."""
    return f"Fra en tidligere versjon, og ingen endring: {_antall(antall, 'kilde', 'kilder')} med annen ordlyd."


def _uten_kilde(fil: str) -> str:
    """What a price from the list is called when nobody has said where it comes from."""
    if tekstfeil(fil, MAKS_TEKST, tom_er_lovlig=False) or len(fil) > _MAKS_FILNAVN:
        return "antakelse: prisliste, uten oppgitt kilde"
    return f"antakelse: prisliste {fil}, uten oppgitt kilde"


def _datoer(rader: Sequence[Prisrad]) -> dict[tuple[str, str], date]:
    return {(rad.gruppe, rad.tiltak.navn): rad.sist_endret for rad in rader if rad.sist_endret}


def _antall(antall: int, en: str, flere: str) -> str:
    return f"{antall} {en if antall == 1 else flere}"
