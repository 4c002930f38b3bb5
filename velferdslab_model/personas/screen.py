"""Personas as lines of text: the null alternative first."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from velferdslab_model.base.ord import BRUKERGRUPPER, SITUASJONSNAVN
from velferdslab_model.base.tall import kr
from velferdslab_model.parameters.typer import LIVSSITUASJONER
from velferdslab_model.personas.analysis import Gruppetall, Personaanalyse
from velferdslab_model.personas.block import nullblokk
from velferdslab_model.personas.sentences import KONSTRUERTE_HISTORIER, PERSONAFORBEHOLD, gruppesvar
from velferdslab_model.personas.terms import historienavn

_BREDDE = 100
_OPPHAV = {"historier": "historiene", "avledet": "avledet av utsatt", "skrevet": "skrevet inn"}
_B = (12, 11, 11, 13, 12, 13)


def personatabell(a: Personaanalyse) -> str:
    """Everything, as lines of at most 100 characters but for the block, whose lines are whole."""
    linjer = [linje for del_ in _deler(a) for linje in (*del_, "")]
    return "\n".join(linjer[:-1]) + "\n"


def _deler(a: Personaanalyse) -> Iterator[list[str]]:
    konstruert = " (konstruerte tall)" if a.sett.konstruert else ""
    med = "med" if a.sett.med_overfoeringer else "uten"
    yield [f"Nullalternativ fra personas{konstruert}", f"Kroner i {a.sett.prisaar}-priser, {med} overføringer."]
    for g in a.grupper.values():
        yield [linje for setning in gruppesvar(a, g) for linje in _brutt(setning)]
        yield list(_situasjoner(g))
        yield list(_historier(g))
    yield ["Til scenariofilen:", *nullblokk(a).splitlines()]
    forbehold = [*([KONSTRUERTE_HISTORIER] if a.sett.konstruert else []), *PERSONAFORBEHOLD]
    yield [linje for setning in forbehold for linje in _brutt(f"* {setning}", "  ")]


def _brutt(tekst: str, innrykk: str = "") -> list[str]:
    return wrap(tekst, _BREDDE, subsequent_indent=innrykk)


def _situasjoner(g: Gruppetall) -> Iterator[str]:
    yield (
        f"{BRUKERGRUPPER[g.gruppe]}, nullkostnad".ljust(34)
        + "kr i året".rjust(12)
        + "historier".rjust(11)
        + "  hvorfra"
    )
    for s in LIVSSITUASJONER:
        t = g.situasjoner[s]
        hva = "satt til null" if s == "baerekraftig" and t.opphav == "avledet" else _OPPHAV[t.opphav]
        yield f"  {SITUASJONSNAVN[s]}".ljust(34) + kr(t.nullkostnad).rjust(12) + str(t.antall).rjust(11) + f"  {hva}"


def _historier(g: Gruppetall) -> Iterator[str]:
    hoder = ("kr i året", "kommunen", "staten", "overføring", "dyreste år", "snitt uten")
    yield "Historie".ljust(28) + "".join(h.rjust(b) for h, b in zip(hoder, _B, strict=True))
    for t, uten in zip(g.historier, g.uten, strict=True):
        navn = f"  {historienavn(t.persona, t.historie)}"[:27]
        tall = (t.snitt, float(t.betalt_av("kommune").mean()), float(t.betalt_av("stat").mean()),
                float(t.overfoeringer.mean()), float(t.telles.max()), uten)  # fmt: skip
        yield navn.ljust(28) + "".join(kr(x).rjust(b) for x, b in zip(tall, _B, strict=True))
