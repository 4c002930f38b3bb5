"""The pages and what stands behind each address."""

from __future__ import annotations

import asyncio
import contextlib
import tempfile
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import TypeVar

from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from velferdslab_model.app.access import SANDKASSE, Adgang
from velferdslab_model.app.cases import (
    Arbeidsordre,
    Feilmelding,
    Fil,
    IkkePlass,
    Sak,
    Saker,
    Saksvar,
    trygt_navn,
)
from velferdslab_model.app.doing import gjoer, lag_fil, lag_mal, last_inn
from velferdslab_model.app.door import Doer, meld_feil
from velferdslab_model.app.room import Siderom, Skjemadata
from velferdslab_model.app.rooms.files import FILROM
from velferdslab_model.app.rooms.start import START
from velferdslab_model.app.views import fast_fil, fremdriftstekst, meldingsside, romside, venteside
from velferdslab_model.app.work import Arbeidere, ArbeiderenDoede, ForMangeVenter, TidenErUte
from velferdslab_model.veiledning.page import BILDEKILDE, veiledningsside

_T = TypeVar("_T")
_R = TypeVar("_R")
#: Every room, in the order of the menu.
ROM: tuple[Siderom, ...] = (START, *FILROM)
#: Seconds a click waits for its answer before the page says that it works.
_SAA_LENGE = 0.9
#: Bodies read at a time, and what one may hold.
_SAMTIDIG_LEST = 8
_MAKS_FILER, _MAKS_FELT, _MAKS_FELTLENGDE = 100, 400, 4000
_OPPTATT = "Siden har for mye å gjøre akkurat nå. Prøv igjen om litt."
_SIDEN_ER_BORTE = "Siden finnes ikke. Saksvar og filer slettes etter en time; regn ut på nytt."


@dataclass
class Nettsted:
    """What the pages share. tunge: how many may do heavy work at a time, so that a process is left for what is quick. grense:
    seconds any work may take, where it is less than the room's own."""

    adgang: Adgang
    saker: Saker
    arbeidere: Arbeidere
    tunge: asyncio.Semaphore
    grense: float | None = None
    oppgaver: dict[str, asyncio.Task[None]] = field(default_factory=dict)
    lesere: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_SAMTIDIG_LEST))

    def rom(self, foresporsel: Request) -> Siderom:
        """The room of an address. Raises HTTPException."""
        navn = foresporsel.path_params["rom"]
        funnet = next((rom for rom in ROM if rom.noekkel == navn), None)
        if funnet is None:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        return funnet

    def sak(self, foresporsel: Request) -> tuple[Siderom, Sak]:
        """The room and case of an address. Raises HTTPException."""
        rom = self.rom(foresporsel)
        sak = self.saker.finn(foresporsel.path_params["sak"], foresporsel.scope["besoek"], rom.noekkel)
        if sak is None:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        return rom, sak

    def skjemadata(self, besoek: str, sak: Sak | None = None, felt: Mapping[str, str] | None = None) -> Skjemadata:
        """What a form is filled in with."""
        scenarier = [(s.id, f"{s.kalles}, regnet ut {s.klokke}") for s in self.saker.scenarier(besoek)]
        if sak is None:
            return Skjemadata(felt or {}, scenarier=scenarier)
        feil: dict[str, list[str]] = {}
        for en in sak.svar.feil if sak.svar else ():
            feil.setdefault(en.felt, []).append(en.tekst)
        return Skjemadata(sak.felt, feil, sak.filer, scenarier)


def lag_sted(adgang: Adgang, mappe: Path, antall: int, grense: float | None = None) -> Nettsted:
    """Everything the pages need, with its processes started."""
    return Nettsted(
        adgang, Saker(mappe / "saker"), Arbeidere(antall, mappe / "tmp"), asyncio.Semaphore(max(1, antall - 1)), grense
    )


