"""The workbook of a comparison: its tabs, what may be done in it, and that it says what the comparison says."""

from __future__ import annotations

import re
import warnings
import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.compare.kommuner import ETT_AVVIK, skriv
from tests.regneark import Innskriving, LibreOffice
from tests.workbook.test_ooxml import feil, validator
from velferdslab_model.base.ord import BRUKERGRUPPER, NETTONAVN
from velferdslab_model.compare.faktorer import FAKTORER
from velferdslab_model.compare.kolonner import KOLONNER, avvik
from velferdslab_model.compare.sammenligning import GJENNOMSNITT, Sammenligning, sammenlign
from velferdslab_model.compare.vurdering import alle_rader, vurdering
from velferdslab_model.compare.writing import FANER, sammenligningsbok, write_sammenligning
from velferdslab_model.errors import KanIkkeSkrive
from velferdslab_model.scenarios.finding import finn_filer
from velferdslab_model.workbook.kind import SAMMENLIGNING

DATO = date(2026, 11, 22)
__all__ = ["validator"]  # a fixture, used by its name
FARLIG = '=HYPERLINK("x")'


@pytest.fixture(scope="module")
def mappe(tmp_path_factory: pytest.TempPathFactory) -> Path:
    mappe = tmp_path_factory.mktemp("kommuner")
    skriv(mappe, "Aas")
    skriv(mappe, "Bø", "prisaar = 2024\n[unge_voksne]\nneddiskontering = 0.04\nverdi_qaly = 900000\n", fil="bo.toml")
    skriv(
        mappe,
        FARLIG.replace('"', '\\"'),
        "[familier]\ninntak = { uholdbar = 0, utsatt = 0, stabil = 0 }\n",
        fil="c.toml",
    )
    return mappe


@pytest.fixture(scope="module")
def s(mappe: Path) -> Sammenligning:
    return sammenlign([mappe], referanse="Aas")


@pytest.fixture(scope="module")
def innhold(s: Sammenligning) -> bytes:
    return sammenligningsbok(s, DATO)


def aapnet(innhold: bytes, **valg: Any) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl does not know the bars in the cells
        return load_workbook(BytesIO(innhold), **valg)


def rader(ark: Any, foerste: str) -> list[tuple[Any, ...]]:
    """The rows below the heading row that starts with a text and holds several headings."""
    alle = list(ark.iter_rows(values_only=True))
    hode = next(i for i, rad in enumerate(alle) if rad[0] == foerste and rad[2])
    return alle[hode + 1 :]


def test_boken_har_fanene_er_beskyttet_og_lik_hver_gang(s: Sammenligning, innhold: bytes) -> None:
    bok = aapnet(innhold)
    assert bok.sheetnames == list(FANER)
    for ark in bok:
        assert ark.protection.sheet
        assert ark.page_setup.orientation == "landscape"
        assert str(ark.page_setup.paperSize) == "9"
        assert ark.print_area
    assert sammenligningsbok(s, DATO) == innhold
    assert SAMMENLIGNING.hindring(innhold) is None


def test_oversikten_har_en_rad_per_kommune_og_gruppe(s: Sammenligning, innhold: bytes) -> None:
    ark = aapnet(innhold)["Oversikt"]
    funnet = rader(ark, "Kommune")[: len(s.rader)]
    ventet = {(r.kommune, {"unge_voksne": "Unge voksne", "familier": "Familie"}[r.gruppe]): r for r in s.rader}
    assert {rad[:2] for rad in funnet} == set(ventet)
    for rad in funnet:
        for kolonne, verdi in zip(KOLONNER, rad[2:], strict=False):
            riktig = getattr(ventet[rad[0], rad[1]], kolonne.felt)
            if kolonne.slag == "aar" and riktig is None and ventet[rad[0], rad[1]].deltakere:
                assert verdi == "ikke innen perioden"
            else:
                assert verdi == (None if riktig is None else pytest.approx(riktig, rel=1e-12, abs=1e-9))
    # Sorting a protected list asks for unlocked cells; typing into them is refused.
    celle = next(c for c in ark["A"] if c.value == "Bø")
    assert not celle.protection.locked
    assert [v.formula1 for v in ark.data_validations.dataValidation] == ["FALSE"]
    assert not ark.protection.sort
    assert not ark.protection.autoFilter
    assert ark.auto_filter.ref
    assert b"x14:dataBar" in zipfile.ZipFile(BytesIO(innhold)).read("xl/worksheets/sheet2.xml")


