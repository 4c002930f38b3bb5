"""The second sheet of a price list: each price beside published figures, and the ids to choose from."""

from __future__ import annotations

import math

from velferdslab_model.base.farger import GRAA
from velferdslab_model.base.ord import ANTAKELSE
from velferdslab_model.katalog.rader import LANGT_FRA, OM_DEN_VELGES, Kataloglinje, kataloglinjer, oppsummert
from velferdslab_model.parameters.katalogvalg import OVERFOERING, velg_pris
from velferdslab_model.parameters.prisaar import Oppgitt
from velferdslab_model.parameters.priskatalog import GRADER, katalogen
from velferdslab_model.workbook.adresse import kolonnenavn
from velferdslab_model.workbook.plan import Ark, Bok

KATALOGARK = "Priskatalog"
_HODE = 3
_KOLONNER = (
    ("For gruppe", 12),
    ("Listens tiltak", 36),
    ("Listens pris", 12),
    ("I kroner fra", 9),
    ("Opphav", 16),
    ("Holdt mot (publisert eller regnet ut)", 14),
    ("Avstand", 9),
    ("Nærmeste publiserte tall", 46),
    ("Grad", 6),
    ("Som mål på prisen", 16),
    ("Hvorfor dette tallet", 46),
    ("Id", 36),
    (OM_DEN_VELGES, 14),
    ("", 3),
    ("Alle id-er som kan velges", 44),
    ("Beløp", 12),
    ("Enhet", 20),
    ("Fra år", 8),
    ("Overføring", 44),
)
_OPPHAV, _AVSTAND, _IDER = 4, 6, 14
_TEGN_PER_LINJE, _LINJE_PT = 1.3, 12.0


def katalogark(bok: Bok, oppgitt: Oppgitt) -> str:
    """Plan the sheet; returns what the drop-down of the list refers to.

    The distances are those of the day the list was made: its rows may be sorted, so no formula points at them.
    """
    ark = bok.nytt_ark(KATALOGARK, fanefarge=GRAA)
    ark.kolonnebredder += [(kol, kol, bredde) for kol, (_, bredde) in enumerate(_KOLONNER)]
    ark.siste_kolonne, ark.sider_bredt = _IDER - 4, 1  # what a choice needs is for the screen
    ark.laas_ruter, ark.gjentatte_rader = (_HODE + 1, 2), (_HODE, _HODE)
    ark.radhoeyder |= {0: 24, _HODE: 30}
    ark.tekst(0, 0, "Publiserte priser ved siden av listens", "tittel")
    katalog = katalogen(oppgitt.egne_priser)
    tiltak = {
        gruppe: [(t, oppgitt.prisaar[gruppe][f"tiltak.{t.navn}"]) for t in g.tiltak]
        for gruppe, g in oppgitt.grupper.items()
    }
    linjer = kataloglinjer(tiltak, katalog, oppgitt.indekser)
    om = "Publiserte tall er omregnet til årene listens priser gjelder for. Velg en pris med id-en, i kolonnen «Fra katalogen» på arket Priser."
    ark.tekst(1, 0, f"{oppsummert(linjer)} {om}", "dempet")
    ark.tekst(2, 0, f"Grad {', '.join(f'{grad}: {betyr}' for grad, betyr in GRADER.items())}.", "dempet")
    for kol, (tekst, _) in enumerate(_KOLONNER):
        ark.tekst(
            _HODE,
            kol,
            tekst,
            "hode" if tekst in ("Listens pris", _KOLONNER[5][0], "Avstand", OM_DEN_VELGES, "Beløp") else "hode_v",
        )
    for rad, linje in enumerate(linjer, start=_HODE + 1):
        _linje(ark, rad, linje)
    for kriterium, grense in ((">", LANGT_FRA), ("<", -LANGT_FRA)):
        regel = {"type": "cell", "criteria": kriterium, "value": grense}
        ark.betingede.append((_HODE + 1, _AVSTAND, _HODE + len(linjer), _AVSTAND, regel, "cf_endret"))
    celle = f"{kolonnenavn(_OPPHAV)}{_HODE + 2}"
    har_kilde = {"type": "formula", "criteria": f'=AND({celle}<>"",LEFT({celle},{len(ANTAKELSE)})<>"{ANTAKELSE}")'}
    ark.betingede.append((_HODE + 1, _OPPHAV, _HODE + len(linjer), _OPPHAV, har_kilde, "cf_ok"))
    valgbare = [rad for rad in katalog.values() if rad.prisaar is not None]
    for nummer, en in enumerate(valgbare, start=_HODE + 1):
        ark.tekst(nummer, _IDER, en.id, "bryt")
        ark.fast(nummer, _IDER + 1, en.beloep, "kroner_oere")
        ark.tekst(nummer, _IDER + 2, en.enhet, "bryt")
        ark.fast(nummer, _IDER + 3, en.prisaar, "aar")
        ark.tekst(nummer, _IDER + 4, f"ja, en {OVERFOERING}" if en.overfoering else "nei", "bryt")
    k = kolonnenavn(_IDER)
    return f"={KATALOGARK}!${k}${_HODE + 2}:${k}${_HODE + 1 + len(valgbare)}"


def _linje(ark: Ark, rad: int, linje: Kataloglinje) -> None:
    avstand = linje.avstand
    ark.tekst(rad, 0, linje.gruppenavn, "bryt")
    ark.tekst(rad, 1, linje.tiltak.navn, "bryt")
    ark.fast(rad, 2, linje.tiltak.enhetskostnad, "kroner_oere")
    ark.fast(rad, 3, linje.prisaar, "aar")
    ark.tekst(rad, 4, linje.opphav_med_overfoering, "bryt")
    ark.fast(rad, 5, avstand.publisert if avstand else None, "kroner_oere")
    ark.fast(rad, 6, avstand.avvik if avstand else None, "andel")
    ark.tekst(rad, 7, linje.publisert, "bryt")
    ark.tekst(rad, 8, avstand.grad if avstand else "", "status")
    ark.tekst(rad, 9, avstand.treff.vurdering if avstand else "", "bryt")
    ark.tekst(rad, 10, linje.begrunnelse, "bryt")
    ark.tekst(rad, 11, avstand.treff.id if avstand else "", "bryt")
    ark.fast(rad, 12, _om_valgt(linje), "kroner_oere")
    lengder = ((7, linje.publisert), (10, linje.begrunnelse), (1, linje.tiltak.navn), (4, linje.opphav_med_overfoering))
    antall = max(math.ceil(len(tekst) / (_KOLONNER[kol][1] * _TEGN_PER_LINJE)) for kol, tekst in lengder)
    ark.radhoeyder[rad] = 15 + _LINJE_PT * (antall - 1)


def _om_valgt(linje: Kataloglinje) -> float | None:
    """What the tiltak costs if the figure is chosen, in the year of the list's price; None where it cannot be."""
    avstand = linje.avstand
    if avstand is None or avstand.rad is None:
        return None
    if isinstance(velg_pris(avstand.rad, avstand.treff.ganger, linje.tiltak.kostnadsdriver), str):
        return None
    return avstand.publisert if avstand.som_pris is None else avstand.som_pris
