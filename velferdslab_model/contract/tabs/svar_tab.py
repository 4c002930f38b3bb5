"""The first tab: price, risk and cap, who pays and who saves, in a negotiator's words and all on the first screen."""

from __future__ import annotations

from velferdslab_model.base.farger import FARGER
from velferdslab_model.base.ord import HERAV
from velferdslab_model.contract.flows import besparelse_per_lykket, betalerandeler, foerste_bedoemming
from velferdslab_model.contract.oppgjoer import forventet_lykkede
from velferdslab_model.contract.tabs.binomial import levende
from velferdslab_model.contract.tabs.forventet_tab import LEVENDE
from velferdslab_model.contract.tabs.gamle_tall import (
    GAMLE,
    GAMMELT,
    LAG_PAA_NYTT,
    er_gammel,
    farg,
    ingen_gamle,
    merk,
    uten_blanding,
)
from velferdslab_model.contract.tabs.grunnlag import Grunnlag, ferskhetslinje
from velferdslab_model.contract.tabs.partene_tab import PARTSFARGER
from velferdslab_model.contract.tabs.risiko_tab import FIGURAKSE
from velferdslab_model.contract.tabs.risikosvar import KRAV, TAP, TAPSFLAGG, minstnavn, nesten, simulerte
from velferdslab_model.contract.terms import MAKS_KONTRAKTAAR
from velferdslab_model.contract.words import (
    EKSAKT,
    EN_PRIS,
    FLERE_PRISER,
    GAMMEL_RISIKO,
    INGEN_LYKKES,
    PARTSNAVN,
    REGNES_IKKE,
    SIMULERT,
    kontraktsmerknader,
    prisnavn,
)
from velferdslab_model.workbook.adresse import i_anfoersel
from velferdslab_model.workbook.charts import Histogram, Linjer, Plass, Serie, Soeyler, i_kolonne
from velferdslab_model.workbook.checks import bare_naar_alt_holder, kontrollcelle, svarcelle
from velferdslab_model.workbook.plan import Ark, Verdi

SVAR, _TAP = "Svar", "Sjanse for å komme ut med tap"
EN_RATE, FLERE_RATER = "Suksessrate", "Suksessrate, snitt av alle deltakere"
_V, _H = 0, 4
_UTEN_NULL = (
    "Nullalternativet er ikke oppgitt: besparelsen er ikke regnet. Scenarier viser hva hver som lykkes, må spare."
)


def svarark(ark: Ark, g: Grunnlag) -> None:
    """Plan the tab."""
    ark.kolonnebredder += [(0, 0, 40), (1, 1, 15), (2, 2, 10), (3, 3, 2), (4, 4, 24), (5, 9, 14)]
    ark.siste_kolonne, ark.skalering, ark.sider_bredt, ark.laas_ruter = 9, 60, 1, (3, 0)
    svarcelle(ark, 0, 0, '"Effektkontrakt: "&TRIM({navn})', f"Effektkontrakt: {g.v.navn}", "tittel")
    x = levende(g)
    simulert = g.laget.avtalt.fordeling.feil > 0 and not (x.uten_aarstak or x.med_aarstak)
    maate = GAMMEL_RISIKO if er_gammel(ark, g, "risiko") else SIMULERT if simulert else EKSAKT
    ark.tekst(1, 0, "Kontroll", "etikett")
    fersk = ingen_gamle(ark, g, "alle", "fordelingen", "forventet_rente")
    kontrollcelle(ark, 1, 1, 2, ("kontroll_feil",), (f"OR({{kontrolltall}}={{regnet_med}},{fersk[0]})", fersk[1]))
    ark.formel(
        1,
        4,
        '="Beløp i "&{valuta}&", faste priser fra "&{prisaar}&", ikke neddiskontert. Fordelingen av betalingen er "&'
        f'IF({{gammel.risiko}}=1,"{GAMMEL_RISIKO}",IF(OR({{b.uten}}=1,{{b.med}}=1,{{lagret.feil}}=0),"{EKSAKT}","{SIMULERT}"))&"."',
        f"Beløp i {g.v.valuta}, faste priser fra {g.v.prisaar}, ikke neddiskontert. Fordelingen av betalingen er {maate}.",
        "dempet",
    )
    farg(ark, 1, 4, 1, 9, "risiko")
    ferskhetslinje(ark, 2, 8, fersk)
    rad = _pris(ark, g, 3)
    slutt = _hvem(ark, g, 3)
    rad = max(rad, slutt)
    merk(
        ark,
        g,
        rad,
        0,
        "fordelingen",
        9,
        f"{GAMLE}. Det som er «{REGNES_IKKE}», regnes når boken lages på nytt. Det gjelder også figurene under.",
    )
    rad += 1
    topp = rad
    rad += 17
    _tall(ark, g, rad, topp)
    siste = ark.siste_rad + 2
    ark.tekst(siste - 1, 0, "Da boken ble laget", "blokk", 3)
    merk(ark, g, siste - 1, _H, "alt", 9)
    for i, setning in enumerate(kontraktsmerknader(g.laget.avtalt)):
        farg(ark, siste + i, 0, siste + i, 9, "alt")
        ark.tekst(siste + i, 0, setning, "tekst_bryt", 9)
        ark.radhoeyder[siste + i] = 28
    ark.tekst(
        ark.siste_rad + 1,
        0,
        "Vilkårene endres i fanen Vilkår, de gule cellene. «velferdslab contract denne.xlsx -o NY.xlsx» regner alle tall på nytt.",
        "tekst_bryt",
        9,
    )
    bare_naar_alt_holder(ark, (0, 0), (1, 1), (2, 0))


