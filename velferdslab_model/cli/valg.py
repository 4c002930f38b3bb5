"""Options that several commands share, and the loading they ask for."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from velferdslab_model.base.felt import FOERSTE_AAR, SISTE_AAR
from velferdslab_model.base.ord import KREV_KONTROLL
from velferdslab_model.cli.output_skjerm import si
from velferdslab_model.uncertainty.standard import STANDARD_FROE, STANDARD_TREKNINGER, les_antall_trekninger, les_froe

if TYPE_CHECKING:
    from velferdslab_model.parameters.prisaar import Oppgitt
    from velferdslab_model.parameters.typer import Forutsetninger
    from velferdslab_model.prisliste.applying import Prisendring
    from velferdslab_model.prisliste.kvittering import Kvitteringslinje
    from velferdslab_model.workbook.kind import Bokslag

Kommandotype = TypeVar("Kommandotype", bound="Callable[..., object]")


def _prisaar(_ctx: click.Context, _param: click.Parameter, verdi: str | None) -> int | None:
    """Read a price year, or say what was expected."""
    if verdi is None:
        return None
    if verdi.isascii() and verdi.isdigit() and len(verdi) == 4 and FOERSTE_AAR <= int(verdi) <= SISTE_AAR:
        return int(verdi)
    raise click.BadParameter(f"{verdi} er ikke et prisår, ventet et helt tall fra {FOERSTE_AAR} til {SISTE_AAR}.")


def _aarstall(_ctx: click.Context, _param: click.Parameter, verdi: str | None) -> int | None:
    """Read a year, or say what was expected. Whether it is in the analysis is for the økonomiplan to say."""
    if verdi is None:
        return None
    if not (verdi.isascii() and verdi.isdigit() and len(verdi) == 4):
        raise click.BadParameter(f"{verdi} er ikke et årstall, for eksempel 2027.")
    return int(verdi)


fra_aar_valg = click.option(
    "--fra-aar",
    callback=_aarstall,
    metavar="ÅÅÅÅ",
    help="Første år i økonomiplanen. Standard: det første året i analysen",
)
loepende_valg = click.option(
    "--loepende",
    is_flag=True,
    help="Økonomiplanen i løpende kroner: med pris- og lønnsvekst til hvert år. Anslag og antakelser er merket.",
)
katalog_valg = click.option(
    "--katalog",
    "egen",
    type=click.Path(path_type=Path),
    metavar="FIL",
    help="Kommunens egen katalogfil (.csv i samme form), som legges over den innebygde.",
)
prisaar_valg = click.option(
    "--prisaar",
    callback=_prisaar,
    metavar="ÅÅÅÅ",
    help="Prisåret alle beløp vises i og regnes om til. Standard: scenariets eget",
)
prisliste_valg = click.option(
    "--prices",
    "priser",
    type=click.Path(path_type=Path),
    metavar="FIL",
    help="Prisliste (.xlsx eller .csv) som legges over scenariets priser. Lag en med «velferdslab prices».",
)
indekser_valg = click.option(
    "--indekser",
    type=click.Path(path_type=Path),
    metavar="FIL",
    help="Egne prisindekser (.toml med [indekser.*], eller .csv med aar;serie;verdi), som går foran scenariets og de innebygde.",
)


prisaar_er_valg = click.option(
    "--prisaar-er",
    callback=_prisaar,
    metavar="ÅÅÅÅ",
    help="Når prisåret er skrevet over i en arbeidsbok: året beløpene faktisk er i, enten det som stod der eller det nye.",
)


krev_kontroll_valg = click.option(
    KREV_KONTROLL,
    "krev_kontroll",
    is_flag=True,
    help="Avvis en arbeidsbok som er endret utenom inndata: beskyttelse, formler eller lagrede tall.",
)


def ut_valg(hjelp: str, kreves: bool = False) -> Callable[[Kommandotype], Kommandotype]:
    """The option that says where a result is written. hjelp: what is written, and where without it."""
    return click.option(
        "-o", "--output", "ut", required=kreves, type=click.Path(path_type=Path), metavar="FIL", help=hjelp
    )


def format_valg(json: str = "json: alle tall, uavrundet.") -> Callable[[Kommandotype], Kommandotype]:
    """The option that chooses between an overview and all numbers. json: what the second holds."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(["table", "json"]),
        default="table",
        show_default=True,
        help=f"table: en oversikt på skjermen. {json}",
    )


