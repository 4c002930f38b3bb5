"""A shortcut that starts the page by a double click: what it says on each system, and where it belongs."""

from __future__ import annotations

import hashlib
import os
import re
import shlex
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from velferdslab_model.base.files import les_hele

System = Literal["windows", "mac", "linux"]
#: By this a shortcut of ours is known again; on its line follows the digest of the others, so that an edited one is kept.
_MERKE = "velferdslab snarvei "
#: Characters that mean something inside quotes in a .desktop file.
_DESKTOP_TEGN = re.compile(r'(["`$\\])')


@dataclass(frozen=True)
class Snarvei:
    """A file to double-click. navn: its name. innhold: its bytes."""

    navn: str
    innhold: bytes

    @property
    def endelse(self) -> str:
        """How its name ends."""
        return Path(self.navn).suffix


def dette_systemet() -> System:
    """The system the program runs on."""
    return "windows" if os.name == "nt" else "mac" if sys.platform == "darwin" else "linux"


def programmet(system: System) -> list[str]:
    """The words that start this program from anywhere: the command beside this Python, else the package itself."""
    kommando = Path(sys.executable).parent / ("velferdslab.exe" if system == "windows" else "velferdslab")
    return [str(kommando)] if kommando.is_file() else [sys.executable, "-P", "-m", "velferdslab_model"]


def lag_snarvei(system: System, program: Sequence[str]) -> Snarvei:
    """The shortcut that opens the page in the browser. The window it opens in tells how to stop it, and stops it when closed."""
    ordene = [*program, "app"]
    if system == "windows":
        linje = " ".join(f'"{ord_.replace("%", "%%")}"' for ord_ in ordene)
        # The code page first: a user's name in the path may have letters that the window's own lacks.
        linjer = ["@echo off", f"rem {_MERKE}", "chcp 65001 >nul", "title Velferdslab", linje, "if errorlevel 1 pause"]
        return Snarvei("Velferdslab.bat", _merket(linjer, "\r\n"))
    if system == "mac":
        return Snarvei("Velferdslab.command", _merket(["#!/bin/sh", f"# {_MERKE}", f"exec {shlex.join(ordene)}"], "\n"))
    linjer = [
        "[Desktop Entry]",
        f"# {_MERKE}",
        "Type=Application",
        "Name=Velferdslab",
        "Comment=Effektmodell for velferdslab, i nettleseren",
        f"Exec={' '.join(map(_desktop_ord, ordene))}",
        "Terminal=true",
        "Categories=Office;",
    ]
    return Snarvei("velferdslab.desktop", _merket(linjer, "\n"))


def _merket(linjer: Sequence[str], slutt: str) -> bytes:
    """The file of these lines, with its digest where the mark stands."""
    return "".join(f"{en}{_avtrykk(linjer) if en.endswith(_MERKE) else ''}{slutt}" for en in linjer).encode()


def _avtrykk(linjer: Sequence[str]) -> str:
    andre = [en for en in linjer if _MERKE not in en]
    return hashlib.sha256("\n".join(andre).encode()).hexdigest()[:16]


def _desktop_ord(ord_: str) -> str:
    """A word of a command in a .desktop file: in quotes, and escaped once more as any text there is."""
    inni = _DESKTOP_TEGN.sub(r"\\\1", ord_).replace("%", "%%")
    return f'"{inni}"'.replace("\\", "\\\\")


def steder(system: System, hjem: Path) -> list[Path]:
    """Folders where the shortcut belongs: the desktop where there is one, and on Linux the menu of programs."""
    skrivebord = _skrivebord(system, hjem)
    meny = [hjem / ".local" / "share" / "applications"] if system == "linux" else []
    return [*([skrivebord] if skrivebord.is_dir() else []), *meny] or [hjem]


def _skrivebord(system: System, hjem: Path) -> Path:
    if sys.platform == "win32":  # it may be in OneDrive, and only the registry knows
        import winreg  # noqa: PLC0415

        noekkel = r"Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders"
        try:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, noekkel) as mappe:
                return Path(os.path.expandvars(str(winreg.QueryValueEx(mappe, "Desktop")[0])))
        except OSError:
            return hjem / "Desktop"
    if system == "linux":
        try:
            oppsett = les_hele(hjem / ".config" / "user-dirs.dirs").decode("utf-8", "replace")
        except OSError:
            oppsett = ""
        if funn := re.search(r'^XDG_DESKTOP_DIR="\$HOME/([^"\n]+)"', oppsett, re.M):
            return hjem / funn[1]
    return hjem / "Desktop"


def kan_ikke_erstattes(innhold: bytes) -> str | None:
    """Why these bytes must not be replaced by a shortcut, as the end of a sentence; None when they may."""
    linjer = innhold.decode("utf-8", "replace").splitlines()
    merke = next((en.partition(_MERKE)[2] for en in linjer[:3] if _MERKE in en), None)
    if merke is None:
        return "er ikke laget av dette programmet"
    return None if merke == _avtrykk(linjer) else "er endret siden programmet skrev den"


def gjoer_kjoerbar(fil: Path, system: System) -> None:
    """Let the file be started, where a system asks for that."""
    if system != "windows":
        fil.chmod(fil.stat().st_mode | 0o111)
