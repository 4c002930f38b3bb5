"""Terms to change in tests, and how they are typed into a workbook."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from velferdslab_model.contract.terms import (
    Avvikling,
    FastBetaling,
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


#: No price per person, so that nothing takes long to compute: for tests of the file and not of the figures.
KORT = med(
    priskort=(Prislinje(12, 0.0, 1.0, ""),),
    fast_betaling=(FastBetaling(3, 100_000, 2, ""),),
    inntak=Inntak(5, 5, 5, None, None),
)
#: Every kind of term in use, and another of each: what the workbook is made with, and what is typed into it.
FOER = replace(fullt(), avvikling=Avvikling(2, 400_000))
ETTER = replace(
    FOER,
    kontraktaar=6, inntaksaar=5, startaar=2026, betalingsaar=(2, 4, 6), kohorter="i betalingsår", avrunding="hele personer",
    pris_grunnlag="etter fradrag", indeksering=0.02, inntak=Inntak(9, 17, 25, 8, 16), suksessrate=(0.31, 0.47, 0.5, 0.62, 0.55),
    priskort=kort((6, 61_250.5, 1.0), (18, 40_000, 0.8), (30, 55_000, 0.6)),
    fast_betaling=(FastBetaling(2, 250_000, 3, ""), FastBetaling(4, 125_000, 0, "")), tak=Tak(120_000, 700_000, 1_900_000, True),
    nullalternativ=Nullalternativ(210_000, 130_000, 20_000, 0.25, 7, 0.05, 0.6, 0.75),
    investor=Investor((900_000, 800_000, 100_000, 0, 0, 0), 0.45, 0.2, 0.05), avvikling=Avvikling(4, 150_000), stanses_etter=5,
)  # fmt: skip


def skriv_celler(fil: Path, celler: dict[str, object]) -> None:
    """Type into cells by their names, as a program that stores no results."""
    bok = load_workbook(fil)
    for navn, verdi in celler.items():
        ark, adresse = next(iter(bok.defined_names[navn].destinations))
        bok[ark][adresse] = verdi
    bok.save(fil)
