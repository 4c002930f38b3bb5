"""The tab «Økonomiplan»: four years from a first year that can be changed, per group and together, undiscounted.

In fixed prices, or in løpende kroner by the points of the block «Prisindekser»: a cell to choose in.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from velferdslab_model.base.celleverdi import vis_celle
from velferdslab_model.base.farger import FARGER
from velferdslab_model.base.ord import ANTAKELSE, SERIENAVN, er_antakelse
from velferdslab_model.effektbok.grupper import GRUPPER
from velferdslab_model.effektbok.prisvekst import KRONER, i_loepende, i_valgte_kroner, kronervalg, prisvekstblokk
from velferdslab_model.effektbok.tilleggsfane import Tilleggsfane
from velferdslab_model.errors import UgyldigInndata
from velferdslab_model.oekonomiplan import (
    PLANAAR,
    SENESTE_FRA_AAR,
    SERIER,
    SUMMERES,
    TIDLIGSTE_FRA_AAR,
    UTENFOR,
    Oekonomiplan,
    Plandel,
    oekonomiplan,
)
from velferdslab_model.parameters.felt import FELT
from velferdslab_model.results import Grupperesultat, Resultat
from velferdslab_model.workbook.audit import Funn
from velferdslab_model.workbook.charts import Plass, Soeyler, i_rad
from velferdslab_model.workbook.inputs import meldinger
from velferdslab_model.workbook.opening import Innhold
from velferdslab_model.workbook.plan import IKKE_TILGJENGELIG, Akse, Ark
from velferdslab_model.workbook.rows import Radskriver

_NAVN = "Økonomiplan"
_TEKST, _ENHET, _AAR0 = range(3)
_SUM = _AAR0 + PLANAAR
#: The four years, beside label and unit; sums stand after them.
PLANAKSE = Akse(_AAR0, PLANAAR)
_FIGUR_KOLONNER = (_SUM + 2, _SUM + 9)
#: The figure starts right of the table, after columns A to H; both fit a window 1 280 pixels wide. Pixels.
_FIGUR_X, _FIGUR_BREDDE = 740, 530
_FIGUR_RAD = 10
_UTENFOR = f'"{UTENFOR}"'
_FORDELING = ("utvidet.kommunal_andel_nullalternativ", "utvidet.realiserbar_andel")
#: The group's row that each series is read from, and what it is multiplied by.
_FRA = {
    "fast_aarskostnad": "l.fast",
    "besparelse_kommune_realiserbar": "l.besparelse_kommune",
    "aarsverk": "aarsverk",
}
_FORKLARING = ". Faste priser, ikke neddiskontert: beløpet i det enkelte året, uten rente og uten prisvekst."
_OM_LOEPENDE = (
    ". Løpende kroner: hvert år med pris- og lønnsvekst fra prisåret, ikke neddiskontert. Hva veksten bygger på, står nederst; "
    "kursiv er anslag, foreløpige tall eller antatt vekst."
)
_OM_FORDELINGEN = (
    "Der det står antakelse, er det ikke kjent hvor mye av besparelsen som er kommunens (andelen), eller hvor mye av "
    "den som frigjør budsjettmidler (realiserbar andel)."
)
_OM_UTENFOR = f"«{UTENFOR}»: året er ikke med i gruppens analyse. Det teller ikke i summene."
_RETT = "Rett det kontrollen på Introduksjonsark viser, før tallene brukes."
#: What the chart shows: columns, and last a line.
_FIGURSERIER = (
    ("kostnad_kommune", "Kostnad, kommune", "kostnad"),
    ("besparelse_kommune_realiserbar", "Besparelse, kommune, realiserbar del", "besparelse"),
    ("netto_kommune_realiserbar", SERIENAVN["netto_kommune_realiserbar"], "kommune"),
)


def oekonomiplanfane(fra_aar: int | None = None, loepende: bool = False) -> Tilleggsfane:
    """The tab with the plan from a first year; the first year of the earliest analysis when left out.

    loepende: which kroner stand chosen on it.
    """
    skriv = partial(_oekonomiplanark, fra_aar=fra_aar, loepende=loepende)
    return Tilleggsfane(_NAVN, "Fire år, per år, kommune og stat", skriv)


def les_planvalg(innhold: Innhold, resultat: Resultat) -> tuple[int | None, bool, Funn | None]:
    """What stands chosen in a file: the first year, None without the tab or a whole number, and whether løpende kroner.

    Also why one of the two cannot be used, if so.
    """
    sted, kroner = innhold.omraade("oekonomiplan_fra_aar"), innhold.omraade("oekonomiplan_kroner")
    if sted is None:
        return None, False, None
    funnet = innhold.verdier[sted.ark].get(sted.adresse)
    fra_aar = funnet if isinstance(funnet, int) else None
    ordet = "" if kroner is None else innhold.verdier[kroner.ark].get(kroner.adresse)
    loepende = isinstance(ordet, str) and ordet.casefold() == KRONER[1].casefold()
    if kroner is not None and not loepende and str(ordet).casefold() != KRONER[0].casefold():
        ventet = " eller ".join(f"«{k}»" for k in KRONER)
        return fra_aar, False, Funn("inndata", str(kroner), ventet, vis_celle(ordet))
    try:
        plan = oekonomiplan(resultat, -1 if fra_aar is None else fra_aar)
    except UgyldigInndata as feil:
        return fra_aar, loepende, Funn("inndata", str(sted), "et år som er med i analysen", f"{funnet}: {feil.feil[0]}")
    try:
        if loepende:
            i_loepende(plan)
    except UgyldigInndata as feil:
        return fra_aar, False, Funn("inndata", str(kroner), "faste priser", f"{ordet}: {feil.feil[0]}")
    return fra_aar, loepende, None


def _oekonomiplanark(ark: Ark, resultat: Resultat, fra_aar: int | None, loepende: bool) -> None:
    plan = oekonomiplan(resultat, fra_aar)
    plan = i_loepende(plan) if loepende else plan
    ark.kolonnebredder += [
        (_TEKST, _TEKST, 34),
        (_ENHET, _ENHET, 8),
        (_AAR0, _SUM - 1, 11),
        (_SUM, _SUM, 12),
        (_SUM + 1, _SUM + 1, 2),
        (*_FIGUR_KOLONNER, 8.9),
    ]
    ark.siste_kolonne, ark.skalering = _FIGUR_KOLONNER[1], 61
    ark.radhoeyder[0] = 23
    ark.laas_ruter = (5, 1)
    _topp(ark, plan)
    _fordeling(ark, resultat)
    r = Radskriver(ark, 9, PLANAKSE, "={plan.aar}", _SUM)
    for noekkel, (prefiks, tittel, *_) in GRUPPER.items():
        _aarene(r, tittel, plan)
        _gruppe(r, prefiks, resultat.grupper[noekkel], plan.grupper[noekkel])
    r.blokk("Samlet (unge voksne og familie)", plan.aar, "Sum")
    _samlet(r, plan)
    tabeller = (10, r.rad - 1)
    _figur(r, plan)
    prisvekstblokk(r, plan, tabeller)
    _melding(ark, plan)


def _topp(ark: Ark, plan: Oekonomiplan) -> None:
    navn = plan.resultat.forutsetninger.navn
    ark.formel(0, 0, '="Økonomiplan: "&TRIM({navn})', f"Økonomiplan: {navn}", "tittel")
    forklaring = _OM_LOEPENDE if plan.prisvekst else _FORKLARING
    mal = f'={{prisaartekst}}&IF({{plan.loepende}}=1,"{_OM_LOEPENDE}","{_FORKLARING}")'
    ark.formel(1, 0, mal, f"{ark.bok.tekster['prisaartekst']}{forklaring}", "dempet")
    ark.tekst(3, _TEKST, "Første år i økonomiplanen", "etikett_fet")
    ark.tekst(3, _ENHET, "årstall", "enhet")
    ark.verdi("oekonomiplan_fra_aar", 3, _AAR0, plan.aar[0], "inn_aar", navn="oekonomiplan_fra_aar")
    ark.tekst(3, _AAR0 + 1, "← Endre året, så følger tabellene og figuren med.", "dempet")
    regel = {
        "validate": "integer",
        "criteria": "between",
        "minimum": TIDLIGSTE_FRA_AAR,
        "maximum": SENESTE_FRA_AAR,
    } | meldinger(
        "Første år i økonomiplanen",
        "Fire år vises, fra og med dette. Velg et år som er med i analysen.",
        f"Første år må være et helt tall fra {TIDLIGSTE_FRA_AAR} til {SENESTE_FRA_AAR}.",
    )
    ark.valideringer.append((3, _AAR0, 3, _AAR0, regel))
    kronervalg(ark, 4, _AAR0, bool(plan.prisvekst))
    ark.lenke(3, _FIGUR_KOLONNER[0], "Introduksjonsark", "A1", "Introduksjon")


def _melding(ark: Ark, plan: Oekonomiplan) -> None:
    """What a reader must know before the numbers are used: faults, or years that nobody has computed."""
    dekker = [
        f'"{foran}"&{{{p}.analysetidspunkt}}&"–"&({{{p}.analysetidspunkt}}+{{{p}.analyseperiode}}-1)'
        for p, foran in (("UV", "Ingen av årene er med i analysen, som dekker "), ("FAM", " for unge voksne og "))
    ]
    ingen = "&".join((*dekker, '" for familie."'))
    mal = f'=IF({{kontroll}}<>{{ord_ok}},"{_RETT}",IF(SUM({{plan.samlet.med:}})=0,{ingen},"{_OM_UTENFOR}"))'
    ark.formel(2, 0, mal, _OM_UTENFOR, "dempet")
    for start in ("Rett", "Ingen"):
        ark.betingede.append((2, 0, 2, 0, {"type": "text", "criteria": "begins with", "value": start}, "cf_feil"))


def _fordeling(ark: Ark, resultat: Resultat) -> None:
    """Whose the saving is, and how much of it frees money, with its origin."""
    ark.tekst(5, _TEKST, "Fordeling av besparelsen", "hode_v")
    ark.tekst(5, _ENHET, "", "hode_v")
    for k, (_, tittel, *_) in enumerate(GRUPPER.values()):
        ark.tekst(5, _AAR0 + 2 * k, tittel, "hode")
        ark.tekst(5, _AAR0 + 2 * k + 1, "Opphav", "hode")
    for i, felt in enumerate(FELT[noekkel] for noekkel in _FORDELING):
        ark.tekst(6 + i, _TEKST, felt.tekst, "etikett")
        ark.tekst(6 + i, _ENHET, felt.enhet, "enhet")
        for k, (gruppe, (prefiks, *_)) in enumerate(GRUPPER.items()):
            g, kol = resultat.grupper[gruppe].gruppe, _AAR0 + 2 * k
            navn = f"{prefiks}.{felt.navn}"
            ark.formel(6 + i, kol, f"={{{navn}}}", g.verdi(felt.noekkel), "andel")
            mal = f'=IF(LEFT({{{navn}_kilde}},LEN({{ord_antakelse}}))={{ord_antakelse}},{{ord_antakelse}},"se kilde")'
            opphav = ANTAKELSE if er_antakelse(g.kilder[felt.noekkel]) else "se kilde"
            ark.formel(6 + i, kol + 1, mal, opphav, "sammen")
    ark.tekst(8, _TEKST, _OM_FORDELINGEN, "dempet")


def _aarene(r: Radskriver, tittel: str, plan: Oekonomiplan) -> None:
    """The title of a group's block with its years; those of the first block are read by all."""
    if "plan.aar" in r.ark.bok.steder:
        r.blokk(tittel, plan.aar, "Sum")
        return
    foerste = "=IF(ISNUMBER({oekonomiplan_fra_aar}),{oekonomiplan_fra_aar},0)"
    r.blokk(tittel, plan.aar, "Sum", "=IF({<plan.aar}=0,0,{<plan.aar}+1)", "plan.aar", foerste)


