"""new --maler: the templates wherever the program is installed, and nobody's work replaced."""

from __future__ import annotations

from pathlib import Path

from tests.cli.test_kommandolinje import avvist
from tests.ladet import ROT, kjoer

MALER = ROT / "templates"


def test_malene_kopieres_og_kan_sammenlignes(tmp_path: Path) -> None:
    assert kjoer("new", "--maler", "eks", mappe=tmp_path).returncode == 0
    her = {p.relative_to(tmp_path / "eks"): p.read_bytes() for p in (tmp_path / "eks").rglob("*.toml")}
    assert her == {p.relative_to(MALER): p.read_bytes() for p in MALER.rglob("*.toml")}
    assert len(her) > 5
    svar = kjoer("compare", "eks/kommuner", mappe=tmp_path)
    assert svar.returncode == 0, svar.stderr
    assert kjoer("new", "--maler", "eks", mappe=tmp_path).returncode == 0  # the same again


def test_en_endret_mal_stopper_alle(tmp_path: Path) -> None:
    fil = tmp_path / "eks" / "kommuner" / "konstruert_c.toml"
    fil.parent.mkdir(parents=True)
    fil.write_text("mitt", encoding="utf-8")
    assert "konstruert_c.toml" in avvist(kjoer("new", "--maler", "eks", mappe=tmp_path))
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == [fil]
    assert kjoer("new", "--maler", "eks", "--force", mappe=tmp_path).returncode == 0
    assert fil.read_text(encoding="utf-8") != "mitt"


def test_maler_brukes_alene(tmp_path: Path) -> None:
    assert "brukes uten NAVN" in avvist(kjoer("new", "Bergen", "--maler", "eks", mappe=tmp_path))
    assert list(tmp_path.iterdir()) == []
