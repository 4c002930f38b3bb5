"""Words and sentences that the tabs of uncertainty and the screen have in common."""

from __future__ import annotations

import math

from velferdslab_model.base.ord import IKKE_INNEN
from velferdslab_model.base.tall import aar, prosent
from velferdslab_model.uncertainty.analyse import Gruppeanalyse
from velferdslab_model.uncertainty.foelsomhet import Flytting


def tallnavn(a: Gruppeanalyse, noekkel: str) -> str:
    """What users call an uncertain number."""
    return next(u.parameter.navn for u in a.tornado if u.parameter.noekkel == noekkel)


def flyttetekst(f: Flytting, hvem: str, priser: str = "lavere eller høyere") -> str:
    """How near a payback year is to moving, as a sentence. priser: which prices were tried."""
    naa = aar(f.aar, IKKE_INNEN)
    if f.endring is None:
        return f"Tilbakebetalingsåret ({naa}) for {hvem} flyttes ikke av inntil {prosent(0.9)} {priser} priser."
    # Rounded up, so that a change of what is said does move the year.
    endret = prosent(math.ceil(abs(f.endring) * 1e4) / 1e4, 2)
    retning = "lavere" if f.endring < 0 else "høyere"
    if f.nytt_aar is None:
        return (
            f"{endret} {retning} priser gir et svar uten tilbakebetaling innen analyseperioden for {hvem}, ikke {naa}."
        )
    return f"{endret} {retning} priser gir {f.nytt_aar} som tilbakebetalingsår for {hvem}, ikke {naa}."


def flyttesetninger(a: Gruppeanalyse) -> list[str]:
    """One sentence for a fall and one for a rise of the prices; one in all when they say the same."""
    if all(f.endring is None for f in a.flyttinger):
        return [flyttetekst(a.flyttinger[0], "offentlige budsjetter")]
    retninger = zip(a.flyttinger, ("lavere", "høyere"), strict=True)
    return [flyttetekst(f, "offentlige budsjetter", priser) for f, priser in retninger]
