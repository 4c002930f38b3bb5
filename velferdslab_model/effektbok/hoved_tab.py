"""The tabs «Unge voksne» and «Familie»: inputs and answer on the first screen, then figures and calculations."""

from __future__ import annotations

from velferdslab_model.base.ord import ANTAKELSE, IKKE_INNEN, SERIENAVN, SITUASJONSNAVN, Enhetsord, er_antakelse
from velferdslab_model.base.tall import prosent
from velferdslab_model.base.tekst import normalisert
from velferdslab_model.effektbok.aarsakse import AAR, BREDDER, aarsskriver
from velferdslab_model.effektbok.beregninger import beregninger
from velferdslab_model.effektbok.figurer import figurer, sett_paa_akse
from velferdslab_model.effektbok.grupper import gruppeinndata
from velferdslab_model.effektbok.hva_om_tab import hva_om_beregning, hva_om_tabell
from velferdslab_model.effektbok.kontroller import gruppekontroll
from velferdslab_model.effektbok.visninger import beregning as visningsberegning
from velferdslab_model.effektbok.visninger import inntatt_tabell
from velferdslab_model.hva_om import HvaOm
from velferdslab_model.model.diskontering import STANDARD_ALTERNATIV_RENTE
from velferdslab_model.model.visninger import (
    DFOE_REELL_VEKST,
    DFOE_RENTE,
    DFOE_SKATTEFINANSIERINGSSATS,
)
from velferdslab_model.parameters.felt import FELT
from velferdslab_model.parameters.typer import UTGANGSSITUASJONER
from velferdslab_model.results import Grupperesultat
from velferdslab_model.setning import gunstigst, gunstigst_mal, null_ved, null_ved_mal
from velferdslab_model.workbook.checks import svarcelle
from velferdslab_model.workbook.inputs import Kolonner, inndatacelle, register
from velferdslab_model.workbook.page import sideskift_ved_blokker
from velferdslab_model.workbook.plan import Ark, Verdi
from velferdslab_model.workbook.rows import RADER_PER_SIDE
from velferdslab_model.workbook.rules import ren_tekst

_FELTER = [felt for felt in FELT.values() if felt.fane == "hoved"]
_GENERELLE = ("analyseperiode", "inntaksaar", "analysetidspunkt", "neddiskontering")
_AAR0 = AAR.foerste_kolonne
#: The views that are not told by their rate alone, and what they are.
_VISNINGSORD = {"dfoe_": "DFØ", "forsiktig_": "forsiktig"}
_OM_VISNINGENE = "DFØ, statens regnemåte: {} rente, {} skatt, {} vekst (antatt)."
#: Where it is said that the answer is the most favourable, right of the longest one.
_GUNSTIGST_KOLONNE = _AAR0 + 7
#: The row of the headings of the first screen.
_HODE = 4
_REGISTER = Kolonner(
    tekst=0,
    enhet=1,
    verdi=2,
    minst=_AAR0,
    mest=_AAR0 + 1,
    status=_AAR0 + 2,
    kontrolltall=_AAR0 + 3,
    kilde=_AAR0 + 4,
    kilde_til=AAR.siste_kolonne,
)


def hovedark(ark: Ark, g: Grupperesultat, enhet: Enhetsord, egen_rente: float, valg: HvaOm) -> None:
    """Plan the tab of one group. enhet: what a participant is called. egen_rente: offered in the list beside 0 and 4 %.

    valg: the shares in the block «Hva om?».
    """
    ark.kolonnebredder += BREDDER
    ark.siste_kolonne, ark.skalering = AAR.siste_kolonne, 67
    ark.radhoeyder |= {0: 23, 1: 17, _HODE: 28}
    _topp(ark, g)
    _inndata(ark, g)
    _noekkeltall(ark, g, enhet)
    _visninger(ark, g)
    neste, paa_akse = figurer(ark, _HODE + 11, g, enhet)
    r = aarsskriver(ark, neste)
    ark.sideskift.append(r.rad)
    inntatt_tabell(r, g, enhet)
    valgene = r.rad
    kilder = hva_om_tabell(ark, valgene, g, valg) + 1
    beregning = _kilder(ark, kilder, g, egen_rente)
    ark.sideskift += [kilder, beregning]
    r = aarsskriver(ark, beregning)
    beregninger(r, g)
    sett_paa_akse(ark, paa_akse)
    visningsberegning(r, g)
    hva_om_beregning(r, g, valg)
    kontroll = r.rad
    gruppekontroll(ark, kontroll, g)
    sideskift_ved_blokker(ark, RADER_PER_SIDE)
    _lenker(ark, {"Hva om?": valgene, "Kilder": kilder, "Kontroll": kontroll + 1, "Beregninger": beregning + 1})
    ark.laas_ruter = (_HODE, 1)


