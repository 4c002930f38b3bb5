"""The identities of docs/modell.md section 7 that concern sections 1-6. The brute force (9) has its own file."""

from __future__ import annotations

from dataclasses import MISSING, fields, replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.strategier import eksempler, en_gruppe, forutsetninger
from velferdslab_model.alternativ import tilbakebetalingsaar
from velferdslab_model.model.aarsserier import NETTO, Pengeserier, aarsserier
from velferdslab_model.model.array import Array
from velferdslab_model.model.inndata import Modellinndata, inndata
from velferdslab_model.parameters.typer import Brukergruppe, Forutsetninger
from velferdslab_model.results import Resultat, beregn

_FELT = [felt.name for felt in fields(Pengeserier)]


def ikke_neddiskontert(gruppe: Brukergruppe) -> Pengeserier:
    return aarsserier(inndata(gruppe)).ikke_neddiskontert


def skala(x: Modellinndata) -> float:
    """The largest amount that can enter a row: all persons at the largest price."""
    folk = float(x.inntak.sum()) * x.analyseperiode
    priser = [x.nullalternativ.max(), x.verdi_qaly, x.loennskostnad, (x.oppstart + x.drift).max()]
    return max(1.0, folk * float(max(priser)) * 2, float(x.fast_aarskostnad))


def naer(a: Array, b: Array, stoerrelse: float = 1.0) -> bool:
    return bool(np.all(np.abs(a - b) <= 1e-9 * max(1.0, stoerrelse)))


@given(en_gruppe())
def test_1_alle_som_er_tatt_inn_er_gjort_rede_for(gruppe: Brukergruppe) -> None:
    serier = aarsserier(inndata(gruppe))
    assert naer(serier.personer.sum(-2), np.cumsum(serier.nye, axis=-1), float(serier.nye.sum()))
    assert serier.personer.min() >= 0
    assert serier.kohort.i_programmet.min() >= 0


@given(en_gruppe(utvidet=False))
def test_2_uten_suksess_ingen_gevinst_og_ingen_besparelse_etter_foerste_aar(gruppe: Brukergruppe) -> None:
    serier = aarsserier(inndata(replace(gruppe, suksessrate=(0.0, 0.0, 0.0), inntaksaar=1)))
    assert not serier.ikke_neddiskontert.helsegevinst.any()
    assert not serier.ikke_neddiskontert.produksjonsgevinst.any()
    assert not serier.ikke_neddiskontert.besparelse[1:].any()


def test_2_ett_individ_naar_de_kjente_gevinstene(standard: Resultat) -> None:
    ind = standard.grupper["unge_voksne"].enkeltindivid.ikke_neddiskontert
    assert (ind.helsegevinst[1:4] / 1_120_000).tolist() == pytest.approx([0.05, 0.10, 0.15])
    assert ind.produksjonsgevinst[1:4].tolist() == pytest.approx([150_000, 210_000, 300_000])


@given(en_gruppe(), en_gruppe())
def test_3_uten_foerste_steg_er_de_neste_uten_betydning_fra_uholdbar(a: Brukergruppe, b: Brukergruppe) -> None:
    a = replace(a, suksessrate=(0.0, *a.suksessrate[1:]))
    annen = replace(a, suksessrate=(0.0, *b.suksessrate[1:]))
    en, to = (aarsserier(inndata(g)).kohort for g in (a, annen))
    assert np.array_equal(en.i_programmet[0], to.i_programmet[0])
    assert np.array_equal(en.utenfor[0], to.utenfor[0])


@given(en_gruppe())
def test_4_like_nivaaer_gir_ingen_gevinst_og_null_kostnad_ingen_besparelse(gruppe: Brukergruppe) -> None:
    like = (0.7,) * 4
    serier = ikke_neddiskontert(replace(gruppe, livskvalitet=like, stillingsandel=like, nullalternativ=(0.0,) * 4))
    assert not serier.helsegevinst.any()
    assert not serier.produksjonsgevinst.any()
    assert not serier.besparelse.any()


