"""What earlier versions said of the default numbers and left out, so that it is told apart from what somebody changed.

Their texts stand in data/tidligere_tekster.csv. Beside those, they had one source for the price and the volumes of a
tiltak, wrote the common hourly rate in every row, and rounded what follows utsatt before a conversion and not after it.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files
from io import StringIO

from velferdslab_model.base.tekst import sammenligningsnavn
from velferdslab_model.parameters.avledet import AVLEDEDE, foelg, utregnet
from velferdslab_model.parameters.prisaar import uten_omregning
from velferdslab_model.parameters.standard import standard_timesatser, standardkilder, standardtiltak, standardverdier
from velferdslab_model.parameters.typer import Brukergruppe, Forutsetninger, Tiltak

_FIL = files("velferdslab_model.parameters") / "data" / "tidligere_tekster.csv"
#: Amounts converted between price years are rounded to 15 digits.
_LIKT = 1e-12


def er_tidligere_tekst(gruppe: str, tiltak: str, felt: str, tekst: str) -> bool:
    """Whether an earlier version wrote this text there, conversions left out. tiltak: its name; empty for felt of the group."""
    return uten_omregning(tekst) in _tekster().get((gruppe, sammenligningsnavn(tiltak), felt), ())


def er_tidligere_kilde(gruppe: str, noekkel: str, kilde: str) -> bool:
    """Whether a source is what an earlier version wrote of an amount. noekkel: dotted key, or «tiltak.<navn>»."""
    hode, _, navn = noekkel.partition(".")
    tiltak, felt = (navn, "kilde") if hode == "tiltak" else ("", noekkel)
    return er_tidligere_tekst(gruppe, tiltak, felt, kilde)


def er_standardkilde(gruppe: str, noekkel: str, kilde: str) -> bool:
    """Whether a source is the default's own, in the words of this version or an earlier one.

    noekkel: dotted key of an amount, «tiltak.<navn>», or «timesats.<navn>».
    """
    hode, _, navn = noekkel.partition(".")
    if hode in ("tiltak", "timesats"):
        alle = standardtiltak(gruppe) if hode == "tiltak" else standard_timesatser()
        av_i_dag = {en.kilde for en in alle if sammenligningsnavn(en.navn) == sammenligningsnavn(navn)}
    else:
        av_i_dag = {standardkilder(gruppe)[noekkel]}
    return uten_omregning(kilde) in av_i_dag or er_tidligere_kilde(gruppe, noekkel, kilde)


def er_samme_kilde(gruppe: str, noekkel: str, en: str, annen: str) -> bool:
    """Whether two sources of an amount are one, but for what is said of conversions or has come to be worded differently."""
    if uten_omregning(en) == uten_omregning(annen):
        return True
    return er_standardkilde(gruppe, noekkel, en) and er_standardkilde(gruppe, noekkel, annen)


def som_standard(gruppe: str, t: Tiltak) -> Tiltak:
    """A default tiltak as an earlier version wrote it out in its own price year, with what it has today."""
    standard = _standard(gruppe, standardtiltak(gruppe)).get(sammenligningsnavn(t.navn))
    return t if standard is None else _som_i_dag(gruppe, t, standard)


def som_i_dag(f: Forutsetninger, standard: Forutsetninger | None) -> Forutsetninger:
    """A scenario with what an earlier version worded differently, lacked or rounded otherwise as it is today.

    For comparing only: what follows utsatt may move by the rounding. standard: the defaults in the same price year by the
    same indices; None when no index reaches it.
    """
    return replace(
        f,
        unge_voksne=_gruppe("unge_voksne", f.unge_voksne, standard),
        familier=_gruppe("familier", f.familier, standard),
    )


def _gruppe(gruppe: str, g: Brukergruppe, standard: Forutsetninger | None) -> Brukergruppe:
    kilder = {n: _dagens(gruppe, n, tekst) for n, tekst in g.kilder.items()}
    foelger = {
        noekkel
        for noekkel in AVLEDEDE
        if noekkel not in g.avledet
        and kilder[noekkel] == standardkilder(gruppe)[noekkel]
        and abs(g.verdi(noekkel) - utregnet(g, noekkel)) <= _avrunding(gruppe, g, noekkel)
    }
    kjente = _standard(gruppe, standard.grupper[gruppe].tiltak if standard else ())
    tiltak = []
    for t in g.tiltak:
        navn = sammenligningsnavn(t.navn)
        i_dag = kjente.get(navn) or _standard(gruppe, standardtiltak(gruppe)).get(navn)
        tiltak.append(_som_i_dag(gruppe, t, i_dag, navn in kjente) if i_dag else t)
    return foelg(replace(g, kilder=kilder, tiltak=tuple(tiltak), avledet=g.avledet | foelger))


def _dagens(gruppe: str, noekkel: str, kilde: str) -> str:
    return standardkilder(gruppe)[noekkel] if er_tidligere_tekst(gruppe, "", noekkel, kilde) else kilde


def _avrunding(gruppe: str, g: Brukergruppe, noekkel: str) -> float:
    """How far rounding before a conversion may be from rounding after it, kr; 0 where nothing was converted."""
    utsatt = AVLEDEDE[noekkel][0]
    vekst = g.verdi(utsatt) / standardverdier(gruppe)[utsatt]
    return 0.0 if vekst == 1 else 0.5 + 0.5 * vekst


def _som_i_dag(gruppe: str, t: Tiltak, standard: Tiltak, med_pris: bool = True) -> Tiltak:
    """A tiltak with what an earlier version of its default had. med_pris: whether the price of standard is in the same year."""
    if er_tidligere_tekst(gruppe, t.navn, "beskrivelse", t.beskrivelse):
        t = replace(t, beskrivelse=standard.beskrivelse)
    # Its source stood for the price alone without saying so.
    if not t.volumkilde and (t.volum, t.ganger_per_aar) == (standard.volum, standard.ganger_per_aar):
        t = replace(t, volumkilde=standard.volumkilde)
    if er_tidligere_tekst(gruppe, t.navn, "kilde", t.kilde):
        lik = med_pris and abs(t.enhetskostnad - standard.enhetskostnad) <= _LIKT * standard.enhetskostnad
        if lik and standard.timesats:
            t = replace(t, timesats=standard.timesats)
        if lik or not standard.timesats:
            t = replace(t, kilde=standard.kilde)
    return t


def _standard(gruppe: str, tiltak: Collection[Tiltak]) -> Mapping[str, Tiltak]:
    """The default tiltak of a group among these, by the name they are compared by."""
    innebygde = {sammenligningsnavn(t.navn) for t in standardtiltak(gruppe)}
    return {navn: t for t in tiltak if (navn := sammenligningsnavn(t.navn)) in innebygde}


@cache
def _tekster() -> Mapping[tuple[str, str, str], frozenset[str]]:
    ut: dict[tuple[str, str, str], frozenset[str]] = {}
    for rad in csv.DictReader(StringIO(_FIL.read_text(encoding="utf-8")), delimiter=";"):
        noekkel = rad["gruppe"], sammenligningsnavn(rad["tiltak"]), rad["felt"]
        ut[noekkel] = ut.get(noekkel, frozenset()) | {rad["tekst"]}
    return ut
