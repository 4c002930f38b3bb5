"""The templates users copy and fill in: in templates/ of the project, and inside the package where it is installed."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

_PAKKE = "velferdslab_model"
_MAPPE = "templates"


def maler() -> dict[str, bytes]:
    """Every template by its path within the folder, such as kommuner/konstruert_a.toml, in order."""
    pakke = files(_PAKKE)
    mappe = pakke / _MAPPE
    if not mappe.is_dir():  # the project itself, where they stand beside the package
        mappe = Path(str(pakke)).parent / _MAPPE
    return dict(sorted(_filer(mappe)))


def _filer(mappe: Traversable, foran: str = "") -> list[tuple[str, bytes]]:
    ut: list[tuple[str, bytes]] = []
    for post in mappe.iterdir():
        if post.is_dir():
            ut += _filer(post, f"{foran}{post.name}/")
        elif post.name.endswith(".toml"):
            ut.append((f"{foran}{post.name}", post.read_bytes()))
    return ut
