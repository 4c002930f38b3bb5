"""The fast paths give what the yearly path gives: the same sums, the same payback years, whatever the chunks."""

from __future__ import annotations

from dataclasses import MISSING, fields, replace

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
from velferdslab_model.model.flyt import Utsnitt, antall_trekninger, utsnitt
from velferdslab_model.model.fordelt import totaler_fordelt
from velferdslab_model.model.inndata import Modellinndata, inndata
from velferdslab_model.model.totaler import ALDRI, TOTALSUMMER, Totaler, totaler
from velferdslab_model.parameters.loading import fra_toml
from velferdslab_model.parameters.typer import Brukergruppe

SKALARER = [
    f.name
    for f in fields(Modellinndata)
    if f.default is MISSING  # what a null alternative that moves adds has its own test
    and f.name not in ("analyseperiode", "inntaksaar", "inntak", "suksessrate", "oppstart", "drift")
    and not f.name.startswith("timer")
]


def stoerste(penger: Pengeserier) -> Array:
    """The largest amount that enters any sum, per draw: (n,)."""
    alle = [np.abs(getattr(penger, f.name)).sum(-1) for f in fields(penger)]
    return np.asarray(np.maximum(1.0, np.max(np.stack(np.broadcast_arrays(*alle)), axis=0)))


def maa_stemme(t: Totaler, x: Modellinndata) -> None:
    penger = aarsserier(x).neddiskontert
    feil = 1e-9 * stoerste(penger)
    assert set(t.sum) == {*TOTALSUMMER, *(f"netto_{navn}" for navn in NETTO)}
    for navn in t.sum:
        assert np.all(np.abs(t.sum[navn] - getattr(penger, navn).sum(-1)) <= feil), navn
    uten_aar = totaler(x, summer=(), med_aar=False)
    assert uten_aar.aar == {}
    for netto in NETTO:
        assert np.all(np.abs(uten_aar.sum[f"netto_{netto}"] - getattr(penger, f"netto_{netto}").sum(-1)) <= feil), netto
    for netto in NETTO:
        akkumulert = penger.akkumulert(netto)
        # Where an accumulated net lies on the limit, rounding decides; there either year is right.
        klar = ~(np.abs(akkumulert + TOLERANSE_KR) <= np.expand_dims(feil, -1)).any(-1)
        ventet = np.nan_to_num(tilbakebetalt_etter(akkumulert, penger.kostnad), nan=ALDRI)
        if netto == "fylkeskommune":
            ventet = np.where(
                (penger.kostnad_fylkeskommune != 0).any(-1) | (penger.besparelse_fylkeskommune != 0).any(-1),
                ventet,
                ALDRI,
            )
        assert np.all((t.aar[netto] == ventet) | ~klar), netto


def blokkene_maa_stemme(x: Modellinndata, blokk: int) -> None:
    ventet = aarsserier(x).neddiskontert
    n = antall_trekninger(x) or 1
    feil = np.broadcast_to(1e-9 * stoerste(ventet), (n,))[:, None]
    regnet: list[int] = []
    for hvilke, serier in pengeserier_i_blokker(x, blokk=blokk):
        regnet += range(hvilke.start, hvilke.stop)
        assert hvilke.stop - hvilke.start <= blokk
        for felt in fields(ventet):
            her = getattr(serier, felt.name)
            der = np.broadcast_to(getattr(ventet, felt.name), (n, x.analyseperiode))[hvilke]
            assert her.shape == der.shape, felt.name
            assert np.all(np.abs(her - der) <= feil[hvilke]), felt.name
    assert regnet == [*range(n)]


def trukket(gruppe: Brukergruppe, n: int, froe: int, utvidet: bool) -> Modellinndata:
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
    blokkene_maa_stemme(trukket(gruppe, 5, froe, utvidet=trekkes), blokk=3)


def test_en_eneste_trekning_er_en_blokk() -> None:
    x = utvidet_scenario()
    ((hvilke, serier),) = pengeserier_i_blokker(x)
    assert (hvilke.start, hvilke.stop) == (0, 1)
    assert np.allclose(serier.netto_samfunn[0], aarsserier(x).neddiskontert.netto_samfunn, rtol=1e-12)


def utvidet_scenario() -> Modellinndata:
    return inndata(fra_toml(KONSTRUERTE["utvidet"], "test", "test").unge_voksne)


def like(a: Totaler, b: Totaler) -> bool:
    summer = all(a.sum[navn].tobytes() == b.sum[navn].tobytes() for navn in a.sum)
    return summer and all(a.aar[navn].tobytes() == b.aar[navn].tobytes() for navn in a.aar)


@pytest.mark.parametrize("scenario", ["standard", "utvidet"])
def test_verken_blokker_eller_prosesser_endrer_en_eneste_bit(scenario: str) -> None:
    gruppe = fra_toml(KONSTRUERTE.get(scenario, {}), "test", "test").unge_voksne
    for n, blokker in ((1_009, (1, 7)), (20_011, (4096, 20_011, 10**6))):
        x = trukket(gruppe, n, 8, utvidet=scenario == "utvidet")
        fasit = totaler(x)
        for blokk in blokker:
            assert like(totaler(x, blokk=blokk), fasit), blokk
        for prosesser in (1, 2, 3):
            assert like(totaler_fordelt(x, prosesser, minst=1), fasit), prosesser


