"""velferdslab generate: write the workbook."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click


class Dato(click.ParamType):
    """A date written YYYY-MM-DD."""

    name = "YYYY-MM-DD"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read the date, or say what was expected."""
        if isinstance(value, date):
            return value
        try:
            dato = date.fromisoformat(str(value))
        except ValueError:
            dato = None
        if dato is None or not 1990 <= dato.year <= 2100:
            self.fail(f"{value} er ikke en dato fra 1990 til 2100, ventet for eksempel 2026-11-22.", param, ctx)
        return dato


@click.command(
    options_metavar="[VALG]",
    short_help="Lag arbeidsboken (.xlsx) med levende formler og figurer.",
    epilog="\b\nEksempler:\n  velferdslab generate\n  velferdslab generate bergen.toml\n"
    "  velferdslab generate bergen.toml -o bergen_2025.xlsx --dato 2026-01-15",
)
@click.argument("scenario", required=False, type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", "ut", type=click.Path(path_type=Path), metavar="FIL",
    help="Hvor arbeidsboken skrives. Standard: output/effektmodell_<navn>.xlsx",
)  # fmt: skip
@click.option("--dato", type=Dato(), help="Datoen som vises som Sist brukt til filen åpnes. Standard: i dag")
@click.option("--force", is_flag=True, help="Skriv over en fil som er endret eller ikke er laget av programmet.")
def generate(scenario: Path | None, ut: Path | None, dato: date | None, force: bool) -> None:
    """Lag den beskyttede arbeidsboken for et SCENARIO (.toml).

    Uten SCENARIO brukes de innebygde tallene for Asker 2019. En tidligere arbeidsbok som ingen har endret, erstattes;
    alt annet blir stående.
    """
    from velferdslab_model.parameters.loading import load_forutsetninger
    from velferdslab_model.parameters.tekst import filnavn
    from velferdslab_model.results import beregn
    from velferdslab_model.workbook.writing import write_arbeidsbok

    forutsetninger = load_forutsetninger(scenario)
    ut = ut or Path("output") / f"effektmodell_{filnavn(forutsetninger.navn)}.xlsx"
    write_arbeidsbok(beregn(forutsetninger), ut, dato, force)
    click.echo(f"Skrev {ut}", err=True)
