"""velferdslab veiledning: the guide, in the browser."""

from __future__ import annotations

from pathlib import Path

import click

from velferdslab_model.cli.output_skjerm import si
from velferdslab_model.cli.valg import krev_endelse, krev_maal, tving_valg, ut_valg


@click.command(
    options_metavar="[VALG]",
    short_help="Åpne veiledningen i nettleseren.",
    epilog="\b\nEksempler:\n  velferdslab veiledning\n  velferdslab veiledning -o veiledning.html --uten-nettleser",
)
@ut_valg("Siden (.html) som skrives. Standard: veiledning.html i denne mappen")
@click.option("--uten-nettleser", is_flag=True, help="Skriv bare filen, uten å åpne nettleseren.")
@tving_valg
def veiledning(ut: Path | None, uten_nettleser: bool, force: bool) -> None:
    """Skriv veiledningen som én side med bilder, og åpne den i nettleseren.

    Installasjon, året rundt, ti oppskrifter, ti spørsmål og ordliste. Siden henter ingenting fra nettet, og kan sendes videre.
    """
    from velferdslab_model.base.files import skriv_fil
    from velferdslab_model.base.nettleser import vis_i_nettleser
    from velferdslab_model.veiledning.page import veiledningsside
    from velferdslab_model.workbook.kind import VEILEDNINGSSIDE
    from velferdslab_model.workbook.stamp import stemple_side

    ut = ut or Path("veiledning.html")
    krev_endelse(ut, ".html")
    krev_maal(ut, VEILEDNINGSSIDE, force)
    skriv_fil(ut, stemple_side(veiledningsside().encode()), VEILEDNINGSSIDE.hindring, force)
    aapnet = not uten_nettleser and vis_i_nettleser(ut)
    si(f"Skrev {ut}. {'Den åpnes i nettleseren.' if aapnet else 'Åpne den i en nettleser.'}", err=True)