def _rad(
    ark: Ark,
    g: Grunnlag,
    rad: int,
    tekst: str,
    mal: str,
    verdi: Verdi,
    stil: str,
    enhet: str = "",
    noekkel: str | None = None,
    etikett: str = "etikett",
    flagg: str = "",
) -> int:
    """A label, its figure and the unit, which gives way to a word in red while the figure is old."""
    if tekst:
        ark.tekst(rad, _V, tekst, etikett)
    ark.formel(rad, _V + 1, mal, verdi, stil, noekkel)
    mal = "{penger}" if enhet == "kr" else f'"{enhet}"'
    sagt = ark.bok.steder["penger"].verdier[0] if enhet == "kr" else enhet
    if flagg:
        gammelt = LAG_PAA_NYTT if noekkel == "pris_betalt" else GAMMELT
        sagt = gammelt if er_gammel(ark, g, flagg) else sagt
        ark.formel(rad, _V + 2, f'=IF({{gammel.{flagg}}}=1,"{gammelt}",{mal})', sagt, "enhet_etter_tall")
        farg(ark, rad, _V, rad, _V + 2, flagg)
    elif enhet == "kr":
        ark.formel(rad, _V + 2, f"={mal}", sagt, "enhet_etter_tall")
    else:
        ark.tekst(rad, _V + 2, enhet, "enhet_etter_tall")
    return rad + 1


