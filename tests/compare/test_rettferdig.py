"""Four ways in which a comparison misled: in each the municipalities do equally well, and the text says what differs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.compare.kommuner import skriv
from velferdslab_model.base.tall import sannsynlighet
from velferdslab_model.compare.sammenligning import Sammenligning, sammenlign
from velferdslab_model.compare.svar import Svar, svarene
from velferdslab_model.compare.vurdering import IKKE_SKILT, usikkerhetsrader

TREKNINGER = 10_000
#: Four standard errors of a probability of one half.
MC = 4 * 0.5 / TREKNINGER**0.5
#: A price that differs by nothing, so that the two are not alike to the last digit and the half has to come out of the draws.
NESTEN = '[[unge_voksne.tiltak]]\nnavn = "Booppfølging"\nenhetskostnad = 475.01\n'


def unge(s: Sammenligning, hvem: str) -> Svar:
    return next(en for en in svarene(s, "unge_voksne") if en.kommune == hvem)


def krev_like(s: Sammenligning, sagt: str) -> Svar:
    """A is the reference; B does neither better nor worse by rates and prices, and the answer says what differs."""
    b = unge(s, "B")
    assert b.rad.mot_referansen == pytest.approx(0.5, abs=MC)
    assert b.rad.mot_referansen != 0.5  # it came out of the draws
    assert b.dom == IKKE_SKILT
    assert "Rater, priser og volum er like." in b.tekst
    assert sagt in b.tekst
    for netto in ("netto_budsjett", "netto_samfunn"):
        rad = next(r for r in usikkerhetsrader(s, "unge_voksne", netto) if r.kommune == "B")
        assert rad.mot_referansen == pytest.approx(0.5, abs=MC)
    return b


def test_alt_inntak_i_aar_en_er_ikke_bedre_enn_fem_aar(tmp_path: Path) -> None:
    fem = skriv(tmp_path, "A", "[unge_voksne]\ninntaksaar = 5\ninntak = { uholdbar = 2, utsatt = 2, stabil = 2 }\n")
    ett = skriv(
        tmp_path, "B", "[unge_voksne]\ninntaksaar = 1\ninntak = { uholdbar = 10, utsatt = 10, stabil = 10 }\n" + NESTEN
    )
    s = sammenlign([fem, ett], referanse="A", trekninger=TREKNINGER)
    b = krev_like(s, "telling av kalenderår og faste kostnader (+")
    foer = [m.rader["unge_voksne"].samfunn_per_deltaker for m in s.medlemmer]
    # What was ranked before: 1.80 against 2.41 m per participant by calendar year.
    assert foer[0] is not None
    assert foer[1] is not None
    assert (round(foer[0]), round(foer[1])) == (1_800_124, 2_405_992)
    # All of that difference is told, to the øre: what is performance, and what is not.
    ytelse = s.ytelser.rader["unge_voksne"]["B"].forskjell
    assert ytelse is not None
    assert ytelse["netto_samfunn"].differanse + sum(b.utenfor.values()) == pytest.approx(foer[1] - foer[0], abs=0.005)
    assert b.utenfor["telling"] > 600_000


def test_bare_hoeyere_loenn_er_ikke_bedre(tmp_path: Path) -> None:
    s = sammenlign(
        [skriv(tmp_path, "A"), skriv(tmp_path, "B", "[unge_voksne]\nloennskostnad = 500000\n" + NESTEN)],
        referanse="A",
        trekninger=TREKNINGER,
    )
    b = krev_like(s, "egne antakelser om livskvalitet, QALY og lønn (+")
    assert b.rad.med_antakelser is not None
    assert b.rad.med_antakelser > 0.8  # which is what was called «trolig bedre»
    assert f"Med egne antakelser ville den vært bedre med {sannsynlighet(b.rad.med_antakelser, TREKNINGER)}" in b.tekst
    assert [f.tekst for f in b.flagg if f.slag == "uten_kilde"] == [
        "uten kilde: 1 av 1 egne priser og egne antakelser (lønnskostnad)"
    ]
    # Whoever the common assumptions are taken from.
    andre_veien = unge(sammenlign([tmp_path], referanse="B", trekninger=TREKNINGER), "A")
    assert andre_veien.rad.mot_referansen == pytest.approx(0.5, abs=MC)


def test_bare_stabil_er_ikke_bedre_enn_bare_uholdbar(tmp_path: Path) -> None:
    a = skriv(tmp_path, "A", "[unge_voksne]\ninntak = { uholdbar = 6, utsatt = 0, stabil = 0 }\n")
    b = skriv(tmp_path, "B", "[unge_voksne]\ninntak = { uholdbar = 0, utsatt = 0, stabil = 6 }\n" + NESTEN)
    s = sammenlign([a, b], referanse="A", trekninger=TREKNINGER)
    krev_like(s, "egen blanding av situasjoner (")
    assert "100 % tas inn fra stabil, mot 50 % i den felles blandingen" in " ".join(
        f.tekst for f in unge(s, "B").flagg
    ).replace("\u00a0", " ")
    # Also at a mix that somebody chooses.
    krev_like(sammenlign([a, b], referanse="A", blanding=(1.0, 0.0, 0.0)), "egen blanding av situasjoner (")


def test_bare_egen_indeks_er_ikke_bedre(tmp_path: Path) -> None:
    """The same amounts in 2024 kroner; one brings a deflator of its own, which used to give it 4 m."""
    aar, beloep = "prisaar = 2024\n", '[[unge_voksne.tiltak]]\nnavn = "Booppfølging"\nenhetskostnad = 600\n'
    egen = "[indekser.kommunal_deflator]\n2019 = 100\n2020 = 100\n2021 = 101\n2022 = 101\n2023 = 102\n2024 = 102\n"
    filer = [skriv(tmp_path, "A", aar + beloep), skriv(tmp_path, "B", aar + egen + beloep)]
    s = sammenlign(filer, referanse="A", prisaar=2019, trekninger=TREKNINGER)
    a, b = (unge(s, navn) for navn in "AB")
    assert b.rad.forventet == a.rad.forventet
    assert b.rad.mot_referansen == 0.5
    assert [f.tekst for f in b.flagg if f.slag == "indeks"] == [
        "egen prisindeks: ikke brukt: alle er regnet om med den samme"
    ]
    assert s.medlemmer[0].rader["unge_voksne"].kostnad == s.medlemmer[1].rader["unge_voksne"].kostnad
    # As given, each keeps its own, and that is seen.
    egne = sammenlign(filer, referanse="A", som_oppgitt=True, trekninger=100)
    assert egne.medlemmer[0].rader["unge_voksne"].kostnad != egne.medlemmer[1].rader["unge_voksne"].kostnad


def test_klart_bedre_sies_aldri_paa_antakelser_alene(tmp_path: Path) -> None:
    """However far the assumptions go: everything that is assumed is better in B, and rates and prices are A's."""
    alt = (
        "[unge_voksne]\nverdi_qaly = 5000000\nloennskostnad = 900000\nnullalternativ = { utsatt = 400000 }\n"
        "stillingsandel = { baerekraftig = 1.0, stabil = 0.9 }\n"
    )
    s = sammenlign([skriv(tmp_path, "A"), skriv(tmp_path, "B", alt + NESTEN)], referanse="A", trekninger=TREKNINGER)
    b = krev_like(s, "Holdt utenfor tallet: ")
    assert b.rad.med_antakelser is not None
    assert b.rad.med_antakelser > 0.99


