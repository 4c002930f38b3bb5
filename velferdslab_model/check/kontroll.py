"""Audit a file of any kind that has inputs. The ONE list of how each kind is audited."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from velferdslab_model.check.effektmodell import kontroller_effektmodell
from velferdslab_model.check.kontrakt import kontroller_kontrakt
from velferdslab_model.check.kontrollsvar import Kontrollsvar
from velferdslab_model.check.personas import PERSONASKONTROLL
from velferdslab_model.check.prisliste import kontroller_prisfil, kontroller_prisliste
from velferdslab_model.check.registreringer import kontroller_registreringer
from velferdslab_model.check.utenfor import UTENFORKONTROLL
from velferdslab_model.check.vilkaarsbok import kontroller_vilkaarsbok
from velferdslab_model.errors import KanIkkeLese
from velferdslab_model.parameters.filslag import PRISLISTEFIL
from velferdslab_model.scenarios.kinds import hva_er, krev_slag, uten_merke_i
from velferdslab_model.workbook.kind import (
    EFFEKTKONTRAKT,
    EFFEKTMODELL,
    PERSONAS,
    PRISLISTE,
    REGISTRERINGER,
    UTENFORREGNSKAP,
    Bokslag,
)
from velferdslab_model.workbook.opening import Innhold, aapne
from velferdslab_model.workbook.origin import uten_opphav

#: What is compared with: a scenario, or None for the defaults or what the file was made with.
Mot = str | os.PathLike[str] | None
#: Kind -> plan it again from the inputs in the file, and tell what differs.
KONTROLLER: Mapping[Bokslag, Callable[[Innhold, Mot], Kontrollsvar]] = {
    EFFEKTMODELL: kontroller_effektmodell,
    PRISLISTE: kontroller_prisliste,
    EFFEKTKONTRAKT: kontroller_kontrakt,
    REGISTRERINGER: kontroller_registreringer,
    UTENFORREGNSKAP: partial(kontroller_vilkaarsbok, UTENFORKONTROLL),
    PERSONAS: partial(kontroller_vilkaarsbok, PERSONASKONTROLL),
}


def kontroller(sti: str | os.PathLike[str], mot: Mot = None, indekser: Mot = None) -> Kontrollsvar:
    """Audit a file against a scenario or another workbook.

    mot: None for the defaults (a workbook of the model), or for what the file was made with (a price list). indekser: a file of price indices, which
    bring what a workbook of the model is compared with to its price year. Raises
    KanIkkeLese when the file is not one of ours, has no inputs or cannot be opened, and whatever reading mot raises.
    """
    fil = Path(sti)
    if fil.suffix.lower() in (".toml", ".csv"):
        krev_slag(fil, EFFEKTMODELL, PRISLISTEFIL)
    slag = hva_er(fil) or EFFEKTMODELL
    if slag is PRISLISTE and indekser is None and fil.suffix.lower() == ".csv":
        return kontroller_prisfil(fil, mot)
    if slag not in KONTROLLER:
        raise KanIkkeLese(f"{fil} er {slag.kalles} og kan ikke kontrolleres. {slag.bruk}")
    if slag is not EFFEKTMODELL and indekser is not None:
        raise KanIkkeLese(f"{fil} er {slag.kalles}, og --indekser gjelder bare {EFFEKTMODELL.kalles}.")
    revider = partial(kontroller_effektmodell, indekser=indekser) if slag is EFFEKTMODELL else KONTROLLER[slag]
    innhold = aapne(fil, slag, None if slag is EFFEKTMODELL else lambda bok: uten_merke_i(bok)[1])
    uten = replace(innhold, egenskaper=uten_opphav(innhold.egenskaper))
    try:
        return revider(innhold, mot)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        # What a file says that it was made with can be anything that somebody made of it; its cells have been read.
        if len(uten.egenskaper) == len(innhold.egenskaper):
            raise
    return revider(uten, mot)