def lag_app(sted: Nettsted, naar_klar: Callable[[], None] = lambda: None) -> Doer:
    """The pages behind their door. naar_klar: told when they can be asked for."""

    @contextlib.asynccontextmanager
    async def levetid(_app: Starlette) -> AsyncIterator[None]:
        vaktmester = asyncio.create_task(_vaktmester(sted))
        romside(ROM, START, Skjemadata())  # so that the first to ask need not wait for the templates
        varme = asyncio.create_task(_varm(sted))
        naar_klar()
        try:
            yield
        finally:
            for oppgave in (vaktmester, varme, *sted.oppgaver.values()):
                oppgave.cancel()
            sted.arbeidere.avslutt()

    def vei(adresse: str, gjoer_: Callable[[Nettsted, Request], object], metode: str = "GET") -> Route:
        async def svar(foresporsel: Request) -> Response:
            ut = gjoer_(sted, foresporsel)
            funnet = await ut if asyncio.iscoroutine(ut) else ut
            assert isinstance(funnet, Response)
            return funnet

        return Route(adresse, svar, methods=[metode])

    async def feil(foresporsel: Request, grunn: Exception) -> Response:
        status = grunn.status_code if isinstance(grunn, HTTPException) else HTTPStatus.INTERNAL_SERVER_ERROR
        tekst = {
            HTTPStatus.NOT_FOUND: _SIDEN_ER_BORTE,
            HTTPStatus.METHOD_NOT_ALLOWED: "Siden tar ikke imot denne måten å spørre på.",
            HTTPStatus.SERVICE_UNAVAILABLE: _OPPTATT,
            HTTPStatus.INSUFFICIENT_STORAGE: "Det er ikke plass til flere filer akkurat nå. Prøv igjen om litt.",
        }.get(HTTPStatus(status), "Forespørselen er ikke riktig satt sammen.")
        tittel = "Siden finnes ikke" if status == HTTPStatus.NOT_FOUND else "Det gikk ikke"
        return HTMLResponse(meldingsside(ROM, tittel, tekst), status)

    ruter = [
        vei("/", lambda _s, _f: RedirectResponse(f"/{START.noekkel}", HTTPStatus.SEE_OTHER)),
        vei("/favicon.ico", lambda _s, _f: Response(status_code=HTTPStatus.NO_CONTENT)),
        vei("/stil.css", lambda _s, _f: PlainTextResponse(fast_fil("app.css"), media_type="text/css")),
        vei("/skript.js", lambda _s, _f: PlainTextResponse(fast_fil("app.js"), media_type="text/javascript")),
        vei("/veiledning", _veiledning),
        vei("/{rom}", _vis_rom),
        vei("/{rom}", _send_inn, "POST"),
        vei("/{rom}/mal/{mal}", _hent_mal),
        vei("/{rom}/{sak}", _vis_sak),
        vei("/{rom}/{sak}/status", _status),
        vei("/{rom}/{sak}/stopp", _stopp, "POST"),
        vei("/{rom}/{sak}/fil/{nummer}", _hent_fil),
    ]
    return Doer(Starlette(routes=ruter, lifespan=levetid, exception_handlers={HTTPException: feil}), sted.adgang)


def varm_opp(arbeid: str) -> None:
    """In a worker: answer an empty form once, which loads what the next answer needs."""
    with tempfile.TemporaryDirectory() as mappe:
        gjoer((arbeid, Arbeidsordre(mappe, {"navn": "x", "handling": "hent"}, ())))


async def _varm(sted: Nettsted) -> None:
    """The first room first, then the others, a piece at a time so that nobody who clicks has to wait for all of it."""
    for rom in ROM:
        await sted.arbeidere.varm(last_inn if rom.tungt else varm_opp, rom.arbeid)


async def _vaktmester(sted: Nettsted) -> None:
    while True:
        await asyncio.sleep(60)
        sted.saker.rydd()


def _veiledning(_sted: Nettsted, _foresporsel: Request) -> Response:
    return HTMLResponse(veiledningsside(), headers={"content-security-policy": f"{SANDKASSE}; {BILDEKILDE}"})


def _vis_rom(sted: Nettsted, foresporsel: Request) -> Response:
    rom, besoek = sted.rom(foresporsel), foresporsel.scope["besoek"]
    fra = foresporsel.query_params.get("fra", "")
    felt = {"grunnlag": fra, f"med.{fra}": "ja"} if sted.saker.finn(fra, besoek) else {}
    return HTMLResponse(romside(ROM, rom, sted.skjemadata(besoek, felt=felt)))


async def _send_inn(sted: Nettsted, foresporsel: Request) -> Response:
    rom, besoek = sted.rom(foresporsel), foresporsel.scope["besoek"]
    async with (
        sted.lesere,
        foresporsel.form(max_files=_MAKS_FILER, max_fields=_MAKS_FELT, max_part_size=_MAKS_FELTLENGDE) as skjema,
    ):
        felt = {navn: verdi for navn, verdi in skjema.multi_items() if isinstance(verdi, str)}
        try:
            sak = sted.saker.ny(rom.noekkel, besoek, felt)
        except IkkePlass:
            raise HTTPException(HTTPStatus.INSUFFICIENT_STORAGE) from None
        sendt = [
            (navn, verdi) for navn, verdi in skjema.multi_items() if isinstance(verdi, UploadFile) and verdi.filename
        ]
        try:
            filer = [
                await asyncio.to_thread(_ta_imot, sak.mappe / "inn" / str(nummer), navn, fil)
                for nummer, (navn, fil) in enumerate(sendt)
            ]
            sak.filer = tuple(filer)
            sak.vei()
        except OSError:  # the disk is full
            sted.saker.fjern(sak)
            raise HTTPException(HTTPStatus.INSUFFICIENT_STORAGE) from None
    oppgave = asyncio.create_task(_arbeid(sted, rom, sak))
    sted.oppgaver[sak.id] = oppgave
    oppgave.add_done_callback(lambda _: sted.oppgaver.pop(sak.id, None))
    await asyncio.wait({oppgave}, timeout=_SAA_LENGE)
    return RedirectResponse(f"/{rom.noekkel}/{sak.id}", HTTPStatus.SEE_OTHER)


