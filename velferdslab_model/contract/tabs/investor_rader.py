"""What the investor gets out of it, as formulas: internal rate of return, multiple, when it is repaid, and the most that can be lost."""

from __future__ import annotations

import numpy as np

from velferdslab_model.contract.flows import kompensasjon, til_investor
from velferdslab_model.contract.irr import INGEN_RENTE, INGEN_UTLEGG, INGENTING_TILBAKE, UTEN_NETTO_UTLEGG, internrente
from velferdslab_model.contract.oppgjoer import betalingsplan, holder_ved_forventning
from velferdslab_model.contract.tabs.grunnlag import Grunnlag
from velferdslab_model.model.array import Array
from velferdslab_model.workbook.plan import Verdi
from velferdslab_model.workbook.rows import Radskriver

#: Said where there is no investor, and where the outlay never comes back.
UTEN, ALDRI = "–", "aldri"
_NETTO = "{investor.netto:}"
_OERE = 0.005


def investorrader(r: Radskriver, g: Grunnlag) -> None:
    """Plan the rows, below the investor's own."""
    _rente(r, g)
    v, naa = g.v, g.naa.investor
    hittil = g.aar(g.naa.stroemmer.investor.netto).cumsum()
    under = np.where(hittil < -_OERE, np.arange(1.0, g.rom.aar + 1), 0.0)
    r.linje("investor.under", "Året, når noe er ute ved utgangen av det", "år", "=IF({investor.akk}<-{oere},{aarnr},0)", under, "heltall")  # fmt: skip
    mal = f'=IF({{utlegg.sum}}>0,{{til_investor.sum}}/{{utlegg.sum}},"{UTEN}")'
    multippel: Verdi = UTEN if naa.multippel is None else naa.multippel
    r.enkelt("investor.multippel", "Får igjen, ganger utlegget", "ganger", mal, multippel, "antall")
    mal = f'=IF({{utlegg.sum}}>0,IF(MAX({{investor.under:}})<MAX({{aarnr:}}),MAX({{investor.under:}})+1,"{ALDRI}"),"{UTEN}")'
    r.enkelt("investor.tilbakebetalt", "Utlegget er tilbake i", "kontraktår", mal, tilbake_i(naa.utlegg, naa.tilbakebetalt), "heltall")  # fmt: skip
    _hvis_ingen_lykkes(r, g)
    uten = betalingsplan(v, holder_ved_forventning(v, np.zeros(v.inntaksaar))).betalt
    igjen = float(til_investor(v, uten + kompensasjon(v)).sum())
    mal = "=MIN({mest_tilbake},({hvis0.betalt.sum}+{kompensasjon.sum})*{investor_andel_av_betaling})"
    r.enkelt("hvis0.tilbake", "Tilbakebetalt når ingen lykkes", "kr", mal, igjen, "kr")
    r.enkelt("investor.mest_tap", "Største tap", "kr", "=MAX(0,{utlegg.sum}-{hvis0.tilbake})", naa.mest_tap, "kr")


def tilbake_i(utlegg: float, aar: int | None) -> Verdi:
    """The contract year the outlay is back, or why there is none."""
    if not utlegg:
        return UTEN
    return ALDRI if aar is None else float(aar)


def _rente(r: Radskriver, g: Grunnlag) -> None:
    """The rate by IRR from a good first guess, which LibreOffice needs, and one step of Newton's, which Excel needs."""
    netto = g.aar(g.naa.stroemmer.investor.netto)
    fortegn = _fortegn(netto)
    foer = np.concatenate(([0.0], fortegn[:-1]))
    skift = (fortegn * foer < 0).astype(float)
    mal = "=IF({investor.netto}>{oere},1,IF({investor.netto}<-{oere},-1,{<investor.fortegn}))"
    r.linje("investor.fortegn", "Siste fortegn på netto", "-1 / 1", mal, fortegn, "heltall")
    mal = "=IF({investor.fortegn}*{<investor.fortegn}<0,1,0)"
    r.linje("investor.skift", "Fortegnet skifter", "0 / 1", mal, skift, "heltall")
    r.sum_av_forrige("investor.skift.sum", None, "=SUM({investor.skift:})", float(skift.sum()), "heltall")
    inn, ut = f"(({_NETTO}>0)*{_NETTO})", f"(({_NETTO}<0)*{_NETTO})"
    tid = "(SUMPRODUCT({x},{{aarnr:}})/SUMPRODUCT({x}*1))"
    mal = f"=IFERROR((SUMPRODUCT({inn}*1)/-SUMPRODUCT({ut}*1))^(1/({tid.format(x=inn)}-{tid.format(x=ut)}))-1,0)"
    r.enkelt("investor.gjett", "Første anslag på renten", "andel", mal, _gjett(netto), "andel")
    lagret = g.laget.avtalt.investor.internrente
    r.ark.tekst(r.rad, 0, "Internrente da boken ble laget", "etikett_trang")
    r.ark.tekst(r.rad, 1, "andel", "enhet")
    r.ark.verdi("lagret.internrente", r.rad, 2, lagret, "andel")
    r.rad += 1
    rente = f"IRR({_NETTO},{{investor.gjett}})"
    t = "({aarnr:}-1)"
    steg = f"SUMPRODUCT({_NETTO}/(1+{rente})^{t})/SUMPRODUCT({t}*{_NETTO}/(1+{rente})^({t}+1))"
    regnet = f'IF({{investor.skift.sum}}=1,IFERROR({rente}+{steg},"{INGEN_RENTE}"),{{lagret.internrente}})'
    mal = (
        f'=IF(MIN({_NETTO})<-{{oere}},IF(MAX({_NETTO})>{{oere}},{regnet},"{INGENTING_TILBAKE}"),'
        f'IF(MAX({_NETTO})>{{oere}},"{UTEN_NETTO_UTLEGG}","{INGEN_UTLEGG}"))'
    )
    naa = internrente(netto)
    en = skift.sum() == 1 or not ((netto > _OERE).any() and (netto < -_OERE).any())
    r.enkelt("investor.internrente", "Internrente", "andel", mal, naa if en else lagret, "andel", "internrente")


def _fortegn(netto: Array) -> Array:
    ut, siste = np.zeros(len(netto)), 0.0
    for i, x in enumerate(netto):
        siste = 1.0 if x > _OERE else -1.0 if x < -_OERE else siste
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
