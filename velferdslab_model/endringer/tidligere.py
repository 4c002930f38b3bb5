"""Differences that nobody made: what an earlier version of the program worded differently, lacked or rounded otherwise."""

from __future__ import annotations

import math
from collections import Counter

from velferdslab_model.base.tall import tall
from velferdslab_model.endringer.finne import Endring, endringer
from velferdslab_model.parameters.avledet import AVLEDEDE
from velferdslab_model.parameters.indekser import opplisting
from velferdslab_model.parameters.loading import standard_for
from velferdslab_model.parameters.tidligere import som_i_dag
from velferdslab_model.parameters.typer import Forutsetninger
from velferdslab_model.parameters.usikkerhet import TIMESATS
from velferdslab_model.results import beregn

_NETTOER = ("netto_budsjett", "netto_samfunn", "netto_kommune")
#: What each kind is called, one and many.
_VOLUM = ("1 kilde til volum den ikke hadde", "{} kilder til volum den ikke hadde")
_SATS = ("1 pris som nå følger en felles timesats", "{} priser som nå følger en felles timesats")
_NULL = (
    "1 nullalternativ som nå regnes ut av utsatt og avrundes sist",
    "{} nullalternativ som nå regnes ut av utsatt og avrundes sist",
)
_ORD = ("1 tekst med annen ordlyd", "{} tekster med annen ordlyd")


def uten_versjonsforskjeller(
    fra: Forutsetninger, til: Forutsetninger
) -> tuple[Forutsetninger, Forutsetninger, list[str]]:
    """Two scenarios as today's version has them, and in a sentence what was told apart; none when there was nothing.

    Both must be in the same price year. For comparing: the sums of one from an earlier version may move by a rounding.
    """
    fra_i_dag, til_i_dag = (som_i_dag(f, standard_for(f)) for f in (fra, til))
    igjen = {(e.gruppe, e.noekkel) for e in endringer(fra_i_dag, til_i_dag)}
    borte = [e for e in endringer(fra, til) if (e.gruppe, e.noekkel) not in igjen]
    antall = Counter(hva for e in borte if (hva := _slag(e)))
    if not antall:
        return fra_i_dag, til_i_dag, []
    deler = {hva: hva[0] if n == 1 else hva[1].format(n) for hva, n in antall.items()}
    if _NULL in deler and (flyttet := max(_flyttet(fra, fra_i_dag), _flyttet(til, til_i_dag))) >= 1:
        deler[_NULL] += f" (flytter netto med høyst {tall(math.ceil(flyttet))} kr)"
    return fra_i_dag, til_i_dag, [f"Fra en tidligere versjon, og ingen endring: {opplisting(deler.values())}."]


def _slag(e: Endring) -> tuple[str, str] | None:
    """What kind of difference one is; None for a number that is told elsewhere instead: a price at its common hourly rate."""
    if e.felt == "volumkilde":
        return _VOLUM
    if e.felt == "enhetskostnad":
        return _SATS if e.enhet == "tekst" else None
    if e.felt.startswith(TIMESATS):
        return None
    return _NULL if e.felt in AVLEDEDE else _ORD


def _flyttet(f: Forutsetninger, i_dag: Forutsetninger) -> float:
    foer, etter = beregn(f).grupper, beregn(i_dag).grupper
    return max(abs(etter[g].sum[x] - foer[g].sum[x]) for g in foer for x in _NETTOER)
