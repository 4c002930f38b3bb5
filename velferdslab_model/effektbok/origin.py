"""What a workbook of the effect model was made with, kept in the file.

So a reader knows which numbers were changed since, which source belongs to which number, and the user's price indices.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import replace

from velferdslab_model.base.celleverdi import Feilverdi
from velferdslab_model.errors import VelferdslabError
from velferdslab_model.parameters.felt import PRISAAR
from velferdslab_model.parameters.indekser import INDEKSER, nivaaer
from velferdslab_model.parameters.loading import fra_toml
from velferdslab_model.parameters.priskatalog import fra_katalogfiler, som_katalogfiler
from velferdslab_model.parameters.typer import Forutsetninger
from velferdslab_model.parameters.writing import som_toml
from velferdslab_model.workbook.opening import Innhold
from velferdslab_model.workbook.origin import pakk_tekst, pakk_ut_tekst

#: What version 0.2 wrote of a conversion without the municipality's own index, and the last year of its built-in KPI.
KPI_STOD_INN, _SISTE_KPI = "Antakelse: KPI står inn for", 2024


def pakk(f: Forutsetninger) -> dict[str, str]:
    """The assumptions as document properties, with the municipality's own rows of the price catalogue where there are some."""
    egne = [som_katalogfiler(f.egne_priser)] if f.egne_priser else []
    return pakk_tekst(json.dumps([som_toml(f, "arbeidsboken"), f.omregning, *egne], ensure_ascii=False))


def pakk_ut(egenskaper: Mapping[str, object]) -> Forutsetninger | None:
    """The assumptions a file was made with; None for an earlier format, or when the properties are gone or broken."""
    tekst = pakk_ut_tekst(egenskaper)
    if tekst is None:
        return None
    try:
        toml, omregning, *egne = json.loads(tekst)
        f = replace(fra_toml(tomllib.loads(toml), "arbeidsboken", "arbeidsboken"), omregning=str(omregning))
        f = replace(f, egne_priser=fra_katalogfiler(dict(egne[0])) if egne else {})
        return replace(f, indekser=_med_kpi_som_stod_inn(f))
    except (ValueError, TypeError, AttributeError, RecursionError, VelferdslabError):
        return None


def _med_kpi_som_stod_inn(f: Forutsetninger) -> dict[str, Mapping[int, float]]:
    """The indices of a file, where an earlier version let consumer prices stand in for one that was not given: those.

    So the amounts of such a file are still compared with what they were made from.
    """
    _, staar_inn, hvilke = f.omregning.partition(KPI_STOD_INN)
    ut = dict(f.indekser)
    if staar_inn:
        kpi = {aar: n for aar, n in nivaaer("kpi", f.indekser.get("kpi", {})).items() if aar <= _SISTE_KPI}
        ut |= {indeks: kpi for indeks in INDEKSER if indeks in hvilke and indeks not in ut}
    return ut


def etter_cellene(innhold: Innhold, f: Forutsetninger) -> Forutsetninger:
    """What a file was made with as far as its locked cells tell, when its properties do not: price year and conversion.

    f: what it holds now, which the rest is taken to be.
    """
    aar, omregning = innhold.verdi("prisaar_da_laget"), innhold.verdi("omregning")
    return replace(
        f,
        prisaar=aar if isinstance(aar, int) and PRISAAR.er_lovlig(aar) else f.prisaar,
        omregning=omregning if isinstance(omregning, str) and not isinstance(omregning, Feilverdi) else "",
    )
