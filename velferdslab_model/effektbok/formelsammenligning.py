"""The formulas of a workbook held against the program's own, cheaply enough to be done wherever a workbook is read.

The formulas of the seven tabs are the same whatever the inputs, so they are planned once; two spellings that have been found
to say the same are remembered, because a program spells the formulas of many workbooks alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache, lru_cache

from velferdslab_model.effektbok.assembly import planlegg
from velferdslab_model.effektbok.tabs import faner_i
from velferdslab_model.effektbok.tilleggsfane import Tilleggsfane
from velferdslab_model.parameters.loading import les_toml
from velferdslab_model.parameters.prisaar import regn_om
from velferdslab_model.results import Resultat, beregn
from velferdslab_model.workbook.comparing import arknavn, lik_formel
from velferdslab_model.workbook.kind import EFFEKTMODELL
from velferdslab_model.workbook.opening import Innhold
from velferdslab_model.workbook.plan import Bok

#: Sist brukt is a formula like any other; its date is not compared.
_DATO = date(2000, 1, 1)
#: Longer formulas are none of ours, and are not remembered.
_MAKS_HUSKET = 2_000

#: Sheet -> address -> formula; what somebody may type over is left out.
Arkformler = Mapping[str, Mapping[str, str]]


def endrede_formler(innhold: Innhold, resultat: Resultat) -> Iterator[tuple[str, str]]:
    """Sheet and address, as in the file, of every formula that is gone or says something else than the program's.

    resultat: of its inputs. Tabs that are gone are left out, and those on request whose rows follow what stood in the
    workbook when it was made. A file of another format has other formulas, and nothing is said of it.
    """
    if innhold.format != EFFEKTMODELL.format:
        return
    ekstra, _, _ = faner_i(innhold, resultat)
    bok, ventet = _med_faner(resultat, ekstra) if ekstra else _de_sju()
    titler = arknavn(bok, innhold)
    omdoept = {fra: til for fra, til in titler.items() if fra != til}
    for ark, formler in ventet.items():
        if ark not in titler:
            continue
        tittel = titler[ark]
        funnet = innhold.formler.formler[tittel]
        for adresse, formel in formler.items():
            deres = funnet.get(adresse)
            if deres != formel and (deres is None or not _lik(formel, deres, omdoept)):
                yield tittel, adresse


@cache
def _de_sju() -> tuple[Bok, Arkformler]:
    return _med_faner(beregn(regn_om(les_toml())), ())


def _med_faner(resultat: Resultat, ekstra: list[Tilleggsfane] | tuple[()]) -> tuple[Bok, Arkformler]:
    bok = planlegg(resultat, _DATO, ekstra)
    return bok, {
        ark.navn: {c.adresse: c.formel for c in ark.celler() if c.formel is not None and not c.er_inndata}
        for ark in bok.ark
    }


def _lik(ventet: str, funnet: str, omdoept: Mapping[str, str]) -> bool:
    if omdoept or len(funnet) > _MAKS_HUSKET:
        return lik_formel(ventet, funnet, omdoept)
    return _husket_lik(ventet, funnet)


@lru_cache(maxsize=20_000)
def _husket_lik(ventet: str, funnet: str) -> bool:
    return lik_formel(ventet, funnet, {})
