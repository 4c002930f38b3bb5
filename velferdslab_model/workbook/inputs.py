"""Input cells: their rules in Excel, and the register row that shows range, status and source of each."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from velferdslab_model.base.felt import MAKS_BELOEP, MAKS_TEKST, Felt, Ordfelt
from velferdslab_model.base.tall import prosent
from velferdslab_model.workbook.adresse import celleadresse, i_anfoersel, kolonnenavn
from velferdslab_model.workbook.constants import OK, OK_MEN
from velferdslab_model.workbook.digest import kontrolledd, kontrolltall
from velferdslab_model.workbook.plan import Ark, Bok
from velferdslab_model.workbook.rules import ordkrav, tallkrav, tekstkrav

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

#: What the status of an input says when it is not OK.
IKKE_TALL, UTENFOR, IKKE_I_LISTEN, FEIL_I_KILDE = "Ikke tall", "Utenfor", "Ikke i listen", "Feil i kilde"

_AVLEDET = "Regnes ut av andre felt til du skriver et eget tall."


@dataclass(frozen=True)
class Inndata:
    """One input as it stands in a workbook: what it is, its number, and where that comes from.

    formel: for a derived input that nobody has typed, the template its unlocked cell holds until someone does; the
    number is then what the engine makes of it. brukes: a condition as a formula template when other inputs may put it out
    of use, and gjelder whether it holds; what is out of use does not enter the digest.
    """

    felt: Felt
    verdi: float
    kilde: str
    formel: str = ""
    brukes: str = ""
    gjelder: bool = True


@dataclass(frozen=True)
class Ordinndata:
    """One word as it stands in a workbook, with its source. The list it is chosen from is placed with plasser_ordliste."""

    felt: Ordfelt
    verdi: str
    kilde: str


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
        ventet = felt.ventet_i_celle
    else:
        regel = {
            "validate": "integer" if felt.heltall else "decimal",
            "criteria": "between",
            "minimum": felt.minst,
            "maximum": felt.mest,
        }
        ventet = felt.ventet_i_celle
        if felt.slag == "andel":
            ventet = f"en prosent fra {prosent(felt.minst)} til {prosent(felt.mest)}"
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


def inndatacelle(ark: Ark, rad: int, kol: int, inndata: Inndata, liste: str | None = None) -> None:
    """Place one unlocked input cell under its defined name. liste: a formula naming the legal values."""
    felt, stil_ = inndata.felt, f"inn_{stil(inndata.felt)}"
    if inndata.formel:
        ark.formel(rad, kol, inndata.formel, inndata.verdi, stil_, felt.navn, felt.navn)
        felt = replace(felt, hjelp=f"{felt.hjelp} {_AVLEDET}")
    else:
        ark.verdi(felt.navn, rad, kol, inndata.verdi, stil_, navn=felt.navn)
    regel = validering(felt, inndata.kilde, liste, celleadresse(rad, kol))
    ark.valideringer.append((rad, kol, rad, kol, regel))


def register(
    ark: Ark,
    rad: int,
    k: Kolonner,
    navn: str,
    inndata: Sequence[Inndata | Ordinndata],
    celle_her: bool = True,
    tegn_i_kilde: int | None = None,
) -> int:
    """Place a register: a heading, a row per input, and a row that counts faults and adds up the digest.

    navn: the register's name in formulas. celle_her: whether the input cells themselves stand here; else the values
    are links to them, which words cannot be. tegn_i_kilde: characters on a line of the source column, for row heights.
    Returns the next free row.
    """
    _registerhode(ark, rad, k)
    foerste = rad + 1
    for rad_, en in enumerate(inndata, start=foerste):
        if tegn_i_kilde:
            ark.radhoeyder[rad_] = 15 * math.ceil(len(en.kilde) / tegn_i_kilde)
    tall = tuple(_registerrad(ark, rad_, k, en, celle_her) for rad_, en in enumerate(inndata, start=foerste))
    antall = len(inndata)
    ark.registrer(f"{navn}.status", foerste, k.status, (OK,) * antall, hoeyde=antall)
    ark.registrer(f"{navn}.kontrollkolonne", foerste, k.kontrolltall, tall, hoeyde=antall)
    statusfarger(ark, foerste, k.status, foerste + antall - 1)
    mal = f"=ROWS({{{navn}.status:}})-COUNTIF({{{navn}.status:}},{{ord_ok}})"
    sumrad(ark, foerste + antall, k, navn, mal, f"=SUM({{{navn}.kontrollkolonne:}})", sum(tall))
    return foerste + antall + 1


def foerste_feil(bok: Bok, navn: str, k: Kolonner) -> str:
    """A template, without =, that names the first input of a register that is not in order, its cell and its status."""
    sted, antall = bok.steder[f"{navn}.status"], f"ROWS({{{navn}.status:}})"
    treff = (
        f'IFERROR(MATCH("{ordet}",{{{navn}.status:}},0),{antall})'
        for ordet in (IKKE_TALL, UTENFOR, IKKE_I_LISTEN, FEIL_I_KILDE)
    )
    nr = f"MIN({','.join(treff)})"
    tekst = f"{i_anfoersel(sted.ark)}!${kolonnenavn(k.tekst)}${sted.rad + 1}:${kolonnenavn(k.tekst)}${sted.rad + sted.hoeyde}"
    hva, status = (f"INDEX({rekke},{nr})" for rekke in (tekst, f"{{{navn}.status:}}"))
    rad = f"ROW({{{navn}.feil}})-{antall}-1+{nr}"
    return f'IF({{{navn}.feil}}=0,"",{hva}&" ({sted.ark}!{kolonnenavn(k.verdi)}"&{rad}&"): "&{status}&". ")'


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


def _registerrad(ark: Ark, rad: int, k: Kolonner, inndata: Inndata | Ordinndata, celle_her: bool) -> int:
    """Label, value, what is legal, status, digest and source of one input. Returns the engine's side of the digest."""
    ark.tekst(rad, k.tekst, inndata.felt.tekst, "etikett")
    tall = (
        _ordrad(ark, rad, k, inndata) if isinstance(inndata, Ordinndata) else _tallrad(ark, rad, k, inndata, celle_her)
    )
    kilde = f"{inndata.felt.navn}_kilde"
    regel = tekstregel("Kilde", MAKS_TEKST, "Hvor tallet kommer fra, eller «antakelse: ...».")
    ark.valideringer.append((rad, k.kilde, rad, k.kilde, regel))
    ark.verdi(kilde, rad, k.kilde, inndata.kilde, "inn_kilde", navn=kilde, til_kol=k.kilde_til)
    return tall


