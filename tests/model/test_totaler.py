"""The fast paths give what the yearly path gives: the same sums, the same payback years, whatever the chunks."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.scenarier import KONSTRUERTE
from tests.strategier import eksempler, en_gruppe
from velferdslab_model.model.aarsserier import NETTO, Pengeserier, aarsserier
from velferdslab_model.model.array import Array
from velferdslab_model.model.blokkserier import pengeserier_i_blokker
from velferdslab_model.model.diskontering import TOLERANSE_KR, tilbakebetalt_etter
from velferdslab_model.model.fordelt import totaler_fordelt
from velferdslab_model.model.inndata import Inndata, inndata
from velferdslab_model.model.totaler import ALDRI, SUMMER, Totaler, totaler
from velferdslab_model.parameters.loading import fra_toml
from velferdslab_model.parameters.typer import Brukergruppe

SKALARER = [
    f.name
    for f in fields(Inndata)
    if f.name not in ("analyseperiode", "inntaksaar", "inntak", "suksessrate", "oppstart", "drift")
    and not f.name.startswith("timer")
]


def stoerste(penger: Pengeserier) -> Array:
    """The largest amount that enters any sum, per draw: (n,)."""
    alle = [np.abs(getattr(penger, f.name)).sum(-1) for f in fields(penger)]
    return np.asarray(np.maximum(1.0, np.max(np.stack(np.broadcast_arrays(*alle)), axis=0)))


def maa_stemme(t: Totaler, x: Inndata) -> None:
    penger = aarsserier(x).neddiskontert
    feil = 1e-9 * stoerste(penger)
    assert set(t.sum) == {*SUMMER, *(f"netto_{navn}" for navn in NETTO)}
    for navn in t.sum:
        assert np.all(np.abs(t.sum[navn] - getattr(penger, navn).sum(-1)) <= feil), navn
    for netto in NETTO:
        akkumulert = penger.akkumulert(netto)
        # Where an accumulated net lies on the limit, rounding decides; there either year is right.
        klar = ~(np.abs(akkumulert + TOLERANSE_KR) <= np.expand_dims(feil, -1)).any(-1)
        ventet = np.nan_to_num(tilbakebetalt_etter(akkumulert, penger.kostnad), nan=ALDRI)
        assert np.all((t.aar[netto] == ventet) | ~klar), netto


def trukket(gruppe: Brukergruppe, n: int, froe: int, utvidet: bool) -> Inndata:
    """Draws around a group's own numbers, all inside the legal ranges."""
    x, rng = inndata(gruppe), np.random.default_rng(froe)

    def rundt(verdi: Array) -> Array:
        faktor = rng.uniform(0.5, 1.0, (n, *np.shape(verdi)))
        return np.asarray(faktor * verdi)

    navn = ["inntak", "suksessrate", "oppstart", "drift", "nullalternativ", "livskvalitet", "stillingsandel"]
    navn += ["verdi_qaly", "loennskostnad"] + (SKALARER if utvidet else [])
    return replace(x, **{felt: rundt(getattr(x, felt)) for felt in dict.fromkeys(navn)})  # type: ignore[arg-type]  # array fields


@eksempler(200)
@given(en_gruppe(utvidet=False), st.integers(0, 2**32))
def test_totalene_er_lik_aarsseriene_med_noytrale_forutsetninger(gruppe: Brukergruppe, froe: int) -> None:
    x = trukket(gruppe, 7, froe, utvidet=False)
    maa_stemme(totaler(x), x)


@eksempler(200)
@given(en_gruppe(), st.integers(0, 2**32), st.booleans())
def test_totalene_er_lik_aarsseriene_med_utvidede_forutsetninger(
    gruppe: Brukergruppe, froe: int, trekkes: bool
) -> None:
    x = trukket(gruppe, 7, froe, utvidet=trekkes)
    maa_stemme(totaler(x), x)


@pytest.mark.parametrize("scenario", ["standard", *KONSTRUERTE])
def test_en_eneste_trekning_er_scenariet_selv(scenario: str) -> None:
    for gruppe in fra_toml(KONSTRUERTE.get(scenario, {}), "test", "test").grupper.values():
        x = inndata(gruppe)
        maa_stemme(totaler(x), x)


@eksempler(100)
@given(en_gruppe(), st.integers(0, 2**32), st.booleans())
def test_aarsseriene_i_blokker_er_lik_aarsseriene(gruppe: Brukergruppe, froe: int, trekkes: bool) -> None:
    x = trukket(gruppe, 5, froe, utvidet=trekkes)
    ventet = aarsserier(x).neddiskontert
    feil = 1e-9 * stoerste(ventet)[:, None]
    regnet: list[int] = []
    for hvilke, serier in pengeserier_i_blokker(x, blokk=3):
        regnet += range(hvilke.start, hvilke.stop)
        assert hvilke.stop - hvilke.start <= 3
        for felt in fields(ventet):
            her, der = getattr(serier, felt.name), getattr(ventet, felt.name)[hvilke]
            assert her.shape == der.shape, felt.name
            assert np.all(np.abs(her - der) <= feil[hvilke]), felt.name
    assert regnet == [0, 1, 2, 3, 4]


def test_en_eneste_trekning_er_en_blokk() -> None:
    x = utvidet_scenario()
    ((hvilke, serier),) = pengeserier_i_blokker(x)
    assert (hvilke.start, hvilke.stop) == (0, 1)
    assert np.allclose(serier.netto_samfunn[0], aarsserier(x).neddiskontert.netto_samfunn, rtol=1e-12)


def utvidet_scenario() -> Inndata:
    return inndata(fra_toml(KONSTRUERTE["utvidet"], "test", "test").unge_voksne)


def like(a: Totaler, b: Totaler) -> bool:
    summer = all(a.sum[navn].tobytes() == b.sum[navn].tobytes() for navn in a.sum)
    return summer and all(a.aar[navn].tobytes() == b.aar[navn].tobytes() for navn in a.aar)


@pytest.mark.parametrize("scenario", ["standard", "utvidet"])
def test_verken_blokker_eller_prosesser_endrer_en_eneste_bit(scenario: str) -> None:
    gruppe = fra_toml(KONSTRUERTE.get(scenario, {}), "test", "test").unge_voksne
    x = trukket(gruppe, 20_011, 8, utvidet=scenario == "utvidet")
    fasit = totaler(x)
    for blokk in (1, 7, 4096, 20_011, 10**6)[1 if scenario == "utvidet" else 0 :]:
        assert like(totaler(x, blokk=blokk), fasit), blokk
    for prosesser in (1, 2, 3):
        assert like(totaler_fordelt(x, prosesser, minst=1), fasit), prosesser


def test_bare_det_man_ber_om_regnes_ut() -> None:
    x = inndata(fra_toml({}, "test", "test").unge_voksne)
    t = totaler(x, ("samfunn",), ("helsegevinst",))
    assert list(t.aar) == ["samfunn"]
    assert list(t.sum) == ["helsegevinst", "netto_samfunn"]
    assert t.aar["samfunn"][0] == 2
    with pytest.raises(KeyError):
        totaler(x, ("fylke",))


def test_to_akser_av_trekninger_avvises() -> None:
    x = inndata(fra_toml({}, "test", "test").unge_voksne)
    with pytest.raises(ValueError, match="one axis of draws"):
        totaler(replace(x, verdi_qaly=np.ones((2, 2))))
