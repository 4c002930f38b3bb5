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
    "stat": "#E69F00",
}
#: Okabe and Ito's colours; from the ninth municipality on they come again, dashed.
LINJEFARGER = ("#000000", "#E69F00", "#56B4E9", "#009E73", "#0072B2", "#D55E00", "#CC79A7", "#8C7A00")
MOERK = "#1F3A4D"
GRAA = "#5A6872"
LYS = "#E8EEF2"
