"""What a contract comes to, in sentences that screen and workbook share."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from velferdslab_model.base.ord import BETALERNAVN
from velferdslab_model.base.tall import kr, prosent, tall
from velferdslab_model.contract.analysis import TAPSTREKNINGER, Betalertall, Tilfelle
from velferdslab_model.contract.bargaining import ROMTREKNINGER, Forhandlingsrom
from velferdslab_model.contract.fewest import Faerrest
from velferdslab_model.contract.flows import OERE, Strom, foerste_bedoemming
from velferdslab_model.contract.oppgjoer import oppgjoerslinjer
from velferdslab_model.contract.terms import KOHORTER, PRISGRUNNLAG, Erstatning, Kontrakt
from velferdslab_model.endringer.showing import verdi

PARTSNAVN = {
    "kommune": BETALERNAVN["kommune"],
    "stat": BETALERNAVN["stat"],
    "leverandoer": "Leverandøren",
    "investor": "Investoren",
}
#: The currency that is written otherwise than by its code.
NORSKE_KRONER = ("NOK", "kr")
#: How a distribution was found, on a first screen.
EKSAKT, SIMULERT, GAMMEL_RISIKO = "eksakt regnet", "simulert, se fanen Risiko", "regnet av vilkår som er endret siden"
#: What the figures of an early end rest on.
AVVIKLINGSFORBEHOLD = (
    "Avvikling er regnet som om alle som har lyktes, beholder hele besparelsen uten videre oppfølging (antakelse), mens ingen senere "
    "oppfølging betales: kommunens og statens tall ved avvikling er heller for gode enn for dårlige."
)
#: The heading of what a scenario put in the place of the contract's own terms.
FRA_SCENARIO = "Vilkår tatt fra scenarioet"
#: What the price is called when there is one follow-up, and when there are several.
EN_PRIS, FLERE_PRISER = "Pris per person som lykkes", "Pris per person som holder målet hele veien"
#: Said where there is no number: nobody succeeds, the caps are too low, and the last year comes first.
INGEN_LYKKES, KAN_IKKE_DEKKES, IKKE_INNEN = "ingen lykkes", "kan ikke dekkes under taket", "ikke innen horisonten"
PLUSS_HELE_TIDEN, REGNES_IKKE = "ikke ute i noe år", "ikke regnet"
#: Below this a chance is told as «under», above one less it as «over».
NESTEN, SIKKERT = 0.0005, 0.999999999999


def sjanse(p: float, trukket: bool = False) -> str:
    """A chance; never rounded to certain when it is not. trukket: a share of draws, of which none or all is not certain."""
    if (trukket or p > 0) and p < NESTEN:
        return f"under {prosent(0.001)}"
    if (trukket or p < SIKKERT) and p > 1 - NESTEN:
        return f"over {prosent(0.999)}"
    return prosent(p, 1)


def sjansen(p: float, trukket: bool) -> float | str:
    """A chance as a cell holds it: words where no or every draw is all there is to go by."""
    return sjanse(p, trukket) if trukket and p in (0.0, 1.0) else p


def takene_trukket(t: Tilfelle) -> bool:
    """Whether the chances of the caps are shares of draws; without caps they are certain."""
    tak = t.vilkaar.tak
    return t.fordeling.metode == "simulert" and (tak.per_aar is not None or tak.kontrakt is not None)


def betaler_mer(b: Betalertall) -> str:
    """The chance of paying more than is saved, and how it is found when not counted."""
    return sjanse(b.p_taper or 0.0, b.froe is not None) + ("" if b.froe is None else f", simulert med frø {b.froe}")


def antall(verdi: float) -> str:
    """A number of persons: whole, or with one decimal."""
    return tall(verdi, 0 if abs(verdi - round(verdi)) < 1e-6 else 1)


def penger(v: Kontrakt, beloep: float) -> str:
    """An amount with the contract's currency."""
    return f"{kr(beloep)} {NORSKE_KRONER[1] if v.valuta == NORSKE_KRONER[0] else v.valuta}"


def prisnavn(v: Kontrakt) -> str:
    """What the price of the whole rate card is the price of."""
    return EN_PRIS if len(v.priskort) == 1 else FLERE_PRISER


def prisord(v: Kontrakt) -> str:
    """The price of one success."""
    if v.pris == 0:
        return "ingen pris per person"
    deler = [f"{penger(v, linje.pris)} etter {linje.maaned} måneder" for linje in v.priskort if linje.pris]
    return f"{penger(v, v.pris)} i alt: {', '.join(deler)}" if len(deler) > 1 else deler[0]


