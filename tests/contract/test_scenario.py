"""Asker's contract beside Asker's model."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.contract.vilkaar import TABELLEN, fullt, kort, med
from velferdslab_model.check.kontroll import kontroller
from velferdslab_model.contract.analysis import Kontraktsanalyse, tilfelle
from velferdslab_model.contract.flows import besparelse_per_lykket
from velferdslab_model.contract.indigo import til_json
from velferdslab_model.contract.reading import les_kontraktfil
from velferdslab_model.contract.scenario import med_scenario, modellpris
from velferdslab_model.contract.screen import kontraktstabell
from velferdslab_model.contract.terms import FastBetaling, Leverandoer
from velferdslab_model.contract.writing import kontraktplan, write_kontrakt
from velferdslab_model.errors import UgyldigInndata
from velferdslab_model.scenarios.loading import load_forutsetninger


def test_prisen_mot_besparelsen_i_askers_modell() -> None:
    v = med_scenario(TABELLEN, load_forutsetninger())
    # Year 1: 151 312 - 121 050. From year 2 four fifths are bærekraftig, who cost nothing.
    etter = [151_312 - 121_050, *[151_312 - 0.2 * 121_050] * 8]
    assert besparelse_per_lykket(v).tolist() == pytest.approx(etter)
    assert v.suksessrate == (0.8,) * 4
    assert v.leverandoer.kostnad_per_deltaker == pytest.approx(203_125)
    m = modellpris(v, 93_750)
    assert m.pris == {"kommune": 150_000, "stat": 0}
    assert m.fra_aar == {"kommune": 2, "stat": 1}
    assert (m.betalt["kommune"], m.betalt_fra_aar["kommune"]) == (93_750, 2)
    assert modellpris(v, 20_000).betalt_fra_aar["kommune"] == 1
    assert modellpris(v, 10e6).betalt_fra_aar["kommune"] is None
    assert m.akkumulert["kommune"][1] == pytest.approx(sum(etter[:2]))


def test_hvert_vilkaar_scenarioet_tar_plassen_til_staar_med_foer_etter_og_kilde(tmp_path: Path) -> None:
    v = med_scenario(med(suksessrate=(0.3, 0.5, 0.5, 0.5)), load_forutsetninger())
    rader = {e.noekkel: e for e in v.erstattet}
    assert set(rader) == {n for n in v.kilder if v.kilder[n].split(": ")[1].startswith("fra scenarioet")}
    assert (rader["nullalternativ.foer"].foer, rader["nullalternativ.foer"].etter) == (None, 151_312)
    assert rader["suksessrate"].foer == "30,0\u00a0% / 50,0\u00a0%, tatt for sikker (antakelse)"
    assert rader["suksessrate"].kilde.startswith("kilde: fra scenarioet")
    assert "figur 7" in rader["suksessrate"].kilde
    assert (rader["leverandoer.kostnad_per_deltaker"].foer, rader["leverandoer.kostnad_per_deltaker"].etter) == (
        0,
        203_125,
    )
    assert rader["leverandoer.fast_aarskostnad"].kilde.startswith("antakelse: ")
    a = Kontraktsanalyse(tilfelle(v), {}, None)
    skjerm = " ".join(kontraktstabell(a).replace("\u00a0", " ").split())
    assert "Vilkår tatt fra scenarioet 11 vilkår, se listen under" in skjerm
    assert (
        "Årlig kostnad uten måloppnåelse ikke oppgitt -> 151 312 kr per person og år (kilde: fra scenarioet" in skjerm
    )
    assert "Årlig tilbakefall ikke oppgitt -> 0 % (antakelse: " in skjerm
    assert "Driftskostnad 0 -> 0 kr per kontraktår, uendret (antakelse: fra scenarioet Asker, " in skjerm
    assert "utsatt: scenarioet har ingen fast kostnad; den er i tiltakene)" in skjerm
    i_json = til_json(a)["velferdslab"]["erstattet_av_scenario"]
    assert {rad["noekkel"]: (rad["foer"], rad["etter"], rad["kilde"]) for rad in i_json} == {
        n: (e.foer, e.etter, e.kilde) for n, e in rader.items()
    }
    bok = kontraktplan(a)
    celler = {(c.rad, c.kol): c.verdi for ark in bok.ark if ark.navn == "Fra scenarioet" for c in ark.celler()}
    i_boken = [tuple(celler[rad, kol] for kol in (0, 2, 3, 5)) for rad in range(3, 3 + len(rader))]
    assert i_boken == [(e.tekst, "ikke oppgitt" if e.foer is None else e.foer, e.etter, e.kilde) for e in v.erstattet]


def test_listen_foelger_boken_og_mister_det_noen_har_skrevet_over(tmp_path: Path) -> None:
    v = med_scenario(
        replace(TABELLEN, priskort=kort((12, 0.0, 1.0)), fast_betaling=(FastBetaling(3, 1e5, 0, ""),)),
        load_forutsetninger(None, 2023),
    )
    fil = tmp_path / "k.xlsx"
    write_kontrakt(v, fil)
    assert les_kontraktfil(fil).erstattet == v.erstattet
    svar = kontroller(fil)
    assert (list(svar.funn), list(svar.endringer)) == ([], [])  # a converted price is one that a cell can hold
    bok = load_workbook(fil)
    ark, adresse = next(iter(bok.defined_names["nullalternativ_varighet"].destinations))
    bok[ark][adresse] = 5
    bok.save(fil)
    igjen = {e.noekkel for e in les_kontraktfil(fil).erstattet}
    assert igjen == {e.noekkel for e in v.erstattet} - {"nullalternativ.varighet"}


def test_en_noeytral_standardverdi_i_scenarioet_tar_ikke_plassen_til_et_tall_noen_har_skrevet() -> None:
    f = load_forutsetninger()
    egne = replace(fullt(), leverandoer=Leverandoer(600_000, 0, 0))
    # Nor that of its source when the contract's own number is the neutral one.
    like = med_scenario(med(kilder={"skjedd_uansett": "kilde: Møte 3. mai"}), f)
    assert like.kilder["skjedd_uansett"] == "kilde: Møte 3. mai"
    assert "skjedd_uansett" not in {e.noekkel for e in like.erstattet}
    v = med_scenario(egne, f)
    n, m = v.nullalternativ, egne.nullalternativ
    assert n is not None
    assert m is not None
    assert (n.kommunal_andel, n.realiserbar_andel, n.tilbakefall) == (
        m.kommunal_andel,
        m.realiserbar_andel,
        m.tilbakefall,
    )
    assert (v.skjedd_uansett, v.leverandoer.fast_aarskostnad) == (0.1, 0.0)
    assert (n.foer, v.suksessrate) == (151_312, (0.8,) * 4)
    assert len(v.erstattet) == 8
    # What the scenario itself states does.
    g = f.grupper["unge_voksne"]
    sagt = replace(
        g,
        utvidet=replace(g.utvidet, realiserbar_andel=0.9),
        kilder={**g.kilder, "utvidet.realiserbar_andel": "kilde: Møte"},
    )
    v = med_scenario(egne, replace(f, unge_voksne=sagt))
    assert v.nullalternativ is not None
    assert (v.nullalternativ.realiserbar_andel, v.nullalternativ.kommunal_andel) == (0.9, 0.7)


def test_et_scenario_i_norske_kroner_passer_ikke_til_en_dansk_kontrakt() -> None:
    with pytest.raises(UgyldigInndata, match="DKK, men scenarioet er i NOK"):
        med_scenario(replace(TABELLEN, valuta="DKK"), load_forutsetninger())
