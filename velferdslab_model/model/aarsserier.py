"""The yearly path: every series a sheet shows, computed from Modellinndata."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np

from velferdslab_model.model.array import Array, einsum
from velferdslab_model.model.besparelse import (
    bedret_situasjon,
    besparelse,
    besparelsessatser,
    erstattede_tjenester,
    spart_mot_bevegelse,
)
from velferdslab_model.model.diskontering import diskonteringsfaktor, realvekst
from velferdslab_model.model.gevinst import gevinst, gevinst_mot_bevegelse, gevinstsats
from velferdslab_model.model.inndata import Modellinndata
from velferdslab_model.model.kohort import Kohort, kohort
from velferdslab_model.model.kostnad import aarsverk, etter_situasjon
from velferdslab_model.parameters.typer import Betaler

#: Who the public income of the production gain goes to.
INNTEKTSMOTTAKERE: tuple[Betaler, ...] = ("kommune", "stat")
#: The nets that are accumulated and have a payback year.
NETTO = ("budsjett", "samfunn", "kommune", "fylkeskommune", "stat", "kommune_realiserbar")


@dataclass(frozen=True)
class Pengeserier:
    """Yearly money, each field (..., T) kr."""

    kostnad: Array
    kostnad_kommune: Array
    kostnad_fylkeskommune: Array
    kostnad_stat: Array
    besparelse: Array
    besparelse_kommune: Array
    besparelse_fylkeskommune: Array
    besparelse_stat: Array
    erstattede_tjenester: Array
    bedret_situasjon: Array
    helsegevinst: Array
    produksjonsgevinst: Array
    offentlig_inntekt: Array
    offentlig_inntekt_kommune: Array
    offentlig_inntekt_stat: Array
    skattefinansieringskostnad: Array
    netto_budsjett: Array
    netto_samfunn: Array
    netto_kommune: Array
    netto_fylkeskommune: Array
    netto_stat: Array
    netto_kommune_realiserbar: Array

    @property
    def fylket_er_med(self) -> bool:
        """Whether the fylkeskommune pays or saves anything; most scenarios have none, and need no row of it on a screen."""
        return bool(np.any(self.kostnad_fylkeskommune) or np.any(self.besparelse_fylkeskommune))

    def ganget(self, faktor: Array) -> Pengeserier:
        """Every series times a yearly factor (..., T)."""
        return Pengeserier(*(getattr(self, felt.name) * faktor for felt in fields(self)))

    def trekning(self, k: int) -> Pengeserier:
        """One draw of series (n, T): each (T,) kr. A series that all draws share has no axis of them."""
        alle = [np.asarray(getattr(self, felt.name)) for felt in fields(self)]
        return Pengeserier(*(serie if serie.ndim == 1 else serie[k] for serie in alle))

    def akkumulert(self, netto: str) -> Array:
        """Running sum of one of NETTO: (..., T) kr."""
        serie: Array = getattr(self, f"netto_{netto}")
        return np.cumsum(serie, axis=-1)


@dataclass(frozen=True)
class Aarsserier:
    """All yearly series of one group, with the intermediate rows of the sheets.

    kohort: persons. personer: (..., 3, 4, T) in or out of the programme, by entry and present situation.
    deltakere, nye: (..., 3, T) persons in the programme by present situation, and new this year.
    oppstart, drift: (..., 3, T) kr by betaler. fast: (..., T) kr. besparelse_i_programmet, besparelse_etter:
    (..., 3, T) kr by utgangssituasjon. sats_*: kr per person-year. ikke_neddiskontert: undiscounted money, without price growth.
    """

    diskonteringsfaktor: Array
    realvekst: Array
    kohort: Kohort
    personer: Array
    nye: Array
    deltakere: Array
    aarsverk: Array
    oppstart: Array
    drift: Array
    fast: Array
    sats_i_programmet: Array
    sats_etter: Array
    sats_helse: Array
    sats_produksjon: Array
    besparelse_i_programmet: Array
    besparelse_etter: Array
    ikke_neddiskontert: Pengeserier

    @property
    def neddiskontert(self) -> Pengeserier:
        """The money series at the chosen rate."""
        return self.ikke_neddiskontert.ganget(self.diskonteringsfaktor)


def pengeserier(
    kostnad: Array, erstattet: Array, bedret: Array, helse: Array, produksjon: Array, x: Modellinndata
) -> Pengeserier:
    """Derive the saving, the splits and the nets.

    kostnad: (..., 3, T) kr by betaler; the other series: (..., T) kr. erstattet, bedret: the two parts of the saving.
    """
    m, f, u, lambda_, z, y = (
        np.asarray(andel)[..., None]
        for andel in (
            x.kommunal_andel_nullalternativ,
            x.fylkeskommunal_andel_av_resten,
            x.realiserbar_andel,
            x.skattefinansieringssats,
            x.offentlig_andel_produksjonsgevinst,
            x.kommunal_andel_offentlig_inntekt,
        )
    )
    kostnad_kommune, kostnad_fylke, kostnad_stat = (kostnad[..., b, :] for b in range(3))
    samlet = kostnad_kommune + kostnad_fylke + kostnad_stat
    besparelse = erstattet + bedret
    besparelse_kommune, resten = m * besparelse, (1 - m) * besparelse
    besparelse_fylke, besparelse_stat = f * resten, (1 - f) * resten
    uten_inntekt = netto_budsjett = besparelse - samlet
    netto_kommune, netto_stat = besparelse_kommune - kostnad_kommune, besparelse_stat - kostnad_stat
    inntekt, inntekt_kommune, inntekt_stat = _offentlig_inntekt(produksjon, z, y)
    if z.any():
        netto_budsjett = uten_inntekt + inntekt
        netto_kommune, netto_stat = netto_kommune + inntekt_kommune, netto_stat + inntekt_stat
    # + 0.0 turns a -0.0 into 0.0, which would show as «-0» in CSV and JSON.
    skatt = -lambda_ * netto_budsjett + 0.0
    return Pengeserier(
        kostnad=samlet,
        kostnad_kommune=kostnad_kommune,
        kostnad_fylkeskommune=kostnad_fylke,
        kostnad_stat=kostnad_stat,
        besparelse=besparelse,
        besparelse_kommune=besparelse_kommune,
        besparelse_fylkeskommune=besparelse_fylke,
        besparelse_stat=besparelse_stat,
        erstattede_tjenester=erstattet,
        bedret_situasjon=bedret,
        helsegevinst=helse,
        produksjonsgevinst=produksjon,
        offentlig_inntekt=inntekt,
        offentlig_inntekt_kommune=inntekt_kommune,
        offentlig_inntekt_stat=inntekt_stat,
        skattefinansieringskostnad=skatt,
        netto_budsjett=netto_budsjett,
        # The public income is a part of the production gain: it moves money, and makes none.
        netto_samfunn=uten_inntekt + helse + produksjon - skatt,
        netto_kommune=netto_kommune,
        netto_fylkeskommune=besparelse_fylke - kostnad_fylke,
        netto_stat=netto_stat,
        netto_kommune_realiserbar=u * besparelse_kommune - kostnad_kommune,
    )


def _offentlig_inntekt(produksjon: Array, z: Array, y: Array) -> tuple[Array, Array, Array]:
    """The public's share z of the gain, and its parts to the municipality (share y) and the state."""
    if not z.any():
        # Most scenarios have none; one row of nothing serves all three.
        ingen = np.zeros(np.broadcast_shapes(produksjon.shape, z.shape, y.shape))
        return ingen, ingen, ingen
    inntekt = z * produksjon + 0.0
    return inntekt, y * inntekt + 0.0, (1 - y) * inntekt + 0.0


