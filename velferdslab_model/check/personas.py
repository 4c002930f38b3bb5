"""Audit one workbook of personas: what was typed, what it does to the null alternative, and what else was touched."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from velferdslab_model.base.ord import BRUKERGRUPPER, SITUASJONSNAVN
from velferdslab_model.base.tall import kr
from velferdslab_model.check.vilkaarsbok import Vilkaarsbok
from velferdslab_model.endringer.finne import Endring
from velferdslab_model.parameters.typer import LIVSSITUASJONER
from velferdslab_model.personas.analysis import analyser_personas
from velferdslab_model.personas.inputs import prefiks, settregister
from velferdslab_model.personas.reading import les_personabok, les_personas, personas_laget_med, rader_i
from velferdslab_model.personas.terms import TOM_TJENESTE, Historie, Personasett, historienavn
from velferdslab_model.personas.writing import personasplan
from velferdslab_model.workbook.inputs import Inndata
from velferdslab_model.workbook.kind import PERSONAS
from velferdslab_model.workbook.opening import Innhold


def _virkning(fra: Personasett, til: Personasett) -> Iterator[str]:
    foer, etter = analyser_personas(fra).grupper, analyser_personas(til).grupper
    for gruppe in etter:
        for s in LIVSSITUASJONER:
            ny = etter[gruppe].situasjoner[s].nullkostnad
            gammel = foer[gruppe].situasjoner[s].nullkostnad if gruppe in foer else None
            if gammel != ny:
                yield f"Nullkostnad, {BRUKERGRUPPER[gruppe].lower()}, {SITUASJONSNAVN[s].lower()}: {kr(gammel)} -> {kr(ny)} kr i året."


def _endringer(innhold: Innhold, fra: Personasett, til: Personasett) -> Iterator[tuple[str, Endring]]:
    """Every input that differs, with its cell: a service year by year, or once by its sum when more than its amounts is new."""
    gamle = {en.felt.noekkel: en for en in settregister(analyser_personas(fra))}
    for ny in settregister(analyser_personas(til)):
        gammel = gamle.get(ny.felt.noekkel)
        # A derived null cost follows the histories, which are told below.
        if isinstance(ny, Inndata) and ny.formel and isinstance(gammel, Inndata) and gammel.formel:
            continue
        if gammel is None or gammel.verdi != ny.verdi:
            sted = str(innhold.omraade(ny.felt.navn) or "")
            enhet = ny.felt.enhet if isinstance(ny, Inndata) else "ord"
            yield (
                sted,
                Endring(
                    "", ny.felt.noekkel, ny.felt.tekst, enhet, gammel.verdi if gammel else None, ny.verdi, ny.kilde
                ),
            )
    foer = {historienavn(p, h): h for p, h in fra.historier()}
    for n, (p, h) in enumerate(til.historier(), start=1):
        navn = historienavn(p, h)
        yield from _i_historien(innhold, prefiks(n), navn, foer.get(navn), h)


def _i_historien(
    innhold: Innhold, foran: str, navn: str, fra: Historie | None, til: Historie
) -> Iterator[tuple[str, Endring]]:
    gamle = fra.tjenester if fra else ()
    for i, (gammel, ny) in enumerate(zip_longest(gamle, til.tjenester, fillvalue=TOM_TJENESTE), start=1):
        noekkel = f"{foran}_mengde_{i}"
        sted = innhold.omraade(noekkel)
        if (gammel.navn, gammel.betaler, gammel.overfoering, gammel.frigjoer, gammel.enhetspris) != (
            ny.navn, ny.betaler, ny.overfoering, ny.frigjoer, ny.enhetspris):  # fmt: skip
            tekst = f"{navn}: {ny.navn or gammel.navn}, sum over ti år"
            summer = [None if t.tom else float(t.beloep.sum()) for t in (gammel, ny)]
            yield str(sted or ""), Endring("", noekkel, tekst, "kr", summer[0], summer[1], ny.kilde)
            continue
        for k, (var, er) in enumerate(zip(gammel.beloep.tolist(), ny.beloep.tolist(), strict=True)):
            if var != er:
                tekst = f"{navn}: {ny.navn}, år {k + 1}"
                yield sted.celle(k) if sted else "", Endring("", noekkel, tekst, "kr", var, er, ny.kilde)
    for i, ny_ in enumerate(til.aar):
        gammel_ = fra.aar[i] if fra else None
        for hva in ("livssituasjon", "hendelse"):
            foer, etter = (getattr(gammel_, hva) if gammel_ else None), getattr(ny_, hva)
            if foer != etter:
                noekkel = f"{foran}_{'situasjon' if hva == 'livssituasjon' else hva}"
                sted = innhold.omraade(noekkel)
                yield (
                    sted.celle(i) if sted else "",
                    Endring("", noekkel, f"{navn}: {hva} år {i + 1}", "ord", foer, etter, ""),
                )


PERSONASKONTROLL = Vilkaarsbok(
    slag=PERSONAS,
    medfoelger="notatets personas",
    les=les_personabok,
    les_fil=lambda sti: les_personas([sti] if sti else []),
    laget_med=personas_laget_med,
    plan=lambda innhold, laget, naa: personasplan(laget, naa, rader_i(innhold) if naa else ()),
    endringer=_endringer,
    virkning=_virkning,
)