def test_brukertekst_er_tekst_og_bare_fossen_og_oppslaget_har_formler(innhold: bytes) -> None:
    formler = {
        (ark.title, c.row) for ark in aapnet(innhold) for rad in ark.iter_rows() for c in rad if c.data_type == "f"
    }
    antall = {ark: len({rad for a, rad in formler if a == ark}) for ark, _ in formler}
    assert antall == {"Forskjeller": len(FAKTORER) + 3, "Usikkerhet": 2}
    assert FARLIG in {c.value for c in aapnet(innhold)["Oversikt"]["A"]}


def test_det_som_er_gjort_likt_og_uten_inntak_staar_i_oversikten(innhold: bytes) -> None:
    tekst = "\n".join(str(c) for rad in aapnet(innhold)["Oversikt"].iter_rows(values_only=True) for c in rad if c)
    for del_ in (
        "Gjort likt",
        "prisår",
        "neddiskontering",
        "4\u00a0%",
        "Uten inntak",
        "ikke levende formler",
        "Beløp i 2019-kroner",
    ):
        assert del_ in tekst


def test_forutsetningene_merker_avvik_og_gir_kilden(innhold: bytes) -> None:
    ark = aapnet(innhold)["Forutsetninger"]
    rad = next(r for r in ark.iter_rows() if r[1].value == "Verdi av en QALY")
    assert [c.number_format.startswith('"≠') for c in rad[3:6]] == [False, False, True]
    assert rad[5].font.b
    linjer = [r for r in rader(ark, "Kommune") if r[1] == "Verdi av en QALY"]
    assert [(r[0], r[3], r[6]) for r in linjer] == [("Bø", "Unge voksne", "Gevinstforutsetninger")]
    assert "uten oppgitt kilde" in linjer[0][7]


def test_forskjellene_i_listen_summerer_paa_hver_rad(innhold: bytes, s: Sammenligning) -> None:
    funnet = rader(aapnet(innhold, data_only=True)["Forskjeller"], "Kommune")
    assert len(funnet) == 2 * 2 * 2 * 3
    for rad in funnet:
        if rad[:2] == (FARLIG, "Familie"):  # takes in no family: nothing, not even a zero
            assert set(rad[4:15]) == {None}
        else:
            assert sum(rad[7:15]) == pytest.approx(rad[6], abs=0.005)
            assert rad[5] - rad[4] == pytest.approx(rad[6], abs=0.005)


def test_fossen_gaar_fra_referansen_til_kommunen_ogsaa_under_null(mappe: Path, tmp_path: Path) -> None:
    """A bar drawn across zero: what is above and below it add up to the step."""
    dyr = skriv(tmp_path, "Dyr", '[[unge_voksne.tiltak]]\nnavn = "Booppfølging"\nenhetskostnad = 40000\n')
    bok = sammenligningsbok(sammenlign([mappe / "aas.toml", dyr], referanse="Aas"), DATO)
    alle = list(aapnet(bok, data_only=True)["Forskjeller"].iter_rows(values_only=True))
    hode = next(i for i, rad in enumerate(alle) if rad[0] == "Trinn")
    trinn = alle[hode + 1 : hode + 3 + len(FAKTORER)]
    assert trinn[0][4] > 0 > trinn[-1][4]
    assert trinn[-2][18] == pytest.approx(trinn[-1][4], abs=0.005)
    for rad in trinn[1:-1]:
        bidrag, (fra, til, usynlig_over, usynlig_under, _, opp_over, opp_under, ned_over, ned_under) = (
            rad[4],
            rad[17:26],
        )
        assert til - fra == pytest.approx(bidrag)
        assert opp_over - opp_under == pytest.approx(max(bidrag, 0))
        assert ned_over - ned_under == pytest.approx(max(-bidrag, 0))
        assert usynlig_over == pytest.approx(max(0, min(fra, til)))
        assert usynlig_under == pytest.approx(min(0, max(fra, til)))


