"""Read personas from files, or back from a workbook, perhaps edited since."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from velferdslab_model.base.celleverdi import celletekst
from velferdslab_model.base.felt import MAKS_NAVN, MAKS_TEKST, Felt
from velferdslab_model.base.ord import BRUKERGRUPPER, SITUASJONSNAVN
from velferdslab_model.errors import KanIkkeLese, UgyldigInndata
from velferdslab_model.parameters.filslag import PERSONAFIL
from velferdslab_model.parameters.kilder import UTEN_KILDE, kilde_av
from velferdslab_model.parameters.typer import LIVSSITUASJONER
from velferdslab_model.parameters.validation import Feilliste
from velferdslab_model.personas.analysis import analyser_personas
from velferdslab_model.personas.inputs import prefiks, settregister
from velferdslab_model.personas.loading import les_personafiler, notatets_personas, samlet_sett
from velferdslab_model.personas.origin import pakk_ut_personas
from velferdslab_model.personas.terms import (
    DIALOG,
    ENHETSPRIS,
    FAKTORFELT,
    HISTORIEAAR,
    HISTORIEBETALERE,
    JA_ELLER_NEI,
    KONTAKT,
    MAKS_HENDELSE,
    MAKS_PERSONAS,
    MENGDE,
    NOTATFELT,
    OPPHAV,
    STANDARDFAKTORER,
    TELLES,
    TOM_TJENESTE,
    UTFALLENE,
    Historie,
    Historieaar,
    Persona,
    Personasett,
    Tjeneste,
    historienavn,
)
from velferdslab_model.personas.writing import personasplan
from velferdslab_model.scenarios.kinds import krev_slag
from velferdslab_model.workbook.adresse import kolonnenavn
from velferdslab_model.workbook.cells import kolonnenummer
from velferdslab_model.workbook.kind import PERSONAS
from velferdslab_model.workbook.opening import Innhold, Navneomraade, aapne, er_arbeidsbok
from velferdslab_model.workbook.reading import les_inndata

_T = TypeVar("_T")
_TEKSTKOLONNER = ("tjeneste", "betaler", "overfoering", "frigjoer", "enhet", "enhetspris", "opphav", "tjenestekilde")


def les_personas(filer: Sequence[Path]) -> Personasett:
    """The personas of files: a workbook, TOML files with one each, or both; the note's six when there are none.

    Raises KanIkkeLese and UgyldigInndata.
    """
    if not filer:
        return notatets_personas()
    boeker = [fil for fil in filer if er_arbeidsbok(fil)]
    if len(boeker) > 1:
        raise KanIkkeLese(
            f"{boeker[1]}: to arbeidsbøker med personas kan ikke leses sammen. Oppgi én, og resten som .toml."
        )
    for fil in filer:
        krev_slag(fil, PERSONAFIL, PERSONAS)
    leste = les_personafiler([fil for fil in filer if fil not in boeker])
    sett = les_personabok(aapne(boeker[0], PERSONAS)) if boeker else None
    return samlet_sett(leste, sett) if leste or sett is None else sett


def personas_laget_med(innhold: Innhold) -> Personasett | None:
    """The set a workbook was made with; None when the file does not say."""
    return pakk_ut_personas(innhold.egenskaper)


def rader_i(innhold: Innhold) -> list[int]:
    """Rows of services on the sheet of each history in the file."""
    ut: list[int] = []
    while (sted := innhold.omraade(f"{prefiks(len(ut) + 1)}_tjeneste")) is not None:
        ut.append(sted.siste_rad - sted.rad + 1)
    return ut


def les_personabok(innhold: Innhold) -> Personasett:
    """The set in the cells. Raises UgyldigInndata with one message for each cell that is wrong."""
    rader = rader_i(innhold)
    if not 1 <= len(rader) <= 2 * MAKS_PERSONAS:
        raise UgyldigInndata(innhold.fil.name, ["har ingen historier. Er fanene slettet eller omdøpt?"])
    feil: list[str] = []
    personas: list[Persona] = []
    for n in range(1, len(rader) + 1):
        p = _Arkleser(innhold, n, feil).persona()
        if personas and personas[-1].navn == p.navn:
            personas[-1] = replace(personas[-1], historier=(*personas[-1].historier, *p.historier))
        else:
            personas.append(p)
    for p in personas:
        if len({h.start for h in p.historier}) > 1:
            hvor = " og ".join(SITUASJONSNAVN[h.start].lower() for h in p.historier)
            feil.append(f"{p.navn}: historiene begynner i {hvor}, ventet samme livssituasjon i år 1.")
    prisaar = innhold.verdi("prisaar")
    if not isinstance(prisaar, int | float):
        feil.append("navnet prisaar mangler eller peker ikke på et tall. Er fanen «Vilkår» slettet eller omdøpt?")
    if feil:
        raise UgyldigInndata(innhold.fil.name, feil)
    return _med_vilkaar(innhold, Personasett(tuple(personas), int(prisaar)), rader)


def _med_vilkaar(innhold: Innhold, sett: Personasett, rader: list[int]) -> Personasett:
    """The set with the inputs that are of no history."""
    felter = [en.felt for en in settregister(analyser_personas(sett))]
    lest = les_inndata(innhold, felter, bok=personasplan(sett, rader=rader))
    faktorer = {s: float(lest[f.noekkel].verdi or 0.0) for s, f in FAKTORFELT.items()}
    skrevet = {
        f.noekkel: float(lest[f.noekkel].verdi or 0.0)
        for f in felter
        if f.noekkel not in (TELLES.noekkel, *(x.noekkel for x in FAKTORFELT.values())) and lest[f.noekkel].skrevet
    }
    uten = Personasett(sett.personas, sett.prisaar, faktorer=STANDARDFAKTORER, skrevet=skrevet)
    standard = {en.felt.noekkel: en.kilde for en in settregister(analyser_personas(uten))}
    kilder = {n: kilde_av(en.kilde) for n, en in lest.items() if en.kilde and en.kilde != standard[n]}
    return replace(
        uten, med_overfoeringer=lest[TELLES.noekkel].ordet == JA_ELLER_NEI[0], faktorer=faktorer, kilder=kilder
    )


class _Arkleser:
    """Reads the sheet of one history. feil: where messages go, each with its cell, persona and row."""

    def __init__(self, innhold: Innhold, nummer: int, feil: list[str]) -> None:
        self.innhold, self.feil, self.foran = innhold, feil, prefiks(nummer)
        self.hvem = str(celletekst(innhold.verdi(f"{self.foran}_persona"))) or f"historie {nummer}"
        ord_ = str(innhold.verdi(f"{self.foran}_utfall"))
        self.utfall = next((n for n, navn in UTFALLENE.items() if navn == ord_), "eneste")

    def persona(self) -> Persona:
        gruppe = str(self.innhold.verdi(f"{self.foran}_gruppe"))
        notatet = {n: self._fast(f"notat_{n}") for n in NOTATFELT}
        persona = Persona(
            self.hvem,
            self._fast("beskrivelse"),
            next((n for n, navn in BRUKERGRUPPER.items() if navn == gruppe), "unge_voksne"),
            (),
            self._fast("konstruert") == JA_ELLER_NEI[0],
            {n: tekst for n, tekst in notatet.items() if tekst},
        )
        self.hvem = historienavn(persona, Historie(self.utfall, (), ()))
        historie = Historie(self.utfall, self._aarene(), self._tjenestene(), self._fast("historiekilde"))
        return replace(persona, historier=(historie,))

    def _fast(self, navn: str) -> str:
        return str(celletekst(self.innhold.verdi(f"{self.foran}_{navn}")))

    def _sted(self, navn: str) -> Navneomraade | None:
        sted = self.innhold.omraade(f"{self.foran}_{navn}")
        if sted is None:
            self.feil.append(
                f"navnet {self.foran}_{navn} mangler eller peker ikke på celler. Er en fane slettet eller omdøpt?"
            )
        return sted

    def _rad(self, navn: str, antall: int = HISTORIEAAR) -> list[tuple[str, Any]]:
        """Address and content of the cells of a row, as many as there should be."""
        sted = self._sted(navn)
        if sted is None:
            return [("", None)] * antall
        fra = kolonnenummer(sted.kol)
        adresser = [f"{kolonnenavn(fra + i - 1)}{sted.rad}" for i in range(antall)]
        return [(f"{sted.ark}!{adr}", self.innhold.verdier[sted.ark].get(adr)) for adr in adresser]

    def _kolonne(self, navn: str) -> list[tuple[str, Any]]:
        sted = self._sted(navn)
        if sted is None:
            return []
        celler = self.innhold.verdier[sted.ark]
        return [
            (f"{sted.ark}!{sted.kol}{r}", celler.get(f"{sted.kol}{r}")) for r in range(sted.rad, sted.siste_rad + 1)
        ]

    def _les(self, sted: str, hva: str, les: Callable[[Feilliste, str], _T | None]) -> _T | None:
        """One cell through the common checks; what is wrong is told with cell, persona and row."""
        noekkel = f"{self.hvem}: {hva}"
        liste = Feilliste(steder={noekkel: sted})
        svar = les(liste, noekkel)
        self.feil += liste.feil
        return svar

    def _tall(self, sted: str, hva: str, verdi: Any, felt: Felt) -> float:
        if verdi is None or verdi == "":
            return 0.0
        return float(self._les(sted, hva, lambda f, n: f.tall(n, verdi, felt)) or 0.0)

    def _tekst(self, sted: str, hva: str, verdi: Any, maks: int) -> str:
        return self._les(sted, hva, lambda f, n: f.tekst(n, celletekst(verdi), maks, tom_er_lovlig=True)) or ""

    def _ord(self, sted: str, hva: str, verdi: Any, lovlige: Sequence[str]) -> str:
        return self._les(sted, hva, lambda f, n: f.ord_fra(n, "" if verdi is None else verdi, lovlige)) or ""

    def _aarene(self) -> tuple[Historieaar, ...]:
        navnene = [navn.lower() for navn in SITUASJONSNAVN.values()]
        rader = {n: self._rad(n) for n in ("situasjon", "hendelse", "opphav_aar", *DIALOG)}
        ut = []
        for i in range(HISTORIEAAR):
            aar = f"år {i + 1}"
            ordet = self._ord(*_med(rader["situasjon"][i], f"livssituasjon {aar}"), navnene)
            hendelse = self._tekst(*_med(rader["hendelse"][i], f"hendelse {aar}"), MAKS_HENDELSE)
            opphav = str(rader["opphav_aar"][i][1])
            dialog = {n: self._tall(*_med(rader[n][i], f"{navn.lower()} {aar}"), KONTAKT) for n, navn in DIALOG.items()}
            situasjon = LIVSSITUASJONER[navnene.index(ordet)] if ordet else "utsatt"
            ut.append(Historieaar(situasjon, hendelse, opphav if opphav in OPPHAV else "eget", dialog))
        return tuple(ut)

    def _tjenestene(self) -> tuple[Tjeneste, ...]:
        kolonner = {n: self._kolonne(n) for n in _TEKSTKOLONNER}
        ut = []
        for i in range(len(kolonner["tjeneste"])):
            rad = {n: celler[i] if i < len(celler) else ("", None) for n, celler in kolonner.items()}
            ut.append(self._tjeneste(i + 1, rad))
        while ut and ut[-1].tom:
            ut.pop()
        return tuple(ut)

    def _tjeneste(self, nummer: int, rad: dict[str, tuple[str, Any]]) -> Tjeneste:
        mengder = self._rad(f"mengde_{nummer}")
        fylt = [v for n, (_, v) in rad.items() if n not in ("opphav", "tjenestekilde")] + [v for _, v in mengder]
        if all(v in (None, "") for v in fylt):
            return TOM_TJENESTE
        navn = self._tekst(*_med(rad["tjeneste"], f"tjeneste i rad {nummer}"), MAKS_NAVN)
        hvem = f"tjeneste {nummer}" + (f" «{navn[:40]}»" if navn else "")
        if not navn:
            self.feil.append(f"{rad['tjeneste'][0]} ({self.hvem}: {hvem}) er tom, ventet navnet på tjenesten.")
        for noekkel, tekst in (("betaler", "betaler"), ("enhetspris", "enhetspris")):
            if rad[noekkel][1] in (None, ""):
                self.feil.append(f"{rad[noekkel][0]} ({self.hvem}: {hvem}, {tekst}) er tom.")
        betaler = rad["betaler"]
        opphav = str(rad["opphav"][1])
        mengde = [
            self._tall(*_med(celle, f"{hvem}, mengde år {i}"), MENGDE) for i, celle in enumerate(mengder, start=1)
        ]
        kilde = self._tekst(*_med(rad["tjenestekilde"], f"{hvem}, kilde"), MAKS_TEKST)
        return Tjeneste(
            navn or f"rad {nummer}",
            ("" if betaler[1] in (None, "") else self._ord(*_med(betaler, f"{hvem}, betaler"), HISTORIEBETALERE))
            or "kommune",
            self._ord(*_med(rad["overfoering"], f"{hvem}, overføring"), JA_ELLER_NEI) == JA_ELLER_NEI[0],
            self._ord(*_med(rad["frigjoer"], f"{hvem}, frigjør budsjett"), JA_ELLER_NEI) == JA_ELLER_NEI[0],
            self._tekst(*_med(rad["enhet"], f"{hvem}, enhet"), MAKS_NAVN),
            self._tall(*_med(rad["enhetspris"], f"{hvem}, enhetspris"), ENHETSPRIS),
            np.array(mengde),
            kilde_av(kilde) if kilde else UTEN_KILDE,
            opphav if opphav in OPPHAV else "eget",
        )


def _med(celle: tuple[str, Any], hva: str) -> tuple[str, str, Any]:
    return celle[0], hva, celle[1]
