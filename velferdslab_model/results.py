"""Resultat: the yearly series, sums and payback years of a scenario, for tables, JSON, pandas and the workbook."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from velferdslab_model.alternativ import Alternativ, PerInntatt, summer, tilbakebetalingsaar
from velferdslab_model.bevegelse import Bevegelsesvisning, bevegelsesvisning
from velferdslab_model.model.aarsserier import INNTEKTSMOTTAKERE, Aarsserier, Pengeserier, aarsserier, enkeltindivid
from velferdslab_model.model.diskontering import alternativ_rente, diskonteringsfaktor
from velferdslab_model.model.forsiktig import Vippepunkt, lagt_sammen_vippepunkt, vippepunkt
from velferdslab_model.model.inndata import Modellinndata, inndata
from velferdslab_model.model.visninger import (
    DFOE_REELL_VEKST,
    DFOE_RENTE,
    DFOE_SKATTEFINANSIERINGSSATS,
    FORSIKTIG_RENTE,
    Visninger,
    per_inntatt,
    sjanse_for_baerekraftig,
    visninger,
)
from velferdslab_model.parameters.typer import BETALERE, UTGANGSSITUASJONER, Betaler, Brukergruppe, Forutsetninger
from velferdslab_model.setning import hviler_paa, samlet_hviler_paa, svar
from velferdslab_model.version import __version__

if TYPE_CHECKING:
    import pandas as pd

IKKE_SAMLET = "samlet resultat krever samme analysetidspunkt og neddiskontering i begge grupper"


class Noekkeltall(ABC):
    """What a group, and the two together, answer alike."""

    @property
    @abstractmethod
    def foerste_aar(self) -> int:
        """The first calendar year of the analysis."""

    @property
    @abstractmethod
    def penger(self) -> Pengeserier:
        """Money series at the chosen rate."""

    @property
    @abstractmethod
    def alternativ(self) -> Alternativ:
        """Both headline nets at 4 % when the scenario does not discount, else at 0 %."""

    @property
    @abstractmethod
    def dfoe(self) -> Alternativ:
        """Both headline nets at the rate, cost of taxes and real growth of the DFØ view."""

    @property
    @abstractmethod
    def forsiktig(self) -> Alternativ:
        """Both headline nets at 4 % or more, when 25 % or more of the improvement would have come anyway."""

    @property
    @abstractmethod
    def vippepunkt(self) -> Vippepunkt:
        """How much must have come anyway for each headline net to be 0, at the cautious rate."""

    @property
    @abstractmethod
    def uten_effekt(self) -> Mapping[str, float]:
        """Sums of both headline nets, kr, when nobody succeeds: what rests on replaced services alone."""

    @property
    @abstractmethod
    def tatt_inn(self) -> float:
        """Persons (or families) taken in over the period."""

    @cached_property
    def sum(self) -> dict[str, float]:
        """Discounted sums over the period, kr."""
        return summer(self.penger)

    @cached_property
    def tilbakebetalingsaar(self) -> dict[str, int | None]:
        """Payback year per net."""
        return tilbakebetalingsaar(self.penger, self.foerste_aar)

    @property
    def svar(self) -> str:
        """The answer in one sentence."""
        return svar(self.tilbakebetalingsaar, self.sum["kostnad"])

    @property
    @abstractmethod
    def hviler_paa(self) -> str:
        """What the answer rests on, in one sentence."""

    def per_deltaker(self, sum_: str) -> float | None:
        """One of the sums per person taken in, kr; None without intake."""
        return self.sum[sum_] / self.tatt_inn if self.tatt_inn else None

    @property
    def netto_per_budsjettkrone(self) -> float | None:
        """Sum of netto_samfunn per krone of programme cost; None without cost."""
        return self.sum["netto_samfunn"] / self.sum["kostnad"] if self.sum["kostnad"] else None


@dataclass(frozen=True)
class Grupperesultat(Noekkeltall):
    """What the model says of one brukergruppe. serier: yearly series (T,)."""

    gruppe: Brukergruppe
    inndata: Modellinndata
    serier: Aarsserier

    @property
    def foerste_aar(self) -> int:
        """The first calendar year of the analysis."""
        return self.gruppe.analysetidspunkt

    @property
    def aar(self) -> list[int]:
        """The calendar years of the analysis."""
        return list(range(self.foerste_aar, self.foerste_aar + self.gruppe.analyseperiode))

    @cached_property
    def penger(self) -> Pengeserier:
        """Money series at the chosen rate."""
        return self.serier.neddiskontert

    @cached_property
    def enkeltindivid(self) -> Aarsserier:
        """One person who succeeds every year."""
        return enkeltindivid(self.inndata)

    @cached_property
    def alternativ(self) -> Alternativ:
        """The same nets at 4 % when the scenario does not discount, else at 0 %."""
        rente = alternativ_rente(self.gruppe.neddiskontering)
        faktor = diskonteringsfaktor(np.array(rente), self.gruppe.analyseperiode)
        return Alternativ(rente, faktor, self.serier.ikke_neddiskontert.ganget(faktor), self.foerste_aar)

    @cached_property
    def visninger(self) -> Visninger:
        """Undiscounted yearly money of the DFØ view, and without effect."""
        return visninger(self.inndata)

    @cached_property
    def dfoe(self) -> Alternativ:
        """Both nets in the DFØ view."""
        faktor = self.visninger.dfoe_faktor
        return Alternativ(DFOE_RENTE, faktor, self.visninger.dfoe.ganget(faktor), self.foerste_aar)

    @cached_property
    def forsiktig(self) -> Alternativ:
        """Both nets on the cautious terms, or the scenario's own where they are more so."""
        rente = max(self.gruppe.neddiskontering, FORSIKTIG_RENTE)
        faktor = diskonteringsfaktor(np.array(rente), self.gruppe.analyseperiode)
        return Alternativ(rente, faktor, self.visninger.forsiktig.ganget(faktor), self.foerste_aar)

    @cached_property
    def vippepunkt(self) -> Vippepunkt:
        """How much must have come anyway for each net to be 0, at the cautious rate."""
        utvidet = self.gruppe.utvidet
        penger = self.serier.ikke_neddiskontert.ganget(self.forsiktig.faktor)
        return vippepunkt(penger, utvidet.skattefinansieringssats, utvidet.skjedd_uansett)

    @cached_property
    def uten_effekt(self) -> Mapping[str, float]:
        """Sums of both nets with every suksessrate 0, kr."""
        serier = self.visninger.uten_effekt.ganget(self.serier.diskonteringsfaktor)
        return {navn: float(getattr(serier, navn).sum()) for navn in ("netto_budsjett", "netto_samfunn")}

    @property
    def hviler_paa(self) -> str:
        """What the answer rests on, in one sentence."""
        return hviler_paa(self.gruppe, self.uten_effekt)

    @cached_property
    def bevegelse(self) -> Bevegelsesvisning | None:
        """The same against a null alternative that moves, where the scenario has one."""
        return bevegelsesvisning(self.gruppe.bevegelse, self.inndata, self.serier, self.foerste_aar)

    @cached_property
    def inntatt(self) -> Aarsserier:
        """Yearly series of one person taken in the first year, (3, ...) by utgangssituasjon."""
        return per_inntatt(self.inndata)

    @cached_property
    def per_inntatt(self) -> Mapping[str, PerInntatt]:
        """One person taken in, by utgangssituasjon."""
        serier, sjanser = self.inntatt.neddiskontert, sjanse_for_baerekraftig(self.inndata.suksessrate)
        ut: dict[str, PerInntatt] = {}
        for i, s in enumerate(UTGANGSSITUASJONER):
            en = serier.trekning(i)
            betalere = {f"kostnad_{b}": float(getattr(en, f"kostnad_{b}").sum()) for b in BETALERE}
            ut[s] = PerInntatt(summer(en) | betalere, float(sjanser[i]))
        return ut

    @property
    def tatt_inn(self) -> float:
        """Persons (or families) taken in over the period."""
        return float(self.serier.nye.sum())

    @property
    def kostnadsfordeling(self) -> dict[str, dict[str, dict[str, float]]]:
        """Per situation: the cost of the first year, and of a later one, by betaler, kr per person (figure 14)."""
        foerste = self.inndata.oppstart + self.inndata.drift
        return {
            s: {
                "foerste_aar": {b: float(foerste[i, k]) for k, b in enumerate(BETALERE)},
                "drift": {b: float(self.inndata.drift[i, k]) for k, b in enumerate(BETALERE)},
            }
            for i, s in enumerate(UTGANGSSITUASJONER)
        }