@pytest.mark.parametrize("blokk", [1, 4, 11, 100])
def test_arbeidet_gaar_i_blokker_av_den_stoerrelsen_en_ber_om(monkeypatch: pytest.MonkeyPatch, blokk: int) -> None:
    """Memory follows the chunk, so none may be larger, and no draw may be computed twice."""
    regnet: list[tuple[int, int]] = []

    def merk(x: Modellinndata, fra: int, til: int) -> Utsnitt:
        regnet.append((fra, til))
        return utsnitt(x, fra, til)

    monkeypatch.setattr("velferdslab_model.model.totaler.utsnitt", merk)
    totaler(trukket(fra_toml({}, "test", "test").unge_voksne, 11, 8, utvidet=False), blokk=blokk)
    assert regnet == [(fra, min(fra + blokk, 11)) for fra in range(0, 11, blokk)]


def test_en_eneste_trekning_gir_ett_tall_av_hvert() -> None:
    t = totaler(utvidet_scenario())
    assert {navn: a.shape for navn, a in t.sum.items()} == dict.fromkeys(t.sum, (1,))
    assert {navn: (a.shape, a.dtype) for navn, a in t.aar.items()} == dict.fromkeys(NETTO, ((1,), np.dtype(np.int8)))


@pytest.mark.parametrize("scenario", ["standard", "utvidet", "ingen_lykkes", "uten_tiltak", "synkende_nivaaer"])
def test_ingen_sum_er_minus_null(scenario: str) -> None:
    """A -0.0 is shown as «-0» in CSV and JSON."""
    for gruppe in fra_toml(KONSTRUERTE.get(scenario, {}), "test", "test").grupper.values():
        for navn, sum_ in totaler(inndata(gruppe)).sum.items():
            assert not np.signbit(sum_[sum_ == 0]).any(), navn


def ett_aar(kostnad: float, besparelse: float) -> Modellinndata:
    """One person who stays a year and gets nowhere, at the municipality's cost and saving."""
    return replace(
        inndata(fra_toml({}, "test", "test").unge_voksne),
        inntaksaar=1,
        inntak=np.array([0.0, 0.0, 1.0]),
        suksessrate=np.zeros(3),
        oppstart=np.zeros((3, 3)),
        drift=np.array([[0.0] * 3, [0.0] * 3, [kostnad, 0.0, 0.0]]),
        nullalternativ=np.array([0.0, 0.0, besparelse, 0.0]),
        kommunal_andel_nullalternativ=np.array(1.0),
    )


@pytest.mark.parametrize(
    ("kostnad", "besparelse", "ventet"),
    [
        (2.0, 1.0, ALDRI),
        (1.006, 1.0, ALDRI),  # more than half an øre short
        (1.004, 1.0, 0),  # less than half an øre short
        (1.0, 1.0, 0),
        (1.0, 2.0, 0),
        (0.25, 0.5, 0),  # a cost is a cost, however small
        (0.0, 1.0, ALDRI),  # nothing was laid out, so nothing is paid back
    ],
)
def test_tilbakebetalt_er_det_som_mangler_mindre_enn_et_halvt_oere(
    kostnad: float, besparelse: float, ventet: int
) -> None:
    t = totaler(ett_aar(kostnad, besparelse))
    for netto in ("budsjett", "samfunn", "kommune"):
        assert t.aar[netto][0] == ventet, netto
    # The state neither pays nor saves, and is even from the first year, when there is a programme at all.
    assert t.aar["stat"][0] == (0 if kostnad else ALDRI)
    assert t.aar["fylkeskommune"][0] == ALDRI  # most often not there at all
    assert t.sum["netto_kommune"][0] == pytest.approx(besparelse - kostnad, abs=1e-12)
    assert t.sum["netto_stat"][0] == 0


def test_bare_det_man_ber_om_regnes_ut() -> None:
    x = inndata(fra_toml({}, "test", "test").unge_voksne)
    t = totaler(x, ("samfunn",), ("helsegevinst",))
    assert list(t.aar) == ["samfunn"]
    assert list(t.sum) == ["helsegevinst", "netto_samfunn"]
    assert t.aar["samfunn"][0] == 2


@pytest.mark.parametrize("scenario", ["standard", "utvidet"])
def test_hver_netto_og_hver_sum_er_den_samme_alene_som_blant_alle(scenario: str) -> None:
    gruppe = fra_toml(KONSTRUERTE.get(scenario, {}), "test", "test").unge_voksne
    x = trukket(gruppe, 5, 4, utvidet=scenario == "utvidet")
    alle = totaler(x)
    for netto in NETTO:
        t = totaler(x, (netto,), ())
        assert (list(t.sum), list(t.aar)) == ([f"netto_{netto}"], [netto])
        assert like(t, alle)
    for navn in TOTALSUMMER:
        t = totaler(x, (), (navn,))
        assert (list(t.sum), list(t.aar)) == ([navn], [])
        assert like(t, alle)


def test_en_ukjent_netto_eller_sum_nevnes() -> None:
    x = inndata(fra_toml({}, "test", "test").unge_voksne)
    with pytest.raises(KeyError, match="fylke"):
        totaler(x, ("fylke",))
    with pytest.raises(KeyError, match="skattekostnad"):
        totaler(x, ("samfunn",), ("kostnad", "skattekostnad"))


def test_to_akser_av_trekninger_avvises() -> None:
    x = inndata(fra_toml({}, "test", "test").unge_voksne)
    with pytest.raises(ValueError, match="one axis of draws"):
        totaler(replace(x, verdi_qaly=np.ones((2, 2))))
