"""The tab «Usikkerhet»: whether the differences are real, and the place each municipality takes."""

from __future__ import annotations

from textwrap import wrap
from typing import Any

from xlsxwriter.utility import xl_range_abs

from velferdslab_model.base.tekst import kortet
from velferdslab_model.compare.kolonner import MAKS_I_FIGUR, NETTONAVN, prisaartekst
from velferdslab_model.compare.sammenligning import Sammenligning
from velferdslab_model.compare.side import Side, maa, rader_for, rangfarger
from velferdslab_model.compare.tabs.parvis_tab import Parvis, parvis
from velferdslab_model.compare.vurdering import (
    GRENSER,
    IKKE_SKILT,
    Usikkerhetsrad,
    alle_rader,
    i_rangfiguren,
    klassenavn,
    mot_hvem,
    om_usikkerheten,
    vurdering,
)
from velferdslab_model.page.akse import rund_akse
from velferdslab_model.parameters.typer import BRUKERGRUPPER
from velferdslab_model.workbook.formats import AKSE_ANDEL

_BREDDE, _HOEYDE = 700, 290
#: Characters that fit the width of the page.
_LINJE = 250
_FASTE = (
    ("Kommune", 23.0),
    ("Gruppe", 12.0),
    ("Netto per deltaker", 23.0),
    ("Tatt inn", 7.0),
    ("Forventet, kr", 11.0),
    ("5 %, kr", 11.0),
    ("50 %, kr", 11.0),
    ("95 %, kr", 11.0),
    ("Midtre plass", 7.0),
    ("Plass, 5 %", 7.0),
    ("Plass, 95 %", 7.0),
    ("Best av alle", 8.0),
    ("", 12.0),
    ("Vurdering mot referansen", 17.0),
    ("Av små tall", 8.0),
)
_SKALA = {"type": "2_color_scale", "min_type": "num", "max_type": "num", "min_value": 0, "max_value": 1} | {
    "min_color": "#FFFFFF",
    "max_color": "#6BAED6",
}
_INGEN = "velg to ulike kommuner som begge tar inn noen"


def usikkerhetsark(side: Side, s: Sammenligning) -> None:
    """Write the tab."""
    om_figurene = (i_rangfiguren(s, gruppe, MAKS_I_FIGUR)[1] for gruppe in BRUKERGRUPPER)
    side.topp(
        "Er forskjellene ekte?",
        [
            f"{prisaartekst(s)}, her per deltaker. Verdier beregnet av programmet; bare svaret under de gule cellene er en formel.",
            *(linje for tekst in om_usikkerheten(s) for linje in wrap(tekst, _LINJE)),
            *dict.fromkeys(om for om in om_figurene if om),
        ],
    )
    rader = list(alle_rader(s))
    oppslag = side.rad + 1
    figur = oppslag + 7
    hode = figur + (len(BRUKERGRUPPER) * rader_for(_HOEYDE) if rader else 0)
    klasser = max((klassenavn(s, g, "netto_samfunn") for g in BRUKERGRUPPER), key=len)
    kolonner = len(_FASTE) + len(klasser)
    side.hode(hode, [*(tekst or mot_hvem(s) for tekst, _ in _FASTE), *klasser], 44, 3)
    for rad, r in enumerate(rader, start=hode + 1):
        _rad(side, rad, r, len(klasser))
    siste = hode + max(1, len(rader))
    if rader:
        maa(side.ark.conditional_format(hode + 1, len(_FASTE), siste, kolonner - 1, _SKALA))
        side.kan_ordnes(hode + 1, siste, kolonner)
        _velger(side, oppslag, parvis(s))
    for kol, (_, bredde) in enumerate(_FASTE):
        side.ark.set_column(kol, kol, bredde)
    side.ark.set_column(len(_FASTE), kolonner - 1, 7.5)
    side.bredde = kolonner - 1
    for i, gruppe in enumerate(BRUKERGRUPPER):
        _figurer(side, s, gruppe, figur + i * rader_for(_HOEYDE), hode, kolonner + 1)
    side.ark.set_h_pagebreaks([hode])
    side.ferdig(hode, (0, 1), (hode, 0, siste, kolonner - 1))