def aarsserier(x: Modellinndata) -> Aarsserier:
    """Compute every yearly series of one group. Shapes as in Modellinndata and Aarsserier; no side effects."""
    aar = x.analyseperiode
    inntaksaar = min(x.inntaksaar, aar)
    folk = kohort(x.inntak, x.suksessrate, x.beholder_steget, x.aarlig_tilbakefall, inntaksaar, aar, x.overganger)
    personer = folk.utenfor.copy()
    personer[..., :3, :] += folk.i_programmet
    deltakere = folk.i_programmet.sum(-3)
    nye = einsum("...sst->...st", folk.i_programmet)
    oppstart, drift = etter_situasjon(x.oppstart, nye), etter_situasjon(x.drift, deltakere)
    fast = np.asarray(x.fast_aarskostnad)[..., None] * (np.arange(aar) < inntaksaar)
    kostnad = (
        oppstart + drift + np.stack([fast, np.zeros_like(fast), np.zeros_like(fast)], axis=-2)
    )  # the municipality pays it
    sats_i, sats_etter = besparelsessatser(x.nullalternativ, x.erstatningsgrad, x.skjedd_uansett)
    spart_i, spart_etter = besparelse(folk.i_programmet, sats_i), besparelse(folk.utenfor, sats_etter)
    sats_helse = gevinstsats(x.verdi_qaly, x.livskvalitet, x.skjedd_uansett)
    sats_produksjon = gevinstsats(x.loennskostnad, x.stillingsandel, x.skjedd_uansett)
    vekst = realvekst(x.reell_vekst, aar)
    return Aarsserier(
        diskonteringsfaktor=diskonteringsfaktor(x.neddiskontering, aar),
        realvekst=vekst,
        kohort=folk,
        personer=personer,
        nye=nye,
        deltakere=deltakere,
        aarsverk=aarsverk(x.timer_oppstart, x.timer_drift, nye, deltakere),
        oppstart=oppstart,
        drift=drift,
        fast=fast,
        sats_i_programmet=sats_i,
        sats_etter=sats_etter,
        sats_helse=sats_helse,
        sats_produksjon=sats_produksjon,
        besparelse_i_programmet=spart_i,
        besparelse_etter=spart_etter,
        ikke_neddiskontert=pengeserier(
            kostnad,
            *(
                (
                    erstattede_tjenester(deltakere, x.nullalternativ, x.erstatningsgrad),
                    bedret_situasjon(personer, sats_etter),
                    gevinst(personer, sats_helse, vekst),
                    gevinst(personer, sats_produksjon, vekst),
                )
                if folk.uten is None
                else _mot_bevegelse(x, personer.sum(-3) - folk.uten.sum(-3), deltakere, vekst)
            ),
            x,
        ),
    )


