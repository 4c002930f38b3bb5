"""The charts of every workbook: one theme, one place where they are drawn.

A chart reads cells of its own sheet and is placed in `Ark.figurer`. Every chart has a title, a text for those who
cannot see it, names on its axes, and a legend when it has more than one series. Bars start at zero where their numbers
cannot be negative (`fra_null`); where a live number can be, the end of the axis is left to the program that opens the
file, so that no value is left undrawn. Columns and rows that are counted from zero, as in the plan.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from velferdslab_model.base.farger import FARGER, GRAA, MOERK
from velferdslab_model.workbook.adresse import fast_omraade, i_anfoersel
from velferdslab_model.workbook.formats import AKSE_ANDEL, AKSE_HELT, AKSE_TUSEN_KR, TALLFORMAT
from velferdslab_model.workbook.page import maa
from velferdslab_model.workbook.style import RADHOEYDE_PX

#: First row and column, last row and column.
Omraade = tuple[int, int, int, int]

#: Rows a chart covers when nothing else is said.
FIGUR_RADER = 16

#: A chart stands so far inside its cell.
_INN_PX, _NED_PX = 2, 3
_LITEN = {"size": 9, "bold": False, "color": "#404040"}
_KANT = {"color": "#404040", "width": 0.5}
_TALL_PAA_STREK = {"size": 9, "bold": True, "color": MOERK}
_RUTENETT = {"visible": True, "line": {"color": "#D9D9D9"}}
_SKRAVERING = "wide_upward_diagonal"
#: Green and vermilion are alike in greyscale: what is saved, or adds, is hatched, on a ground of its own.
_ALLTID_SKRAVERT = {FARGER["besparelse"]: "#B9E4D6"}
#: Side by side with the columns of cells above and below: the plot goes from edge to edge.
_KANT_I_KANT = {"x": 0.0, "width": 1.0}
#: An axis that places things and counts nothing.
_INGEN = dict.fromkeys(("label_position", "major_tick_mark"), "none")
_UTEN_TALL: dict[str, Any] = {**_INGEN, "line": {"none": True}, "major_gridlines": {"visible": False}}
_USYNLIG: dict[str, Any] = {"fill": {"none": True}, "border": {"none": True}}


@dataclass(frozen=True)
class Plass:
    """Where a chart stands: the row of its top edge, pixels from the left edge of the sheet, width and height."""

    rad: int
    x_px: int
    bredde_px: int
    hoeyde_px: int = FIGUR_RADER * RADHOEYDE_PX - 6

    @property
    def siste_rad(self) -> int:
        """The last row it covers, when all have the usual height."""
        return self.rad + (_NED_PX + self.hoeyde_px - 1) // RADHOEYDE_PX


@dataclass(frozen=True)
class Serie:
    """One series. navn: the cell that names it, or the name itself. verdier: its numbers, in a row or a column.

    skravert: hatched, so that it is told from its neighbour without colour. stiplet: a dashed line. etiketter: its own
    labels where they are not the chart's. fremhevet: a large point among small ones. Of a flow, bredde: of its line; vist:
    what stands on it.
    """

    navn: tuple[int, int] | str
    verdier: Omraade
    farge: str
    skravert: bool = False
    stiplet: bool = False
    etiketter: Omraade | None = None
    fremhevet: bool = False
    bredde: float = 2.0
    vist: str = ""
    i_forklaringen: bool = True


@dataclass(frozen=True, kw_only=True)
class Diagram:
    """What every chart has. beskrivelse: what it shows, for those who cannot see it. etiketter: cells with the labels of
    its values. x_akse, y_akse: names of the axes, as they lie on the sheet. tallformat: of the axis of values.
    fra_null: the numbers are never negative, so that the axis starts at zero. grenser: both its ends, where the program
    must set them. forklaring: where the legend stands, «bottom» or «right». tidsakse: the labels are dates, a year or a
    day apart, and the axis runs from the first to the last of them: a date that stands again takes no more room, so that
    a row for the longest period serves a shorter one. plott: where the plot stands, when it has no axis of values.
    """

    ark: str
    plass: Plass
    tittel: str
    beskrivelse: str
    etiketter: Omraade
    x_akse: str = ""
    y_akse: str = ""
    tallformat: str = AKSE_TUSEN_KR
    fra_null: bool = False
    grenser: tuple[float, float] | None = None
    forklaring: str = "bottom"
    tidsakse: Literal["", "years", "days"] = ""
    plott: tuple[float, float] | None = None

    def tegn(self, bok: Any, arbeidsark: Any) -> None:
        """Draw it on its sheet. bok, arbeidsark: XlsxWriter's."""
        diagram = self._diagram(bok)
        diagram.set_title(
            {"name": self.tittel, "name_font": {"size": 11, "bold": True, "color": MOERK}, "overlay": False}
        )
        diagram.set_legend(
            self._forklaring(len(diagram.series) + len(diagram.combined.series if diagram.combined else ()))
        )
        if self.plott:
            diagram.set_plotarea({"layout": {**_KANT_I_KANT, "y": self.plott[0], "height": self.plott[1]}})
        diagram.show_blanks_as("span")
        diagram.show_hidden_data()  # a filter, or a hidden row, must not empty the chart
        diagram.set_size({"width": self.plass.bredde_px, "height": self.plass.hoeyde_px})
        plassering = {
            "x_offset": self.plass.x_px + _INN_PX,
            "y_offset": _NED_PX,
            "object_position": 1,
            "description": f"{self.tittel}. {self.beskrivelse}",
        }
        maa(arbeidsark.insert_chart(self.plass.rad, 0, diagram, plassering), self.tittel)

    def _diagram(self, bok: Any) -> Any:
        """The chart with its series and axes."""
        raise NotImplementedError

    def _forklaring(self, antall: int) -> dict[str, Any]:
        if antall == 1:
            return {"none": True}
        return {"position": self.forklaring, "font": {"size": 8 if self.forklaring == "right" else 9}}

    def _akser(self, diagram: Any) -> None:
        """Labels along the bottom, values up the side."""
        diagram.set_x_axis(
            self._etikettakse(self.x_akse) | (_datoakse(diagram, self.tidsakse) if self.tidsakse else {})
        )
        diagram.set_y_axis(self._verdiakse(self.y_akse))

    def _etikettakse(self, navn: str) -> dict[str, Any]:
        # Low: below negative values, not among them.
        return {"name": navn, "name_font": _LITEN, "num_font": _LITEN, "label_position": "low"}

    def _verdiakse(self, navn: str) -> dict[str, Any]:
        ender: dict[str, float] = {"min": 0} if self.fra_null else {}
        if self.grenser:
            ender = {"min": self.grenser[0], "max": self.grenser[1]}
        form = {"name_font": _LITEN, "num_font": _LITEN, "num_format": self.tallformat}
        return {"name": navn, **form, **ender, "major_gridlines": _RUTENETT, "visible": not self.plott}

    def _serie(self, serie: Serie) -> dict[str, Any]:
        navn = serie.navn if isinstance(serie.navn, str) else [self.ark, *serie.navn]
        return {
            "name": navn,
            "categories": [self.ark, *(serie.etiketter or self.etiketter)],
            "values": [self.ark, *serie.verdier],
        }

    def _soeyle(self, serie: Serie, luft: int) -> dict[str, Any]:
        """A series as bars. luft: the gap between them, per cent of a bar."""
        return {**self._serie(serie), "border": _KANT, "gap": luft, **_fyll(serie)}


