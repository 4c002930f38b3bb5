"""The audit of the tab «Forutsetninger»: does each line still show what stands where it points?

Its lines follow the tiltak there were when the file was made, and show text as it stands in the cells. So the stored
values are compared with the cells they point at, not with the plan for the present inputs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from velferdslab_model.effektbok.register_tab import KILDE, OPPHAV, STANDARD, VERDI
from velferdslab_model.parameters.katalogvalg import FRA_EGEN_KATALOG, FRA_KATALOGEN
from velferdslab_model.register import ENDRET
from velferdslab_model.workbook.audit import Funn
from velferdslab_model.workbook.comparing import er_lik
from velferdslab_model.workbook.opening import Innhold
from velferdslab_model.workbook.plan import Ark, Celle

_STED = r"(?:'[^']+'!)?[A-Za-z_0-9$]+"
_PEKER = re.compile(rf'^=IF\(({_STED})="",(""|0|{_STED}),\1\)$')


def pekerfunn(register: Ark, innhold: Innhold) -> Iterator[Funn]:
    """Stored values and origins of the register that do not follow from the cells. register: the planned tab."""
    verdier = innhold.verdier[register.navn]
    for celle in register.celler():
        peker = _PEKER.match(celle.formel or "")
        if celle.kol in (VERDI, KILDE) and peker:
            ventet, funnet = _pekes_paa(peker[1], innhold), verdier.get(celle.adresse)
            if ventet is None and peker[2] != '""':
                ventet = 0.0 if peker[2] == "0" else _pekes_paa(peker[2], innhold)
            if not er_lik(ventet, funnet):
                yield Funn("lagret tall", f"{register.navn}!{celle.adresse}", str(ventet), str(funnet))
        if celle.kol == OPPHAV and celle.formel:
            verdi, standard = (verdier.get(Celle(celle.rad, kol, None, "").adresse) for kol in (VERDI, STANDARD))
            er_endret = verdi is not None and not er_lik(standard, verdi)
            if er_endret and not str(verdier.get(celle.adresse)).startswith((ENDRET, FRA_KATALOGEN, FRA_EGEN_KATALOG)):
                yield Funn("lagret tall", f"{register.navn}!{celle.adresse}", ENDRET, str(verdier.get(celle.adresse)))


def _pekes_paa(sted: str, innhold: Innhold) -> float | str | None:
    """The stored value of a cell given by name or by sheet and address."""
    ark, _, adresse = sted.rpartition("!")
    if ark:
        verdi = innhold.verdier.get(ark.strip("'"), {}).get(adresse.replace("$", ""))
    else:
        omraade = innhold.omraade(sted)
        verdi = innhold.verdier[omraade.ark].get(omraade.adresse) if omraade else None
    return verdi if isinstance(verdi, float | int | str) else None
