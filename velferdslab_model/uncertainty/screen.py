"""The uncertainty as lines on the screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap

from velferdslab_model.base.ord import BRUKERGRUPPER, HVEM
from velferdslab_model.base.tall import kr, tall
from velferdslab_model.parameters.strukturell import OM_STRUKTURELL
from velferdslab_model.uncertainty.analyse import Usikkerhet
from velferdslab_model.uncertainty.foelsomhet import HOVED
from velferdslab_model.uncertainty.gruppeanalyse import Trekninger
from velferdslab_model.uncertainty.setninger import (
    OM_EVALUERING,
    fastsetning,
    flyttesetninger,
    lonnsom,
    svarsetninger,
)

_BREDDE = 100


def som_linjer(u: Usikkerhet) -> Sequence[str]:
    """A digest for the screen, in lines of at most 100 characters."""
    f = u.resultat.forutsetninger
    linjer = [
        f"Usikkerhet: {f.navn}",
        *wrap(
            f"Millioner kroner i {f.prisaar}-priser{f.om_prisaar}. {kr(u.trekninger)} trekninger, frø {u.froe}.",
            _BREDDE,
        ),
    ]
    alle = list(u.grupper.values())
    felles = [s for s in alle[0].forbehold if all(s in a.forbehold for a in alle)]
    like = len({frozenset((p.noekkel, p.basis) for p in a.holdt_fast) for a in alle}) == 1
    for gruppe, a in u.grupper.items():
        linjer += ["", BRUKERGRUPPER[gruppe]]
        realiserbar = a.basis.gruppe.utvidet.realiserbar_andel < 1
        linjer += [*_tabell(a.trekninger, realiserbar)]
        setninger = [*svarsetninger(a), *(s for s in a.forbehold if s not in felles), *flyttesetninger(a)]
        if not like:
            setninger.append(fastsetning(a))
        for setning in setninger:
            linjer += wrap(setning, _BREDDE, initial_indent="  ", subsequent_indent="    ")
    if u.samlet:
        realiserbar = any(a.basis.gruppe.utvidet.realiserbar_andel < 1 for a in alle)
        linjer += ["", "Samlet", *_tabell(u.samlet, realiserbar)]
    sist = [*felles, OM_EVALUERING, OM_STRUKTURELL, *([fastsetning(alle[0])] if like else [])]
    return [*linjer, "", *(linje for setning in sist for linje in wrap(setning, _BREDDE))]


def _tabell(t: Trekninger, realiserbar: bool) -> Iterator[str]:
    """Both analyses side by side. realiserbar: whether what frees budget money differs from what is saved."""
    yield f"{'':40}{'tallenes egen usikkerhet':^36}{'strukturell':^24}".rstrip()
    yield f"{'Netto':30}{'scenariet':>10}{'snitt':>8}{'5–95 %':>16}{'lønnsom':>12}{'snitt':>9}{'lønnsom':>14}"
    for x in t.netto:
        if x == "kommune_realiserbar" and not realiserbar:
            continue  # the same as kommune
        n, annen = t.egen.netto[x], t.strukturell.netto[x]
        spenn = f"{millioner(n.persentiler[1])} – {millioner(n.persentiler[5])}"
        yield (
            f"  {HVEM[x]:28}{millioner(t.basis[x]):>10}{millioner(n.snitt):>8}{spenn:>16}{lonnsom(t.egen, x):>12}"
            f"{millioner(annen.snitt):>9}{lonnsom(t.strukturell, x):>14}"
        )
    if t.sammen is not None:
        par = ", ".join(
            f"{hvem} {lonnsom(t.sammen, x)}" for x, hvem in zip(HOVED, ("budsjettene", "samfunnet"), strict=True)
        )
        yield from wrap(
            f"Lønnsom om suksessratene følger hverandre helt: {par}.",
            _BREDDE,
            initial_indent="  ",
            subsequent_indent="    ",
        )


def millioner(kroner: float) -> str:
    """An amount in millions, with as many decimals as it deserves."""
    return tall(kroner / 1e6, 2 if abs(kroner) < 1e8 else 1)
