"""The money of each party by budget year as formulas: saving, payments, financing, liquidity, and the checks of the book."""

from __future__ import annotations

import numpy as np

from velferdslab_model.base.farger import FARGER
from velferdslab_model.base.ord import SERIENAVN
from velferdslab_model.contract.flows import (
    besparelse_per_lykket,
    foerste_bedoemming,
    kompensasjon,
    mest_til_investor,
    til_investor,
    utlegg,
)
from velferdslab_model.contract.tabs.grunnlag import Grunnlag
from velferdslab_model.contract.tabs.investor_rader import investorrader
from velferdslab_model.contract.tabs.vilkaar_tab import REGISTERKOLONNER, VILKAAR
from velferdslab_model.contract.terms import MAKS_KONTRAKTAAR
from velferdslab_model.contract.words import PARTSNAVN
from velferdslab_model.workbook.charts import Linjer, Plass, Serie
from velferdslab_model.workbook.checks import (
    Hjelperad,
    Kontroll,
    Kontrollinje,
    Radkontroll,
    grense,
    holder,
    kontrollblokk,
)
from velferdslab_model.workbook.inputs import foerste_feil
from velferdslab_model.workbook.plan import Ark
from velferdslab_model.workbook.rows import Radskriver, bredder

PARTENE = "Partene"
#: The rows of each party: key, label, template.
_POSTER: dict[str, tuple[tuple[str, str, str], ...]] = {
    "kommune": (
        ("betaling", "Betaling", "=-{kommune_andel_av_betaling}*{betalt}"),
        ("kompensasjon", "Kompensasjon ved avvikling", "=-{kompensasjon}"),
        ("evaluering", "Evaluering", "=-{i_kontrakt}*{kommune_evaluering}"),
        ("besparelse", "Besparelse, realiserbar del", "={besparelse}*{nullalternativ_kommunal_andel}*{nullalternativ_realiserbar_andel}"),
    ),
    "stat": (
        ("betaling", "Betaling", "=-(1-{kommune_andel_av_betaling})*{betalt}"),
        ("besparelse", SERIENAVN["besparelse"], "={besparelse}*(1-{nullalternativ_kommunal_andel})"),
    ),
    "leverandoer": (
        ("finansiering", "Fra investoren", "={utlegg}"),
        ("betaling", "Betaling, utenom investorens del", "={betalt}+{kompensasjon}-{til_investor}"),
        ("drift", "Drift og mellomledd", "=-{i_kontrakt}*({leverandoer_fast_aarskostnad}+{leverandoer_mellomledd})-{deltakere}*{leverandoer_kostnad_per_deltaker}"),
    ),
    "investor": (
        ("utlegg", "Utlegg", "=-{utlegg}"),
        ("tilbakebetaling", "Tilbakebetaling", "={til_investor}"),
    ),
}  # fmt: skip
PARTSFARGER = {
    "kommune": FARGER["kommune"],
    "stat": FARGER["stat"],
    "leverandoer": FARGER["besparelse"],
    "investor": FARGER["kostnad"],
}


def partsark(ark: Ark, g: Grunnlag) -> None:
    """Plan the tab."""
    v, akse = g.v, g.akse
    ark.kolonnebredder += bredder(akse, 10.5, 4)
    ark.siste_kolonne, ark.skalering, ark.laas_ruter, ark.sider_bredt = akse.siste_kolonne, 45, (2, 3), 1
    ark.formel(0, 0, '="Partene: "&TRIM({navn})', f"Partene: {v.navn}", "tittel")
    ark.tekst(
        1,
        0,
        "Når akkurat det forventede antallet lykkes. Inntekt er pluss. Faste priser, ikke neddiskontert.",
        "dempet",
    )
    kalender = v.startaar + np.arange(float(akse.antall))
    r = Radskriver(ark, 2, akse, "={kalender}")
    r.blokk(SERIENAVN["besparelse"], kalender, "Sum")
    _besparelse(r, g)
    r.blokk("Investorens utlegg og tilbakebetaling", kalender, "Sum")
    _finansiering(r, g)
    for part, strom in g.naa.stroemmer.parter().items():
        r.blokk(PARTSNAVN[part], kalender, "Sum")
        for post, tekst, mal in _POSTER[part]:
            noekkel, verdier = f"{part}.{post}", g.aar(strom.poster[post])
            r.linje(noekkel, tekst, "kr", mal, verdier)
            r.sum_av_forrige(f"{noekkel}.sum", None, f"=SUM({{{noekkel}:}})", float(verdier.sum()))
        skala = max(1.0, *(float(np.abs(p).max()) for p in strom.poster.values()))
        netto = g.aar(strom.netto)
        r.linje(
            f"{part}.netto",
            "Netto",
            "kr",
            "=" + "+".join(f"{{{part}.{p}}}" for p, *_ in _POSTER[part]),
            netto,
            etikett="etikett_fet",
            skala=skala,
        )
        r.sum_av_forrige(f"{part}.netto.sum", None, f"=SUM({{{part}.netto:}})", float(netto.sum()), skala=skala)
        r.linje(f"{part}.akk", "Netto hittil", "kr", f"={{<{part}.akk}}+{{{part}.netto}}", netto.cumsum(), skala=skala)
        r.enkelt(
            f"{part}.bunn",
            "Mest ute på noe tidspunkt",
            "kr",
            f"=MAX(0,-MIN({{{part}.akk:}}))",
            float(max(0.0, -netto.cumsum().min())),
            "kr",
        )
        mal = f"=IF({{{part}.bunn}}>{{oere}},INDEX({{kalender:}},1,MATCH(MIN({{{part}.akk:}}),{{{part}.akk:}},0)),0)"
        bunnaar = strom.bunnaar
        r.enkelt(
            f"{part}.bunnaar", "Mest ute i", "årstall", mal, float(v.startaar + bunnaar - 1) if bunnaar else 0.0, "aar"
        )
    investorrader(r, g)
    rad = _kontroller(r, g)
    _figur(ark, g, rad)


