"""A null alternative that moves in a scenario: read, written, shown beside the fixed one, in the workbook and in the draws."""

from __future__ import annotations

import tomllib
import warnings
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.conftest import DATO
from velferdslab_model.base.ord import ANTAKELSE
from velferdslab_model.base.tall import kr
from velferdslab_model.check.kontroll import kontroller
from velferdslab_model.cli.output_compare import sammenligningstabell
from velferdslab_model.compare.bevegelse import IKKE_OPPGITT, OM_BEVEGELSEN, SATT_TIL_SIDE, bevegelsesrader
from velferdslab_model.compare.kolonner import merknader
from velferdslab_model.compare.report.writing import rapport
from velferdslab_model.compare.sammenligning import sammenlign
from velferdslab_model.compare.writing import sammenligningsplan
from velferdslab_model.effektbok.assembly import planlegg
from velferdslab_model.effektbok.bevegelse_tab import BEVEGELSESFANE
from velferdslab_model.effektbok.register_tab import hvor
from velferdslab_model.effektbok.tabs import tilleggsfaner
from velferdslab_model.effektbok.writing import arbeidsbok
from velferdslab_model.endringer.finne import endringer
from velferdslab_model.errors import UgyldigInndata
from velferdslab_model.parameters.bevegelse import BEVEGELSESFELT
from velferdslab_model.parameters.kilder import UTEN_KILDE
from velferdslab_model.parameters.loading import fra_toml
from velferdslab_model.parameters.typer import Forutsetninger
from velferdslab_model.parameters.writing import som_toml
from velferdslab_model.personas.analysis import analyser_personas
from velferdslab_model.personas.block import nullblokk
from velferdslab_model.personas.loading import notatets_personas
from velferdslab_model.register import KOSTNAD_IKKE_OPPGITT, registerposter
from velferdslab_model.results import beregn
from velferdslab_model.scenarios.loading import load_forutsetninger
from velferdslab_model.uncertainty.montecarlo import montecarlo
from velferdslab_model.utenfor.reading import les_utenforfil
from velferdslab_model.utenfor.sammen import sammenstill
from velferdslab_model.utenfor.sentences import forbehold_ved_begge

_TABELL = """
[unge_voksne.bevegelse]
overganger = { uholdbar = [4, 3, 0, 0], utsatt = [3, 20, 4, 0], stabil = [0, 0, 6, 1] }
kostnad = { uholdbar = 240000, utsatt = 160000, stabil = 50000 }
kilde = "Egne historier \\"2019\\""
"""
SCENARIO = fra_toml(tomllib.loads(_TABELL), "b.toml", "Konstruert")


def test_tabellen_leses_skrives_og_foelger_arbeidsboken(tmp_path: Path) -> None:
    b = SCENARIO.unge_voksne.bevegelse
    assert b is not None
    assert b.andeler[1] == (3 / 27, 20 / 27, 4 / 27, 0)
    assert b.andeler[3] == (0, 0, 0, 1)  # nobody was counted there
    assert b.kostnad == (240_000, 160_000, 50_000, None)
    assert fra_toml(tomllib.loads(som_toml(SCENARIO, "x")), "y.toml", "y").unge_voksne.bevegelse == b
    for faner in ([], [BEVEGELSESFANE]):  # without the tab it is kept with the file
        fil = tmp_path / f"{len(faner)}.xlsx"
        fil.write_bytes(arbeidsbok(beregn(SCENARIO), DATO, faner))
        assert load_forutsetninger(fil).unge_voksne.bevegelse == b
        assert load_forutsetninger(fil).familier.bevegelse is None


def test_det_faste_svaret_er_uendret_og_forskjellen_gaar_opp() -> None:
    med, uten = beregn(SCENARIO), beregn(load_forutsetninger())
    assert med.grupper["unge_voksne"].sum == uten.grupper["unge_voksne"].sum
    assert uten.grupper["unge_voksne"].bevegelse is None
    assert "bevegelse" not in uten.to_dict()["brukergrupper"]["unge_voksne"]
    v = med.grupper["unge_voksne"].bevegelse
    assert v is not None
    for netto, deler in v.forskjell.items():
        assert sum(deler.values()) == pytest.approx(
            v.sum_netto[netto] - med.grupper["unge_voksne"].sum[f"netto_{netto}"]
        )
    # The difference that cost makes is the same for both nets: it moves no gain.
    assert v.forskjell["budsjett"]["kostnad"] == pytest.approx(v.forskjell["samfunn"]["kostnad"])
    assert sum(rad[-1] for rad in v.uten.values()) == pytest.approx(30)
    json = med.to_dict()["brukergrupper"]["unge_voksne"]["bevegelse"]
    assert json["sum_netto"] == v.sum_netto
    assert json["overganger"]["utsatt"] == [3, 20, 4, 0]
    assert json["kostnad"] == {"uholdbar": 240_000, "utsatt": 160_000, "stabil": 50_000}