def test_figurene_har_titler_aksetitler_og_alternativ_tekst(innhold: bytes) -> None:
    with zipfile.ZipFile(BytesIO(innhold)) as arkiv:
        figurer = [arkiv.read(n).decode() for n in arkiv.namelist() if re.match(r"xl/charts/chart\d", n)]
        tegninger = "".join(arkiv.read(n).decode() for n in arkiv.namelist() if re.match(r"xl/drawings/drawing\d", n))
    assert len(figurer) == 2 + 2 + 1 + 4 + 4
    for figur in figurer:
        assert figur.count("<c:title>") == 3
        assert '<c:dispBlanksAs val="span"/>' in figur
    assert len(re.findall(r'descr="[^"]{30,}"', tegninger)) == 2 + 2 + 1 + 4 + 4


def test_mange_kommuner_gir_figurer_med_tolv_og_sier_fra(tmp_path: Path) -> None:
    for i in range(15):
        skriv(tmp_path, f"K{i:02d}", f"[unge_voksne]\ninntak = {{ uholdbar = {i + 1} }}\n")
    bok = sammenligningsbok(sammenlign([tmp_path]), DATO)
    tekst = [c.value for c in aapnet(bok)["Utvikling"]["A"] if c.value]
    assert any("6 med høyest og de 6 med lavest netto samfunn per inntatt av 15" in t for t in tekst)
    with zipfile.ZipFile(BytesIO(bok)) as arkiv:
        antall = [arkiv.read(n).count(b"<c:ser>") for n in arkiv.namelist() if re.match(r"xl/charts/chart\d", n)]
    assert sorted(antall) == [1, 1, 1, 1, 1, 1, 5, 5, 7, 12, 12, 12, 12]
    tekst = [c.value for c in aapnet(bok)["Usikkerhet"][rangrad(bok)]]
    klasser = list(dict.fromkeys(t for t in tekst if t and t.startswith("Plass ") and "%" not in t))
    assert any("6 øverste og de 6 nederste av 15" in str(c.value) for c in aapnet(bok)["Usikkerhet"]["A"])
    assert (len(klasser), klasser[0], klasser[-1]) == (5, "Plass 1–3", "Plass 13–15")


def test_en_eller_ingen_som_tar_inn_noen_kan_skrives(tmp_path: Path) -> None:
    ingen = "inntak = { uholdbar = 0, utsatt = 0, stabil = 0 }\n"
    begge = f"[unge_voksne]\n{ingen}[familier]\n{ingen}"
    for mappe, forste in (("en", f"[unge_voksne]\n{ingen}"), ("null", begge)):
        filer = [skriv(tmp_path / mappe, "A", forste), skriv(tmp_path / mappe, "B", begge)]
        bok = aapnet(sammenligningsbok(sammenlign(filer), DATO))
        for fane in ("Usikkerhet", "Parvis"):
            tekst = " ".join(str(c.value) for rad in bok[fane].iter_rows() for c in rad if c.value)
            assert ("ingen av kommunene tar inn noen" in tekst) == (mappe == "null")


def test_snittet_og_som_oppgitt_kan_skrives(mappe: Path) -> None:
    for s in (sammenlign([mappe], referanse=GJENNOMSNITT), sammenlign([mappe], som_oppgitt=True)):
        bok = aapnet(sammenligningsbok(s, DATO))
        assert bok.sheetnames == list(FANER)
    tekst = " ".join(str(c.value) for c in bok["Oversikt"]["A"])
    assert "hver kommune i sitt eget prisår (2019–2024)" in tekst


@pytest.mark.parametrize("faktor", FAKTORER)
def test_hvert_avvik_faar_faktoren_som_forklarer_det(faktor: str, tmp_path: Path) -> None:
    from tests.compare.kommuner import scenario
    from velferdslab_model.compare.harmonisering import Kommune
    from velferdslab_model.compare.medlem import Medlem
    from velferdslab_model.results import beregn

    f = scenario("B", **ETT_AVVIK[faktor])
    m = Medlem(Kommune("B", tmp_path, f), beregn(f), {}, {}, ())
    assert {a.faktor for a in avvik(scenario("A"), m)} == {faktor}


