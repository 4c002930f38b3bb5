"""Every picture of the guide, made by the program itself: tabs through LibreOffice, pages through Chromium.

Each picture carries a digest of what it shows, so that a test sees when it is older than the program without making it.
"""

from __future__ import annotations

import hashlib
import html
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageChops, PngImagePlugin

from tests.app.test_rooms import ny_pris
from tests.assess.konstruert import tilfeldige
from velferdslab_model.app.cases import Arbeidsordre, Fil, Sak
from velferdslab_model.app.doing import gjoer
from velferdslab_model.app.room import Siderom, Skjemadata
from velferdslab_model.app.site import ROM
from velferdslab_model.app.views import fast_fil, romside
from velferdslab_model.assess.analysis import analyser_registreringer
from velferdslab_model.assess.published import publiser
from velferdslab_model.assess.report import rapportplan
from velferdslab_model.compare.report.writing import rapport
from velferdslab_model.compare.sammenligning import sammenlign
from velferdslab_model.contract.analysis import analyser_kontrakt
from velferdslab_model.contract.reading import les_kontraktfil
from velferdslab_model.contract.writing import kontraktplan
from velferdslab_model.effektbok.assembly import planlegg
from velferdslab_model.effektbok.tabs import Fanevalg, tilleggsfaner
from velferdslab_model.parameters.loading import fra_toml
from velferdslab_model.personas.analysis import analyser_personas
from velferdslab_model.personas.loading import notatets_personas
from velferdslab_model.personas.report.page import personaside
from velferdslab_model.prisliste.writing import prislisteplan
from velferdslab_model.results import Resultat, beregn
from velferdslab_model.saksframlegg.content import sett_sammen
from velferdslab_model.saksframlegg.page import saksframleggsside
from velferdslab_model.scenarios.loading import les_oppgitt, load_forutsetninger
from velferdslab_model.uncertainty.analyse import Usikkerhet, analyser
from velferdslab_model.uncertainty.writing import usikkerhetsplan
from velferdslab_model.utenfor.reading import les_utenforfil
from velferdslab_model.utenfor.writing import utenforplan
from velferdslab_model.version import __version__
from velferdslab_model.workbook.plan import Bok
from velferdslab_model.workbook.writing import bytes_av

ROT = Path(__file__).parents[2]
MAPPE = ROT / "velferdslab_model" / "veiledning" / "data"
DATO = date(2026, 11, 26)
#: The pictures together, so that the guide stays easy to send.
MAKS_BYTES = 1_000_000
_BREDDE, _FARGER, _MERKE = 1120, 64, "velferdslab-viser"
#: The part of a printed page above its footer.
_OVER_BUNNTEKST = 0.94


@dataclass(frozen=True)
class Fanebilde:
    """A tab as it is printed. rader: how many rows from the top the picture shows. hoyde: the share of the page they take."""

    bok: Callable[[], Bok]
    fane: str
    rader: int
    hoyde: float = 1.0

    def viser(self, utsnitt: str) -> str:
        """What stands in the rows shown; utsnitt: the number of the first, and of the first below."""
        ark = next(en for en in self.bok().ark if en.navn == self.fane)
        celler = sorted((c.rad, c.kol, _vist(c.verdi)) for c in ark.celler() if c.rad < int(utsnitt.partition("-")[2]))
        return "\n".join(f"{rad} {kol} {tekst}" for rad, kol, tekst in celler)


@dataclass(frozen=True)
class Sidebilde:
    """A page as the browser shows it. fra: the element on top of the picture. hoyde, bredde: in pixels."""

    side: Callable[[], str]
    hoyde: int
    fra: str = "body"
    bredde: int = 1120

    def viser(self, utsnitt: str) -> str:
        """The words of the page that the picture shows, by the numbers of the first and the last."""
        foerste, siste = map(int, utsnitt.split("-"))
        return " ".join(ordene(self.side())[foerste:siste])


def ordene(side: str) -> list[str]:
    """Every word on a page, without the version, which changes nothing a reader learns from a picture."""
    kropp = re.sub(r"<(style|script)\b.*?</\1>", " ", side.partition("<body")[2].partition(">")[2], flags=re.S)
    return html.unescape(re.sub(r"<[^>]+>|<!--.*?-->", " ", kropp)).replace(__version__, "V").split()


def _vist(verdi: object) -> str:
    """Numbers as far as a picture shows them, whatever the last digits of a processor."""
    return f"{verdi:.6g}" if isinstance(verdi, float) else str(verdi)


@cache
def _asker() -> Resultat:
    return beregn(load_forutsetninger())


@cache
def _usikker() -> Usikkerhet:
    return analyser(load_forutsetninger(), 1000, 2019)


def _oekonomiplan() -> Bok:
    return planlegg(_asker(), DATO, tilleggsfaner({"oekonomiplan"}, Fanevalg(fra_aar=2020)))


