"""The tab «... | Kostnader»: tiltak, what they cost per situation and betaler, and the null alternative."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace

from velferdslab_model.base.felt import MAKS_NAVN, MAKS_TEKST
from velferdslab_model.base.ord import SERIENAVN, SITUASJONSNAVN
from velferdslab_model.effektbok.grupper import GRUPPER, gruppeinndata
from velferdslab_model.effektbok.prisvalg import FULGT, Prisvalg
from velferdslab_model.model.array import Array
from velferdslab_model.model.kostnad import tiltakskostnad
from velferdslab_model.parameters.felt import FELT, TILTAKSFELT
from velferdslab_model.parameters.typer import (
    BETALERE,
    KATEGORIER,
    LIVSSITUASJONER,
    MAKS_TILTAK,
    UTGANGSSITUASJONER,
    Tiltak,
)
from velferdslab_model.results import Grupperesultat
from velferdslab_model.workbook.constants import OK
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
from velferdslab_model.workbook.rules import har_innhold, ikke_naer_null, ingen_sannhet, ordkrav, ren_tekst, tekstkrav
from velferdslab_model.workbook.table import Kolonne, Tabell, plassering

#: The table of tiltak. What stands right of Status is for the program and is not printed.
_KOLONNER = (
    Kolonne("navn", "Tiltak", 32),
    Kolonne("beskrivelse", "Beskrivelse", 32),
    Kolonne("type", "Type kostnad", 18),
    Kolonne("kategori", "Kategori", 10),
    Kolonne("driver", "Kostnads-\ndriver", 11),
    Kolonne("enhetskostnad", "Enhets-\nkostnad (kr)", 12),
    Kolonne("betaler", "Betaler", 10),
    *(Kolonne(f"volum_{s}", f"Volum\n{SITUASJONSNAVN[s].lower()}", 9) for s in UTGANGSSITUASJONER),
    Kolonne("ganger", "Ganger per år", 8),
    Kolonne("kilde", "Kilde eller antakelse (pris)", 42),
    Kolonne("volumkilde", "Kilde til volum", 30),
    *(Kolonne(f"kostnad.{s}", f"Kr per år\n{SITUASJONSNAVN[s].lower()}", 11) for s in UTGANGSSITUASJONER),
    Kolonne("status", "Status", 13),
    Kolonne("kontrollkolonne", "Kontrolltall", 11),
    Kolonne("fylt", "Utfylt", 9),
    Kolonne("lovlig", "Lovlige\nverdier", 9),
    Kolonne("alene", "Eget\nnavn", 9),
    Kolonne("rent", "Navnet slik\ndet sammenlignes", 32),
    Kolonne("innhold", "Har\ninnhold", 9),
)
_KOL = plassering(_KOLONNER)
#: The numbers of a tiltak; and the words that mark its digest, one of them twice to keep two payers apart.
_TALL = ("enhetskostnad", *(f"volum_{s}" for s in UTGANGSSITUASJONER), "ganger")
_MERKER = (
    ("kategori", "drift"),
    ("driver", "timer"),
    ("betaler", "stat"),
    *(("betaler", "fylkeskommune"),) * 2,
)
# Where the blocks below the table stand.
TYPE, KOSTNAD, STATUS = _KOL["type"], _KOL["kostnad.uholdbar"], _KOL["status"]
_REGISTER = Kolonner(
    tekst=0,
    enhet=TYPE,
    verdi=_KOL["enhetskostnad"],
    minst=_KOL["volum_uholdbar"],
    mest=_KOL["volum_utsatt"],
    status=STATUS,
    kontrolltall=_KOL["kontrollkolonne"],
    kilde=_KOL["kilde"],
    kilde_til=_KOL["volumkilde"],
)
_FOERSTE_TILTAK = 5
#: What the default prices rest on, by group: only for unge voksne is there a published result to meet.
_OM_PRISENE = {
    "UV": "Standardprisene og volumene er antakelser, valgt slik at de publiserte resultatene (figur 8–15) kommer frem.",
    "FAM": "Standardprisene og volumene er antakelser. Ingen resultater for familier er publisert, så de er ikke holdt mot noe.",
}
#: Characters that fit on a line of the description and source columns.
_TEGN_BESKRIVELSE, _TEGN_KILDE = 33, 48


def kostnadsark(
    ark: Ark, g: Grupperesultat, plasser: Sequence[int], satser: Sequence[str], prisvalg: Prisvalg | None
) -> None:
    """Plan the tab of one group. plasser: the row of each tiltak in the table, from 0. satser: the common hourly rates.

    prisvalg: the tab on which prices are chosen, if the workbook has it.
    """
    # The digest column is for the program, not for paper.
    ark.siste_kolonne, ark.skalering = STATUS, 49
    ark.radhoeyder[0] = 23
    ark.tekst(0, 0, ark.navn, "tittel")
    hjelp = ". Gule felt kan endres; tomme rader er til egne tiltak. Klikk i et felt for å se hva det betyr."
    ark.formel(1, 0, f'={{prisaartekst}}&"{hjelp}"', f"{ark.bok.tekster['prisaartekst']}{hjelp}", "dempet")
    ark.tekst(2, 0, f"Tiltak i velferdslab (inntil {MAKS_TILTAK})", "overskrift", STATUS)
    ark.tekst(
        3,
        0,
        f"{_OM_PRISENE[ark.prefiks]} De er ikke observert. Kilden til prisen gjelder også volum når kilden til volum er tom.",
        "dempet",
    )
    rader: list[Tiltak | None] = [None] * MAKS_TILTAK
    for plass, ett in zip(plasser, g.gruppe.tiltak, strict=True):
        rader[plass] = ett
    neste = _tiltakstabell(ark, rader, satser, prisvalg)
    ark.sideskift.append(neste)
    neste = _satser(ark, neste + 1, g)
    neste = _nullalternativ(ark, neste + 1, g)
    _besparelsessatser(ark, neste + 1, g)
    ark.laas_ruter = (_FOERSTE_TILTAK, 1)


def _tiltakstabell(ark: Ark, rader: Sequence[Tiltak | None], satser: Sequence[str], prisvalg: Prisvalg | None) -> int:
    tabell = Tabell(ark, _FOERSTE_TILTAK - 1, _KOLONNER, MAKS_TILTAK, "tiltak_")
    ark.radhoeyder[_FOERSTE_TILTAK - 1] = 30
    ark.registrer("tiltak_hode", _FOERSTE_TILTAK - 1, _KOL["navn"], (_KOLONNER[0].tittel,))

    gruppe = next(noekkel for noekkel, (prefiks, *_) in GRUPPER.items() if prefiks == ark.prefiks)

    def kolonne(noekkel: str, stil: str, verdi: Callable[[Tiltak], Verdi], maler: Sequence[str] = ()) -> None:
        verdier: list[Verdi] = [None if t is None else verdi(t) for t in rader]
        if prisvalg and noekkel in FULGT:
            fulgt = ["" if t is None else prisvalg.mal(gruppe, i, noekkel) for i, t in enumerate(rader)]
            maler = [mal or ellers for mal, ellers in zip(fulgt, maler or [""] * len(rader), strict=True)]
        tabell.gitt(noekkel, verdier, stil, maler, "inn_kilde_fulgt" if stil == "inn_kilde" else "")

    kolonne("navn", "inn_tekst", lambda t: t.navn)
    kolonne("beskrivelse", "inn_tekst", lambda t: t.beskrivelse or None)
    kolonne("type", "inn_tekst", lambda t: t.type_kostnad or None)
    kolonne("kategori", "inn_ord", lambda t: t.kategori.capitalize())
    kolonne("driver", "inn_ord", lambda t: t.kostnadsdriver.capitalize() or None)
    satsmaler = ["" if t is None or not t.timesats else f"={{timesats_{satser.index(t.timesats) + 1}}}" for t in rader]
    kolonne("enhetskostnad", "inn_kroner_oere", lambda t: t.enhetskostnad, satsmaler)
    kolonne("betaler", "inn_ord", lambda t: t.betaler.capitalize())
    for i, s in enumerate(UTGANGSSITUASJONER):
        kolonne(f"volum_{s}", "inn_desimal", lambda t, i=i: t.volum[i])  # type: ignore[misc]  # i is bound now, not later
    kolonne("ganger", "inn_heltall", lambda t: t.ganger_per_aar)
    kolonne("kilde", "inn_kilde", lambda t: t.kilde)
    kolonne("volumkilde", "inn_kilde", lambda t: t.volumkilde or None)
    _tiltaksregler(tabell)
    _beregnede_kolonner(tabell, rader)
    for i, ett in enumerate(rader):
        ark.radhoeyder[tabell.rad + i] = 15 if ett is None else _hoeyde(ett)
    statusfarger(ark, tabell.rad, STATUS, tabell.siste_rad)
    # A row that was put in has no status, and whatever is written in it costs nothing.
    brukt = '({tiltak_status:}<>"")+({tiltak_navn:}<>"")+({tiltak_enhetskostnad:}<>"")>0'
    feil = f"=SUMPRODUCT(({{tiltak_status:}}<>{{ord_ok}})*({brukt}))"
    kontrollsum = sum(_radkontroll(tabell.rad + i, ett) for i, ett in enumerate(rader) if ett)
    sumrad(ark, tabell.siste_rad + 1, _REGISTER, "tiltak", feil, "=SUM({tiltak_kontrollkolonne:})", kontrollsum)
    return tabell.siste_rad + 2


def _hoeyde(tiltak: Tiltak) -> float:
    linjer = max(
        math.ceil(len(tiltak.beskrivelse) / _TEGN_BESKRIVELSE),
        math.ceil(len(tiltak.kilde) / _TEGN_KILDE),
        math.ceil(len(tiltak.volumkilde) / _TEGN_BESKRIVELSE),
        math.ceil(len(tiltak.navn) / _TEGN_BESKRIVELSE),
        math.ceil(len(tiltak.type_kostnad) / 18),
        1,
    )
    return min(15 + 13.5 * (linjer - 1), 120)


def _tiltaksregler(tabell: Tabell) -> None:
    for kol, tittel, hjelp in (
        ("kategori", "Kategori", "Oppstart: bare det første året. Drift: hvert år i velferdslab."),
        ("driver", "Kostnadsdriver", "Hva prisen gjelder. Timer inngår i årsverk; ellers bare en merkelapp."),
        ("betaler", "Betaler", "Hvilket budsjett kostnaden belaster."),
    ):
        meldinger_ = meldinger(tittel, hjelp, f"{tittel} må velges fra listen.")
        tabell.regel(kol, {"validate": "list", "source": f"=liste_{kol}", **meldinger_})
    for kol, tittel, minst, maks, hjelp in (
        ("navn", "Tiltak", 1, MAKS_NAVN, "Et navn som ingen annen rad har."),
        ("beskrivelse", "Beskrivelse", 0, MAKS_TEKST, "Hva tiltaket er."),
        ("type", "Type kostnad", 0, MAKS_TEKST, "Hvor i kommunen eller staten kostnaden oppstår."),
        ("kilde", "Kilde", 0, MAKS_TEKST, "Hvor prisen kommer fra, eller «antakelse: ...»."),
        (
            "volumkilde",
            "Kilde til volum",
            0,
            MAKS_TEKST,
            "Hvor volum og ganger per år kommer fra, eller «antakelse: ...». Tom: kilden til prisen gjelder også dem.",
        ),
    ):
        tabell.regel(kol, tekstregel(tittel, maks, hjelp, minst))
    pris = TILTAKSFELT["enhetskostnad"]
    hjelp = f"{pris.hjelp} Skriv =timesats_1 for å følge den første felles timesatsen på Introduksjonsark."
    tabell.regel("enhetskostnad", validering(replace(pris, hjelp=hjelp)))
    tabell.regel("volum_uholdbar", validering(TILTAKSFELT["volum"]), "volum_stabil")
    tabell.regel("ganger", validering(TILTAKSFELT["ganger_per_aar"]))


def _beregnede_kolonner(tabell: Tabell, rader: Sequence[Tiltak | None]) -> None:
    """The formulas of every row: whether it is in order, cost per situation, status and digest."""
    utfylt = [int(ett is not None) for ett in rader]
    tabell.regnet(
        "rent", f"={ren_tekst('{navn}')}", [" ".join(ett.navn.split()) if ett else "" for ett in rader], "tekst"
    )
    celler = [f"{{{kolonne.noekkel}}}" for kolonne in _KOLONNER[: _KOL["volumkilde"] + 1]]
    tabell.regnet("innhold", f"={har_innhold(celler)}", utfylt, "flagg")
    fylt = (
        'AND({rent}<>"",{kategori}<>"",{betaler}<>"",'
        "COUNT({enhetskostnad},{volum_uholdbar}:{ganger})={tiltak_antall_tall},"
        + ingen_sannhet([f"{{{k}}}" for k in _TALL])
    )
    tabell.regnet("fylt", f"=IFERROR(IF({fylt}),1,0),0)", utfylt, "flagg")
    tall = (
        "MIN({enhetskostnad},{volum_uholdbar}:{volum_stabil})>=0,"
        "MAX({enhetskostnad},{volum_uholdbar}:{volum_stabil})<={maks_beloep},"
        "{ganger}>=1,{ganger}<={maks_ganger},{ganger}=INT({ganger}),"
    ) + ",".join(ikke_naer_null(f"{{{navn}}}") for navn in _TALL[:-1])
    ordene = ",".join(ordkrav(f"{{{navn}}}", f"{{liste_{navn}}}") for navn in ("kategori", "betaler"))
    driver = f'OR({{driver}}="",{ordkrav("{driver}", "{liste_driver}")})'
    grenser = {"navn": "{maks_navn}", **dict.fromkeys(("beskrivelse", "type", "kilde", "volumkilde"), "{maks_tekst}")}
    tekster = ",".join(tekstkrav(f"{{{navn}}}", grense) for navn, grense in grenser.items())
    alltid = [1] * len(rader)
    mal = f"=IFERROR(IF(OR({{fylt}}=0,AND({tall},{ordene},{driver},{tekster})),1,0),0)"
    tabell.regnet("lovlig", mal, alltid, "flagg")
    tabell.regnet("alene", '=IF(OR({rent}="",SUMPRODUCT(--({rent:}={rent}))<=1),1,0)', alltid, "flagg")
    hva = (
        'TRIM(IF({innhold}<0,"Feilverdi ","")&IF({fylt}=1,"","Ufullstendig ")&IF({lovlig}=1,"","Ulovlig verdi ")'
        '&IF({alene}=1,"","Samme navn"))'
    )
    mal = f'=IF({{innhold}}=0,"",IF(AND({{innhold}}>0,{{fylt}}*{{lovlig}}*{{alene}}=1),{{ord_ok}},{hva}))'
    tabell.regnet("status", mal, ["" if ett is None else OK for ett in rader], "status", navngitt=True)
    for i, s in enumerate(UTGANGSSITUASJONER):
        kostnader = [0.0 if ett is None else float(tiltakskostnad(ett)[i]) for ett in rader]
        mal = f"=IF({{status}}={{ord_ok}},{{enhetskostnad}}*{{volum_{s}}}*{{ganger}},0)"
        tabell.regnet(f"kostnad.{s}", mal, kostnader, "kr_strek", navngitt=True)
    deler = "+".join(kontrolledd(f"{{{k}}}", "kontroll_skala", f"{{{k}}}") for k in _TALL)
    merker = "+".join(f"IF({{{k}}}={{ord_{ord_}}},ROW({{{k}}})*COLUMN({{{k}}}),0)" for k, ord_ in _MERKER)
    mal = f"=IF({{innhold}}=0,0,IFERROR({deler}+{merker},0))"
    tallene = [0 if ett is None else _radkontroll(tabell.rad + i, ett) for i, ett in enumerate(rader)]
    tabell.regnet("kontrollkolonne", mal, tallene, "heltall", navngitt=True)


def _radkontroll(rad: int, t: Tiltak) -> int:
    """The engine's side of the digest of one row."""
    tall = zip(_TALL, (t.enhetskostnad, *t.volum, t.ganger_per_aar), strict=True)
    ordene = {"kategori": t.kategori, "driver": t.kostnadsdriver, "betaler": t.betaler}
    return sum(kontrolltall(verdi, rad, _KOL[k]) for k, verdi in tall) + sum(
        (rad + 1) * (_KOL[k] + 1) for k, ord_ in _MERKER if ordene[k] == ord_
    )


