"""The views of section 6 of docs/modell.md against the plain enumeration of every life path, which shares no code with them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from tests import protokoll
from tests.model.naiv import (
    naiv_beregning,
    naiv_dfoe,
    naiv_forsiktig,
    naiv_per_inntatt,
    naiv_tilbakebetaling,
    naiv_uten_effekt,
    naive_summer,
)
from tests.strategier import eksempler, en_gruppe, forutsetninger
from velferdslab_model.alternativ import SUMMER
from velferdslab_model.model.forsiktig import ALLTID_UNDER
from velferdslab_model.parameters.loading import fra_toml
from velferdslab_model.parameters.typer import BETALERE, UTGANGSSITUASJONER, Brukergruppe, Forutsetninger
from velferdslab_model.results import Grupperesultat, Noekkeltall, Resultat, beregn

HOVED = ("budsjett", "samfunn")


def resultat(gruppe: Brukergruppe) -> Grupperesultat:
    return beregn(replace(fra_toml({}, "t", "t"), unge_voksne=gruppe)).grupper["unge_voksne"]


def skala(gruppe: Brukergruppe, folk: float) -> float:
    """An amount no sum of so many people is above: all of them at the largest price, in every year."""
    tiltak = sum(t.enhetskostnad * max(t.volum) * t.ganger_per_aar for t in gruppe.tiltak)
    vekst = max(1.0, (1 + gruppe.utvidet.reell_vekst) ** gruppe.analyseperiode)
    priser = sum(gruppe.nullalternativ) + (gruppe.verdi_qaly + gruppe.loennskostnad) * vekst + tiltak
    return max(1.0, gruppe.analyseperiode * (folk * priser + gruppe.utvidet.fast_aarskostnad))


def alle(gruppe: Brukergruppe) -> float:
    return sum(gruppe.inntak) * gruppe.analyseperiode


def test_per_inntatt_av_unge_voksne_er_de_tallene_vi_har_sagt(standard: Resultat) -> None:
    per = standard.grupper["unge_voksne"].per_inntatt
    assert [round(per[s].sum["netto_budsjett"]) for s in UTGANGSSITUASJONER] == [279_209, 812_385, 892_080]
    assert [round(per[s].sum["netto_samfunn"]) for s in UTGANGSSITUASJONER] == [2_879_593, 2_395_105, 1_943_280]
    assert [per[s].sjanse_baerekraftig for s in UTGANGSSITUASJONER] == pytest.approx([0.512, 0.64, 0.8])


def test_besparelsen_av_unge_voksne_er_7_av_25_millioner_uansett_om_noen_lykkes(standard: Resultat) -> None:
    unge = standard.grupper["unge_voksne"]
    assert round(unge.sum["erstattede_tjenester"] / 1e6, 2) == 7.34
    assert round(unge.sum["besparelse"] / 1e6, 2) == 25.57


@eksempler(200)
@given(en_gruppe())
def test_per_inntatt_er_lik_summen_av_livsloepene_til_en(gruppe: Brukergruppe) -> None:
    protokoll.tell("visninger: forutsetningssett")
    per = resultat(gruppe).per_inntatt
    for start, s in enumerate(UTGANGSSITUASJONER):
        ventet, sjanse = naiv_per_inntatt(gruppe, start)
        assert per[s].sum.keys() == {*SUMMER, *(f"kostnad_{b}" for b in BETALERE)}
        for navn, verdi in per[s].sum.items():
            assert verdi == pytest.approx(ventet.get(navn, 0.0), rel=1e-9, abs=1e-9 * skala(gruppe, 1)), navn
        assert per[s].sjanse_baerekraftig == pytest.approx(sjanse, abs=1e-12)
        if per[s].sum["kostnad"]:
            assert per[s].netto_per_krone == per[s].sum["netto_samfunn"] / per[s].sum["kostnad"]
        else:
            assert per[s].netto_per_krone is None


@eksempler(200)
@given(en_gruppe())
def test_dfoe_visningen_er_scenariet_paa_dfoes_vilkaar(gruppe: Brukergruppe) -> None:
    dfoe, der = resultat(gruppe).dfoe, naiv_dfoe(gruppe)
    assert (dfoe.rente, len(dfoe.faktor)) == (0.04, gruppe.analyseperiode)
    ventet, grense = naive_summer(der), 1e-9 * skala(der, alle(der))
    for x in HOVED:
        assert dfoe.sum_netto[x] == pytest.approx(ventet.get(f"netto_{x}", 0.0), rel=1e-9, abs=grense), x
    maa_ha_aarene(dfoe.tilbakebetalingsaar, der, grense)


def maa_ha_aarene(funnet: dict[str, int | None], gruppe: Brukergruppe, grense: float) -> None:
    """Payback years; where an accumulated net lies on the limit, rounding decides and either year is right."""
    naiv = naiv_beregning(gruppe)
    for x in HOVED:
        ned = [v / (1 + gruppe.neddiskontering) ** t for t, v in enumerate(naiv[f"netto_{x}"])]
        akkumulert = [sum(ned[: t + 1]) for t in range(len(ned))]
        if all(abs(a + 0.005) > grense for a in akkumulert):
            assert funnet[x] == naiv_tilbakebetaling(ned, naiv["kostnad"], gruppe.analysetidspunkt), x


@eksempler(200)
@given(en_gruppe())
def test_den_forsiktige_visningen_er_scenariet_med_rente_og_skjedd_uansett(gruppe: Brukergruppe) -> None:
    """And the net is 0, or never or always below it, at the share that is said to turn it."""
    g, der = resultat(gruppe), naiv_forsiktig(gruppe)
    ventet, grense = naive_summer(der), 1e-9 * skala(der, alle(der))
    ved_rente = naive_summer(replace(gruppe, neddiskontering=der.neddiskontering))
    for x in HOVED:
        assert g.forsiktig.sum_netto[x] == pytest.approx(ventet.get(f"netto_{x}", 0.0), rel=1e-9, abs=grense), x
        assert g.vippepunkt.bare_rente[x] == pytest.approx(ved_rente.get(f"netto_{x}", 0.0), rel=1e-9, abs=grense), x
        snur = g.vippepunkt.snur(x)
        if gruppe.utvidet.skjedd_uansett == 1:
            assert snur is None
            continue
        ved = [
            naive_summer(replace(der, utvidet=replace(der.utvidet, skjedd_uansett=a))).get(f"netto_{x}", 0.0)
            for a in (0.0, 1.0, snur if isinstance(snur, float) else 1.0)
        ]
        if isinstance(snur, float):
            assert -1e-9 <= snur <= 1 + 1e-9
            assert ved[2] == pytest.approx(0.0, abs=10 * grense), x
        elif min(abs(v + 0.005) for v in ved) > grense:
            assert {v < -0.005 for v in ved} == {snur == ALLTID_UNDER}, x
    maa_ha_aarene(g.forsiktig.tilbakebetalingsaar, der, grense)


@eksempler(200)
@given(en_gruppe())
def test_uten_effekt_er_scenariet_naar_ingen_lykkes(gruppe: Brukergruppe) -> None:
    uten, der = resultat(gruppe).uten_effekt, naiv_uten_effekt(gruppe)
    ventet = naive_summer(der)
    assert uten.keys() == {"netto_budsjett", "netto_samfunn"}
    for navn, verdi in uten.items():
        assert verdi == pytest.approx(ventet.get(navn, 0.0), rel=1e-9, abs=1e-9 * skala(der, alle(der))), navn


@eksempler(50)
@given(en_gruppe(), en_gruppe())
def test_per_inntatt_avhenger_ikke_av_inntaket_eller_den_faste_kostnaden(a: Brukergruppe, b: Brukergruppe) -> None:
    fast = replace(a.utvidet, fast_aarskostnad=b.utvidet.fast_aarskostnad)
    assert (
        resultat(a).per_inntatt
        == resultat(replace(a, inntak=b.inntak, inntaksaar=b.inntaksaar, utvidet=fast)).per_inntatt
    )


@eksempler(100)
@given(en_gruppe(utvidet=False))
def test_uten_fast_kostnad_og_rente_er_ett_inntaksaar_summen_av_dem_som_tas_inn(gruppe: Brukergruppe) -> None:
    """One intake year is so many of each person."""
    g = resultat(replace(gruppe, inntaksaar=1))
    for navn in SUMMER:
        sum_ = sum(n * g.per_inntatt[s].sum[navn] for n, s in zip(gruppe.inntak, UTGANGSSITUASJONER, strict=True))
        assert g.sum[navn] == pytest.approx(sum_, rel=1e-9, abs=1e-9 * skala(gruppe, alle(gruppe))), navn


@eksempler(50)
@given(forutsetninger())
def test_samlet_er_summen_av_gruppene_i_begge_visningene(f: Forutsetninger) -> None:
    r = beregn(f)
    if r.samlet is None:
        return
    protokoll.tell("visninger: samlet")
    grupper: list[Noekkeltall] = list(r.grupper.values())
    skala_ = sum(skala(naiv_dfoe(g), alle(g)) for g in f.grupper.values())
    for x in HOVED:
        ventet = sum(g.dfoe.sum_netto[x] for g in grupper)
        assert r.samlet.dfoe.sum_netto[x] == pytest.approx(ventet, rel=1e-9, abs=1e-9 * skala_)
        navn = f"netto_{x}"
        assert r.samlet.uten_effekt[navn] == sum(g.uten_effekt[navn] for g in grupper)


@eksempler(200)
@given(en_gruppe(), en_gruppe())
def test_samlet_er_lik_livsloepene_til_alle_i_begge_gruppene(unge: Brukergruppe, familier: Brukergruppe) -> None:
    """Both groups on the same calendar, in the DFØ view and without effect, against the plain enumeration of all of them."""
    familier = replace(familier, analysetidspunkt=unge.analysetidspunkt, neddiskontering=unge.neddiskontering)
    r = beregn(replace(fra_toml({}, "t", "t"), unge_voksne=unge, familier=familier))
    assert r.samlet is not None
    for funnet, lag in ((r.samlet.dfoe.sum_netto, naiv_dfoe), (r.samlet.uten_effekt, naiv_uten_effekt)):
        hver = [lag(g) for g in (unge, familier)]
        grense = 1e-9 * sum(skala(g, alle(g)) for g in hver)
        summer = [naive_summer(g) for g in hver]
        for x in HOVED:
            ventet = sum(s.get(f"netto_{x}", 0.0) for s in summer)
            navn = x if x in funnet else f"netto_{x}"
            assert funnet[navn] == pytest.approx(ventet, rel=1e-9, abs=grense), navn


def test_kommer_alle_i_stabil_er_nettoen_positiv_uten_at_noen_lykkes() -> None:
    """The headline must not read as an effect: the replaced services alone pay for the programme."""
    bare_stabil = {"unge_voksne": {"inntak": {"uholdbar": 0, "utsatt": 0, "stabil": 2}}}
    g = beregn(fra_toml(bare_stabil, "t", "t")).grupper["unge_voksne"]
    # Ten people, one year each: 121 050 kr saved and 100 530 kr paid.
    assert g.uten_effekt == {"netto_budsjett": pytest.approx(205_200), "netto_samfunn": pytest.approx(205_200)}
