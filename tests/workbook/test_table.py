"""Tables: named columns in the templates of their rows."""

from __future__ import annotations

import pytest

from tests.workbook.test_plan import SLAG, formler
from velferdslab_model.workbook.plan import Bok, Planfeil
from velferdslab_model.workbook.table import Kolonne, Tabell

_KOLONNER = (Kolonne("navn", "Navn", 20), Kolonne("pris", "Pris", 10), Kolonne("volum.1", "Volum", 10), Kolonne("kostnad", "Kr", 10))  # fmt: skip


def tabell(foerste_kolonne: int = 0) -> Tabell:
    ark = Bok(SLAG, "konstruert").nytt_ark("Ark 1")
    ark.verdi("pris", 0, 8, 99.0, "desimal")
    ark.verdi("faktor", 1, 8, 2.0, "desimal", navn="faktor")
    ut = Tabell(ark, 3, _KOLONNER, 2, "vare_", foerste_kolonne)
    ut.gitt("navn", ["a", "b"], "inn_tekst")
    ut.gitt("pris", [10.0, 20.0], "inn_desimal")
    ut.gitt("volum.1", [1.0, None], "inn_desimal")
    return ut


def test_en_kolonne_i_en_rad_er_radens_egen_celle_og_med_kolon_hele_kolonnen() -> None:
    t = tabell()
    t.regnet("kostnad", "={pris}*{volum.1}*{faktor}/SUM({pris:})", [1.0, 0.0], "kr")
    assert {a: f for a, f in formler(t.ark).items() if a[0] == "D"} == {
        "D5": "=B5*C5*faktor/SUM(vare_pris)",
        "D6": "=B6*C6*faktor/SUM(vare_pris)",
    }


def test_tabellen_kan_flyttes_uten_at_en_mal_endres() -> None:
    t = tabell(foerste_kolonne=4)
    t.regnet("kostnad", '=IF(COUNT({navn}:{volum.1})=0,"{pris}",{pris})', [10.0, 20.0], "kr")
    assert formler(t.ark) == {"H5": '=IF(COUNT(E5:G5)=0,"{pris}",F5)', "H6": '=IF(COUNT(E6:G6)=0,"{pris}",F6)'}


def test_utenfor_tabellen_staar_kolonnen_under_tabellens_navn() -> None:
    t = tabell()
    t.regnet("kostnad", "={pris}*{volum.1}", [10.0, 0.0], "kr", navngitt=True)
    t.ark.formel(9, 0, "=SUM({vare_kostnad:})+{pris}", 109.0, "kr")
    assert formler(t.ark)["A10"] == "=SUM(vare_kostnad)+$I$1"
    assert t.ark.bok.alle_navn()["vare_volum_1"] == "'Ark 1'!$C$5:$C$6"
    assert t.ark.sted("vare_kostnad").verdier == (10.0, 0.0)


def test_en_kolonne_som_ikke_finnes_er_en_feil() -> None:
    t = tabell()
    t.regnet("kostnad", "={prsi}", [0.0, 0.0], "kr")
    with pytest.raises(Planfeil, match=r"Ark 1!D5: \{prsi\} is not placed"):
        list(t.ark.celler())
