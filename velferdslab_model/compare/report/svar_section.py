"""The first part of the page: for each municipality how good, why and how sure, with what to know before it is used."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from velferdslab_model.base.ord import BRUKERGRUPPER, NETTONAVN
from velferdslab_model.base.tall import kr
from velferdslab_model.compare.flagg import OM_FLAGG
from velferdslab_model.compare.kolonner import MAKS_I_FIGUR
from velferdslab_model.compare.sammenligning import Sammenligning
from velferdslab_model.compare.svar import SVARETS_NETTO, Svar, fordeling, samlet, svarene
from velferdslab_model.compare.vurdering import OM_NETTO, OM_TALLET, OM_VURDERING, om_rekkefoelgen, om_usikkerheten
from velferdslab_model.page import svg
from velferdslab_model.page.rendering import bit
from velferdslab_model.page.table import tabell, tallcelle, tekstcelle

_PAKKE = "velferdslab_model.compare.report"


def svardel(s: Sammenligning) -> Markup:
    """The answer of each group, both together, and how it was found, closed."""
    grupper = []
    for gruppe, tittel in BRUKERGRUPPER.items():
        if svar := svarene(s, gruppe):
            grupper.append(
                {
                    "tittel": tittel,
                    "figur": figur(tittel, svar),
                    "svar": svar,
                    "fordeling": _fordeling(s, gruppe),
                    "foelsomhet": om_rekkefoelgen(s, gruppe, SVARETS_NETTO),
                }
            )
    return bit(
        _PAKKE,
        "svar.html",
        om_tallet=OM_TALLET,
        hvorfor_ikke=s.rangeringer.hvorfor_ikke,
        grupper=grupper,
        samlet=_samlet(s) if grupper else None,
        metode=[*om_usikkerheten(s), OM_FLAGG] if grupper else [],
        om_netto=OM_NETTO,
        om_vurdering=OM_VURDERING,
    )


def figur(tittel: str, svar: Sequence[Svar]) -> Markup:
    """The ranking with intervals, the best first."""
    halv = MAKS_I_FIGUR // 2
    vist = list(svar) if len(svar) <= MAKS_I_FIGUR else [*svar[:halv], *svar[-halv:]]
    om = "" if len(vist) == len(svar) else f" De {halv} øverste og de {halv} nederste av {len(svar)}."
    rader = [(v.kommune, (v.rad.persentiler[0], v.rad.forventet, v.rad.persentiler[2])) for v in vist]
    beskrivelse = "; ".join(
        f"{navn} {kr(midt)} kroner, fra {kr(lav)} til {kr(hoey)}" for navn, (lav, midt, hoey) in rader
    )
    return svg.spenn(f"{tittel}: netto samfunn per inntatt, med 5–95 %.{om}", beskrivelse, rader, "1 000 kr")


def _fordeling(s: Sammenligning, gruppe: str) -> str:
    tall = fordeling(s, gruppe)
    if tall is None:
        return ""
    return (
        f"Veid snitt {kr(tall.veid_snitt)} kr, median {kr(tall.median)} kr, kvartiler {kr(tall.nedre_kvartil)} og "
        f"{kr(tall.oevre_kvartil)} kr."
    )


def _samlet(s: Sammenligning) -> Markup:
    rader = [
        [
            tekstcelle(r.kommune),
            tallcelle(r.per_inntatt),
            tallcelle(r.deltakere, "antall"),
            tallcelle(r.budsjett),
            tallcelle(r.samfunn),
        ]
        for r in samlet(s)
    ]
    hode = ["Kommune", "Netto samfunn per inntatt, begge grupper", "Tatt inn", *NETTONAVN.values()]
    return tabell(
        "Samlet: begge grupper, kr. Per inntatt er gruppene vektet som alle som tas inn; resten er summer over perioden",
        hode,
        rader,
    )