def test_kostnaden_foelger_prisaaret_og_tellingene_gjoer_det_ikke() -> None:
    ny = fra_toml({**tomllib.loads(_TABELL), "vis_i_prisaar": 2024}, "b.toml", "Konstruert").unge_voksne.bevegelse
    gammel = SCENARIO.unge_voksne.bevegelse
    assert ny is not None
    assert gammel is not None
    assert ny.overganger == gammel.overganger
    assert (ny.kostnad[0] or 0) / (gammel.kostnad[0] or 1) == pytest.approx(1.2321, abs=1e-3)
    assert ny.kostnad[3] is None
    assert "2024" in ny.kilde


@pytest.mark.parametrize(
    ("tabell", "ventet"),
    [
        ("overganger = { utsatt = [1, 2, 3] }", "overganger.utsatt er en liste, ventet fire tall"),
        ("overganger = { utsatt = [1, -2, 3, 0] }", "overganger.utsatt.utsatt er -2"),
        ("overganger = { utsat = [1, 2, 3, 4] }", "overganger.utsat er en ukjent nøkkel. Mente du utsatt?"),
        ("kostnad = { utsatt = 5 }", "overganger mangler"),
        ("overganger = { utsatt = [1, 2, 3, 4] }\nkostnad = { utsatt = -1 }", "kostnad.utsatt er -1"),
        ("overganger = { utsatt = [1, 2, 3, 4] }\n[unge_voksne.utvidet]\nskjedd_uansett = 0.1", "kan ikke brukes sammen med skjedd_uansett"),
    ],
)  # fmt: skip
def test_det_som_er_galt_sies_med_noekkel(tabell: str, ventet: str) -> None:
    with pytest.raises(UgyldigInndata) as feil:
        fra_toml(tomllib.loads(f"[unge_voksne.bevegelse]\n{tabell}"), "b.toml", "b")
    assert ventet in str(feil.value)
    assert "unge_voksne.bevegelse" in str(feil.value)


@pytest.mark.treg
def test_boken_kan_fylles_ut_og_kontrolleres(tmp_path: Path) -> None:
    fil = tmp_path / "b.xlsx"
    fil.write_bytes(arbeidsbok(beregn(SCENARIO), DATO, [BEVEGELSESFANE]))

    def skriv(til: str, *celler: tuple[str, int, object]) -> Path:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            bok = load_workbook(fil)
        for navn, ned, verdi in celler:
            ark, adresse = next(iter(bok.defined_names[navn].destinations))
            foerste = bok[ark][adresse.split(":")[0].replace("$", "")]
            bok[ark].cell(foerste.row + ned, foerste.column).value = verdi
        bok.save(tmp_path / til)
        return tmp_path / til

    endret = skriv("e.xlsx", ("UV_overganger_til_stabil", 1, 9), ("FAM_situasjonskostnad", 1, 123_456))
    svar = kontroller(endret, fil)
    assert [(celle.partition("!")[2], e.ny) for celle, e in svar.endringer] == [("G7", 9.0), ("I73", 123_456.0)]
    galt = skriv("g.xlsx", ("UV_overganger_til_stabil", 1, -9), ("UV_situasjonskostnad", 0, "mye"))
    with pytest.raises(UgyldigInndata) as feil:
        load_forutsetninger(galt)
    assert "G7 (unge_voksne.bevegelse.overganger.utsatt.stabil) er" in str(feil.value)
    assert "I6 (unge_voksne.bevegelse.kostnad.uholdbar) er «mye»" in str(feil.value)
    with pytest.raises(UgyldigInndata, match="kan ikke brukes sammen med skjedd_uansett"):
        load_forutsetninger(skriv("s.xlsx", ("UV_skjedd_uansett", 0, 0.2)))


