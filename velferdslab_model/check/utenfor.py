"""Audit one workbook of a life-course account: what was typed, what it does to the nets, and what else was touched."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from velferdslab_model.base.tall import kr
from velferdslab_model.check.vilkaarsbok import Vilkaarsbok
from velferdslab_model.endringer.finne import Endring
from velferdslab_model.utenfor.account import regn_utenfor
from velferdslab_model.utenfor.inputs import postnavn, vilkaarsfelt
from velferdslab_model.utenfor.reading import les_utenforbok, les_utenforfil, utenfor_laget_med
from velferdslab_model.utenfor.sentences import synsnavn
from velferdslab_model.utenfor.terms import GRUPPENE, Utenforvilkaar
from velferdslab_model.utenfor.writing import utenforplan
from velferdslab_model.workbook.kind import UTENFORREGNSKAP
from velferdslab_model.workbook.opening import Innhold


def _virkning(fra: Utenforvilkaar, til: Utenforvilkaar) -> Iterator[str]:
    foer, etter = regn_utenfor(fra).utfall, regn_utenfor(til).utfall
    for hvem in etter:
        yield f"Netto, {synsnavn(hvem).lower()}: {kr(foer[hvem].netto)} -> {kr(etter[hvem].netto)} kr."


def _endringer(innhold: Innhold, fra: Utenforvilkaar, til: Utenforvilkaar) -> Iterator[tuple[str, Endring]]:
    """Every number that differs, with its cell; a row of the profile is told once, with its sum over the ages."""
    for gammel, ny in zip(vilkaarsfelt(fra), vilkaarsfelt(til), strict=True):
        if gammel.verdi != ny.verdi:
            sted = str(innhold.omraade(ny.felt.navn) or "")
            yield sted, Endring("", ny.felt.noekkel, ny.felt.tekst, ny.felt.enhet, gammel.verdi, ny.verdi, ny.kilde)
    for i, post in enumerate(til.poster, start=1):
        foer = fra.poster[i - 1] if i <= len(fra.poster) else None
        for gruppe, ordet in GRUPPENE.items():
            ny_rad = getattr(post, gruppe)
            gammel_rad = None if foer is None else getattr(foer, gruppe)
            if gammel_rad is None or not np.array_equal(gammel_rad, ny_rad):
                tekst = f"{post.navn}, {ordet.lower()}, sum over alle aldre"
                sum_foer = None if gammel_rad is None else float(gammel_rad.sum())
                navn = postnavn(i, gruppe)
                yield (
                    str(innhold.omraade(navn) or ""),
                    Endring("", navn, tekst, "kr per person", sum_foer, float(ny_rad.sum()), post.kilde),
                )


UTENFORKONTROLL = Vilkaarsbok(
    slag=UTENFORREGNSKAP,
    medfoelger="regnskapet som følger med programmet",
    les=les_utenforbok,
    les_fil=les_utenforfil,
    laget_med=utenfor_laget_med,
    plan=lambda _, laget, naa: utenforplan(laget, naa),
    endringer=_endringer,
    virkning=_virkning,
)
