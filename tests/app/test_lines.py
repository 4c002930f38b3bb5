"""What a command prints in columns is shown whole: nothing is lost, and no number comes under another heading."""

from __future__ import annotations

import re
from html import unescape

import pytest

from velferdslab_model.app.lines import linjeblokk
from velferdslab_model.contract.analysis import analyser_kontrakt
from velferdslab_model.contract.reading import les_kontraktfil
from velferdslab_model.contract.screen import kontraktstabell
from velferdslab_model.personas.analysis import analyser_personas
from velferdslab_model.personas.reading import les_personas
from velferdslab_model.personas.screen import personatabell
from velferdslab_model.utenfor.account import regn_utenfor
from velferdslab_model.utenfor.reading import les_utenforfil
from velferdslab_model.utenfor.screen import utenfortabell


def ord_i(tekst: str) -> list[str]:
    return tekst.replace("\u00a0", " ").split()


def ord_i_html(html: str) -> list[str]:
    return ord_i(unescape(re.sub(r"<[^>]+>", " ", html)))


@pytest.mark.parametrize("hva", ["kontrakt", "personas", "utenfor"])
def test_hvert_ord_kommandoen_skriver_staar_paa_siden_i_samme_rekkefoelge(hva: str) -> None:
    tekst = {
        "kontrakt": lambda: kontraktstabell(analyser_kontrakt(les_kontraktfil(None))),
        "personas": lambda: personatabell(analyser_personas(les_personas([]))),
        "utenfor": lambda: utenfortabell(regn_utenfor(les_utenforfil(None))),
    }[hva]()
    html = str(linjeblokk("Svaret", tekst.split("\n")))
    assert ord_i_html(html) == ord_i(tekst)
    assert "<table>" in html


def test_en_tabell_blir_en_tabell_og_en_brutt_verdi_blir_hel() -> None:
    html = str(
        linjeblokk(
            "S",
            [
                "Tall          før    etter",
                "  år 1          1        2",
                "",
                "Pris      4 kr for",
                " " * 22 + "hver",
                "Tak      6",
            ],
        )
    )
    assert '<th scope="col" class="rent t">etter</th>' in html
    assert '<th scope="row">år 1</th><td class="t">1</td><td class="t">2</td>' in html
    assert "<td>4 kr for hver</td>" in html


@pytest.mark.parametrize(
    "linjer",
    [
        ["Tall      betalt kilden", "  rad 1      1      2"],  # two headings that stand too near to be told apart
        ["Tall      før      etter", "  rad 1      1"],
        ["  rad 1      1      2", "  rad 2      1      2"],
    ],
)
def test_det_som_ikke_kan_skilles_sikkert_staar_som_det_er(linjer: list[str]) -> None:
    assert f"<pre>{'&#10;'.join(linjer)}</pre>".replace("&#10;", "\n") in str(linjeblokk("S", linjer))


def test_brutte_setninger_blir_hele() -> None:
    lang = "En " + "lang " * 18 + "setning"
    html = str(
        linjeblokk("S", [f"* {lang}", "  går videre.", "* En til.", "", "Overskrift", "  Alene.", "", lang, "videre."])
    )
    assert f"<p>* {lang} går videre.</p><p>* En til.</p>" in html
    assert "<p>Overskrift</p><p>Alene.</p>" in html
    assert f"<p>{lang} videre.</p>" in html


def test_det_som_limes_inn_i_en_fil_ligger_under_overskriften_sin() -> None:
    html = str(linjeblokk("S", ["Til scenariofilen:", "prisaar = 2019", "", "[a]", "b = 1", "", "[c]", "", "Etterpå."]))
    assert html.count("<details>") == 1
    assert "<pre>prisaar = 2019\n\n[a]\nb = 1\n\n[c]</pre>" in html
    assert "<p>Etterpå.</p>" in html
    assert "<pre>(ingen)</pre>" in str(linjeblokk("S", ["Til scenariofilen:", "", "(ingen)"]))
