"""What a scenario put in the place of the contract's own terms, when the file was made."""

from __future__ import annotations

from velferdslab_model.contract.tabs.gamle_tall import farg, merk
from velferdslab_model.contract.tabs.grunnlag import Grunnlag
from velferdslab_model.contract.words import FRA_SCENARIO
from velferdslab_model.workbook.plan import Ark, Verdi

ERSTATTET = "Fra scenarioet"


def erstattetark(ark: Ark, g: Grunnlag) -> None:
    """Plan the tab."""
    ark.kolonnebredder += [(0, 0, 40), (1, 1, 24), (2, 3, 18), (4, 4, 2), (5, 5, 100)]
    ark.siste_kolonne, ark.skalering, ark.sider_bredt, ark.laas_ruter = 5, 60, 1, (3, 1)
    ark.formel(0, 0, f'="{FRA_SCENARIO}: "&TRIM({{navn}})', f"{FRA_SCENARIO}: {g.v.navn}", "tittel")
    merk(ark, g, 1, 0, "alt", 5)
    for kol, tekst in enumerate(("Vilkår", "Enhet", "Sto i kontrakten", "Satt inn", "", "Kilde")):
        ark.tekst(2, kol, tekst, "hode" if kol else "hode_v")
    for rad, e in enumerate(g.laget.avtalt.vilkaar.erstattet, start=3):
        ark.tekst(rad, 0, e.tekst, "etikett")
        ark.tekst(rad, 1, e.enhet, "enhet")
        foer: Verdi = "ikke oppgitt" if e.foer is None else e.foer
        for kol, verdi in ((2, foer), (3, e.etter)):
            stil = "andel" if e.enhet == "andel" else "kr" if e.enhet.startswith("kr") else "heltall"
            ark.fast(rad, kol, verdi, "tilbake" if isinstance(verdi, str) else stil)
        ark.tekst(rad, 5, e.kilde, "tekst_bryt")
        ark.radhoeyder[rad] = 15.0 * (1 + len(e.kilde) // 130)
    farg(ark, 3, 0, ark.siste_rad, 5, "alt")
