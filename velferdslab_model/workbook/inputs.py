"""Input cells: their rules in Excel, and the register row that shows range, status and source of each."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from velferdslab_model.parameters.felt import Felt, tall
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

# The digest of the inputs: scale to whole numbers, take the remainder, weigh by place.
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


def validering(felt: Felt, kilde: str | None = None, liste: str | None = None) -> dict[str, Any]:
    """Excel's rule for an input cell, with Norwegian texts. liste: a formula naming the legal values."""
    if liste:
        regel: dict[str, Any] = {"validate": "list", "source": liste}
        ventet = "en verdi fra listen"
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


def meldinger(tittel: str, hjelp: str, feil: str) -> dict[str, Any]:
    """The texts of a validation, cut to Excel's limits."""
    return {
        "input_title": _kutt(tittel, _MAKS_TITTEL),
        "input_message": _kutt(hjelp, _MAKS_MELDING),
        "error_title": "Verdien er ikke lovlig",
        "error_message": _kutt(feil, _MAKS_MELDING),
    }


def _kutt(tekst: str, maks: int) -> str:
    return tekst if len(tekst) <= maks else tekst[: maks - 1].rstrip() + "…"


def inndatacelle(ark: Ark, rad: int, kol: int, felt: Felt, gruppe: Brukergruppe, liste: str | None = None) -> None:
    """Place one unlocked input cell under its defined name."""
    ark.verdi(felt.navn, rad, kol, gruppe.verdi(felt.noekkel), f"inn_{stil(felt)}", navn=felt.navn)
    ark.valideringer.append((rad, kol, rad, kol, validering(felt, gruppe.kilder[felt.noekkel], liste)))


def registerhode(ark: Ark, rad: int, k: Kolonner) -> None:
    """Headings over register rows."""
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


def registerrad(ark: Ark, rad: int, k: Kolonner, felt: Felt, gruppe: Brukergruppe, celle_her: bool = True) -> None:
    """Place label, unit, value, legal range, status, digest and source of one input.

    celle_her: whether the input cell itself stands here; else the value is a link to it.
    """
    verdi = gruppe.verdi(felt.noekkel)
    ark.tekst(rad, k.tekst, felt.tekst, "etikett")
    ark.tekst(rad, k.enhet, felt.enhet, "enhet")
    if celle_her:
        inndatacelle(ark, rad, k.verdi, felt, gruppe)
    else:
        ark.formel(rad, k.verdi, f"={{{felt.navn}}}", verdi, stil(felt))
    minst, mest = f"{felt.navn}.minst", f"{felt.navn}.mest"
    ark.verdi(minst, rad, k.minst, felt.minst, stil(felt))
    ark.verdi(mest, rad, k.mest, felt.mest, stil(felt))
    x = f"{{{felt.navn}}}"
    krav = [f"{x}>={{{minst}}}", f"{x}<={{{mest}}}"]
    if felt.heltall:
        krav.append(f"{x}=INT({x})")
    if felt.slag == "antall":
        krav.append(f"OR({x}=0,{x}>={{minste_inntak}})")
    status = f'=IF(ISNUMBER({x}),IF(AND({",".join(krav)}),"OK","Utenfor"),"Ikke tall")'
    ark.formel(rad, k.status, status, "OK", "status", noekkel=f"{felt.navn}.status")
    statusfarger(ark, rad, k.status)
    skala = "kontroll_skala_andel" if felt.slag == "andel" else "kontroll_skala"
    ark.formel(
        rad,
        k.kontrolltall,
        f"=IFERROR(MOD(ROUND({x}*{{{skala}}},0),{{kontroll_modulus}})*ROW({{{minst}}}),0)",
        kontrolltall(verdi, andel=felt.slag == "andel") * (rad + 1),
        "heltall",
        noekkel=f"{felt.navn}.kontrolltall",
    )
    ark.verdi(
        f"{felt.navn}.kilde",
        rad,
        k.kilde,
        gruppe.kilder[felt.noekkel],
        "inn_kilde",
        navn=f"{felt.navn}_kilde",
        til_kol=k.kilde_til,
    )


def statusfarger(ark: Ark, rad: int, kol: int, til_rad: int | None = None) -> None:
    """Green for OK, red for anything else that is not empty; the word says it too."""
    omraade = (rad, kol, rad if til_rad is None else til_rad, kol)
    celle = xl_rowcol_to_cell(rad, kol)
    ark.betingede.append((*omraade, {"type": "cell", "criteria": "==", "value": '"OK"'}, "cf_ok"))
    feil = {"type": "formula", "criteria": f'=AND({celle}<>"",{celle}<>"OK")'}
    ark.betingede.append((*omraade, feil, "cf_feil"))


def antall_ikke_ok(ark: Ark, rader: list[str]) -> str:
    """A formula that counts register rows whose status is not OK."""
    return "+".join(f'IF({{{navn}.status}}="OK",0,1)' for navn in rader)


def kontrolltall(verdi: Verdi, andel: bool = False) -> int:
    """The engine's side of the digest of one number."""
    if not isinstance(verdi, int | float):
        return 0
    skalert = verdi * (KONTROLL_SKALA_ANDEL if andel else KONTROLL_SKALA)
    # Excel's ROUND takes halves away from zero; Python's does not.
    return int(math.copysign(math.floor(abs(skalert) + 0.5), skalert)) % KONTROLL_MODULUS
