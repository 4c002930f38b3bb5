"""The views of the same numbers (docs/modell.md section 6): the DFØ view, without effect, and one person taken in.

beregning() plans the rows behind them, below the model's own; inntatt_tabell() the table and figures a reader sees.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from velferdslab_model.base.farger import FARGER
from velferdslab_model.base.ord import SERIETEKST, SITUASJONSNAVN, Enhetsord
from velferdslab_model.effektbok.aarsakse import AAR
from velferdslab_model.effektbok.beregninger import BESPARELSENS_ANDELER, nettoblokk
from velferdslab_model.model.array import Array
from velferdslab_model.model.diskontering import realvekst
from velferdslab_model.model.forsiktig import ALDRI_UNDER, ALLTID_UNDER
from velferdslab_model.model.visninger import DFOE_REELL_VEKST, FORSIKTIG_SKJEDD_UANSETT
from velferdslab_model.parameters.typer import BETALERE, LIVSSITUASJONER, UTGANGSSITUASJONER
from velferdslab_model.results import Grupperesultat
from velferdslab_model.workbook.charts import FIGUR_RADER, Plass, Soeyler, i_rad
from velferdslab_model.workbook.formats import AKSE_ANDEL, AKSE_TUSEN_KR
from velferdslab_model.workbook.plan import Verdi
from velferdslab_model.workbook.rows import Radskriver

_BREDDE_PX = 1225
_AAR0 = AAR.foerste_kolonne
_KR, _KR_PER_KR = "kr", "kr per kr"
#: What stands for a figure that cannot be told.
IKKE_BEREGNET = "ikke beregnet"


def beregning(r: Radskriver, g: Grupperesultat) -> None:
    """Plan the rows behind the views."""
    r.overskrift("Visninger av de samme tallene: DFØ, forsiktig, uten effekt og én inntatt")
    _dfoe(r, g)
    _forsiktig(r, g)
    _uten_effekt(r, g)
    _en_inntatt(r, g)


def _dfoe(r: Radskriver, g: Grupperesultat) -> None:
    """Both nets at the rate, tax cost and real growth of the DFØ view; everything else is the scenario's."""
    penger, t = g.visninger.dfoe, g.gruppe.analyseperiode
    r.blokk("DFØ-visning: ikke neddiskontert", g.aar)
    mal = "={i_perioden}*((1+{dfoe_reell_vekst})/(1+{reell_vekst}))^({indeks}-1)"
    # The gains already grow at the scenario's own rate.
    vekst = realvekst(np.array(DFOE_REELL_VEKST), t) / g.serier.realvekst
    r.linje("dfoe.vekst", "Reell vekst, mot scenariets", "faktor", mal, vekst, "faktor")
    for navn in ("helsegevinst", "produksjonsgevinst"):
        r.linje(f"dfoe.{navn}", SERIETEKST[navn], _KR, f"={{l.{navn}}}*{{dfoe.vekst}}", getattr(penger, navn))
    z = "{offentlig_andel_produksjonsgevinst}"
    mal = f"={{l.besparelse}}-{{l.kostnad}}+{z}*{{dfoe.produksjonsgevinst}}"
    r.linje("dfoe.netto_budsjett", SERIETEKST["netto_budsjett"], _KR, mal, penger.netto_budsjett)
    mal = (
        "={l.besparelse}-{l.kostnad}+{dfoe.helsegevinst}+{dfoe.produksjonsgevinst}"
        "+{dfoe_skattefinansieringssats}*{dfoe.netto_budsjett}"
    )
    r.linje("dfoe.netto_samfunn", SERIETEKST["netto_samfunn"], _KR, mal, penger.netto_samfunn)
    nettoblokk(
        r,
        "dfoe_",
        "dfoe_rente",
        "DFØ-visning",
        ("netto_budsjett", "netto_samfunn"),
        g.dfoe.serier,
        g.dfoe.faktor,
        g.dfoe.tilbakebetalingsaar,
        g.aar,
        navngi_rader=False,
        fra="dfoe.",
    )


