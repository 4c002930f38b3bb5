"""Audit one price list: which prices, years and sources were typed, what they do to a result, and what else was touched."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from velferdslab_model.check.kontrollsvar import KONTROLLERT, Kontrollsvar
from velferdslab_model.endringer.finne import Endring
from velferdslab_model.endringer.virkning import Virkning, virkning
from velferdslab_model.errors import UgyldigInndata
from velferdslab_model.overfoering import prismerknader
from velferdslab_model.parameters.katalogvalg import om_overfoering_i_listen
from velferdslab_model.parameters.prisaar import Oppgitt, regn_om
from velferdslab_model.parameters.tidligere import er_samme_kilde
from velferdslab_model.prisliste.applying import antall_eldre_ord, foelger_listen, legg_over, om_eldre_ord
from velferdslab_model.prisliste.origin import Prislisteopphav, pakk_ut_opphav
from velferdslab_model.prisliste.priser import FELLESGRUPPE, Listepris, er_samme_beloep, listepriser
from velferdslab_model.prisliste.reading import les_tabell
from velferdslab_model.prisliste.rows import Prisrad, finn_pris, les_prisrader, uten_merknader
from velferdslab_model.prisliste.table import PRISKOLONNER, Pristabell
from velferdslab_model.prisliste.writing import ARK, FOERSTE_RAD, Listelinje, prislisteplan, rekkefoelge_i
from velferdslab_model.scenarios.loading import les_oppgitt
from velferdslab_model.version import __version__
from velferdslab_model.workbook.adresse import kolonnenavn
from velferdslab_model.workbook.audit import Funn, planfunn
from velferdslab_model.workbook.causes import aarsaker, ikke_kontrollert
from velferdslab_model.workbook.kind import PRISLISTE
from velferdslab_model.workbook.opening import Innhold

_UTEN_OPPHAV = "Filen sier ikke hvilke priser den ble laget med. Den er kontrollert mot prisene i {mot}."
_UTEN_VIRKNING = "Oppgi scenarioet med --against for å se hva prisene gjør med resultatet."
_BARE_PRISENE = "Listen har en annen form enn den programmet lager, så bare priser, prisår og kilder er kontrollert."
#: A message about a row, and, where it says so, which column.
_RAD = re.compile(r"rad (\d+)(?: \(«.*?»\))?: (?:(" + "|".join(PRISKOLONNER) + r")\b)?")


def kontroller_prisliste(innhold: Innhold, mot: str | os.PathLike[str] | None = None) -> Kontrollsvar:
    """Audit a price list against a scenario, or against the prices it was made with when mot is None.

    Raises whatever reading mot raises.
    """
    opphav = pakk_ut_opphav(innhold.egenskaper)
    fra, mot_navn = _mot(mot, opphav)
    merknader = aarsaker(innhold)
    merknader += [] if opphav else [_UTEN_OPPHAV.format(mot=mot_navn)]
    lest = _les(innhold.fil, fra)
    funn: list[Funn] = []
    uten: Sequence[str] = KONTROLLERT
    if lest.tabell is None or _som_skrevet(lest.tabell):
        funn += _mot_planen(innhold, opphav, fra, lest.tabell)
        uten = ikke_kontrollert(innhold)
    else:
        merknader.append(_BARE_PRISENE)
    return _svar(innhold.fil, innhold.versjon, mot, mot_navn, fra, lest, funn, merknader, uten)


def _som_skrevet(tabell: Pristabell) -> bool:
    """Whether the headings stand where the program put them; a list with a column put in, or moved, is read all the same."""
    return tabell.hoderad + 1 == FOERSTE_RAD and all(
        PRISKOLONNER.index(navn) == kol for navn, kol in tabell.kolonner.items() if navn in PRISKOLONNER
    )


def kontroller_prisfil(fil: Path, mot: str | os.PathLike[str] | None = None) -> Kontrollsvar:
    """Audit a price list in CSV, which has nothing but its prices. Raises whatever reading mot raises."""
    fra, mot_navn = _mot(mot, None)
    merknader = [_UTEN_OPPHAV.format(mot=mot_navn)]
    return _svar(fil, "ukjent", mot, mot_navn, fra, _les(fil, fra), [], merknader, KONTROLLERT)


@dataclass(frozen=True)
class _Lest:
    """What could be read. feil: why not, when it could not."""

    tabell: Pristabell | None
    rader: tuple[Prisrad, ...]
    feil: Sequence[str]


def _mot(mot: str | os.PathLike[str] | None, opphav: Prislisteopphav | None) -> tuple[Oppgitt, str]:
    if mot is not None:
        return les_oppgitt(mot), Path(mot).name
    if opphav is not None:
        return opphav.oppgitt, "prisene listen ble laget med"
    return les_oppgitt(), "standardverdiene"


def _les(fil: Path, fra: Oppgitt) -> _Lest:
    tabell = None
    try:
        tabell = uten_merknader(les_tabell(fil), fra)
        return _Lest(tabell, les_prisrader(tabell, fra, fra.maalaar), ())
    except UgyldigInndata as feil:
        return _Lest(tabell, (), feil.feil)


def _svar(
    fil: Path,
    versjon: str,
    mot: str | os.PathLike[str] | None,
    mot_navn: str,
    fra: Oppgitt,
    lest: _Lest,
    funn: list[Funn],
    merknader: list[str],
    uten: Sequence[str],
) -> Kontrollsvar:
    funn = [*(_inndatafunn(fil.name, tekst, lest.tabell) for tekst in lest.feil), *funn]
    if lest.tabell and lest.tabell.merknader:
        merknader = [*merknader, f"Under prisene er ikke lest som priser: {', '.join(lest.tabell.merknader)}."]
    if antall := antall_eldre_ord(lest.rader):
        merknader = [*merknader, om_eldre_ord(antall)]
    endringer = list(_endringer(lest, fra))
    effekt: Virkning | None = None
    om_prisene: Sequence[str] = ()
    if lest.rader:
        lagt_over = legg_over(fra, fil).oppgitt
        if mot is not None or fra.kilde == "standard":
            etter = regn_om(lagt_over)
            effekt, om_prisene = virkning(regn_om(fra), etter), prismerknader(etter)
        else:
            om_prisene = om_overfoering_i_listen(lagt_over.grupper, lagt_over.egne_priser)
    if effekt is None and endringer:
        merknader = [*merknader, _UTEN_VIRKNING]
    return Kontrollsvar(
        fil.name,
        PRISLISTE.noekkel,
        versjon,
        mot_navn,
        not lest.feil,
        None,
        endringer,
        effekt,
        funn,
        merknader,
        True,
        uten,
        om_prisene,
    )


def _inndatafunn(fil: str, tekst: str, tabell: Pristabell | None) -> Funn:
    """A message about a row under its cell, or the cell of its tiltak; one about the whole list under the file."""
    sted = _RAD.match(tekst)
    if sted is None or tabell is None:
        return Funn("inndata", fil, "en lovlig verdi", tekst)
    return Funn("inndata", _celle(tabell, sted[2] or "tiltak", int(sted[1])), "en lovlig verdi", tekst)


def _celle(tabell: Pristabell, kolonne: str, rad: int) -> str:
    return f"{tabell.ark or tabell.fil}!{kolonnenavn(tabell.kolonner.get(kolonne, 0))}{rad}"


def _mot_planen(
    innhold: Innhold, opphav: Prislisteopphav | None, fra: Oppgitt, tabell: Pristabell | None
) -> Iterator[Funn]:
    """Everything but the prices, against the list the program would write, with its rows in the order of the file."""
    laget, filnavn = (opphav.oppgitt, opphav.filnavn) if opphav else (fra, innhold.fil.name)
    priser = listepriser(laget)
    linjer = _rekkefoelge(priser, tabell) if tabell else rekkefoelge_i(laget)
    # A list of an earlier format, or one without properties, that has no blocks lacks none.
    format_ = innhold.format if any(isinstance(linje, str) for linje in linjer) else min(innhold.format, 2)
    if format_ < 3:
        priser = listepriser(laget, bare_tiltak=True)
    for pris in priser:
        if pris.sted not in linjer:
            hva, beholder = ("tiltaket", "prisen") if pris.tiltak else ("det", "tallet")
            yield Funn(
                "rader",
                ARK,
                f"en rad for «{pris.navn}»",
                f"raden for «{pris.navn}» ({pris.gruppenavn}) er slettet, så {hva} beholder {beholder} i scenariet.",
            )
    bok = prislisteplan(laget, filnavn, format_=format_, rekkefoelge=linjer)
    samme_utgave = opphav is not None and innhold.versjon == __version__ and innhold.format == PRISLISTE.format
    for funn in planfunn(bok, innhold, innhold.formler):
        # How to use the list is told in other words by other versions, and by the file's name, which no cell holds.
        if samme_utgave or funn.slag != "låst celle" or not re.fullmatch(rf"{ARK}![A-Z]+[1-3]", funn.sted):
            yield funn


def _rekkefoelge(priser: Sequence[Listepris], tabell: Pristabell) -> list[Listelinje]:
    """What stands on each row of the file from the first, None for a row that is no price of the list.

    A row whose tiltak was typed over counts as the one it was when just as many are missing.
    """
    funnet: dict[int, Listelinje] = dict(tabell.titler)
    ukjente = []
    for rad in tabell.rader:
        pris = finn_pris(rad, priser)
        if pris is None or pris.sted in funnet.values():
            ukjente.append(rad.nummer)
        else:
            funnet[rad.nummer] = pris.sted
    mangler = [pris.sted for pris in priser if pris.sted not in funnet.values()]
    if not tabell.titler:
        mangler = [sted for sted in mangler if sted[1].startswith("tiltak.")]
    if len(mangler) == len(ukjente):
        funnet |= dict(zip(ukjente, mangler, strict=True))
    siste = max(funnet, default=FOERSTE_RAD - 1)
    return [funnet.get(nummer) for nummer in range(FOERSTE_RAD, siste + 1)]


def _kilde(rad: Prisrad) -> str:
    """Where a changed price comes from; the old price's source says nothing of the new one."""
    return "uten ny kilde, regnes som antakelse" if rad.kilde in ("", rad.pris.kilde) else rad.kilde


