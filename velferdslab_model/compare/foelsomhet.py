"""How the ranking holds when an assumption that is common to all is another: who is first, and how often the order holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from velferdslab_model.base.tall import MINUS, prosent, tall
from velferdslab_model.base.tekst import oppramset
from velferdslab_model.compare.faktorer import HOVEDNETTO
from velferdslab_model.compare.ytelse import Ytelsesrad
from velferdslab_model.model.array import Array
from velferdslab_model.model.inndata import inndata
from velferdslab_model.model.totaler import totaler
from velferdslab_model.parameters.typer import Brukergruppe

#: Values of a QALY in 2019 kroner (docs/modell.md section 4), the default in the middle; scaled to the common one.
_QALY = (600_000.0, 1_120_000.0, 1_400_000.0)
#: Shares that wage and null costs are moved by, and ends of what is not known.
_LAV, _HOEY = 0.7, 1.3
_ENDER = {"erstatningsgrad": (0.0, 1.0), "neddiskontering": (0.0, 0.04)}
_NETTO = tuple(n.removeprefix("netto_") for n in HOVEDNETTO)
#: Nets nearer than this, kr, are the same: half an øre.
_LIKT = 0.005


@dataclass(frozen=True)
class Variant:
    """One common assumption at another value. tekst: as named to a reader. foerst: who are best then. par_som_holder: share
    of the pairs that keep their order. hele: whether the whole order is the same."""

    tekst: str
    foerst: tuple[str, ...]
    par_som_holder: float
    hele: bool


@dataclass(frozen=True)
class Foelsomhet:
    """The ranking of one group by one net. foerst: who are best at the common assumptions."""

    foerst: tuple[str, ...]
    varianter: tuple[Variant, ...]

    @property
    def holder(self) -> int:
        """In how many of the variants the whole order is the same."""
        return sum(v.hele for v in self.varianter)

    @property
    def samme_foerst(self) -> int:
        """In how many of them the same are best."""
        return sum(v.foerst == self.foerst for v in self.varianter)


def foelsomhet(rader: Mapping[str, Ytelsesrad]) -> dict[str, Foelsomhet]:
    """By HOVEDNETTO; empty with fewer than two to rank. rader: one group's, by municipality."""
    if len(rader) < 2:
        return {}
    navn = list(rader)
    felles = rader[navn[0]].gruppe_ytelse
    tekster = [tekst for tekst, _ in _varianter(felles)]
    # (K, nets, variants), the common assumptions themselves first.
    alle = np.stack([_netto(r.gruppe_ytelse) for r in rader.values()])
    return {n: _ett_netto(navn, tekster, alle[:, i]) for i, n in enumerate(HOVEDNETTO)}


def _varianter(g: Brukergruppe) -> list[tuple[str, dict[str, float]]]:
    """What is varied: text, and the factor or the value by field of Modellinndata."""
    ut: list[tuple[str, dict[str, float]]] = []
    for kr in _QALY:
        verdi = g.verdi_qaly * kr / _QALY[1]
        ut.append((f"verdi av en QALY {tall(verdi / 1e6, 2)} mill. kr", {"verdi_qaly": verdi}))
    for felt, navn in (("loennskostnad", "lønnskostnad"), ("nullalternativ", "nullalternativ")):
        for faktor, tegn in ((_LAV, MINUS), (_HOEY, "+")):
            ut.append((f"{navn} {tegn}{prosent(abs(faktor - 1), 0)}", {felt: faktor}))
    for felt, navn in (("erstatningsgrad", "erstatningsgrad"), ("neddiskontering", "rente")):
        ut += [(f"{navn} {prosent(verdi, 0)}", {felt: verdi}) for verdi in _ENDER[felt]]
    return ut


def _netto(g: Brukergruppe) -> Array:
    """The nets of one municipality, (2, 1 + variants) kr: as it is, and with each variant."""
    x = inndata(g)
    varianter = _varianter(g)
    n = 1 + len(varianter)
    felt: dict[str, Any] = {}
    for navn in ("verdi_qaly", "loennskostnad", "erstatningsgrad", "neddiskontering", "nullalternativ"):
        basis = np.asarray(getattr(x, navn), dtype=float)
        verdier = np.repeat(basis[None, ...], n, axis=0)
        for i, (_, endring) in enumerate(varianter, start=1):
            if navn in endring:
                relativ = navn in ("loennskostnad", "nullalternativ")
                verdier[i] = basis * endring[navn] if relativ else endring[navn]
        felt[navn] = verdier
    svar = totaler(replace(x, **felt), _NETTO, (), med_aar=False)
    return np.stack([svar.sum[netto] for netto in HOVEDNETTO])


def _ett_netto(navn: Sequence[str], tekster: Sequence[str], verdier: Array) -> Foelsomhet:
    """verdier: (K, 1 + variants) kr."""
    par = np.triu_indices(len(navn), 1)

    def orden(kolonne: Array) -> Array:
        forskjell = kolonne[par[0]] - kolonne[par[1]]
        ut: Array = np.where(np.abs(forskjell) < _LIKT, 0, np.sign(forskjell))
        return ut

    def foerst(kolonne: Array) -> tuple[str, ...]:
        return tuple(en for en, verdi in zip(navn, kolonne.tolist(), strict=True) if verdi > kolonne.max() - _LIKT)

    basis = orden(verdier[:, 0])
    varianter = []
    for i, tekst in enumerate(tekster, start=1):
        like = orden(verdier[:, i]) == basis
        varianter.append(Variant(tekst, foerst(verdier[:, i]), float(like.mean()), bool(like.all())))
    return Foelsomhet(foerst(verdier[:, 0]), tuple(varianter))


def foelsomhetssetning(f: Foelsomhet) -> str:
    """Who is first, and how the order of the numbers holds, in two sentences."""
    foerst, n = oppramset(f.foerst), len(f.varianter)
    ut = (
        f"Ordnet etter tallene som forutsatt er rekkefølgen den samme i {f.holder} av {n} andre felles antakelser (QALY, lønn, "
        f"nullalternativ, erstatningsgrad, rente), og {foerst} er øverst i {f.samme_foerst} av {n}."
    )
    andre = [f"{oppramset(v.foerst)} ved {v.tekst}" for v in f.varianter if v.foerst != f.foerst]
    return f"{ut} Ellers: {'; '.join(andre)}." if andre else ut
