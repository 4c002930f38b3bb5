"""The answer for each municipality in two or three sentences: how good, why, how sure, and what is no performance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from velferdslab_model.base.ord import BRUKERGRUPPER
from velferdslab_model.base.tall import antall, kr, med_fortegn, sannsynlighet
from velferdslab_model.compare.flagg import Flagg
from velferdslab_model.compare.kolonner import referansetekst
from velferdslab_model.compare.medlem import Medlem
from velferdslab_model.compare.sammenligning import GJENNOMSNITT, Sammenligning
from velferdslab_model.compare.vurdering import IKKE_SKILT, REFERANSEN, Usikkerhetsrad, usikkerhetsrader, vurdering
from velferdslab_model.compare.ytelse import UTENFOR_YTELSEN, YTELSESFAKTORER

#: What the answer is ranked by.
SVARETS_NETTO = "netto_samfunn"
#: Parts smaller than this, kr per person, are not worth a word.
SMAATT = 1_000.0
#: So many reasons are told.
_MAKS_GRUNNER = 3
_GRUNN = {"suksessrater": "suksessrater", "enhetspriser": "enhetspriser", "volum": "volum og tiltak"}
_ANNET = {
    "nullalternativ": "eget nullalternativ",
    "gevinst": "egne antakelser om livskvalitet, QALY og lønn",
    "utvidet": "egne utvidede forutsetninger",
    "blanding": "egen blanding av situasjoner",
    "telling": "telling av kalenderår og faste kostnader",
}


@dataclass(frozen=True)
class Svar:
    """One municipality in one group. plass: by what is ranked, without uncertainty; equal ones share it. dom: the verdict.
    fakta: how many it takes in, and what each costs and saves, in a sentence.
    utenfor: what lies outside the performance beside the reference, kr per person, by UTENFOR_YTELSEN."""

    kommune: str
    gruppe: str
    plass: int
    dom: str
    setninger: tuple[str, ...]
    fakta: str
    flagg: tuple[Flagg, ...]
    rad: Usikkerhetsrad
    egen_blanding: float
    utenfor: Mapping[str, float]

    @property
    def tekst(self) -> str:
        """The sentences, one after the other."""
        return " ".join(self.setninger)


def svarene(s: Sammenligning, gruppe: str, netto: str = SVARETS_NETTO) -> list[Svar]:
    """An answer for each municipality that takes in somebody, the largest number first; equal ones by name."""
    rader = usikkerhetsrader(s, gruppe, netto)
    rekke = {m.navn: i for i, m in enumerate(s.medlemmer)}
    ordnet = sorted(rader, key=lambda r: (-round(r.forventet, 2), rekke[r.kommune]))
    medlemmer, tall = {m.navn: m for m in s.medlemmer}, [round(r.forventet, 2) for r in ordnet]
    foerste = {verdi: i for i, verdi in reversed(list(enumerate(tall, start=1)))}
    return [_svar(s, r, medlemmer[r.kommune], foerste[verdi]) for r, verdi in zip(ordnet, tall, strict=True)]


def _svar(s: Sammenligning, r: Usikkerhetsrad, medlem: Medlem, plass: int) -> Svar:
    ytelse = s.ytelser.rader[r.gruppe][r.kommune]
    utenfor = _utenfor(s, r)
    return Svar(
        r.kommune,
        r.gruppe,
        plass,
        r.vurdering,
        tuple(_setninger(s, r, utenfor)),
        f"{antall(ytelse.deltakere)} tatt inn; kostnad {kr(ytelse.kostnad)} kr og netto budsjetter "
        f"{kr(ytelse.stiger['netto_budsjett'].ytelse)} kr per inntatt.",
        tuple(f for f in medlem.flagg if f.gruppe in ("", r.gruppe)),
        r,
        ytelse.stiger[r.netto].egen_blanding,
        utenfor,
    )


def _utenfor(s: Sammenligning, r: Usikkerhetsrad) -> dict[str, float]:
    """What lies outside the performance, beside the reference or the mean; beside nothing where the reference has none."""
    rader = s.ytelser.rader[r.gruppe]
    deres = rader[r.kommune].stiger[r.netto].utenfor
    if s.referanse == GJENNOMSNITT:
        mot = {n: float(np.mean([en.stiger[r.netto].utenfor[n] for en in rader.values()])) for n in UTENFOR_YTELSEN}
    elif s.referanse in rader:
        mot = rader[s.referanse].stiger[r.netto].utenfor
    else:
        mot = dict.fromkeys(UTENFOR_YTELSEN, 0.0)
    return {n: deres[n] - mot[n] for n in UTENFOR_YTELSEN}


def _setninger(s: Sammenligning, r: Usikkerhetsrad, utenfor: Mapping[str, float]) -> list[str]:
    tall = f"{kr(r.forventet)} kr per inntatt"
    if r.vurdering == REFERANSEN:
        return [f"Referansen de andre måles mot: {tall}."]
    delt = s.ytelser.rader[r.gruppe][r.kommune].forskjell
    if delt is None or r.mot_referansen is None:
        return [f"{tall[:1].upper()}{tall[1:]}. {referansetekst(s)} tar ikke inn noen, så det er ingen å måle mot."]
    enn = referansetekst(s)
    deler = delt[r.netto]
    over = f"{kr(abs(deler.differanse))} {'over' if deler.differanse > 0 else 'under'}"
    tall += f", {over}." if abs(deler.differanse) >= SMAATT else ", det samme."
    ut = [f"{_dom(r, r.mot_referansen, enn, s.rangeringer.trekninger)}: {tall}"]
    if vurdering(r.mot_referansen) != r.vurdering:
        p = max(r.mot_referansen, 1 - r.mot_referansen)
        ut.append(
            f"Med ratene og prisene som er oppgitt, er sannsynligheten {sannsynlighet(p, s.rangeringer.trekninger)}, men det er så "
            "få deltakere at ingenting er klart."
        )
    if grunner := _stoerste({f: deler.deler[f] for f in YTELSESFAKTORER}, _GRUNN):
        ut.append(f"Det skyldes {grunner}.")
    else:
        ut.append("Rater, priser og volum er like.")
    if annet := _stoerste(utenfor, _ANNET):
        tillegg = ""
        if r.med_antakelser is not None and abs(r.med_antakelser - r.mot_referansen) >= 0.01:
            vist = sannsynlighet(r.med_antakelser, s.rangeringer.trekninger)
            tillegg = f" Med egne antakelser ville den vært bedre med {vist} sannsynlighet."
        ut.append(f"Holdt utenfor tallet: {annet}.{tillegg}")
    return ut


def _dom(r: Usikkerhetsrad, p: float, enn: str, trekninger: int) -> str:
    """The verdict and how sure it is; not in figures where it is less than the figures say. p: of being better."""
    if r.vurdering == IKKE_SKILT:
        return f"Kan ikke skilles fra {enn} på rater og priser ({sannsynlighet(p, trekninger)} sannsynlig bedre)"
    dom = f"{r.vurdering[:1].upper()}{r.vurdering[1:]} enn {enn}"
    if vurdering(p) != r.vurdering:
        return dom
    vei = "bedre" if p >= 0.5 else "dårligere"
    return f"{dom} ({sannsynlighet(max(p, 1 - p), trekninger)} sannsynlig {vei})"


def _stoerste(deler: Mapping[str, float], navn: Mapping[str, str]) -> str:
    """The two or three largest parts with kroner, the largest first; empty when all are small."""
    store = sorted((n for n, verdi in deler.items() if abs(verdi) >= SMAATT), key=lambda n: -abs(deler[n]))
    tekster = [f"{navn[n]} ({med_fortegn(deler[n])} kr)" for n in store[:_MAKS_GRUNNER]]
    return tekster[0] if len(tekster) == 1 else f"{', '.join(tekster[:-1])} og {tekster[-1]}" if tekster else ""


@dataclass(frozen=True)
class Fordelingstall:
    """What many numbers come to, kr: mean weighted by those taken in, median and quartiles."""

    veid_snitt: float
    nedre_kvartil: float
    median: float
    oevre_kvartil: float


def fordelingstall(verdier: Sequence[float], vekter: Sequence[float]) -> Fordelingstall:
    """verdier: (K,) kr; vekter: (K,) persons."""
    lav, midt, hoey = (float(p) for p in np.percentile(verdier, (25, 50, 75)))
    return Fordelingstall(float(np.average(verdier, weights=vekter)), lav, midt, hoey)


def fordeling(s: Sammenligning, gruppe: str, netto: str = SVARETS_NETTO) -> Fordelingstall | None:
    """Of the ranked numbers of a group; None where nobody is ranked."""
    rader = s.ytelser.rader[gruppe].values()
    if not rader:
        return None
    return fordelingstall([r.stiger[netto].ytelse for r in rader], [r.deltakere for r in rader])


@dataclass(frozen=True)
class Samletrad:
    """Both groups of one municipality. per_inntatt: as ranked, both groups in the share they have among all that are taken
    in, kr; budsjett, samfunn: nets over the period, kr in all. None where it takes in nobody in one of them."""

    kommune: str
    deltakere: float
    per_inntatt: float | None
    budsjett: float | None
    samfunn: float | None


def samlet(s: Sammenligning, netto: str = SVARETS_NETTO) -> list[Samletrad]:
    """A row for each municipality, the largest number first; those without one last."""
    rader = s.ytelser.rader
    alle = {g: sum(r.deltakere for r in rader[g].values()) for g in BRUKERGRUPPER}
    med = [g for g in BRUKERGRUPPER if alle[g]]
    ut = []
    for m in s.medlemmer:
        deres = {g: rader[g][m.navn] for g in med if m.navn in rader[g]}
        tall = None
        if deres and len(deres) == len(med):
            tall = sum(alle[g] * r.stiger[netto].ytelse for g, r in deres.items()) / sum(alle[g] for g in med)
        summer = {
            n: [v for g in med if (v := getattr(m.rader[g], n)) is not None]
            for n in ("netto_budsjett", "netto_samfunn")
        }
        budsjett, samfunn = (sum(v) if v else None for v in summer.values())
        ut.append(Samletrad(m.navn, sum(rad.deltakere for rad in m.rader.values()), tall, budsjett, samfunn))
    return sorted(ut, key=lambda r: (r.per_inntatt is None, -(r.per_inntatt or 0.0)))
