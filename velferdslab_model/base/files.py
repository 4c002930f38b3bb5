"""Read a file once and whole; write one or a set so that nothing is lost: all or nothing, never over somebody's work."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from velferdslab_model.base.signals import stopp_hvis_avbrutt
from velferdslab_model.base.tekst import synlig
from velferdslab_model.errors import KanIkkeSkrive

try:
    import fcntl
except ImportError:  # Windows: there an open file cannot be removed, so no lock is needed
    fcntl = None  # type: ignore[assignment]  # a module on one system, nothing on the other

_ENDELSE = ".velferdslab.tmp"
_INGENTING = "Ingenting er skrevet."
#: Temporary files held open, and so locked, at a time: a system lets a program have only so many.
_MAKS_LAASTE = 200
_GRUNNER = {
    errno.EACCES: "ikke tilgang",
    errno.EPERM: "ikke tilgang",
    errno.EROFS: "skrivebeskyttet disk",
    errno.ENOSPC: "disken er full",
    errno.EFBIG: "filen blir for stor for disken",
    errno.ENAMETOOLONG: "navnet er for langt",
    errno.ENOENT: "den, eller mappen, finnes ikke",
    errno.EIO: "disken svarer ikke",
    errno.EISDIR: "det er en mappe",
    errno.ENOTDIR: "en del av stien er en fil",
    errno.ELOOP: "lenken peker på seg selv",
}


#: No file the program writes is as large.
MAKS_LEST = 100_000_000


class IkkeVanligFil(OSError):
    """A pipe, a device or a socket: what is read from it once is gone, and it may never end."""


def til_lesing(fil: Path) -> BinaryIO:
    """Open an ordinary file for reading.

    Raises IsADirectoryError for a folder and IkkeVanligFil for a pipe or a device, at once, also for one that nobody
    writes to; else what the system raises. ValueError for a NUL in the path.
    """
    nummer = os.open(fil, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        slag = os.fstat(nummer).st_mode
        if stat.S_ISDIR(slag):
            raise IsADirectoryError(errno.EISDIR, "a folder")
        if not stat.S_ISREG(slag):
            raise IkkeVanligFil(errno.EINVAL, "no ordinary file")
        return os.fdopen(nummer, "rb")
    except BaseException:
        os.close(nummer)
        raise


def les_hele(fil: Path) -> bytes:
    """The bytes of an ordinary file. Raises OSError also for one that is larger than any the program writes."""
    with til_lesing(fil) as stroem:
        innhold = stroem.read(MAKS_LEST + 1)
    if len(innhold) > MAKS_LEST:
        raise OSError(errno.EFBIG, "larger than any file of ours")
    return innhold


def hvorfor(feil: OSError) -> str:
    """Why a file could not be read or written, in a few words."""
    if isinstance(feil, IkkeVanligFil):
        return "det er ingen vanlig fil, men for eksempel et rør; lagre innholdet i en fil og oppgi den"
    return _GRUNNER.get(feil.errno or 0, f"feil {feil.errno}")


#: Why the bytes of an existing file must not be replaced, as the end of a sentence; None when they may.
Hindring = Callable[[bytes], str | None]


@dataclass(frozen=True)
class Utfil:
    """A file to write. hindring: what may stand there now and be replaced."""

    sti: str | os.PathLike[str]
    innhold: bytes
    hindring: Hindring


def skriv_fil(sti: str | os.PathLike[str], innhold: bytes, hindring: Hindring, overskriv: bool) -> None:
    """Write one file as skriv_alle does."""
    skriv_alle([Utfil(sti, innhold, hindring)], overskriv)


def skriv_alle(filer: Sequence[Utfil], overskriv: bool) -> None:
    """Write a set of files, all or none.

    Every target is tried first. Then each is written to a temporary file in its own folder, and when all of them are on
    the disk they are moved into place. Those that were moved are moved back when one cannot be.

    overskriv: replace whatever stands there. Raises KanIkkeSkrive, and leaves what existed, when it cannot be done. The
    message for a set says that nothing was written, or which files were when they could not be moved back.
    """
    stopp_hvis_avbrutt()
    proev_alle([(en.sti, en.hindring) for en in filer], overskriv)
    flere = len(filer) > 1
    with _hva_som_er_skrevet(flere) as skrevet, contextlib.ExitStack() as stakk:
        maalene = []
        for en in filer:
            with _med_melding(en.sti) as maal:
                stakk.enter_context(_mappe(maal.parent))
                _rydd(maal)
                maalene.append(maal)
        klare = []
        for maal, en in zip(maalene, filer, strict=True):
            with _med_melding(maal):
                stroem, sti = stakk.enter_context(_midlertidig(maal))
                klare.append(_skriv(stroem, sti, maal, en.innhold))
                if len(klare) > _MAKS_LAASTE or fcntl is None:  # on Windows an open file cannot be moved
                    stroem.close()
        if flere:  # one file alone is moved whole or not at all
            for klar in klare:
                with _med_melding(klar.maal):
                    stakk.callback(_fjern, klar.gammel)
                    klar.fantes = _ta_vare_paa(klar)
            stakk.enter_context(_flytt_tilbake_ved_feil(klare, skrevet))
        for klar in klare:
            with _med_melding(klar.maal):
                os.replace(klar.sti, klar.maal)


def proev_alle(
    maalene: Sequence[tuple[str | os.PathLike[str], Hindring]],
    overskriv: bool,
    lest: Iterable[str | os.PathLike[str] | None] = (),
) -> None:
    """Raise KanIkkeSkrive with everything skriv_alle would refuse in a set of targets; writes nothing. lest: see proev_maal."""
    lest, feil = list(lest), []
    for sti, hindring in maalene:
        try:
            proev_maal(sti, hindring, overskriv, lest)
        except KanIkkeSkrive as grunn:
            feil.append(str(grunn))
    if not feil:
        ekte = [os.path.realpath(sti) for sti, _ in maalene]
        to_ganger = sorted({sti for sti in ekte if ekte.count(sti) > 1})
        feil = [f"{synlig(sti)} er oppgitt to ganger, ventet et navn for hver fil." for sti in to_ganger]
    if feil:
        raise KanIkkeSkrive("\n".join([*feil, *[_INGENTING] * (len(maalene) > 1)]))


def proev_maal(
    sti: str | os.PathLike[str], hindring: Hindring, overskriv: bool, lest: Iterable[str | os.PathLike[str] | None] = ()
) -> None:
    """Raise KanIkkeSkrive for what skriv_fil would refuse; writes nothing, so that a target can be tried before the work.

    lest: files the result is made from. Such a file is replaced only when hindring has nothing against it, and never by
    overskriv: what somebody typed there would be lost.
    """
    with _med_melding(sti) as maal:
        _proev(maal, hindring, overskriv, [Path(fil) for fil in lest if fil is not None])
        naermeste = next(mappe for mappe in maal.parents if mappe.exists())
        if not naermeste.is_dir():
            raise NotADirectoryError
        if not os.access(naermeste, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, "not writable")


@contextlib.contextmanager
def _med_melding(sti: str | os.PathLike[str]) -> Iterator[Path]:
    """The target itself where sti is a link; what the system answers becomes a message."""
    maal = Path(sti)
    try:
        maal = Path(os.path.realpath(maal))  # a link is followed, so that it goes on pointing at the result
        yield maal
    except (NotADirectoryError, FileExistsError):
        raise KanIkkeSkrive(f"{synlig(str(maal))}: mappen kan ikke lages, for en del av stien er en fil.") from None
    except ValueError:  # a NUL in the path
        raise KanIkkeSkrive(f"{str(maal)!r} er ikke et gyldig filnavn.") from None
    except OSError as feil:
        raise KanIkkeSkrive(
            f"{synlig(str(maal))}: filen kan ikke skrives ({hvorfor(feil)}). Er den åpen i et annet program, eller mappen skrivebeskyttet? "
            "Velg et annet sted med -o."
        ) from None


def _proev(maal: Path, hindring: Hindring, overskriv: bool, lest: Iterable[Path] = ()) -> None:
    if maal.is_dir():
        raise KanIkkeSkrive(
            f"{synlig(str(maal))} er en mappe, ventet et filnavn. Skriv for eksempel -o {synlig(str(maal / 'effektmodell.xlsx'))}"
        )
    if not maal.exists():
        return
    if not maal.is_file():
        raise KanIkkeSkrive(f"{synlig(str(maal))} er ingen vanlig fil, ventet et filnavn.")
    # A file the user has protected stays as it is; moving a new one over it would get past the protection.
    if not os.access(maal, os.W_OK):
        raise PermissionError(errno.EACCES, "not writable")
    er_lest = any(fil.exists() and fil.samefile(maal) for fil in lest)
    if (er_lest or not overskriv) and (grunn := _grunn(maal, hindring)):
        if er_lest:
            raise KanIkkeSkrive(
                f"{synlig(str(maal))} er filen det leses fra, og den {grunn}. Den er ikke rørt, heller ikke med --force. "
                "Velg et annet navn med -o."
            )
        raise KanIkkeSkrive(
            f"{synlig(str(maal))} finnes og {grunn}. Den er ikke rørt. Velg et annet navn med -o, eller skriv over den med --force."
        )


def _grunn(maal: Path, hindring: Hindring) -> str | None:
    """Why an existing file must not be replaced; one too large to be ours is not read to its end."""
    if maal.stat().st_size > MAKS_LEST:
        return "er ikke laget av dette programmet"
    return hindring(maal.read_bytes())


@contextlib.contextmanager
def _mappe(mappe: Path) -> Iterator[None]:
    """Make the folder, and take it away again when nothing came into it."""
    nye = [m for m in (mappe, *mappe.parents) if not m.exists()]
    try:
        mappe.mkdir(parents=True, exist_ok=True)
        yield
    except BaseException:
        for ny in nye:
            with contextlib.suppress(OSError):
                ny.rmdir()
        raise


@dataclass
class _Klar:
    """A file on the disk, not yet in its place. hvilken: device and inode. fantes: whether it replaces a file, which then
    has the name gammel too."""

    sti: str
    maal: Path
    hvilken: tuple[int, int]
    fantes: bool = False

    @property
    def gammel(self) -> str:
        return self.sti.removesuffix(_ENDELSE) + ".gammel" + _ENDELSE

    def er_flyttet(self) -> bool:
        try:
            her = self.maal.stat()
        except OSError:
            return False
        return (her.st_dev, her.st_ino) == self.hvilken


def _skriv(stroem: BinaryIO, sti: str, maal: Path, innhold: bytes) -> _Klar:
    stroem.write(innhold)
    stroem.flush()
    os.fsync(stroem.fileno())
    os.chmod(sti, _rettigheter(maal))
    laget = os.fstat(stroem.fileno())
    return _Klar(sti, maal, (laget.st_dev, laget.st_ino))


def _ta_vare_paa(klar: _Klar) -> bool:
    """Give what is to be replaced a second name, so that it can be moved back. False when there is no such file."""
    if not klar.maal.exists():
        return False
    try:
        os.link(klar.maal, klar.gammel)
    except OSError:  # a disk without such names
        shutil.copy2(klar.maal, klar.gammel)
    return True


@contextlib.contextmanager
def _flytt_tilbake_ved_feil(klare: Sequence[_Klar], skrevet: list[Path]) -> Iterator[None]:
    """Leave every target as it was unless all were moved. skrevet: is given those that could not be moved back."""
    try:
        yield
    except BaseException:
        for klar in klare:
            if klar.er_flyttet():
                try:
                    if klar.fantes:
                        os.replace(klar.gammel, klar.maal)
                    else:
                        klar.maal.unlink()
                except OSError:
                    skrevet.append(klar.maal)
        raise


@contextlib.contextmanager
def _hva_som_er_skrevet(flere: bool) -> Iterator[list[Path]]:
    """Let the message of a set that failed end with what was written of it."""
    skrevet: list[Path] = []
    try:
        yield skrevet
    except (KanIkkeSkrive, KeyboardInterrupt) as feil:
        if skrevet:
            hva = str(feil) or "Avbrutt."
            alle = ", ".join(synlig(str(sti)) for sti in skrevet)
            raise KanIkkeSkrive(
                f"{hva}\nDisse er skrevet og lot seg ikke sette tilbake: {alle}. Ingen andre er."
            ) from None
        if flere and isinstance(feil, KanIkkeSkrive):
            raise KanIkkeSkrive(f"{feil}\n{_INGENTING}") from None
        raise


def _fjern(sti: str) -> None:
    with contextlib.suppress(OSError):
        os.unlink(sti)


def _rettigheter(maal: Path) -> int:
    """Those of the file that is replaced, so that a private one stays private; of a new file, those any new file gets."""
    with contextlib.suppress(FileNotFoundError):
        return stat.S_IMODE(maal.stat().st_mode) & 0o777
    maske = os.umask(0)
    os.umask(maske)
    return 0o666 & ~maske


@contextlib.contextmanager
def _midlertidig(maal: Path) -> Iterator[tuple[BinaryIO, str]]:
    """An open temporary file beside the target, locked so that no other run clears it; removed if it is still there."""
    while True:
        fil, sti = tempfile.mkstemp(prefix=_begynnelse(maal), suffix=_ENDELSE, dir=maal.parent)
        if _laas(fil) and os.path.exists(sti):
            break
        os.close(fil)  # another run was quicker and cleared it
    stroem = os.fdopen(fil, "wb")
    try:
        yield stroem, sti
    finally:
        with contextlib.suppress(OSError):
            stroem.close()
        _fjern(sti)


def _rydd(maal: Path) -> None:
    """Remove what an interrupted run left behind for this target."""
    for post in os.scandir(maal.parent):
        if post.name.startswith(_begynnelse(maal)) and post.name.endswith(_ENDELSE):
            with contextlib.suppress(OSError):
                fil = os.open(post.path, os.O_RDWR)
                try:
                    if _laas(fil):
                        if fcntl is None:
                            os.close(fil)
                        os.unlink(post.path)
                finally:
                    with contextlib.suppress(OSError):
                        os.close(fil)


def _begynnelse(maal: Path) -> str:
    return f".{maal.name[:80]}."


def _laas(fil: int) -> bool:
    """Whether nobody else holds the file; the lock goes with the process, however it ends."""
    if fcntl is None:
        return True
    try:
        fcntl.flock(fil, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def bare_lik(innhold: bytes) -> Hindring:
    """The rule for a file that carries no stamp: only the very same bytes may be replaced."""
    return lambda gammelt: None if gammelt == innhold else "er endret, eller er ikke laget av dette programmet"
