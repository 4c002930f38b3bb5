"""generate of many scenarios at once: a workbook each, the same as one at a time, or nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_kommandolinje import avvist
from tests.compare.kommuner import skriv
from tests.ladet import kjoer
from velferdslab_model.workbook.kind import EFFEKTMODELL
from velferdslab_model.workbook.stamp import er_uroert

DATO = ("--dato", "2026-01-15")


def test_en_mappe_gir_en_arbeidsbok_hver_lik_den_man_faar_alene(tmp_path: Path) -> None:
    inn = tmp_path / "inn"
    for i, navn in enumerate(("Aas", "Bø", "Cby")):
        skriv(inn, navn, f"[unge_voksne]\nloennskostnad = {310 + i}000\n", fil=f"{i}.toml")
    svar = kjoer("generate", "inn", "-o", "ut", *DATO, mappe=tmp_path)
    assert (svar.returncode, svar.stdout) == (0, b"")
    filnavn = ["effektmodell_aas.xlsx", "effektmodell_boe.xlsx", "effektmodell_cby.xlsx"]
    assert sorted(p.name for p in (tmp_path / "ut").iterdir()) == filnavn
    melding = svar.stderr.decode()
    assert "3 av 3 regnet ut" in melding
    assert melding.endswith("3 arbeidsbøker i ut\n")
    assert kjoer("generate", "inn/1.toml", "-o", "alene.xlsx", *DATO, mappe=tmp_path).returncode == 0
    assert (tmp_path / "alene.xlsx").read_bytes() == (tmp_path / "ut" / filnavn[1]).read_bytes()
    # Made again they are replaced; the workbooks are scenarios, too.
    assert kjoer("generate", "inn", "-o", "ut", mappe=tmp_path).returncode == 0
    svar = kjoer("generate", "ut", "-o", "ut2", "--register", mappe=tmp_path)
    assert svar.returncode == 0, svar.stderr
    assert sorted(p.name for p in (tmp_path / "ut2").iterdir()) == filnavn


def test_like_filnavn_holdes_fra_hverandre_uavhengig_av_rekkefolgen(tmp_path: Path) -> None:
    a, b = skriv(tmp_path, "Bø", fil="a.toml"), skriv(tmp_path, "Boe", fil="b.toml")
    for ut, filer in (("x", (a, b)), ("y", (b, a))):
        assert kjoer("generate", *filer, "-o", ut, *DATO, mappe=tmp_path).returncode == 0
        assert EFFEKTMODELL.navn_i(tmp_path / ut / "effektmodell_boe.xlsx") == "Boe"
        assert EFFEKTMODELL.navn_i(tmp_path / ut / "effektmodell_boe_2.xlsx") == "Bø"


def test_uten_o_skrives_de_i_output_og_prislisten_gjelder_alle(tmp_path: Path) -> None:
    skriv(tmp_path, "A")
    skriv(tmp_path, "B")
    assert kjoer("prices", "-o", "priser.xlsx", mappe=tmp_path).returncode == 0
    svar = kjoer("generate", "a.toml", "b.toml", "--prices", "priser.xlsx", mappe=tmp_path)
    assert svar.returncode == 0, svar.stderr
    assert svar.stderr.decode().count("Prisliste priser.xlsx: 0 priser endret") == 2
    assert len(list((tmp_path / "output").iterdir())) == 2


def test_oedelagte_listes_og_ingenting_skrives_uten_hopp_over_feil(tmp_path: Path) -> None:
    inn = tmp_path / "inn"
    skriv(inn, "A")
    skriv(inn, "B")
    skriv(inn, "F1", "prisaar = nei\n")
    skriv(inn, "F2", "[familier]\nanalyseperiode = 99\n")
    melding = avvist(kjoer("generate", "inn", "-o", "ut", mappe=tmp_path))
    assert "2 av 4 filer kan ikke brukes" in melding
    assert "f1.toml" in melding
    assert "f2.toml" in melding
    assert not (tmp_path / "ut").exists()
    svar = kjoer("generate", "inn", "-o", "ut", "--hopp-over-feil", mappe=tmp_path)
    assert svar.returncode == 0
    linjer = svar.stderr.decode().splitlines()
    assert linjer[-1] == "2 arbeidsbøker i ut, 2 hoppet over"
    assert sum(linje.startswith("Hoppet over: ") for linje in linjer) == 2
    assert len(list((tmp_path / "ut").iterdir())) == 2


def test_ett_endret_maal_stopper_alle(tmp_path: Path) -> None:
    skriv(tmp_path, "A")
    skriv(tmp_path, "B")
    (tmp_path / "ut").mkdir()
    (tmp_path / "ut" / "effektmodell_b.xlsx").write_bytes(b"mitt arbeid")
    melding = avvist(kjoer("generate", "a.toml", "b.toml", "-o", "ut", mappe=tmp_path))
    assert "Ingenting er skrevet" in melding
    assert [p.name for p in (tmp_path / "ut").iterdir()] == ["effektmodell_b.xlsx"]
    assert kjoer("generate", "a.toml", "b.toml", "-o", "ut", "--force", mappe=tmp_path).returncode == 0
    assert all(er_uroert(p.read_bytes()) for p in (tmp_path / "ut").iterdir())


@pytest.mark.parametrize(
    ("argumenter", "ventet"),
    [
        (["a.toml", "b.toml", "-o", "ut.xlsx"], "flere scenarier skrives i en mappe"),
        (["a.toml", "b.toml", "-o", "a.toml"], "flere scenarier skrives i en mappe"),
        (["tom", "-o", "ut"], "er en mappe uten scenarier"),
        ([".", "-o", "."], "ville blitt scenarier neste gang"),
        (["a.toml", "borte.toml", "-o", "ut"], "borte.toml: filen finnes ikke"),
    ],
)
def test_feil_bruk_gir_melding_og_ingen_fil(argumenter: list[str], ventet: str, tmp_path: Path) -> None:
    skriv(tmp_path, "A")
    skriv(tmp_path, "B")
    (tmp_path / "tom").mkdir()
    foer = sorted(tmp_path.iterdir())
    assert ventet in " ".join(avvist(kjoer("generate", *argumenter, mappe=tmp_path)).split())
    assert sorted(tmp_path.iterdir()) == foer
