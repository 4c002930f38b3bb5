"""The common terms: chosen by name or by the municipality in the middle, one index, what is held equal, and the flags."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests.compare.kommuner import skriv
from tests.conftest import DATO
from tests.effektbok.tuklet import endre, uroert
from velferdslab_model.cli import cli
from velferdslab_model.cli.output_compare import sammenligningstabell
from velferdslab_model.compare.felles import felles_indekser, les_felles
from velferdslab_model.compare.kolonner import (
    INGEN_TEGN,
    INGEN_TEGN_ELDRE,
    filer,
    kontrolltekst,
    om_referansen,
    prisaarlinje,
)
from velferdslab_model.compare.medlem import Medlem
from velferdslab_model.compare.report.writing import rapport
from velferdslab_model.compare.sammenligning import GJENNOMSNITT, Sammenligning, sammenlign
from velferdslab_model.compare.svar import SMAATT, fordelingstall, samlet, svarene
from velferdslab_model.compare.vurdering import om_rekkefoelgen
from velferdslab_model.compare.writing import sammenligningsplan
from velferdslab_model.errors import FeilIFiler, UgyldigInndata, VelferdslabError

INGEN = "inntak = { uholdbar = 0, utsatt = 0, stabil = 0 }\n"


def medlem(s: Sammenligning, navn: str) -> Medlem:
    return next(m for m in s.medlemmer if m.navn == navn)


def rater(p: float) -> str:
    return f"[unge_voksne]\nsuksessrate = {{ uholdbar = {p}, utsatt = {p}, stabil = {p} }}\n"


def test_referansen_er_kommunen_i_midten_og_aldri_den_foerste_filen(tmp_path: Path) -> None:
    deres = {"Aas": (0.3, 12), "Bø": (0.9, 11), "Cby": (0.6, 9), "Dal": (0.5, 8), "Eid": (0.8, 7)}
    for navn, (p, aar) in deres.items():
        skriv(
            tmp_path,
            navn,
            f"{rater(p)}analyseperiode = {aar}\n[familier]\nanalyseperiode = {aar}\n",
            fil=f"{navn[0]}.toml",
        )
    for sti in ([tmp_path], sorted(tmp_path.iterdir())[::-1]):
        s = sammenlign(sti, trekninger=100)
        assert (s.referanse, s.valgt) == ("Cby", False)
        assert {f.analyseperiode for m in s.medlemmer for f in m.kommune.forutsetninger.grupper.values()} == {9}
    assert om_referansen(s).startswith("Referanse: Cby, kommunen i midten (")
    # Of two in the middle, the lower.
    (tmp_path / "E.toml").unlink()
    fire = sammenlign([tmp_path], trekninger=100)
    assert om_referansen(fire).startswith("Referanse: Dal, den nederste av de to i midten (")
    to = sammenlign([tmp_path / "A.toml", tmp_path / "B.toml"], trekninger=100)
    assert om_referansen(to).startswith("Referanse: Aas, den laveste av de to (")
    valgt = sammenlign([tmp_path], referanse="Bø", trekninger=100)
    assert (valgt.referanse, valgt.valgt) == ("Bø", True)
    assert valgt.medlemmer[0].kommune.forutsetninger.unge_voksne.analyseperiode == 11


def test_vilkaar_kan_velges_for_alle(tmp_path: Path) -> None:
    skriv(tmp_path, "A")
    skriv(tmp_path, "B", "[unge_voksne]\ninntaksaar = 3\nneddiskontering = 0.02\n")
    s = sammenlign([tmp_path], analyseperiode=13, rente=0.04, inntaksaar=4, prisaar=2024, trekninger=100)
    for m in s.medlemmer:
        for g in m.kommune.forutsetninger.grupper.values():
            assert (g.analyseperiode, g.neddiskontering, g.inntaksaar) == (13, 0.04, 4)
        assert m.kommune.forutsetninger.prisaar == 2024
    assert {(h.kommune, h.gruppe, h.hva) for h in s.harmonisert if h.hva == "inntaksår"} == {
        (k, g, "inntaksår") for k in "AB" for g in ("unge_voksne", "familier")
    }
    (flagg,) = (f.tekst for f in medlem(s, "B").flagg if f.slag == "horisont" and f.gruppe == "unge_voksne")
    assert flagg.replace("\u00a0", " ") == "oppgitt med analyseperiode 10 år og rente 2 % og inntak i 3 år"


def test_hver_fane_og_siden_sier_periode_rente_prisaar_og_dato(tmp_path: Path) -> None:
    skriv(tmp_path, "A")
    skriv(tmp_path, "B", "[familier]\nanalyseperiode = 12\n")
    s = sammenlign([tmp_path], referanse="B", rente=0.04, trekninger=100, dato=date(2026, 11, 26))
    linje = prisaarlinje(s)
    assert linje.replace("\u00a0", " ") == (
        "Beløp i 2019-kroner, unge voksne summer over 10 år, rente 4 %; familie summer over 12 år, rente 4 %. Laget 26.11.2026"
    )
    for ark in sammenligningsplan(s).ark:
        assert any(linje in str(c.verdi) for c in ark.faste if c.rad < 4), ark.navn
    assert linje in rapport(s)
    assert linje in " ".join(sammenligningstabell(s).split("\n"))


@pytest.mark.parametrize("valg", ["loenn,qaly", "alle"])
def test_felles_antakelser_er_referansens(valg: str, tmp_path: Path) -> None:
    skriv(tmp_path, "A")
    egne = "loennskostnad = 500000\nverdi_qaly = 900000\nnullalternativ = { utsatt = 171000 }\n"
    skriv(tmp_path, "B", f"[unge_voksne]\n{egne}[unge_voksne.utvidet]\nskjedd_uansett = 0.2\n")
    s = sammenlign([tmp_path], referanse="A", felles=valg, trekninger=100)
    a, b = (m.kommune.forutsetninger.unge_voksne for m in s.medlemmer)
    assert (b.loennskostnad, b.verdi_qaly) == (a.loennskostnad, a.verdi_qaly) == (300_000, 1_120_000)
    assert (b.nullalternativ == a.nullalternativ) == (b.utvidet == a.utvidet) == (valg == "alle")
    assert b.kilder["verdi_qaly"] == "antakelse: felles for alle i sammenligningen"
    assert ("Lønnskostnad", 500_000, 300_000) in {(h.hva, h.fra, h.til) for h in s.harmonisert}
    rad = s.ytelser.rader["unge_voksne"]["B"].stiger["netto_samfunn"]
    assert (abs(rad.egne - rad.ytelse) < 0.005) == (valg == "alle")


def test_felles_antakelser_kan_staa_i_en_fil_i_et_annet_prisaar(tmp_path: Path) -> None:
    mappe = tmp_path / "k"
    skriv(mappe, "A")
    skriv(mappe, "B", "[unge_voksne]\nloennskostnad = 500000\nverdi_qaly = 2000000\n")
    fil = skriv(tmp_path, "Felles", "prisaar = 2024\n[unge_voksne]\nverdi_qaly = 1500000\n")
    s = sammenlign([mappe], referanse="A", felles=str(fil), trekninger=100)
    a, b = (m.kommune.forutsetninger.unge_voksne for m in s.medlemmer)
    assert a.verdi_qaly == b.verdi_qaly
    assert 1_200_000 < a.verdi_qaly < 1_300_000  # 1.5 m in 2024 kroner, by consumer prices
    assert (a.loennskostnad, b.loennskostnad) == (300_000, 500_000)  # not in the file, so each keeps its own
    assert medlem(s, "A").kommune.forutsetninger.familier.verdi_qaly == 1_120_000


@pytest.mark.parametrize(
    ("verdi", "ventet"),
    [
        ("qally", "«qally» er ingen felles antakelse, ventet alle, nullalternativ, qaly"),
        ("", "er ingen felles antakelse"),
        ("mangler.toml", "mangler.toml"),
        ("rater.toml", "unge_voksne.suksessrate kan ikke være felles for alle"),
        ("tom.toml", "filen har ingen felles antakelser"),
    ],
)
def test_felles_som_ikke_kan_brukes_sier_hva_som_ventes(
    verdi: str, ventet: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    skriv(tmp_path, "Rater", "[unge_voksne]\nsuksessrate = { utsatt = 0.5 }\nverdi_qaly = 900000\n")
    skriv(tmp_path, "Tom")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(VelferdslabError, match=ventet):
        les_felles(verdi)


@pytest.mark.parametrize(
    "valg",
    [
        ("--rente", "tre"), ("--rente", "21"), ("--rente", "-1"), ("--rente", "nan"), ("--analyseperiode", "3"), ("--analyseperiode", "16"),
        ("--inntaksaar", "0"), ("--inntaksaar", "11"), ("--blanding", "20,30"), ("--blanding", "20,30,40"), ("--blanding", "a,b,c"),
    ],
)  # fmt: skip
def test_ulovlige_vilkaar_avvises_foer_noe_leses(valg: tuple[str, str], tmp_path: Path) -> None:
    svar = CliRunner().invoke(cli, ["compare", str(tmp_path / "mangler"), *valg])
    assert svar.exit_code == 2
    assert valg[0] in svar.output
    assert "mangler" not in svar.output.replace("mangler/", "")


def test_som_oppgitt_og_felles_vilkaar_utelukker_hverandre(tmp_path: Path) -> None:
    for valg in (["--prisaar", "2024"], ["--rente", "4"], ["--analyseperiode", "10"], ["--inntaksaar", "5"]):
        svar = CliRunner().invoke(cli, ["compare", str(tmp_path), "--som-oppgitt", *valg])
        assert svar.exit_code == 2
        assert f"kan ikke brukes sammen med {valg[0]}" in svar.output


def test_kroner_av_ulike_aar_deles_ikke_opp(tmp_path: Path) -> None:
    filene = [
        skriv(tmp_path, "A"),
        skriv(tmp_path, "B", "prisaar = 2022\n"),
        skriv(tmp_path, "C", "[unge_voksne]\nanalyseperiode = 12\n"),
    ]
    s = sammenlign(filene[:2], som_oppgitt=True, trekninger=100)
    assert [f.totalt for m in s.medlemmer for f in m.forskjeller.values()] == [{}] * 4
    assert s.ytelser.rader == {"unge_voksne": {}, "familier": {}}
    ulik = sammenlign([filene[0], filene[2]], som_oppgitt=True, trekninger=100)
    assert "ulik analyseperiode eller rente" in ulik.rangeringer.hvorfor_ikke
    for en in (s, ulik):
        assert svarene(en, "unge_voksne") == []
        sammenligningsplan(en)
        rapport(en)


def test_egen_indeks_brukes_bare_der_ingen_felles_rekker() -> None:
    egne = {"kommunal_deflator": {2024: 100.0, 2030: 130.0, 2031: 143.0}}
    brukt, aar = felles_indekser(egne, {})
    assert aar == [2030, 2031]
    serie = brukt["kommunal_deflator"]
    assert serie[2031] / serie[2030] == pytest.approx(1.1)
    assert 2024 not in serie
    # The file reaches further: nothing of its own is needed.
    fil = {"kommunal_deflator": {2024: 100.0, 2030: 120.0, 2031: 121.0}}
    assert felles_indekser(egne, fil) == (fil, [])
    assert felles_indekser({}, {}) == ({}, [])


def test_samme_beloep_gir_samme_tall_med_felles_indeksfil(tmp_path: Path) -> None:
    egen = "[indekser.kommunal_deflator]\n2019 = 100\n2024 = 150\n"
    filene = [skriv(tmp_path, "A", "prisaar = 2024\n"), skriv(tmp_path, "B", f"prisaar = 2024\n{egen}")]
    indekser = tmp_path / "felles.csv"
    indekser.write_text("aar;serie;verdi\n2019;kommunal_deflator;100\n2024;kommunal_deflator;110\n", encoding="utf-8")
    s = sammenlign(filene, indekser=indekser, trekninger=100)
    a, b = (m.rader["unge_voksne"] for m in s.medlemmer)
    assert a.kostnad == b.kostnad
    assert a.kostnad is not None
    # Defaults in 2019 kroner, brought to 2024 by the file's ten per cent.
    assert a.kostnad == pytest.approx(11_574_422 * 1.1, rel=1e-6)


def test_samme_kommune_i_to_aar_skilles_med_aarstallet(tmp_path: Path) -> None:
    a = skriv(
        tmp_path,
        "Bergen",
        "[unge_voksne]\nanalysetidspunkt = 2020\n[familier]\nanalysetidspunkt = 2020\n",
        fil="fjor.toml",
    )
    b = skriv(
        tmp_path,
        "Bergen",
        rater(0.9) + "analysetidspunkt = 2022\n[familier]\nanalysetidspunkt = 2022\n",
        fil="aar.toml",
    )
    s = sammenlign([a, b], trekninger=200)
    assert [m.navn for m in s.medlemmer] == ["Bergen (2020)", "Bergen (2022)"]
    assert svarene(s, "unge_voksne")[0].kommune == "Bergen (2022)"
    assert sammenlign([a, b], referanse="Bergen (2020)", trekninger=100).referanse == "Bergen (2020)"


@pytest.mark.parametrize(
    "annet",
    [
        "Nordre\u00a0Follo",
        "NordreFollo",
        "nordre  follo",
        "N\u043erdre Follo",
        "Nordre\u200bFollo",
        "\uff2eordre Follo",
    ],
)
def test_navn_en_leser_ikke_kan_skille_avvises(annet: str, tmp_path: Path) -> None:
    filene = [skriv(tmp_path, "Nordre Follo", fil="a.toml"), skriv(tmp_path, annet, fil="b.toml")]
    with pytest.raises(UgyldigInndata, match="heter"):
        sammenlign(filene)
    assert len(sammenlign([filene[0], skriv(tmp_path, "Søndre Follo", fil="c.toml")], trekninger=100).medlemmer) == 2


def test_alt_som_er_galt_med_filene_sies_paa_en_gang(tmp_path: Path) -> None:
    """A file that cannot be read, two names that are the same, and one that no index reaches."""
    skriv(tmp_path, "A", fil="a.toml")
    skriv(tmp_path, "Feil", "[unge_voksne]\nsuksessrate = { utsatt = 80 }\n", fil="b.toml")
    skriv(tmp_path, "Lik", fil="c.toml")
    skriv(tmp_path, "LIK", fil="d.toml")
    skriv(tmp_path, "Langt fram", "prisaar = 2030\n[unge_voksne]\nverdi_qaly = 1000000\n", fil="e.toml")
    with pytest.raises(FeilIFiler) as feil:
        sammenlign([tmp_path])
    for tekst in ("b.toml", "c.toml", "d.toml", "e.toml", "2030"):
        assert tekst in str(feil.value)


def test_kontrollen_staar_ved_kommunen_og_i_flagget(tmp_path: Path) -> None:
    endre(uroert(tmp_path / "b.xlsx"), "lagret sum")
    s = sammenlign([tmp_path / "b.xlsx", skriv(tmp_path, "A")], trekninger=100)
    a, b = medlem(s, "A"), next(m for m in s.medlemmer if m.navn != "A")
    assert kontrolltekst(a) == "–"
    assert "besparelse lagret som" in kontrolltekst(b)
    assert b.flagg[0].slag == "kontroll"
    assert "kontroll" not in {f.slag for f in a.flagg}
    uroert(tmp_path / "b.xlsx")
    s = sammenlign([tmp_path], trekninger=100)
    assert {kontrolltekst(m) for m in s.medlemmer} == {"–", INGEN_TEGN}
    b = next(m for m in s.medlemmer if m.navn != "A")
    assert b.kommune.oppgitt is not None
    eldre = replace(b, kommune=replace(b.kommune, oppgitt=replace(b.kommune.oppgitt, formler_sett=False)))
    assert kontrolltekst(eldre) == INGEN_TEGN_ELDRE


def test_uten_inntak_staar_det_ingenting_noe_sted(tmp_path: Path) -> None:
    filene = [skriv(tmp_path, "A"), skriv(tmp_path, "B", f"[familier]\n{INGEN}"), skriv(tmp_path, "C")]
    s = sammenlign(filene, referanse="A", trekninger=100)
    for ark in sammenligningsplan(s).ark:
        rader: dict[int, dict[int, Any]] = {}
        for c in ark.faste:
            rader.setdefault(c.rad, {})[c.kol] = c.verdi
        for rad in rader.values():
            if rad.get(0) == "B" and rad.get(1) == "Familie":
                tall = [
                    v for kol, v in rad.items() if kol > 1 and isinstance(v, int | float) and not isinstance(v, bool)
                ]
                assert tall in ([], [0.0]), (ark.navn, rad)  # that none are taken in
                assert "ikke innen perioden" not in rad.values()
    tabeller = re.findall(r"<caption>Familie: nøkkeltall.*?</table>", rapport(s), re.S)
    (rad_b,) = re.findall(r'<tr><th scope="row">B</th>.*?</tr>', tabeller[0])
    assert "ikke innen perioden" not in rad_b
    vist = re.findall(r'<td class="t"[^>]*>(?:<span[^>]*></span>)?([^<]*)</td>', rad_b)
    assert len(vist) > 15
    assert set(vist) == {"0", "–"}  # none are taken in, and that is all
    assert vist.count("0") == 1
    assert [r.per_inntatt is None for r in samlet(s)] == [False, False, True]
    # Also when it is the reference: nobody is held against nothing.
    som_ref = sammenlign(filene, referanse="B", trekninger=100)
    assert [f.totalt for m in som_ref.medlemmer for g, f in m.forskjeller.items() if g == "familier"] == [{}] * 3
    assert {en.dom for en in svarene(som_ref, "familier")} == {""}
    assert "ingen å måle mot" in svarene(som_ref, "familier")[0].tekst
    assert sammenlign(filene, referanse=GJENNOMSNITT, trekninger=100).medlemmer[1].forskjeller["familier"].totalt == {}


def test_fordelingen_regnes_for_haand() -> None:
    tall = fordelingstall([100.0, 200.0, 400.0, 1000.0], [1.0, 1.0, 2.0, 0.0])
    assert (tall.veid_snitt, tall.median, tall.nedre_kvartil, tall.oevre_kvartil) == (275.0, 300.0, 175.0, 550.0)


def test_foelsomheten_sier_hvem_som_er_foerst(tmp_path: Path) -> None:
    """B steps more, which a QALY is worth; A is cheaper. At a low value A is first, at a high one B."""
    dyr = '[[unge_voksne.tiltak]]\nnavn = "Booppfølging"\nenhetskostnad = {}\n'
    skriv(tmp_path, "A", rater(0.5) + dyr.format(300))
    skriv(tmp_path, "B", rater(0.62) + dyr.format(4500))
    s = sammenlign([tmp_path], referanse="A", trekninger=100)
    f = s.foelsomhet["unge_voksne"]["netto_samfunn"]
    assert [v.tekst.replace("\u00a0", " ") for v in f.varianter] == [
        "verdi av en QALY 0,60 mill. kr", "verdi av en QALY 1,12 mill. kr", "verdi av en QALY 1,40 mill. kr", "lønnskostnad \u221230 %", "lønnskostnad +30 %",
        "nullalternativ \u221230 %", "nullalternativ +30 %", "erstatningsgrad 0 %", "erstatningsgrad 100 %", "rente 0 %", "rente 4 %",
    ]  # fmt: skip
    # Each against the comparison made anew on those terms.
    for variant, valg in (
        (f.varianter[10], {"rente": 0.04}),
        (f.varianter[0], {"felles": str(skriv(tmp_path / "f", "F", "[unge_voksne]\nverdi_qaly = 600000\n"))}),
        (f.varianter[7], {"felles": str(skriv(tmp_path / "f", "G", "[unge_voksne.utvidet]\nerstatningsgrad = 0.0\n"))}),
    ):
        nytt: Any = sammenlign([tmp_path / "a.toml", tmp_path / "b.toml"], referanse="A", trekninger=100, **valg)
        tall = {n: r.stiger["netto_samfunn"].ytelse for n, r in nytt.ytelser.rader["unge_voksne"].items()}
        assert variant.foerst == (max(tall, key=lambda n: tall[n]),)
    assert f.varianter[1].foerst == f.foerst
    assert f.varianter[1].hele
    assert len({v.foerst for v in f.varianter}) == 2, "the example is made so that the order does not hold"
    assert f.holder == sum(v.foerst == f.foerst for v in f.varianter) < len(f.varianter)


def test_en_fil_heter_en_fil() -> None:
    assert (filer(1), filer(2)) == ("1 fil", "2 filer")


def test_arbeidsboken_har_samme_bytes_hver_gang(tmp_path: Path) -> None:
    from velferdslab_model.compare.writing import sammenligningsbok

    skriv(tmp_path, "A")
    skriv(tmp_path, "B")
    en, to = (sammenligningsbok(sammenlign([tmp_path], trekninger=100, dato=DATO), DATO) for _ in range(2))
    assert en == to


def test_tilbakefall_er_et_resultat_som_flagges_naar_det_er_utenfor_tallet(tmp_path: Path) -> None:
    """Nobody is ranked below the others for having measured it; and nobody reads the number as if it were in it."""
    varer = "[unge_voksne.utvidet]\naarlig_tilbakefall = 0.07\nbeholder_steget = 0.9\n[unge_voksne.kilder]\n"
    kilder = '"utvidet.aarlig_tilbakefall" = "register"\n"utvidet.beholder_steget" = "register"\n'
    filer = [skriv(tmp_path, "A"), skriv(tmp_path, "B", varer + kilder)]
    s = sammenlign(filer, referanse="A", trekninger=100)
    a, b = svarene(s, "unge_voksne")
    assert a.rad.forventet == b.rad.forventet
    assert b.utenfor["utvidet"] < -SMAATT
    assert [(f.slag, f.tekst.replace("\u00a0", " ")) for f in b.flagg] == [
        (
            "varighet",
            "7 % faller tilbake i året og 90 % beholder steget: et resultat, men ikke med i tallet, for ikke alle har målt det likt",
        )
    ]
    assert a.flagg == ()
    # The reference's own is what all are given.
    assert [f.slag for f in svarene(sammenlign(filer, referanse="B", trekninger=100), "unge_voksne")[0].flagg] == [
        "varighet"
    ]


def test_en_rekkefoelge_sies_ikke_aa_holde_uten_at_det_sies_hvor_mye_som_er_tilfeldig(tmp_path: Path) -> None:
    s = sammenlign([skriv(tmp_path, n, rater(p)) for n, p in (("A", 0.8), ("B", 0.79), ("C", 0.2))], trekninger=500)
    tekst = om_rekkefoelgen(s, "unge_voksne", "netto_samfunn")
    assert "rekkefølgen den samme i 11 av 11" in tekst
    assert tekst.endswith(
        " 1 av 3 par av kommuner kan likevel ikke skilles: forskjellen mellom dem kan være tilfeldig."
    )
    to = sammenlign([tmp_path / "a.toml", tmp_path / "b.toml"], trekninger=500)
    assert "Kommunene kan likevel ikke skilles" in om_rekkefoelgen(to, "unge_voksne", "netto_samfunn")
