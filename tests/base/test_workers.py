"""Work shared out among processes gives what the same work gives in one."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from velferdslab_model.base import workers
from velferdslab_model.base.workers import for_hver


class Egen(Exception):
    """Takes other arguments than Exception does, and so is packed but not unpacked."""

    def __init__(self, a: int, b: int) -> None:
        super().__init__(f"{a} og {b}")


def kvadrat(tall: int) -> int:
    return tall * tall


def hvem(_tall: int) -> int:
    return os.getpid()


def skriv_ut(tall: int) -> int:
    print("mellom svarene")
    os.write(1, b"og her")
    return tall


def feil_for_sju(tall: int) -> int:
    if tall == 7:
        raise ValueError("sju")
    return tall


def egen_feil(_tall: int) -> int:
    raise Egen(1, 2)


def doe_hos_arbeideren(tall: int, forelder: int) -> int:
    if os.getpid() != forelder:
        os._exit(3)
    return tall


def vent_paa_en_arbeider(tall: int, forelder: int, fil: Path) -> int:
    """Ends only where a worker has been, so that one must take part however fast this process is."""
    if os.getpid() != forelder:
        fil.touch()
    while tall == 0 and not fil.exists():
        pass
    return os.getpid()


@pytest.fixture(autouse=True)
def tre_kjerner(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "kjerner", lambda: 3)


@pytest.mark.parametrize("antall", [0, 1, 2, 3, 59, 60, 61, 1000])
def test_svarene_kommer_i_rekkefolge(antall: int) -> None:
    assert list(for_hver(kvadrat, range(antall))) == [i * i for i in range(antall)]


def test_arbeiderne_tar_sin_del(tmp_path: Path) -> None:
    arbeid = partial(vent_paa_en_arbeider, forelder=os.getpid(), fil=tmp_path / "her")
    assert len(set(for_hver(arbeid, [*range(1, 30), 0]))) > 1


def test_det_som_skrives_ut_kommer_ikke_mellom_svarene() -> None:
    assert list(for_hver(skriv_ut, range(50))) == list(range(50))


def test_en_feil_kommer_naar_turen_er_dens() -> None:
    svar = for_hver(feil_for_sju, range(100))
    assert [next(svar) for _ in range(7)] == list(range(7))
    with pytest.raises(ValueError, match="sju"):
        next(svar)


def test_en_feil_som_ikke_kan_sendes_kommer_som_tekst() -> None:
    with pytest.raises((Egen, RuntimeError), match="1 og 2"):
        list(for_hver(egen_feil, range(10)))


def test_arbeidere_som_doer_gjoer_ingen_forskjell() -> None:
    arbeid = partial(doe_hos_arbeideren, forelder=os.getpid())
    assert list(for_hver(arbeid, range(100))) == list(range(100))


def test_arbeid_som_ikke_kan_sendes_gjoeres_her() -> None:
    assert set(for_hver(lambda _: os.getpid(), range(20))) == {os.getpid()}


@pytest.mark.parametrize("naar", ["før", "etter"])
def test_et_avbrudd_mens_en_traad_starter_blir_et_avbrudd(naar: str, monkeypatch: pytest.MonkeyPatch) -> None:
    startet: list[subprocess.Popen[bytes]] = []

    class Prosess(subprocess.Popen[bytes]):
        def __init__(self, *hva: Any, **hvordan: Any) -> None:
            super().__init__(*hva, **hvordan)
            startet.append(self)

    class Traad(threading.Thread):
        def start(self) -> None:
            if naar == "etter":
                super().start()
            raise KeyboardInterrupt

    monkeypatch.setattr(subprocess, "Popen", Prosess)
    monkeypatch.setattr(threading, "Thread", Traad)
    with pytest.raises(KeyboardInterrupt):
        list(for_hver(hvem, range(20)))
    assert [prosess.poll() is None for prosess in startet] == [False]


@pytest.mark.parametrize("python", ["", "/finnes/ikke/python"])
def test_uten_python_aa_starte_gjoeres_alt_her(python: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", python)
    assert set(for_hver(hvem, range(20))) == {os.getpid()}


def test_en_fil_i_mappen_man_staar_i_er_ingen_modul(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pickle.py").write_text("raise SystemExit('feil fil')")
    monkeypatch.chdir(tmp_path)
    merke = partial(vent_paa_en_arbeider, forelder=os.getpid(), fil=tmp_path / "her")
    assert len(set(for_hver(merke, [*range(1, 30), 0]))) > 1