def _rad(side: Side, rad: int, r: Usikkerhetsrad, klasser: int) -> None:
    for kol, tekst in enumerate((r.kommune, BRUKERGRUPPER[r.gruppe], NETTONAVN[r.netto])):
        side.skriv(rad, kol, tekst, "fri_tekst")
    side.tall(rad, 3, r.deltakere, "antall", "fri")
    for kol, kr in enumerate((r.forventet, *r.persentiler), start=4):
        side.tall(rad, kol, kr, "kr", "fri")
    r5, r50, r95 = r.rangspenn
    for kol, plass in enumerate((r50, r5, r95), start=8):
        side.tall(rad, kol, plass, "antall", "fri")
    side.tall(rad, 11, r.best, "andel", "fri")
    side.skriv(rad, 12, r.mot_referansen, "fri_andel")
    side.skriv(rad, 13, r.vurdering, "fri_fil")
    side.tall(rad, 14, r.av_smaa_tall, "andel", "fri")
    for i in range(klasser):
        side.skriv(rad, len(_FASTE) + i, r.klasser[i] if i < len(r.klasser) else None, "fri_andel")


def _velger(side: Side, oppslag: int, p: Parvis) -> None:
    """Two municipalities to choose, and the probability that the first is better, looked up in the tab of all pairs."""
    gruppe_, netto_, r = next(blokk for blokk in p.blokker if blokk[1] == "netto_samfunn")
    foerste, andre = r.navn[0], r.navn[min(1, len(r.navn) - 1)]
    valg: tuple[tuple[str, str, object], ...] = (
        ("Er denne kommunen", foerste, f"={p.navneliste}"),
        ("bedre enn denne?", andre, f"={p.navneliste}"),
        ("Gruppe", BRUKERGRUPPER[gruppe_], list(BRUKERGRUPPER.values())),
        ("Netto per deltaker", NETTONAVN[netto_], list(dict.fromkeys(NETTONAVN[n] for _, n, _ in p.blokker))),
    )
    for i, (tekst, verdi, liste) in enumerate(valg):
        side.valg(oppslag + i, tekst, verdi, liste)
    en, annen, gruppe, netto = (f"$B${oppslag + 1 + i}" for i in range(len(valg)))
    svar = oppslag + len(valg)
    # Not SUMIFS or MATCH, which read a name such as «Bø*» or «<5» as a pattern.
    blokk = f"({p.liste(0)}={gruppe})*({p.liste(1)}={netto})"
    antall = f"SUMPRODUCT({blokk}*(({p.liste(2)}={en})+({p.liste(2)}={annen})))"
    # A pair may stand one way only: the municipality that comes first in the row, the other in the column.
    plass_en, plass_annen = (f"SUMPRODUCT(({p.hode}={hvem})*COLUMN({p.hode}))" for hvem in (en, annen))
    rett, motsatt = (
        f"SUMPRODUCT({blokk}*({p.liste(2)}={rad})*({p.hode}={kol})*{p.matrise})"
        for rad, kol in ((en, annen), (annen, en))
    )
    svaret: float | str = "" if foerste == andre else float(r.bedre[0, 1])
    side.skriv(svar, 0, "Sannsynlighet for det", "etikett_fet")
    side.formel(
        svar,
        1,
        f'=IF(OR({en}={annen},{antall}<2),"",IF({plass_en}<{plass_annen},{rett},1-{motsatt}))',
        svaret,
        "v_andel",
    )
    side.skriv(svar + 1, 0, "Vurdering", "etikett_fet")
    b = f"B{svar + 1}"
    trinn = "".join(f'IF({b}>={g},"{o} bedre",IF({b}<={1 - g:.2f},"{o} dårligere",' for g, o in GRENSER)
    formel = f'=IF({b}="","{_INGEN}",{trinn}"{IKKE_SKILT}"{")" * (2 * len(GRENSER) + 1)}'
    side.formel(svar + 1, 1, formel, _INGEN if isinstance(svaret, str) else vurdering(svaret), "v_tekst")