def snittord(t: Tilfelle) -> str:
    """What is paid in expectation for each that succeeds."""
    snitt = t.betalt_per_lykket
    return INGEN_LYKKES if snitt is None else penger(t.vilkaar, snitt)


def erstatningsord(e: Erstatning) -> str:
    """What a term was and what it became."""

    def vist(tall_: float) -> str:
        return kr(tall_) if e.enhet.startswith("kr") else verdi(tall_, e.enhet)

    foer = "ikke oppgitt" if e.foer is None else e.foer if isinstance(e.foer, str) else vist(e.foer)
    etter = vist(e.etter)
    enhet = "" if e.enhet == "andel" else f" {e.enhet}"
    return f"{foer} -> {etter}{enhet}" + ("" if e.foer != e.etter else ", uendret")


def hentet_ord(v: Kontrakt, hvor: str = "scenarioet") -> str:
    """That terms of the contract are a scenario's. hvor: what the scenario is called."""
    navn = [e.tekst[:1].lower() + e.tekst[1:] for e in v.erstattet]
    return f"{len(navn)} vilkår er tatt fra {hvor} i stedet for kontrakten: {', '.join(navn)}. De er listet med før, etter og kilde."


def minst_ord(t: Tilfelle) -> str:
    """How few must succeed for the provider's cost to be covered, where they are paid for."""
    f: Faerrest = t.leverandoer.faerrest
    if f.betalte == 0:
        return "dekket også om ingen lykkes"
    if f.betalte is None:
        return (
            f"{KAN_IKKE_DEKKES}, samme hvor mange som lykkes" if f.dekkes_uten_tak else "intet antall dekker kostnaden"
        )
    jevnt = f" der det betales, {f.jevnt} når de er jevnt fordelt på kohortene" if f.jevnt != f.betalte else ""
    snitt = ", i snitt: når så mange holder målet som ventet" if any(x.holder < 1 for x in t.vilkaar.priskort) else ""
    return f"minst {f.betalte} må lykkes{jevnt}{snitt}"


def pluss_fra(v: Kontrakt, strom: Strom) -> float | str:
    """The budget year from which a payer has saved what it has paid, for good; or why there is none."""
    if v.nullalternativ is None:
        return REGNES_IKKE
    fra = strom.i_pluss_fra
    return IKKE_INNEN if fra is None else PLUSS_HELE_TIDEN if fra == 1 else float(v.startaar + fra - 1)


def pluss_ord(t: Tilfelle, part: str) -> str:
    """The same on a screen."""
    fra = pluss_fra(t.vilkaar, t.forventet.parter()[part])
    hale = {REGNES_IKKE: ": nullalternativet er ikke oppgitt", IKKE_INNEN: f" ({t.forventet.aar[-1]})"}
    return f"{fra}{hale.get(fra, '')}" if isinstance(fra, str) else f"{fra:.0f}"


def kravord(v: Kontrakt) -> str:
    """How the investor's gain is counted."""
    return f"Investorens gevinst er nåverdien ved avkastningskravet, {prosent(v.investor.avkastningskrav, 1)} i året"


def romord(rom: Forhandlingsrom) -> str:
    """What the break-even points and the grid are gains of."""
    hvordan = "eksakt"
    if rom.froe is not None:
        hvordan = f"simulert med de samme {kr(ROMTREKNINGER)} kontraktene i hvert punkt (frø {rom.froe}): utfallene er for mange til å telles i alle"
    return f"Balansepunkter og ruter er snitt av alle utfall under takene, {hvordan}"


def takord(v: Kontrakt) -> str:
    """The caps in the order they are applied."""
    tak = ((v.tak.per_person, "per person"), (v.tak.per_aar, "per år"), (v.tak.kontrakt, "i alt"))
    ord_ = ", ".join(f"{penger(v, beloep)} {hva}" for beloep, hva in tak if beloep is not None)
    return (ord_ or "ingen tak") + (", overskytende overføres" if v.tak.overfoering else "")


def rateord(v: Kontrakt) -> str:
    """The rate and how sure it is."""
    if v.telling is not None:
        lyktes, proevde = v.telling
        return f"{prosent(lyktes / proevde, 1)}, usikker: {antall(lyktes)} av {antall(proevde)} har lyktes før"
    rater = dict.fromkeys(prosent(r, 1) for r in v.suksessrate)
    return f"{' / '.join(rater)}, tatt for sikker (antakelse)"