def _forsiktig(r: Radskriver, g: Grupperesultat) -> None:
    """Both nets at the cautious rate, with the cautious share that would have come anyway; and what would turn them."""
    penger, a = g.visninger.forsiktig, g.gruppe.utvidet.skjedd_uansett
    r.blokk("Forsiktig: ikke neddiskontert", g.aar)
    mal = "=MAX({neddiskontering},{forsiktig_rente_minst})"
    r.enkelt("forsiktig.rente", "Forsiktig rente", "per år", mal, g.forsiktig.rente, "andel")
    mal = "=IF({skjedd_uansett}=1,0,(1-MAX({skjedd_uansett},{forsiktig_skjedd_uansett}))/(1-{skjedd_uansett}))"
    andel = 0.0 if a == 1 else (1 - max(a, FORSIKTIG_SKJEDD_UANSETT)) / (1 - a)
    r.enkelt("forsiktig.andel", "Av scenariets bedring regnes med", "andel", mal, andel, "andel")
    bedring = "{forsiktig.andel}*({l.bedret_situasjon}+{l.offentlig_inntekt})"
    mal = f"={{l.erstattede_tjenester}}-{{l.kostnad}}+{bedring}"
    r.linje("forsiktig.netto_budsjett", SERIETEKST["netto_budsjett"], _KR, mal, penger.netto_budsjett)
    mal = (
        "=(1+{skattefinansieringssats})*{forsiktig.netto_budsjett}"
        "+{forsiktig.andel}*({l.helsegevinst}+{l.produksjonsgevinst}-{l.offentlig_inntekt})"
    )
    r.linje("forsiktig.netto_samfunn", SERIETEKST["netto_samfunn"], _KR, mal, penger.netto_samfunn)
    nettoblokk(
        r,
        "forsiktig_",
        "forsiktig.rente",
        "Forsiktig",
        ("netto_budsjett", "netto_samfunn"),
        g.forsiktig.serier,
        g.forsiktig.faktor,
        g.forsiktig.tilbakebetalingsaar,
        g.aar,
        navngi_rader=False,
        fra="forsiktig.",
    )
    _vippepunkt(r, g)


def _vippepunkt(r: Radskriver, g: Grupperesultat) -> None:
    """What each net is made of at the cautious rate, and the share that would have come anyway at which it is 0."""
    v, skatt = g.vippepunkt, "(1+{skattefinansieringssats})"
    blokktittel(r, "Skjedd uansett som gir netto null", "Resultat")

    def sum_(*serier: str) -> str:
        return "+".join(f"SUMPRODUCT({{l.{navn}:}},{{forsiktig_diskonteringsfaktor:}})" for navn in serier)

    def del_(mal: str) -> str:
        return f"IF({{skjedd_uansett}}=1,0,({mal})/(1-{{skjedd_uansett}}))"

    gevinst = f"{sum_('helsegevinst', 'produksjonsgevinst')}-{sum_('offentlig_inntekt')}"
    for noekkel, tekst, mal, verdi in (
        (
            "fast.budsjett",
            "Uten bedring, budsjetter",
            f"={sum_('erstattede_tjenester')}-{sum_('kostnad')}",
            v.fast["budsjett"],
        ),
        ("fast.samfunn", "Uten bedring, samfunnet", f"={skatt}*{{vippe.fast.budsjett}}", v.fast["samfunn"]),
        (
            "bedring.budsjett",
            "Full bedring, budsjetter",
            f"={del_(sum_('bedret_situasjon', 'offentlig_inntekt'))}",
            v.bedring["budsjett"],
        ),
        (
            "bedring.samfunn",
            "Full bedring, samfunnet",
            f"={skatt}*{{vippe.bedring.budsjett}}+{del_(gevinst)}",
            v.bedring["samfunn"],
        ),
    ):
        r.enkelt(f"vippe.{noekkel}", tekst, _KR, mal, verdi, "kr")
    for x, hvem in (("budsjett", "budsjetter"), ("samfunn", "samfunnet")):
        mal = f"={{vippe.fast.{x}}}+(1-{{skjedd_uansett}})*{{vippe.bedring.{x}}}"
        r.enkelt(f"vippe.rente.{x}", f"Netto ved forsiktig rente, {hvem}", _KR, mal, v.bare_rente[x], "kr_fet")
    for x, hvem in (("budsjett", "budsjetter"), ("samfunn", "samfunnet")):
        snur = v.snur(x)
        mal = f"=IF({{skjedd_uansett}}=1,{{tekst_ikke_beregnet}},{vippeuttrykk('vippe', x)})"
        tekst = f"Netto null, {hvem}"
        r.enkelt(f"vippe.snur.{x}", tekst, "andel", mal, IKKE_BEREGNET if snur is None else snur, "andel")


