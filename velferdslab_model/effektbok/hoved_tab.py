"""The tabs «Unge voksne» and «Familie»: inputs and answer on the first screen, then figures and calculations."""

from __future__ import annotations

from velferdslab_model.base.ord import ANTAKELSE, IKKE_INNEN, SERIENAVN, SITUASJONSNAVN, Enhetsord, er_antakelse
from velferdslab_model.effektbok import setning
from velferdslab_model.effektbok.aarsakse import AAR, BREDDER, aarsskriver
from velferdslab_model.effektbok.beregninger import beregninger
from velferdslab_model.effektbok.figurer import figurer
from velferdslab_model.effektbok.grupper import gruppeinndata
from velferdslab_model.effektbok.hva_om_tab import hva_om_beregning, hva_om_tabell
from velferdslab_model.effektbok.kontroller import gruppekontroll
from velferdslab_model.effektbok.visninger import beregning as visningsberegning
from velferdslab_model.effektbok.visninger import inntatt_tabell
from velferdslab_model.hva_om import HvaOm
from velferdslab_model.model.diskontering import STANDARD_ALTERNATIV_RENTE
from velferdslab_model.parameters.felt import FELT
from velferdslab_model.parameters.typer import UTGANGSSITUASJONER
from velferdslab_model.results import Grupperesultat
from velferdslab_model.workbook.inputs import Kolonner, inndatacelle, register
from velferdslab_model.workbook.plan import Ark, Verdi
from velferdslab_model.workbook.rows import RADER_PER_SIDE

_FELTER = [felt for felt in FELT.values() if felt.fane == "hoved"]
_GENERELLE = ("analyseperiode", "inntaksaar", "analysetidspunkt", "neddiskontering")
_AAR0 = AAR.foerste_kolonne
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
    ark.radhoeyder |= {0: 23, 1: 17}
    _topp(ark, g)
    _inndata(ark, g)
    _noekkeltall(ark, g, enhet)
    r = aarsskriver(ark, figurer(ark, 14, g, enhet))
    ark.sideskift.append(r.rad)
    inntatt_tabell(r, g, enhet)
    valgene = r.rad
    kilder = hva_om_tabell(ark, valgene, g, valg) + 1
    beregning = _kilder(ark, kilder, g, egen_rente)
    ark.sideskift += [kilder, beregning]
    r = aarsskriver(ark, beregning)
    beregninger(r, g)
    visningsberegning(r, g)
    hva_om_beregning(r, g, valg)
    kontroll = r.rad
    gruppekontroll(ark, kontroll, g)
    ark.sideskift_ved_blokker(RADER_PER_SIDE)
    _lenker(ark, {"Hva om?": valgene, "Kilder": kilder, "Beregninger": beregning + 1, "Kontroll": kontroll + 1})
    ark.laas_ruter = (3, 1)


def _topp(ark: Ark, g: Grupperesultat) -> None:
    mal = f'="{ark.navn}: effektmodell for "&TRIM({{navn}})'
    ark.formel(0, 0, mal, f"{ark.navn}: effektmodell for {ark.bok.navn}", "tittel")
    svar = setning.svar(g.tilbakebetalingsaar, g.sum["kostnad"])
    # A result that must not be used must not look like one.
    mal = '=IF({kontroll_feil}=0,{setning},"Rett dette før resultatet brukes: "&{kontroll_sted})'
    ark.formel(1, 0, mal, svar, "setning", "overskrift")
    ark.betingede.append((1, 0, 1, 0, {"type": "text", "criteria": "begins with", "value": "Rett dette"}, "cf_feil"))
    tekst = ". Gule felt kan endres. Kontroll: "
    mal = f'={{prisaartekst}}&"{tekst}"&{{kontroll}}'
    ark.formel(2, 0, mal, f"{ark.bok.tekster['prisaartekst']}{tekst}OK", "dempet")


def _lenker(ark: Ark, maal: dict[str, int]) -> None:
    """Ways to the parts of a long sheet, above the key figures."""
    ark.lenker.append((2, _AAR0 + 6, "internal:'Introduksjonsark'!A1", "Introduksjon", "lenke"))
    for i, (tekst, rad) in enumerate(maal.items()):
        ark.lenker.append((2, _AAR0 + 8 + 2 * i, f"internal:'{ark.navn}'!A{rad + 1}", tekst, "lenke"))


