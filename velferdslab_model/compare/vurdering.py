"""Whether a difference is real, in words and rows: what the workbook, the page and the screen all say of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from velferdslab_model.base.ord import BRUKERGRUPPER, NETTONAVN
from velferdslab_model.base.tall import antall, kr
from velferdslab_model.base.tekst import kortet, oppramset
from velferdslab_model.compare.foelsomhet import foelsomhetssetning
from velferdslab_model.compare.kolonner import referansetekst
from velferdslab_model.compare.rangering import Rangering
from velferdslab_model.compare.sammenligning import GJENNOMSNITT, Sammenligning
from velferdslab_model.compare.trekning import felles_og_egne
from velferdslab_model.parameters.usikkerhet import FORAN, OM_STANDARD

#: From this probability on -> what is said of a difference; below the last it cannot be told.
GRENSER = ((0.95, "klart"), (0.80, "trolig"))
IKKE_SKILT = "kan ikke skilles"
REFERANSEN = "referansen"
OM_TALLET = (
    "Kommunene ordnes etter netto per inntatt: én som tas inn, fulgt like mange år for alle, i samme blanding av situasjoner "
    "og med samme antakelser. Det som skiller dem da, er rater, priser og volum."
)
OM_VURDERING = (
    f"Vurdering: {' og '.join(f'«{ord_}» fra {grense:.0%}' for grense, ord_ in GRENSER).replace('%', ' %')} sannsynlighet, "
    "ellers kan de ikke skilles. Grensene er en antakelse."
)
OM_NETTO = (
    "Netto samfunn: det offentlige sparer, pluss verdien av bedre helse og mer arbeid, minus det tiltakene koster og skattefinansieringen av dem "
    "når den er med. Netto budsjetter: bare kronene det offentlige sparer og får inn, minus det tiltakene koster."
)
OM_TILBAKEFALL = (
    "Hvor mange som faller tilbake og beholder steget, er resultater, men er holdt utenfor tallet: de fleste har ikke målt det, og "
    "standarden er at ingen faller tilbake, så den som måler, ville ellers kommet dårligst ut."
)
#: From 5 to 95 per cent of a normal distribution, in standard deviations.
_BREDDE_I_SD = 3.29
#: Chance among the participants is told of when it moves a net by this share of it.
_MERKES = 0.05


@dataclass(frozen=True)
class Usikkerhetsrad:
    """One municipality by one net per person taken in, standardised. forventet: kr, without uncertainty. persentiler: kr at
    5, 50 and 95 %. rangspenn: place at 5, 50 and 95 %. mot_referansen: probability of being better by rates and prices; None
    for the reference itself, and when the reference takes in nobody. med_antakelser: the same when each has its own
    assumptions. klasser: probability of each class of places."""

    kommune: str
    gruppe: str
    netto: str
    deltakere: float
    forventet: float
    persentiler: tuple[float, float, float]
    rangspenn: tuple[int, int, int]
    best: float
    mot_referansen: float | None
    med_antakelser: float | None
    vurdering: str
    av_smaa_tall: float
    klasser: tuple[float, ...]


def vurdering(p: float | None, faa_deltakere: bool = False) -> str:
    """What a probability of being better than another amounts to, in words. faa_deltakere: nothing is clear of so few."""
    if p is None:
        return ""
    for grense, ord_ in GRENSER:
        sagt = GRENSER[-1][1] if faa_deltakere else ord_
        if p >= grense:
            return f"{sagt} bedre"
        if p <= round(1 - grense, 6):
            return f"{sagt} dårligere"
    return IKKE_SKILT


def usikkerhetsrader(s: Sammenligning, gruppe: str, netto: str) -> list[Usikkerhetsrad]:
    """A row for each municipality that takes in anybody, in the order of the comparison."""
    r = s.rangeringer.grupper[gruppe].get(netto)
    if r is None:
        return []
    klasser = np.stack([r.i_klassen(k) for k in r.klasser], axis=1).tolist()
    persentiler, rangspenn, mot = r.persentiler.tolist(), r.rangspenn.tolist(), _mot_referansen(s, r)
    med = [None] * len(r.navn) if r.med_antakelser is None else r.med_antakelser.tolist()
    faa = _faa(s, gruppe)
    return [
        Usikkerhetsrad(
            kommune=m.navn,
            gruppe=gruppe,
            netto=netto,
            deltakere=m.rader[gruppe].deltakere,
            forventet=s.ytelser.rader[gruppe][m.navn].stiger[netto].ytelse,
            persentiler=tuple(persentiler[i]),
            rangspenn=tuple(rangspenn[i]),
            best=float(r.rang[i, 0]),
            mot_referansen=None if m is s.referansemedlem else mot[i],
            med_antakelser=None if m is s.referansemedlem else med[i],
            vurdering=REFERANSEN if m is s.referansemedlem else vurdering(mot[i], m.navn in faa or s.referanse in faa),
            av_smaa_tall=float(r.av_smaa_tall[i]),
            klasser=tuple(klasser[i]),
        )
        for m in s.medlemmer
        if (i := r.plass.get(m.navn)) is not None
    ]


def om_rekkefoelgen(s: Sammenligning, gruppe: str, netto: str) -> str:
    """How the order holds at other common assumptions, and how much of it is no order; empty with fewer than two ranked."""
    holder, r = s.foelsomhet[gruppe].get(netto), s.rangeringer.grupper[gruppe].get(netto)
    if holder is None or r is None:
        return ""
    par = r.bedre[np.triu_indices(len(r.navn), 1)].tolist()
    like = sum(vurdering(p) == IKKE_SKILT for p in par)
    if not like:
        return foelsomhetssetning(holder)
    hvor_mange = "Kommunene kan" if len(par) == 1 else f"{kr(like)} av {kr(len(par))} par av kommuner kan"
    return f"{foelsomhetssetning(holder)} {hvor_mange} likevel ikke skilles: forskjellen mellom dem kan være tilfeldig."


def _faa(s: Sammenligning, gruppe: str) -> set[str]:
    """Those that take in few."""
    return {m.navn for m in s.medlemmer if any(f.slag == "faa" and f.gruppe == gruppe for f in m.flagg)}


def _mot_referansen(s: Sammenligning, r: Rangering) -> list[float | None]:
    """Probability of being better than the reference, or than the mean, of each in a ranking."""
    if s.referanse == GJENNOMSNITT:
        return [*r.over_snittet.tolist()]
    if s.referanse in r.plass:
        return [*r.bedre[:, r.plass[s.referanse]].tolist()]
    return [None] * len(r.navn)


def klassenavn(s: Sammenligning, gruppe: str, netto: str) -> list[str]:
    """Heading of each class of places: «Plass 1», or «Plass 1–71» where there are too many for one each."""
    r = s.rangeringer.grupper[gruppe].get(netto)
    klasser = r.klasser if r else []
    return [f"Plass {fra}" if fra == til else f"Plass {fra}–{til}" for fra, til in klasser]


def om_usikkerheten(s: Sammenligning) -> list[str]:
    """What was drawn and how to read it, a few sentences a line; or why nothing was."""
    r = s.rangeringer
    if r.hvorfor_ikke:
        return [r.hvorfor_ikke]
    med = [m.kommune.forutsetninger.grupper[g] for m in s.medlemmer for g, rad in m.rader.items() if rad.deltakere]
    ut = [
        f"{OM_TALLET} Det er trukket {kr(r.trekninger)} ganger for hver kommune og gruppe (frø {r.froe}). "
        "I 9 av 10 trekninger ligger det mellom 5 % og 95 %; 50 % er midt i. «Som forutsatt» er tallet uten usikkerhet, ikke snittet av trekningene. Plass 1 er den beste.",
        "Det som gjelder alle (priser, nullalternativ, verdien av en QALY), trekkes likt for alle: en feil der rammer alle. "
        "Suksessratene er kommunens egne og trekkes hver for seg. At kommunenes rater er uavhengige av hverandre, er en antakelse.",
        "Bedre på rater og priser: sannsynligheten når alle har samme antakelser og blanding. Med egne antakelser: den samme når "
        f"hver har sine egne. Vurderingen bygger bare på den første. {OM_TILBAKEFALL}",
        f"{OM_STANDARD} {_egne_fordelinger(s)}",
    ]
    if any(felles_og_egne(g)[0] for g in med):
        ut.append(
            "Mye av bredden er felles for alle. Derfor kan to kommuner ha spenn som dekker hverandre, og den ene likevel "
            "nesten alltid være bedre."
        )
    ut.append(f"{_smaa_tall(s)} Av små tall: hvor stor del av variasjonen tilfeldigheter blant deltakerne ville vært.")
    ut.append(OM_VURDERING)
    return ut


def _egne_fordelinger(s: Sammenligning) -> str:
    """Who has distributions of its own, and whose prices are not drawn with the price level of the others."""
    grupper = {m.navn: m.kommune.forutsetninger.grupper.values() for m in s.medlemmer}
    egne = [navn for navn, begge in grupper.items() if any(g.usikkerhet for g in begge)]
    priser = [
        navn
        for navn, begge in grupper.items()
        if any(n.startswith(FORAN["priser"]) for g in begge for n in g.usikkerhet)
    ]
    ut = f"Egne fordelinger: {oppramset(egne)}." if egne else "Ingen har egne fordelinger."
    if priser:
        ut += f" Egne prisfordelinger trekkes ikke med prisnivået hos de andre: {oppramset(priser)}."
    return ut


def _smaa_tall(s: Sammenligning) -> str:
    """Where chance among few participants moves the answer most, for its size, and by how much."""
    rader = [rad for gruppe in BRUKERGRUPPER for rad in usikkerhetsrader(s, gruppe, "netto_samfunn")]
    mest = max(rader, key=lambda rad: _av_tilfeldigheter(rad) / max(1.0, abs(rad.persentiler[1])))
    flyttet = _av_tilfeldigheter(mest)
    if flyttet < _MERKES * abs(mest.persentiler[1]):
        return "Det er så mange deltakere at tilfeldigheter blant dem betyr lite."
    return (
        f"Få deltakere gir tilfeldige utslag. Mest i {mest.kommune} ({BRUKERGRUPPER[mest.gruppe].lower()}): {antall(mest.deltakere)} tas "
        f"inn, og tilfeldigheter blant dem ville flyttet netto samfunn per inntatt med omtrent {kr(round(flyttet, -3))} kroner "
        "(ett standardavvik). De sier ikke noe om hvor god raten er, og er ikke med i plassene."
    )


def _av_tilfeldigheter(rad: Usikkerhetsrad) -> float:
    """Standard deviation that would come from chance among the participants, kr: of the width as of a normal distribution."""
    p5, _, p95 = rad.persentiler
    andel = min(rad.av_smaa_tall, 0.999)
    return float((andel / (1 - andel)) ** 0.5 * (p95 - p5) / _BREDDE_I_SD)


def alle_rader(s: Sammenligning) -> Iterator[Usikkerhetsrad]:
    """Every row: by group, then net, then municipality."""
    for gruppe in BRUKERGRUPPER:
        for netto in NETTONAVN:
            yield from usikkerhetsrader(s, gruppe, netto)


def mot_hvem(s: Sammenligning) -> str:
    """Heading of the probability of being better than the reference. The mean includes the municipality itself."""
    return f"Bedre enn {kortet(referansetekst(s), 30)}"


def i_rangfiguren(s: Sammenligning, gruppe: str, hoeyst: int) -> tuple[list[Usikkerhetsrad], str]:
    """The rows a chart shows, the best first, and a sentence that says which when that is not all of them."""
    rader = sorted(usikkerhetsrader(s, gruppe, "netto_samfunn"), key=lambda r: (r.rangspenn[1], -r.persentiler[1]))
    if len(rader) <= hoeyst:
        return rader, ""
    halv = hoeyst // 2
    tekst = f"Figurene viser de {halv} øverste og de {halv} nederste av {len(rader)}, etter midtre plass."
    return [*rader[:halv], *rader[-halv:]], tekst