def _topp(ark: Ark, g: Grupperesultat) -> None:
    mal = f'="{ark.navn}: effektmodell for "&TRIM({{navn}})'
    ark.formel(0, 0, mal, f"{ark.navn}: effektmodell for {ark.bok.navn}", "tittel")
    svarcelle(ark, 1, 0, "{setning}", g.svar, "setning", "overskrift")
    mal = '=IF({kontroll_feil}=0,{hviler_paa},"")'
    ark.formel(2, 0, mal, g.hviler_paa, "tekst", "forbehold")
    utvidet = g.gruppe.utvidet
    gunstig = gunstigst(g.gruppe.neddiskontering, utvidet.skjedd_uansett)
    ark.formel(1, _GUNSTIGST_KOLONNE, f'=IF({{kontroll_feil}}=0,{gunstigst_mal()},"")', gunstig, "fet")
    tekst = ". Gule felt kan endres. Kontroll: "
    mal = f'={{prisaartekst}}&"{tekst}"&{{kontroll}}'
    ark.formel(_HODE - 1, 0, mal, f"{ark.bok.tekster['prisaartekst']}{tekst}OK", "dempet")


def _lenker(ark: Ark, maal: dict[str, int]) -> None:
    """Ways to the parts of a long sheet, above the key figures; the longest word is last and runs into an empty cell."""
    ark.lenke(_HODE - 1, _AAR0 + 6, "Introduksjonsark", "A1", "Introduksjon")
    for i, (tekst, rad) in enumerate(maal.items()):
        ark.lenke(_HODE - 1, _AAR0 + 8 + i, ark.navn, f"A{rad + 1}", tekst)


def _inndata(ark: Ark, g: Grupperesultat) -> None:
    ark.tekst(_HODE, 0, "Forutsetninger", "hode_v")
    ark.tekst(_HODE, 1, "Enhet", "hode_v")
    ark.tekst(_HODE, 2, "Verdi", "hode")
    inndata = {en.felt.noekkel: en for en in gruppeinndata(g.gruppe, _FELTER)}
    rad = _HODE + 1
    for noekkel in _GENERELLE:
        felt = FELT[noekkel]
        ark.tekst(rad, 0, felt.tekst, "etikett")
        ark.tekst(rad, 1, "per år" if felt.slag == "andel" else felt.enhet, "enhet")
        liste = f"={ark.prefiks}_rentevalg" if felt.slag == "andel" else None
        inndatacelle(ark, rad, 2, inndata[noekkel], liste)
        rad += 1
    ark.tekst(rad, 0, "Situasjon ved inngang", "hode_v")
    ark.tekst(rad, 1, "Nye per år", "hode")
    ark.tekst(rad, 2, "Suksessrate", "hode")
    for s in UTGANGSSITUASJONER:
        rad += 1
        ark.tekst(rad, 0, SITUASJONSNAVN[s], "etikett")
        inndatacelle(ark, rad, 1, inndata[f"inntak.{s}"])
        inndatacelle(ark, rad, 2, inndata[f"suksessrate.{s}"])
    for noekkel, tekst in (
        ("kommunal_andel_nullalternativ", "Kommunens andel av besparelsen"),
        ("erstatningsgrad", "Erstatningsgrad i velferdslab"),
    ):
        rad += 1
        ark.tekst(rad, 0, tekst, "etikett")
        kilde = normalisert(g.gruppe.kilder[f"utvidet.{noekkel}"])
        rent = ren_tekst(f"{{{noekkel}_kilde}}")
        uten_kilde = f'OR({rent}="",LEFT({rent},LEN({{ord_antakelse}}))={{ord_antakelse}})'
        mal = f'=IF({uten_kilde},{{ord_antakelse}},"se kilde")'
        ark.formel(rad, 1, mal, ANTAKELSE if not kilde or er_antakelse(kilde) else "se kilde", "enhet")
        ark.formel(rad, 2, f"={{{noekkel}}}", getattr(g.gruppe.utvidet, noekkel), "andel")


