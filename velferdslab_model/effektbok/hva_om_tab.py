"""The block «Hva om?» of a group's main tab: nine nets, live, and the rows they are computed from."""

from __future__ import annotations

from velferdslab_model.base.ord import NETTONAVN, SERIENAVN, SITUASJONSNAVN
from velferdslab_model.effektbok.aarsakse import AAR
from velferdslab_model.hva_om import HvaOm, HvaOmSvar, hva_om
from velferdslab_model.model.array import Array
from velferdslab_model.parameters.typer import BETALERE, LIVSSITUASJONER, UTGANGSSITUASJONER
from velferdslab_model.results import Grupperesultat
from velferdslab_model.workbook.inputs import meldinger
from velferdslab_model.workbook.plan import Ark
from velferdslab_model.workbook.rows import SUM, Radskriver

#: Low, as assumed, high: key and heading. The middle column is the model itself: a point, not an expectation.
NIVAAER = (("lav", "Lav"), ("forventet", "Forutsatt"), ("hoy", "Høy"))
_ENDRES = ("lav", "hoy")
#: First and last column of each level.
_KOLONNER = (
    (SUM, SUM),
    (AAR.foerste_kolonne, AAR.foerste_kolonne + 1),
    (AAR.foerste_kolonne + 2, AAR.foerste_kolonne + 3),
)
_MEST = 5.0


def hva_om_tabell(ark: Ark, rad: int, g: Grupperesultat, valg: HvaOm) -> int:
    """Plan the choices and the nine nets; returns the next free row."""
    svar = hva_om(g, valg)
    ark.tekst(rad, 0, "Hva om? Lav, forutsatt og høy suksessrate og pris", "overskrift", AAR.siste_kolonne)
    ark.tekst(
        rad + 1,
        0,
        "Andelene ganges med alle suksessratene (aldri over 100 %) og med prisen på alle tiltak. Endre dem for å prøve selv; "
        "forutsatt er forutsetningene øverst, og ingen forventning. Andelene er eksempler, ikke anslag.",
        "dempet",
    )
    rad += 2
    _hode(ark, rad, "Andel av forutsetningen", "")
    for navn, tekst, andeler in (
        ("suksess", "Suksessrater", valg.suksess),
        ("pris", "Pris på tiltakene", valg.pris),
    ):
        rad += 1
        ark.tekst(rad, 0, tekst, "etikett")
        ark.tekst(rad, 1, "andel", "enhet")
        for nivaa, (kol, til), andel in zip(NIVAAER, _KOLONNER, (andeler[0], 1.0, andeler[1]), strict=True):
            noekkel = f"hva_om_{navn}_{nivaa[0]}"
            stil = "inn_andel" if nivaa[0] in _ENDRES else "andel"
            # No formula asks for the expected success rates: they stand in the blocks above.
            brukt = nivaa[0] in _ENDRES or navn == "pris"
            ark.verdi(noekkel, rad, kol, andel, stil, navn=noekkel if brukt else None, til_kol=til)
            if nivaa[0] in _ENDRES:
                ark.valideringer.append((rad, kol, rad, kol, _regel(tekst)))
    for navn, tittel in NETTONAVN.items():
        x = navn.removeprefix("netto_")
        rad += 1
        _hode(ark, rad, tittel, "Pris: ")
        for i, (suksess, merke) in enumerate(NIVAAER):
            rad += 1
            ark.tekst(rad, 0, f"Suksessrate: {merke.lower()}", "etikett")
            ark.tekst(rad, 1, "kr", "enhet")
            for k, ((pris, _), (kol, til)) in enumerate(zip(NIVAAER, _KOLONNER, strict=True)):
                verdi = float((svar.netto_budsjett if x == "budsjett" else svar.netto_samfunn)[i, k])
                stil = "kr_fet" if suksess == pris == "forventet" else "kr"
                noekkel = f"hva_om_{x}_suksess_{suksess}_pris_{pris}"
                ark.formel(rad, kol, _netto(x, suksess, pris), verdi, stil, noekkel, til_kol=til)
    return rad + 1


