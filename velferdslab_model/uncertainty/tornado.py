"""How much each number means: both nets with one number at a time at the ends of a stated range.

Ranges are of two kinds and are never drawn in one chart. A number with a distribution goes from its 5th to its 95th
percentile, and one that is 0 or 100 % in the original model from that to a stated end, with the reason. The others go ten
per cent down and up, which says what they would mean and not how uncertain they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from velferdslab_model.model.visninger import DFOE_REELL_VEKST, DFOE_RENTE, DFOE_SKATTEFINANSIERINGSSATS
from velferdslab_model.parameters.fordeling import FELLESFAKTORER
from velferdslab_model.parameters.typer import Brukergruppe
from velferdslab_model.uncertainty.foelsomhet import HOVED
from velferdslab_model.uncertainty.parametre import Parameter, en_og_en, parametre
from velferdslab_model.uncertainty.trekking import kvantil

#: The ends of a number with a distribution, as quantiles; and how far one without goes to each side.
ENDER = (0.05, 0.95)
STEG = 0.1
#: spenn: a stated range. steg: ten per cent. del: a part of a common factor, or the factor of parts, that is shown by itself.
Utslagsslag = Literal["spenn", "steg", "del"]

_HELE = "antakelse: hele spennet i den strukturelle analysen"
#: Numbers that are 0 or 100 % in the original model, where ten per cent would say nothing: ends, and why.
_SPENN: Mapping[str, tuple[float, float, str]] = {
    "neddiskontering": (0.0, DFOE_RENTE, "et valg, ikke en usikkerhet: notatets 0 % og DFØs 4 %"),
    "utvidet.erstatningsgrad": (0.0, 1.0, f"{_HELE}; ingen vet hvor mye tiltakene erstatter"),
    "utvidet.skjedd_uansett": (0.0, 0.5, f"{_HELE}; uten sammenligningsgruppe er det ukjent"),
    "utvidet.aarlig_tilbakefall": (0.0, 0.1, f"{_HELE}; modellen regner bedringen som varig"),
    "utvidet.beholder_steget": (0.5, 1.0, "antakelse: halvparten til alle av dem som slutter, beholder situasjonen de nådde"),
    "utvidet.reell_vekst": (0.0, DFOE_REELL_VEKST, "fra ingen vekst til veksten i DFØ-visningen"),
    "utvidet.skattefinansieringssats": (0.0, DFOE_SKATTEFINANSIERINGSSATS, "fra ingen til DFØs sats"),
    "utvidet.fast_aarskostnad": (0.0, 935_000.0, "antakelse: inntil ett årsverk til ledelse, 1 700 timer à 550 2019-kroner"),
    "utvidet.offentlig_andel_produksjonsgevinst": (0.0, 0.4, "antakelse: inntil 40 % kommer tilbake som skatt og lavere ytelser"),
}  # fmt: skip
#: Common factor -> how the keys begin of its parts.
FAKTORDELER = {
    "priser": ("tiltak.", "timesats."),
    "nullalternativ": ("nullalternativ.", "nullalternativ_faktor."),
    "suksessrate": ("suksessrate.",),
}


@dataclass(frozen=True)
class Utslag:
    """One bar. ender: low and high value. netto: by net, the sums at the two, kr. hvorfor: why these ends."""

    parameter: Parameter
    slag: Utslagsslag
    ender: tuple[float, float]
    netto: Mapping[str, tuple[float, float]]
    hvorfor: str

    def spenn(self, netto: str) -> float:
        """Length of the bar, kr."""
        return abs(self.netto[netto][1] - self.netto[netto][0])


def tornado(g: Brukergruppe) -> list[Utslag]:
    """Both nets with each number at its low and its high end, the others as in the scenario."""
    alle = [(p, *_ender(p)) for p in parametre(g)]
    t = en_og_en(g, [(p.noekkel, ende) for p, ender, _, _ in alle for ende in ender], HOVED)
    netto = {x: t.sum[f"netto_{x}"].reshape(-1, 2) for x in HOVED}
    deler = _for_seg(p for p, *_ in alle)
    return [
        Utslag(
            p,
            "del" if p.noekkel in deler else slag,
            ender,
            {x: (float(netto[x][k, 0]), float(netto[x][k, 1])) for x in HOVED},
            hvorfor,
        )
        for k, (p, ender, slag, hvorfor) in enumerate(alle)
    ]


def _ender(p: Parameter) -> tuple[tuple[float, float], Utslagsslag, str]:
    if p.fordeling is not None:
        lav, hoey = kvantil(p.fordeling, np.array(ENDER)).tolist()
        return (lav, hoey), "spenn", p.fordeling.begrunnelse or "egen fordeling, uten oppgitt begrunnelse"
    if p.noekkel in _SPENN:
        minst, mest, hvorfor = _SPENN[p.noekkel]
        return (min(minst, p.basis), max(mest, p.basis)), "spenn", hvorfor
    steg = STEG * abs(p.basis)
    ned = max(p.minst, p.basis - steg) if p.basis else p.basis
    return (ned, min(p.mest, p.basis + steg)), "steg", "ti prosent til hver side, for sammenligning"


def _for_seg(alle: Iterable[Parameter]) -> set[str]:
    """What must not be ranked against the rest: a common factor and its parts say the same thing twice.

    The side of each that is drawn stays; where neither is, the factor.
    """
    ut: set[str] = set()
    gitt = list(alle)
    for faktor in FELLESFAKTORER:
        deler = [p for p in gitt if p.noekkel.startswith(FAKTORDELER[faktor])]
        felles = next(p for p in gitt if p.noekkel == faktor)
        if felles.fordeling is None and any(p.fordeling for p in deler):
            ut.add(faktor)
            ut |= {p.noekkel for p in deler if p.fordeling is None}
        else:
            ut |= {p.noekkel for p in deler}
    return ut
