"""What every presentation of a comparison shares: the columns of the overview, the deviations, and the words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from velferdslab_model.base.ord import BRUKERGRUPPER, SERIENAVN
from velferdslab_model.base.tall import aarsrekke, kr, prosent, tall
from velferdslab_model.base.tekst import oppramset, ulike_korte
from velferdslab_model.compare.bevegelse import om_bevegelsen
from velferdslab_model.compare.dekomponering import Oppdeling
from velferdslab_model.compare.medlem import Medlem
from velferdslab_model.compare.sammenligning import GJENNOMSNITT, Sammenligning
from velferdslab_model.endringer.finne import Endring, endringer
from velferdslab_model.parameters.felt import FELT
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
    Oversiktskolonne("samfunn_per_inntatt", "Netto samfunn per inntatt, lik blanding og antakelser", "kr", soeyle=True),
    Oversiktskolonne(
        "budsjett_per_inntatt", "Netto budsjetter per inntatt, lik blanding og antakelser", "kr", soeyle=True
    ),
    Oversiktskolonne("samfunn_egen_blanding", "Netto samfunn per inntatt, egen blanding og egne antakelser", "kr"),
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
    Oversiktskolonne("andel_fylkeskommune", "Fylkeskommunens andel av kostnaden", "andel"),
    Oversiktskolonne("andel_stat", "Statens andel av kostnaden", "andel"),
    Oversiktskolonne("tilbakebetalt_budsjett", "Tilbakebetalt, budsjetter", "aar"),
    Oversiktskolonne("tilbakebetalt_samfunn", "Tilbakebetalt, samfunn", "aar"),
)
#: Inputs that are made equal and shown as shares, by their text; rates of the extended assumptions among them.
_ANDELER = {"neddiskontering", *(f.tekst for f in FELT.values() if f.slag == "andel")}
_DESIMALER = {f.tekst for f in FELT.values() if f.slag not in ("andel", "beloep", "aarstall")}
#: What differences are shown of: what is ranked, and the sums by calendar year.
MAALNAVN = {"per_inntatt": "Per inntatt (rangeres)", "totalt": "Totalt", "per_deltaker": "Per deltaker"}
OM_STEG = "Steg: overganger til en bedre livssituasjon innen perioden; tilbakefall er ikke trukket fra."
OM_VERDIER = "Tallene er verdier beregnet av programmet, ikke levende formler."
OM_OPPDELINGEN = (
    "Forskjellen er delt med Shapley-verdier: hva hver faktor betyr, i gjennomsnitt over alle rekkefølger faktorene kan "
    "endres i. Delene summerer til forskjellen."
)


def prisaarlinje(s: Sammenligning) -> str:
    """Which kroner the amounts are in, the common period and rate, and when it was made: stands in every header."""
    dato = f"Laget {s.dato:%d.%m.%Y}"
    if s.prisaar is None:
        aar = sorted({m.kommune.forutsetninger.prisaar for m in s.medlemmer})
        if len(aar) > 1:
            return (
                f"Som oppgitt: hver kommune i sitt eget prisår ({aarsrekke(aar[0], aar[-1])}), med sin egen periode og rente. "
                f"Beløpene kan ikke uten videre sammenlignes. {dato}"
            )
        return f"Som oppgitt: beløp i {aar[0]}-kroner, med hver kommunes egen periode og rente. {dato}"
    return f"Beløp i {s.prisaar}-kroner, {_periode_og_rente(s)}. {dato}"


def _periode_og_rente(s: Sammenligning) -> str:
    """Common period and rate, by group where the groups differ."""
    like = {
        g: f"summer over {v['analyseperiode']:.0f} år, rente {prosent(v['neddiskontering'])}"
        + (f", inntak i {v['inntaksaar']:.0f} år" if "inntaksaar" in v else "")
        for g, v in s.vilkaar.grupper.items()
    }
    if len(set(like.values())) == 1:
        return next(iter(like.values()))
    return "; ".join(f"{BRUKERGRUPPER[g].lower()} {tekst}" for g, tekst in like.items())


def referansetekst(s: Sammenligning) -> str:
    """Who the others are held against."""
    return "gjennomsnittet av alle" if s.referanse == GJENNOMSNITT else s.referanse


def om_referansen(s: Sammenligning) -> str:
    """Who the reference is, and why."""
    if s.valgt:
        return f"Referanse: {referansetekst(s)}"
    return f"Referanse: {s.referanse}, {s.referansevalg} (velg en annen med --reference)"


def filer(antall: int) -> str:
    """So many files, in words."""
    return f"{antall} fil" if antall == 1 else f"{antall} filer"


def merknader(s: Sammenligning) -> list[str]:
    """What a reader must know, a sentence each: price years nobody settled, who takes in nobody, and what was left out."""
    ut = s.varsler
    if uten := s.uten_inntak:
        hvem = oppramset([f"{navn} ({BRUKERGRUPPER[g].lower()})" for navn, g in uten])
        ut.append(f"Uten inntak: {hvem}. Der står det ingen tall.")
    ut += om_bevegelsen(s)
    if s.utelatt:
        ut.append(f"{filer(len(s.utelatt))} er ikke med: " + " ".join(" ".join(feil.split()) for feil in s.utelatt))
    return ut


def oppdelinger(s: Sammenligning, m: Medlem, gruppe: str, maal: str) -> Mapping[str, Oppdeling]:
    """The differences of a municipality from the reference by one of MAALNAVN, by net; empty where there are none."""
    if maal == "per_inntatt":
        rad = s.ytelser.rader[gruppe].get(m.navn)
        return rad.forskjell or {} if rad else {}
    forskjell = m.forskjeller[gruppe]
    return forskjell.totalt if maal == "totalt" else forskjell.per_deltaker


#: The cheap check compares protection, formulas and sums; every number and locked cell only `check` does.
INGEN_TEGN = "ingen tegn til endring i formler, summer og beskyttelse"
#: Formulas of an earlier format are others, and are held against nothing.
INGEN_TEGN_ELDRE = "ingen tegn til endring i summer og beskyttelse; formlene i en eldre arbeidsbok er ikke sammenlignet"


def kontrolltekst(m: Medlem) -> str:
    """What the cheap check of a workbook says; a scenario file has nothing to check."""
    if m.kommune.kontroll:
        return "; ".join(m.kommune.kontroll)
    if m.kommune.fil.suffix.lower() == ".toml":
        return "–"
    return INGEN_TEGN if m.kommune.oppgitt is None or m.kommune.oppgitt.formler_sett else INGEN_TEGN_ELDRE


def flaggtekst(m: Medlem, gruppe: str) -> str:
    """The flags of a municipality that hold for a group, by name."""
    return ", ".join(dict.fromkeys(f.navn for f in m.flagg if f.gruppe in ("", gruppe)))


def harmonisert_linje(hva: str, fra: float, til: float) -> tuple[str, str]:
    """Two values of something that was made equal, as they are shown."""
    if hva in _ANDELER:
        return prosent(fra), prosent(til)
    if hva in _DESIMALER:
        return tall(fra, 2), tall(til, 2)
    if hva in ("analyseperiode", "inntaksår"):
        return f"{fra:.0f} år", f"{til:.0f} år"
    return (f"{fra:.0f}", f"{til:.0f}") if hva == "prisår" else (kr(fra), kr(til))


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
    """The municipalities a chart shows, of those that take in somebody, and a sentence that says which when that is not all of them."""
    medlemmer = [m for m in medlemmer if m.rader[gruppe].deltakere]
    if len(medlemmer) <= MAKS_I_FIGUR:
        return medlemmer, ""
    halv = MAKS_I_FIGUR // 2
    ordnet = sorted(
        medlemmer, key=lambda m: -(m.rader[gruppe].samfunn_per_inntatt or m.rader[gruppe].netto_samfunn or 0)
    )
    tekst = (
        f"Figurene viser de {halv} med høyest og de {halv} med lavest netto samfunn per inntatt av {len(medlemmer)}."
    )
    return [*ordnet[:halv], *ordnet[-halv:]], tekst


def per_inntatt_i_figuren(s: Sammenligning, gruppe: str) -> tuple[list[tuple[str, float]], str]:
    """Name and netto samfunn per person taken in, as ranked, of those a chart shows, the highest first, and which they are."""
    alle, om = i_figuren(s.medlemmer, gruppe)
    navn = ulike_korte([m.navn for m in alle], 24)
    tall = [m.rader[gruppe].samfunn_per_inntatt for m in alle]
    par = [(n, kr_) for n, kr_ in zip(navn, tall, strict=True) if kr_ is not None]
    return sorted(par, key=lambda p: -p[1]), om
