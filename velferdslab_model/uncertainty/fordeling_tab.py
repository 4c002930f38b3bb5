"""The tab «Usikkerhet»: how likely it pays, in two standard analyses side by side, and what they leave out."""

from __future__ import annotations

import math
from collections.abc import Sequence

from velferdslab_model.base.farger import FARGER
from velferdslab_model.base.ord import HVEM, liten
from velferdslab_model.base.tall import kr, prosent, tall
from velferdslab_model.parameters.strukturell import OM_STRUKTURELL
from velferdslab_model.parameters.typer import MAKS_ANALYSEPERIODE
from velferdslab_model.uncertainty.foelsomhet import HOVED
from velferdslab_model.uncertainty.forbehold import OBS
from velferdslab_model.uncertainty.gruppeanalyse import Gruppeanalyse, Trekninger
from velferdslab_model.uncertainty.montecarlo import QALYVERDIER, MonteCarlo, felles_stolper
from velferdslab_model.uncertainty.oppsett import (
    FIGURRADER,
    SISTE,
    SKJULT,
    avsnitt,
    grunn,
    plass,
    si_svaret,
    skjul,
    tallnavncelle,
)
from velferdslab_model.uncertainty.setninger import (
    EGEN,
    OM_EVALUERING,
    SAMMEN,
    STRUKTURELL_NAVN,
    fastsetning,
    hvor_sannsynlig,
    sannsynlighet_eller_sikker,
    svarsetninger,
    tallnavn,
)
from velferdslab_model.workbook.charts import Histogram, Linjer, Serie, i_kolonne
from velferdslab_model.workbook.cursor import Skriver
from velferdslab_model.workbook.formats import AKSE_ANDEL
from velferdslab_model.workbook.plan import Verdi

#: A curve that never falls below this is drawn on a shorter axis, and its title says that the value means little.
_FLAT = 0.75


def fordelingsark(b: Skriver, tittel: str, a: Gruppeanalyse, ny_side: bool) -> None:
    """Plan the part of one group."""
    b.overskrift(f"{tittel}: hvor sannsynlig er det at det lønner seg?", ny_side)
    si_svaret(b, [*svarsetninger(a), OM_EVALUERING])
    for setning in a.forbehold:
        if setning.startswith(OBS):
            avsnitt(b, setning, "tekst")
    b.rad += 1
    _figurer(b, tittel, a.trekninger, a.basis.aar)
    b.ark.sideskift.append(b.rad + 1)
    b.overskrift(f"{tittel}: de to standardanalysene side om side")
    _to_analyser(b, a.trekninger)
    for setning in (*(s for s in a.forbehold if not s.startswith(OBS)), OM_STRUKTURELL, fastsetning(a)):
        avsnitt(b, setning)
    _spredning(b, a.trekninger)
    _tilbakebetalt(b, a.trekninger, a.basis.aar)
    _kurve(b, a.trekninger)
    b.overskrift(f"{tittel}: usikre tall i trekningene", ny_side=True)
    _fordelinger(b, a, EGEN, a.trekninger.egen)
    bare = set(a.trekninger.strukturell.fordelinger) - set(a.trekninger.egen.fordelinger)
    _fordelinger(b, a, f"Bare i {liten(STRUKTURELL_NAVN)}", a.trekninger.strukturell, bare)


def samletark(b: Skriver, t: Trekninger, aarene: Sequence[int]) -> None:
    """Plan the part of both groups together."""
    b.overskrift("Samlet: begge gruppene", ny_side=True)
    si_svaret(b, [hvor_sannsynlig(t)])
    avsnitt(
        b,
        "Antakelse: priser, nullalternativ, verdien av en QALY og modellens forenklinger er de samme i begge gruppene; "
        "suksessrater, inntak og hvordan det går med den enkelte, er hver gruppes egne.",
    )
    b.rad += 1
    _figurer(b, "Samlet", t, aarene)
    b.ark.sideskift.append(b.rad)
    _to_analyser(b, t)
    _spredning(b, t)
    _tilbakebetalt(b, t, aarene)
    _kurve(b, t)


