"""What an account's files may hold, and what is said of those that may not."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from velferdslab_model.errors import KanIkkeLese, UgyldigInndata
from velferdslab_model.parameters.priskatalog import innebygd_katalog
from velferdslab_model.utenfor.account import regn_utenfor
from velferdslab_model.utenfor.loading import UTENFORMALER, les_utenfor, utenfor_av, utenformal
from velferdslab_model.utenfor.terms import Utenforvilkaar

LITEN: dict[str, Any] = {
    "navn": "Konstruert", "maalgruppe": "konstruert", "prisaar": 2019, "fra_alder": 18, "til_alder": 20, "alder_ved_tiltak": 18,
    "antall": 10, "suksessfaktor": 0.5, "kostnad": {"kommune": 1000.0},
    "poster": [{"navn": "Post", "nivaa": "kommune", "slag": "tjeneste", "maalgruppe": {"18-19": 10.0, "20": 5.0}, "sammenligning": 1.0}],
}  # fmt: skip


def les(**endret: Any) -> Utenforvilkaar:
    data = {**LITEN, **endret}
    return utenfor_av({n: v for n, v in data.items() if v is not None}, "konstruert.toml")


def en_post(**endret: Any) -> list[dict[str, Any]]:
    return [{n: v for n, v in {**LITEN["poster"][0], **endret}.items() if v is not None}]


def test_belop_for_aldersspenn_blir_ett_for_hver_alder() -> None:
    v = les()
    assert v.poster[0].maalgruppe.tolist() == [10, 10, 5]
    assert v.poster[0].sammenligning.tolist() == [1, 1, 1]
    assert (v.horisont, v.aar_til_effekt, v.neddiskontering, v.konstruert) == (3, 0, 0, False)
    assert v.kilder["avgang"].startswith("antakelse")


@pytest.mark.parametrize(
    ("endret", "sagt"),
    [
        ({"suksessfaktor": 1.2}, "suksessfaktor er 1.2"),
        ({"suksessfaktor": None}, "suksessfaktor mangler"),
        ({"telling": {"suksess": 3.0, "forsoek": 9.0}}, "oppgitt sammen med telling"),
        ({"suksessfaktor": None, "telling": {"suksess": 9.0, "forsoek": 9.0}}, "ventet flere enn 0 og færre enn alle"),
        ({"alder_ved_tiltak": 17}, "utenfor profilens aldre (18–20)"),
        ({"til_alder": 17}, "til_alder er 17, før fra_alder"),
        ({"antall": 0}, "antall er 0"),
        ({"kostnad": {"fylke": 1}}, "kostnad.fylke er en ukjent nøkkel"),
        ({"poster": None}, "poster mangler"),
        ({"poster": en_post(slag="stønad")}, "poster[1].slag er teksten «stønad»"),
        ({"poster": en_post(nivaa="bydel")}, "poster[1].nivaa er teksten «bydel»"),
        ({"poster": en_post(nivaa=None)}, "poster[1].nivaa"),
        ({"poster": en_post(slag="produksjon")}, "hører ikke til en post av slaget «produksjon»"),
        ({"poster": en_post(maalgruppe={"18": 1.0, "20": 1.0})}, "mangler beløp for alder 19"),
        ({"poster": en_post(maalgruppe={"18-20": 1.0, "20": 2.0})}, "flere beløp for samme alder"),
        ({"poster": en_post(maalgruppe={"18-21": 1.0})}, "utenfor profilen (18–20)"),
        ({"poster": en_post(maalgruppe={"ung": 1.0})}, "ventet for eksempel"),
        ({"poster": en_post(maalgruppe=-1.0)}, "poster[1].maalgruppe er -1"),
        ({"poster": en_post() * 2}, "Hver post må ha sitt navn"),
        ({"konstruert": "ja"}, "ventet true eller false"),
        ({"avgang": 0.9}, "avgang er 0.9"),
        ({"rente": 0.04}, "rente er en ukjent nøkkel"),
        (
            {"poster": en_post(katalog="vgs_elev_2091")},
            "poster[1].katalog er «vgs_elev_2091», som ikke finnes i priskatalogen",
        ),
        ({"poster": en_post(katalog=7)}, "poster[1].katalog er 7"),
        ({"poster": en_post(katalog="g_2019")}, "poster[1].katalog er «g_2019», grunnbeløpet i folketrygden"),
        (
            {"poster": en_post(katalog="bpa_asker_udatert")},
            "katalog er «bpa_asker_udatert», ikke regnet om: uten prisår",
        ),
        (
            {"poster": en_post(katalog="sosialhjelp_snitt_maaned_2019")},
            'men posten er «tjenester». Ventet slag = "ytelse".',
        ),
        (
            {"poster": en_post(katalog="vgs_elev_2021", slag="ytelse")},
            "er «vgs_elev_2021», ingen overføring, men posten er «ytelser»",
        ),
        ({"poster": en_post(katalog="vgs_elev_2021", slag="skatt")}, "men posten er «skatter og avgifter»"),
        ({"poster": en_post(katalog="vgs_elev_2021", maalgruppe=9e9)}, "ganger antallet blir for mye"),
        ({"poster": en_post(katalog="vgs_elev_2021"), "prisaar": 1990}, "ikke regnet om: kommunal deflator dekker"),
        ({"poster": en_post(katalog="vgs_elev_2021"), "prisaar": True}, "prisaar er"),
    ],
)
def test_gale_verdier_sies_med_noekkel_og_verdi(endret: dict[str, Any], sagt: str) -> None:
    with pytest.raises(UgyldigInndata) as feil:
        les(**endret)
    assert sagt in str(feil.value)


@pytest.mark.parametrize("navn", UTENFORMALER)
def test_hver_mal_kan_leses_er_konstruert_og_gaar_ut_i_livsloepet(navn: str) -> None:
    v = utenfor_av(tomllib.loads(utenformal(navn)), navn)
    assert v.konstruert
    assert (v.fra_alder, v.til_alder) == (18, 58)
    # Nothing in the profile is published but the unit prices taken from the catalogue; of every other service it says which row is
    # nearest and why the amount is not its, or that none is found.
    assert all(p.kilde.startswith("konstruert") for p in v.poster)
    assert [p.navn for p in v.poster if "Enhetspris: " in p.kilde] == [
        "Økonomisk sosialhjelp",
        "Oppfølging og ny skoleplass",
    ]
    for p in v.poster:
        if p.slag in ("tjeneste", "ytelse") and "Enhetspris: " not in p.kilde:
            rader = re.findall(r"Beløpet er ikke radens: nærmest i priskatalogen: (\w+), som ", p.kilde)
            assert set(rader) <= set(innebygd_katalog()), p.navn
            assert bool(rader) or p.kilde == "konstruert: ikke funnet i priskatalogen", p.navn
    assert {p.nivaa for p in v.poster} == {"kommune", "fylkeskommune", "stat", ""}
    assert regn_utenfor(v).utfall["budsjett"].per_person > 0


def test_en_post_kan_vaere_et_antall_av_en_rad_i_katalogen() -> None:
    """By hand: 9 718 kr for a month in 2019; a year at school 181 600 kr in 2021, by the deflator (1.01 x 1.044) 172 224 kr in 2019."""
    ytelse = en_post(slag="ytelse", katalog="sosialhjelp_snitt_maaned_2019", kilde="telling 2024")
    (post,) = les(poster=ytelse).poster
    assert (post.maalgruppe.tolist(), post.sammenligning.tolist()) == ([97_180, 97_180, 48_590], [9718] * 3)
    assert post.kilde.startswith(
        "kilde: telling 2024. Enhetspris: 9\u00a0718 kr per måned, priskatalogen, sosialhjelp_snitt_maaned_2019 (grad "
    )
    assert "overføring: ingen kostnad for samfunnet" in post.kilde
    (skole,) = les(poster=en_post(katalog="vgs_elev_2021", maalgruppe=0.25, sammenligning=0.0)).poster
    assert skole.maalgruppe.tolist() == [round(181_600 / (1.01 * 1.044)) * 0.25] * 3
    assert (
        "(grad A: offentlig kilde; regnskapstall; 2021; 181\u00a0600 kr, regnet om med kommunal deflator)"
        in skole.kilde
    )
    # Without a source of the number itself, that is an antakelse.
    assert skole.kilde.startswith("antakelse: egen verdi, uten oppgitt kilde. Enhetspris: ")


def test_ukjent_mal_sier_hvilke_som_finnes() -> None:
    with pytest.raises(KanIkkeLese, match="barnevern"):
        utenformal("barnevernet")


_HODE = "alder;nivaa;slag;maalgruppe;sammenligning;antall_maalgruppe\n"


def profil(tmp_path: Path, rader: str) -> Utenforvilkaar:
    (tmp_path / "p.csv").write_text(rader, encoding="utf-8")
    toml = 'navn="K"\nmaalgruppe="k"\nprisaar=2019\nfra_alder=18\ntil_alder=19\nalder_ved_tiltak=18\nantall=10\nsuksessfaktor=0.5\n'
    (tmp_path / "k.toml").write_text(toml + 'profil = "p.csv"\n', encoding="utf-8")
    return les_utenfor(tmp_path / "k.toml")


def test_en_profil_av_registerdata_leses_med_norske_tall(tmp_path: Path) -> None:
    v = profil(
        tmp_path,
        _HODE + "18;kommune;tjeneste;1 234,50;kr 10;12\n19;kommune;tjeneste;5;6;5\n60;kommune;tjeneste;1;1;1\n",
    )
    assert v.poster[0].maalgruppe.tolist() == [1234.5, 5]
    assert v.poster[0].kilde == "kilde: egne registerdata"


@pytest.mark.parametrize(
    ("rader", "sagt"),
    [
        ("18;kommune;tjeneste;1;2;4\n19;kommune;tjeneste;1;2;9\n", "rad 2: antall_maalgruppe er under 5"),
        ("18;kommune;tjeneste;1;2;9\n", "mangler alder 19"),
        ("18;kommune;tjeneste;1;2;9\n18;kommune;tjeneste;1;2;9\n", "rad 3: alder 18 står en gang til"),
        ("18;bydel;tjeneste;1;2;9\n", "rad 2: nivaa er «bydel»"),
        ("18;kommune;tjeneste;mye;2;9\n", "rad 2: maalgruppe er «mye»"),
        ("18;kommune;tjeneste;-1;2;9\n", "rad 2: maalgruppe er -1"),
        ("18,5;kommune;tjeneste;1;2;9\n", "ventet hele år"),
        ("", "har ingen rader"),
    ],
)
def test_feil_i_en_profil_sies_med_rad(rader: str, sagt: str, tmp_path: Path) -> None:
    with pytest.raises(UgyldigInndata) as feil:
        profil(tmp_path, _HODE + rader)
    assert sagt in str(feil.value)


def test_en_profil_uten_overskrifter_sier_hvilke_som_ventes(tmp_path: Path) -> None:
    with pytest.raises(UgyldigInndata, match="«slag»"):
        profil(tmp_path, "alder;nivaa;maalgruppe;sammenligning\n")
