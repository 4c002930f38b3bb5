from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from velferdslab_model.base.files import skriv_fil
from velferdslab_model.errors import KanIkkeSkrive


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
