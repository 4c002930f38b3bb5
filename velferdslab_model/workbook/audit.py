"""Compare a workbook in a file with the plan of what the program would write for the same inputs."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from velferdslab_model.base.tall import csv_tall, fra_csv
from velferdslab_model.workbook.adresse import kolonnenavn
from velferdslab_model.workbook.causes import (
    bare_verdier,
    manuell_beregning,
    uten_arkbeskyttelse,
    uten_beskyttelse,
    uten_formler,
    uten_lagrede_tall,
    vist_presisjon,
)
from velferdslab_model.workbook.comparing import arknavn, er_lik, formelceller, lik_formel, sammenlign_celler
from velferdslab_model.workbook.constants import OK, i_orden
from velferdslab_model.workbook.opening import Formler, Innhold
from velferdslab_model.workbook.plan import Ark, Bok, Celle, Sted
from velferdslab_model.workbook.rowshift import radforskyvninger

Funnslag = Literal[
    "versjon",
    "rader",
    "beregning",
    "status",
    "fane",
    "navn",
    "beskyttelse",
    "inndata",
    "formel",
    "låst celle",
    "ekstra celle",
    "lagret tall",
    "kontroll",
]


#: Spreadsheets write fifteen digits of a number that becomes a text.
_SIFRE = 1e-14
#: What is expected of an input whose message says the rest.
LOVLIG = "en lovlig verdi"
#: A message about a cell begins with its address.
_CELLE = re.compile(r"(.{1,40}![A-Z]{1,3}\d+) (?=\(|er |har )")


@dataclass(frozen=True)
class Funn:
    """Something other than an input that is not as the program writes it. sted: sheet and cell, or a name."""

    slag: Funnslag
    sted: str
    ventet: str
    funnet: str


def planfunn(
    bok: Bok, innhold: Innhold, formler: Formler, uten_celler: Collection[str] = (), uten_tall: bool = False
) -> list[Funn]:
    """Everything in a file that is not as the plan for its inputs has it: tabs, names, protection, cells, numbers, checks.

    uten_celler: planned tabs of which only the name is known. uten_tall: leave out the stored numbers, when the inputs
    they follow from could not be read.
    """
    titler = arknavn(bok, innhold)
    vanlige = [ark for ark in bok.ark if ark.navn not in uten_celler]
    if bok.slag.laast and (flyttet := [*radforskyvninger(bok, innhold, titler)]):
        # Every cell below has moved: the cause is told, and none of what follows from it.
        rader = (Funn("rader", ark, "radene programmet skrev", hva) for ark, hva in flyttet)
        return [*rader, *fanefunn(bok, innhold, formler, titler)]
    funn = [
        *fanefunn(bok, innhold, formler, titler),
        *navnefunn(bok, innhold, formler, titler),
        *cellefunn(vanlige, innhold, formler, titler),
    ]
    if uten_lagrede_tall(innhold):
        return funn
    if uten_formler(innhold) and sum(f.slag == "formel" for f in funn) > 1:
        funn = [f for f in funn if f.slag != "formel"]
        antall = 0 if uten_tall else len([*verdifunn(bok, innhold, titler, set())])
        return [Funn("beregning", innhold.fil.name, "formler", bare_verdier(antall, bok.slag.lag)), *funn]
    funn = [*statusfunn(bok, innhold, titler), *funn]
    if formler.vist_presisjon:
        return [Funn("beregning", innhold.fil.name, "full presisjon", vist_presisjon(bok.slag.lag)), *funn]
    tall = [] if uten_tall else list(verdifunn(bok, innhold, titler, {x.sted for x in funn}))
    if formler.manuell and tall:
        return [Funn("beregning", innhold.fil.name, "utregnede tall", manuell_beregning(len(tall))), *funn]
    return [*funn, *tall, *kontrollfunn(bok, innhold, titler)]


def inndatafunn(fil: str, tekst: str) -> Funn:
    """A message about a cell under that cell's address; one about something else under the name of the file."""
    sted = _CELLE.match(tekst)
    return Funn("inndata", sted[1] if sted else fil, LOVLIG, tekst[sted.end() :] if sted else tekst)