@dataclass(frozen=True)
class Samlet(Noekkeltall):
    """Both groups together by calendar year; years outside a group's period count 0. grupper share year and rate."""

    grupper: tuple[Grupperesultat, ...]

    @property
    def foerste_aar(self) -> int:
        """The first calendar year of the analysis."""
        return self.grupper[0].foerste_aar

    @cached_property
    def penger(self) -> Pengeserier:
        """Money series at the chosen rate."""
        return _lagt_sammen([g.penger for g in self.grupper])

    @cached_property
    def alternativ(self) -> Alternativ:
        """The same nets at the other rate, which the groups share because they share the chosen one."""
        return self._visning([g.alternativ for g in self.grupper])

    @cached_property
    def dfoe(self) -> Alternativ:
        """The DFØ view of both, which has one rate."""
        return self._visning([g.dfoe for g in self.grupper])

    @cached_property
    def forsiktig(self) -> Alternativ:
        """The cautious view of both, at the rate they share."""
        return self._visning([g.forsiktig for g in self.grupper])

    @cached_property
    def vippepunkt(self) -> Vippepunkt:
        """How much must have come anyway in both for each net to be 0."""
        return lagt_sammen_vippepunkt([g.vippepunkt for g in self.grupper])

    def _visning(self, hver: Sequence[Alternativ]) -> Alternativ:
        lengst = max((a.faktor for a in hver), key=len)
        return Alternativ(hver[0].rente, lengst, _lagt_sammen([a.serier for a in hver]), self.foerste_aar)

    @property
    def uten_effekt(self) -> Mapping[str, float]:
        """Sums of both nets, kr, when nobody succeeds in either group."""
        hver = [g.uten_effekt for g in self.grupper]
        return {navn: sum(en[navn] for en in hver) for navn in hver[0]}

    @property
    def hviler_paa(self) -> str:
        """What the answer rests on: what the groups rest on."""
        return samlet_hviler_paa([g.gruppe for g in self.grupper], self.uten_effekt)

    @property
    def tatt_inn(self) -> float:
        """Persons and families taken in over the period."""
        return sum(g.tatt_inn for g in self.grupper)


