"""The live workbook of a contract: what it shows, what may be typed, and how it is read back."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from tests.conftest import DATO
from tests.contract.vilkaar import ETTER, FOER, TABELLEN, fullt, kort, med, skriv_celler
from tests.regneark import innskrivinger, regn_ut_formualizer
from velferdslab_model.base.celleverdi import ULAGRET
from velferdslab_model.check.kontroll import kontroller
from velferdslab_model.contract import analysis, writing
from velferdslab_model.contract.analysis import Kontraktsanalyse, analyser_kontrakt, tilfelle
from velferdslab_model.contract.distribution import betalingsfordeling
from velferdslab_model.contract.loading import MALER, kontrakt_av, kontraktsmal, les_kontrakt
from velferdslab_model.contract.reading import les_kontraktfil
from velferdslab_model.contract.tabs.grunnlag import OPPDATERT, ULOVLIG, UTDATERT
from velferdslab_model.contract.tabs.investor_rader import tilbake_i
from velferdslab_model.contract.terms import Avvikling, Inntak, Investor, Kontrakt, Tak
from velferdslab_model.contract.writing import kontraktplan, write_kontrakt
from velferdslab_model.errors import UgyldigInndata
from velferdslab_model.parameters.kilder import UTEN_KILDE
from velferdslab_model.workbook.adresse import celleadresse
from velferdslab_model.workbook.comparing import er_lik
from velferdslab_model.workbook.kind import EFFEKTKONTRAKT
from velferdslab_model.workbook.opening import aapne
from velferdslab_model.workbook.plan import Bok, Verdi
from velferdslab_model.workbook.writing import bytes_av

pytestmark = pytest.mark.usefixtures("regnet_en_gang")


@cache
def _analyse() -> Kontraktsanalyse:
    return analyser_kontrakt(TABELLEN)


@cache
def _plan() -> Bok:
    return kontraktplan(_analyse())


@cache
def _fil() -> bytes:
    return bytes_av(_plan(), DATO)


def _verdi(bok: Bok, noekkel: str) -> Verdi:
    return bok.steder[noekkel].verdier[0]


@pytest.mark.parametrize("v", [FOER, ETTER, replace(FOER, stanses_etter=2), med(telling=(12.0, 20.0), suksessrate=(0.6,) * 4)], ids=["foer", "etter", "stanset", "telling"])  # fmt: skip
def test_vilkaarene_leses_tilbake_som_de_ble_skrevet(
    v: Kontrakt, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What is computed is tried elsewhere: the cells are enough here.
    monkeypatch.setattr(analysis, "forhandlingsrom", lambda *_: None)
    monkeypatch.setattr(writing, "analyser_kontrakt", lambda v, froe: analyser_kontrakt(v, froe, 1000))
    write_kontrakt(v, tmp_path / "k.xlsx")
    assert les_kontraktfil(tmp_path / "k.xlsx") == v


def test_et_tall_noen_skriver_leses_tilbake_med_kilden(fil: Path) -> None:
    skriv_celler(fil, {"priskort_1_pris": 175_000, "priskort_1_pris_kilde": "Møte 3. mai", "tak_per_aar_brukes": "JA", "tak_per_aar": 2_500_000, "inntak_hoey": 30})  # fmt: skip
    v = les_kontraktfil(fil)
    assert (v.pris, v.tak.per_aar, v.inntak.hoey) == (175_000, 2_500_000, 30)
    assert v.kilder["priskort[1].pris"] == "kilde: Møte 3. mai"
    assert replace(v, priskort=FOER.priskort, tak=FOER.tak, inntak=FOER.inntak) == FOER


def test_kilden_til_et_annet_tall_blir_ikke_staaende(tmp_path: Path) -> None:
    """Asker's rate with Asker's source; another one is nobody's until a source is typed beside it."""
    fil = tmp_path / "k.xlsx"
    asker = les_kontrakt(None)
    fil.write_bytes(bytes_av(kontraktplan(Kontraktsanalyse(tilfelle(asker), {}, None)), DATO))
    assert les_kontraktfil(fil).kilder["suksessrate"].startswith("kilde: Asker kommune")
    skriv_celler(fil, {"suksessrate_2": 0.45, "kohorter": "innen kontrakten"})
    kilder = les_kontraktfil(fil).kilder
    assert [kilder[n] for n in ("suksessrate.2", "suksessrate", "kohorter")] == [UTEN_KILDE] * 3
    assert kilder["suksessrate.1"].startswith("kilde: Asker kommune")
    assert {endring.kilde for _, endring in kontroller(fil).endringer} == {UTEN_KILDE}


