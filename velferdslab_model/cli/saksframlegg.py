"""velferdslab saksframlegg: the memo a council decides on."""

from __future__ import annotations

from pathlib import Path

import click

from velferdslab_model.cli.output_skjerm import si
from velferdslab_model.cli.uncertainty import analyser_med_melding
from velferdslab_model.cli.valg import (
    froe_valg,
    indekser_valg,
    krev_endelse,
    krev_kontroll_valg,
    krev_tillegg,
    last,
    prisaar_er_valg,
    prisaar_valg,
    prisliste_valg,
    trekninger_valg,
    tving_valg,
    ut_valg,
)


@click.command(
    options_metavar="[VALG]",
    short_help="Skriv saksframlegget til kommunestyret, som Word-dokument eller nettside.",
    epilog="\b\nEksempler:\n  velferdslab saksframlegg -o sak.docx\n  velferdslab saksframlegg bergen.toml -o bergen_sak.html\n"
    "  velferdslab saksframlegg bergen.xlsx --mal kommunens_mal.docx -o sak.docx --force",
)
@click.argument("scenario", required=False, type=click.Path(path_type=Path))
@ut_valg("Dokumentet (.docx) eller nettsiden (.html) som skrives. Standard: saksframlegg.docx i denne mappen")
@click.option(
    "--mal",
    type=click.Path(path_type=Path),
    metavar="FIL",
    help="Kommunens Word-mal (.docx): stiler, marger, topp og bunn brukes",
)
@trekninger_valg
@froe_valg
@prisliste_valg
@prisaar_valg
@prisaar_er_valg
@indekser_valg
@krev_kontroll_valg
@tving_valg
def saksframlegg(
    scenario: Path | None,
    ut: Path | None,
    mal: Path | None,
    trekninger: int,
    froe: int,
    priser: Path | None,
    prisaar: int | None,
    prisaar_er: int | None,
    indekser: Path | None,
    krev_kontroll: bool,
    force: bool,
) -> None:
    """Skriv det et kommunestyre trenger for å ta stilling til et SCENARIO (.toml, eller en arbeidsbok du har redigert).

    To til tre sider: hva saken gjelder, svaret i alle visninger, kommunens eget budsjett år for år, hvor sikkert svaret er, hva det
    hviler på, hva som ikke er med, og kildene. Forslaget til vedtak skriver kommunen. Word-dokumentet krever tillegget
    «rapport» (pip install ".[rapport]" i programmets mappe).
    """
    from velferdslab_model.base.files import Hindring, Utfil, proev_alle, skriv_alle
    from velferdslab_model.saksframlegg.content import sett_sammen
    from velferdslab_model.workbook.kind import SAKSFRAMLEGGSSIDE
    from velferdslab_model.workbook.stamp import stemple_side

    ut = ut or Path("saksframlegg.docx")
    krev_endelse(ut, ".docx", ".html")
    som_side = ut.suffix.lower() == ".html"
    if som_side and mal is not None:
        raise click.UsageError("--mal gjelder Word-dokumentet og brukes ikke sammen med en .html.")
    if not som_side:
        krev_tillegg(
            "Word-dokumentet",
            "rapport",
            (("python-docx", "docx"), ("matplotlib", "matplotlib")),
            " Uten det kan du skrive en nettside: -o sak.html.",
        )
    from velferdslab_model.saksframlegg.document import hindring, saksdokument

    hindrer: Hindring = SAKSFRAMLEGGSSIDE.hindring if som_side else hindring
    proev_alle([(ut, hindrer)], force, [fil for fil in (scenario, priser, indekser, mal) if fil is not None])
    f = last(scenario, priser, prisaar, indekser, prisaar_er, krev_kontroll)
    s = sett_sammen(analyser_med_melding(f, trekninger, froe))
    if som_side:
        from velferdslab_model.saksframlegg.page import saksframleggsside

        innhold = stemple_side(saksframleggsside(s).encode())
    else:
        innhold = saksdokument(s, mal)
    skriv_alle([Utfil(ut, innhold, hindrer)], force)
    si(f"Skrev {ut}. Les gjennom det, og skriv forslaget til vedtak.", err=True)
