"""Audit one workbook of the effect model: what was changed, what it did to the result, and what else is not as it should be."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from velferdslab_model.base.files import les_hele
from velferdslab_model.base.ord import BRUKERGRUPPER, HVEM_KORT, liten
from velferdslab_model.base.tall import kr
from velferdslab_model.bevegelse import BEVEGELSESNETTO
from velferdslab_model.check.kontrollsvar import Kontrollsvar
from velferdslab_model.effektbok.assembly import planlegg
from velferdslab_model.effektbok.bevegelse_tab import bevegelsescelle
from velferdslab_model.effektbok.grupper import GRUPPER
from velferdslab_model.effektbok.origin import etter_cellene, pakk_ut
from velferdslab_model.effektbok.prisindekser import KILDENAVN, indekscelle
from velferdslab_model.effektbok.reading import (
    les_arbeidsbok,
    med_cellenes_kilder,
    oedelagte_navn,
    tiltakskolonne,
    tiltaksplasser,
)
from velferdslab_model.effektbok.register_audit import pekerfunn
from velferdslab_model.effektbok.tabellrader import radfeil
from velferdslab_model.effektbok.tabs import TILVALG, USIKKERHETSFANER, Fanevalg, Tilvalg, faner_i, tilleggsfaner
from velferdslab_model.endringer.finne import Endring, endringer
from velferdslab_model.endringer.tidligere import uten_versjonsforskjeller
from velferdslab_model.endringer.virkning import virkning
from velferdslab_model.errors import UgyldigInndata
from velferdslab_model.hva_om import HvaOm
from velferdslab_model.overfoering import prismerknader
from velferdslab_model.parameters.bevegelse import BEVEGELSE
from velferdslab_model.parameters.felt import FELT
from velferdslab_model.parameters.prisaar import regn_om
from velferdslab_model.parameters.typer import Forutsetninger
from velferdslab_model.parameters.usikkerhet import TIMESATS
from velferdslab_model.results import beregn
from velferdslab_model.scenarios.loading import load_forutsetninger
from velferdslab_model.scenarios.mot import sammenlignes_med
from velferdslab_model.workbook.adresse import i_anfoersel
from velferdslab_model.workbook.audit import Funn, cellefunn, inndatafunn, innskrevne_formler, planfunn
from velferdslab_model.workbook.causes import aarsaker, ikke_kontrollert, uten_lagrede_tall
from velferdslab_model.workbook.comparing import arknavn, er_lik
from velferdslab_model.workbook.kind import EFFEKTMODELL
from velferdslab_model.workbook.opening import Formler, Innhold
from velferdslab_model.workbook.stamp import er_uroert

_TRUKKET = "Tallene fra usikkerhetsanalysen, også sannsynlighetene på Introduksjonsark, ble trukket da filen ble laget, og er ikke kontrollert."
#: Sist brukt is not compared, so any date will do.
_DATO = date(2000, 1, 1)
_UROERT_ELDRE = (
    "Filen er fra en tidligere versjon ({versjon}, format {format}), og ingen har endret den: hver byte er som programmet skrev den. "
    "Lag en ny med «velferdslab generate» for å få dagens faner."
)


def kontroller_effektmodell(
    innhold: Innhold, mot: str | os.PathLike[str] | None = None, indekser: str | os.PathLike[str] | None = None
) -> Kontrollsvar:
    """Audit a workbook of the effect model against another scenario or workbook, or the defaults when mot is None.

    indekser: a file of price indices, to bring what it is compared with to the workbook's price year.

    Raises whatever reading mot raises.
    """
    fil, slag = innhold.fil, EFFEKTMODELL.noekkel
    mot_navn = Path(mot).name if mot is not None else "standardverdiene"
    if rader := radfeil(innhold):
        # Every cell below has moved: the cause is told, and none of what follows from it.
        funn = [Funn("rader", *_delt(tekst)) for tekst in rader]
        return Kontrollsvar(fil.name, slag, innhold.versjon, mot_navn, False, None, (), None, funn, ())
    mendet = _med_planlagte_navn(innhold)
    forutsetninger, funn = _inndata(mendet)
    # What the file was made with; where it does not say, what it now holds.
    laget = pakk_ut(innhold.egenskaper) or etter_cellene(innhold, forutsetninger or load_forutsetninger())
    merknader = aarsaker(innhold)
    if any(navn in innhold.verdier for navn, _ in USIKKERHETSFANER):
        merknader.append(_TRUKKET)
    if innhold.format < EFFEKTMODELL.format:
        if uroert := er_uroert(les_hele(innhold.fil)):
            merknader.append(_UROERT_ELDRE.format(versjon=innhold.versjon, format=innhold.format))
        funn += _eldre(innhold, forutsetninger, uroert)
    else:
        plasser = tiltaksplasser(mendet) if forutsetninger else None
        i_cellene = med_cellenes_kilder(mendet, forutsetninger) if forutsetninger else None
        i_planen, innskrevne = _mot_planen(innhold, i_cellene, laget, plasser)
        funn += i_planen
        if innskrevne:
            merknader.append(f"Formler i inndataceller, lest med tallet som er lagret: {', '.join(innskrevne)}.")
    if forutsetninger is None:
        return Kontrollsvar(fil.name, slag, innhold.versjon, mot_navn, False, None, (), None, funn, merknader)
    fra, om_prisaar, i_samme_aar = sammenlignes_med(mot, forutsetninger, indekser)
    merknader += om_prisaar
    fra, til, utgave = uten_versjonsforskjeller(replace(fra, prisaar=forutsetninger.prisaar), forutsetninger)
    merknader += utgave
    # A point of an index that only one of the two knows is no difference; one that was typed in this file is a change.
    fra = replace(fra, indekser=laget.indekser, indekskilder=laget.indekskilder)
    alle = endringer(fra, til)
    if not i_samme_aar:
        alle = [e for e in alle if not e.er_beloep]
    elif any(e.felt.startswith(f"{BEVEGELSE}.") and e.enhet != "tekst" for e in alle):
        merknader += _om_bevegelsen(fra, til)
    if forutsetninger.overskrevet:
        o = forutsetninger.overskrevet
        if not o.regnet_om:
            alle.insert(0, Endring("", "prisaar", "Prisår", "årstall", o.fra, o.til))
        merknader.append(o.varsel)
    return Kontrollsvar(
        fil.name,
        slag,
        innhold.versjon,
        mot_navn,
        True,
        forutsetninger,
        [(_celle(mendet, forutsetninger, e), e) for e in alle],
        virkning(fra, til) if i_samme_aar else None,
        funn,
        merknader,
        i_samme_aar,
        ikke_kontrollert(innhold),
        prismerknader(forutsetninger),
    )


def _om_bevegelsen(fra: Forutsetninger, til: Forutsetninger) -> Iterator[str]:
    """What changes did to the nets against a null alternative that moves, which stand beside the result."""
    for gruppe, navn in BRUKERGRUPPER.items():
        foer, naa = (beregn(f).grupper[gruppe].bevegelse for f in (fra, til))
        if foer is None and naa is None:
            continue
        deler = (
            f"{liten(HVEM_KORT[n])} {' til '.join(kr(v.sum_netto[n]) if v else 'ingen' for v in (foer, naa))}"
            for n in BEVEGELSESNETTO
        )
        yield f"{navn}: netto mot nullalternativet i bevegelse, kr, gikk fra {', '.join(deler)}. Virkningen under er mot det faste."


def _delt(radfeil_: str) -> tuple[str, str, str]:
    """The sentence about a row as the tab, what was expected there, and what was found."""
    ark, _, hva = radfeil_.partition(": ")
    return ark, "radene programmet skrev", hva


def _inndata(innhold: Innhold) -> tuple[Forutsetninger | None, list[Funn]]:
    """The inputs; None with the reasons when they cannot be read."""
    try:
        return regn_om(les_arbeidsbok(innhold)), []
    except UgyldigInndata as feil:
        return None, [inndatafunn(innhold.fil.name, tekst) for tekst in feil.feil]


def _med_planlagte_navn(innhold: Innhold) -> Innhold:
    """The workbook with every input name that is gone put back where the program places it, if the tab is there."""
    borte = oedelagte_navn(innhold)
    if not borte or innhold.format < EFFEKTMODELL.format:
        return innhold
    bok = planlegg(beregn(load_forutsetninger()), _DATO, tilleggsfaner({en.noekkel for en in TILVALG}))
    titler = arknavn(bok, innhold)
    planlagt = {sted.navn: sted for sted in bok.steder.values() if sted.navn and sted.ark in titler}
    steder = {navn: planlagt[navn] for navn in borte if navn in planlagt}
    tilbake = {navn: f"{i_anfoersel(titler[sted.ark])}!{sted.adresse}" for navn, sted in steder.items()}
    return replace(innhold, navn={**innhold.navn, **tilbake})


def _mot_planen(
    innhold: Innhold,
    forutsetninger: Forutsetninger | None,
    laget: Forutsetninger,
    plasser: Mapping[str, Sequence[int]] | None,
) -> tuple[list[Funn], list[str]]:
    """Everything but the inputs, against the plan for the same inputs (for the defaults when they are unreadable).

    Also the input cells that hold formulas.
    """
    resultat = beregn(forutsetninger or load_forutsetninger())
    ekstra, uten_celler, funn = faner_i(innhold, resultat)
    bok = planlegg(resultat, _DATO, ekstra, laget, plasser, _hva_om(innhold))
    formler = innhold.formler
    for en in TILVALG:
        if en.revisjon == "peker":
            funn += _pekerfunn(en, laget, innhold, formler)
    funn += planfunn(bok, innhold, formler, uten_celler, uten_tall=forutsetninger is None)
    if any(f.slag == "rader" for f in funn):
        return funn, []  # no input stands where it was planned
    return funn, innskrevne_formler(bok, formler, arknavn(bok, innhold))


def _pekerfunn(tilvalg: Tilvalg, laget: Forutsetninger, innhold: Innhold, formler: Formler) -> Iterator[Funn]:
    """The tabs whose lines follow the tiltak there were when the file was made: planned for those, and followed."""
    i_bevegelse = {en.noekkel for en in TILVALG if en.noekkel == BEVEGELSE and innhold.omraade(en.kjennes_paa)}
    med = tilleggsfaner(i_bevegelse)  # the other tab with inputs that the lines point at
    for fane in tilvalg.faner(Fanevalg()):
        if fane.navn in innhold.verdier:
            bok = planlegg(beregn(laget), _DATO, [*med, fane], laget)
            yield from cellefunn([bok.ark[-1]], innhold, formler, arknavn(bok, innhold))
            er_register = tilvalg.noekkel == "register"
            yield from pekerfunn(bok.ark[-1], innhold) if er_register and not uten_lagrede_tall(innhold) else ()


def _hva_om(innhold: Innhold) -> dict[str, HvaOm]:
    """The shares in «Hva om?», which are open to everybody and no inputs of the model."""

    def andeler(prefiks: str, navn: str, ellers: tuple[float, float]) -> tuple[float, float]:
        lav, hoy = (innhold.verdi(f"{prefiks}_hva_om_{navn}_{nivaa}") for nivaa in ("lav", "hoy"))
        if not (isinstance(lav, int | float) and isinstance(hoy, int | float)):
            return ellers
        return float(lav), float(hoy)

    standard = HvaOm()
    return {
        noekkel: HvaOm(andeler(prefiks, "suksess", standard.suksess), andeler(prefiks, "pris", standard.pris))
        for noekkel, (prefiks, *_) in GRUPPER.items()
    }


def _eldre(innhold: Innhold, forutsetninger: Forutsetninger | None, uroert: bool) -> Iterator[Funn]:
    """A file of an earlier format has other cells: only the agreed names can be compared, and the stamp. uroert: it holds."""
    if not uroert:
        yield Funn(
            "versjon",
            innhold.fil.name,
            f"format {EFFEKTMODELL.format}",
            f"format {innhold.format} (versjon {innhold.versjon}): formler og låste celler kan ikke kontrolleres. "
            "Lag en ny med «velferdslab generate»",
        )
    if forutsetninger is None or uten_lagrede_tall(innhold):
        return
    bok = planlegg(beregn(forutsetninger), _DATO)
    for sted in (s for s in bok.steder.values() if s.navn and _er_resultat(s.navn)):
        omraade = innhold.omraade(str(sted.navn))
        if omraade is None or sted.hoeyde > 1 or sted.bredde > 1:
            continue
        funnet = innhold.verdier[omraade.ark].get(omraade.adresse)
        skala = max((abs(v) for v in sted.verdier if isinstance(v, int | float)), default=1.0)
        if not er_lik(sted.verdier[0], funnet, skala):
            yield Funn("lagret tall", f"{omraade} ({sted.navn})", str(sted.verdier[0]), str(funnet))


def _er_resultat(navn: str) -> bool:
    return "sum_" in navn or "tilbakebetalingsaar_" in navn


def _celle(innhold: Innhold, f: Forutsetninger, endring: Endring) -> str:
    """Sheet and cell of a changed input; empty for a tiltak that is gone."""
    if endring.felt.startswith("ikke_prissatt."):
        _, nummer, felt = endring.felt.split(".")
        linje = innhold.omraade(f"ikke_prissatt_{felt}")
        return f"{linje.ark}!{linje.kol}{linje.rad + int(nummer) - 1}" if linje else ""
    if endring.felt.startswith("indekser."):
        _, rad, aar = endring.felt.split(".")
        return str(innhold.omraade(KILDENAVN[rad]) or "") if aar == "kilde" else indekscelle(innhold, rad, int(aar))
    if endring.felt.startswith(TIMESATS):
        navn = endring.felt.removeprefix(TIMESATS).removesuffix(".kilde")
        kolonne = innhold.omraade("timesats_kilde" if endring.felt.endswith(".kilde") else "timesats_kr")
        rader = [i for i, sats in enumerate(f.timesatser) if sats.navn == navn]
        return f"{kolonne.ark}!{kolonne.kol}{kolonne.rad + rader[0]}" if kolonne and rader else ""
    if not endring.gruppe:
        return str(innhold.omraade(endring.felt) or "")
    prefiks = GRUPPER[endring.gruppe][0]
    if endring.felt.startswith(f"{BEVEGELSE}."):
        return bevegelsescelle(innhold, prefiks, endring.felt)
    if not endring.tiltak:
        felt = endring.felt.removesuffix(".kilde")
        kilde = "_kilde" if felt != endring.felt else ""
        return str(innhold.omraade(f"{prefiks}_{FELT[felt].navn}{kilde}") or "")
    navnene = [t.navn for t in f.grupper[endring.gruppe].tiltak]
    sted = innhold.omraade(f"{prefiks}_tiltak_{tiltakskolonne(endring.felt or 'navn')}")
    if endring.tiltak not in navnene or sted is None:
        return ""
    plass = tiltaksplasser(innhold)[endring.gruppe][navnene.index(endring.tiltak)]
    return f"{sted.ark}!{sted.kol}{sted.rad + plass}"
