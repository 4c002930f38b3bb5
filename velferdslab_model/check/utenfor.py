"""Audit one workbook of a life-course account: what was typed, what it does to the nets, and what else was touched."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from velferdslab_model.base.tall import kr
from velferdslab_model.check.kontrollsvar import Kontrollsvar
from velferdslab_model.endringer.finne import Endring
from velferdslab_model.errors import UgyldigInndata
from velferdslab_model.utenfor.account import regn_utenfor
from velferdslab_model.utenfor.inputs import postnavn, vilkaarsfelt
from velferdslab_model.utenfor.reading import les_utenforbok, les_utenforfil, utenfor_laget_med
from velferdslab_model.utenfor.sentences import synsnavn
from velferdslab_model.utenfor.terms import GRUPPENE, Utenforvilkaar
from velferdslab_model.utenfor.writing import utenforplan
from velferdslab_model.workbook.audit import Funn, innskrevne_formler, planfunn
from velferdslab_model.workbook.causes import UTEN_LAGREDE_TALL, uten_lagrede_tall
from velferdslab_model.workbook.comparing import arknavn
from velferdslab_model.workbook.kind import UTENFORREGNSKAP
from velferdslab_model.workbook.opening import Innhold

_UTEN_OPPHAV = "Filen sier ikke hva den ble laget med. Den er kontrollert mot {mot}."


def kontroller_utenfor(innhold: Innhold, mot: str | os.PathLike[str] | None = None) -> Kontrollsvar:
    """Audit an account's workbook against another account, or against what it was made with when mot is None.

    Raises whatever reading mot raises.
    """
    fil, formler = innhold.fil, innhold.formler
    annen = None if mot is None else les_utenforfil(Path(mot))
    laget = utenfor_laget_med(innhold)
    fra = annen or laget or les_utenforfil(None)
    mot_navn = "tallene boken ble laget med" if mot is None else Path(mot).name
    merknader = [UTEN_LAGREDE_TALL] if uten_lagrede_tall(innhold) else []
    merknader += [] if laget else [_UTEN_OPPHAV.format(mot=mot_navn)]
    try:
        v = les_utenforbok(innhold)
    except UgyldigInndata as feil:
        funn = [Funn("inndata", fil.name, "en lovlig verdi", tekst) for tekst in feil.feil]
        funn += planfunn(utenforplan(laget or fra), innhold, formler, uten_tall=True)
        return Kontrollsvar(
            fil.name, UTENFORREGNSKAP.noekkel, innhold.versjon, mot_navn, False, None, (), None, funn, merknader
        )
    bok = utenforplan(laget or v, v)
    funn = planfunn(bok, innhold, formler)
    if innskrevne := innskrevne_formler(bok, formler, arknavn(bok, innhold)):
        merknader.append(f"Formler i inndataceller, lest med tallet som er lagret: {', '.join(innskrevne)}.")
    endringer = list(_endringer(innhold, fra, v))
    if endringer:
        foer, etter = regn_utenfor(fra).utfall, regn_utenfor(v).utfall
        merknader += [
            f"Netto, {synsnavn(hvem).lower()}: {kr(foer[hvem].netto)} -> {kr(etter[hvem].netto)} kr." for hvem in etter
        ]
    return Kontrollsvar(
        fil.name, UTENFORREGNSKAP.noekkel, innhold.versjon, mot_navn, True, None, endringer, None, funn, merknader
    )


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
