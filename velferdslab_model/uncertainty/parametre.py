"""The numbers that may be wrong, and the engine's inputs with some of them changed draw by draw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from velferdslab_model.base.felt import MINSTE_INNTAK
from velferdslab_model.model.array import Array
from velferdslab_model.model.inndata import Modellinndata, inndata
from velferdslab_model.model.kostnad import tiltakskostnad
from velferdslab_model.model.totaler import Totaler, totaler
from velferdslab_model.parameters.avledet import AVLEDEDE, hele_kroner
from velferdslab_model.parameters.felt import FELT
from velferdslab_model.parameters.fordeling import FELLESFAKTORER, Fordeling
from velferdslab_model.parameters.typer import BETALERE, LIVSSITUASJONER, Brukergruppe
from velferdslab_model.parameters.usikkerhet import TIMESATS, felt_for, fordelinger, navn_paa, tiltaksnoekkel

_REKKER = ("inntak", "suksessrate", "nullalternativ", "livskvalitet", "stillingsandel")


@dataclass(frozen=True)
class Parameter:
    """One number of a group. basis: its value in the scenario. minst, mest: legal range. fordeling: if it is drawn."""

    noekkel: str
    navn: str
    enhet: str
    basis: float
    minst: float
    mest: float
    fordeling: Fordeling | None

    @property
    def andel(self) -> bool:
        """Whether it is shown in per cent."""
        return self.enhet == "andel"


def parametre(g: Brukergruppe) -> list[Parameter]:
    """Every number that may be varied: the common factors, the inputs that are not whole numbers, and the prices."""
    trekkes = fordelinger(g)
    ut = []
    for noekkel, verdi in _basis(g).items():
        felt = felt_for(noekkel)
        minst = MINSTE_INNTAK if felt.slag == "antall" else felt.minst
        ut.append(Parameter(noekkel, navn_paa(noekkel), felt.enhet, verdi, minst, felt.mest, trekkes.get(noekkel)))
    return ut


def _basis(g: Brukergruppe) -> dict[str, float]:
    """The value in the scenario of every number that may be varied, by key."""
    basis = dict.fromkeys(FELLESFAKTORER, 1.0) | {n: g.verdi(n) for n, felt in FELT.items() if not felt.heltall}
    basis |= {f"{TIMESATS}{t.timesats}": t.enhetskostnad for t in g.tiltak if t.timesats}
    basis |= {tiltaksnoekkel(t): t.enhetskostnad for t in g.tiltak}
    return {noekkel: float(verdi) for noekkel, verdi in basis.items()}


def inndata_med(g: Brukergruppe, verdier: Mapping[str, Array]) -> Modellinndata:
    """The engine's inputs with some numbers drawn. verdier: by key, each (n,) in the number's own unit."""
    x = inndata(g)
    verdier = {**verdier, **som_foelger(g, verdier)}
    ny: dict[str, Any] = {}
    if any(n == "priser" or n.startswith("tiltak.") for n in verdier):
        ny |= _priser(g, x, verdier)
    for hode in _REKKER:
        deler = {n: verdi for n, verdi in verdier.items() if n.partition(".")[0] == hode}
        if deler:
            ny[hode] = _rekke(getattr(x, hode), hode, deler)
    for noekkel, verdi in verdier.items():
        if noekkel in FELT and noekkel.partition(".")[0] not in (*_REKKER, "nullalternativ_faktor"):
            ny[noekkel.removeprefix("utvidet.")] = verdi
    return replace(x, **ny)


def som_foelger(g: Brukergruppe, verdier: Mapping[str, Array]) -> dict[str, Array]:
    """What follows the numbers given: a derived input moves with its base, draw by draw, unless it is given itself.

    verdier: by key, each (n,). A common factor of a kind multiplies all of them afterwards, derived or not.
    """
    ut: dict[str, Array] = {}
    for noekkel in g.avledet - verdier.keys():
        av, faktor = AVLEDEDE[noekkel]
        if av in verdier or faktor in verdier:
            ut[noekkel] = hele_kroner(verdier.get(av, g.verdi(av)) * verdier.get(faktor, g.verdi(faktor)))
    for t in g.tiltak:
        sats = verdier.get(f"{TIMESATS}{t.timesats}") if t.timesats else None
        if sats is not None and tiltaksnoekkel(t) not in verdier:
            ut[tiltaksnoekkel(t)] = sats
    return ut


def foelges(g: Brukergruppe, noekkel: str) -> bool:
    """Whether a number of the group is worked out from this one."""
    return any(noekkel in AVLEDEDE[n] for n in g.avledet) or any(
        t.timesats and noekkel == f"{TIMESATS}{t.timesats}" for t in g.tiltak
    )


def _rekke(basis: Array, hode: str, deler: Mapping[str, Array]) -> Array:
    """Draws first to the reader, last in memory. A key without situation is a common factor."""
    n = len(next(iter(deler.values())))
    ut = np.repeat(np.asarray(basis, dtype=np.float64)[:, None], n, axis=1)
    for noekkel, verdi in deler.items():
        if noekkel != hode:
            ut[LIVSSITUASJONER.index(noekkel.partition(".")[2])] = verdi
    if hode in deler:
        ut *= deler[hode]
        if hode == "suksessrate":
            np.minimum(ut, 1.0, out=ut)
    return ut.T


def _priser(g: Brukergruppe, x: Modellinndata, verdier: Mapping[str, Array]) -> dict[str, Array]:
    egne = [(t, verdier[n]) for t in g.tiltak if (n := tiltaksnoekkel(t)) in verdier]
    satser = {"oppstart": x.oppstart[..., None], "drift": x.drift[..., None]}
    for kategori in {t.kategori for t, _ in egne}:
        satser[kategori] = np.repeat(satser[kategori], len(egne[0][1]), axis=-1)
    for t, pris in egne:
        per_krone = tiltakskostnad(replace(t, enhetskostnad=1.0))
        satser[t.kategori][:, BETALERE.index(t.betaler)] += per_krone[:, None] * (pris - t.enhetskostnad)
    if "priser" in verdier:
        satser = {navn: sats * verdier["priser"] for navn, sats in satser.items()}
    return {navn: np.moveaxis(np.maximum(sats, 0.0), -1, 0) for navn, sats in satser.items()}


def en_og_en(g: Brukergruppe, endringer: Sequence[tuple[str, float]], netto: Sequence[str]) -> Totaler:
    """The totals when one number at a time is changed: key and value of each run."""
    basis = _basis(g)
    verdier = {noekkel: np.full(len(endringer), basis[noekkel]) for noekkel in dict.fromkeys(n for n, _ in endringer)}
    styrer = {noekkel for noekkel in verdier if foelges(g, noekkel)}
    for k, (noekkel, verdi) in enumerate(endringer):
        verdier[noekkel][k] = verdi
        if noekkel not in styrer:
            continue
        # What follows it moves in the same run, whether or not other runs change that alone.
        for fulgt, ny in som_foelger(g, {noekkel: np.array([verdi])}).items():
            verdier.setdefault(fulgt, np.full(len(endringer), basis[fulgt]))[k] = ny[0]
    return totaler(inndata_med(g, verdier), netto, ())
