"""Options that several commands share, and the loading they ask for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from velferdslab_model.parameters.felt import FOERSTE_AAR, SISTE_AAR

if TYPE_CHECKING:
    from velferdslab_model.parameters.typer import Forutsetninger


def _prisaar(_ctx: click.Context, _param: click.Parameter, verdi: str | None) -> int | None:
    """Read a price year, or say what was expected."""
    if verdi is None:
        return None
    if verdi.isascii() and verdi.isdigit() and len(verdi) == 4 and FOERSTE_AAR <= int(verdi) <= SISTE_AAR:
        return int(verdi)
    raise click.BadParameter(f"{verdi} er ikke et prisår, ventet et helt tall fra {FOERSTE_AAR} til {SISTE_AAR}.")


prisaar_valg = click.option(
    "--prisaar",
    callback=_prisaar,
    metavar="ÅÅÅÅ",
    help="Prisåret alle beløp vises i og regnes om til. Standard: scenariets eget",
)
prisliste_valg = click.option(
    "--prices",
    "priser",
    type=click.Path(path_type=Path),
    metavar="FIL",
    help="Prisliste (.xlsx eller .csv) som legges over scenariets priser. Lag en med «velferdslab prices».",
)


def last(scenario: Path | None, priser: Path | None, prisaar: int | None) -> Forutsetninger:
    """Load a scenario, with the prices of a list laid over it if there is one; what the list did goes to stderr."""
    from velferdslab_model.workbook.reading import load_forutsetninger

    if priser is None:
        return load_forutsetninger(scenario, prisaar)
    from velferdslab_model.prisliste.bruk import load_med_priser

    forutsetninger, endring = load_med_priser(scenario, priser, prisaar)
    click.echo(endring.melding(), err=True)
    return forutsetninger