@given(en_gruppe())
def test_5_dobbelt_inntak_dobler_alt_og_flytter_ingen_tilbakebetaling(gruppe: Brukergruppe) -> None:
    fast = gruppe.utvidet.fast_aarskostnad
    dobbel = replace(
        gruppe,
        inntak=tuple(2 * n for n in gruppe.inntak),  # type: ignore[arg-type]  # three in, three out
        utvidet=replace(gruppe.utvidet, fast_aarskostnad=2 * fast),
    )
    _er_dobbelt(gruppe, dobbel)


@given(en_gruppe())
def test_5_doble_priser_og_verdier_dobler_alle_penger(gruppe: Brukergruppe) -> None:
    dobbel = replace(
        gruppe,
        nullalternativ=tuple(2 * n for n in gruppe.nullalternativ),  # type: ignore[arg-type]  # four in, four out
        verdi_qaly=2 * gruppe.verdi_qaly,
        loennskostnad=2 * gruppe.loennskostnad,
        tiltak=tuple(replace(t, enhetskostnad=2 * t.enhetskostnad) for t in gruppe.tiltak),
        utvidet=replace(gruppe.utvidet, fast_aarskostnad=2 * gruppe.utvidet.fast_aarskostnad),
    )
    _er_dobbelt(gruppe, dobbel)


def _er_dobbelt(gruppe: Brukergruppe, dobbel: Brukergruppe) -> None:
    en, to = (aarsserier(inndata(g)).neddiskontert for g in (gruppe, dobbel))
    stoerrelse = skala(inndata(dobbel))
    for navn in _FELT:
        assert naer(2 * getattr(en, navn), getattr(to, navn), stoerrelse), navn
    aar_en, aar_to = (tilbakebetalingsaar(p, gruppe.analysetidspunkt) for p in (en, to))
    for x in NETTO:
        if np.abs(en.akkumulert(x)).min() > 0.01:
            assert aar_en[x] == aar_to[x]


@given(en_gruppe())
def test_6_lengre_periode_endrer_ikke_tidligere_aar(gruppe: Brukergruppe) -> None:
    kort, lang = replace(gruppe, analyseperiode=4), replace(gruppe, analyseperiode=15)
    a, b = (aarsserier(inndata(g)).neddiskontert for g in (kort, lang))
    stoerrelse = skala(inndata(gruppe))
    for navn in _FELT:
        assert naer(getattr(a, navn), getattr(b, navn)[:4], stoerrelse), navn


@given(en_gruppe())
def test_6_annet_analysetidspunkt_endrer_bare_aarstallene(gruppe: Brukergruppe) -> None:
    flyttet = replace(gruppe, analysetidspunkt=gruppe.analysetidspunkt + 7)
    a, b = (aarsserier(inndata(g)).neddiskontert for g in (gruppe, flyttet))
    assert all(np.array_equal(getattr(a, navn), getattr(b, navn)) for navn in _FELT)
    aar_a, aar_b = (tilbakebetalingsaar(p, g.analysetidspunkt) for p, g in ((a, gruppe), (b, flyttet)))
    assert {x: aar and aar + 7 for x, aar in aar_a.items()} == aar_b


