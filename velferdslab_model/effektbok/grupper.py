"""The two groups as they stand in a workbook."""

from __future__ import annotations

from collections.abc import Iterable

from velferdslab_model.base.felt import Felt
from velferdslab_model.base.ord import BRUKERGRUPPER, DELTAKERORD
from velferdslab_model.parameters.avledet import AVLEDEDE
from velferdslab_model.parameters.felt import FELT
from velferdslab_model.parameters.typer import Brukergruppe
from velferdslab_model.workbook.inputs import Inndata

#: Prefix of the defined names, title of the tabs, what a participant is called, colour of the tabs.
GRUPPER = {
    noekkel: (prefiks, BRUKERGRUPPER[noekkel], DELTAKERORD[noekkel], farge)
    for noekkel, prefiks, farge in (("unge_voksne", "UV", "#0072B2"), ("familier", "FAM", "#009E73"))
}
#: The registers of a group, and the tiltak: each counts its faults and has a part of the digest.
REGISTRE = ("hoved", "tiltak", "nullalternativ", "helse", "produksjon", "utvidet")


def gruppeinndata(gruppe: Brukergruppe, felter: Iterable[Felt]) -> list[Inndata]:
    """The inputs of a group as its workbook cells hold them."""
    return [
        Inndata(
            felt,
            gruppe.verdi(felt.noekkel),
            gruppe.kilder[felt.noekkel],
            avledet_mal(felt.noekkel) if felt.noekkel in gruppe.avledet else "",
        )
        for felt in felter
    ]


def avledet_mal(noekkel: str) -> str:
    """The formula of a derived input."""
    av, faktor = (FELT[n].navn for n in AVLEDEDE[noekkel])
    return f"=ROUND({{{av}}}*{{{faktor}}},0)"
