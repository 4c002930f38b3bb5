"""velferdslab compare: several municipalities side by side."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from velferdslab_model.base.tall import fra_csv, uten_mellomrom
from velferdslab_model.cli.output_skjerm import si
from velferdslab_model.cli.valg import (
    fremdrift,
    froe_valg,
    indekser_valg,
    krev_alle,
    krev_endelse,
    krev_kontroll_valg,
    prisaar_er_valg,
    prisaar_valg,
    prisliste_valg,
    trekninger_valg,
    tving_valg,
    ut_valg,
)

if TYPE_CHECKING:
    from velferdslab_model.compare.sammenligning import Sammenligning
    from velferdslab_model.compare.ytelse import Blanding

_MAKS_RENTE = 0.2


def _rente(_ctx: click.Context, _param: click.Parameter, verdi: str | None) -> float | None:
    """Read a rate in per cent, or say what was expected."""
    if verdi is None:
        return None
    try:
        rente = fra_csv(uten_mellomrom(verdi).removesuffix("%")) / 100
    except ValueError:
        rente = -1.0
    if not 0 <= rente <= _MAKS_RENTE:
        raise click.BadParameter(f"{verdi[:30]} er ikke en rente, ventet 0 til 20 (prosent i året), for eksempel 4.")
    return rente


def _blanding(_ctx: click.Context, _param: click.Parameter, verdi: str | None) -> Blanding | None:
    """Read a mix of situations, or say what was expected."""
    if verdi is None:
        return None
    from velferdslab_model.compare.ytelse import les_blanding

    try:
        return les_blanding(verdi)
    except ValueError:
        raise click.BadParameter(
            f"{verdi[:30]} er ikke en blanding, ventet tre prosenter som blir 100 til sammen, for eksempel 20,50,30."
        ) from None


@click.command(
    options_metavar="[VALG]",
    short_help="Sammenlign flere kommuner: hvem får mest ut av det, og hva skyldes forskjellen.",
    epilog="\b\nEksempler:\n  velferdslab compare templates/kommuner\n"
    "  velferdslab compare asker.toml bergen.toml -o sammenligning.xlsx\n"
    "  velferdslab compare kommuner/ --html sammenligning.html\n"
    '  velferdslab compare kommuner/ --reference "Nordre Follo" --prisaar 2024 -o sammenligning.xlsx\n'
    "  velferdslab compare liste.csv --reference gjennomsnitt --format json > sammenligning.json",
)
@click.argument("scenarier", metavar="SCENARIO...", nargs=-1, required=True, type=click.Path(path_type=Path))
@ut_valg("Skriv sammenligningen som arbeidsbok (.xlsx). Uten: en tabell på skjermen")
@click.option(
    "--html",
    "side",
    type=click.Path(path_type=Path),
    metavar="FIL",
    help="Skriv sammenligningen som én nettside (.html) som kan åpnes uten nett, ordnes og skrives ut",
)
@click.option(
    "--ark",
    metavar="KOMMUNE",
    help="Ett A4-ark for denne kommunen i stedet for hele sammenligningen, i filen etter --html. Skriv det ut som PDF",
)
@click.option(
    "--reference",
    "referanse",
    metavar="NAVN",
    help="Navnet på kommunen de andre måles mot, eller «gjennomsnitt». Standard: kommunen i midten",
)
@prisliste_valg
@prisaar_valg
@prisaar_er_valg
@indekser_valg
@krev_kontroll_valg
@click.option(
    "--analyseperiode",
    type=click.IntRange(4, 15),
    metavar="ÅR",
    help="Felles analyseperiode, 4 til 15 år. Standard: referansens",
)
@click.option(
    "--rente", callback=_rente, metavar="PROSENT", help="Felles rente, 0 til 20 % i året. Standard: referansens"
)
@click.option(
    "--inntaksaar",
    type=click.IntRange(1, 10),
    metavar="ÅR",
    help="Felles antall år med inntak, 1 til 10. Standard: hver sitt",
)
@click.option(
    "--felles",
    metavar="ANTAKELSER",
    help="Hold antakelser like for alle: alle, eller nullalternativ, qaly, livskvalitet, loenn, stillingsandel, utvidet med komma "
    "mellom (referansens tall); eller en .toml-fil med tallene.",
)
@click.option(
    "--blanding",
    callback=_blanding,
    metavar="U,U,S",
    help="Felles blanding av uholdbar, utsatt og stabil i prosent, for eksempel 20,50,30. Standard: som alle til sammen",
)
@click.option(
    "--som-oppgitt",
    is_flag=True,
    help="Behold hver kommunes egne prisår, analyseperiode og rente i stedet for å bruke referansens.",
)
@click.option("--hopp-over-feil", is_flag=True, help="Gå videre uten filer som ikke kan brukes, og list dem opp.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    help="table: en tabell på skjermen. json: alle tall, uavrundet. Standard: table når ingen fil skrives",
)
@trekninger_valg
@froe_valg
@tving_valg
def compare(
    scenarier: tuple[Path, ...],
    ut: Path | None,
    side: Path | None,
    ark: str | None,
    referanse: str | None,
    priser: Path | None,
    prisaar: int | None,
    prisaar_er: int | None,
    indekser: Path | None,
    krev_kontroll: bool,
    analyseperiode: int | None,
    rente: float | None,
    inntaksaar: int | None,
    felles: str | None,
    blanding: Blanding | None,
    som_oppgitt: bool,
    hopp_over_feil: bool,
    form: str | None,
    trekninger: int,
    froe: int,
    force: bool,
) -> None:
    """Sammenlign to eller flere SCENARIOer.

    Hvert SCENARIO er en .toml-fil, en arbeidsbok du har redigert, en mappe med slike, eller en .csv-liste med en fil på
    hver linje under overskriften «fil». Alle regnes om til samme prisår med samme indeks, og til samme analyseperiode og
    rente. De ordnes etter netto per inntatt, fulgt like lenge, i samme blanding av situasjoner og med samme antakelser, og
    forskjellen fra referansen deles på rater, priser og volum. Det som skyldes antakelser, blanding og telling, vises for
    seg. Hvor sikker forskjellen er, regnes ut ved å trekke mange ganger fra fordelingene i scenariene.
    """
    felles_valg = {
        "--prisaar": prisaar,
        "--analyseperiode": analyseperiode,
        "--rente": rente,
        "--inntaksaar": inntaksaar,
    }
    if som_oppgitt and (brukt := [valg for valg, verdi in felles_valg.items() if verdi is not None]):
        raise click.UsageError(f"--som-oppgitt beholder hver kommunes egne og kan ikke brukes sammen med {brukt[0]}.")
    if ark is not None and side is None:
        raise click.UsageError("--ark skriver en side og trenger et filnavn: --html FIL.")
    from velferdslab_model.compare.sammenligning import sammenlign
    from velferdslab_model.scenarios.finding import finn_filer
    from velferdslab_model.workbook.kind import SAMMENLIGNING, SAMMENLIGNINGSSIDE

    krev_endelse(ut, ".xlsx")
    krev_endelse(side, ".html", ".htm")
    if ut is not None or side is not None:
        fellesfil = Path(felles) if felles is not None else None
        lest = (*scenarier, *finn_filer(scenarier)[0], priser, indekser, fellesfil)
        krev_alle([(ut, SAMMENLIGNING), (side, SAMMENLIGNINGSSIDE)], force, *lest)
    s = sammenlign(
        scenarier,
        referanse=referanse,
        priser=priser,
        prisaar=prisaar,
        indekser=indekser,
        prisaar_er=prisaar_er,
        krev_kontroll=krev_kontroll,
        analyseperiode=analyseperiode,
        rente=rente,
        inntaksaar=inntaksaar,
        felles=felles,
        blanding=blanding,
        som_oppgitt=som_oppgitt,
        hopp_over_feil=hopp_over_feil,
        trekninger=trekninger,
        froe=froe,
        lesefremdrift=fremdrift("filer lest", etter_sekunder=1.0),
        fremdrift=fremdrift("grupper trukket", etter_sekunder=1.0),
    )
    for melding in (*s.priser, *(f"Hoppet over: {feil}" for feil in s.utelatt)):
        si(melding, err=True)
    if ut is not None or side is not None:
        for varsel in s.varsler:
            si(varsel, err=True)
    _skriv(s, ut, side, ark, force)
    if form == "json":
        from velferdslab_model.cli.output import json_tekst

        tekst = json_tekst(s.to_dict())
        click.echo(tekst.encode(), nl=False)
    elif form == "table" or (ut is None and side is None):
        from velferdslab_model.cli.output_compare import sammenligningstabell

        si(sammenligningstabell(s))


def _skriv(s: Sammenligning, ut: Path | None, side: Path | None, ark: str | None, force: bool) -> None:
    """The workbook and the page: both are made before either is written."""
    from velferdslab_model.base.dato import dagens_dato
    from velferdslab_model.base.files import Utfil, skriv_alle
    from velferdslab_model.workbook.kind import SAMMENLIGNING, SAMMENLIGNINGSSIDE
    from velferdslab_model.workbook.stamp import stemple_side

    filer, meldinger = [], []
    if ut is not None:
        from velferdslab_model.compare.writing import sammenligningsbok

        filer.append(Utfil(ut, sammenligningsbok(s, dagens_dato()), SAMMENLIGNING.hindring))
        meldinger.append(f"Skrev {ut} med {len(s.medlemmer)} kommuner")
    if side is not None:
        from velferdslab_model.compare.report.ark import kommuneark
        from velferdslab_model.compare.report.writing import rapport

        html = rapport(s) if ark is None else kommuneark(s, ark)
        filer.append(Utfil(side, stemple_side(html.encode()), SAMMENLIGNINGSSIDE.hindring))
        meldinger.append(f"Skrev {side}")
    skriv_alle(filer, force)
    for melding in meldinger:
        si(melding, err=True)
