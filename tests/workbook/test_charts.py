"""The one theme of the charts, seen in the files that are written."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from tests.conftest import DATO
from tests.workbook.test_ooxml import feil, validator  # noqa: F401  # a fixture
from velferdslab_model.base.farger import FARGER
from velferdslab_model.workbook.charts import (
    Diagram,
    Flytfigur,
    Fossefall,
    Histogram,
    Intervaller,
    Liggende,
    Linjer,
    Omraade,
    Plass,
    Punkter,
    Ring,
    Serie,
    Soeyler,
    Tornado,
    hoeyde,
    i_kolonne,
    i_rad,
    rader_for,
)
from velferdslab_model.workbook.kind import USIKKERHET
from velferdslab_model.workbook.plan import Bok
from velferdslab_model.workbook.writing import bytes_av

ARK = "Navn med ' og |"
#: Rows and columns of numbers in the made-up sheet; labels along the top and the left.
_ANTALL = 7
_PLASS = Plass(20, 0, 400)
_NED: Omraade = (1, 0, _ANTALL, 0)
_BORT: Omraade = (0, 1, 0, _ANTALL)
_OM: dict[str, Any] = {"ark": ARK, "plass": _PLASS, "tittel": "En tittel", "beskrivelse": "Hva figuren viser."}
_AKSER: dict[str, Any] = {"x_akse": "Bortover", "y_akse": "Oppover"}


def _kolonne(kol: int, farge: str = "kostnad") -> Serie:
    return i_kolonne(kol, 1, _ANTALL, FARGER[farge])


def _soeyler() -> Diagram:
    serier = [_kolonne(1), _kolonne(2, "besparelse")]
    return Soeyler(**_OM, **_AKSER, etiketter=_NED, serier=serier, linjer=[_kolonne(3, "akkumulert")])


def _rader() -> list[Serie]:
    return [i_rad(rad, 1, _ANTALL, FARGER["stat"]) for rad in (1, 2)]


def _to() -> list[Serie]:
    return [_kolonne(1, "stat"), i_kolonne(2, 1, _ANTALL, FARGER["kommune"], skravert=True)]


SLAG: dict[str, Callable[[], Diagram]] = {
    "soeyler": _soeyler,
    "aar": lambda: Soeyler(
        **_OM, **_AKSER, etiketter=_BORT, serier=_rader(), linjer=[i_rad(3, 1, _ANTALL, "#000000")], tidsakse="years"
    ),
    "dager": lambda: Soeyler(**_OM, **_AKSER, etiketter=_BORT, serier=_rader(), stabling="stacked", tidsakse="days"),
    "paa_null": lambda: Soeyler(**_OM, **_AKSER, etiketter=_NED, serier=[_kolonne(1)], null=(1, 2, _ANTALL, 2)),
    "stablet": lambda: Soeyler(**_OM, **_AKSER, etiketter=_BORT, serier=_rader(), stabling="stacked"),
    "andeler": lambda: Soeyler(
        **_OM, **_AKSER, etiketter=_BORT, serier=_rader(), stabling="percent_stacked", forklaring="right"
    ),
    "linjer": lambda: Linjer(**_OM, **_AKSER, etiketter=_BORT, serier=_rader()),
    "liggende": lambda: Liggende(**_OM, **_AKSER, etiketter=_NED, serier=_to()),
    "tornado": lambda: Tornado(**_OM, **_AKSER, etiketter=_NED, serier=_to()),
    "histogram": lambda: Histogram(**_OM, **_AKSER, etiketter=_NED, serier=[_kolonne(1)], fra_null=True),
    "ring": lambda: Ring(
        **_OM, etiketter=(1, 0, 2, 0), verdier=(1, 1, 2, 1), farger=["#0072B2", "#E69F00"], skrift=["#FFFFFF", ""]
    ),
    "fossefall": lambda: Fossefall(**_OM, **_AKSER, etiketter=_NED, rader=(1, _ANTALL), kolonne=1, hode=0),
    "intervaller": lambda: Intervaller(
        **_OM,
        **_AKSER,
        etiketter=_NED,
        punkter=_kolonne(1),
        ned=(1, 2, _ANTALL, 2),
        opp=(1, 3, _ANTALL, 3),
        grenser=(-5, 9),
    ),
    "flyt": lambda: Flytfigur(
        **_OM,
        **_AKSER,
        etiketter=(1, 2, 3, 2),
        stroemmer=[replace(_kolonne(1), bredde=4.5, vist="7"), replace(_kolonne(2), i_forklaringen=False)],
        noder=[(_kolonne(1), ["a"] * _ANTALL), (_kolonne(2), ["b"] * _ANTALL)],
    ),
    "punkter": lambda: Punkter(**_OM, **_AKSER, etiketter=(1, 2, _ANTALL, 2), serier=[_kolonne(1), _kolonne(3)]),
}


def _bok(figur: Diagram) -> bytes:
    bok = Bok(USIKKERHET, "konstruert")
    ark = bok.nytt_ark(ARK)
    ark.siste_kolonne = _ANTALL
    for i in range(1, _ANTALL + 1):
        ark.tekst(i, 0, f"Rad {i}")
        ark.tekst(0, i, f"Kolonne {i}")
        for k in range(1, _ANTALL + 1):
            ark.fast(i, k, i * k - 8.0, "kr")
    ark.figurer.append(figur)
    return bytes_av(bok, DATO)


def _del(innhold: bytes, navn: str) -> str:
    with ZipFile(BytesIO(innhold)) as arkiv:
        return arkiv.read(navn).decode()


def _xml(slag: str) -> str:
    return _del(_bok(SLAG[slag]()), "xl/charts/chart1.xml")


def test_hver_slags_figur_er_proevd() -> None:
    proevd = {type(lag()) for lag in SLAG.values()}
    alle: set[type[Diagram]] = set()
    igjen: list[type[Diagram]] = [Diagram]
    while igjen:
        klasse = igjen.pop()
        alle.add(klasse)
        igjen += klasse.__subclasses__()
    assert alle - {Diagram} == proevd


@pytest.mark.parametrize("slag", SLAG)
def test_hver_figur_har_tittel_aksetitler_beskrivelse_og_viser_ogsaa_skjulte_celler(slag: str) -> None:
    innhold = _bok(SLAG[slag]())
    xml = _del(innhold, "xl/charts/chart1.xml")
    titler = ["En tittel"] if slag == "ring" else ["En tittel", "Bortover", "Oppover"]
    uten_merker = re.sub(r"<c:dLbls>.*?</c:dLbls>", "", xml, flags=re.DOTALL)
    assert sorted(re.findall(r"<a:t>([^<]+)</a:t>", uten_merker)) == sorted(titler)
    assert '<c:dispBlanksAs val="span"/>' in xml
    assert '<c:plotVisOnly val="1"/>' not in xml
    assert 'descr="En tittel. Hva figuren viser."' in _del(innhold, "xl/drawings/drawing1.xml")


@pytest.mark.parametrize("slag", SLAG)
def test_tallene_i_figuren_ligger_i_filen_saa_en_forhaandsvisning_kan_tegne_den(slag: str) -> None:
    xml = _xml(slag)
    ledd = re.findall(r"<c:(?:val|yVal)>.*?</c:(?:val|yVal)>", xml, re.S)
    assert ledd
    for verdier in ledd:
        antall = 2 if slag == "ring" else _ANTALL
        assert len(re.findall(r"<c:v>-?\d", verdier)) == antall


def test_bare_figurer_med_flere_serier_har_tegnforklaring_og_ringen_har_den_for_delene() -> None:
    med = {slag for slag in SLAG if "<c:legend>" in _xml(slag)}
    assert set(SLAG) - med == {"histogram", "intervaller", "paa_null"}


def test_en_akse_av_datoer_sier_hvor_langt_det_er_mellom_dem_for_den_samme_kan_staa_flere_ganger() -> None:
    for slag, enhet, form in (("aar", "years", "yyyy"), ("dager", "days", "d")):
        akse = re.search(r"<c:dateAx>.*?</c:dateAx>", _xml(slag), re.S)
        assert akse
        assert f'<c:numFmt formatCode="{form}" sourceLinked="0"/>' in akse[0]
        etter = '<c:auto val="0"/><c:lblOffset val="100"/>'
        enheter = f'<c:baseTimeUnit val="{enhet}"/><c:majorUnit val="1"/><c:majorTimeUnit val="{enhet}"/>'
        assert f"{etter}{enheter}</c:dateAx>" in akse[0]
    assert not [slag for slag in set(SLAG) - {"aar", "dager"} if "dateAx" in _xml(slag)]


def test_tallene_som_holder_aksen_paa_null_tegnes_og_forklares_ikke() -> None:
    xml = _xml("paa_null")
    assert xml.count("<c:ser>") == 2
    assert xml.count("<a:noFill/>") == 2  # its fill and its border
    assert '<c:overlap val="100"/>' in xml


def test_en_akse_begynner_paa_null_bare_der_tallene_aldri_er_negative() -> None:
    for slag in SLAG:
        ender = re.findall(r'<c:(max|min) val="([^"]+)"/>', _xml(slag))
        faste = {"intervaller": [("max", "9"), ("min", "-5")], "flyt": [("max", "1.6"), ("min", "-0.6")]}
        ventet = {"histogram": [("min", "0")], **faste}.get(slag, [])
        assert ender == ventet, slag


def test_besparelse_og_den_andre_av_to_soeyler_er_skravert_saa_de_skilles_uten_farge() -> None:
    assert _xml("soeyler").count("<a:pattFill") == _xml("tornado").count("<a:pattFill") == 1
    assert _xml("fossefall").count("<a:pattFill") == 2  # what adds, above zero and below it


def test_fossefallet_forklarer_bare_hva_som_tegnes() -> None:
    xml = _xml("fossefall")
    assert xml.count("<c:ser>") == 7
    assert re.findall(r'<c:legendEntry><c:idx val="(\d)"/><c:delete val="1"/>', xml) == ["0", "1", "4", "6"]
    assert [xml.count(f"<c:v>{ord_}</c:v>") for ord_ in ("Øker", "Senker")] == [2, 2]


def test_en_figur_som_ikke_kan_plasseres_stopper_skrivingen() -> None:
    figur = Ring(
        ark=ARK,
        plass=Plass(2_000_000, 0, 400),
        tittel="T",
        beskrivelse="B",
        etiketter=_NED,
        verdier=_NED,
        farger=(),
        skrift=(),
    )
    with pytest.raises((ValueError, UserWarning)):
        _bok(figur)


def test_en_figur_holder_seg_innenfor_radene_som_er_satt_av() -> None:
    for px in (100, 290, 298, 299, 330, 380):
        assert Plass(10, 0, 400, px).siste_rad < 10 + rader_for(px)
    assert Plass(10, 0, 400, hoeyde(16)).siste_rad == 25


@pytest.mark.treg(unntatt=3)
@pytest.mark.parametrize("slag", SLAG)
def test_figuren_er_gyldig(validator: str, slag: str, tmp_path: Path) -> None:  # noqa: F811
    fil = tmp_path / "bok.xlsx"
    fil.write_bytes(_bok(SLAG[slag]()))
    assert feil(validator, fil) == []
