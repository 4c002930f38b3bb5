"""Read a user's own price indices: a level for each year, or the growth from the year before in per cent."""

from __future__ import annotations

import re
from typing import Any

from velferdslab_model.base.felt import MAKS_TEKST
from velferdslab_model.base.tall import MINUS, femten_siffer, fra_skrevet
from velferdslab_model.parameters.felt import INDEKSNIVAA, INDEKSVEKST, PRISAAR
from velferdslab_model.parameters.indekser import INDEKSER, Indeks, med_vekst
from velferdslab_model.parameters.validation import Feilliste, vis

#: Key of the table of sources beside the series.
KILDER = "kilder"
_VEKST = re.compile(rf"([+\-{MINUS}]?\d{{1,3}}(?:[.,]\d{{1,10}})?)\s*%")


def les_indekser(feil: Feilliste, verdi: Any) -> dict[str, dict[int, float]]:
    """The tables [indekser.kommunal_deflator] and so on, as levels by year; faults are added to the list."""
    ut: dict[str, dict[int, float]] = {}
    tabeller = feil.tabell("indekser", verdi, (*INDEKSER, KILDER))
    for indeks in (navn for navn in INDEKSER if navn in tabeller):
        sted, serie = f"indekser.{indeks}", tabeller[indeks]
        if not isinstance(serie, dict):
            feil.meld(
                sted, f"er {vis(serie)}, ventet en tabell med et tall for hvert år, for eksempel {{ 2019 = 100 }}."
            )
            continue
        ut[indeks] = _serie(feil, sted, indeks, serie)
    return ut


def les_indekskilder(feil: Feilliste, verdi: Any) -> dict[str, str]:
    """The sources of own points, [indekser.kilder], by index; faults are added to the list."""
    if not isinstance(verdi, dict) or KILDER not in verdi:
        return {}
    sted = f"indekser.{KILDER}"
    if not isinstance(verdi[KILDER], dict):
        feil.meld(sted, f"er {vis(verdi[KILDER])}, ventet en tabell med en tekst for hver indeks.")
        return {}
    lest = {
        indeks: feil.tekst(f"{sted}.{indeks}", raa, MAKS_TEKST, tom_er_lovlig=True)
        for indeks, raa in feil.tabell(sted, verdi[KILDER], INDEKSER).items()
    }
    return {indeks: tekst for indeks, tekst in lest.items() if tekst}


def _serie(feil: Feilliste, sted: str, indeks: Indeks, serie: dict[str, Any]) -> dict[int, float]:
    nivaa: dict[int, float] = {}
    vekst: dict[int, float] = {}
    for noekkel, raa in serie.items():
        her = f"{sted}.{noekkel}"
        if not (re.fullmatch(r"\d{4}", noekkel) and PRISAAR.er_lovlig(int(noekkel))):
            feil.meld(f"{sted}.{noekkel[:20]!r}", f"er ikke et årstall, ventet {PRISAAR.ventet}.")
        elif isinstance(raa, str) and (treff := _VEKST.fullmatch(raa.strip())):
            andel = fra_skrevet(treff[1]) / 100
            if INDEKSVEKST.minst <= andel <= INDEKSVEKST.mest:
                vekst[int(noekkel)] = andel
            else:
                feil.meld(her, f"er {vis(raa)}, ventet en vekst fra -50 til 100 %.")
        elif (tall := feil.tall(her, raa, INDEKSNIVAA)) is not None:
            nivaa[int(noekkel)] = tall
    try:
        return {aar: femten_siffer(n) for aar, n in med_vekst(indeks, nivaa, vekst).items()} if vekst else nivaa
    except KeyError as mangler:
        aar = mangler.args[0]
        feil.meld(
            f"{sted}.{aar}", f"er en vekst fra {aar - 1}, men serien har ikke noe tall for {aar - 1}. Oppgi det også."
        )
        return nivaa
