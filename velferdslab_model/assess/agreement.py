"""How far two placements of the same registration agree: per cent, and kappa weighted by the distance between situations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from velferdslab_model.assess.criteria import SITUASJONER
from velferdslab_model.assess.transitions import Plassert
from velferdslab_model.model.array import Array


@dataclass(frozen=True)
class Enighet:
    """tabell: (4, 4) counts, the first placement down and the second across. ikke_sammenlignet: pairs that could not be.
    kappa: None when chance alone would give full agreement, so that it is no number."""

    tabell: Array
    ikke_sammenlignet: int

    @property
    def antall(self) -> int:
        """Pairs compared."""
        return int(self.tabell.sum())

    @property
    def enige(self) -> int:
        """Pairs that agree."""
        return int(np.trace(self.tabell))

    @property
    def andel(self) -> float | None:
        """Share that agree."""
        return self.enige / self.antall if self.antall else None

    @property
    def kappa(self) -> float | None:
        """Linearly weighted kappa (Cohen 1968): a step away counts a third of three steps."""
        return vektet_kappa(self.tabell)


def vektet_kappa(tabell: Array) -> float | None:
    """1 - observed / expected disagreement, with linear weights. tabell: (n, n) counts."""
    antall = float(tabell.sum())
    if antall == 0:
        return None
    plass = np.arange(len(tabell))
    avstand = np.abs(plass[:, None] - plass[None, :]) / (len(tabell) - 1)
    ventet = np.outer(tabell.sum(axis=1), tabell.sum(axis=0)) / antall
    uenighet = float((avstand * ventet).sum())
    return None if uenighet == 0 else 1 - float((avstand * tabell).sum()) / uenighet


def enighet(par: Sequence[tuple[int | None, int | None]]) -> Enighet:
    """Agreement of pairs; those where one is missing are counted apart."""
    tabell = np.zeros((len(SITUASJONER), len(SITUASJONER)))
    for en, annen in par:
        if en is not None and annen is not None:
            tabell[en, annen] += 1
    return Enighet(tabell, len(par) - int(tabell.sum()))


def med_investeringsleder(plasserte: Sequence[Plassert]) -> tuple[tuple[str, int | None, int | None], ...]:
    """Id, the situation given and the rule's, of every registration where one was given. A tie is no situation here."""
    return tuple(
        (p.registrering.id, p.registrering.gitt, p.plassering.situasjon)
        for p in plasserte
        if p.registrering.gitt is not None and p.registrering.vurderer == "første"
    )


def mellom_vurderere(plasserte: Sequence[Plassert]) -> tuple[tuple[str, int | None, int | None], ...]:
    """Id and both placements by the rule, of every registration that two scored."""
    foerste = {
        (p.registrering.id, p.registrering.dato): p.plassering.situasjon
        for p in plasserte
        if p.registrering.vurderer == "første"
    }
    return tuple(
        (p.registrering.id, foerste[p.registrering.id, p.registrering.dato], p.plassering.situasjon)
        for p in plasserte
        if p.registrering.vurderer == "andre"
    )
