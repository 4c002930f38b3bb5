"""velferdslab personas: the null alternative from ten-year histories of persons and families."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from velferdslab_model.cli.output_skjerm import si
from velferdslab_model.cli.valg import format_valg, tving_valg, ut_valg

if TYPE_CHECKING:
    from velferdslab_model.personas.analysis import Personaanalyse


@click.command(
    options_metavar="[VALG]",
    short_help="Personas: nullalternativet fra ti år lange historier, med figur av hver.",
    epilog="\b\nEksempler:\n  velferdslab personas\n  velferdslab personas -o personas.xlsx --html personas.html\n"
    "  velferdslab personas --mal tone -o tone.toml\n  velferdslab personas tone.toml peder.toml\n"
    "  velferdslab personas tone.toml --uten-overfoeringer\n  velferdslab personas redigert.xlsx --format json > personas.json",
)
@click.argument("personas", nargs=-1, type=click.Path(path_type=Path))
@ut_valg("Arbeidsboken (.xlsx) som skrives. Sammen med --mal: filen (.toml). Standard: <mal>.toml i denne mappen")
@click.option(
    "--html",
    "html_ut",
    type=click.Path(path_type=Path),
    metavar="FIL",
    help="Skriv også en nettside (.html) med nullalternativet og figuren av hver historie; den kan skrives ut",
)
@format_valg()
@click.option(
    "--mal",
    metavar="NAVN",
    is_flag=False,
    flag_value="",
    help="Skriv en av notatets seks personas å fylle ut: tone, anders, peder, barnerik_familie, enslig_mor eller "
    "familie_utviklingshemming",
)
@click.option(
    "--uten-overfoeringer",
    "uten",
    is_flag=True,
    help="Regn nullkostnaden av tjenester alene, uten sosialhjelp, AAP og annet som bare flytter penger.",
)
@tving_valg
def personas(
    personas: tuple[Path, ...],
    ut: Path | None,
    html_ut: Path | None,
    form: str,
    mal: str | None,
    uten: bool,
    force: bool,
) -> None:
    """Regn ut nullalternativet av PERSONAS: .toml-filer, en fil for hver persona, eller en .xlsx noen har endret.

    Uten filer brukes notatets seks personas med åtte historier. Viser hva en person eller familie koster i året i hver
    livssituasjon, hvem som betaler, hvor sikkert snittet er og hva én historie betyr for det, og skriver blokken til
    scenariofilen. Mengder og beløp i malene er konstruert.
    """
    if mal is not None:
        if personas or html_ut is not None or uten:
            raise click.UsageError(
                "--mal skriver en ny persona og brukes uten PERSONAS, --html og --uten-overfoeringer."
            )
        from velferdslab_model.cli.valg import skriv_mal
        from velferdslab_model.personas.loading import personamal

        skriv_mal("personas", mal, personamal(mal), ut, force)
        return
    from velferdslab_model.cli.valg import krev_alle, krev_endelse, varsle_om_egenskaper, vis_svar
    from velferdslab_model.personas.analysis import analyser_personas
    from velferdslab_model.personas.reading import les_personas
    from velferdslab_model.workbook.kind import PERSONAS, PERSONASIDE

    krev_endelse(ut, ".xlsx")
    krev_endelse(html_ut, ".html", ".htm")
    krev_alle([(ut, PERSONAS), (html_ut, PERSONASIDE)], force, *personas)
    sett = les_personas(personas)
    varsle_om_egenskaper(*personas)
    if uten:
        from dataclasses import replace

        sett = replace(sett, med_overfoeringer=False)
    a = analyser_personas(sett)
    if ut is not None or html_ut is not None:
        _skriv(a, ut, html_ut, force)
        return

    def som_json() -> dict[str, object]:
        from velferdslab_model.personas.as_json import personas_json

        return personas_json(a)

    def som_tekst() -> str:
        from velferdslab_model.personas.screen import personatabell

        return personatabell(a)

    vis_svar(form, som_json, som_tekst)


def _skriv(a: Personaanalyse, ut: Path | None, html_ut: Path | None, force: bool) -> None:
    """Both files, or none."""
    from velferdslab_model.base.dato import dagens_dato
    from velferdslab_model.base.files import Utfil, skriv_alle
    from velferdslab_model.workbook.kind import PERSONAS, PERSONASIDE

    filer = []
    if ut is not None:
        from velferdslab_model.personas.writing import personasplan
        from velferdslab_model.workbook.writing import bytes_av

        filer.append(Utfil(ut, bytes_av(personasplan(a.sett), dagens_dato()), PERSONAS.hindring))
    if html_ut is not None:
        from velferdslab_model.personas.report.page import personaside
        from velferdslab_model.workbook.stamp import stemple_side

        filer.append(Utfil(html_ut, stemple_side(personaside(a).encode()), PERSONASIDE.hindring))
    skriv_alle(filer, force)
    for fil in filer:
        si(f"Skrev {fil.sti}.", err=True)
