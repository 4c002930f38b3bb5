"""Read the derived inputs of a workbook: which cells still hold a formula of the program's, typed again or never touched."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from velferdslab_model.base.celleverdi import Feilverdi, celletekst
from velferdslab_model.base.felt import MAKS_NAVN
from velferdslab_model.base.tekst import normalisert, tekstfeil
from velferdslab_model.effektbok.grupper import GRUPPER
from velferdslab_model.errors import UgyldigInndata
from velferdslab_model.parameters.avledet import AVLEDEDE
from velferdslab_model.parameters.felt import FELT
from velferdslab_model.parameters.typer import MAKS_TIMESATSER, Timesats
from velferdslab_model.workbook.opening import Innhold, Navneomraade

#: The first format with derived inputs and common hourly rates.
FOERSTE_MED_AVLEDEDE = 4
SATSKOLONNER = ("timesats_navn", "timesats_kr", "timesats_kilde")
#: A quoted or plain sheet with an address, an address, a word, or any other character.
_LEDD = re.compile(
    r"(?:'((?:[^']|'')+)'|([^\W\d]\w*))!(\$?[A-Z]{1,3}\$?\d+)|(\$?[A-Z]{1,3}\$?\d+)(?![\w(])|([^\W\d][\w.]*)|(\S)"
)


@dataclass(frozen=True)
class Avledede:
    """What follows other numbers in a file.

    noekler: the derived inputs of each group. satser: of each group, row in the table of tiltak -> the rate of its price.
    """

    noekler: Mapping[str, frozenset[str]]
    satser: Mapping[str, Mapping[int, str]]


def les_avledede(innhold: Innhold, staar_for: Mapping[tuple[str, int], tuple[str, str]]) -> Avledede:
    """Read them. Raises UgyldigInndata for a price that follows a rate which is not there.

    staar_for: by prefix and row in the table of tiltak, the formula that a price which points elsewhere stands for, and its sheet.
    """
    ingen = Avledede(dict.fromkeys(GRUPPER, frozenset[str]()), {gruppe: {} for gruppe in GRUPPER})
    if innhold.format < FOERSTE_MED_AVLEDEDE:
        return ingen
    formler = innhold.formler.formler
    noekler: dict[str, frozenset[str]] = {}
    satser: dict[str, dict[int, str]] = {}
    tomme: dict[int, list[str]] = {}
    for gruppe, (prefiks, *_) in GRUPPER.items():
        noekler[gruppe] = frozenset(n for n in AVLEDEDE if _er_uroert(innhold, formler, prefiks, n))
        satser[gruppe] = {}
        sted = innhold.omraade(f"{prefiks}_tiltak_enhetskostnad")
        if sted is None:
            continue
        for plass in range(sted.siste_rad - sted.rad + 1):
            celle = f"{sted.kol}{sted.rad + plass}"
            formel, ark = staar_for.get((prefiks, plass), (formler.get(sted.ark, {}).get(celle), sted.ark))
            nummer = _satsnummer(innhold, formel, ark) if formel else None
            if nummer is None:
                continue
            navn = celletekst(innhold.kolonne("timesats_navn")[nummer - 1])
            if navn == "" or innhold.kolonne("timesats_kr")[nummer - 1] is None:
                tomme.setdefault(nummer, []).append(f"{sted.ark}!{celle}")
            else:
                satser[gruppe][plass] = navn if isinstance(navn, Feilverdi) else str(navn)
    if tomme:
        raise UgyldigInndata(innhold.fil.name, [_tom(innhold, *sats) for sats in tomme.items()])
    return Avledede(noekler, satser)


def _tom(innhold: Innhold, nummer: int, foelger: Sequence[str]) -> str:
    """What is said of a rate without a name or a number that prices follow. foelger: their cells."""
    kr = innhold.omraade("timesats_kr")
    sted = f"{kr.ark}!{kr.kol}{kr.rad + nummer - 1}" if kr else "timesats_kr"
    hvem = foelger[0] if len(foelger) == 1 else f"{foelger[0]} og {len(foelger) - 1} til"
    return f"{sted} (timesats nummer {nummer}) mangler navn eller beløp, men {hvem} følger den. Fyll ut raden, eller skriv tall i dem."


def satsrader(kolonner: Mapping[str, Sequence[Any]]) -> dict[int, dict[str, Any]]:
    """The rows of the common hourly rates that hold anything, by their place from 0. kolonner: by SATSKOLONNER."""
    rader = zip(*(kolonner[navn] for navn in SATSKOLONNER), strict=True)
    return {
        plass: {"navn": celletekst(navn), "kr": kr, "kilde": celletekst(kilde)}
        for plass, (navn, kr, kilde) in enumerate(rader)
        if any(verdi is not None for verdi in (navn, kr, kilde))
    }


def timesatsdata(rader: Mapping[int, Mapping[str, Any]], laget: Sequence[Timesats]) -> list[dict[str, Any]]:
    """The common hourly rates as a scenario file lists them.

    laget: those the file was made with; the source of one says nothing of another number under its name.
    """
    gamle = {(sats.navn, sats.kilde): sats.kr for sats in laget}
    return [
        {**rad, "kilde": ""} if gamle.get((rad["navn"], rad["kilde"]), rad["kr"]) != rad["kr"] else dict(rad)
        for rad in rader.values()
    ]


def satssteder(innhold: Innhold, plasser: Collection[int]) -> dict[str, str]:
    """Where each rate stands, by the keys that faults are reported under. plasser: the rows of the rates that were read."""
    ut: dict[str, str] = {}
    for navn, felt in zip(SATSKOLONNER, ("", ".kr", ".kilde"), strict=True):
        if sted := innhold.omraade(navn):
            for nummer, plass in enumerate(plasser, start=1):
                ut[f"timesatser[{nummer}]{felt}"] = f"{sted.ark}!{sted.kol}{sted.rad + plass}"
            ut.setdefault("timesatser", str(sted))
    return ut


def uten_avledede(
    data: dict[str, Any], noekler: Collection[str], satser: Mapping[int, str], plasser: Collection[int]
) -> None:
    """Take what follows other numbers out of a group as read, and say which rate a price follows.

    plasser: the rows of the tiltak in data.
    """
    for noekkel in noekler:
        hode, _, del_ = noekkel.partition(".")
        data[hode].pop(del_)
    for plass, tiltak in zip(plasser, data["tiltak"], strict=True):
        navn = tiltak["timesats"] = satser.get(plass, "")
        if not navn:
            continue
        tiltak.pop("enhetskostnad")
        if isinstance(navn, Feilverdi) or tekstfeil(normalisert(navn), MAKS_NAVN, tom_er_lovlig=False):
            # Told where the rate stands, and only there.
            tiltak |= {"timesats": "", "enhetskostnad": 0.0}


def _er_uroert(innhold: Innhold, formler: Mapping[str, Mapping[str, str]], prefiks: str, noekkel: str) -> bool:
    """Whether the cell of a derived input holds its formula, with names or with addresses, in either order."""
    sted = innhold.omraade(f"{prefiks}_{FELT[noekkel].navn}")
    formel = formler.get(sted.ark, {}).get(sted.adresse) if sted else None
    deler = [innhold.omraade(f"{prefiks}_{FELT[n].navn}") for n in AVLEDEDE[noekkel]]
    if sted is None or formel is None or None in deler:
        return False
    en, annen = map(str, deler)
    return formelledd(formel, sted.ark, innhold) in (
        ["ROUND", "(", a, "*", b, ",", "0", ")"] for a, b in ((en, annen), (annen, en))
    )


def _satsnummer(innhold: Innhold, formel: str, ark: str) -> int | None:
    """Which rate a formula is a plain reference to, from 1; to the cell that counts, or to the one it is typed in."""
    ledd = formelledd(formel, ark, innhold)
    kr = innhold.omraade("timesats_kr")
    for nummer in range(1, MAKS_TIMESATSER + 1):
        gjelder = innhold.omraade(f"timesats_{nummer}")
        skrevet = Navneomraade(kr.ark, kr.kol, kr.rad + nummer - 1, kr.kol, kr.rad) if kr else None
        if ledd in ([str(gjelder)], [str(skrevet)]):
            return nummer
    return None


def formelledd(formel: str, ark: str, innhold: Innhold) -> list[str]:
    """A formula in its parts, every reference as sheet and address, whatever it was written as."""
    navn = {n.casefold(): n for n in innhold.navn}
    ut = []
    for sitert, bart, der, her, ordet, tegn in _LEDD.findall(formel.removeprefix("=").removeprefix("+")):
        if der or her:
            ut.append(f"{(sitert or bart).replace(chr(39) * 2, chr(39)) or ark}!{(der or her).replace('$', '')}")
        elif ordet:
            sted = innhold.omraade(navn.get(ordet.casefold(), ""))
            ut.append(str(sted) if sted else ordet.upper())
        else:
            ut.append(tegn.replace(";", ","))
    return ut
