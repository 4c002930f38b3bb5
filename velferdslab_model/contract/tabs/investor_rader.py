"""What the investor gets out of it, as formulas: internal rate of return, multiple, when it is repaid, and the most that can be lost."""

from __future__ import annotations

import numpy as np

from velferdslab_model.contract.flows import OERE, Strom, kompensasjon, til_investor, utlegg, utlegget_tilbake
from velferdslab_model.contract.irr import INGEN_RENTE, INGEN_UTLEGG, INGENTING_TILBAKE, UTEN_NETTO_UTLEGG, internrente
from velferdslab_model.contract.oppgjoer import betalingsplan, holder_ved_forventning
from velferdslab_model.contract.tabs.gamle_tall import er_gammel, farg, uten_blanding
from velferdslab_model.contract.tabs.grunnlag import Grunnlag
from velferdslab_model.contract.words import REGNES_IKKE
from velferdslab_model.model.array import Array
from velferdslab_model.workbook.plan import Verdi
from velferdslab_model.workbook.rows import Radskriver

#: Said where there is no investor, and where the outlay never comes back.
UTEN, ALDRI = "–", "aldri"


def investorrader(r: Radskriver, g: Grunnlag) -> None:
    """Plan the rows when exactly the expected number succeeds, below the investor's own, and the most that can be lost."""
    v, naa = g.v, g.naa.investor
    netto = g.aar(g.naa.stroemmer.investor.netto)
    mal = "=IF({investor.akk}<-{oere},{aarnr},0)"
    under = np.where(netto.cumsum() < -OERE, np.arange(1.0, g.rom.aar + 1), 0.0)
    r.linje("investor.under", "Året, når noe er ute ved utgangen av det", "år", mal, under, "heltall")
    avkastningsrader(r, g, "investor", netto, g.laget.avtalt.investor.internrente_ved_forventning)
    _hvis_ingen_lykkes(r, g)
    uten = betalingsplan(v, holder_ved_forventning(v, np.zeros(v.inntaksaar))).betalt
    igjen = float(til_investor(v, uten + kompensasjon(v)).sum())
    mal = "=MIN({mest_tilbake},({hvis0.betalt.sum}+{kompensasjon.sum})*{investor_andel_av_betaling})"
    r.enkelt("hvis0.tilbake", "Tilbakebetalt når ingen lykkes", "kr", mal, igjen, "kr")
    r.enkelt("investor.mest_tap", "Største tap", "kr", "=MAX(0,{utlegg.sum}-{hvis0.tilbake})", naa.mest_tap, "kr")


def avkastningsrader(r: Radskriver, g: Grunnlag, hvem: str, netto: Array, lagret: float | str) -> None:
    """Plan rate, multiple and repayment of the rows under a key. netto: the engine's. lagret: the rate when the file was made."""
    foerste = r.rad
    _rente(r, g, hvem, netto, lagret)
    lagt_ut = g.aar(utlegg(g.v))
    tilbake = netto + lagt_ut
    sum_ = f"{{{hvem}.netto:}}"
    mal = f'=IF({{utlegg.sum}}>0,1+SUM({sum_})/{{utlegg.sum}},"{UTEN}")'
    multippel: Verdi = float(tilbake.sum() / lagt_ut.sum()) if lagt_ut.any() else UTEN
    r.enkelt(
        f"{hvem}.multippel", "Får igjen, ganger utlegget", "ganger", *_regnes(r, g, hvem, mal, multippel), "antall"
    )
    siste = f"MAX({{{hvem}.under:}})"
    mal = f'=IF({{utlegg.sum}}>0,IF({siste}<MAX({{aarnr:}}),MAX({siste}+1,MAX({{utlegg_aar:}})),"{ALDRI}"),"{UTEN}")'
    verdi = tilbake_i(float(lagt_ut.sum()), utlegget_tilbake(Strom({"netto": netto}), lagt_ut))
    r.enkelt(
        f"{hvem}.tilbakebetalt", "Utlegget er tilbake i", "kontraktår", *_regnes(r, g, hvem, mal, verdi), "heltall"
    )
    if hvem != "investor":
        farg(r.ark, foerste, 2, r.rad - 1, r.akse.siste_kolonne, "fordelingen")


