"""Let derived inputs that somebody has given follow others again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from velferdslab_model.base.ord import BRUKERGRUPPER
from velferdslab_model.base.tekst import mente_du, sammenligningsnavn
from velferdslab_model.errors import UgyldigInndata
from velferdslab_model.parameters.avledet import AVLEDEDE, foelg
from velferdslab_model.parameters.prisaar import Oppgitt
from velferdslab_model.parameters.standard import standardkilder, standardtiltak
from velferdslab_model.parameters.typer import Tiltak

_ALLE = "alle"
_TILTAK = "tiltak."


def regnet_ut_igjen(oppgitt: Oppgitt, noekler: Sequence[str]) -> Oppgitt:
    """A scenario in which the numbers of these keys are worked out again.

    noekler: «alle», or «nullalternativ.uholdbar», «tiltak.» and the name of one that follows a common hourly rate by default;
    with the key of a group in front, in that group only. Raises UgyldigInndata for a key that is none of them.
    """
    mulige = dict(_mulige(oppgitt))
    valgt: set[tuple[str, str]] = set()
    for noekkel in noekler:
        navn = sammenligningsnavn(noekkel)
        treff = {sted for sted, stavet in mulige.items() if navn in (_ALLE, *stavet)}
        if not treff and navn != _ALLE:
            kjente = dict.fromkeys(sted[1] for sted in mulige)
            raad = mente_du(noekkel, kjente) or f" Kan regnes ut: {', '.join(kjente)}."
            raise UgyldigInndata(oppgitt.kilde, [f"{noekkel[:80]} er ikke et tall som kan regnes ut av andre.{raad}"])
        valgt |= treff
    grupper, prisaar = dict(oppgitt.grupper), {g: dict(aar) for g, aar in oppgitt.prisaar.items()}
    for gruppe, g in oppgitt.grupper.items():
        noekler_her = {n for gr, n in valgt if gr == gruppe}
        null = noekler_her & AVLEDEDE.keys()
        kilder = {**g.kilder, **{n: standardkilder(gruppe)[n] for n in null}}
        prisaar[gruppe] |= {n: prisaar[gruppe][AVLEDEDE[n][0]] for n in null}
        tiltak = tuple(_foelger(oppgitt, gruppe, t) if f"{_TILTAK}{t.navn}" in noekler_her else t for t in g.tiltak)
        prisaar[gruppe] |= {
            f"{_TILTAK}{t.navn}": oppgitt.timesats_aar[t.timesats]
            for t in tiltak
            if f"{_TILTAK}{t.navn}" in noekler_her
        }
        grupper[gruppe] = foelg(replace(g, avledet=g.avledet | null, kilder=kilder, tiltak=tiltak))
    return replace(oppgitt, grupper=grupper, prisaar=prisaar)


def _mulige(oppgitt: Oppgitt) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    """Group and key of every number that can follow others, and how it may be spelled."""
    satser = {sats.navn for sats in oppgitt.timesatser}
    for gruppe in BRUKERGRUPPER:
        g = oppgitt.grupper[gruppe]
        kan = {sammenligningsnavn(t.navn) for t in standardtiltak(gruppe) if t.timesats in satser}
        tiltak = [f"{_TILTAK}{t.navn}" for t in g.tiltak if sammenligningsnavn(t.navn) in kan]
        for noekkel in (*AVLEDEDE, *tiltak):
            yield (gruppe, noekkel), (sammenligningsnavn(noekkel), sammenligningsnavn(f"{gruppe}.{noekkel}"))


def _foelger(oppgitt: Oppgitt, gruppe: str, t: Tiltak) -> Tiltak:
    """A tiltak whose price follows the common hourly rate that the default's does."""
    standard = next(s for s in standardtiltak(gruppe) if sammenligningsnavn(s.navn) == sammenligningsnavn(t.navn))
    kr = next(sats.kr for sats in oppgitt.timesatser if sats.navn == standard.timesats)
    return replace(t, enhetskostnad=kr, timesats=standard.timesats, kilde=standard.kilde, volumkilde=t.kilde_til_volum)
