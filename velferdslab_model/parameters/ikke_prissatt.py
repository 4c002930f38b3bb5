"""Effects without a price: the pluss-minus scale of DFØ's guide, and how a scenario gives them.

Betydning (importance) and omfang (extent) together give a consequence from four minuses to four pluses. The guide draws
that as a matrix; reading it as the sum of the two steps is ours (antakelse).
"""

from __future__ import annotations

from typing import Any

from velferdslab_model.base.tall import MINUS
from velferdslab_model.parameters.typer import BETYDNING, OMFANG, IkkePrissatt
from velferdslab_model.parameters.validation import Feilliste, vis

MAKS_IKKE_PRISSATT = 12
_FELT = ("virkning", "hvem", "betydning", "omfang", "begrunnelse")
_MAKS_TEKST = 1000


def konsekvens(betydning: str, omfang: str) -> str:
    """«++» for a middle-sized effect of middle importance; empty when one of the two is not given."""
    if not (betydning and omfang):
        return ""
    styrke = OMFANG.index(omfang) - OMFANG.index("intet")
    if styrke == 0:
        return "0"
    trinn = BETYDNING.index(betydning) + abs(styrke) - 1
    return ("+" if styrke > 0 else MINUS) * trinn or "0"


def les_ikke_prissatt(feil: Feilliste, verdi: Any) -> tuple[IkkePrissatt, ...]:
    """The effects of a scenario; every fault goes to feil. An empty entry is an empty line of the workbook's tab."""
    sted = "ikke_prissatt"
    if not isinstance(verdi, list):
        feil.meld(sted, f"er {vis(verdi)}, ventet virkninger skrevet som [[{sted}]].")
        return ()
    if len(verdi) > MAKS_IKKE_PRISSATT:
        feil.meld(sted, f"har {len(verdi)} virkninger, ventet høyst {MAKS_IKKE_PRISSATT}.")
    return tuple(_en(feil, f"{sted}[{nummer}]", raa) for nummer, raa in enumerate(verdi, start=1))


def _en(feil: Feilliste, sted: str, raa: Any) -> IkkePrissatt:
    tabell = dict.fromkeys(_FELT, "") | feil.tabell(sted, raa, _FELT)
    tekster = {
        navn: feil.tekst(f"{sted}.{navn}", tabell[navn], _MAKS_TEKST, tom_er_lovlig=True) or ""
        for navn in ("virkning", "hvem", "begrunnelse")
    }
    ordene = {
        navn: feil.ord_fra(f"{sted}.{navn}", tabell[navn], lovlige, tom_er_lovlig=True) or ""
        for navn, lovlige in (("betydning", BETYDNING), ("omfang", OMFANG))
    }
    return IkkePrissatt(**tekster, **ordene)
