"""Read a scenario from a file: a TOML file, or a workbook the program generated and someone edited."""

from __future__ import annotations

import os
import re
import warnings
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from velferdslab_model.errors import KanIkkeLese, UgyldigInndata
from velferdslab_model.parameters.felt import FELT
from velferdslab_model.parameters.loading import les_toml, oppgitt
from velferdslab_model.parameters.prisaar import Oppgitt, regn_om
from velferdslab_model.parameters.standard import standardkilder, standardtiltak
from velferdslab_model.parameters.tekst import sammenligningsnavn
from velferdslab_model.parameters.typer import UTGANGSSITUASJONER, Forutsetninger
from velferdslab_model.workbook.guard import les_trygt
from velferdslab_model.workbook.names import GRUPPER

#: Raised when cells move or change meaning; a file with a higher number is from a later version.
FORMATVERSJON = 1
#: Number, text, or nothing, as it stands in a cell.
Celleverdi = Any

_TILTAK = {
    "navn": "navn",
    "beskrivelse": "beskrivelse",
    "type": "type_kostnad",
    "kategori": "kategori",
    "driver": "kostnadsdriver",
    "enhetskostnad": "enhetskostnad",
    "betaler": "betaler",
    "volum_uholdbar": "volum",
    "volum_utsatt": "volum",
    "volum_stabil": "volum",
    "ganger": "ganger_per_aar",
    "kilde": "kilde",
}
#: When a whole tab is gone, naming every name it held helps nobody.
_MAKS_NEVNT = 3
_OMRAADE = re.compile(r"^'?(.+?)'?!\$?([A-Z]{1,3})\$?(\d+)(?::\$?([A-Z]{1,3})\$?(\d+))?$")


def load_forutsetninger(sti: str | os.PathLike[str] | None = None, prisaar: int | None = None) -> Forutsetninger:
    """Load a scenario: a .toml file, a workbook that was generated and edited, or Asker 2019 when sti is None.

    prisaar: the year every amount is converted to; the scenario's own when left out.
    Raises KanIkkeLese when the file cannot be read, UgyldigInndata with every fault it holds.
    """
    return regn_om(les_oppgitt(sti), prisaar)


def les_oppgitt(sti: str | os.PathLike[str] | None = None) -> Oppgitt:
    """Read a scenario as it is given, each amount in its own price year."""
    if sti is not None and _er_arbeidsbok(Path(sti)):
        return les_arbeidsbok(Path(sti))
    return les_toml(sti)


def _er_arbeidsbok(fil: Path) -> bool:
    if fil.suffix.lower() in (".xlsx", ".xlsm", ".xls", ".ods"):
        return fil.is_file()
    try:
        with fil.open("rb") as stroem:
            return stroem.read(4) in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
    except (OSError, ValueError):
        return False


def les_arbeidsbok(fil: Path) -> Oppgitt:
    """Read the inputs of a generated workbook back by their defined names, own tiltak in spare rows included."""
    celler = _Celler(fil)
    feil = celler.manglende_navn()
    if feil:
        raise UgyldigInndata(fil.name, feil)
    data: dict[str, Any] = {"navn": celler.tekst("navn"), "prisaar": celler.verdi("prisaar")}
    steder = {navn: celler.sted(navn) for navn in ("navn", "prisaar")}
    for gruppe, (prefiks, *_) in GRUPPER.items():
        data[gruppe] = _gruppe(celler, gruppe, prefiks)
        steder |= {f"{gruppe}.{n}": celler.sted(f"{prefiks}_{felt.navn}") for n, felt in FELT.items()}
    return oppgitt(data, fil.name, fil.stem, steder)


def _gruppe(celler: _Celler, gruppe: str, prefiks: str) -> dict[str, Any]:
    data: dict[str, Any] = {"behold_standardtiltak": False, "tiltak": _tiltak(celler, gruppe, prefiks), "kilder": {}}
    for noekkel, felt in FELT.items():
        hode, _, del_ = noekkel.partition(".")
        verdi = celler.verdi(f"{prefiks}_{felt.navn}")
        if del_:
            data.setdefault(hode, {})[del_] = verdi
        else:
            data[hode] = verdi
        kilde = celler.tekst(f"{prefiks}_{felt.navn}_kilde")
        # A default's own source says nothing of a number that was changed under it.
        if kilde and kilde != standardkilder(gruppe)[noekkel]:
            data["kilder"][noekkel] = kilde
    return data


def _tiltak(celler: _Celler, gruppe: str, prefiks: str) -> list[dict[str, Any]]:
    kolonner = {del_: celler.kolonne(f"{prefiks}_tiltak_{del_}") for del_ in _TILTAK}
    standard = {sammenligningsnavn(t.navn): t for t in standardtiltak(gruppe)}
    ut = []
    for verdier in zip(*kolonner.values(), strict=True):
        rad = dict(zip(kolonner, verdier, strict=True))
        if all(verdi is None for verdi in rad.values()):
            continue
        ett: dict[str, Any] = {"volum": {s: rad[f"volum_{s}"] for s in UTGANGSSITUASJONER}}
        for del_, felt in _TILTAK.items():
            if felt != "volum":
                valgfri = del_ in ("beskrivelse", "type", "driver", "kilde")
                ett[felt] = "" if rad[del_] is None and valgfri else rad[del_]
        gammel = standard.get(sammenligningsnavn(str(ett["navn"])))
        if gammel and ett["kilde"] == gammel.kilde and not _samme_tall(gammel, ett):
            ett["kilde"] = ""
        ut.append(ett)
    return ut


