"""One reader for every CSV file that people save from a spreadsheet."""

from __future__ import annotations

from pathlib import Path

import pytest

from velferdslab_model.base.csv_reading import alle_delt, dekodet
from velferdslab_model.prisliste.applying import legg_over
from velferdslab_model.prisliste.writing import prisliste_csv
from velferdslab_model.scenarios.finding import finn_filer
from velferdslab_model.scenarios.loading import les_oppgitt

KODER = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252")


def test_sep_gjelder_bare_paa_foerste_linje() -> None:
    tekst = "sep=;\r\na;b\r\nkilde sep=,\r\n;x\r\n"
    (skilt,) = alle_delt(tekst, 10, 10).values()
    assert skilt.rader == [["a", "b"], ["kilde sep=,"], ["", "x"]]
    assert alle_delt("a;b\r\nsep=,\r\nc;d", 10, 10)[";"].rader == [["a", "b"], ["sep=,"], ["c", "d"]]


@pytest.mark.parametrize("foran", ["", "sep=;\r\n"])
@pytest.mark.parametrize("kode", KODER)
def test_prisliste_og_liste_over_scenarier_leses_i_samme_koding(kode: str, foran: str, tmp_path: Path) -> None:
    oppgitt = les_oppgitt(None)
    liste, samling = tmp_path / "priser.csv", tmp_path / "liste.csv"
    tekst = prisliste_csv(oppgitt, {}).decode("utf-8-sig").replace("–", "-").replace("→", "-")
    liste.write_bytes((foran + tekst).encode(kode))
    assert legg_over(oppgitt, liste).uendret == 48
    samling.write_bytes(f"{foran}fil;merknad\r\nTromsø.toml;x\r\n".encode(kode))
    assert finn_filer([samling])[0] == [tmp_path / "Tromsø.toml"]


def test_et_skilletegn_i_navnet_paa_en_fil_deler_ikke_en_liste_med_en_kolonne(tmp_path: Path) -> None:
    (tmp_path / "liste.csv").write_text("fil\nNes, Viken.toml\n", encoding="utf-8")
    assert finn_filer([tmp_path / "liste.csv"])[0] == [tmp_path / "Nes, Viken.toml"]


def test_en_arbeidsbok_er_ingen_csv_fil() -> None:
    with pytest.raises(ValueError, match=r"endelsen \.xlsx"):
        dekodet(b"PK\x03\x04")
