"""The shortcut starts this program whatever its path is called, stands where the system looks, and replaces only its own."""

from __future__ import annotations

import configparser
import http.client
import os
import re
import signal
import subprocess
import webbrowser
from pathlib import Path

import pytest
from click.testing import CliRunner

from velferdslab_model.app.shortcut import lag_snarvei, programmet, steder
from velferdslab_model.base.nettleser import vis_i_nettleser
from velferdslab_model.cli import cli

RAR = '/hjem/Åse "50 %" $HOME `x` \\y/velferdslab'


def kommandoen(desktop: str) -> list[str]:
    """What a .desktop file starts, read as the specification says: first as a text, then as words in quotes."""
    oppsett = configparser.RawConfigParser(strict=False)
    oppsett.optionxform = str  # type: ignore[assignment, method-assign]  # the keys as they are
    oppsett.read_string(desktop)
    exec_ = oppsett["Desktop Entry"]["Exec"].replace("\\\\", "\\")
    ordene = re.findall(r'"((?:\\.|[^"\\])*)"', exec_)
    return [re.sub(r"\\(.)", r"\1", ord_).replace("%%", "%") for ord_ in ordene]


def test_et_rart_sted_er_fortsatt_ett_ord_i_hver_slags_snarvei() -> None:
    assert kommandoen(lag_snarvei("linux", [RAR]).innhold.decode()) == [RAR, "app"]
    mac = lag_snarvei("mac", [RAR]).innhold.decode().splitlines()[-1].removeprefix("exec ")
    sagt = subprocess.run(["sh", "-c", f'for x in {mac}; do echo "$x"; done'], capture_output=True, check=True)
    assert sagt.stdout.decode().splitlines() == [RAR, "app"]
    bat = lag_snarvei("windows", ["C:\\Åse 50 %\\velferdslab.exe"]).innhold.decode().split("\r\n")
    assert '"C:\\Åse 50 %%\\velferdslab.exe" "app"' in bat
    assert bat.index("chcp 65001 >nul") < bat.index('"C:\\Åse 50 %%\\velferdslab.exe" "app"')


def test_skrivebordet_heter_det_systemet_sier(tmp_path: Path) -> None:
    meny = tmp_path / ".local/share/applications"
    assert steder("linux", tmp_path) == [meny]
    (tmp_path / "Skrivebord").mkdir()
    (tmp_path / ".config").mkdir()
    (tmp_path / ".config/user-dirs.dirs").write_text('XDG_DESKTOP_DIR="$HOME/Skrivebord"\n', encoding="utf-8")
    assert steder("linux", tmp_path) == [tmp_path / "Skrivebord", meny]
    assert steder("mac", tmp_path) == [tmp_path]


@pytest.mark.skipif(os.name != "posix", reason="kjører det .desktop-filen sier")
def test_snarveien_starter_siden_og_bare_var_egen_erstattes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "Desktop").mkdir()
    fil = tmp_path / "Desktop/velferdslab.desktop"
    for _ in range(2):
        svar = CliRunner().invoke(cli, ["snarvei"])
        assert svar.exit_code == 0, svar.output
        assert f"Skrev {fil}" in svar.output
    assert os.access(fil, os.X_OK)
    with subprocess.Popen(
        [*kommandoen(fil.read_text(encoding="utf-8")), "--uten-nettleser"],
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        text=True,
    ) as prosess:
        assert prosess.stderr is not None
        funn = re.match(r"Siden er klar: http://(127\.0\.0\.1:\d+)/", prosess.stderr.readline())
        try:
            assert funn
            kobling = http.client.HTTPConnection(funn[1], timeout=60)
            kobling.request("GET", "/start")
            assert kobling.getresponse().status == 403  # it serves, and only the one who has the address
            kobling.close()
            prosess.send_signal(signal.SIGHUP)  # the window is closed, while the rest still loads
            assert "slettet" in prosess.communicate(timeout=60)[1]
        finally:
            prosess.kill()
    for eget, hvorfor in (
        (fil.read_text(encoding="utf-8") + "Icon=min\n", "er endret siden programmet skrev den"),
        ("mitt eget", "er ikke laget av dette programmet"),
    ):
        fil.write_text(eget, encoding="utf-8")
        assert hvorfor in str(CliRunner().invoke(cli, ["snarvei"]).exception)
        assert fil.read_text(encoding="utf-8") == eget
    assert "slutter på" in str(CliRunner().invoke(cli, ["snarvei", "-o", str(tmp_path / "x.lnk")]).exception)
    assert programmet("linux")[0].endswith("velferdslab")


def test_en_nettleser_i_terminalen_startes_ikke(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webbrowser, "get", lambda: webbrowser.GenericBrowser(["lynx", "%s"]))
    assert not vis_i_nettleser(tmp_path / "a.html")

    class Vindu(webbrowser.BaseBrowser):
        def open(self, url: str, new: int = 0, autoraise: bool = True) -> bool:
            return url.endswith("/a.html")

    monkeypatch.setattr(webbrowser, "get", Vindu)
    assert vis_i_nettleser(tmp_path / "a.html")

    def ingen() -> webbrowser.BaseBrowser:
        raise webbrowser.Error

    monkeypatch.setattr(webbrowser, "get", ingen)
    assert not vis_i_nettleser(tmp_path / "a.html")
