"""How a search in the price catalogue is printed: a table, or a CSV with every column."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import StringIO
from textwrap import wrap
from typing import Any

from velferdslab_model.base.tall import csv_tall, kr, tall
from velferdslab_model.base.tekst import kortet
from velferdslab_model.katalog.table import Treffrad
from velferdslab_model.parameters.priskatalog import GRADER
from velferdslab_model.prisliste.reading import noeytralisert

_BREDDE, _NAVN = 100, 49


def katalogtabell(rader: Sequence[Treffrad], prisaar: int | None) -> str:
    """Two lines or more for each row: the price, and below it what a user must know."""
    if not rader:
        return "Ingen priser passer. Søk på færre eller kortere ord."
    omregnet = f"{f'i {prisaar}-kr':>12}" if prisaar else ""
    linjer = [f"{'':{_NAVN}}{'kroner':>12}  {'prisår':<6}{omregnet}  enhet", "-" * _BREDDE]
    for treff in rader:
        r = treff.rad
        i_aaret = f"{_beloep(treff.i_aaret):>12}" if prisaar else ""
        linjer.append(
            f"{kortet(r.navn, _NAVN - 1):{_NAVN}}{_beloep(r.beloep):>12}  {r.prisaar or '–':<6}{i_aaret}  {r.enhet}"
        )
        deler = [f"{r.id}: grad {r.grad}, {r.slag}, betales av {r.betaler}"]
        deler += [f"({r.betaler_merknad})"] if r.betaler_merknad else []
        deler += ["- overføring, ingen kostnad for samfunnet"] if r.overfoering else []
        om_aaret = f"Prisår: {r.prisaar_merknad}. " if r.prisaar_merknad else ""
        avloest = f" Avløst av {treff.avloest_av}." if treff.avloest_av else ""
        omregning = f" Omregning: {treff.omregning}." if treff.omregning else ""
        tekst = f"{' '.join(deler)}. {om_aaret}{r.forbehold}{omregning}{avloest} Kilde: {r.kilde}, {r.dato}."
        linjer += [*wrap(tekst, _BREDDE, initial_indent="    ", subsequent_indent="    "), ""]
    grader = "; ".join(f"{grad} {betyr}" for grad, betyr in GRADER.items())
    return "\n".join([*linjer, *wrap(f"{len(rader)} priser. Grad: {grader}.", _BREDDE)])


def katalogcsv(rader: Sequence[Treffrad]) -> str:
    """Every column, for a Norwegian Excel."""
    ut = StringIO()
    alle = [treff.to_dict() for treff in rader]
    skriver = csv.writer(ut, delimiter=";", lineterminator="\r\n")
    skriver.writerow(alle[0] if alle else ["id"])
    for rad in alle:
        skriver.writerow([_felt(verdi) for verdi in rad.values()])
    return "\ufeff" + ut.getvalue()


def _felt(verdi: Any) -> str:
    if isinstance(verdi, bool):
        return "ja" if verdi else "nei"
    if isinstance(verdi, float):
        return csv_tall(verdi)
    return noeytralisert(str("" if verdi is None else verdi))


def _beloep(verdi: float | None) -> str:
    return kr(verdi) if verdi is None or verdi >= 1000 or verdi == round(verdi) else tall(verdi, 2)
