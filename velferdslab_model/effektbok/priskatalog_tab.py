"""The tab «Priskatalog»: each price of the workbook, live, beside the published figures nearest to it."""

from __future__ import annotations

import math

from velferdslab_model.base.ord import ANTAKELSE
from velferdslab_model.effektbok.grupper import GRUPPER
from velferdslab_model.effektbok.tilleggsfane import Tilleggsfane
from velferdslab_model.katalog.rader import Kataloglinje, kataloglinjer
from velferdslab_model.parameters.katalogvalg import FORAN_VALGT
from velferdslab_model.parameters.priskatalog import GRADER, katalogen
from velferdslab_model.results import Resultat
from velferdslab_model.workbook.plan import Ark

_NAVN = "Priskatalog"
_HODE = 4
#: Heading, width. The price, its origin and the distance are formulas; the published figures are fixed when the tab is made.
_KOLONNER = (
    ("Gruppe", 12),
    ("Tiltak", 36),
    ("Pris", 11),
    ("Prisens opphav", 16),
    ("Publisert, omregnet", 12),
    ("Nærmeste publiserte tall", 46),
    ("Grad", 6),
    ("Prisen ligger over (+) eller under (-)", 15),
    ("Som mål på prisen", 16),
    ("Hvorfor dette tallet", 52),
    ("Id i katalogen", 36),
)
_GRUPPE, _TILTAK, _PRIS, _OPPHAV, _PUBLISERT, _HVA, _GRAD, _AVVIK, _VURDERING, _HVORFOR, _ID = range(len(_KOLONNER))
_TEGN_PER_LINJE, _LINJE_PT = 1.3, 12.0
_OM = (
    "Publiserte norske priser ved siden av prisene i arbeidsboken, omregnet til samme prisår. De brukes ikke i noen beregning. "
    "Velg en med katalog = \"ID\" i scenariofilen, eller i prislisten."
)  # fmt: skip


def _ark(ark: Ark, resultat: Resultat) -> None:
    f = resultat.forutsetninger
    tiltak = {gruppe: [(t, f.prisaar) for t in g.tiltak] for gruppe, g in f.grupper.items()}
    linjer = kataloglinjer(tiltak, katalogen(f.egne_priser), f.indekser)
    ark.kolonnebredder += [(kol, kol, bredde) for kol, (_, bredde) in enumerate(_KOLONNER)]
    ark.siste_kolonne, ark.sider_bredt = len(_KOLONNER) - 1, 1
    ark.radhoeyder |= {0: 23, _HODE: 42}
    ark.laas_ruter, ark.gjentatte_rader = (_HODE + 1, _TILTAK + 1), (_HODE, _HODE)
    ark.formel(0, 0, f'="{_NAVN}: "&TRIM({{navn}})', f"{_NAVN}: {f.navn}", "tittel")
    ark.tekst(1, 0, _OM, "dempet")
    ark.formel(2, 0, "={prisaartekst}", ark.bok.tekster["prisaartekst"], "dempet")
    ark.tekst(3, 0, f"Grad {', '.join(f'{grad}: {betyr}' for grad, betyr in GRADER.items())}.", "dempet")
    for kol, (tekst, _) in enumerate(_KOLONNER):
        ark.tekst(_HODE, kol, tekst, "hode" if kol in (_PRIS, _PUBLISERT, _AVVIK) else "hode_v")
    for rad, linje in enumerate(linjer, start=_HODE + 1):
        _linje(ark, rad, linje)
    siste = _HODE + len(linjer)
    ark.filter = (_HODE, 0, siste, len(_KOLONNER) - 1)
    for kriterium, grense in ((">", 0.25), ("<", -0.25)):
        regel = {"type": "cell", "criteria": kriterium, "value": grense}
        ark.betingede.append((_HODE + 1, _AVVIK, siste, _AVVIK, regel, "cf_endret"))


def _linje(ark: Ark, rad: int, linje: Kataloglinje) -> None:
    prefiks, avstand = GRUPPER[linje.gruppe][0], linje.avstand
    sted = f"MATCH($B{rad + 1},{{{prefiks}.tiltak_navn:}},0)"
    ark.tekst(rad, _GRUPPE, linje.gruppenavn, "bryt")
    ark.tekst(rad, _TILTAK, linje.tiltak.navn, "bryt")
    pris = f"INDEX({{{prefiks}.tiltak_enhetskostnad:}},{sted})"
    ark.formel(rad, _PRIS, f'=IFERROR(IF({pris}="","",{pris}),"")', linje.tiltak.enhetskostnad, "kroner_oere")
    kilde = f"INDEX({{{prefiks}.tiltak_kilde:}},{sted})"
    er = f'OR({kilde}="",LEFT({kilde},LEN({{ord_antakelse}}))={{ord_antakelse}})'
    fra = f'LEFT({kilde},LEN("{FORAN_VALGT}"))="{FORAN_VALGT}"'
    mal = f'=IFERROR(IF({er},{{ord_antakelse}},IF({fra},"fra katalogen","oppgitt kilde")),"")'
    ark.formel(rad, _OPPHAV, mal, _opphav(linje), "bryt")
    publisert = avstand.publisert if avstand else None
    ark.fast(rad, _PUBLISERT, publisert, "kroner_oere")
    ark.tekst(rad, _HVA, linje.publisert, "bryt")
    ark.tekst(rad, _GRAD, avstand.rad.grad if avstand and avstand.rad else "", "status")
    c, e = f"C{rad + 1}", f"E{rad + 1}"
    # The published figures were brought to the price year the file was made in.
    mal = f'=IF(OR({c}="",{e}="",{{prisaar}}<>{{prisaar_da_laget}}),"",{c}/{e}-1)'
    ark.formel(rad, _AVVIK, mal, (avstand.avvik if avstand else None) if publisert else "", "andel")
    ark.tekst(rad, _VURDERING, avstand.treff.vurdering if avstand else "", "bryt")
    ark.tekst(rad, _HVORFOR, linje.begrunnelse, "bryt")
    ark.tekst(rad, _ID, avstand.treff.id if avstand else "", "bryt")
    lengder = ((_HVA, linje.publisert), (_HVORFOR, linje.begrunnelse), (_TILTAK, linje.tiltak.navn))
    antall = max(math.ceil(len(tekst) / (_KOLONNER[kol][1] * _TEGN_PER_LINJE)) for kol, tekst in lengder)
    ark.radhoeyder[rad] = 15 + _LINJE_PT * (antall - 1)


def _opphav(linje: Kataloglinje) -> str:
    if linje.opphav.startswith("valgt"):
        return "fra katalogen"
    return ANTAKELSE if linje.opphav == "antakelse" else linje.opphav


PRISKATALOGFANE = Tilleggsfane(_NAVN, "Prisene ved siden av publiserte tall", _ark)
