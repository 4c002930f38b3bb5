"""Twelve questions of readers who fund programmes, answered from page one alone: the section «Svaret» and nothing else.

The answers were first read off a picture of the page for the eight constructed municipalities (docs/sammenligning.md), and
are held here to the words and figures that stood there.
"""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from pathlib import Path

import pytest

from tests.compare.aatte import skriv_aatte
from velferdslab_model.compare.report.svar_section import svardel
from velferdslab_model.compare.report.writing import rapport
from velferdslab_model.compare.sammenligning import sammenlign
from velferdslab_model.compare.writing import sammenligningsplan

#: Question -> what on page one answers it.
SPOERSMAAL = {
    "Hvem får mest ut av det per person, blant unge voksne?": r"1\. Havnes trolig bedre .*? 3 076 968 kr per inntatt",
    "Kan jeg stole på at den øverste er best?": r"det er så få deltakere at ingenting er klart.*?Forbehold: uten kilde: 3 av 3 suksessrater; bare 1 tas inn i perioden",
    "Hvem er bedre på noe den selv gjør, og hvor sikkert er det?": r"2\. Elvesund klart bedre Klart bedre enn Bakkebygd \(9\d,\d % sannsynlig bedre\)",
    "Hva skyldes det, og hvor mye er det i kroner?": r"2 920 675 kr per inntatt, 578 226 over\. Det skyldes suksessrater \(\+578 226 kr\)",
    "Dalvik hadde høyest sum; hvorfor er den ikke bedre?": r"Dalvik kan ikke skilles .*? Rater, priser og volum er like\. Holdt utenfor tallet: .*?egne antakelser om livskvalitet, QALY og lønn \(\+683 044 kr\)",
    "Hva betyr det at noen tar inn alle i ett år, eller bare de som har det best?": r"Fjellheim kan ikke skilles .*?egen blanding av situasjoner \(\u2212462 713 kr\) og telling av kalenderår og faste kostnader",
    "Hvem er dårligst, og hvor sikkert er det?": r"8\. Granlund klart dårligere .*?1 140 338 under\. Det skyldes suksessrater \(\u22121 119 365 kr\) og enhetspriser \(\u221220 973 kr\)",
    "Hva er vanlig?": r"Veid snitt 2 261 901 kr, median 2 342 449 kr, kvartiler 2 335 226 kr og 2 487 005 kr|Veid snitt 2 261 901 kr, median 2 342 449 kr, kvartiler 2 335 226 og 2 487 005 kr",
    "Holder rekkefølgen hvis en QALY, lønnen eller renten er en annen?": r"rekkefølgen den samme i \d+ av 11 andre felles antakelser .*?, og Havnes er øverst i \d+ av 11\. 11 av 28 par av kommuner kan likevel ikke skilles",
    "Hvor mange tas inn, hva koster hver, og hva sitter budsjettene igjen med?": r"Elvesund klart bedre .*? 30 tatt inn; kostnad 358 701 kr og netto budsjetter 910 008 kr per inntatt\.",
    "Hva er netto samfunn?": r"Netto samfunn: det offentlige sparer, pluss verdien av bedre helse og mer arbeid, minus det tiltakene koster",
    "Hvilke kroner, hvor mange år, hvilken rente, og når er det laget?": r"Beløp i 2019-kroner, summer over 10 år, rente 0 %\. Laget 26\.11\.2026",
}  # fmt: skip


@pytest.fixture(scope="module")
def foersteside(tmp_path_factory: pytest.TempPathFactory) -> str:
    s = sammenlign([skriv_aatte(tmp_path_factory.mktemp("aatte"))], dato=date(2026, 11, 26))
    ingress = rapport(s).split("<nav")[0].split("<header>")[1]
    # The number of an item stands on it as its value.
    svar = re.sub(r'<li value="(\d+)">', r"\1. ", str(svardel(s)).split("<details>")[0])
    return " ".join(unescape(re.sub(r"<svg.*?</svg>|<[^>]+>", " ", f"{ingress} {svar}", flags=re.S)).split())


@pytest.mark.parametrize("spoersmaal", SPOERSMAAL)
def test_spoersmaalet_besvares_fra_foersteside_alene(spoersmaal: str, foersteside: str) -> None:
    assert re.search(SPOERSMAAL[spoersmaal], foersteside.replace("\u00a0", " ")), foersteside[:3000]


def test_arbeidsbokens_foersteside_sier_det_samme(tmp_path: Path) -> None:
    s = sammenlign([skriv_aatte(tmp_path)], trekninger=500, dato=date(2026, 11, 26))
    ark = sammenligningsplan(s).ark[0]
    assert ark.navn == "Svaret"
    tekst = " ".join(str(c.verdi) for c in ark.faste if isinstance(c.verdi, str)).replace("\u00a0", " ")
    for del_ in (
        "Det skyldes suksessrater (+578 226 kr)",
        "Veid snitt",
        "Nedre kvartil",
        "bare 1 tas inn i perioden",
        "Samlet: begge grupper",
    ):
        assert del_ in tekst
    # The chart is drawn from the numbers of the list, the best first.
    assert len(ark.figurer) == 2
    plasser = [
        c.verdi for c in sorted(ark.faste, key=lambda c: c.rad) if c.kol == 0 and isinstance(c.verdi, int | float)
    ]
    assert plasser[:8] == [1, 2, 3, 3, 3, 3, 7, 8]
