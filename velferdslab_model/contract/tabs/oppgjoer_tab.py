"""Settlement as formulas: who succeeds, what each cohort's follow-up brings, and what the caps leave of it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from velferdslab_model.contract.oppgjoer import lykkede_ved_forventning, oppgjoerslinjer
from velferdslab_model.contract.tabs.grunnlag import Grunnlag
from velferdslab_model.contract.terms import KOHORTER, PRISGRUNNLAG
from velferdslab_model.model.array import Array
from velferdslab_model.workbook.adresse import celleadresse
from velferdslab_model.workbook.plan import Ark, Verdi
from velferdslab_model.workbook.rows import Radskriver, bredder
from velferdslab_model.workbook.table import Kolonne, Tabell

OPPGJOER, LINJER = "Oppgjør", "Oppgjørslinjer"
_KOLONNER = (
    Kolonne("kohort", "Kohort", 9),
    Kolonne("nummer", "Oppfølging", 11),
    Kolonne("i_bruk", "I bruk", 8),
    Kolonne("maaned", "Måned etter inntak", 11),
    Kolonne("bedoemt", "Bedømt i år", 10),
    Kolonne("foer", "Betalingsår før", 11),
    Kolonne("senere", "Neste betalingsår", 11),
    Kolonne("avtalt_i", "Gjøres opp i år, avtalt", 11),
    Kolonne("betalt_i", "Gjøres opp i år", 11),
    Kolonne("deltakere_her", "Deltakere", 11),
    Kolonne("sjanse", "Sjanse for å holde", 11),
    Kolonne("personer", "Personer", 11),
    Kolonne("prisliste", "Pris i priskortet", 14),
    Kolonne("pris_foer", "Pris før tak per person", 14),
    Kolonne("brukt", "Brukt av taket", 14),
    Kolonne("pris_her", "Pris", 14),
    Kolonne("beloep", "Beløp i hele kroner", 15),
)
_INN = "i_kontrakt"


def oppgjoersark(ark: Ark, g: Grunnlag) -> None:
    """Plan the yearly tab: participants, settlement and caps."""
    v, akse = g.v, g.akse
    ark.kolonnebredder += bredder(akse, 10.5, 0.8)
    ark.siste_kolonne, ark.skalering, ark.laas_ruter, ark.sider_bredt = akse.siste_kolonne, 45, (2, 3), 1
    ark.formel(0, 0, '="Oppgjør: "&TRIM({navn})', f"Oppgjør: {v.navn}", "tittel")
    ark.tekst(
        1,
        0,
        "Når akkurat det forventede antallet lykkes. Hele kroner, rundet av én gang for hver oppgjørslinje.",
        "dempet",
    )
    nr = np.arange(1.0, akse.antall + 1)
    kalender = v.startaar + nr - 1
    inne = (nr <= v.driftsaar).astype(float)
    r = Radskriver(ark, 2, akse, "={kalender}")
    stanses = v.stanses_etter is not None
    mal = "=IF({stanses_etter_brukes}={ord_ja},1,0)"
    r.enkelt("stanses", "Avsluttes før tiden", "0 / 1", mal, float(stanses), "heltall")
    mal = "=IF({stanses}=1,MIN({kontraktaar},{stanses_etter}),{kontraktaar})"
    r.enkelt("driftsaar", "Kontraktår som kjøres", "år", mal, float(v.driftsaar), "heltall")
    r.linje("aarnr", "Kontraktår", "år", "={<aarnr}+1", nr, "heltall")
    r.linje("kalender", "Budsjettår", "årstall", "={startaar}+{aarnr}-1", kalender, "aar")
    r.linje(_INN, "Kontrakten kjøres", "0 / 1", "=IF({aarnr}<={driftsaar},1,0)", inne, "flagg")
    betaler = np.isin(nr, v.betalingsaar).astype(float)
    mal = "=IF({aarnr}<=ROWS({kol_betalingsaar:}),INDEX({kol_betalingsaar:},{aarnr}),0)"
    r.linje("betaler", "Betalingsår", "0 / 1", mal, betaler, "flagg")
    r.linje("betaler_nr", "Betalingsår hittil", "antall", "={<betaler_nr}+{betaler}", betaler.cumsum(), "heltall")
    r.enkelt("antall_betalingsaar", "Betalingsår i alt", "antall", "=SUM({betaler:})", float(betaler.sum()), "heltall")
    siste = float(max(v.betalingsaar, default=0))
    mal = "=IF({antall_betalingsaar}>0,MATCH({antall_betalingsaar},{betaler_nr:},0),0)"
    r.enkelt("siste_betalingsaar", "Siste betalingsår", "kontraktår", mal, siste, "heltall")
    r.blokk("Deltakere og hvem som lykkes", kalender, "Sum")
    _deltakere(r, g)
    r.blokk("Oppgjør", kalender, "Sum")
    _gjort_opp(r, g)
    r.blokk("Tak, i rekkefølgen per år og for kontrakten", kalender, "Sum")
    _tak(r, g)
    r.rad += 1
    for tekst in (
        f"Kohorter: {'; '.join(f'«{navn}»: {hva[:1].lower()}{hva[1:]}' for navn, hva in KOHORTER.items())}.",
        f"Pris: {'; '.join(f'«{navn}»: {hva}' for navn, hva in PRISGRUNNLAG.items())}.",
        "Antakelse: deltakerne kommer inn ved årets begynnelse, og en oppfølging etter 12 måneder faller i året etter.",
    ):
        r.setning(tekst, "dempet")
    ark.gjentatte_kolonner = (0, 2)


def _deltakere(r: Radskriver, g: Grunnlag) -> None:
    v = g.v
    deltakere, rater = np.array(v.deltakere, dtype=float), np.array(v.suksessrate)
    antall = "IF({inntak_mest_brukes}={ord_ja},MIN({inntak_forventet},{inntak_mest}),{inntak_forventet})"
    r.linje(
        "deltakere",
        "Nye deltakere",
        "personer",
        f"=IF({{aarnr}}<={{inntaksaar}},{{{_INN}}}*{antall},0)",
        g.aar(deltakere),
        "flagg",
    )
    r.sum_av_forrige("deltakere.sum", "deltakere_sum", "=SUM({deltakere:})", float(deltakere.sum()), "heltall")
    mal = (
        "=IF({aarnr}<={inntaksaar},IF({rate_maate}={ord_rate_maate_2},{telling_suksess}/{telling_forsoek},"
        "SUM(INDEX({kol_rate:},{aarnr}))),0)"
    )
    r.linje("rate", "Suksessrate", "andel", mal, g.aar(rater), "andel")
    raa = np.round(deltakere * rater, 9)
    r.linje(
        "lykkede_raa",
        "Lykkes, uten avrunding",
        "personer",
        "=ROUND({deltakere}*{rate},{desimaler})",
        g.aar(raa),
        "antall",
    )
    mal = "=IF({avrunding}={ord_avrunding_2},INT({lykkede_raa}+{halv}),{lykkede_raa})"
    lykkede = lykkede_ved_forventning(v)
    r.linje("lykkede", "Lykkes", "personer", mal, g.aar(lykkede), "antall")
    r.sum_av_forrige("lykkede.sum", "lykkede_sum", "=SUM({lykkede:})", float(lykkede.sum()), "antall")


def _gjort_opp(r: Radskriver, g: Grunnlag) -> None:
    plan = g.naa.plan
    aar = np.arange(1, g.rom.aar + 1)
    beloep = np.array([sum(b for *_, x, _, b in g.linjer if x and x.betalt_i == n) for n in aar], dtype=float)
    personer = np.array([sum(p for *_, x, p, _ in g.linjer if x and x.betalt_i == n and x.linje == 0) for n in aar])
    mal = "=SUMPRODUCT(({linje_betalt_i:}={aarnr})*{linje_beloep:})"
    r.linje("etter_priskort", "Etter priskortet", "kr", mal, beloep)
    r.sum_av_forrige("etter_priskort.sum", None, "=SUM({etter_priskort:})", float(beloep.sum()))
    mal = "=SUMPRODUCT(({linje_betalt_i:}={aarnr})*({linje_nummer:}=1)*{linje_personer:})"
    r.linje("gjort_opp_i", "Gjort opp i året", "personer", mal, personer, "antall")
    r.linje("gjort_opp", "Gjort opp hittil", "personer", "={<gjort_opp}+{gjort_opp_i}", personer.cumsum(), "antall")
    mal = (
        "=SUMPRODUCT(({kol_fast_betaling_aar:}={aarnr})*({kol_fast_betaling_krav_lykkede:}<={gjort_opp})"
        "*{kol_fast_betaling_beloep:})*{i_kontrakt}"
    )
    brutto = g.aar(plan.brutto)
    r.linje("faste", "Faste betalinger", "kr", mal, brutto - beloep, skala=float(brutto.max()))
    r.linje("brutto", "Før tak", "kr", "={etter_priskort}+{faste}", brutto)
    r.sum_av_forrige("brutto.sum", "brutto_sum", "=SUM({brutto:})", float(brutto.sum()))


def _tak(r: Radskriver, g: Grunnlag) -> None:
    v, plan = g.v, g.naa.plan
    brutto, betalt = g.aar(plan.brutto), g.aar(plan.betalt)
    over = v.tak.overfoering
    til_gode = np.cumsum(brutto - betalt) if over else np.zeros_like(brutto)
    inne = np.arange(g.rom.aar) < v.driftsaar
    krav = brutto + inne * np.concatenate(([0.0], til_gode[:-1]))
    etter: Array = krav if v.tak.per_aar is None else np.minimum(krav, v.tak.per_aar)
    skala = float(max(brutto.sum(), 1.0))
    r.linje("krav", "Krav, med det som er overført", "kr", f"={{brutto}}+{{{_INN}}}*{{<til_gode}}", krav, skala=skala)
    mal = "=IF({tak_per_aar_brukes}={ord_ja},MIN({krav},{tak_per_aar}),{krav})"
    r.linje("etter_aarstak", "Etter taket per år", "kr", mal, etter, skala=skala)
    mal = "=IF({tak_kontrakt_brukes}={ord_ja},MIN({etter_aarstak},MAX(0,{tak_kontrakt}-{<i_alt})),{etter_aarstak})"
    r.linje("betalt", "Betales", "kr", mal, betalt, navn="betalt", skala=skala, etikett="etikett_fet")
    r.sum_av_forrige("betalt.sum", "betalt_sum", "=SUM({betalt:})", float(betalt.sum()), skala=skala)
    r.linje("i_alt", "Betalt hittil", "kr", "={<i_alt}+{betalt}", betalt.cumsum(), skala=skala)
    mal = "=IF({tak_overfoering}={ord_ja},{<til_gode}+{brutto}-{betalt},0)"
    r.linje("til_gode", "Overføres til neste år", "kr", mal, til_gode, skala=skala)
    r.enkelt(
        "kuttet", "Kuttet av takene i alt", "kr", "={brutto.sum}-{betalt.sum}", float(brutto.sum() - betalt.sum()), "kr"
    )


def linjeark(ark: Ark, g: Grunnlag) -> None:
    """Plan the settlement lines, cohort by cohort."""
    v = g.v
    ark.siste_kolonne, ark.skalering, ark.laas_ruter, ark.sider_bredt = len(_KOLONNER) - 1, 55, (3, 2), 1
    ark.formel(0, 0, '="Oppgjørslinjer: "&TRIM({navn})', f"Oppgjørslinjer: {v.navn}", "tittel")
    ark.tekst(
        1,
        0,
        "En linje for hver kohort og oppfølging. Taket per person brukes først, så per år og for kontrakten.",
        "dempet",
    )
    ark.radhoeyder[2] = 42
    ark.gjentatte_rader = (2, 2)
    t = Tabell(ark, 2, _KOLONNER, len(g.linjer), "linje_")
    rader = g.linjer
    bruk = [float(x is not None) for *_, x, _, _ in rader]
    t.gitt("kohort", [k for k, *_ in rader], "heltall")
    t.gitt("nummer", [i for _, i, *_ in rader], "heltall")
    t.regnet("i_bruk", "=IF(({kohort}<={inntaksaar})*({nummer}<={oppfoelginger})=1,1,0)", bruk, "flagg")
    maaned = [float(v.priskort[i - 1].maaned) if x else 0.0 for _, i, x, _, _ in rader]
    t.regnet("maaned", "=IF({i_bruk}=1,INDEX({kol_priskort_maaned:},{nummer}),0)", maaned, "flagg")
    t.regnet(
        "bedoemt",
        "=IF({i_bruk}=1,{kohort}+INT({maaned}/{maaneder_i_aar}),0)",
        [float(x.bedoemt) if x else 0.0 for *_, x, _, _ in rader],
        "flagg",
    )
    foer = [float(sum(aar < (x.bedoemt if x else 0) for aar in v.betalingsaar)) for *_, x, _, _ in rader]
    t.regnet("foer", "=SUMPRODUCT(({aarnr:}<{bedoemt})*{betaler:})", foer, "flagg")
    senere = [
        float(next((aar for aar in v.betalingsaar if aar >= (x.bedoemt if x else 0)), 0)) for *_, x, _, _ in rader
    ]
    t.regnet("senere", "=IF({foer}<{antall_betalingsaar},MATCH({foer}+1,{betaler_nr:},0),0)", senere, "flagg")
    innen = "({bedoemt}<={kontraktaar})"
    alle = "IF({senere}>0,{senere},{siste_betalingsaar})"
    andre = (
        f"IF({{kohorter}}={{ord_kohorter_2}},{innen}*{{senere}},{innen}*INDEX({{betaler:}},1,{{bedoemt}})*{{bedoemt}})"
    )
    mal = f"=IF({{i_bruk}}=1,IF({{kohorter}}={{ord_kohorter_1}},{alle},{andre}),0)"
    ikke_stanset = {
        (x.kohort, x.linje): float(x.betalt_i or 0) for x in oppgjoerslinjer(replace(v, stanses_etter=None))
    }
    avtalt = [ikke_stanset[x.kohort, x.linje] if x else 0.0 for *_, x, _, _ in rader]
    t.regnet("avtalt_i", mal, avtalt, "flagg")
    mal = "=IF({avtalt_i}<={driftsaar},{avtalt_i},0)"
    t.regnet("betalt_i", mal, [float(x.betalt_i or 0) if x else 0.0 for *_, x, _, _ in rader], "flagg")
    t.regnet(
        "deltakere_her",
        "={i_bruk}*INDEX({deltakere:},1,{kohort})",
        [float(v.deltakere[k - 1]) if x else 0.0 for k, _, x, _, _ in rader],
        "flagg",
    )
    mal = "=IF({betalt_i}>0,INDEX({rate:},1,{kohort})*INDEX({kol_priskort_holder:},{nummer}),0)"
    t.regnet(
        "sjanse",
        mal,
        [v.suksessrate[k - 1] * x.holder if x and x.betalt_i else 0.0 for k, _, x, _, _ in rader],
        "andel",
    )
    mal = "={i_bruk}*INDEX({lykkede:},1,{kohort})*INDEX({kol_priskort_holder:},{nummer})"
    t.regnet("personer", mal, [p for *_, p, _ in rader], "antall")
    _priser(ark, t, g)


def _priser(ark: Ark, t: Tabell, g: Grunnlag) -> None:
    v, rader = g.v, g.linjer
    fradrag = 1 - v.skjedd_uansett if v.pris_grunnlag == "etter fradrag" else 1.0
    kort = [v.priskort[i - 1].pris if x else 0.0 for _, i, x, _, _ in rader]
    # A sum leaves out what is no number, which is told on the first tab and not by an error in every cell.
    t.regnet("prisliste", "=IF({i_bruk}=1,SUM(INDEX({kol_priskort_pris:},{nummer})),0)", kort, "kr_strek")
    foer: list[Verdi] = [
        v.priskort[i - 1].pris * (1 + v.indeksering) ** (x.betalt_i - 1) * fradrag if x and x.betalt_i else 0.0
        for _, i, x, _, _ in rader
    ]
    mal = (
        "=IF({betalt_i}>0,{prisliste}*(1+{indeksering})^({betalt_i}-1)"
        "*IF({pris_grunnlag}={ord_pris_grunnlag_2},1-{skjedd_uansett},1),0)"
    )
    t.regnet("pris_foer", mal, foer, "kr")
    pris = [x.pris if x else 0.0 for *_, x, _, _ in rader]
    brukt: list[float] = []
    for rad, (_, i, *_) in enumerate(rader):
        brukt.append(0.0 if i == 1 else brukt[-1] + pris[rad - 1])
        over = [celleadresse(t.rad + rad - 1, t.kol[navn]) for navn in ("brukt", "pris_her")]
        mal = "=IF({nummer}=1,0," + "+".join(over) + ")" if rad else "=0"
        ark.formel(t.rad + rad, t.kol["brukt"], t.mal(t.rad + rad, mal), brukt[-1], "kr_strek", skala=max(1.0, v.pris))
    ark.registrer("linje_brukt", t.rad, t.kol["brukt"], tuple(brukt), hoeyde=len(brukt))
    mal = "=IF({tak_per_person_brukes}={ord_ja},MIN({pris_foer},MAX(0,{tak_per_person}-{brukt})),{pris_foer})"
    t.regnet("pris_her", mal, pris, "kr")
    t.regnet("beloep", "=INT({personer}*{pris_her}+{halv})", [b for *_, b in rader], "kr")
