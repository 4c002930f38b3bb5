"""velferdslab utenfor: what it costs through a life that people stay outside, and what a measure gives."""

from __future__ import annotations

from pathlib import Path

import click

from velferdslab_model.base.ord import BRUKERGRUPPER
from velferdslab_model.cli.output_skjerm import si
from velferdslab_model.cli.valg import format_valg, tving_valg, ut_valg


@click.command(
    options_metavar="[VALG]",
    short_help="Utenforregnskap: hva et tiltak gir gjennom et livsløp, for kommune, fylkeskommune og stat.",
    epilog="\b\nEksempler:\n  velferdslab utenfor\n  velferdslab utenfor --mal barnevern -o barnevern.toml\n"
    "  velferdslab utenfor barnevern.toml\n  velferdslab utenfor barnevern.toml --format json > barnevern.json\n"
    "  velferdslab utenfor barnevern.toml -o barnevern.xlsx\n  velferdslab utenfor redigert.xlsx\n"
    "  velferdslab utenfor barnevern.toml --sammen-med asker.toml\n"
    "  velferdslab utenfor barnevern.toml --sammen-med asker.toml --gruppe familier --html begge.html",
)
@click.argument("regnskap", required=False, type=click.Path(path_type=Path))
@ut_valg("Arbeidsboken (.xlsx) som skrives. Sammen med --mal: filen (.toml). Standard: <mal>.toml i denne mappen")
@format_valg()
@click.option(
    "--mal",
    metavar="NAVN",
    help="Skriv et regnskap å fylle ut, for en av notatets sju målgrupper (konstruerte profiler): videregaaende, "
    "lavinntekt_innvandrerforeldre, lavinntekt_trygdede_foreldre, foreldre_psykisk_rus, barnevern, depresjon_angst "
    "eller atferdsvansker",
)
@click.option(
    "--sammen-med",
    "scenario",
    type=click.Path(path_type=Path),
    metavar="SCENARIO",
    help="Regn scenariets tiltak i begge modeller, og del forskjellen på grunnene til den. Scenariet bestemmer antall, "
    "kostnad, suksess, rente og analyseperiode",
)
@click.option(
    "--gruppe",
    type=click.Choice(tuple(BRUKERGRUPPER)),
    default="unge_voksne",
    show_default=True,
    help="Med --sammen-med: gruppen i scenariet.",
)
@click.option(
    "--html",
    "side",
    type=click.Path(path_type=Path),
    metavar="FIL",
    help="Med --sammen-med: nettsiden (.html) som skrives",
)
@tving_valg
def utenfor(
    regnskap: Path | None,
    ut: Path | None,
    form: str,
    mal: str | None,
    scenario: Path | None,
    gruppe: str,
    side: Path | None,
    force: bool,
) -> None:
    """Regn ut et utenforregnskap (REGNSKAP: .toml, eller en .xlsx noen har endret). Uten REGNSKAP brukes den første malen.

    Setter det en person i målgruppen koster og betaler, mot sammenligningsgruppen, alder for alder. Viser hva det er verdt
    at et tiltak lykkes, for hvert forvaltningsnivå, for offentlige budsjetter samlet, og for samfunnet uten overføringer.
    Malenes profiler er konstruerte; KS' egne tall er ikke publisert.
    """
    if mal is not None:
        if regnskap is not None:
            raise click.UsageError("--mal skriver et nytt regnskap og brukes uten REGNSKAP.")
        if scenario is not None:
            raise click.UsageError("--mal skriver et nytt regnskap og brukes uten --sammen-med.")
        from velferdslab_model.cli.valg import skriv_mal
        from velferdslab_model.utenfor.loading import utenformal

        skriv_mal("utenfor", mal, utenformal(mal), ut, force)
        return
    if scenario is not None:
        if ut is not None:
            raise click.UsageError("-o skriver regnskapet alene. Bruk --html til å skrive begge modeller.")
        _begge(regnskap, scenario, gruppe, side, form, force)
        return
    if side is not None:
        raise click.UsageError("--html brukes bare sammen med --sammen-med.")
    from velferdslab_model.cli.valg import krev_endelse, krev_maal, varsle_om_egenskaper, vis_svar
    from velferdslab_model.utenfor.account import regn_utenfor, utenfor_json
    from velferdslab_model.utenfor.reading import les_utenforfil
    from velferdslab_model.workbook.kind import UTENFORREGNSKAP

    krev_endelse(ut, ".xlsx")
    krev_maal(ut, UTENFORREGNSKAP, force, regnskap)
    v = les_utenforfil(regnskap)
    varsle_om_egenskaper(regnskap)
    if ut is not None:
        from velferdslab_model.utenfor.writing import write_utenfor

        write_utenfor(v, ut, overskriv=force)
        si(f"Skrev {ut}.", err=True)
        return
    r = regn_utenfor(v)

    def som_tekst() -> str:
        from velferdslab_model.utenfor.screen import utenfortabell

        return utenfortabell(r)

    vis_svar(form, lambda: utenfor_json(r), som_tekst)


def _begge(regnskap: Path | None, scenario: Path, gruppe: str, side: Path | None, form: str, force: bool) -> None:
    """One measure in both models: on the screen, as JSON, and as a page."""
    from velferdslab_model.base.files import skriv_alle
    from velferdslab_model.cli.valg import krev_endelse, krev_maal, last, varsle_om_egenskaper, vis_svar
    from velferdslab_model.results import beregn
    from velferdslab_model.utenfor.reading import les_utenforfil
    from velferdslab_model.utenfor.sammen import sammenstill, sammenstilling_json
    from velferdslab_model.workbook.kind import UTENFORSIDE

    krev_endelse(side, ".html")
    krev_maal(side, UTENFORSIDE, force, regnskap, scenario)
    v = les_utenforfil(regnskap)
    varsle_om_egenskaper(regnskap)
    f = last(scenario, None, v.prisaar)
    if f.prisaarvarsel:
        si(f.prisaarvarsel, err=True)
    s = sammenstill(v, beregn(f), gruppe)
    if side is not None:
        from velferdslab_model.utenfor.sammen_page import sammenstillingsfil

        skriv_alle([sammenstillingsfil(s, side)], force)
        si(f"Skrev {side}.", err=True)
        if form == "table":
            return

    def som_tekst() -> str:
        from velferdslab_model.utenfor.sammen_screen import sammenstillingstabell

        return sammenstillingstabell(s)

    vis_svar(form, lambda: sammenstilling_json(s), som_tekst)
