"""Risk: the exact binomial as formulas where the sheet can carry it, and the rest as values with the seed."""

from __future__ import annotations

import numpy as np

from velferdslab_model.base.farger import FARGER
from velferdslab_model.contract.distribution import Betalingsfordeling
from velferdslab_model.contract.tabs.binomial import MAKS_PERSONER, Levende, levende, tabellverdier
from velferdslab_model.contract.tabs.gamle_tall import farg, gammelrader, merk
from velferdslab_model.contract.tabs.grunnlag import SOEYLER, Grunnlag, ferskhetslinje
from velferdslab_model.contract.tabs.risikosvar import (
    KRAV,
    KVANTILER,
    MINST,
    MINST_SNITT,
    TAP,
    kravverdi,
    minstverdi,
    risikosvar,
    simulerte,
    tapsverdi,
)
from velferdslab_model.contract.terms import MAKS_KONTRAKTAAR
from velferdslab_model.contract.words import fordelingsord, sjansen, takene_trukket
from velferdslab_model.model.array import Array
from velferdslab_model.workbook.charts import Histogram, Plass, Serie
from velferdslab_model.workbook.plan import Akse, Ark, Verdi
from velferdslab_model.workbook.rows import Radskriver

RISIKO = "Risiko"
#: The axis of the figure of payment.
FIGURAKSE = "1 000 kr i alt, fra og med (siste: akkurat det meste)"
#: Contract years side by side, after a column of opening balances.
_AAR = Akse(4, MAKS_KONTRAKTAAR, "kontraktår")
_HALV_OERE = 0.005


def risikoark(ark: Ark, g: Grunnlag) -> None:
    """Plan the tab."""
    v, f, trukket = g.v, g.laget.avtalt.fordeling, takene_trukket(g.laget.avtalt)
    ark.kolonnebredder += [(0, 0, 46), (1, 1, 14), (2, 2, 16), (3, 3, 14), (4, 13, 12)]
    ark.siste_kolonne, ark.skalering, ark.laas_ruter, ark.sider_bredt = 13, 55, (2, 1), 1
    ark.formel(0, 0, '="Risiko: "&TRIM({navn})', f"Risiko: {v.navn}", "tittel")
    ferskhetslinje(ark, 1, 8)
    r = Radskriver(ark, 2, _AAR, '="År "&{risikoaar}')
    r.overskrift("Regnet av programmet da boken ble laget (tall uten formel)")
    foerste = r.rad
    merk(ark, g, r.rad, 0, "alt", 8)
    r.rad += 1
    r.setning(f"Slik er fordelingen funnet: {fordelingsord(g.laget.avtalt)}. Frø {g.froe}.", "dempet")
    for noekkel, tekst, enhet, verdi, stil in (
        ("lagret.forventet", "Forventet betaling under takene", "kr", f.forventet, "kr"),
        ("lagret.feil", "Standardfeil (0: eksakt)", "kr", f.feil, "kr"),
        ("lagret.p_tak", "Sjanse for at et tak er nådd", "andel", sjansen(f.p_tak, trukket), "andel"),
        ("lagret.p_kuttet", "Sjanse for at takene kutter betalingen", "andel", sjansen(f.p_kuttet, trukket), "andel"),
        ("lagret.lav", "Ni av ti utfall ligger fra og med", "kr", f.kvantil(KVANTILER["lav"]), "kr"),
        ("lagret.hoey", "Ni av ti utfall ligger til og med", "kr", f.kvantil(KVANTILER["hoey"]), "kr"),
    ):
        ark.tekst(r.rad, 0, tekst, "etikett")
        ark.tekst(r.rad, 1, enhet, "enhet")
        ark.verdi(noekkel, r.rad, 2, verdi, stil)
        r.rad += 1
    for part, tekst in TAP.items():
        ark.tekst(r.rad, 0, f"Sjanse for tap: {tekst.lower()}", "etikett")
        ark.tekst(r.rad, 1, "andel", "enhet")
        ark.verdi(f"lagret.tap.{part}", r.rad, 2, tapsverdi(g.laget.avtalt, part), "andel")
        r.rad += 1
    ark.tekst(r.rad, 0, "Sjanse for mindre enn avkastningskravet", "etikett")
    ark.tekst(r.rad, 1, "andel", "enhet")
    ark.verdi(f"lagret.{KRAV}", r.rad, 2, kravverdi(g.laget.avtalt), "andel")
    r.rad += 1
    simulert = float(bool(simulerte(g)))
    ark.tekst(r.rad, 0, "Simulert: sjansen for kommunen og staten", "etikett")
    ark.tekst(r.rad, 1, "0 / 1", "enhet")
    ark.verdi("lagret.tap_simulert", r.rad, 2, simulert, "heltall")
    r.rad += 1
    ark.tekst(r.rad, 0, MINST if len(g.laget.avtalt.vilkaar.priskort) == 1 else MINST_SNITT, "etikett")
    ark.tekst(r.rad, 1, "personer", "enhet")
    ark.verdi("lagret.minst", r.rad, 2, minstverdi(g.laget.avtalt), "heltall")
    farg(ark, foerste + 1, 0, r.rad, 2, "alt")
    r.rad += 1
    r.setning(
        "Kommunen og staten taper når de betaler mer enn de sparer. Uten nullalternativ er det ikke regnet.", "dempet"
    )
    _figur(r, g)
    _arket(r, g)


