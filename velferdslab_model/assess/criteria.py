"""The criteria that situations are read from: themes, the contract's kjennetegn, and the questions of both forms, as data.

An answer means one situation, or several: where the source's criteria are the same for two, and where an answer says less
than the criteria do. Nothing here chooses between them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Literal

from velferdslab_model.base.ord import SITUASJONSNAVN
from velferdslab_model.base.tekst import sammenligningsnavn
from velferdslab_model.parameters.typer import LIVSSITUASJONER

#: Situations an answer may mean, as their places from the worst (0) to the best (3).
Mulige = frozenset[int]
#: Said where a question does not apply.
GJELDER_IKKE = "gjelder ikke"
#: The situations, from the worst.
SITUASJONER = tuple(LIVSSITUASJONER)
#: A situation inside a sentence.
SITUASJONSORD = tuple(SITUASJONSNAVN[s].lower() for s in SITUASJONER)


@dataclass(frozen=True)
class Svaralternativ:
    """One answer. ogsaa: other words that mean it. kriterium: what must hold, as help in the cell."""

    ordet: str
    ogsaa: tuple[str, ...]
    mulige: Mulige
    kriterium: str


@dataclass(frozen=True)
class Spoersmaal:
    """One column of a form. tema: what it says something about. kan_utgaa: whether «gjelder ikke» is an answer."""

    noekkel: str
    tema: str
    tekst: str
    hjelp: str
    svar: tuple[Svaralternativ, ...]
    kan_utgaa: bool

    @property
    def ordene(self) -> tuple[str, ...]:
        """Every answer as it is chosen from the list."""
        return (*(s.ordet for s in self.svar), *((GJELDER_IKKE,) if self.kan_utgaa else ()))

    def alternativ(self, skrevet: str) -> Svaralternativ | None:
        """The answer that somebody wrote; None when it is none of them."""
        return self._svar_etter_navn.get(skrevet) or self._svar_etter_navn.get(sammenligningsnavn(skrevet))

    @cached_property
    def _svar_etter_navn(self) -> Mapping[str, Svaralternativ]:
        return {sammenligningsnavn(ord_): s for s in self.svar for ord_ in (s.ordet, *s.ogsaa)}


@dataclass(frozen=True)
class Tema:
    """A theme. kombiner: how several answers about it are put together. kan_utgaa: it need not concern everybody.
    bare_kjennetegn: it counts in the contract only, not among the themes of the journey."""

    noekkel: str
    tekst: str
    kombiner: Literal["snitt", "verste"]
    kan_utgaa: bool
    bare_kjennetegn: bool


@dataclass(frozen=True)
class Kjennetegn:
    """One of the contract's six. tema: the theme it is read from. fra_alder, til_alder: outside these an answer that is
    missing means that it does not apply (antakelse)."""

    noekkel: str
    tekst: str
    tema: str
    fra_alder: int | None
    til_alder: int | None

    def gjelder_ved(self, alder: int | None) -> bool:
        """Whether it applies at an age; an unknown age takes nothing away."""
        if alder is None:
            return True
        return (self.fra_alder is None or alder >= self.fra_alder) and (
            self.til_alder is None or alder <= self.til_alder
        )


@dataclass(frozen=True, eq=False)
class Kriterier:
    """Everything in the data file, read once and told by identity, so that what follows from it can be kept.

    skjema: the questions of each form. skjemanavn: what each form is called.
    """

    temaer: tuple[Tema, ...]
    kjennetegn: tuple[Kjennetegn, ...]
    skjema: Mapping[str, tuple[Spoersmaal, ...]]
    skjemanavn: Mapping[str, str]

    @property
    def ferdstemaer(self) -> tuple[Tema, ...]:
        """The seven themes of figure 3."""
        return tuple(t for t in self.temaer if not t.bare_kjennetegn)

    def tema(self, noekkel: str) -> Tema:
        """A theme by its key."""
        return next(t for t in self.temaer if t.noekkel == noekkel)

    def spoersmaal(self, skjema: str, tema: str) -> tuple[Spoersmaal, ...]:
        """The questions of a form about a theme."""
        return self._etter_tema.get((skjema, tema), ())

    @cached_property
    def _etter_tema(self) -> Mapping[tuple[str, str], tuple[Spoersmaal, ...]]:
        return {
            (skjema, t.noekkel): tuple(s for s in alle if s.tema == t.noekkel)
            for skjema, alle in self.skjema.items()
            for t in self.temaer
        }


@cache
def kriteriene() -> Kriterier:
    """The criteria of this version."""
    data = tomllib.loads(files("velferdslab_model.assess").joinpath("kriterier.toml").read_text(encoding="utf-8"))
    temaer = tuple(
        Tema(
            t["noekkel"],
            t["tekst"],
            t.get("kombiner", "snitt"),
            t.get("kan_utgaa", False),
            t.get("bare_kjennetegn", False),
        )
        for t in data["tema"]
    )
    utgaar = {t.noekkel: t.kan_utgaa for t in temaer}
    kan_utgaa = utgaar | {k["tema"]: True for k in data["kjennetegn"] if "fra_alder" in k or "til_alder" in k}
    skjema = {
        navn: tuple(
            Spoersmaal(
                s["noekkel"],
                s["tema"],
                s["tekst"],
                s["hjelp"],
                tuple(
                    Svaralternativ(
                        a["ord"],
                        tuple(a.get("ogsaa", ())),
                        frozenset(map(SITUASJONER.index, a["situasjoner"])),
                        a["kriterium"],
                    )
                    for a in s["svar"]
                ),
                kan_utgaa[s["tema"]],
            )
            for s in del_["spoersmaal"]
        )
        for navn, del_ in data["skjema"].items()
    }
    kjennetegn = tuple(
        Kjennetegn(k["noekkel"], k["tekst"], k["tema"], k.get("fra_alder"), k.get("til_alder"))
        for k in data["kjennetegn"]
    )
    return Kriterier(temaer, kjennetegn, skjema, {navn: del_["tekst"] for navn, del_ in data["skjema"].items()})


def sammenstilt(tema: Tema, svar: tuple[Mulige, ...]) -> Mulige:
    """What the answers about one theme mean together; empty when they contradict each other."""
    if not svar:
        return frozenset()
    if tema.kombiner == "verste":
        return min(svar, key=lambda m: (max(m), min(m)))
    return frozenset.intersection(*svar)


def situasjonstekst(mulige: Mulige) -> str:
    """«stabil», or «stabil eller bærekraftig»."""
    return " eller ".join(SITUASJONSORD[s] for s in sorted(mulige))
