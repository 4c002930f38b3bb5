"""The page set-up of every sheet: protection, freezing and printing."""

from __future__ import annotations

from typing import Any

from velferdslab_model.workbook.plan import Ark

_A4 = 9


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
    arbeidsark.set_landscape()
    arbeidsark.set_paper(_A4)
    arbeidsark.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    if ark.sider_bredt is None:
        arbeidsark.set_print_scale(ark.skalering)
    else:
        arbeidsark.fit_to_pages(ark.sider_bredt, 0)
    siste_rad = ark.siste_rad if ark.siste_utskriftsrad is None else ark.siste_utskriftsrad
    siste_kolonne = ark.siste_kolonne_med_noe if ark.siste_kolonne is None else ark.siste_kolonne
    maa(arbeidsark.print_area(0, 0, siste_rad, siste_kolonne), f"{ark.navn} print area")
    if ark.gjentatte_rader:
        arbeidsark.repeat_rows(*ark.gjentatte_rader)
    if ark.gjentatte_kolonner:
        arbeidsark.repeat_columns(*ark.gjentatte_kolonner)
    if ark.sideskift:
        arbeidsark.set_h_pagebreaks(sorted(set(ark.sideskift)))
    if ark.topptekst:
        maa(arbeidsark.set_header(f"&C&B{ark.topptekst.replace('&', '&&')}"), f"{ark.navn} header")
    arbeidsark.set_footer("&L&F, &A&RSide &P av &N")


def maa(svar: Any, hva: str) -> None:
    """XlsxWriter drops what Excel would not take and answers with a number; a dropped item must stop the writing."""
    if svar not in (0, None):
        raise ValueError(f"not written: {hva} ({svar})")
