"""A heavy or hanging piece of work is stopped, and the next is done; nothing is left on the disk."""

from __future__ import annotations

import asyncio
import os
import time
from pathlib import Path

import pytest

from velferdslab_model.app.cases import LEVETID, MAKS_SAKER, IkkePlass, Saker, midlertidig_mappe, trygt_navn
from velferdslab_model.app.doing import hent
from velferdslab_model.app.site import ROM
from velferdslab_model.app.work import Arbeidere, ArbeiderenDoede, ForMangeVenter, TidenErUte
from velferdslab_model.contract.loading import MALER
from velferdslab_model.personas.loading import PERSONAMALER
from velferdslab_model.utenfor.loading import UTENFORMALER


def test_arbeid_som_henger_stoppes_og_det_neste_gjoeres(tmp_path: Path) -> None:
    async def proev() -> None:
        arbeidere = Arbeidere(1, tmp_path, maks_venter=1)
        try:
            with pytest.raises(TidenErUte):
                await arbeidere.utfoer(time.sleep, 600.0, 0.2)
            assert await arbeidere.utfoer(abs, -2, 60.0) == 2
            with pytest.raises(ArbeiderenDoede):
                await arbeidere.utfoer(os._exit, 1, 60.0)
            with pytest.raises(ZeroDivisionError):
                await arbeidere.utfoer((1).__floordiv__, 0, 60.0)
            henger = asyncio.create_task(arbeidere.utfoer(time.sleep, 600.0, 600.0))
            await asyncio.sleep(0.05)
            venter = asyncio.create_task(arbeidere.utfoer(abs, -3, 60.0))
            await asyncio.sleep(0.05)
            with pytest.raises(ForMangeVenter):
                await arbeidere.utfoer(abs, -4, 60.0)
            henger.cancel()
            assert await venter == 3
        finally:
            arbeidere.avslutt()

    asyncio.run(proev())


def test_saker_slettes_etter_en_time_og_hoerer_til_ett_besoek(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    saker = Saker(tmp_path)
    sak = saker.ny("start", "a", {})
    (sak.mappe / "fil").write_text("x", encoding="utf-8")
    assert saker.finn(sak.id, "a", "start") is sak
    assert saker.finn(sak.id, "b") is None
    assert saker.finn(sak.id, "a", "priser") is None
    sak.vei()
    assert saker.plass() == 1
    naa = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: naa + LEVETID + 1)
    saker.rydd()
    assert saker.finn(sak.id, "a") is None
    assert list(tmp_path.iterdir()) == []


def test_det_er_en_grense_for_saker_og_plass(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    saker = Saker(tmp_path)
    foerste = saker.ny("start", "a", {})
    foerste.tilstand = "ferdig"
    for _ in range(MAKS_SAKER - 1):
        saker.ny("start", "a", {})
    saker.ny("start", "a", {})  # takes the place of the one that is done
    assert saker.finn(foerste.id, "a") is None
    with pytest.raises(IkkePlass):
        saker.ny("start", "a", {})
    monkeypatch.setattr("velferdslab_model.app.cases.MAKS_PLASS", -1)
    for sak in list(saker.alle.values())[:5]:
        saker.fjern(sak)
    with pytest.raises(IkkePlass):
        saker.ny("start", "a", {})


@pytest.mark.parametrize(
    ("gitt", "ventet"),
    [
        ("priser.xlsx", "priser.xlsx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\kari\\bok.xlsx", "bok.xlsx"),
        ("..", "fil"),
        ("", "fil"),
        ("a\x00b\x1b[31m.xlsx", "a_b_[31m.xlsx"),
        ("æøå <b>.xlsx", "æøå _b_.xlsx"),
        (f"{'x' * 300}.xlsx", f"{'x' * 90}.xlsx"),
        (f"a.{'x' * 300}", f"a.{'x' * 9}"),
    ],
)
def test_et_filnavn_fra_nettleseren_kan_ikke_peke_noe_sted(gitt: str, ventet: str) -> None:
    assert trygt_navn(gitt) == ventet


def test_det_et_avbrudd_lot_bli_igjen_fjernes_ved_neste_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    gammel = tmp_path / "velferdslab-app-gammel"
    gammel.mkdir()
    (gammel / "laas").touch()
    fremmed = tmp_path / "velferdslab-app-uten-laas"
    fremmed.mkdir()
    with midlertidig_mappe() as en:
        assert not gammel.exists()
        assert en.stat().st_mode & 0o777 == 0o700
        with midlertidig_mappe() as to:
            assert en.exists()  # its lock is held
        assert not to.exists()
    assert [p.name for p in tmp_path.iterdir()] == [fremmed.name]


def test_hvert_rom_har_arbeid_og_maler_som_finnes() -> None:
    for rom in ROM:
        assert callable(hent(rom.arbeid))
        for mal in rom.maler.values():
            assert callable(hent(mal.lag))
            assert mal.navn.partition(".")[0] in (mal.mal, "registrering")
    maler = {rom.noekkel: set(rom.maler) for rom in ROM}
    assert maler["kontrakt"] == set(MALER)
    assert maler["personas"] == set(PERSONAMALER)
    assert maler["utenfor"] == set(UTENFORMALER)
    assert len({rom.noekkel for rom in ROM}) == len(ROM)
