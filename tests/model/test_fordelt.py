"""The totals on several processes: who computes what, when one process is enough, and what happens when one fails."""

from __future__ import annotations

import os
import subprocess
import sys
import warnings
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from tests.model.test_totaler import like, trukket, utvidet_scenario
from velferdslab_model.model.aarsserier import NETTO
from velferdslab_model.model.fordelt import totaler_fordelt
from velferdslab_model.model.inndata import Modellinndata
from velferdslab_model.model.totaler import BLOKK, TOTALSUMMER, Totaler, totaler
from velferdslab_model.parameters.loading import fra_toml

ROT = Path(__file__).parents[2]
FORDELT = "velferdslab_model.model.fordelt"


@dataclass
class Skinnprosess:
    """Does the work of a process when it is started, in this one, and tells what was done to it."""

    target: Callable[..., None]
    args: tuple[Any, ...]
    daemon: bool = False
    exitcode: int | None = None
    drept: bool = False

    def start(self) -> None:
        warnings.warn("as when a program with threads is forked", DeprecationWarning, stacklevel=1)
        self.target(*self.args)

    def join(self) -> None:
        self.exitcode = 0

    def kill(self) -> None:
        self.drept = True


@pytest.fixture
def prosesser(monkeypatch: pytest.MonkeyPatch) -> list[Skinnprosess]:
    """The processes that were made, in a program that believes it can fork."""
    laget: list[Skinnprosess] = []

    def ny(**kw: Any) -> Skinnprosess:
        laget.append(Skinnprosess(**kw))
        return laget[-1]

    # The other ways to start a process would copy every draw to it.
    maater = {"fork": SimpleNamespace(Process=ny)}
    monkeypatch.setattr(f"{FORDELT}.multiprocessing", SimpleNamespace(get_context=maater.__getitem__))
    monkeypatch.setattr(f"{FORDELT}.sys", SimpleNamespace(platform="linux"))
    return laget


def trekninger(n: int) -> Modellinndata:
    return trukket(fra_toml({}, "test", "test").unge_voksne, n, 3, utvidet=False)


@pytest.mark.parametrize(("n", "antall", "ventet"), [(99, 2, 0), (100, 1, 0), (100, 0, 0), (100, 2, 1), (101, 3, 2)])
def test_flere_prosesser_brukes_bare_naar_det_er_nok_aa_gjoere(
    prosesser: list[Skinnprosess], n: int, antall: int, ventet: int
) -> None:
    x = trekninger(n)
    assert like(totaler_fordelt(x, antall, minst=100), totaler(x))
    assert len(prosesser) == ventet


@pytest.mark.parametrize("plattform", ["win32", "darwin"])
def test_uten_fork_gjoer_en_prosess_alt(
    prosesser: list[Skinnprosess], monkeypatch: pytest.MonkeyPatch, plattform: str
) -> None:
    monkeypatch.setattr(f"{FORDELT}.sys", SimpleNamespace(platform=plattform))
    x = trekninger(100)
    assert like(totaler_fordelt(x, 2, minst=1), totaler(x))
    assert not prosesser


