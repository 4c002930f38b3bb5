"""The eight factors a difference is split over, and the model's answer for every mix of two groups' factors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from velferdslab_model.base.tekst import sammenligningsnavn
from velferdslab_model.model.aarsserier import aarsserier
from velferdslab_model.model.array import Array
from velferdslab_model.model.inndata import Modellinndata, inndata
from velferdslab_model.model.kostnad import satser
from velferdslab_model.parameters.typer import Brukergruppe, Tiltak, Utvidet

#: Key -> name shown, in the order shown. Every input belongs to exactly one.
FAKTORER: dict[str, str] = {
    "inntak": "Inntak",
    "suksessrater": "Suksessrater",
    "enhetspriser": "Enhetspriser",
    "volum": "Volum og tiltak",
    "nullalternativ": "Nullalternativ",
    "gevinst": "Gevinstforutsetninger",
    "utvidet": "Utvidede forutsetninger",
    "horisont": "Horisont og rente",
}
#: What each factor holds, for the reader of a table.
FORKLARING: dict[str, str] = {
    "inntak": "nye deltakere per år",
    "suksessrater": "sjansen for et steg i løpet av et år",
    "enhetspriser": "prisen på tiltak som begge har",
    "volum": "tiltak, volum, kategori og betaler; egne tiltak med pris",
    "nullalternativ": "hva de ordinære tjenestene koster",
    "gevinst": "livskvalitet, verdi av en QALY, stillingsandel og lønnskostnad",
    "utvidet": "de utvidede forutsetningene",
    "horisont": "analyseperiode, inntaksår, analysetidspunkt og neddiskontering",
}
HOVEDNETTO = ("netto_budsjett", "netto_samfunn")

#: The inputs of the model that belong to each factor that is an array; prices and volumes make the rates of cost.
_FELT: dict[str, tuple[str, ...]] = {
    "inntak": ("inntak",),
    "suksessrater": ("suksessrate",),
    "nullalternativ": ("nullalternativ",),
    "gevinst": ("livskvalitet", "stillingsandel", "verdi_qaly", "loennskostnad"),
    "utvidet": tuple(Utvidet.__dataclass_fields__),
}
_SATSER = ("oppstart", "drift", "timer_oppstart", "timer_drift")
#: Factors that are axes of draws: all but the horizon, whose years are no arrays.
_AKSER = tuple(FAKTORER)[:-1]
_PRIS, _VOLUM = _AKSER.index("enhetspriser"), _AKSER.index("volum")


def nettoverdier(fra: Brukergruppe, til: Brukergruppe) -> tuple[Array, Array]:
    """The nets of every mix of the two groups' factors.

    Returns the sums over the period, kr, (2 nets, 2, ..., 2) with an axis for each of FAKTORER where 0 takes the factor
    of fra and 1 that of til, and the people taken in, of the same axes without the first. An axis has length 1 where the
    two groups have the factor in common, so that it explains nothing, exactly.
    """
    a, b = inndata(fra), inndata(til)
    blandet = _blandet(fra, til, a, b)
    horisonter = [a] if _horisont(fra) == _horisont(til) else [a, b]
    verdier, antall = [], []
    for h in horisonter:
        x = replace(
            blandet, analyseperiode=h.analyseperiode, inntaksaar=h.inntaksaar, neddiskontering=h.neddiskontering
        )
        penger = aarsserier(x).neddiskontert
        verdier.append(np.stack(np.broadcast_arrays(*(getattr(penger, navn).sum(-1) for navn in HOVEDNETTO))))
        antall.append(x.inntak.sum(-1) * min(x.inntaksaar, x.analyseperiode))
    return np.stack(verdier, axis=-1), np.stack(antall, axis=-1)


def _horisont(g: Brukergruppe) -> tuple[float, ...]:
    return g.analyseperiode, g.inntaksaar, g.analysetidspunkt, g.neddiskontering


def _blandet(fra: Brukergruppe, til: Brukergruppe, a: Modellinndata, b: Modellinndata) -> Modellinndata:
    """Inputs with a leading axis for each of _AKSER; an input varies only along the axis of its own factor.

    So the model follows people for the few mixes of intake, rates and extended assumptions, and prices them for the
    others, instead of computing all of them from the start.
    """
    felt: dict[str, Any] = {}
    for faktor, navnene in _FELT.items():
        ulike = any(not np.array_equal(getattr(a, n), getattr(b, n)) for n in navnene)
        for n in navnene:
            par = [getattr(a, n), getattr(b, n)] if ulike else [getattr(a, n)]
            felt[n] = _langs(np.stack(par), {_AKSER.index(faktor): 0})
    prisene, volumene = _sider(fra.tiltak, til.tiltak)
    egne: list[Sequence[Array]] = [[getattr(x, n) for n in _SATSER] for x in (a, b)]
    if prisene and volumene:
        rader = [[egne[0], satser(_tiltak(til, priser_fra=fra))], [satser(_tiltak(fra, priser_fra=til)), egne[1]]]
    elif prisene:
        rader = [[egne[0]], [egne[1]]]
    else:
        rader = [egne if volumene else egne[:1]]
    for i, n in enumerate(_SATSER):
        felt[n] = _langs(np.array([[celle[i] for celle in rad] for rad in rader]), {_PRIS: 0, _VOLUM: 1})
    return replace(a, **felt)


def _langs(verdier: Array, akser: Mapping[int, int]) -> Array:
    """Spread the leading axes of an array over the axes of factors. akser: axis of factor -> axis of the array."""
    form = [1] * len(_AKSER)
    for til, fra in akser.items():
        form[til] = verdier.shape[fra]
    return verdier.reshape(*form, *verdier.shape[len(akser) :])


def _sider(fra: Sequence[Tiltak], til: Sequence[Tiltak]) -> tuple[bool, bool]:
    """Whether a common tiltak has another price, and whether anything else of the tiltak differs."""
    gamle, nye = _etter_navn(fra), _etter_navn(til)
    priser = any(gamle[n].enhetskostnad != t.enhetskostnad for n, t in nye.items() if n in gamle)
    volum = gamle.keys() != nye.keys() or any(_uten_pris(gamle[n]) != _uten_pris(t) for n, t in nye.items())
    return priser, volum


def _etter_navn(tiltak: Sequence[Tiltak]) -> dict[str, Tiltak]:
    return {sammenligningsnavn(t.navn): t for t in tiltak}


def _uten_pris(t: Tiltak) -> tuple[object, ...]:
    return t.volum, t.ganger_per_aar, t.kategori, t.betaler, t.kostnadsdriver


def _tiltak(g: Brukergruppe, priser_fra: Brukergruppe) -> tuple[Tiltak, ...]:
    """The tiltak of one group at the prices of another. A tiltak only one of them has keeps its own price."""
    priser = _etter_navn(priser_fra.tiltak)
    return tuple(
        replace(t, enhetskostnad=priser[n].enhetskostnad) if n in priser else t
        for n, t in _etter_navn(g.tiltak).items()
    )