def statusfunn(bok: Bok, innhold: Innhold, titler: Mapping[str, str]) -> Iterator[Funn]:
    """The rows of inputs that the workbook itself says are not in order, as it is stored in the file."""
    for noekkel, sted in bok.steder.items():
        if not re.search(r"(^|[._])status$", noekkel) or sted.ark not in titler:
            continue
        verdier, kol = innhold.verdier[titler[sted.ark]], kolonnenavn(sted.kol)
        for rad in range(sted.rad + 1, sted.rad + sted.hoeyde + 1):
            status = verdier.get(f"{kol}{rad}")
            if not i_orden(status):
                yield Funn(
                    "status", f"{titler[sted.ark]}!{kol}{rad}", OK, f"{_vis(verdier.get(f'A{rad}'))}: {_vis(status)}"
                )


def fanefunn(bok: Bok, innhold: Innhold, formler: Formler, titler: Mapping[str, str]) -> Iterator[Funn]:
    """Removed, renamed, added, hidden and unprotected tabs."""
    ingen_beskyttet = uten_arkbeskyttelse(innhold, [titler[ark.navn] for ark in bok.ark if ark.navn in titler])
    if ingen_beskyttet and not uten_beskyttelse(innhold):
        yield Funn("beskyttelse", innhold.fil.name, "beskyttede ark", ingen_beskyttet)
    for ark in bok.ark:
        tittel = titler.get(ark.navn)
        if tittel is None:
            yield Funn("fane", ark.navn, "fanen", "fanen er borte")
            continue
        if tittel != ark.navn:
            yield Funn("fane", ark.navn, f"navnet «{ark.navn}»", f"navnet «{tittel}»")
        if tittel in formler.skjulte:
            yield Funn("fane", tittel, "synlig", "skjult")
        if tittel not in formler.beskyttede and not ingen_beskyttet and not uten_beskyttelse(innhold):
            yield Funn("beskyttelse", tittel, "beskyttet ark", "arkbeskyttelsen er opphevet")
    for tittel in innhold.verdier:
        if tittel not in titler.values():
            yield Funn("fane", tittel, "ingen slik fane", "en fane programmet ikke har laget")


def navnefunn(bok: Bok, innhold: Innhold, formler: Formler, titler: Mapping[str, str]) -> Iterator[Funn]:
    """Defined names that are gone, point elsewhere or hold for one tab only; tabs that are gone left out."""
    # Print areas, filters, custom views and Solver keep local names, too; only one that hides a name of ours misleads.
    egne = {sted.navn.casefold() for sted in bok.steder.values() if sted.navn}
    for navn in (n for n in formler.lokale_navn if n.casefold() in egne):
        yield Funn("navn", navn, "et navn for hele arbeidsboken", "et navn som bare gjelder én fane, og går foran")
    for sted in sorted((s for s in bok.steder.values() if s.navn), key=lambda s: str(s.navn)):
        if sted.ark not in titler:
            continue
        assert sted.navn is not None  # filtered above
        ventet = f"{titler[sted.ark]}!{sted.adresse.replace('$', '')}"
        funnet = innhold.navn.get(sted.navn)
        if funnet is None:
            yield Funn("navn", sted.navn, ventet, "navnet er borte")
        elif (omraade := innhold.omraade(sted.navn)) is None or omraade.hele != ventet:
            yield Funn("navn", sted.navn, ventet, funnet)


def _foerste(sted: Sted) -> str:
    return sted.adresse.partition(":")[0].replace("$", "")


