"""A post of an account that is a number of units of a row of the price catalogue: `katalog = "ID"`."""

from __future__ import annotations

from dataclasses import replace

from velferdslab_model.base.tall import kr, tall
from velferdslab_model.katalog.omregning import i_prisaar
from velferdslab_model.model.array import Array
from velferdslab_model.parameters.katalogvalg import OVERFOERING
from velferdslab_model.parameters.kilder import kilde_av
from velferdslab_model.parameters.priskatalog import GRADER, GRUNNBELOEP, finn_rad, innebygd_katalog
from velferdslab_model.utenfor.terms import PROFILBELOEP, SLAGENE, Post


def med_katalogpris(post: Post, id_: str, prisaar: int) -> Post | str:
    """The post in kroner, or why not, as the end of a sentence.

    post: units of the row per person at every age; its source is that of the number. prisaar: the account's, which the row is
    brought to by its own index, in whole kroner.
    """
    katalog = innebygd_katalog()
    rad = finn_rad(katalog, id_)
    if isinstance(rad, str):
        return rad
    if rad.serie == GRUNNBELOEP:
        return f"er «{id_}», grunnbeløpet i folketrygden: et regnegrunnlag for stønader, som ingen betaler. Velg stønaden selv."
    # Society's side leaves benefits out and has services in: the wrong word moves money there.
    if post.slag == "skatt" or rad.overfoering != (post.slag == "ytelse"):
        hva, ventet = (f"en {OVERFOERING}", "ytelse") if rad.overfoering else ("ingen overføring", "tjeneste")
        return f'er «{id_}», {hva}, men posten er «{SLAGENE[post.slag].lower()}». Ventet slag = "{ventet}".'
    omregnet = i_prisaar(rad, prisaar, katalog)
    if omregnet.beloep is None:
        return f"er «{id_}», {omregnet.hvordan}. Oppgi beløpene i kroner i stedet."
    pris = float(round(omregnet.beloep))
    mal, sml = (_ganget(antall, pris) for antall in (post.maalgruppe, post.sammenligning))
    if not all(PROFILBELOEP.er_lovlig(float(kroner)) for kroner in (*mal, *sml)):
        return f"er «{id_}», og {kr(pris)} kr ganger antallet blir for mye, ventet {PROFILBELOEP.ventet}."
    deler = [f"grad {rad.grad}: {GRADER[rad.grad]}", rad.slag, rad.aarstekst]
    if omregnet.hvordan:
        deler.append(f"{tall(rad.beloep, 2)} kr, regnet om {omregnet.hvordan}")
    if rad.overfoering:
        deler.append(OVERFOERING)
    kilde = f"{post.kilde}. Enhetspris: {kr(pris)} kr per {rad.enhet}, priskatalogen, {id_} ({'; '.join(deler)}): {rad.kilde}. {rad.forbehold}"
    return replace(post, maalgruppe=mal, sammenligning=sml, kilde=kilde_av(kilde))


def _ganget(antall: Array, pris: float) -> Array:
    """Excel keeps 15 digits; so do all numbers here."""
    ut: Array = (antall * pris).copy()
    for i, kroner in enumerate(ut):
        ut[i] = float(f"{kroner:.15g}")
    return ut