def tilbake_i(utlegg: float, aar: int | None) -> Verdi:
    """The contract year the outlay is back, or why there is none."""
    if not utlegg:
        return UTEN
    return ALDRI if aar is None else float(aar)


def _regnes(
    r: Radskriver, g: Grunnlag, hvem: str, mal: str, verdi: Verdi, ellers: str = REGNES_IKKE
) -> tuple[str, Verdi]:
    """The expected flow is not computed while what is paid in expectation is old."""
    return (mal, verdi) if hvem == "investor" else uten_blanding(r.ark, g, "fordelingen", mal, verdi, ellers)


def _rente(r: Radskriver, g: Grunnlag, hvem: str, netto: Array, lagret: float | str) -> None:
    """The rate by IRR from a good first guess, which LibreOffice needs, and one step of Newton's, which Excel needs."""
    regnes = hvem == "investor" or not er_gammel(r.ark, g, "fordelingen")
    netto = netto if regnes else np.zeros(len(netto))
    fortegn = _fortegn(netto)
    foer = np.concatenate(([0.0], fortegn[:-1]))
    skift = (fortegn * foer < 0).astype(float)
    rad = f"{{{hvem}.netto:}}"
    tall = f"SUM({{{hvem}.netto}})"  # none while it is not computed
    mal = f"=IF({tall}>{{oere}},1,IF({tall}<-{{oere}},-1,{{<{hvem}.fortegn}}))"
    r.linje(f"{hvem}.fortegn", "Siste fortegn på netto", "-1 / 1", mal, fortegn, "heltall")
    mal = f"=IF({{{hvem}.fortegn}}*{{<{hvem}.fortegn}}<0,1,0)"
    r.linje(f"{hvem}.skift", "Fortegnet skifter", "0 / 1", mal, skift, "heltall")
    r.sum_av_forrige(f"{hvem}.skift.sum", None, f"=SUM({{{hvem}.skift:}})", float(skift.sum()), "heltall")
    inn, ut = f"(({rad}>0)*{rad})", f"(({rad}<0)*{rad})"
    tid = "(SUMPRODUCT({x},{{aarnr:}})/SUMPRODUCT({x}*1))"
    mal = f"=IFERROR((SUMPRODUCT({inn}*1)/-SUMPRODUCT({ut}*1))^(1/({tid.format(x=inn)}-{tid.format(x=ut)}))-1,0)"
    r.enkelt(f"{hvem}.gjett", "Første anslag på renten", "andel", mal, _gjett(netto), "andel")
    r.ark.tekst(r.rad, 0, "Internrente da boken ble laget", "etikett_trang")
    r.ark.tekst(r.rad, 1, "andel", "enhet")
    r.ark.verdi(f"lagret.{hvem}.internrente", r.rad, 2, lagret, "andel")
    farg(r.ark, r.rad, 0, r.rad, 2, "alt")
    r.rad += 1
    rente = f"IRR({rad},{{{hvem}.gjett}})"
    t = "({aarnr:}-1)"
    steg = f"SUMPRODUCT({rad}/(1+{rente})^{t})/SUMPRODUCT({t}*{rad}/(1+{rente})^({t}+1))"
    flere = f'IF({{{hvem}.skift.sum}}=0,"{UTEN}",{{lagret.{hvem}.internrente}})'
    regnet = f'IF({{{hvem}.skift.sum}}=1,IFERROR({rente}+{steg},"{INGEN_RENTE}"),{flere})'
    naa, antall = internrente(netto), int(skift.sum())
    rente_vist = (UTEN, naa)[antall] if antall <= 1 else lagret
    r.enkelt(f"{hvem}.rente", "Rente som gir nåverdien null", "andel", f"={regnet}", rente_vist, "andel")
    mal = (
        f'=IF(MIN({rad})<-{{oere}},IF(MAX({rad})>{{oere}},{{{hvem}.rente}},"{INGENTING_TILBAKE}"),'
        f'IF(MAX({rad})>{{oere}},"{UTEN_NETTO_UTLEGG}","{INGEN_UTLEGG}"))'
    )
    en = antall == 1 or not ((netto > OERE).any() and (netto < -OERE).any())
    navn = "internrente" if hvem == "investor" else "internrente_forventet"
    r.enkelt(
        f"{hvem}.internrente", "Internrente", "andel", *_regnes(r, g, hvem, mal, naa if en else lagret), "andel", navn
    )
    farg(r.ark, r.rad - 2, 0, r.rad - 1, 2, "rente" if hvem == "investor" else "forventet_rente")