@dataclass(frozen=True)
class Resultat:
    """The answer for a scenario. samlet is None when the groups cannot be added (IKKE_SAMLET says why)."""

    forutsetninger: Forutsetninger
    grupper: Mapping[str, Grupperesultat]
    samlet: Samlet | None

    def to_dict(self) -> dict[str, Any]:
        """The stable JSON form of `run --format json`: numbers unrounded, yearly lists of length T."""
        return {
            "navn": self.forutsetninger.navn,
            "prisaar": self.forutsetninger.prisaar,
            **({"prisaarvarsel": varsel} if (varsel := self.forutsetninger.prisaarvarsel) else {}),
            "versjon": __version__,
            "brukergrupper": {navn: _gruppe_som_dict(gruppe) for navn, gruppe in self.grupper.items()},
            "samlet": None if self.samlet is None else _samlet_som_dict(self.samlet),
        }

    def rader(self) -> list[tuple[str, str, int, float]]:
        """Every yearly series in long form: gruppe, serie, aar, verdi. Money is at the chosen rate."""
        ut: list[tuple[str, str, int, float]] = []
        for navn, gruppe in self.grupper.items():
            serier = _flat(_serier(gruppe))
            ut += [
                (navn, serie, aar, verdi)
                for serie, verdier in serier.items()
                for aar, verdi in zip(gruppe.aar, verdier, strict=True)
            ]
        return ut

    def to_frame(self) -> pd.DataFrame:
        """Every yearly series as a pandas frame with the columns gruppe, serie, aar, verdi."""
        import pandas as pd  # noqa: PLC0415  # half a second that only this call should cost

        return pd.DataFrame(self.rader(), columns=["gruppe", "serie", "aar", "verdi"])


def beregn(forutsetninger: Forutsetninger) -> Resultat:
    """Compute both groups and, where they share first year and rate, the two together."""
    grupper = {navn: _beregn_gruppe(gruppe) for navn, gruppe in forutsetninger.grupper.items()}
    return Resultat(forutsetninger, grupper, _samlet(tuple(grupper.values())))


def _beregn_gruppe(gruppe: Brukergruppe) -> Grupperesultat:
    x = inndata(gruppe)
    return Grupperesultat(gruppe, x, aarsserier(x))


def _samlet(grupper: tuple[Grupperesultat, ...]) -> Samlet | None:
    like = {(g.gruppe.analysetidspunkt, g.gruppe.neddiskontering) for g in grupper}
    return Samlet(grupper) if len(like) == 1 else None


def _lagt_sammen(alle: Sequence[Pengeserier]) -> Pengeserier:
    """The sum year by year; a shorter series counts 0 after its end."""
    aar = max(len(p.kostnad) for p in alle)
    return Pengeserier(
        **{
            felt.name: sum(
                (np.pad(serie, (0, aar - len(serie))) for p in alle for serie in [getattr(p, felt.name)]), np.zeros(aar)
            )
            for felt in fields(Pengeserier)
        }
    )


def _per_betaler(serier: Pengeserier, navn: str, hvem: Sequence[Betaler] = BETALERE) -> dict[str, list[float]]:
    return {b: getattr(serier, f"{navn}_{b}").tolist() for b in hvem}


