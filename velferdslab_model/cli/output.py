"""How a result is printed: the table of key figures and the CSV of yearly series."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from io import StringIO
from textwrap import wrap
from typing import Any

from velferdslab_model.base.ord import BRUKERGRUPPER
from velferdslab_model.base.tall import INGEN_TALL, csv_tall
from velferdslab_model.noekkelrader import FRA_AAR, noekkelrader, om_visningene
from velferdslab_model.overfoering import prismerknader
from velferdslab_model.parameters.typer import Forutsetninger
from velferdslab_model.register import om_kommunal_andel
from velferdslab_model.results import IKKE_SAMLET, Noekkeltall, Resultat
from velferdslab_model.setning import GUNSTIGST

_BREDDE_TEKST, _BREDDE_TALL, _BREDDE_AAR = 37, 21, 6
_BREDDE = _BREDDE_TEKST + 3 * _BREDDE_TALL


def resultattabell(resultat: Resultat) -> str:
    """The key figures of both groups and together, as lines of at most 100 characters."""
    f = resultat.forutsetninger
    grupper = list(resultat.grupper.values())
    kolonner: list[Noekkeltall | None] = [*grupper, resultat.samlet]
    navn = [*BRUKERGRUPPER.values(), "Samlet"]
    tittel = f"Effektmodell for velferdslab: {f.navn}. Kroner i {f.prisaar}-priser, summer over analyseperioden."
    linjer = wrap(tittel, _BREDDE)
    for tittel, k in zip(navn, kolonner, strict=True):
        if k is not None:
            linjer += wrap(f"{tittel}: {k.svar} {k.hviler_paa}", _BREDDE, subsequent_indent="  ")
    if all(g.gruppe.neddiskontering == g.gruppe.utvidet.skjedd_uansett == 0 for g in grupper):
        linjer.append(f"{GUNSTIGST} Se «forsiktig».")
    linjer += ["", "".ljust(_BREDDE_TEKST) + "".join(map(_i_kolonne, navn))]
    linjer.append("-" * _BREDDE)
    for tekst, celle in noekkelrader(resultat):
        if celle is None:
            linjer.append(tekst)
        else:
            celler = (INGEN_TALL if k is None else celle(k) for k in kolonner)
            linjer.append(tekst.ljust(_BREDDE_TEKST) + "".join(map(_i_kolonne, celler)))
    linjer += [f"* {om_kommunal_andel([g.gruppe for g in grupper])}"]
    linjer += wrap(f"** {om_visningene(resultat)} Sannsynlighet: velferdslab uncertainty.", _BREDDE)
    linjer += prisaarmerknad(f)
    if resultat.samlet is None:
        linjer.append(f"Samlet er ikke beregnet: {IKKE_SAMLET}.")
    return "\n".join(linje.rstrip() for linje in linjer)


def prisaarmerknad(f: Forutsetninger) -> list[str]:
    """How amounts were converted between price years, and prices that are transfers or have another payer, in lines; none when there is nothing to say."""
    setninger = [f"Beløp i {f.prisaar}-kroner{f.om_prisaar}."] if f.om_prisaar else []
    return [
        linje
        for s in (*setninger, *prismerknader(f, ogsaa_standard=False))
        for linje in wrap(s, _BREDDE_TEKST + 3 * _BREDDE_TALL)
    ]


def _i_kolonne(celle: str) -> str:
    """A cell with room for a year behind it, in all rows alike."""
    verdi, _, fra = celle.partition(FRA_AAR)
    return verdi.rjust(_BREDDE_TALL - _BREDDE_AAR) + fra.rjust(_BREDDE_AAR)


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
