"""The key figures of a result, row by row, for the screen and for a page: what each is called and how it is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from velferdslab_model.alternativ import Alternativ
from velferdslab_model.base.ord import HVEM, IKKE_INNEN, NETTONAVN, SERIENAVN, liten
from velferdslab_model.base.tall import INGEN_TALL, aar, aarsrekke, antall, kr, med_fortegn, prosent, tall
from velferdslab_model.bevegelse import OM_FORSKJELLEN
from velferdslab_model.model.visninger import (
    DFOE_REELL_VEKST,
    DFOE_RENTE,
    DFOE_SKATTEFINANSIERINGSSATS,
    FORSIKTIG_RENTE,
    FORSIKTIG_SKJEDD_UANSETT,
)
from velferdslab_model.results import Grupperesultat, Noekkeltall, Resultat

#: Between an amount and the year from which it is paid back.
FRA_AAR = "\t"

#: Stands for the groups together where only the groups have a number.
IKKE_LAGT_SAMMEN = "ikke lagt sammen"

#: How one column of a row is filled in: an amount, and after FRA_AAR a year that stands right of it.
Tallcelle = Callable[[Noekkeltall], str]


def noekkelrader(resultat: Resultat) -> Iterator[tuple[str, Tallcelle | None]]:
    """Label and filling of every row; a title has no filling."""
    grupper = list(resultat.grupper.values())
    yield "Analyseperiode", _bare_gruppe(lambda g: aarsrekke(g.aar[0], g.aar[-1]))
    yield "Neddiskontering, og den andre renten", _bare_gruppe(_renter)
    yield "Tatt inn (personer, familier)", lambda k: antall(k.tatt_inn, 15)
    yield f"Netto, og tilbakebetalt fra ({INGEN_TALL} er {IKKE_INNEN})", None
    yield from nettorader(resultat)
    yield "Kommunal andel *, erstatningsgrad", _bare_gruppe(_andeler)
    yield "Kostnad og gevinst", None
    yield _serie("kostnad")
    yield "  betalt av kommunen", lambda k: kr(k.penger.kostnad_kommune.sum())
    if _fylket_er_med(resultat):
        yield "  betalt av fylkeskommunen", lambda k: kr(k.penger.kostnad_fylkeskommune.sum())
    yield "  betalt av staten", lambda k: kr(k.penger.kostnad_stat.sum())
    yield _serie("besparelse")
    yield "  erstattede tjenester", _sum("erstattede_tjenester")
    yield "  bedret situasjon", _sum("bedret_situasjon")
    yield _serie("helsegevinst")
    yield _serie("produksjonsgevinst")
    if any(g.gruppe.utvidet.offentlig_andel_produksjonsgevinst for g in grupper):
        yield "  til offentlige budsjetter", _sum("offentlig_inntekt")
        yield "    kommunen", lambda k: kr(k.penger.offentlig_inntekt_kommune.sum())
        yield "    staten", lambda k: kr(k.penger.offentlig_inntekt_stat.sum())
    if any(g.gruppe.utvidet.skattefinansieringssats for g in grupper):
        yield _serie("skattefinansieringskostnad")
    yield "Per person eller familie", None
    for serie in ("kostnad", *NETTONAVN):
        yield SERIENAVN[serie], _per_deltaker(serie)
    yield "Netto samfunn per krone kostnad", lambda k: tall(k.netto_per_budsjettkrone, 2)


def nettorader(resultat: Resultat) -> Iterator[tuple[str, Tallcelle]]:
    """Every net, on every term it is shown on. A star points to a note below."""
    grupper = list(resultat.grupper.values())
    for x, hvem in (("budsjett", "Budsjetter"), ("samfunn", "Samfunnet")):
        yield f"{hvem}, valgt rente", _netto(x)
        yield f"{hvem}, den andre renten", _netto_i(lambda k: k.alternativ, x)
        yield f"{hvem}, DFØ-visning", _netto_i(lambda k: k.dfoe, x)
        yield f"{hvem}, forsiktig **", _netto_i(lambda k: k.forsiktig, x)
        if any(g.bevegelse for g in grupper):
            yield f"{hvem}, nullalt. i bevegelse", _i_bevegelse_eller_ikke(x)
            yield "  herav kostnad per situasjonsår", _bare_gruppe(partial(_forskjell, x, "kostnad"))
            yield "  herav at folk flytter seg", _bare_gruppe(partial(_forskjell, x, "bevegelse"))
    yield "Null ved så mye skjedd uansett **", _snur
    yield "Budsjetter, uten effekt (suksess 0)", lambda k: kr(k.uten_effekt["netto_budsjett"])
    yield HVEM["kommune"], _netto("kommune")
    if _fylket_er_med(resultat):
        yield HVEM["fylkeskommune"], _netto("fylkeskommune")
    yield HVEM["stat"], _netto("stat")
    if any(g.gruppe.utvidet.realiserbar_andel != 1 for g in grupper):
        yield HVEM["kommune_realiserbar"], _netto("kommune_realiserbar")


def i_en_celle(vist: str) -> str:
    """A filling where amount and year share a cell: 13 997 313 (fra 2025)."""
    beloep, _, fra = vist.partition(FRA_AAR)
    return f"{beloep} (fra {fra})" if fra and fra != INGEN_TALL else f"{beloep} (ikke)" if fra else beloep


def _fylket_er_med(resultat: Resultat) -> bool:
    return any(g.penger.fylket_er_med for g in resultat.grupper.values())


def _renter(g: Grupperesultat) -> str:
    return f"{prosent(g.gruppe.neddiskontering)}, {prosent(g.alternativ.rente)}"


def _i_bevegelse(x: str, g: Grupperesultat) -> str:
    return _kr_og_aar(g.bevegelse.sum_netto[x], g.bevegelse.tilbakebetalingsaar[x]) if g.bevegelse else INGEN_TALL


def _forskjell(x: str, del_: str, g: Grupperesultat) -> str:
    return med_fortegn(g.bevegelse.forskjell[x][del_]) if g.bevegelse else ""


def _i_bevegelse_eller_ikke(x: str) -> Tallcelle:
    return lambda k: _i_bevegelse(x, k) if isinstance(k, Grupperesultat) else IKKE_LAGT_SAMMEN


def _andeler(g: Grupperesultat) -> str:
    utvidet = g.gruppe.utvidet
    return f"{prosent(utvidet.kommunal_andel_nullalternativ)}, {prosent(utvidet.erstatningsgrad)}"


def _bare_gruppe(celle: Callable[[Grupperesultat], str]) -> Tallcelle:
    return lambda k: celle(k) if isinstance(k, Grupperesultat) else ""


def _serie(navn: str) -> tuple[str, Tallcelle]:
    return SERIENAVN[navn], _sum(navn)


def _sum(navn: str) -> Tallcelle:
    return lambda k: kr(k.sum[navn])


def _netto(x: str) -> Tallcelle:
    return lambda k: _kr_og_aar(k.sum[f"netto_{x}"], k.tilbakebetalingsaar[x])


def _per_deltaker(navn: str) -> Tallcelle:
    return lambda k: kr(k.per_deltaker(navn))


def _netto_i(visning: Callable[[Noekkeltall], Alternativ], x: str) -> Tallcelle:
    return lambda k: _kr_og_aar(visning(k).sum_netto[x], visning(k).tilbakebetalingsaar[x])


def _kr_og_aar(sum_: float, fra: int | None) -> str:
    return f"{kr(sum_)}{FRA_AAR}{aar(fra)}"


def _snur(k: Noekkeltall) -> str:
    """The share that makes each net 0, for the budgets and society."""
    snur = (k.vippepunkt.snur(x) for x in ("budsjett", "samfunn"))
    return " / ".join(v if isinstance(v, str) else prosent(v, 0) for v in snur)


def om_visningene(resultat: Resultat) -> str:
    """What the cautious view and that of DFØ are, and why a null alternative that moves gives another net, where there is one."""
    satser = (FORSIKTIG_RENTE, FORSIKTIG_SKJEDD_UANSETT, DFOE_RENTE, DFOE_SKATTEFINANSIERINGSSATS, DFOE_REELL_VEKST)
    i_bevegelse = any(g.bevegelse for g in resultat.grupper.values())
    om_bevegelsen = f" Nullalternativ i bevegelse: {liten(OM_FORSKJELLEN)}" if i_bevegelse else ""
    return (
        "Forsiktig: minst {} rente, og minst {} av bedringen ville skjedd uansett (ikke målt); null: budsjetter / samfunn, ved den "
        "renten. DFØ, statens regnemåte: rente {}, skattefinansiering {}, reell vekst {} (antatt)."
    ).format(*map(prosent, satser)) + om_bevegelsen
