"""Price growth in the tab «Økonomiplan»: the choice of kroner, and each year's factor from the block «Prisindekser»."""

from __future__ import annotations

from collections.abc import Mapping

from velferdslab_model.effektbok.prisindekser import NAVN, finnes_i_blokken
from velferdslab_model.errors import UgyldigInndata
from velferdslab_model.oekonomiplan import FOELGER_DEFLATOREN, Oekonomiplan, med_prisvekst
from velferdslab_model.parameters.indeksblokk import BLOKKAAR, RADER, kjedet, merker, punkter
from velferdslab_model.parameters.indekser import INDEKSER, INDEKSNAVN, Indeks
from velferdslab_model.parameters.typer import BETALERE
from velferdslab_model.workbook.inputs import meldinger
from velferdslab_model.workbook.plan import Ark
from velferdslab_model.workbook.rows import Radskriver

#: The two kinds of kroner, as they stand in the cell.
KRONER = ("Faste priser", "Løpende kroner")
#: What a year's growth rests on, the weakest first; as the spreadsheet is told, the word of the last is empty.
_ANTATT, _ANSLAG, _IKKE_ENDELIG = "antatt vekst", "anslag", "ikke endelig"
_IKKE_ENDELIGE = ("foreløpig", "ikke kontrollert")
_DEFLATOR, _KPI = "{plan.faktor.kommunal_deflator}", "{plan.faktor.kpi}"


def i_loepende(plan: Oekonomiplan) -> Oekonomiplan:
    """The plan in løpende kroner. Raises UgyldigInndata where the block does not hold what its years need."""
    f, aarene = plan.resultat.forutsetninger, (plan.resultat.forutsetninger.beloepsaar, *plan.aar)
    if min(aarene) < BLOKKAAR[0] or f.beloepsaar > BLOKKAAR[-1] or not finnes_i_blokken(f.indekser):
        raise UgyldigInndata(
            "løpende kroner",
            [
                f"blokken Prisindekser i arbeidsboken går fra {BLOKKAAR[0]} til {BLOKKAAR[-1]}, og prisåret "
                f"({f.beloepsaar}), årene i økonomiplanen eller egne indekser ligger utenfor. Bruk «run --oekonomiplan --loepende»."
            ],
        )
    return med_prisvekst(plan)


def kronervalg(ark: Ark, rad: int, kol: int, loepende: bool) -> None:
    """The cell that says which kroner the tab is in."""
    ark.tekst(rad, 0, "Kroner", "etikett_fet")
    ark.tekst(rad, 1, "velg", "enhet")
    ark.verdi(
        "oekonomiplan_kroner", rad, kol, KRONER[loepende], "inn_tekst", navn="oekonomiplan_kroner", til_kol=kol + 1
    )
    regel = {"validate": "list", "source": list(KRONER)} | meldinger(
        "Kroner",
        "Faste priser: uten prisvekst. Løpende kroner: med pris- og lønnsvekst etter prisindeksene på Introduksjonsark.",
        f"Velg {KRONER[0]} eller {KRONER[1]}.",
    )
    ark.valideringer.append((rad, kol, rad, kol, regel))
    ark.tekst(rad, kol + 2, "← Med eller uten prisvekst til hvert år.", "dempet")


def i_valgte_kroner(faste: Mapping[str, str], prefiks: str) -> dict[str, str]:
    """The template of each series in the chosen kroner, from those in fixed prices; oekonomiplan.med_prisvekst as formulas."""
    inntekt = f"IF({{{prefiks}.reell_vekst}}=0,{{plan.faktor.loennsvekst}},{_KPI})"
    ut = dict(faste)
    for navn in FOELGER_DEFLATOREN:
        ut[navn] = f"{_DEFLATOR}*{faste[navn]}"
    ut["fast_aarskostnad"] = f"{_KPI}*{faste['fast_aarskostnad']}"
    uten_fast = f"{faste['kostnad_kommune']}-{faste['fast_aarskostnad']}"
    ut["kostnad_kommune"] = f"{_DEFLATOR}*({uten_fast})+{ut['fast_aarskostnad']}"
    for navn in ("offentlig_inntekt_kommune", "offentlig_inntekt_stat"):
        ut[navn] = f"{inntekt}*{faste[navn]}"
    for netto, besparelse, kostnad in (
        ("netto_kommune", "besparelse_kommune", "kostnad_kommune"),
        ("netto_kommune_realiserbar", "besparelse_kommune_realiserbar", "kostnad_kommune"),
        *((f"netto_{b}", f"besparelse_{b}", f"kostnad_{b}") for b in BETALERE[1:]),
    ):
        rad = f"{{plan.{prefiks}.{besparelse}}}-{{plan.{prefiks}.{kostnad}}}"
        ut[netto] = f"{rad}+{inntekt}*({faste[netto]}-{faste[besparelse]}+{faste[kostnad]})"
    ut["netto_budsjett"] = "+".join(f"{{plan.{prefiks}.netto_{b}}}" for b in BETALERE)
    return ut