def _inndata(ark: Ark, g: Grupperesultat) -> None:
    ark.tekst(3, 0, "Forutsetninger", "hode_v")
    ark.tekst(3, 1, "Enhet", "hode_v")
    ark.tekst(3, 2, "Verdi", "hode")
    inndata = {en.felt.noekkel: en for en in gruppeinndata(g.gruppe, _FELTER)}
    for i, noekkel in enumerate(_GENERELLE):
        felt = FELT[noekkel]
        ark.tekst(4 + i, 0, felt.tekst, "etikett")
        ark.tekst(4 + i, 1, "per år" if felt.slag == "andel" else felt.enhet, "enhet")
        liste = f"={ark.prefiks}_rentevalg" if felt.slag == "andel" else None
        inndatacelle(ark, 4 + i, 2, inndata[noekkel], liste)
    ark.tekst(8, 0, "Situasjon ved inngang", "hode_v")
    ark.tekst(8, 1, "Nye per år", "hode")
    ark.tekst(8, 2, "Suksessrate", "hode")
    for i, s in enumerate(UTGANGSSITUASJONER):
        ark.tekst(9 + i, 0, SITUASJONSNAVN[s], "etikett")
        inndatacelle(ark, 9 + i, 1, inndata[f"inntak.{s}"])
        inndatacelle(ark, 9 + i, 2, inndata[f"suksessrate.{s}"])
    ark.tekst(12, 0, "Kommunens andel av besparelsen", "etikett")
    kilde = g.gruppe.kilder["utvidet.kommunal_andel_nullalternativ"]
    mal = '=IF(LEFT({kommunal_andel_nullalternativ_kilde},LEN({ord_antakelse}))={ord_antakelse},{ord_antakelse},"se kilde")'
    ark.formel(12, 1, mal, ANTAKELSE if er_antakelse(kilde) else "se kilde", "enhet")
    m = g.gruppe.utvidet.kommunal_andel_nullalternativ
    ark.formel(12, 2, "={kommunal_andel_nullalternativ}", m, "andel")
    ark.tekst(13, 0, "Netto kommune, realiserbar, og tilbake fra", "etikett_fet")
    ark.formel(13, 1, "={sum_netto_kommune_realiserbar}", g.sum["netto_kommune_realiserbar"], "kr_fet")
    aar = g.tilbakebetalingsaar["kommune_realiserbar"]
    ark.formel(13, 2, "={tilbakebetalingsaar_kommune_realiserbar}", IKKE_INNEN if aar is None else aar, "tilbake")


def _noekkeltall(ark: Ark, g: Grupperesultat, enhet: Enhetsord) -> None:
    """The answer beside the inputs: sums, per participant, payback years, and both rates side by side."""
    tekst, sum_, per, tilbake, alt, alt_tilbake = (_AAR0 + 2 * k + (k > 0) for k in range(6))
    for kol, hode in ((sum_, "Sum, kr"), (per, f"Per {enhet.entall}, kr"), (tilbake, "Tilbakebetalt fra")):
        ark.tekst(3, kol, hode, "hode", kol + 1)
    ark.tekst(3, tekst, "Nøkkeltall", "hode_v", tekst + 2)
    for kol, mal, verdi in (
        (alt, '="Sum ved "&ROUND({alternativ_rente}*{prosent},0)&" %"', f"Sum ved {g.alternativ.rente * 100:.0f} %"),
        (
            alt_tilbake,
            '="Tilbake, ved "&ROUND({alternativ_rente}*{prosent},0)&" %"',
            f"Tilbake, ved {g.alternativ.rente * 100:.0f} %",
        ),
    ):
        ark.formel(3, kol, mal, verdi, "hode", til_kol=kol + 1)
    rad = 4

    def celle(kol: int, mal: str, verdi: Verdi, stil: str) -> None:
        ark.formel(rad, kol, mal, verdi, stil, til_kol=kol + 1)

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
        "netto_stat",
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
        if x in ("budsjett", "samfunn"):
            celle(alt, f"={{alternativ_sum_netto_{x}}}", g.alternativ.sum_netto[x], "kr")
            aar = g.alternativ.tilbakebetalingsaar[x]
            celle(
                alt_tilbake, f"={{alternativ_tilbakebetalingsaar_{x}}}", IKKE_INNEN if aar is None else aar, "tilbake"
            )
    rad += 1
    ark.tekst(rad, tekst, "Netto samfunn per krone kostnad", "etikett", tekst + 2)
    per_krone = g.netto_per_budsjettkrone
    mal = '=IF({sum_kostnad}=0,"",{sum_netto_samfunn}/{sum_kostnad})'
    celle(sum_, mal, "" if per_krone is None else per_krone, "kroner_oere")


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