def test_hvert_tall_staar_i_registeret_med_kilde_og_celle(tmp_path: Path) -> None:
    foran = "unge_voksne.bevegelse."
    poster = {p.noekkel.removeprefix(foran): p for p in registerposter(SCENARIO) if p.noekkel.startswith(foran)}
    b = SCENARIO.unge_voksne.bevegelse
    assert b is not None
    assert {n: p.verdi for n, p in poster.items()} == {n: b.verdi(n) or 0.0 for n in BEVEGELSESFELT}
    assert poster["overganger.utsatt.stabil"].kilde == poster["kostnad.stabil"].kilde == b.kilde
    # A cost that is not given is the null alternative's, and the table's source says nothing of it.
    assert (poster["kostnad.baerekraftig"].kilde, poster["kostnad.baerekraftig"].opphav) == (
        KOSTNAD_IKKE_OPPGITT,
        ANTAKELSE,
    )
    assert not [p for p in registerposter(SCENARIO) if p.noekkel.startswith("familier.bevegelse.")]
    # The tabs come with the scenario, and the list of every number points at each of them.
    faner = tilleggsfaner({"register"}, f=SCENARIO)
    assert [fane.navn for fane in faner] == ["Forutsetninger", BEVEGELSESFANE.navn]
    bok = planlegg(beregn(SCENARIO), DATO, faner)
    celler = {hvor(bok, p) for p in registerposter(SCENARIO, tom_bevegelse=True) if ".bevegelse." in p.noekkel}
    assert celler == {f"{BEVEGELSESFANE.navn}!{kol}{rad}" for kol in "EFGHI" for rad in (6, 7, 8, 9, 72, 73, 74, 75)}
    fil = tmp_path / "b.xlsx"
    fil.write_bytes(arbeidsbok(beregn(SCENARIO), DATO, faner))
    assert kontroller(fil).funn == []


def test_en_tom_tabell_har_ingen_kilde_og_et_endret_tall_ikke_den_gamle(tmp_path: Path) -> None:
    fil = tmp_path / "b.xlsx"
    fil.write_bytes(arbeidsbok(beregn(SCENARIO), DATO, tilleggsfaner({"register"}, f=SCENARIO)))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        bok = load_workbook(fil)
    ark = bok[BEVEGELSESFANE.navn]
    assert (ark["E10"].value, ark["E76"].value) == ('kilde: Egne historier "2019"', None)
    ark["E10"] = "Egne historier 2025"
    bok.save(fil)
    svar = kontroller(fil, _skrevet(tmp_path))
    assert [(celle, e.noekkel) for celle, e in svar.endringer] == [(f"{BEVEGELSESFANE.navn}!E10", "bevegelse.kilde")]
    assert svar.funn == []  # saved by a program that computes nothing: no stored number is wrong
    ark["E10"], ark["G7"] = 'kilde: Egne historier "2019"', 9
    bok.save(fil)
    svar = kontroller(fil, _skrevet(tmp_path))
    assert [e.kilde for _, e in svar.endringer] == [UTEN_KILDE]
    nye = [beregn(f).grupper["unge_voksne"].bevegelse for f in (SCENARIO, load_forutsetninger(fil))]
    for v in nye:  # the result beside the fixed one moved, from the one to the other
        assert v is not None
        assert kr(v.sum_netto["samfunn"]) in " ".join(svar.merknader)


def _skrevet(mappe: Path) -> Path:
    (fil := mappe / "foer.toml").write_text(som_toml(SCENARIO, "x"), encoding="utf-8")
    return fil


def test_en_annen_bevegelse_er_en_endring_som_ikke_flytter_svaret() -> None:
    uten = replace(SCENARIO, unge_voksne=replace(SCENARIO.unge_voksne, bevegelse=None))
    alle = endringer(uten, SCENARIO)
    assert {e.felt.rpartition(".")[0] for e in alle} <= {
        f"bevegelse.overganger.{s}" for s in ("uholdbar", "utsatt", "stabil")
    } | {"bevegelse.kostnad"}
    assert len(alle) == 7 + 3
    assert endringer(SCENARIO, SCENARIO) == []


def test_trekningene_er_rundt_svaret_og_sikrere_med_flere_talte_aar() -> None:
    g = SCENARIO.unge_voksne
    assert g.bevegelse is not None
    mange = replace(g.bevegelse, overganger=tuple(tuple(1000 * n for n in rad) for rad in g.bevegelse.overganger))
    faa, sikre = (montecarlo(replace(g, bevegelse=b, usikkerhet={}), 2_000, 1) for b in (g.bevegelse, mange))
    v = beregn(SCENARIO).grupper["unge_voksne"].bevegelse
    assert v is not None
    for netto in ("budsjett", "samfunn"):
        assert faa.bevegelse[netto].sd > sikre.bevegelse[netto].sd
        assert sikre.bevegelse[netto].snitt == pytest.approx(v.sum_netto[netto], rel=0.15)
        assert sikre.bevegelse[netto].p_fast == faa.uten[netto].p_positiv
    assert not montecarlo(replace(g, bevegelse=None), 200, 1).bevegelse