@given(forutsetninger())
def test_7_betalere_og_grupper_summerer_til_helheten(f: Forutsetninger) -> None:
    resultat = beregn(f)
    for gruppe in resultat.grupper.values():
        p, stoerrelse = gruppe.penger, skala(gruppe.inndata)
        assert naer(p.kostnad_kommune + p.kostnad_fylkeskommune + p.kostnad_stat, p.kostnad, stoerrelse)
        assert naer(p.besparelse_kommune + p.besparelse_fylkeskommune + p.besparelse_stat, p.besparelse, stoerrelse)
        assert naer(p.erstattede_tjenester + p.bedret_situasjon, p.besparelse, stoerrelse)
        assert naer(p.offentlig_inntekt_kommune + p.offentlig_inntekt_stat, p.offentlig_inntekt, stoerrelse)
        assert naer(p.netto_kommune + p.netto_fylkeskommune + p.netto_stat, p.netto_budsjett, stoerrelse)
        inntaksaar = min(gruppe.gruppe.inntaksaar, gruppe.gruppe.analyseperiode)
        assert not gruppe.serier.oppstart[:, inntaksaar:].any()
    uv, fam = resultat.grupper.values()
    kan = (uv.gruppe.analysetidspunkt, uv.gruppe.neddiskontering) == (
        fam.gruppe.analysetidspunkt,
        fam.gruppe.neddiskontering,
    )
    assert (resultat.samlet is not None) == kan
    if resultat.samlet is not None:
        for navn, verdi in resultat.samlet.sum.items():
            ventet = uv.sum[navn] + fam.sum[navn]
            assert abs(verdi - ventet) <= 1e-9 * 15 * max(skala(uv.inndata), skala(fam.inndata))


@given(en_gruppe(), st.floats(0, 1), st.floats(0, 1))
def test_offentlig_andel_flytter_penger_og_skaper_ingen(gruppe: Brukergruppe, z: float, y: float) -> None:
    """Without a cost of taxes society is where it was; what budgets get is exactly the share of the gain."""

    def med(z: float, y: float, skatt: float) -> Pengeserier:
        utvidet = replace(
            gruppe.utvidet,
            offentlig_andel_produksjonsgevinst=z,
            kommunal_andel_offentlig_inntekt=y,
            skattefinansieringssats=skatt,
        )
        return ikke_neddiskontert(replace(gruppe, utvidet=utvidet))

    stoerrelse = skala(inndata(gruppe))
    uten, p = med(0.0, y, 0.0), med(z, y, 0.0)
    assert naer(p.netto_samfunn, uten.netto_samfunn, stoerrelse)
    assert naer(p.netto_budsjett - uten.netto_budsjett, z * p.produksjonsgevinst, stoerrelse)
    assert naer(p.netto_kommune - uten.netto_kommune, y * z * p.produksjonsgevinst, stoerrelse)
    assert naer(p.netto_stat - uten.netto_stat, (1 - y) * z * p.produksjonsgevinst, stoerrelse)
    assert naer(p.netto_kommune_realiserbar, uten.netto_kommune_realiserbar, stoerrelse)
    # With one, every krone of public income spares society that share of a krone.
    skatt = gruppe.utvidet.skattefinansieringssats
    uten, p = med(0.0, y, skatt), med(z, y, skatt)
    assert naer(p.skattefinansieringskostnad, -skatt * p.netto_budsjett, stoerrelse)
    assert naer(p.netto_samfunn - uten.netto_samfunn, skatt * z * p.produksjonsgevinst, stoerrelse)


@given(en_gruppe())
def test_uten_suksess_er_hele_besparelsen_erstattede_tjenester(gruppe: Brukergruppe) -> None:
    p = ikke_neddiskontert(replace(gruppe, suksessrate=(0.0, 0.0, 0.0)))
    assert not p.bedret_situasjon.any()
    assert not p.offentlig_inntekt.any()
    assert np.array_equal(p.besparelse, p.erstattede_tjenester)


def test_7_samlet_summerer_etter_kalenderaar_ved_ulik_lengde() -> None:
    from tests.scenarier import KONSTRUERTE
    from velferdslab_model.parameters.loading import fra_toml

    resultat = beregn(fra_toml(KONSTRUERTE["ulik_lengde"], "test", "test"))
    assert resultat.samlet is not None
    uv, fam = (g.penger.netto_budsjett for g in resultat.grupper.values())
    samlet = resultat.samlet.penger.netto_budsjett
    assert len(samlet) == 12
    assert samlet[:5] == pytest.approx(uv + fam[:5])
    assert samlet[5:] == pytest.approx(fam[5:])


