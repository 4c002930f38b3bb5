"""The rows of a search as a workbook: values and no formulas, for looking up and copying."""

from __future__ import annotations

import math
import os
from collections.abc import Sequence
from datetime import date

from velferdslab_model.base.farger import GRAA
from velferdslab_model.base.files import skriv_fil
from velferdslab_model.katalog.table import Treffrad
from velferdslab_model.parameters.priskatalog import GRADER
from velferdslab_model.workbook.kind import PRISKATALOG
from velferdslab_model.workbook.plan import Bok
from velferdslab_model.workbook.writing import bytes_av

_HODERAD = 3
_TEGN_PER_LINJE, _LINJE_PT = 1.25, 12.5
#: Heading, width, style.
_KOLONNER = (
    ("Navn", 38, "bryt"),
    ("Beløp", 12, "kroner_oere"),
    ("Enhet", 18, "bryt"),
    ("Prisår", 14, "bryt"),
    ("Omregnet", 12, "kroner_oere"),
    ("Omregning", 26, "bryt"),
    ("Betaler", 20, "bryt"),
    ("Prisslag", 14, "bryt"),
    ("Overføring", 11, "bryt"),
    ("Grad", 7, "status"),
    ("Forbehold", 48, "bryt"),
    ("Kilde", 44, "bryt"),
    ("Dato", 13, "bryt"),
    ("Avløst av", 20, "bryt"),
    ("Id", 30, "bryt"),
)


def katalogplan(rader: Sequence[Treffrad], soekt: str, prisaar: int | None) -> Bok:
    """Plan every cell. soekt: what was looked for, for the title. prisaar: the year the amounts were brought to."""
    bok = Bok(PRISKATALOG, soekt or "alle priser")
    ark = bok.nytt_ark("Priskatalog", fanefarge=GRAA)
    ark.kolonnebredder += [(kol, kol, bredde) for kol, (_, bredde, _) in enumerate(_KOLONNER)]
    ark.siste_kolonne, ark.sider_bredt = len(_KOLONNER) - 1, 1
    ark.tekst(0, 0, f"Priskatalog: {soekt or 'alle priser'}", "tittel")
    omregnet = f"Omregnet er beløpet i {prisaar}-kroner. " if prisaar else ""
    grader = ", ".join(f"{grad}: {betyr}" for grad, betyr in GRADER.items())
    ark.tekst(1, 0, f"{len(rader)} publiserte priser, i kroner per enhet. {omregnet}Grad {grader}.", "dempet")
    for kol, (tekst, _, _) in enumerate(_KOLONNER):
        ark.tekst(_HODERAD, kol, tekst, "hode" if kol in (1, 4) else "hode_v")
    for rad, treff in enumerate(rader, start=_HODERAD + 1):
        verdier = _verdier(treff)
        for kol, (verdi, (_, _, stil)) in enumerate(zip(verdier, _KOLONNER, strict=True)):
            ark.fast(rad, kol, verdi, stil)
        linjer = max(
            math.ceil(len(str(verdi or "")) / (bredde * _TEGN_PER_LINJE))
            for verdi, (_, bredde, _) in zip(verdier, _KOLONNER, strict=True)
        )
        ark.radhoeyder[rad] = max(15.0, linjer * _LINJE_PT + 3)
    ark.filter = (_HODERAD, 0, _HODERAD + max(len(rader), 1), len(_KOLONNER) - 1)
    ark.laas_ruter, ark.gjentatte_rader = (_HODERAD + 1, 1), (_HODERAD, _HODERAD)
    return bok


def _verdier(treff: Treffrad) -> tuple[str | float | None, ...]:
    r = treff.rad
    betaler = f"{r.betaler} ({r.betaler_merknad})" if r.betaler_merknad else r.betaler
    overfoering = "ja" if r.overfoering else "nei"
    return (
        r.navn, r.beloep, r.enhet, r.aarstekst, treff.i_aaret, treff.omregning, betaler, r.slag, overfoering, r.grad,
        r.forbehold, r.kilde, r.dato, treff.avloest_av, r.id,
    )  # fmt: skip


def write_katalog(
    rader: Sequence[Treffrad],
    soekt: str,
    prisaar: int | None,
    sti: str | os.PathLike[str],
    dato: date,
    overskriv: bool = False,
) -> None:
    """Write the workbook. An existing file is replaced only when nobody has changed it, or with overskriv. Raises KanIkkeSkrive."""
    skriv_fil(sti, bytes_av(katalogplan(rader, soekt, prisaar), dato), PRISKATALOG.hindring, overskriv)