def _noekkeltall(ark: Ark, g: Grupperesultat, enhet: Enhetsord) -> None:
    """The answer beside the inputs: sums, per participant and payback years."""
    tekst, sum_, per, tilbake = (_AAR0 + k for k in (0, 3, 4, 5))
    for kol, hode in ((sum_, "Sum, kr"), (per, f"Per {enhet.entall}, kr"), (tilbake, "Tilbakebetalt fra")):
        ark.tekst(_HODE, kol, hode, "hode", kol + (kol == tilbake))
    ark.tekst(_HODE, tekst, "Nøkkeltall", "hode_v", tekst + 2)
    rad = _HODE + 1

    def celle(kol: int, mal: str, verdi: Verdi, stil: str) -> None:
        ark.formel(rad, kol, mal, verdi, stil, til_kol=kol + (kol == tilbake))

    ark.tekst(rad, tekst, f"Tatt inn i perioden ({enhet.flertall})", "etikett", tekst + 2)
    celle(sum_, "={tatt_inn}", g.tatt_inn, "desimal")
    for navn in (
        "kostnad",
        "besparelse",
        "helsegevinst",
        "produksjonsgevinst",
        "netto_budsjett",
        "netto_samfunn",
        "netto_kommune",
    ):
        merke = SERIENAVN[navn]
        rad += 1
        x = navn.removeprefix("netto_")
        netto = x != navn
        stil = "etikett_fet" if netto else "etikett"
        if x == "budsjett":
            # The rows above do not add up to it when a share of the production gain returns to public budgets.
            med = "Netto med offentlig inntekt"
            mal = f'=IF({{offentlig_andel_produksjonsgevinst}}=0,"{merke}","{med}")'
            andel = g.gruppe.utvidet.offentlig_andel_produksjonsgevinst
            ark.formel(rad, tekst, mal, med if andel else merke, stil, til_kol=tekst + 2)
        else:
            ark.tekst(rad, tekst, merke, stil, tekst + 2)
        celle(sum_, f"={{sum_{navn}}}", g.sum[navn], "kr_fet" if netto else "kr")
        per_deltaker = g.per_deltaker(navn)
        mal = f'=IF({{tatt_inn}}=0,"",{{sum_{navn}}}/{{tatt_inn}})'
        celle(per, mal, "" if per_deltaker is None else per_deltaker, "kr")
        if netto:
            aar = g.tilbakebetalingsaar[x]
            celle(tilbake, f"={{tilbakebetalingsaar_{x}}}", IKKE_INNEN if aar is None else aar, "tilbake")
    rad += 1
    # The screen has room for one row of those who are not the municipality.
    delt, stat, begge = g.penger.fylket_er_med, SERIENAVN["netto_stat"], "Netto stat og fylkeskommune"
    mal = f'=IF({{fylket_er_med}}=0,"{stat}","{begge}")'
    ark.formel(rad, tekst, mal, begge if delt else stat, "etikett_fet", til_kol=tekst + 2)
    kroner = g.sum["netto_stat"] + g.sum["netto_fylkeskommune"]
    celle(sum_, "={sum_netto_stat}+{sum_netto_fylkeskommune}", kroner, "kr_fet")
    mal = '=IF({tatt_inn}=0,"",({sum_netto_stat}+{sum_netto_fylkeskommune})/{tatt_inn})'
    celle(per, mal, kroner / g.tatt_inn if g.tatt_inn else "", "kr")
    aar, hver_for_seg = g.tilbakebetalingsaar["stat"], "se Beregninger"
    mal = f'=IF({{fylket_er_med}}=0,{{tilbakebetalingsaar_stat}},"{hver_for_seg}")'
    celle(tilbake, mal, hver_for_seg if delt else IKKE_INNEN if aar is None else aar, "tilbake")
    rad += 1
    ark.tekst(rad, tekst, "Netto samfunn per krone kostnad", "etikett", tekst + 2)
    per_krone = g.netto_per_budsjettkrone
    mal = '=IF({sum_kostnad}=0,"",{sum_netto_samfunn}/{sum_kostnad})'
    celle(sum_, mal, "" if per_krone is None else per_krone, "kroner_oere")