def fordelingsord(t: Tilfelle) -> str:
    """How the distribution was found."""
    f = t.fordeling
    if f.metode == "eksakt":
        return EKSAKT
    return f"simulert, {kr(len(f.betalt))} kontrakter, standardfeil {penger(t.vilkaar, f.feil)}; utfallene er for mange til å telles"


def horisonter(t: Tilfelle) -> tuple[str, str]:
    """The years in which something is paid in expectation under the caps, and those in which it is saved."""
    v = t.vilkaar
    betalt = (np.flatnonzero(t.fordeling.per_aar > OERE) + 1).tolist()
    oppgjoer = _spenn(v, betalt[0], betalt[-1]) if betalt else "ingen oppgjør"
    if v.nullalternativ is None:
        return oppgjoer, "ikke kjent: nullalternativet er ikke oppgitt"
    fra = 1 + foerste_bedoemming(v)
    return oppgjoer, _spenn(
        v, fra, min(v.inntaksaar, v.driftsaar) + foerste_bedoemming(v) + v.nullalternativ.varighet - 1
    )


def _spenn(v: Kontrakt, fra: int, til: int) -> str:
    aar = [v.startaar + a - 1 for a in (fra, til)]
    return f"{aar[0]}" if fra == til else f"{aar[0]}–{aar[1]}"


def kontraktsmerknader(t: Tilfelle) -> Iterator[str]:
    """What a reader must know to use the figures."""
    v = t.vilkaar
    teller = v.pris > 0 or any(fast.krav_lykkede for fast in v.fast_betaling)
    if teller:
        yield f"Oppgjør: {KOHORTER[v.kohorter]}."
    if v.pris > 0:
        uansett = (
            f"{prosent(v.skjedd_uansett, 1)} ville lyktes" if v.skjedd_uansett else "antakelse: ingen ville lyktes"
        )
        yield f"Pris {v.pris_grunnlag}: {PRISGRUNNLAG[v.pris_grunnlag]} ({uansett} uansett)."
    if any(b.froe is not None for b in t.betalere.values()) and any(linje.holder < 1 for linje in v.priskort):
        yield (
            f"Sjansen for at kommunen eller staten betaler mer enn den sparer, er simulert med høyst {kr(TAPSTREKNINGER)} kontrakter: "
            "den avhenger av hvem som holder målet ved hver oppfølging, og de samme personene teller i betaling og besparelse."
        )
    if v.stanses_etter is not None:
        uten = "" if v.avvikling else " Ingen kompensasjon er avtalt."
        yield f"Kontrakten er regnet som avsluttet etter kontraktår {v.stanses_etter}.{uten}"
    if v.stanses_etter is not None or v.avvikling is not None:
        yield AVVIKLINGSFORBEHOLD
    if v.inntak.minst is not None and v.inntak.lav < v.inntak.minst:
        yield (
            f"Med lavt inntak ({v.inntak.lav}) når ikke kommunen de {v.inntak.minst} henvisningene i året den har bundet seg til."
        )
    if v.inntak.mest is not None and v.inntak.forventet > v.inntak.mest:
        yield f"Forventet inntak ({v.inntak.forventet}) er over det meste som tas inn ({v.inntak.mest}); det siste er brukt."
    kohorter = sorted({linje.kohort for linje in oppgjoerslinjer(v) if linje.betalt_i is None})
    if teller and kohorter:
        yield f"Noe av kohort {', '.join(map(str, kohorter))} blir aldri gjort opp slik kontrakten er lest."
    if v.nullalternativ is not None and v.nullalternativ.kommunal_andel == 1:
        yield "At hele besparelsen faller på kommunen, er en antakelse; fordelingen mellom kommune og stat er ikke kjent."
    if v.erstattet:
        yield hentet_ord(v)
    if any(kilde.startswith("konstruert") for kilde in v.kilder.values()):
        yield "Noen av tallene er konstruert og må byttes ut med egne (se kilder)."
    yield f"Faste {v.prisaar}-priser, ikke neddiskontert. Deltakere regnes inn ved årets begynnelse (antakelse)."


def maa_oppnaas(t: Tilfelle) -> Iterator[tuple[int, float, float]]:
    """What it takes to pay when the null alternative is not given.

    Yields years out of support, person-years at the expected number of successes, and the yearly saving per person that
    would cover what is paid.
    """
    lykkede = float(t.lykkede.sum())
    kostnad = sum(b.betaler for b in t.betalere.values())
    for aar in (1, 2, 3, 5, 10):
        yield aar, lykkede * aar, kostnad / (lykkede * aar) if lykkede else float("inf")