def _besparelse(r: Radskriver, g: Grunnlag) -> None:
    v, n = g.v, g.rom.aar
    per = g.aar(besparelse_per_lykket(v))
    r.enkelt(
        "foerste",
        "År fra inntak til første oppfølging",
        "år",
        "=INT(INDEX({kol_priskort_maaned:},1)/{maaneder_i_aar})",
        float(foerste_bedoemming(v)),
        "heltall",
    )
    k = np.arange(float(n))
    varighet = v.nullalternativ.varighet if v.nullalternativ else 0
    mal = "=IF({nullalternativ_brukes}={ord_ja},IF({aarnr}<={nullalternativ_varighet},1,0),0)"
    r.linje("sparer", "Sparer i året etter måloppnåelse", "0 / 1", mal, (k < varighet).astype(float), "flagg")
    maaneder = [linje.maaned - v.priskort[0].maaned for linje in v.priskort]
    hvilken = [float(sum(m <= 12 * i for m in maaneder)) for i in k]
    mal = (
        "=SUMPRODUCT(({linje_kohort:}=1)*({linje_i_bruk:}=1)"
        "*(({linje_maaned:}-INDEX({kol_priskort_maaned:},1))<={maaneder_i_aar}*({aarnr}-1)))"
    )
    r.linje("oppf_naadd", "Oppfølginger som er nådd", "antall", mal, hvilken, "heltall")
    videre = v.nullalternativ.andel_videre if v.nullalternativ else 0.0
    andel = np.where(k >= 1, videre, 0.0)
    r.linje(
        "videre",
        "Har gått videre",
        "andel",
        "=IF(AND({aarnr}>1,{nullalternativ_brukes}={ord_ja}),{nullalternativ_andel_videre},0)",
        andel,
        "andel",
    )
    mal = (
        "=IF({sparer}=1,({nullalternativ_foer}-(1-{videre})*{nullalternativ_etter}-{videre}*{nullalternativ_etter_videre})"
        "*INDEX({kol_priskort_holder:},{oppf_naadd})*IF({aarnr}=1,1,(1-{nullalternativ_tilbakefall})^({aarnr}-1))"
        "*(1-{skjedd_uansett}),0)"
    )
    skala = max(1.0, v.nullalternativ.foer if v.nullalternativ else 1.0)
    r.linje("per_lykket", "Spart per person som lykkes, i år 1, 2, ... etter måloppnåelse", "kr", mal, per, skala=skala)
    r.sum_av_forrige("per_lykket.sum", "spart_per_lykket", "=SUM({per_lykket:})", float(per.sum()), skala=skala)
    alle = np.zeros(n)
    foerste = foerste_bedoemming(v)
    for c in range(1, MAKS_KONTRAKTAAR + 1):
        rekke = np.zeros(n)
        if c <= v.inntaksaar:
            fra = c - 1 + foerste
            rekke[fra:] = per[: max(0, n - fra)]
            alle += g.naa.lykkede[c - 1] * rekke
        noekkel = f"spart.{c}"
        # The cohort's number stands before the axis, and is read by plain address.
        her = f"$D{r.rad + 1}"
        r.ark.verdi(f"kohort.{c}", r.rad, 3, float(c), "heltall")
        mal = (
            f"=IF(AND({{aarnr}}>={her}+{{foerste}},{her}<={{inntaksaar}}),"
            f"INDEX({{per_lykket:}},1,{{aarnr}}-{her}-{{foerste}}+1),0)"
        )
        r.linje(noekkel, "Spart per lykket i kohorten i kolonne D", "kr", mal, rekke, skala=skala)
    mal = "=" + "+".join(f"{{spart.{c}}}*INDEX({{lykkede:}},1,{{kohort.{c}}})" for c in range(1, MAKS_KONTRAKTAAR + 1))
    samlet = float(max(1.0, np.abs(alle).max()))
    r.linje("besparelse", "Besparelse i alt, alle betalere", "kr", mal, alle, etikett="etikett_fet", skala=samlet)
    r.sum_av_forrige("besparelse.sum", None, "=SUM({besparelse:})", float(alle.sum()))


