"""Read a life-course account from TOML. All faults of a file are reported together."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np

from velferdslab_model.base.felt import MAKS_NAVN, MAKS_TEKST
from velferdslab_model.base.tall import antall
from velferdslab_model.base.tekst import mente_du, sammenligningsnavn
from velferdslab_model.errors import KanIkkeLese, UgyldigInndata
from velferdslab_model.model.array import Array
from velferdslab_model.parameters.filslag import REGNSKAPSFIL
from velferdslab_model.parameters.kilder import UTEN_KILDE, kilde_av, les_kildetabell
from velferdslab_model.parameters.loading import les_toml_fil
from velferdslab_model.parameters.telling import les_telling
from velferdslab_model.parameters.validation import Feilliste, SkrevetTall, vis
from velferdslab_model.utenfor.katalogpris import med_katalogpris
from velferdslab_model.utenfor.profile import les_profil
from velferdslab_model.utenfor.terms import (
    ELDST,
    FELTENE,
    FORVALTNINGSNIVAAER,
    GRUPPENE,
    MAKS_POSTER,
    PROFILBELOEP,
    SLAGENE,
    YNGST,
    Post,
    Utenforvilkaar,
)

#: Templates in the package, by name; the first is used when no file is given. They are the note's seven target groups.
UTENFORMALER = (
    "videregaaende", "lavinntekt_innvandrerforeldre", "lavinntekt_trygdede_foreldre", "foreldre_psykisk_rus",
    "barnevern", "depresjon_angst", "atferdsvansker",
)  # fmt: skip
_NOEYTRAL = "antakelse: nøytral verdi, ikke oppgitt"
_ELLERS = {"aar_til_effekt": 0, "neddiskontering": 0.0, "avgang": 0.0, "suksessfaktor": 0.0}
_KREVES = ("navn", "maalgruppe", "prisaar", "alder_ved_tiltak", "antall")
_EGNE = ("navn", "maalgruppe", "sammenligning", "konstruert", "fra_alder", "til_alder", "profil")
_SPENN = re.compile(r"\s*(\d{1,3})\s*(?:[-–]\s*(\d{1,3})\s*)?")
_ALDER = {"fra_alder": 18, "til_alder": 58}


def les_utenfor(sti: Path | None = None) -> Utenforvilkaar:
    """Read an account's file, or the first template when sti is None.

    Raises KanIkkeLese when a file cannot be read or is not TOML, UgyldigInndata with every fault.
    """
    if sti is None:
        data = tomllib.loads(utenformal(UTENFORMALER[0]), parse_float=SkrevetTall)
        return utenfor_av(data, UTENFORMALER[0])
    return utenfor_av(les_toml_fil(sti, REGNSKAPSFIL), sti.name, sti.parent)


def utenformal(navn: str) -> str:
    """The text of a template. Raises KanIkkeLese when there is none of that name."""
    if navn not in UTENFORMALER:
        raise KanIkkeLese(
            f"{navn[:60]} er ikke en mal, ventet en av {', '.join(UTENFORMALER)}.{mente_du(navn, UTENFORMALER)}"
        )
    return files("velferdslab_model.utenfor").joinpath("maler", f"{navn}.toml").read_text(encoding="utf-8")


def utenfor_av(
    data: dict[str, Any], kilde: str, mappe: Path | None = None, steder: dict[str, str] | None = None
) -> Utenforvilkaar:
    """The terms from a parsed file. kilde: its name, for messages. mappe: where a profile file is looked for.

    Raises UgyldigInndata with every fault.
    """
    les = _Leser(Feilliste(steder=steder or {}), data, mappe)
    v = les.vilkaar()
    if les.feil.feil or v is None:
        raise UgyldigInndata(kilde, les.feil.feil)
    return v


class _Leser:
    def __init__(self, feil: Feilliste, data: dict[str, Any], mappe: Path | None) -> None:
        self.feil, self.mappe = feil, mappe
        enkle = [n for n in FELTENE if "." not in n]
        self.data = feil.tabell("", data, (*_EGNE, *enkle, "kostnad", "telling", "poster", "kilder"))
        self.kilder: dict[str, str] = {}

    def vilkaar(self) -> Utenforvilkaar | None:
        for noekkel in _KREVES:
            if noekkel not in self.data:
                self.feil.meld(noekkel, "mangler.")
        fra, til = self.alder("fra_alder"), self.alder("til_alder")
        if til < fra:
            self.feil.meld("til_alder", f"er {til}, før fra_alder ({fra}).")
            return None
        poster = self.poster(fra, til)
        telling = self.telling()
        kostnad = self.feil.tabell("kostnad", self.data.get("kostnad", {}), FORVALTNINGSNIVAAER)
        tiltaksalder = int(self.tall("alder_ved_tiltak", fra))
        if not fra <= tiltaksalder <= til:
            self.feil.meld("alder_ved_tiltak", f"er {tiltaksalder}, utenfor profilens aldre ({fra}–{til}).")
        v = Utenforvilkaar(
            navn=self.tekst("navn", MAKS_NAVN) or "Utenforregnskap",
            maalgruppe=self.tekst("maalgruppe", MAKS_NAVN),
            sammenligning=self.tekst("sammenligning", MAKS_NAVN, "gjennomsnittet av befolkningen"),
            prisaar=int(self.tall("prisaar", 2019)),
            fra_alder=fra,
            poster=poster,
            alder_ved_tiltak=tiltaksalder,
            horisont=int(self.tall("horisont", til - tiltaksalder + 1)),
            aar_til_effekt=int(self.tall("aar_til_effekt", 0)),
            antall=int(self.tall("antall", 1)),
            suksessfaktor=self.suksessfaktor(telling),
            telling=telling,
            skjedd_uansett=self.tall("skjedd_uansett", 0.0),
            neddiskontering=self.tall("neddiskontering", 0.0),
            avgang=self.tall("avgang", 0.0),
            kostnad={n: self.tall(f"kostnad.{n}", 0.0, kostnad.get(n)) for n in FORVALTNINGSNIVAAER},
            konstruert=self.konstruert(),
            kilder=self.kilder,
        )
        self.kilder |= les_kildetabell(self.feil, self.data.get("kilder", {}), self.kilder)
        return None if self.feil.feil else v

    def tall(self, noekkel: str, ellers: float, raa: Any = None) -> float:
        raa = self.data.get(noekkel) if raa is None else raa
        if raa is None:
            self.kilder[noekkel] = _NOEYTRAL
            return ellers
        self.kilder[noekkel] = UTEN_KILDE
        lest = self.feil.tall(noekkel, raa, FELTENE[noekkel])
        return ellers if lest is None else lest

    def alder(self, noekkel: str) -> int:
        raa = self.data.get(noekkel, _ALDER[noekkel])
        if isinstance(raa, bool) or not isinstance(raa, int) or not YNGST <= raa <= ELDST:
            self.feil.meld(noekkel, f"er {vis(raa)}, ventet et helt tall fra {YNGST} til {ELDST}.")
            return _ALDER[noekkel]
        return raa

    def tekst(self, noekkel: str, maks: int, ellers: str = "") -> str:
        if noekkel not in self.data:
            return ellers
        return self.feil.tekst(noekkel, self.data[noekkel], maks) or ellers

    def konstruert(self) -> bool:
        raa = self.data.get("konstruert", False)
        if not isinstance(raa, bool):
            self.feil.meld("konstruert", f"er {vis(raa)}, ventet true eller false.")
        return raa is True

    def telling(self) -> tuple[float, float] | None:
        if "telling" not in self.data:
            return None
        return les_telling(self.feil, self.data["telling"], "suksessfaktor")

    def suksessfaktor(self, telling: tuple[float, float] | None) -> float:
        if "suksessfaktor" in self.data and "telling" in self.data:
            self.feil.meld("suksessfaktor", "er oppgitt sammen med telling. Oppgi bare den ene av dem.")
        elif not {"suksessfaktor", "telling"} & set(self.data):
            self.feil.meld("suksessfaktor", "mangler. Oppgi en andel, eller telling = { suksess = 12, forsoek = 20 }.")
        elif telling is not None:
            self.kilder["suksessfaktor"] = f"telling: {antall(telling[0])} av {antall(telling[1])}"
            return telling[0] / telling[1]
        return self.tall("suksessfaktor", 0.0)

    def poster(self, fra: int, til: int) -> tuple[Post, ...]:
        raa = self.data.get("poster", [])
        if "profil" in self.data:
            if raa:
                self.feil.meld("profil", "er oppgitt sammen med poster. Oppgi bare den ene av dem.")
                return ()
            navn = self.feil.tekst("profil", self.data["profil"], MAKS_TEKST)
            if navn is None:
                return ()
            return les_profil((self.mappe or Path()) / navn, fra, til)
        if not isinstance(raa, list) or not raa:
            self.feil.meld("poster", 'mangler. Skriv minst én [[poster]], eller profil = "profil.csv".')
            return ()
        if len(raa) > MAKS_POSTER:
            self.feil.meld("poster", f"har {len(raa)} linjer, ventet høyst {MAKS_POSTER}.")
            return ()
        ut = [self.post(f"poster[{i}]", rad, fra, til) for i, rad in enumerate(raa, start=1)]
        sett: set[str] = set()
        for i, post in enumerate(ut, start=1):
            navn = sammenligningsnavn(post.navn)
            if navn and navn in sett:
                self.feil.meld(f"poster[{i}].navn", f"er «{post.navn}» en gang til. Hver post må ha sitt navn.")
            sett.add(navn)
        return tuple(ut)

    def post(self, sted: str, raa: Any, fra: int, til: int) -> Post:
        rad = self.feil.tabell(sted, raa, ("navn", "nivaa", "slag", *GRUPPENE, "kilde", "katalog"))
        for noekkel in ("navn", "slag", *GRUPPENE):
            if noekkel not in rad:
                self.feil.meld(f"{sted}.{noekkel}", "mangler.")
        navn = self.feil.tekst(f"{sted}.navn", rad.get("navn", "uten navn"), MAKS_NAVN) or ""
        slag = self.feil.ord_fra(f"{sted}.slag", rad.get("slag", "tjeneste"), tuple(SLAGENE)) or "tjeneste"
        nivaa = ""
        if slag == "produksjon":
            if rad.get("nivaa"):
                self.feil.meld(f"{sted}.nivaa", "hører ikke til en post av slaget «produksjon», som ingen betaler.")
        else:
            nivaa = self.feil.ord_fra(f"{sted}.nivaa", rad.get("nivaa", ""), tuple(FORVALTNINGSNIVAAER)) or ""
        kilde = rad.get("kilde")
        tekst = UTEN_KILDE if kilde is None else self.feil.tekst(f"{sted}.kilde", kilde, MAKS_TEKST) or UTEN_KILDE
        mal, sml = (self.rekke(f"{sted}.{g}", rad.get(g, 0), fra, til) for g in GRUPPENE)
        post = Post(navn, nivaa, slag, mal, sml, kilde_av(tekst))
        if "katalog" not in rad:
            return post
        prisaar = self.data.get("prisaar")
        id_ = self.feil.tekst(f"{sted}.katalog", rad["katalog"], MAKS_NAVN)
        if id_ is None or isinstance(prisaar, bool) or not isinstance(prisaar, int):  # told of elsewhere
            return post
        svar = med_katalogpris(post, id_, prisaar)
        if isinstance(svar, str):
            self.feil.meld(f"{sted}.katalog", svar)
            return post
        return svar

    def rekke(self, sted: str, raa: Any, fra: int, til: int) -> Array:
        """Amounts by age: one number, or spans of ages that cover the profile without gap or overlap."""
        ut = np.full(til - fra + 1, np.nan)
        if not isinstance(raa, dict):
            lest = self.feil.tall(sted, raa, PROFILBELOEP)
            ut[:] = 0.0 if lest is None else lest
            return ut
        for spenn, beloep in raa.items():
            treff = _SPENN.fullmatch(str(spenn))
            if treff is None:
                self.feil.meld(sted, f'har aldrene {vis(spenn)}, ventet for eksempel "18-24" eller "18".')
                continue
            a, b = int(treff[1]), int(treff[2] or treff[1])
            lest = self.feil.tall(f"{sted}.{spenn}", beloep, PROFILBELOEP)
            if not fra <= a <= b <= til:
                self.feil.meld(sted, f"har aldrene {spenn}, utenfor profilen ({fra}–{til}).")
                continue
            if not np.isnan(ut[a - fra : b - fra + 1]).all():
                self.feil.meld(sted, f"har flere beløp for samme alder (aldrene {spenn}).")
            ut[a - fra : b - fra + 1] = lest or 0.0
        hull = np.flatnonzero(np.isnan(ut)) + fra
        if len(hull):
            self.feil.meld(sted, f"mangler beløp for alder {_aldre(hull)}.")
        return np.asarray(np.nan_to_num(ut))


def _aldre(aldre: Any) -> str:
    foerste, siste = int(aldre[0]), int(aldre[-1])
    if len(aldre) == 1:
        return str(foerste)
    return f"{foerste}–{siste}" if siste - foerste + 1 == len(aldre) else ", ".join(str(int(a)) for a in aldre[:10])
