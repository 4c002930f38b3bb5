"""Both models on one measure, as a page in HTML that prints on A4."""

from __future__ import annotations

import os

from markupsafe import Markup

from velferdslab_model.base.files import Utfil
from velferdslab_model.base.tall import kr
from velferdslab_model.page import svg
from velferdslab_model.page.rendering import Seksjon, bit, side
from velferdslab_model.page.table import Tabellcelle, endringscelle, tabell, tallcelle, tekstcelle
from velferdslab_model.utenfor.account import SYN
from velferdslab_model.utenfor.sammen import AARSAKER, SVARPARTER, TELLER, Sammenstilling, svarrader
from velferdslab_model.utenfor.sentences import begge_svar, forbehold_ved_begge, synsnavn
from velferdslab_model.workbook.kind import UTENFORSIDE
from velferdslab_model.workbook.stamp import stemple_side

_PAKKE = "velferdslab_model.utenfor"


def sammenstillingsside(s: Sammenstilling) -> str:
    """The page as text."""
    konstruert = " (konstruert)" if s.vilkaar.konstruert else ""
    return side(
        _PAKKE,
        "sammen.html",
        tittel="Samme tiltak i begge modeller",
        seksjoner=[
            Seksjon(
                "svaret",
                "To svar på samme tiltak",
                bit(_PAKKE, "sammen_svar.html", setninger=list(begge_svar(s)), figurer=_figurer(s)),
            ),
            Seksjon("forskjellen", "Hvorfor de er ulike", _forskjellen(s)),
            Seksjon("teller", "Hva hver av dem teller", _teller()),
        ],
        slag=UTENFORSIDE,
        scenario=s.scenario,
        regnskap=f"{s.vilkaar.navn}{konstruert}",
        forbehold=list(forbehold_ved_begge(s)),
    )


def sammenstillingsfil(s: Sammenstilling, sti: str | os.PathLike[str]) -> Utfil:
    """The page, ready to be written."""
    return Utfil(sti, stemple_side(sammenstillingsside(s).encode()), UTENFORSIDE.hindring)


def _profil(s: Sammenstilling) -> str:
    """What stands with every figure and table, because a print may be read a page at a time."""
    return " (konstruert profil)" if s.vilkaar.konstruert else ""


def _figurer(s: Sammenstilling) -> list[Markup]:
    """From the account within the scenario's period: beside what comes after it, the rest would not be seen."""
    figurer = []
    for hvem in SYN:
        deler = [(AARSAKER[k][0], v) for k, v in s.deler[hvem].items() if v and k != "horisont"]
        figurer.append(
            svg.foss(
                f"{synsnavn(hvem)}: netto innen {s.effekt.gruppe.analyseperiode} år i begge modeller{_profil(s)}",
                "Fossefall: " + "; ".join(f"{navn} {kr(verdi)} kroner" for navn, verdi in deler),
                ("Utenforregnskapet", s.samme_horisont[hvem]),
                ("Effektmodellen", s.effektmodell[hvem]),
                deler,
            )
        )
    return figurer


def _forskjellen(s: Sammenstilling) -> Markup:
    rader: list[list[Tabellcelle]] = []
    for r in svarrader(s):
        celle = endringscelle if r.endring else tallcelle
        rader.append([tekstcelle(r.navn), *(celle(r.verdier[hvem]) for hvem in SVARPARTER), tekstcelle(r.hva)])
    return tabell(
        f"Netto, kroner, og hva hvert steg endrer{_profil(s)}",
        ["Steg", *map(synsnavn, SVARPARTER), "Hva som endres"],
        rader,
    )


def _teller() -> Markup:
    rader = [[tekstcelle(tekst) for tekst in rad] for rad in TELLER]
    return tabell("Utenforregnskapet og effektmodellen", ["Hva", "Utenforregnskapet", "Effektmodellen"], rader)
