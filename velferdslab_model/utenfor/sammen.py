"""One measure in both models: what the life-course account and the effect model answer, and why they differ.

The measure is the scenario's: its people, cost, share who reach bærekraftig, rate and price year. The account then takes
its steps towards the effect model one at a time, in the order of AARSAKER, so that the differences sum to the whole.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from velferdslab_model.base.ord import BRUKERGRUPPER
from velferdslab_model.errors import UgyldigInndata
from velferdslab_model.model.array import Array
from velferdslab_model.model.kohort import aldersprofil
from velferdslab_model.model.visninger import sjanse_for_baerekraftig
from velferdslab_model.results import Grupperesultat, Resultat
from velferdslab_model.utenfor.account import SYN
from velferdslab_model.utenfor.terms import BUDSJETTSLAG, FORVALTNINGSNIVAAER, SAMFUNNSSLAG, Utenforvilkaar

#: Who an answer is given for.
SVARPARTER = (*FORVALTNINGSNIVAAER, *SYN)
FYLKE = "fylkeskommune"
#: Reason -> its name, and what is changed at that step.
AARSAKER: dict[str, tuple[str, str]] = {
    "horisont": ("Horisont", "Det regnskapet har etter scenariets analyseperiode, går ut."),
    "ytelser_og_skatt": ("Ytelser og skatt", "Regnskapets ytelser og skatter går ut; effektmodellens offentlige inntekt kommer inn."),
    "fylkeskommune": ("Fylkeskommunen", "Profilens tjenester hos fylkeskommunen går ut; effektmodellen har bare det scenariet lar den betale."),
    "tid": ("Tid i mål", "De er i mål når og så lenge som i effektmodellen, med dens tilbakefall og «skjedd uansett»."),
    "nullalternativ": ("Nullalternativet", "Et år i mål er verdt utgangssituasjonens nullalternativ i stedet for profilens forskjell i tjenester."),
    "situasjoner": ("Fire situasjoner", "I stedet for to: besparelsen for dem som er underveis, eller stanset på veien, kommer inn."),
    "produksjon": ("Produksjon", "Effektmodellens produksjonsgevinst i stedet for profilens verdi av arbeid."),
    "helse": ("Helse (QALY)", "Helsegevinsten kommer inn; regnskapet har ingen."),
    "skattefinansiering": ("Skattefinansiering", "Effektmodellens skattefinansieringskostnad kommer inn; regnskapet har ingen."),
}  # fmt: skip
#: What each of the two counts: the account, and the effect model.
TELLER: tuple[tuple[str, str, str], ...] = (
    ("Livssituasjon", "Utenfor eller ikke", "Uholdbar, utsatt, stabil og bærekraftig"),
    ("Sammenlignet med", "Sammenligningsgruppens forbruk, alder for alder", "Utgangssituasjonens nullalternativ, likt hvert år"),
    ("Tjenester", "Forskjellen mellom gruppene", "Det de ordinære tjenestene koster i situasjonen"),
    ("Ytelser og skatt", "Ja, i budsjettene", "Bare som offentlig andel av produksjonsgevinsten, når den er oppgitt"),
    ("Fylkeskommunen", "Ja", "Når scenariet lar den betale"),
    ("Mens tiltaket varer", "Ingen besparelse før det virker", "Tiltaket erstatter de ordinære tjenestene"),
    ("Produksjon", "Bare når profilen har poster av slaget produksjon", "Lønnskostnad ganger stillingsandel"),
    ("Helse og livskvalitet", "Nei", "QALY"),
)  # fmt: skip


@dataclass(frozen=True)
class Sammenstilling:
    """Both answers to one measure. Each mapping is by SVARPARTER; kr over the period, discounted at the scenario's rate.

    egen_horisont: the account, as far as it goes. samme_horisont: the account, within the scenario's period.
    deler: reason -> kr; samme_horisont less egen_horisont is the first, and all of them sum to effektmodell less
    egen_horisont. suksessfaktor: the share of those taken in who in the end reach bærekraftig.
    """

    vilkaar: Utenforvilkaar
    scenario: str
    effekt: Grupperesultat
    gruppe: str
    antall: float
    suksessfaktor: float
    egen_horisont: Mapping[str, float]
    effektmodell: Mapping[str, float]
    deler: Mapping[str, Mapping[str, float]]

    @property
    def samme_horisont(self) -> dict[str, float]:
        """The account within the scenario's period."""
        return {hvem: verdi + self.deler[hvem]["horisont"] for hvem, verdi in self.egen_horisont.items()}