def _samme_tall(gammel: Any, ett: Mapping[str, Any]) -> bool:
    return (gammel.enhetskostnad, *gammel.volum, gammel.ganger_per_aar) == (
        ett["enhetskostnad"],
        *ett["volum"].values(),
        ett["ganger_per_aar"],
    )


class _Celler:
    """The values of a workbook by defined name, read once."""

    def __init__(self, fil: Path) -> None:
        innhold = les_trygt(fil)
        from xml.etree.ElementTree import ParseError  # noqa: PLC0415  # only where a workbook is read

        from openpyxl import load_workbook  # noqa: PLC0415  # a third of a second that TOML files need not wait for

        try:
            with warnings.catch_warnings():
                warnings.simplefilter(
                    "ignore"
                )  # openpyxl warns of what it passes over; what is needed is asked for below
                bok = load_workbook(BytesIO(innhold), read_only=True, data_only=True)
            egenskaper = {e.name: e.value for e in bok.custom_doc_props.props}
            self._steder = {navn: navnet.attr_text for navn, navnet in bok.defined_names.items()}
            self._ark = {ark.title: _verdier(ark) for ark in bok.worksheets}
        except (
            ParseError,
            ArithmeticError,
            AttributeError,
            LookupError,
            TypeError,
            ValueError,
            OSError,
            EOFError,
            SyntaxError,
        ):
            raise KanIkkeLese(f"{fil} er ødelagt: innholdet kan ikke leses som en arbeidsbok.") from None
        if "velferdslab_prisliste" in egenskaper:
            raise KanIkkeLese(f"{fil} er en prisliste, ikke et scenario. Oppgi den med --prices.")
        versjon = egenskaper.get("velferdslab_format")
        if not isinstance(versjon, int):
            raise KanIkkeLese(f"{fil} er ikke laget av velferdslab. Lag en arbeidsbok med «velferdslab generate».")
        if versjon > FORMATVERSJON:
            raise KanIkkeLese(f"{fil} er laget av en nyere versjon (format {versjon}, ventet høyst {FORMATVERSJON}).")

    def manglende_navn(self) -> list[str]:
        """One sentence for each agreed name that is gone, or no longer points at cells."""
        navn = ["navn", "prisaar"]
        for prefiks, *_ in GRUPPER.values():
            navn += [f"{prefiks}_{felt.navn}{del_}" for felt in FELT.values() for del_ in ("", "_kilde")]
            navn += [f"{prefiks}_tiltak_{del_}" for del_ in _TILTAK]
        borte = [n for n in navn if self._omraade(n) is None]
        feil = [f"navnet {n} mangler eller peker ikke på celler i arbeidsboken." for n in borte[:_MAKS_NEVNT]]
        if len(borte) > _MAKS_NEVNT:
            feil.append(f"{len(borte) - _MAKS_NEVNT} navn til mangler. Er en fane slettet eller omdøpt?")
        return feil

    def sted(self, navn: str) -> str:
        """Sheet and cell of a name, for messages."""
        ark, _, kol, rad = self._hjoerne(navn)
        return f"{ark}!{kol}{rad}"

    def verdi(self, navn: str) -> Celleverdi:
        """Value of a single cell."""
        ark, _, kol, rad = self._hjoerne(navn)
        return self._ark[ark].get((rad, kol))

    def tekst(self, navn: str) -> str:
        """Text of a single cell; nothing counts as empty."""
        verdi = self.verdi(navn)
        return "" if verdi is None else str(verdi)

    def kolonne(self, navn: str) -> list[Celleverdi]:
        """Values of a column of cells."""
        ark, siste, kol, rad = self._hjoerne(navn)
        return [self._ark[ark].get((r, kol)) for r in range(rad, min(siste, rad + 100) + 1)]

    def _hjoerne(self, navn: str) -> tuple[str, int, str, int]:
        funn = self._omraade(navn)
        assert funn is not None  # manglende_navn was asked first
        return funn

    def _omraade(self, navn: str) -> tuple[str, int, str, int] | None:
        """Sheet, last row, column and first row of a name."""
        funn = _OMRAADE.match(str(self._steder.get(navn, "")))
        if funn is None or funn[1].replace("''", "'") not in self._ark:
            return None
        return funn[1].replace("''", "'"), int(funn[5] or funn[3]), funn[2], int(funn[3])


def _verdier(ark: Any) -> dict[tuple[int, str], Celleverdi]:
    """Every value of a sheet by row and column letters."""
    return {
        (celle.row, celle.column_letter): celle.value
        for rad in ark.iter_rows()
        for celle in rad
        if celle.value is not None
    }