def _rapport() -> Bok:
    a = analyser_registreringer(tilfeldige(60, 1), "konstruert.csv", load_forutsetninger(), DATO)
    return rapportplan(a, publiser(a, internt=False))


def _rom(noekkel: str) -> Siderom:
    return next(rom for rom in ROM if rom.noekkel == noekkel)


@contextmanager
def _svar(noekkel: str, felt: Mapping[str, str], filer: Mapping[str, tuple[str, bytes]] | None = None) -> Iterator[str]:
    """The page of a room with an answer, computed as a worker of the page does. filer: name and content, by field."""
    with tempfile.TemporaryDirectory() as mappe:
        sendt = []
        for felt_, (navn, innhold) in (filer or {}).items():
            (Path(mappe) / navn).write_bytes(innhold)
            sendt.append(Fil(felt_, navn, str(Path(mappe) / navn)))
        rom = _rom(noekkel)
        sak = Sak("sak", noekkel, "", Path(mappe), felt, sendt, 0.0, "12.00", "ferdig")
        sak.svar = gjoer((rom.arbeid, Arbeidsordre(mappe, felt, sendt)))
        assert not sak.svar.feil, sak.svar.feil
        yield romside(ROM, rom, Skjemadata(felt, filer=sendt), sak)


@cache
def _start() -> str:
    return romside(ROM, _rom("start"), Skjemadata())


@cache
def _resultat() -> str:
    with _svar("start", {"navn": "Bergen"}) as side:
        return side


def priser() -> bytes:
    """A price list in which somebody has changed one price, and given its source no thought."""
    return ny_pris(bytes_av(prislisteplan(les_oppgitt(None), "priser.xlsx"), DATO), "Booppfølging", 640, 2024)


@cache
def _kvittering() -> str:
    with _svar(
        "priser", {"grunnlag": "standard", "handling": "bruk"}, {"prisliste": ("priser.xlsx", priser())}
    ) as side:
        return side


@cache
def _kontroll() -> str:
    endret = fra_toml(
        {"unge_voksne": {"suksessrate": {"utsatt": 0.7}, "kilder": {"suksessrate.utsatt": "Registreringer 2023–2024"}}},
        "bergen.xlsx",
        "Bergen",
    )
    fil = bytes_av(planlegg(beregn(endret), DATO), DATO)
    with _svar("kontroller", {"grunnlag": "standard"}, {"fil": ("fra_bergen.xlsx", fil)}) as side:
        return side


#: Every picture by the name of its file.
BILDER: Mapping[str, Fanebilde | Sidebilde] = {
    "start": Sidebilde(_start, 860),
    "svaret": Sidebilde(_resultat, 900),
    "arbeidsbok": Fanebilde(lambda: planlegg(_asker(), DATO), "Unge voksne", 37),
    "prisliste": Fanebilde(lambda: prislisteplan(les_oppgitt(None), "priser.xlsx"), "Priser", 21, 0.505),
    "kvittering": Sidebilde(_kvittering, 600, "#svaret"),
    "kontroll": Sidebilde(_kontroll, 760, "#svaret"),
    "oekonomiplan": Fanebilde(_oekonomiplan, "Økonomiplan", 28, 0.48),
    "registreringer": Fanebilde(_rapport, "Svar", 18, 0.33),
    "sammenligning": Sidebilde(
        lambda: rapport(sammenlign([ROT / "templates" / "kommuner"], dato=DATO, trekninger=500)), 900
    ),
    "usikkerhet": Fanebilde(lambda: usikkerhetsplan(_usikker()), "Usikkerhet", 47),
    "kontrakt": Fanebilde(lambda: kontraktplan(analyser_kontrakt(les_kontraktfil(None))), "Svar", 36, 0.77),
    "personas": Sidebilde(lambda: personaside(analyser_personas(notatets_personas())), 740, "figure", 1300),
    "utenfor": Fanebilde(lambda: utenforplan(les_utenforfil(None)), "Svar", 45),
    "saksframlegg": Sidebilde(lambda: saksframleggsside(sett_sammen(_usikker())), 1100),
}


def sti(navn: str) -> Path:
    """Where a picture is."""
    return MAPPE / f"{navn}.png"


def foreldet(navn: str) -> bool:
    """Whether a picture is missing, or shows something else than the program would today."""
    if not sti(navn).exists():
        return True
    with Image.open(sti(navn)) as bilde:
        utsnitt, _, merke = str(bilde.info.get(_MERKE, "")).partition(" ")
    return not utsnitt or merke != _avtrykk(navn, utsnitt)


def _avtrykk(navn: str, utsnitt: str) -> str:
    b = BILDER[navn]
    ramme = {felt: verdi for felt, verdi in vars(b).items() if not callable(verdi)}
    return hashlib.sha256(f"{ramme} {b.viser(utsnitt)}".encode()).hexdigest()[:20]


