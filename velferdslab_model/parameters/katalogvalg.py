"""A row of the price catalogue chosen as the price of a tiltak: what it brings with it, and how it is told afterwards.

The choice stands in the source of the price, so that it follows the number into workbook, register, audit and price list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from velferdslab_model.base.felt import MAKS_BELOEP, MAKS_NAVN, MAKS_TEKST, Felt
from velferdslab_model.base.ord import BRUKERGRUPPER
from velferdslab_model.base.tall import csv_tall, femten_siffer, fra_csv
from velferdslab_model.base.tekst import normalisert, sammenligningsnavn
from velferdslab_model.parameters.katalogtreff import holdt_mot
from velferdslab_model.parameters.prisaar import Oppgitt
from velferdslab_model.parameters.priskatalog import (
    GRADER,
    GRUNNBELOEP,
    Katalog,
    Katalograd,
    finn_rad,
    grad_av,
    katalogen,
    les_egne_priser,
)
from velferdslab_model.parameters.standard import standardtiltak
from velferdslab_model.parameters.typer import BETALERE, Betaler, Brukergruppe, Forutsetninger, Tiltak
from velferdslab_model.parameters.validation import Feilliste

#: How the source of a chosen price begins.
FORAN_VALGT = "kilde: priskatalogen, "
_VALGT = re.compile(
    r"kilde: priskatalogen, (?P<id>[a-z0-9_]{1,80})(?=[ (])(?P<egen> i [^()]*)? ?(?:\(grad (?P<grad>[ABC]))?",
    re.IGNORECASE,
)
#: Where a chosen price is from, as the register says it.
FRA_KATALOGEN, FRA_EGEN_KATALOG = "fra katalogen", "fra egen katalog"
#: How the source of a chosen price names a payer that a tiltak cannot have.
ANNEN_BETALER = "betaler i katalogen: "
_BETALER = re.compile(r"; betaler i katalogen: ([^;():]*)")
_GANGET = re.compile(r"; [0-9,]+ kr per [^;]* x ([0-9,]+)[;)]")
#: How the source of a price says that it is a transfer.
OVERFOERING = "overføring: ingen kostnad for samfunnet"
#: How the source says that nobody has told how many of the row's units make one of the tiltak's.
IKKE_HOLDT = "antakelse: én enhet i katalogen er én av tiltakets, uten påslag"
#: The key that says how many of a row's units make one of a tiltak's.
GANGER = "katalog_ganger"
_NOEKLER = {"katalog", GANGER}
_GANGER = Felt("katalog_ganger", "Enheter", "antall", "mengde", 1e-9, MAKS_BELOEP, "kostnader", "Enheter.")
#: Units whose price says nothing of an hour, or of a year, unless it is multiplied.
_IKKE_TIME = ("døgn", "dag", "måned", "halvår", "år", "årsverk", "konsultasjon", "plass")
_IKKE_AAR = ("time", "døgn", "dag", "måned", "halvår")


@dataclass(frozen=True)
class Katalogpris:
    """What a chosen row brings: kr per unit of the tiltak, its price year, source and, where it is one of the two, payer."""

    enhetskostnad: float
    prisaar: int
    kilde: str
    betaler: Betaler | None


def velg_pris(rad: Katalograd, oppgitt_ganger: float | None, kostnadsdriver: str) -> Katalogpris | str:
    """The price of a tiltak from a row, or why it cannot be that, as the end of a sentence.

    oppgitt_ganger: how many of the row's units make one of the tiltak's; None where nobody has said so, which counts as one and is told.
    kostnadsdriver: what the tiltak is counted in.
    """
    ganger = 1.0 if oppgitt_ganger is None else oppgitt_ganger
    if rad.serie == GRUNNBELOEP:
        return grunnbeloepet(rad)
    if rad.prisaar is None:
        return f"«{rad.id}», som ikke har prisår ({rad.prisaar_merknad}) og ikke kan brukes som pris."
    if ganger == 1 and ((kostnadsdriver == "timer" and rad.per in _IKKE_TIME) or (kostnadsdriver == "årskostnad" and rad.per in _IKKE_AAR)):  # fmt: skip
        regnes = "per time" if kostnadsdriver == "timer" else "per år"
        return (
            f"«{rad.id}», en pris per {rad.enhet}, men tiltaket regnes {regnes}. Oppgi {GANGER}: hvor mange av "
            f"katalogens enheter som går på én av tiltakets, for eksempel 12 for måneder i et år."
        )
    grad = grad_av(rad, ganger)
    betyr = "egen vurdering" if rad.fil else "regnet ut av publiserte tall" if grad != rad.grad else GRADER[rad.grad]
    deler = [f"grad {grad}: {betyr}", rad.slag, f"{rad.aarstekst}"]
    if ganger != 1:
        deler.append(f"{csv_tall(rad.beloep)} kr per {rad.enhet} x {csv_tall(float(f'{ganger:.6g}'))}")
    if oppgitt_ganger is None:
        deler.append(IKKE_HOLDT)
    betaler = next((b for b in BETALERE if b == rad.betaler), None)
    return Katalogpris(femten_siffer(rad.beloep * ganger), rad.prisaar, katalogkilde(rad, deler), betaler)


def grunnbeloepet(rad: Katalograd) -> str:
    """Why the basic amount cannot be a price, as the end of a sentence."""
    return f"«{rad.id}», grunnbeløpet i folketrygden: et regnegrunnlag for stønader, som ingen betaler. Velg stønaden selv."


def katalogkilde(rad: Katalograd, om: Sequence[str]) -> str:
    """The source of a price taken from a row. om: what is said of the price first: its grade, kind and year, and what was done to it."""
    deler = [*om]
    if rad.betaler not in BETALERE:
        deler.append(f"{ANNEN_BETALER}{rad.betaler}" + (f" ({rad.betaler_merknad})" if rad.betaler_merknad else ""))
    if rad.overfoering:
        deler.append(OVERFOERING)
    egen = f" i {rad.fil}" if rad.fil else ""
    return (
        f"{FORAN_VALGT}{rad.id}{egen} ({'; '.join(deler)}): {rad.kilde}, {rad.dato}. {rad.forbehold.removesuffix('.')}"
    )


def valgt_id(kilde: str) -> str | None:
    """The id of the row a source says it was taken from; None when it was not."""
    funn = _VALGT.match(kilde)
    return funn["id"] if funn else None


def valgt_ganger(kilde: str) -> float:
    """How many of the row's units the chosen price is for, as its source says; 1 when it says nothing."""
    funn = _GANGET.search(kilde)
    return fra_csv(funn[1]) if funn else 1.0