def _finansiering(r: Radskriver, g: Grunnlag) -> None:
    v = g.v
    lagt_ut = g.aar(utlegg(v))
    mal = "=IF({aarnr}<=ROWS({kol_finansiering:}),{i_kontrakt}*INDEX({kol_finansiering:},{aarnr}),0)"
    ekstra = g.aar(kompensasjon(v))
    hvis = "=IF({stanses}=1,IF({avvikling_brukes}={ord_ja},IF({aarnr}={driftsaar},{avvikling_kompensasjon},0),0),0)"
    r.linje("kompensasjon", "Kompensasjon når kontrakten avsluttes", "kr", hvis, ekstra)
    r.sum_av_forrige("kompensasjon.sum", None, "=SUM({kompensasjon:})", float(ekstra.sum()))
    r.linje(
        "kompensasjon_hittil", "Kompensasjon hittil", "kr", "={<kompensasjon_hittil}+{kompensasjon}", ekstra.cumsum()
    )
    r.linje("utlegg", "Investorens utlegg", "kr", mal, lagt_ut)
    r.sum_av_forrige("utlegg.sum", "utlegg_sum", "=SUM({utlegg:})", float(lagt_ut.sum()))
    naar = (lagt_ut > 0) * np.arange(1.0, g.rom.aar + 1)
    r.linje("utlegg_aar", "Året, når noe legges ut", "år", "=IF({utlegg}>0,{aarnr},0)", naar, "heltall")
    mest = mest_til_investor(v)
    r.enkelt("mest_tilbake", "Utlegg og honorar", "kr", "={utlegg.sum}*(1+{investor_honorar})", mest, "kr")
    tilbake = g.aar(til_investor(v, g.naa.plan.betalt + kompensasjon(v)))
    skala = max(1.0, float(g.naa.plan.betalt.sum()))
    r.linje(
        "investor_hittil",
        "Tilbakebetalt hittil",
        "kr",
        "=MIN({mest_tilbake},({i_alt}+{kompensasjon_hittil})*{investor_andel_av_betaling})",
        tilbake.cumsum(),
        skala=skala,
    )
    r.linje("til_investor", "Tilbakebetalt i året", "kr", "={investor_hittil}-{<investor_hittil}", tilbake, skala=skala)
    r.sum_av_forrige("til_investor.sum", None, "=SUM({til_investor:})", float(tilbake.sum()), skala=skala)


