"""What a file is, of every kind the program writes: by its mark, or a price list in CSV by its headings."""

from __future__ import annotations

from pathlib import Path

from velferdslab_model.errors import KanIkkeLese
from velferdslab_model.prisliste.reading import er_prisliste_csv
from velferdslab_model.workbook.kind import EFFEKTMODELL, PRISLISTE, Bokslag, slag_i

#: Endings of files that are never scenarios and that the program writes.
ANDRE_ENDELSER = (".csv", ".html", ".htm")


def hva_er(fil: Path) -> Bokslag | None:
    """What kind of file this is; None for anything the program has not written, or that cannot be read."""
    if fil.suffix.lower() == ".csv":
        return PRISLISTE if er_prisliste_csv(fil) else None
    return slag_i(fil)


def krev_scenario(fil: Path) -> None:
    """Raise KanIkkeLese, with what the file is and what reads it, when it is of a kind that is no scenario."""
    slag = hva_er(fil)
    if slag not in (None, EFFEKTMODELL):
        raise KanIkkeLese(f"{fil} er {slag.kalles}, ikke et scenario. {slag.bruk}")
    if fil.suffix.lower() == ".csv" and fil.is_file():
        raise KanIkkeLese(
            f"{fil} er en .csv-fil, ventet ett scenario (.toml eller .xlsx). En liste over scenarier brukes med "
            "«velferdslab generate» og «velferdslab compare», en prisliste med --prices."
        )