def _linjer(r: Radskriver, hvem: str, flagg: str, maler: Mapping[str, str], del_: Plandel, skala: float) -> None:
    """Whether each year is in the analysis, the rows of a block, and their sums. maler: template of each series."""
    med = f"plan.{hvem}.med"
    r.linje(med, "Året er med i analysen", "1 / 0", flagg, [int(x) for x in del_.i_analysen], "flagg")
    foerste = r.rad
    for navn, (tekst, enhet) in SERIER.items():
        netto, noekkel = navn.startswith("netto"), f"plan.{hvem}.{navn}"
        stil = "antall" if enhet != "kr" else "kr_fet" if netto else "kr"
        mal = f"=IF({{{med}}}=1,{maler[navn]},{_UTENFOR})"
        verdier = [UTENFOR if verdi is None else verdi for verdi in del_.serier[navn]]
        etikett = "etikett_fet" if netto else "etikett"
        r.linje(noekkel, tekst, enhet, mal, verdier, stil, skala=skala, etikett=etikett)
        if navn not in SUMMERES:
            continue
        sum_ = del_.sum(navn)
        mal = f"=IF(SUM({{{med}:}})=0,{_UTENFOR},SUM({{{noekkel}:}}))"
        r.sum_av_forrige(None, None, mal, UTENFOR if sum_ is None else sum_, stil, PLANAAR * skala)
    omraade = (foerste, _AAR0, r.rad - 1, _SUM)
    r.ark.betingede.append((*omraade, {"type": "cell", "criteria": "==", "value": _UTENFOR}, "cf_utenfor"))


