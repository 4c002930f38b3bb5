"""The tab «... | Kostnader»: tiltak, what they cost per situation and betaler, and the null alternative."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

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
from velferdslab_model.workbook.inputs import (
    Kolonner,
    kontrolltall,
    meldinger,
    register,
    statusfarger,
    sumrad,
    validering,
)
from velferdslab_model.workbook.plan import Ark, Verdi

(NAVN, BESKRIVELSE, TYPE, KATEGORI, DRIVER, PRIS, BETALER, VOLUM, GANGER, KILDE, KOSTNAD, STATUS, KONTROLL) = (
    0,
    1,
    2,
    3,
    4,
    5,
    6,
    7,
    10,
    11,
    12,
    15,
    16,
)
_REGISTER = Kolonner(
    tekst=NAVN, enhet=TYPE, verdi=PRIS, minst=VOLUM, mest=VOLUM + 1, status=STATUS, kontrolltall=KONTROLL, kilde=KILDE
)
_FOERSTE_TILTAK = 5
#: Characters that fit on a line of the description and source columns.
_TEGN_BESKRIVELSE, _TEGN_KILDE = 33, 48


def kostnadsark(ark: Ark, g: Grupperesultat) -> None:
    """Plan the tab of one group."""
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
    ):
        ark.kolonnebredder.append((kol, kol, bredde))
    ark.kolonnebredder += [(VOLUM, VOLUM + 2, 9), (KOSTNAD, KOSTNAD + 2, 11)]
    # The digest column is for the program, not for paper.
    ark.siste_kolonne, ark.skalering = STATUS, 54
    ark.radhoeyder[0] = 23
    ark.tekst(0, 0, ark.navn, "tittel")
    ark.formel(
        1,
        0,
        '="Alle beløp i "&{prisaar}&"-kroner. Gule felt kan endres; tomme rader er til egne tiltak."',
        f"Alle beløp i {ark.bok.prisaar}-kroner. Gule felt kan endres; tomme rader er til egne tiltak.",
        "dempet",
    )
    ark.tekst(2, 0, f"Tiltak i velferdslab (inntil {MAKS_TILTAK})", "overskrift", STATUS)
    neste = _tiltakstabell(ark, g.gruppe.tiltak)
    ark.sideskift.append(neste)
    neste = _satser(ark, neste + 1, g)
    neste = _nullalternativ(ark, neste + 1, g)
    _besparelsessatser(ark, neste + 1, g)
    ark.laas_ruter = (_FOERSTE_TILTAK, 1)


def _tiltakstabell(ark: Ark, tiltak: tuple[Tiltak, ...]) -> int:
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
    ):
        ark.tekst(hode, kol, tekst, "hode")
    for i, s in enumerate(UTGANGSSITUASJONER):
        ark.tekst(hode, VOLUM + i, f"Volum\n{SITUASJONSNAVN[s].lower()}", "hode")
        ark.tekst(hode, KOSTNAD + i, f"Kr per år\n{SITUASJONSNAVN[s].lower()}", "hode")
    ark.radhoeyder[hode] = 30

    def kolonne(noekkel: str, kol: int, stil: str, verdi: Callable[[Tiltak], Verdi]) -> None:
        verdier = [verdi(t) for t in tiltak] + [None] * (MAKS_TILTAK - len(tiltak))
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
    for i in range(MAKS_TILTAK):
        ett = tiltak[i] if i < len(tiltak) else None
        _beregnet_rad(ark, r0 + i, ett)
        ark.radhoeyder[r0 + i] = 15 if ett is None else _hoeyde(ett)
    for i, s in enumerate(UTGANGSSITUASJONER):
        kostnader = tuple(float(tiltakskostnad(t)[i]) for t in tiltak) + (0.0,) * (MAKS_TILTAK - len(tiltak))
        ark.registrer(f"tiltak_kostnad.{s}", r0, KOSTNAD + i, kostnader, hoeyde=MAKS_TILTAK, navn=f"tiltak_kostnad_{s}")
    statusord = tuple("OK" if i < len(tiltak) else "" for i in range(MAKS_TILTAK))
    ark.registrer("tiltak_status", r0, STATUS, statusord, hoeyde=MAKS_TILTAK, navn="tiltak_status")
    tallene = tuple(_radkontroll(r0 + i, t) for i, t in enumerate(tiltak)) + (0,) * (MAKS_TILTAK - len(tiltak))
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
    for kol, til, felt in (
        (PRIS, PRIS, TILTAKSFELT["enhetskostnad"]),
        (VOLUM, VOLUM + 2, TILTAKSFELT["volum"]),
        (GANGER, GANGER, TILTAKSFELT["ganger_per_aar"]),
    ):
        ark.valideringer.append((r0, kol, r1, til, validering(felt)))


def _beregnet_rad(ark: Ark, rad: int, ett: Tiltak | None) -> None:
    """The formulas of one row: cost per situation, status and digest."""
    n = rad + 1
    fylt = f'AND(A{n}<>"",D{n}<>"",G{n}<>"",COUNT(F{n},H{n}:K{n})={{tiltak_antall_tall}})'
    tall = f"MIN(F{n},H{n}:J{n})>=0,K{n}>=1,K{n}<={{maks_ganger}},K{n}=INT(K{n})"
    lovlig = f"AND({tall},COUNTIF({{liste_kategori}},D{n})=1,COUNTIF({{liste_betaler}},G{n})=1)"
    alene = f"SUMPRODUCT(--({{tiltak_navn}}=A{n}))<=1"
    ark.formel(
        rad,
        STATUS,
        f'=IF(COUNTA(A{n}:L{n})=0,"",IF(AND({fylt},{lovlig},{alene}),{{ord_ok}},'
        f'TRIM(IF({fylt},"","Ufullstendig ")&IF(OR(NOT({fylt}),{lovlig}),"","Ulovlig verdi ")&IF({alene},"","Samme navn"))))',
        "" if ett is None else "OK",
        "status",
    )
    for i, kost in enumerate(np.zeros(3) if ett is None else tiltakskostnad(ett)):
        kol = "HIJ"[i]
        ark.formel(rad, KOSTNAD + i, f"=IF(P{n}={{ord_ok}},F{n}*{kol}{n}*K{n},0)", float(kost), "kr_strek")
    deler = "+".join(f"MOD(ROUND({k}{n}*{{kontroll_skala}},0),{{kontroll_modulus}})*COLUMN({k}{n})" for k in "FHIJK")
    merker = (
        f"IF(D{n}={{ord_drift}},COLUMN(D{n}),0)+IF(E{n}={{ord_timer}},COLUMN(E{n}),0)"
        f"+IF(G{n}={{ord_stat}},COLUMN(G{n}),0)"
    )
    ark.formel(
        rad,
        KONTROLL,
        f"=IFERROR(({deler}+{merker})*ROW(A{n}),0)",
        0 if ett is None else _radkontroll(rad, ett),
        "heltall",
    )


def _radkontroll(rad: int, t: Tiltak) -> int:
    tall = zip((PRIS, VOLUM, VOLUM + 1, VOLUM + 2, GANGER), (t.enhetskostnad, *t.volum, t.ganger_per_aar), strict=True)
    sum_ = sum(kontrolltall(verdi) * (kol + 1) for kol, verdi in tall)
    sum_ += (KATEGORI + 1) * (t.kategori == "drift") + (DRIVER + 1) * (t.kostnadsdriver == "timer")
    sum_ += (BETALER + 1) * (t.betaler == "stat")
    return sum_ * (rad + 1)


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
    return register(ark, rad + 2, _REGISTER, "nullalternativ", felter, g.gruppe, tegn_i_kilde=_TEGN_KILDE)


def _besparelsessatser(ark: Ark, rad: int, g: Grupperesultat) -> None:
    """Saving per person-year by situation of entry and present situation."""
    ark.tekst(rad, 0, "Beregnet besparelse per deltaker og år i de ordinære tjenestene", "overskrift", STATUS)
    for kol, tekst in ((0, "Fra utgangssituasjon til nåværende situasjon"), (TYPE, "Enhet")):
        ark.tekst(rad + 1, kol, tekst, "hode_v")
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
