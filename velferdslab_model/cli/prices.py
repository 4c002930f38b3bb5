"""velferdslab prices: write the price list to edit."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from velferdslab_model.cli.output_skjerm import si
from velferdslab_model.cli.valg import (
    indekser_valg,
    katalog_valg,
    prisaar_er_valg,
    prisliste_valg,
    tving_valg,
    ut_valg,
    varsle_om_prisaar,
    vis_kvittering,
)


@click.command(
    options_metavar="[VALG]",
    short_help="Lag en prisliste (.xlsx eller .csv) å redigere i Excel.",
    epilog="\b\nEksempler:\n  velferdslab prices -o priser.xlsx\n  velferdslab prices bergen.toml -o priser.csv\n"
    "  velferdslab prices bergen.toml --prices priser_2024.xlsx -o priser_2025.xlsx\n"
    "  velferdslab prices bergen.xlsx --katalog egne_priser.csv -o priser_2027.xlsx",
)
@click.argument("scenario", required=False, type=click.Path(path_type=Path))
@ut_valg("Hvor prislisten skrives, .xlsx eller .csv.", kreves=True)
@prisliste_valg
@indekser_valg
@katalog_valg
@prisaar_er_valg
@tving_valg
def prices(
    scenario: Path | None,
    ut: Path,
    priser: Path | None,
    indekser: Path | None,
    egen: Path | None,
    prisaar_er: int | None,
    force: bool,
) -> None:
    """Lag prislisten for tiltakene i et SCENARIO (.toml, eller en arbeidsbok du har redigert).

    Hver pris står i sitt eget prisår. Endre enhetskostnad, prisår og kilde, og bruk listen med
    «velferdslab generate --prices FIL». Med --prices her føres en tidligere liste videre. Uten SCENARIO brukes de
    innebygde tallene for Asker 2019.
    """
    from velferdslab_model.base.dato import dagens_dato
    from velferdslab_model.base.tekst import som_argument
    from velferdslab_model.katalog.forslag import nyere_satser
    from velferdslab_model.parameters.katalogvalg import om_overfoering_i_listen
    from velferdslab_model.parameters.priskatalog import les_egne_priser
    from velferdslab_model.prisliste.writing import proev_prisliste, write_prisliste
    from velferdslab_model.scenarios.loading import les_scenario

    oppgitt, endring = les_scenario(scenario, priser, indekser=indekser, prisaar_er=prisaar_er)
    if egen is not None:
        oppgitt = replace(oppgitt, egne_priser={**oppgitt.egne_priser, **les_egne_priser(egen)})
    varsle_om_prisaar(oppgitt)
    datoer = dict(endring.datoer) if endring else {}
    if endring is not None:
        vis_kvittering(endring, None)
    proev_prisliste(oppgitt, ut, datoer, force, [scenario, priser, indekser, egen])
    antall = write_prisliste(oppgitt, ut, dagens_dato(), datoer, force)
    for setning in (
        *om_overfoering_i_listen(oppgitt.grupper, oppgitt.egne_priser),
        *nyere_satser(oppgitt),
    ):
        click.echo(setning, err=True)
    foran = "" if scenario is None else f" {som_argument(str(scenario))}"
    si(
        f"Skrev {ut} med {antall} priser. Rediger dem, og kjør: velferdslab generate{foran} --prices {som_argument(str(ut))}",
        err=True,
    )
