"""Tables of a page: sortable by any column, in a box that scrolls sideways, with bars in the cells where asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from markupsafe import Markup

from velferdslab_model.base.tall import aar, med_fortegn, prosent, tall

#: A cell: what is shown, what it is sorted by, and the share of the column's largest amount for a bar.
Tabellcelle = tuple[str, float | str | None, float | None]

_DESIMALER = {"antall": 1, "desimal": 2, "andel": 1}
#: A missing year stands after every year.
_SIST = 9999.0
#: A text longer than this is read as a sentence, and not as a word of a row.
_SETNING = 40


def tabell(
    tekst: str, hode: Sequence[str], rader: Iterable[Sequence[Tabellcelle]], bare_skjerm: bool = False
) -> Markup:
    """A table with its caption. The first cell of a row is its heading. bare_skjerm: left out of a print."""
    rader = list(rader)
    # A heading stands where the figures below it do.
    tall_i = {kol for rad in rader for kol, (_, verdi, _) in enumerate(rad) if kol and not isinstance(verdi, str)}
    kolonner = "".join(
        f'<th scope="col" aria-sort="none"{" class=h" * (kol in tall_i)}><button type="button">{escape(h)}</button></th>'
        for kol, h in enumerate(hode)
    )
    kropp = []
    for rad in rader:
        foerste, *andre = rad
        celler = [f'<th scope="row">{escape(foerste[0])}</th>', *map(_celle, andre)]
        kropp.append(f"<tr>{''.join(celler)}</tr>")
    navn = escape(tekst)
    return Markup(
        f'<div class="tabell{" bare-skjerm" * bare_skjerm}" role="region" tabindex="0" aria-label="{navn}"><table><caption>{navn}</caption>'
        f"<thead><tr>{kolonner}</tr></thead><tbody>{''.join(kropp)}</tbody></table></div>"
    )


def tekstcelle(tekst: str) -> Tabellcelle:
    """A text, sorted as text."""
    return tekst, tekst, None


def tallcelle(verdi: float | None, slag: str = "kr", mangler: str = "–", andel: float | None = None) -> Tabellcelle:
    """A figure of a kind: kr, antall, desimal, andel or aar. mangler: shown for a missing year. andel: of a bar."""
    if slag == "aar":
        return (aar(verdi, mangler), float(verdi) if verdi else _SIST, andel)
    if slag == "andel":
        return (prosent(verdi, 1), verdi, andel)
    desimaler = 0 if slag == "antall" and verdi is not None and verdi == round(verdi) else _DESIMALER.get(slag, 0)
    return tall(verdi, desimaler), verdi, andel


def endringscelle(verdi: float | None) -> Tabellcelle:
    """An amount with its sign."""
    return med_fortegn(verdi), verdi, None


def _celle(celle: Tabellcelle) -> str:
    vist, verdi, andel = celle
    if isinstance(verdi, str):
        klasse = ' class="setning"' if len(vist) > _SETNING else ""
        return f"<td{klasse}>{escape(vist)}</td>"
    nokkel = "" if verdi is None else f' data-v="{verdi:.10g}"'
    soeyle = ""
    if andel is not None:
        klasse = "stolpe minus" if (verdi or 0) < 0 else "stolpe"
        soeyle = f'<span class="{klasse}" style="width:{abs(andel) * 100:.1f}%" aria-hidden="true"></span>'
    return f'<td class="t"{nokkel}>{soeyle}{escape(vist)}</td>'
