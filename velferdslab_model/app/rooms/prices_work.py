"""New prices: the list to edit, and what an edited one did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from markupsafe import Markup

from velferdslab_model.app.answers import avsnittene
from velferdslab_model.app.cases import Arbeidsordre, Nedlasting, Saksvar
from velferdslab_model.app.grounds import grunnlaget, kreves, les_prisaaret
from velferdslab_model.app.room import SKJEMAET
from velferdslab_model.app.rooms.start_work import deler, resultatbit, skriv_filer
from velferdslab_model.base.dato import dagens_dato
from velferdslab_model.base.ord import NETTONAVN
from velferdslab_model.base.tall import aar, prosent
from velferdslab_model.base.tekst import filnavn
from velferdslab_model.errors import UgyldigInndata
from velferdslab_model.katalog.forslag import nyere_satser
from velferdslab_model.page.table import endringscelle, tabell, tallcelle, tekstcelle
from velferdslab_model.parameters.katalogvalg import om_overfoering_i_listen
from velferdslab_model.parameters.prisaar import Oppgitt, regn_om
from velferdslab_model.parameters.template import gyldig_navn
from velferdslab_model.prisliste.applying import Prisendring
from velferdslab_model.prisliste.kvittering import Kvitteringslinje, kvittering, varsler
from velferdslab_model.prisliste.priser import GRUPPER_I_LISTEN
from velferdslab_model.prisliste.writing import write_prisliste
from velferdslab_model.results import beregn
from velferdslab_model.scenarios.loading import kontrollvarsel, les_scenario


def regn_priser(ordre: Arbeidsordre) -> Saksvar:
    """The list, or the receipt and the new workbook."""
    grunnlag, _ = grunnlaget(ordre)
    if ordre.felt.get("handling") == "hent":
        return _hent(ordre, les_scenario(grunnlag)[0])
    prisaar = les_prisaaret(ordre)
    liste = kreves(ordre, "prisliste", "en prisliste (.xlsx eller .csv)")
    oppgitt, endring = les_scenario(grunnlag, liste, prisaar)
    assert endring is not None  # there is a list
    if egen := ordre.felt.get("navn", "").strip():
        oppgitt = replace(oppgitt, navn=_navnet(egen))
    r = beregn(regn_om(oppgitt, prisaar))
    linjer = kvittering(endring.foer, endring.oppgitt, prisaar)
    nye = skriv_filer(ordre, r, "" if egen else " nye priser")
    filer = [*nye, _skriv(ordre, oppgitt, endring)[0]]
    html = _kvittering(oppgitt, endring, linjer) + Markup("<h3>Resultatet med de nye prisene</h3>") + resultatbit(r)
    kort = " ".join([endring.melding(), *(f"{tittel}: {k.svar}" for tittel, k in deler(r))])
    return Saksvar(html, kort, filer, scenario=(nye[-1].sti, f"{oppgitt.navn}, nye priser"))


def _navnet(skrevet: str) -> str:
    try:
        return gyldig_navn(skrevet)
    except UgyldigInndata as feil:
        raise UgyldigInndata(SKJEMAET, [f"Navn (navn): {feil.feil[0]}"]) from None


def _hent(ordre: Arbeidsordre, oppgitt: Oppgitt) -> Saksvar:
    fil, antall = _skriv(ordre, oppgitt, None)
    setninger = [
        f"Prislisten for {oppgitt.navn} er klar, med {antall} priser, hver i sitt eget prisår.",
        "Last den ned, endre enhetskostnad, prisår og kilde, lagre, og send den inn under.",
        *om_overfoering_i_listen(oppgitt.grupper, oppgitt.egne_priser),
        *nyere_satser(oppgitt),
        *_advarsler(oppgitt),
    ]
    return Saksvar(str(avsnittene(setninger)), setninger[0], [fil])


def _skriv(ordre: Arbeidsordre, oppgitt: Oppgitt, endring: Prisendring | None) -> tuple[Nedlasting, int]:
    navn = f"priser_{filnavn(oppgitt.navn)}.xlsx"
    sti = ordre.ny(navn)
    antall = write_prisliste(oppgitt, sti, dagens_dato(), dict(endring.datoer) if endring else {})
    return Nedlasting(str(sti), navn, "Last ned den nye prislisten" if endring else "Last ned prislisten"), antall


def _advarsler(oppgitt: Oppgitt) -> list[str]:
    varsel = oppgitt.overskrevet.varsel if oppgitt.overskrevet else ""
    return [tekst for tekst in (varsel, kontrollvarsel(oppgitt.kilde, oppgitt.kontroll)) if tekst]


def _kvittering(oppgitt: Oppgitt, endring: Prisendring, linjer: Sequence[Kvitteringslinje]) -> Markup:
    rader = [
        [
            tekstcelle(f"{GRUPPER_I_LISTEN[en.gruppe]}: {en.tiltak}"),
            tallcelle(en.foer, "desimal"),
            tekstcelle(aar(en.foer_aar)),
            tallcelle(en.etter, "desimal"),
            tekstcelle(aar(en.etter_aar)),
            tekstcelle("–" if en.endring is None else f"{'+' if en.endring > 0 else ''}{prosent(en.endring, 1)}"),
            *(endringscelle(en.virkning[x] if en.virkning else None) for x in NETTONAVN),
            tekstcelle(f"OBS: {en.merke}" if en.merke else ""),
        ]
        for en in linjer
    ]
    hode = ["Tiltak", "Før, kr", "År", "Nå, kr", "År", "Endring, uten prisvekst", *NETTONAVN.values(), "Se over"]
    kvitt = (
        tabell("Kvittering: hver pris som er endret, og hva den alene gjør med netto, kr", hode, rader) if rader else ""
    )
    obs = Markup("").join(Markup('<p class="obs">{}</p>').format(t) for t in (*varsler(linjer), *_advarsler(oppgitt)))
    return Markup("<h3>Kvittering</h3>") + avsnittene([endring.melding()]) + obs + kvitt
