"""When two formulas are the same formula."""

from __future__ import annotations

import pytest

from velferdslab_model.workbook.comparing import er_lik, lik_formel


@pytest.mark.parametrize(
    ("skrevet", "lik"),
    [
        ("=Familie!A1+'Unge voksne'!B2", True),
        ("= 'Familie'!A1 + 'Unge voksne'!b2", True),
        ("=Familie!A1-'Unge voksne'!B2", False),
        ("=Familie!A1+'Unge  voksne'!B2", False),
        ("=Familie!A1+'Unge voksne'!B3", False),
    ],
)
def test_formler_er_like_uansett_mellomrom_og_anfoersel(skrevet: str, lik: bool) -> None:
    assert lik_formel("='Familie'!A1+'Unge voksne'!B2", skrevet, {}) is lik


def test_dollartegn_endrer_ikke_hva_en_celle_leser() -> None:
    """Økonomiplan was written with them in other places before; files of that version are as the program wrote them."""
    assert lik_formel("=IF(C12=1,SUM($C$13:$F$13),0)", "=IF(C$12=1,SUM(C13:F13),0)", {})
    assert not lik_formel("=IF(C12=1,SUM($C$13:$F$13),0)", "=IF(C$12=1,SUM(C13:E13),0)", {})
    assert not lik_formel("='a$b'!A1", "='ab'!A1", {})


def test_tekst_i_formler_sammenlignes_tegn_for_tegn() -> None:
    assert not lik_formel('="koster $"&A1', '="koster "&A1', {})
    assert not lik_formel('="fra  "&A1', '="fra "&A1', {})
    assert not lik_formel('="ok"&A1', '="OK"&A1', {})


def test_en_bokstav_skrevet_i_to_deler_er_den_samme() -> None:
    assert er_lik("Prisår", "Prisa\u030ar")
    assert not er_lik("Prisår", "Prisar")
    assert not er_lik("", "a\u030a")