def _figurer(b: Skriver, tittel: str, t: Trekninger, aarene: Sequence[int]) -> None:
    """Two distributions, and below them payback and the value of a QALY; their tables stand beside the page."""
    skjul(b.ark)
    oeverst = b.figurrader(FIGURRADER)
    for k, x in enumerate(HOVED):
        kol = SKJULT + 3 * k
        grenser, antall = felles_stolper([t.egen.utfall[x], t.strukturell.utfall[x]])
        midt = (grenser[:-1] + grenser[1:]) / 2e6
        b.ark.tekst(oeverst, kol, "Midt i stolpen, millioner kr", "hode_v")
        for i, (navn, n) in enumerate(zip((EGEN, STRUKTURELL_NAVN), antall, strict=True), start=1):
            b.ark.tekst(oeverst, kol + i, navn, "hode")
            for rad, andel in enumerate(n / n.sum(), start=oeverst + 1):
                b.ark.fast(rad, kol + i, float(andel), "andel")
        for rad, m in enumerate(midt, start=oeverst + 1):
            b.ark.fast(rad, kol, float(m), "antall")
        siste = oeverst + len(midt)
        b.ark.figurer.append(
            Histogram(
                ark=b.ark.navn,
                plass=plass(oeverst, k),
                tittel=f"{tittel}: netto, {liten(HVEM[x])}",
                beskrivelse="Stolper for andelen av trekningene som gir hver netto, med tallenes egen usikkerhet og strukturell usikkerhet.",
                etiketter=(oeverst + 1, kol, siste, kol),
                serier=[
                    i_kolonne(kol + 1, oeverst + 1, siste, FARGER["stat"]),
                    i_kolonne(kol + 2, oeverst + 1, siste, FARGER["kommune"], skravert=True),
                ],
                x_akse="Netto, millioner kr",
                y_akse="Andel av trekningene",
                tallformat=AKSE_ANDEL,
                fra_null=True,
            )
        )
    # The tables of the upper charts reach further down than the charts do.
    nederst = b.figurrader(FIGURRADER)
    kol = SKJULT + 6
    b.ark.tekst(oeverst, kol, "År", "hode_v")
    b.ark.tekst(oeverst, kol + 1, EGEN, "hode")
    b.ark.tekst(oeverst, kol + 2, STRUKTURELL_NAVN, "hode")
    for rad, y in enumerate(aarene, start=oeverst + 1):
        b.ark.fast(rad, kol, y, "aar")
        for i, mc in enumerate((t.egen, t.strukturell), start=1):
            b.ark.fast(rad, kol + i, mc.netto["budsjett"].p_tilbake[rad - oeverst - 1], "andel")
    _linjer(
        b, nederst, 0, (oeverst, kol, len(aarene)),
        f"{tittel}: sannsynlig tilbakebetalt innen året, {liten(HVEM['budsjett'])}",
        "To linjer, en for hver analyse, for sannsynligheten for at det er tilbakebetalt innen utgangen av hvert år.",
        "År",
    )  # fmt: skip
    start = oeverst + MAKS_ANALYSEPERIODE + 2
    b.ark.tekst(start, kol, "Verdi av en QALY, millioner kr", "hode_v")
    b.ark.tekst(start, kol + 1, EGEN, "hode")
    b.ark.tekst(start, kol + 2, STRUKTURELL_NAVN, "hode")
    for k, verdi in enumerate(QALYVERDIER):
        b.ark.fast(start + 1 + k, kol, verdi / 1e6, "v_antall")
        for i, mc in enumerate((t.egen, t.strukturell), start=1):
            b.ark.fast(start + 1 + k, kol + i, mc.kurve[k], "andel")
    minst = min(min(mc.kurve) for mc in (t.egen, t.strukturell))
    _linjer(
        b, nederst, 1, (start, kol, len(QALYVERDIER)),
        f"{tittel}: sannsynlig lønnsomt for samfunnet etter verdien av en QALY{'' if minst < _FLAT else ' (betyr lite)'}",
        "To linjer, en for hver analyse, for sannsynligheten for at samfunnet går i pluss ved hver verdi av en QALY.",
        "Verdi av en QALY, millioner kr",
        0.0 if minst < _FLAT else math.floor(20 * minst) / 20,
    )  # fmt: skip


def _linjer(
    b: Skriver,
    rad: int,
    nummer: int,
    tabell: tuple[int, int, int],
    tittel: str,
    beskrivelse: str,
    x_akse: str,
    fra: float = 0.0,
) -> None:
    hode, kol, antall = tabell
    b.ark.figurer.append(
        Linjer(
            ark=b.ark.navn,
            plass=plass(rad, nummer),
            tittel=tittel,
            beskrivelse=beskrivelse,
            etiketter=(hode + 1, kol, hode + antall, kol),
            serier=[
                Serie((hode, kol + 1), (hode + 1, kol + 1, hode + antall, kol + 1), FARGER["stat"]),
                Serie((hode, kol + 2), (hode + 1, kol + 2, hode + antall, kol + 2), FARGER["kommune"], stiplet=True),
            ],
            x_akse=x_akse,
            y_akse="Sannsynlighet",
            tallformat=AKSE_ANDEL,
            grenser=(fra, 1.0),
        )
    )


