"""Whether a difference is real: the draws, the places and the probabilities."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tests.compare.kommuner import scenario, skriv
from velferdslab_model.cli.output_compare import sammenligningstabell
from velferdslab_model.compare import rangering, sammenligning
from velferdslab_model.compare.rangering import Rangering, antall_bedre, antall_paa_plass, plasser
from velferdslab_model.compare.report.writing import rapport
from velferdslab_model.compare.sammenligning import GJENNOMSNITT, Sammenligning, sammenlign
from velferdslab_model.compare.trekning import Oppgave, _andel_som_lykkes, med_tilfeldigheter, trekk_oppgave
from velferdslab_model.compare.vurdering import klassenavn, om_usikkerheten, usikkerhetsrader, vurdering
from velferdslab_model.errors import UgyldigInndata
from velferdslab_model.model.array import Array
from velferdslab_model.results import beregn

FAST = "".join(
    f'{n} = {{ fordeling = "fast" }}\n'
    for n in ("priser", "nullalternativ", "verdi_qaly", '"suksessrate.uholdbar"', '"suksessrate.utsatt"', '"suksessrate.stabil"')
)  # fmt: skip
SIKKER = f"suksessrate = {{ uholdbar = 1, utsatt = 1, stabil = 1 }}\n[unge_voksne.usikkerhet]\n{FAST}"
#: What a municipality pays for a tiltak that all of them have: its own doing, as an assumption is not.
PRIS = '[[unge_voksne.tiltak]]\nnavn = "Booppfølging"\nenhetskostnad = {}\n'
INGEN = "inntak = { uholdbar = 0, utsatt = 0, stabil = 0 }\n"


def unge(s: Sammenligning, netto: str = "netto_samfunn") -> Rangering:
    return s.rangeringer.grupper["unge_voksne"][netto]


def oppgave(forsoek: float = 40.0, n: int = 4000, **unge_voksne: Any) -> Oppgave:
    g = scenario("A", unge_voksne=unge_voksne).unge_voksne
    return Oppgave("A", g, g, (forsoek,) * 3, n, 1)


def test_to_like_filer_er_hver_bedre_med_en_halv(tmp_path: Path) -> None:
    s = sammenlign([skriv(tmp_path, "A"), skriv(tmp_path, "B")])
    for nettoer in s.rangeringer.grupper.values():
        for r in nettoer.values():
            assert r.bedre.tolist() == [[0.5, 0.5], [0.5, 0.5]]
            assert r.rang.tolist() == [[0.5, 0.5], [0.5, 0.5]]
            assert r.over_snittet.tolist() == [0.5, 0.5]
            assert r.persentiler[0].tolist() == r.persentiler[1].tolist()


def test_like_filer_blant_andre_faar_samme_fordeling(tmp_path: Path) -> None:
    filer = [skriv(tmp_path, n) for n in "ABC"]
    filer.append(skriv(tmp_path, "D", PRIS.format(900)))
    r = unge(sammenlign(filer, trekninger=1000))
    for a in range(3):
        assert r.rang[a].tolist() == r.rang[0].tolist()
        assert r.bedre[a, :3].tolist() == [0.5] * 3
        assert r.bedre[a, 3] == r.bedre[0, 3] != 0.5
    assert r.rang.sum(axis=1) == pytest.approx([1] * 4)
    assert r.rang.sum(axis=0) == pytest.approx([1] * 4)


@given(arrays(np.float64, st.tuples(st.integers(1, 6), st.integers(1, 8)), elements=st.integers(-2, 2).map(float)))
def test_plasser_og_par_telles_for_haand(netto: Array) -> None:
    k, n = netto.shape
    foerst, sist = plasser(netto)
    ventet_plass, ventet_par = np.zeros((k, k)), np.zeros((k, k))
    for t in range(n):
        for a in range(k):
            bedre = [b for b in range(k) if netto[b, t] > netto[a, t]]
            like = [b for b in range(k) if netto[b, t] == netto[a, t]]
            assert (foerst[a, t], sist[a, t]) == (len(bedre), len(bedre) + len(like) - 1)
            for plass in range(len(bedre), len(bedre) + len(like)):
                ventet_plass[a, plass] += 1 / len(like)
            for b in range(k):
                ventet_par[a, b] += (netto[a, t] > netto[b, t]) + (netto[a, t] == netto[b, t]) / 2
    assert antall_paa_plass(foerst, sist) == pytest.approx(ventet_plass, abs=1e-9)
    assert antall_bedre(foerst, sist).tolist() == ventet_par.tolist()


def test_uten_noe_usikkert_er_rekkefolgen_sikker(tmp_path: Path) -> None:
    """Nothing is drawn and everybody succeeds, so every draw is the base case."""
    filer = [skriv(tmp_path, navn, f"[unge_voksne]\n{SIKKER}{PRIS.format(pris)}") for navn, pris in (("A", 900), ("B", 500), ("C", 700))]  # fmt: skip
    s = sammenlign(filer, trekninger=100)
    for netto in ("netto_samfunn", "netto_budsjett"):
        r = unge(s, netto)
        assert r.rangspenn.tolist() == [[3, 3, 3], [1, 1, 1], [2, 2, 2]]
        assert r.bedre.tolist() == [[0.5, 0, 0], [1, 0.5, 1], [1, 0, 0.5]]
        assert r.av_smaa_tall.tolist() == [0, 0, 0]
        for rad, m in zip(r.persentiler, s.medlemmer, strict=True):
            stige = s.ytelser.rader["unge_voksne"][m.navn].stiger[netto]
            assert rad == pytest.approx([stige.ytelse] * 3, abs=0.005)


def test_en_feil_som_rammer_alle_skiller_ingen(tmp_path: Path) -> None:
    """A dearer tiltak makes one worse at every price level, however wide the common price error makes both."""
    bare_priser = SIKKER.replace(
        'priser = { fordeling = "fast" }', 'priser = { fordeling = "uniform", minst = 0.2, mest = 5 }'
    )
    dyr = '[[unge_voksne.tiltak]]\nnavn = "Booppfølging"\nenhetskostnad = 700\n'
    filer = [
        skriv(tmp_path, "A", f"[unge_voksne]\n{bare_priser}"),
        skriv(tmp_path, "B", f"[unge_voksne]\n{bare_priser}\n{dyr}"),
    ]
    r = unge(sammenlign(filer, trekninger=1000))
    assert r.bedre.tolist() == [[0.5, 1], [0, 0.5]]
    assert r.persentiler[1, 2] > r.persentiler[0, 0] + 100_000


def test_ulike_fordelinger_av_det_felles_flytter_seg_sammen() -> None:
    """Beta of another shape: still high in the same draws, because both are quantiles of the same share."""

    def med(suksess: float) -> Array:
        fordeling: dict[str, Any] = {n: {"fordeling": "fast"} for n in ("priser", "nullalternativ", "verdi_qaly")}
        fordeling |= {f"suksessrate.{s}": {"fordeling": "fast"} for s in ("uholdbar", "utsatt", "stabil")}
        fordeling["livskvalitet.baerekraftig"] = {"fordeling": "beta", "suksess": suksess, "forsoek": 10.0}
        enhver = {"uholdbar": 1.0, "utsatt": 1.0, "stabil": 1.0}
        samfunn: Array = trekk_oppgave(oppgave(suksessrate=enhver, usikkerhet=fordeling)).netto[1]
        return samfunn

    assert np.argsort(med(9.0), kind="stable").tolist() == np.argsort(med(4.0), kind="stable").tolist()


def test_tilfeldighetene_har_rett_snitt_og_spredning() -> None:
    """One person in uholdbar in one year: the share that succeeds is binomial over the tries, the rate in the middle."""
    fast = {n: {"fordeling": "fast"} for n in ("priser", "nullalternativ", "verdi_qaly", "suksessrate.uholdbar", "suksessrate.utsatt", "suksessrate.stabil")}  # fmt: skip
    felles: dict[str, Any] = {"inntak": {"uholdbar": 1, "utsatt": 0, "stabil": 0}, "inntaksaar": 1, "usikkerhet": fast}
    rate = {"uholdbar": 0.3, "utsatt": 0.0, "stabil": 0.0}

    def oppg(p: float) -> Oppgave:
        return oppgave(forsoek=10, n=20_000, suksessrate={**rate, "uholdbar": p}, **felles)

    ingen, alle, noen = (med_tilfeldigheter(oppg(p)) for p in (0.0, 1.0, 0.3))
    for n in range(2):
        lav, hoey = ingen[n, 0], alle[n, 0]
        assert len(set(np.round(ingen[n], 4).tolist())) == len(set(np.round(alle[n], 4).tolist())) == 1
        andel = (noen[n] - lav) / (hoey - lav)
        assert set(np.round(andel * 10, 6)) <= set(range(11))
        assert andel.mean() == pytest.approx(0.3, abs=4 * (0.3 * 0.7 / 10 / 20_000) ** 0.5)
        assert andel.var() == pytest.approx(0.3 * 0.7 / 10, rel=0.05)
    # What is ranked is the rate, which nothing here is uncertain of; chance is told beside it.
    trukket = trekk_oppgave(oppg(0.3))
    assert trukket.av_smaa_tall.tolist() == [1.0, 1.0]
    assert [len(set(n.tolist())) for n in trukket.netto] == [1, 1]
    assert trekk_oppgave(oppg(0.0)).av_smaa_tall.tolist() == [0.0, 0.0]


def test_faa_deltakere_sies_men_flytter_ingen_plass(tmp_path: Path) -> None:
    def to(mappe: Path, antall: float) -> Sammenligning:
        inntak = f"[unge_voksne]\ninntak = {{ uholdbar = {antall}, utsatt = 0, stabil = 0 }}\n"
        fordeling = '[unge_voksne.usikkerhet]\n"suksessrate.uholdbar" = { fordeling = "fast" }\n'
        b = inntak + "suksessrate = { uholdbar = 0.55 }\n" + fordeling
        return sammenlign([skriv(mappe, "A", inntak + fordeling), skriv(mappe, "B", b)], trekninger=4000)

    faa, mange = to(tmp_path / "faa", 1), to(tmp_path / "mange", 400)
    assert (unge(faa).av_smaa_tall > 3 * unge(mange).av_smaa_tall).all()
    # How many there are says nothing of how good the rate is.
    assert unge(faa).persentiler.tolist() == unge(mange).persentiler.tolist()
    assert unge(faa).bedre.tolist() == unge(mange).bedre.tolist()
    assert "Få deltakere gir tilfeldige utslag. Mest i " in " ".join(om_usikkerheten(faa))
    assert "(unge voksne): 5 tas inn" in " ".join(om_usikkerheten(faa))
    assert "er ikke med i plassene" in " ".join(om_usikkerheten(faa))
    assert {f.slag for m in faa.medlemmer for f in m.flagg} >= {"faa"}
    assert not {f.slag for m in mange.medlemmer for f in m.flagg if f.gruppe == "unge_voksne"} & {"faa"}


def test_mange_deltakere_og_ingenting_felles_faar_ikke_setningene_om_det(tmp_path: Path) -> None:
    inntak = "inntak = { uholdbar = 900, utsatt = 900, stabil = 900 }\n"
    tekst = "".join(f"[{g}]\n{inntak}[{g}.usikkerhet]\n{FAST}" for g in ("unge_voksne", "familier"))
    s = sammenlign([skriv(tmp_path, n, tekst) for n in "AB"], trekninger=500)
    sagt = " ".join(om_usikkerheten(s))
    assert "så mange deltakere at tilfeldigheter blant dem betyr lite" in sagt
    assert "felles for alle" not in sagt
    assert "Egne fordelinger: A, B." in sagt


def test_spredningen_er_den_personene_gir(tmp_path: Path) -> None:
    """Each who steps is worth the difference between succeeding and not, which the model gives for one person at a time;
    independent persons add their variances. Everybody is followed for equally many years, whenever they came."""
    inntak, aar, p = 3, 6, 0.4
    felles = {"inntak": {"uholdbar": 1, "utsatt": 0, "stabil": 0}, "inntaksaar": 1}

    def netto(rate: float) -> float:
        rater = {"uholdbar": rate, "utsatt": 0.0, "stabil": 0.0}
        return (
            beregn(scenario("A", unge_voksne={**felles, "suksessrate": rater}))
            .grupper["unge_voksne"]
            .sum["netto_samfunn"]
        )

    sd = (p * (1 - p) / (inntak * aar)) ** 0.5 * (netto(1.0) - netto(0.0))
    tekst = (
        f"[unge_voksne]\ninntaksaar = {aar}\ninntak = {{ uholdbar = {inntak}, utsatt = 0, stabil = 0 }}\n"
        f"suksessrate = {{ uholdbar = {p}, utsatt = 0, stabil = 0 }}\n[unge_voksne.usikkerhet]\n{FAST}"
    )
    s = sammenlign([skriv(tmp_path, "A", tekst), skriv(tmp_path, "B")], referanse="A", blanding=(1.0, 0.0, 0.0))
    oppgave_ = sammenligning._oppgave(s.ytelser.rader["unge_voksne"]["A"], 40_000, 1)
    assert oppgave_.forsoek == pytest.approx((18, 7.2, 0))
    assert med_tilfeldigheter(oppgave_)[1].std() == pytest.approx(sd, rel=0.03)


@pytest.mark.parametrize("forsoek", [1.0, 1.5, 2.3, 7.8])
def test_forsoek_som_ikke_er_hele_har_likevel_rett_spredning(forsoek: float) -> None:
    andel = _andel_som_lykkes(np.random.default_rng(1), (forsoek,), np.array([0.3]), 100_000)[:, 0]
    assert andel.mean() == pytest.approx(0.3, abs=0.01)
    assert andel.var() == pytest.approx(0.3 * 0.7 / forsoek, rel=0.03)


def test_nullalternativet_er_felles_ogsaa_naar_en_oppgir_det_for_hver_situasjon(tmp_path: Path) -> None:
    null = "nullalternativ = { uholdbar = 300000, utsatt = 150000, stabil = 100000, baerekraftig = 50000 }\n"
    fast = FAST.replace('nullalternativ = { fordeling = "fast" }\n', "")
    hver = "".join(
        f'"nullalternativ.{s}" = {{ fordeling = "triangulaer", minst = {0.7 * v}, typisk = {v}, mest = {1.3 * v} }}\n'
        for s, v in (("uholdbar", 300e3), ("utsatt", 150e3), ("stabil", 100e3), ("baerekraftig", 50e3))
    )
    ett = "suksessrate = { uholdbar = 1, utsatt = 1, stabil = 1 }\n"
    filer = [
        skriv(tmp_path, n, f"[unge_voksne]\n{null}{ett}[unge_voksne.usikkerhet]\n{fast}{t}")
        for n, t in (("A", ""), ("B", hver))
    ]
    r = unge(sammenlign(filer, trekninger=1000), "netto_budsjett")
    assert r.persentiler[0] == pytest.approx(r.persentiler[1], rel=1e-9)
    assert r.persentiler[0, 2] > r.persentiler[0, 0] + 100_000
    assert r.bedre.tolist() == [[0.5, 0.5], [0.5, 0.5]]


def test_ulike_prisaar_rangeres_ikke(tmp_path: Path) -> None:
    filer = [skriv(tmp_path, "A"), skriv(tmp_path, "B", "prisaar = 2022\n")]
    assert unge(sammenlign(filer, trekninger=100)).navn == ("A", "B")
    s = sammenlign(filer, som_oppgitt=True, trekninger=100)
    assert s.rangeringer.grupper == {"unge_voksne": {}, "familier": {}}
    assert om_usikkerheten(s) == [s.rangeringer.hvorfor_ikke]
    for tekst in (sammenligningstabell(s), rapport(s), str(s.to_dict())):
        assert "Kommunene har ulike prisår og kan ikke rangeres" in tekst
        assert "klart" not in tekst
        assert "kan ikke skilles" not in tekst


def test_en_kommune_til_flytter_ingen_av_de_andres_trekninger(tmp_path: Path) -> None:
    filer = [skriv(tmp_path, n, PRIS.format(pris)) for n, pris in (("A", 400), ("B", 500), ("C", 600))]
    to, tre = (unge(sammenlign(f, referanse="A", trekninger=500)) for f in (filer[:2], filer))
    assert tre.persentiler[:2].tolist() == to.persentiler.tolist()
    assert tre.bedre[:2, :2].tolist() == to.bedre.tolist()


def test_flere_prosesser_og_mindre_blokker_gir_samme_svar(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filer = [
        skriv(tmp_path, n, f"[unge_voksne]\nverdi_qaly = {q}\n{PRIS.format(q / 2000)}")
        for n, q in (("A", 800_000), ("B", 900_000))
    ]
    en = sammenlign(filer, trekninger=700).to_dict()
    monkeypatch.setattr(rangering, "_FAA", 0)
    monkeypatch.setattr(rangering, "_SAMTIDIG", 300)
    assert sammenlign(filer, trekninger=700).to_dict() == en
    assert sammenlign(filer, trekninger=700, froe=1).to_dict() != en


def test_uten_inntak_er_ute_av_rangeringen(tmp_path: Path) -> None:
    filer = [skriv(tmp_path, "A"), skriv(tmp_path, "B", f"[familier]\n{INGEN}"), skriv(tmp_path, "C")]
    s = sammenlign(filer, referanse="B", trekninger=200)
    assert s.rangeringer.grupper["familier"]["netto_samfunn"].navn == ("A", "C")
    assert [r.kommune for r in usikkerhetsrader(s, "familier", "netto_samfunn")] == ["A", "C"]
    # The reference takes in no families, so there is nothing to be better than.
    assert {(r.mot_referansen, r.vurdering) for r in usikkerhetsrader(s, "familier", "netto_samfunn")} == {(None, "")}
    ingen = [skriv(tmp_path / "to", n, f"[familier]\n{INGEN}") for n in "DE"]
    tomt = sammenlign(ingen, trekninger=200)
    assert tomt.rangeringer.grupper["familier"] == {}
    assert klassenavn(tomt, "familier", "netto_samfunn") == []


def test_mot_snittet_og_vurderingen_i_ord(tmp_path: Path) -> None:
    filer = [skriv(tmp_path, n, f"[unge_voksne]\n{SIKKER}{PRIS.format(pris)}") for n, pris in (("A", 900), ("B", 700), ("C", 100))]  # fmt: skip
    s = sammenlign(filer, referanse=GJENNOMSNITT, trekninger=100)
    rader = usikkerhetsrader(s, "unge_voksne", "netto_samfunn")
    assert [(r.mot_referansen, r.vurdering) for r in rader] == [
        (0.0, "klart dårligere"),
        (0.0, "klart dårligere"),
        (1.0, "klart bedre"),
    ]
    assert [vurdering(p, True) for p in (1.0, 0.5, 0.01)] == ["trolig bedre", "kan ikke skilles", "trolig dårligere"]
    ord_ = [vurdering(p) for p in (1.0, 0.95, 0.949, 0.8, 0.799, 0.5, 0.201, 0.2, 0.051, 0.05, 0.0)]
    assert ord_ == ["klart bedre"] * 2 + ["trolig bedre"] * 2 + ["kan ikke skilles"] * 3 + ["trolig dårligere"] * 2 + ["klart dårligere"] * 2  # fmt: skip


@given(st.integers(1, 400))
def test_klassene_dekker_hver_plass_en_gang(k: int) -> None:
    r = Rangering(("",) * k, np.full((k, k), 1 / k), np.zeros((k, k)), np.zeros(k), np.zeros((k, 3)), np.zeros(k), None)
    assert len(r.klasser) == (k if k <= 12 else 5)
    assert (r.klasser[0][0], r.klasser[-1][1]) == (1, k)
    assert all(b[0] == a[1] + 1 for a, b in pairwise(r.klasser))
    assert sum(r.i_klassen(en)[0] for en in r.klasser) == pytest.approx(1)


def test_for_mange_trekninger_sier_hvor_mange_det_er_plass_til(tmp_path: Path) -> None:
    filer = [skriv(tmp_path, n) for n in ("A", "B", "C", "D", "E")]
    with pytest.raises(
        UgyldigInndata, match=r"5\u00a0000\u00a0000 trekninger for hver av 5 kommuner .* høyst 1\u00a0000\u00a0000"
    ):
        sammenlign(filer, trekninger=5_000_000)


def test_innholdet_skiller_alt_som_kan_gi_en_annen_fordeling() -> None:
    en = oppgave()
    assert en.innhold == replace(en, hvem="B").innhold
    for annen in (
        oppgave(verdi_qaly=900_000),
        oppgave(usikkerhet={"verdi_qaly": {"fordeling": "fast"}}),
        oppgave(usikkerhet={"priser": {"fordeling": "triangulaer", "minst": 0.8, "typisk": 1.0, "mest": 1.2000001}}),
        oppgave(tiltak=[{"navn": "Booppfølging", "enhetskostnad": 601}]),
        oppgave(analyseperiode=11),
    ):
        assert annen.innhold != en.innhold