@dataclass(frozen=True)
class Svarrad:
    """A row from the one answer to the other. endring: whether it is a step, and not where one stands. verdier: by SVARPARTER, kr."""

    navn: str
    hva: str
    verdier: Mapping[str, float]
    endring: bool


def svarrader(s: Sammenstilling) -> list[Svarrad]:
    """The account's answer, each step with where the account stands within the period, and the effect model's answer."""
    steg = {n: Svarrad(*AARSAKER[n], {hvem: s.deler[hvem][n] for hvem in SVARPARTER}, True) for n in AARSAKER}
    return [
        Svarrad("Utenforregnskapet", "Hele regnskapets horisont", s.egen_horisont, False),
        steg.pop("horisont"),
        Svarrad(
            f"Innen {s.effekt.gruppe.analyseperiode} år", "Utenforregnskapet i analyseperioden", s.samme_horisont, False
        ),
        *steg.values(),
        Svarrad("Effektmodellen", "Scenariets analyseperiode", s.effektmodell, False),
    ]


def sammenstill(v: Utenforvilkaar, r: Resultat, gruppe: str = "unge_voksne") -> Sammenstilling:
    """Work one measure through both models. r must be in the account's price year.

    Raises UgyldigInndata when the scenario takes in nobody in the group.
    """
    g = r.grupper[gruppe]
    inntak = np.array(g.gruppe.inntak)
    if not inntak.sum():
        navn = BRUKERGRUPPER[gruppe].lower()
        raise UgyldigInndata(
            r.forutsetninger.navn, [f"tar ikke inn noen {navn}, så det er ikke noe tiltak å regne på."]
        )
    suksess = float(inntak @ sjanse_for_baerekraftig(g.inndata.suksessrate) / inntak.sum())
    vekter = _vekter(v, g, float(inntak.sum()) * suksess)
    start, deler = {}, {}
    for hvem in SVARPARTER:
        start[hvem], deler[hvem] = _trinn(v, g, vekter, hvem)
    effekt = {hvem: _sum(g, f"netto_{hvem}") for hvem in SVARPARTER}
    return Sammenstilling(v, r.forutsetninger.navn, g, gruppe, g.tatt_inn, suksess, start, effekt, deler)


@dataclass(frozen=True)
class _Vekter:
    """Discounted people who are as the comparison group, by years since they entered, (aar,), summed over all intakes.

    egen: as the account has them, over its horizon. felles: those of them within the scenario's period. effekt: those the
    effect model has in bærekraftig, less those who would be there anyway; i_maal: the same by utgangssituasjon, (3,).
    """

    egen: Array
    felles: Array
    effekt: Array
    i_maal: Array


def _vekter(v: Utenforvilkaar, g: Grupperesultat, lykkede: float) -> _Vekter:
    """lykkede: people taken in a year who in the end succeed."""
    b, periode = g.gruppe, g.gruppe.analyseperiode
    aar = np.arange(v.til_alder - v.alder_ved_tiltak + 1)
    folk = np.where(aar < v.aar_til_effekt, 0.0, lykkede * (1 - v.skjedd_uansett) * (1 - v.avgang) ** aar)
    x = g.inndata
    profil = aldersprofil(x.suksessrate, x.beholder_steget, x.aarlig_tilbakefall, periode).utenfor[:, 3]
    profil = profil * np.array(b.inntak)[:, None] * (1 - b.utvidet.skjedd_uansett)

    def vekt(antall_aar: int, innen: bool) -> Array:
        """What a krone so many years after entry counts for, over all intakes. innen: only within the period."""
        kalender = np.arange(min(b.inntaksaar, periode))[:, None] + np.arange(antall_aar)
        d = (1 + b.neddiskontering) ** -kalender.astype(float)
        return np.asarray(np.where((kalender < periode) | (not innen), d, 0.0).sum(0))

    effekt = profil * vekt(periode, innen=True)
    # Ages past the profile have no difference to weigh.
    i_profilen = np.zeros(max(len(aar), periode))
    i_profilen[:periode] = effekt.sum(0)
    return _Vekter(
        np.where(aar < v.horisont, folk * vekt(len(aar), innen=False), 0.0),
        np.where(aar < v.horisont, folk * vekt(len(aar), innen=True), 0.0),
        i_profilen[: len(aar)],
        effekt.sum(1),
    )