def blokktittel(r: Radskriver, tekst: str, over_tallene: str) -> None:
    """The title of a block of single figures, after an empty row."""
    r.rad += 1
    for kol, ord_, stil in ((0, tekst, "blokk"), (1, "", "blokk"), (2, over_tallene, "blokk_aar")):
        r.ark.tekst(r.rad, kol, ord_, stil)
    r.ark.blokkstarter.append(r.rad)
    r.rad += 1


def vippeuttrykk(foran: str, x: str) -> str:
    """The share that would have come anyway at which a net is 0, or that none is; as Vippepunkt.snur() says it."""
    fast, bedring = f"{{{foran}.fast.{x}}}", f"{{{foran}.bedring.{x}}}"
    under = f"{fast}<-{{toleranse_kr}}"
    return f'IF(({under})=({fast}+{bedring}<-{{toleranse_kr}}),IF({under},"{ALLTID_UNDER}","{ALDRI_UNDER}"),1+{fast}/{bedring})'


def _uten_effekt(r: Radskriver, g: Grupperesultat) -> None:
    """Both nets when nobody succeeds: everyone stays one year, and only the replaced services are saved."""
    penger = g.visninger.uten_effekt.ganget(g.serier.diskonteringsfaktor)
    r.blokk("Uten effekt: alle suksessrater 0, neddiskontert", g.aar, "Sum")
    ledd = "+".join(f"{{inne.{s}.{s}}}*({{besparelse_i.{s}.{s}}}-{{sats_foerste_aar.{s}}})" for s in UTGANGSSITUASJONER)
    for navn, mal in (
        ("netto_budsjett", f"={{diskonteringsfaktor}}*({ledd}-{{l.fast}})"),
        ("netto_samfunn", "=(1+{skattefinansieringssats})*{uten.netto_budsjett}"),
    ):
        r.linje(f"uten.{navn}", SERIETEKST[navn], _KR, mal, getattr(penger, navn))
        sum_ = f"uten_effekt_{navn}"
        r.sum_av_forrige(sum_, sum_, f"=SUM({{uten.{navn}:}})", g.uten_effekt[navn])