def _kontroller(r: Radskriver, g: Grunnlag) -> int:
    nr = np.arange(1.0, g.rom.aar + 1)
    r.overskrift("Kontroll (1 i kolonne C betyr feil)")
    r.blokk("Avvik", g.v.startaar + nr - 1, "Feil")
    s = g.naa.stroemmer
    alle = sum((g.aar(strom.netto) for strom in s.parter().values()), np.zeros(g.rom.aar))
    skal = alle.copy()
    brukbar = "{besparelse}*({nullalternativ_kommunal_andel}*{nullalternativ_realiserbar_andel}+1-{nullalternativ_kommunal_andel})"
    pris = "SUMPRODUCT(({linje_betalt_i:}>0)*({linje_pris_foer:}>{tak%s})*({tak%s_brukes}={ord_ja}))=0"
    linjer: list[Kontrollinje] = [
        Hjelperad("k.netto", "Alle partene samlet", "kr", "={kommune.netto}+{stat.netto}+{leverandoer.netto}+{investor.netto}", alle, "kr_strek"),
        Hjelperad("k.skal", "Brukbar besparelse, drift og evaluering", "kr", f"={brukbar}+{{leverandoer.drift}}+{{kommune.evaluering}}", skal, "kr_strek"),
        Radkontroll("k.balanse", "Betalingene går opp mellom partene", "=ABS({k.netto}-{k.skal})", np.zeros(g.rom.aar), "k.skal"),
        Kontroll("k.tak", "Det betales ikke mer enn taket for kontrakten",
                 holder(f"OR(NOT({{tak_kontrakt_brukes}}={{ord_ja}}),{{betalt.sum}}<={{tak_kontrakt}}+{grense('{betalt.sum}')})")),
        Kontroll("k.aarstak", "Det betales ikke mer enn taket i noe år",
                 holder(f"OR(NOT({{tak_per_aar_brukes}}={{ord_ja}}),MAX({{betalt:}})<={{tak_per_aar}}+{grense('{betalt.sum}')})")),
        Kontroll("k.inntak", "Inntaket er stigende: lavt, forventet, høyt", holder("AND({inntak_lav}<={inntak_forventet},{inntak_forventet}<={inntak_hoey})")),
        Kontroll("k.aar", "Inntaksår og betalingsår ligger innenfor kontrakten", holder("AND({inntaksaar}<={kontraktaar},{siste_betalingsaar}<={kontraktaar})")),
        Kontroll("k.stans", "Kontrakten avsluttes og avvikles før det siste året",
                 holder("AND(OR({stanses}=0,{stanses_etter}<{kontraktaar}),"
                        "OR(NOT({avvikling_brukes}={ord_ja}),{avvikling_etter_aar}<{kontraktaar}))")),
        Kontroll("k.holder", "Alle som lykkes, holder målet ved den første oppfølgingen", holder("INDEX({kol_priskort_holder:},1)=1")),
        Kontroll("k.pris", "Ingen pris er høyere enn et tak",
                 holder("AND(" + ",".join(pris % ((navn,) * 2) for navn in ("_per_person", "_per_aar", "_kontrakt")) + ")")),
        Kontroll("k.plass", "Alle år med besparelse får plass (lag ellers boken på nytt)",
                 holder("OR(NOT({nullalternativ_brukes}={ord_ja}),{inntaksaar}+{foerste}+{nullalternativ_varighet}-1<=MAX({aarnr:}))")),
        Kontroll("k.inndata", "Alle vilkår er lovlige", holder("+".join(f"{{{n}.feil}}" for n in VILKAARSREGISTRE) + "=0")),
    ]  # fmt: skip
    kontrollblokk(r, linjer, "kontroll_feil", "kontroll_feil")
    for i, n in enumerate(VILKAARSREGISTRE, start=1):
        mal = f"={foerste_feil(r.ark.bok, n, REGISTERKOLONNER)}"
        r.enkelt(f"hva_feil.{n}", f"Det første som må rettes, del {i} av vilkårene", "tekst", mal, "", "tekst")
    i_vilkaarene = "&".join(f"{{hva_feil.{n}}}" for n in VILKAARSREGISTRE)
    r.ark.tekst(r.rad, 0, "Hva som må rettes", "etikett_trang")
    andre = "&".join(f'IF({{{k.noekkel}}}=0,"","«{k.tekst}» holder ikke. ")' for k in linjer if isinstance(k, Kontroll))
    mal = f'=IF({{kontroll_feil}}=0,"",TRIM(IF({{k.inndata}}=0,{andre},{i_vilkaarene})&"Se Status i {VILKAAR} og Kontroll i {PARTENE}."))'
    r.ark.formel(r.rad, r.sum_kolonne, mal, "", "tekst", "kontroll_sted")
    return r.rad + 1


#: The registers whose faults are counted.
VILKAARSREGISTRE = (
    "kontrakt", "inntaket", "raten", "priskort_linjer", "fast_betaling_linjer", "takene", "betalingsaar_per_aar", "nullet",
    "partene", "finansiering_per_aar", "avviklingen",
)  # fmt: skip


def _figur(ark: Ark, g: Grunnlag, rad: int) -> None:
    """Liquidity: running net of each party."""
    rader = {part: ark.sted(f"{part}.akk").rad for part in _POSTER}
    fra, til = g.akse.foerste_kolonne, g.akse.siste_kolonne
    hode = ark.sted("kommune.betaling").rad - 1
    serier = [
        Serie(
            PARTSNAVN[part],
            (rader[part], fra, rader[part], til),
            PARTSFARGER[part],
            stiplet=part in ("stat", "leverandoer"),
        )
        for part in _POSTER
    ]
    ark.figurer.append(
        Linjer(
            ark=ark.navn, plass=Plass(rad + 1, 0, 1100), tittel="Likviditet: netto hittil for hver part",
            beskrivelse="En linje for hver part gjennom budsjettårene. Under null har parten lagt ut mer enn den har fått igjen.",
            etiketter=(hode, fra, hode, til), x_akse="Budsjettår", y_akse="1 000 kr", serier=serier,
        )
    )  # fmt: skip
