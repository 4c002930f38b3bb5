"""Words and sentences that the tabs of uncertainty and the screen have in common."""

from __future__ import annotations

import math
from collections.abc import Mapping

from velferdslab_model.base.ord import DELTAKERORD
from velferdslab_model.base.tall import aar, antall, kr, prosent, sannsynlighet
from velferdslab_model.uncertainty.bevegelse import bevegelsessetninger
from velferdslab_model.uncertainty.foelsomhet import Bytteverdi, Flytting
from velferdslab_model.uncertainty.forbehold import OGSAA_FAST, vist
from velferdslab_model.uncertainty.gruppeanalyse import Gruppeanalyse, Trekninger
from velferdslab_model.uncertainty.informasjon import OBSERVASJONER, Informasjonsverdi, Sobol
from velferdslab_model.uncertainty.montecarlo import MonteCarlo

#: What the two standard analyses are called, and the variant.
EGEN, STRUKTURELL_NAVN, SAMMEN = "Tallenes egen usikkerhet", "Strukturell usikkerhet", "Ratene følger hverandre"
_HVEM = {"budsjett": "offentlige budsjetter", "samfunn": "samfunnet"}


def tallnavn(a: Gruppeanalyse, noekkel: str) -> str:
    """What users call an uncertain number."""
    return next(u.parameter.navn for u in a.tornado if u.parameter.noekkel == noekkel)


def sannsynlighet_eller_sikker(andel: float, mc: MonteCarlo, netto: str) -> str:
    """A share of the draws as a probability; certain where nothing varies."""
    sikker = mc.netto[netto].sd == 0
    return prosent(andel, 0) if sikker else sannsynlighet(andel, mc.trekninger)


def lonnsom(mc: MonteCarlo, netto: str) -> str:
    """The probability that a net is above 0, as shown."""
    return sannsynlighet_eller_sikker(mc.netto[netto].p_positiv, mc, netto)


def hvor_sannsynlig(t: Trekninger) -> str:
    """How likely it pays, and for whom: first where the model's own simplifications are drawn too."""
    (budsjett, strukturelt), (samfunn, samfunn_strukturelt) = (
        (lonnsom(t.egen, x), lonnsom(t.strukturell, x)) for x in ("budsjett", "samfunn")
    )
    samfunnet = f"{samfunn} i begge" if samfunn == samfunn_strukturelt else f"{samfunn_strukturelt} og {samfunn}"
    return (
        f"Det lønner seg for offentlige budsjetter med {strukturelt} sannsynlighet når også modellens forenklinger er usikre "
        f"(strukturell usikkerhet), og {budsjett} når bare tallene er det; for samfunnet {samfunnet}."
    )


def hva_betyr_mest(a: Gruppeanalyse) -> str:
    """Which numbers the uncertainty comes from, as the table of them says, and how much of it is chance."""
    t = a.trekninger
    foerst = _viktigst(a, a.sobol)
    if not foerst:
        ut = "Ingen av de usikre tallene virker på budsjettene."
    else:
        ut = f"Av usikkerheten som kommer av tallene, kommer mest for budsjettene av {_ramset(foerst)}."
    annet = _viktigst(a, a.sobol_strukturell)
    if annet:
        ut += f" I den strukturelle av {_ramset(annet)}."
    if t.egen.tilfeldighet and t.egen.uten["budsjett"].av_tilfeldighet > 0:
        hvem = f"{antall(a.basis.tatt_inn)} {DELTAKERORD[a.navn].flertall}"
        budsjett, samfunn = (prosent(t.egen.uten[x].av_tilfeldighet, 0) for x in ("budsjett", "samfunn"))
        ut += f" Tilfeldigheter blant {hvem} kommer i tillegg: {budsjett} av hele variansen (for samfunnet {samfunn})."
    return ut


def _ramset(deler: list[tuple[str, float]]) -> str:
    """One or two numbers with their shares of the variance, their interplay counted."""
    navnene = [f"«{navn}» ({prosent(andel, 0)})" for navn, andel in deler]
    return " og ".join(navnene)


