"""The workbook of personas: read back as it was, edited, and faults told with cell, persona and row."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.conftest import DATO
from tests.personas.konstruert import ANNET_SETT, LITE_SETT
from tests.regneark import regn_ut_formualizer
from velferdslab_model.base.tall import kr
from velferdslab_model.check.kontroll import kontroller
from velferdslab_model.errors import KanIkkeLese, UgyldigInndata
from velferdslab_model.personas.analysis import analyser_personas
from velferdslab_model.personas.as_json import personas_json
from velferdslab_model.personas.loading import notatets_personas, personamal
from velferdslab_model.personas.reading import les_personas
from velferdslab_model.personas.report.page import personaside
from velferdslab_model.personas.sentences import SLIK_LESES
from velferdslab_model.personas.tabs.blokk_rader import blokkrader
from velferdslab_model.personas.terms import Personasett
from velferdslab_model.personas.writing import personasplan, write_personas


@pytest.mark.parametrize("sett", [notatets_personas(), LITE_SETT, ANNET_SETT], ids=["notatet", "lite", "annet"])
def test_boken_leses_tilbake_som_den_ble_skrevet(tmp_path: Path, sett: Personasett) -> None:
    fil = tmp_path / "p.xlsx"
    write_personas(sett, fil, DATO)
    lest = les_personas([fil])
    assert personas_json(analyser_personas(lest)) == personas_json(analyser_personas(sett))
    assert [(p.navn, p.beskrivelse, dict(p.notatet)) for p in lest.personas] == [
        (p.navn, p.beskrivelse, dict(p.notatet)) for p in sett.personas
    ]
    assert [h.aar for _, h in lest.historier()] == [h.aar for _, h in sett.historier()]
    assert kontroller(fil).to_dict()["bare_inndata_er_endret"]


def _skriv_i(tmp_path: Path, *skriv: tuple[str, int, int, object], navn: str = "p.xlsx") -> Path:
    """A workbook with values typed into named places: name, rows and columns from its first cell, value."""
    fil = tmp_path / navn
    write_personas(LITE_SETT, fil, DATO)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        bok = load_workbook(fil)
    for hva, ned, bort, verdi in skriv:
        ark, adresse = next(iter(bok.defined_names[hva].destinations))
        celle: Worksheet = bok[ark]
        foerste = celle[adresse.split(":")[0].replace("$", "")]
        celle.cell(foerste.row + ned, foerste.column + bort).value = verdi
    bok.save(fil)
    return fil


def test_en_tjeneste_i_aar_4_endrer_nullkostnaden_og_blokken(tmp_path: Path) -> None:
    fil = _skriv_i(tmp_path, ("H3_mengde_1", 0, 3, 400))
    foer, etter = (analyser_personas(s) for s in (LITE_SETT, les_personas([fil])))
    mer = 300 * 475.5 / 10 / 3
    ny = etter.grupper["unge_voksne"].situasjoner["utsatt"]
    assert ny.snitt == pytest.approx((foer.grupper["unge_voksne"].situasjoner["utsatt"].snitt or 0) + mer)
    # The workbook itself follows, formula by formula, in three programs: test_alle_slag.py. Here: the cells it would show.
    plan = personasplan(LITE_SETT, les_personas([fil]))
    celler = {c.formel: c.verdi for c in plan.ark[0].celler()}
    linjer = [verdi for _, mal, verdi in blokkrader(etter, etter.grupper["unge_voksne"]) if mal]
    assert f"utsatt = {ny.nullkostnad:.0f}" in linjer[0]
    assert linjer[0] in celler.values()
    svar = kontroller(fil)
    omraade = next(iter(load_workbook(fil).defined_names["H3_mengde_1"].destinations))[1].replace("$", "")
    assert [(sted.partition("!")[2], endring.tekst) for sted, endring in svar.endringer] == [
        (f"{chr(ord(omraade[0]) + 3)}{omraade[1:].partition(':')[0]}", "Konstruert Kari: Booppfølging, år 4")
    ]
    assert any("Nullkostnad, unge voksne, utsatt" in m for m in svar.merknader)


def test_en_ny_tjeneste_i_en_ledig_rad_regnes_med(tmp_path: Path) -> None:
    rad = [
        ("H3_tjeneste", "Utekontakt"),
        ("H3_betaler", "kommune"),
        ("H3_overfoering", "nei"),
        ("H3_frigjoer", "nei"),
        ("H3_enhetspris", 500),
    ]
    fil = _skriv_i(tmp_path, *((navn, 2, 0, verdi) for navn, verdi in rad), ("H3_mengde_3", 0, 0, 20))
    historie = les_personas([fil]).personas[1].historier[0]
    assert [t.navn for t in historie.tjenester if not t.tom] == ["Booppfølging", "Utekontakt"]
    assert historie.tjenester[2].beloep.sum() == 10_000


def test_et_skrevet_tall_blir_staaende(tmp_path: Path) -> None:
    sett = les_personas([_skriv_i(tmp_path, ("unge_voksne_null_stabil", 0, 0, 99_999))])
    assert sett.skrevet == {"unge_voksne.null.stabil": 99_999}
    assert analyser_personas(sett).grupper["unge_voksne"].situasjoner["stabil"].nullkostnad == 99_999


#: Typed into the sheets of histories: where, what, and what is said.
_FEIL_I_HISTORIER = (
    (("H1_mengde_1", 0, 3, -4), "Konstruert Per, beste utfall: tjeneste 1 «Sosialhjelp», mengde år 4) er -4"),
    (("H1_betaler", 1, 0, "fylket"), "Konstruert Per, beste utfall: tjeneste 2 «Samtaler», betaler) er «fylket»"),
    (("H2_situasjon", 0, 2, "Ustabil"), "Konstruert Per, verste utfall: livssituasjon år 3) er «Ustabil»"),
    (("H2_enhetspris", 0, 0, "12 €"), "Konstruert Per, verste utfall: tjeneste 1, enhetspris) er «12 €»"),
    (("H2_tjeneste", 0, 0, None), "tjeneste 1) er tom, ventet navnet på tjenesten"),
    (("H3_moeter", 0, 1, "mange"), "Konstruert Kari: møter år 2) er «mange»"),
    (("H1_situasjon", 0, 0, "Stabil"), "Konstruert Per: historiene begynner i stabil og utsatt"),
    (("H1_hendelse", 0, 0, "x" * 301), "Konstruert Per, beste utfall: hendelse år 1) har 301 tegn"),
)  # fmt: skip
_FEIL_I_VILKAAR = (
    (("faktor_stabil", 0, 0, -1), "ganger utsatt) er -1"),
    (("unge_voksne_null_utsatt", 0, 0, "mye"), "nullkostnad, utsatt) er «mye»"),
)


@pytest.mark.parametrize("feilene", [_FEIL_I_HISTORIER, _FEIL_I_VILKAAR], ids=["historier", "vilkår"])
def test_alt_som_er_galt_sies_med_celle_persona_og_rad(
    tmp_path: Path, feilene: tuple[tuple[tuple[str, int, int, object], str], ...]
) -> None:
    fil = _skriv_i(tmp_path, *(skriv for skriv, _ in feilene))
    with pytest.raises(UgyldigInndata) as feil:
        les_personas([fil])
    melding = str(feil.value).replace("\u2212", "-")
    assert [ventet for _, ventet in feilene if ventet not in melding] == []
    assert len(feil.value.feil) == len(feilene)
    assert not kontroller(fil).leselig


@pytest.mark.treg(unntatt=3)
@pytest.mark.parametrize(
    ("navn", "verdi", "lovlig"),
    [
        ("H3_moeter", None, True),
        ("H3_moeter", 10_000, True),
        ("H3_moeter", 10_001, False),
        ("H3_moeter", 1e-12, False),
        ("H3_moeter", True, False),
        ("H3_moeter", "5", False),
        ("H3_mengde_1", None, True),
        ("H3_mengde_1", 1e-12, False),
        ("H3_enhetspris", 1e-12, False),
        ("H3_tjeneste", "\u00a0", False),
        ("H3_situasjon", "stabil\u00a0", False),
        ("H3_situasjon", "STABIL", True),
    ],
)
def test_boken_selv_og_programmet_sier_det_samme_om_en_celle(
    navn: str, verdi: object, lovlig: bool, tmp_path: Path
) -> None:
    fil = _skriv_i(tmp_path, (navn, 0, 1 if navn[3:] in ("moeter", "mengde_1", "situasjon") else 0, verdi))
    assert kontroller(fil).leselig == lovlig
    svar = regn_ut_formualizer(fil, [], [("Svar", "B2")])
    assert (svar["Svar", "B2"] == "OK") == lovlig


def test_et_tall_over_grensen_sies_med_grensen(tmp_path: Path) -> None:
    with pytest.raises(UgyldigInndata) as feil:
        les_personas([_skriv_i(tmp_path, ("H3_moeter", 0, 1, 45_000))])
    assert "er 45000, ventet et tall fra 0 til 10000" in str(feil.value)


def test_en_bok_og_en_fil_til_blir_ett_sett_men_ikke_to_boeker(tmp_path: Path) -> None:
    bok = _skriv_i(tmp_path)
    (tmp_path / "t.toml").write_text(personamal("tone"), encoding="utf-8")
    assert [p.navn for p in les_personas([bok, tmp_path / "t.toml"]).personas][-1] == "Tone"
    with pytest.raises(KanIkkeLese, match="to arbeidsbøker med personas"):
        les_personas([bok, _skriv_i(tmp_path, navn="q.xlsx")])


def test_faner_med_rare_navn_blir_lovlige() -> None:
    def omdoept(navn: Callable[[int], str]) -> Personasett:
        return replace(LITE_SETT, personas=tuple(replace(p, navn=navn(i)) for i, p in enumerate(LITE_SETT.personas)))

    for navn in (
        lambda i: f"[{i}]/\\:*?'" * 20,
        lambda i: "Svar" + " " * i,
        lambda i: "Æ" * (60 + i),
        lambda i: f"'{i}'",
    ):
        titler = [ark.navn for ark in personasplan(omdoept(navn)).ark]
        assert len({t.casefold() for t in titler}) == len(titler)
        assert all(0 < len(t) <= 31 and not set(t) & set("[]:*?/\\'") for t in titler)


def test_siden_forklarer_figurene_og_har_aarene_som_tekst_og_tallene_som_tall() -> None:
    a = analyser_personas(notatets_personas())
    vist = personaside(a)
    assert all(hva in vist and tekst in vist for hva, tekst in SLIK_LESES)
    assert vist.count("<strong>År 10, ") == vist.count('class="ferd"') == 8
    assert f"Økonomisk sosialhjelp {kr(165_000)} kr (kommune)" in vist
    assert 'data-v="77767' in vist  # a column of amounts sorts as amounts
    assert vist.count(">Kommunal rus- og psykisk helsetjeneste</text>") == 2  # whole in the figures