def lag(navnene: list[str]) -> None:
    """Make the pictures of these names anew."""
    with tempfile.TemporaryDirectory() as mappe, ExitStack() as stakk:
        nettleser = _nettleser(stakk) if any(isinstance(BILDER[n], Sidebilde) for n in navnene) else None
        for navn in navnene:
            b = BILDER[navn]
            if isinstance(b, Sidebilde):
                bilde, utsnitt = _av_side(nettleser, b)
            else:
                bilde, utsnitt = _av_fane(Path(mappe), b), f"0-{b.rader}"
            if bilde.width > _BREDDE:
                bilde = bilde.resize((_BREDDE, round(bilde.height * _BREDDE / bilde.width)), Image.Resampling.LANCZOS)
            info = PngImagePlugin.PngInfo()
            info.add_text(_MERKE, f"{utsnitt} {_avtrykk(navn, utsnitt)}")
            palett = bilde.convert("RGB").quantize(_FARGER, kmeans=1, dither=Image.Dither.NONE)
            palett.save(sti(navn), optimize=True, pnginfo=info)
            print(navn, bilde.size, f"{sti(navn).stat().st_size / 1000:.0f} kB", utsnitt)


def _nettleser(stakk: ExitStack):  # type: ignore[no-untyped-def]  # a browser of a library that is loaded here only
    from playwright.sync_api import sync_playwright

    p = stakk.enter_context(sync_playwright())
    nettleser = p.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"])
    stakk.callback(nettleser.close)
    return nettleser


#: The numbers of the first word that is shown below a height, and of the first that is not above another.
_ORD = r"""([topp, bunn]) => {
  const gaa = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let nr = 0, foerste = -1, siste = -1;
  for (let n; (n = gaa.nextNode());) {
    if (n.parentElement.closest("style,script")) continue;
    const antall = n.data.split(/\s+/).filter(Boolean).length;
    if (!antall) continue;
    const omr = document.createRange(); omr.selectNodeContents(n);
    const r = omr.getBoundingClientRect();
    if (foerste < 0 && r.height && r.top >= topp) foerste = nr;
    if (foerste >= 0 && siste < 0 && r.height && r.top > bunn) siste = nr;
    nr += antall;
  }
  return [Math.max(foerste, 0), siste < 0 ? nr : siste];
}"""


def _av_side(nettleser, b: Sidebilde) -> tuple[Image.Image, str]:  # type: ignore[no-untyped-def]
    stil = f"<style>{fast_fil('app.css')}</style>"
    hele = b.side().replace('<link rel="stylesheet" href="/stil.css"><script src="/skript.js" defer></script>', stil)
    side = nettleser.new_page(viewport={"width": b.bredde, "height": 900}, locale="nb-NO")
    side.set_content(hele)
    topp = 0 if b.fra == "body" else side.locator(b.fra).first.bounding_box()["y"] - 8
    hoyde = min(b.hoyde, side.evaluate("document.documentElement.scrollHeight") - topp)
    utsnitt = side.evaluate(_ORD, [topp, topp + hoyde])
    raa = side.screenshot(full_page=True, clip={"x": 0, "y": topp, "width": b.bredde, "height": hoyde})
    side.close()
    return Image.open(BytesIO(raa)), f"{utsnitt[0]}-{utsnitt[1]}"


_NORSK = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>nb-NO</value></prop></item>
</oor:items>"""


def _av_fane(mappe: Path, b: Fanebilde) -> Image.Image:
    """The first printed page of a tab, without its margins."""
    oppsett = mappe / "profil" / "user" / "registrymodifications.xcu"
    oppsett.parent.mkdir(parents=True, exist_ok=True)
    oppsett.write_text(_NORSK, encoding="utf-8")
    bok = b.bok()
    (mappe / "bok.xlsx").write_bytes(bytes_av(bok, DATO))
    profil = f"-env:UserInstallation={(mappe / 'profil').as_uri()}"
    _kjoer("soffice", profil, "--headless", "--convert-to", "pdf", "--outdir", str(mappe), str(mappe / "bok.xlsx"))
    overskrift = next(
        c.verdi for a in bok.ark if a.navn == b.fane for c in sorted(a.celler(), key=lambda c: (c.rad, c.kol))
    )
    sider = _kjoer("pdftotext", "-layout", str(mappe / "bok.pdf"), "-").split("\f")
    nr = next(i for i, tekst in enumerate(sider, 1) if str(overskrift) in tekst)
    _kjoer(
        "pdftoppm",
        "-r",
        "130",
        "-f",
        str(nr),
        "-l",
        str(nr),
        "-png",
        "-singlefile",
        str(mappe / "bok.pdf"),
        str(mappe / "s"),
    )
    with Image.open(mappe / "s.png") as raa:
        side = raa.convert("RGB").crop((0, 0, raa.width, round(raa.height * min(b.hoyde, _OVER_BUNNTEKST))))
    kant = ImageChops.difference(side, Image.new("RGB", side.size, "white")).getbbox()
    assert kant is not None
    return side.crop(kant)


def _kjoer(*ordene_: str) -> str:
    return subprocess.run(ordene_, check=True, capture_output=True, timeout=300).stdout.decode()