def _viktigst(a: Gruppeanalyse, sobol: Mapping[str, Sobol]) -> list[tuple[str, float]]:
    stoerst = sorted(sobol["budsjett"].total.items(), key=lambda par: -par[1])[:2]
    # An estimate may land a hair above the whole.
    return [(tallnavn(a, n), min(v, 1.0)) for n, v in stoerst if v > 0]


def hva_snur(a: Gruppeanalyse, netto: str = "budsjett") -> str:
    """The number that must be least wrong for the answer to turn, and how much must have come anyway."""
    deler = {u.parameter.noekkel for u in a.tornado if u.slag == "del"}
    mulige = [b for b in a.bytteverdier if b.verdi[netto] is not None and b.parameter.noekkel not in deler]
    med_andel = [b for b in mulige if b.endring(netto) is not None]
    hvem = _HVEM[netto]
    if not mulige:
        return f"Ingen lovlig verdi av ett tall alene snur svaret for {hvem}."
    ut = []
    if med_andel:
        ut.append(_naar(min(med_andel, key=lambda b: abs(b.endring(netto) or 0.0)), netto))
    ut += [
        f"{prosent(b.verdi[netto], 0)} av bedringen ville skjedd uansett"
        for b in mulige
        if b.parameter.noekkel == "utvidet.skjedd_uansett" and b.parameter.basis == 0
    ]
    return (
        f"Svaret for {hvem} snur om {', eller om '.join(ut or [_naar(mulige[0], netto)])}, alt annet som i scenariet."
    )


def _naar(b: Bytteverdi, netto: str) -> str:
    """One number at its switching value, as a clause."""
    p, verdi = b.parameter, b.verdi[netto] or 0.0
    if p.enhet == "faktor":
        return f"«{p.navn}» er {prosent(verdi, 0)} av det som står i scenariet"
    ny, naa = (prosent(v, 0) if p.andel else antall(v) for v in (verdi, p.basis))
    return f"«{p.navn}» er {ny} og ikke {naa}"


def hva_mer_er_verdt(a: Gruppeanalyse) -> list[str]:
    """What knowing everything, and a few more observations, is worth for the budgets; and what that does not say."""
    t = a.trekninger
    egen, annen = (mc.informasjon["budsjett"] for mc in (t.egen, t.strukturell))
    snur, snur_annen = (_valget_snur(mc) for mc in (t.egen, t.strukturell))
    (en, ti), (en_annen, ti_annen) = (
        [_om_lag(_observasjon(i, k)) for k in range(len(OBSERVASJONER))] for i in (egen, annen)
    )
    return [
        f"Visste en alle de trukne tallene på forhånd, ville valget for budsjettene blitt et annet i {snur} av trekningene ({snur_annen} "
        f"strukturelt), verdt {_om_lag(egen.evpi)} kr ({_om_lag(annen.evpi)} kr).",
        f"Å følge én deltaker til først er verdt {en} kr ({en_annen} kr strukturelt), ti til {ti} kr ({ti_annen} kr): så få kan sjelden snu "
        "valget alene.",
        for_inntaket(a),
    ]


def _valget_snur(mc: MonteCarlo) -> str:
    """In how many draws the choice by the mean is not the one that the draw would give."""
    p = mc.uten["budsjett"].p_positiv
    return sannsynlighet(1 - p if mc.netto["budsjett"].snitt > 0 else p, mc.trekninger)


#: What a low value of knowing does not say.
OM_EVALUERING = (
    "At det er lite verdt å vite mer om de trukne tallene, betyr ikke at en evaluering er uten verdi: det som er holdt fast eller bare antatt, "
    "som hva som ville skjedd uansett, er ikke med."
)


