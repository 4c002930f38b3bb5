"""One sheet of a comparison being written: cells, charts, and the same set-up for all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from velferdslab_model.base.farger import MOERK
from velferdslab_model.compare.kolonner import IKKE_INNEN
from velferdslab_model.workbook.formats import AKSE_TUSEN_KR, SAMMENLIGNET, TALLFORMAT, ulik
from velferdslab_model.workbook.style import INNDATA_FYLL, RADHOEYDE_PT, RADHOEYDE_PX

_GRUNN: dict[str, Any] = {"font_name": "Calibri", "font_size": 10, "valign": "vcenter"}
_RUTE = {**_GRUNN, "bottom": 1, "bottom_color": "#D0D7DC"}
_AVVIK = {"bold": True, "bg_color": INNDATA_FYLL}

#: Styles besides those of the workbook. «fri_»: unlocked, so that a protected list can be sorted; «ulik_»: differs from
#: the reference, told by a sign and not by colour alone.
STILER: dict[str, dict[str, Any]] = {
    **{f"v_{n}": {**_RUTE, "num_format": f, "align": "right"} for n, f in SAMMENLIGNET.items()},
    **{f"fri_{n}": {**_RUTE, "num_format": f, "align": "right", "locked": False} for n, f in SAMMENLIGNET.items()},
    **{
        f"ulik_{n}": {**_RUTE, **_AVVIK, "num_format": ulik(f), "align": "right"}
        for n, f in SAMMENLIGNET.items()
    },
    "ulik_tom": {**_RUTE, **_AVVIK, "align": "right"},
    "v_endring": {**_RUTE, "num_format": TALLFORMAT["endring"], "align": "right"},
    "fri_endring": {**_RUTE, "num_format": TALLFORMAT["endring"], "align": "right", "locked": False},
    "v_tekst": _RUTE,
    "v_innrykk": {**_RUTE, "indent": 1},
    "fri_tekst": {**_RUTE, "locked": False},
    "fri_fil": {**_RUTE, "locked": False, "indent": 1},
    "v_tekst_hoeyre": {**_RUTE, "align": "right", "font_color": "#5A6872"},
    "fri_tekst_hoeyre": {**_RUTE, "align": "right", "font_color": "#5A6872", "locked": False},
    "hode_hoey": {**_GRUNN, "bold": True, "bg_color": "#E8EEF2", "text_wrap": True, "align": "center", "bottom": 1},
    "valg": {**_GRUNN, "font_color": "#0000C0", "bg_color": INNDATA_FYLL, "border": 1, "border_color": "#BFB98F", "locked": False},
}  # fmt: skip

#: Of the places in a ranking: from the best, dark, to the worst.
_RANGFARGER = (
    "#08306B", "#08468B", "#135FA7", "#2B7BBA", "#4A97C9", "#6BAED6", "#94C4DF", "#B7D4EA", "#D0E1F2", "#E3EEF9", "#EFEFEF", "#D9D9D9",
)  # fmt: skip
_LITEN = {"size": 9, "bold": False, "color": "#404040"}


@dataclass
class Side:
    """A sheet and what is needed to write to it. bredde: last column of the print area; rad: next free row."""

    bok: Any
    ark: Any
    navn: str
    formater: Mapping[str, Any]
    bredde: int = 0
    rad: int = 0

    def skriv(self, rad: int, kol: int, verdi: float | str | None, stil: str) -> None:
        """Write one value. Text is always text, whatever it looks like."""
        form = self.formater[stil]
        if verdi is None or verdi == "":
            self.ark.write_blank(rad, kol, None, form)
        elif isinstance(verdi, str):
            maa(self.ark.write_string(rad, kol, verdi, form))
        else:
            maa(self.ark.write_number(rad, kol, verdi, form))
        self.bredde, self.rad = max(self.bredde, kol), max(self.rad, rad + 1)

    def formel(self, rad: int, kol: int, formel: str, verdi: float | str, stil: str) -> None:
        """Write a formula with the program's own value as the cached one."""
        maa(self.ark.write_formula(rad, kol, formel, self.formater[stil], verdi))
        self.bredde, self.rad = max(self.bredde, kol), max(self.rad, rad + 1)

    def tall(self, rad: int, kol: int, verdi: float | None, slag: str, foran: str = "v") -> None:
        """A figure of a kind; a missing year is said in words, another missing figure is empty."""
        if verdi is None and slag == "aar":
            self.skriv(rad, kol, IKKE_INNEN, f"{foran}_tekst_hoeyre")
        elif verdi is not None and slag in ("antall", "tall") and verdi == round(verdi):
            self.skriv(rad, kol, verdi, f"{foran}_helt")
        else:
            self.skriv(rad, kol, verdi, f"{foran}_{slag}")

    def valg(self, rad: int, tekst: str, verdi: str, liste: object) -> None:
        """A yellow cell to choose in. liste: the choices, or a formula of the cells that hold them."""
        self.skriv(rad, 0, tekst, "etikett_fet")
        self.ark.merge_range(rad, 1, rad, 2, "", self.formater["valg"])
        self.skriv(rad, 1, verdi, "valg")
        regel = {"validate": "list", "source": liste, "error_title": tekst, "error_message": "Velg fra listen."}
        maa(self.ark.data_validation(rad, 1, rad, 1, regel))

    @contextmanager
    def ved_siden(self) -> Iterator[None]:
        """Cells written here stand beside the printed page."""
        bredde, rad = self.bredde, self.rad
        yield
        self.bredde, self.rad = bredde, rad

    def topp(self, tittel: str, linjer: Sequence[str]) -> None:
        """The title and a few sentences below it."""
        self.ark.set_default_row(RADHOEYDE_PT)
        self.ark.set_row(0, 24)
        self.skriv(0, 0, tittel, "tittel")
        for linje in linjer:
            self.skriv(self.rad, 0, linje, "dempet")

    def hode(self, rad: int, tekster: Sequence[str], hoeyde: float = 44, tekstkolonner: int = 2) -> None:
        """A row of headings; the first columns hold text."""
        self.ark.set_row(rad, hoeyde)
        for kol, tekst in enumerate(tekster):
            self.skriv(rad, kol, tekst, "hode_v" if kol < tekstkolonner else "hode_hoey")

    def kan_ordnes(self, foerste: int, siste: int, kolonner: int) -> None:
        """Let a protected list be sorted: its cells are unlocked, and typing into them is refused."""
        maa(
            self.ark.data_validation(
                foerste,
                0,
                siste,
                kolonner - 1,
                {
                    "validate": "custom",
                    "value": "=FALSE",
                    "error_title": "Beregnet av programmet",
                    "error_message": "Tallene er beregnet av programmet. Endre scenariofilen og lag sammenligningen på nytt.",
                },
            )
        )

    def diagram(
        self,
        diagram: Any,
        rad: int,
        x_px: int,
        maal: tuple[int, int],
        tekst: tuple[str, str, str, str],
        tallformat: str = AKSE_TUSEN_KR,
        grenser: tuple[float, float] | None = None,
    ) -> None:
        """Place a chart. maal: width and height, pixels. tekst: title, description, names of the axes. tallformat: of the
        values; thousands of kr unless told. grenser: ends of the axis of values, where the program must set them."""
        tittel, beskrivelse, x_akse, y_akse = tekst
        diagram.set_title({"name": tittel, "name_font": {"size": 11, "bold": True, "color": MOERK}, "overlay": False})
        diagram.set_x_axis({"name": x_akse, "name_font": _LITEN, "num_font": _LITEN, "label_position": "low"})
        diagram.set_y_axis(
            {
                "name": y_akse,
                "name_font": _LITEN,
                "num_font": _LITEN,
                "num_format": tallformat,
                **({"min": grenser[0], "max": grenser[1]} if grenser else {}),
                "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}},
            }
        )
        diagram.show_blanks_as("span")
        diagram.show_hidden_data()  # a filter on the list must not empty the chart
        diagram.set_size({"width": maal[0], "height": maal[1]})
        plass = {
            "x_offset": x_px + 2,
            "y_offset": 3,
            "object_position": 1,
            "description": f"{tittel}. {beskrivelse}",
        }
        maa(self.ark.insert_chart(rad, 0, diagram, plass))

    def ferdig(
        self,
        hoderad: int | None,
        faste: tuple[int, int],
        filter_: tuple[int, int, int, int] | None,
        sider_bredt: int = 1,
    ) -> None:
        """Protection, freezing and printing. hoderad: repeated on every page; None where the tab holds two lists.
        sider_bredt: pages beside each other; 0 for as many as it takes, with the frozen columns on each."""
        self.ark.protect("", {"format_columns": True, "format_rows": True, "autofilter": True, "sort": True})
        if filter_:
            maa(self.ark.autofilter(*filter_))
        self.ark.freeze_panes(*faste)
        self.ark.hide_gridlines(2)
        self.ark.set_landscape()
        self.ark.set_paper(9)
        self.ark.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        if sider_bredt:
            self.ark.fit_to_pages(sider_bredt, 0)
        else:
            self.ark.set_print_scale(60)
            self.ark.repeat_columns(0, faste[1] - 1)
        self.ark.print_area(0, 0, self.rad - 1, self.bredde)
        if hoderad is not None:
            self.ark.repeat_rows(hoderad)
        self.ark.set_footer("&L&F, &A&RSide &P av &N")


def rangfarger(antall: int) -> list[str]:
    """A colour for each class of places, the best first."""
    return [_RANGFARGER[i * (len(_RANGFARGER) - 1) // max(1, antall - 1)] for i in range(antall)]


def rader_for(hoeyde_px: int) -> int:
    """How many rows of the usual height a chart covers."""
    return -(-hoeyde_px // RADHOEYDE_PX) + 1


def maa(svar: Any) -> None:
    """XlsxWriter drops what Excel would not take and answers with a number; a dropped item must stop the writing."""
    if svar not in (0, None):
        raise ValueError(f"not written ({svar})")
