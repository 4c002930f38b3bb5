"""The page in a real browser: the whole cycle clicked through, by mouse, by keyboard alone and without scripts; axe on every page."""

from __future__ import annotations

import base64
import io
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from tests.app.test_rooms import ny_pris
from tests.app.tjener import NOEKKEL, Tjener
from tests.conftest import hopp_over
from velferdslab_model.app.views import inngangsside

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
_REGLER = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_AXE = f"axe.run(document, {{resultTypes: ['violations'], runOnly: {{type: 'tag', values: {_REGLER}}}}}).then(r => r.violations.map(v => [v.id, v.nodes.map(n => n.html.slice(0, 200))]))"
_UTENFOR = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
#: Tables of which a part is below their own edge, where nobody sees that there is more.
_AVKORTET = "[...document.querySelectorAll('.tabell')].filter(t => t.scrollHeight > t.clientHeight + 20).map(t => t.innerText.slice(0, 40))"


@pytest.fixture(scope="module")
def nettleser() -> Iterator[Browser]:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        hopp_over("playwright mangler")
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if program is None:
        hopp_over("chromium mangler")
    if not AXE.exists():
        hopp_over("axe-core mangler")
    with sync_playwright() as p:
        apnet = p.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        yield apnet
        apnet.close()


class Klikker:
    """Somebody at the page, who notes what the browser complains of and what axe finds."""

    def __init__(self, nettleser: Browser, tjener: Tjener, **valg: Any) -> None:
        self.vindu: BrowserContext = nettleser.new_context(locale="nb-NO", **valg)
        self.vindu.set_default_timeout(60_000)
        self.tjener, self.klager, self.fremmede = tjener, list[str](), list[str]()
        self.side = self.fane()
        self.side.goto(f"{tjener.adresse}/?noekkel={NOEKKEL}")

    def fane(self) -> Page:
        side = self.vindu.new_page()
        side.on("pageerror", lambda feil: self.klager.append(str(feil)))
        side.on("console", lambda m: self.klager.append(m.text) if "422" not in m.text else None)
        side.on("request", lambda r: self.fremmede.append(r.url) if not r.url.startswith(self.tjener.adresse) else None)
        return side

    def gaa(self, rom: str) -> None:
        self.foelg(f"nav >> text={rom}")

    def foelg(self, lenke: str) -> None:
        """Click, and wait until the next page is all there."""
        with self.side.expect_navigation():
            self.side.click(lenke)

    def send(self, knapp: str = "button.hoved") -> None:
        self.foelg(knapp)
        self.side.wait_for_selector("#svaret, .feilboks")

    def last_ned(self, tekst: str) -> tuple[str, bytes]:
        with self.side.expect_download() as venter:
            self.side.click(f"text={tekst}")
        return venter.value.suggested_filename, Path(venter.value.path()).read_bytes()

    def velg(self, felt: str, navn: str, innhold: bytes) -> None:
        self.side.set_input_files(felt, {"name": navn, "mimeType": "application/octet-stream", "buffer": innhold})

    def slipp(self, felt: str, navn: str, innhold: bytes) -> None:
        """Drop a file on the box around a field."""
        lag = "([navn, b]) => { const d = new DataTransfer(); d.items.add(new File([Uint8Array.from(atob(b), c => c.charCodeAt(0))], navn)); return d; }"
        baaret = self.side.evaluate_handle(lag, [navn, base64.b64encode(innhold).decode()])
        boks = self.side.locator(".slipp", has=self.side.locator(felt))
        boks.last.dispatch_event("drop", {"dataTransfer": baaret})
        assert self.side.evaluate(f"document.querySelector('{felt}').files.length") == 1

    def proev(self, aapne: bool = False) -> None:
        """No violation of axe, and nothing that hangs out of the window. aapne: with everything closed opened."""
        if aapne:
            self.side.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
        self.side.evaluate(AXE.read_text(encoding="utf-8"))
        assert self.side.evaluate(_AXE) == [], self.side.url
        assert self.side.evaluate(_UTENFOR) == 0, self.side.url
        assert self.side.evaluate(_AVKORTET) == [], self.side.url

    def ferdig(self) -> None:
        assert self.klager == []
        assert self.fremmede == []
        self.vindu.close()


