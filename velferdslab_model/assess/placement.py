"""The rule that places a registration: its themes, the overall situation, and the contract's target group and goal.

Nothing is resolved in silence: what the rule narrowed, what it could not decide and what is missing stand as sentences.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Literal

from velferdslab_model.assess.criteria import (
    GJELDER_IKKE,
    SITUASJONER,
    Kriterier,
    Mulige,
    kriteriene,
    sammenstilt,
    situasjonstekst,
)
from velferdslab_model.base.file_reading import les_inndatafil
from velferdslab_model.base.tekst import mente_du, oppramset
from velferdslab_model.errors import KanIkkeLese, UgyldigInndata
from velferdslab_model.parameters.filslag import REGELFIL
from velferdslab_model.scenarios.kinds import krev_slag

Utfall = Literal["ja", "nei", "uavklart"]


@dataclass(frozen=True)
class Plasseringsregel:
    """The rule, by its version.

    sentral_stemmer: votes of a theme the person finds central; the others have one. sammenfall: whether an answer that
    means several situations is narrowed to the one most of the certain answers say («smalnes») or counts for all of them
    («alle»). maalgruppe: kjennetegn at utsatt or worse that make the target group. maal: kjennetegn at stabil or better that
    make the goal. gjelder_ikke: «strengt» keeps these numbers when a kjennetegn does not apply, «andel» asks for the same
    share of those that do.
    """

    versjon: str = "1"
    sentral_stemmer: int = 2
    sammenfall: Literal["smalnes", "alle"] = "smalnes"
    maalgruppe: int = 3
    maal: int = 4
    gjelder_ikke: Literal["strengt", "andel"] = "strengt"

    @property
    def beskrivelse(self) -> str:
        """The rule in one sentence."""
        return (
            f"Regel {self.versjon}: hvert tema har én stemme, et sentralt tema {self.sentral_stemmer}; svar som kan bety flere "
            f"situasjoner, {'smalnes til den de fleste sikre svarene peker på' if self.sammenfall == 'smalnes' else 'teller for alle'}; "
            f"målgruppe er minst {self.maalgruppe} kjennetegn på utsatt eller verre, mål minst {self.maal} på stabil eller bedre"
            f"{'' if self.gjelder_ikke == 'strengt' else ', regnet som andel av dem som gjelder'}."
        )


#: The rule that holds where no other is given (antakelse: the source leaves weights, ties and age to be settled).
STANDARDREGEL = Plasseringsregel()
_MAKS_FIL = 100_000
_LOVLIGE: dict[str, tuple[Any, ...]] = {
    "sentral_stemmer": (1, 2, 3, 4, 5),
    "sammenfall": ("smalnes", "alle"),
    "maalgruppe": (1, 2, 3, 4, 5, 6),
    "maal": (1, 2, 3, 4, 5, 6),
    "gjelder_ikke": ("strengt", "andel"),
}


def les_regel(fil: Path) -> Plasseringsregel:
    """Read another rule (.toml): a versjon, and the numbers that are other than the standard rule's.

    Raises KanIkkeLese and UgyldigInndata.
    """
    krev_slag(fil, REGELFIL)
    try:
        data = tomllib.loads(les_inndatafil(fil, "en plasseringsregel", ".toml", _MAKS_FIL).decode("utf-8-sig"))
    except ValueError:
        raise KanIkkeLese(f'{fil} er ikke en regelfil: ventet TOML, for eksempel versjon = "2".') from None
    navn = [f.name for f in fields(Plasseringsregel)]
    feil = [f"{n[:60]} er en ukjent nøkkel.{mente_du(n, navn)}" for n in data if n not in navn]
    versjon = data.get("versjon")
    if not isinstance(versjon, str) or not versjon.strip() or versjon == STANDARDREGEL.versjon or len(versjon) > 40:
        feil.append(f"versjon er {versjon!r}, ventet et navn i anførselstegn, et annet enn «{STANDARDREGEL.versjon}».")
    for noekkel, lovlige in _LOVLIGE.items():
        verdi = data.get(noekkel, lovlige[0])
        if isinstance(verdi, bool) or verdi not in lovlige:
            feil.append(f"{noekkel} er {str(verdi)[:60]}, ventet en av {', '.join(map(str, lovlige))}.")
    if feil:
        raise UgyldigInndata(fil.name, feil)
    return Plasseringsregel(**data)


@dataclass(frozen=True)
class Kontraktvurdering:
    """How many kjennetegn count certainly and how many may, of those that apply; and what follows from it."""

    sikre: int
    mulige: int
    gjelder: int
    utfall: Utfall
    andel_ville_endret: bool


@dataclass(frozen=True)
class Plassering:
    """One registration placed.

    temaer: what each theme means; empty where answers contradict. stemmer: of each situation. samlet: the situations with
    most votes, more than one in a tie, none without answers. maalgruppe, maal: by the contract. forklaring: sentences.
    """

    temaer: Mapping[str, Mulige]
    stemmer: tuple[int, ...]
    samlet: Mulige
    maalgruppe: Kontraktvurdering
    maal: Kontraktvurdering
    forklaring: tuple[str, ...]

    @property
    def situasjon(self) -> int | None:
        """The one situation, where the rule gives one."""
        return next(iter(self.samlet)) if len(self.samlet) == 1 else None


def plasser_svar(
    svar: Mapping[str, str],
    skjema: str,
    sentrale: frozenset[str] = frozenset(),
    alder: int | None = None,
    regel: Plasseringsregel = STANDARDREGEL,
    kriterier: Kriterier | None = None,
) -> Plassering:
    """Place the answers of one registration. svar: question -> answer; what is not answered is left out. skjema: which
    form. sentrale: keys of the themes the person finds central. Raises KeyError for an answer that is none of the form's.
    """
    k = kriterier or kriteriene()
    temaer, utgaar, mangler = _temaer(svar, skjema, k)
    ferd = {t.noekkel: temaer[t.noekkel] for t in k.ferdstemaer if t.noekkel in temaer}
    stemmer, smalnet = _stem(ferd, sentrale, regel, k)
    mest = max(stemmer)
    samlet = frozenset(i for i, n in enumerate(stemmer) if mest and n == mest)
    maalgruppe = _kontrakt(temaer, utgaar, alder, regel, k, verre=True)
    maal = _kontrakt(temaer, utgaar, alder, regel, k, verre=False)
    forklaring = [
        *(f"{k.tema(n).tekst}: svarene motsier hverandre og er ikke brukt" for n, m in temaer.items() if not m),
        *smalnet,
    ]
    if mangler:
        forklaring.append(f"Ubesvart: {oppramset(mangler)}")
    if len(samlet) > 1:
        forklaring.append(f"Like mange stemmer til {situasjonstekst(samlet)}: investeringslederen avgjør")
    if not samlet:
        forklaring.append("Ingen tema er besvart, så situasjonen kan ikke plasseres")
    forklaring += _om_alder(svar, skjema, alder, k)
    if maalgruppe.andel_ville_endret or maal.andel_ville_endret:
        forklaring.append(
            "Et kjennetegn gjelder ikke: kravet er holdt, men samme andel av dem som gjelder, ville gitt et annet utfall"
        )
    return Plassering(temaer, stemmer, samlet, maalgruppe, maal, tuple(forklaring))


def _temaer(svar: Mapping[str, str], skjema: str, k: Kriterier) -> tuple[dict[str, Mulige], frozenset[str], list[str]]:
    """What each answered theme means, those that do not apply, and the names of those that are missing."""
    temaer: dict[str, Mulige] = {}
    utgaar, mangler = set(), []
    for tema in k.temaer:
        spoersmaal = k.spoersmaal(skjema, tema.noekkel)
        besvart = []
        for s in spoersmaal:
            gitt = svar.get(s.noekkel)
            if gitt == GJELDER_IKKE:
                utgaar.add(tema.noekkel)
            elif gitt is not None:
                alternativ = s.alternativ(gitt)
                if alternativ is None:
                    raise KeyError(gitt)
                besvart.append(alternativ.mulige)
        if besvart:
            temaer[tema.noekkel] = sammenstilt(tema, tuple(besvart))
        elif tema.noekkel not in utgaar:
            mangler.append(tema.tekst)
    return temaer, frozenset(utgaar), mangler


def ubesvarte_temaer(
    svar: Mapping[str, str], skjema: str, alder: int | None, kriterier: Kriterier | None = None
) -> int:
    """How many themes the form asks about are without any answer, of those that apply at the age."""
    k = kriterier or kriteriene()
    gjelder_ikke = {kj.tema for kj in k.kjennetegn if not kj.gjelder_ved(alder)}
    spurt = {s.tema for s in k.skjema[skjema]} - gjelder_ikke
    return len(spurt - {s.tema for s in k.skjema[skjema] if s.noekkel in svar})


def _stem(
    temaer: Mapping[str, Mulige], sentrale: frozenset[str], regel: Plasseringsregel, k: Kriterier
) -> tuple[tuple[int, ...], list[str]]:
    """Votes of each situation: the certain answers first, then those that mean several."""
    sikre = [0] * len(SITUASJONER)
    for noekkel, mulige in temaer.items():
        if len(mulige) == 1:
            sikre[next(iter(mulige))] += regel.sentral_stemmer if noekkel in sentrale else 1
    stemmer, setninger = sikre.copy(), []
    for noekkel, mulige in temaer.items():
        if len(mulige) < 2:
            continue
        mest = max(sikre[s] for s in mulige)
        valgt = frozenset(s for s in mulige if regel.sammenfall == "alle" or sikre[s] == mest)
        for s in valgt:
            stemmer[s] += regel.sentral_stemmer if noekkel in sentrale else 1
        if len(valgt) == 1:
            hvordan = f"regnes som {situasjonstekst(valgt)}, som flere av de andre temaene er"
        else:
            hvordan = f"teller for {' og '.join(situasjonstekst(frozenset({s})) for s in sorted(valgt))}"
        setninger.append(f"{k.tema(noekkel).tekst} kan være {situasjonstekst(mulige)}: {hvordan}")
    return tuple(stemmer), setninger


def _kontrakt(
    temaer: Mapping[str, Mulige],
    utgaar: frozenset[str],
    alder: int | None,
    regel: Plasseringsregel,
    k: Kriterier,
    verre: bool,
) -> Kontraktvurdering:
    """Count kjennetegn at utsatt or worse (verre), or at stabil or better."""
    sikre = mulige = gjelder = 0
    for kjennetegn in k.kjennetegn:
        hva = temaer.get(kjennetegn.tema)
        if kjennetegn.tema in utgaar or (hva is None and not kjennetegn.gjelder_ved(alder)):
            continue
        gjelder += 1
        if not hva:
            mulige += 1
        elif max(hva) <= 1 if verre else min(hva) >= 2:
            sikre += 1
        elif min(hva) <= 1 if verre else max(hva) >= 2:
            mulige += 1
    alle = len(k.kjennetegn)
    krav = regel.maalgruppe if verre else regel.maal
    strengt = _utfall(sikre * alle, mulige * alle, krav * alle)
    som_andel = _utfall(sikre * alle, mulige * alle, krav * gjelder)
    valgt = strengt if regel.gjelder_ikke == "strengt" else som_andel
    return Kontraktvurdering(sikre, mulige, gjelder, valgt, regel.gjelder_ikke == "strengt" and som_andel != strengt)


def _utfall(sikre: int, mulige: int, krav: int) -> Utfall:
    if krav <= 0:
        return "uavklart"
    if sikre >= krav:
        return "ja"
    return "uavklart" if sikre + mulige >= krav else "nei"


def _om_alder(svar: Mapping[str, str], skjema: str, alder: int | None, k: Kriterier) -> Iterator[str]:
    for kjennetegn in k.kjennetegn:
        if kjennetegn.gjelder_ved(alder):
            continue
        gitt = [svar[s.noekkel] for s in k.spoersmaal(skjema, kjennetegn.tema) if s.noekkel in svar]
        if not gitt:
            yield f"{kjennetegn.tekst} gjelder ikke ved {alder} år (antakelse)"
        elif gitt != [GJELDER_IKKE]:
            yield f"{kjennetegn.tekst} er besvart for en på {alder} år, og svaret er brukt"
