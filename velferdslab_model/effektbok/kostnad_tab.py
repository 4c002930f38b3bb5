"""The tab «... | Kostnader»: tiltak, what they cost per situation and betaler, and the null alternative."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np

from velferdslab_model.base.felt import MAKS_NAVN, MAKS_TEKST
from velferdslab_model.effektbok.grupper import gruppeinndata
from velferdslab_model.model.array import Array
from velferdslab_model.model.kostnad import tiltakskostnad
from velferdslab_model.parameters.felt import FELT, TILTAKSFELT
from velferdslab_model.parameters.typer import (
    BETALERE,
    KATEGORIER,
    LIVSSITUASJONER,
    MAKS_TILTAK,
    SITUASJONSNAVN,
    UTGANGSSITUASJONER,
    Tiltak,
)
from velferdslab_model.results import Grupperesultat
from velferdslab_model.workbook.digest import kontrolledd, kontrolltall
from velferdslab_model.workbook.inputs import (
    Kolonner,
    meldinger,
    register,
    statusfarger,
    sumrad,
    tekstregel,
    validering,
)
from velferdslab_model.workbook.plan import Ark, Verdi

# Columns. The last four are for the program and are not printed.
NAVN, BESKRIVELSE, TYPE, KATEGORI, DRIVER, PRIS, BETALER = range(7)
VOLUM, GANGER, KILDE, KOSTNAD, STATUS = 7, 10, 11, 12, 15  # volume and cost take three columns each
KONTROLL, FYLT, LOVLIG, ALENE = range(16, 20)
_REGISTER = Kolonner(
    tekst=NAVN, enhet=TYPE, verdi=PRIS, minst=VOLUM, mest=VOLUM + 1, status=STATUS, kontrolltall=KONTROLL, kilde=KILDE
)
_FOERSTE_TILTAK = 5
#: Characters that fit on a line of the description and source columns.
_TEGN_BESKRIVELSE, _TEGN_KILDE = 33, 48


def kostnadsark(ark: Ark, g: Grupperesultat, plasser: Sequence[int]) -> None:
    """Plan the tab of one group. plasser: the row of each tiltak in the table, from 0."""
    for kol, bredde in (
        (NAVN, 32),
        (BESKRIVELSE, 32),
        (TYPE, 18),
        (KATEGORI, 10),
        (DRIVER, 11),
        (PRIS, 12),
        (BETALER, 10),
        (GANGER, 8),
        (KILDE, 42),
        (STATUS, 13),
        (KONTROLL, 11),
        (FYLT, 9),
        (LOVLIG, 9),
        (ALENE, 9),
    ):
        ark.kolonnebredder.append((kol, kol, bredde))
    ark.kolonnebredder += [(VOLUM, VOLUM + 2, 9), (KOSTNAD, KOSTNAD + 2, 11)]
    # The digest column is for the program, not for paper.
    ark.siste_kolonne, ark.skalering = STATUS, 54
    ark.radhoeyder[0] = 23
    ark.tekst(0, 0, ark.navn, "tittel")
    hjelp = ". Gule felt kan endres; tomme rader er til egne tiltak. Klikk i et felt for å se hva det betyr."
    ark.formel(1, 0, f'={{prisaartekst}}&"{hjelp}"', f"{ark.bok.tekster['prisaartekst']}{hjelp}", "dempet")
    ark.tekst(2, 0, f"Tiltak i velferdslab (inntil {MAKS_TILTAK})", "overskrift", STATUS)
    ark.tekst(
        3,
        0,
        "Standardprisene og volumene er antakelser, valgt slik at de publiserte resultatene (figur 8–15) kommer frem. "
        "De er ikke observert. Kilden gjelder både pris og volum når den ikke sier noe annet.",
        "dempet",
    )
    rader: list[Tiltak | None] = [None] * MAKS_TILTAK
    for plass, ett in zip(plasser, g.gruppe.tiltak, strict=True):
        rader[plass] = ett
    neste = _tiltakstabell(ark, rader)
    ark.sideskift.append(neste)
    neste = _satser(ark, neste + 1, g)
    neste = _nullalternativ(ark, neste + 1, g)
    _besparelsessatser(ark, neste + 1, g)
    ark.laas_ruter = (_FOERSTE_TILTAK, 1)


def _tiltakstabell(ark: Ark, rader: Sequence[Tiltak | None]) -> int:
    hode, r0 = _FOERSTE_TILTAK - 1, _FOERSTE_TILTAK
    r1 = r0 + MAKS_TILTAK - 1
    for kol, tekst in (
        (NAVN, "Tiltak"),
        (BESKRIVELSE, "Beskrivelse"),
        (TYPE, "Type kostnad"),
        (KATEGORI, "Kategori"),
        (DRIVER, "Kostnads-\ndriver"),
        (PRIS, "Enhets-\nkostnad (kr)"),
        (BETALER, "Betaler"),
        (GANGER, "Ganger per år"),
        (KILDE, "Kilde eller antakelse"),
        (STATUS, "Status"),
        (KONTROLL, "Kontrolltall"),
        (FYLT, "Utfylt"),
        (LOVLIG, "Lovlige\nverdier"),
        (ALENE, "Eget\nnavn"),
    ):
        ark.tekst(hode, kol, tekst, "hode")
    for i, s in enumerate(UTGANGSSITUASJONER):
        ark.tekst(hode, VOLUM + i, f"Volum\n{SITUASJONSNAVN[s].lower()}", "hode")
        ark.tekst(hode, KOSTNAD + i, f"Kr per år\n{SITUASJONSNAVN[s].lower()}", "hode")
    ark.radhoeyder[hode] = 30

    def kolonne(noekkel: str, kol: int, stil: str, verdi: Callable[[Tiltak], Verdi]) -> None:
        verdier = [None if t is None else verdi(t) for t in rader]
        ark.kolonne(noekkel, r0, kol, verdier, stil, navn=noekkel)

    kolonne("tiltak_navn", NAVN, "inn_tekst", lambda t: t.navn)
    kolonne("tiltak_beskrivelse", BESKRIVELSE, "inn_tekst", lambda t: t.beskrivelse or None)
    kolonne("tiltak_type", TYPE, "inn_tekst", lambda t: t.type_kostnad or None)
    kolonne("tiltak_kategori", KATEGORI, "inn_ord", lambda t: t.kategori.capitalize())
    kolonne("tiltak_driver", DRIVER, "inn_ord", lambda t: t.kostnadsdriver.capitalize() or None)
    kolonne("tiltak_enhetskostnad", PRIS, "inn_kroner_oere", lambda t: t.enhetskostnad)
    kolonne("tiltak_betaler", BETALER, "inn_ord", lambda t: t.betaler.capitalize())
    for i, s in enumerate(UTGANGSSITUASJONER):
        kolonne(f"tiltak_volum_{s}", VOLUM + i, "inn_desimal", lambda t, i=i: t.volum[i])  # type: ignore[misc]  # i is bound now, not later
    kolonne("tiltak_ganger", GANGER, "inn_heltall", lambda t: t.ganger_per_aar)
    kolonne("tiltak_kilde", KILDE, "inn_kilde", lambda t: t.kilde)
    _tiltaksregler(ark, r0, r1)
    for i, ett in enumerate(rader):
        _beregnet_rad(ark, r0 + i, ett)
        ark.radhoeyder[r0 + i] = 15 if ett is None else _hoeyde(ett)
    for i, s in enumerate(UTGANGSSITUASJONER):
        kostnader = tuple(0.0 if t is None else float(tiltakskostnad(t)[i]) for t in rader)
        ark.registrer(f"tiltak_kostnad.{s}", r0, KOSTNAD + i, kostnader, hoeyde=MAKS_TILTAK, navn=f"tiltak_kostnad_{s}")
    statusord = tuple("" if t is None else "OK" for t in rader)
    ark.registrer("tiltak_status", r0, STATUS, statusord, hoeyde=MAKS_TILTAK, navn="tiltak_status")
    tallene = tuple(0 if t is None else _radkontroll(r0 + i, t) for i, t in enumerate(rader))
    ark.registrer("tiltak_kontrollkolonne", r0, KONTROLL, tallene, hoeyde=MAKS_TILTAK, navn="tiltak_kontrollkolonne")
    statusfarger(ark, r0, STATUS, r1)
    feil = '=SUMPRODUCT(({tiltak_status:}<>"")*({tiltak_status:}<>{ord_ok}))'
    sumrad(ark, r1 + 1, _REGISTER, "tiltak", feil, "=SUM({tiltak_kontrollkolonne:})", sum(tallene))
    return r1 + 2


def _hoeyde(tiltak: Tiltak) -> float:
    linjer = max(
        math.ceil(len(tiltak.beskrivelse) / _TEGN_BESKRIVELSE),
        math.ceil(len(tiltak.kilde) / _TEGN_KILDE),
        math.ceil(len(tiltak.navn) / _TEGN_BESKRIVELSE),
        math.ceil(len(tiltak.type_kostnad) / 18),
        1,
    )
    return min(15 + 13.5 * (linjer - 1), 120)


def _tiltaksregler(ark: Ark, r0: int, r1: int) -> None:
    lister = {
        KATEGORI: ("Kategori", "=liste_kategori", "Oppstart: bare det første året. Drift: hvert år i velferdslab."),
        DRIVER: (
            "Kostnadsdriver",
            "=liste_driver",
            "Hva prisen gjelder. Timer inngår i årsverk; ellers bare en merkelapp.",
        ),
        BETALER: ("Betaler", "=liste_betaler", "Hvilket budsjett kostnaden belaster."),
    }
    for kol, (tittel, liste, hjelp) in lister.items():
        regel = {"validate": "list", "source": liste, **meldinger(tittel, hjelp, f"{tittel} må velges fra listen.")}
        ark.valideringer.append((r0, kol, r1, kol, regel))
    for kol, tittel, minst, maks, hjelp in (
        (NAVN, "Tiltak", 1, MAKS_NAVN, "Et navn som ingen annen rad har."),
        (BESKRIVELSE, "Beskrivelse", 0, MAKS_TEKST, "Hva tiltaket er."),
        (TYPE, "Type kostnad", 0, MAKS_TEKST, "Hvor i kommunen eller staten kostnaden oppstår."),
        (KILDE, "Kilde", 0, MAKS_TEKST, "Hvor pris og volum kommer fra, eller «antakelse: ...»."),
    ):
        ark.valideringer.append((r0, kol, r1, kol, tekstregel(tittel, maks, hjelp, minst)))
    for kol, til, felt in (
        (PRIS, PRIS, TILTAKSFELT["enhetskostnad"]),
        (VOLUM, VOLUM + 2, TILTAKSFELT["volum"]),
        (GANGER, GANGER, TILTAKSFELT["ganger_per_aar"]),
    ):
        ark.valideringer.append((r0, kol, r1, til, validering(felt)))


def _beregnet_rad(ark: Ark, rad: int, ett: Tiltak | None) -> None:
    """The formulas of one row: cost per situation, status and digest."""
    n = rad + 1
    fylt = f'AND(TRIM(A{n})<>"",D{n}<>"",G{n}<>"",COUNT(F{n},H{n}:K{n})={{tiltak_antall_tall}})'
    ark.formel(rad, FYLT, f"=IF({fylt},1,0)", int(ett is not None), "flagg")
    tall = f"MIN(F{n},H{n}:J{n})>=0,MAX(F{n},H{n}:J{n})<={{maks_beloep}},K{n}>=1,K{n}<={{maks_ganger}},K{n}=INT(K{n})"
    # SUMPRODUCT, not COUNTIF: a pasted «k*» is no word of the list.
    ordene = ",".join(
        f"SUMPRODUCT(--({{liste_{liste}}}={kol}{n}))=1" for liste, kol in (("kategori", "D"), ("betaler", "G"))
    )
    driver = f'OR(E{n}="",SUMPRODUCT(--({{liste_driver}}=E{n}))=1)'
    ark.formel(rad, LOVLIG, f"=IF(OR(R{n}=0,AND({tall},{ordene},{driver})),1,0)", 1, "flagg")
    # Names are compared trimmed: no other row may hold the name as it stands, or without its spaces.
    trimmet = f"SUMPRODUCT(--({{tiltak_navn}}=TRIM(A{n})))<=IF(EXACT(A{n},TRIM(A{n})),1,0)"
    ark.formel(rad, ALENE, f'=IF(OR(A{n}="",AND(SUMPRODUCT(--({{tiltak_navn}}=A{n}))<=1,{trimmet})),1,0)', 1, "flagg")
    hva = f'TRIM(IF(R{n}=1,"","Ufullstendig ")&IF(S{n}=1,"","Ulovlig verdi ")&IF(T{n}=1,"","Samme navn"))'
    mal = f'=IF(COUNTA(A{n}:L{n})=0,"",IF(R{n}*S{n}*T{n}=1,{{ord_ok}},{hva}))'
    ark.formel(rad, STATUS, mal, "" if ett is None else "OK", "status")
    for i, kost in enumerate(np.zeros(3) if ett is None else tiltakskostnad(ett)):
        kol = "HIJ"[i]
        ark.formel(rad, KOSTNAD + i, f"=IF(P{n}={{ord_ok}},F{n}*{kol}{n}*K{n},0)", float(kost), "kr_strek")
    deler = "+".join(kontrolledd(f"{k}{n}", "kontroll_skala", f"{k}{n}") for k in "FHIJK")
    merker = "+".join(
        f"IF({k}{n}={{ord_{ord_}}},ROW({k}{n})*COLUMN({k}{n}),0)"
        for k, ord_ in (("D", "drift"), ("E", "timer"), ("G", "stat"))
    )
    mal = f"=IF(COUNTA(A{n}:L{n})=0,0,IFERROR({deler}+{merker},0))"
    ark.formel(rad, KONTROLL, mal, 0 if ett is None else _radkontroll(rad, ett), "heltall")


def _radkontroll(rad: int, t: Tiltak) -> int:
    """The engine's side of the digest of one row."""
    tall = zip((PRIS, VOLUM, VOLUM + 1, VOLUM + 2, GANGER), (t.enhetskostnad, *t.volum, t.ganger_per_aar), strict=True)
    merker = ((KATEGORI, t.kategori == "drift"), (DRIVER, t.kostnadsdriver == "timer"), (BETALER, t.betaler == "stat"))
    return sum(kontrolltall(verdi, rad, kol) for kol, verdi in tall) + sum(
        (rad + 1) * (kol + 1) for kol, gjelder in merker if gjelder
    )


