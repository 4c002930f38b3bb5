"""Read a file that a user has named: whole, ordinary and not too large, or one sentence that says what is wrong with it."""

from __future__ import annotations

from pathlib import Path

from velferdslab_model.base.csv_reading import IkkeTekst, Rader, alle_delt, dekodet
from velferdslab_model.base.files import hvorfor, til_lesing
from velferdslab_model.base.tekst import mente_du
from velferdslab_model.errors import KanIkkeLese

#: What is read of a CSV file to see what it is; its headings stand among the first rows.
_MAKS_BEGYNNELSE, _MAKS_RADER, _MAKS_KOLONNER = 20_000, 5_000, 256


def les_inndatafil(fil: Path, hva: str, endelse: str, maks: int) -> bytes:
    """The bytes of a file of at most maks bytes. Raises KanIkkeLese.

    hva: what it should be, with its article. endelse: how the name of such a file ends.
    """
    try:
        with til_lesing(fil) as stroem:
            innhold = stroem.read(maks + 1)
    except FileNotFoundError:
        naboer = [p.name for p in fil.parent.glob(f"*{endelse}")] if fil.parent.is_dir() else []
        raise KanIkkeLese(f"{fil}: filen finnes ikke.{mente_du(fil.name, naboer)}") from None
    except IsADirectoryError:
        raise KanIkkeLese(f"{fil} er en mappe, ventet {hva} ({endelse}).") from None
    except OSError as feil:
        raise KanIkkeLese(f"{fil}: filen kan ikke leses ({hvorfor(feil)}).") from None
    except ValueError:  # a NUL in the path
        raise KanIkkeLese(f"{str(fil)!r} er ikke et gyldig filnavn.") from None
    if len(innhold) > maks:
        stoerrelse = f"{maks // 1_000_000} MB" if maks >= 1_000_000 else f"{maks // 1000} kB"
        raise KanIkkeLese(f"{fil} er større enn {stoerrelse}, ventet {hva}.")
    return innhold


def les_csv_fil(fil: Path, hva: str, maks: int) -> str:
    """The text of a CSV file, whatever of the usual encodings it was saved in. As les_inndatafil."""
    try:
        return dekodet(les_inndatafil(fil, hva, ".csv", maks))
    except IkkeTekst as feil:
        raise KanIkkeLese(f"{fil} {feil}") from None


def begynnelse_av_csv(fil: Path) -> list[Rader]:
    """The first rows of a CSV file, once for each separator; none of one that cannot be read as a text."""
    try:
        with til_lesing(fil) as stroem:
            innhold = stroem.read(_MAKS_BEGYNNELSE)
        tekst = dekodet(innhold[: len(innhold) // 2 * 2])
    except (OSError, ValueError):
        return []
    return [skilt.rader for skilt in alle_delt(tekst, _MAKS_RADER, _MAKS_KOLONNER).values()]