def _figurer(side: Side, s: Sammenligning, gruppe: str, rad: int, tabell: int, kol0: int) -> None:
    """Two charts of a group; their numbers stand beside the printed page, because the list itself may be sorted."""
    rader, om = i_rangfiguren(s, gruppe, MAKS_I_FIGUR)
    if not rader:
        return
    klasser = klassenavn(s, gruppe, "netto_samfunn")
    topp = tabell + list(BRUKERGRUPPER).index(gruppe) * (MAKS_I_FIGUR + 3)
    with side.ved_siden():
        side.skriv(topp, kol0, f"Til figurene: {BRUKERGRUPPER[gruppe].lower()}", "hode_v")
        for i, tekst in enumerate(("Midtre", "Ned til 5 %", "Opp til 95 %", *klasser), start=kol0 + 1):
            side.skriv(topp, i, tekst, "hode_hoey")
        for n, r in enumerate(rader, start=topp + 1):
            side.skriv(n, kol0, kortet(r.kommune, 24), "etikett")
            p5, p50, p95 = r.persentiler
            for i, kr in enumerate((p50, p50 - p5, p95 - p50), start=kol0 + 1):
                side.skriv(n, i, kr, "v_kr")
            for i, p in enumerate(r.klasser, start=kol0 + 4):
                side.skriv(n, i, p, "v_andel")
    side.ark.set_column(kol0, kol0, 24)

    def serie(kol: int, **utseende: Any) -> dict[str, Any]:
        return {
            "name": [side.navn, topp, kol],
            "categories": [side.navn, topp + 1, kol0, topp + len(rader), kol0],
            "values": [side.navn, topp + 1, kol, topp + len(rader), kol],
            **utseende,
        }

    tittel = BRUKERGRUPPER[gruppe]
    spenn = side.bok.add_chart({"type": "line"})
    ned, opp = (f"='{side.navn}'!{xl_range_abs(topp + 1, kol, topp + len(rader), kol)}" for kol in (kol0 + 2, kol0 + 3))
    strek = {"type": "custom", "minus_values": ned, "plus_values": opp, "line": {"color": "#0072B2", "width": 2}}
    punkt = {"type": "diamond", "size": 9, "border": {"color": "#303A40"}, "fill": {"color": "#D55E00"}}
    spenn.add_series(serie(kol0 + 1, line={"none": True}, marker=punkt, y_error_bars=strek))
    spenn.set_legend({"none": True})
    # Neither Excel nor LibreOffice counts the lines when it chooses the ends of the axis.
    lav, hoey, _ = rund_akse(min(0.0, *(r.persentiler[0] for r in rader)), max(0.0, *(r.persentiler[2] for r in rader)))
    tekst = "Strek fra 5 til 95 prosent, med midtre verdi merket, for hver kommune."
    side.diagram(spenn, rad, 0, (_BREDDE, _HOEYDE), (f"{tittel}: netto samfunn per deltaker", f"{tekst} {om}".strip(), "Kommune", "1 000 kr"), grenser=(lav, hoey))  # fmt: skip
    rang = side.bok.add_chart({"type": "column", "subtype": "percent_stacked"})
    for i, farge in enumerate(rangfarger(len(klasser))):
        rang.add_series(serie(kol0 + 4 + i, fill={"color": farge}, border={"color": "#FFFFFF", "width": 0.25}, gap=40))
    rang.set_legend({"position": "right", "font": {"size": 8}})
    tekst = "En søyle for hver kommune, delt etter sannsynligheten for hver plass. Mørkt nederst er de beste plassene."
    side.diagram(rang, rad, _BREDDE + 10, (_BREDDE, _HOEYDE), (f"{tittel}: sannsynlighet for hver plass, netto samfunn per deltaker", f"{tekst} {om}".strip(), "Kommune", "Andel av trekningene"), AKSE_ANDEL)  # fmt: skip
