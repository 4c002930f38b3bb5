"""Amounts as people write them: each is read as itself or refused, never as another."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import velferdslab_model
from tests.strategier import eksempler
from velferdslab_model.base.tall import (
    MINUS,
    Tallfeil,
    TvetydigTall,
    aar,
    aarsrekke,
    antall,
    csv_tall,
    fra_csv,
    kr,
    les_beloep,
    maskintall,
    med_fortegn,
    prosent,
    skriv_beloep,
    tall,
)

PAKKEN = Path(velferdslab_model.__file__).parent

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


@pytest.mark.parametrize(
    ("vist", "ventet"),
    [
        (kr(1234567.4), "1_234_567"),
        (kr(-1234), "−1_234"),
        (kr(-0.2), "0"),
        (kr(-0.0), "0"),
        (kr(None), "–"),
        (kr(2.5), "3"),
        (kr(-2.5), "−3"),
        (tall(1.005, 2), "1,01"),
        (tall(-0.004, 2), "0,00"),
        (tall(12345.678, 1), "12_345,7"),
        (tall(1e300), "1" + "_000" * 100),
        (antall(30.0), "30"),
        (antall(12.34567891), "12,3457"),
        (antall(1234.5), "1_234,5"),
        (antall(0.00001), "0,00001"),
        (antall(1e7), "10_000_000"),
        (antall(-0.0), "0"),
        (antall(None), "–"),
        (prosent(0.7), "70_%"),
        (prosent(0.025), "2,5_%"),
        (prosent(0.07), "7_%"),
        (prosent(0.999, 0), "100_%"),
        (prosent(-0.1, 1), "−10,0_%"),
        (prosent(None, 1), "–"),
        (aar(2025), "2025"),
        (aar(None), "–"),
        (aar(None, "ikke innen"), "ikke innen"),
        (aarsrekke(2019, 2033.0), "2019–2033"),
        (med_fortegn(1500), "+1_500"),
        (med_fortegn(-1500), "−1_500"),
        (med_fortegn(0.4), "0"),
        (med_fortegn(-0.4), "0"),
        (med_fortegn(0.04, 1), "0,0"),
        (med_fortegn(None), "–"),
    ],
)
def test_et_vist_tall_har_desimalkomma_hardt_mellomrom_og_ekte_minus(vist: str, ventet: str) -> None:
    assert vist == ventet.replace("_", "\u00a0").replace("−", MINUS)


@pytest.mark.parametrize(
    ("skrevet", "ventet"),
    [
        (csv_tall(1234.5), "1234,5"),
        (csv_tall(-1234.0), "-1234"),
        (csv_tall(-0.0), "0"),
        (csv_tall(0.1 + 0.2), "0,30000000000000004"),
        (maskintall(0.8), "0.8"),
        (maskintall(1120000.0), "1120000"),
    ],
)
def test_et_tall_for_et_program_har_vanlig_minus_og_ingen_tusenskiller(skrevet: str, ventet: str) -> None:
    assert skrevet == ventet


@eksempler(500)
@given(st.floats(allow_nan=False, allow_infinity=False))
def test_csv_gir_hvert_siffer_tilbake(verdi: float) -> None:
    assert fra_csv(csv_tall(verdi)) == verdi


@eksempler(500)
@given(st.floats(-1e12, 1e12), st.integers(0, 3))
def test_et_vist_tall_er_naer_tallet_og_aldri_minus_null(verdi: float, desimaler: int) -> None:
    vist = tall(verdi, desimaler)
    lest = float(vist.replace("\u00a0", "").replace(",", ".").replace(MINUS, "-"))
    # Fifteen significant digits are shown, as in a spreadsheet.
    assert abs(lest - verdi) <= 0.5 * 10**-desimaler * (1 + 1e-9) + abs(verdi) * 5e-15
    assert not (lest == 0 and MINUS in vist)


#: What writes or reads a number by hand: separators swapped, thousands by format, another minus sign.
_FOR_HAAND = re.compile(
    r"""replace\(\s*(["'])[.,]\1,\s*(["'])[., ]\2|:[^{}"'\n]*,\.?[0-9]*[fg]?\}|−|u2212|MINUS SIGN|chr\(0xA0\)""",
    re.IGNORECASE,
)


def test_bare_ett_sted_leser_og_viser_tall() -> None:
    andre = [fil for fil in sorted(PAKKEN.rglob("*.py")) if fil != PAKKEN / "base" / "tall.py"]
    assert len(andre) > 50
    funnet = []
    for fil in andre:
        tekst = fil.read_text(encoding="utf-8")
        steder = (tekst.count("\n", 0, funn.start()) + 1 for funn in _FOR_HAAND.finditer(tekst))
        funnet += [f"{fil.relative_to(PAKKEN)}:{nr}" for nr in steder]
    assert funnet == []


@pytest.mark.parametrize(
    "linje",
    [
        'f"{x:.2f}".replace(".", ",")',
        "tekst.replace(',', '.')",
        'f"{x:.2f}".replace(\n    ".", ",", 1\n)',
        'f"{x:,.0f}"',
        'f"{x:,}".replace(",", " ")',
        '"\u2212"',
        'r"\\u2212"',
    ],
)
def test_et_tall_skrevet_for_haand_oppdages(linje: str) -> None:
    assert _FOR_HAAND.search(linje)