@pytest.mark.treg(unntatt=3)
@pytest.mark.parametrize(
    ("celler", "sagt"),
    [
        ({"suksessrate_2": 1.2}, "Vilkår!C"),
        ({"priskort_1_pris": -1}, "et beløp i kroner fra 0"),
        ({"inntak_forventet": 0}, "et helt tall fra 1"),
        ({"kohorter": "noen"}, "«noen»"),
        ({"tak_kontrakt": 100_000}, "(Tak for kontrakten) er 100\u00a0000, mindre enn én pris"),
        ({"betalingsaar_7": 1}, "(Betalingsår) har år 7, men kontrakten har 4 år."),
        ({"betalingsaar_3": 0, "betalingsaar_4": 0}, "(Betalingsår) mangler. Skriv 1 ved minst ett kontraktår."),
        ({"priskort_1_maaned": -3}, "(Oppfølging 1) er -3, ventet et helt tall fra 1 til 120"),
        ({"investor_honorar": -0.1}, "(Honorar til investoren) er -0,1, ventet en andel mellom 0 og 1"),
        ({"priskort_1_pris": "20 000 DKK"}, "(Oppfølging 1: pris) er «20 000 DKK», ventet et beløp i kroner"),
        ({"priskort_1_holder": 0.9}, "(Oppfølging 1: holder målet) er 0,9, ventet 1"),
        ({"stanses_etter_brukes": "ja", "stanses_etter": 4}, "(Avsluttes etter) er 4, ventet et år før det siste (4)"),
        ({"tak_kontrakt_brukes": "nei", "tak_overfoering": "ja"}, "(Overføring mellom år) er valgt, men"),
        (
            {"inntak_forventet": 40},
            "Vilkår!C25 til C27 (Inntak per år) har lavt 20, forventet 40 og høyt 20, ventet stigende tall",
        ),
        ({"tak_kontrakt": "=3000000*2"}, f"(Tak for kontrakten) {ULAGRET}"),
        ({"tak_kontrakt_brukes": '="j"&"a"'}, f"(Tak for kontrakten gjelder) {ULAGRET}"),
        ({"tak_kontrakt_kilde": '="a"&"b"'}, f"(kilden til Tak for kontrakten) {ULAGRET}"),
        ({"maal": '="a"&"b"'}, f"(Mål) {ULAGRET}"),
    ],
)
def test_daarlige_vilkaar_i_cellene_gir_en_melding(celler: dict[str, object], sagt: str, fil: Path) -> None:
    skriv_celler(fil, celler)
    with pytest.raises(UgyldigInndata) as feil:
        les_kontraktfil(fil)
    assert len(feil.value.feil) == 1
    assert sagt in feil.value.feil[0]
    # What the program that saved it took away is told, also when the terms cannot be read.
    assert "lagrede tall" in kontroller(fil).ikke_kontrollert


