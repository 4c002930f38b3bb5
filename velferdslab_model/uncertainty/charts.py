"""Bar charts of the uncertainty tabs, drawn with XlsxWriter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from velferdslab_model.base.farger import MOERK
from velferdslab_model.workbook.formats import AKSE_HELT, AKSE_TUSEN_KR
from velferdslab_model.workbook.style import RADHOEYDE_PX

#: Rows a chart covers.
FIGUR_RADER = 17


@dataclass(frozen=True)
class Stolper:
    """Bars from columns of numbers.

    rad, x_px, bredde_px: where it stands. fra, til: first and last row of the numbers. etiketter: column of the labels.
    serier: column, row of the name, colour, pattern or empty. liggende: horizontal, the first row on top.
    """

    ark: str
    rad: int
    x_px: int
    bredde_px: int
    tittel: str
    beskrivelse: str
    fra: int
    til: int
    etiketter: int
    serier: tuple[tuple[int, int, str, str], ...]
    verdiakse: str
    etikettakse: str
    tallformat: str = AKSE_TUSEN_KR
    liggende: bool = False
    oppaa: bool = False
    rader: int = FIGUR_RADER

    def tegn(self, bok: Any, arbeidsark: Any) -> None:
        """Draw it on its sheet."""
        diagram = bok.add_chart({"type": "bar" if self.liggende else "column"})
        for kol, navn, farge, moenster in self.serier:
            serie: dict[str, Any] = {
                "name": [self.ark, navn, kol],
                "categories": [self.ark, self.fra, self.etiketter, self.til, self.etiketter],
                "values": [self.ark, self.fra, kol, self.til, kol],
                "border": {"color": "#404040", "width": 0.5},
                "gap": 40 if self.liggende else 8,
            }
            if self.oppaa:
                serie["overlap"] = 100
            if moenster:
                serie["pattern"] = {"pattern": moenster, "fg_color": farge, "bg_color": "#FFFFFF"}
            else:
                serie["fill"] = {"color": farge}
            diagram.add_series(serie)
        liten = {"size": 9, "bold": False, "color": "#404040"}
        etiketter = {"name": self.etikettakse, "name_font": liten, "num_font": liten, "label_position": "low"}
        verdier = {
            "name": self.verdiakse,
            "name_font": liten,
            "num_font": liten,
            "num_format": self.tallformat,
            "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}},
        }
        if self.liggende:
            # In a bar chart XlsxWriter's y axis is that of the labels; reversed, the first row is on top, and the
            # values stand below when they are «high».
            diagram.set_y_axis({**etiketter, "reverse": True})
            diagram.set_x_axis({**verdier, "label_position": "high"})
        else:
            diagram.set_x_axis({**etiketter, "num_format": AKSE_HELT, "interval_unit": 3})
            diagram.set_y_axis(verdier)
        diagram.set_title(
            {"name": self.tittel, "name_font": {"size": 11, "bold": True, "color": MOERK}, "overlay": False}
        )
        diagram.set_legend({"none": True} if len(self.serier) == 1 else {"position": "bottom", "font": {"size": 9}})
        diagram.set_size({"width": self.bredde_px, "height": self.rader * RADHOEYDE_PX - 6})
        arbeidsark.insert_chart(
            self.rad,
            0,
            diagram,
            {
                "x_offset": self.x_px + 2,
                "y_offset": 3,
                "object_position": 1,
                "description": f"{self.tittel}. {self.beskrivelse}",
            },
        )
