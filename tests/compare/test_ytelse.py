"""The ranked number, what lies outside it, and its probabilities, against persons followed one at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import permutations
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.compare.kommuner import scenario, skriv
from velferdslab_model.compare.faktorer import FAKTORER, HOVEDNETTO
from velferdslab_model.compare.harmonisering import Kommune
from velferdslab_model.compare.sammenligning import GJENNOMSNITT, sammenlign
from velferdslab_model.compare.ytelse import (
    ANTAKELSESFAKTORER,
    YTELSESFAKTORER,
    Ytelsesrad,
    felles_blanding,
    les_blanding,
    ytelser,
)
from velferdslab_model.parameters.typer import Brukergruppe, Tiltak

T = 10


def livsloep(g: Brukergruppe, start: int, rater: tuple[float, ...]) -> Iterator[tuple[float, list[tuple[str, int]]]]:
    """Every life of one who enters in a situation: its probability, and (inne or ute, situation) in each year. No relapse."""

    def videre(her: int, aarene: list[tuple[str, int]], sjanse: float) -> Iterator[tuple[float, list[tuple[str, int]]]]:
        aarene = [*aarene, ("inne", her)]
        for lykkes, p in ((True, rater[her]), (False, 1 - rater[her])):
            if p == 0:
                continue
            naa = her + 1 if lykkes else her
            if lykkes and naa <= 2 and len(aarene) < T:
                yield from videre(naa, aarene, sjanse * p)
            else:
                yield sjanse * p, (aarene + [("ute", naa)] * T)[:T]

    yield from videre(start, [], 1.0)


def aarskostnad(tiltak: tuple[Tiltak, ...], j: int, kategori: str) -> float:
    return sum(t.enhetskostnad * t.volum[j] * t.ganger_per_aar for t in tiltak if t.kategori == kategori)


def livet_verdt(g: Brukergruppe, start: int, aarene: list[tuple[str, int]]) -> tuple[float, float]:
    """Both nets of one life, kr, straight from docs/modell.md sections 3 and 6."""
    n, q, w, u = g.nullalternativ, g.livskvalitet, g.stillingsandel, g.utvidet
    budsjett = gevinst = 0.0
    for t, (hvor, j) in enumerate(aarene):
        d = (1 + g.neddiskontering) ** -t
        if hvor == "inne":
            besparelse = n[start] - u.skjedd_uansett * (n[start] - n[j]) - (1 - u.erstatningsgrad) * n[j]
            kostnad = aarskostnad(g.tiltak, j, "drift") + (aarskostnad(g.tiltak, j, "oppstart") if t == 0 else 0.0)
        else:
            besparelse, kostnad = (1 - u.skjedd_uansett) * (n[start] - n[j]), 0.0
        budsjett += d * (besparelse - kostnad)
        verdi = g.verdi_qaly * (q[j] - q[start]) + g.loennskostnad * (w[j] - w[start])
        gevinst += d * (1 - u.skjedd_uansett) * (1 + u.reell_vekst) ** t * verdi
    return budsjett, budsjett + gevinst - -u.skattefinansieringssats * budsjett


def per_inntatt(
    g: Brukergruppe, mix: tuple[float, ...], rater: tuple[float, ...] | None = None
) -> np.ndarray[Any, Any]:
    """Both nets of one person taken in, kr, by every life there is."""
    ut = np.zeros(2)
    for s, andel in enumerate(mix):
        for sjanse, aarene in livsloep(g, s, rater or g.suksessrate):
            ut += andel * sjanse * np.array(livet_verdt(g, s, aarene))
    return ut


def blandet(fra: Brukergruppe, til: Brukergruppe, fra_til: Mapping[str, bool]) -> Brukergruppe:
    """The group with each factor of one or the other; no tiltak is the one's alone."""
    felt = {
        "suksessrater": ("suksessrate",),
        "nullalternativ": ("nullalternativ",),
        "gevinst": ("livskvalitet", "stillingsandel", "verdi_qaly", "loennskostnad"),
        "utvidet": ("utvidet",),
    }
    nye = {n: getattr(til, n) for f, navnene in felt.items() if fra_til.get(f) for n in navnene}
    volum = til.tiltak if fra_til.get("volum") else fra.tiltak
    priser = {t.navn: t.enhetskostnad for t in (til.tiltak if fra_til.get("enhetspriser") else fra.tiltak)}
    return replace(fra, **nye, tiltak=tuple(replace(t, enhetskostnad=priser[t.navn]) for t in volum))


