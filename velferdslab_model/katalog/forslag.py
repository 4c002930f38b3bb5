"""Newer rows of the prices a scenario has chosen: proposed, never taken into use by themselves."""

from __future__ import annotations

from collections.abc import Iterable

from velferdslab_model.katalog.soek import nyere
from velferdslab_model.parameters.katalogvalg import valgt_id
from velferdslab_model.parameters.priskatalog import Katalog
from velferdslab_model.parameters.typer import Tiltak


def nyere_satser(tiltak: Iterable[Tiltak], katalog: Katalog) -> list[str]:
    """A sentence for each chosen price that has a newer row."""
    ut = []
    for t in tiltak:
        rad = katalog.get(valgt_id(t.kilde) or "")
        if rad is not None and (ny := nyere(katalog, rad)) is not None:
            ut.append(
                f"«{t.navn}» bruker {rad.id} ({rad.kroner} kr per {rad.enhet}); {ny.id} er nyere ({ny.kroner} kr). "
                "Prisen er ikke endret: velg den nye selv."
            )
    return list(dict.fromkeys(ut))
