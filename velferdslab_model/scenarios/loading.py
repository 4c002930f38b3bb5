"""Load one scenario from a file: a TOML file, or a workbook the program generated and someone edited, perhaps with a price list."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from velferdslab_model.base.ord import KREV_KONTROLL
from velferdslab_model.effektbok.reading import les_arbeidsbok
from velferdslab_model.effektbok.tegn import tegn
from velferdslab_model.errors import KanIkkeLese, UgyldigInndata
from velferdslab_model.parameters.filslag import INDEKSFIL, INDEKSLISTE, PRISLISTEFIL, SCENARIOFIL
from velferdslab_model.parameters.indeksfil import les_indeksfil
from velferdslab_model.parameters.loading import les_toml
from velferdslab_model.parameters.prisaar import Oppgitt, avklart, med_indekser, regn_om
from velferdslab_model.parameters.typer import Forutsetninger
from velferdslab_model.prisliste.applying import Prisendring, legg_over
from velferdslab_model.scenarios.kinds import krev_scenario, krev_slag
from velferdslab_model.workbook.kind import EFFEKTMODELL, PRISLISTE
from velferdslab_model.workbook.opening import aapne, er_arbeidsbok


def load_forutsetninger(
    sti: str | os.PathLike[str] | None = None,
    prisaar: int | None = None,
    indekser: str | os.PathLike[str] | None = None,
    prisaar_er: int | None = None,
) -> Forutsetninger:
    """Load a scenario: a .toml file, a workbook that was generated and edited, or Asker 2019 when sti is None.

    prisaar: the year every amount is converted to; the scenario's own when left out. indekser: a file of price indices,
    whose points go before the scenario's own. prisaar_er: the year its amounts are in, when the price year was typed over.
    Raises KanIkkeLese when the file cannot be read, UgyldigInndata with every fault it holds.
    """
    oppgitt = les_oppgitt(sti, indekser)
    return regn_om(oppgitt if prisaar_er is None else avklart(oppgitt, prisaar_er), prisaar)


def les_oppgitt(sti: str | os.PathLike[str] | None = None, indekser: str | os.PathLike[str] | None = None) -> Oppgitt:
    """Read a scenario as it is given, each amount in its own price year.

    indekser: a file of price indices, whose points go before the scenario's own. Raises KanIkkeLese when a file cannot be
    read, UgyldigInndata with every fault it holds.
    """
    oppgitt = _les(sti)
    if indekser is None:
        return oppgitt
    krev_slag(Path(indekser), INDEKSLISTE, INDEKSFIL, SCENARIOFIL)
    return med_indekser(oppgitt, les_indeksfil(indekser))


def _les(sti: str | os.PathLike[str] | None) -> Oppgitt:
    if sti is None:
        return les_toml(sti)
    fil = Path(sti)
    if not er_arbeidsbok(fil):
        krev_scenario(fil)
        return les_toml(sti)
    try:
        innhold = aapne(fil, EFFEKTMODELL)
    except KanIkkeLese:
        krev_scenario(fil)  # of another kind, without its document properties
        raise
    oppgitt = les_arbeidsbok(innhold)
    kontroll = tegn(innhold, regn_om(oppgitt))
    return replace(oppgitt, kontroll=kontroll, formler_sett=innhold.format == EFFEKTMODELL.format)


def les_scenario(
    sti: str | os.PathLike[str] | None = None,
    priser: str | os.PathLike[str] | None = None,
    prisaar: int | None = None,
    indekser: str | os.PathLike[str] | None = None,
    prisaar_er: int | None = None,
    bare_skrevet_over: bool = False,
    krev_kontroll: bool = False,
) -> tuple[Oppgitt, Prisendring | None]:
    """Read a scenario as it is given, with the prices of a list laid over it, and what the list did.

    priser: a price list, .xlsx or .csv. prisaar: the year all will be converted to, if not its own. indekser: a file of
    price indices, whose points go before the scenario's own. prisaar_er: as for load_forutsetninger;
    bare_skrevet_over: and of no concern to a scenario whose price year was left alone. krev_kontroll: refuse a workbook
    with signs of having been changed outside its inputs.
    Raises KanIkkeLese or UgyldigInndata, with every fault of the file, or of the list.
    """
    oppgitt = les_oppgitt(sti, indekser)
    if krev_kontroll and oppgitt.kontroll:
        raise UgyldigInndata(
            oppgitt.kilde,
            [f"{hva}, ventet en arbeidsbok som består kontrollen ({KREV_KONTROLL})." for hva in oppgitt.kontroll],
        )
    if prisaar_er is not None and (oppgitt.overskrevet or not bare_skrevet_over):
        oppgitt = avklart(oppgitt, prisaar_er)
    if priser is None:
        return oppgitt, None
    krev_slag(Path(priser), PRISLISTE, PRISLISTEFIL, SCENARIOFIL)
    endring = legg_over(oppgitt, priser, prisaar)
    return endring.oppgitt, endring


def load_med_priser(
    sti: str | os.PathLike[str] | None, priser: str | os.PathLike[str], prisaar: int | None = None
) -> tuple[Forutsetninger, Prisendring]:
    """Load a scenario as load_forutsetninger does, with the prices of a list laid over it before conversion.

    priser: a price list, .xlsx or .csv. Raises KanIkkeLese or UgyldigInndata, with every fault of the list.
    """
    oppgitt, endring = les_scenario(sti, priser, prisaar)
    assert endring is not None  # there is a list
    return regn_om(oppgitt, prisaar), endring


def kontrollvarsel(fil: str, tegn_: Sequence[str]) -> str:
    """What is told of a workbook that is not as the program made it; empty when there is no sign of that."""
    if not tegn_:
        return ""
    return (
        f"Kontroll: {fil} {'; '.join(tegn_)}. Bare inndata er brukt, og alt er regnet på nytt. "
        "Se alt som er endret med «velferdslab check»."
    )
