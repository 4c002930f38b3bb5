"""The tab «Økonomiplan»: four years from a first year that can be changed, per group and together, in running kroner."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from velferdslab_model.base.farger import FARGER
from velferdslab_model.effektbok.figurer import Figur, Serie
from velferdslab_model.effektbok.grupper import GRUPPER
from velferdslab_model.effektbok.tabs import Tilleggsfane
from velferdslab_model.oekonomiplan import (
    PLANAAR,
    SENESTE_FRA_AAR,
    SERIER,
    TIDLIGSTE_FRA_AAR,
    UTENFOR,
    Oekonomiplan,
    Plandel,
    oekonomiplan,
)
from velferdslab_model.parameters.felt import FELT
from velferdslab_model.register import er_antakelse
from velferdslab_model.results import Grupperesultat, Resultat
from velferdslab_model.workbook.inputs import meldinger
from velferdslab_model.workbook.plan import IKKE_TILGJENGELIG, Ark

NAVN = "Økonomiplan"
_TEKST, _ENHET, _AAR0 = range(3)
_SUM = _AAR0 + PLANAAR
_BOKSTAVER = "CDEF"
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
_FORKLARING = ". Løpende kroner, ikke neddiskontert: beløpet i det enkelte året, uten rente og uten prisvekst."
_OM_FORDELINGEN = (
    "Der det står antakelse, er det ikke kjent hvor mye av besparelsen som er kommunens (andelen), eller hvor mye av "
    "den som frigjør budsjettmidler (realiserbar andel)."
)
_OM_UTENFOR = f"«{UTENFOR}»: året er ikke med i gruppens analyse. Det teller ikke i summene."
_RETT = "Rett det kontrollen på Introduksjonsark viser, før tallene brukes."
_FIGURSERIER = (
    ("kostnad_kommune", "Kostnad, kommune", "kostnad", "soeyle"),
    ("besparelse_kommune_realiserbar", "Besparelse, kommune, realiserbar del", "besparelse", "soeyle"),
    ("netto_kommune_realiserbar", "Netto kommune, realiserbar del", "kommune", "linje"),
)


def oekonomiplanfane(fra_aar: int | None = None) -> Tilleggsfane:
    """The tab with the plan from a first year; the first year of the earliest analysis when left out."""
    return Tilleggsfane(NAVN, "Fire år, per år, kommune og stat", partial(_oekonomiplanark, fra_aar=fra_aar))


def _oekonomiplanark(ark: Ark, resultat: Resultat, fra_aar: int | None) -> None:
    plan = oekonomiplan(resultat, fra_aar)
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
    ark.laas_ruter = (4, 1)
    _topp(ark, plan)
    _fordeling(ark, resultat)
    rad = aarsrad = 10
    flaggrader: dict[str, int] = {}
    rader: dict[str, dict[str, int]] = {}
    for noekkel, (prefiks, tittel, *_) in GRUPPER.items():
        _hode(ark, rad, tittel, plan.aar, aarsrad)
        flaggrader[prefiks] = rad + 1
        rader[prefiks] = _gruppe(ark, rad + 1, prefiks, resultat.grupper[noekkel], plan.grupper[noekkel], aarsrad)
        rad += len(SERIER) + 3
    _hode(ark, rad, "Samlet (unge voksne og familie)", plan.aar, aarsrad)
    samlet = _samlet(ark, rad + 1, plan, flaggrader, rader)
    _figur(ark, rad + len(SERIER) + 3, plan, samlet, aarsrad)
    _melding(ark, plan)


def _topp(ark: Ark, plan: Oekonomiplan) -> None:
    navn = plan.resultat.forutsetninger.navn
    ark.formel(0, 0, '="Økonomiplan: "&TRIM({navn})', f"Økonomiplan: {navn}", "tittel")
    ark.formel(1, 0, f'={{prisaartekst}}&"{_FORKLARING}"', f"{ark.bok.tekster['prisaartekst']}{_FORKLARING}", "dempet")
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
    ark.lenker.append((3, _FIGUR_KOLONNER[0], "internal:'Introduksjonsark'!A1", "Introduksjon", "lenke"))


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
    for i, felt in enumerate(FELT[noekkel] for noekkel in _FORDELING):
        ark.tekst(6 + i, _TEKST, felt.tekst, "etikett")
        ark.tekst(6 + i, _ENHET, felt.enhet, "enhet")
        for k, (gruppe, (prefiks, tittel, *_)) in enumerate(GRUPPER.items()):
            g, kol = resultat.grupper[gruppe].gruppe, _AAR0 + 2 * k
            ark.tekst(5, kol, tittel, "hode")
            ark.tekst(5, kol + 1, "Opphav", "hode")
            navn = f"{prefiks}.{felt.navn}"
            ark.formel(6 + i, kol, f"={{{navn}}}", g.verdi(felt.noekkel), "andel")
            mal = f'=IF(LEFT({{{navn}_kilde}},LEN({{ord_antakelse}}))={{ord_antakelse}},{{ord_antakelse}},"se kilde")'
            opphav = "antakelse" if er_antakelse(g.kilder[felt.noekkel]) else "se kilde"
            ark.formel(6 + i, kol + 1, mal, opphav, "sammen")
    ark.tekst(8, _TEKST, _OM_FORDELINGEN, "dempet")


def _hode(ark: Ark, rad: int, tittel: str, aar: tuple[int, ...], aarsrad: int, sum_: str = "Sum") -> None:
    """The title of a block with its years; those of the first block are read by all."""
    ark.tekst(rad, _TEKST, tittel, "blokk")
    ark.tekst(rad, _ENHET, "", "blokk")
    for i, (bokstav, ett) in enumerate(zip(_BOKSTAVER, aar, strict=True)):
        if rad != aarsrad:
            mal = f"={bokstav}${aarsrad + 1}"
        elif i == 0:
            mal = "=IF(ISNUMBER({oekonomiplan_fra_aar}),{oekonomiplan_fra_aar},0)"
        else:
            forrige = f"{_BOKSTAVER[i - 1]}{rad + 1}"
            mal = f"=IF({forrige}=0,0,{forrige}+1)"
        ark.formel(rad, _AAR0 + i, mal, ett, "blokk_aar")
    ark.tekst(rad, _SUM, sum_, "blokk_aar")


def _flagg(ark: Ark, rad: int, hvem: str, mal: str, del_: Plandel) -> None:
    """Whether each year is in the analysis. mal: template in which § stands for the column."""
    ark.tekst(rad, _TEKST, "Året er med i analysen", "etikett")
    ark.tekst(rad, _ENHET, "1 / 0", "enhet")
    for i, bokstav in enumerate(_BOKSTAVER):
        ark.formel(rad, _AAR0 + i, mal.replace("§", bokstav), int(del_.i_analysen[i]), "flagg")
    flagg = tuple(int(x) for x in del_.i_analysen)
    ark.registrer(f"plan.{hvem}.med", rad, _AAR0, flagg, bredde=PLANAAR)


def _linjer(
    ark: Ark, rad: int, hvem: str, maler: Mapping[str, str], del_: Plandel, skala: float, flaggrad: int
) -> dict[str, int]:
    """The rows of a block and their sums. maler: template per series, § for the column. Returns each series' row."""
    rader = {}
    for navn, (tekst, enhet) in SERIER.items():
        netto = navn.startswith("netto")
        stil = "antall" if enhet != "kr" else "kr_fet" if netto else "kr"
        ark.tekst(rad, _TEKST, tekst, "etikett_fet" if netto else "etikett")
        ark.tekst(rad, _ENHET, enhet, "enhet")
        for i, bokstav in enumerate(_BOKSTAVER):
            verdi = del_.serier[navn][i]
            mal = f"=IF({bokstav}${flaggrad + 1}=1,{maler[navn].replace('§', bokstav)},{_UTENFOR})"
            ark.formel(rad, _AAR0 + i, mal, UTENFOR if verdi is None else verdi, stil, skala=skala)
        sum_ = del_.sum(navn)
        mal = f"=IF(SUM({{plan.{hvem}.med:}})=0,{_UTENFOR},SUM(C{rad + 1}:F{rad + 1}))"
        ark.formel(rad, _SUM, mal, UTENFOR if sum_ is None else sum_, stil, skala=PLANAAR * skala)
        rader[navn] = rad
        rad += 1
    omraade = (min(rader.values()), _AAR0, rad - 1, _SUM)
    ark.betingede.append((*omraade, {"type": "cell", "criteria": "==", "value": _UTENFOR}, "cf_utenfor"))
    return rader


