"""Start the page, open it in the browser, and leave nothing behind when it stops."""

from __future__ import annotations

import contextlib
import errno
import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import uvicorn

from velferdslab_model.app.access import Adgang, Adresser, er_egen_maskin
from velferdslab_model.app.cases import midlertidig_mappe
from velferdslab_model.app.site import lag_app, lag_sted
from velferdslab_model.app.views import inngangsside
from velferdslab_model.base.files import hvorfor
from velferdslab_model.base.nettleser import vis_i_nettleser
from velferdslab_model.base.workers import kjerner
from velferdslab_model.errors import VelferdslabError

_MINST_NOEKKEL = 32


def kjoer_app(
    host: str, port: int, utenfra: str, noekkel: str, aapne_nettleser: bool, si: Callable[[str], None]
) -> None:
    """Serve until stopped. port: 0 for any that is free. utenfra: the address users see, when it runs behind a sign-in.
    noekkel: the secret, empty for a new one. Raises VelferdslabError when it cannot listen there."""
    if noekkel and len(noekkel) < _MINST_NOEKKEL:
        raise VelferdslabError(f"Nøkkelen har {len(noekkel)} tegn, ventet minst {_MINST_NOEKKEL} tilfeldige tegn.")
    lytter = _lytt(host, port)
    adresser = Adresser(host, lytter.getsockname()[1], utenfra)
    adgang = Adgang(adresser, noekkel) if noekkel else Adgang(adresser)
    with midlertidig_mappe() as mappe:
        sted = lag_sted(adgang, mappe, max(2, kjerner()))

        def klar() -> None:
            si(f"Siden er klar: {adgang.adresse if not noekkel else adresser.foerste}")
            si("Den kan bare åpnes herfra." if er_egen_maskin(host) else "OBS: andre maskiner kan nå den.")
            si(
                "Stopp den ved å lukke vinduet den ble startet i, eller med Ctrl-C; da slettes alle filer som er sendt inn."
            )
            if aapne_nettleser:
                threading.Thread(target=_aapne, args=(mappe, adgang.adresse), daemon=True).start()

        oppsett = uvicorn.Config(
            lag_app(sted, klar),
            log_config=None,
            log_level="critical",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            ws="none",
            http="h11",
            lifespan="on",
            timeout_keep_alive=15,
            timeout_graceful_shutdown=2,
        )
        tjener = uvicorn.Server(oppsett)
        try:
            with _stopp_naar_vinduet_lukkes(tjener):
                tjener.run(sockets=[lytter])
        except KeyboardInterrupt:
            pass  # how it is stopped
        finally:
            sted.arbeidere.avslutt()
            lytter.close()
    si("Stoppet. Alle filer som ble sendt inn, er slettet.")


@contextlib.contextmanager
def _stopp_naar_vinduet_lukkes(tjener: uvicorn.Server) -> Iterator[None]:
    """The server answers Ctrl-C and `kill` itself; a closed window must stop it as calmly, also while it warms up."""
    nummer = getattr(signal, "SIGHUP", None)  # not on Windows
    foer = None if nummer is None else signal.getsignal(nummer)
    if nummer is None or foer is signal.SIG_IGN:  # as under nohup
        yield
        return
    signal.signal(nummer, tjener.handle_exit)
    try:
        yield
    finally:
        signal.signal(nummer, foer)


def _lytt(host: str, port: int) -> socket.socket:
    familie = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=familie, backlog=256)
    except OSError as feil:
        grunn = "porten er opptatt" if feil.errno == errno.EADDRINUSE else hvorfor(feil)
        raise VelferdslabError(
            f"Siden kan ikke åpnes på {host}, port {port} ({grunn}). Velg en annen med --port."
        ) from None


def _aapne(mappe: Path, adresse: str) -> None:
    """Open the browser by way of a file: what stands in a command line, others on the machine can read."""
    fil = mappe / "aapne.html"
    nummer = os.open(fil, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(nummer, "w", encoding="utf-8") as ut:
        ut.write(inngangsside(adresse))
    vis_i_nettleser(fil)
