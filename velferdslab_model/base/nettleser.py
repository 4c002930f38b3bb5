"""Show a page in the user's browser."""

from __future__ import annotations

import webbrowser
from pathlib import Path


def vis_i_nettleser(fil: Path) -> bool:
    """Open a file in the browser; False when there is none to open.

    One that runs in the terminal would take it over, and is not started.
    """
    try:
        nettleser = webbrowser.get()
    except webbrowser.Error:
        return False
    if type(nettleser) is webbrowser.GenericBrowser:  # those with a window of their own are other classes
        return False
    return nettleser.open(fil.resolve().as_uri())
