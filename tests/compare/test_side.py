"""The page for eight municipalities in a browser: axe, sizes on a phone, the keyboard, the dark, and the print."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from datetime import date
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import numpy as np
import pytest
from click.testing import CliRunner

from tests.compare.aatte import skriv_aatte
from tests.conftest import hopp_over
from velferdslab_model.base.tall import tall
from velferdslab_model.cli import cli
from velferdslab_model.compare.report.ark import finn_medlem, kommuneark
from velferdslab_model.compare.report.writing import rapport
from velferdslab_model.compare.sammenligning import Sammenligning, sammenlign
from velferdslab_model.compare.svar import svarene
from velferdslab_model.errors import UgyldigInndata
from velferdslab_model.page.table import tabell, tekstcelle

ROT = Path(__file__).parents[2]
AXE = ROT / "node_modules" / "axe-core" / "axe.min.js"
_REGLER = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
#: Run in the page: what axe finds, how large text is shown, what takes the keyboard, and how wide it all is.
_MAAL = """
axe.run(document, {resultTypes: ["violations"], runOnly: {type: "tag", values: %s}}).then(function (r) {
  var vist = [], med = document.querySelectorAll("a[href],button,select,summary,[tabindex]");
  document.querySelectorAll("body *").forEach(function (e) {
    var eget = Array.from(e.childNodes).some(function (n) { return n.nodeType === 3 && n.textContent.trim(); });
    if (!eget || ["SCRIPT", "STYLE", "OPTION", "NOSCRIPT", "PRE"].indexOf(e.tagName) >= 0 || !e.getClientRects().length) { return; }
    var px = parseFloat(getComputedStyle(e).fontSize), svg = e.ownerSVGElement;
    if (svg && svg.viewBox.baseVal.width) { px *= svg.getBoundingClientRect().width / svg.viewBox.baseVal.width; }
    if (getComputedStyle(e).clipPath === "none" && !e.closest(".skjult")) { vist.push([px, e.textContent.slice(0, 40)]); }
  });
  vist.sort(function (a, b) { return a[0] - b[0]; });
  var naadd = Array.from(med).filter(function (e) { e.focus(); return document.activeElement === e; }).length;
  var ut = {brudd: r.violations.map(function (v) { return [v.id, v.nodes.map(function (n) { return n.html.slice(0, 200); })]; }),
    proevd: r.passes.length, minst: vist[0], antall: vist.length, kan_naas: naadd, skal_naas: med.length,
    moerk: matchMedia("(prefers-color-scheme: dark)").matches, bunn: getComputedStyle(document.body).backgroundColor,
    bredde: innerWidth, utenfor: document.documentElement.scrollWidth - document.documentElement.clientWidth};
  var p = parent.document.createElement("pre"); p.id = "maalt"; p.textContent = encodeURIComponent(JSON.stringify(ut));
  parent.document.body.appendChild(p);
});
"""


@pytest.fixture(scope="module")
def chromium() -> str:
    funnet = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if funnet is None:
        hopp_over("chromium mangler; installer med: apt-get install chromium")
    return funnet


@pytest.fixture(scope="module")
def aatte(tmp_path_factory: pytest.TempPathFactory) -> Sammenligning:
    mappe = skriv_aatte(tmp_path_factory.mktemp("aatte"))
    return sammenlign([mappe], trekninger=1000, dato=date(2026, 11, 26))


@pytest.fixture(scope="module")
def side(aatte: Sammenligning) -> str:
    return rapport(aatte)


def kjoer(chromium: str, mappe: Path, side: str, *valg: str) -> bytes:
    fil = mappe / "side.html"
    fil.write_text(side, encoding="utf-8")
    faste = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={mappe / 'profil'}"]
    return subprocess.run([chromium, *faste, *valg, fil.as_uri()], capture_output=True, check=True, timeout=600).stdout


@pytest.mark.treg(unntatt=1)
@pytest.mark.parametrize(("bredde", "moerk"), [(375, False), (768, False), (1280, False), (1280, True)])
def test_siden_kan_leses_av_alle(chromium: str, side: str, bredde: int, moerk: bool, tmp_path: Path) -> None:
    if not AXE.exists():
        hopp_over("axe-core mangler; installer med: npm install --no-save axe-core")
    axe = AXE.read_text(encoding="utf-8").replace("</script", "<\\/script")
    maal = f"<script>{axe}</script><script>{_MAAL % json.dumps(_REGLER)}</script></body>"
    # The browser has no window under 500 pixels, but a frame of any width.
    ramme = f'<iframe style="width:{bredde}px;height:1000px;border:0" srcdoc="{escape(side.replace("</body>", maal))}"></iframe>'
    valg = ["--window-size=1300,1000", "--virtual-time-budget=60000", "--dump-dom"]
    if moerk:
        valg.append("--blink-settings=preferredColorScheme=0")
    dom = kjoer(chromium, tmp_path, f"<!doctype html><title>Ramme</title><body>{ramme}</body>", *valg).decode()
    funnet = re.search(r'<pre id="maalt">(.*?)</pre>', dom)
    assert funnet, dom[-500:]
    svar: dict[str, Any] = json.loads(unquote(funnet[1]))
    assert svar["bredde"] == bredde
    assert svar["brudd"] == []
    assert svar["proevd"] > 20
    assert svar["antall"] > 500
    assert svar["minst"][0] >= 11, svar["minst"]
    assert svar["kan_naas"] == svar["skal_naas"] > 100
    assert svar["moerk"] == moerk
    assert (svar["bunn"] == "rgb(255, 255, 255)") != moerk
    assert svar["utenfor"] <= 0  # nothing makes the page itself scroll sideways


def test_aatte_kommuner_faar_plass_paa_aatte_a4_sider_i_aatte_punkt(chromium: str, side: str, tmp_path: Path) -> None:
    for program in ("pdfinfo", "pdftohtml"):
        if shutil.which(program) is None:
            hopp_over("pdftoppm mangler; installer med: apt-get install poppler-utils")
    pdf = tmp_path / "side.pdf"
    kjoer(chromium, tmp_path, side, f"--print-to-pdf={pdf}", "--no-pdf-header-footer")
    om = subprocess.run(["pdfinfo", pdf], capture_output=True, check=True, text=True).stdout
    assert int(re.findall(r"Pages:\s+(\d+)", om)[0]) <= 8
    assert re.search(r"Page size:\s+84\d\S* x 59\d\S* pts \(A4\)", om)
    xml = subprocess.run(
        ["pdftohtml", "-xml", "-i", "-stdout", "-zoom", "1", pdf], capture_output=True, check=True, text=True
    ).stdout
    assert min(int(n) for n in re.findall(r'<fontspec id="\d+" size="(\d+)"', xml)) >= 8
    for tekst in ("Havnes", "klart dårligere", "Veid snitt", "Samlet", "Gjort likt"):
        assert tekst in xml


def test_en_tabell_over_flere_sider_har_overskriftene_paa_hver(chromium: str, side: str, tmp_path: Path) -> None:
    lang = tabell("Lang", ["Overskrift"], [[tekstcelle(f"rad {i}")] for i in range(200)])
    alene = re.sub(r"<main>.*</main>", lambda _: f"<main>{lang}</main>", side, flags=re.DOTALL)
    pdf = tmp_path / "lang.pdf"
    kjoer(chromium, tmp_path, alene, f"--print-to-pdf={pdf}", "--no-pdf-header-footer")
    sider = subprocess.run(["pdftotext", pdf, "-"], capture_output=True, check=True, text=True).stdout.split("\f")
    med_rader = [tekst for tekst in sider if "rad " in tekst]
    assert len(med_rader) > 2
    assert all("Overskrift" in tekst for tekst in med_rader)


@pytest.mark.treg(unntatt=1)
@pytest.mark.parametrize("kommune", ["Elvesund", "granlund", "Fjellheim", "Innbygda", "Bakkebygd"])
def test_arket_er_en_a4_side_med_tallene_ved_siden_av_de_andres(
    chromium: str, aatte: Sammenligning, kommune: str, tmp_path: Path
) -> None:
    pdf = tmp_path / "ark.pdf"
    kjoer(chromium, tmp_path, kommuneark(aatte, kommune), f"--print-to-pdf={pdf}", "--no-pdf-header-footer")
    om = subprocess.run(["pdfinfo", pdf], capture_output=True, check=True, text=True).stdout
    assert re.findall(r"Pages:\s+(\d+)", om) == ["1"]
    tekst = " ".join(subprocess.run(["pdftotext", pdf, "-"], capture_output=True, check=True, text=True).stdout.split())
    m = finn_medlem(aatte, kommune)
    assert f"{m.navn} blant 8 kommuner" in tekst
    for gruppe, rad in m.rader.items():
        if not rad.deltakere:
            assert "Tar ikke inn noen, og har derfor ingen tall." in tekst
            continue
        alle = [
            r.samfunn_per_inntatt for en in aatte.medlemmer if (r := en.rader[gruppe]).samfunn_per_inntatt is not None
        ]
        for verdi in (rad.samfunn_per_inntatt, rad.kostnad_per_steg, *np.percentile(alle, (25, 50, 75))):
            assert " ".join(tall(verdi).split()) in tekst
        svar = next(en for en in svarene(aatte, gruppe) if en.kommune == m.navn)
        assert " ".join(svar.tekst.split()) in tekst
        assert all(" ".join(f.tekst.split()) in tekst for f in svar.flagg)


def test_arket_ber_om_en_kommune_som_er_med(aatte: Sammenligning, tmp_path: Path) -> None:
    with pytest.raises(UgyldigInndata, match=r"«Elvesun» er ikke blant kommunene .* Mente du Elvesund\?"):
        kommuneark(aatte, "Elvesun")
    svar = CliRunner().invoke(cli, ["compare", str(tmp_path), "--ark", "Elvesund"])
    assert svar.exit_code == 2
    assert "--html" in svar.output
