"""What every presentation of a comparison shares: the columns of the overview, the deviations, and the words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from velferdslab_model.base.ord import BRUKERGRUPPER, SERIENAVN
from velferdslab_model.base.tall import aarsrekke, prosent
from velferdslab_model.base.tekst import oppramset
from velferdslab_model.compare.sammenligning import GJENNOMSNITT, Medlem, Sammenligning
from velferdslab_model.endringer.finne import Endring, endringer
from velferdslab_model.parameters.loading import les_toml, standard_for
from velferdslab_model.parameters.prisaar import regn_om
from velferdslab_model.parameters.typer import Forutsetninger

#: Charts show no more municipalities than this.
MAKS_I_FIGUR = 12


@dataclass(frozen=True)
class Oversiktskolonne:
    """A column of the overview. felt: field of Rad. slag: kr, antall, desimal, andel or aar. soeyle: a bar in the cell."""

    felt: str
    tekst: str
    slag: str
    soeyle: bool = False


KOLONNER = (
    Oversiktskolonne("deltakere", "Tatt inn (personer, familier)", "antall"),
    Oversiktskolonne("kostnad", SERIENAVN["kostnad"], "kr"),
    Oversiktskolonne("besparelse", SERIENAVN["besparelse"], "kr"),
    Oversiktskolonne("helsegevinst", SERIENAVN["helsegevinst"], "kr"),
    Oversiktskolonne("produksjonsgevinst", SERIENAVN["produksjonsgevinst"], "kr"),
    Oversiktskolonne("netto_budsjett", SERIENAVN["netto_budsjett"], "kr", soeyle=True),
    Oversiktskolonne("netto_samfunn", SERIENAVN["netto_samfunn"], "kr", soeyle=True),
    Oversiktskolonne("kostnad_per_deltaker", "Kostnad per deltaker", "kr"),
    Oversiktskolonne("budsjett_per_deltaker", "Netto budsjetter per deltaker", "kr", soeyle=True),
    Oversiktskolonne("samfunn_per_deltaker", "Netto samfunn per deltaker", "kr", soeyle=True),
    Oversiktskolonne("samfunn_per_krone", "Netto samfunn per krone kostnad", "desimal"),
    Oversiktskolonne("steg", "Steg tatt i perioden", "antall"),
    Oversiktskolonne("kostnad_per_steg", "Kostnad per steg", "kr", soeyle=True),
    Oversiktskolonne("andel_kommune", "Kommunens andel av kostnaden", "andel"),
    Oversiktskolonne("andel_stat", "Statens andel av kostnaden", "andel"),
    Oversiktskolonne("tilbakebetalt_budsjett", "Tilbakebetalt, budsjetter", "aar"),
    Oversiktskolonne("tilbakebetalt_samfunn", "Tilbakebetalt, samfunn", "aar"),
)
MAALNAVN = {"totalt": "Totalt", "per_deltaker": "Per deltaker"}
OM_STEG = "Steg: overganger til en bedre livssituasjon innen perioden; tilbakefall er ikke trukket fra."
OM_VERDIER = "Tallene er verdier beregnet av programmet, ikke levende formler."
OM_OPPDELINGEN = (
    "Forskjellen er delt med Shapley-verdier: hva hver faktor betyr, i gjennomsnitt over alle rekkefølger faktorene kan "
    "endres i. Delene summerer til forskjellen."
)


def prisaarlinje(s: Sammenligning) -> str:
    """Which kroner the amounts are in."""
    if s.prisaar is None:
        aar = sorted({m.kommune.forutsetninger.prisaar for m in s.medlemmer})
        if len(aar) > 1:
            return (
                f"Som oppgitt: hver kommune i sitt eget prisår ({aarsrekke(aar[0], aar[-1])}), med sin egen periode og rente. "
                "Beløpene kan ikke uten videre sammenlignes"
            )
        return f"Som oppgitt: beløp i {aar[0]}-kroner, med hver kommunes egen periode og rente"
    return f"Beløp i {s.prisaar}-kroner, summer over analyseperioden"


def referansetekst(s: Sammenligning) -> str:
    """Who the others are held against."""
    return "gjennomsnittet av alle" if s.referanse == GJENNOMSNITT else s.referanse


def merknader(s: Sammenligning) -> list[str]:
    """What a reader must know, a sentence each: price years nobody settled, who takes in nobody, and what was left out."""
    ut = s.varsler
    if uten := s.uten_inntak:
        hvem = oppramset([f"{navn} ({BRUKERGRUPPER[g].lower()})" for navn, g in uten])
        ut.append(f"Uten inntak: {hvem}. Tall per deltaker og per steg er derfor tomme.")
    if s.utelatt:
        ut.append(f"{len(s.utelatt)} filer kunne ikke brukes og er ikke med.")
    return ut


def harmonisert_linje(hva: str, fra: float, til: float) -> tuple[str, str]:
    """Two values of something that was made equal, as they are shown."""
    if hva == "neddiskontering":
        return prosent(fra), prosent(til)
    enhet = " år" if hva == "analyseperiode" else ""
    return f"{fra:.0f}{enhet}", f"{til:.0f}{enhet}"


def sammenligningsgrunnlag(s: Sammenligning) -> tuple[str, Forutsetninger]:
    """What the assumptions are held against, with its name: the reference, or for a mean the defaults, because a mean
    of lists of tiltak has no meaning."""
    if s.referansemedlem:
        return s.referanse, s.referansemedlem.kommune.forutsetninger
    f = s.medlemmer[0].kommune.forutsetninger
    return "Standard (Asker 2019)", standard_for(f) or regn_om(les_toml())


@dataclass(frozen=True)
class Avvik:
    """One assumption of a municipality that differs. faktor: key of FAKTORER."""

    kommune: str
    endring: Endring
    faktor: str


def avvik(grunnlag: Forutsetninger, m: Medlem) -> Iterator[Avvik]:
    """Every assumption of a municipality that differs and enters the result."""
    f = m.kommune.forutsetninger
    for e in endringer(grunnlag, replace(f, prisaar=grunnlag.prisaar)):
        if e.sett and (faktor := faktor_for(e)):
            yield Avvik(m.navn, e, faktor)


def faktor_for(e: Endring) -> str:
    """The factor that a changed input belongs to; empty for a text that enters nothing."""
    if e.tiltak:
        if e.felt in ("beskrivelse", "type_kostnad", "kostnadsdriver", "navn"):
            return ""
        return "enhetspriser" if e.felt == "enhetskostnad" else "volum"
    hode = e.felt.partition(".")[0]
    enkle = {
        "inntak": "inntak",
        "suksessrate": "suksessrater",
        "nullalternativ": "nullalternativ",
        "utvidet": "utvidet",
    }
    if hode in enkle:
        return enkle[hode]
    return "gevinst" if hode in ("livskvalitet", "verdi_qaly", "stillingsandel", "loennskostnad") else "horisont"


def i_figuren(medlemmer: Sequence[Medlem], gruppe: str) -> tuple[list[Medlem], str]:
    """The municipalities a chart shows, and a sentence that says which when that is not all of them."""
    if len(medlemmer) <= MAKS_I_FIGUR:
        return list(medlemmer), ""
    halv = MAKS_I_FIGUR // 2
    ordnet = sorted(medlemmer, key=lambda m: -m.rader[gruppe].netto_samfunn)
    tekst = f"Figurene viser de {halv} med høyest og de {halv} med lavest netto samfunn av {len(medlemmer)}."
    return [*ordnet[:halv], *ordnet[-halv:]], tekst


def per_deltaker_i_figuren(s: Sammenligning, gruppe: str) -> tuple[list[tuple[str, float]], str]:
    """Name and netto samfunn per participant of those a chart shows, the highest first, and which they are."""
    alle, om = i_figuren(s.medlemmer, gruppe)
    par = [(m.navn, kr) for m in alle if (kr := m.rader[gruppe].samfunn_per_deltaker) is not None]
    return sorted(par, key=lambda p: -p[1]), om
