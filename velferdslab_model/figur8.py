"""Figure 8 as data: what the note's main figure shows, for whoever draws it."""

from __future__ import annotations

from dataclasses import dataclass

from velferdslab_model.base.ord import SERIENAVN
from velferdslab_model.results import Grupperesultat


@dataclass(frozen=True)
class Figur8:
    """Two columns a year and a line of the accumulated net. beskrivelse: for those who cannot see it.

    soeyler: name, kr of each year, and key of base.farger.FARGER. linje: name, and kr of each year.
    """

    tittel: str
    beskrivelse: str
    aar: list[int]
    soeyler: tuple[tuple[str, list[float], str], ...]
    linje: tuple[str, list[float]]


def figur8(tittel: str, g: Grupperesultat) -> Figur8:
    """What is drawn for one group, discounted at its rate. A public income is counted with the saving."""
    p = g.penger
    navn = "Besparelse og offentlig inntekt" if p.offentlig_inntekt.any() else SERIENAVN["besparelse"]
    return Figur8(
        f"Figur 8. {tittel}: kostnad, og besparelse i de ordinære tjenestene, per år, og akkumulert netto",
        f"Søyler for kostnad og besparelse hvert år, og en linje for det som er spart til sammen. {g.svar}",
        g.aar,
        (
            (SERIENAVN["kostnad"], p.kostnad.tolist(), "kostnad"),
            (navn, (p.besparelse + p.offentlig_inntekt).tolist(), "besparelse"),
        ),
        ("Akkumulert netto, offentlige budsjetter", p.akkumulert("budsjett").tolist()),
    )
