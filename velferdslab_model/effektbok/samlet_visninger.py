"""Both groups together in the other views: at the other rate, in the DFØ view, and without effect."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from velferdslab_model.alternativ import Alternativ
from velferdslab_model.base.ord import HVEM, HVEM_KORT, IKKE_INNEN, SERIETEKST, liten
from velferdslab_model.effektbok.aarsakse import AAR
from velferdslab_model.effektbok.beregninger import tilbakebetaling
from velferdslab_model.effektbok.visninger import IKKE_BEREGNET, blokktittel, vippeuttrykk
from velferdslab_model.results import Samlet
from velferdslab_model.workbook.plan import Ark, Verdi
from velferdslab_model.workbook.rows import Radskriver

_HOVED = ("budsjett", "samfunn")
#: Prefix of the keys of each view, and what it is called.
_VISNINGER = {"alternativ_": "Ved den andre renten", "dfoe_": "DFØ-visning", "forsiktig_": "Forsiktig"}
_IKKE_INNEN = "IF({samlet_ok}=1,{tekst_ikke_innen},{tekst_ikke_beregnet})"
_TEKST = AAR.foerste_kolonne + 9


def samlet_visningsrader(r: Radskriver, samlet: Samlet | None, aar: Sequence[int]) -> None:
    """Plan the rows behind the views, year by year. aar: the calendar years of the longest analysis."""
    for foran, tittel in _VISNINGER.items():
        visning = _visning(samlet, foran)
        serier = {x: np.zeros(len(aar)) if visning is None else getattr(visning.serier, f"netto_{x}") for x in _HOVED}
        r.blokk(f"{tittel}: netto", aar, "Sum")
        for x, serie in serier.items():
            navn = f"{foran}netto_{x}"
            mal = f"={{samlet_ok}}*({{UV.{navn}}}+{{FAM.{navn}}})"
            r.linje(f"samlet_{navn}", SERIETEKST[f"netto_{x}"], "kr", mal, serie)
            sum_ = f"samlet_{foran}sum_netto_{x}"
            r.sum_av_forrige(sum_, None, f"=SUM({{samlet_{navn}:}})", float(serie.sum()))
        r.blokk(f"{tittel}: akkumulert netto", aar)
        for x, serie in serier.items():
            navn = f"samlet_{foran}akkumulert_{x}"
            mal = f"={{i_perioden}}*({{<{navn}}}+{{samlet_{foran}netto_{x}}})"
            r.linje(navn, f"Akkumulert, {liten(HVEM[x])}", "kr", mal, np.cumsum(serie))
        r.blokk(f"{tittel}: tilbakebetalt fra og med", aar, "Resultat")
        for x, serie in serier.items():
            svar = IKKE_BEREGNET if visning is None else visning.tilbakebetalingsaar[x]
            tilbakebetaling(
                r, f"samlet_{foran}", x, np.cumsum(serie), svar, aar, "samlet_rad_kostnad", _IKKE_INNEN, navngi=False
            )
    r.rad += 1
    for x in _HOVED:
        navn = f"uten_effekt_netto_{x}"
        verdi = 0.0 if samlet is None else samlet.uten_effekt[f"netto_{x}"]
        mal = f"={{samlet_ok}}*({{UV.{navn}}}+{{FAM.{navn}}})"
        r.enkelt(f"samlet_{navn}", f"Uten effekt: {SERIETEKST[f'netto_{x}'].lower()}", "kr", mal, verdi, "kr_fet")

    _vippepunkt(r, samlet)


def _vippepunkt(r: Radskriver, samlet: Samlet | None) -> None:
    """How much must have come anyway in both groups alike for a net to be 0."""
    v = samlet.vippepunkt if samlet else None
    blokktittel(r, "Skjedd uansett som gir netto null", "Resultat")
    for x in _HOVED:
        for del_, tekst in (
            ("fast", "Uten bedring"),
            ("bedring", "Full bedring"),
            ("rente", "Netto"),
        ):
            tall = {"fast": v.fast, "bedring": v.bedring, "rente": v.bare_rente}[del_][x] if v else 0.0
            mal = f"={{samlet_ok}}*({{UV.vippe.{del_}.{x}}}+{{FAM.vippe.{del_}.{x}}})"
            r.enkelt(f"samlet_vippe.{del_}.{x}", f"{tekst}, {liten(HVEM_KORT[x])}", "kr", mal, tall, "kr")
    for x in _HOVED:
        snur = v.snur(x) if v else None
        ukjent = "OR({samlet_ok}=0,{UV.skjedd_uansett}=1,{FAM.skjedd_uansett}=1)"
        mal = f"=IF({ukjent},{{tekst_ikke_beregnet}},{vippeuttrykk('samlet_vippe', x)})"
        verdi = IKKE_BEREGNET if snur is None else snur
        r.enkelt(
            f"samlet_vippe.snur.{x}",
            f"Netto null, {liten(HVEM_KORT[x])}",
            "andel",
            mal,
            verdi,
            "andel",
        )


def visningstabell(ark: Ark, rad: int, samlet: Samlet | None) -> None:
    """Plan the views of the two together, beside the key figures; each group has its own on its tab."""
    ark.tekst(rad, _TEKST, "  I andre visninger", "hode_v", _TEKST + 1)
    ark.tekst(rad, _TEKST + 2, "Samlet", "hode")

    def linje(merke: str, noekkel: str, verdi: Verdi, stil: str) -> None:
        nonlocal rad
        rad += 1
        ark.tekst(rad, _TEKST, f"  {merke}", "etikett_trang", _TEKST + 1)
        mal = f"=IF({{samlet_ok}}=1,{{samlet_{noekkel}}},{{tekst_ikke_beregnet}})"
        ark.formel(rad, _TEKST + 2, mal, verdi, stil)

    for x in _HOVED:
        hvem = HVEM_KORT[x].removeprefix("Offentlige ").capitalize()
        for foran, merke in (("alternativ_", "annen rente"), ("dfoe_", "DFØ")):
            v = _visning(samlet, foran)
            linje(f"{hvem}, {merke}", f"{foran}sum_netto_{x}", IKKE_BEREGNET if v is None else v.sum_netto[x], "kr")
            fra = IKKE_BEREGNET if v is None else v.tilbakebetalingsaar[x] or IKKE_INNEN
            linje("  tilbakebetalt fra", f"{foran}tilbakebetalingsaar_{x}", fra, "tilbake")
        uten = IKKE_BEREGNET if samlet is None else samlet.uten_effekt[f"netto_{x}"]
        linje(f"{hvem}, uten effekt", f"uten_effekt_netto_{x}", uten, "kr")


def _visning(samlet: Samlet | None, foran: str) -> Alternativ | None:
    if samlet is None:
        return None
    return {"alternativ_": samlet.alternativ, "dfoe_": samlet.dfoe, "forsiktig_": samlet.forsiktig}[foran]
