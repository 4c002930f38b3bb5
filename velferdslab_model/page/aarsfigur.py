"""A chart over the years: bars side by side for each year, and a line, on one scale."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from markupsafe import Markup

from velferdslab_model.base.farger import FARGER
from velferdslab_model.base.tall import kr
from velferdslab_model.page.svg import Skala, ramme, rute, vannrett

_BREDDE, _TOPP, _BUNN, _VENSTRE, _HOEYRE = 720, 58, 300, 66, 710
_HOEYDE = 340


def aarsfigur(
    tittel: str,
    beskrivelse: str,
    aar: Sequence[int],
    soeyler: Sequence[tuple[str, Sequence[float], str]],
    linje: tuple[str, Sequence[float]],
) -> Markup:
    """soeyler: name, kr of each year, and key of the colour. linje: name and kr of each year."""
    alle = [v for _, verdier, _ in soeyler for v in verdier] + list(linje[1])
    skala = Skala(min(0.0, *alle), max(0.0, *alle), _BUNN, _TOPP)
    steg = (_HOEYRE - _VENSTRE) / len(aar)
    bred = min(26.0, (steg - 6) / len(soeyler))
    ut = [vannrett(skala, _VENSTRE - 6, _HOEYRE), f'<text x="4" y="14">{kr(1000)} kr</text>']
    for t, aarstall in enumerate(aar):
        midt = _VENSTRE + steg * (t + 0.5)
        fra = midt - bred * len(soeyler) / 2
        for n, (_, verdier, farge) in enumerate(soeyler):
            y0, y1 = skala(0), skala(verdier[t])
            ut.append(rute(fra + bred * n, min(y0, y1), bred, abs(y1 - y0), FARGER[farge]))
        ut.append(f'<text x="{midt:.1f}" y="{_BUNN + 18}" text-anchor="middle">{aarstall}</text>')
    punkter = " ".join(f"{_VENSTRE + steg * (t + 0.5):.1f},{skala(v):.1f}" for t, v in enumerate(linje[1]))
    ut.append(f'<polyline points="{punkter}" fill="none" stroke="#000000" stroke-width="2.5"/>')
    x = 90.0
    for navn, _, farge in soeyler:
        ut += [rute(x, 6, 14, 12, FARGER[farge]), f'<text x="{x + 20:.1f}" y="16">{escape(navn)}</text>']
        x += 40 + 6.6 * len(navn)
    ut.append(f'<line x1="{x}" x2="{x + 26}" y1="12" y2="12" stroke="#000000" stroke-width="2.5"/>')
    ut.append(f'<text x="{x + 32:.1f}" y="16">{escape(linje[0])}</text>')
    return ramme(tittel, beskrivelse, _BREDDE, _HOEYDE, ut)
