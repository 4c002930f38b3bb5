"""One worker process: takes pieces of work on its standard input, answers on its standard output, dies with its parent.

A message is its length (8 bytes, network order) and a pickle of it. In: first the function, then lists of things to do
it with. Out: for each list, the list of answers, or the exception that was raised.
"""

from __future__ import annotations

import os
import pickle
import queue
import signal
import struct
import sys
import threading
from collections.abc import Callable
from typing import Any, BinaryIO

LENGDE = struct.Struct("!Q")


def hoved() -> None:
    """Work until the standard input ends, which it does when the parent does, however that ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is left to the parent, which says so once
    ut = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # so that nothing that is printed comes between the answers
    inn: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_vokt, args=(sys.stdin.buffer, inn), daemon=True).start()
    behold_minne()
    arbeid: Callable[[Any], Any] = pickle.loads(inn.get())
    while True:
        send(ut, _gjoer(arbeid, inn.get()))


def _vokt(stroem: BinaryIO, inn: queue.SimpleQueue[bytes]) -> None:
    """Take in messages also while work is done; the process ends at once when there can be no more of them."""
    while (melding := motta(stroem)) is not None:
        inn.put(melding)
    os._exit(0)


def _gjoer(arbeid: Callable[[Any], Any], melding: bytes) -> bytes:
    try:
        return pickle.dumps([arbeid(en) for en in pickle.loads(melding)])
    except Exception as feil:  # whatever it is, it is raised in the parent
        try:
            # An exception whose constructor takes something else than its arguments is packed, but not unpacked.
            pickle.loads(innpakket := pickle.dumps(feil))
        except Exception:  # then its text must do
            return pickle.dumps(RuntimeError(f"{type(feil).__name__}: {feil}"))
        return innpakket


def send(stroem: BinaryIO, melding: bytes) -> None:
    """Write one message."""
    stroem.write(LENGDE.pack(len(melding)))
    stroem.write(melding)
    stroem.flush()


def motta(stroem: BinaryIO) -> bytes | None:
    """Read one message; None when the other side has ended."""
    hode = stroem.read(LENGDE.size)
    if len(hode) < LENGDE.size:
        return None
    (lengde,) = LENGDE.unpack(hode)
    melding = stroem.read(lengde)
    return melding if len(melding) == lengde else None


def behold_minne() -> None:
    """Keep freed memory.

    The allocator of Linux gives memory back as soon as the top of it is free, and takes it again at once, which is a
    third of the time of such work. It stops doing so for sizes it has seen come and go.
    """
    bytes(16 << 20)
