"""Input cells: their rules in Excel, and the register row that shows range, status and source of each."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from velferdslab_model.parameters.felt import MAKS_BELOEP, Felt, tall
from velferdslab_model.parameters.loading import MAKS_TEKST
from velferdslab_model.parameters.typer import Brukergruppe
from velferdslab_model.workbook.plan import Ark, Verdi

#: Excel's limits for the texts of a validation.
_MAKS_TITTEL, _MAKS_MELDING = 32, 255

_STIL = {
    "heltall": "heltall",
    "aarstall": "aar",
    "andel": "andel",
    "antall": "desimal",
    "beloep": "kroner_oere",
    "mengde": "desimal",
}

#: The registers of a group, and the tiltak: each counts its faults and has a part of the digest.
REGISTRE = ("hoved", "tiltak", "nullalternativ", "helse", "produksjon", "utvidet")

# The digest of the inputs: scale to whole numbers, take the remainder, add the place, square, take the remainder.
KONTROLL_SKALA, KONTROLL_SKALA_ANDEL, KONTROLL_MODULUS = 1000, 1_000_000, 999_983


@dataclass(frozen=True)
class Kolonner:
    """Where the columns of a register stand on a tab."""

    tekst: int
    enhet: int
    verdi: int
    minst: int
    mest: int
    status: int
    kontrolltall: int
    kilde: int
    kilde_til: int | None = None


def stil(felt: Felt) -> str:
    """Style of a cell that shows the field's number."""
    return _STIL[felt.slag]


def validering(felt: Felt, kilde: str | None = None, liste: str | None = None, celle: str = "") -> dict[str, Any]:
    """Excel's rule for an input cell, with Norwegian texts. liste: a formula naming the legal values. celle: its address."""
    if liste:
        regel: dict[str, Any] = {"validate": "list", "source": liste}
        ventet = "en verdi fra listen"
    elif felt.slag == "antall" and celle:
        regel = {
            "validate": "custom",
            "value": f"=AND(ISNUMBER({celle}),OR({celle}=0,{celle}>=minste_inntak),{celle}<=maks_beloep)",
        }
        ventet = felt.ventet
    else:
        regel = {
            "validate": "integer" if felt.heltall else "decimal",
            "criteria": "between",
            "minimum": felt.minst,
            "maximum": felt.mest,
        }
        ventet = felt.ventet
        if felt.slag == "andel":
            ventet = f"en prosent fra {tall(felt.minst * 100)} % til {tall(felt.mest * 100)} %"
    melding = felt.hjelp if kilde is None else f"{felt.hjelp}\nDa filen ble laget: {kilde}"
    return regel | meldinger(felt.tekst, melding, f"{felt.tekst} må være {ventet}.")


def tekstregel(tittel: str, maks: int, hjelp: str, minst: int = 0) -> dict[str, Any]:
    """Excel's rule for a text cell."""
    regel = {"validate": "length", "criteria": "between", "minimum": minst, "maximum": maks}
    return regel | meldinger(tittel, hjelp, f"{tittel} må være en tekst på {minst} til {maks} tegn.")


def meldinger(tittel: str, hjelp: str, feil: str) -> dict[str, Any]:
    """The texts of a validation, cut to Excel's limits."""
    return {
        "input_title": _kutt(tittel, _MAKS_TITTEL),
        "input_message": _kutt(hjelp, _MAKS_MELDING),
        "error_title": "Verdien er ikke lovlig",
        "error_message": _kutt(feil, _MAKS_MELDING),
    }


def _kutt(tekst: str, maks: int) -> str:
    """Cut to Excel's limit, which counts UTF-16 units: an emoji is two."""
    if len(tekst.encode("utf-16-le")) <= 2 * maks:
        return tekst
    return tekst.encode("utf-16-le")[: 2 * (maks - 1)].decode("utf-16-le", "ignore").rstrip() + "…"


def inndatacelle(ark: Ark, rad: int, kol: int, felt: Felt, gruppe: Brukergruppe, liste: str | None = None) -> None:
    """Place one unlocked input cell under its defined name."""
    ark.verdi(felt.navn, rad, kol, gruppe.verdi(felt.noekkel), f"inn_{stil(felt)}", navn=felt.navn)
    ark.valideringer.append(
        (rad, kol, rad, kol, validering(felt, gruppe.kilder[felt.noekkel], liste, xl_rowcol_to_cell(rad, kol)))
    )


def register(
    ark: Ark,
    rad: int,
    k: Kolonner,
    navn: str,
    felter: Sequence[Felt],
    gruppe: Brukergruppe,
    celle_her: bool = True,
    tegn_i_kilde: int | None = None,
) -> int:
    """Place a register: a heading, a row per input, and a row that counts faults and adds up the digest.

    navn: the register's name in formulas. celle_her: whether the input cells themselves stand here; else the values
    are links to them. tegn_i_kilde: characters on a line of the source column, for row heights.
    Returns the next free row.
    """
    _registerhode(ark, rad, k)
    foerste = rad + 1
    for rad_, felt in enumerate(felter, start=foerste):
        _registerrad(ark, rad_, k, felt, gruppe, celle_her)
        if tegn_i_kilde:
            ark.radhoeyder[rad_] = 15 * math.ceil(len(gruppe.kilder[felt.noekkel]) / tegn_i_kilde)
    tall = tuple(
        kontrolltall(gruppe.verdi(felt.noekkel), rad_, k.minst, andel=felt.slag == "andel")
        for rad_, felt in enumerate(felter, start=foerste)
    )
    antall = len(felter)
    ark.registrer(f"{navn}.status", foerste, k.status, ("OK",) * antall, hoeyde=antall)
    ark.registrer(f"{navn}.kontrollkolonne", foerste, k.kontrolltall, tall, hoeyde=antall)
    statusfarger(ark, foerste, k.status, foerste + antall - 1)
    mal = f"=ROWS({{{navn}.status:}})-COUNTIF({{{navn}.status:}},{{ord_ok}})"
    sumrad(ark, foerste + antall, k, navn, mal, f"=SUM({{{navn}.kontrollkolonne:}})", sum(tall))
    return foerste + antall + 1


