"""Løpende kroner in the økonomiplan: true price and wage growth, with forecasts and assumptions marked."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner

from velferdslab_model.cli import cli
from velferdslab_model.errors import UgyldigInndata
from velferdslab_model.oekonomiplan import SERIER, Oekonomiplan, med_prisvekst, oekonomiplan
from velferdslab_model.parameters.loading import fra_toml
from velferdslab_model.parameters.prisvekst import prisvekst
from velferdslab_model.parameters.typer import BETALERE
from velferdslab_model.results import beregn

#: Round growth, so that every number below can be followed by hand: 10, 20 and 30 per cent over two years.
INDEKSER = {
    "kommunal_deflator": {"2019": 100, "2023": 110, "2024": 120},
    "loennsvekst": {"2019": 100, "2023": 120, "2024": 130},
    "kpi": {"2019": 100, "2023": 105, "2024": 115},
}
#: A case with every kind of amount: fixed cost, both payers, part of the saving realisable, income to both.
ALT = {
    "fast_aarskostnad": 100_000,
    "kommunal_andel_nullalternativ": 0.6,
    "fylkeskommunal_andel_av_resten": 0.2,
    "realiserbar_andel": 0.5,
    "offentlig_andel_produksjonsgevinst": 0.4,
    "kommunal_andel_offentlig_inntekt": 0.3,
}


def planer(utvidet: dict[str, float], indekser: dict[str, Any] = INDEKSER) -> tuple[Oekonomiplan, Oekonomiplan]:
    f = fra_toml({"indekser": indekser, "unge_voksne": {"utvidet": utvidet}}, "test", "test")
    faste = oekonomiplan(beregn(f), 2023)
    return faste, med_prisvekst(faste)


def serier(plan: Oekonomiplan, del_: str = "unge_voksne") -> dict[str, list[float]]:
    """The series of a part whose years are all in the analysis."""
    ut = {navn: [v for v in serie if v is not None] for navn, serie in plan.deler[del_].serier.items()}
    assert {len(serie) for serie in ut.values()} == {4}
    return ut


def test_hvert_beloep_faar_sin_egen_vekst() -> None:
    faste, loepende = planer(ALT)
    f, v = serier(faste), serier(loepende)
    for t, (deflator, kpi, loenn) in enumerate(((1.1, 1.05, 1.2), (1.2, 1.15, 1.3))):
        fast = f["fast_aarskostnad"][t]
        assert fast
        assert v["fast_aarskostnad"][t] == pytest.approx(fast * kpi)
        assert v["kostnad_kommune"][t] == pytest.approx((f["kostnad_kommune"][t] - fast) * deflator + fast * kpi)
        for navn in (
            "kostnad_stat",
            "besparelse_kommune",
            "besparelse_kommune_realiserbar",
            "besparelse_fylkeskommune",
            "besparelse_stat",
        ):
            assert f[navn][t]
            assert v[navn][t] == pytest.approx(f[navn][t] * deflator), navn
        for navn in ("offentlig_inntekt_kommune", "offentlig_inntekt_stat"):
            assert f[navn][t]
            assert v[navn][t] == pytest.approx(f[navn][t] * loenn), navn
        assert v["aarsverk"][t] == f["aarsverk"][t]


def test_nettoene_er_satt_sammen_av_delene_sine() -> None:
    faste, loepende = planer(ALT)
    for plan in (faste, loepende):
        for del_ in plan.deler:
            for t in range(4):
                v = {navn: serie[t] for navn, serie in serier(plan, del_).items()}
                for b in BETALERE:
                    netto = v[f"besparelse_{b}"] - v[f"kostnad_{b}"] + v.get(f"offentlig_inntekt_{b}", 0)
                    assert v[f"netto_{b}"] == pytest.approx(netto, abs=1e-6)
                assert v["netto_budsjett"] == pytest.approx(sum(v[f"netto_{b}"] for b in BETALERE), abs=1e-6)
    realiserbar = [serier(p)["netto_kommune_realiserbar"][0] for p in (faste, loepende)]
    assert realiserbar[0] != realiserbar[1]


def test_reell_vekst_i_inntekten_telles_ikke_to_ganger() -> None:
    faste, loepende = planer({**ALT, "reell_vekst": 0.01})
    f, v = (serier(plan)["offentlig_inntekt_kommune"][1] for plan in (faste, loepende))
    assert v == pytest.approx(f * 1.15)


def test_innebygd_vekst_til_2025_er_den_publiserte_og_siste_vekst_fortsetter() -> None:
    vekst = prisvekst({}, 2019, (2024, 2025, 2026, 2028))
    deflator = 1.01 * 1.044 * 1.067 * 1.043 * 1.05
    assert vekst.faktorer["kommunal_deflator"] == pytest.approx(
        (deflator, deflator * 1.04, deflator * 1.04 * 1.035, deflator * 1.04 * 1.035**3)
    )
    assert vekst.faktorer["kpi"] == pytest.approx(
        (133.6 / 110.8, 137.7 / 110.8, 137.7 * 1.03 / 110.8, 137.7 * 1.03**3 / 110.8)
    )
    assert vekst.videre == (2028,)
    assert [vekst.usikkert_aar(aar) for aar in vekst.aar] == [True, True, True, True]  # wages of 2022 are preliminary
    assert "2026 anslag" in vekst.usikre
    assert vekst.brudd.startswith("Brudd: kommunal deflator tar fra 2026")
    assert prisvekst({}, 2019, (2025,)).brudd == ""


def test_et_eget_tall_for_neste_aar_gaar_foran_anslaget() -> None:
    egne = {"kommunal_deflator": {2025: 100.0, 2026: 110.0}}
    assert prisvekst(egne, 2025, (2026, 2027)).faktorer["kommunal_deflator"] == pytest.approx((1.1, 1.21))


def test_et_aar_foer_seriene_avvises() -> None:
    with pytest.raises(UgyldigInndata, match="indeksen kommunal deflator dekker 2014-2026, ikke 2010"):
        prisvekst({}, 2019, (2010,))


def test_kommandoen_merker_anslag_og_antakelser_og_sier_hvilke_kroner_det_er() -> None:
    def kjoer(*valg: str) -> str:
        svar = CliRunner().invoke(cli, ["run", "--oekonomiplan", "--fra-aar", "2025", *valg])
        assert svar.exit_code == 0, svar.output
        return svar.stdout

    tabell = " ".join(kjoer("--loepende").split())
    assert "Løpende kroner, ikke neddiskontert: 2019-kroner med prisvekst" in tabell
    assert "2025° 2026° 2027° 2028°" in tabell
    assert (
        "Antakelse: siste kjente eller anslåtte vekst fortsetter: kommunal deflator 3,5\u00a0% i året etter 2026".replace(
            "\u00a0", " "
        )
        in tabell
    )
    assert "Løpende kroner" not in kjoer()
    svar, faste = (json.loads(kjoer("--format", "json", *valg)) for valg in (["--loepende"], []))
    assert (svar["kroner"], faste["kroner"], faste["prisvekst"]) == ("loepende", "faste", None)
    assert svar["prisvekst"]["usikre_aar"] == [2025, 2026, 2027, 2028]
    assert svar["samlet"].keys() - {"i_analysen", "sum"} == SERIER.keys()
    assert CliRunner().invoke(cli, ["run", "--loepende"]).exit_code == 2