def _regel(tekst: str) -> dict[str, object]:
    return {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": _MEST} | meldinger(
        f"Hva om: {tekst.lower()}",
        "Andel av forutsetningen: 80 % er en femdel lavere, 100 % er uendret. Dette er ingen forutsetning i modellen.",
        "Skriv en prosent fra 0 % til 500 %.",
    )


def _hode(ark: Ark, rad: int, tekst: str, foran: str) -> None:
    ark.tekst(rad, 0, tekst, "hode_v")
    ark.tekst(rad, 1, "", "hode_v")
    for (_, merke), (kol, til) in zip(NIVAAER, _KOLONNER, strict=True):
        ark.tekst(rad, kol, f"{foran}{merke.lower() if foran else merke}", "hode", til)


def _netto(x: str, suksess: str, pris: str) -> str:
    produksjon, z = f"{{ho.{suksess}.produksjon.sum}}", "{offentlig_andel_produksjonsgevinst}"
    uten_inntekt = f"{{ho.{suksess}.besparelse.sum}}-{{hva_om_pris_{pris}}}*{{ho.{suksess}.tiltak.sum}}-{{ho.fast.sum}}"
    budsjett = f"{uten_inntekt}+{z}*{produksjon}"
    if x == "budsjett":
        return f"={budsjett}"
    return f"=(1+{{skattefinansieringssats}})*({budsjett})+{{ho.{suksess}.helse.sum}}+(1-{z})*{produksjon}"


def hva_om_beregning(r: Radskriver, g: Grupperesultat, valg: HvaOm) -> None:
    """Plan the rows behind the nine nets: those of the expected success rates come from the blocks above."""
    svar = hva_om(g, valg)
    penger = g.penger
    r.overskrift("Hva om? Beregninger ved lave og høye suksessrater (neddiskontert)")
    r.blokk("Forutsatt", g.aar, "Sum")
    fast = svar.fast
    r.linje("ho.fast", "Fast årskostnad", "kr", "={l.fast}*{diskonteringsfaktor}", fast)
    r.sum_av_forrige("ho.fast.sum", None, "=SUM({ho.fast:})", float(fast.sum()))
    for navn, tekst, mal, verdier in (
        ("tiltak", "Tiltak", "={kostnad}-{ho.fast}", penger.kostnad - fast),
        ("besparelse", SERIENAVN["besparelse"], "={besparelse}", penger.besparelse),
        ("helse", SERIENAVN["helsegevinst"], "={helsegevinst}", penger.helsegevinst),
        ("produksjon", SERIENAVN["produksjonsgevinst"], "={produksjonsgevinst}", penger.produksjonsgevinst),
    ):
        _pengerad(r, "forventet", navn, tekst, mal, verdier)
    for i, (nivaa, merke) in enumerate(NIVAAER):
        if nivaa in _ENDRES:
            _nivaa(r, g, svar, i, nivaa, merke.lower())