def _ta_imot(mappe: Path, felt: str, fil: UploadFile) -> Fil:
    mappe.mkdir(parents=True)
    navn = trygt_navn(fil.filename or "")
    sti = mappe / navn
    with sti.open("xb") as ut:
        while bit := fil.file.read(1 << 20):
            ut.write(bit)
    return Fil(felt, navn, str(sti))


async def _arbeid(sted: Nettsted, rom: Siderom, sak: Sak) -> None:
    """Have a worker answer; whatever happens, the case ends."""
    grense = min(rom.grense, sted.grense or rom.grense)

    def begynner() -> None:
        sak.tilstand = "arbeider"

    try:
        ordre = Arbeidsordre(
            str(sak.mappe),
            sak.felt,
            sak.filer,
            {
                s.id: (s.svar.scenario[0], s.kalles)
                for s in sted.saker.scenarier(sak.besoek)
                if s.svar and s.svar.scenario
            },
        )
        async with sted.tunge if rom.tungt else contextlib.nullcontext():
            sak.svar = await sted.arbeidere.utfoer(gjoer, (rom.arbeid, ordre), grense, begynner)
        sted.saker.navngi(sak)
        sak.tilstand = "ferdig"
        sak.vei()
        return
    except TidenErUte:
        tekst = f"Arbeidet tok mer enn {grense:.0f} sekunder og er stoppet. Er filen uvanlig stor eller tung? Prøv kommandolinjen."
    except ArbeiderenDoede:
        tekst = "Arbeidet stoppet før det var ferdig. Prøv igjen."
    except ForMangeVenter:
        tekst = _OPPTATT
    except asyncio.CancelledError:
        tekst = "Arbeidet ble stoppet."
    except Exception as grunn:  # whatever it is, the case must end; what was in the file is told nobody
        meld_feil(grunn)
        tekst = "Noe gikk galt i programmet, og svaret er ikke laget. Filen din er ikke endret. Meld gjerne fra om hva du gjorde."
    sak.svar, sak.tilstand = Saksvar(feil=[Feilmelding("", tekst)]), "stoppet"


def _vis_sak(sted: Nettsted, foresporsel: Request) -> Response:
    rom, sak = sted.sak(foresporsel)
    if sak.tilstand in ("venter", "arbeider"):
        return HTMLResponse(venteside(ROM, rom, sak))
    data = sted.skjemadata(sak.besoek, sak)
    return HTMLResponse(romside(ROM, rom, data, sak), HTTPStatus.UNPROCESSABLE_ENTITY if data.feil else HTTPStatus.OK)


def _status(sted: Nettsted, foresporsel: Request) -> Response:
    _, sak = sted.sak(foresporsel)
    return JSONResponse({"ferdig": sak.tilstand in ("ferdig", "stoppet"), "tekst": fremdriftstekst(sak)})


async def _stopp(sted: Nettsted, foresporsel: Request) -> Response:
    rom, sak = sted.sak(foresporsel)
    if oppgave := sted.oppgaver.get(sak.id):
        oppgave.cancel()
        await asyncio.wait({oppgave}, timeout=5)
    return RedirectResponse(f"/{rom.noekkel}/{sak.id}", HTTPStatus.SEE_OTHER)


async def _hent_fil(sted: Nettsted, foresporsel: Request) -> Response:
    rom, sak = sted.sak(foresporsel)
    nummer = foresporsel.path_params["nummer"]
    filer: Sequence[object] = sak.svar.filer if sak.svar else ()
    if sak.svar is None or not (nummer.isascii() and nummer.isdigit() and len(nummer) < 4 and int(nummer) < len(filer)):
        raise HTTPException(HTTPStatus.NOT_FOUND)
    fil = sak.svar.filer[int(nummer)]
    if not Path(fil.sti).exists():
        await _straks(sted, lag_fil, fil.sti, rom.grense)
        sak.vei()
    if fil.vises:
        return HTMLResponse(Path(fil.sti).read_bytes(), headers={"content-security-policy": SANDKASSE})
    return FileResponse(fil.sti, filename=fil.navn)


async def _straks(sted: Nettsted, lag: Callable[[_T], _R], av: _T, grense: float) -> _R:
    """What a worker makes while the browser waits. Raises HTTPException."""
    try:
        return await sted.arbeidere.utfoer(lag, av, grense)
    except (TidenErUte, ArbeiderenDoede, ForMangeVenter):
        raise HTTPException(HTTPStatus.SERVICE_UNAVAILABLE) from None
    except FileNotFoundError:  # the case was removed meanwhile
        raise HTTPException(HTTPStatus.NOT_FOUND) from None
    except OSError:  # the disk is full
        raise HTTPException(HTTPStatus.INSUFFICIENT_STORAGE) from None


async def _hent_mal(sted: Nettsted, foresporsel: Request) -> Response:
    rom = sted.rom(foresporsel)
    mal = rom.maler.get(foresporsel.path_params["mal"])
    if mal is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    innhold = await _straks(sted, lag_mal, (mal.lag, mal.mal), 60.0)
    return Response(
        innhold,
        media_type="application/octet-stream",
        headers={"content-disposition": f'attachment; filename="{mal.navn}"'},
    )
