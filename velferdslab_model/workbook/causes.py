"""What explains thousands of findings at once: told in one sentence, with what to do, instead of all that follows from it."""

from __future__ import annotations

from collections.abc import Collection

from velferdslab_model.workbook.opening import UTEN_EGENSKAPER, Innhold

UTEN_LAGREDE_TALL = (
    "Filen har ingen lagrede tall: den er lagret av et program som ikke regner (for eksempel openpyxl). Inndata er lest. Åpne "
    "den i Excel eller LibreOffice og lagre den, så kan også de lagrede tallene kontrolleres."
)
UTEN_BESKYTTELSE = (
    "Arkbeskyttelsen og cellenes låsing er borte i alle faner, som etter lagring med et program som ikke tar vare på dem "
    "(for eksempel SheetJS). Lag en ny arbeidsbok for å få dem tilbake."
)
#: Fewer formulas than this are no live workbook.
_MINST_FORMLER = 10


def uten_lagrede_tall(innhold: Innhold) -> bool:
    """Whether no formula has a number or text stored with it."""
    alle = [(ark, adresse) for ark, formler in innhold.formler.formler.items() for adresse in formler]
    return len(alle) >= _MINST_FORMLER and not any(adresse in innhold.verdier[ark] for ark, adresse in alle)


def uten_formler(innhold: Innhold) -> bool:
    """Whether every formula is gone: pasted as values, or saved by a program that keeps none."""
    return not any(innhold.formler.formler.values())


def bare_verdier(antall: int, lag: str) -> str:
    """What is said of a file without formulas. antall: how many numbers the inputs do not give. lag: what makes a new one."""
    hvor_mange = f" {antall} av dem er ikke det inndata gir." if antall else ""
    return (
        "Filen har ingen formler: de er limt inn som verdier, eller lagret av et program som ikke tar vare på dem, så tallene "
        f"følger ikke inndata.{hvor_mange} Lag en ny med «{lag}»."
    )


def uten_beskyttelse(innhold: Innhold) -> bool:
    """Whether no sheet is protected and no cell is told apart as unlocked: nobody lifts a protection so."""
    return not innhold.formler.beskyttede and not innhold.formler.ulaaste


def uten_arkbeskyttelse(innhold: Innhold, faner: Collection[str]) -> str | None:
    """What is said of a file in which none of several tabs is protected, instead of a finding for each."""
    if len(faner) < 2 or innhold.formler.beskyttede & set(faner):
        return None
    return (
        "ingen av fanene er beskyttet. Noen har opphevet beskyttelsen, eller filen er lagret av et program som ikke tar "
        "vare på den (for eksempel Google Regneark)"
    )


def aarsaker(innhold: Innhold) -> list[str]:
    """What the program that saved the file has left out, a sentence for each."""
    return [
        *([UTEN_EGENSKAPER] if innhold.uten_egenskaper else []),
        *([UTEN_LAGREDE_TALL] if uten_lagrede_tall(innhold) else []),
        *([UTEN_BESKYTTELSE] if uten_beskyttelse(innhold) else []),
    ]


def ikke_kontrollert(innhold: Innhold) -> tuple[str, ...]:
    """What cannot be audited in such a file, in the words of the report."""
    return (
        *(("lagrede tall",) if uten_lagrede_tall(innhold) else ()),
        *(("beskyttelse",) if uten_beskyttelse(innhold) else ()),
    )


def vist_presisjon(lag: str) -> str:
    """What is said of numbers that are rounded as they are shown. lag: the command that makes such a file."""
    return (
        "«Angi presisjon som vist» er slått på, så alle tall er avrundet slik de vises, også inndata. Slå det av under Fil → "
        f"Alternativer → Avansert, og lag en ny fil med «{lag}»."
    )


def manuell_beregning(antall: int) -> str:
    """What is said of stored numbers that wait for the user. antall: how many are not up to date."""
    return (
        f"arbeidsboken er satt til manuell beregning, og {antall} lagrede tall er ikke regnet ut etter siste endring. "
        "Åpne den, trykk F9, sett beregning til automatisk, og lagre."
    )
