"""velferdslab contract: what a municipality, a provider and an investor negotiate on."""

from __future__ import annotations

from pathlib import Path

import click

from velferdslab_model.cli.output_skjerm import si
from velferdslab_model.cli.valg import format_valg, tving_valg, ut_valg


@click.command(
    options_metavar="[VALG]",
    short_help="Regn på en effektkontrakt: pris, risiko, tak, og hva hver part får og betaler.",
    epilog="\b\nEksempler:\n  velferdslab contract\n  velferdslab contract --mal dansk_priskort -o dansk.toml\n"
    "  velferdslab contract dansk.toml\n  velferdslab contract dansk.toml --format json > dansk.json\n"
    "  velferdslab contract --scenario asker.toml\n  velferdslab contract dansk.toml -o dansk.xlsx\n"
    "  velferdslab contract redigert.xlsx -o ny.xlsx",
)
@click.argument("kontrakt", required=False, type=click.Path(path_type=Path))
@ut_valg(
    "Arbeidsboken (.xlsx) som skrives. Sammen med --mal: kontraktfilen (.toml). Standard: <mal>.toml i denne mappen"
)
@format_valg("json: alle tall, uavrundet, med feltnavnene i INDIGO-standarden der den har dem.")
@click.option(
    "--scenario",
    type=click.Path(path_type=Path),
    metavar="FIL",
    help="Ta nullalternativ, horisont, suksessrate, skjedd uansett og leverandørens kostnader, uten mellomledd, fra dette scenarioet (unge voksne, utsatt)",
)
@click.option(
    "--mal",
    metavar="NAVN",
    help="Skriv en kontrakt å fylle ut: asker, dansk_priskort, koebenhavn, nav_innovasjonspris eller overtakelse",
)
@tving_valg
def contract(
    kontrakt: Path | None, ut: Path | None, form: str, scenario: Path | None, mal: str | None, force: bool
) -> None:
    """Regn på en KONTRAKT (.toml, eller en .xlsx noen har endret). Uten KONTRAKT brukes vilkårene i Askers effektkontrakt.

    Viser hva som betales hvert år, hvor sikker summen er under takene, hva hver part får og betaler, hvor hver av dem går
    i balanse, og hva som skjer ved lavt inntak og avvikling.
    """
    if mal is not None:
        if kontrakt is not None or scenario is not None:
            raise click.UsageError("--mal skriver en ny kontrakt og brukes uten KONTRAKT og --scenario.")
        from velferdslab_model.cli.valg import skriv_mal
        from velferdslab_model.contract.loading import kontraktsmal

        skriv_mal("contract", mal, kontraktsmal(mal), ut, force)
        return
    from velferdslab_model.cli.valg import krev_endelse, krev_maal, varsle_om_egenskaper, vis_svar
    from velferdslab_model.contract.analysis import analyser_kontrakt
    from velferdslab_model.contract.reading import les_kontraktfil
    from velferdslab_model.workbook.kind import EFFEKTKONTRAKT

    krev_endelse(ut, ".xlsx")
    krev_maal(ut, EFFEKTKONTRAKT, force, kontrakt, scenario)
    v = les_kontraktfil(kontrakt)
    varsle_om_egenskaper(kontrakt)
    if scenario is not None:
        from velferdslab_model.contract.scenario import med_scenario
        from velferdslab_model.contract.words import hentet_ord
        from velferdslab_model.scenarios.loading import load_forutsetninger

        krever_nok = v.valuta != "NOK"  # told before the scenario is converted to the contract's price year
        f = load_forutsetninger(scenario, None if krever_nok else v.prisaar)
        if f.prisaarvarsel:
            si(f.prisaarvarsel, err=True)
        v = med_scenario(v, f)
        si(hentet_ord(v, str(scenario)), err=True)
    if ut is not None:
        from velferdslab_model.contract.writing import write_kontrakt

        write_kontrakt(v, ut, overskriv=force)
        si(f"Skrev {ut}.", err=True)
        return
    a = analyser_kontrakt(v)

    def som_json() -> dict[str, object]:
        from velferdslab_model.contract.indigo import til_json

        return til_json(a)

    def som_tekst() -> str:
        from velferdslab_model.contract.screen import kontraktstabell

        return kontraktstabell(a)

    vis_svar(form, som_json, som_tekst)
