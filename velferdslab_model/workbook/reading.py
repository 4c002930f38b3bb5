"""Read a scenario from a file: a TOML file, or a workbook the program generated and someone edited."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from velferdslab_model.errors import UgyldigInndata
from velferdslab_model.parameters.felt import FELT
from velferdslab_model.parameters.loading import les_toml, oppgitt
from velferdslab_model.parameters.prisaar import Oppgitt, regn_om
from velferdslab_model.parameters.standard import standardkilder, standardtiltak
from velferdslab_model.parameters.tekst import sammenligningsnavn
from velferdslab_model.parameters.typer import UTGANGSSITUASJONER, Forutsetninger
from velferdslab_model.workbook.names import GRUPPER
from velferdslab_model.workbook.opening import Innhold, Omraade, aapne

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


def load_forutsetninger(sti: str | os.PathLike[str] | None = None, prisaar: int | None = None) -> Forutsetninger:
    """Load a scenario: a .toml file, a workbook that was generated and edited, or Asker 2019 when sti is None.

    prisaar: the year every amount is converted to; the scenario's own when left out.
    Raises KanIkkeLese when the file cannot be read, UgyldigInndata with every fault it holds.
    """
    return regn_om(les_oppgitt(sti), prisaar)


def les_oppgitt(sti: str | os.PathLike[str] | None = None) -> Oppgitt:
    """Read a scenario as it is given, each amount in its own price year."""
    if sti is not None and _er_arbeidsbok(Path(sti)):
        return les_arbeidsbok(aapne(Path(sti)))
    return les_toml(sti)


def _er_arbeidsbok(fil: Path) -> bool:
    if fil.suffix.lower() in (".xlsx", ".xlsm", ".xls", ".ods"):
        return fil.is_file()
    try:
        with fil.open("rb") as stroem:
            return stroem.read(4) in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
    except (OSError, ValueError):
        return False


def inndatanavn() -> list[str]:
    """Every defined name that an input is read by."""
    navn = ["navn", "prisaar"]
    for prefiks, *_ in GRUPPER.values():
        navn += [f"{prefiks}_{felt.navn}{del_}" for felt in FELT.values() for del_ in ("", "_kilde")]
        navn += [f"{prefiks}_tiltak_{del_}" for del_ in _TILTAK]
    return navn


def les_arbeidsbok(innhold: Innhold) -> Oppgitt:
    """Read the inputs of a generated workbook back by their defined names, own tiltak in spare rows included."""
    fil, celler = innhold.fil, _Celler(innhold)
    feil = celler.manglende_navn()
    if feil:
        raise UgyldigInndata(fil.name, feil)
    data: dict[str, Any] = {"navn": celler.tekst("navn"), "prisaar": celler.verdi("prisaar")}
    steder = {navn: str(celler.omraade(navn)) for navn in ("navn", "prisaar")}
    for gruppe, (prefiks, *_) in GRUPPER.items():
        data[gruppe] = _gruppe(celler, gruppe, prefiks)
        steder |= {f"{gruppe}.{n}": str(celler.omraade(f"{prefiks}_{felt.navn}")) for n, felt in FELT.items()}
    return oppgitt(data, fil.name, fil.stem, steder)


def tiltakskolonne(noekkel: str) -> str:
    """The column of a field of a tiltak, «volum.utsatt» or «enhetskostnad», as its defined name ends."""
    felt, _, situasjon = noekkel.partition(".")
    return f"volum_{situasjon}" if situasjon else next(kol for kol, navn in _TILTAK.items() if navn == felt)


def tiltaksplasser(innhold: Innhold) -> dict[str, list[int]]:
    """Which rows of the tiltak tables are filled in, per group, from 0. The names must be there."""
    return {gruppe: list(_Celler(innhold).tiltaksrader(prefiks)) for gruppe, (prefiks, *_) in GRUPPER.items()}


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
    standard = {sammenligningsnavn(t.navn): t for t in standardtiltak(gruppe)}
    ut = []
    for rad in celler.tiltaksrader(prefiks).values():
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
    """The cells of a workbook by defined name."""

    def __init__(self, innhold: Innhold) -> None:
        self._innhold = innhold

    def manglende_navn(self) -> list[str]:
        """One sentence for each agreed name that is gone, or no longer points at cells."""
        borte = [n for n in inndatanavn() if self._innhold.omraade(n) is None]
        feil = [f"navnet {n} mangler eller peker ikke på celler i arbeidsboken." for n in borte[:_MAKS_NEVNT]]
        if len(borte) > _MAKS_NEVNT:
            feil.append(f"{len(borte) - _MAKS_NEVNT} navn til mangler. Er en fane slettet eller omdøpt?")
        return feil

    def omraade(self, navn: str) -> Omraade:
        """Where a name points."""
        funn = self._innhold.omraade(navn)
        assert funn is not None  # manglende_navn was asked first
        return funn

    def verdi(self, navn: str) -> Celleverdi:
        """Value of a single cell."""
        sted = self.omraade(navn)
        return self._innhold.verdier[sted.ark].get(sted.adresse)

    def tekst(self, navn: str) -> str:
        """Text of a single cell; nothing counts as empty."""
        verdi = self.verdi(navn)
        return "" if verdi is None else str(verdi)

    def tiltaksrader(self, prefiks: str) -> dict[int, dict[str, Celleverdi]]:
        """The rows of the tiltak table that hold anything, by their place in it from 0."""
        kolonner = {del_: self.kolonne(f"{prefiks}_tiltak_{del_}") for del_ in _TILTAK}
        rader = (dict(zip(kolonner, rad, strict=True)) for rad in zip(*kolonner.values(), strict=True))
        return {plass: rad for plass, rad in enumerate(rader) if any(verdi is not None for verdi in rad.values())}

    def kolonne(self, navn: str) -> list[Celleverdi]:
        """Values of a column of cells."""
        sted = self.omraade(navn)
        celler = self._innhold.verdier[sted.ark]
        return [celler.get(f"{sted.kol}{r}") for r in range(sted.rad, min(sted.siste_rad, sted.rad + 100) + 1)]