def _gruppe(r: Radskriver, prefiks: str, g: Grupperesultat, del_: Plandel) -> None:
    """One group: its running rows, looked up by calendar year."""
    aar = f"{{{prefiks}.aar:}},{{plan.aar}}"
    faste = {navn: f"SUMIFS({{{prefiks}.{_FRA.get(navn, f'l.{navn}')}:}},{aar})" for navn in SERIER}
    faste["besparelse_kommune_realiserbar"] = (
        f"{{{prefiks}.realiserbar_andel}}*{faste['besparelse_kommune_realiserbar']}"
    )
    maler = i_valgte_kroner(faste, prefiks)
    _linjer(r, prefiks, f"=SUMIFS({{{prefiks}.i_perioden:}},{aar})", maler, del_, _stoerst(g))


def _stoerst(g: Grupperesultat) -> float:
    """The largest running amount, for comparing nets that are differences of it."""
    penger = g.serier.ikke_neddiskontert
    return float(max(abs(serie).max() for serie in (penger.kostnad, penger.besparelse, penger.offentlig_inntekt)))


def _samlet(r: Radskriver, plan: Oekonomiplan) -> None:
    """Both groups; SUM passes over the text of a year outside the one group's analysis."""

    def begge(navn: str) -> str:
        return ",".join(f"{{plan.{prefiks}.{navn}}}" for prefiks, *_ in GRUPPER.values())

    maler = {navn: f"SUM({begge(navn)})" for navn in SERIER}
    skala = sum(_stoerst(g) for g in plan.resultat.grupper.values())
    _linjer(r, "samlet", f"=MAX({begge('med')})", maler, plan.samlet, skala)


