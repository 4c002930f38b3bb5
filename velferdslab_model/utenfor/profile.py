"""A municipality's own age profile from register data: a CSV file with a row for each age, level of government and kind."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from velferdslab_model.base.csv_reading import Rader, alle_delt, velg_skilletegn
from velferdslab_model.base.felt import MAKS_NAVN
from velferdslab_model.base.file_reading import les_csv_fil
from velferdslab_model.base.tall import Tallfeil, les_beloep
from velferdslab_model.base.tekst import sammenligningsnavn, tekstfeil
from velferdslab_model.errors import UgyldigInndata
from velferdslab_model.utenfor.terms import (
    FORVALTNINGSNIVAAER,
    GRUPPENE,
    MAKS_POSTER,
    MINST_I_GRUPPE,
    PROFILBELOEP,
    SLAGENE,
    Post,
)

_MAKS_BYTES, _MAKS_RADER, _MAKS_KOLONNER = 2_000_000, 10_000, 20
_KREVES = ("alder", "nivaa", "slag", *GRUPPENE)
_ANTALL = tuple(f"antall_{g}" for g in GRUPPENE)
_KOLONNER = (*_KREVES, "post", *_ANTALL)
_MAKS_MELDINGER = 50


def les_profil(fil: Path, fra: int, til: int) -> tuple[Post, ...]:
    """The posts of a profile file, with an amount for every age from fra to til; other ages are passed over.

    Raises KanIkkeLese, and UgyldigInndata with every fault and its row.
    """
    tekst = les_csv_fil(fil, "en aldersprofil", _MAKS_BYTES)
    valgt = velg_skilletegn(alle_delt(tekst, _MAKS_RADER, _MAKS_KOLONNER), _kjente)
    if valgt.feil:
        raise UgyldigInndata(fil.name, [valgt.feil])
    les = _Leser(valgt.rader, fra, til)
    poster = les.poster()
    if les.feil:
        flere = len(les.feil) - _MAKS_MELDINGER
        raise UgyldigInndata(fil.name, les.feil[:_MAKS_MELDINGER] + ([f"og {flere} feil til."] if flere > 0 else []))
    return poster


def _kjente(rader: Rader) -> float:
    return sum(_noekkel(felt) in _KOLONNER for felt in rader[0]) if rader else 0


def _noekkel(overskrift: str) -> str:
    ren = sammenligningsnavn(overskrift).replace("å", "aa").replace(" ", "_").replace("-", "_")
    return ren.replace("målgruppe", "maalgruppe")


class _Leser:
    def __init__(self, rader: Rader, fra: int, til: int) -> None:
        self.rader, self.fra, self.til = rader, fra, til
        self.feil: list[str] = []
        self.beloep: dict[tuple[str, str, str], dict[str, dict[int, float]]] = {}

    def poster(self) -> tuple[Post, ...]:
        hode = [_noekkel(felt) for felt in self.rader[0]] if self.rader else []
        mangler = [navn for navn in _KREVES if navn not in hode]
        if mangler:
            self.feil.append(
                f"mangler {', '.join(f'«{n}»' for n in mangler)} i første rad, ventet {'; '.join(_KREVES)}."
            )
            return ()
        for nummer, rad in enumerate(self.rader[1:], start=2):
            if any(rad):
                self.rad(nummer, {navn: felt for navn, felt in zip(hode, rad, strict=False) if navn in _KOLONNER})
        if len(self.beloep) > MAKS_POSTER:
            self.feil.append(f"har {len(self.beloep)} poster, ventet høyst {MAKS_POSTER}.")
        if not self.beloep and not self.feil:
            self.feil.append(f"har ingen rader for alderen {self.fra}–{self.til}.")
        return tuple(self.post(*noekkel) for noekkel in self.beloep)

    def rad(self, nummer: int, rad: dict[str, str]) -> None:
        alder = self.tall(nummer, "alder", rad.get("alder", ""))
        if alder is None:
            return
        if alder != int(alder):
            self.feil.append(f"rad {nummer}: alder er {rad['alder']}, ventet hele år.")
            return
        if not self.fra <= alder <= self.til:
            return
        slag = self.ordet(nummer, "slag", rad.get("slag", ""), tuple(SLAGENE))
        nivaa = (
            ""
            if slag == "produksjon"
            else self.ordet(nummer, "nivaa", rad.get("nivaa", ""), tuple(FORVALTNINGSNIVAAER))
        )
        if slag is None or nivaa is None:
            return
        for navn in _ANTALL:
            if rad.get(navn):
                antall = self.tall(nummer, navn, rad[navn])
                if antall is not None and antall < MINST_I_GRUPPE:
                    self.feil.append(
                        f"rad {nummer}: {navn} er under {MINST_I_GRUPPE}, så noen kan kjennes igjen. Slå sammen flere aldre."
                    )
        navn = rad.get("post", "")
        if feil := tekstfeil(navn, MAKS_NAVN, tom_er_lovlig=True):
            self.feil.append(f"rad {nummer}: post {feil}.")
        her = self.beloep.setdefault((navn, nivaa, slag), {g: {} for g in GRUPPENE})
        for gruppe in GRUPPENE:
            beloep = self.tall(nummer, gruppe, rad.get(gruppe, ""))
            if int(alder) in her[gruppe]:
                self.feil.append(f"rad {nummer}: alder {int(alder)} står en gang til for samme post.")
            elif beloep is not None and not PROFILBELOEP.er_lovlig(beloep):
                self.feil.append(f"rad {nummer}: {gruppe} er {rad[gruppe]}, ventet {PROFILBELOEP.ventet}.")
            else:
                her[gruppe][int(alder)] = beloep or 0.0

    def tall(self, nummer: int, kolonne: str, tekst: str) -> float | None:
        try:
            return les_beloep(tekst)
        except Tallfeil as feil:
            self.feil.append(f"rad {nummer}: {kolonne} er «{tekst[:40]}», {feil}")
            return None

    def ordet(self, nummer: int, kolonne: str, tekst: str, lovlige: tuple[str, ...]) -> str | None:
        if tekst.strip().lower() in lovlige:
            return tekst.strip().lower()
        self.feil.append(f"rad {nummer}: {kolonne} er «{tekst[:40]}», ventet en av {', '.join(lovlige)}.")
        return None

    def post(self, navn: str, nivaa: str, slag: str) -> Post:
        her = self.beloep[navn, nivaa, slag]
        kalles = navn or f"{SLAGENE[slag]}, {FORVALTNINGSNIVAAER[nivaa].lower()}" if nivaa else navn or SLAGENE[slag]
        mangler = [a for a in range(self.fra, self.til + 1) if a not in her["maalgruppe"]]
        if mangler and not self.feil:
            vist = ", ".join(map(str, mangler[:10])) + (" med flere" if len(mangler) > 10 else "")
            self.feil.append(f"«{kalles}» mangler alder {vist}.")
        rekker = [np.array([her[g].get(a, 0.0) for a in range(self.fra, self.til + 1)]) for g in GRUPPENE]
        return Post(kalles, nivaa, slag, rekker[0], rekker[1], "kilde: egne registerdata")