A = scenario("A").unge_voksne
B = scenario(
    "B",
    unge_voksne={
        "inntaksaar": 3,
        "inntak": {"uholdbar": 5, "utsatt": 1, "stabil": 3},
        "suksessrate": {"uholdbar": 0.6, "utsatt": 0.7, "stabil": 0.9},
        "tiltak": [{"navn": "Booppfølging", "enhetskostnad": 601, "volum": {"uholdbar": 9, "utsatt": 4, "stabil": 2}}],
        "nullalternativ": {"utsatt": 171_000},
        "verdi_qaly": 900_000,
        "loennskostnad": 350_000,
        "utvidet": {
            "skjedd_uansett": 0.1,
            "fast_aarskostnad": 100_000,
            "skattefinansieringssats": 0.2,
            "erstatningsgrad": 0.8,
        },
    },
).unge_voksne


@pytest.fixture(scope="module")
def rader() -> dict[str, Ytelsesrad]:
    tom = scenario("x")
    kommuner = [Kommune(n, Path(n), replace(tom, navn=n, unge_voksne=g)) for n, g in (("A", A), ("B", B))]
    per = {("unge_voksne", n): dict.fromkeys(HOVEDNETTO, 0.0) for n in "AB"} | {
        ("familier", n): dict.fromkeys(HOVEDNETTO, 0.0) for n in "AB"
    }
    return dict(ytelser(kommuner, "A", None, per).rader["unge_voksne"])


def test_blandingen_er_alle_som_tas_inn_i_perioden() -> None:
    alle = [2 * 5 + 5 * 3, 2 * 5 + 1 * 3, 2 * 5 + 3 * 3]
    assert felles_blanding([A, B]) == pytest.approx([n / sum(alle) for n in alle])
    assert les_blanding("20, 50,30") == (0.2, 0.5, 0.3)
    assert les_blanding("20,5 %;49,5;30") == pytest.approx((0.205, 0.495, 0.3))
    for feil in ("20,50", "20,50,40", "a,b,c", "-10,60,50", "", "nan,50,50"):
        with pytest.raises(ValueError, match=r".*"):
            les_blanding(feil)


def test_netto_per_inntatt_er_hvert_livsloep_talt_opp(rader: dict[str, Ytelsesrad]) -> None:
    mix = felles_blanding([A, B])
    med_as = blandet(B, A, dict.fromkeys(ANTAKELSESFAKTORER, True))
    egen = tuple(n / 9 for n in (5, 1, 3))
    for i, netto in enumerate(HOVEDNETTO):
        assert rader["A"].stiger[netto].ytelse == pytest.approx(per_inntatt(A, mix)[i], abs=0.005)
        stige = rader["B"].stiger[netto]
        assert stige.ytelse == pytest.approx(per_inntatt(med_as, mix)[i], abs=0.005)
        assert stige.egne == pytest.approx(per_inntatt(B, mix)[i], abs=0.005)
        assert stige.egen_blanding == pytest.approx(per_inntatt(B, egen)[i], abs=0.005)