def test_bedre_rater_er_bedre_uansett_antakelser(tmp_path: Path) -> None:
    """The other way round: performance is not lost behind assumptions that go against it."""
    gode = "suksessrate = { uholdbar = 0.95, utsatt = 0.95, stabil = 0.95 }\nloennskostnad = 100000\n"
    faste = "[unge_voksne.usikkerhet]\n" + "".join(
        f'"suksessrate.{r}" = {{ fordeling = "beta", suksess = {n}, forsoek = 100 }}\n'
        for r, n in (("uholdbar", 95), ("utsatt", 95), ("stabil", 95))
    )
    s = sammenlign(
        [skriv(tmp_path, "A"), skriv(tmp_path, "B", f"[unge_voksne]\n{gode}{faste}")],
        referanse="A",
        trekninger=TREKNINGER,
    )
    b = unge(s, "B")
    assert b.dom in ("klart bedre", "trolig bedre")
    assert b.rad.med_antakelser is not None
    assert b.rad.mot_referansen is not None
    assert b.rad.med_antakelser < b.rad.mot_referansen
    assert "Det skyldes suksessrater (+" in b.tekst


def test_en_person_topper_ikke_uten_forbehold(tmp_path: Path) -> None:
    sikker = "".join(f'"suksessrate.{r}" = {{ fordeling = "fast" }}\n' for r in ("uholdbar", "utsatt", "stabil"))
    en = (
        "[unge_voksne]\ninntaksaar = 1\ninntak = { uholdbar = 1, utsatt = 0, stabil = 0 }\n"
        f"suksessrate = {{ uholdbar = 1, utsatt = 1, stabil = 1 }}\n[unge_voksne.usikkerhet]\n{sikker}"
    )
    a = f"[unge_voksne]\n[unge_voksne.usikkerhet]\n{sikker}"
    s = sammenlign([skriv(tmp_path, "A", a), skriv(tmp_path, "B", en)], referanse="A", trekninger=500)
    b = unge(s, "B")
    assert b.plass == 1
    assert b.rad.mot_referansen == 1.0
    assert b.dom == "trolig bedre"  # nothing is clear of so few
    # The verdict and a number that says more stand in sentences of their own, and no draw of many makes anything certain.
    assert b.setninger[0].startswith("Trolig bedre enn A: ")
    assert b.setninger[1].startswith(
        "Med ratene og prisene som er oppgitt, er sannsynligheten over 99,4\u00a0%, men det er så få"
    )
    assert "bare 1 tas inn i perioden" in [f.tekst for f in b.flagg]
