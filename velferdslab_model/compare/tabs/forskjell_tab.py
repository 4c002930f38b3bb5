"""The tab «Forskjeller»: each difference from the reference by factor, and a waterfall for a municipality one chooses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xlsxwriter.utility import xl_col_to_name, xl_range_abs

from velferdslab_model.base.farger import FARGER
from velferdslab_model.compare.dekomponering import Oppdeling
from velferdslab_model.compare.faktorer import FAKTORER, FORKLARING
from velferdslab_model.compare.kolonner import MAALNAVN, NETTONAVN, OM_OPPDELINGEN, prisaartekst, referansetekst
from velferdslab_model.compare.sammenligning import Medlem, Sammenligning
from velferdslab_model.compare.side import Side, rader_for
from velferdslab_model.parameters.typer import BRUKERGRUPPER

_NOEKLER = ("Kommune", "Gruppe", "Netto", "Mål")
_FRA, _TIL, _I_ALT = 4, 5, 6
_DEL0 = 7
_NAVNEKOLONNE = _DEL0 + len(FAKTORER) + 1
_BREDDE, _HOEYDE = 760, 380
#: The waterfall's columns in its table: where each bar starts and ends, and what is drawn above and below zero.
_HODE = ("Trinn", "Hva faktoren er", "", "", "Bidrag, kr", "Fra", "Til", "Usynlig over", "Usynlig under", "I alt", "Øker, over", "Øker, under", "Senker, over", "Senker, under")  # fmt: skip
_SERIER = (
    (7, None),
    (8, None),
    (9, "#5A6872"),
    (10, FARGER["besparelse"]),
    (11, FARGER["besparelse"]),
    (12, FARGER["kostnad"]),
    (13, FARGER["kostnad"]),
)


def forskjellsark(side: Side, s: Sammenligning) -> None:
    """Write the tab."""
    referanse = referansetekst(s)
    side.topp(
        f"Hva forskjellene fra {referanse} skyldes",
        [
            f"{prisaartekst(s)}. {OM_OPPDELINGEN}",
            "Velg i de gule cellene; tabellen og figuren slår opp i listen nederst. Bare den tabellen er formler; resten er verdier beregnet av programmet.",
        ],
    )
    andre = [m for m in s.medlemmer if m is not s.referansemedlem]
    valg = side.rad + 1
    tabell = valg + len(_NOEKLER) + 1
    figur = tabell + len(FAKTORER) + 4
    hode = figur + rader_for(_HOEYDE)
    siste = hode + len(andre) * len(BRUKERGRUPPER) * len(NETTONAVN) * len(MAALNAVN)
    _liste(side, andre, hode)
    _velger(side, valg, andre)
    _foss(side, valg, tabell, (hode + 1, siste), andre[0].forskjeller["unge_voksne"].totalt["netto_samfunn"], referanse)
    _figur(side, tabell, figur, referanse)
    side.ark.set_column(0, 0, 26)
    side.ark.set_column(1, 1, 14)
    side.ark.set_column(2, 2, 26)
    side.ark.set_column(3, 3, 13)
    side.ark.set_column(4, _DEL0 + len(FAKTORER) - 1, 15)
    side.ark.set_column(_NAVNEKOLONNE, _NAVNEKOLONNE, 26)
    side.ark.set_h_pagebreaks([hode])
    side.ferdig(hode, (0, 1), (hode, 0, siste, _DEL0 + len(FAKTORER) - 1))


def _liste(side: Side, andre: Sequence[Medlem], hode: int) -> None:
    tekster = [*_NOEKLER, "Referansen", "Kommunen", "Forskjell", *FAKTORER.values()]
    side.hode(hode, tekster, 32, len(_NOEKLER))
    rad = hode
    for gruppe, tittel in BRUKERGRUPPER.items():
        for netto, nettonavn in NETTONAVN.items():
            for maal, maalnavn in MAALNAVN.items():
                for m in andre:
                    rad += 1
                    for kol, tekst in enumerate((m.navn, tittel, nettonavn, maalnavn)):
                        side.skriv(rad, kol, tekst, "fri_tekst")
                    _delt(side, rad, getattr(m.forskjeller[gruppe], maal).get(netto))
    side.kan_ordnes(hode + 1, rad, _DEL0 + len(FAKTORER))


def _delt(side: Side, rad: int, delt: Oppdeling | None) -> None:
    fra, til, i_alt = (delt.fra, delt.til, delt.differanse) if delt else (None, None, None)
    side.skriv(rad, _FRA, fra, "fri_kr")
    side.skriv(rad, _TIL, til, "fri_kr")
    side.skriv(rad, _I_ALT, i_alt, "fri_endring")
    for kol, faktor in enumerate(FAKTORER, start=_DEL0):
        side.skriv(rad, kol, delt.deler[faktor] if delt else None, "fri_endring")


def _velger(side: Side, valg: int, andre: Sequence[Medlem]) -> None:
    """The four cells that choose what the waterfall shows."""
    verdier = (andre[0].navn, BRUKERGRUPPER["unge_voksne"], NETTONAVN["netto_samfunn"], MAALNAVN["totalt"])
    # The names once more beside the printed page, because the list itself may be sorted.
    bokstav = xl_col_to_name(_NAVNEKOLONNE)
    with side.ved_siden():
        side.skriv(valg, _NAVNEKOLONNE, "Kommuner å velge mellom", "hode_v")
        for i, m in enumerate(andre, start=valg + 1):
            side.skriv(i, _NAVNEKOLONNE, m.navn, "etikett")
    lister: tuple[object, ...] = (
        f"=${bokstav}${valg + 2}:${bokstav}${valg + 1 + len(andre)}",
        list(BRUKERGRUPPER.values()),
        list(NETTONAVN.values()),
        list(MAALNAVN.values()),
    )
    for i, (tekst, verdi, liste) in enumerate(zip(_NOEKLER, verdier, lister, strict=True)):
        side.valg(valg + i, tekst, verdi, liste)


def _foss(side: Side, valg: int, tabell: int, rader: tuple[int, int], delt: Oppdeling, referanse: str) -> None:
    """The table of the waterfall: looked up in the list by the four choices."""
    for kol, tekst in enumerate(_HODE):
        side.skriv(tabell, kol, tekst, "hode_v" if kol < 4 else "hode_hoey")
    # Not SUMIFS, which reads a name such as «Bø*» or «<5» as a pattern.
    treff = "*".join(f"({_liste_i(k, rader)}=$B${valg + 1 + k})" for k in range(len(_NOEKLER)))

    def slaa_opp(kol: int) -> str:
        return f"=SUMPRODUCT({treff}*{_liste_i(kol, rader)})"

    side.skriv(tabell + 1, 0, referanse, "etikett_fet")
    trinn = [(referanse, "referansen", _FRA, delt.fra)]
    trinn += [(navn, FORKLARING[f], _DEL0 + i, delt.deler[f]) for i, (f, navn) in enumerate(FAKTORER.items())]
    trinn.append(("Kommunen", "den valgte kommunen", _TIL, delt.til))
    naa = 0.0
    for i, (navn, forklaring, kol, verdi) in enumerate(trinn):
        rad, n = tabell + 1 + i, tabell + 2 + i
        ende = i in (0, len(trinn) - 1)
        side.skriv(rad, 0, navn, "etikett_fet" if ende else "etikett")
        side.skriv(rad, 1, forklaring, "etikett")
        for k in (2, 3):
            side.skriv(rad, k, "", "etikett")
        fra, til = (0.0, verdi) if ende else (naa, naa + verdi)
        naa = til
        side.formel(rad, 4, slaa_opp(kol), verdi, "v_kr" if ende else "v_endring")
        side.formel(rad, 5, "=0" if ende else f"=G{n - 1}", fra, "v_kr")
        side.formel(rad, 6, f"=F{n}+E{n}", til, "v_kr")
        lav, hoey = min(fra, til), max(fra, til)
        over, under = max(0.0, hoey) - max(0.0, lav), min(0.0, lav) - min(0.0, hoey)
        opp = til >= fra
        formler = (
            ("=0", 0.0) if ende else (f"=MAX(0,MIN(F{n},G{n}))", max(0.0, lav)),
            ("=0", 0.0) if ende else (f"=MIN(0,MAX(F{n},G{n}))", min(0.0, hoey)),
            (f"=E{n}", verdi) if ende else ("=0", 0.0),
            ("=0", 0.0) if ende else (f"=IF(G{n}>=F{n},MAX(0,G{n})-MAX(0,F{n}),0)", over if opp else 0.0),
            ("=0", 0.0) if ende else (f"=IF(G{n}>=F{n},MIN(0,F{n})-MIN(0,G{n}),0)", under if opp else 0.0),
            ("=0", 0.0) if ende else (f"=IF(G{n}<F{n},MAX(0,F{n})-MAX(0,G{n}),0)", 0.0 if opp else over),
            ("=0", 0.0) if ende else (f"=IF(G{n}<F{n},MIN(0,G{n})-MIN(0,F{n}),0)", 0.0 if opp else under),
        )
        for k, (formel, tall) in enumerate(formler, start=7):
            side.formel(rad, k, formel, tall, "v_kr")
    slutt = tabell + len(trinn) + 1
    mal = f'=IF(SUMPRODUCT({treff}*({_liste_i(_FRA, rader)}<>""))=0,"Ingen tall: kommunen eller referansen tar ikke inn noen.","")'
    side.formel(slutt, 0, mal, "", "dempet")


def _liste_i(kol: int, rader: tuple[int, int]) -> str:
    """The cells of one column of the list, as a formula names them."""
    return str(xl_range_abs(rader[0], kol, rader[1], kol))


def _figur(side: Side, tabell: int, figur: int, referanse: str) -> None:
    foerste, siste = tabell + 1, tabell + 2 + len(FAKTORER)
    diagram = side.bok.add_chart({"type": "column", "subtype": "stacked"})
    for kol, farge in _SERIER:
        utseende: dict[str, dict[str, Any]] = (
            {"fill": {"none": True}, "border": {"none": True}}
            if farge is None
            else {"fill": {"color": farge}, "border": {"color": "#404040", "width": 0.5}}
        )
        if farge == FARGER["besparelse"]:
            # Green and vermilion are alike in greyscale: what adds is hatched.
            del utseende["fill"]
            utseende["pattern"] = {"pattern": "wide_upward_diagonal", "fg_color": farge, "bg_color": "#B9E4D6"}
        diagram.add_series(
            {
                "name": {10: "Øker", 12: "Senker"}.get(kol, _HODE[kol]),
                "categories": [side.navn, foerste, 0, siste, 0],
                "values": [side.navn, foerste, kol, siste, kol],
                "gap": 40,
                **utseende,
            }
        )
    diagram.set_legend({"position": "bottom", "font": {"size": 9}, "delete_series": [0, 1, 4, 6]})
    tekst = (
        f"Fra {referanse} til den valgte kommunen, faktor for faktor",
        "Fossefall: søylen til venstre er referansen, den til høyre den valgte kommunen, og mellom dem hva hver faktor øker "
        "eller senker nettoen med.",
        "Faktor",
        "1 000 kr",
    )
    side.diagram(diagram, figur, 0, (_BREDDE * 2 - 200, _HOEYDE), tekst)
