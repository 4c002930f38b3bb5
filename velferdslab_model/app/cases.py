"""What people have asked and been answered, each in its own folder, kept for an hour and removed when the page stops."""

from __future__ import annotations

import contextlib
import os
import pickle
import secrets
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Literal, TypeVar

from velferdslab_model.base.tekst import normalisert, synlig

#: Seconds a case is kept.
LEVETID = 3600.0
#: Bytes of all cases together, and how many there may be.
MAKS_PLASS = 1_000_000_000
MAKS_SAKER = 400
_MAKS_NAVN = 100
_FORAN = "velferdslab-app-"
_LAAS = "laas"
#: A folder that nobody has locked is removed at the next start; where there are no locks, after a day.
_GAMMEL = 86_400.0

_T = TypeVar("_T")
Tilstand = Literal["venter", "arbeider", "ferdig", "stoppet"]


class IkkePlass(Exception):
    """There is no room for one more case."""


@dataclass(frozen=True)
class Fil:
    """A file that was sent. felt: the field of the form. navn: its own name, made safe; sti: where it lies."""

    felt: str
    navn: str
    sti: str


@dataclass(frozen=True)
class Nedlasting:
    """A file to hand over. sti: where it lies. navn: what it is saved as. tekst: what the link says. vises: as a page."""

    sti: str
    navn: str
    tekst: str
    vises: bool = False


@dataclass(frozen=True)
class Feilmelding:
    """What is wrong. felt: the field it belongs to, empty for none."""

    felt: str
    tekst: str


@dataclass(frozen=True)
class Arbeidsordre:
    """What a worker is given. mappe: a folder to write in. felt: what was typed. scenarier: id -> file and name of what the
    person has computed before and may go on from."""

    mappe: str
    felt: Mapping[str, str]
    filer: Sequence[Fil]
    scenarier: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def fil(self, felt: str) -> Path | None:
        """The file in a field."""
        return next((Path(f.sti) for f in self.filer if f.felt == felt), None)

    def alle(self, felt: str) -> list[Path]:
        """The files in a field."""
        return [Path(f.sti) for f in self.filer if f.felt == felt]

    def ny(self, navn: str) -> Path:
        """Where a file that is made is written."""
        return Path(self.mappe) / navn

    def senere(self, navn: str, lag: Callable[[_T], bytes], av: _T) -> str:
        """Where a file is that is made when somebody asks for it. lag: a function at the top of a module."""
        sti = self.ny(navn)
        oppskrift(str(sti)).write_bytes(pickle.dumps((lag, av)))
        return str(sti)

    def fremdrift(self, tekst: str) -> None:
        """Tell how far the work has come."""
        midlertidig = Path(self.mappe) / "fremdrift.ny"
        midlertidig.write_text(tekst, encoding="utf-8")
        os.replace(midlertidig, Path(self.mappe) / "fremdrift")


def oppskrift(sti: str) -> Path:
    """Where it stands how a file is made that nobody has asked for yet."""
    return Path(f"{sti}.oppskrift")


@dataclass(frozen=True)
class Saksvar:
    """What a worker answers. html: what is shown, escaped already. kort: the answer in one sentence, for who listens.
    scenario: file and name that later cases may go on from."""

    html: str = ""
    kort: str = ""
    filer: Sequence[Nedlasting] = ()
    feil: Sequence[Feilmelding] = ()
    scenario: tuple[str, str] | None = None


@dataclass
class Sak:
    """One question. besoek: whose it is. laget: when, in seconds of a clock that only goes forward. plass: bytes of its
    files, as last weighed. kalles: what the scenario it made is called, unlike any other of the visit."""

    id: str
    rom: str
    besoek: str
    mappe: Path
    felt: Mapping[str, str]
    filer: Sequence[Fil]
    laget: float
    klokke: str
    tilstand: Tilstand = "venter"
    svar: Saksvar | None = None
    plass: int = 0
    kalles: str = ""

    def vei(self) -> None:
        """Note how much room its files take."""
        self.plass = sum(p.stat().st_size for p in self.mappe.rglob("*") if p.is_file())

    def fremdrift(self) -> str:
        """How far the work has come, in the worker's words."""
        try:
            return (self.mappe / "fremdrift").read_text(encoding="utf-8")[:200]
        except OSError:
            return ""