@dataclass(frozen=True, kw_only=True)
class Soeyler(Diagram):
    """Columns side by side, with lines above them when there are any. stabling: «stacked», or «percent_stacked» for shares.

    null: cells that hold 0, for one series of numbers that may be negative and may be nearly equal. Excel starts the axis of
    such numbers far from zero; of these cells nothing is seen.
    """

    serier: Sequence[Serie]
    linjer: Sequence[Serie] = ()
    stabling: str = ""
    null: Omraade | None = None

    _luft: ClassVar[int] = 60

    def _forklaring(self, antall: int) -> dict[str, Any]:
        return super()._forklaring(antall - 1 if self.null else antall)

    def _diagram(self, bok: Any) -> Any:
        diagram = bok.add_chart({"type": "column", **({"subtype": self.stabling} if self.stabling else {})})
        for serie in self.serier:
            diagram.add_series(self._soeyle(serie, self._luft) | ({"overlap": 100} if self.null else {}))
        if self.null:
            diagram.add_series({**self._serie(Serie("0", self.null, "")), "gap": self._luft, **_USYNLIG})
        if self.linjer:
            linjer = bok.add_chart({"type": "line"})
            for serie in self.linjer:
                linjer.add_series({**self._serie(serie), **_linje(serie)})
            linjer.show_blanks_as("span")
            diagram.combine(linjer)
        self._akser(diagram)
        return diagram


