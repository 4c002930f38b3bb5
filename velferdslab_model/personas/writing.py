"""Plan and write the live workbook of personas."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date

from velferdslab_model.base.dato import dagens_dato
from velferdslab_model.base.farger import FARGER, GRAA
from velferdslab_model.base.files import skriv_fil
from velferdslab_model.personas.analysis import analyser_personas
from velferdslab_model.personas.inputs import LEDIGE_RADER, fanenavn, prefiks
from velferdslab_model.personas.origin import pakk_personas
from velferdslab_model.personas.tabs.historie_tab import historieark
from velferdslab_model.personas.tabs.svar_tab import PERSONASVAR, personasvarark
from velferdslab_model.personas.tabs.vilkaar_tab import PERSONAVILKAAR, personavilkaarsark
from velferdslab_model.personas.terms import Personasett
from velferdslab_model.workbook.kind import PERSONAS
from velferdslab_model.workbook.plan import Bok
from velferdslab_model.workbook.writing import bytes_av


def personasplan(laget: Personasett, naa: Personasett | None = None, rader: Sequence[int] = ()) -> Bok:
    """Plan every cell. laget: what the file is made with. naa: the same with other numbers typed into it since. rader: of
    services on each history's sheet, where the file is not newly made."""
    a = analyser_personas(laget if naa is None else naa)
    antall = rader or [len(h.tjenester) + LEDIGE_RADER for _, h in laget.historier()]
    bok = Bok(PERSONAS, ", ".join(p.navn for p in laget.personas)[:100], pakk_personas(laget))
    svar = bok.nytt_ark(PERSONASVAR, fanefarge=FARGER["besparelse"])
    vilkaar = bok.nytt_ark(PERSONAVILKAAR, fanefarge=FARGER["helsegevinst"])
    for n, (navn, t, rader_) in enumerate(zip(fanenavn(laget), a.historier, antall, strict=True), start=1):
        historieark(bok.nytt_ark(navn, prefiks(n), fanefarge=GRAA), t, rader_)
    personavilkaarsark(vilkaar, a)
    personasvarark(svar, a)
    return bok


def write_personas(
    sett: Personasett, sti: str | os.PathLike[str], dato: date | None = None, overskriv: bool = False
) -> None:
    """Write the workbook. dato: kept in the file's properties; today when left out.

    An existing file is replaced only when nobody has changed it, or with overskriv. Raises KanIkkeSkrive otherwise.
    """
    skriv_fil(sti, bytes_av(personasplan(sett), dato or dagens_dato()), PERSONAS.hindring, overskriv)