@given(en_gruppe())
def test_8_null_rente_er_den_enkle_summen(gruppe: Brukergruppe) -> None:
    serier = aarsserier(inndata(replace(gruppe, neddiskontering=0.0)))
    assert all(np.array_equal(getattr(serier.neddiskontert, n), getattr(serier.ikke_neddiskontert, n)) for n in _FELT)


@given(en_gruppe())
def test_8_hoyere_pris_senker_aldri_kostnaden(gruppe: Brukergruppe) -> None:
    dyrere = tuple(replace(t, enhetskostnad=t.enhetskostnad * 1.1 + 1) for t in gruppe.tiltak)
    foer, etter = ikke_neddiskontert(gruppe).kostnad, ikke_neddiskontert(replace(gruppe, tiltak=dyrere)).kostnad
    assert np.all(etter >= foer * (1 - 1e-12))


@given(en_gruppe())
def test_8_hoyere_suksessrate_senker_aldri_gevinsten_naar_nivaaene_stiger(gruppe: Brukergruppe) -> None:
    gruppe = replace(
        gruppe,
        livskvalitet=tuple(sorted(gruppe.livskvalitet)),  # type: ignore[arg-type]  # four in, four out
        stillingsandel=tuple(sorted(gruppe.stillingsandel)),  # type: ignore[arg-type]  # the same
    )
    hoyere = replace(gruppe, suksessrate=tuple(min(1.0, p + 0.1) for p in gruppe.suksessrate))  # type: ignore[arg-type]  # three
    foer, etter = ikke_neddiskontert(gruppe), ikke_neddiskontert(hoyere)
    for navn in ("helsegevinst", "produksjonsgevinst"):
        assert np.all(getattr(etter, navn) >= getattr(foer, navn) - 1e-9 * skala(inndata(gruppe)))


@given(en_gruppe())
def test_noeytrale_utvidede_forutsetninger_gir_den_opprinnelige_modellen(gruppe: Brukergruppe) -> None:
    """Besparelse and gains of section 3 written out for the neutral case."""
    assume(gruppe.analyseperiode >= 4)
    standard = replace(
        gruppe,
        utvidet=replace(
            gruppe.utvidet, erstatningsgrad=1.0, skjedd_uansett=0.0, reell_vekst=0.0, skattefinansieringssats=0.0
        ),
    )
    serier = aarsserier(inndata(standard))
    n = np.array(gruppe.nullalternativ)
    inne = np.einsum("sjt,s->t", serier.kohort.i_programmet, n[:3])
    ute = np.einsum("sjt,sj->t", serier.kohort.utenfor, n[:3, None] - n[None, :])
    assert naer(serier.ikke_neddiskontert.besparelse, inne + ute, skala(inndata(gruppe)))
    assert not serier.ikke_neddiskontert.skattefinansieringskostnad.any()


@eksempler(30)
@given(en_gruppe(), en_gruppe(), en_gruppe())
def test_mange_trekninger_i_ett_kall_er_lik_en_om_gangen(a: Brukergruppe, b: Brukergruppe, c: Brukergruppe) -> None:
    """Draws first, year last: the same code serves one scenario and many."""
    enkle = [replace(g, analyseperiode=a.analyseperiode, inntaksaar=a.inntaksaar) for g in (a, b, c)]
    hver = [inndata(g) for g in enkle]
    felter = [
        f.name for f in fields(Modellinndata) if f.default is MISSING and f.name not in ("analyseperiode", "inntaksaar")
    ]
    stablet = {navn: np.stack([getattr(x, navn) for x in hver]) for navn in felter}
    samlet = replace(hver[0], **stablet)  # type: ignore[arg-type]  # the two whole numbers are not among them
    alle = aarsserier(samlet).neddiskontert
    for k, x in enumerate(hver):
        en = aarsserier(x).neddiskontert
        for navn in _FELT:
            assert naer(getattr(alle, navn)[k], getattr(en, navn), skala(x)), navn
