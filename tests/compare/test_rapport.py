"""The HTML report: one file that loads nothing, whose tables say what the comparison says, and that anyone can read."""

from __future__ import annotations

import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.compare.kommuner import skriv
from tests.conftest import hopp_over
from velferdslab_model.base.tall import tall
from velferdslab_model.compare.report.writing import rapport, write_rapport
from velferdslab_model.compare.sammenligning import GJENNOMSNITT, Sammenligning, sammenlign
from velferdslab_model.compare.vurdering import vurdering
from velferdslab_model.errors import KanIkkeSkrive
from velferdslab_model.page.svg import foss

FARLIG = '<script>alert("x")</script>&amp;'
_TOMME = {"meta", "input", "br", "link", "img", "hr"}


class Leser(HTMLParser):
    """Checks that tags close in order, and collects what is asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.aapne: list[str] = []
        self.merker: list[tuple[str, dict[str, str | None]]] = []
        self.tekst: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.merker.append((tag, dict(attrs)))
        if tag not in _TOMME:
            self.aapne.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.merker.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.aapne.pop() == tag

    def handle_data(self, data: str) -> None:
        if not self.aapne or self.aapne[-1] not in ("style", "script"):
            self.tekst.append(data)


def lest(side: str) -> Leser:
    leser = Leser()
    leser.feed(side)
    leser.close()
    assert leser.aapne == []
    return leser


@pytest.fixture(scope="module")
def s(tmp_path_factory: pytest.TempPathFactory) -> Sammenligning:
    mappe = tmp_path_factory.mktemp("kommuner")
    skriv(mappe, "Aas")
    farlig = FARLIG.replace('"', '\\"')
    skriv(
        mappe,
        farlig,
        f'prisaar = 2024\n[unge_voksne]\nverdi_qaly = 900000\n[unge_voksne.kilder]\nverdi_qaly = "{farlig}"\n',
        fil="b.toml",
    )
    skriv(mappe, "Cby", "[familier]\ninntak = { uholdbar = 0, utsatt = 0, stabil = 0 }\n")
    return sammenlign([mappe], referanse="Aas")


@pytest.fixture(scope="module")
def side(s: Sammenligning) -> str:
    return rapport(s)


def test_siden_er_hel_og_laster_ingenting(side: str) -> None:
    leser = lest(side)
    assert not {"link", "img", "iframe", "object"} & {tag for tag, _ in leser.merker}
    assert not [a for _, a in leser.merker if "src" in a or (a.get("href") or "#")[0] != "#"]
    assert "http://" not in side
    assert "https://" not in side
    assert not re.search(r"url\((?!#)|@import", side)
    assert any("default-src 'none'" in (a.get("content") or "") for _, a in leser.merker)


def test_tekst_fra_brukeren_er_tekst(side: str) -> None:
    leser = lest(side)
    assert side.count("<script>") == 1
    assert "".join(leser.tekst).count(FARLIG) > 10
    assert "alert(" not in re.findall(r"<script>(.*?)</script>", side, re.S)[0]


def test_tabellene_kan_leses_av_en_skjermleser(side: str) -> None:
    leser = lest(side)
    antall = {tag: sum(t == tag for t, _ in leser.merker) for tag in ("table", "caption", "h1", "main", "nav", "svg")}
    assert antall["table"] == antall["caption"] == 1 + 2 + 4 + 12 + 4 + 2
    assert (antall["h1"], antall["main"], antall["nav"]) == (1, 1, 1)
    hoder = [a for t, a in leser.merker if t == "th"]
    assert all(a.get("scope") in ("col", "row") for a in hoder)
    assert all(a.get("aria-sort") == "none" for a in hoder if a["scope"] == "col")
    assert all(a.get("tabindex") == "0" and a.get("aria-label") for _, a in leser.merker if a.get("class") == "tabell")
    figurer = [a for t, a in leser.merker if t == "svg" and "viewbox" in {k.lower() for k in a}]
    assert len(figurer) == 2 + 2 + 4 + 3 + 4
    assert all(a.get("role") == "img" and len(a.get("aria-label") or "") > 20 for a in figurer)
    assert ("html", {"lang": "nb"}) in leser.merker
    ids = [a["id"] for _, a in leser.merker if "id" in a]
    assert len(ids) == len(set(ids))
    assert {(a["href"] or "")[1:] for t, a in leser.merker if t == "a"} <= set(ids)


def test_tallene_er_sammenligningens_i_norsk_form(side: str, s: Sammenligning) -> None:
    tekst = "".join(lest(side).tekst)
    for m in s.medlemmer:
        for gruppe, rad in m.rader.items():
            for verdi in (
                rad.kostnad,
                rad.netto_budsjett,
                rad.netto_samfunn,
                rad.kostnad_per_steg,
                rad.samfunn_per_inntatt,
            ):
                assert tall(verdi) in tekst
            for delt in m.forskjeller[gruppe].totalt.values():
                assert m is s.referansemedlem or tall(delt.differanse) in tekst
    assert (tall(-1234567.4), tall(0.005, 1), tall(-0.2), tall(None), tall(1.25, 2)) == (
        "\u22121\u00a0234\u00a0567", "0,0", "0", "–", "1,25",
    )  # fmt: skip


def test_siden_skrives_ut_paa_a4_og_taaler_en_telefon(side: str) -> None:
    assert "@page{size:A4 landscape" in side
    assert "width=device-width" in side
    assert "@media (max-width:600px)" in side


def test_figurene_er_gyldig_xml_ogsaa_under_null() -> None:
    figur = foss("t<", "b", ("A", 100_000.0), ("B", -50_000.0), [("x", -300_000.0), ("y", 150_000.0)])
    rot = ElementTree.fromstring(figur)
    ruter = [e for e in rot.iter() if e.tag == "rect"]
    assert len(ruter) == 4
    assert all(float(r.get("height", "-1")) >= 0 for r in ruter)
    assert "\u2212300" in figur
    ElementTree.fromstring(foss("t", "b", ("A", 0.0), ("B", 0.0), [("x", 0.0)]))


def test_snitt_og_mange_kommuner_gir_en_side(tmp_path: Path) -> None:
    for i in range(14):
        skriv(tmp_path, f"K{i:02d}", f"[unge_voksne]\ninntak = {{ uholdbar = {i} }}\n")
    side = rapport(sammenlign([tmp_path], referanse=GJENNOMSNITT))
    assert "6 med høyest og de 6 med lavest netto samfunn per inntatt av 14" in side
    assert lest(side).merker


def test_en_annens_fil_blir_staaende(s: Sammenligning, tmp_path: Path) -> None:
    fil = tmp_path / "ut.html"
    write_rapport(s, fil)
    write_rapport(s, fil)
    fil.write_text("mitt")
    with pytest.raises(KanIkkeSkrive):
        write_rapport(s, fil)
    assert fil.read_text() == "mitt"


def test_siden_aapner_uten_feil_og_kan_ordnes_i_en_nettleser(side: str, s: Sammenligning, tmp_path: Path) -> None:
    """Headless Chromium runs the page with a click on a heading appended, and prints what became of it."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        hopp_over("chromium mangler; installer med: apt-get install chromium")
    proeve = (
        "<script>document.querySelectorAll('#par select')[0].selectedIndex=2;"
        "document.querySelectorAll('#par select')[0].dispatchEvent(new Event('change'));window.onerror=function(m){document.title='FEIL '+m};"
        "document.querySelectorAll('[aria-labelledby=oversikt] thead button')[6].click();document.querySelectorAll('[aria-labelledby=oversikt] thead button')[6].click();</script>"
    )
    fil = tmp_path / "side.html"
    fil.write_text(side.replace("</body>", f"{proeve}</body>"), encoding="utf-8")
    svar = subprocess.run(
        [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr", f"--user-data-dir={tmp_path / 'profil'}", "--dump-dom", fil.as_uri()],
        capture_output=True, check=True, timeout=600,
    )  # fmt: skip
    assert b"CONSOLE" not in svar.stderr
    dom = svar.stdout.decode()
    assert "<title>Sammenligning" in dom
    assert dom.count('aria-sort="descending"') == 1
    foerste = re.findall(r"<tbody><tr>.*?</tbody>", dom.split('id="oversikt"')[1], re.S)[0]
    netto = [float(rad.split('data-v="')[6].split('"')[0]) for rad in foerste.split("<tr>")[1:]]
    assert netto == sorted(netto, reverse=True)
    assert "synkende" in dom
    svar_ = re.findall(r"<li>(.*?)</li>", dom.split('id="svar"')[1].split("</ul>")[0])
    r = s.rangeringer.grupper["unge_voksne"]["netto_budsjett"]
    andel = round(100 * r.bedre[2, 1], 1)
    assert (
        svar_[0]
        == f"Unge voksne, netto offentlige budsjetter per inntatt: {tall(andel, 1)}&nbsp;% sannsynlig, {vurdering(r.bedre[2, 1])}"
    )
    assert svar_[2] == "Familie, netto offentlige budsjetter per inntatt: ingen tall, for en av dem tar ikke inn noen"
