"""The four years of a municipal økonomiplan: what is paid, saved and freed each year, in fixed prices, undiscounted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from velferdslab_model.base.felt import FOERSTE_AAR, SISTE_AAR
from velferdslab_model.base.ord import BRUKERGRUPPER, SERIENAVN
from velferdslab_model.base.tall import aarsrekke
from velferdslab_model.base.tekst import oppramset
from velferdslab_model.errors import UgyldigInndata
from velferdslab_model.parameters.indekser import Indeks
from velferdslab_model.parameters.prisvekst import Prisvekst, prisvekst
from velferdslab_model.parameters.typer import BETALERE, MAKS_ANALYSEPERIODE
from velferdslab_model.results import Grupperesultat, Resultat
from velferdslab_model.version import __version__

#: An økonomiplan covers four years.
PLANAAR = 4
#: The first years from which at least one of the four can be in some analysis.
TIDLIGSTE_FRA_AAR, SENESTE_FRA_AAR = FOERSTE_AAR - PLANAAR + 1, SISTE_AAR + MAKS_ANALYSEPERIODE - 1
#: Shown for a year that is not in a group's analysis: a 0 would look like a result.
UTENFOR = "utenfor"

#: Every series of the plan, in the order shown: label and unit. «herav» is part of the row above it.
SERIER: dict[str, tuple[str, str]] = {
    "kostnad_kommune": ("Kostnad, kommune", "kr"),
    "fast_aarskostnad": ("  herav fast årskostnad", "kr"),
    "kostnad_fylkeskommune": ("Kostnad, fylkeskommune", "kr"),
    "kostnad_stat": ("Kostnad, stat", "kr"),
    "besparelse_kommune": ("Besparelse, kommune", "kr"),
    "besparelse_kommune_realiserbar": ("  herav realiserbar del", "kr"),
    "besparelse_fylkeskommune": ("Besparelse, fylkeskommune", "kr"),
    "besparelse_stat": ("Besparelse, stat", "kr"),
    "offentlig_inntekt_kommune": ("Offentlig inntekt, kommune", "kr"),
    "offentlig_inntekt_stat": ("Offentlig inntekt, stat", "kr"),
    "netto_kommune": (SERIENAVN["netto_kommune"], "kr"),
    "netto_kommune_realiserbar": (SERIENAVN["netto_kommune_realiserbar"], "kr"),
    "netto_fylkeskommune": (SERIENAVN["netto_fylkeskommune"], "kr"),
    "netto_stat": (SERIENAVN["netto_stat"], "kr"),
    "netto_budsjett": (SERIENAVN["netto_budsjett"], "kr"),
    "aarsverk": ("Årsverk som trengs", "årsverk"),
}
#: Series that in løpende kroner grow with the deflator of municipal services, and with nothing else.
FOELGER_DEFLATOREN = (
    *(f"besparelse_{b}" for b in BETALERE),
    "besparelse_kommune_realiserbar",
    *(f"kostnad_{b}" for b in BETALERE[1:]),
)
#: Series that are added over the years. A full-time position needed each of four years is one position, not four.
SUMMERES = tuple(navn for navn, (_, enhet) in SERIER.items() if enhet == "kr")


@dataclass(frozen=True)
class Plandel:
    """The plan of one group, or of the two together. serier: PLANAAR running amounts by the names of SERIER.

    i_analysen: whether each year is in the analysis. Amounts of a year outside it are None.
    """

    i_analysen: tuple[bool, ...]
    serier: Mapping[str, tuple[float | None, ...]]

    def sum(self, serie: str) -> float | None:
        """Sum of the years in the analysis; None when there is none, and of what is not added over years."""
        if serie not in SUMMERES:
            return None
        verdier = [verdi for verdi in self.serier[serie] if verdi is not None]
        return float(sum(verdier)) if verdier else None


@dataclass(frozen=True)
class Oekonomiplan:
    """The plan of a scenario. aar: the four calendar years. grupper: by key, in the fixed order. prisvekst: what amounts were
    multiplied by; None for fixed prices."""

    resultat: Resultat
    aar: tuple[int, ...]
    grupper: Mapping[str, Plandel]
    samlet: Plandel
    prisvekst: Prisvekst | None = None

    @property
    def deler(self) -> dict[str, Plandel]:
        """Both groups and the two together, by key."""
        return {**self.grupper, "samlet": self.samlet}

    @property
    def varsler(self) -> list[str]:
        """A sentence for the years outside the analysis of each group, and one for the years in it that cost nothing."""
        ut, r = [], self.resultat.grupper
        for navn, del_ in self.grupper.items():
            if utenfor := [str(aar) for aar, med in zip(self.aar, del_.i_analysen, strict=True) if not med]:
                dekker = aarsrekke(r[navn].aar[0], r[navn].aar[-1])
                ut.append(
                    f"{BRUKERGRUPPER[navn]}: {oppramset(utenfor)} er utenfor analysen ({dekker}), og teller ikke i planen."
                )
        kostnader = zip(*(self.samlet.serier[f"kostnad_{b}"] for b in BETALERE), strict=True)
        if gratis := [
            str(aar)
            for aar, med, beloep in zip(self.aar, self.samlet.i_analysen, kostnader, strict=True)
            if med and not any(beloep)
        ]:
            begynner = oppramset(sorted({str(g.foerste_aar) for g in r.values()}))
            ut.append(f"Ingen kostnad i {oppramset(gratis)}. Er analysetidspunktet (nå {begynner}) året dere begynner?")
        return [f"Økonomiplanen: {en}" for en in ut]

    def to_dict(self) -> dict[str, Any]:
        """The JSON form: numbers unrounded, None for a year outside the analysis."""
        f = self.resultat.forutsetninger
        return {
            "navn": f.navn,
            "prisaar": f.prisaar,
            "prisaarvarsel": f.prisaarvarsel,
            "versjon": __version__,
            "kroner": "loepende" if self.prisvekst else "faste",
            "prisvekst": self.prisvekst.to_dict() if self.prisvekst else None,
            "aar": list(self.aar),
            "brukergrupper": {
                navn: {
                    "kommunal_andel_nullalternativ": f.grupper[navn].utvidet.kommunal_andel_nullalternativ,
                    "realiserbar_andel": f.grupper[navn].utvidet.realiserbar_andel,
                    **_del_som_dict(del_),
                }
                for navn, del_ in self.grupper.items()
            },
            "samlet": _del_som_dict(self.samlet),
        }

    def rader(self) -> list[tuple[str, str, int | str, float | str]]:
        """Long form: gruppe, serie, aar («sum» for the four), verdi («utenfor» for a year outside the analysis)."""
        ut: list[tuple[str, str, int | str, float | str]] = []
        for navn, del_ in self.deler.items():
            for serie in SERIER:
                sum_: tuple[tuple[int | str, float | None], ...] = (("sum", del_.sum(serie)),)
                for aar, verdi in (*zip(self.aar, del_.serier[serie], strict=True), *sum_[: serie in SUMMERES]):
                    ut.append((navn, serie, aar, UTENFOR if verdi is None else verdi))
        return ut


def oekonomiplan(resultat: Resultat, fra_aar: int | None = None) -> Oekonomiplan:
    """Take four years out of a result, from fra_aar, or from the first year of the earliest analysis.

    Amounts are running, so the groups are added whatever their rates are; a year outside the one group's analysis
    counts 0 in samlet when the other has it. Raises UgyldigInndata when no year is in any analysis.
    """
    grupper = resultat.grupper
    foerste = min(g.foerste_aar for g in grupper.values()) if fra_aar is None else fra_aar
    aar = tuple(range(foerste, foerste + PLANAAR))
    deler = {navn: _plandel(g, aar) for navn, g in grupper.items()}
    samlet = _lagt_sammen(list(deler.values()))
    if not any(samlet.i_analysen):
        dekker = " og ".join(
            f"{aarsrekke(g.aar[0], g.aar[-1])} for {BRUKERGRUPPER[n].lower()}" for n, g in grupper.items()
        )
        raise UgyldigInndata(
            "økonomiplan",
            [
                f"første år {foerste} gir årene {aarsrekke(aar[0], aar[-1])}, men analysen dekker {dekker}. Velg et år der."
            ],
        )
    return Oekonomiplan(resultat, aar, deler, samlet)


def med_prisvekst(plan: Oekonomiplan) -> Oekonomiplan:
    """The same plan in løpende kroner: each year's amounts with the price and wage growth up to that year.

    Cost of tiltak and the saving follow the deflator of municipal services, the fixed yearly cost consumer prices, and
    public income wages; where the income already grows in real terms (reell_vekst), consumer prices, so that real growth is
    not counted twice. Raises UgyldigInndata when a year lies before the series.
    """
    f = plan.resultat.forutsetninger
    vekst = prisvekst(f.indekser, f.beloepsaar, plan.aar)
    grupper = {
        navn: _i_loepende(del_, vekst, "kpi" if f.grupper[navn].utvidet.reell_vekst else "loennsvekst")
        for navn, del_ in plan.grupper.items()
    }
    return replace(plan, grupper=grupper, samlet=_lagt_sammen(list(grupper.values())), prisvekst=vekst)


def _i_loepende(del_: Plandel, vekst: Prisvekst, inntektsindeks: Indeks) -> Plandel:
    ut: dict[str, list[float | None]] = {navn: [] for navn in SERIER}
    for t, med in enumerate(del_.i_analysen):
        faste = {navn: serie[t] for navn, serie in del_.serier.items()}
        aarets = _aar_i_loepende(
            {navn: verdi or 0.0 for navn, verdi in faste.items()},
            vekst.faktorer["kommunal_deflator"][t],
            vekst.faktorer["kpi"][t],
            vekst.faktorer[inntektsindeks][t],
        )
        for navn in SERIER:
            ut[navn].append(aarets[navn] if med else None)
    return replace(del_, serier={navn: tuple(verdier) for navn, verdier in ut.items()})


def _aar_i_loepende(v: Mapping[str, float], deflator: float, kpi: float, inntekt: float) -> dict[str, float]:
    """One year's amounts, each times its factor; the nets are put together anew from them."""
    ut = dict(v)
    for navn in FOELGER_DEFLATOREN:
        ut[navn] = v[navn] * deflator
    ut["fast_aarskostnad"] = v["fast_aarskostnad"] * kpi
    ut["kostnad_kommune"] = (v["kostnad_kommune"] - v["fast_aarskostnad"]) * deflator + ut["fast_aarskostnad"]
    for navn in ("offentlig_inntekt_kommune", "offentlig_inntekt_stat"):
        ut[navn] = v[navn] * inntekt
    for netto, besparelse, kostnad in (
        ("netto_kommune", "besparelse_kommune", "kostnad_kommune"),
        ("netto_kommune_realiserbar", "besparelse_kommune_realiserbar", "kostnad_kommune"),
        *((f"netto_{b}", f"besparelse_{b}", f"kostnad_{b}") for b in BETALERE[1:]),
    ):
        # What is neither saving nor cost is income, where the net holds it.
        resten = v[netto] - v[besparelse] + v[kostnad]
        ut[netto] = ut[besparelse] - ut[kostnad] + resten * inntekt + 0.0
    ut["netto_budsjett"] = sum(ut[f"netto_{b}"] for b in BETALERE)
    return ut