def _pengelister(serier: Pengeserier) -> dict[str, Any]:
    return {
        "kostnad": _per_betaler(serier, "kostnad"),
        "besparelse": serier.besparelse.tolist(),
        "besparelse_per_betaler": _per_betaler(serier, "besparelse"),
        "erstattede_tjenester": serier.erstattede_tjenester.tolist(),
        "bedret_situasjon": serier.bedret_situasjon.tolist(),
        "helsegevinst": serier.helsegevinst.tolist(),
        "produksjonsgevinst": serier.produksjonsgevinst.tolist(),
        "offentlig_inntekt": serier.offentlig_inntekt.tolist(),
        "offentlig_inntekt_per_betaler": _per_betaler(serier, "offentlig_inntekt", INNTEKTSMOTTAKERE),
        "skattefinansieringskostnad": serier.skattefinansieringskostnad.tolist(),
        "netto_budsjett": serier.netto_budsjett.tolist(),
        "netto_samfunn": serier.netto_samfunn.tolist(),
        "netto_per_betaler": _per_betaler(serier, "netto"),
        "akkumulert_budsjett": serier.akkumulert("budsjett").tolist(),
        "akkumulert_samfunn": serier.akkumulert("samfunn").tolist(),
        "akkumulert_per_betaler": {b: serier.akkumulert(b).tolist() for b in BETALERE},
    }


def _serier(gruppe: Grupperesultat) -> dict[str, Any]:
    """Yearly lists of one group, money at the chosen rate."""
    return {
        "diskonteringsfaktor": gruppe.serier.diskonteringsfaktor.tolist(),
        "deltakere": {s: gruppe.serier.deltakere[i].tolist() for i, s in enumerate(UTGANGSSITUASJONER)},
        "aarsverk": gruppe.serier.aarsverk.tolist(),
        **_pengelister(gruppe.penger),
    }


def _dfoe(a: Alternativ) -> dict[str, Any]:
    satser = {"skattefinansieringssats": DFOE_SKATTEFINANSIERINGSSATS, "reell_vekst": DFOE_REELL_VEKST}
    return a.som_dict | satser


def _forsiktig(n: Noekkeltall) -> dict[str, Any]:
    """The cautious view; null_ved: the share that would have come anyway at which a net is 0, or that none is."""
    null_ved = {x: n.vippepunkt.snur(x) for x in n.vippepunkt.fast}
    return n.forsiktig.som_dict | {"bare_rente": dict(n.vippepunkt.bare_rente), "null_ved_skjedd_uansett": null_ved}


def _samlet_som_dict(samlet: Samlet) -> dict[str, Any]:
    return {
        "sum": samlet.sum,
        "tilbakebetalingsaar": samlet.tilbakebetalingsaar,
        "svar": samlet.svar,
        "hviler_paa": samlet.hviler_paa,
        "alternativ": samlet.alternativ.som_dict,
        "dfoe": _dfoe(samlet.dfoe),
        "forsiktig": _forsiktig(samlet),
        "uten_effekt": dict(samlet.uten_effekt),
    }


def _per_inntatt(en: PerInntatt) -> dict[str, float | None]:
    return {**en.sum, "netto_per_krone": en.netto_per_krone, "sjanse_baerekraftig": en.sjanse_baerekraftig}


def _gruppe_som_dict(gruppe: Grupperesultat) -> dict[str, Any]:
    return {
        "aar": gruppe.aar,
        **_serier(gruppe),
        "alternativ": gruppe.alternativ.som_dict,
        "sum": gruppe.sum,
        "tilbakebetalingsaar": gruppe.tilbakebetalingsaar,
        "svar": gruppe.svar,
        "hviler_paa": gruppe.hviler_paa,
        "kostnadsfordeling": gruppe.kostnadsfordeling,
        "per_inntatt": {s: _per_inntatt(en) for s, en in gruppe.per_inntatt.items()},
        "dfoe": _dfoe(gruppe.dfoe),
        "forsiktig": _forsiktig(gruppe),
        "uten_effekt": dict(gruppe.uten_effekt),
        "enkeltindivid": _pengelister(gruppe.enkeltindivid.neddiskontert),
        "ikke_neddiskontert": _pengelister(gruppe.serier.ikke_neddiskontert),
        **({"bevegelse": gruppe.bevegelse.som_dict} if gruppe.bevegelse else {}),
    }


def _flat(serier: Mapping[str, Any], foran: str = "") -> dict[str, list[float]]:
    """{"kostnad": {"kommune": [...]}} becomes {"kostnad_kommune": [...]}."""
    ut: dict[str, list[float]] = {}
    for navn, verdi in serier.items():
        fullt = f"{foran}{navn.removesuffix('_per_betaler')}"
        ut |= _flat(verdi, f"{fullt}_") if isinstance(verdi, Mapping) else {fullt: verdi}
    return ut
