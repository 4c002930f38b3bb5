"""The plan: axes, keys, and what cannot be planned."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from io import BytesIO

import numpy as np
import pytest
from openpyxl import load_workbook

from velferdslab_model.workbook.comparing import formelceller
from velferdslab_model.workbook.kind import Bokslag
from velferdslab_model.workbook.plan import Akse, Ark, Bok, Planfeil
from velferdslab_model.workbook.rows import Radskriver
from velferdslab_model.workbook.writing import bytes_av

SLAG = Bokslag("proeve", "velferdslab_proeve", 1, "Prøve: ", "en prøve", "", "")
FIRE, MAANEDER, AAR = Akse(3, 4), Akse(4, 48), Akse(4, 15)


@pytest.fixture
def ark() -> Ark:
    return Bok(SLAG, "konstruert").nytt_ark("Ark 1")


def formler(ark: Ark) -> dict[str, str]:
    return {celle.adresse: str(celle.formel) for celle in ark.celler() if celle.formel is not None}


@pytest.mark.parametrize("akse", [FIRE, MAANEDER, AAR])
def test_en_rad_faar_saa_mange_celler_som_aksen_har_perioder(ark: Ark, akse: Akse) -> None:
    ark.akserad("x", 0, akse, "={<x}+1", [float(i + 1) for i in range(akse.antall)], "desimal")
    celler = [c for c in ark.celler() if c.formel]
    assert [c.kol for c in celler] == list(akse.kolonner)
    assert celler[-1].verdi == akse.antall
    assert formler(ark)[celler[1].adresse] == f"={celler[0].adresse}+1"
    assert ark.sted("x").adresse == f"${akse.bokstaver[1]}$1:${akse.bokstaver[-1]}$1"


def test_to_akser_staar_paa_samme_ark_og_leser_hverandre_bare_hele(ark: Ark) -> None:
    ark.akserad("aar", 0, FIRE, "={<aar}+1", [1, 2, 3, 4], "heltall")
    ark.akserad("maaned", 1, MAANEDER, "={<maaned}+1", list(range(1, 49)), "heltall")
    ark.akserad("sum", 2, FIRE, "=SUM({maaned:})*{aar}", [0, 0, 0, 0], "heltall")
    assert formler(ark)["E3"] == "=SUM($E$2:$AZ$2)*E1"
    for mal in ("={maaned}", "={<maaned}"):
        feil = Bok(SLAG, "x").nytt_ark("A")
        feil.bok.steder.update(ark.bok.steder)
        feil.akserad("y", 3, FIRE, mal, [0], "heltall")
        with pytest.raises(Planfeil, match=r"A!D4: .*does not stand on the axis"):
            list(feil.celler())


def test_en_rad_med_femten_celler_er_ingen_aarsrad_uten_akse(ark: Ark) -> None:
    """The place tells the axis, not the number of values."""
    ark.registrer("bred", 0, 4, tuple(range(15)), bredde=15)
    ark.akserad("x", 1, AAR, "=SUM({bred})", [0.0] * 15, "desimal")
    assert formler(ark)["E2"] == formler(ark)["S2"] == "=SUM($E$1:$S$1)"


def test_to_akser_av_samme_form_holdes_fra_hverandre_av_navnet(ark: Ark) -> None:
    ark.akserad("aar", 0, Akse(4, 15, "år"), "=1", [1.0] * 15, "desimal")
    ark.akserad("x", 1, Akse(4, 15, "måned"), "={aar}", [1.0] * 15, "desimal")
    with pytest.raises(Planfeil, match="axis"):
        list(ark.celler())


def test_verdier_etter_de_gitte_er_det_som_sies_og_for_mange_er_en_feil(ark: Ark) -> None:
    ark.akserad("x", 0, FIRE, "=1", np.ones(2), "desimal", etter="")
    assert [c.verdi for c in ark.celler()] == [1.0, 1.0, "", ""]
    with pytest.raises(Planfeil, match="5 values on an axis of 4"):
        ark.akserad("y", 1, FIRE, "=1", np.ones(5), "desimal")


def test_noekler_kan_ha_sifre_og_den_foerste_perioden_egen_formel(ark: Ark) -> None:
    ark.verdi("aar1", 0, 0, 2026, "inn_aar", navn="aar_1")
    ark.akserad("aar.2", 1, FIRE, "={<aar.2}+1", [2026, 2027, 2028, 2029], "aar", foerste="={aar1}")
    assert formler(ark) == {"D2": "=aar_1", "E2": "=D2+1", "F2": "=E2+1", "G2": "=F2+1"}


@pytest.mark.parametrize(
    ("mal", "hva"),
    [
        ("={mangler}", "{mangler} is not placed"),
        ("={mangler1:}", "{mangler1} is not placed"),
        ("={x}+{y", "a { that is no reference"),
        ("={x}+y}", "a } that is no reference"),
        ("={}", "a { that is no reference"),
        ("={1x}", "a { that is no reference"),
        ("={æ}", "a { that is no reference"),
        ("=SUM({1,2})", "a { that is no reference"),
        ("={<x}", "{<x} does not stand on the axis"),
    ],
)
def test_en_klamme_som_ikke_kan_slaas_opp_er_en_feil_med_ark_celle_og_noekkel(ark: Ark, mal: str, hva: str) -> None:
    ark.verdi("x", 0, 0, 1.0, "desimal")
    ark.formel(4, 2, mal, 0.0, "desimal")
    with pytest.raises(Planfeil, match=r"^Ark 1!C5: ") as feil:
        list(ark.celler())
    assert hva in str(feil.value)


def test_klammer_i_en_tekst_er_tekst(ark: Ark) -> None:
    """A name that a user wrote may hold anything."""
    ark.verdi("x", 0, 0, "a", "tekst")
    ark.formel(0, 1, '={x}="Tiltak {x} ""{y}"" {"', 0, "heltall")
    assert formler(ark)["B1"] == '=$A$1="Tiltak {x} ""{y}"" {"'


def test_en_noekkel_kan_bare_staa_ett_sted(ark: Ark) -> None:
    ark.verdi("x", 0, 0, 1.0, "desimal")
    with pytest.raises(Planfeil, match="Ark 1: x is placed twice"):
        ark.verdi("x", 1, 0, 1.0, "desimal")


def test_formelcellene_i_enhver_bok_kan_listes(ark: Ark) -> None:
    """Cells that may differ are exempt where the book has them."""
    ark.formel(0, 0, "=1", 1, "heltall")
    assert [celle.adresse for _, celle in formelceller(ark.bok)] == ["A1"]
    ark.formel(1, 0, "=TODAY()", 1, "dato", "sist_brukt")
    assert [celle.adresse for _, celle in formelceller(ark.bok)] == ["A1"]


def test_en_blokk_har_det_merket_den_gis(ark: Ark) -> None:
    r = Radskriver(ark, 0, FIRE, "={aar}")
    r.linje("aar", "År", "årstall", "=1", [1, 1, 1, 1], "heltall")
    r.blokk("Kostnad", [1, 1, 1, 1], "Sum")
    r.blokk("Måned", [1, 2, 3, 4], merke='="m"&{aar}')
    merker = [c.formel for c in ark.celler() if c.stil == "blokk_aar" and c.formel and c.kol == 3]
    assert merker == ["=D1", '="m"&D1']


@pytest.mark.parametrize("navn", ["aar1", "A1", "xfd1048576", "R1C1", "rc", "c", "R", "1x", "med mellomrom", "å", ""])
def test_et_navn_excel_ikke_tar_er_en_feil(ark: Ark, navn: str) -> None:
    """Excel calls a file with such a name damaged."""
    with pytest.raises(Planfeil, match="cannot have the name"):
        ark.verdi("x", 0, 0, 1.0, "desimal", navn=navn)


def test_navn_med_sifre_som_ikke_er_en_adresse_tas(ark: Ark) -> None:
    for i, navn in enumerate(("aar_1", "sparing1", "UV_aar1", "rad", "_x1")):
        ark.verdi(f"x{i}", i, 0, 1.0, "desimal", navn=navn)
    assert len(ark.bok.alle_navn()) == 5


@pytest.mark.parametrize(("en", "to"), [("samme", "samme"), ("samme", "Samme"), ("x", "TRUE"), ("x", "Print_Area")])
def test_et_navn_excel_ville_lest_som_noe_annet_er_en_feil(en: str, to: str) -> None:
    ark = Bok(SLAG, "konstruert").nytt_ark("A")
    ark.verdi("a", 0, 0, 1.0, "kr", navn=en)
    with pytest.raises(Planfeil, match=f"cannot have the name {to}"):
        ark.verdi("b", 1, 0, 2.0, "kr", navn=to)


@pytest.mark.parametrize("verdi", [float("nan"), float("inf")])
def test_et_tall_ingen_regneark_kan_lagre_stopper_skrivingen(verdi: float) -> None:
    bok = Bok(SLAG, "konstruert")
    bok.nytt_ark("A").formel(0, 0, "=1+0", verdi, "kr")
    with pytest.raises(Planfeil, match="A1 holds"):
        bytes_av(bok, date(2026, 1, 1))


def test_en_celle_utenfor_arket_stopper_skrivingen() -> None:
    bok = Bok(SLAG, "konstruert")
    bok.nytt_ark("A").fast(0, 20_000, 1.0, "kr")
    with pytest.raises(ValueError, match="not written"):
        bytes_av(bok, date(2026, 1, 1))


#: Ways to place something in B2, and what the cell is then said to hold.
PLASSERINGER: dict[str, tuple[Callable[[Ark], object], str]] = {
    "tekst": (lambda ark: ark.tekst(1, 1, "Et ord"), "Et ord"),
    "sammenslått tekst": (lambda ark: ark.tekst(1, 0, "Bredt", til_kol=2), "Bredt"),
    "tall": (lambda ark: ark.fast(1, 1, 17.5, "kr"), "17.5"),
    "verdi": (lambda ark: ark.verdi("v", 1, 1, 1.0, "inn_kr"), "v"),
    "sammenslått verdi": (lambda ark: ark.verdi("b", 1, 0, "x", "inn_kilde", til_kol=4), "b"),
    "kolonne": (lambda ark: ark.kolonne("k", 0, 1, [1.0, None, 3.0], "kr"), "k"),
    "formel": (lambda ark: ark.formel(1, 1, "=1+0", 1.0, "kr"), "=1+0"),
    "formel med nøkkel": (lambda ark: ark.formel(1, 1, "=1+0", 1.0, "kr", "f"), "f"),
    "akserad": (lambda ark: ark.akserad("a", 1, Akse(1, 4), "=1", [1.0], "kr"), "a"),
    "akserad uten nøkkel": (lambda ark: ark.akserad(None, 1, Akse(1, 4), "=0", [0.0], "kr"), "=0"),
    "lenke": (lambda ark: ark.lenke(1, 1, "Ark 1", "A1", "Opp"), "Opp"),
}


#: The same key twice is told as that.
PAR = [(foerst, saa) for foerst in PLASSERINGER for saa in PLASSERINGER if foerst != saa or "tekst" in saa]


@pytest.mark.parametrize(("foerst", "saa"), PAR)
def test_to_ting_i_en_celle_er_en_feil_som_nevner_begge(ark: Ark, foerst: str, saa: str) -> None:
    """In a file the last would stand, and nobody would know of the first."""
    legg_foerst, holder = PLASSERINGER[foerst]
    legg_saa, ville = PLASSERINGER[saa]
    legg_foerst(ark)
    with pytest.raises(
        Planfeil, match=rf"^Ark 1![AB]2 holds «{re.escape(holder)}» and cannot hold «{re.escape(ville)}» too"
    ):
        legg_saa(ark)


def test_ved_siden_av_hverandre_staar_alt_i_fred(ark: Ark) -> None:
    for rad, (legg, _) in enumerate(PLASSERINGER.values()):
        bok = Bok(SLAG, f"bok {rad}")
        legg(bok.nytt_ark("Ark 1"))
        bok.ark[0].tekst(5, 1, "under")
        bytes_av(bok, date(2026, 1, 1))


@pytest.mark.parametrize("noekkel", ["1x", "", "æ", "a b", "x:", "<x", "x}", "-"])
def test_en_noekkel_ingen_mal_kan_vise_til_er_en_feil_naar_den_plasseres(ark: Ark, noekkel: str) -> None:
    with pytest.raises(Planfeil, match=f"Ark 1: {re.escape(noekkel)} cannot be a key"):
        ark.verdi(noekkel, 0, 0, 1.0, "kr")


@pytest.mark.parametrize(
    "legg",
    [
        lambda ark: ark.tekst(4, 2, "x", "finnes ikke"),
        lambda ark: ark.fast(4, 2, 1.0, "finnes ikke"),
        lambda ark: ark.formel(4, 2, "=1+0", 1.0, "finnes ikke"),
        lambda ark: ark.akserad("a", 4, Akse(2, 4), "=1", [1.0] * 4, "finnes ikke"),
        lambda ark: ark.lenke(4, 2, "Ark 1", "A1", "x", "finnes ikke"),
        lambda ark: ark.betingede.append((4, 2, 4, 2, {"type": "no_errors"}, "finnes ikke")),
    ],
)
def test_en_stil_som_ikke_finnes_nevnes_med_cellen(ark: Ark, legg: Callable[[Ark], object]) -> None:
    ark.tekst(0, 0, "x")
    legg(ark)
    with pytest.raises(Planfeil, match="Ark 1!C5: there is no style finnes ikke"):
        bytes_av(ark.bok, date(2026, 1, 1))


def test_et_tomt_ark_og_en_bok_uten_ark_nevnes(ark: Ark) -> None:
    with pytest.raises(Planfeil, match="Ark 1: nothing stands on the sheet"):
        bytes_av(ark.bok, date(2026, 1, 1))
    with pytest.raises(Planfeil, match="Prøve: tom: the book has no sheet"):
        bytes_av(Bok(SLAG, "tom"), date(2026, 1, 1))


def test_utskriften_har_hver_kolonne_det_staar_noe_i_naar_ingen_er_sagt(ark: Ark) -> None:
    ark.tekst(0, 0, "x")
    ark.akserad("a", 2, Akse(2, 4), "=1", [1.0] * 4, "kr")
    fil = BytesIO(bytes_av(ark.bok, date(2026, 1, 1)))
    assert load_workbook(fil)["Ark 1"].print_area == "'Ark 1'!$A$1:$F$3"
    ark.siste_kolonne = 3
    fil = BytesIO(bytes_av(ark.bok, date(2026, 1, 1)))
    assert load_workbook(fil)["Ark 1"].print_area == "'Ark 1'!$A$1:$D$3"


@pytest.mark.parametrize(("foerste", "antall"), [(0, 4), (3, 0), (-1, 1)])
def test_en_akse_uten_periode_eller_uten_kolonne_foran_er_en_feil(foerste: int, antall: int) -> None:
    with pytest.raises(Planfeil, match="an axis needs a column before it and a period"):
        Akse(foerste, antall)
