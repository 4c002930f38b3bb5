"""A workbook knows what it was made with: sources, indices and tabs on request follow through edits."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.conftest import DATO, TILLEGG
from tests.regneark import Innskriving, LibreOffice
from tests.workbook.fiendtlige import deler, pakk
from velferdslab_model.check.kontroll import kontroller
from velferdslab_model.effektbok.oekonomiplan_tab import oekonomiplanfane
from velferdslab_model.effektbok.origin import pakk as pakk_opphav
from velferdslab_model.effektbok.origin import pakk_ut
from velferdslab_model.effektbok.reading import KILDE_SLETTET
from velferdslab_model.effektbok.register_tab import REGISTERFANE
from velferdslab_model.effektbok.writing import arbeidsbok
from velferdslab_model.parameters.kilder import UTEN_KILDE
from velferdslab_model.parameters.loading import fra_toml
from velferdslab_model.parameters.typer import Forutsetninger
from velferdslab_model.prisliste.writing import write_prisliste
from velferdslab_model.results import beregn
from velferdslab_model.scenarios.loading import les_oppgitt, load_forutsetninger, load_med_priser
from velferdslab_model.uncertainty.analyse import analyser
from velferdslab_model.uncertainty.tabs import faner

KOSTNADER = "Unge voksne | Kostnader"
EGNE: dict[str, Any] = {
    "navn": "Konstruert",
    "vis_i_prisaar": 2025,
    "indekser": {
        "kommunal_deflator": {"2019": 100, "2025": 131.5},
        "kpi": {"2025": 137},
        "loennsvekst": {"2019": 80, "2025": 101},
    },
}


def bok(f: Forutsetninger, fil: Path, med_faner: bool = True) -> Path:
    fil.write_bytes(arbeidsbok(beregn(f), DATO, [REGISTERFANE, oekonomiplanfane()] if med_faner else []))
    return fil


@pytest.mark.treg
@pytest.mark.libreoffice
@pytest.mark.parametrize(
    "skriv",
    [
        [(KOSTNADER, "F9", 500)],
        [("Unge voksne", "C9", 0.04), ("Familie", "C8", 2024), (KOSTNADER, "H9", 2)],
        [("Unge voksne | Gevinster", "H19", "Budsjett 2025"), ("Unge voksne | Gevinster", "C19", 400_000)],
        [("Unge voksne | Gevinster", "H19", None), (KOSTNADER, "L9", None)],
        [(KOSTNADER, f"{kol}24", v) for kol, v in zip("ADFGHIJK", ("Nytt", "Drift", 9, "Stat", 1, 1, 1, 1), strict=True)],
        [(KOSTNADER, f"{kol}8", None) for kol in "ABCDEFGHIJKLM"],
        [(KOSTNADER, "A9", "Et annet navn"), ("Introduksjonsark", "B15", "Bergen ")],
        [("Introduksjonsark", "B16", 2023)],
        [("Økonomiplan", "C4", 2023)],
    ],
)  # fmt: skip
def test_vanlige_endringer_i_en_bok_med_tilleggsfaner_gir_ingen_funn(
    skriv: Innskriving, tmp_path: Path, libreoffice: LibreOffice
) -> None:
    fra = bok(fra_toml({}, "test", "Asker"), tmp_path / "fra.xlsx")
    libreoffice.lagre(fra, tmp_path / "til.xlsx", skriv)
    assert kontroller(tmp_path / "til.xlsx").funn == []


def test_en_uroert_bok_med_egne_indekser_og_tilleggsfaner_har_ingen_funn(tmp_path: Path) -> None:
    f = fra_toml(EGNE, "test", "test")
    k = kontroller(bok(f, tmp_path / "bok.xlsx"))
    assert k.funn == []
    assert [e.noekkel for _, e in k.endringer] == ["navn"]


@pytest.mark.treg(unntatt=1)
@pytest.mark.parametrize("fra_aar", [None, "2022", 2022.5, 1800])
def test_et_umulig_foerste_aar_i_oekonomiplanen_er_ett_funn(
    fra_aar: float | str | None, tmp_path: Path, libreoffice: LibreOffice
) -> None:
    fra = bok(fra_toml({}, "test", "Asker"), tmp_path / "fra.xlsx")
    libreoffice.lagre(fra, tmp_path / "til.xlsx", [("Økonomiplan", "C4", fra_aar)])
    (funn,) = kontroller(tmp_path / "til.xlsx").funn
    assert (funn.slag, funn.sted) == ("inndata", "Økonomiplan!C4")


@pytest.mark.parametrize(
    ("celle", "fra", "til", "slag"),
    [
        ("formel", b"IF(UV_loennskostnad=&quot;&quot;,&quot;&quot;,UV_loennskostnad)", b"1*300000", "formel"),
        ("beskyttelse", b"<sheetProtection ", b"<!--x--><annet ", "beskyttelse"),
    ],
)
def test_tukling_med_registeret_blir_funnet_selv_om_et_tiltak_er_kommet_til(
    celle: str, fra: bytes, til: bytes, slag: str, tmp_path: Path
) -> None:
    nytt = {"navn": "Nytt", "beskrivelse": "", "type_kostnad": "", "kategori": "drift", "kostnadsdriver": "timer",
            "enhetskostnad": 1, "betaler": "stat", "volum": {"uholdbar": 1, "utsatt": 1, "stabil": 1}, "ganger_per_aar": 1}  # fmt: skip
    fil = bok(fra_toml({"unge_voksne": {"tiltak": [nytt]}}, "test", "Asker"), tmp_path / "bok.xlsx")
    alle = deler(fil.read_bytes())
    register = alle["xl/worksheets/sheet8.xml"]
    fra = fra.replace(b"&quot;", b'"') if fra not in register else fra
    assert fra in register, celle
    fil.write_bytes(pakk({**alle, "xl/worksheets/sheet8.xml": register.replace(fra, til, 1)}))
    assert slag in {f.slag for f in kontroller(fil).funn}


def test_en_bok_med_alle_tilleggsfaner_har_ingen_funn(tmp_path: Path) -> None:
    analyse = analyser(fra_toml({}, "test", "Asker"), 100, 1)
    fil = tmp_path / "bok.xlsx"
    fil.write_bytes(arbeidsbok(analyse.resultat, DATO, [*TILLEGG, *faner(analyse)]))
    assert kontroller(fil).funn == []


def test_egne_indekser_overlever_arbeidsboken(tmp_path: Path) -> None:
    f = fra_toml(EGNE, "test", "test")
    lest = load_forutsetninger(bok(f, tmp_path / "bok.xlsx"))
    assert lest == f
    assert lest.indekser == f.indekser
    (tmp_path / "egne.toml").write_text("vis_i_prisaar = 2019\n")
    tilbake = load_forutsetninger(tmp_path / "bok.xlsx", 2019)
    assert tilbake.unge_voksne.loennskostnad == pytest.approx(300_000, rel=1e-12)


def test_hvordan_beloep_ble_regnet_om_sies_ogsaa_naar_boken_lages_paa_nytt(tmp_path: Path) -> None:
    f = fra_toml({"vis_i_prisaar": 2024}, "test", "test")
    lest = load_forutsetninger(bok(f, tmp_path / "bok.xlsx"))
    assert lest.omregning == f.omregning
    igjen = load_forutsetninger(tmp_path / "bok.xlsx", 2023).omregning
    assert igjen.startswith(", regnet om fra 2024 med kommunal deflator, årslønn og KPI. Før det regnet om fra 2019")
    assert "årslønn 2022 foreløpig, 2023 ikke kontrollert" in igjen


def test_fordelingene_overlever_arbeidsboken(tmp_path: Path) -> None:
    usikkerhet = {
        "suksessrate.utsatt": {"fordeling": "beta", "suksess": 17, "forsoek": 24},
        "loennskostnad": {"fordeling": "uniform", "minst": 200_000, "mest": 400_000},
        "tiltak.Booppfølging.enhetskostnad": {"fordeling": "lognormal", "snitt": 475, "sd": 60},
    }
    f = fra_toml({"vis_i_prisaar": 2024, "unge_voksne": {"usikkerhet": usikkerhet}}, "test", "Asker")
    assert f.unge_voksne.usikkerhet.keys() == usikkerhet.keys()
    lest = load_forutsetninger(bok(f, tmp_path / "bok.xlsx", med_faner=False))
    assert lest.unge_voksne.usikkerhet == f.unge_voksne.usikkerhet
    assert lest == f


@pytest.mark.libreoffice
def test_kilden_til_et_tall_foelger_ikke_med_til_et_annet_tall(tmp_path: Path, libreoffice: LibreOffice) -> None:
    f = fra_toml({"unge_voksne": {"loennskostnad": 400_000, "kilder": {"loennskostnad": "Budsjett"}}}, "test", "Asker")
    fra = bok(f, tmp_path / "fra.xlsx", med_faner=False)
    libreoffice.lagre(fra, tmp_path / "til.xlsx", [("Unge voksne | Gevinster", "C19", 450_000)])
    assert load_forutsetninger(tmp_path / "til.xlsx").unge_voksne.kilder["loennskostnad"] == UTEN_KILDE


@pytest.mark.libreoffice
def test_en_slettet_kilde_og_et_linjeskift_kommer_med(tmp_path: Path, libreoffice: LibreOffice) -> None:
    fra = bok(fra_toml({}, "test", "Asker"), tmp_path / "fra.xlsx", med_faner=False)
    skriv: Innskriving = [("Unge voksne | Gevinster", "H19", None), (KOSTNADER, "B9", "To\nlinjer")]
    libreoffice.lagre(fra, tmp_path / "til.xlsx", skriv)
    k = kontroller(tmp_path / "til.xlsx")
    assert {(e.noekkel, e.ny) for _, e in k.endringer} == {
        ("loennskostnad.kilde", KILDE_SLETTET),
        ("tiltak.Booppfølging.beskrivelse", "To linjer"),
    }
    assert k.funn == []


def test_omregnet_frem_og_tilbake_er_ingen_endring_av_kilder(tmp_path: Path) -> None:
    f = fra_toml({"vis_i_prisaar": 2024}, "test", "Asker")
    fil = bok(f, tmp_path / "f24.xlsx", med_faner=False)
    tilbake = load_forutsetninger(fil, 2019)
    assert kontroller(bok(tilbake, tmp_path / "f19.xlsx")).endringer == []


def test_en_uendret_prisliste_paa_en_omregnet_bok_beholder_kildene(tmp_path: Path) -> None:
    write_prisliste(les_oppgitt(None), tmp_path / "priser.csv", DATO)
    fil = bok(fra_toml({"vis_i_prisaar": 2024}, "test", "Asker"), tmp_path / "bok.xlsx", med_faner=False)
    f, endring = load_med_priser(fil, tmp_path / "priser.csv")
    assert endring.endret == 0
    assert f == load_forutsetninger(fil)


def test_opphavet_kan_mangle_eller_vaere_oedelagt_uten_at_lesingen_stopper() -> None:
    f = fra_toml(EGNE, "test", "test")
    pakket = pakk_opphav(f)
    assert pakk_ut(pakket) == f
    assert all(len(bit) <= 255 for bit in pakket.values())
    assert pakk_ut({}) is None
    foerste = next(iter(pakket))
    assert pakk_ut({**pakket, foerste: "x"}) is None
    assert pakk_ut({foerste: "AAAA"}) is None
