"""Whether a difference is real, in words and rows: what the workbook, the page and the screen all say of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from velferdslab_model.compare.kolonner import NETTONAVN, referansetekst
from velferdslab_model.compare.rangering import Rangering
from velferdslab_model.compare.sammenligning import GJENNOMSNITT, Sammenligning
from velferdslab_model.parameters.typer import BRUKERGRUPPER

#: The places of a ranking are shown in at most so many columns; of more municipalities, as classes of places.
MAKS_KLASSER = 12
#: From this probability on -> what is said of a difference; below the last it cannot be told.
GRENSER = ((0.95, "klart"), (0.80, "trolig"))
IKKE_SKILT = "kan ikke skilles"
REFERANSEN = "referansen"
OM_VURDERING = "Vurdering: «klart» fra 95 % sannsynlighet og «trolig» fra 80 %, ellers kan de ikke skilles. Grensene er en antakelse."
#: Field of Rad that holds what each net comes to per participant.
PER_DELTAKER = {"netto_budsjett": "budsjett_per_deltaker", "netto_samfunn": "samfunn_per_deltaker"}


@dataclass(frozen=True)
class Usikkerhetsrad:
    """One municipality by one net per participant. forventet: kr, without uncertainty. persentiler: kr at 5, 50 and 95 %.
    rangspenn: place at 5, 50 and 95 %. mot_referansen: probability of being better; None for the reference itself, and
    when the reference takes in nobody. klasser: probability of each class of places."""

    kommune: str
    gruppe: str
    netto: str
    deltakere: float
    forventet: float
    persentiler: tuple[float, float, float]
    rangspenn: tuple[int, int, int]
    best: float
    mot_referansen: float | None
    vurdering: str
    av_smaa_tall: float
    klasser: tuple[float, ...]


def vurdering(p: float | None) -> str:
    """What a probability of being better than another amounts to, in words."""
    if p is None:
        return ""
    for grense, ord_ in GRENSER:
        if p >= grense:
            return f"{ord_} bedre"
        if p <= round(1 - grense, 6):
            return f"{ord_} dårligere"
    return IKKE_SKILT


def usikkerhetsrader(s: Sammenligning, gruppe: str, netto: str) -> list[Usikkerhetsrad]:
    """A row for each municipality that takes in anybody, in the order of the comparison."""
    r = s.usikkerhet.grupper[gruppe].get(netto)
    if r is None:
        return []
    klasser = np.stack([r.i_klassen(k) for k in r.klasser(MAKS_KLASSER)], axis=1).tolist()
    persentiler, rangspenn, mot = r.persentiler.tolist(), r.rangspenn.tolist(), _mot_referansen(s, r)
    return [
        Usikkerhetsrad(
            kommune=m.navn,
            gruppe=gruppe,
            netto=netto,
            deltakere=m.rader[gruppe].deltakere,
            forventet=getattr(m.rader[gruppe], PER_DELTAKER[netto]),
            persentiler=tuple(persentiler[i]),
            rangspenn=tuple(rangspenn[i]),
            best=float(r.rang[i, 0]),
            mot_referansen=None if m is s.referansemedlem else mot[i],
            vurdering=REFERANSEN if m is s.referansemedlem else vurdering(mot[i]),
            av_smaa_tall=float(r.av_smaa_tall[i]),
            klasser=tuple(klasser[i]),
        )
        for m in s.medlemmer
        if (i := r.plass.get(m.navn)) is not None
    ]


def _mot_referansen(s: Sammenligning, r: Rangering) -> list[float | None]:
    """Probability of being better than the reference, or than the mean, of each in a ranking."""
    if s.referanse == GJENNOMSNITT:
        return [*r.over_snittet.tolist()]
    if s.referanse in r.plass:
        return [*r.bedre[:, r.plass[s.referanse]].tolist()]
    return [None] * len(r.navn)


def klassenavn(s: Sammenligning, gruppe: str, netto: str) -> list[str]:
    """Heading of each class of places: «Plass 1», or «Plass 1–36» where there are too many for a column each."""
    r = s.usikkerhet.grupper[gruppe].get(netto)
    klasser = r.klasser(MAKS_KLASSER) if r else []
    return [f"Plass {fra}" if fra == til else f"Plass {fra}–{til}" for fra, til in klasser]


def om_usikkerheten(s: Sammenligning) -> list[str]:
    """What was drawn and how to read it, a sentence or two a line."""
    u = s.usikkerhet
    ut = [
        f"Netto per deltaker er trukket {f'{u.trekninger:,}'.replace(',', ' ')} ganger for hver kommune og gruppe (frø {u.froe}). "
        "Det som gjelder alle (priser, nullalternativ, verdien av en QALY), trekkes likt for alle: en feil der rammer alle.",
        "Suksessratene (og inntaket, der det har en fordeling) er kommunens egne og trekkes hver for seg. I tillegg trekkes "
        "hvor mange av deltakerne som lykkes, som én andel for hver livssituasjon over hele perioden. At kommunenes rater er "
        "uavhengige av hverandre, og at det er nok med én andel, er antakelser.",
        "Mye av bredden er felles for alle. Derfor kan to kommuner ha spenn som dekker hverandre, og den ene likevel nesten "
        "alltid være bedre.",
    ]
    if tekst := _smaa_tall(s):
        ut.append(tekst)
    return ut


def _smaa_tall(s: Sammenligning) -> str:
    """The municipality that chance among few participants hits hardest."""
    rader = [rad for gruppe in BRUKERGRUPPER for rad in usikkerhetsrader(s, gruppe, "netto_samfunn")]
    mest = max(rader, key=lambda rad: rad.av_smaa_tall, default=None)
    if mest is None or mest.av_smaa_tall < 0.005:
        return ""
    antall = f"{mest.deltakere:.6g}".replace(".", ",")
    return (
        f"Få deltakere gjør fordelingen bred. Mest i {mest.kommune} ({BRUKERGRUPPER[mest.gruppe].lower()}): {antall} tas "
        f"inn, og {mest.av_smaa_tall * 100:.0f} % av variasjonen i netto samfunn er tilfeldigheter blant dem."
    )


def alle_rader(s: Sammenligning) -> Iterator[Usikkerhetsrad]:
    """Every row: by group, then net, then municipality."""
    for gruppe in BRUKERGRUPPER:
        for netto in NETTONAVN:
            yield from usikkerhetsrader(s, gruppe, netto)


def mot_hvem(s: Sammenligning) -> str:
    """Heading of the probability of being better than the reference."""
    return f"Bedre enn {referansetekst(s)}"


def i_rangfiguren(s: Sammenligning, gruppe: str, hoeyst: int) -> tuple[list[Usikkerhetsrad], str]:
    """The rows a chart shows, the best first, and a sentence that says which when that is not all of them."""
    rader = sorted(usikkerhetsrader(s, gruppe, "netto_samfunn"), key=lambda r: (r.rangspenn[1], -r.persentiler[1]))
    if len(rader) <= hoeyst:
        return rader, ""
    halv = hoeyst // 2
    tekst = f"Figurene viser de {halv} øverste og de {halv} nederste av {len(rader)}, etter midtre plass."
    return [*rader[:halv], *rader[-halv:]], tekst
