"""How the source of a number is kept."""

from __future__ import annotations

UTEN_KILDE = "antakelse: egen verdi, uten oppgitt kilde"


def med_opphav(kilde: str) -> str:
    """A source as it is kept: beginning with «kilde:» or «antakelse:»; an empty one is the user's antakelse."""
    if not kilde:
        return UTEN_KILDE
    return kilde if kilde.lower().startswith(("kilde:", "antakelse:")) else f"kilde: {kilde}"