@pytest.mark.parametrize(
    ("v", "forventet"),
    [
        (TABELLEN, 5.733),
        (med(tak=Tak(None, 3e6, 6e6, False)), 5.624),
        (med(kohorter="innen kontrakten"), None),
        (med(kohorter="i betalingsår"), 3.0),
        (med(antall=25, tak=Tak(None, None, None, False)), 7.5),
        (med(tak=Tak(None, 2_000_000, None, False)), None),
    ],
)
def test_arket_regner_risikoen_eksakt_naar_vilkaarene_er_enkle(v: Kontrakt, forventet: float | None) -> None:
    bok, f = kontraktplan(_analyse(), v), betalingsfordeling(v)
    assert _verdi(bok, "b.uten") != _verdi(bok, "b.med")
    for noekkel, ventet in (("forventet", f.forventet), ("p_tak", f.p_tak), ("p_kuttet", f.p_kuttet)):
        assert _verdi(bok, f"risiko.{noekkel}") == pytest.approx(ventet, rel=1e-9, abs=1e-12)
    levende = _verdi(bok, "b.uten") == 1
    for noekkel, andel in (("lav", 0.05), ("hoey", 0.95)):
        assert _verdi(bok, f"risiko.{noekkel}") == (f if levende else _analyse().avtalt.fordeling).kvantil(andel)
    assert forventet is None or round(f.forventet / 1e6, 3) == forventet


@pytest.mark.parametrize(
    "v",
    [
        med(telling=(12.0, 20.0), suksessrate=(0.6,) * 4),
        med(suksessrate=(0.5, 0.5, 0.5, 0.6)),
        med(priskort=kort((12, 100_000, 1.0), (24, 50_000, 0.8))),
        med(tak=Tak(None, 3e6, 6e6, True)),
        med(tak=Tak(None, 4e6, 6e6, False)),
        med(indeksering=0.02),
        med(antall=61),
    ],
)
def test_ellers_vises_tallet_programmet_regnet(v: Kontrakt) -> None:
    bok = kontraktplan(_analyse(), v)
    assert _verdi(bok, "b.uten") == _verdi(bok, "b.med") == 0
    assert _verdi(bok, "risiko.forventet") == _analyse().avtalt.fordeling.forventet


_TALL = (
    "risiko.forventet",
    "risiko.p_tak",
    "risiko.lav",
    "risiko.hoey",
    "risiko.tap.leverandoer",
    "risiko.minst",
    "betalt.sum",
    "forv.betalt.sum",
    "forv.til_investor.sum",
    "leverandoer.f.netto.sum",
    "pris_betalt",
    "kommune.f.netto.sum",
    "kommune.f.pluss",
)


@pytest.mark.parametrize("v", [med(suksessrate=(0.0,) * 4), med(suksessrate=(1.0,) * 4), med(tak=Tak(None, 3e6, 6e6, False), suksessrate=(0.55,) * 4), med(suksessrate=(0.4, 0.5, 0.5, 0.6)), replace(fullt(), avvikling=Avvikling(3, 300_000), stanses_etter=3, avrunding="hele personer", inntak=Inntak(15, 15, 15, None, None))])  # fmt: skip
def test_ytterpunktene_skrevet_inn_gir_motorens_tall(v: Kontrakt, tmp_path: Path) -> None:
    gammel, ny = _plan(), kontraktplan(_analyse(), v)
    (tmp_path / "k.xlsx").write_bytes(_fil())
    steder = [(ny.steder[n].ark, ny.steder[n].adresse.replace("$", "")) for n in (*_TALL, "kontroll")]  # fmt: skip
    funnet = regn_ut_formualizer(tmp_path / "k.xlsx", innskrivinger(gammel, ny), steder)
    for n, sted in zip(_TALL, steder, strict=False):
        assert er_lik(_verdi(ny, n), funnet[sted]), n
    assert funnet[steder[-1]] == ny.steder["kontroll"].verdier[0] == ("UTDATERT" if _gamle(ny) else "OK")


def _gamle(bok: Bok) -> bool:
    """Whether a number on the first tab is old."""
    return any(_verdi(bok, f"gammel.{n}") for n in ("alle", "fordelingen", "forventet_rente"))