@dataclass(frozen=True, kw_only=True)
class Histogram(Soeyler):
    """Columns that touch, for a distribution: every third is labelled, with a whole number."""

    _luft: ClassVar[int] = 8

    def _etikettakse(self, navn: str) -> dict[str, Any]:
        return {**super()._etikettakse(navn), "num_format": AKSE_HELT, "interval_unit": 3}


@dataclass(frozen=True, kw_only=True)
class Linjer(Diagram):
    """A line for each series."""

    serier: Sequence[Serie]

    def _diagram(self, bok: Any) -> Any:
        diagram = bok.add_chart({"type": "line"})
        for serie in self.serier:
            linje = {"color": serie.farge, "width": 2, **({"dash_type": "dash"} if serie.stiplet else {})}
            diagram.add_series({**self._serie(serie), **(_linje(serie) if serie.fremhevet else {"line": linje})})
        self._akser(diagram)
        return diagram


@dataclass(frozen=True, kw_only=True)
class Liggende(Diagram):
    """Bars lying down, the first label on top. oppaa: the series of a label stand on the same line.

    x_akse: the values, below. y_akse: the labels, at the side.
    """

    serier: Sequence[Serie]
    oppaa: bool = False

    def _diagram(self, bok: Any) -> Any:
        diagram = bok.add_chart({"type": "bar"})
        for serie in self.serier:
            diagram.add_series({**self._soeyle(serie, 40), **({"overlap": 100} if self.oppaa else {})})
        # In a bar chart XlsxWriter's y axis is that of the labels; reversed, the first row is on top, and the values
        # stand below when they are «high».
        diagram.set_y_axis({**self._etikettakse(self.y_akse), "reverse": True, "interval_unit": 1})
        diagram.set_x_axis({**self._verdiakse(self.x_akse), "label_position": "high"})
        return diagram


@dataclass(frozen=True, kw_only=True)
class Tornado(Liggende):
    """What each number moves, to both sides of the same line; the largest first."""

    oppaa: bool = True


@dataclass(frozen=True, kw_only=True)
class Ring(Diagram):
    """A ring of shares that sum to the whole. farger: of its parts, in order; skrift: of the number on each."""

    verdier: Omraade
    farger: Sequence[str]
    skrift: Sequence[str]

    def _diagram(self, bok: Any) -> Any:
        diagram = bok.add_chart({"type": "doughnut"})
        tall = {"size": 9, "bold": True}
        diagram.add_series(
            {
                "name": self.tittel,
                "categories": [self.ark, *self.etiketter],
                "values": [self.ark, *self.verdier],
                "points": [{"fill": {"color": farge}, "border": {"color": "#FFFFFF"}} for farge in self.farger],
                "data_labels": {
                    "percentage": True,
                    # A part that is nothing has no label.
                    "num_format": f"{AKSE_ANDEL};;",
                    "font": tall,
                    "custom": [{"font": {**tall, **({"color": farge} if farge else {})}} for farge in self.skrift],
                },
            }
        )
        diagram.set_hole_size(55)
        return diagram

    def _forklaring(self, antall: int) -> dict[str, Any]:
        # One series, but its parts must be named.
        return super()._forklaring(antall + 1)


