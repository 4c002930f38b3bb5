"""The tab «Introduksjonsark»: what the model is, the answer of both groups and together, and the fixed values."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from velferdslab_model.alternativ import SUMMER
from velferdslab_model.base.ord import BRUKERGRUPPER, HVEM, IKKE_INNEN, SERIETEKST, liten
from velferdslab_model.base.tall import prosent
from velferdslab_model.effektbok.aarsakse import AAR, BREDDER, aarsskriver
from velferdslab_model.effektbok.beregninger import tilbakebetaling
from velferdslab_model.effektbok.grupper import GRUPPER, REGISTRE
from velferdslab_model.effektbok.investeringsferd import investeringsferd
from velferdslab_model.effektbok.prisindekser import indeksblokk, indekskontroll
from velferdslab_model.effektbok.samlet_visninger import samlet_visningsrader, visningstabell
from velferdslab_model.effektbok.sikkerhet import SIKKERHETSRADER, sannsynlig_i, sannsynlighetsceller, sikkerhetstabell
from velferdslab_model.effektbok.tilleggsfane import Tilleggsfane
from velferdslab_model.effektbok.timesatser import timesatsblokk
from velferdslab_model.effektbok.visninger import IKKE_BEREGNET
from velferdslab_model.model.aarsserier import NETTO
from velferdslab_model.model.diskontering import STANDARD_ALTERNATIV_RENTE, TOLERANSE_KR
from velferdslab_model.model.kostnad import TIMER_PER_AARSVERK
from velferdslab_model.model.visninger import (
    DFOE_REELL_VEKST,
    DFOE_RENTE,
    DFOE_SKATTEFINANSIERINGSSATS,
    FORSIKTIG_RENTE,
    FORSIKTIG_SKJEDD_UANSETT,
)
from velferdslab_model.parameters.felt import PRISAAR, TILTAKSFELT
from velferdslab_model.parameters.typer import BETALERE, KATEGORIER, KOSTNADSDRIVERE, MAKS_TILTAK, Forutsetninger
from velferdslab_model.results import Grupperesultat, Resultat
from velferdslab_model.setning import DEFINISJON, NOTATETS_KILDE, samlet_hviler_paa_mal, svar_mal
from velferdslab_model.version import __version__
from velferdslab_model.workbook.checks import Kontroll, grense, holder, kontrollblokk, kontrollcelle
from velferdslab_model.workbook.constants import FASTE, Konstant, plasser_konstanter, plasser_ordliste
from velferdslab_model.workbook.digest import kontrolldeler, samlet_kontrolltall, samlet_mal
from velferdslab_model.workbook.inputs import meldinger, validering
from velferdslab_model.workbook.page import sideskift_ved_blokker
from velferdslab_model.workbook.plan import Ark, Verdi
from velferdslab_model.workbook.rows import RADER_PER_SIDE
from velferdslab_model.workbook.rules import ren_tekst, tallkrav, tekstkrav

_REGNET_OM = " (regnet om fra andre år, se Introduksjonsark)"
_SKREVET_OVER = " (prisåret ble skrevet over i filen beløpene kom fra, se Introduksjonsark)"
_IKKE_REGNET_OM = " (prisåret er endret; beløpene er ikke regnet om fra "
_IKKE_SAMLET = "Ikke beregnet: gruppene har ulikt analysetidspunkt eller ulik neddiskontering."
#: Registers whose digests make up that of the workbook, with their labels.
_DIGEST = {
    f"{prefiks}.{register}": f"Kontrolltall: {prefiks}, {register}"
    for prefiks, *_ in GRUPPER.values()
    for register in REGISTRE
} | {"prisindekser": "Kontrolltall: prisindekser", "timesatser": "Kontrolltall: felles timesatser"}
_AAR0 = AAR.foerste_kolonne
#: The rows of how sure the answer is, and of the file and the key figures.
_SIKKERHET = 7
_TALL = _SIKKERHET + SIKKERHETSRADER
_OM = (
    "Modellen viser hva det koster å drive et velferdslab, hva de ordinære tjenestene ellers ville kostet, og hva bedre helse og mer "
    "arbeid er verdt. Deltakere kan flytte seg ett steg i året, fra uholdbar, via utsatt og stabil, til bærekraftig.",
    "Den er en ny utgave av effektmodellen PwC laget for Asker kommune og Husbanken i 2019. Den regner ut følgene av forutsetningene "
    "og spår ikke hvordan det går med den enkelte. Publiserte tall har kilde; resten er merket antakelse.",
    "Budsjettnettoen gjelder offentlige budsjetter samlet. Netto for kommunen og staten hviler på to antakelser: kommunens andel av "
    "besparelsen, og erstatningsgraden, hvor mye av de ordinære tjenestene tiltakene erstatter (begge på fanen Gevinster).",
    "Om nullalternativet inneholder overføringer, som sosialhjelp og bostøtte, er ikke kjent. En overføring som faller bort, er spart for "
    "budsjettene, men ingen gevinst for samfunnet: er de med, er netto for samfunnet for høy. Det samme gjelder et tiltak som er en overføring, som Bostøtte, med motsatt fortegn.",
    "Svaret er usikkert. Nullalternativet er regnet av fire oppdiktede historier per gruppe, uten kontrollgruppe, og priser og volum er antakelser valgt slik at de publiserte "
    "resultatene for unge voksne kommer frem. For familier er bare nullalternativet publisert. Prøv lavere suksessrater og høyere priser.",
    f"{DEFINISJON} DFØ er statens regnemåte i samfunnsøkonomiske analyser: {prosent(DFOE_RENTE)} rente, {prosent(DFOE_SKATTEFINANSIERINGSSATS)} "
    f"skattefinansiering og {prosent(DFOE_REELL_VEKST)} reell vekst (antatt).",
)
_FANER = (
    (
        BRUKERGRUPPER["unge_voksne"],
        "Resultat, figurer og beregninger for unge voksne. Antall, suksessrater og perioder kan endres.",
    ),
    ("Unge voksne | Kostnader", "Tiltak med priser og volum, og nullalternativet, for unge voksne."),
    ("Unge voksne | Gevinster", "Livskvalitet, arbeid og utvidede forutsetninger for unge voksne."),
    (
        BRUKERGRUPPER["familier"],
        "Som for unge voksne; enheten er en familie. Bare nullalternativet er publisert, resten er antakelser.",
    ),
    ("Familie | Kostnader", "Tiltak med priser og volum, og nullalternativet, for familier."),
    ("Familie | Gevinster", "Livskvalitet, arbeid og utvidede forutsetninger for familier."),
)


def prisaartekst(forutsetninger: Forutsetninger, laget: Forutsetninger) -> str:
    """Which price year the amounts are in, as every tab says it."""
    if forutsetninger.prisaar != laget.beloepsaar:
        return f"Beløp i {forutsetninger.prisaar}-kroner{_IKKE_REGNET_OM}{laget.beloepsaar})"
    return f"Beløp i {laget.beloepsaar}-kroner{_merke(laget) if _omregning(laget) else ''}"


def _merke(laget: Forutsetninger) -> str:
    """What is added to the price year on every tab when amounts were converted before the file was made."""
    return _SKREVET_OVER if laget.overskrevet and laget.overskrevet.regnet_om else _REGNET_OM


def _omregning(laget: Forutsetninger) -> str:
    """How amounts were converted before the file was made, with what was never settled of the year they were in."""
    return laget.om_prisaar if laget.beloepsaar == laget.prisaar else laget.omregning


def introark(
    ark: Ark, resultat: Resultat, dato: date, laget: Forutsetninger, ekstra: Sequence[Tilleggsfane] = ()
) -> None:
    """Plan the first tab.

    dato: stored for Sist brukt until the file is opened. laget: what the file was made with. ekstra: the added tabs.
    """
    ark.kolonnebredder += BREDDER
    ark.siste_kolonne, ark.skalering = AAR.siste_kolonne, 60
    ark.radhoeyder |= {0: 23, 1: 17, 3: 17, 5: 17}
    # What stands below the title is of one group, and would be wrong above the other.
    ark.gjentatte_rader = (0, 0)
    f = resultat.forutsetninger
    ark.formel(
        0, 0, '="Effektmodell for velferdslab: "&TRIM({navn})', f"Effektmodell for velferdslab: {f.navn}", "tittel"
    )
    _setninger(ark, resultat)
    rad = _noekkeltall(ark, resultat)
    rad = _forklaring(ark, rad + 1, laget, ekstra)
    rad = investeringsferd(ark, rad, _grupper(resultat))
    ark.sideskift.append(rad)
    rad = indeksblokk(ark, rad, f.indekser, f.indekskilder)
    rad = timesatsblokk(ark, rad, f.timesatser) + 1
    rad = _samlet(ark, rad, resultat)
    sideskift_ved_blokker(ark, RADER_PER_SIDE)
    # Tolerances, words and the digest's own numbers are the workbook's and no reader's.
    ark.siste_utskriftsrad = rad
    rad = _faste_verdier(ark, rad + 1, f, laget)
    # The digest adds up those of every register, which stand by now.
    kontrolltall = samlet_kontrolltall(ark.bok, _DIGEST, f.prisaar)
    _om_filen(ark, f, dato, kontrolltall)
    sannsynlig = sannsynlig_i(ekstra)
    sannsynlighetsceller(ark, rad, sannsynlig, kontrolltall)
    sikkerhetstabell(ark, _SIKKERHET, resultat, sannsynlig, kontrolltall)
    ark.laas_ruter = (1, 0)


def _setninger(ark: Ark, resultat: Resultat) -> None:
    """The answer and what it rests on, for each group and together: two rows each."""
    for i, (tekst, prefiks, g) in enumerate(
        zip(BRUKERGRUPPER.values(), ("UV", "FAM"), resultat.grupper.values(), strict=True)
    ):
        rad = 1 + 2 * i
        ark.tekst(rad, 0, tekst, "etikett_fet")
        ark.formel(rad, 1, f"={{{prefiks}.overskrift}}", g.svar, "setning")
        hviler = g.hviler_paa
        ark.formel(rad + 1, 1, f"={{{prefiks}.forbehold}}", hviler, "tekst")
    ark.tekst(5, 0, "Samlet", "etikett_fet")
    samlet = resultat.samlet
    mal = '=IF({kontroll}={ord_ok},{samlet_setning},"Rett feilene i gruppene før resultatet brukes.")'
    ark.formel(5, 1, mal, _IKKE_SAMLET if samlet is None else samlet.svar, "setning")
    hviler = "" if samlet is None else samlet.hviler_paa
    mal = f'=IF(AND({{kontroll}}={{ord_ok}},{{samlet_ok}}=1),{samlet_hviler_paa_mal()},"")'
    ark.formel(6, 1, mal, hviler, "tekst")
    feil = {"type": "text", "criteria": "begins with", "value": "Rett "}
    ark.betingede.append((1, 1, 5, 1, feil, "cf_feil"))


def _om_filen(ark: Ark, f: Forutsetninger, dato: date, kontrolltall: int) -> None:
    ark.tekst(_TALL, 0, "Om filen", "hode_v")
    ark.tekst(_TALL, 1, "", "hode_v", 2)
    ark.tekst(_TALL + 1, 0, "Scenario", "etikett")
    ark.verdi("navn", _TALL + 1, 1, f.navn, "inn_tekst", navn="navn", til_kol=2)
    regel = {"validate": "length", "criteria": "between", "minimum": 1, "maximum": 200}
    regel |= meldinger("Scenario", "Navnet vises i tittelen på alle faner.", "Skriv et navn på 1 til 200 tegn.")
    ark.valideringer.append((_TALL + 1, 1, _TALL + 1, 1, regel))
    ark.tekst(_TALL + 2, 0, "Prisår for alle beløp", "etikett")
    ark.verdi("prisaar", _TALL + 2, 1, f.prisaar, "inn_aar", navn="prisaar", til_kol=2)
    ark.valideringer.append((_TALL + 2, 1, _TALL + 2, 1, validering(PRISAAR)))
    ark.tekst(_TALL + 3, 0, "Kontroll av modellen", "etikett")
    kontrollcelle(ark, _TALL + 3, 1, 2, ("UV.kontroll_feil", "FAM.kontroll_feil", "samlet_feil"))
    ark.tekst(_TALL + 4, 0, "Kontrolltall for inndata", "etikett")
    ark.formel(
        _TALL + 4, 1, samlet_mal("prisaar"), kontrolltall, "seks_siffer", "kontrolltall", "kontrolltall", til_kol=2
    )
    ark.tekst(_TALL + 5, 0, "Versjon", "etikett")
    ark.tekst(_TALL + 5, 1, __version__, "sammen", 2)
    ark.tekst(_TALL + 6, 0, "Sist brukt", "etikett")
    ark.formel(_TALL + 6, 1, "=TODAY()", (dato - date(1899, 12, 30)).days, "dato", "sist_brukt", til_kol=2)
    ark.tekst(_TALL + 7, 0, "Ulike kontrolltall betyr ulike tall i de gule feltene.", "dempet")
    ark.tekst(_TALL + 9, 0, "Farger", "hode_v")
    ark.tekst(_TALL + 9, 1, "", "hode_v", 2)
    for rad, (tekst, vist, stil) in enumerate(
        (
            ("Kan endres", "Blå på gult", "tegnforklaring"),
            ("Beregnet, låst", "Svart på hvitt", "status"),
            ("Status: OK eller feil", "OK", "status"),
        ),
        start=_TALL + 10,
    ):
        ark.tekst(rad, 0, tekst, "etikett")
        ark.tekst(rad, 1, vist, stil, 2)
    ark.betingede.append((_TALL + 12, 1, _TALL + 12, 2, {"type": "cell", "criteria": "==", "value": '"OK"'}, "cf_ok"))


def _grupper(resultat: Resultat) -> list[tuple[str, Grupperesultat]]:
    """Prefix of the keys, and result, of each group."""
    return list(zip(("UV", "FAM"), resultat.grupper.values(), strict=True))


def _noekkeltall(ark: Ark, resultat: Resultat) -> int:
    tekst, kolonner = _AAR0, (_AAR0 + 3, _AAR0 + 5, _AAR0 + 7)
    rad = _TALL
    ark.tekst(rad, tekst, "Nøkkeltall over analyseperioden", "hode_v", tekst + 2)
    for kol, navn in zip(kolonner, (*BRUKERGRUPPER.values(), "Samlet"), strict=True):
        ark.tekst(rad, kol, navn, "hode", kol + 1)
    rad += 1
    grupper, samlet = _grupper(resultat), resultat.samlet
    visningstabell(ark, rad - 1, samlet)

    def linje(merke: str, noekkel: str, verdier: list[Verdi], stil: str) -> None:
        """Label and both groups' figures; the two together follow in the last column."""
        ark.tekst(rad, tekst, merke, "etikett_trang_fet" if "sum_netto" in noekkel else "etikett_trang", tekst + 2)
        for kol, (prefiks, _), verdi in zip(kolonner, grupper, verdier, strict=False):
            ark.formel(rad, kol, f"={{{prefiks}.{noekkel}}}", verdi, stil, til_kol=kol + 1)

    linje("Tatt inn (personer, familier)", "tatt_inn", [g.tatt_inn for _, g in grupper], "desimal")
    tatt_inn = sum(g.tatt_inn for _, g in grupper)
    ark.formel(rad, kolonner[2], "={UV.tatt_inn}+{FAM.tatt_inn}", tatt_inn, "desimal", til_kol=kolonner[2] + 1)
    rad += 1
    for navn in SUMMER:
        stil = "kr_fet" if "netto" in navn else "kr"
        noekkel = f"sum_{navn}"
        linje(SERIETEKST[navn], noekkel, [g.sum[navn] for _, g in grupper], stil)
        verdi = IKKE_BEREGNET if samlet is None else samlet.sum[navn]
        mal = f"=IF({{samlet_ok}}=1,{{UV.{noekkel}}}+{{FAM.{noekkel}}},{{tekst_ikke_beregnet}})"
        ark.formel(
            rad, kolonner[2], mal, verdi, stil, f"samlet_{noekkel}", f"samlet_{noekkel}", til_kol=kolonner[2] + 1
        )
        rad += 1
    for x in (
        x for x in NETTO if x != "fylkeskommune"
    ):  # most often without a part in it, with nothing to be paid back
        noekkel = f"tilbakebetalingsaar_{x}"
        aar: list[Verdi] = [g.tilbakebetalingsaar[x] or IKKE_INNEN for _, g in grupper]
        linje(f"Tilbakebetalt fra, {liten(HVEM[x])}", noekkel, aar, "tilbake")
        svar_: Verdi = IKKE_BEREGNET if samlet is None else samlet.tilbakebetalingsaar[x] or IKKE_INNEN
        ark.formel(rad, kolonner[2], f"={{samlet_{noekkel}}}", svar_, "tilbake", til_kol=kolonner[2] + 1)
        rad += 1
    return rad


