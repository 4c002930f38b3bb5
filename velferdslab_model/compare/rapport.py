"""The comparison as one self-contained HTML page: the same tables, SVG charts, sortable, for screen, phone and A4."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from html import escape
from importlib.resources import files

import numpy as np

from velferdslab_model.base.farger import rangfarger
from velferdslab_model.base.files import skriv_fil
from velferdslab_model.base.ord import BRUKERGRUPPER, IKKE_INNEN_KORT, NETTONAVN, liten
from velferdslab_model.base.tall import aar, prosent, tall
from velferdslab_model.compare.dekomponering import Oppdeling
from velferdslab_model.compare.faktorer import FAKTORER, FORKLARING
from velferdslab_model.compare.kolonner import (
    KOLONNER,
    MAALNAVN,
    MAKS_I_FIGUR,
    OM_OPPDELINGEN,
    OM_STEG,
    OM_VERDIER,
    avvik,
    harmonisert_linje,
    i_figuren,
    merknader,
    per_deltaker_i_figuren,
    prisaartekst,
    referansetekst,
    sammenligningsgrunnlag,
)
from velferdslab_model.compare.sammenligning import Sammenligning
from velferdslab_model.compare.vurdering import (
    Usikkerhetsrad,
    i_rangfiguren,
    klassenavn,
    mot_hvem,
    om_usikkerheten,
    usikkerhetsrader,
)
from velferdslab_model.endringer.finne import Inndataverdi
from velferdslab_model.page import svg
from velferdslab_model.version import __version__
from velferdslab_model.workbook.kind import SAMMENLIGNINGSSIDE
from velferdslab_model.workbook.stamp import stemple_side

_DESIMALER = {"antall": 1, "desimal": 2, "andel": 1}

#: A cell: what is shown, what it is sorted by, and the share of the column's largest amount for a bar.
Celle = tuple[str, float | str | None, float | None]


def write_rapport(s: Sammenligning, sti: str | os.PathLike[str], overskriv: bool = False) -> None:
    """Write the page. An existing file is replaced only when it is a page nobody has changed, or with overskriv.

    Raises KanIkkeSkrive otherwise.
    """
    skriv_fil(sti, stemple_side(rapport(s).encode()), SAMMENLIGNINGSSIDE.hindring, overskriv)


def rapport(s: Sammenligning) -> str:
    """The page as text. It loads nothing, and its own policy forbids it to."""
    tittel = f"Sammenligning av {len(s.medlemmer)} kommuner"
    deler = [_oversikt(s), _usikkerhet(s), _forskjeller(s), _utvikling(s), _forutsetninger(s), _harmonisert(s)]
    lenker = "".join(f'<li><a href="#{i}">{t}</a></li>' for i, t in _SEKSJONER.items())
    mal = files("velferdslab_model.compare") / "data"
    stil, skript = ((mal / navn).read_text(encoding="utf-8") for navn in ("rapport.css", "rapport.js"))
    return (
        '<!doctype html>\n<html lang="nb"><head><meta charset="utf-8">'
        f'<meta name="{SAMMENLIGNINGSSIDE.egenskap}" content="{SAMMENLIGNINGSSIDE.format}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
        "script-src 'unsafe-inline'\">"
        f"<title>{escape(tittel)}</title><style>{stil}</style></head><body>{svg.SKRAVERT}"
        f'<a class="hopp" href="#oversikt">Hopp til innholdet</a><header><h1>{escape(tittel)}</h1>'
        f"<p>{escape(prisaartekst(s))}. Referanse: <strong>{escape(referansetekst(s))}</strong>. {OM_VERDIER}</p>"
        f'{"".join(f"<p>{escape(m)}</p>" for m in merknader(s))}<nav aria-label="Innhold"><ul>{lenker}</ul></nav></header>'
        f"<main>{''.join(deler)}</main><footer><p>Laget med velferdslab {escape(__version__)}.</p></footer>"
        f'<p id="melding" class="skjult" role="status"></p><script>{skript}</script></body></html>\n'
    )


_SEKSJONER = {
    "oversikt": "Oversikt",
    "usikkerhet": "Er forskjellene ekte?",
    "forskjeller": "Forskjeller",
    "utvikling": "Utvikling",
    "forutsetninger": "Forutsetninger",
    "likt": "Gjort likt",
}


def _seksjon(id_: str, innhold: Iterable[str]) -> str:
    return f'<section aria-labelledby="{id_}"><h2 id="{id_}">{_SEKSJONER[id_]}</h2>{"".join(innhold)}</section>'


def _tabell(tekst: str, hode: Sequence[str], rader: Iterable[Sequence[Celle]]) -> str:
    """A sortable table in a box that scrolls sideways. The first cell of a row is its heading."""
    kolonner = "".join(
        f'<th scope="col" aria-sort="none"><button type="button">{escape(h)}</button></th>' for h in hode
    )
    kropp = []
    for rad in rader:
        foerste, *andre = rad
        celler = [f'<th scope="row">{escape(foerste[0])}</th>', *map(_celle, andre)]
        kropp.append(f"<tr>{''.join(celler)}</tr>")
    navn = escape(tekst)
    return (
        f'<div class="tabell" role="region" tabindex="0" aria-label="{navn}"><table><caption>{navn}</caption>'
        f"<thead><tr>{kolonner}</tr></thead><tbody>{''.join(kropp)}</tbody></table></div>"
    )


def _celle(celle: Celle) -> str:
    vist, verdi, andel = celle
    if isinstance(verdi, str):
        return f"<td>{escape(vist)}</td>"
    nokkel = "" if verdi is None else f' data-v="{verdi:.10g}"'
    soeyle = ""
    if andel is not None:
        klasse = "stolpe minus" if (verdi or 0) < 0 else "stolpe"
        soeyle = f'<span class="{klasse}" style="width:{abs(andel) * 100:.1f}%" aria-hidden="true"></span>'
    return f'<td class="t"{nokkel}>{soeyle}{escape(vist)}</td>'


def _tall(verdi: float | None, slag: str = "kr") -> Celle:
    if slag == "aar":
        return (aar(verdi, IKKE_INNEN_KORT), float(verdi) if verdi else 9999.0, None)
    if slag == "andel":
        return (prosent(verdi, 1), verdi, None)
    desimaler = 0 if slag == "antall" and verdi is not None and verdi == round(verdi) else _DESIMALER.get(slag, 0)
    return tall(verdi, desimaler), verdi, None


def _endring(verdi: float | None) -> Celle:
    vist = tall(verdi)
    return f"+{vist}" if verdi is not None and verdi > 0 and vist != "0" else vist, verdi, None


def _tekst(tekst: str) -> Celle:
    return tekst, tekst, None


def _oversikt(s: Sammenligning) -> str:
    ut = [f"<p>{OM_STEG} Trykk på en overskrift for å ordne etter den.</p>"]
    for gruppe, tittel in BRUKERGRUPPER.items():
        par, om = per_deltaker_i_figuren(s, gruppe)
        if par:
            beskrivelse = f"En søyle for hver kommune, ordnet etter størrelse. {om}"
            ut.append(svg.soeyler(f"{tittel}: netto samfunn per deltaker", beskrivelse, par, "1 000 kr"))
        ut.append(f"<p>{om}</p>" if om else "")
        stoerst = {
            k.felt: max((abs(getattr(m.rader[gruppe], k.felt) or 0) for m in s.medlemmer), default=0)
            for k in KOLONNER
            if k.soeyle
        }
        rader = []
        for m in s.medlemmer:
            rad: list[Celle] = [_tekst(m.navn)]
            for k in KOLONNER:
                verdi = getattr(m.rader[gruppe], k.felt)
                vist, noekkel, _ = _tall(verdi, k.slag)
                rad.append(
                    (
                        vist,
                        noekkel,
                        verdi / stoerst[k.felt] if k.soeyle and verdi is not None and stoerst[k.felt] else None,
                    )
                )
            rader.append([*rad, _tekst(m.kommune.fil.name)])
        ut.append(_tabell(f"{tittel}: nøkkeltall per kommune", ["Kommune", *(k.tekst for k in KOLONNER), "Fil"], rader))
    return _seksjon("oversikt", ut)


def _usikkerhet(s: Sammenligning) -> str:
    ut = [f"<p>{escape(tekst)}</p>" for tekst in om_usikkerheten(s)]
    ut.append(_oppslag(s))
    for gruppe, tittel in BRUKERGRUPPER.items():
        utvalg, om = i_rangfiguren(s, gruppe, MAKS_I_FIGUR)
        if utvalg:
            klasser = klassenavn(s, gruppe, "netto_samfunn")
            ut.append(f"<h3>{tittel}</h3><p>{om}</p>" if om else f"<h3>{tittel}</h3>")
            beskrivelse = f"En strek fra 5 til 95 prosent for hver kommune, med midtre verdi merket. {om}"
            spenn = [(r.kommune, r.persentiler) for r in utvalg]
            ut.append(svg.spenn(f"{tittel}: netto samfunn per deltaker, 5–95 %", beskrivelse, spenn, "1 000 kr"))
            beskrivelse = f"En søyle for hver kommune, delt etter sannsynligheten for hver plass. {om}"
            navn = f"{tittel}: sannsynlighet for hver plass, netto samfunn per deltaker"
            deler = [(r.kommune, r.klasser) for r in utvalg]
            ut.append(svg.andeler(navn, beskrivelse, klasser, deler, rangfarger(len(klasser))))
        for netto, nettonavn in NETTONAVN.items():
            rader = [_usikkerhetsrad(r) for r in usikkerhetsrader(s, gruppe, netto)]
            if rader:
                hode = [
                    *("Kommune", "Tatt inn", "Forventet", "5 %", "50 %", "95 %", "Midtre plass", "Plass 5–95 %"),
                    *("Best av alle", mot_hvem(s), "Vurdering", "Av små tall", *klassenavn(s, gruppe, netto)),
                ]
                ut.append(_tabell(f"{tittel}: {liten(nettonavn)} per deltaker, kr", hode, rader))
    return _seksjon("usikkerhet", ut)


def _usikkerhetsrad(r: Usikkerhetsrad) -> list[Celle]:
    r5, r50, r95 = r.rangspenn
    return [
        _tekst(r.kommune),
        _tall(r.deltakere, "antall"),
        *map(_tall, (r.forventet, *r.persentiler)),
        _tall(r50, "antall"),
        (f"{r5}–{r95}", float(r5), None),
        _tall(r.best, "andel"),
        _tall(r.mot_referansen, "andel"),
        _tekst(r.vurdering),
        _tall(r.av_smaa_tall, "andel"),
        *((vist, p, p) for p in r.klasser for vist, _, _ in [_tall(p, "andel")]),
    ]


def _oppslag(s: Sammenligning) -> str:
    """Two municipalities to choose; the script reads the probability of each pair, in per mille, from the page."""
    data = [
        {
            "tekst": f"{BRUKERGRUPPER[gruppe]}, {NETTONAVN[netto].lower()} per deltaker",
            # Which row of the probabilities each municipality has; none for one that takes in nobody.
            "rad": [r.plass.get(m.navn) for m in s.medlemmer],
            "promille": [np.rint(rad[i + 1 :] * 1000).astype(int).tolist() for i, rad in enumerate(r.bedre)],
        }
        for gruppe, nettoer in s.rangeringer.grupper.items()
        for netto, r in nettoer.items()
    ]
    if not data:
        return ""
    # Nothing a municipality is called may end the block.
    tekst = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    valg = "".join(f"<option>{escape(m.navn)}</option>" for m in s.medlemmer)
    return (
        f'<form id="par"><label>Er <select>{valg}</select></label> <label>bedre enn <select>{valg}</select>?</label></form>'
        f'<ul id="svar" aria-live="polite"></ul><script type="application/json" id="pardata">{tekst}</script>'
        "<noscript><p>Slå på skript for å velge to kommuner; arbeidsboken har alle par.</p></noscript>"
    )


def _forskjeller(s: Sammenligning) -> str:
    forklaring = "".join(f"<dt>{navn}</dt><dd>{escape(FORKLARING[f])}</dd>" for f, navn in FAKTORER.items())
    ut = [f"<p>Forskjell fra {escape(referansetekst(s))}. {OM_OPPDELINGEN}</p><dl>{forklaring}</dl>"]
    andre = [m for m in s.medlemmer if m is not s.referansemedlem]
    for gruppe, tittel in BRUKERGRUPPER.items():
        ut.append(f"<h3>{tittel}</h3>")
        alle, om = i_figuren(andre, gruppe)
        ut.append(f"<p>{om}</p>" if om else "")
        figurer = [_foss(s, m.navn, tittel, m.forskjeller[gruppe].totalt["netto_samfunn"]) for m in alle]
        ut.append(f'<div class="figurer">{"".join(figurer)}</div>')
        for netto, nettonavn in NETTONAVN.items():
            for maal, maalnavn in MAALNAVN.items():
                rader = [[_tekst(m.navn), *_delt(getattr(m.forskjeller[gruppe], maal).get(netto))] for m in andre]
                navn = f"{tittel}: {liten(nettonavn)}, {maalnavn.lower()}, kr"
                hode = ["Kommune", "Referansen", "Kommunen", "Forskjell", *FAKTORER.values()]
                ut.append(_tabell(navn, hode, rader))
    return _seksjon("forskjeller", ut)


def _delt(delt: Oppdeling | None) -> list[Celle]:
    if delt is None:
        return [_tall(None)] * (3 + len(FAKTORER))
    return [_tall(delt.fra), _tall(delt.til), *map(_endring, (delt.differanse, *(delt.deler[f] for f in FAKTORER)))]


def _foss(s: Sammenligning, navn: str, gruppe: str, delt: Oppdeling) -> str:
    deler = [(tekst, delt.deler[f]) for f, tekst in FAKTORER.items()]
    referanse = referansetekst(s)
    return svg.foss(
        f"{gruppe}: netto samfunn fra {referanse} til {navn}",
        "Fossefall: " + "; ".join(f"{t} {tall(kr)} kroner" for t, kr in deler),
        (referanse, delt.fra),
        (navn, delt.til),
        deler,
    )


def _utvikling(s: Sammenligning) -> str:
    ut = ["<p>Akkumulert netto. År 1 er kommunens eget analysetidspunkt.</p>"]
    lengst = max(len(g.aar) for m in s.medlemmer for g in m.resultat.grupper.values())
    for gruppe, tittel in BRUKERGRUPPER.items():
        for netto, nettonavn in NETTONAVN.items():
            serier = {
                m.navn: m.resultat.grupper[gruppe].penger.akkumulert(netto.removeprefix("netto_")).tolist()
                for m in s.medlemmer
            }
            alle, om = i_figuren(s.medlemmer, gruppe)
            navn = f"{tittel}: akkumulert {liten(nettonavn)}"
            ut.append(svg.linjer(navn, f"En linje for hver kommune. {om}", [(m.navn, serier[m.navn]) for m in alle]))
            ut.append(f"<p>{om}</p>" if om else "")
            rader = [
                [_tekst(n), *(_tall(verdier[t] if t < len(verdier) else None) for t in range(lengst))]
                for n, verdier in serier.items()
            ]
            ut.append(_tabell(f"{navn}, kr", ["Kommune", *(f"År {t + 1}" for t in range(lengst))], rader))
    return _seksjon("utvikling", ut)


def _forutsetninger(s: Sammenligning) -> str:
    navn, grunnlag = sammenligningsgrunnlag(s)
    rader = [
        [
            _tekst(a.kommune),
            _tekst(BRUKERGRUPPER[a.endring.gruppe]),
            _tekst(a.endring.tekst),
            _verdi(a.endring.gammel, a.endring.enhet),
            _verdi(a.endring.ny, a.endring.enhet),
            _tekst(a.endring.enhet),
            _tekst(FAKTORER[a.faktor]),
            _tekst(a.endring.kilde),
        ]
        for m in s.medlemmer
        if m is not s.referansemedlem
        for a in avvik(grunnlag, m)
    ]
    hode = ["Kommune", "Gruppe", "Forutsetning", navn, "Kommunen", "Enhet", "Faktor", "Kilde"]
    if not rader:
        return _seksjon("forutsetninger", [f"<p>Ingen forutsetninger avviker fra {escape(navn)}.</p>"])
    return _seksjon("forutsetninger", [_tabell(f"Forutsetninger som avviker fra {navn}", hode, rader)])


def _verdi(v: Inndataverdi, enhet: str) -> Celle:
    if v is None:
        return "finnes ikke", None, None
    if isinstance(v, str):
        return _tekst(v)
    if enhet == "andel":
        return _tall(v, "andel")
    return (aar(v) if enhet == "årstall" else tall(v, 0 if v == round(v) else 2)), v, None


def _harmonisert(s: Sammenligning) -> str:
    if not s.harmonisert:
        return _seksjon("likt", ["<p>Ingenting ble endret for å kunne sammenlignes.</p>"])
    rader = [
        [
            _tekst(h.kommune),
            _tekst(BRUKERGRUPPER.get(h.gruppe, "Begge")),
            _tekst(h.hva),
            *map(_tekst, harmonisert_linje(h.hva, h.fra, h.til)),
            _tekst(f"Beløp i {s.prisaar}-kroner{h.merknad}" if h.merknad else ""),
        ]
        for h in s.harmonisert
    ]
    hode = ["Kommune", "Gruppe", "Hva", "Oppgitt", "Brukt", "Hvordan"]
    return _seksjon("likt", [_tabell("Gjort likt for å kunne sammenlignes", hode, rader)])
