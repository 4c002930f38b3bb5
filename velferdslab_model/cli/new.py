"""velferdslab new: write a scenario file to fill in."""

from __future__ import annotations

from pathlib import Path

import click

from velferdslab_model.cli.output_skjerm import si
from velferdslab_model.cli.valg import (
    indekser_valg,
    last,
    prisaar_er_valg,
    prisaar_valg,
    regn_ut_valg,
    tving_valg,
    ut_valg,
)


@click.command(
    options_metavar="[VALG]",
    short_help="Lag en scenariofil (.toml) å fylle ut.",
    epilog='\b\nEksempler:\n  velferdslab new Bergen\n  velferdslab new "Nordre Follo" -o nordre_follo.toml\n'
    "  velferdslab new --fra fjor.xlsx --prisaar 2025 -o bergen_2025.toml\n  velferdslab new --maler eksempler",
)
@click.argument("navn", required=False)
@click.option(
    "--from",
    "--fra",
    "fra",
    type=click.Path(path_type=Path),
    metavar="SCENARIO",
    help="Ta alle verdier fra dette scenarioet (.toml, eller en arbeidsbok du har redigert)",
)
@ut_valg("Hvor filen skrives. Standard: <navn>.toml i denne mappen")
@click.option(
    "--maler",
    "eksempler",
    type=click.Path(path_type=Path),
    metavar="MAPPE",
    help="Kopier programmets maler og konstruerte eksempler til denne mappen, og lag ingen egen fil",
)
@indekser_valg
@prisaar_valg
@prisaar_er_valg
@regn_ut_valg
@tving_valg
def new(
    navn: str | None,
    fra: Path | None,
    ut: Path | None,
    eksempler: Path | None,
    indekser: Path | None,
    prisaar: int | None,
    prisaar_er: int | None,
    regn_ut: tuple[str, ...],
    force: bool,
) -> None:
    """Lag en scenariofil for kommunen eller prosjektet NAVN.

    Filen lister alle forutsetninger med standardverdi, enhet og kilde. Fjern # foran en linje for å endre den. Med --fra (--from)
    skrives i stedet alle verdiene fra et annet scenario ut, for eksempel fra en arbeidsbok noen har redigert; NAVN kan da
    utelates, og --prisaar regner beløpene om: slik blir fjorårets fil årets. Med --indekser blir prisindeksene i den filen stående
    i scenariofilen.
    """
    if eksempler is not None:
        if navn is not None or fra is not None or ut is not None:
            raise click.UsageError("--maler kopierer eksemplene og brukes uten NAVN, --from og -o.")
        _kopier_maler(eksempler, force)
        return
    if fra is None and regn_ut:
        raise click.UsageError("--regn-ut gjelder tallene i en fil og brukes sammen med --fra.")
    if navn is None and fra is None:
        raise click.UsageError("Mangler NAVN, for eksempel: velferdslab new Bergen")
    from velferdslab_model.base.files import bare_lik, proev_maal, skriv_fil
    from velferdslab_model.base.tekst import filnavn
    from velferdslab_model.parameters.indeksfil import les_indeksfil
    from velferdslab_model.parameters.template import gyldig_navn, scenariomal

    if fra is None:
        if prisaar is not None:
            raise click.UsageError("--prisaar gjelder beløpene i en fil og brukes sammen med --fra.")
        navn = navn or ""
        tekst, neste = scenariomal(navn, les_indeksfil(indekser).serier if indekser else {}), "Fyll den ut, og kjør"
    else:
        from dataclasses import replace

        from velferdslab_model.parameters.writing import som_toml

        f = last(fra, None, prisaar, indekser, prisaar_er, regn_ut=regn_ut)
        if f.prisaarvarsel:
            si(f.prisaarvarsel, err=True)
        f = replace(f, navn=gyldig_navn(navn)) if navn is not None else f
        navn, tekst, neste = f.navn, som_toml(f, fra.name), "Kjør"
    ut = ut or Path(f"{filnavn(navn)}.toml")
    mal = tekst.encode()
    proev_maal(ut, bare_lik(mal), force, [fra, indekser])
    skriv_fil(ut, mal, bare_lik(mal), force)
    si(f"Skrev {ut}. {neste}: velferdslab generate {ut}", err=True)


def _kopier_maler(mappe: Path, force: bool) -> None:
    """Every template, or none of them when one would replace what somebody has changed."""
    from velferdslab_model.base.files import Utfil, bare_lik, skriv_alle
    from velferdslab_model.base.maler import maler

    alle = [Utfil(mappe / navn, innhold, bare_lik(innhold)) for navn, innhold in maler().items()]
    skriv_alle(alle, force)
    si(f"Skrev {len(alle)} filer i {mappe}. Prøv: velferdslab compare {mappe / 'kommuner'}", err=True)
