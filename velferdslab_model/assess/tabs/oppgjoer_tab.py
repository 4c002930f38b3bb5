"""What the contract pays on what was registered: how many, for what reasons, and in which year."""

from __future__ import annotations

from velferdslab_model.assess.analysis import Registeranalyse
from velferdslab_model.assess.payments import BETALES, MAANEDER_RUNDT, Oppgjoer
from velferdslab_model.assess.published import Publisert, oppgjoersnoekler
from velferdslab_model.assess.sentences import om_aapne_oppgjoer
from velferdslab_model.assess.tabs.rapport import antallcelle, begynn, kroner, om_perioden, rad
from velferdslab_model.workbook.plan import Ark

OPPGJOERET = "Oppgjør"


def oppgjoersrapport(ark: Ark, a: Registeranalyse, o: Oppgjoer, p: Publisert) -> None:
    """Plan the tab."""
    s = begynn(ark, f"Oppgjør: {o.vilkaar.navn}", p, 15.0)
    om_perioden(a, s)
    s.setning(
        "Bare bekreftede betales. Oppfølgingen er den nærmest datoen i priskortet, høyst tre måneder unna (antakelse).",
        "dempet",
    )
    for merknad in o.merknader if p.internt else ():
        s.setning(merknad, "setning")
    for setning in om_aapne_oppgjoer(o):
        s.setning(setning)
    for linje in sorted({x.linje for x in o.personer}):
        kort = o.vilkaar.priskort[linje]
        s.overskrift(
            f"Oppfølging {kort.maaned} måneder etter oppstart (frist {kort.maaned + int(MAANEDER_RUNDT)} måneder etter)"
        )
        s.hode("Hvorfor, og om det betales", "Personer")
        for grunn in dict.fromkeys([BETALES, *o.grunner(linje)]):
            betales = "betales" if grunn == BETALES else "betales ikke"
            if ("oppgjør", linje, grunn) in p.telling.av:
                rad(s, f"{betales}: {grunn}", antallcelle(p.tall("oppgjør", linje, grunn)))
    vises = p.vises(*oppgjoersnoekler(a))
    s.overskrift("Betaling i hvert kontraktår")
    s.hode("Kontraktår", f"Før tak, {o.vilkaar.valuta}", f"Betales, {o.vilkaar.valuta}")
    for aar, (brutto, betalt) in enumerate(zip(o.brutto.tolist(), o.betalt.tolist(), strict=True), start=1):
        rad(s, f"{aar} ({o.vilkaar.startaar + aar - 1})", *(kroner(x if vises else None) for x in (brutto, betalt)))
    rad(s, "I alt", *(kroner(float(x.sum()) if vises else None) for x in (o.brutto, o.betalt)))
    if p.internt:
        _personer(s.rad + 1, ark, o)


def _personer(fra: int, ark: Ark, o: Oppgjoer) -> None:
    """Each person at each date. The amount is before the caps of year and contract."""
    for kol, tekst in enumerate(
        (
            "Id: betales eller ikke, og hvorfor",
            "Id",
            "Kohort",
            "Måned",
            "Oppfulgt",
            "Frist",
            "Kjennetegn på mål",
            "Betales",
            "Beløp før tak",
        )
    ):
        ark.tekst(fra, kol, tekst, "hode" if kol else "hode_v")
    ark.radhoeyder[fra] = 30
    for n, x in enumerate(o.personer, start=fra + 1):
        ark.tekst(n, 0, x.grunn, "etikett")
        ark.tekst(n, 1, x.id, "v_tekst")
        ark.fast(n, 2, float(x.kohort), "heltall")
        ark.fast(n, 3, float(x.maaned), "heltall")
        ark.fast(n, 4, x.oppfulgt, "dato")
        ark.fast(n, 5, x.frist, "dato")
        ark.fast(n, 6, None if x.talte is None else float(x.talte), "heltall")
        ark.tekst(n, 7, "ja" if x.betales else "nei", "v_tekst")
        ark.fast(n, 8, x.beloep, "kr")