def _en_inntatt(r: Radskriver, g: Grupperesultat) -> None:
    """The share of one person in each situation, year by year, and how many discounted years that is."""
    folk, d = g.inntatt.kohort, g.serier.diskonteringsfaktor
    vekst = d * g.serier.realvekst
    r.blokk("Én inntatt: andel av en person", g.aar, "Nedd. år")

    def linje(noekkel: str, tekst: str, mal: str, verdier: Array) -> None:
        r.linje(noekkel, tekst, "andel", mal, verdier, "antall")
        aar = f"=SUMPRODUCT({{{noekkel}:}},{{diskonteringsfaktor:}})"
        r.sum_av_forrige(f"{noekkel}.sum", None, aar, float((verdier * d).sum()), "antall")

    for s, fra in enumerate(UTGANGSSITUASJONER):
        for j, naa in enumerate(UTGANGSSITUASJONER[s:], start=s):
            forrige = UTGANGSSITUASJONER[j - 1]
            mal = "={i_perioden}*IF({indeks}=1,1,0)"
            if j > s:
                mal = f"={{i_perioden}}*{{suksessrate_{forrige}}}*{{<en.inne.{fra}.{forrige}}}"
            linje(f"en.inne.{fra}.{naa}", f"I velferdslab, {_fra_til(fra, naa)}", mal, folk.i_programmet[s, s, j])
        for j, naa in enumerate(LIVSSITUASJONER[s + 1 :], start=s + 1):
            inne = f"en.inne.{fra}"
            blir = f"(1-{{aarlig_tilbakefall}})*{{<en.ute.{fra}.{naa}}}"
            ny = f"{{suksessrate_stabil}}*{{<{inne}.stabil}}"
            if j < 3:
                ny = f"{{beholder_steget}}*(1-{{suksessrate_{naa}}})*{{<{inne}.{naa}}}"
            mal = f"={{i_perioden}}*({blir}+{ny})"
            linje(f"en.ute.{fra}.{naa}", f"Ute, {_fra_til(fra, naa)}", mal, folk.utenfor[s, s, j])
    blokktittel(r, "Én inntatt: år etter flytting", "Nedd. år")
    for s, fra in enumerate(UTGANGSSITUASJONER):
        for j, naa in enumerate(LIVSSITUASJONER[s + 1 :], start=s + 1):
            # The value of such a year grows at the scenario's own rate.
            deler = ("inne", "ute") if j < 3 else ("ute",)
            mal = "=" + "+".join(
                f"SUMPRODUCT({{en.{del_}.{fra}.{naa}:}},{{diskonteringsfaktor:}},{{realvekst:}})" for del_ in deler
            )
            aar = float((g.inntatt.personer[s, s, j] * vekst).sum())
            r.enkelt(f"en.vekst.{fra}.{naa}", _stor(_fra_til(fra, naa)), "år", mal, aar, "antall")


def inntatt_tabell(r: Radskriver, g: Grupperesultat, ord_: Enhetsord) -> None:
    """Plan the table and the figures of one person taken in. ord_: what a participant is called."""
    ark, enhet = r.ark, ord_.entall
    r.overskrift(f"Hva én {enhet} betyr, etter situasjon ved inngang")
    figur_rad = r.figurrader(FIGUR_RADER)
    r.setning(
        f"Summer over analyseperioden for én {enhet} som kommer inn det første året, med scenariets egne forutsetninger, "
        "neddiskontert og uten fast årskostnad. Tallene avhenger ikke av inntaket.",
        "dempet",
    )
    hode = r.rad
    ark.tekst(hode, 0, f"Per inntatt {enhet}", "hode_v")
    ark.tekst(hode, 1, "Enhet", "hode_v")
    for i, s in enumerate(UTGANGSSITUASJONER):
        ark.tekst(hode, _AAR0 + i, SITUASJONSNAVN[s], "hode")
    rader: dict[str, int] = {}
    for navn, tekst, maal, stil in _TABELL:
        r.rad += 1
        rader[navn] = r.rad
        ark.tekst(r.rad, 0, tekst, "etikett_fet" if stil == "kr_fet" else "etikett")
        ark.tekst(r.rad, 1, maal, "enhet")
        for i, s in enumerate(UTGANGSSITUASJONER):
            noekkel = f"per_inntatt_{s}_{navn}"
            ark.formel(r.rad, _AAR0 + i, _mal(navn, s), _verdi(g, s, navn), stil, noekkel, noekkel)
    r.rad += 1
    null = (r.rad, _AAR0, r.rad, _AAR0 + 2)
    ark.tekst(r.rad, 0, "Nullpunktet for søylene", "etikett")
    ark.tekst(r.rad, 1, _KR_PER_KR, "enhet")
    for kol in range(_AAR0, _AAR0 + 3):
        ark.fast(r.rad, kol, 0.0, "kr")
    r.rad += 2
    bredde = _BREDDE_PX // 3
    for k, (navn, tittel, akse, form) in enumerate(
        (
            ("kostnad", f"Kostnad per {enhet}", "1 000 kr", AKSE_TUSEN_KR),
            ("netto_per_krone", "Netto samfunn per krone kostnad", _KR_PER_KR, "0.0"),
            ("sjanse_baerekraftig", "Sjanse for å nå bærekraftig", "andel", AKSE_ANDEL),
        )
    ):
        ark.figurer.append(
            Soeyler(
                ark=ark.navn,
                plass=Plass(figur_rad, k * bredde, bredde - 8),
                tittel=tittel,
                beskrivelse=f"Tre søyler, en for hver situasjon ved inngang: {tittel.lower()}.",
                etiketter=(hode, _AAR0, hode, _AAR0 + 2),
                serier=[i_rad(rader[navn], _AAR0, _AAR0 + 2, FARGER[_FARGE[navn]])],
                x_akse="Situasjon ved inngang",
                y_akse=akse,
                fra_null=navn != "netto_per_krone",
                null=null if navn == "netto_per_krone" else None,
                tallformat=form,
            )
        )


