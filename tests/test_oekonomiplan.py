from __future__ import annotations

from typing import Any

import pytest

from tests.scenarier import KONSTRUERTE
from velferdslab_model.errors import UgyldigInndata
from velferdslab_model.oekonomiplan import PLANAAR, SERIER, SUMMERES, Oekonomiplan, oekonomiplan
from velferdslab_model.parameters.loading import fra_toml
from velferdslab_model.parameters.typer import BETALERE
from velferdslab_model.results import Resultat, beregn


def plan(data: dict[str, Any], fra_aar: int | None = None) -> Oekonomiplan:
    return oekonomiplan(beregn(fra_toml(data, "test", "test")), fra_aar)


def ett_tiltak(betaler: str, analysetidspunkt: int) -> dict[str, Any]:
    """One person a year for two years, who does not succeed: 3 400 kr and one årsverk each, 10 000 kr saved each."""
    tiltak = {
        "navn": "Oppfølging",
        "beskrivelse": "",
        "type_kostnad": "",
        "kategori": "drift",
        "kostnadsdriver": "timer",
        "enhetskostnad": 2,
        "betaler": betaler,
        "volum": {"uholdbar": 1700, "utsatt": 0, "stabil": 0},
        "ganger_per_aar": 1,
    }
    return {
        "analyseperiode": 4,
        "inntaksaar": 2,
        "analysetidspunkt": analysetidspunkt,
        "neddiskontering": 0.04,
        "inntak": {"uholdbar": 1, "utsatt": 0, "stabil": 0},
        "suksessrate": {"uholdbar": 0, "utsatt": 0, "stabil": 0},
        "nullalternativ": {"uholdbar": 10_000, "utsatt": 0, "stabil": 0, "baerekraftig": 0},
        "behold_standardtiltak": False,
        "tiltak": [tiltak],
        "utvidet": {"fast_aarskostnad": 500, "kommunal_andel_nullalternativ": 0.6, "realiserbar_andel": 0.5},
    }


FOR_HAAND = {"unge_voksne": ett_tiltak("kommune", 2024), "familier": ett_tiltak("stat", 2025)}


def test_planen_regnet_for_haand() -> None:
    """2024: a person costs 3 400 + 500 and saves 10 000, of which 6 000 is the municipality's and 3 000 frees money."""
    p = plan(FOR_HAAND)
    assert p.aar == (2024, 2025, 2026, 2027)
    unge = p.grupper["unge_voksne"]
    assert {navn: list(serie) for navn, serie in unge.serier.items()} == {
        "kostnad_kommune": [3900, 3900, 0, 0],
        "fast_aarskostnad": [500, 500, 0, 0],
        "kostnad_fylkeskommune": [0, 0, 0, 0],
        "kostnad_stat": [0, 0, 0, 0],
        "besparelse_kommune": [6000, 6000, 0, 0],
        "besparelse_kommune_realiserbar": [3000, 3000, 0, 0],
        "besparelse_fylkeskommune": [0, 0, 0, 0],
        "besparelse_stat": [4000, 4000, 0, 0],
        "offentlig_inntekt_kommune": [0, 0, 0, 0],
        "offentlig_inntekt_stat": [0, 0, 0, 0],
        "netto_kommune": [2100, 2100, 0, 0],
        "netto_kommune_realiserbar": [-900, -900, 0, 0],
        "netto_fylkeskommune": [0, 0, 0, 0],
        "netto_stat": [4000, 4000, 0, 0],
        "netto_budsjett": [6100, 6100, 0, 0],
        "aarsverk": [1, 1, 0, 0],
    }
    assert unge.sum("netto_kommune_realiserbar") == -1800
    familier = p.grupper["familier"]
    assert familier.i_analysen == (False, True, True, True)
    assert familier.serier["kostnad_kommune"] == (None, 500, 500, 0)
    assert familier.serier["kostnad_stat"] == (None, 3400, 3400, 0)
    assert familier.sum("kostnad_stat") == 6800


def test_samlet_legger_sammen_og_teller_null_der_den_ene_gruppen_ikke_er_med() -> None:
    p = plan(FOR_HAAND)
    assert p.resultat.samlet is None  # different first years; the running plan can be added all the same
    assert p.samlet.i_analysen == (True,) * PLANAAR
    assert p.samlet.serier["kostnad_kommune"] == (3900, 4400, 500, 0)
    assert p.samlet.serier["netto_budsjett"] == (6100, 12_200, 6100, 0)


def test_to_aarsverk_i_fire_aar_er_ikke_aatte_aarsverk() -> None:
    p = plan(FOR_HAAND)
    assert p.samlet.serier["aarsverk"] == (1, 2, 1, 0)
    assert p.samlet.sum("aarsverk") is None
    assert "aarsverk" not in p.to_dict()["samlet"]["sum"]
    assert not [rad for rad in p.rader() if rad[1] == "aarsverk" and rad[2] == "sum"]
    assert len([rad for rad in p.rader() if rad[1] == "aarsverk"]) == 3 * PLANAAR


