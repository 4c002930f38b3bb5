"""The answer in one sentence, and what it rests on: what the two say, and when."""

from __future__ import annotations

from typing import Any

import pytest

from tests.scenarier import KONSTRUERTE
from velferdslab_model.model.forsiktig import ALDRI_UNDER
from velferdslab_model.parameters.loading import fra_toml
from velferdslab_model.results import Grupperesultat, beregn
from velferdslab_model.setning import GUNSTIGST, gunstigst, null_ved, svar


def unge(scenario: dict[str, Any]) -> Grupperesultat:
    return beregn(fra_toml(scenario, "konstruert", "Konstruert")).grupper["unge_voksne"]


@pytest.mark.parametrize(
    ("budsjett", "samfunn", "kostnad", "ventet"),
    [
        (2025, 2022, 1.0, "Tilbakebetalt fra 2025 for offentlige budsjetter og fra 2022 for samfunnet, gitt forutsetningene."),
        (2025, None, 1.0, "Tilbakebetalt fra 2025 for offentlige budsjetter, men ikke for samfunnet innen analyseperioden, "
         "gitt forutsetningene."),
        (None, 2022, 1.0, "Ikke tilbakebetalt for offentlige budsjetter innen analyseperioden, men fra 2022 for samfunnet, "
         "gitt forutsetningene."),
        (None, None, 1.0, "Ikke tilbakebetalt for offentlige budsjetter eller for samfunnet innen analyseperioden, "
         "gitt forutsetningene."),
        (2020, 2020, 0.0, "Ingen kostnad påløper, så det er ingenting å betale tilbake."),
    ],
)  # fmt: skip
def test_svaret_sier_fra_hvilket_aar_og_at_det_hviler_paa_forutsetningene(
    budsjett: int | None, samfunn: int | None, kostnad: float, ventet: str
) -> None:
    assert svar({"budsjett": budsjett, "samfunn": samfunn}, kostnad) == ventet


def test_det_som_er_lonnsomt_uten_at_noen_lykkes_sier_det_selv() -> None:
    g = unge(KONSTRUERTE["bare_stabil_ingen_lykkes"])
    assert g.svar.startswith("Tilbakebetalt fra 2020 ")
    assert g.hviler_paa.startswith("Netto er positiv også om ingen lykkes. Svaret hviler på ")
    assert g.hviler_paa.endswith("og på erstattede tjenester.")
    assert "Netto er positiv også" not in unge({}).hviler_paa


def test_familie_og_samlet_sier_at_de_hviler_paa_antakelser() -> None:
    resultat = beregn(fra_toml({}, "konstruert", "Konstruert"))
    assert "antakelser om suksessrater, priser og volum, helse og arbeid, " in resultat.grupper["familier"].hviler_paa
    assert resultat.samlet is not None
    assert resultat.samlet.hviler_paa.endswith("for familier er suksessratene antakelser.")


def test_samlet_sier_det_ogsaa_naar_netto_er_positiv_uten_at_noen_lykkes() -> None:
    bare_stabil = KONSTRUERTE["bare_stabil_ingen_lykkes"]["unge_voksne"]
    alle = beregn(fra_toml({"unge_voksne": bare_stabil, "familier": bare_stabil}, "konstruert", "Konstruert")).samlet
    ingen = beregn(fra_toml({}, "konstruert", "Konstruert")).samlet
    assert alle is not None
    assert ingen is not None
    assert alle.uten_effekt["netto_budsjett"] > 0 > ingen.uten_effekt["netto_budsjett"]
    assert alle.hviler_paa.startswith("Netto er positiv også om ingen lykkes. Hviler på det samme som gruppene")
    assert ingen.hviler_paa.startswith("Hviler på det samme som gruppene")


@pytest.mark.parametrize(("grad", "ord_"), [(1, "helt"), (0.4, "delvis"), (0, "ikke")])
def test_erstatningsgraden_er_med_i_det_svaret_hviler_paa(grad: float, ord_: str) -> None:
    g = unge({"unge_voksne": {"utvidet": {"erstatningsgrad": grad}}})
    assert g.hviler_paa.endswith(f"på at tiltakene {ord_} erstatter de ordinære tjenestene.")


@pytest.mark.parametrize(
    ("rente", "uansett", "ventet"),
    [
        (0, 0, GUNSTIGST),
        (0, 0.1, "Regnet uten rente."),
        (0.04, 0, "Regnet som om ingenting ville skjedd uansett."),
        (0.04, 0.1, ""),
    ],
)
def test_det_gunstigste_kalles_det_bare_naar_det_er_det(rente: float, uansett: float, ventet: str) -> None:
    assert gunstigst(rente, uansett) == ventet


def test_det_som_gir_null_sies_i_hele_prosent_eller_med_ord() -> None:
    vist = null_ved({"budsjett": 0.7256, "samfunn": ALDRI_UNDER})
    assert vist.endswith("; null når uansett er 73 % / aldri under 0 (budsjetter / samfunn). ")
    assert null_ved({"budsjett": None, "samfunn": None}) == ""


@pytest.mark.parametrize(
    ("kilde", "ventet"),
    [
        (
            "antakelse: snitt av 4 konstruerte historier om 3 personas",
            "fra konstruerte historier uten kontrollgruppe, ",
        ),
        ("kilde: snitt av 5 historier om 2 personas", "et nullalternativ fra historier uten kontrollgruppe, "),
        ("Konstruert for eksempelet", "et konstruert nullalternativ uten kontrollgruppe, "),
    ],
)
def test_en_kilde_som_sier_hva_nullalternativet_er_laget_av_beholder_forbeholdet(kilde: str, ventet: str) -> None:
    assert ventet in unge({"unge_voksne": {"kilder": {"nullalternativ.utsatt": kilde}}}).hviler_paa


def test_egne_kilder_er_ikke_lenger_antakelser_eller_konstruerte_historier() -> None:
    kilder = {"suksessrate.utsatt": "antakelse: konstruert", "nullalternativ.utsatt": "kilde: kommunens regnskap"}
    g = unge({"unge_voksne": {"kilder": kilder, "behold_standardtiltak": False}})
    assert "historier" not in g.hviler_paa
    assert "antakelser om suksessrater, helse og arbeid, og " in g.hviler_paa