def _trinn(v: Utenforvilkaar, g: Grupperesultat, w: _Vekter, hvem: str) -> tuple[float, dict[str, float]]:
    """The account's answer, and what each step adds to it."""
    samfunn = hvem == "samfunn"
    nivaaer = list(FORVALTNINGSNIVAAER) if hvem in SYN else [hvem]

    def verdt(vekt: Array, slag: Sequence[str], nivaaer: Sequence[str]) -> float:
        gevinst = (p.gevinst for p in v.poster if p.slag in slag and p.nivaa in nivaaer)
        return float(sum(vekt @ en[v.alder_ved_tiltak - v.fra_alder :] for en in gevinst))

    slag = SAMFUNNSSLAG if samfunn else BUDSJETTSLAG
    overfoeringer = [en for en in slag if en in ("ytelse", "skatt")]
    felles_nivaaer = [n for n in nivaaer if n != FYLKE]
    egen, innen = (verdt(vekt, slag, [*nivaaer, ""]) for vekt in (w.egen, w.felles))
    tjenester = {
        "felles": verdt(w.felles, ["tjeneste"], felles_nivaaer),
        "tid": verdt(w.effekt, ["tjeneste"], felles_nivaaer),
    }
    u, nullalternativ = g.gruppe.utvidet, np.array(g.gruppe.nullalternativ)
    rest = 1 - u.kommunal_andel_nullalternativ
    andeler = {
        "kommune": u.kommunal_andel_nullalternativ,
        FYLKE: rest * u.fylkeskommunal_andel_av_resten,
        "stat": rest * (1 - u.fylkeskommunal_andel_av_resten),
    }
    andel = andeler.get(hvem, 1.0)
    i_maal = float(w.i_maal @ (nullalternativ[:3] - nullalternativ[3]))
    return egen - _sum(g, "kostnad" if hvem in SYN else f"kostnad_{hvem}"), {
        "horisont": innen - egen,
        "ytelser_og_skatt": _inntekt(g, hvem) - verdt(w.felles, overfoeringer, nivaaer),
        "fylkeskommune": -verdt(w.felles, ["tjeneste"], [n for n in nivaaer if n == FYLKE]),
        "tid": tjenester["tid"] - tjenester["felles"],
        "nullalternativ": andel * i_maal - tjenester["tid"],
        "situasjoner": andel * (_sum(g, "besparelse") - i_maal),
        "produksjon": _sum(g, "produksjonsgevinst") - verdt(w.felles, ["produksjon"], [""]) if samfunn else 0.0,
        "helse": _sum(g, "helsegevinst") if samfunn else 0.0,
        "skattefinansiering": -_sum(g, "skattefinansieringskostnad") if samfunn else 0.0,
    }


def _inntekt(g: Grupperesultat, hvem: str) -> float:
    """The public's income from the production gain; it moves money, and makes none for society."""
    if hvem in ("samfunn", FYLKE):
        return 0.0
    return _sum(g, "offentlig_inntekt" if hvem == "budsjett" else f"offentlig_inntekt_{hvem}")


def _sum(g: Grupperesultat, serie: str) -> float:
    """One of the effect model's series over the period, kr."""
    return float(getattr(g.penger, serie).sum())


def sammenstilling_json(s: Sammenstilling) -> dict[str, object]:
    """All figures, unrounded."""
    b = s.effekt.gruppe
    return {
        "tiltak": {
            "scenario": s.scenario,
            "gruppe": s.gruppe,
            "antall": s.antall,
            "suksessfaktor": s.suksessfaktor,
            "analyseperiode": b.analyseperiode,
            "neddiskontering": b.neddiskontering,
            "prisaar": s.vilkaar.prisaar,
        },
        "utenforregnskap": {"navn": s.vilkaar.navn, "konstruert": s.vilkaar.konstruert, "netto": dict(s.egen_horisont)},
        "utenforregnskap_samme_horisont": {"netto": s.samme_horisont},
        "effektmodell": {"netto": dict(s.effektmodell)},
        "forskjell": {hvem: dict(deler) for hvem, deler in s.deler.items()},
        "aarsaker": {noekkel: {"navn": navn, "hva": hva} for noekkel, (navn, hva) in AARSAKER.items()},
    }
