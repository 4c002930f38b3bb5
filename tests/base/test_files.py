from __future__ import annotations

import errno
import os
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

import velferdslab_model
from velferdslab_model.base.files import IkkeVanligFil, hvorfor, proev_maal, skriv_fil, til_lesing
from velferdslab_model.cli import cli
from velferdslab_model.errors import KanIkkeSkrive, VelferdslabError


def alltid(_: bytes) -> str | None:
    return None


def test_ny_fil_faar_vanlige_rettigheter(tmp_path: Path) -> None:
    skriv_fil(tmp_path / "a", b"x", alltid, False)
    (tmp_path / "b").write_bytes(b"x")
    assert (tmp_path / "a").stat().st_mode == (tmp_path / "b").stat().st_mode


@pytest.mark.parametrize("feil", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()])
def test_avbrudd_under_skriving_lar_den_gamle_filen_staa_hel(
    feil: BaseException, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    maal = tmp_path / "bok.xlsx"
    maal.write_bytes(b"gammel")

    def stopp(_: int) -> None:
        raise feil

    monkeypatch.setattr(os, "fsync", stopp)
    with pytest.raises((KanIkkeSkrive, KeyboardInterrupt)):
        skriv_fil(maal, b"ny", alltid, False)
    assert maal.read_bytes() == b"gammel"
    assert os.listdir(tmp_path) == ["bok.xlsx"]


def test_full_disk_gir_melding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(KanIkkeSkrive, match="kan ikke skrives"):
        skriv_fil(tmp_path / "bok.xlsx", b"ny", alltid, False)


def test_skrivebeskyttet_fil_blir_staaende(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    maal = tmp_path / "bok.xlsx"
    maal.write_bytes(b"gammel")
    monkeypatch.setattr(os, "access", lambda *_: False)  # as for an ordinary user; root may write anywhere
    with pytest.raises(KanIkkeSkrive, match="ikke tilgang"):
        skriv_fil(maal, b"ny", alltid, True)
    assert maal.read_bytes() == b"gammel"


def test_nulltegn_i_filnavn_gir_melding(tmp_path: Path) -> None:
    with pytest.raises(KanIkkeSkrive, match="ikke et gyldig filnavn"):
        skriv_fil(str(tmp_path / "a\0b"), b"x", alltid, False)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="navngitte rør finnes ikke her")
def test_et_roer_og_en_enhet_leses_ikke_og_ventes_ikke_paa(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "roer")
    for fil in (tmp_path / "roer", Path(os.devnull)):
        with pytest.raises(IkkeVanligFil) as feil:
            til_lesing(fil)
        assert "ingen vanlig fil" in hvorfor(feil.value)
    with pytest.raises(IsADirectoryError):
        til_lesing(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="navngitte rør finnes ikke her")
@pytest.mark.parametrize("navn", ["roer", "roer.toml", "roer.xlsx", "roer.csv"])
def test_ingen_kommando_venter_paa_et_navngitt_roer(navn: str, tmp_path: Path) -> None:
    roer = tmp_path / navn
    os.mkfifo(roer)
    for argumenter in (["run", str(roer)], ["check", str(roer)], ["compare", str(roer), str(roer)], ["run", "--prices", str(roer)],
                       ["run", "--indekser", str(roer)], ["generate", str(roer)], ["uncertainty", str(roer)], ["new", "--from", str(roer)],
                       ["contract", str(roer)], ["katalog", "--katalog", str(roer)]):  # fmt: skip
        svar = CliRunner().invoke(cli, argumenter)
        assert isinstance(svar.exception, VelferdslabError), (argumenter, svar.output)
        assert navn in str(svar.exception)


def test_et_kjempestort_maal_leses_ikke(tmp_path: Path) -> None:
    maal = tmp_path / "stor.xlsx"
    with maal.open("wb") as stroem:
        stroem.truncate(40 * 10**9)  # a hole, which takes no room
    with pytest.raises(KanIkkeSkrive, match="ikke laget av dette programmet"):
        skriv_fil(maal, b"x", lambda gammelt: "er lest", False)


def test_en_privat_fil_forblir_privat(tmp_path: Path) -> None:
    maal = tmp_path / "a"
    maal.write_bytes(b"gammel")
    maal.chmod(0o600)
    skriv_fil(maal, b"ny", alltid, False)
    assert maal.read_bytes() == b"ny"
    assert maal.stat().st_mode & 0o777 == 0o600


def test_et_langt_filnavn_sies_aa_vaere_for_langt(tmp_path: Path) -> None:
    with pytest.raises(KanIkkeSkrive, match="navnet er for langt"):
        skriv_fil(tmp_path / ("å" * 200), b"x", alltid, False)
    with pytest.raises(KanIkkeSkrive, match="navnet er for langt"):
        proev_maal(tmp_path / ("å" * 200), alltid, False)


def test_alt_som_leses_av_en_bruker_aapnes_paa_den_ene_maaten() -> None:
    """Another way would wait for a pipe that nobody writes to."""
    pakke = Path(velferdslab_model.__file__).parent
    tekster = {fil.relative_to(pakke).as_posix(): fil.read_text(encoding="utf-8") for fil in pakke.rglob("*.py")}

    def med(moenster: str) -> set[str]:
        return {navn for navn, tekst in tekster.items() if re.search(moenster, tekst)}

    assert med(r"(?<!arkiv)\.open\(|(?<![.\w])open\(") == {
        "base/files.py",
        # Standard output; the browser; and the page's own files in its private folder, which no user names.
        "cli/__init__.py",
        "app/cases.py",
        "app/running.py",
        "app/site.py",
        "base/nettleser.py",
    }
    # What is read so comes with the program.
    assert med(r"\.read_(?:bytes|text)\(") - med("importlib.resources") == {
        "base/files.py",
        "app/cases.py",
        "app/doing.py",
        "app/site.py",
        "app/rooms/assess_work.py",
    }