def _forklaring(ark: Ark, rad: int, laget: Forutsetninger, ekstra: Sequence[Tilleggsfane]) -> int:
    ark.tekst(rad, 0, "Hva modellen er, og ikke er", "overskrift", AAR.siste_kolonne)
    rad += 1
    for avsnitt in _OM:
        ark.tekst(rad, 0, avsnitt, "tekst_bryt", AAR.siste_kolonne)
        ark.radhoeyder[rad] = 28
        rad += 1
    mal = '="Da filen ble laget, var alle beløp i "&{prisaar_da_laget}&"-kroner"&{omregning}&"."'
    tekst = f"Da filen ble laget, var alle beløp i {laget.beloepsaar}-kroner{_omregning(laget)}."
    ark.formel(rad, 0, mal, tekst, "tekst_bryt", til_kol=AAR.siste_kolonne)
    ark.radhoeyder[rad] = 28
    rad += 2
    ark.sideskift.append(rad)
    ark.tekst(rad, 0, "Faner", "overskrift", AAR.siste_kolonne)
    rad += 1
    # Added tabs are listed beside the seven, so that no cell moves.
    plass = len(_FANER) + 1
    for i, fane in enumerate(ekstra[:plass]):
        ark.lenke(rad + i, _AAR0 + 9, fane.navn, "A1", fane.navn)
        flere = ", ".join(f"«{en.navn}»" for en in ekstra[plass:]) if i == plass - 1 else ""
        ark.tekst(rad + i, _AAR0 + 11, f"{fane.forklaring}. Også {flere}" if flere else fane.forklaring, "tekst")
    for navn, forklaring in _FANER:
        ark.lenke(rad, 0, navn, "A1", navn)
        ark.tekst(rad, 1, forklaring, "tekst")
        rad += 1
    rad += 1
    ark.tekst(rad, 0, "Slik bruker du arbeidsboken", "overskrift", AAR.siste_kolonne)
    rad += 1
    for tekst in (
        "Endre et gult felt, så følger alle tall og figurer med. Klikk i feltet for å se hva det betyr og hvor tallet kommer fra.",
        "Arkene er beskyttet uten passord. Vil du endre noe annet: Se gjennom → Opphev arkbeskyttelse (Review → Unprotect Sheet).",
        "Viser kontrollen noe annet enn OK, er det en ulovlig eller manglende verdi. Bruk ikke resultatet før det er rettet.",
    ):
        ark.tekst(rad, 0, tekst, "tekst")
        rad += 1
    return rad + 1


