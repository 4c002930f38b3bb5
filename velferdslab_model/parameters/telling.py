"""A rate that rests on a count: successes among those who were followed."""

from __future__ import annotations

from typing import Any

from velferdslab_model.base.felt import Felt
from velferdslab_model.base.tall import antall
from velferdslab_model.parameters.validation import Feilliste

_MAKS = 1e6
#: The two numbers behind a rate that comes from counts.
TELLINGSFELT: dict[str, Felt] = {
    "suksess": Felt(
        "suksess", "Lyktes", "personer", "mengde", 0, _MAKS, "hoved", "Antall som lyktes i det raten er hentet fra."
    ),
    "forsoek": Felt("forsoek", "Prøvde", "personer", "mengde", 0, _MAKS, "hoved", "Antall som prøvde."),
}


def les_telling(feil: Feilliste, raa: Any, ellers: str) -> tuple[float, float] | None:
    """Successes and people followed; None when anything is reported. ellers: what else may be given, for the message."""
    rad = feil.tabell("telling", raa, TELLINGSFELT)
    tall = [feil.tall(f"telling.{n}", rad.get(n), felt) for n, felt in TELLINGSFELT.items()]
    if tall[0] is None or tall[1] is None:
        return None
    if not 0 < tall[0] < tall[1]:
        feil.meld(
            "telling",
            f"har {antall(tall[0], 15)} av {antall(tall[1], 15)}, ventet flere enn 0 og færre enn alle. Oppgi ellers en {ellers}.",
        )
        return None
    return tall[0], tall[1]
