"""What the first tab shows of risk: the sheet's own figure where it can be counted, else the value computed with the file."""

from __future__ import annotations

from velferdslab_model.contract.analysis import Tilfelle
from velferdslab_model.contract.tabs.binomial import Levende
from velferdslab_model.contract.tabs.gamle_tall import er_gammel, farg
from velferdslab_model.contract.tabs.grunnlag import Grunnlag
from velferdslab_model.contract.words import (
    KAN_IKKE_DEKKES,
    NESTEN,
    PARTSNAVN,
    REGNES_IKKE,
    SIKKERT,
    sjansen,
    takene_trukket,
)
from velferdslab_model.workbook.adresse import celleadresse
from velferdslab_model.workbook.plan import Ark, Verdi

#: Whose loss is told on the first tab, and how.
TAP = {"kommune": "Kommunen", "stat": "Staten", "investor": "Investoren", "leverandoer": "Leverandøren"}
IKKE_MED, INTET_ANTALL = "ikke med", "intet antall"
MINST, MINST_SNITT = (
    "Personer leverandøren må få betalt for, minst",
    "Personer som må lykkes for leverandøren, i snitt minst",
)
INGEN_MAA = "ingen"
#: The key of the investor's chance of less than the return asked for.
KRAV = "under_krav"
#: Which numbers each party's chance of a loss is old with.
TAPSFLAGG = {"kommune": "alle", "stat": "alle", "investor": "fordelingen", "leverandoer": "fordelingen"}
#: The outcomes told: nine of ten lie between them.
KVANTILER = {"lav": 0.05, "hoey": 0.95}
_UTEN = "SUMPRODUCT({b.alle:},({b.s:}*{b.pris}>%s{tak_kontrakt})*({tak_kontrakt_brukes}={ord_ja}))"
#: What the investor is to have of all payments, before it is said when it has got enough.
_DEL = "(({b.betales:}+{kompensasjon.sum})*{investor_andel_av_betaling})"
_TAP = {
    "kommune": "{kommune_andel_av_betaling}*{b.betales:}-{kommune.evaluering.sum}-{kommune.kompensasjon.sum}"
    ">{b.s:}*{per_lykket.sum}*{nullalternativ_kommunal_andel}*{nullalternativ_realiserbar_andel}+{oere}",
    "stat": "(1-{kommune_andel_av_betaling})*{b.betales:}>{b.s:}*{per_lykket.sum}*(1-{nullalternativ_kommunal_andel})+{oere}",
    "investor": f"{_DEL}<{{utlegg.sum}}-{{oere}}",
    "leverandoer": f"{{utlegg.sum}}+{{b.betales:}}+{{kompensasjon.sum}}-{_DEL}+({_DEL}>{{mest_tilbake}})*({_DEL}-{{mest_tilbake}})"
    "+{leverandoer.drift.sum}<-{oere}",
}


