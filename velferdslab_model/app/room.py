"""One thing a person can do on the page: its address, its form, and the work that answers it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from velferdslab_model.app.cases import Fil
from velferdslab_model.page.rendering import bit

PAKKE = "velferdslab_model.app"
#: What a fault of the form itself is called in a message, where a file has its name.
SKJEMAET = "Skjemaet"


@dataclass(frozen=True)
class Skjemadata:
    """What a form is filled in with.

    felt: what was typed. feil: what is wrong, by field, those of none under «». filer: what was sent. scenarier: id and
    name of what the person has computed in this visit, the newest first.
    """

    felt: Mapping[str, str] = field(default_factory=dict)
    feil: Mapping[str, Sequence[str]] = field(default_factory=dict)
    filer: Sequence[Fil] = ()
    scenarier: Sequence[tuple[str, str]] = ()

    def skrevet(self, felt: str, ellers: str = "") -> str:
        """What stands in a field."""
        return self.felt.get(felt, ellers)

    def sendt(self, felt: str) -> str:
        """Names of the files that were sent in a field."""
        return ", ".join(f.navn for f in self.filer if f.felt == felt)


@dataclass(frozen=True)
class Mal:
    """A file to fill in. navn: what it is saved as. lag: a module's function that makes it, as «module:function», and its
    argument, the name of the template."""

    navn: str
    lag: str
    mal: str = ""


@dataclass(frozen=True)
class Siderom:
    """A room. noekkel: in the address. skjema: the form below its heading. arbeid: «module:function» of the rooms, which
    a worker runs on an Arbeidsordre. grense: seconds it may take. tungt: whether it is so much
    work that some must wait for others'. maler: what can be fetched to fill in."""

    noekkel: str
    tittel: str
    kort: str
    skjema: Callable[[Skjemadata], Markup]
    arbeid: str
    knapp: str = "Send inn"
    grense: float = 120.0
    tungt: bool = False
    maler: Mapping[str, Mal] = field(default_factory=dict)


def skjemamal(navn: str, **verdier: object) -> Callable[[Skjemadata], Markup]:
    """The form of a template, which is given what was typed."""
    return lambda data: bit(PAKKE, navn, data=data, **verdier)