def test_boken_erstattes_bare_naar_den_er_uroert_og_hoppes_over_i_mappen(
    s: Sammenligning, mappe: Path, tmp_path: Path
) -> None:
    fil = tmp_path / "sammenligning.xlsx"
    write_sammenligning(s, fil, DATO)
    write_sammenligning(s, fil, date(2026, 1, 1))
    fil.write_bytes(fil.read_bytes() + b"x")
    with pytest.raises(KanIkkeSkrive, match="er endret"):
        write_sammenligning(s, fil, DATO)
    write_sammenligning(s, fil, DATO, overskriv=True)
    skriv(tmp_path, "Ny")
    filer, forbi = finn_filer([tmp_path])
    assert [p.name for p in filer] == ["ny.toml"]
    assert forbi == [f"{fil} er en sammenligning, ikke et scenario."]


def rangrad(innhold: bytes) -> int:
    """The row of headings in the tab of uncertainty."""
    return next(int(c.row) for c in aapnet(innhold)["Usikkerhet"]["A"] if c.value == "Kommune")


def test_usikkerheten_har_en_rad_per_kommune_gruppe_og_netto(innhold: bytes, s: Sammenligning) -> None:
    ark = aapnet(innhold)["Usikkerhet"]
    funnet = [[c.value for c in rad] for rad in ark.iter_rows(min_row=rangrad(innhold) + 1) if rad[0].value]
    ventet = list(alle_rader(s))
    assert [rad[0] for rad in funnet] == [r.kommune for r in ventet]
    for rad, r in zip(funnet, ventet, strict=True):
        assert rad[4:8] == pytest.approx([r.forventet, *r.persentiler])
        assert [rad[9], rad[8], rad[10]] == list(r.rangspenn)
        sannsynlig = [p and pytest.approx(p) for p in (r.best, r.mot_referansen, r.med_antakelser)]
        assert rad[11:16] == [*sannsynlig, r.vurdering, pytest.approx(r.av_smaa_tall)]
        assert rad[16 : 16 + len(r.klasser)] == pytest.approx(list(r.klasser))
    tekst = " ".join(str(c.value) for c in ark["A"] if c.value)
    assert "er en antakelse" in tekst
    assert "10\u00a0000 ganger for hver kommune og gruppe (frø 2019)" in tekst


MOENSTER = ("Bø*", "Bø 2", "<Å", "?", "~?")


def test_alle_par_kan_slaas_opp_og_ingen_navn_er_et_moenster(libreoffice: LibreOffice, tmp_path: Path) -> None:
    """Choose each pair in the yellow cells, in LibreOffice: the answer is the ranking's own. Then the waterfall."""
    for i, navn in enumerate(MOENSTER):
        familier = "inntak = { uholdbar = 0, utsatt = 0, stabil = 0 }" if navn == "?" else ""
        skriv(tmp_path / "k", navn, f"[unge_voksne]\nsuksessrate = {{ utsatt = {0.1 + 0.2 * i} }}\n[familier]\n{familier}\n", fil=f"{i}.toml")  # fmt: skip
    s = sammenlign([tmp_path / "k"], referanse="Bø*", trekninger=500)
    fil = tmp_path / "bok.xlsx"
    fil.write_bytes(sammenligningsbok(s, DATO))
    bok = aapnet(fil.read_bytes())
    rad = next(c.row for c in bok["Usikkerhet"]["A"] if c.value == "Er denne kommunen")
    foss = next(c.row for c in bok["Forskjeller"]["A"] if c.value == "Kommune")
    for gruppe, tittel in BRUKERGRUPPER.items():
        r = s.rangeringer.grupper[gruppe]["netto_samfunn"]
        hver = s.medlemmer if gruppe == "unge_voksne" else s.medlemmer[:3]
        for en in hver:
            for annen in (hver[0], hver[-1], en):
                valg = zip((en.navn, annen.navn, tittel), range(rad, rad + 3), strict=True)
                skrevet: Innskriving = [("Usikkerhet", f"B{n}", verdi) for verdi, n in valg]
                skrevet += [("Forskjeller", f"B{foss}", en.navn), ("Forskjeller", f"B{foss + 1}", tittel)]
                celler = libreoffice.regn_ut(fil, skrevet)
                p, ord_ = (celler.get(("Usikkerhet", f"B{rad + 4 + i}")) for i in range(2))
                if en is annen or not {en.navn, annen.navn} <= r.plass.keys():
                    assert (p or "", ord_) == ("", "velg to ulike kommuner som begge tar inn noen")
                else:
                    ventet = r.bedre[r.plass[en.navn], r.plass[annen.navn]]
                    assert p == pytest.approx(ventet, abs=1e-12)
                    assert ord_ == vurdering(ventet)
                if en is not s.referansemedlem:
                    til = celler["Forskjeller", f"E{foss + 5 + len(FAKTORER) + 2}"]
                    ytelse = s.ytelser.rader[gruppe].get(en.navn)
                    assert til == (pytest.approx(ytelse.stiger["netto_samfunn"].ytelse, rel=1e-12) if ytelse else 0)


