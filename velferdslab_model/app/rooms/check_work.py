"""The audit of a file somebody edited, as a page."""

from __future__ import annotations

from velferdslab_model.app.answers import antakelsesliste, avsnittene, endringstabell, virkningstabeller
from velferdslab_model.app.cases import Arbeidsordre, Saksvar
from velferdslab_model.app.grounds import grunnlaget, kreves
from velferdslab_model.app.room import PAKKE
from velferdslab_model.check.kontroll import kontroller
from velferdslab_model.check.kontrollsvar import Kontrollsvar
from velferdslab_model.check.sentences import FUNNSLAG, SETNINGER, konklusjon
from velferdslab_model.endringer.showing import kort
from velferdslab_model.page.rendering import bit

_MAKS_FUNN = 100
_OM_KILDER = "Hvilke tall som er antakelser, står i filen, ved hvert tall."


def regn_kontroll(ordre: Arbeidsordre) -> Saksvar:
    """What was changed, what it did, and what else is not as it should be."""
    fil = kreves(ordre, "fil", "en arbeidsbok eller en prisliste")
    mot, _ = grunnlaget(ordre)
    k = kontroller(fil, mot)
    scenario = (
        (str(fil), f"{k.forutsetninger.navn}, {fil.name}") if k.forutsetninger and k.slag == "effektmodell" else None
    )
    return Saksvar(str(_rapport(k)), konklusjon(k), scenario=scenario)


def _rapport(k: Kontrollsvar) -> str:
    funn = []
    for slag, tittel in FUNNSLAG.items():
        like = [f for f in k.funn if f.slag == slag]
        if like:
            linjer = [
                f"{f.sted}: {f.funnet}"
                if slag in SETNINGER
                else f"{f.sted}: ventet {kort(f.ventet)}, fant {kort(f.funnet)}"
                for f in like[:_MAKS_FUNN]
            ]
            funn.append((tittel, len(like), linjer))
    return str(
        bit(
            PAKKE,
            "kontrollsvar.html",
            fil=k.fil,
            versjon=k.versjon,
            konklusjon=konklusjon(k),
            funn=funn,
            merknader=avsnittene([*k.merknader, *k.om_prisene]),
            endringer=endringstabell(f"Inndata som avviker fra {k.mot}", k.endringer) if k.endringer else "",
            virkning=virkningstabeller(k.virkning) if k.virkning and k.endringer else "",
            antakelser=antakelsesliste(k.forutsetninger) if k.forutsetninger else avsnittene([_OM_KILDER]),
        )
    )