def _gruppe(ark: Ark, rad: int, prefiks: str, g: Grupperesultat, del_: Plandel, aarsrad: int) -> dict[str, int]:
    """One group: its running rows, looked up by calendar year."""
    aar = f"{{{prefiks}.aar:}},§${aarsrad + 1}"
    _flagg(ark, rad, prefiks, f"=SUMIFS({{{prefiks}.i_perioden:}},{aar})", del_)
    maler = {navn: f"SUMIFS({{{prefiks}.{_FRA.get(navn, f'l.{navn}')}:}},{aar})" for navn in SERIER}
    maler["besparelse_kommune_realiserbar"] = (
        f"{{{prefiks}.realiserbar_andel}}*{maler['besparelse_kommune_realiserbar']}"
    )
    return _linjer(ark, rad + 1, prefiks, maler, del_, _stoerst(g), rad)


def _stoerst(g: Grupperesultat) -> float:
    """The largest running amount, for comparing nets that are differences of it."""
    penger = g.serier.loepende
    return float(max(abs(penger.kostnad).max(), abs(penger.besparelse).max()))


def _samlet(
    ark: Ark, rad: int, plan: Oekonomiplan, flaggrader: Mapping[str, int], rader: Mapping[str, Mapping[str, int]]
) -> dict[str, int]:
    """Both groups; SUM passes over the text of a year outside the one group's analysis."""

    def begge(hver: Mapping[str, int]) -> str:
        return ",".join(f"§{rad_ + 1}" for rad_ in hver.values())

    _flagg(ark, rad, "samlet", f"=MAX({begge(flaggrader)})", plan.samlet)
    maler = {navn: f"SUM({begge({prefiks: hver[navn] for prefiks, hver in rader.items()})})" for navn in SERIER}
    skala = sum(_stoerst(g) for g in plan.resultat.grupper.values())
    return _linjer(ark, rad + 1, "samlet", maler, plan.samlet, skala, rad)