def _satser(ark: Ark, rad: int, g: Grupperesultat) -> int:
    """Cost per person-year by category and betaler, first year, and hours."""
    x = g.inndata
    ark.tekst(rad, 0, "Beregnet kostnad per deltaker og år", "overskrift", STATUS)
    for i, s in enumerate(UTGANGSSITUASJONER):
        ark.tekst(rad + 1, KOSTNAD + i, SITUASJONSNAVN[s], "hode")
    ark.tekst(rad + 1, 0, SERIENAVN["kostnad"], "hode_v")
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
    linje(
        "sats_drift", "Drift i alt", "kr per år", "=" + "+".join(f"{{drift.{b}.§}}" for b in BETALERE), x.drift.sum(-1)
    )
    linje(
        "sats_foerste_aar",
        "Første år: oppstart og drift i alt",
        "kr per år",
        "=" + "+".join(f"{{oppstart.{b}.§}}" for b in BETALERE) + "+{sats_drift.§}",
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
        "Svært usikkert, ifølge notatet selv: kostnadene er regnet av fire oppdiktede historier per gruppe, uten kontrollgruppe. Notatet sier ikke om kontantytelser er med; er tallet et annet enn notatets, se kilden "
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
                    f"=(1-{{skjedd_uansett}})*{bedring}+{{erstatningsgrad}}*{{nullalternativ_{naa}}}",
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
