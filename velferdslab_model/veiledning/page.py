"""The guide as one page with its pictures in it. What it says stands in docs/brukerveiledning.md, and nowhere else."""

from __future__ import annotations

import re
from base64 import b64encode
from importlib.resources import files

from markupsafe import Markup

from velferdslab_model.page.rendering import Seksjon, side
from velferdslab_model.workbook.kind import VEILEDNINGSSIDE

_PAKKE = "velferdslab_model.veiledning"
#: The content security policy of the page, for whoever serves it: nothing is loaded but the pictures within.
BILDEKILDE = "img-src data:"


def veiledningsside() -> str:
    """The page as text. Its body is made of the guide by `python -m tests.veiledning`."""
    data = files(_PAKKE) / "data"
    kropp = re.sub(
        r'src="([a-z0-9_]+\.png)"',
        lambda m: f'src="data:image/png;base64,{b64encode((data / m[1]).read_bytes()).decode()}"',
        (data / "innhold.html").read_text(encoding="utf-8"),
    )
    ingress, *deler = re.split(r'<h2 id="([^"]+)">(.*?)</h2>\n', kropp)
    seksjoner = [
        Seksjon(noekkel, str(Markup(tittel).unescape()), Markup(innhold))
        for noekkel, tittel, innhold in zip(deler[::3], deler[1::3], deler[2::3], strict=True)
    ]
    return side(
        _PAKKE,
        "veiledning.html",
        "Veiledning",
        seksjoner,
        VEILEDNINGSSIDE,
        ingress=Markup(ingress),
        bildekilde=BILDEKILDE,
    )
