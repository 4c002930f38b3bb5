"""A post of an account that is a number of units of a row of the price catalogue: `katalog = "ID"`."""

from __future__ import annotations

from dataclasses import replace

from velferdslab_model.base.tall import femten_siffer, kr
from velferdslab_model.katalog.hentet import hent_pris, per_enhet
from velferdslab_model.model.array import Array
from velferdslab_model.parameters.katalogvalg import OVERFOERING
from velferdslab_model.parameters.kilder import kilde_av
from velferdslab_model.utenfor.terms import PROFILBELOEP, SLAGENE, Post


def med_katalogpris(post: Post, id_: str, prisaar: int) -> Post | str:
    """The post in kroner, or why not, as the end of a sentence.

    post: units of the row per person at every age; its source is that of the number. prisaar: the account's.
    """
    hentet = hent_pris(id_, prisaar)
    if isinstance(hentet, str):
        return hentet
    # Society's side leaves benefits out and has services in: the wrong word moves money there.
    er_overfoering = hentet.rad.overfoering
    if post.slag == "skatt" or er_overfoering != (post.slag == "ytelse"):
        hva, ventet = (f"en {OVERFOERING}", "ytelse") if er_overfoering else ("ingen overføring", "tjeneste")
        return f'er «{id_}», {hva}, men posten er «{SLAGENE[post.slag].lower()}». Ventet slag = "{ventet}".'
    mal, sml = (_ganget(antall, hentet.pris) for antall in (post.maalgruppe, post.sammenligning))
    if not all(PROFILBELOEP.er_lovlig(float(kroner)) for kroner in (*mal, *sml)):
        return f"er «{id_}», og {kr(hentet.pris)} kr ganger antallet blir for mye, ventet {PROFILBELOEP.ventet}."
    kilde = kilde_av(f"{post.kilde}. Enhetspris: {per_enhet(hentet)}, {hentet.kilde.removeprefix('kilde: ')}")
    return replace(post, maalgruppe=mal, sammenligning=sml, kilde=kilde)


def _ganget(antall: Array, pris: float) -> Array:
    """Excel keeps 15 digits; so do all numbers here."""
    ut: Array = (antall * pris).copy()
    for i, kroner in enumerate(ut):
        ut[i] = femten_siffer(kroner)
    return ut