def sumrad(ark: Ark, rad: int, k: Kolonner, navn: str, feil: str, kontroll: str, kontrollsum: int) -> None:
    """The row under a register or the tiltak: how many rows are not in order, and the digest of all."""
    ark.tekst(rad, k.tekst, "Rader som ikke er i orden", "etikett")
    ark.tekst(rad, k.enhet, "antall", "enhet")
    ark.formel(rad, k.verdi, feil, 0, "heltall", f"{navn}.feil", f"{navn}_feil")
    ark.formel(rad, k.kontrolltall, kontroll, kontrollsum, "heltall", f"{navn}.kontrolltall", f"{navn}_kontrolltall")


def _registerhode(ark: Ark, rad: int, k: Kolonner) -> None:
    for kol, tekst in (
        (k.tekst, "Forutsetning"),
        (k.enhet, "Enhet"),
        (k.verdi, "Verdi"),
        (k.minst, "Minst"),
        (k.mest, "Mest"),
        (k.status, "Status"),
        (k.kontrolltall, "Kontrolltall"),
    ):
        ark.tekst(rad, kol, tekst, "hode_v" if kol in (k.tekst, k.enhet) else "hode")
    ark.tekst(rad, k.kilde, "Kilde eller antakelse (kan endres)", "hode_v", k.kilde_til)


def _registerrad(ark: Ark, rad: int, k: Kolonner, felt: Felt, gruppe: Brukergruppe, celle_her: bool) -> None:
    """Label, unit, value, legal range, status, digest and source of one input."""
    verdi = gruppe.verdi(felt.noekkel)
    ark.tekst(rad, k.tekst, felt.tekst, "etikett")
    ark.tekst(rad, k.enhet, felt.enhet, "enhet")
    if celle_her:
        inndatacelle(ark, rad, k.verdi, felt, gruppe)
    else:
        ark.formel(rad, k.verdi, f"={{{felt.navn}}}", verdi, stil(felt))
    minst, mest = f"{felt.navn}.minst", f"{felt.navn}.mest"
    ark.verdi(minst, rad, k.minst, felt.minst, stil(felt))
    ark.verdi(mest, rad, k.mest, felt.mest, "uten_grense" if felt.mest == MAKS_BELOEP else stil(felt))
    x = f"{{{felt.navn}}}"
    krav = [f"{x}>={{{minst}}}", f"{x}<={{{mest}}}"]
    if felt.heltall:
        krav.append(f"{x}=INT({x})")
    if felt.slag == "antall":
        krav.append(f"OR({x}=0,{x}>={{minste_inntak}})")
    status = f'=IF(ISNUMBER({x}),IF(AND({",".join(krav)}),{{ord_ok}},"Utenfor"),"Ikke tall")'
    ark.formel(rad, k.status, status, "OK", "status")
    skala = "kontroll_skala_andel" if felt.slag == "andel" else "kontroll_skala"
    ledd = kontrolledd(x, skala, f"{{{minst}}}")
    tall = kontrolltall(verdi, rad, k.minst, andel=felt.slag == "andel")
    ark.formel(rad, k.kontrolltall, f"=IFERROR({ledd},0)", tall, "heltall")
    kilde = f"{felt.navn}_kilde"
    ark.valideringer.append(
        (rad, k.kilde, rad, k.kilde, tekstregel("Kilde", MAKS_TEKST, "Hvor tallet kommer fra, eller «antakelse: ...»."))
    )
    ark.verdi(kilde, rad, k.kilde, gruppe.kilder[felt.noekkel], "inn_kilde", navn=kilde, til_kol=k.kilde_til)


def statusfarger(ark: Ark, rad: int, kol: int, til_rad: int) -> None:
    """Green for OK, red for anything else that is not empty; the word says it too."""
    omraade = (rad, kol, til_rad, kol)
    celle = xl_rowcol_to_cell(rad, kol)
    ark.betingede.append((*omraade, {"type": "cell", "criteria": "==", "value": '"OK"'}, "cf_ok"))
    feil = {"type": "formula", "criteria": f'=AND({celle}<>"",{celle}<>"OK")'}
    ark.betingede.append((*omraade, feil, "cf_feil"))


def kontrolledd(celle: str, skala: str, sted: str) -> str:
    """The digest of one cell as a formula: a square, so that changes in several places do not cancel out.

    celle: what to read. skala: key of the scale. sted: a cell on the same row whose address marks the place.
    """
    tall = f"(MOD(ROUND({celle}*{{{skala}}},0),{{kontroll_modulus}})+ROW({sted})*COLUMN({sted}))"
    return f"MOD({tall}*{tall},{{kontroll_modulus}})"


def kontrolltall(verdi: Verdi, rad: int, kol: int, andel: bool = False) -> int:
    """The engine's side of the digest of one number whose place is marked by a cell."""
    tall = verdi if isinstance(verdi, int | float) else 0
    skalert = tall * (KONTROLL_SKALA_ANDEL if andel else KONTROLL_SKALA)
    # Excel's ROUND takes halves away from zero; Python's does not.
    rest = int(math.copysign(math.floor(abs(skalert) + 0.5), skalert)) % KONTROLL_MODULUS
    return (rest + (rad + 1) * (kol + 1)) ** 2 % KONTROLL_MODULUS
