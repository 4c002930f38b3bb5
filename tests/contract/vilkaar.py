"""Terms to change in tests."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from velferdslab_model.contract.terms import (
    Inntak,
    Investor,
    Kommunevilkaar,
    Kontrakt,
    Leverandoer,
    Nullalternativ,
    Prislinje,
    Tak,
)

TABELLEN = Kontrakt(
    navn="Tabellen",
    valuta="NOK",
    prisaar=2023,
    startaar=2024,
    kontraktaar=4,
    inntaksaar=4,
    betalingsaar=(3, 4),
    kohorter="alle",
    avrunding="eksakt",
    pris_grunnlag="før fradrag",
    indeksering=0.0,
    skjedd_uansett=0.0,
    inntak=Inntak(20, 20, 20, None, None),
    suksessrate=(0.5,) * 4,
    telling=None,
    priskort=(Prislinje(12, 150_000, 1.0, ""),),
    fast_betaling=(),
    tak=Tak(None, None, 6_000_000, False),
    nullalternativ=None,
    kommune=Kommunevilkaar(1.0, 0.0),
    investor=Investor((0.0,) * 4, 1.0, 0.0, 0.0),
    leverandoer=Leverandoer(0.0, 0.0, 0.0),
    avvikling=None,
    maalgruppe="",
    maal="",
    validering="",
    kilder={},
)


def med(**nytt: Any) -> Kontrakt:
    """The table's contract with something else."""
    inntak = nytt.pop("antall", None)
    v = replace(TABELLEN, **nytt)
    return v if inntak is None else v.med_inntak(inntak)


def kort(*linjer: tuple[int, float, float]) -> tuple[Prislinje, ...]:
    """A rate card of month, price and share that holds."""
    return tuple(Prislinje(maaned, pris, holder, "") for maaned, pris, holder in linjer)


def fullt() -> Kontrakt:
    """With all parties and a null alternative."""
    return med(
        nullalternativ=Nullalternativ(170_000, 140_000, 0, 0.3, 8, 0.02, 0.7, 0.8),
        kommune=Kommunevilkaar(0.8, 50_000),
        investor=Investor((1_000_000, 1_200_000, 0.0, 0.0), 0.6, 0.1, 0.03),
        leverandoer=Leverandoer(900_000, 10_000, 40_000),
        skjedd_uansett=0.1,
    )
