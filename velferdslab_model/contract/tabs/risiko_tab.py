"""Risk: the exact binomial as formulas where the sheet can carry it, and the rest as values with the seed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from velferdslab_model.base.farger import FARGER
from velferdslab_model.contract.outcomes import binomisk
from velferdslab_model.contract.tabs.grunnlag import Grunnlag, ferskhetslinje
from velferdslab_model.contract.terms import MAKS_KONTRAKTAAR
from velferdslab_model.contract.words import fordelingsord
from velferdslab_model.model.array import Array
from velferdslab_model.workbook.charts import Histogram, Plass, Serie
from velferdslab_model.workbook.plan import Akse, Ark, Verdi
from velferdslab_model.workbook.rows import Radskriver

RISIKO = "Risiko"
#: Persons the table of chances has room for.
MAKS_PERSONER = 240
#: Contract years side by side, after a column of opening balances.
_AAR = Akse(4, MAKS_KONTRAKTAAR, "kontraktår")
#: Bars of the chart.
_SOEYLER = 20
#: Whose loss is told on the first tab, and how.
TAP = {"kommune": "Kommunen", "stat": "Staten", "investor": "Investoren", "leverandoer": "Leverandøren"}


@dataclass(frozen=True)
class _Levende:
    """What the formulas give: persons settled in each year (10,), chance, price, and which way can be used."""

    personer: Array
    sjanse: float
    pris: float
    vilkaar: tuple[bool, ...]
    uten_aarstak: bool
    med_aarstak: bool


def _levende(g: Grunnlag) -> _Levende:
    v = g.v
    linjer = [(k, x) for k, _, x, _, _ in g.linjer if x and x.betalt_i]
    personer = np.zeros(MAKS_KONTRAKTAAR)
    for k, x in linjer:
        if x.linje == 0 and x.betalt_i:
            personer[x.betalt_i - 1] += v.deltakere[k - 1]
    sjanser = [v.suksessrate[k - 1] * x.holder for k, x in linjer]
    priser = [x.pris for _, x in linjer]
    sjanse, pris = max(sjanser, default=0.0), max(priser, default=0.0)
    vilkaar = (
        v.telling is None,
        len(v.priskort) == 1,
        all(s == sjanse for s in sjanser),
        all(p == pris for p in priser) and pris == int(pris),
        sum(f.beloep for f in v.fast_betaling) == 0,
        bool(personer.sum() <= MAKS_PERSONER),
    )
    felles = all(vilkaar)
    har, tak = v.tak.per_aar is not None, v.tak.per_aar or 0.0
    rommer = v.tak.kontrakt is None or len(v.betalingsaar) * tak <= v.tak.kontrakt
    return _Levende(
        personer, sjanse, pris, vilkaar, felles and not har, felles and har and not v.tak.overfoering and rommer
    )


def risikoark(ark: Ark, g: Grunnlag) -> None:
    """Plan the tab."""
    v, f = g.v, g.laget.avtalt.fordeling
    ark.kolonnebredder += [(0, 0, 46), (1, 1, 14), (2, 2, 16), (3, 3, 14), (4, 13, 12)]
    ark.siste_kolonne, ark.skalering, ark.laas_ruter, ark.sider_bredt = 13, 55, (2, 1), 1
    ark.formel(0, 0, '="Risiko: "&TRIM({navn})', f"Risiko: {v.navn}", "tittel")
    ferskhetslinje(ark, 1, 8)
    r = Radskriver(ark, 2, _AAR, '="År "&{risikoaar}')
    r.overskrift("Regnet av programmet da boken ble laget (tall uten formel)")
    r.setning(f"Slik er fordelingen funnet: {fordelingsord(g.laget.avtalt)}. Frø {g.froe}.", "dempet")
    for noekkel, tekst, enhet, verdi, stil in (
        ("lagret.forventet", "Forventet betaling under takene", "kr", f.forventet, "kr"),
        ("lagret.feil", "Standardfeil (0: eksakt)", "kr", f.feil, "kr"),
        ("lagret.p_tak", "Sjanse for at et tak er nådd", "andel", f.p_tak, "andel"),
        ("lagret.p_kuttet", "Sjanse for at takene kutter betalingen", "andel", f.p_kuttet, "andel"),
        ("lagret.lav", "Fem av hundre utfall ligger under", "kr", f.kvantil(0.05), "kr"),
        ("lagret.hoey", "Fem av hundre utfall ligger over", "kr", f.kvantil(0.95), "kr"),
    ):
        ark.tekst(r.rad, 0, tekst, "etikett")
        ark.tekst(r.rad, 1, enhet, "enhet")
        ark.verdi(noekkel, r.rad, 2, verdi, stil)
        r.rad += 1
    t = g.laget.avtalt
    tap: dict[str, Verdi] = {p: "ikke regnet" if b.p_taper is None else b.p_taper for p, b in t.betalere.items()}
    tap |= {"investor": t.investor.p_tap if t.investor.utlegg else "ikke med", "leverandoer": t.leverandoer.p_udekket}
    for part, tekst in TAP.items():
        ark.tekst(r.rad, 0, f"Sjanse for tap: {tekst.lower()}", "etikett")
        ark.tekst(r.rad, 1, "andel", "enhet")
        ark.verdi(f"lagret.tap.{part}", r.rad, 2, tap[part], "andel")
        r.rad += 1
    r.setning(
        "Kommunen og staten taper når de betaler mer enn de sparer. Uten nullalternativ er det ikke regnet.", "dempet"
    )
    _figur(r, g)
    _arket(r, g)


def _figur(r: Radskriver, g: Grunnlag) -> None:
    """The distribution of payment as values in equal steps, and its chart."""
    ark, f = r.ark, g.laget.avtalt.fordeling
    beloep, p = f.fordelt_paa_betaling()
    lav, hoey = float(beloep.min()), float(beloep.max())
    kanter = np.linspace(lav, hoey, _SOEYLER + 1) if hoey > lav else np.array([lav, lav + 1])
    plass = np.minimum(np.searchsorted(kanter, beloep + 1e-9, side="right") - 1, len(kanter) - 2)
    sjanser = np.bincount(np.maximum(plass, 0), p, len(kanter) - 1)
    r.overskrift("Fordelingen av betalingen i alt")
    hode = r.rad
    for kol, tekst in ((0, "Betaling fra og med (1 000 kr)"), (2, "Sjanse")):
        ark.tekst(hode, kol, tekst, "hode")
    for i, (fra, sjansen) in enumerate(zip(kanter, sjanser, strict=False), start=1):
        ark.fast(hode + i, 0, round(float(fra) / 1000), "heltall")
        ark.fast(hode + i, 2, float(sjansen), "andel")
    siste = hode + len(sjanser)
    ark.figurer.append(
        Histogram(
            ark=ark.navn, plass=Plass(hode, 640, 760), tittel="Hva betalingen kan bli i alt",
            beskrivelse="Søyler for sjansen for hvert beløp under takene, regnet da boken ble laget.",
            etiketter=(hode + 1, 0, siste, 0), x_akse="Betaling i alt, 1 000 kr", y_akse="Sjanse", tallformat="0\\ %",
            fra_null=True, serier=[Serie((hode, 2), (hode + 1, 2, siste, 2), FARGER["helsegevinst"])],
        )
    )  # fmt: skip
    r.rad = siste + 1


def _arket(r: Radskriver, g: Grunnlag) -> None:
    """The conditions, what they give, and the table of chances."""
    ark, x = r.ark, _levende(g)
    r.overskrift("Regnet av arket, eksakt, når vilkårene er enkle nok (BINOMDIST er BINOM.DIST i alle utgaver)")
    gjort = "({linje_betalt_i:}>0)"
    r.enkelt("b.sjanse", "Sjansen for hver person", "andel", "=MAX({linje_sjanse:})", x.sjanse, "andel")
    r.enkelt("b.pris", "Prisen for hver person", "kr", "=MAX({linje_pris_her:})", x.pris, "kr")
    tekster = (
        ("sikker", "Raten er sikker", "{rate_maate}={ord_rate_maate_1}"),
        ("en", "Én oppfølging", "{oppfoelginger}=1"),
        ("lik", "Samme rate i alle kohorter som gjøres opp", ""),
        ("pris", "Samme pris i alle år, i hele kroner", ""),
        ("fast", "Ingen faste betalinger", "SUM({kol_fast_betaling_beloep:})=0"),
        ("plass", "Personene får plass i tabellen under", ""),
    )
    ulik = "SUMPRODUCT({0}*(1-({{{1}:}}={{{2}}})))=0"
    maler = {
        "lik": ulik.format(gjort, "linje_sjanse", "b.sjanse"),
        "pris": f"AND({ulik.format(gjort, 'linje_pris_her', 'b.pris')},{{b.pris}}=INT({{b.pris}}))",
        "plass": "{b.n.sum}<=MAX({b.s:})",
    }
    for (noekkel, tekst, mal), holder_ in zip(tekster, x.vilkaar, strict=True):
        r.enkelt(f"b.v.{noekkel}", tekst, "0 / 1", f"=IF({maler.get(noekkel, mal)},1,0)", float(holder_), "heltall")
    felles = ",".join(f"{{b.v.{noekkel}}}=1" for noekkel, *_ in tekster)
    mal = f"=IF(AND({felles},NOT({{tak_per_aar_brukes}}={{ord_ja}})),1,0)"
    r.enkelt("b.uten", "Kan regnes: uten tak per år", "0 / 1", mal, float(x.uten_aarstak), "heltall")
    rommer = "OR(NOT({tak_kontrakt_brukes}={ord_ja}),{antall_betalingsaar}*{tak_per_aar}<={tak_kontrakt})"
    mal = f"=IF(AND({felles},{{tak_per_aar_brukes}}={{ord_ja}},NOT({{tak_overfoering}}={{ord_ja}}),{rommer}),1,0)"
    r.enkelt(
        "b.med",
        "Kan regnes: tak per år, som samlet ikke er over taket for kontrakten",
        "0 / 1",
        mal,
        float(x.med_aarstak),
        "heltall",
    )
    pmf_alle, pmf, s = _tabellverdier(x)
    nr = np.arange(1.0, MAKS_KONTRAKTAAR + 1)
    ark.akserad("risikoaar", r.rad, _AAR, "={<risikoaar}+1", nr, "heltall")
    ark.tekst(r.rad, 0, "Kontraktår", "etikett")
    r.rad += 1
    mal = "=SUMPRODUCT(({linje_betalt_i:}={risikoaar})*({linje_nummer:}=1)*{linje_deltakere_her:})"
    r.linje("b.n", "Personer som gjøres opp i året", "personer", mal, x.personer, "heltall")
    r.sum_av_forrige("b.n.sum", None, "=SUM({b.n:})", float(x.personer.sum()), "heltall")
    v = g.v
    tak_aar, tak = v.tak.per_aar or 0.0, v.tak.kontrakt if v.tak.kontrakt is not None else None
    krav = s * x.pris
    forv = np.array([float(p @ (krav - np.where(krav > tak_aar, krav - tak_aar, 0.0))) for p in pmf])
    naadd = np.array([float(p @ (krav >= tak_aar)) for p in pmf])
    kutt = np.array([float(p @ (krav > tak_aar)) for p in pmf])
    har_n = x.personer > 0
    over = "(({b.s:}*{b.pris})>{tak_per_aar})"
    # Each year's column of the table is read by plain address: a column of an axis is no row.
    rad_forv, start = r.rad, r.rad + 9
    slutt = start + MAKS_PERSONER
    skala = max(1.0, float(krav.max()))
    for i, kol in enumerate(_AAR.kolonner):
        bokstav = _AAR.bokstaver[i + 1]
        p = f"{bokstav}{start + 1}:{bokstav}{slutt + 1}"
        ark.formel(
            rad_forv,
            kol,
            f"=SUMPRODUCT({p},{{b.s:}}*{{b.pris}}-{over}*({{b.s:}}*{{b.pris}}-{{tak_per_aar}}))",
            forv[i],
            "kr_strek",
            skala=skala,
        )
        ark.formel(rad_forv + 1, kol, f"=SUMPRODUCT({p},--({{b.s:}}*{{b.pris}}>={{tak_per_aar}}))", naadd[i], "andel")
        ark.formel(rad_forv + 2, kol, f"=SUMPRODUCT({p},--({{b.s:}}*{{b.pris}}>{{tak_per_aar}}))", kutt[i], "andel")
    for i, (noekkel, tekst, verdier) in enumerate(
        (
            ("b.forv", "Forventet under taket per år", forv),
            ("b.naadd", "Sjanse for at årets tak er nådd", naadd),
            ("b.kutt", "Sjanse for at årets tak kutter", kutt),
        )
    ):
        ark.tekst(rad_forv + i, 0, tekst, "etikett")
        ark.registrer(
            noekkel, rad_forv + i, _AAR.foerste_kolonne, tuple(verdier.tolist()), bredde=_AAR.antall, akse=_AAR
        )
    r.rad = rad_forv + 3
    ark.formel(r.rad, 3, "=1", 1.0, "desimal")
    r.linje(
        "b.fri",
        "Sjanse for at ingen av takene er nådd hittil",
        "andel",
        "={<b.fri}*(1-IF({b.n}>0,{b.naadd},0))",
        np.cumprod(1 - naadd * har_n),
        "andel",
    )
    ark.formel(r.rad, 3, "=1", 1.0, "desimal")
    r.linje(
        "b.ukuttet",
        "Sjanse for at ingen tak har kuttet hittil",
        "andel",
        "={<b.ukuttet}*(1-IF({b.n}>0,{b.kutt},0))",
        np.cumprod(1 - kutt * har_n),
        "andel",
    )
    r.rad += 1
    _tabell(r, start, pmf_alle, pmf, s, x, tak)
    _svarene(ark, g, x, forv * har_n, naadd * har_n, kutt * har_n, pmf_alle, krav, tak, slutt + 2)


def _tabellverdier(x: _Levende) -> tuple[Array, list[Array], Array]:
    s = np.arange(MAKS_PERSONER + 1)
    return _pmf(int(x.personer.sum()), x.sjanse), [_pmf(int(n), x.sjanse) for n in x.personer], s.astype(float)


def _pmf(n: int, p: float) -> Array:
    ut = np.zeros(MAKS_PERSONER + 1)
    if n:
        k = np.arange(min(n, MAKS_PERSONER) + 1)
        ut[k] = binomisk(n, np.array([p]))[0][k]
    return ut


def _tabell(r: Radskriver, start: int, alle: Array, pmf: list[Array], s: Array, x: _Levende, tak: float | None) -> None:
    ark, antall = r.ark, MAKS_PERSONER + 1
    for kol, tekst in (
        (0, "Antall som lykkes og gjøres opp"),
        (1, "Sjanse, i alt"),
        (2, "Betales"),
        *((k, "Sjanse, året over") for k in _AAR.kolonner),
    ):
        ark.tekst(start - 1, kol, tekst, "hode")
    ark.radhoeyder[start - 1] = 30
    ark.kolonne("b.s", start, 0, s.tolist(), "heltall")
    betales = s * x.pris if tak is None else np.minimum(s * x.pris, tak)
    # A certain chance is no binomial to every program.
    sikker = "IF({{b.sjanse}}*(1-{{b.sjanse}})=0,IF(A{0}={1}*{{b.sjanse}},1,0),BINOMDIST(A{0},{1},{{b.sjanse}},0))"
    hvis = f"=IF(OR({{1}}=0,A{{0}}>{{1}}),0,{sikker})"
    for i in range(antall):
        rad = start + i
        ark.formel(rad, 1, hvis.format(rad + 1, "{b.n.sum}"), float(alle[i]), "faktor")
        mal = (
            f"=IF({{tak_kontrakt_brukes}}={{ord_ja}},MIN(A{rad + 1}*{{b.pris}},{{tak_kontrakt}}),A{rad + 1}*{{b.pris}})"
        )
        ark.formel(rad, 2, mal, float(betales[i]), "kr_strek", skala=max(1.0, float(s[i] * x.pris)))
        verdier: list[Verdi] = [float(p[i]) for p in pmf]
        ark.akserad(None, rad, _AAR, hvis.format(rad + 1, "{b.n}"), verdier, "faktor")
    ark.registrer("b.alle", start, 1, tuple(alle.tolist()), hoeyde=antall)
    ark.registrer("b.betales", start, 2, tuple(betales.tolist()), hoeyde=antall)


def _svarene(
    ark: Ark,
    g: Grunnlag,
    x: _Levende,
    forv: Array,
    naadd: Array,
    kutt: Array,
    alle: Array,
    krav: Array,
    tak: float | None,
    rad: int,
) -> None:
    """What the first tab shows: the sheet's own figure where it can be counted, else the value computed with the file."""
    lagret, grense = g.laget.avtalt.fordeling, np.inf if tak is None else tak
    har = "({tak_kontrakt_brukes}={ord_ja})"
    for noekkel, tekst, uten, med, verdier, stil in (
        ("risiko.forventet", "Forventet betaling", "SUMPRODUCT({b.alle:},{b.betales:})", "SUMPRODUCT(({b.n:}>0)*{b.forv:})",
         (float(alle @ np.minimum(krav, grense)), float(forv.sum()), lagret.forventet), "kr"),
        ("risiko.p_tak", "Sjanse for at et tak er nådd", f"SUMPRODUCT({{b.alle:}},({{b.s:}}*{{b.pris}}>={{tak_kontrakt}})*{har})",
         "1-INDEX({b.fri:},1,MAX({risikoaar:}))", (float(alle @ (krav >= grense)), float(1 - np.prod(1 - naadd)), lagret.p_tak), "andel"),
        ("risiko.p_kuttet", "Sjanse for at takene kutter", f"SUMPRODUCT({{b.alle:}},({{b.s:}}*{{b.pris}}>{{tak_kontrakt}})*{har})",
         "1-INDEX({b.ukuttet:},1,MAX({risikoaar:}))", (float(alle @ (krav > grense)), float(1 - np.prod(1 - kutt)), lagret.p_kuttet), "andel"),
    ):  # fmt: skip
        ark.tekst(rad, 0, tekst, "etikett_fet")
        verdi = verdier[0] if x.uten_aarstak else verdier[1] if x.med_aarstak else verdier[2]
        navn = noekkel.removeprefix("risiko.")
        mal = f"=IF({{b.uten}}=1,{uten},IF({{b.med}}=1,{med},{{lagret.{navn}}}))"
        ark.formel(rad, 2, mal, verdi, stil, noekkel, noekkel.replace(".", "_"), skala=max(1.0, float(krav.max())))
        rad += 1