def _pris(ark: Ark, g: Grunnlag, rad: int) -> int:
    v, naa = g.v, g.naa
    ark.tekst(rad, 0, "Pris, risiko og tak", "overskrift", 2)
    rad += 1
    pris = "SUMPRODUCT(({linje_kohort:}=1)*({linje_i_bruk:}=1)*{linje_prisliste:})"
    mal = f'=IF({pris}>0,{pris},"ingen")'
    rad = _rad(ark, g, rad, "", mal, v.pris or "ingen", "kr_fet", "kr", "pris_vist")
    mal = f'=IF({{oppfoelginger}}=1,"{EN_PRIS}","{FLERE_PRISER}")'
    ark.formel(rad - 1, _V, mal, prisnavn(v), "etikett_fet")
    risiko = {n: ark.bok.steder[f"risiko.{n}"].verdier[0] for n in ("forventet", "p_tak", "p_kuttet", "lav", "hoey")}
    ventet = float(forventet_lykkede(v).sum())
    snitt: Verdi = float(risiko["forventet"]) / ventet if ventet else INGEN_LYKKES  # type: ignore[arg-type]  # a number
    mal = f'=IF(SUM({{lykkede_raa:}})>0,{{risiko.forventet}}/SUM({{lykkede_raa:}}),"{INGEN_LYKKES}")'
    mal, snitt = uten_blanding(ark, g, "risiko", mal, snitt)
    navn = "Betalt i snitt per person som lykkes"
    rad = _rad(ark, g, rad, navn, mal, snitt, "kr_fet", "kr", "pris_betalt", "etikett_fet", "risiko")
    rate = ventet / sum(v.deltakere)
    mal = "=IF({deltakere.sum}>0,SUM({lykkede_raa:})/{deltakere.sum},0)"
    rad = _rad(ark, g, rad, "", mal, rate, "andel", "", "rate_vist")
    mal = f'=IF({{rate_maate}}={{ord_rate_maate_2}},"{EN_RATE}",IF(SUMPRODUCT(({{rate:}}>0)*({{rate:}}<>INDEX({{rate:}},1,1)))=0,"{EN_RATE}","{FLERE_RATER}"))'
    ark.formel(rad - 1, _V, mal, EN_RATE if len(set(v.suksessrate)) == 1 else FLERE_RATER, "etikett")
    rad = _rad(ark, g, rad, "Deltakere i alt", "={deltakere.sum}", float(sum(v.deltakere)), "heltall", "personer")
    rad = _rad(ark, g, rad, "Lykkes, som ventet", "={lykkede.sum}", float(naa.lykkede.sum()), "antall", "personer")
    rad = _rad(ark, g, rad, "Betaling hvis akkurat så mange lykkes", "={betalt.sum}", naa.betalt, "kr", "kr")
    for tekst, noekkel, stil, flagg in (
        ("Forventet betaling under takene", "forventet", "kr", "risiko"),
        ("Sjanse for at et tak er nådd", "p_tak", "andel", "risiko"),
        ("Sjanse for at takene kutter betalingen", "p_kuttet", "andel", "risiko"),
        ("Ni av ti utfall ligger fra og med", "lav", "kr", "fordelingen"),
        ("Ni av ti utfall ligger til og med", "hoey", "kr", "fordelingen"),
    ):
        stort, enhet = ("_fet" if noekkel == "forventet" else ""), ("kr" if stil == "kr" else "")
        mal, verdi = f"={{risiko.{noekkel}}}", risiko[noekkel]
        rad = _rad(ark, g, rad, tekst, mal, verdi, f"{stil}{stort}", enhet, None, f"etikett{stort}", flagg)
        if stil == "andel":
            nesten(ark, rad - 1, _V + 1)
    for navn, tekst in (
        ("per_person", "Tak per person"),
        ("per_aar", "Tak per år"),
        ("kontrakt", "Tak for kontrakten"),
    ):
        tak = getattr(v.tak, navn)
        fet = navn == "kontrakt"
        mal = f'=IF({{tak_{navn}_brukes}}={{ord_ja}},{{tak_{navn}}},"ikke noe tak")'
        rad = _rad(
            ark,
            g,
            rad,
            tekst,
            mal,
            "ikke noe tak" if tak is None else tak,
            "kr_fet" if fet else "kr",
            "kr",
            None,
            "etikett_fet" if fet else "etikett",
        )
    minst = ark.bok.steder["risiko.minst"].verdier[0]
    minstnavn(ark, g, rad, _V, "etikett")
    ark.formel(rad, _V + 1, "={risiko.minst}", minst, "tilbake", til_kol=_V + 2)
    farg(ark, rad, _V, rad, _V + 2, "fordelingen")
    return rad + 1