@pytest.mark.parametrize(
    ("faktorer", "fra", "til"),
    [(YTELSESFAKTORER, A, blandet(B, A, dict.fromkeys(ANTAKELSESFAKTORER, True))), (ANTAKELSESFAKTORER, blandet(B, A, dict.fromkeys(ANTAKELSESFAKTORER, True)), B)],
    ids=["ytelse", "antakelser"],
)  # fmt: skip
def test_delene_er_gjennomsnittet_over_hver_rekkefoelge(
    rader: dict[str, Ytelsesrad], faktorer: tuple[str, ...], fra: Brukergruppe, til: Brukergruppe
) -> None:
    mix = felles_blanding([A, B])
    ventet = {f: np.zeros(2) for f in faktorer}
    rekkefoelger = list(permutations(faktorer))
    for rekke in rekkefoelger:
        med: dict[str, bool] = {}
        for f in rekke:
            foer = per_inntatt(blandet(fra, til, med), mix)
            med = {**med, f: True}
            ventet[f] += (per_inntatt(blandet(fra, til, med), mix) - foer) / len(rekkefoelger)
    for i, netto in enumerate(HOVEDNETTO):
        forskjell = rader["B"].forskjell
        assert forskjell is not None
        deler = forskjell[netto].deler if faktorer == YTELSESFAKTORER else rader["B"].stiger[netto].antakelser
        for f in faktorer:
            assert deler[f] == pytest.approx(ventet[f][i], abs=0.005), f


def test_personer_trukket_en_for_en_gir_samme_snitt(rader: dict[str, Ytelsesrad]) -> None:
    """Lives drawn, not counted up: 20 000 persons, each taking or not taking each step by chance."""
    rng, mix, antall = np.random.default_rng(14), felles_blanding([A, B]), 20_000
    verdier = []
    for s in rng.choice(3, antall, p=mix):
        her: int = int(s)
        aarene: list[tuple[str, int]] = []
        while len(aarene) < T:
            aarene.append(("inne", her))
            if rng.random() >= B.suksessrate[her]:
                break
            her += 1
            if her == 3:
                break
        verdier.append(livet_verdt(B, int(s), (aarene + [("ute", her)] * T)[:T]))
    snitt, feil = np.mean(verdier, axis=0), np.std(verdier, axis=0) / antall**0.5
    for i, netto in enumerate(HOVEDNETTO):
        assert abs(snitt[i] - rader["B"].stiger[netto].egne) < 4 * feil[i]


def test_sannsynlighetene_er_de_en_uavhengig_trekning_gir(tmp_path: Path) -> None:
    """Rates as beta of ten tries, prices and null costs by a common factor, a QALY: drawn here by NumPy's own samplers and
    priced by lives counted up, which are linear in each of them."""
    b = "suksessrate = { uholdbar = 0.9, utsatt = 0.6, stabil = 0.9 }\nverdi_qaly = 1300000\n"
    filer = [skriv(tmp_path, "A"), skriv(tmp_path, "B", f"[unge_voksne]\n{b}")]
    s = sammenlign(filer, referanse="A", trekninger=20_000)
    rng, n = np.random.default_rng(1), 4000
    mix = s.ytelser.blanding["unge_voksne"]
    null, pris = rng.triangular(0.7, 1, 1.3, n), rng.triangular(0.8, 1, 1.2, n)
    qaly = rng.triangular(0.6 / 1.12, 1, 1.4 / 1.12, n)
    netto = {}
    for navn in "AB":
        g = s.ytelser.rader["unge_voksne"][navn].gruppe_egne
        rater = rng.beta(10 * np.array(g.suksessrate), 10 - 10 * np.array(g.suksessrate), (n, 3))
        deler = _deler(g, mix, rater)
        netto[navn] = deler[0] * null - deler[1] * pris, deler[2] * qaly, deler[3]
    r = s.rangeringer.grupper["unge_voksne"]
    assert s.ytelser.rader["unge_voksne"]["B"].gruppe_ytelse.verdi_qaly == 1_120_000
    feil = 4 * (0.25 / n + 0.25 / 20_000) ** 0.5
    paa_budsjett = np.mean(netto["B"][0] > netto["A"][0])
    assert r["netto_budsjett"].bedre[1, 0] == pytest.approx(paa_budsjett, abs=feil)
    qaly_b = netto["B"][1] * 1_120_000 / 1_300_000  # at the common value
    paa_felles = np.mean(netto["B"][0] + qaly_b + netto["B"][2] > sum(netto["A"]))
    assert r["netto_samfunn"].bedre[1, 0] == pytest.approx(paa_felles, abs=feil)
    med = r["netto_samfunn"].med_antakelser
    assert med is not None
    assert med[1] == pytest.approx(np.mean(sum(netto["B"]) > sum(netto["A"])), abs=feil)
    assert med[1] > r["netto_samfunn"].bedre[1, 0]


