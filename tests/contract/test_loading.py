"""Contract files: what is wrong is told once, in one go, and nothing is assumed that a user must give."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from velferdslab_model.contract.loading import MALER, kontraktsmal, les_kontrakt
from velferdslab_model.contract.loading import kontrakt_av as fra_data
from velferdslab_model.contract.terms import Kontrakt
from velferdslab_model.errors import KanIkkeLese, UgyldigInndata
from velferdslab_model.parameters.validation import SkrevetTall

ROT = Path(__file__).parents[2]
GRUNN = """
valuta = "NOK"
startaar = 2024
kontraktaar = 4
betalingsaar = [3, 4]
suksessrate = 0.5
inntak = { forventet = 20 }
[[priskort]]
maaned = 12
pris = 150000
[tak]
kontrakt = 6000000
[investor]
honorar = 0.1
"""


def les(tekst: str) -> Kontrakt:
    return fra_data(tomllib.loads(tekst, parse_float=SkrevetTall), "k.toml", "k")


def feil(gammelt: str, nytt: str) -> str:
    assert gammelt in GRUNN
    with pytest.raises(UgyldigInndata) as info:
        les(GRUNN.replace(gammelt, nytt))
    assert len(info.value.feil) == 1, info.value.feil
    return str(info.value)


def test_en_kort_kontrakt_kan_leses() -> None:
    v = les(GRUNN)
    assert v.suksessrate == (0.5,) * 4
    assert v.inntak.lav == v.inntak.hoey == 20
    assert v.nullalternativ is None


@pytest.mark.parametrize(
    ("gammelt", "nytt", "ventet"),
    [
        ("kontrakt = 6000000", "kontrakt = 100000", "tak.kontrakt er 100\u00a0000, mindre enn én pris (150\u00a0000)"),
        ("maaned = 12", "maaned = -3", "priskort[1].maaned er -3, ventet et helt tall fra 1"),
        ("betalingsaar = [3, 4]", "betalingsaar = []", "betalingsaar er en tom liste, ventet en liste med kontraktår"),
        ("betalingsaar = [3, 4]", "betalingsaar = [3, 5]", "betalingsaar har år 5, men kontrakten har 4 år"),
        ("betalingsaar = [3, 4]", "betalingsaar = [5, 6]", "betalingsaar har år 5 og 6, men kontrakten har 4 år"),
        ("honorar = 0.1", "honorar = -0.1", "investor.honorar er -0.1, ventet en andel mellom 0 og 1"),
        ("forventet = 20", "forventet = 0", "inntak.forventet er 0, ventet et helt tall fra 1 til 500"),
        ("suksessrate = 0.5", "suksessrate = 1.2", "suksessrate er 1.2, ventet en andel mellom 0 og 1"),
        ("suksessrate = 0.5", "suksessrate = 50", "Mente du 0.50?"),
        ("pris = 150000", 'pris = 150000\nvaluta = "DKK"', "er teksten «DKK», men kontrakten er i NOK"),
        ("pris = 150000", "pris = 150.000", "Mente du 150000?"),
        ("betalingsaar = [3, 4]", "betalingsaar = [2026]", "Skriv kontraktår (1 til 4), ikke årstall"),
        ('valuta = "NOK"', 'valuta = "kroner"', "valuta er teksten «kroner», ventet en av NOK"),
        ("startaar = 2024\n", "", "startaar mangler."),
        ("suksessrate = 0.5", "", "suksessrate mangler."),
        ("suksessrate = 0.5", "suksessrate = [0.5, 0.6]", "suksessrate har 2 tall, ventet ett for hver av de 4 kohortene"),
        ("suksessrate = 0.5", "telling = { suksess = 20, forsoek = 20 }", "ventet flere enn 0 og færre enn alle"),
        ("betalingsaar = [3, 4]\n", "", "betalingsaar mangler."),
        ("kontrakt = 6000000", "kontrakt = 6000000\noverfoering = true", "ikke noe tak per år å overføre fra"),
        ("suksessrate = 0.5", 'suksessrate = 0.5\npris_grunnlag = "etter fradrag"', "ingenting å trekke fra"),
        ("suksessrate = 0.5", 'suksessrate = 0.5\nkohorter = "noen"', "kohorter er teksten «noen», ventet en av"),
        ("forventet = 20", "forventet = 20, lav = 25", "ventet stigende tall"),
        ("honorar = 0.1", "honorar = 0.1\n[nullalternativ]\nfoer = 100\nvarighet = 5", "nullalternativ.etter mangler"),
        ("honorar = 0.1", "honorar = 0.1\n[avvikling]\netter_aar = 4\nkompensasjon = 0", "ventet et år før det siste (4)"),
        ("startaar = 2024", "startaar = 2024\nstanses_etter = 4", "stanses_etter er 4, ventet et år før det siste (4)"),
        ("startaar = 2024", 'startaar = 2024\nstanses_etter = "to"', "stanses_etter er teksten «to», ventet et helt tall"),
        ("honorar", "honnorar", "Mente du honorar?"),
        ("pris = 150000", "pris = 150000\n[[priskort]]\nmaaned = 6\npris = 1", "ikke etter oppfølgingen før (12)"),
        ("pris = 150000", "pris = 150000\n[[priskort]]\nmaaned = 18\npris = 1\nholder = 0.5\n[[priskort]]\nmaaned = 24\npris = 1\nholder = 0.6", "kan bare falle"),
        ("pris = 150000", "pris = 150000\nholder = 0.9", "priskort[1].holder er 0,9, ventet 1"),
    ],
)  # fmt: skip
def test_hvert_daarlig_vilkaar_gir_en_melding(gammelt: str, nytt: str, ventet: str) -> None:
    assert ventet in feil(gammelt, nytt)


def test_alle_feil_i_filen_fortelles_samtidig() -> None:
    daarlig = (
        GRUNN.replace("0.5", "1.2").replace("forventet = 20", "forventet = 0").replace("honorar = 0.1", "honorar = -1")
    )
    with pytest.raises(UgyldigInndata, match=r"3 feil i k\.toml") as info:
        les(daarlig)
    assert len(info.value.feil) == 3


@pytest.mark.parametrize("navn", MALER)
def test_malene_kan_leses_og_er_de_samme_som_i_templates(navn: str) -> None:
    assert (ROT / "templates" / "kontrakter" / f"{navn}.toml").read_text(encoding="utf-8") == kontraktsmal(navn)
    v = les(kontraktsmal(navn))
    assert all(kilde.startswith(("kilde: ", "antakelse: ", "konstruert")) for kilde in v.kilder.values())


def test_hver_mal_sier_hva_som_er_kilde_og_hva_som_er_konstruert() -> None:
    for navn in MALER:
        assert "KONSTRUERT" in kontraktsmal(navn)
        assert "KILDE" in kontraktsmal(navn) or navn == "overtakelse"


def test_malene_har_egen_valuta_og_spoer_om_nullalternativet() -> None:
    lest = {navn: les(kontraktsmal(navn)) for navn in MALER}
    assert {navn: v.valuta for navn, v in lest.items() if v.valuta != "NOK"} == {
        "dansk_priskort": "DKK",
        "koebenhavn": "DKK",
    }
    assert [navn for navn, v in lest.items() if v.nullalternativ is not None] == ["asker"]


def test_belopene_i_malene_er_kildens() -> None:
    dansk, kbh, nav = (les(kontraktsmal(n)) for n in ("dansk_priskort", "koebenhavn", "nav_innovasjonspris"))
    assert [linje.pris for linje in dansk.priskort] == [20_000] * 4 + [40_000]
    assert sum(f.beloep for f in kbh.fast_betaling) == 4_000_000
    assert [f.beloep for f in nav.fast_betaling] == [3 * 50_000, 450_000]


def test_uten_fil_er_det_askers_kontrakt() -> None:
    v = les_kontrakt()
    assert v == les_kontrakt(ROT / "templates" / "kontrakter" / "asker.toml")
    assert v.tak.kontrakt == 6_000_000


def test_ukjent_mal_gir_forslag() -> None:
    with pytest.raises(KanIkkeLese, match=r"Mente du koebenhavn\?"):
        kontraktsmal("kobenhavn")
