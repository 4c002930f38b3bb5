"""What is shown of a contract, and its JSON."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import cache

import pytest

from tests.contract.test_loading import les
from tests.contract.vilkaar import TABELLEN, fullt, kort, med
from velferdslab_model.contract import screen
from velferdslab_model.contract.analysis import Kontraktsanalyse, analyser_kontrakt, tilfelle
from velferdslab_model.contract.indigo import til_json
from velferdslab_model.contract.loading import MALER, kontraktsmal, les_kontrakt
from velferdslab_model.contract.tabellen import tabellen
from velferdslab_model.contract.terms import (
    Avvikling,
    FastBetaling,
    Kommunevilkaar,
    Nullalternativ,
    Tak,
)
from velferdslab_model.contract.words import betaler_mer, horisonter, sjanse
from velferdslab_model.contract.writing import kontraktplan


@cache
def _asker() -> Kontraktsanalyse:
    return analyser_kontrakt(les_kontrakt())


def paa_skjermen(a: Kontraktsanalyse) -> str:
    """The screen, with the hard spaces of its numbers as ordinary ones."""
    return screen.kontraktstabell(a).replace("\u00a0", " ")


def test_pris_risiko_og_tak_staar_i_de_ti_foerste_linjene() -> None:
    linjer = paa_skjermen(_asker()).splitlines()
    foerste = "\n".join(linjer[:10])
    for ventet in (
        "150 000 kr",
        "6 000 000 kr i alt",
        "40 av 80",
        "5 733 216 kr (eksakt regnet)",
        "54,4 %",
        "45,6 %",
    ):
        assert ventet in foerste


@pytest.mark.parametrize("navn", MALER)
def test_hver_mal_vises_i_bredden_og_blir_gyldig_json(navn: str) -> None:
    a = _asker() if navn == "asker" else analyser_kontrakt(les(kontraktsmal(navn)))
    tekst = paa_skjermen(a)
    assert max(map(len, tekst.splitlines())) <= 100
    assert "nan" not in tekst.lower().replace("finans", "")
    assert re.findall(r"[a-zæøå]\d[\d ]* (?:kr|DKK)", tekst) == []  # a label run together with its value
    data = json.loads(json.dumps(til_json(a), allow_nan=False))
    assert data["valuta"] == a.avtalt.vilkaar.valuta
    if a.avtalt.vilkaar.valuta != "NOK":
        assert " kr" not in "\n".join(tekst.splitlines()[:20])


def test_uten_nullalternativ_staar_det_hva_som_maa_oppnaas_og_ingen_besparelse_antas() -> None:
    tekst = paa_skjermen(analyser_kontrakt(les(kontraktsmal("koebenhavn"))))
    assert "Oppgi [nullalternativ]" in tekst
    # 2 cohorts x 20 x 30 % = 12; 4 000 000 over 12 x 5 person-years.
    assert "i 5 år (60 personår)" in " ".join(tekst.split())
    assert "66 667 DKK" in tekst


def test_tabellen_i_bilaget_har_en_ulik_rad_og_sier_hvorfor() -> None:
    assert [(r.antall, r.rate) for r in tabellen(TABELLEN) if not r.er_lik] == [(15, 0.5)]
    hele = replace(TABELLEN, avrunding="hele personer")
    assert [(r.antall, r.rate) for r in tabellen(hele) if not r.er_lik] == [(15, 0.7)]
    assert "Raden 15 / 50 %" in paa_skjermen(_asker())


def test_indigo_feltene_har_kontraktens_tall() -> None:
    data = til_json(_asker())["indigo"]
    assert data["outcome_pricings"][0]["price_per_unit"] == {"amount": 150_000}
    finans = data["overall_project_finance"]
    assert finans["maximum_potential_outcome_payment_v2"] == {"currency": "NOK", "amount": 6_000_000}
    assert finans["maximum_potential_loss"] == 2_400_000
    assert data["investments"][0]["investor_repayment"]["value"].startswith("0.6 av hver betaling")
    assert data["outcome_metrics"][0]["definition"].startswith("Minst 4 av 6")
    assert data["outcome_metrics"][0]["outcome_validation_method"]


def test_det_meste_som_kan_betales_er_uten_tak_alle_ganger_prisen() -> None:
    v = med(tak=Tak(None, None, None, False), priskort=kort((6, 1000, 1.0), (12, 2000, 0.5)), betalingsaar=(1, 2, 3, 4))
    finans = til_json(analyser_kontrakt(v))["indigo"]["overall_project_finance"]
    assert finans["maximum_potential_outcome_payment_v2"]["amount"] == 80 * 3000


def test_alle_beloep_paa_skjermen_er_de_forventede_under_takene() -> None:
    tekst = " ".join(paa_skjermen(_asker()).split())
    for ventet in (
        "Betalt i snitt per person som lykkes 143 330 kr",
        "i alt 6 000 000 6 000 000 5 733 216",
        "2 733 216 5 733 216",  # the last year, and so far
        "netto 8 025 584 kr, mest ute 4 009 396 kr i 2027 tilbake i pluss fra 2030",
        "Kommunen betaler og sparer 6 133 216 kr",  # with 400 000 for evaluation
        "109,9 %, minst 35 må lykkes",
        "betalt i snitt per person 143 330 kr, under de 353 970 kr som spares",
        "Leverandøren 131 442 kr 130 715 kr 43,9 %",
        "takene mer enn 1 % av betalingen",
    ):
        assert ventet in tekst


@pytest.mark.parametrize(
    ("null", "ventet", "aar"),
    [
        # Saved 2025-2029: 0.3, 1.02, 1.74, 2.46 and 2.88 m against 3 and 2.73 m paid in 2026 and 2027.
        (Nullalternativ(170_000, 140_000, 0, 0.3, 10, 0.0, 1.0, 1.0), "2029", 2029),
        (Nullalternativ(20_000, 10_000, 0, 0.0, 3, 0.0, 1.0, 1.0), "ikke innen horisonten (2030)", None),
        (Nullalternativ(900_000, 0, 0, 0.0, 3, 0.0, 1.0, 1.0), "ikke ute i noe år", None),
        (None, "ikke regnet: nullalternativet er ikke oppgitt", None),
    ],
)
def test_aaret_kommunen_er_i_pluss_staar_paa_skjermen_i_json_og_i_boken(
    null: Nullalternativ | None, ventet: str, aar: int | None
) -> None:
    v = med(nullalternativ=null, priskort=kort((12, 150_000, 1.0)))
    t = tilfelle(v)
    a = Kontraktsanalyse(t, {}, None)
    assert til_json(a)["velferdslab"]["avtalt"]["i_pluss_fra"]["kommune"] == {"aar": aar, "tekst": ventet}
    if null is not None:
        assert f"tilbake i pluss fra {ventet}" in " ".join(paa_skjermen(a).split())
    bok = kontraktplan(a)
    svar = next(ark for ark in bok.ark if ark.navn == "Svar")
    i_boken = bok.steder["kommune.f.pluss"].verdier[0]
    assert i_boken == (aar or ventet.partition(" (")[0].partition(":")[0])
    assert any(
        c.formel is not None and "=0,kommune_i_pluss_fra," in c.formel and c.verdi == i_boken for c in svar.celler()
    )


@pytest.mark.parametrize(
    ("p", "ord_", "trukket"),
    [
        (0.0, "0,0\u00a0%", "under 0,1\u00a0%"),
        (1e-9, "under 0,1\u00a0%", "under 0,1\u00a0%"),
        (0.544, "54,4\u00a0%", "54,4\u00a0%"),
        (0.9999, "over 99,9\u00a0%", "over 99,9\u00a0%"),
        (1.0, "100,0\u00a0%", "over 99,9\u00a0%"),
    ],
)
def test_en_sjanse_rundes_aldri_til_det_sikre(p: float, ord_: str, trukket: str) -> None:
    assert sjanse(p) == ord_
    assert sjanse(p, trukket=True) == trukket  # no draw of so many is not never


def test_ingen_treff_blant_trekninger_er_ikke_en_sikker_sjanse() -> None:
    v = replace(
        fullt(), priskort=kort((12, 60_000, 1.0), (24, 60_000, 0.8)), kommune=Kommunevilkaar(1.0, 0.0),
        nullalternativ=Nullalternativ(900_000, 0, 0, 0.0, 10, 0.0, 0.7, 0.8),
    )  # fmt: skip
    a = Kontraktsanalyse(tilfelle(v), {}, None)
    kommune = a.avtalt.betalere["kommune"]
    assert (kommune.p_taper, betaler_mer(kommune)) == (0.0, "under 0,1\u00a0%, simulert med frø 1")
    bok = kontraktplan(a)
    assert bok.steder["risiko.tap.kommune"].verdier[0] == "under 0,1\u00a0%"
    assert bok.steder["risiko.tap.stat"].verdier[0] == 0.0  # it pays nothing, and is not said to be simulated
    assert "Sjanse for å komme ut med tap; kommunen simulert, frø 1" in {c.verdi for c in bok.ark[0].celler()}


@pytest.mark.parametrize(
    ("tak", "fast", "ventet"),
    [
        (3e6, (), (2026, 2027)),  # 20 expected fill the cap in 2026, but not in every outcome
        (6e6, (FastBetaling(1, 1e5, 80, ""),), (2026, 2027)),  # never met: nobody is settled in 2024
        (6e6, (FastBetaling(1, 1e5, 0, ""),), (2024, 2027)),
    ],
)
def test_skjermen_og_boken_har_de_samme_aarene_det_gjoeres_opp_i(
    tak: float, fast: tuple[FastBetaling, ...], ventet: tuple[int, int]
) -> None:
    t = tilfelle(med(tak=Tak(None, None, tak, False), fast_betaling=fast))
    bok = kontraktplan(Kontraktsanalyse(t, {}, None))
    assert horisonter(t)[0] == f"{ventet[0]}–{ventet[1]}"
    assert tuple(bok.steder[f"{navn}_oppgjoer"].verdier[0] for navn in ("foerste", "siste")) == ventet
    svar = {(c.rad, c.kol): c.verdi for c in bok.ark[0].celler()}
    ((rad, kol),) = [sted for sted, verdi in svar.items() if verdi == "Det gjøres opp"]
    assert (svar[rad, kol + 1], svar[rad, kol + 3]) == ventet


def test_med_to_oppfoelginger_sies_det_hva_punktene_gjelder_og_hva_avvikling_hviler_paa() -> None:
    v = replace(fullt(), priskort=kort((12, 60_000, 1.0), (24, 60_000, 0.8)), avvikling=Avvikling(3, 400_000))
    a = analyser_kontrakt(v, trekninger=1000)
    tekst = " ".join(paa_skjermen(a).split())
    for ventet in (
        "er snitt av alle utfall under takene, simulert med de samme 4 096 kontraktene i hvert punkt (frø 1): utfallene er",
        "rate 10 %–90 %",
        "må lykkes, i snitt: når så mange holder målet som ventet",
        "beholder hele besparelsen uten videre oppfølging (antakelse)",
        "da betalt i snitt",
        "Pris per person som holder målet hele veien 120 000 kr i alt: 60 000 kr etter 12 måneder",
        "prisen per person som lykkes, uten dem som faller fra 86 400 kr",
        "Investorens gevinst er nåverdien ved avkastningskravet, 3,0 % i året",
    ):
        assert ventet in tekst
    rom = til_json(a)["velferdslab"]["forhandlingsrom"]
    for part, rekke in rom["gevinst"].items():  # the agreed price and 50 %
        assert rom["avtalt_paa_rutenes_maal"][part] == pytest.approx(rekke[4][8])
    assert rom["avtalt"]["kommune"] == pytest.approx(a.avtalt.forventet.kommune.sum)
    uten_kostnad = tilfelle(replace(v, leverandoer=replace(v.leverandoer, fast_aarskostnad=0, mellomledd=0)))
    b = Kontraktsanalyse(uten_kostnad, {}, None)
    assert "dekket også om ingen lykkes" in " ".join(paa_skjermen(b).split())
    assert kontraktplan(b).steder["risiko.minst"].verdier[0] == "ingen"