def _plandel(g: Grupperesultat, aar: Sequence[int]) -> Plandel:
    penger = g.serier.ikke_neddiskontert
    egne = {
        "fast_aarskostnad": g.serier.fast,
        "besparelse_kommune_realiserbar": g.gruppe.utvidet.realiserbar_andel * penger.besparelse_kommune,
        "aarsverk": g.serier.aarsverk,
    }
    steder = [a - g.foerste_aar if a in g.aar else None for a in aar]
    return Plandel(
        tuple(t is not None for t in steder),
        {
            navn: tuple(None if t is None else float(serie[t]) + 0.0 for t in steder)
            for navn in SERIER
            for serie in [egne[navn] if navn in egne else getattr(penger, navn)]
        },
    )


def _lagt_sammen(deler: Sequence[Plandel]) -> Plandel:
    i_analysen = tuple(any(flagg) for flagg in zip(*(d.i_analysen for d in deler), strict=True))
    return Plandel(
        i_analysen,
        {
            navn: tuple(
                sum(v for v in verdier if v is not None) if med else None
                for med, verdier in zip(i_analysen, zip(*(d.serier[navn] for d in deler), strict=True), strict=True)
            )
            for navn in SERIER
        },
    )


def _del_som_dict(del_: Plandel) -> dict[str, Any]:
    return {
        "i_analysen": list(del_.i_analysen),
        **{navn: list(verdier) for navn, verdier in del_.serier.items()},
        "sum": {navn: del_.sum(navn) for navn in SUMMERES},
    }
