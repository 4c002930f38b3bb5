"""Lay a price list over a scenario: what changes, what stays, and what a price without a new source is called."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from velferdslab_model.base.felt import MAKS_TEKST
from velferdslab_model.base.tekst import tekstfeil
from velferdslab_model.parameters.avledet import AVLEDEDE, foelg, hele_kroner, med_satser, med_tall
from velferdslab_model.parameters.kilder import med_opphav
from velferdslab_model.parameters.prisaar import BELOEP, Oppgitt, beloepsindeks
from velferdslab_model.parameters.tidligere import er_samme_kilde, er_standardkilde, er_tidligere_kilde
from velferdslab_model.parameters.typer import Betaler, Tiltak
from velferdslab_model.parameters.usikkerhet import TIMESATS
from velferdslab_model.parameters.validation import vis
from velferdslab_model.prisliste.priser import FELLESGRUPPE, er_samme_beloep
from velferdslab_model.prisliste.reading import les_tabell
from velferdslab_model.prisliste.rows import Prisrad, les_prisrader, uten_merknader

#: A smaller difference, relative to the price, is what Excel rounds away in a CSV file; nobody types it.
_LIKE = 1e-8
_MAKS_FILNAVN = 100


#: So many notes under the prices are named.
_VISTE = 3
#: Group and key of a price of the list.
Prissted = tuple[str, str]


@dataclass(frozen=True)
class Prisendring:
    """A scenario with a price list laid over it.

    endret, uendret: how many prices. egne: how many of the changed ones have no new source. nye_kilder: how many
    sources changed under an unchanged price. utenfor: tiltak of the scenario that are not in the list and keep their
    price. aar: the years of the changed prices. ubrukte: columns of the list that mean nothing. merknader: rows under the prices that were passed by.
    eldre_ord: how many sources are the defaults' in the words of an earlier version. datoer: «sist endret»
    by group and key of the price. foer: the scenario without the list.
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
    nye, kilder = dict[Prissted, Prisrad](), dict[Prissted, str]()
    egne = nye_kilder = 0
    i_listen = {rad.pris.sted: rad for rad in rader}
    for rad in rader:
        sted, kilde = rad.pris.sted, _ny_kilde(rad)
        if _samme_pris(rad, oppgitt) or foelger_listen(rad, oppgitt, i_listen):
            if kilde is not None:
                kilder[sted] = kilde
                nye_kilder += 1
            continue
        egne += kilde is None
        nye[sted], kilder[sted] = rad, kilde or uten_kilde
    tiltak = {rad.pris.sted for rad in rader if rad.pris.tiltak}
    return Prisendring(
        oppgitt=_lagt_over(
            replace(oppgitt, egne_priser={**oppgitt.egne_priser, **tabell.egne_priser}),
            nye,
            kilder,
            {rad.pris.sted: rad.betaler for rad in rader if rad.betaler},
        ),
        fil=tabell.fil,
        endret=len(nye),
        uendret=len(rader) - len(nye),
        egne=egne,
        nye_kilder=nye_kilder,
        utenfor=sum(len(g.tiltak) for g in oppgitt.grupper.values()) - len(tiltak),
        aar=tuple(sorted({rad.prisaar for rad in nye.values()})),
        ubrukte=tabell.ubrukte,
        merknader=tabell.merknader,
        eldre_ord=antall_eldre_ord(rader),
        datoer={rad.pris.sted: rad.sist_endret for rad in rader if rad.sist_endret},
        foer=oppgitt,
    )


