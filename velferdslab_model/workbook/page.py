"""The page set-up of every sheet: protection, freezing and printing."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from velferdslab_model.workbook.plan import Ark
from velferdslab_model.workbook.style import RADHOEYDE_PT

_A4 = 9
_TOPP, _BUNN, _SIDER = 0.5, 0.6, 0.4
#: The height of a page across between its margins, points; a program may count a little less.
_SIDE_PT, _SLINGRING = 595.3 - 72 * (_TOPP + _BUNN), 0.97
#: Its width between them; LibreOffice draws columns so much wider than their pixels, and one without a width is this wide.
_BREDDE_PT, _BREDERE, _VANLIG_BREDDE = 841.9 - 144 * _SIDER, 1.06, 8.43
#: A page with fewer rows than this is not worth its paper, and the scale may give in so much to be without it.
_FAERREST, _MINST_AV = 6, 0.85


def sett_opp(arbeidsark: Any, ark: Ark) -> None:
    """Set up a written sheet as its plan says, on A4 across. arbeidsark: XlsxWriter's."""
    lov = {"autofilter": ark.filter is not None, "sort": ark.kan_ordnes}
    arbeidsark.protect("", {"format_columns": True, "format_rows": True, **lov})
    if ark.filter:
        maa(arbeidsark.autofilter(*ark.filter), f"{ark.navn} filter")
    arbeidsark.freeze_panes(*ark.laas_ruter)
    arbeidsark.hide_gridlines(2)
    if ark.fanefarge:
        arbeidsark.set_tab_color(ark.fanefarge)
    if ark.staaende:
        arbeidsark.set_portrait()
    else:
        arbeidsark.set_landscape()
    arbeidsark.set_paper(_A4)
    arbeidsark.set_margins(left=_SIDER, right=_SIDER, top=_TOPP, bottom=_BUNN)
    if ark.sider_bredt is None:
        arbeidsark.set_print_scale(skalering(ark))
    else:
        arbeidsark.fit_to_pages(ark.sider_bredt, ark.sider_hoeyt)
    siste_rad = ark.siste_rad if ark.siste_utskriftsrad is None else ark.siste_utskriftsrad
    siste_kolonne = ark.siste_kolonne_med_noe if ark.siste_kolonne is None else ark.siste_kolonne
    # A program prints a sheet without a print area whole, and of one without anything in it nothing.
    omraade = (0, 0, siste_rad, siste_kolonne) if ark.skrives_ut else (ark.siste_rad + 2, 0, ark.siste_rad + 2, 0)
    maa(arbeidsark.print_area(*omraade), f"{ark.navn} print area")
    if ark.gjentatte_rader:
        arbeidsark.repeat_rows(*ark.gjentatte_rader)
    if ark.gjentatte_kolonner:
        arbeidsark.repeat_columns(*ark.gjentatte_kolonner)
    if ark.sideskift:
        arbeidsark.set_h_pagebreaks(sorted(set(ark.sideskift)))
    if ark.topptekst:
        maa(arbeidsark.set_header(f"&C&B{ark.topptekst.replace('&', '&&')}"), f"{ark.navn} header")
    arbeidsark.set_footer("&L&F, &A&RSide &P av &N")


def skalering(ark: Ark) -> int:
    """Per cent the sheet is printed at: as planned, or a little less where a page would hold a row or two, or a column, alone."""
    onsket = ark.skalering
    i_bredden = int(100 * _BREDDE_PT / (_bredde(ark) * _BREDERE))
    if round(onsket * _MINST_AV) <= i_bredden < onsket:
        onsket = i_bredden
    proevd = range(onsket, round(onsket * _MINST_AV), -1)
    return next((s for s in proevd if not _enslige(ark, s) and not _enslige(ark, s / _SLINGRING)), onsket)


def _enslige(ark: Ark, skala: float) -> bool:
    """Whether what stands between two set breaks runs over, and leaves too few rows on its last page."""
    siste = _siste_rad(ark)
    gjentatt = sum(_hoeyde(ark, rad) for rad in range(ark.gjentatte_rader[1] + 1)) if ark.gjentatte_rader else 0.0
    brudd = sorted({rad for rad in ark.sideskift if 0 < rad <= siste})
    for fra, til in pairwise([0, *brudd, siste + 1]):
        brukt, rader, sider = (gjentatt if fra else 0.0), 0, 1
        for rad in range(fra, til):
            brukt += _hoeyde(ark, rad)
            if brukt * skala / 100 > _SIDE_PT:
                brukt, rader, sider = gjentatt + _hoeyde(ark, rad), 0, sider + 1
            rader += 1
        if sider > 1 and rader < _FAERREST:
            return True
    return False


def _bredde(ark: Ark) -> float:
    """Of the printed columns, points."""
    bredder = {kol: bredde for fra, til, bredde in ark.kolonnebredder for kol in range(fra, til + 1)}
    skjult = {kol for fra, til in ark.skjulte_kolonner for kol in range(fra, til + 1)}
    siste = ark.siste_kolonne_med_noe if ark.siste_kolonne is None else ark.siste_kolonne
    return sum(0.75 * (bredder.get(kol, _VANLIG_BREDDE) * 7 + 5) for kol in range(siste + 1) if kol not in skjult)


def _hoeyde(ark: Ark, rad: int) -> float:
    return ark.radhoeyder.get(rad, RADHOEYDE_PT)


def _siste_rad(ark: Ark) -> int:
    return ark.siste_rad if ark.siste_utskriftsrad is None else ark.siste_utskriftsrad


def maa(svar: Any, hva: str) -> None:
    """XlsxWriter drops what Excel would not take and answers with a number; a dropped item must stop the writing."""
    if svar not in (0, None):
        raise ValueError(f"not written: {hva} ({svar})")


def sideskift_ved_blokker(ark: Ark, rader_per_side: int) -> None:
    """Break pages where a block starts, or at the heading over it, so that none is cut, from the last break already set."""
    sist = max(ark.sideskift, default=0)
    over = {rad + k: rad for rad in ark.overskrifter for k in (1, 2)}
    starter = [over.get(rad, rad) for rad in ark.blokkstarter if rad > sist]
    for denne, neste in pairwise([*starter, ark.siste_rad + 1]):
        if neste - sist > rader_per_side:
            ark.sideskift.append(denne)
            sist = denne