def _deler(g: Brukergruppe, mix: tuple[float, ...], rater: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Saving, cost, QALY gain and work gain of one person taken in, (4, n) kr, for each draw of the rates."""
    ut = np.zeros((4, len(rater)))
    halve = (0.5, 0.5, 0.5)
    for s, andel in enumerate(mix):
        for _, aarene in livsloep(g, s, halve):
            sjanse, n, q, w = np.ones(len(rater)), g.nullalternativ, g.livskvalitet, g.stillingsandel
            inne = [j for hvor, j in aarene if hvor == "inne"]
            for j in inne[:-1]:
                sjanse = sjanse * rater[:, j]
            etter = aarene[len(inne)][1]
            sjanse = sjanse * (rater[:, inne[-1]] if etter > inne[-1] else 1 - rater[:, inne[-1]])
            besparelse = sum(n[s] if hvor == "inne" else n[s] - n[j] for hvor, j in aarene)
            kostnad = sum(aarskostnad(g.tiltak, j, "drift") for j in inne) + aarskostnad(g.tiltak, s, "oppstart")
            helse = sum(g.verdi_qaly * (q[j] - q[s]) for _, j in aarene)
            arbeid = sum(g.loennskostnad * (w[j] - w[s]) for _, j in aarene)
            ut += andel * sjanse * np.array([besparelse, kostnad, helse, arbeid])[:, None]
    return ut


_B = "".join(
    f"[{g}]\nanalyseperiode = 12\ninntaksaar = 3\nneddiskontering = 0.04\ninntak = {{ uholdbar = 5, utsatt = 1, stabil = 3 }}\n"
    "suksessrate = { uholdbar = 0.6 }\nnullalternativ = { utsatt = 171000 }\nverdi_qaly = 900000\n"
    f"[{g}.utvidet]\nskjedd_uansett = 0.1\nfast_aarskostnad = 100000\n"
    f'[[{g}.tiltak]]\nnavn = "Booppfølging"\nenhetskostnad = 601\nvolum = {{ uholdbar = 9, utsatt = 4, stabil = 2 }}\n'
    for g in ("unge_voksne", "familier")
)


@pytest.mark.parametrize("referanse", ["A", "B", GJENNOMSNITT])
def test_alt_summerer_til_forskjellen_per_deltaker_paa_oeret(referanse: str, tmp_path: Path) -> None:
    skriv(tmp_path, "A")
    skriv(tmp_path, "B", _B)
    skriv(tmp_path, "C", "[unge_voksne]\nsuksessrate = { utsatt = 0.3 }\n")
    s = sammenlign([tmp_path], referanse=referanse, trekninger=100)
    for gruppe, alle in s.ytelser.rader.items():
        for netto in HOVEDNETTO:
            per = {
                m.navn: m.rader[gruppe].budsjett_per_deltaker
                if netto == "netto_budsjett"
                else m.rader[gruppe].samfunn_per_deltaker
                for m in s.medlemmer
            }
            for navn, rad in alle.items():
                stige = rad.stiger[netto]
                assert stige.ytelse + sum(stige.utenfor.values()) == pytest.approx(per[navn], abs=0.005)
                assert rad.forskjell is not None
                delt = rad.forskjell[netto]
                assert delt.til == pytest.approx(stige.ytelse, abs=0.005)
                assert sum(delt.deler.values()) == pytest.approx(delt.differanse, abs=0.005)
                assert {f for f in FAKTORER if delt.deler[f]} <= set(YTELSESFAKTORER)
