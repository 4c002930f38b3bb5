"""A tab that is added after the seven when somebody asks for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from velferdslab_model.effektbok.prisvalg import Prisvalg
    from velferdslab_model.parameters.typer import Forutsetninger
    from velferdslab_model.results import Resultat
    from velferdslab_model.workbook.plan import Ark, Verdi


@dataclass(frozen=True)
class Sannsynlig:
    """How likely each net is above 0 when the model's simplifications are drawn too, for Introduksjonsark.

    tall: by prefix of the group's keys (or «samlet») and net, a share or what is said of it. trukket_med: the digest of the
    inputs they were drawn with; None for those of the workbook being made.
    """

    tall: Mapping[tuple[str, str], Verdi]
    trukket_med: Verdi = None

    def verdi(self, prefiks: str, netto: str) -> Verdi:
        """One of them."""
        return self.tall[prefiks, netto]


@dataclass(frozen=True)
class Tilleggsfane:
    """What to call the tab, a few words for the list on Introduksjonsark, and what plans its cells.

    sannsynlig: what the tab has to say of how sure the answer is. leser_fanene: whether it points at cells of the others. prisvalg: where
    prices are chosen on it, given what the workbook was made with.
    """

    navn: str
    forklaring: str
    skriv: Callable[[Ark, Resultat], None]
    sannsynlig: Sannsynlig | None = None
    leser_fanene: bool = False
    prisvalg: Callable[[Forutsetninger], Prisvalg] | None = None


def uten_celler(fane: Tilleggsfane) -> Tilleggsfane:
    """The same tab with nothing on it: in an audit, one whose cells the plan does not hold."""
    return replace(fane, skriv=tom_fane("", "").skriv)


def tom_fane(navn: str, forklaring: str, sannsynlig: Sannsynlig | None = None) -> Tilleggsfane:
    """A tab with nothing on it, which another room plans."""

    def tom(ark: Ark, _: Resultat) -> None:
        ark.tekst(0, 0, "")

    return Tilleggsfane(navn, forklaring, tom, sannsynlig)