def test_aar_utenfor_begge_er_utenfor_i_samlet_og_teller_ikke_i_summen() -> None:
    p = plan(FOR_HAAND, 2026)
    assert p.grupper["unge_voksne"].i_analysen == (True, True, False, False)
    assert p.samlet.i_analysen == (True, True, True, False)
    assert p.samlet.serier["kostnad_kommune"] == (500, 0, 0, None)
    assert p.samlet.sum("kostnad_kommune") == 500
    p = plan(FOR_HAAND, 2028)
    assert p.grupper["unge_voksne"].sum("kostnad_kommune") is None


@pytest.mark.parametrize("fra_aar", [2020, 2029, 1000, 9999])
def test_ingen_aar_i_analysen_er_en_feil_som_sier_hva_analysen_dekker(fra_aar: int) -> None:
    with pytest.raises(UgyldigInndata) as feil:
        plan(FOR_HAAND, fra_aar)
    assert f"{fra_aar} gir årene {fra_aar}–{fra_aar + 3}" in str(feil.value)
    assert "analysen dekker 2024–2027 for unge voksne og 2025–2028 for familie" in str(feil.value)


@pytest.mark.parametrize("fra_aar", [2021, 2028])
def test_ett_aar_i_analysen_er_nok(fra_aar: int) -> None:
    assert sum(plan(FOR_HAAND, fra_aar).samlet.i_analysen) == 1


def test_uten_foerste_aar_brukes_den_tidligste_analysens() -> None:
    assert plan({"unge_voksne": {"analysetidspunkt": 2031}}).aar[0] == 2020
    assert plan({"familier": {"analysetidspunkt": 2018}}).aar[0] == 2018


@pytest.mark.parametrize("scenario", KONSTRUERTE)
def test_planen_er_utsnitt_av_de_ikke_neddiskonterte_seriene(scenario: str) -> None:
    """Window by window over the whole analysis the plan gives back the series of the result, whatever the rate."""
    resultat = beregn(fra_toml(KONSTRUERTE[scenario], scenario, "test"))
    for navn, gruppe in resultat.to_dict()["brukergrupper"].items():
        penger, aar = gruppe["ikke_neddiskontert"], gruppe["aar"]
        ventet = {
            **{f"kostnad_{b}": penger["kostnad"][b] for b in BETALERE},
            **{f"besparelse_{b}": penger["besparelse_per_betaler"][b] for b in BETALERE},
            "offentlig_inntekt_kommune": penger["offentlig_inntekt_per_betaler"]["kommune"],
            "offentlig_inntekt_stat": penger["offentlig_inntekt_per_betaler"]["stat"],
            **{f"netto_{b}": penger["netto_per_betaler"][b] for b in BETALERE},
            "netto_budsjett": penger["netto_budsjett"],
            "aarsverk": gruppe["aarsverk"],
        }
        funnet: dict[str, list[float]] = {serie: [] for serie in SERIER}
        for fra_aar in range(aar[0], aar[-1] + 1, PLANAAR):
            del_ = oekonomiplan(resultat, fra_aar).grupper[navn]
            for serie in SERIER:
                funnet[serie] += [verdi for verdi in del_.serier[serie] if verdi is not None]
        assert {serie: funnet[serie] for serie in ventet} == ventet
        assert sum(funnet["netto_kommune_realiserbar"]) == pytest.approx(
            resultat.grupper[navn].serier.ikke_neddiskontert.netto_kommune_realiserbar.sum()
        )


@pytest.mark.parametrize("scenario", KONSTRUERTE)
def test_delene_gaar_opp_i_helheten(scenario: str) -> None:
    for del_ in plan(KONSTRUERTE[scenario]).deler.values():
        for aar, med in enumerate(del_.i_analysen):
            if med:
                v = {navn: float(serie[aar] or 0) for navn, serie in del_.serier.items()}
                assert v["netto_budsjett"] == pytest.approx(sum(v[f"netto_{b}"] for b in BETALERE), abs=1e-6)
                for b in BETALERE:
                    netto = v[f"besparelse_{b}"] - v[f"kostnad_{b}"] + v.get(f"offentlig_inntekt_{b}", 0)
                    assert v[f"netto_{b}"] == pytest.approx(netto, abs=1e-6)
                realiserbar = v["besparelse_kommune_realiserbar"] - v["kostnad_kommune"]
                assert v["netto_kommune_realiserbar"] == pytest.approx(realiserbar, abs=1e-6)
                assert v["fast_aarskostnad"] <= v["kostnad_kommune"] + 1e-6


def test_lang_form_har_hver_serie_hvert_aar_og_hvert_beloep_en_sum(standard: Resultat) -> None:
    rader = oekonomiplan(standard, 2028).rader()
    assert len(rader) == 3 * (len(SERIER) * PLANAAR + len(SUMMERES))
    assert ("samlet", "kostnad_kommune", 2030, "utenfor") in rader
    assert ("unge_voksne", "kostnad_stat", "sum", 0.0) in rader
    assert not [rad for rad in rader if str(rad[3]) == "-0.0"]
