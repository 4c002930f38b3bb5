"""Small charts as SVG text: bars, a waterfall, lines, intervals and divided bars. No library, no network; all text from users is escaped."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from markupsafe import Markup

from velferdslab_model.base.farger import FARGER, GRAA, LINJEFARGER, LINJESTREKER
from velferdslab_model.base.tall import kr, med_fortegn, prosent, tall
from velferdslab_model.base.tekst import kortet, ulike_korte
from velferdslab_model.page.akse import rund_akse

_OEKER, _SENKER = FARGER["besparelse"], FARGER["kostnad"]
_STREK = "#D9D9D9"
_MINST_DEL, _MED_NUMMER = 2.5, 18.0


def soeyler(tittel: str, beskrivelse: str, par: Sequence[tuple[str, float]], akse: str) -> Markup:
    """Horizontal bars, one for each name. akse: what the numbers are."""
    hoeyde, bredde, venstre = 24 * len(par) + 56, 720, 210
    lav, hoey = min(0.0, *(v for _, v in par)), max(0.0, *(v for _, v in par))
    skala = Skala(lav, hoey, venstre, bredde - 90)
    ut = [_loddrett(skala, 20, hoeyde - 36, akse, bredde)]
    korte = _korte([navn for navn, _ in par], 26)
    for i, (_, verdi) in enumerate(par):
        y, x0, x1 = 24 + 24 * i, skala(0), skala(verdi)
        ut.append(f'<text x="{venstre - 8}" y="{y + 12}" text-anchor="end">{korte[i]}</text>')
        farge = FARGER["helsegevinst"] if verdi >= 0 else _SENKER
        ut.append(rute(min(x0, x1), y, abs(x1 - x0), 16, farge))
        ut.append(f'<text x="{max(x0, x1) + 5:.1f}" y="{y + 12}">{tall(verdi / 1000)}</text>')
    return ramme(tittel, beskrivelse, bredde, hoeyde, ut)


def foss(
    tittel: str,
    beskrivelse: str,
    start: tuple[str, float],
    slutt: tuple[str, float],
    deler: Sequence[tuple[str, float]],
) -> Markup:
    """A waterfall from one total to another, a step at a time."""
    bredde, topp, bunn, hoeyde = 720, 36, 250, 330
    nivaa, trinn = start[1], [(start[0], 0.0, start[1], GRAA)]
    for navn, endring in deler:
        trinn.append((navn, nivaa, nivaa + endring, _OEKER if endring >= 0 else _SENKER))
        nivaa += endring
    trinn.append((slutt[0], 0.0, slutt[1], GRAA))
    skala = Skala(
        min(0.0, *(min(a, b) for _, a, b, _ in trinn)), max(0.0, *(max(a, b) for _, a, b, _ in trinn)), bunn, topp
    )
    ut = [vannrett(skala, 60, bredde - 84)]
    steg = (bredde - 150) / len(trinn)  # the last label needs room to the right
    for i, (navn, fra, til, farge) in enumerate(trinn):
        x, y = 66 + steg * i, min(skala(fra), skala(til))
        ut.append(rute(x, y, steg - 10, max(abs(skala(fra) - skala(til)), 1), farge))
        total = i in (0, len(trinn) - 1)
        beloep = til if total else til - fra
        vist = tall(beloep / 1000) if total else med_fortegn(beloep / 1000)
        ut.append(f'<text x="{x + (steg - 10) / 2:.1f}" y="{y - 4:.1f}" text-anchor="middle">{vist}</text>')
        ut.append(
            f'<text transform="translate({x + (steg - 10) / 2:.1f} {bunn + 16}) rotate(26)">{_kort(navn, 20)}</text>'
        )
    ut.append(f'<text x="4" y="14">{kr(1000)} kr</text>')
    return ramme(tittel, beskrivelse, bredde, hoeyde, ut)


def linjer(tittel: str, beskrivelse: str, serier: Sequence[tuple[str, Sequence[float]]]) -> Markup:
    """A line over the years for each name."""
    bredde, topp, bunn, hoeyde, hoeyre = 720, 24, 270, 310, 520
    alle = [v for _, verdier in serier for v in verdier]
    skala = Skala(min(0.0, *alle), max(0.0, *alle), bunn, topp)
    aar = max(len(verdier) for _, verdier in serier)
    bredd = (hoeyre - 70) / max(aar - 1, 1)
    ut = [vannrett(skala, 60, hoeyre + 6), f'<text x="4" y="14">{kr(1000)} kr</text>']
    ut += [f'<text x="{66 + bredd * t:.1f}" y="{bunn + 16}" text-anchor="middle">{t + 1}</text>' for t in range(aar)]
    ut.append(f'<text x="{(60 + hoeyre) / 2}" y="{hoeyde - 6}" text-anchor="middle">År i analysen</text>')
    korte = _korte([navn for navn, _ in serier], 21)
    for n, (_, verdier) in enumerate(serier):
        # From the ninth on the colours come again with another dash.
        farge, strek = LINJEFARGER[n % len(LINJEFARGER)], LINJESTREKER[(n + n // len(LINJEFARGER)) % len(LINJESTREKER)]
        stiplet = f' stroke-dasharray="{strek}"' if strek else ""
        punkter = " ".join(f"{66 + bredd * t:.1f},{skala(v):.1f}" for t, v in enumerate(verdier))
        ut.append(f'<polyline points="{punkter}" fill="none" stroke="{farge}" stroke-width="2"{stiplet}/>')
        y = topp + 8 + 20 * n
        ut.append(
            f'<line x1="{hoeyre + 16}" x2="{hoeyre + 46}" y1="{y}" y2="{y}" stroke="{farge}" stroke-width="2"{stiplet}/>'
        )
        ut.append(f'<text x="{hoeyre + 51}" y="{y + 4}">{korte[n]}</text>')
    return ramme(tittel, beskrivelse, bredde, hoeyde, ut)


def spenn(tittel: str, beskrivelse: str, rader: Sequence[tuple[str, tuple[float, float, float]]], akse: str) -> Markup:
    """A horizontal line for each name from its low to its high value, with a mark in the middle; the name stands above its
    line, so that all of it has room on a phone."""
    hoeyde, bredde, venstre = 36 * len(rader) + 56, 340, 14
    lav, hoey = min(0.0, *(v[0] for _, v in rader)), max(0.0, *(v[2] for _, v in rader))
    skala = Skala(lav, hoey, venstre, bredde - 20)
    ut = [_loddrett(skala, 10, hoeyde - 36, akse, bredde)]
    korte = _korte([navn for navn, _ in rader], 44)
    for i, (_, verdier) in enumerate(rader):
        y = 38 + 36 * i
        fra, midt, til = (skala(v) for v in verdier)
        ut.append(f'<text x="{venstre + 5}" y="{y - 13}" class="over">{korte[i]}</text>')
        ut.append(
            f'<path d="M{fra:.1f} {y - 5}v10m0 -5H{til:.1f}m0 -5v10" stroke="#0072B2" stroke-width="2" fill="none"/>'
        )
        ut.append(
            f'<path d="M{midt:.1f} {y - 6}l6 6l-6 6l-6 -6z" fill="{_SENKER}" stroke="#303A40" stroke-width=".5"/>'
        )
    return ramme(tittel, beskrivelse, bredde, hoeyde, ut, smal=True)


def andeler(
    tittel: str,
    beskrivelse: str,
    navn: Sequence[str],
    rader: Sequence[tuple[str, Sequence[float]]],
    farger: Sequence[str],
) -> Markup:
    """A horizontal bar for each row, divided by shares that sum to one. navn: of the shares, with a colour each."""
    bredde, venstre, hoeyre = 720, 210, 690
    bunn = 24 * len(rader) + 28
    ut = []
    for m in (0.0, 0.25, 0.5, 0.75, 1.0):
        x = venstre + m * (hoeyre - venstre)
        ut.append(f'<text x="{x:.1f}" y="{bunn + 12}" text-anchor="middle">{prosent(m, 0)}</text>')
    korte = _korte([hvem for hvem, _ in rader], 26)
    for i, (_, deler) in enumerate(rader):
        y, x = 24 + 24 * i, float(venstre)
        ut.append(f'<text x="{venstre - 8}" y="{y + 12}" text-anchor="end">{korte[i]}</text>')
        for n, (del_, farge) in enumerate(zip(deler, farger, strict=True), start=1):
            bred = del_ * (hoeyre - venstre)
            # An outline and a gap, because neighbouring colours are alike; a number where there is room for it.
            if bred > _MINST_DEL:
                ut.append(
                    f'<rect x="{x + 0.75:.1f}" y="{y}" width="{bred - 1.5:.1f}" height="17" fill="{farge}" stroke="#303A40" stroke-width=".75"/>'
                )
            if bred > _MED_NUMMER:
                lys = "#fff" if n <= len(farger) / 2 else "#1c262d"
                ut.append(
                    f'<text x="{x + bred / 2:.1f}" y="{y + 13}" text-anchor="middle" style="fill:{lys}">{n}</text>'
                )
            x += bred
    for i, (tekst, farge) in enumerate(zip(navn, farger, strict=True)):
        x, y = venstre + 100 * (i % 5), bunn + 26 + 18 * (i // 5)
        ut.append(f'<rect x="{x}" y="{y}" width="12" height="12" fill="{farge}" stroke="#404040" stroke-width=".5"/>')
        ut.append(
            f'<text x="{x + 17}" y="{y + 10}">{i + 1}: {escape(tekst)}</text>'
            if _klasser(navn)
            else f'<text x="{x + 17}" y="{y + 10}">{escape(tekst)}</text>'
        )
    return ramme(tittel, beskrivelse, bredde, bunn + 26 + 18 * -(-len(navn) // 5), ut)


class Skala:
    """From kr to pixels, with round marks."""

    def __init__(self, lav: float, hoey: float, fra_px: float, til_px: float) -> None:
        self.lav, self.hoey, steg = rund_akse(lav, hoey)
        self.merker = [self.lav + steg * i for i in range(round((self.hoey - self.lav) / steg) + 1)]
        self.fra_px, self.til_px = fra_px, til_px

    def __call__(self, verdi: float) -> float:
        """Where an amount stands."""
        return self.fra_px + (verdi - self.lav) / (self.hoey - self.lav) * (self.til_px - self.fra_px)


def vannrett(skala: Skala, venstre: float, hoeyre: float) -> str:
    """The marks of a scale that goes upwards, with their lines."""
    return "".join(
        f'<line x1="{venstre}" x2="{hoeyre}" y1="{skala(m):.1f}" y2="{skala(m):.1f}" stroke="{"#404040" if m == 0 else _STREK}"/>'
        f'<text x="{venstre - 5}" y="{skala(m) + 4:.1f}" text-anchor="end">{tall(m / 1000)}</text>'
        for m in skala.merker
    )


def _loddrett(skala: Skala, topp: float, bunn: float, akse: str, bredde: float) -> str:
    streker = "".join(
        f'<line x1="{skala(m):.1f}" x2="{skala(m):.1f}" y1="{topp}" y2="{bunn}" stroke="{"#404040" if m == 0 else _STREK}"/>'
        f'<text x="{skala(m):.1f}" y="{bunn + 14}" text-anchor="middle">{tall(m / 1000)}</text>'
        for m in skala.merker
    )
    return f'{streker}<text x="{bredde - 4}" y="{bunn + 32}" text-anchor="end">{escape(akse)}</text>'


def rute(x: float, y: float, bredde: float, hoeyde: float, farge: str) -> str:
    """A bar."""
    # Green and vermilion are alike in greyscale: what adds is hatched.
    fyll = "url(#skravert)" if farge == _OEKER else farge
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{bredde:.1f}" height="{hoeyde:.1f}" fill="{fyll}" stroke="#404040" stroke-width=".5"/>'


def _klasser(navn: Sequence[str]) -> bool:
    """Whether a share stands for more than its number says."""
    return any("–" in en for en in navn)


def _korte(navn: Sequence[str], tegn: int) -> list[str]:
    """Names that fit, as many as they were."""
    return [escape(en) for en in ulike_korte(navn, tegn)]


def _kort(tekst: str, tegn: int) -> str:
    return escape(kortet(tekst, tegn))


def ramme(
    tittel: str, beskrivelse: str, bredde: int, hoeyde: int, innhold: Sequence[str], smal: bool = False
) -> Markup:
    """A chart with its title and what a screen reader says of it. smal: drawn for the width of a phone."""
    # A box that scrolls, so that its text need not shrink with a narrow screen.
    return Markup(
        f'<figure><figcaption>{escape(tittel)}</figcaption><div class="figur{" smal" * smal}" role="region" tabindex="0" aria-label="Figur: {escape(tittel)}">'
        f'<svg role="img" viewBox="0 0 {bredde} {hoeyde}" '
        f'aria-label="{escape(f"{tittel}. {beskrivelse}")}">{"".join(innhold)}</svg></div></figure>'
    )


#: The hatching, defined once in a page.
SKRAVERT = Markup(
    '<svg width="0" height="0" aria-hidden="true" class="skravur"><defs><pattern id="skravert" width="6" height="6" '
    'patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" fill="#B9E4D6"/>'
    f'<rect width="3" height="6" fill="{_OEKER}"/></pattern></defs></svg>'
)
