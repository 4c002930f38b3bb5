"""The block to copy, line by line: a formula and the text that the program itself would write."""

from __future__ import annotations

from collections.abc import Iterator

from velferdslab_model.parameters.typer import LIVSSITUASJONER
from velferdslab_model.personas.analysis import Gruppetall, Personaanalyse
from velferdslab_model.personas.block import (
    AVLEDET,
    BRUK_ANDELENE,
    BRUK_BEVEGELSE,
    SATT_TIL_NULL,
    UTEN_UTSATT,
    andelslinje,
    begrunnelse,
    bevegelseskilde,
    faktorlinje,
    fordelingslinje,
    kildelinje,
    nullinje,
    overgangslinje,
    situasjonskostnadslinje,
)

_KOMMA = 'SUBSTITUTE({x},",",".")'


def blokkrader(a: Personaanalyse, g: Gruppetall) -> Iterator[tuple[str, str, str]]:
    """Key, template and text of each line of a group; a line that is not needed is empty. Template empty: always the same."""
    foran = f"{g.gruppe}."
    utsatt = f"{{{foran}null.utsatt}}"
    finnes = bool(g.situasjoner["utsatt"].nullkostnad)
    yield "", "", f"[{g.gruppe}]"
    yield (
        f"{foran}blokk.null",
        f'=IF({utsatt}=0,"{UTEN_UTSATT}",{_nullmal(foran)})',
        nullinje(g) if finnes else UTEN_UTSATT,
    )
    faktorer = [_tekst(f"{{faktor_{s}}}") for s in a.sett.faktorer]
    mal = f'"nullalternativ_faktor = {{ uholdbar = "&{faktorer[0]}&", stabil = "&{faktorer[1]}&" }}"'
    yield f"{foran}blokk.faktor", _om(utsatt, mal), faktorlinje(a) if finnes else ""
    yield "", "", f"[{g.gruppe}.kilder]"
    for s in LIVSSITUASJONER:
        verdi = kildelinje(a, g, s) if finnes else ""
        yield f"{foran}blokk.kilde_{s}", _om(utsatt, _kildemal(a, g, s)), verdi
    yield "", "", f"[{g.gruppe}.usikkerhet]"
    for s in LIVSSITUASJONER:
        yield f"{foran}blokk.sd_{s}", _om(utsatt, _fordelingsmal(foran, s)), fordelingslinje(g, s) if finnes else ""
    yield "", "", BRUK_ANDELENE
    yield "", "", f"# [{g.gruppe}.utvidet]"
    for noekkel, navn, andel in (
        ("kommunal_andel", "kommunal_andel_nullalternativ", g.kommunal_andel),
        ("frigjort_andel", "realiserbar_andel", g.frigjort_andel),
    ):
        # Whole ten-thousandths as text: no program then adds digits of its own.
        deler = f"ROUND({{{foran}{noekkel}}}*{{andelsskala}},0)"
        tall = f'IF({deler}>={{andelsskala}},"1","0."&LEFT("0000",LEN("0000")-LEN({deler}))&{deler})'
        yield f"{foran}blokk.{noekkel}", f'="# {navn} = "&{tall}', andelslinje(navn, andel)
    yield "", "", BRUK_BEVEGELSE
    yield "", "", f"# [{g.gruppe}.bevegelse]"
    rader = [
        f'"{s} = ["&' + '&", "&'.join(f"{{{foran}overgang.{s}.{til}}}" for til in LIVSSITUASJONER) + '&"]"'
        for s in LIVSSITUASJONER
    ]
    yield f"{foran}blokk.overganger", '="# overganger = { "&' + '&", "&'.join(rader) + '&" }"', overgangslinje(g)
    yield f"{foran}blokk.situasjonskostnad", _kostnadsmal(foran), situasjonskostnadslinje(g)
    yield "", "", bevegelseskilde(a)


def _kostnadsmal(foran: str) -> str:
    """Situations with years, with a comma before each but the first."""
    biter, foer = [], "0"
    for s in LIVSSITUASJONER:
        aar = f"{{{foran}situasjonsaar.{s}}}"
        biter.append(f'IF({aar}=0,"",IF({foer}=0,"",", ")&"{s} = "&ROUND({{{foran}situasjonskostnad.{s}}},0))')
        foer += f"+{aar}"
    return '="# kostnad = { "&' + "&".join(biter) + '&" }"'


def _tekst(uttrykk: str) -> str:
    """A number as TOML has it, whatever the decimal sign of the one who opens the file."""
    return _KOMMA.replace("{x}", uttrykk)


def _om(utsatt: str, uttrykk: str) -> str:
    return f'=IF({utsatt}=0,"",{uttrykk})'


def _fra_historier(foran: str, s: str) -> str:
    """Whether the null cost is the mean of the histories."""
    return f"IFERROR(AND({{{foran}antall.{s}}}>0,{{{foran}null.{s}}}=ROUND({{{foran}snitt.{s}}},0)),0=1)"


def _avledet(foran: str, s: str) -> str:
    """Whether it follows utsatt, or is nought for baerekraftig."""
    regnet = "0" if s == "baerekraftig" else f"ROUND({{{foran}null.utsatt}}*{{faktor_{s}}},0)"
    return f"AND({{{foran}antall.{s}}}=0,{{{foran}null.{s}}}={regnet})"


def _nullmal(foran: str) -> str:
    biter = []
    for s in LIVSSITUASJONER:
        tall = _tekst(f"{{{foran}null.{s}}}")
        bit = f'"{s} = "&{tall}&"{"" if s == "baerekraftig" else ", "}"'
        biter.append(bit if s in ("utsatt", "baerekraftig") else f'IF({_avledet(foran, s)},"",{bit})')
    return f'"nullalternativ = {{ "&{"&".join(biter)}&" }}"'


def _kildemal(a: Personaanalyse, g: Gruppetall, s: str) -> str:
    foran = f"{g.gruppe}."
    start = f'"""nullalternativ.{s}"" = ""'
    ordet, slag = ("antakelse", "konstruerte historier") if a.sett.konstruert else ("kilde", "historier")
    historier = (
        f'{start}{ordet}: snitt av "&{{{foran}antall.{s}}}&" {slag} om "&ROUND({{{foran}personas.{s}}},0)&" personas '
        f'(ti år hver, "&{{prisaar}}&"-kroner, "&IF({{teller_overf}}=1,"med","uten")&" overføringer)"""'
    )
    skrevet = f'{start}antakelse: skrevet i arbeidsboken med personas"""'
    if s == "utsatt":
        ellers = skrevet
    else:
        avledet = f'{start}{SATT_TIL_NULL if s == "baerekraftig" else AVLEDET}"""'
        ellers = f"IF({_avledet(foran, s)},{avledet},{skrevet})"
    return f"IF({_fra_historier(foran, s)},{historier},{ellers})"


def _fordelingsmal(foran: str, s: str) -> str:
    sd = f"{{{foran}sd.{s}}}"
    grunn = (
        begrunnelse("#A", "#P")
        .replace("#A", f'"&{{{foran}antall.{s}}}&"')
        .replace("#P", f'"&ROUND({{{foran}personas.{s}}},0)&"')
    )
    linje = (
        f'"""nullalternativ.{s}"" = {{ fordeling = ""gamma"", snitt = "&{_tekst(f"{{{foran}null.{s}}}")}&", sd = "&ROUND({sd},0)'
        f'&", begrunnelse = ""{grunn}"" }}"'
    )
    har = f"IFERROR(AND({_fra_historier(foran, s)},ROUND({sd},0)*{{{foran}null.{s}}}>0),0=1)"
    return f'IF({har},{linje},"")'
