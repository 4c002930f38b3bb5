"""Ended from outside: Ctrl-C, a closed terminal, `kill`. Each unwinds the program, so that it clears up after itself."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
from _thread import interrupt_main
from types import FrameType
from typing import NoReturn

#: Those that ask a program to end and can be answered; SIGHUP is not on Windows.
_SIGNALER = [signal.Signals[navn] for navn in ("SIGINT", "SIGTERM", "SIGHUP") if navn in signal.Signals.__members__]
_CTRL_C = 130
#: Seconds before a signal that was lost comes again: out of what lost it.
_OM_LITT = 0.05
_mottatt: list[int] = []


def avbryt_ved_signal() -> None:
    """Let each of the signals raise KeyboardInterrupt. One that is ignored, as under `nohup`, goes on being so."""
    sys.unraisablehook = _gi_tapt_avbrudd_igjen
    for nummer in _SIGNALER:
        if signal.getsignal(nummer) in (signal.SIG_DFL, signal.default_int_handler):
            signal.signal(nummer, _avbryt)


def _avbryt(nummer: int, _ramme: FrameType | None) -> None:
    la_signaler_virke()  # one more ends the program at once, should the clearing up hang
    _mottatt.append(nummer)
    raise KeyboardInterrupt


def stopp_hvis_avbrutt() -> None:
    """Raise KeyboardInterrupt when a signal has come that was lost, before more work is begun or a file is written."""
    if _mottatt:
        la_signaler_virke()
        raise KeyboardInterrupt


def _gi_tapt_avbrudd_igjen(tapt: sys.UnraisableHookArgs) -> None:
    """Send a signal again that came while Python cleaned up after an import, or in another callback: exceptions have
    nowhere to go from there, and the work would go on to its end."""
    if not issubclass(tapt.exc_type, KeyboardInterrupt):
        sys.__unraisablehook__(tapt)
    elif _mottatt and threading.current_thread() is threading.main_thread():
        signal.signal(_mottatt[-1], _avbryt)
        # Not from here, where it would be lost again. Where it is told in the meantime, it has no handler and is nothing.
        igjen = threading.Timer(_OM_LITT, interrupt_main, [_mottatt[-1]])
        igjen.daemon = True
        with contextlib.suppress(RuntimeError):  # the program is ending
            igjen.start()


def la_signaler_virke() -> None:
    """Let the next signal end the process at once, without a word."""
    for nummer in _SIGNALER:
        if signal.getsignal(nummer) in (_avbryt, signal.default_int_handler):
            signal.signal(nummer, signal.SIG_DFL)


def avslutt_avbrutt() -> NoReturn:
    """Say once that the program was interrupted, and end as the signal ends a program: status 130 for Ctrl-C."""
    la_signaler_virke()
    with contextlib.suppress(OSError, ValueError):  # a terminal that is closed hears nothing
        sys.stderr.write("Avbrutt.\n")
        sys.stderr.flush()
    if _mottatt and _mottatt[0] != signal.SIGINT:
        os.kill(os.getpid(), _mottatt[0])
    sys.exit(_CTRL_C)
