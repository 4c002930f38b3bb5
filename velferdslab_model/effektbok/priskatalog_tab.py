"""The tab «Priskatalog»: each price of the workbook, live, beside the published figures nearest to it, one of which can be chosen."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import groupby

from velferdslab_model.base.ord import ANTAKELSE
from velferdslab_model.effektbok.grupper import GRUPPER
from velferdslab_model.effektbok.prisvalg import (
    FULGT,
    GJELDER,
    ID,
    KATALOGBREDDE,
    OM_VALGT,
    OVERFOERT,
    STED,
    SVAR,
    TILTAK,
    UTEN,
    VALG,
    Prisvalg,
    stedstekst,
)
from velferdslab_model.effektbok.tilleggsfane import Tilleggsfane
from velferdslab_model.katalog.rader import LANGT_FRA, OM_DEN_VELGES, Kataloglinje, kataloglinjer, oppsummert
from velferdslab_model.parameters.katalogvalg import FORAN_VALGT, OVERFOERING, er_overfoering, velg_pris
from velferdslab_model.parameters.prisaar import tiltakspris_i_aaret
from velferdslab_model.parameters.priskatalog import GRADER, katalogen
from velferdslab_model.parameters.typer import Forutsetninger
from velferdslab_model.results import Resultat
from velferdslab_model.workbook.adresse import celleadresse, i_anfoersel, kolonnenavn
from velferdslab_model.workbook.inputs import meldinger
from velferdslab_model.workbook.plan import Ark, Verdi
from velferdslab_model.workbook.rules import ren_tekst

_NAVN = "Priskatalog"
_HODE = 5
#: Heading, width. The price, its origin, the distance and what a choice brings are formulas; the published figures are fixed when the tab is made.
_KOLONNER = (
    ("Gruppe", 11),
    ("Tiltak", 34),
    ("Pris", 11),
    ("Prisens opphav", 20),
    ("Velg en publisert pris (id)", 34),
    ("Valget", 16),
    ("Holdt mot (publisert eller regnet ut), omregnet", 14),
    ("Prisen ligger over (+) eller under (-)", 14),
    ("Nærmeste publiserte tall", 44),
    ("Grad", 6),
    ("Som mål på prisen", 15),
    ("Hvorfor dette tallet", 44),
    ("Id i katalogen", 34),
    (OM_DEN_VELGES, 14),
    ("Betaler om raden velges", 14),
    *((f"Programmets: {tekst}", 14) for tekst in ("kilde om valgt", "volumkilde om valgt")),
    *((f"Programmets: {tekst} uten valg", 14) for tekst in ("pris", "betaler", "kilde", "volumkilde")),
    *((f"Programmets: {tekst} som gjelder", 14) for tekst in ("pris", "betaler", "kilde", "volumkilde")),
    *((f"Programmets: {tekst}", 14) for tekst in ("rad i tabellen", "overføring", "svar på valget")),
)
_GRUPPE, _PRIS, _OPPHAV, _STATUS, _PUBLISERT, _AVVIK, _HVA, _GRAD, _VURDERING, _HVORFOR = 0, 2, 3, *range(5, 12)
_SISTE_SYNLIGE = OM_VALGT + 1
_TEGN_PER_LINJE, _LINJE_PT = 1.3, 12.0
_VALGT, _OVERSKREVET, _UKJENT, _UMULIG, _BYTTET, _FEIL = (
    "valgt", "prisen er skrevet over på Kostnader", "ikke en id ved tiltaket", "kan ikke velges her", "tiltaket er byttet ut", "feilverdi",
)  # fmt: skip
_OM = (
    "Publiserte norske priser ved siden av prisene i arbeidsboken, omregnet til samme prisår.",
    "Velg et av tallene ved tiltaket i den gule cellen: pris, betaler og kilde på Kostnader følger valget til cellen tømmes, eller noen skriver i "
    "dem. Et valgt tall regnes om som alle priser i modellen, med kommunal deflator. Andre id-er velges i prislisten eller scenariofilen. En overføring trekkes fra i begge netto, selv om samfunnet ikke har kostnaden.",
)


def _linjene(f: Forutsetninger) -> list[Kataloglinje]:
    tiltak = {gruppe: [(t, f.beloepsaar) for t in g.tiltak] for gruppe, g in f.grupper.items()}
    return kataloglinjer(tiltak, katalogen(f.egne_priser), f.indekser)


def _prisvalg(f: Forutsetninger) -> Prisvalg:
    linjer = _linjene(f)
    rader: dict[str, list[int | None]] = {gruppe: [None] * len(g.tiltak) for gruppe, g in f.grupper.items()}
    for rad, linje in reversed([*enumerate(linjer, start=_HODE + 1)]):
        if _har_tall(linje):
            rader[linje.gruppe][linje.plass] = rad
    return Prisvalg(_NAVN, _HODE + 1, len(linjer), rader)


def _har_tall(linje: Kataloglinje) -> bool:
    return linje.avstand is not None and linje.avstand.rad is not None


def _ark(ark: Ark, resultat: Resultat) -> None:
    f = resultat.forutsetninger
    linjer = _linjene(f)
    ark.kolonnebredder += [(kol, kol, bredde) for kol, (_, bredde) in enumerate(_KOLONNER)]
    ark.skjulte_kolonner.append((_SISTE_SYNLIGE + 1, KATALOGBREDDE - 1))
    ark.siste_kolonne, ark.sider_bredt = _HVORFOR, 1  # what a choice needs is for the screen
    ark.radhoeyder |= {0: 23, _HODE: 42}
    ark.laas_ruter, ark.gjentatte_rader = (_HODE + 1, TILTAK + 1), (_HODE, _HODE)
    ark.formel(0, 0, f'="{_NAVN}: "&TRIM({{navn}})', f"{_NAVN}: {f.navn}", "tittel")
    for rad, tekst in enumerate((f"{_OM[0]} Da fanen ble laget: {oppsummert(linjer)}", _OM[1]), start=1):
        ark.tekst(rad, 0, tekst, "dempet")
    ark.formel(3, 0, "={prisaartekst}", ark.bok.tekster["prisaartekst"], "dempet")
    ark.tekst(4, 0, f"Grad {', '.join(f'{grad}: {betyr}' for grad, betyr in GRADER.items())}.", "dempet")
    for kol, (tekst, _) in enumerate(_KOLONNER):
        ark.tekst(_HODE, kol, tekst, "hode" if kol in (_PRIS, _PUBLISERT, _AVVIK, OM_VALGT) else "hode_v")
    siste = _HODE + len(linjer)
    for _, gruppe in groupby(enumerate(linjer, start=_HODE + 1), lambda en: (en[1].gruppe, en[1].plass)):
        rader = dict(gruppe)
        for rad, linje in rader.items():
            _linje(ark, rad, linje, f)
        _valget(ark, rader, f)
    ark.filter = (_HODE, 0, siste, _SISTE_SYNLIGE)
    for kriterium, grense in ((">", LANGT_FRA), ("<", -LANGT_FRA)):
        regel = {"type": "cell", "criteria": kriterium, "value": grense}
        ark.betingede.append((_HODE + 1, _AVVIK, siste, _AVVIK, regel, "cf_endret"))
    celle = celleadresse(_HODE + 1, _OPPHAV)
    regel = {"type": "formula", "criteria": f'=AND({celle}<>"",LEFT({celle},{len(ANTAKELSE)})<>"{ANTAKELSE}")'}
    ark.betingede.append((_HODE + 1, _OPPHAV, siste, _OPPHAV, regel, "cf_ok"))
    celle = celleadresse(_HODE + 1, _STATUS)
    for likhet, stil in (("=", "cf_ok"), ("<>", "cf_feil")):
        regel = {
            "type": "formula",
            "criteria": f'=AND({celle}<>"",LEFT({celle},{len(_VALGT)}){likhet}"{_VALGT}")',
        }
        ark.betingede.append((_HODE + 1, _STATUS, siste, _STATUS, regel, stil))


def _linje(ark: Ark, rad: int, linje: Kataloglinje, f: Forutsetninger) -> None:
    prefiks, avstand = GRUPPER[linje.gruppe][0], linje.avstand
    sted = f"MATCH($B{rad + 1},{{{prefiks}.tiltak_navn:}},0)"
    ark.tekst(rad, _GRUPPE, linje.gruppenavn, "bryt")
    ark.tekst(rad, TILTAK, linje.tiltak.navn, "bryt")
    pris = f"INDEX({{{prefiks}.tiltak_enhetskostnad:}},{sted})"
    ark.formel(rad, _PRIS, f'=IFERROR(IF({pris}="","",{pris}),"")', linje.tiltak.enhetskostnad, "kroner_oere")
    kilde = f"INDEX({{{prefiks}.tiltak_kilde:}},{sted})"
    er = f'OR({kilde}="",LEFT({kilde},LEN({{ord_antakelse}}))={{ord_antakelse}})'
    fra = f'LEFT({kilde},LEN("{FORAN_VALGT}"))="{FORAN_VALGT}"'
    # Where all that the tiltak is held against are transfers, so is whatever is chosen or typed.
    alltid = er_overfoering(linje.gruppe, replace(linje.tiltak, kilde=""), katalogen(f.egne_priser))
    overfoert = f'"; {OVERFOERING}"'
    overfoert = overfoert if alltid else f'IF({kilde}<>SUBSTITUTE({kilde},"{OVERFOERING}",""),{overfoert},"")'
    mal = f'=IFERROR(IF({er},{{ord_antakelse}},IF({fra},"fra katalogen","oppgitt kilde"))&{overfoert},"")'
    ark.formel(rad, _OPPHAV, mal, _opphav(linje), "bryt")
    publisert = avstand.publisert if avstand else None
    ark.fast(rad, _PUBLISERT, publisert, "kroner_oere")
    ark.tekst(rad, _HVA, linje.publisert, "bryt")
    ark.tekst(rad, _GRAD, avstand.grad if avstand else "", "status")
    c, e = celleadresse(rad, _PRIS), celleadresse(rad, _PUBLISERT)
    # The published figures were brought to the price year the file was made in.
    mal = f'=IF(OR({c}="",{e}="",{{prisaar}}<>{{prisaar_da_laget}}),"",{c}/{e}-1)'
    ark.formel(rad, _AVVIK, mal, (avstand.avvik if avstand else None) if publisert else "", "andel")
    ark.tekst(rad, _VURDERING, avstand.treff.vurdering if avstand else "", "bryt")
    ark.tekst(rad, _HVORFOR, linje.begrunnelse, "bryt")
    ark.tekst(rad, ID, avstand.treff.id if avstand else "", "bryt")
    for i, (verdi, stil) in enumerate(zip(_om_valgt(linje, f), ("kroner_oere", "bryt", "tekst", "tekst"), strict=True)):
        ark.fast(rad, OM_VALGT + i, verdi, stil)
    ark.tekst(rad, STED, stedstekst(prefiks, linje.plass) if _har_tall(linje) else "", "tekst")
    overfoering = avstand is not None and avstand.rad is not None and avstand.rad.overfoering
    ark.tekst(rad, OVERFOERT, f" ({OVERFOERING})" if overfoering else "", "tekst")
    lengder = (
        (_HVA, linje.publisert), (_HVORFOR, linje.begrunnelse), (TILTAK, linje.tiltak.navn), (_OPPHAV, _opphav(linje)),
    )  # fmt: skip
    antall = max(math.ceil(len(tekst) / (_KOLONNER[kol][1] * _TEGN_PER_LINJE)) for kol, tekst in lengder)
    ark.radhoeyder[rad] = 15 + _LINJE_PT * (antall - 1)


def _om_valgt(linje: Kataloglinje, f: Forutsetninger) -> tuple[Verdi, Verdi, Verdi, Verdi]:
    """What the tiltak gets if the line is chosen, by FULGT; instead of the price, why it cannot be."""
    t, avstand = linje.tiltak, linje.avstand
    if avstand is None or avstand.rad is None:
        return None, None, None, None
    pris = velg_pris(avstand.rad, avstand.treff.ganger, t.kostnadsdriver)
    if isinstance(pris, str):
        return pris, None, None, None
    i_aaret = tiltakspris_i_aaret(f, pris.enhetskostnad, pris.prisaar, pris.kilde)
    if isinstance(i_aaret, str):
        return i_aaret, None, None, None
    beloep, kilde = i_aaret
    return beloep, (pris.betaler or t.betaler).capitalize(), kilde, t.kilde_til_volum


def _valget(ark: Ark, linjer: dict[int, Kataloglinje], f: Forutsetninger) -> None:
    """The yellow cell on the first of the lines of a tiltak, and what follows from it."""
    rad, linje = next(iter(linjer.items()))
    for annen in linjer if not _har_tall(linje) else list(linjer)[1:]:
        ark.tekst(annen, VALG, "", "tekst")
    if not _har_tall(linje):
        return
    siste, t, prefiks = max(linjer), linje.tiltak, GRUPPER[linje.gruppe][0]

    def kolonne(kol: int) -> str:
        return f"{celleadresse(rad, kol)}:{celleadresse(siste, kol)}"

    def paa_kostnader(felt: str) -> str:
        sted = ark.bok.steder[f"{prefiks}.tiltak_{felt}"]
        return f"{i_anfoersel(sted.ark)}!{celleadresse(sted.rad + linje.plass, sted.kol)}"

    valg = celleadresse(rad, VALG)
    ark.fast(rad, VALG, None, "inn_tekst")
    liste = f"${kolonnenavn(ID)}${rad + 1}:${kolonnenavn(ID)}${siste + 1}"
    hjelp = "Velg id-en til et av tallene ved tiltaket. Da følger pris, betaler og kilde på Kostnader med. Tøm cellen for å gå tilbake."
    regel = meldinger("Velg en publisert pris", hjelp, "Velg en id fra listen, eller la cellen stå tom.")
    ark.valideringer.append((rad, VALG, rad, VALG, {"validate": "list", "source": f"={liste}"} | regel))
    treff = f"MATCH({ren_tekst(valg)},{kolonne(ID)},0)"
    sats = next((i for i, en in enumerate(f.timesatser, start=1) if en.navn == t.timesats), 0)
    uten: tuple[Verdi, ...] = (t.enhetskostnad, t.betaler.capitalize(), t.kilde, t.volumkilde or None)
    for i, verdi in enumerate(uten):
        stil = "tekst" if i else "kroner_oere"
        if sats and not i:
            ark.formel(rad, UTEN, f"={{timesats_{sats}}}", verdi, stil)
        else:
            ark.fast(rad, UTEN + i, verdi, stil)
        som = '&""' if i else ""
        foer, valgt = celleadresse(rad, UTEN + i), f"INDEX({kolonne(OM_VALGT + i)},{treff})"
        mal = f'=IFERROR(IF({ren_tekst(valg)}="",{foer}{som},{valgt}{som}),"")'
        ark.formel(rad, GJELDER + i, mal, "" if verdi is None else verdi, stil)
    lik = {"type": "cell", "criteria": "==", "value": f"=${kolonnenavn(VALG)}${rad + 1}"}
    ark.betingede.append((rad, ID, siste, ID, lik, "cf_ok"))
    # Whether the choice holds, in words.
    pris, _, kilde, _ = (celleadresse(rad, GJELDER + i) for i in range(len(FULGT)))
    like = f"AND({paa_kostnader('enhetskostnad')}={pris},{paa_kostnader('kilde')}={kilde})"
    byttet = f"TRIM({paa_kostnader('navn')})<>TRIM({celleadresse(rad, TILTAK)})"
    holder = f'IF({like},"{_VALGT}"&INDEX({kolonne(OVERFOERT)},{treff}),"{_OVERSKREVET}")'
    ark.formel(rad, SVAR, f'=IFERROR(IF({byttet},"{_BYTTET}",{holder}),"")', "", "tekst")
    ren = f'TRIM(SUBSTITUTE({valg},{{hardt_mellomrom}}," "))'
    svar = f'IF(ISNUMBER({pris}),{celleadresse(rad, SVAR)},IF(ISNUMBER({treff}),"{_UMULIG}","{_UKJENT}"))'
    ark.formel(rad, _STATUS, f'=IFERROR(IF({ren}="","",{svar}),"{_FEIL}")', "", "bryt")


def _opphav(linje: Kataloglinje) -> str:
    valgt = linje.opphav.startswith("valgt")
    opphav = "fra katalogen" if valgt else ANTAKELSE if linje.opphav == "antakelse" else linje.opphav
    return f"{opphav}; {OVERFOERING}" if linje.overfoering else opphav


PRISKATALOGFANE = Tilleggsfane(_NAVN, "Prisene ved siden av publiserte tall", _ark, prisvalg=_prisvalg)