def _figur(r: Radskriver, g: Grunnlag) -> None:
    """The distribution of payment in equal steps, and its chart: of the sheet's own table where it can be counted."""
    ark, x = r.ark, levende(g)
    da, naa = (_trinn(t.fordeling) for t in (g.laget.avtalt, g.naa))
    hoey, sjanser = naa if x.uten_aarstak else da
    r.overskrift("Fordelingen av betalingen i alt")
    merk(ark, g, r.rad, 0, "fordelingen", 8)
    r.rad += 1
    ark.tekst(r.rad, 0, "Mest som kan betales", "etikett")
    ark.tekst(r.rad, 1, "kr", "enhet")
    mal = "=IF({b.uten}=1,INDEX({b.betales:},1+{b.n.sum}),{lagret.figur.hoey})"
    ark.formel(r.rad, 2, mal, hoey, "kr", "figur.hoey", skala=max(1.0, da[0]))
    ark.verdi("lagret.figur.hoey", r.rad, 3, da[0], "kr")
    r.rad += 1
    hode = r.rad
    # The most that can be paid has a bar of its own: nobody below a cap is counted as having reached it.
    for kol, tekst in (
        (0, "Betaling fra og med (1 000 kr)"),
        (1, "Fra, kr"),
        (2, "Sjanse"),
        (3, "Da boken ble laget"),
    ):
        ark.tekst(hode, kol, tekst, "hode")
    for i in range(SOEYLER + 1):
        rad = hode + 1 + i
        fra = hoey * i / SOEYLER
        mal = "={figur.hoey}" if i == SOEYLER else f"=B{rad}+{{figur.hoey}}/{{soeyler}}" if i else "=0"
        ark.formel(rad, 1, mal, fra, "kr_strek", skala=max(1.0, hoey))
        ark.formel(rad, 0, f"=B{rad + 1}/{{tusen}}", fra / 1000, "heltall", skala=max(1.0, hoey))
        til = f"*({{b.betales:}}<B{rad + 2}-{{oere}})" if i < SOEYLER else ""
        sjanse = f"IF({{b.uten}}=1,SUMPRODUCT({{b.alle:}}*({{b.betales:}}>=B{rad + 1}-{{oere}}){til}),D{rad + 1})"
        # No bar is drawn of terms that cannot be used.
        ark.formel(rad, 2, f'=IF({{kontroll_feil}}=0,{sjanse},"")', float(sjanser[i]), "andel")
        ark.fast(rad, 3, float(da[1][i]), "andel")
    siste = hode + SOEYLER + 1
    farg(ark, hode + 1, 0, siste, 2, "fordelingen")
    farg(ark, hode - 1, 2, hode - 1, 2, "fordelingen")
    farg(ark, hode + 1, 3, siste, 3, "alt")
    farg(ark, hode - 1, 3, hode - 1, 3, "alt")
    ark.registrer("figur.sjanse", hode + 1, 2, tuple(sjanser.tolist()), hoeyde=SOEYLER + 1)
    ark.figurer.append(
        Histogram(
            ark=ark.navn, plass=Plass(hode, 720, 720), tittel="Hva betalingen kan bli i alt",
            beskrivelse="Søyler for sjansen for hvert beløp under takene. Den siste er akkurat det meste som kan betales.",
            etiketter=(hode + 1, 0, siste, 0), x_akse=FIGURAKSE, y_akse="Sjanse", tallformat="0\\ %",
            fra_null=True, serier=[Serie((hode, 2), (hode + 1, 2, siste, 2), FARGER["helsegevinst"])],
        )
    )  # fmt: skip
    r.rad = siste + 1


def _trinn(f: Betalingsfordeling) -> tuple[float, Array]:
    """The most that can be paid, and the chance of each of equal steps below it and of exactly that."""
    beloep, p = f.fordelt_paa_betaling()
    hoey = float(beloep.max())
    kanter = hoey * np.arange(SOEYLER + 1) / SOEYLER
    plass = np.searchsorted(kanter, beloep + _HALV_OERE, side="right") - 1
    return hoey, np.bincount(plass, p, SOEYLER + 1).astype(float)


