"""Plan and write the live workbook of a contract."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date

from velferdslab_model.base.dato import dagens_dato
from velferdslab_model.base.farger import FARGER, GRAA
from velferdslab_model.base.files import skriv_fil
from velferdslab_model.contract.analysis import Kontraktsanalyse, analyser_kontrakt, tilfelle
from velferdslab_model.contract.distribution import FROE
from velferdslab_model.contract.flows import antall_aar
from velferdslab_model.contract.inputs import rom_for, seksjoner
from velferdslab_model.contract.origin import pakk_kontrakt
from velferdslab_model.contract.tabs.erstattet_tab import ERSTATTET, erstattetark
from velferdslab_model.contract.tabs.forventet_tab import FORVENTET, forventetark
from velferdslab_model.contract.tabs.grunnlag import Grunnlag
from velferdslab_model.contract.tabs.oppgjoer_tab import LINJER, OPPGJOER, linjeark, oppgjoersark
from velferdslab_model.contract.tabs.partene_tab import PARTENE, partsark
from velferdslab_model.contract.tabs.risiko_tab import RISIKO, risikoark
from velferdslab_model.contract.tabs.rom_tab import (
    ROM,
    TABELLEN,
    har_tabell,
    romark,
    tabellark,
)
from velferdslab_model.contract.tabs.scenarie_tab import SCENARIER, scenarieark
from velferdslab_model.contract.tabs.svar_tab import SVAR, svarark
from velferdslab_model.contract.tabs.vilkaar_tab import VILKAAR, vilkaarsark
from velferdslab_model.contract.terms import Kontrakt
from velferdslab_model.workbook.kind import EFFEKTKONTRAKT
from velferdslab_model.workbook.plan import Bok
from velferdslab_model.workbook.writing import bytes_av


def kontraktplan(
    a: Kontraktsanalyse,
    naa: Kontrakt | None = None,
    froe: int = FROE,
    celler: Mapping[str, float | str] | None = None,
) -> Bok:
    """Plan every cell. a: what the file is made with. naa: other terms typed into it since, whose values the formulas have.
    celler: what stands in the input cells, by key of the field, where it is known; those out of use keep it."""
    laget = a.avtalt.vilkaar
    v = laget if naa is None else naa
    rom = rom_for(laget, antall_aar(laget))
    g = Grunnlag(a.avtalt if naa is None else tilfelle(naa, froe), a, rom, froe)
    bok = Bok(EFFEKTKONTRAKT, laget.navn, pakk_kontrakt(laget, froe))
    svar = bok.nytt_ark(SVAR, fanefarge=FARGER["besparelse"])
    deler = seksjoner(v, rom, celler)
    vilkaarsark(bok.nytt_ark(VILKAAR, fanefarge=FARGER["helsegevinst"]), g, deler)
    oppgjoersark(bok.nytt_ark(OPPGJOER), g)
    linjeark(bok.nytt_ark(LINJER), g)
    partsark(bok.nytt_ark(PARTENE), g)
    forventetark(bok.nytt_ark(FORVENTET), g)
    risikoark(bok.nytt_ark(RISIKO), g)
    rommet = bok.nytt_ark(ROM, fanefarge=GRAA)
    scenariearket = bok.nytt_ark(SCENARIER, fanefarge=GRAA)
    if har_tabell(a.avtalt):
        tabellark(bok.nytt_ark(TABELLEN, fanefarge=GRAA), g)
    if laget.erstattet:
        erstattetark(bok.nytt_ark(ERSTATTET, fanefarge=GRAA), g)
    svarark(svar, g)
    # Both show the price that is paid, which stands on the first tab.
    romark(rommet, g)
    scenarieark(scenariearket, g)
    return bok


def write_kontrakt(
    v: Kontrakt, sti: str | os.PathLike[str], dato: date | None = None, overskriv: bool = False, froe: int = FROE
) -> None:
    """Write the workbook. dato: kept in the file's properties; today when left out.

    An existing file is replaced only when nobody has changed it, or with overskriv. Raises KanIkkeSkrive otherwise.
    """
    innhold = bytes_av(kontraktplan(analyser_kontrakt(v, froe), froe=froe), dato or dagens_dato())
    skriv_fil(sti, innhold, EFFEKTKONTRAKT.hindring, overskriv)