@pytest.mark.parametrize(
    ("celle", "verdi", "sagt"),
    [
        ("suksessrate_1", 70, "Suksessrate, kohort 1 (Vilkår!C{}): Utenfor."),
        ("priskort_1_pris", "150 tusen", "Oppfølging 1: pris (Vilkår!C{}): Ikke tall."),
        ("tak_per_aar_brukes", "kanskje", "Tak per år gjelder (Vilkår!C{}): Ikke i listen."),
        ("inntak_lav", 40, "«Inntaket er stigende: lavt, forventet, høyt» holder ikke."),
    ],
)
def test_det_som_maa_rettes_tar_plassen_til_overskriften_og_ingen_tall_staar_igjen(
    celle: str, verdi: float | str, sagt: str, tmp_path: Path
) -> None:
    (tmp_path / "k.xlsx").write_bytes(_fil())
    plan = _plan()
    sted = plan.steder[celle]
    svar = [("Svar", c.adresse) for c in plan.ark[0].celler() if c.formel]
    soeyler = plan.steder["figur.sjanse"]  # the one figure of the first tab that is drawn of another
    svar += [(soeyler.ark, celleadresse(soeyler.rad + i, soeyler.kol)) for i in range(soeyler.hoeyde)]
    andre = [
        (ark.navn, "A2") for ark in plan.ark if ark.navn in ("Risiko", "Forventet", "Scenarier", "Forhandlingsrom")
    ]
    funnet = regn_ut_formualizer(
        tmp_path / "k.xlsx", [(sted.ark, sted.adresse.replace("$", ""), verdi)], [*svar, *andre]
    )
    assert str(funnet.pop(("Svar", "A1"))) == (
        f"Rett dette før resultatet brukes: {sagt.format(sted.rad + 1)} Se Status i Vilkår og Kontroll i Partene."
    )
    assert funnet.pop(("Svar", plan.steder["kontroll"].adresse.replace("$", ""))) == "FEIL"
    assert {funnet.pop(sted) for sted in (("Svar", "A3"), *andre)} == {ULOVLIG}
    assert set(funnet.values()) <= {"", None}


def test_taket_har_sin_egen_soeyle_i_figuren_over_betalingen() -> None:
    for v, paa_taket in ((TABELLEN, 0.544), (med(telling=(12.0, 20.0), suksessrate=(0.6,) * 4), None)):
        t = tilfelle(v)
        bok = kontraktplan(Kontraktsanalyse(t, {}, None))
        soeyler = [x for x in bok.steder["figur.sjanse"].verdier if isinstance(x, float)]
        assert sum(soeyler) == pytest.approx(1)
        assert soeyler[-1] == pytest.approx(t.fordeling.p_tak)
        assert paa_taket is None or round(soeyler[-1], 3) == paa_taket
        assert _verdi(bok, "figur.hoey") == 6e6


def test_linjen_over_faste_tall_sier_fra_naar_vilkaarene_er_endret() -> None:
    # The first tab is all formulas while the sheet can count the chances itself, and then nothing on it is stale.
    for v, sagt, svar, ventet in (
        (TABELLEN, OPPDATERT, OPPDATERT, OPPDATERT),
        (med(antall=19), UTDATERT, OPPDATERT, OPPDATERT),
        (med(tak=Tak(None, 3e6, 6e6, False)), UTDATERT, UTDATERT, UTDATERT),
        (med(kohorter="innen kontrakten"), UTDATERT, UTDATERT, OPPDATERT),
        # The expected flow turns twice, and the one at the expected number once: the rate shown is the old one.
        (med(investor=Investor((1e6, 0, 0, 1.4e6), 0.5, 0.5, 0.0)), UTDATERT, UTDATERT, UTDATERT),
    ):
        celler = {(ark.navn, c.adresse): c.verdi for ark in kontraktplan(_analyse(), v).ark for c in ark.celler()}
        steder = (("Svar", "A3"), ("Risiko", "A2"), ("Forhandlingsrom", "A2"), ("Scenarier", "A2"), ("Forventet", "A2"))
        assert [celler[ark, adresse] for ark, adresse in steder] == [svar, sagt, sagt, sagt, ventet]