@pytest.mark.parametrize("antall", [2, 3, 4])
@pytest.mark.parametrize("n", [8 * BLOKK, 8 * BLOKK + 3, 10 * BLOKK - 1])
def test_hver_trekning_regnes_av_en_prosess_og_alle_faar_omtrent_like_mye(
    prosesser: list[Skinnprosess], monkeypatch: pytest.MonkeyPatch, antall: int, n: int
) -> None:
    regnet: list[tuple[int, int]] = []
    monkeypatch.setattr(f"{FORDELT}.fyll", lambda ut, x, fra, til: regnet.append((fra, til)))
    totaler_fordelt(replace(utvidet_scenario(), verdi_qaly=np.ones(n)), antall, minst=1)
    assert len(regnet) == antall
    regnet.sort()
    assert (regnet[0][0], regnet[-1][1]) == (0, n)
    assert all(til == fra for (_, til), (fra, _) in pairwise(regnet))
    # Whole chunks each, so that no process does a short one in the middle.
    assert all(fra % BLOKK == 0 for fra, _ in regnet)
    hele = [-(-(til - fra) // BLOKK) for fra, til in regnet]
    assert max(hele) - min(hele) <= 1


def test_ingen_prosess_blir_igjen_naar_arbeidet_er_ferdig(prosesser: list[Skinnprosess]) -> None:
    totaler_fordelt(trekninger(9), 3, minst=1)
    assert [(p.daemon, p.drept, p.exitcode) for p in prosesser] == [(True, True, 0)] * 2


def test_ingen_prosess_blir_igjen_naar_hovedprosessen_feiler(
    prosesser: list[Skinnprosess], monkeypatch: pytest.MonkeyPatch
) -> None:
    def feiler(ut: Totaler, x: Modellinndata, fra: int, til: int) -> None:
        if fra == 0:
            raise MemoryError

    monkeypatch.setattr(f"{FORDELT}.fyll", feiler)
    x = replace(utvidet_scenario(), verdi_qaly=np.ones(2 * BLOKK))
    with pytest.raises(MemoryError):
        totaler_fordelt(x, 2, minst=1)
    assert [p.drept for p in prosesser] == [True]


def test_bare_advarselen_om_traader_holdes_tilbake(
    prosesser: list[Skinnprosess], monkeypatch: pytest.MonkeyPatch
) -> None:
    def advarer(ut: Totaler, x: Modellinndata, fra: int, til: int) -> None:
        if fra > 0:
            warnings.warn("noe annet", RuntimeWarning, stacklevel=1)

    monkeypatch.setattr(f"{FORDELT}.fyll", advarer)
    x = replace(utvidet_scenario(), verdi_qaly=np.ones(2 * BLOKK))
    with pytest.warns(RuntimeWarning, match="noe annet") as sett:
        totaler_fordelt(x, 2, minst=1)
    assert [w.category for w in sett] == [RuntimeWarning]


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="one process does the work where there is no fork")
def test_en_prosess_som_feiler_gir_en_feil_og_ikke_halve_svar(monkeypatch: pytest.MonkeyPatch) -> None:
    def feiler(ut: Totaler, x: Modellinndata, fra: int, til: int) -> None:
        if fra > 0:
            sys.exit(3)

    monkeypatch.setattr(f"{FORDELT}.fyll", feiler)
    x = replace(utvidet_scenario(), verdi_qaly=np.ones(2 * BLOKK))
    with pytest.raises(RuntimeError, match="a process ended with 3"):
        totaler_fordelt(x, 2, minst=1)


EVIG = """
import os, time
from dataclasses import replace
import numpy as np
from tests.model.test_totaler import utvidet_scenario
from velferdslab_model.model import fordelt

def fyll(ut, x, fra, til):
    os.write(1, f"{os.getpid()}\\n".encode())
    time.sleep(0.01)

fordelt.fyll, fordelt._BIT = fyll, 1
n = 600_000  # half an hour of such parts for each process
x = replace(utvidet_scenario(), verdi_qaly=np.broadcast_to(1.0, (n,)))
fordelt.totaler_fordelt(x, 3, ("samfunn",), ("helsegevinst",), minst=1)
"""


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="one process does the work where there is no fork")
def test_naar_den_som_startet_dem_drepes_slutter_de_andre() -> None:
    """Everyone holds the pipe: it ends when the last of them has."""
    prosess = subprocess.Popen(
        [sys.executable, "-c", EVIG],
        env={**os.environ, "PYTHONPATH": str(ROT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert prosess.stdout is not None
    sett: set[bytes] = set()
    while len(sett) < 3 and (linje := prosess.stdout.readline()):
        sett.add(linje)
    prosess.kill()
    assert len(sett) == 3
    # What they would still have had to do takes longer than anybody waits here.
    prosess.communicate(timeout=600)


@pytest.mark.parametrize("antall", [1, 2])
def test_svaret_har_bare_det_en_ber_om(antall: int) -> None:
    t = totaler_fordelt(trekninger(9), antall, ("samfunn",), ("helsegevinst",), minst=1)
    assert (list(t.sum), list(t.aar)) == (["helsegevinst", "netto_samfunn"], ["samfunn"])


def test_en_eneste_trekning_gir_ett_tall_av_hvert() -> None:
    t = totaler_fordelt(utvidet_scenario(), 2, minst=1)
    summer = [*TOTALSUMMER, *(f"netto_{netto}" for netto in NETTO)]
    assert {navn: a.shape for navn, a in t.sum.items()} == dict.fromkeys(summer, (1,))
    assert {navn: (a.shape, a.dtype) for navn, a in t.aar.items()} == dict.fromkeys(NETTO, ((1,), np.dtype(np.int8)))
    assert like(t, totaler(utvidet_scenario()))
