"""The door in front of every page: refuses before anything is read, and puts the headers of safety on every answer."""

from __future__ import annotations

import asyncio
import sys
import traceback
from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from velferdslab_model.app.access import Adgang, Avslag, hoder
from velferdslab_model.app.views import avslagsside, inngangsside

#: Seconds to wait for the next piece of a body.
_TAALMODIGHET = 30.0
#: Requests at a time.
_MAKS_SAMTIDIG = 300
_INGEN_ADGANG = Avslag(
    HTTPStatus.FORBIDDEN,
    "Siden åpnes med den hemmelige adressen som står der programmet ble startet. Finner du den ikke, start programmet på nytt, med snarveien eller «velferdslab app». Har du vært inne før, er programmet startet på nytt siden, og det som var regnet ut, er slettet.",
)
_INGEN_ADGANG_UTENFRA = Avslag(
    HTTPStatus.FORBIDDEN,
    "Siden åpnes med lenken kommunen har gitt deg. Har du vært inne før, er siden startet på nytt siden: åpne lenken igjen. Det som var regnet ut, er slettet.",
)
_OPPTATT = Avslag(HTTPStatus.SERVICE_UNAVAILABLE, "Siden har for mye å gjøre akkurat nå. Prøv igjen om litt.")
_TREG = Avslag(HTTPStatus.REQUEST_TIMEOUT, "Filen kom ikke frem. Prøv igjen.")
_FEIL = Avslag(
    HTTPStatus.INTERNAL_SERVER_ERROR,
    "Noe gikk galt i programmet, og svaret er ikke laget. Filene dine er ikke endret. Meld gjerne fra om hva du gjorde.",
)
_TITLER = {HTTPStatus.FORBIDDEN: "Ingen adgang", HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "For store filer"}


class _ForTreg(Exception):
    """The next piece of a body did not come."""


class Doer:
    """An ASGI app in front of another. A visit that is let in stands in scope["besoek"]."""

    def __init__(self, app: ASGIApp, adgang: Adgang) -> None:
        self._app, self._adgang, self._inne = app, adgang, 0
        self._ingen_adgang = _INGEN_ADGANG_UTENFRA if adgang.adresser.utenfra else _INGEN_ADGANG

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, let in, or pass on."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        send = _med_hoder(send)
        if self._inne >= _MAKS_SAMTIDIG:
            await _avvis(_OPPTATT)(scope, receive, send)
            return
        self._inne += 1
        try:
            await self._svar(scope, receive, send)
        finally:
            self._inne -= 1

    async def _svar(self, scope: Scope, receive: Receive, send: Send) -> None:
        hodene = Headers(scope=scope)
        spoersmaal = scope["query_string"].decode("latin-1")
        avslag = self._adgang.avslag(scope["method"], dict(hodene)) or _dobbelt(hodene)
        if avslag is None and scope["path"] == "/" and scope["method"] == "GET" and spoersmaal:
            if besoek := self._adgang.slipp_inn(spoersmaal):
                await self._inngang(hodene, besoek)(scope, receive, send)
                return
            avslag = self._ingen_adgang
        besoek = None if avslag else self._adgang.besoek(dict(hodene))
        if avslag is not None or besoek is None:
            await _avvis(avslag or self._ingen_adgang)(scope, receive, send)
            return
        scope["besoek"] = besoek
        begynt = False

        async def send_videre(melding: Message) -> None:
            nonlocal begynt
            begynt = True
            await send(melding)

        feil = None
        try:
            await self._app(scope, _taalmodig(receive), send_videre)
        except _ForTreg:
            feil = _TREG
        except asyncio.CancelledError:
            raise
        except Exception as grunn:  # whatever it is: one page to the person, and no content in any log
            if type(grunn).__name__ != "ClientDisconnect":
                meld_feil(grunn)
            feil = _FEIL
        if feil is not None and not begynt:
            await _avvis(feil)(scope, receive, send)

    def _inngang(self, hodene: Headers, besoek: str) -> Response:
        kake = {"set-cookie": self._adgang.kake(besoek)}
        if hodene.get("sec-fetch-site", "none") in ("none", "same-origin"):
            return RedirectResponse("/start", HTTPStatus.SEE_OTHER, kake)
        return HTMLResponse(inngangsside("/start"), headers=kake)


def _dobbelt(hodene: Headers) -> Avslag | None:
    """Two of a header that decides are a trick on whoever reads the other."""
    if any(len(hodene.getlist(navn)) > 1 for navn in ("host", "origin", "content-length")):
        return Avslag(HTTPStatus.BAD_REQUEST, "Forespørselen er ikke riktig satt sammen.")
    return None


def _avvis(avslag: Avslag) -> Response:
    tittel = _TITLER.get(avslag.status, "Det gikk ikke")
    return HTMLResponse(avslagsside(tittel, avslag.tekst), avslag.status, {"connection": "close"})


def _med_hoder(send: Send) -> Send:
    async def videre(melding: Message) -> None:
        if melding["type"] == "http.response.start":
            egne = {navn.decode(): verdi.decode("latin-1") for navn, verdi in melding["headers"]}
            melding = {**melding, "headers": [*melding["headers"], *hoder(egne)]}
        await send(melding)

    return videre


def _taalmodig(receive: Receive) -> Receive:
    ferdig = False

    async def neste() -> Message:
        nonlocal ferdig
        if ferdig:  # nothing more comes but that the browser leaves
            return await receive()
        try:
            melding = await asyncio.wait_for(receive(), _TAALMODIGHET)
        except TimeoutError:
            raise _ForTreg from None
        ferdig = not melding.get("more_body", False)
        return melding

    return neste


def meld_feil(feil: Exception) -> None:
    """Where it went wrong, for whoever mends the program; never what was in the file."""
    siste = traceback.extract_tb(feil.__traceback__)[-1]
    sys.stderr.write(f"Feil i programmet: {type(feil).__name__} i {siste.name}, linje {siste.lineno}.\n")
