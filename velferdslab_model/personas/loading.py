"""Read personas from TOML. All faults of a file are reported together, each with its persona and row."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from velferdslab_model.base.felt import MAKS_NAVN, MAKS_TEKST
from velferdslab_model.base.maler import maler
from velferdslab_model.base.ord import BRUKERGRUPPER
from velferdslab_model.base.tekst import mente_du, oppramset, sammenligningsnavn
from velferdslab_model.errors import KanIkkeLese, UgyldigInndata
from velferdslab_model.katalog.hentet import hent_pris
from velferdslab_model.model.array import Array
from velferdslab_model.parameters.filslag import PERSONAFIL
from velferdslab_model.parameters.kilder import UTEN_KILDE, kilde_av
from velferdslab_model.parameters.loading import les_toml_fil
from velferdslab_model.parameters.typer import LIVSSITUASJONER
from velferdslab_model.parameters.validation import Feilliste, SkrevetTall, vis
from velferdslab_model.personas.terms import (
    DIALOG,
    ENHETSPRIS,
    HISTORIEAAR,
    HISTORIEBETALERE,
    KONTAKT,
    MAKS_HENDELSE,
    MAKS_PERSONAS,
    MAKS_TJENESTER,
    MENGDE,
    NOTATFELT,
    OPPHAV,
    PERSONAPRISAAR,
    UTFALLENE,
    Historie,
    Historieaar,
    Persona,
    Personasett,
    Tjeneste,
)

#: Templates by name: the note's six, in its order.
PERSONAMALER = ("tone", "anders", "peder", "barnerik_familie", "enslig_mor", "familie_utviklingshemming")
VALUTA = "NOK"
_AARSSPENN = re.compile(r"\s*(\d{1,2})\s*(?:[-–]\s*(\d{1,2})\s*)?")
_NOEKLER = ("navn", "beskrivelse", "brukergruppe", "prisaar", "valuta", "konstruert", "notatet", "historier")


def personamal(navn: str) -> str:
    """The text of a template. Raises KanIkkeLese when there is none of that name."""
    if navn not in PERSONAMALER:
        raise KanIkkeLese(
            f"{navn[:60] or 'Ingenting etter --mal'} er ikke en mal, ventet en av {', '.join(PERSONAMALER)}.{mente_du(navn, PERSONAMALER)}"
        )
    return maler()[f"personas/{navn}.toml"].decode()


def notatets_personas() -> Personasett:
    """The six personas of the note, with their eight histories."""
    lest = [
        _Leser(Feilliste(), tomllib.loads(personamal(n), parse_float=SkrevetTall)).persona(f"{n}.toml")
        for n in PERSONAMALER
    ]
    return samlet_sett([(f"{n}.toml", p, aar) for n, (p, aar) in zip(PERSONAMALER, lest, strict=True)])


def les_personafiler(filer: Sequence[Path]) -> list[tuple[str, Persona, int]]:
    """Every persona of TOML files: the file's name, the persona and its price year.

    Raises KanIkkeLese, or UgyldigInndata with every fault of a file.
    """
    ut = []
    for fil in filer:
        data = les_toml_fil(fil, PERSONAFIL)
        persona, prisaar = _Leser(Feilliste(), data).persona(fil.name)
        ut.append((fil.name, persona, prisaar))
    return ut


def samlet_sett(leste: Sequence[tuple[str, Persona, int]], til: Personasett | None = None) -> Personasett:
    """One set of personas from several files. til: a set that they are added to.

    Raises UgyldigInndata when two have the same name, or are not in the money of the same year.
    """
    feil = Feilliste()
    personas = list(til.personas if til else ())
    prisaar = til.prisaar if til else leste[0][2]
    sett = {sammenligningsnavn(p.navn) for p in personas}
    for fil, persona, aar in leste:
        if sammenligningsnavn(persona.navn) in sett:
            feil.meld(f"{fil}: navn", f"er «{persona.navn}» en gang til. Hver persona må ha sitt navn.")
        if aar != prisaar:
            feil.meld(
                f"{fil}: prisaar", f"er {aar}, men de andre er i {prisaar}-kroner. Regn beløpene om til samme år."
            )
        sett.add(sammenligningsnavn(persona.navn))
        personas.append(persona)
    if len(personas) > MAKS_PERSONAS:
        feil.meld("personas", f"er {len(personas)}, ventet høyst {MAKS_PERSONAS}.")
    if feil.feil:
        raise UgyldigInndata("personas", feil.feil)
    return replace(til, personas=tuple(personas)) if til else Personasett(tuple(personas), prisaar)


class _Leser:
    def __init__(self, feil: Feilliste, data: dict[str, Any]) -> None:
        self.feil = feil
        self.data = feil.tabell("", data, _NOEKLER)

    def persona(self, fil: str) -> tuple[Persona, int]:
        """The persona, and its price year. Raises UgyldigInndata with every fault."""
        for noekkel in ("navn", "brukergruppe", "prisaar", "historier"):
            if noekkel not in self.data:
                self.feil.meld(noekkel, "mangler.")
        navn = self.feil.tekst("navn", self.data.get("navn", "uten navn"), MAKS_NAVN) or "uten navn"
        gruppe = self.feil.ord_fra("brukergruppe", self.data.get("brukergruppe", "unge_voksne"), tuple(BRUKERGRUPPER))
        prisaar = self.feil.tall("prisaar", self.data.get("prisaar", 2019), PERSONAPRISAAR)
        self.valuta("valuta", self.data.get("valuta", VALUTA))
        konstruert = self.sannhet("konstruert", self.data, True)
        notatet = self.feil.tabell("notatet", self.data.get("notatet", {}), NOTATFELT)
        fakta = {n: self.feil.tekst(f"notatet.{n}", t, MAKS_TEKST) or "" for n, t in notatet.items()}
        persona = Persona(
            navn,
            self.feil.tekst("beskrivelse", self.data.get("beskrivelse", ""), MAKS_NAVN, tom_er_lovlig=True) or "",
            gruppe or "unge_voksne",
            self.historier(),
            konstruert,
            fakta,
        )
        if self.feil.feil:
            raise UgyldigInndata(fil, [f"{navn}: {linje}" for linje in self.feil.feil])
        return persona, int(prisaar or 2019)

    def valuta(self, sted: str, raa: Any) -> None:
        if not (isinstance(raa, str) and raa.strip().upper() == VALUTA):
            self.feil.meld(sted, f"er {vis(raa)}, ventet {VALUTA}. Alle beløp må være i norske kroner; regn dem om.")

    def sannhet(self, sted: str, rad: dict[str, Any], ellers: bool) -> bool:
        raa = rad.get(sted.rpartition(".")[2], ellers)
        if not isinstance(raa, bool):
            self.feil.meld(sted, f"er {vis(raa)}, ventet true eller false.")
        return raa is True

    def historier(self) -> tuple[Historie, ...]:
        raa = self.data.get("historier", [{}])
        if not isinstance(raa, list) or not 1 <= len(raa) <= 2:
            hva = f"er {len(raa)}" if isinstance(raa, list) else f"er {vis(raa)}"
            self.feil.meld("historier", f"{hva}, ventet én [[historier]], eller to: best og verst.")
            return ()
        ut = tuple(self.historie(f"historier[{i}]", rad) for i, rad in enumerate(raa, start=1))
        utfall = [h.utfall for h in ut]
        if len(ut) == 1 and utfall != ["eneste"]:
            mangler = "verst" if utfall == ["best"] else "best"
            self.feil.meld("historier[1].utfall", f"er «{utfall[0]}», men historien med utfall «{mangler}» mangler.")
        elif len(ut) == 2 and sorted(utfall) != ["best", "verst"]:
            self.feil.meld("historier", f"har utfall «{utfall[0]}» og «{utfall[1]}», ventet «best» og «verst».")
        elif len(ut) == 2 and all(h.aar for h in ut) and ut[0].start != ut[1].start:
            self.feil.meld(
                "historier",
                f"begynner i {ut[0].start} og {ut[1].start}, ventet samme livssituasjon i år 1: det er den samme personaen.",
            )
        return ut

    def historie(self, sted: str, raa: Any) -> Historie:
        rad = self.feil.tabell(sted, raa, ("utfall", "aar", "tjenester", "kilde"))
        utfall = self.feil.ord_fra(f"{sted}.utfall", rad.get("utfall", "eneste"), tuple(UTFALLENE)) or "eneste"
        kilde = self.feil.tekst(f"{sted}.kilde", rad.get("kilde", ""), MAKS_TEKST, tom_er_lovlig=True) or ""
        return Historie(
            utfall, self.aarene(sted, rad.get("aar")), self.tjenestene(sted, rad.get("tjenester", [])), kilde
        )

    def aarene(self, sted: str, raa: Any) -> tuple[Historieaar, ...]:
        if not isinstance(raa, list):
            self.feil.meld(f"{sted}.aar", f"{'mangler' if raa is None else f'er {vis(raa)}'}, ventet ti år, 1 til 10.")
            return ()
        funnet: dict[int, Historieaar] = {}
        for i, en in enumerate(raa, start=1):
            her = f"{sted}.aar[{i}]"
            rad = self.feil.tabell(her, en, ("aar", "livssituasjon", "hendelse", "opphav", *DIALOG))
            nummer = rad.get("aar")
            if isinstance(nummer, bool) or not isinstance(nummer, int) or not 1 <= nummer <= HISTORIEAAR:
                self.feil.meld(f"{her}.aar", f"er {vis(nummer)}, ventet et år fra 1 til {HISTORIEAAR}.")
                continue
            if nummer in funnet:
                self.feil.meld(f"{her}.aar", f"er {nummer} en gang til. Hvert år skal stå én gang.")
            funnet[nummer] = self.ett_aar(her, rad)
        if hull := [str(n) for n in range(1, HISTORIEAAR + 1) if n not in funnet]:
            self.feil.meld(f"{sted}.aar", f"mangler år {oppramset(hull)}. En historie har ti år.")
        return tuple(funnet[n] for n in sorted(funnet))

    def ett_aar(self, sted: str, rad: dict[str, Any]) -> Historieaar:
        if "livssituasjon" not in rad:
            self.feil.meld(f"{sted}.livssituasjon", "mangler.")
        situasjon = self.feil.ord_fra(f"{sted}.livssituasjon", rad.get("livssituasjon", "utsatt"), LIVSSITUASJONER)
        hendelse = self.feil.tekst(f"{sted}.hendelse", rad.get("hendelse", ""), MAKS_HENDELSE, tom_er_lovlig=True)
        dialog = {n: self.feil.tall(f"{sted}.{n}", rad.get(n, 0), KONTAKT) or 0.0 for n in DIALOG}
        return Historieaar(situasjon or "utsatt", hendelse or "", self.opphav(sted, rad), dialog)

    def opphav(self, sted: str, rad: dict[str, Any]) -> str:
        return self.feil.ord_fra(f"{sted}.opphav", rad.get("opphav", "eget"), OPPHAV) or "eget"

    def tjenestene(self, sted: str, raa: Any) -> tuple[Tjeneste, ...]:
        if not isinstance(raa, list):
            self.feil.meld(f"{sted}.tjenester", f"er {vis(raa)}, ventet [[historier.tjenester]].")
            return ()
        if len(raa) > MAKS_TJENESTER:
            self.feil.meld(f"{sted}.tjenester", f"har {len(raa)} rader, ventet høyst {MAKS_TJENESTER}.")
            return ()
        ut = tuple(self.tjeneste(f"{sted}.tjenester[{i}]", rad) for i, rad in enumerate(raa, start=1))
        sett: set[str] = set()
        for i, t in enumerate(ut, start=1):
            if sammenligningsnavn(t.navn) in sett:
                self.feil.meld(f"{sted}.tjenester[{i}].navn", f"er «{t.navn}» en gang til i samme historie.")
            sett.add(sammenligningsnavn(t.navn))
        return ut

    def tjeneste(self, sted: str, raa: Any) -> Tjeneste:
        lovlige = ("navn", "betaler", "overfoering", "frigjoer_budsjett", "enhet", "enhetspris", "valuta", "mengde",
                   "kilde", "opphav", "katalog")  # fmt: skip
        rad = self.feil.tabell(sted, raa, lovlige)
        navn = self.feil.tekst(f"{sted}.navn", rad.get("navn", "uten navn"), MAKS_NAVN) or "uten navn"
        sted = f"{sted} «{navn[:40]}»"
        if "katalog" in rad:
            rad = self.fra_katalogen(sted, rad)
        for noekkel in ("navn", "betaler", "overfoering", "frigjoer_budsjett", "enhetspris", "mengde"):
            if noekkel not in rad:
                self.feil.meld(f"{sted}.{noekkel}", "mangler.")
        if "valuta" in rad:
            self.valuta(f"{sted}.valuta", rad["valuta"])
        kilde = self.feil.tekst(f"{sted}.kilde", rad.get("kilde", UTEN_KILDE), MAKS_TEKST) or UTEN_KILDE
        return Tjeneste(
            navn,
            self.feil.ord_fra(f"{sted}.betaler", rad.get("betaler", "kommune"), HISTORIEBETALERE) or "kommune",
            self.sannhet(f"{sted}.overfoering", rad, False),
            self.sannhet(f"{sted}.frigjoer_budsjett", rad, False),
            self.feil.tekst(f"{sted}.enhet", rad.get("enhet", "år"), MAKS_NAVN) or "år",
            self.feil.tall(f"{sted}.enhetspris", rad.get("enhetspris", 0), ENHETSPRIS) or 0.0,
            self.mengde(f"{sted}.mengde", rad.get("mengde", 0)),
            kilde_av(kilde),
            self.opphav(sted, rad),
        )

    def fra_katalogen(self, sted: str, rad: dict[str, Any]) -> dict[str, Any]:
        """A service with what the row it names gives: price, source, whether it is a transfer, and payer and unit where none are given."""
        uten = {noekkel: verdi for noekkel, verdi in rad.items() if noekkel != "katalog"}
        for noekkel in ("enhetspris", "overfoering", "kilde"):
            if noekkel in rad:
                self.feil.meld(
                    f"{sted}.katalog", f"står sammen med {noekkel}. Raden i katalogen gir {noekkel}; behold det ene."
                )
        ellers = {
            "enhetspris": 0,
            "overfoering": False,
            "betaler": "kommune",
        }  # so that what is missing is not told as well
        id_ = self.feil.tekst(f"{sted}.katalog", rad["katalog"], MAKS_NAVN)
        prisaar = self.data.get("prisaar")
        if id_ is None or isinstance(prisaar, bool) or not isinstance(prisaar, int):  # told of elsewhere
            return {**ellers, **uten}
        hentet = hent_pris(id_, prisaar)
        if isinstance(hentet, str):
            self.feil.meld(f"{sted}.katalog", hentet)
            return {**ellers, **uten}
        betaler = {"betaler": hentet.rad.betaler} if hentet.rad.betaler in HISTORIEBETALERE else {}
        return {
            **betaler,
            "enhet": hentet.rad.enhet,
            **uten,
            "enhetspris": hentet.pris,
            "overfoering": hentet.rad.overfoering,
            "kilde": hentet.kilde,
        }

    def mengde(self, sted: str, raa: Any) -> Array:
        """Units in each year: one number for all, or by years, "1-3" or "4"; the years that are not named have none."""
        ut = np.full(HISTORIEAAR, np.nan)
        if not isinstance(raa, dict):
            ut[:] = self.feil.tall(sted, raa, MENGDE) or 0.0
            return ut
        for spenn, tall in raa.items():
            treff = _AARSSPENN.fullmatch(str(spenn))
            fra, til = (int(treff[1]), int(treff[2] or treff[1])) if treff else (0, 0)
            if not 1 <= fra <= til <= HISTORIEAAR:
                self.feil.meld(sted, f'har årene {vis(spenn)}, ventet år fra 1 til {HISTORIEAAR}, for eksempel "1-3".')
                continue
            if not np.isnan(ut[fra - 1 : til]).all():
                self.feil.meld(sted, f"har flere mengder for samme år (årene {spenn}).")
            ut[fra - 1 : til] = self.feil.tall(f"{sted}.{spenn}", tall, MENGDE) or 0.0
        return np.asarray(np.nan_to_num(ut))
