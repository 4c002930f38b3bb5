"""Audit a workbook whose inputs together are one set of terms. The order of that audit for personas and utenfor; each brings what is its own."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from velferdslab_model.check.kontrollsvar import Kontrollsvar
from velferdslab_model.endringer.finne import Endring
from velferdslab_model.errors import UgyldigInndata
from velferdslab_model.workbook.audit import Funn, inndatafunn, innskrevne_formler, planfunn
from velferdslab_model.workbook.causes import aarsaker, ikke_kontrollert
from velferdslab_model.workbook.comparing import arknavn
from velferdslab_model.workbook.kind import Bokslag
from velferdslab_model.workbook.opening import Innhold
from velferdslab_model.workbook.plan import Bok

UTEN_OPPHAV = "Filen sier ikke hva den ble laget med. Den er sammenlignet med {mot}."
_LAAST = "låst celle"
_Vilkaar = TypeVar("_Vilkaar")


@dataclass(frozen=True)
class Vilkaarsbok(Generic[_Vilkaar]):
    """What is a kind's own in the audit of its workbook.

    medfoelger: what the program brings, in words. les: the terms in the cells. les_fil: those of another file, or those the
    program brings for None. laget_med: those the file says it was made with. plan: the file, what it was made with, and
    what it now holds (None when that cannot be read). endringer: each input that differs, with its cell.
    virkning: what the changes do, a sentence each.
    """

    slag: Bokslag
    medfoelger: str
    les: Callable[[Innhold], _Vilkaar]
    les_fil: Callable[[Path | None], _Vilkaar]
    laget_med: Callable[[Innhold], _Vilkaar | None]
    plan: Callable[[Innhold, _Vilkaar, _Vilkaar | None], Bok]
    endringer: Callable[[Innhold, _Vilkaar, _Vilkaar], Iterator[tuple[str, Endring]]]
    virkning: Callable[[_Vilkaar, _Vilkaar], Iterable[str]]


def kontroller_vilkaarsbok(
    k: Vilkaarsbok[_Vilkaar], innhold: Innhold, mot: str | os.PathLike[str] | None = None
) -> Kontrollsvar:
    """Audit a workbook against another file, or against what it was made with when mot is None.

    Raises whatever reading mot raises.
    """
    laget = k.laget_med(innhold)
    if mot is not None:
        fra, mot_navn = k.les_fil(Path(mot)), Path(mot).name
    elif laget is not None:
        fra, mot_navn = laget, "tallene boken ble laget med"
    else:
        fra, mot_navn = k.les_fil(None), k.medfoelger
    merknader = aarsaker(innhold)
    merknader += [] if laget else [UTEN_OPPHAV.format(mot=mot_navn)]
    formler = innhold.formler
    uten: list[str] = []

    def svar(leselig: bool, endringer: Sequence[tuple[str, Endring]], funn: Sequence[Funn]) -> Kontrollsvar:
        return Kontrollsvar(
            innhold.fil.name,
            k.slag.noekkel,
            innhold.versjon,
            mot_navn,
            leselig,
            None,
            endringer,
            None,
            funn,
            merknader,
            ikke_kontrollert=(*uten, *ikke_kontrollert(innhold)),
        )

    try:
        naa = k.les(innhold)
    except UgyldigInndata as feil:
        funn = [inndatafunn(innhold.fil.name, tekst) for tekst in feil.feil]
        funn += planfunn(k.plan(innhold, laget or fra, None), innhold, formler, uten_tall=True)
        return svar(False, (), funn)
    bok = k.plan(innhold, laget or naa, naa)
    funn = planfunn(bok, innhold, formler)
    # Texts say what the answer rested on when the book was made; of that a file without its properties tells nothing.
    if laget is None and any(f.slag == _LAAST for f in funn):
        funn = [f for f in funn if f.slag != _LAAST]
        uten.append("låste celler")
    if innskrevne := innskrevne_formler(bok, formler, arknavn(bok, innhold)):
        merknader.append(f"Formler i inndataceller, lest med tallet som er lagret: {', '.join(innskrevne)}.")
    endringer = list(k.endringer(innhold, fra, naa))
    if endringer:
        merknader += k.virkning(fra, naa)
    return svar(True, endringer, funn)