def _ordrad(ark: Ark, rad: int, k: Kolonner, inndata: Ordinndata) -> int:
    felt = inndata.felt
    ark.tekst(rad, k.enhet, "ord", "enhet")
    ark.verdi(felt.navn, rad, k.verdi, inndata.verdi, "inn_ord", navn=felt.navn)
    melding = f"{felt.hjelp}\nDa filen ble laget: {inndata.kilde}"
    regel = {"validate": "list", "source": f"={felt.liste}"}
    regel |= meldinger(felt.tekst, melding, f"{felt.tekst} må velges fra listen.")
    ark.valideringer.append((rad, k.verdi, rad, k.verdi, regel))
    for kol in (k.minst, k.mest):
        ark.tekst(rad, kol, "", "etikett")
    x, liste = f"{{{felt.navn}}}", f"{{{felt.liste}:}}"
    ark.formel(rad, k.status, f'=IF({ordkrav(x, liste)},{_kildestatus(felt)},"{IKKE_I_LISTEN}")', OK, "status")
    tall = kontrolltall(felt.ordene.index(inndata.verdi) + 1, rad, k.verdi)
    ledd = kontrolledd(f"MATCH({x},{liste},0)", "kontroll_skala", x)
    ark.formel(rad, k.kontrolltall, f"=IFERROR({ledd},0)", tall, "heltall")
    return tall


def _kildestatus(felt: Felt | Ordfelt) -> str:
    return f'IF({tekstkrav(f"{{{felt.navn}_kilde}}")},{{ord_ok}},"{FEIL_I_KILDE}")'


def _tallrad(ark: Ark, rad: int, k: Kolonner, inndata: Inndata, celle_her: bool) -> int:
    felt, verdi = inndata.felt, inndata.verdi
    ark.tekst(rad, k.enhet, felt.enhet, "enhet")
    if celle_her:
        inndatacelle(ark, rad, k.verdi, inndata)
    else:
        ark.formel(rad, k.verdi, f"={{{felt.navn}}}", verdi, stil(felt))
    minst, mest = f"{felt.navn}.minst", f"{felt.navn}.mest"
    ark.verdi(minst, rad, k.minst, felt.minst, stil(felt))
    ark.verdi(mest, rad, k.mest, felt.mest, "uten_grense" if felt.mest == MAKS_BELOEP else stil(felt))
    x = f"{{{felt.navn}}}"
    krav = tallkrav(felt, x, f"{{{minst}}}", f"{{{mest}}}")
    status = f'=IF(ISNUMBER({x}),IF({krav},{_kildestatus(felt)},"{UTENFOR}"),"{IKKE_TALL}")'
    ark.formel(rad, k.status, status, OK, "status")
    skala = "kontroll_skala_andel" if felt.slag == "andel" else "kontroll_skala"
    ledd = kontrolledd(x, skala, f"{{{minst}}}")
    tall = kontrolltall(verdi, rad, k.minst, andel=felt.slag == "andel") if inndata.gjelder else 0
    mal = f"=IF({inndata.brukes},IFERROR({ledd},0),0)" if inndata.brukes else f"=IFERROR({ledd},0)"
    ark.formel(rad, k.kontrolltall, mal, tall, "heltall")
    return tall


def statusfarger(ark: Ark, rad: int, kol: int, til_rad: int, med_merknad: bool = False) -> None:
    """Green for OK, red for anything else that is not empty; the word says it too. med_merknad: yellow for OK with a remark."""
    omraade = (rad, kol, til_rad, kol)
    celle = celleadresse(rad, kol)
    ark.betingede.append((*omraade, {"type": "cell", "criteria": "==", "value": f'"{OK}"'}, "cf_ok"))
    feil = f'{celle}<>"",{celle}<>"{OK}"'
    if med_merknad:
        merket = f'LEFT({celle},{len(OK_MEN)})="{OK_MEN}"'
        ark.betingede.append((*omraade, {"type": "formula", "criteria": f"={merket}"}, "cf_merk"))
        feil += f",NOT({merket})"
    ark.betingede.append((*omraade, {"type": "formula", "criteria": f"=AND({feil})"}, "cf_feil"))
