"""How a result is printed: the table of key figures and the CSV of yearly series."""

from __future__ import annotations

import csv
from collections.abc import Callable
from io import StringIO

from velferdslab_model.model.aarsserier import NETTO
from velferdslab_model.parameters.typer import BRUKERGRUPPER
from velferdslab_model.results import IKKE_SAMLET, Grupperesultat, Resultat, Samlet
from velferdslab_model.workbook.setning import svar

_BREDDE_TEKST, _BREDDE_TALL = 36, 20
_IKKE_INNEN = "ikke innen perioden"
_NETTO = {
    "budsjett": "Offentlige budsjetter samlet",
    "samfunn": "Samfunnet",
    "kommune": "Kommunen",
    "stat": "Staten",
}


def kroner(verdi: float | None) -> str:
    """Whole kroner with a space between thousands; a dash where there is no figure."""
    if verdi is None:
        return "-"
    return f"{round(verdi) + 0:,}".replace(",", " ")


def tabell(resultat: Resultat) -> str:
    """The key figures of both groups and together, as lines of at most 100 characters."""
    f = resultat.forutsetninger
    grupper = list(resultat.grupper.values())
    kolonner: list[Grupperesultat | Samlet | None] = [*grupper, resultat.samlet]
    linjer = [
        f"Effektmodell for velferdslab: {f.navn}",
        f"Kroner i {f.prisaar}-priser, summer over analyseperioden",
        "",
    ]
    for (noekkel, gruppe), navn in zip(resultat.grupper.items(), BRUKERGRUPPER.values(), strict=True):
        linjer.append(f"{navn}: {svar(gruppe.tilbakebetalingsaar, resultat.grupper[noekkel].sum['kostnad'])}")
    linjer.append("")

    def rad(tekst: str, verdi: Callable[[Grupperesultat | Samlet], str]) -> None:
        celler = ["-" if k is None else verdi(k) for k in kolonner]
        linjer.append(tekst.ljust(_BREDDE_TEKST) + "".join(c.rjust(_BREDDE_TALL) for c in celler))

    def grupperad(tekst: str, verdi: Callable[[Grupperesultat], str]) -> None:
        rad(tekst, lambda k: verdi(k) if isinstance(k, Grupperesultat) else "")

    def summer(navn: str) -> Callable[[Grupperesultat | Samlet], str]:
        return lambda k: kroner(k.sum[navn])

    def tilbakebetalt(x: str) -> Callable[[Grupperesultat | Samlet], str]:
        return lambda k: str(k.tilbakebetalingsaar[x] or _IKKE_INNEN)

    def per_deltaker(navn: str) -> Callable[[Grupperesultat], str]:
        return lambda g: kroner(g.per_deltaker(navn))

    def alternativ(x: str) -> Callable[[Grupperesultat], str]:
        return lambda g: kroner(g.alternativ.sum_netto[x])

    def alternativ_aar(x: str) -> Callable[[Grupperesultat], str]:
        return lambda g: str(g.alternativ.tilbakebetalingsaar[x] or _IKKE_INNEN)

    def tittel(tekst: str) -> None:
        linjer.extend(["", tekst])

    linjer.append("".ljust(_BREDDE_TEKST) + "".join(n.rjust(_BREDDE_TALL) for n in (*BRUKERGRUPPER.values(), "Samlet")))
    linjer.append("-" * (_BREDDE_TEKST + 3 * _BREDDE_TALL))
    grupperad("Analyseperiode", lambda g: f"{g.aar[0]}-{g.aar[-1]}")
    grupperad("Neddiskontering", lambda g: _prosent(g.gruppe.neddiskontering))
    rad("Tatt inn (personer, familier)", lambda k: f"{k.tatt_inn:.15g}".replace(".", ","))
    tittel("Kostnad og gevinst")
    rad("Kostnad", summer("kostnad"))
    rad("  betalt av kommunen", lambda k: kroner(k.penger.kostnad_kommune.sum()))
    rad("  betalt av staten", lambda k: kroner(k.penger.kostnad_stat.sum()))
    rad("Besparelse", summer("besparelse"))
    rad("Helsegevinst", summer("helsegevinst"))
    rad("Produksjonsgevinst", summer("produksjonsgevinst"))
    if any(k is not None and k.sum["skattefinansieringskostnad"] for k in kolonner):
        rad("Skattefinansieringskostnad", summer("skattefinansieringskostnad"))
    tittel("Netto")
    for x, navn in _NETTO.items():
        rad(navn, summer(f"netto_{x}"))
    if any(g.gruppe.utvidet.realiserbar_andel != 1 for g in grupper):
        rad("Kommunen, realiserbar del", summer("netto_kommune_realiserbar"))
    grupperad("Kommunens andel av besparelsen *", lambda g: _prosent(g.gruppe.utvidet.kommunal_andel_nullalternativ))
    tittel("Tilbakebetalt fra og med")
    for x in NETTO:
        rad(_NETTO[x], tilbakebetalt(x))
    tittel("Per deltaker")
    for navn, tekst in (
        ("kostnad", "Kostnad"),
        ("netto_budsjett", "Netto offentlige budsjetter"),
        ("netto_samfunn", "Netto samfunn"),
    ):
        grupperad(tekst, per_deltaker(navn))
    grupperad("Netto samfunn per budsjettkrone", lambda g: _to_desimaler(g.netto_per_budsjettkrone))
    tittel("Med den andre renten")
    grupperad("Rente", lambda g: _prosent(g.alternativ.rente))
    for x in ("budsjett", "samfunn"):
        grupperad(f"Netto, {_NETTO[x].lower()}", alternativ(x))
        grupperad("  tilbakebetalt fra og med", alternativ_aar(x))
    linjer += ["", "* Antakelse: fordelingen av besparelsen mellom kommune og stat er ikke kjent."]
    if resultat.samlet is None:
        linjer.append(f"Samlet er ikke beregnet: {IKKE_SAMLET}.")
    return "\n".join(linje.rstrip() for linje in linjer)


def csv_tekst(resultat: Resultat) -> str:
    """gruppe;serie;aar;verdi with decimal comma, and a byte order mark so that Excel reads it as UTF-8."""
    ut = StringIO()
    skriver = csv.writer(ut, delimiter=";", lineterminator="\r\n")
    skriver.writerow(["gruppe", "serie", "aar", "verdi"])
    for gruppe, serie, aar, verdi in resultat.rader():
        skriver.writerow([gruppe, serie, aar, repr(float(verdi)).replace(".", ",").removesuffix(",0")])
    return "\ufeff" + ut.getvalue()


def _prosent(andel: float) -> str:
    return f"{andel * 100:.6g} %".replace(".", ",")


def _to_desimaler(verdi: float | None) -> str:
    return "-" if verdi is None else f"{verdi:.2f}".replace(".", ",")
