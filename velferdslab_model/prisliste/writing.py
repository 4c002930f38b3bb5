"""Write a price list: as .xlsx, protected but for the cells to edit, or as .csv for a Norwegian Excel."""

from __future__ import annotations

import csv
import math
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

from velferdslab_model.base.felt import FOERSTE_AAR, MAKS_TEKST, SISTE_AAR
from velferdslab_model.base.files import bare_lik, proev_maal, skriv_fil
from velferdslab_model.base.tall import skriv_beloep
from velferdslab_model.base.tekst import som_argument
from velferdslab_model.errors import KanIkkeSkrive, UgyldigInndata
from velferdslab_model.parameters.felt import PRISAAR, TILTAKSFELT
from velferdslab_model.parameters.prisaar import Oppgitt
from velferdslab_model.prisliste.applying import Prissted
from velferdslab_model.prisliste.katalogark import katalogark
from velferdslab_model.prisliste.origin import pakk_opphav
from velferdslab_model.prisliste.priser import BLOKKER, Listepris, listepriser
from velferdslab_model.prisliste.reading import noeytralisert
from velferdslab_model.prisliste.table import KATALOGKOLONNE, PRISKOLONNER
from velferdslab_model.workbook.inputs import meldinger, tekstregel, validering
from velferdslab_model.workbook.kind import PRISLISTE
from velferdslab_model.workbook.plan import Ark, Bok
from velferdslab_model.workbook.style import RADHOEYDE_PT
from velferdslab_model.workbook.writing import bytes_av

ARK = "Priser"
_HODERAD = 3
#: The row of the first price, as Excel shows it.
FOERSTE_RAD = _HODERAD + 2
_BREDDER = {
    "gruppe": 13,
    "tiltak": 40,
    "kategori": 10,
    "enhetskostnad": 15,
    "enhet": 13,
    "betaler": 11,
    "prisår": 9,
    "kilde": 58,
    "sist endret": 13,
    KATALOGKOLONNE: 30,
}
#: Characters that fit on a line of the columns that wrap, and the height of a line in points.
_TEGN = {"tiltak": 47, "kilde": 76}
_LINJE_PT = 13.5
_UTEN_KATALOG = tuple(kolonne for kolonne in PRISKOLONNER if kolonne != KATALOGKOLONNE)
#: In CSV the column of the catalogue stands between others: an empty last column would take in a field too many.
CSV_KOLONNER = (*_UTEN_KATALOG[:-2], KATALOGKOLONNE, *_UTEN_KATALOG[-2:])
#: The first format with blocks under the prices of the tiltak.
_FOERSTE_MED_BLOKKER = 3
#: Group and key of the price on a row, the block of a heading, or nothing.
Listelinje = tuple[str, str] | str | None
_EGNE_DATOER: Mapping[Prissted, date] = {}


def write_prisliste(
    oppgitt: Oppgitt,
    sti: str | os.PathLike[str],
    dato: date,
    datoer: Mapping[Prissted, date] = _EGNE_DATOER,
    overskriv: bool = False,
) -> int:
    """Write the prices of a scenario, each in its own price year, and return how many there are.

    dato: when an .xlsx file says it was made. datoer: «sist endret» by group and key of a price. An existing file is
    replaced only when the program wrote it and nobody has changed it, or with overskriv. Raises KanIkkeSkrive, or
    UgyldigInndata for a scenario without tiltak.
    """
    maal = Path(sti)
    if not any(g.tiltak for g in oppgitt.grupper.values()):
        raise UgyldigInndata(oppgitt.kilde, ["scenariet har ingen tiltak, så det er ingen priser å liste."])
    endelse = maal.suffix.lower()
    if endelse == ".xlsx":
        skriv_fil(maal, prisliste_xlsx(oppgitt, maal.name, dato, datoer), PRISLISTE.hindring, overskriv)
    elif endelse == ".csv":
        innhold = prisliste_csv(oppgitt, datoer)
        skriv_fil(maal, innhold, bare_lik(innhold), overskriv)
    else:
        raise KanIkkeSkrive(f"{maal}: ventet et filnavn som slutter på .xlsx eller .csv.")
    return len(listepriser(oppgitt))


def proev_prisliste(
    oppgitt: Oppgitt,
    sti: str | os.PathLike[str],
    datoer: Mapping[Prissted, date],
    overskriv: bool,
    lest: Iterable[str | os.PathLike[str] | None],
) -> None:
    """Raise KanIkkeSkrive for what write_prisliste would refuse, or when a list would take the place of what is read.

    That is lest, and the scenario's own catalogue file.
    """
    lest = [*lest, oppgitt.katalogfil]
    if Path(sti).suffix.lower() == ".csv":
        proev_maal(sti, bare_lik(prisliste_csv(oppgitt, datoer)), overskriv, lest)
    elif Path(sti).suffix.lower() == ".xlsx":
        proev_maal(sti, PRISLISTE.hindring, overskriv, lest)


