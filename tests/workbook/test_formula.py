"""Two spellings of a formula are one formula; another formula is another, however alike it looks."""

from __future__ import annotations

import pytest

from velferdslab_model.workbook.comparing import lik_formel
from velferdslab_model.workbook.formula import formeltre


@pytest.mark.parametrize(
    ("en", "annen"),
    [
        ("=SUMPRODUCT(--(A1:A3=B1))=1", "=SUMPRODUCT(-(-(A1:A3=B1)))=1"),
        ("=A1*(B1*1)", "=(A1*((B1*1)))"),
        ("=BINOMDIST(A1,B1,C1,FALSE)", "=_xlfn.BINOM.DIST(A1,B1,C1,FALSE)"),
        ("=IF(A1>=0.000000001,1,0)", "=IF(A1>=1E-09,1,0)"),
        ("=SUM('Unge voksne'!A1:B2)", "=SUM( 'Unge voksne'!$A$1:$B$2 )"),
        ('=Ark!A1&"a  b"', "='Ark'!A1 & \"a  b\""),
        ("=IF(A1,,0)", "=IF(A1, ,0)"),
        ("=sum(a1)", "=SUM(A1)"),
        ("=BINOMDIST(A1,B1,C1,TRUE)", "=BINOMDIST(A1,B1,C1,TRUE())"),
        ("=1-(-A1)", "=1--A1"),
        ("=10%*A1", "=(10%)*A1"),
    ],
)
def test_to_skrivemaater_er_samme_formel(en: str, annen: str) -> None:
    assert lik_formel(en, annen, {})
    assert lik_formel(annen, en, {})


@pytest.mark.parametrize(
    ("en", "annen"),
    [
        ("=A1-(B1-C1)", "=A1-B1-C1"),
        ("=A1*(B1+C1)", "=A1*B1+C1"),
        ("=-A1", "=A1"),
        ("=--A1", "=A1"),
        ("=2^(3^2)", "=2^3^2"),
        ("=-(A1^2)", "=-A1^2"),
        ("=SUM(A1:A3)", "=SUM(A1:A4)"),
        ("=SUM((A1,A2))", "=SUM(A1,A2)"),
        ('=IF(A1="a b",1,0)', '=IF(A1="a  b",1,0)'),
        ('=IF(A1="OK",1,0)', '=IF(A1="ok",1,0)'),
        ("=Ark1!A1", "=Ark2!A1"),
        ("=A1", "=A1+0"),
        ("=0.7", "=0.70000001"),
        ("=BINOM.DIST(A1,B1,C1,FALSE)", "=BINOM.INV(A1,B1,C1)"),
        ("=(A1", "=A1"),
        ("=A1)", "=A1"),
        ("=A1", "=5"),
    ],
)
def test_en_annen_formel_er_en_annen(en: str, annen: str) -> None:
    assert not lik_formel(en, annen, {})
    assert not lik_formel(annen, en, {})


def test_arket_heter_det_filen_kaller_det() -> None:
    assert lik_formel("=--('Unge voksne'!A1=1)", "=-(-('UV 2'!A1=1))", {"Unge voksne": "UV 2"})
    assert not lik_formel("=--('Unge voksne'!A1=1)", "=-(-('Unge voksne'!A1=1))", {"Unge voksne": "UV 2"})


@pytest.mark.parametrize(
    "formel", ["=" + "(" * 5_000, "=" + "-" * 8_000 + "1", "=" + "A!" * 4_000, "=" + "x(" * 4_000, "", "=", "=#", '="']
)
def test_en_uleselig_formel_har_intet_tre(formel: str) -> None:
    assert formeltre(formel, {}) is None