def for_inntaket(a: Gruppeanalyse) -> str:
    """Which intake a value of knowing is for."""
    inntak = sum(a.basis.gruppe.inntak)
    aar_ = min(a.basis.gruppe.inntaksaar, a.basis.gruppe.analyseperiode)
    return (
        f"Det gjelder hele inntaket i scenariet: {antall(inntak)} nye i året i {aar_} år, "
        f"{antall(a.basis.tatt_inn)} {DELTAKERORD[a.navn].flertall}."
    )


def _om_lag(kroner: float) -> str:
    """Whole thousands: the draws do not tell more."""
    return "under 1 000" if 0 < kroner < 1000 else kr(round(kroner, -3))


def _observasjon(i: Informasjonsverdi, k: int) -> float:
    return max((v[k] for v in i.observasjon.values()), default=0.0)


def svarsetninger(a: Gruppeanalyse) -> list[str]:
    """The answer: how likely it pays, what matters most, what would turn it, what one more observation is worth."""
    i_bevegelse = bevegelsessetninger(a.trekninger.egen.bevegelse, a.trekninger.egen.trekninger)
    return [hvor_sannsynlig(a.trekninger), hva_betyr_mest(a), hva_snur(a), " ".join(hva_mer_er_verdt(a)), *i_bevegelse]


def fastsetning(a: Gruppeanalyse) -> str:
    """The numbers that neither analysis draws, with their values; those of one kind that are all held under one name."""
    ut: dict[str, list[str]] = {}
    for p in a.holdt_fast:
        if p.noekkel.startswith(("tiltak.", "timesats.")):
            ut.setdefault("priser på tiltak", [])
        elif "," in p.navn:
            hode, _, del_ = p.navn.partition(",")
            ut.setdefault(hode, []).append(f"{del_.strip()} {vist(p, p.basis)}")
        elif p.noekkel == "neddiskontering" and p.basis != a.strukturell_rente:
            ut[p.navn] = [vist(p, p.basis), f"i den strukturelle {vist(p, a.strukturell_rente)}"]
        else:
            ut[p.navn] = [vist(p, p.basis)]
    deler = [f"{navn} ({', '.join(v)})" if len(v) > 1 else " ".join([navn, *v]) for navn, v in ut.items()]
    return f"Holdt fast i begge analysene, de viktigste først: {'; '.join(deler)}; {OGSAA_FAST}."


def flyttetekst(f: Flytting, hvem: str, priser: str = "lavere eller høyere") -> str:
    """How near a payback year is to moving, as a sentence. priser: which prices were tried."""
    if f.endring is None:
        hva = f"Tilbakebetalingsåret ({aar(f.aar)})" if f.aar else "Svaret (ikke tilbakebetalt innen analyseperioden)"
        return f"{hva} for {hvem} flyttes ikke av inntil {prosent(0.9)} {priser} priser."
    # Rounded up, so that a change of what is said does move the year.
    endret = prosent(math.ceil(abs(f.endring) * 1e4) / 1e4, 2)
    gir = f"{endret} {'lavere' if f.endring < 0 else 'høyere'} priser gir"
    if f.aar is None:
        return f"{gir} tilbakebetaling fra {aar(f.nytt_aar)} for {hvem}; nå er det ingen innen analyseperioden."
    if f.nytt_aar is None:
        return f"{gir} et svar uten tilbakebetaling innen analyseperioden for {hvem}, ikke {aar(f.aar)}."
    return f"{gir} {aar(f.nytt_aar)} som tilbakebetalingsår for {hvem}, ikke {aar(f.aar)}."


def flyttesetninger(a: Gruppeanalyse) -> list[str]:
    """One sentence for a fall and one for a rise of the prices; one in all when they say the same."""
    if all(f.endring is None for f in a.flyttinger):
        return [flyttetekst(a.flyttinger[0], "offentlige budsjetter")]
    retninger = zip(a.flyttinger, ("lavere", "høyere"), strict=True)
    return [flyttetekst(f, "offentlige budsjetter", priser) for f, priser in retninger]
