"""The tab «Oversikt»: a row per municipality and group, with bars in the cells, and what was made equal."""

from __future__ import annotations

from velferdslab_model.compare.kolonner import (
    KOLONNER,
    OM_STEG,
    OM_VERDIER,
    harmonisert_linje,
    merknader,
    prisaartekst,
    referansetekst,
)
from velferdslab_model.compare.sammenligning import Sammenligning
from velferdslab_model.compare.side import Side, maa
from velferdslab_model.parameters.typer import BRUKERGRUPPER
from velferdslab_model.workbook.style import FARGER

_FAST = ("Kommune", "Gruppe")
_SOEYLEFARGE, _MINUSFARGE = "#9CC9E3", FARGER["kostnad"]


def oversiktsark(side: Side, s: Sammenligning) -> None:
    """Write the tab."""
    side.topp(
        f"Sammenligning av {len(s.medlemmer)} kommuner",
        [
            f"{prisaartekst(s)}. Referanse: {referansetekst(s)}. {OM_VERDIER}",
            f"Listen kan ordnes og filtreres med pilene. {OM_STEG}",
            *merknader(s),
        ],
    )
    hode = side.rad + 1
    side.hode(hode, [*_FAST, *(k.tekst for k in KOLONNER), "Fil"], hoeyde=58)
    rader = [(m, m.rader[g]) for g in BRUKERGRUPPER for m in s.medlemmer]
    for rad, (m, verdier) in enumerate(rader, start=hode + 1):
        side.skriv(rad, 0, m.navn, "fri_tekst")
        side.skriv(rad, 1, BRUKERGRUPPER[verdier.gruppe], "fri_tekst")
        for kol, k in enumerate(KOLONNER, start=2):
            side.tall(rad, kol, getattr(verdier, k.felt), k.slag, "fri")
        side.skriv(rad, len(KOLONNER) + 2, m.kommune.fil.name, "fri_fil")
    siste = hode + len(rader)
    for kol, k in enumerate(KOLONNER, start=2):
        if k.soeyle:
            maa(side.ark.conditional_format(hode + 1, kol, siste, kol, _SOEYLE))
    side.kan_ordnes(hode + 1, siste, len(KOLONNER) + 3)
    side.ark.set_column(0, 0, 26)
    side.ark.set_column(1, 1, 13)
    for kol, k in enumerate(KOLONNER, start=2):
        side.ark.set_column(kol, kol, 17 if k.slag == "aar" else 15 if k.slag == "kr" or kol == 2 else 11)
    side.ark.set_column(len(KOLONNER) + 2, len(KOLONNER) + 2, 20)
    bredde = side.bredde
    _harmonisert(side, s)
    side.bredde = bredde
    side.ferdig(hode, (hode + 1, 2), (hode, 0, siste, len(KOLONNER) + 2))


_SOEYLE = {
    "type": "data_bar",
    "data_bar_2010": True,
    "bar_solid": True,
    "bar_color": _SOEYLEFARGE,
    "bar_negative_color": _MINUSFARGE,
    "bar_border_color": "#0072B2",
}


def _harmonisert(side: Side, s: Sammenligning) -> None:
    """What was changed so that all could be compared, below the list."""
    rad = side.rad + 1
    side.skriv(rad, 0, "Gjort likt for å kunne sammenlignes", "overskrift")
    for kol in range(1, 6):
        side.skriv(rad, kol, "", "overskrift")
    if not s.harmonisert:
        tekst = "Ingenting: hver kommune er som oppgitt." if s.som_oppgitt else "Ingenting: alle hadde det likt."
        side.skriv(rad + 1, 0, tekst, "v_tekst")
    else:
        for kol, tekst in enumerate(("Kommune", "Gruppe", "Hva", "Oppgitt", "Brukt", "Hvordan")):
            side.skriv(rad + 1, kol, tekst, "hode_v")
        for i, h in enumerate(s.harmonisert, start=rad + 2):
            merknad = f"Beløp i {s.prisaar}-kroner{h.merknad}" if h.merknad else ""
            verdier = (
                h.kommune,
                BRUKERGRUPPER.get(h.gruppe, "Begge"),
                h.hva,
                *harmonisert_linje(h.hva, h.fra, h.til),
                merknad,
            )
            for kol, verdi in enumerate(verdier):
                side.skriv(i, kol, verdi, "v_tekst" if kol < 5 else "dempet")
    if s.utelatt:
        rad = side.rad + 1
        side.skriv(rad, 0, "Filer som ikke er med", "hode_v")
        for i, feil in enumerate(s.utelatt, start=rad + 1):
            side.skriv(i, 0, " ".join(feil.split()), "tekst")
