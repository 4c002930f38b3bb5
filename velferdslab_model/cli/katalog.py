"""velferdslab katalog: look up a published price."""

from __future__ import annotations

from pathlib import Path

import click

from velferdslab_model.cli.output_skjerm import si
from velferdslab_model.cli.valg import (
    indekser_valg,
    katalog_valg,
    krev_endelse,
    krev_maal,
    prisaar_valg,
    tving_valg,
    ut_valg,
)


@click.command(
    options_metavar="[VALG]",
    short_help="Slå opp i katalogen over publiserte priser.",
    epilog="\b\nEksempler:\n  velferdslab katalog --soek støttekontakt\n"
    "  velferdslab katalog --soek barnevern --prisaar 2025\n"
    "  velferdslab katalog -o priskatalog.xlsx\n  velferdslab katalog --eldre-enn 3\n"
    "  velferdslab katalog --katalog egne_priser.csv --soek verge --format json",
)
@click.option("--soek", "ord_", metavar="ORD", default="", help="Vis bare priser der alle ordene står.")
@prisaar_valg
@click.option(
    "--eldre-enn",
    "eldre",
    type=click.IntRange(0, 100),
    metavar="ÅR",
    help="Vis bare den nyeste utgaven av hver pris, når den er eldre enn så mange år eller mangler prisår.",
)
@katalog_valg
@indekser_valg
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json", "xlsx"]),
    help="table: på skjermen (standard). csv og json: alle kolonner. xlsx: en arbeidsbok, sammen med -o.",
)
@ut_valg("Skriv en arbeidsbok (.xlsx).")
@tving_valg
def katalog(
    ord_: str,
    prisaar: int | None,
    eldre: int | None,
    egen: Path | None,
    indekser: Path | None,
    form: str | None,
    ut: Path | None,
    force: bool,
) -> None:
    """Slå opp i priskatalogen: publiserte norske satser, regnskapstall og anslag, med kilde, år og grad.

    Med --prisaar vises beløpene også i det året: tjenester med kommunal deflator, lønn med årslønn, og overføringer med
    KPI eller grunnbeløpet. Ingen pris i katalogen brukes uten at noen velger den: med katalog = "ID" for et tiltak i en
    scenariofil, eller i kolonnen «fra katalogen» i en prisliste.
    """
    from velferdslab_model.base.dato import dagens_dato
    from velferdslab_model.katalog.soek import eldre_enn, soek
    from velferdslab_model.katalog.table import treffrader
    from velferdslab_model.parameters.filslag import INDEKSFIL, INDEKSLISTE, KATALOGFIL, SCENARIOFIL
    from velferdslab_model.parameters.indeksfil import les_indeksfil
    from velferdslab_model.parameters.priskatalog import katalogen, les_egne_priser
    from velferdslab_model.scenarios.kinds import krev_slag
    from velferdslab_model.workbook.kind import PRISKATALOG

    if form == "xlsx" and ut is None:
        raise click.UsageError("--format xlsx skriver en fil: oppgi hvor med -o, for eksempel -o priskatalog.xlsx.")
    krev_endelse(ut, ".xlsx")
    if egen:
        krev_slag(egen, KATALOGFIL)
    if indekser:
        krev_slag(indekser, INDEKSLISTE, INDEKSFIL, SCENARIOFIL)
    alle = katalogen(les_egne_priser(egen) if egen else {})
    krev_maal(ut, PRISKATALOG, force, egen, indekser)
    rader = soek(alle, ord_)
    if eldre is not None:
        gamle = eldre_enn(alle, eldre, dagens_dato().year)
        rader = [rad for rad in gamle if rad in rader]
    svar = treffrader(rader, alle, prisaar, les_indeksfil(indekser).serier if indekser else {})
    if ut is not None:
        from velferdslab_model.katalog.writing import write_katalog

        write_katalog(svar, ord_, prisaar, ut, dagens_dato(), force)
        si(f"Skrev {ut} med {len(svar)} priser", err=True)
    if form in ("csv", "json"):
        from velferdslab_model.cli.output import json_tekst
        from velferdslab_model.cli.output_katalog import katalogcsv

        data = {"prisaar": prisaar, "priser": [en.to_dict() for en in svar]}
        click.echo((katalogcsv(svar) if form == "csv" else json_tekst(data)).encode(), nl=False)
    elif form == "table" or ut is None:
        from velferdslab_model.cli.output_katalog import katalogtabell

        si(katalogtabell(svar, prisaar))
