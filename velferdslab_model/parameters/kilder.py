"""How the source of a number is kept."""

from __future__ import annotations

from collections.abc import Iterable
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
    """As med_opphav, but what is named as constructed stays named so, and nothing grows past what a cell may hold."""
    kilde = tekst if tekst.lower().startswith("konstruert") else med_opphav(tekst)
    return kilde if len(kilde) <= MAKS_TEKST else tekst


def les_kildetabell(feil: Feilliste, raa: Any, kjente: Iterable[str]) -> dict[str, str]:
    """Sources by quoted dotted key, or by tables that spell it, of the keys that are known; the rest is reported."""
    if not isinstance(raa, dict):
        feil.tabell("kilder", raa, ())
        return {}
    flat: dict[str, Any] = {}
    for navn, innhold in raa.items():
        flat |= {f"{navn}.{d}": t for d, t in innhold.items()} if isinstance(innhold, dict) else {navn: innhold}
    ut = {}
    for noekkel, verdi in feil.tabell("kilder", flat, kjente).items():
        tekst = feil.tekst(f"kilder.{noekkel}", verdi, MAKS_TEKST)
        if tekst is not None:
            ut[noekkel] = kilde_av(tekst)
    return ut


def kildetekst(feil: Feilliste, sted: str, verdi: Any, tom_er_lovlig: bool = False) -> str | None:
    """A source as it is kept, within the limit also with what is put before it; else reported."""
    tekst = feil.tekst(sted, verdi, MAKS_TEKST, tom_er_lovlig)
    if tekst is None or len(kilde := med_opphav(tekst)) <= MAKS_TEKST:
        return None if tekst is None else kilde
    mest = MAKS_TEKST - (len(kilde) - len(tekst))
    feil.meld(sted, f"har {len(tekst)} tegn, ventet høyst {mest}, for «kilde: » settes foran.")
    return None
