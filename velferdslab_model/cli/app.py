"""velferdslab app: the same in a browser, on this machine."""

from __future__ import annotations

import os

import click

from velferdslab_model.cli.output_skjerm import si
from velferdslab_model.cli.valg import APP_PAKKER, krev_tillegg

#: Where the secret is kept when the page must have the same address after every start.
_NOEKKELVARIABEL = "VELFERDSLAB_APP_NOEKKEL"


@click.command(
    options_metavar="[VALG]",
    short_help="Åpne en side i nettleseren der alt kan gjøres uten kommandolinje.",
    epilog="\b\nEksempler:\n  velferdslab app\n  velferdslab app --port 8765 --uten-nettleser\n"
    "  velferdslab app --host 0.0.0.0 --port 8765 --tillat-nettverk --adresse https://velferdslab.kommunen.no",
)
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADRESSE", help="Adressen siden svarer på.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=0,
    metavar="PORT",
    help="Porten siden svarer på. Standard: en som er ledig",
)
@click.option("--uten-nettleser", is_flag=True, help="Vis bare adressen, uten å åpne nettleseren.")
@click.option(
    "--tillat-nettverk",
    is_flag=True,
    help="La andre maskiner nå siden. Bare bak kommunens egen pålogging; krever --adresse.",
)
@click.option("--adresse", default="", metavar="URL", help="Adressen brukerne ser når siden kjører bak en pålogging.")
def app(host: str, port: int, uten_nettleser: bool, tillat_nettverk: bool, adresse: str) -> None:
    """Åpne en side i nettleseren: velg kommune, se resultatet, hent arbeidsboken, send inn nye priser, kontroller og sammenlign.

    Siden kjører på denne maskinen, svarer bare her, og sender ingenting ut. Filer som sendes inn, slettes etter en time
    og når programmet stoppes. Den stoppes når vinduet lukkes, eller med Ctrl-C.
    """
    krev_tillegg("Siden", "app", APP_PAKKER)
    from urllib.parse import urlsplit

    from velferdslab_model.app.access import er_egen_maskin
    from velferdslab_model.app.running import kjoer_app

    delt = urlsplit(adresse)
    if adresse and not (delt.scheme in ("http", "https") and delt.netloc and delt.path in ("", "/") and not delt.query):
        raise click.UsageError(f"--adresse er {adresse[:80]}, ventet en adresse som https://velferdslab.kommunen.no.")
    if not er_egen_maskin(host):
        if not tillat_nettverk:
            raise click.UsageError(
                f"--host {host[:80]} gjør siden synlig for andre maskiner. Det tillates bare med --tillat-nettverk, bak en pålogging."
            )
        if not adresse:
            raise click.UsageError("--tillat-nettverk trenger --adresse, adressen brukerne ser.")
        si("OBS: andre maskiner kan nå siden. Den har ingen egen pålogging: la den stå bak kommunens.", err=True)
    # Not left for the processes that do the work.
    noekkel = os.environ.pop(_NOEKKELVARIABEL, "")
    kjoer_app(host, port, adresse, noekkel, not uten_nettleser, lambda t: si(t, err=True))
