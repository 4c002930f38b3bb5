"""The journey of a history as SVG: what happens above, the livssituasjon as a line, cost as bars, services below."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from textwrap import wrap

from markupsafe import Markup

from velferdslab_model.base.farger import FARGER
from velferdslab_model.base.ord import SERIENAVN, SITUASJONSNAVN
from velferdslab_model.base.tall import kr, tall
from velferdslab_model.base.tekst import kortet
from velferdslab_model.page.akse import rund_akse
from velferdslab_model.parameters.typer import LIVSSITUASJONER
from velferdslab_model.personas.analysis import Historietall
from velferdslab_model.personas.terms import DIALOG, HISTORIEAAR, Tjeneste, historienavn

_VENSTRE, _KOLONNE = 262, 94
_BREDDE = _VENSTRE + _KOLONNE * HISTORIEAAR + 8
_LINJE, _TEGN, _NIVAA, _SOEYLER, _RAD = 13, 15, 30, 120, 22
#: A tint for each level, light enough for black text and another grey each.
_BAAND = ("#F3CDB8", "#FAE9C4", "#DDECF6", "#D3EEDF")
_BETALERFARGER = {"kommune": FARGER["kommune"], "stat": FARGER["stat"]}
#: Text on a bar of that colour.
_SKRIFT = {"kommune": "#FFFFFF", "stat": "#1c262d"}
_DELER: tuple[tuple[str, bool, str], ...] = (
    ("kommune", False, "Kommunen, tjenester"),
    ("kommune", True, "Kommunen, overføringer"),
    ("stat", False, "Staten, tjenester"),
    ("stat", True, "Staten, overføringer"),
)

#: The hatchings of transfers, defined once in a page.
FERDMOENSTRE = Markup(
    '<svg width="0" height="0" aria-hidden="true" style="position:absolute"><defs>'
    + "".join(
        f'<pattern id="overf_{b}" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        f'<rect width="7" height="7" fill="#fff"/><rect width="3" height="7" fill="{farge}"/></pattern>'
        for b, farge in _BETALERFARGER.items()
    )
    + "</defs></svg>"
)


def ferd(t: Historietall, hoeyest: float) -> Markup:
    """The figure of one history. hoeyest: kr of the dearest year its bars are read against."""
    navn = historienavn(t.persona, t.historie)
    y, deler = 0.0, []
    for bit, hoeyde in (_hendelser(t), _nivaaer(t), _kostnader(t, hoeyest), _tjenester(t), _dialog(t)):
        deler.append(f'<g transform="translate(0 {y:.0f})">{bit}</g>')
        y += hoeyde + 12
    beskrivelse = "; ".join(
        f"år {i}: {SITUASJONSNAVN[a.livssituasjon].lower()}, {kr(float(t.telles[i - 1]))} kr"
        for i, a in enumerate(t.historie.aar, start=1)
    )
    return Markup(
        f'<figure class="ferd"><figcaption>{escape(navn)}: ti år i de ordinære tjenestene, {kr(t.snitt)} kr i året</figcaption>'
        f'<div class="figur" role="region" tabindex="0" aria-label="Figur: {escape(navn)}"><svg role="img" '
        f'viewBox="0 0 {_BREDDE} {y:.0f}" aria-label="{escape(f"{navn}. {beskrivelse}")}">{"".join(deler)}</svg></div></figure>'
    )


def _x(aar: int) -> float:
    """The left edge of a year, from 0."""
    return _VENSTRE + _KOLONNE * aar


def _ledd(tekst: str, y: float, under: str = "") -> str:
    ut = f'<text x="0" y="{y:.0f}" class="ledd">{escape(tekst)}</text>'
    return ut + (f'<text x="0" y="{y + 15:.0f}" class="svak">{escape(under)}</text>' if under else "")


def _hendelser(t: Historietall) -> tuple[str, float]:
    """Front stage: what happens, as notes standing on their year."""
    linjer = [wrap(a.hendelse, _TEGN) for a in t.historie.aar]
    hoeyde = max(3, *map(len, linjer)) * _LINJE + 20
    ut = [
        _ledd("Foran scenen", 30, "det som hender"),
        '<text x="0" y="60" class="svak">kursiv: konstruert</text><text x="0" y="75" class="svak">rett skrift: fra notatet</text>',
    ]
    for i, (a, tekst) in enumerate(zip(t.historie.aar, linjer, strict=True)):
        ut.append(f'<text x="{_x(i) + _KOLONNE / 2:.0f}" y="10" class="aar" text-anchor="middle">År {i + 1}</text>')
        if not tekst:
            continue
        stil = "note" if a.opphav != "konstruert" else "note kursiv"
        ut.append(
            f'<rect x="{_x(i) + 2:.0f}" y="16" width="{_KOLONNE - 4}" height="{hoeyde - 12}" rx="5" class="lapp"/>'
            f'<path d="M{_x(i) + _KOLONNE / 2 - 5:.0f} {hoeyde + 4:.0f}l5 7l5 -7z" class="lapp"/>'
        )
        ut += [
            f'<text x="{_x(i) + 7:.0f}" y="{31 + _LINJE * n}" class="{stil}">{escape(linje)}</text>'
            for n, linje in enumerate(tekst)
        ]
    return "".join(ut), hoeyde


def _nivaaer(t: Historietall) -> tuple[str, float]:
    """The four levels with the line through them, the best on top."""
    ut = [_ledd("Livssituasjon", 18)]
    bredde = _KOLONNE * HISTORIEAAR
    for j, s in enumerate(LIVSSITUASJONER):
        y = _NIVAA * (3 - j)
        ut.append(f'<rect x="{_VENSTRE}" y="{y}" width="{bredde}" height="{_NIVAA}" fill="{_BAAND[j]}"/>')
        ut.append(f'<text x="{_VENSTRE - 8}" y="{y + 20}" text-anchor="end">{SITUASJONSNAVN[s]}</text>')
    punkter = [(_x(i) + _KOLONNE / 2, _NIVAA * (3 - j) + _NIVAA / 2) for i, j in enumerate(t.situasjoner)]
    linje = " ".join(f"{x:.0f},{y:.0f}" for x, y in punkter)
    ut.append(f'<polyline points="{linje}" fill="none" stroke="#1F3A4D" stroke-width="4" stroke-linejoin="round"/>')
    ut += [
        f'<circle cx="{x:.0f}" cy="{y:.0f}" r="7" fill="#fff" stroke="#1F3A4D" stroke-width="3"/>' for x, y in punkter
    ]
    return "".join(ut), 4.0 * _NIVAA


def _fyll(betaler: str, overfoering: bool) -> str:
    return f"url(#overf_{betaler})" if overfoering else _BETALERFARGER[betaler]


def _kostnader(t: Historietall, hoeyest: float) -> tuple[str, float]:
    """Bars by payer, transfers hatched; all the public pays, whether or not transfers count in the mean."""
    alt = t.alt
    _, topp, steg = rund_akse(0.0, max(hoeyest, 1.0) / 1000)
    ut = [_ledd(SERIENAVN["kostnad"], 18, "1 000 kr i året")]
    for n, (b, overf, navn) in enumerate(_DELER):
        ut.append(f'<rect x="0" y="{46 + 19 * n}" width="13" height="13" fill="{_fyll(b, overf)}" class="kant"/>')
        ut.append(f'<text x="19" y="{57 + 19 * n}">{navn}</text>')
    bunn = _SOEYLER + 14.0
    for m in range(int(topp / steg) + 1):
        y = bunn - m * steg / topp * _SOEYLER
        ut.append(f'<line x1="{_VENSTRE}" x2="{_BREDDE - 8}" y1="{y:.1f}" y2="{y:.1f}" stroke="#D9D9D9"/>')
        ut.append(f'<text x="{_VENSTRE - 8}" y="{y + 4:.1f}" text-anchor="end" class="svak">{tall(m * steg)}</text>')
    for i in range(HISTORIEAAR):
        y = bunn
        for b, overf, _ in _DELER:
            del_ = sum(float(x.beloep[i]) for x in t.historie.tjenester if (x.betaler, x.overfoering) == (b, overf))
            h = del_ / 1000 / topp * _SOEYLER
            if h > 0:
                y -= h
                ut.append(
                    f'<rect x="{_x(i) + 20:.0f}" y="{y:.1f}" width="{_KOLONNE - 40}" height="{h:.1f}" '
                    f'fill="{_fyll(b, overf)}" class="kant"/>'
                )
        ut.append(
            f'<text x="{_x(i) + _KOLONNE / 2:.0f}" y="{y - 4:.1f}" text-anchor="middle" class="sum">{tall(float(alt[i]) / 1000)}</text>'
        )
    return "".join(ut), bunn


def _spenn(x: Tjeneste) -> Iterator[tuple[int, int]]:
    """First and last year of each stretch of years in which it is given, from 0."""
    fra = None
    for i in range(HISTORIEAAR + 1):
        gis = i < HISTORIEAAR and x.mengde[i] > 0
        if gis and fra is None:
            fra = i
        if not gis and fra is not None:
            yield fra, i - 1
            fra = None


def _tjenester(t: Historietall) -> tuple[str, float]:
    """Back stage: a bar for the years in which a service is given, with what it costs in each, 1 000 kr."""
    gitt = [x for x in t.historie.tjenester if not x.tom]
    ut = [_ledd("Bak scenen: tjenester og hva de koster (1 000 kr)", 14)]
    for n, x in enumerate(gitt):
        y = 24 + _RAD * n
        stil = "kursiv" if x.opphav == "konstruert" else "ikke-kursiv"
        ut.append(f'<line x1="0" x2="{_BREDDE - 8}" y1="{y + _RAD - 1}" y2="{y + _RAD - 1}" stroke="#E8EEF2"/>')
        ut.append(
            f'<text x="{_VENSTRE - 8}" y="{y + 15}" text-anchor="end" class="{stil}">{escape(kortet(x.navn, 38))}</text>'
        )
        for fra, til in _spenn(x):
            ut.append(
                f'<rect x="{_x(fra) + 4:.0f}" y="{y + 2}" width="{_KOLONNE * (til - fra + 1) - 8}" height="{_RAD - 5}" rx="4" '
                f'fill="{_fyll(x.betaler, x.overfoering)}" class="kant"/>'
            )
            for i in range(fra, til + 1):
                midt, tekst = _x(i) + _KOLONNE / 2, tall(float(x.beloep[i]) / 1000, 0 if x.beloep[i] >= 500 else 1)
                if x.overfoering:
                    ut.append(f'<rect x="{midt - 17:.0f}" y="{y + 3}" width="34" height="{_RAD - 7}" fill="#fff"/>')
                farge = "#1c262d" if x.overfoering else _SKRIFT[x.betaler]
                ut.append(f'<text x="{midt:.0f}" y="{y + 15}" text-anchor="middle" style="fill:{farge}">{tekst}</text>')
    return "".join(ut), 24.0 + _RAD * len(gitt)


def _dialog(t: Historietall) -> tuple[str, float]:
    """Meetings and dialogue in each year."""
    ut = [_ledd("Møter og dialog", 14, "antall i året")]
    for n, (noekkel, navn) in enumerate(DIALOG.items()):
        y = 14 + 16 * n
        ut.append(f'<text x="{_VENSTRE - 8}" y="{y}" text-anchor="end">{navn}</text>')
        for i, a in enumerate(t.historie.aar):
            ut.append(
                f'<text x="{_x(i) + _KOLONNE / 2:.0f}" y="{y}" text-anchor="middle">{tall(a.dialog[noekkel])}</text>'
            )
    return "".join(ut), 52.0