def _visninger(ark: Ark, g: Grupperesultat) -> None:
    """Both nets in four views, and without effect, to the right of the key figures."""
    tekst, vis, sum_, tilbake = (_AAR0 + k for k in (7, 8, 9, 10))
    ark.tekst(_HODE, tekst, "  Netto i fire visninger", "hode_v", vis)
    ark.tekst(_HODE, sum_, "Sum, kr", "hode")
    ark.tekst(_HODE, tilbake, "Tilbakebetalt fra", "hode", tilbake + 1)
    rad = _HODE
    for x, hvem in (("budsjett", "Budsjetter"), ("samfunn", "Samfunnet")):
        valgt = (g.sum[f"netto_{x}"], g.tilbakebetalingsaar[x])
        andre = ((a.sum_netto[x], a.tilbakebetalingsaar[x]) for a in (g.alternativ, g.dfoe, g.forsiktig))
        for foran, (sum_netto, aar) in zip(("", "alternativ_", "dfoe_", "forsiktig_"), (valgt, *andre), strict=True):
            rad += 1
            ark.tekst(rad, tekst, f"  {hvem}", "etikett_trang")
            if foran in _VISNINGSORD:
                ark.tekst(rad, vis, _VISNINGSORD[foran], "v_tekst_hoeyre")
            else:
                rente = "alternativ_rente" if foran else "neddiskontering"
                verdi = g.alternativ.rente if foran else g.gruppe.neddiskontering
                ark.formel(rad, vis, f"={{{rente}}}", verdi, "andel")
            ark.formel(rad, sum_, f"={{{foran}sum_netto_{x}}}", sum_netto, "kr")
            svar: Verdi = IKKE_INNEN if aar is None else aar
            mal = f"={{{foran}tilbakebetalingsaar_{x}}}"
            ark.formel(rad, tilbake, mal, svar, "tilbake", til_kol=tilbake + 1)
    rad += 1
    ark.tekst(rad, tekst, "  Budsjetter uten effekt", "etikett_trang", vis)
    ark.formel(rad, sum_, "={uten_effekt_netto_budsjett}", g.uten_effekt["netto_budsjett"], "kr")
    ark.tekst(rad, tilbake, "alle suksessrater 0", "enhet", tilbake + 1)
    rad += 1
    ark.tekst(rad, tekst, "  Kommune, realiserbar", "etikett_trang", vis)
    ark.formel(rad, sum_, "={sum_netto_kommune_realiserbar}", g.sum["netto_kommune_realiserbar"], "kr")
    fra = g.tilbakebetalingsaar["kommune_realiserbar"]
    mal = "={tilbakebetalingsaar_kommune_realiserbar}"
    ark.formel(rad, tilbake, mal, IKKE_INNEN if fra is None else fra, "tilbake", til_kol=tilbake + 1)
    satser = (DFOE_RENTE, DFOE_SKATTEFINANSIERINGSSATS, DFOE_REELL_VEKST)
    om = _OM_VISNINGENE.format(*map(prosent, satser))
    snur = {x: g.vippepunkt.snur(x) for x in g.vippepunkt.fast}
    ark.formel(rad + 1, _AAR0, f'={null_ved_mal()}&"{om}"', f"{null_ved(snur)}{om}", "dempet")
    ark.tekst(rad + 1, 0, "Tilbakebetalt: akkumulert netto er null eller mer ut perioden", "dempet")


def _kilder(ark: Ark, rad: int, g: Grupperesultat, egen_rente: float) -> int:
    """Where the inputs of the first screen come from, with their legal ranges; below it the choices of rate."""
    ark.tekst(rad, 0, "Kilder til forutsetningene på denne fanen", "overskrift", AAR.siste_kolonne)
    rad = register(ark, rad + 1, _REGISTER, "hoved", gruppeinndata(g.gruppe, _FELTER), celle_her=False)
    valg: list[Verdi] = [0.0, STANDARD_ALTERNATIV_RENTE]
    if egen_rente not in valg:
        valg.append(egen_rente)
    ark.tekst(rad, 0, "Rentene i nedtrekkslisten", "etikett")
    ark.tekst(rad, 1, "per år", "enhet")
    for i, rente in enumerate(valg):
        ark.fast(rad + i, 2, rente, "andel")
    ark.registrer("rentevalg", rad, 2, tuple(valg), hoeyde=len(valg), navn="rentevalg")
    # Three rows are kept for the list, so that every scenario has the same layout.
    return rad + 3
