"""The printed page: no page with a row or two alone, and no heading apart from what it stands over."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from tests.boeker import BOEKER
from tests.conftest import DATO, TILLEGG
from velferdslab_model.effektbok.assembly import planlegg
from velferdslab_model.parameters.loading import fra_toml
from velferdslab_model.results import beregn
from velferdslab_model.workbook.kind import USIKKERHET
from velferdslab_model.workbook.page import sideskift_ved_blokker, skalering
from velferdslab_model.workbook.plan import Akse, Ark, Bok
from velferdslab_model.workbook.rows import Radskriver
from velferdslab_model.workbook.writing import bytes_av

#: Rows of the usual height on a page at 60 %: 516.1 points of 8.55.
_PAA_EN_SIDE = 60


def _ark(rader: int, skala: int = 60) -> Ark:
    ark = Bok(USIKKERHET, "konstruert").nytt_ark("Ark 1")
    ark.skalering, ark.gjentatte_rader = skala, None
    for rad in range(rader):
        ark.tekst(rad, 0, f"Rad {rad}")
    return ark


@pytest.mark.parametrize("rader", [1, 58, 66, 100])
def test_skalaen_er_den_planlagte_naar_ingen_side_er_nesten_tom(rader: int) -> None:
    assert skalering(_ark(rader)) == 60


@pytest.mark.parametrize("rader", [61, 62, 65])
def test_skalaen_gir_etter_saa_de_siste_radene_faar_plass_paa_siden(rader: int) -> None:
    ny = skalering(_ark(rader))
    assert 51 <= ny < 60
    assert rader * 14.25 * ny / 100 <= 595.3 - 72 * 1.1


def test_skalaen_gir_etter_saa_den_siste_kolonnen_faar_plass_paa_siden() -> None:
    """But not for a sheet that is planned to be several pages wide."""
    ark = _ark(20)
    ark.kolonnebredder, ark.siste_kolonne = [(0, 12, 18.0)], 12
    assert 51 <= skalering(ark) < 60
    assert 13 * 0.75 * (18 * 7 + 5) * 1.05 * skalering(ark) / 100 <= 841.9 - 2 * 0.4 * 72
    ark.siste_kolonne = 11
    assert skalering(ark) == 60
    ark.kolonnebredder, ark.siste_kolonne = [(0, 30, 18.0)], 30
    assert skalering(ark) == 60


def test_skalaen_gir_ikke_etter_for_alt() -> None:
    """So many pages that every scale leaves some rows alone somewhere: the planned one stands."""
    lengder = range(58, 78)
    ark = _ark(sum(lengder))
    ark.sideskift = [sum(lengder[:i]) for i in range(1, len(lengder))]
    assert skalering(ark) == 60


def test_et_satt_sideskift_begynner_paa_nytt_og_gjentatte_rader_tar_plass() -> None:
    ark = _ark(_PAA_EN_SIDE + 20)
    assert skalering(ark) == 60
    ark.sideskift = [62]
    assert skalering(ark) < 60  # two rows of the first part would have stood alone
    ark.sideskift = [22]
    assert skalering(ark) == 60
    ark.gjentatte_rader = (0, 1)
    assert skalering(ark) < 60  # with the title over it, the second part no longer fits


def test_en_overskrift_foelger_det_foerste_den_staar_over() -> None:
    ark = Bok(USIKKERHET, "konstruert").nytt_ark("Ark 1")
    r = Radskriver(ark, 0, Akse(3, 4))
    for nummer in range(3):
        if nummer == 2:
            r.overskrift("Del to")
        r.blokk(f"Blokk {nummer}", [1, 2, 3, 4], merke="=1")
        for _i in range(4):
            r.linje(f"b{nummer}.r{_i}", "Rad", "kr", "=1", [1.0] * 4)
    sideskift_ved_blokker(ark, 13)
    celler = {(c.rad, c.kol): c.verdi for c in ark.celler()}
    assert [celler[rad, 0] for rad in ark.sideskift] == ["Del to"]


def test_ingen_fane_i_arbeidsboken_ender_med_et_par_rader_alene() -> None:
    """Every tab at the scale it is written with: no page with fewer than six rows."""
    bok = planlegg(beregn(fra_toml({}, "t", "Asker")), DATO, TILLEGG)
    for tab, ark in zip(load_workbook(BytesIO(bytes_av(bok, date(2026, 1, 1)))), bok.ark, strict=True):
        skala = tab.page_setup.scale
        if ark.sider_bredt is None:
            assert skala == skalering(ark)
            assert skala >= 0.85 * ark.skalering
            ark.skalering = skala
            assert skalering(ark) == skala, ark.navn  # nothing left to give in to


@pytest.mark.parametrize("slag", BOEKER)
def test_ingen_etikett_krymper_til_det_uleselige(slag: str) -> None:
    """A letter takes a little less room than a digit, and a column is as wide as so many digits."""
    for ark in BOEKER[slag].plan().ark:
        bredder = {kol: bredde for fra, til, bredde in ark.kolonnebredder for kol in range(fra, til + 1)}
        slaatt = {(rad, fra): til for rad, fra, _, til in ark.sammenslaatt}
        for celle in ark.celler():
            if celle.stil.startswith("etikett_trang"):
                plass = sum(
                    bredder.get(kol, 8.43)
                    for kol in range(celle.kol, slaatt.get((celle.rad, celle.kol), celle.kol) + 1)
                )
                assert len(str(celle.verdi)) <= 1.9 * plass, (ark.navn, celle.adresse, celle.verdi)
