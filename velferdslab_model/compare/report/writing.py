"""The comparison as one self-contained HTML page: the same tables, SVG charts, sortable, for screen, phone and A4."""

from __future__ import annotations

import os

from velferdslab_model.base.files import skriv_fil
from velferdslab_model.compare.kolonner import OM_VERDIER, merknader, om_referansen, prisaarlinje
from velferdslab_model.compare.report.forutsetning_section import forutsetninger, likt
from velferdslab_model.compare.report.resultat_section import forskjellsdel, oversikt, utvikling
from velferdslab_model.compare.report.svar_section import svardel
from velferdslab_model.compare.report.usikkerhet_section import usikkerhet
from velferdslab_model.compare.sammenligning import Sammenligning
from velferdslab_model.page.rendering import Seksjon, side
from velferdslab_model.workbook.kind import SAMMENLIGNINGSSIDE
from velferdslab_model.workbook.stamp import stemple_side


def write_rapport(s: Sammenligning, sti: str | os.PathLike[str], overskriv: bool = False) -> None:
    """Write the page. An existing file is replaced only when it is a page nobody has changed, or with overskriv.

    Raises KanIkkeSkrive otherwise.
    """
    skriv_fil(sti, stemple_side(rapport(s).encode()), SAMMENLIGNINGSSIDE.hindring, overskriv)


def rapport(s: Sammenligning) -> str:
    """The page as text."""
    return side(
        "velferdslab_model.compare.report",
        "report.html",
        tittel=f"Sammenligning av {len(s.medlemmer)} kommuner",
        seksjoner=[
            Seksjon("svaret", "Svaret", svardel(s)),
            Seksjon("oversikt", "Oversikt", oversikt(s)),
            Seksjon("usikkerhet", "Er forskjellene ekte?", usikkerhet(s)),
            Seksjon("forskjeller", "Forskjeller", forskjellsdel(s)),
            Seksjon("utvikling", "Utvikling", utvikling(s)),
            Seksjon("forutsetninger", "Forutsetninger", forutsetninger(s)),
            Seksjon("likt", "Gjort likt", likt(s)),
        ],
        slag=SAMMENLIGNINGSSIDE,
        prisaar=prisaarlinje(s),
        referanse=om_referansen(s),
        om_verdier=OM_VERDIER,
        merknader=merknader(s),
    )
