"""What a worker answers with: messages at the field or file they belong to, and pieces of a page."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence

from markupsafe import Markup

from velferdslab_model.app.cases import Arbeidsordre, Feilmelding
from velferdslab_model.app.room import PAKKE, SKJEMAET
from velferdslab_model.base.ord import er_antakelse
from velferdslab_model.errors import UgyldigInndata, VelferdslabError
from velferdslab_model.page.rendering import bit
from velferdslab_model.parameters.typer import Forutsetninger
from velferdslab_model.register import GRUPPENAVN, registerposter

_NOEKKEL = re.compile(r" \(([a-z_.]+)\) ")


def feil_av(feil: VelferdslabError, oppdrag: Arbeidsordre) -> list[Feilmelding]:
    """The messages of the commands, each with the field it belongs to, and files by the names the person knows."""
    if isinstance(feil, UgyldigInndata) and feil.kilde == SKJEMAET:
        return [_i_skjemaet(tekst) for tekst in feil.feil]
    tekst = str(feil).replace(f"{oppdrag.mappe}{os.sep}", "")
    for fil in oppdrag.filer:
        tekst = tekst.replace(fil.sti, fil.navn)
    # Each file lies in a folder of its own number.
    tekst = re.sub(r"\binn[\\/]\d+[\\/]", "", tekst)
    felt = next((f.felt for f in oppdrag.filer if f.navn in tekst), "")
    return [Feilmelding(felt, linje) for linje in tekst.split("\n") if linje]


def _i_skjemaet(tekst: str) -> Feilmelding:
    funn = _NOEKKEL.search(tekst)
    return Feilmelding(funn[1] if funn else "", _NOEKKEL.sub(" ", tekst, count=1))


def avsnittene(tekster: Iterable[str]) -> Markup:
    """A paragraph for each text."""
    return Markup("").join(Markup("<p>{}</p>").format(tekst) for tekst in tekster if tekst)


def antakelsesliste(f: Forutsetninger) -> Markup:
    """Which numbers are antakelser, by group, closed until asked for."""
    grupper: dict[str, list[Mapping[str, str]]] = {}
    alle = registerposter(f)
    for post in alle:
        if er_antakelse(post.kilde):
            grupper.setdefault(GRUPPENAVN[post.gruppe], []).append({"tekst": post.tekst, "kilde": post.kilde})
    antall = sum(map(len, grupper.values()))
    return bit(PAKKE, "antakelser.html", grupper=grupper, antall=antall, alle=len(alle))


def linjeblokk(tittel: str, linjer: Sequence[str]) -> Markup:
    """Lines as a command prints them, in a box that scrolls."""
    return bit(PAKKE, "linjeblokk.html", tittel=tittel, tekst="\n".join(linjer))
