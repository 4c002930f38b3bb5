"""Loading many scenarios, bringing them to the same terms, and the key figures of each."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.compare.kommuner import skriv
from velferdslab_model.compare.dekomponering import INGEN_FORSKJELL
from velferdslab_model.compare.sammenligning import GJENNOMSNITT, norsk_rekkefoelge, sammenlign
from velferdslab_model.effektbok.writing import write_arbeidsbok
from velferdslab_model.errors import FeilIFiler, KanIkkeLese, UgyldigInndata
from velferdslab_model.results import beregn
from velferdslab_model.scenarios.loading import load_forutsetninger

INGEN = "inntak = { uholdbar = 0, utsatt = 0, stabil = 0 }"


@pytest.fixture
def tre(tmp_path: Path) -> Path:
    """A folder of three that differ in price year, period, rate and intake."""
    mappe = tmp_path / "tre"
    skriv(mappe, "Aas")
    skriv(mappe, "Bø", "prisaar = 2024\n[unge_voksne]\nanalyseperiode = 12\nneddiskontering = 0.04\n", fil="bo.toml")
    skriv(mappe, "Cby", "[unge_voksne]\ninntak = { uholdbar = 4 }\n[familier]\nanalyseperiode = 12\n")
    return mappe


def test_alt_bringes_til_referansens_vilkaar_og_listes(tre: Path) -> None:
    s = sammenlign([tre], referanse="Aas")
    assert [m.navn for m in s.medlemmer] == ["Aas", "Bø", "Cby"]
    assert (s.referanse, s.prisaar) == ("Aas", 2019)
    assert {(m.kommune.forutsetninger.unge_voksne.analyseperiode, m.kommune.forutsetninger.prisaar) for m in s.medlemmer} == {(10, 2019)}  # fmt: skip
    assert [(h.kommune, h.gruppe, h.hva, h.fra, h.til) for h in s.harmonisert] == [
        ("Bø", "", "prisår", 2024, 2019),
        ("Bø", "unge_voksne", "analyseperiode", 12, 10),
        ("Bø", "unge_voksne", "neddiskontering", 0.04, 0),
        ("Cby", "familier", "analyseperiode", 12, 10),
    ]
    assert s.medlemmer[1].kommune.forutsetninger.unge_voksne.kilder["analyseperiode"].startswith("antakelse: felles")


def test_som_oppgitt_endrer_ingenting(tre: Path) -> None:
    s = sammenlign([tre], som_oppgitt=True)
    assert s.harmonisert == ()
    assert s.prisaar is None
    for m in s.medlemmer:
        assert m.resultat.to_dict() == beregn(load_forutsetninger(m.kommune.fil)).to_dict()


def test_prisaar_og_referanse_kan_velges(tre: Path) -> None:
    assert sammenlign([tre], prisaar=2022).prisaar == 2022
    s = sammenlign([tre], referanse="bø")
    assert (s.referanse, s.prisaar) == ("Bø", 2024)
    assert s.medlemmer[0].kommune.forutsetninger.unge_voksne.neddiskontering == 0.04


def test_snittet_bruker_det_de_fleste_har(tre: Path) -> None:
    s = sammenlign([tre], referanse=GJENNOMSNITT)
    assert (s.referanse, s.prisaar) == (GJENNOMSNITT, 2019)
    assert s.referansemedlem is None
    # Two of three have ten years for unge voksne.
    assert s.medlemmer[1].kommune.forutsetninger.unge_voksne.analyseperiode == 10


@pytest.mark.parametrize("referanse", ["Bø", GJENNOMSNITT])
def test_rekkefolgen_paa_filene_betyr_ingenting(tre: Path, referanse: str) -> None:
    filer = sorted(tre.iterdir())
    ventet = sammenlign(filer, referanse=referanse).to_dict()
    assert sammenlign(filer[::-1], referanse=referanse).to_dict() == ventet
    assert sammenlign([filer[1], filer[0], filer[2]], referanse=referanse).to_dict() == ventet


def test_to_like_filer_gir_bare_nuller(tmp_path: Path) -> None:
    filer = [skriv(tmp_path, "A"), skriv(tmp_path, "B")]
    for referanse in ("A", GJENNOMSNITT):
        for m in sammenlign(filer, referanse=referanse).medlemmer:
            for f in m.forskjeller.values():
                assert {kr for o in (*f.totalt.values(), *f.per_deltaker.values()) for kr in o.deler.values()} == {0.0}


def test_noekkeltallene_er_resultatets_egne(tre: Path) -> None:
    rad = sammenlign([tre], referanse="Aas").medlemmer[0].rader["unge_voksne"]
    assert rad.kostnad is not None
    assert rad.netto_budsjett is not None
    assert (round(rad.kostnad), round(rad.netto_budsjett)) == (11_574_422, 13_997_313)
    assert (rad.deltakere, rad.tilbakebetalt_budsjett, rad.tilbakebetalt_samfunn) == (30, 2025, 2022)
    assert rad.samfunn_per_krone == pytest.approx(4.665, abs=0.001)
    assert rad.andel_kommune is not None
    assert rad.andel_stat is not None
    assert rad.andel_kommune + rad.andel_stat == pytest.approx(1)


def test_steg_telles_for_haand(tmp_path: Path) -> None:
    """One person a year for one year from uholdbar at 50 %: 0.5 + 0.25 + 0.125 steps."""
    tekst = (
        "[unge_voksne]\ninntaksaar = 1\ninntak = { uholdbar = 1, utsatt = 0, stabil = 0 }\n"
        "suksessrate = { uholdbar = 0.5, utsatt = 0.5, stabil = 0.5 }\n"
    )
    rad = sammenlign([skriv(tmp_path, "A", tekst), skriv(tmp_path, "B")]).medlemmer[0].rader["unge_voksne"]
    assert rad.steg == pytest.approx(0.875)
    assert rad.kostnad is not None
    assert rad.kostnad_per_steg == pytest.approx(rad.kostnad / 0.875)


def test_kommune_uten_inntak_er_med_uten_tall_per_deltaker(tmp_path: Path) -> None:
    s = sammenlign([skriv(tmp_path, "A"), skriv(tmp_path, "B", f"[familier]\n{INGEN}\n")], referanse="A")
    rad = s.medlemmer[1].rader["familier"]
    # Nothing but that nobody is taken in: no zero, no year, no part of a difference.
    assert {k: v for k, v in vars(rad).items() if v is not None} == {
        "kommune": "B",
        "gruppe": "familier",
        "deltakere": 0.0,
    }
    assert s.medlemmer[1].forskjeller["familier"] == INGEN_FORSKJELL
    assert "B" not in s.ytelser.rader["familier"]
    assert s.uten_inntak == [("B", "familier")]
    assert [f.slag for f in s.medlemmer[1].flagg if f.gruppe == "familier"] == ["uten_inntak"]


def test_arbeidsboeker_og_lister_er_scenarier(tre: Path, tmp_path: Path) -> None:
    write_arbeidsbok(beregn(load_forutsetninger(tre / "bo.toml")), tmp_path / "bo.xlsx", date(2026, 1, 1))
    (tmp_path / "liste.csv").write_text("merknad;Fil\nførst;tre/aas.toml\nså;bo.xlsx\n", encoding="utf-8-sig")
    s = sammenlign([tmp_path / "liste.csv"])
    ventet = sammenlign([tre / "aas.toml", tre / "bo.toml"])
    assert [m.navn for m in s.medlemmer] == ["Aas", "Bø"]
    for en, to in zip(s.rader, ventet.rader, strict=True):
        assert en.netto_samfunn == pytest.approx(to.netto_samfunn, rel=1e-9)


def test_liste_uten_overskrift_tas_fra_foerste_kolonne(tre: Path) -> None:
    (tre / "liste.csv").write_text("aas.toml\ncby.toml\n", encoding="utf-8")
    assert [m.navn for m in sammenlign([tre / "liste.csv"]).medlemmer] == ["Aas", "Cby"]


def test_alle_oedelagte_filer_meldes_i_ett(tre: Path) -> None:
    skriv(tre, "Feil1", "[unge_voksne]\nsuksessrate = { utsatt = 80 }\n")
    skriv(tre, "Feil2", "prisaar = femten\n")
    (tre / "feil3.xlsx").write_bytes(b"PK\x03\x04")
    with pytest.raises(FeilIFiler) as feil:
        sammenlign([tre])
    for tekst in ("3 av 6 filer", "feil1.toml", "feil2.toml", "feil3.xlsx", "--hopp-over-feil"):
        assert tekst in str(feil.value)
    s = sammenlign([tre], hopp_over_feil=True)
    assert len(s.medlemmer) == 3
    assert len(s.utelatt) == 3


def test_prisaar_utenfor_indeksen_meldes_for_hver_fil(tre: Path) -> None:
    with pytest.raises(FeilIFiler) as feil:
        sammenlign([tre], prisaar=2031)
    assert "3 av 3 filer" in str(feil.value)
    assert "[indekser.kpi]" in str(feil.value)


def test_referansen_kan_ikke_utelates(tre: Path) -> None:
    skriv(tre, "Dby", "prisaar = 2030\n[familier]\nverdi_qaly = 1000000\n")
    with pytest.raises(KanIkkeLese, match="Referansen «Dby» kan ikke brukes"):
        sammenlign([tre], referanse="Dby", prisaar=2019, hopp_over_feil=True)


def test_samme_navn_to_ganger_avvises_med_begge_filer(tre: Path) -> None:
    skriv(tre, "AAS ", fil="annen.toml")
    with pytest.raises(UgyldigInndata) as feil:
        sammenlign([tre])
    assert "aas.toml" in str(feil.value)
    assert "annen.toml" in str(feil.value)


@pytest.mark.parametrize(
    ("hva", "ventet"),
    [
        ("tom", "er en mappe uten scenarier"),
        ("tre/aas.toml", "Fant 1 scenario som kan brukes, ventet minst to"),
        ("tom.csv", "listen er tom"),
        ("bare_hode.csv", "listen har en overskrift, men ingen filer"),
        ("hull.csv", "rad 2 har ingen fil"),
        ("finnes_ikke.csv", "filen finnes ikke"),
    ],
)
def test_for_lite_aa_sammenligne_avvises(hva: str, ventet: str, tre: Path, tmp_path: Path) -> None:
    (tmp_path / "tom").mkdir()
    (tmp_path / "tom.csv").write_text("\n")
    (tmp_path / "bare_hode.csv").write_text("fil\n")
    (tmp_path / "hull.csv").write_text("fil;merknad\ntre/aas.toml;x\n;y\n")
    with pytest.raises((KanIkkeLese, UgyldigInndata)) as feil:
        sammenlign([tmp_path / hva])
    assert ventet in str(feil.value)


def test_et_scenario_kan_ikke_hete_gjennomsnitt(tre: Path) -> None:
    skriv(tre, "Gjennomsnitt")
    with pytest.raises(UgyldigInndata, match="betyr snittet av alle"):
        sammenlign([tre])


def test_ukjent_referanse_gir_forslag(tre: Path) -> None:
    with pytest.raises(UgyldigInndata, match="Mente du Cby"):
        sammenlign([tre], referanse="Cbi")


def test_navn_ordnes_paa_norsk() -> None:
    assert sorted(["Ås", "Østby", "Ærfugl", "zeta", "Élan", "alfa"], key=norsk_rekkefoelge) == [
        "alfa", "Élan", "zeta", "Ærfugl", "Østby", "Ås",
    ]  # fmt: skip
