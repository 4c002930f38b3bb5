"""The first room: a scenario from the form, its result at once, and its files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from markupsafe import Markup

from velferdslab_model.app.answers import antakelsesliste, avsnittene, hvem_sine_tall
from velferdslab_model.app.cases import Arbeidsordre, Nedlasting, Saksvar
from velferdslab_model.app.room import PAKKE, SKJEMAET
from velferdslab_model.app.start_form import FELLESFELT, les_skjema
from velferdslab_model.base.dato import dagens_dato
from velferdslab_model.base.ord import BRUKERGRUPPER, DELTAKERORD, SERIENAVN
from velferdslab_model.base.tall import antall, kr
from velferdslab_model.base.tekst import filnavn
from velferdslab_model.effektbok.writing import arbeidsbok
from velferdslab_model.errors import UgyldigInndata
from velferdslab_model.figur8 import figur8
from velferdslab_model.noekkelrader import i_en_celle, noekkelrader, om_visningene
from velferdslab_model.overfoering import prismerknader
from velferdslab_model.page.aarsfigur import aarsfigur
from velferdslab_model.page.rendering import bit
from velferdslab_model.page.table import tabell, tallcelle, tekstcelle
from velferdslab_model.parameters.loading import oppgitt
from velferdslab_model.parameters.prisaar import regn_om
from velferdslab_model.parameters.typer import Forutsetninger
from velferdslab_model.parameters.writing import som_toml
from velferdslab_model.register import om_kommunal_andel
from velferdslab_model.results import IKKE_SAMLET, Grupperesultat, Noekkeltall, Resultat, beregn
from velferdslab_model.setning import DEFINISJON, gunstigst

_FELLESNOEKKEL = re.compile(rf"\((?:{'|'.join(BRUKERGRUPPER)})\.({'|'.join(FELLESFELT)})\)")


def regn_start(ordre: Arbeidsordre) -> Saksvar:
    """The result of the form, its workbook and its scenario file."""
    r = beregn(_forutsetninger(ordre.felt))
    f = r.forutsetninger
    filer = skriv_filer(ordre, r)
    kort = " ".join(f"{tittel}: {k.svar}" for tittel, k in deler(r))
    return Saksvar(resultatbit(r), kort, filer, scenario=(filer[-1].sti, f.navn))


def _forutsetninger(skrevet: Mapping[str, str]) -> Forutsetninger:
    """The scenario of the form. Raises UgyldigInndata with everything that is wrong with it."""
    lest = les_skjema(skrevet)
    try:
        f = regn_om(oppgitt(lest.data, SKJEMAET, "", lest.steder))
    except UgyldigInndata as flere:
        felles = [_FELLESNOEKKEL.sub(r"(felles.\1)", tekst) for tekst in flere.feil]
        raise UgyldigInndata(SKJEMAET, list(dict.fromkeys([*lest.feil, *felles]))) from None
    if lest.feil:
        raise UgyldigInndata(SKJEMAET, lest.feil)
    return f


def skriv_filer(ordre: Arbeidsordre, r: Resultat, merke: str = "") -> list[Nedlasting]:
    """The workbook and, last, the scenario file of a result, to hand over. merke: what the files are called besides."""
    f = r.forutsetninger
    navn = filnavn(f"{f.navn}{merke}")
    bok, toml = ordre.senere("effektmodell.xlsx", _bok, f), ordre.ny(f"{navn}.toml")
    toml.write_text(som_toml(f, "siden"), encoding="utf-8")
    return [
        Nedlasting(bok, f"effektmodell_{navn}.xlsx", "Last ned arbeidsboken"),
        Nedlasting(str(toml), f"{navn}.toml", "Last ned scenariofilen"),
    ]


def _bok(f: Forutsetninger) -> bytes:
    return arbeidsbok(beregn(f), dagens_dato())


def deler(r: Resultat) -> Iterator[tuple[str, Noekkeltall]]:
    """The groups that take anybody in, and both together when there are several."""
    med = [(BRUKERGRUPPER[navn], g) for navn, g in r.grupper.items() if g.tatt_inn]
    yield from med
    if r.samlet is not None and len(med) != 1:
        yield "Samlet", r.samlet


def resultatbit(r: Resultat) -> Markup:
    """Headline, key figures, figure 8 and what is assumed."""
    f = r.forutsetninger
    med = list(deler(r))
    grupper = list(r.grupper.values())
    merknader = [f"Beløp i {f.prisaar}-kroner{f.om_prisaar}."] if f.om_prisaar else []
    merknader += prismerknader(f)
    if r.samlet is None:
        merknader.append(f"Samlet er ikke beregnet: {IKKE_SAMLET}.")
    return bit(
        PAKKE,
        "resultat.html",
        navn=f.navn,
        hvem_sine=hvem_sine_tall(f, [n for n, g in r.grupper.items() if g.tatt_inn]),
        prisaar=f.prisaar,
        svar=[(tittel, k.svar, f"{k.hviler_paa} {_gunstigst(k)}".strip()) for tittel, k in med],
        utelatt=[BRUKERGRUPPER[navn] for navn, g in r.grupper.items() if not g.tatt_inn],
        tabell=_tabell(r, med),
        figurer=[_figur8(BRUKERGRUPPER[navn], navn, g) for navn, g in r.grupper.items() if g.tatt_inn],
        definisjon=DEFINISJON,
        merknader=avsnittene(
            [
                *merknader,
                f"* {om_kommunal_andel([g.gruppe for g in grupper])}",
                f"** {om_visningene(r)} Sannsynlighet: rommet «Hvor sikkert?».",
            ]
        ),
        antakelser=antakelsesliste(f),
    )


def _gunstigst(k: Noekkeltall) -> str:
    """Which simplifications of a group's answer are the most favourable to it."""
    if not isinstance(k, Grupperesultat):
        return ""
    return gunstigst(k.gruppe.neddiskontering, k.gruppe.utvidet.skjedd_uansett)


def _tabell(r: Resultat, med: list[tuple[str, Noekkeltall]]) -> Markup:
    rader = []
    for tekst, celle in noekkelrader(r):
        if celle is None:
            rader.append([tekstcelle(tekst.strip()), *(tekstcelle("") for _ in med)])
        else:
            rader.append([tekstcelle(tekst), *(tekstcelle(i_en_celle(celle(k))) for _, k in med)])
    return bit(PAKKE, "noekkeltall.html", hode=[tittel for tittel, _ in med], rader=rader)


def _figur8(tittel: str, noekkel: str, g: Grupperesultat) -> dict[str, Markup | str]:
    f = figur8(tittel, g)
    folk = f"{antall(g.tatt_inn, 15)} {DELTAKERORD[noekkel].flertall} tas inn."
    serier = [(navn, verdier) for navn, verdier, _ in f.soeyler] + [f.linje]
    rader = [[tekstcelle(str(aar)), *(tallcelle(verdier[t]) for _, verdier in serier)] for t, aar in enumerate(f.aar)]
    beskrivelse = f"{folk} {f.beskrivelse} Tallene står i tabellen under figuren."
    return {
        "figur": aarsfigur(f.tittel, beskrivelse, f.aar, f.soeyler, f.linje),
        "tabell": tabell(f"Tallene i figur 8, {tittel.lower()}", ["År", *(f"{navn}, kr" for navn, _ in serier)], rader),
        "sum": f"{tittel}: {folk} {SERIENAVN['kostnad']} {kr(g.sum['kostnad'])} kr over analyseperioden.",
    }
