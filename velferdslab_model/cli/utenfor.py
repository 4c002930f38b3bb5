"""velferdslab utenfor: what it costs through a life that people stay outside, and what a measure gives."""

from __future__ import annotations

from pathlib import Path

import click

from velferdslab_model.cli.output_skjerm import si
from velferdslab_model.cli.valg import tving_valg, ut_valg


@click.command(
    options_metavar="[VALG]",
    short_help="Utenforregnskap: hva et tiltak gir gjennom et livsløp, for kommune, fylkeskommune og stat.",
    epilog="\b\nEksempler:\n  velferdslab utenfor\n  velferdslab utenfor --mal barnevern -o barnevern.toml\n"
    "  velferdslab utenfor barnevern.toml\n  velferdslab utenfor barnevern.toml --format json > barnevern.json\n"
    "  velferdslab utenfor barnevern.toml -o barnevern.xlsx\n  velferdslab utenfor redigert.xlsx",
)
@click.argument("regnskap", required=False, type=click.Path(path_type=Path))
@ut_valg("Arbeidsboken (.xlsx) som skrives. Sammen med --mal: filen (.toml). Standard: <mal>.toml i denne mappen")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="table: en oversikt på skjermen. json: alle tall, uavrundet.",
)
@click.option(
    "--mal",
    metavar="NAVN",
    help="Skriv et regnskap å fylle ut, for en av notatets sju målgrupper (konstruerte profiler): videregaaende, "
    "lavinntekt_innvandrerforeldre, lavinntekt_trygdede_foreldre, foreldre_psykisk_rus, barnevern, depresjon_angst "
    "eller atferdsvansker",
)
@tving_valg
def utenfor(regnskap: Path | None, ut: Path | None, form: str, mal: str | None, force: bool) -> None:
    """Regn ut et utenforregnskap (REGNSKAP: .toml, eller en .xlsx noen har endret). Uten REGNSKAP brukes den første malen.

    Setter det en person i målgruppen koster og betaler, mot sammenligningsgruppen, alder for alder. Viser hva det er verdt
    at et tiltak lykkes, for hvert forvaltningsnivå, for offentlige budsjetter samlet, og for samfunnet uten overføringer.
    Malenes profiler er konstruerte; KS' egne tall er ikke publisert.
    """
    if mal is not None:
        if regnskap is not None:
            raise click.UsageError("--mal skriver et nytt regnskap og brukes uten REGNSKAP.")
        from velferdslab_model.cli.valg import skriv_mal
        from velferdslab_model.utenfor.loading import utenformal

        skriv_mal("utenfor", mal, utenformal(mal), ut, force)
        return
    from velferdslab_model.cli.valg import krev_endelse, krev_maal
    from velferdslab_model.utenfor.account import regn_utenfor, utenfor_json
    from velferdslab_model.utenfor.reading import les_utenforfil
    from velferdslab_model.workbook.kind import UTENFORREGNSKAP

    krev_endelse(ut, ".xlsx")
    krev_maal(ut, UTENFORREGNSKAP, force, regnskap)
    v = les_utenforfil(regnskap)
    if ut is not None:
        from velferdslab_model.utenfor.writing import write_utenfor

        write_utenfor(v, ut, overskriv=force)
        si(f"Skrev {ut}.", err=True)
        return
    r = regn_utenfor(v)
    if form == "json":
        from velferdslab_model.cli.output import json_tekst

        click.echo(json_tekst(utenfor_json(r)).encode(), nl=False)
        return
    from velferdslab_model.utenfor.screen import utenfortabell

    si(utenfortabell(r).removesuffix("\n"))
