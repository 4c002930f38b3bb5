"""Cheap signs that a workbook is not as the program made it: told wherever it is read, without the whole of `check`."""

from __future__ import annotations

from collections.abc import Iterator

from velferdslab_model.alternativ import SUMMER
from velferdslab_model.base.ord import BRUKERGRUPPER, SERIETEKST, liten
from velferdslab_model.base.tall import kr
from velferdslab_model.base.tekst import oppramset
from velferdslab_model.effektbok.grupper import GRUPPER
from velferdslab_model.parameters.typer import Forutsetninger
from velferdslab_model.results import Grupperesultat, Resultat, beregn
from velferdslab_model.workbook.causes import uten_formler, uten_lagrede_tall
from velferdslab_model.workbook.comparing import er_lik
from velferdslab_model.workbook.constants import OK
from velferdslab_model.workbook.opening import Innhold

#: Said of a workbook in which nothing can be held against anything.
IKKE_REGNET = "har ingen lagrede tall å kontrollere"
#: Sums told of for each group; those that follow from the same change help nobody.
_MAKS_SUMMER = 2
#: Cells named of all whose formulas are others.
_MAKS_CELLER = 3


def tegn(innhold: Innhold, f: Forutsetninger) -> tuple[str, ...]:
    """What is not as the program writes it, each as the rest of a sentence about the file; none when all is well.

    f: its inputs, in the kroner it stands in. Looked at are protection, every formula, the workbook's own checks, and whether
    the stored sums follow from the inputs.
    """
    return tuple(_tegn(innhold, f))


def _tegn(innhold: Innhold, f: Forutsetninger) -> Iterator[str]:
    """Every sign, those that need no numbers first."""
    formler = innhold.formler
    if innhold.uten_egenskaper:
        yield "har mistet dokumentegenskapene, og med dem egne indekser, fordelinger og kilder som bare stod der"
    if ubeskyttet := [ark for ark in innhold.verdier if ark not in formler.beskyttede]:
        ark = "arket" if len(ubeskyttet) == 1 else "arkene"
        yield f"har {ark} {oppramset(ubeskyttet)} uten beskyttelse"
    if skjult := [ark for ark in innhold.verdier if ark in formler.skjulte]:
        yield f"har skjulte ark ({oppramset(skjult)})"
    if uten_formler(innhold):
        yield "har bare tall der programmet skrev formler"
        return
    resultat = beregn(f)
    yield from _formler(innhold, resultat)
    if uten_lagrede_tall(innhold):
        yield IKKE_REGNET
        return
    if not _er_formel(innhold, "kontroll"):
        yield "har ikke lenger formelen for kontroll"
    elif (svar := innhold.verdi("kontroll")) != OK:
        yield f"har «{svar}» som svar på sin egen kontroll, ventet «{OK}»"
    for gruppe, g in resultat.grupper.items():
        yield from _summer(innhold, gruppe, g)


def _formler(innhold: Innhold, resultat: Resultat) -> Iterator[str]:
    """The cells whose formulas are not the program's; those that are told of by their name left out."""
    med_navn = ["kontroll", *(f"{prefiks}_sum_{navn}" for prefiks, *_ in GRUPPER.values() for navn in SUMMER)]
    borte = {
        (sted.ark, sted.adresse)
        for navn in med_navn
        if (sted := innhold.omraade(navn)) is not None and not _er_formel(innhold, navn)
    }
    # The plan of a whole workbook: only where one is read should that be loaded.
    from velferdslab_model.effektbok.formelsammenligning import endrede_formler  # noqa: PLC0415

    celler = [f"{ark}!{adresse}" for ark, adresse in endrede_formler(innhold, resultat) if (ark, adresse) not in borte]
    if celler:
        flere = f" og {len(celler) - _MAKS_CELLER} til" if len(celler) > _MAKS_CELLER else ""
        ord_ = "en annen formel" if len(celler) == 1 else "andre formler"
        yield f"har {ord_} enn programmets i {', '.join(celler[:_MAKS_CELLER])}{flere}"


def _summer(innhold: Innhold, gruppe: str, g: Grupperesultat) -> Iterator[str]:
    """Stored sums of a group that the inputs do not give, and those that are no formulas."""
    prefiks, avvik, tastet = GRUPPER[gruppe][0], [], []
    skala = max(1.0, *(abs(v) for v in g.sum.values()))
    for navn in SUMMER:
        celle = f"{prefiks}_sum_{navn}"
        if innhold.omraade(celle) is None:  # a file of an earlier format
            continue
        lagret = innhold.verdi(celle)
        if not er_lik(g.sum[navn], lagret, skala):
            vist = kr(lagret) if isinstance(lagret, int | float) else str(lagret)
            avvik.append(f"{liten(SERIETEKST[navn]).strip()} lagret som {vist}, mens inndata gir {kr(g.sum[navn])}")
        elif not _er_formel(innhold, celle):
            tastet.append(liten(SERIETEKST[navn]).strip())
    hvem = BRUKERGRUPPER[gruppe].lower()
    if avvik:
        flere = f" (og {len(avvik) - _MAKS_SUMMER} summer til)" if len(avvik) > _MAKS_SUMMER else ""
        yield f"har {' og '.join(avvik[:_MAKS_SUMMER])}{flere} for {hvem}"
    if tastet:
        yield f"har tall i stedet for formel i {oppramset(tastet)} for {hvem}"


def _er_formel(innhold: Innhold, navn: str) -> bool:
    """Whether the cell under a name holds a formula; one that is gone holds none."""
    sted = innhold.omraade(navn)
    return sted is not None and sted.adresse in innhold.formler.formler.get(sted.ark, {})
