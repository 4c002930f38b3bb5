"""The inputs of the set, and the null costs that follow the histories until somebody types them; lists and constants."""

from __future__ import annotations

from velferdslab_model.base.ord import SITUASJONSNAVN
from velferdslab_model.personas.analysis import Personaanalyse
from velferdslab_model.personas.block import ANDELSSKALA
from velferdslab_model.personas.inputs import SETTREGISTER, settregister
from velferdslab_model.personas.terms import HISTORIEBETALERE, JA_ELLER_NEI, KONTAKT, MAKS_HENDELSE, TELLES
from velferdslab_model.workbook.constants import FASTE, Konstant, plasser_konstanter, plasser_ordliste
from velferdslab_model.workbook.inputs import Kolonner, register
from velferdslab_model.workbook.plan import Ark

PERSONAVILKAAR = "Vilkår"
_K = Kolonner(tekst=0, enhet=1, verdi=2, minst=3, mest=4, status=5, kontrolltall=6, kilde=7)
_BREDDER = (44, 12, 17, 11, 14, 12, 12, 70)
_TEGN = 78
#: The variance within a persona that is told twice, uniform from best to worst: 2/3 of the sum of squares about its middle.
INNENFOR = 2 / 3
_EGNE = (
    Konstant("maks_hendelse", "Flest tegn i det som hender", "tegn", float(MAKS_HENDELSE), "desimal"),
    Konstant("maks_kontakt", "Flest møter, telefoner eller e-poster i et år", "antall", KONTAKT.mest, "desimal"),
    Konstant("innenfor", "Jevnt mellom beste og verste utfall: del av kvadratene", "tall", INNENFOR, "desimal"),
    Konstant("halv", "Kvadratrot er å opphøye i", "tall", 0.5, "desimal"),
    Konstant("andelsskala", "Deler av en andel i blokken", "antall", ANDELSSKALA, "desimal"),
)


def personavilkaarsark(ark: Ark, a: Personaanalyse) -> None:
    """Plan the tab."""
    ark.kolonnebredder += [(kol, kol, bredde) for kol, bredde in enumerate(_BREDDER)]
    ark.siste_kolonne, ark.skalering, ark.laas_ruter, ark.sider_bredt = 7, 60, (2, 0), 1
    ark.tekst(0, 0, "Vilkår", "tittel")
    ark.tekst(
        1,
        0,
        "De gule cellene kan endres. En nullkostnad følger historiene til du skriver et eget tall i cellen.",
        "dempet",
    )
    rad = register(ark, 3, _K, SETTREGISTER, list(settregister(a)), tegn_i_kilde=_TEGN)
    ark.tekst(rad + 1, 0, "Faste verdier (låst)", "overskrift", 7)
    rad = plasser_konstanter(ark, rad + 2, (*FASTE.values(), *_EGNE))
    ark.tekst(rad, 0, "Prisår", "etikett")
    ark.tekst(rad, 1, "årstall", "enhet")
    ark.verdi("prisaar", rad, 2, float(a.sett.prisaar), "aar", navn="prisaar")
    rad = plasser_ordliste(ark, rad + 1, TELLES.liste, "Ja eller nei", JA_ELLER_NEI)
    rad = plasser_ordliste(ark, rad, "liste_ja_nei", "Overføring, og frigjør budsjettmidler", JA_ELLER_NEI)
    rad = plasser_ordliste(ark, rad, "liste_betaler", "Hvem som betaler", HISTORIEBETALERE)
    rad = plasser_ordliste(ark, rad, "liste_situasjon", "Livssituasjoner", list(SITUASJONSNAVN.values()))
    ark.tekst(rad, 0, "Overføringer telles", "etikett")
    ark.tekst(rad, 1, "0 / 1", "enhet")
    mal = f"=IF({{{TELLES.navn}}}={{ord_ja}},1,0)"
    ark.formel(rad, 2, mal, 1.0 if a.sett.med_overfoeringer else 0.0, "heltall", "teller_overf")
    ark.tekst(rad + 1, 0, "Ordet for ja", "etikett")
    ark.tekst(rad + 1, 1, "tekst", "enhet")
    ark.verdi("ord_ja", rad + 1, 2, JA_ELLER_NEI[0], "tekst")
