"""One A4 page for one municipality: its numbers beside the median and quartiles, why it differs, and what to know."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from markupsafe import Markup

from velferdslab_model.base.ord import BRUKERGRUPPER, SITUASJONSNAVN
from velferdslab_model.base.tall import kr, prosent, tall
from velferdslab_model.base.tekst import mente_du, oppramset, sammenligningsnavn
from velferdslab_model.compare.faktorer import FAKTORER
from velferdslab_model.compare.kolonner import kontrolltekst, om_referansen, prisaarlinje, referansetekst
from velferdslab_model.compare.medlem import Medlem
from velferdslab_model.compare.sammenligning import Sammenligning
from velferdslab_model.compare.svar import SMAATT, SVARETS_NETTO, Svar, samlet, svarene
from velferdslab_model.compare.vurdering import OM_TALLET
from velferdslab_model.compare.ytelse import YTELSESFAKTORER
from velferdslab_model.errors import UgyldigInndata
from velferdslab_model.page import svg
from velferdslab_model.page.rendering import Seksjon, bit, side
from velferdslab_model.page.table import tabell, tekstcelle
from velferdslab_model.parameters.typer import UTGANGSSITUASJONER
from velferdslab_model.workbook.kind import SAMMENLIGNINGSSIDE

_PAKKE = "velferdslab_model.compare.report"


@dataclass(frozen=True)
class _Linje:
    """One figure on the sheet. verdi: of a municipality in a group, None where it has none. vis: as it is shown."""

    tekst: str
    verdi: Callable[[Medlem, str], float | None]
    vis: Callable[[float | None], str]


def _andel(verdi: float | None) -> str:
    return prosent(verdi, 1)


def _linjer() -> Iterator[_Linje]:
    """The figures, in order."""
    for tekst, felt in (
        ("Netto samfunn per inntatt (rangeres)", "samfunn_per_inntatt"),
        ("Netto budsjetter per inntatt", "budsjett_per_inntatt"),
        ("Netto samfunn per inntatt, egen blanding og egne antakelser", "samfunn_egen_blanding"),
        ("Kostnad per deltaker", "kostnad_per_deltaker"),
        ("Kostnad per steg", "kostnad_per_steg"),
    ):
        yield _Linje(f"{tekst}, kr", lambda m, g, felt=felt: getattr(m.rader[g], felt), kr)  # type: ignore[misc]  # a default binds the name
    for i, s in enumerate(UTGANGSSITUASJONER):
        navn = f"Suksessrate, fra {SITUASJONSNAVN[s].lower()}"
        yield _Linje(navn, lambda m, g, i=i: m.kommune.forutsetninger.grupper[g].suksessrate[i], _andel)  # type: ignore[misc]  # as above
    yield _Linje(
        "Tatt inn i perioden", lambda m, g: m.rader[g].deltakere, lambda v: tall(v, 0 if v == round(v or 0) else 1)
    )


def finn_medlem(s: Sammenligning, navn: str) -> Medlem:
    """The municipality of a name, however it is spaced and cased. Raises UgyldigInndata with the names there are."""
    alle = {sammenligningsnavn(m.navn): m for m in s.medlemmer}
    if (funnet := alle.get(sammenligningsnavn(navn))) is None:
        navnene = [m.navn for m in s.medlemmer]
        raad = mente_du(navn, navnene)
        raise UgyldigInndata("--ark", [f"«{navn}» er ikke blant kommunene ({oppramset(navnene)}).{raad}"])
    return funnet


def kommuneark(s: Sammenligning, navn: str) -> str:
    """The sheet as text."""
    m = finn_medlem(s, navn)
    svar = {g: next((en for en in svarene(s, g) if en.kommune == m.navn), None) for g in BRUKERGRUPPER}
    seksjoner = [
        Seksjon(f"gruppe{i}", tittel, _gruppe(s, m, g, svar[g])) for i, (g, tittel) in enumerate(BRUKERGRUPPER.items())
    ]
    samlet_ = next(r for r in samlet(s) if r.kommune == m.navn)
    return side(
        _PAKKE,
        "ark.html",
        tittel=f"{m.navn} blant {len(s.medlemmer)} kommuner",
        seksjoner=seksjoner,
        slag=SAMMENLIGNINGSSIDE,
        vilkaar=f"{prisaarlinje(s)}. {om_referansen(s)}.",
        om_tallet=OM_TALLET,
        kontroll=kontrolltekst(m),
        samlet=samlet_,
        kr=kr,
    )


def _gruppe(s: Sammenligning, m: Medlem, gruppe: str, svar: Svar | None) -> Markup:
    """The answer, the figures beside all others', and why it differs."""
    if svar is None:
        tekst = s.rangeringer.hvorfor_ikke or "Tar ikke inn noen, og har derfor ingen tall."
        return Markup("<p>{}</p>").format(tekst)
    med = [en for en in s.medlemmer if en.rader[gruppe].deltakere]
    rader = []
    for linje in _linjer():
        alle = [v for en in med if (v := linje.verdi(en, gruppe)) is not None]
        kvartiler = [float(p) for p in np.percentile(alle, (25, 50, 75))] if alle else [None] * 3
        rader.append(
            [tekstcelle(linje.tekst), *((linje.vis(v), v, None) for v in (linje.verdi(m, gruppe), *kvartiler))]
        )
    tabellen = tabell(
        f"{BRUKERGRUPPER[gruppe]}: {m.navn} og de {len(med)} som tar inn noen",
        ["Tall", m.navn, "Nedre kvartil", "Median", "Øvre kvartil"],
        rader,
    )
    delt = s.ytelser.rader[gruppe][m.navn].forskjell
    figur = None
    if delt is not None and abs(delt[SVARETS_NETTO].differanse) >= SMAATT:
        del_ = delt[SVARETS_NETTO]
        figur = svg.foss(
            f"Netto samfunn per inntatt fra {referansetekst(s)} til {m.navn}",
            "Fossefall: " + "; ".join(f"{FAKTORER[f]} {kr(del_.deler[f])} kroner" for f in YTELSESFAKTORER),
            (referansetekst(s), del_.fra),
            (m.navn, del_.til),
            [(FAKTORER[f], del_.deler[f]) for f in YTELSESFAKTORER],
        )
    plass = f"Plass {svar.plass} av {len(med)}; i 9 av 10 trekninger plass {svar.rad.rangspenn[0]} til {svar.rad.rangspenn[2]}."
    return bit(_PAKKE, "arkgruppe.html", svar=svar, plass=plass, tabell=tabellen, figur=figur)
