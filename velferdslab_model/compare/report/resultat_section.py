"""The parts of the page that show results: key figures, what the differences are due to, and the nets over the years."""

from __future__ import annotations

from markupsafe import Markup

from velferdslab_model.base.ord import BRUKERGRUPPER, IKKE_INNEN_KORT, NETTONAVN, liten
from velferdslab_model.base.tall import tall
from velferdslab_model.compare.bevegelse import (
    BEVEGELSESKOLONNER,
    BEVEGELSESTITTEL,
    OM_BEVEGELSEN,
    bevegelsesrader,
)
from velferdslab_model.compare.dekomponering import Oppdeling
from velferdslab_model.compare.faktorer import FAKTORER, FORKLARING
from velferdslab_model.compare.kolonner import (
    KOLONNER,
    MAALNAVN,
    OM_OPPDELINGEN,
    OM_STEG,
    flaggtekst,
    i_figuren,
    kontrolltekst,
    oppdelinger,
    per_inntatt_i_figuren,
    referansetekst,
)
from velferdslab_model.compare.sammenligning import Sammenligning
from velferdslab_model.page import svg
from velferdslab_model.page.rendering import bit
from velferdslab_model.page.table import Tabellcelle, endringscelle, tabell, tallcelle, tekstcelle

_PAKKE = "velferdslab_model.compare.report"
#: The fixed net, the two parts of the difference, and the other net.
_BEVEGELSESCELLER = (tallcelle, endringscelle, endringscelle, tallcelle)


def oversikt(s: Sammenligning) -> Markup:
    """The key figures, with bars in the cells, and a chart of each group."""
    grupper = []
    for gruppe, tittel in BRUKERGRUPPER.items():
        par, om = per_inntatt_i_figuren(s, gruppe)
        beskrivelse = f"En søyle for hver kommune, ordnet etter størrelse. {om}"
        figur = (
            svg.soeyler(
                f"{tittel}: netto samfunn per inntatt, lik blanding og antakelser", beskrivelse, par, "1 000 kr"
            )
            if par
            else None
        )
        flyttet = _i_bevegelse(s, gruppe, tittel)
        grupper.append({"om": om, "figur": figur, "tabell": _noekkeltall(s, gruppe, tittel), "flyttet": flyttet})
    return bit(_PAKKE, "oversikt.html", om_steg=OM_STEG, grupper=grupper, om_bevegelsen=" ".join(OM_BEVEGELSEN))


def _i_bevegelse(s: Sammenligning, gruppe: str, tittel: str) -> Markup | None:
    rader = [
        [
            tekstcelle(r.kommune),
            *(celle(verdi) for celle, verdi in zip(2 * _BEVEGELSESCELLER, r.tall, strict=True)),
            tekstcelle(r.visning.bevegelse.kilde if r.visning else r.hvorfor),
        ]
        for r in bevegelsesrader(s, gruppe)
    ]
    navn = f"{tittel}: {liten(BEVEGELSESTITTEL)} ved siden av det faste, kr"
    return tabell(navn, ["Kommune", *BEVEGELSESKOLONNER, "Kilde"], rader) if rader else None


def _noekkeltall(s: Sammenligning, gruppe: str, tittel: str) -> Markup:
    stoerst = {
        k.felt: max((abs(getattr(m.rader[gruppe], k.felt) or 0) for m in s.medlemmer), default=0)
        for k in KOLONNER
        if k.soeyle
    }
    rader = []
    for m in s.medlemmer:
        rad: list[Tabellcelle] = [tekstcelle(m.navn)]
        for k in KOLONNER:
            verdi = getattr(m.rader[gruppe], k.felt)
            andel = verdi / stoerst[k.felt] if k.soeyle and verdi is not None and stoerst[k.felt] else None
            rad.append(tallcelle(verdi, k.slag, IKKE_INNEN_KORT if m.rader[gruppe].deltakere else "–", andel))
        rader.append([*rad, *map(tekstcelle, (kontrolltekst(m), flaggtekst(m, gruppe), m.kommune.fil.name))])
    return tabell(
        f"{tittel}: nøkkeltall per kommune",
        ["Kommune", *(k.tekst for k in KOLONNER), "Kontroll", "Forbehold", "Fil"],
        rader,
    )


