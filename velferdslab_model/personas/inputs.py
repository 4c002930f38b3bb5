"""The inputs of a workbook of personas as cells: the register of the set, and what the sheet of a history is called."""

from __future__ import annotations

import re
from collections.abc import Iterator

from velferdslab_model.base.tekst import ulike_korte
from velferdslab_model.parameters.kilder import UTEN_KILDE
from velferdslab_model.parameters.typer import LIVSSITUASJONER
from velferdslab_model.personas.analysis import Personaanalyse
from velferdslab_model.personas.terms import (
    FAKTORFELT,
    TELLES,
    Personasett,
    historienavn,
    nullfelt,
)
from velferdslab_model.workbook.inputs import Inndata, Ordinndata

SETTREGISTER = "sett"
#: Rows of services left empty below those that are filled, for a user's own.
LEDIGE_RADER = 3
_MAKS_FANE = 31
_NULLKILDE = "regnes ut av historiene som begynner i situasjonen, til du skriver et eget tall"
#: Where a history may not begin.
_ELLERS_FAKTOR, _ELLERS_NULL = "; begynner ingen der, utsatt ganger faktoren", "; begynner ingen der, null"
_STANDARDKILDER = {
    TELLES.noekkel: "antakelse: det er ikke kjent om notatets tall har overføringer med",
    "faktor.uholdbar": "kilde: følgenotatet til effektmodellen (PwC for Husbanken 2019), vedlegg 2: utsatt med 10 % lagt på",
    "faktor.stabil": "kilde: følgenotatet til effektmodellen (PwC for Husbanken 2019), vedlegg 2: 80 % av utsatt",
}


def settregister(a: Personaanalyse) -> Iterator[Inndata | Ordinndata]:
    """Every input that is of the set and of no history, with its number and source."""
    sett = a.sett
    yield Ordinndata(TELLES, "ja" if sett.med_overfoeringer else "nei", settkilde(sett, TELLES.noekkel))
    for s, felt in FAKTORFELT.items():
        yield Inndata(felt, sett.faktorer[s], settkilde(sett, felt.noekkel))
    for gruppe, g in a.grupper.items():
        for s in LIVSSITUASJONER:
            felt = nullfelt(gruppe, s)
            skrevet = felt.noekkel in sett.skrevet
            mal = "" if skrevet else _nullmal(gruppe, s)
            yield Inndata(felt, g.situasjoner[s].nullkostnad, settkilde(sett, felt.noekkel), mal)


def settkilde(sett: Personasett, noekkel: str) -> str:
    """Where an input of the set comes from."""
    standard = _STANDARDKILDER.get(noekkel) or (UTEN_KILDE if noekkel in sett.skrevet else _nullkilde(noekkel))
    return sett.kilder.get(noekkel, standard)


def _nullkilde(noekkel: str) -> str:
    """What a null cost that nobody has typed is worked out of."""
    situasjon = noekkel.rpartition(".")[2]
    ellers = _ELLERS_FAKTOR if situasjon in FAKTORFELT else _ELLERS_NULL if situasjon == "baerekraftig" else ""
    return f"{_NULLKILDE}{ellers}"


def _nullmal(gruppe: str, situasjon: str) -> str:
    """The formula of a null cost that nobody has typed."""
    ellers = "0"
    if situasjon in FAKTORFELT:
        ellers = f"ROUND({{{nullfelt(gruppe, 'utsatt').navn}}}*{{{FAKTORFELT[situasjon].navn}}},0)"
    return f"=IF({{{gruppe}.antall.{situasjon}}}>0,ROUND({{{gruppe}.snitt.{situasjon}}},0),{ellers})"


def fanenavn(sett: Personasett) -> list[str]:
    """The title of each history's sheet, in order: short, legal, and no two alike."""
    raa = [re.sub(r"[\[\]:*?/\\']", " ", historienavn(p, h)).strip() or "Historie" for p, h in sett.historier()]
    korte = ulike_korte([navn.replace(" utfall", "").replace(",", "") for navn in raa], _MAKS_FANE - 4)
    ut: list[str] = []
    for navn in korte:
        opptatt = {en.casefold() for en in ut} | {"svar", "vilkår", "history"}
        nummer = next(n for n in range(1, 100) if (navn if n == 1 else f"{navn} {n}").casefold() not in opptatt)
        ut.append(navn if nummer == 1 else f"{navn} {nummer}")
    return ut


def prefiks(nummer: int) -> str:
    """Begins the keys and names of a history's sheet, from 1."""
    return f"H{nummer}"
