"""Rows put into the table of tiltak, or taken out of it, by somebody who lifted the protection of the sheet.

A row that was put in has none of the program's formulas, so a tiltak in it costs nothing; a name that points at another
number of rows than the table has can be read in no way that is sure to be right. So it is said, in one sentence.
"""

from __future__ import annotations

from collections.abc import Iterator

from velferdslab_model.effektbok.grupper import GRUPPER
from velferdslab_model.effektbok.origin import pakk_ut
from velferdslab_model.parameters.typer import MAKS_TILTAK
from velferdslab_model.workbook.opening import Innhold, Navneomraade

#: What stands right above and right below the table, in the column of the names.
OVER, UNDER = "Tiltak", "Rader som ikke er i orden"
_RAAD = "Slett den, og skriv tiltaket i en av de tomme gule radene."


def radfeil(innhold: Innhold) -> list[str]:
    """One sentence for each group whose table of tiltak does not have the rows the program gave it."""
    return [feil for noekkel in GRUPPER if (feil := next(_feil(innhold, noekkel), None))]


def _feil(innhold: Innhold, gruppe: str) -> Iterator[str]:
    prefiks = GRUPPER[gruppe][0]
    navn, kontroll = (innhold.omraade(f"{prefiks}_tiltak_{del_}") for del_ in ("navn", "kontrollkolonne"))
    if navn is None or kontroll is None or not _hel_tabell(navn, kontroll):
        return
    antall = navn.siste_rad - navn.rad + 1
    celler = innhold.verdier[navn.ark]
    alle = range(navn.rad, navn.siste_rad + 1)
    # A file without stored numbers has none in any row; that is another fault.
    regnet = [rad for rad in alle if celler.get(f"{kontroll.kol}{rad}") is not None]
    uten = [rad for rad in alle if rad not in regnet] if regnet else []
    # Names that were made to point at fewer or more rows of a table that is whole are another fault.
    hel = celler.get(f"{navn.kol}{navn.siste_rad + 1}") == UNDER
    if antall > MAKS_TILTAK and hel:
        hvor = _rader(uten) if len(uten) == antall - MAKS_TILTAK else f"{_rader_antall(antall - MAKS_TILTAK)}"
        yield (
            f"{navn.ark}: {hvor} er satt inn i tabellen over tiltak (rad {navn.rad}–{navn.siste_rad}), som skal ha "
            f"{MAKS_TILTAK} rader. {_RAAD}"
        )
    elif antall < MAKS_TILTAK and hel:
        yield (
            f"{navn.ark}: {_rader_antall(MAKS_TILTAK - antall)} er slettet fra tabellen over tiltak (rad {navn.rad}–"
            f"{navn.siste_rad}), som skal ha {MAKS_TILTAK} rader.{_borte(innhold, gruppe, navn)} Angre, eller lag en ny "
            "med «velferdslab generate». Et tiltak tas bort ved å tømme de gule cellene i raden."
        )
    elif antall == MAKS_TILTAK and (skrevet := [rad for rad in uten if celler.get(f"{navn.kol}{rad}") is not None]):
        yield (
            f"{navn.ark}: {_rader(skrevet)} i tabellen over tiltak mangler programmets formler og er satt inn i stedet for "
            f"{'en annen' if len(skrevet) == 1 else 'andre'}. Lag en ny arbeidsbok med «velferdslab generate»."
        )
    if antall != MAKS_TILTAK:
        return
    for rad, ventet, hvor in ((navn.rad - 1, OVER, "øverst"), (navn.siste_rad + 1, UNDER, "nederst")):
        innhold_der = celler.get(f"{navn.kol}{rad}")
        if innhold_der is not None and innhold_der != ventet:
            yield (
                f"{navn.ark}: rad {rad} er satt inn {hvor} i tabellen over tiltak, utenfor radene som regnes med "
                f"(rad {navn.rad}–{navn.siste_rad}). {_RAAD}"
            )


def _hel_tabell(navn: Navneomraade, kontroll: Navneomraade) -> bool:
    """Whether all of the table was moved alike; a name that somebody pointed elsewhere is another fault."""
    return (navn.ark, navn.rad, navn.siste_rad) == (kontroll.ark, kontroll.rad, kontroll.siste_rad) and (
        navn.kol == navn.siste_kol
    )


def _borte(innhold: Innhold, gruppe: str, navn: Navneomraade) -> str:
    """Which of the tiltak the file was made with are gone, where it says."""
    laget = pakk_ut(innhold.egenskaper)
    if laget is None:
        return ""
    der = {str(v).strip() for v in innhold.kolonne(f"{GRUPPER[gruppe][0]}_tiltak_navn") if v is not None}
    borte = [t.navn for t in laget.grupper[gruppe].tiltak if t.navn not in der]
    return f" Borte er {', '.join(f'«{b}»' for b in borte[:3])}." if borte else ""


def _rader(rader: list[int]) -> str:
    return f"rad {rader[0]}" if len(rader) == 1 else f"radene {', '.join(map(str, rader))}"


def _rader_antall(antall: int) -> str:
    return "en rad" if antall == 1 else f"{antall} rader"
