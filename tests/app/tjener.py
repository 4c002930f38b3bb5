"""A running page to ask: a whole process, as a user starts it, and a browser's manners without a browser."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

NOEKKEL = "konstruert-noekkel-til-testene-0123456789"
_SKILLE = "----velferdslabtest"


@dataclass
class Besvart:
    """An answer."""

    status: int
    hoder: Mapping[str, str]
    kropp: bytes

    @property
    def tekst(self) -> str:
        return self.kropp.decode()


@dataclass
class Tjener:
    """One process of `velferdslab app`."""

    mappe: Path
    prosess: subprocess.Popen[str] = field(init=False)
    port: int = field(init=False)
    linjer: list[str] = field(default_factory=list)
    kake: str = ""

    def __enter__(self) -> Self:
        miljoe = {**os.environ, "TMPDIR": str(self.mappe), "VELFERDSLAB_APP_NOEKKEL": NOEKKEL}
        her = self.mappe / "her"  # where it is started, which stays empty
        her.mkdir()
        self.prosess = subprocess.Popen(
            [sys.executable, "-m", "velferdslab_model", "app", "--uten-nettleser"],
            env=miljoe,
            cwd=her,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        assert self.prosess.stderr is not None
        for linje in self.prosess.stderr:
            self.linjer.append(linje)
            if linje.startswith("Stopp den"):
                break
        funn = re.search(r":(\d+)$", self.linjer[0].strip()) if self.linjer else None
        assert funn is not None, self.linjer
        self.port = int(funn[1])
        svar = self.be("GET", f"/?noekkel={NOEKKEL}")
        self.kake = svar.hoder["set-cookie"].partition(";")[0]
        return self

    def __exit__(self, *_: object) -> None:
        self.stopp()

    def stopp(self) -> str:
        """As Ctrl-C does; what it said at last."""
        if self.prosess.poll() is None:
            self.prosess.send_signal(signal.SIGINT)
        _, sagt = self.prosess.communicate(timeout=60)
        return sagt

    @property
    def adresse(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def be(self, metode: str, sti: str, kropp: bytes | None = None, **hoder: str) -> Besvart:
        """Ask as it is said, with nothing added but the cookie. A header is left out by giving it an empty text."""
        egne = {navn.replace("_", "-"): verdi for navn, verdi in hoder.items()}
        alle = {"Host": f"127.0.0.1:{self.port}", "Cookie": self.kake, **egne}
        kobling = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            kobling.putrequest(metode, sti, skip_host=True, skip_accept_encoding=True)
            if kropp is not None and "Content-Length" not in alle:
                alle["Content-Length"] = str(len(kropp))
            for navn, verdi in alle.items():
                if verdi:
                    kobling.putheader(navn, verdi)
            kobling.endheaders(kropp)
            svar = kobling.getresponse()
            return Besvart(svar.status, {n.lower(): v for n, v in svar.getheaders()}, svar.read())
        finally:
            kobling.close()

    def send(
        self, sti: str, felt: Mapping[str, str], filer: Sequence[tuple[str, str, bytes]] = (), **hoder: str
    ) -> Besvart:
        """Send a form as the page does."""
        return self.be("POST", sti, skjema(felt, filer), **{"Origin": self.adresse, "Content-Type": TYPE, **hoder})

    def svar(self, sti: str, felt: Mapping[str, str], filer: Sequence[tuple[str, str, bytes]] = ()) -> Besvart:
        """Send a form, and wait for the page with the answer."""
        sendt = self.send(sti, felt, filer)
        assert sendt.status == 303, sendt.tekst
        sted = sendt.hoder["location"]
        frist = time.monotonic() + 120
        while not json.loads(self.be("GET", f"{sted}/status").kropp)["ferdig"]:
            assert time.monotonic() < frist
            time.sleep(0.05)
        ut = self.be("GET", sted)
        return Besvart(ut.status, {**ut.hoder, "location": sted}, ut.kropp)


TYPE = f"multipart/form-data; boundary={_SKILLE}"


def skjema(felt: Mapping[str, str], filer: Sequence[tuple[str, str, bytes]] = ()) -> bytes:
    """A form as a browser packs it. filer: field, name and content."""
    deler = [
        f'--{_SKILLE}\r\nContent-Disposition: form-data; name="{navn}"\r\n\r\n{verdi}\r\n'.encode()
        for navn, verdi in felt.items()
    ]
    deler += [
        f'--{_SKILLE}\r\nContent-Disposition: form-data; name="{navn}"; filename="{fil}"\r\n'
        f"Content-Type: application/octet-stream\r\n\r\n".encode()
        + innhold
        + b"\r\n"
        for navn, fil, innhold in filer
    ]
    return b"".join(deler) + f"--{_SKILLE}--\r\n".encode()
