"""The kinds of text file that a user has, TOML known by its keys and CSV by its headings, and what reads each."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from velferdslab_model.base.file_reading import begynnelse_av_csv
from velferdslab_model.base.ord import BRUKERGRUPPER
from velferdslab_model.base.tekst import sammenligningsnavn
from velferdslab_model.errors import KanIkkeLese


@dataclass(frozen=True)
class Filslag:
    """A kind of text file: what users call it, with its article, and which command reads it. noekler: of TOML, keys at its top
    that tell it from the others; two of them are enough, and some stand in two kinds. hode: of CSV, headings that stand in
    one of its first rows."""

    kalles: str
    bruk: str
    noekler: frozenset[str] = frozenset()
    hode: frozenset[str] = frozenset()


SCENARIOFIL = Filslag("et scenario", "Oppgi det til «velferdslab run FIL» eller «velferdslab generate FIL».")
KONTRAKTFIL = Filslag(
    "en kontraktfil",
    "Oppgi den til «velferdslab contract FIL».",
    frozenset({"valuta", "startaar", "kontraktaar", "priskort", "maalgruppe", "maal"}),
)
PERSONAFIL = Filslag(
    "en fil med en persona",
    "Oppgi den til «velferdslab personas FIL».",
    frozenset({"historier", "brukergruppe", "notatet", "beskrivelse"}),
)
REGNSKAPSFIL = Filslag(
    "en fil til utenforregnskapet",
    "Oppgi den til «velferdslab utenfor FIL».",
    frozenset({"maalgruppe", "sammenligning", "alder_ved_tiltak", "aar_til_effekt", "fra_alder", "til_alder", "horisont", "avgang", "suksessfaktor", "poster", "profil"}),
)  # fmt: skip
REGELFIL = Filslag(
    "en plasseringsregel",
    "Oppgi den med «velferdslab assess FIL --regel».",
    frozenset({"versjon", "sentral_stemmer", "sammenfall", "gjelder_ikke", "maalgruppe", "maal"}),
)
INDEKSFIL = Filslag("en fil med bare prisindekser", "Oppgi den med --indekser.")
PRISLISTEFIL = Filslag("en prisliste", "Oppgi den med --prices.", hode=frozenset({"gruppe", "tiltak", "enhetskostnad"}))
REGISTRERINGSFIL = Filslag(
    "en fil med registreringer",
    "Oppgi den til «velferdslab assess FIL».",
    hode=frozenset({"id", "dato", "tidspunkt"}),
)
KATALOGFIL = Filslag(
    "en katalogfil",
    "Oppgi den med «velferdslab katalog --katalog».",
    hode=frozenset({"id", "navn", "beloep", "grad", "forbehold"}),
)
INDEKSLISTE = Filslag("en indeksfil", "Oppgi den med --indekser.", hode=frozenset({"aar", "serie", "verdi"}))
LISTEFIL = Filslag(
    "en liste over scenarier",
    "Oppgi den til «velferdslab generate» eller «velferdslab compare».",
    hode=frozenset({"fil"}),
)
CSVSLAG = (PRISLISTEFIL, REGISTRERINGSFIL, KATALOGFIL, INDEKSLISTE, LISTEFIL)
TOMLSLAG = (SCENARIOFIL, KONTRAKTFIL, PERSONAFIL, REGNSKAPSFIL, REGELFIL, INDEKSFIL)


def kjent_tomlslag(noekler: Collection[str]) -> Filslag | None:
    """The kind of a file by its keys; None where they are of none, or of two kinds alike."""
    if set(noekler) & set(BRUKERGRUPPER):
        return SCENARIOFIL  # whatever else it holds
    if set(noekler) == {"indekser"}:
        return INDEKSFIL
    treff = {slag: len(slag.noekler & set(noekler)) for slag in TOMLSLAG}
    mest = max(treff.values())
    flest = [slag for slag, n in treff.items() if n == mest]
    return flest[0] if mest > 1 and len(flest) == 1 else None


def kjent_csvslag(fil: Path) -> Filslag | None:
    """The kind of a CSV file by the headings among its first rows; None where they are of none, or it cannot be read."""
    for rader in begynnelse_av_csv(fil):
        for rad in rader:
            hode = {sammenligningsnavn(celle).replace("å", "aa").replace("ø", "oe") for celle in rad}
            if slag := next((slag for slag in CSVSLAG if slag.hode <= hode), None):
                return slag
    return None


def krev_tomlslag(fil: Path, noekler: Collection[str], ventet: Filslag, *ogsaa: Filslag) -> None:
    """Raise KanIkkeLese, with what the file is and what reads it, when its keys are of another kind. ogsaa: others that will do."""
    slag = kjent_tomlslag(noekler)
    if slag is None or slag in (ventet, *ogsaa):
        return
    deres, andres = (len(en.noekler & set(noekler)) for en in (ventet, slag))
    if deres < 2 or deres < andres:  # else a stray table is a fault of the file
        raise KanIkkeLese(f"{fil} er {slag.kalles}, ikke {ventet.kalles}. {slag.bruk}")
