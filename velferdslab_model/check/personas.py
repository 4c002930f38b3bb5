"""Audit one workbook of personas: what was typed, what it does to the null alternative, and what else was touched."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

from velferdslab_model.base.ord import BRUKERGRUPPER, SITUASJONSNAVN
from velferdslab_model.base.tall import kr
from velferdslab_model.check.kontrollsvar import Kontrollsvar
from velferdslab_model.endringer.finne import Endring
from velferdslab_model.errors import UgyldigInndata
from velferdslab_model.parameters.typer import LIVSSITUASJONER
from velferdslab_model.personas.analysis import analyser_personas
from velferdslab_model.personas.inputs import prefiks, settregister
from velferdslab_model.personas.loading import notatets_personas
from velferdslab_model.personas.reading import les_personabok, les_personas, personas_laget_med, rader_i
from velferdslab_model.personas.terms import TOM_TJENESTE, Historie, Personasett, historienavn
from velferdslab_model.personas.writing import personasplan
from velferdslab_model.workbook.audit import Funn, innskrevne_formler, planfunn
from velferdslab_model.workbook.causes import UTEN_LAGREDE_TALL, uten_lagrede_tall
from velferdslab_model.workbook.comparing import arknavn
from velferdslab_model.workbook.inputs import Inndata
from velferdslab_model.workbook.kind import PERSONAS
from velferdslab_model.workbook.opening import Innhold

_UTEN_OPPHAV = "Filen sier ikke hva den ble laget med. Den er kontrollert mot {mot}."


def kontroller_personas(innhold: Innhold, mot: str | os.PathLike[str] | None = None) -> Kontrollsvar:
    """Audit a workbook of personas against other personas, or against what it was made with when mot is None.

    Raises whatever reading mot raises.
    """
    fil, formler = innhold.fil, innhold.formler
    annen = None if mot is None else les_personas([Path(mot)])
    laget = personas_laget_med(innhold)
    fra = annen or laget or notatets_personas()
    mot_navn = "tallene boken ble laget med" if mot is None else Path(mot).name
    merknader = [UTEN_LAGREDE_TALL] if uten_lagrede_tall(innhold) else []
    merknader += [] if laget else [_UTEN_OPPHAV.format(mot=mot_navn)]
    try:
        sett = les_personabok(innhold)
    except UgyldigInndata as feil:
        funn = [Funn("inndata", fil.name, "en lovlig verdi", tekst) for tekst in feil.feil]
        funn += planfunn(personasplan(laget or fra), innhold, formler, uten_tall=True)
        return Kontrollsvar(
            fil.name, PERSONAS.noekkel, innhold.versjon, mot_navn, False, None, (), None, funn, merknader
        )
    bok = personasplan(laget or sett, sett, rader_i(innhold))
    funn = planfunn(bok, innhold, formler)
    if innskrevne := innskrevne_formler(bok, formler, arknavn(bok, innhold)):
        merknader.append(f"Formler i inndataceller, lest med tallet som er lagret: {', '.join(innskrevne)}.")
    endringer = list(_endringer(innhold, fra, sett))
    if endringer:
        merknader += list(_virkning(fra, sett))
    return Kontrollsvar(
        fil.name, PERSONAS.noekkel, innhold.versjon, mot_navn, True, None, endringer, None, funn, merknader
    )


def _virkning(fra: Personasett, til: Personasett) -> Iterator[str]:
    foer, etter = analyser_personas(fra).grupper, analyser_personas(til).grupper
    for gruppe in etter:
        for s in LIVSSITUASJONER:
            ny = etter[gruppe].situasjoner[s].nullkostnad
            gammel = foer[gruppe].situasjoner[s].nullkostnad if gruppe in foer else None
            if gammel != ny:
                yield f"Nullkostnad, {BRUKERGRUPPER[gruppe].lower()}, {SITUASJONSNAVN[s].lower()}: {kr(gammel)} -> {kr(ny)} kr i året."


def _endringer(innhold: Innhold, fra: Personasett, til: Personasett) -> Iterator[tuple[str, Endring]]:
    """Every input that differs, with its cell; a service is told once, with its sum over ten years."""
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
        ulike = (gammel.navn, gammel.betaler, gammel.overfoering, gammel.frigjoer, gammel.enhetspris, *gammel.mengde) != (
            ny.navn, ny.betaler, ny.overfoering, ny.frigjoer, ny.enhetspris, *ny.mengde)  # fmt: skip
        if ulike:
            tekst = f"{navn}: {ny.navn or gammel.navn}, sum over ti år"
            summer = [None if t.tom else float(t.beloep.sum()) for t in (gammel, ny)]
            noekkel = f"{foran}_mengde_{i}"
            yield str(innhold.omraade(noekkel) or ""), Endring("", noekkel, tekst, "kr", summer[0], summer[1], ny.kilde)
    for i, ny_ in enumerate(til.aar):
        gammel_ = fra.aar[i] if fra else None
        for hva in ("livssituasjon", "hendelse"):
            foer, etter = (getattr(gammel_, hva) if gammel_ else None), getattr(ny_, hva)
            if foer != etter:
                noekkel = f"{foran}_{'situasjon' if hva == 'livssituasjon' else hva}"
                yield (
                    str(innhold.omraade(noekkel) or ""),
                    Endring("", noekkel, f"{navn}: {hva} år {i + 1}", "ord", foer, etter, ""),
                )