def er_overfoering(gruppe: str, t: Tiltak, katalog: Katalog) -> bool:
    """Whether a price is a transfer: its source says so, or nobody chose it and all it is held against are transfers."""
    if OVERFOERING in t.kilde.casefold():
        return True
    if valgt_id(t.kilde) is not None:
        return False
    holdt = [katalog[ett.id].overfoering for ett in holdt_mot(gruppe, t.navn, katalog) if ett.id]
    return bool(holdt) and all(holdt)


def overfoeringer(grupper: Mapping[str, Brukergruppe], egne: Katalog) -> dict[str, list[str]]:
    """The tiltak whose price is a transfer, by name, each with its groups. egne: the municipality's own rows."""
    ut: dict[str, list[str]] = {}
    for gruppe, g in grupper.items():
        for t in g.tiltak:
            if er_overfoering(gruppe, t, katalogen(egne)):
                ut.setdefault(t.navn, []).append(gruppe)
    return ut


def om_overfoering(navn: str) -> str:
    """What is said of a tiltak whose price is a transfer, without a full stop."""
    return f"«{navn}» er en {OVERFOERING}. Den trekkes likevel fra i netto både for budsjettene og for samfunnet"


def om_overfoering_i_listen(grupper: Mapping[str, Brukergruppe], egne: Katalog) -> list[str]:
    """The sentence for each of overfoeringer, where the money is not computed."""
    return [f"{om_overfoering(navn)}." for navn in overfoeringer(grupper, egne)]