def _figur(ark: Ark, rad: int, plan: Oekonomiplan, rader: Mapping[str, int], aarsrad: int) -> None:
    """The chart beside the first block, and below the tables the numbers it is drawn from."""
    _hode(ark, rad, "Tall til figuren (samlet)", plan.aar, aarsrad, sum_="")
    serier = []
    for k, (navn, tekst, farge, slag) in enumerate(_FIGURSERIER, start=1):
        ark.tekst(rad + k, _TEKST, tekst, "etikett")
        ark.tekst(rad + k, _ENHET, "kr", "enhet")
        for i, bokstav in enumerate(_BOKSTAVER):
            celle, verdi = f"{bokstav}{rader[navn] + 1}", plan.samlet.serier[navn][i]
            mal = f"=IF(ISNUMBER({celle}),{celle},NA())"
            ark.formel(rad + k, _AAR0 + i, mal, IKKE_TILGJENGELIG if verdi is None else verdi, "kr")
        serier.append(Serie(rad + k, FARGER[farge], slag))
    omraade = (rad + 1, _AAR0, rad + len(serier), _SUM - 1)
    ark.betingede.append((*omraade, {"type": "formula", "criteria": f"=ISNA(C{rad + 2})"}, "cf_skjul"))
    ark.figurer.append(
        Figur(
            ark.navn,
            _FIGUR_RAD,
            _FIGUR_X,
            _FIGUR_BREDDE,
            "Kommunens kostnad, realiserbare besparelse og netto per år (samlet)",
            "Søyler for kommunens kostnad og den realiserbare delen av kommunens besparelse hvert av de fire årene, "
            "linje for netto.",
            tuple(serier),
            (rad, _AAR0, rad, _SUM - 1),
            (_AAR0, _SUM - 1),
            "Kalenderår",
        )
    )
