"""The parts of the page that say what each assumes, and what was made equal."""

from __future__ import annotations

from markupsafe import Markup

from velferdslab_model.base.ord import BRUKERGRUPPER
from velferdslab_model.base.tall import aar, tall
from velferdslab_model.compare.faktorer import FAKTORER
from velferdslab_model.compare.kolonner import avvik, harmonisert_linje, sammenligningsgrunnlag
from velferdslab_model.compare.sammenligning import Sammenligning
from velferdslab_model.endringer.finne import Inndataverdi
from velferdslab_model.page.table import Tabellcelle, tabell, tallcelle, tekstcelle


def forutsetninger(s: Sammenligning) -> Markup:
    """Every assumption that differs, with its source."""
    navn, grunnlag = sammenligningsgrunnlag(s)
    rader = [
        [
            tekstcelle(a.kommune),
            tekstcelle(BRUKERGRUPPER[a.endring.gruppe]),
            tekstcelle(a.endring.tekst),
            _verdi(a.endring.gammel, a.endring.enhet),
            _verdi(a.endring.ny, a.endring.enhet),
            tekstcelle(a.endring.enhet),
            tekstcelle(FAKTORER[a.faktor]),
            tekstcelle(a.endring.kilde),
        ]
        for m in s.medlemmer
        if m is not s.referansemedlem
        for a in avvik(grunnlag, m)
    ]
    if not rader:
        return Markup("<p>Ingen forutsetninger avviker fra {}.</p>").format(navn)
    hode = ["Kommune", "Gruppe", "Forutsetning", navn, "Kommunen", "Enhet", "Faktor", "Kilde"]
    sagt = Markup('<p class="bare-utskrift">{} avvik fra {} står på skjermen og i arbeidsboken.</p>').format(
        len(rader), navn
    )
    return sagt + tabell(f"Forutsetninger som avviker fra {navn}", hode, rader, bare_skjerm=True)


def _verdi(v: Inndataverdi, enhet: str) -> Tabellcelle:
    if v is None:
        return "finnes ikke", None, None
    if isinstance(v, str):
        return tekstcelle(v)
    if enhet == "andel":
        return tallcelle(v, "andel")
    return (aar(v) if enhet == "årstall" else tall(v, 0 if v == round(v) else 2)), v, None


def likt(s: Sammenligning) -> Markup:
    """What was changed so that all could be compared."""
    if not s.harmonisert:
        return Markup("<p>Ingenting ble endret for å kunne sammenlignes.</p>")
    rader = [
        [
            tekstcelle(h.kommune),
            tekstcelle(BRUKERGRUPPER.get(h.gruppe, "Begge")),
            tekstcelle(h.hva),
            *map(tekstcelle, harmonisert_linje(h.hva, h.fra, h.til)),
            tekstcelle(f"Beløp i {s.prisaar}-kroner{h.merknad}" if h.merknad else ""),
        ]
        for h in s.harmonisert
    ]
    hode = ["Kommune", "Gruppe", "Hva", "Oppgitt", "Brukt", "Hvordan"]
    return tabell("Gjort likt for å kunne sammenlignes", hode, rader)
