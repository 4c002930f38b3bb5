"""The inputs of an account as cells: the register of its terms, and what the cells of its profile are called."""

from __future__ import annotations

from velferdslab_model.parameters.kilder import UTEN_KILDE
from velferdslab_model.utenfor.terms import FELTENE, FORVALTNINGSNIVAAER, Utenforvilkaar
from velferdslab_model.workbook.inputs import Inndata

VILKAARSREGISTER = "vilkaar"


def vilkaarsfelt(v: Utenforvilkaar) -> list[Inndata]:
    """Every term with its number and source, in the order of the table."""
    verdier = {n: getattr(v, n) for n in FELTENE if "." not in n} | {
        f"kostnad.{n}": v.kostnad[n] for n in FORVALTNINGSNIVAAER
    }
    return [Inndata(felt, float(verdier[n]), v.kilder.get(n, UTEN_KILDE)) for n, felt in FELTENE.items()]


def postnavn(nummer: int, del_: str) -> str:
    """Name of what stands of a post, from 1, in the profile: post_1_maalgruppe."""
    return f"post_{nummer}_{del_}"
