"""The uncertainty as lines on the screen."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap

from velferdslab_model.base.ord import BRUKERGRUPPER, HVEM
from velferdslab_model.base.tall import kr, prosent, tall
from velferdslab_model.model.aarsserier import NETTO
from velferdslab_model.uncertainty.analyse import Gruppeanalyse, Usikkerhet
from velferdslab_model.uncertainty.setninger import flyttesetninger, tallnavn


def som_linjer(u: Usikkerhet) -> Sequence[str]:
    """A digest for the screen, in lines of at most 100 characters."""
    f = u.resultat.forutsetninger
    antall = kr(u.trekninger)
    linjer = [
        f"Usikkerhet: {f.navn}",
        *wrap(f"Millioner kroner i {f.prisaar}-priser{f.om_prisaar}. {antall} trekninger, frø {u.froe}.", 100),
    ]
    alle = list(u.grupper.values())
    felles = [s for s in alle[0].forbehold if all(s in a.forbehold for a in alle)]
    for gruppe, a in u.grupper.items():
        linjer += ["", BRUKERGRUPPER[gruppe]]
        linjer.append(f"{'Netto':32}{'scenariet':>12}{'snitt':>12}{'5 %':>12}{'95 %':>12}{'lønnsom':>12}")
        for x in NETTO:
            if x == "kommune_realiserbar" and a.basis.gruppe.utvidet.realiserbar_andel == 1:
                continue  # the same as kommune
            n = a.montecarlo.netto[x]
            verdier = (a.basis.sum[f"netto_{x}"], n.snitt, n.persentiler[1], n.persentiler[5])
            mill = "".join(f"{tall(v / 1e6, 2):>12}" for v in verdier)
            linjer.append(f"  {HVEM[x]:30}{mill}{prosent(n.p_positiv, 1):>12}")
        setninger = [*flyttesetninger(a), *(s for s in a.forbehold if s not in felles)]
        setninger += [f"Usikkerhet i budsjettene: {_viktigst(a)}"] if a.montecarlo.fordelinger else []
        for setning in setninger:
            linjer += wrap(setning, 100, initial_indent="  ", subsequent_indent="    ")
    return [*linjer, "", *(linje for setning in felles for linje in wrap(setning, 100))]


def _viktigst(a: Gruppeanalyse) -> str:
    stoerst = sorted(a.sobol["budsjett"].total.items(), key=lambda par: -par[1])[:2]
    return ", ".join(f"{tallnavn(a, n)} {prosent(v, 0)}" for n, v in stoerst) + "."
