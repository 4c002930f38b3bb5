"""The part of the page that says whether the differences are real."""

from __future__ import annotations

import json

import numpy as np
from markupsafe import Markup

from velferdslab_model.base.farger import rangfarger
from velferdslab_model.base.ord import BRUKERGRUPPER, NETTONAVN, liten
from velferdslab_model.base.tall import minste_sannsynlighet, sannsynlighet
from velferdslab_model.compare.kolonner import MAKS_I_FIGUR
from velferdslab_model.compare.sammenligning import Sammenligning
from velferdslab_model.compare.vurdering import (
    GRENSER,
    IKKE_SKILT,
    Usikkerhetsrad,
    i_rangfiguren,
    klassenavn,
    mot_hvem,
    usikkerhetsrader,
)
from velferdslab_model.page import svg
from velferdslab_model.page.rendering import bit
from velferdslab_model.page.table import Tabellcelle, tabell, tallcelle, tekstcelle

_PAKKE = "velferdslab_model.compare.report"


def usikkerhet(s: Sammenligning) -> Markup:
    """Two municipalities to choose, the charts of each group, and every row."""
    grupper = []
    for gruppe, tittel in BRUKERGRUPPER.items():
        om, figurer = _figurer(s, gruppe, tittel)
        tabeller = []
        for netto, nettonavn in NETTONAVN.items():
            rader = [_rad(r) for r in usikkerhetsrader(s, gruppe, netto)]
            if rader:
                hode = [
                    *("Kommune", "Tatt inn", "Som forutsatt", "5 %", "50 %", "95 %", "Midtre plass", "Plass 5–95 %"),
                    *(
                        "Best av alle",
                        mot_hvem(s),
                        "Med egne antakelser",
                        "Vurdering",
                        "Av små tall",
                        *klassenavn(s, gruppe, netto),
                    ),
                ]
                tabeller.append(tabell(f"{tittel}: {liten(nettonavn)} per inntatt, kr", hode, rader, bare_skjerm=True))
        grupper.append({"tittel": tittel, "om": om, "figurer": figurer, "tabeller": tabeller})
    return bit(
        _PAKKE,
        "usikkerhet.html",
        hvorfor_ikke=s.rangeringer.hvorfor_ikke,
        kommuner=[m.navn for m in s.medlemmer],
        pardata=_pardata(s),
        ikke_skilt=IKKE_SKILT,
        grense=round(10_000 * minste_sannsynlighet(s.rangeringer.trekninger)),
        sikrest=[sannsynlighet(p, s.rangeringer.trekninger) for p in (0.0, 1.0)],
        grenser=json.dumps([[round(10_000 * grense), ord_] for grense, ord_ in GRENSER]),
        grupper=grupper,
    )


def _figurer(s: Sammenligning, gruppe: str, tittel: str) -> tuple[str, list[Markup]]:
    """Which municipalities the charts show, when not all, and the charts; none where nobody is ranked."""
    utvalg, om = i_rangfiguren(s, gruppe, MAKS_I_FIGUR)
    if not utvalg:
        return "", []
    klasser = klassenavn(s, gruppe, "netto_samfunn")
    spenn = svg.spenn(
        f"{tittel}: netto samfunn per inntatt, 5–95 %",
        f"En strek fra 5 til 95 prosent for hver kommune, med midtre verdi merket. {om}",
        [(r.kommune, r.persentiler) for r in utvalg],
        "1 000 kr",
    )
    plasser = svg.andeler(
        f"{tittel}: sannsynlighet for hver plass, netto samfunn per inntatt",
        f"En søyle for hver kommune, delt etter sannsynligheten for hver plass. {om}",
        klasser,
        [(r.kommune, r.klasser) for r in utvalg],
        rangfarger(len(klasser)),
    )
    return om, [spenn, plasser]


def _rad(r: Usikkerhetsrad) -> list[Tabellcelle]:
    r5, r50, r95 = r.rangspenn
    return [
        tekstcelle(r.kommune),
        tallcelle(r.deltakere, "antall"),
        *map(tallcelle, (r.forventet, *r.persentiler)),
        tallcelle(r50, "antall"),
        (f"{r5}–{r95}", float(r5), None),
        tallcelle(r.best, "andel"),
        tallcelle(r.mot_referansen, "andel"),
        tallcelle(r.med_antakelser, "andel"),
        tekstcelle(r.vurdering),
        tallcelle(r.av_smaa_tall, "andel"),
        *(tallcelle(p, "andel", andel=p) for p in r.klasser),
    ]


def _pardata(s: Sammenligning) -> Markup | None:
    """The probability of each pair, in ten thousandths, for the script that looks them up; None where nobody is ranked."""
    data = [
        {
            "tekst": f"{BRUKERGRUPPER[gruppe]}, {NETTONAVN[netto].lower()} per inntatt",
            # Which row of the probabilities each municipality has; none for one that takes in nobody.
            "rad": [r.plass.get(m.navn) for m in s.medlemmer],
            # Nothing is clear of so few.
            "faa": [any(f.slag == "faa" and f.gruppe == gruppe for f in m.flagg) for m in s.medlemmer],
            "titusendeler": [np.rint(rad[i + 1 :] * 10_000).astype(int).tolist() for i, rad in enumerate(r.bedre)],
        }
        for gruppe, nettoer in s.rangeringer.grupper.items()
        for netto, r in nettoer.items()
    ]
    # Nothing a municipality is called may end the block.
    tekst = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return Markup(tekst) if data else None
