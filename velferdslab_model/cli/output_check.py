"""How the audit of a workbook is printed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap

from velferdslab_model.check.kontrollsvar import KONTROLLERT, Kontrollsvar
from velferdslab_model.cli.output_virkning import BREDDE, bidragslinjer, endringslinjer, kort, virkningslinjer
from velferdslab_model.workbook.audit import Funn

_MAKS_FUNN = 15
_SLAG = {
    "rader": "Rader satt inn eller slettet",
    "beregning": "Hvordan arbeidsboken regner",
    "inndata": "Inndata som ikke kan leses",
    "status": "Rader der Status ikke er OK",
    "versjon": "Eldre versjon",
    "fane": "Faner",
    "navn": "Navn på celler",
    "beskyttelse": "Beskyttelse",
    "formel": "Formler som ikke er programmets",
    "låst celle": "Låste celler med annet innhold",
    "ekstra celle": "Innhold der det ikke skal være noe",
    "lagret tall": "Lagrede tall som ikke følger av inndata",
    "kontroll": "Arbeidsbokens egne kontroller som feiler",
}


def kontrollrapport(k: Kontrollsvar) -> str:
    """The whole audit as lines of at most 100 characters, sources left out of the count."""
    linjer = [f"Kontroll av {k.fil} (velferdslab {k.versjon})", "", *wrap(_konklusjon(k), BREDDE), ""]
    if k.funn:
        linjer += [*_funn(k.funn), ""]
    linjer += [linje for m in k.merknader for linje in wrap(m, BREDDE)]
    linjer += [*endringslinjer(k.endringer, k.mot), ""]
    if k.virkning and k.endringer:
        linjer += [*virkningslinjer(k.virkning), "", *bidragslinjer(k.virkning)]
    return "\n".join(linjer).rstrip()


def _konklusjon(k: Kontrollsvar) -> str:
    antall = len(k.endringer)
    endret = "Ingen inndata avviker" if not antall else f"{antall} inndata avviker"
    fra = f"fra {k.mot}"
    if not k.beloep_sammenlignet:
        endret = f"Beløpene er IKKE sammenlignet (ulike prisår). {endret} ellers"
    if not k.leselig:
        return f"Inndata kan ikke leses. {len(k.funn)} funn må rettes før resultatet kan brukes."
    if not k.funn:
        deler = [del_ for del_ in KONTROLLERT if del_ not in k.ikke_kontrollert]
        if not deler:
            return f"{endret} {fra}. Ingenting annet er kontrollert."
        return (
            f"{endret} {fra}. Ellers er {', '.join(deler[:-1])} og {deler[-1]} som programmet skrev dem. "
            "Formater og figurer er ikke kontrollert."
        )
    return f"{endret} {fra}. {len(k.funn)} funn ellers: bruk ikke tallene før hvert av dem er forklart."


def _funn(funn: Sequence[Funn]) -> Iterator[str]:
    for slag, tittel in _SLAG.items():
        like = [f for f in funn if f.slag == slag]
        if not like:
            continue
        yield f"{tittel} ({len(like)})"
        for f in like[:_MAKS_FUNN]:
            if slag in ("rader", "beregning"):  # a sentence by itself
                yield from wrap(f"{f.sted}: {f.funnet}", BREDDE, initial_indent="  ", subsequent_indent="    ")
                continue
            yield from wrap(
                f"{f.sted}: ventet {kort(f.ventet)}, fant {kort(f.funnet)}",
                BREDDE,
                initial_indent="  ",
                subsequent_indent="    ",
            )
        if len(like) > _MAKS_FUNN:
            yield f"  og {len(like) - _MAKS_FUNN} til; «--format json» viser alle"