def vis_svar(form: str, som_json: Callable[[], dict[str, object]], som_tekst: Callable[[], str]) -> None:
    """Print what format_valg asks for; only that one is made."""
    if form == "json":
        from velferdslab_model.cli.output import json_tekst

        click.echo(json_tekst(som_json()).encode(), nl=False)
    else:
        si(som_tekst().removesuffix("\n"))


regn_ut_valg = click.option(
    "--regn-ut",
    "regn_ut",
    multiple=True,
    metavar="TALL",
    help="La et tall noen har skrevet over, regnes ut av de andre igjen: «alle», nullalternativ.uholdbar eller "
    "«tiltak.NAVN» (prisen følger den felles timesatsen). Kan gjentas",
)
tving_valg = click.option(
    "--force", is_flag=True, help="Skriv over en fil som er endret eller ikke er laget av programmet."
)


def _antall(_ctx: click.Context, _param: click.Parameter, verdi: str) -> int:
    """Read the number of draws, or say what was expected."""
    try:
        return les_antall_trekninger(verdi)
    except ValueError as feil:
        raise click.BadParameter(str(feil)) from None


def _froe(_ctx: click.Context, _param: click.Parameter, verdi: str) -> int:
    """Read the seed, or say what was expected."""
    try:
        return les_froe(verdi)
    except ValueError as feil:
        raise click.BadParameter(str(feil)) from None


trekninger_valg = click.option(
    "--draws",
    "trekninger",
    callback=_antall,
    default=str(STANDARD_TREKNINGER),
    show_default=True,
    metavar="N",
    help="Antall trekninger i Monte Carlo-delen, 100 til 5 000 000.",
)
froe_valg = click.option(
    "--seed",
    "froe",
    callback=_froe,
    default=str(STANDARD_FROE),
    show_default=True,
    metavar="N",
    help="Frø: samme frø gir samme tall.",
)


def fremdrift(hva: str, etter_sekunder: float = 0.0) -> Callable[[int, int], None]:
    """Tells on stderr how many are done of how many, once the work has gone on for so long: a line for each tenth is
    readable in a log, and enough to see that it goes on."""
    start = time.monotonic()

    def vis(ferdig: int, alle: int) -> None:
        tidel = ferdig == alle or ferdig * 10 // alle > (ferdig - 1) * 10 // alle
        if tidel and time.monotonic() - start >= etter_sekunder:
            si(f"{ferdig} av {alle} {hva}", err=True)

    return vis


def krev_maal(ut: Path | None, slag: Bokslag, force: bool, *lest: Path | None) -> None:
    """Refuse, before any work is done, a target that must not be replaced. lest: files read. Raises KanIkkeSkrive."""
    krev_alle([(ut, slag)], force, *lest)


def krev_alle(maalene: Sequence[tuple[Path | None, Bokslag]], force: bool, *lest: Path | None) -> None:
    """As krev_maal, for a command that writes several files: none is written when one of them is refused."""
    from velferdslab_model.base.files import proev_alle

    proev_alle([(ut, slag.hindring) for ut, slag in maalene if ut is not None], force, lest)


def krev_endelse(ut: Path | None, *endelser: str) -> None:
    """Refuse an output file of another kind than is written; a folder gets its own message later. Raises KanIkkeSkrive."""
    from velferdslab_model.errors import KanIkkeSkrive

    if ut is not None and ut.suffix.lower() not in endelser and not ut.is_dir():
        raise KanIkkeSkrive(f"{ut}: ventet et filnavn som slutter på {endelser[0]}.")


#: What the page in the browser needs: the package to install, and the module it gives.
APP_PAKKER = (("python-multipart", "python_multipart"), ("starlette", "starlette"), ("uvicorn", "uvicorn"))


def krev_tillegg(hva: str, tillegg: str, pakker: Sequence[tuple[str, str]], ellers: str = "") -> None:
    """Say how to get what is missing, before any work is done. hva: what needs it. pakker: name and module of each. ellers:
    what can be done without. Raises VelferdslabError."""
    from importlib.util import find_spec

    from velferdslab_model.errors import VelferdslabError

    if mangler := [navn for navn, modul in pakker if find_spec(modul) is None]:
        raise VelferdslabError(
            f"{hva} trenger {' og '.join(mangler)}, i tillegget «{tillegg}». Installer programmet på nytt med det, slik «velferdslab "
            f'veiledning» viser, eller med pip install ".[{tillegg}]" i programmets mappe.{ellers}'
        )


