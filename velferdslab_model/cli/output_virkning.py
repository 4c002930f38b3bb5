"""How the difference between two scenarios is printed: changed inputs, their effect, and what each explains."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap

from velferdslab_model.base.ord import BRUKERGRUPPER, HVEM_KORT, IKKE_INNEN_KORT, SERIENAVN, liten
from velferdslab_model.base.tall import aar, kr, med_fortegn
from velferdslab_model.endringer.finne import Endring
from velferdslab_model.endringer.showing import er_endret, kort, verdi, virkningsaar, virkningsrader
from velferdslab_model.endringer.siden import Siden
from velferdslab_model.endringer.virkning import Virkning

BREDDE = 100
#: Width of a number, with room for a year that does not come.
_TALL = 20


def endringslinjer(endringer: Sequence[tuple[str, Endring]], mot: str) -> Iterator[str]:
    """Every input that differs, with where it stands and its source. endringer: a place, or nothing, and a change."""
    if not endringer:
        return
    yield f"Inndata som avviker fra {mot}"
    for celle, e in endringer:
        gruppe = f"{BRUKERGRUPPER[e.gruppe]}: " if e.gruppe else ""
        tekst = f"{gruppe}{e.tekst}: {verdi(e.gammel, e.enhet)} -> {verdi(e.ny, e.enhet)}{_enhet(e)}"
        yield from wrap(tekst, BREDDE, initial_indent="  ", subsequent_indent="    ")
        detaljer = "; ".join(del_ for del_ in (celle, e.kilde) if del_)
        yield from wrap(detaljer, BREDDE, initial_indent="      ", subsequent_indent="      ")


def _enhet(e: Endring) -> str:
    return "" if e.enhet in ("tekst", "andel", "årstall") else f" {e.enhet}"


def virkningslinjer(v: Virkning, foer: str = "før", naa: str = "nå", endring: str = "endring") -> Iterator[str]:
    """Sums and payback years before and after. foer, naa, endring: headings of the columns."""
    yield "Virkning på resultatet (kr over analyseperioden)"
    deler = [(BRUKERGRUPPER[navn], g) for navn, g in v.grupper.items() if er_endret(g)]
    if v.samlet and len(deler) > 1:
        deler.append(("Samlet", v.samlet))
    if not deler:
        yield "  Ingen: endringene gjelder bare tekst, eller noe resultatet ikke avhenger av."
    for tittel, g in deler:
        yield f"  {tittel:<38}{kort(foer, 16):>{_TALL}}{kort(naa, 16):>{_TALL}}{kort(endring, 16):>{_TALL}}"
        for navn in virkningsrader(g):
            yield f"    {SERIENAVN[navn]:<36}{kr(g.foer[navn]):>{_TALL}}{kr(g.etter[navn]):>{_TALL}}{med_fortegn(g.differanse(navn)):>{_TALL}}"
        for x in virkningsaar(g):
            foer_aar, etter_aar = (aar(n[x], IKKE_INNEN_KORT) for n in (g.tilbake_foer, g.tilbake_etter))
            yield f"    {f'Tilbakebetalt, {liten(HVEM_KORT[x])}':<36}{foer_aar:>{_TALL}}{etter_aar:>{_TALL}}{'' if foer_aar == etter_aar else 'endret':>{_TALL}}"


def bidragslinjer(v: Virkning) -> Iterator[str]:
    """How much each change explains, the largest first; parts and remainder sum to the change of the group."""
    for gruppe, navn in BRUKERGRUPPER.items():
        egne = [b for b in v.bidrag if b.endring.gruppe == gruppe]
        if not egne:
            continue
        yield f"{f'Hva hver endring forklarer alene, {navn.lower()} (kr)':<60}{'netto budsjett':>20}{'netto samfunn':>20}"
        for b in sorted(egne, key=lambda b: -abs(b.summer["netto_samfunn"])):
            yield _bidragslinje(b.endring.tekst, b.summer["netto_budsjett"], b.summer["netto_samfunn"])
        rest, g = v.samspill[gruppe], v.grupper[gruppe]
        yield _bidragslinje("Samspill mellom endringene", rest["netto_budsjett"], rest["netto_samfunn"])
        yield _bidragslinje("Sum", g.differanse("netto_budsjett"), g.differanse("netto_samfunn"))
        yield ""


def _bidragslinje(tekst: str, budsjett: float, samfunn: float) -> str:
    return f"  {kort(tekst, 56):<58}{med_fortegn(budsjett):>20}{med_fortegn(samfunn):>20}"


def sidenlinjer(siden: Siden) -> Iterator[str]:
    """What has changed since an earlier file: each input with its source, both nets, and what each change explains."""
    yield f"Endringer siden {kort(siden.mot, 60)}"
    for merknad in siden.merknader:
        yield from wrap(merknad, BREDDE, initial_indent="  ", subsequent_indent="  ")
    if not siden.endringer:
        yield "  Ingen inndata er endret."
    yield from endringslinjer([("", e) for e in siden.endringer], siden.mot)
    if siden.virkning is None or not siden.endringer:
        return
    yield ""
    yield from virkningslinjer(siden.virkning)
    yield ""
    yield from bidragslinjer(siden.virkning)