def _lagt_over(
    oppgitt: Oppgitt,
    nye: Mapping[Prissted, Prisrad],
    kilder: Mapping[Prissted, str],
    betalere: Mapping[Prissted, Betaler],
) -> Oppgitt:
    """The scenario with new prices and sources in it; what follows one of them follows the new one."""
    satser, satsaar = [], dict(oppgitt.timesats_aar)
    for sats in oppgitt.timesatser:
        sted = FELLESGRUPPE, f"{TIMESATS}{sats.navn}"
        kr = nye[sted].enhetskostnad if sted in nye else sats.kr
        satser.append(replace(sats, kr=kr, kilde=kilder.get(sted, sats.kilde)))
        satsaar[sats.navn] = nye[sted].prisaar if sted in nye else satsaar[sats.navn]
    grupper, prisaar = {}, {}
    for gruppe, g in oppgitt.grupper.items():
        tiltak = (_tiltak(t, (gruppe, f"tiltak.{t.navn}"), nye, kilder) for t in g.tiltak)
        betaler = [betalere.get((gruppe, f"tiltak.{t.navn}"), t.betaler) for t in g.tiltak]
        ny = replace(g, tiltak=tuple(replace(t, betaler=b) for t, b in zip(tiltak, betaler, strict=True)))
        aar = dict(oppgitt.prisaar[gruppe])
        for noekkel in BELOEP:
            sted = gruppe, noekkel
            if sted in kilder:
                ny = replace(ny, kilder={**ny.kilder, noekkel: kilder[sted]})
            if sted in nye:
                ny = med_tall(replace(ny, avledet=ny.avledet - {noekkel}), noekkel, nye[sted].enhetskostnad)
        aar |= {noekkel: rad.prisaar for (der, noekkel), rad in nye.items() if der == gruppe}
        aar |= {noekkel: aar[AVLEDEDE[noekkel][0]] for noekkel in ny.avledet}
        aar |= {f"tiltak.{t.navn}": satsaar[t.timesats] for t in ny.tiltak if t.timesats}
        grupper[gruppe], prisaar[gruppe] = foelg(med_satser(ny, satser)), aar
    return replace(oppgitt, grupper=grupper, prisaar=prisaar, timesatser=tuple(satser), timesats_aar=satsaar)


def _tiltak(t: Tiltak, sted: Prissted, nye: Mapping[Prissted, Prisrad], kilder: Mapping[Prissted, str]) -> Tiltak:
    rad = nye.get(sted)
    if sted in kilder:
        # What the source said of the volumes, it still says of them.
        t = replace(t, kilde=kilder[sted], volumkilde=t.kilde_til_volum)
    if rad is None:
        return t
    # A price of its own takes the place of the common hourly rate.
    return replace(t, enhetskostnad=rad.enhetskostnad, timesats="")


def _samme_pris(rad: Prisrad, oppgitt: Oppgitt) -> bool:
    """Whether the price is the scenario's own, in its year or, by the index, in another (a list from before)."""
    gammel, aar = rad.pris.beloep, rad.pris.prisaar
    if rad.prisaar == aar:
        return er_samme_beloep(rad.enhetskostnad, gammel)
    _, serie = beloepsindeks(rad.pris.noekkel, oppgitt.indekser)
    if rad.prisaar not in serie or aar not in serie:
        return False
    return abs(rad.enhetskostnad * (serie[aar] / serie[rad.prisaar]) - gammel) <= _LIKE * gammel


def foelger_listen(rad: Prisrad, oppgitt: Oppgitt, i_listen: Mapping[Prissted, Prisrad]) -> bool:
    """Whether a price that followed another still does: it is what the list now makes of it, or was left while the year was
    filled down from one that is new.
    """
    pris = rad.pris
    er_sats = pris.foelger.startswith(TIMESATS)
    grunnlag = i_listen.get((FELLESGRUPPE if er_sats else pris.gruppe, pris.foelger)) if pris.foelger else None
    if grunnlag is None:
        return False
    if rad.prisaar == grunnlag.prisaar and er_samme_beloep(rad.enhetskostnad, pris.beloep):
        return not _samme_pris(grunnlag, oppgitt)
    if er_sats:
        return (rad.enhetskostnad, rad.prisaar) == (grunnlag.enhetskostnad, grunnlag.prisaar)
    faktor = oppgitt.grupper[pris.gruppe].verdi(AVLEDEDE[pris.noekkel][1])
    regnet = rad.enhetskostnad == float(hele_kroner(grunnlag.enhetskostnad * faktor))
    return regnet and rad.prisaar in (grunnlag.prisaar, pris.prisaar)


def _ny_kilde(rad: Prisrad) -> str | None:
    """The source the row gives for its price; None when it only repeats what stood there for another price."""
    if not rad.kilde:
        return None
    kilde, (gruppe, noekkel) = med_opphav(rad.kilde), rad.pris.sted
    # A default's own source stands in a list made before the scenario changed, and says nothing of another number.
    gammel = er_standardkilde(gruppe, noekkel, kilde) or er_samme_kilde(gruppe, noekkel, kilde, rad.pris.kilde)
    return None if gammel else kilde


def antall_eldre_ord(rader: Sequence[Prisrad]) -> int:
    """How many sources an earlier version worded so, and nobody has changed."""
    return sum(
        er_tidligere_kilde(*rad.pris.sted, rad.kilde)
        and rad.kilde != rad.pris.kilde
        and er_samme_kilde(*rad.pris.sted, rad.kilde, rad.pris.kilde)
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


def _antall(antall: int, en: str, flere: str) -> str:
    return f"{antall} {en if antall == 1 else flere}"
