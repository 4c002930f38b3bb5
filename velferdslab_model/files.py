"""Write a file so that nothing is lost: whole or not at all, and never over somebody's work."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from velferdslab_model.errors import KanIkkeSkrive


def skriv_fil(sti: str | os.PathLike[str], innhold: bytes, er_uroert: Callable[[bytes], bool], overskriv: bool) -> None:
    """Write through a temporary file in the same folder, which is then moved into place.

    er_uroert: whether the bytes of an existing file are the program's own and may be replaced. overskriv: replace
    whatever stands there. Raises KanIkkeSkrive, and leaves what existed, when it cannot be done.
    """
    maal = Path(sti)
    try:
        _proev_maal(maal, er_uroert, overskriv)
        maal.parent.mkdir(parents=True, exist_ok=True)
        _flytt_inn(maal, innhold)
    except (NotADirectoryError, FileExistsError):
        raise KanIkkeSkrive(f"{maal}: mappen kan ikke lages, for en del av stien er en fil.") from None
    except ValueError:  # a NUL in the path
        raise KanIkkeSkrive(f"{str(maal)!r} er ikke et gyldig filnavn.") from None
    except OSError as feil:
        grunn = "ikke tilgang" if isinstance(feil, PermissionError) else feil.strerror or type(feil).__name__
        raise KanIkkeSkrive(
            f"{maal}: filen kan ikke skrives ({grunn}). Er den åpen i et annet program, eller mappen skrivebeskyttet? "
            "Velg et annet sted med -o."
        ) from None


def _proev_maal(maal: Path, er_uroert: Callable[[bytes], bool], overskriv: bool) -> None:
    if maal.is_dir():
        raise KanIkkeSkrive(
            f"{maal} er en mappe, ventet et filnavn. Skriv for eksempel -o {maal / 'effektmodell.xlsx'}"
        )
    if not maal.exists():
        return
    # A file the user has protected stays as it is; moving a new one over it would get past the protection.
    if not os.access(maal, os.W_OK):
        raise PermissionError
    if not overskriv and not er_uroert(maal.read_bytes()):
        raise KanIkkeSkrive(
            f"{maal} finnes og er endret, eller er ikke laget av dette programmet. Den er ikke rørt. "
            "Velg et annet navn med -o, eller skriv over den med --force."
        )


def _flytt_inn(maal: Path, innhold: bytes) -> None:
    nummer, midlertidig = tempfile.mkstemp(prefix=f".{maal.name[:80]}.", suffix=".tmp", dir=maal.parent)
    try:
        with os.fdopen(nummer, "wb") as fil:
            fil.write(innhold)
            fil.flush()
            os.fsync(fil.fileno())
        # mkstemp makes the file private; the result should have the rights any new file gets.
        maske = os.umask(0)
        os.umask(maske)
        os.chmod(midlertidig, 0o666 & ~maske)
        os.replace(midlertidig, maal)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(midlertidig)
        raise
