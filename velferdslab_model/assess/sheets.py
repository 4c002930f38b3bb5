"""A file of registrations as rows of cells, whoever made it: every sheet of a workbook, or a CSV file.

Personal information is refused here, before any of it is looked at.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from velferdslab_model.assess.places import Radfeil, samle_feil
from velferdslab_model.assess.privacy import IDENTITETSNUMMER, personopplysning
from velferdslab_model.base.csv_reading import Rader, alle_delt, velg_skilletegn
from velferdslab_model.base.file_reading import les_csv_fil
from velferdslab_model.errors import KanIkkeLese, UgyldigInndata
from velferdslab_model.parameters.filslag import REGISTRERINGSFIL
from velferdslab_model.scenarios.kinds import krev_slag
from velferdslab_model.workbook.adresse import kolonnenavn
from velferdslab_model.workbook.cells import kolonnenummer
from velferdslab_model.workbook.guard import MAKS_KOLONNE
from velferdslab_model.workbook.kind import REGISTRERINGER, SLAG
from velferdslab_model.workbook.opening import er_arbeidsbok, les_raabok
from velferdslab_model.workbook.parts import les_xml

MAKS_CSV, MAKS_CSV_RADER = 20_000_000, 200_000
#: A workbook that is refused may be a large register; a CSV file has room for it. In bytes.
_STOR_FIL = 200_000
_FOR_STOR = " Er det et register på flere tusen rader, lagre det som «CSV UTF-8», og bruk den filen."
#: The heading stands among the first rows.
MAKS_HODERAD = 40

Innholdet = float | int | str | bool | None


@dataclass(frozen=True)
class Registerark:
    """One sheet, or a whole CSV file. rader: number of row -> number of column from 0 -> what the cell holds. datoer:
    those a cell shows. sammenslaatt: rows touched by merged cells, and the cells. kalender_1904: how days are counted."""

    navn: str
    rader: Mapping[int, Mapping[int, Innholdet]]
    datoer: Mapping[tuple[int, int], date]
    sammenslaatt: Mapping[int, str]
    kalender_1904: bool = False

    def sted(self, rad: int, kol: int | None = None) -> str:
        """«Registreringer, rad 7, kolonne C»."""
        hvor = f"{self.navn}, rad {rad}" if self.navn else f"rad {rad}"
        return hvor if kol is None else f"{hvor}, kolonne {kolonnenavn(kol)}"


def les_ark(fil: Path) -> tuple[Registerark, ...]:
    """Every sheet of a file. Raises KanIkkeLese, and UgyldigInndata for personal information: where it stands, not what it says."""
    if hva := personopplysning(fil.stem):
        # The name stands in every report and scenario made of the file; no message that would say it is given.
        raise KanIkkeLese(
            f"Filnavnet ser ut som {hva}, og ville stått i rapporten og scenariet. Gi filen et annet navn; det gjengis ikke, og "
            "ingenting er lest."
        )
    krev_slag(fil, REGISTRERINGER, REGISTRERINGSFIL)
    if fil.suffix.lower() == ".csv":
        arkene: tuple[Registerark, ...] = (_les_csv(fil),)
    elif er_arbeidsbok(fil) or not fil.is_file():  # the guard tells what is wrong with the latter
        arkene = _les_xlsx(fil)
    else:
        raise KanIkkeLese(
            f"{fil} er ikke en fil med registreringer: ventet .xlsx eller .csv. Lag en med «{REGISTRERINGER.lag}»."
        )
    merknader = () if fil.suffix.lower() == ".csv" else _merknader(fil)
    if feil := samle_feil([*_personopplysninger(arkene), *_i_merknader(merknader)]):
        raise UgyldigInndata(fil.name, feil)
    return arkene


def _personopplysninger(arkene: tuple[Registerark, ...]) -> Iterator[str | Radfeil]:
    kjent: dict[Innholdet, str | None] = {}
    for ark in arkene:
        if hva := personopplysning(ark.navn):
            yield f"navnet på et ark ser ut som {hva}. Gi arket et annet navn; ingenting er lest."
        for nummer, rad in ark.rader.items():
            for kol, verdi in rad.items():
                if verdi not in kjent:
                    kjent[verdi] = personopplysning(verdi)
                if hva := kjent[verdi]:
                    yield Radfeil(ark.navn, nummer, kol, f" ser ut som {hva}. {_raad(hva)}")


def _raad(hva: str) -> str:
    konto = " Er det et kontonummer, skriv det med punktum: 1234.56.78903." if hva == IDENTITETSNUMMER else ""
    return f"Slett det og bruk en kode.{konto} Verdien gjengis ikke, og ingenting er lest."


def _merknader(fil: Path) -> list[str]:
    """The notes and comments that hang on cells, which no cell holds. The file has passed the guard."""
    ut: list[str] = []
    with zipfile.ZipFile(fil) as arkiv:
        for del_ in arkiv.namelist():
            if "comment" not in del_.lower() or not del_.lower().endswith(".xml"):
                continue
            biter: list[str] = []

            def slutt(_: str, navn: str, biter: list[str] = biter) -> None:
                if navn in ("comment", "threadedComment"):
                    ut.append("".join(biter))
                    biter.clear()

            les_xml(arkiv.read(del_), lambda *_: None, slutt, biter.append)
    return ut


def _i_merknader(merknader: Iterable[str]) -> Iterator[str]:
    for hva in dict.fromkeys(filter(None, map(personopplysning, merknader))):
        yield f"en merknad på en celle ser ut som {hva}. Slett merknaden; verdien gjengis ikke, og ingenting er lest."


def _les_csv(fil: Path) -> Registerark:
    tekst = les_csv_fil(fil, "registreringer", MAKS_CSV)
    if not tekst.strip():
        raise KanIkkeLese(f"{fil} er tom, ventet registreringer.")
    alle = alle_delt(tekst, MAKS_CSV_RADER, MAKS_KOLONNE)
    valgt = velg_skilletegn(alle, _bredde)
    if valgt.feil:
        raise UgyldigInndata(fil.name, [valgt.feil])
    rader = {
        nummer: {kol: felt for kol, felt in enumerate(rad) if felt} for nummer, rad in enumerate(valgt.rader, start=1)
    }
    return Registerark("", rader, {}, {})


def _bredde(rader: Rader) -> float:
    """How many columns the widest of the first rows has: the heading is as wide as any."""
    return max((len(rad) for rad in rader[:MAKS_HODERAD]), default=0)


def _les_xlsx(fil: Path) -> tuple[Registerark, ...]:
    try:
        bok = les_raabok(fil)
    except KanIkkeLese as feil:
        raad = _FOR_STOR if fil.is_file() and fil.stat().st_size > _STOR_FIL else ""
        raise KanIkkeLese(f"{feil}{raad}") from None
    if any(slag.egenskap in bok.egenskaper for slag in SLAG.values()):
        REGISTRERINGER.krev(fil, bok.egenskaper, bok.tittel)
    arkene = []
    for ark in bok.ark:
        rader: dict[int, dict[int, Innholdet]] = {}
        datoer = {}
        for adresse, celle in ark.celler.items():
            if celle.verdi is None or celle.verdi == "":
                continue
            rad, kol = _plass(adresse)
            rader.setdefault(rad, {})[kol] = celle.verdi
            if celle.dato is not None:
                datoer[rad, kol] = celle.dato
        arkene.append(
            Registerark(ark.navn, dict(sorted(rader.items())), datoer, _rader_i(ark.sammenslaatt), bok.kalender_1904)
        )
    return tuple(arkene)


def _plass(adresse: str) -> tuple[int, int]:
    bokstaver = adresse.rstrip("0123456789")
    return int(adresse[len(bokstaver) :]), kolonnenummer(bokstaver) - 1


def _rader_i(omraader: tuple[str, ...]) -> dict[int, str]:
    ut = {}
    for omraade in omraader:
        fra, _, til = omraade.replace("$", "").partition(":")
        foerste, siste = _plass(fra)[0], _plass(til or fra)[0]
        for rad in range(foerste, min(siste, foerste + 10_000) + 1):
            ut[rad] = omraade
    return ut
