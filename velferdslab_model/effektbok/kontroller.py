"""The checks of a group, which roll up to `kontroll`, and the sentence the first screen shows when they hold."""

from __future__ import annotations

import numpy as np

from velferdslab_model.effektbok import setning
from velferdslab_model.effektbok.aarsakse import aarsskriver
from velferdslab_model.model.array import Array
from velferdslab_model.parameters.typer import LIVSSITUASJONER, SITUASJONSNAVN, UTGANGSSITUASJONER
from velferdslab_model.results import Grupperesultat
from velferdslab_model.workbook.inputs import REGISTRE
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


def kontrollblokk(ark: Ark, rad: int, g: Grupperesultat) -> int:
    """Plan the checks of a group; each line ends in 0 (holds) or 1 (fails). Returns the next free row."""
    r = aarsskriver(ark, rad)
    r.overskrift("Kontroll (1 i kolonne C betyr feil)")
    r.blokk("Avvik", g.aar, "Feil")
    feil: list[str] = []

    def aarsvis(noekkel: str, tekst: str, enhet: str, mal: str, avvik: Array, stoerrelse: str) -> None:
        r.linje(f"k.{noekkel}", tekst, enhet, mal, avvik, "kr_strek")
        grense = f"{{kontroll_toleranse}}*MAX(1,MAX({{{stoerrelse}:}}),-MIN({{{stoerrelse}:}}))"
        r.sum_av_forrige(
            f"k.{noekkel}.feil", None, f"=IFERROR(IF(MAX({{k.{noekkel}:}})<={grense},0,1),1)", 0, "heltall"
        )
        feil.append(f"k.{noekkel}.feil")

    def enkelt(noekkel: str, tekst: str, mal: str) -> None:
        ark.tekst(r.rad, 0, tekst, "etikett")
        ark.tekst(r.rad, 1, "0 / 1", "enhet")
        ark.formel(r.rad, 2, mal, 0, "heltall", f"k.{noekkel}.feil")
        feil.append(f"k.{noekkel}.feil")
        r.rad += 1

    serier, t = g.serier, g.gruppe.analyseperiode
    for s, fra in enumerate(UTGANGSSITUASJONER):
        noekkel = f"innkommet.{fra}"
        mal = f"={{i_perioden}}*({{<k.{noekkel}}}+{{inne.{fra}.{fra}}})"
        tatt_inn = np.cumsum(serier.nye[s])
        r.linje(f"k.{noekkel}", f"Tatt inn hittil, {SITUASJONSNAVN[fra].lower()}", "deltakere", mal, tatt_inn, "antall")
        gjort_rede = "+".join(
            [f"{{inne.{fra}.{j}}}" for j in UTGANGSSITUASJONER[s:]]
            + [f"{{ute.{fra}.{j}}}" for j in LIVSSITUASJONER[s:]]
        )
        avvik = np.abs(serier.personer[s].sum(0) - tatt_inn)
        tekst = f"Gjort rede for, {SITUASJONSNAVN[fra].lower()}"
        aarsvis(f"folk.{fra}", tekst, "avvik", f"=ABS({gjort_rede}-{{k.{noekkel}}})", avvik, f"k.{noekkel}")
    x = g.inndata
    per_situasjon = (x.oppstart.sum(-1)[:, None] * serier.nye + x.drift.sum(-1)[:, None] * serier.deltakere).sum(0)
    uavhengig = "+".join(
        f"{{inne.{s}.{s}}}*({{sats_foerste_aar.{s}}}-{{sats_drift.{s}}})+{{deltakere_{s}}}*{{sats_drift.{s}}}"
        for s in UTGANGSSITUASJONER
    )
    avvik = np.abs(per_situasjon + serier.fast - serier.loepende.kostnad)
    aarsvis(
        "kostnad",
        "Kostnad etter betaler og i alt",
        "avvik",
        f"=ABS({uavhengig}+{{l.fast}}-{{l.kostnad}})",
        avvik,
        "l.kostnad",
    )
    mal = "=ABS({l.besparelse_kommune}+{l.besparelse_stat}-{l.besparelse})"
    aarsvis("besparelse", "Besparelse etter betaler og i alt", "avvik", mal, np.zeros(t), "l.besparelse")
    fanesum = "+".join(f"SUM({{tiltak_kostnad.{s}:}})-{{sats_foerste_aar.{s}}}" for s in UTGANGSSITUASJONER)
    stoerst = "+".join(f"{{sats_foerste_aar.{s}}}" for s in UTGANGSSITUASJONER)
    enkelt(
        "faner",
        "Kostnader: tiltak i alt lik sum av satsene",
        f"=IFERROR(IF(ABS({fanesum})<={{kontroll_toleranse}}*MAX(1,{stoerst}),0,1),1)",
    )
    mal = "ABS({sum_netto_budsjett}-{sum_besparelse}+{sum_kostnad})<={kontroll_toleranse}*MAX(1,MAX({besparelse:}),-MIN({besparelse:}),{sum_kostnad})"
    enkelt("netto", "Netto lik besparelse minus kostnad", f"=IFERROR(IF({mal},0,1),1)")
    i_orden = "+".join(f"{{{register}.feil}}" for register in REGISTRE)
    enkelt("inndata", "Inndata og tiltak er i orden (se Status)", f"=IFERROR(IF({i_orden}=0,0,1),1)")
    ark.tekst(r.rad, 0, "Kontroller som feiler", "etikett_fet")
    ark.tekst(r.rad, 1, "antall", "enhet")
    mal = "=" + "+".join(f"{{{n}}}" for n in feil)
    ark.formel(r.rad, 2, mal, 0, "heltall", "kontroll_feil", "kontroll_feil")
    ark.tekst(r.rad + 1, 0, "Hvor", "etikett_fet")
    hvor = "&".join(f'IF({{{navn}.feil}}=0,"","{tekst}; ")' for navn, tekst in _HVOR.items())
    mal = f'=IF({{kontroll_feil}}=0,"",TRIM({hvor}&"se Status og Kontroll."))'
    ark.formel(r.rad + 1, 2, mal, "", "tekst", "kontroll_sted")
    ark.tekst(r.rad + 2, 0, "Setningen øverst", "etikett_fet")
    svar = setning.svar(g.tilbakebetalingsaar, g.sum["kostnad"])
    ark.formel(r.rad + 2, 2, setning.mal(), svar, "tekst", "setning")
    return r.rad + 3
