"""Write a planned workbook to .xlsx bytes, and those to a file."""

from __future__ import annotations

import math
import warnings
from collections.abc import Mapping
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from velferdslab_model.version import __version__
from velferdslab_model.workbook.adresse import celleadresse
from velferdslab_model.workbook.page import maa, sett_opp
from velferdslab_model.workbook.plan import Ark, Bok, Celle, Planfeil
from velferdslab_model.workbook.stamp import stemple
from velferdslab_model.workbook.style import RADHOEYDE_PT, stiler

#: Characters across of a column out of sight, for whoever shows it.
_SKJULT_BREDDE = 24


def bytes_av(bok: Bok, dato: date) -> bytes:
    """Any planned workbook as stamped bytes."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # XlsxWriter warns and drops what Excel would not take; that must not pass
        return stemple(_skriv(bok, dato))


class _LaastBok(Workbook):  # type: ignore[misc]  # XlsxWriter ships no types
    """A workbook whose structure is locked: no tab can be removed, renamed or moved by accident."""

    def _write_workbook_pr(self) -> None:
        super()._write_workbook_pr()
        self._xml_empty_tag("workbookProtection", [("lockStructure", 1)])


class _Ark(Worksheet):  # type: ignore[misc]  # as above
    """A sheet whose formulas hold no function newer than Excel 2007.

    XlsxWriter looks for the newer ones with some thirty patterns a formula, more than half the time of writing.
    """

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return formula.removeprefix("=")

    def _xml_formula_element(self, formula: str, result: Any, attributes: Any = ()) -> None:
        """An empty text is stored as a text: programs that take it for no number drop the formula with it."""
        super()._xml_formula_element(formula, result, [*attributes, ("t", "str")] if result == "" else attributes)


def _ny_fil(stroem: BytesIO, bok: Bok, dato: date) -> Any:
    """An empty file of a book's kind, in which text is text, whatever it looks like."""
    fil = (_LaastBok if bok.slag.laast else Workbook)(
        stroem,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "nan_inf_to_errors": False,
        },
    )
    laget = datetime(dato.year, dato.month, dato.day, tzinfo=UTC).replace(tzinfo=None)
    fil.set_properties({"title": f"{bok.slag.tittel}{bok.navn}", "author": "velferdslab", "created": laget})
    fil.set_custom_property(bok.slag.egenskap, bok.slag.format)
    fil.set_custom_property("velferdslab_versjon", __version__)
    for navn, bit in bok.egenskaper.items():
        fil.set_custom_property(navn, bit)
    return fil


def _skriv(bok: Bok, dato: date) -> bytes:
    if not bok.ark:
        raise Planfeil(f"{bok.slag.tittel}{bok.navn}: the book has no sheet")
    stroem = BytesIO()
    fil = _ny_fil(stroem, bok, dato)
    formater = {navn: fil.add_format(egenskaper) for navn, egenskaper in stiler().items()}
    _krev_stiler(bok, formater)
    arkene = [fil.add_worksheet(ark.navn, _Ark) for ark in bok.ark]
    for ark, arbeidsark in zip(bok.ark, arkene, strict=True):
        _skriv_ark(fil, arbeidsark, ark, formater)
    for navn, sted in sorted(bok.alle_navn().items()):
        maa(fil.define_name(navn, f"={sted}"), navn)
    arkene[0].activate()
    fil.close()
    return stroem.getvalue()


def _krev_stiler(bok: Bok, formater: Mapping[str, Any]) -> None:
    """Raise Planfeil with the cell and the name of a style that stands in no table."""
    for ark in bok.ark:
        stilene = [(celle.rad, celle.kol, celle.stil) for celle in ark.faste]
        stilene += [(rad.rad, rad.kol, rad.stil) for rad in ark.formler]
        stilene += [(rad, kol, stil) for rad, kol, _, _, stil in ark.lenker]
        stilene += [(rad, kol, stil) for rad, kol, _, _, _, stil in ark.betingede]
        for rad, kol, stil in stilene:
            if stil not in formater:
                raise Planfeil(f"{ark.navn}!{celleadresse(rad, kol)}: there is no style {stil}")


def _skriv_ark(fil: Any, arbeidsark: Any, ark: Ark, formater: dict[str, Any]) -> None:
    _skriv_rutenett(arbeidsark, ark)
    for celle in ark.celler():
        # XlsxWriter answers with a number where it drops a cell, and the text that names the cell is made only then.
        if svar := _skriv_celle(arbeidsark, celle, formater[celle.stil]):
            maa(svar, f"{ark.navn}!{celle.adresse}")
    for rad, kol, maal, tekst, stilnavn in ark.lenker:
        maa(arbeidsark.write_url(rad, kol, maal, formater[stilnavn], tekst), tekst)
    _skriv_regler(arbeidsark, ark, formater)
    for figur in ark.figurer:
        figur.tegn(fil, arbeidsark)
    sett_opp(arbeidsark, ark)


def _skriv_rutenett(arbeidsark: Any, ark: Ark) -> None:
    """Widths, heights and merged cells."""
    arbeidsark.set_default_row(RADHOEYDE_PT)
    for fra, til, bredde in ark.kolonnebredder:
        arbeidsark.set_column(fra, til, bredde)
    for fra, til in ark.skjulte_kolonner:
        arbeidsark.set_column(fra, til, _SKJULT_BREDDE, None, {"hidden": True})
    for rad, hoeyde in ark.radhoeyder.items():
        arbeidsark.set_row(rad, hoeyde)
    for omraade in ark.sammenslaatt:
        arbeidsark.merge_range(*omraade, "")


def _skriv_regler(arbeidsark: Any, ark: Ark, formater: dict[str, Any]) -> None:
    """What may be typed, and what the cells look like when."""
    for r0, k0, r1, k1, regel in ark.valideringer:
        kilde = regel.get("source")
        utfylt = {**regel, "source": ark.utfylt(kilde)} if isinstance(kilde, str) else regel
        maa(arbeidsark.data_validation(r0, k0, r1, k1, utfylt), f"{ark.navn} {regel}")
    for r0, k0, r1, k1, regel, stilnavn in ark.betingede:
        maa(
            arbeidsark.conditional_format(r0, k0, r1, k1, {**regel, "format": formater[stilnavn]}),
            f"{ark.navn} {regel}",
        )
    for r0, k0, r1, k1, regel in ark.skalaer:
        maa(arbeidsark.conditional_format(r0, k0, r1, k1, regel), f"{ark.navn} {regel}")


def _skriv_celle(arbeidsark: Any, celle: Celle, stil: Any) -> Any:
    """Write one cell, and return what XlsxWriter says of it."""
    verdi = celle.verdi
    if isinstance(verdi, float) and not math.isfinite(verdi):
        raise Planfeil(f"{celle.adresse} holds {verdi}, which no spreadsheet can store")
    if celle.formel is not None:
        return arbeidsark.write_formula(celle.rad, celle.kol, celle.formel, stil, "" if verdi is None else verdi)
    if isinstance(verdi, str) and verdi:
        # write_string: text from users is text, whatever it looks like.
        return arbeidsark.write_string(celle.rad, celle.kol, verdi, stil)
    if isinstance(verdi, int | float):
        return arbeidsark.write_number(celle.rad, celle.kol, verdi, stil)
    if isinstance(verdi, date):
        return arbeidsark.write_datetime(celle.rad, celle.kol, datetime(verdi.year, verdi.month, verdi.day), stil)
    return arbeidsark.write_blank(celle.rad, celle.kol, None, stil)
