"""velferdslab check: audit a workbook that somebody edited."""

from __future__ import annotations

from pathlib import Path

import click

from velferdslab_model.cli.output_skjerm import si
from velferdslab_model.cli.valg import indekser_valg


@click.command(
    options_metavar="[VALG]",
    short_help="Kontroller en redigert arbeidsbok eller prisliste: hva er endret, og hva det gjør med resultatet.",
    epilog="\b\nEksempler:\n  velferdslab check fra_bergen.xlsx\n"
    "  velferdslab check fra_bergen.xlsx --against bergen.toml\n"
    "  velferdslab check priser.xlsx --against bergen.toml\n"
    "  velferdslab check ny.xlsx --against fjoraarets.xlsx --format json > endringer.json",
)
@click.argument("arbeidsbok", type=click.Path(path_type=Path))
@click.option(
    "--against",
    "mot",
    type=click.Path(path_type=Path),
    metavar="FIL",
    help="Sammenlign med dette scenarioet (.toml) eller denne arbeidsboken. Standard: de innebygde verdiene (Asker 2019); "
    "for en prisliste prisene den ble laget med",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="table: en rapport på skjermen. json: alle funn og tall, uavrundet.",
)
@indekser_valg
@click.pass_context
def check(ctx: click.Context, arbeidsbok: Path, mot: Path | None, form: str, indekser: Path | None) -> None:
    """Kontroller en ARBEIDSBOK eller prisliste (.xlsx) noen har redigert.

    Viser hvilke inndata som avviker og hva hver endring gjorde med resultatet, og om noe annet er rørt: formler, låste
    celler, beskyttelse, navn, faner og lagrede tall. Filen endres ikke. Avslutter med 0 når bare inndata er endret, og
    med 1 når det er andre funn.
    """
    from velferdslab_model.check.kontroll import kontroller
    from velferdslab_model.cli.output_check import kontrollrapport

    kontroll = kontroller(arbeidsbok, mot, indekser)
    if form == "json":
        from velferdslab_model.cli.output import json_tekst

        tekst = json_tekst(kontroll.to_dict())
        click.echo(tekst.encode(), nl=False)
    else:
        si(kontrollrapport(kontroll))
    ctx.exit(1 if kontroll.funn else 0)
