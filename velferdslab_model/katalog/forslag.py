"""Newer rows of the prices of a scenario: proposed, never taken into use by themselves."""

from __future__ import annotations

from collections.abc import Iterator

from velferdslab_model.base.ord import er_antakelse
from velferdslab_model.katalog.soek import nyere
from velferdslab_model.parameters.katalogtreff import holdt_mot
from velferdslab_model.parameters.katalogvalg import valgt_id
from velferdslab_model.parameters.prisaar import Oppgitt
from velferdslab_model.parameters.priskatalog import Katalog, Katalograd, katalogen
from velferdslab_model.parameters.typer import Tiltak

_UENDRET = "Prisen er ikke endret: velg den nye selv."


def nyere_satser(oppgitt: Oppgitt) -> list[str]:
    """A sentence for each price that has a newer row.

    That is a price chosen from the catalogue, and one from another source, where a row of the same size is newer than it and not
    newer than the scenario's price year. An antakelse has no source that could be renewed.
    """
    katalog = katalogen(oppgitt.egne_priser)
    ut: list[str] = []
    for gruppe, g in oppgitt.grupper.items():
        for t in g.tiltak:
            rad = katalog.get(valgt_id(t.kilde) or "")
            if rad is not None and (ny := nyere(katalog, rad)) is not None:
                ut.append(
                    f"«{t.navn}» bruker {rad.id} ({rad.kroner} kr per {rad.enhet}); {ny.id} er nyere ({ny.kroner} kr). {_UENDRET}"
                )
            elif rad is None and not er_antakelse(t.kilde):
                aar = oppgitt.prisaar[gruppe][f"tiltak.{t.navn}"]
                like = [ny for ny in _like(gruppe, t, katalog) if aar < (ny.prisaar or 0) <= oppgitt.maalaar]
                if ny := max(like, key=lambda en: en.prisaar or 0, default=None):
                    ut.append(
                        f"«{t.navn}» er fra {aar}; {ny.id} er nyere ({ny.kroner} kr per {ny.enhet}, {ny.aarstekst}). {_UENDRET}"
                    )
    return list(dict.fromkeys(ut))


def _like(gruppe: str, t: Tiltak, katalog: Katalog) -> Iterator[Katalograd]:
    """The rows that are a measure of the same size as the price."""
    return (katalog[en.id] for en in holdt_mot(gruppe, t.navn, katalog) if en.id and en.vurdering == "samme størrelse")
