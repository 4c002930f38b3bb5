"""Amounts as people write them: each is read as itself or refused, never as another."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategier import eksempler
from velferdslab_model.base.tall import Tallfeil, TvetydigTall, les_beloep, skriv_beloep

_TUSENSKILLER = ["", " ", "\u00a0", "\u202f", "\u2009", "'", "\u2019", ".", ","]


def gruppert(hele: str, skille: str) -> str:
    return f"{int(hele):,}".replace(",", skille)


@pytest.mark.parametrize(
    ("tekst", "beloep"),
    [
        ("475", 475),
        ("0", 0),
        (" 475 ", 475),
        ("475,5", 475.5),
        ("475.50", 475.5),
        ("1234,567", 1234.567),
        ("0,123", 0.123),
        ("1 234,50", 1234.5),
        ("1\u00a0234,50", 1234.5),
        ("1\u202f234", 1234),
        ("1'234.50", 1234.5),
        ("1\u2019234", 1234),
        ("1.234,50", 1234.5),
        ("1,234.50", 1234.5),
        ("1.234.567", 1_234_567),
        ("1,234,567", 1_234_567),
        ("1.234.567,89", 1_234_567.89),
        ("kr 475", 475),
        ("kr. 1 234,50", 1234.5),
        ("475 kr", 475),
        ("475 kr.", 475),
        ("475kroner", 475),
        ("NOK 475", 475),
        ("475 NOK", 475),
        ("475,-", 475),
        ("475.-", 475),
        ("475,\u2013", 475),
        ("kr 1.234,-", 1234),
        ("1 234,-", 1234),
        ("+475", 475),
        ("-5", -5),
        ("\u22125,50", -5.5),
        ("kr -5", -5),
        ("0.1234567890123456", 0.123456789012346),
    ],
)
def test_beloep_slik_nordmenn_skriver_dem(tekst: str, beloep: float) -> None:
    assert les_beloep(tekst) == beloep


@pytest.mark.parametrize("tekst", ["1.234", "1,234", "kr 12.500", "999,999 kr", "-1.000", "1.000"])
def test_tall_som_kan_leses_paa_to_maater_avvises_med_begge(tekst: str) -> None:
    with pytest.raises(TvetydigTall) as feil:
        les_beloep(tekst)
    siffer = "".join(tegn for tegn in tekst if tegn.isdigit())
    assert f"som kan leses som {siffer} eller som {siffer[:-3]},{siffer[-3:]}." in str(feil.value)


def test_raadet_om_et_tvetydig_tall_gir_de_to_tallene() -> None:
    with pytest.raises(TvetydigTall) as feil:
        les_beloep("1.234")
    _, _, raad = str(feil.value).partition("Skriv ")
    hele, _, desimal = raad.removesuffix(", etter hva du mener.").partition(" eller ")
    assert (les_beloep(hele), les_beloep(desimal)) == (1234, 1.234)


@pytest.mark.parametrize(
    ("tekst", "ventet"),
    [
        ("€ 475", "annen valuta («€»)"),
        ("$475", "annen valuta («$»)"),
        ("475 EUR", "annen valuta («EUR»)"),
        ("475 sek", "annen valuta («sek»)"),
        ("475 svenske kroner", "annen valuta"),
        ("50 %", "er en prosent"),
        ("50 prosent", "er en prosent"),
        ("######", "kolonnen er for smal"),
        ("1,00E+06", "Excel har forkortet tallet"),
        ("=A1*2", "Formler regnes bare ut i en .xlsx-fil"),
        ("1,2 mill", "Skriv hele beløpet"),
        ("475 kr per time", "Enheten står i en egen kolonne"),
        ("400-500", "ventet et beløp"),
        ("ca. 475", "ventet et beløp"),
        ("nan", "ventet et beløp"),
        ("inf", "ventet et beløp"),
        ("1 23", "ventet et beløp"),
        ("1.23.456", "ventet et beløp"),
        ("1 234 56", "ventet et beløp"),
        ("475,50,-", "ventet et beløp"),
        ("(475)", "ventet et beløp"),
        ("kr 475 kr", "ventet et beløp"),
        ("٤٧٥", "ventet et beløp"),
        ("5.", "ventet et beløp"),
        ("", "ventet et beløp"),
        ("9" * 401, "ventet et beløp"),
    ],
)
def test_det_som_ikke_er_et_beloep_i_kroner_avvises(tekst: str, ventet: str) -> None:
    with pytest.raises(Tallfeil) as feil:
        les_beloep(tekst)
    assert ventet in str(feil.value)


@eksempler(2000)
@given(
    st.decimals(0, 10**12, places=0) | st.decimals(0, 10**7, places=2) | st.decimals(0, 10**5, places=3),
    st.sampled_from(_TUSENSKILLER),
    st.sampled_from([",", "."]),
    st.sampled_from(["{}", "kr {}", "{} kr", "NOK {}", " {} ", "{},-", "-{}"]),
)
def test_hver_skrivemaate_gir_tallet_selv_eller_avvises(tall: object, tusen: str, desimal: str, ramme: str) -> None:
    hele, _, resten = f"{tall:f}".partition(".")
    if tusen == desimal and resten:
        return  # nobody writes 1.234.50
    if resten and ramme == "{},-":
        return  # nor 475,50,-
    tekst = gruppert(hele, tusen) + (desimal + resten if resten else "")
    ventet = float(f"{tall:f}") * (-1 if ramme == "-{}" else 1)
    try:
        lest = les_beloep(ramme.format(tekst))
    except TvetydigTall:
        # Only a single point or comma with three figures after it can be taken for the other.
        assert len("".join(c for c in tekst if c in ".,")) == 1
        assert "," in tekst or "." in tekst
    else:
        assert lest == pytest.approx(ventet, rel=1e-14, abs=0)


@eksempler(2000)
@given(st.text("0123456789.,' -+krKRenokEU%€\u00a0", max_size=14))
def test_vilkaarlig_tekst_gir_et_tall_med_de_samme_sifrene_eller_avvises(tekst: str) -> None:
    try:
        lest = les_beloep(tekst)
    except Tallfeil:
        return
    siffer = "".join(c for c in tekst if c.isdigit()).strip("0")
    assert format(Decimal(str(abs(lest))), "f").replace(".", "").strip("0") == siffer


@eksempler(2000)
@given(st.floats(0, 1e12) | st.decimals(0, 1000, places=3).map(float))
def test_et_skrevet_beloep_leses_tilbake_som_det_samme(beloep: float) -> None:
    avrundet = float(f"{beloep:.15g}")
    assert les_beloep(skriv_beloep(avrundet)) == avrundet