def _satser(ark: Ark, rad: int, g: Grupperesultat) -> int:
    """Cost per person-year by category and betaler, first year, and hours."""
    x = g.inndata
    ark.tekst(rad, 0, "Beregnet kostnad per deltaker og år", "overskrift", STATUS)
    for i, s in enumerate(UTGANGSSITUASJONER):
        ark.tekst(rad + 1, KOSTNAD + i, SITUASJONSNAVN[s], "hode")
    ark.tekst(rad + 1, 0, "Kostnad", "hode_v")
    ark.tekst(rad + 1, TYPE, "Enhet", "hode_v")
    rad += 2

    def linje(noekkel: str, tekst: str, enhet: str, mal: str, verdier: Array, stil: str = "kr_strek") -> None:
        nonlocal rad
        ark.tekst(rad, 0, tekst, "etikett")
        ark.tekst(rad, TYPE, enhet, "enhet")
        for i, s in enumerate(UTGANGSSITUASJONER):
            navn = f"{noekkel}.{s}"
            ark.formel(rad, KOSTNAD + i, mal.replace("§", s), float(verdier[i]), stil, navn, navn.replace(".", "_"))
        rad += 1

    for kategori, satser in zip(KATEGORIER, (x.oppstart, x.drift), strict=True):
        for b, betaler in enumerate(BETALERE):
            linje(
                f"{kategori}.{betaler}",
                f"{kategori.capitalize()}, {betaler}",
                "kr per år",
                f"=SUMIFS({{tiltak_kostnad.§:}},{{tiltak_kategori:}},{{ord_{kategori}}},{{tiltak_betaler:}},{{ord_{betaler}}})",
                satser[:, b],
            )
    linje("sats_drift", "Drift i alt", "kr per år", "={drift.kommune.§}+{drift.stat.§}", x.drift.sum(-1))
    linje(
        "sats_foerste_aar",
        "Første år: oppstart og drift i alt",
        "kr per år",
        "={oppstart.kommune.§}+{oppstart.stat.§}+{sats_drift.§}",
        (x.oppstart + x.drift).sum(-1),
    )
    for kategori, timer in zip(KATEGORIER, (x.timer_oppstart, x.timer_drift), strict=True):
        linje(
            f"timer.{kategori}",
            f"Timer i tiltak med driver timer, {kategori}",
            "timer per år",
            f"=SUMPRODUCT(({{tiltak_status:}}={{ord_ok}})*({{tiltak_kategori:}}={{ord_{kategori}}})"
            "*({tiltak_driver:}={ord_timer}),{tiltak_volum_§:},{tiltak_ganger:})",
            timer,
            "desimal",
        )
    return rad


