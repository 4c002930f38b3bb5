"""Pages from templates: what is given is escaped, and what is missing stops the writing."""

from __future__ import annotations

import pytest
from jinja2 import UndefinedError
from markupsafe import Markup

from velferdslab_model.page.rendering import Seksjon, bit, side
from velferdslab_model.page.table import tabell, tallcelle, tekstcelle

RAPPORT = "velferdslab_model.compare.report"
FARLIG = '<script>alert("x")</script>'


def test_en_side_slipper_ingen_tekst_gjennom_som_html() -> None:
    seksjoner = [Seksjon("a", FARLIG, Markup("<p>{}</p>").format(FARLIG))]
    funnet = side("velferdslab_model.page", "base.html", FARLIG, seksjoner, None)
    assert FARLIG not in funnet
    assert funnet.count("&lt;script&gt;") == 5  # title, heading, link, heading of the section, and its text
    assert "default-src 'none'" in funnet


def test_det_som_alt_er_html_staar_som_det_er() -> None:
    faste = {
        "om_steg": "a & b",
        "grupper": [{"figur": Markup("<svg></svg>"), "om": "", "tabell": Markup("<table></table>"), "flyttet": ""}],
    }
    funnet = bit(RAPPORT, "oversikt.html", **faste)
    assert "a &amp; b" in funnet
    assert '<div class="bare-skjerm"><svg></svg></div><table></table>' in funnet


def test_en_mal_som_mangler_noe_stopper() -> None:
    with pytest.raises(UndefinedError, match="grupper"):
        bit(RAPPORT, "oversikt.html", om_steg="")


def test_cellene_ordnes_etter_tallet_og_ikke_etter_hvordan_det_vises() -> None:
    rader = [[tekstcelle("<b>"), tallcelle(1234.25), tallcelle(None), tallcelle(0.25, "andel", andel=0.25)]]
    funnet = tabell("T", ["Navn", "Kr", "Mangler", "Andel"], rader)
    assert '<th scope="row">&lt;b&gt;</th>' in funnet
    assert 'data-v="1234.25">1\u00a0234</td>' in funnet
    assert '<td class="t">–</td>' in funnet
    assert 'style="width:25.0%"' in funnet
    assert "25,0\u00a0%</td>" in funnet


def test_et_aar_som_mangler_ordnes_sist() -> None:
    assert tallcelle(None, "aar", "ikke innen perioden")[:2] == ("ikke innen perioden", 9999.0)
    assert tallcelle(2027, "aar", "ikke innen perioden")[:2] == ("2027", 2027.0)
