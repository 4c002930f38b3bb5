"""The first tab: what it costs, what it gives whom, when the money is back, and what it takes."""

from __future__ import annotations

from velferdslab_model.utenfor.account import SYN, Utenforregnskap
from velferdslab_model.utenfor.sentences import FORBEHOLD, eksempeltall, regnskapet_hviler_paa, synsnavn
from velferdslab_model.utenfor.tabs.regnskap_tab import utenforfigurer
from velferdslab_model.utenfor.terms import FORVALTNINGSNIVAAER
from velferdslab_model.workbook.checks import kontrollcelle
from velferdslab_model.workbook.plan import Akse, Ark

UTENFORSVAR = "Svar"
IKKE_IGJEN = "ikke igjen"
_HODER = (
    "Hvem", "Gevinst per person som nås (kr)", "Kostnad (kr)", "Netto (kr)", "Penger igjen ved alder",
    "Går opp ved suksessfaktor", "Tåler en kostnad på (kr)", "Sjanse for at nok lykkes *",
)  # fmt: skip
_SISTE = len(_HODER) - 1
_BRED = 130


def utenforsvarark(ark: Ark, r: Utenforregnskap, akse: Akse) -> None:
    """Plan the tab."""
    v = r.vilkaar
    ark.kolonnebredder += [(0, 0, 30), (1, _SISTE, 15)]
    ark.siste_kolonne, ark.skalering, ark.sider_bredt, ark.laas_ruter = _SISTE, 70, 1, (2, 0)
    if v.konstruert:
        ark.topptekst = "Konstruerte tall"
    ark.formel(0, 0, '="Utenforregnskap: "&TRIM({navn})', f"Utenforregnskap: {v.navn}", "tittel")
    ark.tekst(1, 0, "Kontroll", "etikett")
    kontrollcelle(ark, 1, 1, 1, ("kontroll_feil",))
    mal = '=IF({konstruert}="ja","Konstruerte tall. ","")&"Kroner i "&{prisaar}&"-priser, neddiskontert."'
    ark.formel(
        1,
        2,
        mal,
        f"{'Konstruerte tall. ' if v.konstruert else ''}Kroner i {v.prisaar}-priser, neddiskontert.",
        "dempet",
    )
    for kol, hode in enumerate(_HODER):
        ark.tekst(3, kol, hode, "hode_v" if kol == 0 else "hode")
    ark.radhoeyder[3] = 42
    for i, hvem in enumerate((*FORVALTNINGSNIVAAER, *SYN)):
        _rad(ark, r, 4 + i, hvem)
    rad = 5 + len(FORVALTNINGSNIVAAER) + len(SYN)
    ark.tekst(
        rad,
        0,
        "* At nok av personene lykkes til å dekke kostnaden, når profilen, priser og suksessfaktor er sikre. Det er de ikke.",
        "dempet",
    )
    rad = utenforfigurer(ark, rad + 1, akse)
    ark.tekst(rad, 0, "Hva svaret hviler på (da boken ble laget)", "blokk", _SISTE)
    rad = _avsnitt(ark, rad + 1, list(regnskapet_hviler_paa(v)))
    ark.tekst(rad + 1, 0, "Publiserte tall per person: eksempler, aldri brukt i regnskapet", "blokk", _SISTE)
    rad = _avsnitt(
        ark, rad + 2, [f"{e['tall']}: {e['hva']} {e['kilde']}, {e['aar']}." for e in eksempeltall()] + [FORBEHOLD]
    )


def _rad(ark: Ark, r: Utenforregnskap, rad: int, hvem: str) -> None:
    u = r.utfall[hvem]
    gevinst, kostnad = (
        f"{{{hvem}.gevinst.sum}}",
        f"{{kostnad_{hvem}}}" if hvem in FORVALTNINGSNIVAAER else "{kostnad_i_alt}",
    )
    ark.tekst(rad, 0, synsnavn(hvem), "etikett_fet" if hvem in SYN else "etikett")
    navn = f"utfall_{hvem}"
    ark.formel(rad, 1, f"={gevinst}", u.per_person, "kr", navn=f"{navn}_per_person", noekkel=f"{navn}_per_person")
    ark.formel(rad, 2, f"={kostnad}", u.kostnad, "kr")
    ark.formel(rad, 3, f"={{{hvem}.netto.sum}}", u.netto, "kr_fet", navn=f"{navn}_netto", noekkel=f"{navn}_netto")
    siste = "MIN(MAX({alder:}),{alder_ved_tiltak}+{horisont}-1)"
    mal = (
        f'=IF(OR({kostnad}<=0,{{{hvem}.sist_under}}>={siste}),"{IKKE_IGJEN}",'
        f"IF({{{hvem}.sist_under}}=0,{{alder_ved_tiltak}},{{{hvem}.sist_under}}+1))"
    )
    alder = IKKE_IGJEN if u.tilbakebetalt_alder is None else float(u.tilbakebetalt_alder)
    ark.formel(rad, 4, mal, alder, "tilbake", navn=f"{navn}_tilbakebetalt_alder", noekkel=f"{navn}_alder")
    mal = f'=IF({gevinst}>0,{kostnad}/({{antall}}*{gevinst}),"–")'
    ark.formel(
        rad,
        5,
        mal,
        "–" if u.nullpunkt is None else u.nullpunkt,
        "andel",
        navn=f"{navn}_nullpunkt",
        noekkel=f"{navn}_nullpunkt",
    )
    ark.formel(rad, 6, f"={{lykkede}}*{gevinst}", u.taaler_kostnad, "kr")
    maa = f"INT(MIN({{antall}},{kostnad}/{gevinst}*(1+{{slingring}})))"
    mal = f"=IF({gevinst}<=0,0,1-BINOMDIST({maa},{{antall}},{{suksessfaktor}},TRUE))"
    ark.formel(rad, 7, mal, u.p_sikker_rate, "andel", navn=f"{navn}_sjanse", noekkel=f"{navn}_sjanse")


def _avsnitt(ark: Ark, rad: int, tekster: list[str]) -> int:
    for tekst in tekster:
        ark.tekst(rad, 0, tekst, "tekst_bryt", _SISTE)
        ark.radhoeyder[rad] = 14.25 * (1 + len(tekst) // _BRED)
        rad += 1
    return rad
