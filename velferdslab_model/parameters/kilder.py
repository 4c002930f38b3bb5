"""How the source of a number is kept."""

from __future__ import annotations

from typing import Any

from velferdslab_model.base.felt import MAKS_TEKST
from velferdslab_model.parameters.validation import Feilliste

UTEN_KILDE = "antakelse: egen verdi, uten oppgitt kilde"


def med_opphav(kilde: str) -> str:
    """A source as it is kept: beginning with «kilde:» or «antakelse:»; an empty one is the user's antakelse."""
    if not kilde:
        return UTEN_KILDE
    return kilde if kilde.lower().startswith(("kilde:", "antakelse:")) else f"kilde: {kilde}"


def kilde_av(tekst: str) -> str:
    """As med_opphav, but what is named as constructed stays named so."""
    return tekst if tekst.lower().startswith("konstruert") else med_opphav(tekst)


def kildetekst(feil: Feilliste, sted: str, verdi: Any, tom_er_lovlig: bool = False) -> str | None:
    """A source as it is kept, within the limit also with what is put before it; else reported."""
    tekst = feil.tekst(sted, verdi, MAKS_TEKST, tom_er_lovlig)
    if tekst is None or len(kilde := med_opphav(tekst)) <= MAKS_TEKST:
        return None if tekst is None else kilde
    mest = MAKS_TEKST - (len(kilde) - len(tekst))
    feil.meld(sted, f"har {len(tekst)} tegn, ventet høyst {mest}, for «kilde: » settes foran.")
    return None
