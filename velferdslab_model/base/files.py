"""Read a file once and whole; write one so that nothing is lost: all or nothing, and never over somebody's work."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from velferdslab_model.base.signals import stopp_hvis_avbrutt
from velferdslab_model.errors import KanIkkeSkrive

try:
    import fcntl
except ImportError:  # Windows: there an open file cannot be removed, so no lock is needed
    fcntl = None  # type: ignore[assignment]  # a module on one system, nothing on the other

_ENDELSE = ".velferdslab.tmp"
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


def skriv_fil(sti: str | os.PathLike[str], innhold: bytes, hindring: Hindring, overskriv: bool) -> None:
    """Write through a temporary file in the same folder, which is then moved into place.

    overskriv: replace whatever stands there. Raises KanIkkeSkrive, and leaves what existed, when it cannot be done.
    """
    stopp_hvis_avbrutt()
    with _med_melding(sti) as maal:
        _proev(maal, hindring, overskriv)
        with _mappe(maal.parent):
            _rydd(maal)
            _flytt_inn(maal, innhold)


def proev_maal(
    sti: str | os.PathLike[str], hindring: Hindring, overskriv: bool, lest: Iterable[str | os.PathLike[str] | None] = ()
) -> None:
    """Raise KanIkkeSkrive for what skriv_fil would refuse; writes nothing, so that several targets can be tried first.

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
        raise KanIkkeSkrive(f"{maal}: mappen kan ikke lages, for en del av stien er en fil.") from None
    except ValueError:  # a NUL in the path
        raise KanIkkeSkrive(f"{str(maal)!r} er ikke et gyldig filnavn.") from None
    except OSError as feil:
        raise KanIkkeSkrive(
            f"{maal}: filen kan ikke skrives ({hvorfor(feil)}). Er den åpen i et annet program, eller mappen skrivebeskyttet? "
            "Velg et annet sted med -o."
        ) from None


def _proev(maal: Path, hindring: Hindring, overskriv: bool, lest: Iterable[Path] = ()) -> None:
    if maal.is_dir():
        raise KanIkkeSkrive(
            f"{maal} er en mappe, ventet et filnavn. Skriv for eksempel -o {maal / 'effektmodell.xlsx'}"
        )
    if not maal.exists():
        return
    if not maal.is_file():
        raise KanIkkeSkrive(f"{maal} er ingen vanlig fil, ventet et filnavn.")
    # A file the user has protected stays as it is; moving a new one over it would get past the protection.
    if not os.access(maal, os.W_OK):
        raise PermissionError(errno.EACCES, "not writable")
    er_lest = any(fil.exists() and fil.samefile(maal) for fil in lest)
    if (er_lest or not overskriv) and (grunn := _grunn(maal, hindring)):
        if er_lest:
            raise KanIkkeSkrive(
                f"{maal} er filen det leses fra, og den {grunn}. Den er ikke rørt, heller ikke med --force. "
                "Velg et annet navn med -o."
            )
        raise KanIkkeSkrive(
            f"{maal} finnes og {grunn}. Den er ikke rørt. Velg et annet navn med -o, eller skriv over den med --force."
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
    mappe.mkdir(parents=True, exist_ok=True)
    try:
        yield
    except BaseException:
        for ny in nye:
            with contextlib.suppress(OSError):
                ny.rmdir()
        raise


def _flytt_inn(maal: Path, innhold: bytes) -> None:
    with _midlertidig(maal) as (fil, sti):
        with open(fil, "wb", closefd=False) as stroem:
            stroem.write(innhold)
            stroem.flush()
            os.fsync(fil)
        os.chmod(sti, _rettigheter(maal))
        if fcntl is None:
            os.close(fil)  # an open file cannot be moved on Windows
        os.replace(sti, maal)


def _rettigheter(maal: Path) -> int:
    """Those of the file that is replaced, so that a private one stays private; of a new file, those any new file gets."""
    with contextlib.suppress(FileNotFoundError):
        return stat.S_IMODE(maal.stat().st_mode) & 0o777
    maske = os.umask(0)
    os.umask(maske)
    return 0o666 & ~maske


@contextlib.contextmanager
def _midlertidig(maal: Path) -> Iterator[tuple[int, str]]:
    """An open temporary file beside the target, locked so that no other run clears it; removed if it is still there."""
    while True:
        fil, sti = tempfile.mkstemp(prefix=_begynnelse(maal), suffix=_ENDELSE, dir=maal.parent)
        if _laas(fil) and os.path.exists(sti):
            break
        os.close(fil)  # another run was quicker and cleared it
    try:
        yield fil, sti
    finally:
        with contextlib.suppress(OSError):
            os.close(fil)
        with contextlib.suppress(OSError):
            os.unlink(sti)


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
