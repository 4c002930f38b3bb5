"""A contract as lines of text: price, risk and cap first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from textwrap import wrap

from velferdslab_model.base.tall import kr, prosent, tall
from velferdslab_model.contract.analysis import Kontraktsanalyse, Tilfelle
from velferdslab_model.contract.bargaining import MERKES, MEST_PRIS, Balansepunkt
from velferdslab_model.contract.scenario import modellpris
from velferdslab_model.contract.tabellen import UENIGHET, gjelder, tabellen
from velferdslab_model.contract.terms import Kontrakt
from velferdslab_model.contract.words import (
    FRA_SCENARIO,
    PARTSNAVN,
    antall,
    betaler_mer,
    erstatningsord,
    fordelingsord,
    horisonter,
    kontraktsmerknader,
    kravord,
    maa_oppnaas,
    minst_ord,
    penger,
    pluss_ord,
    prisnavn,
    prisord,
    rateord,
    romord,
    sjanse,
    snittord,
    takene_trukket,
    takord,
)

_BREDDE = 100
_TEKST, _ROM = 45, 34


def kontraktstabell(a: Kontraktsanalyse) -> str:
    """Everything a negotiator needs, as lines of at most 100 characters."""
    linjer = [linje for del_ in _deler(a) for linje in (*del_, "")]
    return "\n".join(linjer[:-1]) + "\n"


def _deler(a: Kontraktsanalyse) -> Iterator[list[str]]:
    t = a.avtalt
    yield list(_hode(t))
    yield list(_aar(t))
    yield list(_parter(t))
    yield list(_besparelse(t))
    if a.rom is not None:
        yield list(_rom(a))
    if a.scenarier:
        yield list(_scenarier(a))
    if t.vilkaar.erstattet:
        yield list(_erstattet(t.vilkaar))
    if gjelder(t.vilkaar):
        yield list(_publisert(a))
    yield [linje for m in kontraktsmerknader(t) for linje in wrap(f"* {m}", _BREDDE, subsequent_indent="  ")]


def _hode(t: Tilfelle) -> Iterator[str]:
    v, f = t.vilkaar, t.fordeling
    yield f"Effektkontrakt: {v.navn}"
    yield from _par(prisnavn(v), prisord(v))
    yield from _par("Betalt i snitt per person som lykkes", snittord(t))
    yield from _par("Tak", takord(v))
    yield from _par(
        "Inntak og suksessrate", f"{v.deltakere[0]} i året i {min(v.inntaksaar, v.driftsaar)} år, {rateord(v)}"
    )
    if v.erstattet:
        yield from _par(FRA_SCENARIO, f"{len(v.erstattet)} vilkår, se listen under")
    yield from _par(f"Betaling hvis {antall(float(t.lykkede.sum()))} av {sum(v.deltakere)} lykkes", penger(v, t.betalt))
    yield from _par("Forventet betaling under takene", f"{penger(v, f.forventet)} ({fordelingsord(t)})")
    yield from _par("Ni av ti utfall ligger mellom", f"{penger(v, f.kvantil(0.05))} og {penger(v, f.kvantil(0.95))}")
    yield from _par("Sjanse for at et tak er nådd", sjanse(f.p_tak, takene_trukket(t)))
    yield from _par("Sjanse for at takene kutter betalingen", sjanse(f.p_kuttet, takene_trukket(t)))
    uten = " uten besparelse" if v.nullalternativ is None else ""
    pluss = "" if uten else f"; i pluss fra: {pluss_ord(t, 'kommune')}"
    yield from _par(f"Kommunen, forventet netto{uten}", f"{penger(v, t.forventet.kommune.sum)}{pluss}")


def _par(tekst: str, verdi: str) -> list[str]:
    """A label and what it comes to; a number stays on the line of its unit."""
    samlet = re.sub(r"(?<=\d) (?=kr|[A-Z]{3}\b)", "\u00a0", verdi)
    plass = max(_TEKST, len(tekst) + 2)  # a long label is not run together with its value
    forst, *resten = wrap(samlet, _BREDDE - plass) or [""]
    return [tekst.ljust(plass) + forst, *(" " * plass + linje for linje in resten)]


def _erstattet(v: Kontrakt) -> Iterator[str]:
    yield FRA_SCENARIO
    for e in v.erstattet:
        yield from _par(f"  {e.tekst}", f"{erstatningsord(e)} ({e.kilde})")


def _aar(t: Tilfelle) -> Iterator[str]:
    v = t.vilkaar
    yield f"Betaling etter kontraktår; før tak og etter tak hvis {antall(float(t.lykkede.sum()))} lykkes, og forventet under takene"
    yield "".ljust(25) + "".join(c.rjust(18) for c in ("før tak", "etter tak", "forventet", "forventet hittil"))
    hittil = 0.0
    for k in range(v.kontraktaar):
        hittil += float(t.fordeling.per_aar[k])
        celler = (t.plan.brutto[k], t.plan.betalt[k], t.fordeling.per_aar[k], hittil)
        yield f"  år {k + 1} ({v.startaar + k})".ljust(25) + "".join(kr(c).rjust(18) for c in celler)
    i_alt = (float(t.plan.brutto.sum()), t.betalt, t.fordeling.forventet)
    yield "  i alt".ljust(25) + "".join(kr(c).rjust(18) for c in i_alt)


def _parter(t: Tilfelle) -> Iterator[str]:
    v, i, lev, trukket = t.vilkaar, t.investor, t.leverandoer, t.fordeling.metode == "simulert"
    yield "Partene, forventet under takene"
    for part, strom in t.forventet.parter().items():
        if not any(rekke.any() for rekke in strom.poster.values()):
            continue
        bunn = f", mest ute {penger(v, strom.bunn)} i {t.forventet.aar[strom.bunnaar - 1]}" if strom.bunnaar else ""
        uten = " uten besparelse" if part in t.betalere and v.nullalternativ is None else ""
        yield from _par(f"  {PARTSNAVN[part]}", f"forventet netto{uten} {penger(v, strom.sum)}{bunn}")
        if part in t.betalere and (v.nullalternativ is not None):
            yield from _par("    tilbake i pluss fra", pluss_ord(t, part))
    if i.utlegg:
        rente, ved = (
            prosent(x, 1) if isinstance(x, float) else x for x in (i.internrente, i.internrente_ved_forventning)
        )
        yield from _par("  Investorens internrente", f"{rente}; {ved} hvis akkurat det forventede antallet lykkes")
        tilbake = f"i {v.startaar + i.tilbakebetalt - 1}" if i.tilbakebetalt else "aldri"
        yield from _par(
            "  Investoren får igjen",
            f"{tall(i.multippel or 0, 2)} ganger utlegget ({penger(v, i.utlegg)}), tilbakebetalt {tilbake}",
        )
        yield from _par(
            "  Investorens største tap; sjanse for tap", f"{penger(v, i.mest_tap)}; {sjanse(i.p_tap, trukket)}"
        )
        if v.investor.avkastningskrav:
            krav = f"    sjanse for mindre enn kravet, {prosent(v.investor.avkastningskrav, 1)}"
            yield from _par(krav, f"{sjanse(i.p_under_krav, True)}, simulert med frø {i.froe}")
    if lev.dekning is not None:
        yield from _par(
            "  Leverandørens dekning av kostnaden",
            f"{prosent(lev.dekning, 1)}, {minst_ord(t)}; sjanse for underdekning {sjanse(lev.p_udekket, trukket)}",
        )


def _besparelse(t: Tilfelle) -> Iterator[str]:
    v = t.vilkaar
    oppgjoer, besparelse = horisonter(t)
    yield "Betaling mot besparelse"
    yield from _par("  Det gjøres opp i", oppgjoer)
    yield from _par("  Det spares i", besparelse)
    if v.nullalternativ is None:
        yield "  Oppgi [nullalternativ] for å regne besparelsen. For at det skal lønne seg, må hver som lykkes,"
        yield "  spare så mye i året i de ordinære tjenestene:"
        for aar, personaar, beloep in maa_oppnaas(t):
            yield from _par(f"    i {aar} år ({antall(personaar)} personår)", penger(v, beloep))
        return
    m = modellpris(v, t.betalt_per_lykket)
    for part, b in t.betalere.items():
        if not b.betaler and not b.sparer:
            continue
        yield from _par(
            f"  {PARTSNAVN[part]} betaler og sparer", f"{penger(v, b.betaler)} og {penger(v, b.sparer or 0)}"
        )
        spart = b.per_lykket or 0.0
        if m.pris[part]:
            fra = ", uten dem som faller fra" if any(linje.holder < 1 for linje in v.priskort) else ""
            yield from _par(f"    prisen per person som lykkes{fra}", _mot(v, m.pris[part], spart, m.fra_aar[part]))
        if t.betalt_per_lykket is not None and abs(m.betalt[part] - m.pris[part]) > 1:
            yield from _par("    betalt i snitt per person", _mot(v, m.betalt[part], spart, m.betalt_fra_aar[part]))
        yield from _par("    sjanse for å betale mer enn det spares", betaler_mer(b))


def _mot(v: Kontrakt, beloep: float, spart: float, fra: int | None) -> str:
    """An amount paid against what is saved by the same payer for the same person."""
    over = "under" if beloep <= spart else "over"
    naar = f"dekket fra år {fra} etter måloppnåelse" if fra else "aldri dekket av besparelsen"
    return f"{penger(v, beloep)}, {over} de {penger(v, spart)} som spares; {naar}"


def _rom(a: Kontraktsanalyse) -> Iterator[str]:
    assert a.rom is not None
    v = a.avtalt.vilkaar
    yield "Balansepunkt".ljust(_ROM) + "".join(
        c.rjust(22)
        for c in (
            "pris per person",
            "da betalt i snitt",
            "suksessrate",
        )
    )
    for part in a.rom.pris:
        pris, rate = a.rom.pris[part], a.rom.rate[part]
        yield (
            f"  {PARTSNAVN[part]}".ljust(_ROM)
            + _punkt(pris, lambda x: penger(v, x * v.pris)).rjust(22)
            + ("–" if pris.betalt is None else penger(v, pris.betalt)).rjust(22)
            + _punkt(rate, lambda x: prosent(x, 1)).rjust(22)
        )
    felles, merkes = a.rom.alle_tjener, a.rom.takene_merkes
    sikker = ", raten tatt for sikker" if v.telling is not None else ""
    proevd = f"{romord(a.rom)}. Prøvd til {kr(MEST_PRIS)} ganger prisen{sikker}."
    yield from wrap(proevd, _BREDDE - 2, initial_indent="  ", subsequent_indent="  ")
    if "investor" in a.rom.gevinst:
        yield f"  {kravord(v)}: {penger(v, a.rom.avtalt['investor'])} som avtalt."
    if "kommune" not in a.rom.gevinst:
        yield "  Kommunen er ikke med: nullalternativet er ikke oppgitt."
    yield (
        f"  Alle som er med, tjener i {int(felles.sum())} av {felles.size} ruter (pris {penger(v, a.rom.priser[0])}"
        f"–{penger(v, a.rom.priser[-1])}, rate {prosent(a.rom.rater[0])}–{prosent(a.rom.rater[-1])})."
    )
    if merkes.any():
        yield from wrap(
            f"I {int(merkes.sum())} av dem tar takene mer enn {prosent(MERKES)} av betalingen, så det betales mindre per person enn prisen sier.",
            _BREDDE - 2, initial_indent="  ", subsequent_indent="  ",
        )  # fmt: skip


def _punkt(p: Balansepunkt, vis: Callable[[float], str]) -> str:
    return p.ord_ if p.verdi is None else vis(p.verdi)


def _scenarier(a: Kontraktsanalyse) -> Iterator[str]:
    alle = {"Avtalt": a.avtalt, **a.scenarier}
    yield "Scenarier".ljust(34) + "".join(n.rjust(22) for n in list(alle)[:3])
    kommunen = "  Kommunen netto, forventet" if a.avtalt.vilkaar.nullalternativ else "  Kommunen, uten besparelse"
    rader: dict[str, Callable[[Tilfelle], str]] = {
        "  Lykkes": lambda t: antall(float(t.lykkede.sum())),
        "  Betaling hvis så mange lykkes": lambda t: kr(t.betalt),
        "  Forventet betaling under takene": lambda t: kr(t.fordeling.forventet),
        "  Betalt i snitt per person": lambda t: "–" if t.betalt_per_lykket is None else kr(t.betalt_per_lykket),
        kommunen: lambda t: kr(t.forventet.kommune.sum),
        "  Leverandøren netto, forventet": lambda t: kr(t.forventet.leverandoer.sum),
        "  Investoren netto, forventet": lambda t: kr(t.forventet.investor.sum),
        "  Sjanse for tap for investoren": lambda t: (
            sjanse(t.investor.p_tap, t.fordeling.metode == "simulert") if t.investor.utlegg else "–"
        ),
    }
    for fra in range(0, len(alle), 3):
        valgt = list(alle.values())[fra : fra + 3]
        if fra:
            yield "".ljust(34) + "".join(n.rjust(22) for n in list(alle)[fra : fra + 3])
        for tekst, celle in rader.items():
            yield tekst.ljust(34) + "".join(celle(t).rjust(22) for t in valgt)


def _publisert(a: Kontraktsanalyse) -> Iterator[str]:
    yield "Tabellen i Askers bilag".ljust(28) + "".join(
        c.rjust(16) for c in ("lykkes", "før tak", "betalt", "kilden, før tak")
    )
    for rad in tabellen(a.avtalt.vilkaar):
        merke = "" if rad.er_lik else "  ulik"
        celler = (antall(rad.lykkede), kr(rad.brutto), kr(rad.betalt), kr(rad.kildens_betaling))
        yield f"  {rad.antall} i året, {prosent(rad.rate, 1)}".ljust(28) + "".join(c.rjust(16) for c in celler) + merke
    yield from wrap(UENIGHET, _BREDDE - 2, initial_indent="  ", subsequent_indent="  ")