def test_sammenligningen_har_begge(tmp_path: Path) -> None:
    for navn, tekst in (("a", 'navn = "Konstruert A"'), ("b", f'navn = "Konstruert B"\n{_TABELL}')):
        (tmp_path / f"{navn}.toml").write_text(tekst, encoding="utf-8")
    s = sammenlign([tmp_path / "a.toml", tmp_path / "b.toml"], trekninger=100, dato=DATO)
    a, b = (m.resultat.grupper["unge_voksne"] for m in s.medlemmer)
    assert a.bevegelse is None
    assert b.bevegelse is not None
    assert a.sum == b.sum
    kommuner = {k["navn"]: k["brukergrupper"]["unge_voksne"] for k in s.to_dict()["kommuner"]}
    assert "bevegelse" not in kommuner["Konstruert A"]
    assert kommuner["Konstruert B"]["bevegelse"]["sum_netto"] == b.bevegelse.sum_netto
    # Beside the fixed one wherever it is read, and a municipality without it is said to be so.
    uten, med = bevegelsesrader(s, "unge_voksne")
    assert (uten.hvorfor, uten.tall[1:4]) == (IKKE_OPPGITT, [None, None, None])
    fast, kostnad, flyttet, sum_ = (kr or 0.0 for kr in med.tall[4:])
    assert fast + kostnad + flyttet == pytest.approx(sum_) == pytest.approx(b.bevegelse.sum_netto["samfunn"])
    assert bevegelsesrader(s, "familier") == []
    ark = {c.verdi for c in sammenligningsplan(s).ark[1].faste}
    assert {sum_, IKKE_OPPGITT, *OM_BEVEGELSEN} <= ark
    assert "Rekkefølgen er mot det faste for alle." in " ".join(merknader(s))
    for vist in (rapport(s), sammenligningstabell(s)):
        assert OM_BEVEGELSEN[0] in " ".join(vist.split())
        assert kr(sum_) in vist


@pytest.mark.parametrize(("felles", "igjen"), [("utvidet", False), ("nullalternativ", False), ("qaly", True)])
def test_det_som_er_felles_for_alle_telles_ikke_ogsaa_som_bevegelse(tmp_path: Path, felles: str, igjen: bool) -> None:
    a = 'navn = "Konstruert A"\n[unge_voksne]\nutvidet.skjedd_uansett = 0.2'
    for navn, tekst in (("a", a), ("b", f'navn = "Konstruert B"\n{_TABELL}')):
        (tmp_path / f"{navn}.toml").write_text(tekst, encoding="utf-8")
    filer = [tmp_path / "a.toml", tmp_path / "b.toml"]
    s = sammenlign(filer, referanse="Konstruert A", felles=felles, trekninger=100, dato=DATO)
    assert (s.medlemmer[1].resultat.grupper["unge_voksne"].bevegelse is not None) == igjen
    assert (bevegelsesrader(s, "unge_voksne")[1].hvorfor == SATT_TIL_SIDE) != igjen


def test_livsloepsregnskapet_sier_at_scenariet_ogsaa_har_et_som_beveger_seg() -> None:
    def om(f: Forutsetninger) -> list[str]:
        s = sammenstill(les_utenforfil(None), beregn(f))
        return [setning for setning in forbehold_ved_begge(s) if "i bevegelse" in setning]

    b = beregn(SCENARIO).grupper["unge_voksne"].bevegelse
    assert b is not None
    assert [kr(b.sum_netto["samfunn"]) in setning for setning in om(SCENARIO)] == [True]
    assert om(load_forutsetninger()) == []


def test_historienes_blokk_gir_overgangene_og_teller_ingenting_to_ganger() -> None:
    a = analyser_personas(notatets_personas())
    blokk = (
        nullblokk(a)
        .replace("# [unge_voksne.bevegelse]", "[unge_voksne.bevegelse]")
        .replace("# [familier.bevegelse]", "[familier.bevegelse]")
    )
    for linje in ("overganger", "kostnad", "kilde"):
        blokk = blokk.replace(f"# {linje} = ", f"{linje} = ")
    f = fra_toml(tomllib.loads(blokk), "blokk", "Konstruert")
    for navn, g in a.grupper.items():
        b = f.grupper[navn].bevegelse
        assert b is not None
        # Four histories of ten years have nine changes of year each.
        assert sum(map(sum, b.overganger)) == 36
        assert sum(g.situasjonsaar) == 40
        # The years priced situation by situation are the years of the mean: the same kroner, once.
        alt = sum(n * (kr or 0) for n, kr in zip(g.situasjonsaar, g.situasjonskostnad, strict=True))
        assert alt / 40 == pytest.approx(g.situasjoner["utsatt"].snitt)