def _faste_verdier(ark: Ark, rad: int, f: Forutsetninger, laget: Forutsetninger) -> int:
    ark.tekst(rad, 0, "Faste verdier og ord (låst)", "overskrift", AAR.siste_kolonne)
    rad += 1
    rad = plasser_konstanter(
        ark,
        rad,
        (
            Konstant("timer_per_aarsverk", "Timer i et årsverk", "timer", TIMER_PER_AARSVERK, "desimal"),
            Konstant("toleranse_kr", "Så nær null regnes som betalt tilbake", "kr", TOLERANSE_KR, "desimal"),
            Konstant(
                "standard_alternativ_rente", "Rente ved siden av 0 %", "per år", STANDARD_ALTERNATIV_RENTE, "andel"
            ),
            Konstant("dfoe_rente", "DFØ-visning: rente", "per år", DFOE_RENTE, "andel"),
            Konstant(
                "dfoe_skattefinansieringssats",
                "DFØ-visning: skattefinansiering",
                "andel",
                DFOE_SKATTEFINANSIERINGSSATS,
                "andel",
            ),
            Konstant(
                "dfoe_reell_vekst", "DFØ-visning: reell vekst i QALY og lønn", "per år", DFOE_REELL_VEKST, "andel"
            ),
            Konstant("forsiktig_rente_minst", "Forsiktig: minste rente", "per år", FORSIKTIG_RENTE, "andel"),
            Konstant(
                "forsiktig_skjedd_uansett",
                "Forsiktig: minste andel skjedd uansett",
                "andel",
                FORSIKTIG_SKJEDD_UANSETT,
                "andel",
            ),
            FASTE["prosent"],
            FASTE["kontroll_toleranse"],
            FASTE["kontroll_skala"],
            FASTE["kontroll_skala_andel"],
            FASTE["kontroll_modulus"],
            FASTE["maks_beloep"],
            Konstant("prisaar_da_laget", "Prisåret da filen ble laget", "årstall", laget.beloepsaar, "aar"),
            FASTE["minste_inntak"],
            Konstant("tiltak_antall_tall", "Tall en tiltaksrad må ha", "antall", 5.0, "desimal"),
            Konstant("maks_tiltak", "Rader i tabellen over tiltak", "antall", float(MAKS_TILTAK), "desimal"),
            Konstant("maks_ganger", "Flest ganger per år", "antall", TILTAKSFELT["ganger_per_aar"].mest, "desimal"),
            Konstant("prisaar_minst", "Tidligste prisår", "årstall", PRISAAR.minst, "aar"),
            Konstant("prisaar_mest", "Seneste prisår", "årstall", PRISAAR.mest, "aar"),
            FASTE["minste_stoerrelse"],
            FASTE["maks_navn"],
            FASTE["maks_tekst"],
            FASTE["hardt_mellomrom"],
            FASTE["ord_ok"],
            FASTE["ord_antakelse"],
            Konstant("ord_notatet", "Slik begynner notatets kilde", "tekst", NOTATETS_KILDE, "tekst"),
            Konstant("tekst_ikke_innen", "Når det ikke betaler seg tilbake", "tekst", IKKE_INNEN, "tekst"),
            Konstant("tekst_ikke_beregnet", "Når samlet ikke kan beregnes", "tekst", IKKE_BEREGNET, "tekst"),
            Konstant("tekst_regnet_om", "Når beløp er regnet om", "tekst", _merke(laget), "tekst"),
            Konstant("omregning", "Hvordan beløp ble regnet om", "tekst", _omregning(laget) or None, "tekst"),
            Konstant("tekst_ikke_samlet", "Setningen når samlet ikke kan beregnes", "tekst", _IKKE_SAMLET, "tekst"),
        ),
    )
    for navn, tekst, ordene in (
        ("kategori", "Kategorier", KATEGORIER),
        ("betaler", "Betalere", BETALERE),
        ("driver", "Kostnadsdrivere", KOSTNADSDRIVERE),
    ):
        for i, ord_ in enumerate(ordene):
            if ord_ in ("oppstart", "drift", *BETALERE, "timer"):
                ark.registrer(f"ord_{ord_}", rad + i, 2, (ord_.capitalize(),), navn=f"ord_{ord_}")
        rad = plasser_ordliste(ark, rad, f"liste_{navn}", tekst, [ord_.capitalize() for ord_ in ordene])
    rad = indekskontroll(ark, rad, f.indekser, laget.indekser)
    kontrolldeler(ark, rad, _DIGEST, 2, (_AAR0, _AAR0 + 1))
    return rad + len(_DIGEST) + 1


