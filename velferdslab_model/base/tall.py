"""All reading and showing of numbers.

Shown text has a decimal comma, hard spaces between thousands and before %, the real minus sign, a dash for no number,
and never «-0». Files for programs have other conventions: CSV a decimal comma and an ASCII minus without thousands, a
scenario file a decimal point. Amounts that people write are read without guessing.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Context, Decimal

MINUS = "\u2212"
INGEN_TALL = "–"
_HARDT = "\u00a0"
_NORSK = str.maketrans({",": _HARDT, ".": ",", "-": MINUS})
#: Digits enough for any float written in full.
_NOEYAKTIG = Context(prec=700)

#: The spaces and apostrophes that may stand between thousands.
_MELLOMROM = " \u00a0\u2009\u202f"
_APOSTROF = "'\u2019"
_KRONER_FORAN = re.compile(r"^([+-]?)\s*(?:kr\.?|nok|kroner)(?![a-zæøå])\s*", re.IGNORECASE)
_KRONER_BAK = re.compile(r"\s*(?:kr\.?|nok|kroner)$", re.IGNORECASE)
#: «475,-»: whole kroner.
_UTEN_OERE = re.compile(r"[.,]\s?--?$")
_VALUTA = re.compile(
    r"[€$£¥]|(?<![a-zæøå])(?:eur|euro|usd|gbp|sek|dkk|isk|chf|dollars?|pund|svenske|danske)(?![a-zæøå])", re.IGNORECASE
)
_LIKE_MELLOMROM = re.compile(f"[1-9][0-9]{{0,2}}(?:[{_MELLOMROM}][0-9]{{3}})+(?:[.,][0-9]+)?")
_LIKE_APOSTROFER = re.compile(f"[1-9][0-9]{{0,2}}(?:[{_APOSTROF}][0-9]{{3}})+(?:[.,][0-9]+)?")
_PUNKTUMGRUPPER = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]+)?")
_KOMMAGRUPPER = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_ENKELT = re.compile(r"[0-9]+(?:[.,][0-9]+)?")
_TVETYDIG = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
_MAKS_TEGN = 400


def tall(verdi: float | None, desimaler: int = 0) -> str:
    """A number with a stated number of decimals, rounded as a spreadsheet rounds: halves away from zero."""
    if verdi is None:
        return INGEN_TALL
    steg = Decimal(1).scaleb(-desimaler)
    avrundet = Decimal(f"{verdi:.15g}").quantize(steg, ROUND_HALF_UP, _NOEYAKTIG)
    return f"{avrundet or abs(avrundet):,f}".translate(_NORSK)


def kr(verdi: float | None) -> str:
    """Whole kroner."""
    return tall(verdi)


def antall(verdi: float | None, siffer: int = 6) -> str:
    """A number with as many decimals as it has, at most so many significant digits: people, or any quantity."""
    if verdi is None:
        return INGEN_TALL
    return f"{Decimal(f'{verdi + 0.0:.{siffer}g}'):,f}".translate(_NORSK)


def prosent(andel: float | None, desimaler: int | None = None) -> str:
    """A share as per cent: 70 %, 2,5 %. desimaler: how many, else as many as it has."""
    if andel is None:
        return INGEN_TALL
    return f"{antall(andel * 100, 10) if desimaler is None else tall(andel * 100, desimaler)}{_HARDT}%"


def minste_sannsynlighet(trekninger: int) -> float:
    """The smallest share that so many draws can tell from none."""
    return max(0.001, 3 / trekninger)


def sannsynlighet(andel: float, trekninger: int) -> str:
    """A share of many draws as a probability: never certain because no draw of many said otherwise.

    Where fewer than three draws in that many would be missed, it says «over» or «under» what can be told: 99,9 % from
    3 000 draws on, less with fewer.
    """
    grense = minste_sannsynlighet(trekninger)
    if andel > 1 - grense:
        return f"over {prosent(1 - grense, 1)}"
    return f"under {prosent(grense, 1)}" if andel < grense else prosent(andel, 1)


def aar(verdi: float | None, ellers: str = INGEN_TALL) -> str:
    """A year. ellers: what is said where there is none."""
    return f"{verdi:.0f}" if verdi else ellers


def aarsrekke(fra: float, til: float) -> str:
    """From one year to another: 2019–2033."""
    return f"{fra:.0f}–{til:.0f}"


def med_fortegn(verdi: float | None, desimaler: int = 0) -> str:
    """A change: with a plus where there is more."""
    vist = tall(verdi, desimaler)
    return f"+{vist}" if verdi and verdi > 0 and vist != tall(0, desimaler) else vist


def femten_siffer(verdi: float) -> float:
    """A number with as many digits as a cell of Excel keeps, so that it is the same when it is read back."""
    return float(f"{verdi:.15g}")


def maskintall(verdi: float) -> str:
    """A number as it is written in a scenario file: 0.8, 10, 1120000."""
    return f"{verdi + 0.0:.15g}"  # -0.0 is 0


def csv_tall(verdi: float) -> str:
    """Every digit of a number, for a program: decimal comma, no thousands, ASCII minus."""
    return repr(float(verdi) + 0.0).replace(".", ",").removesuffix(",0")


def fra_skrevet(tekst: str) -> float:
    """A number as people write it in a data file: decimal comma or point, any minus, spaces between thousands.

    Raises ValueError.
    """
    return float(uten_mellomrom(tekst).replace("\N{MINUS SIGN}", "-").replace(",", "."))


def fra_csv(tekst: str) -> float:
    """What csv_tall wrote. Raises ValueError."""
    return float(tekst.replace(",", "."))


def uten_mellomrom(tekst: str) -> str:
    """A whole number as a program reads it, with the spaces between its thousands gone."""
    return re.sub(f"[{_MELLOMROM}]", "", tekst)


class Tallfeil(ValueError):
    """A text that is no amount in kroner; the text of the error is the end of a sentence about it."""


class TvetydigTall(Tallfeil):
    """A number that may be read in two ways, a thousand times apart."""

    def __init__(self, tall: str) -> None:
        hele = re.sub("[.,]", "", tall)
        desimal = re.sub("[.,]", ",", tall)
        super().__init__(
            f"som kan leses som {hele} eller som {desimal}. Skriv {kr(int(hele))} eller {desimal}0, etter hva du mener."
        )


def les_beloep(tekst: str) -> float:
    """Read an amount in kroner: «1 234,50», «1.234,50», «kr 475», «475,-», «NOK 475».

    Raises TvetydigTall for «1.234» and «1,234», and Tallfeil for anything else that is not one amount in kroner.
    """
    rest = tekst.strip().replace(MINUS, "-").replace("\u2013", "-")
    if len(rest) > _MAKS_TEGN:
        raise Tallfeil("ventet et beløp i kroner.")
    if funn := _VALUTA.search(rest):
        raise Tallfeil(f"ser ut til å være i en annen valuta («{funn[0]}»), ventet norske kroner. Regn om beløpet.")
    if re.search(r"[%‰]|prosent", rest, re.IGNORECASE):
        raise Tallfeil("er en prosent, ventet prisen i kroner.")
    if set(rest) == {"#"}:
        raise Tallfeil("er det Excel viser når kolonnen er for smal. Gjør den bredere og lagre på nytt.")
    foran = _KRONER_FORAN.sub(r"\1", rest)
    rest = _KRONER_BAK.sub("", rest) if foran == rest else foran
    uten_oere = _UTEN_OERE.sub("", rest)
    beloep = _tall(uten_oere, hele_kroner=uten_oere != rest)
    if beloep is None:
        raise Tallfeil(f"ventet et beløp i kroner, bare tallet.{_raad(rest)}")
    return femten_siffer(beloep)


def valuta_i(tekst: str) -> str | None:
    """The sign or word of another currency than Norwegian kroner in a text, if there is one."""
    funn = _VALUTA.search(tekst)
    return funn[0] if funn else None


def _tall(tekst: str, hele_kroner: bool) -> float | None:
    """The number a text holds, or None. hele_kroner: the øre were written as a dash, so every separator parts thousands."""
    fortegn = -1 if tekst.startswith("-") else 1
    siffer = tekst[1:].strip() if tekst[:1] in ("+", "-") else tekst
    if _TVETYDIG.fullmatch(siffer) and not hele_kroner:
        raise TvetydigTall(siffer)
    grupper = (_PUNKTUMGRUPPER, ".", ","), (_KOMMAGRUPPER, ",", ".")
    for moenster, tusen, desimal in grupper:
        if moenster.fullmatch(siffer):
            if hele_kroner and desimal in siffer:
                return None
            return fortegn * float(siffer.replace(tusen, "").replace(desimal, "."))
    if not any(m.fullmatch(siffer) for m in (_ENKELT, _LIKE_MELLOMROM, _LIKE_APOSTROFER)):
        return None
    if hele_kroner and re.search("[.,]", siffer):
        return None
    return fortegn * float(re.sub(f"[{_MELLOMROM}{_APOSTROF}]", "", siffer).replace(",", "."))


def _raad(tekst: str) -> str:
    if re.fullmatch(r"[0-9.,]+e[+-]?[0-9]+", tekst, re.IGNORECASE):
        return " Excel har forkortet tallet; vis det som tall og lagre på nytt."
    if tekst.startswith("="):
        return " Formler regnes bare ut i en .xlsx-fil."
    if re.search(r"mill|mrd|tusen|[0-9]\s*[km]$", tekst, re.IGNORECASE):
        return " Skriv hele beløpet, for eksempel 1 200 000."
    if "/" in tekst or re.search(r"\bper\b", tekst):
        return " Enheten står i en egen kolonne."
    return ""


def skriv_beloep(beloep: float) -> str:
    """An amount with decimal comma and without thousands separators, so that les_beloep reads the same number."""
    tekst = format(Decimal(f"{beloep:.15g}"), "f").replace(".", ",")
    return f"{tekst}0" if _TVETYDIG.fullmatch(tekst) else tekst
