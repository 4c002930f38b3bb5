"""velferdslab run: compute and print."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from velferdslab_model.cli.output_skjerm import si
from velferdslab_model.cli.valg import (
    fra_aar_valg,
    indekser_valg,
    krev_kontroll_valg,
    krev_oekonomiplan,
    last_med_kvittering,
    loepende_valg,
    prisaar_er_valg,
    prisaar_valg,
    prisliste_valg,
)

if TYPE_CHECKING:
    from velferdslab_model.prisliste.kvittering import Kvitteringslinje
    from velferdslab_model.results import Resultat


@click.command(
    options_metavar="[VALG]",
    short_help="Regn ut og vis resultatet (tabell, JSON eller CSV).",
    epilog="\b\nEksempler:\n  velferdslab run\n  velferdslab run bergen.toml\n"
    "  velferdslab run bergen.toml --format csv > bergen.csv\n  velferdslab run --format json > asker.json\n"
    "  velferdslab run bergen.toml --prices priser.csv\n"
    "  velferdslab run bergen.toml --oekonomiplan --fra-aar 2027\n  velferdslab run --register > forutsetninger.csv",
)
@click.argument("scenario", required=False, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "csv"]),
    default="table",
    show_default=True,
    help="table: nøkkeltall. json: alt, uavrundet. csv: årsserier for Excel (semikolon og desimalkomma).",
)
@prisliste_valg
@prisaar_valg
@prisaar_er_valg
@indekser_valg
@krev_kontroll_valg
@click.option(
    "--oekonomiplan",
    is_flag=True,
    help="Vis økonomiplanen: fire år i faste priser, ikke neddiskontert, per gruppe og samlet.",
)
@fra_aar_valg
@loepende_valg
@click.option(
    "--mot",
    type=click.Path(path_type=Path),
    metavar="TIDLIGERE",
    help="Vis også hva som er endret siden denne filen, hvorfor, og hva det gjorde med netto.",
)
@click.option(
    "--register", is_flag=True, help="Vis alle forutsetninger med kilde og opphav, som CSV (eller --format json)."
)
def run(
    scenario: Path | None,
    form: str,
    priser: Path | None,
    prisaar: int | None,
    prisaar_er: int | None,
    indekser: Path | None,
    krev_kontroll: bool,
    oekonomiplan: bool,
    fra_aar: int | None,
    loepende: bool,
    mot: Path | None,
    register: bool,
) -> None:
    """Regn ut et SCENARIO (.toml, eller en arbeidsbok du har redigert) og skriv resultatet til skjermen.

    Uten SCENARIO brukes de innebygde tallene for Asker 2019.
    """
    krev_oekonomiplan(fra_aar, oekonomiplan, loepende)
    if oekonomiplan and register:
        raise click.UsageError("Velg enten --oekonomiplan eller --register.")
    if mot is not None and (oekonomiplan or register or form == "csv"):
        raise click.UsageError(
            "--mot gjelder resultatet som tabell eller JSON, ikke --oekonomiplan, --register eller CSV."
        )
    from velferdslab_model.cli.output import csv_tekst, prisaarmerknad
    from velferdslab_model.results import beregn

    forutsetninger, kvittering = last_med_kvittering(scenario, priser, prisaar, indekser, prisaar_er, krev_kontroll)
    resultat = beregn(forutsetninger)
    if oekonomiplan:
        from velferdslab_model.cli.output_oekonomiplan import oekonomiplan_tekst
        from velferdslab_model.oekonomiplan import med_prisvekst
        from velferdslab_model.oekonomiplan import oekonomiplan as lag_plan

        plan = lag_plan(resultat, fra_aar)
        for linje in plan.varsler:
            si(linje, err=True)
        tekst = oekonomiplan_tekst(med_prisvekst(plan) if loepende else plan, form)
    elif register:
        from velferdslab_model.cli.output_register import register_tekst

        tekst = register_tekst(resultat, form, kvittering or ())
    elif form == "csv":
        tekst = csv_tekst(resultat)
    else:
        tekst = _svar(resultat, form, kvittering, mot, indekser)
    if form == "table" and not register:
        si(tekst.removesuffix("\n"))
        return
    for linje in prisaarmerknad(resultat.forutsetninger):
        si(linje, err=True)
    # Bytes, so that neither line ends nor encoding depend on the machine.
    click.echo(tekst.encode(), nl=False)


def _svar(
    resultat: Resultat, form: str, kvittering: list[Kvitteringslinje] | None, mot: Path | None, indekser: Path | None
) -> str:
    """The result as a table or JSON, with what a price list did and what has changed since an earlier file."""
    from velferdslab_model.cli.output import json_tekst, resultattabell
    from velferdslab_model.cli.output_virkning import sidenlinjer
    from velferdslab_model.overfoering import overfoeringskostnad
    from velferdslab_model.parameters.katalogvalg import valgte_priser
    from velferdslab_model.scenarios.mot import siden

    fra_foer = siden(mot, resultat.forutsetninger, indekser) if mot is not None else None
    if form == "table":
        linjer = ["", *sidenlinjer(fra_foer)] if fra_foer else []
        return "\n".join([resultattabell(resultat), *linjer]) + "\n"
    svar = resultat.to_dict()
    if valgte := valgte_priser(resultat.forutsetninger):
        svar["fra_priskatalogen"] = valgte
    if overfoert := overfoeringskostnad(resultat.forutsetninger):
        svar["overfoeringer_i_netto_samfunn"] = overfoert
    if kvittering is not None:
        svar["prisliste"] = [linje.to_dict() for linje in kvittering]
    if fra_foer is not None:
        svar["endringer_siden"] = fra_foer.to_dict()
    return json_tekst(svar)
