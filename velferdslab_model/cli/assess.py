"""velferdslab assess: from registrations to livssituasjon, suksessrater and payments."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from velferdslab_model.cli.output_skjerm import si
from velferdslab_model.cli.valg import tving_valg, ut_valg

if TYPE_CHECKING:
    from velferdslab_model.assess.analysis import Registeranalyse
    from velferdslab_model.assess.published import Publisert
    from velferdslab_model.base.files import Utfil


@click.command(
    options_metavar="[VALG]",
    short_help="Fra registreringer til livssituasjon, suksessrater og betalinger.",
    epilog="\b\nEksempler:\n  velferdslab assess --mal -o registrering.xlsx\n  velferdslab assess registrering.xlsx -o rapport.xlsx\n"
    "  velferdslab assess registrering.xlsx --inn asker.toml\n  velferdslab assess register.csv --kontrakt asker.toml -o intern.xlsx --internt",
)
@click.argument("fil", required=False, type=click.Path(path_type=Path))
@ut_valg(
    "Rapporten (.xlsx) som skrives. Sammen med --mal: arbeidsboken å registrere i, eller bare overskriftene (.csv). Standard da: registrering.xlsx"
)
@click.option("--mal", is_flag=True, help="Skriv en arbeidsbok å registrere i.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="table: svaret på skjermen. json: alle tall, uavrundet, unntatt enighet (to desimaler uten --internt).",
)
@click.option(
    "--inn",
    type=click.Path(path_type=Path),
    metavar="SCENARIO",
    help="Skriv en ny scenariofil med ratene, deres kilder og usikkerhet satt inn i denne",
)
@click.option(
    "--til",
    type=click.Path(path_type=Path),
    metavar="FIL",
    help="Den nye scenariofilen (.toml). Standard: <scenario>_registrert.toml i denne mappen",
)
@click.option(
    "--scenario",
    type=click.Path(path_type=Path),
    metavar="SCENARIO",
    help="Scenarioet verdien av å måle mer regnes for. Standard: det i --inn, ellers Asker 2019",
)
@click.option(
    "--kontrakt",
    type=click.Path(path_type=Path),
    metavar="FIL",
    help="Gjør opp denne effektkontrakten (.toml eller .xlsx): hvem det betales for, og hvorfor ikke for de andre",
)
@click.option(
    "--regel",
    type=click.Path(path_type=Path),
    metavar="FIL",
    help="En annen plasseringsregel (.toml). Rapporten viser hvem den plasserer annerledes",
)
@click.option(
    "--felles",
    type=click.Choice(["nei", "steg", "aar"]),
    default="nei",
    show_default=True,
    help="La ratene delvis støtte seg på hverandre, mellom stegene eller mellom årene.",
)
@click.option("--per", metavar="ÅÅÅÅ-MM-DD", help="Dagen det regnes per. Standard: den siste datoen i filen")
@click.option(
    "--internt", is_flag=True, help="Vis også små antall og enkeltpersoner. Hver side merkes og skal ikke deles."
)
@tving_valg
def assess(
    fil: Path | None,
    ut: Path | None,
    mal: bool,
    form: str,
    inn: Path | None,
    til: Path | None,
    scenario: Path | None,
    kontrakt: Path | None,
    regel: Path | None,
    felles: str,
    per: str | None,
    internt: bool,
    force: bool,
) -> None:
    """Regn ut livssituasjon, overganger, suksessrater og betalinger av registreringene i FIL (.xlsx eller .csv).

    Filen skal bare ha koder: navn, fødselsnummer, telefonnummer og e-post avvises. Antall fra 1 til 4 personer er skjult, med mindre
    --internt er valgt.
    """
    if mal:
        if fil is not None or any((inn, til, scenario, kontrakt, regel, per, internt)) or felles != "nei":
            raise click.UsageError("--mal skriver en tom arbeidsbok og brukes bare med -o.")
        _skriv_mal(ut or Path("registrering.xlsx"), force)
        return
    if fil is None:
        raise click.UsageError("Mangler FIL, for eksempel: velferdslab assess registrering.xlsx -o rapport.xlsx")
    if til is not None and inn is None:
        raise click.UsageError("--til er filen --inn skriver, og brukes bare sammen med --inn.")
    _regn(fil, ut, form, inn, til, scenario, kontrakt, regel, felles, _dagen(per), internt, force)


def _regn(
    fil: Path,
    ut: Path | None,
    form: str,
    inn: Path | None,
    til: Path | None,
    scenario: Path | None,
    kontrakt: Path | None,
    regel: Path | None,
    felles: str,
    per: date | None,
    internt: bool,
    force: bool,
) -> None:
    from velferdslab_model.assess.analysis import analyser_registreringer
    from velferdslab_model.assess.placement import STANDARDREGEL, les_regel
    from velferdslab_model.assess.published import publiser
    from velferdslab_model.assess.reading import les_registreringer
    from velferdslab_model.assess.report import registerrapport
    from velferdslab_model.assess.screen import register_json, registertabell
    from velferdslab_model.assess.sentences import om_ubesvarte
    from velferdslab_model.base.dato import dagens_dato
    from velferdslab_model.base.files import Utfil, proev_alle, skriv_alle
    from velferdslab_model.cli.output import json_tekst
    from velferdslab_model.cli.valg import krev_endelse, krev_maal
    from velferdslab_model.contract.reading import les_kontraktfil
    from velferdslab_model.scenarios.loading import load_forutsetninger
    from velferdslab_model.workbook.kind import REGISTERSVAR

    lest = [fil, inn, scenario, kontrakt, regel]
    krev_endelse(ut, ".xlsx")
    if inn is not None:
        til = til or Path(f"{inn.stem}_registrert.toml")
        krev_endelse(til, ".toml")
    krev_maal(ut, REGISTERSVAR, force, *lest)
    f = load_forutsetninger(scenario or inn)
    registreringer = les_registreringer(fil)
    a = analyser_registreringer(
        registreringer,
        fil.name,
        f,
        per,
        les_regel(regel) if regel else STANDARDREGEL,
        felles,  # type: ignore[arg-type]  # one of its words, by click
        les_kontraktfil(kontrakt) if kontrakt else None,
    )
    p = publiser(a, internt)
    filer, meldinger = [], [f"{fil.name}: {setning}" for setning in om_ubesvarte(registreringer)]
    if inn is not None and til is not None:
        nye, sagt = _med_ratene(a, p, inn, til)
        filer.append(nye)
        meldinger += sagt
    if ut is not None:
        filer.append(Utfil(ut, registerrapport(a, p, dagens_dato()), REGISTERSVAR.hindring))
        meldinger.append(f"Skrev {ut}.")
    i_dag = dagens_dato()
    if per is None and a.per < i_dag:
        meldinger.append(
            f"Regnet per {a.per:%d.%m.%Y}, den siste datoen i filen. Er registeret ført til i dag, velg --per {i_dag}: da kan også "
            "oppfølging med frist i mellomtiden mangle."
        )
    proev_alle([(en.sti, en.hindring) for en in filer], force, lest)
    skriv_alle(filer, force)
    for melding in meldinger:
        si(melding, err=True)
    if form == "json":
        click.echo(json_tekst(register_json(a, p)).encode(), nl=False)
    elif ut is None and inn is None:
        si(registertabell(a, p).removesuffix("\n"))


def _med_ratene(a: Registeranalyse, p: Publisert, inn: Path, til: Path) -> tuple[Utfil, list[str]]:
    """The scenario with the rates that are shown, and what is said of it. Raises KanIkkeSkrive when none is."""
    from velferdslab_model.assess.block import INTERNMERKE, med_rater
    from velferdslab_model.assess.sentences import ingen_rater, rater_som_staar, synlige_rater
    from velferdslab_model.base.files import Utfil, bare_lik
    from velferdslab_model.errors import KanIkkeSkrive
    from velferdslab_model.parameters.writing import som_toml
    from velferdslab_model.scenarios.loading import load_forutsetninger

    rater, foer = synlige_rater(a, p), load_forutsetninger(inn)
    if not rater:
        raise KanIkkeSkrive(f"{til}: {ingen_rater(a)}, så ingenting er skrevet. --internt tar dem med.")
    merke = INTERNMERKE if any(r.internt for r in rater.values()) else ""
    ny = som_toml(med_rater(foer, rater), f"{merke}{inn.name} og {a.fil}").encode()
    skrevet = f"{merke}Skrev {til} med {len(rater)} {'rate' if len(rater) == 1 else 'rater'}. Kjør: velferdslab generate {til}"
    return Utfil(til, ny, bare_lik(ny)), [skrevet, *rater_som_staar(a, rater, foer)]


def _dagen(skrevet: str | None) -> date | None:
    if skrevet is None:
        return None
    try:
        return datetime.strptime(skrevet, "%Y-%m-%d").date()
    except ValueError:
        raise click.BadParameter(f"{skrevet[:30]} er ikke en dato, ventet ÅÅÅÅ-MM-DD.", param_hint="--per") from None


def _skriv_mal(ut: Path, force: bool) -> None:
    from velferdslab_model.assess.template import registerkolonner, write_registermal
    from velferdslab_model.base.files import bare_lik, skriv_fil
    from velferdslab_model.cli.output import csv_av
    from velferdslab_model.cli.valg import krev_endelse

    krev_endelse(ut, ".xlsx", ".csv")
    if ut.suffix.lower() == ".csv":
        innhold = csv_av(registerkolonner(), []).encode()
        skriv_fil(ut, innhold, bare_lik(innhold), force)
    else:
        write_registermal(ut, overskriv=force)
    si(f"Skrev {ut}. Fyll den ut, og kjør «velferdslab assess {ut} -o rapport.xlsx».", err=True)