_FARGE = {"kostnad": "kostnad", "netto_per_krone": "gevinst", "sjanse_baerekraftig": "helsegevinst"}
#: Key, label, unit and style of every row, in the order of the sums above.
_TABELL = (
    ("kostnad", SERIETEKST["kostnad"], _KR, "kr"),
    ("kostnad_kommune", SERIETEKST["kostnad_kommune"], _KR, "kr"),
    ("kostnad_fylkeskommune", SERIETEKST["kostnad_fylkeskommune"], _KR, "kr"),
    ("kostnad_stat", SERIETEKST["kostnad_stat"], _KR, "kr"),
    ("besparelse", SERIETEKST["besparelse"], _KR, "kr"),
    ("erstattede_tjenester", SERIETEKST["erstattede_tjenester"], _KR, "kr"),
    ("bedret_situasjon", SERIETEKST["bedret_situasjon"], _KR, "kr"),
    ("helsegevinst", SERIETEKST["helsegevinst"], _KR, "kr"),
    ("produksjonsgevinst", SERIETEKST["produksjonsgevinst"], _KR, "kr"),
    ("offentlig_inntekt", SERIETEKST["offentlig_inntekt"], _KR, "kr"),
    ("skattefinansieringskostnad", SERIETEKST["skattefinansieringskostnad"], _KR, "kr"),
    ("netto_budsjett", SERIETEKST["netto_budsjett"], _KR, "kr_fet"),
    ("netto_samfunn", SERIETEKST["netto_samfunn"], _KR, "kr_fet"),
    ("netto_kommune", SERIETEKST["netto_kommune"], _KR, "kr_fet"),
    ("netto_fylkeskommune", SERIETEKST["netto_fylkeskommune"], _KR, "kr_fet"),
    ("netto_stat", SERIETEKST["netto_stat"], _KR, "kr_fet"),
    ("netto_kommune_realiserbar", SERIETEKST["netto_kommune_realiserbar"], _KR, "kr_fet"),
    ("netto_per_krone", "Netto samfunn per krone kostnad", _KR_PER_KR, "kroner_oere"),
    ("sjanse_baerekraftig", "Sjanse for å nå bærekraftig", "andel", "andel"),
)


def _verdi(g: Grupperesultat, s: str, navn: str) -> Verdi:
    en = g.per_inntatt[s]
    if navn == "netto_per_krone":
        return "" if en.netto_per_krone is None else en.netto_per_krone
    return en.sjanse_baerekraftig if navn == "sjanse_baerekraftig" else en.sum[navn]


