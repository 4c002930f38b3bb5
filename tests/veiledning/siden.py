"""The body of the guide's page, made of docs/brukerveiledning.md, and the part of the guide that the program writes."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from urllib.parse import unquote

from markdown_it import MarkdownIt
from PIL import Image

from tests.veiledning.bilder import MAPPE
from velferdslab_model.parameters.felt import FELT

GUIDE = Path(__file__).parents[2] / "docs" / "brukerveiledning.md"
KROPP = MAPPE / "innhold.html"
_FELT = re.compile(r"(?<=<!-- felt -->\n).*?(?=<!-- /felt -->)", re.S)


def med_felt(guide: str) -> str:
    """The guide with the table of inputs as it is now: one line for what has a number in each situation."""
    rader, sett = ["| felt | enhet | betyr |", "| --- | --- | --- |"], set()
    for f in FELT.values():
        gruppe, _, del_ = f.noekkel.partition(".")
        if gruppe != "utvidet" and del_ and gruppe in sett:
            continue
        sett.add(gruppe)
        navn = (
            f.tekst if gruppe == "utvidet" or not del_ else f.tekst.replace(", uholdbar", "").replace(" uholdbar", "")
        )
        hjelp = f.hjelp if gruppe == "utvidet" else f.hjelp.replace("uholdbar", "denne")
        rader.append(f"| {navn.removesuffix(', fra').removesuffix(' for')} | {f.enhet} | {hjelp} |")
    return _FELT.sub(lambda _: "\n".join(["", *rader, "", ""]), guide)


def kroppen(guide: str) -> str:
    """The guide as HTML, its headings to be linked to, its pictures by their names, and no link to another file."""
    tekst = re.sub(r"<!--.*?-->\n?", "", guide)
    html = MarkdownIt("commonmark").enable("table").render(tekst)
    html = re.sub(r"<h1>.*?</h1>\n", "", html)
    html = re.sub(r"<h([23])>(.*?)</h\1>", lambda m: f'<h{m[1]} id="{_anker(m[2])}">{m[2]}</h{m[1]}>', html)
    html = html.replace("<table>", '<div class="tabell" tabindex="0"><table>').replace("</table>", "</table></div>")
    html = html.replace("<th>", '<th scope="col">')
    html = re.sub(r'(?<=href="#)[^"]+', lambda m: unquote(m[0]), html)
    html = re.sub(r'<a href="(?!#)([a-z_]+\.md)[^"]*">(.*?)</a>', _henvisning, html)
    return re.sub(r'<p><img src="[^"]*/([a-z0-9_]+\.png)" alt="([^"]*)" /></p>', _bilde, html)


def _anker(overskrift: str) -> str:
    """What a link within the guide points at, as where the sources are shown."""
    return re.sub(r"[^\w\- ]", "", unescape(overskrift).lower()).replace(" ", "-")


def _henvisning(m: re.Match[str]) -> str:
    return f"<em>{m[2]}</em>" if m[2] == m[1] else f"<em>{m[2]}</em> (docs/{m[1]})"


def _bilde(m: re.Match[str]) -> str:
    with Image.open(MAPPE / m[1]) as bilde:
        bredde, hoyde = bilde.size
    return f'<p class="bilde" tabindex="0"><img src="{m[1]}" width="{bredde}" height="{hoyde}" alt="{m[2]}"></p>'


def skriv() -> None:
    """Write both, as they should be now."""
    guide = med_felt(GUIDE.read_text(encoding="utf-8"))
    GUIDE.write_text(guide, encoding="utf-8")
    KROPP.write_text(kroppen(guide), encoding="utf-8")
