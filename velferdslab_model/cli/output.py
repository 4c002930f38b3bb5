"""How a result is printed: the table of key figures and the CSV of yearly series."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from io import StringIO
from textwrap import wrap
from typing import Any

from velferdslab_model.base.ord import BRUKERGRUPPER, HVEM, IKKE_INNEN, NETTONAVN, SERIENAVN
from velferdslab_model.base.tall import INGEN_TALL, aar, aarsrekke, antall, csv_tall, kr, prosent, tall
from velferdslab_model.model.visninger import DFOE_REELL_VEKST, DFOE_RENTE, DFOE_SKATTEFINANSIERINGSSATS
from velferdslab_model.parameters.katalogvalg import overfoeringer
from velferdslab_model.parameters.typer import Forutsetninger
from velferdslab_model.register import om_kommunal_andel
from velferdslab_model.results import IKKE_SAMLET, Alternativ, Grupperesultat, Noekkeltall, Resultat

_BREDDE_TEKST, _BREDDE_TALL, _BREDDE_AAR = 37, 21, 6
_FRA = "\t"
_BREDDE = _BREDDE_TEKST + 3 * _BREDDE_TALL

#: How one column of a row is filled in: an amount, and after _FRA a year that stands right of it.
Tallcelle = Callable[[Noekkeltall], str]


def resultattabell(resultat: Resultat) -> str:
    """The key figures of both groups and together, as lines of at most 100 characters."""
    f = resultat.forutsetninger
    grupper = list(resultat.grupper.values())
    kolonner: list[Noekkeltall | None] = [*grupper, resultat.samlet]
    navn = [*BRUKERGRUPPER.values(), "Samlet"]
    tittel = f"Effektmodell for velferdslab: {f.navn}. Kroner i {f.prisaar}-priser, summer over analyseperioden."
    linjer = [*wrap(tittel, _BREDDE), ""]
    for tittel, k in zip(navn, kolonner, strict=True):
        if k is not None:
            linjer += wrap(f"{tittel}: {k.svar} {k.hviler_paa}", _BREDDE, subsequent_indent="  ")
    linjer += ["", "".ljust(_BREDDE_TEKST) + "".join(map(_i_kolonne, navn))]
    linjer.append("-" * _BREDDE)
    for tekst, celle in _rader(resultat):
        if celle is None:
            linjer += ["", tekst]
        else:
            celler = (INGEN_TALL if k is None else celle(k) for k in kolonner)
            linjer.append(tekst.ljust(_BREDDE_TEKST) + "".join(map(_i_kolonne, celler)))
    dfoe = map(prosent, (DFOE_RENTE, DFOE_SKATTEFINANSIERINGSSATS, DFOE_REELL_VEKST))
    linjer += ["", f"* {om_kommunal_andel([g.gruppe for g in grupper])}"]
    linjer.append("DFØ-visning: rente {}, skattefinansiering {}, reell vekst {} (antakelse).".format(*dfoe))
    linjer += prisaarmerknad(f)
    if resultat.samlet is None:
        linjer.append(f"Samlet er ikke beregnet: {IKKE_SAMLET}.")
    return "\n".join(linje.rstrip() for linje in linjer)


def prisaarmerknad(f: Forutsetninger) -> list[str]:
    """How amounts were converted between price years, and prices that are transfers, in lines; none when there is nothing to say."""
    setninger = [f"Beløp i {f.prisaar}-kroner{f.om_prisaar}."] if f.om_prisaar else []
    return [linje for s in (*setninger, *overfoeringer(f)) for linje in wrap(s, _BREDDE_TEKST + 3 * _BREDDE_TALL)]


def _rader(resultat: Resultat) -> Iterator[tuple[str, Tallcelle | None]]:
    """Label and filling of every row; a title has no filling."""
    grupper = list(resultat.grupper.values())
    yield "Analyseperiode", _bare_gruppe(lambda g: aarsrekke(g.aar[0], g.aar[-1]))
    yield "Neddiskontering, og den andre renten", _bare_gruppe(_renter)
    yield "Tatt inn (personer, familier)", lambda k: antall(k.tatt_inn, 15)
    yield f"Netto, og tilbakebetalt fra ({INGEN_TALL} er {IKKE_INNEN})", None
    for x, hvem in (("budsjett", "Budsjetter"), ("samfunn", "Samfunnet")):
        yield f"{hvem}, valgt rente", _netto(x)
        yield f"{hvem}, den andre renten", _netto_i(lambda k: k.alternativ, x)
        yield f"{hvem}, DFØ-visning", _netto_i(lambda k: k.dfoe, x)
        yield f"{hvem}, uten effekt (suksess 0)", _uten_effekt(x)
    yield HVEM["kommune"], _netto("kommune")
    yield HVEM["stat"], _netto("stat")
    if any(g.gruppe.utvidet.realiserbar_andel != 1 for g in grupper):
        yield HVEM["kommune_realiserbar"], _netto("kommune_realiserbar")
    yield "Kommunal andel *, erstatningsgrad", _bare_gruppe(_andeler)
    yield "Kostnad og gevinst", None
    yield _serie("kostnad")
    yield "  betalt av kommunen", lambda k: kr(k.penger.kostnad_kommune.sum())
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


def _renter(g: Grupperesultat) -> str:
    return f"{prosent(g.gruppe.neddiskontering)}, {prosent(g.alternativ.rente)}"


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
    return f"{kr(sum_)}{_FRA}{aar(fra)}"


def _i_kolonne(celle: str) -> str:
    """A cell with room for a year behind it, in all rows alike."""
    verdi, _, fra = celle.partition(_FRA)
    return verdi.rjust(_BREDDE_TALL - _BREDDE_AAR) + fra.rjust(_BREDDE_AAR)


def _uten_effekt(x: str) -> Tallcelle:
    return lambda k: kr(k.uten_effekt[f"netto_{x}"])


def json_tekst(svar: Mapping[str, Any]) -> str:
    """JSON as every command prints it: numbers unrounded, Norwegian letters as they are."""
    tekst = json.dumps(_uten_minus_null(svar), ensure_ascii=False, indent=2, allow_nan=False)
    return tekst.encode(errors="replace").decode() + "\n"  # a file name may hold what is no character


def _uten_minus_null(svar: Any) -> Any:
    """The same with 0 for -0.0, which no spreadsheet shows."""
    if isinstance(svar, float):
        return svar + 0.0
    if isinstance(svar, Mapping):
        return {noekkel: _uten_minus_null(verdi) for noekkel, verdi in svar.items()}
    return [_uten_minus_null(verdi) for verdi in svar] if isinstance(svar, list | tuple) else svar


def csv_tekst(resultat: Resultat) -> str:
    """Every yearly series: gruppe;serie;aar;verdi."""
    return csv_av(("gruppe", "serie", "aar", "verdi"), resultat.rader())


def csv_av(hode: Sequence[str], rader: Iterable[Sequence[float | str | None]]) -> str:
    """Semicolon and decimal comma, and a byte order mark so that Excel reads it as UTF-8; None is empty."""
    ut = StringIO()
    skriver = csv.writer(ut, delimiter=";", lineterminator="\r\n")
    skriver.writerow(hode)
    skriver.writerows([csv_tall(v) if isinstance(v, float) else v for v in rad] for rad in rader)
    return "\ufeff" + ut.getvalue()
