"""Audit one price list: which prices, years and sources were typed, what they do to a result, and what else was touched."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from velferdslab_model.check.kontrollsvar import Kontrollsvar
from velferdslab_model.endringer.finne import Endring
from velferdslab_model.endringer.virkning import Virkning, virkning
from velferdslab_model.errors import UgyldigInndata
from velferdslab_model.parameters.prisaar import Oppgitt, regn_om
from velferdslab_model.prisliste.applying import legg_over
from velferdslab_model.prisliste.origin import pakk_ut_opphav
from velferdslab_model.prisliste.reading import les_tabell
from velferdslab_model.prisliste.rows import Prisrad, les_prisrader
from velferdslab_model.prisliste.table import PRISKOLONNER
from velferdslab_model.prisliste.writing import ARK, prislisteplan
from velferdslab_model.scenarios.loading import les_oppgitt
from velferdslab_model.workbook.audit import Funn, planfunn
from velferdslab_model.workbook.causes import UTEN_LAGREDE_TALL, uten_lagrede_tall
from velferdslab_model.workbook.kind import PRISLISTE
from velferdslab_model.workbook.opening import Innhold

_UTEN_OPPHAV = "Filen sier ikke hvilke priser den ble laget med. Den er kontrollert mot prisene i {mot}."
_UTEN_VIRKNING = "Oppgi scenarioet med --against for å se hva prisene gjør med resultatet."


def kontroller_prisliste(innhold: Innhold, mot: str | os.PathLike[str] | None = None) -> Kontrollsvar:
    """Audit a price list against a scenario, or against the prices it was made with when mot is None.

    Raises whatever reading mot raises.
    """
    fil = innhold.fil
    opphav = pakk_ut_opphav(innhold.egenskaper)
    if mot is not None:
        fra, mot_navn = les_oppgitt(mot), Path(mot).name
    elif opphav is not None:
        fra, mot_navn = opphav.oppgitt, "prisene listen ble laget med"
    else:
        fra, mot_navn = les_oppgitt(), "standardverdiene"
    merknader = [UTEN_LAGREDE_TALL] if uten_lagrede_tall(innhold) else []
    merknader += [] if opphav else [_UTEN_OPPHAV.format(mot=mot_navn)]
    laget, filnavn = (opphav.oppgitt, opphav.filnavn) if opphav else (fra, fil.name)
    bok = prislisteplan(laget, filnavn, format_=innhold.format)
    funn = planfunn(bok, innhold, innhold.formler)
    rader: tuple[Prisrad, ...] = ()
    try:
        rader = les_prisrader(les_tabell(fil), fra, fra.maalaar)
    except UgyldigInndata as feil:
        funn += [Funn("inndata", fil.name, "en lovlig verdi", tekst) for tekst in feil.feil]
    endringer = list(_endringer(rader, fra))
    effekt: Virkning | None = None
    if rader and (mot is not None or fra.kilde == "standard"):
        effekt = virkning(regn_om(fra), regn_om(legg_over(fra, fil).oppgitt))
    elif endringer:
        merknader.append(_UTEN_VIRKNING)
    return Kontrollsvar(
        fil.name, PRISLISTE.noekkel, innhold.versjon, mot_navn, bool(rader), None, endringer, effekt, funn, merknader
    )


def _kilde(rad: Prisrad) -> str:
    """Where a changed price comes from; the old price's source says nothing of the new one."""
    return "uten ny kilde, regnes som antakelse" if rad.kilde in ("", rad.tiltak.kilde) else rad.kilde


def _endringer(rader: Sequence[Prisrad], fra: Oppgitt) -> Iterator[tuple[str, Endring]]:
    """Every price, year and source that is not as in fra, with its cell."""
    for rad in rader:
        aar = fra.prisaar[rad.gruppe][f"tiltak.{rad.tiltak.navn}"]
        ulike = (
            ("enhetskostnad", "enhetskostnad", "kr", rad.tiltak.enhetskostnad, rad.enhetskostnad),
            ("prisår", "prisår", "årstall", aar, rad.prisaar),
            ("kilde", "kilde", "tekst", rad.tiltak.kilde, rad.kilde),
        )
        for kolonne, tekst, enhet, gammel, ny in ulike:
            if gammel != ny:
                celle = f"{ARK}!{chr(ord('A') + PRISKOLONNER.index(kolonne))}{rad.nummer}"
                yield (
                    celle,
                    Endring(
                        rad.gruppe,
                        kolonne,
                        f"{rad.tiltak.navn}: {tekst}",
                        enhet,
                        gammel,
                        ny,
                        _kilde(rad) if kolonne == "enhetskostnad" else "",
                        rad.tiltak.navn,
                    ),
                )
