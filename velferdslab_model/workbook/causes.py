"""What explains thousands of findings at once: told in one sentence, with what to do, instead of all that follows from it."""

from __future__ import annotations

from velferdslab_model.workbook.opening import Innhold

UTEN_LAGREDE_TALL = (
    "Filen har ingen lagrede tall: den er lagret av et program som ikke regner (for eksempel openpyxl). Inndata er lest. Åpne "
    "den i Excel eller LibreOffice og lagre den, så kan også de lagrede tallene kontrolleres."
)
VIST_PRESISJON = (
    "«Angi presisjon som vist» er slått på, så alle tall er avrundet slik de vises, også inndata. Slå det av under Fil → "
    "Alternativer → Avansert, og lag en ny arbeidsbok med «velferdslab generate»."
)
#: Fewer formulas than this are no live workbook.
_MINST_FORMLER = 10


def uten_lagrede_tall(innhold: Innhold) -> bool:
    """Whether no formula has a number or text stored with it."""
    alle = [(ark, adresse) for ark, formler in innhold.formler.formler.items() for adresse in formler]
    return len(alle) >= _MINST_FORMLER and not any(adresse in innhold.verdier[ark] for ark, adresse in alle)


def manuell_beregning(antall: int) -> str:
    """What is said of stored numbers that wait for the user. antall: how many are not up to date."""
    return (
        f"arbeidsboken er satt til manuell beregning, og {antall} lagrede tall er ikke regnet ut etter siste endring. "
        "Åpne den, trykk F9, sett beregning til automatisk, og lagre."
    )