@dataclass(frozen=True, kw_only=True)
class Fossefall(Diagram):
    """A waterfall from a table with a row for each step.

    rader: first and last row. kolonne: the first of seven columns side by side: what is not drawn above zero and below
    it, the whole (the two ends), what rises above and below, what falls above and below. Their header stands in hode.
    """

    rader: tuple[int, int]
    kolonne: int
    hode: int

    def _diagram(self, bok: Any) -> Any:
        diagram = bok.add_chart({"type": "column", "subtype": "stacked"})
        oeker, senker = FARGER["besparelse"], FARGER["kostnad"]
        for k, (navn, farge) in enumerate(
            (("", ""), ("", ""), ("", GRAA), ("Øker", oeker), ("Øker", oeker), ("Senker", senker), ("Senker", senker))
        ):
            kol = self.kolonne + k
            serie = Serie(navn or (self.hode, kol), (self.rader[0], kol, self.rader[1], kol), farge)
            diagram.add_series({**self._soeyle(serie, 40)} if farge else {**self._serie(serie), "gap": 40, **_USYNLIG})
        self._akser(diagram)
        return diagram

    def _forklaring(self, antall: int) -> dict[str, Any]:
        # What is not drawn is not explained, and each word stands once.
        return {**super()._forklaring(antall), "delete_series": [0, 1, 4, 6]}


@dataclass(frozen=True, kw_only=True)
class Intervaller(Diagram):
    """A point for each label with a line down and up from it. ned, opp: how far, in columns of cells.

    Neither Excel nor LibreOffice counts the lines when it chooses the ends of the axis: set grenser.
    """

    punkter: Serie
    ned: Omraade
    opp: Omraade

    def _diagram(self, bok: Any) -> Any:
        diagram = bok.add_chart({"type": "line"})
        strek = {
            "type": "custom",
            "minus_values": _formel(self.ark, self.ned),
            "plus_values": _formel(self.ark, self.opp),
            "line": {"color": self.punkter.farge, "width": 2},
        }
        punkt = {"type": "diamond", "size": 9, "border": {"color": "#303A40"}, "fill": {"color": FARGER["kostnad"]}}
        diagram.add_series(
            {**self._serie(self.punkter), "line": {"none": True}, "marker": punkt, "y_error_bars": strek}
        )
        self._akser(diagram)
        return diagram


@dataclass(frozen=True, kw_only=True)
class Punkter(Diagram):
    """A scatter of points: etiketter are the numbers along the bottom. x_format: their number format."""

    serier: Sequence[Serie]
    x_format: str = AKSE_HELT

    def _diagram(self, bok: Any) -> Any:
        diagram = bok.add_chart({"type": "scatter"})
        for serie in self.serier:
            form = {"type": "diamond", "size": 13} if serie.fremhevet else {"type": "circle", "size": 6}
            punkt = {**form, "border": _KANT, "fill": {"color": serie.farge}}
            diagram.add_series({**self._serie(serie), "marker": punkt})
        self._akser(diagram)
        return diagram

    def _etikettakse(self, navn: str) -> dict[str, Any]:
        return {**super()._etikettakse(navn), "num_format": self.x_format}


