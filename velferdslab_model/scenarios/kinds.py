"""What a file is, of every kind the program knows: by its mark, a price list in CSV by its headings, TOML by its keys."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from velferdslab_model.base.file_reading import les_inndatafil
from velferdslab_model.base.ord import BRUKERGRUPPER
from velferdslab_model.base.tekst import mente_du
from velferdslab_model.errors import KanIkkeLese
from velferdslab_model.parameters.filslag import SCENARIOFIL, Filslag, kjent_csvslag, kjent_tomlslag
from velferdslab_model.parameters.loading import GRUPPENOEKLER, MAKS_FILSTOERRELSE, SCENARIONOEKLER, toml_i
from velferdslab_model.prisliste.reading import er_prisliste_csv, prisliste_i
from velferdslab_model.workbook.book import Raabok
from velferdslab_model.workbook.kind import EFFEKTMODELL, PRISLISTE, SLAG, Bokslag, slag_i, slag_med
from velferdslab_model.workbook.opening import UTEN_EGENSKAPER, er_arbeidsbok, har_merke, les_raabok

#: Endings of files that are never scenarios and that the program writes.
ANDRE_ENDELSER = (".csv", ".html", ".htm")


ANNEN_TOML = Filslag(
    "en .toml-fil av et annet slag",
    "Et scenario har nøkler som navn, prisaar, [unge_voksne] og [familier].",
)
#: A file with a group's table is a scenario, whatever else it holds.
_GRUPPE = re.compile(rf"^[ \t]*\[{{0,2}}[ \t]*\"?(?:{'|'.join(BRUKERGRUPPER)})\b".encode(), re.MULTILINE)


def hva_er(fil: Path) -> Bokslag | None:
    """What kind of file this is; None for anything the program has not written, or that cannot be read."""
    if fil.suffix.lower() == ".csv":
        return PRISLISTE if er_prisliste_csv(fil) else None
    return slag_i(fil) or uten_merke(fil)[0]


def uten_merke(fil: Path) -> tuple[Bokslag | None, int | None]:
    """Kind and format of a workbook without the usual mark: by its names and headings, or by properties that stand elsewhere.

    None for a kind that is not ours, and for the format of one whose properties tell it.
    """
    if not er_arbeidsbok(fil):
        return None, None
    try:
        bok = les_raabok(fil)
    except KanIkkeLese:
        return None, None
    return uten_merke_i(bok)


def uten_merke_i(bok: Raabok) -> tuple[Bokslag | None, int | None]:
    """The same of a workbook that has been read."""
    if har_merke(bok):
        return slag_med(bok.egenskaper, bok.tittel), None
    for slag in SLAG.values():
        if nummer := slag.format_etter_navn(bok.navn):
            return slag, nummer
    nummer = prisliste_i(bok)
    return (PRISLISTE, nummer) if nummer else (None, None)


def egenskapsvarsel(filer: Iterable[Path | None]) -> Iterator[str]:
    """What is told of each workbook that was read without its document properties; only check tells more."""
    for fil in filer:
        if fil is not None and er_arbeidsbok(fil) and slag_i(fil) is None and uten_merke(fil)[1] is not None:
            yield f"{fil.name}: {UTEN_EGENSKAPER}"


def tomlslag(fil: Path) -> Filslag | None:
    """What a TOML file is when it is no scenario; None for one that is or may be meant as one, or cannot be read."""
    if fil.suffix.lower() != ".toml":
        return None
    try:
        innhold = les_inndatafil(fil, "en scenariofil", ".toml", MAKS_FILSTOERRELSE)
        return None if _GRUPPE.search(innhold) else tomlslag_av(toml_i(fil, innhold))
    except KanIkkeLese:
        return None


def tomlslag_av(noekler: Collection[str]) -> Filslag | None:
    """As tomlslag, by the keys of a file."""
    kjente, fremmede = set(noekler) & set(SCENARIONOEKLER), set(noekler) - set(SCENARIONOEKLER)
    # A group's name that is misspelt, or its keys without their table, are a scenario's faults and told as such.
    if kjente & set(BRUKERGRUPPER) or any(mente_du(noekkel, BRUKERGRUPPER) for noekkel in fremmede):
        return None
    if slag := kjent_tomlslag(noekler):
        return slag
    if fremmede & set(GRUPPENOEKLER) or (kjente and len(fremmede) < 2):
        return None
    return ANNEN_TOML if fremmede else None


def slaget(fil: Path) -> Bokslag | Filslag | None:
    """What a file is, of every kind there is, a scenario too; None for one of no known kind, or that cannot be read."""
    if fil.suffix.lower() == ".toml":
        try:
            innhold = les_inndatafil(fil, "en scenariofil", ".toml", MAKS_FILSTOERRELSE)
            return kjent_tomlslag(toml_i(fil, innhold))
        except KanIkkeLese:
            return None
    return kjent_csvslag(fil) if fil.suffix.lower() == ".csv" else hva_er(fil)


def krev_slag(fil: Path, ventet: Bokslag | Filslag, *ogsaa: Bokslag | Filslag) -> None:
    """Raise KanIkkeLese, with what the file is and what reads it, when it is of another kind. ogsaa: others that will do."""
    slag = slaget(fil)
    if slag is not None and slag not in (ventet, *ogsaa):
        raise KanIkkeLese(f"{fil} er {slag.kalles}, ikke {ventet.kalles}. {slag.bruk}")


def krev_scenario(fil: Path) -> None:
    """Raise KanIkkeLese, with what the file is and what reads it, when it is of a kind that is no scenario."""
    slag = hva_er(fil)
    if slag not in (None, EFFEKTMODELL):
        raise KanIkkeLese(f"{fil} er {slag.kalles}, ikke et scenario. {slag.bruk}")
    # The faults of a file of no known kind tell its owner more than that.
    if (toml := tomlslag(fil)) not in (None, ANNEN_TOML):
        raise KanIkkeLese(f"{fil} er {toml.kalles}, ikke et scenario. {toml.bruk}")
    if fil.suffix.lower() == ".csv" and fil.is_file():
        krev_slag(fil, SCENARIOFIL)
        raise KanIkkeLese(
            f"{fil} er en .csv-fil, ventet ett scenario (.toml eller .xlsx). En liste over scenarier brukes med "
            "«velferdslab generate» og «velferdslab compare», en prisliste med --prices."
        )