def test_parvis_har_hvert_par_og_ingen_mot_seg_selv(innhold: bytes, s: Sammenligning) -> None:
    alle = list(aapnet(innhold)["Parvis"].iter_rows(values_only=True))
    hode = next(i for i, rad in enumerate(alle) if rad[0] == "Gruppe")
    titler = {v: k for k, v in BRUKERGRUPPER.items()}
    nettoer = {v: k for k, v in NETTONAVN.items()}
    funnet = 0
    for rad in alle[hode + 1 :]:
        r = s.rangeringer.grupper[titler[rad[0]]][nettoer[rad[1]]]
        for navn, verdi in zip(alle[hode][3:], rad[3:], strict=False):
            if navn is None:
                break
            if navn == rad[2] or navn not in r.plass:
                assert verdi is None
            else:
                funnet += 1
                assert verdi == pytest.approx(r.bedre[r.plass[rad[2]], r.plass[navn]], abs=1e-12)
    assert funnet == 2 * (3 * 2) + 2 * (2 * 1)


def test_over_seksti_kommuner_staar_hvert_par_en_gang_og_kan_slaas_opp_begge_veier(
    libreoffice: LibreOffice, tmp_path: Path
) -> None:
    for i in range(61):
        skriv(
            tmp_path / "k",
            f"K{i:02d}",
            f'[[unge_voksne.tiltak]]\nnavn = "Booppfølging"\nenhetskostnad = {400 + 10 * i}\n',
        )
    s = sammenlign([tmp_path / "k"], trekninger=100)
    fil = tmp_path / "bok.xlsx"
    fil.write_bytes(sammenligningsbok(s, DATO))
    bok = aapnet(fil.read_bytes())
    tall = [c for rad in bok["Parvis"].iter_rows(min_col=4) for c in rad if isinstance(c.value, int | float)]
    assert len(tall) == 2 * 61 * 60 // 2
    rad = next(c.row for c in bok["Usikkerhet"]["A"] if c.value == "Er denne kommunen")
    r = s.rangeringer.grupper["unge_voksne"]["netto_samfunn"]
    for en, annen in (("K03", "K58"), ("K58", "K03")):
        celler = libreoffice.regn_ut(fil, [("Usikkerhet", f"B{rad}", en), ("Usikkerhet", f"B{rad + 1}", annen)])
        assert celler["Usikkerhet", f"B{rad + 4}"] == pytest.approx(r.bedre[r.plass[en], r.plass[annen]], abs=1e-12)


@pytest.mark.parametrize("referanse", ["Aas", GJENNOMSNITT])
def test_sammenligningen_er_en_gyldig_arbeidsbok(validator: str, mappe: Path, referanse: str, tmp_path: Path) -> None:
    fil = tmp_path / "bok.xlsx"
    fil.write_bytes(sammenligningsbok(sammenlign([mappe], referanse=referanse), DATO))
    assert feil(validator, fil) == []


def test_malene_er_konstruerte_og_ulike_i_hver_faktor() -> None:
    maler = Path(__file__).parents[2] / "templates" / "kommuner"
    s = sammenlign([maler], referanse="Konstruert A-kommune")
    assert len(s.medlemmer) == 5
    assert all(m.navn.startswith("Konstruert ") for m in s.medlemmer)
    assert s.referanse == "Konstruert A-kommune"
    forklarer = {
        faktor
        for m in s.medlemmer
        for faktor, kr in m.forskjeller["unge_voksne"].totalt["netto_samfunn"].deler.items()
        if abs(kr) > 1000
    }
    assert forklarer == set(FAKTORER)
