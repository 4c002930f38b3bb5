"""velferdslab new: write a scenario file to fill in."""

from __future__ import annotations

from pathlib import Path

import click


@click.command(
    options_metavar="[VALG]",
    short_help="Lag en scenariofil (.toml) å fylle ut.",
    epilog='\b\nEksempler:\n  velferdslab new Bergen\n  velferdslab new "Nordre Follo" -o nordre_follo.toml',
)
@click.argument("navn")
@click.option(
    "-o",
    "--output",
    "ut",
    type=click.Path(path_type=Path),
    metavar="FIL",
    help="Hvor filen skrives. Standard: <navn>.toml i denne mappen",
)
@click.option("--force", is_flag=True, help="Skriv over en fil som finnes.")
def new(navn: str, ut: Path | None, force: bool) -> None:
    """Lag en scenariofil for kommunen eller prosjektet NAVN.

    Filen lister alle forutsetninger med standardverdi, enhet og kilde. Fjern # foran en linje for å endre den.
    """
    from velferdslab_model.files import skriv_fil
    from velferdslab_model.parameters.tekst import filnavn
    from velferdslab_model.parameters.template import scenariomal

    mal = scenariomal(navn).encode()
    ut = ut or Path(f"{filnavn(navn)}.toml")
    skriv_fil(ut, mal, lambda innhold: innhold == mal, force)
    click.echo(f"Skrev {ut}. Fyll den ut, og kjør: velferdslab generate {ut}", err=True)