def forskjellsdel(s: Sammenligning) -> Markup:
    """A waterfall for each municipality, and every difference by factor."""
    andre = [m for m in s.medlemmer if m is not s.referansemedlem]
    grupper = []
    for gruppe, tittel in BRUKERGRUPPER.items():
        alle, om = i_figuren(andre, gruppe)
        delte = [(m.navn, oppdelinger(s, m, gruppe, "per_inntatt").get("netto_samfunn")) for m in alle]
        figurer = [_foss(s, navn, tittel, delt) for navn, delt in delte if delt]
        tabeller = []
        for netto, nettonavn in NETTONAVN.items():
            for maal, maalnavn in MAALNAVN.items():
                rader = [[tekstcelle(m.navn), *_delt(oppdelinger(s, m, gruppe, maal).get(netto))] for m in andre]
                navn = f"{tittel}: {liten(nettonavn)}, {maalnavn.lower()}, kr"
                tabeller.append(
                    tabell(
                        navn,
                        ["Kommune", "Referansen", "Kommunen", "Forskjell", *FAKTORER.values()],
                        rader,
                        bare_skjerm=maal != "per_inntatt",
                    )
                )
        grupper.append({"tittel": tittel, "om": om, "figurer": figurer, "tabeller": tabeller})
    faktorer = [(navn, FORKLARING[f]) for f, navn in FAKTORER.items()]
    tekster = {"referanse": referansetekst(s), "om_oppdelingen": OM_OPPDELINGEN}
    return bit(_PAKKE, "forskjeller.html", **tekster, faktorer=faktorer, grupper=grupper)


def _delt(delt: Oppdeling | None) -> list[Tabellcelle]:
    if delt is None:
        return [tallcelle(None)] * (3 + len(FAKTORER))
    deler = (delt.differanse, *(delt.deler[f] for f in FAKTORER))
    return [tallcelle(delt.fra), tallcelle(delt.til), *map(endringscelle, deler)]


def _foss(s: Sammenligning, navn: str, gruppe: str, delt: Oppdeling) -> Markup:
    deler = [(tekst, delt.deler[f]) for f, tekst in FAKTORER.items()]
    referanse = referansetekst(s)
    return svg.foss(
        f"{gruppe}: netto samfunn per inntatt fra {referanse} til {navn}",
        "Fossefall: " + "; ".join(f"{t} {tall(kr)} kroner" for t, kr in deler),
        (referanse, delt.fra),
        (navn, delt.til),
        deler,
    )


def utvikling(s: Sammenligning) -> Markup:
    """The accumulated nets, a line for each municipality."""
    aar = max(len(g.aar) for m in s.medlemmer for g in m.resultat.grupper.values())
    hode = ["Kommune", *(f"År {t + 1}" for t in range(aar))]
    blokker = []
    for gruppe, tittel in BRUKERGRUPPER.items():
        alle, om = i_figuren(s.medlemmer, gruppe)
        for netto, nettonavn in NETTONAVN.items():
            serier = {
                m.navn: m.resultat.grupper[gruppe].penger.akkumulert(netto.removeprefix("netto_")).tolist()
                for m in s.medlemmer
                if m.rader[gruppe].deltakere
            }
            if not serier:
                continue
            navn = f"{tittel}: akkumulert {liten(nettonavn)}"
            linjer = [(m.navn, serier[m.navn]) for m in alle]
            figur = svg.linjer(navn, f"En linje for hver kommune. {om}", linjer)
            rader = [
                [tekstcelle(n), *(tallcelle(verdier[t] if t < len(verdier) else None) for t in range(aar))]
                for n, verdier in serier.items()
            ]
            blokker.append({"om": om, "figur": figur, "tabell": tabell(f"{navn}, kr", hode, rader, bare_skjerm=True)})
    return bit(_PAKKE, "utvikling.html", blokker=blokker)
