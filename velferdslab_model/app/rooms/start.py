"""Start: choose a municipality, see the result at once, fetch the workbook."""

from __future__ import annotations

from velferdslab_model.app.room import Siderom
from velferdslab_model.app.start_form import startskjema

START = Siderom(
    "start",
    "Start",
    "Fyll ut for din kommune, og se resultatet med en gang.",
    startskjema,
    "start_work:regn_start",
    "Regn ut",
    grense=60.0,
)
