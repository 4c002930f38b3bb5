"""The form of the first room: the one table of inputs with its defaults, sources and help, and how what was typed is read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from velferdslab_model.app.room import PAKKE, Skjemadata
from velferdslab_model.base.felt import MAKS_TEKST, Felt
from velferdslab_model.base.ord import BRUKERGRUPPER, er_antakelse
from velferdslab_model.base.tall import (
    MINUS,
    Tallfeil,
    TvetydigTall,
    aar,
    antall,
    femten_siffer,
    fra_skrevet,
    kr,
    les_beloep,
    prosent,
)
from velferdslab_model.base.tekst import normalisert, tekstfeil
from velferdslab_model.page.rendering import bit
from velferdslab_model.parameters.avledet import AVLEDEDE
from velferdslab_model.parameters.felt import FELT, PRISAAR
from velferdslab_model.parameters.standard import STANDARD_PRISAAR, standardkilder, standardverdier

#: Asked once for both groups, which can only be added when they share them.
FELLESFELT = ("analyseperiode", "inntaksaar", "analysetidspunkt", "neddiskontering")
#: Asked of each group at first; the rest of the table stands behind «Flere forutsetninger».
_FOERST = ("inntak.", "suksessrate.")
_FANENAVN = {"hoved": "Rammer", "kostnader": "Nullalternativ", "gevinster": "Gevinster og utvidede forutsetninger"}
#: Who may be taken in: value of the choice, label, and the group that is then left out.
HVEM_ER_MED = {
    "begge": ("Både unge voksne og familier", ""),
    "unge_voksne": ("Bare unge voksne", "familier"),
    "familier": ("Bare familier", "unge_voksne"),
}
_FELLESGRUPPE = "felles"
_PROSENT = re.compile(rf"^([+{MINUS}-]?\s*[0-9]+(?:[.,][0-9]+)?)\s*(%|prosent)?$")


@dataclass(frozen=True)
class Skjemafelt:
    """A field as it is drawn. hjelp: what it means, its default and where that comes from."""

    navn: str
    etikett: str
    verdi: str
    enhet: str
    hjelp: str
    kilde: str
    antakelse: bool
    standard: str
    feil: tuple[str, ...]


def startskjema(data: Skjemadata) -> Markup:
    """The whole form."""
    grupper = []
    for gruppe, tittel in BRUKERGRUPPER.items():
        foerst = [_felt(gruppe, n, data) for n in FELT if n.startswith(_FOERST)]
        resten = [
            (_FANENAVN[fane], [_felt(gruppe, n, data) for n, f in FELT.items() if f.fane == fane and _er_flere(n)])
            for fane in _FANENAVN
        ]
        resten = [(fane, felt) for fane, felt in resten if felt]
        aapen = any(
            f.feil or f.verdi != _vist(FELT[f.navn.partition(".")[2]], gruppe) for _, alle in resten for f in alle
        )
        grupper.append({"noekkel": gruppe, "tittel": tittel, "foerst": foerst, "resten": resten, "aapen": aapen})
    return bit(
        PAKKE,
        "start.html",
        data=data,
        hvem=HVEM_ER_MED,
        valgt=data.skrevet("hvem", "begge"),
        felles=[_felt(_FELLESGRUPPE, n, data) for n in FELLESFELT],
        grupper=grupper,
        standardaar=STANDARD_PRISAAR,
        foerste_aar=aar(standardverdier("unge_voksne")["analysetidspunkt"]),
    )


def _er_flere(noekkel: str) -> bool:
    return noekkel not in FELLESFELT and not noekkel.startswith(_FOERST)


def _felt(gruppe: str, noekkel: str, data: Skjemadata) -> Skjemafelt:
    felt, navn = FELT[noekkel], f"{gruppe}.{noekkel}"
    kilde = standardkilder(_kildegruppe(gruppe))[noekkel]
    return Skjemafelt(
        navn,
        felt.tekst,
        data.skrevet(navn, _vist(felt, gruppe)),
        "" if felt.slag == "andel" else felt.enhet,
        felt.hjelp,
        kilde,
        er_antakelse(kilde),
        _standardtekst(felt, gruppe),
        tuple(data.feil.get(navn, ())),
    )


def _kildegruppe(gruppe: str) -> str:
    return "unge_voksne" if gruppe == _FELLESGRUPPE else gruppe


def _er_tomt(felt: Felt) -> bool:
    """Whether a field stands empty for its default: an amount, which is in another price year than the one typed in."""
    return felt.slag == "beloep" or felt.noekkel in AVLEDEDE


def _vist(felt: Felt, gruppe: str) -> str:
    return "" if _er_tomt(felt) else _vist_tall(felt, standardverdier(_kildegruppe(gruppe))[felt.noekkel])


def _vist_tall(felt: Felt, verdi: float) -> str:
    if felt.slag == "andel":
        return prosent(verdi)
    return f"{verdi:.0f}" if felt.heltall else kr(verdi) if felt.slag == "beloep" else antall(verdi, 10)


def _standardtekst(felt: Felt, gruppe: str) -> str:
    vist = _vist_tall(felt, standardverdier(_kildegruppe(gruppe))[felt.noekkel])
    if felt.noekkel in AVLEDEDE:
        return f"{vist} kr i {STANDARD_PRISAAR}-kroner; regnes ut av utsatt og faktoren når feltet er tomt"
    if felt.slag == "beloep":
        return f"{vist} kr i {STANDARD_PRISAAR}-kroner; brukes, regnet om til prisåret, når feltet er tomt"
    return vist


@dataclass(frozen=True)
class Skjemainnhold:
    """A form as a parsed scenario. data: only what differs from the defaults. steder: what each key is called. feil: every text
    that may be read in two ways, or is no name, which data leaves out; other faults are for the scenario to tell."""

    data: dict[str, Any]
    steder: dict[str, str]
    feil: list[str]


def les_skjema(skrevet: Mapping[str, str]) -> Skjemainnhold:
    """Read what was typed."""
    feil: list[str] = []
    data: dict[str, Any] = {"navn": _navn(skrevet, feil) or "uten navn"}
    steder = {"navn": "Kommunens navn", "prisaar": PRISAAR.tekst}
    if (aar := skrevet.get("prisaar", "").strip()) and (
        lest := _tall(aar, PRISAAR, "prisaar", steder, feil)
    ) is not None:
        data["prisaar"] = lest
    kilde = normalisert(skrevet.get("kilde", ""))
    if galt := tekstfeil(kilde, MAKS_TEKST - 10, tom_er_lovlig=True):
        feil.append(f"Kilde (kilde) {galt}.")
        kilde = ""
    utelatt = HVEM_ER_MED.get(skrevet.get("hvem", "begge"), HVEM_ER_MED["begge"])[1]
    for gruppe, tittel in BRUKERGRUPPER.items():
        tabell: dict[str, Any] = {}
        kilder: dict[str, str] = {}
        for noekkel, felt, navn, tekst in _skrevne(gruppe, skrevet):
            sted = f"{felt.tekst}{'' if navn.startswith(_FELLESGRUPPE) else f' ({tittel})'}"
            steder[f"{gruppe}.{noekkel}"] = sted
            if gruppe == utelatt and noekkel.startswith(_FOERST):
                continue
            if (verdi := _tall(tekst, felt, navn, {navn: sted}, feil)) is None:
                continue
            hode, _, del_ = noekkel.partition(".")
            if del_:
                tabell.setdefault(hode, {})[del_] = verdi
            else:
                tabell[hode] = verdi
            if kilde:
                kilder[noekkel] = kilde
        if gruppe == utelatt:
            tabell["inntak"] = dict.fromkeys(("uholdbar", "utsatt", "stabil"), 0.0)
            kilder |= dict.fromkeys(
                ("inntak.uholdbar", "inntak.utsatt", "inntak.stabil"), "antakelse: gruppen er valgt bort i skjemaet"
            )
        data[gruppe] = {**tabell, "kilder": kilder} if kilder else tabell
    return Skjemainnhold(data, steder, list(dict.fromkeys(feil)))


def _skrevne(gruppe: str, skrevet: Mapping[str, str]) -> Iterator[tuple[str, Felt, str, str]]:
    """Key, field, name in the form and text of what differs from the default."""
    for noekkel, felt in FELT.items():
        navn = f"{_FELLESGRUPPE if noekkel in FELLESFELT else gruppe}.{noekkel}"
        tekst = normalisert(skrevet.get(navn, ""))
        vanlig = _vist(felt, gruppe)
        if tekst and normalisert(vanlig) != tekst:
            yield noekkel, felt, navn, tekst


def _navn(skrevet: Mapping[str, str], feil: list[str]) -> str:
    navn, nummer = normalisert(skrevet.get("navn", "")), normalisert(skrevet.get("nummer", ""))
    if not navn:
        feil.append("Kommunens navn (navn) er tomt, ventet navnet på en kommune eller et prosjekt.")
    if nummer and not re.fullmatch("[0-9]{4}", nummer):
        feil.append(f"Kommunenummer (nummer) er «{nummer[:20]}», ventet fire siffer, for eksempel 3203.")
    return f"{navn} ({nummer})" if nummer else navn


def _tall(tekst: str, felt: Felt, navn: str, steder: Mapping[str, str], feil: list[str]) -> float | str | None:
    """The number; the text itself where it is none, for which the scenario has its own message; None when it is two."""
    try:
        return _andel(tekst) if felt.slag == "andel" else les_beloep(tekst)
    except TvetydigTall as grunn:
        feil.append(f"{steder[navn]} ({navn}) er «{tekst}», {grunn}")
        return None
    except Tallfeil:
        return tekst


def _andel(tekst: str) -> float:
    """A share written in per cent. Raises TvetydigAndel for «0,7», which may be meant as 70 %."""
    funn = _PROSENT.match(tekst)
    if funn is None:
        raise Tallfeil("ventet en prosent.")
    tall = fra_skrevet(funn[1])
    if not funn[2] and 0 < tall <= 1:
        raise TvetydigAndel(tall)
    return femten_siffer(tall / 100)


class TvetydigAndel(TvetydigTall):
    """A number without % that may be a share or per cent, a hundred times apart."""

    def __init__(self, tall: float) -> None:
        ValueError.__init__(
            self, f"som kan leses som {prosent(tall / 100)} eller som {prosent(tall)}. Skriv prosenttegnet."
        )
