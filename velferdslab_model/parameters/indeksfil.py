"""Read a file of price indices, shared by all who give it to --indekser: TOML, or CSV with aar, serie, verdi and perhaps kilde."""

from __future__ import annotations

import csv
import os
from io import StringIO
from pathlib import Path
from typing import Any

from velferdslab_model.base.file_reading import les_csv_fil
from velferdslab_model.base.tall import fra_skrevet
from velferdslab_model.base.tekst import mente_du, sammenligningsnavn
from velferdslab_model.errors import KanIkkeLese, UgyldigInndata
from velferdslab_model.parameters.egne_indekser import KILDER, les_indekser, les_indekskilder
from velferdslab_model.parameters.filslag import INDEKSFIL, SCENARIOFIL
from velferdslab_model.parameters.indekser import INDEKSER, INDEKSNAVN, Indeksfil
from velferdslab_model.parameters.loading import les_toml_fil
from velferdslab_model.parameters.validation import Feilliste, vis

MAKS_INDEKSFIL = 100_000
_KOLONNER = ("aar", "serie", "verdi")
_OGSAA = {"år": "aar", "årstall": "aar"}
#: What a series may be called in the file: its key, or its name to a reader.
_SERIER = {sammenligningsnavn(navn): indeks for indeks in INDEKSER for navn in (indeks, INDEKSNAVN[indeks])} | {
    "lønnsvekst": "loennsvekst",
    "lønn": "loennsvekst",
    "deflator": "kommunal_deflator",
}


def les_indeksfil(sti: str | os.PathLike[str]) -> Indeksfil:
    """Read the indices of a file. Raises KanIkkeLese, or UgyldigInndata with every fault of it."""
    fil = Path(sti)
    if fil.suffix.lower() not in (".toml", ".csv"):
        raise KanIkkeLese(
            f"{fil} er ikke en indeksfil: ventet .toml med [indekser.kommunal_deflator], eller .csv med kolonnene aar, serie og verdi."
        )
    feil = Feilliste()
    if fil.suffix.lower() == ".toml":
        data = les_toml_fil(fil, INDEKSFIL, SCENARIOFIL)
        # The tables of a whole scenario may stand in the file; only the indices are taken from it.
        tabell: Any = data.get("indekser", {})
    else:
        tabell = _fra_csv(fil, feil)
    serier, kilder = les_indekser(feil, tabell), les_indekskilder(feil, tabell)
    if feil.feil:
        raise UgyldigInndata(fil.name, feil.feil)
    if not any(serier.values()):
        raise UgyldigInndata(fil.name, ["filen har ingen indekser, ventet for eksempel [indekser.kommunal_deflator] med 2026 = \"3,5 %\"."])  # fmt: skip
    return Indeksfil(fil.name, serier, kilder)


def _fra_csv(fil: Path, feil: Feilliste) -> dict[str, dict[str, Any]]:
    rader = list(csv.reader(StringIO(les_csv_fil(fil, "en indeksfil", MAKS_INDEKSFIL), newline=""), delimiter=";"))
    rader = [[felt.strip() for felt in rad] for rad in rader if any(felt.strip() for felt in rad)]
    hode = [_OGSAA.get(navn, navn) for navn in map(sammenligningsnavn, rader[0])] if rader else []
    mangler = [kolonne for kolonne in _KOLONNER if kolonne not in hode]
    if mangler:
        feil.meld("linje 1", f"mangler kolonnen {', '.join(mangler)}, ventet aar;serie;verdi.")
        return {}
    ut: dict[str, dict[str, Any]] = {}
    kilder: dict[str, list[str]] = {}
    for nummer, rad in enumerate(rader[1:], start=2):
        celler = dict(zip(hode, rad, strict=False))
        navn, aar, raa = (celler.get(kolonne, "") for kolonne in ("serie", "aar", "verdi"))
        indeks = _SERIER.get(sammenligningsnavn(navn))
        if indeks is None:
            feil.meld(f"linje {nummer}", f"har serien {vis(navn).removeprefix('teksten ')}, ventet en av {', '.join(INDEKSER)}.{mente_du(navn, INDEKSER)}")  # fmt: skip
        elif aar in ut.get(indeks, {}):
            feil.meld(f"linje {nummer}", f"gir {indeks} for {aar} én gang til. Behold én av linjene.")
        else:
            ut.setdefault(indeks, {})[aar] = _tall(raa)
            kilder.setdefault(indeks, []).append(celler.get("kilde", ""))
    # The column «kilde» may be left out.
    return ut | {KILDER: {indeks: "; ".join(dict.fromkeys(filter(None, alle))) for indeks, alle in kilder.items()}}


def _tall(raa: str) -> float | str:
    """A level; what is no number is left as it is, for the reader of the series to take or refuse."""
    try:
        return fra_skrevet(raa)
    except ValueError:
        return raa