def _figur(r: Radskriver, plan: Oekonomiplan) -> None:
    """The chart beside the first block, and below the tables the numbers it is drawn from."""
    r.blokk("Tall til figuren (samlet)", plan.aar)
    hode = r.rad - 1
    serier = []
    for navn, tekst, farge in _FIGURSERIER:
        fra = f"{{plan.samlet.{navn}}}"
        verdier = [IKKE_TILGJENGELIG if verdi is None else verdi for verdi in plan.samlet.serier[navn]]
        serier.append(i_rad(r.rad, _AAR0, _SUM - 1, FARGER[farge]))
        r.linje(f"plan.figur.{navn}", tekst, "kr", f"=IF(ISNUMBER({fra}),{fra},NA())", verdier, "kr")
    omraade = (hode + 1, _AAR0, r.rad - 1, _SUM - 1)
    r.ark.betingede.append((*omraade, {"type": "formula", "criteria": f"=ISNA(C{hode + 2})"}, "cf_skjul"))
    r.ark.figurer.append(
        Soeyler(
            ark=r.ark.navn,
            plass=Plass(_FIGUR_RAD, _FIGUR_X, _FIGUR_BREDDE),
            tittel="Kommunens kostnad, realiserbare besparelse og netto per år (samlet)",
            beskrivelse="Søyler for kommunens kostnad og den realiserbare delen av kommunens besparelse hvert av de fire årene, "
            "linje for netto.",
            etiketter=(hode, _AAR0, hode, _SUM - 1),
            serier=serier[:-1],
            linjer=serier[-1:],
            x_akse="Kalenderår",
            y_akse="1 000 kr",
        )
    )