def _hvem(ark: Ark, g: Grunnlag, rad: int) -> int:
    v, steder, x = g.v, ark.bok.steder, levende(g)
    ark.tekst(rad, _H, "Hvem betaler og hvem sparer, forventet under takene", "overskrift", 9)
    rad += 1
    for i, tekst in enumerate(("Part", "Betaler", "Sparer eller får", "Netto, forventet", "Mest ute", "Mest ute i")):
        ark.tekst(rad, _H + i, tekst, "hode" if i else "hode_v")
    rad += 1
    felter = (
        ("ut.sum", "kr_strek"),
        ("inn.sum", "kr_strek"),
        ("netto.sum", "kr_fet"),
        ("bunn", "kr_strek"),
        ("bunnaar", "aar"),
    )
    for part, navn in PARTSNAVN.items():
        ark.tekst(rad, _H, navn, "etikett")
        for i, (felt, stil) in enumerate(felter, start=1):
            sted = steder[f"{part}.f.{felt}"]
            ark.formel(
                rad,
                _H + i,
                f"={{{part}.f.{felt}}}",
                sted.verdier[0],
                stil,
                skala=max(1.0, steder[f"{part}.f.akk"].skala),
            )
            if (part, felt.partition(".")[0]) not in LEVENDE:
                farg(ark, rad, _H + i, rad, _H + i, "risiko" if part in ("kommune", "stat") else "fordelingen")
        rad += 1
    mal = f'=IF({{nullalternativ_brukes}}={{ord_ja}},"","{_UTEN_NULL}")'
    ark.formel(rad, _H, mal, "" if v.nullalternativ else _UTEN_NULL, "dempet", til_kol=9)
    rad += 1
    ark.tekst(rad, _H, "Per person som lykkes", "blokk", _H + 1)
    simulert = f"{_TAP}; {simulerte(g)} simulert, frø {g.froe}"
    sagt = (
        simulert
        if ark.bok.steder["lagret.tap_simulert"].verdier[0] == 1 and not (x.uten_aarstak and x.alle_gjort_opp)
        else _TAP
    )
    mal = f'=IF(AND({{lagret.tap_simulert}}=1,OR({{b.uten}}=0,{{b.n.sum}}<>{{deltakere.sum}})),"{simulert}","{_TAP}")'
    ark.formel(rad, _H + 2, mal, sagt, "blokk", til_kol=9)
    _tap(ark, rad + 1)
    rad += 1
    spart = float(besparelse_per_lykket(v).sum())
    andel = betalerandeler(v)
    for tekst, mal, verdi in (
        ("Spart i alt", "={per_lykket.sum}", spart),
        ("herav kommunen, realiserbart", "={per_lykket.sum}*{nullalternativ_kommunal_andel}*{nullalternativ_realiserbar_andel}", spart * andel["kommune"]),
        (HERAV["kostnad_stat"].strip(), "={per_lykket.sum}*(1-{nullalternativ_kommunal_andel})", spart * andel["stat"]),
    ):  # fmt: skip
        ark.tekst(rad, _H, tekst, "etikett")
        ark.formel(rad, _H + 1, mal, verdi, "kr_strek", skala=max(1.0, abs(spart)))
        rad += 1
    rad += 1
    ark.tekst(rad, _H, "Når", "blokk", 7)
    ark.tekst(rad, _H + 4, "Investoren", "blokk", 9)
    rad += 1
    for i, (tekst, noekkel, stil, flagg) in enumerate(
        (
            ("Internrente", "investor.f.internrente", "andel", "forventet_rente"),
            ("Største tap", "investor.mest_tap", "kr", ""),
            ("Igjen i kontraktår", "investor.f.tilbakebetalt", "heltall", "fordelingen"),
            ("Under kravet", f"risiko.{KRAV}", "andel", "krav"),
        )
    ):
        ark.tekst(rad + i, _H + 4, tekst, "etikett_etter_tall")
        ark.formel(rad + i, _H + 5, f"={{{noekkel}}}", steder[noekkel].verdier[0], stil)
        if flagg:
            farg(ark, rad + i, _H + 4, rad + i, _H + 5, flagg)
    nesten(ark, rad + 3, _H + 5)
    fra, til = (steder[noekkel].verdier[0] for noekkel in ("foerste_oppgjoer", "siste_oppgjoer"))
    _spenn(ark, rad, "Det gjøres opp", ("={foerste_oppgjoer}", fra), ("={siste_oppgjoer}", til))
    farg(ark, rad, _H, rad, _H + 3, "risiko")
    n = v.nullalternativ
    foerste = foerste_bedoemming(v)
    ja = "{nullalternativ_brukes}={ord_ja}"
    _spenn(
        ark, rad + 1, "Det spares",
        (f'=IF({ja},{{startaar}}+{{foerste}},"{REGNES_IKKE}")', float(v.startaar + foerste) if n else REGNES_IKKE),
        (f"=IF({ja},{{startaar}}+MIN({{inntaksaar}},{{driftsaar}})+{{foerste}}+{{nullalternativ_varighet}}-1-1,0)", float(v.startaar + min(v.inntaksaar, v.driftsaar) + foerste + n.varighet - 2) if n else 0.0),
    )  # fmt: skip
    for i, (part, fet) in enumerate((("kommune", "_fet"), ("stat", "")), start=2):
        ark.tekst(rad + i, _H, f"{PARTSNAVN[part]} i pluss fra", f"etikett{fet}")
        pluss = steder[f"{part}.f.pluss"].verdier[0]
        ark.formel(rad + i, _H + 1, f"={{{part}.f.pluss}}", pluss, f"aar{fet}", til_kol=_H + 2)
        farg(ark, rad + i, _H, rad + i, _H + 2, "risiko")
    return rad + 4


