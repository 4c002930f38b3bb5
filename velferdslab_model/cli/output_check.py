"""How the audit of a workbook is printed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap

from velferdslab_model.check.kontrollsvar import Kontrollsvar
from velferdslab_model.check.sentences import FUNNSLAG, SETNINGER, konklusjon
from velferdslab_model.cli.output_virkning import BREDDE, bidragslinjer, endringslinjer, virkningslinjer
from velferdslab_model.endringer.showing import kort
from velferdslab_model.workbook.audit import LOVLIG, Funn

_MAKS_FUNN = 15


def kontrollrapport(k: Kontrollsvar) -> str:
    """The whole audit as lines of at most 100 characters, sources left out of the count."""
    linjer = [f"Kontroll av {k.fil} (velferdslab {k.versjon})", "", *wrap(konklusjon(k), BREDDE), ""]
    if k.funn:
        linjer += [*_funn(k.funn), ""]
    linjer += [linje for m in (*k.merknader, *k.om_prisene) for linje in wrap(m, BREDDE)]
    linjer += [*endringslinjer(k.endringer, k.mot), ""]
    if k.virkning and k.endringer:
        linjer += [*virkningslinjer(k.virkning), "", *bidragslinjer(k.virkning)]
    return "\n".join(linjer).rstrip()


def _funn(funn: Sequence[Funn]) -> Iterator[str]:
    for slag, tittel in FUNNSLAG.items():
        like = [f for f in funn if f.slag == slag]
        if not like:
            continue
        yield f"{tittel} ({len(like)})"
        for f in like[:_MAKS_FUNN]:
            if slag in SETNINGER or f.ventet == LOVLIG:  # a sentence by itself
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