@dataclass
class Saker:
    """Every case, in one folder that nobody else may look into."""

    mappe: Path
    alle: dict[str, Sak] = field(default_factory=dict)

    def ny(self, rom: str, besoek: str, felt: Mapping[str, str]) -> Sak:
        """A case with an empty folder. Raises IkkePlass."""
        self.rydd()
        egne = [sak for sak in self.alle.values() if sak.tilstand in ("ferdig", "stoppet")]
        while len(self.alle) >= MAKS_SAKER and egne:
            self.fjern(egne.pop(0))
        if len(self.alle) >= MAKS_SAKER or self.plass() > MAKS_PLASS:
            raise IkkePlass
        navn = secrets.token_urlsafe(16)
        mappe = self.mappe / navn
        mappe.mkdir(mode=0o700)
        sak = Sak(navn, rom, besoek, mappe, dict(felt), (), time.monotonic(), time.strftime("%H:%M"))
        self.alle[navn] = sak
        return sak

    def finn(self, navn: str, besoek: str, rom: str = "") -> Sak | None:
        """A case of a visit; None when it is gone, of another visit or of another room."""
        sak = self.alle.get(navn)
        if sak is None or sak.besoek != besoek or (rom and sak.rom != rom):
            return None
        return sak

    def scenarier(self, besoek: str) -> list[Sak]:
        """The cases of a visit that a later one may go on from, the newest first."""
        return [s for s in reversed(self.alle.values()) if s.besoek == besoek and s.svar and s.svar.scenario]

    def navngi(self, sak: Sak) -> None:
        """Give what a case has made a name that no other of its visit has."""
        navn = sak.svar.scenario[1] if sak.svar and sak.svar.scenario else ""
        opptatt = {s.kalles for s in self.alle.values() if s.besoek == sak.besoek}
        ledige = (f"{navn} ({nummer})" if nummer > 1 else navn for nummer in count(1))
        sak.kalles = next(ledig for ledig in ledige if ledig not in opptatt) if navn else ""

    def plass(self) -> int:
        """Bytes on the disk, as last weighed."""
        return sum(sak.plass for sak in self.alle.values())

    def rydd(self) -> None:
        """Remove what is older than an hour."""
        grense = time.monotonic() - LEVETID
        for sak in [s for s in self.alle.values() if s.laget < grense]:
            self.fjern(sak)

    def fjern(self, sak: Sak) -> None:
        """Remove a case and its files."""
        self.alle.pop(sak.id, None)
        shutil.rmtree(sak.mappe, ignore_errors=True)


def trygt_navn(navn: str) -> str:
    """The last part of a file name from a browser, without what is not seen or means something to a system."""
    siste = normalisert(navn.replace("\\", "/").rsplit("/", 1)[-1])
    rent = "".join("_" if tegn in '<>:"|?*' else tegn for tegn in synlig(siste).replace("?", "_")).strip(". ")
    stamme, punktum, endelse = rent.rpartition(".")
    if not punktum:
        return rent[:_MAKS_NAVN] or "fil"
    return f"{stamme[: _MAKS_NAVN - 10] or 'fil'}.{endelse[:9]}"


@contextlib.contextmanager
def midlertidig_mappe() -> Iterator[Path]:
    """A folder that only this user may look into, removed at the end, however the program ends but for a power cut;
    what such an end left behind is removed first."""
    _rydd_etter_andre()
    mappe = Path(tempfile.mkdtemp(prefix=_FORAN))
    laas = _laast(mappe / _LAAS, os.O_CREAT)
    try:
        (mappe / "saker").mkdir(mode=0o700)
        (mappe / "tmp").mkdir(mode=0o700)
        yield mappe
    finally:
        if laas is not None:
            os.close(laas)
        shutil.rmtree(mappe, ignore_errors=True)


def _rydd_etter_andre() -> None:
    for mappe in Path(tempfile.gettempdir()).glob(f"{_FORAN}*"):
        try:
            min_egen = mappe.is_dir() and not mappe.is_symlink() and _eier(mappe)
            gammel = time.time() - mappe.stat().st_mtime > (_GAMMEL if _fcntl is None else 0)
        except OSError:
            continue
        if not (min_egen and gammel):
            continue
        laas = _laast(mappe / _LAAS, 0)
        if laas is not None:
            os.close(laas)
            shutil.rmtree(mappe, ignore_errors=True)


def _eier(mappe: Path) -> bool:
    return not hasattr(os, "getuid") or mappe.stat().st_uid == os.getuid()


try:
    import fcntl as _fcntl
except ImportError:  # Windows
    _fcntl = None  # type: ignore[assignment]  # a module on one system, nothing on the other


def _laast(fil: Path, flagg: int) -> int | None:
    """An open lock that goes with the process; None when another has it, or there is no such file."""
    try:
        nummer = os.open(fil, os.O_RDWR | flagg | getattr(os, "O_NOFOLLOW", 0), 0o600)
    except OSError:
        return None
    if _fcntl is not None:
        try:
            _fcntl.flock(nummer, _fcntl.LOCK_EX | _fcntl.LOCK_NB)
        except OSError:
            os.close(nummer)
            return None
    return nummer