def _nullalternativ(ark: Ark, rad: int, g: Grupperesultat) -> int:
    ark.tekst(rad, 0, "Nullalternativet: hva de ordinære tjenestene koster uten velferdslab", "overskrift", STATUS)
    ark.tekst(
        rad + 1,
        0,
        "Svært usikkert, ifølge notatet selv: kostnadene bygger på fire historier per gruppe. Det er ikke kjent om kontantytelser er med "
        "(sosialhjelp alene kan være om lag 180 000 kr i året); en overføring er ingen kostnad for samfunnet. "
        "Sammenligningen er å bli værende i utgangssituasjonen (antakelse).",
        "dempet",
    )
    felter = [felt for felt in FELT.values() if felt.fane == "kostnader"]
    return register(
        ark, rad + 2, _REGISTER, "nullalternativ", gruppeinndata(g.gruppe, felter), tegn_i_kilde=_TEGN_KILDE
    )


def _besparelsessatser(ark: Ark, rad: int, g: Grupperesultat) -> None:
    """Saving per person-year by situation of entry and present situation."""
    ark.tekst(rad, 0, "Beregnet besparelse per deltaker og år i de ordinære tjenestene", "overskrift", STATUS)
    for kol, tekst in ((0, "Fra utgangssituasjon til nåværende situasjon"), (TYPE, "Enhet")):
        ark.tekst(rad + 1, kol, tekst, "hode_v")
    ark.radhoeyder[rad + 1] = 30
    ark.tekst(rad + 1, KOSTNAD, "I velferdslab", "hode")
    ark.tekst(rad + 1, KOSTNAD + 1, "Etter velferdslab", "hode")
    rad += 2
    for s, fra in enumerate(UTGANGSSITUASJONER):
        for j, naa in enumerate(LIVSSITUASJONER[s:], start=s):
            ark.tekst(rad, 0, f"{SITUASJONSNAVN[fra]} → {SITUASJONSNAVN[naa].lower()}", "etikett")
            ark.tekst(rad, TYPE, "kr per år", "enhet")
            bedring = f"({{nullalternativ_{fra}}}-{{nullalternativ_{naa}}})"
            if j < 3:
                noekkel = f"besparelse_i.{fra}.{naa}"
                ark.formel(
                    rad,
                    KOSTNAD,
                    f"={{nullalternativ_{fra}}}-{{skjedd_uansett}}*{bedring}-(1-{{erstatningsgrad}})*{{nullalternativ_{naa}}}",
                    float(g.serier.sats_i_programmet[s, j]),
                    "kr_strek",
                    noekkel,
                    noekkel.replace(".", "_"),
                )
            if j > s:
                noekkel = f"besparelse_etter.{fra}.{naa}"
                ark.formel(
                    rad,
                    KOSTNAD + 1,
                    f"=(1-{{skjedd_uansett}})*{bedring}",
                    float(g.serier.sats_etter[s, j]),
                    "kr_strek",
                    noekkel,
                    noekkel.replace(".", "_"),
                )
            rad += 1