def prisliste_csv(oppgitt: Oppgitt, datoer: Mapping[Prissted, date] = _EGNE_DATOER) -> bytes:
    """The list with semicolons and decimal commas, and a byte order mark so that Excel reads it as UTF-8."""
    ut = StringIO()
    skriver = csv.writer(ut, delimiter=";", lineterminator="\r\n")
    skriver.writerow(CSV_KOLONNER)
    for verdier in _rader(oppgitt, datoer).values():
        skriver.writerow([_i_csv(verdier[kolonne]) for kolonne in CSV_KOLONNER])
    return ("\ufeff" + ut.getvalue()).encode()


def prisliste_xlsx(oppgitt: Oppgitt, filnavn: str, dato: date, datoer: Mapping[Prissted, date] = _EGNE_DATOER) -> bytes:
    """The list as a workbook: the same scenario, file name and date give the same bytes."""
    return bytes_av(prislisteplan(oppgitt, filnavn, datoer), dato)


def _rader(
    oppgitt: Oppgitt,
    datoer: Mapping[Prissted, date],
    bare_tiltak: bool = False,
) -> dict[Prissted, dict[str, Any]]:
    """The values of every row by column."""
    return {pris.sted: _rad(pris, datoer.get(pris.sted)) for pris in listepriser(oppgitt, bare_tiltak)}


def _rad(pris: Listepris, endret: date | None) -> dict[str, Any]:
    verdier = (
        pris.gruppenavn,
        pris.navn,
        pris.kategori,
        pris.beloep,
        pris.enhet,
        pris.betaler,
        pris.prisaar,
        pris.kilde,
        endret,
        None,
    )
    return dict(zip(PRISKOLONNER, verdier, strict=True))


def _i_csv(verdi: Any) -> str:
    if isinstance(verdi, str):
        return noeytralisert(verdi)
    if isinstance(verdi, float):
        return skriv_beloep(verdi)
    return f"{verdi:%d.%m.%Y}" if isinstance(verdi, date) else str("" if verdi is None else verdi)


def rekkefoelge_i(oppgitt: Oppgitt, bare_tiltak: bool = False) -> list[Listelinje]:
    """The rows of a list as it is written: the tiltak, then each block with an empty row and a heading before it."""
    ut: list[Listelinje] = []
    blokk = ""
    for pris in listepriser(oppgitt, bare_tiltak):
        if pris.blokk != blokk:
            blokk = pris.blokk
            ut += [None, blokk]
        ut.append(pris.sted)
    return ut


def prislisteplan(
    oppgitt: Oppgitt,
    filnavn: str,
    datoer: Mapping[Prissted, date] = _EGNE_DATOER,
    format_: int = PRISLISTE.format,
    rekkefoelge: Sequence[Listelinje] | None = None,
) -> Bok:
    """Plan every cell of the list. format_: 1 for one from before the price catalogue, 2 for one of the tiltak alone, which an
    audit plans as they were.

    rekkefoelge: what stands on each row where somebody has sorted or deleted rows.
    """
    kolonner = PRISKOLONNER if format_ > 1 else _UTEN_KATALOG
    bare_tiltak = format_ < _FOERSTE_MED_BLOKKER
    bok = Bok(PRISLISTE, oppgitt.navn, pakk_opphav(oppgitt, filnavn))
    ark = bok.nytt_ark(ARK)
    ark.kolonnebredder += [(kol, kol, _BREDDER[kolonne]) for kol, kolonne in enumerate(kolonner)]
    _hode(ark, oppgitt, filnavn, kolonner)
    alle = _rader(oppgitt, datoer, bare_tiltak)
    linjer = rekkefoelge_i(oppgitt, bare_tiltak) if rekkefoelge is None else rekkefoelge
    tiltak = [_HODERAD]
    for rad, linje in enumerate(linjer, start=_HODERAD + 1):
        if isinstance(linje, str):
            # Over empty cells, not joined ones, which stop whoever wants to sort.
            ark.tekst(rad, 0, BLOKKER[linje], "blokk")
            for kol in range(1, len(kolonner)):
                ark.fast(rad, kol, None, "blokk")
            ark.radhoeyder[rad] = 20
        elif linje is not None:
            verdier = alle[linje]
            _skriv_rad(ark, rad, {kolonne: verdier[kolonne] for kolonne in kolonner})
            tiltak += [rad] if linje[1].startswith("tiltak.") else []
    siste, siste_tiltak, siste_kolonne = _HODERAD + len(linjer), max(tiltak), len(kolonner) - 1
    regler = _regler()
    if KATALOGKOLONNE in kolonner:
        regler[KATALOGKOLONNE] = {"validate": "list", "source": katalogark(bok, oppgitt)} | meldinger(
            "Fra katalogen",
            "Id-en til en publisert pris. Da kommer beløp, prisår, kilde og betaler derfra; la prisen i raden stå. En overføring (se arket "
            "Priskatalog) er ingen kostnad for samfunnet, men trekkes fra i begge netto.",
            "Velg en id fra listen (arket Priskatalog), eller la cellen stå tom.",
        )
    for kolonne, regel in regler.items():
        kol = kolonner.index(kolonne)
        ark.valideringer.append((_HODERAD + 1, kol, siste_tiltak if kolonne == KATALOGKOLONNE else siste, kol, regel))
    # The filter sorts the tiltak; the blocks stay where they are.
    ark.filter = (_HODERAD, 0, siste_tiltak, siste_kolonne)
    ark.laas_ruter, ark.gjentatte_rader = (_HODERAD + 1, 2), (_HODERAD, _HODERAD)
    ark.sider_bredt, ark.siste_kolonne = 1, siste_kolonne
    return bok


