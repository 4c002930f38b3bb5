"""Resultat: that every list and sum stands under its own name, against plain sums of the naive calculation."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.model.naiv import (
    har_del,
    naiv_beregning,
    naiv_dfoe,
    naiv_per_inntatt,
    naiv_tilbakebetaling,
    naiv_uten_effekt,
    naive_summer,
)
from tests.scenarier import KONSTRUERTE
from velferdslab_model.alternativ import SUMMER
from velferdslab_model.model.aarsserier import INNTEKTSMOTTAKERE
from velferdslab_model.parameters.loading import fra_toml
from velferdslab_model.parameters.typer import BETALERE, UTGANGSSITUASJONER, Brukergruppe
from velferdslab_model.results import Resultat, beregn
from velferdslab_model.version import __version__

NETTO = ("budsjett", "samfunn", "kommune", "fylkeskommune", "stat", "kommune_realiserbar")


@pytest.fixture(params=["standard", "utvidet", "fire_prosent", "ulike_grupper", "ulik_lengde", "egen_rente"])
def resultat(request: pytest.FixtureRequest) -> Resultat:
    return beregn(fra_toml({"prisaar": 2022, **KONSTRUERTE.get(request.param, {})}, "test", "Konstruert"))


def ventede_lister(gruppe: Brukergruppe, rente: float) -> dict[str, list[float]]:
    """The yearly money of a group at a rate, by plain loops."""
    m, fylkets = gruppe.utvidet.kommunal_andel_nullalternativ, gruppe.utvidet.fylkeskommunal_andel_av_resten
    naiv = naiv_beregning(gruppe)
    for navn in (*(f"kostnad_{b}" for b in BETALERE), "besparelse", "erstattede_tjenester", "bedret_situasjon",
                 "helsegevinst", "produksjonsgevinst"):  # fmt: skip
        naiv.setdefault(navn, [0.0] * gruppe.analyseperiode)
    naiv["besparelse_kommune"] = [m * b for b in naiv["besparelse"]]
    naiv["besparelse_fylkeskommune"] = [(1 - m) * fylkets * b for b in naiv["besparelse"]]
    naiv["besparelse_stat"] = [(1 - m) * (1 - fylkets) * b for b in naiv["besparelse"]]
    ut = {navn: [v / (1 + rente) ** t for t, v in enumerate(rad)] for navn, rad in naiv.items()}
    for x in NETTO:
        netto = ut[f"netto_{x}"]
        ut[f"akkumulert_{x}"] = [sum(netto[: t + 1]) for t in range(len(netto))]
    return ut


def sammenlign_pengelister(funnet: dict[str, Any], ventet: dict[str, list[float]]) -> None:
    for navn in ("besparelse", "erstattede_tjenester", "bedret_situasjon", "helsegevinst", "produksjonsgevinst",
                 "offentlig_inntekt", "skattefinansieringskostnad", "netto_budsjett", "netto_samfunn",
                 "akkumulert_budsjett", "akkumulert_samfunn"):  # fmt: skip
        assert funnet[navn] == pytest.approx(ventet[navn], rel=1e-9, abs=1e-3), navn
    for navn, kort in (("kostnad", "kostnad"), ("besparelse_per_betaler", "besparelse"),
                       ("offentlig_inntekt_per_betaler", "offentlig_inntekt"),
                       ("netto_per_betaler", "netto"), ("akkumulert_per_betaler", "akkumulert")):  # fmt: skip
        hvem = INNTEKTSMOTTAKERE if kort == "offentlig_inntekt" else BETALERE
        assert funnet[navn].keys() == set(hvem)
        for b in hvem:
            assert funnet[navn][b] == pytest.approx(ventet[f"{kort}_{b}"], rel=1e-9, abs=1e-3), (navn, b)


def test_hodet_i_json(resultat: Resultat) -> None:
    svar = resultat.to_dict()
    assert (svar["navn"], svar["prisaar"], svar["versjon"]) == ("Konstruert", 2022, __version__)
    assert list(svar["brukergrupper"]) == ["unge_voksne", "familier"]
    json.dumps(svar, allow_nan=False)


def test_listene_i_json_er_de_en_regner_ut_for_haand(resultat: Resultat) -> None:
    for navn, funnet in resultat.to_dict()["brukergrupper"].items():
        gruppe = resultat.forutsetninger.grupper[navn]
        t, rente = gruppe.analyseperiode, gruppe.neddiskontering
        assert funnet["aar"] == [gruppe.analysetidspunkt + k for k in range(t)]
        assert funnet["diskonteringsfaktor"] == pytest.approx([(1 + rente) ** -k for k in range(t)])
        sammenlign_pengelister(funnet, ventede_lister(gruppe, rente))
        sammenlign_pengelister(funnet["ikke_neddiskontert"], ventede_lister(gruppe, 0.0))
        naiv = naiv_beregning(gruppe)
        assert funnet["deltakere"].keys() == set(UTGANGSSITUASJONER)
        for j, s in enumerate(UTGANGSSITUASJONER):
            assert funnet["deltakere"][s] == pytest.approx(naiv[f"inne_{j}"])
        assert funnet["aarsverk"] == pytest.approx(naiv["aarsverk"])


def test_summer_og_tilbakebetaling_i_json(resultat: Resultat) -> None:
    for navn, funnet in resultat.to_dict()["brukergrupper"].items():
        gruppe = resultat.forutsetninger.grupper[navn]
        ventet = ventede_lister(gruppe, gruppe.neddiskontering)
        assert funnet["sum"].keys() == set(SUMMER)
        for sum_, verdi in funnet["sum"].items():
            assert verdi == pytest.approx(sum(ventet[sum_]), rel=1e-9, abs=1e-3), sum_
        start = gruppe.analysetidspunkt
        assert funnet["tilbakebetalingsaar"] == {
            x: naiv_tilbakebetaling(ventet[f"netto_{x}"], har_del(ventet, x), start) for x in NETTO
        }
        rente = 0.04 if gruppe.neddiskontering == 0 else 0.0
        annen = ventede_lister(gruppe, rente)
        alternativ = funnet["alternativ"]
        assert alternativ["rente"] == rente
        assert alternativ["sum_netto"] == pytest.approx({x: sum(annen[f"netto_{x}"]) for x in NETTO[:2]})
        assert alternativ["tilbakebetalingsaar"] == {
            x: naiv_tilbakebetaling(annen[f"netto_{x}"], annen["kostnad"], start) for x in NETTO[:2]
        }


def test_enkeltindividet_er_en_som_lykkes_hvert_aar(resultat: Resultat) -> None:
    for navn, funnet in resultat.to_dict()["brukergrupper"].items():
        gruppe = resultat.forutsetninger.grupper[navn]
        m, r = gruppe.utvidet.kommunal_andel_nullalternativ, gruppe.neddiskontering
        n, q, w = gruppe.nullalternativ, gruppe.livskvalitet, gruppe.stillingsandel
        ind = funnet["enkeltindivid"]
        for t in range(gruppe.analyseperiode):
            j, d = min(t, 3), (1 + r) ** -t
            spart = n[0] if t < 3 else n[0] - n[3]
            assert ind["besparelse"][t] == pytest.approx(spart * d)
            assert ind["besparelse_per_betaler"]["kommune"][t] == pytest.approx(m * spart * d)
            assert ind["helsegevinst"][t] == pytest.approx(gruppe.verdi_qaly * (q[j] - q[0]) * d)
            assert ind["produksjonsgevinst"][t] == pytest.approx(gruppe.loennskostnad * (w[j] - w[0]) * d)
            for b in BETALERE:
                kroner = sum(
                    x.enhetskostnad * x.volum[j] * x.ganger_per_aar
                    for x in gruppe.tiltak
                    if j < 3 and x.betaler == b and (x.kategori == "drift" or t == 0)
                )
                assert ind["kostnad"][b][t] == pytest.approx(kroner * d)
            assert ind["skattefinansieringskostnad"][t] == 0
            assert ind["offentlig_inntekt"][t] == 0


def test_kostnadsfordelingen_er_per_person_og_ikke_neddiskontert(resultat: Resultat) -> None:
    for navn, funnet in resultat.to_dict()["brukergrupper"].items():
        gruppe = resultat.forutsetninger.grupper[navn]
        for j, s in enumerate(UTGANGSSITUASJONER):
            for del_, kategorier in (("foerste_aar", ("oppstart", "drift")), ("drift", ("drift",))):
                for b in BETALERE:
                    ventet = sum(
                        x.enhetskostnad * x.volum[j] * x.ganger_per_aar
                        for x in gruppe.tiltak
                        if x.betaler == b and x.kategori in kategorier
                    )
                    assert funnet["kostnadsfordeling"][s][del_][b] == pytest.approx(ventet)


def test_visningene_i_json_er_de_en_regner_ut_for_haand(resultat: Resultat) -> None:
    for navn, funnet in resultat.to_dict()["brukergrupper"].items():
        gruppe = resultat.forutsetninger.grupper[navn]
        dfoe, der = funnet["dfoe"], naiv_dfoe(gruppe)
        assert {n: dfoe[n] for n in ("rente", "skattefinansieringssats", "reell_vekst")} == {
            "rente": 0.04,
            "skattefinansieringssats": 0.2,
            "reell_vekst": 0.009,
        }
        ventet = ventede_lister(der, 0.04)
        assert dfoe["sum_netto"] == pytest.approx({x: sum(ventet[f"netto_{x}"]) for x in NETTO[:2]})
        assert dfoe["tilbakebetalingsaar"] == {
            x: naiv_tilbakebetaling(ventet[f"netto_{x}"], ventet["kostnad"], gruppe.analysetidspunkt) for x in NETTO[:2]
        }
        uten = naive_summer(naiv_uten_effekt(gruppe))
        hoved = ("netto_budsjett", "netto_samfunn")
        assert funnet["uten_effekt"] == pytest.approx({x: uten[x] for x in hoved})
        assert list(funnet["per_inntatt"]) == list(UTGANGSSITUASJONER)
        for start, s in enumerate(UTGANGSSITUASJONER):
            en, (summer, sjanse) = funnet["per_inntatt"][s], naiv_per_inntatt(gruppe, start)
            assert en["sjanse_baerekraftig"] == pytest.approx(sjanse)
            assert en["netto_per_krone"] == pytest.approx(summer["netto_samfunn"] / summer["kostnad"])
            for sum_ in (*SUMMER, "kostnad_kommune", "kostnad_stat"):
                assert en[sum_] == pytest.approx(summer[sum_], rel=1e-9, abs=1e-3), sum_


def test_samlet_er_summen_aar_for_aar(resultat: Resultat) -> None:
    grupper = list(resultat.forutsetninger.grupper.values())
    like = len({(g.analysetidspunkt, g.neddiskontering) for g in grupper}) == 1
    assert (resultat.samlet is not None) == like
    if resultat.samlet is None:
        assert resultat.to_dict()["samlet"] is None
        return
    lengst = max(g.analyseperiode for g in grupper)

    def lagt_sammen(rente: float, navn: str) -> list[float]:
        rader = [ventede_lister(g, rente)[navn] for g in grupper]
        return [sum(rad[t] for rad in rader if t < len(rad)) for t in range(lengst)]

    rente, start = grupper[0].neddiskontering, grupper[0].analysetidspunkt
    funnet = resultat.to_dict()["samlet"]
    assert funnet["sum"].keys() == set(SUMMER)
    for navn, verdi in funnet["sum"].items():
        assert verdi == pytest.approx(sum(lagt_sammen(rente, navn)), rel=1e-9, abs=1e-3)
    kostnad = lagt_sammen(rente, "kostnad")
    lister = {navn: lagt_sammen(rente, navn) for navn in ventede_lister(grupper[0], rente)}
    assert funnet["tilbakebetalingsaar"] == {
        x: naiv_tilbakebetaling(lister[f"netto_{x}"], har_del(lister, x), start) for x in NETTO
    }
    annen = 0.04 if rente == 0 else 0.0
    alternativ = resultat.samlet.alternativ
    assert alternativ.rente == annen
    assert alternativ.faktor.tolist() == pytest.approx([(1 + annen) ** -t for t in range(lengst)])
    assert alternativ.sum_netto == pytest.approx({x: sum(lagt_sammen(annen, f"netto_{x}")) for x in NETTO[:2]})
    assert alternativ.tilbakebetalingsaar == {
        x: naiv_tilbakebetaling(lagt_sammen(annen, f"netto_{x}"), kostnad, start) for x in NETTO[:2]
    }


def test_per_deltaker_og_per_krone(resultat: Resultat) -> None:
    tatt_inn = 0.0
    for gruppe in resultat.grupper.values():
        g = gruppe.gruppe
        assert gruppe.tatt_inn == pytest.approx(sum(g.inntak) * min(g.inntaksaar, g.analyseperiode))
        tatt_inn += gruppe.tatt_inn
        assert gruppe.per_deltaker("kostnad") == pytest.approx(gruppe.sum["kostnad"] / gruppe.tatt_inn)
        assert gruppe.netto_per_budsjettkrone == pytest.approx(gruppe.sum["netto_samfunn"] / gruppe.sum["kostnad"])
    if resultat.samlet:
        assert resultat.samlet.tatt_inn == pytest.approx(tatt_inn)
        assert resultat.samlet.per_deltaker("besparelse") == pytest.approx(resultat.samlet.sum["besparelse"] / tatt_inn)


def test_uten_inntak_eller_kostnad_er_det_ingenting_aa_dele_paa() -> None:
    ingen = beregn(fra_toml(KONSTRUERTE["ujevnt_og_null_inntak"], "t", "t")).grupper["familier"]
    assert ingen.per_deltaker("kostnad") is None
    assert ingen.netto_per_budsjettkrone is None
    assert set(ingen.tilbakebetalingsaar.values()) == {None}


def test_lang_form_har_hver_serie_en_gang(resultat: Resultat) -> None:
    rader = resultat.rader()
    assert len({(g, s, a) for g, s, a, _ in rader}) == len(rader)
    svar = resultat.to_dict()["brukergrupper"]
    verdier = {(g, s, a): v for g, s, a, v in rader}
    for gruppe, innhold in svar.items():
        for k, aar in enumerate(innhold["aar"]):
            assert verdier[gruppe, "besparelse", aar] == innhold["besparelse"][k]
            assert verdier[gruppe, "kostnad_stat", aar] == innhold["kostnad"]["stat"][k]
            assert verdier[gruppe, "besparelse_kommune", aar] == innhold["besparelse_per_betaler"]["kommune"][k]
            assert verdier[gruppe, "netto_stat", aar] == innhold["netto_per_betaler"]["stat"][k]
            assert verdier[gruppe, "akkumulert_kommune", aar] == innhold["akkumulert_per_betaler"]["kommune"][k]
            assert verdier[gruppe, "deltakere_stabil", aar] == innhold["deltakere"]["stabil"][k]
    antall = {g: len({s for gruppe, s, _, _ in rader if gruppe == g}) for g in svar}
    assert set(antall.values()) == {30}


def test_to_frame_er_lang_form_i_pandas(resultat: Resultat) -> None:
    ramme = resultat.to_frame()
    assert list(ramme.columns) == ["gruppe", "serie", "aar", "verdi"]
    assert list(ramme.itertuples(index=False, name=None)) == resultat.rader()