@pytest.mark.parametrize(
    ("investor", "ventet"),
    [
        (Investor((2e6, 0, 0, 0), 0.01, 0.0, 0.0), None),  # nearly all is lost
        (Investor((2e6, 0, 0, 0), 0.0, 0.1, 0.0), "ingen år med mer inn enn ut"),
        (Investor((0, 0, 1e6, 0), 1.0, 0.1, 0.0), "ingen netto utlegg i noe år"),
    ],
)
def test_arket_regner_internrenten_eller_sier_hvorfor_ikke(
    investor: Investor, ventet: str | None, tmp_path: Path
) -> None:
    gammel, ny = _plan(), kontraktplan(_analyse(), med(investor=investor))
    (tmp_path / "k.xlsx").write_bytes(_fil())
    # Of the expected payments under the caps, and when exactly the expected number succeeds.
    steder = [ny.steder[f"{hvem}.internrente"] for hvem in ("investor.f", "investor")]
    hvor = [(sted.ark, sted.adresse.replace("$", "")) for sted in steder]
    funnet = regn_ut_formualizer(tmp_path / "k.xlsx", innskrivinger(gammel, ny), hvor)
    t = tilfelle(med(investor=investor)).investor
    for sted, regnet in zip(hvor, (t.internrente, t.internrente_ved_forventning), strict=True):
        if ventet is None:
            assert funnet[sted] == pytest.approx(regnet, rel=1e-9)
        else:
            assert str(funnet[sted]).startswith(ventet)
    assert ny.steder["investor.f.tilbakebetalt"].verdier[0] == tilbake_i(t.utlegg, t.tilbakebetalt)


def test_forhandlingsrommet_sier_at_takene_gir_lavere_betaling_og_ikke_hvem_de_avgjoer_for() -> None:
    (ark,) = (ark for ark in _plan().ark if ark.navn == "Forhandlingsrom")
    tekst = " ".join(str(c.verdi) for c in ark.celler())
    assert "av betalingen, betales det i snitt mindre per person enn prislisten sier. " in tekst
    assert "gjør at kommunen" not in tekst


def test_den_publiserte_tabellen_vises_med_begge_avrundinger_og_uenigheten() -> None:
    (ark,) = (ark for ark in kontraktplan(_analyse()).ark if ark.navn == "Askers tabell")
    celler = {c.adresse: c.verdi for c in ark.celler()}
    rader = [[celler.get(f"{k}{r}") for k in "ABCDEFGI"] for r in range(6, 16)]
    assert ["15 i året, 50 %", 32, 4.8e6, 30, 4.5e6, 32, 4.8e6, "eksakt"] in rader
    assert ["15 i året, 70 %", 42, 6.3e6, 42, 6.3e6, 44, 6.6e6, "hele personer"] in rader
    assert sum(rad[-1] == "" for rad in rader) == 8
    assert any("7,5" in str(verdi) for verdi in celler.values())


@pytest.mark.parametrize("mal", MALER)
def test_hver_mal_kan_bli_en_bok(mal: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import tomllib

    v = kontrakt_av(tomllib.loads(kontraktsmal(mal)), mal, mal)
    monkeypatch.setattr(
        "velferdslab_model.contract.analysis.forhandlingsrom", lambda *_: None
    )  # seconds, and not the file
    write_kontrakt(v, tmp_path / "k.xlsx")
    assert aapne(tmp_path / "k.xlsx", EFFEKTKONTRAKT).verdi("kontroll") == "OK"
    assert les_kontraktfil(tmp_path / "k.xlsx") == v


def test_uten_kilde_i_kontrakten_er_tallet_en_antakelse(fil: Path) -> None:
    assert aapne(fil, EFFEKTKONTRAKT).verdi("tak_kontrakt_kilde") == UTEN_KILDE