def _tap(ark: Ark, rad: int) -> None:
    """Each party's chance of a loss; in words where it cannot be counted."""
    for i, (noekkel, tekst) in enumerate(TAP.items()):
        ark.tekst(rad + i % 3, _H + 2 + 2 * (i // 3), tekst, "etikett_etter_tall")
        sted = ark.bok.steder[f"risiko.tap.{noekkel}"]
        ark.formel(rad + i % 3, _H + 3 + 2 * (i // 3), f"={{risiko.tap.{noekkel}}}", sted.verdier[0], "andel")
        farg(ark, rad + i % 3, _H + 2 + 2 * (i // 3), rad + i % 3, _H + 3 + 2 * (i // 3), TAPSFLAGG[noekkel])
        nesten(ark, rad + i % 3, _H + 3 + 2 * (i // 3))


def _spenn(ark: Ark, rad: int, tekst: str, fra: tuple[str, Verdi], til: tuple[str, Verdi]) -> None:
    ark.tekst(rad, _H, tekst, "etikett")
    ark.formel(rad, _H + 1, fra[0], fra[1], "aar")
    ark.tekst(rad, _H + 2, "til og med", "enhet_etter_tall")
    ark.formel(rad, _H + 3, til[0], til[1], "aar")


def _tall(ark: Ark, g: Grunnlag, rad: int, topp: int) -> None:
    """Year by year below the charts, which read it."""
    ark.tekst(rad, 0, "År for år, forventet under takene", "overskrift", 9)
    hode = rad + 1
    kolonner = (
        (0, "Budsjettår", "kalender", ""),
        (1, "Forventet betaling", "forv.betalt", "risiko"),
        (2, "Før tak", "brutto", ""),
        *(
            (_H + i, f"{navn} hittil", f"{p}.f.akk", "risiko" if p in ("kommune", "stat") else "fordelingen")
            for i, (p, navn) in enumerate(PARTSNAVN.items())
        ),
        (8, "Forventet betalt hittil", "forv.hittil", "risiko"),
        (9, "Betaling når ventet antall lykkes", "betalt", ""),
    )
    steder = ark.bok.steder
    ark.radhoeyder[hode] = 42
    for kol, tekst, noekkel, flagg in kolonner:
        if flagg:
            farg(ark, hode, kol, hode + g.rom.aar, kol, flagg)
        ark.tekst(hode, kol, tekst, "hode")
        sted = steder[noekkel]
        for i in range(g.rom.aar):
            mal = f"={i_anfoersel(sted.ark)}!{g.akse.bokstaver[i + 1]}{sted.rad + 1}"
            ark.formel(hode + 1 + i, kol, mal, sted.verdier[i], "aar" if noekkel == "kalender" else "kr_strek")
    siste, siste_kontrakt = hode + g.rom.aar, hode + MAKS_KONTRAKTAAR
    ark.figurer.append(
        Soeyler(
            ark=ark.navn, plass=Plass(topp, 0, 380, 300), tittel="Forventet betaling etter budsjettår", beskrivelse="Søyler for hva som betales hvert år i snitt under takene, og hva det ville vært før takene når det forventede antallet lykkes.",
            etiketter=(hode + 1, 0, siste_kontrakt, 0), x_akse="Budsjettår", y_akse="1 000 kr", fra_null=True,
            serier=[i_kolonne(1, hode + 1, siste_kontrakt, FARGER["kostnad"]), i_kolonne(2, hode + 1, siste_kontrakt, FARGER["produksjonsgevinst"], skravert=True)],
        )
    )  # fmt: skip
    p = steder["figur.sjanse"]
    ark.figurer.append(
        Histogram(
            ark=p.ark, plass=Plass(topp, 390, 370, 300), tittel="Hva betalingen kan bli i alt", beskrivelse="Søyler for sjansen for hvert beløp under takene. Den siste er akkurat det meste som kan betales.",
            etiketter=(p.rad, 0, p.rad + p.hoeyde - 1, 0), x_akse=FIGURAKSE, y_akse="Sjanse", tallformat="0\\ %", fra_null=True,
            serier=[Serie("Sjanse", (p.rad, p.kol, p.rad + p.hoeyde - 1, p.kol), FARGER["helsegevinst"])],
        )
    )  # fmt: skip
    ark.figurer.append(
        Linjer(
            ark=ark.navn, plass=Plass(topp, 770, 395, 300), tittel="Likviditet: forventet netto hittil", beskrivelse="En linje for hver part. Under null har parten lagt ut mer enn den har fått igjen.",
            etiketter=(hode + 1, 0, siste, 0), x_akse="Budsjettår", y_akse="1 000 kr",
            serier=[Serie((hode, _H + i), (hode + 1, _H + i, siste, _H + i), PARTSFARGER[p], stiplet=p in ("stat", "leverandoer")) for i, p in enumerate(PARTSNAVN)],
        )
    )  # fmt: skip
