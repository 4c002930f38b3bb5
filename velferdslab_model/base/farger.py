"""The colours of every workbook, page and figure, each in one place."""

from __future__ import annotations

#: Okabe and Ito's colours, which colour-blind readers can tell apart; the same thing has the same colour everywhere.
FARGER = {
    "kostnad": "#D55E00",
    "besparelse": "#009E73",
    "helsegevinst": "#0072B2",
    "produksjonsgevinst": "#56B4E9",
    "gevinst": "#CC79A7",
    "akkumulert": "#000000",
    "kommune": "#0072B2",
    "fylkeskommune": "#F0E442",
    "stat": "#E69F00",
}
#: Okabe and Ito's colours, the light ones darkened until each has a contrast of three to one against white; from the ninth
#: municipality on they come again.
LINJEFARGER = ("#000000", "#B87A00", "#2F93CF", "#009E73", "#0072B2", "#D55E00", "#B8558B", "#6E6E6E")
#: Dashes of the same lines, so that they are told apart without colour, as SVG has them.
LINJESTREKER = ("", "8 4", "2 3", "12 4 2 4", "14 5", "5 2", "8 3 2 3 2 3", "3 6")
MOERK = "#1F3A4D"
GRAA = "#5A6872"
LYS = "#E8EEF2"
#: Of the places in a ranking: from the best, dark, to the worst.
_RANGFARGER = (
    "#08306B", "#08468B", "#135FA7", "#2B7BBA", "#4A97C9", "#6BAED6", "#94C4DF", "#B7D4EA", "#D0E1F2", "#E3EEF9", "#EFEFEF", "#D9D9D9",
)  # fmt: skip


def rangfarger(antall: int) -> list[str]:
    """A colour for each class of places, the best first."""
    return [_RANGFARGER[i * (len(_RANGFARGER) - 1) // max(1, antall - 1)] for i in range(antall)]