@pytest.mark.treg
def test_hele_runden_klikkes_gjennom(nettleser: Browser, tjener: Tjener) -> None:
    k = Klikker(nettleser, tjener, viewport={"width": 1280, "height": 900})
    side = k.side
    side.fill("#navn", "Bergen")
    side.fill("[id='unge_voksne.suksessrate.utsatt']", "70 %")
    k.send()
    assert side.evaluate("document.activeElement.id") == "svaret"
    k.proev(aapne=True)
    navn, bok = k.last_ned("Last ned arbeidsboken")
    assert navn == "effektmodell_bergen.xlsx"
    assert "Svaret" in openpyxl.load_workbook(io.BytesIO(bok)).sheetnames or len(bok) > 100_000

    k.foelg("text=Lag en ny prisliste for dette")
    k.send("text=Lag prislisten")
    navn, liste = k.last_ned("Last ned prislisten")
    assert navn == "priser_bergen.xlsx"
    k.foelg("text=Bruk de nye prisene")  # without a file
    side.wait_for_selector("#prisliste-feil")
    k.slipp("#prisliste", navn, ny_pris(liste, "Booppfølging", 600, 2024))
    side.fill("#navn", "Bergen 2024")
    k.send("text=Bruk de nye prisene")
    assert "1 pris endret (i 2024-kroner" in side.inner_text("#innhold")
    k.proev()
    _, ny = k.last_ned("Last ned arbeidsboken")

    k.gaa("Kontroller")
    k.velg("#fil", "ny.xlsx", ny)
    k.send()
    assert "inndata avviker fra standardverdiene" in side.inner_text("#innhold")
    k.proev()
    svaret = side.url
    k.velg("#fil", "notat.docx", b"PK\x03\x04 et notat")
    k.send()
    assert "notat.docx" in side.inner_text(".feilboks")
    assert side.evaluate("document.activeElement.className") == "feilboks"
    k.proev()
    side.go_back(wait_until="load")
    side.wait_for_selector("#svaret")
    assert side.url == svaret
    side.reload()
    assert "inndata avviker" in side.inner_text("#innhold")

    k.gaa("Sammenlign")
    for nr in (1, 2):
        side.locator("input[type=checkbox]").nth(nr).check()
    k.send()
    assert "Bergen 2024" in side.inner_text("#innhold")
    k.proev()
    with k.vindu.expect_page() as ny_fane:
        side.click("text=Åpne hele rapporten")
    ny_fane.value.wait_for_selector("#svaret")
    assert "Sammenligning av 2 kommuner" in ny_fane.value.title()
    ny_fane.value.close()

    k.gaa("Hvor sikkert?")
    side.fill("#trekninger", "2 000 000")
    k.foelg("button.hoved")
    side.wait_for_selector("progress")
    k.proev()
    annen = k.fane()  # another tab goes on meanwhile
    annen.goto(f"{tjener.adresse}/start")
    annen.fill("#navn", "Bodø")
    annen.click("button.hoved")
    annen.wait_for_selector("#svaret")
    annen.close()
    k.foelg("text=Stopp")
    side.wait_for_selector(".feilboks")
    assert "Arbeidet ble stoppet." in side.inner_text(".feilboks")
    assert side.input_value("#trekninger") == "2 000 000"
    side.fill("#trekninger", "20 000")
    k.send()
    assert "20 000 trekninger" in side.inner_text("#innhold").replace("\u00a0", " ")

    k.gaa("Effektkontrakt")
    navn, mal = k.last_ned("dansk_priskort.toml")
    k.velg("#fil", navn, mal)
    k.send()
    assert "Forventet betaling" in side.inner_text("#innhold")
    k.proev()
    k.ferdig()


@pytest.mark.treg
def test_paa_en_telefon_i_moerket_er_hver_side_hel_og_uten_feil(nettleser: Browser, tjener: Tjener) -> None:
    k = Klikker(nettleser, tjener, viewport={"width": 375, "height": 800}, color_scheme="dark")
    assert k.side.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    k.side.fill("#navn", "")
    k.send()
    assert "ventet navnet på en kommune" in k.side.inner_text(".feilboks")
    k.proev()
    k.side.fill("#navn", "Bergen")
    k.send()
    k.proev()
    for rom in ("Ny prisliste", "Sammenlign", "Registreringer", "Utenfor"):
        k.gaa(rom)
        k.proev()
    k.ferdig()


@pytest.mark.treg
def test_tastaturet_alene_er_nok(nettleser: Browser, tjener: Tjener) -> None:
    k = Klikker(nettleser, tjener, viewport={"width": 768, "height": 900})
    side = k.side
    side.keyboard.press("Tab")
    assert side.evaluate("document.activeElement.textContent") == "Hopp til innholdet"
    side.keyboard.press("Enter")
    side.keyboard.press("Tab")
    assert side.evaluate("document.activeElement.id") == "navn"
    side.keyboard.type("Ål")
    for _ in range(2):
        side.keyboard.press("Tab")
    side.keyboard.press("ArrowDown")
    assert side.is_checked("#hvem-unge_voksne")
    assert not side.is_visible("[id='familier.inntak.utsatt']")
    for _ in range(60):
        side.keyboard.press("Tab")
        if side.evaluate("document.activeElement.type") == "submit":
            break
    with side.expect_navigation():
        side.keyboard.press("Enter")
    side.wait_for_selector("#svaret")
    side.keyboard.press("Tab")
    assert side.evaluate("document.activeElement.textContent") == "Last ned arbeidsboken"
    with side.expect_download() as venter:
        side.keyboard.press("Enter")
    assert venter.value.suggested_filename == "effektmodell_aal.xlsx"
    k.ferdig()


def test_siden_virker_uten_skript(nettleser: Browser, tjener: Tjener) -> None:
    k = Klikker(nettleser, tjener, java_script_enabled=False)
    k.side.fill("#navn", "Vågå")
    k.send()
    assert "Vågå" in k.side.inner_text("#innhold")
    k.gaa("Ny prisliste")
    k.send("text=Lag prislisten")
    assert k.last_ned("Last ned prislisten")[0] == "priser_vaagaa.xlsx"
    k.ferdig()


def test_filen_som_aapner_nettleseren_foerer_inn_paa_siden(nettleser: Browser, tjener: Tjener, tmp_path: Path) -> None:
    """What stands in a command line others can read, so the browser is given a file; the cookie must come along from there."""
    fil = tmp_path / "aapne.html"
    fil.write_text(inngangsside(f"{tjener.adresse}/?noekkel={NOEKKEL}"), encoding="utf-8")
    vindu = nettleser.new_context()
    side = vindu.new_page()
    side.goto(fil.as_uri())
    side.wait_for_url(f"{tjener.adresse}/start")
    assert side.is_visible("#navn")
    assert NOEKKEL not in side.url
    vindu.close()