def _nivaa(r: Radskriver, g: Grupperesultat, svar: HvaOmSvar, i: int, nivaa: str, merke: str) -> None:
    """Cohort and money at one level of the success rates (docs/modell.md sections 2, 3 and 6)."""
    ho, folk, steg = f"ho.{nivaa}", svar.kohort, UTGANGSSITUASJONER
    r.blokk(f"Suksessrate: {merke}", g.aar, "Sum")
    for j, situasjon in enumerate(steg):
        r.ark.tekst(r.rad, 0, f"Suksessrate, fra {SITUASJONSNAVN[situasjon].lower()}", "etikett")
        r.ark.tekst(r.rad, 1, "andel", "enhet")
        mal = f"=MAX(0,MIN(1,{{hva_om_suksess_{nivaa}}}*{{suksessrate_{situasjon}}}))"
        r.ark.formel(r.rad, SUM, mal, float(svar.suksessrate[i, j]), "andel", f"{ho}.p.{situasjon}")
        r.rad += 1
    for s, fra in enumerate(steg):
        for j, naa in enumerate(steg[s:], start=s):
            mal = (
                f"={{inne.{fra}.{fra}}}"
                if j == s
                else f"={{i_perioden}}*{{{ho}.p.{steg[j - 1]}}}*{{<{ho}.inne.{fra}.{steg[j - 1]}}}"
            )
            r.linje(
                f"{ho}.inne.{fra}.{naa}",
                f"I velferdslab: {_fra_til(fra, naa)}",
                "deltakere",
                mal,
                folk.i_programmet[i, s, j],
                "antall",
            )
    for s, fra in enumerate(steg):
        for j, naa in enumerate(LIVSSITUASJONER[s + 1 :], start=s + 1):
            blir = f"(1-{{aarlig_tilbakefall}})*{{<{ho}.ute.{fra}.{naa}}}"
            ny = (
                f"{{beholder_steget}}*(1-{{{ho}.p.{naa}}})*{{<{ho}.inne.{fra}.{naa}}}"
                if j < 3
                else f"{{{ho}.p.stabil}}*{{<{ho}.inne.{fra}.stabil}}"
            )
            mal = f"={{i_perioden}}*({blir}+{ny})"
            r.linje(
                f"{ho}.ute.{fra}.{naa}", f"Ute: {_fra_til(fra, naa)}", "deltakere", mal, folk.utenfor[i, s, j], "antall"
            )
    per_person = {s: "+".join(f"{{oppstart.{b}.{s}}}" for b in BETALERE) for s in steg}
    oppstart = [f"{{{ho}.inne.{s}.{s}}}*({per_person[s]})" for s in steg]
    drift = [f"{{{ho}.inne.{fra}.{naa}}}*{{sats_drift.{naa}}}" for s, fra in enumerate(steg) for naa in steg[s:]]
    spart = [
        f"{{{ho}.inne.{fra}.{naa}}}*{{besparelse_i.{fra}.{naa}}}" for s, fra in enumerate(steg) for naa in steg[s:]
    ]
    flyttet = [(fra, naa) for s, fra in enumerate(steg) for naa in LIVSSITUASJONER[s + 1 :]]
    spart += [f"{{{ho}.ute.{fra}.{naa}}}*{{besparelse_etter.{fra}.{naa}}}" for fra, naa in flyttet]
    helse, produksjon = (
        [
            f"({f'{{{ho}.inne.{fra}.{naa}}}+' if naa in steg else ''}{{{ho}.ute.{fra}.{naa}}})*{{{sats}.{fra}.{naa}}}"
            for fra, naa in flyttet
        ]
        for sats in ("helsesats", "produksjonssats")
    )
    p = svar.serier
    for navn, tekst, ledd, verdier in (
        ("tiltak", "Tiltak", f"({'+'.join(oppstart + drift)})", p.kostnad[i] - svar.fast),
        ("besparelse", SERIENAVN["besparelse"], f"({'+'.join(spart)})", p.besparelse[i]),
        ("helse", SERIENAVN["helsegevinst"], f"{{realvekst}}*({'+'.join(helse)})", p.helsegevinst[i]),
        (
            "produksjon",
            SERIENAVN["produksjonsgevinst"],
            f"{{realvekst}}*({'+'.join(produksjon)})",
            p.produksjonsgevinst[i],
        ),
    ):
        _pengerad(r, nivaa, navn, tekst, f"={{diskonteringsfaktor}}*{ledd}", verdier)


def _pengerad(r: Radskriver, nivaa: str, navn: str, tekst: str, mal: str, verdier: Array) -> None:
    noekkel = f"ho.{nivaa}.{navn}"
    r.linje(noekkel, tekst, "kr", mal, verdier)
    r.sum_av_forrige(f"{noekkel}.sum", None, f"=SUM({{{noekkel}:}})", float(verdier.sum()))


def _fra_til(fra: str, naa: str) -> str:
    return f"inn som {SITUASJONSNAVN[fra].lower()}, nå {SITUASJONSNAVN[naa].lower()}"