def _fortegn(netto: Array) -> Array:
    ut, siste = np.zeros(len(netto)), 0.0
    for i, x in enumerate(netto):
        siste = 1.0 if x > OERE else -1.0 if x < -OERE else siste
        ut[i] = siste
    return ut


def _gjett(netto: Array) -> float:
    """The rate if all came in on its mean date, and all went out on its; 0 when there is none."""
    aar = np.arange(1.0, len(netto) + 1)
    inn, ut = np.where(netto > 0, netto, 0.0), np.where(netto < 0, netto, 0.0)
    if not inn.sum() or not ut.sum():
        return 0.0
    avstand = float(inn @ aar / inn.sum() - ut @ aar / ut.sum())
    return float((inn.sum() / -ut.sum()) ** (1 / avstand) - 1) if avstand else 0.0


def _hvis_ingen_lykkes(r: Radskriver, g: Grunnlag) -> None:
    """What is paid all the same, under the caps."""
    v = g.v
    plan = betalingsplan(v, holder_ved_forventning(v, np.zeros(v.inntaksaar)))
    brutto, betalt = g.aar(plan.brutto), g.aar(plan.betalt)
    til_gode = np.cumsum(brutto - betalt) if v.tak.overfoering else np.zeros_like(brutto)
    krav = brutto + (np.arange(g.rom.aar) < v.driftsaar) * np.concatenate(([0.0], til_gode[:-1]))
    etter = krav if v.tak.per_aar is None else np.minimum(krav, v.tak.per_aar)
    mal = "=SUMPRODUCT(({kol_fast_betaling_aar:}={aarnr})*({kol_fast_betaling_krav_lykkede:}=0)*{kol_fast_betaling_beloep:})*{i_kontrakt}"
    r.linje("hvis0.brutto", "Når ingen lykkes: før tak", "kr", mal, brutto)
    r.linje("hvis0.krav", "Når ingen lykkes: krav", "kr", "={hvis0.brutto}+{i_kontrakt}*{<hvis0.til_gode}", krav)
    mal = "=IF({tak_per_aar_brukes}={ord_ja},MIN({hvis0.krav},{tak_per_aar}),{hvis0.krav})"
    r.linje("hvis0.etter", "Når ingen lykkes: etter taket per år", "kr", mal, etter)
    mal = "=IF({tak_kontrakt_brukes}={ord_ja},MIN({hvis0.etter},MAX(0,{tak_kontrakt}-{<hvis0.i_alt})),{hvis0.etter})"
    r.linje("hvis0.betalt", "Når ingen lykkes: betales", "kr", mal, betalt)
    r.sum_av_forrige("hvis0.betalt.sum", None, "=SUM({hvis0.betalt:})", float(betalt.sum()))
    r.linje("hvis0.i_alt", "Når ingen lykkes: betalt hittil", "kr", "={<hvis0.i_alt}+{hvis0.betalt}", betalt.cumsum())
    mal = "=IF({tak_overfoering}={ord_ja},{<hvis0.til_gode}+{hvis0.brutto}-{hvis0.betalt},0)"
    r.linje("hvis0.til_gode", "Når ingen lykkes: overføres", "kr", mal, til_gode)