def _mal(navn: str, s: str) -> str:
    """The formula of one row for one situation: discounted years times what a year is worth, or a sum of other rows."""
    start = UTGANGSSITUASJONER.index(s)
    inne, etter = UTGANGSSITUASJONER[start:], LIVSSITUASJONER[start + 1 :]
    if navn.startswith("kostnad_"):
        b = navn.removeprefix("kostnad_")
        return "=" + "+".join([f"{{oppstart.{b}.{s}}}", *(f"{{en.inne.{s}.{j}.sum}}*{{drift.{b}.{j}}}" for j in inne)])
    if navn == "erstattede_tjenester":
        return f"={{erstatningsgrad}}*({'+'.join(f'{{en.inne.{s}.{j}.sum}}*{{nullalternativ_{j}}}' for j in inne)})"
    if navn == "bedret_situasjon":
        return "=" + "+".join(f"({'+'.join(_aar(s, j))})*{{besparelse_etter.{s}.{j}}}" for j in etter)
    if navn in ("helsegevinst", "produksjonsgevinst"):
        sats = navn.replace("gevinst", "sats")
        return "=" + "+".join(f"{{en.vekst.{s}.{j}}}*{{{sats}.{s}.{j}}}" for j in etter)
    if navn == "sjanse_baerekraftig":
        return "=" + "*".join(f"{{suksessrate_{j}}}" for j in inne)
    x = {n: f"{{per_inntatt_{s}_{n}}}" for n, *_ in _TABELL}
    y, andel = "{kommunal_andel_offentlig_inntekt}", BESPARELSENS_ANDELER
    return {
        "kostnad": "=" + "+".join(x[f"kostnad_{b}"] for b in BETALERE),
        "besparelse": f"={x['erstattede_tjenester']}+{x['bedret_situasjon']}",
        "offentlig_inntekt": f"={{offentlig_andel_produksjonsgevinst}}*{x['produksjonsgevinst']}",
        "skattefinansieringskostnad": f"=-{{skattefinansieringssats}}*{x['netto_budsjett']}",
        "netto_budsjett": f"={x['besparelse']}-{x['kostnad']}+{x['offentlig_inntekt']}",
        "netto_samfunn": f"={x['besparelse']}-{x['kostnad']}+{x['helsegevinst']}+{x['produksjonsgevinst']}"
        f"-{x['skattefinansieringskostnad']}",
        "netto_kommune": f"={andel['kommune']}*{x['besparelse']}-{x['kostnad_kommune']}+{y}*{x['offentlig_inntekt']}",
        "netto_fylkeskommune": f"={andel['fylkeskommune']}*{x['besparelse']}-{x['kostnad_fylkeskommune']}",
        "netto_stat": f"={andel['stat']}*{x['besparelse']}-{x['kostnad_stat']}+(1-{y})*{x['offentlig_inntekt']}",
        "netto_kommune_realiserbar": f"={{realiserbar_andel}}*{andel['kommune']}*{x['besparelse']}-{x['kostnad_kommune']}",
        "netto_per_krone": f'=IF({x["kostnad"]}=0,"",{x["netto_samfunn"]}/{x["kostnad"]})',
    }[navn]


def _aar(s: str, j: str) -> Iterator[str]:
    """The discounted years of one who entered in s and is now in j, in the programme and after it."""
    if j in UTGANGSSITUASJONER:
        yield f"{{en.inne.{s}.{j}.sum}}"
    yield f"{{en.ute.{s}.{j}.sum}}"


def _fra_til(fra: str, naa: str) -> str:
    if fra == naa:
        return f"inn som {SITUASJONSNAVN[fra].lower()}, fortsatt der"
    return f"inn som {SITUASJONSNAVN[fra].lower()}, nå {SITUASJONSNAVN[naa].lower()}"


def _stor(tekst: str) -> str:
    return tekst[:1].upper() + tekst[1:]
