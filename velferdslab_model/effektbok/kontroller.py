"""The checks of a group, which roll up to `kontroll`, and the sentence the first screen shows when they hold."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from velferdslab_model.base.ord import SITUASJONSNAVN
from velferdslab_model.effektbok.aarsakse import aarsskriver
from velferdslab_model.effektbok.grupper import REGISTRE
from velferdslab_model.parameters.typer import BETALERE, LIVSSITUASJONER, UTGANGSSITUASJONER
from velferdslab_model.results import Grupperesultat
from velferdslab_model.setning import antakelser, antakelsesmaler, hviler_paa_mal, svar_mal
from velferdslab_model.workbook.checks import (
    Hjelperad,
    Kontroll,
    Kontrollinje,
    Radkontroll,
    grense,
    holder,
    kontrollblokk,
)
from velferdslab_model.workbook.plan import Ark

#: Where a register stands, told to the one who must mend a value in it.
_HVOR = {
    "hoved": "forutsetninger på hovedfanen",
    "tiltak": "tiltak på Kostnader",
    "nullalternativ": "nullalternativet på Kostnader",
    "helse": "livskvalitet på Gevinster",
    "produksjon": "arbeid på Gevinster",
    "utvidet": "utvidede forutsetninger på Gevinster",
}
#: Key of the check that no row was put into the table of tiltak or taken out of it.
_RADER = "k.rader.feil"
#: Key, label, and the rows that must add up to a third.
_SUMMERER = (
    ("k.besparelse", "Besparelse etter betaler og i alt", tuple(f"besparelse_{b}" for b in BETALERE), "besparelse"),
    ("k.deler", "Besparelsens to deler og i alt", ("erstattede_tjenester", "bedret_situasjon"), "besparelse"),
    (
        "k.inntekt",
        "Offentlig inntekt etter mottaker og i alt",
        ("offentlig_inntekt_kommune", "offentlig_inntekt_stat"),
        "offentlig_inntekt",
    ),
)


def gruppekontroll(ark: Ark, rad: int, g: Grupperesultat) -> int:
    """Plan the checks of a group; each line ends in 0 (holds) or 1 (fails). Returns the next free row."""
    r = aarsskriver(ark, rad)
    r.overskrift("Kontroll (1 i kolonne C betyr feil)")
    r.blokk("Avvik", g.aar, "Feil")
    kontrollblokk(r, [*_folk(g), *_kroner(g), *_inndata()], "kontroll_feil", "kontroll_feil", "etikett_fet")
    ark.tekst(r.rad, 0, "Hvor", "etikett_fet")
    hvor = "&".join(f'IF({{{navn}.feil}}=0,"","{tekst}; ")' for navn, tekst in _HVOR.items())
    rader = f'IF({{{_RADER}}}=0,"","en rad er satt inn eller slettet i tabellen over tiltak på Kostnader; ")'
    mal = f'=IF({{kontroll_feil}}=0,"",TRIM({rader}&{hvor}&"se Status og Kontroll."))'
    ark.formel(r.rad, 2, mal, "", "tekst", "kontroll_sted")
    ark.tekst(r.rad + 1, 0, "Setningen øverst", "etikett_fet")
    ark.formel(r.rad + 1, 2, svar_mal(), g.svar, "tekst", "setning")
    r.rad += 2
    antatt = antakelser(g.gruppe)
    for i, (slag, mal) in enumerate(antakelsesmaler().items()):
        r.enkelt(f"antatt.{i}", f"Noe er antakelse: {slag}", "1 / 0", mal, int(antatt[slag]), "heltall")
    ark.tekst(r.rad, 0, "Hva svaret hviler på", "etikett_fet")
    ark.formel(r.rad, 2, hviler_paa_mal(), g.hviler_paa, "tekst", "hviler_paa")
    return r.rad + 1


def _folk(g: Grupperesultat) -> Iterator[Kontrollinje]:
    """Everyone taken in is somewhere."""
    serier = g.serier
    for s, fra in enumerate(UTGANGSSITUASJONER):
        tatt_inn, situasjon = np.cumsum(serier.nye[s]), SITUASJONSNAVN[fra].lower()
        noekkel = f"k.innkommet.{fra}"
        mal = f"={{i_perioden}}*({{<{noekkel}}}+{{inne.{fra}.{fra}}})"
        yield Hjelperad(noekkel, f"Tatt inn hittil, {situasjon}", "deltakere", mal, tatt_inn, "antall")
        gjort_rede = "+".join(
            [f"{{inne.{fra}.{j}}}" for j in UTGANGSSITUASJONER[s:]]
            + [f"{{ute.{fra}.{j}}}" for j in LIVSSITUASJONER[s:]]
        )
        avvik = np.abs(serier.personer[s].sum(0) - tatt_inn)
        mal = f"=ABS({gjort_rede}-{{{noekkel}}})"
        yield Radkontroll(f"k.folk.{fra}", f"Gjort rede for, {situasjon}", mal, avvik, noekkel)


def _kroner(g: Grupperesultat) -> Iterator[Kontrollinje]:
    """The same amounts by two ways."""
    serier, x = g.serier, g.inndata
    per_situasjon = (x.oppstart.sum(-1)[:, None] * serier.nye + x.drift.sum(-1)[:, None] * serier.deltakere).sum(0)
    uavhengig = "+".join(
        f"{{inne.{s}.{s}}}*({{sats_foerste_aar.{s}}}-{{sats_drift.{s}}})+{{deltakere_{s}}}*{{sats_drift.{s}}}"
        for s in UTGANGSSITUASJONER
    )
    avvik = np.abs(per_situasjon + serier.fast - serier.ikke_neddiskontert.kostnad)
    mal = f"=ABS({uavhengig}+{{l.fast}}-{{l.kostnad}})"
    yield Radkontroll("k.kostnad", "Kostnad etter betaler og i alt", mal, avvik, "l.kostnad")
    avvik = np.zeros(g.gruppe.analyseperiode)
    for noekkel, tekst, deler, helhet in _SUMMERER:
        mal = f"=ABS({'+'.join(f'{{l.{del_}}}' for del_ in deler)}-{{l.{helhet}}})"
        yield Radkontroll(noekkel, tekst, mal, avvik, f"l.{helhet}")
    fanesum = "+".join(f"SUM({{tiltak_kostnad.{s}:}})-{{sats_foerste_aar.{s}}}" for s in UTGANGSSITUASJONER)
    stoerst = grense("+".join(f"{{sats_foerste_aar.{s}}}" for s in UTGANGSSITUASJONER))
    mal = holder(f"ABS({fanesum})<={stoerst}")
    yield Kontroll("k.faner.feil", "Kostnader: tiltak i alt lik sum av satsene", mal)
    rader = (f"{f}({{{x}:}})" for x in ("besparelse", "offentlig_inntekt") for f in ("MAX", "-MIN"))
    avvik_ = "ABS({sum_netto_budsjett}-{sum_besparelse}-{sum_offentlig_inntekt}+{sum_kostnad})"
    mal = holder(f"{avvik_}<={grense(*rader, '{sum_kostnad}')}")
    yield Kontroll("k.netto.feil", "Netto lik besparelse og offentlig inntekt minus kostnad", mal)


def _inndata() -> Iterator[Kontrollinje]:
    i_orden = "+".join(f"{{{register}.feil}}" for register in REGISTRE)
    yield Kontroll("k.inndata.feil", "Inndata og tiltak er i orden (se Status)", holder(f"{i_orden}=0"))
    # The heading and the row below the table do not move apart unless a row is put in or taken out between them.
    antall = "ROWS({tiltak_navn:})={maks_tiltak},ROW({tiltak.feil})-ROW({tiltak_hode})={maks_tiltak}+1"
    yield Kontroll(_RADER, "Tabellen over tiltak har radene programmet ga den", holder(f"AND({antall})"))
