"""A contract's workbook, made once."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.contract.vilkaar import FOER
from velferdslab_model.check import kontrakt
from velferdslab_model.contract import analysis
from velferdslab_model.contract.analysis import Kontraktsanalyse, analyser_kontrakt
from velferdslab_model.contract.terms import Kontrakt
from velferdslab_model.contract.writing import write_kontrakt


@cache
def _regnet_av(v: Kontrakt, froe: int, kilder: tuple[tuple[str, str], ...], rom: object) -> Kontraktsanalyse:
    return analyser_kontrakt(v, froe)


@pytest.fixture(scope="module")
def regnet_en_gang() -> Iterator[None]:
    """The terms that a file was made with are worked through once and not at every audit: the same terms, sources, seed
    and, where a test leaves it out, room."""

    def regnet(v: Kontrakt, froe: int) -> Kontraktsanalyse:
        return _regnet_av(v, froe, tuple(v.kilder.items()), vars(analysis)["forhandlingsrom"])

    with pytest.MonkeyPatch.context() as m:
        m.setattr(kontrakt, "analyser_kontrakt", regnet)
        yield


@pytest.fixture(scope="session")
def laget(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    fil = tmp_path_factory.mktemp("bok") / "k.xlsx"
    write_kontrakt(FOER, fil)
    return fil.read_bytes()


@pytest.fixture
def fil(laget: bytes, tmp_path: Path) -> Path:
    ut = tmp_path / "kontrakt.xlsx"
    ut.write_bytes(laget)
    return ut
