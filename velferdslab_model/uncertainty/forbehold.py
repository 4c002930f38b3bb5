"""What a reader of the uncertainty must know about a group: what was assumed, and what looks wrong."""

from __future__ import annotations

import numpy as np

from velferdslab_model.base.tall import antall, prosent, tall
from velferdslab_model.parameters.typer import Brukergruppe
from velferdslab_model.parameters.usikkerhet import FORAN, TIMESATS, fordelinger
from velferdslab_model.register import om_kommunal_andel
from velferdslab_model.uncertainty.foelsomhet import ENDER
from velferdslab_model.uncertainty.parametre import Parameter, parametre
from velferdslab_model.uncertainty.trekking import kvantil

#: Common factor -> what is certain when one of its numbers has a distribution of its own.
_SIKRE = {
    "priser": "Prisene uten egen fordeling regnes som sikre, fordi minst én pris har sin egen.",
    "nullalternativ": (
        "Nullalternativet i de andre situasjonene regnes som sikkert, fordi minst ett har sin egen fordeling; det som regnes ut "
        "fra utsatt, følger med utsatt."
    ),
}


def forbehold(g: Brukergruppe) -> list[str]:
    """The sentences, the same for every presentation."""
    usikre = fordelinger(g)
    ut = ["Antakelse: de usikre tallene trekkes uavhengig av hverandre; alle andre tall er som i scenariet."]
    ut += [om_kommunal_andel([g])]
    if any(n.startswith(("nullalternativ", TIMESATS)) for n in usikre):
        ut.append(
            "Tall som regnes ut av andre, følger dem trekning for trekning: nullalternativet for uholdbar og stabil følger utsatt, "
            "og en pris følger sin felles timesats, til de får en egen fordeling."
        )
    ut += [
        tekst
        for faktor, tekst in _SIKRE.items()
        if faktor not in usikre and any(n.startswith(FORAN[faktor]) for n in usikre)
    ]
    for p in parametre(g):
        if p.fordeling is not None:
            lav, hoey = kvantil(p.fordeling, np.array(ENDER)).tolist()
            if not lav <= p.basis <= hoey:
                ut.append(
                    f"OBS: {p.navn} er {_vist(p, p.basis)} i scenariet, utenfor {tall(ENDER[0] * 100)}–{prosent(ENDER[1], 0)} av "
                    f"fordelingen ({_vist(p, lav)} til {_vist(p, hoey)}). Svaret for scenariet og snittet av trekningene "
                    "gjelder da to ulike ting."
                )
    return ut


def _vist(p: Parameter, verdi: float) -> str:
    """A value of a number, in per cent when it is a share."""
    return f"{antall(verdi * 100)}\u00a0%" if p.andel else antall(verdi)