def katalogopphav(kilde: str) -> str:
    """Where a chosen price is from, in words for the register; empty for one that was not chosen."""
    funn = _VALGT.match(kilde)
    if funn is None:
        return ""
    if funn["egen"]:
        return FRA_EGEN_KATALOG
    return f"{FRA_KATALOGEN}, grad {funn['grad']}" if funn["grad"] else ""


def valgte_priser(f: Forutsetninger) -> list[dict[str, Any]]:
    """Every price chosen from the catalogue, in a form for JSON: amounts in kr per unit, in the scenario's price year."""
    return [
        {
            "gruppe": gruppe,
            "tiltak": t.navn,
            "enhetskostnad": t.enhetskostnad,
            "id": valgt_id(t.kilde),
            "opphav": katalogopphav(t.kilde),
            "betaler": t.betaler,
            "overfoering": er_overfoering(gruppe, t, katalogen(f.egne_priser)),
            "kilde": t.kilde,
        }
        for gruppe, g in f.grupper.items()
        for t in g.tiltak
        if valgt_id(t.kilde) is not None
    ]


def fra_katalogen(kilde: str) -> dict[str, Any]:
    """What the source of a price says of the catalogue, in a form for JSON: nothing but None for one that was not chosen there."""
    return {
        "katalog": valgt_id(kilde),
        "grad": funn["grad"] if (funn := _VALGT.match(kilde)) else None,
        "overfoering": OVERFOERING in kilde.casefold(),
    }


def andre_betalere(f: Forutsetninger) -> list[str]:
    """A sentence for each tiltak whose chosen price is paid, by its source, by somebody that the tiltak cannot have as its payer."""
    ut = []
    for t in _alle_tiltak(f):
        if valgt_id(t.kilde) is not None and (funn := _BETALER.search(t.kilde)):
            ut.append(
                f"Tiltaket «{t.navn}»: ifølge priskatalogen er betaleren {funn[1].strip()}. Her regnes prisen på {t.betaler}; velg betaler selv "
                "om det er feil."
            )
    return list(dict.fromkeys(ut))


def ikke_holdt(f: Forutsetninger) -> list[str]:
    """A sentence for each tiltak whose chosen row nobody has held against it."""
    return list(
        dict.fromkeys(
            f"«{t.navn}»: {valgt_id(t.kilde)} er valgt som pris uten å være holdt mot tiltaket. {IKKE_HOLDT.capitalize()}."
            for t in _alle_tiltak(f)
            if valgt_id(t.kilde) is not None and IKKE_HOLDT in t.kilde
        )
    )


def _alle_tiltak(f: Forutsetninger) -> Iterable[Tiltak]:
    return (t for g in f.grupper.values() for t in g.tiltak)


@dataclass(frozen=True)
class Katalogvalg:
    """A parsed scenario without its choices from the catalogue, which have become prices, sources and payers.

    aar: the price year of each chosen price by group and name of the tiltak. egne: the rows of the scenario's own catalogue file,
    fil. feil: every fault.
    """

    data: dict[str, Any]
    aar: Mapping[tuple[str, str], int]
    egne: Katalog
    fil: Path | None
    feil: list[str]