def _arket(r: Radskriver, g: Grunnlag) -> None:
    """The conditions, what they give, and the table of chances."""
    ark, x = r.ark, levende(g)
    r.overskrift("Regnet av arket, eksakt, når vilkårene er enkle nok (BINOMDIST er BINOM.DIST i alle utgaver)")
    _vilkaar(r, x)
    gammelrader(r, g)
    pmf_alle, pmf, s = tabellverdier(x)
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
    # A cap that is switched off is 0 here, whatever its cell still holds.
    aarstak = "(({tak_per_aar_brukes}={ord_ja})*{tak_per_aar})"
    over = f"(({{b.s:}}*{{b.pris}})>{aarstak})"
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
            f"=SUMPRODUCT({p},{{b.s:}}*{{b.pris}}-{over}*({{b.s:}}*{{b.pris}}-{aarstak}))",
            forv[i],
            "kr_strek",
            skala=skala,
        )
        ark.formel(rad_forv + 1, kol, f"=SUMPRODUCT({p},--({{b.s:}}*{{b.pris}}>={aarstak}))", naadd[i], "andel")
        ark.formel(rad_forv + 2, kol, f"=SUMPRODUCT({p},--({{b.s:}}*{{b.pris}}>{aarstak}))", kutt[i], "andel")
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
        np.cumprod(1 - naadd * (x.personer > 0)),
        "andel",
    )
    ark.formel(r.rad, 3, "=1", 1.0, "desimal")
    r.linje(
        "b.ukuttet",
        "Sjanse for at ingen tak har kuttet hittil",
        "andel",
        "={<b.ukuttet}*(1-IF({b.n}>0,{b.kutt},0))",
        np.cumprod(1 - kutt * (x.personer > 0)),
        "andel",
    )
    r.rad += 1
    _tabell(r, start, pmf_alle, pmf, s, x, tak)
    med = (
        float((forv * (x.personer > 0)).sum()),
        float(1 - np.prod(1 - naadd * (x.personer > 0))),
        float(1 - np.prod(1 - kutt * (x.personer > 0))),
    )
    risikosvar(ark, g, x, med, slutt + 2)


def _vilkaar(r: Radskriver, x: Levende) -> None:
    """Whether the terms are simple enough, and by which way."""
    r.enkelt("b.sjanse", "Sjansen for hver person", "andel", "=MAX({linje_sjanse:})", x.sjanse, "andel")
    r.enkelt("b.pris", "Prisen for hver person", "kr", "=MAX({linje_pris_her:})", x.pris, "kr")
    gjort = "({linje_betalt_i:}>0)"
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


def _tabell(r: Radskriver, start: int, alle: Array, pmf: list[Array], s: Array, x: Levende, tak: float | None) -> None:
    ark, antall = r.ark, MAKS_PERSONER + 1
    for kol, tekst in (
        (0, "Antall som lykkes og gjøres opp"),
        (1, "Sjanse, i alt"),
        (2, "Betales"),
        (3, "Sjanse, så få eller færre"),
        *((k, "Sjanse, året over") for k in _AAR.kolonner),
    ):
        ark.tekst(start - 1, kol, tekst, "hode")
    ark.radhoeyder[start - 1] = 30
    ark.kolonne("b.s", start, 0, s.tolist(), "heltall")
    hittil = alle.cumsum()
    betales = s * x.pris if tak is None else np.minimum(s * x.pris, tak)
    # A certain chance is no binomial to every program.
    hvis = (
        "=IF(A{0}>{1},0,IF({1}*{{b.sjanse}}*(1-{{b.sjanse}})=0,IF(A{0}={1}*{{b.sjanse}},1,0),"
        "BINOMDIST(A{0},{1},{{b.sjanse}},0)))"
    )
    for i in range(antall):
        rad = start + i
        ark.formel(rad, 1, hvis.format(rad + 1, "{b.n.sum}"), float(alle[i]), "faktor")
        mal = (
            f"=IF({{tak_kontrakt_brukes}}={{ord_ja}},MIN(A{rad + 1}*{{b.pris}},{{tak_kontrakt}}),A{rad + 1}*{{b.pris}})"
        )
        ark.formel(rad, 2, mal, float(betales[i]), "kr_strek", skala=max(1.0, float(s[i] * x.pris)))
        over = f"D{rad}+" if i else ""
        ark.formel(rad, 3, f"={over}B{rad + 1}", float(hittil[i]), "faktor")
        verdier: list[Verdi] = [float(p[i]) for p in pmf]
        ark.akserad(None, rad, _AAR, hvis.format(rad + 1, "{b.n}"), verdier, "faktor")
    ark.registrer("b.alle", start, 1, tuple(alle.tolist()), hoeyde=antall)
    ark.registrer("b.hittil", start, 3, tuple(hittil.tolist()), hoeyde=antall)
    ark.registrer("b.betales", start, 2, tuple(betales.tolist()), hoeyde=antall)