def _hode(ark: Ark, oppgitt: Oppgitt, filnavn: str, kolonner: Sequence[str]) -> None:
    """The title, how to use the list, and the headings."""
    scenario = "" if oppgitt.kilde == "standard" else f" {som_argument(oppgitt.kilde)}"
    ark.tekst(0, 0, f"Prisliste: {oppgitt.navn}", "tittel")
    if oppgitt.overskrevet:
        ark.tekst(0, 2, oppgitt.overskrevet.varsel, "tekst_bryt", len(kolonner) - 1)
    linjer = (
        "1. Endre de gule cellene: enhetskostnad, prisår, kilde og sist endret. Skriv prisåret den nye prisen gjelder for, "
        "og hvor den kommer fra, eller velg en publisert pris i siste kolonne. Rader du ikke endrer, lar du stå.",
        "2. Nullalternativ, lønnskostnad, QALY og timesatser står under tiltakene. Lagre filen, og send den inn på siden («velferdslab app»), eller kjør: "
        f"velferdslab generate{scenario} --prices {som_argument(filnavn)}",
    )
    for rad, linje in enumerate(linjer, start=1):
        ark.tekst(rad, 0, linje, til_kol=len(kolonner) - 1)
    for kol, kolonne in enumerate(kolonner):
        stil = "hode" if kolonne in ("enhetskostnad", "prisår", "sist endret") else "hode_v"
        ark.tekst(_HODERAD, kol, kolonne.capitalize(), stil)
    ark.radhoeyder |= {0: 48 if oppgitt.overskrevet else 24, _HODERAD: 20}


def _skriv_rad(ark: Ark, rad: int, verdier: Mapping[str, Any]) -> None:
    linjer = max(math.ceil(len(verdier[kolonne]) / tegn) for kolonne, tegn in _TEGN.items())
    ark.radhoeyder[rad] = min(max(RADHOEYDE_PT, linjer * _LINJE_PT + 3), 400)
    for kol, (kolonne, verdi) in enumerate(verdier.items()):
        if kolonne != KATALOGKOLONNE or verdier["kategori"] not in BLOKKER:
            ark.fast(rad, kol, verdi, _stil(kolonne))


def _stil(kolonne: str) -> str:
    if kolonne == "enhetskostnad":
        return "inn_kroner_oere"
    if kolonne in ("tiltak", "kilde"):
        return "etikett_bryt" if kolonne == "tiltak" else "inn_kilde"
    return {
        "prisår": "inn_aar",
        "sist endret": "inn_dato",
        KATALOGKOLONNE: "inn_kilde",
        "enhet": "enhet_etter_tall",
    }.get(kolonne, "etikett")


def _regler() -> dict[str, dict[str, Any]]:
    """Excel's rules for the columns to edit."""
    pris = replace(
        TILTAKSFELT["enhetskostnad"],
        hjelp="Prisen i kroner for én enhet (se kolonnen Enhet). Endre prisår og kilde samtidig.",
    )
    aar = replace(PRISAAR, hjelp="Året prisen gjelder for. Priser fra ulike år regnes om til ett år.")
    dager = {
        "validate": "date",
        "criteria": "between",
        "minimum": date(FOERSTE_AAR, 1, 1),
        "maximum": date(SISTE_AAR, 12, 31),
    }
    return {
        "enhetskostnad": validering(pris),
        "prisår": validering(aar),
        "kilde": tekstregel("Kilde", MAKS_TEKST, "Hvor prisen kommer fra, eller «antakelse: ...»."),
        "sist endret": dager
        | meldinger(
            "Sist endret", "Datoen prisen sist ble endret. Kan stå tom.", "Skriv en dato, for eksempel 31.01.2025."
        ),
    }