def cellefunn(arkene: Iterable[Ark], innhold: Innhold, formler: Formler, titler: Mapping[str, str]) -> Iterator[Funn]:
    """Formulas that are not the program's, locked cells with another content, and content where none should be."""
    for ark in arkene:
        if ark.navn not in titler:
            continue
        tittel = titler[ark.navn]
        i_arket, verdier = formler.formler[tittel], innhold.verdier[tittel]
        lenker = {_adresse(rad, kol) for rad, kol, *_ in ark.lenker}
        kjente = set(lenker)
        for celle in ark.celler():
            adresse = celle.adresse
            kjente.add(adresse)
            if celle.er_inndata:
                continue
            sted = f"{tittel}!{adresse}"
            if celle.formel is not None or adresse not in lenker:
                yield from _innholdsfunn(celle, sted, i_arket.get(adresse), verdier.get(adresse), titler)
            if (tittel, adresse) in formler.ulaaste:
                yield Funn("beskyttelse", sted, "låst celle", "cellen er låst opp")
        for adresse, verdi in verdier.items():
            if adresse not in kjente:
                yield Funn("ekstra celle", f"{tittel}!{adresse}", "tom celle", _vis(verdi))


def _innholdsfunn(
    celle: Celle, sted: str, formel: str | None, verdi: object, titler: Mapping[str, str]
) -> Iterator[Funn]:
    """What a locked cell holds, formula or verdi, that the plan has not."""
    if celle.formel is None:
        if formel is not None or not er_lik(celle.verdi, verdi):
            yield Funn("låst celle", sted, _vis(celle.verdi), _vis(verdi) if formel is None else formel)
    elif formel is None or not lik_formel(celle.formel, formel, titler):
        yield Funn("formel", sted, celle.formel, _vis(verdi) if formel is None else formel)


def innskrevne_formler(bok: Bok, formler: Formler, titler: Mapping[str, str]) -> list[str]:
    """Unlocked cells that hold a formula: the number read is the one stored with it."""
    return [
        f"{titler[ark.navn]}!{celle.adresse}"
        for ark in bok.ark
        if ark.navn in titler
        for celle in ark.faste
        if celle.er_inndata and celle.adresse in formler.formler[titler[ark.navn]]
    ]


def verdifunn(bok: Bok, innhold: Innhold, titler: Mapping[str, str], uten: set[str]) -> Iterator[Funn]:
    """Stored numbers that are not what the inputs give. uten: cells already found to hold something else."""
    funnet = {
        (ark, adresse): verdi
        for ark, tittel in titler.items()
        for adresse, verdi in innhold.verdier.get(tittel, {}).items()
    }
    celler = [(ark, celle) for ark, celle in formelceller(bok) if ark in titler]
    for avvik in sammenlign_celler(celler, funnet):
        sted = f"{titler[avvik.ark]}!{avvik.adresse}"
        # A name with a line break in it is read on one line.
        if sted not in uten and not _samme_tekst(avvik.ventet, avvik.funnet):
            yield Funn("lagret tall", sted, _vis(avvik.ventet), _vis(avvik.funnet))


def kontrollfunn(bok: Bok, innhold: Innhold, titler: Mapping[str, str]) -> Iterator[Funn]:
    """The workbook's own checks that fail, as their results are stored in the file."""
    for noekkel, sted in bok.steder.items():
        er_kontroll = re.search(r"(^|\.)k\.[a-z0-9_.]+$", noekkel) and sted.bredde == sted.hoeyde == 1
        if sted.ark not in titler or not (er_kontroll or noekkel == "kontroll"):
            continue
        verdier = innhold.verdier[titler[sted.ark]]
        verdi = verdier.get(_foerste(sted))
        if verdi != sted.verdier[0]:
            etikett = _vis(verdier.get(f"A{sted.rad + 1}"))
            yield Funn("kontroll", f"{titler[sted.ark]}!{_foerste(sted)}", "OK", f"{etikett}: {_vis(verdi)}")


def _samme_tekst(en: object, annen: object) -> bool:
    """Whether two texts are the same to a reader: but for spaces, and for how a number typed as a name is put into words."""
    if not (isinstance(en, str) and isinstance(annen, str)):
        return False
    if en.split() == annen.split():
        return True
    try:
        return math.isclose(fra_csv(en), fra_csv(annen), rel_tol=_SIFRE)
    except ValueError:
        return False


def _adresse(rad: int, kol: int) -> str:
    return Celle(rad, kol, None, "").adresse


def _vis(verdi: object) -> str:
    if verdi is None:
        return "tom celle"
    return csv_tall(verdi) if isinstance(verdi, float) else str(verdi)