def _to_analyser(b: Skriver, t: Trekninger) -> None:
    b.ark.tekst(b.rad, 0, "", "blokk")
    b.ark.tekst(b.rad, 1, "", "blokk")
    b.ark.tekst(b.rad, 2, EGEN, "blokk", 5)
    b.ark.tekst(b.rad, 6, STRUKTURELL_NAVN, "blokk", 9)
    b.ark.tekst(b.rad, 10, SAMMEN, "blokk", SISTE)
    b.rad += 1
    fire = ("Snitt", "5 %", "95 %", "Sannsynlig lønnsom")
    b.hode("Netto, kr", "Grunnberegning", *fire, *fire, *fire[1:])
    for x in t.netto:
        celler: list[tuple[Verdi, str]] = [(t.basis[x], "kr")]
        for mc in (t.egen, t.strukturell, t.sammen):
            if mc is None:
                celler += [("bare én rate trekkes", "aar")]
                continue
            n = mc.netto[x]
            kroner: tuple[float, ...] = (n.persentiler[1], n.persentiler[5])
            kroner = kroner if mc is t.sammen else (n.snitt, *kroner)
            celler += [*((v, "kr") for v in kroner), sannsynlighetscelle(n.p_positiv, mc, x)]
        b.tabellrad(HVEM[x], *celler)
    if t.egen.tilfeldighet:
        for x in HOVED:
            deler = [
                f"{prosent(mc.uten[x].av_tilfeldighet, 0)} av variansen ({navn}; uten den er {kr(mc.uten[x].sd)} kr standardavviket)"
                for navn, mc in ((liten(EGEN), t.egen), (liten(STRUKTURELL_NAVN), t.strukturell))
            ]
            avsnitt(b, f"Tilfeldigheter blant deltakerne er med. For {liten(HVEM[x])} er de {' og '.join(deler)}.")
    if t.basis != t.basis_strukturell:
        budsjett, samfunn = (kr(t.basis_strukturell[x]) for x in HOVED)
        avsnitt(
            b,
            f"Grunnberegningen er ved scenariets egen rente. Ved renten i den strukturelle analysen er den {budsjett} kr for "
            f"budsjettene og {samfunn} kr for samfunnet; det er den de strukturelle trekningene holdes opp mot.",
        )
    avsnitt(
        b,
        f"«{SAMMEN}» er tallenes egen usikkerhet når suksessratene er høye i de samme trekningene, som om én årsak lå bak; ellers trekkes "
        "de uavhengig. Virkeligheten ligger trolig mellom de to.",
    )
    b.rad += 1


def sannsynlighetscelle(andel: float, mc: MonteCarlo, x: str) -> tuple[Verdi, str]:
    """A probability: a number, or a text where the draws cannot tell it from certain."""
    vist = sannsynlighet_eller_sikker(andel, mc, x)
    return (vist, "andel") if vist[:1] in "ou" else (andel, "andel")


def _spredning(b: Skriver, t: Trekninger) -> None:
    b.rad += 1
    b.hode(
        "Spredningen, kr", "Trekninger", "Standardavvik", "Standardfeil i snittet", "2,5 %", "25 %", "Median", "75 %", "97,5 %",
        "Standardfeil i sannsynligheten", "Trekninger under grunn-beregningen", hoeyde=42,
    )  # fmt: skip
    for navn, mc in ((EGEN, t.egen), (STRUKTURELL_NAVN, t.strukturell)):
        for x in t.netto:
            n = mc.netto[x]
            p = n.persentiler
            kroner = (n.sd, n.feil, p[0], p[2], p[3], p[4], p[6])
            b.tabellrad(
                f"{HVEM[x]}, {'egen' if navn == EGEN else 'strukturell'}", (mc.trekninger, "kr"),
                *((v, "kr") for v in kroner), (n.p_feil, "andel"), (n.under_basis, "andel"),
            )  # fmt: skip
    b.rad += 1


def _tilbakebetalt(b: Skriver, t: Trekninger, aarene: Sequence[int]) -> None:
    b.setning("Sannsynlighet for at det er tilbakebetalt innen utgangen av året", "etikett_fet")
    for fra in range(0, len(aarene), SISTE):
        b.hode("Hvem", *(str(y) for y in aarene[fra : fra + SISTE]), hoeyde=15)
        for navn, mc in (("egen", t.egen), ("strukturell", t.strukturell)):
            for x in t.netto:
                b.tabellrad(
                    f"{HVEM[x]}, {navn}",
                    *(sannsynlighetscelle(p, mc, x) for p in mc.netto[x].p_tilbake[fra : fra + SISTE]),
                )
    b.rad += 1


def _kurve(b: Skriver, t: Trekninger) -> None:
    b.setning(
        "Sannsynlighet for at det lønner seg for samfunnet, etter verdien av en QALY, millioner kr", "etikett_fet"
    )
    utvalg = range(0, len(QALYVERDIER), 2)
    b.hode("Analyse", *(tall(QALYVERDIER[k] / 1e6, 1) for k in utvalg), hoeyde=15)
    for navn, mc in ((EGEN, t.egen), (STRUKTURELL_NAVN, t.strukturell)):
        b.tabellrad(navn, *(sannsynlighetscelle(mc.kurve[k], mc, "samfunn") for k in utvalg))
    b.rad += 1


def _fordelinger(b: Skriver, a: Gruppeanalyse, tittel: str, mc: MonteCarlo, bare: set[str] | None = None) -> None:
    b.hode(tittel, "Fordeling", hoeyde=15)
    for noekkel, f in mc.fordelinger.items():
        if bare is None or noekkel in bare:
            tallnavncelle(b, tallnavn(a, noekkel))
            b.ark.tekst(b.rad, 1, f.tekst, "etikett", 5)
            grunn(b, b.rad, 6, f.begrunnelse or "egen fordeling, uten oppgitt begrunnelse")
            b.rad += 1
    b.rad += 1