def _samlet(ark: Ark, rad: int, resultat: Resultat) -> int:
    """Both groups by calendar year; 0 throughout when they cannot be added. Returns the next free row."""
    samlet, grupper = resultat.samlet, list(resultat.grupper.values())
    periode = max(g.gruppe.analyseperiode for g in grupper)
    start = grupper[0].gruppe.analysetidspunkt
    aar = list(range(start, start + periode))
    r = aarsskriver(ark, rad)
    r.overskrift("Beregning av samlet, neddiskontert")

    mal = "=IF(AND({UV.analysetidspunkt}={FAM.analysetidspunkt},{UV.neddiskontering}={FAM.neddiskontering}),1,0)"
    r.enkelt("samlet_ok", "Gruppene kan legges sammen", "1 / 0", mal, int(samlet is not None), "heltall")
    r.enkelt("analysetidspunkt", "Analysetidspunkt", "årstall", "={UV.analysetidspunkt}", start, "aar")
    mal = "=MAX({UV.analyseperiode},{FAM.analyseperiode})"
    r.enkelt("analyseperiode", "Lengste analyseperiode", "år", mal, periode, "heltall")
    r.linje("indeks", "År nummer", "år", "={<indeks}+1", [float(i + 1) for i in range(AAR.antall)], "heltall")
    mal = "=IF({indeks}<={analyseperiode},1,0)"
    r.linje("i_perioden", "I analyseperioden", "1 / 0", mal, np.ones(periode), "flagg")
    mal = "={i_perioden}*({analysetidspunkt}+{indeks}-1)"
    r.linje("aar", "Kalenderår", "årstall", mal, [float(a) for a in aar], "aar")

    def serie(navn: str) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        return np.zeros(periode) if samlet is None else getattr(samlet.penger, navn)

    r.blokk("Kostnad og netto", aar, "Sum")
    for navn in ("kostnad", *(f"netto_{x}" for x in NETTO)):
        mal = f"={{samlet_ok}}*({{UV.{navn}}}+{{FAM.{navn}}})"
        r.linje(f"samlet_{navn}", SERIETEKST[navn], "kr", mal, serie(navn))
        r.sum_av_forrige(f"samlet_rad_{navn}", None, f"=SUM({{samlet_{navn}:}})", float(serie(navn).sum()))
    r.blokk("Akkumulert netto", aar)
    for x in NETTO:
        navn = f"samlet_akkumulert_{x}"
        mal = f"={{i_perioden}}*({{<{navn}}}+{{samlet_netto_{x}}})"
        r.linje(navn, f"Akkumulert, {liten(HVEM[x])}", "kr", mal, np.cumsum(serie(f"netto_{x}")))
    r.blokk("Tilbakebetalt fra og med", aar, "Resultat")
    mal, med = "={samlet_ok}*MAX({UV.fylket_er_med},{FAM.fylket_er_med})", bool(samlet and samlet.penger.fylket_er_med)
    r.enkelt("samlet_fylket_er_med", "Fylkeskommunen betaler eller sparer noe", "1 / 0", mal, int(med), "heltall")
    for x in NETTO:
        tilbakebetaling(
            r,
            "samlet_",
            x,
            np.cumsum(serie(f"netto_{x}")),
            IKKE_BEREGNET if samlet is None else samlet.tilbakebetalingsaar[x],
            aar,
            "samlet_rad_kostnad",
            "IF({samlet_ok}=1,{tekst_ikke_innen},{tekst_ikke_beregnet})",
            ogsaa="samlet_fylket_er_med" if x == "fylkeskommune" else None,
        )
    samlet_visningsrader(r, samlet, aar)
    r.overskrift("Kontroll (1 i kolonne C betyr feil)")
    stoerst = (
        "{UV.sum_kostnad}",
        "{FAM.sum_kostnad}",
        *(
            f"{f}({{{p}.{rad}:}})"
            for rad in ("besparelse", "offentlig_inntekt")
            for p in ("UV", "FAM")
            for f in ("MAX", "-MIN")
        ),
    )
    likt = "ABS({samlet_rad_netto_budsjett}-{samlet_ok}*({UV.sum_netto_budsjett}+{FAM.sum_netto_budsjett}))"
    lovlig = f"AND(ISNUMBER({{prisaar}}),{tallkrav(PRISAAR, '{prisaar}', '{prisaar_minst}', '{prisaar_mest}')})"
    navngitt = f'AND({ren_tekst("{navn}")}<>"",{tekstkrav("{navn}", "{maks_navn}")})'
    kontroller = (
        Kontroll("k.samlet", "Samlet lik sum av gruppene", holder(f"{likt}<={grense(*stoerst)}")),
        Kontroll("k.prisaar", "Prisåret er lovlig", holder(lovlig)),
        Kontroll("k.prisindekser", "Prisindeksene er i orden (se Status)", holder("{prisindekser.feil}=0")),
        Kontroll("k.timesatser", "Felles timesatser er i orden (se Status)", holder("{timesatser.feil}=0")),
        Kontroll("k.navn", "Scenarioet har et navn", holder(navngitt)),
    )
    kontrollblokk(r, kontroller, "samlet_feil")
    r.overskrift("Tekster som settes sammen")
    svar = _IKKE_SAMLET if samlet is None else samlet.svar
    mal = svar_mal("samlet_").removeprefix("=")
    r.enkelt(
        "samlet_setning",
        "Setningen om samlet",
        "tekst",
        f"=IF({{samlet_ok}}=1,{mal},{{tekst_ikke_samlet}})",
        svar,
        "tekst",
    )
    merknad = f'"{_IKKE_REGNET_OM}"&{{prisaar_da_laget}}&")"'
    regnet_om = 'IF({omregning}="","",{tekst_regnet_om})'
    mal = f'="Beløp i "&{{prisaar}}&"-kroner"&IF({{prisaar}}={{prisaar_da_laget}},{regnet_om},{merknad})'
    r.enkelt("prisaartekst", "Prisår", "tekst", mal, ark.bok.tekster["prisaartekst"], "tekst")
    return r.rad
