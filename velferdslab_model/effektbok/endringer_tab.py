"""The tabs «Endringer siden» and «Prisendringer»: what changed since an earlier file, or by a price list, and what it did."""

from __future__ import annotations

import math
from functools import partial

from velferdslab_model.base.ord import BRUKERGRUPPER, SERIENAVN
from velferdslab_model.effektbok.tabs import ENDRINGSFANER
from velferdslab_model.effektbok.tilleggsfane import Tilleggsfane
from velferdslab_model.endringer.finne import Endring, Inndataverdi
from velferdslab_model.endringer.siden import TO_NETTOER, Siden
from velferdslab_model.results import Resultat
from velferdslab_model.workbook.plan import Ark

_KOLONNER = (
    ("Gruppe", 13),
    ("Hva", 50),
    ("Enhet", 16),
    ("Før", 17),
    ("Nå", 17),
    ("Alene: netto offentlige budsjetter, kr", 17),
    ("Alene: netto samfunn, kr", 17),
    ("Hvorfor (kilde eller antakelse nå)", 62),
)
_GRUPPE, _HVA, _ENHET, _FOER, _NAA, _BUDSJETT, _SAMFUNN, _HVORFOR = range(len(_KOLONNER))
_NETTOKOLONNER = dict(zip(TO_NETTOER, (_BUDSJETT, _SAMFUNN), strict=True))
_FERSK = "Inndata er de samme som da listen ble laget."
_FORELDET = "Foreldet: inndata er endret etter at listen ble laget. Bruk den ikke; lag arbeidsboken på nytt."
_STIL = {"andel": "andel", "årstall": "aar"}
_TEGN_HVORFOR, _TEGN_HVA, _TEGN_BREDT = 78, 60, 190
_REST = 0.005


def endringsfane(siden: Siden) -> Tilleggsfane:
    """What has changed since an earlier file."""
    navn, forklaring = ENDRINGSFANER[0]
    return Tilleggsfane(navn, forklaring, partial(_ark, navn=navn, siden=siden))


def prisendringsfane(siden: Siden) -> Tilleggsfane:
    """What a price list changed."""
    navn, forklaring = ENDRINGSFANER[1]
    return Tilleggsfane(navn, forklaring, partial(_ark, navn=navn, siden=siden))


def _ark(ark: Ark, resultat: Resultat, navn: str, siden: Siden) -> None:
    del resultat  # it was computed from the same inputs
    aar = siden.til.beloepsaar
    ark.kolonnebredder += [(kol, kol, bredde) for kol, (_, bredde) in enumerate(_KOLONNER)]
    ark.siste_kolonne, ark.sider_bredt = len(_KOLONNER) - 1, 1
    ark.radhoeyder[0] = 23
    hva = "Endringer siden" if navn == ENDRINGSFANER[0][0] else "Prisendringer fra"
    ark.tekst(0, 0, f"{hva} {siden.mot}", "tittel")
    ark.tekst(
        1,
        0,
        f"Før og nå i {aar}-kroner. Regnet ut av programmet da filen ble laget. Virkningen er det endringen gjør alene; samspill er resten, så summen stemmer.",
        "dempet",
    )
    rad = 2
    for linje in siden.merknader:
        ark.tekst(rad, 0, linje, "tekst_bryt", len(_KOLONNER) - 1)
        ark.radhoeyder[rad] = 15 * math.ceil(len(linje) / _TEGN_BREDT)
        rad += 1
    noekkel = f"{'siden' if navn == ENDRINGSFANER[0][0] else 'prisendring'}.trukket"
    ark.tekst(rad, _SAMFUNN, "Kontrolltall da:", "enhet")
    ark.verdi(noekkel, rad, _HVORFOR, ark.bok.steder["kontrolltall"].verdier[0], "seks_siffer")
    mal = f'=IF({{kontrolltall}}={{{noekkel}}},"{_FERSK}","{_FORELDET}")'
    ark.formel(rad, 0, mal, _FERSK, "dempet")
    ark.betingede.append((rad, 0, rad, 0, {"type": "text", "criteria": "begins with", "value": "Foreldet"}, "cf_feil"))
    rad = _netto(ark, rad + 2, siden)
    for kol, (tekst, _) in enumerate(_KOLONNER):
        ark.tekst(rad, kol, tekst, "hode" if _ENHET < kol < _HVORFOR else "hode_v")
    ark.radhoeyder[rad] = 42
    ark.laas_ruter, ark.gjentatte_rader = (1, 0), (rad, rad)
    hode = rad
    for endring in siden.endringer:
        rad += 1
        _linje(ark, rad, siden, endring)
    if not siden.endringer:
        rad += 1
        ark.tekst(rad, _HVA, "Ingen inndata er endret.", "bryt")
    else:
        ark.filter = (hode, 0, rad, len(_KOLONNER) - 1)