def risikosvar(ark: Ark, g: Grunnlag, x: Levende, med: tuple[float, float, float], rad: int) -> None:
    """Plan the answers. med: expected, chance that a cap is reached and that it cuts, by the way with a cap per year."""
    naa, lagret = g.naa.fordeling, g.laget.avtalt.fordeling
    skala = max(1.0, float(lagret.betalt.max()))
    for i, (navn, tekst, uten, med_, stil) in enumerate((
        ("forventet", "Forventet betaling", "SUMPRODUCT({b.alle:},{b.betales:})", "SUMPRODUCT(({b.n:}>0)*{b.forv:})", "kr"),
        ("p_tak", "Sjanse for at et tak er nådd", _UTEN % "=", "1-INDEX({b.fri:},1,MAX({risikoaar:}))", "andel"),
        ("p_kuttet", "Sjanse for at takene kutter", _UTEN % "", "1-INDEX({b.ukuttet:},1,MAX({risikoaar:}))", "andel"),
    )):  # fmt: skip
        verdi: Verdi = float(getattr(naa if x.uten_aarstak else lagret, navn))
        if navn != "forventet" and not x.uten_aarstak and isinstance(verdi, float):
            verdi = sjansen(verdi, takene_trukket(g.laget.avtalt))
        mal = f"=IF({{b.uten}}=1,{uten},IF({{b.med}}=1,{med_},{{lagret.{navn}}}))"
        rad = _svar(ark, rad, f"risiko.{navn}", tekst, mal, med[i] if x.med_aarstak else verdi, stil, skala)
        farg(ark, rad - 1, 0, rad - 1, 2, "risiko")
    for navn, tekst in (("lav", "Ni av ti utfall ligger fra og med"), ("hoey", "Ni av ti utfall ligger til og med")):
        hvor = f"1+SUMPRODUCT(1*({{b.hittil:}}<{{kvantil_{navn}}}-{{kvantil_slingring}}))"
        verdi = (naa if x.uten_aarstak else lagret).kvantil(KVANTILER[navn])
        mal = f"=IF({{b.uten}}=1,INDEX({{b.betales:}},{hvor}),{{lagret.{navn}}})"
        rad = _svar(ark, rad, f"risiko.{navn}", tekst, mal, verdi, "kr", skala)
        farg(ark, rad - 1, 0, rad - 1, 2, "fordelingen")
    antall = f"SUMPRODUCT(({{b.s:}}<={{b.n.sum}})*({_TAP['leverandoer']}))"
    alle = "{b.n.sum}*{b.pris}+{kompensasjon.sum}"
    uten_tak = (
        f"{{utlegg.sum}}+{alle}-MIN({{mest_tilbake}},({alle})*{{investor_andel_av_betaling}})"
        "+{leverandoer.drift.sum}>=-{oere}"
    )
    ingen = f'IF({uten_tak},"{KAN_IKKE_DEKKES}","{INTET_ANTALL}")'
    noen = f'IF({antall}=0,"{INGEN_MAA}",{antall})'
    mal = f"=IF({{b.uten}}=1,IF({antall}>{{b.n.sum}},{ingen},{noen}),{{lagret.minst}})"
    minst = minstverdi(g.naa if x.uten_aarstak else g.laget.avtalt)
    minstnavn(ark, g, rad, 0, "etikett_fet")
    ark.formel(rad, 2, mal, minst, "heltall", "risiko.minst", "risiko_minst", skala=1.0)
    rad += 1
    farg(ark, rad - 1, 0, rad - 1, 2, "fordelingen")
    for part, tekst in TAP.items():
        mal, tap = _tap(g, x, part)
        rad = _svar(ark, rad, f"risiko.tap.{part}", f"Sjanse for tap: {tekst.lower()}", mal, tap, "andel", 1.0)
        farg(ark, rad - 1, 0, rad - 1, 2, TAPSFLAGG[part])
    lagret_krav, krav = f"{{lagret.{KRAV}}}", g.v.investor.avkastningskrav
    i_cellen = f'IF({{investor_avkastningskrav}}=0,{{risiko.tap.investor}},IF({{gammel.krav}}=1,"{REGNES_IKKE}",{lagret_krav}))'
    mal = f'=IF({{utlegg.sum}}=0,"{IKKE_MED}",{i_cellen})'
    sagt = ark.bok.steder["risiko.tap.investor"].verdier[0]
    if g.naa.investor.utlegg and krav:
        sagt = REGNES_IKKE if er_gammel(ark, g, "krav") else kravverdi(g.laget.avtalt)
    rad = _svar(ark, rad, f"risiko.{KRAV}", "Sjanse for mindre enn avkastningskravet", mal, sagt, "andel", 1.0)
    farg(ark, rad - 1, 0, rad - 1, 2, "krav")


def _svar(ark: Ark, rad: int, noekkel: str, tekst: str, mal: str, verdi: Verdi, stil: str, skala: float) -> int:
    ark.tekst(rad, 0, tekst, "etikett_fet")
    ark.formel(rad, 2, mal, verdi, stil, noekkel, noekkel.replace(".", "_"), skala=skala)
    return rad + 1


