"""The cursor: what is placed stands below what was placed before."""

from __future__ import annotations

from datetime import date
from io import BytesIO

from openpyxl import load_workbook

from tests.conftest import DATO
from velferdslab_model.workbook.cursor import Skriver
from velferdslab_model.workbook.kind import PRISLISTE, USIKKERHET, Bokslag
from velferdslab_model.workbook.plan import Akse, Bok
from velferdslab_model.workbook.rows import Radskriver
from velferdslab_model.workbook.writing import bytes_av


def _skriver(slag: Bokslag = USIKKERHET) -> Skriver:
    return Skriver(Bok(slag, "konstruert").nytt_ark("Ark 1"), 0, 5)


def test_hver_ting_staar_under_den_forrige_og_en_overskrift_faar_luft_over_seg() -> None:
    r = _skriver()
    r.setning("Først", "tittel")
    r.overskrift("Del", ny_side=True)
    assert r.hode("Navn", "Tall", hoeyde=15) == 3
    r.tabellrad("Én", (1.5, "kr"), ("ingen", "kr"), (None, "andel"))
    assert r.figurrader(17) == 5
    r.setning("Sist")
    celler = {(c.rad, c.kol): (c.verdi, c.stil) for c in r.ark.celler()}
    assert celler[0, 0] == ("Først", "tittel")
    assert celler[2, 0] == ("Del", "overskrift")
    assert r.ark.sideskift == [2]
    assert r.ark.sammenslaatt == [(2, 0, 2, 5)]
    assert [celler[3, k] for k in (0, 1)] == [("Navn", "hode_v"), ("Tall", "hode")]
    assert r.ark.radhoeyder == {3: 15}
    # A text in a number's place gets the style that has room for it.
    assert [celler[4, k] for k in range(4)] == [("Én", "etikett"), (1.5, "kr"), ("ingen", "tilbake"), (None, "andel")]
    assert celler[22, 0] == ("Sist", "tekst")
    assert r.rad == 23


def test_radene_paa_en_akse_skrives_med_den_samme_skriveren() -> None:
    ark = Bok(USIKKERHET, "konstruert").nytt_ark("Ark 1")
    r = Radskriver(ark, 0, Akse(3, 4), "={aar}")
    assert isinstance(r, Skriver)
    r.overskrift("Fire år")
    assert ark.sammenslaatt == [(1, 0, 1, 6)]


def test_en_dato_blir_en_dato_og_bare_prislisten_kan_faa_egne_ark() -> None:
    for slag in (PRISLISTE, USIKKERHET):
        r = _skriver(slag)
        r.tabellrad("Endret", (date(2024, 2, 29), "inn_dato"))
        aapnet = load_workbook(BytesIO(bytes_av(r.ark.bok, DATO)))
        assert aapnet["Ark 1"]["B1"].value.date() == date(2024, 2, 29)
        assert aapnet["Ark 1"]["B1"].is_date
        assert bool(aapnet.security and aapnet.security.lockStructure) == (slag is USIKKERHET)