def _endringer(lest: _Lest, fra: Oppgitt) -> Iterator[tuple[str, Endring]]:
    """Every price, year and source that is not as in fra, with its cell. What follows another price follows it unsaid."""
    i_listen = {rad.pris.sted: rad for rad in lest.rader}
    for rad in lest.rader:
        pris, foelger = rad.pris, foelger_listen(rad, fra, i_listen)
        som_foer = foelger or (rad.prisaar == rad.pris.prisaar and er_samme_beloep(rad.enhetskostnad, rad.pris.beloep))
        ulike: Mapping[str, tuple[str, str | float, str | float]] = {
            "enhetskostnad": ("kr", pris.beloep, pris.beloep if som_foer else rad.enhetskostnad),
            "prisår": ("årstall", pris.prisaar, pris.prisaar if foelger else rad.prisaar),
            "kilde": ("tekst", pris.kilde, rad.kilde),
        }
        for kolonne, (enhet, gammel, ny) in ulike.items():
            like_kilder = kolonne == "kilde" and er_samme_kilde(*pris.sted, pris.kilde, rad.kilde)
            if gammel != ny and not like_kilder and lest.tabell is not None:
                yield (
                    _celle(lest.tabell, kolonne, rad.nummer),
                    Endring(
                        "" if pris.gruppe == FELLESGRUPPE else pris.gruppe,
                        kolonne,
                        f"{'Felles timesats: ' if pris.gruppe == FELLESGRUPPE else ''}{pris.navn}: {kolonne}",
                        enhet,
                        gammel,
                        ny,
                        _kilde(rad) if kolonne == "enhetskostnad" else "",
                        pris.navn,
                    ),
                )