def med_katalogvalg(data: dict[str, Any], mappe: Path) -> Katalogvalg:
    """Put every `katalog = "..."` of a tiltak of a parsed scenario as price, source and payer.

    mappe: where the scenario's own catalogue file, `katalogfil = "..."`, is looked for. Raises what reading that file raises.
    """
    ut = dict(data)
    feil = Feilliste()
    egen = ut.pop("katalogfil", None)
    if egen is not None:
        egen = feil.tekst("katalogfil", egen, MAKS_TEKST)
    fil = mappe / egen if egen else None
    egne = les_egne_priser(fil) if fil else {}
    katalog = katalogen(egne)
    aar: dict[tuple[str, str], int] = {}
    for gruppe in BRUKERGRUPPER:
        tabell = ut.get(gruppe)
        if not isinstance(tabell, dict):
            continue
        liste = tabell.get("tiltak")
        if isinstance(liste, list) and any(isinstance(rad, dict) and _NOEKLER & rad.keys() for rad in liste):
            ut[gruppe] = {**tabell, "tiltak": [_med_pris(feil, gruppe, rad, katalog, aar) for rad in liste]}
    return Katalogvalg(ut, aar, egne, fil, feil.feil)


def _med_pris(feil: Feilliste, gruppe: str, rad: Any, katalog: Katalog, aar: dict[tuple[str, str], int]) -> Any:
    """One tiltak of a scenario file, with the price of the row it names."""
    if not (isinstance(rad, dict) and _NOEKLER & rad.keys()):
        return rad
    navn = normalisert(rad["navn"]) if isinstance(rad.get("navn"), str) else ""
    sted = f"{gruppe}.tiltak «{navn}»: katalog"
    rest = {noekkel: verdi for noekkel, verdi in rad.items() if noekkel not in _NOEKLER}
    foer = len(feil.feil)
    if "katalog" not in rad:
        feil.meld(f"{sted}_ganger", "står uten katalog, ventet også katalog med id-en til en rad.")
    for noekkel in ("enhetskostnad", "kilde"):
        if noekkel in rad:
            feil.meld(sted, f"står sammen med {noekkel}. Raden i katalogen gir {noekkel}; behold det ene.")
    ganger = feil.tall(f"{sted}_ganger", rad.get(GANGER, 1), _GANGER)
    id_ = feil.tekst(sted, rad.get("katalog", ""), MAKS_NAVN) if "katalog" in rad else None
    if id_ is None or ganger is None or len(feil.feil) > foer:
        return {**rest, "enhetskostnad": 0}  # so that the missing price is not told as well
    funnet = finn_rad(katalog, id_)
    if isinstance(funnet, str):
        feil.meld(sted, funnet)
        return {**rest, "enhetskostnad": 0}
    standard = {sammenligningsnavn(t.navn): t.kostnadsdriver for t in standardtiltak(gruppe)}
    driver = rad.get("kostnadsdriver", standard.get(sammenligningsnavn(navn), ""))
    holdt = next((ett.ganger for ett in holdt_mot(gruppe, navn, katalog) if ett.id == funnet.id), None)
    pris = velg_pris(funnet, ganger if GANGER in rad else holdt, str(driver))
    if isinstance(pris, str):
        feil.meld(sted, f"er {pris}")
        return {**rest, "enhetskostnad": 0}
    aar[gruppe, sammenligningsnavn(navn)] = pris.prisaar
    return {
        **({"betaler": pris.betaler} if pris.betaler else {}),
        **rest,
        "enhetskostnad": pris.enhetskostnad,
        "kilde": pris.kilde,
    }


def med_katalogaar(oppgitt: Oppgitt, valg: Katalogvalg) -> Oppgitt:
    """A scenario as given, with the price year of each price that was chosen from the catalogue, and its own rows of it."""
    aar = valg.aar
    prisaar = {
        gruppe: {
            **gamle,
            **{
                f"tiltak.{t.navn}": aar[gruppe, sammenligningsnavn(t.navn)]
                for t in oppgitt.grupper[gruppe].tiltak
                if (gruppe, sammenligningsnavn(t.navn)) in aar
            },
        }
        for gruppe, gamle in oppgitt.prisaar.items()
    }
    return replace(oppgitt, prisaar=prisaar, egne_priser=valg.egne, katalogfil=valg.fil)
