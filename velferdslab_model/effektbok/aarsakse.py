"""The years of the effect model's tabs: fifteen columns from E; column D is left empty, so one formula serves every year."""

from __future__ import annotations

from velferdslab_model.parameters.typer import MAKS_ANALYSEPERIODE
from velferdslab_model.workbook.plan import Akse, Ark
from velferdslab_model.workbook.rows import Radskriver, bredder

AAR = Akse(4, MAKS_ANALYSEPERIODE)
#: Column widths of every tab with year columns; fourteen years fit beside the labels on a small screen.
BREDDER = bredder(AAR)


def aarsskriver(ark: Ark, rad: int) -> Radskriver:
    """Rows of years from a row down; above a block stand the years of the analysis, and nothing after it."""
    return Radskriver(ark, rad, AAR, "={i_perioden}*{aar}")
