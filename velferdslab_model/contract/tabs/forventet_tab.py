"""The money of each party in expectation under the caps, by budget year: over the whole distribution, not at its middle."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from velferdslab_model.contract.flows import (
    OERE,
    Strom,
    besparelse,
    betalerandeler,
    betalingsandeler,
    driftskostnad,
    kompensasjon,
    mest_til_investor,
    utlegg,
)
from velferdslab_model.contract.oppgjoer import forventet_lykkede
from velferdslab_model.contract.tabs.binomial import levende
from velferdslab_model.contract.tabs.gamle_tall import er_gammel, farg, ingen_gamle, uten_blanding
from velferdslab_model.contract.tabs.grunnlag import Grunnlag, ferskhetslinje
from velferdslab_model.contract.tabs.investor_rader import avkastningsrader
from velferdslab_model.contract.terms import MAKS_KONTRAKTAAR
from velferdslab_model.contract.words import IKKE_INNEN, PARTSNAVN, PLUSS_HELE_TIDEN, REGNES_IKKE, pluss_fra
from velferdslab_model.model.array import Array
from velferdslab_model.workbook.plan import Ark, Verdi
from velferdslab_model.workbook.rows import Radskriver, bredder

FORVENTET = "Forventet"
#: What is paid in expectation when each of {n} succeeds with the same chance and a cap stops the sum: up to the whole
#: number of prices it has room for, the sum of a binomial one smaller; above it the cap. Elsewhere what the mean comes to.
_UNDER = (
    "=IF(OR({{b.uten}}=0,{tak}<=0,{n}*{{b.sjanse}}*(1-{{b.sjanse}})*{{b.pris}}=0),MIN({n}*{{b.sjanse}}*{{b.pris}},{tak}),"
    "IF({plass}>={n},{n}*{{b.sjanse}}*{{b.pris}},"
    "{{b.pris}}*{n}*{{b.sjanse}}*IF({plass}<1,0,BINOMDIST({plass}-1,{n}-1,{{b.sjanse}},1))"
    "+{tak}*(1-BINOMDIST({plass},{n},{{b.sjanse}},1))))"
)
#: Rows of each party: what goes out and what comes in.
_POSTER = {
    "kommune": (
        "={kommune_andel_av_betaling}*{forv.betalt}-{kommune.kompensasjon}-{kommune.evaluering}",
        "={forv.besparelse}*{nullalternativ_kommunal_andel}*{nullalternativ_realiserbar_andel}",
    ),
    "stat": (
        "=(1-{kommune_andel_av_betaling})*{forv.betalt}",
        "={forv.besparelse}*(1-{nullalternativ_kommunal_andel})",
    ),
    "leverandoer": ("=-{leverandoer.drift}", "={utlegg}+{forv.betalt}+{kompensasjon}-{forv.til_investor}"),
    "investor": ("={utlegg}", "={forv.til_investor}"),
}

#: Of those rows and their difference: what hangs on no number that can be old, and what puts such a number together with others.
LEVENDE = {("kommune", "inn"), ("stat", "inn"), ("leverandoer", "ut"), ("investor", "ut")}
BLANDES = {("kommune", "ut"), ("stat", "ut"), ("leverandoer", "inn"), *((part, "netto") for part in _POSTER)}


def forventetark(ark: Ark, g: Grunnlag) -> None:
    """Plan the tab."""
    v, akse = g.v, g.akse
    ark.kolonnebredder += bredder(akse, 10.5, 4)
    ark.siste_kolonne, ark.skalering, ark.laas_ruter, ark.sider_bredt = akse.siste_kolonne, 45, (2, 3), 1
    ark.formel(0, 0, '="Forventet: "&TRIM({navn})', f"Forventet: {v.navn}", "tittel")
    kalender = v.startaar + np.arange(float(akse.antall))
    r = Radskriver(ark, 2, akse, "={kalender}")
    r.setning(
        "Snittet av alle utfall under takene. Et tak kutter gode utfall og løfter ikke dårlige, så snittet kan være et annet enn når "
        "akkurat det forventede antallet lykkes (fanen Partene).",
        "dempet",
    )
    r.blokk("Forventet betaling", kalender, "Sum")
    betalt, tilbake = _betaling(r, g)
    r.blokk("Forventet besparelse", kalender, "Sum")
    spart = g.aar(besparelse(v, forventet_lykkede(v)))
    kohorter = range(1, MAKS_KONTRAKTAAR + 1)
    mal = "=" + "+".join(f"{{spart.{c}}}*INDEX({{lykkede_raa:}},1,{{kohort.{c}}})" for c in kohorter)
    r.linje("forv.besparelse", "Besparelse i alt, alle betalere", "kr", mal, spart, skala=_skala(spart))
    r.sum_av_forrige("forv.besparelse.sum", None, "=SUM({forv.besparelse:})", float(spart.sum()), skala=_skala(spart))
    beloep = _beloep(g, betalt, tilbake, spart)
    for part in _POSTER:
        r.blokk(PARTSNAVN[part], kalender, "Sum")
        _part(r, g, part, *beloep[part])
    inn, ut = beloep["investor"][1], beloep["investor"][0]
    avkastningsrader(r, g, "investor.f", inn - ut, g.laget.avtalt.investor.internrente)
    ferskhetslinje(ark, 1, 12, ingen_gamle(ark, g, "fordelingen", "forventet_rente"))


def _under(tak: str, plass: str) -> str:
    return _UNDER.format(n="{forv.n}", tak=f"{{{tak}}}", plass=f"{{{plass}}}")


def _skala(*rekker: Array) -> float:
    return max(1.0, *(float(np.abs(rekke).sum()) for rekke in rekker))


def _betaling(r: Radskriver, g: Grunnlag) -> tuple[Array, Array]:
    """Rows of what is paid, and of what of it and of a compensation goes to the investor."""
    x, v, ark = levende(g), g.v, r.ark
    naa, da = g.naa.fordeling, g.laget.avtalt.fordeling
    gjort_opp = g.aar(np.cumsum(x.personer))
    gjort_opp[len(x.personer) :] = x.personer.sum()
    mal = "=SUMPRODUCT(({linje_betalt_i:}>0)*({linje_betalt_i:}<={aarnr})*({linje_nummer:}=1)*{linje_deltakere_her:})"
    r.linje("forv.n", "Gjøres opp hittil", "personer", mal, gjort_opp, "heltall")
    uten = float(x.personer.sum()) * x.pris
    tak = uten if v.tak.kontrakt is None else v.tak.kontrakt
    mal = "=IF({tak_kontrakt_brukes}={ord_ja},{tak_kontrakt},{b.n.sum}*{b.pris})"
    r.enkelt("forv.tak", "Mest som betales", "kr", mal, tak, "kr")
    plass = float(int(tak / x.pris)) if x.pris > 0 else 0.0
    mal = "=IF({b.pris}>0,INT({forv.tak}/{b.pris}),0)"
    r.enkelt("forv.plass", "Så mange betales fullt", "personer", mal, plass, "heltall")
    _lagret(r, g, "lagret.per_aar", "Forventet betaling da boken ble laget", da.per_aar)
    _lagret(r, g, "lagret.til_investor", "Til investoren da boken ble laget", da.til_investor)
    betalt = g.aar(naa.per_aar if x.uten_aarstak or x.med_aarstak else da.per_aar)
    tilbake = g.aar(naa.til_investor if x.uten_aarstak else da.til_investor)
    skala = _skala(betalt, tilbake, np.array([uten]))
    ventet = gjort_opp * x.sjanse * x.pris
    verdier = betalt.cumsum() if x.uten_aarstak else np.minimum(ventet, tak)
    mal = _under("forv.tak", "forv.plass")
    r.linje("forv.under", "Under taket, når arket regner", "kr", mal, verdier, skala=skala)
    med = "IF({aarnr}<=MAX({risikoaar:}),INDEX({b.forv:},1,{aarnr})*(INDEX({b.n:},1,{aarnr})>0),0)"
    mal = f"=IF({{b.uten}}=1,{{forv.under}},{{<forv.hittil}}+IF({{b.med}}=1,{med},{{lagret.per_aar}}))"
    r.linje("forv.hittil", "Forventet betalt hittil", "kr", mal, betalt.cumsum(), skala=skala)
    r.linje(
        "forv.betalt",
        "Forventet betaling",
        "kr",
        "={forv.hittil}-{<forv.hittil}",
        betalt,
        skala=skala,
        etikett="etikett_fet",
    )
    farg(ark, r.rad - 2, 2, r.rad - 1, g.akse.siste_kolonne, "risiko")
    r.sum_av_forrige("forv.betalt.sum", "forventet_betalt", "=SUM({forv.betalt:})", float(betalt.sum()), skala=skala)
    _betalingsaar(r, g, betalt > OERE)
    return betalt, _til_investor(r, g, tilbake, tak, ventet, skala)


def _betalingsaar(r: Radskriver, g: Grunnlag, betales: NDArray[np.bool_]) -> None:
    """The first and the last year in which something is paid; 0 when nothing ever is."""
    foerste_rad = r.rad
    r.linje("betales", "Det betales i året", "0 / 1", "=IF({forv.betalt}>{oere},1,0)", betales.astype(float), "flagg")
    nr = betales.cumsum().astype(float)
    r.linje("betales_nr", "Av årene hittil", "antall", "={<betales_nr}+{betales}", nr, "heltall")
    kalender = (g.v.startaar + np.flatnonzero(betales)).tolist() or [0]
    for noekkel, tekst, nummer, aar in (
        ("foerste_oppgjoer", "Første betaling i", "1", kalender[0]),
        ("siste_oppgjoer", "Siste betaling i", "SUM({betales:})", kalender[-1]),
    ):
        mal = f"=IF(SUM({{betales:}})>0,INDEX({{kalender:}},1,MATCH({nummer},{{betales_nr:}},0)),0)"
        r.enkelt(noekkel, tekst, "årstall", mal, float(aar), "aar")
    farg(r.ark, foerste_rad, 2, r.rad - 1, g.akse.siste_kolonne, "risiko")


def _lagret(r: Radskriver, g: Grunnlag, noekkel: str, tekst: str, rekke: Array) -> None:
    """A row of numbers without a formula."""
    ark, akse, verdier = r.ark, g.akse, tuple(g.aar(rekke).tolist())
    ark.tekst(r.rad, 0, tekst, "etikett_trang")
    ark.tekst(r.rad, 1, "kr", "enhet")
    for kol, verdi in zip(akse.kolonner, verdier, strict=True):
        ark.fast(r.rad, kol, verdi, "kr_strek")
    ark.registrer(noekkel, r.rad, akse.foerste_kolonne, verdier, bredde=akse.antall, akse=akse)
    farg(ark, r.rad, 0, r.rad, akse.siste_kolonne, "alt")
    r.rad += 1


def _til_investor(r: Radskriver, g: Grunnlag, tilbake: Array, tak: float, ventet: Array, skala: float) -> Array:
    """The investor has its share until outlay and honorar are covered: the same sum under a lower cap."""
    x, v = levende(g), g.v
    andel, mest = v.investor.andel_av_betaling, mest_til_investor(v)
    ekstra = g.aar(kompensasjon(v)).cumsum()
    til = np.minimum(tak, mest / andel - ekstra) if andel else np.zeros(g.rom.aar)
    mal = "=IF({investor_andel_av_betaling}>0,MIN({forv.tak},{mest_tilbake}/{investor_andel_av_betaling}-{kompensasjon_hittil}),0)"
    r.linje("forv.inv_tak", "Betaling som gir investoren mer", "kr", mal, til, skala=skala)
    hele = np.floor(til / x.pris) if x.pris > 0 else np.zeros(g.rom.aar)
    mal = "=IF({b.pris}>0,INT({forv.inv_tak}/{b.pris}),0)"
    r.linje("forv.inv_plass", "Så mange gir den fullt", "personer", mal, hele, "heltall")
    verdier = np.minimum(ventet, til)
    if x.uten_aarstak and andel:
        verdier = tilbake.cumsum() / andel - ekstra
    mal = _under("forv.inv_tak", "forv.inv_plass")
    r.linje("forv.inv_under", "Av det, når arket regner", "kr", mal, verdier, skala=skala)
    mal = (
        "=IF({b.uten}=1,{investor_andel_av_betaling}*({forv.inv_under}+{kompensasjon_hittil}),"
        "{<forv.inv_hittil}+{lagret.til_investor})"
    )
    r.linje("forv.inv_hittil", "Forventet til investoren hittil", "kr", mal, tilbake.cumsum(), skala=skala)
    mal = "={forv.inv_hittil}-{<forv.inv_hittil}"
    r.linje("forv.til_investor", "Forventet til investoren", "kr", mal, tilbake, skala=skala)
    farg(r.ark, r.rad - 2, 2, r.rad - 1, g.akse.siste_kolonne, "fordelingen")
    r.sum_av_forrige("forv.til_investor.sum", None, "=SUM({forv.til_investor:})", float(tilbake.sum()), skala=skala)
    return tilbake


def _beloep(g: Grunnlag, betalt: Array, tilbake: Array, spart: Array) -> Mapping[str, tuple[Array, Array]]:
    """What goes out and what comes in, of each party, by year."""
    v, andel = g.v, betalerandeler(g.v)
    ekstra, lagt_ut = g.aar(kompensasjon(v)), g.aar(utlegg(v))
    bidrag = betalingsandeler(v)
    evaluering = -g.aar(g.naa.stroemmer.kommune.poster["evaluering"])
    return {
        "kommune": (bidrag["kommune"] * betalt + ekstra + evaluering, spart * andel["kommune"]),
        "stat": (bidrag["stat"] * betalt, spart * andel["stat"]),
        "leverandoer": (g.aar(driftskostnad(v)), lagt_ut + betalt + ekstra - tilbake),
        "investor": (lagt_ut, tilbake),
    }


def _part(r: Radskriver, g: Grunnlag, part: str, ut: Array, inn: Array) -> None:
    skala = _skala(ut, inn)
    betaler = part in ("kommune", "stat")
    flagg = "risiko" if betaler else "fordelingen"

    def linje(navn: str, tekst: str, enhet: str, mal: str, verdier: Array, stil: str = "kr_strek") -> None:
        """A row in which what is paid in expectation, which may be old, is put together with what is never old."""
        mal, tomt = uten_blanding(r.ark, g, flagg, mal, "", "")
        gammel = er_gammel(r.ark, g, flagg)
        etikett = "etikett_fet" if navn == "netto" else "etikett_trang"
        r.linje(
            f"{part}.f.{navn}",
            tekst,
            enhet,
            mal,
            [tomt] * len(verdier) if gammel else verdier,
            stil,
            skala=skala,
            etikett=etikett,
        )

    def enkelt(navn: str, tekst: str, enhet: str, mal: str, verdi: Verdi, stil: str) -> None:
        r.enkelt(f"{part}.f.{navn}", tekst, enhet, *uten_blanding(r.ark, g, flagg, mal, verdi), stil)

    for navn, tekst, mal, verdier in (
        ("ut", "Betaler", _POSTER[part][0], ut),
        ("inn", "Sparer" if betaler else "Får", _POSTER[part][1], inn),
        ("netto", "Netto", f"={{{part}.f.inn}}-{{{part}.f.ut}}", inn - ut),
    ):
        mal_sum, sum_ = f"=SUM({{{part}.f.{navn}:}})", float(verdier.sum())
        if (part, navn) in BLANDES:
            linje(navn, tekst, "kr", mal, verdier)
            mal_sum, i_alt = uten_blanding(r.ark, g, flagg, mal_sum, sum_)
        else:
            i_alt = sum_
            r.linje(f"{part}.f.{navn}", tekst, "kr", mal, verdier, skala=skala)
        r.sum_av_forrige(f"{part}.f.{navn}.sum", None, mal_sum, i_alt, skala=skala)
        if (part, navn) not in LEVENDE:
            farg(r.ark, r.rad - 1, 2, r.rad - 1, r.akse.siste_kolonne, flagg)
    foerste = r.rad
    strom = Strom({"inn": inn, "ut": -ut})
    hittil = strom.akkumulert
    linje("akk", "Netto hittil", "kr", f"={{<{part}.f.akk}}+{{{part}.f.netto}}", hittil)
    enkelt("bunn", "Mest ute på noe tidspunkt", "kr", f"=MAX(0,-MIN({{{part}.f.akk:}}))", strom.bunn, "kr")
    mal = f"=IF({{{part}.f.bunn}}>{{oere}},INDEX({{kalender:}},1,MATCH(MIN({{{part}.f.akk:}}),{{{part}.f.akk:}},0)),0)"
    bunnaar = float(g.v.startaar + strom.bunnaar - 1) if strom.bunnaar else 0.0
    enkelt("bunnaar", "Mest ute i", "årstall", mal, bunnaar, "aar")
    under = np.where(hittil < -OERE, np.arange(1.0, g.rom.aar + 1), 0.0)
    mal = f"=IF({{{part}.f.akk}}<-{{oere}},{{aarnr}},0)"
    linje("under", "Året, når noe er ute ved utgangen av det", "år", mal, under, "heltall")
    if betaler:
        siste = f"MAX({{{part}.f.under:}})"
        mal = (
            f'=IF(OR({{gammel.risiko}}=1,NOT({{nullalternativ_brukes}}={{ord_ja}})),"{REGNES_IKKE}",IF({siste}=0,"{PLUSS_HELE_TIDEN}",'
            f'IF({siste}<MAX({{aarnr:}}),{{startaar}}+{siste},"{IKKE_INNEN}")))'
        )
        pluss = REGNES_IKKE if er_gammel(r.ark, g, "risiko") else pluss_fra(g.v, strom)
        r.enkelt(f"{part}.f.pluss", "Tilbake i pluss fra", "årstall", mal, pluss, "aar", f"{part}_i_pluss_fra")
    farg(r.ark, foerste, 2, r.rad - 1, r.akse.siste_kolonne, flagg)