def _mot_bevegelse(x: Modellinndata, avvik: Array, deltakere: Array, vekst: Array) -> tuple[Array, Array, Array, Array]:
    """The two parts of the saving and the two gains against a null alternative that moves. avvik: (..., 4, T) persons."""
    kostnad = x.nullalternativ if x.situasjonskostnad is None else x.situasjonskostnad
    a = x.skjedd_uansett
    return (
        erstattede_tjenester(deltakere, kostnad, x.erstatningsgrad),
        spart_mot_bevegelse(avvik, kostnad, a),
        gevinst_mot_bevegelse(avvik, x.verdi_qaly, x.livskvalitet, a, vekst),
        gevinst_mot_bevegelse(avvik, x.loennskostnad, x.stillingsandel, a, vekst),
    )


def enkeltindivid(x: Modellinndata) -> Aarsserier:
    """One person who enters in uholdbar and succeeds every year (figures 11-13), at the scenario's prices and rate.

    Extended assumptions are neutral, with no fixed cost. The municipal share of the saving is the scenario's own:
    it splits a sum between payers, and has no neutral value.
    """
    return aarsserier(
        replace(
            x,
            inntaksaar=1,
            inntak=np.array([1.0, 0.0, 0.0]),
            suksessrate=np.ones(3),
            erstatningsgrad=np.array(1.0),
            beholder_steget=np.array(1.0),
            aarlig_tilbakefall=np.array(0.0),
            skjedd_uansett=np.array(0.0),
            reell_vekst=np.array(0.0),
            skattefinansieringssats=np.array(0.0),
            fast_aarskostnad=np.array(0.0),
            realiserbar_andel=np.array(1.0),
            offentlig_andel_produksjonsgevinst=np.array(0.0),
            overganger=None,
            situasjonskostnad=None,
        )
    )