@dataclass(frozen=True, kw_only=True)
class Flytfigur(Diagram):
    """From where to where, in the manner of Sankey. noder: the places on both sides, with the names beside them."""

    stroemmer: Sequence[Serie]
    noder: Sequence[tuple[Serie, Sequence[str]]]

    def _diagram(self, bok: Any) -> Any:
        diagram = bok.add_chart({"type": "scatter", "subtype": "straight"})
        for s in self.stroemmer:
            linje = {"color": s.farge, "width": s.bredde, "dash_type": "square_dot" if s.stiplet else "solid"}
            merker = {"value": True, "position": "above", "font": _TALL_PAA_STREK}
            merker |= {"custom": [{"delete": True}, {"value": s.vist}, {"delete": True}]}
            diagram.add_series({**self._serie(s), "line": linje, "data_labels": merker})
        for (serie, navn), side in zip(self.noder, ("left", "right"), strict=True):
            punkt = {"type": "square", "size": 9, "border": _KANT, "fill": {"color": serie.farge}}
            ord_ = {"value": True, "position": side, "custom": [{"value": en} for en in navn], "font": {"size": 9}}
            diagram.add_series({**self._serie(serie), "line": {"none": True}, "marker": punkt, "data_labels": ord_})
        self._akser(diagram)
        return diagram

    def _forklaring(self, antall: int) -> dict[str, Any]:
        borte = [i for i, s in enumerate(self.stroemmer) if not s.i_forklaringen]
        return {**super()._forklaring(antall), "delete_series": [*borte, antall - 2, antall - 1]}

    def _etikettakse(self, navn: str) -> dict[str, Any]:
        return {**super()._etikettakse(navn), **_UTEN_TALL, "min": -0.6, "max": 1.6}

    def _verdiakse(self, navn: str) -> dict[str, Any]:
        return {**super()._verdiakse(navn), **_UTEN_TALL}


def hoeyde(rader: int) -> int:
    """Pixels of a chart that covers so many rows of the usual height."""
    return rader * RADHOEYDE_PX - 6


def rader_for(hoeyde_px: int) -> int:
    """How many rows of the usual height a chart covers."""
    return -(-hoeyde_px // RADHOEYDE_PX) + 1


def i_rad(rad: int, fra: int, til: int, farge: str, navn: int = 0) -> Serie:
    """A series that lies in a row. fra, til: its columns; navn: the column of its name."""
    return Serie((rad, navn), (rad, fra, rad, til), farge)


def i_kolonne(kol: int, fra: int, til: int, farge: str, skravert: bool = False) -> Serie:
    """A series that stands in a column, under its name. fra, til: its rows."""
    return Serie((fra - 1, kol), (fra, kol, til, kol), farge, skravert)


def _fyll(serie: Serie) -> dict[str, Any]:
    bunn = _ALLTID_SKRAVERT.get(serie.farge, "#FFFFFF" if serie.skravert else "")
    if bunn:
        return {"pattern": {"pattern": _SKRAVERING, "fg_color": serie.farge, "bg_color": bunn}}
    return {"fill": {"color": serie.farge}}


def _linje(serie: Serie) -> dict[str, Any]:
    """A line across columns, marked at each value so that one that stands alone is seen."""
    merke = {"type": "circle", "size": 5, "fill": {"color": "#FFFFFF"}, "border": {"color": serie.farge}}
    return {"line": {"color": serie.farge, "width": 2.25}, "marker": merke}


def _datoakse(diagram: Any, enhet: Literal["years", "days"]) -> dict[str, Any]:
    """Make the axis of labels one of dates, the only kind that is as long as its labels in Excel and in LibreOffice.

    XlsxWriter leaves it to the program to find the kind again from the format of the cells, and the width of a bar from how
    close the dates are, which is nothing at all where one stands again; both are said here.
    """

    def alltid(_valgfritt: int) -> None:
        diagram._xml_empty_tag("c:auto", [("val", 0)])

    def med_enhet(avstand: int) -> None:
        diagram._xml_empty_tag("c:lblOffset", [("val", avstand)])
        diagram._xml_empty_tag("c:baseTimeUnit", [("val", enhet)])

    diagram._write_auto, diagram._write_label_offset = alltid, med_enhet
    form = TALLFORMAT["akse_aar" if enhet == "years" else "akse_dag"]
    return {"date_axis": True, "num_format": form, "major_unit": 1, "major_unit_type": enhet}


def _formel(ark: str, omraade: Omraade) -> str:
    return f"={i_anfoersel(ark)}!{fast_omraade(*omraade)}"
