"""velferdslab snarvei: start the page by a double click."""

from __future__ import annotations

from pathlib import Path

import click

from velferdslab_model.cli.output_skjerm import si
from velferdslab_model.cli.valg import APP_PAKKER, krev_endelse, krev_tillegg, tving_valg, ut_valg


@click.command(
    options_metavar="[VALG]",
    short_help="Lag en snarvei på skrivebordet som åpner siden i nettleseren.",
    epilog="\b\nEksempler:\n  velferdslab snarvei\n  velferdslab snarvei -o Velferdslab.desktop --force",
)
@ut_valg("Filen eller mappen snarveien skrives til. Standard: skrivebordet, og programmenyen på Linux")
@tving_valg
def snarvei(ut: Path | None, force: bool) -> None:
    """Lag en snarvei som starter «velferdslab app» med et dobbeltklikk, uten å skrive kommandoer.

    Navnet slutter på .bat i Windows, .command på Mac og .desktop i Linux. Snarveien viser hvor programmet ligger nå: lag den
    på nytt når programmet er installert et annet sted. Lukk vinduet den åpner, og siden stopper.
    """
    krev_tillegg("Siden", "app", APP_PAKKER)
    from velferdslab_model.app.shortcut import (
        dette_systemet,
        gjoer_kjoerbar,
        kan_ikke_erstattes,
        lag_snarvei,
        programmet,
        steder,
    )
    from velferdslab_model.base.files import Utfil, skriv_alle

    system = dette_systemet()
    ny = lag_snarvei(system, programmet(system))
    if ut is None:
        filer = [mappe / ny.navn for mappe in steder(system, Path.home())]
    else:
        krev_endelse(ut, ny.endelse)
        filer = [ut / ny.navn if ut.is_dir() else ut]
    skriv_alle([Utfil(fil, ny.innhold, kan_ikke_erstattes) for fil in filer], force)
    for fil in filer:
        gjoer_kjoerbar(fil, system)
        si(f"Skrev {fil}", err=True)
    meny = ", eller velg Velferdslab i programmenyen" if system == "linux" and ut is None else ""
    si(f"Dobbeltklikk på den{meny}: siden åpner seg i nettleseren.", err=True)
