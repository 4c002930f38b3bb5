"""The tab «Oversikt»: a row per municipality and group, with bars in the cells, and what was made equal."""

from __future__ import annotations

from velferdslab_model.base.farger import FARGER
from velferdslab_model.base.tekst import kortet
from velferdslab_model.compare.kolonner import (
    KOLONNER,
    OM_STEG,
    OM_VERDIER,
    harmonisert_linje,
    merknader,
    per_deltaker_i_figuren,
    prisaartekst,
    referansetekst,
)
from velferdslab_model.compare.sammenligning import Sammenligning
from velferdslab_model.compare.side import Side, maa, rader_for
from velferdslab_model.parameters.typer import BRUKERGRUPPER

_FAST = ("Kommune", "Gruppe")
_BREDDE, _HOEYDE = 760, 300
_SOEYLEFARGE, _MINUSFARGE = "#9CC9E3", FARGER["kostnad"]


def oversiktsark(side: Side, s: Sammenligning) -> None:
    """Write the tab."""
    side.topp(
        f"Sammenligning av {len(s.medlemmer)} kommuner",
        [
            f"{prisaartekst(s)}. Referanse: {referansetekst(s)}. {OM_VERDIER}",
            f"Listen kan ordnes og filtreres med pilene; figurene står under den. {OM_STEG}",
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
    _figurer(side, s, bredde + 2)
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


def _figurer(side: Side, s: Sammenligning, kol: int) -> None:
    """A chart of each group below the list; their numbers stand beside the printed page, for the list may be sorted.

    kol: the first free column there.
    """
    rad, sted = side.rad + 1, side.rad
    for i, (gruppe, tittel) in enumerate(BRUKERGRUPPER.items()):
        par, om = per_deltaker_i_figuren(s, gruppe)
        if not par:
            continue
        with side.ved_siden():
            side.skriv(sted, kol, f"Til figurene: {tittel.lower()}", "hode_v")
            side.skriv(sted, kol + 1, "Netto samfunn per deltaker", "hode_hoey")
            for n, (navn, kr) in enumerate(par, start=sted + 1):
                side.skriv(n, kol, kortet(navn, 24), "etikett")
                side.skriv(n, kol + 1, kr, "v_kr")
        diagram = side.bok.add_chart({"type": "column"})
        diagram.add_series(
            {
                "name": [side.navn, sted, kol + 1],
                "categories": [side.navn, sted + 1, kol, sted + len(par), kol],
                "values": [side.navn, sted + 1, kol + 1, sted + len(par), kol + 1],
                "fill": {"color": FARGER["helsegevinst"]},
                "border": {"color": "#404040", "width": 0.5},
                "gap": 40,
            }
        )
        diagram.set_legend({"none": True})
        navn = f"{tittel}: netto samfunn per deltaker"
        beskrivelse = f"En søyle for hver kommune, ordnet etter størrelse. {om}".strip()
        side.diagram(diagram, rad, i * (_BREDDE + 10), (_BREDDE, _HOEYDE), (navn, beskrivelse, "Kommune", "1 000 kr"))
        sted += len(par) + 2
        side.rad = rad + rader_for(_HOEYDE)
    side.ark.set_column(kol, kol, 24)
    side.ark.set_column(kol + 1, kol + 1, 14)


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