def _tap(g: Grunnlag, x: Levende, part: str) -> tuple[str, Verdi]:
    """The formula of a party's chance of loss, and what it gives."""
    regnet, lagret = f"SUMPRODUCT({{b.alle:}}*({_TAP[part]}))", tapsverdi(g.laget.avtalt, part)
    if part == "leverandoer":
        mal, kan, unntak = f"=IF({{b.uten}}=1,{regnet},{{lagret.tap.{part}}})", x.uten_aarstak, None
    elif part == "investor":
        mal = f'=IF({{utlegg.sum}}=0,"{IKKE_MED}",IF({{b.uten}}=1,{regnet},{{lagret.tap.{part}}}))'
        kan, unntak = x.uten_aarstak, None if g.naa.investor.utlegg else IKKE_MED
    else:
        alle = "AND({b.uten}=1,{b.n.sum}={deltakere.sum})"
        mal = f'=IF({{nullalternativ_brukes}}={{ord_ja}},IF({alle},{regnet},{{lagret.tap.{part}}}),"{REGNES_IKKE}")'
        kan, unntak = x.uten_aarstak and x.alle_gjort_opp, None if g.v.nullalternativ else REGNES_IKKE
    return mal, unntak or (tapsverdi(g.naa, part) if kan else lagret)


def tapsverdi(t: Tilfelle, part: str) -> Verdi:
    """A party's chance of loss, or why there is none."""
    trukket = t.fordeling.metode == "simulert"
    if part == "investor":
        return sjansen(t.investor.p_tap, trukket) if t.investor.utlegg else IKKE_MED
    if part == "leverandoer":
        return sjansen(t.leverandoer.p_udekket, trukket)
    b = t.betalere[part]
    return REGNES_IKKE if b.p_taper is None else sjansen(b.p_taper, b.froe is not None)


def kravverdi(t: Tilfelle) -> Verdi:
    """The investor's chance of less than the return asked for, or why there is none."""
    trukket = t.investor.froe is not None or t.fordeling.metode == "simulert"
    return sjansen(t.investor.p_under_krav, trukket) if t.investor.utlegg else IKKE_MED


def simulerte(g: Grunnlag) -> str:
    """Whose chance of a loss is drawn, in words; empty when nobody's is."""
    return " og ".join(PARTSNAVN[part].lower() for part, b in g.laget.avtalt.betalere.items() if b.froe is not None)


def minstnavn(ark: Ark, g: Grunnlag, rad: int, kol: int, stil: str) -> None:
    """What the fewest are called: with several follow-ups they cover the cost when as many hold as expected."""
    sagt = MINST if len(g.v.priskort) == 1 else MINST_SNITT
    ark.formel(rad, kol, f'=IF({{oppfoelginger}}=1,"{MINST}","{MINST_SNITT}")', sagt, stil)


def minstverdi(t: Tilfelle) -> Verdi:
    """The fewest successes that cover the provider's cost where they are paid, or why none do."""
    f = t.leverandoer.faerrest
    if f.betalte is None:
        return KAN_IKKE_DEKKES if f.dekkes_uten_tak else INTET_ANTALL
    return float(f.betalte) if f.betalte else INGEN_MAA


def nesten(ark: Ark, rad: int, kol: int) -> None:
    """A chance is never shown as certain when it is not; the number stays in the cell. After the colour of what is old: some programs heed the first rule only."""
    celle = celleadresse(rad, kol)
    for vilkaar, stil in (
        (f"=AND(ISNUMBER({celle}),{celle}>0,{celle}<{NESTEN})", "cf_nesten_null"),
        (f"=AND(ISNUMBER({celle}),{celle}<{SIKKERT},{celle}>=1-{NESTEN})", "cf_nesten_sikkert"),
    ):
        ark.betingede.append((rad, kol, rad, kol, {"type": "formula", "criteria": vilkaar}, stil))
