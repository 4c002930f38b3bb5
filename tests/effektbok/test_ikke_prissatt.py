"""Effects without a price: given in a scenario, graded live in a tab, read back, and outside every sum."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import DATO
from tests.regneark import Innskriving, LibreOffice, regn_ut_formualizer
from tests.workbook.fiendtlige import deler, endret
from velferdslab_model.check.kontroll import kontroller
from velferdslab_model.effektbok.assembly import planlegg
from velferdslab_model.effektbok.ikke_prissatt_tab import IKKE_PRISSATTFANE
from velferdslab_model.effektbok.writing import arbeidsbok
from velferdslab_model.errors import UgyldigInndata
from velferdslab_model.parameters.ikke_prissatt import konsekvens
from velferdslab_model.parameters.loading import fra_toml
from velferdslab_model.parameters.typer import BETYDNING, OMFANG
from velferdslab_model.results import beregn
from velferdslab_model.scenarios.loading import load_forutsetninger

VIRKNINGER = [
    {"virkning": "Trygghet for barn", "hvem": "barn", "betydning": "stor", "omfang": "middels positivt"},
    {"virkning": "=HYPERLINK(1)", "betydning": "liten", "omfang": "stort negativt", "begrunnelse": "Konstruert"},
]

NAVN = IKKE_PRISSATTFANE.navn


def scenario(**data: Any) -> Any:
    return fra_toml({"ikke_prissatt": VIRKNINGER, **data}, "test", "Asker")


@pytest.mark.parametrize(
    ("betydning", "omfang", "ventet"),
    [
        ("liten", "lite positivt", "0"),
        ("middels", "lite positivt", "+"),
        ("middels", "middels positivt", "++"),
        ("stor", "middels negativt", "−−−"),
        ("stor", "stort positivt", "++++"),
        ("stor", "intet", "0"),
        ("", "stort positivt", ""),
        ("liten", "", ""),
    ],
)
def test_konsekvensen_gaar_fra_fire_minus_til_fire_pluss(betydning: str, omfang: str, ventet: str) -> None:
    assert konsekvens(betydning, omfang) == ventet


def test_konsekvensen_vokser_med_betydning_og_omfang() -> None:
    for b in BETYDNING:
        trinn = [konsekvens(b, o).count("+") - konsekvens(b, o).count("−") for o in OMFANG]
        assert trinn == sorted(trinn)
        assert trinn == [-t for t in reversed(trinn)]


def test_virkningene_inngaar_ikke_i_noen_sum() -> None:
    uten = beregn(fra_toml({}, "test", "Asker"))
    assert beregn(scenario()).to_dict() == uten.to_dict()


def test_formlene_gir_motorens_konsekvens_for_hver_kombinasjon(tmp_path: Path) -> None:
    f = scenario(ikke_prissatt=[{"betydning": b, "omfang": o} for b in BETYDNING for o in OMFANG[:4]])
    fil = tmp_path / "bok.xlsx"
    fil.write_bytes(arbeidsbok(beregn(f), DATO, [IKKE_PRISSATTFANE]))
    celler = [(NAVN, f"E{rad}") for rad in range(6, 18)]
    ventet = [konsekvens(b, o) for b in BETYDNING for o in OMFANG[:4]]
    assert list(regn_ut_formualizer(fil, [], celler).values()) == ventet
    omvendt: Innskriving = [(NAVN, f"D{rad}", OMFANG[6 - (rad - 6) % 4]) for rad in range(6, 18)]
    ventet = [konsekvens(b, OMFANG[6 - i]) for b in BETYDNING for i in range(4)]
    assert list(regn_ut_formualizer(fil, omvendt, celler).values()) == ventet


@pytest.mark.treg
@pytest.mark.libreoffice
def test_redigert_i_libreoffice_leses_tilbake_og_nevnes_celle_for_celle(
    tmp_path: Path, libreoffice: LibreOffice
) -> None:
    fra, til = tmp_path / "fra.xlsx", tmp_path / "til.xlsx"
    fra.write_bytes(arbeidsbok(beregn(scenario()), DATO, [IKKE_PRISSATTFANE]))
    skriv: Innskriving = [(NAVN, "C6", "middels"), (NAVN, "A9", "Ny virkning"), (NAVN, "D9", "intet")]
    libreoffice.lagre(fra, til, skriv)
    assert libreoffice.regn_ut(til)[NAVN, "E6"] == "++"
    lest = load_forutsetninger(til).ikke_prissatt
    assert (lest[0].betydning, lest[1].virkning, lest[2].virkning, lest[3].virkning) == (
        "middels", "=HYPERLINK(1)", "", "Ny virkning",
    )  # fmt: skip
    k = kontroller(til, fra)
    assert k.funn == []
    assert {celle for celle, _ in k.endringer} == {f"{NAVN}!{c}" for _, c, _ in skriv}


def test_uten_fanen_foelger_virkningene_likevel_med_arbeidsboken(tmp_path: Path) -> None:
    fil = tmp_path / "bok.xlsx"
    fil.write_bytes(arbeidsbok(beregn(scenario()), DATO))
    assert load_forutsetninger(fil) == scenario()


@pytest.mark.parametrize(
    ("data", "ventet"),
    [
        ({}, "ikke_prissatt er en tabell, ventet virkninger skrevet som [[ikke_prissatt]]"),
        ([{"betydning": "enorm"}], "ikke_prissatt[1].betydning er teksten «enorm», ventet en av «liten»"),
        ([{"omfang": "positivt"}], "ikke_prissatt[1].omfang er teksten «positivt»"),
        ([{"sum": 1}], "ikke_prissatt[1].sum er en ukjent nøkkel"),
        ([{"virkning": 3}], "ikke_prissatt[1].virkning er 3, ventet en tekst"),
        ([{}] * 13, "har 13 virkninger, ventet høyst 12"),
    ],
)
def test_gale_virkninger_avvises(data: Any, ventet: str) -> None:
    with pytest.raises(UgyldigInndata) as feil:
        scenario(ikke_prissatt=data)
    assert ventet in str(feil.value)


def test_fanen_staar_i_planen_med_prisaar_og_forslag() -> None:
    ark = planlegg(beregn(scenario()), DATO, [IKKE_PRISSATTFANE]).ark[-1]
    tekster = [c.verdi for c in ark.celler() if isinstance(c.verdi, str)]
    assert any("inngår ikke i netto" in t for t in tekster)
    assert any("forslag, ikke vurdert" in t for t in tekster)
    assert any("antakelse" in t for t in tekster)


@pytest.mark.parametrize(
    ("fra", "til"),
    [
        (r"(ikke_prissatt_hvem\">[^<]*)\$17<", r"\1$12<"),
        (r'<definedName name="ikke_prissatt_hvem">[^<]*</definedName>', ""),
    ],
)
def test_et_forkortet_eller_slettet_navn_i_fanen_avvises_og_blir_funnet(fra: str, til: str, tmp_path: Path) -> None:
    fil = tmp_path / "bok.xlsx"
    fil.write_bytes(arbeidsbok(beregn(scenario()), DATO, [IKKE_PRISSATTFANE]))
    gammel = deler(fil.read_bytes())["xl/workbook.xml"].decode()
    ny = re.sub(fra, til, gammel)
    assert ny != gammel
    fil.write_bytes(endret(fil.read_bytes(), "xl/workbook.xml", lambda _: ny.encode()))
    with pytest.raises(UgyldigInndata, match="ikke_prissatt_hvem"):
        load_forutsetninger(fil)
    k = kontroller(fil)
    assert {(f.slag, f.sted) for f in k.funn} == {("navn", "ikke_prissatt_hvem")}
    assert k.forutsetninger == scenario()