def skriv_mal(kommando: str, navn: str, tekst: str, ut: Path | None, force: bool) -> None:
    """Write a template to fill in, and say what reads it. ut: <navn>.toml in this folder when None. Raises KanIkkeSkrive."""
    from velferdslab_model.base.files import bare_lik, skriv_fil

    ut = ut or Path(f"{navn}.toml")
    krev_endelse(ut, ".toml")
    innhold = tekst.encode()
    skriv_fil(ut, innhold, bare_lik(innhold), force)
    si(f"Skrev {ut}. Fyll den ut, og kjør «velferdslab {kommando} {ut}».", err=True)


def last(
    scenario: Path | None,
    priser: Path | None,
    prisaar: int | None,
    indekser: Path | None = None,
    prisaar_er: int | None = None,
    krev_kontroll: bool = False,
    regn_ut: tuple[str, ...] = (),
) -> Forutsetninger:
    """Load a scenario, with the prices of a list laid over it if there is one; what the list did goes to stderr, and so
    does a workbook's signs of having been changed outside its inputs.

    regn_ut: numbers to work out again, see parameters.tilbakestilling.
    """
    return last_med_kvittering(scenario, priser, prisaar, indekser, prisaar_er, krev_kontroll, regn_ut)[0]


def last_med_kvittering(
    scenario: Path | None,
    priser: Path | None,
    prisaar: int | None,
    indekser: Path | None,
    prisaar_er: int | None,
    krev_kontroll: bool = False,
    regn_ut: tuple[str, ...] = (),
) -> tuple[Forutsetninger, list[Kvitteringslinje] | None]:
    """As last; also the receipt of the price list, None when there is no list."""
    forutsetninger, endring = last_med_endring(scenario, priser, prisaar, indekser, prisaar_er, krev_kontroll, regn_ut)
    return forutsetninger, None if endring is None else vis_kvittering(endring, prisaar)


def last_med_endring(
    scenario: Path | None,
    priser: Path | None,
    prisaar: int | None,
    indekser: Path | None,
    prisaar_er: int | None,
    krev_kontroll: bool,
    regn_ut: tuple[str, ...] = (),
) -> tuple[Forutsetninger, Prisendring | None]:
    """As last; also what the price list did, which is not told yet, None when there is no list."""
    from velferdslab_model.parameters.prisaar import regn_om
    from velferdslab_model.scenarios.loading import kontrollvarsel, les_scenario

    oppgitt, endring = les_scenario(scenario, priser, prisaar, indekser, prisaar_er, krev_kontroll=krev_kontroll)
    if varsel := kontrollvarsel(oppgitt.kilde, oppgitt.kontroll):
        si(varsel, err=True)
    if regn_ut:
        from velferdslab_model.parameters.tilbakestilling import regnet_ut_igjen

        oppgitt = regnet_ut_igjen(oppgitt, regn_ut)
    return regn_om(oppgitt, prisaar), endring


def vis_kvittering(endring: Prisendring, prisaar: int | None) -> list[Kvitteringslinje]:
    """Tell on stderr what a price list did, price by price, and what looks like a slip; returns the receipt."""
    from velferdslab_model.prisliste.kvittering import kvittering, kvitteringslinjer

    linjer = kvittering(endring.foer, endring.oppgitt, prisaar)
    for linje in (endring.melding(), *kvitteringslinjer(linjer)):
        si(linje, err=True)
    return linjer


def varsle_om_prisaar(oppgitt: Oppgitt) -> None:
    """Tell on stderr of a price year that was typed over and never settled."""
    if oppgitt.overskrevet:
        si(oppgitt.overskrevet.varsel, err=True)


def varsle_om_egenskaper(*filer: Path | None) -> None:
    """Tell on stderr of each workbook that was read without its document properties."""
    from velferdslab_model.scenarios.kinds import egenskapsvarsel

    for varsel in egenskapsvarsel(filer):
        si(varsel, err=True)


def krev_oekonomiplan(fra_aar: int | None, oekonomiplan: bool, loepende: bool = False) -> None:
    """Refuse a first year, or løpende kroner, without a plan. Raises click.UsageError."""
    if loepende and not oekonomiplan:
        raise click.UsageError("--loepende gjelder økonomiplanen og brukes bare sammen med --oekonomiplan.")
    if fra_aar is not None and not oekonomiplan:
        raise click.UsageError("--fra-aar gjelder økonomiplanen og brukes bare sammen med --oekonomiplan.")