def _netto(ark: Ark, rad: int, siden: Siden) -> int:
    """Both nets of each group before, converted, and now. Returns the next free row."""
    aar, v = siden.til.beloepsaar, siden.virkning
    ark.tekst(rad, 0, "Netto over analyseperioden, kr", "hode_v", _NAA)
    for x, kol in _NETTOKOLONNER.items():
        ark.tekst(rad, kol, SERIENAVN[x], "hode")
    ark.radhoeyder[rad] = 30
    rad += 1
    for gruppe, tittel in BRUKERGRUPPER.items():
        linjer = [(f"Før, i {siden.foer_aar}-kroner", siden.foer_netto[gruppe])]
        if v is not None:
            g = v.grupper[gruppe]
            alene = {x: sum(b.summer[x] for b in v.bidrag if b.endring.gruppe == gruppe) for x in TO_NETTOER}
            linjer += [(f"Før, regnet om til {aar}-kroner", g.foer)] if siden.foer_aar != aar else []
            linjer += [
                ("Endringene hver for seg", alene),
                ("Samspill mellom endringene", v.samspill[gruppe]),
                (f"Nå, i {aar}-kroner", g.etter),
            ]
        for tekst, summer in linjer:
            ark.tekst(rad, _GRUPPE, tittel, "etikett")
            ark.tekst(rad, _HVA, tekst, "etikett")
            for x, kol in _NETTOKOLONNER.items():
                # What is left over of a sum is no amount, and no zero with a minus.
                ark.fast(rad, kol, 0.0 if abs(summer[x]) < _REST else summer[x], "kr")
            rad += 1
    return rad + 1


def _linje(ark: Ark, rad: int, siden: Siden, endring: Endring) -> None:
    ark.tekst(rad, _GRUPPE, BRUKERGRUPPER.get(endring.gruppe, "Felles"), "bryt")
    ark.tekst(rad, _HVA, endring.tekst, "bryt")
    ark.tekst(rad, _ENHET, endring.enhet, "bryt")
    for kol, verdi in ((_FOER, endring.gammel), (_NAA, endring.ny)):
        _verdi(ark, rad, kol, verdi, endring.enhet)
    virkning = siden.virkning_av(endring)
    for x, kol in _NETTOKOLONNER.items():
        ark.fast(rad, kol, None if virkning is None else virkning[x] + 0.0, "endring")
    ark.tekst(rad, _HVORFOR, endring.kilde, "bryt")
    linjer = max(math.ceil(len(endring.kilde) / _TEGN_HVORFOR), math.ceil(len(endring.tekst) / _TEGN_HVA), 1)
    ark.radhoeyder[rad] = 15 + 12 * (linjer - 1)


def _verdi(ark: Ark, rad: int, kol: int, verdi: Inndataverdi, enhet: str) -> None:
    if verdi is None or isinstance(verdi, str):
        ark.tekst(rad, kol, "(ingen)" if verdi is None else verdi, "bryt")
    else:
        ark.fast(rad, kol, verdi, _STIL.get(enhet, "kroner_oere" if enhet.startswith("kr") else "desimal"))
