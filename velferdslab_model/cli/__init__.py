"""The command line `velferdslab`: one file per command; parse, call, print."""

from __future__ import annotations

import os
import sys
from io import StringIO, TextIOWrapper
from typing import NoReturn

from velferdslab_model.cli import norsk  # first: it gives click its Norwegian words
from velferdslab_model.cli.output_skjerm import si

import click  # isort: skip

from velferdslab_model.base.dato import dagens_dato
from velferdslab_model.base.files import hvorfor
from velferdslab_model.base.signals import avslutt_avbrutt
from velferdslab_model.base.tekst import kortet, synlig
from velferdslab_model.cli.app import app
from velferdslab_model.cli.assess import assess
from velferdslab_model.cli.check import check
from velferdslab_model.cli.compare import compare
from velferdslab_model.cli.contract import contract
from velferdslab_model.cli.generate import generate
from velferdslab_model.cli.katalog import katalog
from velferdslab_model.cli.new import new
from velferdslab_model.cli.personas import personas
from velferdslab_model.cli.prices import prices
from velferdslab_model.cli.run import run
from velferdslab_model.cli.saksframlegg import saksframlegg
from velferdslab_model.cli.snarvei import snarvei
from velferdslab_model.cli.uncertainty import uncertainty
from velferdslab_model.cli.utenfor import utenfor
from velferdslab_model.cli.veiledning import veiledning
from velferdslab_model.errors import VelferdslabError
from velferdslab_model.version import __version__

norsk.oversett_click()


class _Kommandolinje(click.Group):
    """Lets in names and values of one line only: a message shows them, and each of its lines must be the program's own."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Refuse, before any command is chosen. Raises click.UsageError."""
        for ord_ in args:
            if "\n" in ord_ or "\r" in ord_:
                raise click.UsageError(
                    f"«{synlig(kortet(ord_, 200))}» har et linjeskift, ventet navn og verdier på én linje."
                )
        return super().parse_args(ctx, args)


@click.group(
    "velferdslab",
    cls=_Kommandolinje,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    options_metavar="[VALG]",
    subcommand_metavar="KOMMANDO [ARGUMENTER]",
    epilog="Kom i gang: «velferdslab generate» lager Asker-modellen i output/effektmodell_asker.xlsx. "
    "«velferdslab KOMMANDO --help» viser eksempler.",
)
@click.version_option(__version__, message="velferdslab %(version)s")
def cli() -> None:
    """Effektmodell for velferdslab: hva det koster og gir å investere i mennesker."""
    # A library that some commands load reads it, too, and has a message of its own.
    if os.environ.get("SOURCE_DATE_EPOCH"):
        dagens_dato()


for _kommando in (
    generate,
    run,
    new,
    prices,
    check,
    compare,
    uncertainty,
    contract,
    assess,
    personas,
    utenfor,
    saksframlegg,
    katalog,
    app,
    snarvei,
    veiledning,
):
    cli.add_command(_kommando)


def main() -> NoReturn:
    """Run the command line. Exit status 2 on bad input, with one message and no traceback."""
    for stroem in (sys.stdout, sys.stderr):
        if isinstance(stroem, TextIOWrapper):  # a name like Łódź on a console that cannot show it must not stop the run
            stroem.reconfigure(errors="replace")
    try:
        kode = cli.main(standalone_mode=False, prog_name="velferdslab")
        if sys.stdout is not None:
            sys.stdout.flush()
    except VelferdslabError as feil:
        _avslutt(str(feil))
    except click.exceptions.NoArgsIsHelpError as feil:
        si(feil.format_message())
        sys.exit(0)
    except click.ClickException as feil:
        vist = StringIO()
        feil.show(vist)
        si(vist.getvalue().rstrip("\n"), err=True)
        sys.exit(2)
    except (KeyboardInterrupt, click.Abort):
        avslutt_avbrutt()
    except BrokenPipeError:  # the reader, for example «head», has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        sys.exit(0)
    except OSError as feil:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # so that closing does not fail once more
        _avslutt(f"Resultatet kan ikke skrives ut ({hvorfor(feil)}).")
    sys.exit(kode or 0)


def _avslutt(melding: str) -> NoReturn:
    si(f"Feil: {melding}", err=True)
    sys.exit(2)
