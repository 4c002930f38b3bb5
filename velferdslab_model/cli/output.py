"""How a result is printed: the table of key figures and the CSV of yearly series."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from io import StringIO
from textwrap import wrap
from typing import Any

from velferdslab_model.base.ord import BRUKERGRUPPER, HVEM, IKKE_INNEN_KORT, NETTONAVN, SERIENAVN, SITUASJONSNAVN, liten
from velferdslab_model.base.tall import INGEN_TALL, aar, aarsrekke, antall, csv_tall, kr, prosent, tall
from velferdslab_model.effektbok.setning import svar
from velferdslab_model.model.aarsserier import NETTO
from velferdslab_model.model.visninger import DFOE_REELL_VEKST, DFOE_RENTE, DFOE_SKATTEFINANSIERINGSSATS
from velferdslab_model.parameters.katalogvalg import overfoeringer
from velferdslab_model.parameters.typer import UTGANGSSITUASJONER, Forutsetninger
from velferdslab_model.register import om_kommunal_andel
from velferdslab_model.results import IKKE_SAMLET, Alternativ, Grupperesultat, Noekkeltall, Resultat

_BREDDE_TEKST, _BREDDE_TALL = 36, 20

#: The nets that the views show.
_HOVED = ("budsjett", "samfunn")

#: How one column of a row is filled in.
Tallcelle = Callable[[Noekkeltall], str]


def resultattabell(resultat: Resultat) -> str:
    """The key figures of both groups and together, as lines of at most 100 characters."""
    f = resultat.forutsetninger
    grupper = list(resultat.grupper.values())
    kolonner: list[Noekkeltall | None] = [*grupper, resultat.samlet]
    navn = [*BRUKERGRUPPER.values(), "Samlet"]
    linjer = [
        f"Effektmodell for velferdslab: {f.navn}",
        f"Kroner i {f.prisaar}-priser, summer over analyseperioden",
        "",
    ]
    for tittel, k in zip(navn, kolonner, strict=True):
        if k is not None:
            linjer.append(f"{tittel}: {svar(k.tilbakebetalingsaar, k.sum['kostnad'])}")
    linjer += ["", "".ljust(_BREDDE_TEKST) + "".join(n.rjust(_BREDDE_TALL) for n in navn)]
    linjer.append("-" * (_BREDDE_TEKST + 3 * _BREDDE_TALL))
    for tekst, celle in _rader(resultat):
        if celle is None:
            linjer += ["", tekst]
        else:
            celler = (INGEN_TALL if k is None else celle(k) for k in kolonner)
            linjer.append(tekst.ljust(_BREDDE_TEKST) + "".join(c.rjust(_BREDDE_TALL) for c in celler))
    linjer += ["", f"* {om_kommunal_andel([g.gruppe for g in grupper])}"]
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
    yield "Neddiskontering", _bare_gruppe(lambda g: prosent(g.gruppe.neddiskontering))
    yield "Tatt inn (personer, familier)", lambda k: antall(k.tatt_inn, 15)
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
    yield "Netto", None
    # What is realisable says nothing new where everything is.
    alt_kan_frigjoeres = all(g.gruppe.utvidet.realiserbar_andel == 1 for g in grupper)
    nettoer = [x for x in NETTO if not (alt_kan_frigjoeres and x == "kommune_realiserbar")]
    for x in nettoer:
        yield HVEM[x], _sum(f"netto_{x}")
    yield (
        "Kommunens andel av besparelsen *",
        _bare_gruppe(lambda g: prosent(g.gruppe.utvidet.kommunal_andel_nullalternativ)),
    )
    yield "Tilbakebetalt fra og med", None
    for x in nettoer:
        yield HVEM[x], _tilbakebetalt(x)
    yield "Per person eller familie", None
    for serie in ("kostnad", *NETTONAVN):
        yield SERIENAVN[serie], _per_deltaker(serie)
    yield "Netto samfunn per krone kostnad", lambda k: tall(k.netto_per_budsjettkrone, 2)
    yield "Samme regnestykke med en annen rente", None
    yield "Rente", lambda k: prosent(k.alternativ.rente)
    yield from _nettoer(lambda k: k.alternativ)
    dfoe = (DFOE_RENTE, DFOE_SKATTEFINANSIERINGSSATS, DFOE_REELL_VEKST)
    yield "DFØ-visning: rente {}, skattefinansiering {}, reell vekst {} (antakelse)".format(*map(prosent, dfoe)), None
    yield from _nettoer(lambda k: k.dfoe)
    yield "Uten effekt: alle suksessrater 0, bare erstattede tjenester", None
    for x in _HOVED:
        yield f"Netto, {liten(HVEM[x])}", _uten_effekt(x)
    yield "Én person eller familie, etter situasjon ved inngang (uten fast kostnad)", None
    for x in _HOVED:
        for s in UTGANGSSITUASJONER:
            yield f"{SERIENAVN[f'netto_{x}']}, {SITUASJONSNAVN[s].lower()}", _per_inntatt(s, x)


def _bare_gruppe(celle: Callable[[Grupperesultat], str]) -> Tallcelle:
    return lambda k: celle(k) if isinstance(k, Grupperesultat) else ""


def _serie(navn: str) -> tuple[str, Tallcelle]:
    return SERIENAVN[navn], _sum(navn)


def _sum(navn: str) -> Tallcelle:
    return lambda k: kr(k.sum[navn])


def _tilbakebetalt(x: str) -> Tallcelle:
    return lambda k: aar(k.tilbakebetalingsaar[x], IKKE_INNEN_KORT)


def _per_deltaker(navn: str) -> Tallcelle:
    return lambda k: kr(k.per_deltaker(navn))


def _nettoer(visning: Callable[[Noekkeltall], Alternativ]) -> Iterator[tuple[str, Tallcelle]]:
    """Both nets of a view, each with its payback year."""
    for x in _HOVED:
        yield f"Netto, {liten(HVEM[x])}", _netto_i(visning, x)
        yield "  tilbakebetalt fra og med", _aar_i(visning, x)


def _netto_i(visning: Callable[[Noekkeltall], Alternativ], x: str) -> Tallcelle:
    return lambda k: kr(visning(k).sum_netto[x])


def _aar_i(visning: Callable[[Noekkeltall], Alternativ], x: str) -> Tallcelle:
    return lambda k: aar(visning(k).tilbakebetalingsaar[x], IKKE_INNEN_KORT)


def _uten_effekt(x: str) -> Tallcelle:
    return lambda k: kr(k.uten_effekt[f"netto_{x}"])


def _per_inntatt(s: str, x: str) -> Tallcelle:
    return _bare_gruppe(lambda g: kr(g.per_inntatt[s].sum[f"netto_{x}"]))


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
