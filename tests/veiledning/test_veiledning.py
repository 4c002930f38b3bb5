"""The guide is one: its page is made of it, its pictures show the program of today, and what it names is there."""

from __future__ import annotations

import re

import pytest

from tests.veiledning.bilder import BILDER, MAKS_BYTES, MAPPE, Fanebilde, foreldet
from tests.veiledning.siden import GUIDE, KROPP, kroppen, med_felt
from velferdslab_model.app.room import Skjemadata
from velferdslab_model.app.site import ROM
from velferdslab_model.app.views import romside
from velferdslab_model.effektbok.tabs import ENDRINGSFANER
from velferdslab_model.parameters.felt import FELT
from velferdslab_model.veiledning.page import veiledningsside
from velferdslab_model.version import __version__

TEKST = GUIDE.read_text(encoding="utf-8")


def test_siden_i_pakken_er_laget_av_veiledningen() -> None:
    assert med_felt(TEKST) == TEKST, "run: python -m tests.veiledning"
    assert KROPP.read_text(encoding="utf-8") == kroppen(TEKST), "run: python -m tests.veiledning"


@pytest.mark.parametrize("navn", BILDER)
def test_ingen_bilder_er_eldre_enn_programmet(navn: str) -> None:
    assert not foreldet(navn), "run: python -m tests.veiledning bilder"


def test_hvert_bilde_er_laget_av_skriptet_og_vises() -> None:
    laget = {f"{navn}.png" for navn in BILDER}
    assert {fil.name for fil in MAPPE.glob("*.png")} == laget
    assert set(re.findall(r"\(\.\./velferdslab_model/veiledning/data/(\w+\.png)\)", TEKST)) == laget
    assert sum(fil.stat().st_size for fil in MAPPE.glob("*.png")) < MAKS_BYTES


def test_siden_har_alt_i_seg() -> None:
    side = veiledningsside()
    assert side.count("data:image/png;base64,") == len(BILDER)
    assert re.findall(r"(?:src|href)=\"(?!#|data:)[^\"]*", side) == []
    assert "default-src 'none'" in side
    ankre = set(re.findall(r'id="([^"]+)"', side))
    assert [maal for maal in re.findall(r'href="#([^"]+)"', side) if maal not in ankre] == []
    assert len(re.findall(r"<h3 id=\"\d+-", side)) == len(re.findall(r"<p><strong>\d+\. ", side)) == 10


def test_filen_som_installeres_har_navnet_til_denne_versjonen() -> None:
    assert set(re.findall(r"velferdslab_model-([\w.]+)-py3", TEKST)) == {__version__}


def test_knapper_og_felt_som_nevnes_finnes_paa_siden() -> None:
    sider = "".join(romside(ROM, rom, Skjemadata()) for rom in ROM) + "".join(
        b.side() for navn, b in BILDER.items() if navn in ("svaret", "kvittering") and hasattr(b, "side")
    )
    oppskrifter = TEKST.partition("## Kom i gang")[2].partition("## Ti spørsmål")[0]
    nevnt = re.findall(r"\*\*(.+?)\*\*", oppskrifter)
    assert len(nevnt) > 12
    assert [ord_ for ord_ in nevnt if f">{ord_}<" not in re.sub(r"\s*<span.*?</span>", "", sider)] == []


def test_faner_og_felt_som_nevnes_finnes_i_arbeidsboken() -> None:
    """What stands in italics, in the text and not in the tables, is what the workbook calls it."""
    bok = BILDER["arbeidsbok"]
    assert isinstance(bok, Fanebilde)
    ord_ = [navn for navn, _ in ENDRINGSFANER] + [f.tekst for f in FELT.values()]
    for ark in bok.bok().ark:
        ord_ += [ark.navn, *(c.verdi for c in ark.celler() if isinstance(c.verdi, str))]
    nevnt = re.findall(r"(?<!\*)\*([^*\n]+)\*(?!\*)", TEKST)
    assert len(nevnt) > 8
    assert [en for en in nevnt if not any(en in tekst for tekst in ord_)] == []