def prisvekstblokk(r: Radskriver, plan: Oekonomiplan, tabeller: tuple[int, int]) -> None:
    """The factor of each year for each index, 1 throughout in fixed prices, and what it rests on.

    tabeller: first and last row of the tables, where years that rest on no final number are shown in italics.
    """
    vekst, indekser = plan.prisvekst, plan.resultat.forutsetninger.indekser
    merket, nivaa = merker(indekser), kjedet(punkter(indekser))
    r.blokk("Prisvekst fra prisåret", plan.aar)
    mal = f'=IF({{oekonomiplan_kroner}}="{KRONER[1]}",1,0)'
    r.enkelt("plan.loepende", "Løpende kroner er valgt", "1 / 0", mal, int(vekst is not None), "heltall")
    for indeks in INDEKSER:
        navn, aar, rekke = INDEKSNAVN[indeks], "{prisindeks.aar:}", f"{{prisindeks_nivaa_{indeks}:}}"
        siste, videre = f"{{plan.siste.{indeks}}}", f"{{plan.videre.{indeks}}}"
        kjente = [n for n in nivaa[indeks] if n is not None]
        siste_aar = BLOKKAAR[len(kjente) - 1]
        mal = f"={{prisindeks_foerste_aar}}+COUNT({rekke})-1"
        r.enkelt(f"plan.siste.{indeks}", f"{_stor(navn)}: siste år med tall", "årstall", mal, siste_aar, "aar")
        mal = f"=IFERROR(SUMIFS({rekke},{aar},{siste})/SUMIFS({rekke},{aar},{siste}-1)-1,0)"
        vekst_videre = kjente[-1] / kjente[-2] - 1 if len(kjente) > 1 else 0.0
        r.enkelt(f"plan.videre.{indeks}", f"{_stor(navn)}: antatt vekst videre", "per år", mal, vekst_videre, "andel")
        foer = "OR({plan.aar}<{prisindeks_foerste_aar},{prisaar_da_laget}<{prisindeks_foerste_aar})"
        nivaaer = f"SUMIFS({rekke},{aar},MIN({{plan.aar}},{siste}))/SUMIFS({rekke},{aar},{{prisaar_da_laget}})"
        mal = f"=IF({{plan.loepende}}=0,1,IF({foer},NA(),{nivaaer}*(1+{videre})^MAX(0,{{plan.aar}}-{siste})))"
        faktorer = vekst.faktorer[indeks] if vekst else (1.0,) * len(plan.aar)
        r.linje(f"plan.faktor.{indeks}", f"{_stor(navn)}: faktor", "faktor", mal, faktorer, "faktor")
        hva = [_bygger_paa(indeks, merket, vekst.fra, a, siste_aar) if vekst else "" for a in plan.aar]
        r.linje(f"plan.bygger_paa.{indeks}", "  bygger på", "status", _bygger_paa_mal(indeks), hva, "sammen")
    foerste, siste_rad = tabeller
    kol = r.akse.bokstaver[1]
    rader = [r.ark.bok.steder[f"plan.bygger_paa.{indeks}"].rad + 1 for indeks in INDEKSER]
    vilkaar = f"=LEN({'&'.join(f'{kol}${rad}' for rad in rader)})>0"
    omraade = (foerste, r.akse.foerste_kolonne, siste_rad, r.akse.siste_kolonne)
    r.ark.betingede.append((*omraade, {"type": "formula", "criteria": vilkaar}, "cf_utenfor"))


def _stor(tekst: str) -> str:
    return f"{tekst[0].upper()}{tekst[1:]}"


def _ledd(indeks: Indeks) -> list[str]:
    return [rad.noekkel for rad in RADER if rad.indeks == indeks]


def _bygger_paa(indeks: Indeks, merket: Mapping[str, tuple[str, ...]], fra: int, aar: int, siste: int) -> str:
    """The weakest thing a factor rests on; empty where every point is final or the user's own."""
    if aar > siste:
        return _ANTATT
    mellom = range(BLOKKAAR.index(min(fra, aar)) + 1, BLOKKAAR.index(max(fra, aar)) + 1)
    merkene = {merket[rad][i] for rad in _ledd(indeks) for i in mellom}
    return _ANSLAG if _ANSLAG in merkene else _IKKE_ENDELIG if merkene & {*_IKKE_ENDELIGE} else ""


def _bygger_paa_mal(indeks: Indeks) -> str:
    aar, fra = "{prisindeks.aar:}", "{prisaar_da_laget}"
    mellom = f"({aar}>MIN({fra},{{plan.aar}}))*({aar}<=MAX({fra},{{plan.aar}}))"

    def finnes(*ordene: str) -> str:
        like = (f'({{{NAVN[rad]}.merke:}}="{ord_}")' for rad in _ledd(indeks) for ord_ in ordene)
        return f"SUMPRODUCT({mellom}*({'+'.join(like)}))>0"

    ikke_endelig = f'IF({finnes(*_IKKE_ENDELIGE)},"{_IKKE_ENDELIG}","")'
    antatt = f'IF({{plan.aar}}>{{plan.siste.{indeks}}},"{_ANTATT}",IF({finnes(_ANSLAG)},"{_ANSLAG}",{ikke_endelig}))'
    # Joined, for three IFs within each other are enough for a reader.
    return f"=LEFT({antatt},{{plan.loepende}}*LEN({antatt}))"
