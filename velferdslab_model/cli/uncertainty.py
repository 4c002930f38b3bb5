"""velferdslab uncertainty: how sure the answer is."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from velferdslab_model.cli.output_skjerm import si
from velferdslab_model.cli.valg import (
    froe_valg,
    indekser_valg,
    krev_endelse,
    krev_kontroll_valg,
    krev_maal,
    last,
    prisaar_er_valg,
    prisaar_valg,
    prisliste_valg,
    trekninger_valg,
    tving_valg,
    ut_valg,
)

if TYPE_CHECKING:
    from velferdslab_model.parameters.typer import Forutsetninger
    from velferdslab_model.uncertainty.analyse import Usikkerhet

#: Work is told of on stderr when it has gone on for so long, in seconds.
_FOER_MELDING = 1.0


@click.command(
    options_metavar="[VALG]",
    short_help="Vis hvor sikkert svaret er: tornado, bytteverdier, Monte Carlo.",
    epilog="\b\nEksempler:\n  velferdslab uncertainty\n  velferdslab uncertainty bergen.toml -o bergen_usikkerhet.xlsx\n"
    "  velferdslab uncertainty bergen.toml --draws 1000000 --seed 7 -o bergen_usikkerhet.xlsx\n"
    "  velferdslab uncertainty --uten-tilfeldigheter\n"
    "  velferdslab uncertainty --format json > usikkerhet.json",
)
@click.argument("scenario", required=False, type=click.Path(path_type=Path))
@ut_valg("Skriv en arbeidsbok (.xlsx) med tabeller og figurer.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    help="Skriv til skjermen. table: et sammendrag (standard uten -o). json: alt, uavrundet.",
)
@trekninger_valg
@froe_valg
@click.option(
    "--uten-tilfeldigheter",
    is_flag=True,
    help="Regn hver deltaker som forventet, uten tilfeldighetene i hvem som lykkes.",
)
@prisliste_valg
@prisaar_valg
@prisaar_er_valg
@indekser_valg
@krev_kontroll_valg
@tving_valg
def uncertainty(
    scenario: Path | None,
    ut: Path | None,
    form: str | None,
    trekninger: int,
    froe: int,
    uten_tilfeldigheter: bool,
    priser: Path | None,
    prisaar: int | None,
    prisaar_er: int | None,
    indekser: Path | None,
    krev_kontroll: bool,
    force: bool,
) -> None:
    """Vis hvor sikkert svaret for et SCENARIO er (.toml, eller en arbeidsbok du har redigert).

    Hvilke tall som er usikre, og hvor mye, står under [unge_voksne.usikkerhet] og [familier.usikkerhet] i
    scenariofilen; ellers brukes programmets antakelser. To analyser står side om side: tallenes egen usikkerhet, og
    strukturell usikkerhet, der også modellens forenklinger trekkes (nøkler som begynner med «strukturell.»). Uten
    SCENARIO brukes de innebygde tallene for Asker 2019.
    """

    from velferdslab_model.workbook.kind import USIKKERHET

    krev_endelse(ut, ".xlsx")
    f = last(scenario, priser, prisaar, indekser, prisaar_er, krev_kontroll)
    krev_maal(ut, USIKKERHET, force, scenario, priser, indekser)
    analyse = analyser_med_melding(f, trekninger, froe, not uten_tilfeldigheter)
    if ut is not None:
        from velferdslab_model.uncertainty.writing import write_usikkerhet

        write_usikkerhet(analyse, ut, overskriv=force)
        si(f"Skrev {ut}", err=True)
    if form == "json":
        from velferdslab_model.cli.output import json_tekst

        tekst = json_tekst(analyse.to_dict())
        click.echo(tekst.encode(), nl=False)
    elif form == "table" or ut is None:
        from velferdslab_model.uncertainty.screen import som_linjer

        si("\n".join(som_linjer(analyse)))


def analyser_med_melding(f: Forutsetninger, trekninger: int, froe: int, tilfeldighet: bool = True) -> Usikkerhet:
    """Run the analysis; work that takes more than a second is told of on stderr."""
    from velferdslab_model.uncertainty.analyse import analyser

    start = time.monotonic()

    def fremdrift(tekst: str) -> None:
        if time.monotonic() - start > _FOER_MELDING or trekninger >= 500_000:
            si(tekst, err=True)

    return analyser(f, trekninger, froe, fremdrift, tilfeldighet)
